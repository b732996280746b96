"""Dates as newspapers, exports and spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from framing.readers.record import (
    DATE_WITHOUT_DAY,
    IMPOSSIBLE_DATE,
    UNCLEAR_DATE,
    UNREADABLE_DATE,
)

FIRST_YEAR = 1600
ORDERS = ("dmy", "mdy")

# In English, German, French and Spanish, without accents.
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janner janvier janv enero ene",
            "february feb februar feber fevrier fevr fev febrero",
            "march mar marz maerz mrz mars marzo",
            "april apr avril avr abril abr",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet juil julio",
            "august aug aout agosto ago",
            "september sep sept septembre septiembre setiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez decembre diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# Hours ahead of UTC. Names that stand for several zones follow their use in English news.
ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7,
}  # fmt: skip

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_TIME = (
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?:\s*Uhr\b)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\b\.?)?\s*\(?(?P<zone>[A-Z]{1,5}\b|[+-]\d{2}:?\d{2})?\)?"
)
_AFTER = rf"(?:(?:[T\s,|]|(?:at|um|a|a las)\b|-\s)*{_TIME})?"
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)" + _AFTER
)
_NUMBERS = re.compile(
    r"(?P<first>\d{1,2})(?P<sign>[-/]|\.\s?)(?P<then>\d{1,2})(?:[-/]|\.\s?)"
    r"(?P<year>\d{4}|\d{2})(?!\d)" + _AFTER
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?P<zone>Z)?)?"
)
_DAY_NAME = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?[\s.-]*(?:(?:of|de)\s+)?(?P<name>{_MONTH})\b\.?"
    rf"[\s,-]*(?:del?\s+)?(?P<year>\d{{4}})\b{_AFTER}",
    re.IGNORECASE,
)
_NAME_DAY = re.compile(
    rf"\b(?P<name>{_MONTH})\b\.?[\s-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,.-]+(?P<year>\d{{4}})\b"
    + _AFTER,
    re.IGNORECASE,
)
# As spreadsheets and databases write it: 2-Sep-16.
_SHORT_YEAR = re.compile(
    rf"(?P<day>\d{{1,2}})(?P<sign>[\s/-])(?P<name>{_MONTH})\.?(?P=sign)(?P<year>\d{{2}})(?!\d){_AFTER}",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(
    rf"(?P<name>{_MONTH})\b\.?[\s,]*(?:del?\s+)?(?P<year>\d{{4}})", re.IGNORECASE
)
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})")
_YEAR_ONLY = re.compile(r"\d{4}")
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13})(?:\.\d+)?")
_NAMED_SPAN = 120


def parse_dates(
    values: pd.Series, order: str | None = None, *, now: datetime | None = None
) -> tuple[pd.Series, np.ndarray]:
    """Return the dates in UTC without a zone, and what was wrong with each.

    Parameters
    ----------
    values
        Strings or dates; missing where there is none.
    order
        `dmy` or `mdy` for dates such as 3/4/2017; None to learn it from the other values. With
        dots, as in 3.4.2017, the day stands first unless another such value says otherwise.
    now
        The moment after which a date lies in the future, in UTC.

    Returns
    -------
    dates : Series
        Moments at second resolution; missing where there was none or it could not be used.
    wrong : array of object
        For each value one of the phrases for dates, or "" where nothing was wrong.
    """
    now = now or datetime.now(UTC)
    latest = np.datetime64((now + timedelta(days=1)).replace(tzinfo=None), "s")
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        found = pd.to_datetime(values, utc=True).dt.tz_localize(None)
        moments = found.to_numpy("datetime64[s]")
        wrong = np.full(len(values), "", dtype=object)
    else:
        codes, uniques = pd.factorize(values)
        parsed, reasons = _parse_unique([str(value) for value in uniques], order)
        # The last place stands for the missing ones, whose code is -1.
        moments = np.append(parsed, np.datetime64("NaT", "s"))[codes]
        wrong = np.append(reasons, "")[codes]
    out = (moments < np.datetime64(f"{FIRST_YEAR}-01-01", "s")) | (moments > latest)
    wrong[out] = IMPOSSIBLE_DATE
    moments[out] = np.datetime64("NaT", "s")
    return pd.Series(moments, index=values.index), wrong


def _parse_unique(texts: list[str], order: str | None) -> tuple[np.ndarray, np.ndarray]:
    """Return moments and reasons for strings that each occur once."""
    moments = np.full(len(texts), np.datetime64("NaT", "s"))
    reasons = np.full(len(texts), "", dtype=object)
    texts = [" ".join(text.split()) for text in texts]
    iso = np.array([_ISO.fullmatch(text) is not None for text in texts], dtype=bool)
    if iso.any():
        strings = [text for text, is_iso in zip(texts, iso, strict=True) if is_iso]
        found = pd.to_datetime(pd.Series(strings), format="ISO8601", utc=True, errors="coerce")
        moments[iso] = found.dt.tz_localize(None).to_numpy("datetime64[s]")
        reasons[iso & np.isnat(moments)] = IMPOSSIBLE_DATE
    left = np.flatnonzero(~iso)
    epochs = not iso.any() and all(_is_epoch(texts[i]) for i in left)
    pairs: dict[int, re.Match[str]] = {}
    for i in left:
        if epochs:
            moments[i] = _from_epoch(texts[i])
            continue
        numbers = _NUMBERS.fullmatch(texts[i])
        if numbers:
            pairs[int(i)] = numbers
            continue
        moments[i], reasons[i] = _parse_one(texts[i])
    day_first = _day_first(list(pairs.values()), order)
    dotted = [match for match in pairs.values() if _has_dots(match)]
    dots_day_first = _day_first(dotted, order, usual=True)
    for place, match in pairs.items():
        first = dots_day_first if _has_dots(match) else day_first
        moments[place], reasons[place] = _from_pair(match, first)
    return moments, reasons


def _parse_one(text: str) -> tuple[np.datetime64, str]:
    """Return the moment that one string names, or the reason why it names none."""
    for pattern in (_YEAR_FIRST, _COMPACT):
        match = pattern.fullmatch(text)
        if match:
            return _moment(match, int(match["month"]), int(match["day"]))
    head = _without_accents(text[:_NAMED_SPAN])
    match = _DAY_NAME.search(head) or _NAME_DAY.search(head) or _SHORT_YEAR.fullmatch(head)
    if match:
        return _moment(match, MONTHS[match["name"].lower()], int(match["day"]))
    match = _MONTH_ONLY.fullmatch(_without_accents(text))
    if match:
        moment, reason = _moment(match, MONTHS[match["name"].lower()], 1)
        return moment, reason or DATE_WITHOUT_DAY
    match = _YEAR_MONTH.fullmatch(text)
    if match:
        moment, reason = _moment(match, int(match["month"]), 1)
        return moment, reason or DATE_WITHOUT_DAY
    reason = DATE_WITHOUT_DAY if _YEAR_ONLY.fullmatch(text) else UNREADABLE_DATE
    return np.datetime64("NaT", "s"), reason


def _moment(match: re.Match[str], month: int, day: int) -> tuple[np.datetime64, str]:
    """Return the moment for the groups of a match, or the reason why there is no such day."""
    groups = match.groupdict()
    year = int(groups["year"])
    if len(groups["year"]) == 2:
        year += 2000 if year <= datetime.now(UTC).year % 100 + 1 else 1900
    hour = int(groups.get("hour") or 0)
    half = (groups.get("half") or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        moment = np.datetime64(
            datetime(  # noqa: DTZ001 - the zone, where one is named, is subtracted below
                year,
                month,
                day,
                hour,
                int(groups.get("minute") or 0),
                min(int(groups.get("second") or 0), 59),
            ),
            "s",
        )
    except ValueError:
        return np.datetime64("NaT", "s"), IMPOSSIBLE_DATE
    return moment - _offset(groups.get("zone")), ""


def _offset(zone: str | None) -> np.timedelta64:
    """Return how far a zone is ahead of UTC; nothing where the zone is unknown."""
    if not zone:
        return np.timedelta64(0, "s")
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        return np.timedelta64((-1 if zone[0] == "-" else 1) * minutes * 60, "s")
    return np.timedelta64(ZONES.get(zone.upper(), 0) * 3600, "s")


def _without_accents(text: str) -> str:
    """Return a text in ASCII, with `März` as `Marz` and a space for what has no such form."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text)
    bare = (sign for sign in letters if not unicodedata.combining(sign))
    return "".join(sign if sign.isascii() else " " for sign in bare)


def _has_dots(match: re.Match[str]) -> bool:
    return match["sign"].startswith(".")


def _day_first(
    pairs: list[re.Match[str]], order: str | None, *, usual: bool | None = None
) -> bool | None:
    """Return whether the day stands first; `usual` where nothing tells, None for contradiction."""
    if order is not None:
        return order == "dmy"
    day_first = any(int(pair["first"]) > 12 for pair in pairs)
    month_first = any(int(pair["then"]) > 12 for pair in pairs)
    if not day_first and not month_first:
        return usual
    return None if day_first and month_first else day_first


def _from_pair(match: re.Match[str], day_first: bool | None) -> tuple[np.datetime64, str]:  # noqa: FBT001
    """Return the moment of 3/4/2017, whose order the other values of the file decide."""
    first, then = int(match["first"]), int(match["then"])
    if first > 12 >= then:
        day_first = True
    elif then > 12 >= first:
        day_first = False
    elif first == then:
        day_first = True
    if day_first is None:
        return np.datetime64("NaT", "s"), UNCLEAR_DATE
    return _moment(match, then if day_first else first, first if day_first else then)


def _is_epoch(text: str) -> bool:
    """Return whether a number can be seconds or milliseconds since 1970, from 1990 on."""
    match = _EPOCH.fullmatch(text)
    return bool(match) and 631_152_000 <= _seconds(text) < 10_000_000_000


def _seconds(text: str) -> int:
    whole = text.split(".", maxsplit=1)[0]
    return int(whole) // 1000 if len(whole) > 10 else int(whole)


def _from_epoch(text: str) -> np.datetime64:
    return np.datetime64(_seconds(text), "s")
