"""Topics that stand in the same articles, and the communities they form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_one_of, check_seed, check_unit, listing
from framing.corpus import Corpus, group_rows
from framing.counts import beside, constant
from framing.schema.topics import TOPIC_COMMUNITIES, TOPIC_NETWORKS
from framing.topics.communities import agreement, communities, modularity
from framing.topics.model import TopicModel
from framing.topics.shares import model_rows, with_settings

_Floats = npt.NDArray[np.float64]
_Ints = npt.NDArray[np.int64]

MEASURES = ("cosine", "correlation")

_ENDS = (2.5, 97.5)
"""Percentiles at which intervals end."""


def topic_networks(
    model: TopicModel,
    corpus: Corpus,
    *,
    by: str | list[str] | None = None,
    measure: str = "cosine",
    unit: str = "doc_id",
    n_resamples: int = 100,
    seed: int,
) -> pd.DataFrame:
    """Measure which topics stand in the same articles, and which communities they form.

    A community of topics that come together can be read as a frame package: the facets from which
    a subject is told (Walter & Ophir 2019). It is one only if reading says so, and if it holds:
    look at `together` and `agreement` before you name it.

    Parameters
    ----------
    model
        The model, with 3 topics or more.
    corpus
        The corpus it was fitted on, or any part of it that `where` gives.
    by
        Columns of the articles; each group has a network of its own. None takes all as one.
    measure
        `"cosine"`: of two topics' shares over the articles, 0 … 1, as in the paper; two frequent
        topics are alike by their size alone, which modularity allows for. `"correlation"`: of the
        same, -1 … 1; negative ones do not count for communities.
    unit
        The column whose values are independent of each other, and drawn whole.
    n_resamples
        Samples of the units, drawn with replacement, 0 or more; with 0 there are no intervals.
    seed
        Start of the random numbers of the samples.

    Returns
    -------
    DataFrame
        One row a group and pair of topics: the columns of `by`, `topic`, `label`, `other`,
        `other_label`, `similarity`, `low`, `high` (95 % of the samples), `together` (share of the
        samples in which both are in one community), `community` and `other_community` (numbers in
        the group, from 0, that with the largest share first), `share` and `other_share` (mean
        P(topic given article)), `place` and `other_place` (order of the topics by communities of
        all articles, the same in all groups: for charts), `modularity`, `agreement` (mean adjusted
        Rand index of the samples' communities with these: 1 the same, 0 as by chance),
        `n_articles`, `measure`, `unit`, `n_resamples`, `sample_seed`, `n_topics`, `engine`, `seed`.

    Raises
    ------
    ValueError
        Where a column is missing or one of the result, `measure` is none of these, the model has
        fewer than 3 topics, or the corpus has articles that the model has not seen.
    TypeError
        Where `seed` is not a whole number, or the corpus is not one.

    See Also
    --------
    framing.topic_communities : The communities, one row a topic.
    framing.plot_topic_network : Draws the table.

    References
    ----------
    Walter, D., & Ophir, Y. (2019). News frame analysis: An inductive mixed-method computational
    approach. Communication Methods and Measures, 13(4), 248-266.
    https://doi.org/10.1080/19312458.2019.1639145

    Clauset, A., Newman, M. E. J., & Moore, C. (2004). Finding community structure in very large
    networks. Physical Review E, 70, 066111. https://doi.org/10.1103/PhysRevE.70.066111

    Hubert, L., & Arabie, P. (1985). Comparing partitions. Journal of Classification, 2, 193-218.
    https://doi.org/10.1007/BF01908075

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> table = fr.topic_networks(model, corpus, seed=1, n_resamples=20)
    >>> table[["similarity", "together"]].shape
    (6, 2)
    """
    from tqdm.auto import tqdm

    where = "topic_networks"
    check_one_of(where, "measure", measure, MEASURES)
    check_at_least(where, "n_resamples", n_resamples, 0)
    check_seed(where, seed)
    groups, group = group_rows(where, corpus, by)
    _check(where, model, corpus, list(groups.columns), unit)
    rows = model_rows(where, model, corpus)
    units = pd.factorize(corpus.articles[unit])[0]
    whole = _network(model, rows, units, measure, 0, None)
    place = np.empty(model.n_topics, dtype=np.int64)
    place[np.lexsort((-whole.share, whole.member))] = np.arange(model.n_topics)
    found = []
    numbers = range(len(groups))
    for number in tqdm(numbers, desc="networks", unit=" groups", delay=1, leave=False):
        inside = group == number
        rng = np.random.default_rng([seed, number])
        one = _network(model, rows[inside], units[inside], measure, n_resamples, rng)
        found.append(_pairs(model, one, place))
    table = pd.concat(found, ignore_index=True)
    size = len(table)
    table = table.assign(
        measure=constant(measure, size),
        unit=constant(unit, size),
        n_resamples=n_resamples,
        sample_seed=seed,
    )
    columns = {name: table[name].array for name in table.columns}
    row = np.repeat(np.arange(len(groups)), len(found[0]))
    return with_settings(beside(where, groups, row, columns), model)


def _check(where: str, model: TopicModel, corpus: Corpus, by: list[str], unit: str) -> None:  # noqa: PLR0917 - all of them are the caller's
    """Raise where there is no network to be had."""
    frame = corpus.articles
    taken = [name for name in by if name in TOPIC_NETWORKS.required]
    if taken:
        msg = (
            f"{where}: by={listing(taken)} is also a column of the result. "
            "Rename that column of the articles before build_corpus()."
        )
        raise ValueError(msg)
    check_unit(where, frame, unit)
    if model.n_topics < 3:
        msg = (
            f"{where}: a model of {model.n_topics} topics has no network. Fit 3 topics or more "
            "with fit_topics()."
        )
        raise ValueError(msg)


@dataclass(frozen=True)
class _Network:
    """The network of a group of articles, and those of its samples."""

    similarity: _Floats
    ends: _Floats
    together: _Floats
    member: _Ints
    share: _Floats
    modularity: float
    agreement: float
    n_articles: int


def _network(  # noqa: PLR0917 - one call of it, with all that it needs
    model: TopicModel,
    rows: _Ints,
    units: _Ints,
    measure: str,
    n_resamples: int,
    rng: np.random.Generator | None,
) -> _Network:
    """Return the network of some articles; an article in several rows counts once."""
    once = np.unique(rows, return_index=True)[1]
    once = once[model.n_tokens[rows[once]] > 0]
    shares = model.article_topic[rows[once]]
    share = shares.mean(axis=0) if len(shares) else np.full(model.n_topics, np.nan)
    similarity = _similarity(shares, np.ones(len(shares)), measure)
    member = _by_size(communities(np.maximum(similarity, 0)), np.nan_to_num(share))
    unit = np.unique(units[once], return_inverse=True)[1]
    drawn, parts = [], []
    for _ in range(n_resamples if rng is not None and len(shares) else 0):
        n_units = unit.max() + 1
        times = np.bincount(rng.integers(0, n_units, n_units), minlength=n_units)  # type: ignore[union-attr]
        drawn.append(_similarity(shares, times[unit].astype(np.float64), measure))
        parts.append(communities(np.maximum(drawn[-1], 0)))
    none = np.full(similarity.shape, np.nan)
    same = [part[:, None] == part for part in parts]
    return _Network(
        similarity,
        np.percentile(drawn, _ENDS, axis=0) if drawn else np.stack([none, none]),
        np.mean(same, axis=0) if same else none,
        member,
        share,
        modularity(np.maximum(similarity, 0), member),
        float(np.mean([agreement(member, part) for part in parts])) if parts else np.nan,
        len(shares),
    )


def _similarity(shares: _Floats, weight: _Floats, measure: str) -> _Floats:
    """Return the similarity of all pairs of topics over weighted articles; 0 for a topic itself."""
    if measure == "correlation" and weight.sum() > 0:
        shares = shares - weight @ shares / weight.sum()
    products = (shares * weight[:, None]).T @ shares
    norm = np.sqrt(np.diag(products))
    both = np.outer(norm, norm)
    found = np.divide(products, both, out=np.zeros_like(products), where=both > 0)
    np.fill_diagonal(found, 0)
    return np.asarray(np.clip(found, -1, 1))


def _by_size(member: _Ints, share: _Floats) -> _Ints:
    """Return communities numbered by their share, the largest first."""
    order = np.argsort(-np.bincount(member, share), kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[member]


def _pairs(model: TopicModel, network: _Network, place: _Ints) -> pd.DataFrame:
    """Return the rows of one group."""
    one, other = np.triu_indices(model.n_topics, 1)
    labels = np.array(model.labels, dtype=object)
    columns: dict[str, object] = {
        "topic": one,
        "label": pd.array(labels[one], dtype="str"),
        "other": other,
        "other_label": pd.array(labels[other], dtype="str"),
        "similarity": network.similarity[one, other],
        "low": network.ends[0][one, other],
        "high": network.ends[1][one, other],
        "together": network.together[one, other],
    }
    for name, values in (("community", network.member), ("share", network.share), ("place", place)):
        columns |= {name: values[one], f"other_{name}": values[other]}
    return pd.DataFrame(columns).assign(
        modularity=network.modularity, agreement=network.agreement, n_articles=network.n_articles
    )


def topic_communities(data: pd.DataFrame) -> pd.DataFrame:
    """List the communities of topics that a table of `topic_networks` holds, one row a topic.

    Parameters
    ----------
    data
        A table of `topic_networks`, all pairs of each group.

    Returns
    -------
    DataFrame
        One row a group and topic, by community, then the largest share first: the columns of `by`,
        `community`, `topic`, `label`, `share`, `n_members`, `similarity` (mean with the other
        members; missing for a topic alone), `together` (mean share of the samples in which it is
        with the other members), `elsewhere` (the same of the community that it is with most often
        otherwise; missing without another), `modularity`, `agreement`, `n_articles`, `measure`,
        `unit`, `n_resamples`, `sample_seed`, `n_topics`, `engine`, `seed`.

    Raises
    ------
    ValueError
        Where the table lacks a column.
    TypeError
        Where `data` is not a DataFrame.

    See Also
    --------
    framing.topic_networks : Makes the table.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> table = fr.topic_networks(model, corpus, seed=1, n_resamples=20)
    >>> fr.topic_communities(table)["topic"].nunique()
    4
    """
    TOPIC_NETWORKS.check("topic_communities", data)
    by = [name for name in data.columns if name not in TOPIC_NETWORKS.required]
    turned = {
        **{name: f"other_{name}" for name in ("label", "community", "share", "place")},
        **{f"other_{name}": name for name in ("label", "community", "share", "place")},
        "topic": "other",
        "other": "topic",
    }
    both = pd.concat([data, data.rename(columns=turned)], ignore_index=True)
    keys = [*by, "community", "topic"]
    same = both["community"] == both["other_community"]
    nodes = both.drop_duplicates(keys)
    inside = both[same].groupby(keys, dropna=False)[["similarity", "together"]].mean()
    inside["n_members"] = both[same].groupby(keys, dropna=False).size() + 1
    others = both[~same].groupby([*keys, "other_community"], dropna=False)["together"].mean()
    inside = inside.join(others.groupby(keys, dropna=False).max().rename("elsewhere"), how="outer")
    kept = [name for name in TOPIC_COMMUNITIES.required if name in nodes.columns]
    kept = [name for name in kept if name not in ("similarity", "together")]
    table = nodes[[*by, *kept]].merge(inside.reset_index(), on=keys, how="left")
    table["n_members"] = table["n_members"].fillna(1).astype(np.int64)
    order = [*by, "community", "share", "topic"]
    ascending = [name != "share" for name in order]
    table = table.sort_values(order, ascending=ascending, kind="stable", ignore_index=True)
    return table[[*by, *TOPIC_COMMUNITIES.required]]
