"""A topic model as one file: written whole or not at all, read without running anything in it."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.saving import opened, replacing
from framing.topics.model import TopicModel

_FORMAT = "framing-topics-1"
_KINDS = {"topic_term": "f8", "article_topic": "f8", "n_tokens": "i8", "draws": "f4"}
"""The arrays of a model and what their numbers are."""


def save_topics(model: TopicModel, path: str | os.PathLike[str]) -> Path:
    """Write a topic model to one file.

    The file is a zip archive of plain arrays and JSON. It holds terms and the articles' keys, no
    texts. It does not hold the corpus: save that with `save_corpus`.

    Parameters
    ----------
    model
        The model.
    path
        The file to write, for example `news.topics`. A file of that name is replaced only when
        the new one is complete.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    TypeError
        Where `model` is not a TopicModel.
    OSError
        Where the folder cannot be written to.

    See Also
    --------
    framing.load_topics : Reads it back.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(60, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=3, seed=1, engine="nmf")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = fr.save_topics(model, pathlib.Path(folder) / "made.topics")
    ...     bool((fr.load_topics(path).topic_term == model.topic_term).all())
    True
    """
    check_model("save_topics", model)
    path = Path(path)
    about = {
        "format": _FORMAT,
        "settings": dict(model.settings),
        "labels": list(model.labels),
        "vocabulary": list(model.vocabulary),
        "doc_ids": list(model.doc_ids),
        "groups": list(model.topic_term_by),
    }
    arrays = {name: getattr(model, name) for name in _KINDS if getattr(model, name) is not None}
    for number, terms in enumerate(model.topic_term_by.values()):
        arrays[f"topic_term_{number}"] = terms
    with replacing(path) as stream:
        _write(stream, about, arrays)
    return path


def _write(stream: IO[bytes], about: dict[str, Any], arrays: dict[str, npt.NDArray[Any]]) -> None:
    """Write the archive; arrays little-endian, whatever the machine."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("about.json", json.dumps(about))
        for name, array in arrays.items():
            plain = np.ascontiguousarray(array, dtype=f"<{array.dtype.kind}{array.dtype.itemsize}")
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, plain, allow_pickle=False)


def load_topics(path: str | os.PathLike[str]) -> TopicModel:
    """Read a topic model that `save_topics` wrote.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    TopicModel
        Equal to the one that was saved, number by number.

    Raises
    ------
    FileNotFoundError
        Where there is no such file.
    ValueError
        Where the file is not a saved topic model, or is damaged.

    See Also
    --------
    framing.save_topics : Writes one.

    Examples
    --------
    >>> import framing as fr
    >>> fr.load_topics("absent.topics")
    Traceback (most recent call last):
    FileNotFoundError: load_topics: there is no file 'absent.topics'. Save one with save_topics().
    """
    with opened("load_topics", Path(path), what="topic model", again="Fit it again",
                save="save_topics()", form=_FORMAT) as (archive, about):  # fmt: skip
        model = _read(archive, about)
        _check_whole(model)
    return model


def _read(archive: zipfile.ZipFile, about: dict[str, Any]) -> TopicModel:
    """Return the model in an archive; raise one of DAMAGE where its parts are not what they say."""
    settings, labels = about["settings"], about["labels"]
    if not isinstance(settings, dict) or not {"engine", "seed", "corpus"} <= set(settings):
        msg = "settings"
        raise ValueError(msg)

    def array(name: str, kind: str) -> npt.NDArray[Any]:
        with archive.open(f"{name}.npy") as member:
            found = np.lib.format.read_array(member, allow_pickle=False)
        if found.dtype != np.dtype(f"<{kind}"):
            raise TypeError(name)
        return np.asarray(found, dtype=kind)

    has_draws = "draws.npy" in archive.namelist()
    arrays = {name: array(name, kind) for name, kind in _KINDS.items() if name != "draws"}
    return TopicModel(
        **arrays,
        vocabulary=pd.Index(_strings(about["vocabulary"]), dtype="str"),
        doc_ids=pd.Index(_strings(about["doc_ids"]), dtype="str", name="doc_id"),
        labels=tuple(_strings(labels)),
        settings=settings,
        draws=array("draws", "f4") if has_draws else None,
        topic_term_by={
            group: array(f"topic_term_{number}", "f8")
            for number, group in enumerate(_strings(about["groups"]))
        },
    )


def _strings(values: Any) -> list[str]:
    """Return a list of texts; raise TypeError where it is anything else."""
    if not isinstance(values, list) or not all(type(value) is str for value in values):
        msg = "not texts"
        raise TypeError(msg)
    return values


def _check_whole(model: TopicModel) -> None:
    """Raise ValueError where the parts of a model do not fit together."""
    n_topics, n_terms, n_rows = len(model.labels), len(model.vocabulary), len(model.doc_ids)
    fits = (
        n_topics > 0
        and model.topic_term.shape == (n_topics, n_terms)
        and model.article_topic.shape == (n_rows, n_topics)
        and model.n_tokens.shape == (n_rows,)
        and (model.draws is None or model.draws.shape[1:] == (n_rows, n_topics))
        and all(terms.shape == (n_topics, n_terms) for terms in model.topic_term_by.values())
        and model.vocabulary.is_unique
        and bool(np.isfinite(model.topic_term).all())
    )
    if not fits:
        msg = "parts do not fit"
        raise ValueError(msg)


def check_model(where: str, model: object) -> None:
    """Raise TypeError where a model is not a TopicModel."""
    if not isinstance(model, TopicModel):
        msg = (
            f"{where}: model is {type(model).__name__}, not a TopicModel. "
            "Pass what fit_topics() returns."
        )
        raise TypeError(msg)
