"""The tasks by Python's standard library."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from ways.way import WINDOW, WORD, Way, said_count, sources, texts, tokens


def _pairs(folder: Path) -> Any:
    return sources(folder), tokens(folder)


def _frequency(made: Any) -> Any:
    found: dict[str, Counter[str]] = {}
    for source, words in zip(*made, strict=True):
        found.setdefault(source, Counter()).update(words)
    return found


def _see_frequency(found: Any) -> str:
    return said_count(min(found), found[min(found)][WORD])


def _kwic(lines: list[str]) -> Any:
    import re

    word = re.compile(rf"\b{WORD}\b", re.IGNORECASE)
    return [
        (text[max(0, hit.start() - 50) : hit.start()], hit[0], text[hit.end() : hit.end() + 50])
        for text in lines
        for hit in word.finditer(text)
    ]


def _see_lines(lines: Any) -> str:
    return f"{len(lines):,} lines"


def _collocates(texts_: list[list[str]]) -> Any:
    near: Counter[str] = Counter()
    for words in texts_:
        if WORD not in words:
            continue
        for place, word in enumerate(words):
            if word == WORD:
                near.update(words[max(0, place - WINDOW) : place])
                near.update(words[place + 1 : place + 1 + WINDOW])
    return near


def _see_collocates(near: Any) -> str:
    return f"{len(near) - (WORD in near):,} collocates"


def _way(task: str, name: str, make: Any, do: Any, see: Any) -> Way:
    return Way(task, name, make, do, see, "")


WAYS = [
    _way("frequency", "Python Counter", _pairs, _frequency, _see_frequency),
    _way("kwic", "Python re", texts, _kwic, _see_lines),
    _way("collocates", "Python Counter, no scores", tokens, _collocates, _see_collocates),
]
