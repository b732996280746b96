"""How shares of topics depend on what is known of the articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_seed, check_unit, listing
from framing.corpus import Corpus, check_corpus
from framing.counts import constant
from framing.resampling.cells import indicator
from framing.resampling.testing import adjusted
from framing.schema.topics import TOPIC_EFFECTS
from framing.topics.design import design
from framing.topics.model import TopicModel
from framing.topics.shares import model_rows, share_draws, with_settings

_Floats = npt.NDArray[np.float64]
_Ints = npt.NDArray[np.int64]

INTERCEPT = "intercept"

_SINGULAR = 1e-9
"""Below this share of a column's length its part that no other column explains is rounding."""


def topic_effects(
    model: TopicModel,
    corpus: Corpus,
    *,
    formula: str,
    unit: str = "doc_id",
    refits: Sequence[TopicModel] | None = None,
    n_draws: int = 25,
    seed: int,
    level: float = 0.95,
) -> pd.DataFrame:
    """Regress the share of each topic on columns of the articles.

    For questions that `compare` cannot ask: a source's share at equal dates, an interaction, a
    number. Coefficients are differences of mean shares, other columns equal. They describe; what
    causes what the formula does not know.

    Parameters
    ----------
    model
        The model.
    corpus
        The corpus it was fitted on, or any part of it that `where` gives, or the same articles with
        other columns.
    formula
        Columns of the articles, as in `"source + bs(date, df=4)"` or `"source * days"`. Text is
        coded against its first value in alphabetical order (`C(source, contr.treatment("CNN"))`
        for another), dates are days since the first. An intercept is always there.
    unit
        The column whose values are independent of each other: `"doc_id"`, or for example
        `"story"`.
    refits
        Other fits in the place of draws, as in `measure_topics`.
    n_draws
        Draws of the articles' shares from the model's posterior, 2 or more; 0 for none. A model
        that brings draws of its own gives at most those; one without a posterior (NMF) none.
    seed
        Start of the random numbers of the draws.
    level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    DataFrame
        One row a topic and term of the formula: `topic`, `label`, `term` (`intercept` first),
        `estimate` (change of the mean share, -1 … 1, for one unit of the term), `std_error`,
        `low`, `high`, `t`, `p` (two-sided), `q` (after Benjamini and Hochberg over the `n_tests`
        rows but the intercepts), `model_part` (share of the variance that comes from the draws),
        `n_articles`, `n_units`, `formula`, `unit`, `level`, `n_draws`, `draw_seed`, `n_topics`,
        `engine`, `seed`.

    Raises
    ------
    ValueError
        Where the formula is none, names columns that are absent or have missing values, or says
        the same thing twice; where there are too few units, or the corpus has articles that the
        model has not seen.
    TypeError
        Where `seed` is not a whole number, or the corpus is not one.

    See Also
    --------
    framing.topic_expected_shares : The shares that a formula makes expect.
    framing.plot_topic_effects : Draws the table.
    framing.compare : Shares of groups, with intervals.
    framing.fit_structural_topics : Lets shares depend on columns when topics are fitted.

    Notes
    -----
    The method of composition (Treier & Jackman 2008; Roberts et al. 2014): the regression is
    computed for each draw of the shares, least squares with covariances that are robust to
    heteroscedasticity and to dependence inside units (with the factor of G units, n articles and
    p terms G / (G - 1) · (n - 1) / (n - p)). Estimates are means over draws; variances the mean of
    theirs, plus 1 + 1/S of the variance of the estimates of S draws (Rubin 1987), which is what
    R's stm arrives at by pooling simulated coefficients. Intervals are of t with G - p degrees of
    freedom. Without draws the shares are taken as known.

    References
    ----------
    Roberts, M. E., Stewart, B. M., Tingley, D., Lucas, C., Leder-Luis, J., Gadarian, S. K.,
    Albertson, B., & Rand, D. G. (2014). Structural topic models for open-ended survey responses.
    American Journal of Political Science, 58(4), 1064-1082. https://doi.org/10.1111/ajps.12103

    Treier, S., & Jackman, S. (2008). Democracy as a latent variable. American Journal of Political
    Science, 52(1), 201-217. https://doi.org/10.1111/j.1540-5907.2007.00308.x

    Cameron, A. C., & Miller, D. L. (2015). A practitioner's guide to cluster-robust inference.
    Journal of Human Resources, 50(2), 317-372. https://doi.org/10.3368/jhr.50.2.317

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> effects = fr.topic_effects(model, corpus, formula="source + date", unit="story", seed=1)
    >>> effects["term"].unique().tolist()
    ['intercept', 'source[T.Gazette]', 'source[T.Herald]', 'source[T.Tribune]', 'date']
    """
    where = "topic_effects"
    check_corpus(where, corpus)
    check_seed(where, seed)
    if not 0 < level < 1:
        msg = f"{where}: level={level!r} is not between 0 and 1. Pass for example level=0.95."
        raise ValueError(msg)
    columns, names = design(where, corpus.articles, formula, name="formula")
    draws = share_draws(where, model, corpus, n_draws=n_draws, refits=refits, seed=seed)
    numbers, settings = regressed(
        where, model, corpus, columns=columns, names=names, unit=unit, draws=draws
    )
    settings |= {"formula": formula, "level": float(level), "draw_seed": seed}
    return _table(model, [INTERCEPT, *names], numbers, settings)


def regressed(
    where: str,
    model: TopicModel,
    corpus: Corpus,
    *,
    columns: _Floats,
    names: list[str],
    unit: str,
    draws: list[_Floats],
    asked: _Floats | None = None,
) -> tuple[tuple[_Floats, _Floats, _Floats], dict[str, Any]]:
    """Return estimates, their variances and the part of it from the draws, and settings.

    One row a row of `asked`, weights of the terms of the formula with the intercept first, or
    without it a row a term; one column a topic.
    """
    point = model.article_topic[model_rows(where, model, corpus)]
    counted = ~np.isnan(point[:, 0])
    matrix = np.column_stack([np.ones(int(counted.sum())), columns[counted]])
    units = _units(where, corpus.articles, unit)[counted]
    units = np.unique(units, return_inverse=True)[1]
    n_units = int(units.max(initial=-1)) + 1
    _check_design(where, matrix, names, n_units)
    asked = np.eye(matrix.shape[1]) if asked is None else asked
    found = [_regressed(matrix, one[counted], units, asked) for one in draws or [point]]
    estimates, variances = (np.stack(parts) for parts in zip(*found, strict=True))
    between = estimates.var(axis=0, ddof=1) * (1 + 1 / len(draws)) if draws else 0.0 * estimates[0]
    variance = variances.mean(axis=0) + between
    settings = {
        "n_articles": len(matrix), "n_units": n_units, "unit": unit, "n_draws": len(draws),
    }  # fmt: skip
    return (estimates.mean(axis=0), variance, between), settings


def _units(where: str, frame: pd.DataFrame, unit: str) -> _Ints:
    """Return the number of each article's unit."""
    check_unit(where, frame, unit, join="Corpus.join()")
    return np.asarray(pd.factorize(frame[unit])[0], dtype=np.int64)


def _check_design(where: str, matrix: _Floats, names: list[str], n_units: int) -> None:
    """Raise where the regression has no answer."""
    n_terms = matrix.shape[1]
    if n_units <= n_terms:
        msg = (
            f"{where}: {n_units:,} units are too few for {n_terms:,} terms of the formula. "
            "Pass a shorter formula, or more articles."
        )
        raise ValueError(msg)
    lengths = np.linalg.norm(matrix, axis=0)
    left = np.abs(np.diag(np.linalg.qr(matrix / np.where(lengths > 0, lengths, 1), mode="r")))
    twice = [name for name, part in zip([INTERCEPT, *names], left, strict=True) if part < _SINGULAR]
    if twice:
        msg = (
            f"{where}: {listing(twice)} of the formula follows from its other terms: it has one "
            "value only, or says the same as they do. Leave it out."
        )
        raise ValueError(msg)


def _regressed(
    matrix: _Floats, shares: _Floats, units: _Ints, asked: _Floats
) -> tuple[_Floats, _Floats]:
    """Return what is asked of the coefficients and its variances, rows of `asked` × topics."""
    n_units, (n, n_terms) = int(units.max()) + 1, matrix.shape
    q, r = np.linalg.qr(matrix)
    back = np.linalg.inv(r)
    estimates = back @ (q.T @ shares)
    residuals = shares - matrix @ estimates
    members = indicator(units, np.arange(n), (n_units, n))
    weights = q @ (asked @ back).T
    factor = n_units / (n_units - 1) * (n - 1) / (n - n_terms)
    variances = [
        factor * ((members @ (weights * residual[:, None])) ** 2).sum(axis=0)
        for residual in residuals.T
    ]
    return asked @ estimates, np.column_stack(variances)


def _table(
    model: TopicModel,
    names: list[str],
    numbers: tuple[_Floats, _Floats, _Floats],
    settings: dict[str, Any],
) -> pd.DataFrame:
    """Return the table of estimates, by topic."""
    from scipy.special import stdtr, stdtrit

    estimate, variance, between = (one.T.ravel() for one in numbers)
    n_terms, size = len(names), len(estimate)
    freedom = settings["n_units"] - n_terms
    error = np.sqrt(variance)
    with np.errstate(invalid="ignore", divide="ignore"):
        t = estimate / error
        part = np.where(variance > 0, between / variance, 0.0)
    reach = stdtrit(freedom, (1 + settings["level"]) / 2) * error
    p = 2 * stdtr(freedom, -np.abs(t))
    term = pd.Series(names * model.n_topics, dtype="str")
    tested = np.where(term == INTERCEPT, np.nan, p)
    table = pd.DataFrame(
        {
            "topic": np.repeat(np.arange(model.n_topics), n_terms),
            "label": pd.Series(np.repeat(model.labels, n_terms), dtype="str"),
            "term": term,
            "estimate": estimate,
            "std_error": error,
            "low": estimate - reach,
            "high": estimate + reach,
            "t": t,
            "p": p,
            "q": adjusted(tested),
            "n_tests": int(np.count_nonzero(~np.isnan(tested))),
            "model_part": part,
            "formula": constant(settings["formula"], size),
            "unit": constant(settings["unit"], size),
            **{name: value for name, value in settings.items() if name not in ("formula", "unit")},
        }
    )
    return with_settings(table, model)[TOPIC_EFFECTS.required]
