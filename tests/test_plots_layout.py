"""Every chart at the widths of journals and slides: no text is cut off or covers another."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial

import matplotlib as mpl

mpl.use("agg")

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from framing.plots import (
    facets,
    paper,
    plot_co_mentions,
    plot_collocates,
    plot_country_map,
    plot_dispersion,
    plot_keyness,
    plot_keyness_scatter,
    plot_salience,
    plot_term_frequency,
    plot_topic_share,
    plot_topic_terms,
    plot_trend,
)

SOURCES = [
    "ABC News", "Al Jazeera", "BBC", "China Daily", "CNN", "Deutsche Welle", "HuffPost", "RTÉ",
    "TASS",
]  # fmt: skip
WORDS = [
    "said", "u.s.", "RTÉ", "government", "self-determination", "administration", "$100", "iraq’s",
    "_under", "ceasefire", "talks", "aid", "convoy", "counter-revolutionary", "border", "a", "is",
]  # fmt: skip


def _rng() -> np.random.Generator:
    return np.random.default_rng(7)


def terms(sources: list[str] = SOURCES) -> pd.DataFrame:
    rows = pd.MultiIndex.from_product([sources, WORDS], names=["source", "term"]).to_frame(
        index=False
    )
    count = _rng().geometric(1e-2, len(rows))
    return rows.assign(
        count=count, n_tokens=240_000, per_million=count / 0.24, n_articles=count,
        n_group_articles=472,
    )  # fmt: skip


def trend(freq: str = "W", periods: int = 14) -> pd.DataFrame:
    days = pd.date_range("2016-11-21", periods=periods, freq="7D" if freq == "W" else freq)
    rows = pd.MultiIndex.from_product(
        [SOURCES, days, ["ceasefire"]], names=["source", "period", "term"]
    ).to_frame(index=False)
    count = _rng().poisson(8, len(rows))
    n_tokens = np.where(_rng().random(len(rows)) < 0.2, 0, 20_000)
    return rows.assign(
        freq=freq, count=np.where(n_tokens, count, 0), n_tokens=n_tokens,
        per_million=np.where(n_tokens, count * 50.0, np.nan), n_articles=count,
        n_group_articles=30, n_undated=0,
    )  # fmt: skip


def keyness(targets: tuple[str, ...] = ("Deutsche Welle",), scale: float = 900.0) -> pd.DataFrame:
    parts = []
    for place, target in enumerate(targets):
        rng = np.random.default_rng(place)
        words = [*WORDS, *(f"word{i}" for i in range(400))]
        count, other = rng.geometric(0.01, len(words)), rng.geometric(0.001, len(words))
        parts.append(
            pd.DataFrame({
                "by": "source", "target": target, "reference": "rest", "term": words,
                "measure": "g2", "score": rng.standard_t(2, len(words)) * scale, "p_value": 0.5,
                "count": count, "n_tokens": 125_143, "per_million": count / 0.125143,
                "n_articles": 3, "count_reference": other, "n_tokens_reference": 1_890_562,
                "per_million_reference": other / 1.890562, "n_articles_reference": 9,
                "n_terms": len(words),
            })
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def dispersion() -> pd.DataFrame:
    rng = _rng()
    rate = 10 ** rng.uniform(1.7, 4.8, 600)
    score = np.clip(1.5 - 0.3 * np.log10(rate) + rng.normal(0, 0.08, 600), 0.01, 1)
    words = [*WORDS, *(f"somewhat{i}" for i in range(600 - len(WORDS)))]
    return pd.DataFrame({
        "term": words, "measure": "dp", "score": score, "count": (rate * 2).astype(int),
        "n_tokens": 2_000_000, "per_million": rate, "range": 40, "n_parts": 3_783,
        "parts": "doc_id",
    })  # fmt: skip


def collocates() -> pd.DataFrame:
    rng = _rng()
    return pd.DataFrame({
        "node": "rebels", "window": 5, "term": WORDS, "measure": "log_dice",
        "score": rng.uniform(5, 13, len(WORDS)), "count": rng.integers(5, 2_000, len(WORDS)),
        "expected": 1.0, "n_node": 900, "n_term": 3_000, "n_window": 9_000,
        "n_tokens": 2_000_000, "n_articles": 5,
    })  # fmt: skip


def topic_terms(topics: int) -> pd.DataFrame:
    rng = _rng()
    return pd.DataFrame(
        [(topic, ", ".join(WORDS[topic % 9 : topic % 9 + 3]), rank + 1, word, value, topics, "e", 1)
        for topic in range(topics)
        for rank, (word, value) in enumerate(
            zip(rng.permutation(WORDS)[:10], np.sort(rng.random(10) / 15)[::-1], strict=True)
        )
    ], columns=["topic", "label", "rank", "term", "probability", "n_topics", "engine", "seed"],
    ).assign(weighting="probability", score=0.1)  # fmt: skip


def topic_share(topics: int) -> pd.DataFrame:
    share = _rng().dirichlet(np.full(topics, 0.3), len(SOURCES))
    return pd.DataFrame([
        (source, topic, "self-determination, administration, counter-revolutionary", value,
         value * 472, 472, topics, "e", 1)
        for source, row in zip(SOURCES, share, strict=True) for topic, value in enumerate(row)
    ], columns=["source", "topic", "label", "share", "weight", "n_articles", "n_topics", "engine",
                "seed"])  # fmt: skip


COUNTRIES = ["USA", "RUS", "SYR", "GBR", "QAT", "ISR", "PSE", "LBN", "COD", "CHN", "IRL", "XKX"]
ACTORS = [
    "Recep Tayyip Erdoğan", "Organisation for the Prohibition of Chemical Weapons", "NATO",
    "$100_", *(f"Foreign minister {i}" for i in range(30)),
]  # fmt: skip


def salience(names: list[str], items: str, parts: tuple[str, ...] = ("all",)) -> pd.DataFrame:
    rows = pd.MultiIndex.from_product(
        [SOURCES, parts, names], names=["source", "part", "item"]
    ).to_frame(index=False)
    share = np.clip(_rng().exponential(0.1, len(rows)), 0, 1)
    return rows.assign(
        items=items, n_mentions=(share * 9_000).astype(int), n_tokens=240_000, per_1000=share * 30,
        n_articles=(share * 1_472).astype(int), n_group_articles=1_472, share=share, ledger="v",
    )  # fmt: skip


def pairs(names: list[str], items: str, measure: str = "npmi") -> pd.DataFrame:
    rows = pd.DataFrame(
        [(s, a, b) for s in SOURCES for a, b in itertools.combinations(names, 2)],
        columns=["source", "first", "second"],
    )
    score = _rng().normal(0.1, 0.3, len(rows)).clip(-1, 1)
    units = {name: 12_345 // (place + 1) for place, name in enumerate(names)}
    return rows.assign(
        items=items, unit="sentence", measure=measure,
        score=score if measure == "npmi" else 9 + 4 * score, count=_rng().integers(5, 1_500,
        len(rows)), n_first=rows["first"].map(units), n_second=rows["second"].map(units),
        n_units=90_000, n_articles=5, ledger="v",
    ).query("score > -0.2")  # fmt: skip


CHARTS: dict[str, Callable[[], object]] = {
    "terms by source": lambda: plot_term_frequency(terms()),
    "terms of one source": lambda: plot_term_frequency(terms(["Deutsche Welle"])),
    "one term": lambda: plot_term_frequency(terms().query("term == 'government'")),
    "dispersion": lambda: plot_dispersion(dispersion()),
    "trend by week": lambda: plot_trend(trend()),
    "trend by day": lambda: plot_trend(trend("D", 5)),
    "trend by month": lambda: plot_trend(trend("MS", 40)),
    "trend by year": lambda: plot_trend(trend("YS", 25)),
    "trend of one week": lambda: plot_trend(trend("W", 1)),
    "counts": lambda: plot_trend(trend().query("source == 'TASS'"), value="count"),
    "keyness": lambda: plot_keyness(keyness()),
    "keyness, small scores": lambda: plot_keyness(keyness(scale=0.01)),
    "keyness, one side": lambda: plot_keyness(keyness().query("score > 0")),
    "keyness, other side": lambda: plot_keyness(keyness().query("score < 0")),
    "keyness scatter": lambda: plot_keyness_scatter(keyness()),
    "collocates": lambda: plot_collocates(collocates()),
    "collocates of one source": lambda: plot_collocates(
        collocates().assign(source="Deutsche Welle")
    ),
    "collocates with a long title": lambda: plot_collocates(
        collocates().assign(source="The Counter-Revolutionary Gazette of Schleswig", section="News")
    ),
    "10 topics": lambda: plot_topic_terms(topic_terms(10)),
    "1 topic": lambda: plot_topic_terms(topic_terms(1)),
    "shares of 30 topics": lambda: plot_topic_share(topic_share(30)),
    "shares of 3 topics": lambda: plot_topic_share(topic_share(3)),
    "shares in 2 sources": lambda: plot_topic_share(
        topic_share(5).query("source in ['RTÉ', 'Deutsche Welle']")
    ),
    "panels of trends": lambda: facets(trend(), plot_trend, by="source"),
    "panels with a long title": lambda: facets(
        trend().assign(desk="Foreign affairs and international administration", part="the lead"),
        plot_trend,
        by="source",
    ),
    "panels with long titles of their own": lambda: facets(
        pd.concat([
            collocates().assign(node=node, source=f"The {source} of Schleswig-Holstein")
            for node, source in zip(["rebels", "counter-revolutionaries"], SOURCES, strict=False)
        ]),
        plot_collocates,
        by="node",
    ),
    "trend with few tokens": lambda: plot_trend(
        trend().assign(n_tokens=np.where(np.arange(14 * 9) % 5, 20_000, 90), per_million=3_000.0),
        min_tokens=50,
    ),
    "panels of lines": lambda: facets(
        pd.concat([trend().assign(term=term) for term in WORDS[:5]]), plot_trend, by="term"
    ),
    "panels of keyness": lambda: facets(
        keyness(tuple(SOURCES[4:7])), partial(plot_keyness, n=8), by="target"
    ),
    "panels of scatter": lambda: facets(
        keyness(tuple(SOURCES[4:7])), plot_keyness_scatter, by="target"
    ),
    "countries by source": lambda: plot_salience(salience(COUNTRIES, "country")),
    "actors by source": lambda: plot_salience(salience(ACTORS, "actor"), value="per_1000", n=8),
    "actors of one source": lambda: plot_salience(
        salience(ACTORS, "actor").query("source == 'Deutsche Welle'")
    ),
    "one country": lambda: plot_salience(salience(["COD"], "country")),
    "parts of articles": lambda: plot_salience(
        salience(COUNTRIES, "country", ("all", "title", "lead")).query("source == 'TASS'"),
        by="part",
    ),
    "panels of parts": lambda: facets(
        salience(COUNTRIES[:8], "country", ("all", "title", "lead")), plot_salience, by="part"
    ),
    "panels of countries": lambda: facets(
        salience(COUNTRIES[:4], "country"), plot_salience, by="source"
    ),
    "pairs of countries": lambda: plot_co_mentions(
        pairs(COUNTRIES, "country").query("source == 'BBC'")
    ),
    "pairs of actors": lambda: plot_co_mentions(
        pairs(ACTORS, "actor", "log_dice").query("source == 'Deutsche Welle'")
    ),
    "many pairs": lambda: plot_co_mentions(
        pairs(ACTORS, "actor").query("source == 'BBC'"), n=34
    ),
    "counts of pairs": lambda: plot_co_mentions(
        pairs(COUNTRIES, "country").query("source == 'BBC'"), value="count", n=5
    ),
    "panels of pairs": lambda: facets(
        pairs(COUNTRIES, "country").query("source < 'C'"), plot_co_mentions, by="source"
    ),
    "map": lambda: plot_country_map(salience(COUNTRIES, "country").query("source == 'RTÉ'")),
    "map of rates in titles": lambda: plot_country_map(
        salience(COUNTRIES, "country", ("title",)).query("source == 'RTÉ'"), value="per_1000"
    ),
    "panels of maps": lambda: facets(
        salience(COUNTRIES, "country"), plot_country_map, by="source"
    ),
    "panels of terms": lambda: facets(
        terms().query("term in ['said', 'a', 'government']"), plot_term_frequency, by="term"
    ),
}  # fmt: skip


def boxes(figure: Figure) -> list[tuple[str, np.ndarray]]:
    """Return the texts that can be seen, with their boxes in pixels: x0, y0, x1, y1."""
    figure.draw_without_rendering()
    hidden = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                if not low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                    hidden |= {tick.label1, tick.label2}
    return [
        (text.get_text(), Text.get_window_extent(text).extents)
        for text in figure.findobj(Text)
        if isinstance(text, Text)
        and text.get_visible()
        and text.get_text().strip()
        and text not in hidden
    ]


UNITS = (
    "per million tokens",
    "per week",
    "keyness",
    "logDice",
    "share of topic",
    "P(term",
    "DP (0",
    "% of all",
    "per 1,000 tokens",
    "normalised PMI",
    "sentences that name both",
)


@pytest.mark.parametrize("width", ["single", "double", "slide"])
@pytest.mark.parametrize("chart", CHARTS)
def test_text_is_inside_the_figure_and_uncovered(chart: str, width: str) -> None:
    with paper(width):
        made = CHARTS[chart]()
        figure = made if isinstance(made, Figure) else made.get_figure(root=True)
        found = boxes(figure)
    assert any(unit in text for text, _ in found for unit in UNITS)
    right, top = figure.bbox.width, figure.bbox.height
    outside = [
        text for text, (x0, y0, x1, y1) in found
        if x0 < -0.5 or y0 < -0.5 or x1 > right + 0.5 or y1 > top + 0.5
    ]  # fmt: skip
    assert outside == []
    covered = [
        (one, two)
        for (one, a), (two, b) in itertools.combinations(found, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1.5
    ]
    assert covered == []
    wide, high = figure.get_size_inches() * 25.4
    assert wide == pytest.approx({"single": 85, "double": 180, "slide": 254}[width])
    assert high > 15
    assert high < 297 or width == "slide"  # a page
