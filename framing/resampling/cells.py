"""Sums over units: what each adds to each group, and how far rates of groups vary with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy import sparse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """What each unit adds to each group: one row for every pair of the two that has an article.

    Attributes
    ----------
    numerators : csc_array, shape (n_cells, n_items)
        Sums of numerators.
    denominators : array, shape (n_cells,)
        Sums of denominators.
    group, unit : array of int64, shape (n_cells,)
        The number of each cell's group and unit; cells stand by unit.
    n_groups, n_units : int
        How many there are.
    """

    numerators: sparse.csc_array[Any]
    denominators: Floats
    group: Ints
    unit: Ints
    n_groups: int
    n_units: int

    def chosen(self, rows: npt.NDArray[np.bool_]) -> Cells:
        """Return some of the cells; groups and units keep their numbers."""
        picked = self.numerators.tocsr()[np.flatnonzero(rows)].tocsc()
        below, group, unit = self.denominators[rows], self.group[rows], self.unit[rows]
        return Cells(picked, below, group, unit, self.n_groups, self.n_units)

    @cached_property
    def shared(self) -> Cells:
        """The cells of units that stand in several groups."""
        return self.chosen(np.bincount(self.unit, minlength=self.n_units)[self.unit] > 1)

    @cached_property
    def sides(self) -> list[Side]:
        """The sums of each group."""
        sums, whole = sums_of(self, self.group, self.n_groups)
        return [Side(sums[:, number], whole[:, number]) for number in range(self.n_groups)]


def make_cells(
    numerators: sparse.csc_array[Any], denominators: Floats, group: Ints, unit: Ints
) -> Cells:
    """Return the cells of articles; those in which nothing can be counted are in none."""
    n_groups, n_units = int(group.max(initial=-1)) + 1, int(unit.max(initial=-1)) + 1
    named = np.bincount(numerators.indices[numerators.data > 0], minlength=len(denominators))
    kept = np.flatnonzero((denominators > 0) | (named > 0))
    keys, cell = np.unique(unit[kept] * n_groups + group[kept], return_inverse=True)
    return Cells(
        (indicator(cell, kept, (len(keys), len(unit))) @ numerators).tocsc(),
        np.bincount(cell, denominators[kept], minlength=len(keys)).astype(np.float64),
        keys % max(n_groups, 1),
        keys // max(n_groups, 1),
        n_groups,
        n_units,
    )


def indicator(rows: Ints, columns: Ints, shape: tuple[int, int]) -> Any:
    """Return a matrix with a 1 in each of these places."""
    from scipy import sparse

    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)


def sums_of(cells: Cells, row: Ints, n_rows: int) -> tuple[Floats, Floats]:
    """Return the sums of `Side` over cells, for each row."""
    from scipy import sparse

    matrix = cells.numerators
    members = indicator(row, np.arange(len(row)), (n_rows, len(row)))
    data, below = matrix.data, cells.denominators[matrix.indices]
    parts = (data, data**2, data * below, data > 0, (data > 0) & (data >= below))
    sums = [
        (
            members
            @ sparse.csc_array(
                (part.astype(np.float64), matrix.indices, matrix.indptr), shape=matrix.shape
            )
        ).toarray()
        for part in parts
    ]
    d = cells.denominators
    whole = [np.bincount(row, weights, minlength=n_rows) for weights in (d, d**2, np.ones(len(d)))]
    return np.stack(sums), np.stack(whole)


@dataclass(frozen=True)
class Side:
    """Sums over the units of one side of a comparison.

    Attributes
    ----------
    sums : array, shape (5, n_items)
        Over units, by item: numerators, their squares, numerators times denominators; how many
        units have a numerator above 0, and how many one that is not below the denominator.
    whole : array, shape (3,)
        Over units: denominators, their squares, how many units.
    between : array, shape (n_items,), or 0
        The variance of rates that comes from not knowing the numerators for certain.
    """

    sums: Floats
    whole: Floats
    between: Floats | float = 0.0

    def __add__(self, other: Side) -> Side:
        return Side(self.sums + other.sums, self.whole + other.whole)

    @property
    def rate(self) -> Floats:
        """Numerators divided by denominators; missing without denominators."""
        rate: Floats = self.sums[0] / self.whole[0] if self.whole[0] else self.sums[0] * np.nan
        return rate

    def squares(self, rate: Floats) -> Floats:
        """Return the sum of squares of what units have above or below a rate."""
        _, squares, products, _, _ = self.sums
        spread: Floats = squares - 2 * rate * products + rate**2 * self.whole[1]
        return np.maximum(spread, 0)

    @property
    def variance(self) -> Floats:
        """The variance of the rate, from how its units differ; missing where there is one."""
        d, _, m = self.whole
        # Rounding leaves a residual of a single unit that is not 0.
        factor = m / (m - 1) if m > 1 else np.nan
        with np.errstate(invalid="ignore", divide="ignore"):
            variance: Floats = self.squares(self.rate) / d**2 * factor + self.between
        return variance

    @property
    def effective(self) -> Floats:
        """The effective number of units with the item: theirs if all had as much of it."""
        return _effective(self.sums[0], self.sums[1])

    @property
    def effective_without(self) -> Floats:
        """The same for what is not the item; of use where numerators are parts of denominators."""
        return _effective(self.whole[0] - self.sums[0], self.squares(np.ones(self.sums.shape[1])))


def _effective(sums: Floats, squares: Floats) -> Floats:
    """Return the number of equal parts that would vary as much (Kish)."""
    return np.divide(sums**2, squares, out=np.zeros(len(sums)), where=squares > 0)


@dataclass(frozen=True)
class Contrast:
    """Two sides and what they have in common.

    Attributes
    ----------
    target, reference : Side
        The sides.
    common : tuple
        Over units in both: target's times reference's numerators, target's numerators times
        reference's denominators, the reverse, and target's times reference's denominators.
    between : array or 0
        The covariance of rates that comes from not knowing the numerators for certain.
    """

    target: Side
    reference: Side
    common: tuple[Floats | float, Floats | float, Floats | float, float]
    between: Floats | float = 0.0

    def products(self, rate: Floats, other: Floats) -> Floats:
        """Return the sum of products of what units have above rates on the two sides."""
        nn, nd, dn, dd = self.common
        products: Floats = nn - other * nd - rate * dn + rate * other * dd
        return products

    @property
    def covariance(self) -> Floats:
        """The covariance of the two rates: 0 where no unit stands on both sides."""
        one, two = self.target, self.reference
        with np.errstate(invalid="ignore", divide="ignore"):
            shared = self.products(one.rate, two.rate) / (one.whole[0] * two.whole[0])
        covariance: Floats = shared + self.between
        return covariance

    @property
    def statistic(self) -> Floats:
        """The squared log ratio over its variance, from residuals about one rate for both sides.

        A side with less than half of what a unit with the item typically has is taken to have that
        half, with a variance of 1: that of one unit.
        """
        one, two = self.target, self.reference
        with np.errstate(invalid="ignore", divide="ignore"):
            total = one.sums[0] + two.sums[0]
            rate = total / (one.whole[0] + two.whole[0])
            half = (one.sums[1] + two.sums[1] + 2 * self.common[0]) / total / 2
            n, m = np.maximum(one.sums[0], half), np.maximum(two.sums[0], half)
            d, e = one.whole[0], two.whole[0]
            part = (one.squares(rate) + one.between * d**2) / n**2
            part_two = (two.squares(rate) + two.between * e**2) / m**2
            variance = np.where(one.sums[0] < half, 1, part)
            variance += np.where(two.sums[0] < half, 1, part_two)
            variance -= 2 * (self.products(rate, rate) + self.between * d * e) / (n * m)
            statistic: Floats = np.log(n / d * e / m) ** 2 / variance
        return statistic


def contrast_of(cells: Cells, target: int, reference: list[int]) -> Contrast:
    """Return the contrast of one group with one or several others taken together."""
    shared = cells.shared
    one = shared.group == target
    other = np.isin(shared.group, reference)
    both = cells.sides[reference[0]]
    for number in reference[1:]:
        both = both + cells.sides[number]
    if not len(shared.unit) or (len(reference) == 1 and not (one.any() and other.any())):
        return Contrast(cells.sides[target], both, (0.0, 0.0, 0.0, 0.0))
    # A unit that stands in several groups of the reference is one unit there.
    here, there = _merged(shared, one), _merged(shared, other)
    apart, merged = _total(shared.chosen(other)), _total(there)
    both = Side(both.sums - apart.sums + merged.sums, both.whole - apart.whole + merged.whole)
    crossed = here.numerators.multiply(there.numerators).sum(axis=0)
    common = (
        np.asarray(crossed),
        np.asarray(here.numerators.T @ there.denominators),
        np.asarray(there.numerators.T @ here.denominators),
        float(here.denominators @ there.denominators),
    )
    return Contrast(cells.sides[target], both, common)


def _merged(cells: Cells, rows: npt.NDArray[np.bool_]) -> Cells:
    """Return cells with one row for each unit: the sums of its chosen cells, 0 without any."""
    units, row = np.unique(cells.unit, return_inverse=True)
    members = indicator(row[rows], np.flatnonzero(rows), (len(units), len(row)))
    below = np.bincount(row[rows], cells.denominators[rows], minlength=len(units))
    number = np.zeros(len(units), dtype=np.int64)
    numerators = (members @ cells.numerators).tocsc()
    return Cells(numerators, below.astype(np.float64), number, units, 1, cells.n_units)


def _total(cells: Cells) -> Side:
    """Return the sums over cells, as units those that have a denominator or numerator."""
    sums, whole = sums_of(cells, np.zeros(len(cells.unit), dtype=np.int64), 1)
    filled = np.bincount(cells.numerators.indices, minlength=len(cells.unit)) > 0
    whole[2] = np.count_nonzero(filled | (cells.denominators > 0))
    return Side(sums[:, 0], whole[:, 0])
