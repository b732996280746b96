"""A figure knows which charts drew it, and is drawn again from that alone."""

from __future__ import annotations

import inspect
import io
import json
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import matplotlib as mpl

mpl.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import framing as fr
from framing.plots import style
from framing.plots.calls import CHARTS, calls_of, settings_now
from framing.plots.recipe import NoRecipe, Recipe, recipe_of, redrawn
from framing.plots.save import settle


@cache
def corpus() -> fr.Corpus:
    return fr.build_corpus(fr.make_articles(150, seed=1))


@cache
def mentions() -> pd.DataFrame:
    return fr.find_mentions(corpus(), fr.load_ledger())


@cache
def model() -> fr.TopicModel:
    return fr.fit_topics(corpus(), n_topics=4, seed=1, engine="nmf")


def choice() -> pd.DataFrame:
    rows = [
        (n, seed, "held_out", n / 100 + seed / 1000, "higher", n == 5)
        for n in (5, 10, 40) for seed in (1, 2)
    ]  # fmt: skip
    columns = ["n_topics", "seed", "measure", "score", "better", "frontier"]
    return pd.DataFrame(rows, columns=columns).assign(n_terms=10, engine="e", n_held_out=90)


def curve() -> pd.DataFrame:
    def claim(words: str, window: int) -> dict[str, Any]:
        middle = window / 10 + len(words)
        return {"estimate": middle, "low": middle - 1, "high": middle + 1, "p": 0.2, "measure": "x"}

    return fr.specification_curve(claim, {"words": ["a", "bcd"], "window": [5, 10]}, null=0.0)


def seeded_comparison() -> pd.DataFrame:
    rates = fr.measure_mentions(corpus(), mentions(), items="country")
    return fr.compare(rates, by="source", seed=1, n_resamples=99)


def decomposition() -> pd.DataFrame:
    rates = fr.measure_terms(corpus(), ["government", "said"])
    sources = sorted(corpus().articles["source"].unique())
    return fr.decompose(
        rates, by="source", strata="topic", target=sources[0], reference=sources[1], seed=1,
        n_resamples=50,
    )  # fmt: skip


def one(table: pd.DataFrame, **values: Any) -> pd.DataFrame:
    for name, value in values.items():
        table = table[table[name] == (table[name].iloc[0] if value is None else value)]
    return table


@cache
def made_trend() -> pd.DataFrame:
    two = corpus().articles["source"].isin(["Gazette", "Herald"])  # enough for a legend
    return fr.term_trend(corpus().where(two), ["government", "said"], by="source", freq="QS")


def trend() -> pd.DataFrame:
    return made_trend().copy()


MADE: dict[str, tuple[Callable[[], pd.DataFrame], dict[str, Any]]] = {
    "plot_attrition": (
        lambda: fr.attrition({"read": corpus(), "half": corpus().where(np.arange(150) < 75)}), {},
    ),
    "plot_co_mentions": (
        lambda: fr.co_mentions(mentions(), corpus(), min_count=1), {"value": "count", "n": 6},
    ),
    "plot_collocates": (lambda: fr.collocates(corpus(), "government", min_count=2), {"n": 5}),
    "plot_comparison": (lambda: one(seeded_comparison(), item=None), {}),
    "plot_country_map": (lambda: fr.salience(mentions(), corpus(), items="country"), {}),
    "plot_decomposition": (decomposition, {"n": 3}),
    "plot_dispersion": (lambda: fr.dispersion(corpus()), {"terms": ("government", "said")}),
    "plot_keyness": (lambda: fr.keyness(corpus(), by="source", target="Gazette"), {"n": 4}),
    "plot_keyness_scatter": (
        lambda: fr.keyness(corpus(), by="source", target="Gazette"), {"n": np.int64(4)},
    ),
    "plot_salience": (lambda: fr.salience(mentions(), corpus(), by="source"), {"n": 5}),
    "plot_specification_curve": (curve, {}),
    "plot_term_frequency": (lambda: fr.term_frequency(corpus(), by="source"), {"n": 4}),
    "plot_topic_choice": (choice, {}),
    "plot_topic_effects": (
        lambda: one(fr.topic_effects(model(), corpus(), formula="source", seed=1), topic=0), {},
    ),
    "plot_topic_map": (lambda: fr.topic_map(model(), corpus()), {}),
    "plot_topic_network": (
        lambda: fr.topic_networks(model(), corpus(), n_resamples=5, seed=1), {},
    ),
    "plot_topic_share": (lambda: fr.topic_share(model(), corpus(), by="source"), {}),
    "plot_topic_terms": (lambda: fr.topic_terms(model()), {"n": 3}),
    "plot_topic_trend": (lambda: fr.topic_trend(model(), corpus()), {"min_articles": 1}),
    "plot_topic_wording": (
        lambda: one(fr.topic_wording(model(), corpus(), topic=0), target=None), {"n": 3},
    ),
    "plot_trend": (lambda: one(trend(), term="said"), {"value": "count"}),
}  # fmt: skip


def png(figure: Figure) -> bytes:
    """Return the picture as `save_figure` lays it out, small."""
    stream, layout = io.BytesIO(), figure.get_layout_engine()
    settle(figure)
    figure.set_layout_engine("none")
    figure.savefig(stream, dpi=60, format="png")
    figure.set_layout_engine(layout)
    return stream.getvalue()


def again(figure: Figure) -> bool:
    """Draw a figure again from its recipe, after a journey through JSON, under other settings."""
    made = recipe_of(figure)
    steps = json.loads(json.dumps(made.steps))
    tables = [table.copy() for table in made.tables]
    open_before = plt.get_fignums()
    rc, places = dict(mpl.rcParams), {by: dict(known) for by, known in style._PLACES.items()}
    with mpl.rc_context({"font.size": 17, "axes.facecolor": "yellow"}):
        for by in list(style._PLACES):  # other names have taken the first colours
            style._PLACES[by] = {f"other {place}": place for place in range(7)}
        try:
            with redrawn(Recipe(steps, tables)) as new:
                drawn_again = png(new)
        finally:
            style._PLACES.clear()
            style._PLACES.update(places)
    assert dict(mpl.rcParams) == rc
    assert plt.get_fignums() == open_before
    with mpl.rc_context(made.steps["settings"] | cycle(made)):
        return png(figure) == drawn_again


def cycle(recipe: Recipe) -> dict[str, Any]:
    found = recipe.steps["settings"].get("axes.prop_cycle")
    return {} if found is None else {"axes.prop_cycle": mpl.cycler(**found)}


def test_every_chart_is_tried() -> None:
    public = {name for name in fr.__all__ if name.startswith("plot_")}
    assert set(CHARTS) == public == set(MADE)
    for name in public:
        assert CHARTS[name] is getattr(fr, name)


@pytest.mark.parametrize("name", sorted(MADE))
def test_every_chart_is_drawn_again_to_the_same_picture(name: str) -> None:
    make, options = MADE[name]
    table = make()
    before = table.copy(deep=True)
    for by in ("source", "topic", "term", "item", "measure", "community"):
        style._PLACES[by] = {f"before {place}": place for place in range(3)}
    with fr.paper("single"):
        ax = CHARTS[name](table, **options)
    (call,) = calls_of(ax)
    assert (call["function"], call["panel"], call["rows"]) == (name, None, len(table))
    assert call["columns"] == list(table.columns)
    known = inspect.signature(CHARTS[name]).parameters
    expected = {key: known[key].default for key in known if key not in {"data", "ax"}} | options
    assert call["arguments"] == json.loads(json.dumps(expected, default=int))
    assert again(ax.get_figure(root=True))
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("plot", [
    fr.plot_trend,
    partial(fr.plot_trend, value="count"),
    lambda data, ax: fr.plot_trend(data, ax=ax, min_tokens=1),
])  # fmt: skip
def test_facets_are_drawn_again(plot: Any) -> None:
    figure = fr.facets(trend(), plot, by="term", columns=1)
    (call,) = calls_of(figure)
    assert call["function"] == "facets"
    assert call["arguments"]["plot"]["function"] == "plot_trend"
    assert {key: call["arguments"][key] for key in ("by", "columns", "sharex", "height")} == {
        "by": "term", "columns": 1, "sharex": True, "height": None,
    }  # fmt: skip
    assert call["panels"] == ["government", "said"]
    assert again(figure)


def test_panels_of_ones_own_grid_are_drawn_again() -> None:
    key = MADE["plot_keyness"][0]()
    with fr.paper("double"):
        figure, (left, right) = plt.subplots(
            1, 2, figsize=(7, 4), layout="constrained", width_ratios=[1, 2], sharex=True
        )
        fr.plot_keyness(key, ax=left, n=3)
        fr.plot_keyness(key, ax=right, n=5).set_title("later", loc="left")
        left.set_xlim(-40, 40)
        figure.suptitle("both")
        figure.set_size_inches(6, 3)
    assert [(call["panel"], call["arguments"]["n"]) for call in calls_of(right)] == [
        ("1", 3), ("later", 5),
    ]  # fmt: skip
    assert set(recipe_of(figure).steps["after"]) >= {"size", "suptitle", "1 title left"}
    assert again(figure)


@pytest.mark.parametrize("layout", ["constrained", "tight"])
def test_spans_empty_places_and_layouts_are_drawn_again(layout: str | None) -> None:
    figure, axes = plt.subplot_mosaic("AB;CC;D.", figsize=(8, 9), layout=layout)
    fr.plot_term_frequency(one(MADE["plot_term_frequency"][0](), source=None), ax=axes["A"], n=3)
    fr.plot_keyness_scatter(MADE["plot_keyness"][0](), ax=axes["B"], n=1)
    fr.plot_trend(one(trend(), term="said"), ax=axes["C"])
    axes["D"].remove()
    assert again(figure)
    figure, grid = plt.subplots(2, 2, layout=layout)
    fr.plot_keyness(MADE["plot_keyness"][0](), ax=grid[1, 0], n=3)
    grid[0, 1].remove()
    assert again(figure)


def test_axes_without_a_grid_are_drawn_again() -> None:
    figure = plt.figure(figsize=(5, 4))
    fr.plot_keyness(MADE["plot_keyness"][0](), ax=figure.add_axes((0.3, 0.3, 0.6, 0.6)), n=3)
    assert again(figure)


def test_two_charts_on_the_same_axes_are_drawn_again() -> None:
    ax = fr.plot_trend(one(trend(), term="said", source=None))
    fr.plot_trend(one(trend(), term="government", source=None), ax=ax)
    assert [call["function"] for call in calls_of(ax)] == ["plot_trend", "plot_trend"]
    assert again(ax.get_figure(root=True))


def test_what_was_cleared_is_not_a_call_and_a_changed_table_is_not_what_was_drawn() -> None:
    table = MADE["plot_keyness"][0]()
    ax = fr.plot_keyness(table, n=3)
    ax.clear()
    assert calls_of(ax) == []
    fr.plot_keyness(table, ax=ax, n=5)
    assert [call["arguments"] for call in calls_of(ax)] == [{"n": 5}]
    before = table["score"].tolist()
    table["score"] = 0.0
    table.loc[0, "term"] = "no such term"
    kept = recipe_of(ax.get_figure(root=True)).tables[0]
    assert kept["score"].tolist() == before
    assert "no such term" not in set(kept["term"])


def test_a_chart_that_fails_leaves_no_call() -> None:
    figure, ax = plt.subplots()
    with pytest.raises(ValueError, match="has no column"):
        fr.plot_keyness(pd.DataFrame({"a": [1]}), ax=ax)
    with pytest.raises(TypeError, match="unexpected keyword argument 'm'"):
        fr.plot_keyness(pd.DataFrame({"a": [1]}), m=3)
    assert calls_of(figure) == []


def reason(figure: Figure) -> str:
    with pytest.raises(NoRecipe) as caught:
        recipe_of(figure)
    return str(caught.value)


def test_what_cannot_be_drawn_again_says_why() -> None:
    figure, (left, right) = plt.subplots(1, 2)
    left.plot([1, 2])
    assert reason(figure) == "no chart of the toolkit is on it"
    fr.plot_trend(one(trend(), term="said"), ax=right)
    assert reason(figure) == "1 of its 2 axes are not drawn by the toolkit"

    def half(data: pd.DataFrame, ax: Any) -> Any:
        return fr.plot_trend(data.iloc[: len(data) // 2], ax=ax)

    assert reason(fr.facets(trend(), half, by="term")) == (
        "its panels are drawn by half, not by one chart of the toolkit"
    )
    parts = plt.figure().subfigures(1, 2)
    fr.plot_trend(one(trend(), term="said"), ax=parts[0].subplots())
    assert reason(parts[0].get_figure(root=True)) == "its panels stand in subfigures"
    several = plt.figure()
    for at in (0, 1):
        spec = several.add_gridspec(1, 2)[0, at]
        fr.plot_trend(one(trend(), term="said"), ax=several.add_subplot(spec))
    assert reason(several) == "its panels stand in several grids"
    ax = fr.plot_dispersion(fr.dispersion(corpus()), terms={"said": 1}.keys())  # type: ignore[arg-type]
    assert reason(ax.get_figure(root=True)) == (
        "plot_dispersion was called with an argument that is no plain data"
    )
    assert calls_of(ax)[0]["arguments"]["terms"] == {"not plain": "dict_keys"}


def test_settings_hold_looks_and_nothing_that_could_run() -> None:
    with mpl.rc_context({"savefig.directory": "somewhere", "font.size": 11.5}):
        found = settings_now()
    assert found["font.size"] == 11.5
    assert "savefig.directory" not in found
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(("change", "said"), [
    ({"settings": {"figure.hooks": ["os:system"]}}, "the setting figure.hooks = ['os:system']"),
    ({"settings": {"text.usetex": True}}, "the setting text.usetex = True"),
    ({"settings": {"backend": "pdf"}}, "the setting backend = 'pdf'"),
    ({"settings": {"font.size": 1e9}}, "the setting font.size = 1000000000.0"),
    ({"calls": [{"function": "system", "arguments": {}, "table": 0, "panel": 0}]},
     "a chart 'system', which this version of the toolkit does not have"),
    ({"calls": []}, "0 calls of charts"),
    ({"after": {"size": [1e6, 3]}}, "a figure of 1000000.0 × 3.0 inches"),
    ({"after": {"size": [float("nan"), 3]}}, "a figure of nan × 3.0 inches"),
])  # fmt: skip
def test_a_strangers_recipe_calls_nothing_but_charts(change: dict[str, Any], said: str) -> None:
    made = recipe_of(fr.plot_keyness(MADE["plot_keyness"][0](), n=3).get_figure(root=True))
    before = dict(mpl.rcParams)
    with (
        pytest.raises(ValueError, match=r"a |the |calls") as caught,
        redrawn(Recipe({**made.steps, **change}, made.tables)),
    ):
        pass
    assert str(caught.value) == said
    assert dict(mpl.rcParams) == before


def test_saved_figures_tell_their_calls(tmp_path: Any) -> None:
    ax = fr.plot_keyness(MADE["plot_keyness"][0](), n=3)
    *_, about = fr.save_figure(ax, tmp_path / "key", formats=["png"])
    assert json.loads(about.read_text("utf-8"))["calls"] == calls_of(ax)


@pytest.mark.parametrize("kind", ["ndarray", "Figure"])
def test_ax_is_one_panel(kind: str) -> None:
    figure, axes = plt.subplots(1, 2)
    given: Any = axes if kind == "ndarray" else figure
    with pytest.raises(TypeError, match="not axes") as error:
        fr.plot_term_frequency(fr.term_frequency(corpus()), ax=given)
    assert str(error.value) == (
        f"plot_term_frequency: ax is {kind}, not axes. Pass one panel: "
        "plt.subplots(1, 2)[1][0] is the first of two."
    )
