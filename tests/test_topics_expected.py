"""Expected shares: group means by hand, a loop over articles, and what interacts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.corpus import Corpus, build_corpus
from framing.schema import TOPIC_EXPECTED_SHARES
from framing.topics import TopicModel, topic_effects, topic_expected_shares


def of_shares(
    shares: np.ndarray, draws: np.ndarray | None = None, **columns: Any
) -> tuple[TopicModel, Corpus]:
    n, n_topics = shares.shape
    articles = pd.DataFrame(
        {"doc_id": [f"{i:05d}" for i in range(n)], "text": ["war"] * n, **columns}
    )
    corpus = build_corpus(articles, fields=["text"])
    model = TopicModel(
        np.full((n_topics, 1), 1.0), shares, pd.Index(["war"], dtype="str"),
        pd.Index(articles["doc_id"], dtype="str"), tuple(f"topic {i}" for i in range(n_topics)),
        np.where(np.isnan(shares[:, 0]), 0, 9),
        {"engine": "hand", "seed": 7, "corpus": corpus.fingerprint},
        None if draws is None else draws.astype(np.float32),
    )  # fmt: skip
    return model, corpus


def made(n: int = 120, n_draws: int = 0) -> tuple[TopicModel, Corpus]:
    rng = np.random.default_rng(1)
    shares = rng.dirichlet([1, 2, 3], n)
    draws = np.stack([rng.dirichlet([1, 2, 3], n) * 0.2 + shares * 0.8 for _ in range(n_draws)]
                     ) if n_draws else None  # fmt: skip
    return of_shares(
        shares, draws, source=np.array(["CNN", "TASS", "BBC"])[np.arange(n) % 3],
        length=rng.normal(0, 1, n), story=np.arange(n) // 2, front=rng.random(n) < 0.3,
        date=pd.Timestamp("2016-01-01") + pd.to_timedelta(rng.integers(0, 100, n), unit="D"),
    )  # fmt: skip


def said(*arguments: Any, **options: Any) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        topic_expected_shares(*arguments, **options)
    return str(caught.value)


def test_means_of_groups_by_hand() -> None:
    """X: .2, .4; Y: .5, .9: means .3 and .7; residuals ±.1 and ±.2."""
    share = np.array([0.2, 0.4, 0.5, 0.9])
    model, corpus = of_shares(np.column_stack([share, 1 - share]), source=list("XXYY"))
    table = topic_expected_shares(model, corpus, formula="source", by="source", seed=1)
    assert TOPIC_EXPECTED_SHARES.problems_of(table) == []
    first = table[table["topic"] == 0]
    assert first["source"].tolist() == ["X", "Y"]
    assert first["share"].tolist() == pytest.approx([0.3, 0.7])
    # Sums of squares over 2²; the factor 4 / 3 · 3 / 2.
    errors = np.sqrt(2 * np.array([2 * 0.01 / 4, 2 * 0.04 / 4]))
    assert first["std_error"].tolist() == pytest.approx(errors.tolist())
    assert first["low"].tolist() == pytest.approx(np.array([0.3, 0.7]) - 4.302653 * errors)
    assert first["n_group"].tolist() == [2, 2]
    assert table.groupby("source")["share"].sum().tolist() == pytest.approx([1, 1])


def test_numbers_equal_a_loop_over_articles() -> None:
    model, corpus = made(n_draws=4)
    table = topic_expected_shares(
        model, corpus, formula="source * length", by="source", unit="story", seed=1
    )
    frame = corpus.articles

    def row(source: str, length: float) -> list[float]:
        cnn, tass = float(source == "CNN"), float(source == "TASS")
        return [1, cnn, tass, length, cnn * length, tass * length]

    pairs = list(zip(frame["source"], frame["length"], strict=True))
    matrix = np.array([row(source, length) for source, length in pairs])
    inverse = np.linalg.inv(matrix.T @ matrix)
    factor = 60 / 59 * 119 / (120 - 6)
    for source in ("BBC", "CNN", "TASS"):
        asked = np.mean([row(source, length) for _, length in pairs], axis=0)
        shares, variances = [], []
        for draw in np.asarray(model.draws, dtype=float):
            beta = inverse @ matrix.T @ draw[:, 1]
            residual = draw[:, 1] - matrix @ beta
            meat = np.zeros((6, 6))
            for story in range(60):
                score = matrix[2 * story : 2 * story + 2].T @ residual[2 * story : 2 * story + 2]
                meat += np.outer(score, score)
            shares.append(asked @ beta)
            variances.append(asked @ (factor * inverse @ meat @ inverse) @ asked)
        between = 1.25 * np.var(shares, ddof=1)
        found = table[(table["topic"] == 1) & (table["source"] == source)].iloc[0]
        assert found["share"] == pytest.approx(np.mean(shares), abs=1e-9)
        assert found["std_error"] == pytest.approx(np.sqrt(np.mean(variances) + between), rel=1e-6)
        assert found["model_part"] == pytest.approx(between / (np.mean(variances) + between))
        assert (found["n_draws"], found["n_units"]) == (4, 60)


def test_differences_are_the_coefficients_where_nothing_interacts() -> None:
    model, corpus = made(n_draws=3)
    formula = "source + date + front"
    effects = topic_effects(model, corpus, formula=formula, seed=1).set_index(["topic", "term"])
    shares = topic_expected_shares(model, corpus, formula=formula, by="source", seed=1)
    shares = shares.set_index(["topic", "source"])["share"]
    for topic in range(3):
        gap = shares[topic, "TASS"] - shares[topic, "BBC"]
        assert gap == pytest.approx(effects.loc[(topic, "source[T.TASS]"), "estimate"])
    # The mean over articles as they are is the mean share.
    weights = corpus.articles["source"].value_counts(normalize=True)
    for topic in range(3):
        mean = sum(weights[name] * shares[topic, name] for name in weights.index)
        assert mean == pytest.approx(np.asarray(model.draws, dtype=float)[:, :, topic].mean())


def test_dates_are_points_between_the_first_and_the_last_of_each_source() -> None:
    model, corpus = made()
    table = topic_expected_shares(
        model, corpus, formula="source * date", by=["source", "date"], seed=1
    )
    assert table.columns[:2].tolist() == ["source", "date"]
    assert len(table) == 3 * 3 * 25
    dates = corpus.articles.groupby("source")["date"]
    found = table.groupby("source")["date"]
    assert found.min().tolist() == dates.min().tolist()
    assert found.max().tolist() == dates.max().tolist()
    line = table[(table["topic"] == 0) & (table["source"] == "CNN")]
    assert np.diff(line["share"]) == pytest.approx(np.full(24, line["share"].diff().iloc[1]))
    own = corpus.articles["source"] == "CNN"
    days = (corpus.articles.loc[own, "date"] - corpus.articles["date"].min()).dt.days
    slope, level = np.polyfit(days, model.article_topic[own.to_numpy(), 0], 1)
    ends = (line["date"].iloc[[0, -1]] - corpus.articles["date"].min()) / pd.Timedelta(days=1)
    assert line["share"].iloc[[0, -1]].tolist() == pytest.approx((level + slope * ends).tolist())


def test_values_keep_their_kinds() -> None:
    model, corpus = made()
    formula = "front + length + bs(date, df=4)"
    both = topic_expected_shares(model, corpus, formula=formula, by=["front", "length"], seed=1)
    assert both["front"].dtype == bool
    assert both["length"].dtype == np.float64
    assert len(both) == 3 * 2 * 25
    assert both["n_group"].eq(120).all()
    curve = topic_expected_shares(model, corpus, formula=formula, by="date", seed=1)
    assert curve["date"].dtype.kind == "M"
    assert len(curve) == 3 * 25


def test_articles_without_shares_do_not_count() -> None:
    share = np.array([[0.2, 0.8], [0.4, 0.6], [0.5, 0.5], [0.9, 0.1], [np.nan, np.nan]])
    model, corpus = of_shares(share, source=list("XXYYZ"))
    few = corpus.where(corpus.articles["source"] != "Z")
    found = topic_expected_shares(model, few, formula="source", by="source", seed=1)
    assert found["source"].unique().tolist() == ["X", "Y"]
    assert found["n_articles"].eq(4).all()


def test_messages() -> None:
    model, corpus = made()
    assert said(model, corpus, formula="source + date", by="sorce", seed=1) == (
        "topic_expected_shares: by='sorce' is not in the formula. It has 'date', 'source'. "
        "Did you mean 'source'?"
    )
    assert said(model, corpus, formula="source", by=[], seed=1) == (
        "topic_expected_shares: by=[] names no column, or one twice. Name each column once."
    )
    assert said(model, corpus, formula="source", by=["source"] * 2, seed=1).endswith("once.")
    assert said(model, corpus, formula="source", by="source", seed=1, level=95) == (
        "topic_expected_shares: level=95 is not between 0 and 1. Pass for example level=0.95."
    )
    assert said(model, corpus, formula="source + place", by="source", seed=1).startswith(
        "topic_expected_shares: formula needs the column 'place', which the articles lack."
    )
