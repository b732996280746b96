"""The rules for what a country's name stands for, as plain data.

Each rule looks at the words next to a mention; the first that fits decides, and its name is the
mention's `how`. The lists of words are in `lists.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

GOVERNMENT, PLACE, PEOPLE, OTHER = "government", "place", "people", "other"


@dataclass(frozen=True)
class Rule:
    """One rule: where it looks, for which list, at which aliases, and what it decides.

    Attributes
    ----------
    how : str
        Its name.
    sense : str
        What it decides.
    at : str
        Where it looks: `before` and `after` (the next word with no sign between, articles and
        adverbs skipped), `before from`, `before of`, `before in` and `before with` (the word in
        front of "from" or "to", "of", "in" …, "with" …, in front of the name), `governor` (the
        preposition in front of names linked with "and", or of "countries such as"), `article`
        (the word in front where a word follows too), `next` and `next two` (the very next words),
        `noun` (the first word of a noun list among the next four or five, or the next one after a
        bare name; one of the list `weak` only where no other follows), `name` (two words written
        like a person's name follow), `thing` (a word of no list, hardly a verb, follows),
        `bare next` (the very next word of a name without 's), `own` (the next word behind 's
        where no noun list has one), `after alone` (as `after`, where no article, verb or "and"
        stands in front), `main` (as `after`, a helping verb skipped), `after is` and `later is`
        (the next word behind is or was; the next four), `later` (the four words behind a verb of
        the list `holds`), `part` and `part before` (the rest of a compound).
    words : str
        The name of the list; `*ed`, `*ing`, `*tion` for words by how they end, `agent` for those
        that end like one who does something (-er, -or; -ist counts among `persons`).
    aliases : str
        Initials of the aliases it is for: Name, Capital, Adjective or demonym, Metonym, acronYm.
    """

    how: str
    sense: str
    at: str
    words: str
    aliases: str = "NCAYM"


RULES = (
    Rule("part of a compound: government", GOVERNMENT, "part", "compound state"),
    Rule("part of a compound: place", PLACE, "part", "compound place"),
    Rule("part of a compound: other", OTHER, "part", "compound other"),
    Rule("pro- or anti-", GOVERNMENT, "part before", "pro"),
    Rule("outside the building", PLACE, "before", "in", "M"),
    Rule("direction in front", PLACE, "before", "direction", "NC"),
    Rule("event at a place", PLACE, "next", "event", "C"),
    Rule("team in a match", OTHER, "next", "versus", "NY"),
    Rule("team in a match", OTHER, "before", "versus", "NY"),
    Rule("team in a match", OTHER, "bare next", "team", "N"),
    Rule("outside the building", PLACE, "next two", "grounds", "M"),
    Rule("outside the building", PLACE, "before from", "comers", "M"),
    Rule("affair called after it", OTHER, "bare next", "affair", "N"),
    Rule("owner of land", PLACE, "noun", "land", "AYNC"),
    Rule("owner of people", PEOPLE, "noun", "persons", "AYNC"),
    Rule("owner of a thing", OTHER, "noun", "things", "AYNC"),
    Rule("owner of a state's organ", GOVERNMENT, "noun", "state", "AYNC"),
    Rule("owner of people", PEOPLE, "noun", "agent", "A"),
    Rule("adjective before a name", PEOPLE, "name", "name", "A"),
    Rule("language", OTHER, "before", "tongue", "A"),
    Rule("dealings with it", GOVERNMENT, "before in", "probes", "NCY"),
    Rule("preposition of place", PLACE, "before", "in", "NCY"),
    Rule("border with it", PLACE, "before with", "land", "NCY"),
    Rule("commerce with it", OTHER, "before with", "commerce", "NC"),
    Rule("flights over it", PLACE, "before with", "flights", "NC"),
    Rule("land of it", PLACE, "before of", "land", "NCY"),
    Rule("land of it", PLACE, "before of", "parts", "NCY"),
    Rule("people of it", PEOPLE, "before of", "persons", "NCY"),
    Rule("state's organ of it", GOVERNMENT, "before of", "state", "NCY"),
    Rule("thing of it", OTHER, "before of", "things", "NCY"),
    Rule("team in a match", OTHER, "before with", "match", "NY"),
    Rule("owner of an act", GOVERNMENT, "own", "*tion", "NYC"),
    Rule("owner of something else", OTHER, "own", "any", "NY"),
    Rule("compared with it", OTHER, "before", "compared", "NY"),
    Rule("dealings with it", GOVERNMENT, "before", "with", "NCYM"),
    Rule("given to or coming from", GOVERNMENT, "before from", "receivers", "NCY"),
    Rule("from or to", PLACE, "before", "from", "NCY"),
    Rule("capital as an adjective", PLACE, "article", "the", "C"),
    Rule("capital as an adjective", PLACE, "thing", "name", "C"),
    Rule("behind a preposition and another", PLACE, "governor", "in", "NCY"),
    Rule("behind a preposition and another", PLACE, "governor", "from", "NCY"),
    Rule("country that votes", OTHER, "later", "ballot", "NY"),
    Rule("team, economy or society", OTHER, "main", "sport verbs", "NY"),
    Rule("team, economy or society", OTHER, "main", "market verbs", "NY"),
    Rule("team, economy or society", OTHER, "after alone", "plural verbs", "N"),
    Rule("subject of a verb", GOVERNMENT, "after is", "*ing", "NCY"),
    Rule("what it is", OTHER, "later is", "kinds", "NY"),
    Rule("what it is", OTHER, "after is", "describes", "NY"),
    Rule("subject of a verb", GOVERNMENT, "after", "said", "NCYM"),
    Rule("subject of a verb", GOVERNMENT, "after", "*ed", "NCY"),
    Rule("object of a verb", GOVERNMENT, "before", "told", "NCYM"),
    Rule("subject of is", GOVERNMENT, "after", "is", "NCY"),
)
"""The rules, the first that fits decides. Datelines come before them, listed names after them."""

DEFAULTS = {"N": GOVERNMENT, "C": GOVERNMENT, "Y": GOVERNMENT}
"""What a name stands for where no rule fits; others keep the sense that the ledger gives."""

NOUNS = ("land", "persons", "things", "state")
"""The lists of nouns: the first of them behind an adjective decides."""

ENDS = ("in", "from", "with", "said", "is", "links", "function", "months")
"""The lists at which the search for a noun ends."""

SEATS = {"Brussels": "European Union"}
"""Capitals that stand for another power where the words around them say government."""

DATELINE, TOWN, LISTED = "dateline", "behind a town", "listed with another"
PLURAL = "plural of people"
UNKNOWN, ALONE = "adjective with another noun", "adjective without a noun"
NO_RULE, LEDGER, SEAT = "no rule", "as in the ledger", "seat of it"
FULLER_FORM, HOLDER = "fuller form in the article", "holder on that day"
WORD = "word in the article"

HOWS = tuple(
    dict.fromkeys(
        [
            DATELINE,
            TOWN,
            *(rule.how for rule in RULES),
            LISTED,
            PLURAL,
            UNKNOWN,
            ALONE,
            NO_RULE,
            LEDGER,
            SEAT,
            FULLER_FORM,
            HOLDER,
            WORD,
        ]
    )
)
"""All values of `how`."""

INSIDE_AFTER = (
    "University of|University of the|College|Bank of|Bank of the|Sberbank of|Lake|Radio|Radio Free"
    "|Earth|Air|Miss|Church of|Museum of|Greenpeace|Transparency International|Sberbank|FC|Real"
)
"""Words that make another name of a country's when they stand right in front of it."""

INSIDE_BEFORE = (
    "University|Airlines|Airways|Daily|Times|Post|Herald|Tribune|Telecom|Studies|Institute"
    "|Academy|Foundation|FC|Grand Prix|Film Festival|Network|Gazette|Mail|Today|Radio|Review"
    "|Journal|Television|Bank|Airport|Marathon|Stock Exchange|Philharmonic|Symphony|Orchestra"
    "|Museum|Council on|Institution|Club"
)
"""The same for words right behind it."""
