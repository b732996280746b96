"""Masks: which articles are chosen."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd


def chosen_rows(where: str, mask: Any, articles: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return one truth value an article; raise where the mask is none, or of other articles.

    `where` names a method, such as `Corpus.where`, and with it what the articles belong to.
    """
    owner = where.partition(".")[0].lower()
    if isinstance(mask, pd.Series) and not mask.index.equals(articles.index):
        msg = (
            f"{where}: the mask's index is not that of {owner}.articles. "
            f"Make the mask from {owner}.articles, or pass mask.to_numpy()."
        )
        raise ValueError(msg)
    try:
        values = pd.array(np.asarray(mask, dtype=object), dtype="boolean")
    except (TypeError, ValueError) as error:
        msg = (
            f"{where}: the mask is {type(mask).__name__}, not one truth value an article. "
            f"Make it from {owner}.articles, for example {owner}.articles['source'] == 'TASS'."
        )
        raise TypeError(msg) from error
    if len(values) != len(articles):
        msg = (
            f"{where}: the mask has {len(values):,} values, the {owner} {len(articles):,} "
            f"articles. Make the mask from {owner}.articles."
        )
        raise ValueError(msg)
    missing = int(values.isna().sum())
    if missing:
        msg = (
            f"{where}: the mask has {missing:,} missing values. "
            "Say what they count as with mask.fillna(False)."
        )
        raise ValueError(msg)
    chosen: npt.NDArray[np.bool_] = values.to_numpy(dtype=bool)
    return chosen
