"""Which files a path stands for, in an order that is the same everywhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from framing._checks import close_match, listing
from framing.readers import is_known
from framing.readers.archives import is_junk
from framing.readers.record import (
    LEFT_OUT,
    LINK_OUT,
    NOT_AN_ARTICLE,
    NOT_READABLE,
    Origin,
    Problem,
    shorten,
)

# What comes with data, and is none. Some of these words begin titles too: `changes-in-cabinet.txt`.
_ABOUT = re.compile(
    r"(?:read[_-]?me|changelog|code[_-]of[_-]conduct|codebook|data[_-]?card)(?:[._-].*)?"
    r"|(?:licen[cs]e|copying|notice|changes|contributing|authors|citation)"
    r"(?:[._-](?:mit|apache|bsd|[al]?gpl|mpl|cc)(?:[._-].*)?)?(?:\.\w+)?",
    re.IGNORECASE,
)


_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")  # C:/ is a drive


class File(NamedTuple):
    """A file to read, under the name that the caller will know it by."""

    path: Path
    origin: Origin
    size: int


def list_files(where: str, path: object) -> tuple[list[File], list[Problem]]:
    """Return the files that a path or list of paths stands for, and what was passed over.

    Parameters
    ----------
    where
        The call, for messages.
    path
        A folder, a file, or a list of those.

    Returns
    -------
    files : list of File
        In the order of the list, each folder in the order of its names.
    problems : list of Problem
        Links out of a folder, hidden files, and files about the data.
    """
    paths = path if isinstance(path, (list, tuple)) else [path]
    if not paths:
        msg = f"{where}: the list of paths is empty. Pass a folder, a file, or a list of those."
        raise ValueError(msg)
    files: list[File] = []
    problems: list[Problem] = []
    for one in paths:
        root = _existing(where, one)
        if root.is_dir():
            found = list(_walk(root, root.resolve(), problems))
            files += sorted(found, key=lambda file: (file.path.parent.parts, file.path.name))
        else:
            files.append(_file(root, ()))
    return _once_each(files, problems), problems


def _existing(where: str, one: object) -> Path:
    """Return a path; raise TypeError for what is none, or that nothing stands there."""
    if not isinstance(one, (str, os.PathLike)):
        msg = (
            f"{where}: {one!r} is {type(one).__name__}, not a path. "
            "Pass a folder, a file, or a list of those."
        )
        raise TypeError(msg)
    root = Path(one).expanduser()
    if not root.exists():
        if _ADDRESS.match(str(one)):
            msg = (
                f"{where}: {str(one)!r} is an address, and read_articles does not download. "
                "Save the files in a folder, and pass that folder."
            )
            raise FileNotFoundError(msg)
        raise FileNotFoundError(_nothing_there(where, root))
    return root


def _nothing_there(where: str, path: Path) -> str:
    """Return the message for a path that does not exist, with what stands near it."""
    parent = next(folder for folder in path.absolute().parents if folder.is_dir())
    names = sorted(child.name for child in parent.iterdir() if not child.name.startswith("."))
    return (
        f"{where}: there is no file or folder {str(path)!r}. "
        f"The folder {str(parent)!r} holds {listing(names)}.{close_match(path.name, names)}"
    )


def _once_each(files: list[File], problems: list[Problem]) -> list[File]:
    """Return the files without those that the list names twice."""
    seen: set[Path] = set()
    kept = []
    for file in files:
        real = file.path.resolve()
        if real in seen:
            problems.append(Problem(file.origin, NOT_AN_ARTICLE, LEFT_OUT, "the same file again"))
            continue
        seen.add(real)
        kept.append(file)
    return kept


def _file(path: Path, folders: tuple[str, ...]) -> File:
    return File(path, Origin(path.as_posix(), None, folders), path.stat().st_size)


def _walk(root: Path, real_root: Path, problems: list[Problem]) -> Iterator[File]:
    """Yield the files below a folder; record what is passed over but could be data."""

    def note(path: Path, what: str, value: object = None) -> None:
        problems.append(Problem(Origin(path.as_posix()), what, LEFT_OUT, value))

    def unreadable(error: OSError) -> None:
        note(Path(error.filename or root), NOT_READABLE, shorten(error.strerror))

    for folder, names, files in os.walk(root, onerror=unreadable):
        here = Path(folder)
        for name in sorted(names):
            path = here / name
            if path.is_symlink():
                note(path, LINK_OUT, "links to folders are not followed")
            elif name.startswith(".") and not is_junk(name):
                note(path, NOT_AN_ARTICLE, "a hidden folder")
        names[:] = sorted(
            name for name in names
            if not name.startswith(".") and not is_junk(name) and not (here / name).is_symlink()
        )  # fmt: skip
        for name in sorted(files):
            path = here / name
            if is_junk(name):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(real_root):
                note(path, LINK_OUT, shorten(path.resolve()))
            elif not path.is_file():
                note(path, NOT_READABLE, "not a regular file")
            elif name.startswith("."):
                note(path, NOT_AN_ARTICLE, "a hidden file")
            elif _ABOUT.fullmatch(name) and _is_prose(name):
                note(path, NOT_AN_ARTICLE, "a file about the data")
            else:
                yield _file(path, path.relative_to(root).parts[:-1])


def _is_prose(name: str) -> bool:
    """Return whether a file is prose by its name: `README.md`, `LICENSE`; not `notice.csv`."""
    suffix = Path(name).suffix.lower()
    return suffix in ("", ".md", ".markdown", ".txt", ".rst", ".cff") or not is_known(name)
