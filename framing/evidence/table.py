"""The table of sentences behind the rows of a result."""

from __future__ import annotations

import warnings
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from framing._checks import check_at_least, check_seed, listing
from framing.attrition import Step
from framing.corpus import Corpus, check_corpus
from framing.evidence.choose import drawn_by_chance, most_typical, typicality
from framing.evidence.places import Finder, Found
from framing.evidence.requests import Request, requests_of
from framing.evidence.texts import Sentence, sentences_of
from framing.schema import EVIDENCE
from framing.topics import TopicModel


def evidence(
    rows: pd.DataFrame | pd.Series[Any],
    corpus: Corpus,
    *,
    n: int = 5,
    mentions: pd.DataFrame | None = None,
    model: TopicModel | None = None,
    stories: pd.DataFrame | None = None,
    steps: Mapping[str, Step] | None = None,
    seed: int,
) -> pd.DataFrame:
    """List the sentences behind rows of a result: typical ones, and some drawn by chance.

    The typical ones show at a glance what a number is about; they are alike by construction. Only
    the random ones can be counted or coded: they stand for all `n_sentences`. Show both in a
    notebook with `show_evidence`.

    Parameters
    ----------
    rows
        One row or some rows of a result, such as `table.iloc[0]` or `table.head(3)`. What a row is
        about: its `item` of `items`; with `model=` its `topic`; a `node` and the `term` in its
        window; `first` and `second` together; its `term`; its `actor`, `country`, `kind` or
        `sense`; its `story` or `event`; the `sequence` of a boilerplate; the `step` of an
        attrition, that is, what it left out. Its other columns that the articles have too, such as
        `source`, choose the articles, as does the `period` of a trend. A row with a `target` has
        sentences of both sides. The same item of the same articles is listed once.
    corpus
        The corpus that the result was made from, also contexts or one `without` boilerplate.
    n
        Sentences of each kind for each row and side, 1 or more.
    mentions
        The table of `find_mentions`, for actors, countries and pairs of them.
    model
        The topic model, for topics.
    stories
        A table with `doc_id` and `story` or `event`, for stories, where the articles lack that
        column.
    steps
        The mapping that `attrition` was given, for rows of its table; the corpus must be made from
        the articles of its first step, or of the one before.
    seed
        Start of the random numbers, 0 or more. Each row is drawn from it anew.

    Returns
    -------
    DataFrame
        One row a sentence: `row` (number of the row asked about), `items`, `item`, `group` (the
        articles, in words), `chosen` (`typical` or `random`), `rank`, `doc_id`, `source`, `date`,
        `sentence` (number in the article, from 0), `text` (original characters), `marks` (where
        the item stands in it, as `0:4 10:12`), `typicality` (0 … 1), `n_sentences` (how many there
        are in all), `seed`. A sentence can be typical and drawn as well.

    Raises
    ------
    ValueError
        Where rows name no item, have a column that divides the articles and that the corpus lacks,
        or need mentions, a model or stories that were not passed; where `n` is below 1.
    TypeError
        Where `rows` is no table or row of one, or `corpus` is no corpus.

    Warns
    -----
    UserWarning
        Where a row has no sentence.

    See Also
    --------
    framing.show_evidence : The same to read, with the marks.
    framing.kwic : Every place of a word.

    Notes
    -----
    The sentences of a term, actor or country are those in which it stands; of a collocate, those
    in which it stands in the window; of a topic, those whose words come from it more than from any
    other; of a story or event, the one with which each of its articles begins; of a step of an
    attrition, that of each article it left out (what a file's `problems` left out was not read, and
    has none). Typicality is the
    cosine of a sentence's tf-idf vector, without the item's own words, with the mean of the
    vectors of all its sentences, each of length 1; idf is ln(articles / articles with the term).
    For a topic each word counts by its probability of coming from that topic. Of several sentences
    with the same words only the first is listed as typical.

    References
    ----------
    Radev, D. R., Jing, H., Styś, M., & Tam, D. (2004). Centroid-based summarization of multiple
    documents. Information Processing & Management, 40(6), 919-938.
    https://doi.org/10.1016/j.ipm.2003.10.006

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> texts = ["The war goes on. It rained.", "Talks on the war failed. Then war came."]
    >>> articles = pd.DataFrame({"doc_id": ["a", "b"], "source": ["X", "Y"], "text": texts})
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> rows = fr.term_frequency(corpus, by="source", terms="war")
    >>> found = fr.evidence(rows, corpus, n=1, seed=1)
    >>> found.loc[found["chosen"] == "typical", ["group", "text", "marks", "n_sentences"]]
           group                      text  marks  n_sentences
    0  source: X          The war goes on.    4:7            1
    2  source: Y  Talks on the war failed.  13:16            2
    """
    check_corpus("evidence", corpus)
    check_at_least("evidence", "n", n, 1)
    check_seed("evidence", seed)
    table = _as_table(rows)
    requests = requests_of(table, corpus, has_model=model is not None)
    finder = Finder(corpus, mentions, model, stories, steps)
    found = [(request, finder.find(request)) for request in requests]
    _warn_of_none(table, found)
    parts, chosen = [], []
    for request, one in found:
        if not one.n_sentences:
            continue
        scores = typicality(finder, one)
        about: dict[str, Any] = {
            "row": request.rows[0],
            "items": request.items,
            "item": _name(request.item, request.items, model),
            "group": request.group,
            "n_sentences": one.n_sentences,
            "seed": seed,
        }
        for name, numbers in (
            ("typical", most_typical(finder, one, scores, n)),
            ("random", drawn_by_chance(one, n, seed)),
        ):
            rank = np.arange(1, len(numbers) + 1)
            parts.append(
                pd.DataFrame({"rank": rank, "typicality": scores[numbers]}).assign(
                    chosen=name, **about
                )
            )
            chosen.append((one, numbers))
    return _table(corpus, sentences_of(finder, chosen), parts)


def _as_table(rows: object) -> pd.DataFrame:
    """Return rows of a result as a table."""
    if isinstance(rows, pd.Series):
        return rows.to_frame().T.infer_objects()
    if isinstance(rows, pd.DataFrame):
        return rows
    msg = (
        f"evidence: rows is {type(rows).__name__}, not a row or table. "
        "Pass rows of a result, for example table.head(3) or table.iloc[0]."
    )
    raise TypeError(msg)


def _warn_of_none(table: pd.DataFrame, found: list[tuple[Request, Found]]) -> None:
    """Warn of rows without a sentence on either side."""
    some = {row for request, one in found if one.n_sentences for row in request.rows}
    none = sorted({row for request, _ in found for row in request.rows} - some)
    if none:
        msg = (
            f"evidence: {len(none):,} of {len(table):,} rows have no sentence in the corpus "
            f"(rows {listing(none, most=5)})."
        )
        warnings.warn(msg, UserWarning, stacklevel=3)


def _name(item: Hashable, items: str, model: TopicModel | None) -> str:
    """Return how an item is called."""
    if items == "topic" and model is not None and isinstance(item, int):
        return f"{item} {model.labels[item]}"
    if items == "collocate" and isinstance(item, tuple):
        return f"{item[0]} + {item[2]}"
    return " + ".join(map(str, item)) if isinstance(item, tuple) else str(item)


def _table(
    corpus: Corpus, sentences: list[list[Sentence]], parts: list[pd.DataFrame]
) -> pd.DataFrame:
    """Return all sentences as a table of the kinds that are documented."""
    every = [one for some in sentences for one in some]
    articles = corpus.articles.take([one.row for one in every]).reset_index(drop=True)
    none = pd.Series([None] * len(every))
    columns = {
        "doc_id": articles["doc_id"],
        "source": articles.get("source", none.astype("str")),
        "date": articles.get("date", none.astype("datetime64[s]")),
        "sentence": [one.number for one in every],
        "text": [one.text for one in every],
        "marks": [one.marks for one in every],
    }
    names = [column.name for column in EVIDENCE.columns]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=names)
    kinds = {"str": "str", "int": "int64", "float": "float64"}
    dtypes = {one.name: kinds[one.kind] for one in EVIDENCE.columns if one.kind in kinds}
    return table.assign(**columns)[names].astype(dtypes)
