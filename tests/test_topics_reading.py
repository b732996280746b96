"""What there is to read of a topic: its articles, its course, its neighbours; by hand."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import jensenshannon, pdist, squareform

from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.schema.topics import REPRESENTATIVE_ARTICLES, TOPIC_MAP, TOPIC_TREND
from framing.topics import (
    TopicModel,
    fit_topics,
    representative_articles,
    topic_map,
    topic_share,
    topic_trend,
)


def by_hand() -> tuple[TopicModel, Corpus]:
    """Two topics and six articles; e has no term of the model, f has no date."""
    articles = pd.DataFrame(
        {
            "doc_id": list("abcdef"),
            "source": ["X", "Y", "X", None, "Z", "X"],
            "date": pd.to_datetime(
                ["2016-01-05", "2016-01-31", "2016-03-01", "2016-03-02", "2016-03-03", None]
            ),
            "title": list("ABCDEF"),
            "text": ["war"] * 6,
            "story": ["s1", "s1", "s2", None, None, "s3"],
        }
    )
    corpus = build_corpus(articles, fields=["text"])
    nan = np.nan
    model = TopicModel(
        np.array([[0.75, 0.25], [0.125, 0.875]]),
        np.array([[0.75, 0.25], [0.5, 0.5], [0.75, 0.25], [1.0, 0.0], [nan, nan], [0.25, 0.75]]),
        pd.Index(["war", "talks"], dtype="str"),
        pd.Index(articles["doc_id"], dtype="str"),
        ("War", "Talks"),
        np.array([60, 70, 80, 5, 0, 90]),
        {"engine": "nmf", "seed": 7, "corpus": corpus.fingerprint},
    )
    return model, corpus


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return build_corpus(make_articles(200, seed=3))


@pytest.fixture(scope="module")
def model(corpus: Corpus) -> TopicModel:
    return fit_topics(corpus, n_topics=6, seed=1, engine="nmf")


def said(function: Any, *arguments: Any, **options: Any) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        function(*arguments, **options)
    return str(caught.value)


# representative_articles


def test_articles_by_hand() -> None:
    """Article d is too short; a and c have equal shares, and c is longer."""
    table = representative_articles(*by_hand(), n=2)
    assert table[["topic", "rank", "doc_id"]].to_numpy().tolist() == [
        [0, 1, "c"], [0, 2, "a"], [1, 1, "f"], [1, 2, "b"],
    ]  # fmt: skip
    assert table["share"].tolist() == [0.75, 0.75, 0.75, 0.5]
    assert table["n_tokens"].tolist() == [80, 60, 90, 70]
    assert table["title"].tolist() == ["C", "A", "F", "B"]
    assert table["label"].tolist() == ["War", "War", "Talks", "Talks"]
    assert REPRESENTATIVE_ARTICLES.problems_of(table) == []


def test_short_articles_can_be_wanted_but_those_without_terms_never_come() -> None:
    table = representative_articles(*by_hand(), n=10, min_tokens=0).query("topic == 0")
    assert table["doc_id"].tolist() == ["d", "c", "a", "b", "f"]


def test_of_each_source_and_story_one() -> None:
    model, corpus = by_hand()
    table = representative_articles(model, corpus, n=1, by="source").query("topic == 0")
    assert table["source"].tolist() == ["X", "Y"]
    assert table["doc_id"].tolist() == ["c", "b"]
    table = representative_articles(model, corpus, unit="story", min_tokens=1).query("topic == 0")
    assert table["doc_id"].tolist() == ["d", "c", "a"]
    table = representative_articles(model, corpus, n=9, unit="story", min_tokens=1)
    assert table.query("topic == 0")["doc_id"].tolist() == ["d", "c", "a", "f"]


def test_another_column_stands_in_front_and_articles_without_columns_have_none() -> None:
    model, corpus = by_hand()
    frame = corpus.articles[["doc_id", "text", "story"]]
    bare = dataclasses.replace(corpus, _articles=frame)
    table = representative_articles(model, bare, n=1, by="story", min_tokens=1)
    assert list(table.columns[:2]) == ["story", "topic"]
    assert table[["source", "date", "title"]].isna().all(axis=None)
    assert REPRESENTATIVE_ARTICLES.problems_of(table) == []


def test_errors_of_representative_articles() -> None:
    model, corpus = by_hand()
    assert said(representative_articles, model, corpus, unit="stories") == (
        "representative_articles: unit='stories' is not a column of the articles. They have "
        "'doc_id', 'source', 'date', 'title', 'text', 'story'. Did you mean 'story'?"
    )
    planted = dataclasses.replace(corpus, _articles=corpus.articles.assign(share=1))
    assert said(representative_articles, model, planted, by="share") == (
        "representative_articles: by='share' is also a column of the result. "
        "Rename that column of the articles before build_corpus()."
    )
    assert said(representative_articles, model, corpus, n=0) == (
        "representative_articles: n=0 is below 1. Pass 1 or more."
    )
    assert said(representative_articles, model, corpus, min_tokens=-1) == (
        "representative_articles: min_tokens=-1 is below 0. Pass 0 or more."
    )
    assert said(representative_articles, model, "corpus") == (
        "representative_articles: corpus is str, not a Corpus. "
        "Make one from articles with build_corpus()."
    )


# topic_trend


def test_trend_by_hand() -> None:
    table = topic_trend(*by_hand())
    assert TOPIC_TREND.problems_of(table) == []
    war = table.query("topic == 0")
    assert war["period"].dt.strftime("%Y-%m-%d").tolist() == [
        "2016-01-01", "2016-02-01", "2016-03-01",
    ]  # fmt: skip
    assert war["weight"].tolist() == [1.25, 0.0, 1.75]
    assert war["n_articles"].tolist() == [2, 0, 2]
    assert war["share"].fillna(-1).tolist() == [0.625, -1, 0.875]
    assert war["n_undated"].tolist() == [1, 1, 1]


def test_trend_of_one_period_is_the_share(model: TopicModel, corpus: Corpus) -> None:
    trend = topic_trend(model, corpus, freq="YS", by="source")
    share = topic_share(model, corpus, by="source")
    same = ["source", "topic", "label", "share", "weight", "n_articles"]
    pd.testing.assert_frame_equal(trend[same], share[same])


def test_trend_equals_a_loop(model: TopicModel, corpus: Corpus) -> None:
    table = topic_trend(model, corpus, by="source").set_index(["source", "topic", "period"])
    month = corpus.articles["date"].dt.to_period("M").dt.to_timestamp()
    for (source, topic, period), row in table.iloc[::7].iterrows():  # type: ignore[misc]
        inside = (corpus.articles["source"] == source) & (month == period)
        shares = model.article_topic[inside.to_numpy(), topic]
        assert row["n_articles"] == len(shares)
        assert row["share"] == pytest.approx(shares.mean() if len(shares) else np.nan, nan_ok=True)


def test_errors_of_topic_trend() -> None:
    model, corpus = by_hand()
    bare = dataclasses.replace(corpus, _articles=corpus.articles[["doc_id", "text"]])
    assert said(topic_trend, model, bare) == (
        "topic_trend: the articles have no column 'date'. They have 'doc_id', 'text'. "
        "Add one of dates before build_corpus()."
    )
    planted = dataclasses.replace(corpus, _articles=corpus.articles.assign(period=1))
    assert said(topic_trend, model, planted, by="period") == (
        "topic_trend: by='period' is also a column of the result. "
        "Rename that column of the articles before build_corpus()."
    )


# topic_map


def test_three_topics_lie_at_their_true_distances(corpus: Corpus) -> None:
    """Three points always fit into a plane."""
    model = fit_topics(corpus, n_topics=3, seed=1, engine="nmf")
    table = topic_map(model, corpus)
    assert TOPIC_MAP.problems_of(table) == []
    expected = squareform(pdist(model.topic_term, lambda p, q: float(jensenshannon(p, q, base=2))))
    found = squareform(pdist(table[["x", "y"]].to_numpy()))
    np.testing.assert_allclose(found, expected, atol=1e-8)
    assert table["explained"].tolist() == pytest.approx([1, 1, 1])
    np.fill_diagonal(expected, 9)
    assert table["nearest"].tolist() == expected.argmin(axis=1).tolist()
    assert table["distance"].tolist() == pytest.approx(expected.min(axis=1))


def test_the_map_is_centred_never_mirrored_and_knows_its_limits(
    model: TopicModel, corpus: Corpus
) -> None:
    table = topic_map(model, corpus)
    np.testing.assert_allclose(table[["x", "y"]].mean(), 0, atol=1e-9)
    for axis in ("x", "y"):
        assert table[axis].iloc[int(table[axis].abs().argmax())] > 0
    assert 0 < table["explained"].iloc[0] < 1
    np.testing.assert_allclose(table["share"], topic_share(model, corpus)["share"])
    assert set(table["n_articles"]) == {len(corpus)}
    part = corpus.where(np.arange(len(corpus)) < 40)
    assert set(topic_map(model, part)["n_articles"]) == {40}


def test_equal_topics_lie_on_one_point(model: TopicModel, corpus: Corpus) -> None:
    terms = model.topic_term.copy()
    terms[1] = terms[0]
    table = topic_map(dataclasses.replace(model, topic_term=terms), corpus)
    assert table["distance"].iloc[:2].tolist() == [0, 0]
    np.testing.assert_allclose(table.loc[0, ["x", "y"]].tolist(), table.loc[1, ["x", "y"]].tolist())


def test_two_topics_have_no_map() -> None:
    assert said(topic_map, *by_hand()) == (
        "topic_map: a model of 2 topics has no map. Fit 3 topics or more with fit_topics()."
    )
