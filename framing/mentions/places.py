"""From a table of mentions back to a corpus: which article, and which tokens."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_one_of
from framing.corpus import Corpus
from framing.schema import TABLES

_Ints = npt.NDArray[np.int64]

ITEMS = ("actor", "country", "kind", "sense")
"""The columns of mentions that can be counted."""


def rows_of(where: str, mentions: pd.DataFrame, corpus: Corpus) -> tuple[pd.DataFrame, _Ints]:
    """Return the mentions in articles of the corpus, and the row of each one's article.

    Mentions in other articles fall away: the corpus may be a part of the one they were found in.
    """
    TABLES["mentions"].check(where, mentions)
    if corpus.origin is not None:
        msg = (
            f"{where}: the corpus holds contexts of mentions, not whole articles. "
            "Pass the corpus that the mentions were found in."
        )
        raise ValueError(msg)
    keys = pd.Index(corpus.articles["doc_id"])
    row = keys.get_indexer(pd.Index(mentions["doc_id"])).astype(np.int64)
    mentions, row = mentions.loc[row >= 0].reset_index(drop=True), row[row >= 0]
    if (mentions["stop"].to_numpy() > np.diff(corpus.offsets)[row]).any():
        msg = (
            f"{where}: some mentions stand behind the end of their article, so they were found "
            "in another corpus. Pass that corpus, or find them again with find_mentions()."
        )
        raise ValueError(msg)
    return mentions, row


def item_codes(where: str, mentions: pd.DataFrame, items: str) -> tuple[_Ints, pd.Index[str]]:
    """Return the number of each mention's item, -1 for none, and the items in order."""
    check_one_of(where, "items", items, ITEMS)
    codes, names = pd.factorize(mentions[items], sort=True)
    return codes.astype(np.int64), pd.Index(names, dtype="str")
