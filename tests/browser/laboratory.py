"""A JupyterLab server in a folder, and a notebook in it as a user handles it."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Locator, Page

STARTS_IN, RUNS_IN = 90, 300
"""Seconds that the server may take to answer, and a notebook to run."""


class Laboratory:
    """JupyterLab on a free port, with settings of its own, ended in all cases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.token = secrets.token_hex(16)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.own = tempfile.TemporaryDirectory(prefix="lab-", ignore_cleanup_errors=True)
        self.server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Laboratory:
        names = ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR",
                 "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")  # fmt: skip
        env = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
        env |= {name: str(Path(self.own.name) / name.lower()) for name in names}
        env |= {"FRAMING_ARTICLES": "sample", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        options = [
            f"--ServerApp.port={self.port}",
            "--ServerApp.port_retries=0",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.root_dir={self.folder}",
            f"--IdentityProvider.token={self.token}",
            "--no-browser",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.news_url=None",
            "--LabApp.extension_manager=readonly",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--allow-root")
        log = (Path(self.own.name) / "log").open("wb")
        self.server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=self.folder, env=env, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        log.close()
        try:
            until(self._answers, STARTS_IN, "JupyterLab does not answer", self.log)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self.server is not None:
            self.server.terminate()
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        self.own.cleanup()

    @property
    def address(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.port}/"

    def log(self) -> str:
        """Return the last lines that the server wrote."""
        text = (Path(self.own.name) / "log").read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-20:])

    def ask(self, path: str) -> Any:
        """Return what the server answers about a path."""
        request = urllib.request.Request(
            f"{self.address}api/{path}", headers={"Authorization": f"token {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def _answers(self) -> bool:
        if self.server is not None and self.server.poll() is not None:
            msg = f"JupyterLab ended with {self.server.returncode}:\n{self.log()}"
            raise RuntimeError(msg)
        try:
            return bool(self.ask("status"))
        except (urllib.error.URLError, OSError):
            return False


class Watch:
    """What a page did that it should not do.

    Attributes
    ----------
    said : list of str
        Dialogs, errors of scripts, and requests to anywhere but the page's own server.
    """

    def __init__(self, page: Page, own: str = "file://") -> None:
        self.said: list[str] = []
        self.own = own
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        page.on("popup", lambda popup: self.said.append(f"window {popup.url}"))

    def _dialog(self, dialog: Any) -> None:
        self.said.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.own, "data:", "blob:")):
            self.said.append(f"request {request.url}")


class Notebook:
    """A notebook that is open in JupyterLab."""

    def __init__(self, page: Page, lab: Laboratory, path: str) -> None:
        self.page, self.lab, self.path = page, lab, lab.folder / path
        page.goto(f"{lab.address}lab/tree/{path}?token={lab.token}")
        self.panel = page.locator(".jp-NotebookPanel:visible")
        self.panel.wait_for(timeout=60_000)
        self._until_idle()

    def menu(self, name: str, entry: str) -> None:
        """Choose an entry of a menu, as with the mouse."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=name).first.click()
        self.page.locator(f".lm-Menu-itemLabel:text-is('{entry}')").click()

    def cell(self, number: int) -> Locator:
        """Return a cell by its number, scrolled to."""
        found = self.panel.locator(f".jp-Cell[data-windowed-list-index='{number}']")
        self.panel.locator(".jp-WindowedPanel-outer").first.evaluate("e => { e.scrollTop = 0 }")
        for _ in range(60):
            if found.count():
                break
            self.page.mouse.wheel(0, 300)
            self.page.wait_for_timeout(50)
        return found

    def write(self, number: int, source: str) -> None:
        """Put a text in the place of a code cell's."""
        editor = self.cell(number).locator(".cm-content")
        editor.click()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(source)

    def run(self, number: int) -> None:
        """Run one cell with Shift+Enter."""
        self.cell(number).locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")

    def run_all(self) -> nbformat.NotebookNode:
        """Run all cells, wait, and return the notebook as it was saved."""
        self.menu("Run", "Run All Cells")
        self.page.wait_for_timeout(500)
        self._until_idle()
        return self.saved()

    def saved(self) -> nbformat.NotebookNode:
        """Save with Ctrl+S and return the notebook."""
        before = self.path.stat().st_mtime_ns
        self.page.keyboard.press("ControlOrMeta+S")
        until(lambda: self.path.stat().st_mtime_ns != before, 20, "the notebook was not saved")
        until(self._whole, 20, "the notebook is not whole")
        return nbformat.read(self.path, as_version=4)

    def _whole(self) -> bool:
        try:
            return bool(json.loads(self.path.read_text(encoding="utf-8")))
        except ValueError:
            return False

    def _until_idle(self) -> None:
        """Wait until the kernel is idle for a second: between two cells it is so for a moment."""
        calm = 0

        def rests() -> bool:
            nonlocal calm
            calm = calm + 1 if self._idle() else 0
            return calm >= 10

        until(rests, RUNS_IN, "the kernel is not idle", self.lab.log)

    def _idle(self) -> bool:
        sessions = [s for s in self.lab.ask("sessions") if s["path"].endswith(self.path.name)]
        return bool(sessions) and sessions[0]["kernel"]["execution_state"] == "idle"


def until(
    true: Callable[[], bool], seconds: float, what: str, more: Callable[[], str] = str
) -> None:
    """Wait until something is true; fail with what was waited for."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            msg = f"after {seconds} s {what}. {more()}"
            raise TimeoutError(msg)
        time.sleep(0.1)
