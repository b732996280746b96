"""Redraw the figures of the README from the real news corpus: `make figures`."""

from __future__ import annotations

import sys
from pathlib import Path

import framing as fr

FOLDER = Path(__file__).parent / "figures"
NAMES = ["opposition", "rebels", "fighters", "militants", "terrorists", "regime", "refugees"]


def main() -> int:
    """Draw every figure; return the exit status."""
    articles, _ = fr.fetch_news_articles()
    corpus = fr.build_corpus(articles)
    fr.palette(sorted(articles["source"].unique()))
    fr.paper("double")

    on_syria = corpus.articles["text"].str.count("Syria") >= 2
    three = corpus.articles["source"].isin(["Al Jazeera", "Deutsche Welle", "TASS"])
    table = fr.term_frequency(corpus.where(on_syria & three), by="source", terms=NAMES)
    draw(fr.plot_term_frequency(table), "names")

    clean = fr.without(corpus, fr.boilerplate(corpus))
    key = fr.keyness(clean.where(on_syria), by="source", target="TASS")
    draw(fr.plot_keyness(key), "keyness")

    model = fr.fit_topics(clean, n_topics=15, seed=1)
    draw(fr.plot_topic_share(fr.topic_share(model, clean, by="source")), "topics")
    return 0


def draw(ax: object, name: str) -> None:
    """Save a chart and keep of its files the picture only."""
    for path in fr.save_figure(ax.figure, FOLDER / name):  # type: ignore[attr-defined]
        if path.suffix != ".png":
            path.unlink()
    sys.stderr.write(f"drew docs/figures/{name}.png\n")


if __name__ == "__main__":
    sys.exit(main())
