"""How much attention goes to whom, and who is named with whom."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_one_of
from framing.corpus import Corpus, group_rows, token_rows
from framing.counts import beside, constant
from framing.mentions.places import item_codes, rows_of
from framing.phrases import split_again

_Ints = npt.NDArray[np.int64]
_Bools = npt.NDArray[np.bool_]

_LEAD = 3
"""Sentences of the text that are its lead."""

_PARTS = ("all", "title", "lead")
_UNITS = ("sentence", "article")
_MEASURES = ("npmi", "log_dice")


def salience(
    mentions: pd.DataFrame,
    corpus: Corpus,
    *,
    by: str | list[str] | None = None,
    items: str = "actor",
) -> pd.DataFrame:
    """Measure how much attention actors or countries get, by source or any other column.

    Two measures: the share of articles that name somebody at all, and mentions per 1,000 tokens.
    Each for whole articles and apart for titles and leads, which most readers see and many see
    alone. Pronouns and bare titles are no mentions, so rates are lower bounds.

    Parameters
    ----------
    mentions
        The table of `find_mentions`, or some rows of it. Mentions in articles that the corpus
        lacks are left out.
    corpus
        The corpus in which they were found, or a part of it by `where`: its articles, also those
        without mentions, are what shares are of.
    by
        Columns of the articles that divide them into groups; None takes all as one group.
    items
        The column of mentions that is counted: `"actor"`, `"country"`, `"kind"` or `"sense"`.
        Mentions without a country are left out.

    Returns
    -------
    DataFrame
        One row a group, part and item, by group, then by part, then the highest share first: the
        columns of `by`, `items`, `item`, `part` (`all`; `title`: the field of that name; `lead`:
        the first three sentences of the last field, mostly `text`), `n_mentions`, `n_tokens` (of
        the part), `per_1000` (mentions per 1,000 tokens), `n_articles` (articles that name it
        there), `n_group_articles` (articles that have such a part with a word), `share`, `ledger`.
        Every item has a row in every group and part, with 0 where it is not named; rates are
        missing where a group has no such part. Empty without mentions.

    Raises
    ------
    ValueError
        Where `by` or `items` is no such column, or the mentions were found in another corpus.
    TypeError
        Where mentions is not a table.

    See Also
    --------
    framing.find_mentions : Makes the mentions.
    framing.co_mentions : Who is named with whom.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> articles = pd.DataFrame(
    ...     {
    ...         "doc_id": ["a", "b"],
    ...         "source": ["X", "Y"],
    ...         "title": ["Putin speaks", "Rain in Spain"],
    ...         "text": ["Putin met Assad.", "It rained on Assad."],
    ...     }
    ... )
    >>> corpus = fr.build_corpus(articles)
    >>> mentions = fr.find_mentions(corpus, fr.load_ledger())
    >>> persons = mentions[mentions["kind"] == "person"]
    >>> table = fr.salience(persons, corpus, by="source")
    >>> table[table["part"] == "title"][["source", "item", "n_mentions", "share"]]
      source             item  n_mentions  share
    2      X   Vladimir Putin           1    1.0
    3      X  Bashar al-Assad           0    0.0
    8      Y  Bashar al-Assad           0    0.0
    9      Y   Vladimir Putin           0    0.0
    """
    groups, group = group_rows("salience", corpus, by)
    mentions, row = rows_of("salience", mentions, corpus)
    ledger = _ledger(mentions)
    item, names = item_codes("salience", mentions, items)
    kept = item >= 0
    row, item = row[kept], item[kept]
    place = corpus.offsets[row] + mentions["start"].to_numpy()[kept]
    counted = corpus.codes >= 0
    token_row = token_rows(corpus)
    tables = []
    for part, inside in article_parts(corpus):
        n_tokens = np.bincount(token_row[counted & inside], minlength=len(corpus))
        has_part = np.bincount(group[n_tokens > 0], minlength=len(groups))
        there = inside[place]
        cell = group[row[there]] * len(names) + item[there]
        pairs = np.unique(row[there] * max(len(names), 1) + item[there])
        pair_cell = group[pairs // max(len(names), 1)] * len(names) + pairs % max(len(names), 1)
        size = len(groups) * len(names)
        tables.append(
            pd.DataFrame(
                {
                    "group_": np.repeat(np.arange(len(groups)), len(names)),
                    "item": np.tile(np.arange(len(names)), len(groups)),
                    "part": np.full(size, _PARTS.index(part)),
                    "n_mentions": np.bincount(cell, minlength=size),
                    "n_tokens": np.repeat(
                        np.bincount(group, weights=n_tokens, minlength=len(groups)), len(names)
                    ).astype(np.int64),
                    "n_articles": np.bincount(pair_cell, minlength=size),
                    "n_group_articles": np.repeat(has_part, len(names)),
                }
            )
        )
    return _salience_table(
        pd.concat(tables, ignore_index=True), groups, names, items=items, ledger=ledger
    )


def _salience_table(
    cells: pd.DataFrame, groups: pd.DataFrame, names: pd.Index[str], *, items: str, ledger: str
) -> pd.DataFrame:
    """Return counts as the table of `salience`."""
    with np.errstate(invalid="ignore"):
        cells["per_1000"] = cells["n_mentions"].to_numpy() / cells["n_tokens"].to_numpy() * 1000
        cells["share"] = cells["n_articles"].to_numpy() / cells["n_group_articles"].to_numpy()
    keys = ["group_", "part", "n_articles", "n_mentions", "item"]
    cells = cells.sort_values(keys, ascending=[True, True, False, False, True], ignore_index=True)
    columns = {
        "items": constant(items, len(cells)),
        "item": names.array.take(cells["item"].to_numpy()),
        "part": pd.array(_PARTS, dtype="str").take(cells["part"].to_numpy()),
        **{
            name: cells[name].array
            for name in (
                "n_mentions", "n_tokens", "per_1000", "n_articles", "n_group_articles", "share",
            )
        },
        "ledger": constant(ledger, len(cells)),
    }  # fmt: skip
    return beside("salience", groups, cells["group_"].to_numpy(), columns)


def _ledger(mentions: pd.DataFrame) -> str:
    """Return the version of the ledger, several of them with a comma between."""
    return ", ".join(sorted(mentions["ledger"].dropna().unique()))


def article_parts(corpus: Corpus) -> Iterator[tuple[str, _Bools]]:
    """Return each part of the articles: its name, and which places of the corpus are in it."""
    yield "all", np.ones(len(corpus.codes), dtype=bool)
    fields = corpus.settings["fields"]
    field = _field_of_place(corpus)
    title = fields.index("title") if "title" in fields and len(fields) > 1 else -2
    yield "title", field == title
    sentence = np.searchsorted(corpus.sentences, np.arange(len(corpus.codes)), side="right")
    row = token_rows(corpus)
    last = field == len(fields) - 1
    # The sentence with which the last field begins, for each article that has one.
    first = np.zeros(len(corpus), dtype=np.int64)
    begins = np.flatnonzero(last)[::-1]
    first[row[begins]] = sentence[begins]
    yield "lead", last & (sentence < first[row] + _LEAD)


def _field_of_place(corpus: Corpus) -> _Ints:
    """Return the number of the field that each place of the corpus is in; -1 for a gap between.

    All fields but the last, mostly short titles, are split into words again to see where they end.
    """
    articles, fields = corpus.articles, corpus.settings["fields"]
    lengths = _field_lengths(corpus, [articles[name] for name in fields[:-1]])
    total = np.diff(corpus.offsets)
    used = np.zeros(len(corpus), dtype=np.int64)
    field = np.full(len(corpus.codes), len(fields) - 1, dtype=np.int64)
    for number in range(len(fields) - 1):
        size = lengths[:, number]
        step = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
        field[np.repeat(corpus.offsets[:-1] + used, size) + step] = number
        gap = (size > 0) & (used + size < total)
        field[(corpus.offsets[:-1] + used + size)[gap]] = -1
        used += size + gap
    return field


def _field_lengths(corpus: Corpus, columns: list[pd.Series[str]]) -> _Ints:
    """Return how many places of the corpus each of some fields of each article takes."""
    if not columns or not len(corpus):
        return np.zeros((len(corpus), len(columns)), dtype=np.int64)
    lists = [column.astype(object).where(column.notna(), "").tolist() for column in columns]
    texts = [text for row in zip(*lists, strict=True) for text in row]
    lengths = split_again(texts, corpus.settings)[1]
    return lengths.reshape(-1, len(columns))


def co_mentions(
    mentions: pd.DataFrame,
    corpus: Corpus,
    *,
    by: str | list[str] | None = None,
    items: str = "actor",
    unit: str = "sentence",
    measure: str = "npmi",
    min_count: int = 5,
) -> pd.DataFrame:
    """Measure which actors or countries are named together.

    Two items are together in a unit, a sentence or an article, that names both. That they are
    named together says nothing of how they stand to each other: read the sentences.

    Parameters
    ----------
    mentions
        The table of `find_mentions`, or some rows of it. Mentions in articles that the corpus
        lacks are left out.
    corpus
        The corpus in which they were found, or a part of it by `where`.
    by
        Columns of the articles that divide them into groups; None takes all as one group.
    items
        The column of mentions: `"actor"`, `"country"`, `"kind"` or `"sense"`.
    unit
        `"sentence"` or `"article"`.
    measure
        `"npmi"`: 1 where one never comes without the other, 0 where they meet as often as by
        chance, below 0 where less often; all units are the base. `"log_dice"`: at most 14, 1 more
        means twice as strong; does not depend on how many units there are.
    min_count
        The least number of units that name both, in the group.

    Returns
    -------
    DataFrame
        One row a group and pair, by group, then the highest score first, then by name: the
        columns of `by`, `items`, `first` (the item of the pair that more units of the group
        name; of equal ones the first by name), `second`, `unit`, `measure`, `score`, `count`
        (units that name both), `n_first`, `n_second` (units that name each), `n_units` (units of
        the group), `n_articles` (articles with such a unit), `ledger`. Empty where no pair meets
        often enough.

    Raises
    ------
    ValueError
        Where `by` or `items` is no such column, `unit` or `measure` is none of these, `min_count`
        is below 1, or the mentions were found in another corpus.
    TypeError
        Where mentions is not a table.

    See Also
    --------
    framing.salience : How often each is named.
    framing.collocates : Which words stand near a word.

    References
    ----------
    Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction.
    Proceedings of GSCL, 31-40.

    Rychlý, P. (2008). A lexicographer-friendly association score. Proceedings of RASLAN, 6-9.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> text = "Putin met Assad. Putin thanked Assad. Putin left. It rained."
    >>> articles = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> mentions = fr.find_mentions(corpus, fr.load_ledger())
    >>> table = fr.co_mentions(mentions, corpus, min_count=1)
    >>> table[["first", "second", "score", "count", "n_first", "n_second", "n_units"]].round(3)
                first           second  score  count  n_first  n_second  n_units
    0  Vladimir Putin  Bashar al-Assad  0.415      2        3         2        4
    """
    check_one_of("co_mentions", "unit", unit, _UNITS)
    check_one_of("co_mentions", "measure", measure, _MEASURES)
    check_at_least("co_mentions", "min_count", min_count, 1)
    groups, group = group_rows("co_mentions", corpus, by)
    mentions, row = rows_of("co_mentions", mentions, corpus)
    ledger = _ledger(mentions)
    item, names = item_codes("co_mentions", mentions, items)
    owner, n_units = _units(corpus, group, len(groups), unit)
    where = row
    if unit == "sentence":
        place = corpus.offsets[row] + mentions["start"].to_numpy()
        where = np.searchsorted(corpus.sentences, place, side="right") - 1
    n_items = max(len(names), 1)
    named = np.unique((where * n_items + item)[item >= 0])
    where, item = named // n_items, named % n_items
    n_named = np.bincount(group[owner[where]] * n_items + item, minlength=len(groups) * n_items)
    pair, n_articles = _pairs(where, item, owner, group, n_items=n_items)
    cells, count = np.unique(pair, return_counts=True)
    kept = count >= min_count
    cells, count, n_articles = cells[kept], count[kept], n_articles[kept]
    cell_group, both = cells // n_items**2, cells % n_items**2
    one, two = both // n_items, both % n_items
    n_one, n_two = n_named[cell_group * n_items + one], n_named[cell_group * n_items + two]
    swap = n_two > n_one
    one, two = np.where(swap, two, one), np.where(swap, one, two)
    n_first, n_second = np.maximum(n_one, n_two), np.minimum(n_one, n_two)
    score = _score(measure, count, first=n_first, second=n_second, n_units=n_units[cell_group])
    order = np.lexsort((two, one, -score, cell_group))
    columns = {
        "items": constant(items, len(order)),
        "first": names.array.take(one[order]),
        "second": names.array.take(two[order]),
        "unit": constant(unit, len(order)),
        "measure": constant(measure, len(order)),
        "score": score[order],
        "count": count[order],
        "n_first": n_first[order],
        "n_second": n_second[order],
        "n_units": n_units[cell_group][order],
        "n_articles": n_articles[order],
        "ledger": constant(ledger, len(order)),
    }
    return beside("co_mentions", groups, cell_group[order], columns)


def _units(corpus: Corpus, group: _Ints, n_groups: int, unit: str) -> tuple[_Ints, _Ints]:
    """Return the article of each unit, and the number of units in each group."""
    owner = np.arange(len(corpus))
    if unit == "sentence":
        owner = np.searchsorted(corpus.offsets, corpus.sentences, side="right") - 1
    return owner, np.bincount(group[owner], minlength=n_groups)


def _pairs(
    where: _Ints, item: _Ints, owner: _Ints, group: _Ints, *, n_items: int
) -> tuple[_Ints, _Ints]:
    """Return group and pair of each meeting as one number, and for each distinct one its articles.

    The items of a unit stand side by side in order; each meets all that follow it there.
    """
    sizes = np.bincount(where, minlength=len(owner))
    left = np.cumsum(sizes)[where] - np.arange(len(where)) - 1
    first = np.repeat(np.arange(len(where)), left)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(left) - left, left)
    article = owner[where[first]]
    pair = group[article] * n_items**2 + item[first] * n_items + item[second]
    n_articles = np.unique(
        np.unique(np.stack([pair, article]), axis=1)[0], return_counts=True
    )[1] if len(pair) else np.empty(0, np.int64)  # fmt: skip
    return pair, n_articles


def _score(
    measure: str, both: _Ints, *, first: _Ints, second: _Ints, n_units: _Ints
) -> npt.NDArray[np.float64]:
    """Return the strength of pairs; npmi is 1 where both are in every unit."""
    if measure == "log_dice":
        dice: npt.NDArray[np.float64] = 14 + np.log2(2 * both / (first + second))
        return dice
    with np.errstate(invalid="ignore", divide="ignore"):
        score = np.log(both * n_units / (first * second)) / -np.log(both / n_units)
    return np.where(both == n_units, 1.0, score)
