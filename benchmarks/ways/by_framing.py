"""The tasks by this toolkit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ways.way import (
    WIDE,
    WINDOW,
    WORD,
    Way,
    aliases,
    articles,
    said_count,
    said_keyness,
    said_near,
    said_tokens,
)


def _path(folder: Path) -> Path:
    return folder / "articles.csv"


def _load(path: Path) -> Any:
    import framing as fr

    return fr.read_articles(path)


def _see_load(read: Any) -> str:
    table = read.articles
    return (
        f"{len(table):,} articles, {table['source'].nunique()} sources, "
        f"{table['date'].notna().sum():,} dates, {len(read.problems):,} problems"
    )


def _tokenise(table: Any) -> Any:
    import framing as fr

    corpus = fr.build_corpus(table)
    return corpus, fr.document_term_matrix(corpus)


def _tokenise_plain(table: Any) -> Any:
    import framing as fr

    corpus = fr.build_corpus(table, language=None)
    return corpus, fr.document_term_matrix(corpus)


def _see_tokens(made: Any) -> str:
    corpus, matrix = made
    column = corpus.vocabulary.get_loc(WORD)
    return said_tokens(matrix.sum(), matrix.shape[1], matrix[:, [column]].sum())


def _corpus(folder: Path) -> Any:
    import framing as fr

    path = folder / "framing.corpus"
    if not path.exists():
        fr.save_corpus(fr.build_corpus(articles(folder)), path)
    return fr.load_corpus(path)


def _counted(folder: Path) -> Any:
    import framing as fr

    corpus = _corpus(folder)
    fr.document_term_matrix(corpus)
    return corpus


def _frequency(corpus: Any) -> Any:
    import framing as fr

    return fr.term_frequency(corpus, by="source")


def _see_frequency(table: Any) -> str:
    row = table[table["term"] == WORD].iloc[0]
    return said_count(row["source"], row["count"])


def _g2(corpus: Any) -> Any:
    import framing as fr

    return fr.keyness(corpus, by="source", measure="g2", min_count=1)


def _default(corpus: Any) -> Any:
    import framing as fr

    return fr.keyness(corpus, by="source")


def _see_keyness(table: Any) -> str:
    row = table[table["term"] == WORD].iloc[0]
    statistic = "G²" if row["measure"] == "g2" else row["measure"]
    return f"{said_keyness(row['target'], row['score'], statistic)}; {len(table):,} rows"


def _kwic(corpus: Any) -> Any:
    import framing as fr

    return fr.kwic(corpus, WORD)


def _collocates(corpus: Any) -> Any:
    import framing as fr

    return fr.collocates(corpus, WORD, window=WINDOW, min_count=1)


def _see_collocates(table: Any) -> str:
    return f"{len(table):,} collocates"


def _see_lines(table: Any) -> str:
    return f"{len(table):,} lines"


def _ledger(folder: Path) -> Any:
    import framing as fr

    return _corpus(folder), fr.load_ledger()


def _ledger_first(folder: Path) -> Any:
    import framing as fr

    return articles(folder), fr.load_ledger()


def _same_aliases(folder: Path) -> Any:
    """Return a ledger with the aliases of the other tools, and no conditions."""
    import pandas as pd

    import framing as fr

    pairs = [(name, alias) for name, names in aliases(folder).items() for alias in names]
    ledger = fr.load_ledger().drop_duplicates("alias")
    ledger = pd.DataFrame(pairs, columns=["actor", "alias"]).merge(
        ledger.drop(columns="actor"), on="alias"
    )
    free = dict.fromkeys(["not_before", "not_after", "not_with", "requires"])
    undated = dict.fromkeys(["valid_from", "valid_to"], pd.NaT)
    made = ledger.assign(**free, **undated, case="exact")[fr.load_ledger().columns]
    return _corpus(folder), made.astype(fr.load_ledger().dtypes)


def _mentions(made: Any) -> Any:
    import framing as fr

    corpus, ledger = made
    mentions = fr.find_mentions(corpus, ledger)
    near = fr.contexts(corpus, mentions, items="actor", window=WIDE)
    return mentions, fr.term_frequency(near, by=["actor", "source"])


def _build_and_mentions(made: Any) -> Any:
    import framing as fr

    table, ledger = made
    return _mentions((fr.build_corpus(table), ledger))


def _see_mentions(made: Any) -> str:
    mentions, table = made
    near: dict[tuple[str, str], dict[str, int]] = {}
    for pair, rows in table.groupby(["actor", "source"]):
        near[pair] = dict(zip(rows["term"], rows["count"].tolist(), strict=True))
    return said_near(len(mentions), near)


def _way(task: str, detail: str, make: Any, do: Any, see: Any) -> Way:
    return Way(task, f"framing{detail}", make, do, see, "media-framing")


WAYS = [
    _way("load", "", _path, _load, _see_load),
    _way("tokens", "", articles, _tokenise, _see_tokens),
    _way("tokens", ", without sentences", articles, _tokenise_plain, _see_tokens),
    _way("frequency", "", _counted, _frequency, _see_frequency),
    _way("frequency", ", and count first", _corpus, _frequency, _see_frequency),
    _way("keyness", ", g2", _counted, _g2, _see_keyness),
    _way("keyness", ", default (lrc)", _counted, _default, _see_keyness),
    _way("kwic", "", _corpus, _kwic, _see_lines),
    _way("collocates", "", _counted, _collocates, _see_collocates),
    _way("mentions", ", whole ledger", _ledger, _mentions, _see_mentions),
    _way(
        "mentions",
        ", whole ledger, from articles",
        _ledger_first,
        _build_and_mentions,
        _see_mentions,
    ),
    _way("mentions", ", the others' aliases", _same_aliases, _mentions, _see_mentions),
]
