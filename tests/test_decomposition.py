"""The split of a gap into selection and presentation: by hand, by loops, on planted corpora."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from framing import decomposition
from framing.decomposition import _split, _within, decompose
from framing.measure import Measure, measure_column
from framing.schema import DECOMPOSITION

XY: dict[str, Any] = {"by": "source", "strata": "stratum", "target": "X", "reference": "Y"}


def made(
    rows: list[tuple[Any, ...]], *, n_items: int = 1, draws: tuple[Any, ...] = (), **more: Any
) -> Measure:
    """Return a measure of articles: source, stratum, denominator, numerators."""
    articles = pd.DataFrame(
        {
            "doc_id": pd.Series([f"d{place:03d}" for place in range(len(rows))], dtype="str"),
            "source": pd.Series([row[0] for row in rows], dtype="str"),
            "stratum": [row[1] for row in rows],
            **more,
        }
    )
    above = np.array([row[3 : 3 + n_items] for row in rows], dtype=float)
    return Measure(
        articles,
        sparse.csc_array(above.reshape(len(rows), n_items)),
        np.array([row[2] for row in rows], dtype=float),
        pd.Index([f"item {place}" for place in range(n_items)], dtype="str"),
        "term",
        "occurrences per 1,000 tokens",
        1000.0,
        draws=tuple(sparse.csc_array(np.array(draw, dtype=float)) for draw in draws),
    )


def totals(table: pd.DataFrame, item: str = "item 0") -> dict[str, float]:
    """Return the value of each component of an item."""
    part = table[table["stratum"].isna() & (table["item"] == item)]
    return dict(zip(part["component"], part["value"], strict=True))


def in_stratum(table: pd.DataFrame, component: str) -> dict[str, float]:
    """Return what each stratum adds to a component."""
    part = table[table["stratum"].notna() & (table["component"] == component)]
    return dict(zip(part["stratum"], part["value"], strict=True))


# X: war 30 of 300, arts 2 of 100. Y: war 16 of 200, arts 6 of 200.
TWO = [
    ("X", "war", 200, 25), ("X", "war", 100, 5), ("X", "arts", 100, 2),
    ("Y", "war", 100, 10), ("Y", "war", 100, 6), ("Y", "arts", 200, 6),
]  # fmt: skip


def test_two_strata_by_hand() -> None:
    table = decompose(made(TWO), **XY, seed=1)
    assert DECOMPOSITION.problems_of(table) == []
    # Rates per 1,000: 32 / 400 = 80 and 22 / 400 = 55; war 100 and 80, arts 20 and 30.
    # Weights: war .75 and .5, arts .25 and .5. The mean of both rates, c, is 67.5.
    assert totals(table) == pytest.approx({
        "gap": 25,
        "selection": 0.25 * 90 - 0.25 * 25,
        "presentation": 0.625 * 20 - 0.375 * 10,
        "only target": 0,
        "only reference": 0,
    })  # fmt: skip
    assert in_stratum(table, "selection") == pytest.approx({
        "war": 0.25 * (90 - 67.5), "arts": -0.25 * (25 - 67.5),
    })  # fmt: skip
    assert in_stratum(table, "presentation") == pytest.approx({"war": 12.5, "arts": -3.75})
    assert table["component"].tolist() == [
        "gap", "selection", "presentation", "only target", "only reference",
        "selection", "selection", "presentation", "presentation",
    ]  # fmt: skip
    war = table[(table["component"] == "selection") & (table["stratum"] == "war")].iloc[0]
    assert war[
        [
            "rate_target", "rate_reference", "weight_target", "weight_reference",
            "numerator_target", "denominator_target", "numerator_reference",
            "denominator_reference", "n_articles_target", "n_articles_reference",
            "n_units_target", "n_units_reference",
        ]
    ].tolist() == [100, 80, 0.75, 0.5, 30, 300, 16, 200, 2, 2, 2, 2]  # fmt: skip
    gap = table.iloc[0]
    assert gap[["rate_target", "rate_reference", "n_articles_target"]].tolist() == [80, 55, 3]
    assert gap[["by", "target", "reference", "strata", "unit"]].tolist() == [
        "source", "X", "Y", "stratum", "doc_id",
    ]  # fmt: skip
    assert gap[["level", "n_resamples", "seed", "scale"]].tolist() == [0.95, 1000, 1, 1000]


def test_strata_of_one_side_by_hand() -> None:
    rows = [
        *TWO, ("X", "sport", 100, 20), ("Y", "food", 60, 0), ("Y", "law", 40, 11),
    ]  # fmt: skip
    table = decompose(made(rows), **XY, seed=1)
    # In common strata the rates stay 80 and 55. With the others: 52 / 500 = 104, 33 / 500 = 66.
    assert totals(table) == pytest.approx({
        "gap": 38, "selection": 16.25, "presentation": 8.75,
        "only target": 104 - 80, "only reference": -(66 - 55),
    })  # fmt: skip
    assert in_stratum(table, "only target") == pytest.approx({"sport": 0.2 * (200 - 80)})
    assert in_stratum(table, "only reference") == pytest.approx({
        "food": -0.12 * (0 - 55), "law": -0.08 * (275 - 55),
    })  # fmt: skip
    rows_of = table[table["stratum"].isna()].set_index("component")
    assert rows_of.loc["only target", "rate_target"] == 200
    assert np.isnan(rows_of.loc["only target", "rate_reference"])
    assert rows_of.loc["only target", "weight_reference"] == 0
    assert rows_of.loc["only reference", "numerator_reference"] == 11
    assert rows_of.loc["only reference", "n_articles_reference"] == 2
    assert rows_of.loc["presentation", "weight_target"] == pytest.approx(0.8)
    assert rows_of.loc["presentation", "denominator_target"] == 400


def test_a_stratum_of_one_side_at_its_usual_rate_adds_nothing() -> None:
    table = decompose(made([*TWO, ("X", "sport", 50, 4)]), **XY, seed=1)
    assert totals(table)["only target"] == pytest.approx(0, abs=1e-12)


def test_missing_strata_are_a_stratum_of_their_own() -> None:
    rows = [("X", None, 10, 1), ("X", "war", 10, 2), ("Y", None, 10, 3), ("Y", "war", 10, 4)]
    table = decompose(made(rows), **XY, seed=1)
    assert in_stratum(table, "presentation") == pytest.approx({"war": -100, "(missing)": -100})


def test_strata_stand_in_their_own_order() -> None:
    dates = pd.to_datetime(["2016-10-01", "2016-02-01"] * 2)
    measure = made([("X", d, 10, 1) for d in dates[:2]] + [("Y", d, 10, 1) for d in dates[2:]])
    assert list(in_stratum(decompose(measure, **XY, seed=1), "selection")) == [
        "2016-02-01", "2016-10-01",
    ]  # fmt: skip
    measure = made([("X", n, 10, 1) for n in (10, 9)] + [("Y", n, 10, 1) for n in (10, 9)])
    assert list(in_stratum(decompose(measure, **XY, seed=1), "selection")) == ["9", "10"]


def topics(measure: Measure, shares: list[list[float]], keys: list[str] | None = None) -> Measure:
    """Return a measure of topics of the same articles."""
    articles = pd.DataFrame({"doc_id": pd.Series(keys or measure.articles["doc_id"], dtype="str")})
    names = pd.Index([f"topic {place}" for place in range(len(shares[0]))], dtype="str")
    above = sparse.csc_array(np.array(shares, dtype=float))
    return Measure(articles, above, np.ones(len(articles)), names, "topic", "share")


def test_shares_of_topics_split_an_article() -> None:
    measure = made([("X", "", 100, 10), ("X", "", 100, 2), ("Y", "", 100, 4)])
    both = topics(measure, [[3, 1], [0, 2], [1, 1]])  # shares ¾ ¼, 0 1, ½ ½
    table = decompose(measure, **{**XY, "strata": both}, seed=1)
    assert table["strata"].unique().tolist() == ["topic"]
    # X: topic 0 has 7.5 of 75, topic 1 has 4.5 of 125. Y: 2 of 50 each.
    part = table[table["component"] == "presentation"].set_index("stratum")
    assert part.loc["topic 0", "rate_target"] == pytest.approx(100)
    assert part.loc["topic 1", "rate_target"] == pytest.approx(36)
    assert part.loc["topic 0", "weight_target"] == pytest.approx(0.375)
    assert part.loc["topic 0", ["n_articles_target", "n_articles_reference"]].tolist() == [1, 1]
    assert part.loc["topic 1", ["n_units_target", "n_units_reference"]].tolist() == [2, 1]
    assert totals(table)["presentation"] == pytest.approx(0.4375 * 60 + 0.5625 * -4)
    assert totals(table)["selection"] == pytest.approx(-0.125 * 70 + 0.125 * 38)


def test_a_column_is_the_special_case_of_whole_shares() -> None:
    rows = [*TWO, ("X", None, 30, 1), ("Y", None, 50, 9)]
    measure = made(rows)
    strata = topics(measure, [[row[1] == name for name in ("arts", "war")] for row in rows])
    soft = decompose(measure, **{**XY, "strata": strata}, seed=1)
    hard = decompose(measure, **XY, seed=1)
    assert in_stratum(soft, "selection").keys() == {"topic 0", "topic 1", "(missing)"}
    same = ["component", "value", "low", "high", "rate_target", "n_units_reference"]
    pd.testing.assert_frame_equal(soft[same], hard[same])
    shuffled = [5, 2, 7, 0, 1, 3, 6, 4]
    keys = measure.articles["doc_id"].iloc[shuffled].tolist()
    moved = topics(measure, strata.numerators.toarray()[shuffled].tolist(), keys)
    again = decompose(measure, **{**XY, "strata": moved}, seed=1)
    pd.testing.assert_frame_equal(again, soft)


corpora = st.lists(
    st.tuples(
        st.sampled_from("XY"), st.sampled_from("abcd"), st.integers(1, 50), st.integers(0, 9),
        st.integers(0, 9),
    ),
    min_size=2,
    max_size=14,
).map(lambda rows: [("X", "a", 20, 1, 0), ("Y", "a", 10, 0, 3), *rows])  # fmt: skip


def by_loops(rows: list[tuple[Any, ...]]) -> dict[str, Fraction]:
    """Return the components in exact fractions, with one loop for each sum."""

    def ratio(side: str, strata: set[str]) -> Fraction:
        chosen = [row for row in rows if row[0] == side and row[1] in strata]
        return Fraction(sum(row[3] for row in chosen), sum(row[2] for row in chosen))

    def size(side: str, strata: set[str]) -> int:
        return sum(row[2] for row in rows if row[0] == side and row[1] in strata)

    has = {side: {row[1] for row in rows if row[0] == side} for side in "XY"}
    both = has["X"] & has["Y"]
    found = {"gap": ratio("X", has["X"]) - ratio("Y", has["Y"])}
    for name in ("selection", "presentation"):
        found[name] = Fraction(0)
    for stratum in both:
        one, other = (
            Fraction(size(side, {stratum}), size(side, both)) for side in "XY"
        )  # shares of the common strata
        first, second = (ratio(side, {stratum}) for side in "XY")
        found["selection"] += (one - other) * (first + second) / 2
        found["presentation"] += (one + other) / 2 * (first - second)
    found["only target"] = ratio("X", has["X"]) - ratio("X", both)
    found["only reference"] = ratio("Y", both) - ratio("Y", has["Y"])
    return found


@settings(max_examples=25)
@given(corpora)
def test_values_equal_slow_loops_and_add_up(rows: list[tuple[Any, ...]]) -> None:
    table = decompose(made(rows, n_items=2), **XY, seed=1, n_resamples=2)
    expected = {name: float(value * 1000) for name, value in by_loops(rows).items()}
    found = totals(table)
    assert found == pytest.approx(expected, abs=1e-9)
    for item in ("item 0", "item 1"):
        sums = totals(table, item)
        assert sum(sums.values()) == pytest.approx(2 * sums["gap"], abs=1e-9)
        part = table[table["stratum"].notna() & (table["item"] == item)]
        by_component = part.groupby("component")["value"].sum()
        for component, value in sums.items():
            if component != "gap":
                assert by_component.get(component, 0) == pytest.approx(value, abs=1e-9)


@settings(max_examples=15)
@given(corpora, st.randoms(use_true_random=False))
def test_swapping_turns_the_sign_and_order_does_not_matter(
    rows: list[tuple[Any, ...]], random: Any
) -> None:
    measure = made(rows, n_items=2)
    table = decompose(measure, **XY, seed=3, n_resamples=30)
    other = decompose(measure, **{**XY, "target": "Y", "reference": "X"}, seed=3, n_resamples=30)
    names = {"only target": "only reference", "only reference": "only target"}
    other = other.assign(component=other["component"].replace(names))
    keys = ["item", "component", "stratum"]
    both = table.merge(other, on=keys, suffixes=("", "_swapped"))
    assert len(both) == len(table) == len(other)
    for one, two in (("value", "value"), ("low", "high"), ("high", "low")):
        np.testing.assert_allclose(both[one], -both[f"{two}_swapped"], atol=1e-9)
    places = list(range(len(rows)))
    random.shuffle(places)
    moved = Measure(
        measure.articles.iloc[places].reset_index(drop=True),
        measure.numerators.tocsr()[places].tocsc(),
        measure.denominators[places],
        measure.items,
        "term",
        measure.name,
        1000.0,
    )
    pd.testing.assert_frame_equal(
        decompose(moved, **XY, seed=3, n_resamples=30), table, check_exact=True
    )


@settings(max_examples=15)
@given(corpora)
def test_the_same_mix_of_strata_is_no_selection(rows: list[tuple[Any, ...]]) -> None:
    twice = [(side, *row[1:3], row[3] if side == "X" else row[4]) for row in rows for side in "XY"]
    found = totals(decompose(made(twice), **XY, seed=1, n_resamples=2))
    assert found["selection"] == 0
    assert found["presentation"] == pytest.approx(found["gap"], abs=1e-9)
    assert found["only target"] == found["only reference"] == 0


def test_equals_oaxaca_and_blinder_by_regression() -> None:
    """Weighted regressions on indicators of the strata give both sides' rates in each of them."""
    rng = np.random.default_rng(5)
    rows = [
        (side, int(rng.integers(5)), int(rng.integers(50, 500)), int(rng.poisson(8)))
        for side in "XY" * 60
    ]  # fmt: skip
    means, slopes = [], []
    for side in "XY":
        part = [row for row in rows if row[0] == side]
        weight = np.array([row[2] for row in part], dtype=float)
        rate = np.array([row[3] for row in part]) / weight
        strata = np.eye(5)[[row[1] for row in part]]
        root = np.sqrt(weight)
        slopes.append(np.linalg.lstsq(strata * root[:, None], rate * root, rcond=None)[0])
        means.append(weight @ strata / weight.sum())
    found = totals(decompose(made(rows), **XY, seed=1, n_resamples=2))
    explained = (means[0] - means[1]) @ (slopes[0] + slopes[1]) / 2
    unexplained = (means[0] + means[1]) / 2 @ (slopes[0] - slopes[1])
    assert found["selection"] == pytest.approx(1000 * explained)
    assert found["presentation"] == pytest.approx(1000 * unexplained)


def test_intervals_are_of_articles_drawn_within_each_source() -> None:
    """Put copies of the drawn articles together by hand, and split their gap."""
    rng = np.random.default_rng(6)
    rows = [
        (side, "ab"[number % 2], int(rng.integers(50, 500)), *rng.poisson(8, size=2))
        for side, size in (("X", 13), ("Y", 21)) for number in range(size)
    ]  # fmt: skip
    table = decompose(made(rows, n_items=2), **XY, seed=4, n_resamples=25)
    drawn: list[list[tuple[Any, ...]]] = [[] for _ in range(25)]
    for stream, side in enumerate("XY"):
        part = [row for row in rows if row[0] == side]
        places = np.random.default_rng([4, stream]).integers(len(part), size=(25, len(part)))
        for number, chosen in enumerate(places):
            drawn[number] += [part[place] for place in chosen]
    tables = [decompose(made(one, n_items=2), **XY, seed=1, n_resamples=2) for one in drawn]
    values = np.stack([one["value"] for one in tables])
    assert all(one["stratum"].equals(table["stratum"]) for one in tables)
    # As far out as t with one degree of freedom less than effective units, of the side with fewer.
    for place, line in enumerate(table.itertuples()):
        item = 3 + int(str(line.item)[-1])
        strata = "ab" if pd.isna(line.stratum) else line.stratum
        if str(line.component).startswith("only"):
            continue
        freedom = np.inf
        for side in "XY":
            counts = np.array([row[item] for row in rows if row[0] == side and row[1] in strata])
            freedom = min(freedom, counts.sum() ** 2 / (counts**2).sum() - 1)
        tail = stats.norm.cdf(stats.t.ppf(0.025, max(freedom, 1)))
        low, high = np.quantile(values[:, place], [tail, 1 - tail])
        assert line.low == pytest.approx(low, abs=1e-9)
        assert line.high == pytest.approx(high, abs=1e-9)
    assert (table["interval"] == "expanded percentiles of resampled units").all()


def test_each_resample_adds_up_where_strata_drop_out() -> None:
    rng = np.random.default_rng(7)
    common, own = np.array([True, True, True, False]), np.array([False, False, False, True])
    sides = []
    for _ in range(2):
        below = rng.integers(1, 9, size=(4, 1)).astype(float)
        above = rng.integers(0, 9, size=(4, 2, 1)).astype(float)
        observed = _within(above, below, common=common, own=own, like=None)
        times = rng.integers(0, 2, size=(4, 50))
        times[3] = 1  # something is left in each resample
        there = (above * times[:, None], below * times)
        assert (there[1][:3].sum(axis=0) == 0).any()
        sides.append(_within(*there, common=common, own=own, like=observed))
    rows = _split(*sides)
    assert np.isfinite(rows).all()
    np.testing.assert_allclose(rows[0], rows[1:5].sum(axis=0), atol=1e-12)
    np.testing.assert_allclose(rows[1], rows[5:8].sum(axis=0), atol=1e-12)
    np.testing.assert_allclose(rows[2], rows[8:11].sum(axis=0), atol=1e-12)


def test_copies_in_one_unit_do_not_narrow_the_intervals() -> None:
    rng = np.random.default_rng(8)
    rows = [
        (side, "ab"[number % 2], 100, int(rng.poisson(8))) for side in "XY" for number in range(9)
    ]  # fmt: skip
    names = [f"s{place:02d}" for place in range(len(rows))]
    once = decompose(made(rows, story=names), **XY, seed=1, unit="story")
    twice = decompose(made(rows * 2, story=names * 2), **XY, seed=1, unit="story")
    apart = decompose(made(rows * 2, story=names * 2), **XY, seed=1)
    shown = ["value", "low", "high", "n_units_target"]
    pd.testing.assert_frame_equal(twice[shown], once[shown])
    assert (twice["n_articles_target"] == 2 * once["n_articles_target"]).all()
    width = [(table["high"] - table["low"]).iloc[0] for table in (apart, twice)]
    assert width[0] < 0.85 * width[1]


def test_few_units_are_counted_by_item_and_by_stratum() -> None:
    """Side X has 40 units of a and 20 of b; the first item is in all, the second in 19 of a."""
    rows = [(side, "a" if n < 40 else "b", 10, 1, int(n < 19 or side == "Y")) for side in "XY"
            for n in range(60)]  # fmt: skip
    table = decompose(made(rows, n_items=2), **XY, seed=1, n_resamples=9)
    assert table.query("item == 'item 0'")["few_units"].sum() == 0
    gap = table.query("item == 'item 1' and component == 'gap'").iloc[0]
    assert gap[["n_units_with_target", "n_units_with_reference"]].tolist() == [19, 60]
    assert gap["few_units"]
    part = table.query("item == 'item 1' and component == 'selection'").set_index("stratum")
    assert part.loc[["a", "b"], "n_units_with_target"].tolist() == [19, 0]
    assert part.loc[["a", "b"], "n_units_with_reference"].tolist() == [40, 20]
    fewer = [row for n, row in enumerate(rows) if n != 50]  # now 19 units of b, a third of X
    table = decompose(made(fewer, n_items=2), **XY, seed=1, n_resamples=9)
    found = table.query("item == 'item 0'").set_index(["component", "stratum"])["few_units"]
    assert found[
        [key[0] in {"selection", "presentation"} and key[1] != "a" for key in found.index]
    ].all()
    assert not found["gap"].any()
    assert not found["only target"].any()
    assert not found[("presentation", "a")]


def test_strata_of_one_side_rest_on_its_units_in_the_common_ones() -> None:
    """X has 40 units with the item in a stratum of its own, but 19 in the one that Y has too."""
    rows = [("X", "own", 10, 1)] * 40 + [("X", "a", 10, 1)] * 19 + [("Y", "a", 10, 2)] * 30
    table = decompose(made(rows), **XY, seed=1, n_resamples=9).set_index(["component", "stratum"])
    own = table.loc["only target"]
    assert own["n_units_with_target"].tolist() == [40, 40]
    assert own["few_units"].all()
    enough = decompose(made([*rows, ("X", "a", 10, 1)]), **XY, seed=1, n_resamples=9)
    assert not enough["few_units"].any()


def test_the_rest_are_all_others_drawn_within_each_source() -> None:
    rows = [("X", "a", 10, 1)] * 5 + [("Y", "a", 10, 2)] * 5 + [("Z", "a", 10, 9)] * 5
    measure = made([*rows, (None, "a", 10, 0), (None, "a", 0, 0)])
    table = decompose(measure, **{**XY, "reference": None}, seed=1)
    gap = table.iloc[0]
    assert gap["reference"] == "rest"
    assert gap["numerator_reference"] == 55
    assert gap["denominator_reference"] == 110
    assert gap["n_articles_reference"] == 11
    assert gap["low"] == gap["value"] == gap["high"] == pytest.approx(-400)


def test_other_draws_of_the_numerators_widen_the_intervals() -> None:
    rows = [("X", "a", 10, 2)] * 4 + [("Y", "a", 10, 0)] * 4
    draws = ([[1]] * 4 + [[0]] * 4, [[5]] * 4 + [[0]] * 4)
    table = decompose(made(rows, draws=draws), **XY, seed=1, n_resamples=100)
    assert table[["value", "low", "high"]].iloc[0].tolist() == [200, 100, 500]


def test_items_are_split_alike_in_any_number_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(9)
    rows = [
        ("XY"[n % 2], int(rng.integers(3)), 100, *rng.poisson(2, size=7)) for n in range(40)
    ]  # fmt: skip
    measure = made(rows, n_items=7)
    table = decompose(measure, **XY, seed=1)
    monkeypatch.setattr(decomposition, "_MOST_CELLS", 9_000)
    pd.testing.assert_frame_equal(decompose(measure, **XY, seed=1), table, check_exact=True)
    alone = decompose(measure.select("item 4"), **XY, seed=1)
    here = table[table["item"] == "item 4"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, here)
    assert not decompose(measure, **XY, seed=2)["low"].equals(table["low"])
    assert decompose(measure, **XY, seed=1, n_resamples=50)["n_resamples"].unique() == [50]


def planted(seed: int, *, mixes: tuple[list[float], list[float]], lift: float) -> Measure:
    """Return a corpus of 120 articles a source, words in bursts; X's rates are lifted."""
    rng = np.random.default_rng(seed)
    stratum = np.concatenate([rng.choice(3, size=120, p=mix) for mix in mixes])
    source = np.repeat(["X", "Y"], 120)
    n_tokens = rng.integers(200, 800, size=240)
    rate = np.array([0.03, 0.01, 0.005])[stratum] * np.where(source == "X", lift, 1)
    burst = rng.gamma(2, 0.5, size=(4, 240))
    counts = rng.poisson(n_tokens * rate * burst).tolist()
    columns = (source.tolist(), stratum.tolist(), n_tokens.tolist(), *counts)
    return made(list(zip(*columns, strict=True)), n_items=4)


@pytest.mark.parametrize(
    ("nothing", "something", "mixes", "lift"),
    [
        ("presentation", "selection", ([0.5, 0.3, 0.2], [0.2, 0.3, 0.5]), 1.0),
        ("selection", "presentation", ([0.4, 0.3, 0.3], [0.4, 0.3, 0.3]), 2.0),
    ],
)
def test_what_was_not_planted_is_not_found(
    nothing: str, something: str, mixes: tuple[list[float], list[float]], lift: float
) -> None:
    covered, found = [], []
    for seed in range(60):
        measure = planted(seed, mixes=mixes, lift=lift)
        table = decompose(measure, **XY, seed=seed, n_resamples=200)
        rows = table[table["stratum"].isna()].groupby("component")
        null, real = rows.get_group(nothing), rows.get_group(something)
        covered.append(((null["low"] <= 0) & (null["high"] >= 0)).mean())
        found.append((real["low"] > 0).mean())
    assert 0.90 <= np.mean(covered) <= 0.985  # nominally .95
    assert np.mean(found) > 0.95


def test_the_measure_is_left_as_it_was() -> None:
    measure = made([*TWO, ("X", None, 5, 1)])
    before = measure.articles.copy(), measure.numerators.toarray(), measure.denominators.copy()
    decompose(measure, **XY, seed=1)
    pd.testing.assert_frame_equal(measure.articles, before[0])
    np.testing.assert_array_equal(measure.numerators.toarray(), before[1])
    np.testing.assert_array_equal(measure.denominators, before[2])


def test_a_measure_of_a_column_can_be_split() -> None:
    articles = pd.DataFrame(
        {"doc_id": list("abcd"), "source": list("XXYY"), "stratum": list("pqpq"), "n": [1, 2, 3, 4]}
    )
    assert totals(decompose(measure_column(articles, "n"), **XY, seed=1), "n")["gap"] == -2


ONE = made(TWO)
APART = made([("X", "a", 1, 0), ("Y", "b", 1, 0)])

MESSAGES: dict[str, tuple[dict[str, Any], str]] = {
    "by": (
        {"by": "sauce"},
        (
            "decompose: by='sauce' is not a column of the articles. "
            "They have 'doc_id', 'source', 'stratum'. Did you mean 'source'?"
        ),
    ),
    "unit": (
        {"unit": "story"},
        (
            "decompose: unit='story' is not a column of the articles. "
            "They have 'doc_id', 'source', 'stratum'."
        ),
    ),
    "no unit": (
        {"measure": made(TWO, story=[None, "s", "t", "u", None, "v"]), "unit": "story"},
        (
            "decompose: 2 of 6 articles have no value of unit='story'. "
            "Give each of them one, for example its doc_id."
        ),
    ),
    "strata": (
        {"strata": "strata"},
        (
            "decompose: strata='strata' is not a column of the articles. "
            "They have 'doc_id', 'source', 'stratum'. Did you mean 'stratum'? "
            "Add a column with measure.join(), or pass a measure of topics."
        ),
    ),
    "target": ({"target": "Z"}, "decompose: target='Z' is not one of 'X', 'Y'."),
    "reference": ({"reference": "Z"}, "decompose: reference='Z' is not one of 'X', 'Y'."),
    "the same": (
        {"reference": "X"},
        (
            "decompose: target and reference are both 'X'. Choose two different values, or "
            "reference=None for all other articles."
        ),
    ),
    "resamples": ({"n_resamples": 1}, "decompose: n_resamples=1 is below 2. Pass 2 or more."),
    "nothing in common": (
        {"measure": APART},
        (
            "decompose: no stratum of 'stratum' has articles of both 'X' and 'Y'. "
            "Nothing can be compared within strata. Choose coarser ones."
        ),
    ),
    "nothing counted": (
        {"measure": made([("X", "a", 1, 0), ("Y", "a", 0, 0)])},
        (
            "decompose: no article of 'Y' has a denominator above 0. "
            "There is no rate to compare. Choose another side."
        ),
    ),
    "numerators alone": (
        {"measure": made([("X", "a", 1, 0), ("Y", "a", 0, 3)])},
        (
            "decompose: 1 articles have a numerator and a denominator of 0. Such numbers are no "
            "part of a rate. Leave them out with measure.where(), or mend them."
        ),
    ),
    "other articles": (
        {"strata": topics(ONE, [[1]] * 2, ["d000", "d001"])},
        (
            "decompose: strata lacks 4 of the 6 articles ('d002', 'd003', 'd004', … (4 in all)). "
            "Make both measures from the same corpus."
        ),
    ),
    "articles twice": (
        {"strata": topics(ONE, [[1]] * 3, ["d000", "d001", "d000"])},
        (
            "decompose: strata has 1 articles more than once, and not in the order of the measure. "
            "Make both from the same corpus."
        ),
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_messages(name: str) -> None:
    changed, message = MESSAGES[name]
    arguments = {"measure": ONE, **XY, "seed": 1, **changed}
    with pytest.raises(ValueError, match=rf"\A{re.escape(message)}\Z"):
        decompose(arguments.pop("measure"), **arguments)


def test_wrong_kinds() -> None:
    message = (
        "decompose: measure is DataFrame, not a Measure. "
        "Make one with measure_terms(), measure_mentions() or measure_column()."
    )
    with pytest.raises(TypeError, match=rf"\A{re.escape(message)}\Z"):
        decompose(pd.DataFrame(), **XY, seed=1)  # type: ignore[arg-type]
    message = "decompose: seed='1' is not a whole number of 0 or more. Pass for example seed=1."
    with pytest.raises(TypeError, match=rf"\A{re.escape(message)}\Z"):
        decompose(ONE, **XY, seed="1")  # type: ignore[arg-type]
    for name in ("by", "unit"):
        message = (
            f"decompose: {name}=['source'] is not the name of one column. "
            "Pass one; join two into a new column of the articles before build_corpus()."
        )
        with pytest.raises(TypeError, match=rf"\A{re.escape(message)}\Z"):
            decompose(ONE, **(XY | {name: ["source"]}), seed=1)
    message = (
        "decompose: strata=['stratum'] is neither the name of one column nor a measure. "
        "Pass a column of the articles, or a measure of topics."
    )
    with pytest.raises(TypeError, match=rf"\A{re.escape(message)}\Z"):
        decompose(ONE, **(XY | {"strata": ["stratum"]}), seed=1)
