"""Attrition: what left on the way from the files to the articles that are analysed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing._checks import listing
from framing.corpus import Corpus
from framing.counts import constant
from framing.schema import ATTRITION, PROBLEMS

_LEFT_OUT = "left out"

Step = pd.DataFrame | Corpus | Sequence[str]


def attrition(steps: Mapping[str, Step], *, problems: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count what is left at each step from the files to the analysis, by source and reason.

    Every study leaves articles out; this table says how many of which source, and at which step.
    A step that takes a larger share of one source than of others can make the difference that is
    found later.

    Parameters
    ----------
    steps
        Name to what remains, in the order of the work. The first is the articles as they were
        read, with `doc_id` and `source`. Then tables with a column `doc_id` (articles, mentions),
        corpora (also of `contexts`), or lists of keys; each holds a part of the one before, and an
        article counts once however many rows it has.
    problems
        The second table of `read_articles`. What was `left out` there stands at the first step,
        without a source; a file that could not be read counts as one. None: the first step leaves
        nothing out.

    Returns
    -------
    DataFrame
        One row a step and source, in the order of the steps, sources by name, the missing one
        last: `step` (from 0), `name`, `source`, `what` (of the first step, the reason in
        `problems`, a row each; otherwise missing, as the step's name is the reason), `n_before`,
        `n_left_out`, `n_after`. In every row n_before - n_left_out = n_after; the sum of
        `n_after` over the rows of a source at one step is that of `n_before` at the next.
        A source that has no article left keeps its rows.

    Raises
    ------
    ValueError
        Where there is no step, the first has no articles or a key twice, a step has articles that
        the one before lacks, or a table lacks a column.
    TypeError
        Where `steps` is not a mapping, or a step is none of these things.

    See Also
    --------
    framing.read_articles : Returns the articles and the problems.
    framing.plot_attrition : Draws the table.
    framing.evidence : What the articles say that a step left out.

    Examples
    --------
    >>> import framing as fr
    >>> articles, problems = fr.load_sample()
    >>> late = articles[articles["date"] >= "2021-02-01"]
    >>> table = fr.attrition({"read": articles, "since February": late}, problems=problems)
    >>> table.groupby(["step", "name"])[["n_before", "n_left_out", "n_after"]].sum().shape
    (2, 3)
    """
    source = _first(steps)
    names = list(steps)
    left_out = _problems(problems)
    unknown = [np.nan] if source.isna().any() else []
    groups = pd.Index([*sorted(source.dropna().unique()), *unknown], dtype="str")
    pieces = []
    before = source
    for step, name in enumerate(names):
        after = source if not step else before[_kept(name, names[step - 1], before, steps[name])]
        rows = [_rows(groups, before, after), *([] if step else [left_out])]
        pieces += [
            part.assign(step=step, name=constant(name, len(part))) for part in rows if len(part)
        ]
        before = after
    columns = [column.name for column in ATTRITION.columns]
    return pd.concat(pieces, ignore_index=True)[columns]


def _first(steps: Mapping[str, Step]) -> pd.Series[Any]:
    """Return the source of each article of the first step, by key; raise where there is none."""
    if not isinstance(steps, Mapping):
        msg = (
            f"attrition: steps is {type(steps).__name__}, not a mapping of names. "
            "Pass for example {'read': articles, 'with a date': dated}."
        )
        raise TypeError(msg)
    if not steps:
        msg = "attrition: there is no step. Pass at least the articles, as in {'read': articles}."
        raise ValueError(msg)
    name, step = next(iter(steps.items()))
    table = step.articles if isinstance(step, Corpus) else step
    if not isinstance(table, pd.DataFrame):
        msg = (
            f"attrition: the first step {name!r} is {type(step).__name__}, not the articles. "
            "Begin with the first table of read_articles()."
        )
        raise TypeError(msg)
    missing = [column for column in ("doc_id", "source") if column not in table.columns]
    if missing:
        msg = (
            f"attrition: the first step {name!r} has no column {listing(missing)}. It has "
            f"{listing(table.columns)}. Begin with the first table of read_articles()."
        )
        raise ValueError(msg)
    if not len(table):
        msg = (
            f"attrition: the first step {name!r} has no articles. "
            "Begin with the first table of read_articles()."
        )
        raise ValueError(msg)
    twice = table["doc_id"][table["doc_id"].duplicated() | table["doc_id"].isna()]
    if len(twice):
        msg = (
            f"attrition: the first step {name!r} has {len(twice):,} keys in doc_id that are "
            f"missing or there twice ({listing(twice.unique(), most=3)}). "
            "Begin with the first table of read_articles()."
        )
        raise ValueError(msg)
    texts = table["source"].astype("str").to_numpy()
    return pd.Series(texts, index=pd.Index(table["doc_id"], dtype="str"), dtype="str")


def _problems(problems: pd.DataFrame | None) -> pd.DataFrame:
    """Return what was left out of the files, one row a reason."""
    if problems is None:
        reasons = pd.Series([], dtype="str")
    else:
        PROBLEMS.check("attrition", problems)
        reasons = problems.loc[problems["action"] == _LEFT_OUT, "what"].astype("str")
    counts = reasons.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "source": pd.Series([np.nan] * len(counts), dtype="str"),
            "what": pd.Series(counts.index, dtype="str"),
            "n_before": counts.to_numpy(dtype=np.int64),
            "n_left_out": counts.to_numpy(dtype=np.int64),
            "n_after": np.zeros(len(counts), dtype=np.int64),
        }
    )


def _kept(name: str, last: str, before: pd.Series[Any], step: Step) -> Any:
    """Return which articles of the step before remain."""
    known = keys_of("attrition", name, step)
    new = known[~known.isin(before.index)]
    if len(new):
        msg = (
            f"attrition: step {name!r} has {len(new):,} articles that {last!r} before it lacks "
            f"({listing(new, most=3)}). Put the steps in the order of the work."
        )
        raise ValueError(msg)
    return before.index.isin(known)


def keys_of(where: str, name: str, step: Step) -> pd.Index[Any]:
    """Return the keys of the articles of a step, each once."""
    if isinstance(step, Corpus):
        keys = step.articles["doc_id"]
    elif isinstance(step, pd.DataFrame):
        if "doc_id" not in step.columns:
            msg = (
                f"{where}: step {name!r} has no column 'doc_id'. It has "
                f"{listing(step.columns)}. Pass articles, mentions, a corpus or a list of keys."
            )
            raise ValueError(msg)
        keys = step["doc_id"]
    elif isinstance(step, (list, tuple, set, frozenset, np.ndarray, pd.Index, pd.Series)):
        keys = pd.Series(list(step), dtype="object")
    else:
        msg = (
            f"{where}: step {name!r} is {type(step).__name__}, which has no keys of articles. "
            "Pass articles, mentions, a corpus or a list of keys."
        )
        raise TypeError(msg)
    return pd.Index(keys.astype("str")).unique()


def _rows(groups: pd.Index[str], before: pd.Series[Any], after: pd.Series[Any]) -> pd.DataFrame:
    """Return the rows of one step, one a source, but not the step's number and name."""
    counted = [
        np.bincount(
            np.where(each.isna(), len(groups) - 1, groups.get_indexer(pd.Index(each))),
            minlength=len(groups),
        )
        for each in (before, after)
    ]
    n_before, n_after = (each.astype(np.int64) for each in counted)
    return pd.DataFrame(
        {
            "source": pd.Series(groups, dtype="str"),
            "what": pd.Series([np.nan] * len(groups), dtype="str"),
            "n_before": n_before,
            "n_left_out": n_before - n_after,
            "n_after": n_after,
        }
    )
