"""Sentences in their original characters, with the places that are marked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from framing import words
from framing.concordance import places_in_articles, spans_of_places
from framing.evidence.places import Finder, Found

_Ints = npt.NDArray[np.int64]
_Articles = dict[int, tuple[list[str], list[tuple[int, int, int]]]]
"""For each row its fields, and for each of its places the field, first and last character."""


@dataclass(frozen=True)
class Sentence:
    """One sentence: the row of its article, its number there, its characters, and its marks."""

    row: int
    number: int
    text: str
    marks: str


def sentences_of(finder: Finder, chosen: list[tuple[Found, _Ints]]) -> list[list[Sentence]]:
    """Return the chosen sentences of each item; each article is split into tokens once."""
    corpus = finder.corpus
    asked = [_first_pieces(found, numbers) for found, numbers in chosen]
    rows = np.unique(finder.rows[np.concatenate([*asked, np.empty(0, np.int64)])])
    columns = [corpus.articles[name].take(rows) for name in corpus.settings["fields"]]
    lists = [column.astype(object).where(column.notna(), "").tolist() for column in columns]
    texts = [list(fields) for fields in zip(*lists, strict=True)]
    articles = dict(
        zip(rows.tolist(), zip(texts, spans_of_places(corpus, texts), strict=True), strict=True)
    )
    found = []
    for (one, numbers), pieces in zip(chosen, asked, strict=True):
        at = zip(numbers.tolist(), pieces.tolist(), strict=True)
        reader = _Reader(finder, one, articles)
        found.append([reader.sentence(number, piece) for number, piece in at])
    return found


def _first_pieces(found: Found, numbers: _Ints) -> _Ints:
    """Return for each sentence the first of its pieces."""
    first = np.unique(found.number, return_index=True)[1]
    pieces: _Ints = found.pieces[first[numbers]]
    return pieces


@dataclass(frozen=True)
class _Reader:
    """Reads the sentences of one item in articles whose tokens were found again."""

    finder: Finder
    found: Found
    articles: _Articles

    def sentence(self, number: int, piece: int) -> Sentence:
        """Return one sentence as it was written."""
        corpus, row = self.finder.corpus, int(self.finder.rows[piece])
        texts, spans = self.articles[row]
        begin, rows = corpus.sentences[piece : piece + 1], self.finder.rows[piece : piece + 1]
        place, sentence = places_in_articles(corpus, begin, rows)
        field, at, _ = spans[int(place[0])]
        low, high = _bounds(texts[field], at, corpus.settings["language"])
        marks = {
            (spans[first][1] - low, spans[last - 1][2] - low)
            for first, last in self._marked(number)
        }
        said = " ".join(f"{first}:{last}" for first, last in sorted(marks))
        return Sentence(row, int(sentence[0]), texts[field][low:high], said)

    def _marked(self, number: int) -> list[tuple[int, int]]:
        """Return the places of the item in a sentence, counted from the start of its article."""
        found, finder = self.found, self.finder
        spans: list[tuple[int, int]] = []
        for piece in found.pieces[found.number == number].tolist():
            borders = [finder.corpus.sentences[piece], finder.ends[piece]]
            low, high = np.searchsorted(found.start, borders)
            start, stop = found.start[low:high], found.stop[low:high]
            rows = np.full(len(start), finder.rows[piece])
            first, _ = places_in_articles(finder.corpus, start, rows)
            spans += zip(first.tolist(), (first + stop - start).tolist(), strict=True)
        return spans


def _bounds(text: str, at: int, language: str | None) -> tuple[int, int]:
    """Return where the sentence around a character begins and ends, without white space."""
    pieces = [text] if language is None else words.split_sentences(text, language=language)
    starts = [0, *accumulate(map(len, pieces))]
    number = bisect_right(starts, at) - 1
    piece = pieces[number]
    low = starts[number] + len(piece) - len(piece.lstrip())
    return low, starts[number] + len(piece.rstrip())
