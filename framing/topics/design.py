"""Columns of the articles as numbers of a regression: what an R-style formula means here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import close_match, listing

_Floats = npt.NDArray[np.float64]


def design(
    where: str, articles: pd.DataFrame, formula: str | Sequence[str], *, name: str
) -> tuple[_Floats, list[str]]:
    """Return the columns of a formula as numbers, without the intercept, and their names.

    A column of text is coded against its first value in alphabetical order, a date as days since
    the first one. `name` is that of the argument, for messages.
    """
    _, matrix = matrix_of(where, articles, formula, name=name)
    table = pd.DataFrame(matrix).drop(columns="Intercept", errors="ignore")
    return table.to_numpy(dtype=np.float64), [str(column) for column in table.columns]


def matrix_of(
    where: str, articles: pd.DataFrame, formula: str | Sequence[str], *, name: str
) -> tuple[pd.DataFrame, Any]:
    """Return the columns that a formula uses, and its matrix as formulaic has it."""
    from formulaic import Formula, model_matrix
    from formulaic.errors import FormulaicError

    text = formula if isinstance(formula, str) else " + ".join(f"`{one}`" for one in formula)
    try:
        parsed = Formula(text)
        # formulaic overlooks the columns in calls with options, such as bs(date, df=4).
        said = {one for one in re.findall(r"[^\W\d]\w*", text) if one in articles.columns}
        used = sorted(said | {str(one) for one in parsed.required_variables})
    except (FormulaicError, SyntaxError) as error:
        msg = (
            f"{where}: {name}={formula!r} is not a formula. "
            "Name columns of the articles, for example 'source * days'."
        )
        raise ValueError(msg) from error
    if not used:
        msg = f"{where}: {name}={formula!r} names no column of the articles. Pass 'source'."
        raise ValueError(msg)
    frame = pd.DataFrame({one: whole_column(where, articles, one, name=name) for one in used})
    try:
        matrix = model_matrix(parsed, frame, na_action="raise")
    except (FormulaicError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        msg = (
            f"{where}: {name}={formula!r} cannot be computed from the articles "
            f"({type(error).__name__}). Name columns of the articles, for example 'source * days'."
        )
        raise ValueError(msg) from error
    return frame, matrix


def whole_column(where: str, articles: pd.DataFrame, column: str, *, name: str) -> pd.Series[Any]:
    """Return a column as numbers or texts, dates as days; raise ValueError where one is missing."""
    if column not in articles.columns:
        msg = (
            f"{where}: {name} needs the column {column!r}, which the articles lack. "
            f"They have {listing(articles.columns)}.{close_match(column, articles.columns)}"
        )
        raise ValueError(msg)
    values = articles[column]
    missing = int(values.isna().sum())
    if missing:
        msg = (
            f"{where}: {name} needs the column {column!r}, which is missing in {missing:,} of "
            f"{len(values):,} articles. Leave them out: corpus.where(corpus.articles[{column!r}]"
            ".notna())."
        )
        raise ValueError(msg)
    values = values.reset_index(drop=True)
    if pd.api.types.is_datetime64_any_dtype(values):
        days: pd.Series[Any] = (values - values.min()) / pd.Timedelta(days=1)
        return days
    if pd.api.types.is_bool_dtype(values) or pd.api.types.is_numeric_dtype(values):
        return values.astype(np.float64)
    return values.astype("str").astype(object)
