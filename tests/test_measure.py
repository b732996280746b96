"""Measures: counted by hand, equal to other tables, filtered without loss, clear when refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.corpus import Corpus, build_corpus, document_term_matrix
from framing.datasets import make_articles
from framing.ledger import load_ledger
from framing.measure import Measure, measure_column, measure_mentions, measure_terms
from framing.mentions import find_mentions

ARTICLES = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c", "d"],
        "source": ["X", "X", "Y", "Y"],
        "text": ["war war talks", "Putin met Assad. Putin left.", "talks", None],
        "n": [2.0, 0.0, np.nan, 4.0],
        "words": [10, 20, 30, 0],
    }
)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return build_corpus(ARTICLES, fields=["text"])


def said(call: Callable[[], Any]) -> str:
    with pytest.raises((ValueError, TypeError)) as caught:
        call()
    return str(caught.value)


# Terms


def test_terms_by_hand(corpus: Corpus) -> None:
    measure = measure_terms(corpus, ["war", "talks", "peace"])
    assert measure.numerators.toarray().tolist() == [[2, 1, 0], [0, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert measure.denominators.tolist() == [3, 5, 1, 0]
    assert measure.items.tolist() == ["war", "talks", "peace"]
    assert (measure.kind, measure.name, measure.scale) == (
        "term",
        "occurrences per million tokens",
        1e6,
    )
    assert dict(measure.settings) == {"corpus": corpus.fingerprint}
    assert len(measure) == 4
    assert measure.draws == ()


def test_terms_per_article(corpus: Corpus) -> None:
    measure = measure_terms(corpus, ["war", "talks"], per="articles")
    assert measure.numerators.toarray().tolist() == [[1, 1], [0, 0], [0, 1], [0, 0]]
    assert measure.denominators.tolist() == [1, 1, 1, 0]
    assert (measure.name, measure.scale) == ("share of articles with it", 1)


def test_all_terms() -> None:
    corpus = build_corpus(make_articles(40, seed=1))
    measure = measure_terms(corpus)
    assert (measure.numerators != document_term_matrix(corpus)).nnz == 0
    assert measure.items.equals(corpus.vocabulary)
    np.testing.assert_array_equal(measure.denominators, measure.numerators.sum(axis=1))


def test_terms_are_normalised(corpus: Corpus) -> None:
    assert measure_terms(corpus, "War").items.tolist() == ["war"]


# Mentions


def test_mentions_by_hand(corpus: Corpus) -> None:
    mentions = find_mentions(corpus, load_ledger())
    measure = measure_mentions(corpus, mentions)
    assert measure.items.tolist() == ["Bashar al-Assad", "Vladimir Putin"]
    assert measure.numerators.toarray().tolist() == [[0, 0], [1, 2], [0, 0], [0, 0]]
    assert measure.denominators.tolist() == [3, 5, 1, 0]
    assert (measure.kind, measure.name, measure.scale) == (
        "actor",
        "mentions per 1,000 tokens",
        1000,
    )
    assert measure.settings["corpus"] == corpus.fingerprint
    assert measure.settings["ledger"] == mentions["ledger"].iloc[0]
    by_article = measure_mentions(corpus, mentions, per="articles")
    assert by_article.numerators.toarray().tolist() == [[0, 0], [1, 1], [0, 0], [0, 0]]
    assert by_article.denominators.tolist() == [1, 1, 1, 0]


def test_mentions_of_a_part(corpus: Corpus) -> None:
    mentions = find_mentions(corpus, load_ledger())
    part = corpus.where(corpus.articles["source"] == "Y")
    measure = measure_mentions(part, mentions)
    assert measure.numerators.shape == (2, 0)
    assert measure_mentions(corpus, mentions[:0]).numerators.shape == (4, 0)


# Columns


def test_columns_by_hand() -> None:
    measure = measure_column(ARTICLES, "n", denominator="words")
    assert measure.numerators.toarray().tolist() == [[2], [0], [0], [4]]
    assert measure.denominators.tolist() == [10, 20, 0, 0]
    assert (measure.kind, measure.name, measure.scale) == ("column", "n / words", 1)
    mean = measure_column(ARTICLES, ["n"])
    assert mean.denominators.tolist() == [1, 1, 0, 1]
    assert mean.name == "mean n of an article"
    two = measure_column(ARTICLES.fillna({"n": 0}), ["n", "words"])
    assert two.name == "mean n or words of an article"
    assert two.items.tolist() == ["n", "words"]
    three = measure_column(ARTICLES.assign(m=1, k=2), ["m", "k", "words"])
    assert three.name == "mean columns of an article"


def test_a_column_may_be_its_own_denominator_and_truth_values_count() -> None:
    table = ARTICLES.assign(long=[True, False, True, True])
    measure = measure_column(table, "long", denominator="words")
    assert measure.numerators.toarray().ravel().tolist() == [1, 0, 1, 1]
    own = measure_column(ARTICLES, "words", denominator="words")
    assert own.denominators.tolist() == [10, 20, 30, 0]
    nullable = ARTICLES.assign(n=pd.array([1, None, 2, 3], dtype="Int64"))
    assert measure_column(nullable, "n").denominators.tolist() == [1, 0, 1, 1]


# The measure itself


def test_repr(corpus: Corpus) -> None:
    assert repr(measure_terms(corpus, "war")) == (
        "Measure(4 articles, 1 item of kind 'term', occurrences per million tokens)"
    )
    one = measure_column(ARTICLES[:1], ["n", "words"])
    assert (
        repr(one) == "Measure(1 article, 2 items of kind 'column', mean n or words of an article)"
    )


def test_arrays_are_read_only_and_articles_a_copy(corpus: Corpus) -> None:
    measure = measure_terms(corpus, ["war"])
    with pytest.raises(ValueError, match="read-only"):
        measure.denominators[0] = 9
    with pytest.raises(ValueError, match="read-only"):
        measure.numerators.data[0] = 9
    with pytest.raises(TypeError):
        measure.settings["corpus"] = "x"  # type: ignore[index]
    held = measure.articles
    held["source"] = "Z"
    assert measure.articles["source"].tolist() == ["X", "X", "Y", "Y"]


def with_draws(corpus: Corpus) -> Measure:
    import dataclasses

    measure = measure_terms(corpus, ["war", "talks"])
    return dataclasses.replace(measure, draws=(measure.numerators * 2, measure.numerators * 3))


def test_where(corpus: Corpus) -> None:
    measure = with_draws(corpus)
    part = measure.where(measure.articles["source"] == "Y")
    assert part.articles["doc_id"].tolist() == ["c", "d"]
    assert part.articles.index.tolist() == [0, 1]
    assert part.numerators.toarray().tolist() == [[0, 1], [0, 0]]
    assert [draw.toarray().tolist() for draw in part.draws] == [[[0, 2], [0, 0]], [[0, 3], [0, 0]]]
    assert part.denominators.tolist() == [1, 0]
    assert len(measure) == 4
    rebuilt = measure_terms(corpus.where(corpus.articles["source"] == "Y"), ["war", "talks"])
    assert (rebuilt.numerators != part.numerators).nnz == 0


def test_select(corpus: Corpus) -> None:
    measure = with_draws(corpus)
    part = measure.select(["talks"])
    assert part.items.tolist() == ["talks"]
    assert part.numerators.toarray().ravel().tolist() == [1, 0, 1, 0]
    assert part.draws[0].toarray().ravel().tolist() == [2, 0, 2, 0]
    assert measure.select("war").items.tolist() == ["war"]
    assert measure.select(["talks", "war"]).numerators.toarray()[0].tolist() == [1, 2]


def test_join(corpus: Corpus) -> None:
    measure = measure_terms(corpus, ["war"])
    table = pd.DataFrame({"doc_id": ["d", "c", "b", "a"], "story": [4, 3, 2, 1]})
    assert measure.join(table).articles["story"].tolist() == [1, 2, 3, 4]
    assert said(lambda: measure.join(table[:2])) == (
        "Measure.join: the table lacks 2 of the 4 articles ('a', 'b'). "
        "Pass a table with a row for each article."
    )


def test_table(corpus: Corpus) -> None:
    table = measure_terms(corpus.where([True, False, False, True]), ["war", "talks"]).to_table()
    assert table.to_dict("list") == {
        "doc_id": ["a", "a", "d", "d"],
        "items": ["term"] * 4,
        "item": ["war", "talks"] * 2,
        "measure": ["occurrences per million tokens"] * 4,
        "numerator": [2.0, 1.0, 0.0, 0.0],
        "denominator": [3.0, 3.0, 0.0, 0.0],
        "scale": [1e6] * 4,
    }
    empty = measure_terms(corpus.where([False] * 4), "war").to_table()
    assert len(empty) == 0
    assert empty.columns.tolist() == table.columns.tolist()


# Messages


def test_messages_of_measures(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    measure = measure_terms(corpus, ["war", "talks"])
    assert said(lambda: measure.where([True])) == (
        "Measure.where: the mask has 1 values, the measure 4 articles. "
        "Make the mask from measure.articles."
    )
    assert said(lambda: measure.where(pd.array([True, None, False, True], dtype="boolean"))) == (
        "Measure.where: the mask has 1 missing values. "
        "Say what they count as with mask.fillna(False)."
    )
    assert said(lambda: measure.where(pd.Series([True] * 4, index=list("abcd")))) == (
        "Measure.where: the mask's index is not that of measure.articles. "
        "Make the mask from measure.articles, or pass mask.to_numpy()."
    )
    assert said(lambda: measure.where("TASS")) == (
        "Measure.where: the mask is str, not one truth value an article. Make it from "
        "measure.articles, for example measure.articles['source'] == 'TASS'."
    )
    assert said(lambda: measure.select(["talk"])) == (
        "Measure.select: items has 'talk'. The measure has 'war', 'talks'. Did you mean 'talks'?"
    )
    assert said(lambda: measure.select(["war", "war"])) == (
        "Measure.select: items has none. The measure has 'war', 'talks'."
    ).replace("has none", "has 'war', 'war' (each once)")
    monkeypatch.setattr("framing.measure._MOST_CELLS", 7)
    assert said(measure.to_table) == (
        "Measure.to_table: 4 articles × 2 items are too many rows. "
        "Choose items with select(), or use .numerators, which is sparse."
    )


def test_messages_of_terms_and_mentions(corpus: Corpus) -> None:
    mentions = find_mentions(corpus, load_ledger())
    assert said(lambda: measure_terms([1])) == (  # type: ignore[arg-type]
        "measure_terms: corpus is list, not a Corpus. Make one from articles with build_corpus()."
    )
    assert said(lambda: measure_terms(corpus, "war", per="words")) == (
        "measure_terms: per='words' is not one of 'tokens', 'articles'."
    )
    assert said(lambda: measure_terms(corpus, [])) == (
        "measure_terms: terms is empty. Name at least one term, or pass terms=None for all."
    )
    assert said(lambda: measure_mentions(corpus, mentions, per="words")) == (
        "measure_mentions: per='words' is not one of 'tokens', 'articles'."
    )
    assert said(lambda: measure_mentions(corpus, mentions, items="actors")) == (
        "measure_mentions: items='actors' is not one of 'actor', 'country', 'kind', 'sense'. "
        "Did you mean 'actor'?"
    )


def test_messages_of_columns() -> None:
    assert said(lambda: measure_column([1], "n")) == (  # type: ignore[arg-type]
        "measure_column: articles is list, not a DataFrame. "
        "Pass a table with a column 'doc_id' and the numbers."
    )
    assert said(lambda: measure_column(ARTICLES, ["n", "n"])) == (
        "measure_column: columns=['n', 'n'] must name columns, each once."
    )
    assert said(lambda: measure_column(ARTICLES, [])) == (
        "measure_column: columns=[] must name columns, each once."
    )
    assert said(lambda: measure_column(ARTICLES, "word")) == (
        "measure_column: the articles have no column 'word'. "
        "They have 'doc_id', 'source', 'text', 'n', 'words'. Did you mean 'words'?"
    )
    assert said(lambda: measure_column(ARTICLES[["n"]], "n")) == (
        "measure_column: the articles have no column 'doc_id'. They have 'n'."
    )
    assert said(lambda: measure_column(ARTICLES, "source")) == (
        "measure_column: column 'source' is str, not numbers. Convert it with pandas.to_numeric()."
    )
    assert said(lambda: measure_column(ARTICLES.assign(n=[-1, 2, np.inf, 3]), "n")) == (
        "measure_column: column 'n' has 1 numbers below 0 and 1 infinite ones. "
        "Only counts and amounts make rates."
    )
    assert said(lambda: measure_column(ARTICLES, ["n", "words"])) == (
        "measure_column: some articles have numbers in a part of 'n', 'words' only. "
        "Measure these columns one by one, or fill them."
    )
