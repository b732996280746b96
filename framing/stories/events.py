"""The same event in different words: `find_events`."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing import words
from framing._checks import check_at_least
from framing.corpus import Corpus, term_counts
from framing.matrix import count_places
from framing.schema import TABLES
from framing.stories.groups import (
    check_share,
    check_whole_articles,
    group_table,
    nearest_rows,
    order_rows,
)

if TYPE_CHECKING:
    from scipy import sparse

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]
_Matrix: TypeAlias = "sparse.csr_array[Any, tuple[int, int]]"

_NAMES = 1.5
"""Weight of terms that are mostly written with a capital, against 1 for the others."""

_FLOOR = 0.1
"""Similarities below it count as 0."""

_RUN = 500
"""Articles that are compared with those of their days in one go: bounds what is held at once."""

_N_TERMS = 8


def find_events(
    corpus: Corpus,
    *,
    mentions: pd.DataFrame | None = None,
    min_similarity: float = 0.35,
    max_days: int = 1,
    lead: int = 100,
) -> pd.DataFrame:
    """Find articles that report the same event, in whatever words.

    Two articles are as similar as the mean of two cosines, of the terms of the whole articles and
    of those of their first words, where what happened is told; rare terms and names weigh most.
    The most similar articles are joined first, then groups as long as the mean over all pairs of
    their articles is high enough (average linkage), so that a long affair does not become one event
    by a chain of days. How often the result is right is in docs/methods.md: read some events.

    Parameters
    ----------
    corpus
        The corpus, whole or a part of it by `where`, with dates. Rarity is counted in it, so a
        part may give other events. Words that it leaves out do not count.
    mentions
        The table of `find_mentions`: then two articles that both name actors, but none in common,
        are not similar at all. None compares terms only.
    min_similarity
        Least mean similarity of two groups to be joined, above 0 to 1. Higher: fewer and surer
        events; lower: also what led up to an event and what it led to.
    max_days
        Most days from the first to the last article of an event, 0 or more. With 1, what is
        printed the next morning belongs to it.
    lead
        Number of first tokens, title included, that make up the second of the two cosines; 1 or
        more.

    Returns
    -------
    DataFrame
        One row an article, in the order of the corpus: `doc_id`, `event` (the `doc_id` of its first
        article), `first` (by date, undated last, ties by `doc_id`), `n_articles` and `n_sources` of
        the event, `nearest` (the most similar other article of the event; missing where alone),
        `similarity` with it, `shared_terms` (those that made them similar, the heaviest first),
        `shared_actors` (those that both name, in alphabetical order; missing without mentions),
        `days` from the first to the last article, and the settings. Articles without a date or a
        token are events of their own.

    Raises
    ------
    ValueError
        Where an argument lies outside its range, the articles have no dates, or the corpus holds
        only contexts.
    TypeError
        Where the corpus is no corpus, mentions no table, or the articles' dates are not dates.

    See Also
    --------
    framing.find_stories : The same text.
    framing.find_mentions : Makes the mentions.

    References
    ----------
    Yang, Y., Pierce, T., & Carbonell, J. (1998). A study of retrospective and on-line event
    detection. Proceedings of SIGIR 1998, 28–36. https://doi.org/10.1145/290941.290953

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.load_sample().articles)
    >>> events = fr.find_events(corpus)
    >>> corpus.articles.loc[events["event"] == "FK-017", ["date", "source", "title"]]
             date           source                                           title
    68 2024-10-11      Khayal News  Ten-day truce on Karsun road announced in Doha
    69 2024-10-11  Fantasie-Kurier          Ten-day truce agreed on road to Karsun
    """
    check_whole_articles("find_events", corpus)
    check_share("find_events", "min_similarity", min_similarity)
    check_at_least("find_events", "max_days", max_days, 0)
    check_at_least("find_events", "lead", lead, 1)
    day = _days(corpus)
    rank = order_rows("find_events", corpus.articles)
    weights = _weights(corpus, lead)
    actors, names = _actors(corpus, mentions)
    first, second, score = _near_pairs(weights, day, max_days, actors)
    group = _join_groups(_Edges(first, second, score, rank, day), min_similarity, max_days)
    table = group_table("find_events", corpus, group, "event")
    inside = group[first] == group[second]
    first, second, score = first[inside], second[inside], score[inside]
    nearest, which = nearest_rows(first, second, score, rank)
    return table.assign(
        nearest=table["doc_id"].array.take(nearest, allow_fill=True),
        similarity=np.append(score, np.nan)[which],
        shared_terms=_shared(weights, nearest, corpus.vocabulary, by_weight=True),
        shared_actors=_shared(actors, nearest, names, by_weight=False),
        days=_spans(group, day),
        min_similarity=float(min_similarity),
        max_days=max_days,
        lead=lead,
    )


def _days(corpus: Corpus) -> _Ints:
    """Return the day of each article since 1970; -1 for those without a date or a token."""
    articles = corpus.articles
    order_rows("find_events", articles)
    if "date" not in articles.columns or articles["date"].isna().all():
        msg = (
            "find_events: the articles have no dates. Events are looked for among articles of "
            "neighbouring days. Give the articles a column 'date' before build_corpus()."
        )
        raise ValueError(msg)
    dates = articles["date"]
    days = dates.dt.tz_localize(None).to_numpy().astype("datetime64[D]").astype(np.int64)
    filled = np.diff(term_counts(corpus).indptr) > 0
    return np.where(dates.notna().to_numpy() & filled, days, np.iinfo(np.int64).min)


def _weights(corpus: Corpus, lead: int) -> _Matrix:
    """Return terms weighted, of the whole articles and of their leads side by side.

    Rows have length 1, so the product of two is the mean of both cosines.
    """
    from scipy import sparse

    place = np.arange(len(corpus.codes)) - np.repeat(corpus.offsets[:-1], np.diff(corpus.offsets))
    early = count_places(corpus, (corpus.codes >= 0) & (place < lead))
    every = term_counts(corpus)
    rarity = _rarity(corpus, every)
    parts = [_unit_rows(counts, rarity) for counts in (every, early)]
    return sparse.csr_array(sparse.hstack(parts, format="csr") * np.sqrt(0.5))


def _rarity(corpus: Corpus, counts: _Matrix) -> _Floats:
    """Return the weight of each term: ln(articles / articles with it), more for names."""
    n_articles = np.bincount(counts.indices, minlength=counts.shape[1])
    there = corpus.codes >= 0
    capital = np.bincount(
        corpus.codes[there], weights=corpus.shapes[there] != words.LOWER, minlength=counts.shape[1]
    )
    total = np.bincount(corpus.codes[there], minlength=counts.shape[1])
    rarity = np.log(len(corpus) / np.maximum(n_articles, 1))
    rarity[capital > total / 2] *= _NAMES
    left_out = n_articles > max(len(corpus) // 10, 20)
    left_out |= corpus.vocabulary.isin(words.stop_words())
    return np.where(left_out, 0.0, rarity)


def _unit_rows(counts: _Matrix, rarity: _Floats) -> _Matrix:
    """Return (1 + ln count) × rarity, each row of length 1, without terms of no weight."""
    from scipy import sparse

    kept = rarity[counts.indices] > 0
    stops = np.concatenate([[0], np.cumsum(kept)])[counts.indptr]
    indices = counts.indices[kept]
    data = (1 + np.log(counts.data[kept])) * rarity[indices]
    row = np.repeat(np.arange(counts.shape[0]), np.diff(stops))
    norm = np.sqrt(np.bincount(row, weights=data**2, minlength=counts.shape[0]))
    return sparse.csr_array((data / norm[row], indices, stops), shape=counts.shape)


def _actors(corpus: Corpus, mentions: pd.DataFrame | None) -> tuple[_Matrix, pd.Index[str]]:
    """Return which article names which actor, and the actors; nothing without mentions."""
    from scipy import sparse

    if mentions is None:
        return sparse.csr_array((len(corpus), 0)), pd.Index([], dtype="str")
    TABLES["mentions"].check("find_events", mentions)
    row = pd.Index(corpus.articles["doc_id"]).get_indexer(pd.Index(mentions["doc_id"]))
    code, names = pd.factorize(mentions["actor"][row >= 0], sort=True)
    named = sparse.csr_array(
        (np.ones(len(code)), (row[row >= 0], code)), shape=(len(corpus), len(names))
    )
    named.sum_duplicates()
    return named, pd.Index(names, dtype="str")


def _near_pairs(
    weights: _Matrix, day: _Ints, max_days: int, actors: _Matrix
) -> tuple[_Ints, _Ints, _Floats]:
    """Return the pairs of articles at most so many days apart, and their similarities."""
    from tqdm.auto import tqdm

    order = np.argsort(day, kind="stable")[(day == np.iinfo(np.int64).min).sum() :]
    days = day[order]
    found: list[tuple[_Ints, _Ints, _Floats]] = []
    for start in tqdm(range(0, len(order), _RUN), "events", delay=1, leave=False):
        stop = min(start + _RUN, len(order))
        last = np.searchsorted(days, days[stop - 1] + max_days, side="right")
        one, other = order[start:stop], order[start:last]
        near = (weights[one] @ weights[other].T).tocoo()
        left, right = near.coords[0].astype(np.int64), near.coords[1].astype(np.int64)
        kept = (near.data >= _FLOOR) & (left < right)
        kept &= days[start + right] - days[start + left] <= max_days
        found.append((one[left[kept]], other[right[kept]], near.data[kept]))
    none = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
    first, second, score = (np.concatenate(part) for part in zip(none, *found, strict=True))
    if actors.shape[1]:
        names = np.diff(actors.indptr) > 0
        strangers = np.asarray(actors[first].multiply(actors[second]).sum(axis=1)).ravel() == 0
        kept = ~(strangers & names[first] & names[second])
        first, second, score = first[kept], second[kept], score[kept]
    return first, second, np.minimum(score, 1.0)


@dataclass(frozen=True)
class _Edges:
    """Similar pairs of articles, and the order and day of all articles."""

    first: _Ints
    second: _Ints
    score: _Floats
    rank: _Ints
    day: _Ints


def _join_groups(edges: _Edges, least: float, max_days: int) -> _Ints:
    """Return for each article its group by average linkage, the best pair of groups first.

    Ties go to the groups whose first articles come first. Groups are known by the rank of that
    article; a pair of groups has the sum of the similarities of their articles.
    """
    n_articles = len(edges.rank)
    low = np.empty(n_articles, dtype=np.int64)
    low[edges.rank] = edges.day
    first_day, last_day, size = low.tolist(), low.tolist(), [1] * n_articles
    sums: list[dict[int, float]] = [{} for _ in range(n_articles)]
    heap = []
    one, other = edges.rank[edges.first].tolist(), edges.rank[edges.second].tolist()
    for a, b, score in zip(one, other, edges.score.tolist(), strict=True):
        sums[a][b] = sums[b][a] = score
        if score >= least:
            heap.append((-score, min(a, b), max(a, b), 1, 1))
    heapq.heapify(heap)
    leader = list(range(n_articles))
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if (size[a], size[b]) != (size_a, size_b):
            continue
        leader[b], size[a], size[b] = a, size_a + size_b, 0
        first_day[a] = min(first_day[a], first_day[b])
        last_day[a] = max(last_day[a], last_day[b])
        _merge(sums, a, b)
        for c, total in sums[a].items():
            mean = total / (size[a] * size[c])
            span = max(last_day[a], last_day[c]) - min(first_day[a], first_day[c])
            if mean >= least and span <= max_days:
                low_, high = min(a, c), max(a, c)
                heapq.heappush(heap, (-mean, low_, high, size[low_], size[high]))
    for place in range(n_articles):
        leader[place] = leader[leader[place]]  # leaders come first
    return np.array(leader, dtype=np.int64)[edges.rank]


def _merge(sums: list[dict[int, float]], a: int, b: int) -> None:
    """Add the similarities of group b to those of group a, and forget b."""
    for c, total in sums[b].items():
        del sums[c][b]
        if c != a:
            sums[a][c] = sums[c][a] = sums[a].get(c, 0.0) + total
    sums[b] = {}


def _shared(weights: _Matrix, nearest: _Ints, names: pd.Index[str], *, by_weight: bool) -> Any:
    """Return for each article the names that it shares with the nearest one, joined by commas."""
    found = np.full(len(nearest), np.nan, dtype=object)
    rows = np.flatnonzero(nearest >= 0)
    if len(names) and len(rows):
        both = weights[rows].multiply(weights[nearest[rows]]).tocsr()
        for number, row in enumerate(rows.tolist()):
            part = slice(both.indptr[number], both.indptr[number + 1])
            code, weight = both.indices[part] % len(names), both.data[part]
            total = pd.Series(weight).groupby(code).sum()
            if by_weight:
                total = total.sort_values(ascending=False, kind="stable").head(_N_TERMS)
            found[row] = ", ".join(names[total.index]) if len(total) else np.nan
    return pd.array(found, dtype="str")


def _spans(group: _Ints, day: _Ints) -> _Ints:
    """Return for each article the days from the first to the last article of its group."""
    days = pd.Series(day).groupby(group)
    spans: _Ints = (days.transform("max") - days.transform("min")).to_numpy()
    return spans
