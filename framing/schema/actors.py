"""Tables of actors and countries."""

from __future__ import annotations

from framing.schema.table import DOC_ID, MEASURE, N_TOKENS, Column, Table

LEDGER = Table(
    "ledger",
    "load_ledger",
    "one alias of one actor in one period",
    (
        Column("actor", "str", "the actor's usual name, the same in every table"),
        Column("kind", "str", "`country`, `person`, `organisation`, `armed group`, …; `veto` for "
               "a name that contains another and is no actor"),
        Column("country", "str", "ISO 3166-1 alpha-3 code of the country that the actor belongs "
               "to; missing where it belongs to none"),
        Column("alias", "str", "the words in the text"),
        Column("alias_kind", "str", "`name`, `former name`, `acronym`, `part`, `demonym`, "
               "`adjective`, `capital`, `metonym`, `office` or `surname`"),
        Column("sense", "str", "what a match stands for unless its neighbours say otherwise: "
               "`government`, `place`, `people`, `person`, `organisation` or `other`"),
        Column("valid_from", "date", "the first day on which the alias means the actor; missing "
               "for no limit"),
        Column("valid_to", "date", "the first day on which it no longer does; missing for no "
               "limit"),
        Column("case", "str", "how it must be written: `any`; `capital` where the alias has "
               "capitals; `exact`"),
        Column("not_before", "str", "words, apart by `|`, that must not stand right behind it"),
        Column("not_after", "str", "words, apart by `|`, that must not stand right in front of it"),
        Column("not_with", "str", "words, apart by `|`, that must not stand in the article"),
        Column("requires", "str", "words, apart by `|`, one of which must stand in the article; "
               "`@fuller`: a name of the same actor"),
        Column("source", "str", "where the row comes from"),
        Column("made_from", "str", "the alias or pattern that the row was made from by rule; "
               "missing where it was typed"),
        Column("version", "str", "date of the ledger and checksum of all its rows"),
    ),
)  # fmt: skip

LEDGER_PROBLEMS = Table(
    "ledger_problems",
    "check_ledger",
    "one thing that is wrong with a row of a ledger",
    (
        Column("what", "str", "what is wrong, in a few fixed words that can be counted"),
        Column("row", "int", "number of the row in the ledger, from 0"),
        Column("actor", "str", "the actor of that row"),
        Column("alias", "str", "the alias of that row"),
        Column("field", "str", "the column that is wrong"),
        Column("value", "str", "what stands there; missing where nothing does"),
        Column("other", "str", "the other actor of a collision; missing elsewhere"),
    ),
)

MENTIONS = Table(
    "mentions",
    "find_mentions",
    "one place where an actor or a country is named",
    (
        DOC_ID,
        Column("field", "str", "the column of the articles that it stands in: `title`, `text`"),
        Column("sentence", "int", "number of the sentence in the article, from 0"),
        Column("start", "int", "first token, counted from the start of the article"),
        Column("stop", "int", "token after the last"),
        Column("surface", "str", "the original characters, without possessive 's"),
        Column("actor", "str", "who is named"),
        Column("kind", "str", "`country`, `person`, `organisation`, `armed group`, …"),
        Column("country", "str", "ISO 3166-1 alpha-3 code of the country that the actor belongs "
               "to; missing where it belongs to none"),
        Column("sense", "str", "what a country's name stands for: `government`, `place`, "
               "`people` or `other`; for others `person` or `organisation`"),
        Column("alias_kind", "str", "the kind of alias, as in the ledger"),
        Column("how", "str", "the rule that decided on sense or actor"),
        Column("ledger", "str", "version of the ledger"),
    ),
)  # fmt: skip

MENTION_AUDIT = Table(
    "mention_audit",
    "mention_audit",
    "one string that became one actor in one sense",
    (
        Column("surface", "str", "the original characters, without possessive 's"),
        Column("actor", "str", "whom it became"),
        Column("kind", "str", "`country`, `person`, `organisation`, `armed group`, …"),
        Column("country", "str", "the country that the actor belongs to; missing for none"),
        Column("alias_kind", "str", "the kind of alias, as in the ledger"),
        Column("sense", "str", "what it stands for"),
        Column("count", "int", "mentions"),
        Column("n_articles", "int", "articles with such a mention"),
        Column("rules", "str", "the rules that decided, apart by `; `, most frequent first"),
        Column("examples", "str", "sentences as written, the mention in brackets"),
    ),
    grouped=True,
)

SALIENCE = Table(
    "salience",
    "salience",
    "one item in one part of the articles of one group",
    (
        Column(
            "items", "str", "the column of mentions that was counted: `actor`, `country` or `kind`"
        ),
        Column("item", "str", "the actor, country or kind"),
        Column("part", "str", "`all`, `title` or `lead`: where in the article"),
        Column("n_mentions", "int", "mentions of the item in that part"),
        N_TOKENS,
        Column("per_1000", "float", "n_mentions / n_tokens × 1,000"),
        Column("n_articles", "int", "articles that name the item in that part"),
        Column("n_group_articles", "int", "articles of the group that have that part"),
        Column("share", "float", "n_articles / n_group_articles, 0 … 1"),
        Column("ledger", "str", "version of the ledger"),
    ),
    grouped=True,
)

CO_MENTIONS = Table(
    "co_mentions",
    "co_mentions",
    "one pair of items that are named together in one group",
    (
        Column(
            "items", "str", "the column of mentions that was counted: `actor`, `country` or `kind`"
        ),
        Column("first", "str", "the item that is named in more units; ties in alphabetical order"),
        Column("second", "str", "the other item"),
        Column("unit", "str", "`sentence` or `article`: what two items must share"),
        MEASURE,
        Column("score", "float", "the statistic; high means that the two are named together"),
        Column("count", "int", "units that name both"),
        Column("n_first", "int", "units that name the first"),
        Column("n_second", "int", "units that name the second"),
        Column("n_units", "int", "units in all, also those that name nobody"),
        Column("n_articles", "int", "articles with a unit that names both"),
        Column("ledger", "str", "version of the ledger"),
    ),
    grouped=True,
)
