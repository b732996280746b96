"""Structural and seeded topic models: covariates matter, groups word topics, words make topics."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.datasets.made_words import TOPICS
from framing.topics import TopicModel, topic_stability
from framing.topics.design import design
from framing.topics.inference import draw_shares, predict_topics
from framing.topics.seeded import fit_seeded_topics
from framing.topics.structural import fit_structural_topics

WHERE = "fit_structural_topics"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return build_corpus(make_articles(300, seed=1, copies=0))


@pytest.fixture(scope="module")
def model(corpus: Corpus) -> TopicModel:
    return fit_structural_topics(corpus, 6, seed=1, prevalence="source + date")


def worded() -> Corpus:
    """Two subjects; on war, half of the articles say other words than the others."""
    rng = np.random.default_rng(1)
    war, trade = ["army", "front", "tank", "shell"], ["price", "market", "import", "tariff"]
    own = {"North": ["hero", "liberate"], "South": ["bandit", "invade"]}
    rows = []
    for number in range(120):
        group = "North" if number % 2 else "South"
        subject = war if number % 4 < 2 else trade
        text = rng.choice(subject, 30).tolist()
        text += rng.choice(own[group], 10).tolist() if subject is war else ["deal"] * 4
        rows.append({"doc_id": f"a{number:03d}", "text": " ".join(text), "side": group})
    return build_corpus(pd.DataFrame(rows), fields=["text"])


def test_planted_topics_are_found(model: TopicModel) -> None:
    mass = np.array(
        [model.topic_term[:, model.vocabulary.isin(terms)].sum(axis=1) for terms in TOPICS.values()]
    )
    assert (mass.max(axis=1) / mass[:, mass.argmax(axis=1)].sum(axis=0)).min() > 0.8


def test_what_the_model_is(model: TopicModel, corpus: Corpus) -> None:
    settings = model.settings
    assert (settings["engine"], settings["n_topics"], settings["seed"]) == ("stm", 6, 1)
    assert settings["prevalence"] == "source + date"
    assert settings["covariates"] == [
        "source[T.Gazette]", "source[T.Herald]", "source[T.Tribune]", "date",
    ]  # fmt: skip
    assert settings["content"] is None
    assert settings["converged"] is True
    assert settings["fit_measure"] == "variational bound per token"
    assert re.match(r"topica \d+\.\d+", settings["version"])
    assert settings["corpus"] == corpus.fingerprint
    assert model.topic_term_by == {}
    np.testing.assert_allclose(model.topic_term.sum(axis=1), 1, rtol=1e-12)
    np.testing.assert_allclose(model.article_topic.sum(axis=1), 1, rtol=1e-12)
    assert (np.diff(model.article_topic.sum(axis=0)) <= 0).all()


def test_draws_lie_around_the_shares(model: TopicModel) -> None:
    assert model.draws is not None
    assert model.draws.shape == (25, 300, 6)
    np.testing.assert_allclose(model.draws.sum(axis=2), 1, rtol=1e-5)
    # Log-ratios of two topics are normal around those of the shares: their means over 25 draws
    # lie off by a fifth of the draws' spread.
    ratios = np.log(model.draws[:, :, 0] / model.draws[:, :, 1])
    spread = ratios.std(axis=0, ddof=1)
    off = ratios.mean(axis=0) - np.log(model.article_topic[:, 0] / model.article_topic[:, 1])
    assert spread.min() > 0.05
    assert np.mean((off / spread) ** 2) == pytest.approx(1 / 25, rel=0.4)
    assert not model.draws.flags.writeable


def test_draw_shares_takes_the_models_own_draws(model: TopicModel) -> None:
    assert model.draws is not None
    found = draw_shares(model, n_draws=25, seed=3)
    assert len(found) == 25
    assert found[0].dtype == np.float64
    places = [int(np.abs(model.draws - one).max(axis=(1, 2)).argmin()) for one in found]
    assert sorted(places) == list(range(25))
    assert places != list(range(25))
    more = draw_shares(model, n_draws=60, seed=3)
    assert len(more) == 60
    np.testing.assert_array_equal(more[0], found[0])


def test_the_same_seed_gives_the_same_model(corpus: Corpus, model: TopicModel) -> None:
    again = fit_structural_topics(corpus, 6, seed=1, prevalence="source + date")
    np.testing.assert_array_equal(model.topic_term, again.topic_term)
    np.testing.assert_array_equal(model.article_topic, again.article_topic)
    assert model.draws is not None
    assert again.draws is not None
    np.testing.assert_array_equal(model.draws, again.draws)
    other = fit_structural_topics(corpus, 6, seed=2, prevalence="source + date")
    assert other.draws is not None
    assert not np.array_equal(model.draws, other.draws)


def test_articles_without_terms_are_missing_in_the_draws_too(corpus: Corpus) -> None:
    articles = make_articles(80, seed=1, copies=0)
    articles.loc[7, ["title", "text"]] = ["12", "2016"]
    model = fit_structural_topics(build_corpus(articles), 3, seed=1, prevalence=["source"])
    assert model.draws is not None
    for shares in (model.article_topic, model.draws[0], model.draws[24]):
        assert np.flatnonzero(np.isnan(shares).any(axis=1)).tolist() == [7]
    assert model.settings["prevalence"] == ["source"]


def test_without_covariates_it_is_the_correlated_model() -> None:
    model = fit_structural_topics(worded(), 2, seed=1, min_articles=1)
    assert model.settings["engine"] == "ctm"
    assert model.draws is not None
    trade = model.topic_term[:, model.vocabulary.isin(["price", "market", "import", "tariff"])]
    assert sorted(trade.sum(axis=1).round(1)) == [0.0, 0.9]


def test_groups_word_a_topic_in_their_own_way() -> None:
    corpus = worded()
    model = fit_structural_topics(corpus, 2, seed=1, content="side", min_articles=1)
    assert model.settings["engine"] == "stm"
    assert list(model.topic_term_by) == ["North", "South"]
    place = {term: number for number, term in enumerate(model.vocabulary)}
    war = int(model.topic_term[:, place["tank"]].argmax())
    north, south = (model.topic_term_by[side][war] for side in ("North", "South"))
    for own, theirs, words in ((north, south, ["hero", "liberate"]),
                               (south, north, ["bandit", "invade"])):  # fmt: skip
        for word in words:
            assert own[place[word]] > 5 * theirs[place[word]]
    assert north[place["tank"]] == pytest.approx(south[place["tank"]], rel=0.3)
    for terms in model.topic_term_by.values():
        np.testing.assert_allclose(terms.sum(axis=1), 1, rtol=1e-12)
        assert not terms.flags.writeable
    mean = np.mean(list(model.topic_term_by.values()), axis=0)
    np.testing.assert_allclose(model.topic_term, mean, rtol=1e-9)
    shares = predict_topics(model, corpus)
    assert shares["share"].notna().all()


def test_covariates_draw_the_shares_of_short_articles() -> None:
    """One ambiguous word: where the sources differ, the covariate tells which topic it is of."""
    rng = np.random.default_rng(2)
    rows = []
    for number in range(200):
        side = "North" if number % 2 else "South"
        subject = ["army", "tank", "front"] if side == "North" else ["price", "market", "tariff"]
        text = ["talks"] if number < 20 else [*rng.choice(subject, 8), "talks"]
        rows.append({"doc_id": f"a{number:03d}", "text": " ".join(text), "side": side})
    corpus = build_corpus(pd.DataFrame(rows), fields=["text"])
    model = fit_structural_topics(
        corpus, 2, seed=1, prevalence="side", min_articles=1, max_share=1, stop_words=None
    )
    war = int(model.topic_term[:, list(model.vocabulary).index("tank")].argmax())
    shares = model.article_topic[:20, war]
    assert shares[1::2].min() > 0.7
    assert shares[::2].max() < 0.3


def test_the_experiment_on_worries_about_immigration() -> None:
    """Gadarian & Albertson as in stm: intercept .444, treatment -.161 (SE .030), on stems."""
    import topica
    from gensim.parsing.porter import PorterStemmer

    from framing.words import stop_words

    answers = topica.datasets.load_gadarian()
    stem, left_out = PorterStemmer().stem, stop_words("english")
    texts = [
        " ".join(stem(word) for word in re.findall("[a-z]+", text.lower()) if word not in left_out)
        for text in answers["open.ended.response"]
    ]
    articles = pd.DataFrame(
        {
            "doc_id": [f"g{row}" for row in range(len(answers))],
            "text": texts,
            "treatment": answers["treatment"],
            "pid_rep": answers["pid_rep"],
        }
    )
    corpus = build_corpus(articles, fields=["text"])
    model = fit_structural_topics(
        corpus, 3, seed=1, prevalence="treatment * pid_rep", min_articles=3, max_share=1
    )
    assert model.settings["covariates"] == ["treatment", "pid_rep", "treatment:pid_rep"]
    there = model.n_tokens > 0
    treated = articles["treatment"].to_numpy(dtype=np.float64)[there]
    table = np.column_stack([np.ones(there.sum()), treated])
    draws = draw_shares(model, n_draws=25, seed=1)
    found = [np.linalg.lstsq(table, shares[there], rcond=None)[0] for shares in draws]
    intercepts, effects = np.mean(found, axis=0)
    fell = (effects < -0.1) & (np.abs(intercepts - 0.444) < 0.06)
    assert fell.any()
    assert effects[fell] == pytest.approx(-0.161, abs=2 * 0.030)
    stems = model.vocabulary[np.argsort(-model.topic_term[effects.argmax()])[:6]]
    assert {"job", "tax"} <= set(stems)  # what treatment makes people worry about


# Formulas


def test_design_by_hand() -> None:
    frame = pd.DataFrame(
        {
            "source": ["B", "A", "C"],
            "date": pd.to_datetime(["2024-01-03 00:00", "2024-01-01 00:00", "2024-01-01 12:00"]),
            "n": [1, 2, 3],
            "true": [True, False, True],
        }
    )
    table, names = design("f", frame, "source * n + date + true", name="formula")
    assert dict(zip(names, table.T.tolist(), strict=True)) == {
        "source[T.B]": [1, 0, 0], "source[T.C]": [0, 0, 1], "n": [1, 2, 3],
        "source[T.B]:n": [1, 0, 0], "source[T.C]:n": [0, 0, 3],
        "date": [2, 0, 0.5], "true": [1, 0, 1],
    }  # fmt: skip
    table, names = design("f", frame, ["n", "true"], name="formula")
    assert names == ["n", "true"]
    odd = frame.rename(columns={"n": "words in all"})
    assert design("f", odd, ["words in all"], name="x")[0].ravel().tolist() == [1, 2, 3]


def said(call: Any, *arguments: Any, **options: Any) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        call(*arguments, **options)
    return f"{caught.type.__name__}: {caught.value}"


def test_errors_of_formulas() -> None:
    frame = pd.DataFrame({"source": ["B", "A"], "n": [1, None]})

    def message(formula: Any) -> str:
        return said(design, "f", frame, formula, name="formula")

    assert message("source +* 2") == (
        "ValueError: f: formula='source +* 2' is not a formula. "
        "Name columns of the articles, for example 'source * days'."
    )
    assert message("1") == (
        "ValueError: f: formula='1' names no column of the articles. Pass 'source'."
    )
    assert message("sourse") == (
        "ValueError: f: formula needs the column 'sourse', which the articles lack. "
        "They have 'source', 'n'. Did you mean 'source'?"
    )
    assert message(["n"]) == (
        "ValueError: f: formula needs the column 'n', which is missing in 1 of 2 articles. Leave "
        "them out: corpus.where(corpus.articles['n'].notna())."
    )
    assert message("log(source)") == (
        "ValueError: f: formula='log(source)' cannot be computed from the articles "
        "(FactorEvaluationError). Name columns of the articles, for example 'source * days'."
    )


def test_errors_of_structural_models(corpus: Corpus) -> None:
    def message(n_topics: Any = 3, **options: Any) -> str:
        return said(fit_structural_topics, corpus, n_topics, **{"seed": 1, **options})

    assert message(1) == f"ValueError: {WHERE}: n_topics=1 is below 2. Pass 2 or more."
    assert (
        message(min_articles=0)
        == f"ValueError: {WHERE}: min_articles=0 is below 1. Pass 1 or more."
    )
    assert message(content="side") == (
        f"ValueError: {WHERE}: content needs the column 'side', which the articles lack. "
        f"They have {', '.join(repr(name) for name in corpus.articles.columns)}."
    )
    one = corpus.where(corpus.articles["source"] == "Gazette")
    assert said(fit_structural_topics, one, 3, seed=1, content="source") == (
        f"ValueError: {WHERE}: content='source' has one value, 'Gazette', so there is nothing to "
        "tell apart. Pass a column of two groups or more, or None."
    )
    assert message(400) == (
        f"ValueError: {WHERE}: n_topics=400 is more than the 300 articles or the "
        f"{(found := re.search('the ([0-9,]+) terms', message(400))) and found[1]} terms that are "
        "used. Pass a lower n_topics, or a lower min_articles."
    )


def test_a_bound_that_still_rises_is_told(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    from framing.topics import structural

    monkeypatch.setattr(structural, "EM_LIMIT", 2)
    expected = (
        f"{WHERE}: the bound was still rising after 2 steps. "
        "Pass fewer topics, or use it with care."
    )
    with pytest.warns(UserWarning, match=f"^{re.escape(expected)}$"):
        fit_structural_topics(corpus, 6, seed=1)


def test_structural_models_are_not_fitted_again_by_stability(
    model: TopicModel, corpus: Corpus
) -> None:
    assert said(topic_stability, model, corpus) == (
        "ValueError: topic_stability: the model (engine 'stm') was not made by fit_topics(), "
        "so it cannot be fitted again. Fit one with fit_topics()."
    )


# Words that make topics


@pytest.fixture(scope="module")
def seeded(corpus: Corpus) -> TopicModel:
    words = {name: list(terms[:3]) for name, terms in list(TOPICS.items())[:3]}
    return fit_seeded_topics(corpus, words, seed=1, n_more=4, passes=150)


def test_named_topics_form_around_their_words(seeded: TopicModel) -> None:
    for name, terms in list(TOPICS.items())[:3]:
        row = seeded.topic_term[seeded.labels.index(name)]
        mass = [row[seeded.vocabulary.isin(other)].sum() for other in TOPICS.values()]
        assert int(np.argmax(mass)) == list(TOPICS).index(name)
        assert row[seeded.vocabulary.isin(terms[3:12])].sum() > 0.05  # terms that were not given


def test_what_a_seeded_model_is(seeded: TopicModel) -> None:
    settings = seeded.settings
    assert (settings["engine"], settings["n_topics"], settings["passes"]) == ("keyatm", 7, 150)
    assert settings["terms"] == {name: list(terms[:3]) for name, terms in list(TOPICS.items())[:3]}
    rates = dict(zip(seeded.labels, settings["priors"]["keyword_rate"], strict=True))
    assert all((rate > 0) == (label in settings["terms"]) for label, rate in rates.items())
    assert len(settings["priors"]["alpha"]) == 7
    assert seeded.draws is not None
    assert seeded.draws.shape == (25, 300, 7)
    assert np.abs(seeded.draws.mean(axis=0) - seeded.article_topic).mean() < 0.05
    assert (np.diff(seeded.article_topic.sum(axis=0)) <= 0).all()


def test_the_same_seed_gives_the_same_seeded_model(corpus: Corpus) -> None:
    first, second, third = (
        fit_seeded_topics(corpus, {"A": ["US", "Convoy", "convoy"]}, seed=seed, n_more=2, passes=9)
        if "US" in corpus.vocabulary
        else fit_seeded_topics(corpus, {"A": ["Convoy", "convoy"]}, seed=seed, n_more=2, passes=9)
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first.topic_term, second.topic_term)
    assert not np.array_equal(first.article_topic, third.article_topic)
    assert first.settings["terms"]["A"][-1] == "convoy"


def test_errors_of_seeded_models(corpus: Corpus) -> None:
    def message(terms: Any, **options: Any) -> str:
        return said(fit_seeded_topics, corpus, terms, **{"seed": 1, "passes": 5, **options})

    n_terms = f"{len(fit_seeded_topics(corpus, {'A': ['convoy']}, seed=1, passes=1).vocabulary):,}"
    assert message(["war"]) == (
        "TypeError: fit_seeded_topics: terms is list, not a mapping of labels to words. "
        "Pass for example {'Refugees': ['refugee', 'asylum']}."
    )
    assert message({}) == (
        "ValueError: fit_seeded_topics: terms is empty. "
        "Pass for example {'Refugees': ['refugee', 'asylum']}."
    )
    assert message({"War": "war"}) == (
        "TypeError: fit_seeded_topics: the words of 'War' are 'war'. Pass a list of words for each "
        "label, for example {'Refugees': ['refugee', 'asylum']}."
    )
    assert message({"War": ["xyz", "zyx"]}) == (
        "ValueError: fit_seeded_topics: none of the words of 'War' ('xyz', 'zyx') is among the "
        f"{n_terms} terms that are used. Pass other words, a lower min_articles, "
        "or a higher max_share."
    )
    assert message({"War": ["convoy"]}, n_more=0) == (
        "ValueError: fit_seeded_topics: n_more=0 is below 1. Pass 1 or more."
    )
    expected = (
        f"fit_seeded_topics: 'xyz' are not among the {n_terms} terms that are used, "
        "so they have no part in it."
    )
    with pytest.warns(UserWarning, match=f"^{re.escape(expected)}$"):
        fit_seeded_topics(corpus, {"War": ["convoy", "xyz"]}, seed=1, passes=2)


def test_a_seeded_fit_that_still_rises_is_told(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    from framing.topics import seeded

    monkeypatch.setattr(seeded, "KEY_PASSES", 10)
    expected = (
        "fit_seeded_topics: the fit was still rising after 10 passes. Pass passes=20 for more."
    )
    with pytest.warns(UserWarning, match=f"^{re.escape(expected)}$"):
        model = fit_seeded_topics(corpus, {"War": ["convoy"]}, seed=1)
    assert model.settings["converged"] is False
