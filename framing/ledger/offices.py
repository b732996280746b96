"""Aliases made from who held which office, and how offices are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from framing._checks import close_match, listing
from framing.ledger.spelling import plain_letters

OFFICES = ["office", "country", "person", "valid_from", "valid_to", "source"]
"""The columns of offices.csv."""

TITLES = ["office", "country", "pattern"]
"""The columns of titles.csv."""

# The holder is not meant by "the former Russian president" or "the US president election".
NOT_AFTER = "former|ex|deputy|vice|then|next|late|future|assistant|acting|interim|shadow"
NOT_BEFORE = "candidate|candidates|nominee|hopeful|election|elections|race"

# What fills the places of a pattern: alias kinds of the country, or of the person.
_SLOTS = {
    "name": ("name", "acronym"),
    "adjective": ("adjective", "acronym"),
    "surname": ("surname",),
}
_WITH_THE = re.compile(
    r"\b(Bahamas|Emirates|Federation|Gambia|Kingdom|Maldives|Netherlands|Philippines|Republic"
    r"|State|States|Sultanate|Union|UAE|UK|US|USA|DRC|DPRK|Commonwealth|Principality)\b"
)


class Word(NamedTuple):
    """One word or name that can fill a pattern, and the conditions that it brings along."""

    alias: str
    requires: str
    not_with: str


def office_rows(
    typed: pd.DataFrame, offices: pd.DataFrame, titles: pd.DataFrame, *, columns: list[str]
) -> pd.DataFrame:
    """Return the aliases that follow from terms of office and patterns of titles.

    A pattern with a surname makes a name ("President Assad"): that somebody is called so in an
    article is what a bare surname may stand for. All others make an alias of kind `office`.
    """
    persons = typed.loc[typed["kind"] == "person"]
    unknown = sorted(set(offices["person"]) - set(persons["actor"]))
    if unknown:
        msg = (
            f"load_ledger: offices.csv names {listing(unknown, most=3)}, who is no person of the "
            f"ledger.{close_match(unknown[0], persons['actor'].unique())} "
            "Add a row to persons.csv."
        )
        raise ValueError(msg)
    words = _words(typed)
    patterns: dict[str, list[tuple[str, str]]] = {}
    for office, country, pattern in titles[TITLES].itertuples(index=False):
        patterns.setdefault(office, []).append((country, pattern))
    rows = [
        row
        for term in offices[OFFICES].to_dict("records")
        for country, pattern in patterns.get(str(term["office"]), [])
        if country in {"", term["country"]}
        for row in _aliases_of({str(k): str(v) for k, v in term.items()}, pattern, words)
    ]
    made = pd.DataFrame(rows, columns=[*columns, "made_from"], dtype="str")
    return _ask_for_country(made, words)


def _words(typed: pd.DataFrame) -> dict[tuple[str, str], list[Word]]:
    """Return what fills a pattern, by country and slot, and by person and slot."""
    words: dict[tuple[str, str], list[Word]] = {}
    for kind, owner in (("country", "country"), ("person", "actor")):
        part = typed.loc[typed["kind"] == kind]
        for slot, alias_kinds in _SLOTS.items():
            if (slot == "surname") != (kind == "person"):
                continue
            rows = part.loc[part["alias_kind"].isin(alias_kinds)]
            for key, *word in rows[[owner, "alias", "requires", "not_with"]].itertuples(
                index=False
            ):
                words.setdefault((str(key), slot), []).append(Word(*word))
    return words


def _aliases_of(
    term: dict[str, str], pattern: str, words: dict[tuple[str, str], list[Word]]
) -> Iterator[dict[str, str]]:
    """Yield the aliases of one term of office by one pattern."""
    slot = next(iter(re.findall(r"\{(\w+)\}", pattern)), "")
    owner = term["person"] if slot == "surname" else term["country"]
    for word in words.get((owner, slot), []) if slot else [Word("", "", "")]:
        the = "the " if f"of {{{slot}}}" in pattern and _WITH_THE.search(word.alias) else ""
        yield {
            "actor": term["person"],
            "kind": "person",
            "country": term["country"],
            "alias": pattern.replace(f"{{{slot}}}", the + word.alias),
            "alias_kind": "name" if slot == "surname" else "office",
            "sense": "person",
            "valid_from": term["valid_from"],
            "valid_to": term["valid_to"],
            "case": "capital",
            "not_before": NOT_BEFORE,
            "not_after": NOT_AFTER,
            "not_with": word.not_with,
            "requires": "" if slot == "surname" else word.requires,
            "source": term["source"],
            "made_from": pattern,
        }


def _ask_for_country(made: pd.DataFrame, words: dict[tuple[str, str], list[Word]]) -> pd.DataFrame:
    """Require the country's name where a title and a surname belong to several persons."""
    named = made.loc[made["alias_kind"] == "name"]
    spoken = named["alias"].map(plain_letters).str.lower()
    shared = named.index[named.groupby(spoken)["actor"].transform("nunique") > 1]
    needed = {
        country: "|".join(
            dict.fromkeys(
                word.alias
                for slot in ("name", "adjective")
                for word in words.get((country, slot), [])
            )
        )
        for country in made.loc[shared, "country"].unique()
    }
    return made.assign(
        requires=made["requires"].mask(
            made.index.isin(shared), made["country"].map(needed).fillna("")
        )
    )
