"""The report: notebooks run in this Python, one folder that appears whole or not at all."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from framing import report, running
from framing.report import ReportError, build_report

DEFAULTS = new_code_cell("ARTICLES = None\nOUT = '../results'", metadata={"tags": ["parameters"]})
EVIL = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0"]


def write_notebook(folder: Path, name: str, *cells: Any) -> None:
    folder.mkdir(exist_ok=True)
    cells = tuple(new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells)
    nbformat.write(new_notebook(cells=list(cells)), folder / name)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of two notebooks on articles whose titles are hostile."""
    folder = tmp_path_factory.mktemp("made")
    articles = folder / "it's <b>mine.csv"
    articles.write_text("title\n", encoding="utf-8")
    write_notebook(
        folder / "notebooks",
        "01_first.ipynb",
        new_markdown_cell("# First\n\n## A chart"),
        DEFAULTS,
        f"import sys, warnings\nimport pandas as pd\nfrom framing.tables import save_table\n"
        f"frame = pd.DataFrame({{'title': {EVIL!r}}})\n"
        "save_table(frame, f'{OUT}/tables/titles.csv')\nframe",
        "import matplotlib.pyplot as plt\nfrom pathlib import Path\nfig, ax = plt.subplots()\n"
        "ax.plot([1, 2])\nPath(OUT, 'figures').mkdir()\nfig.savefig(f'{OUT}/figures/line.png')",
        "import os\nwarnings.warn('look here')\n"
        "print('python', os.path.realpath(sys.executable), os.environ.get('TQDM_DISABLE'))",
    )
    write_notebook(
        folder / "notebooks",
        "02_second.ipynb",
        new_markdown_cell("# Second"),
        DEFAULTS,
        "print('from', ARTICLES)",
    )
    page = build_report(articles, out=folder / "new" / "out", notebooks=folder / "notebooks")
    assert page == (folder / "new" / "out" / "index.html").resolve()
    return folder


def test_report_holds_page_figures_tables_and_its_list(made: Path) -> None:
    out = made / "new" / "out"
    files = ["figures/line.png", "index.html", "tables/titles.csv"]
    assert sorted(contents(out)) == [report.MARKER, *files]
    assert json.loads((out / report.MARKER).read_text())["files"] == files
    assert [path.name for path in out.parent.iterdir()] == ["out"], "no temporary folder is left"


def test_notebooks_run_in_order_in_this_python_with_the_articles(made: Path) -> None:
    page = (made / "new" / "out" / "index.html").read_text(encoding="utf-8")
    assert page.index('id="part-1">First') < page.index(">Second</h2>")
    assert f"python {os.path.realpath(sys.executable)} 1" in page
    assert "it&#x27;s &lt;b&gt;mine.csv" in page
    assert '<pre class="note">UserWarning: look here</pre>' in page


def test_page_shows_hostile_titles_and_tables_neutralise_them(made: Path) -> None:
    out = made / "new" / "out"
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>" in page
    assert "<td>&lt;img src=x onerror=alert(1)&gt;</td>" in page
    assert "<script" not in page
    assert page.count("<img ") == 1
    assert page.count('<img src="data:image/png;base64,') == 1
    lines = (out / "tables" / "titles.csv").read_text(encoding="utf-8").splitlines()
    assert lines[3] == "\"'=cmd|' /C calc'!A0\""


def test_progress_goes_to_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_notebook(tmp_path / "n", "01_a.ipynb", "1", new_markdown_cell("x"), "2")
    build_report(out=tmp_path / "out", notebooks=tmp_path / "n")
    said = capsys.readouterr()
    assert said.out == ""
    first, last = said.err.splitlines()
    assert first == "[1/1] 01_a.ipynb: cell 1 of 3"
    assert last.startswith("[1/1] 01_a.ipynb: 3 cells, ")


FAILING = (
    "import os\nopen(f'{OUT}/half.txt', 'w').close()\nraise ValueError('no <such> \\x1b[31mthing')"
)


def test_failing_cell_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    write_notebook(tmp_path / "n", "01_a.ipynb", DEFAULTS, new_markdown_cell("x"), "1", FAILING)
    with pytest.raises(ReportError) as caught:
        build_report(out=tmp_path / "deep" / "out", notebooks=tmp_path / "n")
    lines = str(caught.value).splitlines()
    assert lines[:6] == [
        "framing report: 01_a.ipynb, cell 4 of 4 failed:",
        "",
        "    import os",
        "    open(f'{OUT}/half.txt', 'w').close()",
        "    raise ValueError('no <such> \\x1b[31mthing')",
        "",
    ]
    assert lines[-1] == "ValueError: no <such> thing"
    assert [path.name for path in tmp_path.iterdir()] == ["n"]


def test_failing_cell_leaves_an_earlier_report_as_it_was(made: Path, tmp_path: Path) -> None:
    out = made / "new" / "out"
    before = contents(out)
    write_notebook(tmp_path, "01_a.ipynb", DEFAULTS, FAILING)
    with pytest.raises(ReportError):
        build_report(out=out, notebooks=tmp_path)
    assert contents(out) == before
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_long_cells_are_shown_shortened(tmp_path: Path) -> None:
    source = "\n".join(f"a{n} = 1" for n in range(20)) + "\nraise SystemError('x' * 5000)"
    write_notebook(tmp_path / "n", "01_a.ipynb", source)
    with pytest.raises(ReportError) as caught:
        build_report(out=tmp_path / "out", notebooks=tmp_path / "n")
    message = str(caught.value)
    assert "    a11 = 1\n    … (21 lines)\n" in message
    assert len(message) < 3000


def test_dead_python_is_told(tmp_path: Path) -> None:
    write_notebook(tmp_path / "n", "01_a.ipynb", "import os\nos._exit(9)")
    expected = "Python ended in this cell, most often for want of memory."
    with pytest.raises(ReportError, match=expected):
        build_report(out=tmp_path / "out", notebooks=tmp_path / "n")


def test_interruption_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_notebook(tmp_path / "n", "01_a.ipynb", "1")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "_run_cell", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build_report(out=tmp_path / "out", notebooks=tmp_path / "n")
    assert [path.name for path in tmp_path.iterdir()] == ["n"]


def test_interruption_while_taking_its_place_restores_the_earlier_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "index.html").write_text("earlier")
    rename = Path.rename

    def interrupted(self: Path, new: Path) -> Path:
        if self.name == "report":
            raise KeyboardInterrupt
        return rename(self, new)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt), report._staged(target) as folder:
        (folder / "index.html").write_text("later")
    assert contents(tmp_path) == {"out/index.html": b"earlier"}


def test_earlier_report_is_replaced_whole(tmp_path: Path) -> None:
    write_notebook(tmp_path / "n", "01_a.ipynb", DEFAULTS, "open(f'{OUT}/a.txt', 'w').close()")
    build_report(out=tmp_path / "out", notebooks=tmp_path / "n")
    write_notebook(tmp_path / "n", "01_a.ipynb", DEFAULTS, "open(f'{OUT}/b.txt', 'w').close()")
    (tmp_path / "out" / ".DS_Store").touch()
    build_report(out=tmp_path / "out", notebooks=tmp_path / "n")
    assert sorted(contents(tmp_path / "out")) == [report.MARKER, "b.txt", "index.html"]


def refused(message: str, **arguments: Any) -> None:
    with pytest.raises((ValueError, FileNotFoundError)) as caught:
        build_report(**arguments)
    assert str(caught.value) == message


def test_folder_with_other_files_is_refused(made: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.docx").touch()
    out = tmp_path / "thesis"
    refused(
        f"framing report: out={str(out)!r} holds files that no report wrote, such as "
        "'chapter.docx'. Move them away, or name another folder with --out.",
        out=out, notebooks=made / "notebooks",
    )  # fmt: skip
    assert list(contents(tmp_path)) == ["thesis/chapter.docx"]


def test_own_file_among_those_of_a_report_is_refused(made: Path, tmp_path: Path) -> None:
    write_notebook(tmp_path / "n", "01_a.ipynb", "1")
    out = tmp_path / "out"
    build_report(out=out, notebooks=tmp_path / "n")
    (out / "tables").mkdir()
    (out / "tables" / "mine.xlsx").touch()
    refused(
        f"framing report: out={str(out)!r} holds files that no report wrote, such as "
        "'tables/mine.xlsx'. Move them away, or name another folder with --out.",
        out=out, notebooks=tmp_path / "n",
    )  # fmt: skip


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    write_notebook(tmp_path / "n", "01_a.ipynb", "1")
    (tmp_path / "out").mkdir()
    build_report(out=tmp_path / "out", notebooks=tmp_path / "n")
    assert (tmp_path / "out" / "index.html").exists()


def test_file_is_refused(made: Path, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    refused(
        f"framing report: out={str(tmp_path / 'out')!r} is a file. Name a folder with --out.",
        out=tmp_path / "out", notebooks=made / "notebooks",
    )  # fmt: skip


def test_report_inside_the_articles_is_refused(made: Path, tmp_path: Path) -> None:
    refused(
        f"framing report: out={str(tmp_path / 'out')!r} lies inside the folder of articles "
        f"{str(tmp_path)!r}, so its tables would be read as articles the next time. "
        "Choose a folder outside with --out.",
        articles=tmp_path, out=tmp_path / "out", notebooks=made / "notebooks",
    )  # fmt: skip


def test_missing_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    expected = (
        f"framing report: 'none.csv' does not exist (looked in {str(tmp_path)!r}). "
        "Name a folder or file of articles, or none for the news corpus."
    )
    refused(expected, articles="none.csv")
    monkeypatch.setenv("FRAMING_ARTICLES", "none.csv")
    refused(expected)


def test_missing_notebooks(tmp_path: Path) -> None:
    refused(
        f"framing report: no notebook in {str(tmp_path)!r}. "
        "Install media-framing again, or name a folder that has some.",
        notebooks=tmp_path,
    )


def test_articles_of_the_environment_are_made_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").touch()
    write_notebook(tmp_path / "n", "01_a.ipynb", DEFAULTS, "print('from', ARTICLES)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FRAMING_ARTICLES", "a.csv")
    page = build_report(out="out", notebooks="n").read_text(encoding="utf-8")
    assert f"from {tmp_path / 'a.csv'}" in page


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_called_sample_comes_first_and_the_report_says_so(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "sample"
    own.mkdir() if kind == "folder" else own.touch()
    write_notebook(tmp_path / "n", "01_a.ipynb", DEFAULTS, "print('from', ARTICLES)")
    monkeypatch.chdir(tmp_path)
    page = build_report("sample", out="out", notebooks="n").read_text(encoding="utf-8")
    assert f"from {own}" in page
    assert capsys.readouterr().err.splitlines()[0] == (
        f"The report is on the {kind} {str(own)!r}, not on the bundled sample: what is called so "
        "in the working folder comes first."
    )


def test_sample_stands_in_where_the_news_corpus_cannot_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_network() -> None:
        msg = "fetch_news_articles: no network."
        raise ConnectionError(msg)

    monkeypatch.setattr("framing.datasets.fetch_news_articles", no_network)
    monkeypatch.setattr(report, "__file__", str(tmp_path / "framing" / "report.py"))
    write_notebook(tmp_path / "notebooks", "01_a.ipynb", DEFAULTS, "print('from', ARTICLES)")
    page = build_report(out=tmp_path / "out").read_text(encoding="utf-8")
    assert "from sample" in page
    assert "Articles: the bundled sample, INVENTED, no evidence of anything." in page
    assert capsys.readouterr().err.splitlines()[:2] == [
        "fetch_news_articles: no network.",
        "The report is on the bundled sample instead: 120 INVENTED articles, no evidence.",
    ]


OWN = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_own_notebooks_are_thin(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert [c.metadata.get("tags") for c in code if c.metadata] == [["parameters"]]
    assert code[0].source.splitlines()[0].startswith("ARTICLES = None")
    for cell in code:
        assert cell.outputs == []
        assert cell.execution_count is None
        assert len(cell.source.splitlines()) <= 15
        assert not re.search(r"^\s*(def|class) ", cell.source, re.MULTILINE)


def test_own_notebooks_are_found() -> None:
    assert [path.name for path in report._notebooks(None)] == [path.name for path in OWN]
    assert len(OWN) >= 3


def test_articles_are_read_before_any_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(report, "__file__", str(tmp_path / "framing" / "report.py"))
    write_notebook(tmp_path / "notebooks", "01_a.ipynb", DEFAULTS, "1 / 0")
    (tmp_path / "own.csv").write_text("Titel,Artikeltext\nEins,Ein Satz.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no article could be read") as caught:
        build_report(tmp_path / "own.csv", out=tmp_path / "out")
    assert "\n" not in str(caught.value)
    assert capsys.readouterr().err == ""
    with pytest.raises(ReportError):
        build_report(tmp_path / "own.csv", out=tmp_path / "out", columns={"Artikeltext": "text"})
    said = capsys.readouterr().err
    assert said.startswith(f"{tmp_path / 'own.csv'}: 1 article of 0 sources; problems recorded: ")


def test_which_sample_is_taken_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert report._read_first("sample", {}) == "sample"
    assert capsys.readouterr().err == (
        "the bundled sample, INVENTED: 120 articles of 4 sources; problems recorded: 0\n"
    )
    (tmp_path / "sample" / "Bote").mkdir(parents=True)
    (tmp_path / "sample" / "Bote" / "2016-09-02_a.txt").write_text("Title\n\nText here.\n")
    assert report._read_first(report._place("sample"), {}) == str(tmp_path / "sample")
    last = capsys.readouterr().err.splitlines()[-1]  # in front is the bar of the reading
    assert (
        last.split("\r")[-1].lstrip()
        == f"{tmp_path / 'sample'}: 1 article of 1 source; problems recorded: 0"
    )
    assert not (tmp_path / "out").exists()
