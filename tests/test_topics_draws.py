"""How sure a model is of its shares: draws from its posterior, and other fits."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.compare import compare
from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.measure import Measure
from framing.topics import TopicModel, fit_topics, measure_topics, predict_topics
from framing.topics.matching import match_topics

ALPHA = [0.2, 0.3]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return build_corpus(make_articles(120, seed=5))


def with_posterior(corpus: Corpus, n_tokens: int = 20) -> TopicModel:
    """Two topics by hand, with a Dirichlet prior; the first article has no term."""
    rng = np.random.default_rng(1)
    shares = rng.dirichlet([0.5, 0.5], len(corpus))
    shares[0] = np.nan
    tokens = np.full(len(corpus), n_tokens)
    tokens[0] = 0
    return TopicModel(
        np.array([[0.75, 0.25], [0.125, 0.875]]),
        shares,
        pd.Index(["war", "talks"], dtype="str"),
        pd.Index(corpus.articles["doc_id"], dtype="str"),
        ("War", "Talks"),
        tokens,
        {"engine": "hand", "seed": 7, "corpus": corpus.fingerprint, "priors": {"alpha": ALPHA}},
    )


def of_draws(measure: Measure) -> np.ndarray:
    return np.stack([draw.toarray() for draw in measure.draws])


def said(*arguments: Any, **options: Any) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        measure_topics(*arguments, **options)
    return str(caught.value)


def test_draws_have_the_moments_of_the_dirichlet(corpus: Corpus) -> None:
    model = with_posterior(corpus)
    draws = of_draws(measure_topics(model, corpus, n_draws=2_000))[:, 1:]
    mean = model.article_topic[1:]
    np.testing.assert_allclose(draws.sum(axis=2), 1)
    np.testing.assert_allclose(draws.mean(axis=0), mean, atol=0.02)
    variance = mean * (1 - mean) / (20 + sum(ALPHA) + 1)
    np.testing.assert_allclose(draws.var(axis=0), variance, atol=0.002)


def test_an_article_without_terms_has_nothing_in_any_draw(corpus: Corpus) -> None:
    measure = measure_topics(with_posterior(corpus), corpus)
    assert len(measure.draws) == 25
    assert (of_draws(measure)[:, 0] == 0).all()
    assert measure.denominators[0] == 0


def test_settings_say_where_the_draws_come_from(corpus: Corpus) -> None:
    model = with_posterior(corpus)
    assert measure_topics(model, corpus).settings["draws"] == "posterior"
    none = measure_topics(model, corpus, n_draws=0)
    assert (none.settings["draws"], none.settings["n_draws"], none.draws) == ("none", 0, ())
    refits = measure_topics(model, corpus, refits=[model, model])
    assert (refits.settings["draws"], refits.settings["n_draws"]) == ("refits", 2)


def test_the_same_model_draws_the_same_and_parts_draw_their_part(corpus: Corpus) -> None:
    model = with_posterior(corpus)
    whole = measure_topics(model, corpus)
    np.testing.assert_array_equal(of_draws(whole), of_draws(measure_topics(model, corpus)))
    mask = corpus.articles["source"] == "Herald"
    part = measure_topics(model, corpus.where(mask))
    np.testing.assert_array_equal(of_draws(part), of_draws(whole)[:, mask])


def test_intervals_are_wider_by_what_the_draws_add(corpus: Corpus) -> None:
    model = with_posterior(corpus, n_tokens=3)
    options: dict[str, Any] = {"by": "source", "seed": 1, "n_resamples": 0}
    wide = compare(measure_topics(model, corpus, n_draws=400), **options)
    narrow = compare(measure_topics(model, corpus, n_draws=0), **options)
    assert wide["estimate"].tolist() == narrow["estimate"].tolist()
    ratio = (wide["high"] - wide["low"]) / (narrow["high"] - narrow["low"])
    # An article's variance is near 1/8 beside 1/8 / 4.5 of its posterior: a fifth more.
    assert ratio.between(1.04, 1.2).all()


def test_a_model_that_brings_draws_gives_these(corpus: Corpus) -> None:
    model = with_posterior(corpus)
    own = np.random.default_rng(2).dirichlet([1, 1], (5, len(corpus))).astype(np.float32)
    model = dataclasses.replace(model, draws=own)
    draws = of_draws(measure_topics(model, corpus))
    np.testing.assert_allclose(draws[:, 1:], own[:, 1:])
    assert len(measure_topics(model, corpus, n_draws=3).draws) == 3
    assert measure_topics(model, corpus, n_draws=0).draws == ()


def test_a_model_without_a_posterior_has_no_draws(corpus: Corpus) -> None:
    model = fit_topics(corpus, n_topics=3, seed=1, engine="nmf")
    assert measure_topics(model, corpus).draws == ()


def test_refits_are_turned_to_the_order_of_the_model(corpus: Corpus) -> None:
    model = with_posterior(corpus)
    turned = dataclasses.replace(
        model, topic_term=model.topic_term[::-1].copy(),
        article_topic=(model.article_topic[:, ::-1] * 0.5 + 0.25),
    )  # fmt: skip
    draws = of_draws(measure_topics(model, corpus, refits=[model, turned]))
    np.testing.assert_allclose(draws[0, 1:], model.article_topic[1:])
    np.testing.assert_allclose(draws[1, 1:], model.article_topic[1:] * 0.5 + 0.25)


def test_refits_on_halves_of_the_articles_are_inferred_for_all(corpus: Corpus) -> None:
    model = fit_topics(corpus, n_topics=3, seed=1, engine="nmf")
    halves = np.arange(len(corpus)) % 2 == 0
    refits = [
        fit_topics(corpus.where(half), n_topics=3, seed=2, engine="nmf")
        for half in (halves, ~halves)
    ]
    measure = measure_topics(model, corpus, refits=refits)
    draws = of_draws(measure)
    np.testing.assert_allclose(draws.sum(axis=2), 1)
    for draw, refit in zip(draws, refits, strict=True):
        partner, _ = match_topics(model, refit)
        inferred = predict_topics(refit, corpus).pivot_table(
            index="doc_id", columns="topic", values="share"
        )
        np.testing.assert_allclose(draw, inferred.loc[corpus.articles["doc_id"], partner])
    without = compare(measure_topics(model, corpus), by="source", seed=1, n_resamples=0)
    table = compare(measure, by="source", seed=1, n_resamples=0)
    width, before = (one["high"] - one["low"] for one in (table, without))
    assert (width >= before).all()
    assert width.mean() > 1.02 * before.mean()


def test_errors(corpus: Corpus) -> None:
    model = with_posterior(corpus)
    other = fit_topics(corpus, n_topics=3, seed=1, engine="nmf")
    assert said(model, corpus, n_draws=-1) == (
        "measure_topics: n_draws=-1 is below 0. Pass 0 or more."
    )
    assert said(model, corpus, n_draws=1) == (
        "measure_topics: n_draws=1 does not tell how draws vary. Pass 2 or more, or 0 for none."
    )
    assert said(model, corpus, refits=[model]) == (
        "measure_topics: refits has 1 model. Pass two or more."
    )
    assert said(model, corpus, refits=[model, other]) == (
        "measure_topics: refits has a model of 3 topics, the model has 2. "
        "Fit all of them with the same n_topics."
    )
    assert said(model, corpus, refits=[model, "model"]) == (
        "measure_topics: refits has str, not only models. Pass models of fit_topics()."
    )
