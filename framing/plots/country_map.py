"""A map of the world: which countries a source writes about."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing._checks import check_one_of, listing
from framing.plots.calls import recorded
from framing.plots.panel import (
    LINE,
    axes_for,
    check_single,
    checked,
    legend_above,
    note,
    number,
    one_value,
    record,
    shared,
    text_size,
    width_in_points,
    with_score,
)
from framing.plots.salience import PARTS, one_part
from framing.plots.shapes import CENTRE, countries, equal_earth, nobody
from framing.plots.style import SHADES, named
from framing.schema import SALIENCE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Each class begins about three times as high as the one before; the same in every map.
BREAKS = {"share": (0.3, 1.0, 3.0, 10.0, 30.0), "per_1000": (0.03, 0.1, 0.3, 1.0, 3.0)}
EDGE = "#a6a6a6"
NO_ROW: dict[str, Any] = {"facecolor": "#f4f4f4", "hatch": "/" * 7, "edgecolor": EDGE}
BOTTOM, TOP = -57.0, 84.0  # degrees of latitude


@recorded
def plot_country_map(data: pd.DataFrame, *, ax: Axes | None = None, value: str = "share") -> Axes:
    """Draw which countries a source writes about, as a map of the world.

    Attention is spread so unevenly that equal steps would leave all countries but two or three
    pale. So the shades stand for six classes, each of which begins about three times as high as
    the one before. They are the same in every map, whatever the data: any two maps can be
    compared, also across the panels of ``facets(table, plot_country_map, by="source")`` and
    across papers. White: the table says 0. Hatched: no row in the table, or no country of ISO
    3166-1. Areas are true (Equal Earth projection); a country too small to be seen has a dot.

    Parameters
    ----------
    data
        A table of `salience` with ``items="country"`` and one group, or any part of its rows. Of a
        table with several parts the rows of whole articles are drawn; filter it for titles or
        leads.
    ax
        Where to draw; None makes a figure as wide as `paper` says and as high as the map needs.
    value
        ``"share"``: the share of articles that name the country, in per cent; ``"per_1000"``:
        mentions per 1,000 tokens.

    Returns
    -------
    Axes
        The map; its unit is one radius of the earth.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, has several groups or parts, counts something
        else than countries, or has a code that is none of ISO 3166-1 nor ``"XKX"`` (Kosovo).

    See Also
    --------
    plot_salience : The same as rows, which can be read off exactly.
    facets : One map for each source.

    Notes
    -----
    The outlines are those of Natural Earth 4.1.0, 1:110 million (public domain). They show who
    governs a place in fact, which is not a statement on who should. What stands on the map without
    a code of ISO 3166-1 (Northern Cyprus, Somaliland), and Crimea, are drawn as no country's.
    Antarctica is left out.

    References
    ----------
    Šavrič, B., Patterson, T. and Jenny, B. (2019). The Equal Earth map projection. International
    Journal of Geographical Information Science 33(3), 454–465.
    https://doi.org/10.1080/13658816.2018.1504949

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.load_sample().articles)
    >>> mentions = fr.find_mentions(corpus, fr.load_ledger())
    >>> ax = fr.plot_country_map(fr.salience(mentions, corpus, items="country"))
    >>> ax.get_xlabel()
    'articles that name the country, % of all'
    """
    where = "plot_country_map"
    data = one_part(checked(where, SALIENCE, data))
    check_one_of(where, "value", value, BREAKS)
    _check_countries(where, data)
    part = named(one_value(where, data, "part"))
    check_single(where, data, ["item"])
    data = with_score(where, data, value)
    shown = (data[value] * (100 if value == "share" else 1)).set_axis(data["item"])
    about = shared(SALIENCE, data)
    own = ax is None
    ax = axes_for(ax, lines=_lines() + (1.3 if about else 0))
    mark = _draw(ax, shown, value)
    who = PARTS[part]["name"]
    size = number(data["n_group_articles"].max())
    left, bottom = float(_corners()[0, 0]), float(_corners()[2, 1])
    note(ax, left, bottom, f"{size}\n{who}", va="bottom", xytext=(1, 1))
    unit = f"{who} that name the country, % of all"
    if value == "per_1000":
        unit = "mentions of the country per 1,000 tokens" + PARTS[part]["of"]
    ax.set_xlabel(unit)
    _legend(ax, value, own=own)
    record(ax, data, mark, about=about)
    return ax


def _check_countries(where: str, data: pd.DataFrame) -> None:
    """Raise ValueError where the items are not countries, or no country has such a code."""
    counted = one_value(where, data, "items")
    if counted != "country":
        msg = (
            f"{where}: the table counts {counted!r}, which has no place on a map. "
            f"Pass the table that salience() returns with items='country'."
        )
        raise ValueError(msg)
    unknown = [item for item in data["item"].unique() if item not in countries()]
    if unknown:
        msg = (
            f"{where}: column 'item' has {listing(unknown, most=5)}, which are no codes of ISO "
            "3166-1 alpha-3 such as 'SYR'. Change or drop those rows."
        )
        raise ValueError(msg)


def colours() -> list[str]:
    """Return the shades of the classes, the palest first."""
    from matplotlib.colors import LinearSegmentedColormap, to_hex

    shades = LinearSegmentedColormap.from_list("map", SHADES)
    return [to_hex(shades(place)) for place in np.linspace(0.13, 1, len(BREAKS["share"]) + 1)]


def colour_of(value: float, kind: str) -> str:
    """Return the colour of a country's value; white for 0."""
    if value <= 0:
        return "#ffffff"
    return colours()[int(np.searchsorted(BREAKS[kind], value, side="right"))]


@cache
def _path(code: str) -> Any:
    """Return the projected outline of a country, or of what is no country's."""
    from matplotlib.path import Path

    rings = countries()[code].rings if code else nobody()
    if not rings:
        return None
    return Path.make_compound_path(*(Path(equal_earth(ring), closed=True) for ring in rings))


def _draw(ax: Axes, shown: pd.Series, value: str) -> Any:
    """Draw all countries, then dots for those of the table that are too small to be seen."""
    from matplotlib.patches import PathPatch

    thin = 0.07 * text_size("ytick.labelsize") * min(1.0, width_in_points(ax) / 400)
    for code in ["", *countries()]:
        path = _path(code)
        if path is None:
            continue
        fill = NO_ROW
        if code in shown.index:
            fill = {"facecolor": colour_of(shown[code], value), "edgecolor": EDGE}
        ax.add_patch(PathPatch(path, **fill, linewidth=thin, gid=code or "nobody"))
    dots = shown[[code for code in shown.index if countries()[code].dot and shown[code] > 0]]
    dots = dots.sort_values()
    places = np.array([countries()[code].dot for code in dots.index], dtype=float).reshape(-1, 2)
    x, y = equal_earth(places).T
    size = float(np.clip(width_in_points(ax) / 110, 2.2, 4.5))
    fills = [colour_of(one, value) for one in dots]
    marks = ax.scatter(x, y, s=size**2, c=fills or None, edgecolors=EDGE, linewidths=0.3,
                       zorder=3)  # fmt: skip
    _frame(ax)
    return marks


@cache
def _corners() -> np.ndarray:
    """Return the projected west, east, south and north end of the map."""
    ends = np.array([[CENTRE - 180, 0.0], [CENTRE + 180, 0.0], [0.0, BOTTOM], [0.0, TOP]])
    corners: np.ndarray = equal_earth(ends) * np.array([0.97, 1.0])  # the outermost is sea
    return corners


def _shape() -> float:
    """Return the height of the map by its width."""
    west, east, south, north = _corners()
    return float((north[1] - south[1]) / (east[0] - west[0]))


def _lines() -> float:
    """Return how many lines of text are as high as a map of the paper's width."""
    import matplotlib as mpl

    rc: Any = mpl.rcParams
    width = float(rc["figure.figsize"][0]) * 72
    return _shape() * width / (LINE * text_size("ytick.labelsize")) - 1.5


def _frame(ax: Axes) -> None:
    """Give the axes the limits and the shape of the world, without its box."""
    west, east, south, north = _corners()
    ax.set(xticks=[], yticks=[], xlim=(west[0], east[0]), ylim=(south[1], north[1]))
    ax.spines[:].set_visible(False)
    ax.set_box_aspect(_shape())
    ax.set_anchor("N")  # from where the layout measures what stands over the map


def _legend(ax: Axes, value: str, *, own: bool) -> None:
    """Tell the classes over the map."""
    from matplotlib.patches import Rectangle

    ends = [f"{number(low)}–{number(high)}" for low, high in pairwise(BREAKS[value])]
    names = [
        "0",
        f"under {number(BREAKS[value][0])}",
        *ends,
        f"{number(BREAKS[value][-1])} or more",
    ]
    handles: list[Any] = [
        ax.plot([], [], linestyle="none", marker="s", color=colour, markeredgecolor=EDGE,
                markeredgewidth=0.3, markersize=0.9 * text_size("legend.fontsize"))[0]
        for colour in ["#ffffff", *colours()]
    ]  # fmt: skip
    handles.append(ax.add_patch(Rectangle((0, 0), 0, 0, **NO_ROW)))
    unit = "% of articles" if value == "share" else "per 1,000 tokens"
    legend_above(ax, handles, [*names, "not in the table"], title=unit, own=own)
