"""What a reader hands over: rows, where they stood, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

# What was done.
LEFT_OUT = "left out"
SET_TO_MISSING = "set to missing"
MENDED = "mended"
KEPT = "kept"
ACTIONS = (LEFT_OUT, SET_TO_MISSING, MENDED, KEPT)

# What was wrong with a file, an archive member or a sheet.
NOT_READABLE = "not readable"
NOT_AN_ARTICLE = "not an article file"
UNKNOWN_FORMAT = "unknown format"
LINK_OUT = "link out of the folder"
DAMAGED = "damaged"
CUT_OFF = "cut off"
EMPTY_FILE = "empty file"
TOO_LARGE = "too large when unpacked"
TOO_DEEP = "archives nested too deep"
ENCRYPTED = "encrypted"
UNSAFE_NAME = "unsafe name in an archive"
NO_TEXT_COLUMN = "no text column"
RENAMED = "column renamed"
BAD_FRONT_MATTER = "unreadable front matter"
# What was wrong with its characters.
GUESSED = "encoding guessed"
MIXED = "mixed encodings"
UNDECODABLE = "bytes that do not fit the encoding"
NUL = "NUL bytes"
# What was wrong with a row.
TOO_SHORT = "row too short"
TOO_LONG = "row too long"
OPEN_QUOTE = "quotation mark never closed"
NOT_A_RECORD = "not a record"
# What was wrong with a field.
NO_TEXT = "no text"
NO_WORDS = "no words"
OTHER_SCRIPT = "not in Latin script"
HTML = "HTML"
ENTITIES = "HTML entities"
MOJIBAKE = "mojibake"
BROKEN_QUOTES = "broken quotation marks"
LOST_CHARACTERS = "lost characters"
CONTROLS = "control characters"
NOT_NFC = "not in Unicode NFC"
NO_DATE = "no date"
UNREADABLE_DATE = "unreadable date"
IMPOSSIBLE_DATE = "impossible date"
UNCLEAR_DATE = "day and month unclear"
DATE_WITHOUT_DAY = "date without a day"
NO_SOURCE = "no source"
NO_ID = "no id"
DUPLICATE_ID = "duplicate id"
DUPLICATE_ARTICLE = "duplicate article"

WHAT = (
    NOT_READABLE, NOT_AN_ARTICLE, UNKNOWN_FORMAT, LINK_OUT, DAMAGED, CUT_OFF, EMPTY_FILE,
    TOO_LARGE, TOO_DEEP, ENCRYPTED, UNSAFE_NAME, NO_TEXT_COLUMN, RENAMED, BAD_FRONT_MATTER,
    GUESSED, MIXED, UNDECODABLE, NUL, TOO_SHORT, TOO_LONG, OPEN_QUOTE, NOT_A_RECORD, NO_TEXT,
    NO_WORDS, OTHER_SCRIPT, HTML, ENTITIES, MOJIBAKE, BROKEN_QUOTES, LOST_CHARACTERS, CONTROLS,
    NOT_NFC, NO_DATE, UNREADABLE_DATE, IMPOSSIBLE_DATE, UNCLEAR_DATE, DATE_WITHOUT_DAY,
    NO_SOURCE, NO_ID, DUPLICATE_ID, DUPLICATE_ARTICLE,
)  # fmt: skip

LONGEST_VALUE = 200


class Origin(NamedTuple):
    """A file, or a member of an archive or a sheet of a workbook inside it.

    Attributes
    ----------
    file : str
        The path as the caller gave it, with what was walked below it.
    member : str or None
        The path inside the archive, or the sheet.
    folders : tuple of str
        The folders between the path that was passed and the file, the outermost first.
    """

    file: str
    member: str | None = None
    folders: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name shown in the column `file`."""
        return self.file if self.member is None else f"{self.file}::{self.member}"

    @property
    def name(self) -> str:
        """The last part of the path, with its suffix."""
        return (self.member or self.file).rsplit("/", 1)[-1]

    def inside(self, member: str) -> Origin:
        """Return the origin of something that stands inside this one."""
        path = member if self.member is None else f"{self.member}/{member}"
        folders = tuple(part for part in member.split("/")[:-1] if part not in ("", ".", ".."))
        return Origin(self.file, path, self.folders + folders)


class Problem(NamedTuple):
    """One thing that was wrong, before the articles have their keys."""

    origin: Origin
    what: str
    action: str
    value: object = None
    line: int | None = None
    field: str | None = None
    row: int | None = None


@dataclass
class Part:
    """The rows of one file, archive member or sheet.

    Attributes
    ----------
    origin : Origin
        Where the rows stood.
    rows : DataFrame or list of dict
        The rows as in the file, under the file's own column names.
    lines : array or None
        Line or record number of each row, from 1; None where the file is one article.
    encodings : str or list or None
        The encoding, or one for each row; None for formats that carry their own.
    problems : list of Problem
        What was wrong; `row` counts the rows of this part from 0.
    origins : list of Origin or None
        The origin of each row, where a part was joined from several files.
    """

    origin: Origin
    rows: pd.DataFrame | list[dict[str, object]]
    lines: np.ndarray | None = None
    encodings: str | list[str | None] | None = None
    problems: list[Problem] = field(default_factory=list)
    origins: list[Origin] | None = None


@dataclass(frozen=True)
class Settings:
    """The arguments of a load that the readers see."""

    columns: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    date: str | None = None
    date_order: str | None = None
    encoding: str | None = None
    max_bytes: int = 4 * 1024**3


Read = Callable[[bytes, Origin, Settings], list[Part]]


def shorten(value: object) -> str:
    """Return a value as one line of at most 200 characters."""
    text = str(value)[: LONGEST_VALUE * 4]
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def several(n_found: int, n_all: int, noun: str, example: object = None) -> str:
    """Return "3 of 1,200 articles, e.g. 'x'"."""
    shown = "" if example is None else f", e.g. {shorten(example)[:60]!r}"
    return f"{n_found:,} of {n_all:,} {noun}{shown}"
