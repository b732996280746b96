"""Topics to be read: the articles that have most of them."""

from __future__ import annotations

from numbers import Integral
from typing import Any

import numpy as np
import pandas as pd

from framing._checks import check_at_least, close_match, listing
from framing.corpus import Corpus, check_corpus, group_rows
from framing.topics.model import TopicModel
from framing.topics.shares import model_rows, with_settings

_ABOUT = ("source", "date", "title")
"""Columns of the articles that are shown, where they have them."""


def representative_articles(
    model: TopicModel,
    corpus: Corpus,
    *,
    n: int = 3,
    by: str | None = None,
    unit: str = "doc_id",
    min_tokens: int = 50,
) -> pd.DataFrame:
    """List the articles with the highest share of each topic, to be read before it is named.

    They show a topic at its purest, not as it usually is: most articles that have a topic have
    others too. Very short articles are left out, since a few words can give one all of a topic.

    Parameters
    ----------
    model
        The model.
    corpus
        The corpus it was fitted on, or any part of it that `where` gives.
    n
        Articles a topic, or a topic and group, 1 or more.
    by
        A column of the articles: the articles of each of its values, for example of each source;
        None takes all as one group.
    unit
        The column of which no value stands twice in a topic and group: `"doc_id"`, or for example
        `"story"`, so that copies of one text are not listed side by side.
    min_tokens
        Articles with fewer tokens that are terms of the model are left out.

    Returns
    -------
    DataFrame
        One row an article, by topic, then group, the highest share first: the column `by` (unless
        it is one of the following), `topic`, `label`, `rank` (from 1), `doc_id`, `source`, `date`,
        `title` (missing where the articles have no such column), `share` (P(topic given article),
        0 … 1), `n_tokens` (that are terms of the model), `n_topics`, `engine`, `seed`. Groups with
        fewer articles have fewer rows.

    Raises
    ------
    ValueError
        Where a column is missing or is one of the result, a number is out of range, or the corpus
        has articles that the model has not seen.
    TypeError
        Where the corpus is not one.

    See Also
    --------
    framing.topic_card : All there is to read about one topic.
    framing.topic_terms : The terms of each topic.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> fr.representative_articles(model, corpus, n=2, by="source").shape
    (32, 12)
    """
    where = "representative_articles"
    check_corpus(where, corpus)
    check_at_least(where, "n", n, 1)
    check_at_least(where, "min_tokens", min_tokens, 0)
    _, group = group_rows(where, corpus, by)
    frame = corpus.articles
    _check_columns(where, frame, by, unit)
    at = model_rows(where, model, corpus)
    rows = np.flatnonzero(model.n_tokens[at] >= max(min_tokens, 1))
    keys = frame["doc_id"].astype("str")
    candidates = pd.DataFrame(
        {
            "row": rows,
            "group": group[rows],
            "unit": frame[unit].astype("str").where(frame[unit].notna(), keys).to_numpy()[rows],
            "doc_id": keys.to_numpy()[rows],
            "n_tokens": model.n_tokens[at[rows]],
        }
    )
    shares = model.article_topic[at[rows]]
    parts = [
        _first(candidates.assign(share=shares[:, topic]), n).assign(topic=topic)
        for topic in range(model.n_topics)
    ]
    found = pd.concat(parts, ignore_index=True)
    chosen = found["row"].to_numpy(dtype=np.int64)
    topics = found["topic"].to_numpy(dtype=np.int64)
    columns: dict[str, Any] = {} if by in (None, "doc_id", *_ABOUT) else {str(by): frame[by]}
    table = pd.DataFrame({name: column.take(chosen).array for name, column in columns.items()})
    table = table.assign(
        topic=topics,
        label=pd.Series(np.array(model.labels, dtype=object)[topics], dtype="str"),
        rank=found["rank"].to_numpy(dtype=np.int64),
        doc_id=frame["doc_id"].take(chosen).array,
        **{name: about(frame, name).take(chosen).array for name in _ABOUT},
        share=model.article_topic[at[chosen], topics],
        n_tokens=model.n_tokens[at[chosen]],
    )
    return with_settings(table, model)


def _check_columns(where: str, frame: pd.DataFrame, by: str | None, unit: str) -> None:
    """Raise where a column is not there, or is one of the result's own."""
    if unit not in frame.columns:
        msg = (
            f"{where}: unit={unit!r} is not a column of the articles. "
            f"They have {listing(frame.columns)}.{close_match(unit, frame.columns)}"
        )
        raise ValueError(msg)
    if by in ("topic", "label", "rank", "share", "n_tokens", "n_topics", "engine", "seed"):
        msg = (
            f"{where}: by={by!r} is also a column of the result. "
            "Rename that column of the articles before build_corpus()."
        )
        raise ValueError(msg)


def about(frame: pd.DataFrame, name: str) -> pd.Series[Any]:
    """Return a column of the articles; where they have none, one of missing values."""
    if name in frame.columns:
        return frame[name]
    none = pd.Series(np.nan, index=frame.index)
    return none.astype("datetime64[s]") if name == "date" else none.astype("str")


def _first(candidates: pd.DataFrame, n: int) -> pd.DataFrame:
    """Return the rows of the first articles of each group, each unit once, and their ranks.

    Equal shares: the longer article first, then by key.
    """
    keys = ["group", "share", "n_tokens", "doc_id"]
    table = candidates.sort_values(keys, ascending=[True, False, False, True], kind="stable")
    table = table.drop_duplicates(["group", "unit"])
    rank = table.groupby("group").cumcount() + 1
    return table.assign(rank=rank).loc[rank <= n, ["row", "rank"]]


def topic_number(where: str, model: TopicModel, topic: int | str) -> int:
    """Return the number of a topic that is named by its number or its label; raise where none."""
    if isinstance(topic, str) and model.labels.count(topic) == 1:
        return model.labels.index(topic)
    whole = isinstance(topic, Integral) and not isinstance(topic, bool)
    if whole and 0 <= int(topic) < model.n_topics:
        return int(topic)
    near = close_match(topic, model.labels) if isinstance(topic, str) else ""
    msg = (
        f"{where}: topic={topic!r} is not a topic of the model. It has the topics 0 to "
        f"{model.n_topics - 1}, and their labels.{near}"
    )
    raise ValueError(msg)
