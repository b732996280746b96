"""Every result has the columns, kinds and order that the schema documents."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.schema import KINDS, TABLES, data_dictionary
from framing.schema.recognise import recognise

ROOT = Path(__file__).parent.parent
ARTICLES = fr.make_articles(120, seed=1)
CORPUS = fr.build_corpus(ARTICLES)
NODE = CORPUS.vocabulary[20]
NEWS = fr.build_corpus(
    pd.DataFrame(
        {
            "doc_id": ["a", "b"],
            "source": ["X", "Y"],
            "title": ["Putin meets Assad", "Rain"],
            "text": ["Moscow said Syria agreed. The UN did not.", "It rained."],
        }
    )
)
WAR = fr.measure_terms(CORPUS, ["war", "talks"])
MENTIONS = fr.find_mentions(NEWS, fr.load_ledger())
NAMESAKE = pd.DataFrame({"actor": ["Lake Moscow"], "kind": ["place"], "alias": ["Moscow"]})

MAKERS: dict[str, Callable[[], list[pd.DataFrame]]] = {
    "articles": lambda: [fr.load_sample().articles, ARTICLES],
    "problems": lambda: [fr.load_sample().problems],
    "term_frequency": lambda: [
        fr.term_frequency(CORPUS),
        fr.term_frequency(CORPUS, by="source", terms=["war", "absent"]),
        fr.term_frequency(CORPUS, by=["source", "topic"], terms="war"),
    ],
    "term_trend": lambda: [
        fr.term_trend(CORPUS, terms=["war"]),
        fr.term_trend(CORPUS, terms=["war", "talks"], by="source"),
    ],
    "dispersion": lambda: [fr.dispersion(CORPUS), fr.dispersion(CORPUS, by="source", measure="dp")],
    "keyness": lambda: [
        fr.keyness(CORPUS, by="source", measure=measure)
        for measure in (
            "g2",
            "g2_2cell",
            "chi2",
            "log_ratio",
            "lrc",
            "log_odds",
            "log_odds_informative",
        )
    ],
    "collocates": lambda: [
        fr.collocates(CORPUS, NODE),
        fr.collocates(CORPUS, NODE, by="source", measure="g2", min_count=1),
    ],
    "kwic": lambda: [fr.kwic(CORPUS, NODE), fr.kwic(CORPUS, "no such words")],
    "phrases": lambda: [
        fr.find_phrases(CORPUS, min_count=2),
        fr.find_phrases(CORPUS, min_count=10**6),
    ],
    "topic_terms": lambda: [
        fr.topic_terms(model(), weighting=weighting)
        for weighting in ("probability", "frex", "lift", "relevance")
    ],
    "topic_trend": lambda: [
        fr.topic_trend(model(), CORPUS),
        fr.topic_trend(model(), CORPUS, freq="QS", by=["country", "source"]),
    ],
    "representative_articles": lambda: [
        fr.representative_articles(model(), CORPUS),
        fr.representative_articles(model(), CORPUS, by="source", unit="story"),
    ],
    "topic_wording": lambda: [
        fr.topic_wording(model(), CORPUS, topic=0),
        fr.topic_wording(model(), CORPUS, topic=1, by="country", unit="story", min_count=0),
    ],
    "topic_effects": lambda: [
        fr.topic_effects(model(), CORPUS, formula="source * date", unit="story", seed=1)
    ],
    "topic_expected_shares": lambda: [
        fr.topic_expected_shares(model(), CORPUS, formula="source + date", by=by, seed=1)
        for by in ("source", "date", ["source", "date"])
    ],
    "topic_networks": lambda: [
        fr.topic_networks(model(), CORPUS, seed=1, n_resamples=5),
        fr.topic_networks(model(), CORPUS, by=["country", "source"], seed=1, n_resamples=0),
    ],
    "topic_communities": lambda: [
        fr.topic_communities(fr.topic_networks(model(), CORPUS, by="source", seed=1, n_resamples=5))
    ],
    "topic_map": lambda: [fr.topic_map(model(), CORPUS)],
    "intrusion_key": lambda: [
        fr.word_intrusion(model(), seed=1).key,
        fr.topic_intrusion(model(), CORPUS, seed=1, n_topics=2).key,
    ],
    "intrusion_scores": lambda: [answered(fr.word_intrusion(model(), seed=1))],
    "topic_share": lambda: [fr.topic_share(model(), CORPUS, by="source")],
    "topic_quality": lambda: [fr.topic_quality(model(), CORPUS)],
    "topic_stability": lambda: [fr.topic_stability(model(), CORPUS, seeds=[7])],
    "topic_choice": lambda: [fr.choose_n_topics(CORPUS, [2, 3], seeds=[1, 2], engine="nmf")],
    "topic_prediction": lambda: [fr.predict_topics(model(), CORPUS)],
    "ledger": lambda: [fr.load_ledger(), fr.load_ledger(extend=NAMESAKE)],
    "ledger_problems": lambda: [
        fr.check_ledger(fr.load_ledger()),
        fr.check_ledger(fr.load_ledger(extend=NAMESAKE)),
    ],
    "mentions": lambda: [MENTIONS, fr.find_mentions(CORPUS, fr.load_ledger())],
    "mention_audit": lambda: [
        fr.mention_audit(MENTIONS, NEWS),
        fr.mention_audit(MENTIONS[:0], NEWS, by="source"),
        fr.mention_audit(MENTIONS, NEWS, by="source"),
    ],
    "salience": lambda: [
        fr.salience(MENTIONS, NEWS),
        fr.salience(MENTIONS[:0], NEWS),
        fr.salience(MENTIONS, NEWS, by="source", items="country"),
    ],
    "co_mentions": lambda: [
        fr.co_mentions(MENTIONS, NEWS, by="source", min_count=1),
        fr.co_mentions(MENTIONS, NEWS),
    ],
    "stories": lambda: [fr.find_stories(CORPUS)],
    "story_pairs": lambda: [fr.story_pairs(CORPUS, fr.find_stories(CORPUS))],
    "events": lambda: [fr.find_events(CORPUS)],
    "comparison": lambda: [
        fr.compare(WAR, by="source", seed=1),
        fr.compare(WAR, by=["source", "topic"], seed=1, n_resamples=0),
    ],
    "comparison_pairs": lambda: [fr.compare_pairs(WAR, by="source", seed=1)],
    "decomposition": lambda: [
        fr.decompose(WAR, by="source", strata="topic", target="Gazette", reference="Herald", seed=1)
    ],
    "evidence": lambda: [fr.evidence(fr.term_frequency(CORPUS, terms="said"), CORPUS, seed=1)],
    "specification_curve": lambda: [fr.specification_curve(lambda a: a, {"a": [1, 2]})],
    "specification_test": lambda: [
        fr.specification_test(lambda a, shuffle: a, {"a": [1]}, n_shuffles=3, seed=1)  # noqa: ARG005
    ],
    "methods_settings": lambda: [fr.methods(CORPUS).settings, fr.methods(ARTICLES).settings],
    "reproduction": lambda: [reproduced()],
    "boilerplate": lambda: [fr.boilerplate(CORPUS)],
    "attrition": lambda: [fr.attrition({"read": ARTICLES, "first half": ARTICLES[:60]})],
}


def answered(questions: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    sheet, key = questions
    return fr.score_intrusion(sheet.assign(answer="1"), key)


def reproduced() -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        ax = fr.plot_term_frequency(fr.term_frequency(CORPUS), n=3)
        path = fr.bundle(f"{folder}/a.zip", corpus=CORPUS, figures={"terms": ax})
        return fr.reproduce(path)


def model() -> fr.TopicModel:
    return fr.fit_topics(CORPUS, n_topics=4, seed=1, engine="nmf")


def test_every_table_has_a_maker() -> None:
    assert set(MAKERS) == set(TABLES)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", sorted(TABLES))
def test_result_is_as_documented(name: str) -> None:
    table = TABLES[name]
    for data in MAKERS[name]():
        assert table.problems_of(data) == []
        assert recognise(data) is table
        documented = [column.name for column in table.columns]
        shown = [column for column in data.columns if column in documented]
        assert shown == [column for column in documented if column in data.columns]
        assert data.index.equals(pd.RangeIndex(len(data)))
        assert not data.attrs


@pytest.mark.parametrize("name", sorted(TABLES))
def test_table_is_described(name: str) -> None:
    table = TABLES[name]
    assert hasattr(fr, table.made_by)
    assert table.row
    for column in table.columns:
        assert column.kind in KINDS
        assert column.meaning


def test_the_data_dictionary_is_up_to_date() -> None:
    written = (ROOT / "docs" / "data-dictionary.md").read_text("utf-8")
    assert written == data_dictionary(), "run `make docs`"


def test_check_names_what_is_missing() -> None:
    with pytest.raises(ValueError, match="plot_keyness") as error:
        TABLES["keyness"].check("plot_keyness", pd.DataFrame({"source": ["a"], "term": ["b"]}))
    assert str(error.value) == (
        "plot_keyness: the table has no column 'by', 'target', 'reference', 'measure', 'score', "
        "'p_value', 'count', 'n_tokens', 'per_million', 'n_articles', 'count_reference', "
        "'n_tokens_reference', … (15 in all). It has 'source', 'term'. "
        "Pass the table that keyness() returns."
    )
    with pytest.raises(TypeError, match="plot_keyness") as wrong:
        TABLES["keyness"].check("plot_keyness", [1])  # type: ignore[arg-type]
    assert str(wrong.value) == (
        "plot_keyness: data is list, not a DataFrame. Pass the table that keyness() returns."
    )
