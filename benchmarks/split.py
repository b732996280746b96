"""Measure how often the intervals of `decompose` hold the truth, on made-up corpora.

    python benchmarks/split.py

Two sources choose strata with known probabilities, and words come in bursts: an article's rate is
drawn from a gamma distribution around that of its source and stratum. So the truth of each
component is known. Prints one line a case: how often the nominal 95 % interval holds it, and how
often the units are said to be few.
"""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
from scipy import sparse

import framing as fr
from framing.measure import Measure

N_CORPORA = 200
N_RESAMPLES = 500
N_ITEMS = 5
SHAPE = 0.5  # of the gamma distribution: the smaller, the more words come in bursts
MIXES = {
    4: ([0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4]),
    12: (1 / np.arange(1, 13), 1 / np.arange(12, 0, -1)),
}


def corpus(
    rng: np.random.Generator, n_articles: int, mixes: list[np.ndarray], rates: np.ndarray
) -> tuple[Measure, np.ndarray]:
    """Return a measure of two sources, and the stratum of each article."""
    source = np.repeat([0, 1], n_articles)
    stratum = np.concatenate([rng.choice(len(mix), size=n_articles, p=mix) for mix in mixes])
    n_tokens = np.round(rng.lognormal(6, 0.5, size=len(source)))
    burst = rng.gamma(SHAPE, 1 / SHAPE, size=(len(source), N_ITEMS))
    counts = rng.poisson(n_tokens[:, None] * burst * rates[source, stratum][:, None])
    articles = pd.DataFrame(
        {
            "doc_id": pd.Series([f"d{place:04d}" for place in range(len(source))], dtype="str"),
            "source": np.array(["X", "Y"])[source],
            "stratum": stratum,
        }
    )
    items = pd.Index([f"item {place}" for place in range(N_ITEMS)], dtype="str")
    above = sparse.csc_array(counts.astype(float))
    return Measure(articles, above, n_tokens, items, "term", "per token"), stratum


def truth(mixes: list[np.ndarray], rates: np.ndarray, seen: list[np.ndarray]) -> dict[str, float]:
    """Return the true components, given which strata each source has in the corpus."""
    both = seen[0] & seen[1]
    mixes = [
        np.where(there, mix, 0) / mix[there].sum() for mix, there in zip(mixes, seen, strict=True)
    ]
    inside = [mix[both] / mix[both].sum() for mix in mixes]
    means = [float(share @ rate[both]) for share, rate in zip(inside, rates, strict=True)]
    alone = [float(mix @ rate) - mean for mix, rate, mean in zip(mixes, rates, means, strict=True)]
    within = rates[:, both]
    return {
        "gap": float(mixes[0] @ rates[0] - mixes[1] @ rates[1]),
        "selection": float((inside[0] - inside[1]) @ (within[0] + within[1]) / 2),
        "presentation": float((inside[0] + inside[1]) @ (within[0] - within[1]) / 2),
        "only target": alone[0],
        "only reference": -alone[1],
    }


def intervals(n_articles: int, n_strata: int, per_token: float) -> pd.DataFrame:
    """Return for each interval whether it holds the truth and whether units are few."""
    rng = np.random.default_rng(1)
    mixes = [np.asarray(mix) / np.sum(mix) for mix in MIXES[n_strata]]
    by_stratum = per_token * np.geomspace(3, 1 / 3, n_strata)
    rates = np.stack([by_stratum * 1.5, by_stratum])
    found = []
    for number in range(N_CORPORA):
        measure, stratum = corpus(rng, n_articles, mixes, rates)
        seen = [np.isin(np.arange(n_strata), part) for part in np.split(stratum, 2)]
        table = fr.decompose(
            measure,
            by="source",
            strata="stratum",
            target="X",
            reference="Y",
            seed=number,
            n_resamples=N_RESAMPLES,
        )
        totals = table[table["stratum"].isna()]
        value = totals["component"].map(truth(mixes, rates, seen))
        held = (totals["low"] <= value) & (value <= totals["high"])
        found.append(totals[["component", "few_units"]].assign(held=held))
    return pd.concat(found)


def main() -> None:
    """Print the table."""
    rows = []
    for n_strata, n_articles, rate in itertools.product(
        MIXES, (30, 100, 300, 1000), (0.001, 0.005)
    ):
        found = intervals(n_articles, n_strata, rate)
        row = {"strata": n_strata, "articles a source": n_articles, "per 1,000": rate * 1000}
        for component in ("gap", "selection", "presentation"):
            part = found[found["component"] == component]
            row[component] = part["held"].mean()
            if component != "gap":
                row[f"few ({component})"] = part["few_units"].mean()
                row[f"{component}, not few"] = part.loc[~part["few_units"], "held"].mean()
        rows.append(row)
    print(pd.DataFrame(rows).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
