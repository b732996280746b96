"""A corpus without what its sources print around their news."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_one_of, listing
from framing.boilerplate.find import refuse_contexts
from framing.boilerplate.reading import (
    KINDS,
    Bools,
    Heads,
    Reading,
    Spans,
    Tails,
    all_capital,
    cover,
    find_all,
    read,
)
from framing.corpus import GAP, LEFT_OUT, Corpus, check_corpus
from framing.schema import BOILERPLATE
from framing.words import normalise

ANYWHERE = 5
"""Passages of so many words are taken out wherever they stand, shorter ones only as sentences."""


def without(corpus: Corpus, sequences: pd.DataFrame | Sequence[str]) -> Corpus:
    """Take boilerplate out of a corpus: gaps stand in its place.

    Nothing counts there, and no window or collocation reaches across. Articles, order, sentences
    and vocabulary stay as they are, so `kwic` still shows the words that stood there.

    Parameters
    ----------
    corpus
        The corpus, with or without stop words and rare terms.
    sequences
        The table of `boilerplate`, or those of its rows that you agree with: each is taken out of
        the articles of its source alone. Openings and closings go only where they open or close
        an article, behind or before nothing but other furniture, openings with the up to three
        words before them; names only where they are written with capitals; passages of five words
        or more wherever they stand, shorter ones only as a sentence of their own. Or a list of
        texts, such as `["share this page"]`, which are taken out
        of all articles, inside sentences.

    Returns
    -------
    Corpus
        The same rows; `settings["without"]` tells what was taken out, so that its `fingerprint`
        differs. `without(corpus.where(mask), table)` is `without(corpus, table).where(mask)`.

    Raises
    ------
    ValueError
        Where the table lacks a column or has another kind in `what`, the corpus lacks the column
        of the sources or is made of contexts, or a text of a list has a word that the corpus
        lacks.
    TypeError
        Where `corpus` is not one.

    See Also
    --------
    framing.boilerplate : Finds the sequences.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> texts = ["Talks failed. Share this page.", "Prices rose. Share this page."]
    >>> articles = pd.DataFrame({"doc_id": ["a", "b"], "text": texts})
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> left = fr.without(corpus, ["share this page"])
    >>> left
    Corpus(2 articles, 4 tokens)
    >>> fr.kwic(left, "failed")["right"].tolist()
    ['. Share this page.']
    """
    check_corpus("without", corpus)
    refuse_contexts("without", corpus)
    reading = read(corpus)
    if isinstance(sequences, pd.DataFrame):
        by, rows = _checked(sequences, corpus)
        removed = _furniture(reading, _values(corpus.articles[by]), rows)
    else:
        whole = not (corpus.codes == LEFT_OUT).any()
        by, rows = None, _phrases(reading, sequences, whole=whole)
        removed = cover(find_all(reading, _coded(reading, rows)), len(reading.codes))
    codes = corpus.codes.copy()
    codes[removed] = GAP
    said = json.dumps(sorted(rows.astype(str).to_numpy().tolist()))
    about = {
        "by": by,
        "n_sequences": len(rows),
        "digest": hashlib.sha256(said.encode()).hexdigest()[:16],
    }
    done = [*corpus.settings.get("without", []), about]
    return replace(corpus, codes=codes, settings={**corpus.settings, "without": done})


def _values(column: pd.Series[Any]) -> npt.NDArray[np.object_]:
    """Return a column as text, None where it is missing."""
    texts: npt.NDArray[np.object_] = column.astype(str).astype(object).to_numpy(copy=True)
    texts[column.isna().to_numpy()] = None
    return texts


def _checked(table: pd.DataFrame, corpus: Corpus) -> tuple[str, pd.DataFrame]:
    """Return the column of the sources, and the rows without repeats: group, what, sequence."""
    BOILERPLATE.check("without", table)
    known = {column.name for column in BOILERPLATE.columns}
    names = [name for name in table.columns if name not in known]
    missing = [name for name in names if name not in corpus.articles.columns]
    if len(names) != 1 or missing:
        msg = (
            f"without: the table is divided by {listing(names)}, which is not one column of the "
            f"articles. They have {listing(corpus.articles.columns)}. "
            "Pass the table of boilerplate() with the column that it was made by."
        )
        raise ValueError(msg)
    for what in table["what"].unique():
        check_one_of("without", "what", what, KINDS)
    rows = pd.DataFrame(
        {
            "group": _values(table[names[0]]),
            "what": table["what"].to_numpy(),
            "sequence": table["sequence"].to_numpy(),
        }
    )
    return names[0], rows.drop_duplicates(ignore_index=True)


def _phrases(reading: Reading, texts: Sequence[str], *, whole: bool) -> pd.DataFrame:
    """Return a list of texts as rows; raise ValueError for one that the corpus cannot hold."""
    texts = [texts] if isinstance(texts, str) else list(texts)
    terms = [" ".join(normalise(form) for form in str(text).split()) for text in texts]
    for text, sequence in zip(texts, terms, strict=True):
        absent = [term for term in sequence.split() if not reading.coded(term)]
        if whole and (absent or not sequence):
            msg = (
                f"without: {text!r} is not in the corpus, which has no {listing(absent)}. "
                "Pass words as the corpus has them, without full stops and commas."
            )
            raise ValueError(msg)
    return pd.DataFrame({"sequence": pd.array(terms, dtype="str")}).drop_duplicates()


def _coded(reading: Reading, rows: pd.DataFrame) -> list[tuple[int, ...]]:
    """Return the distinct sequences that the corpus can hold."""
    coded = (reading.coded(sequence) for sequence in rows["sequence"].unique())
    return sorted({codes for codes in coded if codes})


def _furniture(reading: Reading, values: npt.NDArray[np.object_], rows: pd.DataFrame) -> Bools:
    """Return the places that the rows of a table take out."""
    sequences = _coded(reading, rows)
    names = pd.Index(rows["group"].unique())
    spans = find_all(reading, sequences)
    pairs = (
        spans.number * len(names) + names.get_indexer(pd.Index(values))[reading.row[spans.start]]
    )
    place = {codes: number for number, codes in enumerate(sequences)}

    def of(what: str) -> Spans:
        some = rows[rows["what"] == what]
        coded = [reading.coded(sequence) for sequence in some["sequence"]]
        groups = names.get_indexer(pd.Index(some["group"])).tolist()
        wanted = [
            place[codes] * len(names) + group
            for codes, group in zip(coded, groups, strict=True)
            if codes
        ]
        known = names.get_indexer(pd.Index(values))[reading.row[spans.start]] >= 0
        return spans.where(known & np.isin(pairs, np.array(wanted, dtype=np.int64)))

    own, passages = of("self-name"), of("passage")
    own = own.where(all_capital(reading, own))
    whole = reading.begins[passages.start] & reading.begins[passages.stop]
    passages = passages.where(whole | (passages.stop - passages.start >= ANYWHERE))
    n_places = len(reading.codes)
    removed = cover(own, n_places) | cover(passages, n_places)
    heads, tails = Heads(reading, removed), Tails(reading, removed)
    heads.peel(of("opening"))
    tails.peel(of("closing"))
    taken: Bools = (heads.removed | tails.removed) & (reading.codes != GAP)
    return taken
