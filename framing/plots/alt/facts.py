"""What the text of every chart has: what is drawn, its two ends, and how much it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from framing.plots.panel import groups_of, number, several
from framing.plots.style import named
from framing.schema import Table

LONGEST = 400
"""Characters of a text."""

NAME, LABEL = 60, 36
"""Characters of a list of names in it, and of the label of a topic."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Facts:
    """What there is to say of a chart.

    Attributes
    ----------
    kind : str
        What kind of chart it is.
    what : str
        What it shows, as the end of a sentence that begins with its kind and `of`.
    points : DataFrame
        What is drawn: columns `name`, `value`, and where there are any `low`, `high` (the ends of
        the interval) and `beside` (what the value rests on). Empty where values have no common
        unit.
    show : function
        Writes a value.
    ends : tuple of str
        What the largest and the smallest value are called.
    more : str
        A last sentence, without its full stop.
    level : float or None
        Level of the intervals; None where the table does not tell.
    """

    kind: str
    what: str
    points: pd.DataFrame
    show: Callable[[float], str] = number
    ends: tuple[str, str] = ("highest", "lowest")
    more: str = ""
    level: float | None = None

    def sentences(self) -> list[str]:
        """Return two or three sentences, the most important first."""
        said = [f"{self.kind} of {self.what}", self._extremes(), self.more]
        return [f"{_capital(one)}." for one in said if one]

    def _extremes(self) -> str:
        """Return the largest and the smallest value, with interval and what they rest on."""
        values = self.points["value"].to_numpy(dtype=float)
        known = self.points[np.isfinite(values)]
        if known.empty:
            return ""
        value = known["value"].astype(float)
        top, low = known[value == value.max()], known[value == value.min()]
        if len(known) == 1 or value.max() == value.min():
            what = "the only value" if len(known) == 1 else "all values"
            return f"{what}: {self._point(top)}"
        return f"{self.ends[0]}: {self._point(top)}; {self.ends[1]}: {self._point(low)}"

    def _point(self, rows: pd.DataFrame) -> str:
        """Return one value with its name; of rows that share it, how many they are."""
        row = rows.iloc[0]
        more = f" and {len(rows) - 1:,} more" if len(rows) > 1 else ""
        text = f"{cut(row['name'], 80)}{more}, {self.show(float(row['value']))}"
        beside = []
        if (
            not more
            and {"low", "high"} <= set(rows.columns)
            and pd.notna([row["low"], row["high"]]).all()
        ):
            name = "interval" if self.level is None else f"{number(self.level * 100)} % interval"
            beside.append(
                f"{name} {self.show(float(row['low']))} to {self.show(float(row['high']))}"
            )
        if not more and "beside" in rows.columns and row["beside"]:
            beside.append(str(row["beside"]))
        return f"{text} ({', '.join(beside)})" if beside else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def cut(text: str, most: int = NAME) -> str:
    """Return a text that is no longer than so many characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip(' ,')}…"


def plural(noun: str, count: int) -> str:
    """Return a number with its noun."""
    if count != 1:
        noun = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number(count)} {noun}"


def some(names: Iterable[object], noun: str) -> str:
    """Return names as a list where they are few and short, else how many there are."""
    known = list(dict.fromkeys(named(name) for name in names))
    text = " and ".join([", ".join(known[:-1]), known[-1]] if len(known) > 1 else known)
    return text if len(known) <= 4 and len(text) <= NAME else plural(noun, len(known))


def varying(data: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """Return the columns that have several values."""
    return [name for name in columns if name in data.columns and several(data, name)]


def groups_in(table: Table, data: pd.DataFrame) -> list[str]:
    """Return the columns of groups but those of numbers."""
    return [name for name in groups_of(table, data) if not pd.api.types.is_float_dtype(data[name])]


def places(data: pd.DataFrame, columns: Sequence[str], *, word: str = "in") -> str:
    """Return in which groups the rows are: ` in BBC`, ` in 9 sources`, or nothing."""
    said = [some(data[name], name) for name in columns]
    return f" {word} {' by '.join(said)}" if said else ""


def with_groups(
    names: pd.Series, data: pd.DataFrame, columns: Sequence[str], *, item: str = ""
) -> pd.Series:
    """Return names, each with the groups of its row: `aid in BBC`.

    Where all rows are of one `item`, groups alone are enough.
    """
    if not columns:
        return names
    group = data[columns[0]].map(named)
    for column in columns[1:]:
        group = group + ", " + data[column].map(named)
    return group if item and not several(data, item) else names + " in " + group


def spread(sizes: pd.Series, noun: str, *, each: str = "") -> str:
    """Return how large groups are: `30 to 472 articles in each source`."""
    least, most = int(sizes.min()), int(sizes.max())
    text = plural(noun, most) if least == most else f"{number(least)} to {plural(noun, most)}"
    return f"{text} in each {each}" if each else text


def date_name(period: pd.Timestamp, freq: str) -> str:
    """Return the date of a period, as exact as its length."""
    month = f"{MONTHS[period.month - 1]} {period.year}"
    return {"MS": month, "YS": str(period.year)}.get(freq, f"{period.day} {month}")


def period_names(data: pd.DataFrame, freq: str) -> pd.Series:
    """Return how periods are called: `week of 5 Dec 2016`."""
    before = {"W": "week of ", "QS": "quarter from "}.get(freq, "")
    return data["period"].map(lambda period: before + date_name(period, freq))


def from_to(data: pd.DataFrame, freq: str, unit: str) -> str:
    """Return from when to when periods go: `by week from 5 Dec 2016 to 2 Jan 2017`."""
    first, last = (date_name(data["period"].agg(end), freq) for end in ("min", "max"))
    return f"by {unit} from {first} to {last}" if first != last else f"in one {unit}, {first}"


def percent(value: float) -> str:
    """Return a share of 1 in per cent."""
    if 0 < value < 1e-4:
        return "under 0.01 %"
    return f"{number(value * 100)} %"


def topic_names(data: pd.DataFrame, topic: str = "topic", label: str = "label") -> pd.Series:
    """Return how topics are called: their number and label."""
    return (
        "topic "
        + data[topic].astype(str)
        + " ("
        + data[label].map(lambda one: cut(named(one), LABEL))
        + ")"
    )
