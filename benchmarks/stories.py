"""Time `find_stories` against MinHash by datasketch, and its growth up to 100,000 articles.

    pip install datasketch
    python benchmarks/stories.py [ARTICLES] [--copies 1 5 20 26]

prints a table. Without a path the articles are those of `fetch_news_articles()`. Each copy of the
articles has other ids, and a fifth of its words of five letters and more is replaced. Both start
from the same tokens; seconds are processor time of one process, the least of three runs in turn.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from inputs import _changed

import framing as fr
from framing.stories import find_stories

N_WORDS, LEAST = 5, 0.4


def by_datasketch(corpus: fr.Corpus) -> int:
    """Return the number of pairs by MinHash of 128 values with exact checks."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=LEAST, num_perm=128)
    sets, hashes = [], []
    for row in range(len(corpus)):
        codes = corpus.codes[corpus.offsets[row] : corpus.offsets[row + 1]]
        runs = np.lib.stride_tricks.sliding_window_view(codes, N_WORDS) if len(codes) > 4 else []
        sets.append({run.tobytes() for run in runs})
        hashes.append(MinHash(num_perm=128))
        hashes[-1].update_batch(sets[-1])
        index.insert(row, hashes[-1])
    n_pairs = 0
    for row, found in enumerate(hashes):
        for other in index.query(found):
            if other > row and (union := len(sets[row] | sets[other])):
                n_pairs += len(sets[row] & sets[other]) / union >= LEAST
    return n_pairs


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def copies(articles: pd.DataFrame, n_copies: int) -> Iterator[pd.DataFrame]:
    raw = articles[["doc_id", "source", "date", "title", "text"]]
    raw = raw.rename(columns={"doc_id": "article_id"}).assign(article_source_link="")
    raw[["title", "text"]] = raw[["title", "text"]].fillna("")
    for number in range(n_copies):
        part = _changed(raw, number)
        yield part.drop(columns="article_source_link").rename(columns={"article_id": "doc_id"})


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="?")
    parser.add_argument("--copies", nargs="+", type=int, default=[1, 5, 20, 26])
    parser.add_argument("--others-up-to", type=int, default=20_000)
    options = parser.parse_args()
    path = options.articles
    articles = (fr.read_articles(path) if path else fr.fetch_news_articles()).articles
    print("| articles | tokens | find_stories, s | datasketch, s | ratio | stories | peak, MB |")
    print("|---|---|---|---|---|---|---|")
    for n_copies in options.copies:
        table = pd.concat(copies(articles, n_copies), ignore_index=True)
        corpus = fr.build_corpus(table, language=None)
        rounds = 3 if n_copies < 10 else 1
        ours, theirs, stories = [], [], pd.DataFrame()
        for _ in range(rounds):
            taken, stories = seconds(lambda corpus=corpus: find_stories(corpus))
            ours.append(taken)
            if len(corpus) <= options.others_up_to:
                theirs.append(seconds(lambda corpus=corpus: by_datasketch(corpus))[0])
        other = f"{min(theirs):.1f} | {min(theirs) / min(ours):.0f}" if theirs else "– | –"
        several = stories["first"] & (stories["n_articles"] > 1)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {len(corpus):,} | {len(corpus.codes):,} | {min(ours):.2f} | {other} "
              f"| {several.sum()} | {peak:,.0f} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
