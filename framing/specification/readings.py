"""What an analysis returned under each combination of choices, as rows of a table."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from framing._checks import listing
from framing.specification.steps import Failed, Steps

_PHRASES = {"difference": "difference in {}", "ratio": "ratio of {}"}


def run(steps: Steps, runs: list[dict[str, str]], estimate: str) -> list[dict[str, Any] | Failed]:
    """Return the reading of each combination."""
    from tqdm.auto import tqdm

    found: list[dict[str, Any] | Failed] = []
    for labels in tqdm(runs, "specifications", delay=1, leave=False):
        result = steps.results(labels)
        found.append(result if isinstance(result, Failed) else _reading(result, estimate))
    return found


def _reading(result: Any, name: str) -> dict[str, Any] | Failed:
    """Return estimate, interval, p and measure from what an analysis returned."""
    if isinstance(result, Real):
        result = {name: result}
    if isinstance(result, pd.DataFrame):
        if len(result) != 1:
            msg = f"the analysis returned a table of {len(result):,} rows; it must be one"
            return Failed(ValueError(msg))
        result = result.iloc[0]
    if not isinstance(result, Mapping | pd.Series) or name not in result:
        has = listing(result.keys()) if isinstance(result, Mapping | pd.Series) else "no columns"
        msg = f"the analysis returned {type(result).__name__} with {has}; it must have {name!r}"
        return Failed(ValueError(msg))
    low: Any
    high: Any
    low, high = (result.get(f"{name}_{end}", result.get(end, np.nan)) for end in ("low", "high"))
    # The p of a comparison is that of its contrast, not of the group's own rate.
    is_rate = name == "estimate" and "difference" in result
    try:
        numbers = [float(result[name]), float(low), float(high)]
        p = np.nan if is_rate or "p" not in result else float(result["p"])
    except (TypeError, ValueError) as error:
        return Failed(error)
    if not np.isfinite(numbers[0]):
        why = ", because the rate of the reference is 0" if np.isposinf(numbers[0]) else ""
        return Failed(ValueError(f"the {name} is {numbers[0]}{why if name == 'ratio' else ''}"))
    measure = _PHRASES.get(name, "{}").format(result["measure"]) if "measure" in result else name
    ends = dict(zip(("estimate", "low", "high"), numbers, strict=True))
    return {**ends, "p": p, "measure": measure}


def null_of(estimate: str, null: float | None) -> float:
    """Return the estimate that means no effect."""
    return float(null) if null is not None else 1.0 if estimate == "ratio" else 0.0


def _errors(found: Sequence[object]) -> Iterator[Exception]:
    return (one.error for one in found if isinstance(one, Failed))


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def first_error(found: Sequence[object]) -> str:
    """Return the first error in words."""
    return f"The first error: {_said(next(_errors(found)))}"


def check_failures(where: str, found: Sequence[object]) -> None:
    """Raise where all combinations failed, warn where some did."""
    errors = list(_errors(found))
    if len(errors) == len(found):
        msg = f"{where}: all {len(found):,} combinations failed. {first_error(found)}"
        raise ValueError(msg) from errors[0]
    if errors:
        msg = (
            f"{where}: {len(errors):,} of {len(found):,} combinations failed; see the column "
            f"'error'. {first_error(found)}"
        )
        warnings.warn(msg, UserWarning, stacklevel=3)


def as_table(runs: list[dict[str, str]], found: Sequence[Any], null: float) -> pd.DataFrame:
    """Return one row a combination with its labels and its reading."""
    empty = {"estimate": np.nan, "low": np.nan, "high": np.nan, "p": np.nan, "measure": None}
    readings = pd.DataFrame([empty if isinstance(one, Failed) else one for one in found])
    labels = pd.DataFrame(runs, dtype="str")
    errors = [_said(one.error) if isinstance(one, Failed) else None for one in found]
    table = labels.join(readings).assign(null=null, error=pd.Series(errors, dtype="str"))
    known = table["low"].notna() & table["high"].notna()
    side = np.select([table["low"] > null, table["high"] < null], ["above", "below"], "across")
    table["interval"] = pd.Series(side, dtype="str").where(known)
    return table.astype({"measure": "str"})
