"""The corpus: tokens counted by hand, gaps, what is left out, and what must never change."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import matrix as matrix_module
from framing.corpus import (
    GAP,
    LEFT_OUT,
    Corpus,
    build_corpus,
    document_term_matrix,
    group_rows,
    token_rows,
)
from framing.datasets import make_articles


def articles_of(*texts: str | None, **columns: list[Any]) -> pd.DataFrame:
    """Return articles with these texts, and with the keys a, b, c …."""
    keys = [f"{chr(97 + number % 26)}{number // 26 or ''}" for number in range(len(texts))]
    return pd.DataFrame({"doc_id": keys, "text": list(texts)} | columns)


def corpus_of(*texts: str | None, **options: Any) -> Corpus:
    """Return the corpus of these texts."""
    return build_corpus(articles_of(*texts), fields=["text"], **options)


def decoded(corpus: Corpus) -> list[list[str]]:
    """Return the terms of each article, `|` for a gap and `_` for what was left out."""
    names = {GAP: "|", LEFT_OUT: "_"}
    whole = [names.get(code) or str(corpus.vocabulary[code]) for code in corpus.codes.tolist()]
    bounds = corpus.offsets.tolist()
    return [whole[low:high] for low, high in itertools.pairwise(bounds)]


def test_abbreviations_and_pronouns() -> None:
    corpus = corpus_of("The U.S. told us. US envoys told the U.K. and the UK.")
    assert decoded(corpus) == [
        ["the", "US", "told", "us", "US", "envoys", "told", "the", "uk", "and", "the", "uk"]
    ]
    assert list(corpus.vocabulary) == ["the", "US", "told", "uk", "and", "envoys", "us"]


def test_plain_words_in_a_line_of_capitals_are_plain_words() -> None:
    corpus = corpus_of("WHO IS IT NOW? The WHO and IT firms met IS. US TOLD US.")
    assert decoded(corpus)[0][:4] == ["who", "is", "it", "now"]
    assert decoded(corpus)[0][4:11] == ["the", "WHO", "and", "IT", "firms", "met", "IS"]
    assert decoded(corpus)[0][11:] == ["US", "told", "US"]


def test_web_addresses_are_gaps() -> None:
    corpus = corpus_of("See https://a.org/b for http://c.d", "https://a.org only")
    assert decoded(corpus) == [["see", "|", "for", "|"], ["|", "only"]]
    assert repr(corpus) == "Corpus(2 articles, 3 tokens)"


def test_a_gap_stands_between_fields_that_have_words() -> None:
    titles = ["War", None, "", "War", "!"]
    articles = articles_of("Talks. More.", "Talks.", "Talks.", None, "Talks.", title=titles)
    articles.loc[3, "text"] = ""
    corpus = build_corpus(articles)
    assert decoded(corpus) == [
        ["war", "|", "talks", "more"], ["talks"], ["talks"], ["war"], ["talks"]
    ]  # fmt: skip
    assert corpus.sentences.tolist() == [0, 2, 3, 4, 5, 6, 7]


def test_sentences_begin_at_tokens_of_their_own_article() -> None:
    corpus = corpus_of("One. Two two.", "", "Three. Four four four.")
    assert corpus.sentences.tolist() == [0, 1, 3, 4]
    assert corpus.offsets.tolist() == [0, 3, 3, 7]


def test_shapes_say_how_words_are_written() -> None:
    corpus = build_corpus(articles_of("WAR McCain 9", title=["War"]))
    assert corpus.shapes.tolist() == [1, 0, 2, 3, 0]


def test_stop_words_keep_their_place() -> None:
    corpus = corpus_of("The war and the US talks to us", stop_words="english")
    assert decoded(corpus) == [["_", "war", "_", "_", "US", "talks", "_", "_"]]
    assert corpus.settings["stop_words"] == "english-1"
    own = corpus_of("The war and the US talks", stop_words=["War", "U.S."])
    assert decoded(own) == [["the", "_", "and", "the", "_", "talks"]]
    assert own.settings["stop_words"] == ["U.S.", "War"]


def test_rare_terms_keep_their_place() -> None:
    corpus = corpus_of("war war talks https://a.b", "talks peace", min_count=2)
    assert decoded(corpus) == [["war", "war", "talks", "|"], ["talks", "_"]]
    assert list(corpus.vocabulary) == ["talks", "war"]


def test_terms_are_ordered_by_frequency_then_alphabet() -> None:
    assert list(corpus_of("b c a c b c d").vocabulary) == ["c", "b", "a", "d"]


def test_composed_letters_are_one_token() -> None:
    assert decoded(corpus_of("Café in the café")) == [["café", "in", "the", "café"]]


def test_fields_are_chosen_and_ordered() -> None:
    articles = articles_of("text", title=["title"], tags=["tag"])
    assert decoded(build_corpus(articles, fields=["tags", "title"])) == [["tag", "|", "title"]]
    assert decoded(build_corpus(articles, fields="title")) == [["title"]]


def test_a_language_changes_sentences_not_words() -> None:
    text = "One two. Three four. Five."
    split, whole = corpus_of(text), corpus_of(text, language=None)
    assert decoded(split) == decoded(whole)
    assert split.sentences.tolist() == [0, 2, 4]
    assert whole.sentences.tolist() == [0]


def test_the_matrix_counts_what_a_loop_counts() -> None:
    corpus = build_corpus(make_articles(40, seed=2), stop_words="english", min_count=2)
    matrix = document_term_matrix(corpus)
    expected = np.zeros(matrix.shape, dtype=int)
    for row, (low, high) in enumerate(zip(corpus.offsets[:-1], corpus.offsets[1:], strict=True)):
        for code in corpus.codes[low:high]:
            if code >= 0:
                expected[row, code] += 1
    np.testing.assert_array_equal(matrix.toarray(), expected)
    assert matrix.dtype == np.int64
    assert matrix.has_canonical_format
    assert (matrix.data > 0).all()


@pytest.mark.parametrize("size", [1, 7, 100])
def test_counting_in_blocks_changes_nothing(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["", "war war talks", "", "war", "peace " * 9, ""]
    whole = document_term_matrix(corpus_of(*texts)).toarray()
    monkeypatch.setattr(matrix_module, "_BLOCK_SIZE", size)
    np.testing.assert_array_equal(document_term_matrix(corpus_of(*texts)).toarray(), whole)
    assert whole.sum(axis=1).tolist() == [0, 3, 0, 1, 9, 0]


def test_the_matrix_belongs_to_the_caller() -> None:
    corpus = corpus_of("war war", "talks")
    before = document_term_matrix(corpus).toarray()
    mine = document_term_matrix(corpus)
    mine.data[:] = 9
    mine.indices[:] = 0
    np.testing.assert_array_equal(document_term_matrix(corpus).toarray(), before)


def test_arrays_are_read_only() -> None:
    corpus = corpus_of("war and peace")
    for array in (corpus.codes, corpus.offsets, corpus.sentences, corpus.shapes):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    part = corpus.where([True])
    with pytest.raises(ValueError, match="read-only"):
        part.codes[0] = 1
    with pytest.raises(TypeError):
        corpus.settings["min_count"] = 3  # type: ignore[index]


def test_changing_the_articles_one_was_given_changes_nothing() -> None:
    given_ = articles_of("war", "peace", source=["X", "Y"])
    corpus = build_corpus(given_, fields=["text"])
    before = corpus.fingerprint
    given_.loc[0, "doc_id"] = "changed"
    mine = corpus.articles
    mine["new"] = 1
    mine.loc[0, "doc_id"] = "changed"
    assert list(corpus.articles["doc_id"]) == ["a", "b"]
    assert "new" not in corpus.articles
    assert corpus.fingerprint == before


def test_the_index_of_the_articles_does_not_matter() -> None:
    articles = articles_of("war", "peace").set_index(pd.Index([7, 7]))
    corpus = build_corpus(articles, fields=["text"])
    assert list(corpus.articles.index) == [0, 1]
    assert decoded(corpus.where(corpus.articles["doc_id"] == "b")) == [["peace"]]


WORDS = st.lists(st.sampled_from(["war", "peace", "US", "talks.", "the", "http://a.b"]), max_size=8)


@settings(max_examples=40)
@given(st.lists(st.tuples(WORDS, WORDS, st.booleans()), min_size=1, max_size=6))
def test_where_equals_building_again(rows: list[tuple[list[str], list[str], bool]]) -> None:
    articles = pd.DataFrame(
        {
            "doc_id": [str(number) for number in range(len(rows))],
            "title": [" ".join(title) for title, _, _ in rows],
            "text": [" ".join([*text, "end"]) for _, text, _ in rows],
        }
    )
    mask = np.array([kept for _, _, kept in rows])
    part = build_corpus(articles).where(mask)
    assert len(part) == mask.sum()
    if mask.any():
        again = build_corpus(articles[mask])
        assert decoded(part) == decoded(again)
        for name in ("offsets", "sentences", "shapes"):
            np.testing.assert_array_equal(getattr(part, name), getattr(again, name))
        pd.testing.assert_frame_equal(part.articles, again.articles)


def test_the_order_of_articles_does_not_change_the_vocabulary() -> None:
    articles = make_articles(30, seed=3)
    one = build_corpus(articles)
    other = build_corpus(articles.iloc[::-1])
    assert list(one.vocabulary) == list(other.vocabulary)
    assert decoded(one) == decoded(other)[::-1]


def test_the_fingerprint_tells_one_corpus_from_another() -> None:
    articles = articles_of("war and peace", "talks")
    one = build_corpus(articles, fields=["text"])
    assert one.fingerprint == build_corpus(articles.copy(), fields=["text"]).fingerprint
    assert len(one.fingerprint) == 16
    others = [
        build_corpus(articles.iloc[::-1], fields=["text"]),
        build_corpus(articles, fields=["text"], stop_words="english"),
        build_corpus(articles, fields=["text"], language=None),
        build_corpus(articles.replace("talks", "Talks"), fields=["text"]),
        build_corpus(articles.replace("talks", "walks"), fields=["text"]),
        build_corpus(articles.replace({"doc_id": {"b": "z"}}), fields=["text"]),
        one.where([True, False]),
    ]
    prints = {corpus.fingerprint for corpus in [one, *others]}
    assert len(prints) == len(others) + 1


def test_empty_and_missing_texts_stay_as_rows() -> None:
    corpus = corpus_of("war", None, "", "… !", "peace")
    assert decoded(corpus) == [["war"], [], [], [], ["peace"]]
    assert document_term_matrix(corpus).sum(axis=1).tolist() == [1, 0, 0, 0, 1]
    assert decoded(corpus.where([False, True, True, False, False])) == [[], []]


def test_a_very_long_article_and_a_very_long_word() -> None:
    corpus = corpus_of("war and peace. " * 700_000, "a" * 100_000)
    assert document_term_matrix(corpus).toarray().tolist() == [
        [700_000, 700_000, 700_000, 0],
        [0, 0, 0, 1],
    ]


def test_repr_tells_sizes() -> None:
    articles = articles_of("war and peace", "war", source=["X", "X"])
    assert repr(build_corpus(articles, fields=["text"])) == (
        "Corpus(2 articles, 1 source, 4 tokens)"
    )


def test_rows_of_tokens() -> None:
    assert token_rows(corpus_of("war talks", "", "US")).tolist() == [0, 0, 2]


def test_groups_are_sorted_and_missing_values_are_one() -> None:
    articles = articles_of("a", "b", "c", "d", source=["Y", None, "X", "Y"], n=[1, 1, 2, 1])
    corpus = build_corpus(articles, fields=["text"])
    groups, group = group_rows("here", corpus, "source")
    assert groups["source"].tolist()[:2] == ["X", "Y"]
    assert groups["source"].isna().tolist() == [False, False, True]
    assert group.tolist() == [1, 2, 0, 1]
    groups, group = group_rows("here", corpus, ["n", "source"])
    assert len(groups) == 3
    groups, group = group_rows("here", corpus, None)
    assert (groups.shape, group.tolist()) == ((1, 0), [0, 0, 0, 0])


ARTICLES = articles_of("war", "peace", source=["X", "Y"])


@pytest.mark.parametrize(
    ("articles", "options", "error", "message"),
    [
        (
            [1, 2], {}, TypeError,
            ("build_corpus: articles is list, not a DataFrame. "
            "Pass the first table that read_articles() returns."),
        ),
        (
            ARTICLES, {}, ValueError,
            ("build_corpus: the articles have no column 'title'. They have 'doc_id', 'text', "
            "'source'. Rename a column, or choose the ones to count with fields=[…]."),
        ),
        (
            ARTICLES.assign(doc_id="a"), {"fields": ["text"]}, ValueError,
            ("build_corpus: 1 of 2 values of doc_id are missing or there twice ('a'). "
            "Give every article a key of its own."),
        ),
        (
            ARTICLES.assign(text=[1, 2.5]), {"fields": ["text"]}, TypeError,
            ("build_corpus: column 'text' holds 'float', not text. "
            "Convert it with articles['text'].astype(str)."),
        ),
        (
            ARTICLES.assign(text="…"), {"fields": ["text"]}, ValueError,
            ("build_corpus: no article has a word to count in 'text' (2 articles). "
            "Look at articles.head(), or leave fewer words out."),
        ),
        (
            ARTICLES.head(0), {"fields": ["text"]}, ValueError,
            ("build_corpus: no article has a word to count in 'text' (0 articles). "
            "Look at articles.head(), or leave fewer words out."),
        ),
        (
            ARTICLES, {"fields": ["text"], "min_count": 0}, ValueError,
            "build_corpus: min_count=0 is below 1. Pass 1 or more.",
        ),
        (
            ARTICLES, {"fields": ["text"], "stop_words": "german"}, ValueError,
            ("stop_words: name='german' is not one of 'english'. For another language pass words "
             "of your own, as in build_corpus(…, stop_words=['der', 'die'])."),
        ),
        (
            ARTICLES, {"fields": ["text"], "phrases": ["war"]}, ValueError,
            ("build_corpus: phrases has 'war', which is one word. "
            "Pass texts of two or more words, for example phrases=['white house']."),
        ),
    ],
)  # fmt: skip
def test_what_cannot_become_a_corpus(
    articles: Any, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as caught:
        build_corpus(articles, **options)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("mask", "message"),
    [
        (
            [True],
            ("Corpus.where: the mask has 1 values, the corpus 2 articles. "
            "Make the mask from corpus.articles."),
        ),
        (
            [True, None],
            ("Corpus.where: the mask has 1 missing values. "
            "Say what they count as with mask.fillna(False)."),
        ),
        (
            pd.Series([True, False], index=[1, 0]),
            ("Corpus.where: the mask's index is not that of corpus.articles. "
            "Make the mask from corpus.articles, or pass mask.to_numpy()."),
        ),
    ],
)  # fmt: skip
def test_a_mask_that_does_not_fit(mask: Any, message: str) -> None:
    corpus = build_corpus(ARTICLES, fields=["text"])
    with pytest.raises(ValueError, match=r"^Corpus\.where") as caught:
        corpus.where(mask)
    assert str(caught.value) == message


def test_a_column_that_does_not_exist() -> None:
    corpus = build_corpus(ARTICLES, fields=["text"])
    with pytest.raises(ValueError, match=r"^here") as caught:
        group_rows("here", corpus, "sourse")
    assert str(caught.value) == (
        "here: by='sourse' is not a column of the articles. "
        "They have 'doc_id', 'text', 'source'. Did you mean 'source'?"
    )
    with pytest.raises(ValueError, match=r"^here") as caught:
        group_rows("here", corpus, ["source", "source"])
    assert str(caught.value) == (
        "here: by=['source', 'source'] names a column twice. Name each column once."
    )


def test_a_mask_in_words_is_refused() -> None:
    corpus = build_corpus(ARTICLES, fields=["text"])
    with pytest.raises(TypeError, match=r"^Corpus\.where") as caught:
        corpus.where("source == 'TASS'")
    assert str(caught.value) == (
        "Corpus.where: the mask is str, not one truth value an article. "
        "Make it from corpus.articles, for example corpus.articles['source'] == 'TASS'."
    )


def test_a_column_of_floats_without_a_value_is_empty_text() -> None:
    frame = pd.DataFrame({"doc_id": ["a", "b"], "title": np.nan, "text": ["Talks failed.", "No."]})
    assert build_corpus(frame).vocabulary.tolist() == ["failed", "no", "talks"]
    with pytest.raises(ValueError, match="no article has a word") as error:
        build_corpus(frame.assign(text=np.nan))
    assert str(error.value) == (
        "build_corpus: no article has a word to count in 'title', 'text' (2 articles). "
        "Look at articles.head(), or leave fewer words out."
    )
