"""The report in a browser: read out, walked through by keyboard, on a phone, on paper."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from laboratory import Watch
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Page

from framing.report import build_report

CELLS = [
    new_markdown_cell("# Articles\n\nProse with [a link](https://example.org) and `code`."),
    new_code_cell("ARTICLES, READING, OUT = None, {}, '.'", metadata={"tags": ["parameters"]}),
    new_code_cell(
        "import pandas as pd\nimport framing as fr\nfr.paper('double')\n"
        "articles, problems = fr.load_articles(ARTICLES)\n"
        "corpus = fr.build_corpus(articles)\ncorpus"
    ),
    new_markdown_cell("## Words"),
    new_code_cell("rows = fr.term_frequency(corpus, by='source', terms='said')\nrows"),
    new_code_cell("fr.save_figure(fr.plot_term_frequency(rows), 'figures/said');"),
    new_code_cell("fr.show_evidence(fr.evidence(rows, corpus, n=2, seed=1))"),
    new_code_cell("pd.DataFrame({f'column {i}': ['a text of some length'] for i in range(30)})"),
    new_code_cell("pd.DataFrame({'word': ['x' * 100_000]}).style"),
    new_code_cell("print('y' * 10_000)"),
    new_markdown_cell("## Topics\n\n```python\n" + "long_line = " * 30 + "\n```"),
    new_code_cell(
        "model = fr.fit_topics(corpus, n_topics=3, seed=1, engine='nmf')\n"
        "fr.topic_card(model, corpus, topic=0)"
    ),
    new_code_cell("import warnings\nwarnings.warn('mind this', stacklevel=1)"),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build a report on the sample with every kind of output; give its address."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "notebooks").mkdir()
    notebook = new_notebook(cells=CELLS)
    nbformat.write(notebook, folder / "notebooks" / "01.ipynb")
    page = build_report("sample", out=folder / "report", notebooks=folder / "notebooks")
    return Path(page).as_uri()


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(report: str, width: int, page: Page, axe: str) -> None:
    watch = Watch(page)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(report)
    for folded in page.locator("summary").all():
        folded.click()
    page.evaluate(axe)
    found = page.evaluate("axe.run()")
    assert [
        (one["impact"], one["id"], one["nodes"][0]["html"]) for one in found["violations"]
    ] == []
    ran = {one["id"] for one in found["passes"]}
    assert ran >= {
        "color-contrast", "document-title", "heading-order", "html-has-lang", "image-alt", "bypass",
        "landmark-one-main", "link-name", "page-has-heading-one", "region", "scope-attr-valid",
        "scrollable-region-focusable", "empty-table-header",
    }  # fmt: skip
    assert watch.said == []


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_is_wider_than_the_page(report: str, width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(report)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = page.evaluate(
        "[...document.querySelectorAll('main p, main pre, main h2, main h3, main .scroll, nav')]"
        ".filter(part => part.getBoundingClientRect().right > innerWidth + 1)"
        ".map(part => part.outerHTML.slice(0, 80))"
    )
    assert wide == []


def test_the_keyboard_reaches_all_and_shows_where_it_is(report: str, page: Page) -> None:
    page.goto(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "report"
    reached = []
    for _ in range(80):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            "[document.activeElement.getAttribute('aria-label') || document.activeElement.tagName,"
            " getComputedStyle(document.activeElement).outlineWidth]"
        )
        if name == "BODY":
            break
        assert outline == "3px", name
        reached.append(name)
    n_tables = page.locator("main table").count()
    assert [name for name in reached if name.startswith("Table ")] == [
        f"Table {number}" for number in range(1, n_tables + 1)
    ]
    assert reached.count("SUMMARY") == page.locator("summary").count()


def test_a_wide_table_is_scrolled_by_keyboard(report: str, page: Page) -> None:
    page.goto(report)
    wide = page.locator(".scroll", has_text="column 29")
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_on_paper_nothing_is_folded_or_cut(report: str, page: Page) -> None:
    page.goto(report)
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert not page.locator("summary").first.is_visible()
    assert page.locator("figure img").is_visible()
    assert page.locator("main").is_visible()
    assert len(page.pdf(format="A4")) > 20_000
