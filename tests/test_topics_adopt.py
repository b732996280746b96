"""Models of other programs: what they hold comes over unchanged, and what they lack is told."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from framing.compare import compare
from framing.corpus import Corpus, build_corpus, document_term_matrix
from framing.datasets import make_articles
from framing.topics import (
    load_topics,
    measure_topics,
    predict_topics,
    save_topics,
    topic_quality,
    topic_terms,
    topic_wording,
)
from framing.topics.adopt import adopt_topics
from framing.topics.engines import _import_tomotopy


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return build_corpus(make_articles(80, seed=1))


@pytest.fixture(scope="module")
def counts(corpus: Corpus) -> Any:
    return document_term_matrix(corpus)


@pytest.fixture(scope="module")
def lists(corpus: Corpus) -> list[list[str]]:
    edges = corpus.offsets.tolist()
    codes = [corpus.codes[start:stop] for start, stop in pairwise(edges)]
    return [corpus.vocabulary[part[part >= 0]].tolist() for part in codes]


def order_of(shares: np.ndarray) -> np.ndarray:
    return np.argsort(-shares.sum(axis=0), kind="stable")


class Vectorizer:
    def __init__(self, terms: list[str]) -> None:
        self.terms = terms

    def get_feature_names_out(self) -> np.ndarray:
        return np.array(self.terms, dtype=object)


class BERTopic:
    """The attributes that BERTopic's documentation names, after `fit`."""

    def __init__(self, weights: Any, topics: list[int], probabilities: Any, terms: list[str]):
        self.c_tf_idf_ = sparse.csr_matrix(np.asarray(weights, dtype=float))
        self.topics_ = topics
        self.probabilities_ = None if probabilities is None else np.array(probabilities)
        self.vectorizer_model = Vectorizer(terms)


def four() -> Corpus:
    texts = ["war army", "war tank", "price tariff", "price price"]
    frame = pd.DataFrame({"doc_id": list("abcd"), "text": texts})
    return build_corpus(frame, fields=["text"])


TERMS = ["army", "tank", "war", "price", "tariff"]
WEIGHTS = [[1, 1, 2, 0, 0], [0, 0, 0, 3, 1]]


def test_gensim(corpus: Corpus, lists: list[list[str]]) -> None:
    from gensim.corpora import Dictionary
    from gensim.models import LdaModel

    terms = Dictionary(lists)
    bags = [terms.doc2bow(words) for words in lists]
    mine = LdaModel(bags, num_topics=3, id2word=terms, random_state=1, passes=5, alpha="auto")
    model = adopt_topics(mine, corpus)
    assert model.settings["engine"] == "gensim LdaModel"
    assert model.settings["version"].startswith("gensim 4.")
    assert (model.settings["seed"], model.settings["shares"]) == (-1, "estimated")
    own = np.array([[share for _, share in mine.get_document_topics(bag, minimum_probability=0)]
                    for bag in bags])  # fmt: skip
    order = order_of(own)
    np.testing.assert_allclose(model.topic_term, mine.get_topics()[order], rtol=1e-5)
    assert model.vocabulary.tolist() == [terms[place] for place in range(len(terms))]
    assert (model.article_topic.argmax(axis=1) == own[:, order].argmax(axis=1)).mean() > 0.95
    assert model.settings["priors"]["alpha"] == pytest.approx(mine.alpha[order].tolist())


def test_sklearn_lda(corpus: Corpus, counts: Any) -> None:
    from sklearn.decomposition import LatentDirichletAllocation

    mine = LatentDirichletAllocation(3, random_state=7).fit(counts)
    model = adopt_topics(mine, corpus, vocabulary=corpus.vocabulary)
    assert model.settings["engine"] == "sklearn LatentDirichletAllocation"
    assert (model.settings["seed"], model.settings["shares"]) == (7, "estimated")
    own = mine.transform(counts)
    given = adopt_topics(mine, corpus, vocabulary=corpus.vocabulary, article_topic=own)
    assert given.settings["shares"] == "given"
    order = order_of(own)
    np.testing.assert_allclose(given.article_topic, own[:, order])
    rows = mine.components_ / mine.components_.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(given.topic_term, rows[order])
    both = [one.article_topic[:, order_of(one.article_topic)].ravel() for one in (model, given)]
    assert np.corrcoef(both)[0, 1] > 0.95
    assert given.labels[0] == ", ".join(corpus.vocabulary[np.argsort(-rows[order[0]])[:3]])


def test_sklearn_nmf(corpus: Corpus, counts: Any) -> None:
    from sklearn.decomposition import NMF

    mine = NMF(3, random_state=1, init="nndsvd", max_iter=500, tol=1e-2)
    weights = mine.fit_transform(counts.astype(float))
    model = adopt_topics(mine, corpus, vocabulary=corpus.vocabulary, article_topic=weights)
    np.testing.assert_allclose(model.article_topic.sum(axis=1), 1)
    assert "alpha" not in model.settings["priors"]
    assert said(adopt_topics, mine, corpus, vocabulary=corpus.vocabulary) == (
        "ValueError: adopt_topics: the shares of 80 articles are needed, and the NMF holds none. "
        "Pass article_topic=, one row an article of the corpus."
    )


def test_tomotopy(corpus: Corpus, lists: list[list[str]]) -> None:
    mine = _import_tomotopy().LDAModel(k=3, seed=1)
    for words in lists:
        mine.add_doc(words)
    mine.train(50, workers=1)
    model = adopt_topics(mine, corpus)
    assert (model.settings["engine"], model.settings["shares"]) == ("tomotopy LDAModel", "model")
    own = np.array([article.get_topic_dist() for article in mine.docs])
    np.testing.assert_allclose(model.article_topic, own[:, order_of(own)], rtol=1e-5)
    part = adopt_topics(mine, corpus.where(np.arange(80) < 30))
    assert part.settings["shares"] == "estimated"
    assert part.article_topic.shape == (30, 3)


def test_topica(corpus: Corpus, lists: list[list[str]]) -> None:
    import topica

    mine = topica.LDA(3, seed=4)
    mine.fit(lists, iters=60)
    model = adopt_topics(mine, corpus)
    assert (model.settings["engine"], model.settings["seed"]) == ("topica LDA", 4)
    own = np.asarray(mine.doc_topic)
    np.testing.assert_allclose(model.article_topic, own[:, order_of(own)], rtol=1e-9)


def test_correlated_and_structural_topics_without_groups(
    corpus: Corpus, lists: list[list[str]]
) -> None:
    import topica

    mine = topica.STM(2, seed=1)
    mine.fit(lists, prevalence=np.arange(80.0)[:, None] % 2, iters=5)
    model = adopt_topics(mine, corpus)
    own = np.asarray(mine.doc_topic)
    np.testing.assert_allclose(model.article_topic, own[:, order_of(own)], rtol=1e-9)
    assert (model.topic_term_by, "alpha" in model.settings["priors"]) == ({}, False)
    correlated = _import_tomotopy().CTModel(k=3, seed=1)
    for words in lists:
        correlated.add_doc(words)
    correlated.train(10, workers=1)
    model = adopt_topics(correlated, corpus)
    own = np.array([article.get_topic_dist() for article in correlated.docs])
    np.testing.assert_allclose(model.article_topic, own[:, order_of(own)], rtol=1e-5)


def test_models_with_topics_of_several_kinds_are_refused(
    corpus: Corpus, lists: list[list[str]]
) -> None:
    mine = _import_tomotopy().PAModel(k1=2, k2=4, seed=1)
    for words in lists:
        mine.add_doc(words)
    mine.train(5, workers=1)
    assert said(adopt_topics, mine, corpus).startswith(
        "TypeError: adopt_topics: fitted is PAModel, which is no topic model that is known."
    )


@pytest.mark.parametrize("kind", ["SAGE", "STM"])
def test_topica_with_groups_brings_the_wording_of_each(
    corpus: Corpus, lists: list[list[str]], kind: str
) -> None:
    import topica

    sides = ["a", "b"] * 40
    if kind == "SAGE":
        mine = topica.SAGE(2, seed=1).fit(lists, sides, iters=20, num_samples=1)
        worded = np.asarray(mine.topic_word)
    else:
        mine = topica.STM(2, seed=1)
        mine.fit(lists, content=sides, iters=5)
        worded = np.asarray(mine.topic_word_by_group)
    model = adopt_topics(mine, corpus)
    assert (model.n_topics, model.settings["content"]) == (2, None)
    order = order_of(np.asarray(mine.doc_topic))
    assert list(model.topic_term_by) == ["a", "b"]
    for place, terms in enumerate(model.topic_term_by.values()):
        np.testing.assert_allclose(terms, worded[order, place], rtol=1e-6)
    np.testing.assert_allclose(model.topic_term, worded[order].mean(axis=1), rtol=1e-6)
    # A column with these values is found, and its wording is used, also on a part of the articles.
    sided = corpus.join(pd.DataFrame({"doc_id": corpus.articles["doc_id"], "side": sides}))
    told = adopt_topics(mine, sided)
    assert told.settings["content"] == "side"
    plain = dataclasses.replace(told, topic_term_by={})
    one, other = (
        topic_wording(m, sided, topic=0, by="side").set_index(["target", "term"])["count"]
        for m in (told, plain)
    )
    assert (one - other).abs().max() > 0.1
    twice = sided.join(pd.DataFrame({"doc_id": corpus.articles["doc_id"], "again": sides}))
    assert adopt_topics(mine, twice).settings["content"] is None


def test_bertopic_with_probabilities_and_outliers() -> None:
    mine = BERTopic(
        [[1, 0, 0, 0, 1], *WEIGHTS],
        [0, 0, 1, -1],
        [[0.7, 0.1], [0.9, 0], [0, 1], [0.1, 0.2]],
        TERMS,
    )
    model = adopt_topics(mine, four())
    assert model.labels == ("war, army, tank", "price, tariff, army", "outliers")
    np.testing.assert_allclose(
        model.article_topic, [[0.7, 0.1, 0.2], [0.9, 0, 0.1], [0, 1, 0], [0.1, 0.2, 0.7]]
    )
    np.testing.assert_allclose(model.topic_term[0], [0.25, 0.25, 0.5, 0, 0])
    assert model.settings["engine"].endswith(" BERTopic")


def test_bertopic_without_probabilities_has_one_topic_an_article() -> None:
    mine = BERTopic(WEIGHTS, [0, 0, 1, 1], None, TERMS)
    model = adopt_topics(mine, four())
    np.testing.assert_array_equal(model.article_topic, [[1, 0], [1, 0], [0, 1], [0, 1]])
    one_column = BERTopic(WEIGHTS, [0, 0, 1, 1], [0.9, 0.8, 1, 0.7], TERMS)
    found = adopt_topics(one_column, four())
    np.testing.assert_array_equal(found.article_topic, model.article_topic)
    other = build_corpus(
        pd.DataFrame({"doc_id": ["x"], "text": [" ".join(TERMS)]}), fields=["text"]
    )
    assert said(adopt_topics, mine, other) == (
        "ValueError: adopt_topics: the shares of 1 articles are needed, and the BERTopic holds "
        "those of 4. Pass article_topic=, one row an article of the corpus."
    )


def test_articles_without_terms_have_missing_shares() -> None:
    frame = pd.DataFrame({"doc_id": list("ab"), "text": ["war army tank price tariff", "xyz"]})
    model = adopt_topics(
        BERTopic(WEIGHTS, [0, 1], None, TERMS), build_corpus(frame, fields=["text"])
    )
    assert np.isnan(model.article_topic[1]).all()
    assert model.article_topic[0].tolist() == [1, 0]


def test_the_tables_work_with_adopted_models(corpus: Corpus, counts: Any, tmp_path: Any) -> None:
    from sklearn.decomposition import LatentDirichletAllocation

    mine = LatentDirichletAllocation(3, random_state=7).fit(counts)
    model = adopt_topics(mine, corpus, vocabulary=corpus.vocabulary)
    assert len(topic_terms(model)) == 30
    assert topic_quality(model, corpus)["score"].notna().all()
    assert predict_topics(model, corpus)["seed"].unique().tolist() == [7]
    again = load_topics(save_topics(model, tmp_path / "a"))
    assert again.settings == model.settings


def test_a_model_that_does_not_tell_its_seed_is_compared(
    corpus: Corpus, lists: list[list[str]]
) -> None:
    from gensim.corpora import Dictionary
    from gensim.models import LdaModel

    known = Dictionary(lists)
    bags = [known.doc2bow(one) for one in lists]
    model = adopt_topics(LdaModel(bags, 3, id2word=known, random_state=1), corpus)
    assert model.settings["seed"] == -1
    measure = measure_topics(model, corpus, n_draws=3)
    assert len(measure.draws) == 3
    again = measure_topics(model, corpus, n_draws=3)
    assert (measure.draws[2] != again.draws[2]).nnz == 0
    table = compare(measure, by="source", seed=1, n_resamples=0)
    assert table.groupby("source")["estimate"].sum().to_numpy() == pytest.approx(np.ones(4))


def said(call: Any, *arguments: Any, **options: Any) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        call(*arguments, **options)
    return f"{caught.type.__name__}: {caught.value}"


def test_errors(corpus: Corpus, counts: Any) -> None:
    from sklearn.decomposition import LatentDirichletAllocation

    def message(fitted: Any, **options: Any) -> str:
        return said(adopt_topics, fitted, corpus, **options)

    mine = LatentDirichletAllocation(3, random_state=7).fit(counts)
    n_terms = f"{len(corpus.vocabulary):,}"
    assert message({"topics": 1}) == (
        "TypeError: adopt_topics: fitted is dict, which is no topic model that is known. Pass a "
        "gensim LdaModel, a scikit-learn LDA or NMF, a tomotopy, topica or BERTopic model."
    )
    assert message(LatentDirichletAllocation(3)) == (
        "ValueError: adopt_topics: the LatentDirichletAllocation has no topics to read "
        "(AttributeError: 'LatentDirichletAllocation' object has no attribute 'components_'). "
        "Train it first."
    )
    assert message(mine) == (
        "ValueError: adopt_topics: a LatentDirichletAllocation does not hold its terms. "
        "Pass vocabulary=vectorizer.get_feature_names_out()."
    )
    assert message(mine, vocabulary=["war", "war"]) == (
        f"ValueError: adopt_topics: vocabulary has 1 different terms, the model {n_terms} columns. "
        "Pass the terms in the order of the model's columns."
    )
    strange = [f"x{place}" for place in range(len(corpus.vocabulary))]
    assert message(mine, vocabulary=strange) == (
        f"ValueError: adopt_topics: the corpus has 0 of the model's {n_terms} terms; for example "
        "'x0', 'x1', 'x2' are absent. Pass the corpus it was trained on, its words in the "
        "model's form."
    )
    shape = "adopt_topics: article_topic has the shape (2, 3), or numbers below 0. Pass one row "
    assert message(mine, vocabulary=corpus.vocabulary, article_topic=np.ones((2, 3))) == (
        f"ValueError: {shape}for each of the 80 articles and one column for each of the 3 topics."
    )
    broken = LatentDirichletAllocation(3, random_state=7).fit(counts)
    broken.components_ = -broken.components_
    assert message(broken, vocabulary=corpus.vocabulary) == (
        "ValueError: adopt_topics: the topics of the LatentDirichletAllocation are not a table of "
        "numbers of 0 or more. Pass a trained model."
    )
    assert said(adopt_topics, mine, [["a"]]) == (
        "TypeError: adopt_topics: corpus is list, not a Corpus. "
        "Make one from articles with build_corpus()."
    )
