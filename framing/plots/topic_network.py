"""Charts of topics that stand in the same articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing._checks import check_at_least
from framing.plots.calls import recorded
from framing.plots.panel import (
    axes_for,
    check_single,
    checked,
    groups_of,
    note,
    number,
    one_value,
    record,
    row_axis,
    shared,
    shorten,
    text_size,
    whole,
    with_score,
)
from framing.plots.style import FAINT, INK, look, named
from framing.schema.topics import TOPIC_NETWORKS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WIDEST = 0.45
"""Width of the strongest arc, in heights of the text."""


@recorded
def plot_topic_network(data: pd.DataFrame, *, ax: Axes | None = None, n: int = 40) -> Axes:
    """Draw topics as rows, and arcs between those that stand in the same articles.

    The wider an arc, the more alike the two topics' shares of the articles. Arcs inside a community
    have its colour, others are grey; the letter beside a dot names the community, A that with the
    largest share. Dots have areas in proportion to shares. The order of the rows is the same for
    all groups, so that panels can be compared: ``facets(table, plot_topic_network, by="source")``.
    Whether communities hold, the table says (`together`, `agreement`), not the chart.

    Parameters
    ----------
    data
        A table of `topic_networks` of one group, or any part of its rows.
    ax
        Where to draw; None makes a figure as wide as `paper` says and as high as the rows need.
    n
        Arcs to draw, the strongest; in panels as many on average, from one least strength on.

    Returns
    -------
    Axes
        Topics as rows; arcs reach the farther right the more rows they span.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, or has several groups or measures.

    See Also
    --------
    plot_topic_map : Topics that are alike in their terms.
    facets : One panel for each source.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> ax = fr.plot_topic_network(fr.topic_networks(model, corpus, seed=1, n_resamples=0))
    >>> len(ax.get_yticklabels())
    4
    """
    where = "plot_topic_network"
    data = checked(where, TOPIC_NETWORKS, data)
    check_at_least(where, "n", n, 1)
    measure = named(one_value(where, data, "measure"))
    for column in groups_of(TOPIC_NETWORKS, data):
        one_value(where, data, column)
    check_single(where, data, ["topic", "other"])
    data = with_score(where, data, "similarity")
    nodes = _nodes(data)
    every = whole(data)
    arcs = _strongest(data, every, n)
    about = shared(TOPIC_NETWORKS, data)
    about["articles"] = f"{number(data['n_articles'].max())} articles"
    lines = len(nodes) + (1.3 if about else 0)
    own = ax is None
    ax = axes_for(ax, lines=lines)
    figure: Any = ax.get_figure(root=True)
    room = 0.5 * figure.get_figwidth() * 72
    names = [shorten(f"{topic}  {named(label)}", room) for topic, label in nodes["label"].items()]
    row_axis(ax, names)
    ax.tick_params(axis="y", pad=2.2 * text_size("ytick.labelsize"))  # the letters stand there
    ax.set(xlim=(-0.03, 1.03), xticks=[])
    ax.spines[["bottom", "top", "right"]].set_visible(False)
    most = max(float(every["similarity"].max()), 1e-12)
    _draw_arcs(ax, arcs, nodes, most)
    mark = _draw_dots(ax, nodes, float(every[["share", "other_share"]].to_numpy(dtype=float).max()))
    ax.set_xlabel(f"width: {measure} of shares; dot: share of topic\ncolour, letter: community")
    if own:
        figure.draw_without_rendering()
    record(ax, data, mark, about=about, lines=lines)
    return ax


def _nodes(data: pd.DataFrame) -> pd.DataFrame:
    """Return the topics in their order, with label, community, share and row."""
    names = ["label", "community", "share", "place"]
    one = data[["topic", *names]]
    other = data[["other", *(f"other_{name}" for name in names)]].set_axis(one.columns, axis=1)
    both = pd.concat([one, other]).drop_duplicates("topic").sort_values("place")
    return both.set_index("topic").assign(row=np.arange(len(both)))


def _strongest(data: pd.DataFrame, every: pd.DataFrame, n: int) -> pd.DataFrame:
    """Return the pairs to draw, the weakest first: `n` of them, in panels on average."""
    panels = max(round(len(every) / len(data)), 1)
    ranked = every["similarity"].sort_values(ascending=False).to_numpy()
    least = ranked[min(n * panels, len(ranked)) - 1]
    kept: pd.DataFrame = data[(data["similarity"] >= least) & (data["similarity"] > 0)]
    return kept.sort_values("similarity", kind="stable")


def _draw_arcs(ax: Axes, arcs: pd.DataFrame, nodes: pd.DataFrame, most: float) -> None:
    """Draw half ellipses between rows; those inside communities last, on top."""
    turn = np.linspace(-np.pi / 2, np.pi / 2, 40)
    span = max(len(nodes) - 1, 1)
    widest = _WIDEST * text_size("ytick.labelsize")
    same = arcs["community"] == arcs["other_community"]
    for inside in (False, True):
        part = arcs[same == inside]
        columns = (part[name] for name in ("topic", "other", "similarity", "community"))
        for topic, other, similarity, community in zip(*columns, strict=True):
            one, two = sorted((nodes.loc[topic, "row"], nodes.loc[other, "row"]))
            x = np.sqrt((two - one) / span) * np.cos(turn)
            y = (one + two) / 2 + (two - one) / 2 * np.sin(turn)
            colour = look(_letter(community), "community").colour if inside else FAINT
            ax.plot(x, y, color=colour, linewidth=max(widest * similarity / most, 0.3), zorder=1.5,
                    solid_capstyle="round")  # fmt: skip


def _draw_dots(ax: Axes, nodes: pd.DataFrame, most: float) -> Any:
    """Draw a dot for each topic, and the letter of its community."""
    size = text_size("ytick.labelsize")
    area = size**2 * nodes["share"] / max(most, 1e-12)
    letters = [_letter(community) for community in nodes["community"]]
    colours = [look(letter, "community").colour for letter in letters]
    dots = ax.scatter(np.zeros(len(nodes)), nodes["row"], s=area, color=colours, edgecolors=INK,
                      linewidths=0.4, zorder=3, clip_on=False)  # fmt: skip
    for row, letter in zip(nodes["row"], letters, strict=True):
        note(ax, 0, row, letter, ha="center", xytext=(-11, 0), color=INK,
             fontsize=0.86 * text_size("xtick.labelsize"))  # fmt: skip
    return dots


def _letter(community: int) -> str:
    """Return the letter of a community: A, B, …, Z, A2, B2, …."""
    turn, place = divmod(int(community), len(_LETTERS))
    return f"{_LETTERS[place]}{turn + 1 if turn else ''}"
