"""Articles that carry the same text: `find_stories`."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least
from framing.corpus import Corpus
from framing.mentions.find import whole_corpus
from framing.stories.copies import Copies, same_words
from framing.stories.groups import (
    check_share,
    check_whole_articles,
    group_table,
    nearest_rows,
    order_rows,
)
from framing.stories.shingles import (
    Pairs,
    Rule,
    Shingles,
    components,
    own_shingles,
    similar_pairs,
)

_Ints = npt.NDArray[np.int64]

_RUN = 1_000
"""Texts of one story that are compared with all its others in one go: bounds what is held."""


def find_stories(
    corpus: Corpus,
    *,
    min_similarity: float = 0.4,
    min_containment: float = 0.8,
    min_shared: int = 10,
    n_words: int = 5,
    max_repeats: int = 3,
) -> pd.DataFrame:
    """Find articles that carry the same text: wire copies, updates, reposts.

    Each article is cut into its shingles, all runs of `n_words` words; two articles are as
    similar as the share of shingles that they have in common (Broder 1997). Articles that similar
    pairs join are one story. All pairs are found and counted, none is estimated. Same words make a
    story, not same news: for that see `find_events`.

    Parameters
    ----------
    corpus
        The corpus, whole or a part of it by `where`. Words that it leaves out count here; its
        fields are those that are compared.
    min_similarity
        Least Jaccard similarity of two articles of a story, above 0 to 1: shared shingles /
        shingles of the two together. With 0.4 two articles of like length share 57 % of their
        shingles. How many pairs are right at which similarity is in docs/methods.md.
    min_containment
        Two articles are also joined where the longer one holds this share of the shingles of the
        shorter, above 0 to 1 (a copy cut short, an update with much added), and they reach half of
        `min_similarity`: a digest must not tie together the reports it is made of.
    min_shared
        Least number of shingles shared, 1 or more: shorter articles are stories of their own.
    n_words
        Words of a shingle, 1 or more. Longer ones are broken by smaller changes.
    max_repeats
        Shingles that stand in more than so many texts of one source are boilerplate (a
        subscription line, a background paragraph used again and again) and do not count; articles
        with 0.8 of their shingles in common are one text here.

    Returns
    -------
    DataFrame
        One row an article, in the order of the corpus: `doc_id`, `story` (the `doc_id` of its first
        article), `first` (by date, undated last, ties by `doc_id`), `n_articles` and `n_sources` of
        the story, `nearest` (the most similar other article of the story; missing where alone) with
        its `similarity`, `containment` and `n_shared`, `n_shingles` of the article, `lowest` (the
        similarity of the two articles of the story that are least alike: low values tell that a
        story is a chain), and the settings.

    Raises
    ------
    ValueError
        Where an argument lies outside its range, or the corpus holds only contexts.
    TypeError
        Where the corpus is no corpus, or the articles' dates are not dates.

    See Also
    --------
    framing.story_pairs : The words that two articles share.
    framing.find_events : The same event in different words.

    References
    ----------
    Broder, A. Z. (1997). On the resemblance and containment of documents. Proceedings of
    Compression and Complexity of Sequences 1997, 21–29. https://doi.org/10.1109/SEQUEN.1997.666900

    Nicholls, T. (2019). Detecting textual reuse in news stories, at scale. International Journal of
    Communication, 13, 4173–4197.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(200, seed=1))
    >>> stories = fr.find_stories(corpus)
    >>> corpus.where(stories["first"])
    Corpus(190 articles, 4 sources, ... tokens)
    >>> stories[stories["n_articles"] > 1][["story", "first", "n_sources", "similarity"]].head(2)
                story  first  n_sources  similarity
    29  made-1-000030   True          2         1.0
    31  made-1-000030  False          2         1.0
    """
    check_whole_articles("find_stories", corpus)
    rule = Rule(min_similarity, min_containment, min_shared)
    _check_arguments(rule, n_words, max_repeats)
    rank = order_rows("find_stories", corpus.articles)
    whole, _ = whole_corpus(corpus)
    copies = same_words(whole, rank)
    if len(copies.leader) < len(corpus):
        leads = np.zeros(len(corpus), dtype=bool)
        leads[copies.leader] = True
        whole = whole.where(leads)
    carried = copies.sources(corpus.articles)
    shingles = own_shingles(whole, carried, n_words, max_repeats)
    between = similar_pairs(shingles, rule)
    pairs = copies.pairs(between, shingles, min_shared)
    n_shingles = shingles.sizes[copies.text]
    table = group_table("find_stories", corpus, components(len(corpus), pairs), "story")
    return table.assign(
        **_nearest(pairs, n_shingles, corpus.articles["doc_id"], rank),
        n_shingles=n_shingles,
        lowest=_lowest(between, shingles, table["story"], copies),
        min_similarity=float(min_similarity),
        min_containment=float(min_containment),
        min_shared=min_shared,
        n_words=n_words,
        max_repeats=max_repeats,
    )


def _check_arguments(rule: Rule, n_words: int, max_repeats: int) -> None:
    check_share("find_stories", "min_similarity", rule.min_similarity)
    check_share("find_stories", "min_containment", rule.min_containment)
    check_at_least("find_stories", "min_shared", rule.min_shared, 1)
    check_at_least("find_stories", "n_words", n_words, 1)
    check_at_least("find_stories", "max_repeats", max_repeats, 1)


def _nearest(pairs: Pairs, sizes: _Ints, keys: pd.Series[Any], rank: _Ints) -> dict[str, Any]:
    """Return the columns about the most similar other article."""
    one, other = sizes[pairs.first], sizes[pairs.second]
    similarity = pairs.n_shared / (one + other - pairs.n_shared)
    containment = pairs.n_shared / np.minimum(one, other)
    nearest, which = nearest_rows(pairs.first, pairs.second, similarity, rank)
    return {
        "nearest": keys.array.take(nearest, allow_fill=True),
        "similarity": np.append(similarity, np.nan)[which],
        "containment": np.append(containment, np.nan)[which],
        "n_shared": np.append(pairs.n_shared, 0)[which],
    }


def _lowest(
    between: Pairs, shingles: Shingles, story: pd.Series[Any], copies: Copies
) -> npt.NDArray[np.float64]:
    """Return for each article the lowest similarity of two articles of its story."""
    numbers = pd.factorize(story)[0]
    least = np.where(np.bincount(numbers) > 1, 1.0, np.nan)
    of_text = numbers[copies.leader]
    sizes = np.bincount(of_text, minlength=len(least))
    one, other = shingles.sizes[between.first], shingles.sizes[between.second]
    least[of_text[between.first]] = between.n_shared / (one + other - between.n_shared)
    by_story = np.argsort(of_text, kind="stable")
    stops = np.cumsum(sizes)
    for number in np.flatnonzero(sizes > 2).tolist():
        members = by_story[stops[number] - sizes[number] : stops[number]]
        shared, n_shingles = shingles.shared[members], shingles.sizes[members]
        lows = []
        for start in range(0, len(members), _RUN):
            both = (shared[start : start + _RUN] @ shared.T).toarray()
            union = n_shingles[start : start + _RUN, None] + n_shingles - both
            similarity = both / union
            row = np.arange(len(similarity))
            similarity[row, row + start] = 1.0  # shingles of one text alone are not in `shared`
            lows.append(similarity.min())
        least[number] = min(lows)
    found: npt.NDArray[np.float64] = least[numbers]
    return found
