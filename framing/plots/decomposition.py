"""Charts of what a gap between two sources is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from framing._checks import check_at_least, check_one_of
from framing.plots.calls import recorded
from framing.plots.comparison import item_title, two_lines
from framing.plots.panel import (
    axes_for,
    check_single,
    checked,
    legend_above,
    number,
    one_value,
    record,
    row_axis,
    several,
    shorten,
    text_size,
    text_width,
    value_axis,
    whole,
    zero_line,
)
from framing.plots.shapes import item_name
from framing.plots.style import COLOURS, INK, named
from framing.schema.decomposition import DECOMPOSITION

if TYPE_CHECKING:
    from matplotlib.axes import Axes

REST = "rest"
FILLS = {
    "gap": INK, "selection": COLOURS[0], "presentation": COLOURS[1],
    "only target": COLOURS[2], "only reference": "#d0d0d0",
}  # fmt: skip
SINGLE = ("item", "stratum")
LANE = 0.8  # height of a bar's lane, in rows of text


@recorded
def plot_decomposition(
    data: pd.DataFrame, *, ax: Axes | None = None, by: str | None = None, n: int = 10
) -> Axes:
    """Draw what the gap between two sources is made of: selection, presentation, and the rest.

    Bars to the right of 0 raise the target's rate over the reference's. The coloured bars of an
    item add up to the black one, its gap. A component is drawn only where some item or stratum
    has it. Bars whose interval is not to be trusted, for few units, are hollow.

    Parameters
    ----------
    data
        A table of `decompose`, or any part of its rows.
    ax
        Where to draw; None makes a figure as wide as `paper` says and as high as the rows need.
    by
        ``"item"``: one row an item, its gap and components; ``"stratum"``: one row a stratum, what
        each adds for one item, in brackets the shares that target and reference give it. None
        takes items where the table has components as a whole.
    n
        Rows to draw: the items with the largest gaps, in the order of their gaps, or the strata
        that add most, in the order of the table. In the panels of `facets` they are the same.

    Returns
    -------
    Axes
        Items (or strata) on the y axis, the parts of the gap on the x axis.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, has two rows for one bar, or several targets,
        references, measures or strata, or several items where strata are drawn.

    See Also
    --------
    plot_comparison : The rates and differences themselves.
    facets : One panel for each item, as in ``facets(table, partial(plot_decomposition,
        by="stratum"), by="item")``.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(400, seed=1))
    >>> rates = fr.measure_terms(corpus, ["sovereignty", "ceasefire"])
    >>> table = fr.decompose(
    ...     rates, by="source", strata="topic", target="Gazette", reference="Herald", seed=1
    ... )
    >>> ax = fr.plot_decomposition(table)
    >>> ax.get_xlabel().splitlines()[0]
    'Gazette − Herald, occurrences per million tokens'
    """
    where = "plot_decomposition"
    data = checked(where, DECOMPOSITION, data)
    check_at_least(where, "n", n, 1)
    if by is None:
        by = "item" if data["stratum"].isna().any() else "stratum"
    check_one_of(where, "by", by, SINGLE)
    for column in ("by", "target", "reference", "measure", "items", "strata"):
        one_value(where, data, column)
    data = _of_one_kind(where, data, by)
    if by == "stratum":
        one_value(where, data, "item")
    check_single(where, data, [by, "component"])
    data = _there(data)
    every = whole(data)
    known = _order(data if every is data else _of_one_kind(where, every, by), by, n)
    order = [name for name in known if name in set(data[by])]
    rows = data[data[by].isin(order)]
    about = {} if several(data, "item") else item_title(data.iloc[0])
    lanes = rows.groupby(by)["component"].size().max()
    lines = len(order) * (LANE * lanes + 0.5) / 1.1 + (1.3 if about else 0)
    own = ax is None
    ax = axes_for(ax, lines=lines)
    row_axis(ax, _row_names(ax, rows, by, order))
    value_axis(ax, "x", "")
    zero_line(ax)
    handles = _draw_bars(ax, rows, by, order, height=1 / (lanes + 0.7))
    _name_axis(ax, rows, by, more=data[by].nunique() - len(order))
    legend_above(
        ax,
        list(handles.values()),
        list(handles),
        title="part of the gap",
        own=own,
    )
    record(ax, rows, next(iter(handles.values())), about=about, lines=lines)
    return ax


def _of_one_kind(where: str, data: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the rows of whole components, or of strata; raise where there are none."""
    kept = data[data["stratum"].isna() if by == "item" else data["stratum"].notna()]
    if kept.empty:
        what = "components as a whole" if by == "item" else "single strata"
        other = SINGLE[1 - SINGLE.index(by)]
        msg = (
            f"{where}: the table has no rows of {what} (column 'stratum'). "
            f"Pass by={other!r}, or more rows of the table that decompose() returned."
        )
        raise ValueError(msg)
    return kept.reset_index(drop=True)


def _there(data: pd.DataFrame) -> pd.DataFrame:
    """Return the rows but those of strata of one side only where no item has such strata."""
    absent = data["component"].isin(["only target", "only reference"]) & (
        (data["weight_target"] == 0) & (data["weight_reference"] == 0)
    )
    return data[~absent].reset_index(drop=True)


def _order(data: pd.DataFrame, by: str, n: int) -> list[str]:
    """Return the rows of the chart, from the top down."""
    if by == "stratum":
        names = data["stratum"].drop_duplicates()
        size = data["value"].abs().groupby(data["stratum"]).sum()
        largest = set(size.sort_values(ascending=False, kind="stable").index[:n])
        return [name for name in names if name in largest]
    whole = data[data["component"] == "gap"]
    rows = (data if whole.empty else whole).drop_duplicates("item")
    gaps = rows["value"].set_axis(rows["item"].astype(object))
    kept = gaps[gaps.abs().sort_values(ascending=False, kind="stable").index[:n]]
    return [str(name) for name in kept.sort_values(ascending=False, kind="stable").index]


def _item(row: pd.Series) -> str:
    """Return how charts call the item of a row."""
    return item_name(named(row["items"]), named(row["item"]))


def _sides(data: pd.DataFrame) -> tuple[str, str]:
    """Return how charts call target and reference."""
    reference = named(data["reference"].iloc[0])
    return named(data["target"].iloc[0]), "others" if reference == REST else reference


def _row_names(ax: Axes, rows: pd.DataFrame, by: str, order: list[str]) -> list[str]:
    """Return how the rows are called, shortened where they would take 45 % of the figure."""
    first = rows.drop_duplicates(by).set_index(by, drop=False).loc[order]
    if by == "item":
        return [_item(row) for _, row in first.iterrows()]
    figure: Any = ax.get_figure(root=True)
    room = 0.45 * figure.get_figwidth() * 72
    shares = [
        f" ({_percent(one)} : {_percent(other)})"
        for one, other in zip(first["weight_target"], first["weight_reference"], strict=True)
    ]
    return [
        shorten(named(name), room - text_width(share)) + share
        for name, share in zip(order, shares, strict=True)
    ]


def _percent(share: float) -> str:
    """Return a share in per cent without decimals."""
    return "<1" if 0 < share < 0.005 else f"{share * 100:.0f}"


def _draw_bars(
    ax: Axes, rows: pd.DataFrame, by: str, order: list[str], *, height: float
) -> dict[str, Any]:
    """Draw a bar and an interval for each component of each row; return what the legend shows."""
    target, reference = _sides(rows)
    said = {"only target": f"only {target}", "only reference": f"only {reference}"}
    places = {name: place for place, name in enumerate(order)}
    lane = rows.groupby(by).cumcount() - (rows.groupby(by)["component"].transform("size") - 1) / 2
    at = rows[by].map(places) + lane * height
    thin = ax.spines["bottom"].get_linewidth()
    handles = {}
    for component, fill in FILLS.items():
        part = rows[rows["component"] == component]
        if part.empty:
            continue
        bars = ax.barh(at[part.index], part["value"], height=0.78 * height, color=fill,
                       edgecolor=fill, linewidth=1.6 * thin, zorder=2)  # fmt: skip
        for bar, few in zip(bars, part["few_units"], strict=True):
            bar.set_facecolor("white" if few else fill)
        for width, colour, depth in ((4 * thin, "white", 3), (1.6 * thin, INK, 3.1)):
            ax.hlines(at[part.index], part["low"], part["high"], color=colour, linewidth=width,
                      zorder=depth)  # fmt: skip
        (handles[said.get(component, component)],) = ax.plot(
            [], [], linestyle="none", marker="s", color=fill,
            markersize=0.8 * text_size("legend.fontsize"),
        )  # fmt: skip
    return handles


def _articles(rows: pd.DataFrame) -> tuple[int, int]:
    """Return the articles of target and reference that the rows rest on."""
    first = rows[rows["item"] == rows["item"].iloc[0]]
    columns = ["n_articles_target", "n_articles_reference"]
    if first["stratum"].isna().any():
        sizes = first[columns].max()  # strata of one side only have none of the other
    else:
        sizes = first.drop_duplicates("stratum")[columns].sum()
    return int(sizes.iloc[0]), int(sizes.iloc[1])


def _name_axis(ax: Axes, rows: pd.DataFrame, by: str, *, more: int) -> None:
    """Write the title of the x axis in lines that fit the figure."""
    target, reference = _sides(rows)
    said = [
        f"strata: {named(rows['strata'].iloc[0])}",
        f"lines: {rows['level'].iloc[0] * 100:g}\u00a0% intervals",
    ]
    if by == "stratum":
        said.append(f"in brackets: share, %, of {target} : {reference}")
    size = _articles(rows)
    said.append(f"articles: {target} {number(size[0])}, {reference} {number(size[1])}")
    if rows["few_units"].any():
        said.append("hollow: few units")
    if more:
        kinds = "items" if by == "item" else "strata"
        said.append(f"{rows[by].nunique()} of {rows[by].nunique() + more} {kinds}")
    measure = named(rows["measure"].iloc[0])
    two_lines(ax, f"{target} − {reference}, {measure}", said)
