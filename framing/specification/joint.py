"""One test for all specifications of a claim together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_seed, close_match, listing
from framing.schema import SPECIFICATION_TEST
from framing.specification.readings import as_table, check_failures, first_error, null_of, run
from framing.specification.steps import (
    SHUFFLE,
    Analysis,
    Choices,
    combinations,
    options_of,
    steps_of,
)

_Floats = npt.NDArray[np.float64]


def specification_test(
    analysis: Analysis,
    choices: Choices,
    *,
    estimate: str = "estimate",
    null: float | None = None,
    keep: Callable[..., bool] | None = None,
    n_shuffles: int = 200,
    seed: int,
) -> pd.DataFrame:
    """Test all combinations of choices together, against data without the effect.

    The whole curve is run again on shuffled data, every combination on the same shuffle. That
    answers what no single row can: would so many estimates lie so far from the null by chance?

    Parameters
    ----------
    analysis
        As in `specification_curve`, with an argument `shuffle` in one of the steps: None asks
        for the data as they are, a number for data shuffled with that seed, for example
        `shuffle_labels(articles, "source", seed=shuffle)`.
    choices, estimate, null, keep
        As in `specification_curve`.
    n_shuffles
        How often the data are shuffled, 1 or more. Each runs all combinations.
    seed
        Start of the random numbers, 0 or more.

    Returns
    -------
    DataFrame
        Three rows: `statistic` (`median`: distance of the median estimate from the null, for
        ratios that of its logarithm; `share`: the share of specifications whose interval lies
        wholly on the median's side of the null; `mean_z`: size of the mean z of the p-values),
        `observed`, `shuffled_median`, `shuffled_95` (95th percentile), `p`, `measure`, `null`,
        `n_specifications`, `n_shuffles`, `seed`. `share` is missing without intervals, `mean_z`
        without p-values. Specifications that fail in the data or a shuffle do not count.

    Raises
    ------
    ValueError
        As `specification_curve`, and where no step has an argument `shuffle`.
    TypeError
        Where `analysis` is neither a function nor steps, or `seed` not a whole number.

    See Also
    --------
    framing.specification_curve : The estimates.
    framing.shuffle_labels : Shuffles the sources of articles.

    References
    ----------
    Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve analysis. Nature
    Human Behaviour, 4(11), 1208-1214. https://doi.org/10.1038/s41562-020-0912-z

    Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical
    Applications in Genetics and Molecular Biology, 9(1), 39. https://doi.org/10.2202/1544-6115.1585

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(200, seed=1))
    >>> steps = {
    ...     "labels": lambda shuffle: fr.shuffle_labels(corpus.articles, "source", seed=shuffle),
    ...     "labelled": lambda labels: corpus.join(labels),
    ...     "rates": lambda labelled, per: fr.measure_terms(labelled, "sovereignty", per=per),
    ...     "table": lambda rates: fr.compare(
    ...         rates, by="label", target="Gazette", seed=1, n_resamples=0
    ...     ),
    ... }
    >>> test = fr.specification_test(
    ...     steps, {"per": ["tokens", "articles"]}, estimate="ratio", n_shuffles=9, seed=1
    ... )
    >>> test["statistic"].tolist()
    ['median', 'share', 'mean_z']
    """
    where = "specification_test"
    check_at_least(where, "n_shuffles", n_shuffles, 1)
    check_seed(where, seed)
    options = options_of(where, choices, "an estimate")
    seeds = np.random.SeedSequence(seed).generate_state(n_shuffles).tolist()
    shuffles = {"none": None, **{str(place): one for place, one in enumerate(seeds)}}
    steps = steps_of(where, analysis, {**options, SHUFFLE: shuffles})
    runs = combinations(where, steps, keep)
    null = null_of(estimate, null)
    found = run(steps, runs, estimate)
    check_failures(where, found)
    table = as_table(runs, found, null)
    names = [*choices]
    failed = table["error"].notna().groupby([table[name] for name in names]).transform("any")
    kept = table[~failed]
    if kept.empty:
        msg = f"{where}: every combination fails in the data or in a shuffle. {first_error(found)}"
        raise ValueError(msg)
    scale = "log" if estimate == "ratio" else "linear"
    groups = kept.groupby(SHUFFLE, sort=False)
    every = {str(name): _statistics(part, null, scale) for name, part in groups}
    tested = _tested(every.pop("none"), np.array(list(every.values())))
    measures = " | ".join(kept["measure"].unique())
    tested = tested.assign(
        measure=pd.Series([measures] * 3, dtype="str"),
        null=null,
        n_specifications=len(kept) // (n_shuffles + 1),
        n_shuffles=n_shuffles,
        seed=seed,
    )
    return tested[SPECIFICATION_TEST.required]


def shuffle_labels(articles: pd.DataFrame, column: str, *, seed: int | None) -> pd.DataFrame:
    """Give the labels of a column to other articles by chance, to see what chance alone would do.

    Each label is kept as often as it was. Copies of one story count as independent: keep one
    article a story where there are many.

    Parameters
    ----------
    articles
        A table with `doc_id`, for example `corpus.articles`.
    column
        The column whose values are shuffled, for example `"source"`.
    seed
        Start of the random numbers; None leaves the labels where they are.

    Returns
    -------
    DataFrame
        One row an article: `doc_id` and `label`, for `corpus.join` or `measure.join`.

    Raises
    ------
    ValueError
        Where the articles lack the column or `doc_id`, or have two labels for one article.
    TypeError
        Where `seed` is neither None nor a whole number.

    See Also
    --------
    framing.specification_test : Judges a whole curve by shuffled labels.

    Examples
    --------
    >>> import framing as fr
    >>> articles = fr.make_articles(60, seed=1)
    >>> shuffled = fr.shuffle_labels(articles, "source", seed=1)
    >>> sorted(shuffled["label"]) == sorted(articles["source"])
    True
    """
    for name in ("doc_id", column):
        if name not in articles.columns:
            msg = (
                f"shuffle_labels: the articles have no column {name!r}. They have "
                f"{listing(articles.columns)}.{close_match(name, articles.columns)}"
            )
            raise ValueError(msg)
    table = articles[["doc_id", column]].drop_duplicates(ignore_index=True)
    twice = table["doc_id"].duplicated()
    if twice.any():
        msg = (
            f"shuffle_labels: {int(twice.sum()):,} articles have several values of {column!r} "
            f"({listing(table['doc_id'][twice], most=3)}). Choose a column of whole articles."
        )
        raise ValueError(msg)
    table.columns = pd.Index(["doc_id", "label"])
    if seed is None:
        return table
    check_seed("shuffle_labels", seed)
    order = np.random.default_rng(seed).permutation(len(table))
    return table.assign(label=table["label"].array.take(order))


def _statistics(part: pd.DataFrame, null: float, scale: str) -> list[float]:
    """Return the three statistics of one curve; those that cannot be known are missing."""
    from scipy.stats import norm

    median = float(part["estimate"].median())
    if scale == "log":
        distance = abs(np.log(median / null)) if median > 0 else np.inf
    else:
        distance = abs(median - null)
    side = "above" if median > null else "below"
    known = part["interval"].notna().any()
    share = float((part["interval"] == side).mean()) if known else np.nan
    signs = np.sign(part["estimate"] - null)
    z = signs * norm.isf(part["p"].to_numpy(dtype=float) / 2)
    return [float(distance), share, abs(float(z.mean())) if part["p"].notna().all() else np.nan]


def _tested(observed: list[float], shuffled: _Floats) -> pd.DataFrame:
    """Return each statistic against its values in shuffled data."""
    values = np.array(observed)
    # Sums in another order differ in their last digits: those count as equal.
    as_large = (shuffled >= values * (1 - 1e-12)).sum(axis=0)
    p = np.where(np.isnan(values), np.nan, (1 + as_large) / (1 + len(shuffled)))
    return pd.DataFrame(
        {
            "statistic": pd.Series(["median", "share", "mean_z"], dtype="str"),
            "observed": values,
            "shuffled_median": np.median(shuffled, axis=0),
            "shuffled_95": np.quantile(shuffled, 0.95, axis=0),
            "p": p,
        }
    )
