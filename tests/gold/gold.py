"""Draw the sentences of the gold sample, show them, and turn labels into offsets.

    python tests/gold/gold.py draw                    writes sentences.csv
    python tests/gold/gold.py show 1 40               prints sentences 1 to 40 with title and labels
    python tests/gold/gold.py take LABELS [LABELS …]  writes mentions.csv from files of labels

Everything that holds text goes to the screen or to files of your own, never into this folder.
"""

from __future__ import annotations

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
LONGEST = 2000
"""Characters; 36 sentences of the corpus are longer: lists that sentence splitting did not cut."""

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
    "capital": r"\b(?:Ankara|Tehran|Damascus|Riyadh|Doha|Pyongyang|Seoul|Tokyo|Berlin|Kiev"
    r"|Cairo)\b",
    "London": r"\bLondon\b|\bDublin\b|\bDowning Street\b|\bWestminster\b",
    "Brussels": r"\bBrussels\b",
    "Paris": r"\bParis\b",
    "Congo": r"\bCong(?:o|olese)\b",
    "Guinea": r"\bGuinean?\b|\bguinea pigs?\b",
    "Ireland": r"\bIreland\b|\bNorthern Irish\b",
    "US and us": r"\bUS\b.*\bus\b|\bus\b.*\bUS\b|\bU\.S\.",
    "IS": r"\bIS\b|\bISIS\b|\bISIL\b|\bDaesh\b",
    "China in a name": r"\bChina Daily\b|\bSouth China (?:Sea|Morning)|\bEast China\b",
    "new or north": r"\bNew Jersey\b|\bNew Mexico\b|\bNew England\b"
    r"|\b(?:Latin|North|South) America",
    "Islamic Republic": r"\bIslamic Republic\b|\bIslamic State\b",
    "Polish": r"\b[Pp]olish\b|\bPoles?\b",
    "Korea": r"\bKoreans?\b|\bKorea\b",
    "Syria": r"\bSyrian\b",
    "surnames": r"\b(?:Clinton|Obama|Assad|Castro|Johnson)\b",
}
"""Names that are easily taken for another; one draw for each, from the sentences that hold it."""

PER_FURTHER_NAME = 14
FURTHER_NAMES = {
    "organisation": r"\b(?:UN|U\.N\.|EU|NATO|YPG|PKK|Hezbollah|Hamas|Taliban|Houthis?|OSCE|IMF|FBI"
    r"|CIA|Congress|Senate|GOP|Labour|SNP|Sinn|Fianna|Fine Gael|Arab League|Amnesty"
    r"|Human Rights Watch)\b",
    "office": r"\b(?:[Pp]resident|[Mm]inister|[Cc]hancellor|Secretary of State|King|[Ee]nvoy"
    r"|leader)\b",
    "war": r"\b(?:Syria|Assad|Aleppo|Mosul|Ukraine|Donbas|Yemen|rebels)\b",
}
"""Kinds of names that the draw by source gives too few of."""


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
    strata = list(PER_SOURCE)
    by_capitals = np.select([capitals == 0, capitals < 4], strata[:2], strata[2])
    texts = sentences["text"].tolist()
    taken, seen, parts = np.zeros(len(sentences), dtype=bool), set[str](), []

    def take(pool: np.ndarray, n: int, stratum: str) -> None:
        chosen: list[int] = []
        for place in rng.permutation(pool):
            text = texts[place]
            fits = text not in seen and len(text) <= LONGEST
            if len(chosen) < n and not taken[place] and fits:
                chosen.append(int(place))
                seen.add(text)
        taken[chosen] = True
        part = sentences.iloc[chosen].drop(columns="text")
        parts.append(part.assign(stratum=stratum, stratum_size=len(pool), n_drawn=len(chosen)))

    for source in sorted(sentences["source"].unique()):
        for name, n in PER_SOURCE.items():
            where = (sentences["source"] == source).to_numpy() & (by_capitals == name)
            take(np.flatnonzero(where), n, name)
    for kind, names, n in (
        ("hard", HARD_NAMES, PER_HARD_NAME),
        ("more", FURTHER_NAMES, PER_FURTHER_NAME),
    ):
        for name, pattern in names.items():
            where = sentences["text"].str.contains(pattern).to_numpy()
            take(np.flatnonzero(where), n, f"{kind}: {name}")
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
                values = (label.kind, label.actor, label.country, label.sense)
                named = ", ".join(str(value) for value in values if not pd.isna(value))
                doubt = " (optional)" if label.optional == "1" else ""
                yield f"      {row.surface[start:stop]!r}: {named}{doubt}"


SENSES = {"g": "government", "l": "place", "p": "people", "o": "other"}
SHORT = {
    "Trump": "Donald Trump",
    "McCain": "John McCain",
    "YPG": "People's Protection Units",
    "IS": "Islamic State",
    "CIA": "Central Intelligence Agency",
    "FBI": "Federal Bureau of Investigation",
    "SNP": "Scottish National Party",
    "DUP": "Democratic Unionist Party",
    "EU": "European Union",
    "UN": "United Nations",
    "GOP": "Republican Party",
    "Senate": "US Senate",
    "DHS": "US Department of Homeland Security",
    "WTO": "World Trade Organization",
    "AfD": "Alternative for Germany",
}
"""What the files of labels may write instead of the ledger's names."""


def ledger_actors() -> dict[str, tuple[str, str]]:
    """Return kind and country of each actor of the ledger, with countries under their code."""
    folder = HERE.parents[1] / "data" / "ledger"
    actors = {}
    for name in ("countries", "persons", "organisations"):
        table = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        for actor, kind, country in table[["actor", "kind", "country"]].to_numpy():
            actors[country if kind == "country" else actor] = (
                (kind, actor) if kind == "country" else (kind, country)
            )
    return actors


def span_of(surface: str, text: str) -> tuple[int, int]:
    """Return where a surface, or its n-th place `surface#n`, stands; `*` is the rest of a word."""
    name, _, number = surface.partition("#")
    pattern = re.escape(name).replace(r"\*", r"[^\s,.-]*")
    found = list(re.finditer(rf"(?<!\w){pattern}(?!\w)", text)) or list(re.finditer(pattern, text))
    if not found or (not number and len(found) > 1) or int(number or 1) > len(found):
        msg = f"{surface!r} stands {len(found)} times in {text!r}"
        raise ValueError(msg)
    return found[int(number or 1) - 1].span()


def read_label(label: str, actors: dict[str, tuple[str, str]]) -> dict[str, object]:
    """Return the columns that one label stands for.

    `RUS.g` a country with its sense, `?` a person not in the ledger, `=EU` an organisation or armed
    group, anything else a person; with `~` in front it is optional.
    """
    optional, label = label.startswith("~"), label.lstrip("~")
    if label == "?":
        row = {"kind": "person", "actor": "", "country": "", "sense": "person"}
    elif re.fullmatch(r"[A-Z]{3}\.[glpo]", label):
        row = {"kind": "country", "actor": actors[label[:3]][1], "country": label[:3]}
        row["sense"] = SENSES[label[4]]
    else:
        actor = SHORT.get(label.lstrip("="), label.lstrip("="))
        kind, country = actors[actor]
        if (kind == "person") == label.startswith("="):
            msg = f"{label!r} is in the ledger as {kind}"
            raise ValueError(msg)
        row = {"kind": kind, "actor": actor, "country": country}
        row["sense"] = "person" if kind == "person" else "organisation"
    return row | {"in_ledger": int(bool(row["actor"])), "optional": int(optional)}


def take(paths: list[str]) -> pd.DataFrame:
    """Return the mentions that files of labels describe: `number: surface>label; surface>label`."""
    sentences = read_sentences().set_index("sentence")
    actors, rows = ledger_actors(), []
    for line in (line for path in paths for line in Path(path).read_text().splitlines()):
        number, _, labels = line.partition(": ")
        row = sentences.loc[int(number)]
        for part in labels.split("; "):
            surface, _, label = part.strip().rpartition(">")
            start, stop = span_of(surface, row["surface"])
            place = {"start": row["start"] + start, "stop": row["start"] + stop}
            known = {name: row[name] for name in ("doc_id", "source", "split", "stratum", "field")}
            bounds = {"sentence_start": row["start"], "sentence_stop": row["stop"]}
            known = {"sentence": int(number), **known, **bounds, **place}
            rows.append(known | read_label(label, actors))
    mentions = pd.DataFrame(rows).sort_values(["sentence", "start", "stop"], ignore_index=True)
    if mentions.duplicated(["sentence", "start", "stop"]).any():
        msg = f"labelled twice: {mentions[mentions.duplicated(['sentence', 'start', 'stop'])]}"
        raise ValueError(msg)
    return mentions


if __name__ == "__main__":
    command = sys.argv[1]
    if command == "draw":
        draw().to_csv(HERE / "sentences.csv", index=False)
    elif command == "show":
        sys.stdout.write("\n".join(show(int(sys.argv[2]), int(sys.argv[3]))) + "\n")
    elif command == "take":
        take(sys.argv[2:]).to_csv(HERE / "mentions.csv", index=False)
