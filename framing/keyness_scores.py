"""The scores of terms in two groups of articles, from how often they occur in each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]

_LEVEL = 0.05
"""One minus the level of the interval in `lrc`, before its correction."""

_MARGIN = 0.01
"""Far more than rounding makes of the logarithm of a chance."""


@dataclass(frozen=True)
class Cells:
    """Counts of terms in target and reference, and what the statistics need besides.

    Attributes
    ----------
    a, b : array of float
        Occurrences in target and reference, of each term or of any of those with the same.
    n1, n2 : float
        Tokens of target and reference.
    prior : float
        Pseudo-counts of `log_odds`: of each term, or of all together.
    n_vocabulary : int
        Terms that occur in target or reference, also those too rare to be compared.
    n_terms : int
        Terms that are compared.
    """

    a: _Floats
    b: _Floats
    n1: float
    n2: float
    prior: float
    n_vocabulary: int
    n_terms: int

    @property
    def sign(self) -> _Floats:
        """1 where the term is more frequent in the target, -1 in the reference, 0 in neither."""
        sign: _Floats = np.sign(self.a * self.n2 - self.b * self.n1)
        return sign


Scores = tuple[_Floats, _Floats]
"""Score and p-value of each term."""


def _information(observed: _Floats, expected: _Floats) -> _Floats:
    """Return O ln(O / E), 0 where nothing was observed."""
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=observed > 0)
    terms: _Floats = observed * np.log(ratio)
    return terms


def _chi2_scores(cells: Cells, statistic: _Floats) -> Scores:
    """Return a statistic with its sign and the p-value of chi-square with one degree."""
    from scipy.special import erfc

    # Equal rates give exactly 0: what rounding leaves would count under the square root.
    statistic = np.where(cells.sign == 0, 0.0, np.nan_to_num(statistic, nan=0.0))
    statistic = np.maximum(statistic, 0)
    return cells.sign * statistic, erfc(np.sqrt(statistic / 2))


def _g2(cells: Cells, *, two_cells: bool = False) -> Scores:
    a, b, n1, n2 = cells.a, cells.b, cells.n1, cells.n2
    share, whole = (a + b) / (n1 + n2), n1 + n2
    sum_ = _information(a, n1 * share) + _information(b, n2 * share)
    if not two_cells:
        rest = (whole - a - b) / whole
        sum_ = sum_ + _information(n1 - a, n1 * rest) + _information(n2 - b, n2 * rest)
    return _chi2_scores(cells, 2 * sum_)


def _g2_2cell(cells: Cells) -> Scores:
    return _g2(cells, two_cells=True)


def _chi2(cells: Cells) -> Scores:
    a, b, n1, n2 = cells.a, cells.b, cells.n1, cells.n2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (a + b) / (n1 + n2)
        # (ad - bc) / (n1 n2) is the difference of the two rates.
        statistic = (a / n1 - b / n2) ** 2 / (share * (1 - share) * (1 / n1 + 1 / n2))
    return _chi2_scores(cells, statistic)


def _log_ratio(cells: Cells) -> Scores:
    a, b = np.where(cells.a > 0, cells.a, 0.5), np.where(cells.b > 0, cells.b, 0.5)
    score = np.log2((a / cells.n1) / (b / cells.n2))
    return score, np.full(len(score), np.nan)


def _log_odds(cells: Cells) -> Scores:
    alpha = np.full(len(cells.a), cells.prior)
    return _z(cells, alpha, cells.prior * cells.n_vocabulary)


def _log_odds_informative(cells: Cells) -> Scores:
    return _z(cells, cells.prior * (cells.a + cells.b) / (cells.n1 + cells.n2), cells.prior)


def _z(cells: Cells, alpha: _Floats, alpha_0: float) -> Scores:
    """Return z of the log-odds ratio and its p-value, with pseudo-counts alpha."""
    from scipy.special import erfc

    a, b = cells.a + alpha, cells.b + alpha
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(a / (cells.n1 + alpha_0 - a)) - np.log(b / (cells.n2 + alpha_0 - b))
    z = np.nan_to_num(delta, nan=0.0) / np.sqrt(1 / a + 1 / b)
    return z, erfc(np.abs(z) / np.sqrt(2))


def _lrc(cells: Cells) -> Scores:
    from scipy.special import betaincinv, gammaln

    tail = _LEVEL / 2 / max(cells.n_terms, 1)
    first = cells.sign > 0
    # The interval of the other side is the mirror image: only lower ends need be found.
    more, less = np.where(first, cells.a, cells.b), np.where(first, cells.b, cells.a)
    n_more, n_less = np.where(first, [[cells.n1], [cells.n2]], [[cells.n2], [cells.n1]])
    even = n_more / (cells.n1 + cells.n2)
    score = np.zeros(len(more))
    # The lower end lies above an even share where the chance of so many or more is below the
    # level's. It is at least the chance of just so many: that is quick, and spares most inversions.
    chance = gammaln(more + less + 1) - gammaln(more + 1) - gammaln(less + 1)
    chance += more * np.log(even) + less * np.log1p(-even)
    beyond = np.flatnonzero((cells.sign != 0) & (chance < np.log(tail) + _MARGIN))
    low = betaincinv(more[beyond], less[beyond] + 1, tail)
    score[beyond] = np.log2(n_less[beyond] / n_more[beyond] * low / (1 - low))
    return cells.sign * np.maximum(score, 0), np.full(len(score), np.nan)


MEASURES: dict[str, Callable[[Cells], Scores]] = {
    "lrc": _lrc,
    "log_ratio": _log_ratio,
    "g2": _g2,
    "g2_2cell": _g2_2cell,
    "chi2": _chi2,
    "log_odds": _log_odds,
    "log_odds_informative": _log_odds_informative,
}
