"""Charts of topics in a plane."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framing._checks import check_at_least
from framing.plots.calls import recorded
from framing.plots.panel import (
    axes_for,
    beside,
    check_single,
    checked,
    note,
    number,
    record,
    shared,
    shorten,
    text_size,
    width_in_points,
    with_score,
)
from framing.plots.style import FAINT, INK, QUIET, SHADES, named
from framing.schema.topics import TOPIC_MAP

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDEST = (0.055, 10.0, 18.0)
"""Diameter of the largest bubble: share of the axes' width, least and most `beside` text."""


@recorded
def plot_topic_map(data: pd.DataFrame, *, ax: Axes | None = None, n: int = 25) -> Axes:
    """Draw topics as bubbles: alike in their terms where near, larger where more is written.

    A line joins each topic with the one whose terms are most alike, which the plane alone does not
    tell: the axis title says how much of the distances it holds. Areas are proportional to shares.

    Parameters
    ----------
    data
        A table of `topic_map` of one model, or any part of its rows.
    ax
        Where to draw; None makes a figure as wide as `paper` says, and as high.
    n
        The largest topics have a bubble and a name, where it fits; the others are dots.

    Returns
    -------
    Axes
        Topics at `x` and `y`, on one scale for both, without ticks: the axes have no meaning.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, or has two rows for one topic.

    See Also
    --------
    plot_topic_network : Topics that stand in the same articles.
    plot_topic_terms : What the topics are about.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=5, seed=1, engine="nmf")
    >>> ax = fr.plot_topic_map(fr.topic_map(model, corpus))
    >>> len(ax.collections[-1].get_offsets())
    5
    """
    where = "plot_topic_map"
    data = checked(where, TOPIC_MAP, data)
    check_at_least(where, "n", n, 1)
    check_single(where, data, ["topic"])
    data = with_score(where, data, "share").sort_values("share", ascending=False, kind="stable")
    top, rest = data.head(n), data.iloc[n:]
    own = ax is None
    ax = axes_for(ax)
    if own:
        figure = ax.get_figure(root=True)
        figure.set_figheight(0.85 * figure.get_figwidth())  # type: ignore[union-attr]
        figure.draw_without_rendering()  # type: ignore[union-attr]
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_color(FAINT)
    ax.set_aspect("equal", adjustable="datalim")
    _join(ax, data)
    ax.plot(rest["x"], rest["y"], linestyle="none", marker=".", color=QUIET)
    widest = float(np.clip(WIDEST[0] * width_in_points(ax), beside(WIDEST[1]), beside(WIDEST[2])))
    area = widest**2 * (top["share"] / max(float(top["share"].max()), 1e-12)).to_numpy()
    bubbles = ax.scatter(
        top["x"], top["y"], s=area, color=SHADES[1], edgecolors=INK, linewidths=0.5, zorder=2,
        alpha=0.85, clip_on=False,
    )  # fmt: skip
    ax.margins(0.1)
    _name(ax, top, area)
    held = float(data["explained"].iloc[0])
    ax.set_xlabel(
        "area: share of topic; line: most alike in terms\n"
        f"(the plane holds {100 * held:.0f} % of squared distances)"
    )
    articles = f"{number(data['n_articles'].max())} articles"
    record(ax, data, bubbles, about=shared(TOPIC_MAP, data) | {"articles": articles})
    return ax


def _join(ax: Axes, data: pd.DataFrame) -> None:
    """Draw a line from each topic to the one that is most alike."""
    at = data["nearest"].map({topic: place for place, topic in enumerate(data["topic"])})
    points = data[["x", "y"]].to_numpy(dtype=float)
    other = at.fillna(-1).to_numpy(dtype=np.int64)
    for place in np.flatnonzero(other >= 0).tolist():
        ends = points[[place, int(other[place])]]
        ax.plot(ends[:, 0], ends[:, 1], color=FAINT, linewidth=beside(1), zorder=1)


def _name(ax: Axes, top: pd.DataFrame, area: np.ndarray) -> None:
    """Write number and label of each topic beside its bubble, where they cover no other."""
    from framing.plots.artists import PlacedLabels

    small = 0.86 * text_size("xtick.labelsize")
    labels = []
    for topic, label, x, y in zip(top["topic"], top["label"], top["x"], top["y"], strict=True):
        text = note(
            ax, x, y, shorten(f"{topic}  {named(label)}", width_in_points(ax) / 3.2), color=INK,
            va="bottom", ha="left", fontsize=small,
            arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 0.4, "shrinkA": 0,
                        "shrinkB": 1},
        )  # fmt: skip
        text.set_in_layout(False)
        labels.append(text)
    PlacedLabels(ax, labels, _rims(ax, top, area))


def _rims(ax: Axes, top: pd.DataFrame, area: np.ndarray) -> np.ndarray:
    """Return points on the bubbles, which labels keep off, in data units."""
    figure = ax.get_figure(root=True)
    point = figure.dpi / 72  # type: ignore[union-attr]
    turns = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    circle = np.vstack([[0, 0], np.column_stack([np.cos(turns), np.sin(turns)])])
    middle = ax.transData.transform(top[["x", "y"]].to_numpy(dtype=float))
    rims = middle[:, None] + circle * (0.5 * point * np.sqrt(area))[:, None, None]
    back: np.ndarray = ax.transData.inverted().transform(rims.reshape(-1, 2))
    return back
