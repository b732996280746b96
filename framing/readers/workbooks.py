"""Excel and OpenDocument sheets, read as values: nothing in them is run."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import numpy as np
import pandas as pd

from framing.readers.record import (
    CUT_OFF,
    DAMAGED,
    EMPTY_FILE,
    ENCRYPTED,
    KEPT,
    LEFT_OUT,
    TOO_LARGE,
    Origin,
    Part,
    Problem,
    Settings,
    shorten,
)

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
MOST_IN_A_CELL = 32_767


def read_workbook(data: bytes, origin: Origin, settings: Settings) -> list[Part]:
    """Return the rows of each sheet, under the names in its first row that is not empty."""
    import python_calamine

    refused = _refused(data, origin, settings)
    if refused is not None:
        return [Part(origin, [], problems=[refused])]
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError as error:
        return [Part(origin, [], problems=[Problem(origin, ENCRYPTED, LEFT_OUT, shorten(error))])]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        return [Part(origin, [], problems=[Problem(origin, DAMAGED, LEFT_OUT, shorten(error))])]
    parts = []
    for name in workbook.sheet_names:
        inner = origin.inside(name.replace("/", "_"))._replace(folders=origin.folders)
        try:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            problem = Problem(inner, DAMAGED, LEFT_OUT, shorten(error))
            parts.append(Part(inner, [], problems=[problem]))
            continue
        if rows:
            parts.append(_part(rows, inner))
    if not parts:
        return [Part(origin, [], problems=[Problem(origin, EMPTY_FILE, LEFT_OUT)])]
    return parts


def _refused(data: bytes, origin: Origin, settings: Settings) -> Problem | None:
    """Return the problem of a workbook that would unpack to more than is allowed."""
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        return Problem(origin, DAMAGED, LEFT_OUT, shorten(error))
    if size > settings.max_bytes:
        value = f"{size:,} bytes; at most {settings.max_bytes:,} are read"
        return Problem(origin, TOO_LARGE, LEFT_OUT, value)
    return None


def _part(rows: list[list[Any]], origin: Origin) -> Part:
    """Return the rows below the header of one sheet."""
    problems: list[Problem] = []
    head = next((i for i, row in enumerate(rows) if any(_filled(cell) for cell in row)), None)
    if head is None:
        return Part(origin, [], problems=[Problem(origin, EMPTY_FILE, LEFT_OUT)])
    names: list[str] = []
    for place, cell in enumerate(rows[head], start=1):
        base = str(cell).strip() if _filled(cell) else f"unnamed_{place}"
        name, number = base, 1
        while name in names:
            number += 1
            name = f"{base}_{number}"
        names.append(name)
    kept = [i for i in range(head + 1, len(rows)) if any(_filled(cell) for cell in rows[i])]
    columns = {
        name: pd.Series([_value(rows[i][place]) for i in kept], dtype="object")
        for place, name in enumerate(names)
    }
    columns = {
        name: column
        for name, column in columns.items()
        if not (name.startswith("unnamed_") and column.isna().all())
    }
    lines = np.array(kept, dtype=np.int64) + 1
    for name, column in columns.items():
        full = column.map(lambda cell: isinstance(cell, str) and len(cell) >= MOST_IN_A_CELL)
        for row in np.flatnonzero(full.to_numpy(dtype=bool)).tolist():
            value = f"{MOST_IN_A_CELL:,} characters, the most that a cell of a workbook holds"
            line = int(lines[row])
            problems.append(Problem(origin, CUT_OFF, KEPT, value, line, name, row))
    return Part(origin, pd.DataFrame(columns), lines, problems=problems)


def _filled(cell: Any) -> bool:
    return cell is not None and cell != ""


def _value(cell: Any) -> Any:
    """Return a cell's value, None where it is empty."""
    if isinstance(cell, str):
        return cell or None
    return cell
