"""Small multiples: one panel a value, common limits, one legend; and what all charts refuse."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing import schema
from framing.plots import facets, palette, paper, plot_keyness, plot_term_frequency, plot_trend
from framing.plots.facets import _one_order
from framing.plots.style import COLOURS


@pytest.fixture(scope="module")
def corpus() -> fr.Corpus:
    return fr.build_corpus(fr.make_articles(120, seed=1))


@pytest.fixture(scope="module")
def trend(corpus: fr.Corpus) -> pd.DataFrame:
    return fr.term_trend(corpus, ["government", "said", "border"], by="source")


def test_one_panel_a_value_in_the_order_of_the_table(trend: pd.DataFrame) -> None:
    before = trend.copy()
    figure = facets(trend, plot_trend, by="term", columns=2)
    pd.testing.assert_frame_equal(trend, before)
    assert [ax.get_title(loc="left") for ax in figure.axes] == list(trend["term"].unique())
    assert len(figure.axes) == 3  # the fourth place of the grid is empty
    assert len({ax.get_xlim() for ax in figure.axes}) == 1
    assert len({ax.get_ylim() for ax in figure.axes}) == 1
    for ax, (_, part) in zip(figure.axes, trend.groupby("term", sort=False), strict=True):
        drawn = np.concatenate([line.get_ydata() for line in ax.lines])
        assert np.nansum(drawn) == pytest.approx(part["per_million"].sum())


def test_titles_and_the_legend_are_written_once(trend: pd.DataFrame) -> None:
    figure = facets(trend, plot_trend, by="term")
    assert figure.get_supxlabel() == "month"
    assert figure.get_supylabel().replace("\n", " ") == "occurrences per million tokens"
    assert not any(ax.get_ylabel() or ax.get_xlabel() or ax.get_legend() for ax in figure.axes)
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == list(trend["source"].unique())
    colours = palette(trend["source"])
    for line, text in zip(legend.get_lines(), legend.get_texts(), strict=True):
        assert line.get_color() == colours[text.get_text()]


def test_the_legend_keeps_the_order_of_panels_that_lack_some(trend: pd.DataFrame) -> None:
    first, *others, last = trend["source"].unique()
    missing = {"government": [others[0]], "said": [first, last], "border": [others[-1]]}
    rows = [
        trend["source"].isin(names) & (trend["term"] == term) for term, names in missing.items()
    ]
    figure = facets(trend[~np.any(rows, axis=0)], plot_trend, by="term")
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [first, *others, last]


def test_the_legend_of_panels_with_nothing_in_common_follows_the_panels() -> None:
    assert _one_order([["b", "a"], ["d", "c"]]) == ["b", "a", "d", "c"]
    assert _one_order([["b", "d"], ["a", "b", "c", "d", "e"]]) == ["a", "b", "c", "d", "e"]
    assert _one_order([["a", "b"], ["b", "a"]]) == ["a", "b"], "the first panel's, where they clash"


def test_a_long_name_of_a_panel_is_broken_behind_an_underscore(trend: pd.DataFrame) -> None:
    long = "a_name_that_is_as_long_as_can_be"
    renamed = trend.replace({"term": {"said": long}})
    with paper("single"):
        figure = facets(renamed, plot_trend, by="term", columns=3)
    (title,) = [t for ax in figure.axes if "_" in (t := ax.get_title(loc="left"))]
    assert title.replace("\n", "") == long
    assert all(line.endswith("_") for line in title.split("\n")[:-1])
    assert "\n" in title
    with paper("double"):
        assert long in [
            ax.get_title(loc="left")
            for ax in facets(renamed, plot_trend, by="term", columns=1).axes
        ]


def test_a_source_has_its_colour_in_a_panel_of_its_own(trend: pd.DataFrame) -> None:
    figure = facets(trend.query("term == 'said'"), plot_trend, by="source")
    colours = palette(trend["source"])
    for ax in figure.axes:
        assert ax.lines[0].get_color() == colours[ax.get_title(loc="left").partition(" · ")[0]]
    assert figure.get_suptitle() == "said"
    assert not figure.legends
    assert set(colours.values()) <= set(COLOURS)


def test_limits_can_be_each_panels_own(trend: pd.DataFrame) -> None:
    figure = facets(trend, plot_trend, by="term", sharey=False)
    assert len({ax.get_ylim() for ax in figure.axes}) == 3
    one = trend[~((trend["term"] == "said") & (trend["period"] == trend["period"].max()))]
    figure = facets(one, plot_trend, by="term", sharex=False)
    assert len({ax.get_xlim() for ax in figure.axes}) == 2


def test_tick_labels_stand_at_the_outer_panels(trend: pd.DataFrame) -> None:
    figure = facets(trend, plot_trend, by="term", columns=2)
    figure.draw_without_rendering()
    assert [ax.xaxis.get_tick_params()["labelbottom"] for ax in figure.axes] == [False, True, True]
    assert [ax.yaxis.get_tick_params()["labelleft"] for ax in figure.axes] == [True, False, True]


def test_rows_are_each_panels_own(corpus: fr.Corpus) -> None:
    key = fr.keyness(corpus)
    figure = facets(key, partial(plot_keyness, n=3), by="target")
    assert len(figure.axes) == 4
    assert len({ax.get_xlim() for ax in figure.axes}) == 1
    for ax, (_, part) in zip(figure.axes, key.groupby("target", sort=False), strict=True):
        assert ax.patches[0].get_width() == part["score"].max()


def test_rows_keep_their_distance_where_panels_have_unlike_many(corpus: fr.Corpus) -> None:
    key = fr.keyness(corpus)
    targets = key["target"].unique()
    few = key[(key["target"] == targets[0]) | (key["score"] > 0)]
    few = few[(few["target"] != targets[1]) | (few["score"] > few["score"].quantile(0.99))]
    with paper("double"):
        figure = facets(few, partial(plot_keyness, n=6), by="target", columns=4)
        figure.draw_without_rendering()
    rows = [
        ax.patches[0].get_height() / abs(np.diff(ax.get_ylim())[0]) * ax.get_window_extent().height
        for ax in figure.axes
    ]
    assert len({len(ax.patches) for ax in figure.axes}) > 1
    assert max(rows) / min(rows) < 1.15


@pytest.mark.parametrize("height", [None, 50])
def test_bars_are_equally_thick_in_all_rows_of_panels(
    corpus: fr.Corpus, height: float | None
) -> None:
    key = fr.keyness(corpus)
    first = key["target"].iloc[0]
    few = key[(key["target"] != first) | (key["score"] >= key["score"].max())]
    with paper("double"):
        plot = partial(plot_keyness, n=6)
        figure = facets(few, plot, by="target", columns=1, height=height)
        figure.draw_without_rendering()
    thick = [ax.patches[0].get_window_extent().height for ax in figure.axes]
    assert len({len(ax.patches) for ax in figure.axes}) > 1
    assert max(thick) / min(thick) < 1.15


def test_columns_and_height_are_taken(trend: pd.DataFrame) -> None:
    low = facets(trend, plot_trend, by="term", columns=1, height=20).get_figheight()
    high = facets(trend, plot_trend, by="term", columns=1, height=40).get_figheight()
    assert (high - low) * 25.4 == pytest.approx(60)
    places = [
        ax.get_subplotspec().colspan.start
        for ax in facets(trend, plot_trend, by="term", columns=3).axes
    ]
    assert places == [0, 1, 2]


def test_a_chart_that_fails_leaves_no_figure_behind(trend: pd.DataFrame) -> None:
    broken = trend.copy()
    broken.loc[broken["term"] == "said", "freq"] = [
        "W",
        *["MS"] * (sum(broken["term"] == "said") - 1),
    ]
    with pytest.raises(ValueError, match="column 'freq' has 2 values"):
        facets(broken, plot_trend, by="term")
    assert plt.get_fignums() == []


def test_errors_of_facets(trend: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="by='terms'") as at:
        facets(trend[["term", "count"]], plot_trend, by="terms")
    assert str(at.value) == (
        "facets: by='terms' is not one of 'term', 'count'. Did you mean 'term'?"
    )
    with pytest.raises(ValueError, match="no rows") as at:
        facets(trend.head(0), plot_trend, by="term")
    assert str(at.value) == (
        "facets: the table has no rows. There is nothing to draw. Check the filter."
    )
    with pytest.raises(TypeError, match="is list") as type_error:
        facets([1], plot_trend, by="term")  # type: ignore[arg-type]
    assert str(type_error.value) == (
        "facets: data is list, not a DataFrame. Pass the table to draw."
    )
    with pytest.raises(TypeError, match="is Axes") as type_error:
        facets(trend, plot_trend(trend[trend["term"] == "said"]), by="term")  # type: ignore[arg-type]
    assert str(type_error.value) == (
        "facets: plot is Axes, not a chart. Pass the function itself, without brackets: "
        "facets(table, plot_comparison, by='item')."
    )
    many = pd.DataFrame({"term": [f"w{i}" for i in range(61)]})
    with pytest.raises(ValueError, match="61 values") as at:
        facets(many, plot_trend, by="term")
    assert str(at.value) == (
        "facets: by='term' has 61 values: 'w0', 'w1', 'w2', 'w3', 'w4', … (61 in all). "
        "At most 60 panels fit. Filter the table first."
    )
    with pytest.raises(ValueError, match=r"\Afacets: columns=0 is below 1\. Pass 1 or more\.\Z"):
        facets(trend, plot_trend, by="term", columns=0)


TABLES = {
    "plot_collocates": schema.COLLOCATES,
    "plot_dispersion": schema.DISPERSION,
    "plot_keyness": schema.KEYNESS,
    "plot_keyness_scatter": schema.KEYNESS,
    "plot_term_frequency": schema.TERM_FREQUENCY,
    "plot_topic_share": schema.TOPIC_SHARE,
    "plot_topic_terms": schema.TOPIC_TERMS,
    "plot_trend": schema.TREND,
}


@pytest.mark.parametrize("name", TABLES)
def test_every_chart_refuses_what_it_cannot_draw(name: str) -> None:
    plot: Callable[..., object] = getattr(fr.plots, name)
    made_by = TABLES[name].made_by
    empty = pd.DataFrame({column: [] for column in TABLES[name].required})
    with pytest.raises(ValueError, match="no rows") as at:
        plot(empty)
    assert str(at.value) == (
        f"{name}: the table has no rows. There is nothing to draw. Check the filter that made it, "
        f"or what {made_by}() returned."
    )
    with pytest.raises(ValueError, match="has no column") as at:
        plot(empty.drop(columns="term" if "term" in empty else "topic"))
    assert str(at.value).startswith(f"{name}: the table has no column 't")
    assert str(at.value).endswith(f" Pass the table that {made_by}() returns.")
    with pytest.raises(TypeError, match="not a DataFrame"):
        plot("table.csv")
    assert plt.get_fignums() == []


@pytest.mark.parametrize("name", [name for name in TABLES if "n" in str(name)])
def test_a_number_of_rows_below_one_is_an_error(name: str) -> None:
    plot: Callable[..., object] = getattr(fr.plots, name)
    if "n" not in inspect.signature(plot).parameters:
        return
    kinds = {"str": "a", "int": 1, "float": 1.0, "date": pd.Timestamp("2017-01-01")}
    row = pd.DataFrame([{c.name: kinds[c.kind] for c in TABLES[name].columns}])
    with pytest.raises(ValueError, match=rf"\A{name}: n=-1 is below [01]\. Pass [01] or more\.\Z"):
        plot(row, n=-1)


def test_charts_of_a_filtered_table_with_a_gap_in_its_index(corpus: fr.Corpus) -> None:
    table = fr.term_frequency(corpus, by="source")
    ax = plot_term_frequency(pd.concat([table.iloc[5:8], table.iloc[5:8].assign(source="Other")]))
    assert len(ax.get_yticklabels()) == 3
