"""From written forms to terms: codes, capitals that carry meaning, and the vocabulary's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing import words

GAP = -1
"""Something stood here that is not counted and that no window or phrase may reach across."""

LEFT_OUT = -2
"""A stop word or rare word: it is not counted, but keeps its place in windows."""

_BLOCK = 1 << 22
_PLAIN = r"^(?:[A-Za-z]+|[a-z0-9.,/-]+)$"
_T = TypeVar("_T", bound=np.generic)


@dataclass
class Coded:
    """Texts as codes of terms, on their way to a corpus.

    Attributes
    ----------
    codes : array of int32, shape (n_tokens,)
        For each token the place of its term in `terms`, or -1 for a gap.
    shapes : array of uint8, shape (n_tokens,)
        How each token is written, as `words.shape_of` says.
    lengths : array of int64, shape (n_texts,)
        Tokens of each text.
    sentences : array of int64
        Index of the first token of each sentence.
    terms : list of str
        The terms in order of appearance.
    """

    codes: npt.NDArray[np.int32]
    shapes: npt.NDArray[np.uint8]
    lengths: npt.NDArray[np.int64]
    sentences: npt.NDArray[np.int64]
    terms: list[str]


def code_terms(tokens: words.Tokens) -> Coded:
    """Return tokens as codes of terms; web addresses become gaps. The codes are reused."""
    terms, shape_of_form = _read_forms(tokens.forms)
    place: dict[str, int] = {}
    code_of = np.array(
        [GAP if term is None else place.setdefault(term, len(place)) for term in terms],
        dtype=np.int32,
    )
    shouted = _shouted(tokens, shape_of_form)
    folded = [
        place.setdefault(tokens.forms[code].lower(), len(place)) for code in tokens.codes[shouted]
    ]
    shapes = _looked_up(shape_of_form, tokens.codes)
    codes = tokens.codes
    recode(codes, code_of)
    codes[shouted] = folded
    return Coded(codes, shapes, tokens.lengths, tokens.sentences, list(place))


def _read_forms(forms: list[str]) -> tuple[list[str | None], npt.NDArray[np.uint8]]:
    """Return for each form its term, None for a web address, and how it is written.

    The same as `words.normalise` and `words.shape_of`, which are asked where a form is more than
    plain letters, or figures and signs without a capital.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    given = pa.array(forms, pa.large_string())
    lower = pc.ascii_lower(given)
    shapes = np.full(len(forms), words.MIXED, dtype=np.uint8)
    for shape, same in (
        (words.UPPER, pc.ascii_upper(given)),
        (words.CAPITALISED, pc.ascii_capitalize(given)),
        (words.LOWER, lower),
    ):
        shapes[pc.equal(given, same).to_numpy(zero_copy_only=False)] = shape
    plain = pc.match_substring_regex(given, _PLAIN).to_numpy(zero_copy_only=False)
    terms: list[str | None] = lower.to_pylist()
    for i in np.flatnonzero(~plain).tolist():
        form = forms[i]
        terms[i] = None if "://" in form else words.normalise(form)
        shapes[i] = words.shape_of(form)
    cased = pc.is_in(given, pa.array(sorted(words.CASED), pa.large_string()))
    for i in np.flatnonzero(cased.to_numpy(zero_copy_only=False)).tolist():
        terms[i] = forms[i]
    return terms, shapes


def _blocks(n_tokens: int) -> Iterator[slice]:
    """Return slices over all tokens: numpy turns whatever indexes into int64, twice its size."""
    return (slice(first, first + _BLOCK) for first in range(0, n_tokens, _BLOCK))


def _looked_up(table: npt.NDArray[_T], codes: npt.NDArray[np.int32]) -> npt.NDArray[_T]:
    """Return `table[codes]`, block by block."""
    found = np.empty(len(codes), dtype=table.dtype)
    for block in _blocks(len(codes)):
        found[block] = table[codes[block]]
    return found


def recode(codes: npt.NDArray[np.int32], new: npt.NDArray[np.int32]) -> None:
    """Replace each code by `new[code]` in place; -1 stands for the last of the new ones."""
    for block in _blocks(len(codes)):
        codes[block] = new[codes[block]]


def count_codes(codes: npt.NDArray[np.int32], *, n_terms: int) -> npt.NDArray[np.int64]:
    """Count each term, block by block."""
    counts = np.zeros(n_terms, dtype=np.int64)
    for block in _blocks(len(codes)):
        there = codes[block]
        counts += np.bincount(there[there >= 0], minlength=n_terms)
    return counts


def _shouted(tokens: words.Tokens, shape_of_form: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Return the places of `IT`, `WHO` … that stand in a line of capitals and are plain words.

    `US` is the country in such lines too: there it is far more often that than the pronoun.
    """
    forms = tokens.forms
    loud = shape_of_form == words.UPPER
    cased = np.zeros(len(forms), dtype=bool)
    cased[[i for i in np.flatnonzero(loud) if forms[i] in words.CASED and forms[i] != "US"]] = True
    places = (
        np.flatnonzero(_looked_up(cased, tokens.codes)) if len(forms) else np.empty(0, np.int64)
    )
    if not len(places):
        return places
    borders = np.concatenate([tokens.sentences, [len(tokens.codes)]])
    sentence = np.searchsorted(tokens.sentences, places, side="right") - 1
    first, stop = borders[sentence], borders[sentence + 1]
    has_left, has_right = places > first, places + 1 < stop
    left = loud[tokens.codes[np.maximum(places - 1, 0)]] | ~has_left
    right = loud[tokens.codes[np.minimum(places + 1, len(tokens.codes) - 1)]] | ~has_right
    chosen: npt.NDArray[np.int64] = places[left & right & (has_left | has_right)]
    return chosen


def order_terms(
    codes: npt.NDArray[np.int32],
    terms: list[str],
    *,
    stop_words: str | Sequence[str] | None,
    min_count: int,
) -> pd.Index[str]:
    """Return the vocabulary in order of frequency, and recode the tokens for it in place.

    Terms below the minimum count and stop words become `LEFT_OUT`.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    counts = count_codes(codes, n_terms=len(terms))
    if isinstance(stop_words, str):
        stop_words = words.stop_words(stop_words)
    left_out = {words.normalise(word) for word in stop_words or ()}
    kept = (counts >= min_count) & (counts > 0)
    if left_out:
        kept[[code for code, term in enumerate(terms) if term in left_out]] = False
    names = pa.array(terms, pa.large_string())
    order = pc.sort_indices(
        pa.table({"count": counts, "term": names}),
        sort_keys=[("count", "descending"), ("term", "ascending")],
    ).to_numpy()
    order = order[kept[order]]
    new = np.full(len(terms) + 1, LEFT_OUT, dtype=np.int32)
    new[order] = np.arange(len(order), dtype=np.int32)
    new[-1] = GAP
    recode(codes, new)
    vocabulary: pd.Index[str] = pd.Index(names.take(pa.array(order)).to_pandas(), dtype="str")
    return vocabulary
