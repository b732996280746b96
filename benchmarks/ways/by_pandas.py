"""The tasks by pandas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ways.way import WORD, Way, kept, said_count, sources, texts, tokens


def _path(folder: Path) -> Path:
    return folder / "articles.csv"


def _read(path: Path) -> Any:
    import pandas as pd

    return pd.read_csv(path)


def _read_more(path: Path) -> Any:
    import pandas as pd

    table = pd.read_csv(path)
    host = table["article_source_link"].str.extract(r"^https?://(?:www\.)?([^/]+)")[0]
    date = pd.to_datetime(table["publish_date"], format="mixed", errors="coerce")
    return table.assign(source=host, date=date)


def _see_read(table: Any) -> str:
    more = ""
    if "source" in table:
        more = f", {table['source'].nunique()} sources, {table['date'].notna().sum():,} dates"
    return f"{len(table):,} rows{more}"


def _long(folder: Path) -> Any:
    return kept(folder, "long", _make_long)


def _make_long(folder: Path) -> Any:
    import pandas as pd

    table = pd.DataFrame({"source": sources(folder), "term": tokens(folder)})
    return table.explode("term", ignore_index=True).dropna().astype("str")


def _crosstab(table: Any) -> Any:
    import pandas as pd

    return pd.crosstab(table["source"], table["term"])


def _group(table: Any) -> Any:
    return table.groupby(["source", "term"]).size()


def _see_crosstab(table: Any) -> str:
    return said_count(table.index[0], table[WORD].iloc[0])


def _see_group(table: Any) -> str:
    found = table.xs(WORD, level="term")
    return said_count(found.index[0], found.iloc[0])


def _series(folder: Path) -> Any:
    import pandas as pd

    return pd.Series(texts(folder), dtype="str")


def _kwic(series: Any) -> Any:
    import pandas as pd

    # A pattern with the context in it, as (.{0,50})word(.{0,50}), takes fifty times as long.
    pieces = series.str.split(rf"(?i)\b{WORD}\b", regex=True).explode()
    after = pieces.groupby(level=0).shift(-1)
    return pd.DataFrame({"left": pieces.str[-50:], "right": after.str[:50]})[after.notna()]


def _see_lines(table: Any) -> str:
    return f"{len(table):,} lines"


WAYS = [
    Way("load", "pandas.read_csv", _path, _read, _see_read, "pandas"),
    Way("load", "pandas, dates and source too", _path, _read_more, _see_read, "pandas"),
    Way("frequency", "pandas.crosstab", _long, _crosstab, _see_crosstab, "pandas"),
    Way("frequency", "pandas groupby", _long, _group, _see_group, "pandas"),
    Way("kwic", "pandas str.split", _series, _kwic, _see_lines, "pandas"),
]
