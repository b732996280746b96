"""Charts of what shares of topics depend on: coefficients, and the shares they make expect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing.plots.calls import recorded
from framing.plots.panel import (
    axes_for,
    check_single,
    checked,
    groups_of,
    legend_above,
    number,
    one_value,
    record,
    row_axis,
    series_of,
    several,
    shared,
    text_size,
    value_axis,
    zero_line,
)
from framing.plots.style import QUIET, Look, look, named, palette
from framing.plots.trend import date_axis
from framing.schema.topics import TOPIC_EFFECTS, TOPIC_EXPECTED_SHARES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FOUND = 0.05
INTERCEPT = "intercept"
PLAIN = Look(QUIET, "o", "-")


@recorded
def plot_topic_effects(
    data: pd.DataFrame, *, ax: Axes | None = None, by: str | None = None
) -> Axes:
    """Draw what the share of a topic depends on: coefficients, or expected shares.

    Of coefficients one row a term of the formula, without the intercept, or of one term one row a
    topic; a hollow dot is no finding: its `q` is .05 or more. Of expected shares one row a value,
    in brackets the articles that have it, or lines with bands where the values are numbers or
    dates. For several topics: ``facets(table, plot_topic_effects, by="label")``.

    Parameters
    ----------
    data
        A table of `topic_effects` or `topic_expected_shares`, or any part of its rows.
    ax
        Where to draw; None makes a figure as wide as `paper` says.
    by
        The column whose values are the rows or lines: ``"term"``, ``"topic"``, or a column of text
        that shares are expected by; None takes the only one that has several values.

    Returns
    -------
    Axes
        Changes or shares in per cent of an article: on the x axis, or on the y axis of lines.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, or has two rows for one point.

    See Also
    --------
    facets : One panel for each topic.
    plot_comparison : Shares of groups as they are, with intervals.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> formula = "source + date"
    >>> effects = fr.topic_effects(model, corpus, formula=formula, seed=1)
    >>> ax = fr.plot_topic_effects(effects[effects["topic"] == 0])
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['source: Gazette', 'source: Herald', 'source: Tribune', 'date']
    >>> shares = fr.topic_expected_shares(model, corpus, formula=formula, by="date", seed=1)
    >>> ax = fr.plot_topic_effects(shares[shares["topic"] == 0])
    >>> ax.get_ylabel()
    'expected mean share of topic, %'
    """
    where = "plot_topic_effects"
    if "share" in getattr(data, "columns", ()):
        return _shares(where, checked(where, TOPIC_EXPECTED_SHARES, data), ax=ax, by=by)
    data = checked(where, TOPIC_EFFECTS, data)
    rows = data[data["term"] != INTERCEPT] if several(data, "term") else data
    by = series_of(where, TOPIC_EFFECTS, rows, by, also=["topic", "term"]) or "term"
    one_value(where, rows, "formula")
    one_value(where, rows, "topic" if by != "topic" else "term")
    check_single(where, rows, [by])
    if by == "topic":
        rows = rows.sort_values("estimate", ascending=False, kind="stable")
        names = [f"{row.topic}: {named(row.label)}" for row in rows.itertuples()]
        about = {"term": term_name(rows["term"].iloc[0])}
    else:
        names = [term_name(term) for term in rows[by]]
        about = {"label": named(rows["label"].iloc[0])}
    found = (rows["q"] < FOUND).to_numpy()
    remarks = [f"lines: {rows['level'].iloc[0] * 100:g} % intervals"]
    remarks += [] if found.all() else ["hollow: q ≥ .05"]
    ax = axes_for(ax, lines=len(rows) + 1.3)
    mark = _dots(ax, rows, "estimate", names=names, looks=[PLAIN] * len(rows), solid=found)
    value_axis(ax, "x", "change of mean share of topic, percentage points\n"
               f"({'; '.join(remarks)})")  # fmt: skip
    zero_line(ax)
    record(ax, rows, mark, about=about, lines=len(rows) + 1.3)
    return ax


def term_name(term: object) -> str:
    """Return how charts call a term of a formula: `source[T.CNN]` is `source: CNN`."""
    parts = re.split(r":(?![^\[]*\])", named(term))
    return " × ".join(re.sub(r"\[(?:T\.)?([^\]]*)\]", r": \1", part) for part in parts)


def _dots(
    ax: Axes,
    rows: pd.DataFrame,
    value: str,
    *,
    names: list[str],
    looks: list[Look],
    solid: np.ndarray,
) -> Any:
    """Draw a dot and its interval in each row, in per cent, from the top down."""
    size = 0.62 * text_size("ytick.labelsize")
    columns = [rows[name].to_numpy(dtype=float) * 100 for name in (value, "low", "high")]
    mark: Any = None
    for row, (middle, low, high) in enumerate(zip(*columns, strict=True)):
        colour = looks[row].colour
        ax.hlines(row, low, high, color=colour, linewidth=0.26 * size, zorder=2.5)
        (mark,) = ax.plot(
            middle, row, linestyle="none", marker=looks[row].marker, markersize=size, zorder=3,
            color=colour, markerfacecolor=colour if solid[row] else "white",
        )  # fmt: skip
    row_axis(ax, names)
    return mark


def _shares(where: str, data: pd.DataFrame, *, ax: Axes | None, by: str | None) -> Axes:
    """Draw expected shares: rows, or lines along a number or date."""
    one_value(where, data, "formula")
    groups = groups_of(TOPIC_EXPECTED_SHARES, data)
    along = [name for name in groups if _is_line(data[name]) and several(data, name) and name != by]
    if along:
        return _lines(where, data, along[0], ax=ax, by=by)
    by = series_of(where, TOPIC_EXPECTED_SHARES, data, by, also=["topic"]) or (groups[0])
    if by != "topic":
        one_value(where, data, "topic")
    check_single(where, data, [by])
    rows = data.sort_values("share", ascending=False, kind="stable")
    about = shared(TOPIC_EXPECTED_SHARES, rows, but=[by])
    if by == "topic":
        names = [f"{row.topic}: {named(row.label)}" for row in rows.itertuples()]
        looks = [look(about.get("source"))] * len(rows)
    else:
        about = {"label": named(rows["label"].iloc[0])} | about
        palette([named(name) for name in data[by]], by=by)
        looks = [look(name, by) for name in rows[by]]
        sizes = zip(rows[by], rows["n_group"], strict=True)
        names = [f"{named(name)} ({number(n)})" for name, n in sizes]
    ax, solid = axes_for(ax, lines=len(rows) + 1.3), np.ones(len(rows), dtype=bool)
    mark = _dots(ax, rows, "share", names=names, looks=looks, solid=solid)
    said = f"lines: {rows['level'].iloc[0] * 100:g} % intervals"
    said += "" if by == "topic" else "; in brackets: articles"
    value_axis(ax, "x", f"expected mean share of topic, %\n({said})")
    ax.set_xlim(left=min(0.0, float(rows["low"].min()) * 100))
    record(ax, rows, mark, about=about, lines=len(rows) + 1.3)
    return ax


def _is_line(values: pd.Series) -> bool:
    """Tell whether values lie along a line: numbers or dates."""
    return pd.api.types.is_datetime64_any_dtype(values) or (
        pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    )


def _lines(where: str, data: pd.DataFrame, along: str, *, ax: Axes | None, by: str | None) -> Axes:
    """Draw lines with bands along a number or date."""
    by = series_of(where, TOPIC_EXPECTED_SHARES, data.drop(columns=along), by, also=["topic"])
    check_single(where, data, [along] if by is None else [by, along])
    about = shared(TOPIC_EXPECTED_SHARES, data, but=[by, along])
    if by != "topic":
        one_value(where, data, "topic")
        about = {"label": named(data["label"].iloc[0])} | about
    own = ax is None
    ax = axes_for(ax)
    value_axis(ax, "y", "expected mean share of topic, %")
    remark = f"\n(bands: {data['level'].iloc[0] * 100:g} % intervals)"
    if pd.api.types.is_datetime64_any_dtype(data[along]):
        date_axis(ax, along, remark)
    else:
        value_axis(ax, "x", along + remark)
    parts = [data] if by is None else [part for _, part in data.groupby(by, sort=False)]
    names = [_series(part, by) for part in parts]
    column = by or "source"
    if by is not None:
        palette(names, by=column)
    styles = [look(name if by is not None else about.get("source"), column) for name in names]
    parts = [part.sort_values(along) for part in parts]
    handles = [
        ax.plot(part[along], part["share"] * 100, color=style.colour, linestyle=style.line,
                zorder=3)[0]
        for style, part in zip(styles, parts, strict=True)
    ]  # fmt: skip
    for style, part in zip(styles, parts, strict=True):
        ax.fill_between(part[along], part["low"] * 100, part["high"] * 100, color=style.colour,
                        alpha=0.15, linewidth=0)  # fmt: skip
    ax.set_ylim(bottom=min(0.0, ax.get_ylim()[0]))
    if len(names) > 1:
        legend_above(ax, handles, names, title=str(by), own=own)
    record(ax, data, handles[0], about=about)
    return ax


def _series(part: pd.DataFrame, by: str | None) -> str:
    """Return how one line is called."""
    if by is None:
        return ""
    first = part.iloc[0]
    return f"{first['topic']}: {named(first['label'])}" if by == "topic" else named(first[by])
