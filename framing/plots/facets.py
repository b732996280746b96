"""Small multiples: the same chart for each value of a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing._checks import check_at_least, listing, not_one_of
from framing.plots.calls import recorded_facets
from framing.plots.panel import LINE, drawn, panels_of, text_size, text_width, title_of, wrap
from framing.plots.style import MM, named

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 60
PARTED = "\u200b"  # stands where a long name may be broken


@recorded_facets
def facets(
    data: pd.DataFrame,
    plot: Callable[..., Axes],
    *,
    by: str,
    columns: int | None = None,
    sharex: bool = True,
    sharey: bool = True,
    height: float | None = None,
) -> Figure:
    """Draw the same chart for each value of a column, side by side.

    Axes have common limits, so that panels can be compared by eye; titles that all panels share
    and the legend are written once. Rows of terms are never shared, since each panel has its own;
    `plot_salience` and `plot_co_mentions` choose and order their rows from all panels together.
    The figure is as wide as `paper` says and as high as its panels need.

    Parameters
    ----------
    data
        A table that `plot` takes.
    plot
        A chart such as `plot_trend`; with options of its own, ``functools.partial(plot_trend,
        value="count")``.
    by
        The column whose values are the panels, in the order in which they come in the table.
    columns
        Panels side by side; None takes as many as stay readable.
    sharex, sharey
        Whether all panels have the same limits on that axis.
    height
        Height of a panel in mm; None takes 0.7 of its width, or what its rows need.

    Returns
    -------
    Figure
        Its axes, in the order of the panels, are in ``figure.axes``.

    Raises
    ------
    ValueError
        Where the table has no rows or no such column, or has more than 60 panels.
    TypeError
        Where `data` is not a DataFrame, or `plot` not a function.

    See Also
    --------
    save_figure : Writes all panels, with the rows of all of them in one CSV.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> trend = fr.term_trend(corpus, ["government", "said"], by="source")
    >>> figure = fr.facets(trend, fr.plot_trend, by="term")
    >>> [ax.get_title(loc="left") for ax in figure.axes]
    ['government', 'said']
    """
    import matplotlib.pyplot as plt

    parts = _parts(data, by)
    if not callable(plot):
        msg = (
            f"facets: plot is {type(plot).__name__}, not a chart. Pass the function itself, "
            "without brackets: facets(table, plot_comparison, by='item')."
        )
        raise TypeError(msg)
    with panels_of(data):
        lines = _lines_of(plot, next(iter(parts.values())))
    figure = plt.figure(layout="constrained")
    if columns is None:
        em = text_size("ytick.labelsize") / 72
        columns = int(figure.get_figwidth() // (em * (26 if lines else 15)))
    else:
        check_at_least("facets", "columns", columns, 1)
    columns = int(np.clip(columns, 1, len(parts)))
    grid = figure.subplots(-(-len(parts) // columns), columns, squeeze=False)
    try:
        with panels_of(data):
            for ax, part in zip(grid.flat, parts.values(), strict=False):
                plot(part, ax=ax)
    except BaseException:
        plt.close(figure)
        raise
    for ax in grid.flat[len(parts) :]:
        ax.remove()
    panels = list(grid.flat[: len(parts)])
    _set_height(figure, panels, columns, height)
    _share(panels, columns, sharex=sharex, sharey=sharey and not lines)
    title = _name_panels(figure, panels, list(parts), by)
    _write_once(figure, panels, title)
    return figure


def _parts(data: pd.DataFrame, by: str) -> dict[str, pd.DataFrame]:
    """Return the rows of each panel."""
    if not isinstance(data, pd.DataFrame):
        msg = f"facets: data is {type(data).__name__}, not a DataFrame. Pass the table to draw."
        raise TypeError(msg)
    if by not in data.columns:
        raise ValueError(not_one_of("facets", "by", by, data.columns))
    if data.empty:
        msg = "facets: the table has no rows. There is nothing to draw. Check the filter."
        raise ValueError(msg)
    names = data[by].astype(object).map(named)
    values = list(dict.fromkeys(names))
    if len(values) > MOST:
        msg = (
            f"facets: by={by!r} has {len(values):,} values: {listing(values, most=5)}. "
            f"At most {MOST} panels fit. Filter the table first."
        )
        raise ValueError(msg)
    return {value: data[names == value] for value in values}


def _lines_of(plot: Callable[..., Axes], part: pd.DataFrame) -> bool:
    """Tell whether the chart is made of rows, after drawing it once to nowhere."""
    from matplotlib.figure import Figure

    ax = plot(part, ax=Figure().subplots())
    return any(entry.lines is not None for entry in drawn(ax))


def _set_height(figure: Figure, panels: list[Axes], columns: int, height: float | None) -> None:
    """Make each row of panels as high as asked, or as its fullest panel needs."""
    em = text_size("ytick.labelsize") / 72
    needs = {ax: max((one.lines or 0 for one in drawn(ax)), default=0) for ax in panels}
    high = []
    for start in range(0, len(panels), columns):
        beside = panels[start : start + columns]
        lines = max(needs[ax] for ax in (beside if height is None else panels))
        for ax in beside:
            if 0 < needs[ax] < lines:  # rows keep their distance, and leave room below
                bottom, top = ax.get_ylim()
                ax.set_ylim(top + (bottom - top) * lines / needs[ax], top)
        if height is not None:
            check_at_least("facets", "height", height, 10, whole=False)
            high.append(height * MM)
        else:
            flat = beside[0].get_box_aspect() or 0.7
            high.append(lines * LINE * em if lines else flat * figure.get_figwidth() / columns)
    spec: Any = panels[0].get_subplotspec()
    spec.get_gridspec().set_height_ratios(high)
    between = 4.0 if any(entry.lines for ax in panels for entry in drawn(ax)) else 1.5
    figure.set_figheight(sum(high) + (between * len(high) + 5) * em)


def _share(panels: list[Axes], columns: int, *, sharex: bool, sharey: bool) -> None:
    """Give all panels the same limits, and tick labels at the outer ones alone."""
    if sharex:
        limits = [ax.get_xlim() for ax in panels]
        for ax in panels:
            ax.set_xlim(min(low for low, _ in limits), max(high for _, high in limits))
    if sharex and not any(entry.lines for ax in panels for entry in drawn(ax)):
        for ax in panels[: max(len(panels) - columns, 0)]:
            ax.tick_params(labelbottom=False)
    if sharey:
        limits = [ax.get_ylim() for ax in panels]
        for place, ax in enumerate(panels):
            ax.set_ylim(min(low for low, _ in limits), max(high for _, high in limits))
            ax.tick_params(labelleft=place % columns == 0)


def _name_panels(figure: Figure, panels: list[Axes], names: list[str], by: str) -> str:
    """Write over each panel what only it is about, and return what all share."""
    about = [
        {key: text for entry in drawn(ax) for key, text in entry.about.items() if key != by}
        for ax in panels
    ]
    common = {
        key: text for key, text in about[0].items() if all(one.get(key) == text for one in about)
    }
    columns = panels[0].get_gridspec().ncols  # type: ignore[union-attr]
    room = 0.98 * figure.get_figwidth() * 72 - 4
    breaks = [0] * len(panels)
    for place, (ax, name, one) in enumerate(zip(panels, names, about, strict=True)):
        own = [text for key, text in one.items() if key not in common]
        title = title_of([_parted(name, room / columns), *own], room / columns)
        title = title.replace(f"_{PARTED} ", "_").replace(PARTED, "")
        ax.set_title(title, loc="left", pad=4, parse_math=False)
        breaks[place // columns] = max(breaks[place // columns], title.count("\n"))
    title = title_of(common.values(), room) if common else ""
    breaks.append(title.count("\n"))
    more = 1.2 * sum(breaks) * text_size("axes.titlesize") / 72
    figure.set_figheight(figure.get_figheight() + more)
    return title


def _parted(name: str, room: float) -> str:
    """Return a name that may be broken behind each underscore where it has no room."""
    fits = text_width(name, like="axes.title") <= room
    return name if fits else name.replace("_", f"_{PARTED} ")


def _write_once(figure: Figure, panels: list[Axes], title: str) -> None:
    """Write the title, axis titles that all panels share, and the legend, once for the figure."""
    size = text_size("axes.labelsize")
    across = {ax.get_xlabel() for ax in panels}
    if len(across) == 1:
        figure.supxlabel(across.pop(), fontsize=size)
        for ax in panels:
            ax.set_xlabel("")
    up = {ax.get_ylabel() for ax in panels}
    if len(up) == 1:
        room = 0.8 * figure.get_figheight() * 72 * text_size("ytick.labelsize") / size
        figure.supylabel(wrap(up.pop(), room), fontsize=size)
        for ax in panels:
            ax.set_ylabel("")
    handles: dict[str, Any] = {}
    orders = []
    for ax in panels:
        legend = ax.get_legend()
        if legend is not None:
            found, labels = ax.get_legend_handles_labels()
            handles = dict(zip(labels, found, strict=True)) | handles
            orders.append(labels)
            legend.remove()
    handles = {label: handles[label] for label in _one_order(orders)}
    like = panels[0].title
    if handles:
        how = {"size": like.get_fontsize(), "weight": like.get_fontweight()}
        _common_legend(figure, handles, title=title or None, title_fontproperties=how)
    elif title:
        figure.suptitle(
            title,
            x=0.01,
            ha="left",
            parse_math=False,
            fontsize=like.get_fontsize(),
            fontweight=like.get_fontweight(),
        )


def _one_order(orders: Iterable[list[str]]) -> list[str]:
    """Return all names in an order that is every panel's; where panels clash, in the first's."""
    left, every = [list(names) for names in orders], []
    while left := [names for names in left if names]:
        first = [names[0] for names in left]
        free = (name for name in first if not any(name in names[1:] for names in left))
        every.append(next(free, first[0]))
        left = [[name for name in names if name != every[-1]] for names in left]
    return every


def _common_legend(figure: Figure, handles: dict[str, Any], **how: Any) -> None:
    """Draw one legend over all panels, in as many columns as the figure has room for."""
    before = figure.get_figheight()
    for columns in range(len(handles), 0, -1):
        legend = figure.legend(
            list(handles.values()), list(handles), ncols=columns, loc="outside upper left",
            frameon=False, borderpad=0.1, handletextpad=0.5, columnspacing=1.0, labelspacing=0.3,
            alignment="left", **how,
        )  # fmt: skip
        box = legend.get_window_extent()
        if box.width <= figure.bbox.width - 4 or columns == 1:
            break
        legend.remove()
    legend.get_title().set_parse_math(False)
    for text in legend.get_texts():
        text.set(text=text.get_text().removeprefix("\u200a"), parse_math=False)
    figure.set_figheight(before + box.height / figure.dpi)
