"""Measure how often `find_events` is right: compare it with pairs that were labelled by reading.

    python benchmarks/events.py [ARTICLES]

prints the tables of docs/methods.md. Without a path the articles are those of
`fetch_news_articles()`. No text is kept in the sample, only keys of articles and labels.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

import framing as fr
from framing.stories import find_events

PAIRS = Path(__file__).resolve().parents[1] / "tests" / "gold" / "events_pairs.csv"
LOOSE, STRICT = ("same", "follow-up"), ("same",)


def wilson(n_right: float, n: float, z: float = 1.96) -> tuple[float, float]:
    """Return the Wilson interval of a share."""
    share = n_right / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return middle - half, middle + half


def main() -> None:
    path = sys.argv[1:]
    articles = (fr.read_articles(path[0]) if path else fr.fetch_news_articles()).articles
    corpus = fr.build_corpus(articles)
    pairs = pd.read_csv(PAIRS, dtype={"first": "str", "second": "str"})
    weight = pairs["stratum_size"] / pairs["n_drawn"]
    variants: dict[str, dict[str, object]] = {
        f"min_similarity={least}": {"min_similarity": least} for least in (0.25, 0.3, 0.35, 0.4)
    }
    variants["max_days=2"] = {"max_days": 2}
    variants["min_similarity=0.3, max_days=2"] = {"min_similarity": 0.3, "max_days": 2}
    variants["lead=1000000"] = {"lead": 1_000_000}
    variants["mentions=…"] = {"mentions": fr.find_mentions(corpus, fr.load_ledger())}
    print(f"{len(articles):,} articles; pairs in the sample: {len(pairs)}\n")
    print(pd.crosstab(pairs["stratum"], pairs["label"]), "\n")
    print("| settings | articles in events of several sources | largest | judged pairs joined "
          "| same or follow-up | 95 % | same | recall of same | recall of both |")  # fmt: skip
    print("|" + "---|" * 9)
    for name, settings in variants.items():
        events = find_events(corpus, **settings)  # type: ignore[arg-type]
        event = events.set_index("doc_id")["event"]
        joined = event[pairs["first"]].to_numpy() == event[pairs["second"]].to_numpy()
        cells = [f"`{name}`", f"{(events['n_sources'] > 1).sum():,}", events["n_articles"].max()]
        cells.append(int(joined.sum()))
        for labels in (LOOSE, STRICT):
            right = pairs["label"].isin(labels).to_numpy()
            share = np.average(right[joined], weights=weight[joined])
            cells.append(f"{share:.2f}")
            if labels is LOOSE:
                n = weight[joined].sum() ** 2 / (weight[joined] ** 2).sum()  # Kish's effective size
                low, high = wilson(share * n, n)
                cells.append(f"{low:.2f} … {high:.2f}")
        for labels in (STRICT, LOOSE):
            right = pairs["label"].isin(labels).to_numpy()
            cells.append(f"{weight[joined & right].sum() / weight[right].sum():.2f}")
        print("| " + " | ".join(map(str, cells)) + " |")


if __name__ == "__main__":
    main()
