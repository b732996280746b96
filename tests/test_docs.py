"""Every block of Python in the README and the pages runs, page by page, from top to bottom."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import framing as fr
from framing.articles import Articles

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    *(path for path in sorted((ROOT / "docs").glob("**/*.md")) if "_build" not in path.parts),
]
PAGES = [path for path in PAGES if path.stem != "gallery"]  # `make figures` runs its code
BLOCK = re.compile(
    r"^(`{3,})(?:python|\{code-cell\}[^\n]*)\n(.*?)^\1\s*$", re.DOTALL | re.MULTILINE
)
STAND_IN = {
    "Skazka Wire": "TASS",
    "Khayal News": "Al Jazeera",
    "Fantasie-Kurier": "Deutsche Welle",
    "Imaginary Ledger": "CNN",
}


def blocks(path: Path) -> list[str]:
    """Return the code of a page, without the options of its cells."""
    codes = [found[2] for found in BLOCK.finditer(path.read_text("utf-8"))]
    return [re.sub(r"\A(?::[\w-]+:.*\n)+", "", code) for code in codes]


def news() -> Articles:
    """Return the sample under the names of real outlets: pages name the news corpus."""
    articles, problems = fr.load_sample()
    for name in ("title", "text"):
        articles[name] = articles[name].str.replace("Orvessa", "Syria")
    articles["source"] = articles["source"].replace(STAND_IN)
    return Articles(articles, problems)


def test_pages_have_code() -> None:
    assert sum(len(blocks(path)) for path in PAGES) > 10


def test_options_of_cells_are_no_code(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```{code-cell}\n:tags: [remove-input]\nx = 1\n```\n\n```python\ny = 2\n```\n")
    assert blocks(page) == ["x = 1\n", "y = 2\n"]


@pytest.mark.parametrize(
    "path", [p for p in PAGES if blocks(p)], ids=lambda p: str(p.relative_to(ROOT))
)
def test_the_code_of_a_page_runs(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("matplotlib").use("Agg")
    shutil.copytree(ROOT / "data" / "sample" / "texts", tmp_path / "my" / "articles")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fr, "fetch_news_articles", news)
    monkeypatch.setenv("FRAMING_ARTICLES", "sample")
    names: dict[str, object] = {"__name__": "__main__", "display": lambda *_: None}
    for number, code in enumerate(blocks(path), start=1):
        exec(compile(code, f"{path.name}, block {number}", "exec"), names)
