"""Permutations of labels between units: how large a difference chance alone would make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
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

_FEW = 0.1
"""Share of units on two sides below which they are multiplied as a sparse array."""

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
        np.bincount(item, data, minlength=len(items)).astype(np.float64)
        for data in (matrix.data, matrix.data**2)
    )
    rate, half = total / below.sum(), typical / total / 2
    spread = matrix.data**2 - 2 * rate[item] * matrix.data * below[matrix.indices]
    spreads = np.bincount(item, spread, minlength=len(items)).astype(np.float64)
    squares = spreads + rate**2 * (below**2).sum()

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
    pool: Pool, sides: Sequence[Labels], *, draws: range, seed: list[int]
) -> list[Ints]:
    """Count the permutations whose statistic is not below the observed one, for each side's items.

    What a unit contains stays together; which shares it gets is drawn, for all sides alike. A
    statistic that cannot be computed counts as large.
    """
    from concurrent.futures import ThreadPoolExecutor

    counts = [np.zeros(len(side.items), dtype=np.int64) for side in sides]
    parts: dict[bytes, list[_Part]] = {}
    for side in sides:
        parts.setdefault(side.items.tobytes(), _parts(pool, side.items))
    with ThreadPoolExecutor(2) as threads:
        for order in permutations(len(pool.unit), draws, seed=seed):
            for side, found in zip(sides, counts, strict=True):
                weights = _Weights.of(pool, side.shares.astype(np.float32)[order])
                count = partial(_as_large, weights=weights, observed=side.statistic)
                blocks = parts[side.items.tobytes()]
                for part, n_large in zip(blocks, threads.map(count, blocks), strict=True):
                    found[part.block] += n_large
    return counts


@dataclass(frozen=True)
class Labels:
    """One side of a pool: its shares of the units, and the items that are tested.

    Attributes
    ----------
    shares : array, shape (n_units,)
        Which part of each unit belongs to it.
    items : array of int64, shape (n_tested,)
        Places of the items among those of the pool.
    statistic : array, shape (n_tested,)
        Their observed statistics.
    """

    shares: Floats
    items: Ints
    statistic: Floats


@dataclass(frozen=True)
class _Part:
    """Some items of a pool, and where they stand among those of a side."""

    block: slice
    numerators: Any
    spread: Any
    columns: tuple[_Singles, ...]


def _parts(pool: Pool, items: Ints) -> list[_Part]:
    """Return items of a pool in blocks."""
    parts = []
    for first in range(0, len(items), _BLOCK):
        chosen = items[first : first + _BLOCK]
        columns = tuple(
            values[chosen].astype(np.float32)[:, None]
            for values in (pool.rate, pool.squares, pool.total, pool.half)
        )
        block = slice(first, first + len(chosen))
        parts.append(_Part(block, pool.numerators[chosen], pool.spread[chosen], columns))
    return parts


def permutations(n_units: int, draws: range, *, seed: list[int]) -> Iterator[npt.NDArray[np.int32]]:
    """Return some of all random orders of units, units × resamples, those of one round at a time.

    An order depends on its number alone, whichever others are drawn with it.
    """
    for start in range(draws.start - draws.start % _ROUND, draws.stop, _ROUND):
        rng = np.random.default_rng([*seed, start // _ROUND])
        numbers = range(start, min(start + _ROUND, draws.stop))
        orders = {number: rng.permutation(n_units).astype(np.int32) for number in numbers}
        yield np.stack([orders[number] for number in numbers if number in draws], axis=1)


@dataclass(frozen=True)
class _Weights:
    """Shares in random orders, and what follows from them for all items alike.

    Attributes
    ----------
    shares : array of float32, shape (n_units, n_resamples)
        Which part of each unit is in the target.
    both : array or sparse array of the same shape, or None
        Shares times what is left of 1; None where each unit is on one side.
    odds : array, shape (n_resamples,)
        The logarithm of the reference's denominator over the target's.
    squares, common : array, shape (n_resamples,)
        Sums of squared denominators times shares, and times `both`.
    """

    shares: _Singles
    both: Any
    odds: _Singles
    squares: _Singles
    common: _Singles

    @classmethod
    def of(cls, pool: Pool, shares: _Singles) -> _Weights:
        from scipy import sparse

        d = pool.denominators
        # A sparse product adds in the same order everywhere; that of arrays does not.
        below, squares = sparse.csr_array(np.stack([d, d**2])) @ shares.astype(np.float64)
        both: Any = shares * (1 - shares)
        common = np.zeros(len(below))
        n_both = np.count_nonzero(both)
        if n_both:
            common = (sparse.csr_array(d[None] ** 2) @ both.astype(np.float64))[0]
            both = sparse.csr_array(both) if n_both < _FEW * both.size else both
        with np.errstate(divide="ignore", invalid="ignore"):
            odds = np.log((d.sum() - below) / below)
        columns = (column.astype(np.float32) for column in (odds, squares, common))
        return cls(shares, both if n_both else None, *columns)


def _as_large(part: _Part, weights: _Weights, observed: Floats) -> Ints:
    """Count the resamples of a block of items whose statistic is not below the observed one.

    With numerators N and M of the two sides, the variance of the log ratio is the sum over units
    of squared residuals times (share / N - (1 - share) / M)².
    """
    rate, squares, total, half = part.columns
    least = (observed[part.block] * (1 - _SLACK)).astype(np.float32)[:, None]
    one = part.numerators @ weights.shares
    two = total - one
    little, little_two = one < half, two < half
    np.maximum(one, half, out=one)
    np.maximum(two, half, out=two)
    difference = np.log(one / two)
    difference += weights.odds
    difference *= difference
    np.reciprocal(one, out=one)
    np.reciprocal(two, out=two)
    inside = part.spread @ weights.shares
    inside += rate**2 * weights.squares
    outside = squares - inside
    common: Any = 0
    if weights.both is not None:
        common = part.spread @ weights.both
        common = common if isinstance(common, np.ndarray) else common.toarray()
        common += rate**2 * weights.common
        inside -= common
        outside -= common
        common *= 2 * one * two
    for variance, scale, few in ((inside, one, little), (outside, two, little_two)):
        scale *= scale
        variance *= scale
        np.copyto(variance, 1, where=few)
    inside += outside
    inside -= common
    inside *= least
    large: Ints = np.count_nonzero(~(difference < inside), axis=1)
    return large
