"""Tests of counting terms in groups: each way equals an obvious loop."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing import counts
from framing.corpus import Corpus, build_corpus
from framing.counts import (
    beside,
    constant,
    count_groups,
    highest_first,
    ranked,
    repeated,
    term_columns,
)
from framing.datasets import make_articles

WAYS = {"by cell": {"_BLOCK_SIZE": 50}, "in one block": {}, "by product": {"_MOST_CELLS": 0}}


@pytest.fixture(scope="module")
def made() -> Corpus:
    return build_corpus(make_articles(60, seed=3), language=None)


def slow_counts(
    corpus: Corpus, group: npt.NDArray[np.int64], codes: list[int]
) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, int]]]:
    """Return for each group and term its occurrences and its articles."""
    occurrences: Counter[tuple[int, int]] = Counter()
    n_articles: Counter[tuple[int, int]] = Counter()
    for row, number in enumerate(group.tolist()):
        tokens = corpus.codes[corpus.offsets[row] : corpus.offsets[row + 1]].tolist()
        there = [(number, codes.index(code)) for code in tokens if code in codes and number >= 0]
        occurrences.update(there)
        n_articles.update(set(there))
    return occurrences, n_articles


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("codes", [None, [5, 0, 17]])
@pytest.mark.parametrize("n_groups", [1, 3])
def test_counts_equal_a_loop(
    made: Corpus, monkeypatch: pytest.MonkeyPatch, way: str, codes: list[int] | None, n_groups: int
) -> None:
    for name, value in WAYS[way].items():
        monkeypatch.setattr(counts, name, value)
    group = np.arange(len(made)) % (n_groups + 1) - 1
    matrix = None if codes is None else term_columns(made, np.array(codes))
    found = count_groups(made, group, n_groups, matrix)
    vocabulary = list(range(len(made.vocabulary)))
    keys = list(zip(found.groups.tolist(), found.codes.tolist(), strict=True))
    assert keys == sorted(keys)
    occurrences, n_articles = slow_counts(made, group, codes or vocabulary)
    assert dict(zip(keys, found.counts.tolist(), strict=True)) == occurrences
    assert dict(zip(keys, found.n_articles.tolist(), strict=True)) == n_articles
    every, _ = slow_counts(made, group, vocabulary)
    assert found.n_tokens.tolist() == [
        sum(count for (number, _), count in every.items() if number == one)
        for one in range(n_groups)
    ]
    assert found.n_group_articles.tolist() == [(group == one).sum() for one in range(n_groups)]


@pytest.mark.parametrize("way", WAYS)
def test_no_article_is_in_a_group(made: Corpus, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    for name, value in WAYS[way].items():
        monkeypatch.setattr(counts, name, value)
    found = count_groups(made, np.full(len(made), -1), 2)
    assert found.starts.tolist() == [0, 0, 0]
    assert (len(found.codes), found.n_tokens.tolist()) == (0, [0, 0])


@given(st.lists(st.sampled_from([-2.5, -0.0, 0.0, 1.0, 7.0]), min_size=1), st.data())
def test_rows_of_equal_score_stay_as_they_stand(scores: list[float], data: st.DataObject) -> None:
    number = data.draw(st.lists(st.integers(0, len(scores) - 1)))
    order = highest_first(np.array(scores), np.array(number, dtype=np.int64))
    assert order.tolist() == sorted(range(len(number)), key=lambda row: -scores[number[row]])


def test_many_distinct_scores_are_sorted_too() -> None:
    scores = np.random.default_rng(1).permutation(70_000).astype(float)
    order = highest_first(scores, np.arange(70_000))
    assert scores[order].tolist() == list(range(69_999, -1, -1))


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0, 1, 2, 70_000, 10**6]))))
def test_ranked_equals_sorted(rows: list[tuple[int, int]]) -> None:
    row, count = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    expected = sorted(range(len(rows)), key=lambda at: (rows[at][0], -rows[at][1]))
    assert ranked(row, count).tolist() == expected


@pytest.mark.parametrize("lengths", [[0, 0], [1, 2], [4096, 3], [5000, 9000], [0, 4095]])
def test_texts_are_repeated(lengths: list[int]) -> None:
    column = repeated(["Gazette", "Herald"], lengths)
    assert column.tolist() == ["Gazette"] * lengths[0] + ["Herald"] * lengths[1]
    assert pd.Series(column).dtype == pd.Series(["a"]).dtype


def test_a_constant_column_can_be_changed_in_one_row() -> None:
    table = beside("here", pd.DataFrame({"g": ["x"]}), np.zeros(9000, int), {
        "measure": constant("g2", 9000), "number": np.arange(9000),
    })  # fmt: skip
    table.loc[4000, "measure"] = "lrc"
    assert table.index[table["measure"] == "lrc"].tolist() == [4000]


@pytest.mark.parametrize("sizes", [[2, 0, 3], [5000, 0, 4096], [3, 9000, 1]])
@pytest.mark.parametrize("forward", [1, -1])
def test_columns_of_groups_stand_before_the_others(sizes: list[int], forward: int) -> None:
    groups = pd.DataFrame({"source": ["X", "Y", None], "n": [1, 2, 3]}).astype({"source": "str"})
    row = np.repeat([0, 1, 2], sizes)[::forward]
    table = beside("here", groups, row, {"count": np.arange(len(row))})
    assert table["n"].tolist() == (row + 1).tolist()
    expected = [("X", "Y", None)[number] for number in row]
    pd.testing.assert_series_equal(table["source"], pd.Series(expected, dtype="str", name="source"))
