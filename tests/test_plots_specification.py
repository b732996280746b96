"""What the chart of a specification curve shows equals the table."""

from __future__ import annotations

import itertools
import re
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from framing.plots import facets, paper
from framing.plots.panel import drawn
from framing.plots.specification import plot_specification_curve
from framing.plots.style import INK, QUIET
from framing.specification import specification_curve


def claim(words: str, window: int, extra: float = 0) -> dict[str, Any]:
    """Return an estimate of 1 to 6, with an interval of 2.5 to each side."""
    estimate = {"all": 0, "content": 3}[words] + window + extra
    return {"estimate": estimate, "low": estimate - 2.5, "high": estimate + 2.5, "measure": "rate"}


CURVE = specification_curve(claim, {"words": ["all", "content"], "window": [1, 2, 3]})


def points(ax: plt.Axes) -> dict[float, tuple[float, str]]:
    """Return the estimate of each column, and how its mark is filled."""
    found = {}
    for line in ax.lines:
        if line.get_marker() == "o":
            for x, y in line.get_xydata():
                found[float(x)] = (float(y), to_hex(line.get_markerfacecolor()))
    return found


def choices(ax: plt.Axes) -> dict[str, list[int]]:
    """Return the columns that are marked in each row."""
    below = ax.child_axes[0]
    names = [label.get_text() for label in below.get_yticklabels()]
    marked: dict[str, list[int]] = {name: [] for name in names}
    for line in below.lines:
        if line.get_marker() in {"o", "|"}:
            for x, y in line.get_xydata():
                marked[names[round(y)]].append(round(x))
    return {name: sorted(places) for name, places in marked.items()}


def x_title(ax: plt.Axes) -> str:
    return ax.child_axes[0].get_xlabel().replace("\n", " ").replace("\u00a0", " ")


def names_of(ax: plt.Axes) -> list[str]:
    legend = ax.get_legend()
    assert legend is not None
    return [text.get_text() for text in legend.get_texts()]


def test_estimates_intervals_and_choices_equal_the_table() -> None:
    before = CURVE.copy()
    ax = plot_specification_curve(CURVE)
    pd.testing.assert_frame_equal(CURVE, before)
    assert points(ax) == {
        0: (1, "#ffffff"), 1: (2, "#ffffff"), 2: (3, INK), 3: (4, INK), 4: (5, INK), 5: (6, INK),
    }  # fmt: skip
    segments = [part for lines in ax.collections for part in lines.get_segments()]
    assert sorted((x, low, high) for (x, low), (_, high) in segments) == [
        (place, place - 1.5, place + 3.5) for place in range(6)
    ]
    assert choices(ax) == {
        "words": [], "content": [3, 4, 5], "all": [0, 1, 2],
        "window": [], "3": [2, 5], "2": [1, 4], "1": [0, 3],
    }  # fmt: skip
    assert names_of(ax) == ["interval excludes 0", "includes 0", "median"]
    assert ax.get_ylabel() == "rate"
    assert x_title(ax) == (
        "6 specifications, lowest estimate first (intervals: 4 above 0, 0 below 0, 2 across 0)"
    )


def test_the_lines_of_null_and_median() -> None:
    ax = plot_specification_curve(CURVE)
    level = {
        line.get_color(): line.get_ydata()[0] for line in ax.lines if line.get_marker() == "None"
    }
    assert level == {INK: 0, QUIET: 3.5}
    assert [(text.get_text(), text.xy) for text in ax.texts] == [("3.5", (5.8, 3.5))]
    assert ax.get_yscale() == "linear"


def test_ratios_have_a_log_axis_and_1_as_null() -> None:
    curve = specification_curve(
        lambda a: {"ratio": a, "low": a / 2, "high": a * 2, "measure": "mentions"},
        {"a": [1, 3]},
        estimate="ratio",
    )
    ax = plot_specification_curve(curve)
    assert ax.get_yscale() == "log"
    assert ax.get_ylabel() == "ratio of mentions"
    assert names_of(ax)[:2] == ["interval excludes 1", "includes 1"]
    mixed = curve.assign(measure=["ratio of mentions", "ratio of shares"])
    assert plot_specification_curve(mixed).get_ylabel() == "ratio of each measure"


def test_no_interval_and_an_interval_without_end() -> None:
    curve = specification_curve(lambda a: a, {"a": [1, 2]})
    ax = plot_specification_curve(curve)
    assert names_of(ax)[0] == "no interval"
    assert x_title(ax) == "2 specifications, lowest estimate first"
    open_ = CURVE.assign(high=np.inf)
    ax = plot_specification_curve(open_)
    assert np.isfinite(ax.get_ylim()).all()


def test_failed_ones_are_counted() -> None:
    failed = CURVE.copy()
    failed.loc[5, ["estimate", "low", "high"]] = np.nan
    ax = plot_specification_curve(failed)
    assert len(points(ax)) == 5
    assert x_title(ax) == (
        "5 specifications, lowest estimate first (intervals: 3 above 0, 0 below 0, 2 across 0, "
        "1 more failed)"
    )
    assert len(drawn(ax)[0].table) == 6


def test_a_part_of_the_table_tells_what_it_shares() -> None:
    part = CURVE[CURVE["words"] == "all"]
    ax = plot_specification_curve(part)
    assert ax.get_title(loc="left") == "words: all"
    assert choices(ax) == {"window": [], "3": [2], "2": [1], "1": [0]}
    one = plot_specification_curve(CURVE.head(1))
    assert one.child_axes == []
    assert one.get_xlabel().startswith("1 specification, lowest")


def test_many_specifications_are_strokes() -> None:
    curve = specification_curve(
        claim, {"words": ["all", "content"], "window": [1], "extra": np.linspace(0, 1, 100)}
    )
    with paper("single"):
        ax = plot_specification_curve(curve)
    below = ax.child_axes[0]
    assert "|" in {line.get_marker() for line in below.lines}
    assert len(choices(ax)["all"]) == 100


@pytest.mark.parametrize("width", ["single", "double"])
def test_nothing_overlaps_or_is_cut_off(width: str) -> None:
    long = {"words": "which of the words of an article count as words at all"}
    curve = CURVE.rename(columns=long).assign(measure="a rate with a long name " * 4)
    with paper(width):
        ax = plot_specification_curve(curve)
        figure: Any = ax.get_figure(root=True)
        figure.draw_without_rendering()
    below = ax.child_axes[0]
    frame, grid = ax.get_window_extent(), below.get_window_extent()
    assert grid.y1 < frame.y0
    assert grid.width == pytest.approx(frame.width)
    assert frame.height > 60
    texts = [*below.get_yticklabels(), below.xaxis.label, ax.yaxis.label]
    for text in texts:
        box = text.get_window_extent()
        assert box.x0 >= -1
        assert box.y0 >= -1
        assert box.x1 <= figure.bbox.width + 1
        assert box.y1 <= figure.bbox.height + 1
    boxes = [label.get_window_extent() for label in below.get_yticklabels()]
    assert all(upper.y0 >= lower.y1 - 1 for upper, lower in itertools.pairwise(boxes))
    legend = ax.get_legend()
    assert legend is not None
    assert legend.get_window_extent().y0 >= frame.y1 - 1


def test_headings_are_bold() -> None:
    below = plot_specification_curve(CURVE).child_axes[0]
    bold = [label.get_text() for label in below.get_yticklabels() if label.get_weight() == "bold"]
    assert bold == ["words", "window"]


def test_in_axes_of_the_caller_and_in_facets() -> None:
    figure, ax = plt.subplots(layout="constrained", figsize=(6, 6))
    assert plot_specification_curve(CURVE, ax=ax) is ax
    figure.draw_without_rendering()
    assert ax.child_axes[0].get_window_extent().y0 > 0
    both = pd.concat([CURVE.assign(claim=name) for name in ("first", "second")])
    panels = facets(both, plot_specification_curve, by="claim", columns=1)
    panels.draw_without_rendering()
    assert [one.get_title(loc="left") for one in panels.axes] == ["first", "second"]
    upper, lower = panels.axes
    assert upper.child_axes[0].get_window_extent().y0 > lower.get_window_extent().y1


def test_messages() -> None:
    message = "plot_specification_curve: the table has no column 'specification'"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        plot_specification_curve(CURVE.drop(columns="specification"))
    message = "plot_specification_curve: column 'measure' has 2 values: 'rate', 'share'."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        plot_specification_curve(CURVE.assign(measure=["rate", "share"] * 3))
    message = "plot_specification_curve: 2 rows stand for words 'all', window '1'."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        plot_specification_curve(pd.concat([CURVE, CURVE]))
    message = "plot_specification_curve: column 'estimate' has no number in any of the 6 rows."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        plot_specification_curve(CURVE.assign(estimate=np.nan))
