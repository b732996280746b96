"""Build countries.json from Natural Earth's outlines of countries.

Run by hand: `npm pack world-atlas@2.0.2`, unpack it, and
`python data/shapes/build_countries.py package`. It needs Babel, which holds the codes of
ISO 3166-1; the toolkit itself does not.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import radians, sin
from pathlib import Path
from typing import Any

from babel.core import get_global

HERE = Path(__file__).parent
LEDGER = HERE.parent / "ledger" / "countries.csv"
ORIGIN = "Natural Earth 4.1.0, 1:110m and 1:50m, by way of world-atlas 2.0.2; public domain"
UNITS = 100  # of a degree
SMALL = 35_000  # km²
EDGE = -169  # the map's left end, in the Bering Strait: what lies west of it stands at the right
# A point in a part of a country that has a code of its own, or is drawn as no country's.
PARTS = {(-53.0, 4.0): "GUF", (34.2, 45.3): ""}  # French Guiana, Crimea
# Not in the outlines, or part of another country there.
ADDED = {
    "BES": (-68.3, 12.2), "CCK": (96.8, -12.2), "CXR": (105.7, -10.5), "GIB": (-5.4, 36.1),
    "GLP": (-61.6, 16.2), "MTQ": (-61.0, 14.7), "MYT": (45.2, -12.8), "REU": (55.5, -21.1),
    "SJM": (16.0, 78.7), "TKL": (188.2, -9.2), "TUV": (179.2, -8.5),
}  # fmt: skip
UNINHABITED = ["ATA", "BVT", "UMI"]

Ring = list[tuple[float, float]]


def decoded(path: Path) -> tuple[list[Ring], list[dict[str, Any]]]:
    """Return the lines of a TopoJSON file in degrees, and its countries."""
    topology = json.loads(path.read_text("utf-8"))
    (scale_x, scale_y), (first_x, first_y) = topology["transform"].values()
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale_x + first_x, y * scale_y + first_y))
        lines.append(line)
    return lines, topology["objects"]["countries"]["geometries"]


def rings_of(country: dict[str, Any], lines: list[Ring]) -> list[list[Ring]]:
    """Return the polygons of a country, each as its outline and its holes."""
    arcs = country["arcs"]
    polygons = [arcs] if country["type"] == "Polygon" else arcs
    return [[joined(ring, lines) for ring in polygon] for polygon in polygons]


def joined(ring: list[int], lines: list[Ring]) -> Ring:
    """Return the lines of a ring as one; a negative number stands for a line backwards."""
    points: Ring = []
    for number in ring:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        points += line[bool(points) :]
    return whole(points)


def whole(ring: Ring) -> Ring:
    """Return a ring without a jump from 180 to −180, and east of the map's left end."""
    points = ring[:1]
    for (before, _), (x, y) in pairwise(ring):
        step = (x - before + 180) % 360 - 180
        points.append((points[-1][0] + step, y))
    centre = sum(x for x, _ in points) / len(points)
    turn = 360 * ((centre - EDGE) // 360)
    return [(x - turn, y) for x, y in points]


def area(ring: Ring) -> float:
    """Return the area in km² that a ring encloses on the sphere."""
    total = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        total += radians(x1 - x0) * (2 + sin(radians(y0)) + sin(radians(y1)))
    return abs(total) / 2 * 6371.0**2


def middle(ring: Ring) -> tuple[float, float]:
    """Return the middle of the area that a ring encloses."""
    doubled = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        cross = x0 * y1 - x1 * y0
        doubled, x, y = doubled + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if not doubled:
        return ring[0]
    return round(x / doubled / 3, 2), round(y / doubled / 3, 2)


def contains(ring: Ring, point: tuple[float, float]) -> bool:
    """Tell whether a point lies in a ring."""
    px, py = point
    inside = False
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (y0 > py) != (y1 > py) and px < x0 + (py - y0) / (y1 - y0) * (x1 - x0):
            inside = not inside
    return inside


def packed(ring: Ring) -> list[int]:
    """Return a ring as whole hundredths of a degree, each point as its step from the one before."""
    flat, before = [], (0, 0)
    for x, y in ring:
        here = round(x * UNITS), round(y * UNITS)
        if not flat or here != before:
            flat += [here[0] - before[0], here[1] - before[1]]
        before = here
    return flat


def codes() -> dict[str, str]:
    """Return the alpha-3 codes of ISO 3166-1 by its numbers; Kosovo, which has none, by name."""
    alias = get_global("territory_aliases")
    alpha3 = {alias[code][0]: code for code in sorted(alias) if len(code) == 3 and code.isalpha()}
    # Where a code has been replaced, CLDR keeps the old one too.
    alpha3 |= {"CD": "COD", "DE": "DEU", "FR": "FRA", "MM": "MMR", "RS": "SRB"}
    alpha3 |= {"RU": "RUS", "TL": "TLS", "YE": "YEM"}
    numbers = [code for code in alias if code.isdigit()]
    found = {code: alpha3[alias[code][0]] for code in numbers if alias[code][0] in alpha3}
    return found | {"Kosovo": "XKX"}


def outlines(folder: Path, scale: str) -> Iterator[tuple[str, list[list[Ring]]]]:
    """Yield the code of each country, empty where it has none, and its polygons."""
    known = codes()
    lines, countries = decoded(folder / f"countries-{scale}.json")
    for country in countries:
        code = known.get(country.get("id", country["properties"]["name"]), "")
        if code != "ATA":
            yield code, rings_of(country, lines)


def main(folder: Path) -> None:
    """Write countries.json."""
    with LEDGER.open(encoding="utf-8") as file:
        names = {row["country"]: row["actor"] for row in csv.DictReader(file)}
    found: dict[str, dict[str, Any]] = {code: {"name": names[code]} for code in sorted(names)}
    nobody: list[list[int]] = []
    size: Counter[str] = Counter()
    for code, polygons in outlines(folder, "110m"):
        for outline, *holes in polygons:
            rings = [packed(ring) for ring in (outline, *holes) if area(ring) > 1]
            owner = next((PARTS[point] for point in PARTS if contains(outline, point)), code)
            into = found[owner].setdefault("rings", []) if owner else nobody
            into += rings
            size[owner] += area(outline)
    for code, polygons in outlines(folder, "50m"):
        if code and size[code] < SMALL:
            outline = max((polygon[0] for polygon in polygons), key=area)
            found[code]["dot"] = middle(outline)
    for code, place in ADDED.items():
        found[code]["dot"] = place
    placeless = [code for code, one in found.items() if len(one) == 1]
    assert placeless == UNINHABITED, placeless
    text = json.dumps(
        {"origin": ORIGIN, "units": UNITS, "nobody": nobody, "countries": found},
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip
    (HERE / "countries.json").write_text(text.replace('},"', '},\n"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
