"""Which strings became whom: the table to read before believing a count of mentions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_by
from framing.corpus import Corpus
from framing.counts import beside
from framing.mentions.find import runs_of, whole_corpus
from framing.mentions.places import rows_of
from framing.mentions.stream import read_characters
from framing.schema import TABLES

_Ints = npt.NDArray[np.int64]

_STRING = ["surface", "actor", "kind", "country", "alias_kind", "sense"]


def mention_audit(
    mentions: pd.DataFrame,
    corpus: Corpus,
    *,
    by: str | list[str] | None = None,
    n_examples: int = 2,
) -> pd.DataFrame:
    """List which strings became whom, how often, with sentences to judge by.

    Read the first two hundred rows, and all of an actor that a claim rests on. What is wrong is
    mended in the ledger: a row of kind `veto`, or a word in `not_before` or `requires`.

    Parameters
    ----------
    mentions
        The table of `find_mentions`, or some rows of it.
    corpus
        The corpus in which they were found.
    by
        Columns of the articles, for example `"source"`, to count each group by itself.
    n_examples
        Sentences to show of each string, from different articles spread evenly over those that
        have it; 0 or more.

    Returns
    -------
    DataFrame
        One row a string, actor and sense (and group), by group, then the most frequent first:
        the columns of `by`, `surface`, `actor`, `kind`, `country`, `alias_kind`, `sense`,
        `count` (mentions), `n_articles`, `rules` (the values of `how`, most frequent first),
        `examples` (sentences as written, the mention in brackets, apart by `" / "`). Empty without
        mentions.

    Raises
    ------
    ValueError
        Where `by` is not a column, `n_examples` is below 0, or the mentions were found in another
        corpus.
    TypeError
        Where mentions is not a table.

    See Also
    --------
    framing.find_mentions : Makes the mentions.
    framing.kwic : All places of a word.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> texts = ["Moscow agreed.", "They met in Moscow. Moscow denied it."]
    >>> articles = pd.DataFrame({"doc_id": ["a", "b"], "text": texts})
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> mentions = fr.find_mentions(corpus, fr.load_ledger())
    >>> audit = fr.mention_audit(mentions, corpus, n_examples=1)
    >>> audit[["surface", "sense", "count", "n_articles", "examples"]]
      surface       sense  count  n_articles               examples
    0  Moscow  government      2           2       [Moscow] agreed.
    1  Moscow       place      1           1  They met in [Moscow].
    """
    check_at_least("mention_audit", "n_examples", n_examples, 0)
    TABLES["mentions"].check("mention_audit", mentions)
    names = check_by("mention_audit", corpus.articles, by)
    mentions, row = rows_of("mention_audit", mentions, corpus)
    frame = corpus.articles[names].take(row).reset_index(drop=True)
    groups = frame.groupby(names, dropna=False, sort=True, observed=True) if names else None
    group = np.zeros(len(row), np.int64) if groups is None else groups.ngroup().to_numpy()
    keyed = mentions[_STRING].assign(group_=group)
    strings = keyed.groupby(["group_", *_STRING], dropna=False, sort=True)
    number = np.asarray(strings.ngroup(), dtype=np.int64)
    n_strings = int(number.max(initial=-1)) + 1
    count = np.bincount(number, minlength=n_strings)
    pairs = np.unique(number * max(len(corpus), 1) + row) // max(len(corpus), 1)
    first = np.unique(number, return_index=True)[1]
    shown = keyed.take(first)
    order = np.lexsort((np.arange(n_strings), -count, shown["group_"].to_numpy()))
    chosen = _chosen(row, number, n_strings, n_examples)
    sentences = pd.Series(_sentences(mentions, row, corpus, chosen), dtype="str")
    examples = sentences.groupby(number[chosen]).agg(" / ".join).reindex(range(n_strings))
    columns = {name: shown[name].array.take(order) for name in _STRING} | {
        "count": count[order],
        "n_articles": np.bincount(pairs, minlength=n_strings)[order],
        "rules": pd.array(_rules(mentions["how"], number, n_strings), dtype="str").take(order),
        "examples": examples.fillna("").array.take(order),
    }
    return beside("mention_audit", frame.take(first[order]).reset_index(drop=True),
                  np.arange(n_strings), columns)  # fmt: skip


def _rules(how: pd.Series[str], number: _Ints, n_strings: int) -> list[str]:
    """Return the rules by which each string was decided, the most frequent first."""
    table = pd.DataFrame({"number": number, "how": how.array})
    counts = table.groupby(["number", "how"], sort=True).size().reset_index(name="n")
    counts = counts.sort_values(["number", "n", "how"], ascending=[True, False, True])
    rules: list[list[str]] = [[] for _ in range(n_strings)]
    for string, name in zip(counts["number"].tolist(), counts["how"].tolist(), strict=True):
        rules[string].append(name)
    return ["; ".join(names) for names in rules]


def _chosen(row: _Ints, number: _Ints, n_strings: int, n_examples: int) -> _Ints:
    """Return mentions of each string, from articles spread evenly over those that have it."""
    order = np.lexsort((np.arange(len(row)), row, number))
    fresh = (np.diff(number[order]) != 0) | (np.diff(row[order]) != 0)
    order = order[np.append(True, fresh)[: len(order)]]
    sizes = np.bincount(number[order], minlength=n_strings)
    starts = np.cumsum(sizes) - sizes
    wanted = np.minimum(sizes, n_examples)
    string = np.repeat(np.arange(n_strings), wanted)
    step = np.arange(len(string)) - (np.cumsum(wanted) - wanted)[string]
    chosen: _Ints = order[starts[string] + step * sizes[string] // wanted[string]]
    return chosen


def _sentences(mentions: pd.DataFrame, row: _Ints, corpus: Corpus, chosen: _Ints) -> list[str]:
    """Return the sentences of some mentions as they were written, the mention in brackets."""
    whole, place = whole_corpus(corpus)
    heads = np.unique(place, return_index=True)[1] if place is not None else None
    start = corpus.offsets[row[chosen]] + mentions["start"].to_numpy()[chosen]
    stop = corpus.offsets[row[chosen]] + mentions["stop"].to_numpy()[chosen]
    if heads is not None:
        start, stop = heads[start], np.append(heads, len(whole.codes))[stop]
    sentence = np.searchsorted(whole.sentences, start, side="right") - 1
    first = whole.sentences[sentence]
    borders = np.append(whole.sentences, len(whole.codes))
    last = np.minimum(borders[sentence + 1], whole.offsets[row[chosen] + 1])
    found = [""] * len(chosen)
    for low, high in runs_of(whole):
        here = np.flatnonzero((row[chosen] >= low) & (row[chosen] < high))
        if not len(here):
            continue
        characters, base = read_characters(whole, low, high), whole.offsets[low]
        for number in here.tolist():
            ends = (first[number], start[number], stop[number], last[number])
            found[number] = characters.quoted(*(int(end - base) for end in ends))
    return found
