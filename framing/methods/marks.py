"""Sentences with marks for what formats write differently: citations and the names of columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from framing.escaping import clean, escape_latex, escape_markdown
from framing.methods.references import reference

_CITE, _NAME, _END = "\ue000", "\ue001", "\ue002"
_MARKED = re.compile(f"([{_CITE}{_NAME}])(.*?){_END}")
_MOST_SIGNS = 80

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def cite(*keys: str) -> str:
    """Return the mark of a citation; the space before it is the caller's."""
    return f"{_CITE}{','.join(keys)}{_END}"


def column(name: object) -> str:
    """Return the mark of the name of a column."""
    return f"{_NAME}{named(name)}{_END}"


def cited(sentences: Iterable[str]) -> list[str]:
    """Return the keys that sentences cite, each once, in their order."""
    keys = [
        key
        for one in sentences
        for mark, content in _MARKED.findall(one)
        if mark == _CITE
        for key in content.split(",")
    ]
    return list(dict.fromkeys(keys))


def plain(marked: str) -> str:
    """Return a sentence for reading."""
    return _written(marked, str, lambda keys: f"({_shorts(keys)})", str)


def markdown(marked: str) -> str:
    """Return a sentence for Markdown, with the citations of Pandoc."""

    def name(content: str) -> str:
        return f"`{content}`" if not re.search(r"[`|<>&]", content) else escape_markdown(content)

    def citation(keys: list[str]) -> str:
        return f"[{'; '.join('@' + key for key in keys)}]"

    return _written(marked, escape_markdown, citation, name)


def shown(marked: str) -> str:
    r"""Return a sentence for a notebook: Markdown, with citations that can be read."""
    return _written(marked, escape_markdown, lambda keys: f"({_shorts(keys)})", escape_markdown)


def latex(marked: str) -> str:
    r"""Return a sentence for LaTeX, with `\citep` of natbib."""

    def citation(keys: list[str]) -> str:
        return rf"\citep{{{','.join(keys)}}}"

    return _written(
        marked, escape_latex, citation, lambda content: rf"\texttt{{{escape_latex(content)}}}"
    )


FORMATS: dict[str, Callable[[str], str]] = {"plain": plain, "markdown": markdown, "latex": latex}


def _shorts(keys: list[str]) -> str:
    return "; ".join(reference(key).short for key in keys)


def _written(
    marked: str,
    text: Callable[[str], str],
    citation: Callable[[list[str]], str],
    name: Callable[[str], str],
) -> str:
    """Return a sentence with its marks written out and all else escaped."""
    found, place = [], 0
    for match in _MARKED.finditer(marked):
        found.append(text(marked[place : match.start()]))
        mark, content = match.groups()
        found.append(citation(content.split(",")) if mark == _CITE else name(content))
        place = match.end()
    return "".join([*found, text(marked[place:])])


def named(value: object) -> str:
    """Return a value of the data as text of one line; what would be a mark is left out."""
    if isinstance(value, float | np.floating) and float(value).is_integer():
        value = int(value)
    if isinstance(value, pd.Timestamp):
        return day(value)
    text = clean(value)
    return text if len(text) <= _MOST_SIGNS else text[: _MOST_SIGNS - 1].rstrip() + "…"


def day(date: pd.Timestamp) -> str:
    """Return a date in words: `7 February 2017`."""
    return f"{date.day} {date.month_name()} {date.year}"


def counted(number: float, one: str, many: str = "") -> str:
    """Return a number with its noun: `one article`, `3,788 articles`."""
    said = SMALL[int(number)] if 0 <= number < len(SMALL) else f"{number:,.0f}"
    return f"{said} {one if number == 1 else many or one + 's'}"


def listed(values: Iterable[object], *, most: int = 8, last: str = "and") -> str:
    """Return values of the data as a list in words, at most so many of them."""
    return together(map(named, values), most=most, last=last)


def together(texts: Iterable[str], *, most: int = 20, last: str = "and") -> str:
    """Return texts, which may have marks, as a list in words, at most so many of them."""
    every = list(texts)
    if len(every) > most:
        return f"{', '.join(every[: most - 1])} {last} {len(every) - most + 1:,} others"
    return f" {last} ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)


def sentence(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
