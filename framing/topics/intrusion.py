"""Whether people see what a model found: sheets with an intruder to find, and their scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import check_at_least, check_seed, listing
from framing.corpus import Corpus, check_corpus
from framing.topics.model import TopicModel
from framing.topics.shares import model_rows, with_settings

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]

WORDS_OF_ARTICLE = 150
"""Words of an article that are shown."""

_TINY = 1e-12


class Questions(NamedTuple):
    """A sheet for coders, and the key to it.

    Attributes
    ----------
    sheet : DataFrame
        One row a question, in mixed order: `question`, what is shown, the choices in mixed order,
        and `answer`, empty. Nothing in it tells which choice is the intruder.
    key : DataFrame
        One row a question and choice: what it is and whether it is the intruder. Keep it from the
        coders.

    See Also
    --------
    framing.word_intrusion : Makes them for the words of topics.
    framing.topic_intrusion : Makes them for the topics of articles.

    Examples
    --------
    >>> import framing as fr
    >>> from framing.topics import word_intrusion
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> sheet, key = word_intrusion(model, seed=1)
    >>> len(sheet)
    4
    """

    sheet: pd.DataFrame
    key: pd.DataFrame


def word_intrusion(
    model: TopicModel, *, seed: int, n_terms: int = 5, n_sheets: int = 1
) -> Questions:
    """Make a sheet that asks, for each topic, which word does not belong to it.

    Shown are the topic's most probable terms and an intruder: one of the first terms of another
    topic that is among the less probable half of this one. If people find the intruder, the topic
    makes sense to them. Write the sheet with `save_table`, let two coders or more answer it, each
    alone and without the key, and pass it to `score_intrusion`.

    Parameters
    ----------
    model
        The model, of two topics or more.
    seed
        Start of the random numbers that draw intruders and mix the order.
    n_terms
        The topic's terms in a question, 2 or more.
    n_sheets
        Questions a topic, 1 or more, each with another draw of the intruder; more give narrower
        intervals for each topic.

    Returns
    -------
    Questions
        `sheet`: one row a question: `question` (from 1), `choice_1` … (the terms), `answer` (empty:
        the number of the choice, or the word). `key`: one row a question and choice: `task`
        (`word`), `question`, `choice`, `shown`, `intruder`, `topic` (that is asked about),
        `label`, `probability` (of the term given the topic), `doc_id` (missing), `sheet_seed`,
        `n_topics`, `engine`, `seed`.

    Raises
    ------
    ValueError
        Where a number is out of range, or the model has too few terms for an intruder.
    TypeError
        Where `seed` is not a whole number.

    See Also
    --------
    framing.topic_intrusion : Asks whether articles have the topics that the model gives them.
    framing.intrusion_form : Asks the questions in the notebook, one at a time.
    framing.score_intrusion : Scores the answers.

    References
    ----------
    Chang, J., Boyd-Graber, J., Gerrish, S., Wang, C., & Blei, D. M. (2009). Reading tea leaves: How
    humans interpret topic models. Advances in Neural Information Processing Systems, 22.

    Chan, C.-H., & Sältzer, M. (2020). oolong: An R package for validating automated content
    analysis tools. Journal of Open Source Software, 5(55), 2461. https://doi.org/10.21105/joss.02461

    Examples
    --------
    >>> import framing as fr
    >>> from framing.topics import word_intrusion
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> word_intrusion(model, seed=1).sheet.shape
    (4, 8)
    """
    where = "word_intrusion"
    check_seed(where, seed)
    check_at_least(where, "n_terms", n_terms, 2)
    check_at_least(where, "n_sheets", n_sheets, 1)
    order = np.argsort(-model.topic_term, axis=1, kind="stable")
    rank = np.argsort(order, axis=1)
    if model.n_topics < 2 or len(model.vocabulary) < 2 * n_terms + 1:
        msg = (
            f"{where}: {model.n_topics} topics of {len(model.vocabulary):,} terms are too few for "
            f"n_terms={n_terms!r} and an intruder. Pass a lower n_terms, or another model."
        )
        raise ValueError(msg)
    rng = np.random.default_rng(seed)
    rows = []
    for topic in np.tile(np.arange(model.n_topics), n_sheets).tolist():
        others = np.delete(order, topic, axis=0)[:, :n_terms].ravel()
        strange = np.unique(others[rank[topic, others] >= len(model.vocabulary) // 2])
        if not len(strange):  # the first terms of all topics are frequent in this one too
            strange = others[[rank[topic, others].argmax()]]
        rows.append([topic, *order[topic, :n_terms], rng.choice(strange)])
    drawn = np.array(rows, dtype=np.int64)[rng.permutation(len(rows))]
    topics, terms = drawn[:, 0], drawn[:, 1:]
    mixed, intruder = _mixed(terms, rng)
    key = {
        "topic": np.repeat(topics, mixed.shape[1]),
        "probability": model.topic_term[topics[:, None], mixed].ravel(),
        "doc_id": pd.Series([None] * mixed.size, dtype="str"),
    }
    shown = model.vocabulary.to_numpy(dtype=object)[mixed]
    return _questions("word", {}, shown, intruder, key=key, model=model, seed=seed)


def topic_intrusion(
    model: TopicModel,
    corpus: Corpus,
    *,
    seed: int,
    n_articles: int = 50,
    n_topics: int = 3,
    n_terms: int = 8,
) -> Questions:
    """Make a sheet that asks, for articles drawn by chance, which topic an article does not have.

    Shown are the article's title and first words, the terms of its largest topics, and those of an
    intruder: one of the half of the topics that have the smallest shares of it. If people find the
    intruder, the model's shares of articles make sense to them.

    Parameters
    ----------
    model
        The model, of more topics than are shown.
    corpus
        The corpus it was fitted on, or any part of it, with a column `text`.
    seed
        Start of the random numbers that draw articles and intruders and mix the order.
    n_articles
        Questions: articles with terms of the model, drawn by chance, 1 or more; all where there
        are fewer.
    n_topics
        The article's largest topics in a question, 1 or more.
    n_terms
        Terms by which a topic is shown, 1 or more.

    Returns
    -------
    Questions
        `sheet`: one row a question: `question` (from 1), `title`, `text` (its first 150 words),
        `choice_1` … (terms of a topic, joined by commas), `answer` (empty: the number of the
        choice). `key`: as that of `word_intrusion`, `task` `topic`; `topic` is that of the
        choice, `probability` its share of the article, `doc_id` the article's key.

    Raises
    ------
    ValueError
        Where a number is out of range, the model has too few topics, the articles have no texts,
        or the corpus has articles that the model has not seen.
    TypeError
        Where `seed` is not a whole number, or the corpus is not one.

    See Also
    --------
    framing.word_intrusion : Asks whether the words of a topic make sense together.
    framing.intrusion_form : Asks the questions in the notebook, one at a time.
    framing.score_intrusion : Scores the answers.

    References
    ----------
    Chang, J., Boyd-Graber, J., Gerrish, S., Wang, C., & Blei, D. M. (2009). Reading tea leaves: How
    humans interpret topic models. Advances in Neural Information Processing Systems, 22.

    Examples
    --------
    >>> import framing as fr
    >>> from framing.topics import topic_intrusion
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=8, seed=1, engine="nmf")
    >>> topic_intrusion(model, corpus, seed=1, n_articles=20).sheet.columns.tolist()
    ['question', 'title', 'text', 'choice_1', 'choice_2', 'choice_3', 'choice_4', 'answer']
    """
    where = "topic_intrusion"
    check_corpus(where, corpus)
    check_seed(where, seed)
    for name, number in (("n_articles", n_articles), ("n_topics", n_topics), ("n_terms", n_terms)):
        check_at_least(where, name, number, 1)
    half = model.n_topics // 2
    if model.n_topics - half < n_topics:
        msg = (
            f"{where}: {model.n_topics} topics are too few for n_topics={n_topics!r} and an "
            f"intruder from the smaller half. Pass n_topics={model.n_topics - half} or less."
        )
        raise ValueError(msg)
    articles = corpus.articles
    if "text" not in articles.columns:
        msg = f"{where}: the articles have no column 'text'. They have {listing(articles.columns)}."
        raise ValueError(msg)
    at = model_rows(where, model, corpus)
    rng = np.random.default_rng(seed)
    rows = rng.permutation(np.flatnonzero(model.n_tokens[at] > 0))[:n_articles]
    shares = model.article_topic[at[rows]]
    order = np.argsort(-shares, axis=1, kind="stable")
    intruders = rng.permuted(order[:, -half:], axis=1)[:, :1]
    mixed, intruder = _mixed(np.hstack([order[:, :n_topics], intruders]), rng)
    first = np.argsort(-model.topic_term, axis=1, kind="stable")[:, :n_terms]
    lists = np.array([", ".join(model.vocabulary[row]) for row in first], dtype=object)
    texts = articles["text"].fillna("").astype("str").to_numpy()[rows]
    titles = articles["title"] if "title" in articles.columns else pd.Series([""] * len(corpus))
    asked = {
        "title": titles.fillna("").astype("str").to_numpy()[rows],
        "text": [_beginning(text) for text in texts.tolist()],
    }
    key = {
        "topic": mixed.ravel(),
        "probability": np.take_along_axis(shares, mixed, axis=1).ravel(),
        "doc_id": np.repeat(articles["doc_id"].to_numpy()[rows], mixed.shape[1]),
    }
    return _questions("topic", asked, lists[mixed], intruder, key=key, model=model, seed=seed)


def _beginning(text: str) -> str:
    """Return the first words of a text."""
    words = text.split(maxsplit=WORDS_OF_ARTICLE)
    rest = " …" if len(words) > WORDS_OF_ARTICLE else ""
    return " ".join(words[:WORDS_OF_ARTICLE]) + rest


def _mixed(choices: _Ints, rng: np.random.Generator) -> tuple[_Ints, npt.NDArray[np.bool_]]:
    """Return each row in an order of chance, and where its last column went."""
    order = rng.permuted(np.tile(np.arange(choices.shape[1]), (len(choices), 1)), axis=1)
    return np.take_along_axis(choices, order, axis=1), order == choices.shape[1] - 1


def _questions(
    task: str,
    asked: dict[str, Any],
    shown: npt.NDArray[np.object_],
    intruder: npt.NDArray[np.bool_],
    *,
    key: dict[str, Any],
    model: TopicModel,
    seed: int,
) -> Questions:
    """Return sheet and key of questions with these choices."""
    n_questions, n_choices = shown.shape
    number = np.arange(1, n_questions + 1)
    sheet = pd.DataFrame({"question": number})
    for name, column in asked.items():
        sheet[name] = pd.Series(column, dtype="str")
    for choice in range(n_choices):
        sheet[f"choice_{choice + 1}"] = pd.Series(shown[:, choice], dtype="str")
    sheet["answer"] = pd.Series([""] * n_questions, dtype="str")
    topics = np.asarray(key["topic"])
    table = pd.DataFrame(
        {
            "task": pd.Series([task] * shown.size, dtype="str"),
            "question": np.repeat(number, n_choices),
            "choice": np.tile(np.arange(1, n_choices + 1), n_questions),
            "shown": pd.Series(shown.ravel(), dtype="str"),
            "intruder": intruder.ravel(),
            "topic": topics,
            "label": pd.Series(np.array(model.labels, dtype=object)[topics], dtype="str"),
            "probability": key["probability"],
            "doc_id": pd.Series(key["doc_id"], dtype="str"),
            "sheet_seed": seed,
        }
    )
    return Questions(sheet, with_settings(table, model))


def score_intrusion(
    answers: pd.DataFrame | Sequence[pd.DataFrame], key: pd.DataFrame, *, level: float = 0.95
) -> pd.DataFrame:
    """Score how often coders found the intruders: model precision, and topic log odds.

    Compare the precision with `chance`, what guessing gives, and topics with one another only as
    far as their intervals tell them apart. Answers count as independent: where several coders
    answer the same questions, the intervals are too narrow.

    Parameters
    ----------
    answers
        The sheet of `word_intrusion` or `topic_intrusion` with `answer` filled in: the number of
        the choice or what is shown there; empty for no answer. Several coders: one sheet each in a
        list, or one table with a column `coder`.
    key
        The key to it.
    level
        Level of the intervals, above 0 and below 1.

    Returns
    -------
    DataFrame
        One row a scope: `task` (`word` or `topic`), `scope` (`all`, `coder` or `topic`), `coder`
        (missing unless the scope is a coder), `topic` (-1 unless the scope is a topic; for `topic`
        questions the article's largest one), `label`, `n_right`, `n_answers`, `precision` (n_right
        / n_answers, 0 … 1), `low`, `high` (Wilson's interval), `level`, `chance`, `log_odds`
        (topic questions: mean logarithm of the intruder's share over the chosen topic's, 0 or
        less as a rule, 0 where all are right; else missing), `n_topics`, `engine`, `seed`.

    Raises
    ------
    ValueError
        Where a column is absent, a question or an answer is unknown, a coder answers a question
        twice, or nothing is answered.

    See Also
    --------
    framing.word_intrusion : Makes sheets and keys.

    References
    ----------
    Chang, J., Boyd-Graber, J., Gerrish, S., Wang, C., & Blei, D. M. (2009). Reading tea leaves: How
    humans interpret topic models. Advances in Neural Information Processing Systems, 22.

    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    JASA, 22(158), 209-212. https://doi.org/10.1080/01621459.1927.10502953

    Examples
    --------
    >>> import framing as fr
    >>> from framing.topics import score_intrusion, word_intrusion
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> model = fr.fit_topics(corpus, n_topics=4, seed=1, engine="nmf")
    >>> sheet, key = word_intrusion(model, seed=1)
    >>> coded = sheet.assign(answer=key[key["intruder"]]["choice"].to_numpy())
    >>> score_intrusion(coded, key).loc[0, ["n_right", "n_answers"]].tolist()
    [4, 4]
    """
    if not 0 < level < 1:
        msg = f"score_intrusion: level={level!r} is not above 0 and below 1. Pass 0.95."
        raise ValueError(msg)
    given = _given(answers)
    _check_key(given, key)
    choice = _choices(given, key)
    given, choice = given[choice > 0], choice[choice > 0]
    if not len(given):
        msg = "score_intrusion: no question is answered. Fill in the column 'answer' of the sheet."
        raise ValueError(msg)
    truth = key[key["intruder"].astype(bool)].set_index("question")
    found = pd.DataFrame({"coder": given["coder"].to_numpy(), "question": given["question"]})
    found["right"] = truth["choice"].reindex(found["question"]).to_numpy() == choice
    share = key.set_index(["question", "choice"])["probability"]
    picked = share.reindex(pd.MultiIndex.from_arrays([found["question"], choice])).to_numpy()
    missed = truth["probability"].reindex(found["question"]).to_numpy()
    found["log_odds"] = np.log(np.maximum(missed, _TINY)) - np.log(np.maximum(picked, _TINY))
    largest = key.loc[key.groupby("question")["probability"].idxmax()].set_index("question")
    found["topic"] = largest["topic"].reindex(found["question"]).to_numpy()
    labels = dict(zip(key["topic"].tolist(), key["label"].tolist(), strict=True))
    return _scores(found, key, labels=labels, level=level)


def _given(answers: pd.DataFrame | Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return all answers as one table with a column of coders."""
    sheets = [answers] if isinstance(answers, pd.DataFrame) else list(answers)
    named = []
    for number, sheet in enumerate(sheets, start=1):
        for column in ("question", "answer"):
            if column not in sheet.columns:
                msg = (
                    f"score_intrusion: the answers have no column {column!r}. "
                    f"They have {listing(sheet.columns)}. Pass the sheet with its answers."
                )
                raise ValueError(msg)
        coder = sheet["coder"].astype("str") if "coder" in sheet.columns else str(number)
        named.append(sheet[["question", "answer"]].assign(coder=coder))
    found = pd.concat(named, ignore_index=True)
    twice = found[found.duplicated(["coder", "question"])]
    if len(twice):
        row = twice.iloc[0]
        msg = (
            f"score_intrusion: coder {row['coder']!r} answers question {row['question']} twice. "
            "Pass one sheet a coder in a list, or name the coders in a column 'coder'."
        )
        raise ValueError(msg)
    return found


def _check_key(given: pd.DataFrame, key: pd.DataFrame) -> None:
    """Raise ValueError where the key is not that of the answers."""
    needed = ["task", "question", "choice", "shown", "intruder", "topic", "label", "probability"]
    lacking = [name for name in needed if name not in key.columns]
    if lacking:
        msg = (
            f"score_intrusion: the key has no column {lacking[0]!r}. "
            "Pass the key that word_intrusion() or topic_intrusion() returns."
        )
        raise ValueError(msg)
    unknown = sorted(set(given["question"]) - set(key["question"]))
    if unknown:
        msg = (
            f"score_intrusion: the key lacks {len(unknown):,} of the questions, for example "
            f"{unknown[0]}. Pass the key that was made with this sheet."
        )
        raise ValueError(msg)


def _choices(given: pd.DataFrame, key: pd.DataFrame) -> _Ints:
    """Return the number of the choice of each answer, 0 for none; raise where it is no choice."""
    options: dict[tuple[int, str], int] = {}
    columns = (key[name].tolist() for name in ("question", "choice", "shown"))
    for number, choice, shown in zip(*columns, strict=True):
        options[number, str(choice)] = options[number, str(shown).casefold()] = int(choice)
    found = []
    for question, answer in zip(given["question"], given["answer"], strict=True):
        text = "" if pd.isna(answer) else str(answer).strip().casefold().removesuffix(".0")
        choice = options.get((int(question), text), 0)
        if text and not choice:
            msg = (
                f"score_intrusion: {answer!r} is no choice of question {question}. Write the "
                "number of the choice, or what is shown there."
            )
            raise ValueError(msg)
        found.append(choice)
    return np.array(found, dtype=np.int64)


def _scores(
    found: pd.DataFrame, key: pd.DataFrame, *, labels: dict[int, str], level: float
) -> pd.DataFrame:
    """Return the rows of all scopes."""
    parts: list[tuple[str, object, int, pd.DataFrame]] = [("all", None, -1, found)]
    parts += [("coder", coder, -1, part) for coder, part in found.groupby("coder")]
    by_topic = [found[found["topic"] == topic] for topic in sorted(set(found["topic"]))]
    parts += [("topic", None, int(part["topic"].iloc[0]), part) for part in by_topic]
    right = np.array([int(part["right"].sum()) for *_, part in parts])
    n = np.array([len(part) for *_, part in parts])
    low, high = wilson(right, n, level)
    task = str(key["task"].iloc[0])
    odds = [float(part["log_odds"].mean()) if task == "topic" else np.nan for *_, part in parts]
    table = pd.DataFrame(
        {
            "task": pd.Series([task] * len(parts), dtype="str"),
            "scope": pd.Series([scope for scope, *_ in parts], dtype="str"),
            "coder": pd.Series([coder for _, coder, *_ in parts], dtype="str"),
            "topic": [topic for _, _, topic, _ in parts],
            "label": pd.Series([labels.get(topic) for _, _, topic, _ in parts], dtype="str"),
            "n_right": right,
            "n_answers": n,
            "precision": right / n,
            "low": low,
            "high": high,
            "level": level,
            "chance": 1 / key["choice"].max(),
            "log_odds": odds,
        }
    )
    same = {name: key[name].iloc[0] for name in ("n_topics", "engine", "seed") if name in key}
    return table.assign(**same)


def wilson(right: _Ints, n: _Ints, level: float) -> tuple[_Floats, _Floats]:
    """Return the limits of Wilson's score interval of shares."""
    from scipy.special import ndtri

    z = float(ndtri((1 + level) / 2))
    share = right / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)
