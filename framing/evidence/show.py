"""Sentences to read in a notebook: escaped, with the item's words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framing.inert import shorter, shown
from framing.schema import EVIDENCE

CAPTION = "text-align: left; font-weight: bold; overflow-wrap: anywhere"
"""How the caption of a table looks in notebooks."""

_MOST_MARKS = 60
"""Marks shown in one sentence."""


@dataclass(frozen=True, eq=False, repr=False)
class Evidence:
    """Sentences to read, as `show_evidence` returns them: notebooks show them with the marks.

    Attributes
    ----------
    table : DataFrame
        The table of `evidence`.

    See Also
    --------
    framing.show_evidence : Makes one.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(60, seed=1))
    >>> rows = fr.term_frequency(corpus, terms="said")
    >>> fr.show_evidence(fr.evidence(rows, corpus, n=2, seed=1))
    Evidence(4 sentences of 1 row)
    """

    table: pd.DataFrame

    def __repr__(self) -> str:
        n, rows = len(self.table), self.table["row"].nunique()
        return (
            f"Evidence({n:,} sentence{'' if n == 1 else 's'} of "
            f"{rows:,} row{'' if rows == 1 else 's'})"
        )

    def _repr_html_(self) -> str:
        parts = self.table.groupby(["row", "item", "group"], sort=False, dropna=False)
        tables = "".join(_html_table(part) for _, part in parts)
        return f'<div class="framing-evidence">{tables}</div>'


def show_evidence(data: pd.DataFrame) -> Evidence:
    """Show the sentences of `evidence` to be read, the item's words marked.

    All text is shown and never obeyed: signs of HTML are escaped, characters that turn the
    direction of writing are written by name, such as `[U+202E]`, and each text stands in a frame of
    direction of its own. Words of more than 60 characters and runs of more than 800 without a mark
    are shortened with `…`; the table has them in full.

    Parameters
    ----------
    data
        A table of `evidence`, or any part of its rows.

    Returns
    -------
    Evidence
        An object that notebooks show as HTML, one table for each item and group of articles.

    Raises
    ------
    ValueError
        Where the table lacks a column, or its marks are not places in its text.
    TypeError
        Where `data` is not a DataFrame.

    See Also
    --------
    framing.evidence : Makes the table.
    framing.save_table : Writes it as a file.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(60, seed=1))
    >>> rows = fr.term_frequency(corpus, by="source", terms="said")
    >>> fr.show_evidence(fr.evidence(rows.head(1), corpus, n=1, seed=1))
    Evidence(2 sentences of 1 row)
    """
    EVIDENCE.check("show_evidence", data)
    for text, marks in zip(data["text"], data["marks"], strict=True):
        _places(text, marks)
    return Evidence(data.reset_index(drop=True))


def _html_table(part: pd.DataFrame) -> str:
    """Return the sentences of one item and group."""
    first = part.iloc[0]
    counts = part["chosen"].value_counts()
    said = " and ".join(f"{counts[name]:,} {name}" for name in ("typical", "random")
                        if name in counts)  # fmt: skip
    group = "" if first["group"] == "all" else f" · {first['group']}"
    title = (
        f"{first['items']}: {first['item']}{group} · {said} of {int(first['n_sentences']):,} "
        f"sentence{'' if first['n_sentences'] == 1 else 's'}"
    )
    names = ("chosen", "source", "date", "doc_id", "text")
    head = "".join(f'<th scope="col" style="text-align: left">{name}</th>' for name in names)
    rows = "".join(_html_row(part.iloc[place]) for place in range(len(part)))
    caption = f'<caption style="{CAPTION}"><bdi>{shown(shorter(title))}</bdi></caption>'
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _html_row(row: pd.Series[Any]) -> str:
    """Return one sentence."""
    date = row["date"]
    day = f"{date:%Y-%m-%d}" if isinstance(date, pd.Timestamp) else ""
    source = "" if pd.isna(row["source"]) else row["source"]
    style = (
        'style="text-align: left; vertical-align: top; white-space: normal; '
        'overflow-wrap: anywhere; max-width: 46em"'
    )
    small = 'style="text-align: left; vertical-align: top"'
    cells = "".join(
        f"<td {small}><bdi>{shown(shorter(str(value)))}</bdi></td>"
        for value in (row["chosen"], source, day, row["doc_id"])
    )
    text = _marked(str(row["text"]), _places(row["text"], row["marks"]))
    return f"<tr>{cells}<td {style}><bdi>{text}</bdi></td></tr>"


def _places(text: object, marks: object) -> list[tuple[int, int]]:
    """Return the places of the marks, those that overlap as one."""
    found: list[tuple[int, int]] = []
    pairs = re.fullmatch(r"(\d+:\d+( \d+:\d+)*)?", "" if pd.isna(marks) else str(marks))  # type: ignore[call-overload]
    spans = [tuple(map(int, one.split(":"))) for one in pairs[0].split()] if pairs else [(1, 0)]
    for first, last in sorted(spans):
        if not first < last <= len(str(text)):
            msg = (
                f"show_evidence: marks={marks!r} are not places in a text of {len(str(text)):,} "
                "characters. Pass the table of evidence() with its texts unchanged."
            )
            raise ValueError(msg)
        if found and first < found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _marked(text: str, places: list[tuple[int, int]]) -> str:
    """Return a text as HTML with its marks."""
    return "".join(
        f"<mark>{shown(piece)}</mark>" if mark else shown(piece)
        for piece, mark in _pieces(text, places)
    )


def _pieces(text: str, places: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Return the parts of a text in turn, shortened, and whether each is marked."""
    end = 0
    for first, last in places[:_MOST_MARKS]:
        yield shorter(text[end:first]), False
        yield shorter(text[first:last]), True
        end = last
    yield ("…" if len(places) > _MOST_MARKS else shorter(text[end:])), False
