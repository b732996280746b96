"""A chart of the way from the files to the articles that are analysed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing.plots.calls import recorded
from framing.plots.panel import (
    axes_for,
    beside,
    check_single,
    checked,
    legend_above,
    note,
    number,
    record,
    row_axis,
    shorten,
    text_width,
    value_axis,
    width_in_points,
)
from framing.plots.style import COLOURS, FAINT, INK, QUIET, look, named, palette
from framing.schema import ATTRITION

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

FOUND = "in the files"
UNREAD = "\0unread"  # no source has such a name
ROOM = 140  # points for reasons
ABOVE, BELOW, HIGH = 0.27, 0.21, 0.44  # of a row: its text, its bar, the height of the bar


@recorded
def plot_attrition(data: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how many articles are left after each step, and of which source.

    One bar a step, from the top down, divided by source (hatched, for print in grey). Over it
    stand the articles that are left and, in brackets, those that the step left out; of the first
    step the reasons, too. Where files or articles could not be read, a bar above shows what was
    there, those in pale grey. A number stands inside a part that has room for it. More than ten
    sources are not told apart.

    Parameters
    ----------
    data
        A table of `attrition`, or the rows of some sources or steps.
    ax
        Where to draw; None makes a figure as wide as `paper` says and as high as the rows need.

    Returns
    -------
    Axes
        Steps on the y axis, articles on the x axis, which begins at 0.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, or has a step twice.

    See Also
    --------
    framing.attrition : Makes the table.

    Examples
    --------
    >>> import framing as fr
    >>> articles, problems = fr.load_sample()
    >>> late = articles[articles["date"] >= "2021-02-01"]
    >>> table = fr.attrition({"read": articles, "since February": late}, problems=problems)
    >>> ax = fr.plot_attrition(table)
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['read', 'since February']
    """
    from matplotlib.patches import Rectangle

    where = "plot_attrition"
    data = checked(where, ATTRITION, data)
    check_single(where, data, ["step", "source", "what"])
    bars = _bars(where, data)
    groups = [group for group in bars[-1].parts if group != UNREAD]
    divided = 1 < len(groups) <= len(COLOURS)
    about = {"source": groups[0]} if len(groups) == 1 else {}
    own = ax is None
    lines = 1.9 * len(bars) + (1.3 if about else 0)
    ax = axes_for(ax, lines=lines)
    row_axis(ax, [""] * len(bars), top=0.5)
    value_axis(ax, "x", "articles left after each step (in brackets: left out by it)")
    ax.set_xlim(0, max(bar.length for bar in bars) or 1)
    if divided:
        palette(groups)
        handles: list[Any] = [
            ax.add_patch(Rectangle((0, 0), 0, 0, **_fill(group))) for group in groups
        ]
        legend_above(ax, handles, groups, title="source", own=own)
    elif own:
        figure: Any = ax.get_figure(root=True)
        figure.draw_without_rendering()
    _write(ax, bars)
    mark = _draw(ax, bars, groups, divided=divided)
    record(ax, data, mark, about=about, lines=lines)
    return ax


@dataclass(frozen=True)
class _Bar:
    """One bar: its name, its parts by source, and what is written beside it."""

    name: str
    parts: dict[str, int]
    text: str

    @property
    def length(self) -> int:
        """All articles of the bar."""
        return sum(self.parts.values())


def _bars(where: str, data: pd.DataFrame) -> list[_Bar]:
    """Return the bars from the top down."""
    unread = data[data["what"].notna()]
    read = data.drop(unread.index)
    if read.empty:
        msg = (
            f"{where}: the table has only what was not read ({len(unread):,} rows), and no "
            "articles. Pass the table of attrition() with the rows of the sources."
        )
        raise ValueError(msg)
    groups = list(dict.fromkeys(read["source"].map(named)))
    bars = []
    for step, rows in read.groupby("step", sort=True):
        reasons = unread[unread["step"] == step]
        by_source = rows.set_index(rows["source"].map(named)).reindex(groups)
        before, after = (
            dict(zip(groups, by_source[name].fillna(0).astype(int).tolist(), strict=True))
            for name in ("n_before", "n_after")
        )
        lost = int(rows["n_left_out"].sum() + reasons["n_left_out"].sum())
        if len(reasons):
            parts = {**before, UNREAD: int(reasons["n_left_out"].sum())}
            bars.append(_Bar(FOUND, parts, number(sum(parts.values()))))
        why = ", ".join(
            what if len(reasons) == 1 else f"{what} {number(n)}"
            for what, n in zip(reasons["what"], reasons["n_left_out"], strict=True)
        )
        text = f" (−{number(lost)}{': ' + shorten(why, ROOM) if why else ''})" if lost else ""
        text = number(sum(after.values())) + text
        bars.append(_Bar(named(rows["name"].iloc[0]), after, text))
    return bars


def _write(ax: Axes, bars: list[_Bar]) -> None:
    """Write names and numbers over the bars, so that these have the whole width."""
    names = []
    for row, bar in enumerate(bars):
        note(ax, 1, row - ABOVE, bar.text, xycoords=ax.get_yaxis_transform(), xytext=(0, 0),
             ha="right")  # fmt: skip
        # On a screen letters are set at whole pixels, which makes texts a little wider.
        room = 0.95 * width_in_points(ax) - text_width(bar.text, like="xtick.label") - 6
        names.append(shorten(bar.name, max(room, 20)))
    ax.set_yticks([row - ABOVE for row in range(len(bars))], labels=names, parse_math=False)
    ax.tick_params(axis="y", pad=0)
    for label in ax.get_yticklabels():
        label.set_horizontalalignment("left")


def _draw(ax: Axes, bars: list[_Bar], groups: list[str], *, divided: bool) -> Artist:
    """Draw the bars; return one of them."""
    rows = np.arange(len(bars)) + BELOW
    left = np.zeros(len(bars))
    scale = width_in_points(ax) / ax.get_xlim()[1]
    parts = [[group] for group in groups] if divided else [groups]
    for part in parts:
        widths = [sum(bar.parts[group] for group in part) for bar in bars]
        fill = _fill(part[0] if len(part) == 1 else None)
        edges = [0.4 if width * scale > 3 else 0 for width in widths]
        drawn = ax.barh(rows, widths, left=left, height=HIGH, **(fill | {"linewidth": edges}))
        for row, width in enumerate(widths) if divided else ():
            _inside(ax, left[row] + width / 2, rows[row], width, room=width * scale,
                    colour=fill["facecolor"])  # fmt: skip
        left += widths
    for row, bar in enumerate(bars):
        if UNREAD in bar.parts:
            ax.barh(rows[row], bar.parts[UNREAD], left=left[row], height=HIGH, color=FAINT,
                    edgecolor=QUIET, linewidth=0.4)  # fmt: skip
    first: Artist = drawn[0]
    return first


def _fill(group: str | None) -> dict[str, Any]:
    """Return colour and hatch of a source; of any two one or the other can be told in grey."""
    style = look(group)
    return {"facecolor": style.colour, "hatch": style.hatch, "edgecolor": "white", "linewidth": 0,
            "hatch_linewidth": beside(0.4)}  # fmt: skip


def _inside(ax: Axes, x: float, y: float, count: int, *, room: float, colour: str) -> None:
    """Write a number in the middle of a part that has room for it."""
    from matplotlib.colors import to_rgb

    text = number(count)
    if not count or text_width(text, like="xtick.label") + 3 > room:
        return
    red, green, blue = (part**2.2 for part in to_rgb(colour))
    dark = 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.25
    ground = {"facecolor": colour, "linewidth": 0, "pad": 0}  # no hatch behind it
    ink = "white" if dark else INK
    note(ax, x, y, text, color=ink, ha="center", xytext=(0, 0), bbox=ground)
