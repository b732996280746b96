"""Topic models: planted topics are found, the same each time, from nothing but the counts."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linear_sum_assignment
from threadpoolctl import threadpool_limits

from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.datasets.made_words import TOPICS
from framing.topics import TopicModel, engines, fit_topics, label_topics

ENGINES = ["tomotopy", "gensim", "sklearn", "nmf"]
SETTINGS = {
    "engine", "version", "n_topics", "seed", "stop_words", "min_articles", "max_share", "passes",
    "converged", "fit", "fit_measure", "priors", "corpus",
}  # fmt: skip


def two_subjects(n_articles: int = 24) -> pd.DataFrame:
    """Articles of which every second is about fruit, the others about tools."""
    rng = np.random.default_rng(1)
    subjects = [["apple", "pear", "plum", "cherry"], ["hammer", "nail", "saw", "plank"]]
    texts = [" ".join(rng.choice(subjects[row % 2], 30)) for row in range(n_articles)]
    ids = [f"a{row:02d}" for row in range(n_articles)]
    return pd.DataFrame({"doc_id": ids, "text": texts})


def small(texts: list[str]) -> Corpus:
    ids = [f"a{row:02d}" for row in range(len(texts))]
    return build_corpus(pd.DataFrame({"doc_id": ids, "text": texts}), fields=["text"])


@pytest.fixture(scope="module")
def made() -> pd.DataFrame:
    return make_articles(400, seed=1, copies=0)


@pytest.fixture(scope="module")
def corpus(made: pd.DataFrame) -> Corpus:
    return build_corpus(made)


@pytest.fixture(scope="module")
def tools() -> Corpus:
    return build_corpus(two_subjects(), fields=["text"])


@pytest.fixture(scope="module", params=ENGINES)
def model(request: pytest.FixtureRequest, corpus: Corpus) -> TopicModel:
    return fit_topics(corpus, n_topics=10, seed=1, engine=request.param)


def matched(model: TopicModel) -> tuple[np.ndarray, list[int]]:
    """Mass of each planted topic's terms in each topic, and the best one-to-one assignment."""
    mass = np.array(
        [model.topic_term[:, model.vocabulary.isin(terms)].sum(axis=1) for terms in TOPICS.values()]
    )
    return mass, linear_sum_assignment(-mass)[1].tolist()


# What is found


@pytest.mark.parametrize("engine", ENGINES)
def test_two_subjects_are_two_topics(tools: Corpus, engine: str) -> None:
    model = fit_topics(tools, 2, seed=1, engine=engine, min_articles=1, max_share=1)
    fruit = ["apple", "pear", "plum", "cherry"]
    mass = model.topic_term[:, model.vocabulary.isin(fruit)].sum(axis=1)
    assert sorted(mass.round(1)) == [0.0, 1.0]
    about_fruit = model.article_topic[:, mass.argmax()] > 0.5
    assert about_fruit.tolist() == [row % 2 == 0 for row in range(24)]


def test_planted_topics_are_found(model: TopicModel, made: pd.DataFrame) -> None:
    mass, topics = matched(model)
    purity = mass[range(len(TOPICS)), topics] / mass[:, topics].sum(axis=0)
    assert purity.min() > 0.9
    planted = made["topic"].map(list(TOPICS).index).to_numpy()
    assert (model.article_topic[:, topics].argmax(axis=1) == planted).mean() > 0.9


def test_planted_terms_lead_their_topic_in_their_order(model: TopicModel) -> None:
    _, topics = matched(model)
    for terms, topic in zip(TOPICS.values(), topics, strict=True):
        places = model.vocabulary.get_indexer(pd.Index(terms))
        chances = model.topic_term[topic, places[places >= 0]]
        assert chances[:5].mean() > chances[5:15].mean() > chances[15:].mean()


def test_topics_are_ordered_by_size(model: TopicModel) -> None:
    assert (np.diff(model.article_topic.sum(axis=0)) <= 0).all()


def test_rows_sum_to_one(model: TopicModel) -> None:
    assert (model.topic_term >= 0).all()
    assert (model.article_topic >= 0).all()
    np.testing.assert_allclose(model.topic_term.sum(axis=1), 1, rtol=1e-12)
    np.testing.assert_allclose(model.article_topic.sum(axis=1), 1, rtol=1e-12)


def test_topics_and_articles_belong_together(model: TopicModel, corpus: Corpus) -> None:
    """The mixture of an article's topics gives its terms more chance than another article's."""
    from framing.corpus import document_term_matrix

    places = corpus.vocabulary.get_indexer(model.vocabulary)
    counts = document_term_matrix(corpus)[:, places].toarray()
    own = model.article_topic @ np.log(model.topic_term + 1e-6)
    others = np.roll(own, 1, axis=0)
    assert ((counts * own).sum(axis=1) > (counts * others).sum(axis=1)).mean() > 0.75


@pytest.mark.parametrize("engine", ENGINES)
def test_more_passes_fit_better(corpus: Corpus, engine: str) -> None:
    first, second = (
        fit_topics(corpus, 10, seed=1, engine=engine, passes=passes).settings["fit"]
        for passes in (1, 4)
    )
    assert second > first


# Same input, same numbers


@pytest.mark.parametrize("engine", ENGINES)
def test_same_corpus_and_seed_give_the_same_model(corpus: Corpus, engine: str) -> None:
    def fit() -> TopicModel:
        return fit_topics(corpus, 10, seed=5, engine=engine, passes=3 if engine == "gensim" else 40)

    first, second = fit(), fit()
    np.testing.assert_array_equal(first.topic_term, second.topic_term)
    np.testing.assert_array_equal(first.article_topic, second.article_topic)
    assert first.settings == second.settings


@pytest.mark.parametrize("engine", ["tomotopy", "gensim"])
def test_another_seed_gives_another_model(tools: Corpus, engine: str) -> None:
    first, second = (
        fit_topics(tools, 3, seed=seed, engine=engine, min_articles=1, passes=5) for seed in (1, 2)
    )
    assert not np.array_equal(first.article_topic, second.article_topic)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_callers_world_is_left_alone(tools: Corpus, engine: str) -> None:
    articles, fingerprint = tools.articles.copy(deep=True), tools.fingerprint
    codes, random = tools.codes.copy(), np.random.get_state()[1].copy()  # noqa: NPY002 - is watched
    fit_topics(tools, 2, seed=1, engine=engine, min_articles=1, passes=2)
    pd.testing.assert_frame_equal(tools.articles, articles)
    np.testing.assert_array_equal(tools.codes, codes)
    np.testing.assert_array_equal(np.random.get_state()[1], random)  # noqa: NPY002 - is watched
    assert tools.fingerprint == fingerprint


@pytest.mark.parametrize("engine", ENGINES)
def test_only_tokens_count(tools: Corpus, engine: str) -> None:
    frame = tools.articles.assign(text="nothing", source="X", date=pd.Timestamp("2024-01-01"))
    other = dataclasses.replace(tools, _articles=frame)
    first, second = (
        fit_topics(corpus, 2, seed=1, engine=engine, min_articles=1, passes=4)
        for corpus in (tools, other)
    )
    np.testing.assert_array_equal(first.topic_term, second.topic_term)
    np.testing.assert_array_equal(first.article_topic, second.article_topic)


# What goes in


def test_terms_that_are_used() -> None:
    texts = ["The F-16 of 2016 and 48-hour U.S. talks x"] * 3 + ["talks"] * 5 + ["rare talks"]
    corpus = small([*texts, "…"])
    model = fit_topics(corpus, 2, seed=1, engine="nmf", min_articles=3, max_share=0.5, passes=2)
    assert set(model.vocabulary) == {"f-16", "US"}
    every = fit_topics(
        corpus, 2, seed=1, engine="nmf", stop_words=None, min_articles=1, max_share=1, passes=2
    )
    assert set(every.vocabulary) == {"the", "f-16", "of", "and", "US", "talks", "rare"}
    own = fit_topics(corpus, 2, seed=1, engine="nmf", stop_words=["Of", "U.S."],
                     min_articles=3, passes=2)  # fmt: skip
    assert set(own.vocabulary) == {"the", "f-16", "and"}
    assert own.settings["stop_words"] == ["Of", "U.S."]


def test_the_share_is_of_articles_that_have_words() -> None:
    corpus = small(["war peace"] * 2 + ["war truce"] * 2 + ["..."] * 20)
    model = fit_topics(corpus, 2, seed=1, engine="nmf", min_articles=1, passes=2)
    assert set(model.vocabulary) == {"peace", "truce"}


def test_vocabulary_keeps_the_order_of_the_corpus(model: TopicModel, corpus: Corpus) -> None:
    assert (np.diff(corpus.vocabulary.get_indexer(model.vocabulary)) > 0).all()


@pytest.mark.parametrize("engine", ENGINES)
def test_articles_without_terms_have_missing_shares(engine: str) -> None:
    articles = two_subjects()
    articles.loc[[3, 7], "text"] = ["", "the and of 2016"]
    corpus = build_corpus(articles, fields=["text"])
    model = fit_topics(corpus, 2, seed=1, engine=engine, min_articles=1, max_share=1, passes=20)
    missing = np.isnan(model.article_topic)
    assert np.flatnonzero(missing.any(axis=1)).tolist() == [3, 7]
    assert missing[[3, 7]].all()
    assert model.doc_ids.tolist() == articles["doc_id"].tolist()


def test_a_part_of_the_corpus_can_be_fitted(corpus: Corpus) -> None:
    part = corpus.where(corpus.articles["source"] == "Gazette")
    model = fit_topics(part, 4, seed=1, engine="nmf")
    assert model.article_topic.shape == (len(part), 4)
    assert len(model.vocabulary) < len(corpus.vocabulary)


def test_nmf_has_the_same_numbers_in_any_number_of_threads() -> None:
    corpus = build_corpus(make_articles(800, seed=1))
    found = []
    for n_threads in (1, 2):
        with threadpool_limits(n_threads):
            found.append(fit_topics(corpus, 20, seed=1, engine="nmf", passes=20).topic_term)
    np.testing.assert_array_equal(*found)


def test_an_article_that_no_nmf_topic_explains_has_equal_shares() -> None:
    weights = engines.rows_to_one(np.array([[2.0, 6.0], [0.0, 0.0]]))
    assert weights.tolist() == [[0.25, 0.75], [0.5, 0.5]]


# What it is


def test_repr_says_sizes(model: TopicModel) -> None:
    engine = model.settings["engine"]
    sizes = f"10 topics, 400 articles, {len(model.vocabulary):,} terms"
    assert repr(model) == f"TopicModel({sizes}, engine {engine!r}, seed 1)"


def test_the_model_cannot_be_changed(model: TopicModel) -> None:
    for array in (model.topic_term, model.article_topic):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        model.labels = ()  # type: ignore[misc]
    with pytest.raises(TypeError, match="does not support item assignment"):
        model.settings["seed"] = 2  # type: ignore[index]


def test_settings_tell_what_was_run(model: TopicModel, corpus: Corpus) -> None:
    settings = model.settings
    assert set(settings) == SETTINGS
    assert settings["corpus"] == corpus.fingerprint
    assert (settings["n_topics"], settings["seed"]) == (10, 1)
    assert (settings["stop_words"], settings["converged"]) == ("english-1", True)
    assert re.match(r"(tomotopy|gensim|scikit-learn) \d+\.\d+", settings["version"])
    if settings["engine"] != "nmf":
        assert len(settings["priors"]["alpha"]) == 10
        learned = settings["engine"] != "sklearn"  # whose priors stay as they are
        assert (settings["priors"]["alpha"] != [engines.ALPHA] * 10) == learned


def test_settings_are_plain_enough_for_json(model: TopicModel) -> None:
    import json

    assert json.loads(json.dumps(dict(model.settings))) == model.settings


def test_the_priors_stand_in_the_order_of_the_topics(corpus: Corpus) -> None:
    model = fit_topics(corpus, 10, seed=1)
    sizes, alpha = model.article_topic.sum(axis=0), model.settings["priors"]["alpha"]
    assert np.corrcoef(sizes, alpha)[0, 1] > 0.9


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("passes", [1, 3, 25])
def test_passes_are_made_as_asked(tools: Corpus, engine: str, passes: int) -> None:
    model = fit_topics(tools, 2, seed=1, engine=engine, min_articles=1, passes=passes)
    assert model.settings["passes"] == passes


def test_labels_are_the_first_three_terms(model: TopicModel) -> None:
    for topic, label in enumerate(model.labels):
        first = np.argsort(-model.topic_term[topic], kind="stable")[:3]
        assert label == ", ".join(model.vocabulary[first])


def test_equal_labels_are_told_apart() -> None:
    from framing.topics.model import _distinct

    assert _distinct(["a, b", "c, d", "a, b"]) == ["a, b", "c, d", "a, b (2)"]


def test_label_topics_gives_a_new_model(model: TopicModel) -> None:
    before = model.labels
    named = label_topics(model, {1: "The army", 0: "Money"})
    assert named.labels == ("Money", "The army", *before[2:])
    assert model.labels == before
    assert named.topic_term is model.topic_term
    assert named.settings == model.settings


# Errors and warnings


def said(call: Any, *arguments: Any, **options: Any) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        call(*arguments, **options)
    return f"{caught.type.__name__}: {caught.value}"


def test_errors_of_fit_topics(tools: Corpus) -> None:
    def message(n_topics: Any = 2, **options: Any) -> str:
        return said(fit_topics, options.pop("corpus", tools), n_topics, **{"seed": 1, **options})

    assert message(corpus=[["a"]]) == (
        "TypeError: fit_topics: corpus is list, not a Corpus. Pass what build_corpus() returns."
    )
    assert message(2.5) == (
        "TypeError: fit_topics: n_topics=2.5 is not a whole number. Pass for example 30."
    )
    assert message(1) == "ValueError: fit_topics: n_topics=1 is below 2. Pass 2 or more."
    assert message(seed=-1) == (
        "TypeError: fit_topics: seed=-1 is not a whole number of 0 or more. "
        "Pass for example seed=1."
    )
    assert message(seed=2**32) == (
        "ValueError: fit_topics: seed=4294967296 is above 4,294,967,295. Pass for example seed=1."
    )
    assert message(engine="tomatopy") == (
        "ValueError: fit_topics: engine='tomatopy' is not one of 'tomotopy', 'gensim', 'sklearn', "
        "'nmf'. Did you mean 'tomotopy'?"
    )
    assert message(min_articles=0) == (
        "ValueError: fit_topics: min_articles=0 is below 1. Pass 1 or more."
    )
    assert message(max_share=0) == (
        "ValueError: fit_topics: max_share=0 is not above 0 and at most 1. Pass 0.5."
    )
    assert message(max_share=50) == (
        "ValueError: fit_topics: max_share=50 is not above 0 and at most 1. Pass 0.5."
    )
    assert message(passes=0) == "ValueError: fit_topics: passes=0 is below 1. Pass 1 or more."
    assert message(stop_words="klingon") == (
        "ValueError: stop_words: name='klingon' is not one of 'english'. For another language pass "
        "words of your own, as in build_corpus(…, stop_words=['der', 'die'])."
    )
    assert message(min_articles=30) == (
        "ValueError: fit_topics: none of the 8 terms is left of 24 articles with min_articles=30 "
        "and max_share=0.5. Pass a lower min_articles, a higher max_share, or more articles."
    )
    assert message(9) == (
        "ValueError: fit_topics: n_topics=9 is more than the 24 articles or the 8 terms that are "
        "used. Pass a lower n_topics, or a lower min_articles."
    )


def test_errors_of_label_topics(model: TopicModel) -> None:
    assert said(label_topics, model, ["War"]) == (
        "TypeError: label_topics: labels is list, not a mapping. "
        "Pass for example {0: 'War in Syria'}."
    )
    assert said(label_topics, model, {10: "War"}) == (
        "ValueError: label_topics: 10 is not a topic of the model. It has the topics 0 to 9."
    )
    assert said(label_topics, model, {3: " "}) == (
        "TypeError: label_topics: the label of topic 3 is ' ', not text. "
        "Pass for example {0: 'War in Syria'}."
    )
    assert said(label_topics, model, {3: "War", 4: "War"}) == (
        "ValueError: label_topics: 'War' would be the label of more than one topic. "
        "Give each topic a label of its own."
    )


def test_a_fit_that_still_rises_is_told(tools: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "GIBBS_LIMIT", 60)
    expected = "fit_topics: the fit was still rising after 60 passes. Pass passes=120 for more."
    with pytest.warns(UserWarning, match=f"^{re.escape(expected)}$"):
        model = fit_topics(tools, 2, seed=1, min_articles=1)
    assert model.settings["converged"] is False
