"""Sheets do not give the intruder away, and answers are scored as Chang et al. have it."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.tables import save_table
from framing.topics import TopicModel, fit_topics
from framing.topics.intrusion import score_intrusion, topic_intrusion, word_intrusion


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return build_corpus(make_articles(200, seed=1))


@pytest.fixture(scope="module")
def model(corpus: Corpus) -> TopicModel:
    return fit_topics(corpus, 8, seed=1, passes=100)


def test_a_word_question_by_its_definition(model: TopicModel) -> None:
    sheet, key = word_intrusion(model, seed=1, n_terms=5)
    assert sheet.columns.tolist() == [
        "question", *(f"choice_{choice}" for choice in range(1, 7)), "answer",
    ]  # fmt: skip
    assert sheet["question"].tolist() == list(range(1, 9))
    assert sheet["answer"].eq("").all()
    assert sorted(key["topic"].unique()) == list(range(8))
    for question, choices in key.groupby("question"):
        row = sheet[sheet["question"] == question].iloc[0]
        assert [row[f"choice_{choice}"] for choice in choices["choice"]] == choices[
            "shown"
        ].tolist()
        topic = int(choices["topic"].iloc[0])
        own = choices[~choices["intruder"]]
        order = np.argsort(-model.topic_term[topic], kind="stable")
        assert set(own["shown"]) == set(model.vocabulary[order[:5]])
        intruder = choices[choices["intruder"]]
        assert len(intruder) == 1
        place = model.vocabulary.get_loc(intruder["shown"].iloc[0])
        assert (order == place).argmax() >= len(order) // 2
        firsts = np.argsort(-model.topic_term, axis=1, kind="stable")[:, :5]
        assert place in np.delete(firsts, topic, axis=0)
        assert intruder["probability"].iloc[0] == model.topic_term[topic, place]
        assert choices["label"].unique().tolist() == [model.labels[topic]]


def test_the_intruder_stands_anywhere(model: TopicModel) -> None:
    key = word_intrusion(model, seed=1, n_sheets=60).key
    assert len(key) == 8 * 60 * 6
    places = key.loc[key["intruder"], "choice"].value_counts().reindex(range(1, 7))
    assert places.between(50, 110).all()  # 80 expected
    topics = key.drop_duplicates("question")["topic"].to_numpy()
    assert not np.array_equal(topics, np.tile(np.arange(8), 60))
    intruders = key[key["intruder"]].groupby("topic")["shown"].nunique()
    assert (intruders > 1).all()


def test_a_topic_question_by_its_definition(model: TopicModel, corpus: Corpus) -> None:
    sheet, key = topic_intrusion(model, corpus, seed=2, n_articles=30, n_topics=3, n_terms=4)
    assert sheet.columns.tolist() == [
        "question", "title", "text", "choice_1", "choice_2", "choice_3", "choice_4", "answer",
    ]  # fmt: skip
    assert len(sheet) == 30
    assert key["doc_id"].nunique() == 30
    articles = corpus.articles.set_index("doc_id")
    for question, choices in key.groupby("question"):
        row = sheet[sheet["question"] == question].iloc[0]
        doc_id = choices["doc_id"].iloc[0]
        shares = model.article_topic[model.doc_ids.get_loc(doc_id)]
        order = np.argsort(-shares, kind="stable").tolist()
        assert set(choices.loc[~choices["intruder"], "topic"]) == set(order[:3])
        assert choices.loc[choices["intruder"], "topic"].iloc[0] in order[4:]
        assert choices["probability"].tolist() == shares[choices["topic"]].tolist()
        text = articles.loc[doc_id, "text"].split()
        assert row["text"] == " ".join(text[:150]) + (" …" if len(text) > 150 else "")
        assert row["title"] == articles.loc[doc_id, "title"]
        first = np.argsort(-model.topic_term[choices["topic"].iloc[0]], kind="stable")[:4]
        assert row["choice_1"] == ", ".join(model.vocabulary[first])


@pytest.mark.parametrize("task", ["word", "topic"])
def test_the_seed_makes_the_sheet(task: str, model: TopicModel, corpus: Corpus) -> None:
    def made(seed: int) -> Any:
        if task == "word":
            return word_intrusion(model, seed=seed)
        return topic_intrusion(model, corpus, seed=seed, n_articles=20)

    for first, second in zip(made(1), made(1), strict=True):
        pd.testing.assert_frame_equal(first, second)
    assert not made(1).sheet.equals(made(2).sheet)
    assert set(made(1).sheet).isdisjoint({"intruder", "topic", "label", "probability"})
    assert (made(1).key["task"] == task).all()


def two_questions() -> pd.DataFrame:
    """Topic questions of two articles; the intruders are 2 and 1."""
    return pd.DataFrame(
        {
            "task": "topic",
            "question": [1, 1, 1, 2, 2, 2],
            "choice": [1, 2, 3, 1, 2, 3],
            "shown": ["a, b", "c, d", "e, f", "e, f", "c, d", "a, b"],
            "intruder": [False, True, False, True, False, False],
            "topic": [0, 1, 2, 2, 1, 0],
            "label": ["A", "B", "C", "C", "B", "A"],
            "probability": [0.7, 0.1, 0.2, 0.05, 0.8, 0.15],
            "n_topics": 3,
            "engine": "nmf",
            "seed": 1,
        }
    )


def test_scores_by_hand() -> None:
    first = pd.DataFrame({"question": [1, 2], "answer": ["2", "c, D "]})
    second = pd.DataFrame({"question": [2, 1], "answer": [1, 1.0]})
    table = score_intrusion([first, second], two_questions())
    assert table["scope"].tolist() == ["all", "coder", "coder", "topic", "topic"]
    assert table["coder"].fillna("").tolist() == ["", "1", "2", "", ""]
    assert table["topic"].tolist() == [-1, -1, -1, 0, 1]  # the articles' largest topics
    assert table["label"].fillna("").tolist() == ["", "", "", "A", "B"]
    assert table["n_right"].tolist() == [2, 1, 1, 1, 1]
    assert table["n_answers"].tolist() == [4, 2, 2, 2, 2]
    assert table["precision"].tolist() == [0.5] * 5
    assert table["chance"].unique().tolist() == [1 / 3]
    one, two = math.log(0.05 / 0.8), math.log(0.1 / 0.7)
    assert table["log_odds"].tolist() == pytest.approx(
        [(one + two) / 4, one / 2, two / 2, two / 2, one / 2]
    )
    for row in table.itertuples():
        wilson = binomtest(row.n_right, row.n_answers).proportion_ci(0.95, "wilson")
        assert (row.low, row.high) == pytest.approx((wilson.low, wilson.high))


def test_right_answers_and_guesses(model: TopicModel) -> None:
    sheet, key = word_intrusion(model, seed=1, n_sheets=30)
    right = key.loc[key["intruder"], ["question", "choice", "shown"]].set_index("question")
    words = sheet.assign(answer=right["shown"].reindex(sheet["question"]).to_numpy())
    table = score_intrusion(words, key, level=0.9)
    assert (table["precision"] == 1).all()
    assert table["high"].to_numpy() == pytest.approx(1)
    assert table["log_odds"].isna().all()
    assert table["scope"].value_counts().to_dict() == {"topic": 8, "all": 1, "coder": 1}
    guess = sheet.assign(answer=np.random.default_rng(1).integers(1, 7, len(sheet)))
    scored = score_intrusion(guess, key).iloc[0]
    assert scored["low"] < scored["chance"] == 1 / 6 < scored["high"]


def test_a_sheet_goes_through_a_file(model: TopicModel, tmp_path: Path) -> None:
    sheet, key = word_intrusion(model, seed=1)
    right = key.loc[key["intruder"]].set_index("question")["choice"]
    path = save_table(sheet.assign(answer=sheet["question"].map(right)), tmp_path / "sheet.csv")
    back = pd.read_csv(path)
    back.loc[0, "answer"] = np.nan
    table = score_intrusion(back.assign(coder="Ann"), key)
    assert table.loc[0, ["n_right", "n_answers"]].tolist() == [7, 7]
    assert table.loc[1, "coder"] == "Ann"


def said(call: Any, *arguments: Any, **options: Any) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        call(*arguments, **options)
    return f"{caught.type.__name__}: {caught.value}"


def test_errors_of_sheets(model: TopicModel, corpus: Corpus) -> None:
    assert said(word_intrusion, model, seed=1, n_terms=1) == (
        "ValueError: word_intrusion: n_terms=1 is below 2. Pass 2 or more."
    )
    assert said(word_intrusion, model, seed=1, n_terms=9_999) == (
        f"ValueError: word_intrusion: 8 topics of {len(model.vocabulary):,} terms are too few for "
        "n_terms=9999 and an intruder. Pass a lower n_terms, or another model."
    )
    assert said(word_intrusion, model, seed=1.5) == (
        "TypeError: word_intrusion: seed=1.5 is not a whole number of 0 or more. "
        "Pass for example seed=1."
    )
    assert said(topic_intrusion, model, corpus, seed=1, n_topics=5) == (
        "ValueError: topic_intrusion: 8 topics are too few for n_topics=5 and an intruder from "
        "the smaller half. Pass n_topics=4 or less."
    )
    assert said(topic_intrusion, model, corpus, seed=1, n_articles=0) == (
        "ValueError: topic_intrusion: n_articles=0 is below 1. Pass 1 or more."
    )


def test_errors_of_scores() -> None:
    key = two_questions()
    sheet = pd.DataFrame({"question": [1, 2], "answer": [1, 2]})

    def message(answers: Any = sheet, key: Any = key, **options: Any) -> str:
        return said(score_intrusion, answers, key, **options)

    assert message(level=95) == (
        "ValueError: score_intrusion: level=95 is not above 0 and below 1. Pass 0.95."
    )
    assert message(sheet.rename(columns={"answer": "reply"})) == (
        "ValueError: score_intrusion: the answers have no column 'answer'. "
        "They have 'question', 'reply'. Pass the sheet with its answers."
    )
    assert message(pd.concat([sheet, sheet])) == (
        "ValueError: score_intrusion: coder '1' answers question 1 twice. "
        "Pass one sheet a coder in a list, or name the coders in a column 'coder'."
    )
    assert message(key=key.drop(columns="intruder")) == (
        "ValueError: score_intrusion: the key has no column 'intruder'. "
        "Pass the key that word_intrusion() or topic_intrusion() returns."
    )
    assert message(sheet.assign(question=[1, 9])) == (
        "ValueError: score_intrusion: the key lacks 1 of the questions, for example 9. "
        "Pass the key that was made with this sheet."
    )
    assert message(sheet.assign(answer=["1", "war"])) == (
        "ValueError: score_intrusion: 'war' is no choice of question 2. "
        "Write the number of the choice, or what is shown there."
    )
    assert message(sheet.assign(answer=["", None])) == (
        "ValueError: score_intrusion: no question is answered. "
        "Fill in the column 'answer' of the sheet."
    )


def test_tables_are_as_documented(model: TopicModel, corpus: Corpus) -> None:
    from framing.schema.topics import INTRUSION_KEY, INTRUSION_SCORES

    for made in (word_intrusion(model, seed=1), topic_intrusion(model, corpus, seed=1)):
        assert INTRUSION_KEY.problems_of(made.key) == []
        scores = score_intrusion(made.sheet.assign(answer="1"), made.key)
        assert INTRUSION_SCORES.problems_of(scores) == []
