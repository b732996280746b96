"""What importing costs, beyond what pandas has imported already."""

from __future__ import annotations

import importlib
from functools import partial
from pathlib import Path
from typing import Any

from ways.way import Way

_MODULES = {
    "framing": "media-framing",
    "sklearn.feature_extraction.text": "scikit-learn",
    "gensim.corpora": "gensim",
    "nltk": "nltk",
    "scattertext": "scattertext",
    "textacy": "textacy",
}


def _pandas(_: Path) -> None:
    import pandas as pd  # noqa: F401 - what the others are measured beyond


def _see(_: Any) -> str:
    return ""


def _import(name: str, _: None) -> None:
    importlib.import_module(name)


WAYS = [
    Way("import", name, _pandas, partial(_import, name), _see, package)
    for name, package in _MODULES.items()
]
