"""Estimands of other packages, computed from the counts that `keyness` and `term_frequency` give.

They are no measures here: they answer other questions. That their published numbers come out of
our columns shows that the counts are the same, and where the difference lies.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.corpus import build_corpus
from framing.frequency import term_frequency
from framing.keyness import keyness


def articles_of(**texts: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"doc_id": list(texts), "source": list(texts), "text": list(texts.values())}
    )


def test_four_term_variance() -> None:
    """The z of scattertext, whose variance has four terms (oracle O4, α = .01)."""
    sides = {"one": (1, 5, 1, 9), "two": (100, 510, 100, 199)}
    texts = {
        side: " ".join(" ".join([word] * count) for word, count in zip("abcd", counts, strict=True))
        for side, counts in sides.items()
    }
    corpus = build_corpus(articles_of(**texts), fields=["text"], language=None)
    table = keyness(corpus, by="source", target="one", measure="log_odds", prior=0.01, min_count=1)
    table = table.sort_values("term")
    assert table["score"].to_list() == pytest.approx([-0.609502, -2.304405, -0.609502, 4.462925])
    alpha, whole = 0.01, 0.01 * len(table)
    inside = table["count"] + alpha, table["count_reference"] + alpha
    outside = (
        table["n_tokens"] + whole - inside[0],
        table["n_tokens_reference"] + whole - inside[1],
    )
    delta = np.log(inside[0] / outside[0]) - np.log(inside[1] / outside[1])
    assert delta.to_list() == pytest.approx([-0.609532, -1.034577, -0.609532, 1.520101], abs=1e-6)
    z = delta / np.sqrt(sum(1 / part for part in (*inside, *outside)))
    assert z.to_list() == pytest.approx([-0.589845, -1.905684, -0.589845, 2.983064], abs=1e-6)


@pytest.mark.parametrize(
    ("prior", "expected"),
    [("total", {"the": 0, "quick": 0.773190, "jumped": 1.238100}),
     ("one", {"the": 0, "quick": 0.798508, "jumped": 1.059401})],
)  # fmt: skip
def test_each_set_against_all_sets_pooled(prior: str, expected: dict[str, float]) -> None:
    """The weighted log-odds of tidylo: the reference includes the set itself (oracle O5)."""
    texts = {"d1": "the quick brown fox jumped jumped", "d2": "over the lazy brown dog dog"}
    corpus = build_corpus(articles_of(**texts), fields=["text"], language=None)
    table = term_frequency(corpus, by="source")
    total = table.groupby("term")["count"].transform("sum")
    here = table["count"] + (total if prior == "total" else 1)
    pooled = here.groupby(table["term"]).transform("sum")
    size = here.groupby(table["source"]).transform("sum")
    delta = np.log(here / (size - here)) - np.log(pooled / (here.sum() - pooled))
    z = delta / np.sqrt(1 / here + 1 / pooled)
    found = dict(zip(table["term"], z, strict=True))
    assert {term: found[term] for term in expected} == pytest.approx(expected, abs=1e-6)
