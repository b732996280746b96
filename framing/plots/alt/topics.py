"""What charts of topics show."""

from __future__ import annotations

import pandas as pd

from framing.plots.alt.facts import (
    Facts,
    from_to,
    groups_in,
    percent,
    period_names,
    places,
    plural,
    some,
    spread,
    topic_names,
    varying,
    with_groups,
)
from framing.plots.panel import groups_of, number, several
from framing.plots.style import named
from framing.plots.topic_choice import MEASURES as CHOICE
from framing.plots.topic_effects import term_name
from framing.plots.trend import PERIODS
from framing.schema import TOPIC_MAP, TOPIC_NETWORKS, TOPIC_SHARE, TOPIC_TERMS
from framing.schema.topics import (
    TOPIC_CHOICE,
    TOPIC_EXPECTED_SHARES,
    TOPIC_TREND,
    TOPIC_WORDING,
)


def _topics(data: pd.DataFrame) -> str:
    """Return which topics a table has, or how many."""
    names = topic_names(data).unique().tolist()
    return names[0] if len(names) == 1 else plural("topic", len(names))


def topic_terms(data: pd.DataFrame) -> Facts:
    """Return what `plot_topic_terms` shows."""
    most = int(data.groupby("topic").size().max())
    groups = groups_in(TOPIC_TERMS, data)
    points = pd.DataFrame({
        "name": data["term"].map(named) + " in " + topic_names(data), "value": data["probability"],
    })  # fmt: skip
    weighting = named(data["weighting"].iloc[0])
    order = "" if weighting == "probability" else f", in order of {weighting}"
    return Facts(
        "Bars",
        f"the first {plural('term', most)} of {_topics(data)}{places(data, groups)}{order}, "
        "by P(term given topic)",
        points,
        percent,
    )


def topic_share(data: pd.DataFrame) -> Facts:
    """Return what `plot_topic_share` shows."""
    groups = groups_in(TOPIC_SHARE, data)
    vary = varying(data, groups)
    points = pd.DataFrame({
        "name": with_groups(topic_names(data), data, vary), "value": data["share"],
    })  # fmt: skip
    return Facts(
        "Shaded table",
        f"the mean share of {_topics(data)} per article{places(data, vary or groups)}",
        points,
        percent,
        more=spread(data["n_articles"], "article", each=" and ".join(vary)),
    )


def topic_trend(data: pd.DataFrame, *, min_articles: int = 10) -> Facts:
    """Return what `plot_topic_trend` shows."""
    groups = groups_in(TOPIC_TREND, data)
    vary = varying(data, groups)
    freq = named(data["freq"].iloc[0])
    names = period_names(data, freq)
    if vary or several(data, "topic"):
        names = with_groups(topic_names(data), data, vary, item="topic") + ", " + names
    points = pd.DataFrame({
        "name": names, "value": data["share"],
        "beside": data["n_articles"].map(lambda count: plural("article", count)),
    })  # fmt: skip
    return Facts(
        "Line chart",
        f"the mean share of {_topics(data)} per article{places(data, vary or groups)} "
        f"{from_to(data, freq, PERIODS.get(freq, freq))}",
        points[data["n_articles"] >= min_articles],
        percent,
    )


def topic_effects(data: pd.DataFrame) -> Facts:
    """Return what `plot_topic_effects` shows, of either table."""
    level = float(data["level"].iloc[0])
    if "share" not in data.columns:
        rows = data[data["term"] != "intercept"] if several(data, "term") else data
        terms = rows["term"].map(term_name)
        names = topic_names(rows) + ", " + terms if several(rows, "topic") else terms
        points = rows[["estimate", "low", "high"]].set_axis(["value", "low", "high"], axis=1)
        what = f"changes of the mean share of {_topics(rows)} by {some(terms, 'term')}"
        return Facts("Dot chart with intervals", what, points.assign(name=names),
                     lambda change: f"{number(100 * change)} points", level=level)  # fmt: skip
    groups = groups_in(TOPIC_EXPECTED_SHARES, data)
    dates = [name for name in groups if pd.api.types.is_datetime64_any_dtype(data[name])]
    days = data.assign(**{name: data[name].dt.strftime("%Y-%m-%d") for name in dates})
    names = with_groups(topic_names(days), days, varying(days, groups), item="topic")
    points = data[["share", "low", "high"]].set_axis(["value", "low", "high"], axis=1)
    every = groups_of(TOPIC_EXPECTED_SHARES, data)
    line = dates or len(every) > len(groups)
    return Facts(
        "Line chart with intervals" if line else "Dot chart with intervals",
        f"the expected mean share of {_topics(data)} by {' and '.join(every)}",
        points.assign(name=names),
        percent,
        level=level,
    )


def topic_wording(data: pd.DataFrame) -> Facts:
    """Return what `plot_topic_wording` shows."""
    vary = varying(data, ["target", *groups_in(TOPIC_WORDING, data)])
    counts = data["count"].round().map(number) + " : " + data["count_reference"].round().map(number)
    points = pd.DataFrame({
        "name": with_groups(data["term"].map(named), data, vary), "value": data["log_odds"],
        "low": data["low"], "high": data["high"], "beside": counts + " expected",
    })  # fmt: skip
    targets = some(data["target"], named(data["by"].iloc[0]))
    each = ", each" if "target" in vary else ""
    found = int((data["q"] < 0.05).sum())
    return Facts(
        "Dot chart with intervals",
        f"{plural('term', data['term'].nunique())} by log-odds ratio within {_topics(data)}, "
        f"{targets}{each} against all others",
        points,
        level=float(data["level"].iloc[0]),
        more=f"q is below .05 for {number(found)} of {number(len(data))}",
    )


def topic_choice(data: pd.DataFrame) -> Facts:
    """Return what `plot_topic_choice` shows."""
    measures = data["measure"].map(named).unique().tolist()
    names = [CHOICE.get(name, name) for name in measures]
    groups = ["measure", "n_topics", *groups_in(TOPIC_CHOICE, data)]
    means = data.groupby(groups, as_index=False)["score"].mean()
    best = "higher" if data["better"].iloc[0] == "higher" else "lower"
    points = pd.DataFrame(
        {"name": means["n_topics"].map(number) + " topics", "value": means["score"]}
    )
    topics = sorted(data["n_topics"].unique())
    frontier = sorted(data.loc[data["frontier"], "n_topics"].unique())
    what = some(names, "measure")
    end = f" ({best} is better)" if len(measures) == 1 else ""
    return Facts(
        "Line chart",
        f"{what}{end} for {plural('number', len(topics))} of topics from {topics[0]} to "
        f"{topics[-1]}, {plural('seed', data['seed'].nunique())} each",
        points if len(measures) == 1 else points.iloc[:0],
        ends=("highest mean", "lowest mean"),
        more=f"on the frontier: {', '.join(str(one) for one in frontier)}" if len(frontier) else "",
    )


def topic_map(data: pd.DataFrame) -> Facts:
    """Return what `plot_topic_map` shows."""
    groups = groups_in(TOPIC_MAP, data)
    held = percent(round(float(data["explained"].iloc[0]), 2))
    articles = plural("article", int(data["n_articles"].max()))
    return Facts(
        "Map",
        f"{_topics(data)} in a plane{places(data, groups, word='of')}, near where their terms are "
        "alike, with areas by share of topic",
        pd.DataFrame({"name": topic_names(data), "value": data["share"]}),
        percent,
        ends=("largest", "smallest"),
        more=f"{articles}; the plane holds {held} of squared distances",
    )


def topic_network(data: pd.DataFrame) -> Facts:
    """Return what `plot_topic_network` shows."""
    groups = groups_in(TOPIC_NETWORKS, data)
    vary = varying(data, groups)
    topics = pd.concat([data["topic"], data["other"]]).nunique()
    names = topic_names(data) + " and " + topic_names(data, "other", "other_label")
    communities = pd.concat([data["community"], data["other_community"]]).nunique()
    points = pd.DataFrame({
        "name": with_groups(names, data, vary), "value": data["similarity"],
        "low": data["low"], "high": data["high"],
    })  # fmt: skip
    return Facts(
        "Arc chart",
        f"how alike the shares of {plural('topic', topics)} in the articles are, by "
        f"{named(data['measure'].iloc[0])}{places(data, vary or groups)}",
        points,
        ends=("most alike", "least"),
        more=f"{spread(data['n_articles'], 'article', each=' and '.join(vary))}"
        + (f", {number(communities)} communities" if not vary and communities > 1 else ""),
        level=0.95,
    )
