"""Wording within a topic: by hand, equal to a loop, planted differences found and none invented."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles, planted_differences
from framing.schema.topics import TOPIC_WORDING
from framing.topics import TopicModel, fit_topics, topic_wording
from framing.topics.wording import expected_counts

WORDS = ["war", "army", "militants", "rebels", "talks", "summit", "said"]
WAR = np.array([0.3, 0.25, 0.125, 0.125, 0.0, 0.0, 0.2])
TALKS = np.array([0.0, 0.0, 0.125, 0.125, 0.3, 0.25, 0.2])


def made(n: int = 120, *, planted: bool = True, seed: int = 1) -> tuple[TopicModel, Corpus]:
    """Articles of two topics; in that of war, X says militants where Y says rebels."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet([0.6, 0.6], n)
    source = np.array(["X", "Y", "Z"])[np.arange(n) % 3]
    texts = []
    for share, name in zip(shares, source, strict=True):
        words = []
        for topic in rng.random(40) < share[0]:
            chances = (WAR if topic else TALKS).copy()
            if topic and planted and name in "XY":
                chances[[2, 3]] = (0.22, 0.03) if name == "X" else (0.03, 0.22)
            words.append(rng.choice(WORDS, p=rng.dirichlet(200 * chances + 1e-9)))
        texts.append(" ".join(words))
    articles = pd.DataFrame({"doc_id": [f"{i:03d}" for i in range(n)], "source": source,
                             "text": texts})  # fmt: skip
    corpus = build_corpus(articles, fields=["text"])
    model = TopicModel(
        np.stack([WAR, TALKS]), shares, pd.Index(WORDS, dtype="str"),
        pd.Index(articles["doc_id"], dtype="str"), ("War", "Talks"), np.full(n, 40),
        {"engine": "hand", "seed": 7, "corpus": corpus.fingerprint},
    )  # fmt: skip
    return model, corpus


@pytest.fixture(scope="module")
def war() -> tuple[TopicModel, Corpus]:
    return made()


def said(*arguments: Any, **options: Any) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        topic_wording(*arguments, **options)
    return str(caught.value)


def loop(model: TopicModel, corpus: Corpus, topic: int) -> np.ndarray:
    """Expected counts, token by token."""
    found = np.zeros((len(corpus), len(model.vocabulary)))
    for row, text in enumerate(corpus.articles["text"]):
        for word in text.split():
            term = list(model.vocabulary).index(word)
            joint = model.article_topic[row] * model.topic_term[:, term]
            found[row, term] += joint[topic] / joint.sum()
    return found


def test_expected_counts_equal_a_loop(war: tuple[TopicModel, Corpus]) -> None:
    found = expected_counts("x", *war, topic=0).toarray()
    np.testing.assert_allclose(found, loop(*war, topic=0))
    both = found + expected_counts("x", *war, topic=1).toarray()
    np.testing.assert_allclose(both.sum(), 120 * 40)


def test_groups_that_word_topics_differently_have_their_own_expectations(
    war: tuple[TopicModel, Corpus],
) -> None:
    model, corpus = war
    own = np.array([[0.3, 0.25, 0.2, 0.05, 0, 0, 0.2], [0, 0, 0.05, 0.2, 0.3, 0.25, 0.2]])
    settings = {**model.settings, "content": "source"}
    content = dataclasses.replace(model, topic_term_by={"X": own}, settings=settings)
    found = expected_counts("x", content, corpus, topic=0).toarray()
    of_x = loop(dataclasses.replace(model, topic_term=own), corpus, 0)
    mask = (corpus.articles["source"] == "X").to_numpy()
    np.testing.assert_allclose(found[mask], of_x[mask])
    np.testing.assert_allclose(found[~mask], loop(model, corpus, 0)[~mask])


def test_numbers_equal_a_loop(war: tuple[TopicModel, Corpus]) -> None:
    model, corpus = war
    table = topic_wording(model, corpus, topic=0, prior=50).set_index(["target", "term"])
    counts = loop(model, corpus, 0)
    source = corpus.articles["source"].to_numpy()
    for (target, term), row in table.iterrows():  # type: ignore[misc]
        place = WORDS.index(term)
        here, there = counts[source == target], counts[source != target]
        alpha = 50 * counts[:, place].sum() / counts.sum()
        odds = [
            np.log((one[:, place].sum() + alpha) / (one.sum() + 50 - one[:, place].sum() - alpha))
            for one in (here, there)
        ]
        assert row["log_odds"] == pytest.approx(odds[0] - odds[1])
        assert row["count"] == pytest.approx(here[:, place].sum())
        assert row["count_reference"] == pytest.approx(there[:, place].sum())
        assert row["n_tokens"] == pytest.approx(here.sum())
        assert row["per_1000"] == pytest.approx(here[:, place].sum() / here.sum() * 1000)
        assert row["n_articles"] == (here[:, place] >= 0.5).sum()
        assert row["n_articles_reference"] == (there[:, place] >= 0.5).sum()


def test_errors_of_estimates_are_those_of_leaving_articles_out() -> None:
    """The jackknife, which needs no formula, gives the same standard errors."""
    model, corpus = made(90)
    table = topic_wording(model, corpus, topic=0).query("target == 'X'").set_index("term")
    counts = loop(model, corpus, 0)
    mask = (corpus.articles["source"] == "X").to_numpy()
    alpha = 500 * counts.sum(axis=0) / counts.sum()

    def odds(rows: np.ndarray) -> np.ndarray:
        a = counts[rows].sum(axis=0) + alpha
        return np.asarray(np.log(np.maximum(a, 1e-9) / (counts[rows].sum() + 500 - a)))

    variance = np.zeros(len(WORDS))
    floor = np.zeros(len(WORDS))
    for side in (mask, ~mask):
        rows = np.flatnonzero(side)
        left = np.stack([odds(np.delete(rows, at)) for at in range(len(rows))])
        jackknife = (len(rows) - 1) * left.var(axis=0)
        independent = 1 / np.maximum(counts[rows].sum(axis=0) + alpha, 1e-9)
        variance += np.maximum(jackknife, independent)
        floor += independent
    for place, term in enumerate(WORDS):
        if term in table.index:
            error = table.loc[term, "log_odds"] / table.loc[term, "z"]
            assert error == pytest.approx(np.sqrt(variance[place]), rel=0.06)
            assert error >= np.sqrt(floor[place]) * 0.999


def test_planted_wording_is_found_in_its_topic_and_in_no_other(
    war: tuple[TopicModel, Corpus],
) -> None:
    table = topic_wording(*war, topic="War", prior=20)
    found = table[table["q"] < 0.05]
    assert set(zip(found["target"], found["term"], np.sign(found["log_odds"]), strict=True)) == {
        ("X", "militants", 1), ("X", "rebels", -1), ("Y", "rebels", 1), ("Y", "militants", -1),
    }  # fmt: skip
    assert table.groupby("target").head(1).set_index("target")["term"].loc[["X", "Y"]].tolist() == [
        "militants", "rebels",
    ]  # fmt: skip
    # What is left of it in the other topic, by words that both share, is far weaker.
    other = topic_wording(*war, topic="Talks", prior=20)
    assert other["log_odds"].abs().max() < 0.5 * found["log_odds"].abs().min()
    assert (other["q"] < 0.05).sum() <= 1
    assert other["q"].min() > 0.01


def test_nothing_is_found_where_nothing_is_planted() -> None:
    p = np.concatenate([
        topic_wording(*made(60, planted=False, seed=seed), topic=0, prior=20)["p"]
        for seed in range(2, 26)
    ])  # fmt: skip
    assert len(p) >= 24 * 3 * 5
    assert (p < 0.05).mean() < 0.08
    assert (p < 0.01).mean() < 0.025


def test_planted_terms_of_articles_are_recovered_within_topics() -> None:
    corpus = build_corpus(make_articles(800, seed=2, copies=0))
    model = fit_topics(corpus, n_topics=6, seed=1, engine="nmf")
    planted = planted_differences().query("kind == 'term' and ratio >= 3")
    tables = pd.concat([topic_wording(model, corpus, topic=topic) for topic in range(6)])
    best = tables.groupby(["target", "term"])[["log_odds", "p"]].agg(
        {"log_odds": "mean", "p": "min"}
    )
    for source, term in zip(planted["source"], planted["item"], strict=True):
        assert best.loc[(source, term), "log_odds"] > 0.1
        assert best.loc[(source, term), "p"] < 0.001


def test_articles_without_planted_differences_differ_by_chance_only() -> None:
    rows = []
    for seed in (1, 2):
        corpus = build_corpus(make_articles(300, seed=seed, effect=0, copies=0))
        model = fit_topics(corpus, n_topics=5, seed=1, engine="nmf")
        rows += [topic_wording(model, corpus, topic=topic) for topic in range(5)]
    table = pd.concat(rows)
    assert (table["p"] < 0.05).mean() < 0.06
    assert table["q"].min() > 0.01
    outside = (table["low"] > 0) | (table["high"] < 0)
    assert outside.mean() < 0.06


def test_two_groups_are_mirror_images(war: tuple[TopicModel, Corpus]) -> None:
    model, corpus = war
    part = corpus.where(corpus.articles["source"] != "Z")
    table = topic_wording(model, part, topic=0).set_index(["target", "term"])
    x, y = table.loc["X"], table.loc["Y"].loc[table.loc["X"].index]
    np.testing.assert_allclose(x["log_odds"], -y["log_odds"], atol=1e-12)
    np.testing.assert_allclose(x["low"], -y["high"], atol=1e-12)
    np.testing.assert_allclose(x["p"], y["p"], atol=1e-12)
    np.testing.assert_allclose(x["count"], y["count_reference"])


def test_copies_are_one_unit() -> None:
    """Each article twice in its source: nothing is known better than before."""
    model, corpus = made(60)
    single = topic_wording(model, corpus, topic=0, prior=1e-6)
    frame = corpus.articles
    frame = frame.assign(story=frame["doc_id"])
    twice = pd.concat([frame, frame.assign(doc_id="copy-" + frame["doc_id"])])
    again = build_corpus(twice, fields=["text"])
    doubled = dataclasses.replace(
        model, article_topic=np.tile(model.article_topic, (2, 1)),
        n_tokens=np.tile(model.n_tokens, 2), doc_ids=pd.Index(twice["doc_id"], dtype="str"),
    )  # fmt: skip
    table = topic_wording(doubled, again, topic=0, unit="story", prior=1e-6)
    naive = topic_wording(doubled, again, topic=0, prior=1e-6)
    by_term = [one.set_index(["target", "term"]).sort_index() for one in (single, table, naive)]
    np.testing.assert_allclose(by_term[1]["log_odds"], by_term[0]["log_odds"], atol=1e-6)
    width = [(one["high"] - one["low"]).to_numpy() for one in by_term]
    assert (width[2] < width[0]).all()
    assert (width[1] >= 0.7 * width[0]).all()
    assert (width[1] >= width[2] * 0.999).all()


def test_a_unit_on_both_sides_is_one_unit(war: tuple[TopicModel, Corpus]) -> None:
    """Pairs of articles of X and Y that are one story: the estimates stay, the intervals change."""
    model, corpus = war
    paired = corpus.join(
        pd.DataFrame({"doc_id": corpus.articles["doc_id"],
                      "story": np.arange(len(corpus)) // 3 * 10 + (np.arange(len(corpus)) % 3 > 1)})
    )  # fmt: skip
    one = topic_wording(model, corpus, topic=0).set_index(["target", "term"]).sort_index()
    two = topic_wording(model, paired, topic=0, unit="story").set_index(["target", "term"])
    two = two.sort_index()
    np.testing.assert_allclose(two["log_odds"], one["log_odds"])
    assert not np.allclose(two["high"], one["high"])
    assert np.isfinite(two["z"]).all()


def test_a_word_of_one_article_proves_little() -> None:
    model, corpus = made(60, planted=False)
    frame = corpus.articles
    texts = frame["text"].where(frame.index > 0, frame["text"] + " militants" * 200)
    loud = build_corpus(frame.assign(text=texts), fields=["text"])
    row = topic_wording(model, loud, topic=0, prior=20).query(
        "target == 'X' and term == 'militants'"
    )
    assert row["log_odds"].item() > 0.3
    assert row["p"].item() > 0.05


def test_the_table_is_as_documented_and_in_order(war: tuple[TopicModel, Corpus]) -> None:
    table = topic_wording(*war, topic=0, min_count=0)
    assert TOPIC_WORDING.problems_of(table) == []
    assert list(table.columns) == TOPIC_WORDING.required
    assert table["target"].is_monotonic_increasing
    assert table["n_tests"].eq(table["p"].notna().sum()).all()
    for _, part in table.groupby("target"):
        above = part[part["z"] > 0]
        assert above["p"].fillna(1).is_monotonic_increasing
        assert (part["z"] > 0).to_numpy()[: len(above)].all()


def test_options_do_what_they_say(war: tuple[TopicModel, Corpus]) -> None:
    weak = topic_wording(*war, topic=0, prior=1).set_index(["target", "term"])["log_odds"]
    strong = topic_wording(*war, topic=0, prior=5_000).set_index(["target", "term"])["log_odds"]
    assert (strong.abs() < weak.abs() + 1e-12).all()
    few = topic_wording(*war, topic=0, min_count=400)
    assert set(few["term"]) < set(topic_wording(*war, topic=0)["term"])
    wide, narrow = (topic_wording(*war, topic=0, level=level) for level in (0.99, 0.5))
    assert (wide["high"] > narrow["high"]).all()


def test_missing_groups_are_a_part_of_the_rest(war: tuple[TopicModel, Corpus]) -> None:
    model, corpus = war
    frame = corpus.articles
    names = frame["source"].where(frame["source"] != "Z")
    table = topic_wording(
        model, dataclasses.replace(corpus, _articles=frame.assign(source=names)), topic=0
    )
    assert set(table["target"]) == {"X", "Y"}
    whole = topic_wording(model, corpus, topic=0).query("target != 'Z'").reset_index(drop=True)
    pd.testing.assert_frame_equal(
        table.drop(columns=["q", "n_tests"]), whole.drop(columns=["q", "n_tests"])
    )


def test_errors(war: tuple[TopicModel, Corpus]) -> None:
    model, corpus = war
    assert said(model, corpus, topic=3) == (
        "topic_wording: topic=3 is not a topic of the model. It has the topics 0 to 1, and their "
        "labels."
    )
    assert said(model, corpus, topic=0, by="outlet") == (
        "topic_wording: by='outlet' is not a column of the articles. "
        "They have 'doc_id', 'source', 'text'."
    )
    assert said(model, corpus, topic=0, by=["source"]) == (
        "topic_wording: by=['source'] is not the name of one column. "
        "Pass one; join two into a new column of the articles before build_corpus()."
    )
    assert said(model, corpus, topic=0, unit="story") == (
        "topic_wording: unit='story' is not a column of the articles. They have 'doc_id', "
        "'source', 'text'. Columns of another table are added with Corpus.join()."
    )
    assert said(model, corpus, topic=0, prior=0) == (
        "topic_wording: prior=0 is not a number above 0. Pass for example prior=500."
    )
    assert said(model, corpus, topic=0, level=1) == (
        "topic_wording: level=1 is not between 0 and 1. Pass for example level=0.95."
    )
    assert said(model, corpus, topic=0, min_count=-1) == (
        "topic_wording: min_count=-1 is below 0. Pass 0 or more."
    )
    assert said(model, corpus, topic=0, min_count=10**6) == (
        "topic_wording: no term is expected min_count=1000000 times in topic 0. "
        "Pass a lower min_count, or more articles."
    )
    alone = corpus.where(corpus.articles["source"] == "X")
    assert said(model, alone, topic=1) == (
        "topic_wording: topic 1 (Talks) has words in 'X' only: there is nothing to compare with. "
        "Choose another topic, or more articles."
    )
    frame = corpus.articles.assign(story="s")
    frame.loc[0, "story"] = None
    holed = dataclasses.replace(corpus, _articles=frame)
    assert said(model, holed, topic=0, unit="story") == (
        "topic_wording: 1 of 120 articles have no value of unit='story'. "
        "Give each of them one, for example its doc_id."
    )
