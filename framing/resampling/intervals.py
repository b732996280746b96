"""Intervals of rates, differences and ratios, from how units differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.resampling.cells import Cells, Contrast, Floats, Side, sums_of

_FEW_UNITS = 20
_FEW_EFFECTIVE = 5

_SCARCE = 4
"""With fewer effective units than this, their variance says too little to make intervals of it."""


@dataclass(frozen=True)
class Scale:
    """How intervals are made: on which scale, at which level, and what to say of none at all.

    Attributes
    ----------
    bounded : bool
        Whether numerators are parts of denominators, so that no rate is above 1.
    level : float
        The level of the intervals.
    sizes : tuple of array
        What a typical unit of all groups has of the item, and of the rest: that in which an
        occurrence stands on average.
    """

    bounded: bool
    level: float
    sizes: tuple[Floats, Floats]

    def names(self, side: Side) -> npt.NDArray[np.object_]:
        """Return what the column `interval` says of each item."""
        usual = f"cluster-robust t on the {'logit' if self.bounded else 'log'} scale"
        few, most = self.scarce(side), self.usual(side)
        names = np.where(few, np.where(most, "nearer ends of gamma and t", "gamma"), usual)
        return names.astype(object)

    def effective(self, side: Side) -> Floats:
        """Return the effective number of units that an interval rests on."""
        if not self.bounded:
            return side.effective
        return np.minimum(side.effective, side.effective_without)

    def few(self, side: Side) -> npt.NDArray[np.bool_]:
        """Return where the units are too few for an interval to be trusted."""
        n_with = side.sums[3]
        if self.bounded:
            n_with = np.minimum(n_with, side.whole[2] - side.sums[4])
        few: npt.NDArray[np.bool_] = n_with < _FEW_UNITS
        return few | (self.effective(side) < _FEW_EFFECTIVE)

    def scarce(self, side: Side) -> npt.NDArray[np.bool_]:
        """Return where units with the item are too few for their variance alone to tell."""
        scarce: npt.NDArray[np.bool_] = self.effective(side) < _SCARCE
        return scarce

    def usual(self, side: Side) -> npt.NDArray[np.bool_]:
        """Return where most units have what is scarce: how many have it is hardly chance."""
        half = side.whole[2] / 2
        usual: npt.NDArray[np.bool_] = (side.sums[3] > half) | (side.effective >= _SCARCE)
        if self.bounded:
            lacking = side.whole[2] - side.sums[4]
            usual &= (lacking > half) | (side.effective_without >= _SCARCE)
        return usual

    def quantile(self, freedom: Floats) -> Floats:
        """Return the quantile of t for the upper end; at least one degree of freedom."""
        from scipy.special import stdtrit

        quantile = stdtrit(np.maximum(freedom, 1), (1 + self.level) / 2)
        return np.asarray(quantile, dtype=np.float64)

    def interval(self, side: Side) -> tuple[Floats, Floats]:
        """Return the ends of the interval of a side's rate."""
        rate = side.rate
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            odds = rate / (1 - rate) if self.bounded else rate
            spread = np.sqrt(side.variance) / rate / ((1 - rate) if self.bounded else 1)
            factor = np.exp(self.quantile(self.effective(side) - 1) * spread)
            ends = [odds / factor, odds * factor]
            low, high = [end / (1 + end) if self.bounded else end for end in ends]
            least, most = self._gamma(side)
        few, usual = self.scarce(side), self.usual(side)
        low = np.where(few, np.where(usual, np.fmax(low, least), least), low)
        high = np.where(few, np.where(usual, np.fmin(high, most), most), high)
        return low, high

    def _gamma(self, side: Side) -> tuple[Floats, Floats]:
        """Return the ends where units that have the item, or lack it, are a Poisson number.

        One unit does not tell how far others would vary.
        """
        sizes = [size / side.whole[0] for size in self.sizes]
        low, high = self._poisson(side.rate, side, side.effective, sizes[0])
        if self.bounded:
            rest = side.effective_without
            bottom, top = self._poisson(1 - side.rate, side, rest, sizes[1])
            scarce, lacked = side.effective < _SCARCE, rest < _SCARCE
            low = np.where(lacked, np.where(scarce, np.fmax(low, 1 - top), 1 - top), low)
            high = np.where(lacked, np.where(scarce, np.fmin(high, 1 - bottom), 1 - bottom), high)
            low, high = np.maximum(low, 0), np.minimum(high, 1)
        return low, high

    def _poisson(
        self, rate: Floats, side: Side, number: Floats, least: Floats
    ) -> tuple[Floats, Floats]:
        """Return the ends for a rate of so many equal units, and the least that one more adds."""
        from scipy.special import gammaincinv

        tail = (1 - self.level) / 2
        variance = rate**2 / number + side.between
        variance = np.where(rate > 0, variance, 0)
        typical = np.where(rate > 0, variance / rate, 0)
        unit = np.fmax(typical, least)
        low = np.where(rate > 0, typical * gammaincinv(rate / typical, tail), rate)
        shape = (rate + unit) ** 2 / (variance + unit**2)
        high = (rate + unit) / shape * gammaincinv(shape, 1 - tail)
        high = np.where(np.isnan(least), np.nan, high)
        one = side.whole[2] < 2
        return np.where(one, np.nan, low), np.where(one, np.nan, high)

    def difference(self, contrast: Contrast) -> tuple[Floats, Floats]:
        """Return the ends of the interval of a difference, from those of its sides."""
        one, two = contrast.target, contrast.reference
        (low, high), (low_two, high_two) = self.interval(one), self.interval(two)
        with np.errstate(invalid="ignore", divide="ignore"):
            product = np.sqrt(one.variance * two.variance)
            shared = np.where(product > 0, contrast.covariance / product, 0)
            down, up = one.rate - low, high - one.rate
            down_two, up_two = two.rate - low_two, high_two - two.rate
            below = np.sqrt(np.maximum(down**2 + up_two**2 - 2 * shared * down * up_two, 0))
            above = np.sqrt(np.maximum(up**2 + down_two**2 - 2 * shared * up * down_two, 0))
        return one.rate - two.rate - below, one.rate - two.rate + above

    def ratio(self, contrast: Contrast) -> tuple[Floats, Floats]:
        """Return the ends of the interval of a ratio; missing where a side has none."""
        one, two = contrast.target, contrast.reference
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            part, part_two = (side.variance / side.rate**2 for side in (one, two))
            least, least_two = (np.maximum(side.effective - 1, 1) for side in (one, two))
            freedom = (part + part_two) ** 2 / (part**2 / least + part_two**2 / least_two)
            shared = contrast.covariance / (one.rate * two.rate)
            spread = np.sqrt(np.maximum(part + part_two - 2 * shared, 0))
            factor = np.exp(self.quantile(freedom) * spread)
            ratio = np.where(one.rate > 0, one.rate / two.rate, np.nan)
            (low, high), (low_two, high_two) = self.interval(one), self.interval(two)
            ends = (one.rate / low, high_two / two.rate), (high / one.rate, two.rate / low_two)
            joined = [np.exp(np.hypot(*np.log(end))) for end in ends]
            few = self.scarce(one) | self.scarce(two)
            below, above = (np.where(few, other, factor) for other in joined)
            return ratio / below, ratio * above


def make_scale(cells: Cells, *, bounded: bool, level: float) -> Scale:
    """Return how intervals of cells are made."""
    sums, whole = sums_of(cells, np.zeros(len(cells.unit), dtype=np.int64), 1)
    side = Side(sums[:, 0], whole[:, 0])
    every = (side.sums[0], side.effective), (side.whole[0] - side.sums[0], side.effective_without)
    with np.errstate(invalid="ignore", divide="ignore"):
        sizes = [total / number for total, number in every]
    return Scale(bounded, level, (sizes[0], sizes[1]))
