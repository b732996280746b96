"""JSON: whole, in lines, damaged, cut."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.readers.jsons import read_json
from framing.readers.record import (
    CUT_OFF,
    DAMAGED,
    EMPTY_FILE,
    NOT_A_RECORD,
    Origin,
    Part,
    Settings,
)

RECORDS = [{"title": "Rain", "text": "It rained."}, {"title": "Snow", "text": "It snowed {a lot}."}]
WHOLE = json.dumps(RECORDS)


def read(text: str, name: str = "a.json") -> Part:
    return read_json(text.encode(), Origin(name), Settings())[0]


def told(part: Part) -> list[tuple[object, ...]]:
    return [(p.what, p.action, p.line, p.value) for p in part.problems]


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        json.dumps(RECORDS, indent=2),
        json.dumps({"articles": RECORDS}),
        json.dumps({"status": "ok", "totalResults": 2, "articles": RECORDS}),
        json.dumps({"response": {"status": "ok", "results": RECORDS}}),
        json.dumps({"a": RECORDS[0], "b": RECORDS[1]}),
        "\n".join(map(json.dumps, RECORDS)),
        "\ufeff" + WHOLE,
        "\n\n".join(map(json.dumps, RECORDS)) + "\n",
    ],
)
def test_the_same_records_in_any_dress(text: str) -> None:
    part = read(text)
    assert part.rows == RECORDS
    assert part.problems == []


def test_one_object_is_one_record() -> None:
    part = read(json.dumps(RECORDS[0]))
    assert part.rows == RECORDS[:1]


def test_bad_lines_are_recorded_with_their_number() -> None:
    lines = [json.dumps(RECORDS[0]), "{broken", "", "[1, 2]", json.dumps(RECORDS[1])]
    part = read("\n".join(lines), "a.jsonl")
    assert part.rows == RECORDS
    assert part.lines is not None
    assert part.lines.tolist() == [1, 5]
    assert told(part) == [
        (NOT_A_RECORD, "left out", 2, "{broken"),
        (NOT_A_RECORD, "left out", 4, "[1, 2]"),
    ]


def test_an_item_that_is_no_record_is_left_out() -> None:
    part = read(json.dumps([RECORDS[0], "Snow", RECORDS[1]]))
    assert part.rows == RECORDS
    assert part.lines is not None
    assert part.lines.tolist() == [1, 3]
    assert told(part) == [(NOT_A_RECORD, "left out", 2, "Snow")]


@pytest.mark.parametrize("n_cut", [1, 2, 10, 25])
def test_a_list_cut_in_the_middle_keeps_the_records_before(n_cut: int) -> None:
    part = read(WHOLE[:-n_cut])
    assert part.rows == (RECORDS if n_cut == 1 else RECORDS[:1])
    assert [(p.what, p.action) for p in part.problems] == [
        (CUT_OFF, "kept" if n_cut == 1 else "left out")
    ]


def test_a_list_under_a_key_cut_in_the_middle() -> None:
    part = read(json.dumps({"status": "ok", "articles": RECORDS})[:-12])
    assert part.rows == RECORDS[:1]
    assert told(part) == [(CUT_OFF, "left out", 2, '{"title": "Snow", "text": "It snowed')]


def test_a_broken_record_in_the_middle_costs_only_itself() -> None:
    third = {"title": "Hail", "text": "It hailed."}
    text = f'[{json.dumps(RECORDS[0])}, {{"title": Rain}}, {json.dumps(third)}]'
    part = read(text)
    assert part.rows == [RECORDS[0], third]
    assert [(p.what, p.line) for p in part.problems] == [(NOT_A_RECORD, 2)]


def test_a_cut_last_line_of_json_lines() -> None:
    part = read("\n".join(map(json.dumps, RECORDS))[:-5], "a.jsonl")
    assert part.rows == RECORDS[:1]
    assert [(p.what, p.line) for p in part.problems] == [(NOT_A_RECORD, 2)]


@pytest.mark.parametrize("text", ["not json", "]", "<html></html>"])
def test_what_is_no_json_is_damaged(text: str) -> None:
    part = read(text)
    assert part.rows == []
    assert told(part) == [(DAMAGED, "left out", None, text)]


def test_an_empty_file() -> None:
    assert told(read(" \n")) == [(EMPTY_FILE, "left out", None, None)]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 200_000, "{" * 50_000])
def test_deep_nesting_is_no_way_to_stop_a_load(name: str, text: str) -> None:
    part = read(text, name)
    assert part.rows == []
    assert part.problems


@given(st.lists(st.dictionaries(st.text(max_size=3), st.text(max_size=5), min_size=1), min_size=2))
def test_what_was_written_comes_back(records: list[dict[str, str]]) -> None:
    plain = json.dumps(records)
    assert read(plain).rows == records
    assert read("\n".join(map(json.dumps, records)), "a.jsonl").rows == records


@given(st.integers(1, len(WHOLE) - 1))
def test_a_cut_anywhere_loses_no_whole_record(place: int) -> None:
    first = len(json.dumps(RECORDS[0])) + 1
    part = read(WHOLE[:place])
    n_whole = (place >= first) + (place >= len(WHOLE) - 1)
    assert part.rows == RECORDS[:n_whole]
    assert part.problems
