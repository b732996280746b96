"""Whether topics come again: with another seed, and from another sample of the articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_seed
from framing.corpus import Corpus, check_corpus
from framing.topics.engines import ENGINES
from framing.topics.matching import match_topics
from framing.topics.model import TopicModel, fit_topics
from framing.topics.shares import model_rows, with_settings

SAMPLE = 0.8
"""Share of the articles in a sample, as Greene et al. draw them."""


def topic_stability(
    model: TopicModel,
    corpus: Corpus,
    *,
    seeds: Sequence[int] = (101, 102, 103),
    n_terms: int = 10,
    passes: int | None = None,
) -> pd.DataFrame:
    """Fit the model again, with other seeds and on other articles, and see which topics come again.

    Two fits for each seed: one on all articles, one on four fifths of them drawn by chance. The
    topics of a fit are matched with the model's so that all together are as alike as can be. A
    topic whose cosine falls below about .7 in many fits is an accident of the seed or of a few
    articles; nothing should rest on it. That a topic comes again does not make it meaningful.

    Parameters
    ----------
    model
        A model of `fit_topics`.
    corpus
        The corpus that it was fitted on.
    seeds
        The seeds of the other fits, none that of the model.
    n_terms
        The most probable terms of a topic that are compared as sets, 1 or more.
    passes
        Passes of each fit over the articles. None makes as many as the model's; fewer take less
        time, and a fit that is less settled comes back less surely: cosines are then rather too
        low than too high.

    Returns
    -------
    DataFrame
        One row a topic and fit: `topic`, `label`, `against` (`seed`: all articles, another seed;
        `articles`: a sample of the articles and another seed), `fit_seed`, `matched` (number of
        the partner in that fit), `cosine` (of the terms' probabilities, 0 … 1), `shared_terms`
        (of the first `n_terms`), `n_terms`, `n_topics`, `engine`, `seed` (of the model).

    Raises
    ------
    ValueError
        Where the corpus is not the one of the model, a seed is the model's own or there twice, a
        number is out of range, or the model was not made by `fit_topics`.

    See Also
    --------
    framing.topic_quality : How coherent and exclusive topics are.
    framing.choose_n_topics : Stability and fit over numbers of topics.

    References
    ----------
    Greene, D., O'Callaghan, D., & Cunningham, P. (2014). How many topics? Stability analysis for
    topic models. ECML PKDD, 498-513. https://doi.org/10.1007/978-3-662-44848-9_32

    Kuhn, H. W. (1955). The Hungarian method for the assignment problem. Naval Research Logistics
    Quarterly, 2, 83-97. https://doi.org/10.1002/nav.3800020109

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> table = fr.topic_stability(model, corpus, seeds=[2])
    >>> table.groupby("against")["cosine"].count().to_dict()
    {'articles': 4, 'seed': 4}
    """
    from tqdm.auto import tqdm

    check_corpus("topic_stability", corpus)
    check_at_least("topic_stability", "n_terms", n_terms, 1)
    _check_seeds(model, seeds)
    model_rows("topic_stability", model, corpus)
    options = refit_options("topic_stability", model)
    if passes is not None:
        check_at_least("topic_stability", "passes", passes, 1)
        options["passes"] = passes
    tables = []
    with tqdm(
        total=2 * len(seeds), desc="fitting again", unit=" fits", delay=1, leave=False
    ) as bar:
        for seed in seeds:
            for against in ("seed", "articles"):
                articles = corpus if against == "seed" else sample(corpus, seed)
                again = fit_topics(articles, model.n_topics, seed=seed, **options)
                tables.append(_compared(model, again, against, n_terms))
                bar.update()
    return with_settings(pd.concat(tables, ignore_index=True), model)


def _check_seeds(model: TopicModel, seeds: Sequence[int]) -> None:
    """Raise where the seeds do not make other fits."""
    for seed in seeds:
        check_seed("topic_stability", seed)
    own = model.settings["seed"]
    if not len(seeds) or len(set(seeds)) < len(seeds) or own in seeds:
        msg = (
            f"topic_stability: seeds={list(seeds)!r} must be one or more different seeds, none of "
            f"them the model's own, {own}. Pass for example seeds=[{own + 1}, {own + 2}]."
        )
        raise ValueError(msg)


def refit_options(where: str, model: TopicModel) -> dict[str, Any]:
    """Return the arguments with which the same kind of model can be fitted again."""
    settings = model.settings
    if settings["engine"] not in ENGINES or "min_articles" not in settings:
        msg = (
            f"{where}: the model (engine {settings.get('engine')!r}) was not made by fit_topics(), "
            "so it cannot be fitted again. Fit one with fit_topics()."
        )
        raise ValueError(msg)
    listed = settings["stop_words"]
    return {
        "engine": settings["engine"],
        "stop_words": "english" if isinstance(listed, str) else listed,
        "min_articles": settings["min_articles"],
        "max_share": settings["max_share"],
        "passes": settings["passes"],
    }


def sample(corpus: Corpus, seed: int, share: float = SAMPLE) -> Corpus:
    """Return so large a share of the articles, drawn by chance without replacement."""
    rng = np.random.default_rng(seed)
    chosen = np.zeros(len(corpus), dtype=bool)
    chosen[rng.permutation(len(corpus))[: round(share * len(corpus))]] = True
    return corpus.where(chosen)


def _compared(model: TopicModel, again: TopicModel, against: str, n_terms: int) -> pd.DataFrame:
    """Return the rows of one fit."""
    partner, cosine = match_topics(model, again)
    ours, theirs = (_first_terms(one, n_terms) for one in (model, again))
    shared = [len(ours[topic] & theirs[other]) for topic, other in enumerate(partner.tolist())]
    return pd.DataFrame(
        {
            "topic": np.arange(model.n_topics),
            "label": pd.Series(model.labels, dtype="str"),
            "against": pd.Series([against] * model.n_topics, dtype="str"),
            "fit_seed": again.settings["seed"],
            "matched": partner,
            "cosine": cosine,
            "shared_terms": shared,
            "n_terms": n_terms,
        }
    )


def _first_terms(model: TopicModel, n_terms: int) -> list[set[str]]:
    """Return the most probable terms of each topic."""
    order: npt.NDArray[np.intp] = np.argsort(-model.topic_term, axis=1, kind="stable")[:, :n_terms]
    return [set(model.vocabulary[row]) for row in order]
