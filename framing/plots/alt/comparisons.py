"""What charts of comparisons show."""

from __future__ import annotations

import pandas as pd

from framing.plots.alt.facts import (
    Facts,
    cut,
    groups_in,
    places,
    plural,
    some,
    varying,
    with_groups,
)
from framing.plots.comparison import KINDS
from framing.plots.panel import groups_of, number, several
from framing.plots.shapes import item_name
from framing.plots.style import named
from framing.schema import COMPARISON, SPECIFICATION_CURVE


def _items(data: pd.DataFrame) -> pd.Series:
    """Return how the items are called."""
    return pd.Series(
        [
            item_name(named(kind), named(item))
            for kind, item in zip(data["items"], data["item"], strict=True)
        ],
        index=data.index,
    )


def comparison(data: pd.DataFrame, *, value: str = "estimate") -> Facts:
    """Return what `plot_comparison` shows."""
    kind = KINDS[value]
    groups = groups_in(COMPARISON, data)
    vary = varying(data, groups)
    references = data["reference"].dropna().unique()
    other = "each reference"
    if len(references) == 1:
        other = "all others" if references[0] == "rest" else named(references[0])
    items = _items(data)
    title = kind.title.format(other=other, measure=some(data["measure"], "measure"))
    names = with_groups(items, data, vary, item="item")
    if value != "estimate" and len(references) > 1:
        names = names + " against " + data["reference"].map(named)
    columns = list(kind.columns)
    points = data[columns].set_axis(["value", "low", "high"], axis=1)
    points = points.assign(
        name=names, beside=data["n_articles"].map(lambda count: plural("article", count))
    )
    measures = data["measure"].nunique()
    return Facts(
        "Dot chart with intervals",
        f"{title}: {some(items, named(data['items'].iloc[0]))}{places(data, vary or groups)}",
        points if measures == 1 else points.iloc[:0],
        level=float(data["level"].iloc[0]),
        more=_trust(data, value),
    )


def _trust(data: pd.DataFrame, value: str) -> str:
    """Return how many rows rest on few units."""
    few = data["few_units"]
    if value != "estimate":
        few = few | data["few_units_reference"]
    return f"{number(int(few.sum()))} of {number(len(data))} rest on few units" if few.any() else ""


def decomposition(data: pd.DataFrame, *, by: str | None = None) -> Facts:
    """Return what `plot_decomposition` shows."""
    if by is None:
        by = "item" if data["stratum"].isna().any() else "stratum"
    rows = data[data["stratum"].isna() if by == "item" else data["stratum"].notna()]
    reference = named(rows["reference"].iloc[0]).replace("rest", "all others")
    target, measure, strata = (
        named(rows[name].iloc[0]) for name in ("target", "measure", "strata")
    )
    items = _items(rows)
    ends, more = ("highest", "lowest"), ""
    kind = named(rows["items"].iloc[0])
    if by == "item":
        what = f"{some(items, kind)}, divided by {strata}"
        gaps = rows[rows["component"] == "gap"]
        if len(gaps):
            more = _parts(rows, gaps.sort_values("value")["item"].iloc[-1])
            rows, ends = gaps, ("highest gap", "lowest gap")
        names = items[rows.index]
    else:
        parts = plural("part", rows["stratum"].nunique())
        what = f"{some(items, kind)}, in {parts} by {strata}"
        names = rows["component"].map(named) + " in " + rows["stratum"].map(named).map(cut)
        if several(rows, "item"):
            names = items + ", " + names
    points = pd.DataFrame({
        "name": names, "value": rows["value"], "low": rows["low"], "high": rows["high"],
    })  # fmt: skip
    return Facts(
        "Bar chart with intervals",
        f"what the gap {target} − {reference} consists of, {measure}: {what}",
        points, ends=ends, more=more, level=float(rows["level"].iloc[0]),
    )  # fmt: skip


def _parts(rows: pd.DataFrame, item: object) -> str:
    """Return what the gap of one item consists of."""
    parts = rows[(rows["item"] == item) & (rows["component"] != "gap")]
    said = [
        f"{name} {number(value)}"
        for name, value in zip(parts["component"], parts["value"], strict=True)
    ]
    return f"the highest consists of {', '.join(said)}" if said else ""


def specification_curve(data: pd.DataFrame) -> Facts:
    """Return what `plot_specification_curve` shows."""
    choices = varying(data, groups_of(SPECIFICATION_CURVE, data))
    known = data[data["estimate"].notna()]
    null = number(float(data["null"].iloc[0]))
    labels = [
        ", ".join(f"{name} {named(value)}" for name, value in zip(choices, row, strict=True))
        for row in known[choices].astype(object).to_numpy().tolist()
    ]
    measures = known["measure"].unique().tolist()
    what = named(measures[0]) if len(measures) == 1 else "the ratio of each measure"
    sides = known["interval"].dropna()
    counts = [
        f"{number(int((sides == side).sum()))} {side} {null}"
        for side in ("above", "below", "across")
    ]
    failed = len(data) - len(known)
    more = f"median {number(float(known['estimate'].median()))}"
    more += f"; intervals: {', '.join(counts)}" if len(sides) else ""
    more += f"; {number(failed)} failed" if failed else ""
    points = known[["low", "high"]].assign(name=labels, value=known["estimate"])
    return Facts(
        "Specification curve",
        f"{what} under {plural('specification', len(known))} of {some(choices, 'choice')}",
        points, more=more,
    )  # fmt: skip
