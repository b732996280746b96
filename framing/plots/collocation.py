"""Charts of the terms that stand near a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    one_value,
    record,
    row_axis,
    several,
    shared,
    text_size,
    value_axis,
    with_score,
    zero_line,
)
from framing.plots.style import FAINT, look, named
from framing.schema import COLLOCATES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MEASURES = {
    "log_dice": "logDice (14 at most)",
    "pmi": "PMI, bits",
    "npmi": "normalised PMI (−1 … 1)",
    "mi3": "MI³, bits",
    "t": "t-score",
    "g2": "signed log-likelihood G²",
}


@recorded
def plot_collocates(data: pd.DataFrame, *, ax: Axes | None = None, n: int = 20) -> Axes:
    """Draw the terms that a word attracts most, with how often they stand near it.

    Parameters
    ----------
    data
        A table of `collocates` with one node, one measure and one group, or any part of its rows.
    ax
        Where to draw; None makes a figure as wide as `paper` says and as high as the rows need.
    n
        Terms to draw, those with the highest scores.

    Returns
    -------
    Axes
        Terms as rows, the highest score on top; the score on the x axis.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, or has several nodes, measures or groups.

    See Also
    --------
    facets : One panel for each node or group.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> ax = fr.plot_collocates(fr.collocates(corpus, "government"), n=5)
    >>> ax.get_title(loc="left")
    'near “government” · ± 5 tokens · 243 occurrences'
    """
    where = "plot_collocates"
    data = checked(where, COLLOCATES, data)
    check_at_least(where, "n", n, 1)
    measure = named(one_value(where, data, "measure"))
    node, window = one_value(where, data, "node"), one_value(where, data, "window")
    check_single(where, data, ["term"])
    ranked = with_score(where, data).sort_values(
        ["score", "count", "term"], ascending=[False, False, True]
    )
    top = ranked.head(n)
    near = {"node": f"near “{node}”", "window": f"± {window} tokens"}
    about = {**near, **shared(COLLOCATES, data)}
    if not several(top, "n_node"):
        about["n"] = f"{number(top['n_node'].iloc[0])} occurrences"
    lines = len(top) + 1.3
    ax = axes_for(ax, lines=lines)
    score = top["score"].to_numpy()
    colour = look(about.get("source")).colour
    ax.hlines(range(len(top)), 0, score, color=FAINT, linewidth=beside(1.5), zorder=2)
    dots, *_ = ax.plot(
        score, range(len(top)), linestyle="none", marker="o", color=colour, clip_on=False,
        markersize=0.6 * text_size("ytick.labelsize"), markeredgewidth=0, zorder=3,
    )  # fmt: skip
    row_axis(ax, [named(term) for term in top["term"]])
    value_axis(ax, "x", f"{MEASURES.get(measure, measure)}\n(beside the dots: occurrences)")
    ax.set_xlim(min(0.0, score.min() * 1.05), max(0.0, score.max() * 1.02) or 1)
    zero_line(ax)
    for row, (x, count) in enumerate(zip(score, top["count"], strict=True)):
        note(ax, max(x, 0.0), row, number(count), xytext=(6, 0))
    record(ax, top, dots, about=about, lines=lines)
    return ax
