"""Charts of terms over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing._checks import check_at_least, check_one_of
from framing.plots.calls import recorded
from framing.plots.panel import (
    axes_for,
    check_single,
    checked,
    groups_of,
    legend_above,
    number,
    one_value,
    record,
    series_of,
    shared,
    text_size,
    value_axis,
    whole,
    width_in_points,
)
from framing.plots.style import Look, look, named, palette
from framing.schema import TREND

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

PERIODS = {"D": "day", "W": "week", "MS": "month", "QS": "quarter", "YS": "year"}
FEW = 0.1  # of the tokens of a line's mean period


@recorded
def plot_trend(
    data: pd.DataFrame,
    *,
    ax: Axes | None = None,
    by: str | None = None,
    value: str = "per_million",
    min_tokens: int = 0,
) -> Axes:
    """Draw how often terms occur over time, one line for each source or term.

    A line breaks where a period has no article (`n_tokens` 0): nothing is known there. It breaks
    as well where a rate comes from less than a tenth of the tokens of the line's mean period, since
    there one word more moves it far: such a rate is a hollow marker and does not stretch the axis;
    one above the axis is a hollow triangle at its upper end. A point stands at the first day of
    its period; the axis begins at 0. With more than about four lines, small multiples read better:
    ``facets(table, plot_trend, by="source")``.

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
    min_tokens
        Periods with fewer tokens are left out, and the line breaks there.

    Returns
    -------
    Axes
        Periods on the x axis, rates or counts on the y axis.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, or has two rows for one point, or where no
        period has `min_tokens`.

    See Also
    --------
    facets : One panel for each source or term.
    plot_term_frequency : The rates of the whole time.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> trend = fr.term_trend(corpus, "government", by="source")
    >>> ax = fr.plot_trend(trend)
    >>> ax.get_ylabel(), ax.get_xlabel()
    ('occurrences per million tokens', 'month')

    Months before the articles begin in earnest are rows like any other; leave them out:

    >>> ax = fr.plot_trend(trend[trend["period"] >= "2016-02-01"])
    """
    where = "plot_trend"
    data = checked(where, TREND, data)
    check_one_of(where, "value", value, ["per_million", "count"])
    freq = one_value(where, data, "freq")
    by = series_of(where, TREND, data, by, also=["term"])
    check_single(where, data, ["period"] if by is None else [by, "period"])
    data = _with_tokens(where, data, min_tokens)
    about = shared(TREND, data, but=[by])
    if by != "term":
        about = {"term": named(one_value(where, data, "term")), **about}
    own = ax is None
    ax = axes_for(ax)
    unit = PERIODS.get(freq, freq)
    per = "million tokens" if value == "per_million" else unit
    value_axis(ax, "y", f"occurrences per {per}")
    thin = few_tokens(data) & (value == "per_million")
    some = bool((few_tokens(whole(data)) & (value == "per_million")).any())
    date_axis(ax, unit, _remarks(min_tokens, thin=some))
    groups = [""] if by is None else list(dict.fromkeys(named(name) for name in data[by]))
    if by is None:
        styles = [look(about.get("source"))]
    else:
        palette(groups, by=by)
        styles = [look(group, by) for group in groups]
    series = [data if by is None else data[data[by].map(named) == group] for group in groups]
    sizes = [int(part["n_group_articles"].sum()) for part in series]
    labels = with_articles(groups, sizes, about)
    every = all_periods(data, freq)
    known = data[value].where((data["n_tokens"] > 0) & ~thin)
    handles = [
        draw_line(ax, known[part.index].set_axis(part["period"]).reindex(every), style, place)
        for place, (part, style) in enumerate(zip(series, styles, strict=True))
    ]
    ax.set_ylim(bottom=0, auto=not known.max() > 0)
    for part, style in zip(series, styles, strict=True):
        if thin[part.index].any():
            draw_thin(ax, part[thin[part.index]].set_index("period")[value], style)
    ax.set_ylim(bottom=0)
    if by is not None and len(groups) > 1:
        title = by if labels == groups else f"{by} (articles)"
        legend_above(ax, handles, groups, title=title, own=own, labels=labels)
    record(ax, data, handles[0], about=about)
    return ax


def with_articles(names: list[str], sizes: list[int], about: dict[str, str]) -> list[str]:
    """Return lines' names with their articles; where all have the same, `about` tells it once."""
    if len(set(sizes)) == 1:
        about["articles"] = f"{number(sizes[0])} articles"
        return names
    return [f"{name} ({number(size)})" for name, size in zip(names, sizes, strict=True)]


def _with_tokens(where: str, data: pd.DataFrame, min_tokens: int) -> pd.DataFrame:
    """Return the periods that have enough tokens; raise ValueError where none has."""
    check_at_least(where, "min_tokens", min_tokens, 0)
    kept = data[data["n_tokens"] >= min_tokens]
    if kept.empty:
        msg = (
            f"{where}: no period has min_tokens={min_tokens:,}. "
            f"The largest has {data['n_tokens'].max():,}. Pass less, or take longer periods."
        )
        raise ValueError(msg)
    return kept.reset_index(drop=True)


def few_tokens(data: pd.DataFrame) -> pd.Series:
    """Tell which periods have few tokens beside the mean period of their line."""
    lines = [
        name for name in ["term", *groups_of(TREND, data)]
        if not pd.api.types.is_float_dtype(data[name])
    ]  # fmt: skip
    there = data["n_tokens"].where(data["n_tokens"] > 0)
    mean = there.groupby([data[name] for name in lines], dropna=False).transform("mean")
    return there < FEW * mean


def _remarks(min_tokens: int, *, thin: bool) -> str:
    """Return what the title of the x axis says of periods with few tokens."""
    said = [f"periods of {number(min_tokens)} tokens or more"] if min_tokens else []
    said += ["hollow: few tokens"] if thin else []
    return f"\n({'; '.join(said)})" if said else ""


def draw_line(ax: Axes, line: pd.Series, style: Look, place: int) -> Line2D:
    """Draw one line over all periods, broken where a value is missing."""
    (drawn,) = ax.plot(
        line.index, line.to_numpy(dtype=float), color=style.colour, linestyle=style.line,
        marker=style.marker, markeredgecolor="white", markeredgewidth=0.3,
        markersize=0.55 * style.weight * text_size("ytick.labelsize"), clip_on=False,
        markevery=_marked(line, place), zorder=3,
    )  # fmt: skip
    return drawn


def draw_thin(ax: Axes, points: pd.Series, style: Look) -> None:
    """Draw the rates from few tokens as hollow markers that stay inside the axes."""
    from framing.plots.artists import HeldInside

    how: dict[str, Any] = {
        "linestyle": "none", "color": style.colour, "markerfacecolor": "white", "zorder": 3.1,
        "markeredgewidth": 0.1 * text_size("ytick.labelsize"),
        "markersize": 0.5 * style.weight * text_size("ytick.labelsize"), "clip_on": False,
        "in_layout": False,
    }  # fmt: skip
    (inside,) = ax.plot(points.index, points.to_numpy(dtype=float), marker=style.marker, **how)
    (above,) = ax.plot(points.index, np.full(len(points), np.nan), marker="^", **how)
    HeldInside(ax, inside, above)


def all_periods(data: pd.DataFrame, freq: str) -> pd.DatetimeIndex:
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


def date_axis(ax: Axes, unit: str, remarks: str) -> None:
    """Give the x axis ticks at days, months or years, as many as have room."""
    from framing.plots.artists import PeriodNames, PeriodTicks

    ax.xaxis_date()
    ax.xaxis.set_major_locator(PeriodTicks({"month": 1, "quarter": 3, "year": 12}.get(unit, 0)))
    ax.xaxis.set_major_formatter(PeriodNames())
    ax.set_xlabel(unit + remarks)
    ax.margins(x=0.03 if width_in_points(ax) > 150 else 0.06)
