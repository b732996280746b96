"""A figure as a recipe: the calls of charts that draw it again, as plain data and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing.plots import style
from framing.plots.calls import (
    CHARTS,
    NEVER,
    PREFIXES,
    Call,
    facets_call,
    is_plain,
    joined_places,
    live_calls,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_INCHES = 120.0
MOST_PANELS = 400
SIDES = ("left", "center", "right")


@dataclass(frozen=True)
class Recipe:
    """How a figure is drawn again.

    Attributes
    ----------
    steps : dict
        Calls, matplotlib's settings, colours, the grid of panels, and the titles and limits that
        were changed after the calls: plain data, in which tables are numbers.
    tables : list of DataFrame
        The tables that the calls were given.
    """

    steps: dict[str, Any]
    tables: list[pd.DataFrame]


class NoRecipe(ValueError):
    """A figure cannot be drawn again; the message says why."""


def recipe_of(figure: Figure) -> Recipe:
    """Return the recipe of a figure that charts of the toolkit have drawn.

    Raises
    ------
    NoRecipe
        Where a part of the figure is not known; what was added to axes on which charts have drawn
        is only noticed by drawing the figure again.
    """
    small = facets_call(figure)
    panels = live_calls(figure)
    if small is not None:
        calls = [(small, 0)]
    else:
        calls = [(call, place) for place, (_, calls) in enumerate(panels) for call in calls]
    if not calls:
        msg = "no chart of the toolkit is on it"
        raise NoRecipe(msg)
    _check_known(figure, [call for call, _ in calls], [ax for ax, _ in panels])
    own = small is not None or (len(panels) == 1 and calls[0][0].own)
    steps: dict[str, Any] = {
        "kind": "facets" if small is not None else "chart" if own else "panels",
        "calls": [
            {"function": call.function, "arguments": call.arguments, "table": number, "panel": at}
            for number, (call, at) in enumerate(calls)
        ],
        "settings": calls[0][0].settings,
        "places": joined_places([call.places for call, _ in calls]),
        "figure": None if own else _frame(figure, calls[0][0], [ax for ax, _ in panels]),
        "after": {},
    }
    recipe = Recipe(steps, [call.table for call, _ in calls])
    with redrawn(recipe) as again:
        steps["after"] = _changes(_state(figure), _state(again))
    return recipe


def _check_known(figure: Figure, calls: Sequence[Call], panels: Sequence[Axes]) -> None:
    """Raise NoRecipe where a call has an argument that is no data, or axes are not ours."""
    for call in calls:
        if call.function == "facets" and call.arguments["plot"]["arguments"] is None:
            name = call.arguments["plot"]["function"]
            msg = f"its panels are drawn by {name}, not by one chart of the toolkit"
            raise NoRecipe(msg)
        if not is_plain(call.arguments):
            msg = f"{call.function} was called with an argument that is no plain data"
            raise NoRecipe(msg)
    others = [ax for ax in figure.axes if ax not in panels and ax.axison and ax.has_data()]
    if others:
        msg = f"{len(others)} of its {len(figure.axes)} axes are not drawn by the toolkit"
        raise NoRecipe(msg)
    if any(ax.get_figure(root=False) is not figure for ax in panels):
        msg = "its panels stand in subfigures"
        raise NoRecipe(msg)


def _frame(figure: Figure, first: Call, panels: list[Axes]) -> dict[str, Any]:
    """Return size, layout and grid of a figure that its maker had divided into axes."""
    from matplotlib.layout_engine import ConstrainedLayoutEngine, TightLayoutEngine

    engine = figure.get_layout_engine()
    kinds = {ConstrainedLayoutEngine: "constrained", TightLayoutEngine: "tight"}
    kind = kinds.get(type(engine))
    pars = figure.subplotpars
    size = first.size or tuple(float(side) for side in figure.get_size_inches())
    return {
        "size": list(size),
        "dpi": float(figure.dpi),
        "layout": kind,
        "padding": {} if kind is None or engine is None else _numbers(engine.get()),
        "margins": {name: float(getattr(pars, name)) for name in MARGINS} if kind is None else {},
        "grid": _grid(panels),
        "empty": [_place(ax)["cells"] for ax in figure.axes if ax not in panels and ax.axison],
        "share": {axis: _shared(panels, axis) for axis in "xy"},
        "places": [_place(ax) for ax in panels],
    }


MARGINS = ("left", "right", "bottom", "top", "wspace", "hspace")


def _numbers(found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in found.items()
        if value is not None
    }


def _grid(panels: list[Axes]) -> dict[str, Any] | None:
    """Return the grid in which all panels stand; None where none of them stands in one."""
    from matplotlib.gridspec import GridSpec

    specs = [ax.get_subplotspec() for ax in panels]
    grids = {id(spec.get_gridspec()): spec.get_gridspec() for spec in specs if spec is not None}
    if not grids:
        return None
    grid = next(iter(grids.values()))
    if None in specs or len(grids) != 1 or not isinstance(grid, GridSpec):
        msg = "its panels stand in several grids"
        raise NoRecipe(msg)
    ratios: Any = (grid.get_width_ratios(), grid.get_height_ratios())
    return {
        "rows": grid.nrows,
        "columns": grid.ncols,
        "width_ratios": [float(one) for one in ratios[0]],
        "height_ratios": [float(one) for one in ratios[1]],
        "margins": _numbers({name: getattr(grid, name) for name in MARGINS}),
    }


def _place(ax: Axes) -> dict[str, Any]:
    """Return where axes stand: which cells of the grid, or which part of the figure."""
    spec = ax.get_subplotspec()
    if spec is None:
        return {"cells": None, "box": [float(x) for x in ax.get_position(original=True).bounds]}
    rows, columns = spec.rowspan, spec.colspan
    return {"cells": [rows.start, rows.stop, columns.start, columns.stop]}


def _shared(panels: list[Axes], axis: str) -> str:
    """Return which panels share an axis: `all`, `col`, `row` or `none`."""
    grouper: Any = getattr(panels[0], f"get_shared_{axis}_axes")()
    first = panels[0]
    if len(panels) > 1 and all(grouper.joined(first, ax) for ax in panels[1:]):
        return "all"
    for how, name in (("col", "colspan"), ("row", "rowspan")):
        lines: dict[int, list[Axes]] = {}
        for ax in panels:
            spec: Any = ax.get_subplotspec()
            if spec is not None:
                lines.setdefault(getattr(spec, name).start, []).append(ax)
        several = [line for line in lines.values() if len(line) > 1]
        if several and all(grouper.joined(line[0], ax) for line in several for ax in line):
            return how
    return "none"


def _state(figure: Figure) -> dict[str, Any]:
    """Return what is often changed after a chart was drawn: sizes, titles, labels, limits."""
    state: dict[str, Any] = {"size": [float(side) for side in figure.get_size_inches()]}
    for name in ("suptitle", "supxlabel", "supylabel"):
        state[name] = getattr(figure, f"get_{name}")()
    for place, (ax, _) in enumerate(live_calls(figure)):
        for side in SIDES:
            state[f"{place} title {side}"] = ax.get_title(loc=side)  # type: ignore[arg-type]
        for axis in "xy":
            state[f"{place} {axis}label"] = getattr(ax, f"get_{axis}label")()
            state[f"{place} {axis}lim"] = [float(end) for end in getattr(ax, f"get_{axis}lim")()]
    return state


def _changes(is_now: Mapping[str, Any], was: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries of a state that are not those of another."""
    return {name: value for name, value in is_now.items() if was.get(name) != value}


def _apply(figure: Figure, after: Mapping[str, Any]) -> None:
    """Change what was changed after the charts were drawn."""
    axes = [ax for ax, _ in live_calls(figure)]
    for name, value in after.items():
        place, _, what = name.partition(" ")
        if name == "size":
            figure.set_size_inches(*_size(value))
        elif name in {"suptitle", "supxlabel", "supylabel"}:
            getattr(figure, name)(value)
        elif what.startswith("title "):
            side: Any = what.removeprefix("title ")
            axes[int(place)].set_title(value, loc=side)
        elif what in {"xlabel", "ylabel", "xlim", "ylim"}:
            getattr(axes[int(place)], f"set_{what}")(value)


def _size(value: Sequence[float]) -> tuple[float, float]:
    """Return a size in inches; raise ValueError where no paper is so large or small."""
    width, height = (float(side) for side in value)
    if not (0.1 <= width <= MOST_INCHES and 0.1 <= height <= MOST_INCHES):
        msg = f"a figure of {width} × {height} inches"
        raise ValueError(msg)
    return width, height


@contextmanager
def under(steps: Mapping[str, Any]) -> Iterator[None]:
    """Set matplotlib's settings and the colours of names to those of a recipe, for one block.

    A recipe may come from a stranger: nothing but settings of looks is set.
    """
    import matplotlib as mpl

    rc: Any = mpl.rcParams
    before = {by: dict(places) for by, places in style._PLACES.items()}
    with mpl.rc_context():
        mpl.rcdefaults()
        rc.update(_allowed(steps["settings"]))
        style._PLACES.clear()
        style._PLACES.update({by: dict(known) for by, known in steps["places"].items()})
        try:
            yield
        finally:
            style._PLACES.clear()
            style._PLACES.update(before)


@contextmanager
def redrawn(recipe: Recipe) -> Iterator[Figure]:
    """Give the figure of a recipe, drawn anew under the settings of the first time.

    Settings and colours of the session are as before when the block ends, and the figure is
    closed. A recipe may come from a stranger: nothing but charts is called.
    """
    import matplotlib.pyplot as plt

    with under(recipe.steps):
        open_before = set(plt.get_fignums())
        try:
            figure = _drawn_again(recipe.steps, recipe.tables)
            _size([float(side) for side in figure.get_size_inches()])
            yield figure
        finally:
            for number in set(plt.get_fignums()) - open_before:
                plt.close(number)


def _allowed(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings as matplotlib takes them; raise ValueError for one that is not of looks."""
    from cycler import cycler

    found: dict[str, Any] = {}
    for name, value in settings.items():
        numbers = value if isinstance(value, list) else [value]
        large = any(isinstance(one, int | float) and abs(one) > 1200 for one in numbers)
        if not name.startswith(PREFIXES) or name in NEVER or large:
            msg = f"the setting {name} = {value!r}"
            raise ValueError(msg)
        found[name] = value
        if name == "axes.prop_cycle":
            found[name] = cycler(**{str(key): list(values) for key, values in value.items()})
    return found


def _drawn_again(steps: Mapping[str, Any], tables: Sequence[pd.DataFrame]) -> Figure:
    """Draw the figure of a recipe."""
    calls = steps["calls"]
    if not 1 <= len(calls) <= MOST_PANELS:
        msg = f"{len(calls)} calls of charts"
        raise ValueError(msg)
    if steps["kind"] == "facets":
        figure = _facets_again(calls[0]["arguments"], tables[0])
    else:
        first: Any = None
        axes = None if steps["kind"] == "chart" else _axes_again(steps["figure"])
        for call in calls:
            chart = _chart(call["function"])
            ax = first if axes is None else axes[call["panel"]]
            first = chart(tables[call["table"]], ax=ax, **call["arguments"])
        figure = first.get_figure(root=True)
    _apply(figure, steps["after"])
    return figure


def _chart(name: str) -> Any:
    """Return a chart by its name; raise ValueError where there is none."""
    if name not in CHARTS:
        msg = f"a chart {name!r}, which this version of the toolkit does not have"
        raise ValueError(msg)
    return CHARTS[name]


def _facets_again(arguments: Mapping[str, Any], table: pd.DataFrame) -> Figure:
    from framing.plots.facets import facets

    inner = arguments["plot"]
    plot = partial(_chart(inner["function"]), **inner["arguments"])
    others = {name: value for name, value in arguments.items() if name != "plot"}
    return facets(table, plot, **others)


def _axes_again(frame: Mapping[str, Any]) -> list[Axes]:
    """Return axes as their maker had divided the figure."""
    import matplotlib.pyplot as plt

    dpi = float(np.clip(frame["dpi"], 10, 1200))
    figure = plt.figure(figsize=_size(frame["size"]), dpi=dpi, layout=frame["layout"] or "none")
    engine = figure.get_layout_engine()
    if engine is not None and frame["padding"]:
        engine.set(**frame["padding"])
    if frame["margins"]:
        figure.subplots_adjust(**frame["margins"])
    grid, places = frame["grid"], frame["places"]
    if grid is None:
        boxes: list[Any] = [tuple(place["box"]) for place in places]
        return [figure.add_axes(box) for box in boxes]
    if not 1 <= grid["rows"] * grid["columns"] <= MOST_PANELS:
        msg = f"a grid of {grid['rows']} × {grid['columns']} panels"
        raise ValueError(msg)
    ratios = {name: grid[name] for name in ("width_ratios", "height_ratios")}
    cells = [place["cells"] for place in places]
    if all(bottom - top == 1 == right - left for top, bottom, left, right in cells):
        share = {f"share{axis}": how for axis, how in frame["share"].items()}
        made = figure.subplots(
            grid["rows"], grid["columns"], squeeze=False, **share,
            gridspec_kw={**ratios, **grid["margins"]},
        )  # fmt: skip
        chosen = [made[top, left] for top, _, left, _ in cells]
        kept = [*chosen, *(made[cell[0], cell[2]] for cell in frame["empty"] if cell)]
        for ax in made.flat:
            if ax not in kept:
                ax.remove()
        return chosen
    spec = figure.add_gridspec(grid["rows"], grid["columns"], **ratios, **grid["margins"])
    return [figure.add_subplot(spec[top:bottom, left:right]) for top, bottom, left, right in cells]
