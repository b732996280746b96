"""What the chart of comparisons shows equals the table."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from framing.plots import facets, palette, save_figure
from framing.plots.comparison import plot_comparison
from framing.plots.panel import drawn
from framing.schema.comparison import COMPARISON

KINDS = {
    "str": "x", "int": 1, "float": 1.0, "bool": False,
}  # fmt: skip
# numerator, denominator, articles, few units, difference, ratio
SOURCES = {
    "Herald": (40, 20_000, 50, False, 0.5, 1.3),
    "Gazette": (90, 30_000, 40, False, 1.8, 2.5),
    "Courier": (10, 50_000, 8, True, -2.1, 0.1),
}


def table(item: str = "SYR", items: str = "country", reference: str | None = "rest") -> Any:
    """Return a table of rates of one item in three sources; intervals reach 20 % to each side."""
    rows = []
    every = [sum(values[place] for values in SOURCES.values()) for place in (0, 1)]
    for source, (above, below, articles, few, difference, ratio) in SOURCES.items():
        rate = above / below * 1000
        rows.append({
            **{column.name: KINDS[column.kind] for column in COMPARISON.columns},
            "source": source, "items": items, "item": item,
            "measure": "mentions per 1,000 tokens", "estimate": rate, "low": rate * 0.8,
            "high": rate * 1.2, "numerator": float(above), "denominator": float(below),
            "scale": 1000.0, "n_articles": articles, "n_units": articles, "few_units": few,
            "reference": reference, "numerator_reference": float(every[0] - above),
            "denominator_reference": float(every[1] - below), "estimate_reference": 1.5,
            "n_units_reference": 98 - articles, "few_units_reference": False,
            "difference": difference, "difference_low": difference - 1,
            "difference_high": difference + 1, "ratio": ratio, "ratio_low": ratio / 2,
            "ratio_high": ratio * 2, "level": 0.95,
        })  # fmt: skip
    return pd.DataFrame(rows)[["source", *COMPARISON.required]]


def rows(ax: plt.Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def points(ax: plt.Axes) -> dict[str, tuple[float, str, str]]:
    """Return value, fill and edge of each row's marker."""
    names = rows(ax)
    return {
        names[round(line.get_ydata()[0])]: (
            float(line.get_xdata()[0]),
            to_hex(line.get_markerfacecolor()),
            to_hex(line.get_markeredgecolor()),
        )
        for line in ax.lines
        if line.get_linestyle() == "None" and line.get_marker() not in "<>"
    }


def lines(ax: plt.Axes) -> dict[str, tuple[float, float]]:
    """Return the interval of each row."""
    names = rows(ax)
    found = {}
    for group in ax.collections:
        for (left, y), (right, _) in group.get_segments():
            found[names[round(y)]] = (left, right)
    return found


def test_rates_and_intervals_in_order_with_the_rate_of_all_articles() -> None:
    data = table()
    before = data.copy()
    ax = plot_comparison(data)
    pd.testing.assert_frame_equal(data, before)
    assert rows(ax) == ["Gazette (40)", "Herald (50)", "Courier (8)"]
    colours = palette(SOURCES)
    assert points(ax) == {
        "Gazette (40)": (3, colours["Gazette"], "#ffffff"),
        "Herald (50)": (2, colours["Herald"], "#ffffff"),
        "Courier (8)": (0.2, "#ffffff", colours["Courier"]),
    }
    assert lines(ax)["Gazette (40)"] == pytest.approx((2.4, 3.6))
    assert lines(ax)["Courier (8)"] == pytest.approx((0.16, 0.24))
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert [line.get_xdata()[0] for line in dashed] == [pytest.approx(1.4)]  # 140 of 100,000
    assert ax.get_xlim()[0] == 0
    assert ax.get_xlim()[1] > 3.6
    assert ax.get_xlabel().replace("\n", " ") == (
        "mentions per 1,000 tokens (lines: 95 % intervals; in brackets: articles; "
        "dashes: all articles; hollow: few units)"
    )
    assert ax.get_title(loc="left") == "Syria"


def test_the_line_is_the_rate_of_a_named_reference() -> None:
    data = table(reference="Herald")
    data.loc[0, "reference"] = None
    ax = plot_comparison(data)
    assert len(rows(ax)) == 3
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert [line.get_xdata()[0] for line in dashed] == [1.5]
    assert "dashes: Herald" in ax.get_xlabel()
    ax = plot_comparison(data, value="difference")
    assert rows(ax) == ["Gazette (40)", "Courier (8)"]
    assert ax.get_xlabel().startswith("difference from Herald, mentions per 1,000 tokens")


def test_differences_are_judged_from_0() -> None:
    ax = plot_comparison(table(), value="difference")
    assert {name: point[0] for name, point in points(ax).items()} == {
        "Gazette (40)": 1.8, "Herald (50)": 0.5, "Courier (8)": -2.1,
    }  # fmt: skip
    assert lines(ax)["Courier (8)"] == pytest.approx((-3.1, -1.1))
    assert [line.get_xdata()[0] for line in ax.lines if line.get_linestyle() == "-"] == [0]
    assert ax.get_xlabel().startswith("difference from all others, mentions per 1,000 tokens\n")
    few = table().assign(few_units=False, few_units_reference=[True, False, False])
    ax = plot_comparison(few, value="difference")
    assert points(ax)["Herald (50)"][1] == "#ffffff"
    assert points(ax)["Courier (8)"][1] != "#ffffff"


def test_ratios_are_on_a_logarithmic_axis_around_1() -> None:
    data = table()
    data.loc[0, ["ratio", "ratio_low", "ratio_high"]] = [0.0, np.nan, np.nan]
    data.loc[2, ["ratio", "ratio_low", "ratio_high"]] = [np.inf, np.nan, np.nan]
    ax = plot_comparison(data, value="ratio")
    assert ax.get_xscale() == "log"
    assert points(ax).keys() == {"Gazette (40)"}
    assert {text.get_text(): rows(ax)[round(text.xy[1])] for text in ax.texts} == {
        "0": "Herald (50)", "∞": "Courier (8)",
    }  # fmt: skip
    low, high = ax.get_xlim()
    assert low < 1 < 5 < high
    assert ax.get_xlabel().startswith("ratio to all others, mentions per 1,000 tokens\n")


def test_an_interval_that_is_not_to_be_trusted_does_not_stretch_the_axis() -> None:
    data = table()
    data.loc[2, ["low", "high"]] = [0, 500]
    ax = plot_comparison(data)
    assert ax.get_xlim()[1] < 5
    assert lines(ax)["Courier (8)"] == (0, 500)
    arrows = [line for line in ax.lines if isinstance(line.get_marker(), list)]
    assert [(line.get_xdata()[0], line.get_ydata()[0]) for line in arrows] == [(1, 2)]
    data["few_units"] = True
    assert plot_comparison(data).get_xlim()[1] > 500
    data.loc[2, ["low", "high"]] = np.nan
    assert lines(plot_comparison(data)).keys() == {"Gazette (40)", "Herald (50)"}


def test_items_of_one_source_are_rows() -> None:
    data = pd.concat([table("SYR"), table("RUS").assign(difference=9.0, estimate=1.0)])
    ax = plot_comparison(data[data["source"] == "Herald"], value="difference")
    assert rows(ax) == ["Russia", "Syria"]
    assert ax.get_title(loc="left") == "Herald · 50 articles"
    assert {point[1] for point in points(ax).values()} == {palette(["Herald"])["Herald"]}
    assert "brackets" not in ax.get_xlabel()
    ax = plot_comparison(data[data["source"] == "Herald"], value="difference", n=1)
    assert rows(ax) == ["Russia"]
    assert "1 of 2 rows" in ax.get_xlabel()
    assert drawn(ax)[0].table["item"].tolist() == ["RUS"]


def test_pairs_of_one_source_are_rows_by_reference() -> None:
    data = table().assign(source="Herald", reference=["Post", "rest", "Times"])
    ax = plot_comparison(data, value="difference", by="reference")
    assert rows(ax) == ["all others (58)", "Post (48)", "Times (90)"]
    assert "in brackets: units" in ax.get_xlabel()
    assert ax.get_xlabel().startswith("difference from each, mentions")


def test_the_order_can_be_given_and_the_axes_are_the_callers() -> None:
    figure, ax = plt.subplots()
    assert plot_comparison(table(), ax=ax, order=["Courier", "Herald"]) is ax
    assert rows(ax) == ["Courier (8)", "Herald (50)"]
    assert plt.get_fignums() == [figure.number]
    assert rows(plot_comparison(table(), n=1)) == ["Gazette (40)"]


def test_a_source_looks_the_same_in_all_panels(tmp_path: Path) -> None:
    other = table("RUS")
    other["estimate"] = [9.0, 3.0, 6.0]
    figure = facets(pd.concat([table(), other]), plot_comparison, by="item", sharex=False)
    first, second = figure.axes
    assert first.get_title(loc="left") == "SYR · Syria"
    assert rows(second) == ["Herald (50)", "Courier (8)", "Gazette (40)"]
    for name, point in points(first).items():
        assert points(second)[name][1:] == point[1:]
    assert figure.get_supxlabel().startswith("mentions per 1,000 tokens\n")
    saved = pd.read_csv(save_figure(figure, tmp_path / "rates", formats=[])[0])
    assert len(saved) == 6
    same = partial(plot_comparison, order=list(SOURCES))
    figure = facets(pd.concat([table(), other]), same, by="item")
    assert rows(figure.axes[0]) == rows(figure.axes[1])


MESSAGES: dict[str, tuple[Any, str]] = {
    "value": (
        lambda: plot_comparison(table(), value="rates"),
        "plot_comparison: value='rates' is not one of 'estimate', 'difference', 'ratio'.",
    ),
    "n": (
        lambda: plot_comparison(table(), n=0),
        "plot_comparison: n=0 is below 1. Pass 1 or more.",
    ),
    "order": (
        lambda: plot_comparison(table(), order=["Heralds"]),
        (
            "plot_comparison: order='Heralds' is not one of 'Herald', 'Gazette', 'Courier'. "
            "Did you mean 'Herald'?"
        ),
    ),
    "several items and sources": (
        lambda: plot_comparison(pd.concat([table("SYR"), table("RUS")])),
        (
            "plot_comparison: the table is divided by 'item', 'source'. One chart shows one of "
            "them. Pass by='source' and filter the table to one value of the others, or draw "
            "panels with facets(table, plot_comparison, by='item')."
        ),
    ),
    "two rows": (
        lambda: plot_comparison(pd.concat([table(), table().assign(unit="story")])),
        (
            "plot_comparison: 2 rows stand for source 'Herald'. They differ in 'unit'. "
            "Filter the table until each thing on the chart is one row."
        ),
    ),
    "references": (
        lambda: plot_comparison(
            table().assign(reference=["Post", "rest", "Times"]), value="ratio"
        ),
        (
            "plot_comparison: column 'reference' has 3 values: 'Post', 'rest', 'Times'. One chart "
            "shows one of them. Filter the table, as in table[table['reference'] == 'Post'], or "
            "draw one panel for each with facets(table, plot_comparison, by='reference')."
        ),
    ),
    "the reference alone": (
        lambda: plot_comparison(
            table().assign(reference=pd.Series([None] * 3, dtype="str")), value="ratio"
        ),
        (
            "plot_comparison: column 'reference' is missing in all rows: they are the reference "
            "itself. Pass the rows of the other groups too, or value='estimate'."
        ),
    ),
    "no rows": (
        lambda: plot_comparison(table().head(0)),
        (
            "plot_comparison: the table has no rows. There is nothing to draw. Check the filter "
            "that made it, or what compare() returned."
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MESSAGES)
def test_messages(name: str) -> None:
    run, message = MESSAGES[name]
    with pytest.raises(ValueError, match=rf"\A{re.escape(message)}\Z"):
        run()
    assert plt.get_fignums() == []
