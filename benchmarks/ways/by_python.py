"""The tasks by Python's standard library."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from ways.way import (
    WINDOW,
    WORD,
    Way,
    aliases,
    said_count,
    said_matches,
    sources,
    texts,
    tokens,
)


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


def _one_regex(folder: Path) -> Any:
    import re

    actor = {alias: name for name, names in aliases(folder).items() for alias in names}
    longest_first = sorted(actor, key=len, reverse=True)
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"
    return re.compile(pattern), actor, texts(folder)


def _match(made: Any) -> Any:
    pattern, actor, lines = made
    return [
        (number, actor[hit[0]], *hit.span())
        for number, text in enumerate(lines)
        for hit in pattern.finditer(text)
    ]


def _see_match(found: Any) -> str:
    return said_matches(len(found))


def _way(task: str, name: str, make: Any, do: Any, see: Any) -> Way:
    return Way(task, name, make, do, see, "")


WAYS = [
    _way("frequency", "Python Counter", _pairs, _frequency, _see_frequency),
    _way("kwic", "Python re", texts, _kwic, _see_lines),
    _way("collocates", "Python Counter, no scores", tokens, _collocates, _see_collocates),
    _way("mentions", "Python re, match only", _one_regex, _match, _see_match),
]
