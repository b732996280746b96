"""The gallery: its page is that of its source, and its lines run on the sample."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pytest
from PIL import Image

import framing as fr
from framing.plots.calls import live_calls

DOCS = Path(__file__).parent.parent / "docs"


def _figures() -> Any:
    spec = importlib.util.spec_from_file_location("docs_figures", DOCS / "figures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FIGURES = _figures()
SOURCE = (DOCS / "gallery.py").read_text("utf-8")
PAGE = (DOCS / "gallery.md").read_text("utf-8")
GALLERY = FIGURES.Gallery(SOURCE)


@pytest.mark.parametrize("name", GALLERY.entries)
def test_the_page_has_the_lines_and_the_picture_of_each_entry(name: str) -> None:
    code = GALLERY.code(name)
    assert f"```python\n{code}\n```" in PAGE, "run `make figures`"
    assert 1 <= len(code.splitlines()) <= 6
    assert code.splitlines()[-1].startswith(("ax = fr.plot_", "figure = fr.facets("))
    with Image.open(DOCS / "gallery" / f"{name}.png") as image:
        assert image.width == 1062  # 180 mm at 150 dots per inch


def test_the_page_has_nothing_else() -> None:
    assert PAGE.count("```python") == len(GALLERY.entries) + 1
    assert f"```python\n{GALLERY.opening()}\n```" in PAGE, "run `make figures`"
    pictures = list((DOCS / "gallery").iterdir())
    assert {path.stem for path in pictures} == set(GALLERY.entries)
    assert sum(path.stat().st_size for path in pictures) < 3_000_000


@pytest.mark.filterwarnings("ignore:specification_curve")
def test_every_entry_runs_on_the_sample_and_every_chart_is_there(tmp_path: Path) -> None:
    articles, problems = fr.load_sample()
    gallery = FIGURES.Gallery(FIGURES.of_the_sample(SOURCE))
    drawn = set()
    for _, made in gallery.figures(articles, problems):
        drawn |= {call.function for _, calls in live_calls(made.get_figure(root=True))
                  for call in calls}  # fmt: skip
        plt.close("all")
    assert drawn == {name for name in fr.__all__ if name.startswith("plot_")}
    texts = dict.fromkeys(gallery.entries, "said")
    page = gallery.page(FIGURES.SAMPLE.format(n=120), texts)
    assert "**120 invented articles**" in page
    assert '"TASS"' not in page
    assert '"Skazka Wire"' in page
