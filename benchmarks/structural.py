"""Compare the structural topic model with another program's: structural-topic-model, a port of R's.

Both fit the same counts and columns from anchor words until their bound rises by less than 1e-5.
Writes structural.md. The other program asks for Python 3.12; it runs on 3.11 too:
pip install --ignore-requires-python structural-topic-model==1.0.0.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from run import machine
from scipy.optimize import linear_sum_assignment

import framing as fr
from framing.corpus import Corpus
from framing.topics.design import design
from framing.topics.preparing import prepare

ABOUT = """\
*Topics r* and *shares r*: correlation of matched topics' probabilities of terms and of their shares
of the articles, the median of the topics and the lowest. *Bound*: per token, as each program
reports its own. *CPU*: processor seconds, with all that comes before the fit."""

HERE = Path(__file__).resolve().parent


def matched(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the correlations of rows matched one to one, and which they are."""
    both = np.corrcoef(one, other)[: len(one), len(one) :]
    rows, columns = linear_sum_assignment(-both)
    return both[rows, columns], rows, columns


def compared(name: str, corpus: Corpus, n_topics: int, formula: str) -> dict[str, Any]:
    """Fit both on one corpus."""
    from stm import StructuralTopicModel

    begun = time.process_time()
    ours = fr.fit_structural_topics(corpus, n_topics, seed=1, prevalence=formula)
    middle = time.process_time()
    ready = prepare("benchmark", corpus, min_articles=5, max_share=0.5, stop_words="english")
    columns, _ = design("benchmark", corpus.articles, formula, name="prevalence")
    full = ready.n_tokens > 0
    theirs = StructuralTopicModel(n_topics).fit(ready.full, prevalence=columns[full])
    end = time.process_time()
    topics, rows, others = matched(ours.topic_term, theirs.components_)
    shares = [
        np.corrcoef(ours.article_topic[full, row], theirs.theta_[:, other])[0, 1]
        for row, other in zip(rows, others, strict=True)
    ]
    return {
        "articles": name, "n": len(corpus), "terms": len(ready.vocabulary), "topics": n_topics,
        "topics r": f"{np.median(topics):.3f}, {topics.min():.3f}",
        "shares r": f"{np.median(shares):.3f}, {np.min(shares):.3f}",
        "bound here": f"{ours.settings['fit']:.4f}",
        "bound there": f"{theirs.bound_[-1] / ready.n_tokens.sum():.4f}",
        "CPU here, s": f"{middle - begun:.1f}", "CPU there, s": f"{end - middle:.1f}",
    }  # fmt: skip


def gadarian() -> Corpus:
    """Return the answers of Gadarian & Albertson, which topica brings along."""
    from topica import datasets

    answers = datasets.load_gadarian()
    table = pd.DataFrame(
        {
            "doc_id": [f"{row:03d}" for row in range(len(answers))],
            "text": answers["open.ended.response"].astype("str"),
            "treatment": answers["treatment"].astype(float),
            "pid_rep": answers["pid_rep"].astype(float),
        }
    )
    return fr.build_corpus(table, fields=["text"])


def main() -> int:
    """Compare, print and write structural.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--news", type=int, default=300, help="articles of the news corpus, or 0")
    parser.add_argument("--out", type=Path, default=HERE / "structural.md")
    asked = parser.parse_args()
    rows = [compared("Gadarian & Albertson (2014)", gadarian(), 3, "treatment * pid_rep")]
    print(rows[-1], flush=True)
    made = fr.build_corpus(fr.make_articles(800, seed=1))
    rows.append(compared("make_articles(800)", made, 8, "source"))
    print(rows[-1], flush=True)
    if asked.news:
        news = fr.build_corpus(fr.fetch_news_articles()[0])
        chosen = np.zeros(len(news), dtype=bool)
        chosen[np.random.default_rng(1).permutation(len(news))[: asked.news]] = True
        rows.append(compared("news corpus, by chance", news.where(chosen), 10, "source"))
        print(rows[-1], flush=True)
    names = list(rows[0])
    lines = [
        "# Structural topic model beside another program's", "",
        "`python benchmarks/structural.py`; the other program is structural-topic-model 1.0.0, a",
        f"port of R's stm. Machine: {machine()}.", "", ABOUT, "",
        f"| {' | '.join(names)} |", "| --- |" + " --: |" * (len(names) - 1),
    ]  # fmt: skip
    lines += [f"| {' | '.join(str(row[name]) for name in names)} |" for row in rows]
    asked.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
