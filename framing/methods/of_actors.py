"""What tables of actors and countries add to a methods section."""

from __future__ import annotations

import pandas as pd

from framing.methods.marks import cite, column, counted, listed, named, together
from framing.methods.of_terms import by_groups, told
from framing.methods.passage import Passage, settings_of, values
from framing.schema import Table

CO_MENTIONS = {
    "npmi": "normalised pointwise mutual information, ln(n N / (a b)) / −ln(n / N) "
    f"{cite('bouma2009')}",
    "log_dice": f"logDice = 14 + log2(2 n / (a + b)) {cite('rychly2008')}",
}

PARTS = {
    "all": "whole articles",
    "title": "titles",
    "lead": "leads (the first three sentences of the last field)",
}


def versions(data: pd.DataFrame, name: str = "ledger") -> str:
    """Return the version or versions of the ledger, in words."""
    known = sorted({part for one in values(data, name) for part in str(one).split("; ")})
    return f"version{'s' if len(known) > 1 else ''} {listed(known)}" if known else "not known"


def ledger(data: pd.DataFrame, table: Table) -> Passage:
    """Describe the names that were looked for."""
    found = Passage(settings=settings_of(data, table))
    actors = data[data["kind"] != "veto"]
    found.say(
        "Names of actors and countries come from the ledger of framing "
        f"({versions(data, 'version')}), with {counted(len(actors), 'alias', 'aliases')} of "
        f"{counted(actors['actor'].nunique(), 'actor')}; offices and former names hold for the "
        "days on which they meant the actor."
    )
    return found


def ledger_problems(data: pd.DataFrame, table: Table) -> Passage:
    """Describe a check of the ledger."""
    found = Passage(settings=settings_of(data, table))
    found.say(
        "The ledger was checked for collisions and other mistakes; the check lists "
        f"{counted(len(data), 'entry', 'entries')}."
    )
    return found


def mentions(data: pd.DataFrame, table: Table) -> Passage:
    """Describe how mentions were found."""
    found = Passage(settings=settings_of(data, table))
    found.say(
        "Mentions of actors and countries were found with the ledger of framing "
        f"({versions(data)}): at each place the longest alias whose conditions on spelling, "
        "neighbouring words, article and day hold, no two over the same words.",
        "What a country's name stands for (government, place, people or other) was decided by "
        "ordered rules on the neighbouring words.",
        "Pronouns and bare titles are not counted, so that all counts are lower bounds.",
    )
    found.say(
        f"These were {counted(len(data), 'mention')} of "
        f"{counted(data['actor'].nunique(), 'actor')} in "
        f"{counted(data['doc_id'].nunique(), 'article')}."
    )
    return found


def mention_audit(data: pd.DataFrame, table: Table) -> Passage:
    """Describe the list by which mentions are checked."""
    found = Passage(settings=settings_of(data, table))
    n = int(data["count"].astype(float).sum())
    found.say(
        f"For a check by reading, the {n:,} mentions were listed by string, actor and sense "
        f"({counted(len(data), 'row')}) with example sentences."
    )
    return found


def salience(data: pd.DataFrame, table: Table) -> Passage:
    """Describe attention."""
    found = Passage(settings=settings_of(data, table))
    parts = [PARTS.get(str(part), named(part)) for part in values(data, "part")]
    found.say(
        f"Attention to each {together(map(column, values(data, 'items')), last='or')}"
        f"{by_groups(data, table)} was measured in {together(parts)} by the share of articles that "
        "name it (articles that name it / articles that have that part) and by mentions per 1,000 "
        f"tokens; names were found with the ledger of framing ({versions(data)})."
        if len(data)
        else ""
    )
    return found


def co_mentions(data: pd.DataFrame, table: Table) -> Passage:
    """Describe who is named with whom."""
    found = Passage(settings=settings_of(data, table))
    units = listed(values(data, "unit"), last="or")
    items = together(map(column, values(data, "items")), last="or")
    for said in told(found, data, table, known=CO_MENTIONS):
        found.say(
            f"How often two values of {items} are named in the same {units}"
            f"{by_groups(data, table)} was measured by {said}; n is the number of units ({units}) "
            "that name both, a and b those that name the one and the other, and N all; names were "
            f"found with the ledger of framing ({versions(data)})."
        )
    found.left_open.append("co_mentions: min_count is no column.")
    return found
