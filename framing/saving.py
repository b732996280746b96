"""A corpus as one file: written whole or not at all, read without running anything in it."""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
import pandas as pd

from framing.corpus import Corpus, check_corpus

_FORMAT = "framing-corpus-1"
DAMAGE = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError,
    ValueError, zipfile.BadZipFile,
)  # fmt: skip
"""What zipfile, JSON, numpy and Parquet raise where bytes are not what they should be."""

_ARRAYS = ("codes", "offsets", "sentences", "shapes")


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a stream whose content becomes the file only when the block has ended well."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def opened(
    where: str, path: Path, *, what: str, again: str, save: str, form: str
) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """Give an archive of this form and its `about.json`.

    Whatever of DAMAGE its reading raises in the block becomes one message, ValueError.
    """
    if not path.is_file():
        msg = f"{where}: there is no file {str(path)!r}. Save one with {save}."
        raise FileNotFoundError(msg)
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read("about.json"))
            if about["format"] != form:
                raise ValueError(about["format"])
            yield archive, about
    except DAMAGE as error:
        msg = (
            f"{where}: {str(path)!r} is not a whole {what} ({type(error).__name__}). "
            f"{again} and save it with {save}."
        )
        raise ValueError(msg) from error


def save_corpus(corpus: Corpus, path: str | os.PathLike[str]) -> Path:
    """Write a corpus to one file.

    The file is a zip archive of plain arrays, a Parquet table of the articles and JSON. It holds
    the articles' texts: mind their copyright before you pass it on.

    Parameters
    ----------
    corpus
        The corpus.
    path
        The file to write, for example `news.corpus`. A file of that name is replaced only when
        the new one is complete.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    OSError
        Where the folder cannot be written to.

    See Also
    --------
    framing.load_corpus : Reads it back.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(20, seed=1))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = fr.save_corpus(corpus, pathlib.Path(folder) / "made.corpus")
    ...     fr.load_corpus(path).fingerprint == corpus.fingerprint
    True
    """
    check_corpus("save_corpus", corpus)
    path = Path(path)
    with replacing(path) as stream, zipfile.ZipFile(stream, "w") as archive:
        # Parquet has no seconds: it would hand back other units of time.
        dates = {
            str(name): str(dtype)
            for name, dtype in corpus.articles.dtypes.items()
            if isinstance(dtype, np.dtype) and dtype.kind == "M"
        }
        about = {"format": _FORMAT, "settings": dict(corpus.settings), "dates": dates}
        archive.writestr("about.json", json.dumps(about))
        archive.writestr("vocabulary.json", json.dumps(list(corpus.vocabulary)))
        for array in _ARRAYS if corpus.origin is None else (*_ARRAYS, "origin"):
            with archive.open(f"{array}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, getattr(corpus, array), allow_pickle=False)
        table = io.BytesIO()
        corpus.articles.to_parquet(table, compression="zstd")
        archive.writestr("articles.parquet", table.getvalue())
    return path


def load_corpus(path: str | os.PathLike[str]) -> Corpus:
    """Read a corpus that `save_corpus` wrote.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Corpus
        With the same tokens, articles and `fingerprint` as the one that was saved.

    Raises
    ------
    FileNotFoundError
        Where there is no such file.
    ValueError
        Where the file is not a saved corpus, or is damaged.

    See Also
    --------
    framing.save_corpus : Writes one.

    Examples
    --------
    >>> import framing as fr
    >>> fr.load_corpus("absent.corpus")
    Traceback (most recent call last):
    FileNotFoundError: load_corpus: there is no file 'absent.corpus'. Save one with save_corpus().
    """
    again = "Build it again with build_corpus()"
    with opened("load_corpus", Path(path), what="corpus", again=again, save="save_corpus()",
                form=_FORMAT) as (archive, about):  # fmt: skip
        arrays = {}
        has_origin = "origin.npy" in archive.namelist()
        for array in (*_ARRAYS, "origin") if has_origin else _ARRAYS:
            with archive.open(f"{array}.npy") as member:
                arrays[array] = np.lib.format.read_array(member, allow_pickle=False)
        vocabulary = pd.Index(json.loads(archive.read("vocabulary.json")), dtype="str")
        articles = pd.read_parquet(io.BytesIO(archive.read("articles.parquet")))
        articles = articles.astype(about["dates"])
        corpus = Corpus(articles, **arrays, vocabulary=vocabulary, settings=about["settings"])
        _check_whole(corpus)
    return corpus


def _check_whole(corpus: Corpus) -> None:
    """Raise ValueError where the parts of a corpus do not fit together."""
    n_places = len(corpus.codes)
    fits = (
        len(corpus) == len(corpus.articles)
        and corpus.offsets[0] == 0
        and corpus.offsets[-1] == n_places == len(corpus.shapes)
        and bool((np.diff(corpus.offsets) >= 0).all())
        and int(corpus.codes.max(initial=-1)) < len(corpus.vocabulary)
        and bool((np.diff(corpus.sentences) > 0).all())
        and int(corpus.sentences.max(initial=0)) <= n_places
        and (corpus.origin is None or corpus.origin.shape == (n_places, 2))
    )
    if not fits:
        msg = "parts do not fit"
        raise ValueError(msg)
