"""Attention and meetings: counted by hand, and against slow loops."""

from __future__ import annotations

from itertools import combinations
from math import log
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.corpus import build_corpus
from framing.ledger import load_ledger
from framing.mentions import find_mentions, mention_audit
from framing.salience import co_mentions, salience

_ALL = load_ledger()
LEDGER = _ALL[_ALL["country"].isin(["RUS", "SYR", "USA"]) & (_ALL["alias_kind"] != "office")]

ARTICLES = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c", "d"],
        "source": ["X", "X", "X", "Y"],
        "title": ["Putin meets Assad", "Rain", None, "Snow"],
        "text": [
            "Putin came. Assad came. It rained. Then Putin left.",
            "It rained. On and on. So it did. Assad left.",
            "Putin left.",
            "It snowed.",
        ],
    }
)
CORPUS = build_corpus(ARTICLES)
MENTIONS = find_mentions(CORPUS, LEDGER)


def row(table: pd.DataFrame, **wanted: str) -> dict[str, Any]:
    """Return the one row with these values."""
    for name, value in wanted.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return {str(name): value for name, value in table.iloc[0].items()}


def test_salience_by_hand() -> None:
    table = salience(MENTIONS, CORPUS, by="source")
    assert list(table.columns) == [
        "source", "items", "item", "part", "n_mentions", "n_tokens", "per_1000", "n_articles",
        "n_group_articles", "share", "ledger",
    ]  # fmt: skip
    cells = ["n_mentions", "n_tokens", "n_articles", "n_group_articles"]
    putin = {"source": "X", "item": "Vladimir Putin"}
    assert [row(table, **putin, part="all")[name] for name in cells] == [4, 25, 2, 3]
    assert [row(table, **putin, part="title")[name] for name in cells] == [1, 4, 1, 2]
    # putin came assad came it rained, it rained on and on so it did, putin left
    assert [row(table, **putin, part="lead")[name] for name in cells] == [2, 16, 2, 3]
    assad = {"source": "X", "item": "Bashar al-Assad"}
    assert [row(table, **assad, part="lead")[name] for name in cells] == [1, 16, 1, 3]
    assert row(table, **putin, part="all")["per_1000"] == pytest.approx(4 / 25 * 1000)
    assert row(table, **putin, part="all")["share"] == pytest.approx(2 / 3)
    assert row(table, source="Y", item="Bashar al-Assad", part="title")["share"] == 0
    assert len(table) == 2 * 3 * 2


def test_salience_is_ordered_and_whole_without_groups() -> None:
    table = salience(MENTIONS, CORPUS)
    assert table["part"].tolist() == ["all"] * 2 + ["title"] * 2 + ["lead"] * 2
    assert table[table["part"] == "all"]["n_group_articles"].tolist() == [4, 4]
    parts = salience(MENTIONS, CORPUS, by="source").groupby(["part", "item"])["n_mentions"].sum()
    for _, cell in table.iterrows():
        assert parts[cell["part"], cell["item"]] == cell["n_mentions"]


def test_salience_of_countries_leaves_out_who_has_none() -> None:
    mixed = MENTIONS.assign(country=MENTIONS["country"].where(MENTIONS["country"] != "SYR"))
    assert set(salience(mixed, CORPUS, items="country")["item"]) == {"RUS"}


def test_a_group_without_a_part_has_no_rates() -> None:
    corpus = CORPUS.where(CORPUS.articles["doc_id"] == "c")
    table = salience(MENTIONS, corpus)
    title = table[table["part"] == "title"]
    assert title["n_group_articles"].tolist() == [0]
    assert title[["per_1000", "share"]].isna().all(axis=None)


def test_a_part_of_the_corpus_counts_its_own() -> None:
    corpus = CORPUS.where(CORPUS.articles["doc_id"] == "b")
    table = salience(MENTIONS, corpus)
    assert row(table, part="all", item="Bashar al-Assad")["n_mentions"] == 1
    assert set(table["item"]) == {"Bashar al-Assad"}


def test_without_titles_the_lead_is_that_of_the_text() -> None:
    corpus = build_corpus(ARTICLES, fields=["text"])
    mentions = find_mentions(corpus, LEDGER)
    table = salience(mentions, corpus)
    assert row(table, part="lead", item="Vladimir Putin")["n_mentions"] == 2
    assert (table[table["part"] == "title"]["n_group_articles"] == 0).all()


def test_joined_phrases_move_no_border() -> None:
    corpus = build_corpus(ARTICLES, phrases=["putin meets"])
    mentions = find_mentions(corpus, LEDGER)
    table = salience(mentions, corpus)
    title = row(table, part="title", item="Bashar al-Assad")
    assert [title["n_mentions"], title["n_tokens"]] == [1, 4]


def test_co_mentions_by_hand() -> None:
    # a: title with both, three sentences with one each; b: one, c: one
    table = co_mentions(MENTIONS, CORPUS, min_count=1)
    one = row(table)
    assert [one["first"], one["second"]] == ["Vladimir Putin", "Bashar al-Assad"]
    assert [one[name] for name in ("count", "n_first", "n_second", "n_units", "n_articles")] == [
        1, 4, 3, 13, 1,
    ]  # fmt: skip
    assert one["score"] == pytest.approx(log((1 / 13) / (4 / 13 * 3 / 13)) / -log(1 / 13))
    dice = row(co_mentions(MENTIONS, CORPUS, min_count=1, measure="log_dice"))
    assert dice["score"] == pytest.approx(14 + np.log2(2 * 1 / (4 + 3)))
    article = row(co_mentions(MENTIONS, CORPUS, unit="article", min_count=1, by="source"))
    assert [article[name] for name in ("source", "count", "n_first", "n_second", "n_units")] == [
        "X", 1, 2, 2, 3,
    ]  # fmt: skip
    assert article["first"] == "Bashar al-Assad", "named in as many: the first by name"


def test_always_together_scores_one() -> None:
    corpus = CORPUS.where(CORPUS.articles["doc_id"] == "a")
    assert row(co_mentions(MENTIONS, corpus, unit="article", min_count=1))["score"] == 1
    dice = co_mentions(MENTIONS, corpus, unit="article", min_count=1, measure="log_dice")
    assert row(dice)["score"] == 14


def test_min_count_leaves_out_rare_pairs() -> None:
    assert len(co_mentions(MENTIONS, CORPUS, min_count=1)) == 1
    assert co_mentions(MENTIONS, CORPUS, min_count=2).empty


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.lists(st.sampled_from(["Putin", "Assad", "Lavrov", "rain"]), min_size=1, max_size=4),
            min_size=1, max_size=3,
        ),
        min_size=1, max_size=5,
    ),
    st.sampled_from(["sentence", "article"]),
)  # fmt: skip
def test_pairs_equal_a_slow_loop(texts: list[list[list[str]]], unit: str) -> None:
    articles = pd.DataFrame(
        {
            "doc_id": [str(n) for n in range(len(texts))],
            "source": ["XY"[n % 2] for n in range(len(texts))],
            "text": [". ".join("So " + " and ".join(s) for s in text) + "." for text in texts],
        }
    )
    corpus = build_corpus(articles, fields=["text"])
    mentions = find_mentions(corpus, LEDGER)
    expected: dict[tuple[str, frozenset[str]], int] = {}
    for number, text in enumerate(texts):
        units = [{w for s in text for w in s}] if unit == "article" else [set(s) for s in text]
        for named in units:
            for pair in combinations(sorted(named - {"rain"}), 2):
                key = ("XY"[number % 2], frozenset(pair))
                expected[key] = expected.get(key, 0) + 1
    table = co_mentions(mentions, corpus, by="source", unit=unit, min_count=1)
    surname = {"Vladimir Putin": "Putin", "Bashar al-Assad": "Assad", "Sergei Lavrov": "Lavrov"}
    got = {
        (cell.source, frozenset({surname[cell.first], surname[cell.second]})): cell.count_
        for cell in table.rename(columns={"count": "count_"}).itertuples()
    }
    assert got == expected
    assert table["score"].between(-1, 1 + 1e-12).all()


def test_audit_by_hand() -> None:
    audit = mention_audit(MENTIONS, CORPUS, n_examples=2)
    assert audit[["surface", "actor", "count", "n_articles"]].to_numpy().tolist() == [
        ["Putin", "Vladimir Putin", 4, 2], ["Assad", "Bashar al-Assad", 3, 2],
    ]  # fmt: skip
    assert audit["examples"].tolist() == [
        "[Putin] meets Assad / [Putin] left.", "Putin meets [Assad] / [Assad] left.",
    ]  # fmt: skip
    assert audit["rules"].tolist() == ["as in the ledger"] * 2
    by_source = mention_audit(MENTIONS, CORPUS, by="source", n_examples=0)
    assert by_source["source"].tolist() == ["X", "X"]
    assert by_source["examples"].tolist() == ["", ""]


def test_audit_shows_whole_sentences_as_written() -> None:
    text = "He left. “The  Kremlin’s (new) plan — says\nPutin — works!” So be it."
    options: list[dict[str, Any]] = [{}, {"stop_words": "english"}, {"phrases": ["new plan"]}]
    for option in options:
        articles = pd.DataFrame({"doc_id": ["a"], "text": [text]})
        corpus = build_corpus(articles, fields=["text"], **option)
        audit = mention_audit(find_mentions(corpus, LEDGER), corpus)
        assert audit["examples"].tolist() == [
            "“The [Kremlin’s] (new) plan — says Putin — works!”",
            "“The Kremlin’s (new) plan — says [Putin] — works!”",
        ]


def test_audit_shows_the_signs_at_the_end_of_a_title_and_not_the_next_token() -> None:
    texts = {"title": ["Rain after ‘talks with Putin’"], "text": ["“No,” said Putin—“Assad!"]}
    corpus = build_corpus(pd.DataFrame({"doc_id": ["a"]} | texts), language=None)
    audit = mention_audit(find_mentions(corpus, LEDGER), corpus)
    assert audit["examples"].tolist() == [
        "Rain after ‘talks with [Putin]’", "“No,” said Putin—“[Assad]!",
    ]  # fmt: skip


@pytest.mark.parametrize("measure", [salience, co_mentions, mention_audit])
def test_messages(measure: Any) -> None:
    name = measure.__name__

    def message(*given: Any, **options: Any) -> str:
        with pytest.raises((ValueError, TypeError)) as error:
            measure(*given, **options)
        return str(error.value)

    assert message([1], CORPUS) == (
        f"{name}: data is list, not a DataFrame. Pass the table that find_mentions() returns."
    )
    assert message(MENTIONS, CORPUS, by="sorce") == (
        f"{name}: by='sorce' is not a column of the articles. They have 'doc_id', 'source', "
        "'title', 'text'. Did you mean 'source'?"
    )
    late = MENTIONS.assign(stop=MENTIONS["stop"] + 99)
    assert message(late, CORPUS) == (
        f"{name}: some mentions stand behind the end of their article, so they were found in "
        "another corpus. Pass that corpus, or find them again with find_mentions()."
    )
    if measure is mention_audit:
        assert message(MENTIONS, CORPUS, n_examples=-1) == (
            "mention_audit: n_examples=-1 is below 0. Pass 0 or more."
        )
        return
    assert message(MENTIONS, CORPUS, items="country_") == (
        f"{name}: items='country_' is not one of 'actor', 'country', 'kind', 'sense'. "
        "Did you mean 'country'?"
    )
    if measure is co_mentions:
        assert message(MENTIONS, CORPUS, unit="day") == (
            "co_mentions: unit='day' is not one of 'sentence', 'article'."
        )
        assert message(MENTIONS, CORPUS, measure="pmi") == (
            "co_mentions: measure='pmi' is not one of 'npmi', 'log_dice'. Did you mean 'npmi'?"
        )
        assert message(MENTIONS, CORPUS, min_count=0) == (
            "co_mentions: min_count=0 is below 1. Pass 1 or more."
        )


@pytest.mark.parametrize("measure", [salience, co_mentions, mention_audit])
def test_inputs_stay_as_they_are_and_results_the_same(measure: Any) -> None:
    before, codes = MENTIONS.copy(deep=True), CORPUS.codes.copy()
    first = measure(MENTIONS, CORPUS, by="source")
    pd.testing.assert_frame_equal(MENTIONS, before)
    assert (CORPUS.codes == codes).all()
    pd.testing.assert_frame_equal(measure(MENTIONS, CORPUS, by="source"), first)
