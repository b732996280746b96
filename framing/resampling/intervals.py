"""Intervals of rates, differences and ratios, from how units differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.resampling.cells import Cells, Contrast, Floats, Side, sums_of

_FEW_UNITS = 20
_FEW_EFFECTIVE = 5


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
        What a unit with the item has of it on average in all groups, and what a unit that is not
        all item has of the rest.
    """

    bounded: bool
    level: float
    sizes: tuple[Floats, Floats]

    @property
    def name(self) -> str:
        """What the column `interval` says."""
        return f"cluster-robust t on the {'logit' if self.bounded else 'log'} scale"

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
            # None at all, or nothing else: the most that Poisson counts of units allow.
            most = -np.log((1 - self.level) / 2) / side.whole[0]
            low, high = np.where(rate == 0, [rate, self.sizes[0] * most], [low, high])
            if self.bounded:
                rest = np.maximum(1 - self.sizes[1] * most, 0)
                low, high = np.where(rate == 1, [rest, rate], [low, np.minimum(high, 1)])
        return low, high

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
        return ratio / factor, ratio * factor


def make_scale(cells: Cells, *, bounded: bool, level: float) -> Scale:
    """Return how intervals of cells are made."""
    sums, whole = sums_of(cells, np.zeros(len(cells.unit), dtype=np.int64), 1)
    (total, _, _, n_with, n_full), (below, _, n_cells) = sums[:, 0], whole[:, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        sizes = total / n_with, (below - total) / (n_cells - n_full)
    return Scale(bounded, level, sizes)
