"""Frequency, trend and dispersion: hand counts, slow loops, oracle values, planted differences."""

from __future__ import annotations

import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles, planted_differences
from framing.dispersion import dispersion
from framing.frequency import term_frequency, term_trend
from framing.schema import DISPERSION, TERM_FREQUENCY, TREND

ORACLES = Path(__file__).parent / "oracles"
TOY = "b a m n i b e u p", "b a s a t b e w q n", "b c a g a b e s t a", "b a g h a b e a a t", (
    "b a h a a b e a x a t"
)  # fmt: skip


def corpus_of(texts: list[str], options: dict[str, Any] | None = None, **columns: Any) -> Corpus:
    """Return the corpus of these texts, with further columns."""
    keys = [str(number) for number in range(len(texts))]
    articles = pd.DataFrame({"doc_id": keys, "text": texts} | columns)
    return build_corpus(articles, fields=["text"], language=None, **(options or {}))


def rows_of(table: pd.DataFrame, *names: str) -> list[list[Any]]:
    """Return some columns as rows."""
    return table[list(names)].to_numpy().tolist()


@pytest.fixture(scope="module")
def made() -> Corpus:
    return build_corpus(make_articles(400, seed=5), language=None)


class TestTermFrequency:
    def test_counts_by_hand(self) -> None:
        corpus = corpus_of(["war war talks", "war peace", "peace"], source=["X", "X", "Y"])
        table = term_frequency(corpus, by="source")
        assert rows_of(
            table, "source", "term", "count", "n_tokens", "n_articles", "n_group_articles"
        ) == [
            ["X", "war", 3, 5, 2, 2],
            ["X", "peace", 1, 5, 1, 2],
            ["X", "talks", 1, 5, 1, 2],
            ["Y", "peace", 1, 1, 1, 1],
        ]
        assert table["per_million"].tolist() == pytest.approx([6e5, 2e5, 2e5, 1e6])
        assert not TERM_FREQUENCY.problems_of(table)

    def test_named_terms_have_a_row_in_every_group(self) -> None:
        corpus = corpus_of(["War US", "us", ""], source=["X", "Y", "Z"])
        table = term_frequency(corpus, by="source", terms=["U.S.", "War", "US", "peace"])
        assert rows_of(table, "source", "term", "count") == [
            ["X", "US", 1], ["X", "war", 1], ["X", "peace", 0],
            ["Y", "US", 0], ["Y", "war", 0], ["Y", "peace", 0],
            ["Z", "US", 0], ["Z", "war", 0], ["Z", "peace", 0],
        ]  # fmt: skip
        assert table["per_million"].isna().tolist() == [False] * 6 + [True] * 3
        assert not TERM_FREQUENCY.problems_of(table)

    def test_one_term_may_be_a_text(self) -> None:
        table = term_frequency(corpus_of(["war"]), terms="war")
        assert rows_of(table, "term", "count") == [["war", 1]]

    def test_what_was_left_out_is_not_in_the_denominator(self) -> None:
        corpus = corpus_of(["the war and https://a.b talks"], {"stop_words": "english"})
        assert rows_of(term_frequency(corpus), "term", "count", "n_tokens") == [
            ["talks", 1, 2], ["war", 1, 2]
        ]  # fmt: skip

    def test_missing_values_are_a_group(self) -> None:
        table = term_frequency(corpus_of(["war", "war"], source=["X", None]), by="source")
        assert table["source"].isna().tolist() == [False, True]

    def test_several_columns(self) -> None:
        corpus = corpus_of(["a", "b", "a"], source=["X", "Y", "X"], year=[2, 1, 1])
        table = term_frequency(corpus, by=["year", "source"])
        assert rows_of(table, "year", "source", "term") == [
            [1, "X", "a"], [1, "Y", "b"], [2, "X", "a"]
        ]  # fmt: skip

    def test_a_part_counts_like_a_corpus_of_its_own(self, made: Corpus) -> None:
        part = made.where(made.articles["source"] == "Gazette")
        whole = term_frequency(made, by="source")
        whole = whole[whole["source"] == "Gazette"].drop(columns="source").reset_index(drop=True)
        pd.testing.assert_frame_equal(term_frequency(part), whole)

    def test_groups_sum_to_the_whole(self, made: Corpus) -> None:
        by_source = term_frequency(made, by="source").groupby("term")[["count", "n_articles"]].sum()
        whole = term_frequency(made).set_index("term")
        for name in ("count", "n_articles"):
            pd.testing.assert_series_equal(by_source[name].sort_index(), whole[name].sort_index())
        assert whole["count"].sum() == whole["n_tokens"].iloc[0]

    def test_rows_are_in_the_order_that_is_promised(self, made: Corpus) -> None:
        table = term_frequency(made, by="source")
        place = {term: code for code, term in enumerate(made.vocabulary)}
        expected = sorted(
            rows_of(table, "source", "count", "term"),
            key=lambda row: (row[0], -row[1], place[row[2]]),
        )
        assert rows_of(table, "source", "count", "term") == expected

    def test_an_empty_group_has_no_rows(self) -> None:
        corpus = corpus_of(["war", ""], source=["X", "Y"])
        assert term_frequency(corpus, by="source")["source"].tolist() == ["X"]

    def test_no_articles_is_an_empty_table(self) -> None:
        corpus = corpus_of(["war"], source=["X"]).where([False])
        table = term_frequency(corpus, by="source")
        assert len(table) == 0
        assert not TERM_FREQUENCY.problems_of(table)

    @settings(max_examples=60)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from("XYZ"),
                st.lists(st.sampled_from(["war", "US", "us", "talks"]), max_size=6),
            ),
            min_size=1,
            max_size=8,
        )
    )
    def test_fast_equals_slow(self, rows: list[tuple[str, list[str]]]) -> None:
        corpus = corpus_of([" ".join([*words, "end"]) for _, words in rows], g=[g for g, _ in rows])
        table = term_frequency(corpus, by="g")
        counts: dict[str, Counter[str]] = {}
        articles: dict[str, Counter[str]] = {}
        place = {term: code for code, term in enumerate(corpus.vocabulary)}
        for group, words in rows:
            counts.setdefault(group, Counter()).update([*words, "end"])
            articles.setdefault(group, Counter()).update({*words, "end"})
        expected = [
            [group, term, count, sum(counts[group].values()), articles[group][term]]
            for group in sorted(counts)
            for term, count in sorted(
                counts[group].items(), key=lambda item: (-item[1], place[item[0]])
            )
        ]
        assert rows_of(table, "g", "term", "count", "n_tokens", "n_articles") == expected

    def test_planted_terms_are_recovered(self) -> None:
        corpus = build_corpus(make_articles(3000, seed=6), language=None)
        planted = planted_differences().query("kind == 'term'")
        assert len(planted)
        for plant in planted.itertuples():
            rates = term_frequency(corpus, by="source", terms=plant.item).set_index("source")
            others = rates.drop(plant.source)["per_million"].mean()
            assert rates.loc[plant.source, "per_million"] / others == pytest.approx(
                plant.ratio, rel=0.35
            )

    @pytest.mark.parametrize(
        ("options", "error", "message"),
        [
            (
                {"by": "outlet"}, ValueError,
                ("term_frequency: by='outlet' is not a column of the articles. "
                "They have 'doc_id', 'text', 'source'."),
            ),
            (
                {"terms": []}, ValueError,
                ("term_frequency: terms is empty. "
                "Name at least one term, or pass terms=None for all."),
            ),
            (
                {"terms": ["war", 3]}, TypeError,
                ("term_frequency: terms has 3, which is int, not text. "
                "Pass terms such as ['war', 'peace']."),
            ),
            (
                {"terms": "the"}, ValueError,
                ("term_frequency: 'the' is a stop word that was left out of the corpus "
                "(stop_words='english-1'), so it cannot be counted or found. "
                "Build the corpus without stop_words."),
            ),
            (
                {"terms": "white house"}, ValueError,
                ("term_frequency: terms has 'white house', which is not one term of the corpus. "
                "Count words one by one, join neighbours with build_corpus(phrases=[…]), or look "
                "for patterns with kwic()."),
            ),
            (
                {"terms": "sanction*"}, ValueError,
                ("term_frequency: terms has 'sanction*', which is not one term of the corpus. "
                "Count words one by one, join neighbours with build_corpus(phrases=[…]), or look "
                "for patterns with kwic()."),
            ),
        ],
    )  # fmt: skip
    def test_what_cannot_be_counted(
        self, options: dict[str, Any], error: type[Exception], message: str
    ) -> None:
        corpus = corpus_of(["the war sanctions"], {"stop_words": "english"}, source=["X"])
        with pytest.raises(error) as caught:
            term_frequency(corpus, **options)
        assert str(caught.value) == message

    def test_a_stop_word_of_ones_own(self) -> None:
        corpus = corpus_of(["the war"], {"stop_words": ["The"]})
        with pytest.raises(ValueError, match=r"stop_words=a list of your own"):
            term_frequency(corpus, terms=["the"])

    def test_a_column_of_the_result_cannot_divide(self) -> None:
        with pytest.raises(ValueError, match=r"^term_frequency") as caught:
            term_frequency(corpus_of(["war"], term=["X"]), by="term")
        assert str(caught.value) == (
            "term_frequency: by='term' is also a column of the result. Rename it in the articles."
        )

    def test_a_term_that_may_have_been_too_rare_is_a_warning(self) -> None:
        corpus = corpus_of(["war war peace"], {"min_count": 2})
        with pytest.warns(UserWarning, match=r"^term_frequency") as caught:
            table = term_frequency(corpus, terms=["peace", "war"])
        assert [str(warning.message) for warning in caught] == [
            (
                "term_frequency: 'peace' is not a term of the corpus; it may stand in the articles "
                "up to 1 times, for rarer terms were left out (min_count=2). "
                "Build the corpus with min_count=1 to be sure."
            )
        ]
        assert caught[0].filename == __file__
        assert rows_of(table, "term", "count") == [["war", 2], ["peace", 0]]

    def test_joined_phrases_are_terms(self) -> None:
        corpus = corpus_of(["the White House and a house"], {"phrases": ["white house"]})
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            table = term_frequency(corpus, terms=["white house", "white_house", "house"])
        assert rows_of(table, "term", "count") == [["white_house", 1], ["house", 1]]


class TestTermTrend:
    def test_counts_by_hand(self) -> None:
        dates = pd.to_datetime(["2016-09-30", "2016-11-01", "2016-11-02", None])
        corpus = corpus_of(
            ["war war", "war talks", "talks", "war"], date=dates, source=["X", "X", "Y", "Y"]
        )
        table = term_trend(corpus, ["war", "peace"], by="source")
        months = ["2016-09-01", "2016-10-01", "2016-11-01"]
        assert table["period"].dt.strftime("%Y-%m-%d").tolist() == months * 4
        assert table["source"].tolist() == ["X"] * 6 + ["Y"] * 6
        assert table["term"].tolist() == (["war"] * 3 + ["peace"] * 3) * 2
        assert table["count"].tolist() == [2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        assert table["n_tokens"].tolist() == [2, 0, 2, 2, 0, 2, 0, 0, 1, 0, 0, 1]
        assert table["n_articles"].tolist() == [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        assert table["n_group_articles"].tolist() == [1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1]
        assert table["n_undated"].tolist() == [0] * 6 + [1] * 6
        rates = [1e6, np.nan, 5e5, 0, np.nan, 0, np.nan, np.nan, 0, np.nan, np.nan, 0]
        np.testing.assert_allclose(table["per_million"], rates)
        assert not TREND.problems_of(table)

    @pytest.mark.parametrize(
        ("freq", "periods"),
        [
            ("D", ["2016-12-31", "2017-01-01", "2017-01-02"]),
            ("W", ["2016-12-26", "2017-01-02"]),
            ("MS", ["2016-12-01", "2017-01-01"]),
            ("QS", ["2016-10-01", "2017-01-01"]),
            ("YS", ["2016-01-01", "2017-01-01"]),
        ],
    )
    def test_periods_begin_on_their_first_day(self, freq: str, periods: list[str]) -> None:
        corpus = corpus_of(["war", "war"], date=pd.to_datetime(["2016-12-31", "2017-01-02"]))
        table = term_trend(corpus, "war", freq=freq)
        assert table["period"].dt.strftime("%Y-%m-%d").tolist() == periods
        assert table["freq"].unique().tolist() == [freq]
        assert table["count"].sum() == 2

    def test_time_zones_and_hours(self) -> None:
        dates = pd.to_datetime(["2016-12-31 23:59", "2017-01-01 00:01"]).tz_localize("UTC")
        table = term_trend(corpus_of(["war", "war"], date=dates), "war")
        assert rows_of(table, "count") == [[1], [1]]

    def test_all_periods_together_are_the_frequency(self, made: Corpus) -> None:
        terms = ["the", "talks"]
        table = term_trend(made, terms, by="source", freq="W")
        sums = table.groupby(["source", "term"])[["count", "n_tokens", "n_articles"]].sum()
        whole = term_frequency(made, by="source", terms=terms).set_index(["source", "term"])
        pd.testing.assert_frame_equal(sums, whole[sums.columns].sort_index())

    @pytest.mark.parametrize(
        ("dates", "options", "error", "message"),
        [
            (
                ["2016-09-02"], {}, TypeError,
                ("term_trend: column 'date' is str, not dates. "
                "Convert it with pd.to_datetime(articles['date']) before build_corpus()."),
            ),
            (
                pd.to_datetime([None]), {}, ValueError,
                ("term_trend: none of the 1 articles has a date. Look at corpus.articles['date'], "
                "or do without time."),
            ),
            (
                pd.to_datetime(["2016-09-02"]), {"freq": "M"}, ValueError,
                ("term_trend: freq='M' is not one of 'D', 'W', 'MS', 'QS', 'YS'. "
                "Did you mean 'MS'?"),
            ),
            (
                None, {}, ValueError,
                ("term_trend: the articles have no column 'date'. They have 'doc_id', 'text'. "
                "Add one of dates before build_corpus()."),
            ),
        ],
    )  # fmt: skip
    def test_what_has_no_trend(
        self, dates: Any, options: dict[str, Any], error: type[Exception], message: str
    ) -> None:
        corpus = corpus_of(["war"], **({} if dates is None else {"date": dates}))
        with pytest.raises(error) as caught:
            term_trend(corpus, "war", **options)
        assert str(caught.value) == message


def slow_dispersion(counts: np.ndarray, sizes: np.ndarray) -> dict[str, float]:
    """Compute every measure from the definitions, part by part."""
    s, f = sizes / sizes.sum(), counts.sum()
    p = counts / sizes
    dp = 0.5 * sum(abs(v / f - share) for v, share in zip(counts, s, strict=True))
    return {
        "dp": dp,
        "dp_norm": dp / (1 - min(s)),
        "juilland_d": 1 - np.std(p) / np.mean(p) / np.sqrt(len(p) - 1),
        "rosengren_s": sum(np.sqrt(s * counts)) ** 2 / f,
        "kl": sum(v / f * np.log2(v / f / share) for v, share in zip(counts, s, strict=True) if v),
    }


class TestDispersion:
    def test_the_toy_corpus_of_gries(self) -> None:
        corpus = corpus_of(list(TOY))
        for oracle in pd.read_csv(ORACLES / "dispersion.csv").itertuples():
            table = dispersion(corpus, terms=oracle.term, measure=oracle.measure)
            assert table["score"].item() == pytest.approx(
                oracle.score, abs=0.51 * 10**-oracle.decimals
            )
        table = dispersion(corpus, terms=["b", "i", "q", "x"]).set_index("term")
        assert table["range"].to_dict() == {"b": 5, "i": 1, "q": 1, "x": 1}
        assert table["count"].to_dict() == {"b": 10, "i": 1, "q": 1, "x": 1}
        assert set(table["n_parts"]) == {5}
        assert set(table["n_tokens"]) == {50}

    @settings(max_examples=60)
    @given(
        st.lists(
            st.lists(st.sampled_from(["war", "US", "talks"]), max_size=8), min_size=2, max_size=6
        ),
        st.sampled_from(["dp", "dp_norm", "juilland_d", "rosengren_s", "kl"]),
    )
    def test_fast_equals_slow(self, parts: list[list[str]], measure: str) -> None:
        texts = [" ".join(words) for words in parts]
        filled = [words for words in parts if words]
        if len(filled) < 2:
            return
        table = dispersion(corpus_of(texts), measure=measure, min_count=1)
        sizes = np.array([len(words) for words in filled])
        for row in table.itertuples():
            counts = np.array([words.count(row.term) for words in filled])
            expected = slow_dispersion(counts, sizes)[measure]
            assert row.score == pytest.approx(expected, abs=1e-9)
            assert row.range == np.count_nonzero(counts)
            assert row.n_parts == len(filled)
        assert not DISPERSION.problems_of(table)

    def test_groups_are_measured_on_their_own(self, made: Corpus) -> None:
        table = dispersion(made, by="source", measure="dp")
        for source in ("Gazette", made.articles["source"].iloc[0]):
            part = made.where(made.articles["source"] == source)
            alone = table[table["source"] == source].drop(columns="source")
            pd.testing.assert_frame_equal(
                dispersion(part, measure="dp"), alone.reset_index(drop=True)
            )

    def test_parts_may_be_any_column(self) -> None:
        corpus = corpus_of(["war talks", "war", "talks"], month=[1, 1, 2])
        table = dispersion(corpus, parts="month", terms=["war", "talks"], measure="dp")
        expected = slow_dispersion(np.array([2, 0]), np.array([3, 1]))["dp"]
        assert table.set_index("term").loc["war", "score"] == pytest.approx(expected)
        assert rows_of(table, "term", "range", "n_parts", "parts") == [
            ["war", 1, 2, "month"], ["talks", 2, 2, "month"]
        ]  # fmt: skip

    def test_an_article_in_several_rows_is_one_part(self) -> None:
        articles = pd.DataFrame({"doc_id": ["a", "b"], "text": ["war talks", "war"]})
        corpus = build_corpus(articles, fields=["text"], language=None)
        twice = Corpus(
            corpus.articles.assign(doc_id="a"), corpus.codes, corpus.offsets, corpus.sentences,
            corpus.shapes, corpus.vocabulary, corpus.settings,
        )  # fmt: skip
        assert dispersion(twice, terms="war", measure="dp")["n_parts"].tolist() == [1]

    def test_absent_terms_and_single_parts_have_no_score(self) -> None:
        corpus = corpus_of(["war", "talks", "war"], source=["X", "X", "Y"])
        table = dispersion(corpus, by="source", terms=["war", "talks"])
        found = {(row.source, row.term): row.score for row in table.itertuples()}
        assert found["X", "war"] == pytest.approx(1)
        assert np.isnan(found["Y", "war"])  # one part
        assert np.isnan(found["Y", "talks"])  # absent
        assert table["count"].tolist() == [1, 1, 1, 0]

    def test_the_minimum_count_is_that_of_a_group(self) -> None:
        corpus = corpus_of(["war war", "war talks", "war"], source=["X", "X", "Y"])
        table = dispersion(corpus, by="source", min_count=2)
        assert rows_of(table, "source", "term", "count") == [["X", "war", 3]]

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (
                {"measure": "dpnorm"},
                (
                    "dispersion: measure='dpnorm' is not one of 'dp_norm', 'dp', 'juilland_d', "
                    "'rosengren_s', 'kl'. Did you mean 'dp_norm'?"
                ),
            ),
            (
                {"parts": "sourse"},
                (
                    "dispersion: parts='sourse' is not a column of the articles. "
                    "They have 'doc_id', 'text', 'source'. Did you mean 'source'?"
                ),
            ),
            (
                {"parts": "source", "by": "source"},
                (
                    "dispersion: parts='source' is also in by, so each group would be one part. "
                    "Choose another column for one of them."
                ),
            ),
            ({"min_count": 0}, "dispersion: min_count=0 is below 1. Pass 1 or more."),
        ],
    )
    def test_what_cannot_be_measured(self, options: dict[str, Any], message: str) -> None:
        with pytest.raises(ValueError, match=r"^dispersion") as caught:
            dispersion(corpus_of(["war"], source=["X"]), **options)
        assert str(caught.value) == message


def test_a_misspelt_term_is_a_warning() -> None:
    articles = pd.DataFrame({"doc_id": ["a"], "text": ["The rebels spoke."]})
    corpus = build_corpus(articles, fields=["text"])
    with pytest.warns(UserWarning, match="^term_frequency") as caught:
        table = term_frequency(corpus, terms="rebelss")
    assert table["count"].to_list() == [0]
    assert str(caught[0].message) == (
        "term_frequency: 'rebelss' does not occur in the corpus. Did you mean 'rebels'?"
    )


def test_articles_in_place_of_a_corpus() -> None:
    with pytest.raises(TypeError, match=r"^term_frequency") as caught:
        term_frequency(pd.DataFrame({"doc_id": ["a"], "text": ["War."]}))  # type: ignore[arg-type]
    assert str(caught.value) == (
        "term_frequency: corpus is DataFrame, not a Corpus. "
        "Make one from articles with build_corpus()."
    )
