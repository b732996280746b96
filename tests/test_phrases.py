"""Phrases: found as gensim finds them, and joined from left to right, the longest first."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus import GAP, Corpus, build_corpus
from framing.datasets import make_articles
from framing.phrases import find_phrases, match_sequences, split_again
from framing.schema import PHRASES


def corpus_of(*texts: str, **options: Any) -> Corpus:
    """Return the corpus of these texts."""
    keys = [str(number) for number in range(len(texts))]
    articles = pd.DataFrame({"doc_id": keys, "text": list(texts)})
    return build_corpus(articles, fields=["text"], **options)


def decoded(corpus: Corpus) -> list[str]:
    """Return all terms, `|` for a gap and `_` for what was left out."""
    names = {GAP: "|", -2: "_"}
    return [names.get(code) or str(corpus.vocabulary[code]) for code in corpus.codes.tolist()]


def sentences_of(corpus: Corpus) -> list[list[str]]:
    """Return the terms sentence by sentence."""
    terms = decoded(corpus)
    bounds = [*corpus.sentences.tolist(), len(terms)]
    return [terms[low:high] for low, high in pairwise(bounds)]


def test_phrases_are_joined_the_longest_first() -> None:
    corpus = corpus_of(
        "The White House press secretary left the white house.",
        phrases=["white house", "White House press", "press secretary"],
    )
    terms = ["the", "white_house_press", "secretary", "left", "the", "white_house"]
    assert decoded(corpus) == terms
    assert corpus.settings["phrases"] == ["press secretary", "white house", "white house press"]
    assert corpus.shapes.tolist() == [1, 1, 0, 0, 0, 0]


def test_phrases_do_not_overlap() -> None:
    corpus = corpus_of("A b a b a! B b b.", phrases=["a b", "b a", "b b"])
    assert decoded(corpus) == ["a_b", "a_b", "a", "b_b", "b"]
    assert corpus.sentences.tolist() == [0, 3]


def test_phrases_stop_at_sentences_gaps_and_articles() -> None:
    texts = ["It was white. House it was. White https://a.b house. White", "house"]
    corpus = corpus_of(*texts, phrases=["white house"])
    assert "white_house" not in corpus.vocabulary
    articles = pd.DataFrame({"doc_id": ["a"], "title": ["White"], "text": ["house"]})
    assert decoded(build_corpus(articles, phrases=["white house"])) == ["white", "|", "house"]


def test_a_phrase_may_hold_stop_words_and_abbreviations() -> None:
    corpus = corpus_of(
        "The U.S. of A won the war on terror", phrases=["war on terror"], stop_words="english"
    )
    assert decoded(corpus) == ["_", "US", "_", "_", "won", "_", "war_on_terror"]
    assert decoded(corpus_of("the U.S. Army", phrases="US army")) == ["the", "US_army"]


def test_a_phrase_that_is_nowhere_changes_nothing() -> None:
    assert decoded(corpus_of("war and peace", phrases=["white house"])) == ["war", "and", "peace"]


def test_lengths_and_sentences_shrink_with_the_phrases() -> None:
    corpus = corpus_of("One white house. Two.", "", "White house three.", phrases=["white house"])
    assert decoded(corpus) == ["one", "white_house", "two", "white_house", "three"]
    assert corpus.offsets.tolist() == [0, 3, 3, 5]
    assert corpus.sentences.tolist() == [0, 2, 3]


def test_scores_are_those_of_gensim() -> None:
    from gensim.models.phrases import Phrases

    corpus = build_corpus(make_articles(150, seed=4))
    table = find_phrases(corpus, min_count=3, threshold=0.3)
    sentences = [
        [term for term in sentence if term not in "|_"] for sentence in sentences_of(corpus)
    ]
    model = Phrases(sentences, min_count=3, threshold=0.3, scoring="npmi", delimiter=" ")
    theirs = dict(model.find_phrases(sentences).items())
    ours = dict(zip(table["phrase"], table["score"], strict=True))
    assert len(ours) > 10
    # gensim reports only the pairs that a greedy reading from left to right can join.
    assert set(theirs) <= set(ours)
    for phrase, score in theirs.items():
        assert ours[phrase] == pytest.approx(score, abs=1e-12)


def test_a_model_of_gensim_joins_its_phrases() -> None:
    from gensim.models.phrases import Phrases

    texts = ["the white house spoke", "one white house", "every white house", "a horse spoke"]
    model = Phrases([text.split() for text in texts], min_count=2, threshold=0.1, scoring="npmi")
    for phrases in (model, model.freeze()):
        corpus = corpus_of(*texts, phrases=phrases)
        assert "white_house" in set(corpus.vocabulary)
        assert "white house" in corpus.settings["phrases"]


def test_a_pair_counted_by_hand() -> None:
    corpus = corpus_of("white house. white house. white horse", "house")
    table = find_phrases(corpus, min_count=1, threshold=-1)
    assert table["phrase"].tolist() == ["white horse", "white house"]
    assert table[["count", "count_first", "count_second", "n_tokens"]].to_numpy().tolist() == [
        [1, 3, 1, 7], [2, 3, 3, 7]
    ]  # fmt: skip
    expected = [
        np.log((1 / 7) / (3 / 7 * 1 / 7)) / -np.log(1 / 7),
        np.log((2 / 7) / (3 / 7 * 3 / 7)) / -np.log(2 / 7),
    ]
    assert table["score"].tolist() == pytest.approx(expected)
    assert not PHRASES.problems_of(table)


def test_pairs_counted_in_order() -> None:
    corpus = corpus_of("capital other capital gains other capital word2 other gains capital")
    assert find_phrases(corpus, min_count=2, threshold=0)["phrase"].tolist() == ["other capital"]
    apart = corpus_of("this is a test", "this also a test")
    assert "test this" not in set(find_phrases(apart, min_count=1, threshold=-1)["phrase"])


def test_pairs_do_not_reach_over_words_left_out() -> None:
    corpus = corpus_of("war on terror war on terror", stop_words="english")
    assert find_phrases(corpus, min_count=1, threshold=-1)["phrase"].tolist() == ["terror war"]


def test_no_pair_is_an_empty_table() -> None:
    table = find_phrases(corpus_of("war"), min_count=1)
    assert len(table) == 0
    assert not PHRASES.problems_of(table)


def test_a_minimum_count_below_one() -> None:
    with pytest.raises(ValueError, match=r"^find_phrases") as caught:
        find_phrases(corpus_of("war"), min_count=0)
    assert str(caught.value) == "find_phrases: min_count=0 is below 1. Pass 1 or more."


def slowly(
    codes: list[int], sequences: list[tuple[int, ...]], starts: list[int]
) -> list[tuple[int, int, int]]:
    """Find sequences by looking at every place, one after the other."""
    found, place = [], 0
    while place < len(codes):
        fits = [
            (len(sequence), -number)
            for number, sequence in enumerate(sequences)
            if tuple(codes[place : place + len(sequence)]) == sequence
            and not any(place < start < place + len(sequence) for start in starts)
        ]
        if fits:
            length, number = max(fits)
            found.append((place, place + length, -number))
            place += length
        else:
            place += 1
    return found


@given(
    st.lists(st.integers(-2, 3), max_size=30),
    st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=4).map(tuple), max_size=5),
    st.sets(st.integers(1, 29)),
)
def test_fast_matching_equals_slow_matching(
    codes: list[int], sequences: list[tuple[int, ...]], starts: set[int]
) -> None:
    starts = {start for start in starts if start < len(codes)}
    first, stop, number = match_sequences(
        np.array(codes, dtype=np.int32), sequences, np.array(sorted(starts), dtype=np.int64)
    )
    fast = list(zip(first.tolist(), stop.tolist(), number.tolist(), strict=True))
    assert fast == slowly(codes, sequences, sorted(starts))


def test_splitting_again_tells_where_terms_begin() -> None:
    texts = ["The White House spoke.", "", "White. House!", "A white house"]
    plain, joined = corpus_of(*texts), corpus_of(*texts, phrases=["white house"])
    begins, lengths = split_again(texts, joined.settings)
    assert begins.tolist() == [True, True, False, True, True, True, True, True, False]
    assert lengths.tolist() == np.diff(joined.offsets).tolist() == [3, 0, 2, 2]
    begins, lengths = split_again(texts, plain.settings)
    assert begins.all()
    assert lengths.tolist() == np.diff(plain.offsets).tolist()
    assert [len(part) for part in split_again([], joined.settings)] == [0, 0]
