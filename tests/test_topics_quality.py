"""What topic_quality counts, by hand and by slow loops."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest

from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.topics import TopicModel, fit_topics, topic_quality
from framing.topics.quality import effective_number, uniqueness


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return build_corpus(make_articles(120, seed=1))


@pytest.fixture(scope="module")
def model(corpus: Corpus) -> TopicModel:
    return fit_topics(corpus, 4, seed=1, engine="nmf")


def scores(table: pd.DataFrame, measure: str) -> np.ndarray:
    return table.loc[table["measure"] == measure, "score"].to_numpy()


def test_uniqueness_by_hand() -> None:
    topic_term = np.array([[0.5, 0.4, 0.1, 0.0], [0.5, 0.0, 0.1, 0.4]])
    # Terms 0 and 1 lead the first topic, 0 and 3 the second; 3 different terms of 4 places.
    found = uniqueness(topic_term, 2)
    assert found.tolist() == [0.75, 0.75]
    assert found.mean() == 3 / 4


def test_effective_number_by_hand() -> None:
    weights = np.array([[1.0, 1.0, 3.0], [1.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    assert effective_number(weights) == pytest.approx([3, 1, 1 / (0.75**2 + 0.25**2)])


def test_share_and_effective_numbers_equal_slow_loops(model: TopicModel, corpus: Corpus) -> None:
    table = topic_quality(model, corpus)
    source = corpus.articles["source"].to_numpy()
    for topic in range(4):
        weights = model.article_topic[:, topic]
        means = np.array([weights[source == name].mean() for name in np.unique(source)])
        assert scores(table, "share")[topic] == pytest.approx(weights.mean())
        for measure, values in (("effective_articles", weights), ("effective_groups", means)):
            p = values / values.sum()
            assert scores(table, measure)[topic] == pytest.approx(1 / (p**2).sum())


def test_a_topic_of_one_source_is_told(model: TopicModel, corpus: Corpus) -> None:
    one = (corpus.articles["source"] == corpus.articles["source"].iloc[0]).to_numpy()
    shares = np.where(one[:, None], [1.0, 0, 0, 0], [0, 0.5, 0.25, 0.25])
    bound = dataclasses.replace(model, article_topic=shares)
    found = scores(topic_quality(bound, corpus), "effective_groups")
    assert found[0] == pytest.approx(1)
    assert (found[1:] > 1.9).all()


def test_more_terms_are_other_scores_and_no_groups_are_missing(
    model: TopicModel, corpus: Corpus
) -> None:
    few, many = topic_quality(model, corpus, n_terms=5), topic_quality(model, corpus, by=None)
    assert set(few["n_terms"]) == {5}
    assert (scores(few, "npmi") != scores(many, "npmi")).any()
    assert (scores(few, "exclusivity") <= 5).all()
    assert np.isnan(scores(many, "effective_groups")).all()
    assert not np.isnan(scores(few, "effective_groups")).any()


def test_a_part_of_the_corpus_counts_only_itself(model: TopicModel, corpus: Corpus) -> None:
    mask = (corpus.articles["source"] == "Gazette").to_numpy()
    found = scores(topic_quality(model, corpus.where(mask), by=None), "share")
    assert found == pytest.approx(model.article_topic[mask].mean(axis=0))


def test_terms_that_the_corpus_lacks_leave_coherence_missing(
    model: TopicModel, corpus: Corpus
) -> None:
    first = model.vocabulary[model.topic_term[0].argmax()]
    poor = build_corpus(make_articles(120, seed=1), stop_words=[first])
    found = topic_quality(model, poor)
    assert np.isnan(scores(found, "npmi")[0])
    assert not np.isnan(scores(found, "share")).any()


def test_messages(model: TopicModel, corpus: Corpus) -> None:
    with pytest.raises(ValueError, match=re.escape("topic_quality: n_terms=1 is below 2.")):
        topic_quality(model, corpus, n_terms=1)
    other = build_corpus(make_articles(130, seed=2))
    with pytest.raises(ValueError, match=r"^topic_quality: the model has not seen"):
        topic_quality(model, other)
    with pytest.raises(ValueError, match=r"^topic_quality: by='x' is not a column"):
        topic_quality(model, corpus, by="x")


def test_gensim_counts_under_names_of_its_own(model: TopicModel, corpus: Corpus) -> None:
    ours, theirs = topic_quality(model, corpus), topic_quality(model, corpus, coherence="gensim")
    changed = {"npmi": "npmi_gensim", "c_v": "c_v_gensim"}
    assert theirs["measure"].tolist() == ours["measure"].replace(changed).tolist()
    same = ~ours["measure"].isin(changed)
    pd.testing.assert_frame_equal(theirs[same], ours[same])
    for mine, other in changed.items():
        # Words come twice in windows of these articles: gensim's numbers are others, not by much.
        apart = np.abs(scores(ours, mine) - scores(theirs, other))
        assert 0 < apart.max() < 0.1
    with pytest.raises(ValueError, match=re.escape("topic_quality: coherence='c_v'")) as caught:
        topic_quality(model, corpus, coherence="c_v")
    assert str(caught.value) == (
        "topic_quality: coherence='c_v' is not one of 'published', 'gensim'."
    )
