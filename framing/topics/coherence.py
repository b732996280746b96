"""Coherence of lists of terms: how often they stand near one another, by the published formulas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from framing.corpus import GAP, Corpus, term_counts

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]

EPSILON = 1e-12
"""Added to the probability of a pair, as Röder et al. do."""

WINDOWS = {"npmi": 10, "c_v": 110}
"""Tokens of the sliding window of each measure, as published."""


@dataclass(frozen=True)
class PairCounts:
    """In how many windows, or articles, two terms of one list stand together.

    Attributes
    ----------
    together : array of int64, shape (n_terms, n_terms)
        Windows with both terms; on the diagonal those with the one.
    n_windows : int
        Windows in all.
    """

    together: _Ints
    n_windows: int


_Finder = Callable[[_Ints], _Ints]


def count_windows(
    corpus: Corpus, lists: Sequence[npt.NDArray[np.integer]], window: int
) -> list[PairCounts]:
    """Count the sliding windows that hold each pair of terms, for each list of terms.

    A window of so many places moves by one place over each stretch of an article between gaps; a
    stretch that is shorter is one window. Words that were left out keep their place.

    Every occurrence of a term stands in a run of neighbouring windows. Only where a run begins or
    ends does a window's set of terms change, so only there it is looked at.
    """
    if not lists:
        return []
    first, last, n_windows = _runs(corpus, window)
    wanted = np.zeros(len(corpus.vocabulary) + 1, dtype=bool)
    wanted[np.concatenate([np.asarray(codes, dtype=np.int64) for codes in lists])] = True
    wanted[-1] = False
    places = np.flatnonzero((corpus.codes >= 0) & wanted[corpus.codes])
    codes = corpus.codes[places]
    order = np.argsort(codes, kind="stable")
    places, codes = places[order], codes[order]
    found = []
    for terms in lists:
        starts = np.searchsorted(codes, terms, "left")
        sizes = np.searchsorted(codes, terms, "right") - starts
        at = places[np.repeat(starts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())]
        column = np.repeat(np.arange(len(terms)), sizes)
        found.append(PairCounts(_together(first(at), last(at), column, len(terms)), n_windows))
    return found


def _runs(corpus: Corpus, window: int) -> tuple[_Finder, _Finder, int]:
    """Return how to find the first and last window of a place, and the number of windows."""
    borders = np.zeros(len(corpus.codes) + 1, dtype=bool)
    borders[corpus.offsets] = True
    gaps = np.flatnonzero(corpus.codes == GAP)
    borders[gaps] = borders[gaps + 1] = True
    edges = np.flatnonzero(borders)
    begins, lengths = edges[:-1], np.diff(edges)
    lengths = np.where(corpus.codes[begins] == GAP, 0, lengths) if len(begins) else lengths
    ends = begins + np.maximum(lengths - window, 0)
    n_windows = int(np.maximum(lengths - window + 1, lengths > 0).sum())

    def first(place: _Ints) -> _Ints:
        stretch = np.searchsorted(begins, place, "right") - 1
        return np.maximum(place - window + 1, begins[stretch])

    def last(place: _Ints) -> _Ints:
        stop: _Ints = ends[np.searchsorted(begins, place, "right") - 1]
        return np.minimum(place, stop)

    return first, last, n_windows


def _together(first: _Ints, last: _Ints, column: _Ints, n_terms: int) -> _Ints:
    """Count the windows of each pair of columns from the runs of windows of each occurrence."""
    at = np.concatenate([first, last + 1])
    points, event = np.unique(at, return_inverse=True)
    if len(points) < 2:
        return np.zeros((n_terms, n_terms), dtype=np.int64)
    steps = np.repeat([1.0, -1.0], len(first))
    cell = event * n_terms + np.tile(column, 2)
    changes = np.bincount(cell, weights=steps, minlength=len(points) * n_terms)
    inside = np.cumsum(changes.reshape(len(points), n_terms)[:-1], axis=0) > 0.5
    held = inside.astype(np.float64)
    counts = held.T @ (held * np.diff(points)[:, None])
    return np.rint(counts).astype(np.int64)


def count_articles(corpus: Corpus, lists: Sequence[npt.NDArray[np.integer]]) -> list[PairCounts]:
    """Count the articles that hold each pair of terms, for each list of terms."""
    from scipy import sparse

    matrix = term_counts(corpus)
    there = sparse.csr_array(
        (np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape
    ).tocsc()
    n_articles = int((np.diff(matrix.indptr) > 0).sum())
    found = []
    for terms in lists:
        columns = there[:, np.asarray(terms, dtype=np.int64)]
        pairs = np.rint((columns.T @ columns).toarray()).astype(np.int64)
        found.append(PairCounts(pairs, n_articles))
    return found


def npmi_matrix(counts: PairCounts) -> _Floats:
    """Return normalised pointwise mutual information of each pair; NaN for terms never seen."""
    share = counts.together / max(counts.n_windows, 1)
    alone = np.diagonal(share)
    with np.errstate(divide="ignore", invalid="ignore"):
        pmi = np.log((share + EPSILON) / np.outer(alone, alone))
        npmi: _Floats = pmi / -np.log(share + EPSILON)
    npmi[~np.isfinite(npmi)] = np.nan
    return npmi


def npmi(counts: PairCounts) -> float:
    """Return the mean NPMI of the pairs of terms, -1 … 1 (Bouma 2009; Röder et al. 2015)."""
    pairs = np.triu_indices(len(counts.together), 1)
    return _mean(npmi_matrix(counts)[pairs])


def c_v(counts: PairCounts) -> float:
    """Return C_V (Röder et al. 2015): how alike the terms' vectors of NPMI are to their sum."""
    vectors = npmi_matrix(counts)
    whole = vectors.sum(axis=0)
    with np.errstate(invalid="ignore"):
        lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(whole)
        cosines = vectors @ whole / lengths
    return _mean(cosines)


def umass(counts: PairCounts) -> float:
    """Return semantic coherence, 0 or less as a rule (Mimno et al. 2011): the sum over pairs.

    The terms must stand in order of probability, the most probable first.
    """
    pairs = np.tril_indices(len(counts.together), -1)
    alone = np.diagonal(counts.together)
    with np.errstate(divide="ignore"):
        logs = np.log((counts.together[pairs] + 1) / alone[pairs[1]])
    return float(logs.sum()) if np.isfinite(logs).all() else float("nan")


def by_gensim(
    corpus: Corpus, lists: Sequence[npt.NDArray[np.integer]], measure: str
) -> list[float]:
    """Return `c_v` or `npmi` of each list of terms as gensim computes it, with its own counts.

    gensim 4.4.0 forgets a word that leaves the window even where it still stands inside, so its
    counts are too low wherever a word comes twice within a window. It is shown the same stretches
    between gaps, a word that was left out as a word it does not know.
    """
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    if not lists:
        return []
    names = corpus.vocabulary.to_numpy(dtype=object)
    words = np.append(names, "")[np.where(corpus.codes >= 0, corpus.codes, len(names))]
    borders = np.unique(np.concatenate([corpus.offsets, np.flatnonzero(corpus.codes == GAP)]))
    stretches = [
        words[start + (corpus.codes[start] == GAP) : stop].tolist()
        for start, stop in pairwise(borders.tolist())
    ]
    model = CoherenceModel(
        topics=[names[codes].tolist() for codes in lists],
        texts=[stretch for stretch in stretches if stretch],
        dictionary=Dictionary([names.tolist()]),
        coherence={"c_v": "c_v", "npmi": "c_npmi"}[measure],
        topn=max(map(len, lists)),
        processes=1,
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return [float(score) for score in model.get_coherence_per_topic()]


def _mean(values: _Floats) -> float:
    """Return the mean; NaN where a value is missing or there is none."""
    return float(values.mean()) if len(values) else float("nan")
