"""The engine of comparisons: equal to slow loops, to scipy, and true to its level."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from scipy import sparse, stats

from framing.resampling import permutation
from framing.resampling.cells import Cells, Side, contrast_of, make_cells
from framing.resampling.intervals import make_scale
from framing.resampling.permutation import (
    Labels,
    count_as_large,
    permutations,
    pool_of,
    shares_of,
)
from framing.resampling.testing import Trial, adjusted, run_tests


def articles(
    n: int, *, n_units: int, seed: int, n_items: int = 6
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Counts, tokens, group and unit of articles; with fewer units than articles some cross."""
    rng = np.random.default_rng(seed)
    below = rng.integers(20, 90, n).astype(float)
    share = np.array([0.02, 0.05, 0.1, 0.2, 0.4, 0.03])[:n_items]
    counts = rng.binomial(below[:, None].astype(int), share * rng.gamma(1, 1, (n, 1)).clip(0, 2))
    unit = np.concatenate([np.arange(n_units), rng.integers(0, n_units, n - n_units)])
    return counts.astype(float), below, rng.integers(0, 3, n), unit


def cells_of(n: int, *, n_units: int, seed: int) -> Cells:
    counts, below, group, unit = articles(n, n_units=n_units, seed=seed)
    return make_cells(sparse.csc_array(counts), below, group, unit)


def by_unit(n: int, *, n_units: int, seed: int, groups: list[int]) -> tuple[Any, Any]:
    """Sums of counts and tokens of each unit over some groups, by a loop."""
    counts, below, group, unit = articles(n, n_units=n_units, seed=seed)
    sums, tokens = np.zeros((n_units, counts.shape[1])), np.zeros(n_units)
    for row in range(n):
        if group[row] in groups:
            sums[unit[row]] += counts[row]
            tokens[unit[row]] += below[row]
    return sums, tokens


def plain_statistic(n: Any, m: Any, d: Any, e: Any) -> Any:
    """The statistic of units' counts n, m and tokens d, e on two sides, as it is defined."""
    rate = (n.sum(0) + m.sum(0)) / (d.sum() + e.sum())
    half = ((n + m) ** 2).sum(0) / (n + m).sum(0) / 2
    one, two = np.maximum(n.sum(0), half), np.maximum(m.sum(0), half)
    residual, other = n - rate * d[:, None], m - rate * e[:, None]
    variance = np.where(n.sum(0) < half, 1, (residual**2).sum(0) / one**2)
    variance += np.where(m.sum(0) < half, 1, (other**2).sum(0) / two**2)
    variance -= 2 * (residual * other).sum(0) / (one * two)
    return np.log(one / d.sum() / two * e.sum()) ** 2 / variance


# Sums and variances


@pytest.mark.parametrize("n_units", [60, 25])
def test_sums_equal_a_loop(n_units: int) -> None:
    cells = cells_of(60, n_units=n_units, seed=1)
    for group, side in enumerate(cells.sides):
        n, d = by_unit(60, n_units=n_units, seed=1, groups=[group])
        here = d > 0
        np.testing.assert_allclose(side.sums[0], n.sum(0))
        np.testing.assert_allclose(side.sums[1], (n**2).sum(0))
        np.testing.assert_allclose(side.sums[2], (n * d[:, None]).sum(0))
        np.testing.assert_allclose(side.sums[3], (n > 0).sum(0))
        np.testing.assert_allclose(side.sums[4], ((n >= d[:, None]) & (n > 0)).sum(0))
        np.testing.assert_allclose(side.whole, [d.sum(), (d**2).sum(), here.sum()])
        residual = n[here] - side.rate * d[here][:, None]
        m = here.sum()
        expected = (residual**2).sum(0) / d.sum() ** 2 * m / (m - 1)
        np.testing.assert_allclose(side.variance, expected)


@pytest.mark.parametrize("n_units", [60, 25])
@pytest.mark.parametrize("reference", [[1], [1, 2]])
def test_contrast_equals_a_loop(n_units: int, reference: list[int]) -> None:
    contrast = contrast_of(cells_of(60, n_units=n_units, seed=2), 0, reference)
    n, d = by_unit(60, n_units=n_units, seed=2, groups=[0])
    m, e = by_unit(60, n_units=n_units, seed=2, groups=reference)
    np.testing.assert_allclose(contrast.reference.sums[0], m.sum(0))
    np.testing.assert_allclose(contrast.reference.sums[1], (m**2).sum(0))
    np.testing.assert_allclose(contrast.reference.sums[3], (m > 0).sum(0))
    assert contrast.reference.whole[2] == (e > 0).sum()
    one = (n - n.sum(0) / d.sum() * d[:, None]) / d.sum()
    two = (m - m.sum(0) / e.sum() * e[:, None]) / e.sum()
    np.testing.assert_allclose(contrast.covariance, (one * two).sum(0), atol=1e-15)
    np.testing.assert_allclose(contrast.statistic, plain_statistic(n, m, d, e))


def test_articles_in_which_nothing_can_be_counted_are_no_units() -> None:
    counts = sparse.csc_array(np.array([[1.0], [0.0], [2.0]]))
    group, unit = np.array([0, 0, 0]), np.array([0, 1, 2])
    cells = make_cells(counts, np.array([5.0, 0.0, 5.0]), group, unit)
    assert cells.sides[0].whole.tolist() == [10, 50, 2]


def test_variance_is_that_of_the_bootstrap() -> None:
    counts, below, _, _ = articles(300, n_units=300, seed=3)
    zero = np.zeros(300, dtype=np.int64)
    side = make_cells(sparse.csc_array(counts), below, zero, np.arange(300)).sides[0]

    def rate(n: Any, d: Any, axis: int) -> Any:
        return n.sum(axis=axis) / d.sum(axis=axis)

    for item in range(counts.shape[1]):
        drawn = stats.bootstrap(
            (counts[:, item], below),
            rate,
            paired=True,
            vectorized=True,
            n_resamples=4000,
            method="percentile",
            rng=np.random.default_rng(item),
        )
        assert np.sqrt(side.variance[item]) == pytest.approx(drawn.standard_error, rel=0.05)


# Intervals


def test_interval_is_near_that_of_scipy_where_articles_are_many() -> None:
    rng = np.random.default_rng(4)
    counts, below = rng.poisson(5, 2000).astype(float), rng.integers(90, 110, 2000) + 0.0
    zero = np.zeros(2000, dtype=np.int64)
    cells = make_cells(sparse.csc_array(counts[:, None]), below, zero, np.arange(2000))
    for bounded in (True, False):
        scale = make_scale(cells, bounded=bounded, level=0.9)
        [low], [high] = scale.interval(cells.sides[0])
        drawn = stats.bootstrap(
            (counts, below),
            lambda n, d, axis: n.sum(axis=axis) / d.sum(axis=axis),
            paired=True,
            confidence_level=0.9,
            n_resamples=4000,
            rng=np.random.default_rng(1),
        )
        width = high - low
        assert low == pytest.approx(drawn.confidence_interval.low, abs=0.05 * width)
        assert high == pytest.approx(drawn.confidence_interval.high, abs=0.05 * width)


def test_interval_by_hand() -> None:
    # Eight articles of 10 tokens with 1, 2, 3, 2 twice: rate 16 / 80, residuals -1, 0, 1, 0.
    counts, below = np.tile([1.0, 2, 3, 2], 2), np.full(8, 10.0)
    zero = np.zeros(8, dtype=np.int64)
    cells = make_cells(sparse.csc_array(counts[:, None]), below, zero, np.arange(8))
    error = np.sqrt(4 / 80**2 * 8 / 7)
    with_it, without = 16**2 / 36, 64**2 / 516
    [low], [high] = make_scale(cells, bounded=False, level=0.95).interval(cells.sides[0])
    t = stats.t.ppf(0.975, with_it - 1)
    assert low == pytest.approx(0.2 * np.exp(-t * error / 0.2))
    assert high == pytest.approx(0.2 * np.exp(t * error / 0.2))
    [low], [high] = make_scale(cells, bounded=True, level=0.95).interval(cells.sides[0])
    t = stats.t.ppf(0.975, min(with_it, without) - 1)
    for end, sign in ((low, -1), (high, 1)):
        expected = np.log(0.2 / 0.8) + sign * t * error / (0.2 * 0.8)
        assert np.log(end / (1 - end)) == pytest.approx(expected)


def test_interval_of_none_at_all_is_that_of_poisson_counts_of_units() -> None:
    # The other group has 2 units with 3 each; the first has 100 tokens and none.
    counts = np.array([0.0, 0, 3, 3])
    cells = make_cells(
        sparse.csc_array(counts[:, None]), np.full(4, 50.0), np.array([0, 0, 1, 1]), np.arange(4)
    )
    [low], [high] = make_scale(cells, bounded=True, level=0.95).interval(cells.sides[0])
    assert low == 0
    assert high == pytest.approx(3 * -np.log(0.025) / 100)


def test_interval_of_few_units_is_that_of_poisson_counts_of_units() -> None:
    # One article of 100 has the item, once: Garwood's exact limits of a Poisson count of 1.
    counts = np.zeros((100, 2))
    counts[0, 0] = 1
    counts[:3, 1] = 4
    below, zero = np.full(100, 10.0), np.zeros(100, dtype=np.int64)
    cells = make_cells(sparse.csc_array(counts), below, zero, np.arange(100))
    scale = make_scale(cells, bounded=True, level=0.95)
    low, high = scale.interval(cells.sides[0])
    assert 1000 * low[0] == pytest.approx(0.0253, abs=5e-5)
    assert 1000 * high[0] == pytest.approx(5.5716, abs=5e-5)
    # Three articles with 4 each: 4 times the limits of a count of 3.
    assert 1000 * low[1] == pytest.approx(4 * 0.6187, abs=4e-4)
    assert 1000 * high[1] == pytest.approx(4 * 8.7673, abs=4e-4)
    assert scale.names(cells.sides[0]).tolist() == ["gamma", "gamma"]


def test_few_units_allow_for_the_larger_ones_of_other_groups() -> None:
    # A typical unit of all groups has (1 + 36 + 36) / 13 of it: where an occurrence stands.
    counts = np.array([1.0] + [0.0] * 9 + [6.0, 6.0] + [0.0] * 8)
    cells = make_cells(
        sparse.csc_array(counts[:, None]), np.full(20, 50.0), np.repeat([0, 1], 10), np.arange(20)
    )
    [low], [high] = make_scale(cells, bounded=False, level=0.9).interval(cells.sides[0])
    rate, one = 1 / 500, 73 / 13 / 500
    variance = rate**2
    assert low == pytest.approx(rate * stats.gamma.ppf(0.05, 1))
    # Fay and Feuer (1997), equation for the upper limit.
    freedom = 2 * (rate + one) ** 2 / (variance + one**2)
    factor = (variance + one**2) / (2 * (rate + one))
    assert high == pytest.approx(factor * stats.chi2.ppf(0.95, freedom))


def test_few_units_that_lack_it_are_the_mirror_image() -> None:
    rest = np.array([1.0, 2.0] + [0.0] * 38)
    below, zero = np.full(40, 20.0), np.zeros(40, dtype=np.int64)
    counts = np.column_stack([rest, below - rest])
    cells = make_cells(sparse.csc_array(counts), below, zero, np.arange(40))
    low, high = make_scale(cells, bounded=True, level=0.95).interval(cells.sides[0])
    assert low[0] == pytest.approx(1 - high[1])
    assert high[0] == pytest.approx(1 - low[1])


def test_few_units_that_nearly_all_have_it_take_the_nearer_end() -> None:
    # Four articles, alike: that nothing else is possible can be told from them.
    counts, below = np.array([50.0, 52, 48, 51]), np.ones(4)
    zero = np.zeros(4, dtype=np.int64)
    cells = make_cells(sparse.csc_array(counts[:, None]), below, zero, np.arange(4))
    scale = make_scale(cells, bounded=False, level=0.95)
    [low], [high] = scale.interval(cells.sides[0])
    assert 47 < low < 50.25 < high < 54
    # Two of three: the variance of so few tells nothing, and t has one degree of freedom.
    counts = np.array([1.0, 1, 0])
    cells = make_cells(sparse.csc_array(counts[:, None]), np.full(3, 9.0), zero[:3], np.arange(3))
    [low], [high] = make_scale(cells, bounded=False, level=0.95).interval(cells.sides[0])
    assert 27 * low == pytest.approx(0.2422, abs=5e-5)
    assert 27 * high == pytest.approx(7.2247, abs=5e-5)


def test_ratio_of_few_units_joins_the_intervals_of_both_sides() -> None:
    counts = np.array([1.0] * 3 + [0.0] * 97 + [1.0] * 40 + [0.0] * 60)
    cells = make_cells(
        sparse.csc_array(counts[:, None]), np.full(200, 9.0), np.repeat([0, 1], 100), np.arange(200)
    )
    contrast, scale = contrast_of(cells, 0, [1]), make_scale(cells, bounded=False, level=0.95)
    ends, other = scale.interval(contrast.target), scale.interval(contrast.reference)
    [low], [high] = scale.ratio(contrast)
    down = np.hypot(np.log(3 / 900 / ends[0][0]), np.log(other[1][0] / (40 / 900)))
    up = np.hypot(np.log(ends[1][0] / (3 / 900)), np.log(40 / 900 / other[0][0]))
    assert np.log(low) == pytest.approx(np.log(3 / 40) - down)
    assert np.log(high) == pytest.approx(np.log(3 / 40) + up)


def test_interval_of_nothing_else_is_its_mirror_image() -> None:
    counts = np.array([1.0] * 200 + [1.0, 0.0])
    group = np.repeat([0, 1], [200, 2])
    cells = make_cells(sparse.csc_array(counts[:, None]), np.ones(202), group, np.arange(202))
    [low], [high] = make_scale(cells, bounded=True, level=0.95).interval(cells.sides[0])
    assert high == 1
    assert low == pytest.approx(1 + np.log(0.025) / 200)


def test_difference_and_ratio_by_hand() -> None:
    cells = cells_of(80, n_units=80, seed=5)
    contrast = contrast_of(cells, 0, [1])
    scale = make_scale(cells, bounded=False, level=0.95)
    one, two = contrast.target, contrast.reference
    (low, high), (low_two, high_two) = scale.interval(one), scale.interval(two)
    gap = one.rate - two.rate
    ends = scale.difference(contrast)
    np.testing.assert_allclose(ends[0], gap - np.hypot(one.rate - low, high_two - two.rate))
    np.testing.assert_allclose(ends[1], gap + np.hypot(high - one.rate, two.rate - low_two))
    parts = np.array([one.variance / one.rate**2, two.variance / two.rate**2])
    freedom = np.array([side.sums[0] ** 2 / side.sums[1] - 1 for side in (one, two)])
    t = stats.t.ppf(0.975, parts.sum(0) ** 2 / (parts**2 / freedom).sum(0))
    low, high = scale.ratio(contrast)
    ratio = one.rate / two.rate
    np.testing.assert_allclose(np.log(high / ratio), t * np.sqrt(parts.sum(0)))
    np.testing.assert_allclose(low * high, ratio**2)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(12)
    held: dict[str, list[Any]] = {"rate": [], "difference": [], "ratio": []}
    for _ in range(25):
        below = np.round(rng.lognormal(6, 0.8, 240))
        there = rng.random((240, 60)) < 0.4
        counts = rng.poisson(there * rng.gamma(1, 1, (240, 60)) * below[:, None] * 0.01)
        group = np.repeat([0, 1], [80, 160])
        cells = make_cells(sparse.csc_array(counts.astype(float)), below, group, np.arange(240))
        contrast, scale = contrast_of(cells, 0, [1]), make_scale(cells, bounded=True, level=0.95)
        for name, (low, high), truth in (
            ("rate", scale.interval(contrast.target), 0.004),
            ("difference", scale.difference(contrast), 0),
            ("ratio", scale.ratio(contrast), 1),
        ):
            held[name].append((low <= truth) & (truth <= high))
    for found in held.values():
        assert 0.93 < np.mean(found) < 0.97


def test_copies_on_both_sides_narrow_the_interval_of_the_difference() -> None:
    # The same 30 articles in two sources: rates are equal for certain.
    rng = np.random.default_rng(6)
    counts = np.tile(rng.poisson(3, 30), 2).astype(float)[:, None]
    group, below = np.repeat([0, 1], 30), np.full(60, 50.0)
    together = make_cells(sparse.csc_array(counts), below, group, np.tile(np.arange(30), 2))
    apart = make_cells(sparse.csc_array(counts), below, group, np.arange(60))
    widths = []
    for cells in (together, apart):
        scale = make_scale(cells, bounded=True, level=0.95)
        low, high = scale.difference(contrast_of(cells, 0, [1]))
        widths.append(float((high - low)[0]))
    assert widths[0] < 0.3 * widths[1]


# Permutations


@pytest.mark.parametrize("n_units", [60, 25])
@pytest.mark.parametrize("groups", [[0, 1], [0, 1, 2]])
def test_counts_equal_a_loop(n_units: int, groups: list[int]) -> None:
    cells = cells_of(60, n_units=n_units, seed=7)
    pool = pool_of(cells, groups, np.arange(6))
    found = contrast_of(cells, 0, groups[1:]).statistic
    side = Labels(shares_of(cells, pool, 0), np.arange(6), found)
    [n_large] = count_as_large(pool, [side], draws=range(150), seed=[9])
    n, d = by_unit(60, n_units=n_units, seed=7, groups=groups)
    here = d > 0
    n, d = n[here], d[here]
    _, own = by_unit(60, n_units=n_units, seed=7, groups=[0])
    shares = own[here] / d
    expected = np.zeros(6, dtype=int)
    n_drawn = 0
    for orders in permutations(len(d), range(150), seed=[9]):
        for order in orders.T:
            share = shares[order]
            one, two = share[:, None] * n, (1 - share)[:, None] * n
            # The typical unit is one of the units as they are, not of their parts.
            half = (n**2).sum(0) / n.sum(0) / 2
            rate = n.sum(0) / d.sum()
            top, bottom = np.maximum(one.sum(0), half), np.maximum(two.sum(0), half)
            residual = share[:, None] * (n - rate * d[:, None])
            rest = (1 - share)[:, None] * (n - rate * d[:, None])
            variance = np.where(one.sum(0) < half, 1, (residual**2).sum(0) / top**2)
            variance += np.where(two.sum(0) < half, 1, (rest**2).sum(0) / bottom**2)
            variance -= 2 * (residual * rest).sum(0) / (top * bottom)
            below, other = share @ d, (1 - share) @ d
            statistic = np.log(top / below / bottom * other) ** 2 / variance
            expected += statistic >= found * (1 - 1e-4)
            n_drawn += 1
    assert n_drawn == 150
    np.testing.assert_array_equal(n_large, expected)


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_the_size_of_blocks_does_not_matter(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = cells_of(90, n_units=70, seed=8)
    tests = [all_tests(cells) for _ in range(2)]
    run_tests(cells, tests[0], n_resamples=230, seed=3)
    monkeypatch.setattr(permutation, "_BLOCK", size)
    run_tests(cells, tests[1], n_resamples=230, seed=3)
    for one, other in zip(*tests, strict=True):
        np.testing.assert_array_equal(one.n_large, other.n_large)


@pytest.mark.parametrize("few", [0.0, 1.0])
def test_units_on_both_sides_count_the_same_as_sparse_array_or_not(
    few: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = cells_of(90, n_units=70, seed=8)
    tests = [all_tests(cells) for _ in range(2)]
    run_tests(cells, tests[0], n_resamples=100, seed=3)
    monkeypatch.setattr(permutation, "_FEW", few)
    run_tests(cells, tests[1], n_resamples=100, seed=3)
    for one, other in zip(*tests, strict=True):
        np.testing.assert_array_equal(one.n_large, other.n_large)


def all_tests(cells: Cells) -> list[Trial]:
    every = range(cells.n_groups)
    tests = []
    for group in every:
        others = [other for other in every if other != group]
        n_large, n_drawn = np.zeros((2, cells.numerators.shape[1]), dtype=np.int64)
        contrast = contrast_of(cells, group, others)
        tests.append(Trial(group, others, contrast, n_large, n_drawn))
    return tests


@pytest.mark.parametrize("n_first", [1, 50, 100, 150, 230])
def test_further_permutations_go_on_where_the_first_stopped(n_first: int) -> None:
    n_units = 40
    whole = np.hstack(list(permutations(n_units, range(300), seed=[1, 2])))
    first = np.hstack(list(permutations(n_units, range(n_first), seed=[1, 2])))
    rest = np.hstack(list(permutations(n_units, range(n_first, 300), seed=[1, 2])))
    assert first.shape == (n_units, n_first)
    np.testing.assert_array_equal(whole, np.hstack([first, rest]))
    assert all(len(np.unique(order)) == n_units for order in whole.T)


@pytest.mark.parametrize("n_resamples", [1, 5, 50, 150])
def test_as_many_permutations_are_drawn_as_are_told(
    n_resamples: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = different(60)
    drawn: list[int] = []

    def counted(n_units: int, draws: range, *, seed: list[int]) -> Iterator[Any]:
        for order in permutations(n_units, draws, seed=seed):
            drawn.append(order.shape[1])
            yield order

    monkeypatch.setattr(permutation, "permutations", counted)
    tests = all_tests(cells)
    run_tests(cells, tests, n_resamples=n_resamples, seed=1)
    assert tests[0].n_drawn.max() == sum(drawn) == 20 * n_resamples


def test_few_permutations_find_no_more_than_many() -> None:
    counts = np.random.default_rng(12).poisson(1.0, size=(60, 300)).astype(float)
    cells = make_cells(
        sparse.csc_array(counts), np.full(60, 50.0), np.repeat([0, 1], 30), np.arange(60)
    )
    for n_resamples in (1, 5):
        tests = all_tests(cells)
        run_tests(cells, tests, n_resamples=n_resamples, seed=1)
        assert (tests[0].p <= 0.05).mean() <= 0.08


def different(n_items: int) -> Cells:
    """Two groups of 40 articles with equal rates, but for the last item: 6 times as many."""
    rng = np.random.default_rng(10)
    rates = np.full((80, n_items), 2.0)
    rates[:40, -1] = 12
    counts = rng.poisson(rates).astype(float)
    return make_cells(
        sparse.csc_array(counts), np.full(80, 100.0), np.repeat([0, 1], 40), np.arange(80)
    )


def test_items_that_stay_unsettled_get_more_permutations() -> None:
    cells = different(60)
    tests = all_tests(cells)
    run_tests(cells, tests, n_resamples=100, seed=1)
    test = tests[0]
    assert test.n_drawn[-1] == 2000
    assert test.n_large[-1] == 0
    assert test.p[-1] == pytest.approx(1 / 2001)
    few = test.n_drawn == 2000
    assert 1 <= few.sum() < 20
    assert (test.n_drawn[~few] == 100).all()
    assert (test.n_large[~few] >= 10).all()
    np.testing.assert_array_equal(test.n_large, tests[1].n_large)


def test_nothing_more_is_drawn_where_the_first_permutations_settle_it() -> None:
    cells = different(2)
    tests = all_tests(cells)
    run_tests(cells, tests, n_resamples=1000, seed=1)
    assert (tests[0].n_drawn == 1000).all()


def test_items_in_few_units_are_not_tested() -> None:
    counts = np.zeros((30, 2))
    counts[:4, 0] = counts[:5, 1] = 1
    cells = make_cells(
        sparse.csc_array(counts), np.full(30, 10.0), np.arange(30) % 2, np.arange(30)
    )
    tests = all_tests(cells)
    run_tests(cells, tests, n_resamples=50, seed=1)
    assert tests[0].n_drawn.tolist() == [0, 50]
    assert np.isnan(tests[0].p).tolist() == [True, False]


def test_p_is_exact_where_all_permutations_can_be_told() -> None:
    # 5 of 10 articles have the item, all in one group: 2 of 252 ways are as extreme.
    counts = np.repeat([1.0, 0.0], 5)[:, None]
    cells = make_cells(sparse.csc_array(counts), np.ones(10), np.repeat([0, 1], 5), np.arange(10))
    tests = all_tests(cells)
    run_tests(cells, tests, n_resamples=20_000, seed=1)
    assert tests[0].p[0] == pytest.approx(2 / 252, rel=0.25)


@pytest.mark.parametrize(
    "group",
    [lambda rng: rng.integers(0, 2, 120), lambda rng: (rng.random(120) < 0.15).astype(int)],
    ids=["even", "uneven"],
)
def test_level_holds_under_the_null(group: Callable[[np.random.Generator], Any]) -> None:
    rng = np.random.default_rng(11)
    refused, n_tests = 0, 0
    for seed in range(12):
        below = np.round(rng.lognormal(6, 0.8, 120))
        there = rng.random((120, 40)) < 0.4
        counts = rng.poisson(there * rng.gamma(1, 1, (120, 40)) * below[:, None] * 0.01)
        cells = make_cells(
            sparse.csc_array(counts.astype(float)), below, group(rng), np.arange(120)
        )
        tests = all_tests(cells)[:1]
        run_tests(cells, tests, n_resamples=199, seed=seed)
        refused += int((tests[0].p <= 0.05).sum())
        n_tests += int((~np.isnan(tests[0].p)).sum())
    assert n_tests == 480
    assert stats.binom.cdf(refused, n_tests, 0.05) < 0.999
    assert refused > 5


# Many tests


def test_adjusted_equals_scipy() -> None:
    p = np.random.default_rng(1).random(50) ** 2
    np.testing.assert_allclose(adjusted(p), stats.false_discovery_control(p))


def test_adjusted_leaves_out_what_was_not_tested() -> None:
    p = np.array([np.nan, 0.01, np.nan, 0.04])
    np.testing.assert_allclose(adjusted(p), [np.nan, 0.02, np.nan, 0.04])
    assert len(adjusted(np.zeros(0))) == 0


def test_effective_number_of_units() -> None:
    even = Side(np.array([[4.0], [4], [40], [4], [0]]), np.array([40.0, 400, 4]))
    assert even.effective.tolist() == [4]
    one = Side(np.array([[4.0], [16], [40], [1], [0]]), np.array([40.0, 400, 4]))
    assert one.effective.tolist() == [1]
