"""The engines: each turns counts of articles × terms into topics, trained until it converges.

An engine is a function of counts without empty rows. What it returns is a `Fitted`; the topics'
order, the articles without terms and the record of what was chosen are the caller's business.
"""

from __future__ import annotations

import os
import platform
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy import sparse
    from tqdm import tqdm

Floats = npt.NDArray[np.float64]

ALPHA = 0.1
"""What each topic's prior weight in an article starts from; learned from there."""

ETA = 0.1
"""Prior weight of each term in a topic. Held-out fit: better than .01, .05, .2 and learned."""


@dataclass(frozen=True)
class Fitted:
    """What an engine found.

    Attributes
    ----------
    topic_term : array, shape (n_topics, n_terms)
        Rows sum to 1.
    article_topic : array, shape (n_rows, n_topics)
        Rows sum to 1.
    passes : int
        Passes over the articles that were made.
    converged : bool
        Whether the engine's rule for enough passes was met.
    fit : float
        The number whose rise that rule watches; its meaning is in `fit_measure`.
    fit_measure : str
        What `fit` is.
    version : str
        Name and version of the program.
    priors : mapping
        The priors after training; empty where the engine has none.
    draws : array of float32, shape (n_draws, n_rows, n_topics), or None
        Draws of `article_topic` from the posterior, where the engine gives them.
    topic_term_by : mapping
        For a model with a content covariate, each group to its `topic_term`.
    """

    topic_term: Floats
    article_topic: Floats
    passes: int
    converged: bool
    fit: float
    fit_measure: str
    version: str
    priors: Mapping[str, Any] = field(default_factory=dict)
    draws: npt.NDArray[np.float32] | None = None
    topic_term_by: Mapping[str, Floats] = field(default_factory=dict)


class Engine(Protocol):
    """A function that fits topics to counts of articles × terms, no row of which is empty."""

    def __call__(
        self,
        counts: sparse.csr_array[Any, tuple[int, int]],
        terms: Sequence[str],
        *,
        n_topics: int,
        seed: int,
        passes: int | None,
    ) -> Fitted:
        """Fit with so many passes, or with None until converged."""
        ...


def rows_to_one(weights: Floats) -> Floats:
    """Scale each row to sum 1; a row of zeros becomes equal shares."""
    sums = weights.sum(axis=1, keepdims=True)
    empty = sums <= 0
    shares: Floats = np.where(empty, 1 / weights.shape[1], weights / np.where(empty, 1.0, sums))
    return shares


def progress_bar(name: str, total: int | None) -> tqdm[Any]:
    """Return a progress bar of passes that shows itself after a second."""
    from tqdm.auto import tqdm

    return tqdm(desc=f"topics ({name})", total=total, unit=" passes", delay=1, leave=False)


GIBBS_LIMIT = 2_000
GIBBS_WINDOW, GIBBS_EVERY = 50, 10
GIBBS_RISE = 0.02
GIBBS_SAMPLES, GIBBS_APART = 10, 5


def fit_tomotopy(
    counts: sparse.csr_array[Any, tuple[int, int]],
    terms: Sequence[str],
    *,
    n_topics: int,
    seed: int,
    passes: int | None,
) -> Fitted:
    """Fit LDA by collapsed Gibbs sampling (tomotopy), one worker: the same numbers each time.

    Sampling goes on until the mean log-likelihood per token of the last 50 passes is less than
    0.02 above that of the 50 before. Then 10 samples, 5 passes apart, are averaged: that fits
    held-out articles better than one sample, and shares vary less by chance.
    """
    tomotopy = _import_tomotopy()
    model = tomotopy.LDAModel(k=n_topics, alpha=ALPHA, eta=ETA, seed=seed)
    model.optim_interval, model.burn_in = 10, 20
    names = np.array(terms, dtype=object)
    for start, stop in pairwise(counts.indptr.tolist()):
        words = np.repeat(names[counts.indices[start:stop]], counts.data[start:stop])
        model.add_doc(words.tolist())
    trace: list[float] = []
    with progress_bar("tomotopy", passes) as bar:
        limit = GIBBS_LIMIT if passes is None else passes
        n_samples = min(GIBBS_SAMPLES, limit // (2 * GIBBS_APART))
        burn_in = limit - n_samples * GIBBS_APART
        while model.global_step < burn_in and (passes is not None or not _is_flat(trace)):
            _sweep(model, bar, trace)
        converged = _is_flat(trace)
        topic_term, article_topic = np.zeros((n_topics, len(terms))), np.zeros(1)
        place = {term: number for number, term in enumerate(terms)}
        columns = [place[term] for term in model.used_vocabs]
        for _ in range(max(n_samples, 1)):
            for _ in range(GIBBS_APART if n_samples else 0):
                _sweep(model, bar, trace)
            topic_term[:, columns] += [model.get_topic_word_dist(k) for k in range(n_topics)]
            article_topic = article_topic + [article.get_topic_dist() for article in model.docs]
    return Fitted(
        rows_to_one(topic_term),
        rows_to_one(article_topic),
        passes=model.global_step,
        converged=converged,
        fit=float(model.ll_per_word),
        fit_measure="log-likelihood per token",
        version=f"tomotopy {tomotopy.__version__} ({tomotopy.isa})",
        priors={"alpha": [float(alpha) for alpha in model.alpha], "eta": ETA},
    )


def _import_tomotopy() -> Any:
    """Import tomotopy with the instructions that every x86 processor has.

    Wider ones are no faster here, and round otherwise: the same seed would give other numbers on
    another machine. Its C types raise a DeprecationWarning that breaks the import under -W error.
    """
    chosen = platform.machine() in {"x86_64", "AMD64"} and "TOMOTOPY_ISA" not in os.environ
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        if chosen:
            os.environ["TOMOTOPY_ISA"] = "sse2"
        try:
            import tomotopy
        finally:
            if chosen:
                del os.environ["TOMOTOPY_ISA"]
    return tomotopy


def _sweep(model: Any, bar: tqdm[Any], trace: list[float]) -> None:
    """Make one pass; record the log-likelihood from time to time."""
    model.train(1, workers=1)
    bar.update()
    if model.global_step % GIBBS_EVERY == 0:
        trace.append(float(model.ll_per_word))


def _is_flat(trace: list[float]) -> bool:
    """Tell whether the mean of the last window rose by less than the least rise that counts."""
    n = GIBBS_WINDOW // GIBBS_EVERY
    return len(trace) >= 2 * n and bool(
        np.mean(trace[-n:]) - np.mean(trace[-2 * n : -n]) < GIBBS_RISE
    )


BOUND_LIMIT, BOUND_RISE = 100, 0.002
BOUND_ARTICLES = 300
CHUNK, LEAST_CHUNKS = 500, 8
OFFSET, DECAY = 10.0, 0.5


def fit_gensim(
    counts: sparse.csr_array[Any, tuple[int, int]],
    terms: Sequence[str],
    *,
    n_topics: int,
    seed: int,
    passes: int | None,
) -> Fitted:
    """Fit LDA by online variational Bayes (gensim `LdaModel`), its bound watched by pass.

    Articles go in mixed by chance, in chunks of equal size, so that no chunk is one source. The
    offset keeps the first chunks from deciding all: gensim's own, 1, fits held-out articles worse.
    Training ends when the bound per token of 300 articles rises by less than 0.002 in a pass.
    """
    import gensim
    from gensim.models.ldamodel import LdaModel, LdaState

    articles = _bags(counts)
    order = np.random.default_rng(seed).permutation(len(articles)).tolist()
    mixed = [articles[row] for row in order]
    watched = mixed[:BOUND_ARTICLES]
    n_chunks = min(len(mixed), max(LEAST_CHUNKS, -(-len(mixed) // CHUNK)))
    borders = np.linspace(0, len(mixed), n_chunks + 1).astype(int).tolist()
    model = LdaModel(
        num_topics=n_topics, id2word=dict(enumerate(terms)), alpha="auto", eta=ETA,
        offset=OFFSET, decay=DECAY, iterations=100, eval_every=None, random_state=seed,
    )  # fmt: skip
    model.state.numdocs = len(mixed)
    limit = BOUND_LIMIT if passes is None else passes
    bounds: list[float] = []
    step, flat = 0, False
    with progress_bar("gensim", passes) as bar:
        while len(bounds) < limit and (passes is not None or not flat):
            for start, stop in pairwise(borders):
                found = LdaState(model.eta, model.state.sstats.shape, model.dtype)
                gamma = model.do_estep(mixed[start:stop], found)
                rate = (OFFSET + step) ** -DECAY
                model.update_alpha(gamma, rate)
                model.do_mstep(rate, found, extra_pass=True)
                step += 1
            bounds.append(float(model.log_perplexity(watched, total_docs=len(mixed))))
            flat = len(bounds) > 1 and bounds[-1] - bounds[-2] < BOUND_RISE
            bar.update()
    gamma = np.concatenate(
        [model.inference(articles[at : at + CHUNK])[0] for at in range(0, len(articles), CHUNK)]
    )
    return Fitted(
        rows_to_one(model.get_topics().astype(np.float64)),
        rows_to_one(gamma.astype(np.float64)),
        passes=len(bounds),
        converged=flat,
        fit=bounds[-1],
        fit_measure="variational bound per token",
        version=f"gensim {gensim.__version__}",
        priors={"alpha": [float(alpha) for alpha in model.alpha], "eta": ETA},
    )


def _bags(counts: sparse.csr_array[Any, tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Return each row as gensim takes it: pairs of term and count."""
    pairs = list(zip(counts.indices.tolist(), counts.data.tolist(), strict=True))
    stops = counts.indptr.tolist()
    return [pairs[start:stop] for start, stop in pairwise(stops)]


BATCH_LIMIT, BATCH_EVERY = 200, 5


def fit_sklearn(
    counts: sparse.csr_array[Any, tuple[int, int]],
    terms: Sequence[str],  # noqa: ARG001 - part of the engines' protocol
    *,
    n_topics: int,
    seed: int,
    passes: int | None,
) -> Fitted:
    """Fit LDA by batch variational Bayes (scikit-learn `LatentDirichletAllocation`), equal priors.

    Training ends when five passes lower the perplexity by less than a two-hundredth of that of the
    terms' shares alone.
    """
    import sklearn
    from sklearn.decomposition import LatentDirichletAllocation

    share = np.asarray(counts.sum(axis=0), dtype=np.float64) / counts.sum()
    alone = float(np.exp(-(share * np.log(np.where(share > 0, share, 1))).sum()))
    limit = BATCH_LIMIT if passes is None else passes
    model = LatentDirichletAllocation(
        n_topics, doc_topic_prior=ALPHA, topic_word_prior=ETA, learning_method="batch",
        max_iter=limit, evaluate_every=BATCH_EVERY if passes is None else -1,
        perp_tol=alone / 200, random_state=seed,
    )  # fmt: skip
    with progress_bar("sklearn", None):
        article_topic = model.fit_transform(counts)
    return Fitted(
        rows_to_one(model.components_),
        rows_to_one(article_topic),
        passes=int(model.n_iter_),
        converged=model.n_iter_ < limit,
        fit=-float(np.log(model.bound_)),
        fit_measure="variational bound per token",
        version=f"scikit-learn {sklearn.__version__}",
        priors={"alpha": [ALPHA] * n_topics, "eta": ETA},
    )


NMF_LIMIT, NMF_EVERY, NMF_RISE = 1_000, 10, 1e-4


def fit_nmf(
    counts: sparse.csr_array[Any, tuple[int, int]],
    terms: Sequence[str],  # noqa: ARG001 - part of the engines' protocol
    *,
    n_topics: int,
    seed: int,
    passes: int | None,
) -> Fitted:
    """Fit non-negative matrix factorisation of tf-idf (scikit-learn), from an SVD.

    Passes go on until ten of them raise the explained share of the squared weights by less than
    a ten-thousandth of it. The seed only moves the SVD's rounding: NMF gives one answer. In one
    thread: sums of several round otherwise, and take twice the time.
    """
    import sklearn
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfTransformer
    from threadpoolctl import threadpool_limits

    weighting = TfidfTransformer().fit(counts)
    weights = weighting.transform(counts)
    limit = NMF_LIMIT if passes is None else passes
    total = float(weights.multiply(weights).sum())
    found: dict[str, Any] = {}
    explained: list[float] = []
    done, flat = 0, False
    with threadpool_limits(1), progress_bar("nmf", passes) as bar:
        while done < limit and (passes is not None or not flat):
            step = min(NMF_EVERY, limit - done)
            # tol=0: each call makes exactly `step` passes; whether that is enough is judged here.
            model = NMF(n_topics, init="custom" if found else "nndsvd", max_iter=step, tol=0,
                        random_state=seed)  # fmt: skip
            articles = model.fit_transform(weights, **found)
            found = {"W": articles, "H": model.components_}
            explained.append(1 - float(model.reconstruction_err_) ** 2 / total)
            flat = len(explained) > 1 and explained[-1] - explained[-2] < NMF_RISE * explained[-1]
            done += step
            bar.update(step)
    return Fitted(
        rows_to_one(found["H"]),
        rows_to_one(found["W"] * found["H"].sum(axis=1)),
        passes=done,
        converged=flat,
        fit=explained[-1],
        fit_measure="explained share of squared tf-idf weights",
        version=f"scikit-learn {sklearn.__version__}",
        priors={"idf": weighting.idf_.tolist()},
    )


ENGINES: dict[str, Engine] = {
    "tomotopy": fit_tomotopy,
    "gensim": fit_gensim,
    "sklearn": fit_sklearn,
    "nmf": fit_nmf,
}
