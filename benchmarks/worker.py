"""Do one task in one way, in this process alone, and print seconds and peak memory as JSON.

Everything that the way imports is imported, and the work done once on a twentieth of the articles,
before the clock starts.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import gauge


def main(module: str, number: int, folder: Path, small: str) -> None:
    """Measure one way; where `small` is "make", only make its input."""
    way = importlib.import_module(f"ways.{module}").WAYS[number]
    warnings.simplefilter("ignore")
    if small == "make":
        way.make(folder)
        return
    if way.task != "import":  # a module is imported once
        way.do(way.make(Path(small)))
    made = way.make(folder)
    with gauge.Gauge() as found:
        done = way.do(made)
    print(
        json.dumps(
            {
                "seconds": found.seconds,
                "cpu": found.cpu,
                "peak": found.peak,
                "seen": way.see(done),
                "version": version(way.package) if way.package else sys.version.split()[0],
            }
        )
    )
    sys.stdout.flush()
    os._exit(0)  # to free millions of strings one by one takes seconds


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
