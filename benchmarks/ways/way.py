"""What a way of doing a task is, and where it finds its input."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORD = "government"
"""The word that is looked up: frequent in news, and in the synthetic articles."""

WINDOW = 5
"""Tokens on either side that count as near."""

WIDE = 10
"""Tokens on either side of a name."""


@dataclass(frozen=True)
class Way:
    """One way to do one task.

    Attributes
    ----------
    task : str
        The task; ways of one task are compared.
    name : str
        The tool, and what there is to say about the call.
    make : function of the folder of the input
        Imports what is needed and returns the input; not timed.
    do : function of the input
        The work; timed.
    see : function of the output
        One line that can be compared with other tools': the proof that the same work was done.
    package : str
        The package whose version is reported.
    """

    task: str
    name: str
    make: Callable[[Path], Any]
    do: Callable[[Any], Any]
    see: Callable[[Any], str]
    package: str


def kept(folder: Path, name: str, make: Callable[[Path], Any]) -> Any:
    """Return an input that takes long to make: made once, then read from the folder."""
    path = folder / f"{name}.pickle"
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_bytes(pickle.dumps(make(folder), protocol=5))
        part.replace(path)
    return pickle.loads(path.read_bytes())


def articles(folder: Path) -> Any:
    """Return the articles as `read_articles` read them."""
    import pandas as pd

    return pd.read_pickle(folder / "articles.pickle")


def texts(folder: Path) -> list[str]:
    """Return title and text of each article as one string."""
    table = articles(folder)
    return (table["title"].fillna("") + "\n" + table["text"]).tolist()


def sources(folder: Path) -> list[str]:
    """Return the source of each article."""
    return articles(folder)["source"].tolist()


def aliases(folder: Path) -> dict[str, list[str]]:
    """Return the names to look for, by actor."""
    import pandas as pd

    table = pd.read_csv(folder / "aliases.csv", dtype="str", keep_default_na=False)
    found: dict[str, list[str]] = {}
    for actor, alias in zip(table["actor"], table["alias"], strict=True):
        found.setdefault(actor, []).append(alias)
    return found


def tokens(folder: Path) -> list[list[str]]:
    """Return lower-case words of each article, by one regular expression."""
    return kept(folder, "tokens", _tokens)


def _tokens(folder: Path) -> list[list[str]]:
    import re
    import sys

    find = re.compile(r"\w+").findall
    return [[sys.intern(word) for word in find(text.lower())] for text in texts(folder)]


def counters(folder: Path) -> dict[str, Any]:
    """Return a Counter of words for each source."""
    return kept(folder, "counters", _counters)


def _counters(folder: Path) -> dict[str, Any]:
    from collections import Counter

    found: dict[str, Any] = {}
    for source, words in zip(sources(folder), tokens(folder), strict=True):
        found.setdefault(source, Counter()).update(words)
    return dict(sorted(found.items()))


def said_tokens(n_tokens: int, n_terms: int, count: int) -> str:
    """Say what tokenising gave."""
    return f"{n_tokens:,} tokens, {n_terms:,} terms, {WORD} {count:,}"


def said_count(source: str, count: int) -> str:
    """Say what counting by source gave."""
    return f"{WORD} in {source}: {count:,}"


def said_keyness(source: str, score: float, statistic: str) -> str:
    """Say what keyness gave."""
    return f"{WORD} in {source}: {statistic} {score:+.1f}"


def said_near(n_mentions: int, near: Mapping[tuple[str, str], Mapping[str, int]]) -> str:
    """Say what counting terms near names gave: counts by actor and source."""
    actor, source = min(near, key=lambda pair: (-sum(near[pair].values()), pair))
    return (
        f"{n_mentions:,} mentions, {sum(sum(found.values()) for found in near.values()):,} tokens "
        f"near; {WORD} near {actor} in {source}: {near[actor, source].get(WORD, 0):,}"
    )


def said_matches(n_mentions: int) -> str:
    """Say what looking for names alone gave."""
    return f"{n_mentions:,} mentions, nothing counted"
