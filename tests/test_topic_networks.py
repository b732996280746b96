"""Networks of topics: by hand, communities as good as the best of all, what is planted found."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.pairwise import cosine_similarity

from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.schema.topics import TOPIC_COMMUNITIES, TOPIC_NETWORKS
from framing.topics import TopicModel, fit_topics, topic_communities, topic_networks
from framing.topics.communities import agreement, communities, modularity


def of_shares(shares: np.ndarray, **columns: Any) -> tuple[TopicModel, Corpus]:
    n, n_topics = shares.shape
    articles = pd.DataFrame({
        "doc_id": [f"{i:04d}" for i in range(n)],
        "source": np.where(np.arange(n) % 2, "Y", "X"), "text": ["war"] * n, **columns,
    })  # fmt: skip
    corpus = build_corpus(articles, fields=["text"])
    model = TopicModel(
        np.full((n_topics, 1), 1.0), shares, pd.Index(["war"], dtype="str"),
        pd.Index(articles["doc_id"], dtype="str"), tuple(f"topic {i}" for i in range(n_topics)),
        np.where(np.isnan(shares[:, 0]), 0, 9),
        {"engine": "hand", "seed": 7, "corpus": corpus.fingerprint},
    )  # fmt: skip
    return model, corpus


def planted(n: int = 400, seed: int = 1, *, weight: float = 4.0) -> tuple[TopicModel, Corpus]:
    """Six topics in two packages: an article has much of one of them."""
    rng = np.random.default_rng(seed)
    alpha = np.full((n, 6), 0.5)
    first = rng.random(n) < 0.6
    alpha[first, :3] = weight
    alpha[~first, 3:] = weight
    return of_shares(np.stack([rng.dirichlet(row) for row in alpha]))


def said(*arguments: Any, **options: Any) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        topic_networks(*arguments, **options)
    return str(caught.value)


# communities


def partitions(n: int) -> Iterator[np.ndarray]:
    """All partitions of n nodes."""

    def grow(done: list[int]) -> Iterator[list[int]]:
        if len(done) == n:
            yield done
            return
        for number in range(max(done, default=-1) + 2):
            yield from grow([*done, number])

    return (np.array(one) for one in grow([]))


@pytest.mark.parametrize("seed", range(12))
def test_modularity_is_as_high_as_that_of_the_best_of_all_partitions(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weights = rng.random((7, 7)) ** 3
    weights = weights + weights.T
    np.fill_diagonal(weights, 0)
    best = max(modularity(weights, one) for one in partitions(7))
    assert modularity(weights, communities(weights)) >= 0.97 * best


def test_modularity_by_hand() -> None:
    """Two pairs, each joined by weight 1, and one weight of ½ between them."""
    weights = np.zeros((4, 4))
    for one, other, value in ((0, 1, 1.0), (2, 3, 1.0), (1, 2, 0.5)):
        weights[one, other] = weights[other, one] = value
    # Newman: sum over communities of inside / m - (degrees / 2m)²; m = 2.5.
    assert modularity(weights, np.array([0, 0, 1, 1])) == pytest.approx(2 * (1 / 2.5 - 0.25))
    assert modularity(weights, np.zeros(4, dtype=int)) == pytest.approx(0)
    assert communities(weights).tolist() == [0, 0, 1, 1]


def test_the_karate_club_falls_apart_as_it_is_known_to() -> None:
    """Zachary's (1977) club of 34; the best partition has modularity .4198."""
    text = """1-2 1-3 2-3 1-4 2-4 3-4 1-5 1-6 1-7 5-7 6-7 1-8 2-8 3-8 4-8 1-9 3-9 3-10 1-11 5-11
    6-11 1-12 1-13 4-13 1-14 2-14 3-14 4-14 6-17 7-17 1-18 2-18 1-20 2-20 1-22 2-22 24-26 25-26
    3-28 24-28 25-28 3-29 24-30 27-30 2-31 9-31 1-32 25-32 26-32 29-32 3-33 9-33 15-33 16-33 19-33
    21-33 23-33 24-33 30-33 31-33 32-33 9-34 10-34 14-34 15-34 16-34 19-34 20-34 21-34 23-34 24-34
    27-34 28-34 29-34 30-34 31-34 32-34 33-34"""  # one text, to be read at a glance
    edges = text.split()
    assert len(edges) == 78
    weights = np.zeros((34, 34))
    for edge in edges:
        one, other = (int(end) - 1 for end in edge.split("-"))
        weights[one, other] = weights[other, one] = 1
    found = communities(weights)
    assert modularity(weights, found) >= 0.41
    assert modularity(weights, found) <= 0.41979
    assert found[0] != found[33]


def test_nodes_without_weights_are_alone() -> None:
    assert communities(np.zeros((3, 3))).tolist() == [0, 1, 2]
    assert modularity(np.zeros((3, 3)), np.arange(3)) == 0


def test_agreement_is_the_adjusted_rand_index() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        one, other = rng.integers(0, 4, (2, 15))
        assert agreement(one, other) == pytest.approx(adjusted_rand_score(one, other))
    assert agreement(np.zeros(4, dtype=int), np.zeros(4, dtype=int)) == 1
    assert agreement(np.arange(4), np.arange(4)) == 1
    assert agreement(np.arange(4), np.zeros(4, dtype=int)) == 0


# topic_networks


def test_similarities_equal_those_of_others() -> None:
    model, corpus = planted(60)
    table = topic_networks(model, corpus, by="source", seed=1, n_resamples=5)
    linear = topic_networks(model, corpus, by="source", seed=1, n_resamples=5,
                            measure="correlation")  # fmt: skip
    for source in ("X", "Y"):
        shares = model.article_topic[(corpus.articles["source"] == source).to_numpy()]
        for one, expected in (
            (table, cosine_similarity(shares.T)), (linear, np.corrcoef(shares.T)),
        ):  # fmt: skip
            part = one[one["source"] == source]
            np.testing.assert_allclose(part["similarity"], expected[part["topic"], part["other"]])
            assert part["n_articles"].eq(30).all()
            np.testing.assert_allclose(part["share"], shares.mean(axis=0)[part["topic"]])


def test_planted_packages_are_found_and_hold() -> None:
    model, corpus = planted()
    table = topic_networks(model, corpus, seed=1)
    nodes = topic_communities(table)
    assert [sorted(part["topic"]) for _, part in nodes.groupby("community")] == [
        [0, 1, 2], [3, 4, 5],
    ]  # fmt: skip
    assert nodes["agreement"].iloc[0] > 0.95
    assert (nodes["together"] > 0.95).all()
    assert (nodes["elsewhere"] < 0.05).all()
    assert nodes["n_members"].eq(3).all()
    same = table["community"] == table["other_community"]
    assert table.loc[same, "low"].min() > table.loc[~same, "high"].max()


def test_without_packages_all_are_one_community_and_modularity_is_nothing() -> None:
    rng = np.random.default_rng(2)
    for _ in range(5):
        table = topic_networks(*of_shares(rng.dirichlet(np.full(8, 0.5), 200)), seed=1)
        assert table["modularity"].iloc[0] < 0.02


def test_intervals_hold_the_truth() -> None:
    """The similarity in a very large sample lies in about 95 % of the intervals of small ones."""
    truth = topic_networks(*planted(20_000, seed=99), seed=1, n_resamples=0)["similarity"]
    inside = []
    for seed in range(20):
        table = topic_networks(*planted(150, seed=seed), seed=1, n_resamples=80)
        inside.append((table["low"] <= truth) & (truth <= table["high"]))
    assert 0.9 < np.mean(inside) < 0.985


def test_groups_have_networks_of_their_own_in_one_order() -> None:
    model, corpus = planted()
    table = topic_networks(model, corpus, by="source", seed=1, n_resamples=10)
    assert TOPIC_NETWORKS.problems_of(table) == []
    assert list(table.columns) == ["source", *TOPIC_NETWORKS.required]
    assert len(table) == 2 * 15
    places = table.groupby("topic")["place"].nunique()
    assert places.eq(1).all()
    assert sorted({*table["place"], *table["other_place"]}) == list(range(6))
    nodes = topic_communities(table)
    assert TOPIC_COMMUNITIES.problems_of(nodes) == []
    assert nodes.groupby("source").size().tolist() == [6, 6]
    part = topic_networks(model, corpus.where(corpus.articles["source"] == "Y"), seed=1)
    whole = table[table["source"] == "Y"]
    np.testing.assert_allclose(part["similarity"], whole["similarity"])
    first = nodes[nodes["community"] == 0].groupby("source")["share"].sum()
    assert (first > 0.5).all()


def test_the_numbers_of_a_topic_are_means_over_its_community() -> None:
    table = topic_networks(*planted(100, weight=1.0), seed=3, n_resamples=30)
    nodes = topic_communities(table).set_index("topic")
    similar, together = np.full((2, 6, 6), np.nan)
    for row in table.itertuples():
        for one, other in itertools.permutations((row.topic, row.other)):
            similar[one, other], together[one, other] = row.similarity, row.together
    for topic, row in nodes.iterrows():
        others = [o for o in nodes.index[nodes["community"] == row["community"]] if o != topic]
        assert row["n_members"] == len(others) + 1
        assert row["similarity"] == pytest.approx(similar[topic, others].mean(), nan_ok=True)
        assert row["together"] == pytest.approx(together[topic, others].mean(), nan_ok=True)
        away = [
            together[topic, nodes.index[nodes["community"] == other]].mean()
            for other in set(nodes["community"]) - {row["community"]}
        ]
        assert row["elsewhere"] == pytest.approx(max(away, default=np.nan), nan_ok=True)


def test_copies_are_drawn_whole_and_count_for_nothing_new() -> None:
    shares = planted(80)[0].article_topic
    model, corpus = of_shares(np.vstack([shares, shares]), story=[*range(80), *range(80)])
    whole, single = (
        topic_networks(model, corpus, seed=1, n_resamples=400, unit=unit)
        for unit in ("story", "doc_id")
    )
    np.testing.assert_allclose(whole["similarity"], single["similarity"])
    ratio = ((whole["high"] - whole["low"]) / (single["high"] - single["low"])).mean()
    assert 1.25 < ratio < 1.6  # the square root of 2


def test_the_seed_decides_and_without_samples_nothing_is_said_of_chance() -> None:
    model, corpus = planted(60)
    one, two, three = (topic_networks(model, corpus, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, two)
    assert not np.allclose(one["low"], three["low"])
    none = topic_networks(model, corpus, seed=1, n_resamples=0)
    assert none[["low", "high", "together", "agreement"]].isna().all(axis=None)
    np.testing.assert_allclose(none["similarity"], one["similarity"])
    assert TOPIC_NETWORKS.problems_of(none) == []
    assert topic_communities(none)["together"].isna().all()


def test_articles_without_terms_and_empty_groups() -> None:
    shares = planted(20)[0].article_topic.copy()
    shares[1::2] = np.nan
    table = topic_networks(*of_shares(shares), by="source", seed=1, n_resamples=3)
    assert table.groupby("source")["n_articles"].first().tolist() == [10, 0]
    empty = table[table["source"] == "Y"]
    assert empty["similarity"].eq(0).all()
    assert empty[["share", "low", "together"]].isna().all(axis=None)


def test_of_a_real_model() -> None:
    corpus = build_corpus(make_articles(200, seed=1))
    model = fit_topics(corpus, n_topics=6, seed=1, engine="nmf")
    nodes = topic_communities(topic_networks(model, corpus, seed=1, unit="story", n_resamples=20))
    np.testing.assert_allclose(nodes["share"].sum(), 1)


def test_errors() -> None:
    model, corpus = planted(20)
    assert said(model, corpus, measure="cosin", seed=1) == (
        "topic_networks: measure='cosin' is not one of 'cosine', 'correlation'. "
        "Did you mean 'cosine'?"
    )
    assert said(model, corpus, unit="story", seed=1) == (
        "topic_networks: unit='story' is not a column of the articles. "
        "They have 'doc_id', 'source', 'text'."
    )
    planted_frame = corpus.articles.assign(place=1, story=None)
    other = dataclasses.replace(corpus, _articles=planted_frame)
    assert said(model, other, by="place", seed=1) == (
        "topic_networks: by='place' is also a column of the result. "
        "Rename that column of the articles before build_corpus()."
    )
    assert said(model, other, unit="story", seed=1) == (
        "topic_networks: 20 of 20 articles have no value of unit='story'. "
        "Give each of them one, for example its doc_id."
    )
    assert said(model, corpus, seed=-1) == (
        "topic_networks: seed=-1 is not a whole number of 0 or more. Pass for example seed=1."
    )
    two = of_shares(np.full((4, 2), 0.5))
    assert said(*two, seed=1) == (
        "topic_networks: a model of 2 topics has no network. Fit 3 topics or more with "
        "fit_topics()."
    )
    with pytest.raises(ValueError, match="topic_communities") as caught:
        topic_communities(pd.DataFrame({"topic": [1]}))
    assert str(caught.value).startswith("topic_communities: the table has no column 'label', ")
