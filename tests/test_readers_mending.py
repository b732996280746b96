"""Mending: characters come back, words and the shape of quotation marks stay."""

from __future__ import annotations

import unicodedata

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.readers.damage import look
from framing.readers.mending import has_broken_quotes, mend, mend_text, strip_html
from framing.readers.record import (
    BROKEN_QUOTES,
    CONTROLS,
    ENTITIES,
    HTML,
    LOST_CHARACTERS,
    MOJIBAKE,
    NOT_NFC,
    OTHER_SCRIPT,
)


def mended(text: str, *, markup: bool = True, broken_quotes: bool = False) -> tuple[str, list[str]]:
    """One text by way of the column, and what it had."""
    values = pd.Series(["plain", text, np.nan], dtype="str")
    new, found = mend(look(values), markup=markup, broken_quotes=broken_quotes)
    assert new.iloc[0] == "plain"
    assert pd.isna(new.iloc[2])
    assert all(rows == [1] for rows in found.values())
    return new.iloc[1], list(found)


@pytest.mark.parametrize(
    ("text", "expected", "kinds"),
    [
        ("“Curly” ‘quotes’ — stay…", "“Curly” ‘quotes’ — stay…", []),
        ("â€œThe talks,â€\x9d he said", "“The talks,” he said", [MOJIBAKE]),
        ("Sinn FÃ©in", "Sinn Féin", [MOJIBAKE]),
        ("San JuÃ¡n and \x93quoted\x94", "San Juán and “quoted”", [MOJIBAKE]),
        ("ﬁnancial", "financial", [MOJIBAKE]),
        ("鈥淪yria鈥\ufffd", "“Syria鈥\ufffd", [MOJIBAKE, LOST_CHARACTERS]),
        ("AT&amp;T &#8217;s &nbsp;x", "AT&T ’s \xa0x", [ENTITIES]),
        ("1 &lt; 2", "1 &lt; 2", []),
        ("be\xadtween wo\u200brds\x07", "between words", [CONTROLS]),
        ("one\u2028two", "one\ntwo", [CONTROLS]),
        ("one\r\ntwo\rthree", "one\ntwo\nthree", []),
        ("Cafe\u0301", "Café", [NOT_NFC]),
        ("Iarnr\ufffd\ufffdd", "Iarnr\ufffd\ufffdd", [LOST_CHARACTERS]),
        ("Президент заявил", "Президент заявил", [OTHER_SCRIPT]),
        ("He said Да twice in English", "He said Да twice in English", []),
        ("a < b and b > c", "a < b and b > c", []),
        ("<p>It rained.</p><p>It <b>snowed</b>.</p>", "It rained.\n\nIt snowed.", [HTML]),
        ("<p>&lt;3 &amp; more</p>", "<3 & more", [HTML]),
        ("señor, naïve, Ångström, Łódź", "señor, naïve, Ångström, Łódź", []),
        ("the “café”—he said", "the “café”—he said", []),
    ],
)
def test_what_is_mended_and_what_is_not(text: str, expected: str, kinds: list[str]) -> None:
    assert mended(text) == (expected, kinds)


def test_markup_stays_where_it_is_not_asked_about() -> None:
    assert mended("<b>Rain</b>", markup=False) == ("<b>Rain</b>", [])


@pytest.mark.parametrize(
    ("text", "expected", "kinds"),
    [
        ('“no”, he said,"?she said', '“no”, he said," she said', [BROKEN_QUOTES]),
        ('the two leaders"?talks', 'the two leaders" talks', [BROKEN_QUOTES]),
        ('What next?"?As he left', 'What next?" As he left', [BROKEN_QUOTES]),
        ('don"t, Ann"s, they"re', "don't, Ann's, they're", [BROKEN_QUOTES]),
        ('say "\ufffdYes', 'say "Yes', [BROKEN_QUOTES]),
        ('voters"\ufffdwho', 'voters"\ufffdwho', [LOST_CHARACTERS]),
        ('Is it "war"? Yes', 'Is it "war"? Yes', []),
        ('the "s" and "t"', 'the "s" and "t"', []),
    ],
)
def test_broken_quotation_marks(text: str, expected: str, kinds: list[str]) -> None:
    assert mended(text, broken_quotes=True) == (expected, kinds)


def test_broken_quotation_marks_are_a_matter_of_the_whole_file() -> None:
    damaged = pd.Series(['He said,"?and left. '] * 10, dtype="str")
    assert has_broken_quotes(look(damaged))
    assert not has_broken_quotes(look(damaged[:9]))
    sound = pd.Series(['Is it "war"? '] * 11 + ['He said,"?and left. '] * 10, dtype="str")
    assert not has_broken_quotes(look(sound))
    assert not has_broken_quotes(look(pd.Series([np.nan, ""], dtype="str")))


def test_a_column_without_anything_to_mend_is_handed_back_as_it_is() -> None:
    values = pd.Series(["plain", np.nan], dtype="str")
    assert mend(look(values), markup=True, broken_quotes=False)[0] is values


def test_the_column_that_was_passed_stays_as_it_was() -> None:
    values = pd.Series(["Sinn FÃ©in"], dtype="str")
    mend(look(values), markup=True, broken_quotes=False)
    assert values.iloc[0] == "Sinn FÃ©in"


def test_a_part_of_a_column_is_mended_at_its_own_places() -> None:
    values = pd.Series(["é", "plain", "Sinn FÃ©in", "é"], dtype="str").iloc[1:3]
    new, found = mend(look(values), markup=True, broken_quotes=False)
    assert new.tolist() == ["plain", "Sinn Féin"]
    assert found == {MOJIBAKE: [1]}


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<div>One<br>two</div><ul><li>three</li></ul>", "One\ntwo\n\nthree"),
        ("<script>if (a < b) { x() }</script><p>Rain</p>", "Rain"),
        ("<style>p {color: red}</style>Rain", "Rain"),
        ("<!-- <p>no</p> --><p>Rain</p>", "Rain"),
        ("<head><title>no</title></head><body>Rain</body>", "Rain"),
        ("<head><title>no</title><body>Rain</body>", "Rain"),
        ('<a href="x>y">Rain</a>', 'y">Rain'),
        ("<p></p><img src=x>", ""),
    ],
)
def test_html_becomes_paragraphs(markup: str, text: str) -> None:
    assert strip_html(markup) == text


@pytest.mark.parametrize("piece", ["<", "<a", "<script>", "<!--", "</p>", "&amp", "<p "])
def test_malformed_html_costs_no_more_than_its_length(piece: str) -> None:
    assert isinstance(strip_html(piece * 100_000), str)


@given(st.text(max_size=60))
def test_the_column_gives_what_each_text_gives(text: str) -> None:
    values = pd.Series([text, text], dtype="str")
    new, _ = mend(look(values), markup=True, broken_quotes=True)
    assert new.tolist() == [mend_text(text, markup=True, broken_quotes=True)[0]] * 2


PIECES = st.sampled_from([*'"?slrevtdm9 ([é&;#<>\ufffd\u0301’—ÃДx', '"?', '"\ufffd', "&amp;", "a"])


@given(st.lists(st.lists(PIECES, max_size=12).map("".join), max_size=6))
def test_a_look_at_bytes_finds_what_a_look_at_each_text_finds(texts: list[str]) -> None:
    new, found = mend(look(pd.Series(texts, dtype="str")), markup=True, broken_quotes=True)
    each = [mend_text(text, markup=True, broken_quotes=True, deep=False) for text in texts]
    deep = [mend_text(text, markup=True, broken_quotes=True) for text in texts]
    for row, value in enumerate(new):
        kinds = {kind for kind, rows in found.items() if row in rows}
        assert (value, kinds) in [(text, set(had)) for text, had in (each[row], deep[row])]


@given(st.text(max_size=60))
def test_what_is_mended_is_in_nfc(text: str) -> None:
    new = mend_text(text, markup=True, broken_quotes=False)[0]
    assert unicodedata.is_normalized("NFC", new)


WORDS = [
    "café", "“yes,”", "naïve", "—", "‘no’", "señor", "Zürich", "they’re", "…", "the", "Łódź",
    "d’Ivoire", "“Beyoncé”—he", "£5m", "20°", "être", "(São", "Ålesund)", "Erdoğan’s", "São–Paulo",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_ordinary_text_is_left_alone(words: list[str]) -> None:
    text = "He said: " + " ".join(words)
    assert mend_text(text, markup=True, broken_quotes=False) == (text, [])
