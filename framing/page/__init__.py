"""Executed notebooks as one HTML page that holds everything and runs nothing."""

from __future__ import annotations

from framing.inert import inert
from framing.page.build import Page, Section, alternatives, warnings_in
from framing.page.tables import only_tables

__all__ = ["Page", "Section", "alternatives", "inert", "only_tables", "warnings_in"]
