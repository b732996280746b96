"""Topic models of a corpus: what they are, how they are fitted, what their topics are called."""

from __future__ import annotations

import dataclasses
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_one_of, listing
from framing.corpus import Corpus
from framing.topics.engines import ENGINES, Fitted, Floats
from framing.topics.preparing import Prepared, check_asked, check_enough, prepare

_BY_TOPIC = ("alpha", "keyword_rate")
"""Priors with one number a topic, which stand in the order of the topics."""


@dataclass(frozen=True, eq=False, repr=False)
class TopicModel:
    """The topics of a corpus and their shares of its articles, as `fit_topics` finds them.

    The arrays are read-only. The model holds no text and no reference to its corpus.

    Attributes
    ----------
    topic_term : array, shape (n_topics, n_terms)
        P(term given topic), rows sum to 1; for NMF weights scaled to sum 1. The largest topic is
        the first: the one with the highest mean share of the articles.
    article_topic : array, shape (n_rows, n_topics)
        P(topic given article), rows sum to 1; NaN for an article without a term of the model.
    vocabulary : Index of str, shape (n_terms,)
        The terms of the model, most frequent in the corpus first.
    doc_ids : Index of str, shape (n_rows,)
        The articles' keys, in the order of the corpus.
    labels : tuple of str
        One label a topic: its first three terms, or what `label_topics` was given.
    n_tokens : array of int64, shape (n_rows,)
        Tokens of each article that are terms of the model.
    settings : mapping
        What was asked for and what came of it: `engine`, `version`, `n_topics`, `seed`,
        `stop_words`, `min_articles`, `max_share`, `passes`, `converged`, `fit`, `fit_measure`,
        `priors`, and the `corpus` as its fingerprint.
    draws : array of float32, shape (n_draws, n_rows, n_topics), or None
        Draws of `article_topic` from the model's own posterior, where the engine gives them
        (`fit_structural_topics`, `fit_seeded_topics`); NaN as there.
    topic_term_by : mapping
        For a model whose topics are worded differently in groups of articles: each group to its
        `topic_term`. Empty for other models.

    See Also
    --------
    framing.fit_topics : Makes one from a corpus.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    TopicModel(4 topics, 120 articles, ... terms, engine 'nmf', seed 1)
    """

    topic_term: Floats
    article_topic: Floats
    vocabulary: pd.Index[str]
    doc_ids: pd.Index[str]
    labels: tuple[str, ...]
    n_tokens: npt.NDArray[np.int64]
    settings: Mapping[str, Any] = field(default_factory=dict)
    draws: npt.NDArray[np.float32] | None = None
    topic_term_by: Mapping[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for array in (self.topic_term, self.article_topic, self.n_tokens, self.draws):
            if array is not None:
                array.setflags(write=False)
        for terms in self.topic_term_by.values():
            terms.setflags(write=False)
        object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))
        object.__setattr__(self, "topic_term_by", MappingProxyType(dict(self.topic_term_by)))

    @property
    def n_topics(self) -> int:
        """How many topics the model has."""
        return len(self.topic_term)

    def __repr__(self) -> str:
        return (
            f"TopicModel({self.n_topics:,} topics, {len(self.doc_ids):,} articles, "
            f"{len(self.vocabulary):,} terms, engine {self.settings['engine']!r}, "
            f"seed {self.settings['seed']})"
        )


def fit_topics(
    corpus: Corpus,
    n_topics: int,
    *,
    seed: int,
    engine: str = "tomotopy",
    stop_words: str | Sequence[str] | None = "english",
    min_articles: int = 5,
    max_share: float = 0.5,
    passes: int | None = None,
) -> TopicModel:
    """Fit a topic model: groups of terms that tend to stand in the same articles.

    A topic is a pattern of word use; whether it is a subject, an event, or one outlet's
    boilerplate only reading tells. Another `n_topics` or another seed gives other topics:
    look at several before anything is claimed. Terms of one letter and terms that begin with a
    digit are never used.

    Parameters
    ----------
    corpus
        The corpus. Word order does not matter to the model; words the corpus left out stay out.
    n_topics
        How many topics, 2 or more.
    seed
        Start of the random numbers, 0 to 4,294,967,295. Same corpus and same seed: same model.
    engine
        `"tomotopy"`: latent Dirichlet allocation by Gibbs sampling, one worker, learned article
        priors, the mean of ten samples; the best held-out fit. `"gensim"`: the same
        model by online variational Bayes, slower and less close. `"sklearn"`: by batch variational
        Bayes with equal priors, slower still. `"nmf"`: non-negative matrix factorisation of tf-idf;
        fast, with sharp lists of rarer terms, but its weights are not probabilities of a model of
        texts.
    stop_words
        Words not used: `"english"` for the list of `stop_words`, words of your own, or None.
    min_articles
        Terms in fewer articles are not used.
    max_share
        Terms in more than this share of the articles that have words, above 0 to 1, are not used.
    passes
        Passes over the articles. None trains until the engine's own fit stops rising
        (log-likelihood, bound or explained share); a warning tells if it did not.

    Returns
    -------
    TopicModel
        Topics by size, largest first, so that their numbers are stable names.

    Raises
    ------
    ValueError
        Where `engine` is unknown, a number is out of range, no term is left, or fewer articles
        or terms are left than topics are asked for.
    TypeError
        Where `n_topics` or `seed` is not a whole number.

    Warns
    -----
    UserWarning
        Where `passes` is None and training reached its limit before it converged.

    See Also
    --------
    framing.topic_terms : The terms of each topic.
    framing.topic_share : The topics' shares by source or any other column.
    framing.label_topics : Gives topics names.

    References
    ----------
    Blei, D. M., Ng, A. Y., & Jordan, M. I. (2003). Latent Dirichlet allocation. Journal of
    Machine Learning Research, 3, 993-1022.

    Griffiths, T. L., & Steyvers, M. (2004). Finding scientific topics. PNAS, 101(suppl. 1),
    5228-5235. https://doi.org/10.1073/pnas.0307752101

    Hoffman, M. D., Blei, D. M., & Bach, F. (2010). Online learning for latent Dirichlet
    allocation. Advances in Neural Information Processing Systems, 23.

    Lee, D. D., & Seung, H. S. (1999). Learning the parts of objects by non-negative matrix
    factorization. Nature, 401, 788-791. https://doi.org/10.1038/44565

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1)
    >>> model.topic_term.shape == (4, len(model.vocabulary))
    True
    """
    check_asked("fit_topics", corpus, n_topics, seed=seed, passes=passes)
    check_one_of("fit_topics", "engine", engine, ENGINES)
    n_topics, seed = int(n_topics), int(seed)
    ready = prepare(
        "fit_topics", corpus, stop_words=stop_words, min_articles=min_articles, max_share=max_share
    )
    check_enough("fit_topics", n_topics, ready)
    fitted = ENGINES[engine](
        ready.full, ready.vocabulary.tolist(), n_topics=n_topics, seed=seed, passes=passes
    )
    if passes is None and not fitted.converged:
        msg = (
            f"fit_topics: the fit was still rising after {fitted.passes:,} passes. "
            f"Pass passes={2 * fitted.passes} for more."
        )
        warnings.warn(msg, UserWarning, stacklevel=2)
    settings = {"engine": engine, "n_topics": n_topics, "seed": seed, **ready.settings}
    return by_size(fitted, ready, settings=settings)


def by_size(
    fitted: Fitted, ready: Prepared, *, settings: Mapping[str, Any], labels: Sequence[str] = ()
) -> TopicModel:
    """Return the model with its topics in order of size, and NaN for articles without terms.

    `labels` are those of the first topics of the engine; the others get their first three terms.
    """
    order = np.argsort(-fitted.article_topic.sum(axis=0), kind="stable")
    topic_term, n_tokens = fitted.topic_term[order], ready.n_tokens
    article_topic = np.full((len(n_tokens), len(order)), np.nan)
    article_topic[n_tokens > 0] = fitted.article_topic[:, order]
    draws = None
    if fitted.draws is not None:
        draws = np.full((len(fitted.draws), *article_topic.shape), np.nan, dtype=np.float32)
        draws[:, n_tokens > 0] = fitted.draws[:, :, order]
    priors = {
        name: np.asarray(prior)[order].tolist() if name in _BY_TOPIC else prior
        for name, prior in fitted.priors.items()
    }
    first = ready.vocabulary.to_numpy()[np.argsort(-topic_term, axis=1, kind="stable")[:, :3]]
    found = [", ".join(terms) for terms in first]
    named = [
        labels[topic] if topic < len(labels) else found[place]
        for place, topic in enumerate(order.tolist())
    ]
    return TopicModel(
        topic_term,
        article_topic,
        ready.vocabulary,
        ready.doc_ids,
        tuple(_distinct(named)),
        n_tokens,
        {
            **settings,
            "version": fitted.version,
            "passes": fitted.passes,
            "converged": fitted.converged,
            "fit": fitted.fit,
            "fit_measure": fitted.fit_measure,
            "priors": priors,
        },
        draws,
        {group: terms[order] for group, terms in fitted.topic_term_by.items()},
    )


def _distinct(labels: list[str]) -> list[str]:
    """Return labels of which those that stood there before have the topic's number behind them."""
    return [
        f"{label} ({topic})" if label in labels[:topic] else label
        for topic, label in enumerate(labels)
    ]


def label_topics(model: TopicModel, labels: Mapping[int, str]) -> TopicModel:
    """Give topics names of your own, after reading their terms and articles.

    Parameters
    ----------
    model
        The model; it is not changed.
    labels
        Number of the topic to its label, for example `{0: "War in Syria"}`; the other topics keep
        the labels they have.

    Returns
    -------
    TopicModel
        The same model with these labels.

    Raises
    ------
    ValueError
        Where a number is no topic of the model, or two topics would have one label.
    TypeError
        Where `labels` is not a mapping, or a label is not text.

    See Also
    --------
    framing.topic_terms : What to read before naming.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> fr.label_topics(model, {0: "The army"}).labels[0]
    'The army'
    """
    if not isinstance(labels, Mapping):
        msg = (
            f"label_topics: labels is {type(labels).__name__}, not a mapping. "
            "Pass for example {0: 'War in Syria'}."
        )
        raise TypeError(msg)
    named = list(model.labels)
    for topic, label in labels.items():
        if topic not in range(model.n_topics):
            msg = (
                f"label_topics: {topic!r} is not a topic of the model. "
                f"It has the topics 0 to {model.n_topics - 1}."
            )
            raise ValueError(msg)
        if type(label) is not str or not label.strip():
            msg = (
                f"label_topics: the label of topic {topic} is {label!r}, not text. "
                "Pass for example {0: 'War in Syria'}."
            )
            raise TypeError(msg)
        named[topic] = label
    twice = sorted({label for label in named if named.count(label) > 1} & set(labels.values()))
    if twice:
        msg = (
            f"label_topics: {listing(twice)} would be the label of more than one topic. "
            "Give each topic a label of its own."
        )
        raise ValueError(msg)
    return dataclasses.replace(model, labels=tuple(named))
