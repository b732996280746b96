"""A corpus as one file: written whole or not at all, read without running anything in it."""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from pathlib import Path

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
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream, zipfile.ZipFile(stream, "w") as archive:
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
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
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
    path = Path(path)
    if not path.is_file():
        msg = f"load_corpus: there is no file {str(path)!r}. Save one with save_corpus()."
        raise FileNotFoundError(msg)
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read("about.json"))
            if about["format"] != _FORMAT:
                raise ValueError(about["format"])
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
    except DAMAGE as error:
        msg = (
            f"load_corpus: {str(path)!r} is not a whole corpus ({type(error).__name__}). "
            "Build it again with build_corpus() and save it with save_corpus()."
        )
        raise ValueError(msg) from error
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
