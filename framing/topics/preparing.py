"""What goes into a topic model: which terms of which articles, and what was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing import words
from framing._checks import check_at_least, check_seed
from framing.corpus import Corpus, term_counts

if TYPE_CHECKING:
    from scipy import sparse

LARGEST_SEED = 2**32 - 1


@dataclass(frozen=True)
class Prepared:
    """The counts that a topic model is fitted on.

    Attributes
    ----------
    counts : sparse array, shape (n_rows, n_terms)
        Counts of the chosen terms in every row of the corpus.
    vocabulary : Index of str, shape (n_terms,)
        The chosen terms, in the order of the corpus.
    doc_ids : Index of str, shape (n_rows,)
        The articles' keys.
    settings : mapping
        What chose the terms, and the corpus as its fingerprint.
    """

    counts: sparse.csr_array[Any, tuple[int, int]]
    vocabulary: pd.Index[str]
    doc_ids: pd.Index[str]
    settings: Mapping[str, Any]

    @property
    def n_tokens(self) -> npt.NDArray[np.int64]:
        """Tokens of each row that are chosen terms."""
        return np.asarray(self.counts.sum(axis=1), dtype=np.int64)

    @property
    def full(self) -> sparse.csr_array[Any, tuple[int, int]]:
        """The counts without the rows that have none."""
        return self.counts[self.n_tokens > 0]


def prepare(
    where: str,
    corpus: Corpus,
    *,
    stop_words: str | Sequence[str] | None,
    min_articles: int,
    max_share: float,
) -> Prepared:
    """Choose the terms of a corpus and count them."""
    check_at_least(where, "min_articles", min_articles, 1)
    if not 0 < max_share <= 1:
        msg = f"{where}: max_share={max_share!r} is not above 0 and at most 1. Pass 0.5."
        raise ValueError(msg)
    matrix = term_counts(corpus)
    chosen = _choose_terms(
        where,
        corpus,
        matrix.indices,
        stop_words=stop_words,
        min_articles=min_articles,
        max_share=max_share,
    )
    named = isinstance(stop_words, str)
    return Prepared(
        matrix[:, chosen],
        corpus.vocabulary[chosen],
        pd.Index(corpus.articles["doc_id"], dtype="str", name="doc_id"),
        {
            "stop_words": words.STOP_WORDS_VERSION if named else sorted(stop_words or ()),
            "min_articles": min_articles,
            "max_share": max_share,
            "corpus": corpus.fingerprint,
        },
    )


def check_asked(
    where: str, corpus: Corpus, n_topics: int, *, seed: int, passes: int | None = None
) -> None:
    """Raise where a model cannot be what is asked for."""
    if not isinstance(corpus, Corpus):
        msg = (
            f"{where}: corpus is {type(corpus).__name__}, not a Corpus. "
            "Pass what build_corpus() returns."
        )
        raise TypeError(msg)
    if isinstance(n_topics, bool) or not isinstance(n_topics, Integral):
        msg = f"{where}: n_topics={n_topics!r} is not a whole number. Pass for example 30."
        raise TypeError(msg)
    check_at_least(where, "n_topics", n_topics, 2)
    check_seed(where, seed)
    if seed > LARGEST_SEED:
        msg = f"{where}: seed={seed!r} is above {LARGEST_SEED:,}. Pass for example seed=1."
        raise ValueError(msg)
    if passes is not None:
        check_at_least(where, "passes", passes, 1)


def check_enough(where: str, n_topics: int, ready: Prepared) -> None:
    """Raise where there are fewer articles or terms than topics."""
    n_articles, n_terms = int((ready.n_tokens > 0).sum()), len(ready.vocabulary)
    if n_topics > min(n_articles, n_terms):
        msg = (
            f"{where}: n_topics={n_topics!r} is more than the {n_articles:,} articles or the "
            f"{n_terms:,} terms that are used. Pass a lower n_topics, or a lower min_articles."
        )
        raise ValueError(msg)


def _choose_terms(
    where: str,
    corpus: Corpus,
    indices: npt.NDArray[Any],
    *,
    stop_words: str | Sequence[str] | None,
    min_articles: int,
    max_share: float,
) -> npt.NDArray[np.int64]:
    """Return the places of the terms to use, from the matrix's column of each article and term."""
    n_terms = len(corpus.vocabulary)
    counted = np.concatenate([[0], np.cumsum(corpus.codes >= 0)])[corpus.offsets]
    n_articles = int((np.diff(counted) > 0).sum())
    n_with = np.bincount(indices, minlength=n_terms)
    common = (n_with >= min_articles) & (n_with <= max_share * n_articles)
    if isinstance(stop_words, str):
        stop_words = words.stop_words(stop_words)
    unused = {words.normalise(word) for word in stop_words or ()}
    places = np.flatnonzero(common)
    terms = corpus.vocabulary[places].tolist()
    chosen = [
        place
        for place, term in zip(places.tolist(), terms, strict=True)
        if _is_word(term) and term not in unused
    ]
    if not chosen:
        msg = (
            f"{where}: none of the {n_terms:,} terms is left of {n_articles:,} articles with "
            f"min_articles={min_articles!r} and max_share={max_share!r}. "
            "Pass a lower min_articles, a higher max_share, or more articles."
        )
        raise ValueError(msg)
    return np.array(chosen, dtype=np.int64)


def _is_word(term: str) -> bool:
    """Tell whether a term has two characters or more and does not begin with a digit."""
    return len(term) > 1 and not term[0].isnumeric()
