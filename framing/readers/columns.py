"""Which column of a file is which, and values that stand for nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from framing.readers.damage import as_arrow
from framing.readers.record import KEPT, RENAMED, Origin, Problem

# For each column of the toolkit the names that files use, the surest first.
KNOWN = {
    "doc_id": ("doc_id", "article_id", "articleid", "docid", "document_id", "id", "guid", "uuid"),
    "text": (
        "text", "content", "body", "article_content", "article_text", "body_text", "text_body",
        "full_text", "fulltext", "maintext", "main_text", "content_original", "article_body",
        "articlebody", "article", "story", "plain_text", "raw_text",
    ),
    "title": ("title", "headline", "article_title", "head_line", "news_title", "hed", "heading"),
    "date": (
        "date", "publish_date", "published_at", "publishedat", "published", "pub_date", "pubdate",
        "publication_date", "date_published", "datepublished", "date_publish", "publishdate",
        "published_date", "article_date", "news_date", "first_published", "datetime", "timestamp",
        "created_at", "seendate",
    ),
    "source": (
        "source", "outlet", "publisher", "newspaper", "publication", "source_name", "outlet_name",
        "news_source", "news_outlet", "publication_name", "publisher_name", "site_name", "sitename",
        "media", "media_name", "medium", "agency", "site", "source_domain", "domain",
    ),
    "url": (
        "url", "link", "article_url", "article_link", "article_source_link", "source_link",
        "web_url", "weburl", "permalink", "canonical_link", "canonical_url", "page_url", "uri",
        "href",
    ),
    "headings": ("headings",),
    "tags": ("tags",),
    "country": ("country",),
}  # fmt: skip
STANDARD = tuple(KNOWN)
OURS = ("file", "line", "encoding")
# What exports write where there is nothing. `NA` is not among them for texts and sources.
NOTHING = frozenset(("nan", "NaN", "None", "null", "NULL", "NaT", "N/A", "#N/A", "<NA>"))
# A column of outlets under the name `id` is no key: its values come back again and again.
_LEAST_DISTINCT = 0.5
_HOST = r"^\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/@\s]*@)?(?:[wW]{3}\.)?([^/:?#\s]+)"
_BARE_HOST = r"^\s*(?:[wW]{3}\.)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?:[/:?#]|\s*$)"


def plain_name(name: object) -> str:
    """Return a column name in lower case, with `_` for spaces, hyphens and dots."""
    return re.sub(r"[\s.\-]+", "_", str(name).strip()).lower()


def recognise(
    names: Iterable[str], filled: Iterable[bool], chosen: Mapping[str, str]
) -> dict[str, str]:
    """Return the standard name for each column that has one.

    Parameters
    ----------
    names
        The column names of a file.
    filled
        For each of them whether any row has a value.
    chosen
        The caller's choice: the file's name to the standard name.
    """
    names = list(names)
    has_values = dict(zip(names, filled, strict=True))
    taken = {name: chosen[name] for name in names if name in chosen}
    for standard, candidates in KNOWN.items():
        if standard in taken.values():
            continue
        fits = [
            (not has_values[name], candidates.index(plain_name(name)), name != standard, place)
            for place, name in enumerate(names)
            if name not in taken and plain_name(name) in candidates
        ]
        if fits:
            taken[names[min(fits)[-1]]] = standard
    return taken


def rename(
    table: pd.DataFrame, chosen: Mapping[str, str], origin: Origin
) -> tuple[pd.DataFrame, list[Problem], dict[str, str]]:
    """Return a table under the standard names, and what had to make way for them.

    No column is lost: one that is not recognised but bears a name of the toolkit's own gets
    `_original` behind it.
    """
    problems: list[Problem] = []
    found = recognise(table.columns, table.notna().any().tolist(), chosen)
    reserved = {*found.values(), "doc_id", *OURS}
    new: list[str] = []
    for name in table.columns:
        final = found.get(name, name)
        if name not in found and name in reserved:
            final = f"{name}_original"
        base, number = final, 1
        while final in new or (final != name and name not in found and final in table.columns):
            number += 1
            final = f"{base}_{number}"
        if name not in found and final != name:
            problems.append(
                Problem(origin, RENAMED, KEPT, f"{name!r} is now {final!r}", field=final)
            )
        new.append(final)
    return table.set_axis(new, axis="columns"), problems, found


def to_strings(values: pd.Series) -> pd.Series:
    """Return a column as strings: whole numbers without a point, lists joined, missing kept."""
    if values.dtype == "str":
        return values
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return values.map(lambda value: value.isoformat(), na_action="ignore").astype("str")
    return pd.Series([_string(value) for value in values], index=values.index, dtype="str")


def _string(value: object) -> object:
    """Return one value as a string, or missing."""
    if isinstance(value, str):
        return value
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return np.nan
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return value["name"]  # {"id": "bbc-news", "name": "BBC News"}, as news services write it
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return "; ".join(value) if value else np.nan
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def without_nothing(values: pd.Series) -> pd.Series:
    """Return strings stripped, and missing where they are empty or stand for nothing."""
    import pyarrow.compute as pc

    stripped = pc.utf8_trim_whitespace(as_arrow(values))
    short = pc.less_equal(pc.binary_length(stripped), 4)
    nothing = pc.is_in(stripped, value_set=_nothing_set())
    empty = pc.and_(short, pc.or_(nothing, pc.equal(stripped, "")))
    if pc.any(empty).as_py():
        stripped = pc.if_else(empty, None, stripped)
    column: pd.Series = stripped.to_pandas()
    return column.astype("str").set_axis(values.index)


def _nothing_set() -> Any:
    import pyarrow as pa

    return pa.array(sorted(NOTHING), pa.large_string())


def tidy_extra(values: pd.Series) -> pd.Series:
    """Return a further column with one plain type: numbers, dates, booleans or strings."""
    kind = values.dtype
    if pd.api.types.is_datetime64_any_dtype(kind):
        return pd.to_datetime(values, utc=True).dt.tz_localize(None)
    if pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_bool_dtype(kind):
        return values
    if values.dtype != "str":
        there = values.dropna()
        if len(there) and there.map(lambda value: isinstance(value, (bool, np.bool_))).all():
            return values if len(there) < len(values) else values.astype(bool)
        if len(there) and there.map(lambda value: type(value) in (int, float)).all():
            return _narrowed(pd.to_numeric(values, errors="coerce"), values)
    return to_strings(values)


def _narrowed(numbers: pd.Series, values: pd.Series) -> pd.Series:
    """Return numbers where none was lost on the way, else strings."""
    exact = numbers.notna().sum() == values.notna().sum() and numbers.abs().max() < 2**53
    return numbers if exact else to_strings(values)


def numbers_from_strings(values: pd.Series) -> pd.Series:
    """Return a column of a text file as numbers where every value is one, written plainly.

    `007` and `1e5` stay strings: they are codes more often than numbers.
    """
    if values.dtype != "str":
        return values
    there = values.dropna()
    if (
        there.empty
        or not there.head(100).str.fullmatch(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?").all()
    ):
        return values
    if not there.str.fullmatch(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?").all():
        return values
    numbers: pd.Series = pd.to_numeric(values, errors="coerce")
    return numbers


def host_of(urls: pd.Series) -> pd.Series:
    """Return the host of each web address, without `www.`; missing where there is none."""
    search, bare = re.compile(_HOST).match, re.compile(_BARE_HOST).match
    hosts = [
        None if url is None else (found := search(url) or bare(url)) and found[1].lower()
        for url in as_arrow(urls).to_pylist()
    ]
    return pd.Series(hosts, index=urls.index, dtype="str")


def usable_id(values: pd.Series) -> bool:
    """Return whether a column can be the articles' own key."""
    there = values.dropna()
    return len(there) > 0 and there.nunique() >= _LEAST_DISTINCT * len(values)
