"""What charts of actors and countries, and of the way to the articles, show."""

from __future__ import annotations

import pandas as pd

from framing.plots.alt.facts import (
    Facts,
    groups_in,
    percent,
    places,
    plural,
    some,
    spread,
    varying,
    with_groups,
)
from framing.plots.co_mentions import FACTORS
from framing.plots.co_mentions import MEASURES as PAIRED
from framing.plots.panel import number, several
from framing.plots.shapes import item_name
from framing.plots.style import named
from framing.schema import ATTRITION, CO_MENTIONS, SALIENCE

PARTS = {"all": "article", "title": "title", "lead": "lead"}


def _kind_of(data: pd.DataFrame) -> str:
    """Return what the items of a table are, as a noun."""
    return named(data["items"].iloc[0])


def _names(data: pd.DataFrame, column: str) -> pd.Series:
    """Return how items are called."""
    kind = _kind_of(data)
    called = {item: item_name(kind, item) for item in data[column].unique()}
    return data[column].map(called)


def salience(data: pd.DataFrame, *, value: str = "share", kind: str = "") -> Facts:
    """Return what `plot_salience` shows."""
    groups = groups_in(SALIENCE, data)
    vary = varying(data, [*groups, "part"])
    parts = data["part"].unique().tolist()
    part = PARTS.get(parts[0], "article") if len(parts) == 1 else "article"
    names = _names(data, "item")
    items = some(names, _kind_of(data))
    what = f"the share of {part}s that name {items}"
    if value == "per_1000":
        where = "" if part == "article" else f" of {part}s"
        what = f"mentions of {items} per 1,000 tokens{where}"
    by_part = f", by part: {some(parts, 'part')}" if len(parts) > 1 else ""
    counts = data["n_articles"] if value == "share" else data["n_mentions"]
    noun = part if value == "share" else "mention"
    points = pd.DataFrame({
        "name": with_groups(names, data, vary, item="item"), "value": data[value],
        "beside": counts.map(lambda count: plural(noun, count)),
    })  # fmt: skip
    return Facts(
        kind or ("Dot chart" if vary and several(data, "item") else "Bar chart"),
        what + places(data, [name for name in vary or groups if name != "part"]) + by_part,
        points,
        percent if value == "share" else number,
        more=spread(data["n_group_articles"], part, each=" and ".join(vary)),
    )  # fmt: skip


def country_map(data: pd.DataFrame, *, value: str = "share") -> Facts:
    """Return what `plot_country_map` shows."""
    return salience(data, value=value, kind="World map")


def co_mentions(data: pd.DataFrame, *, value: str = "score") -> Facts:
    """Return what `plot_co_mentions` shows."""
    groups = groups_in(CO_MENTIONS, data)
    vary = varying(data, groups)
    unit, measure = (named(data[name].iloc[0]) for name in ("unit", "measure"))
    factor = FACTORS.get(measure, 1.0) if value == "score" else 1.0
    how = f"{unit}s that name both" if value == "count" else PAIRED.get(measure, measure)
    first, second = _names(data, "first"), _names(data, "second")
    items = pd.concat([first, second])
    points = pd.DataFrame({
        "name": with_groups(first + " and " + second, data, vary), "value": data[value] * factor,
        "beside": data["count"].map(lambda count: plural(unit, count)) if value == "score" else "",
    })  # fmt: skip
    return Facts(
        "Shaded table",
        f"how often {some(items, _kind_of(data))} are named in the same {unit}"
        f"{places(data, vary or groups)}, by {how.partition(' (')[0]}",
        points,
        more=f"{plural('pair', len(data))}; {spread(data['n_units'], unit)}"
        + (f" in each {' and '.join(vary)}" if vary else " in all"),
    )


def attrition(data: pd.DataFrame) -> Facts:
    """Return what `plot_attrition` shows."""
    read = data[data["what"].isna()]
    steps = read.groupby("step").agg(name=("name", "first"), left=("n_after", "sum"))
    last = read[read["step"] == read["step"].max()]
    way = ", then ".join(f"{number(left)} after “{named(name)}”" for name, left in steps.to_numpy())
    lost = int(data["n_left_out"].sum())
    return Facts(
        "Bar chart",
        f"articles left after {plural('step', len(steps))}, "
        f"{some(last['source'], ATTRITION.columns[2].name)}: {way}",
        pd.DataFrame({"name": last["source"].map(named), "value": last["n_after"]}),
        ends=("most at the end", "fewest"),
        more=f"{number(lost)} left out in all",
    )
