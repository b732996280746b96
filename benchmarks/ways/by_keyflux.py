"""Keyness by keyflux."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ways.way import WORD, Way, counters, said_keyness


def _g2(found: dict[str, Counter[str]]) -> Any:
    from keyflux import Keyness

    every: Counter[str] = sum(found.values(), Counter())
    return {
        name: Keyness(
            one, every - one, measure="log_likelihood", min_focus_freq=1, min_reference_freq=1
        ).table()
        for name, one in found.items()
    }


def _see(tables: Any) -> str:
    name = next(iter(tables))
    row = next(row for row in tables[name] if row.type == WORD)
    return said_keyness(name, row.score, "G² of 2 cells (no sign)")


WAYS = [Way("keyness", "keyflux log_likelihood", counters, _g2, _see, "keyflux")]
