"""One zip file with checksums: the same bytes for the same content, and read with suspicion."""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

SUMS = "SHA256SUMS"
MOST_FILES = 20_000
MOST_BYTES = 4 * 1024**3
MOST_SHRUNK = 400
LARGE = 256 * 1024**2
LONG_AGO = (1980, 1, 1, 0, 0, 0)
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PIECE = 1 << 20


class Damaged(ValueError):
    """An archive that is not what was written; the message says in which way."""


def write_archive(stream: IO[bytes], files: Mapping[str, bytes]) -> None:
    """Write files and their checksums as a zip archive without dates, sorted by name."""
    sums = "".join(f"{digest(files[name])}  {name}\n" for name in sorted(files))
    every = {SUMS: sums.encode(), **files}
    with zipfile.ZipFile(stream, "w") as archive:
        for name in [SUMS, *sorted(files)]:
            about = zipfile.ZipInfo(name, LONG_AGO)
            about.create_system = 3
            about.external_attr = (stat.S_IFREG | 0o644) << 16
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, every[name], compresslevel=6)


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Archive:
    """The files of an archive, of which every one is as its checksum says.

    Attributes
    ----------
    files : dict of str to bytes
        The content of each file.
    """

    files: dict[str, bytes]

    def text(self, name: str) -> str:
        """Return a file as text; raise Damaged where it is missing or no UTF-8."""
        if name not in self.files:
            msg = f"it has no file {name!r}"
            raise Damaged(msg)
        try:
            return self.files[name].decode("utf-8")
        except UnicodeDecodeError as error:
            msg = f"{name!r} is no text in UTF-8"
            raise Damaged(msg) from error


def read_archive(path: Path, *, most_bytes: int = MOST_BYTES) -> Archive:
    """Read an archive into memory, within limits; nothing is unpacked to disk.

    Raises
    ------
    Damaged
        Where it is no zip, has names that lead out of a folder, twice the same name, links, too
        much content, or files that their checksums do not know.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_names(members, most_bytes)
            left, files = most_bytes, {}
            for member in members:
                files[member.filename] = _content(archive, member, left)
                left -= len(files[member.filename])
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError,
            OverflowError, _zlib_error()) as error:  # fmt: skip
        msg = f"it is no whole zip file ({type(error).__name__})"
        raise Damaged(msg) from error
    _check_sums(files)
    return Archive(files)


def _zlib_error() -> type[Exception]:
    import zlib

    return zlib.error


def _check_names(members: list[zipfile.ZipInfo], most_bytes: int) -> None:
    """Raise Damaged for names and sizes that no bundle has."""
    if len(members) > MOST_FILES:
        msg = f"it has {len(members):,} files; a bundle has at most {MOST_FILES:,}"
        raise Damaged(msg)
    seen: set[str] = set()
    for member in members:
        name = member.filename
        parts = name.split("/")
        kind = stat.S_IFMT(member.external_attr >> 16)
        if len(name) > 200 or not all(_PART.fullmatch(part) for part in parts):
            msg = f"it has a file of the name {name[:80]!r}, which no bundle has"
            raise Damaged(msg)
        if kind not in {0, stat.S_IFREG}:
            msg = f"{name!r} is a link or no file"
            raise Damaged(msg)
        if name.lower() in seen:
            msg = f"it has two files of the name {name!r}"
            raise Damaged(msg)
        seen.add(name.lower())
        bomb = member.file_size > LARGE and member.file_size > MOST_SHRUNK * member.compress_size
        if member.file_size > most_bytes or bomb:
            msg = f"{name!r} would unpack to {member.file_size:,} bytes"
            raise Damaged(msg)
    total = sum(member.file_size for member in members)
    if total > most_bytes:
        msg = f"it would unpack to {total:,} bytes; at most {most_bytes:,} are read"
        raise Damaged(msg)


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """Return the bytes of a member; raise Damaged where they are more than it says."""
    most = min(left, member.file_size)
    pieces: list[bytes] = []
    size = 0
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > most:
                msg = f"{member.filename!r} unpacks to more bytes than it says"
                raise Damaged(msg)
            pieces.append(piece)
    return b"".join(pieces)


def _check_sums(files: dict[str, bytes]) -> None:
    """Raise Damaged where a file is not as its checksum says, or has none."""
    listed = files.pop(SUMS, None)
    if listed is None:
        msg = f"it has no file {SUMS!r}"
        raise Damaged(msg)
    known = {}
    for line in listed.decode("utf-8", errors="replace").splitlines():
        given, _, name = line.partition("  ")
        known[name] = given
    for name, data in files.items():
        if name not in known:
            msg = f"{name!r} is not listed in {SUMS}"
            raise Damaged(msg)
        if digest(data) != known[name]:
            msg = f"{name!r} is not as it was written: its SHA-256 is not that of {SUMS}"
            raise Damaged(msg)
    lost = sorted(set(known) - set(files))
    if lost:
        msg = f"{lost[0]!r} is listed in {SUMS} and is not there"
        raise Damaged(msg)
