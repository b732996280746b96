"""Collocates: windows counted by hand, a slow loop, and the measures' definitions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from framing.collocation import _MEASURES, _Cells, collocates
from framing.corpus import GAP, Corpus, build_corpus
from framing.datasets import make_articles
from framing.schema import COLLOCATES

ORACLES = Path(__file__).parent / "oracles"


def corpus_of(*texts: str, options: dict[str, Any] | None = None, **columns: Any) -> Corpus:
    """Return the corpus of these texts, with further columns."""
    keys = [str(number) for number in range(len(texts))]
    articles = pd.DataFrame({"doc_id": keys, "text": list(texts)} | columns)
    return build_corpus(articles, fields=["text"], **(options or {}))


def near(corpus: Corpus, node: str, window: int = 5) -> dict[str, int]:
    """Return how often each term stands near the node."""
    table = collocates(corpus, node, window=window, min_count=1)
    return dict(zip(table["term"], table["count"], strict=True))


class TestWindows:
    def test_terms_to_each_side(self) -> None:
        corpus = corpus_of("one two three node four five six")
        assert near(corpus, "node", 2) == {"two": 1, "three": 1, "four": 1, "five": 1}

    def test_windows_end_with_the_article(self) -> None:
        corpus = corpus_of("this is a test", "this also a test")
        assert near(corpus, "test", 2) == {"is": 1, "a": 2, "also": 1}
        assert near(corpus, "this", 1) == {"is": 1, "also": 1}

    def test_windows_cross_sentences(self) -> None:
        assert near(corpus_of("The war. Peace came."), "war", 1) == {"the": 1, "peace": 1}

    @pytest.mark.filterwarnings("ignore:collocates:UserWarning")
    def test_windows_stop_at_gaps(self) -> None:
        corpus = corpus_of("left https://a.b node right")
        assert near(corpus, "node") == {"right": 1}
        articles = pd.DataFrame({"doc_id": ["a"], "title": ["node"], "text": ["talks go on"]})
        assert near(build_corpus(articles), "node") == {}

    @pytest.mark.filterwarnings("ignore:collocates:UserWarning")
    def test_words_left_out_take_their_place(self) -> None:
        corpus = corpus_of("node the talks on peace", options={"stop_words": "english"})
        assert near(corpus, "node", 1) == {}
        assert near(corpus, "node", 2) == {"talks": 1}

    def test_a_token_in_two_windows_counts_once(self) -> None:
        corpus = corpus_of("a node between node b")
        table = collocates(corpus, "node", window=2, min_count=1).set_index("term")
        assert table["count"].to_dict() == {"a": 1, "between": 1, "b": 1}
        assert table["n_window"].unique().tolist() == [3]
        assert table["n_node"].unique().tolist() == [2]
        assert table["n_tokens"].unique().tolist() == [3]

    def test_the_node_is_not_its_own_collocate(self) -> None:
        assert near(corpus_of("node node node x"), "node", 1) == {"x": 1}

    def test_a_node_of_several_words(self) -> None:
        corpus = corpus_of("the White House said a house was white. white house")
        table = collocates(corpus, "white house", window=2, min_count=1).set_index("term")
        assert table["count"].to_dict() == {"the": 1, "said": 1, "a": 1, "was": 1, "white": 1}
        # The words of the node count where they stand apart from it.
        assert table["n_term"].to_dict() == {"the": 1, "said": 1, "a": 1, "was": 1, "white": 1}
        assert table["n_tokens"].unique().tolist() == [6]

    def test_a_node_with_a_wildcard(self) -> None:
        corpus = corpus_of("new sanctions bite. old sanctioned goods")
        assert near(corpus, "sanction*", 1) == {"new": 1, "bite": 1, "old": 1, "goods": 1}
        assert near(corpus, "new * bite", 1) == {"old": 1}

    @pytest.mark.filterwarnings("ignore:collocates:UserWarning")
    def test_a_phrase_that_was_joined(self) -> None:
        corpus = corpus_of("the White House said", options={"phrases": ["white house"]})
        assert near(corpus, "white house", 1) == near(corpus, "white_house", 1)
        assert near(corpus, "white house", 1) == {"the": 1, "said": 1}
        assert near(corpus, "house", 1) == {}

    def test_pairs_counted_by_hand(self) -> None:
        corpus = corpus_of("capital other capital gains other capital word2 other gains capital")
        assert near(corpus, "capital", 1) == {"gains": 2, "other": 2, "word2": 1}
        assert near(corpus, "word2", 1) == {"capital": 1, "other": 1}


def slowly(corpus: Corpus, node: str, window: int) -> dict[str, list[int]]:
    """Count by looking at every token: in windows, outside the node in all, articles."""
    terms = [str(corpus.vocabulary[c]) if c >= 0 else str(c) for c in corpus.codes.tolist()]
    found: dict[str, list[Any]] = {}
    for row in range(len(corpus)):
        low, high = int(corpus.offsets[row]), int(corpus.offsets[row + 1])
        for place in range(low, high):
            if terms[place] in {node, str(GAP), "-2"}:
                continue
            counts = found.setdefault(terms[place], [0, 0, set()])
            counts[1] += 1
            for step in (-1, 1):
                for other in range(place + step, place + step * (window + 1), step):
                    if not low <= other < high or terms[other] == str(GAP):
                        break
                    if terms[other] == node:
                        counts[2].add((row, place))
                        break
    return {
        term: [len(places), total, len({row for row, _ in places})]
        for term, (_, total, places) in found.items()
        if places
    }


@settings(max_examples=150)
@pytest.mark.filterwarnings("ignore:collocates:UserWarning")
@given(
    st.lists(
        st.lists(
            st.sampled_from(["node", "war", "US", "the", "talks.", "http://a.b"]), max_size=12
        ),
        min_size=1,
        max_size=4,
    ),
    st.integers(1, 4),
)
def test_fast_equals_slow(texts: list[list[str]], window: int) -> None:
    corpus = corpus_of(
        *(" ".join(words) for words in [*texts, ["x"]]), options={"stop_words": ["the"]}
    )
    table = collocates(corpus, "node", window=window, min_count=1)
    expected = slowly(corpus, "node", window)
    columns = ["term", "count", "n_term", "n_articles"]
    fast = {term: counts for term, *counts in table[columns].to_numpy().tolist()}
    assert fast == expected
    if len(table):
        assert table["n_window"].iloc[0] == table["count"].sum()
    assert not COLLOCATES.problems_of(table)


class TestMeasures:
    CELLS = _Cells(*(np.array([value], dtype=float) for value in (12, 30, 40, 300, 10_000)))

    @pytest.mark.parametrize(
        ("measure", "expected"),
        [
            ("log_dice", 14 + np.log2(2 * 12 / 70)),
            ("pmi", np.log2(12 / 1.2)),
            ("npmi", np.log2(12 / 1.2) / -np.log2(12 / 10_000)),
            ("mi3", np.log2(12**3 / 1.2)),
            ("t", (12 - 1.2) / np.sqrt(12)),
        ],
    )
    def test_definitions(self, measure: str, expected: float) -> None:
        assert _MEASURES[measure](self.CELLS)[0] == pytest.approx(expected)

    @settings(max_examples=80)
    @given(st.integers(1, 30), st.integers(0, 300), st.integers(0, 300), st.integers(1, 3000))
    def test_scipy_gives_the_same_log_likelihood(self, o: int, r: int, c: int, rest: int) -> None:
        if r + rest == 0 or c + rest == 0:
            return
        cells = _Cells(
            *(np.array([x], dtype=float) for x in (o, 1, o + c, o + r, o + r + c + rest))
        )
        found = stats.chi2_contingency(
            [[o, r], [c, rest]], correction=False, lambda_="log-likelihood"
        )
        sign = np.sign(o - cells.expected)
        assert _MEASURES["g2"](cells) == pytest.approx(sign * found.statistic, abs=1e-8)

    def test_large_counts_do_not_overflow(self) -> None:
        for row in pd.read_csv(ORACLES / "collocation.csv").itertuples():
            values = row[1], row.n_node, row.n_term, row.n_node, row.n_tokens
            score = _MEASURES[row.measure](_Cells(*(np.array([x]) for x in values)))[0]
            if np.isnan(row.score):
                assert score > row.least
            else:
                assert score == pytest.approx(row.score, abs=6e-5)

    @pytest.mark.parametrize("measure", list(_MEASURES))
    def test_a_corpus_of_one_neighbour_says_nothing(self, measure: str) -> None:
        score = collocates(corpus_of("node x"), "node", measure=measure, min_count=1)[
            "score"
        ].item()
        assert score == pytest.approx(14 if measure == "log_dice" else 0)

    @pytest.mark.parametrize("measure", list(_MEASURES))
    def test_every_measure_is_in_the_table(self, measure: str) -> None:
        corpus = build_corpus(make_articles(100, seed=9))
        table = collocates(corpus, "government", measure=measure)
        assert table["measure"].unique().tolist() == [measure]
        assert np.isfinite(table["score"]).all()
        assert table["score"].is_monotonic_decreasing
        assert (table["count"] >= 5).all()
        np.testing.assert_allclose(
            table["expected"], table["n_window"] * table["n_term"] / table["n_tokens"]
        )
        if measure == "npmi":
            assert table["score"].between(-1, 1).all()
        if measure not in {"log_dice", "mi3"}:
            above = table["count"] > table["expected"]
            np.testing.assert_array_equal(table["score"] > 0, above)
        assert not COLLOCATES.problems_of(table)


class TestTable:
    def test_groups_are_counted_on_their_own(self) -> None:
        corpus = build_corpus(make_articles(100, seed=9))
        table = collocates(corpus, "government", by="source", min_count=2)
        for source in sorted(corpus.articles["source"].unique()):
            part = corpus.where(corpus.articles["source"] == source)
            alone = table[table["source"] == source].drop(columns="source").reset_index(drop=True)
            pd.testing.assert_frame_equal(collocates(part, "government", min_count=2), alone)

    def test_a_column_counted_by_hand(self) -> None:
        corpus = corpus_of("war talks", "war peace war", "peace", source=["X", "Y", "Y"])
        table = collocates(corpus, "war", by="source", min_count=1)
        columns = ["source", "node", "window", "term", "count", "n_node", "n_term", "n_tokens"]
        assert table[columns].to_numpy().tolist() == [
            ["X", "war", 5, "talks", 1, 1, 1, 1],
            ["Y", "war", 5, "peace", 1, 2, 2, 2],
        ]

    def test_an_absent_node_is_an_empty_table_and_a_warning(self) -> None:
        with pytest.warns(UserWarning, match="^collocates") as caught:
            table = collocates(corpus_of("war", source=["X"]), "peace", by="source")
        assert str(caught[0].message) == (
            "collocates: no term stands near 'peace' at least 5 times (min_count); the node occurs "
            "0 times. Check its spelling, or pass a lower min_count."
        )
        assert len(table) == 0
        assert not COLLOCATES.problems_of(table)

    @pytest.mark.parametrize(
        ("node", "options", "error", "message"),
        [
            ("war", {"window": 0}, ValueError, "collocates: window=0 is below 1. Pass 1 or more."),
            (
                "war", {"min_count": 0}, ValueError,
                "collocates: min_count=0 is below 1. Pass 1 or more.",
            ),
            (
                "war", {"measure": "dice"}, ValueError,
                ("collocates: measure='dice' is not one of 'log_dice', 'pmi', 'npmi', 'mi3', 't', "
                "'g2'. Did you mean 'log_dice'?"),
            ),
            (
                "", {}, ValueError,
                "collocates: node='' has no word. Pass for example node='white house'.",
            ),
            (
                None, {}, TypeError,
                ("collocates: node=None is NoneType, not text. "
                "Pass one pattern, for example node='sanction*'."),
            ),
            (
                "the", {}, ValueError,
                ("collocates: 'the' is a stop word that was left out of the corpus "
                "(stop_words='english-1'), so it cannot be counted or found. "
                "Build the corpus without stop_words."),
            ),
            (
                "war, talks", {}, ValueError,
                ("collocates: node='war, talks' has 'war,', which is not one word to the corpus. "
                "A pattern is made of words, spaces, and * for any letters; "
                "leave other signs out."),
            ),
        ],
    )  # fmt: skip
    def test_what_has_no_collocates(
        self, node: Any, options: dict[str, Any], error: type[Exception], message: str
    ) -> None:
        corpus = corpus_of("the war and talks", options={"stop_words": "english"})
        with pytest.raises(error) as caught:
            collocates(corpus, node, **options)
        assert str(caught.value) == message
