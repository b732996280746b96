"""Mentions by flashtext, without the terms around them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ways.way import Way, aliases, said_matches, texts


def _make(folder: Path) -> Any:
    from flashtext import KeywordProcessor

    finder = KeywordProcessor(case_sensitive=True)
    finder.add_keywords_from_dict(aliases(folder))
    return finder, texts(folder)


def _match(made: Any) -> Any:
    finder, lines = made
    return [finder.extract_keywords(line, span_info=True) for line in lines]


def _see(found: Any) -> str:
    return said_matches(sum(map(len, found)))


WAYS = [Way("mentions", "flashtext, match only", _make, _match, _see, "flashtext")]
