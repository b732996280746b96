"""The corpus: articles with their tokens as integers, made once and then only read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing import words
from framing._checks import check_at_least, check_by, listing
from framing.joining import joined
from framing.masks import chosen_rows
from framing.matrix import count_places
from framing.phrases import join_phrases, phrase_terms
from framing.terms import GAP, LEFT_OUT, Coded, code_terms, order_terms

if TYPE_CHECKING:
    from scipy import sparse

__all__ = [
    "GAP",
    "LEFT_OUT",
    "Corpus",
    "build_corpus",
    "check_corpus",
    "document_term_matrix",
    "group_rows",
    "token_rows",
]

_RUN_SIZE = 2_000_000
"""Characters that are tokenised in one go: bounds what is held at once."""


@dataclass(frozen=True, eq=False, repr=False)
class Corpus:
    """Articles with their tokens as integers, as `build_corpus` makes it.

    The arrays are read-only. Row i of `articles` has the tokens
    `codes[offsets[i]:offsets[i + 1]]`; a code of 0 or more is a place in `vocabulary`, -1 is a gap
    that no window may reach across (a web address, the border of title and text), -2 a word
    that was left out but keeps its place (a stop word, a rare word).

    Attributes
    ----------
    codes : array of int32, shape (n_places,)
        The tokens of all articles, one after the other.
    offsets : array of int64, shape (n_rows + 1,)
        Where each article begins.
    sentences : array of int64, shape (n_sentences,)
        Where each sentence begins; a sentence never holds tokens of two articles.
    shapes : array of uint8, shape (n_places,)
        How each token is written: 0 lower case or number, 1 capitalised, 2 capitals, 3 mixed.
    vocabulary : Index of str, shape (n_terms,)
        The terms, most frequent first, ties in alphabetical order.
    settings : mapping
        The arguments of `build_corpus` and the version of the tokeniser.
    origin : array of int32, shape (n_places, 2), or None
        In a corpus of `contexts`, each token's place and sentence in its article, both counted
        from 0; None where a row holds all tokens of its article.

    See Also
    --------
    framing.build_corpus : Makes one from articles.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(60, seed=1))
    >>> corpus.where(corpus.articles["source"] == "Gazette")
    Corpus(..., 1 source, ... tokens)
    """

    _articles: pd.DataFrame
    codes: npt.NDArray[np.int32]
    offsets: npt.NDArray[np.int64]
    sentences: npt.NDArray[np.int64]
    shapes: npt.NDArray[np.uint8]
    vocabulary: pd.Index[str]
    settings: Mapping[str, Any] = field(default_factory=dict)
    origin: npt.NDArray[np.int32] | None = None

    def __post_init__(self) -> None:
        for array in (self.codes, self.offsets, self.sentences, self.shapes, self.origin):
            if array is not None:
                array.setflags(write=False)
        object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))

    @property
    def articles(self) -> pd.DataFrame:
        """The articles, one row each, as a shallow copy."""
        return self._articles.copy(deep=False)

    @property
    def fingerprint(self) -> str:
        """A hash of tokens, article keys, vocabulary and settings: 16 hexadecimal digits."""
        digest = hashlib.sha256()
        digest.update(json.dumps(dict(self.settings), sort_keys=True, default=str).encode())
        for names in (self._articles["doc_id"], self.vocabulary):
            digest.update("\0".join(map(str, names)).encode("utf-8", "surrogatepass") + b"\1")
        for array in (self.codes, self.offsets, self.sentences, self.shapes):
            digest.update(np.ascontiguousarray(array).tobytes())
        if self.origin is not None:
            digest.update(np.ascontiguousarray(self.origin).tobytes())
        return digest.hexdigest()[:16]

    @cached_property
    def _counts(self) -> sparse.csr_array[Any, tuple[int, int]]:
        """Articles × terms, made when first asked for and then kept; read-only."""
        return count_places(self, self.codes >= 0)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __repr__(self) -> str:
        n_tokens = int((self.codes >= 0).sum())
        n_articles = self._articles["doc_id"].nunique()
        sizes = [(n_articles, "article")]
        if "source" in self._articles.columns:
            sizes.append((self._articles["source"].nunique(), "source"))
        sizes.append((n_tokens, "token"))
        said = ", ".join(f"{size:,} {name}{'' if size == 1 else 's'}" for size, name in sizes)
        parts = f"{len(self):,} parts of " if n_articles < len(self) else ""
        return f"Corpus({parts}{said})"

    def where(self, mask: pd.Series[bool] | npt.NDArray[np.bool_] | Sequence[bool]) -> Corpus:
        """Return the corpus of those articles for which the mask is true.

        Parameters
        ----------
        mask
            One truth value a row, for example `corpus.articles["source"] == "TASS"`.

        Returns
        -------
        Corpus
            The articles chosen, in their order, with the same vocabulary.

        Raises
        ------
        ValueError
            Where the mask has another length or order than the articles, or missing values.
        """
        chosen = chosen_rows("Corpus.where", mask, self._articles)
        lengths = np.diff(self.offsets)
        kept = np.repeat(chosen, lengths)
        place = np.cumsum(kept) - 1
        return Corpus(
            self._articles.loc[chosen].reset_index(drop=True),
            self.codes[kept],
            np.concatenate([[0], np.cumsum(lengths[chosen])]),
            place[self.sentences[kept[self.sentences]]] if len(kept) else self.sentences,
            self.shapes[kept],
            self.vocabulary,
            self.settings,
            None if self.origin is None else self.origin[kept],
        )

    def join(self, table: pd.DataFrame) -> Corpus:
        """Return the corpus with further columns of its articles, by `doc_id`.

        Parameters
        ----------
        table
            A table with one row an article: `doc_id` and the columns to add, for example
            `stories[["doc_id", "story"]]`.

        Returns
        -------
        Corpus
            The same tokens, with these columns behind those of the articles.

        Raises
        ------
        ValueError
            Where the table has an article twice, lacks one, or has a column that is there already.
        TypeError
            Where it is not a table.
        """
        return replace(self, _articles=joined("Corpus.join", self._articles, table))


def build_corpus(
    articles: pd.DataFrame,
    *,
    fields: Sequence[str] = ("title", "text"),
    stop_words: str | Sequence[str] | None = None,
    min_count: int = 1,
    phrases: Any = None,
    language: str | None = "en",
) -> Corpus:
    """Split articles into tokens and sentences, once, for all later questions.

    A token is a word with its inner hyphens and apostrophes, an abbreviation with dots, or a
    number. Terms are in lower case without possessive `'s`; `US` and `U.S.` are the term `US` and
    never the pronoun `us`. Articles without words stay as rows without tokens.

    Parameters
    ----------
    articles
        Table of `read_articles`: `doc_id` and the columns of `fields` must be there.
    fields
        Columns whose words count, in this order; a gap stands between them.
    stop_words
        Words that are not counted but keep their place: `"english"` for the list of
        `stop_words`, or words of your own; None counts every word.
    min_count
        Terms with fewer occurrences in all are not counted but keep their place.
    phrases
        Neighbouring terms to join into one: texts such as `"white house"` (the term becomes
        `white_house`), the column `phrase` of `find_phrases`, or a fitted gensim `Phrases`.
    language
        ISO 639-1 code for the rules of sentence splitting. None takes each field as one
        sentence, which is faster.

    Returns
    -------
    Corpus
        Same articles, same arguments: same corpus and same `fingerprint`.

    Raises
    ------
    ValueError
        Where a column is missing, `doc_id` is missing or twice, or no article has a word.
    TypeError
        Where a field holds something else than text.

    See Also
    --------
    framing.read_articles : Reads articles from files.
    framing.term_frequency : Counts terms by source or any other column.
    framing.find_phrases : Finds phrases worth joining.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> articles = pd.DataFrame({"doc_id": ["a"], "title": ["Talks"], "text": ["U.S. and us."]})
    >>> corpus = fr.build_corpus(articles)
    >>> [corpus.vocabulary[code] if code >= 0 else "|" for code in corpus.codes]
    ['talks', '|', 'US', 'and', 'us']
    """
    fields = [fields] if isinstance(fields, str) else list(fields)
    _check_articles(articles, fields)
    check_at_least("build_corpus", "min_count", min_count, 1)
    articles = articles.reset_index(drop=True)
    sequences = phrase_terms(phrases)
    coded = _coded(articles, fields, language)
    if sequences:
        _join(coded, sequences)
    vocabulary = order_terms(coded.codes, coded.terms, stop_words=stop_words, min_count=min_count)
    if not len(vocabulary):
        msg = (
            f"build_corpus: no article has a word to count in {listing(fields)} "
            f"({len(articles):,} articles). Look at articles.head(), or leave fewer words out."
        )
        raise ValueError(msg)
    offsets = _put_gaps(coded, len(fields))
    named = stop_words if stop_words is None or isinstance(stop_words, str) else sorted(stop_words)
    settings = {
        "fields": fields,
        "stop_words": words.STOP_WORDS_VERSION if named == "english" else named,
        "min_count": min_count,
        "phrases": [" ".join(sequence) for sequence in sequences],
        "language": language,
        "tokeniser": words.TOKENISER_VERSION,
    }
    return Corpus(
        articles, coded.codes, offsets, coded.sentences, coded.shapes, vocabulary, settings
    )


def _coded(articles: pd.DataFrame, fields: list[str], language: str | None) -> Coded:
    """Return the fields of the articles as codes of terms, one text a field and article."""
    columns = [articles[name] for name in fields]
    # A column without any value is of floats in what pandas reads.
    columns = [one if one.notna().any() else one.astype("str") for one in columns]
    sizes = sum(column.str.len().fillna(0).to_numpy(dtype=np.int64) for column in columns)
    cuts = np.unique(np.cumsum(sizes) // _RUN_SIZE, return_index=True)[1][1:].tolist()
    borders = [0, *cuts, len(articles)]

    def runs() -> Iterator[list[str]]:
        for first, stop in pairwise(borders):
            parts = [column.iloc[first:stop] for column in columns]
            lists = [part.astype(object).where(part.notna(), "").tolist() for part in parts]
            yield [text for row in zip(*lists, strict=True) for text in row]

    return code_terms(words.tokenise(runs(), n_runs=len(borders) - 1, language=language))


def _join(coded: Coded, sequences: list[tuple[str, ...]]) -> None:
    """Join phrases into one term each."""
    coded.codes, coded.terms, kept = join_phrases(
        coded.codes, coded.terms, sequences, coded.sentences
    )
    before = np.concatenate([[0], np.cumsum(kept)])
    ends = np.concatenate([[0], np.cumsum(coded.lengths)])
    coded.shapes, coded.sentences = coded.shapes[kept], before[coded.sentences]
    coded.lengths = np.diff(before[ends])


def _put_gaps(coded: Coded, n_fields: int) -> npt.NDArray[np.int64]:
    """Put a gap after each field with tokens that another one follows; return the offsets."""
    lengths = coded.lengths.reshape(-1, n_fields)
    filled = lengths > 0
    followed = np.cumsum(filled[:, ::-1], axis=1)[:, ::-1] > 1
    gaps = np.cumsum(lengths)[(filled & followed).ravel()]
    coded.codes = np.insert(coded.codes, gaps, GAP)
    coded.shapes = np.insert(coded.shapes, gaps, words.LOWER)
    coded.sentences = coded.sentences + np.searchsorted(gaps, coded.sentences, side="right")
    by_article = lengths.sum(axis=1) + (filled & followed).sum(axis=1)
    return np.concatenate([[0], np.cumsum(by_article, dtype=np.int64)])


def _check_articles(articles: pd.DataFrame, fields: list[str]) -> None:
    """Raise where the articles cannot become a corpus."""
    if not isinstance(articles, pd.DataFrame):
        msg = (
            f"build_corpus: articles is {type(articles).__name__}, not a DataFrame. "
            "Pass the first table that read_articles() returns."
        )
        raise TypeError(msg)
    if "doc_id" not in articles.columns:
        msg = (
            f"build_corpus: the articles have no column 'doc_id'. They have "
            f"{listing(articles.columns)}. Add a key that stays with each article, for example "
            "articles['doc_id'] = articles.index.astype(str)."
        )
        raise ValueError(msg)
    missing = [name for name in fields if name not in articles.columns]
    if missing:
        msg = (
            f"build_corpus: the articles have no column {listing(missing)}. "
            f"They have {listing(articles.columns)}. "
            "Rename a column, or choose the ones to count with fields=[…]."
        )
        raise ValueError(msg)
    keys = articles["doc_id"]
    if keys.isna().any() or keys.duplicated().any():
        bad = keys[keys.duplicated() | keys.isna()]
        msg = (
            f"build_corpus: {len(bad):,} of {len(keys):,} values of doc_id are missing or there "
            f"twice ({listing(bad.unique(), most=3)}). Give every article a key of its own."
        )
        raise ValueError(msg)
    for name in fields:
        if isinstance(articles[name].dtype, pd.StringDtype):
            continue
        odd = {type(value).__name__ for value in articles[name].dropna() if type(value) is not str}
        if odd:
            msg = (
                f"build_corpus: column {name!r} holds {listing(sorted(odd))}, not text. "
                f"Convert it with articles[{name!r}].astype(str)."
            )
            raise TypeError(msg)


def document_term_matrix(corpus: Corpus) -> sparse.csr_array[Any, tuple[int, int]]:
    """Count each term in each article.

    Parameters
    ----------
    corpus
        The corpus.

    Returns
    -------
    scipy.sparse.csr_array
        Occurrences, int64, articles × terms, in the order of `corpus.articles` and
        `corpus.vocabulary`; indices sorted, no explicit zeros.

    See Also
    --------
    framing.term_frequency : Counts by source or any other column, as a table.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(60, seed=1))
    >>> matrix = fr.document_term_matrix(corpus)
    >>> matrix.shape == (len(corpus), len(corpus.vocabulary))
    True
    """
    check_corpus("document_term_matrix", corpus)
    return term_counts(corpus).astype(np.int64, copy=True)


def term_counts(corpus: Corpus) -> sparse.csr_array[Any, tuple[int, int]]:
    """Return the counts of `document_term_matrix` as int32, read-only and kept with the corpus."""
    return corpus._counts


def check_corpus(where: str, corpus: object) -> None:
    """Raise TypeError where something else than a corpus was passed."""
    if not isinstance(corpus, Corpus):
        msg = (
            f"{where}: corpus is {type(corpus).__name__}, not a Corpus. "
            "Make one from articles with build_corpus()."
        )
        raise TypeError(msg)


def token_rows(corpus: Corpus) -> npt.NDArray[np.int32]:
    """Return for each place of the corpus the row of its article."""
    return np.repeat(np.arange(len(corpus), dtype=np.int32), np.diff(corpus.offsets))


def group_rows(
    where: str, corpus: Corpus, by: str | list[str] | None
) -> tuple[pd.DataFrame, npt.NDArray[np.int64]]:
    """Return the groups, one row each in sorted order, and for each article its group's row.

    Missing values of a column are a group of their own; no column at all gives one group.
    """
    check_corpus(where, corpus)
    frame = corpus.articles
    names = check_by(where, frame, by)
    if not names:
        return pd.DataFrame(index=range(1)), np.zeros(len(corpus), dtype=np.int64)
    grouped = frame.groupby(names, dropna=False, sort=True, observed=True)
    groups = grouped.size().index.to_frame(index=False)
    return groups, np.asarray(grouped.ngroup(), dtype=np.int64)
