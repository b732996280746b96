"""Replication bundles: numbers and figures of a study, without the texts of its articles."""

from __future__ import annotations

from framing.bundle.reproduce import reproduce
from framing.bundle.write import bundle

__all__ = ["bundle", "reproduce"]
