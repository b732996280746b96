"""Tables on disk: CSV that is safe in a spreadsheet, and files written whole or not at all."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@contextmanager
def written_together(paths: list[Path]) -> Iterator[list[Path]]:
    """Yield a temporary path for each path; they take their names together when the block ends.

    After an error, or an interruption, the files that stood there before are as they were.

    Parameters
    ----------
    paths
        The files to write, all in one folder, which is made where it does not exist.

    Yields
    ------
    list of Path
        Where to write them: the same names in a temporary folder beside them.
    """
    folder = paths[0].parent
    file = next((one for one in (folder, *folder.parents) if one.is_file()), None)
    if file is not None:
        msg = (
            f"{paths[0].name!r} cannot be written into {str(folder)!r}: {file.name!r} is a file, "
            "not a folder. Choose another path."
        )
        raise NotADirectoryError(msg)
    folder.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
    (staging / "before").mkdir()
    moved: list[Path] = []
    placed: list[Path] = []
    try:
        yield [staging / path.name for path in paths]
        for path in paths:
            if path.exists():
                path.replace(staging / "before" / path.name)
                moved.append(path)
        for path in paths:
            (staging / path.name).replace(path)
            placed.append(path)
    except BaseException:
        for path in placed:
            path.unlink(missing_ok=True)
        for path in moved:
            (staging / "before" / path.name).replace(path)
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _inert(cell: object) -> object:
    """Return a cell of text so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def csv_text(table: pd.DataFrame) -> str:
    """Return a table as CSV in which no cell is a formula; see `save_table`."""
    columns = {}
    for place, name in enumerate(table.columns):
        column = table.iloc[:, place]
        is_number = pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column)
        if not is_number and not pd.api.types.is_datetime64_any_dtype(column):
            column = column.astype(object).map(_inert, na_action="ignore")
        columns[place] = column.rename(name)
    safe = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=table.index)
    safe.columns = pd.Index([_inert(str(name)) for name in table.columns])
    return str(safe.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC))


def save_table(table: pd.DataFrame, path: str | Path) -> Path:
    """Write a table as CSV that is safe to open in a spreadsheet.

    The file is UTF-8. Cells of text, and column names, that begin with ``=``, ``+``, ``-``, ``@``,
    a tab or the end of a line get an apostrophe in front, so that no spreadsheet runs them as a
    formula; numbers stay as they are. All text is in quotes, so that a program that splits at
    semicolons cannot make a formula either. The index is not written. The file appears whole or
    not at all.

    Parameters
    ----------
    table
        Any table of the toolkit.
    path
        The file, with its ending; folders that do not exist are made.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    TypeError
        Where the table is not a DataFrame.

    See Also
    --------
    save_figure : Write a figure with the table it was drawn from.
    export_tables : Write several, as LaTeX and HTML too; its CSV is this one.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> import framing as fr
    >>> table = pd.DataFrame({"term": ["peace", "=1+1"], "score": [2.5, -1.0]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(fr.save_table(table, folder + "/terms.csv").read_text(encoding="utf-8"))
    "term","score"
    "peace",2.5
    "'=1+1",-1.0
    """
    if not isinstance(table, pd.DataFrame):
        msg = (
            f"save_table: table is {type(table).__name__}, not a DataFrame. "
            "Pass a table, for example one that term_frequency() returns."
        )
        raise TypeError(msg)
    path = Path(path)
    with written_together([path]) as [staged]:
        staged.write_text(csv_text(table), encoding="utf-8", newline="")
    return path
