"""Charts of rates that are compared between groups, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing._checks import check_at_least, check_one_of, not_one_of
from framing.plots.calls import recorded
from framing.plots.panel import (
    axes_for,
    check_single,
    checked,
    note,
    number,
    one_value,
    record,
    row_axis,
    series_of,
    several,
    shared,
    text_size,
    value_axis,
    whole,
    wrap,
)
from framing.plots.shapes import item_name
from framing.plots.style import INK, QUIET, look, named, palette
from framing.schema.comparison import COMPARISON

if TYPE_CHECKING:
    from matplotlib.axes import Axes

REST = "rest"
# Open, so that nobody takes the end of an interval for the marker of a source.
_CHEVRONS = ([(0.5, 1), (-0.5, 0), (0.5, -1)], [(-0.5, 1), (0.5, 0), (-0.5, -1)])


@dataclass(frozen=True)
class Kind:
    """What is drawn: the columns of value and interval, the title, and where nothing differs."""

    columns: tuple[str, str, str]
    title: str
    equal: float | None
    log: bool = False


KINDS = {
    "estimate": Kind(("estimate", "low", "high"), "{measure}", None),
    "difference": Kind(
        ("difference", "difference_low", "difference_high"),
        "difference from {other}, {measure}",
        0,
    ),
    "ratio": Kind(("ratio", "ratio_low", "ratio_high"), "ratio to {other}, {measure}", 1, log=True),
}


@recorded
def plot_comparison(
    data: pd.DataFrame,
    *,
    ax: Axes | None = None,
    value: str = "estimate",
    by: str | None = None,
    n: int = 20,
    order: Sequence[str] | None = None,
) -> Axes:
    """Draw a rate of each source with its interval, the highest on top.

    One item in several groups: one row a group, in brackets its articles. Several items in one
    group: one row an item. For several items in several groups, small multiples:
    ``facets(table, plot_comparison, by="item", sharex=False)``.

    Overlapping intervals do not mean that two groups do not differ: draw ``value="difference"``
    with one of them as the reference. A hollow marker has too few units for its interval to be
    trusted. A value that the axis cannot show, such as a ratio of 0, is written in its row.

    Parameters
    ----------
    data
        A table of `compare` or `compare_pairs`, or any part of its rows.
    ax
        Where to draw; None makes a figure as wide as `paper` says and as high as the rows need.
    value
        ``"estimate"``: the rates; the line is the rate of all articles, or of the one group that
        is the reference. ``"difference"`` and ``"ratio"``: from the reference; the line is 0 or 1.
    by
        The column whose values are the rows; None takes the only one that has several values.
    n
        Rows to draw: those with the highest estimates, or the largest differences either way.
    order
        The rows from the top down, for example sources in the same order in several charts; None
        puts the highest on top.

    Returns
    -------
    Axes
        Groups (or items) on the y axis, the value on the x axis, which is logarithmic for ratios.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, has two rows for one point, several measures
        or references, or where `order` has a row that the table lacks.

    See Also
    --------
    facets : One panel for each item.
    plot_decomposition : What a difference is made of.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(400, seed=1))
    >>> rates = fr.measure_terms(corpus, ["sovereignty"])
    >>> table = fr.compare(rates, by="source", unit="story", seed=1)
    >>> ax = fr.plot_comparison(table)
    >>> ax.get_xlabel().splitlines()[0]
    'occurrences per million tokens'
    """
    where = "plot_comparison"
    data = checked(where, COMPARISON, data)
    check_one_of(where, "value", value, KINDS)
    check_at_least(where, "n", n, 1)
    kind = KINDS[value]
    if kind.equal is not None:
        data = _with_reference(where, data)
    one_value(where, data, "measure")
    items = named(one_value(where, data, "items"))
    by = series_of(where, COMPARISON, data, by, also=["item"]) or "item"
    if value != "estimate" and by != "reference":
        one_value(where, data, "reference")
    check_single(where, data, [by])
    rows = _chosen(where, data, kind, by, n=n, order=order)
    about = shared(COMPARISON, rows, but=[by])
    if by != "item":
        one_value(where, rows, "item")
        about = item_title(rows.iloc[0]) | about
    elif not several(rows, "n_articles"):
        about["articles"] = f"{number(rows['n_articles'].iloc[0])} articles"
    lines = len(rows) + (1.3 if about else 0)
    ax = axes_for(ax, lines=lines)
    value_axis(ax, "x", "", log=kind.log)
    line = _reference_line(ax, kind, data)
    mark = _draw_points(ax, rows, kind, by)
    row_axis(ax, _row_names(rows, by, items))
    _limit(ax, rows, kind)
    _name_axis(ax, data, kind, by, shown=rows, line=line)
    record(ax, rows, mark, about=about, lines=lines)
    return ax


def _with_reference(where: str, data: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are compared with something; raise where none is."""
    kept = data[data["reference"].notna()]
    if kept.empty:
        msg = (
            f"{where}: column 'reference' is missing in all rows: they are the reference itself. "
            "Pass the rows of the other groups too, or value='estimate'."
        )
        raise ValueError(msg)
    return kept.reset_index(drop=True)


def _chosen(
    where: str, data: pd.DataFrame, kind: Kind, by: str, *, n: int, order: Sequence[str] | None
) -> pd.DataFrame:
    """Return the rows to draw, from the top down."""
    names = data[by].map(named)
    if order is not None:
        wanted = [order] if isinstance(order, str) else list(dict.fromkeys(order))
        for name in wanted:
            if name not in set(names):
                raise ValueError(not_one_of(where, "order", name, names.unique()))
        return data.iloc[[names.tolist().index(name) for name in wanted]]
    column = data[kind.columns[0]]
    size = column
    if kind.equal is not None:
        with np.errstate(divide="ignore"):
            size = np.abs(np.log(column)) if kind.log else column.abs()
    best = size.sort_values(ascending=False, kind="stable").index[:n]
    return data.loc[column[best].sort_values(ascending=False, kind="stable").index]


def _limit(ax: Axes, rows: pd.DataFrame, kind: Kind) -> None:
    """End the axis where the intervals do that can be trusted; others that go on have an arrow."""
    few = _few(rows, kind)
    values = rows[list(kind.columns)].to_numpy(dtype=float)
    if kind.log:
        with np.errstate(divide="ignore"):
            values = np.log(values)
    equal = [] if kind.equal is None else [np.log(kind.equal) if kind.log else kind.equal]
    ends = np.concatenate([values[:, 0], values[~few | few.all(), 1:].ravel(), equal])
    ends = ends[np.isfinite(ends)]
    if not len(ends):
        return
    span = np.ptp(ends) or abs(ends[0]) or 1.0
    near = (values > ends.min() - 0.3 * span) & (values < ends.max() + 0.3 * span)
    inside = [*values[near], *equal]
    limits = np.array([min(inside), max(inside)]) + np.array([-0.03, 0.03]) * span
    if kind.log:
        limits = np.exp(limits)
    ax.set_xlim(0 if kind.equal is None else limits[0], limits[1])
    size = 0.7 * text_size("ytick.labelsize")
    low, high = (rows[name].to_numpy(dtype=float) for name in kind.columns[1:])
    for end, beyond, marker in ((0, low < ax.get_xlim()[0], 0), (1, high > ax.get_xlim()[1], 1)):
        for row in np.flatnonzero(few & beyond):
            ax.plot(end, row, marker=_CHEVRONS[marker], markersize=size, color=QUIET,
                    markerfacecolor="none", markeredgewidth=0.15 * size, clip_on=False, zorder=3,
                    transform=ax.get_yaxis_transform())  # fmt: skip


def _row_names(rows: pd.DataFrame, by: str, items: str) -> list[str]:
    """Return how the rows are called: groups with their articles, countries by name."""
    if by == "item":
        return [item_name(items, named(name)) for name in rows["item"]]
    sizes = rows["n_units_reference"] if by == "reference" else rows["n_articles"]
    return [
        f"{_other(name) if by == 'reference' else named(name)} ({number(size)})"
        for name, size in zip(rows[by], sizes, strict=True)
    ]


def _other(reference: object) -> str:
    """Return how charts call a reference."""
    return "all others" if reference == REST else named(reference)


def _reference_line(ax: Axes, kind: Kind, data: pd.DataFrame) -> str:
    """Draw the line from which rows are judged, and return what it is, for a note."""
    where, what = kind.equal, ""
    references = data["reference"].dropna().unique()
    if where is None:
        if several(data, "item") or len(references) != 1:
            return ""
        row = data[data["reference"].notna()].iloc[0]
        where, what = row["estimate_reference"], named(references[0])
        if references[0] == REST:  # all articles: the group of this row and all others
            above = row["numerator"] + row["numerator_reference"]
            below = row["denominator"] + row["denominator_reference"]
            where, what = above / below * row["scale"], "all articles"
    width = ax.spines["bottom"].get_linewidth()
    style: Any = "-" if kind.equal is not None else (0, (4, 2))
    ax.axvline(where, color=INK if kind.equal is not None else QUIET, linewidth=width,
               linestyle=style, zorder=1.5)  # fmt: skip
    return what


def _draw_points(ax: Axes, rows: pd.DataFrame, kind: Kind, by: str) -> Any:
    """Draw a dot and interval in each row; return the last of them."""
    names = [named(name) for name in rows[by]]
    one = rows if by == "item" else None
    own = None if one is None else shared(COMPARISON, rows).get("source")
    if by != "item":
        palette(names, by=by)
    size = 0.62 * text_size("ytick.labelsize")
    few = _few(rows, kind)
    mark: Any = None
    columns = [rows[name].to_numpy(dtype=float) for name in kind.columns]
    for row, (value, low, high) in enumerate(zip(*columns, strict=True)):
        style = look(own) if by == "item" else look(names[row], by)
        if not np.isfinite(value) or (kind.log and value <= 0):
            text = "no value" if np.isnan(value) else number(value) if np.isfinite(value) else "∞"
            mark = note(ax, 0, row, text, xycoords=("axes fraction", "data"))
            continue
        if np.isfinite([low, high]).all() and not (kind.log and low <= 0):
            ax.hlines(row, low, high, color=style.colour, linewidth=0.26 * size, zorder=2.5)
        (mark,) = ax.plot(
            value, row, linestyle="none", marker=style.marker, markersize=size * style.weight,
            markerfacecolor="white" if few[row] else style.colour, clip_on=False, zorder=3,
            markeredgecolor=style.colour if few[row] else "white",
            markeredgewidth=0.2 * size if few[row] else 0.3,
        )  # fmt: skip
    return mark


def _name_axis(
    ax: Axes, data: pd.DataFrame, kind: Kind, by: str, *, shown: pd.DataFrame, line: str
) -> None:
    """Give the x axis its title: what is drawn, in which unit, and what marks mean."""
    references = data["reference"].dropna().unique()
    other = _other(references[0]) if len(references) == 1 else "each"
    said = [f"lines: {data['level'].iloc[0] * 100:g} % intervals"]
    if by != "item":
        said.append(f"in brackets: {'units' if by == 'reference' else 'articles'}")
    if line:
        said.append(f"dashes: {line}")
    if _few(whole(data) if whole(data) is not data else shown, kind).any():
        said.append("hollow: few units")
    if len(shown) < len(data):
        said.append(f"{len(shown)} of {number(len(data))} rows")
    two_lines(ax, kind.title.format(measure=named(data["measure"].iloc[0]), other=other), said)


def _few(rows: pd.DataFrame, kind: Kind) -> np.ndarray:
    """Tell in which rows units are too few, of either side where two are compared."""
    few: np.ndarray = rows["few_units"].to_numpy(dtype=bool)
    if kind.equal is not None:
        few = few | rows["few_units_reference"].to_numpy(dtype=bool)
    return few


def two_lines(ax: Axes, title: str, said: Sequence[str]) -> None:
    """Write the title of the x axis and below it remarks, in lines that fit the figure."""
    figure: Any = ax.get_figure(root=True)
    room = figure.get_figwidth() * 72 - 24
    whole_remarks = " ".join(f"{remark};".replace(" ", "\u00a0") for remark in said)[:-1]
    parts = [wrap(part, room, like="axes.label") for part in (title, f"({whole_remarks})")]
    ax.set_xlabel("\n".join(parts).replace("\u00a0", " "))


def item_title(row: pd.Series) -> dict[str, str]:
    """Return what the title says of the item of a row; of a country its name, beside the code."""
    item = named(row["item"])
    name = item_name(named(row["items"]), item)
    return {"item" if name == item else "name": name}
