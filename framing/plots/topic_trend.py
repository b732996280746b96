"""Charts of topics over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framing._checks import check_at_least
from framing.plots.calls import recorded
from framing.plots.panel import (
    axes_for,
    check_single,
    checked,
    legend_above,
    one_value,
    record,
    series_of,
    shared,
    value_axis,
    whole,
)
from framing.plots.style import look, named, palette
from framing.plots.trend import PERIODS, all_periods, date_axis, draw_line, draw_thin, with_articles
from framing.schema.topics import TOPIC_TREND

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@recorded
def plot_topic_trend(
    data: pd.DataFrame, *, ax: Axes | None = None, by: str | None = None, min_articles: int = 10
) -> Axes:
    """Draw how much is written about topics over time, one line for each topic or source.

    A line breaks where a period has fewer than `min_articles`: its share is a hollow marker and
    does not stretch the axis; one above the axis is a hollow triangle at its upper end. A point
    stands at the first day of its period; the axis begins at 0. With more than about four lines,
    small multiples read better: ``facets(table, plot_topic_trend, by="label")``.

    Parameters
    ----------
    data
        A table of `topic_trend` with periods of one length, or any part of its rows.
    ax
        Where to draw; None makes a figure of the size that `paper` says, and higher by the legend.
    by
        The column whose values are the lines, for example ``"topic"`` or ``"source"``; None takes
        the only one that has several values.
    min_articles
        From how many articles on a period is a point of the line, 1 or more.

    Returns
    -------
    Axes
        Periods on the x axis, mean shares in per cent on the y axis.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, has two rows for one point, or no articles.

    See Also
    --------
    facets : One panel for each topic or source.
    plot_topic_share : The shares of the whole time.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> ax = fr.plot_topic_trend(fr.topic_trend(model, corpus))
    >>> ax.get_ylabel(), len(ax.get_legend().get_texts())
    ('mean share of topic per article, %', 4)
    """
    where = "plot_topic_trend"
    data = checked(where, TOPIC_TREND, data)
    check_at_least(where, "min_articles", min_articles, 1)
    if not data["share"].notna().any():
        msg = f"{where}: no period of the table has articles. Pass more of its rows."
        raise ValueError(msg)
    freq = one_value(where, data, "freq")
    by = series_of(where, TOPIC_TREND, data, by, also=["topic"])
    check_single(where, data, ["period"] if by is None else [by, "period"])
    about = shared(TOPIC_TREND, data, but=[by])
    if by != "topic":
        one_value(where, data, "topic")
        about = {"label": named(data["label"].iloc[0])} | about
    own = ax is None
    ax = axes_for(ax)
    value_axis(ax, "y", "mean share of topic per article, %")
    thin = _thin(data, min_articles)
    some = bool(_thin(whole(data), min_articles).any())
    remark = f"\n(hollow: fewer than {min_articles} articles)" if some else ""
    date_axis(ax, PERIODS.get(freq, freq), remark)
    parts = [data] if by is None else [part for _, part in data.groupby(by, sort=False)]
    names = [_series(part, by) for part in parts]
    column = by or "source"
    palette([name for name in names if by is not None], by=column)
    styles = [look(name if by is not None else about.get("source"), column) for name in names]
    labels = with_articles(names, [int(part["n_articles"].sum()) for part in parts], about)
    every = all_periods(data, freq)
    share = data["share"] * 100
    known = share.where((data["n_articles"] > 0) & ~thin)
    handles = [
        draw_line(ax, known[part.index].set_axis(part["period"]).reindex(every), style, place)
        for place, (part, style) in enumerate(zip(parts, styles, strict=True))
    ]
    if known.notna().any():  # else there are hollow markers alone, and the axis is theirs
        ax.set_ylim(bottom=0, auto=not known.max() > 0)
    for part, style in zip(parts, styles, strict=True):
        few = part[thin[part.index]]
        if len(few):
            draw_thin(ax, share[few.index].set_axis(few["period"]), style)
    ax.set_ylim(bottom=0)
    if len(names) > 1:
        title = str(by) if labels == names else f"{by} (articles)"
        legend_above(ax, handles, names, title=title, own=own, labels=labels)
    record(ax, data, handles[0], about=about)
    return ax


def _thin(data: pd.DataFrame, min_articles: int) -> pd.Series:
    """Tell which periods have articles, but few."""
    return data["n_articles"].between(1, min_articles - 1)


def _series(part: pd.DataFrame, by: str | None) -> str:
    """Return how one line is called."""
    if by is None:
        return ""
    first = part.iloc[0]
    return f"{first['topic']}: {named(first['label'])}" if by == "topic" else named(first[by])
