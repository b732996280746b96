"""Charts of wording, course, choice and map of topics show what the tables say."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import matplotlib as mpl

mpl.use("agg")

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from framing.plots import (
    facets,
    palette,
    paper,
    plot_topic_choice,
    plot_topic_effects,
    plot_topic_map,
    plot_topic_network,
    plot_topic_trend,
    plot_topic_wording,
)
from framing.plots.alt.text import alt_text


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def wording(targets: tuple[str, ...] = ("TASS",), n: int = 30) -> pd.DataFrame:
    parts = []
    for target in targets:
        odds = np.linspace(3, -4, n)
        p = np.abs(np.linspace(-0.2, 0.2, n))[::-1] ** 2 * 25
        parts.append(
            pd.DataFrame({
                "by": "source", "target": target, "reference": "rest", "topic": 8,
                "label": "War in Syria", "term": [f"counter-word{i}" for i in range(n)],
                "log_odds": odds, "low": odds - 1, "high": odds + 1.5, "z": odds, "p": 1 - p,
                "q": np.where(np.arange(n) % 2, 0.2, 0.01), "n_tests": n, "count": 42.4,
                "n_tokens": 4_000.0, "per_1000": 10.0, "n_articles": 4, "count_reference": 1_234.6,
                "n_tokens_reference": 9_000.0, "per_1000_reference": 3.0,
                "n_articles_reference": 9, "unit": "doc_id", "prior": 500.0, "level": 0.95,
                "n_topics": 20, "engine": "e", "seed": 1,
            })
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def trend(topics: int = 3, sources: tuple[str, ...] = ()) -> pd.DataFrame:
    months = pd.date_range("2016-12-01", periods=6, freq="MS")
    rows = pd.MultiIndex.from_product(
        [sources or ("all",), range(topics), months], names=["source", "topic", "period"]
    ).to_frame(index=False)
    rows = rows.assign(
        freq="MS", label=rows["topic"].map(lambda topic: f"rebels, talks{topic}, convoy"),
        share=rng().random(len(rows)) / 3, weight=1.0, n_articles=50, n_undated=0,
        n_topics=topics, engine="e", seed=1,
    )  # fmt: skip
    return rows if sources else rows.drop(columns="source")


def choice() -> pd.DataFrame:
    rows = [
        (n, seed, measure, n / 100 + seed / 1000, ("higher", "lower")[measure == "dead"], n == 5)
        for measure in ("held_out", "stability_articles", "dead")
        for n in (5, 10, 40) for seed in (1, 2)
    ]  # fmt: skip
    columns = ["n_topics", "seed", "measure", "score", "better", "frontier"]
    return pd.DataFrame(rows, columns=columns).assign(n_terms=10, engine="e", n_held_out=90)


def plane(topics: int = 12) -> pd.DataFrame:
    return pd.DataFrame({
        "topic": np.arange(topics), "label": "self-determination, administration, talks",
        "x": rng().normal(0, 0.2, topics), "y": rng().normal(0, 0.2, topics),
        "share": np.linspace(0.3, 0.02, topics), "n_articles": 1200,
        "nearest": (np.arange(topics) + 1) % topics, "distance": 0.7, "explained": 0.184,
        "n_topics": topics, "engine": "e", "seed": 1,
    })  # fmt: skip


def said(function: Callable[..., Axes], *arguments: Any, **options: Any) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        function(*arguments, **options)
    return str(caught.value)


# plot_topic_wording


def test_wording_shows_the_surest_terms_of_both_sides_with_their_intervals() -> None:
    data = wording()
    before = data.copy()
    ax = plot_topic_wording(data, n=3)
    pd.testing.assert_frame_equal(data, before)
    shown = [label.get_text() for label in ax.get_yticklabels()]
    ranked = data.sort_values("p")
    above = ranked[ranked["log_odds"] > 0].head(3)
    below = ranked[ranked["log_odds"] <= 0].head(3)
    assert set(shown) == {*above["term"], *below["term"]}
    rows = data.set_index("term").loc[shown]
    assert rows["log_odds"].is_monotonic_decreasing
    ends = [segment[:, 0].tolist() for segment in ax.collections[0].get_segments()]
    assert ends == rows[["low", "high"]].to_numpy().tolist()
    dots = ax.lines[:6]
    assert [line.get_xdata()[0] for line in dots] == rows["log_odds"].tolist()
    solid = [line.get_markerfacecolor() != "white" for line in dots]
    assert solid == (rows["q"] < 0.05).tolist()
    colour = palette(["TASS"])["TASS"]
    assert [to_hex(line.get_color()) == colour for line in dots] == (rows["log_odds"] > 0).tolist()
    assert [text.get_text() for text in ax.texts] == ["42 : 1,235"] * 6
    assert ax.get_xlabel() == (
        "log-odds ratio within the topic,\ntarget against all others\n"
        "(beside: expected, target : others; hollow: q ≥ .05)"
    )
    assert ax.get_title(loc="left") == "TASS · topic 8: War in Syria"


def test_wording_of_several_targets_asks_for_panels() -> None:
    assert said(plot_topic_wording, wording(("A", "B"))) == (
        "plot_topic_wording: column 'target' has 2 values: 'A', 'B'. One chart shows one of them. "
        "Filter the table, as in table[table['target'] == 'A'], or draw one panel for each with "
        "facets(table, plot_topic_wording, by='target')."
    )
    assert said(plot_topic_wording, wording(), n=0) == (
        "plot_topic_wording: n=0 is below 1. Pass 1 or more."
    )


# plot_topic_trend


def test_trend_draws_a_line_a_topic_in_per_cent() -> None:
    data = trend()
    ax = plot_topic_trend(data)
    for topic, line in enumerate(ax.lines[:3]):
        expected = data[data["topic"] == topic]["share"] * 100
        np.testing.assert_allclose(line.get_ydata(), expected)
    texts = [text.get_text() for text in ax.get_legend().get_texts()]
    assert texts == [f"{topic}: rebels, talks{topic}, convoy" for topic in range(3)]
    assert ax.get_ylabel() == "mean share of topic per article, %"
    assert ax.get_xlabel() == "month"


def test_trend_of_one_topic_has_a_line_a_source_and_its_label_above() -> None:
    data = trend(2, ("TASS", "CNN")).query("topic == 1")
    ax = plot_topic_trend(data)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["TASS", "CNN"]
    assert to_hex(ax.lines[0].get_color()) == palette(["TASS", "CNN"])["TASS"]
    assert ax.get_title(loc="left") == "rebels, talks1, convoy · 300 articles"


def test_periods_with_few_articles_break_the_line_and_do_not_stretch_the_axis() -> None:
    data = trend(1)
    data.loc[2, ["share", "n_articles"]] = [1.0, 3]
    data.loc[4, ["share", "n_articles"]] = [np.nan, 0]
    ax = plot_topic_trend(data)
    line = np.asarray(ax.lines[0].get_ydata(), dtype=float)
    assert np.isnan(line).tolist() == [False, False, True, False, True, False]
    assert ax.get_ylim()[1] < 50
    assert ax.get_xlabel() == "month\n(hollow: fewer than 10 articles)"
    every = plot_topic_trend(data, min_articles=1)
    assert every.get_ylim()[1] > 100
    assert every.get_xlabel() == "month"


def test_trend_with_few_articles_in_every_period_is_of_hollow_markers_alone() -> None:
    data = trend(1).assign(n_articles=3)
    ax = plot_topic_trend(data)
    shown = np.concatenate([np.asarray(line.get_ydata(), dtype=float) for line in ax.lines])
    np.testing.assert_allclose(shown[~np.isnan(shown)], data["share"] * 100)
    assert ax.get_ylim()[1] > 100 * data["share"].max()


def test_trend_without_articles_is_an_error() -> None:
    assert said(plot_topic_trend, trend(1).assign(n_articles=0, share=np.nan)) == (
        "plot_topic_trend: no period of the table has articles. Pass more of its rows."
    )


def test_trend_of_topics_and_sources_asks_for_one() -> None:
    assert said(plot_topic_trend, trend(2, ("TASS", "CNN"))) == (
        "plot_topic_trend: the table is divided by 'topic', 'source'. One chart shows one of them. "
        "Pass by='source' and filter the table to one value of the others, or draw panels with "
        "facets(table, plot_topic_trend, by='topic')."
    )


# plot_topic_choice


def test_choice_shows_seeds_means_and_the_frontier() -> None:
    data = choice().query("measure == 'held_out'")
    ax = plot_topic_choice(data)
    dots, means, filled, hollow = ax.lines
    assert list(zip(dots.get_xdata(), dots.get_ydata(), strict=True)) == list(
        zip(data["n_topics"], data["score"], strict=True)
    )
    assert means.get_xdata().tolist() == [5, 10, 40]
    assert means.get_ydata().tolist() == pytest.approx([0.0515, 0.1015, 0.4015])
    assert filled.get_xdata().tolist() == [5]
    assert hollow.get_xdata().tolist() == [10, 40]
    assert hollow.get_markerfacecolor() == "white"
    assert ax.get_ylabel() == "held-out fit ↑"
    assert [label.get_text() for label in ax.get_xticklabels()] == ["5", "10", "40"]
    assert plot_topic_choice(choice().query("measure == 'dead'")).get_ylabel() == "dead topics ↓"


def test_choice_leaves_out_rows_without_a_score() -> None:
    data = choice().query("measure == 'stability_articles'")
    part = data.assign(score=data["score"].where(data["seed"] == 1))
    assert len(plot_topic_choice(part).lines[0].get_xdata()) == 3
    assert said(plot_topic_choice, data.assign(score=np.nan)) == (
        "plot_topic_choice: column 'score' has no number in any of the 6 rows. "
        "There is nothing to draw. Check how the table was made."
    )


# plot_topic_map


def test_map_has_bubbles_in_proportion_and_lines_to_the_nearest() -> None:
    data = plane()
    ax = plot_topic_map(data)
    bubbles = ax.collections[-1]
    np.testing.assert_allclose(bubbles.get_offsets(), data[["x", "y"]])
    sizes = bubbles.get_sizes()
    np.testing.assert_allclose(sizes / sizes[0], data["share"] / data["share"].iloc[0])
    lines = [line for line in ax.lines if len(line.get_xdata()) == 2]
    ends = {tuple(np.round(line.get_xdata(), 9)) for line in lines}
    expected = {
        (round(row.x, 9), round(data["x"].iloc[row.nearest], 9)) for row in data.itertuples()
    }
    assert ends == expected
    assert "(the plane holds 18 % of squared distances)" in ax.get_xlabel()
    assert ax.get_title(loc="left") == "1,200 articles"
    texts = [text.get_text() for text in ax.texts]
    assert texts[0].startswith("0  self-det")


def test_map_names_only_the_largest() -> None:
    ax = plot_topic_map(plane(), n=4)
    assert len(ax.collections[-1].get_offsets()) == 4
    assert len(ax.texts) == 4
    dots = next(line for line in ax.lines if line.get_marker() == ".")
    assert len(dots.get_xdata()) == 8
    part = plot_topic_map(plane().query("topic in [0, 5]"))
    assert len(part.lines) == 1  # no topic's nearest one is there


# plot_topic_network


def network(topics: int = 6, sources: tuple[str, ...] = ()) -> pd.DataFrame:
    """Topics of even and of odd numbers form two communities; in the second source all are one."""
    parts = []
    for turn, source in enumerate(sources or ("all",)):
        one, other = np.triu_indices(topics, 1)
        community = np.arange(topics) % 2 if not turn else np.zeros(topics, dtype=int)
        share = np.linspace(0.3, 0.1, topics)
        place = np.argsort(np.argsort(np.arange(topics) % 2, kind="stable"))
        part = pd.DataFrame({
            "source": source, "topic": one, "label": [f"rebels, talks{i}, convoy" for i in one],
            "other": other, "other_label": [f"rebels, talks{i}, convoy" for i in other],
            "similarity": np.linspace(0.9, 0.02, len(one)), "low": 0.0, "high": 1.0,
            "together": 0.5, "community": community[one], "other_community": community[other],
            "share": share[one], "other_share": share[other], "place": place[one],
            "other_place": place[other], "modularity": 0.2, "agreement": 0.6, "n_articles": 90,
            "measure": "cosine", "unit": "doc_id", "n_resamples": 100, "sample_seed": 1,
            "n_topics": topics, "engine": "e", "seed": 1,
        })  # fmt: skip
        parts.append(part if sources else part.drop(columns="source"))
    return pd.concat(parts, ignore_index=True)


def test_network_draws_the_strongest_arcs_between_the_right_rows() -> None:
    data = network()
    before = data.copy()
    ax = plot_topic_network(data, n=5)
    pd.testing.assert_frame_equal(data, before)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert [name.split()[0] for name in names] == ["0", "2", "4", "1", "3", "5"]
    row = {0: 0, 2: 1, 4: 2, 1: 3, 3: 4, 5: 5}
    strongest = data.nlargest(5, "similarity")
    expected = {
        (*sorted((row[a], row[b])), round(similarity / 0.9, 6))
        for a, b, similarity in zip(
            strongest["topic"], strongest["other"], strongest["similarity"], strict=True
        )
    }
    widest = max(line.get_linewidth() for line in ax.lines)
    found = {
        (*(round(end) for end in (line.get_ydata()[0], line.get_ydata()[-1])),
         round(line.get_linewidth() / widest, 6))
        for line in ax.lines
    }  # fmt: skip
    assert found == expected
    assert [text.get_text() for text in ax.texts] == ["A", "A", "A", "B", "B", "B"]
    inside = {line.get_ydata()[0] < 3 and line.get_ydata()[-1] < 3 for line in ax.lines
              if to_hex(line.get_color()) != "#d9d9d9"}  # fmt: skip
    assert inside == {True}
    sizes = ax.collections[0].get_sizes()
    np.testing.assert_allclose(sizes / sizes[0], np.array([0.3, 0.22, 0.14, 0.26, 0.18, 0.1]) / 0.3)


def test_panels_of_networks_have_the_same_rows_and_one_least_strength() -> None:
    data = network(sources=("TASS", "CNN"))
    data["similarity"] = data["similarity"].where(data["source"] == "TASS", data["similarity"] / 2)
    figure = facets(data, plot_topic_network, by="source")
    one, two = figure.axes
    assert [t.get_text() for t in one.get_yticklabels()] == [
        t.get_text() for t in two.get_yticklabels()
    ]
    figure = facets(data, lambda part, ax: plot_topic_network(part, ax=ax, n=5), by="source")
    arcs = [len(ax.lines) for ax in figure.axes]
    assert sum(arcs) == 10
    assert arcs[0] > arcs[1]
    assert {text.get_text() for text in figure.axes[1].texts} == {"A"}


def test_a_network_of_several_groups_asks_for_panels() -> None:
    assert said(plot_topic_network, network(sources=("TASS", "CNN"))) == (
        "plot_topic_network: column 'source' has 2 values: 'TASS', 'CNN'. One chart shows one of "
        "them. Filter the table, as in table[table['source'] == 'TASS'], or draw one panel for "
        "each with facets(table, plot_topic_network, by='source')."
    )


# Effects


def effects(topics: int = 1, found: float = 0.01) -> pd.DataFrame:
    terms = ["intercept", "source[T.CNN]", "source[T.CNN]:bs(date, df=4)[1]"]
    rows = pd.MultiIndex.from_product([range(topics), terms], names=["topic", "term"])
    table = rows.to_frame(index=False)
    estimate = np.tile([0.3, -0.05, 0.02], topics) + table["topic"] / 100
    return table.assign(
        label=[f"label {topic}" for topic in table["topic"]], estimate=estimate, std_error=0.01,
        low=estimate - 0.02, high=estimate + 0.03, t=2.0, p=0.01,
        q=np.where(table["term"] == "intercept", np.nan, np.where(estimate < 0, found, 0.2)),
        n_tests=2, model_part=0.1, n_articles=90, n_units=80, formula="source * bs(date, df=4)",
        unit="story", level=0.95, n_draws=25, draw_seed=1, n_topics=20, engine="e", seed=1,
    )  # fmt: skip


def expected(topics: int = 1, dates: int = 1) -> pd.DataFrame:
    days = pd.date_range("2016-12-01", periods=dates, freq="7D")
    rows = pd.MultiIndex.from_product(
        [["TASS", "CNN"], days, range(topics)], names=["source", "date", "topic"]
    )
    table = rows.to_frame(index=False)
    share = 0.1 + 0.05 * (table["source"] == "CNN") + np.arange(len(table)) / 1000
    table = table.assign(
        label=[f"label {topic}" for topic in table["topic"]], share=share, std_error=0.01,
        low=share - 0.12, high=share + 0.02, model_part=0.1,
        n_group=np.where(table["source"] == "CNN", 1_400, 90), n_articles=1_490, n_units=80,
        formula="source * date", unit="story", level=0.9, n_draws=25, draw_seed=1, n_topics=20,
        engine="e", seed=1,
    )  # fmt: skip
    return table if dates > 1 else table.drop(columns="date")


def dots(ax: Axes) -> list[float]:
    return [float(np.asarray(line.get_xdata())[0]) for line in ax.lines
            if line.get_marker() not in {"None", "", None}]  # fmt: skip


def spans(ax: Axes) -> list[list[float]]:
    return [
        np.asarray(path.vertices)[:, 0].tolist()
        for lines in ax.collections
        for path in lines.get_paths()
    ]


def test_effects_of_one_topic_are_rows_without_the_intercept() -> None:
    data = effects()
    before = data.copy()
    ax = plot_topic_effects(data)
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "source: CNN", "source: CNN × bs(date, df=4): 1",
    ]  # fmt: skip
    assert dots(ax) == pytest.approx([-5, 2])
    assert [sorted(one) for one in spans(ax)] == [pytest.approx([-7, -2]), pytest.approx([0, 5])]
    marks = [line for line in ax.lines if line.get_marker() == "o"]
    assert [to_hex(one.get_markerfacecolor()) == "#ffffff" for one in marks] == [False, True]
    assert ax.get_title(loc="left") == "label 0"
    assert ax.get_xlabel() == (
        "change of mean share of topic, percentage points\n(lines: 95 % intervals; hollow: q ≥ .05)"
    )
    pd.testing.assert_frame_equal(data, before)


def test_effects_of_one_term_are_rows_of_topics_the_highest_on_top() -> None:
    data = effects(3).query("term == 'source[T.CNN]'")
    ax = plot_topic_effects(data)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["2: label 2", "1: label 1", "0: label 0"]
    assert dots(ax) == pytest.approx([-3, -4, -5])
    assert ax.get_title(loc="left") == "source: CNN"


def test_expected_shares_are_rows_or_lines() -> None:
    ax = plot_topic_effects(expected())
    assert [label.get_text() for label in ax.get_yticklabels()] == ["CNN (1,400)", "TASS (90)"]
    assert dots(ax) == pytest.approx([15.1, 10])
    assert ax.get_xlim()[0] == pytest.approx(-2)
    data = expected(dates=5)
    ax = plot_topic_effects(data)
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["TASS", "CNN"]
    for line, (_, part) in zip(ax.lines, data.groupby("source", sort=False), strict=True):
        assert np.asarray(line.get_ydata()) == pytest.approx(part["share"] * 100)
    bands = [path.vertices for band in ax.collections for path in band.get_paths()]
    assert np.asarray(bands[0])[:, 1].min() == pytest.approx((data["low"] * 100).iloc[:5].min())
    assert np.asarray(bands[1])[:, 1].max() == pytest.approx((data["high"] * 100).max())
    assert ax.get_xlabel() == "date\n(bands: 90 % intervals)"
    assert ax.get_ylim()[0] < 0


def test_expected_shares_along_a_number_and_of_topics() -> None:
    data = expected(dates=4).rename(columns={"date": "length"}).query("source == 'CNN'")
    data = data.assign(length=np.arange(4.0))
    ax = plot_topic_effects(data)
    assert ax.get_xlabel() == "length\n(bands: 90 % intervals)"
    assert np.asarray(ax.lines[0].get_xdata()).tolist() == [0, 1, 2, 3]
    assert ax.get_legend() is None
    ax = plot_topic_effects(expected(2).query("source == 'CNN'"))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["1: label 1", "0: label 0"]


def test_effects_ask_for_one_thing() -> None:
    with pytest.raises(ValueError, match="plot_topic_effects") as caught:
        plot_topic_effects(effects(2))
    assert str(caught.value) == (
        "plot_topic_effects: the table is divided by 'topic', 'term'. One chart shows one of them. "
        "Pass by='term' and filter the table to one value of the others, or draw panels with "
        "facets(table, plot_topic_effects, by='topic')."
    )
    with pytest.raises(ValueError, match="plot_topic_effects") as caught:
        plot_topic_effects(expected(2), by="source")
    assert str(caught.value).startswith(
        "plot_topic_effects: column 'topic' has 2 values: 0, 1. One chart shows one of them."
    )
    with pytest.raises(ValueError, match="plot_topic_effects") as caught:
        plot_topic_effects(effects().drop(columns="q"))
    assert "Pass the table that topic_effects() returns." in str(caught.value)
    assert "changes of the mean share of topic 0 (label 0)" in alt_text(
        plot_topic_effects(effects())
    )
    assert alt_text(plot_topic_effects(expected(dates=5))).startswith(
        "Line chart with intervals of the expected mean share of topic 0 (label 0) by source and "
        "date."
    )


# All of them


CHARTS: dict[str, Callable[[], Any]] = {
    "wording": lambda: plot_topic_wording(wording()),
    "wording of one side": lambda: plot_topic_wording(wording().query("log_odds > 0")),
    "panels of wording": lambda: facets(
        wording(("TASS", "CNN", "Deutsche Welle")), plot_topic_wording, by="target"
    ),
    "trend": lambda: plot_topic_trend(trend()),
    "panels of trends": lambda: facets(
        trend(4, ("TASS", "CNN")).assign(label=lambda t: "rebels " + t["topic"].astype("str")),
        plot_topic_trend,
        by="label",
    ),
    "effects": lambda: plot_topic_effects(effects()),
    "panels of effects": lambda: facets(effects(3), plot_topic_effects, by="label"),
    "expected shares": lambda: plot_topic_effects(expected()),
    "lines of expected shares": lambda: plot_topic_effects(expected(dates=9)),
    "panels of lines": lambda: facets(expected(3, 9), plot_topic_effects, by="label"),
    "choice": lambda: plot_topic_choice(choice().query("measure == 'held_out'")),
    "panels of choice": lambda: facets(choice(), plot_topic_choice, by="measure", sharey=False),
    "map": lambda: plot_topic_map(plane()),
    "network": lambda: plot_topic_network(network(25)),
    "panels of networks": lambda: facets(
        network(8, ("TASS", "CNN", "RTÉ")), plot_topic_network, by="source"
    ),
    "map of many": lambda: plot_topic_map(plane(60)),
}


def boxes(figure: Figure) -> list[tuple[str, np.ndarray]]:
    """Return the texts that can be seen, with their boxes in pixels."""
    figure.draw_without_rendering()
    hidden = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                if not low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                    hidden |= {tick.label1, tick.label2}
    return [
        (text.get_text(), Text.get_window_extent(text).extents)
        for text in figure.findobj(Text)
        if isinstance(text, Text) and text.get_visible() and text.get_text().strip()
        and text not in hidden
    ]  # fmt: skip


@pytest.mark.parametrize("width", ["single", "double", "slide"])
@pytest.mark.parametrize("chart", CHARTS)
def test_text_is_inside_the_figure_and_uncovered(chart: str, width: str) -> None:
    with paper(width):
        made = CHARTS[chart]()
        figure = made if isinstance(made, Figure) else made.get_figure(root=True)
        found = boxes(figure)
    right, top = figure.bbox.width, figure.bbox.height
    assert found
    for text, (x0, y0, x1, y1) in found:
        assert x0 >= -0.5, text
        assert y0 >= -0.5, text
        assert x1 <= right + 0.5, text
        assert y1 <= top + 0.5, text
    for (one, a), (two, b) in itertools.combinations(found, 2):
        apart = min(a[2], b[2]) - max(a[0], b[0]) <= 1 or min(a[3], b[3]) - max(a[1], b[1]) <= 1.5
        assert apart, (one, two)
