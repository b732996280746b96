"""Numbers of topics, and topics that come again: on corpora whose topics are known."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest

from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.topics import TopicModel, choose_n_topics, fit_topics, topic_stability
from framing.topics.choice import BETTER, FRONTIER, _frontier, completion
from framing.topics.inference import alpha_of, draw_shares, fold_in, model_counts, predict_topics
from framing.topics.matching import match_topics, similarities


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Synthetic: 200 articles of four topics with twenty words each, mostly of one topic."""
    rng = np.random.default_rng(1)
    letters = "abcdefghijklmnopqrst"
    words = np.array(
        [[f"{topic}{letter}" for letter in letters] for topic in ("wa", "ai", "ec", "el")]
    )
    texts = []
    for shares in rng.dirichlet([0.1] * 4, size=200):
        topics = rng.choice(4, size=60, p=shares)
        texts.append(" ".join(words[topics, rng.integers(20, size=60)]))
    keys = [f"a{number}" for number in range(200)]
    source = np.where(np.arange(200) % 2, "Herald", "Gazette")
    articles = pd.DataFrame({"doc_id": keys, "source": source, "text": texts})
    return build_corpus(articles, fields=["text"], language=None)


@pytest.fixture(scope="module")
def model(corpus: Corpus) -> TopicModel:
    return fit_topics(corpus, 4, seed=1)


def with_terms(model: TopicModel, topic_term: np.ndarray) -> TopicModel:
    labels = tuple(str(topic) for topic in range(len(topic_term)))
    return dataclasses.replace(model, topic_term=topic_term, labels=labels)


def test_topics_in_another_order_are_matched(model: TopicModel) -> None:
    order = [2, 0, 3, 1]
    partner, cosine = match_topics(model, with_terms(model, model.topic_term[order]))
    assert [order[other] for other in partner] == [0, 1, 2, 3]
    assert cosine == pytest.approx(np.ones(4))


def test_a_topic_without_a_partner_is_told(model: TopicModel) -> None:
    partner, cosine = match_topics(model, with_terms(model, model.topic_term[[3, 1]]))
    assert partner.tolist() == [-1, 1, -1, 0]
    assert cosine.tolist() == pytest.approx([0, 1, 0, 1])


def test_a_term_that_a_model_lacks_counts_as_never_used(model: TopicModel) -> None:
    one = dataclasses.replace(
        with_terms(model, np.array([[0.6, 0.4]])), vocabulary=pd.Index(["a", "b"])
    )
    other = dataclasses.replace(
        with_terms(model, np.array([[0.8, 0.2]])), vocabulary=pd.Index(["b", "c"])
    )
    expected = 0.4 * 0.8 / np.hypot(0.6, 0.4) / np.hypot(0.8, 0.2)
    assert similarities(one, other) == pytest.approx(np.array([[expected]]))


def test_planted_topics_come_again_with_another_seed(corpus: Corpus, model: TopicModel) -> None:
    table = topic_stability(model, corpus, seeds=[5])
    assert table.groupby("against").size().to_dict() == {"articles": 4, "seed": 4}
    assert (table["fit_seed"] == 5).all()
    assert table["cosine"].min() > 0.9
    assert table["shared_terms"].between(5, 10).all()


def test_topics_of_noise_do_not_come_again() -> None:
    rng = np.random.default_rng(1)
    words = [f"w{letter}{other}" for letter in "abcdefgh" for other in "abcdefgh"]
    texts = [" ".join(rng.choice(words, 40)) for _ in range(150)]
    ids = [str(number) for number in range(len(texts))]
    noise = build_corpus(pd.DataFrame({"doc_id": ids, "text": texts}), fields=["text"])
    table = topic_stability(fit_topics(noise, 6, seed=1, passes=100), noise, seeds=[2, 3])
    assert table["cosine"].median() < 0.8


def test_fits_of_fewer_passes_are_other_fits(corpus: Corpus, model: TopicModel) -> None:
    few = topic_stability(model, corpus, seeds=[5], passes=1)
    assert few["cosine"].mean() < topic_stability(model, corpus, seeds=[5])["cosine"].mean()
    once = fit_topics(corpus, 4, seed=5, passes=1)
    cosine = match_topics(model, once)[1]
    assert few.loc[few["against"] == "seed", "cosine"].to_numpy() == pytest.approx(cosine)


def test_stability_messages(corpus: Corpus, model: TopicModel) -> None:
    expected = (
        "topic_stability: seeds=[1] must be one or more different seeds, none of them the model's "
        "own, 1. Pass for example seeds=[2, 3]."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
        topic_stability(model, corpus, seeds=[1])
    expected = "topic_stability: passes=0 is below 1. Pass 1 or more."
    with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
        topic_stability(model, corpus, seeds=[5], passes=0)
    own = dataclasses.replace(model, settings={"engine": "mine", "seed": 1, "corpus": ""})
    expected = (
        "topic_stability: the model (engine 'mine') was not made by fit_topics(), so it cannot be "
        "fitted again. Fit one with fit_topics()."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
        topic_stability(own, corpus)


@pytest.fixture(scope="module")
def choice(corpus: Corpus) -> pd.DataFrame:
    return choose_n_topics(corpus, [8, 2, 4], seeds=[1, 2], passes=60)


def mean(choice: pd.DataFrame, measure: str) -> pd.Series:
    return choice[choice["measure"] == measure].groupby("n_topics")["score"].mean()


def test_every_number_seed_and_measure_has_a_row(choice: pd.DataFrame) -> None:
    assert len(choice) == 3 * 2 * len(BETTER)
    assert choice["n_topics"].is_monotonic_increasing
    assert set(choice["better"]) == {"higher", "lower"}
    assert (choice["n_held_out"] == 20).all()
    missing = choice[choice["score"].isna()]
    assert set(missing["measure"]) == {"stability_articles"}
    assert set(missing["seed"]) == {2}


def test_the_planted_number_fits_better_than_fewer_topics(choice: pd.DataFrame) -> None:
    held_out = mean(choice, "held_out")
    assert held_out[4] > held_out[2]
    assert mean(choice, "stability_seeds")[4] > 0.9


def test_more_topics_than_there_are_do_not_come_again(choice: pd.DataFrame) -> None:
    stability = mean(choice, "stability_seeds")
    assert stability[4] > stability[8]


def test_frontier_by_hand() -> None:
    points = {2: (1, 1, 1, 1), 4: (2, 2, 2, 1), 8: (3, 0, 3, 0)}
    rows = [
        (n_topics, measure, score)
        for n_topics, scores in points.items()
        for measure, score in zip(FRONTIER, scores, strict=True)
    ]
    assert _frontier(pd.DataFrame(rows, columns=["n_topics", "measure", "score"])) == [4, 8]


def test_without_groups_nothing_is_bound(corpus: Corpus) -> None:
    table = choose_n_topics(corpus, [2], seeds=[1, 2], engine="nmf", by=None)
    assert table.loc[table["measure"] == "bound", "score"].isna().all()


def test_choice_messages(corpus: Corpus) -> None:
    expected = (
        "choose_n_topics: candidates=[4] and seeds=[1] make no comparison. Pass one number of "
        "topics or more and two different seeds or more."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
        choose_n_topics(corpus, [4], seeds=[1])
    few = corpus.where(np.arange(len(corpus)) < 10)
    expected = (
        "choose_n_topics: 10 articles are too few to hold some out. "
        "Pass a corpus of 20 articles or more."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
        choose_n_topics(few, [2])


def test_fold_in_equals_a_slow_loop(model: TopicModel, corpus: Corpus) -> None:
    counts = model_counts(model, corpus)
    alpha = alpha_of(model)
    found = fold_in(counts, model.topic_term, alpha)
    for row in (0, 7, 50):
        terms, n = counts[[row]].indices, counts[[row]].data
        theta = alpha / alpha.sum()
        for _ in range(500):
            new = alpha.copy()
            for term, count in zip(terms, n, strict=True):
                part = theta * model.topic_term[:, term]
                new += count * part / part.sum()
            theta = new / new.sum()
        assert found[row] == pytest.approx(theta, abs=0.002)


def test_articles_of_the_model_get_about_the_shares_they_have(
    model: TopicModel, corpus: Corpus
) -> None:
    table = predict_topics(model, corpus)
    shares = table["share"].to_numpy().reshape(-1, 4)
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(corpus)))
    assert np.abs(shares - model.article_topic).mean() < 0.02


def test_an_article_of_unknown_words_has_no_topics(model: TopicModel) -> None:
    new = pd.DataFrame({"doc_id": ["a", "b"], "text": ["xyzzy plugh", model.vocabulary[0]]})
    table = predict_topics(model, build_corpus(new, fields=["text"]))
    assert table["n_tokens"].tolist() == [0] * 4 + [1] * 4
    assert table["share"].isna().tolist() == [True] * 4 + [False] * 4


@pytest.mark.parametrize("engine", ["tomotopy", "nmf"])
def test_articles_of_unknown_words_alone_have_no_topics(engine: str, corpus: Corpus) -> None:
    fitted = fit_topics(corpus, 3, seed=1, engine=engine, passes=10)
    new = pd.DataFrame({"doc_id": ["a", "b"], "text": ["xyzzy plugh", "plugh"]})
    table = predict_topics(fitted, build_corpus(new, fields=["text"]))
    assert table["n_tokens"].tolist() == [0] * 6
    assert table["share"].isna().all()


def test_completion_of_one_term_by_hand(model: TopicModel) -> None:
    first = dataclasses.replace(
        with_terms(model, np.array([[1.0, 0.0], [0.0, 1.0]])),
        vocabulary=pd.Index(["war", "rain"], dtype="str"),
        settings={**model.settings, "priors": {"alpha": [0.5, 0.5]}},
    )
    articles = pd.DataFrame({"doc_id": ["a"], "text": ["war war war war"]})
    held = build_corpus(articles, fields=["text"])
    # Two tokens given, so P(war) of the others is (2 + .5) / 3 in the fixed point.
    assert completion(first, held) == pytest.approx(np.log(2.5 / 3), abs=1e-3)


def test_draws_vary_about_the_shares_as_a_dirichlet_does(model: TopicModel) -> None:
    draws = np.array(draw_shares(model, n_draws=400, seed=1))
    alpha0 = alpha_of(model).sum()
    mean = model.article_topic
    spread = np.sqrt(mean * (1 - mean) / (model.n_tokens[:, None] + alpha0 + 1))
    assert draws.mean(axis=0) == pytest.approx(mean, abs=0.02)
    assert draws.std(axis=0).mean() == pytest.approx(spread.mean(), rel=0.05)
    again = np.array(draw_shares(model, n_draws=2, seed=1))
    assert (again == draws[:2]).all()


def test_nmf_gives_the_articles_it_was_fitted_on_their_shares_again() -> None:
    corpus = build_corpus(make_articles(200, seed=1))
    model = fit_topics(corpus, 6, seed=1, engine="nmf", passes=400)
    again = predict_topics(model, corpus)["share"].to_numpy().reshape(-1, 6)
    np.testing.assert_allclose(again, model.article_topic, atol=0.01)
    part = corpus.where(np.arange(len(corpus)) < 20)
    alone = predict_topics(model, part)["share"].to_numpy().reshape(-1, 6)
    np.testing.assert_allclose(alone, again[:20], atol=1e-3)
