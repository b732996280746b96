"""A run of articles as words: parts of compounds, the signs between them, and their characters."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from typing import Any

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


_JOINS, _DOT, _COMMA, _DIGIT, _LETTER, _ODD = range(1, 7)
_KIND = np.zeros(256, dtype=np.uint8)
_KIND[list(b"-'")] = _JOINS
_KIND[list(b".")] = _DOT
_KIND[list(b",:")] = _COMMA
_KIND[list(string.digits.encode())] = _DIGIT
_KIND[list(string.ascii_letters.encode())] = _LETTER
_KIND[[*b"/", *range(128, 256)]] = _ODD
"""What a byte may be in a token; 0 is in none."""


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
    lists = {}
    for code, term in enumerate(vocabulary.tolist()):
        if "-" not in term:
            continue
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
        The texts, each with a line end behind it.
    begin, end : array of int64, shape (n_places,)
        First byte of each token and the byte after its last; both 0 for the gap between fields.
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
        return self.data[self.begin[first] : self.end[last]].decode()

    def written_each(self, first: _Ints, last: _Ints) -> tuple[list[str], _Ints]:
        """Return what `written` returns for pairs of tokens: distinct texts, and each one's."""
        ends = zip(self.begin[first].tolist(), self.end[last].tolist(), strict=True)
        place: dict[bytes, int] = {}
        each = [place.setdefault(self.data[begin:end], len(place)) for begin, end in ends]
        return [one.decode() for one in place], np.array(each, dtype=np.int64)

    def quoted(self, first: int, start: int, stop: int, last: int) -> str:
        """Return a sentence with some of its tokens in brackets, white space as single spaces."""
        while last > stop and self.begin[last - 1] == self.end[last - 1]:
            last -= 1  # the gap behind a field
        low, high = int(self.begin[first]), int(self.end[last - 1])
        following = int(self.begin[last]) if last < len(self.begin) else 0
        head = re.search(_OPENING, self.data[max(low - 20, 0) : low])
        end = following if following >= high else high + 20  # a gap begins nowhere
        tail = re.match(rb"\S*", self.data[high : min(end, high + 20)])
        pieces = [
            head[0] if head else b"",
            self.data[low : self.begin[start]],
            b"[",
            self.data[self.begin[start] : self.end[stop - 1]],
            b"]",
            self.data[self.end[stop - 1] : high],
            tail[0] if tail else b"",
        ]
        text = b"".join(pieces).decode("utf-8", "ignore")
        return " ".join(text.split())


def read_characters(corpus: Corpus, first_row: int, last_row: int) -> Characters:
    """Find the characters of the tokens of some articles.

    To look for tokens in whole texts is fast. Only where a sentence ends inside what would
    otherwise be one token are there fewer than in the corpus: those articles are split as there.
    """
    fields, language = corpus.settings["fields"], corpus.settings["language"]
    articles = corpus.articles.iloc[first_row:last_row]
    columns = [articles[name] for name in fields]
    lists = [column.astype(object).where(column.notna(), "").tolist() for column in columns]
    texts = [text for row in zip(*lists, strict=True) for text in row]
    texts = [text.replace(MARK, OTHER_MARK) for text in texts]
    pieces = [[f"{text}\n"] for text in texts]
    places = _find(pieces, len(fields))
    lengths = np.diff(corpus.offsets[first_row : last_row + 1])
    odd = np.flatnonzero(places.n_places != lengths).tolist()
    if odd and language is not None:
        for at in (row * len(fields) + field for row in odd for field in range(len(fields))):
            pieces[at] = [*words.split_sentences(texts[at], language=language), "\n"]
        places = _find(pieces, len(fields))
    return _with_gaps(places)


@dataclass(frozen=True)
class _Places:
    """Where tokens are: the texts as bytes, first byte and end of each token, tokens by field."""

    data: bytes
    begin: _Ints
    end: _Ints
    counts: _Ints

    @property
    def n_places(self) -> _Ints:
        """The tokens of each article with the gaps between its fields."""
        filled = (self.counts > 0).sum(axis=1)
        places: _Ints = self.counts.sum(axis=1) + np.maximum(filled - 1, 0)
        return places


def _find(texts: list[list[str]], n_fields: int) -> _Places:
    """Find the tokens of texts, each in pieces that no token reaches across.

    No token holds a space, so each distinct string between two spaces is looked at once only.
    """
    import pyarrow as pa

    flat = pa.array([piece for pieces in texts for piece in pieces], pa.large_string())
    chunks, first_chunk = words.cut_at_spaces(flat)
    coded = chunks.dictionary_encode()
    n_tokens, begin, end = _find_in_each(coded.dictionary)
    chunk = coded.indices.to_numpy(zero_copy_only=False)
    sizes = n_tokens[chunk]
    stops = np.concatenate([[0], np.cumsum(sizes)])
    place = np.repeat((np.cumsum(n_tokens) - n_tokens)[chunk] - stops[:-1], sizes)
    place += np.arange(len(place))
    starts = np.frombuffer(chunks.buffers()[1], dtype=np.int64)[: len(chunks)]
    first = np.repeat(starts, sizes)
    borders = np.cumsum([0, *(len(pieces) for pieces in texts)])
    counts = np.diff(stops[first_chunk[borders]])
    data = b"".join([flat.buffers()[2], b"....."])
    return _Places(data, first + begin[place], first + end[place], counts.reshape(-1, n_fields))


def _find_in_each(texts: Any) -> tuple[_Ints, _Ints, _Ints]:
    """Return how many tokens each text of an Arrow array has, and where they begin and end.

    Places are bytes, counted from the start of the text. In most texts tokens are plain; only at
    the others does the regular expression look, which takes ten times as long.
    """
    import pyarrow as pa

    n_tokens, first, stop, odd = _plain_tokens(texts)
    n_tokens[odd], odd_first, odd_stop = _tokens_by_pattern(texts.filter(pa.array(odd)))
    is_odd = np.repeat(odd, n_tokens)
    begin = np.empty(len(is_odd), dtype=np.int64)
    end = np.empty_like(begin)
    begin[is_odd], end[is_odd] = odd_first, odd_stop
    begin[~is_odd], end[~is_odd] = first, stop
    return n_tokens, begin, end


def _plain_tokens(texts: Any) -> tuple[_Ints, _Ints, _Ints, _Bools]:
    """Return the plain tokens of each text: how many, where they begin and end; and who is odd.

    Plain are letters and digits of ASCII with single hyphens and apostrophes between them. Odd is
    a text with something that may make other tokens: characters beyond ASCII, slashes, dots
    between letters, and signs between digits.
    """
    _, bounds, data = texts.buffers()
    bounds = np.frombuffer(bounds, dtype=np.int64)[texts.offset :][: len(texts) + 1]
    kind = _KIND[np.frombuffer(data or b"", dtype=np.uint8)[bounds[0] : bounds[-1]]]
    bounds = bounds - bounds[0]
    first, last = bounds[:-1], bounds[1:] - 1
    before, here, after = kind[:-2], kind[1:-1], kind[2:]
    alone = (kind == _LETTER) | (kind == _DIGIT)
    inside = alone.copy()
    inside[1:-1] |= (here == _JOINS) & alone[:-2] & alone[2:]
    inside[first], inside[last] = alone[first], alone[last]
    is_odd = kind == _ODD
    is_odd[1:-1] |= (here == _DOT) & (before == _LETTER) & (after == _LETTER)
    signs = (here == _DOT) | (here == _COMMA)
    is_odd[1:-1] |= signs & (before == _DIGIT) & (after == _DIGIT)
    odd = _sums(is_odd, bounds) > 0
    inside &= ~np.repeat(odd, np.diff(bounds))
    begins, ends = inside.copy(), inside.copy()
    begins[1:] &= ~inside[:-1]
    ends[:-1] &= ~inside[1:]
    begins[first], ends[last] = inside[first], inside[last]
    number = _sums(begins, bounds)
    base = np.repeat(first, number)
    return number, np.flatnonzero(begins) - base, np.flatnonzero(ends) + 1 - base, odd


def _sums(flags: _Bools, bounds: _Ints) -> _Ints:
    """Return how many flags there are between bounds."""
    sums: _Ints = np.diff(np.searchsorted(np.flatnonzero(flags), bounds))
    return sums


def _tokens_by_pattern(texts: Any) -> tuple[_Ints, _Ints, _Ints]:
    """Return what `_find_in_each` returns, by the regular expression alone."""
    import polars as pl
    import pyarrow as pa

    marked = pl.Series(texts).str.replace_all(words.PATTERN, f"{MARK}${{0}}{MARK}")
    _, bounds, data = marked.to_arrow().cast(pa.large_string()).buffers()
    bounds = np.frombuffer(bounds, dtype=np.int64)[: len(texts) + 1]
    marks = np.flatnonzero(np.frombuffer(data, dtype=np.uint8)[: bounds[-1]] == ord(MARK))
    n_marks = np.diff(np.searchsorted(marks, bounds))
    # Of the marks themselves, those before a place in its text do not count.
    first = bounds[:-1] - (np.cumsum(n_marks) - n_marks)
    place = marks - np.repeat(first, n_marks) - np.arange(len(marks))
    return n_marks // 2, place[::2], place[1::2]


def _with_gaps(places: _Places) -> Characters:
    """Return the places of tokens with a place for the gap behind each field but the last."""
    counts = places.counts
    field = np.repeat(np.tile(np.arange(counts.shape[1]), len(counts)), counts.ravel())
    sign = _signs(np.frombuffer(places.data, dtype=np.uint8), places.begin, places.end)
    filled = counts > 0
    followed = np.cumsum(filled[:, ::-1], axis=1)[:, ::-1] > 1
    ends = np.cumsum(counts)
    sign[ends[filled.ravel()] - 1] = SIGN
    gaps = ends[(filled & followed).ravel()]
    return Characters(
        places.data,
        np.insert(places.begin, gaps, 0),
        np.insert(places.end, gaps, 0),
        np.insert(sign, gaps, SIGN),
        np.insert(field, gaps, field[gaps - 1] if len(gaps) else 0),
    )


def _signs(data: _Bytes, begin: _Ints, end: _Ints) -> _Bytes:
    """Return what stands behind tokens that begin and end at these bytes."""
    sign = np.full(len(end), SIGN, dtype=np.uint8)
    at = end
    is_space = np.zeros(256, dtype=bool)
    is_space[list(_SPACES)] = True
    after_space = is_space[data[at]]
    for _ in range(3):
        at = at + is_space[data[at]]
    sign[:-1][after_space[:-1] & (at[:-1] == begin[1:])] = PLAIN
    odd = np.flatnonzero(sign == SIGN)
    for kind, signs in _SIGNS.items():
        for one in signs:
            here = odd
            for step, byte in enumerate(one):
                here = here[data[at[here] + step] == byte]
            sign[here] = kind
    return sign
