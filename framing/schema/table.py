"""What a table is: its name, its maker, its columns, and the columns that many tables share."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from framing._checks import listing

KINDS = {
    "str": pd.api.types.is_string_dtype,
    "int": pd.api.types.is_integer_dtype,
    "float": pd.api.types.is_float_dtype,
    "date": pd.api.types.is_datetime64_any_dtype,
    "bool": pd.api.types.is_bool_dtype,
}


@dataclass(frozen=True)
class Column:
    """One column of a table: its name, kind, meaning with unit, and whether it may be absent."""

    name: str
    kind: str
    meaning: str
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """One kind of table: who makes it, what a row is, and its columns.

    Attributes
    ----------
    name : str
        The name used in messages and in the data dictionary.
    made_by : str
        The public function that returns it.
    row : str
        What one row stands for.
    columns : tuple of Column
        The columns in their order.
    grouped : bool
        Whether the columns named in `by` stand before these.
    """

    name: str
    made_by: str
    row: str
    columns: tuple[Column, ...]
    grouped: bool = False

    @property
    def required(self) -> list[str]:
        """The names of the columns that must be there."""
        return [column.name for column in self.columns if not column.optional]

    def problems_of(self, data: pd.DataFrame) -> list[str]:
        """Return what is wrong with a table, in words; an empty list where nothing is."""
        missing = [name for name in self.required if name not in data.columns]
        found = [f"no column {listing(missing)}"] if missing else []
        for column in self.columns:
            if column.name in data.columns and not KINDS[column.kind](data[column.name]):
                dtype = data[column.name].dtype
                found.append(f"column {column.name!r} is {dtype}, not {column.kind}")
        known = {column.name for column in self.columns}
        if not self.grouped and self.name != "articles":
            extra = [name for name in data.columns if name not in known]
            found += [f"column {listing(extra)} is not documented"] if extra else []
        return found

    def check(self, where: str, data: pd.DataFrame) -> None:
        """Raise ValueError where a table lacks a column that the caller needs."""
        if not isinstance(data, pd.DataFrame):
            msg = (
                f"{where}: data is {type(data).__name__}, not a DataFrame. "
                f"Pass the table that {self.made_by}() returns."
            )
            raise TypeError(msg)
        missing = [name for name in self.required if name not in data.columns]
        if missing:
            msg = (
                f"{where}: the table has no column {listing(missing)}. "
                f"It has {listing(data.columns)}. "
                f"Pass the table that {self.made_by}() returns."
            )
            raise ValueError(msg)


DOC_ID = Column("doc_id", "str", "the article's key, the same for life")
SOURCE = Column("source", "str", "the outlet that published the article; missing where unknown")
DATE = Column("date", "date", "when it was published; missing where unknown or impossible")
TERM = Column("term", "str", "a form of the vocabulary")
MEASURE = Column("measure", "str", "the name of the statistic in `score`")
COUNT = Column("count", "int", "occurrences of the term")
N_TOKENS = Column("n_tokens", "int", "tokens counted: the denominator of the rate")
PER_MILLION = Column("per_million", "float", "count / n_tokens × 1,000,000")
N_ARTICLES = Column("n_articles", "int", "articles with the term at least once")
