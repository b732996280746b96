"""A saved topic model comes back as it was, and a file that is none is told so."""

from __future__ import annotations

import dataclasses
import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from framing.corpus import build_corpus
from framing.datasets import make_articles
from framing.topics import TopicModel, fit_topics, label_topics
from framing.topics.saving import load_topics, save_topics


@pytest.fixture(scope="module")
def model() -> TopicModel:
    articles = make_articles(60, seed=1)
    articles.loc[3, ["title", "text"]] = ["12", "2016"]
    fitted = fit_topics(build_corpus(articles), 4, seed=1, passes=30)
    draws = np.repeat(fitted.article_topic[None].astype(np.float32), 2, axis=0)
    groups = {"Gazette": fitted.topic_term.copy(), "Herald/2": fitted.topic_term[::-1].copy()}
    made = dataclasses.replace(fitted, draws=draws, topic_term_by=groups)
    return label_topics(made, {0: "Krieg & «Frieden»"})


def same(first: TopicModel, second: TopicModel) -> None:
    for name in ("topic_term", "article_topic", "n_tokens"):
        one, other = getattr(first, name), getattr(second, name)
        np.testing.assert_array_equal(one, other)
        assert one.dtype == other.dtype
    pd.testing.assert_index_equal(first.vocabulary, second.vocabulary)
    pd.testing.assert_index_equal(first.doc_ids, second.doc_ids)
    assert first.labels == second.labels
    assert first.settings == second.settings
    assert list(first.topic_term_by) == list(second.topic_term_by)
    for group, terms in first.topic_term_by.items():
        np.testing.assert_array_equal(terms, second.topic_term_by[group])


def test_a_model_comes_back_as_it_was(model: TopicModel, tmp_path: Path) -> None:
    assert np.isnan(model.article_topic[3]).all()
    path = save_topics(model, tmp_path / "news.topics")
    assert path == tmp_path / "news.topics"
    found = load_topics(str(path))
    same(model, found)
    assert model.draws is not None
    assert found.draws is not None
    np.testing.assert_array_equal(model.draws, found.draws)
    assert found.draws.dtype == np.float32
    assert repr(found) == repr(model)


def test_a_model_without_draws_has_none_afterwards(model: TopicModel, tmp_path: Path) -> None:
    plain = dataclasses.replace(model, draws=None, topic_term_by={})
    found = load_topics(save_topics(plain, tmp_path / "plain"))
    same(plain, found)
    assert found.draws is None


def test_what_was_loaded_is_read_only(model: TopicModel, tmp_path: Path) -> None:
    found = load_topics(save_topics(model, tmp_path / "news.topics"))
    for array in (found.topic_term, found.draws, found.topic_term_by["Gazette"]):
        assert array is not None
        assert not array.flags.writeable


def test_saving_replaces_a_file_and_leaves_nothing_else(model: TopicModel, tmp_path: Path) -> None:
    path = tmp_path / "news.topics"
    path.write_text("old")
    save_topics(model, path)
    assert [one.name for one in tmp_path.iterdir()] == ["news.topics"]
    same(model, load_topics(path))


def test_a_failure_leaves_the_old_file(model: TopicModel, tmp_path: Path) -> None:
    path = tmp_path / "news.topics"
    path.write_text("old")
    broken = dataclasses.replace(model, settings={**model.settings, "seed": object()})
    with pytest.raises(TypeError, match="not JSON serializable"):
        save_topics(broken, path)
    assert [one.name for one in tmp_path.iterdir()] == ["news.topics"]
    assert path.read_text() == "old"


def test_nothing_in_the_file_is_a_pickle(model: TopicModel, tmp_path: Path) -> None:
    path = save_topics(model, tmp_path / "news.topics")
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            head = archive.read(name)[:6]
            assert head == b"\x93NUMPY" if name.endswith(".npy") else name == "about.json"


def rewritten(path: Path, **members: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held.update({name.replace("__", "."): data for name, data in members.items()})
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)


def fault(path: Path) -> str:
    with pytest.raises(ValueError, match="load_topics") as caught:
        load_topics(path)
    return str(caught.value)


def damaged(path: Path, kind: str) -> str:
    return (
        f"load_topics: {str(path)!r} is not a whole topic model ({kind}). "
        "Fit it again and save it with save_topics()."
    )


def test_files_that_are_no_model(model: TopicModel, tmp_path: Path) -> None:
    path = tmp_path / "news.topics"
    with pytest.raises(FileNotFoundError) as caught:
        load_topics(path)
    assert str(caught.value) == (
        f"load_topics: there is no file {str(path)!r}. Save one with save_topics()."
    )
    path.write_bytes(pickle.dumps({"a": 1}))
    assert fault(path) == damaged(path, "BadZipFile")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    assert fault(path) == damaged(path, "KeyError")
    save_topics(model, path)
    path.write_bytes(path.read_bytes()[:-200])
    assert fault(path) == damaged(path, "BadZipFile")


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"format": "framing-corpus-1"}, "ValueError"),
        ({"labels": ["a", "b"]}, "ValueError"),
        ({"labels": [1, 2, 3, 4]}, "TypeError"),
        ({"vocabulary": "abc"}, "TypeError"),
        ({"settings": [1]}, "ValueError"),
        ({"settings": {}}, "ValueError"),
        ({"groups": ["a", "b", "c"]}, "KeyError"),
        ({"doc_ids": []}, "ValueError"),
    ],
)
def test_parts_that_do_not_fit(
    model: TopicModel, tmp_path: Path, change: dict[str, object], kind: str
) -> None:
    path = save_topics(model, tmp_path / "news.topics")
    with zipfile.ZipFile(path) as archive:
        about = json.loads(archive.read("about.json"))
    rewritten(path, about__json=json.dumps({**about, **change}).encode())
    assert fault(path) == damaged(path, kind)


def test_arrays_that_are_not_what_they_should_be(model: TopicModel, tmp_path: Path) -> None:
    import io

    for array, kind in (
        (model.topic_term.astype(np.float32), "TypeError"),
        (model.topic_term[:2], "ValueError"),
        (np.full_like(model.topic_term, np.nan), "ValueError"),
        (np.array([{"a": 1}], dtype=object), "ValueError"),
    ):
        path = save_topics(model, tmp_path / "news.topics")
        held = io.BytesIO()
        np.save(held, array, allow_pickle=True)
        rewritten(path, topic_term__npy=held.getvalue())
        assert fault(path) == damaged(path, kind)


def test_what_is_saved_must_be_a_model(tmp_path: Path) -> None:
    with pytest.raises(TypeError) as caught:
        save_topics([1], tmp_path / "a")  # type: ignore[arg-type]
    assert str(caught.value) == (
        "save_topics: model is list, not a TopicModel. Pass what fit_topics() returns."
    )
