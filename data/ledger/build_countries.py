"""Build countries.csv from nations.csv, conditions.csv and the names of CLDR.

Run by hand after editing one of the two tables: `python data/ledger/build_countries.py`.
It needs Babel, which holds CLDR's names of territories and their ISO 3166-1 codes; the toolkit
itself does not.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import babel
from babel import Locale
from babel.core import get_global

HERE = Path(__file__).parent
COLUMNS = (
    "actor", "kind", "country", "alias", "alias_kind", "sense", "valid_from", "valid_to",
    "case", "not_before", "not_after", "not_with", "requires", "source",
)  # fmt: skip
CLDR = f"CLDR names, Babel {babel.__version__}"
OURS = "editors, 2026-11"
NO_COUNTRY = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
# Column of nations.csv -> (alias_kind, sense)
FORMS = {
    "other_name": ("name", "place"),
    "part": ("part", "place"),
    "former_name": ("former name", "place"),
    "capital": ("capital", "place"),
    "adjective": ("adjective", "people"),
    "people": ("demonym", "people"),
}


def cldr_names() -> dict[str, str]:
    """Return CLDR's English names by alpha-3 code."""
    aliases = get_global("territory_aliases")
    long = sorted(code for code in aliases if len(code) == 3 and code.isalpha())
    alpha3 = {aliases[code][0]: code for code in long}
    # Where a code has been replaced, CLDR keeps the old one too.
    alpha3 |= {"CD": "COD", "DE": "DEU", "FR": "FRA", "MM": "MMR", "RS": "SRB"}
    alpha3 |= {"RU": "RUS", "TL": "TLS", "XK": "XKX", "YE": "YEM"}
    names = Locale("en").territories
    codes = {code for code in names if len(code) == 2} - NO_COUNTRY
    return {alpha3[code]: names[code] for code in codes}


def plain(name: str) -> list[str]:
    """Return the forms in which newspapers write a name of CLDR's."""
    name = name.replace("’", "'").replace("St. ", "Saint ").replace(" & ", " and ")
    if " - " in name or "SAR" in name or name.startswith("U.S."):
        return []
    if name.endswith(")"):
        return [part.strip() for part in name.rstrip(")").split(" (")]
    return [name]


def plurals(adjectives: list[str]) -> list[str]:
    """Return the people's names that end in s: Syrians, Iraqis, Icelanders."""
    return [word + "s" for word in adjectives if word[-1] in "nir"]


def kind_of(alias: str, kind: str) -> str:
    """Return `acronym` for names in capitals."""
    short = alias.replace(" ", "")
    return "acronym" if kind == "name" and len(short) < 6 and short.isupper() else kind


def aliases_of(nation: dict[str, str], cldr: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield (alias, alias_kind, sense, source) of one country, the usual name first."""
    known = plain(cldr)
    actor = nation["name"] or known[0]
    yield actor, "name", "place", CLDR if actor in known else OURS
    for name in known:
        if name not in nation["former_name"].split(";"):
            yield name, "name", "place", CLDR
    cells = {column: [x for x in nation[column].split(";") if x] for column in FORMS}
    cells["people"] += plurals(cells["adjective"])
    for column, (kind, sense) in FORMS.items():
        for alias in cells[column]:
            yield alias, kind_of(alias, kind), sense, OURS


def main() -> None:
    """Write countries.csv."""
    with (HERE / "conditions.csv").open(encoding="utf-8") as file:
        conditions = {(row["country"], row["alias"]): row for row in csv.DictReader(file)}
    with (HERE / "nations.csv").open(encoding="utf-8") as file:
        nations = list(csv.DictReader(file))
    names = cldr_names()
    missing = set(names) ^ {nation["country"] for nation in nations}
    assert not missing, f"nations.csv and CLDR differ in {sorted(missing)}"
    unused = set(conditions)
    with (HERE / "countries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", restval="")
        writer.writeheader()
        for nation in sorted(nations, key=lambda nation: nation["country"]):
            code, seen = nation["country"], set()
            actor = nation["name"] or plain(names[code])[0]
            for alias, kind, sense, source in aliases_of(nation, names[code]):
                if alias in seen:
                    continue
                seen.add(alias)
                unused.discard((code, alias))
                extra = conditions.get((code, alias), {})
                case = "exact" if kind == "acronym" else "capital"
                row = {"case": case} | {c: extra[c] for c in extra if c in COLUMNS}
                fixed = {
                    "actor": actor, "kind": "country", "country": code, "alias": alias,
                    "alias_kind": kind, "sense": sense, "source": source,
                }  # fmt: skip
                writer.writerow(row | fixed)
    assert not unused, f"conditions.csv has aliases that no country has: {sorted(unused)}"


if __name__ == "__main__":
    main()
