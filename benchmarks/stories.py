"""Time `find_stories` against MinHash by datasketch, and its growth up to 100,000 articles.

    pip install datasketch
    python benchmarks/stories.py [ARTICLES] [--copies 1 5 20 26] [--replaced 0.5]

prints a table. Without a path the articles are those of `fetch_news_articles()`. Each copy of the
articles has other ids, and a share (`--replaced`, half) of its words of three letters and more are
replaced, each everywhere or nowhere, so that copies share few shingles and the vocabulary grows as
in new text. With `--replaced 0.2` copies share more runs of words than news does, which is harder.
Both start from the same tokens. Seconds are processor time, the least of three runs in turn (one
from 10 copies on); the peak is resident memory of find_stories beyond what it was before.

    python benchmarks/stories.py --same 1000 5000 20000

times a story of so many articles in place of it: once the very same, once each with one other word.
"""

from __future__ import annotations

import argparse
import re
import time
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from gauge import Gauge

import framing as fr
from framing.stories import find_stories

N_WORDS, LEAST = 5, 0.4
MOST_NEAR = 2_000
WORD = re.compile(r"[^\W\d_]{3,}")


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


def copies(articles: pd.DataFrame, n_copies: int, replaced: float) -> Iterator[pd.DataFrame]:
    """Return the articles, and copies of them in other words."""
    plain = articles[["doc_id", "source", "date", "title", "text"]].copy()
    plain[["title", "text"]] = plain[["title", "text"]].fillna("")
    limit = replaced * 2**32
    for number in range(n_copies):
        new: dict[str, str] = {}

        def change(hit: re.Match[str], new: dict[str, str] = new, number: int = number) -> str:
            word = hit[0]
            if word not in new:
                chosen = number and zlib.crc32(f"{word.lower()}{number}".encode()) < limit
                new[word] = f"{word}q{chr(ord('a') + number % 26)}" if chosen else word
            return new[word]

        texts = {name: plain[name].map(lambda t: WORD.sub(change, t)) for name in ("title", "text")}
        yield plain.assign(doc_id=plain["doc_id"] + f"-{number}", **texts)


def same_story(n_articles: int) -> None:
    """Print how long one story of so many articles takes."""
    text = str(fr.make_articles(1, seed=2)["text"].iloc[0])
    words = text.split()
    others = [
        " ".join([*words[: n % len(words)], f"other{n}", *words[n % len(words) + 1 :]])
        for n in range(n_articles)
    ]
    for name, texts in (("the same words", [text] * n_articles), ("one other word each", others)):
        if name != "the same words" and n_articles > MOST_NEAR:
            continue
        table = pd.DataFrame({"doc_id": [f"a{n:06d}" for n in range(n_articles)], "text": texts})
        corpus = fr.build_corpus(table, fields=["text"], language=None)
        taken, stories = seconds(lambda corpus=corpus: find_stories(corpus))
        print(f"{n_articles:,} articles, {name}: {taken:.2f} s, {stories['story'].nunique()} story")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--same", nargs="+", type=int)
    parser.add_argument("articles", nargs="?")
    parser.add_argument("--copies", nargs="+", type=int, default=[1, 5, 20, 26])
    parser.add_argument("--replaced", type=float, default=0.5)
    parser.add_argument("--others-up-to", type=int, default=20_000)
    options = parser.parse_args()
    if options.same:
        for n_articles in options.same:
            same_story(n_articles)
        return
    path = options.articles
    articles = (fr.read_articles(path) if path else fr.fetch_news_articles()).articles
    print("| articles | tokens | find_stories, s | datasketch, s | ratio | stories | peak, MB |")
    print("|---|---|---|---|---|---|---|")
    for n_copies in options.copies:
        table = pd.concat(copies(articles, n_copies, options.replaced), ignore_index=True)
        corpus = fr.build_corpus(table, language=None)
        rounds = 3 if n_copies < 10 else 1
        ours, theirs, stories = [], [], pd.DataFrame()
        for _ in range(rounds):
            with Gauge() as gauge:
                stories = find_stories(corpus)
            ours.append(gauge.cpu)
            if len(corpus) <= options.others_up_to:
                theirs.append(seconds(lambda corpus=corpus: by_datasketch(corpus))[0])
        other = f"{min(theirs):.1f} | {min(theirs) / min(ours):.0f}" if theirs else "– | –"
        several = stories["first"] & (stories["n_articles"] > 1)
        print(f"| {len(corpus):,} | {len(corpus.codes):,} | {min(ours):.2f} | {other} "
              f"| {several.sum()} | {gauge.peak / 1e6:,.0f} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
