"""Show what `boilerplate` finds in the news corpus, and what keyness is led by without it.

    python benchmarks/boilerplate.py [ARTICLES] [--shuffles 10]

prints the numbers of docs/methods.md. Without a path the articles are those of
`fetch_news_articles()`. With the sources shuffled over the articles there is no furniture to find.
"""

from __future__ import annotations

import argparse

import numpy as np

import framing as fr

NAMED = {
    "TASS": "tass",
    "BBC": "bbc",
    "HuffPost": "huffington",
    "CNN": "cnn",
    "Deutsche Welle": "dw",
    "RTÉ": "rté",
}
KEPT = ["isil", "levant", "outlawed"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="?")
    parser.add_argument("--shuffles", type=int, default=10)
    options = parser.parse_args()
    path = options.articles
    articles = (fr.read_articles(path) if path else fr.fetch_news_articles()).articles
    corpus = fr.build_corpus(articles)
    furniture = fr.boilerplate(corpus)
    plain = fr.without(corpus, furniture)
    before, after = ((one.codes >= 0).sum() for one in (corpus, plain))
    print(f"{len(furniture)} sequences; {before - after:,} of {before:,} tokens "
          f"({(before - after) / before:.1%})")  # fmt: skip
    print(furniture["what"].value_counts().to_string(), "\n")
    for source, name in NAMED.items():
        for said, one in (("before", corpus), ("after", plain)):
            if source in set(articles["source"]):
                key = fr.keyness(one, by="source", target=source)
                led = key.loc[key["score"] > 0, "term"].reset_index(drop=True)
                rank = [place + 1 for place in led.index[led == name]] or ["none"]
                print(f"{source}, {said}: {', '.join(led.head(6))}; rank of {name}: {rank[0]}")
    counts = [fr.term_frequency(one, terms=KEPT)["count"].tolist() for one in (corpus, plain)]
    print(f"\n{', '.join(KEPT)}: {counts[0]} before, {counts[1]} after\n")
    for seed in range(1, options.shuffles + 1):
        sources = np.random.default_rng(seed).permutation(articles["source"].to_numpy())
        found = fr.boilerplate(fr.build_corpus(articles.assign(source=sources)))
        print(f"shuffled {seed}: {found['what'].value_counts().to_dict()}", flush=True)


if __name__ == "__main__":
    main()
