"""One claim under many choices: does it survive other ways to do the same analysis?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from framing.schema import SPECIFICATION_CURVE
from framing.specification.readings import as_table, check_failures, null_of, run
from framing.specification.steps import Analysis, Choices, combinations, options_of, steps_of


def specification_curve(
    analysis: Analysis,
    choices: Choices,
    *,
    estimate: str = "estimate",
    null: float | None = None,
    keep: Callable[..., bool] | None = None,
) -> pd.DataFrame:
    """Run one analysis under every combination of sensible choices.

    A claim that holds under one set of stop words and not under another is a claim about stop
    words. Name all choices that a reader could defend, and only these: the curve tells how far
    the estimate depends on them, not which is right. Its rows share their data, so they are no
    independent tests; `specification_test` judges all of them together.

    Parameters
    ----------
    analysis
        A function, or steps by name in the order in which they run. Arguments are filled by
        name: with the option of a choice, or with what an earlier step returned. A step runs again
        only when a choice changes that it, or a step before it, depends on. The last step returns
        the estimate: a table of one row, a row, or a mapping with `estimate`, `low` and
        `high`, and `p` and `measure` where it has them; or a number.
    choices
        For each choice its options: a list of values, or a mapping of labels to values. The
        first options are those of the first combination.
    estimate
        The name of the estimate in what the analysis returns, for example `"difference"` or
        `"ratio"` of `compare`; its interval is then in `difference_low`, `difference_high`.
    null
        The estimate that would mean no effect; None takes 1 for `"ratio"` and 0 for all others.
    keep
        A function of choices, by name, that says which combinations make sense; None runs all.

    Returns
    -------
    DataFrame
        One row a combination, from the lowest estimate to the highest: a column of labels for each
        choice, `specification` (from 1), `measure`, `estimate`, `low`, `high`, `p`, `null`,
        `interval` (`above`, `below` or `across` the null), `median` (of the estimates),
        `n_specifications`, `error`. A combination that fails is a row with `error` at the end.

    Raises
    ------
    ValueError
        Where an argument is neither a choice nor an earlier step, a choice is used by no step, a
        choice has no option or two with one label, there are no or more than 100,000 combinations,
        or all of them fail.
    TypeError
        Where `analysis` is neither a function nor steps.

    Warns
    -----
    UserWarning
        Where some combinations failed.

    See Also
    --------
    framing.plot_specification_curve : Draws the table.
    framing.specification_test : One test for all combinations together.
    framing.compare : An estimate with its interval.

    References
    ----------
    Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve analysis. Nature
    Human Behaviour, 4(11), 1208-1214. https://doi.org/10.1038/s41562-020-0912-z

    Steegen, S., Tuerlinckx, F., Gelman, A., & Vanpaemel, W. (2016). Increasing transparency
    through a multiverse analysis. Perspectives on Psychological Science, 11(5), 702-712.
    https://doi.org/10.1177/1745691616658637

    Denny, M. J., & Spirling, A. (2018). Text preprocessing for unsupervised learning: Why it
    matters, when it misleads, and what to do about it. Political Analysis, 26(2), 168-189.
    https://doi.org/10.1017/pan.2017.44

    Examples
    --------
    >>> import framing as fr
    >>> articles = fr.make_articles(200, seed=1)
    >>> steps = {
    ...     "corpus": lambda words: fr.build_corpus(articles, stop_words=words),
    ...     "rates": lambda corpus, per: fr.measure_terms(corpus, "sovereignty", per=per),
    ...     "table": lambda rates: fr.compare(rates, by="source", target="Gazette", seed=1),
    ... }
    >>> choices = {"words": {"all": None, "content": "english"}, "per": ["tokens", "articles"]}
    >>> curve = fr.specification_curve(steps, choices, estimate="ratio")
    >>> curve[["words", "per", "specification", "n_specifications"]].shape
    (4, 4)
    """
    where = "specification_curve"
    steps = steps_of(where, analysis, options_of(where, choices, "an estimate"))
    runs = combinations(where, steps, keep)
    null = null_of(estimate, null)
    found = run(steps, runs, estimate)
    check_failures(where, found)
    table = as_table(runs, found, null)
    order = np.lexsort((np.arange(len(table)), table["estimate"], table["error"].notna()))
    table = table.iloc[order].reset_index(drop=True)
    table["specification"] = np.arange(1, len(table) + 1)
    table["median"] = table["estimate"].median()
    table["n_specifications"] = len(table)
    return table[[*choices, *SPECIFICATION_CURVE.required]]
