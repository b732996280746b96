"""The gold sample holds labels and no text, and its evaluation counts as its README says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"
SENTENCES = [
    "sentence", "doc_id", "source", "field", "start", "stop", "stratum", "stratum_size", "n_drawn",
    "split",
]  # fmt: skip
MENTIONS = [
    "sentence", "doc_id", "source", "split", "stratum", "field", "sentence_start", "sentence_stop",
    "start", "stop", "kind", "actor", "country", "sense", "in_ledger", "optional",
]  # fmt: skip
SECOND = [
    "mention", "doc_id", "source", "split", "draw", "pool_size", "n_drawn", "field", "start",
    "stop", "actor", "country", "sense", "optional",
]  # fmt: skip
SENSES = {"government", "place", "people", "other"}


def _load(path: Path) -> ModuleType:
    """Import a script that is in no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


accuracy = _load(ROOT / "benchmarks" / "accuracy.py")
gold = _load(GOLD / "gold.py")
Mention = accuracy.Mention


@pytest.fixture(scope="module")
def sentences() -> pd.DataFrame:
    return pd.read_csv(GOLD / "sentences.csv", dtype={"doc_id": str})


@pytest.fixture(scope="module")
def senses() -> pd.DataFrame:
    return pd.read_csv(GOLD / "senses.csv", dtype={"doc_id": str}, keep_default_na=False)


@pytest.fixture(scope="module")
def mentions() -> pd.DataFrame:
    return pd.read_csv(GOLD / "mentions.csv", dtype={"doc_id": str}, keep_default_na=False)


def test_tables_have_the_documented_columns(sentences, mentions):
    assert list(sentences.columns) == SENTENCES
    assert list(mentions.columns) == MENTIONS


def test_nothing_in_the_folder_is_text_of_an_article(sentences, mentions):
    assert {path.name for path in GOLD.glob("*.*")} == {
        "README.md", "events_pairs.csv", "gold.py", "mentions.csv", "senses.csv", "sentences.csv",
    }  # fmt: skip
    ledger = set(gold.ledger_actors()) | {name for _, name in gold.ledger_actors().values()}
    assert set(mentions["actor"]) - {""} <= ledger
    for table in (sentences, mentions):
        words = table.drop(columns=["actor"], errors="ignore").select_dtypes("str")
        closed = words.drop(columns=["doc_id", "country"], errors="ignore")
        assert closed.nunique().max() <= len(sentences["stratum"].unique())
        assert table["doc_id"].str.fullmatch(r"\d+").all()
    assert mentions["country"].str.fullmatch(r"[A-Z]{3}|").all()


def test_sample_is_as_large_as_its_design(sentences, mentions):
    named = mentions[mentions["optional"] == 0]
    kinds = named["kind"].replace("armed group", "organisation").value_counts()
    assert len(sentences) >= 320
    assert sentences["source"].nunique() == 9
    assert kinds["country"] >= 350
    assert kinds["person"] >= 200
    assert kinds["organisation"] >= 100
    by_source = sentences[~sentences["stratum"].str.contains(":")].groupby("source").size()
    assert (by_source == sum(gold.PER_SOURCE.values())).all()
    assert sentences.groupby("split").size().min() > 0.45 * len(sentences)


def test_each_article_is_in_one_half(sentences):
    assert (sentences["doc_id"].map(gold.split_of) == sentences["split"]).all()


def test_mentions_stand_in_their_sentences(sentences, mentions):
    both = mentions.merge(sentences, on="sentence", suffixes=("", "_of"), validate="many_to_one")
    for name in ("doc_id", "source", "split", "stratum", "field"):
        assert (both[name] == both[f"{name}_of"]).all()
    assert (both["sentence_start"] == both["start_of"]).all()
    assert (both["sentence_stop"] == both["stop_of"]).all()
    assert (both["sentence_start"] <= both["start"]).all()
    assert (both["start"] < both["stop"]).all()
    assert (both["stop"] <= both["sentence_stop"]).all()


def test_labels_are_those_of_the_rules(mentions):
    country = mentions["kind"] == "country"
    assert set(mentions.loc[country, "sense"]) == SENSES
    assert (mentions.loc[mentions["kind"] == "person", "sense"] == "person").all()
    groups = mentions["kind"].isin(["organisation", "armed group"])
    assert (mentions.loc[groups, "sense"] == "organisation").all()
    assert (country | groups | (mentions["kind"] == "person")).all()
    assert (mentions["in_ledger"] == (mentions["actor"] != "")).all()
    assert (mentions.loc[mentions["in_ledger"] == 0, "kind"] == "person").all()


def test_only_optional_labels_lie_inside_others(mentions):
    firm = mentions[mentions["optional"] == 0].sort_values(["sentence", "start"])
    previous = firm.groupby("sentence")["stop"].shift()
    assert (previous.isna() | (previous <= firm["start"])).all()


def test_second_samples_are_as_large_as_their_design(sentences, senses):
    assert list(senses.columns) == SECOND
    n = senses.groupby("split").size()
    assert n["development 2"] >= 400
    assert n["reporting 2"] >= 200
    drawn = senses.groupby(["split", "draw", "source"]).size()
    assert (drawn == senses.groupby(["split", "draw", "source"])["n_drawn"].first()).all()
    assert drawn.groupby(["split", "draw"]).nunique().eq(1).all()  # as many from each source
    assert senses["source"].nunique() == 9
    assert not senses.duplicated(["doc_id", "field", "start"]).any()


def test_second_samples_share_no_article(sentences, senses):
    first = set(sentences["doc_id"])
    parts = [set(part) for _, part in senses.groupby("split")["doc_id"]]
    assert parts[0].isdisjoint(parts[1])
    assert first.isdisjoint(parts[0] | parts[1])


def test_second_samples_hold_labels_and_no_text(senses):
    assert set(senses["sense"]) == SENSES | {"none", ""}
    assert ((senses["sense"] == "") == (senses["optional"] == 1)).all()
    assert senses["doc_id"].str.fullmatch(r"\d+").all()
    assert senses["country"].str.fullmatch(r"[A-Z]{3}").all()
    assert set(senses["actor"]) <= {name for _, name in gold.ledger_actors().values()}
    assert (senses["start"] < senses["stop"]).all()


# The evaluation, on an invented sentence ------------------------------------------------------

TEXT = (
    "Ruritanian Foreign Minister Ida Falk met (UXO) men in Zenda, Ruritania; UXO-led Ford agreed."
)


def at(surface: str, kind: str, actor: str, sense: str = "", **more) -> Mention:
    start = TEXT.index(surface)
    return Mention(start, start + len(surface), kind, actor, sense, **more)


LABELS = [
    at("Ruritanian", "country", "Ruritania", "government"),
    at("Ida Falk", "person", "Ida Falk"),
    at("UXO", "organisation", "UXO"),
    at("Ruritania;", "country", "Ruritania", "place"),
    at("Zenda", "country", "Ruritania", "place"),
    at("Ford", "person", ""),
]


def test_neighbours_of_one_actor_are_joined():
    found = accuracy.joined(LABELS, TEXT)
    assert [TEXT[one.start : one.stop] for one in found] == [
        "Ruritanian", "Ida Falk", "UXO", "Zenda, Ruritania;", "Ford",
    ]  # fmt: skip


def test_pairs_need_kind_actor_and_overlap():
    predictions = [
        at("Foreign Minister Ida", "person", "Ida Falk"),  # overlaps: found
        at("Falk", "person", "Ida Falk"),  # joined with it
        at("Ruritanian", "country", "Ruritania", "people"),  # found, other sense
        at("UXO", "armed group", "UXO"),  # another kind: wrong, and the label missed
        at("Ford", "person", "Tom Ford"),  # the ledger does not know this Ford
    ]
    pairs = accuracy.pair(LABELS, predictions, TEXT)
    assert [label.actor for label, _ in pairs.found] == ["Ruritania", "Ida Falk"]
    assert [label.start for label in pairs.missed] == [TEXT.index("UXO"), TEXT.index("Zenda")]
    assert {one.actor for one in pairs.wrong} == {"UXO", "Tom Ford"}


def test_optional_labels_count_neither_way():
    doubtful = [at("Ruritanian", "country", "Ruritania", "government", optional=True)]
    hit = at("Ruritanian", "country", "Ruritania", "place")
    assert accuracy.pair(doubtful, [], TEXT) == ([], [], [])
    assert accuracy.pair(doubtful, [hit], TEXT) == ([], [], [])
    other = hit._replace(actor="Strelsau")
    assert accuracy.pair(doubtful, [other], TEXT).wrong == [other]


def test_a_prediction_finds_one_label_only():
    labels = [at("Ida", "person", "Ida Falk"), at("men in", "person", "Ida Falk")]
    whole = at(TEXT, "person", "Ida Falk")
    pairs = accuracy.pair(labels, [whole], TEXT)
    assert (len(pairs.found), len(pairs.missed), len(pairs.wrong)) == (1, 1, 0)


def tallied() -> pd.DataFrame:
    sentences = pd.DataFrame(
        {
            "sentence": [1, 2],
            "doc_id": ["a", "b"],
            "source": "Gazette",
            "split": "development",
            "stratum": "some names",
            "weight": [1.0, 3.0],
        }
    )
    right = (LABELS[0], LABELS[0])
    other = (LABELS[0], LABELS[0]._replace(sense="people"))
    first = accuracy.Pairs([right, other, right], [LABELS[4]], [])
    return accuracy.tally(sentences, {1: first, 2: accuracy.Pairs([right], [], [LABELS[1]])})


def test_rates_are_those_counted_by_hand():
    rows = tallied()
    row = accuracy.measure(rows, ["a", "b", "c"])
    assert (row["found"], row["missed"], row["wrong"]) == (4, 1, 1)
    assert row["precision"] == pytest.approx(4 / 5)
    assert row["recall"] == pytest.approx(4 / 5)
    assert row["f1"] == pytest.approx(8 / 10)
    assert row["f1_low"] <= row["f1"] <= row["f1_high"]
    weighted = accuracy.measure(rows, ["a", "b", "c"], weighted=True)
    assert weighted["precision"] == pytest.approx((3 + 3) / (3 + 3 + 3))
    assert weighted["recall"] == pytest.approx((3 + 3) / (3 + 1 + 3))
    sense = accuracy.measure_sense(rows, ["a", "b", "c"])
    assert (sense["n"], sense["right"], sense["share"]) == (4, 3, 0.75)


def test_rates_without_any_mention_are_missing():
    row = accuracy.measure(tallied().iloc[:0], ["a", "b"])
    assert (row["found"], row["missed"], row["wrong"]) == (0, 0, 0)
    assert np.isnan([row["f1"], row["f1_low"], row["precision_high"]]).all()
    assert np.isnan(accuracy.measure_sense(tallied().iloc[:0], ["a"])["share"])


def test_intervals_are_those_of_the_binomial_where_articles_hold_one_mention_each():
    counts = np.repeat([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], [80, 20], axis=0)
    low, high = accuracy.interval(counts, accuracy.scores)
    spread = 1.96 * np.sqrt(0.8 * 0.2 / 100)
    assert low[1] == pytest.approx(0.8 - spread, abs=0.015)
    assert high[1] == pytest.approx(0.8 + spread, abs=0.015)
    assert (low[0], high[0]) == (1.0, 1.0)


def test_errors_of_the_reporting_half_stay_unseen(capsys):
    with pytest.raises(SystemExit):
        accuracy.main(["--half", "reporting", "--errors"])
    assert "--errors needs --half development: the reporting half stays unseen." in (
        capsys.readouterr().err
    )


def test_surfaces_are_found_by_number_and_never_guessed():
    assert gold.span_of("Ida Falk", TEXT) == (28, 36)
    assert gold.span_of("UXO#2", TEXT) == (TEXT.rindex("UXO"), TEXT.rindex("UXO") + 3)
    assert gold.span_of("Zen*", TEXT) == (TEXT.index("Zenda"), TEXT.index("Zenda") + 5)
    with pytest.raises(ValueError, match="'UXO' stands 2 times in"):
        gold.span_of("UXO", TEXT)
    with pytest.raises(ValueError, match="'Strelsau' stands 0 times in"):
        gold.span_of("Strelsau", TEXT)


def test_labels_are_read():
    actors = gold.ledger_actors()
    country = gold.read_label("~RUS.l", actors)
    assert (country["actor"], country["sense"], country["optional"]) == ("Russia", "place", 1)
    assert gold.read_label("=EU", actors)["actor"] == "European Union"
    assert gold.read_label("?", actors)["in_ledger"] == 0
    with pytest.raises(ValueError, match="'=Vladimir Putin' is in the ledger as person"):
        gold.read_label("=Vladimir Putin", actors)


def test_senses_of_the_second_samples_are_compared(monkeypatch):
    row = {"mention": 1, "doc_id": "7", "source": "Gazette", "split": "development 2", "draw": 1}
    row |= {"pool_size": 10, "field": "text", "actor": "Ruritania", "sense": "government"}
    table = pd.DataFrame(
        [
            row | {"start": 0, "stop": 10},
            row | {"mention": 2, "start": 60, "stop": 69},
            row | {"mention": 3, "start": 30, "stop": 33},
        ]
    )
    found = [at("Ruritanian", "country", "Ruritania", "government", how="noun")]
    found.append(at("Ruritania;", "country", "Ruritania", "place", how="town"))
    monkeypatch.setattr(accuracy, "read_senses", lambda: table)
    monkeypatch.setattr(accuracy, "find", lambda *_: {("7", "text"): found})
    articles = pd.DataFrame({"doc_id": ["7"], "title": ["T"], "text": [TEXT]})
    rows = accuracy.compare_senses(articles, pd.DataFrame())
    assert rows["right"].tolist() == [1.0, 0.0, 0.0]
    assert rows["how"].tolist() == ["government by noun", "place by town", "not found"]
    lines = accuracy.sense_errors(articles, rows)
    assert lines[0].startswith("   2 government found as place by town | ")
    out = accuracy._second(rows, "development")
    assert "3 mentions in 1 articles." in out
    assert "Weighted to the sources' mentions in the corpus: 0.333." in out
    assert "| Gazette | 3 | 1 | 0.333 (0.33–0.33) |" in out
