"""The words with which groups of articles write about the same topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_unit, listing
from framing.corpus import Corpus, group_rows
from framing.counts import constant
from framing.resampling.cells import indicator
from framing.resampling.testing import adjusted
from framing.schema.topics import TOPIC_WORDING
from framing.topics.inference import model_counts
from framing.topics.model import TopicModel
from framing.topics.reading import topic_number
from framing.topics.shares import model_rows, with_settings

_Floats = npt.NDArray[np.float64]
_Ints = npt.NDArray[np.int64]

REST = "rest"
"""The name of the reference that is all other articles."""

_THERE = 0.5
"""From so many expected occurrences on an article has a term in the topic."""

_FEW_UNITS = 5
"""With fewer units with the term on both sides together nothing is tested."""

_BLOCK_CELLS = 500_000


def topic_wording(
    model: TopicModel,
    corpus: Corpus,
    *,
    topic: int | str,
    by: str = "source",
    unit: str = "doc_id",
    min_count: float = 10,
    prior: float = 500.0,
    level: float = 0.95,
) -> pd.DataFrame:
    """Measure which words set each group apart from the others within one topic.

    Groups that write about different things differ in all words. Here only those tokens count that
    the model holds to be of the topic, so that what is left is nearer to wording: the same subject
    in other words. It is not free of selection: within a topic too groups choose what to report.
    Open the terms with `evidence` or `kwic` before you call them framing.

    Parameters
    ----------
    model
        The model.
    corpus
        The corpus it was fitted on, or any part of it that `where` gives.
    topic
        Number or label of the topic.
    by
        The column that divides the articles; each value is compared with all other articles.
    unit
        The column whose values are independent of each other: `"doc_id"`, or for example
        `"story"`.
    min_count
        The least number of expected occurrences in the topic, in all articles together.
    prior
        Pseudo-counts of all terms together, in the shape of the topic's terms in all articles:
        more draws rare terms, and groups with few tokens, nearer to 0.
    level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    DataFrame
        One row a group and term, by group, then the surest mark of the target first, that of the
        reference last: `by`, `target`, `reference`
        (`rest`), `topic`, `label`, `term`, `log_odds` (natural logarithm of the ratio of odds,
        drawn to 0 by the prior; above 0: more in the target), `low`, `high` (its interval), `z`
        (log_odds / standard error), `p` (two-sided; missing where fewer than 5 units have the
        term), `q` (after Benjamini and Hochberg over the `n_tests` rows with a `p`), `count`
        (expected occurrences in the topic), `n_tokens` (expected tokens of the topic), `per_1000`
        (count / n_tokens × 1,000), `n_articles` (that have the term at least half a time in the
        topic), the same of the reference, `unit`, `prior`, `level`, `n_topics`, `engine`, `seed`.

    Raises
    ------
    ValueError
        Where the topic or a column does not exist, a number is out of range, a unit is missing, no
        term occurs `min_count` times, there is nothing to compare with, or the corpus has articles
        that the model has not seen.
    TypeError
        Where `by` is not the name of one column, or the corpus is not one.

    See Also
    --------
    framing.keyness : The words that set groups apart in all they write.
    framing.plot_topic_wording : Draws the table.
    framing.topic_share : How much each group writes about the topic.

    Notes
    -----
    Of n occurrences of a term v in an article, n · θₖ βₖᵥ / Σⱼ θⱼ βⱼᵥ are expected to be of topic
    k; a model with a content covariate has a β for each of its groups. Log-odds and prior are those
    of Monroe et al. (2008), on these counts. The variance comes from how whole units differ, as in
    `compare`, and is on neither side below theirs, which takes tokens to be independent; t has the
    degrees of freedom of the effective number of units (Kish), so that a word of two long articles
    proves little. The topics themselves are taken as known: of a word that two topics share, some
    that is said in the other one is counted in this one. Terms outside the model's vocabulary, such
    as its stop words, are not compared.

    References
    ----------
    Monroe, B. L., Colaresi, M. P., & Quinn, K. M. (2008). Fightin' words. Political Analysis,
    16(4), 372-403. https://doi.org/10.1093/pan/mpn018

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(400, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=8, seed=1, engine="nmf")
    >>> wording = fr.topic_wording(model, corpus, topic=0, unit="story")
    >>> first = wording.groupby("target").head(1)
    >>> (first["log_odds"] > 0).all()
    np.True_
    """
    where = "topic_wording"
    number = topic_number(where, model, topic)
    _check_numbers(where, min_count, prior, level)
    expected = expected_counts(where, model, corpus, number)
    values, group = _groups(where, corpus, by)
    _refuse_one(where, f"{number} ({model.labels[number]})", expected, (values, group))
    cells = _cells(
        where, corpus, expected, unit, members=[group == one for one in range(len(values))]
    )
    total = np.asarray(cells.total.sum(axis=0))
    kept = np.flatnonzero((total >= min_count) & (total > 0) & (total < total.sum()))
    if not len(kept):
        msg = (
            f"{where}: no term is expected min_count={min_count!r} times in topic {number}. "
            "Pass a lower min_count, or more articles."
        )
        raise ValueError(msg)
    parts = [
        _compared(cells, one, kept, prior=prior, level=level).assign(
            target=constant(str(values[one]), len(kept))
        )
        for one in range(len(values))
    ]
    table = pd.concat(parts, ignore_index=True)
    table["q"] = adjusted(table["p"].to_numpy())
    table = table.assign(
        by=constant(by, len(table)),
        reference=constant(REST, len(table)),
        topic=number,
        label=constant(model.labels[number], len(table)),
        term=model.vocabulary[table["place"]].to_numpy(),
        n_tests=int(table["p"].notna().sum()),
        unit=constant(unit, len(table)),
        prior=float(prior),
        level=float(level),
    )
    table["term"] = table["term"].astype("str")
    table["order"] = np.sign(table["z"]) * (1 - table["p"].fillna(1))
    table = table.sort_values(
        ["target", "order", "z", "term"],
        ascending=[True, False, False, True],
        kind="stable",
        ignore_index=True,
    )
    return with_settings(table, model)[TOPIC_WORDING.required]


def _check_numbers(where: str, min_count: float, prior: float, level: float) -> None:
    """Raise where a number makes no sense."""
    check_at_least(where, "min_count", min_count, 0)
    if not 0 < prior < np.inf:
        msg = f"{where}: prior={prior!r} is not a number above 0. Pass for example prior=500."
        raise ValueError(msg)
    if not 0 < level < 1:
        msg = f"{where}: level={level!r} is not between 0 and 1. Pass for example level=0.95."
        raise ValueError(msg)


def _groups(where: str, corpus: Corpus, by: str) -> tuple[list[object], _Ints]:
    """Return the values of a column, and for each article its value's place; -1 where missing."""
    if not isinstance(by, str):
        msg = (
            f"{where}: by={by!r} is not the name of one column. "
            "Pass one; join two into a new column of the articles before build_corpus()."
        )
        raise TypeError(msg)
    groups, group = group_rows(where, corpus, by)
    known = groups[by].notna().to_numpy()
    place = np.where(known, np.cumsum(known) - 1, -1)
    return groups.loc[known, by].tolist(), place[group]


def expected_counts(where: str, model: TopicModel, corpus: Corpus, topic: int) -> Any:
    """Return how often each term of the model is expected in a topic in each row of the corpus."""
    from scipy import sparse

    shares = np.nan_to_num(model.article_topic[model_rows(where, model, corpus)])
    counts = model_counts(model, corpus)
    row = np.repeat(np.arange(len(corpus)), np.diff(counts.indptr))
    kind, terms = _terms_by(model, corpus)
    part = np.zeros(len(row))
    step = max(_BLOCK_CELLS // model.n_topics, 1)
    for start in range(0, len(row), step):
        inside = slice(start, start + step)
        joint = shares[row[inside]] * terms[kind[row[inside]], counts.indices[inside]]
        total = joint.sum(axis=1)
        np.divide(joint[:, topic], total, out=part[inside], where=total > 0)
    data = counts.data * part
    return sparse.csr_array((data, counts.indices.copy(), counts.indptr.copy()), counts.shape)


def _terms_by(model: TopicModel, corpus: Corpus) -> tuple[_Ints, _Floats]:
    """Return which wording of the topics each row has, and the wordings, their terms as rows.

    The first is the model's own; others are those of a model with a content covariate.
    """
    column = model.settings.get("content")
    frame = corpus.articles
    if not model.topic_term_by or column not in frame.columns:
        return np.zeros(len(corpus), dtype=np.int64), model.topic_term.T[None]
    kind = pd.Index(model.topic_term_by).get_indexer(pd.Index(frame[column].astype("str"))) + 1
    terms = [model.topic_term, *model.topic_term_by.values()]
    return np.asarray(kind, dtype=np.int64), np.stack([one.T for one in terms])


def _refuse_one(where: str, topic: str, expected: Any, groups: tuple[list[object], _Ints]) -> None:
    """Raise where the topic has words in fewer than two groups."""
    values, group = groups
    filled = np.asarray(expected.sum(axis=1)) > 0
    if len(np.unique(group[filled])) < 2:
        there = [str(values[one]) for one in np.unique(group[filled & (group >= 0)])]
        msg = (
            f"{where}: topic {topic} has words in {listing(there)} only: "
            "there is nothing to compare with. Choose another topic, or more articles."
        )
        raise ValueError(msg)


@dataclass(frozen=True)
class _Cells:
    """Expected counts summed over the articles of each unit, by group.

    Attributes
    ----------
    groups : list of csr_array, shape (n_units, n_terms)
        The counts of each group.
    total : csr_array, shape (n_units, n_terms)
        The counts of all articles.
    articles : array, shape (n_groups + 1, n_terms)
        Articles that have the term in the topic; in the last row those of all groups.
    """

    groups: list[Any]
    total: Any
    articles: _Ints


def _cells(
    where: str, corpus: Corpus, expected: Any, unit: str, *, members: list[npt.NDArray[np.bool_]]
) -> _Cells:
    """Sum expected counts over the articles of each unit."""
    frame = corpus.articles
    check_unit(where, frame, unit, join="Corpus.join()")
    number, names = pd.factorize(frame[unit])
    rows = np.arange(len(frame))
    shape = (len(names), len(frame))
    there = expected.copy()
    there.data = (there.data >= _THERE).astype(np.float64)
    parts = [np.flatnonzero(inside) for inside in members]
    found = [np.asarray(there[part].sum(axis=0)) for part in (*parts, rows)]
    return _Cells(
        [indicator(number[part], part, shape) @ expected for part in parts],
        indicator(number, rows, shape) @ expected,
        np.stack(found).astype(np.int64),
    )


@dataclass(frozen=True)
class _Side:
    """One side of the comparison, for the terms that are compared.

    Attributes
    ----------
    counts : csc_array, shape (n_units, n_terms)
        Expected counts.
    tokens : array, shape (n_units,)
        Expected tokens of the topic.
    sums : array, shape (n_terms,)
        Expected counts, summed.
    share : array, shape (n_terms,)
        Their share of the tokens, with the prior.
    scale : array, shape (n_terms,)
        What a unit's residual, count - share × tokens, is divided by to be one of the log-odds.
    """

    counts: Any
    tokens: _Floats
    sums: _Floats
    share: _Floats
    scale: _Floats

    @classmethod
    def of(cls, matrix: Any, kept: _Ints, alpha: _Floats, prior: float) -> _Side:
        """Make a side of counts of units × all terms."""
        tokens, counts = np.asarray(matrix.sum(axis=1)), matrix[:, kept].tocsc()
        sums, whole = np.asarray(counts.sum(axis=0)), tokens.sum() + prior
        share = (sums + alpha) / whole
        return cls(counts, tokens, sums, share, whole * share * (1 - share))

    @property
    def variance(self) -> _Floats:
        """Of the log-odds, from how units differ; at least that of independent tokens."""
        n_units = int((self.tokens > 0).sum())
        squares = np.asarray(self.counts.multiply(self.counts).sum(axis=0))
        squares = squares - 2 * self.share * (self.counts.T @ self.tokens)
        squares += self.share**2 * (self.tokens**2).sum()
        mean = (self.sums - self.share * self.tokens.sum()) / max(n_units, 1)
        spread = np.maximum(squares - n_units * mean**2, 0) * n_units / max(n_units - 1, 1)
        return np.asarray(np.maximum(spread / self.scale**2, self.floor))

    @property
    def floor(self) -> _Floats:
        """The variance if tokens were independent: 1 / (count + pseudo-count)."""
        return np.asarray((1 - self.share) / self.scale)

    @property
    def freedom(self) -> _Floats:
        """Degrees of freedom of the variance: effective units with the term, and of tokens."""
        squares = np.asarray(self.counts.multiply(self.counts).sum(axis=0))
        whole = self.tokens.sum() ** 2 / max((self.tokens**2).sum(), 1e-300)
        units = np.divide(self.sums**2, squares, out=np.zeros(len(squares)), where=squares > 0)
        spread = np.where(self.variance > self.floor, np.minimum(units, whole), whole)
        return np.asarray(np.maximum(spread - 1, 1))

    def covariance(self, other: _Side) -> _Floats:
        """Of the log-odds of two sides, by the units that stand on both."""
        both = np.asarray(self.counts.multiply(other.counts).sum(axis=0))
        both = both - other.share * (self.counts.T @ other.tokens)
        both -= self.share * (other.counts.T @ self.tokens)
        both += self.share * other.share * (self.tokens @ other.tokens)
        return np.asarray(both / (self.scale * other.scale))


def _compared(cells: _Cells, one: int, kept: _Ints, *, prior: float, level: float) -> pd.DataFrame:
    """Return the numbers of one group and all others, one row a term."""
    from scipy.special import stdtr, stdtrit

    total = np.asarray(cells.total.sum(axis=0))
    alpha = prior * total[kept] / total.sum()
    here = _Side.of(cells.groups[one], kept, alpha, prior)
    there = _Side.of(cells.total - cells.groups[one], kept, alpha, prior)
    odds = np.log(here.share / (1 - here.share)) - np.log(there.share / (1 - there.share))
    variance = here.variance + there.variance
    shared = ((here.tokens > 0) & (there.tokens > 0)).any()
    if shared:
        variance = np.maximum(variance - 2 * here.covariance(there), variance / 100)
    error = np.sqrt(variance)
    n_units = np.diff(cells.total[:, kept].tocsc().indptr)
    articles = cells.articles[one][kept]
    freedom = (here.variance + there.variance) ** 2 / (
        here.variance**2 / here.freedom + there.variance**2 / there.freedom
    )
    reach = stdtrit(freedom, (1 + level) / 2) * error
    p = 2 * stdtr(freedom, -np.abs(odds / error))
    numbers: dict[str, Any] = {
        "place": kept,
        "log_odds": odds,
        "low": odds - reach,
        "high": odds + reach,
        "z": odds / error,
        "p": np.where(n_units < _FEW_UNITS, np.nan, p),
        "n_articles": articles,
        "n_articles_reference": cells.articles[-1][kept] - articles,
    }
    for side, ending in ((here, ""), (there, "_reference")):
        tokens = side.tokens.sum()
        numbers[f"count{ending}"] = side.sums
        numbers[f"n_tokens{ending}"] = np.full(len(kept), tokens)
        numbers[f"per_1000{ending}"] = side.sums / (tokens or np.nan) * 1000
    return pd.DataFrame(numbers)
