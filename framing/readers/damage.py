"""Where in the bytes of a column damage may be: looks that need no string in Python."""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

_PIECE = 128 * 1024


def _table(signs: str) -> np.ndarray:
    """Return for each byte whether it is one of some signs."""
    found = np.zeros(256, dtype=bool)
    found[list(signs.encode("latin-1"))] = True
    return found


# The same for bytes: what may decide behind `"`, and what then stands behind that.
_WORD = string.ascii_letters + string.digits + "_"
_HIGH = "".join(map(chr, range(128, 256)))
_BEHIND_QUOTE = _table("?strvldm\xef")
_BEHIND_SPACE = _table(_WORD + '"([$#@')
_BEFORE_OPENING = _table("\0\t\n\v\f\r\x1c\x1d\x1e\x1f ([" + _HIGH)
_BEHIND_LOST = _table(_WORD + "[$" + _HIGH)
_ONE_LETTER = _table("stdm")
_TWO_LETTERS = [int.from_bytes(pair) for pair in (b"re", b"ve", b"ll")]
_NOT_BEHIND_SHORT = _table(_WORD + '"?')
_BEGINS_ENTITY = _table(string.ascii_letters + "#")
_LONGEST_ENTITY = 34
_QUOTE = ord('"')
NO_EDITS = np.zeros((2, 0), dtype=np.int64)


class Look(NamedTuple):
    """A column of texts as bytes, and the places where a closer look may be needed.

    Attributes
    ----------
    texts : Series
        The texts.
    data : array of uint8
        The bytes of all texts, one after the other.
    offsets : array of int64, shape (n_texts + 1,)
        Where each text begins.
    places : array of int64
        The places of all bytes that are not printable ASCII, or one of `"`, `<` and `&`.
    """

    texts: pd.Series
    data: np.ndarray
    offsets: np.ndarray
    places: np.ndarray

    def quotes(self) -> np.ndarray:
        """Return the places of the straight quotation marks."""
        found: np.ndarray = self.places[self.data[self.places] == _QUOTE]
        return found

    def rows(self, places: np.ndarray) -> np.ndarray:
        """Return the text that each place is in."""
        return np.searchsorted(self.offsets, places, side="right") - 1


def look(values: pd.Series) -> Look:
    """Return a column of texts with all places that any mending starts from, found in one pass."""
    data, offsets = _bytes_of(values)

    def unusual(piece: np.ndarray) -> np.ndarray:
        # What lies below the space wraps around; `|` makes one comparison of `"` and `&`.
        here: np.ndarray = (piece - np.uint8(32)) >= 95
        here |= (piece | np.uint8(4)) == _QUOTE | 4
        here |= piece == ord("<")
        return here

    return Look(values, data, offsets, places_of(data, unusual))


def places_of(data: np.ndarray, test: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Return the places where a test of bytes holds, in pieces that stay in the processor."""
    found = [
        np.flatnonzero(test(data[start : start + _PIECE])) + start
        for start in range(0, len(data), _PIECE)
    ]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def suspects(seen: Look) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the texts that may hold something to mend, by looks at their bytes alone.

    Returns
    -------
    rows : array of int
        The texts that hold something else than printable ASCII, accented Latin letters, the
        usual punctuation and U+FFFD.
    deep : array of int
        Those that may hold mojibake or control characters.
    lost : array of int
        The texts that hold U+FFFD.
    """
    data, places = seen.data, seen.places
    unusual = data[places]
    high = places[unusual >= 128]
    controls = places[((unusual < 32) | (unusual == 127)) & (unusual != 9) & (unusual != 10)]
    entities = places[unusual == ord("&")]
    near = data.take(entities[:, None] + np.arange(1, _LONGEST_ENTITY), mode="clip")
    entities = entities[_BEGINS_ENTITY[near[:, 0]] & (near == ord(";")).any(axis=1)]
    signs = np.concatenate([places[unusual == ord("<")], entities])
    damage, odd, lost = _read_high(data, high)
    deep = np.unique(seen.rows(np.concatenate([controls, damage])))
    rows = np.union1d(seen.rows(np.concatenate([signs, odd])), deep)
    return rows, deep, np.unique(seen.rows(lost))


def _read_high(data: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the places of mojibake and controls, of rare characters, and of lost ones.

    A look at the first three bytes of a character in UTF-8; `mend_text` looks closer. Characters
    below U+0240, the marks of U+2002 to U+203F and U+FFFD are not rare: they are in NFC whatever
    stands beside them, and no letter of another script.
    """
    near_end = high >= len(data) - 2
    inner = high[~near_end]
    inner = inner[data[inner] >= 0xC0]
    first, then, third = data[inner], data[inner + 1], data[inner + 2]
    suspect = (first == 0xC2) & ((then < 0xA0) | (then == 0xAD))  # C1 controls, soft hyphen
    suspect |= (first == 0xC3) & (then >= 0x82) & (then <= 0xAF) & (third >= 0x80)  # Ã and more
    suspect |= (first == 0xE2) & (then == 0x80) & np.isin(third, [0x8B, *range(0xA8, 0xAF)])
    suspect |= (first == 0xE2) & (then == 0x81)  # invisible operators and marks of direction
    suspect |= (first == 0xE9) & (then == 0x88) & (third == 0xA5)  # 鈥
    suspect |= (first == 0xEF) & np.isin(then, [0xAC, 0xBB])  # ligatures, byte-order mark
    lost = (first == 0xEF) & (then == 0xBF) & (third == 0xBD)
    known = (first <= 0xC8) | ((first == 0xE2) & (then == 0x80) & (third >= 0x82)) | lost
    return np.concatenate([inner[suspect], high[near_end]]), inner[~known], inner[lost]


def quote_edits(seen: Look) -> tuple[np.ndarray, np.ndarray]:
    """Return what `_BROKEN` replaces, byte for byte, and the texts where it has to look itself.

    Returns
    -------
    edits : array of int64, shape (2, n_edits)
        Places, and the byte that belongs there.
    unclear : array of int
        The texts in which a character beyond ASCII decides.
    """
    quotes = seen.quotes()
    quotes = quotes[_BEHIND_QUOTE[seen.data.take(quotes + 1, mode="clip")]]
    rows = seen.rows(quotes)
    start, stop = seen.offsets[rows], seen.offsets[rows + 1]

    def at(step: int) -> np.ndarray:
        """Return the byte so many places on; 0 beyond the text."""
        there = quotes + step
        inside = (there >= start) & (there < stop)
        return np.where(inside, seen.data.take(there, mode="clip"), np.uint8(0))

    before, first, then, third, fourth = (at(step) for step in (-1, 1, 2, 3, 4))
    space = first == ord("?")
    two = np.isin(first.astype(np.uint16) << 8 | then, _TWO_LETTERS)
    short = (before >= ord("a")) & (before <= ord("z")) & (two | _ONE_LETTER[first])
    end = np.where(two, third, then)
    opening = (first >= 128) & _BEFORE_OPENING[before] & _BEHIND_LOST[fourth]
    unclear = opening | (space & (then >= 128)) | (short & (end >= 128))
    space &= _BEHIND_SPACE[then]
    short &= ~_NOT_BEHIND_SHORT[end]
    places = np.concatenate([quotes[space] + 1, quotes[short]])
    signs = np.repeat([ord(" "), ord("'")], [int(space.sum()), int(short.sum())])
    return np.stack([places, signs]), np.unique(rows[unclear])


def as_arrow(values: pd.Series) -> Any:
    """Return a column of strings as one Arrow array, without copying where there is one chunk."""
    import pyarrow as pa

    array = pa.array(values, type=pa.large_string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _bytes_of(values: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return the bytes of all texts one after the other, and where each begins."""
    texts = as_arrow(values)
    data = texts.buffers()[2]
    if data is None or not len(texts):
        return np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int64)
    starts = offsets_of(texts)
    everything = np.frombuffer(data, dtype=np.uint8)
    return everything[starts[0] : starts[-1]], starts - starts[0]


def offsets_of(texts: Any) -> np.ndarray:
    """Return where each text of an Arrow array begins in its bytes, and where the last one ends."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int64)
    return offsets[texts.offset : texts.offset + len(texts) + 1]
