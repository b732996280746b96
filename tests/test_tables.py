"""Tables on disk: safe in a spreadsheet, whole or not at all."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.tables import FORMULA_STARTS, csv_text, save_table, written_together


def test_cells_that_would_run_get_an_apostrophe(tmp_path: Path) -> None:
    table = pd.DataFrame({
        "=term": ["=1+1", "+1", "-year-old", "@user", "\ttab", "\rback", "a=b", "peace"],
        "score": [-1.5, 2.0, -3.0, 0.0, 1.0, 1.0, 1.0, np.nan],
    })  # fmt: skip
    before = table.copy()
    path = save_table(table, tmp_path / "new" / "terms.csv")
    pd.testing.assert_frame_equal(table, before)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["'=term", "score"]
    assert [row[0] for row in rows[1:]] == [
        "'=1+1", "'+1", "'-year-old", "'@user", "'\ttab", "'\rback", "a=b", "peace",
    ]  # fmt: skip
    assert [row[1] for row in rows[1:]] == ["-1.5", "2.0", "-3.0", "0.0", "1.0", "1.0", "1.0", ""]


def test_text_is_quoted_so_that_a_semicolon_starts_no_cell() -> None:
    assert csv_text(pd.DataFrame({"title": ["a;=cmd|' /C calc'!A0"]})) == (
        '"title"\n"a;=cmd|\' /C calc\'!A0"\n'
    )


@given(st.lists(st.text(), max_size=6), st.sampled_from(["str", "object", "category"]))
def test_no_cell_of_text_begins_a_formula(texts: list[str], dtype: str) -> None:
    texts = [text.replace("\x00", "").encode("utf-8", "ignore").decode() for text in texts]
    written = csv_text(pd.DataFrame({"text": pd.Series(texts, dtype=dtype)}))
    cells = [row[0] for row in csv.reader(written.splitlines(keepends=True))][1:]
    if not any(end in text for text in texts for end in "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"):
        assert [cell.removeprefix("'") for cell in cells] == [
            text.removeprefix("'") for text in texts
        ]
    assert not any(cell.startswith(FORMULA_STARTS) for cell in cells)


def test_missing_dates_and_twice_named_columns_are_written() -> None:
    table = pd.DataFrame(
        [["RTÉ", pd.Timestamp("2017-01-02")], [None, pd.NaT]], columns=["source", "source"]
    )
    assert csv_text(table) == '"source","source"\n"RTÉ","2017-01-02"\n"",""\n'


def test_a_table_without_rows_or_columns_is_a_file() -> None:
    assert csv_text(pd.DataFrame({"term": pd.Series(dtype="str")})) == '"term"\n'
    assert csv_text(pd.DataFrame()) in {"\n", '""\n'}


def test_what_is_no_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TypeError) as error:
        save_table([1, 2], tmp_path / "a.csv")  # type: ignore[arg-type]
    assert str(error.value) == (
        "save_table: table is list, not a DataFrame. "
        "Pass a table, for example one that term_frequency() returns."
    )


def test_a_file_in_place_of_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("mine", encoding="utf-8")
    with pytest.raises(NotADirectoryError) as error:
        save_table(pd.DataFrame({"a": [1]}), tmp_path / "results" / "a.csv")
    assert str(error.value) == (
        f"'a.csv' cannot be written into {str(tmp_path / 'results')!r}: 'results' is a file, "
        "not a folder. Choose another path."
    )
    assert (tmp_path / "results").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt])
def test_an_interrupted_write_leaves_what_was_there(
    tmp_path: Path, stop: type[BaseException]
) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    paths[0].write_text("before", encoding="utf-8")

    def write() -> None:
        with written_together(paths) as staged:
            staged[0].write_text("after", encoding="utf-8")
            raise stop

    with pytest.raises(stop):
        write()
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {
        "a.txt": "before"
    }


def test_a_file_that_cannot_be_placed_puts_all_back(tmp_path: Path) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_text("before", encoding="utf-8")
    with pytest.raises(FileNotFoundError), written_together(paths) as staged:
        staged[0].write_text("after", encoding="utf-8")  # and nothing for b.txt
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {
        "a.txt": "before", "b.txt": "before",
    }  # fmt: skip
