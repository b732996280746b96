"""Set-up of all tests and doctests.

The package is imported before pytest imports its modules one by one: some functions bear the name
of their module (`framing.keyness`). Were such a module the first thing that pytest imports, it
would take the function's place in the package.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

import framing  # noqa: F401


@pytest.fixture(autouse=True)
def _figures_are_closed() -> Iterator[None]:
    """Close the figures of each test, so that they do not add up."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
