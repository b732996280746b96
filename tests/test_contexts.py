"""The words around mentions: counted by hand, against a slow loop, and through every analysis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.collocation import collocates
from framing.concordance import kwic
from framing.contexts import contexts, sentence_contexts
from framing.corpus import GAP, LEFT_OUT, Corpus, build_corpus, document_term_matrix
from framing.datasets import make_articles
from framing.dispersion import dispersion
from framing.frequency import term_frequency
from framing.keyness import keyness
from framing.saving import load_corpus, save_corpus
from framing.topics import fit_topics, topic_share

COLUMNS = [
    "doc_id", "field", "sentence", "start", "stop", "surface", "actor", "kind", "country", "sense",
    "alias_kind", "how", "ledger",
]  # fmt: skip


def mentions_of(*places: tuple[str, int, int, str], field: str = "text") -> pd.DataFrame:
    """Return a table of mentions: article, start, stop, actor."""
    rows = [
        {
            "doc_id": doc_id, "field": field, "sentence": 0, "start": start, "stop": stop,
            "surface": "x", "actor": actor, "kind": "person", "country": None, "sense": "person",
            "alias_kind": "name", "how": "as in the ledger", "ledger": "test",
        }
        for doc_id, start, stop, actor in places
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=COLUMNS)
    kinds = {name: "int64" if name in {"sentence", "start", "stop"} else "str" for name in COLUMNS}
    return table.astype(kinds)


def corpus_of(*texts: str, **options: Any) -> Corpus:
    articles = pd.DataFrame({"doc_id": [f"d{n}" for n in range(len(texts))], "text": list(texts)})
    return build_corpus(articles, fields=["text"], **options)


def written(corpus: Corpus) -> list[str]:
    """Return each row as text: `|` for a gap, `-` for a word that was left out, `/` for a start."""
    rows = []
    for first, last in zip(corpus.offsets[:-1], corpus.offsets[1:], strict=True):
        names = {GAP: "|", LEFT_OUT: "-"}
        pieces = [
            ("/" if place in corpus.sentences else "")
            + names.get(corpus.codes[place], str(corpus.vocabulary[corpus.codes[place]]))
            for place in range(first, last)
        ]
        rows.append(" ".join(pieces))
    return rows


def test_windows_are_cut_merged_and_parted() -> None:
    corpus = corpus_of("a b c d e f g h i j k l")
    near = contexts(corpus, mentions_of(("d0", 2, 3, "X"), ("d0", 4, 6, "X"), ("d0", 11, 12, "X")),
                    window=2)  # fmt: skip
    assert written(near) == ["/a b | d | | g h | /j k |"]
    assert near.articles[["doc_id", "actor"]].to_numpy().tolist() == [["d0", "X"]]
    own = contexts(
        corpus, mentions_of(("d0", 4, 6, "X"), ("d0", 10, 11, "X")), window=1, own_words=True
    )
    assert written(own) == ["/d e f g | /j k l"]


def test_the_display_tells_parts_from_articles() -> None:
    corpus = corpus_of("a b c d e")
    near = contexts(corpus, mentions_of(("d0", 0, 1, "A"), ("d0", 4, 5, "E")), window=1)
    assert repr(near) == "Corpus(2 parts of 1 article, 2 tokens)"
    assert repr(near.where(near.articles["actor"] == "A")) == "Corpus(1 article, 1 token)"


def test_each_item_has_its_row_and_keeps_the_words_of_others() -> None:
    corpus = corpus_of("a b c d e", "f g")
    table = mentions_of(("d0", 3, 4, "Y"), ("d0", 1, 2, "X"), ("d1", 0, 1, "Y"))
    near = contexts(corpus, table, window=2)
    assert near.articles[["doc_id", "actor"]].to_numpy().tolist() == [
        ["d0", "X"], ["d0", "Y"], ["d1", "Y"],
    ]  # fmt: skip
    assert written(near) == ["/a | c d", "/b c | e", "/| g"]


def test_windows_reach_across_sentences_but_not_gaps_or_articles() -> None:
    articles = pd.DataFrame(
        {
            "doc_id": ["a", "b"],
            "title": ["T u", "V"],
            "text": ["We go. You sit", "Q https://x.org r s"],
        }
    )
    corpus = build_corpus(articles)  # t u | we go you sit, v | q | r s
    places = (("a", 0, 1, "X"), ("a", 3, 4, "Y"), ("b", 4, 5, "X"))
    near = contexts(corpus, mentions_of(*places), window=9)
    assert written(near) == ["/| u", "/| go /you sit", "/| s"]


def test_words_left_out_take_their_place() -> None:
    corpus = corpus_of("tree the house of stone", stop_words="english")
    near = contexts(corpus, mentions_of(("d0", 2, 3, "X")), window=1)
    assert written(near) == ["/- | -"]
    assert document_term_matrix(near).sum() == 0


def test_sentences() -> None:
    articles = pd.DataFrame(
        {
            "doc_id": ["a"],
            "title": ["T u"],
            "text": ["We go. You https://x.org sit. They run. She eats."],
        }
    )
    corpus = build_corpus(articles)  # t u | we go / you | sit / they run / she eats
    places = (("a", 0, 1, "X"), ("a", 3, 4, "X"), ("a", 7, 8, "X"), ("a", 10, 11, "X"))
    near = sentence_contexts(corpus, mentions_of(*places))
    assert written(near) == ["/| u | /| go /you | | | /| eats"]
    own = sentence_contexts(corpus, mentions_of(*places[::3]), own_words=True)
    assert written(own) == ["/t u | /she eats"]


def test_items_are_a_column_and_missing_ones_are_left_out() -> None:
    corpus = corpus_of("a b c d e")
    table = mentions_of(("d0", 0, 1, "X"), ("d0", 4, 5, "Y"))
    table["country"] = pd.array(["RUS", None], dtype="str")
    near = contexts(corpus, table, items="country", window=1)
    assert near.articles["country"].tolist() == ["RUS"]
    assert written(near) == ["/| b"]
    assert contexts(corpus, table, items="kind", window=1).articles["kind"].tolist() == ["person"]


def test_mentions_of_other_articles_are_left_out() -> None:
    corpus = corpus_of("a b", "c d")
    table = mentions_of(("d0", 0, 1, "X"), ("d1", 0, 1, "X"))
    part = contexts(corpus.where([False, True]), table)
    assert written(part) == ["/| d"]


def slow_windows(
    codes: list[int], places: list[tuple[int, int]], window: int
) -> list[list[int | None]]:
    """Return the pieces of one article and item: positions, None for its own words."""
    inside: set[int] = set()
    own = {at for start, stop in places for at in range(start, stop)}
    for start, stop in places:
        for step in (-1, 1):
            at = start - 1 if step < 0 else stop
            for _ in range(window):
                if not 0 <= at < len(codes) or codes[at] == GAP:
                    break
                inside.add(at)
                at += step
    every = sorted(inside | own)
    pieces: list[list[int | None]] = []
    last = -2
    for at in every:
        if at != last + 1:
            pieces.append([])
        pieces[-1].append(None if at in own else at)
        last = at
    return pieces


@settings(max_examples=80, deadline=None)
@given(st.data(), st.integers(1, 4))
def test_windows_equal_a_slow_loop(data: Any, window: int) -> None:
    texts = data.draw(
        st.lists(
            st.lists(st.sampled_from(["a", "b", "https://x.org", "C"]), min_size=1, max_size=14),
            min_size=1, max_size=3,
        )
    )  # fmt: skip
    corpus = corpus_of("z", *(" ".join(text) for text in texts))
    places: list[tuple[str, int, int, str]] = []
    for number in range(1, len(texts) + 1):
        first, last = corpus.offsets[number : number + 2]
        places += [
            (f"d{number}", at, at + 1, data.draw(st.sampled_from("XY")))
            for at in range(last - first)
            if corpus.codes[first + at] != GAP and data.draw(st.booleans())
        ]
    if not places:
        return
    near = contexts(corpus, mentions_of(*places), window=window)
    expected = []
    for number in range(1, len(texts) + 1):
        first, last = corpus.offsets[number : number + 2]
        codes = corpus.codes[first:last].tolist()
        for actor in "XY":
            own = [place[1:3] for place in places if place[0] == f"d{number}" and place[3] == actor]
            if own:
                pieces = slow_windows(codes, own, window)
                row = [[GAP if at is None else codes[at] for at in piece] for piece in pieces]
                expected.append([code for piece in row for code in [*piece, GAP]][:-1])
    got = [
        near.codes[first:last].tolist()
        for first, last in zip(near.offsets[:-1], near.offsets[1:], strict=True)
    ]
    assert got == expected
    assert near.origin is not None
    for row, (first, last) in enumerate(zip(near.offsets[:-1], near.offsets[1:], strict=True)):
        base = corpus.offsets[int(near.articles["doc_id"][row][1:])]
        for at in range(first, last):
            if near.codes[at] >= 0:
                place = base + near.origin[at, 0]
                assert corpus.codes[place] == near.codes[at]
                sentence = np.searchsorted(corpus.sentences, place, side="right") - 1
                sentence -= np.searchsorted(corpus.sentences, base)
                assert near.origin[at, 1] == sentence


MADE = build_corpus(make_articles(120, seed=1))


def made_mentions() -> pd.DataFrame:
    """Return mentions of X and Y at every tenth word of the made articles."""
    places = []
    for row, doc_id in enumerate(MADE.articles["doc_id"]):
        codes = MADE.codes[MADE.offsets[row] : MADE.offsets[row + 1]]
        places += [
            (doc_id, at, at + 1, "XY"[(at + row) % 2])
            for at in range(row % 7, len(codes), 10)
            if codes[at] >= 0
        ]
    return mentions_of(*places)


NEAR = contexts(MADE, made_mentions(), window=3)


def test_every_analysis_works_on_contexts() -> None:
    matrix = document_term_matrix(NEAR)
    assert matrix.shape == (len(NEAR), len(MADE.vocabulary))
    table = term_frequency(NEAR, by=["actor", "source"])
    assert table["count"].sum() == matrix.sum() == (NEAR.codes >= 0).sum()
    of_x = NEAR.where(NEAR.articles["actor"] == "X")
    assert (
        term_frequency(of_x, by="source")["count"].sum()
        == table[table["actor"] == "X"]["count"].sum()
    )
    assert not keyness(NEAR, by="actor").empty
    assert not keyness(of_x, by="source").empty
    assert not dispersion(NEAR, by="actor").empty
    term = term_frequency(NEAR)["term"][0]
    assert not collocates(NEAR, term, by="actor", min_count=1).empty
    model = fit_topics(NEAR, n_topics=3, seed=1, engine="nmf")
    assert set(topic_share(model, NEAR, by="actor")["actor"]) == {"X", "Y"}


def test_collocates_do_not_reach_across_pieces() -> None:
    corpus = corpus_of("a b c d e f g h")
    near = contexts(corpus, mentions_of(("d0", 0, 1, "X"), ("d0", 7, 8, "X")), window=1)
    assert written(near) == ["/| b | /g |"]
    with pytest.warns(UserWarning, match="no term stands near 'b'"):
        assert collocates(near, "b", min_count=1).empty


def test_kwic_finds_the_original_characters() -> None:
    texts = ["War, war! A long WAR of words; then war (again).", "No war here."]
    corpus = corpus_of(*texts)  # war war a long war of words then war again
    near = contexts(corpus, mentions_of(("d0", 3, 4, "X"), ("d0", 9, 10, "X"), ("d1", 0, 1, "X")),
                    window=1)  # fmt: skip
    whole, part = kwic(corpus, "war"), kwic(near, "war")
    names = ["doc_id", "sentence", "start", "stop", "left", "match", "right"]
    expected = whole[whole["start"].isin([4, 8]) | (whole["doc_id"] == "d1")][names]
    pd.testing.assert_frame_equal(part[names], expected.reset_index(drop=True))


def test_parts_and_copies_of_contexts(tmp_path: Path) -> None:
    chosen = NEAR.where(NEAR.articles["actor"] == "Y")
    again = contexts(MADE, made_mentions().query("actor == 'Y'"), window=3)
    assert chosen.fingerprint == contexts(MADE, made_mentions(), window=3).where(
        NEAR.articles["actor"] == "Y"
    ).fingerprint  # fmt: skip
    assert (chosen.codes == again.codes).all()
    assert chosen.origin is not None
    assert again.origin is not None
    assert (chosen.origin == again.origin).all()
    loaded = load_corpus(save_corpus(chosen, tmp_path / "near.corpus"))
    assert loaded.fingerprint == chosen.fingerprint
    term = str(chosen.vocabulary[chosen.codes[chosen.codes >= 0][0]])
    pd.testing.assert_frame_equal(kwic(loaded, term), kwic(chosen, term))
    assert not chosen.origin.flags.writeable


def test_the_origin_is_part_of_the_fingerprint() -> None:
    corpus = corpus_of("a b a b")
    one = contexts(corpus, mentions_of(("d0", 0, 1, "X")), window=1)
    two = contexts(corpus, mentions_of(("d0", 2, 3, "X")).assign(start=2), window=1)
    assert written(one) == ["/| b"]
    assert one.fingerprint != two.fingerprint


def test_settings_say_how_it_was_cut() -> None:
    corpus = corpus_of("a b")
    table = mentions_of(("d0", 0, 1, "X"))
    assert contexts(corpus, table, window=3).settings["contexts"] == {
        "items": "actor", "window": 3, "own_words": False,
    }  # fmt: skip
    near = sentence_contexts(corpus, table, own_words=True)
    assert near.settings["contexts"] == {"items": "actor", "window": "sentence", "own_words": True}


@pytest.mark.parametrize("cut", [contexts, sentence_contexts])
def test_inputs_stay_as_they_are(cut: Any) -> None:
    corpus, table = corpus_of("a b c"), mentions_of(("d0", 0, 1, "X"))
    before, codes = table.copy(deep=True), corpus.codes.copy()
    cut(corpus, table)
    pd.testing.assert_frame_equal(table, before)
    assert (corpus.codes == codes).all()
    assert "actor" not in corpus.articles.columns


@pytest.mark.parametrize("cut", [contexts, sentence_contexts])
def test_messages(cut: Any) -> None:
    name, corpus, table = cut.__name__, corpus_of("a b c"), mentions_of(("d0", 0, 1, "X"))

    def message(*given: Any, **options: Any) -> str:
        with pytest.raises((ValueError, TypeError)) as error:
            cut(*given, **options)
        return str(error.value)

    assert message(corpus, table, items="actr") == (
        f"{name}: items='actr' is not one of 'actor', 'country', 'kind', 'sense'. "
        "Did you mean 'actor'?"
    )
    assert message(corpus, table, items="country") == (
        f"{name}: no mention with 'country' is in the articles of the corpus (1 mentions, 1 "
        "articles). Look at mentions.head(), and pass the corpus that they were found in."
    )
    assert message(corpus, mentions_of(("d0", 3, 4, "X"))) == (
        f"{name}: some mentions stand behind the end of their article, so they were found in "
        "another corpus. Pass that corpus, or find them again with find_mentions()."
    )
    assert message(cut(corpus, table), table) == (
        f"{name}: the corpus holds contexts of mentions, not whole articles. "
        "Pass the corpus that the mentions were found in."
    )
    named = build_corpus(corpus.articles.assign(actor="x"), fields=["text"])
    assert message(named, table) == (
        f"{name}: items='actor' is also a column of the articles. "
        "Rename it in the articles before build_corpus()."
    )
    assert message(corpus, [1]) == (
        f"{name}: data is list, not a DataFrame. Pass the table that find_mentions() returns."
    )
    if cut is contexts:
        assert message(corpus, table, window=0) == (
            "contexts: window=0 is below 1. Pass 1 or more."
        )
