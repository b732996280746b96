"""Drawing the figures of a bundle again, and saying what differs."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from framing.bundle.archive import Archive, Damaged, read_archive
from framing.bundle.environment import differences
from framing.bundle.figures import FORMATS, TABLES, redraw_files
from framing.bundle.typed import table_of
from framing.bundle.write import FORM, NAME
from framing.plots.recipe import Recipe
from framing.tables import written_together

BROKEN = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError,
    ValueError,
)  # fmt: skip
"""What JSON, pandas and charts raise where a recipe is not what a bundle holds."""


def reproduce(path: str | Path, *, out: str | Path | None = None) -> pd.DataFrame:
    """Draw every figure of a replication bundle again, and say what differs.

    The bundle is checked against its checksums first. Nothing in it is run: recipes call charts of
    the toolkit and nothing else, and nothing is unpacked. Pictures are the same byte for byte
    where the versions of matplotlib, of its fonts and of the toolkit are; the numbers must be the
    same with any.

    Parameters
    ----------
    path
        The bundle, a .zip file that `bundle` wrote.
    out
        A folder for the pictures and rows that are drawn; files of the same names are replaced.
        None writes nothing.

    Returns
    -------
    DataFrame
        One row a figure: `figure`; `status`, one of ``identical``, ``same numbers`` (other bytes),
        ``differs`` (other numbers) and ``not redrawn`` (the bundle has no recipe, as for figures
        of one's own); `n_files` and `n_identical`, pictures; `n_rows` and `n_rows_differ`, rows
        that the figure shows; `what`, what differs and the likely cause.

    Raises
    ------
    FileNotFoundError
        Where there is no such file.
    ValueError
        Where the file is no bundle, is damaged, or was changed.

    See Also
    --------
    bundle : Writes a bundle.

    Examples
    --------
    >>> import tempfile
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> ax = fr.plot_term_frequency(fr.term_frequency(corpus), n=5)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = fr.bundle(folder + "/study.zip", corpus=corpus, figures={"terms": ax})
    ...     fr.reproduce(path)[["figure", "status"]]
      figure     status
    0  terms  identical
    """
    path = Path(path)
    if not path.is_file():
        msg = f"reproduce: there is no file {str(path)!r}. Write a bundle with bundle()."
        raise FileNotFoundError(msg)
    try:
        archive = read_archive(path)
        about = _about(archive)
        outcomes = [_again(archive, about, name) for name in about["figures"]]
    except BROKEN as error:
        said = error if isinstance(error, Damaged) else "its parts do not fit together"
        msg = (
            f"reproduce: {path.name!r} cannot be trusted: {said}. "
            "Fetch it again from where it was published."
        )
        raise ValueError(msg) from error
    if out is not None:
        _write(Path(out), outcomes)
    return _table(outcomes)


@dataclass(frozen=True)
class Outcome:
    """What came of one figure: a row of the table, and the files that were drawn."""

    row: dict[str, Any]
    files: dict[str, bytes]


def _about(archive: Archive) -> dict[str, Any]:
    """Return the content of `bundle.json`; raise Damaged where it is none of a bundle."""
    try:
        about: dict[str, Any] = json.loads(archive.text("bundle.json"))
        fits = about["format"] == FORM and all(
            NAME.fullmatch(name) and isinstance(one["redraws"], bool)
            for name, one in about["figures"].items()
        )
    except BROKEN as error:
        if isinstance(error, Damaged):
            raise
        msg = f"'bundle.json' is none of a bundle ({type(error).__name__})"
        raise Damaged(msg) from error
    if not fits:
        msg = f"'bundle.json' is not of the form {FORM!r}"
        raise Damaged(msg)
    return about


def _again(archive: Archive, about: dict[str, Any], name: str) -> Outcome:
    """Draw one figure again and compare it."""
    told = about["figures"][name]
    shown = archive.text(f"figures/{name}.csv")
    if not told.get("recipe"):
        row = _row(name, "not redrawn", shown, what=str(told.get("why")))
        return Outcome(row, {})
    try:
        files = redraw_files(name, _recipe(archive, name))
    except BROKEN as error:
        if isinstance(error, Damaged):
            raise
        row = _row(name, "differs", shown, what=f"it cannot be drawn: {error}")
        return Outcome({**row, "n_rows_differ": row["n_rows"]}, {})
    rows = files[f"{name}.csv"].decode("utf-8")
    n_differ, what = _compare(shown, rows)
    pictures = [f"{name}.{ending}" for ending in FORMATS]
    same = [one for one in pictures if archive.files.get(f"figures/{one}") == files[one]]
    status = "differs" if n_differ or what else "identical"
    if status == "identical" and len(same) < len(pictures):
        status = "same numbers"
        others = [one.rpartition(".")[2] for one in pictures if one not in same]
        what = f"{', '.join(others)}: {_cause(about, told)}"
    row = _row(name, status, shown, what=what or None)
    counts = {"n_files": len(pictures), "n_identical": len(same), "n_rows_differ": n_differ}
    return Outcome({**row, **counts}, files)


def _recipe(archive: Archive, name: str) -> Recipe:
    """Return the recipe of a figure with its tables."""
    steps = json.loads(archive.text(f"figures/{name}.recipe.json"))
    places = steps.pop("tables")
    if not all(place.startswith(f"{TABLES}/") for place in places):
        msg = f"the recipe of {name!r} names a table outside {TABLES!r}"
        raise Damaged(msg)
    return Recipe(steps, [table_of(archive.text(place)) for place in places])


def _cause(about: dict[str, Any], told: dict[str, Any]) -> str:
    """Return the likely cause of other bytes."""
    if not told["redraws"]:
        return str(told.get("why"))
    found = differences(about["environment"])
    return "; ".join(found) if found else "other fonts, or another kind of machine"


def _row(name: str, status: str, shown: str, *, what: str | None) -> dict[str, Any]:
    """Return a row of the table."""
    return {
        "figure": name, "status": status, "n_files": 0, "n_identical": 0,
        "n_rows": len(_cells(shown)), "n_rows_differ": 0, "what": what,
    }  # fmt: skip


def _cells(text: str) -> pd.DataFrame:
    """Return a CSV as text in all cells."""
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


def _compare(there: str, here: str) -> tuple[int, str]:
    """Return how many drawn rows differ, and in words how."""
    if there == here:
        return 0, ""
    old, new = _cells(there), _cells(here)
    if list(old.columns) != list(new.columns):
        lost = [name for name in old.columns if name not in new.columns]
        more = [name for name in new.columns if name not in old.columns]
        return max(len(old), 1), f"columns: {lost} only there, {more} only here"
    if len(old) != len(new):
        return abs(len(old) - len(new)), f"{len(old):,} rows there, {len(new):,} here"
    olds, news = old.to_numpy(), new.to_numpy()
    unlike = olds != news
    rows = unlike.any(axis=1)
    if not rows.any():
        return 0, ""
    at = int(rows.argmax())
    column = int(unlike[at].argmax())
    name = old.columns[column]
    first = f"{name} is {olds[at, column]!r} there, {news[at, column]!r} here"
    named = [str(one) for one, bad in zip(old.columns, unlike.any(axis=0), strict=True) if bad]
    n_differ = int(rows.sum())
    said = f"{n_differ:,} of {len(old):,} rows in {', '.join(named)}; row {at + 1}: {first}"
    return n_differ, said


def _write(out: Path, outcomes: list[Outcome]) -> None:
    """Write what was drawn, all of it or nothing."""
    files = {name: data for one in outcomes for name, data in one.files.items()}
    if not files:
        return
    with written_together([out / name for name in files]) as staged:
        for path, data in zip(staged, files.values(), strict=True):
            path.write_bytes(data)


def _table(outcomes: list[Outcome]) -> pd.DataFrame:
    """Return the table of all figures."""
    names = ("figure", "status", "n_files", "n_identical", "n_rows", "n_rows_differ", "what")
    kinds = {name: "int64" if name.startswith("n_") else "str" for name in names}
    rows = [one.row for one in outcomes]
    return pd.DataFrame(rows, columns=list(names)).astype(kinds)
