"""What a source prints around its news: found, and taken out of a corpus."""

from __future__ import annotations

from framing.boilerplate.find import boilerplate
from framing.boilerplate.remove import without

__all__ = ["boilerplate", "without"]
