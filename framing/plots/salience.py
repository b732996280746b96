"""Charts of how much attention actors and countries are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from framing._checks import check_at_least, check_one_of, not_one_of
from framing.plots.calls import recorded
from framing.plots.panel import (
    check_single,
    checked,
    number,
    one_value,
    series_of,
    several,
    shared,
    whole,
    with_score,
)
from framing.plots.rows import Scale, draw_bars, draw_dots
from framing.plots.shapes import item_name
from framing.plots.style import named
from framing.schema import SALIENCE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# How the parts of articles are called: in the title of the axis, and beside their number.
PARTS = {
    "all": {"who": "articles that name it", "of": "", "name": "articles"},
    "title": {"who": "titles that name it", "of": " of titles", "name": "titles"},
    "lead": {"who": "leads that name it", "of": " of leads", "name": "leads"},
    "part": {"who": "articles that name it there", "of": " of that part", "name": ""},
}
SCALES = {
    "share": Scale("item", "share", "{who}, % of all", "n_articles", "their number", 100),
    "per_1000": Scale(
        "item", "per_1000", "mentions per 1,000 tokens{of}", "n_mentions", "mentions"
    ),
}


@recorded
def plot_salience(
    data: pd.DataFrame,
    *,
    ax: Axes | None = None,
    value: str = "share",
    n: int = 15,
    by: str | None = None,
    items: Sequence[str] | None = None,
) -> Axes:
    """Draw how much attention actors or countries are given, in each source.

    Several items in several groups: one row an item, one dot a group, so that the groups are
    compared along a line; the legend tells how many articles each group has. Several items in one
    group, or one item in several groups: one bar each, with its count. Countries are written by
    name. The axis begins at 0. A group that has no row for an item has no dot there.

    Parameters
    ----------
    data
        A table of `salience`, or any part of its rows. Of a table with several parts the rows of
        whole articles (``"all"``) are drawn, unless ``by="part"``; filter it for titles or leads.
    ax
        Where to draw; None makes a figure as wide as `paper` says and as high as the rows need.
    value
        ``"share"``: the share of articles that name the item, in per cent; ``"per_1000"``:
        mentions per 1,000 tokens, which also tells how often it is named again.
    n
        Items to draw: those with the highest mean over the groups. In the panels of `facets`
        they and their order are the same, chosen from all panels together.
    by
        The column whose values are the dots, for example ``"source"`` or ``"part"``; None takes
        the only one that has several values.
    items
        The items to draw, from the top down, countries as codes; None takes `n`.

    Returns
    -------
    Axes
        Items (or groups) on the y axis, the value on the x axis.

    Raises
    ------
    ValueError
        Where the table has no rows, lacks a column, has two rows for one dot, or lacks one of
        `items`.

    See Also
    --------
    plot_country_map : The same of all countries on a map.
    plot_co_mentions : Who is named with whom.
    facets : One panel for each part or source.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.load_sample().articles)
    >>> mentions = fr.find_mentions(corpus, fr.load_ledger())
    >>> table = fr.salience(mentions, corpus, items="country", by="source")
    >>> ax = fr.plot_salience(table, n=5)
    >>> ax.get_xlabel()
    'articles that name it, % of all'
    """
    where = "plot_salience"
    data = checked(where, SALIENCE, data)
    check_at_least(where, "n", n, 1)
    check_one_of(where, "value", value, SCALES)
    counted = named(one_value(where, data, "items"))
    if by != "part":
        data = one_part(data)
    by = series_of(where, SALIENCE, data, by)
    part = "part" if by == "part" else named(one_value(where, data, "part"))
    check_single(where, data, ["item"] if by is None else [by, "item"])
    data = with_score(where, data, value)
    scale = replace(SCALES[value], title=SCALES[value].title.format(**PARTS[part]))
    about = shared(SALIENCE, data, but=[by])
    every = one_part(whole(data))
    if by is not None and not several(data, "item"):
        item = named(data["item"].iloc[0])
        name = item_name(counted, item)
        about = {"item" if name == item else "name": name, **about}
        order = _ranked(every, by, value)[:n]
        size = data.groupby(data[by].map(named))["n_group_articles"].max()
        names = [f"{group} ({number(size.get(group, 0))})" for group in order]
        scale = replace(scale, beside=f"{scale.beside}; in brackets: all")
        return draw_bars(data, ax, scale, rows=by, order=order, names=names, about=about)
    order = _ranked(every, "item", value)[:n] if items is None else _chosen(where, every, items)
    names = [item_name(counted, item) for item in order]
    if by is not None:
        return draw_dots(data, ax, scale, by=by, order=order, names=names, about=about)
    about["articles"] = f"{number(data['n_group_articles'].max())} {PARTS[part]['name']}"
    return draw_bars(data, ax, scale, rows="item", order=order, names=names, about=about)


def one_part(data: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of whole articles, where there are rows of other parts besides."""
    whole_articles = (data["part"] == "all").to_numpy()
    return data[whole_articles] if whole_articles.any() else data


def _ranked(data: pd.DataFrame, rows: str, value: str) -> list[str]:
    """Return the rows of a chart, the highest mean first; no row of the table counts as 0."""
    total = data[value].groupby(data[rows].map(named)).sum()
    return total.sort_index().sort_values(ascending=False, kind="stable").index.tolist()


def _chosen(where: str, data: pd.DataFrame, items: Sequence[str]) -> list[str]:
    """Return the items as a list; raise ValueError for one that the table lacks."""
    names = [items] if isinstance(items, str) else list(dict.fromkeys(items))
    known = data["item"].unique().tolist()
    for name in names:
        if name not in known:
            raise ValueError(not_one_of(where, "items", name, known))
    return names
