"""Outlines and names of countries, read once from the data that come with the toolkit."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from framing.plots.style import named

# In a wheel the data lie inside the package, in a checkout beside it.
_FOLDERS = (
    Path(__file__).resolve().parents[1] / "_data" / "shapes",
    Path(__file__).resolve().parents[2] / "data" / "shapes",
)


CENTRE = 11.0  # degrees east; the map's ends lie in the Bering Strait, where they cut no land


@dataclass(frozen=True)
class Country:
    """One country of ISO 3166-1, or Kosovo.

    Attributes
    ----------
    name : str
        Its everyday name, the one that the ledger uses.
    rings : tuple of ndarray
        Outlines and holes, each as longitudes and latitudes in degrees.
    dot : tuple of float or None
        Where a country stands that is too small to be seen: longitude and latitude in degrees.
    """

    name: str
    rings: tuple[np.ndarray, ...]
    dot: tuple[float, float] | None


@cache
def _file() -> dict[str, Any]:
    for folder in _FOLDERS:
        path = folder / "countries.json"
        if path.is_file():
            found: dict[str, Any] = json.loads(path.read_text("utf-8"))
            return found
    msg = (
        f"plot_country_map: there is no countries.json in {str(_FOLDERS[0])!r} or "
        f"{str(_FOLDERS[1])!r}. The installation is incomplete. Install the package again."
    )
    raise FileNotFoundError(msg)


def _unpacked(ring: list[int]) -> np.ndarray:
    """Return a ring in degrees."""
    steps = np.array(ring, dtype=float).reshape(-1, 2)
    points: np.ndarray = np.cumsum(steps, axis=0) / _file()["units"]
    return points


@cache
def countries() -> dict[str, Country]:
    """Return all countries by their alpha-3 code."""
    return {
        code: Country(
            one["name"],
            tuple(_unpacked(ring) for ring in one.get("rings", [])),
            tuple(one["dot"]) if "dot" in one else None,
        )
        for code, one in _file()["countries"].items()
    }


@cache
def nobody() -> tuple[np.ndarray, ...]:
    """Return the outlines of places that are drawn as no country's."""
    return tuple(_unpacked(ring) for ring in _file()["nobody"])


def item_name(items: str, item: object) -> str:
    """Return an item as charts write it: a country by its name, all others as they are."""
    text = named(item)
    known = countries().get(text) if items == "country" else None
    return text if known is None else known.name


def equal_earth(points: np.ndarray) -> np.ndarray:
    """Return longitudes and latitudes in degrees as points of the Equal Earth projection.

    The unit is the radius of the earth. Areas are true everywhere (Šavrič et al. 2019).
    """
    longitude, latitude = np.radians(points - [CENTRE, 0.0]).T
    t = np.arcsin(np.sqrt(3) / 2 * np.sin(latitude))
    a, b, c, d = 1.340264, -0.081106, 0.000893, 0.003796
    slope = 9 * d * t**8 + 7 * c * t**6 + 3 * b * t**2 + a
    x = 2 * np.sqrt(3) * longitude * np.cos(t) / (3 * slope)
    y = d * t**9 + c * t**7 + b * t**3 + a * t
    return np.column_stack([x, y])
