"""CSV, TSV and their kin: quick where the file is regular, careful where it is not."""

from __future__ import annotations

import csv
import io
import os
import re
import warnings
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from framing.readers.columns import KNOWN, numbers_from_strings, plain_name
from framing.readers.damage import as_arrow, places_of
from framing.readers.encodings import to_utf8
from framing.readers.record import (
    EMPTY_FILE,
    KEPT,
    LEFT_OUT,
    OPEN_QUOTE,
    RENAMED,
    TOO_LONG,
    TOO_SHORT,
    Origin,
    Part,
    Problem,
    Settings,
    shorten,
)

SUFFIXES = (".csv", ".tsv", ".tab", ".psv")
DELIMITERS = (",", ";", "\t", "|")
_HEAD = 65_536
_LARGE = 4 * 1024**2
_LINES_TO_SNIFF = 20
_MOST_OPEN_QUOTES = 20
_END = "\0end"
_LINE_END = re.compile(rb"\r\n|\n|\r")
_MOST_SHORT_ROWS = 1_000
_ROWS_TO_LOOK_AT = 20
_SEP = re.compile(rb"[\"']?sep=(.)[\"']?[ \t]*\r?\n", re.IGNORECASE)
_NAMES = frozenset(name for names in KNOWN.values() for name in names)


class Shape(NamedTuple):
    """How a file divides its rows: delimiter, header, and where the rows begin."""

    delimiter: str
    header: list[str]
    start: int
    line: int


def read_delimited(data: bytes, origin: Origin, settings: Settings) -> list[Part]:
    """Return the rows of a CSV file as strings under its own column names."""
    decoded = to_utf8(data, settings.encoding)
    problems = [Problem(origin, *finding) for finding in decoded.findings]
    data = decoded.data
    shape = find_shape(data, origin.name)
    if shape is None:
        problems.append(Problem(origin, EMPTY_FILE, LEFT_OUT))
        return [Part(origin, [], problems=problems)]
    names, renamed = _unique(shape.header)
    problems += [Problem(origin, RENAMED, KEPT, text) for text in renamed]
    found = _read_quickly(data, shape, names, origin=origin)
    if found is None:
        found = _read_carefully(data, shape, names, origin=origin, problems=problems)
    table, lines = found
    table = table.loc[:, [not _is_empty_trailer(table, name) for name in table.columns]]
    table = table.assign(
        **{
            name: numbers
            for name in table.columns
            if plain_name(name) not in _NAMES
            and (numbers := numbers_from_strings(table[name])).dtype != "str"
        }
    )
    return [Part(origin, table, lines, decoded.encoding, problems)]


def _is_empty_trailer(table: pd.DataFrame, name: str) -> bool:
    return name.startswith("unnamed_") and bool(table[name].isna().all())


def find_shape(data: bytes, name: str = "") -> Shape | None:
    """Return how a file divides its rows; None where it has none."""
    start, line, delimiter = 0, 1, None
    told = _SEP.match(data[:16])
    if told:
        delimiter, start, line = told[1].decode("ascii", errors="replace"), told.end(), 2
    head = data[start : start + _HEAD].decode("utf-8", errors="ignore")
    skipped = re.match(r"(?:[^\S\n\r]*(?:\r\n|\n|\r))*", head)
    if skipped and skipped.end():
        line += _count_breaks(skipped[0])
        start += len(skipped[0].encode())
        head = head[skipped.end() :]
    if not head.strip():
        return None
    if delimiter is None:
        delimiter = sniff(head, name)
    reader = csv.reader(_lines(data[start:] if '"' in head else head.encode()), delimiter=delimiter)
    with _any_field_size():
        header = next(reader)
    end = _end_of_line(data, start, reader.line_num)
    return Shape(delimiter, [field.strip() for field in header], end, line + reader.line_num)


def _count_breaks(text: str) -> int:
    return len(re.findall(r"\r\n|\n|\r", text))


def _lines(data: bytes) -> Iterator[str]:
    return iter(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="ignore", newline=""))


def _end_of_line(data: bytes, start: int, n_lines: int) -> int:
    """Return the place behind so many lines."""
    for match in _LINE_END.finditer(data, start):
        n_lines -= 1
        if not n_lines:
            return match.end()
    return len(data)


def sniff(head: str, name: str = "") -> str:
    """Return the delimiter that gives the head of a file the most regular rows."""
    best, best_score = ("\t" if name.lower().endswith((".tsv", ".tab")) else ","), (0, 0.0, 0)
    whole = head if len(head) < _HEAD // 4 else head[: head.rfind("\n") + 1] or head
    for delimiter in sorted(DELIMITERS, key=lambda option: option != best):
        try:
            with _any_field_size():
                reader = csv.reader(io.StringIO(whole, newline=""), delimiter=delimiter)
                rows = [row for row in islice(reader, _LINES_TO_SNIFF) if row]
        except csv.Error:
            continue
        width = len(rows[0]) if rows else 0
        if width < 2:
            continue
        known = sum(plain_name(field) in _NAMES for field in rows[0])
        even = sum(len(row) == width for row in rows) / len(rows)
        score = (known, even, width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _unique(header: list[str]) -> tuple[list[str], list[str]]:
    """Return column names that each occur once, and what was renamed."""
    names: list[str] = []
    renamed = []
    for place, name in enumerate(header, start=1):
        final, number = name or f"unnamed_{place}", 1
        while final in names or (number > 1 and final in header):
            number += 1
            final = f"{name or 'unnamed'}_{number}"
        if name and final != name:
            renamed.append(f"the second {name!r} is now {final!r}")
        names.append(final)
    return names, renamed


def _read_quickly(
    data: bytes, shape: Shape, names: list[str], *, origin: Origin
) -> tuple[pd.DataFrame, np.ndarray] | None:
    """Return the rows by pandas' own reader; None where the file is not quite regular."""
    if shape.start >= len(data) or (b"\r" in data and b"\r" in data.replace(b"\r\n", b"")):
        return None
    handle = io.BytesIO(data)
    options: dict[str, Any] = {
        "sep": shape.delimiter, "header": None, "names": names, "na_values": [""],
        "keep_default_na": False,
    }  # fmt: skip
    try:
        # Columns of text are read quicker without a dtype; the others would become numbers.
        handle.seek(shape.start)
        head = pd.read_csv(handle, nrows=_ROWS_TO_LOOK_AT, **options)
        options["dtype"] = {name: "str" for name in names if head[name].dtype != "str"}
        table = _read_by_path(data, shape, origin, options)
        if table is None:
            handle.seek(shape.start)
            table = pd.read_csv(handle, low_memory=False, **options)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError):
        return None
    if not isinstance(table.index, pd.RangeIndex) or not len(table):
        return None
    starts = _starts(data, shape, table)
    if starts is None:
        return None
    line_starts, places = starts
    if not _all_complete(data, shape, table, starts=line_starts, places=places):
        return None
    blank = table.isna().all(axis=1).to_numpy()
    if blank.any():
        return table.loc[~blank].reset_index(drop=True), (shape.line + places)[~blank]
    return table, shape.line + places


def _read_by_path(
    data: bytes, shape: Shape, origin: Origin, options: dict[str, Any]
) -> pd.DataFrame | None:
    """Return the rows of a large file by its path, which pandas reads in several threads.

    None where its bytes are not the file's own, or where the threads found different types.
    """
    if len(data) < _LARGE or shape.line != 2 or origin.member is not None:
        return None
    path = Path(origin.file)
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size != len(data) or file.read(_HEAD) != data[:_HEAD]:
                return None
    except OSError:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pd.errors.DtypeWarning)
        table = pd.read_csv(path, compression=None, **{**options, "header": 0})
    return table if (table.dtypes == "str").all() else None


def _starts(data: bytes, shape: Shape, table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray] | None:
    """Return where each line of the rows begins, and the number of the line of each row.

    None where blank lines or the like make it unclear which line a row stands on.
    """
    rest = np.frombuffer(data, dtype=np.uint8)[shape.start :]
    breaks = places_of(rest, lambda piece: piece == ord("\n"))
    n_lines = len(breaks) + (len(rest) > 0 and rest[-1] != ord("\n"))
    starts = np.concatenate([[0], breaks + 1])[:n_lines] + shape.start
    if n_lines == len(table):
        return starts, np.arange(len(table))
    inside = np.zeros(len(table), dtype=np.int64)
    for name in table.columns:
        inside += _breaks_inside(table[name])
    places = np.concatenate([[0], np.cumsum(inside + 1)])
    return (starts, places[:-1]) if places[-1] == n_lines else None


def _breaks_inside(values: pd.Series) -> np.ndarray:
    import pyarrow.compute as pc

    counts = pc.fill_null(pc.count_substring(as_arrow(values), "\n"), 0)
    found: np.ndarray = counts.to_numpy(zero_copy_only=False)
    return found


def _all_complete(
    data: bytes, shape: Shape, table: pd.DataFrame, *, starts: np.ndarray, places: np.ndarray
) -> bool:
    """Return whether no row is shorter than the header.

    pandas fills short rows up without a word. Only a row without a value in the last column can
    be one, so only those are looked at again.
    """
    empty = np.flatnonzero(table.iloc[:, -1].isna().to_numpy())
    if len(empty) > _MOST_SHORT_ROWS:
        return False
    ends = np.append(places[1:], len(starts))
    limits = np.append(starts, len(data))
    for row in empty.tolist():
        line = data[limits[places[row]] : limits[ends[row]]].decode("utf-8", errors="replace")
        with _any_field_size():
            fields = next(csv.reader(io.StringIO(line, newline=""), delimiter=shape.delimiter), [])
        if len(fields) != len(table.columns):
            return False
    return True


class _any_field_size:
    """Let the csv module read fields of any size, and leave its limit as it was."""

    def __enter__(self) -> None:
        self.before = csv.field_size_limit(2**31 - 1)

    def __exit__(self, *_: object) -> None:
        csv.field_size_limit(self.before)


def _read_carefully(
    data: bytes, shape: Shape, names: list[str], *, origin: Origin, problems: list[Problem]
) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the rows one by one, and record those that have too few or too many fields."""
    text = data[shape.start :].decode("utf-8", errors="replace")
    rows: list[list[str]] = []
    lines: list[int] = []
    width = len(names)
    for line, fields in _records(text, shape, origin, problems):
        while len(fields) > width and not fields[-1].strip():
            fields.pop()
        if not any(map(str.strip, fields)):
            continue
        if len(fields) > width:
            value = f"{len(fields):,} fields, not {width:,}: {' | '.join(fields)[:400]}"
            problems.append(Problem(origin, TOO_LONG, LEFT_OUT, shorten(value), line))
            continue
        if len(fields) < width:
            value = f"{len(fields):,} fields, not {width:,}: {' | '.join(fields)[:400]}"
            problems.append(Problem(origin, TOO_SHORT, KEPT, shorten(value), line, None, len(rows)))
            fields += [""] * (width - len(fields))
        rows.append(fields)
        lines.append(line)
    columns = {
        name: pd.Series([fields[place] for fields in rows], dtype="str")
        for place, name in enumerate(names)
    }
    table = pd.DataFrame(columns, columns=names)
    return table.mask(table == ""), np.array(lines, dtype=np.int64)


def _records(
    text: str, shape: Shape, origin: Origin, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """Yield line and fields of each row; a quotation mark that never closes costs one line."""
    lines = list(io.StringIO(text, newline=""))
    start, tries = 0, 0
    while start < len(lines):
        opened = None
        before = 0
        # The line added at the end is a row of its own, unless a quotation mark is still open.
        reader = csv.reader(chain(lines[start:], [_END]), delimiter=shape.delimiter)
        with _any_field_size():
            for fields in reader:
                if fields[-1:] and fields[-1].endswith(_END):
                    opened = None if fields == [_END] else start + before
                    break
                yield shape.line + start + before, fields
                before = reader.line_num
        if opened is None:
            return
        tries += 1
        given_up = tries == _MOST_OPEN_QUOTES
        value = f"and {len(lines) - opened:,} lines from here" if given_up else lines[opened]
        problems.append(Problem(origin, OPEN_QUOTE, LEFT_OUT, shorten(value), shape.line + opened))
        start = len(lines) if given_up else opened + 1
