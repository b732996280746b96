"""The main computations on one table of many copies: seconds and peak memory as JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gauge
from gauge import Gauge

import framing as fr


def main(path: Path, small: Path) -> None:
    """Measure one point of the curve."""
    _compute(_load(small / "articles.csv")[0])
    articles, load = _load(path)
    text_bytes = sum(
        int(articles[name].fillna("").str.encode("utf-8").str.len().sum())
        for name in ("title", "text")
    )
    with Gauge() as whole:
        corpus, steps = _compute(articles)
    found = {
        "articles": len(articles),
        "text_bytes": text_bytes,
        "terms": len(corpus.vocabulary),
        "tokens": int((corpus.codes >= 0).sum()),
        "load": load.seconds,
        "total": load.seconds + whole.seconds,
        "cpu": load.cpu + whole.cpu,
        "load_peak": load.peak,
        **steps,
    }
    print(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)


def _load(path: Path) -> tuple[Any, Gauge]:
    with Gauge() as gauge:
        articles = fr.read_articles(path).articles
    return articles, gauge


def _compute(articles: Any) -> tuple[fr.Corpus, dict[str, float]]:
    """Count all that a first look asks for, holding on to each result as a notebook does.

    Peaks are resident memory beyond what it was at the start: what earlier steps hold is in them.
    """
    steps: dict[str, float] = {}
    held: list[Any] = []
    start = gauge.resident()

    def step(name: str, work: Callable[[], Any]) -> Any:
        with Gauge() as found:
            held.append(work())
        steps[name] = found.seconds
        steps[f"{name}_peak"] = found.start + found.peak - start
        return held[-1]

    corpus = step("build", lambda: fr.build_corpus(articles))
    step("frequency", lambda: fr.term_frequency(corpus, by="source"))
    step("keyness", lambda: fr.keyness(corpus, by="source"))
    step("matrix", lambda: fr.document_term_matrix(corpus))
    return corpus, steps


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
