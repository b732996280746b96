"""Communities of a weighted network of few nodes: groups that hold together by modularity."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]
_Ints = npt.NDArray[np.int64]

_LEAST = 1e-12
"""A gain of modularity below this is none."""

_STARTS = 12
"""Other starts that are tried."""


def modularity(weights: _Floats, member: _Ints) -> float:
    """Return the modularity of a partition (Newman 2004), -½ … 1; 0 without any weight."""
    excess = _excess(weights)
    return float(excess[member[:, None] == member].sum())


def communities(weights: _Floats) -> _Ints:
    """Return the community of each node: that of a partition of high modularity.

    Pairs of communities are joined as long as that raises modularity, the best pair first (Clauset,
    Newman & Moore 2004); then nodes move one by one to where they raise it most; and so on in turn,
    until neither helps. The best of several starts counts: each node alone, and 2 to 5 communities
    by lot, the same lots each time. Without weights each node is alone.
    """
    excess = _excess(weights)
    rng = np.random.default_rng(0)
    alone = np.arange(len(weights))
    starts = [
        alone,
        *(rng.integers(0, min(2 + turn % 4, len(alone)), len(alone)) for turn in range(_STARTS)),
    ]
    starts[1:] = [_moved(excess, start, alone) for start in starts[1:]]
    found = [_settled(excess, start) for start in starts]
    heights = [modularity(weights, member) for member in found]
    return found[int(np.argmax(np.round(heights, 12)))]


def _settled(excess: _Floats, member: _Ints) -> _Ints:
    """Return the partition that joining and moving in turn end at."""
    while True:
        changed = _moved(excess, _joined(excess, member), np.arange(len(member)))
        if (changed == member).all():
            return member
        member = changed


def _excess(weights: _Floats) -> _Floats:
    """Return weights less those expected from the nodes' strengths, all as shares of the whole."""
    whole = weights.sum()
    if whole <= 0:
        return np.zeros_like(weights)
    strength = weights.sum(axis=1) / whole
    excess: _Floats = weights / whole - np.outer(strength, strength)
    return excess


def _joined(excess: _Floats, member: _Ints) -> _Ints:
    """Return the partition after joining pairs of communities as long as that helps."""
    _, member = np.unique(member, return_inverse=True)
    inside = np.zeros((member.max() + 1, len(member)))
    inside[member, np.arange(len(member))] = 1
    between = inside @ excess @ inside.T
    np.fill_diagonal(between, -np.inf)
    while True:
        one, other = sorted(divmod(int(between.argmax()), len(between)))
        if between[one, other] <= _LEAST:
            return _in_order(member)
        between[one] += between[other]
        between[:, one] = between[one]
        between[one, one] = -np.inf
        between[other], between[:, other] = -np.inf, -np.inf
        member = np.where(member == other, one, member)


def _moved(excess: _Floats, member: _Ints, order: _Ints) -> _Ints:
    """Return the partition after moving single nodes as long as that helps; also to a new one."""
    member = member.copy()
    inside = np.zeros((len(member), len(member)))
    inside[np.arange(len(member)), member] = 1
    changed = True
    while changed:
        changed = False
        for node in order.tolist():
            inside[node, member[node]] = 0
            gain = excess[node] @ inside
            best = int(gain.argmax())
            if gain[best] > gain[member[node]] + _LEAST:
                member[node], changed = best, True
            inside[node, member[node]] = 1
    return _in_order(member)


def _in_order(member: _Ints) -> _Ints:
    """Return the partition with communities numbered in the order of their first nodes."""
    _, first, number = np.unique(member, return_index=True, return_inverse=True)
    ranks: _Ints = np.argsort(np.argsort(first))[number]
    return ranks


def agreement(one: _Ints, other: _Ints) -> float:
    """Return the adjusted Rand index of two partitions: 1 if the same, 0 as by chance.

    Two partitions that both put all in one, or each alone, are the same.
    """
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one, other), 1)

    def pairs(counts: _Floats) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    every = len(one) * (len(one) - 1) / 2
    expected = rows * columns / every if every else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)
