"""Time topic models and judge them by the same measures: this toolkit's engines and other programs.

Each is fitted on the same counts of the same articles; one judge looks at all. Writes topics.md.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from run import machine

import framing as fr
from framing.corpus import LEFT_OUT, Corpus
from framing.topics import adopt_topics
from framing.topics.choice import _hold_out, completion
from framing.topics.engines import _import_tomotopy
from framing.topics.model import TopicModel
from framing.topics.preparing import Prepared, prepare
from framing.topics.quality import coherence_scores, uniqueness

ABOUT = """\
All are fitted on the same counts of nine tenths of the articles, one worker each, with one seed,
and judged alike. *CPU* are processor seconds, from the corpus to the shares of its articles.
*Perplexity*: of one half of each held-out article given the other; lower is better (NMF is no
model of texts, so its number says little). *NPMI*: mean over topics, ten terms, windows of ten
tokens; over the articles as they are, stop words at their places, and over lists of the terms used,
as in papers on topic models. *Diversity*: share of different terms among the first ten, or the
first 25, of all topics (Dieng et al. 2020 take 25; the first ten are what readers are shown, and
give the same number as the mean of 1 / number of topics that have a term among their first ten)."""

HERE = Path(__file__).resolve().parent


def docs_of(ready: Prepared) -> list[list[str]]:
    """Return the articles as lists of the model's terms."""
    names, full = ready.vocabulary.to_numpy(dtype=object), ready.full
    stops = full.indptr.tolist()
    return [
        np.repeat(names[full.indices[a:b]], full.data[a:b]).tolist() for a, b in pairwise(stops)
    ]


def only(corpus: Corpus, ready: Prepared) -> Corpus:
    """Return the corpus as lists of the model's terms: windows reach over what was left out."""
    kept = np.zeros(len(corpus.vocabulary) + 2, dtype=bool)
    kept[corpus.vocabulary.get_indexer(ready.vocabulary)] = True
    there = kept[corpus.codes]
    offsets = np.concatenate([[0], np.cumsum(there)])[corpus.offsets]
    assert LEFT_OUT == -2  # the two last places of `kept` are the gap and what was left out
    return replace(
        corpus,
        codes=corpus.codes[there],
        offsets=offsets,
        sentences=np.unique(offsets[:-1]),
        shapes=corpus.shapes[there],
        origin=None,
    )


def by_framing(engine: str) -> Callable[..., TopicModel]:
    def fit(corpus: Corpus, _: Prepared, n_topics: int) -> TopicModel:
        return fr.fit_topics(corpus, n_topics, seed=1, engine=engine)

    return fit


def by_gensim(passes: int) -> Callable[..., TopicModel]:
    def fit(corpus: Corpus, ready: Prepared, n_topics: int) -> TopicModel:
        from gensim.corpora import Dictionary
        from gensim.models import LdaModel

        docs = docs_of(ready)
        terms = Dictionary(docs)
        bags = [terms.doc2bow(doc) for doc in docs]
        made = LdaModel(bags, n_topics, terms, passes=passes, random_state=1)
        return adopt_topics(made, corpus)

    return fit


def by_sklearn(corpus: Corpus, ready: Prepared, n_topics: int) -> TopicModel:
    from sklearn.decomposition import LatentDirichletAllocation

    made = LatentDirichletAllocation(n_topics, random_state=1).fit(ready.full)
    return adopt_topics(made, corpus, vocabulary=ready.vocabulary)


def by_tomotopy(workers: int, passes: int) -> Callable[..., TopicModel]:
    def fit(corpus: Corpus, ready: Prepared, n_topics: int) -> TopicModel:
        made = _import_tomotopy().LDAModel(k=n_topics, seed=1)
        for doc in docs_of(ready):
            made.add_doc(doc)
        made.train(passes, workers=workers)
        return adopt_topics(made, corpus)

    return fit


def by_topica(corpus: Corpus, ready: Prepared, n_topics: int) -> TopicModel:
    import topica

    held = topica.Corpus.from_documents(docs_of(ready), vocabulary=ready.vocabulary.tolist())
    made = topica.LDA(n_topics, alpha_sum=5.0, optimize_interval=10, burn_in=50, seed=1)
    made.fit(held, iters=250)
    return adopt_topics(made, corpus)


def by_stm(corpus: Corpus, _: Prepared, n_topics: int) -> TopicModel:
    return fr.topics.fit_structural_topics(corpus, n_topics, seed=1, prevalence="source")


WAYS: dict[str, Callable[..., TopicModel]] = {
    "framing, tomotopy (default)": by_framing("tomotopy"),
    "framing, gensim": by_framing("gensim"),
    "framing, sklearn": by_framing("sklearn"),
    "framing, nmf": by_framing("nmf"),
    "framing, stm by source": by_stm,
    "topica LDA, 250 passes (MALLET's algorithm)": by_topica,
    "tomotopy as it comes, 100 passes": by_tomotopy(1, 100),
    "gensim LdaModel, as it comes": by_gensim(1),
    "gensim LdaModel, 10 passes": by_gensim(10),
    "scikit-learn LDA, as it comes": by_sklearn,
}


def judge(model: TopicModel, kept: Corpus, lists: Corpus, held: Corpus) -> dict[str, float]:
    """Return the measures of one model."""
    return {
        "perplexity": float(np.exp(-completion(model, held))),
        "npmi": float(np.nanmean(coherence_scores(model, kept, 10)["npmi"])),
        "npmi, lists": float(np.nanmean(coherence_scores(model, lists, 10)["npmi"])),
        "diversity": float(uniqueness(model.topic_term, 10).mean()),
        "distinct": distinct(model, 25),
    }


def distinct(model: TopicModel, n_terms: int) -> float:
    """Return the share of different terms among the first of all topics (Dieng et al. 2020)."""
    first = np.argsort(-model.topic_term, axis=1, kind="stable")[:, :n_terms]
    return len(np.unique(first)) / first.size


def measured(corpus: Corpus, names: list[str], numbers: list[int]) -> list[dict[str, Any]]:
    """Fit every way and judge it."""
    kept, held = _hold_out(corpus, 1, 0)
    ready = prepare("bench", kept, stop_words="english", min_articles=5, max_share=0.5)
    lists = only(kept, ready)
    rows = []
    for n_topics in numbers:
        for name in names:
            begun, wall = time.process_time(), time.perf_counter()
            model = WAYS[name](kept, ready, n_topics)
            cpu, wall = time.process_time() - begun, time.perf_counter() - wall
            scores = judge(model, kept, lists, held)
            print(n_topics, name, round(cpu, 1), scores, model.settings["passes"], flush=True)
            rows.append({"topics": n_topics, "way": name, "cpu": cpu, "wall": wall, **scores})
    return rows


def report(rows: list[dict[str, Any]], what: str) -> str:
    """Return the page."""
    lines = [
        "# Topic models: time beside quality", "", what, f"Machine: {machine()}.", "",
        ABOUT, "",
        ("| topics | program | CPU, s | perplexity | NPMI | NPMI, lists"
        " | diversity, 10 | diversity, 25 |"),
        "| --: | --- | --: | --: | --: | --: | --: | --: |",
    ]  # fmt: skip
    lines += [
        f"| {row['topics']} | {row['way']} | {row['cpu']:.1f} | {row['perplexity']:,.0f} | "
        f"{row['npmi']:.3f} | {row['npmi, lists']:.3f} | {row['diversity']:.3f} | "
        f"{row['distinct']:.3f} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure, print and write topics.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--topics", nargs="+", type=int, default=[30])
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--default", nargs="*", type=int, default=[10, 20, 40, 50],
                        help="further numbers of topics for the default engine")  # fmt: skip
    parser.add_argument("--corpus", type=Path, help="a saved corpus instead of the news corpus")
    parser.add_argument("--synthetic", action="store_true", help="do not fetch the news corpus")
    parser.add_argument("--out", type=Path, default=HERE / "topics.md")
    asked = parser.parse_args()
    if asked.corpus:
        corpus, what = fr.load_corpus(asked.corpus), "A saved corpus"
    elif asked.synthetic:
        corpus, what = fr.build_corpus(fr.make_articles(1_500, seed=1)), "make_articles(1500)"
    else:
        corpus = fr.build_corpus(fr.fetch_news_articles()[0])
        what = "The news corpus of fetch_news_articles()"
    what = f"{what}: {len(corpus):,} articles, {int((corpus.codes >= 0).sum()):,} tokens."
    rows = measured(corpus, asked.ways, asked.topics)
    rows += measured(corpus, [next(iter(WAYS))], asked.default) if asked.default else []
    asked.out.write_text(report(rows, what), encoding="utf-8")
    print(asked.out.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
