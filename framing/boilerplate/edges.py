"""Sequences of words that open or close the articles of one source."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from framing.boilerplate.groups import Groups, Row, by_sequence, candidates, count, joined
from framing.boilerplate.reading import Bools, Heads, Reading, Spans, Tails, find_all

FIXED = 0.5
"""Share of the articles with a sequence that must have it at the edge."""

SAME = 0.8
"""A sequence that has a longer one around it in this share of its articles is only a part."""

_ROUNDS = 25

Edge = type[Heads] | type[Tails]


def find_at_edge(edge: Edge, start: Bools, groups: Groups, what: str) -> list[Row]:
    """Return the sequences at one end of the articles; take them off, and look again.

    Places of `start` are taken off before.
    """
    reading = groups.reading
    at = edge(reading, start)
    rows: dict[tuple[int, tuple[int, ...]], Row] = {}
    for _ in range(_ROUNDS):
        table = _at_place(at, groups)
        fresh = [
            row
            for row in _fixed(reading, groups, table, what)
            if (row.group, row.codes) not in rows
        ]
        if not fresh:
            break
        rows |= {(row.group, row.codes): row for row in fresh}
        at.peel(joined(list(rows.values())))
    kept = _not_shared(edge(reading, start), groups, list(rows.values()))
    n_rows = -1
    while len(kept) != n_rows:
        n_rows = len(kept)
        at = edge(reading, start)
        at.peel(joined(kept))
        reached = [replace(row, spans=_taken(at, row.spans)) for row in kept]
        n = [len(np.unique(reading.row[row.spans.start])) for row in reached]
        enough = [count >= groups.least[row.group] for count, row in zip(n, kept, strict=True)]
        kept = [row for row, stays in zip(kept, enough, strict=True) if stays]
    return [row for row, stays in zip(reached, enough, strict=True) if stays] if kept else []


def _taken(at: Heads | Tails, spans: Spans) -> Spans:
    """Return the places that were taken off whole."""
    gone = np.concatenate([[0], np.cumsum(~at.removed)])
    return spans.where(gone[spans.stop] == gone[spans.start])


def _not_shared(at: Heads | Tails, groups: Groups, rows: list[Row]) -> list[Row]:
    """Return the sequences that others lack at that end, also behind furniture of their own."""
    reading = groups.reading
    sequences = sorted({row.codes for row in rows})
    spans = find_all(reading, sequences)
    at.peel(spans)
    spans = _taken(at, spans)
    n_rows = max(len(groups.group), 1)
    pairs = np.unique(spans.number * n_rows + reading.row[spans.start])
    number, group = pairs // n_rows, groups.group[pairs % n_rows]
    found = []
    for row in rows:
        here = number == sequences.index(row.codes)
        n_all, n = np.array([here.sum()]), np.array([(here & (group == row.group)).sum()])
        share, other = groups.shares(n, n_all, np.array([row.group]))
        if not other[0] > groups.elsewhere * share[0]:
            found.append(replace(row, share_elsewhere=float(other[0])))
    return found


def _at_place(edge: Heads | Tails, groups: Groups) -> pd.DataFrame:
    """Count the sequences that end where a first segment or an article does.

    One row a group and sequence that has enough articles: `group`, `place` and `length` of an
    example, `n`, `n_all`.
    """
    reading = edge.reading
    lows, ends, slack, longest = edge.segments()
    row = reading.row[np.maximum(ends - 1, 0)].astype(np.int64)
    same = np.zeros(len(ends), dtype=np.int64)
    pieces = []
    for length in range(1, longest + 1):
        place = ends - length
        inside = place >= lows
        lows, ends, row, same, place = (each[inside] for each in (lows, ends, row, same, place))
        key = same * (reading.number + 1) + reading.codes[place]
        _, example, same = np.unique(key, return_index=True, return_inverse=True)
        near = place - lows <= slack
        counted = count(same[near], row[near], groups)
        pieces.append(counted.assign(place=place[example][counted["same"]], length=length))
        often = np.zeros(len(example), dtype=bool)
        often[count(same, row, groups)["same"]] = True
        lows, ends, row, same = (each[often[same]] for each in (lows, ends, row, same))
        if not len(ends):
            break
    return pd.concat(pieces, ignore_index=True)


def _fixed(reading: Reading, groups: Groups, table: pd.DataFrame, what: str) -> list[Row]:
    """Return the sequences that stand at that place in most of the articles that have them."""
    table, codes = candidates(reading, groups, table)
    sequences = sorted(set(codes))
    spans = find_all(reading, sequences)
    own = by_sequence(reading, groups, spans)
    kept: dict[tuple[int, tuple[int, ...]], tuple[int, Row]] = {}
    rows = zip(table["group"].tolist(), codes, table["n"], table["share_elsewhere"], strict=True)
    for group, sequence, n, other in sorted(rows, key=lambda row: len(row[1])):
        places = own.get((sequences.index(sequence), group))
        if places is None or n < FIXED * len(np.unique(reading.row[places.start])):
            continue
        row = Row(what, group, sequence, reading.said(sequence), float(other), places)
        for part in (sequence[step:] for step in range(1, len(sequence))):
            if (group, part) in kept and n >= SAME * kept[group, part][0]:
                del kept[group, part]
        kept[group, sequence] = (n, row)
    return [row for _, row in kept.values()]
