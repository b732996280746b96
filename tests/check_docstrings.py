"""Validate the docstrings of all public names with numpydoc; exit 1 and say where if one fails."""

from __future__ import annotations

import importlib
import inspect
import sys
import tomllib
from pathlib import Path

from numpydoc.validate import validate

import framing


def main() -> int:
    """Print every fault of every public docstring; return how many there are, at most 1."""
    root = Path(__file__).parent.parent
    chosen = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]
    excluded = set(chosen["numpydoc_validation"]["checks"]) - {"all"}
    faults, checked = [], 0
    for name in framing.__all__:
        item = getattr(framing, name)
        if not callable(item):
            continue
        importlib.import_module(item.__module__)
        names = [f"{item.__module__}.{name}"]
        if inspect.isclass(item):
            names += [
                f"{item.__module__}.{name}.{member}"
                for member, value in vars(item).items()
                if not member.startswith("_") and inspect.isfunction(value)
            ]
        for full in names:
            checked += 1
            # The fields of a dataclass are documented as attributes, not as parameters (PR01).
            for code, text in validate(full)["errors"]:
                if code not in excluded and not (code == "PR01" and inspect.isclass(item)):
                    faults.append(f"{full}: {code} {text}")
    sys.stdout.write("\n".join([*faults, f"{checked} docstrings, {len(faults)} faults"]) + "\n")
    return int(bool(faults) or not checked)


if __name__ == "__main__":
    sys.exit(main())
