"""Where the characters of tokens stand, against the tokeniser itself."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.corpus import build_corpus
from framing.mentions.stream import read_characters
from framing.words import token_spans

_LETTERS = st.text("aBz19-'.,:/_ (\n", max_size=12)
_BEYOND = st.text("aB1-'’“é\u00ad. \n\ufffd", max_size=12)


def written(texts: list[str], *, language: str | None) -> list[list[str]]:
    """Return the tokens of each text, cut out of the bytes where they were found."""
    articles = pd.DataFrame({"doc_id": [f"a{n}" for n in range(len(texts))], "text": texts})
    corpus = build_corpus(articles, fields=["text"], language=language)
    found = read_characters(corpus, 0, len(corpus))
    each = []
    for first, last in zip(corpus.offsets[:-1], corpus.offsets[1:], strict=True):
        each.append([found.written(place, place) for place in range(first, last)])
    return each


@given(st.lists(_LETTERS | _BEYOND, min_size=1, max_size=30), st.sampled_from(["en", None]))
@settings(max_examples=150)
def test_tokens_stand_where_the_tokeniser_finds_them(
    texts: list[str], language: str | None
) -> None:
    texts = ["word", *texts]
    spans = token_spans(texts, language=language)
    expected = [
        [text[start:stop] for start, stop in places]
        for text, places in zip(texts, spans, strict=True)
    ]
    assert written(texts, language=language) == expected


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Russia's pro-Assad 24-hour F-16", ["Russia's", "pro-Assad", "24-hour", "F-16"]),
        ("-a- 'b' c--d e-'f (g)h_i", ["a", "b", "c", "d", "e", "f", "g", "h", "i"]),
        ("1,000 3.5 9/11 b2.5 5.a a.5", ["1,000", "3.5", "9/11", "b2", "5", "5", "a", "a", "5"]),
        ("U.S. p.m. end.The x:y", ["U.S.", "p.m.", "end", "The", "x", "y"]),
        ("http://a.b/c http:// x//y", ["http://a.b/c", "http", "x", "y"]),
        ("Erdoğan’s “É” a\u00adb", ["Erdoğan’s", "É", "a\u00adb"]),
    ],
)
def test_tokens_of_plain_and_odd_texts(text: str, tokens: list[str]) -> None:
    assert written([text], language=None) == [tokens]
