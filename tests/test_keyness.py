"""Keyness: oracle values, scipy's numbers, slow loops, symmetry, planted differences."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles, planted_differences
from framing.keyness import keyness
from framing.keyness_scores import MEASURES, Cells, _lrc
from framing.schema import KEYNESS

ORACLES = Path(__file__).parent / "oracles"
TEXTS = {
    "one": ("b b b b b b b a a a", "a a a a a a a b b"),
    "two": ("a a a b b c c c c c c d e f g h h", "a a b c c d d d d e f h"),
}
SIGNED = ["lrc", "log_ratio", "g2", "g2_2cell", "chi2", "log_odds", "log_odds_informative"]


def corpus_of(*texts: str, sources: list[Any] | None = None, **options: Any) -> Corpus:
    """Return the corpus of these texts; without sources they are of X, Y, Z …."""
    sources = list("XYZ"[: len(texts)]) if sources is None else sources
    keys = [str(number) for number in range(len(texts))]
    articles = pd.DataFrame({"doc_id": keys, "source": sources, "text": list(texts)})
    return build_corpus(articles, fields=["text"], language=None, **options)


def scores_of(table: pd.DataFrame) -> dict[str, float]:
    """Return the score of each term."""
    return dict(zip(table["term"], table["score"], strict=True))


def cells_of(
    a: Any, n1: Any, b: Any, n2: Any, *, prior: float = 0.0, n: int = 1, n_terms: int = 1
) -> Cells:
    """Return cells for the measures as functions."""
    a, b = np.atleast_1d(a).astype(float), np.atleast_1d(b).astype(float)
    return Cells(a, b, n1, n2, prior, n, n_terms)


@pytest.fixture(scope="module")
def made() -> Corpus:
    return build_corpus(make_articles(600, seed=7), language=None)


class TestOracles:
    @pytest.mark.parametrize(
        ("texts", "measure"),
        [
            ("one", "chi2"), ("one", "g2"), ("one", "g2_2cell"),
            ("two", "chi2"), ("two", "g2"), ("two", "g2_2cell"), ("two", "lrc"),
            ("two", "log_odds"), ("two", "log_odds_1"), ("two", "log_odds_informative"),
        ],
    )  # fmt: skip
    def test_toy_texts(self, texts: str, measure: str) -> None:
        oracle = pd.read_csv(ORACLES / "keyness_toy.csv").query(
            "texts == @texts and measure == @measure"
        )
        assert len(oracle)
        prior = {"log_odds_1": 1.0, "log_odds_informative": 10.0}.get(measure)
        table = keyness(
            corpus_of(*TEXTS[texts]), target="X", reference="Y",
            measure=measure.removesuffix("_1"), min_count=1, prior=prior,
        ).set_index("term")  # fmt: skip
        for row in oracle.itertuples():
            assert table.loc[row.term, "score"] == pytest.approx(row.score, abs=1e-6)
            if not np.isnan(row.p_value):
                assert table.loc[row.term, "p_value"] == pytest.approx(row.p_value, abs=1e-7)

    def test_the_order_of_terms_is_that_of_quanteda(self) -> None:
        corpus = corpus_of(*TEXTS["two"])
        for target, order in (("X", "cgbhaefd"), ("Y", "defabhgc")):
            table = keyness(corpus, target=target, measure="g2", min_count=1)
            assert "".join(table["term"]) == order

    def test_log_likelihood_table(self) -> None:
        for row in pd.read_csv(ORACLES / "log_likelihood.csv").itertuples():
            cells = cells_of(row.count, row.n_tokens, row.count_reference, row.n_tokens_reference)
            sign = np.sign(row.log_ratio)
            assert MEASURES["g2"](cells)[0] == pytest.approx(sign * row.g2, rel=1e-7, abs=6e-5)
            assert MEASURES["g2_2cell"](cells)[0] == pytest.approx(
                sign * row.g2_2cell, rel=1e-7, abs=6e-5
            )
            assert MEASURES["log_ratio"](cells)[0] == pytest.approx(row.log_ratio, abs=6e-5)

    def test_log_odds(self) -> None:
        oracle = pd.read_csv(ORACLES / "log_odds.csv")
        texts = [
            " ".join(" ".join([term] * count) for term, count in zip("abcd", counts, strict=True))
            for counts in (oracle["count"], oracle["count_reference"])
        ]
        table = keyness(corpus_of(*texts), target="X", measure="log_odds", min_count=1)
        scores = scores_of(table)
        assert [scores[term] for term in "abcd"] == pytest.approx(
            oracle["score"].tolist(), abs=1e-6
        )
        expected = 2 * stats.norm.sf(np.abs(table["score"]))
        np.testing.assert_allclose(table["p_value"], expected)

    def test_conservative_log_ratio(self) -> None:
        oracle = pd.read_csv(ORACLES / "lrc.csv")
        counts = oracle["count"], 1e6, oracle["count_reference"], 1e6
        for column, n_terms in (("uncorrected", 1), ("corrected", 5)):
            cells = cells_of(*counts, n_terms=n_terms)
            np.testing.assert_allclose(_lrc(cells)[0], oracle[column], atol=1e-6)

    def test_targets_together_are_a_column(self) -> None:
        texts = "a a a a a b b b c c c c", "a b c d d d d e f g", "a b c d d e e e e f g"
        alone = keyness(corpus_of(*texts), target="X", measure="chi2", min_count=1)
        assert alone["count"].iloc[0] == 5
        together = corpus_of(*texts, sources=["T", "T", "R"])
        table = keyness(together, target="T", measure="chi2", min_count=1)
        assert table.iloc[0][["count", "count_reference"]].tolist() == [6, 1]
        with pytest.raises(ValueError, match="has nothing to be compared with"):
            keyness(corpus_of(*texts, sources=["T", "T", "T"]), target="T")


COUNTS = st.integers(0, 50)


class TestDefinitions:
    @settings(max_examples=80)
    @example(a=31, b=31, c=90, d=90)
    @given(COUNTS, COUNTS, st.integers(1, 500), st.integers(1, 500))
    def test_scipy_gives_the_same(self, a: int, b: int, c: int, d: int) -> None:
        if a + b == 0:
            return
        n1, n2 = a + c, b + d
        cells = cells_of(a, float(n1), b, float(n2))
        sign = np.sign(a * n2 - b * n1)
        for measure, lambda_ in (("chi2", "pearson"), ("g2", "log-likelihood")):
            found = stats.chi2_contingency([[a, c], [b, d]], correction=False, lambda_=lambda_)
            score, p_value = MEASURES[measure](cells)
            assert score == pytest.approx(sign * found.statistic, abs=1e-8)
            assert p_value == pytest.approx(found.pvalue, abs=1e-7)

    @settings(max_examples=80)
    @given(COUNTS, COUNTS, st.integers(60, 5000), st.integers(60, 5000), st.integers(1, 1000))
    def test_lrc_is_the_end_of_the_clopper_pearson_interval(
        self, a: int, b: int, n1: int, n2: int, n_terms: int
    ) -> None:
        if a + b == 0:
            return
        level = 0.05 / n_terms
        found = stats.binomtest(a, a + b).proportion_ci(1 - level, method="exact")
        with np.errstate(divide="ignore"):
            low, high = (np.log2(n2 / n1 * end / (1 - end)) for end in np.array(found))
        expected = max(0.0, low) if a / n1 > b / n2 else min(0.0, high)
        score = _lrc(cells_of(a, float(n1), b, float(n2), n_terms=n_terms))[0]
        assert score == pytest.approx(expected, abs=1e-6)

    def test_zeros_of_the_log_ratio_are_a_half(self) -> None:
        score, p_value = MEASURES["log_ratio"](cells_of([4, 0, 3], 100.0, [0, 4, 3], 50.0))
        expected = [np.log2(4 / 100 / (0.5 / 50)), np.log2(0.5 / 100 / (4 / 50)), -1]
        assert score == pytest.approx(expected)
        assert np.isnan(p_value).all()

    def test_log_odds_by_hand(self) -> None:
        cells = cells_of([3, 1], 10.0, [1, 4], 8.0, prior=0.5, n=4)
        first = np.log(3.5 / (10 + 2 - 3.5)) - np.log(1.5 / (8 + 2 - 1.5))
        score = MEASURES["log_odds"](cells)[0]
        assert score[0] == pytest.approx(first / np.sqrt(1 / 3.5 + 1 / 1.5))
        cells = cells_of([3, 1], 10.0, [1, 4], 8.0, prior=9.0)
        a, b = 3 + 9 * 4 / 18, 1 + 9 * 4 / 18
        first = np.log(a / (10 + 9 - a)) - np.log(b / (8 + 9 - b))
        score = MEASURES["log_odds_informative"](cells)[0]
        assert score[0] == pytest.approx(first / np.sqrt(1 / a + 1 / b))

    @pytest.mark.parametrize("measure", SIGNED)
    def test_a_term_that_is_every_token_marks_nothing(self, measure: str) -> None:
        table = keyness(corpus_of("war war", "war"), measure=measure, min_count=1)
        assert table["score"].tolist() == pytest.approx([0, 0])

    @pytest.mark.parametrize("measure", SIGNED)
    def test_large_counts_stay_finite(self, measure: str) -> None:
        cells = cells_of([10**9, 0, 10**9], 1e10, [10**9, 10**9, 0], 1e12, prior=0.01, n=3)
        score = MEASURES[measure](cells)[0]
        assert np.isfinite(score).all()
        assert np.sign(score).tolist() == [1, -1, 1]


class TestTable:
    def test_counts_by_hand(self) -> None:
        corpus = corpus_of("war war", "war talks", "talks peace", sources=["X", "X", "Y"])
        table = keyness(corpus, target="X", measure="log_ratio", min_count=2)
        columns = [
            "by", "target", "reference", "term", "measure", "count", "n_tokens", "n_articles",
            "count_reference", "n_tokens_reference", "n_articles_reference", "n_terms",
        ]  # fmt: skip
        assert table[columns].to_numpy().tolist() == [
            ["source", "X", "rest", "war", "log_ratio", 3, 4, 2, 0, 2, 0, 2],
            ["source", "X", "rest", "talks", "log_ratio", 1, 4, 1, 1, 2, 1, 2],
        ]
        assert table["per_million"].tolist() == [750_000, 250_000]
        assert table["per_million_reference"].tolist() == [0, 500_000]
        assert not KEYNESS.problems_of(table)

    @pytest.mark.parametrize("measure", SIGNED)
    def test_each_source_in_turn_is_the_same_as_alone(self, made: Corpus, measure: str) -> None:
        whole = keyness(made, measure=measure)
        sources = sorted(made.articles["source"].unique())
        assert whole["target"].drop_duplicates().tolist() == sources
        for source in sources:
            alone = keyness(made, target=source, measure=measure)
            part = whole[whole["target"] == source].reset_index(drop=True)
            pd.testing.assert_frame_equal(alone, part)
        assert not KEYNESS.problems_of(whole)

    @pytest.mark.parametrize("measure", SIGNED)
    def test_swapping_the_sides_flips_the_sign(self, made: Corpus, measure: str) -> None:
        first, second = sorted(made.articles["source"].unique())[:2]
        one = keyness(made, target=first, reference=second, measure=measure).set_index("term")
        other = keyness(made, target=second, reference=first, measure=measure).set_index("term")
        other = other.loc[one.index]
        np.testing.assert_allclose(one["score"], -other["score"], atol=1e-9)
        np.testing.assert_allclose(one["p_value"], other["p_value"])
        assert one["count"].tolist() == other["count_reference"].tolist()
        assert one["n_articles"].tolist() == other["n_articles_reference"].tolist()

    @pytest.mark.parametrize("measure", SIGNED)
    def test_the_sign_is_that_of_the_difference(self, made: Corpus, measure: str) -> None:
        table = keyness(made, measure=measure)
        difference = np.sign(table["per_million"] - table["per_million_reference"])
        sign = np.sign(table["score"])
        if measure == "lrc":
            assert ((sign == difference) | (sign == 0)).all()
        elif not measure.startswith("log_odds"):
            np.testing.assert_array_equal(sign, difference)
        else:
            # Pseudo-counts draw rare terms to the prior, so only clear cases must agree.
            clear = table["score"].abs() > 1
            np.testing.assert_array_equal(sign[clear], difference[clear])

    def test_the_rest_is_another_column_value(self, made: Corpus) -> None:
        source = made.articles["source"]
        marked = build_corpus(
            made.articles.assign(side=np.where(source == "Gazette", "Gazette", "all others")),
            language=None,
        )
        one = keyness(marked, target="Gazette", measure="g2")
        other = keyness(marked, by="side", target="Gazette", reference="all others", measure="g2")
        names = ["by", "reference"]
        pd.testing.assert_frame_equal(one.drop(columns=names), other.drop(columns=names))

    def test_lrc_is_corrected_for_all_terms_that_are_compared(self) -> None:
        rare = [f"word{number}" for number in range(40)]
        corpus = corpus_of(
            " ".join(["war"] * 60 + rare),
            " ".join(["war"] * 20 + ["peace"] * 90),
            sources=["X", "Y"],
        )
        table = keyness(corpus, target="X", min_count=1).set_index("term")
        assert table["n_terms"].unique().tolist() == [42]
        found = stats.binomtest(60, 80).proportion_ci(1 - 0.05 / 42, method="exact")
        expected = np.log2(110 / 100 * found.low / (1 - found.low))
        assert table.loc["war", "score"] == pytest.approx(expected, abs=1e-9)

    @pytest.mark.parametrize("measure", SIGNED)
    def test_equal_counts_have_equal_scores(self, made: Corpus, measure: str) -> None:
        table = keyness(made, measure=measure, min_count=1)
        names = ["target", "count", "count_reference"]
        distinct = table[names].drop_duplicates()
        assert len(distinct) < len(table)
        assert len(table[[*names, "score"]].drop_duplicates()) == len(distinct)

    def test_highest_scores_come_first(self, made: Corpus) -> None:
        for _, part in keyness(made, measure="g2").groupby("target"):
            assert part["score"].is_monotonic_decreasing

    def test_articles_without_a_source_belong_to_the_rest(self) -> None:
        corpus = corpus_of("war war", "talks talks talks", sources=["X", None])
        table = keyness(corpus, min_count=1)
        assert table["target"].unique().tolist() == ["X"]
        assert table["n_tokens_reference"].unique().tolist() == [3]

    def test_values_that_are_not_text(self) -> None:
        corpus = corpus_of("war war", "talks", sources=[True, False])
        assert keyness(corpus, min_count=1)["target"].unique().tolist() == ["False", "True"]
        for target in (True, "True"):
            table = keyness(corpus, target=target, min_count=1)
            assert table["target"].unique().tolist() == ["True"]

    def test_each_against_one_reference(self) -> None:
        corpus = corpus_of("war", "talks", "peace")
        table = keyness(corpus, reference="Z", min_count=1)
        assert table[["target", "reference"]].drop_duplicates().to_numpy().tolist() == [
            ["X", "Z"], ["Y", "Z"]
        ]  # fmt: skip

    def test_no_term_is_frequent_enough(self) -> None:
        table = keyness(corpus_of("war", "talks"), min_count=5)
        assert len(table) == 0
        assert not KEYNESS.problems_of(table)

    def test_the_prior_draws_rare_terms_to_zero(self, made: Corpus) -> None:
        spread = [
            keyness(made, measure="log_odds_informative", prior=prior)["score"].abs().mean()
            for prior in (10, 1000, 100_000)
        ]
        assert spread == sorted(spread, reverse=True)

    def test_planted_terms_are_recovered(self) -> None:
        corpus = build_corpus(make_articles(3000, seed=8), language=None)
        planted = planted_differences().query("kind == 'term' and ratio >= 2")
        assert len(planted)
        table = keyness(corpus, min_count=20)
        for plant in planted.itertuples():
            row = table.query("target == @plant.source and term == @plant.item")
            assert np.sign(row["score"].item()) == np.sign(np.log(plant.ratio))

    @pytest.mark.parametrize(
        ("options", "error", "message"),
        [
            (
                {"target": "XX"}, ValueError,
                "keyness: target='XX' is not one of 'X', 'Y', 'Z'. Did you mean 'X'?",
            ),
            (
                {"target": "X", "reference": "rest"}, ValueError,
                "keyness: reference='rest' is not one of 'X', 'Y', 'Z'.",
            ),
            (
                {"target": "X", "reference": "X"}, ValueError,
                ("keyness: target and reference are both 'X'. "
                "Choose two different values, or reference=None for all other articles."),
            ),
            (
                {"target": "Z"}, ValueError,
                ("keyness: 'Z' has no tokens in its articles (column 'source'). Leave it out with "
                "corpus.where(…), or build the corpus with fewer words left out."),
            ),
            (
                {"target": "X", "reference": "Z"}, ValueError,
                ("keyness: 'Z' has no tokens in its articles (column 'source'). Leave it out with "
                "corpus.where(…), or build the corpus with fewer words left out."),
            ),
            (
                {"by": "outlet"}, ValueError,
                ("keyness: by='outlet' is not a column of the articles. "
                "They have 'doc_id', 'source', 'text', 'one', 'none'."),
            ),
            (
                {"by": ["source"]}, TypeError,
                ("keyness: by=['source'] is not the name of one column. Pass one; join two into a "
                "new column of the articles before build_corpus()."),
            ),
            (
                {"by": "one"}, ValueError,
                ("keyness: target='same' has nothing to be compared with: no other article has a "
                "token (column 'one' has 'same'). Choose another column with by=."),
            ),
            (
                {"by": "none"}, ValueError,
                "keyness: column 'none' is missing in all articles. Choose another with by=.",
            ),
            (
                {"measure": "ll"}, ValueError,
                ("keyness: measure='ll' is not one of 'lrc', 'log_ratio', 'g2', 'g2_2cell', "
                "'chi2', 'log_odds', 'log_odds_informative'."),
            ),
            (
                {"measure": "g2", "prior": 1.0}, ValueError,
                ("keyness: prior=1.0 has no use with measure='g2'. "
                "Leave it out, or choose 'log_odds' or 'log_odds_informative'."),
            ),
            (
                {"measure": "log_odds", "prior": 0.0}, ValueError,
                "keyness: prior=0.0 is not a number above 0. Pass for example prior=0.01.",
            ),
            (
                {"min_count": 0}, ValueError,
                "keyness: min_count=0 is below 1. Pass 1 or more.",
            ),
        ],
    )  # fmt: skip
    def test_what_cannot_be_compared(
        self, options: dict[str, Any], error: type[Exception], message: str
    ) -> None:
        articles = pd.DataFrame(
            {
                "doc_id": list("abc"), "source": list("XYZ"), "text": ["war", "talks", ""],
                "one": ["same"] * 3, "none": [None] * 3,
            }
        )  # fmt: skip
        corpus = build_corpus(articles, fields=["text"])
        with pytest.raises(error) as caught:
            keyness(corpus, **options)
        assert str(caught.value) == message

    def test_a_corpus_without_articles(self) -> None:
        corpus = corpus_of("war", "talks")
        message = "keyness: the corpus has no articles. Choose other ones with corpus.where(…)."
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            keyness(corpus.where([False, False]), by="source")
