"""Tables as plain data that keep their types to the last digit, for figures that are redrawn."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pandas as pd

SPECIAL = {"inf": math.inf, "-inf": -math.inf}
PLAIN = (str, int, float, bool)


def table_text(table: pd.DataFrame) -> str:
    """Return a table as JSON: for each column its name, type and values.

    Raises
    ------
    ValueError
        Where a column holds something else than text, numbers, truth values and dates.
    """
    columns = [_column(str(name), table.iloc[:, at]) for at, name in enumerate(table.columns)]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, allow_nan=False) for one in columns)
    return f'{{"rows": {len(table)}, "columns": [\n{lines}\n]}}\n'


def _column(name: str, column: pd.Series) -> dict[str, Any]:
    """Return one column as plain data."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        kinds = _column("categories", pd.Series(column.cat.categories))
        codes = column.cat.codes.tolist()
        return {
            "name": name, "type": "category", "ordered": bool(column.cat.ordered),
            "categories": kinds, "values": codes,
        }  # fmt: skip
    missing = column.isna().to_numpy(dtype=bool)
    if isinstance(column.dtype, np.dtype) and column.dtype.kind == "M":
        values: list[Any] = np.datetime_as_string(column.to_numpy()).tolist()
    else:
        values = column.tolist()
    plain = [None if gone else _plain(name, value)
             for value, gone in zip(values, missing.tolist(), strict=True)]  # fmt: skip
    return {"name": name, "type": str(column.dtype), "values": plain}


def _plain(name: str, value: Any) -> Any:
    """Return one value as JSON holds it."""
    if isinstance(value, float) and math.isinf(value):
        return {"number": "inf" if value > 0 else "-inf"}
    if isinstance(value, PLAIN):
        return value
    msg = (
        f"column {name!r} has values of type {type(value).__name__}, which no file of text keeps. "
        "Make it text, numbers or dates."
    )
    raise ValueError(msg)


def table_of(text: str) -> pd.DataFrame:
    """Return the table that `table_text` has written; raise ValueError where it is none."""
    data = json.loads(text)
    columns = [_series(one) for one in data["columns"]]
    if any(len(column) != data["rows"] for column in columns):
        msg = "columns of different lengths"
        raise ValueError(msg)
    table = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=range(data["rows"]))
    table.columns = pd.Index([one["name"] for one in data["columns"]])
    return table


TYPES = {
    "str", "string", "object", "bool", "boolean",
    *(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)),
    *(f"{sign}nt{bits}" for sign in ("I", "UI") for bits in (8, 16, 32, 64)),
    *(f"{kind}{bits}" for kind in ("float", "Float") for bits in (32, 64)),
    *(f"datetime64[{unit}]" for unit in ("s", "ms", "us", "ns")),
}  # fmt: skip


def _series(one: dict[str, Any]) -> pd.Series:
    """Return one column with its type."""
    kind, values = one["type"], one["values"]
    if kind == "category":
        names = pd.Index(_series(one["categories"]))
        return pd.Series(
            pd.Categorical.from_codes(values, categories=names, ordered=one["ordered"])
        )
    if kind not in TYPES:
        msg = f"a column of type {kind!r}"
        raise ValueError(msg)
    values = [SPECIAL[value["number"]] if isinstance(value, dict) else value for value in values]
    if kind.startswith("float"):
        values = [math.nan if value is None else value for value in values]
    made: pd.Series = pd.Series(values, dtype=kind)
    return made
