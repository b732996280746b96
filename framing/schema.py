"""The tables of the toolkit, column by column.

One `Table` for each kind of table that a public function returns. The data dictionary, the checks
at the door of functions that take a table, and the tests read these same lines.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from framing._checks import listing

KINDS = {
    "str": pd.api.types.is_string_dtype,
    "int": pd.api.types.is_integer_dtype,
    "float": pd.api.types.is_float_dtype,
    "date": pd.api.types.is_datetime64_any_dtype,
    "bool": pd.api.types.is_bool_dtype,
}


@dataclass(frozen=True)
class Column:
    """One column of a table: its name, kind, meaning with unit, and whether it may be absent."""

    name: str
    kind: str
    meaning: str
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """One kind of table: who makes it, what a row is, and its columns.

    Attributes
    ----------
    name : str
        The name used in messages and in the data dictionary.
    made_by : str
        The public function that returns it.
    row : str
        What one row stands for.
    columns : tuple of Column
        The columns in their order.
    grouped : bool
        Whether the columns named in `by` stand before these.
    """

    name: str
    made_by: str
    row: str
    columns: tuple[Column, ...]
    grouped: bool = False

    @property
    def required(self) -> list[str]:
        """The names of the columns that must be there."""
        return [column.name for column in self.columns if not column.optional]

    def problems_of(self, data: pd.DataFrame) -> list[str]:
        """Return what is wrong with a table, in words; an empty list where nothing is."""
        missing = [name for name in self.required if name not in data.columns]
        found = [f"no column {listing(missing)}"] if missing else []
        for column in self.columns:
            if column.name in data.columns and not KINDS[column.kind](data[column.name]):
                dtype = data[column.name].dtype
                found.append(f"column {column.name!r} is {dtype}, not {column.kind}")
        known = {column.name for column in self.columns}
        if not self.grouped and self.name != "articles":
            extra = [name for name in data.columns if name not in known]
            found += [f"column {listing(extra)} is not documented"] if extra else []
        return found

    def check(self, where: str, data: pd.DataFrame) -> None:
        """Raise ValueError where a table lacks a column that the caller needs."""
        if not isinstance(data, pd.DataFrame):
            msg = (
                f"{where}: data is {type(data).__name__}, not a DataFrame. "
                f"Pass the table that {self.made_by}() returns."
            )
            raise TypeError(msg)
        missing = [name for name in self.required if name not in data.columns]
        if missing:
            msg = (
                f"{where}: the table has no column {listing(missing)}. "
                f"It has {listing(data.columns)}. "
                f"Pass the table that {self.made_by}() returns."
            )
            raise ValueError(msg)


_DOC_ID = Column("doc_id", "str", "the article's key, the same for life")
_SOURCE = Column("source", "str", "the outlet that published the article; missing where unknown")
_DATE = Column("date", "date", "when it was published; missing where unknown or impossible")
_TERM = Column("term", "str", "a form of the vocabulary")
_MEASURE = Column("measure", "str", "the name of the statistic in `score`")
_COUNT = Column("count", "int", "occurrences of the term")
_N_TOKENS = Column("n_tokens", "int", "tokens counted: the denominator of the rate")
_PER_MILLION = Column("per_million", "float", "count / n_tokens × 1,000,000")
_N_ARTICLES = Column("n_articles", "int", "articles with the term at least once")

ARTICLES = Table(
    "articles",
    "read_articles",
    "one article; any further column of the files is kept behind these",
    (
        _DOC_ID,
        _SOURCE,
        _DATE,
        Column("title", "str", "the headline; missing where there is none"),
        Column("text", "str", "the body without title, headings and tags; in Unicode NFC"),
        Column("headings", "str", "section headings inside the body, one a line", optional=True),
        Column("tags", "str", "tags that stood after the last sentence, one a line", optional=True),
        Column("url", "str", "where it was published on the web", optional=True),
        Column("country", "str", "ISO 3166-1 alpha-3 code of the outlet's country", optional=True),
        Column("file", "str", "the file it was read from, and after `::` the archive member"),
        Column(
            "line",
            "int",
            "line or record number in that file, from 1; missing for a file that is one article",
        ),
        Column(
            "encoding",
            "str",
            "the encoding that the file was read in; missing for formats that carry their own",
        ),
    ),
)

PROBLEMS = Table(
    "problems",
    "read_articles",
    "one thing that was wrong with a file, a row or a field, and what was done about it",
    (
        Column("file", "str", "the file"),
        Column("member", "str", "the member of an archive, or the sheet; missing elsewhere"),
        Column(
            "line", "int", "line or record number, from 1; missing where the whole file is meant"
        ),
        Column("doc_id", "str", "the article's key; missing where no article came of it"),
        Column("field", "str", "the field: `text`, `date`, …; missing where the whole is meant"),
        Column("what", "str", "what is wrong, in a few fixed words that can be counted"),
        Column("value", "str", "the value that was found, shortened to 200 characters"),
        Column("action", "str", "what was done: `left out`, `set to missing`, `mended`, `kept`"),
    ),
)

TERM_FREQUENCY = Table(
    "term_frequency",
    "term_frequency",
    "one term in one group of articles; absent terms of a group are rows with count 0 "
    "where `terms` names them",
    (
        _TERM,
        _COUNT,
        _N_TOKENS,
        _PER_MILLION,
        _N_ARTICLES,
        Column("n_group_articles", "int", "articles in the group"),
    ),
    grouped=True,
)

TREND = Table(
    "term_trend",
    "term_trend",
    "one term in one period and one group; periods without an article are rows with n_tokens 0",
    (
        Column("period", "date", "the first day of the period"),
        Column("freq", "str", "the length of the period: `D`, `W`, `MS`, `QS` or `YS`"),
        _TERM,
        _COUNT,
        _N_TOKENS,
        _PER_MILLION,
        _N_ARTICLES,
        Column("n_group_articles", "int", "articles in that period and group"),
        Column("n_undated", "int", "articles of the group without a date: they are in no period"),
    ),
    grouped=True,
)

DISPERSION = Table(
    "dispersion",
    "dispersion",
    "one term in one group of articles",
    (
        _TERM,
        _MEASURE,
        Column("score", "float", "0 … 1, `kl` in bits; see `dispersion` for which end is even"),
        _COUNT,
        _N_TOKENS,
        _PER_MILLION,
        Column("range", "int", "parts with the term at least once"),
        Column("n_parts", "int", "parts with at least one token"),
        Column("parts", "str", "the column whose values are the parts"),
    ),
    grouped=True,
)

KEYNESS = Table(
    "keyness",
    "keyness",
    "one term for one target",
    (
        Column("by", "str", "the column that divides the articles"),
        Column("target", "str", "the value of `by` whose articles are the target"),
        Column("reference", "str", "the value they are compared with; `rest` for all others"),
        _TERM,
        _MEASURE,
        Column(
            "score",
            "float",
            "the statistic; above 0 the term marks the target, below 0 the reference",
        ),
        Column(
            "p_value", "float", "of a single token-level test, unadjusted; missing for effect sizes"
        ),
        Column("count", "int", "occurrences in the target"),
        Column("n_tokens", "int", "tokens of the target"),
        Column("per_million", "float", "count / n_tokens × 1,000,000"),
        Column("n_articles", "int", "articles of the target with the term at least once"),
        Column("count_reference", "int", "occurrences in the reference"),
        Column("n_tokens_reference", "int", "tokens of the reference"),
        Column(
            "per_million_reference", "float", "count_reference / n_tokens_reference × 1,000,000"
        ),
        Column(
            "n_articles_reference", "int", "articles of the reference with the term at least once"
        ),
        Column("n_terms", "int", "terms compared: the family of `lrc`'s correction"),
    ),
)

COLLOCATES = Table(
    "collocates",
    "collocates",
    "one term that stands near the node",
    (
        Column("node", "str", "the term looked at"),
        Column("window", "int", "tokens to each side"),
        _TERM,
        _MEASURE,
        Column("score", "float", "the statistic; above 0 (`log_dice`: high) means attraction"),
        Column("count", "int", "occurrences of the term inside windows around the node"),
        Column("expected", "float", "occurrences expected there if words were spread at random"),
        Column("n_node", "int", "occurrences of the node"),
        Column("n_term", "int", "occurrences of the term in all, outside the node"),
        Column("n_window", "int", "tokens inside windows, each counted once, without the node's"),
        Column("n_tokens", "int", "tokens in all, without the node's"),
        Column("n_articles", "int", "articles in which the term stands near the node"),
    ),
    grouped=True,
)

KWIC = Table(
    "kwic",
    "kwic",
    "one place where the pattern stands, in the original characters",
    (
        _DOC_ID,
        _SOURCE,
        _DATE,
        Column("sentence", "int", "number of the sentence in the article, from 0"),
        Column("start", "int", "first token of the match, counted from the start of the article"),
        Column("stop", "int", "token after the match"),
        Column("left", "str", "the words before"),
        Column("match", "str", "the words that match"),
        Column("right", "str", "the words after"),
        Column("pattern", "str", "the pattern that was looked for"),
    ),
)

PHRASES = Table(
    "phrases",
    "find_phrases",
    "one pair of neighbouring terms that stands together more often than by chance",
    (
        Column("phrase", "str", "the two terms, with a space between them"),
        _MEASURE,
        Column("score", "float", "the statistic; high means that the two belong together"),
        Column("count", "int", "occurrences of the pair"),
        Column("count_first", "int", "occurrences of the first term"),
        Column("count_second", "int", "occurrences of the second term"),
        _N_TOKENS,
    ),
)

TOPIC_TERMS = Table(
    "topic_terms",
    "topic_terms",
    "one of the most probable terms of one topic",
    (
        Column("topic", "int", "number of the topic, from 0"),
        Column("label", "str", "the topic's first three terms, or the label it was given"),
        Column("rank", "int", "1 for the most probable term of the topic"),
        _TERM,
        Column("probability", "float", "P(term given topic); for NMF the weight, scaled to sum 1"),
        Column("n_topics", "int", "topics of the model"),
        Column("engine", "str", "the program that fitted the model"),
        Column("seed", "int", "the seed it was fitted with"),
    ),
)

TOPIC_SHARE = Table(
    "topic_share",
    "topic_share",
    "one topic in one group of articles",
    (
        Column("topic", "int", "number of the topic, from 0"),
        Column("label", "str", "the topic's first three terms, or the label it was given"),
        Column("share", "float", "mean P(topic given article) = weight / n_articles, 0 … 1"),
        Column("weight", "float", "sum of P(topic given article) over the articles"),
        Column("n_articles", "int", "articles of the group that have any token in the model"),
        Column("n_topics", "int", "topics of the model"),
        Column("engine", "str", "the program that fitted the model"),
        Column("seed", "int", "the seed it was fitted with"),
    ),
    grouped=True,
)

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
        _DOC_ID,
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
        _N_TOKENS,
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
        _MEASURE,
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

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ARTICLES, PROBLEMS, TERM_FREQUENCY, TREND, DISPERSION, KEYNESS, COLLOCATES, KWIC, PHRASES,
        TOPIC_TERMS, TOPIC_SHARE, LEDGER, LEDGER_PROBLEMS,
        MENTIONS, MENTION_AUDIT, SALIENCE, CO_MENTIONS,
    )
}  # fmt: skip


def data_dictionary() -> str:
    """Return the data dictionary as Markdown, one section a table."""
    lines = [
        "# Data dictionary",
        "",
        "Every table of the toolkit, column by column. Made from `framing/schema.py`;",
        "edit it there and run `make docs`. A grouped table has the columns of `by` before these.",
    ]
    for table in TABLES.values():
        lines += [
            "",
            f"## {table.name}",
            "",
            f"Returned by `{table.made_by}`. One row: {table.row}.",
        ]
        lines += ["Grouped: the columns of `by` stand first."] if table.grouped else []
        lines += ["", "| column | kind | meaning |", "|---|---|---|"]
        for column in table.columns:
            meaning = column.meaning + (" (where the files have it)" if column.optional else "")
            lines.append(f"| `{column.name}` | {column.kind} | {meaning} |")
    return "\n".join(lines) + "\n"
