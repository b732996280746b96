"""Sources, and the sequences of words that each of them repeats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framing.boilerplate.reading import Floats, Ints, Reading, Spans


@dataclass(frozen=True)
class Groups:
    """The sources: what they are called, their articles, and what a sequence must reach.

    Attributes
    ----------
    reading : Reading
        The corpus.
    by : str
        The column.
    names : Series
        Its values, in order, without the missing one.
    group : array of int64, shape (n_rows,)
        The source of each article; the number of sources where it is missing.
    sizes : array of int64
        Articles of each source.
    least : array of int64
        Articles of each source that must have a sequence.
    elsewhere : float
        The most that the share of the others may be of the source's own.
    """

    reading: Reading
    by: str
    names: pd.Series[Any]
    group: Ints
    sizes: Ints
    least: Ints
    elsewhere: float

    def shares(self, n: Ints, n_all: Ints, group: Ints) -> tuple[Floats, Floats]:
        """Return the share of a source's articles, and that of all others."""
        others = len(self.group) - self.sizes[group]
        return n / self.sizes[group], (n_all - n) / np.where(others, others, np.nan)


@dataclass(frozen=True)
class Row:
    """A sequence of one source, and where it stands in the source's articles."""

    what: str
    group: int
    codes: tuple[int, ...]
    text: str
    share_elsewhere: float
    spans: Spans


def count(same: Ints, row: Ints, groups: Groups) -> pd.DataFrame:
    """Count articles by group for things that are the same; keep what enough of a group have."""
    n_rows = max(len(groups.group), 1)
    pairs = np.unique(same * n_rows + row)
    same, group = pairs // n_rows, groups.group[pairs % n_rows]
    n_all = np.bincount(same)
    n_groups = len(groups.sizes) + 1
    cells, n = np.unique(same * n_groups + group, return_counts=True)
    same, group = cells // n_groups, cells % n_groups
    kept = n >= np.append(groups.least, n_rows + 1)[group]
    return pd.DataFrame(
        {"same": same[kept], "group": group[kept], "n": n[kept], "n_all": n_all[same[kept]]}
    )


def candidates(
    reading: Reading, groups: Groups, table: pd.DataFrame
) -> tuple[pd.DataFrame, list[tuple[int, ...]]]:
    """Return the rows that the others lack and that have a word, with their codes."""
    columns = (table[name].to_numpy() for name in ("n", "n_all", "group"))
    share, other = groups.shares(*columns)
    few = ~(other > groups.elsewhere * share)
    table = table.assign(share_elsewhere=other)[few]
    spans = zip(table["place"].tolist(), table["length"].tolist(), strict=True)
    codes = [tuple(reading.codes[place : place + length].tolist()) for place, length in spans]
    worded = np.array([min(each) < reading.number for each in codes], dtype=bool)
    return table[worded].reset_index(drop=True), [
        each for each, kept in zip(codes, worded, strict=True) if kept
    ]


def by_sequence(reading: Reading, groups: Groups, spans: Spans) -> dict[tuple[int, int], Spans]:
    """Return the places of each sequence in each group."""
    group = groups.group[reading.row[spans.start]]
    order = np.lexsort((spans.start, group, spans.number))
    number, group, spans = spans.number[order], group[order], spans.where(order)
    borders = np.flatnonzero((np.diff(number) != 0) | (np.diff(group) != 0)) + 1
    cut = [np.split(each, borders) for each in (spans.start, spans.stop, number)]
    firsts = [0, *borders.tolist()] if len(number) else []
    return {
        (int(number[first]), int(group[first])): Spans(*part)
        for first, part in zip(firsts, zip(*cut, strict=True), strict=False)
    }


def joined(rows: list[Row]) -> Spans:
    """Return the places of all rows together."""
    if not rows:
        return Spans(*np.zeros((3, 0), dtype=np.int64))
    names = ("start", "stop", "number")
    return Spans(*(np.concatenate([getattr(row.spans, name) for row in rows]) for name in names))
