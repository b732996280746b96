"""Topics that begin from words: what is looked for is named beforehand (keyATM)."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from framing import words
from framing._checks import check_at_least, listing
from framing.corpus import Corpus
from framing.topics.engines import Fitted, progress_bar, rows_to_one
from framing.topics.model import TopicModel, by_size
from framing.topics.preparing import Prepared, check_asked, check_enough, prepare
from framing.topics.structural import N_DRAWS, as_topica, mover

KEY_PASSES = 1_500
"""Passes of keyATM where none are asked for, as R's keyATM makes."""

TRACE, KEY_RISE = 100, 0.01
"""Looks at the log-likelihood per token, and the rise over the last tenth that is none."""


def fit_seeded_topics(
    corpus: Corpus,
    terms: Mapping[str, Sequence[str]],
    *,
    seed: int,
    n_more: int = 10,
    stop_words: str | Sequence[str] | None = "english",
    min_articles: int = 5,
    max_share: float = 0.5,
    passes: int | None = None,
) -> TopicModel:
    """Fit topics that begin from words you name, and others that are found beside them (keyATM).

    For topics known beforehand, named and the same from corpus to corpus. A named topic is not
    shown to be there by being found: look at its other terms, its share and
    `settings["priors"]["keyword_rate"]`, the part of its tokens that are drawn as its words.
    Frequent terms weigh less than rare ones, as keyATM has it.

    Parameters
    ----------
    corpus
        The corpus.
    terms
        Label of each topic to its words, for example `{"Refugees": ["refugee", "asylum"]}`. Words
        are brought into the form of terms first.
    seed
        Start of the random numbers, 0 to 4,294,967,295. Same corpus and same seed: same model.
    n_more
        Topics without words of their own, 1 or more: what the others do not cover needs a place.
    stop_words, min_articles, max_share
        As in `fit_topics`.
    passes
        Passes over the articles. None makes 1,500, as keyATM does in R: some minutes for some
        thousand articles. Pass 200 or so while you look for words.

    Returns
    -------
    TopicModel
        Topics by size, largest first, engine `"keyatm"`; the named ones have your labels. `draws`
        are 25 draws of the articles' shares, from passes of the second half.

    Raises
    ------
    ValueError
        Where a topic has none of its words among the terms that are used, or as in `fit_topics`.
    TypeError
        Where `terms` is not a mapping of lists, or `seed` is not a whole number.

    Warns
    -----
    UserWarning
        Where some words are not among the terms that are used, or the fit was still rising.

    See Also
    --------
    framing.fit_topics : Topics without words given.
    framing.fit_structural_topics : Topics that may depend on columns of the articles.

    References
    ----------
    Eshima, S., Imai, K., & Sasaki, T. (2024). Keyword-assisted topic models. American Journal of
    Political Science, 68(2), 730-750. https://doi.org/10.1111/ajps.12779

    Examples
    --------
    >>> import framing as fr
    >>> from framing.topics import fit_seeded_topics
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> words = {"Talks": ["negotiation", "mediator"], "Aid": ["camp"]}
    >>> "Talks" in fit_seeded_topics(corpus, words, seed=1, n_more=3, passes=50).labels
    True
    """
    where = "fit_seeded_topics"
    seeds = _seed_terms(where, terms)
    check_at_least(where, "n_more", n_more, 1)
    n_topics = len(seeds) + int(n_more)
    check_asked(where, corpus, n_topics, seed=seed, passes=passes)
    ready = prepare(
        where, corpus, stop_words=stop_words, min_articles=min_articles, max_share=max_share
    )
    check_enough(where, n_topics, ready)
    known = _known(where, seeds, ready.vocabulary)
    fitted = _fit_keyatm(ready, known, n_topics, seed=int(seed), passes=passes)
    if passes is None and not fitted.converged:
        msg = (
            f"{where}: the fit was still rising after {fitted.passes:,} passes. "
            f"Pass passes={2 * fitted.passes} for more."
        )
        warnings.warn(msg, UserWarning, stacklevel=2)
    settings = {
        "engine": "keyatm",
        "n_topics": n_topics,
        "seed": int(seed),
        "terms": known,
        **ready.settings,
    }
    return by_size(fitted, ready, settings=settings, labels=list(known))


def _seed_terms(where: str, terms: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the words as terms; raise where they are no lists of words by label."""
    if not isinstance(terms, Mapping):
        msg = (
            f"{where}: terms is {type(terms).__name__}, not a mapping of labels to words. "
            "Pass for example {'Refugees': ['refugee', 'asylum']}."
        )
        raise TypeError(msg)
    if not len(terms):
        msg = f"{where}: terms is empty. Pass for example {{'Refugees': ['refugee', 'asylum']}}."
        raise ValueError(msg)
    found = {}
    for label, listed in terms.items():
        plain = not isinstance(listed, str) and all(type(word) is str for word in listed)
        if not str(label).strip() or not plain or not len(listed):
            msg = (
                f"{where}: the words of {label!r} are {listed!r}. Pass a list of words for each "
                "label, for example {'Refugees': ['refugee', 'asylum']}."
            )
            raise TypeError(msg)
        found[str(label)] = list(dict.fromkeys(words.normalise(word) for word in listed))
    return found


def _known(
    where: str, seeds: dict[str, list[str]], vocabulary: pd.Index[str]
) -> dict[str, list[str]]:
    """Return the words that are terms of the model; warn of the others."""
    there = set(vocabulary)
    known = {label: [word for word in listed if word in there] for label, listed in seeds.items()}
    for label, listed in known.items():
        if not listed:
            msg = (
                f"{where}: none of the words of {label!r} ({listing(seeds[label])}) is among the "
                f"{len(vocabulary):,} terms that are used. Pass other words, a lower min_articles, "
                "or a higher max_share."
            )
            raise ValueError(msg)
    absent = sorted({word for listed in seeds.values() for word in listed} - there)
    if absent:
        msg = (
            f"{where}: {listing(absent)} are not among the {len(vocabulary):,} terms that are "
            "used, so they have no part in it."
        )
        warnings.warn(msg, UserWarning, stacklevel=3)
    return known


def _fit_keyatm(
    ready: Prepared,
    seeds: Mapping[str, Sequence[str]],
    n_topics: int,
    *,
    seed: int,
    passes: int | None,
) -> Fitted:
    """Fit by Gibbs sampling (topica), with learned article priors and keyATM's weights of terms."""
    import topica

    model = topica.KeyATM(dict(seeds), num_topics=n_topics, seed=seed)
    n_passes = KEY_PASSES if passes is None else int(passes)
    with progress_bar("keyatm", n_passes) as bar:
        model.fit(
            as_topica(ready),
            iters=n_passes,
            progress_interval=max(n_passes // TRACE, 1),
            num_theta_draws=N_DRAWS,
            progress=mover(bar),
        )
    trace = [math.log(perplexity) for _, _, perplexity in model.log_likelihood_history]
    return Fitted(
        rows_to_one(np.asarray(model.topic_word, dtype=np.float64)),
        rows_to_one(np.asarray(model.doc_topic, dtype=np.float64)),
        passes=n_passes,
        converged=len(trace) >= TRACE and trace[-TRACE // 10] - trace[-1] < KEY_RISE,
        fit=-trace[-1],
        fit_measure="log-likelihood per weighted token",
        version=f"topica {topica.__version__}",
        priors={
            "alpha": [float(alpha) for alpha in model.alpha],
            "keyword_rate": [float(rate) for rate in model.keyword_rate],
        },
        draws=np.asarray(model.theta_draws, dtype=np.float32),
    )
