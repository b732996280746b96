"""Charts of who is named together with whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing._checks import check_at_least, check_one_of, not_one_of
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
    shared,
    shorten,
    text_size,
    text_width,
    whole,
    width_in_points,
    with_score,
)
from framing.plots.shapes import item_name
from framing.plots.style import FAINT, INK, QUIET, SHADES, named
from framing.schema import CO_MENTIONS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MEASURES = {
    "npmi": "normalised PMI × 100 (0: as if by chance)",
    "log_dice": "logDice (14 at most)",
}
FACTORS = {"npmi": 100.0}


@recorded
def plot_co_mentions(
    data: pd.DataFrame,
    *,
    ax: Axes | None = None,
    value: str = "score",
    n: int = 12,
    items: Sequence[str] | None = None,
) -> Axes:
    """Draw who is named together with whom, as a shaded table with its numbers.

    The table has one half, as a table of distances between towns has: the name of an item stands
    at the end of its row and on top of its column, and the cell where two of them meet is the
    pair. The darker a cell, the more they belong together; white is 0 or less for `npmi` and
    counts, and the lowest score for other measures. A dot stands for a pair without a row in the
    table: named together too rarely for `min_count`, or never. Where cells are too narrow for
    numbers, a legend tells the shades.

    The panels of ``facets(table, plot_co_mentions, by="source")`` have the same items in the same
    order and the same shades, chosen from all panels together: cells at the same place can be
    compared.

    Parameters
    ----------
    data
        A table of `co_mentions` with one measure and one group, or any part of its rows.
    ax
        Where to draw; None makes a figure as wide as `paper` says and as high as the rows need.
    value
        ``"score"``: the measure; ``"count"``: sentences or articles that name both, which mostly
        tells who is named often.
    n
        Items to draw: those that are named most often, the most frequent on top.
    items
        The items to draw, from the top down, countries as codes; None takes `n`.

    Returns
    -------
    Axes
        Item 0, 1, 2, … at y 0.5, 1.5, 2.5, …; the pair of items i and j < i at x j + 0.5.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, has several measures, units or groups, or
        lacks one of `items`.

    See Also
    --------
    facets : One panel for each source.
    plot_salience : How often each is named.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.load_sample().articles)
    >>> mentions = fr.find_mentions(corpus, fr.load_ledger())
    >>> table = fr.co_mentions(mentions, corpus, items="country", min_count=1)
    >>> ax = fr.plot_co_mentions(table, n=5)
    >>> ax.get_xlabel().splitlines()[0]
    'normalised PMI × 100 (0: as if by chance)'
    """
    where = "plot_co_mentions"
    given = checked(where, CO_MENTIONS, data)
    check_one_of(where, "value", value, ["score", "count"])
    check_at_least(where, "n", n, 2)
    counted, unit, measure = (
        named(one_value(where, given, column)) for column in ("items", "unit", "measure")
    )
    data = with_score(where, _ordered(given), value)
    check_single(where, data, ["first", "second"])
    every = _ordered(whole(data))
    every = every[(every["unit"] == unit) & (every["measure"] == measure)]
    order = _named_most(every, n) if items is None else _chosen(where, every, items)
    top, every = (part[_both_in(part, order)] for part in (data, every))
    factor = FACTORS.get(measure, 1.0) if value == "score" else 1.0
    limits = _limits(every[value] * factor, from_zero=value == "count" or measure == "npmi")
    labels = _labels(data, order, counted)
    title = f"{unit}s that name both" if value == "count" else MEASURES.get(measure, measure)
    own = ax is None
    about = shared(CO_MENTIONS, data) | {"units": f"{number(data['n_units'].max())} {unit}s"}
    lines = 1.1 * len(order) + (1.3 if about else 0)
    ax = axes_for(ax, lines=lines)
    room = 1.1 * (_write_names(ax, labels) - 1)
    cells = _cells(top, order, top[value] * factor)
    mesh = _shade(ax, cells, limits)
    written = partial(_written, decimals=0 if value == "count" or measure == "npmi" else 1)
    fits = all(text_width(written(score)) <= room for score in every[value] * factor)
    _write_cells(ax, cells, written if fits else None)
    ax.set_xlabel(f"{title}\n(in brackets: {unit}s that name it)")
    if not fits:
        _legend(ax, written, title=title.split(" (")[0], own=own)
    record(ax, given.loc[top.index], mesh, about=about, lines=lines)
    return ax


def _ordered(data: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs with the two names of each in alphabetical order."""
    first, second = data["first"].map(named), data["second"].map(named)
    swap = first > second
    n_first = data["n_first"].where(~swap, data["n_second"])
    n_second = data["n_second"].where(~swap, data["n_first"])
    return data.assign(
        first=first.where(~swap, second), second=second.where(~swap, first),
        n_first=n_first, n_second=n_second,
    )  # fmt: skip


def _units_of(data: pd.DataFrame) -> pd.Series:
    """Return how many units name each item, summed over the groups."""
    groups = groups_of(CO_MENTIONS, data)
    sides = [
        data[[*groups, side, f"n_{side}"]].set_axis([*groups, "item", "n"], axis=1)
        for side in ("first", "second")
    ]
    each = pd.concat(sides).groupby([*groups, "item"], dropna=False)["n"].max()
    return each.groupby("item").sum()


def _named_most(data: pd.DataFrame, n: int) -> list[str]:
    """Return the items that most units name, the most frequent first."""
    units = _units_of(data)
    kept: list[str] = units.sort_values(ascending=False, kind="stable").index[:n].tolist()
    return kept


def _chosen(where: str, data: pd.DataFrame, items: Sequence[str]) -> list[str]:
    """Return the items as a list; raise ValueError for an unknown one, or one alone."""
    names = [items] if isinstance(items, str) else list(dict.fromkeys(items))
    known = sorted({*data["first"], *data["second"]})
    for name in names:
        if name not in known:
            raise ValueError(not_one_of(where, "items", name, known))
    if len(names) < 2:
        msg = f"{where}: items={items!r} makes no pair. Pass two items or more."
        raise ValueError(msg)
    return names


def _both_in(data: pd.DataFrame, order: list[str]) -> pd.Series:
    return data["first"].isin(order) & data["second"].isin(order)


def _limits(values: pd.Series, *, from_zero: bool) -> tuple[float, float]:
    """Return the values of the lightest and the darkest shade."""
    if values.empty:
        return 0.0, 1.0
    low, high = (0.0 if from_zero else float(values.min())), float(values.max())
    return (low, high) if high > low else (low, low + 1)


def _labels(data: pd.DataFrame, order: list[str], counted: str) -> list[str]:
    """Return how the items are written: each with the units that name it, where they are known."""
    units = _units_of(data)
    return [
        f"{item_name(counted, item)} ({number(units[item])})"
        if item in units.index
        else item_name(counted, item)
        for item in order
    ]


def _room(ax: Axes) -> float:
    """Return how wide axes without tick labels will be once they are laid out, in points."""
    figure: Any = ax.get_figure(root=True)
    place = ax.get_subplotspec()
    nested = ax.figure is not figure
    if place is None or nested or figure.get_layout_engine() is None:
        return width_in_points(ax)
    share = len(place.colspan) / place.get_gridspec().ncols
    return float(figure.get_figwidth() * 72 * share - 10)


def _write_names(ax: Axes, labels: list[str]) -> float:
    """Write each name at the end of its row; return how wide that leaves the cells, in points."""
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    width = _room(ax)
    texts = [shorten(label, 0.5 * width) for label in labels]
    cell = min((width - text_width(text) - 6) / at for at, text in enumerate(texts) if at)
    for at, text in enumerate(texts):
        ax.annotate(
            text, (at, at + 0.5), xytext=(3, 0), textcoords="offset points", va="center",
            fontsize=text_size("ytick.labelsize"), color=INK, parse_math=False,
            annotation_clip=False,
        )  # fmt: skip
    ax.set_xlim(0, width / cell)
    ax.set_ylim(len(texts), 0)
    return cell


def _cells(data: pd.DataFrame, order: list[str], values: pd.Series) -> np.ndarray:
    """Return the lower half of the table, missing where there is no row."""
    place = {item: at for at, item in enumerate(order)}
    one, two = (data[side].map(place).to_numpy(dtype=int) for side in ("first", "second"))
    cells = np.full((len(order), len(order)), np.nan)
    cells[np.maximum(one, two), np.minimum(one, two)] = values
    return cells


def _shade(ax: Axes, cells: np.ndarray, limits: tuple[float, float]) -> Any:
    """Draw the cells of the lower half, and their borders."""
    from matplotlib.colors import LinearSegmentedColormap

    shades = LinearSegmentedColormap.from_list("pairs", SHADES)
    mesh = ax.pcolormesh(np.ma.masked_invalid(cells), cmap=shades, vmin=limits[0], vmax=limits[1])
    at = np.arange(len(cells) + 1)
    end = np.minimum(at, len(cells) - 1)
    ax.hlines(at[1:], 0, end[1:], color=FAINT, linewidth=0.5)
    ax.vlines(at[:-1], np.maximum(at[:-1], 1), len(cells), color=FAINT, linewidth=0.5)
    return mesh


def _write_cells(ax: Axes, cells: np.ndarray, written: Callable[[float], str] | None) -> None:
    """Write the numbers into the cells, unless they have no room, and a dot where there is none."""
    low, high = ax.collections[0].get_clim()
    small = 0.9 * text_size("xtick.labelsize")
    for row, column in np.argwhere(np.tri(len(cells), k=-1) > 0).tolist():
        value = cells[row, column]
        if np.isnan(value):
            text, colour = "·", QUIET
        elif written is None:
            continue
        else:
            text = written(value)
            colour = "white" if (value - low) / (high - low) > 0.55 else INK
        cell = ax.text(column + 0.5, row + 0.5, text, ha="center", va="center", color=colour)
        cell.set(fontsize=small, in_layout=False)


def _written(value: float, decimals: int) -> str:
    """Return a number with so many decimals, never a zero with a sign."""
    return f"{round(value, decimals) + 0.0:,.{decimals}f}".replace("-", "−")


def _legend(ax: Axes, written: Callable[[float], str], *, title: str, own: bool) -> None:
    """Tell some of the shades over the table."""
    from matplotlib.ticker import MaxNLocator

    mesh = ax.collections[0]
    low, high = mesh.get_clim()
    shades = mesh.get_cmap()
    values = [x for x in MaxNLocator(4).tick_values(low, high) if low <= x <= high]
    names = [written(value) for value in values]
    handles = [
        ax.plot([], [], linestyle="none", marker="s", color=shades((value - low) / (high - low)),
                markeredgecolor=QUIET, markeredgewidth=0.3)[0]
        for value in values
    ]  # fmt: skip
    legend_above(ax, handles, names, title=title, own=own)
