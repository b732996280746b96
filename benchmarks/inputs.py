"""The articles that everything is measured on: real ones, synthetic ones, and copies of them."""

from __future__ import annotations

import gzip
import re
import shutil
import sys
import zlib
from pathlib import Path
from typing import Any

import pandas as pd

import framing as fr

N_SYNTHETIC = 3_824
N_ALIASES = 2_000
"""Names that all tools look for: as many as a researcher might collect for one study."""

_LONG = re.compile(r"[^\W\d_]{5,}")


def write_inputs(folder: Path, *, synthetic: bool) -> str:
    """Write the articles into a folder, in the forms that the tools take; say what they are."""
    name = "the news corpus of fetch_news_articles()"
    if synthetic:
        name = _write_synthetic(folder)
    else:
        try:
            _write_real(folder)
        except ConnectionError as error:
            print(f"{error}\nSynthetic articles instead.", file=sys.stderr)
            name = _write_synthetic(folder)
    table = fr.read_articles(folder / "articles.csv").articles
    _write_tables(table, folder)
    small = folder / "small"
    small.mkdir()
    raw = _raw(folder / "articles.csv")
    raw.iloc[::20].to_csv(small / "articles.csv", index=False)
    _write_tables(table.iloc[::20].reset_index(drop=True), small)
    aliases = _aliases(table)
    for where in (folder, small):
        aliases.to_csv(where / "aliases.csv", index=False)
    size = (folder / "articles.csv").stat().st_size / 1e6
    return f"{name}: {len(table):,} articles, {size:.1f} MB of CSV"


def _raw(path: Path) -> Any:
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def _write_real(folder: Path) -> None:
    cached = fr.fetch_news_articles().articles["file"].iloc[0]
    with gzip.open(cached) as packed, (folder / "articles.csv").open("wb") as file:
        shutil.copyfileobj(packed, file)


def _write_synthetic(folder: Path) -> str:
    made = fr.make_articles(N_SYNTHETIC, seed=1)
    host = made["source"].str.lower().str.replace(" ", "-")
    links = "https://www." + host + ".example/" + made["doc_id"]
    columns = {
        "article_id": made["doc_id"],
        "publish_date": made["date"].dt.strftime("%Y/%m/%d"),
        "article_source_link": links,
        "title": made["title"],
        "text": made["text"],
    }
    pd.DataFrame(columns).to_csv(folder / "articles.csv", index=False)
    return "synthetic articles of make_articles()"


def _write_tables(table: Any, folder: Path) -> None:
    """Write the articles for tools in Python, and for R."""
    table.to_pickle(folder / "articles.pickle")
    plain = table[["doc_id", "source"]].assign(
        text=table["title"].fillna("") + "\n" + table["text"]
    )
    plain.to_csv(folder / "plain.csv", index=False)


def _aliases(table: Any) -> Any:
    """Return the names of the actors that the articles name most, as they are written.

    Without offices, whose holders change with the date; a name of several actors is that one's
    whom it means most often.
    """
    ledger = fr.load_ledger()
    mentions = fr.find_mentions(fr.build_corpus(table), ledger)
    named = mentions["actor"].value_counts()
    uses = mentions.groupby(["actor", "surface"]).size().rename("uses")
    rows = ledger.loc[(ledger["alias_kind"] != "office") & (ledger["kind"] != "veto")]
    rows = rows.drop_duplicates(["actor", "alias"])
    rows = rows.join(uses, on=["actor", "alias"]).fillna({"uses": 0})
    rows = rows.assign(named=rows["actor"].map(named).fillna(0))
    rows = rows.sort_values("uses", ascending=False, kind="stable").drop_duplicates("alias")
    rows = rows.sort_values(["named", "actor"], ascending=[False, True], kind="stable")
    return rows[["actor", "alias"]].head(N_ALIASES)


def write_copies(folder: Path, n_copies: list[int]) -> dict[int, Path]:
    """Write tables of many copies of the articles: other ids, other links, other words."""
    raw = _raw(folder / "articles.csv")
    parts: list[Path] = []
    for number in range(max(n_copies)):
        part = folder / f"part-{number}.csv"
        _changed(raw, number).to_csv(part, index=False, header=number == 0)
        parts.append(part)
    paths = {}
    for n in n_copies:
        paths[n] = folder / f"copies-{n}.csv"
        with paths[n].open("wb") as file:
            for part in parts[:n]:
                file.write(part.read_bytes())
    for part in parts:
        part.unlink()
    return paths


def _changed(raw: Any, number: int) -> Any:
    """Return the articles with a fifth of their longer words replaced by words of this copy.

    A word is replaced everywhere or nowhere, so the vocabulary grows as it does in new text: 26
    copies have about six times the terms of one.
    """
    if number == 0:
        return raw
    ending = "q" + chr(ord("a") + number % 26)
    new: dict[str, str] = {}

    def change(hit: re.Match[str]) -> str:
        word = hit[0]
        if word not in new:
            chosen = zlib.crc32(f"{word.lower()}{number}".encode()) % 5 == 0
            new[word] = word + ending if chosen else word
        return new[word]

    columns = {name: raw[name].map(lambda text: _LONG.sub(change, text)) for name in _texts(raw)}
    ids = {
        "article_id": raw["article_id"] + f"-{number}",
        "article_source_link": raw["article_source_link"] + f"&copy={number}",
    }
    return raw.assign(**columns, **ids)


def _texts(raw: Any) -> list[str]:
    return [name for name in ("title", "text") if name in raw]
