"""Which chart was called with what: kept with the axes, so that a figure can be drawn again."""

from __future__ import annotations

import functools
import inspect
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec

import numpy as np
import pandas as pd

from framing.plots import style
from framing.plots.panel import drawn

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

P = ParamSpec("P")

PLAIN = (str, int, float, bool, type(None))
UNNAMED = "a function of one's own"


@dataclass(frozen=True)
class Call:
    """One call of a chart, or of `facets`.

    Attributes
    ----------
    function : str
        The name of the chart.
    table : DataFrame
        The whole table that it was given.
    arguments : dict
        All its other arguments but the axes, also those that the caller left as they were.
    own : bool
        Whether the chart made its own figure.
    size : tuple of float, or None
        Width and height in inches of the figure that it was given.
    settings : dict
        Matplotlib's settings at the time that are not its defaults, as plain data.
    places : dict of str to dict
        For each column with colours, the names that were drawn and their places in the palette.
    marks : tuple of weak references to Artist
        What it drew; once all of it has left the axes, the call no longer counts.
    """

    function: str
    table: pd.DataFrame
    arguments: dict[str, Any]
    own: bool
    size: tuple[float, float] | None
    settings: dict[str, Any]
    places: dict[str, dict[str, int]]
    marks: tuple[weakref.ref[Artist], ...] = field(repr=False)

    def is_on(self, figure: Figure) -> bool:
        """Tell whether anything that the call drew is still on the figure."""
        left = [mark() for mark in self.marks]
        return any(
            one is not None and one.axes is not None and one.get_figure(root=True) is figure
            for one in left
        )


_CALLS: weakref.WeakKeyDictionary[Axes, list[Call]] = weakref.WeakKeyDictionary()
_FACETS: weakref.WeakKeyDictionary[Figure, Call] = weakref.WeakKeyDictionary()
CHARTS: dict[str, Callable[..., Axes]] = {}
"""Every chart by its name: those that `recorded` decorates."""


def recorded(function: Callable[P, Axes]) -> Callable[P, Axes]:
    """Return a chart that keeps, with the axes it draws on, what it was called with."""
    keep = _kept_chart

    @functools.wraps(function)
    def chart(*args: P.args, **kwargs: P.kwargs) -> Axes:
        __tracebackhide__ = True
        return keep(function, *args, **kwargs)

    CHARTS[function.__name__] = at_home(chart, function)
    return CHARTS[function.__name__]


def recorded_facets(function: Callable[P, Figure]) -> Callable[P, Figure]:
    """Return `facets` as a function that keeps with the figure what it was called with."""
    keep = _kept_facets

    @functools.wraps(function)
    def facets(*args: P.args, **kwargs: P.kwargs) -> Figure:
        __tracebackhide__ = True
        return keep(function, *args, **kwargs)

    return at_home(facets, function)


def at_home(wrapper: Callable[P, Any], function: Callable[P, Any]) -> Callable[P, Any]:
    """Return a wrapper that belongs to the module of what it wraps, where doctest looks for it."""
    import types

    code: Any = wrapper
    inner: Any = function
    made = types.FunctionType(
        code.__code__, inner.__globals__, function.__name__, code.__defaults__, code.__closure__
    )
    return functools.update_wrapper(made, function)


def _kept_chart(function: Callable[P, Axes], *args: P.args, **kwargs: P.kwargs) -> Axes:
    """Draw a chart and keep the call with its axes."""
    __tracebackhide__ = True
    given = _bound(function, *args, **kwargs)
    _check_axes(function.__name__, given.get("ax"))
    size = _size_of(given.get("ax"))
    with style.noted_places() as places:
        ax = function(*args, **kwargs)
    known = {id(mark) for call in _CALLS.get(ax, []) for mark in call.marks}
    marks = tuple(entry.mark for entry in drawn(ax) if id(entry.mark) not in known)
    call = _call(function.__name__, given, marks, places=places, size=size)
    figure: Any = ax.get_figure(root=True)
    _CALLS[ax] = [*(one for one in _CALLS.get(ax, []) if one.is_on(figure)), call]
    return ax


def _check_axes(where: str, ax: object) -> None:
    """Raise TypeError where `ax` is not one pair of axes."""
    from matplotlib.axes import Axes

    if ax is not None and not isinstance(ax, Axes):
        msg = (
            f"{where}: ax is {type(ax).__name__}, not axes. Pass one panel: "
            "plt.subplots(1, 2)[1][0] is the first of two."
        )
        raise TypeError(msg)


def _size_of(ax: Any) -> tuple[float, float] | None:
    """Return the size in inches of the figure of axes that a chart was given."""
    figure = None if ax is None else getattr(ax, "figure", None)
    if figure is None:
        return None
    width, height = ax.get_figure(root=True).get_size_inches()
    return float(width), float(height)


def _kept_facets(function: Callable[P, Figure], *args: P.args, **kwargs: P.kwargs) -> Figure:
    """Draw small multiples and keep the call with their figure."""
    __tracebackhide__ = True
    given = _bound(function, *args, **kwargs)
    figure = function(*args, **kwargs)
    inner = [call for ax in figure.axes for call in _CALLS.get(ax, [])]
    marks = tuple(mark for call in inner for mark in call.marks)
    given["plot"] = _panel_call(given["plot"], inner, given["data"], given["by"])
    _FACETS[figure] = _call(
        "facets", given, marks, places=joined_places([call.places for call in inner])
    )
    return figure


def _bound(function: Callable[..., Any], *args: Any, **kwargs: Any) -> dict[str, Any]:
    """Return all arguments of a call by name; none where the call itself will fail."""
    try:
        bound = inspect.signature(function).bind(*args, **kwargs)
    except TypeError:
        return {}
    bound.apply_defaults()
    return dict(bound.arguments)


def _call(
    name: str,
    given: Mapping[str, Any],
    marks: tuple[Any, ...],
    *,
    places: dict[str, dict[str, int]],
    size: tuple[float, float] | None = None,
) -> Call:
    """Return the record of a call that has drawn these marks."""
    table = given["data"].copy(deep=False)
    arguments = {key: value for key, value in given.items() if key not in {"data", "ax"}}
    return Call(
        name,
        table,
        {key: _plain(value) for key, value in arguments.items()},
        given.get("ax") is None,
        size,
        settings_now(),
        places,
        marks,
    )


def joined_places(every: Sequence[Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    """Return the places of names in the palette that several calls have used."""
    found: dict[str, dict[str, int]] = {}
    for places in every:
        for by, known in places.items():
            found.setdefault(by, {}).update(known)
    return {by: dict(sorted(known.items())) for by, known in sorted(found.items())}


def _panel_call(plot: Any, inner: list[Call], data: pd.DataFrame, by: str) -> Any:
    """Return the one chart that all panels show, with its options; else what `plot` is called.

    What counts is what the panels have drawn, so that a lambda around a chart is known as well.
    """
    name = plot.func.__name__ if isinstance(plot, partial) else getattr(plot, "__name__", UNNAMED)
    if not inner:
        return {"function": name, "arguments": None}
    first = inner[0]
    same = all((one.function, one.arguments) == (first.function, first.arguments) for one in inner)
    keys = data[by].astype(object).map(style.named)
    parts = [data[keys == value] for value in dict.fromkeys(keys)]
    whole = len(parts) == len(inner) and all(
        call.table.equals(part) for call, part in zip(inner, parts, strict=True)
    )
    if not (same and whole):
        return {"function": name, "arguments": None}
    return {"function": first.function, "arguments": first.arguments}


def _plain(value: Any) -> Any:
    """Return an argument as plain data, or the kind of what cannot be written as such."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, pd.Series | pd.Index | np.ndarray | list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: _plain(one) for key, one in value.items()}
    return {"not plain": type(value).__name__}


def is_plain(value: Any) -> bool:
    """Tell whether arguments that `Call` keeps are those of the call, all of them."""
    if isinstance(value, dict):
        return "not plain" not in value and all(is_plain(one) for one in value.values())
    return not isinstance(value, list) or all(is_plain(one) for one in value)


PREFIXES = (
    "axes.", "figure.", "font.", "grid.", "hatch.", "image.cmap", "legend.", "lines.", "patch.",
    "savefig.dpi", "savefig.facecolor", "savefig.edgecolor", "savefig.transparent", "scatter.",
    "text.color", "text.hinting", "text.antialiased", "xtick.", "ytick.", "xaxis.", "yaxis.",
    "markers.", "errorbar.", "path.simplify", "path.snap",
)  # fmt: skip
NEVER = {"figure.hooks", "figure.raise_window", "figure.max_open_warning"}


def settings_now() -> dict[str, Any]:
    """Return matplotlib's settings of looks that are not its defaults, as plain data."""
    import matplotlib as mpl

    rc: Any = mpl.rcParams
    default: Any = mpl.rcParamsDefault
    found = {}
    for name in default:
        if name.startswith(PREFIXES) and name not in NEVER and rc[name] != default[name]:
            value = rc[name]
            if name == "axes.prop_cycle":
                value = {key: list(values) for key, values in value.by_key().items()}
            found[name] = _plain(value)
    return found


def live_calls(figure: Figure) -> list[tuple[Axes, list[Call]]]:
    """Return the axes of a figure on which charts are drawn, each with its calls in their order."""
    found = [
        (ax, [call for call in _CALLS.get(ax, []) if call.is_on(figure)]) for ax in figure.axes
    ]
    return [(ax, calls) for ax, calls in found if calls]


def facets_call(figure: Figure) -> Call | None:
    """Return the call of `facets` that made a figure, or None."""
    call = _FACETS.get(figure)
    return call if call is not None and call.is_on(figure) else None


def calls_of(fig: Figure | Axes) -> list[dict[str, Any]]:
    """Return the calls of charts that a figure shows, as data that can be written as JSON.

    Parameters
    ----------
    fig
        A figure, or the axes that a chart returned, which stand for their whole figure.

    Returns
    -------
    list of dict
        One entry a call, in the order of the panels: `function`; `arguments`, all but the table
        and the axes, those left as they were included; `panel`, the panel's title or number,
        missing on a figure with one; `rows` and `columns` of the table it was given. A figure of
        `facets` has one entry, whose `plot` is the chart in the panels and whose `panels` are
        their names. Empty where no chart of the toolkit is on the figure.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> ax = fr.plot_term_frequency(fr.term_frequency(corpus), n=5)
    >>> call = calls_of(ax)[0]
    >>> call["function"], call["arguments"]
    ('plot_term_frequency', {'by': None, 'n': 5})
    """
    figure: Any = fig.get_figure(root=True)
    panels = live_calls(figure)
    small = facets_call(figure)
    if small is not None:
        names = [panel_name(ax, place) for place, (ax, _) in enumerate(panels, start=1)]
        return [{**_entry(small, None), "panels": names}]
    several = len(panels) > 1 or any(len(calls) > 1 for _, calls in panels)
    return [
        _entry(call, panel_name(ax, place) if several else None)
        for place, (ax, calls) in enumerate(panels, start=1)
        for call in calls
    ]


def panel_name(ax: Axes, place: int) -> str:
    """Return the title of a panel, or its number where it has none."""
    title = ax.get_title(loc="left") or ax.get_title()
    return title.replace("\n", " ") or str(place)


def _entry(call: Call, panel: str | None) -> dict[str, Any]:
    """Return a call as plain data, without its table."""
    return {
        "function": call.function,
        "arguments": call.arguments,
        "panel": panel,
        "rows": len(call.table),
        "columns": [str(name) for name in call.table.columns],
    }
