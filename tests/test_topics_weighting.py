"""Weights of terms against worked numbers."""

from __future__ import annotations

import numpy as np
import pytest

from framing.topics.weighting import exclusive_share, exclusivity, frex, lift, relevance

# Three topics of five terms, with FREX by average ranks and without shrinkage worked out apart.
BETA = np.array(
    [[0.50, 0.25, 0.15, 0.07, 0.03], [0.10, 0.10, 0.20, 0.35, 0.25], [0.05, 0.40, 0.05, 0.10, 0.40]]
)


def test_frex_with_equal_weights() -> None:
    expected = [
        [1, 0.685714, 0.685714, 0.4, 0.2],
        [0.342857, 0.24, 0.685714, 1, 0.685714],
        [0.24, 0.847059, 0.342857, 0.6, 0.947368],
    ]
    assert frex(BETA) == pytest.approx(np.array(expected), abs=1e-6)


def test_frex_with_most_weight_on_exclusivity() -> None:
    expected = [
        [1, 0.648649, 0.727273, 0.4, 0.2],
        [0.363636, 0.222222, 0.727273, 1, 0.648649],
        [0.222222, 0.827586, 0.363636, 0.6, 0.967742],
    ]
    assert frex(BETA, 0.7) == pytest.approx(np.array(expected), abs=1e-6)


def test_exclusivity_sums_the_most_probable_terms() -> None:
    assert exclusivity(BETA, 2) == pytest.approx([1.648649, 1.648649, 1.795328], abs=1e-6)


def test_a_term_without_probability_is_exclusive_to_no_topic() -> None:
    share = exclusive_share(np.array([[0.5, 0.5, 0.0], [0.5, 0.5, 0.0]]))
    assert share.tolist() == [[0.5, 0.5, 0.0], [0.5, 0.5, 0.0]]


def test_lift_and_relevance_by_hand() -> None:
    topic_term, share = np.array([[0.4, 0.6]]), np.array([0.1, 0.9])
    assert lift(topic_term, share) == pytest.approx(np.log([[4, 2 / 3]]))
    expected = 0.6 * np.log([[0.4, 0.6]]) + 0.4 * np.log([[4, 2 / 3]])
    assert relevance(topic_term, share) == pytest.approx(expected)
    assert relevance(topic_term, share, 1) == pytest.approx(np.log(topic_term))
