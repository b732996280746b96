"""Tests of contrasts: p-values from permutations, and what they are worth among many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.resampling.cells import Cells, Contrast, Floats, Ints
from framing.resampling.permutation import (
    Labels,
    Pool,
    count_as_large,
    pool_of,
    shares_of,
)

_LEAST_UNITS = 5
"""Items in fewer units of both sides together are not tested: no p-value could be low."""

_MORE = 20
"""How many times as many permutations an item gets where the first ones do not settle it."""

_FEW_LARGE = 10
"""It gets them where fewer than so many of the first permutations were as large."""

_ESTABLISHED = 0.05
"""Nothing is drawn again where all items without any that was as large have such a q at most."""


@dataclass
class Trial:
    """A contrast of a group with others, and how many permutations were as large.

    Attributes
    ----------
    group : int
        The target's group.
    others : list of int
        Those of the reference; none where there is nothing to test.
    contrast : Contrast
        The two sides.
    n_large, n_drawn : array of int64, shape (n_items,)
        Permutations that were as large, and all of them; 0 where an item was not tested.
    """

    group: int
    others: list[int]
    contrast: Contrast
    n_large: Ints
    n_drawn: Ints

    @property
    def p(self) -> Floats:
        """The p-value: the observed labels count as one more permutation (Phipson & Smyth)."""
        p = (self.n_large + 1) / (self.n_drawn + 1)
        return np.where(self.n_drawn > 0, p, np.nan)


def run_tests(cells: Cells, tests: list[Trial], *, n_resamples: int, seed: int) -> None:
    """Draw permutations for all tests, and more of them where the first ones do not settle it.

    Tests of the same groups share their permutations, and the random numbers depend on the groups
    alone, so that a pair has the same p-value whatever else is tested.
    """
    pools: dict[tuple[int, ...], list[Trial]] = {}
    for test in tests:
        if test.others and n_resamples:
            pools.setdefault(tuple(sorted([test.group, *test.others])), []).append(test)
    for groups, together in pools.items():
        _draw(cells, groups, together, first=0, n_resamples=n_resamples, seed=seed)
    if pools and not _settled(tests):
        for groups, together in pools.items():
            _draw(
                cells,
                groups,
                together,
                first=n_resamples,
                n_resamples=n_resamples * _MORE,
                seed=seed,
            )


def _settled(tests: list[Trial]) -> bool:
    """Return whether items that no permutation reached have a low q already, or there are none."""
    tested = np.concatenate([test.n_large[test.n_drawn > 0] for test in tests])
    extreme = int(np.count_nonzero(tested == 0))
    n_drawn = max(int(test.n_drawn.max(initial=0)) for test in tests)
    return not extreme or len(tested) / (n_drawn + 1) / extreme <= _ESTABLISHED


def _draw(
    cells: Cells,
    groups: tuple[int, ...],
    tests: list[Trial],
    *,
    first: int,
    n_resamples: int,
    seed: int,
) -> None:
    """Draw permutations from the first one on for tests of the same groups, and count."""
    chosen = [_candidates(test, again=first > 0) for test in tests]
    items = np.unique(np.concatenate(chosen))
    if not len(items):
        return
    pool: Pool = pool_of(cells, list(groups), items)
    sides = [
        Labels(
            shares_of(cells, pool, test.group),
            np.searchsorted(items, mine),
            test.contrast.statistic[mine],
        )
        for test, mine in zip(tests, chosen, strict=True)
    ]
    draws = range(first, n_resamples)
    key = groups if len(groups) < cells.n_groups else ()
    counts = count_as_large(pool, sides, draws=draws, seed=[seed, *key])
    for test, mine, n_large in zip(tests, chosen, counts, strict=True):
        test.n_large[mine] += n_large
        test.n_drawn[mine] = n_resamples


def _candidates(test: Trial, *, again: bool) -> Ints:
    """Return the items to draw permutations for."""
    if again:
        return np.flatnonzero((test.n_drawn > 0) & (test.n_large < _FEW_LARGE))
    n_with = test.contrast.target.sums[3] + test.contrast.reference.sums[3]
    return np.flatnonzero((n_with >= _LEAST_UNITS) & ~np.isnan(test.contrast.statistic))


def adjusted(p: Floats) -> Floats:
    """Return p-values adjusted after Benjamini and Hochberg; missing ones are no tests."""
    q = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(-p[tested], kind="stable")]
    ranks = np.arange(len(order), 0, -1)
    q[order] = np.minimum.accumulate(np.minimum(p[order] * len(order) / ranks, 1))
    return q
