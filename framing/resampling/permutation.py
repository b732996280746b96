"""Permutations of labels between units: how large a difference chance alone would make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from framing.resampling.cells import Cells, Floats, Ints, indicator

if TYPE_CHECKING:
    from scipy import sparse

_Singles = npt.NDArray[np.float32]

_ROUND = 100
"""Resamples that are drawn from one stream of random numbers; results depend on it."""

_BLOCK = 512
"""Items that are resampled in one go; results do not depend on it."""

_SLACK = 1e-4
"""Resampled statistics so little below the observed one count as equal: they have 24 bits."""


@dataclass(frozen=True)
class Pool:
    """The units of two sides together, each whole, among which labels are exchanged.

    Attributes
    ----------
    numerators : csr_array of float32, shape (n_items, n_units)
        Sums of numerators over both sides; by item, to be taken in blocks.
    spread : csr_array of float32, shape (n_items, n_units)
        The part of squared residuals that is not the same for all items.
    denominators : array, shape (n_units,)
        Sums of denominators.
    rate : array, shape (n_items,)
        The rate of both sides together.
    squares : array, shape (n_items,)
        The sum of squared residuals.
    total, half : array, shape (n_items,)
        The sum of numerators, and half of a typical unit's.
    unit : array, shape (n_units,)
        The number of each unit.
    """

    numerators: sparse.csr_array[Any]
    spread: sparse.csr_array[Any]
    denominators: Floats
    rate: Floats
    squares: Floats
    total: Floats
    half: Floats
    unit: Ints


def pool_of(cells: Cells, groups: list[int], items: Ints) -> Pool:
    """Return the pool of some groups, with some of the items."""
    from scipy import sparse

    rows = np.isin(cells.group, groups)
    units, unit = np.unique(cells.unit[rows], return_inverse=True)
    members = indicator(unit, np.flatnonzero(rows), (len(units), len(rows)))
    matrix = (members @ cells.numerators[:, items]).tocsc()
    below = np.bincount(unit, cells.denominators[rows], minlength=len(units)).astype(np.float64)
    item = np.repeat(np.arange(len(items)), np.diff(matrix.indptr))
    total, typical = (
        np.bincount(item, data, minlength=len(items)) for data in (matrix.data, matrix.data**2)
    )
    rate, half = total / below.sum(), typical / total / 2
    spread = matrix.data**2 - 2 * rate[item] * matrix.data * below[matrix.indices]
    squares = rate**2 * (below**2).sum() + np.bincount(item, spread, minlength=len(items))

    def single(data: Floats) -> Any:
        turned = (data.astype(np.float32), matrix.indices, matrix.indptr)
        return sparse.csr_array(turned, shape=(len(items), len(units)))

    return Pool(single(matrix.data), single(spread), below, rate, squares, total, half, units)


def shares_of(cells: Cells, pool: Pool, target: int) -> Floats:
    """Return which part of each unit of a pool belongs to a group: mostly all or nothing."""
    inside = cells.group == target
    below = np.bincount(cells.unit[inside], cells.denominators[inside], minlength=cells.n_units)
    part = below[pool.unit]
    return np.divide(part, pool.denominators, out=np.zeros(len(part)), where=part > 0)


def count_as_large(
    pool: Pool, sides: list[tuple[Floats, Floats]], *, n_resamples: int, seed: list[int]
) -> list[Ints]:
    """Count the permutations whose statistic is not below the observed one, for each item.

    Each side has its shares of the units and its observed statistics. What a unit contains stays
    together; which shares it gets is drawn, for all sides alike. A statistic that cannot be
    computed counts as large.
    """
    from concurrent.futures import ThreadPoolExecutor

    n_items = len(pool.rate)
    blocks = [slice(first, first + _BLOCK) for first in range(0, n_items, _BLOCK)]
    parts = [(block, pool.numerators[block], pool.spread[block]) for block in blocks]
    counts = [np.zeros(n_items, dtype=np.int64) for _ in sides]
    with ThreadPoolExecutor(2) as threads:
        for order in _permutations(len(pool.unit), n_resamples, seed):
            for (shares, observed), found in zip(sides, counts, strict=True):
                weights = _Weights.of(pool, shares.astype(np.float32)[order])

                def count(
                    part: tuple[slice, Any, Any],
                    weights: _Weights = weights,
                    observed: Floats = observed,
                ) -> Ints:
                    return _as_large(pool, part, weights, observed[part[0]])

                for block, n_large in zip(blocks, threads.map(count, parts), strict=True):
                    found[block] += n_large
    return counts


def _permutations(
    n_units: int, n_resamples: int, seed: list[int]
) -> Iterator[npt.NDArray[np.int32]]:
    """Return random orders of units, units × resamples, some at a time."""
    for number, first in enumerate(range(0, n_resamples, _ROUND)):
        rng = np.random.default_rng([*seed, number])
        n_drawn = min(_ROUND, n_resamples - first)
        orders = [rng.permutation(n_units).astype(np.int32) for _ in range(n_drawn)]
        yield np.stack(orders, axis=1)


@dataclass(frozen=True)
class _Weights:
    """Shares in random orders, and what follows from them for all items alike.

    Attributes
    ----------
    shares : array of float32, shape (n_units, n_resamples)
        Which part of each unit is in the target.
    squared : array, or None
        Their squares; None where they are the same.
    odds : array, shape (n_resamples,)
        The logarithm of the reference's denominator over the target's.
    squares, squares_twice : array, shape (n_resamples,)
        Sums of squared denominators times shares, and times squared shares.
    """

    shares: _Singles
    squared: _Singles | None
    odds: _Singles
    squares: _Singles
    squares_twice: _Singles

    @classmethod
    def of(cls, pool: Pool, shares: _Singles) -> _Weights:
        from scipy import sparse

        d = pool.denominators
        # A sparse product adds in the same order everywhere; that of arrays does not.
        below, squares = sparse.csr_array(np.stack([d, d**2])) @ shares.astype(np.float64)
        squared, twice = None, squares
        if not ((shares == 0) | (shares == 1)).all():
            squared = shares**2
            twice = (sparse.csr_array(d[None] ** 2) @ squared.astype(np.float64))[0]
        with np.errstate(divide="ignore", invalid="ignore"):
            odds = np.log((d.sum() - below) / below)
        columns = (column.astype(np.float32) for column in (odds, squares, twice))
        return cls(shares, squared, *columns)


def _as_large(
    pool: Pool, part: tuple[slice, Any, Any], weights: _Weights, observed: Floats
) -> Ints:
    """Count the resamples of a block of items whose statistic is not below the observed one.

    With numerators N and M of the two sides, the variance of the log ratio is the sum over units
    of squared residuals times (share / N - (1 - share) / M)².
    """
    block, numerators, spread = part
    rate, squares, total, half = (
        values[block].astype(np.float32)[:, None]
        for values in (pool.rate, pool.squares, pool.total, pool.half)
    )
    least = (observed * (1 - _SLACK)).astype(np.float32)[:, None]
    one = numerators @ weights.shares
    two = total - one
    small = np.minimum(one, two) < half
    np.maximum(one, half, out=one)
    np.maximum(two, half, out=two)
    residuals = spread @ weights.shares
    residuals += rate**2 * weights.squares
    twice = residuals
    if weights.squared is not None:
        twice = spread @ weights.squared
        twice += rate**2 * weights.squares_twice
    difference = np.log(one / two)
    difference += weights.odds
    difference *= difference
    np.reciprocal(one, out=one)
    np.reciprocal(two, out=two)
    one += two
    variance = (one * twice - 2 * two * residuals) * one
    variance += squares * two**2
    np.maximum(variance, small, out=variance)
    variance *= least
    large: Ints = np.count_nonzero(~(difference < variance), axis=1)
    return large


def adjusted(p: Floats) -> Floats:
    """Return p-values adjusted after Benjamini and Hochberg; missing ones are no tests."""
    q = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(-p[tested], kind="stable")]
    ranks = np.arange(len(order), 0, -1)
    q[order] = np.minimum.accumulate(np.minimum(p[order] * len(order) / ranks, 1))
    return q
