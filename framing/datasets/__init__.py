"""Data to work with: a bundled sample, articles with planted differences, and a real corpus."""

from __future__ import annotations

from framing.datasets.made import make_articles, planted_differences

__all__ = ["make_articles", "planted_differences"]
