"""Events: the same news in different words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

import framing as fr
from framing.schema import TABLES
from framing.stories import events as eventing
from framing.stories import find_events

PAIRS = Path(__file__).parent / "gold" / "events_pairs.csv"

TEXTS = [
    "An avalanche killed seven pupils in Tochigi. Rescuers dug in Nasu all night.",
    "Seven students die in Nasu: an avalanche in Tochigi hit their climbing course.",
    "Tochigi avalanche: Nasu mourns seven pupils, and asks who let them climb.",
    "Parliament in Oslo votes on whaling. The Storting expects a close result.",
    "Oslo: the Storting decides on whaling after a long debate in parliament.",
    "A bakery in Lyon sells the largest baguette ever.",
    "Rain is expected over the weekend, says the weather service.",
]
SOURCES = ["Gazette", "Herald", "Courier", "Gazette", "Herald", "Gazette", "Courier"]
DAYS = ["2024-03-27", "2024-03-28", "2024-03-28", "2024-03-27", "2024-03-28", "2024-03-27", None]


def raises(kind: type[Exception], message: str) -> Any:
    return pytest.raises(kind, match=f"^{re.escape(message)}$")


def sample(**columns: Any) -> pd.DataFrame:
    keys = [f"a{n}" for n in range(len(TEXTS))]
    frame = {"doc_id": keys, "source": SOURCES, "date": pd.to_datetime(DAYS), "text": TEXTS}
    return pd.DataFrame({**frame, **columns})


def corpus_of(articles: pd.DataFrame) -> fr.Corpus:
    return fr.build_corpus(articles, fields=["text"])


CORPUS = corpus_of(sample())


def test_three_sources_report_two_events():
    events = find_events(CORPUS, min_similarity=0.2)
    assert events["event"].tolist() == ["a0", "a0", "a0", "a3", "a3", "a5", "a6"]
    assert events["first"].tolist() == [True, False, False, True, False, True, True]
    assert events["n_articles"].tolist() == [3, 3, 3, 2, 2, 1, 1]
    assert events["n_sources"].tolist() == [3, 3, 3, 2, 2, 1, 1]
    assert events["days"].tolist() == [1, 1, 1, 1, 1, 0, 0]
    assert events["nearest"].isna().tolist() == [False] * 5 + [True] * 2
    assert {"storting", "whaling"} <= set(events["shared_terms"][3].split(", "))
    assert events["shared_actors"].isna().all()
    assert TABLES["events"].problems_of(events) == []
    assert events.columns.tolist() == [column.name for column in TABLES["events"].columns]


def test_similarity_is_the_mean_of_two_cosines():
    events = find_events(CORPUS, min_similarity=0.2, lead=5)
    matrix = fr.document_term_matrix(CORPUS).toarray()
    capital = np.zeros(len(CORPUS.vocabulary))
    np.add.at(capital, CORPUS.codes, CORPUS.shapes > 0)
    n_articles = (matrix > 0).sum(axis=0)
    weight = np.log(len(CORPUS) / n_articles) * np.where(capital > matrix.sum(axis=0) / 2, 1.5, 1)
    weight[CORPUS.vocabulary.isin(fr.stop_words())] = 0
    early = np.zeros_like(matrix)
    for row in range(len(CORPUS)):
        np.add.at(early[row], CORPUS.codes[CORPUS.offsets[row] :][:5], 1)
    cosines = []
    for counts in (matrix, early):
        vectors = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0) * weight
        a, b = vectors[3], vectors[4]
        cosines.append(a @ b / np.sqrt((a @ a) * (b @ b)))
    assert events["similarity"][3] == pytest.approx(np.mean(cosines))
    assert events["similarity"][4] == events["similarity"][3]


def test_each_setting_matters():
    assert (find_events(CORPUS, min_similarity=1)["n_articles"] == 1).all()
    same_day = find_events(CORPUS, min_similarity=0.2, max_days=0)
    assert set(same_day["lead"]) == {100}
    assert same_day["event"].tolist() == ["a0", "a1", "a1", "a3", "a4", "a5", "a6"]
    whole = find_events(CORPUS, min_similarity=0.2, lead=1_000)["similarity"]
    assert (find_events(CORPUS, min_similarity=0.2, lead=4)["similarity"] != whole)[:5].all()


def test_order_of_rows_does_not_matter():
    articles = fr.load_sample().articles
    one = find_events(fr.build_corpus(articles)).set_index("doc_id")
    mixed = articles.sample(frac=1, random_state=1)
    other = find_events(fr.build_corpus(mixed)).set_index("doc_id").loc[one.index]
    assert (one["event"] == other["event"]).all()
    assert one["similarity"].to_numpy() == pytest.approx(other["similarity"], nan_ok=True)


def test_runs_make_no_difference(monkeypatch):
    corpus = fr.build_corpus(fr.load_sample().articles)
    whole = find_events(corpus, min_similarity=0.2)
    monkeypatch.setattr(eventing, "_RUN", 7)
    assert (find_events(corpus, min_similarity=0.2)["event"] == whole["event"]).all()


def test_no_event_is_longer_than_allowed():
    articles = fr.load_sample().articles
    for max_days in (0, 1, 3):
        events = find_events(fr.build_corpus(articles), max_days=max_days, min_similarity=0.1)
        spans = articles.groupby(events["event"].to_numpy())["date"].agg(["min", "max"])
        days = (spans["max"] - spans["min"]).dt.days
        assert days.max() == max_days
        assert events["days"].max() == max_days


def edges_of(scores: np.ndarray[Any, Any], day: list[int]) -> Any:
    first, second = np.triu_indices(len(scores), 1)
    rank = np.arange(len(scores))
    return eventing._Edges(first, second, scores[first, second], rank, np.array(day))


@given(st.integers(2, 12), st.integers(0, 10_000), st.floats(0.2, 0.9))
def test_groups_are_those_of_average_linkage(n, seed, least):
    scores = np.random.default_rng(seed).random((n, n))
    scores = (scores + scores.T) / 2
    np.fill_diagonal(scores, 1)
    found = eventing._join_groups(edges_of(scores, [0] * n), least, 0)
    tree = linkage(squareform(1 - scores, checks=False), "average")
    expected = fcluster(tree, 1 - least, "distance")
    assert ((found[:, None] == found) == (expected[:, None] == expected)).all()


def test_a_chain_is_not_one_event():
    scores = np.full((6, 6), 0.1)
    for n in range(5):
        scores[n, n + 1] = scores[n + 1, n] = 0.6 + n / 100
    found = eventing._join_groups(edges_of(scores, [0] * 6), 0.4, 0)
    assert found.tolist() == [0, 1, 1, 3, 4, 4] or len(set(found.tolist())) >= 3
    by_day = eventing._join_groups(edges_of(np.ones((6, 6)), [0, 1, 2, 3, 4, 5]), 0.4, 2)
    assert len(set(by_day.tolist())) >= 2


def test_strangers_are_not_similar_with_mentions():
    mentions = fr.find_mentions(CORPUS, fr.load_ledger()).iloc[:0]
    columns = {"actor": ["Japan", "Norway", "Japan", "Norway", "Norway"]}
    named = pd.DataFrame({"doc_id": ["a0", "a1", "a2", "a3", "a4"], **columns})
    mentions = pd.concat([mentions, named]).reindex(columns=mentions.columns)
    events = find_events(CORPUS, mentions=mentions, min_similarity=0.2)
    assert events["event"].tolist() == ["a0", "a1", "a0", "a3", "a3", "a5", "a6"]
    assert events["shared_actors"].fillna("").tolist() == [
        "Japan", "", "Japan", "Norway", "Norway", "", "",
    ]  # fmt: skip


def test_copies_are_one_event_and_articles_without_words_none():
    articles = sample(text=["", TEXTS[0], TEXTS[0], "", *TEXTS[3:6]])
    events = find_events(corpus_of(articles))
    assert events["event"].tolist()[:4] == ["a0", "a1", "a1", "a3"]
    assert events["similarity"][1] == pytest.approx(1)


def test_the_labelled_pairs_are_complete():
    pairs = pd.read_csv(PAIRS, dtype="str")
    assert pairs.columns.tolist() == [
        "stratum", "stratum_size", "n_drawn", "first", "second", "label",
    ]  # fmt: skip
    assert not pairs.duplicated(["first", "second"]).any()
    assert set(pairs["label"]) == {"same", "follow-up", "different"}
    sizes = pairs.groupby("stratum")["n_drawn"].agg(["size", "first"])
    assert (sizes["size"] == sizes["first"].astype(int)).all()
    assert sizes.loc[sizes.index.str.startswith("same event"), "size"].sum() >= 200


RANGE = "is not above 0 and at most 1. Pass for example 0.5."


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"min_similarity": 0}, f"min_similarity=0 {RANGE}"),
        ({"max_days": -1}, "max_days=-1 is below 0. Pass 0 or more."),
        ({"lead": 0}, "lead=0 is below 1. Pass 1 or more."),
    ],
)
def test_arguments_out_of_range(arguments, message):
    with raises(ValueError, f"find_events: {message}"):
        find_events(CORPUS, **arguments)


@pytest.mark.parametrize("change", ["drop", "empty"])
def test_articles_without_dates(change):
    articles = sample().drop(columns="date") if change == "drop" else sample(date=pd.NaT)
    message = (
        "find_events: the articles have no dates. Events are looked for among articles of "
        "neighbouring days. Give the articles a column 'date' before build_corpus()."
    )
    with raises(ValueError, message):
        find_events(corpus_of(articles))


def test_dates_with_a_zone():
    zoned = sample(date=pd.to_datetime(DAYS).tz_localize("Europe/Moscow"))
    events = find_events(corpus_of(zoned), min_similarity=0.2)
    assert events["event"].tolist() == ["a0", "a0", "a0", "a3", "a3", "a5", "a6"]


def test_other_errors():
    corpus = fr.build_corpus(fr.make_articles(40, seed=1))
    near = fr.contexts(corpus, fr.find_mentions(corpus, fr.load_ledger()))
    message = (
        "find_events: the corpus holds contexts of mentions, not whole articles. "
        "Pass the corpus that build_corpus() returned."
    )
    with raises(ValueError, message):
        find_events(near)
    message = (
        "find_events: column 'date' of the articles is str, not dates. "
        "Convert it with pd.to_datetime() before build_corpus()."
    )
    with raises(TypeError, message):
        find_events(corpus_of(sample(date="2024-01-01")))
    message = (
        "find_events: data is list, not a DataFrame. Pass the table that find_mentions() returns."
    )
    with raises(TypeError, message):
        find_events(CORPUS, mentions=[])
