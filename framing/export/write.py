"""Write results as CSV, LaTeX and HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from framing._checks import check_one_of, listing
from framing.escaping import clean
from framing.export.latex import latex_table
from framing.export.page import html_page
from framing.export.present import present
from framing.tables import csv_text, written_together

FORMATS = ("csv", "tex", "html")

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. -]*")
_DEVICES = {"con", "prn", "aux", "nul"}


def export_tables(
    tables: Mapping[str, pd.DataFrame],
    folder: str | Path,
    *,
    formats: Sequence[str] = FORMATS,
) -> list[Path]:
    r"""Write results as files for a paper and its appendix: CSV, LaTeX and HTML.

    The CSV has all columns and all digits, as `save_table` writes it. LaTeX (booktabs) and HTML (to
    open or paste in Word) are for print: heads in words, numbers rounded to about three digits,
    intervals beside their numbers as in ``12.3 [10.1, 14.5]``, what is the same in all rows in a
    note below. Of wide tables, such as those of `compare` and `keyness`, they print the columns
    that papers print; for others choose with ``table[[…]]``. All files appear together or not at
    all.

    Parameters
    ----------
    tables
        Name of each table to the table. The name is that of the files, the label in LaTeX
        (``tab:name``) and, with spaces for ``_`` and ``-``, the caption.
    folder
        Where to write; made where it does not exist.
    formats
        Which of ``"csv"``, ``"tex"`` and ``"html"``.

    Returns
    -------
    list of Path
        The files, by table, then in the order of `formats`.

    Raises
    ------
    ValueError
        Where there is no table, a name is no name of a file, two names are the same but for
        capitals, or a format is not one of these.
    TypeError
        Where `tables` is not a mapping, or holds something else than DataFrames.

    See Also
    --------
    framing.save_table : Writes one table as CSV.
    framing.methods : Writes the methods section that belongs to them.

    Examples
    --------
    >>> import tempfile
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(60, seed=1))
    >>> table = fr.term_frequency(corpus, by="source", terms="army").head(2)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = fr.export_tables({"army": table}, folder, formats=["tex"])
    ...     print(paths[0].read_text(encoding="utf-8"))
    % needs \usepackage{booktabs}
    \begin{table}
    ...
    Source & Term & Count & Tokens & Per million tokens & Articles with it & Articles in all \\
    ...
    """
    formats = _checked(tables, formats)
    folder = Path(folder)
    paths = [folder / f"{name}.{ending}" for name in tables for ending in formats]
    with written_together(paths) as staged:
        for path in staged:
            name, ending = path.name.rsplit(".", maxsplit=1)
            text = _written(tables[name], name, ending, has_csv="csv" in formats)
            path.write_text(text, encoding="utf-8", newline="")
    return paths


def _checked(tables: object, formats: Sequence[str]) -> list[str]:
    """Return the formats, each once; raise where tables or formats cannot be written."""
    chosen = [formats] if isinstance(formats, str) else list(dict.fromkeys(formats))
    for one in chosen:
        check_one_of("export_tables", "formats", one, FORMATS)
    if not isinstance(tables, Mapping):
        msg = (
            f"export_tables: tables is {type(tables).__name__}, not a mapping of names to tables. "
            "Pass for example {'key_terms': table}."
        )
        raise TypeError(msg)
    if not tables or not chosen:
        what = "formats" if tables else "tables"
        msg = f"export_tables: {what} is empty. Pass for example {{'key_terms': table}} and 'csv'."
        raise ValueError(msg)
    for name, table in tables.items():
        _check_name(name)
        if not isinstance(table, pd.DataFrame):
            msg = (
                f"export_tables: {name!r} is {type(table).__name__}, not a DataFrame. "
                "Pass a table, for example one that term_frequency() returns."
            )
            raise TypeError(msg)
    lower = [name.lower() for name in tables]
    same = [name for name in tables if lower.count(name.lower()) > 1]
    if same:
        msg = (
            f"export_tables: {listing(same)} would be the same file where capitals do not count. "
            "Give each table a name of its own."
        )
        raise ValueError(msg)
    return chosen


def _check_name(name: object) -> None:
    """Raise where a name cannot be that of a file on every system, and of a label."""
    plain = isinstance(name, str) and _NAME.fullmatch(name) and name[-1] not in " ."
    if not plain or str(name).split(".")[0].lower() in _DEVICES or len(str(name)) > 100:
        msg = (
            f"export_tables: {name!r} cannot be the name of a file. Use letters from A to Z, "
            "digits, '_', '-', spaces and dots, at most 100, beginning with a letter or digit."
        )
        raise ValueError(msg)


def _written(table: pd.DataFrame, name: str, ending: str, *, has_csv: bool) -> str:
    """Return a table in one format."""
    if ending == "csv":
        return csv_text(table)
    words = clean(re.sub(r"[_-]", " ", name))
    caption = words[:1].upper() + words[1:]
    shown = present(table, has_csv=has_csv)
    if ending == "html":
        return html_page(shown, caption=caption)
    return latex_table(shown, caption=caption, label=re.sub(r"[^A-Za-z0-9]+", "-", name))
