"""What the chart of pairs shows equals the table."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

import framing as fr
from framing.plots import facets, paper, plot_co_mentions, save_figure
from framing.plots.panel import drawn
from framing.schema import CO_MENTIONS

PAIRS = {("RUS", "SYR"): 0.4, ("RUS", "USA"): 0.1, ("USA", "SYR"): -0.2}
UNITS = {"RUS": 900, "USA": 500, "SYR": 400, "FRA": 20}


def table(
    pairs: dict[tuple[str, str], float] = PAIRS, *, source: str = "Herald", measure: str = "npmi"
) -> pd.DataFrame:
    """Return a table of co_mentions: pair to score."""
    rows = [
        (source, "country", one, two, "sentence", measure, score, 10 * place, UNITS[one],
         UNITS[two], 5_000, 3, "v1")
        for place, ((one, two), score) in enumerate(pairs.items(), start=1)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["source", *CO_MENTIONS.required])


def names(ax: plt.Axes) -> dict[str, tuple[float, float]]:
    """Return each item's name with its column and row."""
    return {
        text.get_text(): (text.xy[0], text.xy[1] - 0.5)
        for text in ax.texts
        if isinstance(text, plt.Annotation)
    }


def cells(ax: plt.Axes) -> dict[tuple[int, int], str]:
    """Return the text of each cell: row and column."""
    found = {}
    for text in ax.texts:
        if not isinstance(text, plt.Annotation):
            x, y = text.get_position()
            found[int(y - 0.5), int(x - 0.5)] = text.get_text()
    return found


def shades(ax: plt.Axes) -> np.ndarray:
    return np.ma.filled(ax.collections[0].get_array(), np.nan)


def test_the_cell_where_two_items_meet_holds_their_score() -> None:
    data = table()
    before = data.copy()
    ax = plot_co_mentions(data)
    pd.testing.assert_frame_equal(data, before)
    assert names(ax) == {
        "Russia (900)": (0, 0),
        "United States (500)": (1, 1),
        "Syria (400)": (2, 2),
    }
    assert cells(ax) == {(1, 0): "10", (2, 0): "40", (2, 1): "−20"}
    expected = np.full((3, 3), np.nan)
    expected[1, 0], expected[2, 0], expected[2, 1] = 10, 40, -20
    np.testing.assert_allclose(shades(ax), expected)
    assert ax.get_xlabel() == (
        "normalised PMI × 100 (0: as if by chance)\n(in brackets: sentences that name it)"
    )
    assert ax.get_title(loc="left") == "Herald · 5,000 sentences"
    assert ax.get_legend() is None


def test_darker_means_more_and_nothing_below_zero() -> None:
    ax = plot_co_mentions(table())
    mesh = ax.collections[0]
    assert mesh.get_clim() == (0, 40)
    grey = [sum(to_rgb(mesh.cmap(mesh.norm(value)))) for value in (-20, 0, 10, 20, 30, 40)]
    assert grey[0] == grey[1] == 3
    assert all(np.diff(grey[1:]) < -0.2)
    colour = {text.get_text(): text.get_color() for text in ax.texts}
    assert colour["40"] == "white"
    assert colour["10"] != "white"


def test_the_order_of_the_names_in_a_row_does_not_matter() -> None:
    swapped = table({("SYR", "RUS"): 0.4, ("USA", "RUS"): 0.1, ("SYR", "USA"): -0.2})
    one, two = plot_co_mentions(table()), plot_co_mentions(swapped.sample(frac=1, random_state=1))
    assert names(one) == names(two)
    assert cells(one) == cells(two)
    pd.testing.assert_frame_equal(drawn(one)[0].table, table())


def test_a_pair_without_a_row_has_a_dot() -> None:
    ax = plot_co_mentions(table().query("first == 'RUS'"))
    assert cells(ax) == {(1, 0): "10", (2, 0): "40", (2, 1): "·"}


def test_other_measures_begin_at_their_lowest_score() -> None:
    data = table(dict(zip(PAIRS, [9.25, 7.5, 8.0], strict=True)), measure="log_dice")
    ax = plot_co_mentions(data)
    assert cells(ax) == {(1, 0): "7.5", (2, 0): "9.2", (2, 1): "8.0"}
    assert ax.collections[0].get_clim() == (7.5, 9.25)
    assert ax.get_xlabel().startswith("logDice (14 at most)\n")


def test_counts() -> None:
    ax = plot_co_mentions(table(), value="count")
    assert cells(ax) == {(1, 0): "20", (2, 0): "10", (2, 1): "30"}
    assert ax.collections[0].get_clim() == (0, 30)
    assert ax.get_xlabel() == "sentences that name both\n(in brackets: sentences that name it)"


def test_n_takes_those_named_most_and_items_are_taken_as_they_come() -> None:
    figure, ax = plt.subplots()
    assert plot_co_mentions(table(), ax=ax, n=2) is ax
    assert plt.get_fignums() == [figure.number]
    assert list(names(ax)) == ["Russia (900)", "United States (500)"]
    assert len(drawn(ax)[0].table) == 1
    ax = plot_co_mentions(table(), items=["SYR", "RUS"])
    assert list(names(ax)) == ["Syria (400)", "Russia (900)"]
    assert cells(ax) == {(1, 0): "40"}


def test_only_countries_are_written_by_name() -> None:
    assert "RUS (900)" in names(plot_co_mentions(table().assign(items="actor")))


def test_panels_have_the_same_items_order_and_shades() -> None:
    other = table({("RUS", "SYR"): 0.2, ("RUS", "FRA"): 0.6}, source="Gazette")
    figure = facets(pd.concat([table(), other]), plot_co_mentions, by="source")
    herald, gazette = figure.axes
    assert [name.split(" (")[0] for name in names(herald)] == [
        "Russia", "Syria", "United States", "France",
    ]  # fmt: skip  # named in 1,800, 800, 500 and 20 sentences of both
    assert [name.split(" (")[0] for name in names(gazette)] == [
        name.split(" (")[0] for name in names(herald)
    ]
    assert "France" in names(herald)  # without a number: no pair of the Herald has it
    assert cells(herald)[1, 0] == "40"
    assert cells(gazette)[1, 0] == "20"
    assert cells(gazette)[3, 0] == "60"
    assert {ax.collections[0].get_clim() for ax in figure.axes} == {(0, 60)}
    assert len({ax.get_xlim() for ax in figure.axes}) == 1


def test_n_of_panels_counts_over_all_of_them() -> None:
    other = table({("USA", "FRA"): 0.2}, source="Gazette")
    other["n_first"] = 2_000
    figure = facets(pd.concat([table(), other]), partial(plot_co_mentions, n=2), by="source")
    for ax in figure.axes:
        assert [name.split(" (")[0] for name in names(ax)] == ["United States", "Russia"]
    assert cells(figure.axes[1]) == {(1, 0): "·"}
    assert drawn(figure.axes[1])[0].table.empty


def many(n: int) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    rows = [
        ("actor", f"actor {i}", f"actor {j}", "article", "npmi", score, 5, 200 - i, 200 - j, 900, 3,
         "v1")
        for i in range(n) for j in range(i + 1, n)
        if (score := rng.uniform(-0.4, 0.6)) > -0.3
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=CO_MENTIONS.required)


def test_cells_too_narrow_for_numbers_have_a_legend() -> None:
    with paper("single"):
        ax = plot_co_mentions(many(40), n=40)
    assert set(cells(ax).values()) == {"·"}
    texts = [text.get_text() for text in ax.get_legend().get_texts()]
    assert texts[0] == "0"
    assert [float(text) for text in texts] == sorted(float(text) for text in texts)
    assert ax.get_legend().get_title().get_text() == "normalised PMI × 100"
    mesh = ax.collections[0]
    for handle, text in zip(ax.get_legend().get_lines(), texts, strict=True):
        assert to_rgb(handle.get_color()) == pytest.approx(
            mesh.cmap(mesh.norm(float(text)))[:3], abs=1e-6
        )


def test_long_names_are_cut_and_shown_as_they_are() -> None:
    long = "the " + "very " * 30 + "long $1_organisation$"
    data = many(4).replace({"first": {"actor 0": long}})
    ax = plot_co_mentions(data)
    ax.get_figure().draw_without_rendering()
    assert next(iter(names(ax))).endswith("…")


def test_the_saved_table_has_the_rows_that_are_drawn(tmp_path: Path) -> None:
    paths = save_figure(plot_co_mentions(table(), n=2), tmp_path / "pairs", formats=[])
    saved = pd.read_csv(paths[0])
    assert saved[["first", "second", "score"]].to_numpy().tolist() == [["RUS", "USA", 0.1]]
    assert '"unit": "sentence"' in paths[1].read_text("utf-8")


def test_real_tables_can_be_drawn(sample: tuple[fr.Corpus, pd.DataFrame]) -> None:
    corpus, mentions = sample
    found = fr.co_mentions(mentions, corpus, items="country", min_count=2)
    ax = plot_co_mentions(found, n=5)
    of = drawn(ax)[0].table
    assert sorted(shades(ax)[np.isfinite(shades(ax))]) == pytest.approx(sorted(of["score"] * 100))


MESSAGES = {
    "several measures": (
        lambda: plot_co_mentions(pd.concat([table(), table(measure="log_dice")])),
        (
            "plot_co_mentions: column 'measure' has 2 values: 'npmi', 'log_dice'. One chart shows "
            "one of them. Filter the table, as in table[table['measure'] == 'npmi'], or draw one "
            "panel for each with facets(table, plot_co_mentions, by='measure')."
        ),
    ),
    "several groups": (
        lambda: plot_co_mentions(pd.concat([table(), table(source="Gazette")])),
        (
            "plot_co_mentions: 2 rows stand for first 'RUS', second 'SYR'. They differ in "
            "'source'. Filter the table until each thing on the chart is one row."
        ),
    ),
    "value": (
        lambda: plot_co_mentions(table(), value="counts"),
        "plot_co_mentions: value='counts' is not one of 'score', 'count'. Did you mean 'count'?",
    ),
    "n": (
        lambda: plot_co_mentions(table(), n=1),
        "plot_co_mentions: n=1 is below 2. Pass 2 or more.",
    ),
    "unknown item": (
        lambda: plot_co_mentions(table(), items=["RUS", "SYRIA"]),
        "plot_co_mentions: items='SYRIA' is not one of 'RUS', 'SYR', 'USA'. Did you mean 'SYR'?",
    ),
    "one item": (
        lambda: plot_co_mentions(table(), items=["RUS"]),
        "plot_co_mentions: items=['RUS'] makes no pair. Pass two items or more.",
    ),
    "no score": (
        lambda: plot_co_mentions(table().assign(score=np.nan)),
        (
            "plot_co_mentions: column 'score' has no number in any of the 3 rows. There is nothing "
            "to draw. Check how the table was made."
        ),
    ),
    "empty": (
        lambda: plot_co_mentions(table().head(0)),
        (
            "plot_co_mentions: the table has no rows. There is nothing to draw. Check the filter "
            "that made it, or what co_mentions() returned."
        ),
    ),
    "column": (
        lambda: plot_co_mentions(table().drop(columns="second")),
        (
            "plot_co_mentions: the table has no column 'second'. It has 'source', 'items', "
            "'first', 'unit', 'measure', 'score', 'count', 'n_first', 'n_second', 'n_units', "
            "'n_articles', 'ledger'. Pass the table that co_mentions() returns."
        ),
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_messages(name: str) -> None:
    run, message = MESSAGES[name]
    with pytest.raises(ValueError, match=rf"\A{re.escape(message)}\Z"):
        run()
    assert plt.get_fignums() == []
