"""Charts of the words with which sources write about one topic."""

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
    text_size,
    text_width,
    value_axis,
    width_in_points,
    with_score,
    zero_line,
)
from framing.plots.style import QUIET, named, palette
from framing.schema.topics import TOPIC_WORDING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FOUND = 0.05


@recorded
def plot_topic_wording(data: pd.DataFrame, *, ax: Axes | None = None, n: int = 8) -> Axes:
    """Draw the words that set a group apart from the others within one topic, with intervals.

    Dots to the right of 0 are words of the target, dots to the left those of all others; the
    surest ones of each side are drawn. A hollow dot is no finding: its `q` is .05 or more. Beside
    each interval stands how often the term is expected in the topic, in the target and elsewhere.

    Parameters
    ----------
    data
        A table of `topic_wording` with one target and one topic, or any part of its rows.
    ax
        Where to draw; None makes a figure as wide as `paper` says and as high as the rows need.
    n
        Terms to draw on each side, those with the lowest `p`.

    Returns
    -------
    Axes
        Terms as rows, the highest log-odds ratio on top; the log-odds ratio on the x axis.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, or has several targets or topics.

    See Also
    --------
    plot_keyness : The same of all that sources write.
    facets : One panel for each target.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(400, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=8, seed=1, engine="nmf")
    >>> wording = fr.topic_wording(model, corpus, topic=0)
    >>> ax = fr.plot_topic_wording(wording[wording["target"] == "Herald"], n=5)
    >>> len(ax.get_yticklabels())
    10
    """
    where = "plot_topic_wording"
    data = checked(where, TOPIC_WORDING, data)
    check_at_least(where, "n", n, 1)
    target = named(one_value(where, data, "target"))
    topic = one_value(where, data, "topic")
    check_single(where, data, ["term"])
    top = _surest(with_score(where, data, "log_odds"), n)
    about = {"target": target, "topic": f"topic {topic}: {named(data['label'].iloc[0])}"}
    lines = len(top) + 1.3
    ax = axes_for(ax, lines=lines)
    rows = list(range(len(top)))
    colour = palette([target], by=named(top["by"].iloc[0])).get(target, QUIET)
    colours = [colour if value > 0 else QUIET for value in top["log_odds"]]
    marks = ax.hlines(
        rows, top["low"], top["high"], colors=colours, linewidth=beside(1.2), zorder=2
    )
    size = 0.62 * text_size("ytick.labelsize")
    found = (top["q"] < FOUND).to_numpy()
    for row, value, one, solid in zip(rows, top["log_odds"], colours, found, strict=True):
        ax.plot([value], [row], marker="o", markersize=size, color=one, zorder=3,
                markerfacecolor=one if solid else "white")  # fmt: skip
    row_axis(ax, [named(term) for term in top["term"]])
    remark = "" if found.all() else "; hollow: q ≥ .05"
    value_axis(ax, "x", "log-odds ratio within the topic,\ntarget against all others\n"
               f"(beside: expected, target : others{remark})")  # fmt: skip
    zero_line(ax)
    _write_beside(ax, top)
    record(ax, top, marks, about=about, lines=lines)
    return ax


def _write_beside(ax: Axes, data: pd.DataFrame) -> None:
    """Write both counts at the end of each interval that is farther from 0, and make room there."""
    columns = ("log_odds", "low", "high", "count", "count_reference")
    small = 0.86 * text_size("xtick.labelsize")
    rows = zip(*(data[name] for name in columns), strict=True)
    left, right = ax.get_xlim()
    room = 0.7 * width_in_points(ax)
    for row, (value, low, high, count, other) in enumerate(rows):
        text = f"{number(round(count))} : {number(round(other))}"
        if value > 0:
            note(ax, high, row, text, ha="left", xytext=(3, 0), fontsize=small)
        else:
            note(ax, low, row, text, ha="right", xytext=(-3, 0), fontsize=small)
            part = min((text_width(text) + 6) / room, 0.5)
            left = min(left, low - (right - low) * part / (1 - part))
    ax.set_xlim(left, right)


def _surest(data: pd.DataFrame, n: int) -> pd.DataFrame:
    """Return the surest terms of each side, from the highest log-odds ratio down."""
    ranked = data.sort_values(["p", "term"], kind="stable")
    above, below = ranked["log_odds"] > 0, ranked["log_odds"] <= 0
    top = pd.concat([ranked[above].head(n), ranked[below].head(n)])
    return top.sort_values(["log_odds", "term"], ascending=[False, True], kind="stable")
