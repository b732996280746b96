"""What the chart of selection against presentation shows equals the table."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from framing.plots import facets
from framing.plots.decomposition import FILLS, plot_decomposition
from framing.plots.panel import drawn
from framing.schema import DECOMPOSITION

KINDS = {"str": "x", "int": 1, "float": 0.5, "bool": False}
# For each item its gap, and what each stratum adds to selection and presentation.
PARTS = {
    "SYR": (3.0, {"arts": (0.5, -0.25), "war": (2.0, 0.5)}, 0.25),
    "RUS": (-5.0, {"arts": (-1.0, -1.0), "war": (-2.5, -1.0)}, 0.5),
}


def table(reference: str = "Herald") -> Any:
    """Return a table of two items in two strata, and a third that only the target has."""
    rows: list[dict[str, Any]] = []

    def add(item: str, component: str, stratum: str | None, value: float, **more: Any) -> None:
        rows.append({
            **{column.name: KINDS[column.kind] for column in DECOMPOSITION.columns},
            "by": "source", "target": "Gazette", "reference": reference, "items": "country",
            "item": item, "measure": "mentions per 1,000 tokens", "strata": "section",
            "component": component, "stratum": stratum, "value": value, "low": value - 1,
            "high": value + 1, "level": 0.95, **more,
        })  # fmt: skip

    for item, (gap, strata, alone) in PARTS.items():
        add(item, "gap", None, gap)
        for place, component in enumerate(("selection", "presentation")):
            add(item, component, None, sum(values[place] for values in strata.values()),
                few_units=component == "presentation")  # fmt: skip
        add(item, "only target", None, alone, weight_target=0.2, weight_reference=0.0)
        add(item, "only reference", None, 0, weight_target=0.0, weight_reference=0.0)
        for place, component in enumerate(("selection", "presentation")):
            for stratum, values in strata.items():
                add(item, component, stratum, values[place], weight_target=0.4,
                    weight_reference=0.004)  # fmt: skip
        add(item, "only target", "sport", alone, weight_target=0.2, weight_reference=0.0)
    return pd.DataFrame(rows)


def rows(ax: plt.Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def bars(ax: plt.Axes) -> dict[tuple[str, str], float]:
    """Return the length of each bar by row and component, told by its colour."""
    fills = {colour: name for name, colour in FILLS.items()}
    return {
        (rows(ax)[round(bar.get_y() + bar.get_height() / 2)], fills[to_hex(bar.get_edgecolor())]):
            bar.get_x() + bar.get_width()
        for bar in ax.patches
    }  # fmt: skip


def test_bars_of_items_add_up_to_the_gap() -> None:
    data = table()
    before = data.copy()
    ax = plot_decomposition(data)
    pd.testing.assert_frame_equal(data, before)
    assert rows(ax) == ["Syria", "Russia"]
    found = bars(ax)
    assert found == {
        ("Syria", "gap"): 3, ("Syria", "selection"): 2.5, ("Syria", "presentation"): 0.25,
        ("Syria", "only target"): 0.25, ("Russia", "gap"): -5, ("Russia", "selection"): -3.5,
        ("Russia", "presentation"): -2, ("Russia", "only target"): 0.5,
    }  # fmt: skip
    for item in rows(ax):
        parts = [value for (name, what), value in found.items() if name == item and what != "gap"]
        assert sum(parts) == found[item, "gap"]
    legend = ax.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == [
        "gap", "selection", "presentation", "only Gazette",
    ]  # fmt: skip
    assert ax.get_xlabel().replace("\n", " ") == (
        "Gazette − Herald, mentions per 1,000 tokens "
        "(strata: section; lines: 95 % intervals; articles: Gazette 1, Herald 1; hollow: few units)"
    )


def test_intervals_and_few_units_are_those_of_the_table() -> None:
    ax = plot_decomposition(table())
    of = drawn(ax)[0].table
    found = sorted(
        (left, right) for group in ax.collections for (left, _), (right, _) in group.get_segments()
    )
    twice = pd.concat([of, of])  # each line has a white one below it
    assert found == sorted(zip(twice["low"], twice["high"], strict=True))
    hollow = {to_hex(bar.get_edgecolor()) for bar in ax.patches
              if to_hex(bar.get_facecolor()) == "#ffffff"}  # fmt: skip
    assert hollow == {FILLS["presentation"]}
    assert "only reference" not in of["component"].tolist()
    tops = [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in ax.patches]
    for (_, bottom), (top, _) in zip(sorted(tops), sorted(tops)[1:], strict=False):
        assert bottom <= top  # no two bars overlap


def test_strata_of_one_item() -> None:
    data = table().query("item == 'SYR'")
    ax = plot_decomposition(data, by="stratum")
    assert rows(ax) == ["arts (40 : <1)", "war (40 : <1)", "sport (20 : 0)"]
    assert bars(ax) == {
        ("arts (40 : <1)", "selection"): 0.5, ("arts (40 : <1)", "presentation"): -0.25,
        ("war (40 : <1)", "selection"): 2, ("war (40 : <1)", "presentation"): 0.5,
        ("sport (20 : 0)", "only target"): 0.25,
    }  # fmt: skip
    assert ax.get_title(loc="left") == "Syria"
    assert "in brackets: share, %, of Gazette : Herald" in ax.get_xlabel().replace("\n", " ")
    alone = plot_decomposition(data[data["stratum"].notna()])
    assert rows(alone) == rows(ax)
    most = plot_decomposition(data, by="stratum", n=2)
    assert rows(most) == ["arts (40 : <1)", "war (40 : <1)"]
    assert "2 of 3 strata" in most.get_xlabel().replace("\n", " ")


def test_n_takes_the_largest_gaps_and_others_are_called_so() -> None:
    figure, ax = plt.subplots()
    assert plot_decomposition(table("rest"), ax=ax, n=1) is ax
    assert plt.get_fignums() == [figure.number]
    assert rows(ax) == ["Russia"]
    assert ax.get_xlabel().startswith("Gazette − others, mentions per 1,000 tokens")
    assert "1 of 2 items" in ax.get_xlabel().replace("\n", " ")


def test_panels_have_the_same_strata() -> None:
    data = table()
    data.loc[data["stratum"].eq("sport") & data["item"].eq("RUS"), "value"] = 90.0
    draw = partial(plot_decomposition, by="stratum", n=2)
    figure = facets(data, draw, by="item")
    assert [rows(ax) for ax in figure.axes] == [["war (40 : <1)", "sport (20 : 0)"]] * 2


def replaced(**columns: Any) -> Any:
    return pd.concat([table(), table().assign(**columns)])


MESSAGES: dict[str, tuple[Any, str]] = {
    "by": (
        lambda: plot_decomposition(table(), by="strata"),
        (
            "plot_decomposition: by='strata' is not one of 'item', 'stratum'. "
            "Did you mean 'stratum'?"
        ),
    ),
    "n": (
        lambda: plot_decomposition(table(), n=0),
        "plot_decomposition: n=0 is below 1. Pass 1 or more.",
    ),
    "targets": (
        lambda: plot_decomposition(replaced(target="Courier")),
        (
            "plot_decomposition: column 'target' has 2 values: 'Gazette', 'Courier'. One chart "
            "shows one of them. Filter the table, as in table[table['target'] == 'Gazette'], or "
            "draw one panel for each with facets(table, plot_decomposition, by='target')."
        ),
    ),
    "items": (
        lambda: plot_decomposition(table(), by="stratum"),
        (
            "plot_decomposition: column 'item' has 2 values: 'SYR', 'RUS'. One chart shows one of "
            "them. Filter the table, as in table[table['item'] == 'SYR'], or draw one panel for "
            "each with facets(table, plot_decomposition, by='item')."
        ),
    ),
    "two rows": (
        lambda: plot_decomposition(replaced(unit="story")),
        (
            "plot_decomposition: 2 rows stand for item 'SYR', component 'gap'. They differ in "
            "'unit'. Filter the table until each thing on the chart is one row."
        ),
    ),
    "no totals": (
        lambda: plot_decomposition(table().query("stratum == 'war'"), by="item"),
        (
            "plot_decomposition: the table has no rows of components as a whole (column "
            "'stratum'). Pass by='stratum', or more rows of the table that decompose() returned."
        ),
    ),
    "no strata": (
        lambda: plot_decomposition(table()[table()["stratum"].isna()], by="stratum"),
        (
            "plot_decomposition: the table has no rows of single strata (column 'stratum'). "
            "Pass by='item', or more rows of the table that decompose() returned."
        ),
    ),
    "no rows": (
        lambda: plot_decomposition(table().head(0)),
        (
            "plot_decomposition: the table has no rows. There is nothing to draw. Check the filter "
            "that made it, or what decompose() returned."
        ),
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_messages(name: str) -> None:
    run, message = MESSAGES[name]
    with pytest.raises(ValueError, match=rf"\A{re.escape(message)}\Z"):
        run()
    assert plt.get_fignums() == []
