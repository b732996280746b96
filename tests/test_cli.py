"""The command: its help, its exit codes, and what an interruption leaves."""

from __future__ import annotations

import html
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

import framing
from framing import report
from framing.cli import main


@pytest.fixture
def notebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of notebooks that the command runs, and a working folder beside it."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    monkeypatch.setattr(report, "__file__", str(tmp_path / "framing" / "report.py"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return folder


def write_notebook(folder: Path, *cells: str) -> None:
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    nbformat.write(notebook, folder / "01_a.ipynb")


def stopped(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    said = capsys.readouterr()
    return caught.value.code, said.out, said.err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert stopped(capsys, "--version") == (0, f"framing {framing.__version__}\n", "")


def test_help_names_the_command_and_examples(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = stopped(capsys, "--help")
    assert code == 0
    assert re.search(r"^ +report +write a report on a set of articles$", out, re.MULTILINE)
    assert "  framing report my-articles/ " in out


def test_help_of_the_report_tells_what_is_written_and_the_exit_codes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = stopped(capsys, "report", "--help")
    assert code == 0
    for word in (
        "ARTICLES",
        "--out FOLDER",
        "--column OURS=YOURS",
        "--date-order {dmy,mdy}",
        "FRAMING_ARTICLES",
        "OUT/index.html",
        "exit codes:",
    ):
        assert word in out
    assert max(map(len, out.splitlines())) <= 80


def test_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = stopped(capsys)
    assert code == 2
    assert err.splitlines()[-1] == "framing: error: name a command: report, reproduce"


def test_success(notebooks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_notebook(notebooks, "1 + 1")
    assert main(["report", "sample"]) == 0
    page = tmp_path / "work" / "report" / "index.html"
    assert capsys.readouterr().out == f"The report is in {page}\n"
    assert "2" in page.read_text(encoding="utf-8")


def test_failure(notebooks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_notebook(notebooks, "1 / 0")
    assert main(["report", "sample", "--out", "here"]) == 1
    err = capsys.readouterr().err
    assert "framing report: 01_a.ipynb, cell 2 of 2 failed:\n\n    1 / 0\n" in err
    assert err.endswith("ZeroDivisionError: division by zero\n\nNothing was written to here.\n")
    assert list((tmp_path / "work").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a", "b"], "framing: error: unrecognized arguments: b"),
        (
            ["a", "--column", "Artikeltext=text"],
            "argument --column: the toolkit's name comes first. Write text=Artikeltext.",
        ),
        (
            ["a", "--column", "text"],
            (
                "argument --column: 'text' is not two names with = between. "
                "Write for example text=Artikeltext."
            ),
        ),
        (
            ["a", "--column", "sourc=Zeitung"],
            (
                "argument --column: 'sourc' is not a column of the toolkit. It has 'doc_id', "
                "'text', 'title', 'date', 'source', 'url', 'headings', 'tags', 'country'. "
                "Did you mean 'source'?"
            ),
        ),
    ],
)
def test_wrong_arguments(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = stopped(capsys, "report", *arguments)
    assert code == 2
    last = err.splitlines()[-1]
    assert last.removeprefix("framing report: error: ") == message


def test_options_of_reading_reach_the_notebooks(
    notebooks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notebook(notebooks, "print(READING)")
    text = "Tag;Artikeltext\n03.04.2017;Über die Brücke fährt heute niemand mehr.\n"
    Path("own.csv").write_text(text, encoding="cp1252")
    options = ["--column", "text=Artikeltext", "--column", "date = Tag", "--date-order", "dmy"]
    options += ["--source", "Bote", "--encoding", "cp1252"]
    assert main(["report", "own.csv", *options]) == 0
    assert "1 article of 1 source; problems recorded: 0\n" in capsys.readouterr().err
    page = Path("report/index.html").read_text(encoding="utf-8")
    expected = {
        "columns": {"Artikeltext": "text", "Tag": "date"},
        "source": "Bote",
        "date_order": "dmy",
        "encoding": "cp1252",
    }
    assert str(expected) in html.unescape(page)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.csv"], "'none.csv' does not exist (looked in "),
        (["sample", "--out", "full"], "out='full' holds files that no report wrote, such as 'a'."),
        (["no-text.csv"], "no article could be read from 1 file. "),
        (["no-text.csv"], "as in --column text='its name'. "),
        (["pdfs"], "no article could be read from 2 files. "),
        (["empty"], "empty': there is no file to read. "),
        (["sample", "--source", "Bote"], "'source' tell how to read your own articles, but "),
        (["good.csv", "--encoding", "utf-7000"], "encoding='utf-7000' is not an encoding "),
        (["good.csv", "--column", "title=Titl"], "columns names 'Titl', which no file has. "),
    ],
)
def test_what_cannot_be_read_is_one_line_and_runs_nothing(
    arguments: list[str], message: str, notebooks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notebook(notebooks, "1 / 0")
    for folder in ("full", "pdfs", "empty"):
        Path(folder).mkdir()
    Path("full", "a").touch()
    for name in ("a.pdf", "b.pdf"):
        Path("pdfs", name).write_bytes(b"%PDF-1.7\n")
    Path("no-text.csv").write_text("Titel,Artikeltext\nEins,Ein Satz.\n", encoding="utf-8")
    Path("good.csv").write_text("Titel,text\nEins,Ein Satz.\n", encoding="utf-8")
    assert main(["report", *arguments]) == 2
    line, end = capsys.readouterr().err.split("\n", 1)
    assert end == ""
    assert line.startswith("framing report: error: ")
    assert message in line
    assert not Path("report").exists()


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interruption(number: signal.Signals, notebooks: Path, tmp_path: Path) -> None:
    write_notebook(
        notebooks, f"import time\nopen({str(tmp_path / 'on')!r}, 'w').close()\ntime.sleep(60)"
    )
    script = (
        # A job in the background of a shell starts with SIGINT ignored.
        "import signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from framing import report\nfrom framing.cli import main\n"
        f"report.__file__ = {report.__file__!r}\nsys.exit(main(['report', 'sample']))"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", script], stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(Path(framing.__file__).parent.parent)},
    )  # fmt: skip
    with running:
        deadline = time.monotonic() + 60
        while not (tmp_path / "on").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        running.send_signal(number)
        _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert err.endswith("framing report: interrupted. Nothing was written.\n")
    assert list((tmp_path / "work").iterdir()) == []
