"""Checking a ledger: collisions, impossible dates, codes and words that do not exist."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from framing.ledger.load import country_codes
from framing.ledger.spelling import alias_terms
from framing.schema import TABLES

KINDS = (
    "country", "person", "organisation", "armed group", "party", "company", "media", "place",
    "other", "veto",
)  # fmt: skip
"""What an actor can be; a veto is a name that contains another and is no actor."""

ALIAS_KINDS = (
    "name", "former name", "acronym", "part", "demonym", "adjective", "capital", "metonym",
    "office", "surname",
)  # fmt: skip
"""What an alias can be to its actor; a part is a part of a country, such as Scotland."""

SENSES = ("government", "place", "people", "person", "organisation", "other")
"""What a match stands for unless the words around it say otherwise."""

CASES = ("any", "capital", "exact")
"""How a match must be written."""

FULLER = "@fuller"
"""The condition that a fuller form of the same actor stands in the article."""

_CHOICES = {"kind": KINDS, "alias_kind": ALIAS_KINDS, "sense": SENSES, "case": CASES}
_FILLED = ("actor", "kind", "alias", "alias_kind", "sense", "case", "source")
_START, _END = pd.Timestamp("1000-01-01"), pd.Timestamp("3000-01-01")

Problem = dict[str, object]


class _Meaning(NamedTuple):
    """What one row makes of an alias."""

    row: int
    actor: str
    written: str
    start: pd.Timestamp
    end: pd.Timestamp

    def collides_with(self, other: _Meaning) -> bool:
        """Return whether one place in a text can mean both."""
        apart = self.written and other.written and self.written != other.written
        overlap = self.start < other.end and other.start < self.end
        return self.actor != other.actor and overlap and not apart


def check_ledger(ledger: pd.DataFrame) -> pd.DataFrame:
    """Find what is wrong with a ledger, as a table of problems.

    Parameters
    ----------
    ledger
        The table that `load_ledger` returns.

    Returns
    -------
    DataFrame
        One row per problem, by row of the ledger: `what`, `row` (index in the ledger), `actor`,
        `alias`, `field`, `value`, `other` (the other actor of a collision). What can be wrong:

        - `missing value`: a cell that must be filled is empty;
        - `unknown value`: `kind`, `alias_kind`, `sense` or `case` is none of those that exist;
        - `unknown code`: `country` is no code of ISO 3166-1 alpha-3 (XKX is Kosovo);
        - `impossible date`: the period ends before or on the day it begins;
        - `no word`: the alias has no letter or digit, so nothing can match it;
        - `no fuller form`: it requires a fuller form, and its actor has none;
        - `two kinds`: one actor is of two kinds;
        - `collision`: the alias means two actors on the same day under the same condition.

    Raises
    ------
    TypeError, ValueError
        Where the table is not a ledger.

    See Also
    --------
    load_ledger : Load the ledger, with one's own rows.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> len(fr.check_ledger(fr.load_ledger()))
    0
    >>> mine = pd.DataFrame({"actor": ["Lake Moscow"], "kind": ["place"], "alias": ["Moscow"]})
    >>> fr.check_ledger(fr.load_ledger(extend=mine))[["what", "actor", "alias", "other"]]
            what        actor   alias   other
    0  collision  Lake Moscow  Moscow  Russia
    """
    TABLES["ledger"].check("check_ledger", ledger)
    checks = (_cells, _periods, _words, _actors, _collisions)
    found = [problem for check in checks for problem in check(ledger.reset_index(drop=True))]
    columns = TABLES["ledger_problems"].required
    table = pd.DataFrame(found, columns=columns).sort_values("row", kind="stable")
    kinds = {name: "int64" if name == "row" else "str" for name in columns}
    return table.astype(kinds).reset_index(drop=True)


def _problems(
    ledger: pd.DataFrame, wrong: pd.Series[bool], what: str, field: str
) -> Iterator[Problem]:
    """Yield a problem for each row that is wrong in one field."""
    rows = ledger.loc[wrong, ["actor", "alias", field]].set_axis(
        ["actor", "alias", "value"], axis=1
    )
    for row, actor, alias, value in rows.itertuples():
        missing = pd.isna(value)
        yield {
            "what": what, "row": row, "actor": actor, "alias": alias, "field": field,
            "value": None if missing else str(value), "other": None,
        }  # fmt: skip


def _cells(ledger: pd.DataFrame) -> Iterator[Problem]:
    """Yield empty cells, unknown values and unknown codes."""
    for field in _FILLED:
        yield from _problems(ledger, ledger[field].isna(), "missing value", field)
    no_code = (ledger["kind"] == "country") & ledger["country"].isna()
    yield from _problems(ledger, no_code, "missing value", "country")
    for field, choices in _CHOICES.items():
        wrong = ledger[field].notna() & ~ledger[field].isin(choices)
        yield from _problems(ledger, wrong, "unknown value", field)
    wrong = ledger["country"].notna() & ~ledger["country"].isin(country_codes())
    yield from _problems(ledger, wrong, "unknown code", "country")


def _periods(ledger: pd.DataFrame) -> Iterator[Problem]:
    """Yield periods that end before they begin."""
    yield from _problems(
        ledger, ledger["valid_to"] <= ledger["valid_from"], "impossible date", "valid_to"
    )


def _words(ledger: pd.DataFrame) -> Iterator[Problem]:
    """Yield aliases without a word."""
    terms = alias_terms(ledger["alias"].fillna(""))
    empty = pd.Series([not words for words in terms], index=ledger.index)
    yield from _problems(ledger, empty & ledger["alias"].notna(), "no word", "alias")


def _actors(ledger: pd.DataFrame) -> Iterator[Problem]:
    """Yield actors of two kinds, and conditions that can never be met."""
    kinds = ledger.groupby("actor")["kind"]
    two = ledger["actor"].map(kinds.nunique()) > 1
    yield from _problems(
        ledger, two & (ledger["kind"] != ledger["actor"].map(kinds.first())), "two kinds", "kind"
    )
    fuller = ledger.loc[(ledger["alias_kind"] == "name") & ledger["requires"].isna(), "actor"]
    never = (ledger["requires"] == FULLER) & ~ledger["actor"].isin(fuller)
    yield from _problems(ledger, never, "no fuller form", "requires")


def _collisions(ledger: pd.DataFrame) -> Iterator[Problem]:
    """Yield aliases that mean two actors on the same day under the same condition."""
    meanings: dict[tuple[tuple[str, ...], str], list[_Meaning]] = {}
    cells = zip(
        alias_terms(ledger["alias"].fillna("")), ledger["requires"].fillna(""),
        ledger.index, ledger["actor"].fillna(""),
        ledger["alias"].where(ledger["case"] == "exact", "").fillna(""),
        ledger["valid_from"].fillna(_START), ledger["valid_to"].fillna(_END), strict=True,
    )  # fmt: skip
    for terms, requires, *meaning in cells:
        # Which of two fuller forms stands in the article decides between two namesakes.
        if terms and requires != FULLER:
            meanings.setdefault((terms, requires), []).append(_Meaning(*meaning))
    for alternatives in meanings.values():
        for one, two in itertools.combinations(alternatives, 2):
            if one.collides_with(two):
                row = ledger.index.to_series() == two.row
                for problem in _problems(ledger, row, "collision", "alias"):
                    yield problem | {"other": one.actor}
