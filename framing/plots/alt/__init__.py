"""What a chart shows, in words, for those who cannot see it."""

from __future__ import annotations

from framing.plots.alt.text import alt_text, title_text

__all__ = ["alt_text", "title_text"]
