"""Evidence: sentences found by hand, counts that equal a slow loop, text that stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.attrition import attrition
from framing.collocation import collocates
from framing.compare import compare
from framing.contexts import contexts
from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.evidence import Evidence, evidence, show_evidence
from framing.frequency import term_frequency, term_trend
from framing.keyness import keyness
from framing.ledger import load_ledger
from framing.measure import measure_terms
from framing.mentions import find_mentions
from framing.salience import co_mentions, salience
from framing.schema import EVIDENCE
from framing.topics import TopicModel, fit_topics, topic_share, topic_terms

TEXTS = {
    "a": "The war goes on. “Talks on the war,” he said, “failed.” Then it rained.",
    "b": "War and peace.\n\nIt rained (war). Nothing. Putin met Assad at war.",
    "c": "Putin rained on U.S. sanctions https://a.b/war today. No news.",
}
SOURCES = ["X", "Y", "X"]


def corpus_of(texts: dict[str, str], **options: Any) -> Corpus:
    dates = pd.to_datetime([f"2017-01-{day + 1:02}" for day in range(len(texts))])
    articles = pd.DataFrame({
        "doc_id": list(texts), "source": (SOURCES * len(texts))[: len(texts)],
        "date": dates.astype("datetime64[s]"), "text": list(texts.values()),
    })  # fmt: skip
    return build_corpus(articles, **({"fields": ["text"]} | options))


CORPUS = corpus_of(TEXTS)
LEDGER = load_ledger()
MENTIONS = find_mentions(CORPUS, LEDGER)
WAR = pd.DataFrame({"term": ["war"]})


def sentences(table: pd.DataFrame, chosen: str = "random") -> set[str]:
    return set(table.loc[table["chosen"] == chosen, "text"])


def marked(table: pd.DataFrame) -> list[list[str]]:
    """Return the marked words of each row."""
    spans = [[one.split(":") for one in marks.split()] for marks in table["marks"]]
    return [
        [text[int(first) : int(last)] for first, last in places]
        for text, places in zip(table["text"], spans, strict=True)
    ]


class TestSentencesByHand:
    def test_a_term_in_its_original_characters(self) -> None:
        found = evidence(WAR, CORPUS, n=9, seed=1)
        assert EVIDENCE.problems_of(found) == []
        assert sentences(found) == {
            "The war goes on.",
            "“Talks on the war,” he said, “failed.”",
            "War and peace.",
            "It rained (war).",
            "Putin met Assad at war.",
        }
        assert sentences(found, "typical") == sentences(found)
        assert set(found["n_sentences"]) == {5}
        assert {words[0].lower() for words in marked(found)} == {"war"}
        row = found[found["text"] == "It rained (war)."].iloc[0]
        assert (row["doc_id"], row["source"], row["sentence"], row["marks"]) == (
            "b",
            "Y",
            1,
            "11:14",
        )
        assert row["date"] == pd.Timestamp("2017-01-02")

    def test_a_row_is_a_table_of_one_row(self) -> None:
        rows = term_frequency(CORPUS, by="source", terms="war")
        one, same = (evidence(part, CORPUS, seed=1) for part in (rows.iloc[1], rows.iloc[[1]]))
        pd.testing.assert_frame_equal(one, same)
        assert set(one["group"]) == {"source: Y"}
        assert set(one["doc_id"]) == {"b"}

    def test_the_period_of_a_trend(self) -> None:
        rows = term_trend(CORPUS, "war", freq="D").head(1)
        found = evidence(rows, CORPUS, seed=1)
        assert set(found["doc_id"]) == {"a"}
        assert set(found["group"]) == {"period: 2017-01-01"}

    def test_both_sides_of_a_comparison(self) -> None:
        rows = keyness(CORPUS, by="source", target="X").query("term == 'war'")
        found = evidence(rows, CORPUS, n=9, seed=1)
        assert found.groupby("group")["n_sentences"].first().to_dict() == {
            "source: X": 2, "source: rest": 3,
        }  # fmt: skip
        named = keyness(CORPUS, by="source", target="Y", reference="X").query("term == 'war'")
        assert set(evidence(named, CORPUS, seed=1)["group"]) == {"source: Y", "source: X"}

    def test_a_rate_and_its_reference(self) -> None:
        rates = measure_terms(CORPUS, ["war"])
        rows = compare(rates, by="source", target="Y", seed=1, n_resamples=0)
        found = evidence(rows, CORPUS, n=9, seed=1)
        assert found.groupby("group")["n_sentences"].first().to_dict() == {
            "source: Y": 3, "source: rest": 2,
        }  # fmt: skip
        rows = compare(rates, by=["source", "doc_id"], reference=("Y", "b"), seed=1, n_resamples=0)
        found = evidence(rows.head(2), CORPUS, n=9, seed=1)
        assert found.groupby("group")["n_sentences"].first().to_dict() == {
            "source: X; doc_id: a": 2, "source, doc_id: Y, b": 3,
        }  # fmt: skip

    def test_one_stratum_of_a_gap(self) -> None:
        row = {"by": "source", "target": "X", "reference": "Y", "items": "term", "item": "war",
               "strata": "doc_id", "stratum": "b"}  # fmt: skip
        found = evidence(pd.Series(row), CORPUS, seed=1)
        assert set(found["group"]) == {"doc_id: b; source: Y"}
        whole = evidence(pd.Series({**row, "stratum": None}), CORPUS, seed=1)
        assert set(whole["group"]) == {"source: X", "source: Y"}

    def test_a_collocate_stands_in_the_window(self) -> None:
        rows = collocates(CORPUS, "rained", window=1, min_count=1).query("term == 'war'")
        found = evidence(rows, CORPUS, seed=1)
        assert sentences(found) == {"It rained (war)."}
        assert marked(found)[0] == ["rained", "war"]
        assert set(found["item"]) == {"rained + war"}

    def test_actors_and_countries(self) -> None:
        rows = salience(MENTIONS, CORPUS, items="actor").query("item == 'Vladimir Putin'")
        found = evidence(rows[rows["part"] == "all"], CORPUS, mentions=MENTIONS, seed=1)
        assert {text[:12] for text in sentences(found)} == {"Putin met As", "Putin rained"}
        assert {word for words in marked(found) for word in words} == {"Putin"}
        bare = evidence(pd.DataFrame({"country": ["USA"]}), CORPUS, mentions=MENTIONS, seed=1)
        assert marked(bare)[0] == ["U.S."]

    def test_parts_of_articles(self) -> None:
        texts = {"a": "Nothing. Nothing. Nothing. Putin spoke.", "b": "Putin left."}
        corpus = corpus_of(texts)
        mentions = find_mentions(corpus, LEDGER)
        rows = salience(mentions, corpus).query("n_mentions > 0")
        found = evidence(rows, corpus, mentions=mentions, n=9, seed=1)
        sizes = found.groupby("group")["n_sentences"].first().to_dict()
        assert sizes == {"all": 2, "part: lead": 1}

    def test_pairs(self) -> None:
        rows = co_mentions(MENTIONS, CORPUS, items="actor", min_count=1)
        pair = rows[(rows["first"] == "Vladimir Putin") & (rows["second"] == "Bashar al-Assad")]
        found = evidence(pair, CORPUS, mentions=MENTIONS, seed=1)
        assert sentences(found) == {"Putin met Assad at war."}
        assert marked(found)[0] == ["Putin", "Assad"]
        articles = evidence(pair.assign(unit="article"), CORPUS, mentions=MENTIONS, seed=1)
        assert sentences(articles) == {"Putin met Assad at war."}

    def test_the_openings_of_what_a_step_left_out(self) -> None:
        steps = {"read": CORPUS.articles, "named": ["a", "c"], "kept": CORPUS.where([0, 0, 1])}
        rows = attrition(steps)
        with pytest.warns(UserWarning, match="4 of 6 rows have no sentence"):
            found = evidence(rows, CORPUS, steps=steps, n=9, seed=1)
        found = found[found["chosen"] == "random"]
        assert found[["item", "group", "doc_id", "text"]].to_numpy().tolist() == [
            ["named", "source: Y", "b", "War and peace."],
            ["kept", "source: X", "a", "The war goes on."],
        ]
        assert (found["items"] == "left out").all()
        assert (found["n_sentences"] == 1).all()
        # No more sentences than the table counts.
        assert rows["n_left_out"].sum() == len(found)

    def test_the_sentences_of_boilerplate(self) -> None:
        # `doc_id` is the first article of the source that has it.
        rows = pd.DataFrame(
            {"source": ["X", "Y"], "sequence": ["it rained"] * 2, "doc_id": ["c", "b"]}
        )
        found = evidence(rows, CORPUS, n=9, seed=1)
        found = found[found["chosen"] == "random"]
        assert found[["items", "doc_id"]].to_numpy().tolist() == [
            ["sequence", "a"], ["sequence", "b"]
        ]  # fmt: skip
        assert marked(found) == [["it rained"], ["It rained"]]

    def test_the_openings_of_a_story(self) -> None:
        stories = pd.DataFrame({"doc_id": ["a", "b", "c"], "story": [7, 7, 8]})
        found = evidence(stories, CORPUS, stories=stories, n=9, seed=1)
        assert found.groupby("item")["n_sentences"].first().to_dict() == {"7": 2, "8": 1}
        assert sentences(found[found["item"] == "7"]) == {"The war goes on.", "War and peace."}
        joined = evidence(stories.head(1), CORPUS.join(stories), n=9, seed=1)
        assert sentences(joined) == {"The war goes on.", "War and peace."}

    def test_the_opening_is_not_the_title(self) -> None:
        articles = pd.DataFrame(
            {"doc_id": ["a", "b"], "title": ["Rain", None], "text": ["It came. So.", "Sun."]}
        )
        stories = pd.DataFrame({"doc_id": ["a", "b"], "event": ["e", "e"]})
        corpus = build_corpus(articles)
        found = evidence(stories, corpus, stories=stories, seed=1)
        assert sentences(found) == {"It came.", "Sun."}
        assert set(found["items"]) == {"event"}


class TestTopics:
    ARTICLES = make_articles(120, seed=1)
    BIG = build_corpus(ARTICLES)
    MODEL = fit_topics(BIG, 4, seed=1, engine="nmf")

    def test_counts_equal_a_slow_loop(self) -> None:
        rows = topic_share(self.MODEL, self.BIG, by="source")
        found = evidence(rows, self.BIG, n=2, model=self.MODEL, seed=1)
        counts = found.groupby(["item", "group"])["n_sentences"].first()
        slow = slow_topics(self.BIG, self.MODEL)
        for (item, group), n in counts.items():
            assert n == slow[int(item.split()[0]), group.removeprefix("source: ")]
        assert counts.sum() == sum(slow.values())

    def test_rows_of_one_topic_are_one_item(self) -> None:
        counts = slow_topics(self.BIG, self.MODEL)
        topic, _ = max(counts, key=lambda pair: counts[pair])
        rows = topic_terms(self.MODEL).query("topic == @topic")
        found = evidence(rows, self.BIG, n=2, model=self.MODEL, seed=1)
        assert set(found["row"]) == {0}
        assert set(found["items"]) == {"topic"}
        by_label = pd.DataFrame({"items": ["topic"], "item": [self.MODEL.labels[topic]]})
        same = evidence(by_label, self.BIG, n=2, model=self.MODEL, seed=1)
        assert same["text"].tolist() == found["text"].tolist()

    def test_a_column_topic_of_the_articles_is_a_group(self) -> None:
        rows = term_frequency(self.BIG, by=["source", "topic"], terms=self.BIG.vocabulary[20])
        rows = rows[rows["count"] > 0].head(1)
        found = evidence(rows, self.BIG, n=2, seed=1)
        assert set(found["items"]) == {"term"}
        assert "topic: " in found["group"].iloc[0]


def slow_topics(corpus: Corpus, model: TopicModel) -> dict[tuple[int, str], int]:
    """Count the sentences of each topic and source, one by one."""
    counts: dict[tuple[int, str], int] = {}
    column = {term: place for place, term in enumerate(model.vocabulary)}
    ends = np.append(corpus.sentences[1:], len(corpus.codes))
    for first, stop in zip(corpus.sentences, ends, strict=True):
        row = int(np.searchsorted(corpus.offsets, first, side="right")) - 1
        sums = np.zeros(model.n_topics)
        for code in corpus.codes[first:stop]:
            if code >= 0 and corpus.vocabulary[code] in column:
                joint = (
                    model.article_topic[row] * model.topic_term[:, column[corpus.vocabulary[code]]]
                )
                sums += joint / joint.sum() if joint.sum() else 0
        if sums.sum() > 0:
            key = (int(sums.argmax()), corpus.articles["source"][row])
            counts[key] = counts.get(key, 0) + 1
    return counts


class TestChoice:
    def test_typical_by_hand(self) -> None:
        # idf: aid ln(3/2), rain and sun ln 3, war 0; without war the vectors are aid, aid, rain.
        corpus = corpus_of({"a": "War aid.", "b": "Aid war.", "c": "Rain war. Sun."})
        found = evidence(WAR, corpus, n=3, seed=1)
        typical = found[found["chosen"] == "typical"]
        assert typical["text"].tolist() == ["War aid.", "Aid war.", "Rain war."]
        root = np.sqrt(5)  # the length of (2, 1)
        assert typical["typicality"].to_list() == pytest.approx([2 / root, 2 / root, 1 / root])

    def test_the_same_words_are_typical_once(self) -> None:
        corpus = corpus_of({"a": "War aid.", "b": "WAR AID!", "c": "Rain war."})
        found = evidence(WAR, corpus, n=3, seed=1)
        assert found[found["chosen"] == "typical"]["text"].tolist() == ["War aid.", "Rain war."]
        assert len(found[found["chosen"] == "random"]) == 3

    def test_random_ones_are_uniform(self) -> None:
        drawn = [evidence(WAR, CORPUS, n=1, seed=seed) for seed in range(60)]
        texts = pd.concat(drawn).query("chosen == 'random'")["text"].value_counts()
        assert len(texts) == 5
        assert texts.min() >= 3  # 12 expected, standard deviation 3.1

    def test_a_row_does_not_depend_on_the_others(self) -> None:
        both = pd.DataFrame({"term": ["rained", "war"]})
        alone = evidence(WAR, CORPUS, n=2, seed=3)
        among = evidence(both, CORPUS, n=2, seed=3).query("item == 'war'")
        assert among["text"].tolist() == alone["text"].tolist()
        assert set(among["row"]) == {1}

    def test_seed_and_n(self) -> None:
        found = evidence(WAR, CORPUS, n=2, seed=1)
        pd.testing.assert_frame_equal(found, evidence(WAR, CORPUS, n=2, seed=1))
        assert found["chosen"].tolist() == ["typical"] * 2 + ["random"] * 2
        assert found["rank"].tolist() == [1, 2, 1, 2]
        others = [evidence(WAR, CORPUS, n=2, seed=seed)["text"].tolist() for seed in range(9)]
        assert len(set(map(tuple, others))) > 1


class TestOtherCorpora:
    def test_gaps_inside_sentences(self) -> None:
        codes = CORPUS.codes.copy()
        codes[CORPUS.codes == CORPUS.vocabulary.get_loc("rained")] = -1
        gaps = Corpus(
            CORPUS.articles, codes, CORPUS.offsets, CORPUS.sentences, CORPUS.shapes,
            CORPUS.vocabulary, CORPUS.settings,
        )  # fmt: skip
        full, cut = (evidence(WAR, corpus, n=9, seed=1) for corpus in (CORPUS, gaps))
        assert sentences(full) == sentences(cut)
        assert {word for words in marked(cut) for word in words} == {"war", "War"}

    def test_contexts_show_whole_sentences_and_mark_what_counts(self) -> None:
        text = "War, said Putin, is one war after a much longer other war. No war."
        corpus = corpus_of({"a": text})
        near = contexts(corpus, find_mentions(corpus, LEDGER), window=2)
        rows = term_frequency(near, by="actor", terms="war")
        found = evidence(rows, near, n=9, seed=1)
        assert sentences(found) == {text.removesuffix(" No war.")}
        assert set(found["marks"]) == {"0:3"}
        assert set(found["group"]) == {"actor: Vladimir Putin"}

    def test_one_sentence_in_two_pieces_counts_once(self) -> None:
        text = "Putin war one two three four five six seven war Putin, Assad."
        corpus = corpus_of({"a": text})
        near = contexts(corpus, find_mentions(corpus, LEDGER), window=1)
        found = evidence(WAR, near, n=9, seed=1)
        assert set(found["n_sentences"]) == {1}
        assert marked(found)[0] == ["war", "war"]

    def test_phrases(self) -> None:
        corpus = corpus_of({"a": "The White House spoke. A white house."}, phrases=["white house"])
        found = evidence(pd.DataFrame({"term": ["white_house"]}), corpus, n=9, seed=1)
        assert {word for words in marked(found) for word in words} == {"White House", "white house"}

    def test_words_left_out(self) -> None:
        corpus = corpus_of(TEXTS, stop_words="english")
        assert sentences(evidence(WAR, corpus, n=9, seed=1)) == sentences(
            evidence(WAR, CORPUS, n=9, seed=1)
        )

    def test_without_sentences(self) -> None:
        corpus = corpus_of(TEXTS, language=None)
        found = evidence(WAR, corpus, n=9, seed=1)
        assert sentences(found) == {TEXTS["a"], TEXTS["b"]}

    def test_without_source_and_date(self) -> None:
        corpus = build_corpus(pd.DataFrame({"doc_id": ["a"], "text": ["War."]}), fields=["text"])
        found = evidence(WAR, corpus, seed=1)
        assert found["source"].isna().all()
        assert EVIDENCE.problems_of(found) == []


PIECES = ["war ", "rain ", "War", ". ", "“", "”", " U.S. ", "\n", "’s ", "é"]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=30), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_numbers_and_marks_equal_a_slow_loop(pieces: list[list[str]]) -> None:
    texts = ["".join(text) for text in pieces]
    corpus = corpus_of({str(number): text for number, text in enumerate([*texts, "War."])})
    found = evidence(WAR, corpus, n=99, seed=1)
    ends = np.append(corpus.sentences[1:], len(corpus.codes))
    war = corpus.vocabulary.get_loc("war")
    places = zip(corpus.sentences, ends, strict=True)
    here = [corpus.codes[first:stop].tolist().count(war) for first, stop in places]
    assert set(found["n_sentences"]) == {sum(n > 0 for n in here)}
    drawn = found[found["chosen"] == "random"]
    assert sum(map(len, marked(drawn))) == sum(here)
    for words in marked(drawn):
        assert {re.sub("[’']s$", "", word).lower() for word in words} == {"war"}
    originals = corpus.articles.set_index("doc_id")["text"]
    assert all(row.text in originals[row.doc_id] for row in found.itertuples())


WRONG: list[tuple[dict[str, list[Any]], str]] = [
    (
        {"score": [1.0]},
        (
            "evidence: rows has the columns 'score', none of which names an item. It needs "
            "'term', 'items' and 'item', 'actor', 'country', 'topic', 'story', 'sequence' or "
            "'step': pass rows of a result."
        ),
    ),
    (
        {"step": [1], "name": ["late"], "n_left_out": [2]},
        (
            "evidence: which articles the step 'late' left out is not known. "
            "Pass steps= with the mapping that attrition() was given."
        ),
    ),
    (
        {"term": ["war"], "month": ["May"]},
        (
            "evidence: rows has the column 'month', which the articles of the corpus lack, so "
            "which articles are meant is not known. Pass the corpus that the table was made "
            "from, or drop it with rows.drop(columns=['month'])."
        ),
    ),
    (
        {"term": ["war"], "actor": ["Putin"]},
        (
            "evidence: rows has the column 'actor', which the articles of the corpus lack, so "
            "which articles are meant is not known. Pass the corpus that the table was made "
            "from, or drop it with rows.drop(columns=['actor'])."
        ),
    ),
    (
        {"actor": ["Vladimir Putin"]},
        (
            "evidence: actor='Vladimir Putin' is found by its mentions. Pass mentions= with the "
            "table of find_mentions()."
        ),
    ),
    (
        {"topic": [1]},
        (
            "evidence: the sentences of a topic are found by its model. Pass model= with what "
            "fit_topics() returned."
        ),
    ),
    (
        {"story": [1]},
        (
            "evidence: which articles belong to a story is not known: the articles have no "
            "column 'story'. Pass stories= with the columns 'doc_id' and 'story', or add it "
            "with corpus.join()."
        ),
    ),
    (
        {"items": ["column"], "item": ["n_quotes"]},
        (
            "evidence: items='column' has no sentences in the corpus, only numbers. There are "
            "sentences of 'term', 'actor', 'country', 'kind', 'sense', 'topic' and 'story', "
            "'event'."
        ),
    ),
    (
        {"term": ["war"], "by": ["month"], "target": ["May"]},
        (
            "evidence: rows compares by='month', which is not a column of the articles. They "
            "have 'doc_id', 'source', 'date', 'text'. Pass the corpus that the table was made "
            "from."
        ),
    ),
]


class TestMessages:
    @pytest.mark.parametrize(
        ("rows", "message"),
        WRONG,
    )
    def test_rows_that_cannot_be_opened(self, rows: dict[str, list[Any]], message: str) -> None:
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            evidence(pd.DataFrame(rows), CORPUS, seed=1)

    def test_no_table(self) -> None:
        message = (
            "evidence: rows is str, not a row or table. Pass rows of a result, for example "
            "table.head(3) or table.iloc[0]."
        )
        with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
            evidence("war", CORPUS, seed=1)  # type: ignore[arg-type]

    def test_a_row_without_sentences(self) -> None:
        rows = pd.DataFrame({"term": ["war", "peacetime"]})
        message = r"^evidence: 1 of 2 rows have no sentence in the corpus \(rows 1\)\.$"
        with pytest.warns(UserWarning, match=message):
            found = evidence(rows, CORPUS, seed=1)
        assert set(found["item"]) == {"war"}
        with pytest.warns(UserWarning, match="1 of 1 rows have no sentence"):
            none = evidence(rows.tail(1), CORPUS, seed=1)
        assert none.empty
        assert EVIDENCE.problems_of(none) == []

    def test_contexts_have_no_openings_and_no_mentions(self) -> None:
        near = contexts(CORPUS, MENTIONS)
        with pytest.raises(ValueError, match="Pass the corpus of whole articles"):
            evidence(pd.DataFrame({"story": [1]}), near, seed=1)
        with pytest.raises(ValueError, match="contexts of mentions, not whole articles"):
            evidence(pd.DataFrame({"country": ["RUS"]}), near, mentions=MENTIONS, seed=1)

    def test_a_model_of_another_corpus(self) -> None:
        big = build_corpus(make_articles(60, seed=1))
        model = fit_topics(big, 2, seed=1, engine="nmf")
        message = (
            "evidence: the model has not seen 3 of the articles ('a', 'b', 'c'), or cannot tell "
            "them apart. Pass the corpus that the model was fitted on, or a part of it."
        )
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            evidence(pd.DataFrame({"topic": [1]}), CORPUS, model=model, seed=1)
        with pytest.raises(
            ValueError, match=r"^evidence: the model has no topic '9'\. It has 0 to 1"
        ):
            evidence(pd.DataFrame({"topic": [9]}), big, model=model, seed=1)


class Tags(HTMLParser):
    """Collects the tags and the text of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.marked: list[str] = []
        self.text = ""
        self._inside = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "mark":
            self._inside = True
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._inside:
            self.marked[-1] += data


def html_of(text: str, *, key: str = "a", source: str = "X") -> str:
    articles = pd.DataFrame({"doc_id": [key], "source": [source], "text": [text]})
    corpus = build_corpus(articles, fields=["text"])
    return show_evidence(evidence(WAR, corpus, n=1, seed=1))._repr_html_()


class TestShown:
    def test_marks_source_date_and_key(self) -> None:
        shown = show_evidence(evidence(WAR, CORPUS, n=2, seed=1))
        assert repr(shown) == "Evidence(4 sentences of 1 row)"
        assert isinstance(shown, Evidence)
        page = Tags(shown._repr_html_())
        assert {word.lower() for word in page.marked} == {"war"}
        assert "term: war · 2 typical and 2 random of 5 sentences" in page.text
        for row in shown.table.itertuples():
            assert row.text in page.text
            assert f"{row.date:%Y-%m-%d}" in page.text

    @pytest.mark.parametrize(
        "nasty",
        ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=a>',
         "&lt;b&gt;", "</td></table><h1>", "<mark>", "</bdi>"],
    )  # fmt: skip
    def test_nothing_is_obeyed(self, nasty: str) -> None:
        page = Tags(html_of(f"Now {nasty} is war.", key=nasty, source=nasty))
        assert set(page.tags) == {
            "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "bdi", "mark",
        }  # fmt: skip
        assert page.attributes <= {"style", "class", "scope"}
        assert nasty in page.text
        assert page.marked == ["war"] * 2

    def test_controls_are_written_by_name(self) -> None:
        page = html_of("War \u202etxt.exe\u2066 and \u200b \x1b[31m\x00 all.")
        assert "[U+202E]txt.exe[U+2066] and [U+200B] \ufffd all." in page
        assert not re.search("[\x00\x1b\u202e\u2066\u200b]", page)
        assert page.count("<bdi>") == page.count("</bdi>") > 0

    def test_long_words_and_sentences_are_short(self) -> None:
        page = html_of("War " + "x" * 100_000 + " end.")
        assert len(page) < 5_000
        assert "x" * 40 + "…" in page
        many = html_of("war " * 50_000 + ".")
        assert len(many) < 20_000
        long = html_of("War " + "rain " * 50_000 + ".")
        assert len(long) < 5_000

    def test_the_table_keeps_all(self) -> None:
        text = "War " + "x" * 1_000 + "."
        assert evidence(WAR, corpus_of({"a": text}), seed=1)["text"].iloc[0] == text

    def test_any_part_of_the_table(self) -> None:
        found = evidence(WAR, CORPUS, n=2, seed=1)
        part = show_evidence(found[found["chosen"] == "random"])
        assert "2 random of 5 sentences" in part._repr_html_()
        assert repr(show_evidence(found.head(1))) == "Evidence(1 sentence of 1 row)"
        assert repr(show_evidence(found.head(0))) == "Evidence(0 sentences of 0 rows)"

    def test_a_table_of_something_else(self) -> None:
        with pytest.raises(ValueError, match=r"^show_evidence: the table has no column 'row'"):
            show_evidence(WAR)

    @pytest.mark.parametrize("marks", ["0:900", "3:1", "x", "1:2:3"])
    def test_marks_that_are_no_places(self, marks: str) -> None:
        found = evidence(WAR, CORPUS, n=1, seed=1).head(1)
        text = found["text"].iloc[0]
        message = (
            f"show_evidence: marks={marks!r} are not places in a text of {len(text)} characters. "
            "Pass the table of evidence() with its texts unchanged."
        )
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            show_evidence(found.assign(marks=marks))

    def test_marks_that_overlap_are_one(self) -> None:
        found = (
            evidence(WAR, CORPUS, n=1, seed=1).head(1).assign(text="abcdef", marks="0:3 2:4 4:5")
        )
        assert "<mark>abcd</mark><mark>e</mark>f" in show_evidence(found)._repr_html_()


def test_a_corpus_that_lacks_what_was_left_out() -> None:
    steps = {"read": CORPUS.articles, "late": ["c"]}
    rows = attrition(steps).tail(1)
    message = (
        "evidence: the corpus lacks 2 of 2 articles that the step 'late' left out ('a', 'b'). "
        "Pass a corpus of the articles of 'read'."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        evidence(rows, CORPUS.where([False, False, True]), steps=steps, seed=1)
