"""Articles with the very same words: compared once, whatever their number."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.corpus import Corpus
from framing.stories.shingles import Pairs, Shingles

if TYPE_CHECKING:
    from scipy import sparse

_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Copies:
    """Which articles have the very same words.

    Attributes
    ----------
    text : array of int64, shape (n_articles,)
        The number of each article's text.
    leader : array of int64, shape (n_texts,)
        The article of each text that stands for all with it: that of lowest rank.
    """

    text: _Ints
    leader: _Ints

    def sources(self, articles: pd.DataFrame) -> sparse.csr_array[Any, tuple[int, int]]:
        """Return which sources carry which text, texts × sources; a missing source is one."""
        from scipy import sparse

        source = np.zeros(len(articles), dtype=np.int64)
        if "source" in articles.columns:
            source = pd.factorize(articles["source"], use_na_sentinel=False)[0].astype(np.int64)
        carried = sparse.csr_array(
            (np.ones(len(source), np.int32), (self.text, source)),
            shape=(len(self.leader), int(source.max(initial=0)) + 1),
        )
        carried.sum_duplicates()
        return carried

    def pairs(self, between: Pairs, shingles: Shingles, least: int) -> Pairs:
        """Return pairs of articles from pairs of texts: each article with other texts' leaders.

        Articles of one text are paired with its leader, if they have the least number of shingles
        that a story needs. So copies are joined, and each has its nearest one, without all pairs of
        them.
        """
        again = np.flatnonzero(self.leader[self.text] != np.arange(len(self.text)))
        again = again[shingles.sizes[self.text[again]] >= least]
        order = np.argsort(self.text, kind="stable")
        n_copies = np.bincount(self.text, minlength=len(self.leader))
        begins = np.cumsum(n_copies) - n_copies
        found = [(again, self.leader[self.text[again]], shingles.sizes[self.text[again]])]
        for one, other in ((between.first, between.second), (between.second, between.first)):
            times = n_copies[one]
            step = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
            article = order[np.repeat(begins[one], times) + step]
            partner = np.repeat(self.leader[other], times)
            found.append((article, partner, np.repeat(between.n_shared, times)))
        a, b, n_shared = (np.concatenate(part) for part in zip(*found, strict=True))
        first, second = np.minimum(a, b), np.maximum(a, b)
        _, once = np.unique(first * len(self.text) + second, return_index=True)
        return Pairs(first[once], second[once], n_shared[once])


def same_words(corpus: Corpus, rank: _Ints) -> Copies:
    """Return which articles have the same words in the same order, gaps included."""
    bounds = corpus.offsets.tolist()
    codes = np.ascontiguousarray(corpus.codes).data.cast("B")
    size = corpus.codes.itemsize
    digests = [
        blake2b(codes[start * size : stop * size], digest_size=16).digest()
        for start, stop in pairwise(bounds)
    ]
    text, _ = pd.factorize(np.array(digests, dtype=object))
    by_rank = np.argsort(rank)
    leader = np.empty(int(text.max(initial=-1)) + 1, dtype=np.int64)
    leader[text[by_rank][::-1]] = by_rank[::-1]
    order = np.argsort(leader)  # texts are numbered in the order of the articles that lead them
    number = np.empty_like(leader)
    number[order] = np.arange(len(leader))
    return Copies(number[text], leader[order])
