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

REST = "rest"
"""The reference that is all other articles."""

STORIES = ("story", "event")

LEFT_OUT = "left out"
"""What a row of an attrition is about: the articles that its step left out."""

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
    rows : list of int
        Numbers of the rows of the result that ask for it.
    items : str
        What the item is: `term`, `collocate`, `pair`, `topic`, `story`, `sequence`, `left out` or a
        column of mentions.
    item : hashable
        The item, as the row has it.
    about : dict
        The row.
    group : str
        The articles, in words.
    inside : array of bool
        For each row of the corpus whether it is one of them.
    """

    rows: list[int]
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
            request = Request([], items, item, about, group, inside)
            found.setdefault((items, item, group), request).rows.append(number)
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
    if {"step", "name", "n_left_out"} <= set(about):
        return LEFT_OUT, str(about["name"])
    if "sequence" in about:
        return "sequence", str(about["sequence"])
    msg = (
        f"evidence: rows has the columns {listing(about)}, none of which names an item. It needs "
        "'term', 'items' and 'item', 'actor', 'country', 'topic', 'story', 'sequence' or 'step': "
        "pass rows of a result."
    )
    raise ValueError(msg)


def _groups_of(
    about: dict[str, Any], items: str, articles: pd.DataFrame
) -> Iterator[tuple[str, _Bools]]:
    """Return the articles that a row is about; a comparison has two sides."""
    inside = np.ones(len(articles), dtype=bool)
    own, said = inside, []
    names = [] if items in STORIES else [
        name for name in about
        if name in articles.columns and name != items and _divides(name, about)
        and not (items == "sequence" and name == "doc_id")  # its first article only
    ]  # fmt: skip
    for name in names:
        own = own & _same(articles[name], about[name])
    if "period" in about and "freq" in about:
        inside = inside & _in_period(articles, about)
        said.append(f"period: {_named(about['period'])}")
    if not _is_missing(about.get("stratum")) and about.get("strata") in articles.columns:
        inside = inside & (articles[about["strata"]].map(_named) == str(about["stratum"]))
        said.append(f"{about['strata']}: {about['stratum']}")
    if about.get("part", "all") != "all":
        said.append(f"part: {about['part']}")
    inside = np.asarray(inside, dtype=bool)
    groups = [f"{name}: {_named(about[name])}" for name in names]
    if not _is_missing(about.get("target")):
        for side, chosen in _sides(about, articles):
            yield "; ".join([*groups, *said, side]), inside & own & chosen
        return
    yield "; ".join([*groups, *said]) or "all", inside & own
    if names and not _is_missing(about.get("reference")):
        reference = str(about["reference"])
        known = articles[names].map(str).agg(", ".join, axis=1) == reference
        other = ~own if reference == REST else known.to_numpy(dtype=bool)
        side = f"{', '.join(names)}: {reference}"
        yield "; ".join([*said, side]), inside & other


def _sides(about: dict[str, Any], articles: pd.DataFrame) -> Iterator[tuple[str, _Bools]]:
    """Return target and reference of a row, in words, and which articles they are."""
    by = about.get("by")
    if not isinstance(by, str) or by not in articles.columns:
        msg = (
            f"evidence: rows compares by={by!r}, which is not a column of the articles. They have "
            f"{listing(articles.columns)}. Pass the corpus that the table was made from."
        )
        raise ValueError(msg)
    values = articles[by].map(_named)
    is_target = (values == str(about["target"])).to_numpy(dtype=bool)
    reference = str(about.get("reference", REST))
    is_reference = (values == reference).to_numpy(dtype=bool)
    yield f"{by}: {about['target']}", is_target
    yield f"{by}: {reference}", ~is_target if reference == REST else is_reference


def _divides(name: str, about: dict[str, Any]) -> bool:
    """Return whether a column of the row divides the articles: it is none of the result's own."""
    if name in _OWN:
        return True
    if name in _ITEM_OR_GROUP:
        return bool({"term", "item", "first"} & set(about))
    return name not in _KNOWN


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
