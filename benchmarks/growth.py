"""The main computations on one table of many copies: seconds and peak memory as JSON."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

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
        corpus, seconds = _compute(articles)
    found = {
        "articles": len(articles),
        "text_bytes": text_bytes,
        "terms": len(corpus.vocabulary),
        "tokens": int((corpus.codes >= 0).sum()),
        "load": load.seconds,
        **seconds,
        "total": load.seconds + whole.seconds,
        "load_peak": load.peak,
        "peak": whole.peak,
    }
    print(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)


def _load(path: Path) -> tuple[Any, Gauge]:
    with Gauge() as gauge:
        articles = fr.read_articles(path).articles
    return articles, gauge


def _compute(articles: Any) -> tuple[fr.Corpus, dict[str, float]]:
    """Count all that a first look asks for, holding on to each result as a notebook does."""
    import time

    clock = [time.perf_counter()]
    results: list[Any] = []

    def keep(result: Any) -> Any:
        results.append(result)
        clock.append(time.perf_counter())
        return result

    corpus = keep(fr.build_corpus(articles))
    keep(fr.document_term_matrix(corpus))
    keep(fr.term_frequency(corpus, by="source"))
    keep(fr.keyness(corpus, by="source"))
    names = ("build", "matrix", "frequency", "keyness")
    return corpus, {name: clock[at + 1] - clock[at] for at, name in enumerate(names)}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
