"""Notebooks run several at a time: same report as one by one, and none outlives a failure."""

from __future__ import annotations

import io
import os
import re
import signal
import threading
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from framing import running
from framing.report import ReportError, build_report

DEFAULTS = new_code_cell("OUT = '../results'", metadata={"tags": ["parameters"]})
WAIT = (
    "import pathlib, time\npathlib.Path({mine!r}).write_text(str(__import__('os').getpid()))\n"
    "until = time.monotonic() + 60\nwhile not pathlib.Path({other!r}).exists():\n"
    "    assert time.monotonic() < until, 'the other notebook did not start'\n    time.sleep(.02)"
)


def write_notebook(folder: Path, name: str, *cells: Any) -> None:
    folder.mkdir(exist_ok=True)
    cells = tuple(new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells)
    nbformat.write(new_notebook(cells=list(cells)), folder / name)


def processors(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(running, "n_processors", lambda: number)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def is_gone(process: int) -> bool:
    """Whether a process has ended, within some seconds."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
            os.kill(process, 0)
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def meeting(folder: Path) -> tuple[str, str]:
    """Two cells, each of which ends only when the other has begun."""
    one, two = str(folder / "one.pid"), str(folder / "two.pid")
    return WAIT.format(mine=one, other=two), WAIT.format(mine=two, other=one)


def test_two_run_at_once_and_the_page_keeps_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    processors(monkeypatch, 2)
    monkeypatch.setenv("MKL_NUM_THREADS", "7")
    first, second = meeting(tmp_path)
    said = "import os\nprint('threads', *(os.environ[n] for n in ('OMP_NUM_THREADS', "
    said += "'POLARS_MAX_THREADS', 'MKL_NUM_THREADS')))"
    late = "import time, warnings\ntime.sleep(.3)\nwarnings.warn('look here')"
    write_notebook(tmp_path / "n", "01_a.ipynb", new_markdown_cell("# First"), first, said, late)
    warned = "import warnings\nwarnings.warn('look here')"
    write_notebook(tmp_path / "n", "02_b.ipynb", new_markdown_cell("# Second"), second, warned)
    page = build_report(out=tmp_path / "out", notebooks=tmp_path / "n").read_text(encoding="utf-8")
    assert page.index(">First</h2>") < page.index(">Second</h2>")
    assert "threads 1 1 7" in page
    lines = capsys.readouterr().err.splitlines()
    assert lines.count("UserWarning: look here") == 1
    assert set(lines[:2]) == {"[1/2] 01_a.ipynb: cell 1 of 4", "[2/2] 02_b.ipynb: cell 1 of 3"}
    done = [line for line in lines if re.fullmatch(r"\[./2\] .*\.ipynb: . cells, [\d.]+ s", line)]
    assert sorted(line[:16] for line in done) == ["[1/2] 01_a.ipynb", "[2/2] 02_b.ipynb"]


def test_report_is_the_same_however_many_run_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        draw = (
            "from pathlib import Path\nimport matplotlib.pyplot as plt\n"
            f"fig, ax = plt.subplots()\nax.plot([1, {number}])\n"
            f"Path(OUT, 'figures').mkdir(exist_ok=True)\n"
            f"fig.savefig(OUT + '/figures/f{number}.png')"
        )
        table = (
            "Path(OUT, 'tables').mkdir(exist_ok=True)\n"
            f"Path(OUT, 'tables/t{number}.csv').write_text('{number}')\n"
            f"Path(OUT, 'tables/all.csv').write_text('{number}');"
        )
        write_notebook(tmp_path / "n", f"{number}.ipynb", DEFAULTS, draw, table)
    found = []
    for number in (1, 2):
        processors(monkeypatch, number)
        page = build_report(out=tmp_path / f"out{number}", notebooks=tmp_path / "n")
        text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "", page.read_text(encoding="utf-8"))
        found.append(contents(page.parent) | {"index.html": text.encode()})
    assert found[0] == found[1]
    assert found[0]["tables/all.csv"] == b"3"
    figures = re.findall(r"figures/f\d\.png|tables/t\d\.csv", found[0]["index.html"].decode())
    assert list(dict.fromkeys(figures)) == [
        name for n in (1, 2, 3) for name in (f"figures/f{n}.png", f"tables/t{n}.csv")
    ]


def test_each_figure_of_a_cell_has_its_own_files(tmp_path: Path) -> None:
    draw = (
        "import matplotlib.pyplot as plt\nimport framing as fr\n"
        "rows = fr.term_frequency(fr.build_corpus(fr.make_articles(20, seed=1)))\n"
        "for n, name in [(3, 'b'), (9, 'c'), (6, 'a')]:\n"
        "    fr.save_figure(fr.plot_term_frequency(rows, n=n), f'{OUT}/figures/{name}')"
    )
    write_notebook(tmp_path / "n", "1.ipynb", DEFAULTS, draw)
    page = build_report(out=tmp_path / "out", notebooks=tmp_path / "n").read_text(encoding="utf-8")
    shown = re.findall(r'alt="([^"]*)".*?href="figures/(\w)\.csv"', page, flags=re.DOTALL)
    assert [name for _, name in shown] == ["b", "c", "a"]
    heights = [int(height) for height in re.findall(r'<img [^>]*height="(\d+)"', page)]
    assert heights[0] < heights[2] < heights[1], "as many rows as the files beside it tell"


def test_failure_in_one_stops_the_others_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    processors(monkeypatch, 2)
    first, second = meeting(tmp_path)
    write_notebook(tmp_path / "n", "01_a.ipynb", DEFAULTS, first, "import time\ntime.sleep(600)")
    write_notebook(tmp_path / "n", "02_b.ipynb", DEFAULTS, second, "raise ValueError('no such')")
    write_notebook(tmp_path / "n", "03_c.ipynb", f"open({str(tmp_path / 'third')!r}, 'w').close()")
    with pytest.raises(ReportError) as caught:
        build_report(out=tmp_path / "deep" / "out", notebooks=tmp_path / "n")
    lines = str(caught.value).splitlines()
    assert lines[0] == "framing report: 02_b.ipynb, cell 4 of 4 failed:"
    assert lines[2] == "    raise ValueError('no such')"
    assert lines[-1] == "ValueError: no such"
    assert is_gone(int((tmp_path / "one.pid").read_text()))
    assert is_gone(int((tmp_path / "two.pid").read_text()))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["n", "one.pid", "two.pid"]


def test_interruption_kills_all_that_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    processors(monkeypatch, 2)
    first, second = meeting(tmp_path)
    for name, cell in (("01_a", first), ("02_b", second)):
        write_notebook(tmp_path / "n", f"{name}.ipynb", DEFAULTS, f"{cell}\ntime.sleep(600)")

    def interrupt() -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and len(list(tmp_path.glob("*.pid"))) < 2:
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    # A shell that starts the tests in the background lets them overlook the signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    sender = threading.Thread(target=interrupt)
    sender.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            build_report(out=tmp_path / "out", notebooks=tmp_path / "n")
    finally:
        signal.signal(signal.SIGINT, before)
    sender.join()
    assert is_gone(int((tmp_path / "one.pid").read_text()))
    assert is_gone(int((tmp_path / "two.pid").read_text()))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["n", "one.pid", "two.pid"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_all_that_run_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("COLUMNS", "60")
    board = running._Board(6)
    board.at(2, "02_b.ipynb", 3, 20)
    board.at(1, "01_a.ipynb", 1, 9)
    board.at(10, "10_a_long_name.ipynb", 1, 9)
    board.done(2, "02_b.ipynb: 20 cells, 1.0 s")
    board.clear()
    clear = "\r\x1b[K"
    both = "[1/6] 01_a.ipynb: cell 1 of 9   [10/6] 10_a_long_name.ipyn…"
    assert len(both) == 59
    assert screen.getvalue().split(clear) == [
        "",
        "[2/6] 02_b.ipynb: cell 3 of 20",
        "[1/6] 01_a.ipynb: cell 1 of 9   [2/6] 02_b.ipynb: cell 3 o…",
        "[1/6] 01_a.ipynb: cell 1 of 9   [2/6] 02_b.ipynb: cell 3 o…",
        "[2/6] 02_b.ipynb: 20 cells, 1.0 s\n",
        both,
        "",
    ]


def test_processors_are_those_this_process_may_use() -> None:
    assert 1 <= running.n_processors() <= (os.cpu_count() or 1)
