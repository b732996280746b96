"""What is said of each chart is what stands in its table, written here by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import framing
from framing import schema
from framing.plots import alt_text, facets
from framing.plots.alt import title_text
from framing.plots.alt.text import FACTS
from framing.schema import Table

DEFAULTS = {"str": "x", "int": 1, "float": 0.5, "bool": False, "date": pd.Timestamp("2017-01-02")}


def filled(table: Table, columns: dict[str, Any], **groups: Any) -> pd.DataFrame:
    """Return a table with these columns, and one value in all others."""
    n = max(len(value) for value in columns.values() if isinstance(value, list))
    known = {column.name: DEFAULTS[column.kind] for column in table.columns}
    rows = {name: value if isinstance(value, list) else [value] * n for name, value in
            {**groups, **known, **columns}.items()}  # fmt: skip
    frame = pd.DataFrame(rows)
    for column in table.columns:
        if column.kind == "str":
            frame[column.name] = frame[column.name].astype("str")
    return frame


TERMS = filled(
    schema.TERM_FREQUENCY,
    {
        "term": ["aid", "war", "aid", "war"], "count": [1, 4, 20, 0],
        "per_million": [2.5, 10.0, 1234.5, 0.0], "n_group_articles": [30, 30, 1200, 1200],
    },
    source=["BBC", "BBC", "TASS", "TASS"],
)  # fmt: skip
TREND = filled(
    schema.TREND,
    {
        "period": [pd.Timestamp("2017-01-02"), pd.Timestamp("2017-01-09")] * 2, "freq": "W",
        "term": "aid", "per_million": [10.0, 20.0, 0.0, 5.0], "n_tokens": 9_000,
        "count": [1, 2, 0, 1], "n_group_articles": [40, 50, 60, 1],
    },
    source=["BBC", "BBC", "TASS", "TASS"],
)  # fmt: skip
DISPERSION = filled(
    schema.DISPERSION,
    {
        "term": ["the", "aid", "war"], "measure": "dp_norm", "score": [0.1, 0.75, 0.5],
        "count": [9_000, 3, 10], "per_million": [50_000.0, 2.0, 9.0], "parts": "doc_id",
        "n_parts": 1_500,
    },
)  # fmt: skip
KEYNESS = filled(
    schema.KEYNESS,
    {
        "by": "source", "target": "TASS", "reference": "rest", "measure": "log_ratio",
        "term": ["aid", "war", "talks"], "score": [2.0, -3.5, 1.0], "count": [40, 1, 9],
        "count_reference": [10, 1_100, 8], "n_tokens": 12_000, "n_tokens_reference": 340_000,
    },
)  # fmt: skip
COLLOCATES = filled(
    schema.COLLOCATES,
    {
        "node": "rebels", "window": 5, "term": ["aid", "war"], "measure": "log_dice",
        "score": [7.5, 11.0], "count": [12, 3], "n_node": 900,
    },
)  # fmt: skip
SALIENCE = filled(
    schema.SALIENCE,
    {
        "items": "country", "item": ["SYR", "RUS", "SYR", "RUS"], "part": "all",
        "share": [0.5, 0.25, 0.125, 0.0], "n_articles": [20, 10, 1, 0],
        "n_mentions": [90, 11, 1, 0],
        "n_group_articles": [40, 40, 8, 8], "per_1000": [9.0, 1.5, 0.5, 0.0],
    },
    source=["BBC", "BBC", "TASS", "TASS"],
)  # fmt: skip
PAIRS = filled(
    schema.CO_MENTIONS,
    {
        "items": "country", "first": ["SYR", "SYR"], "second": ["RUS", "USA"], "unit": "sentence",
        "measure": "npmi", "score": [0.4, -0.1], "count": [7, 1], "n_units": 5_000,
    },
)  # fmt: skip
COMPARISON = filled(
    schema.COMPARISON,
    {
        "items": "country", "item": "SYR", "measure": "mentions per 1,000 tokens",
        "estimate": [1.5, 4.0, 0.25], "low": [1.0, 3.5, 0.0], "high": [2.0, 4.5, 1.0],
        "n_articles": [400, 500, 8], "few_units": [False, False, True], "reference": "rest",
        "difference": [0.5, 3.0, -1.0], "difference_low": [0.25, 2.0, -2.0],
        "difference_high": [0.75, 4.0, 1.0], "level": 0.95,
    },
    source=["BBC", "TASS", "CNN"],
)  # fmt: skip
DECOMPOSITION = filled(
    schema.DECOMPOSITION,
    {
        "by": "source", "target": "TASS", "reference": "BBC", "items": "term",
        "item": ["aid"] * 3 + ["war"] * 3, "measure": "occurrences per million tokens",
        "strata": "section", "component": ["gap", "selection", "presentation"] * 2,
        "stratum": [None] * 6, "value": [30.0, 10.0, 20.0, -5.0, -1.0, -4.0],
        "low": [20.0, 5.0, 10.0, -9.0, -2.0, -6.0], "high": [40.0, 15.0, 30.0, -1.0, 0.0, -2.0],
        "level": 0.9,
    },
)  # fmt: skip
CURVE = filled(
    schema.SPECIFICATION_CURVE,
    {
        "specification": [1, 2, 3], "measure": "ratio", "estimate": [0.5, 2.0, np.nan],
        "low": [0.25, 1.5, np.nan], "high": [1.5, 3.0, np.nan], "null": 1.0,
        "interval": ["across", "above", None], "median": 1.25, "error": [None, None, "no rows"],
    },
    unit=["doc_id", "story", "event"],
)  # fmt: skip
ATTRITION = filled(
    schema.ATTRITION,
    {
        "step": [0, 0, 1, 1], "name": ["read", "read", "dated", "dated"],
        "source": ["BBC", "TASS", "BBC", "TASS"], "what": [None] * 4,
        "n_before": [900, 700, 900, 700],
        "n_left_out": [0, 0, 100, 0], "n_after": [900, 700, 800, 700],
    },
)  # fmt: skip
TOPIC = {"topic": [0, 1], "label": ["aid, convoy", "war, front"]}
TOPIC_TERMS = filled(
    schema.TOPIC_TERMS,
    {"topic": [0, 0, 1], "label": ["aid, convoy"] * 2 + ["war, front"], "rank": [1, 2, 1],
     "term": ["aid", "convoy", "war"], "probability": [0.05, 0.02, 0.125],
     "weighting": "probability"},
)  # fmt: skip
TOPIC_SHARE = filled(
    schema.TOPIC_SHARE,
    {"topic": [0, 1, 0, 1], "label": ["aid, convoy", "war, front"] * 2,
     "share": [0.75, 0.25, 0.1, 0.9], "n_articles": [30, 30, 500, 500]},
    source=["BBC", "BBC", "TASS", "TASS"],
)  # fmt: skip
TOPIC_TREND = filled(
    schema.TOPIC_TREND,
    {**{name: [one, one] for name, one in (("topic", 0), ("label", "aid, convoy"))},
     "period": [pd.Timestamp("2017-01-01"), pd.Timestamp("2017-02-01")], "freq": "MS",
     "share": [0.2, 0.4], "n_articles": [12, 3_000]},
)  # fmt: skip
WORDING = filled(
    schema.TOPIC_WORDING,
    {"by": "source", "target": "TASS", "reference": "rest", "topic": 3, "label": "aid, convoy",
     "term": ["militants", "rebels"], "log_odds": [1.5, -2.0], "low": [1.0, -3.0],
     "high": [2.0, -1.0], "count": [20.4, 0.2], "count_reference": [5.0, 119.0], "p": [0.001, 0.1],
     "q": [0.002, 0.2], "level": 0.95},
)  # fmt: skip
CHOICE = filled(
    schema.TOPIC_CHOICE,
    {"n_topics": [5, 5, 10, 10], "seed": [1, 2, 1, 2], "measure": "npmi",
     "score": [0.1, 0.2, 0.4, 0.5], "better": "higher", "frontier": [False, False, True, True]},
)  # fmt: skip
EFFECTS = filled(
    schema.TOPIC_EFFECTS,
    {"topic": 0, "label": "aid, convoy", "term": ["intercept", "source[T.CNN]", "n_words"],
     "estimate": [0.3, 0.05, -0.01], "low": [0.2, 0.04, -0.03], "high": [0.4, 0.06, 0.01],
     "q": [np.nan, 0.01, 0.5], "level": 0.95},
)  # fmt: skip
MAP = filled(
    schema.TOPIC_MAP,
    {**TOPIC, "x": [0.1, 0.4], "y": [0.2, 0.3], "share": [0.75, 0.25], "n_articles": 90,
     "nearest": [1, 0], "explained": 0.62},
)  # fmt: skip
NETWORK = filled(
    schema.TOPIC_NETWORKS,
    {"topic": [0, 0, 1], "label": ["aid", "aid", "war"], "other": [1, 2, 2],
     "other_label": ["war", "talks", "talks"], "similarity": [0.8, 0.5, 0.1],
     "low": [0.7, 0.4, 0.0], "high": [0.9, 0.6, 0.2], "community": 0, "other_community": [0, 1, 1],
     "measure": "cosine", "n_articles": 90, "place": [0, 0, 1], "other_place": [1, 2, 2]},
)  # fmt: skip

CHARTS: dict[str, tuple[pd.DataFrame, dict[str, Any], str]] = {
    "plot_term_frequency": (
        TERMS, {},
        ("Dot chart of how often aid and war occur in BBC and TASS, in occurrences per million "
        "tokens. Highest: aid in TASS, 1,234 (20 occurrences); lowest: war in TASS, 0 "
        "(0 occurrences). 30 to 1,200 articles in each source."),
    ),
    "plot_trend": (
        TREND, {},
        ("Line chart of how often “aid” occurs in BBC and TASS by week from 2 Jan 2017 to 9 "
         "Jan 2017, "
        "in occurrences per million tokens. Highest: BBC, week of 9 Jan 2017, 20 (50 articles); "
        "lowest: TASS, week of 2 Jan 2017, 0 (60 articles)."),
    ),
    "plot_dispersion": (
        DISPERSION, {},
        ("Scatter plot of how evenly 3 terms are spread over 1,500 articles, by DPnorm (0 even … 1 "
        "in few articles), against occurrences per million tokens. Highest: aid, 0.75 "
        "(3 occurrences); lowest: the, 0.1 (9,000 occurrences)."),
    ),
    "plot_keyness": (
        KEYNESS, {"n": 1},
        ("Diverging bar chart of 2 terms by log ratio: TASS (12,000 tokens) against all others "
        "(340,000 tokens). Highest: aid, 2 (40 : 10 occurrences); lowest: war, −3.5 (1 : 1,100 "
        "occurrences)."),
    ),
    "plot_keyness_scatter": (
        KEYNESS, {},
        ("Scatter plot of 3 terms by log ratio against how often they occur: TASS (12,000 tokens) "
        "against all others (340,000 tokens). Highest: aid, 2 (40 : 10 occurrences); lowest: war, "
        "−3.5 (1 : 1,100 occurrences)."),
    ),
    "plot_collocates": (
        COLLOCATES, {},
        ("Dot chart of 2 terms near “rebels” (± 5 tokens), by logDice. Highest: war, 11 (3 times "
        "near it); lowest: aid, 7.5 (12 times near it). 900 occurrences of “rebels”."),
    ),
    "plot_salience": (
        SALIENCE, {},
        ("Dot chart of the share of articles that name Syria and Russia in BBC and TASS. Highest: "
        "Syria in BBC, 50 % (20 articles); lowest: Russia in TASS, 0 % (0 articles). 8 to 40 "
        "articles in each source."),
    ),
    "plot_country_map": (
        SALIENCE[SALIENCE["source"] == "BBC"], {"value": "per_1000"},
        ("World map of mentions of Syria and Russia per 1,000 tokens in BBC. Highest: Syria, 9 "
        "(90 mentions); lowest: Russia, 1.5 (11 mentions). 40 articles."),
    ),
    "plot_co_mentions": (
        PAIRS, {},
        ("Shaded table of how often Syria, Russia and United States are named in the same "
         "sentence, "
        "by normalised PMI × 100. Highest: Syria and Russia, 40 (7 sentences); lowest: Syria and "
        "United States, −10 (1 sentence). 2 pairs; 5,000 sentences in all."),
    ),
    "plot_comparison": (
        COMPARISON, {"value": "difference"},
        ("Dot chart with intervals of difference from all others, mentions per 1,000 tokens: Syria "
        "in TASS, BBC and CNN. Highest: TASS, 3 (95 % interval 2 to 4, 500 articles); lowest: CNN, "
        "−1 (95 % interval −2 to 1, 8 articles). 1 of 3 rest on few units."),
    ),
    "plot_decomposition": (
        DECOMPOSITION, {},
        ("Bar chart with intervals of what the gap TASS − BBC consists of, occurrences per million "
        "tokens: aid and war, divided by section. Highest gap: aid, 30 (90 % interval 20 to 40); "
        "lowest gap: war, −5 (90 % interval −9 to −1). The highest consists of selection 10, "
        "presentation 20."),
    ),
    "plot_specification_curve": (
        CURVE, {},
        ("Specification curve of ratio under 2 specifications of unit. Highest: unit story, 2 "
        "(interval 1.5 to 3); lowest: unit doc_id, 0.5 (interval 0.25 to 1.5). Median 1.25; "
        "intervals: 1 above 1, 0 below 1, 1 across 1; 1 failed."),
    ),
    "plot_attrition": (
        ATTRITION, {},
        ("Bar chart of articles left after 2 steps, BBC and TASS: 1,600 after “read”, then 1,500 "
        "after “dated”. Most at the end: BBC, 800; fewest: TASS, 700. 100 left out in all."),
    ),
    "plot_topic_terms": (
        TOPIC_TERMS, {},
        ("Bars of the first 2 terms of 2 topics, by P(term given topic). Highest: war in topic 1 "
        "(war, front), 12.5 %; lowest: convoy in topic 0 (aid, convoy), 2 %."),
    ),
    "plot_topic_share": (
        TOPIC_SHARE, {},
        ("Shaded table of the mean share of 2 topics per article in BBC and TASS. Highest: topic 1 "
        "(war, front) in TASS, 90 %; lowest: topic 0 (aid, convoy) in TASS, 10 %. 30 to 500 "
        "articles in each source."),
    ),
    "plot_topic_trend": (
        TOPIC_TREND, {"min_articles": 50},
        ("Line chart of the mean share of topic 0 (aid, convoy) per article by month from Jan 2017 "
        "to Feb 2017. The only value: Feb 2017, 40 % (3,000 articles)."),
    ),
    "plot_topic_wording": (
        WORDING, {},
        ("Dot chart with intervals of 2 terms by log-odds ratio within topic 3 (aid, convoy), TASS "
        "against all others. Highest: militants, 1.5 (95 % interval 1 to 2, 20 : 5 expected); "
        "lowest: rebels, −2 (95 % interval −3 to −1, 0 : 119 expected). Q is below .05 "
         "for 1 of 2."),
    ),
    "plot_topic_choice": (
        CHOICE, {},
        ("Line chart of coherence, NPMI (higher is better) for 2 numbers of topics from 5 to 10, "
        "2 seeds each. Highest mean: 10 topics, 0.45; lowest mean: 5 topics, 0.15. On the "
        "frontier: 10."),
    ),
    "plot_topic_effects": (
        EFFECTS, {},
        ("Dot chart with intervals of changes of the mean share of topic 0 (aid, convoy) by "
         "source: "
        "CNN and n_words. Highest: source: CNN, 5 points (95 % interval 4 points to 6 points); "
        "lowest: n_words, −1 points (95 % interval −3 points to 1 points)."),
    ),
    "plot_topic_map": (
        MAP, {},
        ("Map of 2 topics in a plane, near where their terms are alike, with areas by share of "
        "topic. Largest: topic 0 (aid, convoy), 75 %; smallest: topic 1 (war, front), 25 %. 90 "
        "articles; the plane holds 62 % of squared distances."),
    ),
    "plot_topic_network": (
        NETWORK, {},
        ("Arc chart of how alike the shares of 3 topics in the articles are, by cosine. Most "
         "alike: "
        "topic 0 (aid) and topic 1 (war), 0.8 (95 % interval 0.7 to 0.9); least: topic 1 (war) and "
        "topic 2 (talks), 0.1 (95 % interval 0 to 0.2). 90 articles, 2 communities."),
    ),
}  # fmt: skip


def test_every_chart_of_the_toolkit_can_be_said_in_words() -> None:
    charts = {name for name in framing.__all__ if name.startswith("plot_")}
    assert charts == set(FACTS) == set(CHARTS)


@pytest.mark.parametrize("name", CHARTS)
def test_the_text_is_that_of_the_drawn_table(name: str) -> None:
    table, options, expected = CHARTS[name]
    chart: Callable[..., Any] = getattr(framing, name)
    assert alt_text(chart(table, **options)) == expected
    assert len(expected) <= 400
    before = table.copy()
    assert alt_text(table).startswith("Table of ")
    pd.testing.assert_frame_equal(table, before)


def test_panels_are_said_together() -> None:
    figure = facets(TREND, framing.plot_trend, by="source")
    assert alt_text(figure) == (
        "2 panels, one for each source: line chart of how often “aid” occurs in BBC and "
        "TASS by week "
        "from 2 Jan 2017 to 9 Jan 2017, in occurrences per million tokens. Highest: BBC, week of "
        "9 Jan 2017, 20 (50 articles); lowest: TASS, week of 2 Jan 2017, 0 (60 articles)."
    )
    assert alt_text(figure.axes[1]).startswith(
        "Line chart of how often “aid” occurs in TASS by week"
    )


def test_different_charts_on_one_figure_are_named_one_after_the_other() -> None:
    _, (left, right) = plt.subplots(1, 2)
    framing.plot_collocates(COLLOCATES, ax=left)
    framing.plot_topic_share(TOPIC_SHARE, ax=right)
    assert alt_text(left.figure) == (
        "2 panels. Dot chart of 2 terms near “rebels” (± 5 tokens), by logDice. Shaded table of "
        "the mean share of 2 topics per article in BBC and TASS."
    )


def test_measures_that_cannot_be_compared_have_no_highest() -> None:
    both = pd.concat([CHOICE, CHOICE.assign(measure="dead", better="lower")])
    figure = facets(both, framing.plot_topic_choice, by="measure", sharey=False)
    assert alt_text(figure) == (
        "2 panels, one for each measure: line chart of coherence, NPMI and dead topics for "
        "2 numbers of topics from 5 to 10, 2 seeds each. On the frontier: 10."
    )


def test_rates_from_few_tokens_are_neither_highest_nor_lowest() -> None:
    few = TREND.assign(n_tokens=[9_000, 100, 9_000, 9_000])
    assert "Highest: BBC, week of 2 Jan 2017, 10 (40" in alt_text(framing.plot_trend(few))


def test_ties_are_counted() -> None:
    same = COLLOCATES.assign(score=7.0)
    assert "All values: aid and 1 more, 7." in alt_text(framing.plot_collocates(same))


@pytest.mark.parametrize("name", CHARTS)
def test_long_names_do_not_make_a_long_text(name: str) -> None:
    table, _options, _ = CHARTS[name]
    long = {
        column: [f"{value} {place} " + "a counter-revolutionary name " * 30
                 for place, value in enumerate(table[column])]
        for column in ("term", "label", "other_label", "node", "target", "name", "stratum")
        if column in table and (column != "target" or name != "plot_topic_wording")
    }  # fmt: skip
    if "target" in long:
        long["target"] = long["target"][:1] * len(table)
    if "node" in long:
        long["node"] = long["node"][:1] * len(table)
    if name in {"plot_trend", "plot_topic_trend", "plot_topic_wording", "plot_topic_effects"}:
        long = {
            column: values[:1] * len(table) for column, values in long.items() if column != "term"
        }
    if name == "plot_attrition" or name == "plot_decomposition":
        long = {}
    text = alt_text(table.assign(**long))
    assert 40 < len(text) <= 400
    assert "\n" not in text


def test_a_chart_of_ones_own_is_described_by_its_table() -> None:
    own = pd.DataFrame({"month": ["a", "b"], "articles": [1, 2]})
    assert alt_text(own) == "Chart of 2 rows with the columns 'month', 'articles'."
    _, ax = plt.subplots()
    ax.plot([1, 2])
    assert alt_text(ax) == "Chart."


def test_what_is_no_chart_is_an_error() -> None:
    with pytest.raises(TypeError) as at:
        alt_text([1])  # type: ignore[arg-type]
    assert str(at.value) == (
        "alt_text: data is list, neither axes nor a figure nor a table. "
        "Pass what a plot_… function or facets() returned, or the table it draws."
    )


def test_the_title_is_the_first_sentence() -> None:
    assert title_text("Bar chart of 2.5 things. Highest: 3.") == "Bar chart of 2.5 things"
    assert title_text("Chart.") == "Chart"


# Intervals


INTERVALS: dict[str, Callable[[pd.DataFrame], Any]] = {
    "plot_comparison": framing.plot_comparison,
    "plot_decomposition": framing.plot_decomposition,
    "plot_specification_curve": framing.plot_specification_curve,
    "plot_topic_effects": framing.plot_topic_effects,
    "plot_topic_wording": framing.plot_topic_wording,
}
# The width of an arc cannot show an interval; the docstring sends to the table.
WITHOUT = {"plot_topic_network"}


def test_every_chart_of_a_table_with_intervals_is_looked_at() -> None:
    having = {name for name, (table, *_) in CHARTS.items() if {"low", "high"} <= set(table.columns)}
    assert having == set(INTERVALS) | WITHOUT


@pytest.mark.parametrize("name", INTERVALS)
def test_every_interval_of_the_table_is_drawn(name: str) -> None:
    table = CHARTS[name][0]
    ax = INTERVALS[name](table)
    axis = 1 if name == "plot_specification_curve" else 0
    factor = 100 if name == "plot_topic_effects" else 1
    segments = [
        segment[:, axis]
        for lines in ax.collections
        for segment in getattr(lines, "get_segments", list)()
        if len(segment) == 2
    ]
    found = {tuple(np.round(sorted(ends), 9).tolist()) for ends in segments}
    shown = table[table["term"] != "intercept"] if name == "plot_topic_effects" else table
    expected = shown[["low", "high"]].dropna().to_numpy() * factor
    assert {tuple(np.round(ends, 9).tolist()) for ends in expected} <= found
