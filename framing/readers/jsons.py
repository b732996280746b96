"""JSON and JSON Lines, whole, damaged or cut in the middle."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np

from framing.readers.encodings import to_utf8
from framing.readers.record import (
    CUT_OFF,
    DAMAGED,
    EMPTY_FILE,
    KEPT,
    LEFT_OUT,
    NOT_A_RECORD,
    Origin,
    Part,
    Problem,
    Settings,
    shorten,
)

SUFFIXES = (".json", ".jsonl", ".ndjson", ".jsonlines")
LISTS = ("articles", "docs", "documents", "data", "results", "items", "records", "rows", "hits",
         "response", "entries", "stories", "news")  # fmt: skip
_RECORD = re.compile(r"\{")
_NEXT_RECORD = re.compile(r"(?<=[}\]\n,])\s*\{")
_MOST_DAMAGE = 1_000
_DEEPEST = 3


def read_json(data: bytes, origin: Origin, settings: Settings) -> list[Part]:
    """Return the records of a JSON or JSON Lines file."""
    decoded = to_utf8(data, settings.encoding)
    problems = [Problem(origin, *finding) for finding in decoded.findings]
    text = decoded.data.decode("utf-8", errors="replace")
    if not text.strip():
        problems.append(Problem(origin, EMPTY_FILE, LEFT_OUT))
        return [Part(origin, [], problems=problems)]
    found = None
    if not origin.name.lower().endswith((".jsonl", ".ndjson", ".jsonlines")):
        found = _read_whole(text, origin, problems)
    if found is None and _has_lines(text):
        found = _read_lines(text, origin, problems)
    if found is None:
        found = _read_pieces(text, origin, problems)
    records, places = found
    return [Part(origin, records, np.array(places, dtype=np.int64), decoded.encoding, problems)]


Found = tuple[list[dict[str, object]], list[int]]


def _read_whole(text: str, origin: Origin, problems: list[Problem]) -> Found | None:
    """Return the records of a file that is one JSON value; None where it is not."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    items = _list_in(value)
    records, places = [], []
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            records.append(item)
            places.append(number)
        else:
            problems.append(Problem(origin, NOT_A_RECORD, LEFT_OUT, shorten(item), number))
    return records, places


def _list_in(value: Any, depth: int = 0) -> list[Any]:
    """Return the list of records in a JSON value: itself, or the one under a usual key."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and depth < _DEEPEST:
        for key in LISTS:
            inner = value.get(key)
            if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
                return inner
            if isinstance(inner, dict) and len(_list_in(inner, depth + 1)) > 1:
                return _list_in(inner, depth + 1)
        columns = [inner for inner in value.values() if isinstance(inner, dict)]
        if len(columns) == len(value) > 0:
            return columns  # {"id 1": {…}, "id 2": {…}}
    return [value]


def _has_lines(text: str) -> bool:
    """Return whether each of the first lines begins a record of its own."""
    lines = [line for line in text[:65_536].split("\n")[:5] if line.strip()]
    return sum(line.lstrip().startswith("{") for line in lines) >= max(1, len(lines) - 1) and (
        len(lines) > 1 or not text.lstrip().startswith("[")
    )


def _read_lines(text: str, origin: Origin, problems: list[Problem]) -> Found | None:
    """Return one record a line; None where no line is one."""
    records, places = [], []
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, dict):
            records.append(record)
            places.append(number)
        else:
            found.append(Problem(origin, NOT_A_RECORD, LEFT_OUT, shorten(line), number))
    if not records:
        return None
    problems += found
    return records, places


def _read_pieces(text: str, origin: Origin, problems: list[Problem]) -> Found:
    """Return the records that are whole in a damaged file, and record what is not."""
    decoder = json.JSONDecoder()
    records: list[dict[str, object]] = []
    places: list[int] = []
    number, damage = 0, 0
    match = _first_record(text)
    while match is not None and damage < _MOST_DAMAGE:
        number += 1
        start = match.end() - 1
        try:
            record, stop = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            damage += 1
            match = _NEXT_RECORD.search(text, start + 1)
            what = NOT_A_RECORD if match else CUT_OFF
            value = shorten(text[start : start + 1_000])
            problems.append(Problem(origin, what, LEFT_OUT, value, number))
            continue
        records.append(record)
        places.append(number)
        match = _RECORD.search(text, stop)
    if not number:
        problems.append(Problem(origin, DAMAGED, LEFT_OUT, shorten(text[:1_000])))
    elif not damage:
        what = CUT_OFF if text.lstrip()[:1] == "[" and text.rstrip()[-1:] != "]" else DAMAGED
        value = f"{len(records):,} whole records; {_complaint(text)}"
        problems.append(Problem(origin, what, KEPT, shorten(value)))
    return records, places


def _first_record(text: str) -> re.Match[str] | None:
    """Return where the first record begins: in the list, where the file begins an object."""
    inner = re.compile(r"\[\s*\{").search(text)
    return inner or _RECORD.search(text)


def _complaint(text: str) -> str:
    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        return str(error)
    return "not one value"
