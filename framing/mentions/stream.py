"""A run of articles as words: parts of compounds, the signs between them, and their characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing import words
from framing.corpus import Corpus
from framing.mentions.aliases import Aliases, split_term

_Ints = npt.NDArray[np.int64]
_Bools = npt.NDArray[np.bool_]
_Bytes = npt.NDArray[np.uint8]

MARK, OTHER_MARK = "\x01", "\x02"
UNSURE = 4
"""The shape of a part of a word in mixed letters: `Assad` in `pro-Assad`, `led` in `US-led`."""

PLAIN, COMMA, PARENTHESIS, DASH, QUOTE, SIGN, HYPHEN = range(7)
"""What stands between two words; PLAIN is nothing but white space."""

_SPACES = b" \n\t\r"
_SIGNS = {
    COMMA: [b","],
    PARENTHESIS: [b"("],
    DASH: [b"-", "–".encode(), "—".encode()],
    QUOTE: [b'"', b"'", "“".encode(), "”".encode(), "‘".encode(), "’".encode()],
}


_OPENING = rb"(?:[\"'(\[]|\xe2\x80[\x98\x9c]|\xc2\xab)*\Z"
"""Signs that open what follows, as bytes: quotation marks and brackets."""


@dataclass(frozen=True)
class Terms:
    """The vocabulary, with the parts of its compounds.

    Attributes
    ----------
    names : Index of str
        The terms, and behind them the parts that are no terms themselves.
    word : array of int64
        The word of the aliases that each is, or -1.
    parts : array of int32
        Names in the order of terms: each term itself, or its parts.
    first : array of int64, shape (n_terms + 1,)
        Where each term's parts begin.
    """

    names: pd.Index[str]
    word: _Ints
    parts: npt.NDArray[np.int32]
    first: _Ints


def code_vocabulary(vocabulary: pd.Index[str], aliases: Aliases) -> Terms:
    """Split those terms at hyphens of which a part is a word of an alias."""
    known = set(aliases.names)
    compounds = np.flatnonzero(vocabulary.str.contains("-", regex=False))
    lists = {}
    for code, term in zip(compounds.tolist(), vocabulary[compounds], strict=True):
        pieces = split_term(term)
        if len(pieces) > 1 and not known.isdisjoint(pieces):
            lists[code] = pieces
    flat = [part for pieces in lists.values() for part in pieces]
    new = [part for part in dict.fromkeys(flat) if part not in vocabulary]
    names = vocabulary.append(pd.Index(new, dtype="str")) if new else vocabulary
    sizes = np.ones(len(vocabulary), dtype=np.int64)
    sizes[list(lists)] = [len(pieces) for pieces in lists.values()]
    first = np.concatenate([[0], np.cumsum(sizes)])
    parts = np.repeat(np.arange(len(vocabulary), dtype=np.int32), sizes)
    parts[np.repeat(sizes > 1, sizes)] = names.get_indexer(pd.Index(flat, dtype="str"))
    word = pd.Index(aliases.names, dtype="str").get_indexer(names).astype(np.int64)
    return Terms(names, word, parts, first)


@dataclass(frozen=True)
class Stream:
    """The words of a run of articles, compounds in parts.

    Attributes
    ----------
    name : array of int64, shape (n,)
        The place in `Terms.names`; -1 for a gap.
    shape : array of uint8
        How it is written, or UNSURE.
    place : array of int64
        The token of the corpus that it is or is a part of.
    part, n_parts : array of int64
        Which part of its token it is, and of how many.
    row : array of int64
        The article.
    is_start : array of bool, shape (n + 1,)
        Whether a sentence begins here.
    """

    name: _Ints
    shape: _Bytes
    place: _Ints
    part: _Ints
    n_parts: _Ints
    row: _Ints
    is_start: _Bools


def read_stream(corpus: Corpus, terms: Terms, first_row: int, last_row: int) -> Stream:
    """Return the words of some articles."""
    low, high = corpus.offsets[first_row], corpus.offsets[last_row]
    codes, shapes = corpus.codes[low:high], corpus.shapes[low:high]
    there = np.maximum(codes, 0)
    n_parts = np.where(codes >= 0, terms.first[there + 1] - terms.first[there], 1)
    index = np.repeat(np.arange(len(codes)), n_parts)
    part = np.arange(len(index)) - (np.cumsum(n_parts) - n_parts)[index]
    name = np.where(codes[index] >= 0, terms.parts[terms.first[there][index] + part], -1)
    shape = shapes[index]
    shape[(n_parts[index] > 1) & (shape == words.MIXED)] = UNSURE
    shape[(part > 0) & (shape == words.CAPITALISED)] = words.LOWER
    starts = corpus.sentences[slice(*np.searchsorted(corpus.sentences, [low, high]))]
    is_start = np.zeros(len(codes) + 1, dtype=bool)
    is_start[starts - low] = is_start[-1] = True
    row = np.repeat(
        np.arange(first_row, last_row), np.diff(corpus.offsets[first_row : last_row + 1])
    )
    return Stream(
        name.astype(np.int64),
        shape,
        index + low,
        part,
        n_parts[index],
        row[index],
        np.append(is_start[:-1][index] & (part == 0), True),
    )


@dataclass(frozen=True)
class Characters:
    """Where each token of a run of articles stands in its text, in bytes.

    Attributes
    ----------
    data : bytes
        The texts with a mark before and after each token.
    begin, end : array of int64, shape (n_places,)
        First byte of each token and the byte after its last; equal for the gap between fields.
    sign : array of uint8
        What stands behind each token.
    field : array of int64
        The number of the field that each token is in.
    """

    data: bytes
    begin: _Ints
    end: _Ints
    sign: _Bytes
    field: _Ints

    def written(self, first: int, last: int) -> str:
        """Return the characters from one token to another as they were written."""
        marked = self.data[self.begin[first] : self.end[last]]
        return marked.replace(MARK.encode(), b"").decode()

    def written_each(self, first: _Ints, last: _Ints) -> list[str]:
        """Return for each pair of tokens what `written` returns; equal ones are made once."""
        ends = zip(self.begin[first].tolist(), self.end[last].tolist(), strict=True)
        marked = [self.data[begin:end] for begin, end in ends]
        text = {one: one.replace(MARK.encode(), b"").decode() for one in set(marked)}
        return [text[one] for one in marked]

    def quoted(self, first: int, start: int, stop: int, last: int) -> str:
        """Return a sentence with some of its tokens in brackets, white space as single spaces."""
        while last > stop and self.begin[last - 1] == self.end[last - 1]:
            last -= 1  # the gap behind a field
        low = self.begin[first] - 1
        head = re.search(_OPENING, self.data[max(low - 20, 0) : low])
        tail = re.match(rb"[^\s\x01]*", self.data[self.end[last - 1] + 1 :][:20])
        pieces = [
            head[0] if head else b"",
            self.data[self.begin[first] : self.begin[start]],
            b"[",
            self.data[self.begin[start] : self.end[stop - 1]],
            b"]",
            self.data[self.end[stop - 1] : self.end[last - 1]],
            tail[0] if tail else b"",
        ]
        text = b"".join(pieces).replace(MARK.encode(), b"").decode("utf-8", "ignore")
        return " ".join(text.split())


def read_characters(corpus: Corpus, first_row: int, last_row: int) -> Characters:
    """Find the characters of the tokens of some articles.

    Marking the tokens of whole texts is fast. Only where a sentence ends inside what would
    otherwise be one token are there fewer than in the corpus: those articles are split as there.
    """
    fields = corpus.settings["fields"]
    articles = corpus.articles.iloc[first_row:last_row]
    columns = [articles[name] for name in fields]
    lists = [column.astype(object).where(column.notna(), "").tolist() for column in columns]
    texts = [text for row in zip(*lists, strict=True) for text in row]
    texts = [text.replace(MARK, OTHER_MARK) for text in texts]
    marked = _mark(texts)
    lengths = np.diff(corpus.offsets[first_row : last_row + 1])
    data, counts, marks = _find(marked, len(fields))
    for row in np.flatnonzero(_n_places(counts) != lengths).tolist():
        for at in range(row * len(fields), (row + 1) * len(fields)):
            marked[at] = _mark_again(texts[at], corpus.settings["language"])
    if (_n_places(counts) != lengths).any():
        data, counts, marks = _find(marked, len(fields))
    return _with_gaps(data, counts, marks)


def _mark(texts: list[str]) -> list[str]:
    """Put a mark before and after each token."""
    import polars as pl

    series = pl.Series(texts, dtype=pl.String)
    return series.str.replace_all(words.PATTERN, f"{MARK}${{0}}{MARK}").to_list()


def _mark_again(text: str, language: str | None) -> str:
    """Do the same with each sentence for itself."""
    spans = words.token_spans([text], language=language)[0]
    pieces, done = [], 0
    for first, last in spans:
        pieces += [text[done:first], MARK, text[first:last], MARK]
        done = last
    return "".join([*pieces, text[done:]])


def _n_places(counts: _Ints) -> _Ints:
    """Return the tokens of each article with the gaps between its fields."""
    places: _Ints = counts.sum(axis=1) + np.maximum((counts > 0).sum(axis=1) - 1, 0)
    return places


def _find(marked: list[str], n_fields: int) -> tuple[bytes, _Ints, _Ints]:
    """Return the texts as bytes, the tokens of each field, and the places of all marks."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in marked]
    data = b"\n".join([*encoded, b"....."])
    marks = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord(MARK))
    borders = np.cumsum([0, *(len(text) + 1 for text in encoded)])
    counts = np.diff(np.searchsorted(marks, borders)) // 2
    return data, counts.reshape(-1, n_fields), marks


def _with_gaps(data: bytes, counts: _Ints, marks: _Ints) -> Characters:
    """Return the places of tokens with a place for the gap behind each field but the last."""
    begin, end = marks[::2] + 1, marks[1::2]
    field = np.repeat(np.tile(np.arange(counts.shape[1]), len(counts)), counts.ravel())
    sign = _signs(np.frombuffer(data, dtype=np.uint8), end)
    filled = counts > 0
    followed = np.cumsum(filled[:, ::-1], axis=1)[:, ::-1] > 1
    ends = np.cumsum(counts)
    sign[ends[filled.ravel()] - 1] = SIGN
    gaps = ends[(filled & followed).ravel()]
    return Characters(
        data,
        np.insert(begin, gaps, 0),
        np.insert(end, gaps, 0),
        np.insert(sign, gaps, SIGN),
        np.insert(field, gaps, field[gaps - 1] if len(gaps) else 0),
    )


def _signs(data: _Bytes, end: _Ints) -> _Bytes:
    """Return what stands behind tokens that end before these marks."""
    sign = np.full(len(end), SIGN, dtype=np.uint8)
    at = end + 1
    is_space = np.zeros(256, dtype=bool)
    is_space[list(_SPACES)] = True
    after_space = is_space[data[at]]
    for _ in range(3):
        at = at + is_space[data[at]]
    sign[after_space & (data[at] == ord(MARK))] = PLAIN
    odd = np.flatnonzero(sign == SIGN)
    for kind, signs in _SIGNS.items():
        for one in signs:
            here = odd
            for step, byte in enumerate(one):
                here = here[data[at[here] + step] == byte]
            sign[here] = kind
    return sign
