"""Results as files for papers: CSV, LaTeX and HTML."""

from __future__ import annotations

from framing.export.write import export_tables

__all__ = ["export_tables"]
