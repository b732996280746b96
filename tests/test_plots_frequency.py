"""What the charts of frequency and dispersion show equals the table."""

from __future__ import annotations

import itertools
import re

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from framing.plots import palette, paper, plot_dispersion, plot_term_frequency
from framing.plots.panel import drawn, number
from framing.plots.style import look


def table(counts: dict[tuple[str, str], int], n_tokens: int = 50_000) -> pd.DataFrame:
    """Return a table of term_frequency: (source, term) to count."""
    return pd.DataFrame({
        "source": pd.Series([source for source, _ in counts], dtype="str"),
        "term": pd.Series([term for _, term in counts], dtype="str"),
        "count": list(counts.values()),
        "n_tokens": n_tokens,
        "per_million": [count / n_tokens * 1e6 for count in counts.values()],
        "n_articles": 2,
        "n_group_articles": 1_204,
    })  # fmt: skip


COUNTS = {
    ("Herald", "aid"): 10, ("Herald", "war"): 2_000, ("Herald", "u.s."): 50,
    ("Gazette", "aid"): 30, ("Gazette", "war"): 500, ("Gazette", "u.s."): 0,
}  # fmt: skip


def rows(ax: plt.Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def test_terms_of_several_sources_are_dots_on_a_line() -> None:
    data = table(COUNTS)
    before = data.copy()
    ax = plot_term_frequency(data)
    pd.testing.assert_frame_equal(data, before)
    assert rows(ax) == ["war", "u.s.", "aid"]  # means 25,000, 500 and 400 a million
    dots = {line.get_label(): line for line in ax.lines if line.get_label() in set(data["source"])}
    assert set(dots) == {"Herald", "Gazette"}
    assert dict(zip([0, 1, 2], sorted(dots["Herald"].get_xdata(), reverse=True), strict=True)) == {
        0: 40_000, 1: 1_000, 2: 200,
    }  # fmt: skip
    for x, y in dots["Gazette"].get_xydata():
        term = rows(ax)[round(y)]
        assert x == COUNTS["Gazette", term] * 20
        assert abs(y - round(y)) < 0.3
    assert ax.get_xlabel() == "occurrences per million tokens"
    assert ax.get_xlim()[0] == 0
    legend = ax.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["Herald (1,204)", "Gazette (1,204)"]
    assert legend.get_title().get_text() == "source (articles)"
    assert dots["Herald"].get_color() == palette(["Herald"])["Herald"]
    assert dots["Herald"].get_marker() != dots["Gazette"].get_marker()


def test_dots_that_would_hide_each_other_are_moved_apart() -> None:
    data = table({(f"source {i}", term): 100 for i in range(3) for term in ("war", "aid")})
    ax = plot_term_frequency(data)
    points = np.vstack([line.get_xydata() for line in ax.lines])
    assert len({(x, y) for x, y in points}) == len(points) == 6


def test_one_source_is_bars_with_counts() -> None:
    ax = plot_term_frequency(table(COUNTS).query("source == 'Herald'"))
    assert rows(ax) == ["war", "u.s.", "aid"]
    assert [bar.get_width() for bar in ax.patches] == [40_000, 1_000, 200]
    assert [bar.get_x() for bar in ax.patches] == [0, 0, 0]
    assert [bar.get_y() + bar.get_height() / 2 for bar in ax.patches] == pytest.approx([0, 1, 2])
    assert [text.get_text() for text in ax.texts] == ["2,000", "50", "10"]
    assert ax.get_title(loc="left") == "Herald · 1,204 articles"
    assert ax.patches[0].get_facecolor() == pytest.approx(plt.matplotlib.colors.to_rgba(
        look("Herald").colour
    ))  # fmt: skip


def test_one_term_is_a_bar_for_each_source_in_its_colour() -> None:
    ax = plot_term_frequency(table(COUNTS).query("term == 'aid'"))
    assert rows(ax) == ["Gazette (1,204)", "Herald (1,204)"]
    assert [bar.get_width() for bar in ax.patches] == [600, 200]
    colours = palette(["Gazette", "Herald"])
    for bar, name in zip(ax.patches, rows(ax), strict=True):
        assert plt.matplotlib.colors.to_hex(bar.get_facecolor()) == colours[name.partition(" (")[0]]
    assert ax.get_title(loc="left") == "aid"


def test_n_takes_the_highest_and_ax_is_drawn_on() -> None:
    figure, ax = plt.subplots()
    assert plot_term_frequency(table(COUNTS), ax=ax, n=1) is ax
    assert rows(ax) == ["war"]
    assert plt.get_fignums() == [figure.number]
    assert set(drawn(ax)[0].table["term"]) == {"war"}


def test_by_chooses_the_dots() -> None:
    both = pd.concat([table(COUNTS).assign(actor="Assad"), table(COUNTS).assign(actor="Putin")])
    ax = plot_term_frequency(both.query("source == 'Herald'"), by="actor")
    assert [text.get_text().split(" (")[0] for text in ax.get_legend().get_texts()] == [
        "Assad", "Putin",
    ]  # fmt: skip
    assert ax.get_title(loc="left") == "Herald"


def test_groups_that_are_missing_are_named_so() -> None:
    data = table(COUNTS)
    data.loc[data["source"] == "Herald", "source"] = None
    ax = plot_term_frequency(data.query("term == 'aid'"))
    assert rows(ax) == ["Gazette (1,204)", "missing (1,204)"]


def test_dollars_and_underscores_are_written_as_they_are() -> None:
    data = table({("_a", "$1 and $2"): 4, ("_a", "x_y"): 3, ("b", "$1 and $2"): 2, ("b", "x_y"): 1})
    ax = plot_term_frequency(data)
    ax.get_figure().draw_without_rendering()
    assert rows(ax) == ["$1 and $2", "x_y"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["_a (1,204)", "b (1,204)"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (1234567, "1,234,567"), (-2000, "−2,000"), (0.5, "0.5"), (12.34, "12.3"),
     (1000, "1,000"),
     (10.0, "10"), (0.00123, "0.00123"), (3, "3")],
)  # fmt: skip
def test_numbers_have_thousands_and_no_needless_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_two_dividing_columns_are_an_error() -> None:
    both = pd.concat([table(COUNTS).assign(actor="Assad"), table(COUNTS).assign(actor="Putin")])
    message = (
        "plot_term_frequency: the table is divided by 'source', 'actor'. One chart shows one of "
        "them. Pass by='actor' and filter the table to one value of the others, or draw panels "
        "with facets(table, plot_term_frequency, by='source')."
    )
    with pytest.raises(ValueError, match=rf"\A{re.escape(message)}\Z"):
        plot_term_frequency(both)


def test_two_rows_for_one_dot_are_an_error() -> None:
    both = pd.concat([table(COUNTS).assign(actor="Assad"), table(COUNTS).assign(actor="Putin")])
    message = (
        "plot_term_frequency: 2 rows stand for source 'Herald', term 'aid'. They differ in "
        "'actor'. Filter the table until each thing on the chart is one row."
    )
    with pytest.raises(ValueError, match=rf"\A{re.escape(message)}\Z"):
        plot_term_frequency(both, by="source")


def test_an_unknown_by_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"\Aplot_term_frequency: by='sauce' is not one of ") as at:
        plot_term_frequency(table(COUNTS), by="sauce")
    assert str(at.value).endswith("Did you mean 'source'?")


def spread(n: int = 300) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    count = rng.integers(100, 60_000, n)
    return pd.DataFrame({
        "term": [f"word{i}" for i in range(n)], "measure": "dp", "score": rng.random(n),
        "count": count, "n_tokens": 2_000_000, "per_million": count / 2, "range": 40,
        "n_parts": 3_783, "parts": "doc_id",
    })  # fmt: skip


def test_dispersion_shows_every_term_and_labels_both_edges() -> None:
    data = spread()
    ax = plot_dispersion(data, n=10)
    points = ax.lines[0].get_xydata()
    assert points == pytest.approx(data[["per_million", "score"]].to_numpy())
    assert ax.get_xscale() == "log"
    assert ax.get_ylabel() == "DP (0 even … 1 in few articles)"
    ax.get_figure().draw_without_rendering()
    score = data.set_index("term")["score"]
    labelled = [score[text.get_text()] for text in ax.texts]
    assert 5 <= len(labelled) <= 10
    assert min(labelled) < 0.1
    assert max(labelled) > 0.9


def test_dispersion_labels_the_terms_that_are_asked_for() -> None:
    ax = plot_dispersion(spread(), terms=["word5", "word7"])
    assert sorted(text.get_text() for text in ax.texts) == ["word5", "word7"]
    assert not plot_dispersion(spread(), n=0).texts


def test_labels_of_dispersion_stand_on_white_not_on_the_points() -> None:
    (label,) = plot_dispersion(spread(), terms="word5").texts
    box = label.get_bbox_patch()
    assert box is not None
    assert box.get_facecolor()[:3] == (1, 1, 1)


@pytest.mark.parametrize("width", ["single", "double"])
@pytest.mark.parametrize("reach", [2, 5, 20, 150, 1e4])
def test_an_axis_of_rates_has_several_ticks_however_far_it_reaches(
    reach: float, width: str
) -> None:
    data = spread().assign(per_million=lambda data: 1_900 * reach ** data["score"])
    with paper(width):
        ax = plot_dispersion(data, terms=[])
        ax.get_figure().draw_without_rendering()
        low, high = ax.get_xlim()
        shown = [
            tick.label1 for tick in ax.xaxis.get_major_ticks() if low <= tick.get_loc() <= high
        ]
        boxes = [label.get_window_extent() for label in shown]
    assert len(boxes) >= (1 if reach == 2 else 2)
    assert all(one.x1 < two.x0 for one, two in itertools.pairwise(boxes))


def test_dispersion_of_an_unknown_term_is_an_error() -> None:
    with pytest.raises(
        ValueError, match=r"\Aplot_dispersion: terms='wurd' is not one of 'word0', "
    ):
        plot_dispersion(spread(), terms=["wurd"])


def test_several_measures_are_an_error() -> None:
    both = pd.concat([spread(), spread().assign(measure="dp_norm")])
    message = (
        "plot_dispersion: column 'measure' has 2 values: 'dp', 'dp_norm'. One chart shows one of "
        "them. Filter the table, as in table[table['measure'] == 'dp'], or draw one panel for each "
        "with facets(table, plot_dispersion, by='measure')."
    )
    with pytest.raises(ValueError, match=rf"\A{re.escape(message)}\Z"):
        plot_dispersion(both)
