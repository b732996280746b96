"""What the rows of a result ask for: which item, in which articles."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import listing
from framing.corpus import Corpus
from framing.mentions.places import ITEMS
from framing.schema import TABLES

_Bools = npt.NDArray[np.bool_]

STORIES = ("story", "event")

_OWN = {"doc_id", "source", "date"}
"""Columns that several tables document and that are the articles' own all the same."""

_ITEM_OR_GROUP = {*ITEMS, *STORIES, "topic"}
"""Columns that name the item of some tables and may divide the articles in others."""

_KNOWN = {column.name for table in TABLES.values() for column in table.columns} | {*STORIES}


@dataclass(frozen=True)
class Request:
    """One item in some articles.

    Attributes
    ----------
    row : int
        Number of the row of the result.
    items : str
        What the item is: `term`, `collocate`, `pair`, `topic`, `story` or a column of mentions.
    item : hashable
        The item, as the row has it.
    about : dict
        The row.
    group : str
        The articles, in words.
    inside : array of bool
        For each row of the corpus whether it is one of them.
    """

    row: int
    items: str
    item: Hashable
    about: dict[str, Any]
    group: str
    inside: _Bools


def requests_of(rows: pd.DataFrame, corpus: Corpus, *, has_model: bool) -> list[Request]:
    """Return what each row asks for, each item and group once, in the order of the rows."""
    articles = corpus.articles
    _check_columns(rows, articles)
    found: dict[tuple[str, Hashable, str], Request] = {}
    for number, values in enumerate(rows.to_dict("records")):
        about = {str(name): value for name, value in values.items()}
        items, item = _item_of(about, articles, has_model=has_model)
        for group, inside in _groups_of(about, items, articles):
            request = Request(number, items, item, about, group, inside)
            found.setdefault((items, item, group), request)
    return list(found.values())


def _check_columns(rows: pd.DataFrame, articles: pd.DataFrame) -> None:
    """Raise where a column may divide articles, but those of the corpus do not have it."""
    strange = [
        name
        for name in rows.columns
        if name not in articles.columns
        and name not in _KNOWN
        and not pd.api.types.is_float_dtype(rows[name])
    ]
    # An actor beside a term is a group: that of the corpus of contexts.
    beside = [name for name in ITEMS if "term" in rows.columns and name in rows.columns]
    strange += [name for name in beside if name not in articles.columns]
    if strange:
        msg = (
            f"evidence: rows has the column {listing(strange)}, which the articles of the corpus "
            "lack, so which articles are meant is not known. Pass the corpus that the table was "
            f"made from, or drop it with rows.drop(columns={strange!r})."
        )
        raise ValueError(msg)


def _item_of(
    about: dict[str, Any], articles: pd.DataFrame, *, has_model: bool
) -> tuple[str, Hashable]:
    """Return what a row is about."""
    if "item" in about and "items" in about:
        return str(about["items"]), str(about["item"])
    if has_model and "topic" in about:
        return "topic", int(about["topic"])
    if "node" in about and "term" in about:
        return "collocate", (str(about["node"]), int(about["window"]), str(about["term"]))
    if "first" in about and "second" in about:
        return "pair", (str(about["first"]), str(about["second"]))
    if "term" in about:
        return "term", str(about["term"])
    for name in (*ITEMS, *STORIES):
        if name in about and (name in STORIES or name not in articles.columns):
            return name, about[name] if name in STORIES else str(about[name])
    if "topic" in about:
        return "topic", int(about["topic"])
    msg = (
        f"evidence: rows has the columns {listing(about)}, none of which names an item. It needs "
        "'term', 'items' and 'item', 'actor', 'country', 'topic' or 'story': pass rows of a result."
    )
    raise ValueError(msg)


def _groups_of(
    about: dict[str, Any], items: str, articles: pd.DataFrame
) -> Iterator[tuple[str, _Bools]]:
    """Return the articles that a row is about; a comparison has two sides."""
    inside = np.ones(len(articles), dtype=bool)
    said = []
    for name in articles.columns if items not in STORIES else []:
        if name in about and name != items and _divides(name, about):
            inside &= _same(articles[name], about[name])
            said.append(f"{name}: {_named(about[name])}")
    if "period" in about and "freq" in about:
        inside &= _in_period(articles, about)
        said.append(f"period: {_named(about['period'])}")
    if about.get("part", "all") != "all":
        said.append(f"part: {about['part']}")
    if "target" not in about or _is_missing(about["target"]):
        yield "; ".join(said) or "all", inside
        return
    by = _compared(about, articles)
    sides = articles[by].map(_named)
    target, reference = str(about["target"]), str(about.get("reference", "rest"))
    is_target = (sides == target).to_numpy()
    known = (sides == reference).to_numpy()
    is_reference = known if known.any() and reference != "rest" else ~is_target
    for side, chosen in ((target, is_target), (reference, is_reference)):
        own = f"{by}: {side}"
        here = inside & chosen if own not in said else inside
        if here.any():
            yield "; ".join(dict.fromkeys([*said, own])), here


def _divides(name: str, about: dict[str, Any]) -> bool:
    """Return whether a column of the row divides the articles: it is none of the result's own."""
    if name in _OWN:
        return True
    if name in _ITEM_OR_GROUP:
        return bool({"term", "item", "first"} & set(about))
    return name not in _KNOWN


def _compared(about: dict[str, Any], articles: pd.DataFrame) -> str:
    """Return the column whose values a row compares."""
    by = about.get("by")
    if not isinstance(by, str) or by not in articles.columns:
        msg = (
            f"evidence: rows compares by={by!r}, which is not a column of the articles. They have "
            f"{listing(articles.columns)}. Pass the corpus that the table was made from."
        )
        raise ValueError(msg)
    return by


def _in_period(articles: pd.DataFrame, about: dict[str, Any]) -> _Bools:
    """Return which articles appeared in the period of a row of a trend."""
    first = pd.Timestamp(about["period"])
    steps = {"D": {"days": 1}, "W": {"weeks": 1}, "MS": {"months": 1}, "QS": {"months": 3}}
    after = first + pd.DateOffset(**steps.get(str(about["freq"]), {"years": 1}))  # type: ignore[arg-type]
    dates = articles["date"]
    return ((dates >= first) & (dates < after)).to_numpy(dtype=bool)


def _same(column: pd.Series[Any], value: object) -> _Bools:
    """Return where a column has a value; a missing one is the same as others that are missing."""
    if _is_missing(value):
        return column.isna().to_numpy(dtype=bool)
    same: _Bools = (column == value).fillna(value=False).to_numpy(dtype=bool)
    return same


def _is_missing(value: object) -> bool:
    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]


def _named(value: object) -> str:
    """Return a value in words, dates without a time of 0:00."""
    if _is_missing(value):
        return "missing"
    return str(value).removesuffix(" 00:00:00")
