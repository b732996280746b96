"""The notebooks on sets of articles about which a chart or a model has little to say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest

from framing.plots import style

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
SENTENCES = (
    "The mayor opened the new bridge over the river, and the old ferry will stop.",
    "Farmers asked for rain, the harvest is late and prices in the market rise.",
    "The team won the final and the coach thanked the players and the town.",
    "A strike stopped the buses and the union wants higher pay.",
    "The school gets a new roof for which parents collected money.",
)
GERMAN = (
    "Der Bürgermeister eröffnete die neue Brücke über den Fluss.",
    "Die Bauern hoffen auf Regen, die Ernte kommt spät.",
    "Die Mannschaft gewann das Finale in der Stadt.",
)
SIZES = {
    "German": (15, 3),
    "one source": (40, 1),
    "no source": (40, 0),
    "eight": (8, 2),
    "eleven": (11, 2),
    "repeated": (60, 3),
    "many sources": (56, 14),
}  # articles and sources of each kind
ALONE = "All articles are of one source, or of none that is known: nothing to compare them with."


def small_set(kind: str) -> pd.DataFrame:
    """Return invented articles of one kind."""
    n, n_sources = SIZES[kind]
    if kind == "repeated":
        texts = [f"{' '.join(SENTENCES)} This is number {i}." for i in range(n)]
    elif kind == "German":
        texts = [f"{GERMAN[i % 3]} {GERMAN[(i + i // 3) % 3]}" for i in range(n)]
    else:
        texts = [f"{SENTENCES[i % 5]} {SENTENCES[(i + 2) % 5]} Number {i}." for i in range(n)]
    frame = pd.DataFrame({"title": [f"Title {i}" for i in range(n)], "text": texts})
    if n_sources:
        frame["source"] = [f"Paper {i % n_sources}" for i in range(n)]
        frame["date"] = [f"2024-03-{i % 28 + 1:02d}" for i in range(n)]
    return frame


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a notebook in this process on a table; give its names and what it printed."""
    monkeypatch.setattr(style, "_PLACES", {})
    monkeypatch.delenv("FRAMING_ARTICLES", raising=False)
    monkeypatch.chdir(tmp_path)

    def run_notebook(stem: str, frame: pd.DataFrame, **reading: Any) -> tuple[dict[str, Any], str]:
        frame.to_csv(tmp_path / "own.csv", index=False)
        names: dict[str, Any] = {"display": print}
        capsys.readouterr()
        with (
            mpl.rc_context(),
            pd.option_context("display.max_colwidth", 90, "display.max_rows", 60),
        ):
            for cell in nbformat.read(NOTEBOOKS / f"{stem}.ipynb", as_version=4).cells:
                if cell.cell_type == "code":
                    exec(cell.source, names)
                if "parameters" in cell.metadata.get("tags", []):
                    names |= {"ARTICLES": "own.csv", "READING": reading, "OUT": "."}
            plt.close("all")
        return names, capsys.readouterr().out

    return run_notebook


def drawn() -> set[str]:
    return {path.stem for path in Path("figures").glob("*.pdf")}


@pytest.mark.parametrize("kind", SIZES)
def test_what_there_is_in_small_sets(kind: str, run: Any) -> None:
    names, said = run("01_articles", small_set(kind))
    n, n_sources = SIZES[kind]
    assert names["overview"]["articles"] == str(n)
    assert names["overview"]["sources"] == str(n_sources)
    assert drawn() == ({"articles-over-time"} if n_sources else set())
    assert ("No article has a date, so there is no chart." in said) == (n_sources == 0)
    assert ("2 smaller sources are in the tables only" in said) == (kind == "many sources")


@pytest.mark.parametrize("kind", SIZES)
def test_words_of_small_sets(kind: str, run: Any) -> None:
    names, said = run("02_terms", small_set(kind))
    n_sources = SIZES[kind][1]
    assert "none of TERMS occurs in these articles. Put other words into the list." in said
    assert "(NONE of SUBJECTS occurs)" in said
    assert (ALONE in said) == (n_sources < 2)
    assert "taken out: 0 of " in said
    assert ("5 smaller sources are in the tables only" in said) == (kind == "many sources")
    assert ("subject-over-time" in drawn()) == (n_sources > 0)
    assert ("No chart: no article has a date." in said) == (n_sources == 0)
    assert 2 <= len(drawn()) + said.count("No chart: ") == 7
    assert 1 <= (names["named"] >= 1).sum() <= len(names["articles"])


@pytest.mark.parametrize("kind", ["German", "one source", "no source", "eight", "repeated"])
def test_topics_of_too_small_sets(kind: str, run: Any) -> None:
    names, said = run("03_topics", small_set(kind))
    assert names["model"] is None
    assert "Too few articles for topics: " in said
    assert "20 articles and 60 such words are the least; some hundred articles are better." in said
    assert said.count("No chart: too few articles for topics.") == 2
    assert said.count("No table: too few articles for topics.") == 2


@pytest.mark.parametrize("kind", ["German", "one source", "no source", "repeated"])
def test_one_topic_of_too_small_sets(kind: str, run: Any) -> None:
    names, said = run("06_one_topic_many_sources", small_set(kind))
    assert names["model"] is None
    assert "Too few articles for topics: see 03_topics." in said
    assert said.count("No chart: too few articles, or one source.") == 3
    assert drawn() == set()


@pytest.mark.parametrize("kind", SIZES)
def test_small_sets_that_name_nobody(kind: str, run: Any) -> None:
    names, said = run("04_actors_and_countries", small_set(kind))
    if names["chosen"]:
        assert len(names["mentions"])
    else:
        assert "Nobody in the ledger is named in these articles" in said
    assert ("No chart: no country is named in these articles." in said) == (
        "salience-countries" not in drawn()
    )


@pytest.mark.parametrize("kind", SIZES)
def test_comparisons_of_small_sets(kind: str, run: Any) -> None:
    names, said = run("05_comparisons", small_set(kind))
    assert names["found"] or "Nothing to compare: " in said
    assert names["found"] == ("claim-1" in drawn())


@pytest.mark.parametrize("n_sources", [0, 1, 2])
def test_topics_of_the_least_that_will_do(n_sources: int, run: Any) -> None:
    words = [f"{a}{b}ord" for a in "bcdfghklmn" for b in "aeiouywv"]
    texts = [" ".join(words[(7 * i + j) % 80] for j in range(30)) for i in range(20)]
    frame = pd.DataFrame({"text": texts})
    if n_sources:
        frame["source"] = [f"Paper {i % n_sources}" for i in range(20)]
    names, said = run("03_topics", frame)
    assert names["model"].n_topics == 6
    compared = {"topic-share-compared"} if n_sources > 1 else set()
    assert drawn() == {"topic-terms", "topic-share"} | compared
    assert ("No table: one source." in said) == (n_sources < 2)
    shares = pd.read_csv("tables/topic-share.csv").groupby("source")["share"].sum()
    assert len(shares) == max(n_sources, 1)
    assert shares.tolist() == pytest.approx([1.0] * len(shares), abs=1e-3)


def test_columns_of_other_names_reach_the_notebooks(run: Any) -> None:
    frame = small_set("German").rename(columns={"text": "Artikeltext", "source": "Zeitung"})
    names, _ = run(
        "02_terms", frame, columns={"Artikeltext": "text", "Zeitung": "source"}, source="Bote"
    )
    assert names["articles"]["text"].str.contains("Brücke|Ernte|Finale").all()
    assert sorted(names["main"]) == ["Paper 0", "Paper 1", "Paper 2"]


def test_furniture_is_found_and_phrases_of_the_news_corpus_are_left_alone(run: Any) -> None:
    frame = small_set("many sources").assign(source=["Gazette", "Herald"] * 28)
    frame["text"] += [" We read more.", " They trust heraldry. Follow the Herald."] * 28
    frame["text"] = [text.replace("Number", f"Case{i}") for i, text in enumerate(frame["text"])]
    names, said = run("02_terms", frame)
    furniture = pd.read_csv("tables/boilerplate.csv")
    assert {"herald", "follow the herald", "we read more"} <= set(furniture["sequence"])
    assert "taken out: " in said
    assert "taken out: 0 of " not in said
    assert "furniture, to be added to PHRASES" not in said
    assert "herald" not in set(pd.read_csv("tables/key-terms.csv")["term"])
    assert "they'r" in names["IN_THE_NEWS"]


def test_words_that_may_be_furniture_are_named(run: Any) -> None:
    frame = small_set("many sources").assign(source=["Gazette", "Herald"] * 28)
    frame["text"] = [f"So zilch {text[0].lower()}{text[1:]}" if i % 2 else text
                     for i, text in enumerate(frame["text"])]  # fmt: skip
    _, said = run("02_terms", frame)
    assert "zilch" in said.split("furniture, to be added to PHRASES: ")[1].splitlines()[0]


def test_smaller_sources_are_in_the_tables(run: Any) -> None:
    frame = small_set("many sources")
    frame["text"] += " " + (frame["source"].str.replace(" ", "") + " ") * 8 + "war."
    run("02_terms", frame)
    assert pd.read_csv("tables/chosen-terms.csv")["source"].nunique() == 14
    assert pd.read_csv("figures/chosen-terms.csv")["source"].nunique() == 9
    assert pd.read_csv("tables/key-terms.csv")["target"].nunique() == 14
    assert pd.read_csv("figures/key-terms-by-source.csv")["target"].nunique() == 9


def test_sources_have_the_same_colours_in_all_notebooks(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = small_set("many sources").assign(title=None)
    frame = pd.concat([frame, frame[frame["source"].isin(["Paper 9", "Paper 13"])]])
    seen = []
    for stem in ("01_articles", "02_terms", "03_topics", "04_actors_and_countries"):
        monkeypatch.setattr(style, "_PLACES", {})
        names, _ = run(stem, frame)
        nine = frame["source"].value_counts().head(9).index
        seen.append(names["fr"].palette(nine))
    assert seen[0] == seen[1] == seen[2]
    assert len(set(seen[0].values())) == 9


def test_key_terms_of_nine_sources_fit_on_a_page(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    heights = []
    before = plt.Figure.savefig

    def measured(figure: Any, *args: Any, **options: Any) -> Any:
        heights.append(figure.get_figheight() * 25.4)
        return before(figure, *args, **options)

    monkeypatch.setattr(plt.Figure, "savefig", measured)
    frame = small_set("many sources")
    own = frame["source"].str.replace(" ", "")
    for part in "abcdef":
        frame["text"] += " " + (own + part + " ") * 8
    run("02_terms", frame)
    assert "key-terms-by-source" in drawn()
    assert 100 < max(heights) <= 230
