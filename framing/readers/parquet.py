"""Parquet: tables with types of their own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from framing.readers.record import (
    DAMAGED,
    EMPTY_FILE,
    LEFT_OUT,
    TOO_LARGE,
    Origin,
    Part,
    Problem,
    Settings,
    shorten,
)

SUFFIXES = (".parquet", ".pq")
_ROWS_AT_A_TIME = 10_000


def read_parquet(data: bytes, origin: Origin, settings: Settings) -> list[Part]:
    """Return the rows of a Parquet file; what pandas noted in it about an index is not used."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        batches = _batches(file, settings.max_bytes)
        if batches is None:
            value = f"more than {settings.max_bytes:,} bytes"
            return [Part(origin, [], problems=[Problem(origin, TOO_LARGE, LEFT_OUT, value)])]
        table = pa.Table.from_batches(batches, schema=file.schema_arrow)
    except (pa.ArrowException, OSError, ValueError, NotImplementedError) as error:
        return [Part(origin, [], problems=[Problem(origin, DAMAGED, LEFT_OUT, shorten(error))])]
    if not table.num_rows:
        return [Part(origin, [], problems=[Problem(origin, EMPTY_FILE, LEFT_OUT)])]
    table = table.rename_columns([str(name) for name in _unique(table.column_names)])
    frame: pd.DataFrame = table.to_pandas(ignore_metadata=True, date_as_object=False)
    return [Part(origin, frame, np.arange(1, len(frame) + 1))]


def _unique(names: list[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        final, number = name, 1
        while final in found:
            number += 1
            final = f"{name}_{number}"
        found.append(final)
    return found


def _batches(file: Any, max_bytes: int) -> list[Any] | None:
    """Return the batches of a file; None as soon as they hold more bytes than allowed.

    The sizes that the file states are looked at first, then what is really there: a column of one
    value repeated takes no room in the file.
    """
    meta = file.metadata
    stated = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
    if stated > max_bytes:
        return None
    batches, size = [], 0
    for batch in file.iter_batches(batch_size=_ROWS_AT_A_TIME):
        size += batch.nbytes
        if size > max_bytes:
            return None
        batches.append(batch)
    return batches
