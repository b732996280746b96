# ruff: noqa: ARG005 - the names of arguments are what is tested
"""Specification curves: every combination once, steps no more often than needed, tests by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from framing.compare import compare
from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.measure import Measure, measure_terms
from framing.schema import SPECIFICATION_CURVE, SPECIFICATION_TEST
from framing.specification import shuffle_labels, specification_curve, specification_test


def claim(a: float, b: float) -> dict[str, float]:
    """Return an estimate that shows from which options it comes."""
    return {"estimate": 10 * a + b, "low": 10 * a + b - 5, "high": 10 * a + b + 5, "p": 0.5}


class TestCurve:
    def test_every_combination_by_hand(self) -> None:
        curve = specification_curve(claim, {"a": [1, 0, -1], "b": {"two": 2, "one": 1}})
        assert SPECIFICATION_CURVE.problems_of(curve) == []
        rows = curve[["a", "b", "estimate", "low", "high", "interval"]]
        assert list(rows.itertuples(index=False, name=None)) == [
            ("-1", "one", -9, -14, -4, "below"),
            ("-1", "two", -8, -13, -3, "below"),
            ("0", "one", 1, -4, 6, "across"),
            ("0", "two", 2, -3, 7, "across"),
            ("1", "one", 11, 6, 16, "above"),
            ("1", "two", 12, 7, 17, "above"),
        ]
        assert curve["specification"].tolist() == [1, 2, 3, 4, 5, 6]
        assert set(curve["median"]) == {1.5}
        assert set(curve["n_specifications"]) == {6}
        assert set(curve["p"]) == {0.5}
        assert set(curve["null"]) == {0.0}
        assert curve["error"].isna().all()
        assert list(curve.columns[:2]) == ["a", "b"]

    def test_labels_of_options(self) -> None:
        curve = specification_curve(
            lambda words, copies, how: len(words or "") + copies + how([1, 3]),
            {"words": [None, "english"], "copies": [True, False], "how": [max, min]},
        )
        assert set(curve["words"]) == {"None", "english"}
        assert set(curve["copies"]) == {"True", "False"}
        assert set(curve["how"]) == {"max", "min"}
        one = curve.query("words == 'english' and copies == 'True' and how == 'max'")
        assert one["estimate"].tolist() == [7 + 1 + 3]

    def test_an_estimate_without_interval(self) -> None:
        curve = specification_curve(lambda a: a, {"a": [1, 2]})
        assert curve["low"].isna().all()
        assert curve["interval"].isna().all()
        assert SPECIFICATION_CURVE.problems_of(curve) == []

    @pytest.mark.parametrize("shape", [dict, pd.Series, lambda row: pd.DataFrame([row])])
    def test_names_of_estimates(self, shape: Callable[[dict[str, Any]], Any]) -> None:
        row = {
            "estimate": 7.0, "low": 6.0, "high": 8.0, "measure": "talks per day", "p": 0.01,
            "difference": 2.0, "difference_low": 1.0, "difference_high": 3.0,
            "ratio": 0.5, "ratio_low": 0.25, "ratio_high": 0.75,
        }  # fmt: skip
        for name, numbers, null, measure in [
            ("estimate", [7, 6, 8], 0, "talks per day"),
            ("difference", [2, 1, 3], 0, "difference in talks per day"),
            ("ratio", [0.5, 0.25, 0.75], 1, "ratio of talks per day"),
        ]:
            curve = specification_curve(lambda a: shape(row), {"a": [1]}, estimate=name)
            one = curve.iloc[0]
            assert one[["estimate", "low", "high"]].tolist() == numbers
            assert one["null"] == null
            assert one["measure"] == measure
            assert (one["p"] == 0.01) == (name != "estimate")
        below = specification_curve(lambda a: shape(row), {"a": [1]}, estimate="ratio")
        assert below["interval"].tolist() == ["below"]

    def test_combinations_to_keep(self) -> None:
        curve = specification_curve(
            claim, {"a": [1, 2], "b": [1, 2]}, keep=lambda b, a: not (a == 1 and b == 2)
        )
        assert sorted(zip(curve["a"], curve["b"], strict=True)) == [
            ("1", "1"), ("2", "1"), ("2", "2"),
        ]  # fmt: skip
        assert set(curve["n_specifications"]) == {3}

    def test_the_order_of_choices_does_not_matter(self) -> None:
        one = specification_curve(claim, {"a": [1, 2], "b": [3, 4]})
        other = specification_curve(claim, {"b": [4, 3], "a": [2, 1]})
        pd.testing.assert_frame_equal(one, other[one.columns])

    def test_the_null(self) -> None:
        curve = specification_curve(claim, {"a": [1, 0], "b": [1]}, null=5.9)
        assert curve["interval"].tolist() == ["across", "above"]
        assert set(curve["null"]) == {5.9}


class TestSteps:
    def test_steps_run_only_when_their_choices_change(self) -> None:
        calls: Counter[str] = Counter()

        def build(words: int) -> int:
            calls["build"] += 1
            return words

        def count(corpus: int, per: int) -> int:
            calls["count"] += 1
            return corpus * 10 + per

        def rate(table: int, corpus: int, level: int) -> int:
            calls["rate"] += 1
            return table * 10 + level - corpus

        curve = specification_curve(
            {"corpus": build, "table": count, "claim": rate},
            {"level": [1, 2, 3, 4, 5], "per": [1, 2, 3], "words": [1, 2]},
        )
        assert calls == {"build": 2, "count": 6, "rate": 30}
        expected = sorted(
            (words * 10 + per) * 10 + level - words
            for words, per, level in product([1, 2], [1, 2, 3], [1, 2, 3, 4, 5])
        )
        assert curve["estimate"].tolist() == expected

    def test_old_results_are_let_go_before_new_ones_are_made(self) -> None:
        held: list[int] = []

        class Big:
            def __init__(self) -> None:
                held.append(1)

            def __del__(self) -> None:
                held.pop()

        sizes = []

        def build(a: int) -> Big:
            sizes.append(len(held))
            return Big()

        specification_curve(
            {"big": build, "claim": lambda big, b: b}, {"a": [1, 2, 3], "b": [1, 2]}
        )
        assert sizes == [0, 0, 0]

    def test_defaults_stay(self) -> None:
        curve = specification_curve(lambda a, b=5: a + b, {"a": [1]})
        assert curve["estimate"].tolist() == [6]

    def test_a_step_without_choices_runs_once(self) -> None:
        calls: list[int] = []
        specification_curve(
            {"data": lambda: calls.append(1) or 3, "claim": lambda data, a: data + a},
            {"a": [1, 2, 3]},
        )
        assert calls == [1]

    def test_a_failing_step_fails_once_for_all_that_need_it(self) -> None:
        calls: list[int] = []

        def build(a: int) -> float:
            calls.append(a)
            return 1 / a

        steps = {"corpus": build, "claim": lambda corpus, b: corpus + b}
        message = (
            "specification_curve: 2 of 4 combinations failed; see the column 'error'. The first "
            "error: ZeroDivisionError: division by zero"
        )
        with pytest.warns(UserWarning, match=f"^{re.escape(message)}$"):
            curve = specification_curve(steps, {"a": [0, 1], "b": [1, 2]})
        assert calls == [0, 1]
        assert curve["a"].tolist() == ["1", "1", "0", "0"]
        assert curve["error"].isna().tolist() == [True, True, False, False]
        assert set(curve["error"].dropna()) == {"ZeroDivisionError: division by zero"}
        assert curve["estimate"].isna().tolist() == [False, False, True, True]
        assert curve["interval"].isna().tolist() == [True] * 4
        assert set(curve["median"]) == {2.5}
        assert SPECIFICATION_CURVE.problems_of(curve) == []

    def test_an_interrupt_ends_it(self) -> None:
        def stop(a: int) -> float:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            specification_curve(stop, {"a": [1, 2]})


TWO_ROWS = pd.DataFrame({"estimate": [1.0, 2.0]})


class TestMessages:
    @pytest.mark.parametrize(
        ("analysis", "choices", "message"),
        [
            (claim, {}, ("choices is {}, without any choice for an estimate. Pass for example "
             "choices={'stop_words': [None, 'english']}.")),
            (claim, {"a": [1], "b": []}, ("the choice 'b' has the options none. It needs one or "
             "more, each with a label of its own: pass a mapping of labels to values.")),
            (claim, {"a": [1], "b": [1, "1"]}, ("the choice 'b' has the options '1', '1'. It needs "
             "one or more, each with a label of its own: pass a mapping of labels to values.")),
            (claim, {"a": [1], "measure": [1]}, ("the choice 'measure' is a column of the result. "
             "Rename it.")),
            (claim, {"a": [1]}, ("the argument 'b' of 'analysis' is neither a choice nor an "
             "earlier step. There are 'a'.")),
            ({"table": lambda corpse: 1}, {"corpus": [1]}, ("the argument 'corpse' of 'table' is "
             "neither a choice nor an earlier step. There are 'corpus'. Did you mean 'corpus'?")),
            (lambda **all_of_them: 1, {"a": [1]}, ("the argument 'all_of_them' of 'analysis' is "
             "neither a choice nor an earlier step. There are 'a'.")),
            (claim, {"a": [1], "b": [1], "c": [1]}, ("the choice 'c' changes nothing: the last "
             "step, 'analysis', does not depend on it. Its arguments are 'a', 'b'.")),
            ({"a": claim}, {"a": [1], "b": [2]}, ("'a' is a step and a choice. Give one of them "
             "another name.")),
            (claim, {"a": range(1000), "b": range(1000)}, ("the choices make 1,000,000 "
             "combinations, more than 100,000. Leave out options, or choices that do not matter.")),
            (lambda a: {"x": 1}, {"a": [1]}, ("all 1 combinations failed. The first error: "
             "ValueError: the analysis returned dict with 'x'; it must have 'estimate'")),
            (lambda a: None, {"a": [1]}, ("all 1 combinations failed. The first error: ValueError: "
             "the analysis returned NoneType with no columns; it must have 'estimate'")),
            (lambda a: TWO_ROWS, {"a": [1, 2]}, ("all 2 combinations failed. The first error: "
             "ValueError: the analysis returned a table of 2 rows; it must be one")),
            (lambda a: float("nan"), {"a": [1]}, ("all 1 combinations failed. The first error: "
             "ValueError: the estimate is nan")),
            (lambda a: float("inf"), {"a": [1]}, ("all 1 combinations failed. The first error: "
             "ValueError: the estimate is inf")),
            (lambda a: {"estimate": "x"}, {"a": [1]}, ("all 1 combinations failed. The first "
             "error: ValueError: could not convert string to float: 'x'")),
        ],
    )  # fmt: skip
    def test_what_cannot_be_run(self, analysis: Any, choices: Any, message: str) -> None:
        with pytest.raises(ValueError, match=f"^specification_curve: {re.escape(message)}$"):
            specification_curve(analysis, choices)

    def test_a_ratio_to_nothing_says_why(self) -> None:
        message = (
            "specification_curve: all 1 combinations failed. The first error: ValueError: "
            "the ratio is inf, because the rate of the reference is 0"
        )
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            specification_curve(lambda a: {"ratio": float("inf")}, {"a": [1]}, estimate="ratio")

    def test_nothing_kept(self) -> None:
        message = (
            "specification_curve: keep leaves none of 4 combinations. Let it return true for some."
        )
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            specification_curve(claim, {"a": [1, 2], "b": [1, 2]}, keep=lambda a: False)

    @pytest.mark.parametrize("analysis", [3, {}, {"a": 3}])
    def test_no_analysis(self, analysis: Any) -> None:
        message = (
            f"specification_curve: analysis is {type(analysis).__name__}, neither a function nor "
            "steps by name. Pass for example analysis={'corpus': build, 'table': claim}."
        )
        with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
            specification_curve(analysis, {"b": [1]})


DATA = np.array([3.0, 1.0, 2.0, 5.0])


def mean_of(shuffle: int | None, sign: float, level: float) -> dict[str, float]:
    """Return the mean of the data, or of the data with signs by chance."""
    signs = 1 if shuffle is None else np.random.default_rng(shuffle).choice([-1, 1], 4)
    mean = sign * float((DATA * signs).mean())
    return {"estimate": mean, "low": mean - 2, "high": mean + 2, "p": level}


class TestJoint:
    def test_statistics_by_hand(self) -> None:
        choices = {"sign": [1, 2, -1], "level": [0.05]}
        test = specification_test(mean_of, choices, n_shuffles=40, seed=1)
        assert SPECIFICATION_TEST.problems_of(test) == []
        assert test["statistic"].tolist() == ["median", "share", "mean_z"]
        # means 2.75, 5.5 and -2.75: median 2.75; two of three lie above 0 by more than 2
        z = norm.isf(0.025)
        assert test["observed"].tolist() == pytest.approx([2.75, 2 / 3, z / 3])
        assert set(test["n_specifications"]) == {3}
        seeds = np.random.SeedSequence(1).generate_state(40).tolist()
        medians, shares = [], []
        for one in seeds:
            mean = mean_of(one, 1, 0.05)["estimate"]
            every = [mean, 2 * mean, -mean]
            median = sorted(every)[1]
            medians.append(abs(median))
            side = [value > 2 if median > 0 else value < -2 for value in every]
            shares.append(sum(side) / 3)
        assert test["p"][0] == pytest.approx((1 + sum(m >= 2.75 for m in medians)) / 41)
        assert test["p"][1] == pytest.approx((1 + sum(s >= 2 / 3 for s in shares)) / 41)
        assert test["shuffled_median"][0] == pytest.approx(np.median(medians))
        assert test["shuffled_95"][1] == pytest.approx(np.quantile(shares, 0.95))

    def test_seeds(self) -> None:
        choices = {"sign": [1], "level": [0.05]}
        one, same = (specification_test(mean_of, choices, n_shuffles=5, seed=1) for _ in range(2))
        pd.testing.assert_frame_equal(one, same)
        other = specification_test(mean_of, choices, n_shuffles=5, seed=2)
        assert other["shuffled_95"][0] != one["shuffled_95"][0]

    def test_ratios_are_measured_by_their_logarithm(self) -> None:
        def ratio(shuffle: int | None, a: float) -> dict[str, float]:
            return {"ratio": a if shuffle is None else 1 / a}

        test = specification_test(ratio, {"a": [2.0]}, estimate="ratio", n_shuffles=3, seed=1)
        assert test["observed"][0] == pytest.approx(np.log(2))
        assert test["p"][0] == 1.0
        assert test["observed"].isna().tolist() == [False, True, True]
        assert test["p"].isna().tolist() == [False, True, True]

    def test_what_fails_in_a_shuffle_does_not_count(self) -> None:
        def half(shuffle: int | None, a: int) -> float:
            return a / (0 if shuffle is not None and a == 2 else 1)

        with pytest.warns(UserWarning, match="^specification_test: 3 of 8 combinations failed"):
            test = specification_test(half, {"a": [1, 2]}, n_shuffles=3, seed=1)
        assert set(test["n_specifications"]) == {1}
        message = "^specification_test: every combination fails in the data or in a shuffle"
        with (
            pytest.warns(UserWarning, match="3 of 4"),
            pytest.raises(ValueError, match=message),
        ):
            specification_test(half, {"a": [2]}, n_shuffles=3, seed=1)

    def test_an_analysis_that_is_not_shuffled(self) -> None:
        message = (
            "specification_test: the choice 'shuffle' changes nothing: the last step, 'analysis', "
            "does not depend on it. Its arguments are 'a', 'b'."
        )
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            specification_test(claim, {"a": [1], "b": [1]}, seed=1)

    def test_steps_before_the_shuffle_run_once(self) -> None:
        calls: list[int] = []
        steps = {
            "corpus": lambda words: calls.append(words) or words,
            "claim": lambda corpus, shuffle: corpus + (shuffle or 0),
        }
        specification_test(steps, {"words": [1, 2]}, n_shuffles=10, seed=1)
        assert calls == [1, 2]

    def test_under_the_null_p_is_uniform(self) -> None:
        rng = np.random.default_rng(1)

        def shifted(shuffle: int | None, power: int) -> float:
            random = rng if shuffle is None else np.random.default_rng(shuffle)
            return float((random.normal(size=8) ** power).mean())

        p = [
            specification_test(shifted, {"power": [1, 3]}, n_shuffles=9, seed=seed)["p"][0]
            for seed in range(60)
        ]
        assert np.mean(np.array(p) <= 0.2) == pytest.approx(0.2, abs=0.155)  # 3 standard deviations


class TestShuffle:
    ARTICLES = make_articles(60, seed=1)

    def test_labels_are_kept(self) -> None:
        labels = shuffle_labels(self.ARTICLES, "source", seed=1)
        assert sorted(labels["label"]) == sorted(self.ARTICLES["source"])
        assert labels["doc_id"].tolist() == self.ARTICLES["doc_id"].tolist()
        assert labels["label"].tolist() != self.ARTICLES["source"].tolist()
        other = shuffle_labels(self.ARTICLES, "source", seed=2)
        assert other["label"].tolist() != labels["label"].tolist()

    def test_no_seed_leaves_them(self) -> None:
        labels = shuffle_labels(self.ARTICLES, "source", seed=None)
        assert labels["label"].tolist() == self.ARTICLES["source"].tolist()

    def test_messages(self) -> None:
        with pytest.raises(ValueError, match=r"^shuffle_labels: the articles have no column"):
            shuffle_labels(self.ARTICLES, "sorce", seed=1)
        twice = pd.DataFrame({"doc_id": ["a", "a"], "source": ["X", "Y"]})
        message = (
            "shuffle_labels: 1 articles have several values of 'source' ('a'). Choose a column of "
            "whole articles."
        )
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            shuffle_labels(twice, "source", seed=1)
        with pytest.raises(TypeError, match=r"^shuffle_labels: seed=1\.5 is not a whole number"):
            shuffle_labels(self.ARTICLES, "source", seed=1.5)  # type: ignore[arg-type]


class TestPlanted:
    """The differences that `make_articles` plants, from articles to the test."""

    ARTICLES = make_articles(240, seed=1)

    def steps(self, term: str) -> dict[str, Callable[..., Any]]:
        def build(words: str | None) -> Corpus:
            return build_corpus(self.ARTICLES, stop_words=words)

        def rates(corpus: Corpus, shuffle: int | None, per: str) -> Measure:
            labels = shuffle_labels(corpus.articles, "source", seed=shuffle)
            return measure_terms(corpus, term, per=per).join(labels)

        def table(rates: Measure) -> pd.DataFrame:
            return compare(rates, by="label", target="Gazette", seed=1, n_resamples=0)

        return {"corpus": build, "rates": rates, "table": table}

    def test_a_planted_difference_is_found_and_no_other(self) -> None:
        choices = {"words": {"all": None, "content": "english"}, "per": ["articles"]}
        found = {
            term: specification_test(
                self.steps(term), choices, estimate="difference", n_shuffles=19, seed=1
            )
            for term in ("sovereignty", "talks")
        }
        assert (found["sovereignty"]["p"][:2] <= 0.05).all()
        assert set(found["sovereignty"]["n_specifications"]) == {2}
        assert found["talks"]["p"][0] > 0.05
