"""Charts of terms over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framing._checks import check_one_of
from framing.plots.panel import (
    axes_for,
    check_single,
    checked,
    legend_above,
    one_value,
    record,
    series_of,
    shared,
    text_size,
    value_axis,
    width_in_points,
)
from framing.plots.style import look, named, palette
from framing.schema import TREND

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PERIODS = {"D": "day", "W": "week", "MS": "month", "QS": "quarter", "YS": "year"}


def plot_trend(
    data: pd.DataFrame,
    *,
    ax: Axes | None = None,
    by: str | None = None,
    value: str = "per_million",
) -> Axes:
    """Draw how often terms occur over time, one line for each source or term.

    A line breaks where a period has no article (`n_tokens` 0): nothing is known there. A point
    stands at the first day of its period; the axis begins at 0. With more than about four lines,
    small multiples read better: ``facets(table, plot_trend, by="source")``.

    Parameters
    ----------
    data
        A table of `term_trend` with periods of one length, or any part of its rows.
    ax
        Where to draw; None makes a figure of the size that `paper` says, and higher by the legend.
    by
        The column whose values are the lines, for example ``"source"`` or ``"term"``; None takes
        the only one that has several values.
    value
        ``"per_million"``: the rate per million tokens of the period; ``"count"``: occurrences,
        which also rise when a source publishes more.

    Returns
    -------
    Axes
        Periods on the x axis, rates or counts on the y axis.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, or has two rows for one point.

    See Also
    --------
    facets : One panel for each source or term.
    plot_term_frequency : The rates of the whole time.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> ax = fr.plot_trend(fr.term_trend(corpus, "government", by="source"))
    >>> ax.get_ylabel(), ax.get_xlabel()
    ('occurrences per million tokens', 'month')
    """
    where = "plot_trend"
    data = checked(where, TREND, data)
    check_one_of(where, "value", value, ["per_million", "count"])
    freq = one_value(where, data, "freq")
    by = series_of(where, TREND, data, by, also=["term"])
    check_single(where, data, ["period"] if by is None else [by, "period"])
    about = shared(TREND, data, but=[by])
    if by != "term":
        about = {"term": named(one_value(where, data, "term")), **about}
    own = ax is None
    ax = axes_for(ax)
    unit = PERIODS.get(freq, freq)
    per = "million tokens" if value == "per_million" else unit
    value_axis(ax, "y", f"occurrences per {per}")
    _date_axis(ax, unit)
    groups = [""] if by is None else list(dict.fromkeys(named(name) for name in data[by]))
    palette(groups if by is not None else [])
    every = _all_periods(data, freq)
    handles = []
    for place, group in enumerate(groups):
        part = data if by is None else data[data[by].map(named) == group]
        line = part.set_index("period")[value].where((part["n_tokens"] > 0).to_numpy())
        style = look(group if by is not None else about.get("source"))
        handles += ax.plot(
            every, line.reindex(every).to_numpy(dtype=float), color=style.colour,
            linestyle=style.line, marker=style.marker, markeredgecolor="white",
            markeredgewidth=0.3, markersize=0.55 * text_size("ytick.labelsize"), clip_on=False,
            markevery=_marked(line.reindex(every), place), zorder=3,
        )  # fmt: skip
    ax.set_ylim(bottom=0)
    if by is not None and len(groups) > 1:
        legend_above(ax, handles, groups, title=by, own=own)
    record(ax, data, handles[0], about=about)
    return ax


def _all_periods(data: pd.DataFrame, freq: str) -> pd.DatetimeIndex:
    """Return all periods from the first to the last, so that one without a row breaks the line."""
    first, last = data["period"].min(), data["period"].max()
    step = "7D" if freq == "W" else freq
    steps = pd.date_range(first, last, freq=step) if freq in PERIODS else pd.DatetimeIndex([])
    found = pd.DatetimeIndex(data["period"].dropna().unique())
    return steps.union(found).sort_values()


def _marked(line: pd.Series, place: int) -> list[int]:
    """Return the points that get a marker: all up to 30 a line, then some and those alone."""
    known = line.notna().to_numpy()
    alone = known & ~np.r_[False, known[:-1]] & ~np.r_[known[1:], False]
    step = 1 if known.sum() <= 30 else int(known.sum()) // 15
    regular = known & ((np.cumsum(known) + place) % step == 0)
    return [int(at) for at in np.flatnonzero(alone | regular)]


def _date_axis(ax: Axes, unit: str) -> None:
    """Give the x axis ticks at days, months or years, as many as have room."""
    from framing.plots.artists import PeriodNames, PeriodTicks

    ax.xaxis_date()
    ax.xaxis.set_major_locator(PeriodTicks({"month": 1, "quarter": 3, "year": 12}.get(unit, 0)))
    ax.xaxis.set_major_formatter(PeriodNames())
    ax.set_xlabel(unit)
    ax.margins(x=0.03 if width_in_points(ax) > 150 else 0.06)
