"""A result as a table for print: chosen columns, heads in words, rounded numbers, a note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framing.escaping import clean
from framing.export.heads import head
from framing.schema import Table
from framing.schema.recognise import recognise

MISSING = "–"
MINUS = "−"
FEW = "†"

SHOWN = {
    "comparison": (
        "item", "estimate", "n_articles", "n_units_with", "reference", "difference", "ratio",
        "p", "q",
    ),
    "decomposition": (
        "target", "reference", "item", "component", "stratum", "value", "rate_target",
        "rate_reference", "weight_target", "weight_reference",
    ),
    "keyness": (
        "target", "reference", "term", "score", "p_value", "count", "per_million", "n_articles",
        "count_reference", "per_million_reference", "n_articles_reference",
    ),
    "topic_wording": (
        "target", "label", "term", "log_odds", "p", "q", "count", "per_1000", "n_articles",
        "count_reference", "per_1000_reference", "n_articles_reference",
    ),
    "topic_effects": ("label", "term", "estimate", "std_error", "p", "q"),
    "topic_expected_shares": ("label", "share", "n_group"),
}  # fmt: skip
"""The columns of wide tables that are printed, after those of the groups; the CSV has all."""
SHOWN["comparison_pairs"] = SHOWN["comparison"]

NUMBERS = ("estimate", "value", "log_odds", "precision", "similarity", "share", "observed")
"""Columns that `low` and `high` may be the interval of, the first that is there."""

NOTES = {
    "measure": "measure: {}",
    "items": "items: {}",
    "part": "part: {}",
    "unit": "units that are taken whole: {}",
    "interval": "intervals: {}",
    "level": "level of the intervals: {}",
    "n_tests": "q after Benjamini and Hochberg over {} tests",
    "n_resamples": "resamples: {}",
    "seed": "seed: {}",
    "by": "divided by: {}",
    "target": "target: {}",
    "reference": "reference: {}",
    "freq": "length of a period: {}",
    "parts": "parts: {}",
    "node": "node: {}",
    "window": "window: {} tokens to each side",
    "n_terms": "terms: {}",
    "n_topics": "topics: {}",
    "engine": "engine: {}",
    "ledger": "ledger: {}",
    "strata": "strata: {}",
    "formula": "formula: {}",
    "prior": "prior: {} pseudo-counts",
    "weighting": "weighting: {}",
    "n_draws": "draws of the shares: {}",
    "draw_seed": "seed of the draws: {}",
    "sample_seed": "seed of the samples: {}",
    "n_held_out": "articles held out: {}",
    "n_specifications": "specifications: {}",
    "n_shuffles": "shuffles: {}",
    "null": "null: {}",
    "n_words": "words of a shingle: {}",
    "min_similarity": "least similarity: {}",
    "min_containment": "least containment: {}",
    "min_shared": "least number of shared shingles: {}",
    "max_repeats": "repeats beyond which a shingle is boilerplate: {}",
    "max_days": "most days of an event: {}",
    "version": "version: {}",
    "pattern": "pattern: {}",
    "scale": "scale: {}",
}
"""Settings that go into the note where they are the same in all rows."""

MEANT = {
    ("reference", "rest"): "all other articles",
    ("unit", "doc_id"): "article",
    ("parts", "doc_id"): "articles",
}
"""Values of settings that a reader would not know."""

PLAIN_NUMBERS = {"seed", "fit_seed", "draw_seed", "sample_seed", "sheet_seed", "topic", "year"}
"""Whole numbers without signs between thousands."""

CHANCES = {"p", "q", "p_value"}


@dataclass(frozen=True)
class Shown:
    """A table for print.

    Attributes
    ----------
    heads : list of str
        The head of each column.
    rows : list of list of str
        The cells as plain text: rounded numbers, – where a value is missing.
    numeric : list of bool
        Whether a column holds numbers, which are aligned on the right.
    note : str
        What holds for all rows, with a full stop; empty where nothing is to say.
    """

    heads: list[str]
    rows: list[list[str]]
    numeric: list[bool]
    note: str


def present(data: pd.DataFrame, *, has_csv: bool = True) -> Shown:
    """Return a result as a table for print; any other table with its columns as they are."""
    table = recognise(data)
    kind = "" if table is None else table.name
    chosen, constant = _columns(data, table)
    heads, cells, numeric = [], [], []
    for place in chosen:
        name = str(data.columns[place])
        ends = _interval_of(name, data)
        column = data.iloc[:, place]
        said = _head(head(name, kind), name, data, constant)
        heads.append(said if ends is None else _with_level(said, data, constant))
        told = _cells(name, column, None if ends is None else data[list(ends)])
        cells.append(_marked(name, told, data) if ends is not None and table else told)
        numeric.append(_is_number(column))
    rows = [list(row) for row in zip(*cells, strict=True)]
    n_hidden = len(_names(data)) - len(constant) - len(chosen) - _n_ends(data, chosen)
    note = _note(data, constant, n_hidden, has_csv=has_csv)
    if any(cell.endswith(FEW) for row in rows for cell in row):
        note = f"{note} {FEW} Too few units for the interval to be trusted.".strip()
    return Shown(heads, rows, numeric, note)


def _marked(name: str, told: list[str], data: pd.DataFrame) -> list[str]:
    """Return intervals with a mark where the table says that too few units are behind them."""
    sides = ["few_units"]
    sides += ["few_units_reference"] if name in {"difference", "ratio"} else []
    few = np.zeros(len(data), dtype=bool)
    for side in sides:
        if side in data.columns:
            few |= data[side].astype(str).str.lower().isin({"true", "1"}).to_numpy()
    return [
        f"{cell}{FEW}" if mark and cell != MISSING else cell
        for cell, mark in zip(told, few, strict=True)
    ]


def _names(data: pd.DataFrame) -> list[str]:
    return [str(name) for name in data.columns]


def _columns(data: pd.DataFrame, table: Table | None) -> tuple[list[int], list[str]]:
    """Return the places of the columns that are printed, and the settings that go into the note."""
    names = _names(data)
    once = {name for name in names if names.count(name) == 1}
    constant = [
        name for name in names
        if table is not None and name in NOTES and name in once and len(data)
        and bool((data[name] == data[name].iloc[0]).all())
    ]  # fmt: skip
    own = [] if table is None else [column.name for column in table.columns]
    wanted = SHOWN.get(table.name) if table is not None else None
    chosen = [
        place for place, name in enumerate(names)
        if name not in constant
        and not (table is not None and len(data) and data.iloc[:, place].isna().all())
        and (wanted is None or name in wanted or name not in own)
        and not (name in once and _is_end(name, data))
    ]  # fmt: skip
    return (chosen or list(range(len(names)))), constant


def _interval_of(name: str, data: pd.DataFrame) -> tuple[str, str] | None:
    """Return the columns that hold the ends of the interval of a column, if there are any."""
    ends = (f"{name}_low", f"{name}_high")
    if set(ends) <= set(data.columns):
        return ends
    here = [one for one in NUMBERS if one in data.columns]
    if {"low", "high"} <= set(data.columns) and here[:1] == [name]:
        return "low", "high"
    return None


def _is_end(name: str, data: pd.DataFrame) -> bool:
    """Tell whether a column is an end of an interval that stands beside its number."""
    whole = name.removesuffix("_low").removesuffix("_high")
    if whole != name:
        return whole in data.columns and _interval_of(whole, data) is not None
    ends = {"low", "high"}
    return name in ends and any(_interval_of(one, data) == ("low", "high") for one in NUMBERS)


def _n_ends(data: pd.DataFrame, chosen: list[int]) -> int:
    """Return how many columns are shown as ends of intervals."""
    return 2 * sum(_interval_of(str(data.columns[place]), data) is not None for place in chosen)


def _head(said: str, name: str, data: pd.DataFrame, constant: list[str]) -> str:
    """Return the head of a column; that of an estimate or a score says what it is."""
    if name == "estimate" and "measure" in constant:
        said = clean(data["measure"].iloc[0])
        said = said[:1].upper() + said[1:]
    if name == "score" and "measure" in constant:
        said = f"Score ({clean(data['measure'].iloc[0])})"
    return said


def _with_level(said: str, data: pd.DataFrame, constant: list[str]) -> str:
    """Return a head that tells of the interval beside the number."""
    level = f"{float(data['level'].iloc[0]) * 100:g}\u00a0% " if "level" in constant else ""
    return f"{said} [{level}interval]"


def _is_number(column: pd.Series[Any]) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _cells(name: str, column: pd.Series[Any], ends: pd.DataFrame | None) -> list[str]:
    """Return the cells of a column as text, with the ends of their intervals."""
    if pd.api.types.is_bool_dtype(column):
        return ["yes" if value else "no" for value in column.tolist()]
    if pd.api.types.is_datetime64_any_dtype(column):
        return [MISSING if pd.isna(one) else _date(one) for one in column]
    if not _is_number(column):
        return [MISSING if pd.isna(one) else clean(one) for one in column.tolist()]
    decimals = _decimals(name, column)
    told = [_number(name, value, decimals) for value in column.tolist()]
    if ends is None:
        return told
    low, high = ([_number(name, value, decimals) for value in ends[one].tolist()] for one in ends)
    return [
        one if MISSING in (one, least, most) else f"{one} [{least}, {most}]"
        for one, least, most in zip(told, low, high, strict=True)
    ]


def _date(value: pd.Timestamp) -> str:
    """Return a date, with its time where it has one."""
    return str(value).removesuffix(" 00:00:00")


def _decimals(name: str, column: pd.Series[Any]) -> int:
    """Return with how many decimals a column is printed.

    The middle number gets three digits, two where it is below 1.
    """
    if pd.api.types.is_integer_dtype(column):
        return 0
    if name in CHANCES:
        return 3
    values = np.abs(column.to_numpy(dtype=np.float64, na_value=np.nan))
    values = values[np.isfinite(values) & (values > 0)]
    if not len(values) or (values == np.round(values)).all():
        return 0
    places = np.floor(np.log10(np.median(values)))
    return int(np.clip((2 if places >= 0 else 1) - places, 0, 6))


def _number(name: str, value: object, decimals: int) -> str:
    """Return a number as text."""
    if pd.isna(value):  # type: ignore[call-overload]
        return MISSING
    number = float(value)  # type: ignore[arg-type]
    if np.isinf(number):
        return "∞" if number > 0 else f"{MINUS}∞"
    if name in CHANCES and number < 0.001:
        return "<0.001"
    said = (
        f"{abs(number):.{decimals}f}" if name in PLAIN_NUMBERS else f"{abs(number):,.{decimals}f}"
    )
    return f"{MINUS}{said}" if number < 0 and any(sign in "123456789" for sign in said) else said


def _note(data: pd.DataFrame, constant: Iterable[str], n_hidden: int, *, has_csv: bool) -> str:
    """Return what holds for all rows, and how many columns are not printed."""
    parts = []
    n = _n_articles(data)
    parts += [f"n = {n:,} articles"] if n else []
    for name in constant:
        value = data[name].iloc[0]
        if name == "level":
            said = f"{float(value) * 100:g}\u00a0%"
        elif isinstance(value, float | int | np.number):
            said = f"{value:.0f}" if name in PLAIN_NUMBERS else f"{value:,g}"
        else:
            said = MEANT.get((name, str(value)), clean(value))
        parts.append(NOTES[name].format(said))
    text = "; ".join(parts)
    found = [f"{text[:1].upper() if not n else text[:1]}{text[1:]}."] if text else []
    if n_hidden > 0:
        columns = "further column is" if n_hidden == 1 else "further columns are"
        where = "in the CSV file" if has_csv else "not printed"
        found.append(f"{n_hidden:,} {columns} {where}.")
    return " ".join(found)


def _n_articles(data: pd.DataFrame) -> int:
    """Return how many articles all groups have together; 0 where the table does not tell."""
    table = recognise(data)
    name = "n_articles" if table and table.name in {"comparison", "comparison_pairs"} else ""
    name = "n_group_articles" if "n_group_articles" in data.columns else name
    if not name or table is None or not len(data):
        return 0
    own = {column.name for column in table.columns}
    keys = [one for one in _names(data) if one not in own]
    keys += [one for one in ("period", "part", "what") if one in data.columns]
    groups = data[[*keys, name]].drop_duplicates()
    if "part" in groups.columns:
        groups = groups[groups["part"] == groups["part"].iloc[0]]
    return int(groups[name].astype(float).sum()) if "what" not in groups.columns else 0
