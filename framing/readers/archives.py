"""Compressed files and archives, opened in memory and within limits; nothing is written to disk."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple

from framing.readers.record import (
    CUT_OFF,
    DAMAGED,
    ENCRYPTED,
    KEPT,
    LEFT_OUT,
    LINK_OUT,
    TOO_LARGE,
    UNSAFE_NAME,
    Origin,
    Problem,
    shorten,
)

STREAMS = {".gz": "gzip", ".xz": "xz", ".zst": "zstd"}
SUFFIXES = (".zip", *STREAMS)
MAGIC = {
    b"\x1f\x8b": ".gz",
    b"\xfd7zXZ\0": ".xz",
    b"\x28\xb5\x2f\xfd": ".zst",
    b"PK\x03\x04": ".zip",
}
DEEPEST = 3
MOST_MEMBERS = 200_000
# Text shrinks three to ten times; a member that shrinks more than this, and is large, is a bomb.
MOST_SHRUNK = 200
LARGE = 64 * 1024**2
_PIECE = 65_536


class Member(NamedTuple):
    """The bytes of something that was packed, and where they stood."""

    origin: Origin
    data: bytes


@dataclass
class Budget:
    """How many bytes one file of the caller's may still unpack to, and what went wrong so far."""

    left: int
    problems: list[Problem] = field(default_factory=list)

    def take(self, n_bytes: int) -> None:
        """Count bytes; raise OverflowError where there are more than allowed."""
        self.left -= n_bytes
        if self.left < 0:
            raise OverflowError("more bytes than are allowed for one archive")  # noqa: EM101


def unpack(data: bytes, suffix: str, origin: Origin, budget: Budget) -> Iterator[Member]:
    """Yield what is packed inside a file, and record what could not be read.

    Parameters
    ----------
    data
        The packed bytes.
    suffix
        The kind: one of `SUFFIXES`.
    origin
        Where they stood.
    budget
        The bytes that may still be unpacked, shared by all that one file of the caller's holds;
        problems are added to its list.
    """
    if suffix == ".zip":
        yield from _unzip(data, origin, budget)
        return
    try:
        with _open_stream(data, suffix) as stream:
            found = _read(stream, len(data), budget, origin)
    except OverflowError as error:
        budget.problems.append(Problem(origin, TOO_LARGE, LEFT_OUT, str(error)))
        return
    except _BROKEN as error:
        budget.problems.append(Problem(origin, DAMAGED, LEFT_OUT, shorten(error)))
        return
    if found is not None:
        yield Member(origin, found)


# zlib.error, LZMAError and BadZipFile do not share a base; pyarrow raises OSError.
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, ValueError,
           NotImplementedError, RuntimeError)  # fmt: skip


def inner_name(name: str) -> str:
    """Return a file name without the suffixes of its packing: `a.csv` for `a.csv.gz`."""
    lower = name.lower()
    for suffix in STREAMS:
        if lower.endswith(suffix):
            return name[: -len(suffix)]
    return name


def _open_stream(data: bytes, suffix: str) -> Any:
    if suffix == ".gz":
        import gzip

        return gzip.GzipFile(fileobj=io.BytesIO(data))
    if suffix == ".xz":
        return lzma.LZMAFile(io.BytesIO(data))
    import pyarrow as pa

    return pa.input_stream(pa.BufferReader(data), compression="zstd")


def _read(stream: IO[bytes], packed: int, budget: Budget, origin: Origin) -> bytes | None:
    """Return what a stream holds, as far as it can be read; raise OverflowError for a bomb."""
    pieces: list[bytes] = []
    size = 0
    # `read1` hands over what there is before it meets the damage.
    read = getattr(stream, "read1", stream.read)
    while True:
        try:
            piece = read(_PIECE)
        except _BROKEN as error:
            if not pieces:
                raise
            value = f"after {size:,} bytes: {error}"
            budget.problems.append(Problem(origin, CUT_OFF, KEPT, shorten(value)))
            break
        if not piece:
            break
        size += len(piece)
        budget.take(len(piece))
        if size > LARGE and size > MOST_SHRUNK * packed:
            msg = f"more than {MOST_SHRUNK} times its {packed:,} packed bytes"
            raise OverflowError(msg)
        pieces.append(piece)
    return b"".join(pieces)


def _unzip(data: bytes, origin: Origin, budget: Budget) -> Iterator[Member]:
    """Yield the members of a zip file in the order of their names."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        budget.problems.append(Problem(origin, DAMAGED, LEFT_OUT, shorten(error)))
        return
    with archive:
        members = sorted(archive.infolist(), key=lambda info: info.filename.rpartition("/"))
        if len(members) > MOST_MEMBERS:
            value = f"{len(members):,} members; at most {MOST_MEMBERS:,} are read"
            budget.problems.append(Problem(origin, TOO_LARGE, LEFT_OUT, value))
            return
        for info in members:
            if info.is_dir() or is_junk(info.filename):
                continue
            inner = origin.inside(info.filename)
            if _refused(info, inner, budget.problems):
                continue
            try:
                with archive.open(info) as stream:
                    found = _read(stream, info.compress_size, budget, inner)
            except OverflowError as error:
                budget.problems.append(Problem(inner, TOO_LARGE, LEFT_OUT, str(error)))
                if budget.left < 0:
                    return
                continue
            except _BROKEN as error:
                budget.problems.append(Problem(inner, DAMAGED, LEFT_OUT, shorten(error)))
                continue
            if found is not None:
                yield Member(inner, found)


def _refused(info: zipfile.ZipInfo, origin: Origin, problems: list[Problem]) -> bool:
    """Return whether a member is not to be read; record that, and an unsafe name."""
    if info.flag_bits & 1:
        problems.append(Problem(origin, ENCRYPTED, LEFT_OUT, info.filename))
        return True
    if stat.S_ISLNK(info.external_attr >> 16):
        problems.append(Problem(origin, LINK_OUT, LEFT_OUT, info.filename))
        return True
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/", maxsplit=1)[0]:
        problems.append(Problem(origin, UNSAFE_NAME, KEPT, info.filename))
    return False


def is_junk(path: str) -> bool:
    """Return whether a path is what operating systems and tools leave behind: never an article."""
    parts = path.split("/")
    return parts[-1] in _JUNK or parts[-1].startswith(("._", "~$")) or not _JUNK.isdisjoint(parts)


_JUNK = frozenset((
    ".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX", ".git", ".ipynb_checkpoints",
    "__pycache__", ".gitkeep", ".gitignore", ".gitattributes",
))  # fmt: skip
