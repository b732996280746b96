"""The words that two articles share: `story_pairs`."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import listing
from framing.corpus import Corpus
from framing.mentions.find import whole_corpus
from framing.mentions.stream import read_characters
from framing.schema import TABLES
from framing.stories.groups import check_whole_articles, column_of, order_rows

_Ints = npt.NDArray[np.int64]


def story_pairs(corpus: Corpus, stories: pd.DataFrame) -> pd.DataFrame:
    """List which articles share which words: the evidence for stories.

    Parameters
    ----------
    corpus
        The corpus that the stories were found in.
    stories
        The table of `find_stories`, or some rows of it.

    Returns
    -------
    DataFrame
        One row for each article and its `nearest`, every pair once, the most similar first:
        `story`, `doc_id` (the earlier article) and `other`, source and date of both,
        `similarity`, `containment`, `n_shared`, `n_passage_words` and `passage` (the longest
        passage that both have, in the characters of `doc_id`), `n_words`.

    Raises
    ------
    ValueError
        Where the table lacks a column, or names articles that the corpus lacks.
    TypeError
        Where it is no table, or the corpus is no corpus.

    See Also
    --------
    framing.find_stories : Makes the table.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(200, seed=1))
    >>> pairs = fr.story_pairs(corpus, fr.find_stories(corpus))
    >>> bool((pairs["source"] != pairs["other_source"]).all())
    True
    """
    check_whole_articles("story_pairs", corpus)
    TABLES["stories"].check("story_pairs", stories)
    articles = corpus.articles
    rank = order_rows("story_pairs", articles)
    chosen = stories[stories["nearest"].notna()]
    places = pd.Index(articles["doc_id"])
    a, b = (places.get_indexer(pd.Index(chosen[name])) for name in ("doc_id", "nearest"))
    if (np.minimum(a, b) < 0).any():
        lost = chosen["doc_id"].to_numpy()[np.minimum(a, b) < 0]
        msg = (
            f"story_pairs: the corpus lacks articles of the stories or their nearest ones "
            f"({listing(lost, most=3)}). Pass the corpus that find_stories() was given."
        )
        raise ValueError(msg)
    first = np.where(rank[a] <= rank[b], a, b)
    second = np.where(rank[a] <= rank[b], b, a)
    once = np.unique(first * len(articles) + second, return_index=True)[1]
    similarity = chosen["similarity"].to_numpy()[once]
    once = once[np.lexsort((rank[second[once]], rank[first[once]], -similarity))]
    first, second, chosen = first[once], second[once], chosen.iloc[once]
    n_words = int(chosen["n_words"].iloc[0]) if len(chosen) else 1
    passages = _passages(corpus, first, second, n_words)
    return pd.DataFrame(
        {
            "story": chosen["story"].array,
            "doc_id": articles["doc_id"].array.take(first),
            "other": articles["doc_id"].array.take(second),
            "source": column_of(articles, "source", first, "str"),
            "other_source": column_of(articles, "source", second, "str"),
            "date": column_of(articles, "date", first, "datetime64[s]"),
            "other_date": column_of(articles, "date", second, "datetime64[s]"),
            "similarity": chosen["similarity"].array,
            "containment": chosen["containment"].array,
            "n_shared": chosen["n_shared"].array,
            "n_passage_words": np.array([n for n, _ in passages], dtype=np.int64),
            "passage": pd.array([text for _, text in passages], dtype="str"),
            "n_words": chosen["n_words"].array,
        }
    )


def _passages(corpus: Corpus, first: _Ints, second: _Ints, n_words: int) -> list[tuple[int, str]]:
    """Return the longest passage of each pair: its number of words, and its characters."""
    from tqdm.auto import tqdm

    whole, _ = whole_corpus(corpus)
    found = []
    rows = list(zip(first.tolist(), second.tolist(), strict=True))
    for one, other in tqdm(rows, "passages", delay=1, leave=False):
        codes = [whole.codes[whole.offsets[row] : whole.offsets[row + 1]] for row in (one, other)]
        start, size = longest_passage(codes[0], codes[1], n_words)
        text = ""
        if size:
            text = read_characters(whole, one, one + 1).written(start, start + size - 1)
        found.append((size, " ".join(text.split())))
    return found


def longest_passage(
    one: npt.NDArray[np.int32], other: npt.NDArray[np.int32], n_words: int
) -> tuple[int, int]:
    """Return where the longest run of codes that both have starts in the first, and its length.

    Runs of fewer than `n_words` codes are not looked for; of equal ones the first is taken.
    """
    if min(len(one), len(other)) < n_words:
        return 0, 0
    views = [np.lib.stride_tricks.sliding_window_view(codes, n_words) for codes in (one, other)]
    whole = [(view >= 0).all(axis=1) for view in views]
    both = np.concatenate([view[kept] for view, kept in zip(views, whole, strict=True)])
    place = [np.flatnonzero(kept) for kept in whole]
    names = np.unique(both, axis=0, return_inverse=True)[1].ravel()
    left, right = names[: len(place[0])], names[len(place[0]) :]
    order = np.argsort(right, kind="stable")
    low, high = (np.searchsorted(right[order], left, side=side) for side in ("left", "right"))
    times = high - low
    at = np.repeat(place[0], times)
    step = np.arange(len(at)) - np.repeat(np.cumsum(times) - times, times)
    diagonal = place[1][order[np.repeat(low, times) + step]] - at
    sequence = np.lexsort((at, diagonal))
    at, diagonal = at[sequence], diagonal[sequence]
    if not len(at):
        return 0, 0
    begins = np.flatnonzero(np.append(True, (np.diff(diagonal) != 0) | (np.diff(at) != 1)))
    sizes = np.diff(begins, append=len(at))
    best = np.lexsort((at[begins], -sizes))[0]
    return int(at[begins[best]]), int(sizes[best]) + n_words - 1
