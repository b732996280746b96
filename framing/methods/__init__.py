"""The methods section of a paper, from the results' own columns."""

from __future__ import annotations

from framing.methods.write import MethodsText, methods

__all__ = ["MethodsText", "methods"]
