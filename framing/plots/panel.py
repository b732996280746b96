"""One chart's axes: where it is drawn, what it has drawn, and how its text is written."""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing._checks import listing, not_one_of
from framing.plots.style import FAINT, INK, QUIET, named
from framing.schema import Table

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

LINE = 1.5  # height of a row, in heights of its text


@dataclass(frozen=True)
class Drawn:
    """What one call of a chart has put on its axes.

    Attributes
    ----------
    table : DataFrame
        The rows of the caller's table that can be seen.
    about : dict of str to str
        What all of them share: column and how the chart writes it.
    lines : float or None
        Height in lines of text that the rows need; None for a chart that fits any height.
    mark : weak reference to Artist
        Something that was drawn; once it has left the axes, the rows have as well.
    """

    table: pd.DataFrame
    about: dict[str, str]
    lines: float | None
    mark: weakref.ref[Artist] = field(repr=False)


_DRAWN: weakref.WeakKeyDictionary[Axes, list[Drawn]] = weakref.WeakKeyDictionary()


_WHOLE: ContextVar[pd.DataFrame | None] = ContextVar("whole", default=None)


@contextmanager
def panels_of(data: pd.DataFrame) -> Iterator[None]:
    """Let charts know the whole table while each of them draws one part of it."""
    token = _WHOLE.set(data)
    try:
        yield
    finally:
        _WHOLE.reset(token)


def whole(data: pd.DataFrame) -> pd.DataFrame:
    """Return the table of all panels that a chart is one of, or the chart's own.

    Panels can be compared where what they share, such as the choice and order of rows, comes from
    this one.
    """
    every = _WHOLE.get()
    return data if every is None else every


def record(
    ax: Axes,
    table: pd.DataFrame,
    mark: Artist,
    *,
    about: dict[str, str] | None = None,
    lines: float | None = None,
) -> None:
    """Keep the drawn rows with their axes, and write what they share over them."""
    from framing.plots.artists import FittedTitles

    about = about or {}
    entry = Drawn(table.reset_index(drop=True), about, lines, weakref.ref(mark))
    _DRAWN[ax] = [*drawn(ax), entry]
    FittedTitles(ax)
    if about:
        legend = ax.get_legend()
        space = None if legend is None else height_in_points(legend) + 0.8 * text_size("font.size")
        title = title_of(about.values(), title_room(ax))
        ax.set_title(title, loc="left", pad=space, parse_math=False)


def title_of(parts: Iterable[str], room: float) -> str:
    """Return a title of several parts, broken into lines no wider than so many points."""
    text = " · ".join(parts).replace(" · ", "\u00a0· ")  # no line begins with the dot
    return wrap(text, room, like="axes.title").replace("\u00a0", " ")


def title_room(ax: Axes) -> float:
    """Return the width in points of the part of the figure in which axes stand."""
    figure: Any = ax.get_figure(root=True)
    place = ax.get_subplotspec()
    part = 1.0 if place is None else len(place.colspan) / place.get_gridspec().ncols
    return float(figure.get_figwidth() * 72 * part) - 4


def drawn(ax: Axes) -> list[Drawn]:
    """Return what charts have drawn on these axes and what still stands there."""
    marks = [(entry, entry.mark()) for entry in _DRAWN.get(ax, [])]
    return [entry for entry, mark in marks if mark is not None and mark.axes is ax]


def axes_for(ax: Axes | None, *, lines: float | None = None) -> Axes:
    """Return the caller's axes, or new ones on a figure as high as so many rows of text."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    fig, new = plt.subplots(layout="constrained")
    if lines is not None:
        fig.set_figheight((lines * LINE + 5) * text_size("ytick.labelsize") / 72)
    return new


def text_size(name: str) -> float:
    """Return a text size of matplotlib's settings in points."""
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties

    rc: Any = mpl.rcParams
    return float(FontProperties(size=rc[name]).get_size_in_points())


def beside(points: float) -> float:
    """Return a length in points, given for tick labels of 7 points, in proportion to the text."""
    return points * text_size("xtick.labelsize") / 7


def height_in_points(artist: Artist) -> float:
    """Return how high an artist is, in points."""
    figure: Any = artist.get_figure(root=True)
    return float(artist.get_window_extent().height * 72 / figure.dpi)


def width_in_points(ax: Axes) -> float:
    """Return how wide axes are at present, in points."""
    figure: Any = ax.get_figure(root=True)
    return float(ax.get_window_extent().width * 72 / figure.dpi)


def text_width(text: str, *, like: str = "ytick.label") -> float:
    """Return how wide a text is in the font of tick labels or `like` others, in points."""
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    rc: Any = mpl.rcParams
    font: Any = FontProperties(family=rc["font.family"], size=text_size(f"{like}size"))
    font.set_weight(rc.get(f"{like}weight", "normal"))
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width)


def wrap(text: str, room: float, *, like: str = "ytick.label") -> str:
    """Return a text broken at spaces into lines that are no wider than so many points."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, like=like) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def shorten(text: str, room: float) -> str:
    """Return a text that is no wider than so many points, with … where it was cut."""
    if len(text) <= 300 and text_width(text) <= room:
        return text
    text = text[:300]  # more is nowhere drawn, and to measure it takes long
    while text and text_width(f"{text}…") > room:
        text = text[:-1].rstrip(" ,")
    return f"{text}…"


def checked(where: str, table: Table, data: pd.DataFrame) -> pd.DataFrame:
    """Return the table, its rows numbered anew, after a check of its columns and rows."""
    table.check(where, data)
    if data.empty:
        msg = (
            f"{where}: the table has no rows. There is nothing to draw. "
            f"Check the filter that made it, or what {table.made_by}() returned."
        )
        raise ValueError(msg)
    return data.reset_index(drop=True)


def with_score(where: str, data: pd.DataFrame, column: str = "score") -> pd.DataFrame:
    """Return the rows whose score is a number that can be drawn; raise where none is."""
    kept: pd.DataFrame = data[np.isfinite(data[column].to_numpy(dtype=float, na_value=np.nan))]
    if kept.empty:
        msg = (
            f"{where}: column {column!r} has no number in any of the {len(data):,} rows. "
            "There is nothing to draw. Check how the table was made."
        )
        raise ValueError(msg)
    return kept


def one_value(where: str, data: pd.DataFrame, column: str) -> Any:
    """Return the only value of a column; raise ValueError where there are several."""
    values = data[column].unique().tolist()
    if len(values) > 1:
        msg = (
            f"{where}: column {column!r} has {len(values):,} values: {listing(values, most=5)}. "
            f"One chart shows one of them. Filter the table, as in "
            f"table[table[{column!r}] == {values[0]!r}], or draw one panel for each with "
            f"facets(table, {where}, by={column!r})."
        )
        raise ValueError(msg)
    return values[0]


def several(data: pd.DataFrame, column: str) -> bool:
    """Tell whether a column has more than one value; a missing one counts as a value."""
    return len(data[column].unique()) > 1


def groups_of(table: Table, data: pd.DataFrame) -> list[str]:
    """Return the columns that divide the rows into groups: those that the schema does not name."""
    known = {column.name for column in table.columns}
    return [name for name in data.columns if name not in known]


def series_of(
    where: str, table: Table, data: pd.DataFrame, by: str | None, *, also: Sequence[str] = ()
) -> str | None:
    """Return the column that tells the series apart: `by`, or the only one with several values."""
    if by is not None:
        if by not in data.columns:
            msg = not_one_of(where, "by", by, data.columns)
            raise ValueError(msg)
        return by
    names = [name for name in [*also, *groups_of(table, data)] if several(data, name)]
    if len(names) > 1:
        msg = (
            f"{where}: the table is divided by {listing(names)}. One chart shows one of them. "
            f"Pass by={names[-1]!r} and filter the table to one value of the others, or draw "
            f"panels with facets(table, {where}, by={names[0]!r})."
        )
        raise ValueError(msg)
    return names[0] if names else None


def check_single(where: str, data: pd.DataFrame, keys: list[str]) -> None:
    """Raise ValueError where two rows stand for the same thing on the chart."""
    twice = data[data.duplicated(keys, keep=False)]
    if twice.empty:
        return
    first = twice[keys].astype(object).iloc[0].tolist()
    what = ", ".join(f"{key} {value!r}" for key, value in zip(keys, first, strict=True))
    place = twice.groupby(keys, dropna=False).ngroup()
    same = twice[place == place.iloc[0]]
    texts = [name for name in same.columns if pd.api.types.is_string_dtype(same[name])]
    differ = [name for name in texts if several(same, name)]
    msg = (
        f"{where}: {len(same)} rows stand for {what}. "
        f"They differ in {listing(differ) if differ else 'no column of text'}. "
        "Filter the table until each thing on the chart is one row."
    )
    raise ValueError(msg)


def shared(table: Table, data: pd.DataFrame, *, but: Iterable[str | None] = ()) -> dict[str, str]:
    """Return the groups that all rows belong to: column and value as text."""
    return {
        name: named(data[name].iloc[0])
        for name in groups_of(table, data)
        if name not in but
        and not several(data, name)
        and not pd.api.types.is_float_dtype(data[name])
    }


def number(value: float, _place: object = None) -> str:
    """Return a number with thousands separated and no more digits than it needs."""
    if value == 0 or (abs(value) >= 10 and abs(value - round(value)) < 1e-6 * abs(value)):
        return f"{round(value):,}".replace("-", "−")
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return text.replace("-", "−")


def row_axis(ax: Axes, names: Sequence[str], *, top: float = 0.6) -> None:
    """Name rows 0, 1, 2, … from the top down on the y axis, without its line and ticks."""
    figure: Any = ax.get_figure(root=True)
    room = 0.45 * figure.get_figwidth() * 72
    labels = ["\n".join(shorten(line, room) for line in name.split("\n")) for name in names]
    ax.set_yticks(range(len(names)), labels=labels, parse_math=False)
    ax.set_ylim(len(names) - 0.4, -top)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def value_axis(ax: Axes, axis: str, label: str, *, log: bool = False) -> None:
    """Give an axis its title, as many ticks as fit, numbers with thousands, and a faint grid."""
    from framing.plots.artists import LinearTicks, LogTicks

    one: Any = getattr(ax, f"{axis}axis")
    if log:
        getattr(ax, f"set_{axis}scale")("log")
        one.set_minor_locator(_no_ticks())
    one.set_major_locator(LogTicks() if log else LinearTicks())
    one.set_major_formatter(number)
    one.grid(visible=True, color=FAINT)
    one.set_label_text(label)
    for name in ("top", "right"):
        ax.spines[name].set_visible(False)


def _no_ticks() -> Any:
    from matplotlib.ticker import NullLocator

    return NullLocator()


def legend_above(
    ax: Axes,
    handles: Sequence[Line2D],
    names: Sequence[str],
    *,
    title: str,
    own: bool,
    labels: Sequence[str] | None = None,
) -> None:
    """Draw the legend over the axes, in as many columns as have room.

    It begins where the axes do, or where it must to end with them. A figure of the chart's own
    (`own`) grows by its height. `labels` are written instead of the names; the handles keep the
    names, from which `facets` makes one legend.
    """
    figure: Any = ax.get_figure(root=True)
    if own:
        figure.draw_without_rendering()
    frame = ax.get_window_extent()
    room = 0.6 * figure.get_figwidth() * 72
    labels = [shorten(" ".join(label.split()), room) for label in (labels or names)]
    texts = [legend_text(label) for label in labels]
    for columns, side in itertools.product(_even(len(texts)), ("left", "right")):
        how: dict[str, Any] = {"loc": f"lower {side}"}
        legend = ax.legend(
            handles, texts, title=title, ncols=columns, frameon=False, **how,
            bbox_to_anchor=(float(side == "right"), 1), borderaxespad=0.3, borderpad=0.1,
            alignment="left", handlelength=1.2 if handles[0].get_linestyle() == "None" else 2.4,
            handletextpad=0.5, columnspacing=1.0, labelspacing=0.3,
        )  # fmt: skip
        room = frame.width if side == "left" or not own else frame.x1
        if legend.get_window_extent().width <= room:
            break
    for text, label in zip(legend.get_texts(), labels, strict=True):
        text.set(text=label, parse_math=False)
    for handle, label in zip(handles, names, strict=True):
        handle.set_label(legend_text(label))
    if own:
        figure.set_figheight(figure.get_figheight() + height_in_points(legend) / 72)


def _even(entries: int) -> list[int]:
    """Return how many columns a legend may have, the most first: never more than its rows need."""
    return [n for n in range(min(entries, 8), 0, -1) if n == -(-entries // -(-entries // n))]


def legend_text(name: str) -> str:
    """Return a name that matplotlib does not leave out for beginning with an underscore."""
    return f"\u200a{name}" if name.startswith("_") else name


def note(ax: Axes, x: float, y: float, text: str, **how: Any) -> Any:
    """Write a small quiet text at a point of the chart; `xytext` is `beside` text of 7 points."""
    style: dict[str, Any] = {
        "fontsize": text_size("xtick.labelsize"), "color": QUIET, "va": "center",
        "textcoords": "offset points", "xytext": (3, 0), "annotation_clip": False,
    }  # fmt: skip
    style |= how
    style["xytext"] = tuple(beside(step) for step in style["xytext"])
    return ax.annotate(text, (x, y), parse_math=False, **style)


def zero_line(ax: Axes, axis: str = "x") -> None:
    """Draw the line at 0 from which a chart's values are counted."""
    draw = ax.axvline if axis == "x" else ax.axhline
    draw(0, color=INK, linewidth=ax.spines["bottom"].get_linewidth(), zorder=1.5)
