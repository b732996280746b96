"""What may leave the researcher's hands: tables without text, and a look for what got in anyway."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.bundle.ids import keyed
from framing.corpus import LEFT_OUT, Corpus, build_corpus
from framing.schema import MENTIONS
from framing.schema.text import KEYS, withheld

RUN = 8
"""Words in a row that are text: names and settings are shorter, or stand in no article."""

SHORT = 100
"""Tokens below which counts of words are not given: few words can be put in order."""

CHOSEN = 50
"""Terms at most that somebody has chosen by hand."""

_LEAST_KNOWN = 4
_TITLE = 4
_CHUNK = 1 << 22
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Left:
    """What was left out of a table: a column by its name, or rows; and why."""

    table: str
    column: str
    why: str


@dataclass(frozen=True)
class Rules:
    """What decides on the rows that may be given.

    Attributes
    ----------
    key : str
        What keyed ids are made with.
    common : frozenset of str
        The terms whose counts by article are given.
    hidden : frozenset of str
        Ids of the articles whose counts are not given.
    """

    key: str
    common: frozenset[str]
    hidden: frozenset[str]


def shareable(name: str, table: pd.DataFrame, rules: Rules) -> tuple[pd.DataFrame, list[Left]]:
    """Return a table without its columns of text, its articles under keyed ids; and what is gone.

    `find_mentions`' table becomes counts of mentions by article and actor. Of counts of terms by
    article, and of few words, the rows go that `count_files` would not give either.
    """
    left: list[Left] = []
    if set(MENTIONS.required) <= set(table.columns):
        table, left = _mention_counts(name, table)
    if "term" in table.columns:
        table, gone = _without_small_bags(name, table, rules)
        left += gone
    kept = []
    for at, column in enumerate(table.columns):
        values = table.iloc[:, at]
        why = withheld(str(column), holds_text=_holds_text(values))
        if why is not None:
            left.append(Left(name, str(column), why))
        else:
            kept.append(keyed(values, rules.key) if _is_key(table, at) else values)
    made = pd.concat(kept, axis=1) if kept else pd.DataFrame(index=table.index)
    return made.reset_index(drop=True), left


def _holds_text(values: pd.Series) -> bool:
    """Tell whether a column holds neither numbers nor dates."""
    is_number = pd.api.types.is_numeric_dtype(values)
    return not (is_number or pd.api.types.is_datetime64_any_dtype(values))


def _is_key(table: pd.DataFrame, at: int) -> bool:
    """Tell whether a column holds ids of articles."""
    column = table.columns[at]
    if column == "other" and "doc_id" not in table.columns:
        return False
    return column == "doc_id" or (column in KEYS and _holds_text(table.iloc[:, at]))


def _without_small_bags(
    name: str, table: pd.DataFrame, rules: Rules
) -> tuple[pd.DataFrame, list[Left]]:
    """Return a table of terms without the words of short texts, and without rare ones by article.

    Terms that were chosen by hand, at most fifty, are no text, however short the part they are
    counted in.
    """
    keys = [key for key in KEYS if key in table.columns and _holds_text(table[key])]
    if keys and "node" in table.columns:
        msg = (
            f"bundle: {name} tells which words stand beside which, article by article. "
            "A bundle holds no order of words. Leave it out, or count over all articles."
        )
        raise ValueError(msg)
    gone = np.zeros(len(table), dtype=bool)
    for size in ("n_tokens", "n_window"):
        if size in table.columns and "count" in table.columns:
            gone |= _small_bags(table, size)
    if table["term"].nunique() > CHOSEN:
        rare = ~table["term"].astype(str).isin(list(rules.common)).to_numpy(dtype=bool)
        gone |= rare & (_one_article(table) | bool(keys))
        for key in keys:
            gone |= table[key].astype(str).isin(list(rules.hidden)).to_numpy(dtype=bool)
    if not gone.any():
        return table, []
    why = f"{int(gone.sum()):,} of {len(table):,} rows: rare terms of one article, or few words"
    return table[~gone], [Left(name, "term", why)]


def _small_bags(table: pd.DataFrame, size: str) -> np.ndarray:
    """Tell which rows are words of fewer than 100 tokens, of which the table has half or more."""
    n = table[size].to_numpy(dtype=float, na_value=np.nan)
    small = (n > 0) & (n < SHORT)
    if not small.any():
        return small
    part = table[small]
    texts = [column for column in part.columns if column not in {"term", "measure"}
             and (_holds_text(part[column])
                  or pd.api.types.is_datetime64_any_dtype(part[column]))]  # fmt: skip
    groups = part.groupby([*texts, size], dropna=False, observed=True)
    total = part["count"].where(~part.duplicated([*texts, "term"]), 0)
    share = total.groupby([part[column] for column in [*texts, size]], dropna=False, observed=True)
    filled = share.transform("sum").to_numpy(dtype=float) * 2 >= part[size].to_numpy(dtype=float)
    many = groups["term"].transform("nunique").to_numpy() > 1
    found = small.copy()
    found[small] = filled & many
    return found


def _one_article(table: pd.DataFrame) -> np.ndarray:
    """Tell which rows are of groups of a single article."""
    if "n_group_articles" not in table.columns:
        return np.zeros(len(table), dtype=bool)
    alone: np.ndarray = table["n_group_articles"].to_numpy(dtype=float, na_value=np.nan) == 1
    return alone


def _mention_counts(name: str, mentions: pd.DataFrame) -> tuple[pd.DataFrame, list[Left]]:
    """Return how often each article names each actor, in which field and sense."""
    by = ["doc_id", "field", "actor", "kind", "country", "sense", "ledger"]
    counted = mentions.groupby(by, dropna=False, sort=True, observed=True).size()
    gone = [one for one in mentions.columns if one not in by]
    left = [
        Left(name, str(one), withheld(str(one)) or "mentions are summed over it") for one in gone
    ]
    return counted.rename("n_mentions").reset_index(), left


def texts_of(table: pd.DataFrame) -> set[str]:
    """Return all distinct texts in the cells of a table, and the names of its columns."""
    found = {str(name) for name in table.columns}
    for at in range(table.shape[1]):
        column = table.iloc[:, at]
        if isinstance(column.dtype, pd.CategoricalDtype):
            column = pd.Series(column.cat.categories)
        if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
            continue
        found |= {str(value) for value in column.dropna().drop_duplicates().tolist()}
    return found


def check_no_text(corpus: Corpus, places: Sequence[tuple[str, Iterable[str]]]) -> None:
    """Raise ValueError where a text has eight words in a row from an article, or is its title.

    Parameters
    ----------
    corpus
        The articles.
    places
        Where texts stand, in the words of the message, and the texts.
    """
    long = sorted({text for _, texts in places for text in texts if _n_words(text) >= _TITLE})
    if not long:
        return
    found = dict(zip(long, _is_text(corpus, long), strict=True))
    for where, texts in places:
        bad = [text for text in texts if found.get(text, False)]
        if bad:
            msg = (
                f"bundle: {where} has {len(bad):,} text{'' if len(bad) == 1 else 's'} with "
                f"{RUN} words in a row from an article, or with its title. "
                "A bundle holds no text of articles. Leave that column out, or shorten it."
            )
            raise ValueError(msg)


def _n_words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _is_text(corpus: Corpus, texts: list[str]) -> list[bool]:
    """Tell for each text whether it is a title, or shares a run of words with an article."""
    articles = corpus.articles
    titles = set()
    if "title" in articles.columns:
        titles = {_flat(title) for title in articles["title"].dropna().tolist()}
    hashes, owners = _runs_of(corpus, texts)
    shared = _present(corpus, hashes)
    from_text = set(owners[shared].tolist())
    return [_flat(text) in titles or at in from_text for at, text in enumerate(texts)]


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _runs_of(
    corpus: Corpus, texts: list[str]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Return the runs of words in texts, each as one number, and the text that each stands in."""
    frame = pd.DataFrame({"doc_id": [str(at) for at in range(len(texts))], "text": texts})
    phrases = corpus.settings.get("phrases") or None
    try:
        cells = build_corpus(frame, fields=["text"], phrases=phrases, language=None)
    except ValueError:  # not one word
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    known = corpus.vocabulary.get_indexer(cells.vocabulary)
    codes = np.where(cells.codes >= 0, known[cells.codes], cells.codes)
    codes = np.where((cells.codes >= 0) & (codes < 0), LEFT_OUT, codes).astype(np.int64)
    rows = np.repeat(np.arange(len(texts)), np.diff(cells.offsets))
    if len(codes) < RUN:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    within = rows[: len(rows) - RUN + 1] == rows[RUN - 1 :]
    counted = np.convolve(codes >= 0, np.ones(RUN, dtype=int), mode="valid")
    chosen = within & (counted >= _LEAST_KNOWN)
    return _hashes(codes)[chosen], rows[: len(chosen)][chosen]


def _hashes(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """Return one number for each run of eight codes."""
    n = len(codes) - RUN + 1
    made = np.zeros(max(n, 0), dtype=np.uint64)
    if n <= 0:
        return made
    plain = (codes + 3).astype(np.uint64)
    for at in range(RUN):
        made = made * _FACTOR + plain[at : at + n]
        made ^= made >> np.uint64(29)
    return made


def _present(corpus: Corpus, hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Tell for each run whether it stands in the corpus."""
    wanted = np.unique(hashes)
    found = np.zeros(len(wanted), dtype=bool)
    if not len(wanted):
        return np.zeros(0, dtype=bool)
    for first in range(0, len(corpus.codes), _CHUNK):
        part = corpus.codes[first : first + _CHUNK + RUN - 1].astype(np.int64)
        found |= np.isin(wanted, _hashes(part))
    return found[np.searchsorted(wanted, hashes)]
