"""One topic on one card: terms, shares, actors and articles, to be read before it is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framing import words
from framing._checks import check_at_least, check_by
from framing.corpus import Corpus, check_corpus
from framing.evidence.show import CAPTION
from framing.inert import inert, shorter, shown
from framing.measure import measure_mentions
from framing.topics.model import TopicModel
from framing.topics.reading import representative_articles, topic_number
from framing.topics.shares import model_rows, topic_share, topic_terms
from framing.topics.trend import topic_trend

_PERIODS = {"MS": "month", "QS": "quarter", "YS": "year"}
_MOST_PERIODS = 24
_MOST_ACTORS = 8
_OPENING = 3000
"""Characters of a text in which its first sentence is looked for."""

_LEFT = 'style="text-align: left; vertical-align: top"'
_SHORT = 'style="text-align: left; vertical-align: top; white-space: nowrap"'
_WIDE = (
    'style="text-align: left; vertical-align: top; white-space: normal; '
    'overflow-wrap: anywhere; max-width: 40em"'
)
_SHORT_COLUMNS = {"date", "share", "mean share", "P(term | topic)"}
_CELL = {False: _LEFT, True: _WIDE}


@dataclass(frozen=True, eq=False, repr=False)
class TopicCard:
    """One topic to be read, as `topic_card` returns it: notebooks show it as tables.

    Attributes
    ----------
    topic : int
        Number of the topic.
    label : str
        Its label.
    tables : dict of str to DataFrame
        What is shown: `terms`, `shares`, `periods`, `actors` and `articles`, those that there are.

    See Also
    --------
    framing.topic_card : Makes one.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> fr.topic_card(model, corpus, topic=0)
    TopicCard(topic 0, ..., terms, shares, periods, articles)
    """

    topic: int
    label: str
    tables: dict[str, pd.DataFrame]

    def __repr__(self) -> str:
        return f"TopicCard(topic {self.topic}, {shorter(self.label)!r}, {', '.join(self.tables)})"

    def __str__(self) -> str:
        parts = [f"Topic {self.topic}: {self.label}"]
        for block in _blocks(self.tables):
            rows = [block.names, *block.rows]
            widths = [max(len(row[at]) for row in rows) for at in range(len(block.names))]
            lines = (
                "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
                for row in rows
            )
            parts.append("\n".join([block.caption, *(line.rstrip() for line in lines)]))
        return inert("\n\n".join(parts))

    def _repr_html_(self) -> str:
        title = f"Topic {self.topic}: {self.label}"
        tables = "".join(_html(block) for block in _blocks(self.tables))
        return (
            f'<section class="framing-topic-card" aria-label="{shown(shorter(title))}">'
            f"<h4><bdi>{shown(shorter(title))}</bdi></h4>{tables}</section>"
        )


def topic_card(
    model: TopicModel,
    corpus: Corpus,
    *,
    topic: int | str,
    by: str = "source",
    mentions: pd.DataFrame | None = None,
    n_terms: int = 10,
    n_articles: int = 3,
) -> TopicCard:
    """Put on one card what there is to read about a topic before it is named.

    All text is shown and never obeyed, as in `show_evidence`.

    Parameters
    ----------
    model
        The model.
    corpus
        The corpus it was fitted on, or any part of it that `where` gives.
    topic
        Number or label of the topic.
    by
        The column whose groups have their share of the topic shown, where the articles have it.
    mentions
        The table of `find_mentions`; then the actors are shown that are named near the topic: in
        articles that count by their share of it.
    n_terms
        Terms by probability and by FREX, 1 or more.
    n_articles
        Articles with the highest share, 1 or more.

    Returns
    -------
    TopicCard
        An object that notebooks show as tables and `print` as text. Its `tables` are `terms` (of
        `topic_terms`), `shares` (of `topic_share`), `periods` (of `topic_trend`: months, or
        quarters or years where there are more than 24; where there are dates), `actors` (`actor`,
        `mentions`: sum over articles of mentions × P(topic given article), `per_1000`: the same
        per 1,000 tokens, `per_1000_all`: mentions per 1,000 tokens of all articles; where mentions
        were passed), `articles` (of `representative_articles`, with `lead`: the sentence with which
        the text begins).

    Raises
    ------
    ValueError
        Where the topic is not one of the model, a number is below 1, a column is missing, or the
        corpus or the mentions are others than the model's.
    TypeError
        Where the corpus is not one.

    See Also
    --------
    framing.label_topics : Gives topics names.
    framing.evidence : Sentences of a topic.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> card = fr.topic_card(model, corpus, topic=0)
    >>> card.tables["articles"].shape
    (3, 13)
    """
    where = "topic_card"
    check_corpus(where, corpus)
    check_at_least(where, "n_terms", n_terms, 1)
    check_at_least(where, "n_articles", n_articles, 1)
    number = topic_number(where, model, topic)
    rows = model_rows(where, model, corpus)
    frame = corpus.articles
    if by != "source":
        check_by(where, frame, by)
    tables = {
        "terms": pd.concat(
            [
                topic_terms(model, n_terms=n_terms, weighting=name)
                for name in ("probability", "frex")
            ]
        )
    }
    if by in frame.columns:
        tables["shares"] = topic_share(model, corpus, by=by)
    if "date" in frame.columns and frame["date"].notna().any():
        tables["periods"] = _periods(model, corpus)
    if mentions is not None:
        tables["actors"] = _actors(corpus, mentions, model.article_topic[rows, number])
    articles = representative_articles(model, corpus, n=n_articles)
    tables["articles"] = articles
    for name, table in tables.items():
        if name != "actors":
            tables[name] = table[table["topic"] == number].reset_index(drop=True)
    leads = _leads(corpus, tables["articles"]["doc_id"])
    tables["articles"] = tables["articles"].assign(lead=leads)
    return TopicCard(number, model.labels[number], tables)


def _periods(model: TopicModel, corpus: Corpus) -> pd.DataFrame:
    """Return the topics over time, in periods that are not too many."""
    for freq in _PERIODS:
        table = topic_trend(model, corpus, freq=freq)
        if table["period"].nunique() <= _MOST_PERIODS:
            break
    return table


def _actors(corpus: Corpus, mentions: pd.DataFrame, share: np.ndarray) -> pd.DataFrame:
    """Return who is named near a topic, the most often named first."""
    measure = measure_mentions(corpus, mentions, items="actor")
    weight = np.nan_to_num(share)
    near = measure.numerators.T @ weight
    tokens, all_tokens = weight @ measure.denominators, measure.denominators.sum()
    table = pd.DataFrame(
        {
            "actor": pd.Series(measure.items, dtype="str"),
            "mentions": near,
            "per_1000": near / tokens * 1000,
            "per_1000_all": np.asarray(measure.numerators.sum(axis=0)) / all_tokens * 1000,
        }
    )
    order = ["mentions", "actor"]
    table = table.sort_values(order, ascending=[False, True], kind="stable").head(_MOST_ACTORS)
    return table[table["mentions"] > 0].reset_index(drop=True)


def _leads(corpus: Corpus, doc_ids: pd.Series[str]) -> list[str]:
    """Return the sentence with which the text of each article begins."""
    texts = corpus.articles.drop_duplicates("doc_id").set_index("doc_id")
    column, language = texts[corpus.settings["fields"][-1]], corpus.settings["language"]
    leads = []
    for doc_id in doc_ids:
        text = column[doc_id]
        opening = "" if pd.isna(text) else str(text).strip()[:_OPENING]
        parts = [opening] if language is None else words.split_sentences(opening, language=language)
        leads.append(next((part.strip() for part in parts if part.strip()), ""))
    return leads


@dataclass(frozen=True)
class _Block:
    """One table of a card as text: caption, names of columns, rows; which columns hold bars."""

    caption: str
    names: list[str]
    rows: list[list[str]]
    bars: tuple[int, ...] = ()


def _blocks(tables: dict[str, pd.DataFrame]) -> Iterable[_Block]:
    """Yield the tables of a card as text."""
    terms = tables["terms"]
    by_weighting = [terms[terms["weighting"] == name] for name in ("probability", "frex")]
    first, second = ([str(term) for term in part["term"]] for part in by_weighting)
    percent = [_percent(value) for value in by_weighting[0]["probability"]]
    rows = [list(row) for row in zip(first, percent, second, strict=True)]
    yield _Block("Terms", ["most probable", "P(term | topic)", "frequent and exclusive"], rows)
    if "shares" in tables:
        table = tables["shares"]
        group = table.columns[0]
        yield _bars(f"Share of the topic by {group}", str(group), table[group], table)
    if "periods" in tables:
        table = tables["periods"]
        name = _PERIODS[table["freq"].iloc[0]]
        yield _bars(f"Share of the topic by {name}", name, map(_day, table["period"]), table)
    if "actors" in tables:
        rows = [
            [str(actor), f"{count:,.1f}", f"{rate:.2f}", f"{rate_all:.2f}"]
            for actor, count, rate, rate_all in tables["actors"].itertuples(index=False)
        ]
        names = ["actor", "mentions near it", "per 1,000 tokens", "in all articles"]
        yield _Block("Actors near the topic", names, rows)
    names = ["title", "source", "date", "doc_id", "share", "begins with"]
    columns = ("title", "source", "date", "doc_id", "share", "lead")
    rows = [
        [_percent(value) if name == "share" else _text(value)
         for name, value in zip(columns, row, strict=True)]
        for row in tables["articles"][list(columns)].itertuples(index=False)
    ]  # fmt: skip
    yield _Block("Articles with the highest share", names, rows)


def _bars(caption: str, name: str, groups: Iterable[Any], table: pd.DataFrame) -> _Block:
    """Return shares of groups with bars of text, 20 signs for the largest."""
    most = max(float(table["share"].max()), 1e-12)
    rows = []
    for group, share, n in zip(groups, table["share"], table["n_articles"], strict=True):
        bar = "" if pd.isna(share) else "█" * round(20 * share / most)
        value = "no article" if pd.isna(share) else _percent(share)
        rows.append([_text(group), value, bar, f"{n:,}"])
    return _Block(caption, [name, "mean share", "", "articles"], rows, bars=(2,))


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def _day(date: object) -> str:
    return f"{date:%Y-%m}" if isinstance(date, pd.Timestamp) else ""


def _text(value: object) -> str:
    """Return a value as text; a missing one as nothing."""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _html(block: _Block) -> str:
    """Return a block as an HTML table; bars are hidden from readers of the screen."""
    head = "".join(
        f"<td {_LEFT}></td>" if at in block.bars
        else f'<th scope="col" {_LEFT}>{shown(name)}</th>'
        for at, name in enumerate(block.names)
    )  # fmt: skip
    body = "".join(f"<tr>{_html_row(block, row)}</tr>" for row in block.rows)
    caption = f'<caption style="{CAPTION}">{shown(shorter(block.caption))}'
    return (
        f'<table style="margin-bottom: 1em">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _html_row(block: _Block, row: Sequence[str]) -> str:
    """Return the cells of a row; the first one is its name."""
    cells = []
    for at, cell in enumerate(row):
        text = f"<bdi>{shown(shorter(cell))}</bdi>"
        if at == 0:
            cells.append(f'<th scope="row" {_WIDE}>{text}</th>')
        elif at in block.bars:
            cells.append(f'<td {_LEFT}><span aria-hidden="true">{text}</span></td>')
        else:
            short = block.names[at] in _SHORT_COLUMNS
            cells.append(f"<td {_SHORT if short else _CELL[at == len(row) - 1]}>{text}</td>")
    return "".join(cells)
