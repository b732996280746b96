"""Set-up of all tests and doctests.

The package is imported before pytest imports its modules one by one: some functions bear the name
of their module (`framing.keyness`). Were such a module the first thing that pytest imports, it
would take the function's place in the package.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import matplotlib as mpl
import pytest

import framing  # noqa: F401
from framing.plots import style


@pytest.fixture(autouse=True)
def _charts_start_afresh() -> Iterator[None]:
    """Close the figures of each test, and take back its sizes, fonts and colours of sources."""
    with mpl.rc_context():
        yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
    style._PLACES.clear()
