"""What one result adds to a methods section, and how its columns are read."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from framing.methods.marks import named, together
from framing.schema import Table


@dataclass
class Passage:
    """What one result adds.

    Attributes
    ----------
    sentences : list of str
        Its sentences, with marks.
    settings : list of pairs
        Names and values of its settings.
    programs : list of str
        The programs that it used, besides framing and pandas; with a version behind a space where
        the result tells it.
    left_open : list of str
        What the result does not tell and a reader must know.
    """

    sentences: list[str] = field(default_factory=list)
    settings: list[tuple[str, str]] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    left_open: list[str] = field(default_factory=list)

    def say(self, *sentences: str) -> None:
        """Add sentences, but for empty ones."""
        self.sentences += [sentence for sentence in sentences if sentence]


def values(data: pd.DataFrame, name: str) -> list[object]:
    """Return the different values of a column in the order of the rows, without missing ones."""
    if name not in data.columns:
        return []
    return [value for value in data[name].drop_duplicates().tolist() if not pd.isna(value)]


def ints(data: pd.DataFrame, name: str) -> list[int]:
    """Return the different values of a column of whole numbers, in order."""
    return sorted(int(float(str(value))) for value in values(data, name))


def whole(data: pd.DataFrame, name: str) -> str:
    """Return the different values of a column of whole numbers above 0, in words."""
    return together([f"{number:,}" for number in ints(data, name) if number > 0], last="or")


def truths(data: pd.DataFrame, name: str) -> pd.Series[bool]:
    """Return a column of truth values, also where CSV made it text."""
    return data[name].astype(str).str.lower().isin({"true", "1", "1.0"})


def groups_of(data: pd.DataFrame, table: Table) -> list[str]:
    """Return the columns that divide a result into groups: those before the table's own."""
    own = {column.name for column in table.columns}
    first = next((place for place, name in enumerate(data.columns) if name in own), 0)
    return [str(name) for name in data.columns[:first] if name != "panel"]


def settings_of(data: pd.DataFrame, table: Table) -> list[tuple[str, str]]:
    """Return the settings that are columns of a result, and its size."""
    groups = groups_of(data, table)
    found = [("rows", f"{len(data):,}")]
    found += [("grouped by", ", ".join(named(name) for name in groups))] if groups else []
    for column in table.columns:
        if column.name in SETTINGS and column.name in data.columns:
            told = values(data, column.name)
            if told:
                found.append((column.name, said(told)))
    return found


def said(told: list[object]) -> str:
    """Return the values of a setting, or how many they are."""
    if len(told) > 12:
        return f"{len(told):,} values"
    return ", ".join(named(value) for value in told)


SETTINGS = {
    "by", "draw_seed", "engine", "fit_seed", "formula", "freq", "interval", "items",
    "lead", "ledger", "level", "max_days", "max_repeats", "measure", "min_containment",
    "min_shared", "min_similarity", "n_draws", "n_held_out", "n_parts", "n_resamples", "n_shuffles",
    "n_specifications", "n_terms", "n_tests", "n_topics", "n_undated", "n_words", "node", "null",
    "part", "parts", "pattern", "prior", "reference", "sample_seed", "scale", "seed", "sheet_seed",
    "strata", "target", "task", "unit", "version", "weighting", "window",
}  # fmt: skip
"""Columns that tell how a result was made, not what came out."""
