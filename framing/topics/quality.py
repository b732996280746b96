"""How good topics are: coherent, exclusive, and spread over articles and sources."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_one_of
from framing.corpus import Corpus, group_rows
from framing.topics.coherence import (
    WINDOWS,
    by_gensim,
    c_v,
    count_articles,
    count_windows,
    npmi,
    umass,
)
from framing.topics.model import TopicModel
from framing.topics.shares import model_rows, with_settings
from framing.topics.weighting import exclusivity

_Floats = npt.NDArray[np.float64]


def topic_quality(
    model: TopicModel,
    corpus: Corpus,
    *,
    by: str | list[str] | None = "source",
    n_terms: int = 10,
    coherence: str = "published",
) -> pd.DataFrame:
    """Measure how good each topic is, by what is counted and not by what it means.

    Each measure can be led astray: coherence rewards rare words that always stand together, such
    as a share button's; exclusivity rewards rare words as such. A topic with an effective number
    of groups near 1 is one source's. Whether a topic means something only reading tells.

    Parameters
    ----------
    model
        The model.
    corpus
        The corpus it was fitted on, or any part of it that `where` gives. Coherence is counted
        in its articles, the model's stop words at their places among them.
    by
        Column or columns of the articles whose groups a topic may be bound to; None for none.
    n_terms
        The most probable terms of a topic that are looked at, 2 or more.
    coherence
        Who computes NPMI and C_V: `"published"` by the published definitions, as everywhere here;
        `"gensim"` by gensim's `CoherenceModel`, to compare with papers that used it. gensim 4.4.0
        counts too few windows for words that come twice in one, and takes much longer.

    Returns
    -------
    DataFrame
        One row a topic and measure, the largest topic first: `topic`, `label`, `measure`, `score`,
        `n_terms`, `n_topics`, `engine`, `seed`. The measures:

        - `npmi`: mean normalised pointwise mutual information of pairs of terms in windows of 10
          tokens, -1 … 1; 0 is chance;
        - `c_v`: how alike the terms' vectors of NPMI in windows of 110 tokens are, 0 … 1;
        - `npmi_gensim` and `c_v_gensim`: in the place of these two where `coherence` is `"gensim"`;
        - `semantic_coherence`: sum over pairs of the logarithm of the share of articles with the
          one that have the other, 0 or less as a rule, the nearer to 0 the better;
        - `exclusivity`: sum of FREX (weight .7) of the terms, 0 … `n_terms`;
        - `uniqueness`: mean of 1 / number of topics with the term among their first, 0 … 1; its
          mean over topics is the topic diversity of Dieng et al.;
        - `share`: mean P(topic given article);
        - `effective_articles`: inverse Simpson index of the topic's weight in articles;
        - `effective_groups`: the same of its mean share in groups; missing where `by` is None.

    Raises
    ------
    ValueError
        Where a column is missing, `coherence` is neither, or the corpus has articles that the
        model has not seen.

    See Also
    --------
    framing.topic_terms : The terms.
    framing.fit_topics : Makes the model.

    References
    ----------
    Bouma, G. (2009). Normalized (pointwise) mutual information in collocation extraction.
    Proceedings of GSCL, 31-40.

    Dieng, A. B., Ruiz, F. J. R., & Blei, D. M. (2020). Topic modeling in embedding spaces.
    Transactions of the ACL, 8, 439-453. https://doi.org/10.1162/tacl_a_00325

    Laakso, M., & Taagepera, R. (1979). "Effective" number of parties. Comparative Political
    Studies, 12(1), 3-27. https://doi.org/10.1177/001041407901200101

    Mimno, D., Wallach, H. M., Talley, E., Leenders, M., & McCallum, A. (2011). Optimizing semantic
    coherence in topic models. EMNLP, 262-272.

    Röder, M., Both, A., & Hinneburg, A. (2015). Exploring the space of topic coherence measures.
    WSDM, 399-408. https://doi.org/10.1145/2684822.2685324

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> quality = fr.topic_quality(model, corpus)
    >>> quality["measure"].nunique()
    8
    """
    check_at_least("topic_quality", "n_terms", n_terms, 2)
    check_one_of("topic_quality", "coherence", coherence, ["published", "gensim"])
    groups, group = group_rows("topic_quality", corpus, by)
    shares = model.article_topic[model_rows("topic_quality", model, corpus)]
    counted = ~np.isnan(shares[:, 0])
    shares, group = shares[counted], group[counted]
    scores = coherence_scores(model, corpus, n_terms, gensim=coherence == "gensim")
    scores["exclusivity"] = exclusivity(model.topic_term, n_terms)
    scores["uniqueness"] = uniqueness(model.topic_term, n_terms)
    scores["share"] = shares.mean(axis=0) if len(shares) else np.full(model.n_topics, np.nan)
    scores["effective_articles"] = effective_number(shares)
    if by is None:
        scores["effective_groups"] = np.full(model.n_topics, np.nan)
    else:
        scores["effective_groups"] = effective_number(group_means(shares, group, len(groups)))
    n_measures = len(scores)
    table = pd.DataFrame(
        {
            "topic": np.repeat(np.arange(model.n_topics), n_measures),
            "label": pd.Series(np.repeat(model.labels, n_measures), dtype="str"),
            "measure": pd.Series(list(scores) * model.n_topics, dtype="str"),
            "score": np.column_stack(list(scores.values())).ravel(),
            "n_terms": n_terms,
        }
    )
    return with_settings(table, model)


def coherence_scores(
    model: TopicModel, corpus: Corpus, n_terms: int, *, gensim: bool = False
) -> dict[str, _Floats]:
    """Return for each measure of coherence one score a topic; missing for an unknown term."""
    order = np.argsort(-model.topic_term, axis=1, kind="stable")[:, :n_terms]
    codes = corpus.vocabulary.get_indexer(model.vocabulary[order.ravel()]).reshape(order.shape)
    known = (codes >= 0).all(axis=1)
    lists = list(codes[known])
    found = {}
    for name, measure in (("npmi", npmi), ("c_v", c_v)):
        if gensim:
            found[f"{name}_gensim"] = by_gensim(corpus, lists, name)
        else:
            windows = count_windows(corpus, lists, WINDOWS[name])
            found[name] = [measure(counts) for counts in windows]
    found["semantic_coherence"] = [umass(counts) for counts in count_articles(corpus, lists)]
    scores = {name: np.full(model.n_topics, np.nan) for name in found}
    for name, values in found.items():
        scores[name][known] = values
    return scores


def uniqueness(topic_term: _Floats, n_terms: int) -> _Floats:
    """Return the mean of 1 / number of topics that have a term among their most probable ones."""
    order = np.argsort(-topic_term, axis=1, kind="stable")[:, :n_terms]
    n_topics = np.bincount(order.ravel(), minlength=topic_term.shape[1])
    means: _Floats = (1 / n_topics[order]).mean(axis=1)
    return means


def effective_number(weights: _Floats) -> _Floats:
    """Return the inverse Simpson index of each column: 1 / sum of squared shares."""
    sums = weights.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        numbers: _Floats = sums**2 / (weights**2).sum(axis=0)
    return numbers


def group_means(shares: _Floats, group: npt.NDArray[np.int64], n_groups: int) -> _Floats:
    """Return the mean row of each group that has any."""
    sizes = np.bincount(group, minlength=n_groups)
    sums = np.zeros((n_groups, shares.shape[1]))
    np.add.at(sums, group, shares)
    means: _Floats = sums[sizes > 0] / sizes[sizes > 0, None]
    return means
