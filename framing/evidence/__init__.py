"""The way from a number back to the sentences behind it."""

from __future__ import annotations

from framing.evidence.show import Evidence, show_evidence
from framing.evidence.table import evidence

__all__ = ["Evidence", "evidence", "show_evidence"]
