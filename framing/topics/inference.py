"""The topics of articles when the terms of the topics are known: new articles, and draws."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_seed
from framing.corpus import Corpus, check_corpus, term_counts
from framing.topics.engines import rows_to_one
from framing.topics.model import TopicModel
from framing.topics.saving import check_model

if TYPE_CHECKING:
    from scipy import sparse

_Floats = npt.NDArray[np.float64]

WEAK_ALPHA = 0.1
"""The weight of each topic in an article beforehand, for engines that have no such prior."""

MOST_STEPS, CLOSE = 200, 1e-4
"""Steps of `fold_in`, and the change of an article's shares at which it has arrived."""

_BLOCK_CELLS = 500_000
"""Numbers held at once: bounds the memory, and fits into the processor's cache."""


def predict_topics(model: TopicModel, corpus: Corpus) -> pd.DataFrame:
    """Estimate the topics of articles that the model has not seen; the topics stay as they are.

    Words that the model does not know are left out: an article about something new gets the
    topics of the few words that are known. Look at `n_tokens` before you believe a share. Shares
    are expected ones under the model's Dirichlet prior (.1 a topic where it has none); for NMF
    those whose topics come nearest to the article's tf-idf weights, as in the fit.

    Parameters
    ----------
    model
        The model.
    corpus
        A corpus of any articles, built with the same settings as the one the model is of.

    Returns
    -------
    DataFrame
        One row an article and topic, articles in the order of the corpus: `doc_id`, `topic`,
        `label`, `share` (P(topic given article), 0 … 1; missing for an article without a term of
        the model), `n_tokens` (its tokens that are terms of the model), `n_topics`, `engine`,
        `seed`.

    Raises
    ------
    TypeError
        Where the model or the corpus is not one.

    See Also
    --------
    framing.fit_topics : Makes the model.
    framing.topic_share : Shares by group of the articles that the model was fitted on.

    References
    ----------
    Asuncion, A., Welling, M., Smyth, P., & Teh, Y. W. (2009). On smoothing and inference for topic
    models. UAI, 27-34.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1)
    >>> new = fr.build_corpus(fr.make_articles(10, seed=2))
    >>> fr.predict_topics(model, new).shape
    (40, 8)
    """
    check_model("predict_topics", model)
    check_corpus("predict_topics", corpus)
    counts = model_counts(model, corpus)
    n_tokens = np.asarray(counts.sum(axis=1), dtype=np.int64)
    shares = np.full((len(corpus), model.n_topics), np.nan)
    shares[n_tokens > 0] = _estimate(model, counts[n_tokens > 0])
    n_articles, n_topics = shares.shape
    keys = corpus.articles["doc_id"].to_numpy()
    return pd.DataFrame(
        {
            "doc_id": pd.Series(np.repeat(keys, n_topics), dtype="str"),
            "topic": np.tile(np.arange(n_topics), n_articles),
            "label": pd.Series(np.tile(np.array(model.labels), n_articles), dtype="str"),
            "share": shares.ravel(),
            "n_tokens": np.repeat(n_tokens, n_topics),
            "n_topics": n_topics,
            "engine": pd.Series([model.settings["engine"]] * shares.size, dtype="str"),
            "seed": model.settings["seed"],
        }
    )


def _estimate(model: TopicModel, counts: Any) -> _Floats:
    """Return P(topic given article) of articles that have terms of the model."""
    idf = model.settings["priors"].get("idf")
    if idf is None or not counts.shape[0]:
        return fold_in(counts, model.topic_term, alpha_of(model))
    from sklearn.decomposition import non_negative_factorization
    from sklearn.preprocessing import normalize
    from threadpoolctl import threadpool_limits

    weights = normalize(counts.multiply(np.asarray(idf, dtype=np.float64)).tocsr())
    topics = np.ascontiguousarray(model.topic_term)
    with threadpool_limits(1):  # as in the fit
        found, _, _ = non_negative_factorization(
            weights, H=topics, n_components=model.n_topics, init="custom", update_H=False,
            max_iter=1_000, tol=1e-5,
        )  # fmt: skip
    return rows_to_one(np.asarray(found, dtype=np.float64))


def model_counts(model: TopicModel, corpus: Corpus) -> sparse.csr_array[Any, tuple[int, int]]:
    """Return the counts of the model's terms in the articles of a corpus, 0 for absent terms."""
    return place_counts(term_counts(corpus), corpus.vocabulary.get_indexer(model.vocabulary))


def place_counts(
    matrix: sparse.csr_array[Any, tuple[int, int]], place: npt.NDArray[np.integer]
) -> sparse.csr_array[Any, tuple[int, int]]:
    """Return the columns of a matrix at these places, of zeros at -1."""
    from scipy import sparse

    known = np.flatnonzero(place >= 0)
    chosen = matrix[:, place[known]].tocoo()
    return sparse.coo_array(
        (chosen.data, (chosen.row, known[chosen.col])), shape=(matrix.shape[0], len(place))
    ).tocsr()


def alpha_of(model: TopicModel) -> _Floats:
    """Return the prior weight of each topic in an article."""
    alpha = model.settings.get("priors", {}).get("alpha")
    return np.full(model.n_topics, WEAK_ALPHA) if alpha is None else np.asarray(alpha, np.float64)


def fold_in(counts: Any, topic_term: _Floats, alpha: _Floats) -> _Floats:
    """Return P(topic given article) of articles for given topics, rows that sum to 1.

    The fixed point of θ ∝ α + Σ n · θβ / Σ θβ over an article's terms (collapsed variational
    Bayes without its second-order terms). An article without counts gets the prior.
    """
    edges = _blocks(counts.indptr, topic_term.shape[0])
    parts = [_fold_in(counts[start:stop], topic_term, alpha) for start, stop in pairwise(edges)]
    return np.concatenate(parts) if parts else np.empty((0, len(alpha)))


def _blocks(indptr: npt.NDArray[Any], n_topics: int) -> list[int]:
    """Return borders of runs of articles whose entries fit into the memory that is meant."""
    run = indptr.astype(np.int64) * n_topics // _BLOCK_CELLS
    cuts = np.flatnonzero(np.diff(run[:-1])) + 1
    return [0, *cuts.tolist(), len(indptr) - 1] if len(indptr) > 1 else [0]


def _fold_in(counts: Any, topic_term: _Floats, alpha: _Floats) -> _Floats:
    """Return the fixed point for one block of articles."""
    from scipy import sparse

    counts = sparse.csr_array(counts)
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    n = counts.data.astype(np.float64)
    terms = topic_term.T[counts.indices]
    sums = sparse.csr_array((n, np.arange(len(n)), counts.indptr), shape=(counts.shape[0], len(n)))
    shares = np.tile(alpha / alpha.sum(), (counts.shape[0], 1))
    for _ in range(MOST_STEPS):
        parts = shares[row] * terms
        total = parts.sum(axis=1, keepdims=True)
        parts /= np.where(total > 0, total, 1)
        new = alpha + sums @ parts
        new /= new.sum(axis=1, keepdims=True)
        moved = np.abs(new - shares).max(initial=0)
        shares = new
        if moved < CLOSE:
            break
    return shares


def draw_shares(model: TopicModel, *, n_draws: int, seed: int) -> list[_Floats]:
    """Draw P(topic given article) from its posterior; the topics' terms stay as they are.

    Where the model holds draws of its own (STM, keyATM), those come in mixed order, and again
    where more are asked for than there are. For LDA each article's shares come from Dirichlet((n +
    Σα) · θ), where n is its number of tokens: the method of composition. Rows without tokens are
    NaN. NMF, and models of others without an α, have no posterior: fit those again instead.
    """
    check_at_least("draw_shares", "n_draws", n_draws, 1)
    check_seed("draw_shares", seed)
    rng = np.random.default_rng(seed)
    if model.draws is not None:
        order = np.concatenate(
            [rng.permutation(len(model.draws)) for _ in range(-(-n_draws // len(model.draws)))]
        )
        return [model.draws[place].astype(np.float64) for place in order[:n_draws].tolist()]
    if "alpha" not in model.settings["priors"]:
        msg = (
            f"draw_shares: a model of the engine {model.settings['engine']!r} has no posterior to "
            "draw from. Fit one with engine='tomotopy', or fit it again on resampled articles."
        )
        raise ValueError(msg)
    return _dirichlet_draws(model, n_draws, rng)


def _dirichlet_draws(model: TopicModel, n_draws: int, rng: np.random.Generator) -> list[_Floats]:
    """Return draws from each article's Dirichlet distribution."""
    alpha = alpha_of(model)
    total = model.n_tokens[:, None] + alpha.sum()
    weights = np.maximum(model.article_topic * total, 1e-6)
    draws = []
    for _ in range(n_draws):
        gammas = rng.standard_gamma(np.nan_to_num(weights, nan=1.0))
        shares = gammas / gammas.sum(axis=1, keepdims=True)
        shares[model.n_tokens == 0] = np.nan
        draws.append(shares)
    return draws
