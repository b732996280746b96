"""Saving: what is read is what was written, and nothing is ever half written."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from framing import saving
from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.saving import load_corpus, save_corpus


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return build_corpus(make_articles(20, seed=1), stop_words="english", phrases=["the talks"])


def test_what_is_read_is_what_was_written(corpus: Corpus, tmp_path: Path) -> None:
    path = save_corpus(corpus, tmp_path / "made.corpus")
    again = load_corpus(path)
    assert path == tmp_path / "made.corpus"
    assert again.fingerprint == corpus.fingerprint
    assert dict(again.settings) == dict(corpus.settings)
    for name in ("codes", "offsets", "sentences", "shapes"):
        one, other = getattr(corpus, name), getattr(again, name)
        np.testing.assert_array_equal(one, other)
        assert one.dtype == other.dtype
        assert not other.flags.writeable
    pd.testing.assert_index_equal(again.vocabulary, corpus.vocabulary)
    pd.testing.assert_frame_equal(again.articles, corpus.articles)


def test_odd_values_survive(tmp_path: Path) -> None:
    articles = pd.DataFrame(
        {
            "doc_id": ["a", "b"],
            "text": ["naïve 大马士革 U.S. 🙂 war", None],
            "date": pd.to_datetime(["2016-09-02", None]),
            "n": pd.array([1, None], dtype="Int64"),
        }
    )
    corpus = build_corpus(articles, fields=["text"])
    again = load_corpus(save_corpus(corpus, str(tmp_path / "odd")))
    assert again.fingerprint == corpus.fingerprint
    pd.testing.assert_frame_equal(again.articles, corpus.articles)


def test_a_part_of_a_corpus_can_be_saved(corpus: Corpus, tmp_path: Path) -> None:
    part = corpus.where(np.arange(len(corpus)) < 3)
    assert load_corpus(save_corpus(part, tmp_path / "part")).fingerprint == part.fingerprint
    none = corpus.where(np.zeros(len(corpus), dtype=bool))
    assert len(load_corpus(save_corpus(none, tmp_path / "none"))) == 0


def test_nothing_in_the_file_can_run(corpus: Corpus, tmp_path: Path) -> None:
    path = save_corpus(corpus, tmp_path / "made.corpus")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    assert sorted(names) == [
        "about.json", "articles.parquet", "codes.npy", "offsets.npy", "sentences.npy",
        "shapes.npy", "vocabulary.json",
    ]  # fmt: skip
    evil = tmp_path / "evil.corpus"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(evil, "w") as new:
        for name in names:
            if name == "codes.npy":
                with new.open(name, "w") as member:
                    np.lib.format.write_array(member, np.array([{}], dtype=object))
            else:
                new.writestr(name, old.read(name))
    with pytest.raises(ValueError, match=r"is not a whole corpus \(ValueError\)"):
        load_corpus(evil)


def test_an_interrupted_write_leaves_the_old_file(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save_corpus(corpus, tmp_path / "made.corpus")
    before = path.read_bytes()

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(saving.np.lib.format, "write_array", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save_corpus(corpus, path)
    with pytest.raises(KeyboardInterrupt):
        save_corpus(corpus, tmp_path / "new.corpus")
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["made.corpus"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "absent"
    with pytest.raises(FileNotFoundError) as caught:
        load_corpus(path)
    assert str(caught.value) == (
        f"load_corpus: there is no file {str(path)!r}. Save one with save_corpus()."
    )


def rewritten(path: Path, **members: bytes | None) -> Path:
    """Return a copy of a saved corpus with some members replaced or left out."""
    copy = path.with_name("damaged")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            data = members.get(name.split(".")[0], old.read(name))
            if data is not None:
                new.writestr(name, data)
    return copy


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        ({"codes": None}, "KeyError"),
        ({"codes": b"no array"}, "ValueError"),
        ({"vocabulary": b"[]"}, "ValueError"),
        ({"vocabulary": b"{"}, "JSONDecodeError"),
        ({"about": json.dumps({"format": "another"}).encode()}, "ValueError"),
        ({"about": b"[]"}, "TypeError"),
        ({"articles": b"PAR1"}, "ArrowInvalid"),
    ],
)
def test_a_damaged_file(
    corpus: Corpus, tmp_path: Path, damage: dict[str, bytes | None], error: str
) -> None:
    path = rewritten(save_corpus(corpus, tmp_path / "made.corpus"), **damage)
    with pytest.raises(ValueError, match=r"^load_corpus") as caught:
        load_corpus(path)
    assert str(caught.value) == (
        f"load_corpus: {str(path)!r} is not a whole corpus ({error}). "
        "Build it again with build_corpus() and save it with save_corpus()."
    )


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9])
def test_a_file_cut_short(corpus: Corpus, tmp_path: Path, part: float) -> None:
    path = save_corpus(corpus, tmp_path / "made.corpus")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(ValueError, match=r"^load_corpus") as caught:
        load_corpus(path)
    assert str(caught.value) == (
        f"load_corpus: {str(path)!r} is not a whole corpus (BadZipFile). "
        "Build it again with build_corpus() and save it with save_corpus()."
    )


def test_a_changed_byte_is_noticed_or_harmless(corpus: Corpus, tmp_path: Path) -> None:
    path = save_corpus(corpus, tmp_path / "made.corpus")
    whole = path.read_bytes()
    outcomes = set()
    # Most of them in the last part, where the archive says what it holds.
    places = [*range(5, len(whole), len(whole) // 20), *range(len(whole) - 700, len(whole), 7)]
    for place in places:
        data = bytearray(whole)
        data[place] ^= 0xFF
        path.write_bytes(bytes(data))
        try:
            outcomes.add(load_corpus(path).fingerprint)
        except ValueError as error:
            outcomes.add(str(error).split(" (")[0])
    assert outcomes <= {corpus.fingerprint, f"load_corpus: {str(path)!r} is not a whole corpus"}
