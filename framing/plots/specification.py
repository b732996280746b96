"""The chart of one claim under many choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.plots.calls import recorded
from framing.plots.panel import (
    LINE,
    check_single,
    checked,
    groups_of,
    legend_above,
    note,
    number,
    one_value,
    record,
    row_axis,
    several,
    shorten,
    text_size,
    value_axis,
    with_score,
    wrap,
)
from framing.plots.style import FAINT, INK, QUIET, named
from framing.schema import SPECIFICATION_CURVE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

GAP = 0.6
"""Distance of the two parts, in rows of the lower one."""

CLOSE = 4.0
"""Points between specifications below which their choices are strokes and no dots."""


@recorded
def plot_specification_curve(data: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the estimates of one claim under all choices, and below them which choices these are.

    Each specification is a column: above, its estimate with its interval; below, a mark in the row
    of each of its options. Where the marks of an option crowd at one end, the estimate depends on
    it. Options stand by their mean estimate, the highest on top.

    Parameters
    ----------
    data
        A table of `specification_curve`, or any part of its rows. Those that failed are counted in
        the title of the x axis.
    ax
        Where to draw the estimates; the choices hang below it. None makes a figure as wide as
        `paper` says and as high as the choices need.

    Returns
    -------
    Axes
        Specifications, the lowest estimate first, on the x axis, estimates on the y axis,
        logarithmic where the null is 1. Its only child axes have the choices.

    Raises
    ------
    ValueError
        Where the table has no estimate, lacks a column, or has rows of several curves; where the
        estimates have several units and are no ratios.

    See Also
    --------
    specification_curve : Makes the table.
    specification_test : One test for all of them.

    References
    ----------
    Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve analysis. Nature
    Human Behaviour, 4(11), 1208-1214. https://doi.org/10.1038/s41562-020-0912-z

    Examples
    --------
    >>> import framing as fr
    >>> curve = fr.specification_curve(
    ...     lambda a, b: {"estimate": a + b, "low": a, "high": a + 2 * b},
    ...     {"a": [0, 1, 2], "b": [1, 2]},
    ... )
    >>> ax = fr.plot_specification_curve(curve)
    >>> [label.get_text() for label in ax.child_axes[0].get_yticklabels()]
    ['a', '2', '1', '0', 'b', '2', '1']
    """
    where = "plot_specification_curve"
    data = checked(where, SPECIFICATION_CURVE, data)
    choices = groups_of(SPECIFICATION_CURVE, data)
    null = float(one_value(where, data, "null"))
    drawn = with_score(where, data, "estimate")
    check_single(where, drawn, choices or ["measure"])
    drawn = drawn.sort_values(["estimate", "specification"], ignore_index=True)
    rows = _rows(drawn, [name for name in choices if several(drawn, name)])
    own = ax is None
    em = text_size("ytick.labelsize")
    high = (len(rows) + GAP) * LINE * em
    ax, above = _axes_for(ax, high)
    width = _width(ax)
    marks = _Marks(drawn, null, pitch=0.62 * width / len(drawn))
    handles, names = marks.draw(ax)
    title = _title(where, drawn)
    log = null == 1 and bool((_ends(drawn) > 0).all())
    value_axis(ax, "y", wrap(title, above, like="axes.label"), log=log)
    ax.set_xlim(-0.8, len(drawn) - 0.2)
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="x", length=0, labelbottom=False)
    below = _hang_below(ax, high, gap=GAP * LINE * em) if rows else ax
    if rows:
        marks.draw_choices(below, rows, 0.34 * width)
    said = marks.counts(failed=len(data) - len(drawn))
    _name_columns(below, wrap(said, 0.62 * width, like="axes.label"))
    legend_above(ax, handles, names, title="", own=own)
    about = {name: f"{name}: {named(drawn[name].iloc[0])}" for name in choices
             if not several(drawn, name)}  # fmt: skip
    record(ax, data, handles[0], about=about, lines=(above + high) / (LINE * em))
    return ax


def _title(where: str, drawn: pd.DataFrame) -> str:
    """Return what the estimates are; ratios have no unit, so those of several measures may mix."""
    if drawn["measure"].str.startswith("ratio of ").all() and several(drawn, "measure"):
        return "ratio of each measure"
    return named(one_value(where, drawn, "measure"))


def _rows(drawn: pd.DataFrame, choices: list[str]) -> list[tuple[str, str | None]]:
    """Return the rows of the lower part: each choice, then its options by mean estimate."""
    rows: list[tuple[str, str | None]] = []
    for name in choices:
        means = drawn["estimate"].groupby(drawn[name].map(named)).mean()
        order = means.sort_index().sort_values(ascending=False, kind="stable").index
        rows += [(name, None), *((name, str(option)) for option in order)]
    return rows


def _axes_for(ax: Axes | None, high: float) -> tuple[Axes, float]:
    """Return the axes of the estimates, and the height in points that they shall have."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    if ax is not None:
        figure: Any = ax.get_figure(root=True)
        return ax, max(0.5 * ax.get_window_extent().height * 72 / figure.dpi, 40.0)
    rc: Any = mpl.rcParams
    above = 0.6 * 72 * float(rc["figure.figsize"][1])
    fig, new = plt.subplots(layout="constrained")
    fig.set_figheight((above + high + 5 * text_size("ytick.labelsize")) / 72)
    return new, above


def _width(ax: Axes) -> float:
    """Return how wide the part of the figure is in which axes stand, in points."""
    figure: Any = ax.get_figure(root=True)
    place = ax.get_subplotspec()
    part = 1.0 if place is None else len(place.colspan) / place.get_gridspec().ncols
    return float(figure.get_figwidth() * 72 * part)


def _hang_below(ax: Axes, high: float, *, gap: float) -> Axes:
    """Return axes of a fixed height under others, as wide as they are."""
    from matplotlib.transforms import ScaledTranslation, blended_transform_factory

    figure: Any = ax.get_figure(root=True)
    # Inches from the lower edge of the axes: the layout can then measure what hangs there.
    corner: Any = ax.transAxes
    inches = figure.dpi_scale_trans + ScaledTranslation(0, 0, corner)
    place = blended_transform_factory(ax.transAxes, inches)
    return ax.inset_axes((0, -high / 72, 1, (high - gap) / 72), transform=place, sharex=ax)


def _ends(drawn: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return all numbers that are drawn."""
    every = drawn[["estimate", "low", "high"]].to_numpy(dtype=float).ravel()
    ends: npt.NDArray[np.float64] = every[np.isfinite(every)]
    return ends


@dataclass(frozen=True)
class _Marks:
    """How specifications look: filled where the interval excludes the null, hollow where not.

    Attributes
    ----------
    drawn : DataFrame
        The specifications in their order.
    null : float
        The estimate that means no effect.
    pitch : float
        Points from one specification to the next.
    """

    drawn: pd.DataFrame
    null: float
    pitch: float

    @property
    def size(self) -> float:
        """Size of a mark in points."""
        return float(np.clip(0.75 * self.pitch, 0.8, 0.6 * text_size("ytick.labelsize")))

    @property
    def kinds(self) -> dict[str, npt.NDArray[np.bool_]]:
        """The kinds of mark that there are, by their name in the legend, and whose they are."""
        side = self.drawn["interval"]
        null = number(self.null)
        every = {
            f"interval excludes {null}": side.isin(["above", "below"]),
            f"includes {null}": side == "across",
            "no interval": side.isna(),
        }
        return {name: mask.to_numpy(dtype=bool) for name, mask in every.items() if mask.any()}

    def style(self, kind: str) -> dict[str, Any]:
        """Return how one kind is drawn."""
        hollow = kind.startswith("includes")
        return {
            "color": QUIET if hollow else INK, "markerfacecolor": "white" if hollow else INK,
            "markeredgewidth": min(0.8, 0.2 * self.size), "markersize": self.size,
        }  # fmt: skip

    def draw(self, ax: Axes) -> tuple[list[Line2D], list[str]]:
        """Draw estimates, intervals, their median and the null; return what the legend tells."""
        handles, names = [], []
        ends = _ends(self.drawn)
        width = min(ax.spines["bottom"].get_linewidth() * 1.6, 0.35 * self.size)
        for kind, mask in self.kinds.items():
            part = self.drawn[mask]
            look = self.style(kind)
            low, high = (part[end].clip(ends.min(), ends.max()) for end in ("low", "high"))
            ax.vlines(part.index, low, high, color=look["color"], linewidth=width, zorder=1.8)
            (line,) = ax.plot(part.index, part["estimate"], "o", linestyle="none", **look)
            handles.append(line)
            names.append(kind)
        thin = ax.spines["bottom"].get_linewidth()
        ax.axhline(self.null, color=INK, linewidth=thin, zorder=1.5)
        median = float(self.drawn["estimate"].median())
        dashed = ax.axhline(
            median, color=QUIET, linewidth=1.3 * thin, linestyle=(0, (4, 2)), zorder=1.6
        )
        note(ax, len(self.drawn) - 0.2, median, number(median))
        return [*handles, dashed], [*names, "median"]

    def counts(self, *, failed: int) -> str:
        """Return how many specifications there are and where their intervals lie, in words."""
        n, null = len(self.drawn), number(self.null)
        sides = self.drawn["interval"].dropna()
        parts = [
            f"{number((sides == side).sum())} {side} {null}"
            for side in ("above", "below", "across")
            if len(sides)
        ]
        parts += [f"{number(failed)} more failed"] if failed else []
        kept = ", ".join(part.replace(" ", "\u00a0") for part in parts)  # no line breaks inside
        said = f"{number(n)} specification{'' if n == 1 else 's'}, lowest estimate first"
        return f"{said} ({'intervals: ' if len(sides) else ''}{kept})" if kept else said

    def draw_choices(self, below: Axes, rows: list[tuple[str, str | None]], room: float) -> None:
        """Draw one row an option with a mark for each specification that has it."""
        em = text_size("ytick.labelsize")
        names = [name if option is None else option for name, option in rows]
        row_axis(below, [shorten(name, room) for name in names])
        labels = below.get_yticklabels()
        for place, (name, option) in enumerate(rows):
            if option is None:
                labels[place].set_fontweight("bold")
                continue
            below.axhline(place, color=FAINT, linewidth=0.5, zorder=0.5)
            has = self.drawn[name].map(named).to_numpy() == option
            for kind, mask in self.kinds.items():
                at = np.flatnonzero(has & mask)
                look = {"marker": "o", "linestyle": "none", **self.style(kind)}
                if self.pitch < CLOSE:
                    width = 0.7 * self.pitch
                    look |= {"marker": "|", "markersize": 0.75 * em, "markeredgewidth": width}
                below.plot(at, np.full(len(at), place), **look)


def _name_columns(below: Axes, text: str) -> None:
    """Write what the columns are under the lowest part."""
    value_axis(below, "x", text)
    below.tick_params(axis="x", length=0, labelbottom=False)
    below.spines["bottom"].set_visible(False)
    below.xaxis.grid(visible=False)
