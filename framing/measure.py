"""Something countable in articles: numerators and denominators, for every claim the same form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_one_of, close_match, listing
from framing.corpus import Corpus, check_corpus, term_counts
from framing.counts import article_tokens, term_columns
from framing.joining import joined
from framing.masks import chosen_rows
from framing.mentions.places import item_codes, rows_of
from framing.patterns import named_terms

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Measure", "measure_column", "measure_mentions", "measure_terms"]

_PER = ("tokens", "articles")
_MOST_CELLS = 20_000_000


@dataclass(frozen=True, eq=False, repr=False)
class Measure:
    """Numerators and denominators of something countable, for each article and item.

    A rate of a group of articles is the sum of its numerators divided by the sum of its
    denominators, times `scale`. The arrays are read-only.

    Attributes
    ----------
    numerators : csc_array of float64, shape (n_rows, n_items)
        What is counted, for example the mentions of an actor.
    denominators : array of float64, shape (n_rows,)
        What it is counted in, for example tokens; 0 for an article in which nothing can be counted.
    items : Index of str, shape (n_items,)
        The names of the columns, for example actors.
    kind : str
        What the items are: `term`, `actor`, `country`, `topic`, `column`, …
    name : str
        What a rate tells, with its unit: `mentions per 1,000 tokens`.
    scale : float
        What a ratio is multiplied by, for example 1,000.
    settings : mapping
        Where the numbers come from: the fingerprint of the corpus, the version of the ledger, ….
    draws : tuple of csc_array
        Other numerators that are as likely as the first ones, where these are estimates of a
        model; empty where they were counted.

    See Also
    --------
    framing.compare : Rates of groups, with intervals.
    framing.measure_mentions : Makes one from mentions.
    framing.measure_terms : Makes one from terms.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(60, seed=1))
    >>> fr.measure_terms(corpus, ["war", "talks"])
    Measure(60 articles, 2 items of kind 'term', occurrences per million tokens)
    """

    _articles: pd.DataFrame
    numerators: sparse.csc_array[Any]
    denominators: npt.NDArray[np.float64]
    items: pd.Index[str]
    kind: str
    name: str
    scale: float = 1.0
    settings: Mapping[str, Any] = field(default_factory=dict)
    draws: tuple[sparse.csc_array[Any], ...] = ()

    def __post_init__(self) -> None:
        self.denominators.setflags(write=False)
        for matrix in (self.numerators, *self.draws):
            for array in (matrix.data, matrix.indices, matrix.indptr):
                array.setflags(write=False)
        object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))

    @property
    def articles(self) -> pd.DataFrame:
        """The articles, one row each, as a shallow copy."""
        return self._articles.copy(deep=False)

    def __len__(self) -> int:
        return len(self.denominators)

    def __repr__(self) -> str:
        n, n_items = len(self), len(self.items)
        return (
            f"Measure({n:,} article{'' if n == 1 else 's'}, "
            f"{n_items:,} item{'' if n_items == 1 else 's'} of kind {self.kind!r}, {self.name})"
        )

    def where(self, mask: pd.Series[bool] | npt.NDArray[np.bool_] | Sequence[bool]) -> Measure:
        """Return the measure of those articles for which the mask is true.

        Parameters
        ----------
        mask
            One truth value a row, for example `measure.articles["source"] == "TASS"`.

        Returns
        -------
        Measure
            The articles chosen, in their order, with the same items.

        Raises
        ------
        ValueError
            Where the mask has another length or index than the articles, or missing values.
        TypeError
            Where it is no mask.
        """
        chosen = chosen_rows("Measure.where", mask, self._articles)
        return replace(
            self,
            _articles=self._articles.loc[chosen].reset_index(drop=True),
            numerators=_rows(self.numerators, chosen),
            denominators=self.denominators[chosen],
            draws=tuple(_rows(draw, chosen) for draw in self.draws),
        )

    def select(self, items: str | Sequence[str]) -> Measure:
        """Return the measure of some items only.

        Parameters
        ----------
        items
            Names of items, each once.

        Returns
        -------
        Measure
            The same articles with these items, in this order.

        Raises
        ------
        ValueError
            Where an item is not there, or named twice.
        """
        names = pd.Index([items] if isinstance(items, str) else list(items), dtype="str")
        places = self.items.get_indexer(names) if self.items.is_unique else np.array([-1])
        if (places < 0).any() or names.has_duplicates or not len(names):
            absent = names[places < 0] if len(places) == len(names) else names
            wrong = listing(absent) if len(absent) else f"{listing(names)} (each once)"
            msg = (
                f"Measure.select: items has {wrong}. The measure has {listing(self.items)}."
                f"{close_match(absent[0], self.items[:20_000]) if len(absent) else ''}"
            )
            raise ValueError(msg)
        return replace(
            self,
            numerators=self.numerators[:, places],
            items=names,
            draws=tuple(draw[:, places] for draw in self.draws),
        )

    def join(self, table: pd.DataFrame) -> Measure:
        """Return the measure with further columns of its articles, by `doc_id`.

        Parameters
        ----------
        table
            A table with one row an article: `doc_id` and the columns to add, for example
            `stories[["doc_id", "story"]]`.

        Returns
        -------
        Measure
            The same numbers, with these columns behind those of the articles.

        Raises
        ------
        ValueError
            Where the table has an article twice, lacks one, or has a column that is there already.
        TypeError
            Where it is not a table.
        """
        return replace(self, _articles=joined("Measure.join", self._articles, table))

    def to_table(self) -> pd.DataFrame:
        """Return the numbers as a tidy table.

        Returns
        -------
        DataFrame
            One row an article and item, also where the numerator is 0: `doc_id`, `items`, `item`,
            `measure`, `numerator`, `denominator`, `scale`.

        Raises
        ------
        ValueError
            Where it would have more than 20,000,000 rows.
        """
        n, n_items = len(self), len(self.items)
        if n * n_items > _MOST_CELLS:
            msg = (
                f"Measure.to_table: {n:,} articles × {n_items:,} items are too many rows. "
                "Choose items with select(), or use .numerators, which is sparse."
            )
            raise ValueError(msg)
        keys = self._articles["doc_id"].to_numpy()
        return pd.DataFrame(
            {
                "doc_id": pd.Series(np.repeat(keys, n_items), dtype="str"),
                "items": pd.Series([self.kind] * (n * n_items), dtype="str"),
                "item": pd.Series(np.tile(self.items.to_numpy(), n), dtype="str"),
                "measure": pd.Series([self.name] * (n * n_items), dtype="str"),
                "numerator": self.numerators.toarray().ravel(),
                "denominator": np.repeat(self.denominators, n_items),
                "scale": float(self.scale),
            }
        )


def _rows(matrix: Any, chosen: npt.NDArray[np.bool_]) -> Any:
    """Return some rows of a matrix by columns."""
    return matrix.tocsr()[np.flatnonzero(chosen)].tocsc()


def measure_terms(
    corpus: Corpus, terms: str | Sequence[str] | None = None, *, per: str = "tokens"
) -> Measure:
    """Measure how often terms occur in each article.

    Parameters
    ----------
    corpus
        The corpus, or contexts made from it.
    terms
        Terms as they stand in texts; None takes the whole vocabulary.
    per
        `"tokens"`: occurrences per million tokens; `"articles"`: the share of articles with the
        term at least once, of those with any token.

    Returns
    -------
    Measure
        One item a term, in the order they were named or that of the vocabulary.

    Raises
    ------
    ValueError
        Where a term was left out as a stop word or is several words, or `per` is not one of these.
    TypeError
        Where a term is not text, or the corpus is not one.

    See Also
    --------
    framing.compare : Rates of groups, with intervals.
    framing.term_frequency : The rates alone, as a table.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(60, seed=1))
    >>> fr.measure_terms(corpus, ["war"], per="articles")
    Measure(60 articles, 1 item of kind 'term', share of articles with it)
    """
    from scipy import sparse

    check_corpus("measure_terms", corpus)
    check_one_of("measure_terms", "per", per, _PER)
    if terms is None:
        names, matrix = corpus.vocabulary, term_counts(corpus)
    else:
        names, codes = named_terms("measure_terms", corpus, terms)
        matrix = term_columns(corpus, codes)
    return _per(
        Measure(
            corpus.articles,
            sparse.csc_array(matrix, dtype=np.float64),
            article_tokens(corpus).astype(np.float64),
            names,
            "term",
            "occurrences per million tokens",
            1e6,
            {"corpus": corpus.fingerprint},
        ),
        per,
    )


def measure_mentions(
    corpus: Corpus, mentions: pd.DataFrame, *, items: str = "actor", per: str = "tokens"
) -> Measure:
    """Measure how often actors or countries are named in each article.

    Parameters
    ----------
    corpus
        The corpus that the mentions were found in, or a part of it by `where`.
    mentions
        The table of `find_mentions`, or some rows of it. Those in other articles are left out.
    items
        The column of mentions that is counted: `"actor"`, `"country"`, `"kind"` or `"sense"`.
        Mentions without a country are left out.
    per
        `"tokens"`: mentions per 1,000 tokens; `"articles"`: the share of articles that name it, of
        those with any token.

    Returns
    -------
    Measure
        One item an actor or country that is named, in alphabetical order.

    Raises
    ------
    ValueError
        Where `items` or `per` is not one of these, or the mentions were found in another corpus.
    TypeError
        Where mentions is not a table, or the corpus is not one.

    See Also
    --------
    framing.compare : Rates of groups, with intervals.
    framing.salience : The rates alone, also of titles and leads.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(60, seed=1))
    >>> mentions = fr.find_mentions(corpus, fr.load_ledger())
    >>> fr.measure_mentions(corpus, mentions, items="kind")
    Measure(60 articles, ... items of kind 'kind', mentions per 1,000 tokens)
    """
    from scipy import sparse

    check_corpus("measure_mentions", corpus)
    check_one_of("measure_mentions", "per", per, _PER)
    mentions, row = rows_of("measure_mentions", mentions, corpus)
    item, names = item_codes("measure_mentions", mentions, items)
    row, item = row[item >= 0], item[item >= 0]
    counts = sparse.coo_array(
        (np.ones(len(row)), (row, item)), shape=(len(corpus), len(names))
    ).tocsc()
    counts.sum_duplicates()
    versions = sorted(mentions["ledger"].dropna().unique())
    return _per(
        Measure(
            corpus.articles,
            counts,
            article_tokens(corpus).astype(np.float64),
            names,
            items,
            "mentions per 1,000 tokens",
            1000.0,
            {"corpus": corpus.fingerprint, "ledger": "; ".join(versions)},
        ),
        per,
    )


def measure_column(
    articles: pd.DataFrame, columns: str | Sequence[str], *, denominator: str | None = None
) -> Measure:
    """Measure a number of your own that you have for each article.

    Parameters
    ----------
    articles
        A table with `doc_id` and the columns.
    columns
        One or more columns of numbers of 0 or more, for example coded quotations; each is an item.
    denominator
        The column that they are counted in, for example words; None counts articles, so that
        rates are means per article. An article in which a number is missing does not count.

    Returns
    -------
    Measure
        One item a column.

    Raises
    ------
    ValueError
        Where a column is not there, named twice, not of numbers, or has a number below 0 or an
        infinite one; where some but not all columns of an article are missing.
    TypeError
        Where articles is not a table.

    See Also
    --------
    framing.compare : Rates of groups, with intervals.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> articles = pd.DataFrame({"doc_id": ["a", "b"], "n_quotes": [2, 3], "n_words": [90, 110]})
    >>> fr.measure_column(articles, "n_quotes", denominator="n_words")
    Measure(2 articles, 1 item of kind 'column', n_quotes / n_words)
    """
    from scipy import sparse

    names = [columns] if isinstance(columns, str) else list(columns)
    if not isinstance(articles, pd.DataFrame):
        msg = (
            f"measure_column: articles is {type(articles).__name__}, not a DataFrame. "
            "Pass a table with a column 'doc_id' and the numbers."
        )
        raise TypeError(msg)
    if not names or len(set(names)) < len(names):
        msg = f"measure_column: columns={names!r} must name columns, each once."
        raise ValueError(msg)
    needed = [*names, *([] if denominator is None else [denominator])]
    numbers = {name: _numbers(articles, name) for name in dict.fromkeys(needed)}
    values = np.column_stack([numbers[name] for name in names])
    below = np.ones(len(articles)) if denominator is None else numbers[denominator].copy()
    unknown = np.isnan(values)
    if (unknown.any(axis=1) & ~unknown.all(axis=1)).any():
        msg = (
            f"measure_column: some articles have numbers in a part of {listing(names)} only. "
            "Measure these columns one by one, or fill them."
        )
        raise ValueError(msg)
    out = unknown.any(axis=1) | np.isnan(below)
    values[out], below[out] = 0, 0
    what = " or ".join(names) if len(names) < 3 else "columns"
    return Measure(
        articles.reset_index(drop=True),
        sparse.csc_array(values),
        below,
        pd.Index(names, dtype="str"),
        "column",
        f"{what} / {denominator}" if denominator else f"mean {what} of an article",
    )


def _numbers(articles: pd.DataFrame, name: str) -> npt.NDArray[np.float64]:
    """Return a column of the articles as numbers, NaN where missing."""
    if "doc_id" not in articles.columns or name not in articles.columns:
        lacking = name if "doc_id" in articles.columns else "doc_id"
        msg = (
            f"measure_column: the articles have no column {lacking!r}. "
            f"They have {listing(articles.columns)}.{close_match(lacking, articles.columns)}"
        )
        raise ValueError(msg)
    if not pd.api.types.is_numeric_dtype(articles[name]):
        msg = (
            f"measure_column: column {name!r} is {articles[name].dtype}, not numbers. "
            "Convert it with pandas.to_numeric()."
        )
        raise ValueError(msg)
    values = articles[name].to_numpy(dtype=np.float64, na_value=np.nan)
    if (values < 0).any() or np.isinf(values).any():
        msg = (
            f"measure_column: column {name!r} has {int((values < 0).sum()):,} numbers below 0 and "
            f"{int(np.isinf(values).sum()):,} infinite ones. Only counts and amounts make rates."
        )
        raise ValueError(msg)
    return values


def _per(measure: Measure, per: str) -> Measure:
    """Return the measure itself, or that of the share of articles with an item at all."""
    from scipy import sparse

    if per == "tokens":
        return measure
    there = sparse.csc_array(
        (
            np.ones(measure.numerators.nnz),
            measure.numerators.indices.copy(),
            measure.numerators.indptr.copy(),
        ),
        shape=measure.numerators.shape,
    )
    return replace(
        measure,
        numerators=there,
        denominators=(measure.denominators > 0).astype(np.float64),
        name="share of articles with it",
        scale=1.0,
    )
