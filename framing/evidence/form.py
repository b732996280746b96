"""A form in the notebook that asks the questions of a sheet one at a time."""

from __future__ import annotations

import html
import re
from functools import partial
from typing import Any

import pandas as pd

from framing._checks import listing
from framing.inert import shown

_CHOICE = re.compile(r"choice_[1-9][0-9]*")
_ASKED = {
    "word": "Which word does not belong with the others?",
    "topic": "Which list of words is not about this article?",
}

# Buttons cut their text where it is longer than a line: all words of a choice must be seen.
_STYLE = (
    "<style>.framing-intrusion .widget-button { white-space: normal; text-align: left; "
    "line-height: 1.4; padding-top: 0.35em; padding-bottom: 0.35em }</style>"
)


class IntrusionForm:
    """Questions to be answered one at a time, as `intrusion_form` returns them.

    Attributes
    ----------
    widget : ipywidgets.VBox
        What notebooks show: progress, the question, one button a choice, back and next.

    See Also
    --------
    framing.intrusion_form : Makes one.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> fr.intrusion_form(fr.word_intrusion(model, seed=1).sheet)
    IntrusionForm(0 of 4 questions answered)
    """

    widget: Any

    def __init__(self, sheet: pd.DataFrame) -> None:
        from ipywidgets import HTML, Button, HBox, Layout, VBox

        self._sheet = sheet.reset_index(drop=True)
        self._choices = [name for name in sheet.columns if _CHOICE.fullmatch(str(name))]
        self._answers = [_number(row, self._choices) for _, row in self._sheet.iterrows()]
        self._at = next((at for at, answer in enumerate(self._answers) if not answer), 0)
        self._progress, self._question = HTML(), HTML()
        wide = Layout(width="auto", max_width="44em", height="auto", min_height="2.2em")
        self._buttons = [Button(layout=wide) for _ in self._choices]
        for number, button in enumerate(self._buttons, start=1):
            button.on_click(partial(self._answer, number))
        self._back, self._next = Button(description="Back"), Button(description="Next")
        self._back.on_click(lambda _: self._show(self._at - 1))
        self._next.on_click(lambda _: self._show(self._at + 1))
        moves = HBox([self._back, self._next])
        style = HTML(_STYLE, layout=Layout(display="none"))
        self.widget = VBox([self._progress, self._question, *self._buttons, moves, style])
        self.widget.add_class("framing-intrusion")
        self._show(self._at)

    def __repr__(self) -> str:
        n_answered, n = sum(map(bool, self._answers)), len(self._answers)
        return f"IntrusionForm({n_answered:,} of {n:,} question{'' if n == 1 else 's'} answered)"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.widget._repr_mimebundle_(include=include, exclude=exclude)

    @property
    def sheet(self) -> pd.DataFrame:
        """The sheet with the answers so far, numbers of choices as text, for `score_intrusion`."""
        answers = [str(answer) if answer else "" for answer in self._answers]
        return self._sheet.assign(answer=pd.Series(answers, dtype="str"))

    def _answer(self, number: int, _: object) -> None:
        """Write down an answer and go to the next open question; a second click takes it back."""
        withdrawn = self._answers[self._at] == number
        self._answers[self._at] = 0 if withdrawn else number
        n = len(self._answers)
        places = [place % n for place in range(self._at, self._at + n)]
        self._show(next((place for place in places if not self._answers[place]), self._at))

    def _show(self, at: int) -> None:
        """Show a question, its answer, and how far the sheet is."""
        n = len(self._answers)
        self._at = at
        n_answered = sum(map(bool, self._answers))
        said = f"Question {at + 1} of {n} · {n_answered} answered"
        if n_answered == n:
            said += " · all done: the answers are in the form's <code>sheet</code>"
        self._progress.value = f'<div role="status">{said}</div>'
        row = self._sheet.iloc[at]
        self._question.value = _asked(row)
        for number, (name, button) in enumerate(
            zip(self._choices, self._buttons, strict=True), start=1
        ):
            chosen = self._answers[at] == number
            button.description = f"{number}  {_plain(row[name])}" + ("  ✓" if chosen else "")
            button.button_style = "info" if chosen else ""
        self._back.disabled, self._next.disabled = at == 0, at == n - 1


def intrusion_form(sheet: pd.DataFrame) -> IntrusionForm:
    """Show the questions of `word_intrusion` or `topic_intrusion` one at a time in a notebook.

    A click on a choice answers and goes on to the next question without an answer; a second click
    on it takes the answer back. With the keyboard: Tab and Shift + Tab move between the choices,
    Space or Enter takes one. The form knows nothing of the key, and its answers live as long as
    the notebook runs: write `form.sheet` with `save_table` when you pause, and pass that sheet to
    go on.

    Parameters
    ----------
    sheet
        The sheet, empty or with some answers; it is not changed.

    Returns
    -------
    IntrusionForm
        An object that notebooks show as a form. Its `sheet` is the sheet with the answers so far,
        which `score_intrusion` takes.

    Raises
    ------
    ValueError
        Where the table is not a sheet, has no questions, or an answer is none of the choices.

    See Also
    --------
    framing.word_intrusion : Makes a sheet about the words of topics.
    framing.topic_intrusion : Makes a sheet about the topics of articles.
    framing.score_intrusion : Scores the answers.

    References
    ----------
    Chang, J., Boyd-Graber, J., Gerrish, S., Wang, C., & Blei, D. M. (2009). Reading tea leaves: How
    humans interpret topic models. Advances in Neural Information Processing Systems, 22.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> form = fr.intrusion_form(fr.word_intrusion(model, seed=1).sheet)
    >>> form.sheet["answer"].tolist()
    ['', '', '', '']
    """
    lacking = [name for name in ("question", "choice_1", "answer") if name not in sheet.columns]
    if lacking or not len(sheet):
        wrong = f"no column {listing(lacking)}" if lacking else "no questions"
        msg = (
            f"intrusion_form: the sheet has {wrong}. "
            "Pass the sheet that word_intrusion() or topic_intrusion() returns."
        )
        raise ValueError(msg)
    return IntrusionForm(sheet)


def _number(row: pd.Series[Any], choices: list[str]) -> int:
    """Return the number of the choice that a question is answered with, 0 for none."""
    text = "" if pd.isna(row["answer"]) else str(row["answer"]).strip().casefold()
    text = text.removesuffix(".0")
    options = {str(row[name]).casefold(): at for at, name in enumerate(choices, start=1)}
    options |= {str(at): at for at in range(1, len(choices) + 1)}
    if text and text not in options:
        msg = (
            f"intrusion_form: {row['answer']!r} is no choice of question {row['question']}. Write "
            "the number of the choice, or what is shown there."
        )
        raise ValueError(msg)
    return options.get(text, 0)


def _asked(row: pd.Series[Any]) -> str:
    """Return a question as HTML; what it shows of an article is shown and never obeyed."""
    if "text" not in row.index:
        return f"<b>{_ASKED['word']}</b>"
    title = "" if pd.isna(row.get("title")) else str(row["title"])
    text = "" if pd.isna(row["text"]) else str(row["text"])
    style = "max-width: 44em; line-height: 1.5; white-space: normal; overflow-wrap: anywhere"
    return (
        f'<div style="{style}"><p><b><bdi>{shown(title)}</bdi></b></p>'
        f"<p><bdi>{shown(text)}</bdi></p></div><b>{_ASKED['topic']}</b>"
    )


def _plain(text: object) -> str:
    """Return text for a button, which shows signs of HTML as they are, without controls."""
    return html.unescape(shown(text))
