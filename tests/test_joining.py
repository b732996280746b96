"""Columns of another table beside articles: by key, never by place, and nothing goes missing."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from framing.corpus import build_corpus
from framing.joining import joined

ARTICLES = pd.DataFrame({"doc_id": ["a", "b", "c"], "source": ["X", "Y", "X"]})


def said(table: Any, articles: pd.DataFrame = ARTICLES) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        joined("Corpus.join", articles, table)
    return str(caught.value)


def test_by_hand() -> None:
    table = pd.DataFrame({"story": [3, 1, 2, 9], "doc_id": ["c", "a", "b", "z"]})
    before = ARTICLES.copy(deep=True)
    result = joined("Corpus.join", ARTICLES, table)
    assert result.to_dict("list") == {
        "doc_id": ["a", "b", "c"],
        "source": ["X", "Y", "X"],
        "story": [1, 2, 3],
    }
    pd.testing.assert_frame_equal(ARTICLES, before)


def test_rows_of_one_article_get_the_same_values_and_keep_their_index() -> None:
    rows = pd.DataFrame({"doc_id": ["b", "a", "b"], "actor": ["P", "Q", "R"]}, index=[7, 8, 9])
    table = pd.DataFrame({"doc_id": ["a", "b"], "story": ["s", "t"]})
    result = joined("Corpus.join", rows, table)
    assert result["story"].tolist() == ["t", "s", "t"]
    assert result.index.tolist() == [7, 8, 9]


def test_missing_values_stay_missing() -> None:
    table = pd.DataFrame(
        {"doc_id": ["a", "b", "c"], "day": pd.to_datetime(["2020-01-02", None, None])}
    )
    result = joined("Corpus.join", ARTICLES, table)
    assert result["day"].isna().tolist() == [False, True, True]
    assert result["day"].dtype == table["day"].dtype


def test_corpus_join() -> None:
    corpus = build_corpus(ARTICLES.assign(text=["war", "talks", "war talks"]), fields=["text"])
    table = pd.DataFrame({"doc_id": ["c", "b", "a"], "story": [3, 2, 1]})
    other = corpus.join(table)
    assert other.articles["story"].tolist() == [1, 2, 3]
    assert "story" not in corpus.articles
    assert other.codes is corpus.codes


def test_messages() -> None:
    assert said(["a"]) == (
        "Corpus.join: table is list, not a DataFrame. "
        "Pass a table with a column 'doc_id', for example that of find_stories()."
    )
    assert said(pd.DataFrame({"story": [1]})) == (
        "Corpus.join: the table has no column 'doc_id'. It has 'story'. Add the articles' keys."
    )
    assert said(pd.DataFrame({"doc_id": ["a", "b", "c"], "source": ["X"] * 3})) == (
        "Corpus.join: the articles have a column 'source' already. "
        "Choose the columns of the table to add, or rename them."
    )
    assert said(pd.DataFrame({"doc_id": ["a", "a", "b", "c"], "story": [1, 2, 3, 4]})) == (
        "Corpus.join: the table has several rows for 1 articles ('a'). "
        "Pass a table with one row an article."
    )
    assert said(pd.DataFrame({"doc_id": ["a"], "story": [1]})) == (
        "Corpus.join: the table lacks 2 of the 3 articles ('b', 'c'). "
        "Pass a table with a row for each article."
    )
