"""The tasks by textacy and the blank spaCy pipeline that it stands on."""

from __future__ import annotations

from typing import Any

from ways.way import WORD, Way, said_tokens, texts


def _tokenise(lines: list[str]) -> Any:
    import spacy
    from textacy.representations.vectorizers import Vectorizer

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = 100_000_000
    vectoriser = Vectorizer()
    matrix = vectoriser.fit_transform(
        (token.lower_ for token in text if not token.is_punct and not token.is_space)
        for text in pipeline.pipe(lines)
    )
    return matrix, vectoriser.vocabulary_terms


def _see_tokens(made: Any) -> str:
    matrix, places = made
    return said_tokens(matrix.sum(), matrix.shape[1], matrix[:, places[WORD]].sum())


def _kwic(lines: list[str]) -> Any:
    import re

    from textacy.extract.kwic import keyword_in_context

    word = re.compile(rf"\b{WORD}\b", re.IGNORECASE)
    return [line for text in lines for line in keyword_in_context(text, word)]


def _see_lines(lines: Any) -> str:
    return f"{len(lines):,} lines"


WAYS = [
    Way("tokens", "textacy, sentences too", texts, _tokenise, _see_tokens, "textacy"),
    Way("kwic", "textacy keyword_in_context", texts, _kwic, _see_lines, "textacy"),
]
