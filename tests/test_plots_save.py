"""A saved figure: four files, the same bytes for the same input, all or none."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from framing.plots import facets, paper, plot_collocates, plot_keyness, save_figure


@dataclass
class FakeCorpus:
    fingerprint: str = "a1b2"


def table(nodes: tuple[str, ...] = ("rebels",)) -> pd.DataFrame:
    return pd.concat([
        pd.DataFrame({
            "node": node, "window": 5, "term": ["=aid", "RTÉ", "-armed"], "measure": "log_dice",
            "score": [7.5, 11.0, 9.25], "count": [1, 2, 3], "expected": 1.0, "n_node": 900,
            "n_term": 3_000, "n_window": 9_000, "n_tokens": 2_000_000, "n_articles": 5,
        })
        for node in nodes
    ], ignore_index=True)  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_six_files_with_the_drawn_rows_and_how_they_came_about(tmp_path: Path) -> None:
    with paper("single"):
        ax = plot_collocates(table(), n=2)
    paths = save_figure(
        ax, tmp_path / "new" / "near.rebels", settings={"corpus": "US", "words": 3},
        corpus=FakeCorpus(),
    )  # fmt: skip
    assert [path.name for path in paths] == [f"near.rebels{end}" for end in (
        ".pdf", ".svg", ".png", "-600.png", ".csv", ".json",
    )]  # fmt: skip
    assert sorted(paths) == sorted((tmp_path / "new").iterdir())
    assert [row["term"] for row in rows(paths[4])] == ["RTÉ", "'-armed"]
    about = json.loads(paths[5].read_text("utf-8"))
    assert about["corpus"] == "a1b2"
    assert about["settings"] == {
        "node": "rebels", "window": 5, "measure": "log_dice", "corpus": "US", "words": 3,
    }  # fmt: skip
    assert about["figure"]["width_mm"] == 85
    assert about["figure"]["rows"] == 2
    assert about["versions"]["pandas"] == pd.__version__
    assert set(about["versions"]) == {"framing", "numpy", "pandas", "matplotlib"}


def test_the_size_is_exact_and_fonts_are_inside(tmp_path: Path) -> None:
    with paper("double"):
        ax = plot_collocates(table())
    pdf, _, png, fine, _, _ = save_figure(ax, tmp_path / "figure.png")
    assert pdf.name == "figure.pdf"
    with Image.open(png) as image:
        assert abs(image.width - 180 / 25.4 * 300) <= 1
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    with Image.open(fine) as image:
        assert abs(image.width - 180 / 25.4 * 600) <= 1
        assert image.info["dpi"] == pytest.approx((600, 600), abs=0.1)
    text = pdf.read_bytes()
    assert b"/FontFile2" in text
    assert b"/Type3" not in text
    assert b"CreationDate" not in text


def test_the_same_figure_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        with paper("single"):
            save_figure(
                facets(table(("a", "b")), plot_collocates, by="node"), tmp_path / folder / "f"
            )
    ax = plot_collocates(table())
    save_figure(ax, tmp_path / "three" / "g")
    save_figure(ax, tmp_path / "four" / "g")
    for one, two in (("one", "two"), ("three", "four")):
        for path in (tmp_path / one).iterdir():
            assert path.read_bytes() == (tmp_path / two / path.name).read_bytes(), path.name


def test_several_panels_are_one_table(tmp_path: Path) -> None:
    figure = facets(table(("rebels", "army")), plot_collocates, by="node")
    path, about = save_figure(figure, tmp_path / "near", formats=[])
    assert [(row["panel"], row["node"]) for row in rows(path)] == [("rebels", "rebels")] * 3 + [
        ("army", "army")
    ] * 3
    assert json.loads(about.read_text("utf-8"))["settings"]["node"] == ["rebels", "army"]


def test_a_panel_with_a_title_of_two_lines_has_a_name_of_one(tmp_path: Path) -> None:
    long = "The Counter-Revolutionary Gazette of Schleswig-Holstein and Mecklenburg"
    with paper("single"):
        figure, axes = plt.subplots(1, 2, layout="constrained")
        for ax in axes:
            plot_collocates(table().assign(source=long), ax=ax)
        assert "\n" in axes[0].get_title(loc="left")
        save_figure(figure, tmp_path / "two", formats="pdf")
    assert set(pd.read_csv(tmp_path / "two.csv")["panel"]) == {
        f"near “rebels” · ± 5 tokens · {long} · 900 occurrences"
    }


def test_panels_of_different_charts_are_numbered_and_joined(tmp_path: Path) -> None:
    _, (left, right) = plt.subplots(1, 2)
    plot_collocates(table(), ax=left).set_title("", loc="left")
    plot_collocates(table(("army",)), ax=right).set_title("", loc="left")
    path, _ = save_figure(left, tmp_path / "both", formats=[])
    assert [row["panel"] for row in rows(path)] == ["1"] * 3 + ["2"] * 3


def test_what_was_cleared_is_not_in_the_table(tmp_path: Path) -> None:
    ax = plot_collocates(table(("old",)))
    ax.clear()
    plot_collocates(table(("new",)), ax=ax)
    path, _ = save_figure(ax, tmp_path / "near", formats=[])
    assert {row["node"] for row in rows(path)} == {"new"}


@pytest.mark.parametrize("stop", [OSError, KeyboardInterrupt])
def test_a_failure_leaves_nothing_new_and_everything_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    ax = plot_collocates(table())
    (tmp_path / "near.csv").write_text("old", encoding="utf-8")
    real = Figure.savefig

    def fail(self: Figure, path: Path, **kwargs: object) -> None:
        if Path(path).suffix == ".png":
            raise stop
        real(self, path, **kwargs)

    monkeypatch.setattr(Figure, "savefig", fail)
    with pytest.raises(stop):
        save_figure(ax, tmp_path / "near")
    assert [path.name for path in tmp_path.iterdir()] == ["near.csv"]
    assert (tmp_path / "near.csv").read_text("utf-8") == "old"


def test_a_figure_of_ones_own_needs_its_table(tmp_path: Path) -> None:
    figure, ax = plt.subplots()
    ax.plot([1, 2])
    with pytest.raises(ValueError, match="no chart of the toolkit") as at:
        save_figure(figure, tmp_path / "own")
    assert str(at.value) == (
        "save_figure: no chart of the toolkit is on the figure, so its numbers are unknown. "
        "Pass them as table=…, or use the figure's own savefig."
    )
    assert list(tmp_path.iterdir()) == []
    paths = save_figure(figure, tmp_path / "own", table=pd.DataFrame({"y": [1, 2]}))
    assert rows(paths[4]) == [{"y": "1"}, {"y": "2"}]


def test_what_is_no_figure_no_corpus_or_no_json_is_an_error(tmp_path: Path) -> None:
    ax: Axes = plot_collocates(table())
    with pytest.raises(TypeError, match="fig is DataFrame") as at:
        save_figure(table(), tmp_path / "a")  # type: ignore[arg-type]
    assert str(at.value) == (
        "save_figure: fig is DataFrame, neither a figure nor axes. "
        "Pass what a plot_… function or facets() returned."
    )
    with pytest.raises(TypeError, match="path is DataFrame") as at:
        save_figure(ax, table())  # type: ignore[arg-type]
    assert str(at.value) == (
        "save_figure: path is DataFrame, not a path. Pass the file without its ending, for "
        "example 'figures/keyness'."
    )
    with pytest.raises(TypeError, match="no fingerprint") as at:
        save_figure(ax, tmp_path / "a", corpus=table())  # type: ignore[arg-type]
    assert str(at.value) == (
        "save_figure: corpus is DataFrame, which has no fingerprint. "
        "Pass what build_corpus() returned."
    )
    with pytest.raises(TypeError, match="cannot be written as JSON") as at:
        save_figure(ax, tmp_path / "a", settings={"terms": {"a"}})
    assert str(at.value) == (
        "save_figure: settings cannot be written as JSON: Object of type set is not JSON "
        "serializable. Pass numbers and text."
    )
    assert list(tmp_path.iterdir()) == []


def test_saving_works_without_paper_and_leaves_settings_alone(tmp_path: Path) -> None:
    before = dict(plt.rcParams)
    key = pd.DataFrame({
        "by": "source", "target": "TASS", "reference": "rest", "term": ["a", "b"],
        "measure": "g2", "score": [2.0, -1.0], "p_value": 0.1, "count": 1, "n_tokens": 10,
        "per_million": 1.0, "n_articles": 1, "count_reference": 1, "n_tokens_reference": 10,
        "per_million_reference": 1.0, "n_articles_reference": 1, "n_terms": 2,
    })  # fmt: skip
    paths = save_figure(plot_keyness(key), tmp_path / "key")
    assert all(path.stat().st_size > 100 for path in paths)
    assert dict(plt.rcParams) == before


def test_the_text_that_stands_for_the_chart_is_in_every_file(tmp_path: Path) -> None:
    data = table().assign(term=["<b>", "R&D", "RTÉ"])
    pdf, svg, png, fine, _, about = save_figure(plot_collocates(data), tmp_path / "near")
    said = json.loads(about.read_text("utf-8"))["alt_text"]
    assert said == (
        "Dot chart of 3 terms near “rebels” (± 5 tokens), by logDice. Highest: R&D, 11 (2 times "
        "near it); lowest: <b>, 7.5 (once near it). 900 occurrences of “rebels”."
    )
    for path in (png, fine):
        with Image.open(path) as image:
            assert image.info["Description"] == said
    root = ET.parse(svg).getroot()
    assert root.get("role") == "img"
    title, description, *_ = root
    assert title.tag.endswith("}title")
    assert title.text == "Dot chart of 3 terms near “rebels” (± 5 tokens), by logDice"
    assert description.tag.endswith("}desc")
    assert description.text == said
    assert said.encode("utf-16-be")[:40] in _unescaped(pdf.read_bytes())


def _unescaped(pdf: bytes) -> bytes:
    """Return the bytes of a PDF with the escapes of its strings undone."""
    return re.sub(rb"\\([()\\])", rb"\1", pdf)


def test_an_svg_has_text_as_text_and_no_date(tmp_path: Path) -> None:
    with paper("single"):
        svg, *_ = save_figure(plot_collocates(table()), tmp_path / "near", formats=["svg"])
    text = svg.read_text("utf-8")
    assert ">RTÉ</text>" in text
    assert text.count("'DejaVu Sans'") == text.count("'DejaVu Sans', Verdana, sans-serif") > 10
    assert "dc:date" not in text


def test_formats_are_those_asked_for_or_those_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ax = plot_collocates(table())
    monkeypatch.setenv("FRAMING_FORMATS", " png,pdf")

    def names(formats: list[str] | str | None) -> list[str]:
        return [path.name for path in save_figure(ax, tmp_path / "f", formats=formats)]

    assert names(None) == ["f.pdf", "f.png", "f.csv", "f.json"]
    assert names(["svg", "pdf"]) == ["f.pdf", "f.svg", "f.csv", "f.json"]
    assert names("png600") == ["f-600.png", "f.csv", "f.json"]
    assert names([]) == ["f.csv", "f.json"]
    with pytest.raises(ValueError, match="not one of") as at:
        names(["gif"])
    assert str(at.value) == (
        "save_figure: formats='gif' is not one of 'pdf', 'svg', 'png', 'png600'."
    )
    monkeypatch.setenv("FRAMING_FORMATS", "png,tiff")
    with pytest.raises(ValueError, match="not one of") as at:
        names(None)
    assert str(at.value) == (
        "save_figure: FRAMING_FORMATS='tiff' is not one of 'pdf', 'svg', 'png', 'png600'."
    )
