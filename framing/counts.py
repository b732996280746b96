"""Counts of terms in groups of articles: what every analysis begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.corpus import Corpus, term_counts

if TYPE_CHECKING:
    from scipy import sparse

_SHIFT = 40
"""Counts stay below 2**40, articles below 2**23: both fit into one number of 64 bits."""


@dataclass(frozen=True)
class GroupCounts:
    """Counts of terms in groups, for the terms that occur in a group.

    Attributes
    ----------
    starts : array of int64, shape (n_groups + 1,)
        Where each group begins in the next three arrays.
    codes : array of int32
        The terms, in no order.
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
    from scipy import sparse

    n_tokens = np.bincount(
        group[group >= 0], weights=article_tokens(corpus)[group >= 0], minlength=n_groups
    ).astype(np.int64)
    matrix = term_counts(corpus) if matrix is None else matrix
    both = sparse.csr_array(
        (matrix.data.astype(np.int64) + (1 << _SHIFT), matrix.indices, matrix.indptr),
        shape=matrix.shape,
    )
    rows = np.flatnonzero(group >= 0)
    members = sparse.csr_array(
        (np.ones(len(rows), np.int64), (group[rows], rows)), shape=(n_groups, len(group))
    )
    summed = members @ both
    return GroupCounts(
        summed.indptr.astype(np.int64),
        summed.indices,
        summed.data & ((1 << _SHIFT) - 1),
        summed.data >> _SHIFT,
        n_tokens,
        np.bincount(group[group >= 0], minlength=n_groups),
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
    counts: npt.NDArray[np.int64], n_tokens: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Return counts per million tokens, missing where there are no tokens."""
    with np.errstate(invalid="ignore"):
        rates: npt.NDArray[np.float64] = counts / n_tokens * 1e6
    return rates


def alphabetical(names: pd.Index[str]) -> npt.NDArray[np.int64]:
    """Return for each name its place in alphabetical order."""
    rank = np.empty(len(names), dtype=np.int64)
    rank[names.argsort()] = np.arange(len(names))
    return rank


def ranked(
    row: npt.NDArray[np.int64], counts: npt.NDArray[np.int64], rank: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the order by row, then the highest count first, then the lowest rank."""
    sizes = [int(array.max(initial=0)) + 1 for array in (row, counts, rank)]
    if sizes[0] * sizes[1] * sizes[2] >= 1 << 63:
        return np.lexsort((rank, -counts, row))
    return _order((row * sizes[1] + (sizes[1] - 1 - counts)) * sizes[2] + rank)


def _order(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the stable order of numbers of 0 or more, by counting sorts of 16 bits each.

    That takes half the time of a sort of the whole numbers.
    """
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    highest = int(keys.max(initial=0))
    for shift in range(16, highest.bit_length(), 16):
        digits = (keys >> shift).astype(np.uint16)
        order = order[np.argsort(digits[order], kind="stable")]
    return order


def highest_first(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return the order of scores from high to low, equal ones as they stand.

    Rare terms share their scores: to sort the distinct ones takes half the time.
    """
    codes, distinct = pd.factorize(scores)
    rank = np.empty(len(distinct), dtype=np.int64)
    rank[np.argsort(-distinct)] = np.arange(len(distinct))
    return _order(rank[codes])


def constant(value: str, length: int) -> Any:
    """Return a column of one text."""
    return repeated([value], [length])


def repeated(values: list[str], lengths: list[int]) -> Any:
    """Return a column of texts, each so many times in a row."""
    import pyarrow as pa

    pairs = zip(values, lengths, strict=True)
    pieces = [pa.repeat(pa.scalar(value, pa.large_string()), length) for value, length in pairs]
    return pd.array(pa.chunked_array(pieces, pa.large_string()).combine_chunks(), dtype="str")


def beside(
    where: str, groups: pd.DataFrame, row: npt.NDArray[Any], columns: dict[str, Any]
) -> pd.DataFrame:
    """Return a table with the columns of the groups before its own."""
    for name in groups.columns:
        if name in columns:
            msg = f"{where}: by={name!r} is also a column of the result. Rename it in the articles."
            raise ValueError(msg)
    left = {name: groups[name].array.take(row) for name in groups.columns}
    return pd.DataFrame(left | columns)
