"""The card of a topic: what is on it, and that no text on it is obeyed."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.evidence import TopicCard, topic_card
from framing.ledger import load_ledger
from framing.mentions import find_mentions
from framing.topics import TopicModel, fit_topics, label_topics

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>\u202e&amp;'


def by_hand(title: str = "Talks", source: str = "X") -> tuple[TopicModel, Corpus]:
    articles = pd.DataFrame(
        {
            "doc_id": ["a", "b", "c"],
            "source": [source, "Y", "Y"],
            "date": pd.to_datetime(["2016-01-05", "2016-03-01", None]),
            "title": [title, "War", "Rain"],
            "text": [
                "Putin met Assad. They spoke.", "Putin and Obama and Putin spoke of war.", "Rain.",
            ],
        }
    )  # fmt: skip
    corpus = build_corpus(articles)
    model = TopicModel(
        np.array([[0.75, 0.25], [0.25, 0.75]]),
        np.array([[0.8, 0.2], [0.5, 0.5], [np.nan, np.nan]]),
        pd.Index(["spoke", "war"], dtype="str"),
        pd.Index(articles["doc_id"], dtype="str"),
        ("Talks", "War"),
        np.array([60, 70, 0]),
        {"engine": "nmf", "seed": 7, "corpus": corpus.fingerprint},
    )
    return model, corpus


def said(*arguments: Any, **options: Any) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        topic_card(*arguments, **options)
    return str(caught.value)


class Outline(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "tags are closed in the order in which they were opened"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_what_is_on_the_card_by_hand() -> None:
    model, corpus = by_hand()
    mentions = find_mentions(corpus, load_ledger())
    card = topic_card(model, corpus, topic=0, mentions=mentions)
    assert (card.topic, card.label) == (0, "Talks")
    assert list(card.tables) == ["terms", "shares", "periods", "actors", "articles"]
    assert card.tables["terms"].query("weighting == 'probability'")["term"].tolist() == [
        "spoke", "war",
    ]  # fmt: skip
    assert card.tables["shares"]["share"].tolist() == [0.8, 0.5]
    assert card.tables["periods"]["share"].fillna(-1).tolist() == [0.8, -1, 0.5]
    assert card.tables["articles"]["doc_id"].tolist() == ["a", "b"]
    assert card.tables["articles"]["lead"].tolist() == [
        "Putin met Assad.", "Putin and Obama and Putin spoke of war.",
    ]  # fmt: skip
    actors = card.tables["actors"].set_index("actor")
    # Putin: once in a, twice in b; tokens: 6 in a, 9 in b, 2 in c.
    near = 0.8 * 1 + 0.5 * 2
    tokens = 0.8 * 6 + 0.5 * 9
    assert actors.index[0] == "Vladimir Putin"
    assert actors.loc["Vladimir Putin"].tolist() == pytest.approx(
        [near, near / tokens * 1000, 3 / 17 * 1000]
    )
    assert actors.loc["Bashar al-Assad", "mentions"] == pytest.approx(0.8)
    assert actors.loc["Barack Obama", "mentions"] == pytest.approx(0.5)


def test_a_topic_may_be_named_by_its_label() -> None:
    model, corpus = by_hand()
    assert topic_card(model, corpus, topic="War").topic == 1


def test_what_the_articles_lack_is_not_on_the_card() -> None:
    model, corpus = by_hand()
    bare = dataclasses.replace(corpus, _articles=corpus.articles[["doc_id", "title", "text"]])
    card = topic_card(model, bare, topic=0)
    assert list(card.tables) == ["terms", "articles"]
    assert "by source" not in str(card)
    assert "War" in card._repr_html_()


def test_other_groups_and_fewer_rows() -> None:
    model, corpus = by_hand()
    card = topic_card(model, corpus, topic=1, by="title", n_terms=1, n_articles=1)
    assert card.tables["shares"]["title"].tolist() == ["Rain", "Talks", "War"]
    assert len(card.tables["terms"]) == 2
    assert len(card.tables["articles"]) == 1
    assert [line.split() for line in str(card).splitlines() if line.startswith("Rain")] == [
        ["Rain", "no", "article", "0"]
    ]


def test_long_times_are_shown_in_longer_periods() -> None:
    model, corpus = by_hand()
    for last, freq in (("2017-12-01", "MS"), ("2018-01-01", "QS"), ("2040-01-01", "YS")):
        dates = pd.to_datetime(["2016-01-05", last, None])
        later = dataclasses.replace(corpus, _articles=corpus.articles.assign(date=dates))
        table = topic_card(model, later, topic=0).tables["periods"]
        assert table["freq"].unique().tolist() == [freq]
        assert len(table) <= 25


def test_the_card_as_text() -> None:
    text = str(topic_card(*by_hand(), topic=0))
    lines = text.splitlines()
    assert lines[0] == "Topic 0: Talks"
    assert "X       80.0 %      ████████████████████  1" in lines
    assert "Y       50.0 %      ████████████          1" in lines
    assert "2016-02  no article                        0" in lines
    assert repr(topic_card(*by_hand(), topic=0)) == (
        "TopicCard(topic 0, 'Talks', terms, shares, periods, articles)"
    )


def test_texts_are_shown_and_never_obeyed() -> None:
    model, corpus = by_hand(title=HOSTILE, source=HOSTILE)
    card = topic_card(label_topics(model, {0: HOSTILE}), corpus, topic=0)
    page = Outline(card._repr_html_())
    assert {tag for tag, _ in page.tags} == {
        "section", "h4", "bdi", "table", "caption", "thead", "tbody", "tr", "th", "td",
        "span",
    }  # fmt: skip
    for _, attributes in page.tags:
        assert set(attributes) <= {"class", "aria-label", "aria-hidden", "scope", "style"}
    shown = HOSTILE.replace("\u202e", "[U+202E]")
    assert page.texts.count(shown) == 3  # in shares; source and title of the article
    assert f"Topic 0: {shown}" in page.texts
    assert "\u202e" not in card._repr_html_()
    assert not page.open


def test_readers_of_the_screen_find_their_way() -> None:
    page = Outline(topic_card(*by_hand(), topic=0)._repr_html_())
    tags = [tag for tag, _ in page.tags]
    assert tags.count("h4") == 1
    assert tags.count("caption") == tags.count("table") == 4
    assert all(attributes.get("scope") in {"row", "col"} for tag, attributes in page.tags
               if tag == "th")  # fmt: skip
    bars = [text for text in page.texts if text.startswith("█")]
    hidden = [attributes for tag, attributes in page.tags if "aria-hidden" in attributes]
    assert len(bars) == 4
    assert len(hidden) == 2 + 3  # two sources, three months


def test_a_card_of_a_real_model() -> None:
    corpus = build_corpus(make_articles(120, seed=1))
    model = fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    card = topic_card(model, corpus, topic=2)
    assert isinstance(card, TopicCard)
    assert card.tables["articles"]["lead"].str.len().gt(10).all()
    Outline(card._repr_html_())


def test_errors() -> None:
    model, corpus = by_hand()
    assert said(model, corpus, topic=2) == (
        "topic_card: topic=2 is not a topic of the model. It has the topics 0 to 1, and their "
        "labels."
    )
    assert said(model, corpus, topic="Talk") == (
        "topic_card: topic='Talk' is not a topic of the model. It has the topics 0 to 1, and their "
        "labels. Did you mean 'Talks'?"
    )
    assert said(model, corpus, topic=0, by="outlet") == (
        "topic_card: by='outlet' is not a column of the articles. "
        "They have 'doc_id', 'source', 'date', 'title', 'text'."
    )
    assert said(model, corpus, topic=0, n_terms=0) == (
        "topic_card: n_terms=0 is below 1. Pass 1 or more."
    )
    assert said(model, corpus, topic=0, n_articles=0) == (
        "topic_card: n_articles=0 is below 1. Pass 1 or more."
    )
    assert said(model, None, topic=0) == (
        "topic_card: corpus is NoneType, not a Corpus. Make one from articles with build_corpus()."
    )
