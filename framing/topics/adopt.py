"""Topic models that were fitted elsewhere, as if they had been fitted here."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import listing
from framing.corpus import Corpus, check_corpus, term_counts
from framing.topics.engines import Fitted, rows_to_one
from framing.topics.inference import WEAK_ALPHA, fold_in, place_counts
from framing.topics.model import TopicModel, by_size
from framing.topics.preparing import Prepared

_Floats = npt.NDArray[np.float64]

OUTLIERS = "outliers"
"""Label of the articles that BERTopic puts into no topic."""

UNKNOWN_SEED = -1
"""The seed of a model that does not tell it."""

_LEAST_KNOWN = 0.5
"""With a smaller share of its terms in the corpus a model is of other texts."""


_OTHER_KINDS = {"DTModel", "HLDAModel", "HPAModel", "MGLDAModel", "PAModel"}
"""tomotopy's models whose articles' shares are of other topics than those that have terms."""


@dataclass(frozen=True)
class _Found:
    """What a foreign model holds; None where it does not."""

    topic_term: _Floats
    terms: Sequence[str] | None
    article_topic: _Floats | None = None
    alpha: _Floats | None = None
    seed: object = None
    labels: tuple[str, ...] = ()
    estimable: bool = True
    by_group: Mapping[str, _Floats] = field(default_factory=dict)


def adopt_topics(
    fitted: Any,
    corpus: Corpus,
    *,
    vocabulary: Sequence[str] | None = None,
    article_topic: Any = None,
) -> TopicModel:
    """Take over a topic model that you fitted with another program.

    Accepted are gensim's `LdaModel` and `LdaMulticore`, scikit-learn's `LatentDirichletAllocation`
    and `NMF`, tomotopy's `LDAModel` and its kin with topics of one kind, topica's models and
    `BERTopic`. All tables and charts of topics work with what comes back, but for those that fit a
    model again.

    Parameters
    ----------
    fitted
        The model, after training.
    corpus
        The articles the model was trained on, or others. Its terms must be written as the model's
        are: lower case as a rule.
    vocabulary
        The model's terms in the order of its columns; needed for scikit-learn, whose models do not
        hold them (`vectorizer.get_feature_names_out()`).
    article_topic
        The topics' weights in each article, articles in the order of the corpus: for shares that
        you have, and needed for NMF, whose weighting of terms is unknown here. None takes those the
        model holds if it was trained on as many articles (in the order of the corpus!), and else
        estimates them as `predict_topics` does.

    Returns
    -------
    TopicModel
        Topics by size, largest first; `engine` is the program's and the model's name, `seed` -1
        where the model does not tell. Articles without a term of the model, and those without
        weights, have missing shares. `settings["shares"]` says where the shares are from: `given`,
        `model` or `estimated`. Of topica's SAGE, and its STM with groups, `topic_term_by` is the
        wording of each group, which `topic_wording` uses where exactly one column of the articles
        has the groups as its values. For BERTopic `topic_term` are its c-TF-IDF weights, scaled to
        sum 1, and articles in no topic are of a topic `outliers`; without probabilities each
        article is of its one topic.

    Raises
    ------
    TypeError
        Where the model is none of these, or the corpus is not one.
    ValueError
        Where the model is not trained, its terms or shares are needed and absent, numbers do not
        fit, or fewer than half of its terms are in the corpus.

    See Also
    --------
    framing.fit_topics : Fits one here.
    framing.predict_topics : How shares are estimated.

    Examples
    --------
    >>> import framing as fr
    >>> from framing.topics import adopt_topics
    >>> from sklearn.decomposition import LatentDirichletAllocation
    >>> corpus = fr.build_corpus(fr.make_articles(60, seed=1))
    >>> counts = fr.document_term_matrix(corpus)
    >>> mine = LatentDirichletAllocation(3, random_state=7).fit(counts)
    >>> adopt_topics(mine, corpus, vocabulary=corpus.vocabulary)
    TopicModel(3 topics, 60 articles, ... terms, engine 'sklearn LatentDirichletAllocation', seed 7)
    """
    where = "adopt_topics"
    check_corpus(where, corpus)
    package = type(fitted).__module__.split(".")[0]
    kind = type(fitted).__name__
    found = _read(where, fitted, package)
    terms = _terms(where, found, vocabulary, kind)
    ready = _ready(where, corpus, terms)
    shares, origin = _shares(where, found, ready, given=article_topic, kind=kind)
    priors = {} if found.alpha is None else {"alpha": found.alpha.tolist()}
    known = isinstance(found.seed, int | np.integer)
    result = Fitted(
        rows_to_one(found.topic_term),
        rows_to_one(shares[ready.n_tokens > 0]),
        passes=0,
        converged=True,
        fit=0.0,
        fit_measure="",
        version=_version(package),
        priors=priors,
        topic_term_by={group: rows_to_one(terms) for group, terms in found.by_group.items()},
    )
    settings = {
        "engine": f"{package} {kind}",
        "n_topics": len(found.topic_term),
        "content": _content(corpus, found.by_group),
        "seed": int(found.seed) if known else UNKNOWN_SEED,  # type: ignore[call-overload]
        "shares": origin,
        **ready.settings,
    }
    model = by_size(result, ready, settings=settings, labels=found.labels)
    untold = dict.fromkeys(("passes", "converged", "fit", "fit_measure"))
    return dataclasses.replace(model, settings={**model.settings, **untold})


def _version(package: str) -> str:
    """Return the name and version of the program."""
    name = {"sklearn": "scikit-learn"}.get(package, package)
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name


def _read(where: str, fitted: Any, package: str) -> _Found:
    """Return what a model holds; raise where it is of no known kind or not trained."""
    kind = type(fitted).__name__
    if hasattr(fitted, "c_tf_idf_") and hasattr(fitted, "vectorizer_model"):
        reader = _read_bertopic
    elif package == "topica" and hasattr(type(fitted), "topic_word"):
        reader = _read_topica
    elif package == "tomotopy" and kind not in _OTHER_KINDS:
        reader = _read_tomotopy
    elif all(hasattr(fitted, name) for name in ("get_topics", "id2word", "num_terms", "alpha")):
        reader = _read_gensim
    elif hasattr(fitted, "n_components") and hasattr(fitted, "fit_transform"):
        reader = _read_sklearn
    else:
        msg = (
            f"{where}: fitted is {kind}, which is no topic model that is known. "
            "Pass a gensim LdaModel, a scikit-learn LDA or NMF, a tomotopy, topica or BERTopic "
            "model."
        )
        raise TypeError(msg)
    try:
        found = reader(fitted)
    except (AttributeError, RuntimeError, TypeError, ValueError) as error:
        msg = (
            f"{where}: the {kind} has no topics to read "
            f"({type(error).__name__}: {error}). Train it first."
        )
        raise ValueError(msg) from error
    weights = found.topic_term
    if weights.ndim != 2 or not weights.size or not np.isfinite(weights).all() or weights.min() < 0:
        msg = (
            f"{where}: the topics of the {kind} are not a table of numbers of 0 or more. "
            "Pass a trained model."
        )
        raise ValueError(msg)
    return found


def _held(fitted: Any, name: str) -> Any:
    """Return what a model holds, or None: some raise an error of their own where they lack it."""
    try:
        return getattr(fitted, name)
    except (AttributeError, RuntimeError):
        return None


def _floats(values: Any) -> _Floats:
    """Return values as a plain array of floats."""
    return np.asarray(values.toarray() if hasattr(values, "toarray") else values, dtype=np.float64)


def _read_gensim(fitted: Any) -> _Found:
    """Read gensim's LdaModel; it does not keep the shares of its articles."""
    terms = [str(fitted.id2word[place]) for place in range(fitted.num_terms)]
    return _Found(_floats(fitted.get_topics()), terms, alpha=_floats(fitted.alpha))


def _read_sklearn(fitted: Any) -> _Found:
    """Read scikit-learn's LDA or NMF; they keep neither terms nor shares."""
    topics = _floats(fitted.components_)
    seed = fitted.random_state
    if not hasattr(fitted, "doc_topic_prior_"):
        return _Found(topics, None, seed=seed, estimable=False)
    alpha = np.full(len(topics), float(fitted.doc_topic_prior_))
    return _Found(topics, None, alpha=alpha, seed=seed)


def _read_tomotopy(fitted: Any) -> _Found:
    """Read a tomotopy model of words and topics; it keeps the articles that had words."""
    topics = _floats([fitted.get_topic_word_dist(topic) for topic in range(fitted.k)])
    shares = [article.get_topic_dist() for article in fitted.docs]
    alpha = _held(fitted, "alpha")
    return _Found(
        topics,
        list(fitted.used_vocabs),
        _floats(shares),
        None if np.shape(alpha) != (len(topics),) else _floats(alpha),
        seed=_held(fitted, "seed"),
    )


def _read_topica(fitted: Any) -> _Found:
    """Read a topica model; the topics of one with groups (SAGE, STM) are the mean of its groups."""
    topics = _floats(fitted.topic_word)
    worded = topics if topics.ndim == 3 else _held(fitted, "topic_word_by_group")
    groups: dict[str, _Floats] = {}
    if worded is not None and np.ndim(worded) == 3:
        pairs = zip(fitted.groups, np.moveaxis(_floats(worded), 1, 0), strict=True)
        groups = {str(group): terms for group, terms in pairs}
        topics = np.mean(list(groups.values()), axis=0)
    alpha = _held(fitted, "alpha")
    return _Found(
        topics,
        list(fitted.vocabulary),
        _floats(fitted.doc_topic),
        None if np.shape(alpha) != (len(topics),) else _floats(alpha),
        seed=fitted.seed,
        by_group=groups,
    )


def _content(corpus: Corpus, groups: Mapping[str, _Floats]) -> str | None:
    """Return the only column of the articles whose values are the groups; None where none is."""
    if not groups:
        return None
    frame = corpus.articles
    values = {str(name): set(frame[name].dropna().astype("str")) for name in frame.columns}
    fits = [name for name, there in values.items() if len(there) > 1 and there <= set(groups)]
    return fits[0] if len(fits) == 1 else None


def _read_bertopic(fitted: Any) -> _Found:
    """Read BERTopic: c-TF-IDF, and probabilities or the one topic of each article."""
    terms = [str(term) for term in fitted.vectorizer_model.get_feature_names_out()]
    weights = _floats(fitted.c_tf_idf_)
    hard = np.asarray(fitted.topics_, dtype=np.int64)
    first = len(weights) - 1 - int(max(hard.max(), 0)) if len(hard) else 0
    outliers = int(first > 0 or (hard < 0).any())
    n_topics = len(weights) - outliers
    probabilities = None if fitted.probabilities_ is None else _floats(fitted.probabilities_)
    if probabilities is not None and probabilities.shape == (len(hard), n_topics):
        left = np.clip(1 - probabilities.sum(axis=1, keepdims=True), 0, None)
        shares = np.hstack([left, probabilities]) if outliers else probabilities
    else:
        shares = np.zeros((len(hard), len(weights)))
        shares[np.arange(len(hard)), hard + outliers] = 1
    labels = (OUTLIERS,) if outliers else ()
    return _Found(weights, terms, shares, labels=labels, estimable=False)


def _terms(where: str, found: _Found, vocabulary: Sequence[str] | None, kind: str) -> pd.Index[str]:
    """Return the terms of the model's columns."""
    n_terms = found.topic_term.shape[1]
    if vocabulary is None and found.terms is None:
        msg = (
            f"{where}: a {kind} does not hold its terms. "
            "Pass vocabulary=vectorizer.get_feature_names_out()."
        )
        raise ValueError(msg)
    chosen = found.terms if vocabulary is None else vocabulary
    terms: pd.Index[Any] = pd.Index(
        [str(term) for term in ([] if chosen is None else chosen)], dtype="str"
    )
    if len(terms) != n_terms or not terms.is_unique:
        msg = (
            f"{where}: vocabulary has {terms.nunique():,} different terms, the model {n_terms:,} "
            "columns. Pass the terms in the order of the model's columns."
        )
        raise ValueError(msg)
    return terms


def _ready(where: str, corpus: Corpus, terms: pd.Index[str]) -> Prepared:
    """Return the counts of the model's terms in the corpus; raise where it has too few of them."""
    place = corpus.vocabulary.get_indexer(terms)
    n_known = int((place >= 0).sum())
    if n_known < _LEAST_KNOWN * len(terms):
        absent = terms[place < 0][:3]
        msg = (
            f"{where}: the corpus has {n_known:,} of the model's {len(terms):,} terms; for example "
            f"{listing(absent)} are absent. Pass the corpus it was trained on, its words in the "
            "model's form."
        )
        raise ValueError(msg)
    return Prepared(
        place_counts(term_counts(corpus), place),
        terms,
        pd.Index(corpus.articles["doc_id"], dtype="str", name="doc_id"),
        {"corpus": corpus.fingerprint},
    )


def _shares(
    where: str, found: _Found, ready: Prepared, *, given: Any, kind: str
) -> tuple[_Floats, str]:
    """Return the weights of topics in every row of the corpus, and where they are from."""
    n_rows, n_topics = len(ready.doc_ids), len(found.topic_term)
    if given is not None:
        shares = _floats(given)
        if shares.shape != (n_rows, n_topics) or not (np.nan_to_num(shares) >= 0).all():
            msg = (
                f"{where}: article_topic has the shape {shares.shape}, or numbers below 0. "
                f"Pass one row for each of the {n_rows:,} articles and one column for each of the "
                f"{n_topics:,} topics."
            )
            raise ValueError(msg)
        return np.nan_to_num(shares), "given"
    if found.article_topic is not None and len(found.article_topic) == n_rows:
        return found.article_topic, "model"
    if not found.estimable:
        held = "none" if found.article_topic is None else f"those of {len(found.article_topic):,}"
        msg = (
            f"{where}: the shares of {n_rows:,} articles are needed, and the {kind} holds {held}. "
            "Pass article_topic=, one row an article of the corpus."
        )
        raise ValueError(msg)
    alpha = np.full(n_topics, WEAK_ALPHA) if found.alpha is None else found.alpha
    return fold_in(ready.counts, rows_to_one(found.topic_term), alpha), "estimated"
