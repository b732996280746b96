"""Boilerplate: what is found, what is left alone, and what a corpus is without it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.boilerplate import boilerplate, without
from framing.boilerplate.reading import NUMBER, cover, find_all, hashed, read, segments
from framing.concordance import kwic
from framing.contexts import contexts
from framing.corpus import GAP, Corpus, build_corpus
from framing.keyness import keyness
from framing.ledger import load_ledger
from framing.mentions import find_mentions
from framing.saving import load_corpus, save_corpus
from framing.schema import BOILERPLATE

WORDS = [a + b + c for a in "bdfgklmn" for b in "aeiou" for c in ("ra", "lo", "ti", "ne")]


def sentences(seed: int, n: int) -> list[str]:
    """Return so many sentences of words drawn by chance, none like another."""
    rng = np.random.default_rng(seed)
    drawn = [" ".join(rng.choice(WORDS, size=7)) for _ in range(n)]
    return [f"{text.capitalize()}." for text in drawn]


def make(articles: dict[str, list[str]], **more: object) -> Corpus:
    """Return a corpus of texts by source."""
    rows = [(source, text) for source, texts in articles.items() for text in texts]
    table = pd.DataFrame(rows, columns=["source", "text"])
    table["doc_id"] = [f"d{number}" for number in range(len(table))]
    return build_corpus(table, fields=["text"], **more)  # type: ignore[arg-type]


def left(corpus: Corpus) -> list[str]:
    """Return what is left of each article."""
    return [
        " ".join(corpus.vocabulary[code] if code >= 0 else "|" for code in corpus.codes[low:high])
        for low, high in zip(corpus.offsets[:-1], corpus.offsets[1:], strict=True)
    ]


def rows_of(table: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return list(table[list(columns)].itertuples(index=False, name=None))


PLAIN = sentences(1, 40)
DAYS = [
    f"{town}, {month} {day}. /WIRE/. {text}"
    for town, month, day, text in zip(
        ["OSLO", "NEW DELHI", "ROME", "RIO DE JANEIRO", "OSLO"] * 4,
        ["May"] * 10 + ["June"] * 10,
        range(1, 21),
        PLAIN[:20],
        strict=True,
    )
]


@pytest.fixture(scope="module")
def three() -> Corpus:
    """Return three sources of 20 articles, each with furniture of its own, counted by hand.

    Wire: a dateline in all articles, 10 of May and 10 of June, and its name in the text of 6.
    Post: two closing sentences in 12 articles, the first alone in 4 more.
    Herald: a sentence in the middle of 10 articles, and an expression inside sentences of 15.
    """
    wire = [f"{text} He told Wire so." if at < 6 else text for at, text in enumerate(DAYS)]
    post = [
        f"{text} Follow us on Twitter." + (" Sign up for our letter." if at < 12 else "")
        if at < 16
        else text
        for at, text in enumerate(sentences(2, 20))
    ]
    herald = [
        f"{text} They met the so called league of the willing at noon, {PLAIN[at].lower()}"
        if at < 15
        else text
        for at, text in enumerate(sentences(3, 20))
    ]
    herald = [
        f"{PLAIN[20 + at]} Send this page to a friend. {text}" if at < 10 else text
        for at, text in enumerate(herald)
    ]
    return make({"Wire": wire, "Post": post, "Herald": herald})


def test_counted_by_hand(three: Corpus) -> None:
    table = boilerplate(three)
    assert rows_of(table, "source", "what", "sequence", "n_articles", "n_group_articles") == [
        ("Herald", "passage", "send this page to a friend", 10, 20),
        ("Post", "closing", "follow us on twitter", 16, 20),
        ("Post", "closing", "sign up for our letter", 12, 20),
        ("Wire", "self-name", "wire", 20, 20),
        ("Wire", "opening", "june #", 10, 20),
        ("Wire", "opening", "may #", 10, 20),
    ]
    assert table["share"].tolist() == [0.5, 0.8, 0.6, 1, 0.5, 0.5]
    assert (table["share_elsewhere"] == 0).all()
    assert table["n_words"].tolist() == [6, 4, 5, 1, 2, 2]
    assert table["doc_id"].tolist() == ["d40", "d20", "d20", "d0", "d10", "d0"]
    assert not BOILERPLATE.problems_of(table)


def test_positions_are_places_in_the_article() -> None:
    texts = [f"{text} Follow us." for text in sentences(2, 10)]  # 7 words and 2
    table = boilerplate(make({"Post": texts, "Sun": sentences(3, 10)}))
    assert rows_of(table, "sequence", "position") == [("follow us", 8 / 9)]


def test_expressions_inside_sentences_are_never_furniture(three: Corpus) -> None:
    said = " ".join(boilerplate(three)["sequence"])
    assert "league" not in said
    after = without(three, boilerplate(three))
    assert len(kwic(after, "league of the willing")) == 15


def test_what_is_left(three: Corpus) -> None:
    after = without(three, boilerplate(three))
    plain = [text.lower().rstrip(".") for text in PLAIN]
    texts = left(after)
    assert texts[0] == f"| | | | {plain[0]} he told | so"
    assert texts[1] == f"| | | | | {plain[1]} he told | so"
    assert texts[8] == f"| | | | | | {plain[8]}"
    assert texts[9] == "| | | | " + plain[9]
    assert texts[20].endswith("| | | | | | | | |")
    assert "|" not in texts[39]
    assert texts[40].startswith(f"{plain[20]} | | | | | | ")
    assert len(after.codes) == len(three.codes)
    assert (after.codes[after.codes != three.codes] == GAP).all()


def test_the_month_inside_a_text_stays() -> None:
    more = sentences(5, 10)
    late = [f"{one} In May 3 {two.lower()}" for one, two in zip(DAYS, more, strict=False)]
    corpus = make({"Wire": late + DAYS[10:], "Sun": sentences(3, 20)})
    after = without(corpus, boilerplate(corpus))
    assert ["in may 3" in text for text in left(after)[:10]] == [True] * 10
    assert not [text for text in left(after)[10:20] if "june" in text]


def test_a_formula_that_most_articles_have_inside_is_no_closing() -> None:
    inside = [f"{text[:-1]} said the mayor today, {other.lower()}"
              for text, other in zip(sentences(2, 20), PLAIN, strict=False)]  # fmt: skip
    ends = [f"{text[:-1]} said the mayor." for text in sentences(4, 10)]
    corpus = make({"Post": [*inside, *ends], "Sun": sentences(3, 30)})
    assert boilerplate(corpus).empty


def test_what_other_sources_have_too_is_no_furniture() -> None:
    shared = [f"{text} All rights reserved." for text in sentences(2, 20)]
    corpus = make({"Post": shared, "Sun": [*shared[:3], *sentences(3, 17)]})
    assert boilerplate(corpus, elsewhere=0.1).empty
    table = boilerplate(corpus, elsewhere=0.15)
    assert rows_of(table, "source", "share_elsewhere") == [("Post", 0.15)]


def test_what_others_have_behind_furniture_of_their_own_is_shared() -> None:
    both = [f"{text} All rights reserved." for text in sentences(2, 40)]
    post = [f"{text} Follow us." for text in both[:20]]
    table = boilerplate(make({"Post": post, "Sun": both[20:], "Times": sentences(3, 20)}))
    assert rows_of(table, "source", "sequence") == [("Post", "follow us")]


def test_min_share_and_eight_articles() -> None:
    texts = sentences(2, 100)
    with_it = [f"{text} Read on." if at < 8 else text for at, text in enumerate(texts)]
    corpus = make({"Post": with_it, "Sun": sentences(3, 20)})
    assert len(boilerplate(corpus, min_share=0.08)) == 1
    assert boilerplate(corpus, min_share=0.081).empty
    fewer = corpus.where(corpus.articles["doc_id"] != "d0")
    assert boilerplate(fewer, min_share=0.01).empty


def test_longer_sequences_take_the_place_of_their_parts() -> None:
    ends = ["Jo Ba contributed to this report."] * 9 + ["Contributed to this report."] * 2
    texts = [f"{text} {end}" for text, end in zip(sentences(2, 11), ends, strict=True)]
    table = boilerplate(make({"Post": texts, "Sun": sentences(3, 11)}))
    assert rows_of(table, "sequence", "n_articles") == [("jo ba contributed to this report", 9)]
    table = boilerplate(make({"Post": [*texts, *texts[-2:]], "Sun": sentences(3, 13)}))
    assert table["sequence"].tolist() == [
        "contributed to this report",
        "jo ba contributed to this report",
    ]


def test_one_source_alone() -> None:
    texts = [f"{text} Follow us on Twitter." for text in sentences(2, 10)]
    table = boilerplate(make({"Post": texts}))
    assert rows_of(table, "sequence", "what") == [("follow us on twitter", "closing")]
    assert table["share_elsewhere"].isna().all()


@pytest.mark.parametrize(
    ("source", "text", "names"),
    [
        ("Al Jazeera", "Sources told Al Jazeera so", ["al jazeera", "jazeera", "al"]),
        ("aljazeera.com", "Sources told Al Jazeera so", ["al jazeera"]),
        ("HuffPost", "See the Huffington Post here", ["huffington post", "huffington", "post"]),
        ("Deutsche Welle", "He told DW so", ["dw"]),
        ("BBC", "He told the BBC's man", ["bbc"]),
        ("europe.chinadaily.com.cn", "He told China Daily so", ["china daily"]),
        ("abcnews.go.com", "He told ABC News so", ["abc news"]),
        ("The Guardian", "He told the Guardian so", ["guardian"]),
        ("RTÉ", "He told RTÉ so", ["rté"]),
        ("RTÉ", "He told RT� so", ["rt"]),
        ("RTÉ", "He told Rte so", ["rte"]),
        ("CNN", "He told CNNPolitics so", ["cnnpolitics"]),
    ],
)
def test_names_of_sources(source: str, text: str, names: list[str]) -> None:
    own = [f"{one} {text} {two.lower()}" for one, two in zip(PLAIN, PLAIN[20:], strict=False)]
    corpus = make({source: own, "Sun": sentences(3, 20)})
    table = boilerplate(corpus)
    found = table.loc[table["what"] == "self-name", "sequence"].tolist()
    assert set(names) <= set(found)
    assert not {"so", "told", "the", "here"} & set(found)


def test_a_name_that_is_also_a_word_is_left_alone() -> None:
    own = [f"{text} The independent inquiry asked The Independent." for text in PLAIN[:20]]
    table = boilerplate(make({"Independent": own, "Sun": sentences(3, 20)}))
    assert "self-name" not in set(table["what"])


def test_only_names_with_capitals_are_taken_out() -> None:
    own = [f"{text} We asked Wire again." for text in PLAIN[:20]]
    own[0] += " A wire broke."
    corpus = make({"Wire": own, "Sun": sentences(3, 20)})
    after = without(corpus, boilerplate(corpus))
    assert kwic(after, "wire")["match"].tolist() == ["wire"]


def test_a_part_of_a_name_that_means_more_stays() -> None:
    own = [f"{text} China Daily asked why China's trade grew." for text in PLAIN[:20]]
    table = boilerplate(make({"China Daily": own, "Sun": sentences(3, 20)}))
    names = table.loc[table["what"] == "self-name", "sequence"].tolist()
    assert names == ["china daily", "daily"]


def test_names_given_by_the_caller_count_in_any_column() -> None:
    own = [f"{text} The Old Lady said so." if at == 3 else text
           for at, text in enumerate(sentences(2, 20))]  # fmt: skip
    corpus = make({"Post": own, "Sun": sentences(3, 20)})
    table = boilerplate(corpus, names={"Post": ["Old Lady"]})
    assert rows_of(table, "source", "sequence", "what", "n_articles") == [
        ("Post", "old lady", "self-name", 1)
    ]


def test_values_of_other_columns_are_no_names() -> None:
    own = [f"{text} We asked Peru again, {text.lower()}" for text in PLAIN[:20]]
    corpus = make({"Peru": own, "Sun": sentences(3, 20)})
    articles = corpus.articles.rename(columns={"source": "country"})
    assert boilerplate(build_corpus(articles, fields=["text"]), by="country").empty


def test_articles_without_a_source_are_compared_with_and_kept() -> None:
    texts = [f"{text} Follow us on Twitter." for text in sentences(2, 20)]
    corpus = make({"Post": texts, "": [*texts[:10], *sentences(3, 10)]})
    articles = corpus.articles.assign(
        source=corpus.articles["source"].where(corpus.articles["source"] != "")
    )
    corpus = build_corpus(articles, fields=["text"])
    assert boilerplate(corpus).empty
    table = boilerplate(corpus, elsewhere=0.5)
    assert rows_of(table, "source", "share_elsewhere") == [("Post", 0.5)]
    assert "twitter" in left(without(corpus, table))[20]


def test_titles_open_too() -> None:
    news = sentences(2, 20)
    articles = pd.DataFrame(
        {
            "doc_id": [str(at) for at in range(40)],
            "source": ["Post"] * 20 + ["Sun"] * 20,
            "title": [f"In brief. {text[:20]}" for text in news] + news,
            "text": [f"City desk. {text}" for text in PLAIN[:20]] + PLAIN[20:],
        }
    )
    corpus = build_corpus(articles)
    table = boilerplate(corpus)
    assert rows_of(table, "sequence", "what") == [("city desk", "opening"), ("in brief", "opening")]
    assert not [text for text in left(without(corpus, table)) if "brief" in text or "desk" in text]


def test_labels_shuffled_at_random_find_nothing(three: Corpus) -> None:
    articles = three.articles
    articles["source"] = np.random.default_rng(7).permutation(articles["source"].to_numpy())
    table = boilerplate(build_corpus(articles, fields=["text"]))
    assert table[table["what"] != "self-name"].empty


def test_keyness_is_no_longer_led_by_furniture(three: Corpus) -> None:
    def first(corpus: Corpus) -> str:
        key = keyness(corpus, by="source", target="Post", measure="g2", min_count=5)
        return str(key["term"].iloc[0])

    assert first(three) == "follow"
    after = without(three, boilerplate(three))
    key = keyness(after, by="source", target="Post", measure="g2", min_count=2)
    assert not {"follow", "us", "on", "twitter", "sign", "letter"} & set(key["term"])


def test_phrases_of_a_list_are_taken_out_everywhere(three: Corpus) -> None:
    after = without(three, ["League of the Willing", "told Wire so"])
    assert kwic(after, "league").empty
    assert len(kwic(after, "willing")) == 0
    assert len(kwic(after, "so")) == 15
    assert len(kwic(after, "wire")) == 20
    assert after.settings["without"][0]["n_sequences"] == 2
    assert without(three, "told Wire so").settings["without"][0]["by"] is None


def test_short_passages_go_only_as_sentences() -> None:
    own = [f"{one} Read on. {two}" for one, two in zip(PLAIN, PLAIN[20:], strict=False)]
    own[0] = own[0][:-1] + " and read on until noon."
    corpus = make({"Post": own, "Sun": sentences(3, 20)})
    table = boilerplate(corpus)
    assert rows_of(table, "sequence", "what") == [("read on", "passage")]
    assert kwic(without(corpus, table), "read on")["right"].tolist() == [" until noon."]


def test_words_that_were_left_out_make_no_difference(three: Corpus) -> None:
    table = boilerplate(three)
    thin = build_corpus(three.articles, fields=["text"], stop_words="english", min_count=3)
    pd.testing.assert_frame_equal(boilerplate(thin), table)
    for what in (table, ["League of the willing"]):
        gaps = np.flatnonzero(without(three, what).codes == GAP)
        after = without(thin, what)
        assert np.array_equal(np.flatnonzero(after.codes == GAP), gaps)
        kept = after.codes != GAP
        assert np.array_equal(after.codes[kept], thin.codes[kept])


def test_joined_phrases_are_words_of_sequences(three: Corpus) -> None:
    joined = build_corpus(three.articles, fields=["text"], phrases=["follow us"], min_count=2)
    table = boilerplate(joined)
    assert "follow_us on twitter" in set(table["sequence"])
    assert not [text for text in left(without(joined, table)) if "twitter" in text]


def test_where_before_or_after_is_the_same(three: Corpus) -> None:
    table = boilerplate(three)
    for mask in (
        three.articles["source"] == "Wire",
        three.articles["doc_id"].isin(["d3", "d20", "d45"]),
        np.zeros(60, dtype=bool),
    ):
        one, other = without(three.where(mask), table), without(three, table).where(mask)
        assert one.fingerprint == other.fingerprint
        assert np.array_equal(one.codes, other.codes)


def test_rebuilding_from_the_same_articles_is_the_same(three: Corpus) -> None:
    again = build_corpus(three.articles, fields=["text"])
    pd.testing.assert_frame_equal(boilerplate(again), boilerplate(three))
    assert without(again, boilerplate(three)).fingerprint == (
        without(three, boilerplate(three)).fingerprint
    )


def test_order_of_articles_does_not_matter(three: Corpus) -> None:
    mixed = three.articles.sample(frac=1, random_state=3).reset_index(drop=True)
    table = boilerplate(build_corpus(mixed, fields=["text"]))
    pd.testing.assert_frame_equal(
        table.drop(columns="doc_id"), boilerplate(three).drop(columns="doc_id")
    )


def test_a_second_time_finds_no_more(three: Corpus) -> None:
    after = without(three, boilerplate(three))
    assert boilerplate(after).empty
    assert without(after, boilerplate(three)).codes.tolist() == after.codes.tolist()


def test_settings_tell_it_and_saving_keeps_it(three: Corpus, tmp_path: Path) -> None:
    table = boilerplate(three)
    after = without(three, table)
    [about] = after.settings["without"]
    assert (about["by"], about["n_sequences"], len(about["digest"])) == ("source", 6, 16)
    assert after.fingerprint != three.fingerprint
    assert without(three, table.iloc[:-1]).settings != after.settings
    assert without(three, table.iloc[::-1]).settings == after.settings
    assert len(without(after, ["oslo"]).settings["without"]) == 2
    assert load_corpus(save_corpus(after, tmp_path / "a.corpus")).fingerprint == after.fingerprint


def test_nothing_to_take_out_is_said_too(three: Corpus) -> None:
    nothing = boilerplate(three).iloc[:0]
    assert not BOILERPLATE.problems_of(nothing)
    after = without(three, nothing)
    assert np.array_equal(after.codes, three.codes)
    assert after.settings["without"][0]["n_sequences"] == 0


def test_empty_articles_and_an_empty_part() -> None:
    texts = ["", *(f"{text} Follow us on Twitter." for text in sentences(2, 10)), ""]
    corpus = make({"Post": texts, "Sun": [*sentences(3, 10), ""]})
    table = boilerplate(corpus)
    assert rows_of(table, "sequence", "n_articles", "n_group_articles") == [
        ("follow us on twitter", 10, 12)
    ]
    assert left(without(corpus, table))[0] == ""


def test_kwic_shows_the_characters_beside_a_gap(three: Corpus) -> None:
    after = without(three, boilerplate(three))
    places = kwic(after.where(after.articles["source"] == "Wire"), "so", window=3)
    assert places["left"].tolist() == ["He told Wire "] * 6
    assert places["match"].tolist() == ["so"] * 6


def test_kwic_does_not_show_a_place_that_was_taken_out() -> None:
    own = [f"{text} Sign up." for text in sentences(2, 10)]
    own[0] = "We’ll Sign now. " + own[0]
    corpus = make({"Post": own, "Sun": sentences(3, 10)})
    places = kwic(without(corpus, boilerplate(corpus)), "sign", window=2)
    assert places[["left", "match", "right"]].to_numpy().tolist() == [
        ["We’ll ", "Sign", " now. Moti"]
    ]


def test_kwic_shows_the_right_place_where_signs_are_odd() -> None:
    own = [f"{text} Sign up." for text in sentences(2, 10)]
    own[0] = "Now Sign→ here. " + own[0]
    corpus = make({"Post": own, "Sun": sentences(3, 10)})
    places = kwic(without(corpus, boilerplate(corpus)), "sign", window=1)
    assert places[["left", "match", "right"]].to_numpy().tolist() == [["Now ", "Sign", "→ here."]]


def test_nothing_is_mentioned_in_a_gap() -> None:
    corpus = make({"Post": ["Here Chile won. See our page on Peru.", "Peru won."]})
    after = without(corpus, ["our page on Peru"])
    found = find_mentions(after, ledger())
    assert rows_of(found, "doc_id", "actor") == [("d0", "Chile"), ("d1", "Peru")]


def test_the_input_is_not_altered(three: Corpus) -> None:
    codes, table = three.codes.copy(), boilerplate(three)
    before = table.copy(deep=True)
    without(three, table)
    assert np.array_equal(three.codes, codes)
    pd.testing.assert_frame_equal(table, before)


CODES = st.lists(st.lists(st.integers(-1, 3), min_size=0, max_size=9), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(CODES, st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=3), max_size=5))
def test_find_all_is_the_obvious_loop(rows: list[list[int]], wanted: list[list[int]]) -> None:
    reading = _reading(rows)
    sequences = sorted({tuple(sequence) for sequence in wanted})
    spans = find_all(reading, sequences)
    found = set(zip(*(each.tolist() for each in (spans.start, spans.stop, spans.number)),
                    strict=True))  # fmt: skip
    expected = set()
    for number, sequence in enumerate(sequences):
        for start in range(len(reading.codes) - len(sequence) + 1):
            stop = start + len(sequence)
            if tuple(reading.codes[start:stop].tolist()) != sequence:
                continue
            if not reading.begins[start + 1 : stop].any():
                expected.add((start, stop, number))
    assert found == expected
    inside = [any(a <= place < b for a, b, _ in found) for place in range(len(reading.codes))]
    assert cover(spans, len(reading.codes)).tolist() == inside


@settings(max_examples=40, deadline=None)
@given(CODES)
def test_hashes_are_equal_where_segments_are(rows: list[list[int]]) -> None:
    reading = _reading(rows)
    start, stop = segments(reading)
    texts = [tuple(reading.codes[a:b].tolist()) for a, b in zip(start, stop, strict=True)]
    assert all(min(text) >= 0 for text in texts)
    assert sum(map(len, texts)) == (reading.codes >= 0).sum()
    numbers = hashed(reading.codes, start, stop).tolist()
    assert len(set(zip(texts, numbers, strict=True))) == len(set(texts)) == len(set(numbers))


def _reading(rows: list[list[int]]):  # type: ignore[no-untyped-def]
    """Return a reading of articles whose words are a, b, c and the number 1; -1 is an address."""
    forms = ["a", "b", "c", "1", "http://x"]
    texts = [" ".join(forms[code] for code in row) for row in rows]
    texts[0] += " a b c 1"
    articles = pd.DataFrame({"doc_id": [str(at) for at in range(len(rows))], "text": texts})
    return read(build_corpus(articles, fields=["text"], language=None))


def test_numbers_are_alike() -> None:
    reading = read(make({"Post": ["May 7 and page24 of F-16."]}))
    assert reading.said(reading.codes.tolist()) == f"may {NUMBER} and {NUMBER} of {NUMBER}"


TABLE = "without: the table has no column 'what'. It has 'source', 'sequence'. Pass the table that "


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda c: boilerplate(c, by="outlet"),
            (
                "boilerplate: by='outlet' is not a column of the articles. They have 'source', "
                "'text', 'doc_id'."
            ),
        ),
        (
            lambda c: boilerplate(c, by=["source"]),
            (
                "boilerplate: by=['source'] is not the name of one column. Pass the one that tells "
                "the sources apart, for example by='source'."
            ),
        ),
        (
            lambda c: boilerplate(c, min_share=0),
            (
                "boilerplate: min_share=0 is not a share above 0 and at most 1. "
                "Pass for example min_share=0.05."
            ),
        ),
        (
            lambda c: boilerplate(c, elsewhere=2),
            (
                "boilerplate: elsewhere=2 is not a share above 0 and at most 1. "
                "Pass for example elsewhere=0.05."
            ),
        ),
        (
            lambda c: boilerplate(c, names={"Pots": ["P"]}),
            (
                "boilerplate: a key of names='Pots' is not one of 'Herald', 'Post', 'Wire'. "
                "Did you mean 'Post'?"
            ),
        ),
        (
            lambda c: boilerplate(_with_missing(c)),
            "boilerplate: column 'source' is missing in all articles. Choose another with by=.",
        ),
        (
            lambda _: boilerplate(near()),
            (
                "boilerplate: the corpus is made of contexts, whose rows do not begin and end as "
                "articles do. Call boilerplate() before contexts()."
            ),
        ),
        (
            lambda _: without(near(), ["oslo"]),
            (
                "without: the corpus is made of contexts, whose rows do not begin and end as "
                "articles do. Call without() before contexts()."
            ),
        ),
        (
            lambda c: boilerplate(c.articles),
            (
                "boilerplate: corpus is DataFrame, not a Corpus. "
                "Make one from articles with build_corpus()."
            ),
        ),
        (
            lambda c: without(c, boilerplate(c)[["source", "sequence"]]),
            (
                "without: the table has no column 'what', 'n_words', 'n_articles', "
                "'n_group_articles', 'share', 'share_elsewhere', 'position', 'doc_id'. It has "
                "'source', 'sequence'. Pass the table that boilerplate() returns."
            ),
        ),
        (
            lambda c: without(c, boilerplate(c).rename(columns={"source": "outlet"})),
            (
                "without: the table is divided by 'outlet', which is not one column of the "
                "articles. They have 'source', 'text', 'doc_id'. Pass the table of boilerplate() "
                "with the column that it was made by."
            ),
        ),
        (
            lambda c: without(c, boilerplate(c).assign(what="footer")),
            "without: what='footer' is not one of 'self-name', 'opening', 'closing', 'passage'.",
        ),
        (
            lambda c: without(c, ["follow us on zebra"]),
            (
                "without: 'follow us on zebra' is not in the corpus, which has no 'zebra'. "
                "Pass words as the corpus has them, without full stops and commas."
            ),
        ),
    ],
)
def test_messages(three: Corpus, call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises((ValueError, TypeError), match=f"^{re.escape(message)}$"):
        call(three)


def _with_missing(corpus: Corpus) -> Corpus:
    articles = corpus.articles.assign(source=pd.Series([None] * len(corpus), dtype="str"))
    return build_corpus(articles, fields=["text"])


@cache
def ledger() -> pd.DataFrame:
    return load_ledger()


@cache
def near() -> Corpus:
    """Return a corpus of contexts."""
    whole = make({"Post": ["Peru won."]})
    return contexts(whole, find_mentions(whole, ledger()))
