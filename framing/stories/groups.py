"""Groups of articles: which is first, how large they are, and who is nearest to whom."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.corpus import Corpus, check_corpus

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


def check_whole_articles(where: str, corpus: Corpus) -> None:
    """Raise where the corpus is none, or holds contexts in place of articles."""
    check_corpus(where, corpus)
    if corpus.origin is not None:
        msg = (
            f"{where}: the corpus holds contexts of mentions, not whole articles. "
            "Pass the corpus that build_corpus() returned."
        )
        raise ValueError(msg)


def check_share(where: str, name: str, value: float) -> None:
    """Raise ValueError where a number is not above 0 and at most 1."""
    if not 0 < value <= 1:
        msg = f"{where}: {name}={value!r} is not above 0 and at most 1. Pass for example 0.5."
        raise ValueError(msg)


def column_of(articles: pd.DataFrame, name: str, row: _Ints, dtype: str) -> Any:
    """Return a column of the articles for some rows; missing values where there is none."""
    if name in articles.columns:
        return articles[name].array.take(row)
    return pd.Series([None] * len(row), dtype=dtype).array


def order_rows(where: str, articles: pd.DataFrame) -> _Ints:
    """Return for each article its place by date, undated ones last, ties by `doc_id`."""
    dates = column_of(articles, "date", np.arange(len(articles)), "datetime64[s]")
    if not pd.api.types.is_datetime64_any_dtype(dates.dtype):
        msg = (
            f"{where}: column 'date' of the articles is {dates.dtype}, not dates. "
            "Convert it with pd.to_datetime() before build_corpus()."
        )
        raise TypeError(msg)
    keys = pd.DataFrame({"date": dates, "doc_id": articles["doc_id"].array})
    rank = np.empty(len(keys), dtype=np.int64)
    rank[keys.sort_values(["date", "doc_id"]).index] = np.arange(len(keys))
    return rank


def group_table(where: str, corpus: Corpus, group: _Ints, name: str) -> pd.DataFrame:
    """Return one row an article: its group by the first article, and the group's sizes."""
    articles = corpus.articles
    rank = order_rows(where, articles)
    by_rank = np.argsort(rank)
    _, begins, group = np.unique(group[by_rank], return_index=True, return_inverse=True)
    group = group[rank]
    leader = by_rank[begins][group]
    source = column_of(articles, "source", np.arange(len(articles)), "str")
    known = pd.DataFrame({"group": group, "source": source}).dropna().drop_duplicates()
    return pd.DataFrame(
        {
            "doc_id": articles["doc_id"].array,
            name: articles["doc_id"].array.take(leader),
            "first": leader == np.arange(len(articles)),
            "n_articles": np.bincount(group)[group] if len(group) else group,
            "n_sources": np.bincount(known["group"], minlength=len(begins))[group],
        }
    )


def nearest_rows(first: _Ints, second: _Ints, score: _Floats, rank: _Ints) -> tuple[_Ints, _Ints]:
    """Return for each article its best partner and the number of that pair; -1 where it has none.

    Of equal partners the one of lowest rank is the nearest.
    """
    one, other = np.concatenate([first, second]), np.concatenate([second, first])
    pair = np.tile(np.arange(len(first)), 2)
    order = np.lexsort((rank[other], -score[pair], one))
    best = order[np.diff(one[order], prepend=-1) != 0]
    nearest, which = np.full((2, len(rank)), -1)
    nearest[one[best]], which[one[best]] = other[best], pair[best]
    return nearest, which
