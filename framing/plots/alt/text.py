"""The text that stands for a chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from framing._checks import listing
from framing.plots.alt import actors, comparisons, terms, topics
from framing.plots.alt.facts import LONGEST, Facts, cut, plural
from framing.plots.calls import facets_call, live_calls
from framing.plots.panel import drawn
from framing.schema.recognise import recognise

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# For each chart what tells its facts, and the option of the chart that changes them.
FACTS: dict[str, tuple[Callable[..., Facts], str | None]] = {
    "plot_attrition": (actors.attrition, None),
    "plot_co_mentions": (actors.co_mentions, "value"),
    "plot_collocates": (terms.collocates, None),
    "plot_comparison": (comparisons.comparison, "value"),
    "plot_country_map": (actors.country_map, "value"),
    "plot_decomposition": (comparisons.decomposition, "by"),
    "plot_dispersion": (terms.dispersion, None),
    "plot_keyness": (terms.keyness, None),
    "plot_keyness_scatter": (terms.keyness_scatter, None),
    "plot_salience": (actors.salience, "value"),
    "plot_specification_curve": (comparisons.specification_curve, None),
    "plot_term_frequency": (terms.term_frequency, None),
    "plot_topic_choice": (topics.topic_choice, None),
    "plot_topic_effects": (topics.topic_effects, None),
    "plot_topic_map": (topics.topic_map, None),
    "plot_topic_network": (topics.topic_network, None),
    "plot_topic_share": (topics.topic_share, None),
    "plot_topic_terms": (topics.topic_terms, None),
    "plot_topic_trend": (topics.topic_trend, "min_articles"),
    "plot_topic_wording": (topics.topic_wording, None),
    "plot_trend": (terms.trend, "value"),
}
TABLES = {
    "term_frequency": "plot_term_frequency",
    "term_trend": "plot_trend",
    "topic_networks": "plot_topic_network",
    "comparison_pairs": "plot_comparison",
    "choose_n_topics": "plot_topic_choice",
}


def alt_text(data: Figure | Axes | pd.DataFrame) -> str:
    """Say in one to three sentences what a chart shows, for those who cannot see it.

    The text is made of the rows that are drawn: what kind of chart of what, in which groups, in
    which unit; the highest and the lowest value, with intervals where the table has them; on how
    many articles it rests. `save_figure` writes it into its files. It says what stands in the
    chart, and nothing of what it means: that remains to be written in the caption.

    Parameters
    ----------
    data
        Axes that a chart returned, a figure of one or several, or a table that a chart can draw.

    Returns
    -------
    str
        At most 400 characters, in plain text without line breaks.

    Raises
    ------
    TypeError
        Where `data` is neither axes nor a figure nor a table.

    See Also
    --------
    save_figure : Writes the text into PDF, SVG, PNG and JSON.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> key = fr.keyness(corpus, by="source", target="Herald")
    >>> print(fr.alt_text(fr.plot_keyness(key, n=5)).partition(": ")[0])
    Diverging bar chart of 4 terms by conservative log ratio
    """
    from matplotlib.axes import Axes

    if isinstance(data, pd.DataFrame):
        return _of_table(data)
    if not hasattr(data, "get_figure"):
        msg = (
            f"alt_text: data is {type(data).__name__}, neither axes nor a figure nor a table. "
            "Pass what a plot_… function or facets() returned, or the table it draws."
        )
        raise TypeError(msg)
    figure: Any = data.get_figure(root=True)
    charts = _charts(figure)
    if isinstance(data, Axes):
        charts = [chart for chart in charts if chart[0] is data]
    return _of_charts(charts, figure)


def title_text(said: str) -> str:
    """Return the first sentence of an alternative text, without its full stop."""
    return said.partition(". ")[0].rstrip(".")


def _charts(figure: Any) -> list[tuple[Axes, str, dict[str, Any], pd.DataFrame]]:
    """Return the charts on a figure: axes, name, arguments and the rows that are drawn."""
    return [
        (ax, call.function, call.arguments, entry.table)
        for ax, calls in live_calls(figure)
        for entry in drawn(ax)
        for call in calls
        if entry.mark in call.marks and call.function in FACTS
    ]


def _of_charts(charts: list[tuple[Axes, str, dict[str, Any], pd.DataFrame]], figure: Any) -> str:
    """Return the text of all charts of a figure."""
    if not charts:
        return "Chart."
    names = {(name, _option(name, arguments)) for _, name, arguments, _ in charts}
    panels = len({ax for ax, *_ in charts})
    if len(names) > 1:
        parts = [
            _facts(name, arguments, table).sentences()[0] for _, name, arguments, table in charts
        ]
        return _fitted([f"{plural('panel', panels)}.", *parts])
    _, name, arguments, _ = charts[0]
    tables = [table for *_, table in charts]
    table = tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True)
    sentences = _facts(name, arguments, table).sentences()
    if panels > 1:
        small = facets_call(figure)
        each = f", one for each {small.arguments['by']}" if small is not None else ""
        sentences[0] = f"{plural('panel', panels)}{each}: {_lower(sentences[0])}"
    return _fitted(sentences)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _option(name: str, arguments: dict[str, Any]) -> Any:
    """Return the argument that changes what a chart shows."""
    option = FACTS[name][1]
    return None if option is None else str(arguments.get(option))


def _facts(name: str, arguments: dict[str, Any], table: pd.DataFrame) -> Facts:
    """Return what there is to say of a chart."""
    function, option = FACTS[name]
    if option is None or option not in arguments:
        return function(table)
    return function(table, **{option: arguments[option]})


def _of_table(data: pd.DataFrame) -> str:
    """Return the text of a table."""
    known = recognise(data)
    name = "" if known is None else TABLES.get(known.name, f"plot_{known.name}")
    if name not in FACTS or data.empty:
        columns = listing(data.columns, most=8)
        return _fitted([f"Chart of {plural('row', len(data))} with the columns {columns}."])
    facts = _facts(name, {}, data.reset_index(drop=True))
    sentences = facts.sentences()
    sentences[0] = sentences[0].replace(facts.kind, "Table", 1)
    return _fitted(sentences)


def _fitted(sentences: list[str]) -> str:
    """Return as many of the sentences as fit, at least the first."""
    while len(sentences) > 1 and len(" ".join(sentences)) > LONGEST:
        sentences = sentences[:-1]
    return cut(" ".join(sentences).replace("\n", " "), LONGEST)
