"""Charts of how often terms occur, and how evenly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framing._checks import check_at_least, not_one_of
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
    several,
    shared,
    text_size,
    value_axis,
    with_score,
)
from framing.plots.rows import Scale, draw_bars, draw_dots
from framing.plots.style import INK, QUIET, named
from framing.schema import DISPERSION, TERM_FREQUENCY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RATE = "occurrences per million tokens"
SCALE = Scale("term", "per_million", RATE, "count", "occurrences")
DISPERSION_NAMES = {
    "dp": "DP (0 even … 1 in few {parts})",
    "dp_norm": "DPnorm (0 even … 1 in few {parts})",
    "juilland_d": "Juilland’s D (1 even … 0 in few {parts})",
    "rosengren_s": "Rosengren’s S (1 even … 0 in few {parts})",
    "kl": "KL divergence, bits (0 even)",
}


@recorded
def plot_term_frequency(
    data: pd.DataFrame, *, ax: Axes | None = None, by: str | None = None, n: int = 20
) -> Axes:
    """Draw how often terms occur per million tokens, in each group.

    Several terms in several groups: one row a term, one dot a group, so that the groups are
    compared along a line. Several terms in one group, or one term in several groups: one bar each,
    with its count. The highest rate stands at the top; the axis begins at 0.

    Parameters
    ----------
    data
        A table of `term_frequency`, or any part of its rows.
    ax
        Where to draw; None makes a figure as wide as `paper` says and as high as the rows need.
    by
        The column whose values are the dots, for example ``"source"``; None takes the only column
        of groups that has several values.
    n
        Rows to draw: the terms with the highest mean of the groups' rates.

    Returns
    -------
    Axes
        Terms (or groups) on the y axis, occurrences per million tokens on the x axis.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, or has two rows for one dot.

    See Also
    --------
    facets : One panel for each value of another column.
    plot_trend : The rates over time.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> ax = fr.plot_term_frequency(fr.term_frequency(corpus, by="source", terms="government"))
    >>> ax.get_xlabel().splitlines()[0]
    'occurrences per million tokens'
    """
    where = "plot_term_frequency"
    data = checked(where, TERM_FREQUENCY, data)
    check_at_least(where, "n", n, 1)
    by = series_of(where, TERM_FREQUENCY, data, by)
    check_single(where, data, ["term"] if by is None else [by, "term"])
    data = with_score(where, data, "per_million")
    about = shared(TERM_FREQUENCY, data, but=[by])
    rows = by if by is not None and not several(data, "term") else "term"
    mean = data["per_million"].groupby(data[rows].map(named)).mean()
    order = mean.sort_index().sort_values(ascending=False, kind="stable").index[:n].tolist()
    if by is not None and rows == "term":
        return draw_dots(data, ax, SCALE, by=by, order=order, names=order, about=about)
    if rows == by:
        about = {"term": named(data["term"].iloc[0]), **about}
        size = data.groupby(data[by].map(named))["n_group_articles"].max()
        names = [f"{group} ({number(size[group])})" for group in order]
        scale = replace(SCALE, beside=f"{SCALE.beside}; in brackets: articles")
        return draw_bars(data, ax, scale, rows=rows, order=order, names=names, about=about)
    about["articles"] = f"{number(data['n_group_articles'].max())} articles"
    return draw_bars(data, ax, SCALE, rows=rows, order=order, names=order, about=about)


@recorded
def plot_dispersion(
    data: pd.DataFrame,
    *,
    ax: Axes | None = None,
    n: int = 24,
    terms: Sequence[str] | None = None,
) -> Axes:
    """Draw how evenly terms are spread against how often they occur.

    Rare terms cannot be spread evenly, so a term is to be judged against others of its frequency:
    the labelled ones lie at the edges of the cloud, half of them above and half below it.

    Parameters
    ----------
    data
        A table of `dispersion` with one measure and one group, or any part of its rows.
    ax
        Where to draw; None makes a figure of the size that `paper` says.
    n
        Labels to try; those that would cover another are left out.
    terms
        The terms to label; None takes `n` at the edges of the cloud.

    Returns
    -------
    Axes
        Occurrences per million tokens on the x axis (logarithmic), the measure on the y axis.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, has several measures, or lacks one of `terms`.

    See Also
    --------
    facets : One panel for each measure or group.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> ax = fr.plot_dispersion(fr.dispersion(corpus))
    >>> ax.get_ylabel()
    'DPnorm (0 even … 1 in few articles)'
    """
    where = "plot_dispersion"
    data = checked(where, DISPERSION, data)
    check_at_least(where, "n", n, 0)
    measure = one_value(where, data, "measure")
    check_single(where, data, ["term"])
    data = with_score(where, data)
    if terms is None:
        labelled = _edges(data, n)
    else:
        labelled = data.loc[data["term"].isin(check_terms(where, data, terms))].index
    ax = axes_for(ax)
    points, *_ = ax.plot(
        data["per_million"], data["score"], linestyle="none", marker="o", color="#b0b0b0",
        markersize=0.3 * text_size("ytick.labelsize"), markeredgewidth=0, zorder=2,
    )  # fmt: skip
    value_axis(ax, "x", RATE, log=True)
    parts = "articles" if (data["parts"] == "doc_id").all() else "parts"
    name = DISPERSION_NAMES.get(measure, measure).format(parts=parts)
    value_axis(ax, "y", name)
    ax.margins(x=0.05, y=0.1)
    label_points(ax, data, labelled, xy=("per_million", "score"), colours=[INK] * len(labelled))
    about = shared(DISPERSION, data) | {"parts": f"{number(data['n_parts'].max())} {parts}"}
    record(ax, data, points, about=about)
    return ax


def check_terms(where: str, data: pd.DataFrame, terms: Sequence[str]) -> list[str]:
    """Return the terms as a list; raise ValueError for one that the table lacks."""
    names = [terms] if isinstance(terms, str) else list(terms)
    known = set(data["term"])
    for name in names:
        if name not in known:
            raise ValueError(not_one_of(where, "terms", name, data["term"]))
    return names


def _edges(data: pd.DataFrame, n: int) -> pd.Index:
    """Return the least and the most even term in each of n / 2 equal steps of frequency."""
    drawable = data[data["per_million"] > 0]
    step = pd.cut(np.log(drawable["per_million"]), max(n // 2, 1), labels=False)
    score = drawable["score"].groupby(step)
    rows = pd.concat([score.idxmax(), score.idxmin()]).drop_duplicates()
    kept: list[int] = rows.sort_index(ascending=False, kind="stable").tolist()
    return pd.Index(kept[:n])


def label_points(
    ax: Axes, data: pd.DataFrame, rows: pd.Index, *, xy: tuple[str, str], colours: Sequence[str]
) -> None:
    """Label some points so that no label covers another at any size of the figure."""
    from framing.plots.artists import PlacedLabels

    ring = 0.45 * text_size("ytick.labelsize")
    labels = []
    for colour, row in zip(colours, rows, strict=True):
        x, y = data.loc[row, xy[0]], data.loc[row, xy[1]]
        ax.plot([x], [y], marker="o", markersize=ring, color=colour, markeredgewidth=0, zorder=3)
        label = note(
            ax,
            x,
            y,
            named(data.loc[row, "term"]),
            color=INK,
            va="bottom",
            ha="left",
            bbox={"facecolor": "white", "alpha": 0.8, "linewidth": 0, "pad": 0.4},
            arrowprops={
                "arrowstyle": "-",
                "color": QUIET,
                "linewidth": 0.4,
                "shrinkA": 0,
                "shrinkB": 1,
            },
        )
        label.set_in_layout(False)
        labels.append(label)
    PlacedLabels(ax, labels, data[list(xy)].to_numpy(dtype=float))
