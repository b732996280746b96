"""Shares of topics that a formula makes expect, for values of the articles' columns."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_seed, close_match, listing
from framing.corpus import Corpus, check_corpus
from framing.counts import constant
from framing.schema.topics import TOPIC_EXPECTED_SHARES
from framing.topics.design import matrix_of
from framing.topics.effects import regressed
from framing.topics.model import TopicModel
from framing.topics.shares import model_rows, share_draws, with_settings

_Floats = npt.NDArray[np.float64]

POINTS = 25
"""Values of a number or date, from its lowest to its highest, where it has more than that."""


def topic_expected_shares(
    model: TopicModel,
    corpus: Corpus,
    *,
    formula: str,
    by: str | list[str],
    unit: str = "doc_id",
    n_draws: int = 25,
    seed: int,
    level: float = 0.95,
) -> pd.DataFrame:
    """Compute the share of each topic that a formula makes expect, for values of some columns.

    What `topic_effects` says in coefficients, in shares that can be drawn: the mean share if all
    articles had this value and were otherwise as they are. A line over time for each source with
    `formula="source * bs(date, df=4)"` and `by=["source", "date"]`. The regression is linear, so
    that limits of small shares may lie below 0.

    Parameters
    ----------
    model
        The model.
    corpus
        As in `topic_effects`.
    formula
        Columns of the articles, as in `topic_effects`.
    by
        Columns of the formula whose values are set. Of text each value, in combinations that
        occur; of a number or date all values up to 25, else 25 from the lowest to the highest
        that articles with the same text have.
    unit
        The column whose values are independent of each other.
    n_draws
        Draws of the articles' shares from the model's posterior, as in `topic_effects`.
    seed
        Start of the random numbers of the draws.
    level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    DataFrame
        One row a topic and combination of values: the columns of `by`, `topic`, `label`, `share`
        (expected mean P(topic given article)), `std_error`, `low`, `high`, `model_part` (share of
        the variance that comes from the draws), `n_group` (articles with the same text in the
        columns of `by`), `n_articles`, `n_units`, `formula`, `unit`, `level`, `n_draws`,
        `draw_seed`, `n_topics`, `engine`, `seed`.

    Raises
    ------
    ValueError
        Where `by` is not in the formula, or as in `topic_effects`.
    TypeError
        Where `seed` is not a whole number, or the corpus is not one.

    See Also
    --------
    framing.topic_effects : The coefficients, with tests.
    framing.plot_topic_effects : Draws either table.
    framing.topic_share : Shares as they are.

    Notes
    -----
    Predictive margins: the formula's columns are computed for each article with the values of `by`
    put in the place of its own, averaged over the articles, and multiplied with the coefficients;
    variances from the same cluster-robust covariances and draws. R's stm holds other columns at
    their median or commonest value instead; differences between values of `by` are the same unless
    they interact with other columns.

    References
    ----------
    Lane, P. W., & Nelder, J. A. (1982). Analysis of covariance and standardization as instances of
    prediction. Biometrics, 38(3), 613-621. https://doi.org/10.2307/2530043

    Roberts, M. E., Stewart, B. M., & Tingley, D. (2019). stm: An R package for structural topic
    models. Journal of Statistical Software, 91(2). https://doi.org/10.18637/jss.v091.i02

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> expected = fr.topic_expected_shares(
    ...     model, corpus, formula="source + date", by="source", unit="story", seed=1
    ... )
    >>> expected.loc[expected["topic"] == 0, "source"].tolist()
    ['Courier', 'Gazette', 'Herald', 'Tribune']
    """
    where = "topic_expected_shares"
    check_corpus(where, corpus)
    check_seed(where, seed)
    if not 0 < level < 1:
        msg = f"{where}: level={level!r} is not between 0 and 1. Pass for example level=0.95."
        raise ValueError(msg)
    frame, matrix = matrix_of(where, corpus.articles, formula, name="formula")
    names = [by] if isinstance(by, str) else list(by)
    _check_by(where, names, frame)
    counted = ~np.isnan(model.article_topic[model_rows(where, model, corpus)][:, 0])
    values = _values(frame[counted], names)
    columns = _columns(matrix)
    draws = share_draws(where, model, corpus, n_draws=n_draws, refits=None, seed=seed)
    numbers, settings = regressed(
        where,
        model,
        corpus,
        columns=columns.to_numpy(dtype=np.float64),
        names=columns.columns.tolist(),
        unit=unit,
        draws=draws,
        asked=_margins(matrix.model_spec, frame[counted], values),
    )
    settings |= {"formula": formula, "level": float(level), "draw_seed": seed}
    settings["freedom"] = settings["n_units"] - columns.shape[1] - 1
    shown = values.assign(
        **{name: _as_given(values[name], corpus.articles[name]) for name in names},
        n_group=_sizes(frame[counted], values, names),
    )
    return _table(model, shown, numbers, settings)


def _check_by(where: str, names: list[str], frame: pd.DataFrame) -> None:
    """Raise ValueError where a column whose values are to be set is not in the formula."""
    for name in names:
        if name not in frame.columns:
            msg = (
                f"{where}: by={name!r} is not in the formula. "
                f"It has {listing(frame.columns)}.{close_match(name, frame.columns)}"
            )
            raise ValueError(msg)
    if not names or len(set(names)) < len(names):
        msg = f"{where}: by={names!r} names no column, or one twice. Name each column once."
        raise ValueError(msg)


def _columns(matrix: Any) -> pd.DataFrame:
    """Return the matrix of a formula without the intercept."""
    return pd.DataFrame(matrix).drop(columns="Intercept", errors="ignore")


def _values(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return the combinations of values: of text those that occur, of numbers points within."""
    texts = [name for name in names if frame[name].dtype == object]
    parts = [((), frame)] if not texts else list(frame.groupby(texts))
    rows = []
    for key, part in parts:
        own = dict(zip(texts, key, strict=True))
        points = [[own[name]] if name in own else _points(part[name]) for name in names]
        rows += list(itertools.product(*points))
    return pd.DataFrame(rows, columns=names)


def _points(numbers: pd.Series[Any]) -> list[float]:
    """Return the values of a number, or points between its lowest and highest."""
    found = np.unique(numbers.to_numpy(dtype=np.float64))
    if len(found) > POINTS:
        found = np.linspace(found[0], found[-1], POINTS)
    return [float(value) for value in found]


def _margins(spec: Any, frame: pd.DataFrame, values: pd.DataFrame) -> _Floats:
    """Return for each row of values the mean of the formula's columns over articles that have it.

    Articles that are alike in all other columns are computed once.
    """
    others = [name for name in frame.columns if name not in values.columns]
    alike = frame.groupby(others, sort=False).size() if others else pd.Series([len(frame)])
    weights = alike.to_numpy() / alike.sum()
    rest = alike.index.to_frame(index=False) if others else frame[[]].head(1)
    rows = []
    for row in values.itertuples(index=False):
        changed = rest.assign(**dict(zip(values.columns, row, strict=True)))
        changed = changed.astype({name: frame[name].dtype for name in values.columns})
        rows.append(weights @ _columns(spec.get_model_matrix(changed)).to_numpy(dtype=np.float64))
    margins = np.array(rows, dtype=np.float64)
    return np.column_stack([np.ones(len(margins)), margins])


def _as_given(values: pd.Series[Any], column: pd.Series[Any]) -> pd.Series[Any]:
    """Return values of a formula as the articles have them: dates, texts, yes and no."""
    if pd.api.types.is_datetime64_any_dtype(column):
        days = pd.to_timedelta(values.to_numpy(), unit="D").round("s")
        return pd.Series(column.min() + days, index=values.index)
    if pd.api.types.is_bool_dtype(column):
        return values.astype(bool)
    if pd.api.types.is_numeric_dtype(column):
        return values.astype(np.float64)
    return values.astype("str")


def _sizes(frame: pd.DataFrame, values: pd.DataFrame, names: list[str]) -> npt.NDArray[np.int64]:
    """Return how many articles have the same text as each row of values."""
    texts = [name for name in names if frame[name].dtype == object]
    if not texts:
        return np.full(len(values), len(frame), dtype=np.int64)
    sizes = frame.groupby(texts).size().rename("n")
    joined = values[texts].merge(sizes.reset_index(), on=texts, how="left")
    return np.asarray(joined["n"], dtype=np.int64)


def _table(
    model: TopicModel,
    shown: pd.DataFrame,
    numbers: tuple[_Floats, _Floats, _Floats],
    settings: dict[str, Any],
) -> pd.DataFrame:
    """Return the table of expected shares, by topic."""
    from scipy.special import stdtrit

    share, variance, between = (one.T.ravel() for one in numbers)
    names = [name for name in shown.columns if name != "n_group"]
    error = np.sqrt(variance)
    reach = stdtrit(settings["freedom"], (1 + settings["level"]) / 2) * error
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.where(variance > 0, between / variance, 0.0)
    table = pd.concat([shown] * model.n_topics, ignore_index=True).assign(
        topic=np.repeat(np.arange(model.n_topics), len(shown)),
        label=pd.Series(np.repeat(model.labels, len(shown)), dtype="str"),
        share=share,
        std_error=error,
        low=share - reach,
        high=share + reach,
        model_part=part,
        **{
            name: constant(value, len(share)) if isinstance(value, str) else value
            for name, value in settings.items()
        },
    )
    return with_settings(table, model)[[*names, *TOPIC_EXPECTED_SHARES.required]]
