"""Stories: the same text in several articles."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.schema import TABLES
from framing.stories import find as finding
from framing.stories import find_stories, story_pairs
from framing.stories import shingles as shingling
from framing.stories.pairs import longest_passage


def raises(kind: type[Exception], message: str) -> Any:
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


LETTERS = [f"{a}{b}" for a in "bcdfghjklm" for b in "aeiou"]


def corpus_of(texts: list[str], **columns: Any) -> fr.Corpus:
    articles = pd.DataFrame({"doc_id": [f"a{n:03d}" for n in range(len(texts))], "text": texts})
    return fr.build_corpus(articles.assign(**columns), fields=["text"], language=None)


def prose(seed: int, n_words: int = 60) -> list[str]:
    return np.random.default_rng(seed).choice(LETTERS, n_words).tolist()


def slow_shingles(corpus: fr.Corpus, n_words: int) -> list[set[tuple[int, ...]]]:
    found = []
    for row in range(len(corpus)):
        codes = corpus.codes[corpus.offsets[row] : corpus.offsets[row + 1]].tolist()
        runs = [tuple(codes[n : n + n_words]) for n in range(len(codes) - n_words + 1)]
        found.append({run for run in runs if min(run) >= 0})
    return found


def slow_groups(n: int, linked: list[tuple[int, int]]) -> list[int]:
    group = list(range(n))
    for _ in range(n):
        for a, b in linked:
            group[a] = group[b] = min(group[a], group[b])
    return group


def slow_jaccard(a: set[Any], b: set[Any]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def slow_stories(corpus: fr.Corpus, rule: dict[str, Any]) -> pd.DataFrame:
    """Do the same as find_stories pair by pair."""
    sets = slow_shingles(corpus, rule["n_words"])
    n = len(sets)
    every = list(combinations(range(n), 2))
    text = slow_groups(n, [(a, b) for a, b in every if slow_jaccard(sets[a], sets[b]) >= 0.8])
    source = corpus.articles["source"].tolist()
    texts: dict[tuple[Any, str], set[int]] = {}
    for row, found in enumerate(sets):
        for shingle in found:
            texts.setdefault((shingle, source[row]), set()).add(text[row])
    common = {shingle for (shingle, _), rows in texts.items() if len(rows) > rule["max_repeats"]}
    sets = [found - common for found in sets]
    linked = []
    for a, b in every:
        shared, jaccard = len(sets[a] & sets[b]), slow_jaccard(sets[a], sets[b])
        held = shared >= rule["min_containment"] * min(len(sets[a]), len(sets[b]))
        near = jaccard >= rule["min_similarity"]
        near |= held and jaccard >= rule["min_similarity"] / 2
        if shared >= rule["min_shared"] and near:
            linked.append((a, b))
    group = slow_groups(n, linked)
    key = corpus.articles["doc_id"].tolist()
    rows = []
    for row in range(n):
        mates = [b if a == row else a for a, b in linked if row in {a, b}]
        best = max(mates, key=lambda m: (slow_jaccard(sets[row], sets[m]), -m), default=None)
        members = [other for other in range(n) if group[other] == group[row]]
        low = [slow_jaccard(sets[a], sets[b]) for a, b in combinations(members, 2)]
        rows.append(
            {
                "story": key[group[row]],
                "first": group[row] == row,
                "n_articles": len(members),
                "n_sources": len({source[m] for m in members}),
                "nearest": key[best] if best is not None else np.nan,
                "similarity": slow_jaccard(sets[row], sets[best]) if best is not None else np.nan,
                "n_shared": len(sets[row] & sets[best]) if best is not None else 0,
                "n_shingles": len(sets[row]),
                "lowest": min(low, default=np.nan),
            }
        )
    return pd.DataFrame(rows).astype({"nearest": "str"})


@st.composite
def corpora(draw: st.DrawFn) -> fr.Corpus:
    """Draw articles made of a few passages, so that many share some, and copies of them."""
    passages = draw(
        st.lists(st.lists(st.sampled_from(LETTERS[:12]), min_size=1, max_size=9), min_size=1,
                 max_size=6)
    )  # fmt: skip
    chosen = st.lists(st.sampled_from(range(len(passages))), max_size=4)
    texts = draw(st.lists(chosen, min_size=1, max_size=9))
    texts += [texts[n % len(texts)] for n in draw(st.lists(st.integers(0, 8), max_size=5))]
    joined = [" ".join(" ".join(passages[n]) for n in text) for text in texts]
    source = draw(st.lists(st.sampled_from("xyz"), min_size=len(texts), max_size=len(texts)))
    return corpus_of(["start", *joined], source=["x", *source])


@given(
    corpora(),
    st.sampled_from([0.1, 0.3, 0.5, 0.7, 1.0]),
    st.sampled_from([0.5, 0.8, 1.0]),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(1, 4),
)
@settings(max_examples=30, deadline=None)
def test_equals_all_pairs_and_connected_components(
    corpus, min_similarity, min_containment, min_shared, n_words, max_repeats
):
    rule = {
        "min_similarity": min_similarity,
        "min_containment": min_containment,
        "min_shared": min_shared,
        "n_words": n_words,
        "max_repeats": max_repeats,
    }
    found = find_stories(corpus, **rule)
    expected = slow_stories(corpus, rule)
    pd.testing.assert_frame_equal(found[expected.columns.tolist()], expected)
    assert TABLES["stories"].problems_of(found) == []
    assert found.columns.tolist() == [column.name for column in TABLES["stories"].columns]


@pytest.mark.parametrize(("seed", "copies"), [(1, 0.05), (2, 0.3), (3, 0.5)])
def test_planted_copies_are_recovered_exactly(seed, copies):
    articles = fr.make_articles(300, seed=seed, copies=copies)
    length = articles["text"].str.split().str.len()
    # What is left of less than a quarter of a text is no copy of it: a digest would be one.
    kept = articles[length >= length.groupby(articles["story"]).transform("max") / 4]
    assert len(kept) >= 298
    stories = find_stories(fr.build_corpus(kept))
    truth = kept.groupby("story")["doc_id"].transform("min")
    assert stories["story"].tolist() == truth.tolist()
    assert stories["doc_id"].tolist() == kept["doc_id"].tolist()
    assert int(stories["first"].sum()) == kept["story"].nunique()


def test_nothing_is_found_where_nothing_is_planted():
    stories = find_stories(fr.build_corpus(fr.make_articles(600, seed=4, copies=0)))
    assert stories["first"].all()
    assert (stories["n_articles"] == 1).all()
    assert stories["nearest"].isna().all()
    assert stories["similarity"].isna().all()


def test_order_of_rows_does_not_matter():
    articles = fr.make_articles(200, seed=5, copies=0.3)
    mixed = articles.sample(frac=1, random_state=1)
    one = find_stories(fr.build_corpus(articles)).set_index("doc_id")
    other = find_stories(fr.build_corpus(mixed)).set_index("doc_id")
    pd.testing.assert_frame_equal(one, other.loc[one.index])


def test_where_equals_rebuilding():
    articles = fr.make_articles(200, seed=6, copies=0.3)
    corpus = fr.build_corpus(articles)
    part = articles["source"] != "Herald"
    one = find_stories(corpus.where(part))
    pd.testing.assert_frame_equal(one, find_stories(fr.build_corpus(articles[part])))


def test_words_left_out_of_the_corpus_count():
    articles = fr.make_articles(120, seed=7, copies=0.3)
    plain = find_stories(fr.build_corpus(articles))
    bare = find_stories(fr.build_corpus(articles, stop_words="english", min_count=3))
    pd.testing.assert_frame_equal(plain, bare)


def test_blocks_make_no_difference(monkeypatch):
    corpus = fr.build_corpus(fr.make_articles(90, seed=8, copies=0.4))
    whole = find_stories(corpus, min_similarity=0.2)
    monkeypatch.setattr(shingling, "_BLOCK", 101)
    monkeypatch.setattr(shingling, "_RUN", 7)
    monkeypatch.setattr(finding, "_RUN", 2)
    pd.testing.assert_frame_equal(find_stories(corpus, min_similarity=0.2), whole)


def test_hand_counted():
    one = list("abcdefgh")
    other = list("abcdefxyz")
    corpus = corpus_of([" ".join(one), " ".join(other)], source=["x", "y"])
    found = find_stories(corpus, n_words=3, min_shared=1, min_similarity=0.4)
    # 6 and 7 shingles, of which abc, bcd, cde, def are in both: 4 of 9.
    assert found["similarity"].tolist() == [4 / 9, 4 / 9]
    assert found["containment"].tolist() == [4 / 6, 4 / 6]
    assert found["n_shared"].tolist() == [4, 4]
    assert found["n_shingles"].tolist() == [6, 7]
    assert find_stories(corpus, n_words=3, min_shared=5)["first"].all()
    assert find_stories(corpus, n_words=3, min_shared=1, min_similarity=0.5)["first"].all()
    held = find_stories(corpus, n_words=3, min_shared=1, min_similarity=0.5, min_containment=0.6)
    assert held["story"].tolist() == ["a000", "a000"]
    assert find_stories(corpus, n_words=7, min_shared=1)["first"].all()


def test_boilerplate_joins_nothing_but_ten_reposts_are_one_story():
    line = prose(0, 30)
    own = [" ".join(prose(n, 8) + line) for n in range(1, 11)]
    corpus = corpus_of(own, source=["x"] * 10)
    assert find_stories(corpus)["first"].all()
    assert (
        not find_stories(corpus, max_repeats=10)["first"].any(axis=None)
        or (find_stories(corpus, max_repeats=10)["n_articles"] == 10).all()
    )
    assert (find_stories(corpus, max_repeats=10)["n_articles"] == 10).all()
    reposts = [" ".join([*prose(0, 60), str(n)]) for n in range(10)]
    assert (find_stories(corpus_of(reposts, source=["x"] * 10))["n_articles"] == 10).all()


def test_thousands_of_copies_are_compared_once(monkeypatch):
    compared = []

    def similar_pairs(shingles, rule):
        compared.append(len(shingles.sizes))
        return shingling.similar_pairs(shingles, rule)

    monkeypatch.setattr(finding, "similar_pairs", similar_pairs)
    text, other = " ".join(prose(1)), " ".join(prose(2))
    near = " ".join([*prose(1)[:-1], "zz"])
    corpus = corpus_of([other, *[text] * 5000, near], source=["x", "y"] * 2501)
    stories = find_stories(corpus)
    assert compared == [3]
    assert stories["n_articles"].tolist() == [1] + [5001] * 5001
    assert stories["nearest"].iloc[[1, 2, 5000, 5001]].tolist() == ["a002", "a001", "a001", "a001"]
    assert (stories["similarity"].iloc[1:5001] == 1).all()
    # 56 runs of five words each, all shared but the last one.
    assert stories["similarity"].iloc[5001] == pytest.approx(55 / 57)
    assert stories["lowest"].iloc[1:].tolist() == pytest.approx([55 / 57] * 5001)


def test_an_agency_text_in_many_sources_is_no_boilerplate():
    text = prose(0, 60)
    texts = [" ".join(text[: 36 + 2 * n] + prose(n + 1, 6)) for n in range(8)]
    found = find_stories(corpus_of(texts, source=list("stuvwxyz")))
    assert (found["n_articles"] == 8).all()
    assert (found["n_sources"] == 8).all()
    assert (found["lowest"] < found["similarity"].max()).all()


def test_a_digest_does_not_tie_its_reports_together():
    reports = [prose(n, 40) for n in range(6)]
    digest = [word for report in reports for word in report]
    texts = [" ".join(words) for words in [*reports, digest]]
    assert find_stories(corpus_of(texts, source=list("abcdefg")))["first"].all()
    cut = " ".join(prose(0, 60)), " ".join(prose(0, 60)[:20])
    joined = find_stories(corpus_of(list(cut), source=["x", "y"]))
    assert joined["containment"].tolist() == [1.0, 1.0]
    assert joined["similarity"].tolist() == pytest.approx([16 / 56, 16 / 56])


def test_gaps_end_shingles():
    words = prose(1, 11)
    split = [*words[:5], "https://a.org", *words[5:]]
    corpus = corpus_of([" ".join(words), " ".join(split)], source=["x", "y"])
    found = find_stories(corpus, min_shared=1, min_similarity=0.1, min_containment=0.1)
    assert found["n_shingles"].tolist() == [7, 3]
    assert found["n_shared"].tolist() == [3, 3]


def test_articles_without_words_dates_and_sources():
    text = " ".join(prose(1))
    dates = pd.to_datetime(pd.Series([None, "2024-01-02", "2024-01-01", None, "2024-01-01"]))
    corpus = corpus_of([text, text, "", "", text], date=dates)
    found = find_stories(corpus)
    assert found["story"].tolist() == ["a004", "a004", "a002", "a003", "a004"]
    assert found["first"].tolist() == [False, False, True, True, True]
    assert found["n_sources"].tolist() == [0] * 5
    assert found["nearest"].fillna("").tolist() == ["a004", "a004", "", "", "a001"]
    pairs = story_pairs(corpus, found)
    assert pairs[["doc_id", "other"]].to_numpy().tolist() == [["a004", "a001"], ["a004", "a000"]]
    assert pairs["source"].isna().all()


def test_shorter_than_a_shingle():
    corpus = corpus_of(["one two", "one two"], source=["x", "y"])
    assert find_stories(corpus, min_shared=1)["first"].all()
    assert story_pairs(corpus, find_stories(corpus)).empty
    assert TABLES["story_pairs"].problems_of(story_pairs(corpus, find_stories(corpus))) == []


def test_pairs_show_the_longest_passage_as_it_is_written():
    shared = "Russia’s envoy — in  U.S. hands —\nsaid: “no comment” to TASS, twice over"
    corpus = corpus_of(
        [f"Alpha beta. {shared} gamma", f"Delta {shared} epsilon zeta"],
        source=["x", "y"],
        date=pd.to_datetime(["2024-01-02", "2024-01-01"]),
    )
    stories = find_stories(corpus, min_shared=3, n_words=3)
    pairs = story_pairs(corpus, stories)
    assert TABLES["story_pairs"].problems_of(pairs) == []
    assert pairs.columns.tolist() == [column.name for column in TABLES["story_pairs"].columns]
    row = pairs.iloc[0]
    assert (row["doc_id"], row["other"], row["source"], row["other_source"]) == (
        "a001", "a000", "y", "x",
    )  # fmt: skip
    assert row["passage"] == (
        "Russia’s envoy — in U.S. hands — said: “no comment” to TASS, twice over"
    )
    assert row["n_passage_words"] == 12
    assert row["similarity"] == stories["similarity"].iloc[0]


@given(st.lists(st.integers(-1, 3), max_size=14), st.lists(st.integers(-1, 3), max_size=14),
       st.integers(1, 3))  # fmt: skip
def test_longest_passage_equals_the_slow_loop(one, other, n_words):
    best = (0, 0)
    for size in range(n_words, len(one) + 1):
        for start in range(len(one) - size, -1, -1):
            run = one[start : start + size]
            ends = range(len(other) - size + 1)
            if -1 not in run and any(other[at : at + size] == run for at in ends):
                best = start, size
    arrays = (np.array(codes, dtype=np.int32) for codes in (one, other))
    assert longest_passage(*arrays, n_words) == best


def test_the_input_is_not_changed():
    corpus = fr.build_corpus(fr.make_articles(60, seed=1, copies=0.3))
    before = corpus.fingerprint
    stories = find_stories(corpus)
    held = stories.copy(deep=True)
    story_pairs(corpus, stories)
    assert corpus.fingerprint == before
    pd.testing.assert_frame_equal(stories, held)


CORPUS = corpus_of(["one two three"])


RANGE = "is not above 0 and at most 1. Pass for example 0.5."


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"min_similarity": 0}, f"min_similarity=0 {RANGE}"),
        ({"min_containment": 1.5}, f"min_containment=1.5 {RANGE}"),
        ({"min_shared": 0}, "min_shared=0 is below 1. Pass 1 or more."),
        ({"n_words": 0}, "n_words=0 is below 1. Pass 1 or more."),
        ({"max_repeats": 0}, "max_repeats=0 is below 1. Pass 1 or more."),
    ],
)
def test_arguments_out_of_range(arguments, message):
    with raises(ValueError, f"find_stories: {message}"):
        find_stories(CORPUS, **arguments)


def test_no_corpus():
    with raises(
        TypeError,
        "find_stories: corpus is DataFrame, not a Corpus. "
        "Make one from articles with build_corpus().",
    ):
        find_stories(pd.DataFrame())


def test_contexts_are_refused():
    corpus = fr.build_corpus(fr.make_articles(40, seed=1))
    near = fr.contexts(corpus, fr.find_mentions(corpus, fr.load_ledger()))
    with raises(
        ValueError,
        "find_stories: the corpus holds contexts of mentions, not whole articles. "
        "Pass the corpus that build_corpus() returned.",
    ):
        find_stories(near)


def test_dates_that_are_none():
    with raises(
        TypeError,
        "find_stories: column 'date' of the articles is str, not dates. "
        "Convert it with pd.to_datetime() before build_corpus().",
    ):
        find_stories(corpus_of(["one two"], date=["2024-01-01"]))


def test_pairs_of_another_corpus():
    corpus = fr.build_corpus(fr.make_articles(60, seed=1, copies=0.3))
    stories = find_stories(corpus)
    story = stories.loc[stories["n_articles"] == 2, "story"].iloc[0]
    less = corpus.where(corpus.articles["doc_id"] != story)
    with raises(
        ValueError,
        f"story_pairs: the corpus lacks articles of the stories or their nearest ones ('{story}'). "
        "Pass the corpus that find_stories() was given.",
    ):
        story_pairs(less, stories[stories["doc_id"] == story])
    with pytest.raises(ValueError, match=r"^story_pairs: the table has no column 'story', "):
        story_pairs(corpus, corpus.articles[["doc_id"]])
