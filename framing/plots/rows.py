"""Rows of bars or dots: one row an item, compared along a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framing.plots.panel import (
    axes_for,
    beside,
    legend_above,
    note,
    number,
    record,
    row_axis,
    text_size,
    value_axis,
    width_in_points,
)
from framing.plots.style import FAINT, QUIET, look, named, palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Scale:
    """What the marks of a chart of rows show.

    Attributes
    ----------
    item : str
        The column whose values are the rows.
    value : str
        The column that is drawn.
    title : str
        The title of the axis, with its unit.
    count : str
        The column that is written beside bars.
    beside : str
        What that column counts.
    factor : float
        What the values are multiplied by: 100 for shares in per cent.
    """

    item: str
    value: str
    title: str
    count: str
    beside: str
    factor: float = 1.0

    def of(self, data: pd.DataFrame) -> pd.Series:
        """Return the values as they are drawn."""
        return data[self.value] * self.factor


def draw_bars(
    data: pd.DataFrame,
    ax: Axes | None,
    scale: Scale,
    *,
    rows: str,
    order: Sequence[str],
    names: Sequence[str],
    about: dict[str, str],
) -> Axes:
    """Draw one bar a row, its count beside it.

    The rows stand in the `order` of the values of column `rows`, and are called `names`. Bars of
    items have the colour of the source that the chart is about, bars of groups have their own.
    """
    places = {name: place for place, name in enumerate(order)}
    place = data[rows].map(named).map(places).dropna().astype(int).sort_values(kind="stable")
    top = data.loc[place.index]
    if rows == scale.item:
        colours = [look(about.get("source")).colour] * len(top)
    else:
        known = palette(order, by=rows)
        colours = [known.get(named(name), QUIET) for name in top[rows]]
    lines = len(order) + (1.3 if about else 0)
    ax = axes_for(ax, lines=lines)
    shown = scale.of(top)
    bars = ax.barh(place, shown, height=0.62, color=colours)
    row_axis(ax, names)
    value_axis(ax, "x", f"{scale.title}\n(beside the bars: {scale.beside})")
    ax.set_xlim(0, shown.max() * 1.02 or 1)
    for row, value, count in zip(place.tolist(), shown, top[scale.count], strict=True):
        note(ax, value, row, number(count))
    record(ax, top, bars[0], about=about, lines=lines)
    return ax


def draw_dots(
    data: pd.DataFrame,
    ax: Axes | None,
    scale: Scale,
    *,
    by: str,
    order: Sequence[str],
    names: Sequence[str],
    about: dict[str, str],
) -> Axes:
    """Draw one row an item and one dot a group; the legend tells the articles of each group."""
    rows = {item: place for place, item in enumerate(order)}
    top = data[data[scale.item].map(named).isin(rows)]
    place = top[scale.item].map(named).map(rows)
    shown = scale.of(top)
    groups = list(dict.fromkeys(named(value) for value in top[by]))
    palette(groups, by=by)
    own = ax is None
    size = 0.62 * text_size("ytick.labelsize")
    lines = 1.3 * len(order) + (1.3 if about else 0)
    ax = axes_for(ax, lines=lines)
    reach = shown.groupby(place).agg(["min", "max"])
    ax.hlines(reach.index, reach["min"], reach["max"], color=FAINT, linewidth=beside(1.5),
              zorder=1)  # fmt: skip
    row_axis(ax, names)
    value_axis(ax, "x", scale.title)
    ax.set_xlim(0, max(reach["max"].max() * 1.02, 1e-9))
    handles = [
        ax.plot([], [], linestyle="none", marker=look(group, by).marker,
                color=look(group, by).colour, markersize=size * look(group, by).weight,
                markeredgecolor="white", markeredgewidth=0.3, clip_on=False)[0]
        for group in groups
    ]  # fmt: skip
    articles = top.groupby(top[by].map(named))["n_group_articles"].max()
    labels = [f"{group} ({number(articles[group])})" for group in groups]
    legend_above(ax, handles, groups, title=f"{by} (articles)", own=own, labels=labels)
    near = size / width_in_points(ax) * ax.get_xlim()[1]
    shift = shown.groupby(place).transform(_lanes, near=near)
    for group, handle in zip(groups, handles, strict=True):
        part = top.index[top[by].map(named) == group]
        handle.set_data(shown[part], place[part] + 0.27 * shift[part])
    record(ax, top, handles[0], about=about, lines=lines)
    return ax


def _lanes(values: pd.Series, near: float) -> list[int]:
    """Return 0 for a dot on its line, −1 or 1 for one moved so that it hides no other."""
    last = {0: -np.inf, 1: -np.inf, -1: -np.inf}
    lanes = [0] * len(values)
    for place in np.argsort(values.to_numpy(), kind="stable"):
        value = values.iloc[place]
        free = [lane for lane, before in last.items() if value - before >= near]
        lanes[place] = free[0] if free else min(last, key=lambda lane: last[lane])
        last[lanes[place]] = value
    return lanes
