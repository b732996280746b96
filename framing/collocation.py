"""Which words stand near a word."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_one_of
from framing.corpus import GAP, Corpus, group_rows
from framing.counts import beside, constant, count_groups
from framing.matrix import count_places
from framing.patterns import find_pattern

_Floats = npt.NDArray[np.float64]
_Places = npt.NDArray[np.int64]
_Mask = npt.NDArray[np.bool_]


def collocates(
    corpus: Corpus,
    node: str,
    *,
    window: int = 5,
    by: str | list[str] | None = None,
    measure: str = "log_dice",
    min_count: int = 5,
) -> pd.DataFrame:
    """Measure which terms stand near a word more often than by chance.

    Surface co-occurrence (Evert 2008): the tokens within the window around any occurrence of the
    node, each counted once however many windows it lies in, are compared with all tokens. The
    node's own occurrences are left out on both sides. Attraction says what is written around a
    name, not what is said of it: read the places with `kwic`.

    Parameters
    ----------
    corpus
        The corpus.
    node
        A pattern as in `kwic`: `"syria"`, `"sanction*"`, `"white house"`.
    window
        Tokens to each side, 1 or more. Windows reach across sentences, but not across articles,
        from title to text, or past a gap. Words that were left out take their place.
    by
        Columns of the articles that divide them into groups, each compared with its own tokens;
        None takes all as one group.
    measure
        `"log_dice"`: at most about 14, 1 more means twice as strong; does not depend on the size
        of the corpus. `"pmi"`: log2 of observed to expected, high for rare words. `"npmi"`: the
        same scaled, at most 1. `"mi3"`: with the observed cubed, kinder to frequent words. `"t"`:
        favours frequent words. `"g2"`: log-likelihood over four cells, below 0 for repulsion.
    min_count
        The least number of occurrences of a term inside the windows.

    Returns
    -------
    DataFrame
        One row a group and term, by group, then the highest score first: the columns of `by`,
        `node`, `window`, `term`, `measure`, `score`, `count` (occurrences inside windows),
        `expected` (`n_window` × `n_term` / `n_tokens`), `n_node` (occurrences of the node),
        `n_term` (of the term in all), `n_window` (tokens inside windows), `n_tokens` (tokens in
        all), `n_articles` (articles with the term near the node). Terms, tokens and windows are
        those outside the node. Empty where the node does not occur.

    Raises
    ------
    ValueError
        Where `by` is not a column, `measure` is none of these, `window` or `min_count` is below
        1, or a word of the node was left out as a stop word or is not a word.
    TypeError
        Where `node` is not text.

    Warns
    -----
    UserWarning
        Where a word of the node is absent from a corpus without its rare terms.

    See Also
    --------
    framing.kwic : The places themselves.
    framing.find_phrases : Terms that stand side by side.

    References
    ----------
    Evert, S. (2008). Corpora and collocations. In A. Lüdeling & M. Kytö (Eds.), Corpus
    Linguistics: An International Handbook (pp. 1212-1248). De Gruyter.
    https://doi.org/10.1515/9783110213881.2.1212

    Rychlý, P. (2008). A lexicographer-friendly association score. Proceedings of RASLAN, 6-9.

    Church, K. W., & Hanks, P. (1990). Word association norms, mutual information, and
    lexicography. Computational Linguistics, 16(1), 22-29. https://aclanthology.org/J90-1003

    Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction.
    Proceedings of GSCL, 31-40.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> texts = ["fragile ceasefire holds", "a fragile ceasefire", "talks on Syria"]
    >>> articles = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": texts})
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> table = fr.collocates(corpus, "ceasefire", window=1, min_count=1)
    >>> table[["term", "score", "count", "expected", "n_window", "n_tokens"]].round(2)
          term  score  count  expected  n_window  n_tokens
    0  fragile  14.00      2      0.86         3         7
    1    holds  13.42      1      0.43         3         7
    """
    check_one_of("collocates", "measure", measure, _MEASURES)
    check_at_least("collocates", "window", window, 1)
    check_at_least("collocates", "min_count", min_count, 1)
    groups, group = group_rows("collocates", corpus, by)
    start, stop = find_pattern("collocates", "node", corpus, node)
    inside, own = windows_around(corpus, start, stop, window)
    near = count_groups(corpus, group, len(groups), count_places(corpus, inside))
    in_all = count_groups(corpus, group, len(groups))
    in_node = count_groups(corpus, group, len(groups), count_places(corpus, own))
    kept = near.counts >= min_count
    if not kept.any():
        msg = (
            f"collocates: no term stands near {node!r} at least {min_count} times (min_count); "
            f"the node occurs {len(start):,} times. Check its spelling, or pass a lower min_count."
        )
        warnings.warn(msg, stacklevel=2)
    row, code, count = near.groups[kept], near.codes[kept], near.counts[kept]
    row_of_place = np.searchsorted(corpus.offsets, start, side="right") - 1
    n_node = np.bincount(group[row_of_place], minlength=len(groups))[row]
    n_term = in_all.look_up(row, code) - in_node.look_up(row, code)
    n_window = near.sums[row]
    n_tokens = (in_all.sums - in_node.sums)[row]
    cells = _Cells(*(x.astype(np.float64) for x in (count, n_node, n_term, n_window, n_tokens)))
    columns = {
        "node": constant(node, len(row)),
        "window": np.full(len(row), window),
        "term": corpus.vocabulary.array.take(code),
        "measure": constant(measure, len(row)),
        "score": _MEASURES[measure](cells),
        "count": count,
        "expected": cells.expected,
        "n_node": n_node,
        "n_term": n_term,
        "n_window": n_window,
        "n_tokens": n_tokens,
        "n_articles": near.n_articles[kept],
    }
    table = beside("collocates", groups, row, columns)
    order = np.lexsort((-table["score"], row))
    return table.iloc[order].reset_index(drop=True)


def windows_around(
    corpus: Corpus, start: _Places, stop: _Places, window: int
) -> tuple[_Mask, _Mask]:
    """Return which places are counted inside windows, and which are the node's own."""
    n_places = len(corpus.codes)
    # Where a window must end: at the article's borders and at gaps, whichever comes first.
    gaps = np.flatnonzero(corpus.codes == GAP)
    first = np.unique(np.concatenate([corpus.offsets[:-1], gaps + 1]))
    last = np.unique(np.concatenate([corpus.offsets[1:], gaps]))
    low = np.maximum(start - window, first[np.searchsorted(first, start, side="right") - 1])
    high = np.minimum(stop + window, last[np.searchsorted(last, start, side="right")])
    reached, own = _covered(low, high, n_places), _covered(start, stop, n_places)
    counted = corpus.codes >= 0
    return reached & ~own & counted, own & counted


def _covered(start: _Places, stop: _Places, n_places: int) -> _Mask:
    """Return which places lie in any of the spans."""
    steps = np.zeros(n_places + 1, dtype=np.int32)
    np.add.at(steps, start, 1)
    np.add.at(steps, stop, -1)
    covered: _Mask = np.cumsum(steps[:-1], dtype=np.int32) > 0
    return covered


@dataclass(frozen=True)
class _Cells:
    """What the measures are made of: one value a term in each.

    Attributes
    ----------
    count : array
        Occurrences of the term inside windows.
    n_node : array
        Occurrences of the node.
    n_term : array
        Occurrences of the term outside the node.
    n_window, n_tokens : array
        Tokens outside the node: inside windows, and in all.
    """

    count: _Floats
    n_node: _Floats
    n_term: _Floats
    n_window: _Floats
    n_tokens: _Floats

    @property
    def expected(self) -> _Floats:
        """Occurrences inside windows if words were spread at random."""
        expected: _Floats = self.n_window / self.n_tokens * self.n_term
        return expected


def _log_dice(cells: _Cells) -> _Floats:
    score: _Floats = 14 + np.log2(2 * cells.count / (cells.n_node + cells.n_term))
    return score


def _pmi(cells: _Cells) -> _Floats:
    score: _Floats = np.log2(cells.count / cells.expected)
    return score


def _npmi(cells: _Cells) -> _Floats:
    # A term that is every token and in every window says nothing: 0, not 0 / 0.
    information = -np.log2(cells.count / cells.n_tokens)
    score: _Floats = np.divide(
        _pmi(cells), information, out=np.zeros_like(information), where=information > 0
    )
    return score


def _mi3(cells: _Cells) -> _Floats:
    score: _Floats = _pmi(cells) + 2 * np.log2(cells.count)
    return score


def _t(cells: _Cells) -> _Floats:
    score: _Floats = (cells.count - cells.expected) / np.sqrt(cells.count)
    return score


def _g2(cells: _Cells) -> _Floats:
    o, r, c, n = cells.count, cells.n_window, cells.n_term, cells.n_tokens
    sum_ = np.zeros_like(o)
    for observed, expected in (
        (o, r / n * c),
        (r - o, r / n * (n - c)),
        (c - o, (n - r) / n * c),
        (n - r - c + o, (n - r) / n * (n - c)),
    ):
        ratio = np.divide(observed, expected, out=np.ones_like(o), where=observed > 0)
        sum_ += observed * np.log(ratio)
    score: _Floats = np.sign(o - cells.expected) * 2 * np.maximum(sum_, 0)
    return score


_MEASURES: dict[str, Callable[[_Cells], _Floats]] = {
    "log_dice": _log_dice,
    "pmi": _pmi,
    "npmi": _npmi,
    "mi3": _mi3,
    "t": _t,
    "g2": _g2,
}
