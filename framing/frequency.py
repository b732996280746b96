"""How often terms occur: by source and over time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from framing.corpus import Corpus, group_rows
from framing.counts import (
    beside,
    constant,
    count_groups,
    per_million,
    periods_of,
    ranked,
    term_columns,
)
from framing.patterns import named_terms


def term_frequency(
    corpus: Corpus,
    *,
    by: str | list[str] | None = None,
    terms: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Count terms, as numbers and as rates per million tokens.

    Rates can be compared between groups of different size; counts cannot. A term may owe a high
    rate to a few articles: look at `n_articles` and `dispersion`.

    Parameters
    ----------
    corpus
        The corpus.
    by
        Columns of the articles that divide them into groups; None takes all as one group.
        Missing values are a group of their own.
    terms
        Terms to count, as they stand in texts (`"U.S."` counts `US`); None counts every term
        that occurs in a group.

    Returns
    -------
    DataFrame
        One row a group and term, by group, then the highest count first, equal ones in the order
        of the vocabulary or of `terms`: the columns of `by`, `term`, `count`, `n_tokens` (tokens of
        the group), `per_million`, `n_articles` (articles with the term), `n_group_articles`. Terms
        that were named have a row in every group, with count 0 where they are absent;
        `per_million` is missing for a group without tokens.

    Raises
    ------
    ValueError
        Where `by` is not a column, or a term was left out as a stop word or is several words.
    TypeError
        Where a term is not text.

    Warns
    -----
    UserWarning
        Where a named term is absent from a corpus without its rare terms.

    See Also
    --------
    framing.term_trend : The same over time.
    framing.dispersion : How evenly terms are spread.
    framing.keyness : Which terms mark a source.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> articles = pd.DataFrame(
    ...     {"doc_id": ["a", "b"], "source": ["X", "Y"], "text": ["War, war, talks.", "Talks."]}
    ... )
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> table = fr.term_frequency(corpus, by="source", terms="war")
    >>> table[["source", "term", "count", "n_tokens"]]
      source term  count  n_tokens
    0      X  war      2         3
    1      Y  war      0         1
    """
    groups, group = group_rows("term_frequency", corpus, by)
    if terms is None:
        names, found = corpus.vocabulary, count_groups(corpus, group, len(groups))
        row, code = found.groups, found.codes
        counts, n_articles = found.counts, found.n_articles
    else:
        names, codes = named_terms("term_frequency", corpus, terms)
        matrix = term_columns(corpus, codes)
        found = count_groups(corpus, group, len(groups), matrix)
        row = np.repeat(np.arange(len(groups)), len(names))
        code = np.tile(np.arange(len(names), dtype=np.int32), len(groups))
        counts, n_articles = np.zeros((2, len(row)), dtype=np.int64)
        cell = found.groups * len(names) + found.codes
        counts[cell], n_articles[cell] = found.counts, found.n_articles
    order = ranked(row, counts)
    code, counts, n_articles = code[order], counts[order], n_articles[order]
    columns = {
        "term": names.array.take(code),
        "count": counts,
        "n_tokens": found.n_tokens[row],
        "per_million": per_million(counts, found.n_tokens[row]),
        "n_articles": n_articles,
        "n_group_articles": found.n_group_articles[row],
    }
    return beside("term_frequency", groups, row, columns)


def term_trend(
    corpus: Corpus,
    terms: str | Sequence[str],
    *,
    freq: str = "MS",
    by: str | list[str] | None = None,
) -> pd.DataFrame:
    """Count terms over time, as numbers and as rates per million tokens.

    Every group has the same periods, from the first to the last that has an article of any
    group, so that lines can be laid over each other. A period without articles has no rate: that
    is not a rate of 0. Articles without a date are in no period; `n_undated` says how many.

    Parameters
    ----------
    corpus
        The corpus; its articles need a column `date` of dates.
    terms
        Terms to count, as they stand in texts.
    freq
        Length of a period: `"D"` day, `"W"` week from Monday, `"MS"` month, `"QS"` quarter,
        `"YS"` year.
    by
        Columns of the articles that divide them into groups; None takes all as one group.

    Returns
    -------
    DataFrame
        One row a group, term and period, in this order, terms in the order given: the columns of
        `by`, `period` (its first day), `freq`, `term`, `count`, `n_tokens` (tokens of that period
        and group), `per_million` (missing where `n_tokens` is 0), `n_articles` (articles with the
        term), `n_group_articles` (articles of that period and group), `n_undated` (articles of
        the group without a date).

    Raises
    ------
    ValueError
        Where `by` or `date` is not a column, no article has a date, `freq` is none of these, or a
        term was left out as a stop word or is several words.
    TypeError
        Where `date` holds something else than dates, or a term is not text.

    Warns
    -----
    UserWarning
        Where a term is absent from a corpus without its rare terms.

    See Also
    --------
    framing.term_frequency : The same for all time.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> dates = pd.to_datetime(["2016-09-02", "2016-11-20"])
    >>> articles = pd.DataFrame({"doc_id": ["a", "b"], "date": dates, "text": ["War.", "No war."]})
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> fr.term_trend(corpus, "war")[["period", "term", "count", "n_tokens", "per_million"]]
          period term  count  n_tokens  per_million
    0 2016-09-01  war      1         1    1000000.0
    1 2016-10-01  war      0         0          NaN
    2 2016-11-01  war      1         2     500000.0
    """
    groups, group = group_rows("term_trend", corpus, by)
    names, codes = named_terms("term_trend", corpus, terms)
    periods, period = periods_of("term_trend", corpus, freq)
    n_cells = len(groups) * len(periods)
    cell = np.where(period >= 0, group * len(periods) + period, -1)
    found = count_groups(corpus, cell, n_cells, term_columns(corpus, codes))
    shape = (len(groups), len(names), len(periods))
    counts, n_articles = np.zeros((2, *shape), dtype=np.int64)
    at = (found.groups // len(periods), found.codes, found.groups % len(periods))
    counts[at], n_articles[at] = found.counts, found.n_articles
    row, term, when = (grid.ravel() for grid in np.indices(shape))
    cell = row * len(periods) + when
    n_undated = np.bincount(group[period < 0], minlength=len(groups))
    columns = {
        "period": periods[when],
        "freq": constant(freq, len(row)),
        "term": names.array.take(term),
        "count": counts.ravel(),
        "n_tokens": found.n_tokens[cell],
        "per_million": per_million(counts.ravel(), found.n_tokens[cell]),
        "n_articles": n_articles.ravel(),
        "n_group_articles": found.n_group_articles[cell],
        "n_undated": n_undated[row],
    }
    return beside("term_trend", groups, row, columns)
