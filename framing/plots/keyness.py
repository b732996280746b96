"""Charts of the terms that mark one source against another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framing._checks import check_at_least
from framing.plots.calls import recorded
from framing.plots.frequency import RATE, check_terms, label_points
from framing.plots.panel import (
    axes_for,
    check_single,
    checked,
    height_in_points,
    note,
    number,
    one_value,
    record,
    row_axis,
    shared,
    shorten,
    text_size,
    text_width,
    value_axis,
    whole,
    with_score,
    wrap,
    zero_line,
)
from framing.plots.style import INK, QUIET, named, palette
from framing.schema import KEYNESS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MEASURES = {
    "g2": "keyness: signed log-likelihood G²",
    "g2_2cell": "keyness: signed log-likelihood G², two cells",
    "chi2": "keyness: signed χ²",
    "log_ratio": "log ratio (1: twice the rate)",
    "lrc": "conservative log ratio (1: twice the rate)",
    "log_odds": "log-odds ratio, z (flat prior)",
    "log_odds_informative": "log-odds ratio, z (informative prior)",
}


@recorded
def plot_keyness(data: pd.DataFrame, *, ax: Axes | None = None, n: int = 12) -> Axes:
    """Draw the terms that mark the target and those that mark the reference as diverging bars.

    Bars to the right of 0 mark the target, bars to the left the reference; both sides are named
    over the bars, with the tokens they were counted in, even where no bar points to one. Beside
    each bar stands how often the term occurs in the target and in the reference. A long bar of a
    rare term says little: look at the counts, and into `kwic`. Scores such as `log_odds` are led
    by function words (the, on, said); leave them out of the chart, not of the counts, with
    ``key[~key["term"].isin(fr.stop_words())]``.

    Parameters
    ----------
    data
        A table of `keyness` with one target and one measure, or any part of its rows.
    ax
        Where to draw; None makes a figure as wide as `paper` says and as high as the rows need.
    n
        Terms to draw on each side, those with the highest and the lowest scores.

    Returns
    -------
    Axes
        Terms as rows, the highest score on top; the score on the x axis.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, or has several targets or measures.

    See Also
    --------
    plot_keyness_scatter : The scores against frequency.
    facets : One panel for each target.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> key = fr.keyness(corpus, by="source", target="Herald")
    >>> ax = fr.plot_keyness(key, n=5)
    >>> ax.get_xlabel().splitlines()[0]
    'conservative log ratio (1: twice the rate)'
    """
    where = "plot_keyness"
    data = _one_comparison(where, data)
    check_at_least(where, "n", n, 1)
    ranked = data.sort_values(["score", "count", "term"], ascending=[False, False, True])
    top = pd.concat([
        ranked[ranked["score"] > 0].head(n), ranked[ranked["score"] < 0].tail(n)
    ])  # fmt: skip
    if top.empty:
        top = ranked.head(n)
    score = top["score"].to_numpy()
    lines = len(top) + 2.6
    ax = axes_for(ax, lines=lines)
    sides = _side_colours(top)
    bars = ax.barh(range(len(top)), score, height=0.66, color=np.where(score < 0, *sides[::-1]))
    row_axis(ax, [""] * len(top), top=2.6)
    value_axis(ax, "x", f"{_name(top)}\n(beside the bars: occurrences, target : reference)")
    ax.set_xlim(*_limits(score))
    zero_line(ax)
    _write_beside(ax, top)
    _name_sides(ax, top)
    record(ax, top, bars[0], about=shared(KEYNESS, top), lines=lines)
    return ax


def _write_beside(ax: Axes, data: pd.DataFrame) -> None:
    """Write each term on the free side of 0 and both counts at the end of its bar."""
    small = 0.86 * text_size("xtick.labelsize")
    columns = [data[name] for name in ("score", "term", "count", "count_reference")]
    for row, (score, term, count, other) in enumerate(zip(*columns, strict=True)):
        sign, ends = (1, ("right", "left")) if score >= 0 else (-1, ("left", "right"))
        note(ax, 0, row, named(term), ha=ends[0], xytext=(-3 * sign, 0), color=INK)
        counts = f"{number(count)} : {number(other)}"
        note(ax, score, row, counts, ha=ends[1], xytext=(3 * sign, 0), fontsize=small)


def _one_comparison(where: str, data: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with a score after checking that they compare two sides by one measure."""
    data = checked(where, KEYNESS, data)
    for column in ("measure", "target", "reference"):
        one_value(where, data, column)
    check_single(where, data, ["term"])
    return with_score(where, data)


def _name(data: pd.DataFrame) -> str:
    measure = named(data["measure"].iloc[0])
    return MEASURES.get(measure, measure)


def _side_colours(data: pd.DataFrame) -> tuple[str, str]:
    """Return the colours of target and reference; the rest, which is no source, is grey."""
    target, reference = named(data["target"].iloc[0]), named(data["reference"].iloc[0])
    by = named(data["by"].iloc[0])
    known = palette([target] if reference == "rest" else [target, reference], by=by)
    return known.get(target, QUIET), known.get(reference, QUIET)


def _limits(score: np.ndarray) -> tuple[float, float]:
    """Return limits that leave each side room for the other side's terms."""
    low, high = min(score.min(), 0.0), max(score.max(), 0.0)
    if low < 0 < high:
        return min(low, -0.6 * high) * 1.1, max(high, -0.6 * low) * 1.1
    return (low, high) if low < high else (0.0, 1.0)


def side_names(data: pd.DataFrame) -> tuple[str, str]:
    """Return how charts call target and reference, with the tokens of each."""
    row = data.iloc[0]
    reference = named(row["reference"])
    other = "all others" if reference == "rest" else reference
    return (
        f"{named(row['target'])}\n{number(row['n_tokens'])} tokens",
        f"{other}\n{number(row['n_tokens_reference'])} tokens",
    )


def _name_sides(ax: Axes, data: pd.DataFrame) -> None:
    """Write the names of both sides and their tokens over the bars, each on its side of 0.

    Without room the word "tokens" goes and names are cut, but never a figure.
    """
    width = ax.get_window_extent().width / ax.figure.dpi * 72 / 1.15  # bold is wider
    scores = whole(data)["score"]
    left, right = (scores < 0).any(), (scores > 0).any()
    rooms = [width * (0.6 if bars else 0.45) for bars in (right or not left, left)]
    names = [name.rsplit("\n", 1) for name in side_names(data)]
    if any(text_width(tokens) > room for (_, tokens), room in zip(names, rooms, strict=True)):
        names = [[name, tokens.removesuffix(" tokens")] for name, tokens in names]
    how = {"color": INK, "fontweight": "bold", "linespacing": 1.2}
    places = zip(names, rooms, ("left", "right"), (3, -3), strict=True)
    for (name, tokens), room, side, step in places:
        lines = [shorten(line, room) for line in name.split("\n")]
        note(ax, 0, -1.5, "\n".join([*lines, tokens]), ha=side, xytext=(step, 0), **how)


@recorded
def plot_keyness_scatter(
    data: pd.DataFrame,
    *,
    ax: Axes | None = None,
    n: int = 24,
    terms: Sequence[str] | None = None,
) -> Axes:
    """Draw every term's keyness against how often it occurs, the extremes labelled.

    Shows what bars hide: whether a marked term is frequent enough to matter. Points above 0 mark
    the target, points below 0 the reference.

    Parameters
    ----------
    data
        A table of `keyness` with one target and one measure, or any part of its rows.
    ax
        Where to draw; None makes a figure of the size that `paper` says.
    n
        Labels to try, half of them on each side; those that would cover another are left out.
    terms
        The terms to label; None takes the `n` with the highest and the lowest scores.

    Returns
    -------
    Axes
        Occurrences per million tokens of both sides together on the x axis (logarithmic), the
        score on the y axis.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, has several targets or measures, or lacks one
        of `terms`.

    See Also
    --------
    plot_keyness : The extremes as bars, with their counts.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> key = fr.keyness(corpus, by="source", target="Herald", measure="log_odds")
    >>> ax = fr.plot_keyness_scatter(key)
    >>> ax.get_title(loc="left")
    'Herald above 0, all others below · 6,138 : 18,375 tokens'
    """
    where = "plot_keyness_scatter"
    data = _one_comparison(where, data)
    check_at_least(where, "n", n, 0)
    tokens = data["n_tokens"] + data["n_tokens_reference"]
    rate = (data["count"] + data["count_reference"]) / tokens * 1e6
    data = data.assign(per_million_both=rate)
    ranked = data.sort_values(["score", "per_million_both", "term"], ascending=[False, False, True])
    if terms is None:
        high = ranked[ranked["score"] > 0].head(n - n // 2).index
        low = ranked[ranked["score"] < 0].tail(n // 2).index[::-1]
        labelled = high.append(low)
    else:
        labelled = data.index[data["term"].isin(check_terms(where, data, terms))]
    own = ax is None
    ax = axes_for(ax)
    points, *_ = ax.plot(
        data["per_million_both"], data["score"], linestyle="none", marker="o", color="#b0b0b0",
        markersize=0.3 * text_size("ytick.labelsize"), markeredgewidth=0, zorder=2,
    )  # fmt: skip
    value_axis(ax, "x", f"{RATE}, both sides", log=True)
    room = 0.8 * height_in_points(ax.patch) if own else 1e9
    value_axis(ax, "y", wrap(_name(data), room, like="axes.label"))
    ax.margins(x=0.05, y=0.1)
    zero_line(ax, "y")
    sides = _side_colours(data)
    colours = [sides[0] if data.loc[row, "score"] >= 0 else sides[1] for row in labelled]
    label_points(ax, data, labelled, xy=("per_million_both", "score"), colours=colours)
    target, other = (name.split("\n")[0] for name in side_names(data))
    about = {"target": f"{target} above 0, {other} below", **shared(KEYNESS, data)}
    sizes = [number(data[name].iloc[0]) for name in ("n_tokens", "n_tokens_reference")]
    about["tokens"] = f"{' : '.join(sizes)} tokens"
    record(ax, data, points, about=about)
    return ax
