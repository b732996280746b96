"""A corpus as boilerplate is looked for in it: numbers alike, in segments, with its two ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.corpus import GAP, LEFT_OUT, Corpus, build_corpus, token_rows
from framing.words import LOWER

NUMBER = "#"
"""Stands for any term with a digit, so that one row has all days of a dateline."""

KINDS = ["self-name", "opening", "closing", "passage"]

WORDS_BEFORE = 3
"""Words that may stand between the start of a text and its opening: the town of a dateline."""

LONGEST = 60
"""Words of a closing, at most."""

LONGEST_OPENING = 12

RE_DIGIT = re.compile(r"\d")

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Sequences = list[tuple[int, ...]]


@dataclass(frozen=True)
class Spans:
    """Places where sequences stand.

    Attributes
    ----------
    start, stop : array of int64
        First place of each in the corpus, and the place after its last.
    number : array of int64
        Which sequence it is.
    """

    start: Ints
    stop: Ints
    number: Ints

    def where(self, chosen: Bools | Ints) -> Spans:
        """Return some of the places, by a mask or in an order."""
        return Spans(self.start[chosen], self.stop[chosen], self.number[chosen])


@dataclass(frozen=True)
class Reading:
    """The tokens of a corpus, numbers alike, in segments.

    A segment is a sentence, or the part of one before or behind a gap.

    Attributes
    ----------
    codes : array of int64, shape (n_places,)
        A place in the vocabulary; `number` for a number, -1 for a gap.
    row : array of int32
        The article of each place.
    begins : array of bool, shape (n_places + 1,)
        Whether a segment begins here.
    offsets : array of int64, shape (n_rows + 1,)
        Where each article begins.
    capital : array of bool
        Whether the token is a number or written with a capital.
    vocabulary : Index of str
        The terms.
    """

    codes: Ints
    row: npt.NDArray[np.int32]
    begins: Bools
    offsets: Ints
    capital: Bools
    vocabulary: pd.Index[str]

    @property
    def number(self) -> int:
        """The code of numbers."""
        return len(self.vocabulary)

    def coded(self, sequence: str) -> tuple[int, ...]:
        """Return the codes of a sequence; empty where the corpus cannot hold it."""
        terms = sequence.split()
        found = self.vocabulary.get_indexer(pd.Index(terms, dtype="str")).tolist()
        codes = [
            self.number if term == NUMBER or RE_DIGIT.search(term) else code
            for term, code in zip(terms, found, strict=True)
        ]
        return tuple(codes) if codes and min(codes) >= 0 else ()

    def said(self, codes: Sequence[int]) -> str:
        """Return a sequence as text."""
        n_terms = self.number
        return " ".join(self.vocabulary[code] if code < n_terms else NUMBER for code in codes)

    def without(self, removed: Bools) -> Reading:
        """Return the reading with gaps at some places."""
        codes = np.where(removed, GAP, self.codes)
        begins = self.begins.copy()
        begins[:-1] |= removed
        begins[1:] |= removed
        return Reading(codes, self.row, begins, self.offsets, self.capital, self.vocabulary)


def read(corpus: Corpus) -> Reading:
    """Return the reading of a corpus; where it leaves words out, its articles are read again."""
    whole = corpus
    if (corpus.codes == LEFT_OUT).any():
        again = {name: corpus.settings[name] for name in ("fields", "phrases", "language")}
        whole = build_corpus(corpus.articles, **again)
    n_terms = len(whole.vocabulary)
    is_number = np.asarray(whole.vocabulary.str.contains(r"\d", regex=True), dtype=bool)
    meaning = np.append(np.where(is_number, n_terms, np.arange(n_terms)), GAP)
    codes = np.where(corpus.codes == GAP, GAP, meaning[whole.codes])
    begins = np.zeros(len(codes) + 1, dtype=bool)
    begins[corpus.sentences] = begins[corpus.offsets] = True
    gaps = np.flatnonzero(codes == GAP)
    begins[gaps] = begins[gaps + 1] = True
    capital = (corpus.shapes != LOWER) | (codes == n_terms)
    return Reading(codes, token_rows(corpus), begins, corpus.offsets, capital, whole.vocabulary)


def find_all(reading: Reading, sequences: Sequences) -> Spans:
    """Find every place where a sequence stands inside a segment, also those that overlap."""
    edges: dict[tuple[int, int], int] = {}
    ends: dict[int, int] = {}
    for number, sequence in enumerate(sequences):
        at_node = 0
        for code in sequence:
            at_node = edges.setdefault((at_node, code), len(edges) + 1)
        ends[at_node] = number
    found = np.array([ends.get(each, -1) for each in range(len(edges) + 1)], dtype=np.int64)
    keys = np.array(sorted(edges), dtype=np.int64).reshape(-1, 2)
    n_codes = reading.number + 1
    flat = keys[:, 0] * n_codes + keys[:, 1]
    target = np.array([edges[each, code] for each, code in keys.tolist()], dtype=np.int64)
    first = np.zeros(n_codes + 1, dtype=bool)  # the last is the gap
    first[keys[keys[:, 0] == 0, 1]] = True
    place = np.flatnonzero(first[reading.codes])
    node = np.zeros(len(place), dtype=np.int64)
    pieces: list[tuple[Ints, Ints, Ints]] = []
    step = 0
    while len(place):
        token = reading.codes[place + step]
        key = node * n_codes + token
        at = np.minimum(np.searchsorted(flat, key), len(flat) - 1)
        going = (flat[at] == key) & (token >= 0)
        place, node = place[going], target[at[going]]
        step += 1
        ended = found[node] >= 0
        pieces.append((place[ended], place[ended] + step, found[node[ended]]))
        inside = ~reading.begins[place + step]
        place, node = place[inside], node[inside]
    if not pieces:
        return Spans(*np.zeros((3, 0), dtype=np.int64))
    return Spans(*(np.concatenate(parts) for parts in zip(*pieces, strict=True)))


def cover(spans: Spans, n_places: int) -> Bools:
    """Return which places lie inside a span."""
    change = np.zeros(n_places + 1, dtype=np.int64)
    np.add.at(change, spans.start, 1)
    np.add.at(change, spans.stop, -1)
    covered: Bools = np.cumsum(change)[:-1] > 0
    return covered


def all_capital(reading: Reading, spans: Spans) -> Bools:
    """Return for each span whether all its words are written with a capital."""
    if not len(spans.start):
        return np.zeros(0, dtype=bool)
    ends = np.stack([spans.start, spans.stop], axis=1).ravel()
    capital: Bools = np.logical_and.reduceat(np.append(reading.capital, True), ends)[::2]
    return capital


def segments(reading: Reading) -> tuple[Ints, Ints]:
    """Return the first place of each segment that has a token, and the place after its last."""
    start = np.flatnonzero(reading.begins[:-1] & (reading.codes != GAP))
    begins = np.flatnonzero(reading.begins)
    return start, begins[np.searchsorted(begins, start, side="right")]


def hashed(codes: Ints, start: Ints, stop: Ints) -> npt.NDArray[np.uint64]:
    """Return a number for each segment, the same for the same codes in the same order."""
    if not len(start):
        return np.zeros(0, dtype=np.uint64)
    first = np.zeros(len(codes), dtype=np.int64)
    first[start] = start
    place = np.arange(len(codes)) - np.maximum.accumulate(first)
    mixed = (codes + 2).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= (place + 1).astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(mixed, dtype=np.uint64)])
    return np.asarray(sums[stop] - sums[start])


class Tails:
    """The ends of the articles, while furniture is taken off them.

    Attributes
    ----------
    ends : array of int64, shape (n_rows,)
        For each article the place behind the last token that is still there.
    behind : array of int64, shape (n_places + 1,)
        For each place the one behind the last token before it that is still there.
    removed : array of bool
        Places that are gone, gaps among them.
    """

    def __init__(self, reading: Reading, removed: Bools) -> None:
        self.reading = reading
        self.removed = removed | (reading.codes == GAP)
        self._move()

    def segments(self) -> tuple[Ints, Ints, int, int]:
        """Return where the last segments begin and end, and what their sequences may be."""
        ends = self.ends[self.ends > self.reading.offsets[:-1]]
        begins = np.flatnonzero(self.reading.begins)
        return begins[np.searchsorted(begins, ends) - 1], ends, LONGEST, LONGEST

    def _move(self) -> None:
        """Put the ends behind the last token that is still there, of each place and article."""
        kept = np.arange(len(self.removed) + 1)
        kept[1:][self.removed] = 0
        self.behind = np.maximum.accumulate(kept)
        self.ends = self.behind[self.reading.offsets[1:]]

    def peel(self, spans: Spans) -> None:
        """Take off all spans that end where articles do, and those that end there then."""
        row = self.reading.row[spans.start]
        while len(spans.start):
            hit = (self.behind[spans.stop] == self.ends[row]) & (spans.start < self.ends[row])
            if not hit.any():
                return
            self.removed |= cover(spans.where(hit), len(self.removed))
            spans, row = spans.where(~hit), row[~hit]
            self._move()


class Heads:
    """The starts of titles and texts, while furniture is taken off them.

    Attributes
    ----------
    starts, ends : array of int64
        The first segment that is still there, of each article and behind its first gap.
    removed : array of bool
        Places that are gone, gaps among them.
    """

    def __init__(self, reading: Reading, removed: Bools) -> None:
        self.reading = reading
        n_places = len(reading.codes)
        gaps = np.append(np.flatnonzero(reading.codes == GAP), n_places)
        behind = gaps[np.searchsorted(gaps, reading.offsets[:-1])]
        inside = behind < reading.offsets[1:]
        first = np.unique(np.concatenate([reading.offsets[:-1], behind[inside]]))
        self.starts = self.ends = first[first < n_places]
        self.removed = removed | (reading.codes == GAP)
        self._move()

    def segments(self) -> tuple[Ints, Ints, int, int]:
        """Return where the first segments begin and end, and what their sequences may be."""
        short = self.ends - self.starts <= LONGEST_OPENING
        return self.starts[short], self.ends[short], WORDS_BEFORE, LONGEST_OPENING

    def _move(self) -> None:
        """Put the starts where the first token is that is still there."""
        n_places = len(self.removed)
        kept = np.where(self.removed, n_places, np.arange(n_places))
        ahead = np.append(np.minimum.accumulate(kept[::-1])[::-1], n_places)
        starts = np.unique(ahead[self.starts])
        self.starts = starts[starts < n_places]
        begins = np.append(np.flatnonzero(self.reading.begins), n_places)
        self.ends = begins[np.searchsorted(begins, self.starts, side="right")]

    def peel(self, spans: Spans) -> None:
        """Take off first segments that end with a span, few words before it, again and again."""
        spans = spans.where(self.reading.begins[spans.stop])
        while len(spans.start) and len(self.starts):
            at = np.minimum(np.searchsorted(self.ends, spans.stop), len(self.ends) - 1)
            before = spans.start - self.starts[at]
            hit = (self.ends[at] == spans.stop) & (before >= 0) & (before <= WORDS_BEFORE)
            if not hit.any():
                return
            opened = Spans(self.starts[at[hit]], spans.stop[hit], spans.number[hit])
            self.removed |= cover(opened, len(self.removed))
            spans = spans.where(~hit)
            self._move()
