"""How strongly a term belongs to a topic: probability, exclusivity, FREX, lift, relevance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]

TOP = 10
"""Terms of a topic whose FREX is summed to its exclusivity, as in R's stm."""


def exclusive_share(topic_term: _Floats) -> _Floats:
    """Return the share of each term's probability that each topic has; 0 for unused terms."""
    sums = topic_term.sum(axis=0)
    shares: _Floats = np.divide(topic_term, sums, out=np.zeros_like(topic_term), where=sums > 0)
    return shares


def frex(topic_term: _Floats, weight: float = 0.5) -> _Floats:
    """Return FREX, 0 … 1: the harmonic mean of the ranks of exclusivity and of frequency.

    `weight` is that of exclusivity (Bischof & Airoldi 2012). Ranks are those within the topic,
    divided by the number of terms, ties averaged. Without the shrinkage of R's stm.
    """
    from scipy.stats import rankdata

    n_terms = topic_term.shape[1]
    exclusive: _Floats = rankdata(exclusive_share(topic_term), axis=1) / n_terms
    frequency: _Floats = rankdata(topic_term, axis=1) / n_terms
    scores: _Floats = 1 / (weight / exclusive + (1 - weight) / frequency)
    return scores


def exclusivity(topic_term: _Floats, n_terms: int = TOP) -> _Floats:
    """Return each topic's exclusivity: the sum of FREX (weight .7) of its most probable terms."""
    order = np.argsort(-topic_term, axis=1, kind="stable")[:, :n_terms]
    sums: _Floats = np.take_along_axis(frex(topic_term, 0.7), order, axis=1).sum(axis=1)
    return sums


def lift(topic_term: _Floats, term_share: _Floats) -> _Floats:
    """Return the logarithm of a term's probability in a topic over its share of all tokens."""
    with np.errstate(divide="ignore"):
        lifts: _Floats = np.log(topic_term) - np.log(term_share)
    return lifts


def relevance(topic_term: _Floats, term_share: _Floats, weight: float = 0.6) -> _Floats:
    """Return relevance (Sievert & Shirley 2014): weighted log probability and lift.

    `weight` is that of the probability; .6 is what their readers did best with.
    """
    with np.errstate(divide="ignore"):
        logs = np.log(topic_term)
    scores: _Floats = weight * logs + (1 - weight) * lift(topic_term, term_share)
    return scores
