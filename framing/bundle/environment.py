"""With what a bundle was made: Python, packages and the kind of machine."""

from __future__ import annotations

import platform
import sys
from importlib import metadata

PACKAGES = (
    "media-framing", "numpy", "scipy", "pandas", "matplotlib", "pillow", "contourpy", "fonttools",
    "kiwisolver", "cycler", "scikit-learn", "gensim", "tomotopy", "topica", "formulaic", "pyarrow",
    "polars", "sentencex",
)  # fmt: skip
DRAWING = ("media-framing", "matplotlib", "numpy", "pandas", "pillow", "fonttools", "freetype")
"""What decides on the bytes of a figure."""


def environment() -> dict[str, dict[str, str]]:
    """Return the versions of Python and packages, and the kind of machine; no name of it."""
    from matplotlib import ft2font

    packages = {}
    for name in PACKAGES:
        try:
            packages[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            packages[name] = "not installed"
    packages["freetype"] = str(ft2font.__freetype_version__)
    return {
        "python": {"version": platform.python_version(), "kind": sys.implementation.name},
        "packages": packages,
        "machine": {"system": platform.system(), "kind": platform.machine()},
    }


def differences(there: dict[str, dict[str, str]]) -> list[str]:
    """Return in words which packages that draw have other versions here than there."""
    here = environment()["packages"]
    packages = there.get("packages", {})
    return [
        f"{name} {packages.get(name, 'unknown')} there, {here[name]} here"
        for name in DRAWING
        if packages.get(name) != here[name]
    ]
