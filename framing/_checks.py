"""Builders of error messages: where, what is wrong, what exists, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from numbers import Integral, Real

import pandas as pd


def listing(names: Iterable[object], *, most: int = 12) -> str:
    """Return names quoted and joined, at most so many of them."""
    every = [repr(name) for name in names]
    if len(every) > most:
        return ", ".join(every[:most]) + f", … ({len(every):,} in all)"
    return ", ".join(every) if every else "none"


def close_match(value: object, names: Iterable[object], *, cutoff: float = 0.65) -> str:
    """Return " Did you mean 'x'?" for the nearest of the names, or nothing where none is near."""
    text = str(value).lower()
    # For several words only names of several words are meant, for a pattern none.
    names = [] if "*" in text else [name for name in names if (" " in str(name)) >= (" " in text)]
    by_lower = {str(name).lower(): name for name in reversed(names)}
    close = difflib.get_close_matches(text, by_lower, n=1, cutoff=cutoff)
    return f" Did you mean {str(by_lower[close[0]])!r}?" if close else ""


def not_one_of(where: str, name: str, value: object, options: Iterable[object]) -> str:
    """Return the message for a value that is not one of those that exist."""
    options = list(options)
    return (
        f"{where}: {name}={value!r} is not one of {listing(options)}.{close_match(value, options)}"
    )


def check_one_of(where: str, name: str, value: object, options: Iterable[object]) -> None:
    """Raise ValueError where a value is not one of the options."""
    options = list(options)
    if value not in options:
        raise ValueError(not_one_of(where, name, value, options))


def check_by(where: str, frame: pd.DataFrame, by: str | list[str] | None) -> list[str]:
    """Return the columns named in `by` as a list; raise ValueError for one the articles lack."""
    names = [] if by is None else [by] if isinstance(by, str) else list(by)
    for name in names:
        if name not in frame.columns:
            msg = (
                f"{where}: by={name!r} is not a column of the articles. "
                f"They have {listing(frame.columns)}.{close_match(name, frame.columns)}"
            )
            raise ValueError(msg)
    if len(set(names)) < len(names):
        msg = f"{where}: by={names!r} names a column twice. Name each column once."
        raise ValueError(msg)
    return names


def check_unit(where: str, frame: pd.DataFrame, unit: str, *, join: str = "") -> None:
    """Raise ValueError where `unit` is no column of the articles, or an article has no value.

    `join` is the method, if any, with which the caller adds a column.
    """
    if unit not in frame.columns:
        msg = (
            f"{where}: unit={unit!r} is not a column of the articles. "
            f"They have {listing(frame.columns)}.{close_match(unit, frame.columns)}"
        )
        msg += f" Columns of another table are added with {join}." if join else ""
        raise ValueError(msg)
    missing = int(frame[unit].isna().sum())
    if missing:
        msg = (
            f"{where}: {missing:,} of {len(frame):,} articles have no value of unit={unit!r}. "
            "Give each of them one, for example its doc_id."
        )
        raise ValueError(msg)


def check_seed(where: str, seed: object) -> None:
    """Raise TypeError where a seed is not an int of 0 or more."""
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        msg = f"{where}: seed={seed!r} is not a whole number of 0 or more. Pass for example seed=1."
        raise TypeError(msg)


def check_at_least(
    where: str, name: str, value: float, least: float, *, whole: bool = True
) -> None:
    """Raise an error for what is no number, no whole one where asked for, or below the least."""
    kind, what = (Integral, "a whole number") if whole else (Real, "a number")
    if isinstance(value, bool) or not isinstance(value, kind):
        msg = f"{where}: {name}={value!r} is not {what}. Pass {least!r} or more."
        raise TypeError(msg)
    if not value >= least:
        msg = f"{where}: {name}={value!r} is below {least!r}. Pass {least!r} or more."
        raise ValueError(msg)
