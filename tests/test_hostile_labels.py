"""Charts with labels from hostile articles: shown as they are, never taken for mathematics."""

from __future__ import annotations

import warnings
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import framing as fr

NAMES = {
    "mathematics": r"$\frac{",
    "money": "US$5 to $10",
    "underscore": "_hidden",
    "tags": "<script>alert(1)</script>",
    "long": "x" * 400,
    "words": "very long name of a source " * 20,
    "override": "abc\u202edef",
    "null": "a\x00b",
    "lines": "one\ntwo\r\nthree",
}  # fmt: skip


def corpus_of(name: str) -> fr.Corpus:
    texts = ["war and peace talks in the town", "peace and rain in the town", "war war talks again",
             "rain in the harvest and the war"] * 5  # fmt: skip
    frame = pd.DataFrame(
        {
            "doc_id": [f"d{i}" for i in range(20)],
            "source": [name, "B"] * 10,
            "date": pd.date_range("2024-01-01", periods=20, freq="5D"),
            "text": texts,
        }
    )
    return fr.build_corpus(frame, fields=["text"])


def charts(name: str) -> dict[str, Any]:
    """Return charts on which the source's name stands."""
    corpus = corpus_of(name)
    model = fr.fit_topics(corpus, n_topics=2, seed=1, engine="nmf", min_articles=1)
    model = fr.label_topics(model, {0: name, 1: "Other"})
    terms = fr.measure_terms(corpus, terms="war")
    frequency = fr.term_frequency(corpus, by="source", terms="war")
    key = fr.keyness(corpus, by="source", target=name, min_count=1)
    return {
        "terms": fr.plot_term_frequency(frequency),
        "keyness": fr.plot_keyness(key),
        "comparison": fr.plot_comparison(fr.compare(terms, by="source", seed=1, n_resamples=99)),
        "share": fr.plot_topic_share(fr.topic_share(model, corpus, by="source")),
        "topics": fr.plot_topic_terms(fr.topic_terms(model)),
        "trend": fr.plot_trend(
            fr.term_trend(corpus, terms="war", by="source", freq="MS"), min_tokens=0
        ),
    }


def texts_of(figure: Any) -> list[Any]:
    return [text for text in figure.findobj(plt.Text) if text.get_visible() and text.get_text()]


@pytest.mark.parametrize("kind", NAMES)
def test_names_are_drawn_as_they_are(kind: str) -> None:
    name = NAMES[kind]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")
        for chart, ax in charts(name).items():
            figure = ax.get_figure(root=True)
            figure.draw_without_rendering()
            texts = texts_of(figure)
            for text in texts:
                if "$" in text.get_text():
                    assert not text.get_parse_math(), (chart, text)
            width, _ = figure.get_size_inches() * figure.dpi
            for text in texts:
                box = text.get_window_extent()
                assert box.width <= width, (chart, text.get_text()[:50])
            if kind == "underscore":
                assert any(name in text.get_text() for text in texts), chart
