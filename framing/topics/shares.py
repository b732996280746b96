"""The tables of a topic model: the terms of its topics, and the topics' shares by group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_one_of, listing
from framing.corpus import Corpus, check_corpus, group_rows
from framing.counts import constant
from framing.measure import Measure
from framing.schema import TOPIC_SHARE
from framing.topics.inference import draw_shares, predict_topics
from framing.topics.matching import match_topics
from framing.topics.model import TopicModel
from framing.topics.saving import check_model
from framing.topics.weighting import frex, lift, relevance

_Floats = npt.NDArray[np.float64]

WEIGHTINGS = ("probability", "frex", "lift", "relevance")
"""What the terms of a topic can be ranked by."""


def topic_terms(
    model: TopicModel, *, n_terms: int = 10, weighting: str = "probability"
) -> pd.DataFrame:
    """List the first terms of each topic: the most probable ones, or those that tell topics apart.

    Terms that are frequent everywhere can lead several topics by probability; FREX and relevance
    leave them behind. Read the articles too before a topic is named.

    Parameters
    ----------
    model
        The model.
    n_terms
        Terms a topic, 1 or more; at most those the model has.
    weighting
        What the terms are ranked by. `"probability"`: P(term given topic). `"frex"`: frequent and
        exclusive, 0 … 1: the harmonic mean of a term's ranks in both. `"relevance"`: .6 of the
        logarithm of the probability and .4 of lift. `"lift"`: logarithm of the probability over
        the term's share of all tokens; it is led by rare terms, so only terms are ranked that are
        at least as probable in the topic as its average term.

    Returns
    -------
    DataFrame
        One row a topic and term, the largest topic and its first term first: `topic`, `label`,
        `rank` (from 1), `term`, `probability` (of the term given the topic, 0 … 1; for NMF the
        weight, scaled to sum 1 over all terms of a topic), `weighting`, `score` (its value; natural
        logarithms for lift and relevance; missing for a term of probability 0), `n_topics`,
        `engine`, `seed`. Ties stand in the order of the vocabulary.

    Raises
    ------
    ValueError
        Where `n_terms` is below 1, or `weighting` is not one of these.
    TypeError
        Where `model` is not a TopicModel.

    See Also
    --------
    framing.fit_topics : Makes the model.
    framing.representative_articles : The articles to read.
    framing.topic_share : The topics' shares by group.

    Notes
    -----
    A term's share of all tokens is the one that the model expects: the sum over articles and
    topics of tokens × P(topic given article) × P(term given topic). For NMF, whose weights are no
    such probabilities, lift and relevance only order terms.

    References
    ----------
    Bischof, J. M., & Airoldi, E. M. (2012). Summarizing topical content with word frequency and
    exclusivity. ICML, 201-208.

    Sievert, C., & Shirley, K. (2014). LDAvis: A method for visualizing and interpreting topics.
    Workshop on Interactive Language Learning, Visualization, and Interfaces, 63-70.
    https://doi.org/10.3115/v1/W14-3110

    Taddy, M. (2012). On estimation and selection for topic models. AISTATS, 1184-1193.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> fr.topic_terms(model, n_terms=3).shape
    (12, 10)
    >>> fr.topic_terms(model, n_terms=3, weighting="frex")["score"].between(0, 1).all()
    np.True_
    """
    check_model("topic_terms", model)
    check_at_least("topic_terms", "n_terms", n_terms, 1)
    check_one_of("topic_terms", "weighting", weighting, WEIGHTINGS)
    scores = term_scores(model, weighting)
    order = np.argsort(np.nan_to_num(-scores, nan=np.inf), axis=1, kind="stable")[:, :n_terms]
    n_topics, n_terms = order.shape
    ranked = np.take_along_axis(_ranked(model, weighting), order, axis=1).ravel()
    values = np.take_along_axis(scores, order, axis=1).ravel()
    table = pd.DataFrame(
        {
            "topic": np.repeat(np.arange(n_topics), n_terms),
            "label": pd.Series(np.repeat(model.labels, n_terms), dtype="str"),
            "rank": np.tile(np.arange(1, n_terms + 1), n_topics),
            "term": model.vocabulary[order.ravel()],
            "probability": np.take_along_axis(model.topic_term, order, axis=1).ravel(),
            "weighting": constant(weighting, order.size),
            "score": np.where(np.isfinite(values), values, np.nan),
        }
    )
    return with_settings(table[ranked].reset_index(drop=True), model)


def term_scores(model: TopicModel, weighting: str) -> _Floats:
    """Return the value of a weighting, topics × terms; what must not be ranked is missing."""
    if weighting == "probability":
        return model.topic_term
    if weighting == "frex":
        return frex(model.topic_term)
    share = topic_tokens(model) @ model.topic_term
    share /= max(share.sum(), 1e-300)
    with np.errstate(invalid="ignore"):
        scores = (lift if weighting == "lift" else relevance)(model.topic_term, share)
    return np.where(_ranked(model, weighting), scores, np.nan)


def _ranked(model: TopicModel, weighting: str) -> npt.NDArray[np.bool_]:
    """Tell which terms a weighting ranks in each topic: lift none that is rarer than the mean."""
    least = 1 / len(model.vocabulary) if weighting == "lift" else 0.0
    ranked: npt.NDArray[np.bool_] = model.topic_term >= least * (1 - 1e-9)
    return ranked


def topic_tokens(model: TopicModel) -> _Floats:
    """Return how many tokens of all articles come from each topic, as the model expects."""
    known = model.n_tokens > 0
    tokens: _Floats = model.n_tokens[known].astype(np.float64) @ model.article_topic[known]
    return tokens


def topic_share(
    model: TopicModel, corpus: Corpus, *, by: str | list[str] | None = None
) -> pd.DataFrame:
    """Measure the share of each topic in the articles of each group.

    The mean of P(topic given article): every article counts the same, long or short. High
    shares mean that much of a group's coverage uses these words, not that it says the same.
    The numbers are the model's estimates, without its uncertainty.

    Parameters
    ----------
    model
        The model.
    corpus
        The corpus it was fitted on, any part of it that `where` gives, or the same articles with
        other columns. An article that stands in several rows of one group counts once.
    by
        Column or columns of the articles that make the groups; None takes all as one.

    Returns
    -------
    DataFrame
        One row a group and topic: the columns of `by`, `topic`, `label`, `share` (weight /
        n_articles, 0 … 1; missing in a group without articles that count), `weight` (sum of
        P(topic given article)), `n_articles` (articles with a term of the model), `n_topics`,
        `engine`, `seed`. Missing values of `by` are a group. Over the topics of a group shares sum
        to 1, weights to `n_articles`.

    Raises
    ------
    ValueError
        Where a column is missing or is one of the result, or where the corpus has articles that
        the model has not seen or cannot tell apart.

    See Also
    --------
    framing.fit_topics : Makes the model.
    framing.topic_terms : The terms of each topic.

    References
    ----------
    Roberts, M. E., Stewart, B. M., & Airoldi, E. M. (2016). A model of text for experimentation in
    the social sciences. Journal of the American Statistical Association, 111(515), 988-1003.
    https://doi.org/10.1080/01621459.2016.1141684

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> share = fr.topic_share(model, corpus, by="source")
    >>> share.groupby("source")["share"].sum().round(6).unique().tolist()
    [1.0]
    """
    groups, number = group_rows("topic_share", corpus, by)
    taken = [name for name in groups.columns if name in TOPIC_SHARE.required]
    if taken:
        msg = (
            f"topic_share: by={listing(taken)} is also a column of the result. "
            "Rename that column of the articles before build_corpus()."
        )
        raise ValueError(msg)
    rows = model_rows("topic_share", model, corpus)
    weight, n_articles = group_weights(model, rows, number, len(groups))
    table = groups.loc[np.repeat(groups.index, model.n_topics)].reset_index(drop=True)
    n_topics, n_groups = model.n_topics, len(groups)
    with np.errstate(invalid="ignore"):
        share = weight / n_articles[:, None]
    table = table.assign(
        topic=np.tile(np.arange(n_topics), n_groups),
        label=pd.Series(np.tile(np.array(model.labels, dtype=object), n_groups), dtype="str"),
        share=share.ravel(),
        weight=weight.ravel(),
        n_articles=np.repeat(n_articles, n_topics),
    )
    return with_settings(table, model)


def group_weights(
    model: TopicModel, rows: npt.NDArray[np.int64], group: npt.NDArray[np.int64], n_groups: int
) -> tuple[_Floats, npt.NDArray[np.int64]]:
    """Return the sum of the shares of each topic in each group, and the articles that count.

    An article that stands in several rows of a group counts once; one of group -1 in none.
    """
    from scipy import sparse

    pairs = pd.DataFrame({"group": group, "row": rows})[group >= 0].drop_duplicates()
    shares = model.article_topic[pairs["row"]]
    counted = ~np.isnan(shares[:, 0])
    number, shares = pairs["group"].to_numpy()[counted], shares[counted]
    places = (number, np.arange(len(number)))
    members = sparse.csr_array((np.ones(len(number)), places), shape=(n_groups, len(number)))
    return np.asarray(members @ shares), np.bincount(number, minlength=n_groups)


def measure_topics(
    model: TopicModel,
    corpus: Corpus,
    *,
    n_draws: int = 25,
    refits: Sequence[TopicModel] | None = None,
) -> Measure:
    """Measure the share of each topic in each article, for comparisons.

    The measure carries how sure the model is of its shares, as `draws` that are as likely as its
    estimates, and `compare` makes its intervals wider by what differs between them. Draws from the
    posterior of a model (LDA, structural and seeded models) hold the topics' terms as they are:
    they tell how well articles' topics are known, not whether other fits would find these topics.
    That is what `refits` are for: other fits, whose topics are matched with the model's, so that a
    topic that does not come again gets wide intervals. NMF has no posterior; without `refits` its
    intervals tell how articles differ, and nothing else.

    Parameters
    ----------
    model
        The model.
    corpus
        The corpus it was fitted on, any part of it that `where` gives, or the same articles with
        other columns. An article that stands in several rows counts in each of them.
    n_draws
        Draws from the posterior, from the model's own seed on (0 where it tells none), 2 or more;
        0 for none. A model that brings draws of its own gives at most those. Without use for models
        without a posterior, or with `refits`. Each takes 12 bytes an article and topic.
    refits
        Two or more models with as many topics, fitted with other seeds, or each on another half of
        the articles (halves vary as much as new samples of all); None for none.

    Returns
    -------
    Measure
        One item a topic, named by its label (with the topic's number behind it where several
        topics have that label); rates are mean shares, 0 … 1. An article without a term of the
        model does not count.

    Raises
    ------
    ValueError
        Where the corpus has articles that the model has not seen or cannot tell apart, `n_draws`
        is below 0 or 1, or `refits` is one model only, or has one with another number of topics.
    TypeError
        Where the corpus is not one, or `refits` has something that is no model.

    See Also
    --------
    framing.compare : Shares of groups, with intervals.
    framing.topic_share : The shares alone, as a table.
    framing.topic_stability : Which topics come again.

    References
    ----------
    Treier, S., & Jackman, S. (2008). Democracy as a latent variable. American Journal of Political
    Science, 52(1), 201-217. https://doi.org/10.1111/j.1540-5907.2007.00308.x

    Rubin, D. B. (1987). Multiple imputation for nonresponse in surveys. Wiley.
    https://doi.org/10.1002/9780470316696

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> fr.measure_topics(model, corpus)
    Measure(120 articles, 4 items of kind 'topic', mean share of an article)
    """
    from scipy import sparse

    check_corpus("measure_topics", corpus)
    rows = model_rows("measure_topics", model, corpus)
    shares = model.article_topic[rows]
    counted = ~np.isnan(shares[:, 0])
    seed = max(model.settings["seed"], 0)  # a model from elsewhere may not tell its seed
    draws = share_draws("measure_topics", model, corpus, n_draws=n_draws, refits=refits, seed=seed)

    def numerators(values: _Floats) -> sparse.csc_array[Any]:
        return sparse.csc_array(np.where(counted[:, None], values, 0.0))

    labels = pd.Series(model.labels, dtype="str")
    numbered = labels + " (" + pd.Series(range(model.n_topics)).astype("str") + ")"
    return Measure(
        corpus.articles,
        numerators(shares),
        counted.astype(np.float64),
        pd.Index(labels.where(~labels.duplicated(keep=False), numbered), dtype="str"),
        "topic",
        "mean share of an article",
        1.0,
        {
            "corpus": corpus.fingerprint,
            "engine": model.settings["engine"],
            "n_topics": model.n_topics,
            "seed": model.settings["seed"],
            "n_draws": len(draws),
            "draws": "refits" if refits else "posterior" if draws else "none",
        },
        tuple(numerators(draw) for draw in draws),
    )


def share_draws(
    where: str,
    model: TopicModel,
    corpus: Corpus,
    *,
    n_draws: int,
    refits: Sequence[TopicModel] | None,
    seed: int,
) -> list[_Floats]:
    """Return other shares of the rows of a corpus that are as likely: of refits or the posterior.

    None for a model without a prior of its own. Articles that some refit has not seen: the shares
    of all articles are inferred anew in all refits.
    """
    check_at_least(where, "n_draws", n_draws, 0)
    if n_draws == 1:
        msg = f"{where}: n_draws=1 does not tell how draws vary. Pass 2 or more, or 0 for none."
        raise ValueError(msg)
    rows = model_rows(where, model, corpus)
    if refits is None:
        if model.draws is not None:
            return [draw[rows].astype(np.float64) for draw in model.draws[:n_draws]]
        if not n_draws or "alpha" not in model.settings.get("priors", {}):
            return []
        return [draw[rows] for draw in draw_shares(model, n_draws=n_draws, seed=seed)]
    refits = list(refits)
    _check_refits(where, model, refits)
    keys = pd.Index(corpus.articles["doc_id"], dtype="str")
    seen = all(one.doc_ids.is_unique and keys.isin(one.doc_ids).all() for one in refits)
    found = []
    for one in refits:
        partner, _ = match_topics(model, one)
        if seen:
            shares = one.article_topic[one.doc_ids.get_indexer(keys)]
        else:
            shares = predict_topics(one, corpus)["share"].to_numpy().reshape(len(keys), -1)
        shares = shares[:, partner]
        found.append(np.where(np.isnan(shares), model.article_topic[rows], shares))
    return found


def _check_refits(where: str, model: TopicModel, refits: list[TopicModel]) -> None:
    """Raise where models cannot be matched one by one."""
    for one in refits:
        if not isinstance(one, TopicModel):
            msg = (
                f"{where}: refits has {type(one).__name__}, not only models. "
                "Pass models of fit_topics()."
            )
            raise TypeError(msg)
        if one.n_topics != model.n_topics:
            msg = (
                f"{where}: refits has a model of {one.n_topics} topics, the model has "
                f"{model.n_topics}. Fit all of them with the same n_topics."
            )
            raise ValueError(msg)
    if len(refits) < 2:
        msg = f"{where}: refits has {len(refits)} model. Pass two or more."
        raise ValueError(msg)


def model_rows(where: str, model: TopicModel, corpus: Corpus) -> npt.NDArray[np.int64]:
    """Return for each row of the corpus the row of the model that is its article."""
    check_model(where, model)
    keys = pd.Index(corpus.articles["doc_id"], dtype="str")
    if not model.doc_ids.is_unique:
        if corpus.fingerprint != model.settings["corpus"]:
            msg = (
                f"{where}: the model was fitted on a corpus with several rows an article, "
                "which doc_id cannot tell apart in another corpus. Pass the corpus that the model "
                "was fitted on."
            )
            raise ValueError(msg)
        return np.arange(len(keys))
    rows = model.doc_ids.get_indexer(keys)
    unknown = keys[rows < 0].unique()
    if len(unknown):
        msg = (
            f"{where}: the model has not seen {len(unknown):,} of the corpus's "
            f"{keys.nunique():,} articles, for example {listing(unknown[:3])}. "
            "Pass the corpus that the model was fitted on, or a part of it."
        )
        raise ValueError(msg)
    return np.asarray(rows, dtype=np.int64)


def with_settings(table: pd.DataFrame, model: TopicModel) -> pd.DataFrame:
    """Return the table with the model's settings as its last columns."""
    return table.assign(
        n_topics=model.n_topics,
        engine=pd.Series([model.settings["engine"]] * len(table), dtype="str"),
        seed=model.settings["seed"],
    )
