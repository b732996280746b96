"""Shingles: the runs of words of each article, and the articles that share them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from framing.corpus import Corpus

if TYPE_CHECKING:
    from scipy import sparse

_Ints = npt.NDArray[np.int64]
_Matrix: TypeAlias = "sparse.csr_array[Any, tuple[int, int]]"

_SAME = 0.8
"""Articles this similar count as one text when it is counted how often a source repeats words."""

_BLOCK = 1 << 22
"""Shingles that are worked on in one go: bounds what is held at once."""

_RUN = 2_000
"""Articles that are compared with all others in one go, for the same reason."""

_BITS = 27
_LOW = 0xFFFFFFFF
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Rule:
    """Which pairs of articles are joined."""

    min_similarity: float
    min_containment: float
    min_shared: int


@dataclass(frozen=True)
class Shingles:
    """The shingles of each article.

    Attributes
    ----------
    shared : sparse matrix, articles × shingles
        1 where an article has a shingle, for shingles that two or more articles have, the rarest
        first; the columns of a row are in order.
    sizes : array of int64, shape (n_articles,)
        Distinct shingles of each article, those that it has alone included.
    """

    shared: _Matrix
    sizes: _Ints


@dataclass(frozen=True)
class Pairs:
    """Pairs of articles, the first of lower row, with the number of shingles that both have."""

    first: _Ints
    second: _Ints
    n_shared: _Ints


def own_shingles(corpus: Corpus, carried: _Matrix, n_words: int, max_repeats: int) -> Shingles:
    """Return the shingles without those that a source repeats from story to story.

    `carried` has a 1 where a source carries a text, texts × sources.
    """
    from scipy import sparse

    every = _shingles(corpus, n_words)
    if not every.shared.shape[1]:
        return every
    same = similar_pairs(every, Rule(_SAME, 2.0, 1))  # a share of 2 is never reached
    text = components(len(corpus), same)
    columns = every.shared.tocsc()
    often = np.flatnonzero(np.diff(columns.indptr) > max_repeats)
    column, row = sparse.csc_array(columns[:, often]).T.tocoo().coords
    times = np.diff(carried.indptr)[row].astype(np.int64)
    step = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    source = carried.indices[np.repeat(carried.indptr[row], times) + step]
    column, row = np.repeat(column.astype(np.int64), times), np.repeat(row, times)
    n_sources, n_texts = carried.shape[1], text.max() + 1
    key = _sorted_once((column * n_sources + source) * n_texts + text[row]) // n_texts
    begins = np.flatnonzero(np.diff(key, prepend=-1))
    n_times = np.diff(begins, append=len(key))
    common = often[_sorted_once(key[begins[n_times > max_repeats]] // n_sources)]
    kept = np.ones(columns.shape[1], dtype=bool)
    kept[common] = False
    lost = np.asarray(every.shared[:, common].sum(axis=1)).ravel()
    own = every.shared[:, np.flatnonzero(kept)]
    own.sort_indices()
    return Shingles(own, every.sizes - lost)


def _hashes(corpus: Corpus, n_words: int) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.bool_]]:
    """Return the hash of the words from each place on, and whether they are all of one field.

    64 random bits a word: that two of 50 million shingles fall together has a chance of 1 to 7,000.
    """
    bits = np.random.default_rng(1).integers(0, 1 << 63, len(corpus.vocabulary), dtype=np.uint64)
    n_places = max(len(corpus.codes) - n_words + 1, 0)
    hashes = np.zeros(n_places, dtype=np.uint64)
    for start in range(0, n_places, _BLOCK):
        found = hashes[start : start + _BLOCK]
        codes = np.maximum(corpus.codes[start : start + len(found) + n_words - 1], 0)
        word = bits[codes]
        for step in range(n_words):
            found *= _FACTOR
            found += word[step : step + len(found)]
    whole = np.ones(n_places, dtype=bool)
    gaps = np.flatnonzero(corpus.codes < 0)
    for step in range(n_words):
        borders = corpus.offsets[1:] - step if step else gaps
        for at in (gaps - step, borders):
            whole[at[(at >= 0) & (at < n_places)]] = False
    return hashes, whole


def _shingles(corpus: Corpus, n_words: int) -> Shingles:
    """Return which articles have which shingles, leaving out those of one article alone."""
    from scipy import sparse

    hashes, whole = _hashes(corpus, n_words)
    places = _repeated(hashes, whole)
    row = (np.searchsorted(corpus.offsets, places, side="right") - 1).astype(np.int32)
    edges = np.minimum(corpus.offsets, len(whole))
    sizes = np.diff(edges - np.searchsorted(np.flatnonzero(~whole), edges))
    found = hashes[places]
    order = np.argsort(found)
    found = found[order]
    column = np.cumsum(np.append(False, found[1:] != found[:-1])[: len(found)])
    key = (column << 32) | row[order]
    key.sort()
    again = np.append(False, key[1:] == key[:-1])[: len(key)]
    sizes = sizes - np.bincount(key[again] & _LOW, minlength=len(corpus))
    key = key[~again]
    column, row = key >> 32, (key & _LOW).astype(np.int32)
    n_articles = np.bincount(column)
    several = n_articles > 1
    # Small numbers are sorted fastest; the order of those above does not matter.
    order = np.argsort(np.minimum(n_articles[several], 65_535).astype(np.uint16), kind="stable")
    name = np.empty(len(n_articles), dtype=np.int32)
    name[np.flatnonzero(several)[order]] = np.arange(len(order))
    kept = several[column]
    where = row[kept], name[column[kept]]
    shape = (len(corpus), len(order))
    shared = sparse.csr_array((np.ones(len(where[0]), np.int32), where), shape=shape)
    shared.sort_indices()
    return Shingles(shared, sizes)


def _repeated(hashes: npt.NDArray[np.uint64], whole: npt.NDArray[np.bool_]) -> _Ints:
    """Return the places whose hash stands twice or more, and few others.

    Sorting finds the values that are there twice; a table of their upper bits then picks places.
    """
    table = np.zeros(1 << _BITS, dtype=bool)
    n_bits = 1 + int(len(hashes) >> 24).bit_length()
    for number in range(1 << n_bits):
        low = number << (64 - n_bits)
        inside = whole & (hashes >= low) & (hashes <= low + (1 << (64 - n_bits)) - 1)
        part = np.sort(hashes[inside])
        table[part[1:][part[1:] == part[:-1]] >> np.uint64(64 - _BITS)] = True
    kept = [np.empty(0, np.int64)]
    for start in range(0, len(hashes), _BLOCK):
        run = slice(start, start + _BLOCK)
        marked = table[hashes[run] >> np.uint64(64 - _BITS)] & whole[run]
        kept.append(np.flatnonzero(marked) + start)
    return np.concatenate(kept)


def _sorted_once(keys: _Ints) -> _Ints:
    """Return the distinct keys in order; on millions of them faster than `np.unique`."""
    keys = np.sort(keys)
    once: _Ints = keys[np.diff(keys, prepend=-1) != 0]
    return once


def similar_pairs(shingles: Shingles, rule: Rule) -> Pairs:
    """Return all pairs of articles that the rule joins.

    An article that shares a share t of its n shingles with another one shares at least one of its
    rarest n − ⌈tn⌉ + 1 (Chaudhuri et al. 2006). Most shingles stand in one article alone and are
    its rarest, so few articles have anything left to compare, and no pair is missed.
    """
    from scipy import sparse
    from tqdm.auto import tqdm

    n_articles = len(shingles.sizes)
    similar = _rarest(shingles, rule.min_similarity)
    contained = _rarest(shingles, rule.min_containment)
    across, every = sparse.csr_array(similar.T), sparse.csr_array(shingles.shared.T)
    found = [np.empty((2, 0), np.int64)]
    for start in tqdm(range(0, n_articles, _RUN), "similar articles", delay=1, leave=False):
        run = slice(start, start + _RUN)
        near = ((similar[run] @ across) + (contained[run] @ every)).tocoo()
        one, other = near.coords[0].astype(np.int64) + start, near.coords[1].astype(np.int64)
        apart = one != other
        first, second = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
        key = _sorted_once(first * n_articles + second)
        first, second = np.divmod(key, n_articles)
        n_shared = _n_shared(shingles.shared, first, second)
        joined = _joined(shingles, Pairs(first, second, n_shared), rule)
        found.append(np.stack([key[joined], n_shared[joined]]))
    keys, n_shared = np.concatenate(found, axis=1)
    order = np.argsort(keys, kind="stable")
    order = order[np.diff(keys[order], prepend=-1) != 0]
    first, second = np.divmod(keys[order], max(n_articles, 1))
    return Pairs(first, second, n_shared[order])


def _joined(shingles: Shingles, pairs: Pairs, rule: Rule) -> npt.NDArray[np.bool_]:
    """Return for pairs of articles whether the rule joins them."""
    n_shared = pairs.n_shared
    one, other = shingles.sizes[pairs.first], shingles.sizes[pairs.second]
    union = one + other - n_shared
    similar = n_shared >= rule.min_similarity * union
    contained = n_shared >= rule.min_containment * np.minimum(one, other)
    contained &= n_shared >= rule.min_similarity / 2 * union
    joined: npt.NDArray[np.bool_] = (n_shared >= rule.min_shared) & (similar | contained)
    return joined


def _rarest(shingles: Shingles, share: float) -> _Matrix:
    """Return of each article's shingles the rarest: one more than it may lack."""
    from scipy import sparse

    shared, sizes = shingles.shared, shingles.sizes
    lengths = np.diff(shared.indptr)
    # A little less than the share: a product like 0.7 * 10 may come out above 7.
    needed = np.ceil(share * sizes - 1e-9).astype(np.int64)
    most = np.clip(lengths - needed + 1, 0, lengths)
    inside = np.arange(shared.nnz) - np.repeat(shared.indptr[:-1], lengths)
    kept = inside < np.repeat(most, lengths)
    stops = np.concatenate([[0], np.cumsum(most)])
    return sparse.csr_array((shared.data[kept], shared.indices[kept], stops), shape=shared.shape)


def _n_shared(shared: _Matrix, first: _Ints, second: _Ints) -> _Ints:
    """Return for pairs of articles the number of shingles that both have."""
    counts = [np.empty(0, np.int64)]
    for start in range(0, len(first), _RUN):
        run = slice(start, start + _RUN)
        both = shared[first[run]].multiply(shared[second[run]])
        counts.append(np.asarray(both.sum(axis=1), dtype=np.int64).ravel())
    return np.concatenate(counts)


def components(n_articles: int, pairs: Pairs) -> _Ints:
    """Return for each article the number of the group that pairs join it to."""
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    links = sparse.csr_array(
        (np.ones(len(pairs.first), np.int8), (pairs.first, pairs.second)),
        shape=(n_articles, n_articles),
    )
    labels: _Ints = connected_components(links, directed=False)[1].astype(np.int64)
    return labels
