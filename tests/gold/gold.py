"""Draw the sentences of the gold sample, show them, and turn labels into offsets.

    python tests/gold/gold.py draw                    writes sentences.csv
    python tests/gold/gold.py show 1 40               prints sentences 1 to 40 with title and labels
    python tests/gold/gold.py take LABELS [LABELS …]  writes mentions.csv from files of labels

Everything that holds text goes to the screen or to files of your own, never into this folder.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
SEED = 3
FIELDS = ("title", "text")

PER_SOURCE = {"no names": 4, "some names": 8, "many names": 14}
"""Sentences drawn from each source by the number of words with a capital after the first word."""

PER_HARD_NAME = 4
HARD_NAMES = {
    "May": r"\bMay\b",
    "Kim": r"\bKim\b",
    "Moon": r"\bMoon\b",
    "Bush": r"\bBush\b",
    "Georgia": r"\bGeorgian?\b",
    "Jordan": r"\bJordan\b",
    "Chad": r"\bChad\b",
    "Turkey": r"\b[Tt]urkeys?\b",
    "Washington": r"\bWashington\b",
    "Washington in a name": r"\bWashington (?:Post|Times|state|DC|D\.C)|\bWashington, D\.?C",
    "Moscow": r"\bMoscow\b|\bKremlin\b",
    "Beijing": r"\bBeijing\b",
    "White House": r"\bWhite House\b|\bPentagon\b|\bState Department\b",
    "capital": r"\b(?:Ankara|Tehran|Damascus|Riyadh|Doha|Pyongyang|Seoul|Tokyo|Berlin|Kiev|Cairo)\b",
    "London": r"\bLondon\b|\bDublin\b|\bDowning Street\b|\bWestminster\b",
    "Brussels": r"\bBrussels\b",
    "Paris": r"\bParis\b",
    "Congo": r"\bCong(?:o|olese)\b",
    "Guinea": r"\bGuinean?\b|\bguinea pigs?\b",
    "Ireland": r"\bIreland\b|\bNorthern Irish\b",
    "US and us": r"\bUS\b.*\bus\b|\bus\b.*\bUS\b|\bU\.S\.",
    "IS": r"\bIS\b|\bISIS\b|\bISIL\b|\bDaesh\b",
    "China in a name": r"\bChina Daily\b|\bSouth China (?:Sea|Morning)|\bEast China\b",
    "new or north": r"\bNew Jersey\b|\bNew Mexico\b|\bNew England\b|\b(?:Latin|North|South) America",
    "Islamic Republic": r"\bIslamic Republic\b|\bIslamic State\b",
    "Polish": r"\b[Pp]olish\b|\bPoles?\b",
    "Korea": r"\bKoreans?\b|\bKorea\b",
    "Syria": r"\bSyrian\b",
    "surnames": r"\b(?:Clinton|Obama|Assad|Castro|Johnson)\b",
}
"""Names that are easily taken for another; one draw for each, from the sentences that hold it."""


def every_sentence() -> pd.DataFrame:
    """Return all sentences of the corpus with a word: doc_id, source, field, start, stop, text."""
    from framing import fetch_news_articles
    from framing.words import split_sentences

    articles = fetch_news_articles().articles
    rows = []
    for article in articles[["doc_id", "source", *FIELDS]].itertuples(index=False):
        for field in FIELDS:
            value, stop = getattr(article, field), 0
            for piece in split_sentences(value if isinstance(value, str) else "", language="en"):
                start, stop = stop, stop + len(piece)
                if re.search(r"[^\W_]", piece):
                    first = start + len(piece) - len(piece.lstrip())
                    last = start + len(piece.rstrip())
                    rows.append((article.doc_id, article.source, field, first, last, piece.strip()))
    columns = ["doc_id", "source", "field", "start", "stop", "text"]
    return pd.DataFrame(rows, columns=columns)


def split_of(doc_id: str) -> str:
    """Return the half that an article belongs to, by a hash of its key."""
    return "reporting" if hashlib.sha256(doc_id.encode()).digest()[0] % 2 else "development"


def draw() -> pd.DataFrame:
    """Return the sample: by source and number of capitals, then by hard name."""
    rng = np.random.default_rng(SEED)
    sentences = every_sentence()
    capitals = sentences["text"].str.count(r"(?<=\W)(?<!^[\W])[A-Z]")
    names = list(PER_SOURCE)
    by_capitals = np.select([capitals == 0, capitals < 4], names[:2], names[2])
    taken, seen, parts = np.zeros(len(sentences), dtype=bool), set[str](), []

    def take(pool: np.ndarray, n: int, stratum: str) -> None:
        chosen: list[int] = []
        for place in rng.permutation(pool):
            text = sentences["text"].iat[place]
            if len(chosen) < n and not taken[place] and text not in seen:
                chosen.append(int(place))
                seen.add(text)
        taken[chosen] = True
        part = sentences.iloc[chosen].drop(columns="text")
        parts.append(part.assign(stratum=stratum, stratum_size=len(pool), n_drawn=len(chosen)))

    for source in sorted(sentences["source"].unique()):
        for name, n in PER_SOURCE.items():
            where = (sentences["source"] == source).to_numpy() & (by_capitals == name)
            take(np.flatnonzero(where), n, name)
    for name, pattern in HARD_NAMES.items():
        where = sentences["text"].str.contains(pattern).to_numpy()
        take(np.flatnonzero(where), PER_HARD_NAME, f"hard: {name}")
    drawn = pd.concat(parts)
    drawn.insert(0, "sentence", range(1, len(drawn) + 1))
    return drawn.assign(split=drawn["doc_id"].map(split_of)).reset_index(drop=True)


def read_sentences() -> pd.DataFrame:
    """Return the sample as committed, with the text of each sentence and of its neighbours."""
    from framing import fetch_news_articles

    columns = ["doc_id", "date", *FIELDS]
    articles = fetch_news_articles().articles[columns].set_index("doc_id")
    drawn = pd.read_csv(HERE / "sentences.csv", dtype={"doc_id": str})
    rows = []
    for row in drawn.itertuples(index=False):
        article = articles.loc[row.doc_id]
        whole = article[row.field]
        before, after = whole[: row.start][-220:], whole[row.stop :][:160]
        rows.append((article["date"], article["title"], before, whole[row.start : row.stop], after))
    return drawn.assign(
        **dict(
            zip(
                ["date", "title", "before", "surface", "after"],
                zip(*rows, strict=True),
                strict=True,
            )
        )
    )


def show(first: int, last: int) -> Iterator[str]:
    """Yield the sentences of these numbers as blocks of lines."""
    mentions = HERE / "mentions.csv"
    labels = pd.read_csv(mentions, dtype=str) if mentions.exists() else pd.DataFrame()
    for row in read_sentences().itertuples(index=False):
        if not first <= row.sentence <= last:
            continue
        yield f"\n[{row.sentence}] {row.source} {str(row.date)[:10]} | {row.title!r} ({row.field})"
        yield "   … " + " ".join(row.before.split())
        yield ">> " + row.surface
        yield "   … " + " ".join(row.after.split())
        if len(labels):
            for label in labels[labels["sentence"] == str(row.sentence)].itertuples(index=False):
                start, stop = int(label.start) - row.start, int(label.stop) - row.start
                named = "|".join(
                    str(v) for v in (label.kind, label.actor, label.country, label.sense) if v == v
                )
                yield f"      {row.surface[start:stop]!r}: {named}{' optional' if label.optional == '1' else ''}"


if __name__ == "__main__":
    command = sys.argv[1]
    if command == "draw":
        draw().to_csv(HERE / "sentences.csv", index=False)
    elif command == "show":
        sys.stdout.write("\n".join(show(int(sys.argv[2]), int(sys.argv[3]))) + "\n")
