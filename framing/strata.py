"""Articles in strata: how much of each is in which, by unit, and in units drawn at random."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import close_match, listing
from framing.measure import Measure

if TYPE_CHECKING:
    from scipy import sparse

_Floats = npt.NDArray[np.float64]
_Ints = npt.NDArray[np.int64]
_Bools = npt.NDArray[np.bool_]

MISSING = "(missing)"
"""The stratum of articles that are in none."""

_BLOCK = 25
"""Resamples that are drawn together; another number would give other random numbers."""


def canonical_order(measure: Measure) -> _Ints:
    """Return the articles in an order that does not depend on how they came."""
    key = pd.factorize(measure.articles["doc_id"], sort=True)[0]
    return np.lexsort((measure.denominators, key)).astype(np.int64)


def shares_of(
    measure: Measure, strata: str | Measure
) -> tuple[sparse.csr_array[Any, tuple[int, int]], pd.Index[str]]:
    """Return the share of each stratum in each article (rows sum to 1), and their names."""
    articles = measure.articles
    if isinstance(strata, Measure):
        weights = strata.numerators.tocsr()[_rows_in(articles["doc_id"], strata)]
        names = pd.Index(strata.items)
        total = weights.sum(axis=1)
        cells = weights.tocoo()
        row, column = cells.coords
        nowhere = np.flatnonzero(total <= 0)
        shares = _summed(
            np.append(cells.data / total[row], np.ones(len(nowhere))),
            np.append(row, nowhere),
            np.append(column, np.full(len(nowhere), len(names))),
            (len(total), len(names) + 1),
        )
        shares.eliminate_zeros()
    elif not isinstance(strata, str):
        msg = (
            f"decompose: strata={strata!r} is neither the name of one column nor a measure. "
            "Pass a column of the articles, or a measure of topics."
        )
        raise TypeError(msg)
    elif strata in articles.columns:
        code, values = pd.factorize(articles[strata], sort=True)
        names = pd.Index(pd.Series(values).astype("str"))
        column = np.where(code < 0, len(names), code)
        shares = _summed(
            np.ones(len(code)), np.arange(len(code)), column, (len(code), len(names) + 1)
        )
    else:
        msg = (
            f"decompose: strata={strata!r} is not a column of the articles. "
            f"They have {listing(articles.columns)}.{close_match(strata, articles.columns)} "
            "Add a column with measure.join(), or pass a measure of topics."
        )
        raise ValueError(msg)
    return shares, names.append(pd.Index([MISSING], dtype="str"))


def _rows_in(keys: pd.Series[str], strata: Measure) -> _Ints:
    """Return the row of each article in the measure whose items are the strata."""
    other = pd.Index(strata.articles["doc_id"])
    if len(other) == len(keys) and (other == pd.Index(keys)).all():
        return np.arange(len(keys))
    if other.has_duplicates:
        msg = (
            f"decompose: strata has {int(other.duplicated().sum()):,} articles more than once, and "
            "not in the order of the measure. Make both from the same corpus."
        )
        raise ValueError(msg)
    rows = other.get_indexer(pd.Index(keys))
    missing = keys[rows < 0].unique()
    if len(missing):
        msg = (
            f"decompose: strata lacks {len(missing):,} of the {keys.nunique():,} articles "
            f"({listing(missing, most=3)}). Make both measures from the same corpus."
        )
        raise ValueError(msg)
    return np.asarray(rows, dtype=np.int64)


@dataclass(frozen=True)
class Side:
    """The articles of one side in which something can be counted.

    Attributes
    ----------
    counted : tuple of csr_array, articles × items
        The numerators, then other draws of them where the measure has some.
    denominators : array, articles
        What they are counted in, above 0.
    shares : csr_array, articles × strata
        The share of each stratum in each article.
    article : array, articles
        A number for each key: an article may have several rows.
    unit : array, articles
        The unit of each article, numbered by source.
    starts : array
        Where the units of each source begin, and the number of all.
    """

    counted: tuple[sparse.csr_array[Any, tuple[int, int]], ...]
    denominators: _Floats
    shares: sparse.csr_array[Any, tuple[int, int]]
    article: _Ints
    unit: _Ints
    starts: _Ints

    def weights(self, rng: np.random.Generator, n: int) -> _Floats:
        """Return how often each unit is drawn in each of n resamples, units × resamples."""
        n_units = int(self.starts[-1])
        drawn = np.empty((n_units, n))
        for start, stop in zip(self.starts[:-1], self.starts[1:], strict=True):
            size = int(stop - start)
            places = rng.integers(size, size=(n, size)) + np.arange(n)[:, None] * size
            times = np.bincount(places.ravel(), minlength=n * size)
            drawn[start:stop] = times.reshape(n, size).T
        return drawn

    def denominators_by_unit(self) -> sparse.csr_array[Any, tuple[int, int]]:
        """Return what things are counted in, strata × units."""
        row = np.repeat(np.arange(self.shares.shape[0]), np.diff(self.shares.indptr))
        return _summed(
            self.shares.data * self.denominators[row], self.shares.indices, self.unit[row],
            (self.shares.shape[1], int(self.starts[-1])),
        )  # fmt: skip

    def numerators_by_unit(self, draw: int, items: slice) -> sparse.csr_array[Any, tuple[int, int]]:
        """Return what is counted, (strata × items) × units, split over an article's strata."""
        counted = self.counted[draw][:, items].tocoo()
        row, item = counted.coords
        first = self.shares.indptr[row].astype(np.int64)
        length = self.shares.indptr[row + 1] - first
        cell = np.repeat(np.arange(len(row)), length)
        place = np.arange(len(cell)) + np.repeat(first - (np.cumsum(length) - length), length)
        n_items = counted.shape[1]
        return _summed(
            counted.data[cell] * self.shares.data[place],
            self.shares.indices[place].astype(np.int64) * n_items + item[cell],
            self.unit[row[cell]],
            (self.shares.shape[1] * n_items, int(self.starts[-1])),
        )

    def sums(self, items: slice, *, seed: list[int], n_resamples: int) -> tuple[_Floats, _Floats]:
        """Return numerators (strata × items × resamples) and denominators of each resample."""
        rng = np.random.default_rng(seed)
        below = self.denominators_by_unit()
        draws = range(min(1, len(self.counted) - 1), len(self.counted))
        above = [self.numerators_by_unit(draw, items) for draw in draws]
        numerators = np.empty((above[0].shape[0], n_resamples))
        denominators = np.empty((below.shape[0], n_resamples))
        for block, start in enumerate(range(0, n_resamples, _BLOCK)):
            there = slice(start, min(start + _BLOCK, n_resamples))
            drawn = self.weights(rng, there.stop - start)
            numerators[:, there] = above[block % len(above)] @ drawn
            denominators[:, there] = below @ drawn
        return numerators.reshape(len(denominators), -1, n_resamples), denominators

    def observed(self, items: slice) -> tuple[_Floats, _Floats]:
        """Return the numerators (strata × items × 1) and denominators of the articles."""
        below = np.asarray(self.denominators_by_unit().sum(axis=1), dtype=np.float64)
        above = np.asarray(self.numerators_by_unit(0, items).sum(axis=1), dtype=np.float64)
        return above.reshape(len(below), -1, 1), below[:, None]

    def number_in(self, of: _Ints, chosen: _Bools) -> _Ints:
        """Return how many articles or units (`of`) are in each choice of strata (rows)."""
        from scipy import sparse

        members = sparse.csr_array(
            (np.ones(len(of)), (of, np.arange(len(of)))), shape=(int(of.max()) + 1, len(of))
        )
        inside = (members @ self.shares) @ sparse.csr_array(chosen.T.astype(np.float64))
        return np.asarray((inside > 0).sum(axis=0), dtype=np.int64)

    def effective(self, items: slice, chosen: _Bools) -> _Floats:
        """Return the effective number of units with each item in each choice, choices × items.

        Theirs if all had as much of it (Kish).
        """
        cells = self.numerators_by_unit(0, items).tocoo()
        n_items, n_units = self.counted[0][:, items].shape[1], int(self.starts[-1])
        row, unit = (place.astype(np.int64) for place in cells.coords)
        stratum, item = np.divmod(row, max(n_items, 1))
        found = np.zeros((len(chosen), n_items))
        for place, strata in enumerate(chosen):
            here = strata[stratum]
            sums = _summed(cells.data[here], item[here], unit[here], (n_items, n_units))
            total, squares = sums.sum(axis=1), sums.power(2).sum(axis=1)
            np.divide(total**2, squares, out=found[place], where=squares > 0)
        return found

    def number_with(self, chosen: _Bools) -> _Ints:
        """Return how many units have each item in each choice of strata, choices × items."""
        cells = self.numerators_by_unit(0, slice(None)).tocoo()
        row, unit = (place[cells.data > 0].astype(np.int64) for place in cells.coords)
        n_items, n_units = self.counted[0].shape[1], int(self.starts[-1])
        stratum, item = np.divmod(row, n_items)
        found = np.empty((len(chosen), n_items), dtype=np.int64)
        for place, strata in enumerate(chosen):
            here = strata[stratum]
            pairs = item[here] * n_units + unit[here]
            if strata.sum() > 1:  # in several strata a unit still counts once
                pairs = np.unique(pairs)
            found[place] = np.bincount(pairs // n_units, minlength=n_items)
        return found


def _summed(
    data: _Floats, row: npt.NDArray[Any], column: npt.NDArray[Any], shape: tuple[int, int]
) -> sparse.csr_array[Any, tuple[int, int]]:
    """Return numbers at their places, those of one place added up."""
    from scipy import sparse

    return sparse.coo_array((data, (row, column)), shape=shape).tocsr()


def side_of(
    measure: Measure,
    shares: sparse.csr_array[Any, tuple[int, int]],
    rows: _Ints,
    *,
    by: str,
    unit: str,
) -> Side:
    """Return one side: its articles with a denominator above 0, and their units by source."""
    rows = rows[measure.denominators[rows] > 0]
    articles = measure.articles.iloc[rows]
    article = pd.factorize(articles["doc_id"], sort=True)[0]
    code = pd.factorize(articles[unit], sort=True)[0]
    source = pd.factorize(articles[by], sort=True)[0]
    size = int(code.max(initial=0)) + 1
    distinct, number = np.unique((source + 1) * size + code, return_inverse=True)
    starts = np.flatnonzero(np.diff(distinct // size, prepend=-1))
    return Side(
        tuple(matrix.tocsr()[rows] for matrix in (measure.numerators, *measure.draws)),
        measure.denominators[rows],
        shares[rows],
        article,
        number,
        np.append(starts, len(distinct)),
    )
