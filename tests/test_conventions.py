"""The conventions of the project, checked over the whole public API."""

from __future__ import annotations

import ast
import inspect
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import pandas as pd
import pytest

import framing

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "framing").rglob("*.py"))
FUNCTIONS = {
    name: getattr(framing, name)
    for name in framing.__all__
    if inspect.isfunction(getattr(framing, name))
}
CHARTS = {name: function for name, function in FUNCTIONS.items() if name.startswith("plot_")}
BANNED = {
    "inplace",
    "copy",
    "show",
    "save",
    "kwargs",
    "figsize",
    "random_state",
    "groupby",
    "num_topics",
}
ANY_NUMBER = {"methods"}
"""Functions that take any number of results."""

HEAVY = {
    "gensim",
    "sklearn",
    "matplotlib.pyplot",
    "tomotopy",
    "scipy.stats",
    "ftfy",
    "nbclient",
    "polars",
}


def parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    return list(inspect.signature(function).parameters.values())


def test_there_is_an_api_to_check() -> None:
    assert len(FUNCTIONS) >= 8
    assert CHARTS


def test_all_is_sorted_and_complete() -> None:
    assert list(framing.__all__) == sorted(framing.__all__)
    public = {
        name
        for name, value in vars(framing).items()
        if not name.startswith("_") and (inspect.isfunction(value) or inspect.isclass(value))
    }
    assert public == {name for name in framing.__all__ if callable(getattr(framing, name))}


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_signature(name: str) -> None:
    chosen = parameters(FUNCTIONS[name])
    positional = [p for p in chosen if p.kind is not p.KEYWORD_ONLY]
    assert len(chosen) <= 8, "a ninth parameter: it is two functions"
    assert len(positional) <= 2, "at most two positional parameters"
    assert not BANNED & {p.name for p in chosen}
    assert not [p.name for p in chosen if p.kind is p.VAR_KEYWORD]
    listed = [p.name for p in chosen if p.kind is p.VAR_POSITIONAL]
    assert not listed or name in ANY_NUMBER
    hints = get_type_hints_or_source(FUNCTIONS[name])
    assert {p.name for p in chosen} <= set(hints), "every parameter has a type"
    assert "return" in hints


def get_type_hints_or_source(function: Callable[..., Any]) -> dict[str, Any]:
    """Return the annotations, resolved where the names are imported at run time."""
    try:
        return get_type_hints(function)
    except (NameError, TypeError):  # types that exist for type checkers only
        return dict(function.__annotations__)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_seed_is_a_required_keyword(name: str) -> None:
    for parameter in parameters(FUNCTIONS[name]):
        if parameter.name == "seed":
            assert parameter.kind is parameter.KEYWORD_ONLY
            assert parameter.default is parameter.empty, "chance is always the caller's choice"


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_charts_take_data_first_and_return_axes(name: str) -> None:
    chosen = parameters(CHARTS[name])
    assert chosen[0].name == "data"
    assert next(p for p in chosen if p.name == "ax").kind is inspect.Parameter.KEYWORD_ONLY
    assert [p.name for p in chosen if p.kind is not p.KEYWORD_ONLY] == ["data"]
    assert str(CHARTS[name].__annotations__["return"]).rsplit(".", 1)[-1] == "Axes"


@pytest.mark.parametrize(
    "name", sorted(n for n in framing.__all__ if callable(getattr(framing, n)))
)
def test_docstring_is_complete(name: str) -> None:
    text = inspect.getdoc(getattr(framing, name)) or ""
    for section in ("See Also\n---", "Examples\n---"):
        assert section in text, f"{name} has no section {section.split()[0]}"
    if name in FUNCTIONS and parameters(FUNCTIONS[name]):
        assert "Parameters\n---" in text


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_module(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 500, "a module has at most 500 lines"
    assert "utils" not in path.name
    assert ast.get_docstring(ast.parse(text)), "a module says what it is"


def imported(path: Path) -> set[str]:
    """Return the modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module)} | {f"{node.module}.{a.name}" for a in node.names}
    return found


def checked_only(path: Path) -> set[str]:
    """Return the modules that a file imports for type checkers only."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for inner in ast.walk(node):
                if isinstance(inner, ast.ImportFrom):
                    found |= {str(inner.module)} | {f"{inner.module}.{a.name}" for a in inner.names}
    return found


PLOTS = sorted((ROOT / "framing" / "plots").glob("*.py"))


@pytest.mark.parametrize("path", PLOTS, ids=lambda p: p.name)
def test_charts_import_nothing_that_computes(path: Path) -> None:
    ours = {name for name in imported(path) if name.startswith("framing")}
    allowed = (
        "framing.plots",
        "framing.schema",
        "framing._checks",
        "framing.tables",
        "framing.__version__",
    )
    assert not [name for name in ours if name != "framing" and not name.startswith(allowed)]


RANKS = [
    {"_checks"},
    {"schema", "words"},
    {"escaping", "inert", "tables", "readers", "ledger", "joining", "masks"},
    {"articles", "terms", "matrix"},
    {"phrases"},
    {"corpus", "datasets"},
    {"counts", "patterns", "keyness_scores"},
    {"mentions"},
    {"stories", "events", "boilerplate"},
    {"measure"},
    {"resampling", "strata"},
    {"compare", "saving"},
    {"frequency", "dispersion", "keyness", "collocation", "concordance", "topics",
     "contexts", "salience", "attrition", "decomposition", "specification"},
    {"evidence", "methods", "export"},
    {"plots"},
    {"page", "bundle"},
    {"running"},
    {"report"},
    {"cli"},
]  # fmt: skip


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_downward(path: Path) -> None:
    parts = path.relative_to(ROOT / "framing").with_suffix("").parts
    if parts in {("__init__",), ("__main__",)}:
        return
    rank_of = {room: rank for rank, rooms in enumerate(RANKS) for room in rooms}
    room = parts[0]
    assert room in rank_of, "a new room: give it a rank"
    for name in imported(path) - checked_only(path):
        other = name.split(".")[1] if name.startswith("framing.") else room
        if other not in rank_of or other == room:
            continue
        assert rank_of[other] < rank_of[room], f"{room} imports {other}"


def test_import_is_light() -> None:
    code = "import sys, json, framing; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(json.loads(run.stdout))


def test_every_public_name_is_in_one_module_only() -> None:
    places = [getattr(framing, name).__module__ for name in FUNCTIONS]
    assert all(place.startswith("framing.") for place in places)


def test_a_call_never_alters_what_its_caller_holds() -> None:
    articles = framing.make_articles(60, seed=1)
    before = articles.copy(deep=True)
    corpus = framing.build_corpus(articles)
    held = {
        name: getattr(corpus, name).copy() for name in ("codes", "offsets", "sentences", "shapes")
    }
    for run in (
        lambda: framing.document_term_matrix(corpus),
        lambda: framing.term_frequency(corpus, by="source"),
        lambda: framing.term_trend(corpus, terms=["war"], by="source"),
        lambda: framing.dispersion(corpus),
        lambda: framing.keyness(corpus, by="source"),
        lambda: framing.collocates(corpus, corpus.vocabulary[20]),
        lambda: framing.kwic(corpus, corpus.vocabulary[20]),
        lambda: framing.find_phrases(corpus, min_count=2),
        lambda: corpus.where(corpus.articles["source"].notna()),
    ):
        run()
        for name, array in held.items():
            assert (getattr(corpus, name) == array).all()
        pd.testing.assert_frame_equal(corpus.articles, before)
    pd.testing.assert_frame_equal(articles, before)


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.name)
def test_notebooks_are_thin(path: Path) -> None:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert len(source.splitlines()) <= 15
            assert not [
                n
                for n in ast.walk(ast.parse(source))
                if isinstance(n, ast.FunctionDef | ast.ClassDef)
            ]
            assert not cell["outputs"]
            assert cell["execution_count"] is None
    assert any("parameters" in cell["metadata"].get("tags", []) for cell in cells)


def test_python_files_hold_no_path_of_a_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = listed.stdout.split() or [str(p.relative_to(ROOT)) for p in MODULES]
    for name in names:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".ipynb", ".cff", ".yaml"} and path.exists():
            text = path.read_text("utf-8")
            assert "/ro" + "ot/" not in text, name
            assert "/ho" + "me/" not in text, name
