"""CSV: the quick way and the careful way give the same rows, and no column shifts."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.readers import delimited
from framing.readers.delimited import find_shape, read_delimited, sniff
from framing.readers.record import (
    EMPTY_FILE,
    OPEN_QUOTE,
    RENAMED,
    TOO_LONG,
    TOO_SHORT,
    Origin,
    Part,
    Settings,
)


def read(data: str | bytes, name: str = "a.csv") -> Part:
    data = data.encode() if isinstance(data, str) else data
    parts = read_delimited(data, Origin(name), Settings())
    assert len(parts) == 1
    return parts[0]


def cells(table: object) -> list[list[object]]:
    """The rows of a table as lists, None for missing."""
    assert isinstance(table, pd.DataFrame)
    return table.astype(object).where(table.notna(), None).to_numpy().tolist()


def rows(part: Part) -> list[list[object]]:
    """The names of the columns, then the rows."""
    assert isinstance(part.rows, pd.DataFrame)
    return [list(part.rows.columns), *cells(part.rows)]


def told(part: Part) -> list[tuple[object, ...]]:
    return [(p.what, p.action, p.line, p.value, p.row) for p in part.problems]


def lines(part: Part) -> list[int]:
    assert part.lines is not None
    return part.lines.tolist()


@pytest.mark.parametrize(
    "data",
    [
        "title,text\nRain,It rained.\nSnow,It snowed.\n",
        "title,text\r\nRain,It rained.\r\nSnow,It snowed.",
        "\ufefftitle,text\nRain,It rained.\nSnow,It snowed.\n",
        "sep=,\ntitle,text\nRain,It rained.\nSnow,It snowed.\n",
        "sep=;\r\ntitle;text\r\nRain;It rained.\r\nSnow;It snowed.\r\n",
        "title;text\nRain;It rained.\nSnow;It snowed.\n",
        "title\ttext\nRain\tIt rained.\nSnow\tIt snowed.\n",
        "title|text\nRain|It rained.\nSnow|It snowed.\n",
        "title,text,,\nRain,It rained.,,\nSnow,It snowed.,,\n",
        '"title","text"\n"Rain","It rained."\n"Snow","It snowed."\n',
        "\n\ntitle,text\n\nRain,It rained.\n\nSnow,It snowed.\n",
        "title,text\rRain,It rained.\rSnow,It snowed.\r",
        "title,text\nRain,It rained.\n,\nSnow,It snowed.\n",
    ],
)
def test_the_same_rows_in_any_dress(data: str) -> None:
    part = read(data)
    assert rows(part) == [["title", "text"], ["Rain", "It rained."], ["Snow", "It snowed."]]
    assert part.problems == []


def test_lines_are_those_of_the_file() -> None:
    data = 'title,text\nRain,"It\nrained."\nSnow,It snowed.\n'
    part = read(data)
    assert lines(part) == [2, 4]
    assert rows(part)[1] == ["Rain", "It\nrained."]
    assert lines(read("sep=,\n" + data)) == [3, 5]
    assert lines(read("\n" + data.replace("\nSnow", "\n\nSnow"))) == [3, 6]


def test_a_row_with_too_many_fields_is_left_out_and_the_others_stay() -> None:
    part = read("title,text\nRain,It rained, they say.\nSnow,It snowed.\n")
    assert rows(part) == [["title", "text"], ["Snow", "It snowed."]]
    assert lines(part) == [3]
    value = "3 fields, not 2: Rain | It rained | they say."
    assert told(part) == [(TOO_LONG, "left out", 2, value, None)]


def test_a_row_with_too_few_fields_is_kept_and_recorded() -> None:
    part = read("title,text,url\nRain,It rained.\nSnow,It snowed.,x\nHail\n")
    assert rows(part)[1:] == [
        ["Rain", "It rained.", None],
        ["Snow", "It snowed.", "x"],
        ["Hail", None, None],
    ]
    assert told(part) == [
        (TOO_SHORT, "kept", 2, "2 fields, not 3: Rain | It rained.", 0),
        (TOO_SHORT, "kept", 4, "1 fields, not 3: Hail", 2),
    ]


def test_an_empty_last_field_is_no_short_row() -> None:
    part = read("title,text\nRain,\nSnow,It snowed.\n")
    assert rows(part)[1:] == [["Rain", None], ["Snow", "It snowed."]]
    assert part.problems == []


def test_more_fields_than_names_in_every_row_shift_nothing() -> None:
    part = read("title,text\na,Rain,It rained.\nb,Snow,It snowed.\n")
    assert len(part.rows) == 0
    assert [problem.what for problem in part.problems] == [TOO_LONG, TOO_LONG]


def test_a_quotation_mark_that_never_closes_costs_one_line() -> None:
    part = read('title,text\nRain,"It rained.\nSnow,It snowed.\nHail,It hailed.\n')
    assert rows(part)[1:] == [["Snow", "It snowed."], ["Hail", "It hailed."]]
    assert lines(part) == [3, 4]
    assert told(part) == [(OPEN_QUOTE, "left out", 2, 'Rain,"It rained.', None)]


def test_many_quotation_marks_that_never_close_end_somewhere() -> None:
    # Every second one is closed by the next, so few of them are open; none of them stops the load.
    part = read("title,text\n" + 'Rain,"It rained.\n' * 101)
    assert part.problems
    assert {problem.what for problem in part.problems} <= {OPEN_QUOTE, TOO_LONG}


def test_columns_without_a_name_are_kept_where_they_hold_something() -> None:
    part = read("title,text,\nRain,It rained.,x\n")
    assert rows(part) == [["title", "text", "unnamed_3"], ["Rain", "It rained.", "x"]]


def test_two_columns_of_one_name_are_both_kept() -> None:
    part = read("text,text,text_2\na,b,c\n")
    assert rows(part) == [["text", "text_3", "text_2"], ["a", "b", "c"]]
    assert told(part) == [(RENAMED, "kept", None, "the second 'text' is now 'text_3'", None)]


def test_numbers_are_numbers_and_codes_are_strings() -> None:
    part = read("text,words,fips,share,id\na,10,007,0.5,01\nb,20,010,1.25,02\n")
    assert isinstance(part.rows, pd.DataFrame)
    assert part.rows["words"].tolist() == [10, 20]
    assert part.rows["fips"].tolist() == ["007", "010"]
    assert part.rows["share"].tolist() == [0.5, 1.25]
    assert part.rows["id"].tolist() == ["01", "02"]


@pytest.mark.parametrize("data", ["", "\n\n", " \n", "sep=,\n"])
def test_an_empty_file_is_recorded(data: str) -> None:
    assert [problem.what for problem in read(data or "\n").problems] == [EMPTY_FILE]


def test_a_header_alone_has_no_rows() -> None:
    assert len(read("title,text\n").rows) == 0
    assert len(read("title,text").rows) == 0


def test_a_field_of_five_million_characters_by_either_way() -> None:
    before = csv.field_size_limit()
    long = "word " * 1_000_000
    assert rows(read(f"title,text\nRain,{long}x\n"))[1] == ["Rain", long + "x"]
    careful = read(f"title,text\nRain,{long}x\nSnow\n")
    assert rows(careful)[1] == ["Rain", long + "x"]
    assert csv.field_size_limit() == before


def test_the_delimiter_is_the_one_that_fits() -> None:
    assert sniff("title;text\nRain, snow;It rained, they say\n") == ";"
    assert sniff("text\nIt rained, they say\n") == ","
    assert sniff("text\n", "a.tsv") == "\t"
    assert find_shape(b"a,b\n1,2\n") == (",", ["a", "b"], 4, 2)


FIELD = st.text(alphabet="ab ,;\"\n'é|", max_size=6)


@given(
    st.lists(st.tuples(FIELD, FIELD, FIELD), min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n"]),
)
def test_both_ways_give_what_was_written(table: list[tuple[str, ...]], end: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(["title", "text", "url"])
    writer.writerows(table)
    data = out.getvalue().encode()
    shape = delimited.Shape(",", ["title", "text", "url"], len(f"title,text,url{end}"), 2)
    expected = [row for row in table if any(field.strip() for field in row)]
    problems: list = []
    careful, careful_lines = delimited._read_carefully(
        data, shape, shape.header, origin=Origin("a.csv"), problems=problems
    )
    assert cells(careful.fillna("")) == [list(row) for row in expected]
    assert problems == []
    quick = delimited._read_quickly(data, shape, shape.header, origin=Origin("a.csv"))
    if quick is not None:
        table_, lines_ = quick
        keep = [any(str(field or "").strip() for field in row) for row in cells(table_)]
        assert cells(table_[keep]) == cells(careful)
        assert lines_[keep].tolist() == careful_lines.tolist()


@given(st.binary(max_size=120))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    part = read(b"title,text\n" + data)
    assert len(part.rows) == (0 if part.lines is None else len(part.lines))


@pytest.mark.parametrize("by_path", [True, False])
def test_codes_stay_codes_in_a_large_file(tmp_path: Path, by_path: bool) -> None:  # noqa: FBT001
    """Whole stretches of a column look like numbers; its first rows do not."""
    codes = [f"a{i}" if i < 5_000 else f"{i % 1000:03d}" for i in range(150_000)]
    path = tmp_path / "a.csv"
    path.write_text("code,text\n" + "".join(f"{code},{'talks ' * 6}\n" for code in codes))
    part = read_delimited(
        path.read_bytes(), Origin(str(path) if by_path else "absent.csv"), Settings()
    )[0]
    assert isinstance(part.rows, pd.DataFrame)
    assert part.rows["code"].tolist() == codes
    assert part.lines is not None
    assert part.lines[-1] == 150_001


def test_a_large_file_is_read_alike_by_its_path_and_by_its_bytes(tmp_path: Path) -> None:
    rows = [f'{i},"Talks, ""day {i}""\nof many",{"rain " * (i % 90)}\n' for i in range(30_000)]
    path = tmp_path / "a.csv"
    path.write_text("n,title,text\n" + "".join(rows))
    data = path.read_bytes()
    assert len(data) > delimited._LARGE
    first = read_delimited(data, Origin(str(path)), Settings())[0]
    then = read_delimited(data, Origin("absent.csv"), Settings())[0]
    assert isinstance(first.rows, pd.DataFrame)
    pd.testing.assert_frame_equal(first.rows, then.rows)
    assert first.rows["title"].iloc[7] == 'Talks, "day 7"\nof many'
    assert first.lines is not None
    assert first.lines.tolist() == list(range(2, 60_002, 2))
