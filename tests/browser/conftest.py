"""A real browser, and a real JupyterLab: run with `make browser`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page, sync_playwright

if TYPE_CHECKING:
    from laboratory import Laboratory

sys.path.insert(0, str(Path(__file__).parent))

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


def program() -> str:
    """Return the path of Chromium; stop all tests where there is none."""
    found = os.environ.get("FRAMING_CHROMIUM") or next(
        filter(None, map(shutil.which, PROGRAMS)), ""
    )
    if not found or not Path(found).exists():
        pytest.exit(
            f"make browser: no Chromium (looked for {', '.join(PROGRAMS)}). On Debian and Ubuntu: "
            "apt install chromium. Or name the program in FRAMING_CHROMIUM.",
            returncode=1,
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a Chromium without a window."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program(), args=as_root)
        try:
            yield started
        finally:
            started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an empty page of 1,280 × 900 pixels."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """Give the code of axe-core."""
    return Path(AXE_FILE_PATH).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    """Give a JupyterLab in an empty folder with the notebooks in it."""
    from laboratory import Laboratory

    folder = tmp_path_factory.mktemp("first-hour")
    shutil.copytree(NOTEBOOKS, folder / "notebooks")
    with Laboratory(folder) as laboratory:
        yield laboratory
