"""The form writes down what is clicked, and shows the sheet and nothing else."""

from __future__ import annotations

import html
import json

import pandas as pd
import pytest

from framing.corpus import build_corpus
from framing.datasets import make_articles
from framing.evidence import IntrusionForm, intrusion_form
from framing.topics import fit_topics, score_intrusion, topic_intrusion, word_intrusion
from framing.topics.intrusion import Questions


def parts(form: IntrusionForm) -> tuple[str, str, list[str]]:
    progress, question, *buttons, _, _ = form.widget.children
    return progress.value, question.value, [button.description for button in buttons]


def press(form: IntrusionForm, name: str) -> None:
    *_, moves, _ = form.widget.children
    buttons = [*form.widget.children[2:-2], *moves.children]
    (button,) = [one for one in buttons if one.description.split("  ")[0] == name]
    assert not button.disabled
    button.click()


@pytest.fixture(scope="module")
def words() -> Questions:
    corpus = build_corpus(make_articles(120, seed=1))
    return word_intrusion(fit_topics(corpus, 4, seed=1, engine="nmf"), seed=1)


def test_who_clicks_the_intruders_has_all_right(words: Questions) -> None:
    before = words.sheet.copy()
    form = intrusion_form(words.sheet)
    assert repr(form) == "IntrusionForm(0 of 4 questions answered)"
    intruders = words.key[words.key["intruder"]]["choice"].tolist()
    for at, choice in enumerate(intruders):
        progress, question, shown = parts(form)
        assert progress == f'<div role="status">Question {at + 1} of 4 · {at} answered</div>'
        assert question == "<b>Which word does not belong with the others?</b>"
        row = words.sheet.iloc[at]
        assert shown == [f"{number}  {row[f'choice_{number}']}" for number in range(1, 7)]
        press(form, str(choice))
    assert "4 answered · all done" in parts(form)[0]
    assert form.sheet.drop(columns="answer").equals(words.sheet.drop(columns="answer"))
    assert form.sheet["answer"].tolist() == [str(choice) for choice in intruders]
    scores = score_intrusion(form.sheet, words.key)
    assert scores.loc[0, ["n_right", "n_answers"]].tolist() == [4, 4]
    pd.testing.assert_frame_equal(words.sheet, before)


def test_back_corrects_and_what_was_passed_over_comes_again(words: Questions) -> None:
    form = intrusion_form(words.sheet)
    press(form, "2")
    press(form, "Back")
    assert [name for name in parts(form)[2] if name.endswith("✓")] == [
        f"2  {words.sheet['choice_2'][0]}  ✓"
    ]
    press(form, "3")
    press(form, "Next")
    for choice in ("1", "4"):
        press(form, choice)
    assert form.sheet["answer"].tolist() == ["3", "", "1", "4"]
    assert "Question 2 of 4" in parts(form)[0]  # the one that was passed over
    press(form, "6")
    assert form.sheet["answer"].tolist() == ["3", "6", "1", "4"]
    assert "Question 2 of 4 · 4 answered" in parts(form)[0]
    press(form, "6")  # taken back
    assert form.sheet["answer"].tolist() == ["3", "", "1", "4"]
    assert "Question 2 of 4 · 3 answered" in parts(form)[0]


def test_nothing_is_before_the_first_question_or_after_the_last(words: Questions) -> None:
    form = intrusion_form(words.sheet)
    moves = form.widget.children[-2].children
    assert [(one.description, one.disabled) for one in moves] == [("Back", True), ("Next", False)]
    for _ in range(3):
        press(form, "Next")
    assert [one.disabled for one in moves] == [False, True]
    assert form.sheet["answer"].eq("").all()


def test_a_sheet_with_answers_goes_on_where_it_ended(words: Questions) -> None:
    second = words.sheet["choice_2"][0]
    part = words.sheet.assign(answer=[second.upper(), 3.0, None, ""])
    form = intrusion_form(part.set_axis([7, 8, 9, 10]))
    assert repr(form) == "IntrusionForm(2 of 4 questions answered)"
    assert "Question 3 of 4" in parts(form)[0]
    assert form.sheet["answer"].tolist() == ["2", "3", "", ""]
    assert form.sheet["answer"].dtype == "str"


def test_articles_are_shown_and_never_obeyed() -> None:
    hostile = '<script>alert("x")</script><img src=x onerror=alert(1)>\u202e&amp;'
    articles = make_articles(60, seed=1)
    articles["title"], articles["text"] = hostile, hostile + " " + articles["text"]
    corpus = build_corpus(articles)
    model = fit_topics(corpus, 4, seed=1, engine="nmf")
    sheet, key = topic_intrusion(model, corpus, seed=1, n_articles=2, n_topics=2)
    sheet["choice_1"] = hostile
    form = intrusion_form(sheet)
    _, question, shown = parts(form)
    assert "<script" not in question
    assert "<img" not in question
    assert question.count(html.escape('<script>alert("x")</script>')) == 2
    assert "[U+202E]" in question
    assert "\u202e" not in question + shown[0]
    assert shown[0].startswith('1  <script>alert("x")</script>')  # a button shows plain text
    assert question.endswith("<b>Which list of words is not about this article?</b>")
    press(form, "2")
    assert score_intrusion(form.sheet, key).loc[0, "n_answers"] == 1


def test_notebooks_show_the_widget(words: Questions) -> None:
    form = intrusion_form(words.sheet)
    bundle = form._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == form.widget.model_id
    json.dumps(bundle)


PASS = " Pass the sheet that word_intrusion() or topic_intrusion() returns."
CHOICES = " Write the number of the choice, or what is shown there."


@pytest.mark.parametrize(
    ("answers", "drop", "message"),
    [
        ([""] * 4, ["choice_1", "answer"], f"the sheet has no column 'choice_1', 'answer'.{PASS}"),
        ([], [], f"the sheet has no questions.{PASS}"),
        (["1", "9", "", ""], [], f"'9' is no choice of question 2.{CHOICES}"),
    ],
)
def test_messages(words: Questions, answers: list[str], drop: list[str], message: str) -> None:
    sheet = words.sheet.head(len(answers)).assign(answer=pd.Series(answers, dtype="str"))
    with pytest.raises(ValueError, match="intrusion_form") as caught:
        intrusion_form(sheet.drop(columns=drop))
    assert str(caught.value) == f"intrusion_form: {message}"
