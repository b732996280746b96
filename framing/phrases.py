"""Phrases: neighbouring terms that belong together, found and joined into one term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least
from framing.terms import code_terms
from framing.words import normalise, tokenise

if TYPE_CHECKING:
    from framing.corpus import Corpus


def find_phrases(corpus: Corpus, *, min_count: int = 20, threshold: float = 0.5) -> pd.DataFrame:
    """Find pairs of neighbouring terms that stand together more often than by chance.

    Normalised pointwise mutual information of two terms in a row inside a sentence: 1 where they
    never stand apart, 0 where they meet as often as by chance. The same numbers as gensim's
    `Phrases(scoring="npmi")` on the corpus's sentences.

    Parameters
    ----------
    corpus
        The corpus. Pairs never reach across sentences, gaps or words that were left out.
    min_count
        The least number of occurrences of a pair, and of each of its terms.
    threshold
        Pairs must score above this, -1 … 1.

    Returns
    -------
    DataFrame
        One row a pair, highest score first: `phrase`, `measure` (`npmi`), `score`, `count`,
        `count_first`, `count_second`, `n_tokens`.

    Raises
    ------
    ValueError
        Where `min_count` is below 1.

    See Also
    --------
    framing.build_corpus : Joins phrases with `phrases=table["phrase"]`.
    framing.collocates : Words near a word.

    References
    ----------
    Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction.
    Proceedings of GSCL, 31-40.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> texts = ["The White House spoke.", "A white horse left the White House."]
    >>> articles = pd.DataFrame({"doc_id": ["a", "b"], "text": texts})
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> table = fr.find_phrases(corpus, min_count=2)
    >>> table[["phrase", "score", "count"]].round(2)
            phrase  score  count
    0    the white   0.76      2
    1  white house   0.76      2
    """
    check_at_least("find_phrases", "min_count", min_count, 1)
    codes, n_terms = corpus.codes, len(corpus.vocabulary)
    counts = np.bincount(codes[codes >= 0], minlength=n_terms)
    first, second = codes[:-1].astype(np.int64), codes[1:].astype(np.int64)
    inside = np.ones(max(len(codes) - 1, 0), dtype=bool)
    inside[corpus.sentences[corpus.sentences > 0] - 1] = False
    inside &= (first >= 0) & (second >= 0)
    pairs, together = np.unique(first[inside] * n_terms + second[inside], return_counts=True)
    a, b = pairs // n_terms, pairs % n_terms
    enough = (together >= min_count) & (counts[a] >= min_count) & (counts[b] >= min_count)
    a, b, together = a[enough], b[enough], together[enough]
    total = int(counts.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        share = together / total
        score = np.log(share / ((counts[a] / total) * (counts[b] / total))) / -np.log(share)
    table = pd.DataFrame(
        {
            "phrase": corpus.vocabulary[a] + " " + corpus.vocabulary[b],
            "measure": pd.Series(["npmi"] * len(a), dtype="str"),
            "score": score,
            "count": together,
            "count_first": counts[a],
            "count_second": counts[b],
            "n_tokens": np.full(len(a), total),
        }
    )
    table = table[table["score"] > threshold]
    return table.sort_values(["score", "phrase"], ascending=[False, True], ignore_index=True)


def phrase_terms(phrases: Any) -> list[tuple[str, ...]]:
    """Return phrases as sequences of terms: from texts, or from gensim's fitted `Phrases`."""
    if phrases is None:
        return []
    if hasattr(phrases, "freeze"):
        phrases = phrases.freeze()
    if hasattr(phrases, "phrasegrams"):
        delimiter = phrases.delimiter
        phrases = [phrase.replace(delimiter, " ") for phrase in phrases.phrasegrams]
    if isinstance(phrases, str):
        phrases = [phrases]
    sequences = {tuple(normalise(form) for form in str(phrase).split()) for phrase in phrases}
    for sequence in sequences:
        if len(sequence) < 2:
            msg = (
                f"build_corpus: phrases has {' '.join(sequence)!r}, which is one word. "
                "Pass texts of two or more words, for example phrases=['white house']."
            )
            raise ValueError(msg)
    return sorted(sequences)


def match_sequences(
    codes: npt.NDArray[np.int32],
    sequences: Sequence[Sequence[int]],
    starts: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Find sequences of codes, the longest first at each place, from left to right, no overlaps.

    Parameters
    ----------
    codes
        The tokens; negative codes match nothing.
    sequences
        The sequences to find, each of one or more codes of 0 or more.
    starts
        Where a new sentence or text begins: no match reaches across.

    Returns
    -------
    tuple of three arrays
        First token, token after the last, and the number of the sequence, in order of place.
    """
    edges, ends = _trie(sequences)
    n_codes = int(max(codes.max(initial=-1), max((max(s) for s in sequences), default=-1))) + 1
    keys = np.array(sorted(edges), dtype=np.int64).reshape(-1, 2)
    flat = keys[:, 0] * n_codes + keys[:, 1]
    target = np.array([edges[node, code] for node, code in keys.tolist()], dtype=np.int64)
    found = np.array([ends.get(node, -1) for node in range(len(edges) + 1)], dtype=np.int64)
    is_start = np.zeros(len(codes) + 1, dtype=bool)
    is_start[starts] = True
    place = np.flatnonzero(codes >= 0)
    node = np.zeros(len(place), dtype=np.int64)
    best_stop = np.zeros(len(codes), dtype=np.int64)
    best = np.full(len(codes), -1, dtype=np.int64)
    step = 0
    while len(place) and len(flat):
        token = codes[place + step]
        key = node * n_codes + token
        at = np.minimum(np.searchsorted(flat, key), len(flat) - 1)
        going = (flat[at] == key) & (token >= 0)
        place, node = place[going], target[at[going]]
        ended = found[node] >= 0
        best[place[ended]], best_stop[place[ended]] = found[node[ended]], place[ended] + step + 1
        step += 1
        inside = place + step < len(codes)
        place, node = place[inside], node[inside]
        inside = ~is_start[place + step]
        place, node = place[inside], node[inside]
    return _leftmost(best, best_stop)


def _trie(sequences: Sequence[Sequence[int]]) -> tuple[dict[tuple[int, int], int], dict[int, int]]:
    """Return the edges (node, code) -> node and the nodes at which a sequence ends."""
    edges: dict[tuple[int, int], int] = {}
    ends: dict[int, int] = {}
    for number, sequence in enumerate(sequences):
        node = 0
        for code in sequence:
            node = edges.setdefault((node, int(code)), len(edges) + 1)
        ends.setdefault(node, number)
    return edges, ends


def _leftmost(
    best: npt.NDArray[np.int64], best_stop: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Keep matches from left to right, leaving out those that begin inside an earlier one."""
    start = np.flatnonzero(best >= 0)
    stop = best_stop[start]
    kept, free = np.zeros(len(start), dtype=bool), 0
    for number, (first, last) in enumerate(zip(start.tolist(), stop.tolist(), strict=True)):
        if first >= free:
            kept[number], free = True, last
    return start[kept], stop[kept], best[start[kept]]


def join_phrases(
    codes: npt.NDArray[np.int32],
    terms: list[str],
    sequences: Sequence[tuple[str, ...]],
    starts: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int32], list[str], npt.NDArray[np.bool_]]:
    """Join each phrase into one term; return codes, terms, and which tokens are still there."""
    place = {term: code for code, term in enumerate(terms)}
    known = [sequence for sequence in sequences if all(term in place for term in sequence)]
    coded = [[place[term] for term in sequence] for sequence in known]
    start, stop, number = match_sequences(codes, coded, starts)
    kept = np.ones(len(codes), dtype=bool)
    for step in range(1, int((stop - start).max(initial=1))):
        kept[(start + step)[start + step < stop]] = False
    joined = codes.copy()
    joined[start] = len(terms) + number
    return joined[kept], terms + ["_".join(sequence) for sequence in known], kept


def split_again(
    texts: list[str], settings: Mapping[str, Any]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """Split some texts of a corpus as its settings say, to see where its terms begin.

    Returns
    -------
    tuple of two arrays
        For each token whether a term begins with it, False for the further words of a phrase that
        was joined; and the number of terms in each text.
    """
    coded = code_terms(tokenise([texts], n_runs=1, language=settings["language"]))
    sequences = [tuple(phrase.split()) for phrase in settings.get("phrases") or ()]
    begins = np.ones(len(coded.codes), dtype=bool)
    if sequences:
        _, _, begins = join_phrases(coded.codes, coded.terms, sequences, coded.sentences)
    ends = np.concatenate([[0], np.cumsum(coded.lengths)])
    return begins, np.diff(np.concatenate([[0], np.cumsum(begins)])[ends])
