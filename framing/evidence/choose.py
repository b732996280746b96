"""Which of an item's sentences are shown: the typical ones, and some by chance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from framing.evidence.places import Finder, Found, ranges

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


def typicality(finder: Finder, found: Found) -> _Floats:
    """Return the cosine of each sentence's tf-idf vector with the mean of all of them.

    The item's own words are left out: they stand in every sentence. Sentences of no other word
    have 0.
    """
    from scipy import sparse

    corpus = finder.corpus
    first, last = corpus.sentences[found.pieces], finder.ends[found.pieces]
    places = ranges(first, last)
    number = np.repeat(found.number, last - first)
    counted = corpus.codes[places] >= 0
    if found.is_own:
        counted &= ~np.isin(places, ranges(found.start, found.stop))
    places, number = places[counted], number[counted]
    codes = corpus.codes[places]
    weight = finder.idf[codes]
    if found.weights is not None:
        weight = weight * found.weights[places]
    matrix = sparse.csr_array(
        (weight, (number, codes)), shape=(found.n_sentences, len(corpus.vocabulary))
    )
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    vectors = sparse.diags_array(1 / np.where(length > 0, length, 1)) @ matrix
    middle: _Floats = np.asarray(vectors.sum(axis=0)).ravel()
    size = float(np.sqrt(middle @ middle))
    return np.asarray(vectors @ middle) / (size or 1.0)


def most_typical(finder: Finder, found: Found, scores: _Floats, n: int) -> _Ints:
    """Return the sentences with the highest scores, each wording once; the earlier one of equals.

    Scores are compared to nine digits, so that the order is the same on every machine.
    """
    order = np.lexsort((np.arange(len(scores)), -np.round(scores, 9)))
    by_sentence = np.argsort(found.number, kind="stable")
    borders = np.searchsorted(found.number[by_sentence], np.arange(len(scores) + 1))
    chosen: dict[bytes, int] = {}
    for sentence in order.tolist():
        pieces = found.pieces[by_sentence[borders[sentence] : borders[sentence + 1]]]
        places = ranges(finder.corpus.sentences[pieces], finder.ends[pieces])
        chosen.setdefault(finder.corpus.codes[places].tobytes(), sentence)
        if len(chosen) == n:
            break
    return np.array(list(chosen.values()), dtype=np.int64)


def drawn_by_chance(found: Found, n: int, seed: int) -> _Ints:
    """Return some of all sentences, each as likely as any other, in the order they were drawn.

    Each item is drawn anew from the seed, so that its sentences do not depend on other rows.
    """
    rng = np.random.default_rng(seed)
    return rng.choice(found.n_sentences, size=min(n, found.n_sentences), replace=False)
