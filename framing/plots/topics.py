"""Charts of topics: their terms, and what each source writes about."""

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
    note,
    number,
    one_value,
    record,
    series_of,
    shared,
    shorten,
    text_size,
    text_width,
    width_in_points,
    with_score,
    wrap,
)
from framing.plots.style import INK, PLAIN, SHADES, named
from framing.schema import TOPIC_SHARE, TOPIC_TERMS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WEIGHTINGS = {"probability": "", "frex": "\n(terms in order of FREX)"}


@recorded
def plot_topic_terms(data: pd.DataFrame, *, ax: Axes | None = None, n: int = 8) -> Axes:
    """Draw the first terms of each topic as small bars, in blocks side by side.

    All bars have one scale, from 0 to the highest probability on the chart, and each carries its
    value, so that topics can be compared: a topic with one long bar hangs on one word. Terms by
    FREX, lift or relevance stand in that order; their bars are probabilities all the same.

    Parameters
    ----------
    data
        A table of `topic_terms` of one model, or any part of its rows.
    ax
        Where to draw; None makes a figure as wide as `paper` says and as high as the blocks need.
    n
        Terms to draw for each topic.

    Returns
    -------
    Axes
        One block a topic, in the order of the table; bars show P(term given topic) in per cent.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, or has two rows for one topic and rank.

    See Also
    --------
    plot_topic_share : How much each source writes about each topic.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> ax = fr.plot_topic_terms(fr.topic_terms(model), n=3)
    >>> len(ax.patches)
    12
    """
    where = "plot_topic_terms"
    data = checked(where, TOPIC_TERMS, data)
    check_at_least(where, "n", n, 1)
    weighting = named(one_value(where, data, "weighting"))
    check_single(where, data, ["topic", "term"])
    data = with_score(where, data, "probability")
    order = {topic: place for place, topic in enumerate(dict.fromkeys(data["topic"]))}
    top = data.sort_values("rank", kind="stable").groupby("topic", sort=False).head(n)
    top = top.assign(_place=top["topic"].map(order)).sort_values(["_place", "rank"])
    place = top["_place"].to_numpy()
    step = int(top.groupby("_place").size().max()) + 2.2
    names, longest = _fitted(ax, [named(term) for term in top["term"]])
    across, lines = _blocks(ax, longest, step, len(order))
    ax = _frameless(ax, lines)
    width = width_in_points(ax) / across
    start, reach = (
        (longest + 5) / width,
        (width - longest - 4.3 * text_size("ytick.labelsize")) / width,
    )
    probability = top["probability"].to_numpy()
    length = probability / max(probability.max(), 1e-12) * max(reach, 0.1)
    left = place % across + start
    row = (place // across) * step + top.groupby("_place").cumcount().to_numpy() + 1.2
    bars = ax.barh(row, length, left=left, height=0.66, color=PLAIN)
    small = 0.86 * text_size("xtick.labelsize")
    for x, y, end, name, value in zip(left, row, left + length, names, probability, strict=True):
        note(ax, x, y, name, ha="right", xytext=(-2, 0), color=INK)
        note(ax, end, y, _percent(value), xytext=(2, 0), fontsize=small)
    for at, (_, entry) in enumerate(top.groupby("_place")):
        heading = shorten(_heading(entry), (width - 6) / 1.15)  # bold is wider
        note(ax, at % across, (at // across) * step + 0.1, heading, xytext=(0, 0), color=INK,
             fontweight="bold")  # fmt: skip
    ax.set(xlim=(0, across), ylim=(lines - 0.9, -0.6))
    ax.set_xlabel(
        "P(term given topic), %" + WEIGHTINGS.get(weighting, f"\n(terms in order of {weighting})")
    )
    about = shared(TOPIC_TERMS, top, but=["_place"])
    record(ax, top.drop(columns="_place"), bars[0], about=about, lines=lines)
    return ax


def _room(ax: Axes | None) -> float:
    """Return the width of the axes, or of the figure that will be made, in points."""
    import matplotlib as mpl

    rc: Any = mpl.rcParams
    return float(rc["figure.figsize"][0] * 72) if ax is None else width_in_points(ax)


def _fitted(ax: Axes | None, terms: list[str]) -> tuple[list[str], float]:
    """Return the terms, shortened to a quarter of the paper, and the width of the widest."""
    most = max(_room(ax) / 4, 8 * text_size("ytick.labelsize"))
    names = [shorten(term, most) for term in terms]
    return names, max(text_width(name) for name in names)


def _blocks(ax: Axes | None, longest: float, step: float, topics: int) -> tuple[int, float]:
    """Return how many blocks stand side by side and how many lines all take."""
    block = longest + 8 * text_size("ytick.labelsize")
    across = int(np.clip(_room(ax) // block, 1, topics))
    return across, -(-topics // across) * step


def _frameless(ax: Axes | None, lines: float) -> Axes:
    """Return axes that show nothing of themselves and are laid out."""
    own = ax is None
    ax = axes_for(ax, lines=lines)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    if own:
        figure: Any = ax.get_figure(root=True)
        figure.draw_without_rendering()
    return ax


def _heading(entry: pd.DataFrame) -> str:
    """Return a topic's number, and its label where it is more than its first terms."""
    topic, label = entry["topic"].iloc[0], named(entry["label"].iloc[0])
    words = set(label.replace(",", " ").replace("·", " ").split())
    told = words <= set(" ".join(entry["term"].astype(str)).split())
    return f"Topic {topic}" if told else f"{topic}: {label}"


def _percent(share: float) -> str:
    """Return a share as per cent with two digits, without the sign."""
    return f"{share * 100:.1f}" if share >= 0.00995 else f"{share * 100:.2f}"


@recorded
def plot_topic_share(data: pd.DataFrame, *, ax: Axes | None = None, by: str | None = None) -> Axes:
    """Draw how much each source writes about each topic, as a shaded table with its numbers.

    The darker a cell, the larger the share; the number in it is the mean, over the articles of
    the column, of P(topic given article), in per cent. A column of all topics sums to 100. The
    topic with the highest mean over the columns stands on top, so topic 3 may stand above topic 2.

    Parameters
    ----------
    data
        A table of `topic_share` of one model, or any part of its rows.
    ax
        Where to draw; None makes a figure as wide as `paper` says and as high as the rows need.
    by
        The column whose values are the columns of the chart, for example ``"source"``; None takes
        the only one that has several values.

    Returns
    -------
    Axes
        Topics as rows, sorted by the mean of their shares over the columns; groups as columns in
        the order of the table, with their number of articles.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, or has two rows for one cell.

    See Also
    --------
    plot_topic_terms : What the topics are about.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> ax = fr.plot_topic_share(fr.topic_share(model, corpus, by="source"))
    >>> len(ax.get_yticklabels()), len(ax.get_xticklabels())
    (4, 4)
    """
    where = "plot_topic_share"
    data = checked(where, TOPIC_SHARE, data)
    by = series_of(where, TOPIC_SHARE, data, by)
    check_single(where, data, ["topic"] if by is None else [by, "topic"])
    group = pd.Series("all articles", index=data.index) if by is None else data[by].map(named)
    data = data.assign(_group=group)
    cells = data.pivot_table(
        index="topic", columns="_group", values="share", sort=False, dropna=False
    )  # fmt: skip
    cells = cells.loc[cells.mean(axis=1).sort_values(ascending=False, kind="stable").index]
    articles = data.groupby("_group")["n_articles"].max()
    label = data.drop_duplicates("topic").set_index("topic")["label"]
    about = shared(TOPIC_SHARE, data, but=[by, "_group"])
    own = ax is None
    lines = 1.2 * len(cells) + (1.3 if about else 0)
    ax = axes_for(ax, lines=lines)
    mesh = _shade(ax, cells)
    _name_rows(ax, [f"{topic}  {named(label[topic])}" for topic in cells.index])
    _name_columns(ax, {name: int(articles[name]) for name in cells.columns}, own=own)
    _write_cells(ax, cells, own=own)
    ax.set_xlabel("mean share of topic per article, %\n(in brackets: articles)")
    record(ax, data.drop(columns="_group"), mesh, about=about, lines=lines)
    return ax


def _shade(ax: Axes, cells: pd.DataFrame) -> Any:
    """Draw the cells, from white for 0 to dark for the largest share."""
    from matplotlib.colors import LinearSegmentedColormap

    shades = LinearSegmentedColormap.from_list("shares", SHADES).with_extremes(bad="#ffffff")
    values = np.ma.masked_invalid(cells.to_numpy(dtype=float))
    most = float(values.max()) if values.count() else 1.0
    mesh = ax.pcolormesh(
        values, cmap=shades, vmin=0, vmax=most or 1.0, edgecolors="white", linewidth=0.6
    )
    ax.set_ylim(len(cells), 0)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return mesh


def _name_rows(ax: Axes, names: list[str]) -> None:
    """Name the rows, shortened where they would take more than 45 % of the figure."""
    figure: Any = ax.get_figure(root=True)
    room = 0.45 * figure.get_figwidth() * 72
    short = [shorten(name, room) for name in names]
    ax.set_yticks(np.arange(len(names)) + 0.5, labels=short, parse_math=False)


def _name_columns(ax: Axes, articles: dict[str, int], *, own: bool) -> None:
    """Name the columns over the table, upright where they are too narrow for their names."""
    figure: Any = ax.get_figure(root=True)
    if own:
        figure.draw_without_rendering()
    room = width_in_points(ax) / len(articles) - 3
    wrapped = [wrap(name, room) for name in articles]
    upright = max(text_width(line) for name in wrapped for line in name.split("\n")) > room
    lines = [
        f"{name} ({number(count)})" if upright else f"{several}\n({number(count)})"
        for several, (name, count) in zip(wrapped, articles.items(), strict=True)
    ]
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", labelrotation=90 if upright else 0, length=0)
    ax.set_xticks(np.arange(len(lines)) + 0.5, labels=lines, parse_math=False)
    if own:
        size = 1.2 * text_size("xtick.labelsize")
        deep = max(text_width(line) if upright else size * (line.count("\n") + 1) for line in lines)
        figure.set_figheight(figure.get_figheight() + deep / 72)


def _write_cells(ax: Axes, cells: pd.DataFrame, *, own: bool) -> None:
    """Write the shares into the cells, with one decimal where they have room for it."""
    figure: Any = ax.get_figure(root=True)
    if own:
        figure.draw_without_rendering()
    small = 0.9 * text_size("xtick.labelsize")
    values = cells.to_numpy(dtype=float) * 100
    fine = width_in_points(ax) / cells.shape[1] > text_width("88.8") + 2
    most = np.nanmax(values, initial=0)
    for (row, column), value in np.ndenumerate(values):
        if np.isnan(value):
            continue
        text = f"{value:.1f}" if fine else "<1" if 0 < value < 0.5 else f"{value:.0f}"
        colour = "white" if value > 0.55 * most else INK
        cell = ax.text(column + 0.5, row + 0.5, text, ha="center", va="center", color=colour)
        cell.set(fontsize=small, in_layout=False)
