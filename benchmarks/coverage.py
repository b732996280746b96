"""Measure how often the intervals of `compare` hold the truth, and how often its tests are wrong.

    python benchmarks/coverage.py                        simulates, and writes docs/methods.md
    python benchmarks/coverage.py --articles FILE        also shuffles the sources of real articles
    python benchmarks/coverage.py --further 500 copies   prints false discoveries of further corpora

The first takes 330 seconds of processor time, 3 minutes on two free cores.

Simulated articles have heavy-tailed lengths; an item stands in a share of them, with counts that
vary as much as lengths do and once more by a gamma variable of shape 1: words come in bursts. The
truth is known. Copies have the words of their origin and stand in any source.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import chi2

from framing.articles import read_articles
from framing.compare import compare
from framing.corpus import build_corpus, document_term_matrix
from framing.measure import Measure, measure_terms
from framing.stories import find_stories

ROOT = Path(__file__).resolve().parents[1]
METHODS = ROOT / "docs" / "methods.md"

FURTHER = 2_000
"""The number of the first corpus of `--further`."""

N_ITEMS = 100
N_RESAMPLES = 999
MEAN_LENGTH, LENGTH_SPREAD = 450, 0.8


@dataclass(frozen=True)
class Design:
    """A kind of corpus and item, with what source A has of it against the others.

    Attributes
    ----------
    name : str
        What is said of it.
    sizes : tuple of int
        Articles of each source, A first.
    share : float
        Share of articles with the item, before chance.
    rate : float
        Its rate per token in those articles; 0 makes a measure of shares of articles.
    ratio : float
        Rate of A divided by that of the others.
    fewer : float
        In A the item stands in so much smaller a share of articles, with as many more in each.
    copies : float
        Share of articles that are copies of another.
    soft : bool
        Every article has the item to some degree, mostly a very low one, as it has a topic.
    """

    name: str
    sizes: tuple[int, ...]
    share: float
    rate: float = 0.003
    ratio: float = 1.0
    fewer: float = 1.0
    copies: float = 0.0
    soft: bool = False

    @property
    def truth(self) -> tuple[float, float]:
        """The rates of A and of the others."""
        rate = self.share * self.rate if self.rate else self.share
        # Copies have the rate of a story drawn from all sources.
        mixed = 1 + (self.ratio - 1) * self.sizes[0] / sum(self.sizes)
        own = 1 - self.copies
        return rate * (own * self.ratio + self.copies * mixed), rate * (own + self.copies * mixed)


def simulate(design: Design, rng: np.random.Generator, *, n_different: int = N_ITEMS) -> Measure:
    """Return a measure of one simulated corpus; the first so many items differ in A."""
    source = np.repeat(np.arange(len(design.sizes)), design.sizes)
    n = len(source)
    rng.shuffle(source)
    story = np.arange(n)
    copies = rng.random(n) < design.copies
    copies[0] = False
    origins = np.flatnonzero(~copies)
    # Few stories are carried often: the origin of a copy is drawn with a heavy tail.
    story[copies] = origins[(rng.beta(0.7, 2, int(copies.sum())) * len(origins)).astype(int)]
    length = np.round(rng.lognormal(np.log(MEAN_LENGTH), LENGTH_SPREAD, n)) + 20
    in_a = (source == 0)[story][:, None] & (np.arange(N_ITEMS) < n_different)
    share = np.where(in_a, design.share / design.fewer, design.share)
    boost = np.where(in_a, design.ratio * design.fewer, 1.0)
    there = rng.random((n, N_ITEMS)) < (share if design.rate else share * boost)
    counts = there.astype(float)
    if design.rate:
        bursts = rng.gamma(1, 1, there.shape) * design.rate * boost * length[:, None]
        counts = np.where(there, rng.poisson(bursts), 0).astype(float)
    if design.soft:
        counts = rng.beta(0.1, 0.1 * (1 - design.share) / design.share, there.shape)
    counts, length = counts[story], length[story]
    articles = pd.DataFrame(
        {"doc_id": [f"{i:05d}" for i in range(n)], "source": source, "story": story}
    )
    below = length if design.rate else np.ones(n)
    items = pd.Index([f"item {i}" for i in range(N_ITEMS)], dtype="str")
    return Measure(articles, sparse.csc_array(counts), below, items, "term", "rate")


def percentiles(measure: Measure, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return the usual bootstrap interval of A's rates: percentiles over resampled stories."""
    rows = np.flatnonzero(measure.articles["source"] == 0)
    stories, unit = np.unique(measure.articles["story"].to_numpy()[rows], return_inverse=True)
    members = sparse.csr_array((np.ones(len(rows)), (unit, np.arange(len(rows)))))
    counts = (members @ measure.numerators.tocsr()[rows]).toarray()
    below = members @ measure.denominators[rows]
    n = len(stories)
    weights = rng.multinomial(n, np.full(n, 1 / n), size=N_RESAMPLES).astype(float)
    low, high = np.quantile((weights @ counts) / (weights @ below)[:, None], (0.025, 0.975), axis=0)
    return low, high


def token_test(table: pd.DataFrame) -> pd.Series:
    """Return p-values that take every token as drawn on its own: chi-square of the two rates."""
    d, e = table["denominator"], table["denominator_reference"]
    share = (table["numerator"] + table["numerator_reference"]) / (d + e)
    gap = table["estimate"] - table["estimate_reference"]
    with np.errstate(invalid="ignore", divide="ignore"):
        score = gap**2 / (share * (1 - share) * (1 / d + 1 / e))
    return pd.Series(chi2.sf(score, 1), index=table.index)


def study(design: Design, n_corpora: int) -> dict[str, object]:
    """Return how often intervals of a design hold the truth, and how often its null is refused."""
    tables = []
    for number in range(n_corpora):
        rng = np.random.default_rng([1, number])
        measure = simulate(design, rng)
        options = {"unit": "story", "target": 0, "seed": number, "n_resamples": N_RESAMPLES}
        table = compare(measure, by="source", **options)
        low, high = percentiles(measure, rng)
        tables.append(table.assign(percentile_low=low, percentile_high=high))
    table = pd.concat(tables, ignore_index=True)
    one, other = design.truth

    def held(name: str, truth: float) -> float:
        low, high = (f"{name}_low", f"{name}_high") if name else ("low", "high")
        ends = table[[low, high]].dropna()
        return float(((ends[low] <= truth) & (truth <= ends[high])).mean())

    tested = table["p"].notna()
    refused = [float((table["p"][tested] <= level).mean()) for level in (0.05, 0.01)]
    return {
        "design": design.name,
        "articles": f"{design.sizes[0]:,} : {', '.join(f'{n:,}' for n in design.sizes[1:])}",
        "units with": round(float(table["n_units_with"].median())),
        "estimate": held("", one),
        "difference": held("difference", one - other),
        "ratio": held("ratio", one / other),
        "percentile": held("percentile", one),
        "high": f"{(table['high'] / table['scale']).median() / one:.1f} ×",
        "null": design.ratio == 1,
        "p <= .05": refused[0],
        "p <= .01": refused[1],
        "tokens": float((token_test(table)[tested] <= 0.05).mean()),
    }


FEWER = (
    Design("rare", (100, 400, 400), 0.015, 0.01),
    Design("rare", (100, 400, 400), 0.05, 0.01),
    Design("rare, 3 × in A", (100, 400, 400), 0.05, 0.01, ratio=3),
    Design("rare, bunched in A", (100, 400, 400), 0.1, 0.01, fewer=2),
    Design("rare, once at a time", (100, 400, 400), 0.05, 0.001),
    Design("shares of articles", (100, 400, 400), 0.03, 0.0),
    Design("copies, 30 %", (100, 400, 400), 0.06, 0.01, copies=0.3),
    Design("every article, 5", (5, 60, 60), 1.0, 0.01),
    Design("every article, 10", (10, 60, 60), 1.0, 0.01),
    Design("every second article", (20, 60, 60, 60), 0.5, 0.01),
    Design("rare", (200, 400, 400), 0.05, 0.01),
    Design("rare, bunched in A", (200, 400, 400), 0.1, 0.01, fewer=2),
)
ENOUGH = (
    Design("every article", (32, 90, 90), 1.0, 0.005),
    Design("every article, alone with one", (40, 40), 1.0, 0.01),
    Design("every second article", (60, 180, 180), 0.5, 0.01),
    Design("shares of articles", (60, 180, 180), 0.5, 0.0),
    Design("high shares of articles", (400, 800, 800), 0.93, 0.0),
    Design("topic, 5 % of all", (200, 400, 400), 0.05, 0.0, soft=True),
    Design("topic, 20 % of all", (60, 180, 180), 0.2, 0.0, soft=True),
    Design("rare", (500, 900, 900), 0.08, 0.01),
    Design("rare, 2 × in A", (500, 900, 900), 0.08, 0.01, ratio=2),
    Design("rare, ½ × in A", (500, 900, 900), 0.12, 0.01, ratio=0.5),
    Design("bunched in A", (500, 900, 900), 0.12, 0.01, fewer=2),
    Design("bunched in A, small rest", (900, 150), 0.3, 0.01, fewer=2),
    Design("common", (500, 900, 900), 0.6, 0.01),
    Design("copies, 30 %", (300, 500, 500), 0.2, 0.01, copies=0.3),
    Design("copies, 30 %, bunched in A", (500, 900, 900), 0.2, 0.01, copies=0.3, fewer=2),
    Design("copies, 30 %, 2 × in A", (500, 900, 900), 0.15, 0.01, copies=0.3, ratio=2),
)
MIXED = (
    Design("rare, 3 × in A", (300, 300, 300, 300), 0.1, 0.01, ratio=3),
    Design("common, 1.5 × in A", (300, 300, 300, 300), 0.6, 0.01, ratio=1.5),
    Design("copies, 30 %, 2.5 × in A", (300, 300, 300, 300), 0.2, 0.01, copies=0.3, ratio=2.5),
    Design("nothing differs", (300, 300, 300, 300), 0.2, 0.01),
)


def discoveries(design: Design, corpora: range) -> dict[str, object]:
    """Return the share of false discoveries where a fifth of the items differ in A."""
    n_different = N_ITEMS // 5 if design.ratio != 1 else 0
    false, found = [], []
    for number in corpora:
        measure = simulate(design, np.random.default_rng([2, number]), n_different=n_different)
        table = compare(measure, by="source", unit="story", seed=number, n_resamples=N_RESAMPLES)
        different = table["item"].isin(measure.items[:n_different])
        discovered = table["q"] <= 0.05
        false.append((discovered & ~different).sum() / max(discovered.sum(), 1))
        in_a = different & (table["source"] == 0)
        found.append((discovered & in_a).sum() / max(in_a.sum(), 1))
    return {
        "design": design.name,
        "different": n_different,
        "false": float(np.mean(false)),
        "each": false,
        "found": float(np.mean(found)) if n_different else np.nan,
    }


def dealt_out(articles: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Return sources dealt out anew: stories of as many articles exchange theirs, whole."""
    articles = articles.sort_values(["story", "doc_id"])
    size = articles.groupby("story")["doc_id"].transform("size")
    dealt = articles["source"].copy()
    for n, alike in articles.groupby(size):
        sources = alike["source"].to_numpy().reshape(-1, n)
        dealt[alike.index] = rng.permutation(sources).ravel()
    return dealt.sort_index()


def shuffled(path: Path, n_shuffles: int) -> list[dict[str, object]]:
    """Return what `compare` finds in real articles whose sources are dealt out anew."""
    articles, _ = read_articles(path)
    corpus = build_corpus(articles)
    corpus = corpus.join(find_stories(corpus)[["doc_id", "story"]])
    counts = np.asarray(document_term_matrix(corpus).sum(axis=0)).ravel()
    terms = corpus.vocabulary[np.argsort(-counts, kind="stable")[:15_000]]
    measure = measure_terms(corpus, list(terms))
    rows = []
    for seed in range(n_shuffles + 1):
        dealt = measure.articles["source"]
        if seed:
            dealt = dealt_out(measure.articles, np.random.default_rng([3, seed]))
        table = pd.DataFrame({"doc_id": measure.articles["doc_id"], "dealt": dealt})
        began = time.process_time()
        found = compare(
            measure.join(table), by="dealt", unit="story", seed=seed, n_resamples=N_RESAMPLES + 1
        )
        print(f"{time.process_time() - began:.1f} s of one core")
        p = found["p"].dropna()
        rows.append(
            {
                "sources": f"dealt out, {seed}" if seed else "as they are",
                "tests": len(p),
                "p <= .05": float((p <= 0.05).mean()),
                "p <= .01": float((p <= 0.01).mean()),
                "q <= .05": int((found["q"] <= 0.05).sum()),
            }
        )
        print(rows[-1], flush=True)
    return rows


def number(value: object) -> str:
    """Return a cell of a table: shares with three digits behind a point."""
    if isinstance(value, float):
        return "–" if np.isnan(value) else f"{value:.3f}".lstrip("0")
    return f"{value:,}" if isinstance(value, int) else str(value)


def markdown(rows: list[dict[str, object]], columns: dict[str, str]) -> str:
    """Return rows as a table of Markdown."""
    lines = ["| " + " | ".join(columns.values()) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(number(row[name]) for name in columns) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def written(text: str, name: str, new: str) -> str:
    """Return the text with what stands between two marks put anew."""
    start, stop = f"<!-- {name}: made by make coverage -->", f"<!-- end of {name} -->"
    before, _, rest = text.partition(start)
    _, _, after = rest.partition(stop)
    if not rest:
        sys.exit(f"docs/methods.md has no marks {start} … {stop}")
    return f"{before}{start}\n\n{new}\n{stop}{after}"


def further(n_corpora: int, name: str) -> None:
    """Print false discoveries of corpora that the tables do not rest on."""
    parts = 10
    numbers = np.array_split(np.arange(FURTHER, FURTHER + n_corpora), parts)
    ranges = [range(part[0], part[-1] + 1) for part in numbers if len(part)]
    for design in (one for one in MIXED if one.name.startswith(name)):
        with ProcessPoolExecutor(2) as pool:
            rows = list(pool.map(discoveries, repeat(design), ranges))
        false = np.concatenate([np.asarray(row["each"]) for row in rows])
        mean, error = false.mean(), false.std() / np.sqrt(len(false))
        print(f"{design.name}: {mean:.3f} ± {error:.3f} false, {n_corpora} corpora")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=Path, help="a file of real articles, to shuffle")
    parser.add_argument("--corpora", type=int, default=30, help="corpora of each design")
    parser.add_argument(
        "--further", nargs=2, metavar=("N", "NAME"), help="corpora and the design's first word"
    )
    chosen = parser.parse_args()
    if chosen.further:
        further(int(chosen.further[0]), chosen.further[1])
        return
    began = time.time()
    intervals, tests = {}, []
    with ProcessPoolExecutor(2) as pool:
        for title, designs in (("20 or more", ENOUGH), ("fewer than 20", FEWER)):
            rows = list(pool.map(study, designs, repeat(chosen.corpora)))
            intervals[title], tests = rows, tests + [row for row in rows if row["null"]]
        # What is found hangs together inside a corpus: it takes more of them.
        fdr = list(pool.map(discoveries, MIXED, repeat(range(chosen.corpora * 3))))
    text = METHODS.read_text("utf-8")
    columns = {
        "design": "item",
        "articles": "articles, A : others",
        "units with": "units of A with it",
        "estimate": "estimate",
        "difference": "difference",
        "ratio": "ratio",
        "percentile": "estimate, by percentiles",
    }
    few = columns | {"high": "median upper end, of the truth"}
    new = "\n".join(
        f"Share of 95 % intervals that hold the truth, {title} units of A with the item:\n\n"
        + markdown(rows, columns if title == "20 or more" else few)
        for title, rows in intervals.items()
    )
    new += "\nShare of items without a difference that a test calls different:\n\n" + markdown(
        tests,
        {
            "design": "item",
            "articles": "articles, A : others",
            "units with": "units of A with it",
            "p <= .05": "p ≤ .05",
            "p <= .01": "p ≤ .01",
            "tokens": "p ≤ .05 of χ² of tokens",
        },
    )
    new += (
        f"\nOf {N_ITEMS} items in four sources, some differ in source A; q ≤ .05:\n\n"
        + markdown(
            fdr,
            {
                "design": "item",
                "different": "items that differ",
                "false": "false among the found",
                "found": "found in A, of those that differ",
            },
        )
    )
    text = written(text, "simulation", new)
    if chosen.articles:
        rows = shuffled(chosen.articles, 5)
        columns = {name: name.replace("<=", "≤") for name in rows[0]}
        text = written(text, "shuffling", markdown(rows, columns))
    METHODS.write_text(text, "utf-8")
    print(new)
    print(f"{time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
