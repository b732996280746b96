"""Reading the ledger: the tables of aliases, one's own rows, offices and spellings."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from framing._checks import close_match, listing
from framing.ledger.offices import office_rows
from framing.ledger.spelling import variants
from framing.schema import TABLES

# In a wheel the data lie inside the package, in a checkout beside it.
FOLDERS = (
    Path(__file__).resolve().parents[1] / "_data" / "ledger",
    Path(__file__).resolve().parents[2] / "data" / "ledger",
)
COLUMNS = [name for name in TABLES["ledger"].required if name not in {"made_from", "version"}]
"""The columns of a table of aliases."""

NEEDED = ["actor", "kind", "alias"]
"""The columns that one's own table must have."""

_SENSE = {"country": "place", "place": "place", "person": "person", "veto": "other"}
_DATE = re.compile(r"(\d{4})(-\d\d)?(-\d\d)?")


def load_ledger(
    path: str | Path | None = None,
    *,
    extend: str | Path | pd.DataFrame | Sequence[str | Path | pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Return the ledger of actors and countries, with every spelling written out.

    The ledger that comes with the toolkit holds all countries of ISO 3166-1 and Kosovo with
    their names, capitals, peoples and the metonyms of governments; heads of state and government
    and ministers from 2010 on, with their dates in office; and the actors of the Syrian war and
    of US-Russian relations. For another conflict, pass a table of one's own.

    Parameters
    ----------
    path
        A folder of tables laid out like the toolkit's, or one CSV file of aliases, instead of
        the ledger that comes with the toolkit.
    extend
        CSV files (UTF-8) or tables of further aliases. They need the columns `actor`, `kind`
        and `alias`; the others are filled in where they are missing or empty: `alias_kind` name,
        `sense` by kind, `case` capital where the alias has a capital, `source` the file's name.

    Returns
    -------
    DataFrame
        One row per alias and period: the columns of the files, `made_from` (the alias or the
        pattern that the row was made from by rule; missing where it was typed) and `version`
        (date of the ledger and a checksum of all rows). Dates are timestamps, missing where
        there is no limit.

    Raises
    ------
    FileNotFoundError
        Where there is no such file, or the installation lacks the ledger.
    ValueError
        Where a table lacks a column or has one that is not known, where a date is not written
        as YYYY, YYYY-MM or YYYY-MM-DD, or where an office is held by nobody in the ledger.

    See Also
    --------
    check_ledger : Find collisions and other mistakes in it.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> ledger = fr.load_ledger()
    >>> lavrov = ledger[ledger["alias"].isin(["Russian foreign minister", "Sergey Lavrov"])]
    >>> lavrov[["actor", "alias", "alias_kind", "valid_from"]].reset_index(drop=True)
               actor                     alias alias_kind valid_from
    0  Sergei Lavrov             Sergey Lavrov       name        NaT
    1  Sergei Lavrov  Russian foreign minister     office 2004-03-09
    >>> row = {"actor": "Sahel Alliance", "kind": "organisation", "alias": "Sahel Alliance"}
    >>> longer = fr.load_ledger(extend=pd.DataFrame([row]))
    >>> len(longer) - len(ledger), bool(longer["version"][0] == ledger["version"][0])
    (1, False)
    """
    place = _bundled() if path is None else Path(path)
    files = sorted(place.glob("*.csv")) if place.is_dir() else [place]
    tables = {file.name: _read(file) for file in files}
    of_aliases = {
        name: table
        for name, table in tables.items()
        if not place.is_dir() or {"actor", "alias"} <= set(table.columns)
    }
    if not of_aliases:
        msg = (
            f"load_ledger: no table in {str(place)!r} has the columns 'actor', 'alias'. "
            f"Every table of aliases needs {listing(NEEDED)}."
        )
        raise ValueError(msg)
    own = [extend] if isinstance(extend, str | Path | pd.DataFrame) else list(extend or [])
    rows = [_completed(table, name) for name, table in of_aliases.items()]
    rows += [_completed(_read(table), _name_of(table)) for table in own]
    typed = pd.concat(rows, ignore_index=True).assign(made_from="")
    if {"offices.csv", "titles.csv"} <= set(tables):
        made = office_rows(typed, tables["offices.csv"], tables["titles.csv"], columns=COLUMNS)
        typed = pd.concat([typed, made], ignore_index=True)
    dated = place / "VERSION"
    return _finished(
        _with_variants(typed), dated.read_text("utf-8").strip() if dated.is_file() else "own"
    )


def country_codes() -> set[str]:
    """Return the codes of all countries: ISO 3166-1 alpha-3, and XKX for Kosovo."""
    return set(_read(_bundled() / "countries.csv")["country"])


def _bundled() -> Path:
    """Return the folder of the ledger that comes with the toolkit."""
    for folder in FOLDERS:
        if folder.is_dir():
            return folder
    msg = (
        f"load_ledger: there is no folder {str(FOLDERS[0])!r} or {str(FOLDERS[1])!r}. "
        "The installation is incomplete. Install the package again."
    )
    raise FileNotFoundError(msg)


def _name_of(table: str | Path | pd.DataFrame) -> str:
    """Return what a table is called in messages and in the column `source`."""
    return "extend" if isinstance(table, pd.DataFrame) else Path(table).name


def _read(table: str | Path | pd.DataFrame) -> pd.DataFrame:
    """Return a table of texts, empty where a value is missing."""
    if isinstance(table, pd.DataFrame):
        cells = {
            name: ["" if pd.isna(x) else str(x).removesuffix(" 00:00:00") for x in table[name]]
            for name in table.columns
        }
        return pd.DataFrame(cells, dtype="str")
    if not Path(table).is_file():
        msg = f"load_ledger: there is no file {str(table)!r}. Pass a CSV file or a folder of them."
        raise FileNotFoundError(msg)
    return _cells(Path(table))


def _cells(path: Path) -> pd.DataFrame:
    """Return the cells of a CSV file, also where semicolons or tabs stand between them.

    Raises ValueError where the file is not in UTF-8, is empty, or has a row with too many cells.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = (
            f"load_ledger: {path.name} is not in UTF-8: byte {error.object[error.start]:#04x} at "
            f"place {error.start:,}. Save it again as 'CSV UTF-8'."
        )
        raise ValueError(msg) from None
    head = text.split("\n", maxsplit=1)[0]
    sign = max(",;\t", key=head.count)
    try:
        return pd.read_csv(io.StringIO(text), sep=sign, dtype="str", keep_default_na=False)
    except pd.errors.EmptyDataError:
        msg = f"load_ledger: {path.name} is empty. Every table of aliases needs {listing(NEEDED)}."
    except pd.errors.ParserError as error:
        said = re.search(r"(\d+) fields in line (\d+), saw (\d+)", str(error))
        what = (
            "line {1} has {2} cells, not {0}".format(*said.groups()) if said else str(error).strip()
        )
        msg = f"load_ledger: {path.name}: {what}. Put cells that hold {sign!r} in quotation marks."
    raise ValueError(msg)


def _completed(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return a table of aliases with all columns, empty cells filled in with what is usual."""
    missing = [column for column in NEEDED if column not in table.columns]
    if missing:
        msg = (
            f"load_ledger: {name} has no column {listing(missing)}. It has "
            f"{listing(table.columns)}. Every table of aliases needs {listing(NEEDED)}."
        )
        raise ValueError(msg)
    unknown = [column for column in table.columns if column not in COLUMNS]
    if unknown:
        msg = (
            f"load_ledger: {name} has the column {unknown[0]!r}, which is not one of "
            f"{listing(COLUMNS, most=20)}.{close_match(unknown[0], COLUMNS)}"
        )
        raise ValueError(msg)
    table = table.reindex(columns=COLUMNS, fill_value="").apply(lambda cells: cells.str.strip())
    usual = {
        "alias_kind": pd.Series("name", index=table.index),
        "sense": table["kind"].map(lambda kind: _SENSE.get(kind, "organisation")),
        "case": table["alias"].map(lambda alias: "any" if alias.islower() else "capital"),
        "source": pd.Series(name, index=table.index),
    }
    for column, cells in usual.items():
        table[column] = table[column].mask(table[column] == "", cells)
    return table


def _with_variants(typed: pd.DataFrame) -> pd.DataFrame:
    """Return the rows and, behind each, the rows of its other spellings."""
    forms = [
        [alias] if kind == "acronym" else variants(alias)
        for alias, kind in zip(typed["alias"], typed["alias_kind"], strict=True)
    ]
    many = typed.loc[typed.index.repeat([len(spellings) for spellings in forms])]
    many = many.reset_index(drop=True)
    alias = pd.Series([form for spellings in forms for form in spellings], dtype="str")
    by_rule = (many["made_from"] == "") & (alias != many["alias"])
    many = many.assign(alias=alias, made_from=many["made_from"].mask(by_rule, many["alias"]))
    # What was typed stays, not what a rule makes of another alias of the same actor.
    order = (many["made_from"] != "").to_numpy().argsort(kind="stable")
    kept = many.iloc[order].drop_duplicates(
        ["actor", "alias", "valid_from", "valid_to", "requires"]
    )
    return kept.sort_index(ignore_index=True)


def _finished(rows: pd.DataFrame, date: str) -> pd.DataFrame:
    """Return the ledger with dates as timestamps, gaps as missing and its version."""
    text = "\f".join("\n".join(rows[column]) for column in rows.columns)
    ledger = rows.assign(version=f"{date}-{hashlib.sha256(text.encode()).hexdigest()[:8]}")
    for column in ledger.columns:
        if column in {"valid_from", "valid_to"}:
            days = {value: _day(value, column) for value in ledger[column].unique()}
            ledger[column] = pd.to_datetime(ledger[column].map(days)).astype("datetime64[s]")
        else:
            ledger[column] = ledger[column].mask(ledger[column] == "").astype("str")
    return ledger[TABLES["ledger"].required]


def _day(value: str, column: str) -> pd.Timestamp | None:
    """Return the day on which the period surely has begun or not yet ended; None for no limit."""
    if not value:
        return None
    parts = _DATE.fullmatch(value)
    try:
        day = pd.Timestamp(value) if parts else None
    except ValueError:
        day = None
    if parts is None or day is None:
        msg = (
            f"load_ledger: {column} has {value!r}, which is no date. "
            "Write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known."
        )
        raise ValueError(msg)
    if column == "valid_from" and not parts[3]:
        return day + (pd.DateOffset(months=1) if parts[2] else pd.DateOffset(years=1))
    return day
