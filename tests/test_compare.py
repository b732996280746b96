"""Comparisons: counted by hand, equal to other tables, sound at the edges, clear when refused."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from framing.compare import compare, compare_pairs
from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles, planted_differences
from framing.frequency import term_frequency
from framing.ledger import load_ledger
from framing.measure import Measure, measure_column, measure_mentions, measure_terms
from framing.mentions import find_mentions
from framing.salience import salience
from framing.schema.comparison import COMPARISON, COMPARISON_PAIRS


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return build_corpus(make_articles(300, seed=3, copies=0.2))


def made(counts: Any, *, below: Any = None, **columns: Any) -> Measure:
    """Return a measure of counts by hand, with further columns of the articles."""
    values = np.asarray(counts, dtype=float)
    values = values[:, None] if values.ndim == 1 else values
    n, n_items = values.shape
    articles = pd.DataFrame({"doc_id": [f"d{i:02d}" for i in range(n)], **columns})
    return Measure(
        articles,
        sparse.csc_array(values),
        np.full(n, 10.0) if below is None else np.asarray(below, dtype=float),
        pd.Index([f"item {i}" for i in range(n_items)], dtype="str"),
        "term",
        "items per 100 tokens",
        100.0,
    )


def said(*arguments: Any, **options: Any) -> str:
    options = {"by": "source", "seed": 1, "n_resamples": 10} | options
    with pytest.raises((ValueError, TypeError)) as caught:
        compare(*arguments, **options)
    return str(caught.value)


# By hand


def test_by_hand() -> None:
    measure = made([1, 3, 0, 2, 0, 6], source=["X", "X", "Y", "Y", "Y", "Z"])
    table = compare(measure, by="source", seed=1, n_resamples=20)
    assert table["source"].tolist() == ["X", "Y", "Z"]
    assert table["estimate"].tolist() == pytest.approx([20, 100 * 2 / 30, 60])
    assert table["numerator"].tolist() == [4, 2, 6]
    assert table["denominator"].tolist() == [20, 30, 10]
    assert table["n_articles"].tolist() == table["n_units"].tolist() == [2, 3, 1]
    assert table["n_units_with"].tolist() == [2, 1, 1]
    assert table["few_units"].all()
    assert table["few_units_reference"].all()
    assert table["estimate_reference"].tolist() == pytest.approx([20, 100 / 3, 12])
    assert table["numerator_reference"].tolist() == [8, 10, 6]
    assert table["denominator_reference"].tolist() == [40, 30, 50]
    assert table["n_units_reference"].tolist() == [4, 3, 5]
    assert table["n_units_with_reference"].tolist() == [2, 3, 3]
    assert table["difference"].tolist() == pytest.approx([0, -80 / 3, 48])
    assert table["ratio"].tolist() == pytest.approx([1, 0.2, 5])
    assert table["reference"].tolist() == ["rest"] * 3
    # Four units have the item: too few for any test.
    assert table["p"].isna().all()
    assert table["n_tests"].tolist() == [0, 0, 0]
    assert table["n_resamples"].tolist() == [0, 0, 0]
    # Z has one article: how far it may vary cannot be told.
    assert table["low"].isna().tolist() == [False, False, True]
    row = table.iloc[0]
    assert row[["items", "item", "measure"]].tolist() == ["term", "item 0", "items per 100 tokens"]
    assert row[["scale", "level", "unit", "seed"]].tolist() == [100, 0.95, "doc_id", 1]
    # Both articles of X have it, one of the three of Y.
    assert table["interval"].tolist() == [
        "nearer ends of gamma and t",
        "gamma",
        "nearer ends of gamma and t",
    ]


def test_units_are_taken_whole() -> None:
    # Two stories carried twice each are two units, as if each were one article.
    twice = made(
        [1, 1, 3, 3, 2, 5],
        source=["X", "X", "X", "X", "Y", "Y"],
        story=["a", "a", "b", "b", "c", "d"],
    )
    once = made([2, 6, 2, 5], below=[20, 20, 10, 10], source=["X", "X", "Y", "Y"])
    table = compare(twice, by="source", unit="story", seed=1, n_resamples=0)
    other = compare(once, by="source", seed=1, n_resamples=0)
    assert table["n_articles"].tolist() == [4, 2]
    assert table["n_units"].tolist() == [2, 2]
    same = [name for name in table.columns if name not in {"n_articles", "unit"}]
    pd.testing.assert_frame_equal(table[same], other[same])
    apart = compare(twice, by="source", seed=1, n_resamples=0)
    assert apart.loc[0, "high"] < table.loc[0, "high"]


def test_wire_copies_widen_intervals(corpus: Corpus) -> None:
    measure = measure_terms(corpus, ["sovereignty", "partner"])
    table = compare(measure, by="source", unit="story", seed=1, n_resamples=0)
    apart = compare(measure, by="source", seed=1, n_resamples=0)
    pd.testing.assert_series_equal(table["estimate"], apart["estimate"])
    assert (table["n_units"] <= apart["n_units"]).all()
    assert (table["n_articles"] == apart["n_articles"]).all()


# Equal to other tables


def test_estimates_equal_term_frequency(corpus: Corpus) -> None:
    table = compare(measure_terms(corpus), by=["source", "topic"], seed=1, n_resamples=0)
    plain = term_frequency(corpus, by=["source", "topic"])
    both = plain.merge(
        table, left_on=["source", "topic", "term"], right_on=["source", "topic", "item"]
    )
    assert len(both) == len(plain)
    np.testing.assert_allclose(both["estimate"], both["per_million"])
    np.testing.assert_array_equal(both["numerator"], both["count"])
    np.testing.assert_array_equal(both["n_units_with"], both["n_articles_x"])


def test_estimates_equal_salience() -> None:
    corpus = build_corpus(make_articles(60, seed=3))
    mentions = find_mentions(corpus, load_ledger())
    plain = salience(mentions, corpus, by="source", items="country")
    plain = plain[plain["part"] == "all"]
    for per, column in (("tokens", "per_1000"), ("articles", "share")):
        measure = measure_mentions(corpus, mentions, items="country", per=per)
        table = compare(measure, by="source", seed=1, n_resamples=0)
        both = plain.merge(table, on=["source", "item"])
        assert len(both) == len(plain) > 10
        np.testing.assert_allclose(both["estimate"], both[column])


# Properties


def test_result_is_as_documented(corpus: Corpus) -> None:
    measure = measure_terms(corpus, ["war", "sovereignty"])
    names = [column.name for column in COMPARISON.columns]
    for options in ({}, {"target": "Gazette"}, {"reference": "Herald"}, {"unit": "story"}):
        table = compare(measure, by=["source"], seed=1, n_resamples=19, **options)  # type: ignore[arg-type]
        assert COMPARISON.problems_of(table) == []
        assert table.columns.tolist() == ["source", *names]
        assert table.index.equals(pd.RangeIndex(len(table)))
    table = compare_pairs(measure, by="source", seed=1, n_resamples=19)
    assert COMPARISON_PAIRS.problems_of(table) == []
    assert table.columns.tolist() == ["source", *names]


@settings(max_examples=8)
@given(st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(random: Any) -> None:
    rng = np.random.default_rng(1)
    articles = pd.DataFrame(
        {
            "doc_id": [f"d{i}" for i in range(30)],
            "source": rng.choice(["X", "Y", "Z"], 30),
            "story": rng.choice([f"s{i}" for i in range(20)], 30),
            "n": rng.poisson(2, 30).astype(float),
            "words": rng.integers(50, 90, 30),
        }
    )
    order = list(range(30))
    random.shuffle(order)
    tables = [
        compare(
            measure_column(table, "n", denominator="words"),
            by="source",
            unit="story",
            seed=1,
            n_resamples=20,
        )
        for table in (articles, articles.iloc[order])
    ]
    pd.testing.assert_frame_equal(*tables)


def test_words_counted_in_another_unit_change_the_scale_only(corpus: Corpus) -> None:
    measure = measure_terms(corpus, ["sovereignty", "stability"])
    other = dataclasses.replace(measure, denominators=measure.denominators * 4, scale=4e6)
    tables = [compare(m, by="source", seed=1, n_resamples=50) for m in (measure, other)]
    for name in ("estimate", "difference", "ratio", "p", "q", "numerator"):
        np.testing.assert_allclose(tables[0][name], tables[1][name])
    # The logit of a rate a quarter as high is the logarithm, nearly.
    np.testing.assert_allclose(tables[0]["low"], tables[1]["low"], rtol=0.02)


def test_swapping_target_and_reference(corpus: Corpus) -> None:
    measure = measure_terms(corpus, ["sovereignty", "stability", "partner"])
    for unit in ("doc_id", "story"):
        options: dict[str, Any] = {"by": "source", "unit": unit, "seed": 1, "n_resamples": 100}
        one = compare(measure, target="Gazette", reference="Herald", **options)
        two = compare(measure, target="Herald", reference="Gazette", **options)
        np.testing.assert_allclose(one["difference"], -two["difference"])
        np.testing.assert_allclose(one["difference_low"], -two["difference_high"])
        np.testing.assert_allclose(one["ratio"], 1 / two["ratio"])
        np.testing.assert_allclose(one["ratio_low"], 1 / two["ratio_high"])
        np.testing.assert_array_equal(one["p"], two["p"])
        np.testing.assert_allclose(one["estimate_reference"], two["estimate"])
        assert one["reference"].tolist() == ["Herald"] * 3


def test_a_target_is_its_rows_with_a_family_of_its_own(corpus: Corpus) -> None:
    measure = measure_terms(corpus, ["sovereignty", "stability", "partner"])
    whole = compare(measure, by="source", seed=1, n_resamples=100)
    one = compare(measure, by="source", target="Gazette", seed=1, n_resamples=100)
    rows = whole[whole["source"] == "Gazette"].reset_index(drop=True)
    kept = [name for name in whole.columns if name not in {"q", "n_tests"}]
    pd.testing.assert_frame_equal(one[kept], rows[kept])
    assert one["n_tests"].tolist() == [3] * 3
    assert whole["n_tests"].tolist() == [12] * 12
    np.testing.assert_allclose(one["q"], stats.false_discovery_control(one["p"]))
    np.testing.assert_allclose(whole["q"], stats.false_discovery_control(whole["p"]))


def test_the_reference_has_a_row_without_contrast(corpus: Corpus) -> None:
    measure = measure_terms(corpus, ["sovereignty"])
    table = compare(measure, by="source", reference="Herald", seed=1, n_resamples=20)
    row = table[table["source"] == "Herald"].iloc[0]
    assert row["estimate"] > 0
    assert row["low"] < row["estimate"] < row["high"]
    assert pd.isna(row["reference"])
    missing = ["estimate_reference", "numerator_reference", "denominator_reference", "difference"]
    missing += ["difference_low", "difference_high", "ratio", "ratio_low", "ratio_high", "p", "q"]
    assert row[missing].isna().all()
    assert row[["n_units_reference", "n_units_with_reference", "n_resamples"]].tolist() == [0, 0, 0]
    assert row["few_units_reference"]
    assert table["n_tests"].tolist() == [3] * 4
    assert (table.loc[table["source"] != "Herald", "reference"] == "Herald").all()


def test_pairs_are_the_comparisons_with_each_reference(corpus: Corpus) -> None:
    measure = measure_terms(corpus, ["sovereignty", "stability"])
    pairs = compare_pairs(measure, by="source", unit="story", seed=4, n_resamples=60)
    assert pairs[["source", "reference"]].drop_duplicates().to_numpy().tolist() == [
        ["Courier", "Gazette"], ["Courier", "Herald"], ["Courier", "Tribune"],
        ["Gazette", "Herald"], ["Gazette", "Tribune"], ["Herald", "Tribune"],
    ]  # fmt: skip
    assert (pairs["n_tests"] == 12).all()
    kept = [name for name in pairs.columns if name not in {"q", "n_tests", "p", "n_resamples"}]
    for (one, other), rows in pairs.groupby(["source", "reference"]):
        table = compare(
            measure, by="source", unit="story", target=one, reference=other, seed=4, n_resamples=60
        )
        pd.testing.assert_frame_equal(table[kept], rows[kept].reset_index(drop=True))
        same = (table["n_resamples"] == rows["n_resamples"].to_numpy()).to_numpy()
        assert same.any()
        np.testing.assert_array_equal(table["p"][same], rows["p"][same])


def test_level_widens_and_seed_changes_p_only(corpus: Corpus) -> None:
    measure = measure_terms(corpus, ["stability", "partner"])
    table = compare(measure, by="source", seed=1, n_resamples=100)
    other = compare(measure, by="source", seed=2, n_resamples=100)
    assert (table["p"] != other["p"]).any()
    kept = [name for name in table.columns if name not in {"p", "q", "seed", "n_resamples"}]
    pd.testing.assert_frame_equal(table[kept], other[kept])
    wide = compare(measure, by="source", seed=1, n_resamples=100, level=0.99)
    for low, high in (
        ("low", "high"),
        ("difference_low", "difference_high"),
        ("ratio_low", "ratio_high"),
    ):
        assert (wide[low] < table[low]).all()
        assert (wide[high] > table[high]).all()
    np.testing.assert_array_equal(wide["p"], table["p"])
    assert (wide["level"] == 0.99).all()


def test_nothing_is_altered(corpus: Corpus) -> None:
    measure = measure_terms(corpus, ["war", "stability"])
    before = (
        measure.articles.copy(deep=True),
        measure.numerators.copy(),
        measure.denominators.copy(),
    )
    compare(measure, by="source", unit="story", seed=1, n_resamples=20)
    pd.testing.assert_frame_equal(measure.articles, before[0])
    assert (measure.numerators != before[1]).nnz == 0
    np.testing.assert_array_equal(measure.denominators, before[2])


# Draws of numerators that are not known for certain


def test_draws_add_what_is_not_known() -> None:
    rng = np.random.default_rng(5)
    counts = rng.poisson(3, (60, 1)).astype(float)
    measure = made(counts, below=np.full(60, 50.0), source=np.repeat(["X", "Y"], 30))
    draws = []
    for shift in (-1.0, 0.0, 1.0):
        draw = counts.copy()
        draw[:30] = np.maximum(draw[:30] + shift, 0)
        draws.append(sparse.csc_array(draw))
    sure = compare(measure, by="source", seed=1, n_resamples=200)
    unsure = compare(
        dataclasses.replace(measure, draws=tuple(draws)), by="source", seed=1, n_resamples=200
    )
    pd.testing.assert_series_equal(sure["estimate"], unsure["estimate"])
    sums = np.array([draw[:30].sum() for draw in draws]) / 1500
    added = sums.var(ddof=1) * (1 + 1 / 3)
    residual = counts[:30, 0] - counts[:30].sum() / 1500 * 50
    plain = (residual**2).sum() / 1500**2 * 30 / 29
    rate = counts[:30].sum() / 1500
    width = [
        np.log(t["high"][0] / (100 - t["high"][0])) - np.log(rate / (1 - rate))
        for t in (sure, unsure)
    ]
    assert width[1] / width[0] == pytest.approx(np.sqrt((plain + added) / plain))
    assert unsure.loc[1, "high"] == pytest.approx(sure.loc[1, "high"])
    assert unsure.loc[0, "p"] > sure.loc[0, "p"]


def test_draws_where_a_side_has_nothing() -> None:
    rng = np.random.default_rng(7)
    counts = rng.poisson(3, (40, 3)).astype(float)
    below = np.repeat([50.0, 50.0, 0.0], [20, 18, 2])
    counts[below == 0] = 0
    measure = made(counts, source=np.repeat(["X", "Y", "Z"], [20, 18, 2]), below=below)
    draws = tuple(sparse.csc_array(np.maximum(counts - step, 0)) for step in (0, 1))
    measure = dataclasses.replace(measure, draws=draws)
    options: dict[str, Any] = {"by": "source", "seed": 1, "n_resamples": 20}
    table = compare(measure, **options).set_index("source")
    assert table.loc["Z", ["estimate", "low", "high", "difference"]].isna().all(axis=None)
    assert table.loc[["X", "Y"], ["low", "high", "difference_low"]].notna().all(axis=None)
    against = compare(measure, **options, reference="Y").set_index("source")
    assert against.loc["Y", ["reference", "difference", "ratio"]].isna().all(axis=None)
    columns = ["estimate", "low", "high"]
    pd.testing.assert_frame_equal(against[columns], table[columns])
    alone = measure.where(measure.articles["source"] == "X")
    pd.testing.assert_frame_equal(
        compare(alone, **options)[columns], table.loc["X", columns].reset_index(drop=True)
    )


def test_draws_that_agree_add_nothing() -> None:
    rng = np.random.default_rng(6)
    counts = rng.poisson(3, (40, 2)).astype(float)
    measure = made(counts, source=np.repeat(["X", "Y"], 20), below=np.full(40, 50.0))
    same = dataclasses.replace(measure, draws=(measure.numerators, measure.numerators))
    tables = [compare(m, by="source", seed=1, n_resamples=50) for m in (measure, same)]
    pd.testing.assert_frame_equal(*tables)


# Edges


def test_missing_values_of_by_are_a_group() -> None:
    measure = made([1, 2, 3, 4], source=["X", None, "X", None])
    table = compare(measure, by="source", seed=1, n_resamples=0)
    assert table["source"].isna().tolist() == [False, True]
    assert table["numerator"].tolist() == [4, 6]
    assert table["numerator_reference"].tolist() == [6, 4]


def test_a_group_without_denominator_has_no_rate() -> None:
    measure = made([0, 0, 2, 1], below=[0, 0, 10, 10], source=["X", "X", "Y", "Y"])
    table = compare(measure, by="source", seed=1, n_resamples=10)
    assert table["estimate"].isna().tolist() == [True, False]
    assert table["n_articles"].tolist() == [0, 2]
    assert table["n_units"].tolist() == [0, 2]
    assert table[["difference", "ratio", "p"]].isna().all(axis=None)


def test_an_item_that_a_group_lacks() -> None:
    counts = [[0, 0]] * 10 + [[1, 0]] * 10
    table = compare(
        made(counts, source=np.repeat(["X", "Y"], 10)), by="source", seed=1, n_resamples=100
    )
    absent, present = table.iloc[0], table.iloc[2]
    assert absent[["estimate", "low", "ratio"]].tolist() == [0, 0, 0]
    assert absent["high"] == pytest.approx(100 * -np.log(0.025) / 100)
    assert present["ratio"] == np.inf
    assert np.isnan([absent["ratio_low"], absent["ratio_high"], present["ratio_low"]]).all()
    assert absent["difference_high"] < 0 < present["difference_low"]
    assert absent["p"] < 0.05
    # Absent everywhere: no rate of anything else to tell how large it could be.
    nowhere = table.iloc[1]
    assert nowhere[["estimate", "low", "difference"]].tolist() == [0, 0, 0]
    assert nowhere[["high", "ratio", "p"]].isna().all()


def test_one_group_has_no_contrast() -> None:
    table = compare(made([1, 2, 3], source=["X"] * 3), by="source", seed=1, n_resamples=10)
    assert len(table) == 1
    assert table["low"].notna().all()
    assert table[["reference", "difference", "ratio", "p", "q"]].isna().all(axis=None)


def test_no_items_give_an_empty_table() -> None:
    measure = made(np.zeros((4, 0)), source=["X", "X", "Y", "Y"])
    table = compare(measure, by="source", seed=1, n_resamples=10)
    assert len(table) == 0
    assert COMPARISON.problems_of(table) == []


def test_rates_above_one_are_on_the_log_scale() -> None:
    counts = np.tile([1, 20, 3, 4], 8)
    table = compare(
        made(counts, below=np.ones(32), source=np.repeat(["X", "Y"], 16)),
        by="source",
        seed=1,
        n_resamples=0,
    )
    assert (table["interval"] == "cluster-robust t on the log scale").all()
    np.testing.assert_allclose(table["low"] * table["high"], table["estimate"] ** 2)


def test_few_units() -> None:
    counts = np.zeros((60, 3))
    counts[:20, 0] = counts[:19, 1] = 1
    counts[:50, 2] = 1
    table = compare(
        made(counts, below=np.ones(60), source=["X"] * 60), by="source", seed=1, n_resamples=0
    )
    # The third is lacking in 10 articles only.
    assert table["few_units"].tolist() == [False, True, True]
    # 20 units, but one of them has nearly all.
    counts[0, 0] = 500
    table = compare(
        made(counts, below=np.full(60, 1000.0), source=["X"] * 60),
        by="source",
        seed=1,
        n_resamples=0,
    )
    assert table["few_units"].tolist() == [True, True, False]


@pytest.mark.parametrize("count", range(1, 10))
@pytest.mark.parametrize("below", [7.0, 10.0, 13.0])
def test_a_group_of_one_unit_has_no_interval(count: int, below: float) -> None:
    measure = made([1, 0, 2, 3, count], below=[below] * 5, source=["X", "X", "X", "X", "Y"])
    table = compare(measure, by="source", seed=1, n_resamples=0).set_index("source")
    assert table.loc["Y", ["low", "high"]].isna().all()
    assert table.loc["X", ["low", "high"]].notna().all()
    ends = ["difference_low", "difference_high", "ratio_low", "ratio_high"]
    assert table[ends].isna().all(axis=None)


def test_groups_of_several_columns() -> None:
    measure = made([1, 2, 3, 4], source=["X", "X", "Y", "Y"], year=[2019, 2020, 2019, 2020])
    table = compare(
        measure,
        by=["source", "year"],
        target=("X", 2020),
        reference=("Y", "2019"),
        seed=1,
        n_resamples=0,
    )
    assert table[["source", "year", "reference"]].to_numpy().tolist() == [["X", 2020, "Y, 2019"]]
    assert table["ratio"].tolist() == pytest.approx([2 / 3])


def test_without_permutations_there_is_no_p(corpus: Corpus) -> None:
    table = compare(measure_terms(corpus, ["war"]), by="source", seed=1, n_resamples=0)
    assert table[["p", "q"]].isna().all(axis=None)
    assert (table[["n_resamples", "n_tests"]] == 0).all(axis=None)


# The truth


def test_planted_terms_are_found_and_their_ratios_held() -> None:
    articles = make_articles(1200, seed=4, copies=0)
    planted = planted_differences()
    planted = planted[planted["kind"] == "term"]
    measure = measure_terms(build_corpus(articles), list(planted["item"].unique()))
    table = compare_pairs(measure, by="source", seed=1, n_resamples=300)
    held = []
    for row in planted.itertuples():
        mine = table[
            (table["item"] == row.item)
            & ((table["source"] == row.source) | (table["reference"] == row.source))
        ]
        for found in mine.itertuples():
            others = planted[(planted["item"] == row.item) & (planted["source"] != row.source)]
            if len(others):
                continue
            ratio = row.ratio if found.source == row.source else 1 / row.ratio
            held.append(found.ratio_low <= ratio <= found.ratio_high)
            if max(ratio, 1 / ratio) >= 3:
                assert found.q < 0.05
    assert len(held) >= 20
    assert np.mean(held) > 0.85


def test_where_nothing_is_planted_little_is_found() -> None:
    articles = make_articles(500, seed=6, effect=0, copies=0.3)
    measure = measure_terms(build_corpus(articles, min_count=20, stop_words="english"))
    table = compare(measure, by="source", unit="story", seed=1, n_resamples=199)
    tested = table["p"].dropna()
    assert len(tested) > 400
    assert 0.01 < (tested <= 0.05).mean() < 0.08
    assert (table["q"] <= 0.05).sum() <= 2


# Messages


def test_messages() -> None:
    measure = made([1, 2, 3], source=["Gazette", "Gazette", "Herald"], story=["a", None, "b"])
    assert said([1, 2]) == (
        "compare: measure is list, not a Measure. "
        "Make one with measure_terms(), measure_mentions() or measure_column()."
    )
    assert said(measure.where([False] * 3)) == (
        "compare: the measure has no articles. Choose other ones with where()."
    )
    assert said(measure, by="sorce") == (
        "compare: by='sorce' is not a column of the articles. "
        "They have 'doc_id', 'source', 'story'. Did you mean 'source'?"
    )
    for nothing in ([], None):
        assert said(measure, by=nothing) == (
            "compare: by names no column. Name one or more columns of the articles."
        )
    assert said(measure, by=["source", "source"]) == (
        "compare: by=['source', 'source'] names a column twice. Name each column once."
    )
    assert said(measure, unit="stories") == (
        "compare: unit='stories' is not a column of the articles. They have 'doc_id', 'source', "
        "'story'. Did you mean 'story'? Columns of another table are added with Measure.join()."
    )
    assert said(measure, unit="story") == (
        "compare: 1 of 3 articles have no value of unit='story'. "
        "Give each of them one, for example its doc_id."
    )
    assert said(measure, target="Gazete") == (
        "compare: target='Gazete' is not one of 'Gazette', 'Herald'. Did you mean 'Gazette'?"
    )
    assert said(measure, reference="Times") == (
        "compare: reference='Times' is not one of 'Gazette', 'Herald'."
    )
    assert said(measure, target=("Gazette", "Herald")) == (
        "compare: target='Gazette, Herald' is not one of 'Gazette', 'Herald'."
    )
    assert said(measure, target="Herald", reference="Herald") == (
        "compare: target and reference are both 'Herald'. "
        "Choose two different groups, or reference=None for all others."
    )
    assert said(measure, seed=1.5) == (
        "compare: seed=1.5 is not a whole number of 0 or more. Pass for example seed=1."
    )
    assert said(measure, n_resamples=-1) == ("compare: n_resamples=-1 is below 0. Pass 0 or more.")
    assert said(measure, level=95) == (
        "compare: level=95 is not between 0 and 1. Pass for example level=0.95."
    )
    clash = made([1, 2], item=["X", "Y"])
    assert said(clash, by="item") == (
        "compare: by='item' is also a column of the result. Rename it in the articles."
    )


def test_messages_of_pairs() -> None:
    with pytest.raises(ValueError, match="compare_pairs") as caught:
        compare_pairs(made([1, 2], source=["X", "X"]), by="source", seed=1)
    assert str(caught.value) == (
        "compare_pairs: by='source' makes one group only, 'X'. "
        "Choose a column with two values or more."
    )
    with pytest.raises(TypeError) as wrong:
        compare_pairs(None, by="source", seed=1)  # type: ignore[arg-type]
    assert str(wrong.value).startswith("compare_pairs: measure is NoneType, not a Measure.")
