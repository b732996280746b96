"""Topics over time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing._checks import listing
from framing.corpus import Corpus, group_rows
from framing.counts import beside, constant, periods_of
from framing.schema.topics import TOPIC_TREND
from framing.topics.model import TopicModel
from framing.topics.shares import group_weights, model_rows, with_settings


def topic_trend(
    model: TopicModel, corpus: Corpus, *, freq: str = "MS", by: str | list[str] | None = None
) -> pd.DataFrame:
    """Measure the share of each topic over time.

    Every group has the same periods, from the first to the last that has an article of any group.
    A period without articles has no share: that is not a share of 0. Shares of a period sum to 1
    over the topics, so that one topic's rise is the others' fall.

    Parameters
    ----------
    model
        The model.
    corpus
        The corpus it was fitted on, or any part of it that `where` gives; its articles need a
        column `date` of dates.
    freq
        Length of a period: `"D"` day, `"W"` week from Monday, `"MS"` month, `"QS"` quarter,
        `"YS"` year.
    by
        Columns of the articles that divide them into groups; None takes all as one group.

    Returns
    -------
    DataFrame
        One row a group, topic and period, in this order: the columns of `by`, `period` (its first
        day), `freq`, `topic`, `label`, `share` (mean P(topic given article), 0 … 1; missing where
        no article counts), `weight` (sum of these), `n_articles` (articles of that period and
        group with a term of the model), `n_undated` (articles of the group without a date),
        `n_topics`, `engine`, `seed`.

    Raises
    ------
    ValueError
        Where `by` or `date` is not a column, `by` is one of the result, no article has a date,
        `freq` is none of these, or the corpus has articles that the model has not seen.
    TypeError
        Where `date` holds something else than dates.

    See Also
    --------
    framing.topic_share : The same for all time.
    framing.plot_topic_trend : Draws the table.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> trend = fr.topic_trend(model, corpus)
    >>> trend.groupby("period")["share"].sum().round(6).unique().tolist()
    [1.0]
    """
    where = "topic_trend"
    groups, group = group_rows(where, corpus, by)
    taken = [name for name in groups.columns if name in TOPIC_TREND.required]
    if taken:
        msg = (
            f"{where}: by={listing(taken)} is also a column of the result. "
            "Rename that column of the articles before build_corpus()."
        )
        raise ValueError(msg)
    periods, period = periods_of(where, corpus, freq)
    rows = model_rows(where, model, corpus)
    n_cells = len(groups) * len(periods)
    cell = np.where(period >= 0, group * len(periods) + period, -1)
    weight, n_articles = group_weights(model, rows, cell, n_cells)
    shape = (len(groups), model.n_topics, len(periods))
    row, topic, when = (grid.ravel() for grid in np.indices(shape))
    cell = row * len(periods) + when
    with np.errstate(invalid="ignore"):
        share = weight / n_articles[:, None]
    columns = {
        "period": periods[when],
        "freq": constant(freq, len(row)),
        "topic": topic,
        "label": pd.array(np.array(model.labels, dtype=object)[topic], dtype="str"),
        "share": share[cell, topic],
        "weight": weight[cell, topic],
        "n_articles": n_articles[cell],
        "n_undated": np.bincount(group[period < 0], minlength=len(groups))[row],
    }
    return with_settings(beside(where, groups, row, columns), model)
