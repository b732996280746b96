"""Dates: every form counted by hand, and what is said about those that cannot be used."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.readers.dates import parse_dates
from framing.readers.record import (
    DATE_WITHOUT_DAY,
    IMPOSSIBLE_DATE,
    UNCLEAR_DATE,
    UNREADABLE_DATE,
)

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def parsed(values: list[object], order: str | None = None) -> tuple[list[str | None], list[str]]:
    """Dates as strings, missing ones as None, and what was wrong."""
    dates, wrong = parse_dates(pd.Series(values, dtype="str"), order, now=NOW)
    assert dates.dtype == "datetime64[s]"
    return [None if pd.isna(date) else str(date) for date in dates], wrong.tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017-02-07", "2017-02-07 00:00:00"),
        ("2017-02-07T21:30:00", "2017-02-07 21:30:00"),
        ("2017-02-07 21:30", "2017-02-07 21:30:00"),
        ("2017-02-07T23:30:00-05:00", "2017-02-08 04:30:00"),
        ("2017-02-07T23:30:00.250Z", "2017-02-07 23:30:00"),
        ("2017/2/7", "2017-02-07 00:00:00"),
        ("          2016/12/30 7:11", "2016-12-30 07:11:00"),
        ("2016.12.30", "2016-12-30 00:00:00"),
        ("20170207", "2017-02-07 00:00:00"),
        ("20170207T071500Z", "2017-02-07 07:15:00"),
        ("20170207071500", "2017-02-07 07:15:00"),
        ("29 December 2011", "2011-12-29 00:00:00"),
        ("29th of December, 2011", "2011-12-29 00:00:00"),
        ("December 29, 2011", "2011-12-29 00:00:00"),
        ("Dec. 29, 2011", "2011-12-29 00:00:00"),
        ("Thursday, December 29, 2011 3:05 PM", "2011-12-29 15:05:00"),
        ("Dec 29, 2011 12:10 a.m.", "2011-12-29 00:10:00"),
        ("Dec 29, 2011 at 4:00 pm EST", "2011-12-29 21:00:00"),
        ("29-Dec-2011", "2011-12-29 00:00:00"),
        ("2-Sep-16", "2016-09-02 00:00:00"),
        ("02-SEP-99 10:30", "1999-09-02 10:30:00"),
        ("2 Sept 16", "2016-09-02 00:00:00"),
        ("Sept. 2, 2016", "2016-09-02 00:00:00"),
        ("Fri, 02 Sep 2016 10:00:00 GMT", "2016-09-02 10:00:00"),
        ("Fri, 02 Sep 2016 10:00:00 +0300", "2016-09-02 07:00:00"),
        ("Published: 2 September 2016", "2016-09-02 00:00:00"),
        ("29/12/2011", "2011-12-29 00:00:00"),
        ("12/29/2011 18:30", "2011-12-29 18:30:00"),
        ("29.12.11", "2011-12-29 00:00:00"),
        ("03/03/2017", "2017-03-03 00:00:00"),
        ("01.05.2019", "2019-05-01 00:00:00"),
        ("3. 5. 2019, 12:30 Uhr", "2019-05-03 12:30:00"),
        ("5.13.2019", "2019-05-13 00:00:00"),
        ("3. März 2019", "2019-03-03 00:00:00"),
        ("3. Ma\N{COMBINING DIAERESIS}rz 2019", "2019-03-03 00:00:00"),
        ("Mi., 1. Mai 2019 um 07:15 Uhr", "2019-05-01 07:15:00"),
        ("12. Okt. 2016", "2016-10-12 00:00:00"),
        ("1. Jänner 2017", "2017-01-01 00:00:00"),
        ("1er août 2016", "2016-08-01 00:00:00"),
        ("jeudi 2 févr. 2017 à 18h05", "2017-02-02 18:05:00"),
        ("3 de marzo de 2019", "2019-03-03 00:00:00"),
        ("12 dic 2016", "2016-12-12 00:00:00"),
        ("4 de septiembre del 2016", "2016-09-04 00:00:00"),
        ("1472810400", "2016-09-02 10:00:00"),
        ("1472810400000", "2016-09-02 10:00:00"),
    ],
)
def test_a_date_is_read(text: str, expected: str) -> None:
    assert parsed([text]) == ([expected], [""])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0001-01-01", IMPOSSIBLE_DATE),
        ("2050-01-01", IMPOSSIBLE_DATE),
        ("2026-06-03", IMPOSSIBLE_DATE),
        ("1599-12-31", IMPOSSIBLE_DATE),
        ("2017-02-30", IMPOSSIBLE_DATE),
        ("2017/13/45", IMPOSSIBLE_DATE),
        ("31 February 2017", IMPOSSIBLE_DATE),
        ("29/29/2011", IMPOSSIBLE_DATE),
        ("2017", DATE_WITHOUT_DAY),
        ("yesterday", UNREADABLE_DATE),
        ("12345", UNREADABLE_DATE),
        ("3/4/2017", UNCLEAR_DATE),
    ],
)
def test_a_date_that_cannot_be_used_is_missing_and_says_why(text: str, reason: str) -> None:
    assert parsed([text]) == ([None], [reason])


def test_tomorrow_somewhere_on_earth_is_no_future() -> None:
    assert parsed(["2026-06-01T23:00:00"])[1] == [""]


def test_a_month_without_a_day_is_its_first_day_and_is_recorded() -> None:
    assert parsed(["December 2011", "2011-11"]) == (
        ["2011-12-01 00:00:00", "2011-11-01 00:00:00"],
        [DATE_WITHOUT_DAY, DATE_WITHOUT_DAY],
    )


def test_missing_dates_stay_missing_without_a_word() -> None:
    assert parsed([np.nan, "2017-02-07"]) == ([None, "2017-02-07 00:00:00"], ["", ""])


def test_other_rows_decide_between_day_and_month() -> None:
    assert parsed(["3/4/2017", "25/4/2017"])[0] == ["2017-04-03 00:00:00", "2017-04-25 00:00:00"]
    assert parsed(["3/4/2017", "4/25/2017"])[0] == ["2017-03-04 00:00:00", "2017-04-25 00:00:00"]


def test_rows_that_contradict_each_other_decide_nothing() -> None:
    dates, wrong = parsed(["3/4/2017", "25/4/2017", "4/25/2017"])
    assert dates == [None, "2017-04-25 00:00:00", "2017-04-25 00:00:00"]
    assert wrong == [UNCLEAR_DATE, "", ""]


def test_dots_have_the_day_first_whatever_dates_with_slashes_have() -> None:
    assert parsed(["3.4.2017", "4/25/2017", "3/4/2017"])[0] == [
        "2017-04-03 00:00:00",
        "2017-04-25 00:00:00",
        "2017-03-04 00:00:00",
    ]
    assert parsed(["3.4.2017", "4.25.2017"])[0][0] == "2017-03-04 00:00:00"
    assert parsed(["3.4.2017"], "mdy")[0] == ["2017-03-04 00:00:00"]
    assert parsed(["3.4.2017", "4.25.2017", "25.4.2017"])[1] == [UNCLEAR_DATE, "", ""]


MONTHS = {
    "German": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "German, short": "Jan. Feb. Mär. Apr. Mai Jun. Jul. Aug. Sep. Okt. Nov. Dez.",
    "French": "janvier février mars avril mai juin juillet août septembre octobre novembre "
    "décembre",
    "French, short": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "Spanish": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "Spanish, short": "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic.",
}


@pytest.mark.parametrize("language", MONTHS)
def test_months_are_known_in_other_languages(language: str) -> None:
    names = MONTHS[language].split()
    expected = [f"2016-{month:02}-05 00:00:00" for month in range(1, 13)]
    assert parsed([f"5 {name} 2016" for name in names])[0] == expected
    assert parsed([f"5. {name.upper()} 2016" for name in names])[0] == expected
    firsts = [f"2016-{month:02}-01 00:00:00" for month in range(1, 13)]
    assert parsed([f"{name} 2016" for name in names]) == (firsts, [DATE_WITHOUT_DAY] * 12)


def test_letters_that_only_resemble_a_month_break_nothing() -> None:
    assert parsed(["5 auguſt 2016", "5 apr\N{LATIN SMALL LETTER DOTLESS I}l 2016"])[1][1] == (
        UNREADABLE_DATE
    )


def test_the_order_that_is_passed_decides_only_what_is_open() -> None:
    assert parsed(["3/4/2017", "25/4/2017"], "mdy")[0] == [
        "2017-03-04 00:00:00",
        "2017-04-25 00:00:00",
    ]
    assert parsed(["3/4/2017"], "dmy")[0] == ["2017-04-03 00:00:00"]


def test_numbers_are_moments_only_where_all_are() -> None:
    assert parsed(["1472810400", "yesterday"])[1] == [UNREADABLE_DATE, UNREADABLE_DATE]


def test_typed_dates_keep_their_moment_in_utc() -> None:
    values = pd.Series(pd.to_datetime(["2017-02-07T23:30:00-05:00", None], utc=True))
    dates, wrong = parse_dates(values.dt.tz_convert("America/New_York"), now=NOW)
    assert str(dates.iloc[0]) == "2017-02-08 04:30:00"
    assert pd.isna(dates.iloc[1])
    assert wrong.tolist() == ["", ""]


@given(st.datetimes(datetime(1600, 1, 1), datetime(2026, 5, 31)))  # noqa: DTZ001 - no zone meant
def test_every_way_to_write_a_day_names_the_same_day(moment: datetime) -> None:
    day, name = moment.day, moment.strftime("%B")
    forms = [
        f"{moment.year:04d}-{moment.month:02d}-{day:02d}",
        f"{moment.year:04d}/{moment.month}/{day}",
        f"{day} {name} {moment.year:04d}",
        f"{name} {day}, {moment.year:04d}",
        f"{name[:3]}. {day}, {moment.year:04d}",
    ]
    dates, wrong = parsed([*forms])
    assert set(wrong) == {""}
    assert {str(date)[:10] for date in dates} == {forms[0]}


@given(st.lists(st.text(max_size=30), max_size=5))
def test_no_string_breaks_the_parser(texts: list[str]) -> None:
    dates, wrong = parse_dates(pd.Series(texts, dtype="str"), now=NOW)
    assert len(dates) == len(wrong) == len(texts)
    assert all(bool(reason) or pd.notna(date) for date, reason in zip(dates, wrong, strict=True))
