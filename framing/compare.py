"""Rates of groups with intervals, and how groups differ: estimates, contrasts, tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_by, check_seed, check_unit, listing, not_one_of
from framing.counts import beside, constant
from framing.measure import Measure
from framing.resampling.cells import (
    Cells,
    Contrast,
    Floats,
    Ints,
    Side,
    contrast_of,
    make_cells,
)
from framing.resampling.intervals import Scale, make_scale
from framing.resampling.testing import Trial, adjusted, run_tests
from framing.schema.comparison import COMPARISON

__all__ = ["compare", "compare_pairs"]

REST = "rest"
"""The name of the reference that is all other groups."""


def compare(
    measure: Measure,
    *,
    by: str | Sequence[str],
    unit: str = "doc_id",
    target: object = None,
    reference: object = None,
    seed: int,
    n_resamples: int = 1000,
    level: float = 0.95,
) -> pd.DataFrame:
    """Compare rates between groups of articles, with intervals and tests that take articles whole.

    Words of an article, and wire copies of a story, are not independent, so nothing here counts
    them as if they were: all uncertainty comes from how whole units differ. Where stories are
    known, pass `unit="story"`. A difference says that groups differ, not why: what they select
    and how they word it both count.

    Parameters
    ----------
    measure
        What is compared, of `measure_terms`, `measure_mentions`, `measure_topics` or
        `measure_column`.
    by
        Column or columns of the articles that divide them into groups; missing values are a
        group.
    unit
        The column of the articles whose values are independent of each other: `"doc_id"`, or for
        example `"story"`. A unit may stand in several groups.
    target
        The group whose rows are returned, a value of `by` (for several columns a tuple); None
        returns all. Intervals of a row do not depend on it; `q` does, and so how many permutations
        a low `p` gets.
    reference
        The group that the others are contrasted with; None contrasts each with all others.
    seed
        Start of the random numbers of the permutations.
    n_resamples
        Permutations, 0 or more. Where they are too few to tell single items among many, items with
        a low `p` get 20 times as many. No `p` is below 1 / (permutations + 1). With 0 there is no
        `p` and no `q`.
    level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    DataFrame
        One row a group and item, by group, then in the order of the measure: the columns of `by`,
        `items`, `item`, `measure`, `estimate`, `low`, `high`, `numerator`, `denominator`, `scale`,
        `n_articles`, `n_units`, `n_units_with`, `few_units`; of the other side `reference`,
        `estimate_reference`, `numerator_reference`, `denominator_reference`,
        `n_units_reference`, `n_units_with_reference`, `few_units_reference`; `difference` (above
        0: more than there) and `ratio` with `_low` and `_high`; `p` (two-sided permutation test
        of the difference; missing where fewer than 5 units of both sides have the item), `q`
        (after Benjamini and Hochberg over the `n_tests` rows of this table with a `p`), `level`,
        `interval`, `unit`, `n_resamples`, `seed`. Trust an interval where `few_units` is false,
        and one of a contrast where `few_units_reference` is false too. Of few units, intervals
        are wide and bounded: one mention in one article is .025 to 5.6 times its rate.

    Raises
    ------
    ValueError
        Where `by`, `unit`, `target` or `reference` does not exist, a unit is missing, target and
        reference are the same, or `n_resamples` or `level` is out of range.
    TypeError
        Where measure is not a Measure or `seed` not a whole number.

    See Also
    --------
    framing.compare_pairs : The same for all pairs of groups.
    framing.measure_terms : Makes a measure.
    framing.keyness : Token-level statistics of corpus linguistics.

    References
    ----------
    Kish, L. (1965). Survey sampling. Wiley.

    Fay, M. P., & Feuer, E. J. (1997). Confidence intervals for directly standardized rates: A
    method based on the gamma distribution. Statistics in Medicine, 16(7), 791-801.

    Zou, G. Y., & Donner, A. (2008). Construction of confidence limits about effect measures: A
    general approach. Statistics in Medicine, 27(10), 1693-1702. https://doi.org/10.1002/sim.3095

    Chung, E., & Romano, J. P. (2013). Exact and asymptotically robust permutation tests. The Annals
    of Statistics, 41(2), 484-507. https://doi.org/10.1214/13-AOS1090

    Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical
    Applications in Genetics and Molecular Biology, 9(1), 39. https://doi.org/10.2202/1544-6115.1585

    Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal
    Statistical Society B, 57(1), 289-300. https://doi.org/10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(400, seed=1))
    >>> rates = fr.measure_terms(corpus, ["sovereignty"])
    >>> table = fr.compare(rates, by="source", unit="story", seed=1)
    >>> table[["source", "estimate", "low", "high", "ratio", "p"]].round(2)
        source  estimate      low     high  ratio     p
    0  Courier   1954.99  1202.32  3177.34   0.59  0.04
    1  Gazette   6641.32  5048.77  8731.81   3.92  0.00
    2   Herald   1547.67   943.73  2537.11   0.45  0.00
    3  Tribune   1580.95  1002.36  2492.67   0.46  0.00
    """
    problem = _Problem.of("compare", measure, by, unit)
    _check("compare", seed, n_resamples, level)
    one = None if target is None else problem.number("target", target)
    other = None if reference is None else problem.number("reference", reference)
    if one is not None and one == other:
        msg = (
            f"compare: target and reference are both {problem.names[one]!r}. "
            "Choose two different groups, or reference=None for all others."
        )
        raise ValueError(msg)
    every = list(range(len(problem.names)))
    pairs = [
        (number, [other] if other is not None else [h for h in every if h != number])
        for number in (every if one is None else [one])
    ]
    return _table(
        problem, pairs, rest=other is None, seed=seed, n_resamples=n_resamples, level=level
    )


def compare_pairs(
    measure: Measure,
    *,
    by: str | Sequence[str],
    unit: str = "doc_id",
    seed: int,
    n_resamples: int = 1000,
    level: float = 0.95,
) -> pd.DataFrame:
    """Compare rates between all pairs of groups of articles.

    The same as `compare` with each group as the reference of those before it; `q` is over all
    pairs and items.

    Parameters
    ----------
    measure
        What is compared.
    by
        Column or columns of the articles that divide them into groups; missing values are a
        group.
    unit
        The column of the articles whose values are independent of each other.
    seed
        Start of the random numbers of the permutations.
    n_resamples
        Permutations, 0 or more.
    level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    DataFrame
        One row a pair and item, with the columns of `compare`: the target's group is in the
        columns of `by`, the other one in `reference`. Each pair stands once, in sorted order.

    Raises
    ------
    ValueError
        Where `by` or `unit` does not exist, a unit is missing, there is one group only, or
        `n_resamples` or `level` is out of range.
    TypeError
        Where measure is not a Measure or `seed` not a whole number.

    See Also
    --------
    framing.compare : Each group with all others, or with one.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(400, seed=1))
    >>> rates = fr.measure_terms(corpus, ["sovereignty"])
    >>> table = fr.compare_pairs(rates, by="source", unit="story", seed=1)
    >>> table[["source", "reference", "ratio", "ratio_low", "ratio_high"]].round(2).head(3)
        source reference  ratio  ratio_low  ratio_high
    0  Courier   Gazette   0.29       0.17        0.51
    1  Courier    Herald   1.26       0.65        2.45
    2  Courier   Tribune   1.24       0.66        2.33
    """
    problem = _Problem.of("compare_pairs", measure, by, unit)
    _check("compare_pairs", seed, n_resamples, level)
    n_groups = len(problem.names)
    if n_groups < 2:
        msg = (
            f"compare_pairs: by={by!r} makes one group only, {listing(problem.names)}. "
            "Choose a column with two values or more."
        )
        raise ValueError(msg)
    pairs = [(one, [other]) for one in range(n_groups) for other in range(one + 1, n_groups)]
    return _table(problem, pairs, rest=False, seed=seed, n_resamples=n_resamples, level=level)


def _check(where: str, seed: int, n_resamples: int, level: float) -> None:
    check_seed(where, seed)
    check_at_least(where, "n_resamples", n_resamples, 0)
    if not 0 < level < 1:
        msg = f"{where}: level={level!r} is not between 0 and 1. Pass for example level=0.95."
        raise ValueError(msg)


@dataclass(frozen=True)
class _Problem:
    """A measure divided into groups and units."""

    where: str
    measure: Measure
    unit: str
    groups: pd.DataFrame
    cells: Cells
    draws: list[Cells]
    n_articles: Ints
    bounded: bool

    @classmethod
    def of(cls, where: str, measure: Measure, by: str | Sequence[str], unit: str) -> _Problem:
        """Divide a measure; raise where that cannot be."""
        if not isinstance(measure, Measure):
            msg = (
                f"{where}: measure is {type(measure).__name__}, not a Measure. "
                "Make one with measure_terms(), measure_mentions() or measure_column()."
            )
            raise TypeError(msg)
        if not len(measure):
            msg = f"{where}: the measure has no articles. Choose other ones with where()."
            raise ValueError(msg)
        frame = measure.articles
        groups, group = _groups(where, frame, [by] if isinstance(by, str) else list(by or []))
        doc, number = _units(where, frame, unit)
        order = np.lexsort((group, doc, number))

        def cells(matrix: Any) -> Cells:
            rows = matrix.tocsr()[order].tocsc()
            return make_cells(rows, measure.denominators[order], group[order], number[order])

        counted = measure.denominators > 0
        pairs = np.unique(np.column_stack([group, doc])[counted], axis=0)
        data, rows = measure.numerators.data, measure.numerators.indices
        return cls(
            where,
            measure,
            unit,
            groups,
            cells(measure.numerators),
            [cells(draw) for draw in measure.draws],
            np.bincount(pairs[:, 0], minlength=len(groups)),
            bool((data <= measure.denominators[rows]).all()),
        )

    @property
    def names(self) -> list[str]:
        """The groups as text."""
        return [", ".join(map(str, row)) for row in self.groups.itertuples(index=False)]

    def number(self, name: str, value: object) -> int:
        """Return which group a value names; raise where none."""
        wanted = value if isinstance(value, tuple | list) else (value,)
        for number, known in enumerate(self.groups.itertuples(index=False)):
            pairs = zip(known, wanted, strict=False)
            if len(wanted) == len(known) and all(k == w or str(k) == w for k, w in pairs):
                return number
        said = ", ".join(map(str, wanted))
        raise ValueError(not_one_of(self.where, name, said, self.names))


def _groups(where: str, frame: pd.DataFrame, by: list[str]) -> tuple[pd.DataFrame, Ints]:
    """Return the groups, one row each in sorted order, and for each article its group's row."""
    names = check_by(where, frame, by)
    if not names:
        msg = f"{where}: by names no column. Name one or more columns of the articles."
        raise ValueError(msg)
    grouped = frame.groupby(names, dropna=False, sort=True, observed=True)
    groups = grouped.size().index.to_frame(index=False)
    return groups, np.asarray(grouped.ngroup(), dtype=np.int64)


def _units(where: str, frame: pd.DataFrame, unit: str) -> tuple[Ints, Ints]:
    """Return for each article its place among the keys, and the number of its unit.

    Units are counted by the first of their keys, so that the order of articles does not matter.
    """
    check_unit(where, frame, unit, join="Measure.join()")
    doc, _ = pd.factorize(frame["doc_id"], sort=True)
    code, values = pd.factorize(frame[unit])
    first = np.full(len(values), len(frame))
    np.minimum.at(first, code, doc)
    rank = np.empty(len(values), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(values))
    return doc.astype(np.int64), rank[code]


def _with_draws(
    problem: _Problem, contrast: Contrast, target: int, reference: list[int]
) -> Contrast:
    """Return a contrast whose variances hold that of the draws too (Rubin's rule)."""
    if not problem.draws:
        return contrast
    sides: list[list[Floats]] = [[], []]
    none = np.zeros(len(problem.measure.items))
    for draw in problem.draws:
        for rates, chosen in zip(sides, ([target], reference), strict=True):
            sums = sum((draw.sides[number].sums[0] for number in chosen), start=none)
            below = sum(draw.sides[number].whole[0] for number in chosen)
            rates.append(sums / (below or np.nan))
    one, two = (np.stack(rates) - np.mean(rates, axis=0) for rates in sides)
    n_draws = len(problem.draws)
    factor = (1 + 1 / n_draws) / max(n_draws - 1, 1)
    return Contrast(
        replace(contrast.target, between=(one**2).sum(axis=0) * factor),
        replace(contrast.reference, between=(two**2).sum(axis=0) * factor),
        contrast.common,
        (one * two).sum(axis=0) * factor,
    )


def _tests(
    problem: _Problem, pairs: list[tuple[int, list[int]]], *, seed: int, n_resamples: int
) -> list[Trial]:
    """Return the contrast and the tests of each pair of a group and those of the other side."""
    n_items, tests = len(problem.measure.items), []
    for one, others in pairs:
        if not others or others == [one]:
            empty = Side(np.zeros((5, n_items)), np.zeros(3))
            contrast = Contrast(problem.cells.sides[one], empty, (0.0, 0.0, 0.0, 0.0))
            contrast, others = _with_draws(problem, contrast, one, []), []
        else:
            contrast = _with_draws(problem, contrast_of(problem.cells, one, others), one, others)
        n_large, n_drawn = np.zeros((2, n_items), dtype=np.int64)
        tests.append(Trial(one, others, contrast, n_large, n_drawn))
    run_tests(problem.cells, tests, n_resamples=n_resamples, seed=seed)
    return tests


def _table(
    problem: _Problem,
    pairs: list[tuple[int, list[int]]],
    *,
    rest: bool,
    seed: int,
    n_resamples: int,
    level: float,
) -> pd.DataFrame:
    """Return the table of all pairs of a group and those of the other side."""
    measure = problem.measure
    scale = make_scale(problem.cells, bounded=problem.bounded, level=level)
    rows = _tests(problem, pairs, seed=seed, n_resamples=n_resamples)
    n_items = len(measure.items)
    size = n_items * len(rows)
    parts = [_numbers(problem, row, scale) for row in rows]
    p = np.concatenate([row.p for row in rows])
    found = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    references = [
        None if not row.others else REST if rest else problem.names[row.others[0]] for row in rows
    ]
    columns = {
        "items": constant(measure.kind, size),
        "item": measure.items.array.take(np.tile(np.arange(n_items), len(rows))),
        "measure": constant(measure.name, size),
        **found,
        "p": p,
        "q": adjusted(p),
        "n_tests": np.full(size, np.count_nonzero(~np.isnan(p))),
        "level": np.full(size, float(level)),
        "unit": constant(problem.unit, size),
        "n_resamples": np.concatenate([row.n_drawn for row in rows]),
        "seed": np.full(size, seed),
    }
    columns["reference"] = pd.array(references, dtype="str").take(
        np.repeat(np.arange(len(rows)), n_items)
    )
    order = [column.name for column in COMPARISON.columns]
    group = np.repeat([row.group for row in rows], n_items)
    return beside(problem.where, problem.groups, group, {name: columns[name] for name in order})


def _numbers(problem: _Problem, row: Trial, scale: Scale) -> dict[str, npt.NDArray[Any]]:
    """Return the columns of numbers of one group, before p-values."""
    size, factor = len(problem.measure.items), float(problem.measure.scale)
    contrast = row.contrast
    columns: dict[str, npt.NDArray[Any]] = {}
    for side, ending in ((contrast.target, ""), (contrast.reference, "_reference")):
        n_units = round(side.whole[2])
        columns |= {
            f"estimate{ending}": side.rate * factor,
            f"numerator{ending}": side.sums[0],
            f"denominator{ending}": np.full(size, side.whole[0]),
            f"n_units{ending}": np.full(size, n_units),
            f"n_units_with{ending}": np.rint(side.sums[3]).astype(np.int64),
            f"few_units{ending}": scale.few(side),
        }
    low, high = scale.interval(contrast.target)
    one, two = scale.difference(contrast)
    least, most = scale.ratio(contrast)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = contrast.target.rate / contrast.reference.rate
    columns |= {
        "low": low * factor,
        "high": high * factor,
        "interval": scale.names(contrast.target),
        "scale": np.full(size, factor),
        "n_articles": np.full(size, problem.n_articles[row.group]),
        "difference": (contrast.target.rate - contrast.reference.rate) * factor,
        "difference_low": one * factor,
        "difference_high": two * factor,
        "ratio": ratio,
        "ratio_low": least,
        "ratio_high": most,
    }
    if not row.others:
        for name in ("numerator_reference", "denominator_reference"):
            columns[name] = np.full(size, np.nan)
    return columns
