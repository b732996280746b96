"""Topics laid out in a plane by how alike their terms are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.corpus import Corpus
from framing.topics.model import TopicModel
from framing.topics.shares import topic_share, with_settings

_Floats = npt.NDArray[np.float64]


def topic_map(model: TopicModel, corpus: Corpus) -> pd.DataFrame:
    """Lay out the topics in a plane, so that topics with like terms lie near each other.

    A plane never holds all distances: look at `explained`. Below about .3 neighbours on the map
    may be strangers, and only groups that lie far apart mean something.

    Parameters
    ----------
    model
        The model, with 3 topics or more.
    corpus
        The corpus it was fitted on, or any part of it that `where` gives: `share` is counted in it.

    Returns
    -------
    DataFrame
        One row a topic: `topic`, `label`, `x`, `y` (classical scaling of the distances between
        topics; 0 in the middle; axes have no meaning of their own), `share` (mean P(topic given
        article), 0 … 1), `n_articles` (over which that is the mean), `nearest` (number of the
        topic whose terms are most alike), `distance` (to it: the root of the Jensen-Shannon
        divergence in bits, 0 … 1), `explained` (share of the squared distances that the plane
        holds, 0 … 1), `n_topics`, `engine`, `seed`.

    Raises
    ------
    ValueError
        Where the model has fewer than 3 topics, or the corpus has articles that it has not seen.

    See Also
    --------
    framing.plot_topic_map : Draws the table.
    framing.topic_networks : Topics that stand in the same articles.

    References
    ----------
    Lin, J. (1991). Divergence measures based on the Shannon entropy. IEEE Transactions on
    Information Theory, 37(1), 145-151. https://doi.org/10.1109/18.61115

    Torgerson, W. S. (1952). Multidimensional scaling: I. Theory and method. Psychometrika, 17(4),
    401-419. https://doi.org/10.1007/BF02288916

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> fr.topic_map(model, corpus)["distance"].between(0, 1).all()
    np.True_
    """
    if model.n_topics < 3:
        msg = (
            f"topic_map: a model of {model.n_topics} topics has no map. Fit 3 topics or more with "
            "fit_topics()."
        )
        raise ValueError(msg)
    shares = topic_share(model, corpus)
    distance = distances(model.topic_term)
    points, explained = scaled(distance)
    other = distance + np.diag(np.full(len(distance), np.inf))
    nearest = other.argmin(axis=1)
    table = pd.DataFrame(
        {
            "topic": np.arange(model.n_topics),
            "label": pd.Series(model.labels, dtype="str"),
            "x": points[:, 0],
            "y": points[:, 1],
            "share": shares["share"].to_numpy(),
            "n_articles": shares["n_articles"].to_numpy(),
            "nearest": nearest,
            "distance": other.min(axis=1),
            "explained": explained,
        }
    )
    return with_settings(table, model)


def distances(topic_term: _Floats) -> _Floats:
    """Return the root of the Jensen-Shannon divergence of all pairs of rows, in bits, 0 … 1."""
    from scipy.special import entr

    entropy = entr(topic_term).sum(axis=1)
    found = np.zeros((len(topic_term), len(topic_term)))
    for row, terms in enumerate(topic_term):
        mixed = entr((topic_term + terms) / 2).sum(axis=1)
        found[row] = mixed - (entropy + entropy[row]) / 2
    roots: _Floats = np.sqrt(np.clip((found + found.T) / 2 / np.log(2), 0, 1))
    np.fill_diagonal(roots, 0)
    return roots


def scaled(distance: _Floats) -> tuple[_Floats, float]:
    """Return points in a plane whose distances are near these, and the share that it holds.

    The largest coordinate of each axis is above 0, so that a map never comes out mirrored.
    """
    n = len(distance)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-0.5 * centre @ distance**2 @ centre)
    values, vectors = np.maximum(values[::-1], 0), vectors[:, ::-1]
    points = vectors[:, :2] * np.sqrt(values[:2])
    places = np.abs(points).round(9).argmax(axis=0)
    signs = np.where(points[places, [0, 1]] < 0, -1, 1)
    return points * signs, float(values[:2].sum() / max(values.sum(), 1e-300))
