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

_ROUND = 200
"""Resamples that are drawn from one stream of random numbers; results depend on it."""

_BLOCK = 1024
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
    rate = total / below.sum()
    half = typical / total / 2
    spread = matrix.data**2 - 2 * rate[item] * matrix.data * below[matrix.indices]
    squares = np.bincount(item, spread, minlength=len(items)) + rate**2 * (below**2).sum()

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
    pool: Pool, shares: Floats, observed: Floats, *, n_resamples: int, seed: list[int]
) -> Ints:
    """Count the permutations whose statistic is not below the observed one, for each item.

    Shares of the target are exchanged between units; what a unit contains stays together. A
    statistic that cannot be computed counts as large.
    """
    from concurrent.futures import ThreadPoolExecutor

    edges = range(0, len(observed), _BLOCK)
    blocks = [slice(first, first + _BLOCK) for first in edges]
    parts = [(block, pool.numerators[block], pool.spread[block]) for block in blocks]
    counts = np.zeros(len(observed), dtype=np.int64)
    with ThreadPoolExecutor(2) as threads:
        for drawn in _permutations(shares, n_resamples, seed):
            weights = _Weights.of(pool, drawn)

            def count(part: tuple[slice, Any, Any], weights: _Weights = weights) -> Ints:
                return _as_large(pool, part, weights, observed[part[0]])

            for block, found in zip(blocks, threads.map(count, parts), strict=True):
                counts[block] += found
    return counts


def _permutations(shares: Floats, n_resamples: int, seed: list[int]) -> Iterator[_Singles]:
    """Return shares in random orders, units × resamples, some at a time."""
    for number, first in enumerate(range(0, n_resamples, _ROUND)):
        rng = np.random.default_rng([*seed, number])
        rows = np.tile(shares.astype(np.float32), (min(_ROUND, n_resamples - first), 1))
        yield np.ascontiguousarray(rng.permuted(rows, axis=1).T)


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
        d = pool.denominators
        whole = bool(((shares == 0) | (shares == 1)).all())
        squared = None if whole else shares**2
        below = d @ shares
        with np.errstate(divide="ignore", invalid="ignore"):
            odds = np.log((d.sum() - below) / below)
        columns = odds, d**2 @ shares, d**2 @ (shares if squared is None else squared)
        return cls(shares, squared, *(column.astype(np.float32) for column in columns))


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
    return np.count_nonzero(~(difference < variance), axis=1).astype(np.int64)


def adjusted(p: Floats) -> Floats:
    """Return p-values adjusted after Benjamini and Hochberg; missing ones are no tests."""
    q = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(-p[tested], kind="stable")]
    ranks = np.arange(len(order), 0, -1)
    q[order] = np.minimum.accumulate(np.minimum(p[order] * len(order) / ranks, 1))
    return q
