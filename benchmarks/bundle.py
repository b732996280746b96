"""What a replication bundle of the news corpus weighs, and what of its texts can be put in order.

    python benchmarks/bundle.py [CORPUS]

prints the numbers of docs/methods.md. CORPUS is a file of save_corpus(); without it the articles
are those of `fetch_news_articles()`.

The attack: of half of the articles one has the texts, of the others the counts that a bundle
gives. The words of each are put in a row, the next always the one that follows the last most often
in the texts one has. Told are the share of its neighbours that are neighbours in the article, and
the longest run of words that is in the article as well; for articles in which all words are given,
so that only length differs.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.special import gammaln

import framing as fr

LENGTHS = (10, 25, 50, 100, 200, 400)
PER_LENGTH = 150


def main() -> None:
    """Print sizes, the number of orders, and what the attack finds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?")
    path = parser.parse_args().corpus
    corpus = fr.load_corpus(path) if path else fr.build_corpus(fr.fetch_news_articles().articles)
    print(corpus)
    weigh(corpus)
    orders(corpus)
    attack(corpus)


def weigh(corpus: fr.Corpus) -> None:
    """Write a bundle without figures, and say what is in it."""
    with tempfile.TemporaryDirectory() as folder:
        for counts in ("article", "month"):
            start = time.process_time()
            path = fr.bundle(Path(folder) / f"{counts}.zip", corpus=corpus, counts=counts)
            spent = time.process_time() - start
            with zipfile.ZipFile(path) as archive:
                about = json.loads(archive.read("bundle.json"))["counts"]
            size = path.stat().st_size / 1e6
            print(f"counts={counts!r}: {size:.1f} MB, {spent:.1f} s of processor time")
            print(f"  {about}")


def orders(corpus: fr.Corpus) -> None:
    """Say in how many ways the counted words of an article can be put in a row."""
    matrix = fr.document_term_matrix(corpus)
    sizes = np.asarray(matrix.sum(axis=1)).ravel()
    digits = gammaln(sizes + 1)
    np.subtract.at(digits, np.repeat(np.arange(len(sizes)), np.diff(matrix.indptr)),
                   gammaln(matrix.data + 1.0))  # fmt: skip
    digits = digits[sizes >= 100] / np.log(10)
    print(f"orders of an article of 100 tokens or more: a number of {digits.min():.0f} digits at "
          f"least, {np.median(digits):.0f} in the middle")  # fmt: skip


def attack(corpus: fr.Corpus) -> None:
    """Put the words of articles in order by what follows what in other articles."""
    rng = np.random.default_rng(1)
    n_terms = len(corpus.vocabulary)
    known = rng.random(len(corpus)) < 0.5
    inside = np.repeat(known, np.diff(corpus.offsets))
    left, right = corpus.codes[:-1], corpus.codes[1:]
    pairs = inside[:-1] & inside[1:] & (left >= 0) & (right >= 0)
    follows = sparse.coo_array(
        (np.ones(pairs.sum()), (left[pairs], right[pairs])), shape=(n_terms, n_terms)
    ).tocsr()
    often = np.bincount(corpus.codes[inside & (corpus.codes >= 0)], minlength=n_terms) + 1.0
    print("words  neighbours found  longest run: middle, 95th of 100")
    for length in LENGTHS:
        found, runs = [], []
        for row in rng.permutation(np.flatnonzero(~known)):
            codes = corpus.codes[corpus.offsets[row] : corpus.offsets[row + 1]]
            codes = codes[codes >= 0][:length]
            if len(codes) < length:
                continue
            guess = in_order(codes, follows, often, rng)
            true = set(zip(codes[:-1].tolist(), codes[1:].tolist(), strict=True))
            made = list(zip(guess[:-1].tolist(), guess[1:].tolist(), strict=True))
            found.append(np.mean([pair in true for pair in made]))
            runs.append(longest_run(codes.tolist(), guess.tolist()))
            if len(found) == PER_LENGTH:
                break
        print(f"{length:5}  {np.mean(found):16.0%}  {np.median(runs):19.0f}, "
              f"{np.percentile(runs, 95):.0f}")  # fmt: skip


def in_order(
    codes: np.ndarray, follows: sparse.csr_array, often: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return the words in a row, each the likeliest after the one before."""
    words, left = np.unique(codes, return_counts=True)
    table = follows[words][:, words].toarray() / often[words][:, None]
    table += 1e-6 * often[words] / often.sum()
    at = int(rng.integers(len(words)))
    row = []
    for _ in range(len(codes)):
        row.append(words[at])
        left[at] -= 1
        at = int(np.argmax(np.where(left > 0, table[at], -1)))
    return np.array(row)


def longest_run(text: list[int], guess: list[int]) -> int:
    """Return how many words in a row both have."""
    best, before = 0, [0] * (len(guess) + 1)
    for word in text:
        here = [0] * (len(guess) + 1)
        for at, other in enumerate(guess):
            if word == other:
                here[at + 1] = before[at] + 1
                best = max(best, here[at + 1])
        before = here
    return best


if __name__ == "__main__":
    main()
