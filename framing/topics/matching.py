"""Which topic of one model is which of another."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from framing.topics.model import TopicModel

_Floats = npt.NDArray[np.float64]
_Ints = npt.NDArray[np.int64]


def similarities(first: TopicModel, second: TopicModel) -> _Floats:
    """Return the cosine of the topics' terms, topics of the first × topics of the second, 0 … 1.

    A term that one model lacks has probability 0 there.
    """
    names = first.vocabulary.union(second.vocabulary, sort=False)
    rows = []
    for model in (first, second):
        terms = np.zeros((model.n_topics, len(names)))
        terms[:, names.get_indexer(model.vocabulary)] = model.topic_term
        rows.append(terms / np.linalg.norm(terms, axis=1, keepdims=True))
    cosines: _Floats = rows[0] @ rows[1].T
    return np.clip(cosines, 0, 1)


def match_topics(first: TopicModel, second: TopicModel) -> tuple[_Ints, _Floats]:
    """Return for each topic of the first its partner in the second, -1 for none, and the cosine.

    Each topic is used once, so that the sum of cosines is as high as can be (the assignment of
    Kuhn 1955); with fewer topics in the second, some have no partner and cosine 0.
    """
    from scipy.optimize import linear_sum_assignment

    cosines = similarities(first, second)
    rows, columns = linear_sum_assignment(cosines, maximize=True)
    partner = np.full(first.n_topics, -1, dtype=np.int64)
    close = np.zeros(first.n_topics)
    partner[rows], close[rows] = columns, cosines[rows, columns]
    return partner, close
