"""Which terms mark one source against others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_one_of, listing, not_one_of
from framing.corpus import Corpus, group_rows
from framing.counts import (
    GroupCounts,
    constant,
    count_groups,
    highest_first,
    per_million,
    repeated,
)
from framing.keyness_scores import MEASURES, Cells
from framing.schema import KEYNESS

_Floats = npt.NDArray[np.float64]

REST = "rest"
"""The name of the reference that is all other articles."""

_PRIORS = {"log_odds": 0.01, "log_odds_informative": 500.0}


def keyness(
    corpus: Corpus,
    *,
    by: str = "source",
    target: object = None,
    reference: object = None,
    measure: str = "lrc",
    min_count: int = 5,
    prior: float | None = None,
) -> pd.DataFrame:
    """Measure which terms mark a source, or each source, against the others.

    Above 0 a term is more frequent in the target than in the reference, below 0 less. A key term
    says that wording differs, not why. Token-level tests take each word as drawn on its own;
    words come in articles, so their p-values overstate the evidence (Lijffijt et al. 2016).
    Look at `n_articles` before you quote a term.

    Parameters
    ----------
    corpus
        The corpus.
    by
        The column that divides the articles.
    target
        The value of `by` whose articles are the target; None takes each value in turn.
    reference
        The value they are compared with; None takes all other articles, also those where `by` is
        missing.
    measure
        `"lrc"`: conservative log ratio, the end nearer to 0 of a 95 % interval corrected for the
        number of terms, 0 where it holds 0; the best ranking for most ends, as it asks for a
        difference both large and well supported. `"log_ratio"`: log2 of the ratio of rates, ½ in
        the place of a count of 0. `"g2"`: log-likelihood over all four cells; `"g2_2cell"`: over
        the two cells of the term. `"chi2"`: Pearson's, uncorrected. `"log_odds"`: z of the
        log-odds ratio with a flat prior; `"log_odds_informative"`: with a prior in the shape of
        target and reference together. `g2`, `g2_2cell` and `chi2` carry the sign of the difference.
    min_count
        The least number of occurrences in target and reference together.
    prior
        For `log_odds` the pseudo-count of each term, 0.01 if None; for `log_odds_informative`
        that of all terms together, 500 if None: more draws rare terms nearer to 0.

    Returns
    -------
    DataFrame
        One row a target and term, by target, then the highest score first: `by`, `target`,
        `reference`, `term`, `measure`, `score` (bits for `lrc` and `log_ratio`), `p_value`
        (two-sided, unadjusted; missing for effect sizes), `count`, `n_tokens`, `per_million`,
        `n_articles` of the target, the same with `_reference`, and `n_terms` (terms compared).

    Raises
    ------
    ValueError
        Where `by`, `target`, `reference` or `measure` does not exist, a side has no tokens, the
        two sides are the same, or `min_count` or `prior` is too low or has no use.

    See Also
    --------
    framing.term_frequency : The rates themselves.
    framing.dispersion : Whether a term stands in many articles.

    References
    ----------
    Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
    Computational Linguistics, 19(1), 61-74. https://aclanthology.org/J93-1003

    Rayson, P., & Garside, R. (2000). Comparing corpora using frequency profiling. Proceedings of
    the Workshop on Comparing Corpora, 1-6. https://doi.org/10.3115/1117729.1117730

    Monroe, B. L., Colaresi, M. P., & Quinn, K. M. (2008). Fightin' words. Political Analysis,
    16(4), 372-403. https://doi.org/10.1093/pan/mpn018

    Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus Approaches to
    Social Science, Lancaster.

    Lijffijt, J., Nevalainen, T., Säily, T., Papapetrou, P., Puolamäki, K., & Mannila, H. (2016).
    Significance testing of word frequencies in corpora. Digital Scholarship in the Humanities,
    31(2), 374-397. https://doi.org/10.1093/llc/fqu064

    Evert, S. (2022). Measuring keyness. Digital Humanities 2022: Conference Abstracts.
    https://doi.org/10.17605/OSF.IO/CY6MW

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> texts = ["war war war war war talks", "talks talks talks talks peace war"]
    >>> articles = pd.DataFrame({"doc_id": ["a", "b"], "source": ["X", "Y"], "text": texts})
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> table = fr.keyness(corpus, target="X", measure="log_ratio", min_count=2)
    >>> table[["target", "reference", "term", "score", "count", "count_reference"]].round(2)
      target reference   term  score  count  count_reference
    0      X      rest    war   2.32      5                1
    1      X      rest  talks  -2.00      1                4
    """
    check_one_of("keyness", "measure", measure, MEASURES)
    check_at_least("keyness", "min_count", min_count, 1)
    prior = _prior(measure, prior)
    sides = _sides(corpus, by)
    pairs = sides.pairs(target, reference)
    rows = _Rows.for_pairs(len(pairs), int(np.count_nonzero(sides.every.counts >= min_count)))
    for one, other in pairs:
        here = sides.of(one)
        there = sides.without(here) if other is None else sides.of(other)
        sides.refuse_empty(one, other, here, there)
        names = (sides.names[one], REST if other is None else sides.names[other])
        rows.add(names, _compared(here, there, measure, min_count=min_count, prior=prior))
    return rows.table(corpus, by, measure)


def _prior(measure: str, prior: float | None) -> float:
    """Return the prior of a measure; raise where it makes no sense."""
    if prior is None:
        return _PRIORS.get(measure, 0.0)
    if measure not in _PRIORS:
        msg = (
            f"keyness: prior={prior!r} has no use with measure={measure!r}. "
            "Leave it out, or choose 'log_odds' or 'log_odds_informative'."
        )
        raise ValueError(msg)
    if not 0 < prior < np.inf:
        msg = (
            f"keyness: prior={prior!r} is not a number above 0. "
            f"Pass for example prior={_PRIORS[measure]}."
        )
        raise ValueError(msg)
    return prior


@dataclass(frozen=True)
class _Side:
    """One side of a comparison: counts by term, and its tokens."""

    counts: npt.NDArray[np.int64]
    n_articles: npt.NDArray[np.int64]
    n_tokens: int


@dataclass(frozen=True)
class _Sides:
    """The groups that can be a side, and all articles together."""

    by: str
    values: list[object]
    found: GroupCounts
    every: _Side

    @property
    def names(self) -> list[str]:
        """The values of `by` as text."""
        return [str(value) for value in self.values]

    def of(self, number: int) -> _Side:
        """Return one group."""
        inside = slice(self.found.starts[number], self.found.starts[number + 1])
        codes = self.found.codes[inside]
        counts, n_articles = np.zeros((2, len(self.every.counts)), dtype=np.int64)
        counts[codes] = self.found.counts[inside]
        n_articles[codes] = self.found.n_articles[inside]
        return _Side(counts, n_articles, int(self.found.n_tokens[number]))

    def without(self, one: _Side) -> _Side:
        """Return all articles but those of one group."""
        return _Side(
            self.every.counts - one.counts,
            self.every.n_articles - one.n_articles,
            self.every.n_tokens - one.n_tokens,
        )

    def pairs(self, target: object, reference: object) -> list[tuple[int, int | None]]:
        """Return the comparisons to make: numbers of target and reference, None for the rest."""
        other = None if reference is None else self.number("reference", reference)
        if target is not None:
            one = self.number("target", target)
            if one == other:
                msg = (
                    f"keyness: target and reference are both {target!r}. "
                    "Choose two different values, or reference=None for all other articles."
                )
                raise ValueError(msg)
            return [(one, other)]
        return [(one, other) for one in range(len(self.values)) if one != other]

    def number(self, name: str, value: object) -> int:
        """Return which group a value names; raise where none."""
        for number, known in enumerate(self.values):
            if known == value or str(known) == value:
                return number
        raise ValueError(not_one_of("keyness", name, value, self.names))

    def refuse_empty(self, one: int, other: int | None, here: _Side, there: _Side) -> None:
        """Raise where a side has no tokens."""
        if here.n_tokens and there.n_tokens:
            return
        if here.n_tokens and other is None:
            msg = (
                f"keyness: target={self.names[one]!r} has nothing to be compared with: no other "
                f"article has a token (column {self.by!r} has "
                f"{listing(self.names)}). Choose another column with by=."
            )
            raise ValueError(msg)
        empty = one if not here.n_tokens or other is None else other
        msg = (
            f"keyness: {self.names[empty]!r} has no tokens in its articles (column {self.by!r}). "
            "Leave it out with corpus.where(…), or build the corpus with fewer words left out."
        )
        raise ValueError(msg)


def _sides(corpus: Corpus, by: str) -> _Sides:
    """Count the groups of a column, and all articles together."""
    if not isinstance(by, str):
        msg = (
            f"keyness: by={by!r} is not the name of one column. "
            "Pass one; join two into a new column of the articles before build_corpus()."
        )
        raise TypeError(msg)
    groups, group = group_rows("keyness", corpus, by)
    known = groups[by].notna().to_numpy()
    values = groups.loc[known, by].tolist()
    if not len(corpus):
        msg = "keyness: the corpus has no articles. Choose other ones with corpus.where(…)."
        raise ValueError(msg)
    if not values:
        msg = f"keyness: column {by!r} is missing in all articles. Choose another with by=."
        raise ValueError(msg)
    # Articles without a value are a group behind the others: they belong to the rest.
    number = np.where(known, np.cumsum(known) - 1, len(values))[group]
    found = count_groups(corpus, number, len(values) + 1)
    n_terms = len(corpus.vocabulary)
    counts = np.bincount(found.codes, found.counts, minlength=n_terms).astype(np.int64)
    n_articles = np.bincount(found.codes, found.n_articles, minlength=n_terms).astype(np.int64)
    every = _Side(counts, n_articles, int(found.n_tokens.sum()))
    return _Sides(by, values, found, every)


@dataclass(frozen=True)
class _Compared:
    """Terms of a target and a reference, highest score first.

    Most terms are rare, so that few pairs of counts differ: `pair` is for each term the number of
    its pair. The columns of the table follow from the pair, from the term, or are the same for all.
    """

    codes: npt.NDArray[np.int64]
    pair: npt.NDArray[np.int64]
    by_pair: dict[str, npt.NDArray[Any]]
    by_code: dict[str, npt.NDArray[Any]]
    for_all: dict[str, int]


def _compared(
    here: _Side, there: _Side, measure: str, *, min_count: int, prior: float
) -> _Compared:
    """Compare a target with a reference."""
    both = here.counts + there.counts
    codes = np.flatnonzero(both >= min_count)
    base = int(there.counts.max(initial=0)) + 1
    pair, distinct = pd.factorize(here.counts[codes] * base + there.counts[codes])
    a, b = distinct // base, distinct % base
    sizes = (float(here.n_tokens), float(there.n_tokens))
    floats = (a.astype(np.float64), b.astype(np.float64))
    cells = Cells(*floats, *sizes, prior, int(np.count_nonzero(both)), len(codes))
    score, p_value = MEASURES[measure](cells)
    order = highest_first(score, pair)
    by_pair = {
        "score": score,
        "p_value": p_value,
        "count": a,
        "per_million": per_million(a, here.n_tokens),
        "count_reference": b,
        "per_million_reference": per_million(b, there.n_tokens),
    }
    by_code = {"n_articles": here.n_articles, "n_articles_reference": there.n_articles}
    for_all = {"n_tokens": here.n_tokens, "n_tokens_reference": there.n_tokens}
    for_all["n_terms"] = len(codes)
    return _Compared(codes[order], pair[order], by_pair, by_code, for_all)


@dataclass
class _Rows:
    """The rows of the table, filled target by target.

    All numbers of a type stand in one array: to ask for memory once takes half the time.
    """

    names: list[tuple[str, str]]
    sizes: list[int]
    codes: npt.NDArray[np.int64]
    numbers: dict[str, npt.NDArray[Any]]

    @classmethod
    def for_pairs(cls, n_pairs: int, most: int) -> _Rows:
        """Return room for so many pairs with so many terms each; what stays empty costs nothing."""
        numbers: dict[str, npt.NDArray[Any]] = {}
        for kind, dtype in (("float", np.float64), ("int", np.int64)):
            names = [column.name for column in KEYNESS.columns if column.kind == kind]
            block = np.empty((len(names), n_pairs * most), dtype=dtype)
            numbers |= zip(names, block, strict=True)
        return cls([], [], np.empty(n_pairs * most, dtype=np.int64), numbers)

    def add(self, names: tuple[str, str], found: _Compared) -> None:
        """Add the terms of one target."""
        first = sum(self.sizes)
        inside = slice(first, first + len(found.codes))
        self.names.append(names)
        self.sizes.append(len(found.codes))
        self.codes[inside] = found.codes
        for values, at in ((found.by_pair, found.pair), (found.by_code, found.codes)):
            for name, column in values.items():
                # No place lies outside: to say "clip" only spares numpy a copy.
                column.take(at, out=self.numbers[name][inside], mode="clip")
        for name, value in found.for_all.items():
            self.numbers[name][inside] = value

    def table(self, corpus: Corpus, by: str, measure: str) -> pd.DataFrame:
        """Return the table."""
        size = sum(self.sizes)
        targets, references = (list(names) for names in zip(*self.names, strict=True))
        texts = {
            "by": constant(by, size),
            "target": repeated(targets, self.sizes),
            "reference": repeated(references, self.sizes),
            "term": corpus.vocabulary.array.take(self.codes[:size]),
            "measure": constant(measure, size),
        }
        columns = texts | {name: column[:size] for name, column in self.numbers.items()}
        # All columns are new; to copy them takes a third more.
        return pd.DataFrame({name: columns[name] for name in KEYNESS.required}, copy=False)
