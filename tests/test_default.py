"""What the notebooks load: a path, the environment's, the news corpus, or the sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.datasets import default
from framing.datasets.default import load_articles


def no_network() -> None:
    msg = "fetch_news_articles: no network."
    raise ConnectionError(msg)


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FRAMING_ARTICLES", raising=False)
    monkeypatch.setattr(default, "fetch_news_articles", no_network)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text("title,text\nA title,Some words of a text.\n", encoding="utf-8")
    return path


def test_path_is_read(own: Path) -> None:
    assert load_articles(own).articles["title"].tolist() == ["A title"]


def test_environment_names_the_articles(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAMING_ARTICLES", str(own))
    assert load_articles().articles["title"].tolist() == ["A title"]
    assert len(load_articles("sample").articles) == 120, "an argument comes first"


def test_news_corpus_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = default.load_sample()
    monkeypatch.setattr(default, "fetch_news_articles", lambda: sample)
    assert load_articles() is sample


def test_sample_stands_in_with_a_warning() -> None:
    expected = (
        "load_articles: these are the 120 INVENTED articles of the bundled sample, because the "
        "news corpus could not be had (fetch_news_articles: no network.)"
    )
    with pytest.warns(UserWarning, match="INVENTED") as caught:
        articles, _ = load_articles()
    assert [str(warning.message) for warning in caught] == [expected]
    assert len(articles) == 120


def test_own_folder_called_sample_comes_first(own: Path, tmp_path: Path) -> None:
    (tmp_path / "sample").mkdir()
    own.rename(tmp_path / "sample" / "own.csv")
    assert len(load_articles("sample").articles) == 1


def test_options_of_reading_reach_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "german.csv"
    text = "Tag;Artikeltext\n03.04.2017;Über die Brücke fährt heute niemand mehr.\n"
    path.write_text(text, encoding="cp1252")
    articles, problems = load_articles(
        path,
        columns={"Artikeltext": "text", "Tag": "date"},
        source="Bote",
        date_order="dmy",
        encoding="cp1252",
    )
    assert articles["text"].tolist() == ["Über die Brücke fährt heute niemand mehr."]
    assert articles["source"].tolist() == ["Bote"]
    assert articles["date"].dt.strftime("%Y-%m-%d").tolist() == ["2017-04-03"]
    assert problems.empty


@pytest.mark.parametrize(
    ("path", "what"), [(None, "the news corpus"), ("sample", "the bundled sample")]
)
def test_options_of_reading_without_articles_of_ones_own(path: str | None, what: str) -> None:
    with pytest.raises(ValueError, match="your own articles") as caught:
        load_articles(path, columns={"a": "text"}, source="Bote")
    assert str(caught.value) == (
        "load_articles: 'columns', 'source' tell how to read your own articles, but these are "
        f"{what}. Name a folder or file, or leave that out."
    )
