"""Which table of the schema a DataFrame is, told from its columns alone."""

from __future__ import annotations

import pandas as pd

from framing.schema.table import Table


def recognise(data: pd.DataFrame) -> Table | None:
    """Return which table a DataFrame is; None where it is none, or two at once.

    Columns tell, not dtypes: a result that was filtered, sorted, concatenated, given further
    columns or read back from CSV is still what it was. Where the columns of one table are among
    those of another, it is the other one. `compare` and `compare_pairs` return the same columns:
    rows that are contrasted with two references or more, none of them the rest, are of
    `compare_pairs`.

    Parameters
    ----------
    data
        Any DataFrame.

    Returns
    -------
    Table or None
        The table.
    """
    from framing.schema import TABLES  # which imports this module

    there = {str(name) for name in data.columns}
    fitting = [table for table in TABLES.values() if set(table.required) <= there]
    needed = [set(table.required) for table in fitting]
    widest = [
        table
        for table, columns in zip(fitting, needed, strict=True)
        if not any(columns < others for others in needed)
    ]
    if [table.name for table in widest] == ["comparison", "comparison_pairs"]:
        return widest[int(_in_pairs(data))]
    return widest[0] if len(widest) == 1 else None


def _in_pairs(data: pd.DataFrame) -> bool:
    """Tell whether a comparison has several references and the rest is none of them."""
    references = set(data["reference"])
    return len(references) > 1 and "rest" not in references and not data["reference"].isna().any()
