"""Words and sentences: hand-counted tokens, and places that agree with them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from framing.terms import _read_forms
from framing.words import (
    CAPITALISED,
    CASED,
    LOWER,
    MIXED,
    PATTERN,
    UPPER,
    normalise,
    shape_of,
    split_sentences,
    stop_words,
    token_spans,
    tokenise,
)


def forms_of(text: str, language: str | None = None) -> list[str]:
    """Return the tokens of one text as they are written."""
    tokens = tokenise([[text]], n_runs=1, language=language)
    return [tokens.forms[code] for code in tokens.codes]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Russia's, Russia’s: dogs'", ["Russia's", "Russia’s", "dogs"]),
        ("U.S. troops, U.K. aid", ["U.S.", "troops", "U.K.", "aid"]),
        ("the U.N.-led talks", ["the", "U.N.-led", "talks"]),
        ("at 5 p.m. today", ["at", "5", "p.m.", "today"]),
        ("1,000 men, 3.5 per cent, 9/11", ["1,000", "men", "3.5", "per", "cent", "9/11"]),
        (
            "the 24th of a 48-hour truce at 10:30",
            ["the", "24th", "of", "a", "48-hour", "truce", "at", "10:30"],
        ),
        ("In 2016, 3,000.", ["In", "2016", "3,000"]),
        ("cease-fire cease‐fire cease‑fire", ["cease-fire", "cease‐fire", "cease‑fire"]),
        ("- dash -dash dash- – dash—dash", ["dash"] * 5),
        ("don't don’t 'tis", ["don't", "don’t", "tis"]),
        ("see https://a.org/b?c=1,2 (http://x.y) now", None),
        ("under_score AT&T 50% $5", ["under", "score", "AT", "T", "50", "5"]),
        ("co\u00adoperate", ["co\u00adoperate"]),
        ("Дамаск دمشق 大马士革", ["Дамаск", "دمشق", "大马士革"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_tokens_counted_by_hand(text: str, forms: list[str] | None) -> None:
    if forms is None:
        forms = ["see", "https://a.org/b?c=1,2", "http://x.y)", "now"]
    assert forms_of(text) == forms


@pytest.mark.parametrize(
    ("form", "term"),
    [
        ("U.S.", "US"), ("US", "US"), ("US's", "US"), ("US’s", "US"), ("U.S.'s", "US"),
        ("us", "us"), ("Us", "us"), ("US-led", "US-led"), ("U.S.-led", "US-led"),
        ("us-led", "us-led"), ("Us-led", "us-led"), ("Non-US", "non-US"),
        ("U.K.", "uk"), ("UK", "uk"), ("U.N.", "un"), ("UN", "un"),
        ("IT", "IT"), ("It", "it"), ("WHO", "WHO"), ("who", "who"), ("NATO", "nato"),
        ("p.m.", "p.m."), ("P.M.", "PM"), ("PM", "PM"),
        ("Russia's", "russia"), ("Russia’s", "russia"), ("RUSSIA'S", "russia"), ("'s", "'s"),
        ("it's", "it"), ("Don’t", "don't"), ("DON'T", "don't"), ("O'Brien", "o'brien"),
        ("Cease‑fire", "cease-fire"), ("co\u00adoperate", "cooperate"),
        ("1,000", "1,000"), ("24th", "24th"), ("CAFÉ", "café"), ("", ""),
    ],
)  # fmt: skip
def test_a_form_counts_as_this_term(form: str, term: str) -> None:
    assert normalise(form) == term


@given(st.text(max_size=20))
def test_terms_are_in_lower_case_but_for_a_few(text: str) -> None:
    for form in forms_of(text):
        term = normalise(form)
        assert not set(term) & set("’‐‑\u00ad")
        assert all(part in CASED or part == part.lower() for part in term.split("-"))


@pytest.mark.parametrize(
    ("form", "shape"),
    [
        ("war", LOWER), ("War", CAPITALISED), ("WAR", UPPER), ("WAR's", UPPER), ("WAR’S", UPPER),
        ("McCain", MIXED), ("al-Assad", MIXED), ("Cease-fire", CAPITALISED), ("Cease-Fire", MIXED),
        ("A", CAPITALISED), ("U.S.", UPPER), ("2016", LOWER), ("24th", LOWER),
        ("F-16", CAPITALISED),
        ("F-16s", CAPITALISED), ("大马士革", LOWER),
    ],
)  # fmt: skip
def test_a_form_has_this_shape(form: str, shape: int) -> None:
    assert shape_of(form) == shape


def test_sentences_begin_where_sentences_begin() -> None:
    text = "Mr. Lavrov met the U.S. envoy. They talked! “Will it hold?” he asked. It did."
    tokens = tokenise([[text]], n_runs=1)
    first = [tokens.forms[tokens.codes[place]] for place in tokens.sentences]
    assert first == ["Mr", "They", "Will", "It"]


def test_without_a_language_each_text_is_a_sentence() -> None:
    tokens = tokenise([["One. Two.", "", "Three. Four."]], n_runs=1, language=None)
    assert tokens.sentences.tolist() == [0, 2]
    assert tokens.lengths.tolist() == [2, 0, 2]


def test_runs_do_not_change_the_tokens() -> None:
    texts = [
        f"Text {number} says that war {number % 3} goes on. Talks too." for number in range(50)
    ]
    whole = tokenise([texts], n_runs=1)
    pieces = tokenise([texts[:7], texts[7:8], [], texts[8:]], n_runs=4)
    assert [whole.forms[code] for code in whole.codes] == [
        pieces.forms[code] for code in pieces.codes
    ]
    np.testing.assert_array_equal(whole.sentences, pieces.sentences)
    np.testing.assert_array_equal(whole.lengths, pieces.lengths)


ODD = st.text(
    st.one_of(
        st.sampled_from("aZé’'-‐.,:/ \n\t\u00a0\u00ad\u0301\u200b1٣US“”!?ßİŉﬁ"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@given(st.lists(ODD, max_size=4), st.sampled_from(["en", None]))
@example(["U.S.A. U.S. a.b.c", "see http://a.b. No. Yes"], "en")
def test_places_hold_the_tokens(texts: list[str], language: str | None) -> None:
    spans = token_spans(texts, language=language)
    for text, places in zip(texts, spans, strict=True):
        assert [text[first:last] for first, last in places] == forms_of(text, language)
        assert all(one[1] <= other[0] for one, other in pairwise(places))


@given(ODD)
def test_sentences_put_together_are_the_text(text: str) -> None:
    assert "".join(split_sentences(text, language="en")) == text


def test_sentences_of_a_long_text_keep_its_empty_lines() -> None:
    text = "\n\n".join(f"Envoy {day} spoke to them. They left at night." for day in range(1_000))
    assert "".join(split_sentences(text, language="en")) == text


def test_a_long_word_and_a_long_text() -> None:
    word = "a" * 100_000
    assert forms_of(word) == [word]
    tokens = tokenise([["war and peace. " * 700_000]], n_runs=1)
    assert len(tokens.codes) == 2_100_000
    assert len(tokens.sentences) == 700_000
    assert tokens.forms == ["war", "and", "peace"]


def test_stop_words_are_terms() -> None:
    words = stop_words()
    assert list(words) == sorted(set(words))
    assert all(normalise(word) == word for word in words)
    assert {"the", "us", "don't"} <= set(words)
    assert "US" not in words


def test_an_unknown_list_of_stop_words() -> None:
    with pytest.raises(ValueError, match=r"^stop_words") as caught:
        stop_words("englisch")
    assert str(caught.value) == (
        "stop_words: name='englisch' is not one of 'english'. Did you mean 'english'? For another "
        "language pass words of your own, as in build_corpus(…, stop_words=['der', 'die'])."
    )


WRITTEN = st.lists(
    st.sampled_from([*"aZé9.,-’' \n\u00a0\u00ad\"“", "  ", "U.S.", "it's", "http://x.y/z "]),
    max_size=20,
).map("".join)


@given(st.lists(st.lists(WRITTEN, min_size=1, max_size=4), min_size=1, max_size=3))
def test_tokens_are_those_of_each_text_by_itself(runs: list[list[str]]) -> None:
    tokens = tokenise(runs, n_runs=len(runs), language=None)
    texts = [text for run in runs for text in run]
    each = pl.Series(texts, dtype=pl.String).str.extract_all(PATTERN).to_list()
    assert [tokens.forms[code] for code in tokens.codes] == [
        form for found in each for form in found
    ]
    assert tokens.lengths.tolist() == [len(found) for found in each]
    assert tokens.forms == list(dict.fromkeys(form for found in each for form in found))


@given(st.lists(st.text(st.sampled_from("aZİßǅé95.-,:/'’\u00ad"), min_size=1), max_size=8))
@example(["US", "us", "A", "IT", "U.S.'s", "McCain", "3.5", "a-B", "p.m.", "İ", "http://x.Y"])
def test_all_forms_at_once_are_read_as_one_by_one(forms: list[str]) -> None:
    terms, shapes = _read_forms(forms)
    assert terms == [None if "://" in form else normalise(form) for form in forms]
    assert shapes.tolist() == [shape_of(form) for form in forms]
