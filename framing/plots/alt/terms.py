"""What charts of terms show."""

from __future__ import annotations

import pandas as pd

from framing.plots.alt.facts import (
    Facts,
    cut,
    from_to,
    groups_in,
    period_names,
    places,
    plural,
    some,
    spread,
    varying,
    with_groups,
)
from framing.plots.collocation import MEASURES as NEAR
from framing.plots.frequency import DISPERSION_NAMES
from framing.plots.keyness import MEASURES as KEY
from framing.plots.keyness import side_names
from framing.plots.panel import number, several
from framing.plots.style import named
from framing.plots.trend import PERIODS, few_tokens
from framing.schema import COLLOCATES, DISPERSION, KEYNESS, TERM_FREQUENCY, TREND


def term_frequency(data: pd.DataFrame) -> Facts:
    """Return what `plot_term_frequency` shows."""
    groups = groups_in(TERM_FREQUENCY, data)
    vary = varying(data, groups)
    one = not several(data, "term")
    terms = _terms(data["term"])
    where = places(data, vary or groups)
    points = pd.DataFrame(
        {
            "name": with_groups(data["term"].map(named), data, vary, item="term"),
            "value": data["per_million"],
            "beside": data["count"].map(lambda count: plural("occurrence", count)),
        }
    )
    return Facts(
        "Dot chart" if vary and not one else "Bar chart",
        f"how often {terms} occur{'s' if one else ''}{where}, in occurrences per million tokens",
        points,
        more=spread(data["n_group_articles"], "article", each=" and ".join(vary)),
    )


def dispersion(data: pd.DataFrame) -> Facts:
    """Return what `plot_dispersion` shows."""
    groups = groups_in(DISPERSION, data)
    vary = varying(data, groups)
    measures = data["measure"].map(named).unique().tolist()
    part = "article" if (data["parts"] == "doc_id").all() else "part"
    how = [DISPERSION_NAMES.get(name, name).format(parts=f"{part}s") for name in measures]
    points = pd.DataFrame(
        {
            "name": with_groups(data["term"].map(named), data, vary),
            "value": data["score"],
            "beside": data["count"].map(lambda count: plural("occurrence", count)),
        }
    )
    return Facts(
        "Scatter plot",
        f"how evenly {plural('term', data['term'].nunique())} are spread over "
        f"{spread(data['n_parts'], part)}{places(data, vary or groups)}, by {' and '.join(how)}, "
        "against occurrences per million tokens",
        points if len(measures) == 1 else points.iloc[:0],
    )


def _keyness(data: pd.DataFrame, kind: str, end: str) -> Facts:
    """Return what both charts of keyness show."""
    vary = varying(data, ["target", "reference", *groups_in(KEYNESS, data)])
    measures = data["measure"].map(named).unique().tolist()
    how = [KEY.get(name, name).removeprefix("keyness: ").partition(" (")[0] for name in measures]
    if varying(data, ["target", "reference"]):
        others = some(data["reference"].replace("rest", "all others"), "reference")
        sides = f"{some(data['target'], named(data['by'].iloc[0]))}, each against {others}"
    else:
        one, other = (text.replace("\n", " (") + ")" for text in side_names(data))
        sides = f"{one} against {other}"
    counts = (
        data["count"].map(number) + " : " + data["count_reference"].map(number) + " occurrences"
    )
    groups = [name for name in vary if name != "reference"]
    points = pd.DataFrame({
        "name": with_groups(data["term"].map(named), data, groups),
        "value": data["score"], "beside": counts,
    })  # fmt: skip
    return Facts(
        kind,
        f"{plural('term', data['term'].nunique())} by {' and '.join(how)}{end}: {sides}",
        points if len(measures) == 1 else points.iloc[:0],
    )


def keyness(data: pd.DataFrame) -> Facts:
    """Return what `plot_keyness` shows."""
    return _keyness(data, "Diverging bar chart", "")


def keyness_scatter(data: pd.DataFrame) -> Facts:
    """Return what `plot_keyness_scatter` shows."""
    return _keyness(data, "Scatter plot", " against how often they occur")


def collocates(data: pd.DataFrame) -> Facts:
    """Return what `plot_collocates` shows."""
    groups = groups_in(COLLOCATES, data)
    vary = varying(data, ["node", *groups])
    measures = data["measure"].map(named).unique().tolist()
    how = " and ".join(NEAR.get(name, name).partition(" (")[0] for name in measures)
    windows = " or ".join(str(window) for window in sorted(data["window"].unique()))
    nodes = [f"“{node}”" for node in data["node"].map(named).unique()]
    names = data["term"].map(named)
    if "node" in vary:
        names = names + " near “" + data["node"].map(named) + "”"
    groups_vary = [name for name in vary if name != "node"]
    points = pd.DataFrame({
        "name": with_groups(names, data, groups_vary), "value": data["score"],
        "beside": data["count"].map(lambda count: _times(count) + " near it"),
    })  # fmt: skip
    return Facts(
        "Dot chart",
        f"{plural('term', data['term'].nunique())} near {some(nodes, 'word')} "
        f"(± {windows} tokens), by {how}{places(data, groups_vary or groups)}",
        points if len(measures) == 1 else points.iloc[:0],
        more=spread(data["n_node"], "occurrence") + f" of {cut(nodes[0])}"
        if len(nodes) == 1
        else "",
    )


def trend(data: pd.DataFrame, *, value: str = "per_million") -> Facts:
    """Return what `plot_trend` shows."""
    groups = groups_in(TREND, data)
    vary = varying(data, groups)
    freq = named(data["freq"].iloc[0])
    one = not several(data, "term")
    unit = PERIODS.get(freq, freq)
    names = period_names(data, freq)
    if not one or vary:
        names = with_groups(data["term"].map(named), data, vary, item="term") + ", " + names
    known = (data["n_tokens"] > 0) & ~(few_tokens(data) & (value == "per_million"))
    points = pd.DataFrame({
        "name": names, "value": data[value],
        "beside": data["n_group_articles"].map(lambda count: plural("article", count)),
    })  # fmt: skip
    per = "million tokens" if value == "per_million" else unit
    return Facts(
        "Line chart",
        f"how often {_terms(data['term'])} occur{'s' if one else ''}"
        f"{places(data, vary or groups)} {from_to(data, freq, unit)}, in occurrences per {per}",
        points[known],
    )


def _times(count: int) -> str:
    """Return how often, in words where it is once."""
    return "once" if count == 1 else f"{number(count)} times"


def _terms(terms: pd.Series) -> str:
    """Return which terms there are, one alone in quotes."""
    text = some(terms, "term")
    return f"“{text}”" if len(terms.unique()) == 1 and text != "1 term" else text
