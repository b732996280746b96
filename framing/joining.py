"""Columns of another table put beside articles, by the articles' keys."""

from __future__ import annotations

import pandas as pd

from framing._checks import listing


def joined(where: str, articles: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Return the articles with the other columns of a table that has one row an article.

    Raises ValueError where the table has no `doc_id`, an article twice, one that is there
    already, or lacks an article: a value must never go missing unseen.
    """
    if not isinstance(table, pd.DataFrame):
        msg = (
            f"{where}: table is {type(table).__name__}, not a DataFrame. "
            "Pass a table with a column 'doc_id', for example that of find_stories()."
        )
        raise TypeError(msg)
    if "doc_id" not in table.columns:
        msg = (
            f"{where}: the table has no column 'doc_id'. It has {listing(table.columns)}. "
            "Add the articles' keys."
        )
        raise ValueError(msg)
    new = [name for name in table.columns if name != "doc_id"]
    there = [name for name in new if name in articles.columns]
    if there:
        msg = (
            f"{where}: the articles have a column {listing(there)} already. "
            "Choose the columns of the table to add, or rename them."
        )
        raise ValueError(msg)
    keys = pd.Index(table["doc_id"])
    if keys.has_duplicates:
        twice = keys[keys.duplicated()].unique()
        msg = (
            f"{where}: the table has several rows for {len(twice):,} articles "
            f"({listing(twice, most=3)}). Pass a table with one row an article."
        )
        raise ValueError(msg)
    rows = keys.get_indexer(pd.Index(articles["doc_id"]))
    missing = articles["doc_id"][rows < 0].unique()
    if len(missing):
        msg = (
            f"{where}: the table lacks {len(missing):,} of the {articles['doc_id'].nunique():,} "
            f"articles ({listing(missing, most=3)}). Pass a table with a row for each article."
        )
        raise ValueError(msg)
    beside = table[new].take(rows).set_axis(articles.index)
    return pd.concat([articles, beside], axis=1)
