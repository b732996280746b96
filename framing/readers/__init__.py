"""One reader for each kind of file: bytes in, rows and problems out.

A reader of a further kind is one more line in `READERS`. Where two readers share a suffix, the
first whose `fits` accepts the file's beginning reads it, so that the special stand before the
general.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from framing.readers.archives import (
    DEEPEST,
    MAGIC,
    Budget,
    inner_name,
    unpack,
)
from framing.readers.archives import SUFFIXES as PACKED
from framing.readers.delimited import SUFFIXES as DELIMITED
from framing.readers.delimited import read_delimited
from framing.readers.jsons import SUFFIXES as JSONS
from framing.readers.jsons import read_json
from framing.readers.parquet import SUFFIXES as PARQUET
from framing.readers.parquet import read_parquet
from framing.readers.record import (
    DAMAGED,
    EMPTY_FILE,
    LEFT_OUT,
    TOO_DEEP,
    UNKNOWN_FORMAT,
    Origin,
    Part,
    Problem,
    Read,
    Settings,
    shorten,
)
from framing.readers.text import SUFFIXES as TEXT
from framing.readers.text import read_text
from framing.readers.workbooks import SUFFIXES as WORKBOOKS
from framing.readers.workbooks import read_workbook


def _any(head: bytes) -> bool:  # noqa: ARG001 - the signature of Reader.fits
    return True


class Reader(NamedTuple):
    """One kind of file.

    Attributes
    ----------
    suffixes : tuple of str
        The suffixes of its names, in lower case, with the dot.
    read : callable
        From bytes, origin and settings to parts.
    one_article : bool
        Whether a file is one article, so that the files of a folder belong together.
    fits : callable
        From the first bytes of a file to whether this reader reads it.
    """

    suffixes: tuple[str, ...]
    read: Read
    one_article: bool = False
    fits: Callable[[bytes], bool] = _any


READERS = (
    Reader(TEXT, read_text, one_article=True),
    Reader(DELIMITED, read_delimited),
    Reader(JSONS, read_json),
    Reader(PARQUET, read_parquet),
    Reader(WORKBOOKS, read_workbook),
)
SUFFIXES = tuple(suffix for reader in READERS for suffix in reader.suffixes)
FORMATS = f"{', '.join(SUFFIXES)}; each also inside {', '.join(PACKED)}"
_HEAD = 4096
_PARQUET = b"PAR1"


def suffix_of(name: str) -> str:
    """Return the last suffix of a file name in lower case, with the dot; "" where it has none."""
    stem, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot and stem else ""


def reader_for(name: str, head: bytes = b"") -> Reader | None:
    """Return the reader for a file by its name, without packing, and its first bytes."""
    suffix = suffix_of(name)
    fitting = (reader for reader in READERS if suffix in reader.suffixes and reader.fits(head))
    return next(fitting, None)


def is_known(name: str) -> bool:
    """Return whether a file's name is that of something that can be read or opened."""
    return suffix_of(name) in PACKED or reader_for(name) is not None


def can_read(name: str, head: bytes) -> bool:
    """Return whether a file can be read or opened, by its name and its first bytes."""
    known = reader_for(inner_name(name), head) is not None or head.startswith(_PARQUET)
    return known or _packing(name, head) is not None


def read_bytes(data: bytes, origin: Origin, settings: Settings) -> Iterator[Part]:
    """Yield the parts of a file, packed or not; a part without rows tells what was wrong."""
    budget = Budget(settings.max_bytes)
    parts = _read(data, origin, settings, name=origin.name, budget=budget)
    del data  # here and below: not held while the rows are worked on
    yield from parts
    if budget.problems:
        yield Part(origin, [], problems=budget.problems)


def _read(
    data: bytes, origin: Origin, settings: Settings, *, name: str, budget: Budget, depth: int = 0
) -> Iterator[Part]:
    if not data:
        yield Part(origin, [], problems=[Problem(origin, EMPTY_FILE, LEFT_OUT)])
        return
    packing = _packing(name, data)
    if packing is None:
        parts = _read_plain(data, inner_name(name), origin, settings)
        del data
        while parts:
            yield parts.pop(0)
        return
    if depth == DEEPEST:
        value = f"at most {DEEPEST} levels are opened"
        yield Part(origin, [], problems=[Problem(origin, TOO_DEEP, LEFT_OUT, value)])
        return
    for member in unpack(data, packing, origin, budget):
        yield from _read(
            member.data,
            member.origin,
            settings,
            name=member.origin.name if packing == ".zip" else inner_name(name),
            budget=budget,
            depth=depth + 1,
        )


def _packing(name: str, data: bytes) -> str | None:
    """Return what a file is packed in, by its first bytes rather than by its name."""
    reader = reader_for(inner_name(name), data[:_HEAD])
    found = next((kind for magic, kind in MAGIC.items() if data.startswith(magic)), None)
    if found == ".zip":
        # Workbooks are zip files too, and so are many kinds that are not read.
        known = reader is not None and reader.read is not read_workbook
        return ".zip" if known or suffix_of(name) in (".zip", "") else None
    if found is None and suffix_of(name) == ".zip":
        return ".zip"
    return found


def _read_plain(data: bytes, name: str, origin: Origin, settings: Settings) -> list[Part]:
    """Return the parts of a file that is not packed."""
    reader = reader_for(name, data[:_HEAD])
    if data.startswith(_PARQUET):
        reader = next(reader for reader in READERS if reader.read is read_parquet)
    if reader is None:
        return [Part(origin, [], problems=[Problem(origin, UNKNOWN_FORMAT, LEFT_OUT, name)])]
    try:
        return reader.read(data, origin, settings)
    except (ValueError, LookupError, TypeError, OverflowError, RecursionError) as error:
        # The last net: no file of a shape that nobody thought of may stop a load.
        problem = Problem(origin, DAMAGED, LEFT_OUT, shorten(f"{type(error).__name__}: {error}"))
        return [Part(origin, [], problems=[problem])]
