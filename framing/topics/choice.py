"""How many topics: what each number costs and gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing._checks import check_at_least, check_by, check_one_of, check_seed
from framing.corpus import Corpus, check_corpus, group_rows
from framing.topics.engines import ENGINES
from framing.topics.inference import alpha_of, fold_in, model_counts
from framing.topics.matching import match_topics
from framing.topics.model import TopicModel, fit_topics
from framing.topics.quality import coherence_scores, effective_number, group_means, uniqueness
from framing.topics.weighting import exclusivity

HELD_OUT = 0.1
"""Share of the articles that are held out."""

ONE_SOURCE = 1.5
"""A topic with fewer effective groups is bound to one."""

BETTER = {
    "held_out": "higher",
    "npmi": "higher",
    "c_v": "higher",
    "exclusivity": "higher",
    "diversity": "higher",
    "stability_seeds": "higher",
    "stability_articles": "higher",
    "dead": "lower",
    "bound": "lower",
}
"""The measures in their order, and which end of each is the good one."""

FRONTIER = ("held_out", "npmi", "exclusivity", "stability_seeds")
"""The measures by which a number of topics must not be beaten on all sides."""

_TINY = 1e-12


def choose_n_topics(
    corpus: Corpus,
    candidates: Sequence[int],
    *,
    seeds: Sequence[int] = (1, 2, 3),
    engine: str = "tomotopy",
    passes: int | None = None,
    by: str | None = "source",
    n_terms: int = 10,
) -> pd.DataFrame:
    """Fit models with several numbers of topics and show what each number costs and gives.

    Measures pull in different directions: more topics fit held-out articles better and are more
    exclusive, and come less surely again. The table recommends nothing. It marks the numbers that
    no other beats in fit, coherence, exclusivity and stability at once; among them your question
    decides, and reading. Differences within the spread of the seeds mean nothing.

    Parameters
    ----------
    corpus
        The corpus.
    candidates
        Numbers of topics, each 2 or more.
    seeds
        Two seeds or more; each is a fit for each number, and one fit more on other articles.
    engine, passes
        As in `fit_topics`.
    by
        The column whose groups a topic may be bound to; None for none.
    n_terms
        The most probable terms of a topic that are looked at, 2 or more.

    Returns
    -------
    DataFrame
        One row a number of topics, seed and measure: `n_topics`, `seed`, `measure`, `score`,
        `better` (`higher` or `lower`), `frontier` (whether no other number is at least as good in
        the means of `held_out`, `npmi`, `exclusivity` and `stability_seeds` and better in one),
        `n_terms`, `engine`, `n_held_out` (articles). The measures:

        - `held_out`: log-likelihood per token of one half of each held-out article, given the other
          (document completion); for NMF, which is no model of texts, only a comparison of fits;
        - `npmi`, `c_v`, `exclusivity`: means of `topic_quality`; `diversity`: the mean of its
          `uniqueness`;
        - `stability_seeds`: mean cosine of matched topics with the fits of the other seeds;
        - `stability_articles`: with a fit of the same seed in which other articles were held out;
          missing but for the first seed;
        - `dead`: share of topics that are no article's largest;
        - `bound`: share of topics with fewer than 1.5 effective groups; missing without `by`.

    Raises
    ------
    ValueError
        Where a number or an argument is out of range, there are fewer than two seeds, or there are
        too few articles.

    See Also
    --------
    framing.plot_topic_choice : Draws the table.
    framing.topic_quality : The measures of one model, by topic.
    framing.topic_stability : Which topics come again.

    References
    ----------
    Wallach, H. M., Murray, I., Salakhutdinov, R., & Mimno, D. (2009). Evaluation methods for topic
    models. ICML, 1105-1112. https://doi.org/10.1145/1553374.1553515

    Greene, D., O'Callaghan, D., & Cunningham, P. (2014). How many topics? Stability analysis for
    topic models. ECML PKDD, 498-513. https://doi.org/10.1007/978-3-662-44848-9_32

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> table = fr.choose_n_topics(corpus, [2, 4], seeds=[1, 2], engine="nmf")
    >>> table[table["measure"] == "held_out"].shape
    (4, 9)
    """
    from tqdm.auto import tqdm

    candidates = _check(corpus, candidates, seeds, engine=engine, n_terms=n_terms)
    check_by("choose_n_topics", corpus.articles, by)
    splits = [_hold_out(corpus, seeds[0], part) for part in (0, 1)]
    rows: list[tuple[int, int, str, float]] = []
    fits = len(candidates) * (len(seeds) + 1)
    with tqdm(total=fits, desc="numbers of topics", unit=" fits", delay=1, leave=False) as bar:
        for n_topics in candidates:
            models: list[TopicModel] = []
            for seed in (*seeds, seeds[0]):
                kept, _ = splits[len(models) == len(seeds)]
                models.append(fit_topics(kept, n_topics, seed=seed, engine=engine, passes=passes))
                bar.update()
            for place, seed in enumerate(seeds):
                scores = _scores(models[place], *splits[0], by=by, n_terms=n_terms)
                others = [match_topics(models[place], models[other])[1].mean()
                          for other in range(len(seeds)) if other != place]  # fmt: skip
                scores["stability_seeds"] = float(np.mean(others))
                again = match_topics(models[0], models[-1])[1].mean()
                scores["stability_articles"] = float(again) if place == 0 else np.nan
                rows += [(n_topics, seed, measure, scores[measure]) for measure in BETTER]
    table = pd.DataFrame(rows, columns=["n_topics", "seed", "measure", "score"])
    return table.assign(
        measure=table["measure"].astype("str"),
        better=table["measure"].map(BETTER).astype("str"),
        frontier=table["n_topics"].isin(_frontier(table)),
        n_terms=n_terms,
        engine=pd.Series([engine] * len(table), dtype="str"),
        n_held_out=len(splits[0][1]),
    )


def _check(
    corpus: Corpus, candidates: Sequence[int], seeds: Sequence[int], *, engine: str, n_terms: int
) -> list[int]:
    """Return the numbers of topics in order; raise where the arguments make no comparison."""
    check_corpus("choose_n_topics", corpus)
    check_one_of("choose_n_topics", "engine", engine, ENGINES)
    check_at_least("choose_n_topics", "n_terms", n_terms, 2)
    for n_topics in candidates:
        check_at_least("choose_n_topics", "candidates", n_topics, 2)
    for seed in seeds:
        check_seed("choose_n_topics", seed)
    if not len(candidates) or len(set(seeds)) < 2 or len(set(seeds)) < len(seeds):
        msg = (
            f"choose_n_topics: candidates={list(candidates)!r} and seeds={list(seeds)!r} make no "
            "comparison. Pass one number of topics or more and two different seeds or more."
        )
        raise ValueError(msg)
    if len(corpus) < 2 / HELD_OUT:
        msg = (
            f"choose_n_topics: {len(corpus):,} articles are too few to hold some out. "
            f"Pass a corpus of {round(2 / HELD_OUT)} articles or more."
        )
        raise ValueError(msg)
    return sorted(set(candidates))


def _hold_out(corpus: Corpus, seed: int, part: int) -> tuple[Corpus, Corpus]:
    """Return the articles to fit on and those held out: the first tenth by chance, or the next."""
    order = np.random.default_rng(seed).permutation(len(corpus))
    n = max(round(HELD_OUT * len(corpus)), 1)
    out = np.zeros(len(corpus), dtype=bool)
    out[order[part * n : (part + 1) * n]] = True
    return corpus.where(~out), corpus.where(out)


def _scores(
    model: TopicModel, kept: Corpus, held: Corpus, *, by: str | None, n_terms: int
) -> dict[str, Any]:
    """Return the measures of one model that need no other model."""
    coherence = coherence_scores(model, kept, n_terms)
    shares = model.article_topic[model.n_tokens > 0]
    found: dict[str, Any] = {
        "held_out": completion(model, held),
        "npmi": float(np.nanmean(coherence["npmi"])),
        "c_v": float(np.nanmean(coherence["c_v"])),
        "exclusivity": float(exclusivity(model.topic_term, n_terms).mean()),
        "diversity": float(uniqueness(model.topic_term, n_terms).mean()),
        "dead": 1 - len(np.unique(shares.argmax(axis=1))) / model.n_topics,
        "bound": np.nan,
    }
    if by is not None:
        groups, group = group_rows("choose_n_topics", kept, by)
        means = group_means(shares, group[model.n_tokens > 0], len(groups))
        found["bound"] = float((effective_number(means) < ONE_SOURCE).mean())
    return found


def completion(model: TopicModel, held: Corpus) -> float:
    """Return the log-likelihood per token of one half of the articles, given the other.

    The halves are every other token in the order of the vocabulary, so that nothing depends on
    chance. Missing where no article has two tokens of the model.
    """
    counts = model_counts(model, held)
    stops = np.cumsum(counts.data)
    asked = stops // 2 - (stops - counts.data) // 2
    given = counts.copy()
    given.data = counts.data - asked
    shares = fold_in(given, model.topic_term, alpha_of(model))
    row = np.repeat(np.arange(len(held)), np.diff(counts.indptr))
    likelihood = (shares[row] * model.topic_term.T[counts.indices]).sum(axis=1)
    total = float((asked * np.log(likelihood + _TINY)).sum())
    return total / float(asked.sum()) if asked.sum() else float("nan")


def _frontier(table: pd.DataFrame) -> list[int]:
    """Return the numbers of topics that none beats in every measure of the frontier."""
    means = table.pivot_table(index="n_topics", columns="measure", values="score")
    points = means.reindex(columns=list(FRONTIER)).to_numpy()
    as_good = (points[:, None, :] >= points[None, :, :]).all(axis=2)
    better = (points[:, None, :] > points[None, :, :]).any(axis=2)
    beaten = np.flatnonzero((as_good & better).any(axis=0))
    return [int(n) for place, n in enumerate(means.index) if place not in beaten]
