"""Effects on topic shares: a loop, another program, the published example, and simulation."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest
import topica
from topica import datasets as topica_datasets
from topica import stm

from framing.corpus import Corpus, build_corpus
from framing.schema.topics import TOPIC_EFFECTS
from framing.topics import TopicModel, topic_effects, topic_share


def of_shares(
    shares: np.ndarray, draws: np.ndarray | None = None, **columns: Any
) -> tuple[TopicModel, Corpus]:
    n, n_topics = shares.shape
    articles = pd.DataFrame({
        "doc_id": [f"{i:05d}" for i in range(n)], "text": ["war"] * n, **columns,
    })  # fmt: skip
    corpus = build_corpus(articles, fields=["text"])
    model = TopicModel(
        np.full((n_topics, 1), 1.0), shares, pd.Index(["war"], dtype="str"),
        pd.Index(articles["doc_id"], dtype="str"), tuple(f"topic {i}" for i in range(n_topics)),
        np.where(np.isnan(shares[:, 0]), 0, 9),
        {"engine": "hand", "seed": 7, "corpus": corpus.fingerprint},
        None if draws is None else draws.astype(np.float32),
    )  # fmt: skip
    return model, corpus


def made(n: int = 90, seed: int = 1, n_draws: int = 0) -> tuple[TopicModel, Corpus]:
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet([1, 2, 3], n)
    draws = None
    if n_draws:
        draws = np.stack([rng.dirichlet([1, 2, 3], n) * 0.2 + shares * 0.8
                          for _ in range(n_draws)])  # fmt: skip
    return of_shares(
        shares, draws, source=np.array(["CNN", "TASS", "BBC"])[np.arange(n) % 3],
        length=rng.normal(0, 1, n), story=np.arange(n) // 2,
        date=pd.Timestamp("2016-01-01") + pd.to_timedelta(rng.integers(0, 100, n), unit="D"),
    )  # fmt: skip


def said(*arguments: Any, **options: Any) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        topic_effects(*arguments, **options)
    return str(caught.value)


def test_a_mean_and_a_difference_by_hand() -> None:
    """X: .2, .4; Y: .5, .9: means .3 and .7."""
    share = np.array([0.2, 0.4, 0.5, 0.9])
    model, corpus = of_shares(np.column_stack([share, 1 - share]), source=list("XXYY"))
    table = topic_effects(model, corpus, formula="source", seed=1).query("topic == 0")
    assert table["term"].tolist() == ["intercept", "source[T.Y]"]
    assert table["estimate"].tolist() == pytest.approx([0.3, 0.4])
    # Residuals ±.1 and ±.2; sums of squares over 2²; the factor 4 / 3 · 3 / 2.
    errors = np.sqrt(2 * np.array([2 * 0.01 / 4, 2 * 0.01 / 4 + 2 * 0.04 / 4]))
    assert table["std_error"].tolist() == pytest.approx(errors.tolist())
    reach = 4.302653 * errors  # t with 4 - 2 degrees of freedom
    assert table["low"].tolist() == pytest.approx((np.array([0.3, 0.4]) - reach).tolist())
    assert table["high"].tolist() == pytest.approx((np.array([0.3, 0.4]) + reach).tolist())
    assert table["n_articles"].eq(4).all()
    assert table["n_draws"].eq(0).all()
    assert table["model_part"].eq(0).all()


def test_numbers_equal_a_loop_over_draws_units_and_articles() -> None:
    model, corpus = made(n_draws=4)
    table = topic_effects(model, corpus, formula="source + length", unit="story", seed=1)
    frame = corpus.articles
    matrix = np.array([
        [1, source == "CNN", source == "TASS", length]
        for source, length in zip(frame["source"], frame["length"], strict=True)
    ], dtype=float)  # fmt: skip
    inverse = np.linalg.inv(matrix.T @ matrix)
    n_units = frame["story"].nunique()
    factor = n_units / (n_units - 1) * (90 - 1) / (90 - 4)
    for topic in range(3):
        coefficients, variances = [], []
        for draw in np.asarray(model.draws, dtype=float):
            beta = inverse @ matrix.T @ draw[:, topic]
            residual = draw[:, topic] - matrix @ beta
            meat = np.zeros((4, 4))
            for story in frame["story"].unique():
                inside = (frame["story"] == story).to_numpy()
                score = matrix[inside].T @ residual[inside]
                meat += np.outer(score, score)
            coefficients.append(beta)
            variances.append(np.diag(factor * inverse @ meat @ inverse))
        between = 1.25 * np.var(coefficients, axis=0, ddof=1)
        variance = np.mean(variances, axis=0) + between
        part = table[table["topic"] == topic]
        np.testing.assert_allclose(part["estimate"], np.mean(coefficients, axis=0), atol=1e-9)
        np.testing.assert_allclose(part["std_error"], np.sqrt(variance), rtol=1e-6)
        np.testing.assert_allclose(part["model_part"], between / variance, rtol=1e-6)
        assert part["n_units"].eq(45).all()


@pytest.fixture(scope="module")
def gadarian() -> tuple[Any, pd.DataFrame]:
    """The answers of Gadarian & Albertson (2014), three topics, as in the help of R's stm."""
    answers = topica_datasets.load_gadarian()
    corpus = topica.from_dataframe(
        answers, text_col="open.ended.response", stopwords=topica.ENGLISH_STOPWORDS
    )
    treatment = answers["treatment"].to_numpy(dtype=float)
    party = answers["pid_rep"].to_numpy(dtype=float)
    model = topica.STM(3, seed=1)
    model.fit(corpus, prevalence=np.column_stack([treatment, party, treatment * party]))
    return model, answers


def test_the_published_example_comes_out_in_sign_and_size(
    gadarian: tuple[Any, pd.DataFrame],
) -> None:
    """R's stm: intercept .444 (.023), treatment -.161 (.030); topica: 0, +.188, -.188 (.04)."""
    fitted, answers = gadarian
    draws = stm.posterior_theta_samples(fitted, 100, seed=1, uncertainty="global")
    model, corpus = of_shares(
        np.asarray(fitted.doc_topic), draws, treatment=answers["treatment"].to_numpy()
    )
    table = topic_effects(model, corpus, formula="treatment", n_draws=100, seed=1)
    effect = table[table["term"] == "treatment"].sort_values("estimate")
    assert effect["estimate"].to_numpy() == pytest.approx([-0.18, 0, 0.18], abs=0.05)
    assert effect["std_error"].to_numpy() == pytest.approx(0.04, abs=0.006)
    assert (effect["p"] < 0.001).tolist() == [True, False, True]
    lowest = effect["topic"].iloc[0]
    intercept = table[(table["topic"] == lowest) & (table["term"] == "intercept")]
    assert intercept["estimate"].item() == pytest.approx(0.444, abs=0.03)


def test_numbers_equal_those_of_another_program(gadarian: tuple[Any, pd.DataFrame]) -> None:
    """The same draws in topica's regression with clusters, which pools as Rubin does."""
    fitted, answers = gadarian
    draws = stm.posterior_theta_samples(fitted, 10, seed=2)
    party = answers["pid_rep"].to_numpy(dtype=float)
    treatment = answers["treatment"].to_numpy()
    unit = np.arange(len(answers)) // 3
    theirs = topica.estimate_effect(
        draws, np.column_stack([treatment, party]), cluster=unit
    ).to_frame()  # fmt: skip
    model, corpus = of_shares(
        np.asarray(fitted.doc_topic), draws, treatment=treatment, party=party, unit=unit
    )
    ours = topic_effects(model, corpus, formula="treatment + party", unit="unit", seed=1)
    np.testing.assert_allclose(ours["estimate"], theirs["coef"], atol=1e-6)
    np.testing.assert_allclose(ours["std_error"], theirs["se"], rtol=1e-5)


def test_intervals_hold_and_nothing_is_found_where_nothing_is() -> None:
    """Copies in pairs: units taken whole keep the level, articles taken alone do not."""
    rng = np.random.default_rng(3)
    found: dict[str, list[float]] = {"story": [], "doc_id": []}
    for _ in range(120):
        shares = np.repeat(rng.dirichlet([0.5, 0.5, 0.5], 40), 3, axis=0)
        length = np.repeat(rng.normal(0, 1, 40), 3)
        model, corpus = of_shares(shares, story=np.repeat(np.arange(40), 3), length=length)
        for unit, values in found.items():
            table = topic_effects(model, corpus, formula="length", unit=unit, seed=1)
            values += table[table["term"] == "length"]["p"].tolist()
    assert 0.02 < (np.array(found["story"]) < 0.05).mean() < 0.1
    assert (np.array(found["doc_id"]) < 0.05).mean() > 0.15


def test_differences_are_those_of_the_shares() -> None:
    model, corpus = made()
    table = topic_effects(model, corpus, formula="source", seed=1)
    share = topic_share(model, corpus, by="source").set_index(["source", "topic"])["share"]
    for topic in range(3):
        part = table[table["topic"] == topic].set_index("term")["estimate"]
        assert part["intercept"] == pytest.approx(share["BBC", topic])
        for source in ("CNN", "TASS"):
            difference = share[source, topic] - share["BBC", topic]
            assert part[f"source[T.{source}]"] == pytest.approx(difference)


def test_splines_interactions_and_other_references() -> None:
    model, corpus = made()
    terms = topic_effects(model, corpus, formula="source * bs(date, df=4)", seed=1)["term"]
    assert terms.nunique() == 3 * 5
    other = 'C(source, contr.treatment("TASS"))'
    table = topic_effects(model, corpus, formula=other, seed=1)
    plain = topic_effects(model, corpus, formula="source", seed=1)
    one = table.query("topic == 0")["estimate"].tolist()
    two = plain.query("topic == 0")["estimate"].tolist()
    assert one[0] == pytest.approx(two[0] + two[2])


def test_dates_are_days() -> None:
    model, corpus = made()
    days = (corpus.articles["date"] - corpus.articles["date"].min()).dt.days
    counted = dataclasses.replace(corpus, _articles=corpus.articles.assign(days=days))
    by_date, by_day = (
        topic_effects(model, counted, formula=name, seed=1) for name in ("date", "days")
    )
    np.testing.assert_allclose(by_date["estimate"], by_day["estimate"])


def test_articles_without_terms_do_not_count_and_q_is_of_all_but_intercepts() -> None:
    model, corpus = made()
    shares = model.article_topic.copy()
    shares[::10] = np.nan
    tokens = np.where(np.isnan(shares[:, 0]), 0, 9)
    model = dataclasses.replace(model, article_topic=shares, n_tokens=tokens)
    table = topic_effects(model, corpus, formula="source + length", seed=1)
    assert TOPIC_EFFECTS.problems_of(table) == []
    assert list(table.columns) == TOPIC_EFFECTS.required
    assert table["n_articles"].eq(81).all()
    assert table["n_tests"].eq(9).all()
    assert (table["q"].isna() == (table["term"] == "intercept")).all()
    assert (table["q"].dropna() >= table["p"][table["q"].notna()]).all()


def test_draws_of_a_posterior_and_of_refits() -> None:
    model, corpus = made()
    settings = {**model.settings, "priors": {"alpha": [0.1, 0.1, 0.1]}}
    posterior = dataclasses.replace(model, settings=settings)
    one, two, three = (
        topic_effects(posterior, corpus, formula="source", seed=seed) for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one, two)
    assert one["n_draws"].eq(25).all()
    assert (one["model_part"] > 0).all()
    assert not np.allclose(one["estimate"], three["estimate"])
    none = topic_effects(posterior, corpus, formula="source", seed=1, n_draws=0)
    np.testing.assert_allclose(
        none["estimate"], topic_effects(model, corpus, formula="source", seed=1)["estimate"]
    )
    refits = topic_effects(model, corpus, formula="source", seed=1, refits=[model, model])
    np.testing.assert_allclose(refits["std_error"], none["std_error"])
    assert refits["n_draws"].eq(2).all()
    wide = topic_effects(model, corpus, formula="source", seed=1, level=0.99)
    assert (wide["high"] > none["high"]).all()


def test_errors() -> None:
    model, corpus = made()
    frame = corpus.articles
    twice = dataclasses.replace(corpus, _articles=frame.assign(outlet=frame["source"]))
    assert said(model, twice, formula="source + outlet", seed=1) == (
        "topic_effects: 'outlet[T.CNN]', 'outlet[T.TASS]' of the formula follows from its other "
        "terms: it has one value only, or says the same as they do. Leave it out."
    )
    assert said(model, corpus.where(frame.index < 3), formula="source", seed=1) == (
        "topic_effects: 3 units are too few for 3 terms of the formula. "
        "Pass a shorter formula, or more articles."
    )
    assert said(model, corpus, formula="source", unit="cluster", seed=1) == (
        "topic_effects: unit='cluster' is not a column of the articles. They have 'doc_id', "
        "'text', 'source', 'length', 'story', 'date'. Columns of another table are added with "
        "Corpus.join()."
    )
    holed = dataclasses.replace(corpus, _articles=frame.assign(cluster=[None] + ["a"] * 89))
    assert said(model, holed, formula="source", unit="cluster", seed=1) == (
        "topic_effects: 1 of 90 articles have no value of unit='cluster'. "
        "Give each of them one, for example its doc_id."
    )
    assert said(model, corpus, formula="source", seed=1, level=0) == (
        "topic_effects: level=0 is not between 0 and 1. Pass for example level=0.95."
    )
    assert said(model, corpus, formula="source", seed=None) == (
        "topic_effects: seed=None is not a whole number of 0 or more. Pass for example seed=1."
    )
    assert said(model, corpus, formula="sauce", seed=1) == (
        "topic_effects: formula needs the column 'sauce', which the articles lack. They have "
        "'doc_id', 'text', 'source', 'length', 'story', 'date'. Did you mean 'source'?"
    )
    assert said(model, corpus, formula="source +", seed=1) == (
        "topic_effects: formula='source +' is not a formula. "
        "Name columns of the articles, for example 'source * days'."
    )
