"""Topic models of a corpus: what they are, how they are fitted, what their topics are called."""

from __future__ import annotations

import dataclasses
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Integral
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing import words
from framing._checks import check_at_least, check_one_of, check_seed, listing
from framing.corpus import Corpus, document_term_matrix
from framing.topics.engines import ENGINES, Fitted, Floats

LARGEST_SEED = 2**32 - 1


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

    def __post_init__(self) -> None:
        for array in (self.topic_term, self.article_topic, self.n_tokens):
            array.setflags(write=False)
        object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))

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
        model by online variational Bayes, slower and less close. `"nmf"`: non-negative
        matrix factorisation of tf-idf; fast, with sharp lists of rarer terms, but its weights
        are not probabilities of a model of texts.
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
    _check_arguments(corpus, n_topics, seed, engine=engine, passes=passes)
    check_at_least("fit_topics", "min_articles", min_articles, 1)
    if not 0 < max_share <= 1:
        msg = f"fit_topics: max_share={max_share!r} is not above 0 and at most 1. Pass 0.5."
        raise ValueError(msg)
    n_topics, seed = int(n_topics), int(seed)
    matrix = document_term_matrix(corpus)
    chosen = _choose_terms(
        corpus,
        matrix.indices,
        stop_words=stop_words,
        min_articles=min_articles,
        max_share=max_share,
    )
    counts = matrix[:, chosen]
    rows = np.flatnonzero(np.diff(counts.indptr))
    _check_enough(n_topics, len(rows), len(chosen))
    vocabulary = corpus.vocabulary[chosen]
    fitted = ENGINES[engine](
        counts[rows], vocabulary.tolist(), n_topics=n_topics, seed=seed, passes=passes
    )
    if passes is None and not fitted.converged:
        msg = (
            f"fit_topics: the fit was still rising after {fitted.passes:,} passes. "
            f"Pass passes={2 * fitted.passes} for more."
        )
        warnings.warn(msg, UserWarning, stacklevel=2)
    named = isinstance(stop_words, str)
    settings = {
        "engine": engine,
        "version": fitted.version,
        "n_topics": n_topics,
        "seed": seed,
        "stop_words": words.STOP_WORDS_VERSION if named else sorted(stop_words or ()),
        "min_articles": min_articles,
        "max_share": max_share,
        "passes": fitted.passes,
        "converged": fitted.converged,
        "fit": fitted.fit,
        "fit_measure": fitted.fit_measure,
        "corpus": corpus.fingerprint,
    }
    return _by_size(fitted, counts, corpus=corpus, vocabulary=vocabulary, settings=settings)


def _check_arguments(
    corpus: Corpus, n_topics: int, seed: int, *, engine: str, passes: int | None
) -> None:
    """Raise where the model cannot be what is asked for."""
    if not isinstance(corpus, Corpus):
        msg = (
            f"fit_topics: corpus is {type(corpus).__name__}, not a Corpus. "
            "Pass what build_corpus() returns."
        )
        raise TypeError(msg)
    if isinstance(n_topics, bool) or not isinstance(n_topics, Integral):
        msg = f"fit_topics: n_topics={n_topics!r} is not a whole number. Pass for example 30."
        raise TypeError(msg)
    check_at_least("fit_topics", "n_topics", n_topics, 2)
    check_seed("fit_topics", seed)
    if seed > LARGEST_SEED:
        msg = f"fit_topics: seed={seed!r} is above {LARGEST_SEED:,}. Pass for example seed=1."
        raise ValueError(msg)
    check_one_of("fit_topics", "engine", engine, ENGINES)
    if passes is not None:
        check_at_least("fit_topics", "passes", passes, 1)


def _choose_terms(
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
    chosen = [
        place
        for place in np.flatnonzero(common).tolist()
        if _is_word(term := corpus.vocabulary[place]) and term not in unused
    ]
    if not chosen:
        msg = (
            f"fit_topics: none of the {n_terms:,} terms is left of {n_articles:,} articles with "
            f"min_articles={min_articles!r} and max_share={max_share!r}. "
            "Pass a lower min_articles, a higher max_share, or more articles."
        )
        raise ValueError(msg)
    return np.array(chosen, dtype=np.int64)


def _is_word(term: str) -> bool:
    """Tell whether a term has two characters or more and does not begin with a digit."""
    return len(term) > 1 and not term[0].isnumeric()


def _check_enough(n_topics: int, n_articles: int, n_terms: int) -> None:
    """Raise where there are fewer articles or terms than topics."""
    if n_topics > min(n_articles, n_terms):
        msg = (
            f"fit_topics: n_topics={n_topics!r} is more than the {n_articles:,} articles or the "
            f"{n_terms:,} terms that are used. Pass a lower n_topics, or a lower min_articles."
        )
        raise ValueError(msg)


def _by_size(
    fitted: Fitted,
    counts: Any,
    *,
    corpus: Corpus,
    vocabulary: pd.Index[str],
    settings: dict[str, Any],
) -> TopicModel:
    """Return the model with its topics in order of size, and NaN for articles without terms."""
    order = np.argsort(-fitted.article_topic.sum(axis=0), kind="stable")
    topic_term = fitted.topic_term[order]
    article_topic = np.full((len(corpus), len(order)), np.nan)
    n_tokens = np.asarray(counts.sum(axis=1), dtype=np.int64)
    article_topic[n_tokens > 0] = fitted.article_topic[:, order]
    priors = dict(fitted.priors)
    if "alpha" in priors:
        priors["alpha"] = [priors["alpha"][topic] for topic in order.tolist()]
    first = vocabulary.to_numpy()[np.argsort(-topic_term, axis=1, kind="stable")[:, :3]]
    labels = [", ".join(terms) for terms in first]
    return TopicModel(
        topic_term,
        article_topic,
        vocabulary,
        pd.Index(corpus.articles["doc_id"], dtype="str", name="doc_id"),
        tuple(_distinct(labels)),
        n_tokens,
        {**settings, "priors": priors},
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
