"""Charts of what each number of topics costs and gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framing.plots.calls import recorded
from framing.plots.panel import (
    axes_for,
    check_single,
    checked,
    height_in_points,
    number,
    one_value,
    record,
    shared,
    text_size,
    title_room,
    value_axis,
    with_score,
    wrap,
)
from framing.plots.style import INK, PLAIN, QUIET, named
from framing.schema.topics import TOPIC_CHOICE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MEASURES = {
    "held_out": "held-out fit",
    "npmi": "coherence, NPMI",
    "c_v": "coherence, C_V",
    "exclusivity": "exclusivity",
    "diversity": "diversity",
    "stability_seeds": "stability, seeds",
    "stability_articles": "stability, articles",
    "dead": "dead topics",
    "bound": "topics of one group",
}
_MOST_TICKS = 8


@recorded
def plot_topic_choice(data: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw one measure over numbers of topics: a dot for each seed, a line through their means.

    Numbers of topics that no other beats on all sides have a filled diamond, the others a hollow
    one. The arrow says which end is the good one. Where the dots of neighbours overlap, the seed
    moves the measure as much as the number does. All measures:
    ``facets(table, plot_topic_choice, by="measure", sharey=False)``.

    Parameters
    ----------
    data
        A table of `choose_n_topics` with one measure, or any part of its rows. Rows without a
        score are left out.
    ax
        Where to draw; None makes a figure of the size that `paper` says.

    Returns
    -------
    Axes
        Numbers of topics on the x axis, the measure in its own unit on the y axis.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, has several measures or engines, two rows for
        one point, or no score at all.

    See Also
    --------
    facets : One panel for each measure.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> table = fr.choose_n_topics(corpus, [2, 4], seeds=[1, 2], engine="nmf")
    >>> ax = fr.plot_topic_choice(table[table["measure"] == "npmi"])
    >>> ax.get_ylabel()
    'coherence, NPMI ↑'
    """
    where = "plot_topic_choice"
    data = checked(where, TOPIC_CHOICE, data)
    measure = named(one_value(where, data, "measure"))
    one_value(where, data, "engine")
    check_single(where, data, ["n_topics", "seed"])
    data = with_score(where, data)
    arrow = {"higher": "\u00a0↑", "lower": "\u00a0↓"}.get(str(data["better"].iloc[0]), "")
    own = ax is None
    ax = axes_for(ax)
    held_out = number(data["n_held_out"].max())
    said = f"filled: on the frontier; articles held out: {held_out}"
    value_axis(ax, "x", f"number of topics (↑ higher, ↓ lower is better;\n{said})")
    room = 0.9 * height_in_points(ax.patch) if own else 0.6 * title_room(ax)  # of facets
    name = wrap(f"{MEASURES.get(measure, measure)}{arrow}", room, like="axes.label")
    value_axis(ax, "y", name.replace("\u00a0", " "))
    size = text_size("ytick.labelsize")
    ax.plot(data["n_topics"], data["score"], linestyle="none", marker="o", color=QUIET, alpha=0.7,
            markersize=0.4 * size, markeredgewidth=0, zorder=2)  # fmt: skip
    rows = data.groupby("n_topics").agg(score=("score", "mean"), frontier=("frontier", "first"))
    (line,) = ax.plot(rows.index, rows["score"], color=PLAIN, zorder=2.5)
    for filled in (True, False):
        part = rows[rows["frontier"] == filled]
        ax.plot(part.index, part["score"], linestyle="none", marker="D", color=INK, zorder=3,
                markersize=0.6 * size, markerfacecolor=INK if filled else "white")  # fmt: skip
    if len(rows) <= _MOST_TICKS:
        ax.set_xticks(rows.index, labels=[number(n) for n in rows.index])
    ax.margins(x=0.08, y=0.12)
    if measure in {"dead", "bound"}:  # counts of topics
        ax.set_ylim(bottom=0, top=max(1.0, ax.get_ylim()[1]))
    record(ax, data, line, about=shared(TOPIC_CHOICE, data))
    return ax
