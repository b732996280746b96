"""The works that methods come from, and the programs, as entries for BibTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources

__all__ = ["PACKAGES", "Reference", "bibliography", "installed", "reference", "references"]

PACKAGES = {
    "framing": ("media-framing", "framing"),
    "pandas": ("pandas", "mckinney2010"),
    "scipy": ("scipy", "virtanen2020"),
    "scikit-learn": ("scikit-learn", "pedregosa2011"),
    "gensim": ("gensim", "rehurek2010"),
    "tomotopy": ("tomotopy", "lee2022"),
    "topica": ("topica", "caren2026"),
    "sentencex": ("sentencex", "thottingal"),
    "bertopic": ("bertopic", "grootendorst2022"),
}
"""Programs: what each is called where packages are installed, and the key of what to cite."""

OWN_VERSION = ("framing", "caren2026", "thottingal")
"""Entries of programs whose version is the one that is installed."""

_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u030a": "r",
    "\u030c": "v",
}  # fmt: skip
_SIGNS = {"ł": r"{\l}", "’": "'", "–": "--", "&": r"\&", "“": "``", "”": "''"}

_ENTRY = re.compile(r"^@(\w+)\{(\w+),\n(.*?)\n\}$", flags=re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^  (\w+) = \{(.*)\},?$", flags=re.MULTILINE)


@dataclass(frozen=True)
class Reference:
    """One entry of a bibliography.

    Attributes
    ----------
    key : str
        The name that texts cite it by.
    kind : str
        The type of entry: `article`, `inproceedings`, `incollection`, `book`, `phdthesis`, `misc`.
    fields : tuple of pairs
        Its fields in their order, in Unicode.
    """

    key: str
    kind: str
    fields: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """Return the value of a field, empty where the entry lacks it."""
        return dict(self.fields).get(name, "")

    @property
    def short(self) -> str:
        """The work as a text names it: `Monroe et al. 2008`."""
        authors = self.get("author").split(" and ")
        families = [name.split(",")[0].strip("{}") for name in authors]
        few = len(families) < 3 and "others" not in families
        said = " & ".join(families) if few else f"{families[0]} et al."
        return f"{said} {self.get('year')}"

    @property
    def entry(self) -> str:
        """The work as BibTeX has it, in ASCII."""
        rows = list(self.fields)
        if self.key in OWN_VERSION:
            package = {key: name for name, key in PACKAGES.values()}[self.key]
            rows.append(("note", f"Version {installed(package)}"))
        lines = [f"  {name} = {{{_encoded(name, value)}}}" for name, value in rows]
        return f"@{self.kind}{{{self.key},\n" + ",\n".join(lines) + "\n}"


def _encoded(name: str, value: str) -> str:
    """Return a value in signs that every BibTeX sorts and prints; addresses as they are."""
    if name in {"doi", "url"}:
        return value
    found = []
    for sign in value:
        letter, *marks = list(unicodedata.normalize("NFD", sign))
        accent = _ACCENTS.get(marks[0]) if marks else None
        between = " " if accent in {"r", "v"} else ""
        base = rf"\{letter}" if letter == "i" and accent else letter
        found.append(_SIGNS.get(sign, sign) if accent is None else rf"{{\{accent}{between}{base}}}")
    return "".join(found)


@cache
def references() -> dict[str, Reference]:
    """Return all entries by key."""
    text = (resources.files("framing.methods") / "references.bib").read_text("utf-8")
    return {
        key: Reference(key, kind, tuple(_FIELD.findall(fields)))
        for kind, key, fields in _ENTRY.findall(text)
    }


def reference(key: str) -> Reference:
    """Return one entry."""
    return references()[key]


def bibliography(keys: Iterable[str]) -> str:
    """Return entries as BibTeX, each once, in alphabetical order of their keys."""
    return "\n\n".join(reference(key).entry for key in sorted(set(keys))) + "\n"


def installed(package: str) -> str:
    """Return the version of a package that is installed; `unknown` where there is none."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"
