"""Text that is shown and never obeyed."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.inert import MOST, inert, shorter, shown

SCRIPTS = "مرحبا\u200f שלום \u200eمی\u200cخواهم 👩\u200d⚕️"
"""Marks of direction and joiners that scripts and emoji need."""


class Texts(HTMLParser):
    """Collects tags and text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, *_: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u202eb\u2066c", "a[U+202E]b[U+2066]c"),
        ("ter\u200bror\ufeffist\u2028\U000e0041", "ter[U+200B]ror[U+FEFF]ist[U+2028][U+E0041]"),
        ("a\x00b\x07c\x7fd\x85e\uffff", "a�b�c�d�e�"),
        ("\x1b[31mred\x1b[0m \x1b]8;;http://example.org\x07link", "red link"),
        ("one\r\ntwo\rthree\tfour", "one\ntwo\nthree\tfour"),
        ("lone \ud83d half", "lone � half"),
        (SCRIPTS, SCRIPTS),
    ],
)  # fmt: skip
def test_inert(text: str, expected: str) -> None:
    assert inert(text) == expected


def test_shown() -> None:
    text = "<b onclick='x'>\u202e & \"y\""
    assert shown(text) == "&lt;b onclick=&#x27;x&#x27;&gt;[U+202E] &amp; &quot;y&quot;"
    assert shown(None) == "None"
    assert shown(3) == "3"


@given(st.text())
def test_shown_text_has_no_tags_and_says_what_inert_says(text: str) -> None:
    page = Texts(f"<p>{shown(text)}</p>")
    assert page.tags == ["p"]
    assert page.text == inert(text)
    page.text.encode("utf-8")


@given(st.text())
def test_inert_text_stays_as_it_is(text: str) -> None:
    assert inert(inert(text)) == inert(text)


def test_shorter() -> None:
    assert shorter("x" * 60) == "x" * 60
    assert shorter("y" + "x" * 100_000 + "z" * 10) == "y" + "x" * 39 + "…" + "z" * 10
    assert shorter("a b " * 200) == "a b " * 200
    long = shorter("a b " * 1000)
    assert len(long) == MOST + 3
    assert " … " in long
    assert shorter("a b c d e f", most=6) == "a b … e f"
