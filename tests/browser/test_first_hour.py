"""The first hour of a new user in JupyterLab: from an empty folder to figures of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from laboratory import Laboratory, Notebook, Watch, until
from playwright.sync_api import Browser

TOPICS = ("bridge", "harvest", "election", "strike", "school")


@pytest.fixture(scope="module")
def first(browser: Browser, lab: Laboratory) -> Iterator[tuple[Notebook, Watch]]:
    """Give the first notebook, opened in a fresh JupyterLab."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    watch = Watch(page, own=lab.address)
    yield Notebook(page, lab, "notebooks/01_articles.ipynb"), watch
    context.close()


def errors(notebook: Any) -> list[str]:
    """Return the errors of a saved notebook."""
    return [f"{cell.id}: {output.ename}: {output.evalue}" for cell in notebook.cells
            for output in cell.get("outputs", []) if output.output_type == "error"]  # fmt: skip


def assert_all_ran(notebook: Any) -> None:
    """Fail unless each cell with code has run, without an error or a warning."""
    assert errors(notebook) == []
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.strip():
            assert cell.execution_count, cell.source
            said = [output.text for output in cell.outputs if output.get("name") == "stderr"]
            assert said == [], cell.source


def charts(notebook: Any) -> int:
    """Return how many images a saved notebook holds."""
    return sum("image/png" in output.get("data", {}) for cell in notebook.cells
               for output in cell.get("outputs", []))  # fmt: skip


def half_written(lab: Laboratory) -> list[str]:
    """Return files that look as if their writing had been broken off."""
    found = [path for path in lab.folder.rglob("*") if ".ipynb_checkpoints" not in path.parts]
    return [str(path.relative_to(lab.folder)) for path in found if path.is_file() and (
        path.name.startswith(".") or path.suffix in (".tmp", ".part") or not path.stat().st_size
    )]  # fmt: skip


def test_run_all_as_it_comes(first: tuple[Notebook, Watch], lab: Laboratory) -> None:
    notebook, watch = first
    saved = notebook.run_all()
    assert_all_ran(saved)
    assert charts(saved) == 1
    shown = notebook.panel.locator(".jp-OutputArea-output img")
    notebook.cell(8)
    until(lambda: shown.count() == 1, 20, "the chart is not shown")
    size = shown.evaluate("image => [image.complete, image.naturalWidth]")
    assert size[0]
    assert size[1] > 500
    names = {path.name for path in (lab.folder / "results" / "figures").iterdir()}
    assert {"articles-over-time.pdf", "articles-over-time.csv"} <= names
    assert half_written(lab) == []
    assert watch.said == []


def test_my_own_folder_of_texts(first: tuple[Notebook, Watch], lab: Laboratory) -> None:
    for number in range(30):
        folder = lab.folder / "my articles" / ("Gazette", "Herald & Söhne")[number % 2]
        folder.mkdir(parents=True, exist_ok=True)
        text = f"The {TOPICS[number % 5]} of the town was the subject of day {number}. " * 5
        (folder / f"2024-03-{number % 28 + 1:02d} piece {number}.txt").write_text(
            text, encoding="utf-8"
        )
    notebook, watch = first
    before = notebook.cell(1).locator(".cm-content").inner_text()
    notebook.write(1, before.replace("ARTICLES = None", 'ARTICLES = "../my articles"'))
    saved = notebook.run_all()
    assert_all_ran(saved)
    assert charts(saved) == 1
    tables = " ".join(str(output.get("data", {}).get("text/plain", ""))
                      for cell in saved.cells for output in cell.get("outputs", []))  # fmt: skip
    assert re.search(r"articles +30\n", tables)
    assert "Herald & Söhne" in tables
    assert re.search(r"first day +01 March 2024\n", tables)
    assert watch.said == []


def run_in_new_cell(notebook: Notebook, source: str) -> None:
    """Write into the last cell with code, and run it."""
    notebook.write(16, source)
    notebook.run(16)


ERRORS = {
    'corpus = fr.build_corpus(articles)\nfr.term_frequency(corpus, by="sorce")': (
        r"ValueError: term_frequency: by='sorce' is not a column of the articles\. They have "
        r"'doc_id', 'source', .* Did you mean 'source'\?"
    ),
    'key = fr.keyness(corpus, by="source", target="Gazete")': (
        r"ValueError: keyness: target='Gazete' is not one of 'Gazette', 'Herald & Söhne'\. "
        r"Did you mean 'Gazette'\?"
    ),
    'fr.plot_term_frequency(fr.term_frequency(corpus).rename(columns={"term": "word"}))': (
        r"ValueError: plot_term_frequency: the table has no column 'term'\. It has 'word', .*"
    ),
}


@pytest.mark.parametrize("source", ERRORS)
def test_an_error_is_one_line_that_can_be_seen(source: str, first: tuple[Notebook, Watch]) -> None:
    notebook, _ = first
    run_in_new_cell(notebook, source)
    output = notebook.cell(16).locator(".jp-OutputArea-output", has_text="Traceback")
    output.wait_for(timeout=60_000)
    line = output.inner_text().strip().splitlines()[-1]
    assert re.fullmatch(ERRORS[source], line)
    box = output.bounding_box()
    assert box
    assert box["height"] < 900


def test_interrupt_and_go_on(first: tuple[Notebook, Watch], lab: Laboratory) -> None:
    notebook, _ = first
    before = {path: path.read_bytes() for path in (lab.folder / "results").rglob("*")
              if path.is_file()}  # fmt: skip
    run_in_new_cell(
        notebook,
        "while True:\n"
        "    shares = fr.compare(fr.measure_terms(corpus, terms=['town']), by='source', seed=1)\n"
        "    fr.save_table(problems, f'{OUT}/tables/problems.csv')\n"
        "    fr.save_table(shares, f'{OUT}/tables/own.csv')",
    )
    written = lab.folder / "results" / "tables" / "own.csv"
    until(written.exists, 60, "the cell has not begun")
    notebook.menu("Kernel", "Interrupt Kernel")
    output = notebook.cell(16).locator(".jp-OutputArea-output", has_text="Traceback")
    until(lambda: output.count() == 1 and "KeyboardInterrupt" in output.inner_text(), 20,
          "the cell goes on after Interrupt")  # fmt: skip
    assert half_written(lab) == []
    assert {path: path.read_bytes() for path in before} == before
    text = written.read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 3
    run_in_new_cell(notebook, "print(len(articles), 'articles are still here')")
    said = notebook.cell(16).locator(".jp-OutputArea-output")
    until(lambda: said.count() == 1 and "30 articles are still here" in said.inner_text(), 30,
          "the next cell does not run")  # fmt: skip
