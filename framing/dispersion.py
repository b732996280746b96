"""How evenly terms are spread over articles or other parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_one_of, close_match, listing
from framing.corpus import Corpus, group_rows
from framing.counts import (
    GroupCounts,
    beside,
    constant,
    count_groups,
    per_million,
    ranked,
    term_columns,
)
from framing.patterns import named_terms

_Floats = npt.NDArray[np.float64]


def dispersion(
    corpus: Corpus,
    *,
    by: str | list[str] | None = None,
    parts: str = "doc_id",
    terms: str | Sequence[str] | None = None,
    measure: str = "dp_norm",
    min_count: int = 5,
) -> pd.DataFrame:
    """Measure how evenly terms are spread over articles or other parts.

    A term that marks a source only because one article repeats it is spread unevenly. Rare terms
    cannot be spread evenly over many parts: compare terms of like frequency.

    Parameters
    ----------
    corpus
        The corpus.
    by
        Columns of the articles that divide them into groups; None takes all as one group.
    parts
        The column whose values are the parts over which terms are spread. Parts without tokens
        are left out.
    terms
        Terms to measure, as they stand in texts; None measures all with `min_count`.
    measure
        `"dp_norm"`: Gries' deviation of proportions, scaled by its maximum: 0 even, 1 all in
        the smallest part. `"dp"`: the same unscaled. `"juilland_d"`: 1 even, 0 all in one part.
        `"rosengren_s"`: 1 even, near 0 uneven. `"kl"`: divergence of the term's shares from
        those of all tokens, in bits: 0 even, no upper limit.
    min_count
        The least number of occurrences in a group, where `terms` names none.

    Returns
    -------
    DataFrame
        One row a group and term, by group, then the highest count first, equal ones in the order
        of the vocabulary or of `terms`: the columns of `by`, `term`, `measure`, `score`, `count`,
        `n_tokens`, `per_million`, `range` (parts with the term), `n_parts` (parts with a token),
        `parts`. The score is missing for a named term that is absent from a group, and where a
        group has one part for `dp_norm` and `juilland_d`.

    Raises
    ------
    ValueError
        Where `by` or `parts` is not a column, `measure` is none of these, `min_count` is below 1,
        or a term was left out as a stop word or is several words.
    TypeError
        Where a term is not text.

    Warns
    -----
    UserWarning
        Where a named term is absent from a corpus without its rare terms.

    See Also
    --------
    framing.term_frequency : How often terms occur.

    References
    ----------
    Gries, S. T. (2008). Dispersions and adjusted frequencies in corpora. International Journal of
    Corpus Linguistics, 13(4), 403-437. https://doi.org/10.1075/ijcl.13.4.02gri

    Lijffijt, J., & Gries, S. T. (2012). Correction to "Dispersions and adjusted frequencies in
    corpora". International Journal of Corpus Linguistics, 17(1), 147-149.
    https://doi.org/10.1075/ijcl.17.1.08lij

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> texts = ["war war war talks", "peace and more talks"]
    >>> articles = pd.DataFrame({"doc_id": ["a", "b"], "text": texts})
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> table = fr.dispersion(corpus, terms=["war", "talks"])
    >>> table[["term", "measure", "score", "range", "n_parts"]]
        term  measure  score  range  n_parts
    0    war  dp_norm    1.0      1        2
    1  talks  dp_norm    0.0      2        2
    """
    check_one_of("dispersion", "measure", measure, _SCORES)
    check_at_least("dispersion", "min_count", min_count, 1)
    groups, _ = group_rows("dispersion", corpus, by)
    pairs, pair = group_rows("dispersion", corpus, [*groups.columns, _parts(corpus, groups, parts)])
    names, matrix, least = corpus.vocabulary, None, min_count
    if terms is not None:
        names, codes = named_terms("dispersion", corpus, terms)
        matrix, least = term_columns(corpus, codes), 0
    found = count_groups(corpus, pair, len(pairs), matrix)
    borders = _borders(corpus, groups, pair)
    tables = [
        _dispersion(found, first, stop, names=names, measure=measure, min_count=least)
        for first, stop in zip(borders[:-1].tolist(), borders[1:].tolist(), strict=True)
    ]
    row = np.repeat(np.arange(len(groups)), [len(table) for table in tables])
    table = pd.concat(tables, ignore_index=True)
    order = ranked(row, table["count"].to_numpy())
    row, table = row[order], table.iloc[order].reset_index(drop=True)
    columns = {
        "term": names.array.take(table["code"].to_numpy()),
        "measure": constant(measure, len(table)),
        "score": table["score"],
        "count": table["count"],
        "n_tokens": table["n_tokens"],
        "per_million": per_million(table["count"].to_numpy(), table["n_tokens"].to_numpy()),
        "range": table["range"],
        "n_parts": table["n_parts"],
        "parts": constant(parts, len(table)),
    }
    return beside("dispersion", groups, row, columns)


def _parts(corpus: Corpus, groups: pd.DataFrame, parts: str) -> str:
    """Return the column of the parts; raise where the articles lack it or it makes the groups."""
    columns = corpus.articles.columns
    if parts not in columns:
        msg = (
            f"dispersion: parts={parts!r} is not a column of the articles. "
            f"They have {listing(columns)}.{close_match(parts, columns)}"
        )
        raise ValueError(msg)
    if parts in groups.columns:
        msg = (
            f"dispersion: parts={parts!r} is also in by, so each group would be one part. "
            "Choose another column for one of them."
        )
        raise ValueError(msg)
    return parts


def _borders(
    corpus: Corpus, groups: pd.DataFrame, pair: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return where the parts of each group begin among all pairs of group and part."""
    _, group = group_rows("dispersion", corpus, list(groups.columns))
    group_of = np.zeros(int(pair.max(initial=-1)) + 1, dtype=np.int64)
    group_of[pair] = group
    return np.searchsorted(group_of, np.arange(len(groups) + 1))


def _dispersion(
    found: GroupCounts,
    first: int,
    stop: int,
    *,
    names: pd.Index[str],
    measure: str,
    min_count: int,
) -> pd.DataFrame:
    """Measure the terms of one group, whose parts are those from the first to the stop."""
    sizes = found.n_tokens[first:stop]
    inside = slice(found.starts[first], found.starts[stop])
    code, count = found.codes[inside], found.counts[inside].astype(np.float64)
    size = np.repeat(sizes, np.diff(found.starts[first : stop + 1]))
    total = np.bincount(code, count, minlength=len(names)).astype(np.float64)
    kept = np.flatnonzero(total >= min_count)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = _SCORES[measure](_Parts(code, count, size, total, sizes[sizes > 0]))
    return pd.DataFrame(
        {
            "code": kept,
            "score": np.where(total[kept] > 0, score[kept], np.nan),
            "count": total[kept].astype(np.int64),
            "n_tokens": sizes.sum(),
            "range": np.bincount(code, minlength=len(names))[kept],
            "n_parts": np.count_nonzero(sizes),
        }
    )


@dataclass(frozen=True)
class _Parts:
    """Counts of terms in parts: one value a term and part in which it occurs.

    Attributes
    ----------
    code, count, size : arrays
        The term, its occurrences in the part, and the part's tokens.
    total : array, shape (n_terms,)
        Occurrences of each term in all parts.
    sizes : array, shape (n_parts,)
        Tokens of each part.
    """

    code: npt.NDArray[np.int32]
    count: _Floats
    size: npt.NDArray[np.int64]
    total: _Floats
    sizes: npt.NDArray[np.int64]

    def summed(self, values: _Floats) -> _Floats:
        """Return the sum of the values of each term."""
        return np.bincount(self.code, values, minlength=len(self.total)).astype(np.float64)

    @property
    def expected(self) -> _Floats:
        """The part's share of all tokens."""
        shares: _Floats = self.size / self.sizes.sum()
        return shares

    @property
    def observed(self) -> _Floats:
        """The part's share of the term's occurrences."""
        return self.count / self.total[self.code]


def _between(values: npt.ArrayLike, most: float = 1) -> _Floats:
    """Return the values without what rounding added below 0 or above the most."""
    inside: _Floats = np.clip(np.asarray(values, dtype=np.float64), 0, most)
    return inside


def _dp(parts: _Parts) -> _Floats:
    # Parts without the term add their expected share; all expected shares add up to 1.
    off = parts.summed(np.abs(parts.observed - parts.expected) - parts.expected)
    return _between((1 + off) / 2)


def _dp_norm(parts: _Parts) -> _Floats:
    least = parts.sizes.min(initial=parts.sizes.sum()) / parts.sizes.sum()
    return _between(_dp(parts) / (1 - least))


def _juilland_d(parts: _Parts) -> _Floats:
    rates, n_parts = parts.count / parts.size, len(parts.sizes)
    mean = parts.summed(rates) / n_parts
    variance = _between(parts.summed(rates**2) / n_parts - mean**2)
    return _between(1 - np.sqrt(variance) / mean / np.sqrt(n_parts - 1))


def _rosengren_s(parts: _Parts) -> _Floats:
    return _between(parts.summed(np.sqrt(parts.expected * parts.count)) ** 2 / parts.total)


def _kl(parts: _Parts) -> _Floats:
    terms = parts.observed * np.log2(parts.observed / parts.expected)
    return _between(parts.summed(terms), most=np.inf)


_SCORES = {
    "dp_norm": _dp_norm,
    "dp": _dp,
    "juilland_d": _juilland_d,
    "rosengren_s": _rosengren_s,
    "kl": _kl,
}
