"""Counts of terms in groups of articles: what every analysis begins with."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_one_of, listing
from framing.corpus import Corpus, term_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy import sparse

FREQS = {"D": "D", "W": "W-SUN", "MS": "M", "QS": "Q", "YS": "Y"}
"""Periods of time, and what pandas calls them."""

_SHIFT = 40
"""Counts stay below 2**40, articles below 2**23: both fit into one number of 64 bits."""

_MOST_CELLS = 1 << 22
"""Groups × terms that are held one by one, with their zeros: 34 MB at the most."""

_BLOCK_SIZE = 1 << 18
"""Entries of a matrix that are counted in one go: few enough to stay in the processor's cache."""

_PIECE = 4096
"""Rows of one text that are held as such, and used again for all others."""


@dataclass(frozen=True)
class GroupCounts:
    """Counts of terms in groups, for the terms that occur in a group.

    Attributes
    ----------
    starts : array of int64, shape (n_groups + 1,)
        Where each group begins in the next three arrays.
    codes : array of int32
        The terms, in the order of the vocabulary.
    counts : array of int64
        Occurrences of the term in the group.
    n_articles : array of int64
        Articles of the group with the term.
    n_tokens : array of int64, shape (n_groups,)
        Tokens of each group.
    n_group_articles : array of int64, shape (n_groups,)
        Articles of each group, also those without a token.
    """

    starts: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int64]
    n_articles: npt.NDArray[np.int64]
    n_tokens: npt.NDArray[np.int64]
    n_group_articles: npt.NDArray[np.int64]

    @property
    def groups(self) -> npt.NDArray[np.int64]:
        """The group of each count."""
        return np.repeat(np.arange(len(self.n_tokens)), np.diff(self.starts))

    @property
    def sums(self) -> npt.NDArray[np.int64]:
        """The sum of each group's counts: its tokens, where the counts are of all its terms."""
        sums: npt.NDArray[np.int64] = np.diff(np.append(0, np.cumsum(self.counts))[self.starts])
        return sums

    def look_up(
        self, group: npt.NDArray[np.int64], code: npt.NDArray[np.int32]
    ) -> npt.NDArray[np.int64]:
        """Return the count of each pair of group and term, 0 where the group lacks the term."""
        n_terms = int(max(self.codes.max(initial=0), code.max(initial=0))) + 1
        keys, wanted = self.groups * n_terms + self.codes, group * n_terms + code
        order = np.argsort(keys)
        at = np.searchsorted(keys, wanted, sorter=order)
        at = np.append(order, -1)[at]
        counts = np.append(self.counts, 0)[at]
        return np.where(np.append(keys, -1)[at] == wanted, counts, 0)


def count_groups(
    corpus: Corpus,
    group: npt.NDArray[np.int64],
    n_groups: int,
    matrix: sparse.csr_array[Any, tuple[int, int]] | None = None,
) -> GroupCounts:
    """Count each term in each group of articles; a group of -1 leaves an article out.

    Another matrix of articles × columns may stand in for the whole vocabulary.
    """
    counted = term_counts(corpus) if matrix is None else matrix
    n_cells = n_groups * counted.shape[1]
    few = n_cells <= min(counted.nnz, _MOST_CELLS)
    starts, codes, counts, n_articles = (_by_cell if few else _by_product)(counted, group, n_groups)
    grouped = group >= 0
    if matrix is None:
        n_tokens = np.diff(np.append(0, np.cumsum(counts))[starts])
    else:
        n_tokens = np.bincount(
            group[grouped], weights=article_tokens(corpus)[grouped], minlength=n_groups
        ).astype(np.int64)
    n_group_articles = np.bincount(group[grouped], minlength=n_groups)
    return GroupCounts(starts, codes, counts, n_articles, n_tokens, n_group_articles)


_Found = tuple[
    npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int64], npt.NDArray[np.int64]
]
"""Starts, codes, counts and articles, as in `GroupCounts`."""


def _by_cell(
    matrix: sparse.csr_array[Any, tuple[int, int]], group: npt.NDArray[np.int64], n_groups: int
) -> _Found:
    """Count with one cell for each group and term: where most terms occur in most groups."""
    n_terms = matrix.shape[1]
    n_cells = (n_groups + 1) * n_terms  # articles that are left out are a group behind the others
    first_cell = np.where(group < 0, n_groups, group) * n_terms
    both = np.zeros(n_cells, dtype=np.int64)
    steps = range(0, max(matrix.nnz, 1), _BLOCK_SIZE)
    edges = np.unique([*np.searchsorted(matrix.indptr, steps), len(group)])
    for first, last in pairwise(edges):
        inside = slice(matrix.indptr[first], matrix.indptr[last])
        cell = np.repeat(first_cell[first:last], np.diff(matrix.indptr[first : last + 1]))
        cell += matrix.indices[inside]
        np.add.at(both, cell, np.add(matrix.data[inside], 1 << _SHIFT, dtype=np.int64))
    borders = np.arange(n_groups + 1) * n_terms
    found = np.flatnonzero(both[: borders[-1]] > 0)  # flags: five times as fast as numbers
    starts = np.searchsorted(found, borders)
    codes = (found - np.repeat(borders[:-1], np.diff(starts))).astype(np.int32)
    both = both[found]
    return starts, codes, both & ((1 << _SHIFT) - 1), both >> _SHIFT


def _by_product(
    matrix: sparse.csr_array[Any, tuple[int, int]], group: npt.NDArray[np.int64], n_groups: int
) -> _Found:
    """Count by a product of sparse matrices: where groups are many and hold few of the terms."""
    from scipy import sparse

    both = sparse.csr_array(
        (matrix.data.astype(np.int64) + (1 << _SHIFT), matrix.indices, matrix.indptr),
        shape=matrix.shape,
    )
    rows = np.flatnonzero(group >= 0)
    members = sparse.csr_array(
        (np.ones(len(rows), np.int64), (group[rows], rows)), shape=(n_groups, len(group))
    )
    summed = members @ both
    summed.sort_indices()
    return (
        summed.indptr.astype(np.int64),
        summed.indices.astype(np.int32, copy=False),
        summed.data & ((1 << _SHIFT) - 1),
        summed.data >> _SHIFT,
    )


def term_columns(
    corpus: Corpus, codes: npt.NDArray[np.int64]
) -> sparse.csr_array[Any, tuple[int, int]]:
    """Return the counts of some terms in all articles; a column without counts where absent."""
    from scipy import sparse

    matrix = term_counts(corpus)
    column = np.full(matrix.shape[1], -1)
    column[codes[codes >= 0]] = np.flatnonzero(codes >= 0)
    here = column[matrix.indices]
    chosen = here >= 0
    stops = np.concatenate([[0], np.cumsum(chosen)])[matrix.indptr]
    return sparse.csr_array(
        (matrix.data[chosen], here[chosen], stops), shape=(len(corpus), len(codes))
    )


def article_tokens(corpus: Corpus) -> npt.NDArray[np.int64]:
    """Return the number of counted tokens of each article."""
    matrix = term_counts(corpus)
    sums: npt.NDArray[np.int64] = matrix @ np.ones(matrix.shape[1], dtype=np.int64)
    return sums


def per_million(
    counts: npt.NDArray[np.int64], n_tokens: npt.NDArray[np.int64] | int
) -> npt.NDArray[np.float64]:
    """Return counts per million tokens, missing where there are no tokens."""
    with np.errstate(invalid="ignore"):
        rates: npt.NDArray[np.float64] = counts / n_tokens * 1e6
    return rates


def ranked(row: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the order by row, then the highest count first, equal ones as they stand."""
    width = int(counts.max(initial=0)) + 1
    return _order(row * width + (width - 1 - counts))


def _order(keys: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Return the stable order of numbers of 0 or more, by counting sorts of 16 bits each.

    That takes half the time of a sort of the whole numbers.
    """
    order = np.argsort(keys.astype(np.uint16, copy=False), kind="stable")
    highest = int(keys.max(initial=0))
    for shift in range(16, highest.bit_length(), 16):
        digits = (keys >> shift).astype(np.uint16)
        order = order[np.argsort(digits[order], kind="stable")]
    return order


def highest_first(
    scores: npt.NDArray[np.float64], number: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the order of rows by `scores[number]` from high to low, equal ones as they stand."""
    order = np.argsort(-scores, kind="stable")  # scores come in runs: five times as fast
    steps = np.diff(scores[order], prepend=scores[order[:1]]) != 0
    rank = np.empty(len(scores), dtype=np.min_scalar_type(len(scores)))
    rank[order] = np.cumsum(steps)
    return _order(rank[number])


def constant(value: str, length: int) -> Any:
    """Return a column of one text."""
    return repeated([value], [length])


def repeated(values: Sequence[str | None], lengths: Sequence[int]) -> Any:
    """Return a column of texts, each so many times in a row.

    Arrow never changes what it holds, so all rows of a text can share one piece of a few thousand.
    That takes a hundredth of the memory, and what is done with the column later takes no longer.
    """
    import pyarrow as pa

    text = pa.large_string()
    longest: dict[str | None, int] = {}
    for value, length in zip(values, lengths, strict=True):
        longest[value] = max(longest.get(value, 0), min(length, _PIECE))
    pieces = {value: pa.repeat(pa.scalar(value, text), size) for value, size in longest.items()}
    chunks = []
    for value, length in zip(values, lengths, strict=True):
        whole, rest = divmod(length, _PIECE)
        chunks += [pieces[value]] * whole + [pieces[value].slice(0, rest)]
    return pd.array(pa.chunked_array(chunks, text), dtype="str")


def beside(
    where: str, groups: pd.DataFrame, row: npt.NDArray[Any], columns: dict[str, Any]
) -> pd.DataFrame:
    """Return a table with the columns of the groups before its own.

    The columns become the table's: they must be new, and each another array.
    """
    for name in groups.columns:
        if name in columns:
            msg = f"{where}: by={name!r} is also a column of the result. Rename it in the articles."
            raise ValueError(msg)
    left = {name: _spread(groups[name], row) for name in groups.columns}
    return pd.DataFrame(left | columns, copy=False)


def _spread(values: pd.Series[Any], row: npt.NDArray[Any]) -> Any:
    """Return the value of each row."""
    if values.dtype == "str" and len(row) > _PIECE and (row[1:] >= row[:-1]).all():
        texts = values.astype(object).where(values.notna(), None).tolist()
        return repeated(texts, np.bincount(row, minlength=len(texts)).tolist())
    return values.array.take(row)


def periods_of(
    where: str, corpus: Corpus, freq: str
) -> tuple[pd.DatetimeIndex, npt.NDArray[np.int64]]:
    """Return the first days of all periods, and for each article its period; -1 without a date."""
    check_one_of(where, "freq", freq, FREQS)
    articles = corpus.articles
    if "date" not in articles.columns:
        msg = (
            f"{where}: the articles have no column 'date'. "
            f"They have {listing(articles.columns)}. Add one of dates before build_corpus()."
        )
        raise ValueError(msg)
    dates = articles["date"]
    if not pd.api.types.is_datetime64_any_dtype(dates):
        msg = (
            f"{where}: column 'date' is {dates.dtype}, not dates. "
            "Convert it with pd.to_datetime(articles['date']) before build_corpus()."
        )
        raise TypeError(msg)
    if dates.isna().all():
        msg = (
            f"{where}: none of the {len(dates):,} articles has a date. "
            "Look at corpus.articles['date'], or do without time."
        )
        raise ValueError(msg)
    period = pd.PeriodIndex(dates.dt.tz_localize(None).dt.to_period(FREQS[freq]))
    every = pd.period_range(period.min(), period.max())
    return every.to_timestamp(how="start"), every.get_indexer(period)
