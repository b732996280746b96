"""Measure how many articles it takes to see a difference: writes docs/howto/how-many-articles.md.

    make coverage        runs it, after coverage.py

Articles and words are those of `coverage.py`: heavy-tailed lengths, words in bursts. Two sources
have as many articles each; all items differ by the same ratio.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from coverage import Design, markdown, simulate, written

from framing.compare import compare

PAGE = Path(__file__).resolve().parents[1] / "docs" / "howto" / "how-many-articles.md"

SIZES = (25, 50, 100, 200, 400, 800, 1600)
SHARES = (0.5, 0.1, 0.02)  # before chance leaves the word out of short articles
RATIOS = (1.5, 2.0, 3.0)
N_CORPORA = 10
N_RESAMPLES = 999


def study(design: Design) -> dict[str, float]:
    """Return how often 100 items with the same difference are found, and how wide intervals are."""
    found, wide, units = [], [], []
    for number in range(N_CORPORA):
        measure = simulate(design, np.random.default_rng([4, number]))
        table = compare(
            measure, by="source", target=0, reference=1, seed=number, n_resamples=N_RESAMPLES
        )
        found.append((table["p"] <= 0.05).mean())
        wide.append(np.sqrt(table["ratio_high"] / table["ratio_low"]).median())
        units.append(table["n_units_with_reference"].median())
    return {
        "found": float(np.mean(found)),
        "factor": float(np.median(wide)),
        "with": np.mean(units),
    }


def width(result: dict[str, float]) -> str:
    """Return how far the interval of a ratio reaches, and how many articles have the word."""
    factor = result["factor"]
    return f"{f'× {factor:.1f}' if factor < 10 else 'over × 10'} ({result['with']:.0f})"


def main() -> None:
    """Run all designs and write the tables."""
    began = time.time()
    designs = {
        (share, ratio, n): Design("", (n, n), share, 0.01, ratio=ratio)
        for share in SHARES
        for ratio in RATIOS
        for n in SIZES
    }
    with ProcessPoolExecutor(2) as pool:
        results = dict(zip(designs, pool.map(study, designs.values()), strict=True))
    most = SIZES[-1]
    words = {
        share: f"{results[share, 2.0, most]['with'] / most:.1%}".replace("%", " %")
        for share in SHARES
    }
    columns = {"word": "articles with it", "ratio": "ratio"} | {n: f"{n:,}" for n in SIZES}
    power = [
        {"word": words[share], "ratio": f"{ratio:g} ×"}
        | {n: f"{100 * results[share, ratio, n]['found']:.0f}" for n in SIZES}
        for share in SHARES
        for ratio in RATIOS
    ]
    widths = [
        {"word": words[share]} | {n: width(results[share, 2.0, n]) for n in SIZES}
        for share in SHARES
    ]
    new = (
        "Differences found at p ≤ .05, per cent, by articles **in each** of two sources and by the"
        " share of articles of the source with the lower rate that have the word:\n\n"
        + markdown(power, columns)
        + "\nThe interval of a ratio of 2 reaches from the estimate divided by this to the estimate"
        " times this (in brackets: how many articles of that source have the word):\n\n"
        + markdown(widths, {name: text for name, text in columns.items() if name != "ratio"})
    )
    PAGE.write_text(written(PAGE.read_text("utf-8"), "power", new), "utf-8")
    print(new)
    print(f"{time.time() - began:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
