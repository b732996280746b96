"""Pages that are made before each build: the notebooks, and the lists of the API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import framing

HERE = Path(__file__).parent
NOTEBOOKS = HERE.parent / "notebooks"

SAMPLE = """:::{admonition} Run on the invented sample
:class: warning
Outlets, events and numbers on this page are **made up**: it is built from the 120 invented articles
that come with the toolkit, so that it needs no network and carries nobody's texts. `make report`
runs the same notebook on 3,788 real articles, `make report ARTICLES=my/articles` on your own.
:::"""

# Title, what it is, and the modules whose names belong to it; the first that fits has a name.
GROUPS = {
    "read": (
        "Read",
        "From files to articles, from articles to a corpus, and what was left out on the way.",
        "articles attrition boilerplate corpus datasets phrases saving stories words",
    ),
    "actors": (
        "Actors and countries",
        "Who is named, as what, how often, beside whom and in which words.",
        "contexts ledger mentions salience",
    ),
    "compare": (
        "Compare",
        "Rates with intervals and tests over whole articles or stories; the sentences behind them.",
        "compare decomposition evidence measure specification",
    ),
    "topics": ("Topics", "Fit, choose, read, validate and compare topic models.", "topics"),
    "export": (
        "Export",
        "Figures, tables, methods text and what else goes into a paper.",
        "plots.save plots.style plots.alt plots.calls tables export methods bundle",
    ),
    "charts": (
        "Charts",
        "Each draws the rows of one table and computes nothing.",
        "plots",
    ),
    "count": (
        "Count",
        "How often, when, where, beside what, and which words mark a source.",
        "",
    ),
}
ORDER = ("read", "count", "actors", "compare", "topics", "charts", "export")


def write(path: Path, text: str) -> None:
    """Write a file unless it says the same already, so that a build need not read it again."""
    if not path.is_file() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def copy_notebooks(target: Path) -> None:
    """Copy the notebooks beside the pages, with a word on their articles below each title."""
    target.mkdir(exist_ok=True)
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        notebook = json.loads(path.read_text("utf-8"))
        cells = notebook["cells"]
        title, _, rest = "".join(cells[0]["source"]).partition("\n")
        note = {"cell_type": "markdown", "id": "sample", "metadata": {}, "source": SAMPLE}
        opening = {**note, "id": "opening", "source": rest.strip()}
        cells[:1] = [{**cells[0], "source": title}, note, opening]
        for cell in cells:
            source = "".join(cell["source"])
            cell["source"] = source.replace('OUT = "../results"', 'OUT = "results"')
        write(target / path.name, json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")


def start_of_kernels(folder: Path) -> Path:
    """Write the folder in which kernels find what they run first; return it."""
    target = folder / "profile_default" / "startup" / "kernel.py"
    target.parent.mkdir(parents=True, exist_ok=True)
    write(target, (HERE / "kernel.py").read_text("utf-8"))
    return folder


def group_of(name: str) -> str:
    """Return the group of a public name, by the module that it is written in."""
    module = getattr(framing, name).__module__.removeprefix("framing.")
    if not name.startswith("plot_") and ("topic" in name.lower() or "intrusion" in name.lower()):
        return "topics"
    for group, (_, _, modules) in GROUPS.items():
        if any(module == part or module.startswith(part + ".") for part in modules.split()):
            return group
    return "count"


def api_page(group: str, names: list[str]) -> Iterator[str]:
    """Yield the lines of the page of one group."""
    title, what, _ = GROUPS[group]
    yield from (f"# {title}", "", what, "", "```{eval-rst}", ".. currentmodule:: framing", "")
    yield from (".. autosummary::", "   :toctree: generated", "   :nosignatures:", "")
    yield from (f"   {name}" for name in names)
    yield from ("```", "")


def api_index() -> Iterator[str]:
    """Yield the lines of the page that leads to the groups."""
    yield from ("# API", "", "Every public name, by what it is for. `import framing as fr`.", "")
    yield from ("```{toctree}", ":hidden:", "", *ORDER, "```", "")
    for group in ORDER:
        yield f"- [{GROUPS[group][0]}]({group}.md): {GROUPS[group][1]}"
    yield ""


def write_api(target: Path) -> None:
    """Write one page a group, so that no public name can be missing."""
    target.mkdir(exist_ok=True)
    write(target / "index.md", "\n".join(api_index()))
    for group in ORDER:
        names = [name for name in framing.__all__ if group_of(name) == group]
        write(target / f"{group}.md", "\n".join(api_page(group, names)))
