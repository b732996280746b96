"""Selection against presentation: what sources cover, and how they tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_seed, check_unit, close_match, listing, not_one_of
from framing.counts import constant
from framing.measure import Measure
from framing.schema.decomposition import DECOMPOSITION
from framing.strata import Side, canonical_order, shares_of, side_of

__all__ = ["decompose"]

_Floats = npt.NDArray[np.float64]
_Ints = npt.NDArray[np.int64]
_Bools = npt.NDArray[np.bool_]

LEVEL = 0.95
FEW_UNITS = 20
FEW_SHARE = 0.2
REST = "rest"
COMPONENTS = ("gap", "selection", "presentation", "only target", "only reference")

_MOST_CELLS = 4_000_000
"""Strata × items × resamples that are held at a time."""


def decompose(
    measure: Measure,
    *,
    by: str,
    strata: str | Measure,
    target: object,
    reference: object = None,
    unit: str = "doc_id",
    seed: int,
    n_resamples: int = 1000,
) -> pd.DataFrame:
    """Split the gap between two sources into what they cover and how they tell it.

    The gap is the target's rate minus the reference's. `selection` is the part that comes from
    covering the strata (topics, events, months) in other shares; `presentation` is the part that
    remains within the same strata. `only target` and `only reference` come from strata that the
    other side does not have, where nothing can be said of presentation. The parts add up exactly.

    The split is of numbers, not of motives: it depends on the strata. Within a coarse stratum
    sources still select, and that counts as presentation.

    Parameters
    ----------
    measure
        What is counted, for example that of `measure_mentions`.
    by
        The column of the articles that has target and reference.
    strata
        A column of the articles, for example `"event"`, or another measure of the same articles,
        for example that of their topics: its numerators, divided by their sum, are the shares in
        which an article belongs to several strata. Articles without a value, or with a sum of 0,
        are a stratum `(missing)`.
    target
        The value of `by` whose rate comes first.
    reference
        The value whose rate is subtracted; None takes all other articles.
    unit
        The column whose values are drawn with replacement, within each source: `"doc_id"`, or
        `"story"` where copies belong together.
    seed
        Start of the random numbers: the same seed gives the same intervals.
    n_resamples
        How many times units are drawn, 2 or more.

    Returns
    -------
    DataFrame
        For each item, in the order of the measure, first one row a component (`stratum` missing),
        then one row a component and stratum: `by`, `target`, `reference`, `items`, `item`,
        `measure`, `strata`, `component`, `stratum`, `value` (in the unit of the rate; above 0 it
        raises the target's rate), `low`, `high` (interval of 95 %), `rate_target`,
        `weight_target` (share of the target's denominators in the stratum),
        `numerator_target`, `denominator_target`, `n_articles_target`, `n_units_target`,
        `n_units_with_target` (units that have the item), the same for the reference, `few_units`
        (do not trust the interval: a side has fewer than 20 units with the item there, or, for
        strata that only it has, in the common ones; or more than a fifth of the weight is in
        strata of fewer than 20 units), `scale`, `interval`,
        `unit`, `level`, `n_resamples`, `seed`.

    Raises
    ------
    ValueError
        Where `by`, `strata`, `target`, `reference` or `unit` does not exist, a unit is missing, a
        side has nothing that can be counted, or both sides have no stratum in common.
    TypeError
        Where the measure is not one, `by`, `strata` or `unit` is a list, or the seed is not a whole
        number.

    See Also
    --------
    framing.compare : The rates themselves, and their difference.
    framing.plot_decomposition : Draws the table.

    Notes
    -----
    With w the share of a stratum in a side's denominators (of those in common strata) and r the
    rate within it, selection is the sum of (w_T - w_R) × ((r_T + r_R) / 2 - c) and presentation
    the sum of (w_T + w_R) / 2 × (r_T - r_R) over the common strata (Kitagawa 1955). The constant c,
    the mean of both sides' rates over the common strata, changes no sum; with it a stratum adds to
    selection only as far as its rate differs from the average. A stratum that one side lacks adds
    that side's share of it times the difference of its rate from the side's rate in the common
    strata (Ñopo 2008), with a minus sign for the reference.

    Intervals are percentiles of the resamples, further out than 2.5 and 97.5 where few units have
    the item: as far as the quantiles of t are beyond those of the normal distribution (Hesterberg
    2015).

    Which strata are common is settled by the articles, not anew in each resample: where a
    resample leaves a side without a common stratum, its weight there is 0 and its rate within it
    the observed one. Parts that rest on strata of few units have intervals that are too narrow;
    how often they hold the truth is in docs/methods.md.

    References
    ----------
    Hesterberg, T. C. (2015). What teachers should know about the bootstrap. The American
    Statistician, 69(4), 371-386. https://doi.org/10.1080/00031305.2015.1089789

    Kitagawa, E. M. (1955). Components of a difference between two rates. Journal of the American
    Statistical Association, 50(272), 1168-1194. https://doi.org/10.1080/01621459.1955.10501299

    Ñopo, H. (2008). Matching as a tool to decompose wage gaps. Review of Economics and Statistics,
    90(2), 290-299. https://doi.org/10.1162/rest.90.2.290

    Examples
    --------
    X writes of war in 3 of 4 articles, Y in 1 of 4; in the same stratum they hardly differ.

    >>> import pandas as pd
    >>> import framing as fr
    >>> articles = pd.DataFrame(
    ...     {
    ...         "doc_id": list("abcdefgh"),
    ...         "source": list("XXXXYYYY"),
    ...         "section": ["war", "war", "war", "arts", "war", "arts", "arts", "arts"],
    ...         "n_words": 100,
    ...         "n_bombs": [9, 8, 10, 1, 8, 1, 1, 1],
    ...     }
    ... )
    >>> bombs = fr.measure_column(articles, "n_bombs", denominator="n_words")
    >>> table = fr.decompose(
    ...     bombs, by="source", strata="section", target="X", reference="Y", seed=1
    ... )
    >>> table[["component", "stratum", "value"]].head(3)
          component stratum   value
    0           gap     NaN  0.0425
    1     selection     NaN  0.0375
    2  presentation     NaN  0.0050
    """
    _check(measure, by=by, unit=unit, n_resamples=n_resamples)
    check_seed("decompose", seed)
    names, inside = _sides(measure, by, target, reference)
    shares, strata_names = shares_of(measure, strata)
    order = canonical_order(measure)
    one, other = (side_of(measure, shares, order[mask[order]], by=by, unit=unit) for mask in inside)
    name = strata if isinstance(strata, str) else strata.kind
    _refuse_nothing(one, other, names, name)
    pair = _Pair(one, other, streams=(0, 1) if names[0] < names[1] else (1, 0))
    step = max(1, _MOST_CELLS // (len(strata_names) * n_resamples))
    pieces = [
        pair.split(slice(start, start + step), seed=seed, n_resamples=n_resamples)
        for start in range(0, len(measure.items), step)
    ]
    columns = {"by": by, "target": names[0], "reference": names[1], "strata": name, "unit": unit}
    columns["interval"] = "expanded percentiles of resampled units"
    numbers = {"level": LEVEL, "n_resamples": n_resamples, "seed": seed}
    return _table(
        measure,
        pair,
        np.concatenate(pieces, axis=-1),
        strata_names=strata_names,
        settings=columns | numbers,
    )


def _check(measure: Measure, *, by: str, unit: str, n_resamples: int) -> None:
    """Raise where the measure is none, or lacks a column."""
    if not isinstance(measure, Measure):
        msg = (
            f"decompose: measure is {type(measure).__name__}, not a Measure. "
            "Make one with measure_terms(), measure_mentions() or measure_column()."
        )
        raise TypeError(msg)
    articles = measure.articles
    columns = articles.columns
    for name, column in (("by", by), ("unit", unit)):
        if not isinstance(column, str):
            msg = (
                f"decompose: {name}={column!r} is not the name of one column. "
                "Pass one; join two into a new column of the articles before build_corpus()."
            )
            raise TypeError(msg)
        if column not in columns:
            msg = (
                f"decompose: {name}={column!r} is not a column of the articles. "
                f"They have {listing(columns)}.{close_match(column, columns)}"
            )
            raise ValueError(msg)
    check_unit("decompose", articles, unit)
    check_at_least("decompose", "n_resamples", n_resamples, 2)
    countless = measure.numerators.sum(axis=1)[measure.denominators <= 0] > 0
    if countless.any():
        msg = (
            f"decompose: {int(countless.sum()):,} articles have a numerator and a denominator of "
            "0. Such numbers are no part of a rate. Leave them out with measure.where(), or mend "
            "them."
        )
        raise ValueError(msg)


def _sides(
    measure: Measure, by: str, target: object, reference: object
) -> tuple[tuple[str, str], tuple[_Bools, _Bools]]:
    """Return the names of target and reference, and which articles are theirs."""
    values = measure.articles[by].astype(object)
    known = sorted({str(value) for value in values.dropna()})
    for name, value in (("target", target), ("reference", reference)):
        if str(value) not in known and not (name == "reference" and value is None):
            raise ValueError(not_one_of("decompose", name, value, known))
    if str(target) == str(reference):
        msg = (
            f"decompose: target and reference are both {target!r}. "
            "Choose two different values, or reference=None for all other articles."
        )
        raise ValueError(msg)
    text = values.map(str, na_action="ignore")
    one = (text == str(target)).to_numpy(dtype=bool)
    if reference is None:
        return (str(target), REST), (one, ~one)
    return (str(target), str(reference)), (one, (text == str(reference)).to_numpy(dtype=bool))


def _refuse_nothing(one: Side, other: Side, names: tuple[str, str], strata: str) -> None:
    """Raise where a side has nothing that can be counted, or both share no stratum."""
    for side, name in zip((one, other), names, strict=True):
        if not len(side.denominators):
            msg = (
                f"decompose: no article of {name!r} has a denominator above 0. "
                "There is no rate to compare. Choose another side."
            )
            raise ValueError(msg)
    if not ((one.shares.sum(axis=0) > 0) & (other.shares.sum(axis=0) > 0)).any():
        msg = (
            f"decompose: no stratum of {strata!r} has articles of both {names[0]!r} and "
            f"{names[1]!r}. Nothing can be compared within strata. Choose coarser ones."
        )
        raise ValueError(msg)


@dataclass(frozen=True)
class _Within:
    """A side's rates in the common strata, and what it has besides.

    Attributes
    ----------
    total : array, items × resamples
        The rate in all strata.
    mean : array, items × resamples
        The rate in the common strata.
    rates : array, common strata × items × resamples
        The rate in each.
    shares : array, common strata × resamples
        The share of each in the denominators of the common strata.
    alone : array, own strata × items × resamples
        What each stratum that the other side lacks adds to `total` beyond `mean`.
    """

    total: _Floats
    mean: _Floats
    rates: _Floats
    shares: _Floats
    alone: _Floats


def _within(
    numerators: _Floats, denominators: _Floats, *, common: _Bools, own: _Bools, like: _Within | None
) -> _Within:
    """Return a side's rates; those that a resample leaves open are as observed (`like`)."""
    below = denominators[common]
    every = below.sum(axis=0)
    whole = denominators.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        rates = numerators[common] / below[:, None]
        shares = below / every
    if like is not None:
        rates = np.where((below > 0)[:, None], rates, like.rates)
        shares = np.where(every > 0, shares, like.shares)
    mean = (shares[:, None] * rates).sum(axis=0)
    alone = (numerators[own] - denominators[own][:, None] * mean) / whole
    return _Within(numerators.sum(axis=0) / whole, mean, rates, shares, alone)


def _split(one: _Within, other: _Within) -> _Floats:
    """Return the value of each row of the result: rows × items × resamples."""
    usual = (one.mean + other.mean) / 2
    selection = (one.shares - other.shares)[:, None] * ((one.rates + other.rates) / 2 - usual)
    presentation = ((one.shares + other.shares) / 2)[:, None] * (one.rates - other.rates)
    parts = [selection, presentation, one.alone, -other.alone]
    sums = [part.sum(axis=0, keepdims=True) for part in parts]
    return np.concatenate([(one.total - other.total)[None], *sums, *parts])


def _expanded(drawn: _Floats, effective: _Floats) -> tuple[_Floats, _Floats]:
    """Return the ends of the intervals of resampled values, in the last axis, which is sorted.

    The usual percentiles are those of a normal distribution; t with one degree of freedom less
    than effective units takes outer ones (Hesterberg 2015).
    """
    from scipy.special import ndtr, stdtrit

    drawn.sort(axis=-1)
    last = drawn.shape[-1] - 1
    freedom = np.clip(effective - 1, 1, 1e6)
    outer = ndtr(stdtrit(freedom, (1 - LEVEL) / 2)) * last
    ends = []
    for place in (outer, last - outer):
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, last)
        one, two = (
            np.take_along_axis(drawn, at[..., None], axis=-1)[..., 0] for at in (below, above)
        )
        ends.append(one + (two - one) * (place - below))
    return ends[0], ends[1]


@dataclass(frozen=True)
class _Pair:
    """Target and reference, and the strata that both or only one of them has."""

    target: Side
    reference: Side
    streams: tuple[int, int]

    @property
    def strata(self) -> tuple[_Bools, _Bools, _Bools]:
        """Which strata are common, only the target's, and only the reference's."""
        has = [side.shares.sum(axis=0) > 0 for side in (self.target, self.reference)]
        return has[0] & has[1], has[0] & ~has[1], has[1] & ~has[0]

    def split(self, items: slice, *, seed: int, n_resamples: int) -> _Floats:
        """Return value, low and high of each row and item."""
        common, *own = self.strata
        sides = (self.target, self.reference)
        found = [
            _within(*side.observed(items), common=common, own=alone, like=None)
            for side, alone in zip(sides, own, strict=True)
        ]
        drawn = [
            _within(
                *side.sums(items, seed=[seed, stream], n_resamples=n_resamples),
                common=common, own=alone, like=like,
            )
            for side, stream, alone, like in zip(sides, self.streams, own, found, strict=True)
        ]  # fmt: skip
        low, high = _expanded(_split(*drawn), self.effective(items))
        return np.stack([_split(*found)[..., 0], low, high])

    def effective(self, items: slice) -> _Floats:
        """Return the effective number of units with the item, rows × items: the smaller side's.

        A side without the item does not vary, and is left out.
        """
        chosen = self.rows()[2]
        both = [side.effective(items, chosen) for side in (self.target, self.reference)]
        least: _Floats = np.min([np.where(one > 0, one, np.inf) for one in both], axis=0)
        return least

    def rows(self) -> tuple[list[str], _Ints, _Bools]:
        """Return the rows of each item: components, strata (-1 for all), and which are in each."""
        common, one, other = self.strata
        every = [common | one | other, common, common, one, other]
        components, stratum, chosen = list(COMPONENTS), [-1] * len(every), list(every)
        for component, strata in zip(COMPONENTS[1:], every[1:], strict=True):
            for place in np.flatnonzero(strata):
                components.append(component)
                stratum.append(int(place))
                chosen.append(np.arange(len(strata)) == place)
        return components, np.array(stratum), np.array(chosen)

    def few(self, chosen: _Bools) -> _Bools:
        """Return for which rows and items units are too few for an interval to be trusted."""
        few = np.zeros((len(chosen), self.target.counted[0].shape[1]), dtype=bool)
        weight, enough = np.zeros(chosen.shape[1]), np.ones(chosen.shape[1], dtype=bool)
        single = np.eye(chosen.shape[1], dtype=bool)
        for side in (self.target, self.reference):
            there = side.number_in(side.unit, chosen) > 0
            few |= there[:, None] & (side.number_with(chosen) < FEW_UNITS)
            enough &= side.number_in(side.unit, single) >= FEW_UNITS
            below = side.observed(slice(0))[1][:, 0] * self.strata[0]
            weight += below / below.sum() / 2
        # What only one side has is compared with its rate in the common strata.
        for side, own in zip((self.target, self.reference), self.strata[1:], strict=True):
            rows = (chosen & own).any(axis=1) & ~(chosen & self.strata[0]).any(axis=1)
            few[rows] |= side.number_with(self.strata[0][None]) < FEW_UNITS
        # Selection and presentation as a whole rest on the rates within each common stratum.
        few[1:3] |= weight[~enough].sum() > FEW_SHARE
        return few


def _table(
    measure: Measure,
    pair: _Pair,
    values: _Floats,
    *,
    strata_names: pd.Index[str],
    settings: dict[str, Any],
) -> pd.DataFrame:
    """Return values as the table of `decompose`."""
    components, stratum, chosen = pair.rows()
    n, n_items = len(components), len(measure.items)
    columns: dict[str, Any] = {
        "items": constant(measure.kind, n * n_items),
        "item": measure.items.array.take(np.repeat(np.arange(n_items), n)),
        "measure": constant(measure.name, n * n_items),
        "component": np.tile(np.array(components, dtype=object), n_items),
        "stratum": np.tile(
            np.array([strata_names[at] if at >= 0 else None for at in stratum], dtype=object),
            n_items,
        ),
        "scale": float(measure.scale),
    }
    for name in ("component", "stratum"):
        columns[name] = pd.array(columns[name], dtype="str")
    for name, part in zip(("value", "low", "high"), values, strict=True):
        columns[name] = part.T.ravel() * measure.scale
    for ending, side in (("target", pair.target), ("reference", pair.reference)):
        above, below = side.observed(slice(None))
        above, below = chosen @ above[..., 0], chosen @ below
        with np.errstate(invalid="ignore"):
            columns[f"rate_{ending}"] = (above / below * measure.scale).T.ravel()
        columns[f"weight_{ending}"] = np.tile(below[:, 0] / below[0, 0], n_items)
        columns[f"numerator_{ending}"] = above.T.ravel()
        columns[f"denominator_{ending}"] = np.tile(below[:, 0], n_items)
        columns[f"n_articles_{ending}"] = np.tile(side.number_in(side.article, chosen), n_items)
        columns[f"n_units_{ending}"] = np.tile(side.number_in(side.unit, chosen), n_items)
        columns[f"n_units_with_{ending}"] = side.number_with(chosen).T.ravel()
    columns["few_units"] = pair.few(chosen).T.ravel()
    for name, value in settings.items():
        columns[name] = constant(value, n * n_items) if isinstance(value, str) else value
    return pd.DataFrame({name: columns[name] for name in DECOMPOSITION.required})
