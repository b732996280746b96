"""Notebooks, run several at a time: each by a Python of its own, all stopped where one fails."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framing import page

MOST_AT_ONCE = 4
QUIET_SECONDS = 2.0
THREADS = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS",
)  # fmt: skip
"""What tells libraries how many threads they may use."""


class ReportError(RuntimeError):
    """A report that could not be finished; the message says in which cell and why."""


class _StoppedError(Exception):
    """A notebook that was stopped because the whole run was."""


@dataclass(frozen=True)
class Ran:
    """One executed notebook.

    Attributes
    ----------
    path : Path
        The notebook.
    cells : list
        Its cells with their outputs, as nbformat holds them.
    folder : Path
        Where it wrote.
    files : dict of int to list of str
        Number of a cell, and the paths it wrote, relative to the folder, in the order of writing.
    """

    path: Path
    cells: list[Any]
    folder: Path
    files: dict[int, list[str]]


def run_notebooks(
    paths: Sequence[Path], folder: Path, values: dict[str, Any], *, where: str
) -> list[Ran]:
    """Run notebooks, as many at a time as there are processors, at most four.

    Each works in a folder of its own inside `folder`. Where one fails, or the run is interrupted,
    all that still run are killed.
    """
    from concurrent.futures import ThreadPoolExecutor, as_completed

    at_once = max(min(len(paths), n_processors(), MOST_AT_ONCE), 1)
    run = _Run(where, values, max(n_processors() // at_once, 1), _Board(len(paths)))
    with ThreadPoolExecutor(at_once) as pool:
        try:
            tasks = []
            for number, path in enumerate(paths, start=1):
                own = folder / str(number)
                own.mkdir()
                tasks.append(pool.submit(_run, path, own, run, number))
            for task in as_completed(tasks):
                run.board.warn(task.result())
            return [task.result() for task in tasks]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            run.stop()
            raise
        finally:
            run.board.clear()


def n_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def files_in(folder: Path) -> list[str]:
    """Return the files below a folder, with `/` between the parts of their names."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def say(line: str) -> None:
    """Write a line for good."""
    if sys.stderr is not None:
        clear = "\r\x1b[K" if _is_terminal() else ""
        sys.stderr.write(f"{clear}{page.inert(line)}\n")
        sys.stderr.flush()


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


@dataclass
class _Board:
    """Where each notebook is: one line in a terminal that is written over, else lines below."""

    total: int
    shown: dict[int, str] = field(default_factory=dict)
    last: dict[int, float] = field(default_factory=dict)
    warned: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def at(self, number: int, name: str, count: int, n_cells: int) -> None:
        """Show at which cell a notebook is."""
        now = time.monotonic()
        with self.lock:
            self.shown[number] = f"[{number}/{self.total}] {name}: cell {count} of {n_cells}"
            if _is_terminal():
                self._write()
            elif now - self.last.get(number, -QUIET_SECONDS) >= QUIET_SECONDS:
                self.last[number] = now
                say(self.shown[number])

    def done(self, number: int, line: str) -> None:
        """Say for good that a notebook is done, and go on showing the others."""
        with self.lock:
            self.shown.pop(number, None)
        self.say(f"[{number}/{self.total}] {line}")

    def warn(self, ran: Ran) -> None:
        """Say what a notebook has warned of, unless another has."""
        for line in page.warnings_in(o for c in ran.cells for o in c.get("outputs", [])):
            if line not in self.warned:
                self.warned.add(line)
                self.say(line)

    def say(self, line: str) -> None:
        """Say something for good, and go on showing what runs."""
        with self.lock:
            say(line)
            if _is_terminal() and self.shown:
                self._write()

    def clear(self) -> None:
        """Take away what is written over."""
        with self.lock:
            self.shown = {}
            if _is_terminal():
                self._write()

    def _write(self) -> None:
        """Write what runs over the last such line, no longer than the terminal is wide."""
        width = shutil.get_terminal_size().columns - 1
        line = page.inert("   ".join(self.shown[number] for number in sorted(self.shown)))
        line = line if len(line) <= width else f"{line[: width - 1]}…"
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


@dataclass
class _Run:
    """What the notebooks of a run have in common, and the means to stop them all."""

    where: str
    values: dict[str, Any]
    n_threads: int
    board: _Board
    stopped: threading.Event = field(default_factory=threading.Event)
    managers: list[Any] = field(default_factory=list)

    def stop(self) -> None:
        """Kill every kernel, and let none start that has not yet."""
        self.stopped.set()
        for manager in list(self.managers):
            process = getattr(manager.provisioner, "process", None)
            if process is not None:
                process.kill()

    def check(self) -> None:
        """Raise where the run was stopped."""
        if self.stopped.is_set():
            raise _StoppedError


def _run(path: Path, folder: Path, run: _Run, number: int) -> Ran:
    """Run one notebook inside a folder."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    _set_parameters(notebook, run.values)
    places = [place for place, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    files: dict[int, list[str]] = {}
    known: set[str] = set()
    started = time.monotonic()
    with _kernel(notebook, folder, run) as client:
        for count, place in enumerate(places, start=1):
            run.check()
            run.board.at(number, path.name, count, len(places))
            _run_cell(client, place, f"{run.where}: {path.name}, cell {count} of {len(places)}")
            files[place] = _as_written(folder, set(files_in(folder)) - known)
            known |= set(files[place])
    seconds = time.monotonic() - started
    run.board.done(number, f"{path.name}: {len(places)} cells, {seconds:.1f} s")
    return Ran(path, notebook.cells, folder, files)


def _as_written(folder: Path, names: set[str]) -> list[str]:
    """Return files in the order in which they were written, as a cell shows its figures."""
    return sorted(names, key=lambda name: ((folder / name).lstat().st_mtime_ns, name))


def _set_parameters(notebook: Any, values: dict[str, Any]) -> None:
    """Set the parameters behind the cell tagged `parameters`, or before all others."""
    from nbformat.v4 import new_code_cell

    lines = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    cell = new_code_cell(lines)  # type: ignore[no-untyped-call]
    cell.metadata["tags"] = ["injected-parameters"]
    tagged = [n for n, c in enumerate(notebook.cells) if "parameters" in c.metadata.get("tags", [])]
    notebook.cells.insert(tagged[0] + 1 if tagged else 0, cell)


@contextlib.contextmanager
def _kernel(notebook: Any, folder: Path, run: _Run) -> Iterator[Any]:
    """Yield a client whose kernel is this very Python, working in the folder."""
    from ipykernel.kernelspec import get_kernel_dict
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_core.utils import ensure_event_loop, run_sync
    from nbclient import NotebookClient

    class ThisPython(AsyncKernelManager):
        """Starts the running interpreter, whatever kernels are registered."""

        @property
        def kernel_spec(self) -> KernelSpec:
            return KernelSpec(**get_kernel_dict())

    with tempfile.TemporaryDirectory(prefix="framing-", ignore_cleanup_errors=True) as own:
        env = {name: str(run.n_threads) for name in THREADS} | os.environ | _settings(own)
        client = NotebookClient(notebook, timeout=None, kernel_manager_class=ThisPython)
        client.shutdown_kernel = "immediate"
        client.extra_arguments = ["--IPKernelApp.log_level=40"]
        manager: Any = client.create_kernel_manager()
        manager.connection_file = str(Path(own) / "kernel.json")
        if os.name == "posix" and len(own) < 80:  # the name of a socket has at most 103 bytes
            manager.transport, manager.ip = "ipc", str(Path(own) / "socket")
        run.managers.append(manager)
        loop = ensure_event_loop()  # this thread's own: each notebook runs in a thread
        try:
            run.check()
            with client.setup_kernel(cwd=str(folder), env=env):
                yield client
        finally:
            if manager.has_kernel:
                run_sync(manager.shutdown_kernel)(now=True)
            loop.close()


def _settings(own: str) -> dict[str, str]:
    """Return the environment that a kernel needs besides that of this process."""
    return {
        "IPYTHONDIR": own,
        "JUPYTER_RUNTIME_DIR": own,
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TQDM_DISABLE": "1",
        "FRAMING_FORMATS": os.environ.get("FRAMING_FORMATS", "pdf,png"),
        "PYTHONIOENCODING": "utf-8",
    }


def _run_cell(client: Any, place: int, where: str) -> None:
    """Run one cell; raise ReportError with its source and its error where it fails."""
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    cell = client.nb.cells[place]
    try:
        client.execute_cell(cell, place)
    except CellExecutionError as error:
        cause = _cause(error)
    except DeadKernelError:
        cause = "Python ended in this cell, most often for want of memory."
    else:
        return
    lines = page.inert(cell.source).strip().splitlines()
    shown = [f"    {line[:120]}" for line in lines[:12]]
    shown += [f"    … ({len(lines)} lines)"] if len(lines) > 12 else []
    msg = "\n".join([f"{where} failed:", "", *shown, "", cause])
    raise ReportError(msg)


def _cause(error: Any) -> str:
    """Return the last lines of a cell's error, with its kind and message in full."""
    said = page.inert(f"{error.ename}: {error.evalue}").strip()
    trace = [line.rstrip() for line in page.inert(error.traceback).splitlines() if line.strip()]
    places = [line for line in trace if line.lstrip().startswith("-->")]
    called = [f"    {line.strip()[:120]}" for line in places[-2:]]
    return "\n".join([*called, said[:2000]])
