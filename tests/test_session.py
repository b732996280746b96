"""The code of a notebook that led to a figure, and nothing that should stay at home."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import matplotlib as mpl

mpl.use("agg")

import pytest

import framing as fr
from framing.plots.session import chain, code_of_session

CELLS = [
    "import framing as fr  # the toolkit\nimport os",
    "fr.paper('double')\nlines = 3",
    "articles, problems = fr.read_articles('/data/mine/news.csv')",
    "corpus = fr.build_corpus(articles)\ncorpus",
    "table = fr.term_frequency(corpus)\nproblems.head()",
    "other = fr.keyness(corpus, by='source')",
    "table = fr.term_frequency(corpus, by='source')",
    "table['short'] = table['term'].str.slice(0, 3)",
    "ax = fr.plot_term_frequency(table, n=5)\nfr.save_figure(ax, 'figures/terms')",
]


def test_the_chain_goes_from_imports_to_the_chart_and_passes_over_all_else() -> None:
    assert chain(CELLS) == [
        "import framing as fr",
        "fr.paper('double')",
        "articles, problems = fr.read_articles('…/news.csv')",
        "corpus = fr.build_corpus(articles)",
        "table = fr.term_frequency(corpus, by='source')",
        "table['short'] = table['term'].str.slice(0, 3)",
        "ax = fr.plot_term_frequency(table, n=5)",
        "fr.save_figure(ax, 'figures/terms')",
    ]


@pytest.mark.parametrize(("cells", "expected"), [
    ([], []),
    (["a = 1", "a += 2", "b(a)"], ["a = 1", "a += 2", "b(a)"]),
    (["a = 1", "a = 2", "b(a)"], ["a = 2", "b(a)"]),
    (["a = 1", "if x:\n    a = 2", "b(a)"], ["a = 1", "if x:\n    a = 2", "b(a)"]),
    (["x.y.z = 1", "x = 0", "b(x)"], ["x = 0", "b(x)"]),
    (["x = 0", "x.y['z'] = 1", "b(x)"], ["x = 0", "x.y['z'] = 1", "b(x)"]),
    (["%matplotlib inline", "from m import n as k, o", "k()"], ["from m import n as k, o", "k()"]),
    (["no python at all", "b()"], ["b()"]),
    (["b()", "no python at all"], []),
    (["import a.b", "a.b.c()"], ["import a.b", "a.b.c()"]),
])  # fmt: skip
def test_names_are_followed_back(cells: list[str], expected: list[str]) -> None:
    assert chain(cells or [""]) == expected


@pytest.mark.parametrize(("code", "shown"), [
    ("f('~/mine/a.csv')", "f('…/a.csv')"),
    (r"f('C:\\Users\\me\\a.csv')", "f('…/a.csv')"),
    ("f('~me/a/')", "f('…/a')"),
    ("f('data/a.csv', '/', 'and/or')", "f('data/a.csv', '/', 'and/or')"),
    ("f('https://me:secret@example.org/a')", "f('https://…@example.org/a')"),
    ("f(password='p', n_tokens='5', min_tokens=3)", "f(password='…', n_tokens='5', min_tokens=3)"),
    ("api_key = 'abc'\ntokens = 'abc'\ntoken = g()", "api_key = '…'\ntokens = 'abc'\ntoken = g()"),
    ("fr.bundle('a.zip', key='k')", "fr.bundle('a.zip', key='…')"),
    (f"f('{'x' * 201}', b'bytes')", "f('…', '…')"),
    ("f(f'/data/{name}.csv')", None),
])  # fmt: skip
def test_paths_passwords_and_long_texts_stay_at_home(code: str, shown: str | None) -> None:
    found = "\n".join(chain([code]))
    assert "/data" not in found
    assert shown is None or found == shown


def test_a_saved_figure_tells_the_code_of_a_notebook_and_of_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for space, code in (({"In": ["", *CELLS]}, chain(CELLS)), ({}, None), (None, None)):
        shell = None if space is None else SimpleNamespace(user_ns=space)
        with monkeypatch.context() as patch:
            fake = SimpleNamespace(get_ipython=lambda shell=shell: shell)
            patch.setitem(sys.modules, "IPython", fake)
            assert code_of_session() == code
    table = fr.term_frequency(fr.build_corpus(fr.make_articles(40, seed=1)))
    ax = fr.plot_term_frequency(table, n=3)
    for code in (chain(CELLS), None):
        monkeypatch.setattr("framing.plots.save.code_of_session", lambda code=code: code)
        *_, about = fr.save_figure(ax, tmp_path / "a", formats=["svg"])
        assert json.loads(about.read_text("utf-8"))["code"] == code
