"""Encodings: what was written comes back, and a guess is called one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.readers.encodings import to_utf8
from framing.readers.record import CUT_OFF, GUESSED, MIXED, NUL, UNDECODABLE

ENGLISH = "“The talks,” he said – in Zürich – cost £5m. It’s late. " * 5
SAMPLES = {
    "cp1251": "Президент заявил, что переговоры в Женеве продолжаются, и это важно. " * 5,
    "cp1250": "Zażółć gęślą jaźń, powiedział minister spraw zagranicznych w Łodzi. " * 5,
    "cp1253": "Ο πρόεδρος δήλωσε ότι οι συνομιλίες στη Γενεύη συνεχίζονται σήμερα. " * 5,
    "cp1256": "قال الرئيس إن المحادثات في جنيف مستمرة وإن النتائج مهمة " * 5,
    "gb18030": "总统说，日内瓦的会谈仍在继续，结果非常重要。" * 5,
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_or_utf8_settles_the_encoding(encoding: str) -> None:
    found = to_utf8(ENGLISH.encode(encoding))
    assert found.data.decode() == ENGLISH
    assert found.findings == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_found_and_called_a_guess(encoding: str) -> None:
    found = to_utf8(ENGLISH.encode(encoding))
    assert (found.data.decode(), found.encoding) == (ENGLISH, encoding)
    assert [(finding.what, finding.value) for finding in found.findings] == [
        (GUESSED, f"{encoding}, from the zero bytes")
    ]


def test_western_text_in_a_windows_code_page_is_found() -> None:
    found = to_utf8(ENGLISH.encode("cp1252"))
    assert (found.data.decode(), found.encoding) == (ENGLISH, "cp1252")
    assert found.findings[0].what == GUESSED
    assert found.findings[0].value == "cp1252, e.g. '“The talks,” he said'"


@pytest.mark.parametrize("encoding", SAMPLES)
def test_other_code_pages_are_found(encoding: str) -> None:
    found = to_utf8(SAMPLES[encoding].encode(encoding))
    assert (found.data.decode(), found.encoding) == (SAMPLES[encoding], encoding)
    assert [finding.what for finding in found.findings] == [GUESSED]


def test_windows_bytes_inside_utf8_are_mended_byte_by_byte() -> None:
    data = "Zürich and “Genève” and £5. ".encode() + b"A caf\xe9, \x93quoted\x94."
    found = to_utf8(data)
    assert found.data.decode() == "Zürich and “Genève” and £5. A café, “quoted”."
    assert found.encoding == "utf-8+cp1252"
    assert found.findings[0].what == MIXED
    assert found.findings[0].value.startswith("utf-8 with 3 places in cp1252, e.g. ")


def test_one_accent_in_a_short_text_is_western() -> None:
    assert to_utf8(b"caf\xe9").data.decode() == "café"


def test_a_file_cut_inside_a_character_loses_only_that_character() -> None:
    found = to_utf8("He said: “yes”".encode()[:-1])
    assert found.data.decode() == "He said: “yes"
    assert [finding.what for finding in found.findings] == [CUT_OFF]


def test_nul_bytes_are_taken_out_and_counted() -> None:
    found = to_utf8(b"one\ntw\0o\nthr\0ee and more words\n")
    assert found.data == b"one\ntwo\nthree and more words\n"
    assert [(finding.what, finding.value) for finding in found.findings] == [
        (NUL, "2 removed, the first in line 2")
    ]


def test_the_encoding_that_is_passed_is_used() -> None:
    assert to_utf8("ř".encode("cp1250"), "cp1250").data.decode() == "ř"
    assert to_utf8("ř".encode("cp1250"), "cp1252").data.decode() == "ø"


def test_a_mark_is_believed_rather_than_the_argument() -> None:
    assert to_utf8("ť".encode("utf-8-sig"), "cp1252").data.decode() == "ť"


def test_bytes_that_do_not_fit_the_encoding_are_recorded() -> None:
    found = to_utf8(b"abc\xff\xfe", "ascii")
    assert found.data.decode() == "abc\ufffd\ufffd"
    assert [(finding.what, finding.value) for finding in found.findings] == [
        (UNDECODABLE, "2 places in ascii")
    ]


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert to_utf8(text.encode()).data.decode() == text


@given(st.binary(max_size=200))
def test_no_bytes_break_it(data: bytes) -> None:
    found = to_utf8(data)
    assert b"\0" not in found.data
    assert found.data.decode("utf-8") is not None
