"""What notebooks show of hostile articles: nothing runs, no network is asked, all is in place."""

from __future__ import annotations

import pandas as pd
import pytest
from laboratory import Watch
from playwright.sync_api import Page

import framing as fr
from framing.inert import inert

RAN = "window.ran = 1"
HOSTILE = {
    "script": f"<script>{RAN}</script>",
    "image": f'<img src="https://example.invalid/x.png" onerror="{RAN}">',
    "broken image": f"<img src=x onerror='{RAN}'>",
    "attribute": f'"><svg onload="{RAN}"><b title="',
    "end of the table": '</bdi></td></tr></table><iframe srcdoc="<script>parent.ran = 1</script>">',
    "link": f'<a href="javascript:{RAN}" autofocus onfocus="{RAN}">link</a>',
    "style": "<style>body { display: none } @import 'https://example.invalid/x.css'</style>",
    "entity": "&lt;script&gt; &#8238;",
    "override": "abc \u202eright to left",
    "isolate": "\u2067abc\u2066def",
    "pops": "\u2069\u2069\u202c\u202cabc\u202d",
    "zero width": "ter\u200bror\u2060ist\ufeff\u200d\u200c",
    "null": "a\x00b\x07\x1b[31mred",
    "long": "x" * 100_000,
    "long digits": "1" * 100_000 + "x",
    "long tags": "<b>" * 30_000,
    "stacked": "a" + "\u0301" * 2_000,
    "right to left": "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
}  # fmt: skip
NEIGHBOUR = "abcdefgh"
NEIGHBOURS = """() => [...document.querySelectorAll('td, th')]
    .filter(cell => cell.textContent.trim() === 'abcdefgh')
    .map(cell => {
        const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        let text = texts.nextNode();
        while (!text.data.trim()) text = texts.nextNode();
        return [...text.data].map((_, place) => {
            const range = document.createRange();
            range.setStart(text, place); range.setEnd(text, place + 1);
            return range.getBoundingClientRect().left;
        }).filter(left => left > 0);
    })"""
"""Where the letters of the cells that hold only the neighbour's word stand."""


def corpus_of(text: str) -> fr.Corpus:
    frame = pd.DataFrame(
        {
            "doc_id": [NEIGHBOUR, "b", "c", "d"],
            "source": [text, NEIGHBOUR, text, NEIGHBOUR],
            "title": [text, "Rain", "War", text],
            "date": ["2024-01-01", "2024-01-02", "2024-02-01", "2024-02-02"],
            "text": [
                f"The war {text} goes on and the war is long.",
                "The rain falls and the war goes on.",
                f"Peace talks begin. {text} war",
                "Rain and talks of peace, and rain again.",
            ],
        }
    )
    frame["date"] = pd.to_datetime(frame["date"])
    return fr.build_corpus(frame)


def displays(text: str) -> dict[str, str]:
    """Return what a notebook shows of every object that shows text of articles, as HTML."""
    corpus = corpus_of(text)
    rows = fr.term_frequency(corpus, by="source", terms="war")
    sentences = fr.evidence(rows, corpus, n=2, seed=1)
    model = fr.fit_topics(corpus, n_topics=2, seed=1, engine="nmf", min_articles=1)
    model = fr.label_topics(model, {0: text, 1: "Other"})
    return {
        "evidence": fr.show_evidence(sentences)._repr_html_(),
        "topic card": fr.topic_card(model, corpus, topic=0)._repr_html_(),
        "other topic card": fr.topic_card(model, corpus, topic=1)._repr_html_(),
        "articles": corpus.articles._repr_html_(),
        "sentences": sentences._repr_html_(),
        "kwic": fr.kwic(corpus, "war")._repr_html_(),
        "shares": fr.topic_share(model, corpus, by="source")._repr_html_(),
        "texts": pd.DataFrame({"shown": [repr(corpus), repr(model)], "n": NEIGHBOUR})._repr_html_(),
    }


def show(page: Page, html: str) -> None:
    page.set_content(
        f'<!DOCTYPE html><body><div id="output" style="width: 800px; overflow: auto">{html}</div>'
        "<p id='after'>after</p></body>"
    )
    page.wait_for_timeout(20)


def test_what_is_not_escaped_is_noticed(page: Page) -> None:
    watch = Watch(page, own="about:")
    show(page, f"{HOSTILE['image']}{HOSTILE['script']}<script>alert(1)</script>")
    page.wait_for_function("window.ran === 1")
    assert watch.said == ["dialog 1", "request https://example.invalid/x.png"]
    show(page, f"<table><tr><td style='max-width: none'>{'x' * 1_000}</td></tr></table>")
    assert page.evaluate("document.getElementById('output').scrollWidth") > 1_000
    show(page, f"<table><tr><td>\u202e{NEIGHBOUR}</td></tr></table>")
    (lefts,) = page.evaluate(NEIGHBOURS.replace("'abcdefgh'", "'\u202eabcdefgh'"))
    assert lefts[1:] != sorted(lefts[1:])


@pytest.mark.parametrize("kind", HOSTILE)
def test_displays_are_harmless(kind: str, page: Page) -> None:
    watch = Watch(page, own="about:")
    for name, html in displays(HOSTILE[kind]).items():
        show(page, html)
        where = f"{name} of {kind}"
        assert page.evaluate("window.ran") is None, where
        assert watch.said == [], where
        assert page.locator("script, img, iframe, svg, a, link, object").count() == 0, where
        assert page.locator("#after").is_visible(), where
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, where
        if name in ("evidence", "topic card", "other topic card"):
            width = page.evaluate("document.getElementById('output').scrollWidth")
            assert width <= 1_000, where
        rows = page.evaluate(NEIGHBOURS)
        assert rows or name in ("shares", "other topic card", "kwic"), where
        for lefts in rows:
            assert lefts == sorted(lefts), where


@pytest.mark.parametrize("kind", HOSTILE)
def test_texts_of_objects_hold_nothing_of_the_articles(kind: str) -> None:
    text = HOSTILE[kind]
    corpus = corpus_of(text)
    assert text not in repr(corpus)
    rows = fr.term_frequency(corpus, by="source", terms="war")
    assert text not in repr(fr.show_evidence(fr.evidence(rows, corpus, n=1, seed=1)))
    model = fr.fit_topics(corpus, n_topics=2, seed=1, engine="nmf", min_articles=1)
    card = fr.topic_card(fr.label_topics(model, {0: text, 1: "Other"}), corpus, topic=0)
    assert len(repr(card)) < 2_000
    assert str(card) == inert(str(card))
