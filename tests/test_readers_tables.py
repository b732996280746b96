"""Parquet and workbooks: types of their own, and what is none of them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from framing.readers import read_bytes
from framing.readers.record import (
    CUT_OFF,
    DAMAGED,
    EMPTY_FILE,
    TOO_LARGE,
    Origin,
    Part,
    Settings,
)


def parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts(data: bytes, name: str, **settings: int) -> list[Part]:
    return list(read_bytes(data, Origin(name), Settings(**settings)))


def told(found: list[Part]) -> list[tuple[object, ...]]:
    return [(p.origin.member, p.what, p.action) for part in found for p in part.problems]


def test_parquet_keeps_its_types() -> None:
    moment = dt.datetime(2016, 9, 2, 10, tzinfo=dt.UTC)
    table = pa.table(
        {"text": ["It rained."], "date": [moment], "words": [2], "names": [["A", "B"]]}
    )
    found = parts(parquet(table), "a.parquet")
    frame = found[0].rows
    assert isinstance(frame, pd.DataFrame)
    assert frame["date"].iloc[0] == moment
    assert frame["words"].tolist() == [2]
    assert found[0].lines is not None
    assert found[0].lines.tolist() == [1]


def test_what_pandas_noted_about_an_index_is_an_ordinary_column() -> None:
    frame = pd.DataFrame({"text": ["It rained."]}, index=["x"])
    found = parts(parquet(pa.Table.from_pandas(frame)), "a.parquet")
    assert list(found[0].rows) == ["text", "__index_level_0__"]


def test_a_parquet_that_is_none_is_damaged() -> None:
    for data in (b"PAR1nonsense", b"It rained.", b"PAR1" + b"\0" * 100 + b"PAR1"):
        assert told(parts(data, "a.parquet")) == [(None, DAMAGED, "left out")]


def test_a_parquet_under_another_name_is_known_by_its_beginning() -> None:
    assert len(parts(parquet(pa.table({"text": ["It rained."]})), "a.csv")[0].rows) == 1


def test_a_parquet_that_grows_beyond_the_limit_is_left_out() -> None:
    bomb = parquet(pa.table({"text": pa.array(["It rained. " * 100] * 50_000)}))
    assert len(bomb) < 100_000
    assert told(parts(bomb, "a.parquet", max_bytes=1_000_000)) == [(None, TOO_LARGE, "left out")]


def test_an_empty_parquet() -> None:
    data = parquet(pa.table({"text": pa.array([], pa.string())}))
    assert told(parts(data, "a.parquet")) == [(None, EMPTY_FILE, "left out")]


def test_every_sheet_is_read_with_its_row_numbers() -> None:
    data = workbook(
        {
            "One": [
                [],
                ["title", "text", "date", None],
                ["Rain", "It rained.", dt.date(2016, 9, 2)],
            ],
            "Two": [["text", "n"], ["It snowed.", 7], [None, None], ["It hailed.", 8.5]],
            "Three": [],
        }
    )
    found = parts(data, "a.xlsx")
    assert [part.origin.label for part in found] == ["a.xlsx::One", "a.xlsx::Two"]
    one, two = (part.rows for part in found)
    assert isinstance(one, pd.DataFrame)
    assert isinstance(two, pd.DataFrame)
    assert one.to_dict("records") == [
        {"title": "Rain", "text": "It rained.", "date": dt.date(2016, 9, 2)}
    ]
    assert two["text"].tolist() == ["It snowed.", "It hailed."]
    assert [part.lines.tolist() for part in found if part.lines is not None] == [[3], [2, 4]]


def test_a_text_that_fills_a_cell_is_recorded() -> None:
    found = parts(workbook({"One": [["text"], ["x" * 32_767], ["short"]]}), "a.xlsx")
    problem = found[0].problems[0]
    assert (problem.what, problem.action, problem.line, problem.row) == (CUT_OFF, "kept", 2, 0)
    assert problem.value == "32,767 characters, the most that a cell of a workbook holds"


def test_a_workbook_that_is_none_is_damaged() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "It rained.")
    for data in (b"It rained.", out.getvalue(), workbook({"A": [["text"]]})[:500]):
        assert told(parts(data, "a.xlsx")) == [(None, DAMAGED, "left out")]


def test_a_workbook_that_grows_beyond_the_limit_is_not_opened() -> None:
    data = workbook({"One": [["text"], *[["It rained."]] * 1_000]})
    assert told(parts(data, "a.xlsx", max_bytes=5_000)) == [(None, TOO_LARGE, "left out")]
