"""Coherence against brute-force counts of windows and against published numbers."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus import GAP, LEFT_OUT, Corpus, build_corpus
from framing.datasets import make_articles
from framing.topics.coherence import (
    PairCounts,
    by_gensim,
    c_v,
    count_articles,
    count_windows,
    npmi,
    npmi_matrix,
    umass,
)

# The nine titles that gensim's documentation uses, as token lists, and two topics of four words.
TITLES = [
    "human interface computer",
    "survey user computer system response time",
    "eps user interface system",
    "system human system eps",
    "user response time",
    "trees",
    "graph trees",
    "graph minors trees",
    "graph minors survey",
]
TOPICS = ["human computer system interface", "graph minors trees eps"]


def plain(texts: list[str]) -> Corpus:
    ids = [str(number) for number in range(len(texts))]
    return build_corpus(
        pd.DataFrame({"doc_id": ids, "text": texts}), fields=["text"], language=None
    )


def slow_windows(corpus: Corpus, terms: list[int], window: int) -> PairCounts:
    together = np.zeros((len(terms), len(terms)), dtype=np.int64)
    n_windows = 0
    for start, stop in zip(corpus.offsets[:-1], corpus.offsets[1:], strict=True):
        stretches: list[list[int]] = [[]]
        for code in corpus.codes[start:stop].tolist():
            if code == GAP:
                stretches.append([])
            else:
                stretches[-1].append(code)
        for stretch in filter(None, stretches):
            for first in range(max(len(stretch) - window + 1, 1)):
                n_windows += 1
                seen = set(stretch[first : first + window])
                there = np.array([term in seen for term in terms])
                together += np.outer(there, there)
    return PairCounts(together, n_windows)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return build_corpus(make_articles(40, seed=1), stop_words="english")


@pytest.mark.parametrize("window", [1, 2, 10, 110])
def test_windows_equal_a_slow_loop(corpus: Corpus, window: int) -> None:
    terms = [0, 5, 7, 30, 2]
    fast, slow = (
        count_windows(corpus, [np.array(terms)], window)[0],
        slow_windows(corpus, terms, window),
    )
    assert fast.n_windows == slow.n_windows
    assert (fast.together == slow.together).all()


@given(
    st.lists(st.text(alphabet="abc ", max_size=30), min_size=1, max_size=5),
    st.integers(min_value=1, max_value=12),
)
def test_windows_of_any_text(texts: list[str], window: int) -> None:
    corpus = plain([*(" ".join(text) for text in texts), "a b c"])
    terms = corpus.vocabulary.get_indexer(["a", "b", "c"])
    fast = count_windows(corpus, [terms], window)[0]
    slow = slow_windows(corpus, terms.tolist(), window)
    assert fast.n_windows == slow.n_windows
    assert (fast.together == slow.together).all()


def test_a_word_that_leaves_a_window_may_stand_in_it_still() -> None:
    corpus = plain(["a b a c c c"])
    counts = count_windows(corpus, [corpus.vocabulary.get_indexer(["a", "b"])], 2)[0]
    # Windows: ab, ba, ac, cc, cc.
    assert counts.n_windows == 5
    assert counts.together.tolist() == [[3, 2], [2, 2]]


def codes(corpus: Corpus, topics: list[str]) -> list[npt.NDArray[np.intp]]:
    return [corpus.vocabulary.get_indexer(topic.split()) for topic in topics]


def test_npmi_and_c_v_of_nine_titles() -> None:
    corpus = plain(TITLES)
    lists = codes(corpus, TOPICS)
    ours = [npmi(counts) for counts in count_windows(corpus, lists, 10)]
    assert ours == pytest.approx([0.276803, -0.221157], abs=1e-6)
    ours = [c_v(counts) for counts in count_windows(corpus, lists, 110)]
    assert ours == pytest.approx([0.817570, 0.456595], abs=1e-6)


def test_two_words_of_five_articles() -> None:
    counts = PairCounts(np.array([[3, 1], [1, 2]]), 5)
    assert npmi(counts) == pytest.approx(-0.113282753)
    assert c_v(counts) == pytest.approx(0.623018927)


def test_semantic_coherence_by_hand() -> None:
    texts = ["a b c", "a b", "a c d", "b c", "d e", "a b e"]
    corpus = plain(texts)
    counts = count_articles(corpus, codes(corpus, ["a b c"]))[0]
    assert counts.together.tolist() == [[4, 3, 2], [3, 4, 2], [2, 2, 3]]
    assert umass(counts) == pytest.approx(-0.575364, abs=1e-6)
    assert umass(counts) == pytest.approx(math.log(4 / 4) + 2 * math.log(3 / 4))


def test_a_term_that_is_absent_makes_the_score_missing() -> None:
    counts = PairCounts(np.array([[3, 0], [0, 0]]), 5)
    assert math.isnan(npmi(counts))
    assert math.isnan(c_v(counts))
    assert math.isnan(umass(PairCounts(np.array([[0, 0], [0, 2]]), 5)))


def test_npmi_lies_between_its_bounds(corpus: Corpus) -> None:
    terms = np.arange(20)
    matrix = npmi_matrix(count_windows(corpus, [terms], 10)[0])
    assert ((matrix >= -1) & (matrix <= 1 + 1e-9)).all()
    assert np.diagonal(matrix) == pytest.approx(np.ones(20), abs=1e-6)


def test_the_list_of_lists_does_not_matter_to_each_list(corpus: Corpus) -> None:
    lists = [np.array([3, 1, 2]), np.array([9, 3, 40])]
    both = count_windows(corpus, lists, 5)
    for counts, terms in zip(both, lists, strict=True):
        alone = count_windows(corpus, [terms], 5)[0]
        assert (counts.together == alone.together).all()


def by_gensim_alone(texts: list[str], topics: list[str], coherence: str) -> list[float]:
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    split = [text.split() for text in texts]
    model = CoherenceModel(
        topics=[topic.split() for topic in topics],
        texts=split,
        dictionary=Dictionary(split),
        coherence=coherence,
        processes=1,
    )
    return [float(score) for score in model.get_coherence_per_topic()]


@pytest.mark.parametrize(("measure", "name"), [("c_v", "c_v"), ("npmi", "c_npmi")])
def test_the_mode_of_gensim_gives_its_own_numbers(measure: str, name: str) -> None:
    corpus = plain(TITLES)
    lists = [corpus.vocabulary.get_indexer(topic.split()) for topic in TOPICS]
    found = by_gensim(corpus, lists, measure)
    assert found == pytest.approx(by_gensim_alone(TITLES, TOPICS, name), abs=1e-12)
    # Where no word comes twice in a window, or all windows are whole texts, both are the same.
    ours = {"c_v": c_v, "npmi": npmi}[measure]
    mine = [ours(counts) for counts in count_windows(corpus, lists, 110 if name == "c_v" else 10)]
    assert found == pytest.approx(mine, abs=1e-6)


def test_gensim_forgets_a_word_that_still_stands_in_the_window() -> None:
    # Twelve words, so three windows of ten. "war" leaves with the first place and stands in the
    # fifth: all three windows have it, gensim counts one.
    text = "war a b c war d e f g peace h i"
    other = "peace j k l m n o p q r s t"
    corpus = plain([text, other])
    lists = [corpus.vocabulary.get_indexer(["war", "peace"])]
    counts = count_windows(corpus, lists, 10)[0]
    assert counts.together.tolist() == [[3, 3], [3, 4]]
    assert counts.n_windows == 6
    (score,) = by_gensim(corpus, lists, "npmi")
    share = 1 / 6
    assert score == pytest.approx(math.log(share / (share * 4 / 6)) / -math.log(share))
    assert npmi(counts) == pytest.approx(math.log(0.5 / (0.5 * 4 / 6)) / -math.log(0.5))
    assert score == pytest.approx(by_gensim_alone([text, other], ["war peace"], "c_npmi")[0])


def test_gensim_is_shown_stretches_between_gaps_and_places_of_words_left_out() -> None:
    corpus = plain(["war a b peace", "c d", "e"])
    gap, left = corpus.codes.copy(), corpus.codes.copy()
    gap[1], left[1:3] = GAP, LEFT_OUT
    lists = [corpus.vocabulary.get_indexer(["war", "peace"])]
    for codes in (gap, left):
        changed = dataclasses.replace(corpus, codes=codes)
        expected = npmi(count_windows(changed, lists, 10)[0])
        assert by_gensim(changed, lists, "npmi") == pytest.approx([expected])
    assert by_gensim(corpus, [], "c_v") == []
