"""Time the same work by this toolkit and by the tools that users would pick instead.

Each tool does each task in a process of its own, several times, the tools in turn: A B C, A B C.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import inputs
import tables
from ways.way import WIDE, WINDOW, WORD

HERE = Path(__file__).resolve().parent
MODULES = (
    "by_framing",
    "by_pandas",
    "by_python",
    "by_sklearn",
    "by_gensim",
    "by_nltk",
    "by_textacy",
    "by_scattertext",
    "by_keyflux",
    "by_spacy",
    "by_flashtext",
    "by_import",
)
TASKS = {
    "load": "Load the CSV file, with dates and the source from the link",
    "tokens": "Split into words, code them as integers, make vocabulary and matrix",
    "frequency": "Count every term by source",
    "keyness": "Keyness of every source against the rest, whole vocabulary",
    "kwic": f"All places of the word “{WORD}” with what stands around them",
    "collocates": f"All words within {WINDOW} of “{WORD}”",
    "mentions": f"Find actors and countries; count all terms within {WIDE} of each, by source",
    "import": "Import, once pandas is imported",
}
R_TASKS = ("load", "tokens", "frequency", "keyness", "kwic", "collocates", "mentions")


@dataclass
class Runner:
    """One way to do one task, and what its runs gave."""

    task: str
    name: str
    command: list[str]
    absent: str = ""
    runs: list[dict[str, Any]] = field(default_factory=list)
    failure: str = ""

    def run(self, *more: str) -> None:
        """Run once; a failure is kept and ends the runs of this way."""
        if self.absent or self.failure:
            return
        done = subprocess.run([*self.command, *more], capture_output=True, text=True, check=False)
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["no message"]
            self.failure = lines[-1][:120]
            print(f"   {self.name} failed: {done.stderr.strip()[-2000:]}", file=sys.stderr)
        elif more[-1] != "make":
            self.runs.append(json.loads(done.stdout.splitlines()[-1]))


def runners(tasks: list[str]) -> list[Runner]:
    """Return every way to do the tasks, also those whose tool is not installed."""
    found = []
    for module in MODULES:
        for number, way in enumerate(importlib.import_module(f"ways.{module}").WAYS):
            command = [sys.executable, str(HERE / "worker.py"), module, str(number)]
            absent = "" if not way.package or _installed(way.package) else "not installed"
            found.append(Runner(way.task, way.name, command, absent))
    absent = "" if _has_quanteda() else "not installed"
    for task in R_TASKS:
        command = ["Rscript", "--vanilla", str(HERE / "quanteda.R"), task]
        found.append(Runner(task, "R quanteda", command, absent))
    return [runner for task in tasks for runner in found if runner.task == task]


def _installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _has_quanteda() -> bool:
    if not shutil.which("Rscript"):
        return False
    command = ["Rscript", "--vanilla", str(HERE / "quanteda.R"), "versions"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def measure(chosen: list[Runner], folder: Path, n_rounds: int) -> None:
    """Run all ways of each task in turn."""
    small = str(folder / "small")
    for task in dict.fromkeys(runner.task for runner in chosen):
        print(f"== {TASKS[task]}", flush=True)
        same = [runner for runner in chosen if runner.task == task]
        for runner in same:
            runner.run(str(folder), "make")
        for _ in range(n_rounds):
            for runner in same:
                runner.run(str(folder), small)


def grow(folder: Path, n_copies: list[int], points: list[dict[str, Any]]) -> None:
    """Add the points of the growth curve, one by one."""
    if not n_copies:
        return
    print(f"== Growth: {', '.join(map(str, n_copies))} copies", flush=True)
    for n, path in inputs.write_copies(folder, n_copies).items():
        command = [sys.executable, str(HERE / "growth.py"), str(path), str(folder / "small")]
        runs = []
        for _ in range(3 if n == n_copies[0] else 1):  # all others are divided by the first
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            runs.append({"copies": n, **json.loads(done.stdout.splitlines()[-1])})
        points.append(sorted(runs, key=lambda run: run["total"])[len(runs) // 2])
        path.unlink()


def machine() -> str:
    """Return what kind of machine this is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def main() -> int:
    """Run the benchmarks, print the tables and write them to results.md."""
    asked = _arguments()
    chosen = runners(asked.tasks)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        what = inputs.write_inputs(folder, synthetic=asked.synthetic)
        print(f"== {what}", flush=True)
        measure(chosen, folder, asked.rounds)
        points: list[dict[str, Any]] = []
        failures = [f"{runner.name}: {runner.failure}" for runner in chosen if runner.failure]
        try:
            grow(folder, sorted(set(asked.copies)), points)
        except subprocess.CalledProcessError as error:  # what was measured is worth writing
            failures.append(f"growth: {error.stderr.strip().splitlines()[-1]}")
    text = tables.report(chosen, points, TASKS, what=what, machine=machine(), rounds=asked.rounds)
    print(text)
    asked.out.write_text(text, encoding="utf-8")
    for failure in failures:
        print(f"failed: {failure}", file=sys.stderr)
    return int(bool(failures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=list(TASKS))
    parser.add_argument("--rounds", type=int, default=3, help="runs of each way (default 3)")
    parser.add_argument(
        "--copies", nargs="*", type=int, default=[1, 5, 10, 20, 26], help="points of the curve"
    )
    parser.add_argument("--synthetic", action="store_true", help="do not fetch the news corpus")
    parser.add_argument("--out", type=Path, default=HERE / "results.md", help="where to write")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
