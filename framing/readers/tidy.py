"""From the rows of one file to articles: columns, dates, texts, and what was wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd

from framing.readers import record as said
from framing.readers.columns import (
    STANDARD,
    host_of,
    rename,
    tidy_extra,
    to_strings,
    usable_id,
    without_nothing,
)
from framing.readers.damage import as_arrow, look, offsets_of
from framing.readers.dates import parse_dates
from framing.readers.mending import has_broken_quotes, mend
from framing.readers.record import KEPT, LEFT_OUT, MENDED, SET_TO_MISSING, Part, Problem, Settings

MENDED_KINDS = (
    said.HTML, said.ENTITIES, said.MOJIBAKE, said.BROKEN_QUOTES, said.CONTROLS, said.NOT_NFC,
)  # fmt: skip
KEPT_KINDS = (said.LOST_CHARACTERS, said.OTHER_SCRIPT)
_TEXTS = ("title", "text", "headings", "tags")


@dataclass
class Tidied:
    """The articles of one part, and what was wrong with it.

    Attributes
    ----------
    articles : DataFrame
        Standard columns as far as there are any, then the file's others.
    own : Series
        The articles' own ids; missing where they have none.
    problems : list of Problem
        `row` is now the position in `articles`, None where no article came of it.
    chosen : set of str
        The names in `columns=` that this part has.
    """

    articles: pd.DataFrame
    own: pd.Series
    problems: list[Problem]
    chosen: set[str] = field(default_factory=set)


class Log:
    """The problems of one part, written row by row or once for a whole file."""

    def __init__(self, part: Part, problems: Iterable[Problem]) -> None:
        self.part = part
        self.n_rows = len(part.rows)
        self.problems = list(problems)

    def each(
        self, kind: tuple[str, str, str], rows: Iterable[int], values: pd.Series | None = None
    ) -> None:
        """Record one problem for each of the rows; `kind` is what, action and field."""
        self._add(kind, rows, lambda row: None if values is None else values.iloc[row])

    def once(
        self,
        kind: tuple[str, str, str],
        rows: Sequence[int],
        show: Callable[[int], object] = lambda _: None,
    ) -> None:
        """Record one problem for all rows of a file; for files of one article one for each."""
        if self.part.origins is not None or not rows:
            self._add(kind, rows, show)
            return
        what, action, field = kind
        example = show(rows[0])
        value = said.several(len(rows), self.n_rows, "articles", example)
        self.problems.append(Problem(self.part.origin, what, action, value, field=field))

    def _add(
        self, kind: tuple[str, str, str], rows: Iterable[int], show: Callable[[int], object]
    ) -> None:
        part = self.part
        what, action, field = kind
        for row in rows:
            origin = part.origin if part.origins is None else part.origins[row]
            line = None if part.lines is None else int(part.lines[row])
            value = show(row)
            shown = said.shorten(value) if isinstance(value, str) else None
            self.problems.append(Problem(origin, what, action, shown, line, field, row))


def tidy(part: Part, settings: Settings) -> Tidied:
    """Return the articles of a part; none where it has no column of texts."""
    raw = part.rows if isinstance(part.rows, pd.DataFrame) else pd.DataFrame(part.rows)
    raw = raw.reset_index(drop=True)
    raw.columns = pd.Index([str(name) for name in raw.columns])
    table, renamed, found = rename(raw, settings.columns, part.origin)
    log = Log(part, [*part.problems, *renamed])
    chosen = set(settings.columns) & set(raw.columns)
    if "text" not in table.columns:
        value = f"columns: {', '.join(map(str, raw.columns))}"
        log.problems.append(
            Problem(part.origin, said.NO_TEXT_COLUMN, LEFT_OUT, said.shorten(value))
        )
        return Tidied(pd.DataFrame(), pd.Series(dtype="str"), log.problems, chosen)
    columns = {name: table[name] for name in table.columns}
    # The texts are large: no copy of them outlives the step that it was made for.
    part.rows = []
    del raw, table
    standard = {name: _standard(columns.pop(name), name) for name in STANDARD if name in columns}
    own, leftover = _own_ids(standard, found, log)
    standard = _with_facts(standard, settings, log)
    standard = _mended(standard, log)
    extra = {name: tidy_extra(column) for name, column in columns.items()}
    articles = pd.DataFrame({**standard, **_places(part, log.n_rows), **leftover, **extra})
    return _without_empty(Tidied(articles, own, log.problems, chosen), log)


def _standard(values: pd.Series, name: str) -> pd.Series:
    """Return a standard column as strings without white space around them; dates as they are."""
    if name == "date" and pd.api.types.is_datetime64_any_dtype(values.dtype):
        return values
    if name == "text" and values.dtype != "str":
        values = values.map(_paragraphs)
    strings = without_nothing(to_strings(values))
    return strings.mask(strings.isin(["NA", "unknown", "Unknown"])) if name == "date" else strings


def _paragraphs(value: object) -> object:
    """Return a list of paragraphs as one text."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n\n".join(value)
    return value


def _own_ids(
    standard: dict[str, pd.Series], found: dict[str, str], log: Log
) -> tuple[pd.Series, dict[str, pd.Series]]:
    """Return the articles' own ids, and the column itself where it cannot serve as the key."""
    values = standard.pop("doc_id", None)
    if values is None:
        return pd.Series(np.nan, index=range(log.n_rows), dtype="str"), {}
    name = next(name for name, kind in found.items() if kind == "doc_id")
    name = f"{name}_original" if name == "doc_id" else name
    if not usable_id(values):
        text = f"{values.nunique():,} different values in {len(values):,} rows: no key"
        log.problems.append(Problem(log.part.origin, said.DUPLICATE_ID, KEPT, text, field=name))
        return pd.Series(np.nan, index=values.index, dtype="str"), {name: values}
    missing = np.flatnonzero(values.isna()).tolist()
    log.each((said.NO_ID, MENDED, "doc_id"), missing, standard.get("title"))
    return values, {}


def _with_facts(
    standard: dict[str, pd.Series], settings: Settings, log: Log
) -> dict[str, pd.Series]:
    """Return the columns with source and date filled, from what the caller said or the address."""
    nothing = pd.Series(np.nan, index=range(log.n_rows), dtype="str")
    source = standard.get("source", nothing)
    if settings.source is not None:
        source = source.fillna(settings.source)
    if "url" in standard and source.isna().any():
        source = source.fillna(host_of(standard["url"]))
    if source.isna().any():
        log.once((said.NO_SOURCE, KEPT, "source"), np.flatnonzero(source.isna()).tolist())
    stated = standard.get("date", nothing)
    dates, wrong = parse_dates(stated, settings.date_order)
    _record_dates(stated, dates, wrong, log)
    if settings.date is not None:
        fill = pd.Timestamp(settings.date).as_unit("s")
        dates = dates.mask(stated.isna(), fill)
    absent = np.flatnonzero(stated.isna() & dates.isna()).tolist()
    log.once((said.NO_DATE, KEPT, "date"), absent)
    title = standard.get("title", nothing)
    first = {"source": source, "date": dates, "title": title, "text": standard["text"]}
    rest = [name for name in STANDARD if name in standard and name not in first]
    return first | {name: standard[name] for name in rest}


def _record_dates(stated: pd.Series, dates: pd.Series, wrong: np.ndarray, log: Log) -> None:
    """Record each date that could not be used, and those that name no day."""
    if not (wrong != "").any():
        return
    for what in sorted(set(wrong) - {""}):
        hit = wrong == what
        gone = np.flatnonzero(hit & dates.isna().to_numpy()).tolist()
        log.each((what, SET_TO_MISSING, "date"), gone, stated.astype("str"))
        kept = np.flatnonzero(hit & dates.notna().to_numpy()).tolist()
        log.once((what, KEPT, "date"), kept, partial(_around, stated, ""))


def _mended(standard: dict[str, pd.Series], log: Log) -> dict[str, pd.Series]:
    """Return the columns with their texts mended, one problem for each kind of damage."""
    texts = look(standard["text"])
    broken = has_broken_quotes(texts)
    new = dict(standard)
    for name in ("source", *_TEXTS):
        if name not in standard:
            continue
        seen = texts if name == "text" else look(standard[name])
        is_text = name == "text"
        new[name], kinds = mend(seen, markup=is_text, broken_quotes=broken and name in _TEXTS)
        for kind in (*MENDED_KINDS, *KEPT_KINDS):
            if kind == said.OTHER_SCRIPT and name != "text":
                continue
            action = MENDED if kind in MENDED_KINDS else KEPT
            if kind in _SIGNS:
                show = partial(_around, standard[name], _SIGNS[kind])
            else:
                show = partial(_at_change, standard[name], new[name])
            log.once((kind, action, name), kinds.get(kind, []), show)
    return new


_SIGNS = {
    said.HTML: "<", said.ENTITIES: "&", said.BROKEN_QUOTES: '"?', said.LOST_CHARACTERS: "\ufffd",
}  # fmt: skip


def _around(values: pd.Series, sign: str, row: int) -> str:
    """Return the piece of a text around the first place where a sign stands."""
    text = str(values.iloc[row])
    start = max(0, text.find(sign) - 25)
    return text[start : start + 60]


def _at_change(old: pd.Series, new: pd.Series, row: int) -> str:
    """Return the piece of a text around the first place where mending changed it."""
    text, mended = str(old.iloc[row]), str(new.iloc[row])
    pairs = enumerate(zip(text, mended, strict=False))
    place = next((i for i, (one, other) in pairs if one != other), 0)
    return text[max(0, place - 25) : place + 35]


def _places(part: Part, n_rows: int) -> dict[str, pd.Series]:
    """Return the columns that say where each article stood."""
    labels = [part.origin.label] * n_rows
    if part.origins is not None:
        labels = [origin.label for origin in part.origins]
    encodings = part.encodings
    if not isinstance(encodings, list):
        encodings = [encodings] * n_rows
    lines = [pd.NA] * n_rows if part.lines is None else part.lines
    return {
        "file": pd.Series(labels, dtype="str"),
        "line": pd.Series(lines, dtype="Int64"),
        "encoding": pd.Series(encodings, dtype="str"),
    }


def _without_empty(found: Tidied, log: Log) -> Tidied:
    """Return the articles that have a text; record the others, and those without a word."""
    import pyarrow.compute as pc

    texts = as_arrow(found.articles["text"])

    def lacks(pattern: str) -> np.ndarray:
        there = pc.fill_null(pc.match_substring_regex(texts, pattern), False)  # noqa: FBT003
        found: np.ndarray = ~there.to_numpy(zero_copy_only=False)
        return found

    empty = lacks(r"\S")
    no_words = lacks(r"\p{L}") & ~empty
    titles = found.articles["title"]
    log.each((said.NO_TEXT, LEFT_OUT, "text"), np.flatnonzero(empty).tolist(), titles)
    log.each(
        (said.NO_WORDS, KEPT, "text"), np.flatnonzero(no_words).tolist(), found.articles["text"]
    )
    found.problems = log.problems
    if not empty.any():
        return found
    place = np.cumsum(~empty) - 1
    found.problems = [
        problem
        if problem.row is None
        else problem._replace(row=None if empty[problem.row] else int(place[problem.row]))
        for problem in log.problems
    ]
    found.articles = _kept(found.articles, ~empty)
    found.own = found.own.loc[~empty].reset_index(drop=True)
    return found


def _kept(articles: pd.DataFrame, kept: np.ndarray) -> pd.DataFrame:
    """Return some of the articles; the texts, where what goes has no bytes, without a copy."""
    import pyarrow as pa

    texts = as_arrow(articles["text"])
    bounds = offsets_of(texts)
    if np.diff(bounds)[~kept].any():
        return articles.loc[kept].reset_index(drop=True)
    new = pa.py_buffer(bounds[np.append(kept, True)])
    slim = pa.LargeStringArray.from_buffers(int(kept.sum()), new, texts.buffers()[2])
    rest = articles.drop(columns="text").loc[kept].reset_index(drop=True)
    columns = {name: rest[name] if name != "text" else slim.to_pandas() for name in articles}
    return pd.DataFrame(columns)


def join_texts(parts: list[Part]) -> Part:
    """Return the one-article parts of a folder as one part."""
    rows: list[dict[str, object]] = []
    problems: list[Problem] = []
    origins = []
    encodings: list[str | None] = []
    for part in parts:
        problems += [
            problem if problem.row is None else problem._replace(row=len(rows))
            for problem in part.problems
        ]
        if not isinstance(part.rows, pd.DataFrame) and part.rows:
            rows.append(part.rows[0])
            origins.append(part.origin)
            encodings.append(part.encodings if isinstance(part.encodings, str) else None)
    return Part(parts[0].origin, rows, None, encodings, problems, origins)
