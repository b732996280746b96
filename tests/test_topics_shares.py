"""Tables of topic models: counted by hand, equal to a loop, and true to planted differences."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linear_sum_assignment

from framing.compare import compare
from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles, planted_differences
from framing.datasets.made_words import TOPICS
from framing.schema import TOPIC_SHARE, TOPIC_TERMS
from framing.topics import TopicModel, fit_topics, label_topics, topic_share, topic_terms
from framing.topics.inference import predict_topics
from framing.topics.shares import measure_topics


def by_hand() -> tuple[TopicModel, Corpus]:
    """Two topics, three terms, five articles, of which one has no term of the model."""
    articles = pd.DataFrame(
        {
            "doc_id": ["a", "b", "c", "d", "e"],
            "source": ["X", "Y", "X", None, "Z"],
            "text": ["war", "talks", "peace war", "war", "nothing"],
        }
    )
    corpus = build_corpus(articles, fields=["text"])
    model = TopicModel(
        np.array([[0.5, 0.25, 0.25], [0.125, 0.125, 0.75]]),
        np.array([[0.75, 0.25], [0.5, 0.5], [0.25, 0.75], [1.0, 0.0], [np.nan, np.nan]]),
        pd.Index(["war", "peace", "talks"], dtype="str"),
        pd.Index(articles["doc_id"], dtype="str"),
        ("war, peace, talks", "talks, war, peace"),
        np.array([1, 1, 2, 1, 0]),
        {"engine": "nmf", "seed": 7, "corpus": corpus.fingerprint},
    )
    return model, corpus


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return build_corpus(make_articles(800, seed=2, copies=0))


@pytest.fixture(scope="module")
def model(corpus: Corpus) -> TopicModel:
    return fit_topics(corpus, n_topics=10, seed=1)


def said(*arguments: Any, **options: Any) -> str:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the caller compares it in full
        topic_share(*arguments, **options)
    return str(caught.value)


# topic_terms


def test_terms_by_hand() -> None:
    table = topic_terms(by_hand()[0], n_terms=2)
    assert table.to_dict("list") == {
        "topic": [0, 0, 1, 1],
        "label": ["war, peace, talks"] * 2 + ["talks, war, peace"] * 2,
        "rank": [1, 2, 1, 2],
        "term": ["war", "peace", "talks", "war"],
        "probability": [0.5, 0.25, 0.75, 0.125],
        "weighting": ["probability"] * 4,
        "score": [0.5, 0.25, 0.75, 0.125],
        "n_topics": [2] * 4,
        "engine": ["nmf"] * 4,
        "seed": [7] * 4,
    }


def test_all_terms_sum_to_one(model: TopicModel) -> None:
    table = topic_terms(model, n_terms=10**6)
    assert len(table) == 10 * len(model.vocabulary)
    np.testing.assert_allclose(table.groupby("topic")["probability"].sum(), 1)


def test_terms_are_in_order_and_as_documented(model: TopicModel) -> None:
    table = topic_terms(model)
    assert TOPIC_TERMS.problems_of(table) == []
    assert list(table.columns) == [column.name for column in TOPIC_TERMS.columns]
    assert table.groupby("topic").size().eq(10).all()
    assert table.groupby("topic")["probability"].is_monotonic_decreasing.all()


def test_other_weightings_by_hand() -> None:
    model, _ = by_hand()
    # Tokens of topic 0: .75 + .5 + 2 × .25 + 1 = 2.75 of 5; of topic 1: 2.25.
    share = (2.75 * model.topic_term[0] + 2.25 * model.topic_term[1]) / 5
    ratio = np.log(model.topic_term / share)
    lifted = topic_terms(model, weighting="lift")
    # No term is ranked that is rarer in the topic than 1 / 3.
    assert lifted[["topic", "term", "rank"]].to_numpy().tolist() == [[0, "war", 1], [1, "talks", 1]]
    assert lifted["score"].tolist() == pytest.approx([ratio[0, 0], ratio[1, 2]])
    relevant = topic_terms(model, weighting="relevance").set_index(["topic", "term"])["score"]
    expected = 0.6 * np.log(model.topic_term) + 0.4 * ratio
    for topic, row in enumerate(expected):
        for term, value in zip(model.vocabulary, row, strict=True):
            assert relevant[topic, term] == pytest.approx(value)
    assert relevant.groupby("topic").is_monotonic_decreasing.all()


def test_frex_terms_are_the_oracle_s_order() -> None:
    model, _ = by_hand()
    beta = np.array([[.50, .25, .15, .07, .03], [.10, .10, .20, .35, .25],
                     [.05, .40, .05, .10, .40]])  # fmt: skip
    model = dataclasses.replace(
        model, topic_term=beta, vocabulary=pd.Index(list("abcde"), dtype="str"),
        article_topic=np.full((5, 3), 1 / 3), labels=("x", "y", "z"),
    )  # fmt: skip
    table = topic_terms(model, weighting="frex")
    assert table.query("topic == 2")["term"].tolist() == ["e", "b", "d", "c", "a"]
    assert table.query("topic == 2")["score"].tolist() == pytest.approx(
        [0.947368, 0.847059, 0.6, 0.342857, 0.24], abs=1e-6
    )


def test_a_term_of_probability_zero_has_no_lift_and_comes_last() -> None:
    model, _ = by_hand()
    model = dataclasses.replace(model, topic_term=np.array([[0.5, 0.5, 0.0], [0.0, 0.5, 0.5]]))
    table = topic_terms(model, weighting="relevance")
    assert table.query("rank == 3")["term"].tolist() == ["talks", "war"]
    assert table.query("rank == 3")["score"].isna().all()
    assert np.isfinite(table.query("rank < 3")["score"]).all()


def test_terms_need_a_weighting_that_exists() -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - compared in full below
        topic_terms(by_hand()[0], weighting="FREX")
    assert str(caught.value) == (
        "topic_terms: weighting='FREX' is not one of 'probability', 'frex', 'lift', 'relevance'. "
        "Did you mean 'frex'?"
    )


def test_terms_need_a_number() -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - compared in full below
        topic_terms(by_hand()[0], n_terms=0)
    assert str(caught.value) == "topic_terms: n_terms=0 is below 1. Pass 1 or more."


# topic_share


def test_shares_by_hand() -> None:
    model, corpus = by_hand()
    table = topic_share(label_topics(model, {1: "Talks"}), corpus, by="source")
    assert table["source"].fillna("?").tolist() == ["X", "X", "Y", "Y", "Z", "Z", "?", "?"]
    assert table["topic"].tolist() == [0, 1] * 4
    assert table["label"].tolist() == ["war, peace, talks", "Talks"] * 4
    assert table["weight"].tolist() == [1.0, 1.0, 0.5, 0.5, 0.0, 0.0, 1.0, 0.0]
    assert table["n_articles"].tolist() == [2, 2, 1, 1, 0, 0, 1, 1]
    assert table["share"].fillna(-1).tolist() == [0.5, 0.5, 0.5, 0.5, -1, -1, 1.0, 0.0]
    assert table["n_topics"].eq(2).all()
    assert table["engine"].eq("nmf").all()
    assert table["seed"].eq(7).all()


def test_without_by_all_articles_are_one_group() -> None:
    model, corpus = by_hand()
    table = topic_share(model, corpus)
    assert table["share"].tolist() == [2.5 / 4, 1.5 / 4]
    assert table["n_articles"].tolist() == [4, 4]
    assert "source" not in table.columns


def test_shares_are_as_documented(model: TopicModel, corpus: Corpus) -> None:
    table = topic_share(model, corpus, by=["country", "source"])
    assert TOPIC_SHARE.problems_of(table) == []
    names = [column.name for column in TOPIC_SHARE.columns]
    assert list(table.columns) == ["country", "source", *names]


def test_shares_equal_a_loop(model: TopicModel, corpus: Corpus) -> None:
    table = topic_share(model, corpus, by="source").set_index(["source", "topic"])
    frame = corpus.articles
    for source in frame["source"].unique():
        for topic in range(model.n_topics):
            shares = [
                float(model.article_topic[row, topic])
                for row in range(len(frame))
                if frame["source"].iloc[row] == source
            ]
            row = table.loc[(source, topic)]
            assert row["share"] == pytest.approx(sum(shares) / len(shares))
            assert row["weight"] == pytest.approx(sum(shares))
            assert row["n_articles"] == len(shares)


def test_weights_sum_to_the_articles(model: TopicModel, corpus: Corpus) -> None:
    by_source = topic_share(model, corpus, by="source")
    sums = by_source.groupby("source").agg({"weight": "sum", "n_articles": "first"})
    np.testing.assert_allclose(sums["weight"], sums["n_articles"])
    whole = topic_share(model, corpus).set_index("topic")["weight"]
    np.testing.assert_allclose(by_source.groupby("topic")["weight"].sum(), whole)


def test_a_part_of_the_corpus_has_the_shares_of_that_part(
    model: TopicModel, corpus: Corpus
) -> None:
    part = corpus.where(corpus.articles["source"] == "Herald")
    whole = topic_share(model, corpus, by="source").query("source == 'Herald'")
    alone = topic_share(model, part, by="source")
    pd.testing.assert_frame_equal(alone, whole.reset_index(drop=True))


def test_the_order_of_articles_does_not_matter() -> None:
    model, corpus = by_hand()
    turned = build_corpus(corpus.articles.iloc[::-1], fields=["text"])
    pd.testing.assert_frame_equal(
        topic_share(model, turned, by="source"), topic_share(model, corpus, by="source")
    )


def test_inputs_stay_as_they_are(model: TopicModel, corpus: Corpus) -> None:
    articles, shares = corpus.articles.copy(deep=True), model.article_topic.copy()
    topic_share(model, corpus, by="source")
    topic_terms(model)
    pd.testing.assert_frame_equal(corpus.articles, articles)
    np.testing.assert_array_equal(model.article_topic, shares)


def test_an_article_in_several_rows_of_a_group_counts_once() -> None:
    model, corpus = by_hand()
    frame = corpus.articles.assign(doc_id=["a", "a", "b", "c", "c"], actor=list("PQPPP"))
    rows = dataclasses.replace(corpus, _articles=frame)
    table = topic_share(model, rows, by="actor")
    assert table["n_articles"].tolist() == [3, 3, 1, 1]
    assert table["weight"].tolist() == [1.5, 1.5, 0.75, 0.25]


def test_a_model_of_several_rows_an_article_knows_only_its_own_corpus() -> None:
    model, corpus = by_hand()
    frame = corpus.articles.assign(doc_id=["a", "a", "b", "c", "c"])
    rows = dataclasses.replace(corpus, _articles=frame)
    settings = {**model.settings, "corpus": rows.fingerprint}
    ids = pd.Index(frame["doc_id"], dtype="str")
    of_rows = dataclasses.replace(model, doc_ids=ids, settings=settings)
    assert topic_share(of_rows, rows)["weight"].tolist() == [2.5, 1.5]
    assert said(of_rows, rows.where(frame["doc_id"] == "a")) == (
        "topic_share: the model was fitted on a corpus with several rows an article, which doc_id "
        "cannot tell apart in another corpus. Pass the corpus that the model was fitted on."
    )


def test_what_is_no_model_is_an_error() -> None:
    _, corpus = by_hand()
    calls = {
        "topic_terms": lambda: topic_terms(corpus),  # type: ignore[arg-type]
        "topic_share": lambda: topic_share(corpus, corpus),  # type: ignore[arg-type]
        "predict_topics": lambda: predict_topics(corpus, corpus),  # type: ignore[arg-type]
    }
    for name, call in calls.items():
        with pytest.raises(TypeError, match="not a TopicModel") as error:
            call()
        assert str(error.value) == (
            f"{name}: model is Corpus, not a TopicModel. Pass what fit_topics() returns."
        )


def test_errors_of_topic_share() -> None:
    model, corpus = by_hand()
    frame = corpus.articles
    assert said(model, corpus, by="sauce") == (
        "topic_share: by='sauce' is not a column of the articles. "
        "They have 'doc_id', 'source', 'text'. Did you mean 'source'?"
    )
    other = dataclasses.replace(corpus, _articles=frame.assign(doc_id=list("abcxy")))
    assert said(model, other) == (
        "topic_share: the model has not seen 2 of the corpus's 5 articles, for example 'x', 'y'. "
        "Pass the corpus that the model was fitted on, or a part of it."
    )
    planted = dataclasses.replace(corpus, _articles=frame.assign(topic="war"))
    assert said(model, planted, by=["source", "topic"]) == (
        "topic_share: by='topic' is also a column of the result. "
        "Rename that column of the articles before build_corpus()."
    )


# Planted differences


def matched(model: TopicModel) -> dict[str, int]:
    mass = [model.topic_term[:, model.vocabulary.isin(terms)].sum(axis=1)
            for terms in TOPICS.values()]  # fmt: skip
    return dict(zip(TOPICS, linear_sum_assignment(-np.array(mass))[1].tolist(), strict=True))


def test_planted_shares_are_recovered_in_sign(model: TopicModel, corpus: Corpus) -> None:
    topics = matched(model)
    found = topic_share(model, corpus, by="source").set_index(["topic", "source"])["share"]
    planted = planted_differences().query("kind == 'topic'")
    assert len(planted) == 4
    for item, source, ratio in zip(
        planted["item"], planted["source"], planted["ratio"], strict=True
    ):
        assert ratio > 1
        shares = found.loc[topics[item]]
        assert shares[source] > shares.drop(source).max()


def test_shares_are_the_shares_of_planted_articles(model: TopicModel, corpus: Corpus) -> None:
    """By source and planted topic, shares rise with the share of articles that have the topic."""
    topics = matched(model)
    found = topic_share(model, corpus, by="source").set_index(["topic", "source"])["share"]
    truth = pd.crosstab(corpus.articles["source"], corpus.articles["topic"], normalize="index")
    pairs = [(truth.loc[s, t], found[topics[t], s]) for t in TOPICS for s in truth.index]
    assert np.corrcoef(np.array(pairs).T)[0, 1] > 0.9


def test_without_planted_differences_sources_differ_by_chance_only() -> None:
    beyond = []
    for seed in (1, 2, 3):
        corpus = build_corpus(make_articles(400, seed=seed, effect=0, copies=0))
        model = fit_topics(corpus, n_topics=8, seed=seed, engine="nmf")
        table = topic_share(model, corpus, by="source")
        whole = model.article_topic.mean(axis=0)[table["topic"]]
        variance = model.article_topic.var(axis=0)[table["topic"]]
        n_articles = table["n_articles"].to_numpy()
        # Sampling without replacement from all articles: the usual correction.
        error = np.sqrt(variance / n_articles * (1 - n_articles / len(corpus)))
        beyond.append(np.abs(table["share"] - whole) / error)
    scores = np.concatenate(beyond)
    assert (scores > 1.96).mean() < 0.12
    assert scores.max() < 4


# measure_topics


def test_measure_by_hand() -> None:
    model, corpus = by_hand()
    measure = measure_topics(model, corpus)
    assert measure.numerators.toarray().tolist() == [
        [0.75, 0.25], [0.5, 0.5], [0.25, 0.75], [1, 0], [0, 0],
    ]  # fmt: skip
    assert measure.denominators.tolist() == [1, 1, 1, 1, 0]
    assert measure.items.tolist() == ["war, peace, talks", "talks, war, peace"]
    assert (measure.kind, measure.name, measure.scale) == ("topic", "mean share of an article", 1)
    assert dict(measure.settings) == {
        "corpus": corpus.fingerprint,
        "engine": "nmf",
        "n_topics": 2,
        "seed": 7,
        "n_draws": 0,
        "draws": "none",
    }


def test_measure_of_a_part_and_of_another_order() -> None:
    model, corpus = by_hand()
    part = corpus.where(corpus.articles["source"] == "X")
    assert measure_topics(model, part).numerators.toarray().tolist() == [[0.75, 0.25], [0.25, 0.75]]
    turned = build_corpus(corpus.articles[::-1], fields=["text"])
    measure = measure_topics(model, turned)
    assert measure.denominators.tolist() == [0, 1, 1, 1, 1]
    assert measure.numerators.toarray()[1].tolist() == [1, 0]


def test_topics_of_one_label_are_told_apart() -> None:
    model, corpus = by_hand()
    model = dataclasses.replace(model, labels=("war", "war"))
    assert measure_topics(model, corpus).items.tolist() == ["war (0)", "war (1)"]


def test_measure_gives_the_shares_of_the_table(model: TopicModel, corpus: Corpus) -> None:
    table = compare(measure_topics(model, corpus), by="source", seed=1, n_resamples=0)
    plain = topic_share(model, corpus, by="source")
    np.testing.assert_allclose(table["estimate"], plain["share"])
    np.testing.assert_allclose(table["numerator"], plain["weight"])
    np.testing.assert_array_equal(table["n_articles"], plain["n_articles"])
    assert (table["low"] < table["estimate"]).all()
    assert (table["high"] > table["estimate"]).all()


def test_messages_of_the_measure(model: TopicModel) -> None:
    _, other = by_hand()
    with pytest.raises(ValueError, match="measure_topics") as caught:
        measure_topics(model, other)
    assert str(caught.value) == (
        "measure_topics: the model has not seen 5 of the corpus's 5 articles, for example 'a', "
        "'b', 'c'. Pass the corpus that the model was fitted on, or a part of it."
    )
    with pytest.raises(TypeError) as wrong:
        measure_topics(model, [1])  # type: ignore[arg-type]
    assert str(wrong.value) == (
        "measure_topics: corpus is list, not a Corpus. Make one from articles with build_corpus()."
    )
