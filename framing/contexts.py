"""The words around mentions, as a corpus of their own."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least
from framing.corpus import GAP, Corpus
from framing.mentions.find import runs_of
from framing.mentions.places import item_codes, rows_of
from framing.words import LOWER

_Ints = npt.NDArray[np.int64]


def contexts(
    corpus: Corpus,
    mentions: pd.DataFrame,
    *,
    items: str = "actor",
    window: int = 10,
    own_words: bool = False,
) -> Corpus:
    """Cut out the words around mentions: a corpus with one row an article and item.

    What works on articles works on it: `term_frequency(near, by=["actor", "source"])`, `keyness`,
    `collocates`, `dispersion`, `fit_topics`, `kwic`. It holds what is written near a name, which
    is not always about who bears it.

    Parameters
    ----------
    corpus
        The corpus in which the mentions were found, or a part of it by `where`.
    mentions
        The table of `find_mentions`, or some rows of it. Mentions in articles that the corpus
        lacks are left out.
    items
        The column of mentions that makes the rows: `"actor"`, `"country"`, `"kind"` or
        `"sense"`. Mentions without a country are left out.
    window
        Tokens to each side, 1 or more. Windows reach across sentences, but not from title to text
        or past another gap. Words that were left out take their place. Windows of one item that
        overlap or touch are merged, so that no token counts twice in a row; between pieces stands
        a gap.
    own_words
        Whether the words of the mentions of that item count too; otherwise they are gaps.

    Returns
    -------
    Corpus
        One row an article and item that it names, in the order of the articles, then by item.
        `articles` has the columns of the articles and the column `items`; `doc_id` stays the
        article's, so it may stand there several times. The vocabulary is that of `corpus`.

    Raises
    ------
    ValueError
        Where `window` is below 1, `items` is no such column, no mention is left, the articles
        have a column of the name `items`, or the mentions were found in another corpus.
    TypeError
        Where mentions is not a table.

    See Also
    --------
    framing.sentence_contexts : Whole sentences instead.
    framing.find_mentions : Makes the mentions.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> text = "Yesterday the brutal Assad spoke. Much later in Moscow the calm Putin spoke."
    >>> articles = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> mentions = fr.find_mentions(corpus, fr.load_ledger())
    >>> near = fr.contexts(corpus, mentions[mentions["kind"] == "person"], window=2)
    >>> fr.term_frequency(near, by="actor")[["actor", "term", "count"]]
                 actor    term  count
    0  Bashar al-Assad   spoke      1
    1  Bashar al-Assad     the      1
    2  Bashar al-Assad  brutal      1
    3  Bashar al-Assad    much      1
    4   Vladimir Putin   spoke      1
    5   Vladimir Putin     the      1
    6   Vladimir Putin    calm      1
    """
    check_at_least("contexts", "window", window, 1)
    row, start, stop, item, names = _places("contexts", corpus, mentions, items)
    gaps = np.flatnonzero(corpus.codes == GAP)
    borders = np.concatenate([[-1], gaps, [len(corpus.codes)]])
    # A phrase that was joined over a gap does not exist, so no mention holds one.
    gap_before = borders[np.searchsorted(gaps, start)] + 1
    gap_after = borders[np.searchsorted(gaps, start) + 1]
    first = np.maximum(np.maximum(start - window, gap_before), corpus.offsets[row])
    last = np.minimum(np.minimum(stop + window, gap_after), corpus.offsets[row + 1])
    about = {"items": items, "window": window, "own_words": own_words}
    return _cut(corpus, _Pieces(row, item, first, last, start, stop), names, about=about)


def sentence_contexts(
    corpus: Corpus,
    mentions: pd.DataFrame,
    *,
    items: str = "actor",
    own_words: bool = False,
) -> Corpus:
    """Cut out the sentences that hold mentions: a corpus with one row an article and item.

    Parameters
    ----------
    corpus
        The corpus in which the mentions were found, or a part of it by `where`.
    mentions
        The table of `find_mentions`, or some rows of it. Mentions in articles that the corpus
        lacks are left out.
    items
        The column of mentions that makes the rows, as in `contexts`.
    own_words
        Whether the words of the mentions of that item count too; otherwise they are gaps.

    Returns
    -------
    Corpus
        As `contexts` returns it. Each sentence counts once; a gap stands between sentences that
        do not follow each other.

    Raises
    ------
    ValueError
        Where `items` is no such column, no mention is left, the articles have a column of the
        name `items`, or the mentions were found in another corpus.
    TypeError
        Where mentions is not a table.

    See Also
    --------
    framing.contexts : Windows instead.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> text = "Assad spoke. Nobody listened. Then Putin thanked Assad."
    >>> articles = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> mentions = fr.find_mentions(corpus, fr.load_ledger())
    >>> near = fr.sentence_contexts(corpus, mentions)
    >>> near.articles["actor"].tolist(), fr.document_term_matrix(near).sum(axis=1).tolist()
    (['Bashar al-Assad', 'Vladimir Putin'], [4, 3])
    """
    row, start, stop, item, names = _places("sentence_contexts", corpus, mentions, items)
    sentence = np.searchsorted(corpus.sentences, start, side="right") - 1
    borders = np.append(corpus.sentences, len(corpus.codes))
    first = corpus.sentences[sentence]
    last = np.minimum(borders[sentence + 1], corpus.offsets[row + 1])
    last = last - (corpus.codes[last - 1] == GAP)
    about = {"items": items, "window": "sentence", "own_words": own_words}
    return _cut(corpus, _Pieces(row, item, first, last, start, stop), names, about=about)


def _places(
    where: str, corpus: Corpus, mentions: pd.DataFrame, items: str
) -> tuple[_Ints, _Ints, _Ints, _Ints, pd.Index[str]]:
    """Return article, start, stop and item of each mention, and the names of the items."""
    mentions, row = rows_of(where, mentions, corpus)
    item, names = item_codes(where, mentions, items)
    if items in corpus.articles.columns:
        msg = (
            f"{where}: items={items!r} is also a column of the articles. "
            "Rename it in the articles before build_corpus()."
        )
        raise ValueError(msg)
    kept = item >= 0
    if not kept.any():
        msg = (
            f"{where}: no mention with {items!r} is in the articles of the corpus "
            f"({len(mentions):,} mentions, {len(corpus):,} articles). "
            "Look at mentions.head(), and pass the corpus that they were found in."
        )
        raise ValueError(msg)
    offset = corpus.offsets[row[kept]]
    start = offset + mentions["start"].to_numpy()[kept]
    stop = offset + mentions["stop"].to_numpy()[kept]
    return row[kept], start, stop, item[kept], names


@dataclass(frozen=True)
class _Pieces:
    """Pieces of articles around mentions, one for each mention, in the order of the articles.

    Attributes
    ----------
    row, item : array of int64
        The article, and the number of the item.
    first, last : array of int64
        First place of the piece in the corpus, and the place after its last.
    start, stop : array of int64
        The same of the mention.
    """

    row: _Ints
    item: _Ints
    first: _Ints
    last: _Ints
    start: _Ints
    stop: _Ints

    def between(self, low: int, high: int) -> _Pieces:
        """Return the pieces of some articles."""
        part = slice(*np.searchsorted(self.row, [low, high]).tolist())
        return _Pieces(*(getattr(self, field.name)[part] for field in fields(self)))


@dataclass(frozen=True)
class _Part:
    """Rows of the new corpus: key and size of each, and their tokens."""

    keys: _Ints
    sizes: _Ints
    codes: npt.NDArray[np.int32]
    shapes: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.bool_]
    origin: npt.NDArray[np.int32]


def _cut(
    corpus: Corpus, pieces: _Pieces, names: pd.Index[str], *, about: dict[str, object]
) -> Corpus:
    """Return the pieces as a corpus, made from a run of articles at a time."""
    order = np.argsort(pieces.row, kind="stable")
    pieces = _Pieces(*(getattr(pieces, field.name)[order] for field in fields(pieces)))
    parts = [
        _cut_run(corpus, pieces.between(low, high), len(names), own_words=bool(about["own_words"]))
        for low, high in runs_of(corpus)
        if len(pieces.between(low, high).row)
    ]
    keys = np.concatenate([part.keys for part in parts])
    # Texts as Python's objects: then the rows of one article share them.
    shared = pd.StringDtype("python", na_value=np.nan)
    texts = dict.fromkeys(corpus.settings["fields"], shared)
    articles = corpus.articles.astype(texts).take(keys // len(names)).reset_index(drop=True)
    articles[str(about["items"])] = names.array.take(keys % len(names))
    return Corpus(
        articles,
        np.concatenate([part.codes for part in parts]),
        np.concatenate([[0], np.cumsum(np.concatenate([part.sizes for part in parts]))]),
        np.flatnonzero(np.concatenate([part.starts for part in parts])),
        np.concatenate([part.shapes for part in parts]),
        corpus.vocabulary,
        {**corpus.settings, "contexts": about},
        np.concatenate([part.origin for part in parts]),
    )


def _cut_run(corpus: Corpus, pieces: _Pieces, n_items: int, *, own_words: bool) -> _Part:
    """Return the rows of the new corpus that some articles make."""
    keys, number = np.unique(pieces.row * n_items + pieces.item, return_inverse=True)
    own = None if own_words else _own_places(number, pieces)
    number, first, last = _merged(number, pieces.first, pieces.last)
    lengths = last - first
    # Behind each piece a place for a gap, but not behind the last of a row.
    sizes = lengths + np.append(number[1:] == number[:-1], False)
    begins = np.cumsum(sizes) - sizes
    piece = np.repeat(np.arange(len(first)), sizes)
    step = np.arange(len(piece)) - begins[piece]
    is_gap = step == lengths[piece]
    place = first[piece] + step - is_gap
    codes = np.where(is_gap, GAP, corpus.codes[place]).astype(np.int32)
    if own is not None:
        n_places = len(corpus.codes) + 1
        holder = np.searchsorted(number * n_places + first, own[0] * n_places + own[1], "right") - 1
        inside = own[1] < last[holder]
        codes[(begins[holder] + own[1] - first[holder])[inside]] = GAP
    sentence, is_start = _sentences_at(corpus, place)
    offset = corpus.offsets[keys // n_items]
    base = np.stack([offset, np.searchsorted(corpus.sentences, offset)], axis=1)
    return _Part(
        keys,
        np.bincount(number, weights=sizes, minlength=len(keys)).astype(np.int64),
        codes,
        np.where(is_gap, LOWER, corpus.shapes[place]).astype(np.uint8),
        (step == 0) | (~is_gap & is_start),
        (np.stack([place, sentence], axis=1) - base[number][piece]).astype(np.int32),
    )


def _sentences_at(corpus: Corpus, place: _Ints) -> tuple[_Ints, npt.NDArray[np.bool_]]:
    """Return the sentence of the corpus that each place is in, and whether it begins there."""
    low, high = int(place.min()), int(place.max()) + 1
    first, last = np.searchsorted(corpus.sentences, [low, high])
    is_start = np.zeros(high - low, dtype=bool)
    is_start[corpus.sentences[first:last] - low] = True
    return (first - 1 + np.cumsum(is_start))[place - low], is_start[place - low]


def _own_places(number: _Ints, pieces: _Pieces) -> tuple[_Ints, _Ints]:
    """Return the words of the mentions: the row of the new corpus and the place of each."""
    length = pieces.stop - pieces.start
    step = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
    return np.repeat(number, length), np.repeat(pieces.start, length) + step


def _merged(number: _Ints, first: _Ints, last: _Ints) -> tuple[_Ints, _Ints, _Ints]:
    """Merge pieces of one row that overlap or touch."""
    order = np.lexsort((last, first, number))
    number, first, last = number[order], first[order], last[order]
    size = int(last.max()) + 1
    reach = np.maximum.accumulate(number * size + last)
    fresh = np.append(True, number[1:] * size + first[1:] > reach[:-1])
    begins = np.flatnonzero(fresh)
    ends = np.append(begins[1:], len(number)) - 1
    return number[begins], first[begins], reach[ends] - number[ends] * size
