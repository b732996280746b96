"""Topic models that know more of an article than its words: who published it, and when."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from framing.corpus import Corpus
from framing.topics.design import design, whole_column
from framing.topics.engines import Fitted, progress_bar, rows_to_one
from framing.topics.model import TopicModel, by_size
from framing.topics.preparing import Prepared, check_asked, check_enough, prepare

if TYPE_CHECKING:
    from collections.abc import Callable

N_DRAWS = 25
"""Draws of the articles' shares that are kept, as many as R's stm takes."""

EM_LIMIT, EM_RISE, EM_BEFORE = 500, 1e-5, 20
"""Steps of STM at most, the relative rise of the bound below which it has arrived, and steps of the
model without groups from whose topics the one with groups sets out."""


def fit_structural_topics(
    corpus: Corpus,
    n_topics: int,
    *,
    seed: int,
    prevalence: str | Sequence[str] | None = None,
    content: str | None = None,
    stop_words: str | Sequence[str] | None = "english",
    min_articles: int = 5,
    max_share: float = 0.5,
) -> TopicModel:
    """Fit a structural topic model: topics whose shares, and words, may depend on the articles.

    With `prevalence` an article's shares are drawn towards those of articles with the same values;
    with `content` each topic is worded anew for each group. Take the columns that your question is
    about and those that could confound it. Shares of groups are not evidence that the groups
    differ: the model was told of them. `draws` hold its uncertainty. Without either
    it is the correlated topic model.

    Parameters
    ----------
    corpus
        The corpus.
    n_topics
        How many topics, 2 or more.
    seed
        Start of the random numbers, 0 to 4,294,967,295. Topics start from anchor words, so that
        the seed moves the draws, and little else where the vocabulary is below 10,000 terms.
    prevalence
        What an article's shares may depend on: a formula of the articles' columns, such as
        `"source * date"` or `"source + bs(date, df=5)"`, or a list of columns. Text is coded
        against its first value in alphabetical order, dates as days since the first.
    content
        One column of groups that may word the topics differently, such as `"source"`.
    stop_words, min_articles, max_share
        As in `fit_topics`.

    Returns
    -------
    TopicModel
        Topics by size, largest first, engine `"stm"` (`"ctm"` without `prevalence` and `content`).
        `draws` are 25 draws of the articles' shares from their approximate posteriors. With
        `content`, `topic_term_by` is P(term given topic) in each group, and `topic_term` its mean
        over groups, each counted once.

    Raises
    ------
    ValueError
        Where a column is absent or has missing values, the formula is none, `content` has fewer
        than two groups, or as in `fit_topics`.
    TypeError
        Where `n_topics` or `seed` is not a whole number.

    Warns
    -----
    UserWarning
        Where the bound was still rising after 500 steps.

    See Also
    --------
    framing.fit_topics : Topics from the words alone, faster.
    framing.fit_seeded_topics : Topics that begin from words you name.

    References
    ----------
    Blei, D. M., & Lafferty, J. D. (2007). A correlated topic model of Science. Annals of Applied
    Statistics, 1(1), 17-35. https://doi.org/10.1214/07-AOAS114

    Eisenstein, J., Ahmed, A., & Xing, E. P. (2011). Sparse additive generative models of text.
    ICML, 1041-1048.

    Roberts, M. E., Stewart, B. M., & Airoldi, E. M. (2016). A model of text for experimentation in
    the social sciences. JASA, 111(515), 988-1003. https://doi.org/10.1080/01621459.2016.1141684

    Examples
    --------
    >>> import framing as fr
    >>> from framing.topics import fit_structural_topics
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fit_structural_topics(corpus, 4, seed=1, prevalence="source")
    >>> model.draws.shape
    (25, 120, 4)
    """
    where = "fit_structural_topics"
    check_asked(where, corpus, n_topics, seed=seed)
    n_topics, seed = int(n_topics), int(seed)
    ready = prepare(
        where, corpus, stop_words=stop_words, min_articles=min_articles, max_share=max_share
    )
    check_enough(where, n_topics, ready)
    filled = ready.n_tokens > 0
    covariates: npt.NDArray[np.float64] | None = None
    names: list[str] = []
    if prevalence is not None:
        table, names = design(where, corpus.articles, prevalence, name="prevalence")
        covariates = table[filled]
    groups = None if content is None else _groups(where, corpus, content)[filled]
    fitted = _fit_stm(ready, n_topics, seed=seed, covariates=covariates, groups=groups)
    if not fitted.converged:
        msg = (
            f"{where}: the bound was still rising after {fitted.passes:,} steps. "
            "Pass fewer topics, or use it with care."
        )
        warnings.warn(msg, UserWarning, stacklevel=2)
    settings = {
        "engine": "ctm" if covariates is None and groups is None else "stm",
        "n_topics": n_topics,
        "seed": seed,
        "prevalence": prevalence if isinstance(prevalence, str | None) else list(prevalence),
        "covariates": names,
        "content": content,
        **ready.settings,
    }
    return by_size(fitted, ready, settings=settings)


def _groups(where: str, corpus: Corpus, content: str) -> npt.NDArray[np.object_]:
    """Return the group of each row; raise where they are no groups."""
    values = whole_column(where, corpus.articles, content, name="content").astype("str")
    if values.nunique() < 2:
        msg = (
            f"{where}: content={content!r} has one value, {values.iloc[0]!r}, so there is nothing "
            "to tell apart. Pass a column of two groups or more, or None."
        )
        raise ValueError(msg)
    return values.to_numpy(dtype=object)


def _fit_stm(
    ready: Prepared,
    n_topics: int,
    *,
    seed: int,
    covariates: npt.NDArray[np.float64] | None,
    groups: npt.NDArray[np.object_] | None,
) -> Fitted:
    """Fit by variational EM (topica); the shares are drawn from each article's own posterior."""
    import topica
    from topica import stm

    draw: Any = stm.posterior_theta_samples
    held = as_topica(ready)
    kind: Any = topica.CTM if covariates is None else topica.STM
    options: dict[str, Any] = {} if covariates is None else {"prevalence": covariates}
    with progress_bar("stm", None) as bar:
        model: Any = kind(n_topics, seed=seed)
        steps = EM_LIMIT if groups is None else EM_BEFORE
        model.fit(held, iters=steps, convergence_tol=EM_RISE, progress=mover(bar), **options)
        if groups is not None:
            # From words of chance the content model arrives at a lower bound.
            first, model = model.topic_word, topica.STM(n_topics, seed=seed)
            options |= {"content": groups.tolist(), "beta_init": first}
            model.fit(held, iters=EM_LIMIT, convergence_tol=EM_RISE, progress=mover(bar), **options)
    by_group: dict[str, npt.NDArray[np.float64]] = {}
    topic_term = np.asarray(model.topic_word, dtype=np.float64)
    if groups is not None:
        found = np.asarray(model.topic_word_by_group, dtype=np.float64)
        by_group = {
            str(group): rows_to_one(found[:, number]) for number, group in enumerate(model.groups)
        }
        topic_term = np.mean(list(by_group.values()), axis=0)
    return Fitted(
        rows_to_one(topic_term),
        rows_to_one(np.asarray(model.doc_topic, dtype=np.float64)),
        passes=len(model.bound_history),
        converged=bool(model.converged),
        fit=float(model.bound) / int(ready.n_tokens.sum()),
        fit_measure="variational bound per token",
        version=f"topica {topica.__version__}",
        draws=draw(model, N_DRAWS, seed=seed).astype(np.float32),
        topic_term_by=by_group,
    )


def as_topica(ready: Prepared) -> Any:
    """Return the articles with terms as topica takes them, each term at its place."""
    import topica

    names, full = ready.vocabulary.to_numpy(dtype=object), ready.full
    tokens = names[np.repeat(full.indices, full.data.astype(np.int64))]
    stops = np.cumsum(np.asarray(full.sum(axis=1), dtype=np.int64))
    articles = [part.tolist() for part in np.split(tokens, stops[:-1])]
    return topica.Corpus.from_documents(articles, vocabulary=ready.vocabulary.tolist())


def mover(bar: Any) -> Callable[..., None]:
    """Return what moves a bar when it is told the number of the pass."""

    def move(done: int, *_: object) -> None:
        bar.update(done - bar.n)

    return move
