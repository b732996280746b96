"""The text that stands for a chart."""

from __future__ import annotations

import pandas as pd


def alt_text(data: object) -> str:
    """Return what a chart shows, in words."""
    rows = len(data) if isinstance(data, pd.DataFrame) else 0
    return f"Chart of {rows:,} rows." if rows else "Chart."


def title_text(said: str) -> str:
    """Return the first sentence of an alternative text, without its full stop."""
    return said.partition(". ")[0].rstrip(".")
