"""Concordance: original characters found by hand, a fast search that equals the slow one."""

from __future__ import annotations

import re
from typing import Any
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from framing import concordance, patterns
from framing.concordance import kwic
from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.schema import KWIC


def corpus_of(*texts: str | None, options: dict[str, Any] | None = None, **columns: Any) -> Corpus:
    """Return the corpus of these texts, with further columns."""
    keys = [str(number) for number in range(len(texts))]
    articles = pd.DataFrame({"doc_id": keys, "text": list(texts)} | columns)
    return build_corpus(articles, **({"fields": ["text"]} | (options or {})))


def found(corpus: Corpus, pattern: str, window: int = 2) -> list[tuple[str, str, str]]:
    """Return left, match and right of each place."""
    table = kwic(corpus, pattern, window=window)
    return list(table[["left", "match", "right"]].itertuples(index=False, name=None))


def matches(corpus: Corpus, pattern: str) -> list[str]:
    """Return the words that match."""
    return kwic(corpus, pattern)["match"].tolist()


class TestPatterns:
    TEXT = (
        "Sanctions bite. The U.S. sanctioned us; US sanctions on Russia’s banks, US-led. "
        "SANCTIONS! The war on terror, the war in Iraq."
    )

    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [
            ("sanctions", ["Sanctions", "sanctions", "SANCTIONS"]),
            ("Sanction*", ["Sanctions", "sanctioned", "sanctions", "SANCTIONS"]),
            ("*tion*d", ["sanctioned"]),
            ("s*s", ["Sanctions", "sanctions", "SANCTIONS"]),
            ("US", ["U.S.", "US"]),
            ("U.S.", ["U.S.", "US"]),
            ("us", ["us"]),
            ("US*", ["U.S.", "US", "US-led"]),
            ("*-led", ["US-led"]),
            ("us*", ["us"]),
            ("russia", ["Russia’s"]),
            ("Russia's", ["Russia’s"]),
            ("russia banks", ["Russia’s banks"]),
            ("us sanctions", []),
            ("US sanction*", ["U.S. sanctioned", "US sanctions"]),
            ("war * *", ["war on terror", "war in Iraq"]),
            ("the war * terror", ["The war on terror"]),
            ("peace", []),
            ("bite the", []),
        ],
    )
    def test_places_found_by_hand(self, pattern: str, expected: list[str]) -> None:
        assert matches(corpus_of(self.TEXT), pattern) == expected

    def test_a_star_matches_words_left_out_but_no_gap(self) -> None:
        corpus = corpus_of(
            "war on terror. war https://a.b terror", options={"stop_words": "english"}
        )
        assert matches(corpus, "war * terror") == ["war on terror"]
        assert matches(corpus, "*") == ["war", "on", "terror", "war", "terror"]

    def test_places_may_overlap(self) -> None:
        table = kwic(corpus_of("no, no no. No"), "no no")
        assert table[["start", "stop"]].to_numpy().tolist() == [[0, 2], [1, 3]]
        assert table["match"].tolist() == ["no, no", "no no"]

    def test_no_place_reaches_across_sentences_fields_or_articles(self) -> None:
        assert (
            matches(corpus_of("It is white. House it is.", "white", "house"), "white house") == []
        )
        corpus = corpus_of("house", title=["white"], options={"fields": ["title", "text"]})
        assert matches(corpus, "white house") == []
        assert matches(corpus_of("white. House", options={"language": None}), "white house") == [
            "white. House"
        ]

    def test_joined_phrases_are_found_by_their_words(self) -> None:
        text = "The White House said the white\nhouse, a House and the White-House."
        corpus = corpus_of(text, options={"phrases": ["white house"]})
        assert matches(corpus, "white house") == ["White House", "white house"]
        assert matches(corpus, "white_house") == ["White House", "white house"]
        assert matches(corpus, "the white house said") == ["The White House said"]
        assert matches(corpus, "* house") == ["White House", "white house", "a House"]
        assert matches(corpus, "house") == ["House"]
        assert matches(corpus, "white*") == ["White-House"]

    def test_a_joined_phrase_that_was_left_out_keeps_the_places_right(self) -> None:
        corpus = corpus_of(
            "the White House said so. More was said. It was said",
            options={"phrases": ["white house"], "min_count": 2},
        )
        assert found(corpus, "said", 1) == [
            ("House ", "said", " so."), ("was ", "said", ". It"), ("was ", "said", "")
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("pattern", "options", "error", "message"),
        [
            (
                " ", {}, ValueError,
                "kwic: pattern=' ' has no word. Pass for example pattern='white house'.",
            ),
            (
                3, {}, TypeError,
                ("kwic: pattern=3 is int, not text. "
                "Pass one pattern, for example pattern='sanction*'."),
            ),
            (
                "war, peace", {}, ValueError,
                ("kwic: pattern='war, peace' has 'war,', which is not one word to the corpus. "
                "A pattern is made of words, spaces, and * for any letters; "
                "leave other signs out."),
            ),
            (
                "war of words", {}, ValueError,
                ("kwic: 'of' is a stop word that was left out of the corpus "
                "(stop_words='english-1'), so it cannot be counted or found. "
                "Build the corpus without stop_words."),
            ),
            ("war", {"window": -1}, ValueError, "kwic: window=-1 is below 0. Pass 0 or more."),
            ("war", {"limit": 0}, ValueError, "kwic: limit=0 is below 1. Pass 1 or more."),
        ],
    )  # fmt: skip
    def test_what_cannot_be_found(
        self, pattern: Any, options: dict[str, Any], error: type[Exception], message: str
    ) -> None:
        corpus = corpus_of("a war of words", options={"stop_words": "english"})
        with pytest.raises(error) as caught:
            kwic(corpus, pattern, **options)
        assert str(caught.value) == message

    def test_a_word_that_may_have_been_too_rare_is_a_warning(self) -> None:
        corpus = corpus_of("war war peace", options={"min_count": 2})
        with pytest.warns(UserWarning, match=r"^kwic: 'peace' is not a term") as caught:
            assert len(kwic(corpus, "peace")) == 0
        assert caught[0].filename == __file__


class TestContext:
    def test_original_characters(self) -> None:
        corpus = corpus_of("He  said:\n“New U.S. sanctions,” then\tleft —  again.")
        assert found(corpus, "sanctions") == [("“New U.S. ", "sanctions", ",” then left")]
        assert found(corpus, "new") == [("He said: “", "New", " U.S. sanctions,”")]
        assert found(corpus, "again") == [("left — ", "again", ".")]
        assert found(corpus, "said") == [("He ", "said", ": “New U.S.")]

    def test_no_window_is_the_match_alone(self) -> None:
        assert found(corpus_of("the war on"), "war", 0) == [("", "war", "")]

    def test_context_stays_in_its_field(self) -> None:
        corpus = corpus_of(
            "War came.", None, title=["No war", "War"], options={"fields": ["title", "text"]}
        )
        assert found(corpus, "war", 3) == [
            ("No ", "war", ""),
            ("", "War", " came."),
            ("", "War", ""),
        ]

    def test_long_words_do_not_shorten_the_context(self) -> None:
        long = "x" * 5_000
        text = f"one {long} {long} war {long} {long} two"
        assert found(corpus_of(text), "war", 2) == [(f"{long} {long} ", "war", f" {long} {long}")]
        assert found(corpus_of(text), "war", 3) == [
            (f"one {long} {long} ", "war", f" {long} {long} two")
        ]

    def test_where_each_place_is(self) -> None:
        corpus = corpus_of(
            "One war. Two war wars. https://a.b War", "", "war", options={"language": "en"}
        )
        table = kwic(corpus, "war")
        assert table[["doc_id", "sentence", "start", "stop"]].to_numpy().tolist() == [
            ["0", 0, 1, 2], ["0", 1, 3, 4], ["0", 2, 6, 7], ["2", 0, 0, 1]
        ]  # fmt: skip

    def test_source_and_date(self) -> None:
        dates = pd.to_datetime(["2016-09-02", None])
        table = kwic(corpus_of("war", "war", source=["X", None], date=dates), "war")
        assert table["source"].tolist()[0] == "X"
        assert table["source"].isna().tolist() == [False, True]
        assert table["date"].isna().tolist() == [False, True]
        assert not KWIC.problems_of(table)
        bare = kwic(corpus_of("war"), "war")
        assert bare[["source", "date"]].isna().all(axis=None)
        assert not KWIC.problems_of(bare)

    def test_nothing_found_is_an_empty_table(self) -> None:
        table = kwic(corpus_of("war"), "peace")
        assert len(table) == 0
        assert not KWIC.problems_of(table)

    def test_the_limit_takes_the_first(self) -> None:
        corpus = build_corpus(make_articles(50, seed=1))
        table = kwic(corpus, "the")
        assert len(table) > 20
        pd.testing.assert_frame_equal(kwic(corpus, "the", limit=20), table.head(20))

    def test_a_part_of_a_corpus(self) -> None:
        corpus = build_corpus(make_articles(50, seed=1))
        mask = corpus.articles["source"] == "Gazette"
        whole = kwic(corpus, "government")
        part = whole[whole["source"] == "Gazette"].reset_index(drop=True)
        pd.testing.assert_frame_equal(kwic(corpus.where(mask), "government"), part)


def slowly(corpus: Corpus, pattern: str) -> list[tuple[str, int, int]]:
    """Find a pattern by looking at every place."""
    words = [re.escape(word).replace(r"\*", ".*") for word in pattern.split()]
    inside = np.searchsorted(corpus.sentences, np.arange(len(corpus.codes)), side="right")
    places = []
    for row, key in enumerate(corpus.articles["doc_id"]):
        low, high = int(corpus.offsets[row]), int(corpus.offsets[row + 1])
        for place in range(low, high - len(words) + 1):
            codes = corpus.codes[place : place + len(words)].tolist()
            fits = all(
                (code >= 0 and re.fullmatch(word, str(corpus.vocabulary[code])))
                or (code == -2 and word == ".*")
                for word, code in zip(words, codes, strict=True)
            )
            if fits and len(set(inside[place : place + len(words)])) == 1:
                places.append((key, place - low, place - low + len(words)))
    return places


PIECES = st.sampled_from(
    [
        "war", "War", "WAR", "war's", "War’s", "white", "House", "White", "house", "US", "U.S.",
        "us", "don't", "don’t", "it", "IT", "McCain", "9/11", "co\u00adoperate", "war-torn", "é",
        " ", " ", " ", " ", "\n", "\u00a0", "\u2003", ".", ". ", ", ", "’", "'", "-", "“", "”",
        "(", ")", "/", "https://a.b/", "://", "the", "\u0301", "\x1c", "…", "?", "1", "_",
    ]
)  # fmt: skip
NO_HIT = "ignore:kwic.*does not occur in the corpus. Did you mean:UserWarning"
TEXTS = st.lists(st.lists(PIECES, max_size=25).map("".join), min_size=1, max_size=3)
PATTERNS = st.sampled_from(
    [
        "war", "us", "US", "white house", "*", "w*", "war *", "don't", "it", "IT", "mccain",
        "war war", "US war", "* house", "*-torn", "é", "9/11",
    ]
)  # fmt: skip


@pytest.mark.filterwarnings(NO_HIT)
@settings(max_examples=100, deadline=None)
@given(TEXTS, PATTERNS, st.sampled_from(["en", None]), st.integers(0, 3))
@example(["White\nHouse White House"], "white house", None, 2)
@example(["IT IS US", "the war’s war"], "IT", "en", 1)
@example(["white9/11"], "white house", "en", 0)
@example(["https://a.b/(war war 'war' -war- (war)"], "war", None, 1)
def test_fast_equals_slow(
    texts: list[str], pattern: str, language: str | None, window: int
) -> None:
    corpus = corpus_of(*texts, "end", options={"language": language, "stop_words": ["the"]})
    fast = kwic(corpus, pattern, window=window)
    with mock.patch.object(concordance, "_search", return_value=[]):
        slow = kwic(corpus, pattern, window=window)
    pd.testing.assert_frame_equal(fast, slow)
    places = list(fast[["doc_id", "start", "stop"]].itertuples(index=False, name=None))
    assert places == slowly(corpus, pattern)
    for row in fast.itertuples():
        whole = " ".join(texts[int(row.doc_id)].split()) if int(row.doc_id) < len(texts) else "end"
        passage = f"{row.left}{row.match}{row.right}" if window else row.match
        assert passage.strip() in whole
        assert not KWIC.problems_of(fast)


@pytest.mark.filterwarnings(NO_HIT)
@settings(max_examples=40, deadline=None)
@given(TEXTS, st.sampled_from(["war", "white house", "* war", "house", "us"]))
@example(["whiteU.S."], "white house")
def test_joined_phrases_leave_the_places_where_they_were(texts: list[str], pattern: str) -> None:
    plain = kwic(corpus_of(*texts, "end"), pattern)
    joined = kwic(corpus_of(*texts, "end", options={"phrases": ["white house"]}), pattern)
    columns = ["doc_id", "sentence", "left", "match", "right"]
    if pattern in {"war", "white house", "us"}:
        pd.testing.assert_frame_equal(joined[columns], plain[columns])
    else:
        assert len(joined) <= len(plain)


@pytest.mark.parametrize(
    "pattern", ["the", "government", "US", "*ment", "the government", "said * the"]
)
def test_made_articles(pattern: str) -> None:
    corpus = build_corpus(make_articles(60, seed=2))
    fast = kwic(corpus, pattern)
    with mock.patch.object(concordance, "_search", return_value=[]):
        pd.testing.assert_frame_equal(kwic(corpus, pattern), fast)
    places = list(fast[["doc_id", "start", "stop"]].itertuples(index=False, name=None))
    assert places == slowly(corpus, pattern)


@pytest.mark.parametrize("few", [0, 6])
@pytest.mark.parametrize("size", [1, 3, 1 << 20])
@given(
    st.lists(st.integers(-2, 3), max_size=12),
    st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_places_of_codes_equal_a_loop(
    few: int, size: int, codes: list[int], mask: list[bool]
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(patterns, "_FEW", few)
        patched.setattr(patterns, "_BLOCK_SIZE", size)
        found = patterns._places_of(np.array(mask), np.array(codes, dtype=np.int32))
    assert found.tolist() == [place for place, code in enumerate(codes) if mask[code]]
