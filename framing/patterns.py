"""Patterns of one or more words, and where they stand; terms that a caller names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing import words
from framing._checks import close_match
from framing.corpus import Corpus, check_corpus

_Places = npt.NDArray[np.int64]

_FEW = 6
"""Up to so many codes are sought one by one, which is faster than to look each token up."""

_BLOCK_SIZE = 1 << 20
"""Tokens that are looked up in one go: bounds what is held at once."""


@dataclass(frozen=True)
class _Word:
    """One word of a pattern: as it was written, as a term, and whether it is `*` alone."""

    written: str
    term: str

    @property
    def is_any(self) -> bool:
        """Whether any word will do."""
        return self.term == "*"

    def fits(self, terms: pd.Index[str]) -> npt.NDArray[np.bool_]:
        """Return for each term whether the word matches it."""
        import re

        if self.is_any:
            return np.ones(len(terms), dtype=bool)
        if "*" not in self.term:
            same: npt.NDArray[np.bool_] = np.asarray(terms == self.term, dtype=bool)
            return same
        regex = ".*".join(re.escape(part) for part in self.term.split("*"))
        return np.asarray(terms.str.fullmatch(regex), dtype=bool)


def read_pattern(where: str, name: str, pattern: object) -> list[_Word]:
    """Return the words of a pattern; raise where one of them could never be a word."""
    if not isinstance(pattern, str):
        msg = (
            f"{where}: {name}={pattern!r} is {type(pattern).__name__}, not text. "
            f"Pass one pattern, for example {name}='sanction*'."
        )
        raise TypeError(msg)
    written = pattern.replace("_", " ").split()
    if not written:
        msg = f"{where}: {name}={pattern!r} has no word. Pass for example {name}='white house'."
        raise ValueError(msg)
    for word in written:
        if not _is_word(word):
            msg = (
                f"{where}: {name}={pattern!r} has {word!r}, which is not one word to the corpus. "
                "A pattern is made of words, spaces, and * for any letters; leave other signs out."
            )
            raise ValueError(msg)
    return [
        _Word(word, "*".join(words.normalise(part) for part in word.split("*"))) for word in written
    ]


def _is_word(written: str) -> bool:
    """Return whether the tokeniser takes a word as one, with letters or nothing for each star."""
    if written.replace("*", "").isalpha() or written == "*":
        return True
    forms = [written.replace("*", "x"), written.replace("*", "")]
    spans = words.token_spans(forms)
    return any(one == [(0, len(form))] for form, one in zip(forms, spans, strict=True))


def find_pattern(where: str, name: str, corpus: Corpus, pattern: object) -> tuple[_Places, _Places]:
    """Return the first place of each match and the place after its last token, in order.

    Matches may overlap each other. They never reach across sentences or gaps. A lone `*` also
    matches a word that was left out; a phrase joined in the corpus is matched by its words.
    """
    check_corpus(where, corpus)
    sequence = read_pattern(where, name, pattern)
    refuse_left_out(where, corpus, [word.term for word in sequence if not word.is_any])
    single, joined = _masks(corpus, sequence)
    codes, n_words = corpus.codes, len(sequence)
    is_start = np.zeros(len(codes) + 1, dtype=bool)
    is_start[corpus.sentences] = is_start[-1] = True
    every = _places_of(np.any([single[0], *(mask for mask, _ in joined.get(0, []))], axis=0), codes)
    states: list[list[tuple[_Places, _Places]]] = [[] for _ in range(n_words + 1)]
    states[0].append((every, every))
    for at in range(n_words):
        for start, here in states[at]:
            if at:
                inside = ~is_start[here]
                start, here = start[inside], here[inside]
            for mask, width in [(single[at], 1), *joined.get(at, [])]:
                fits = mask[codes[here]]
                states[at + width].append((start[fits], here[fits] + 1))
    first = np.concatenate([start for start, _ in states[-1]])
    stop = np.concatenate([here for _, here in states[-1]])
    order = np.lexsort((stop, first))
    return first[order], stop[order]


def _masks(
    corpus: Corpus, sequence: list[_Word]
) -> tuple[list[npt.NDArray[np.bool_]], dict[int, list[tuple[npt.NDArray[np.bool_], int]]]]:
    """Return which codes match each word, and which joined terms match several words from it on.

    The masks have two more values, so that the negative codes find theirs at the end: words left
    out match a lone star, gaps match nothing.
    """
    phrases, parts = joined_parts(corpus)
    single = []
    for word in sequence:
        mask = np.append(word.fits(corpus.vocabulary), [word.is_any, False])
        mask[phrases] = False
        single.append(mask)
    joined: dict[int, list[tuple[npt.NDArray[np.bool_], int]]] = {}
    for width in sorted({len(part) for part in parts}):
        chosen = [number for number, part in enumerate(parts) if len(part) == width]
        for at in range(len(sequence) - width + 1):
            fits = np.ones(len(chosen), dtype=bool)
            for step in range(width):
                column = pd.Index([parts[number][step] for number in chosen], dtype="str")
                fits &= sequence[at + step].fits(column)
            mask = np.zeros(len(corpus.vocabulary) + 2, dtype=bool)
            mask[phrases[chosen][fits]] = True
            joined.setdefault(at, []).append((mask, width))
    return single, joined


def joined_parts(corpus: Corpus) -> tuple[_Places, list[list[str]]]:
    """Return the codes of the phrases that were joined in the corpus, and their words."""
    if not corpus.settings.get("phrases"):
        return np.empty(0, np.int64), []
    codes = np.flatnonzero(corpus.vocabulary.str.contains("_", regex=False))
    return codes, [str(term).split("_") for term in corpus.vocabulary[codes]]


def _places_of(mask: npt.NDArray[np.bool_], codes: npt.NDArray[np.int32]) -> _Places:
    """Return the places whose code is in the mask, which has its last two values for -2 and -1."""
    chosen = np.flatnonzero(mask)
    if len(chosen) <= _FEW:
        found = np.zeros(len(codes), dtype=bool)
        for code in chosen.tolist():
            found |= codes == (code if code < len(mask) - 2 else code - len(mask))
        return np.flatnonzero(found)
    blocks = range(0, len(codes), _BLOCK_SIZE)  # numpy makes int64 of what it looks up
    places = [np.flatnonzero(mask[codes[first : first + _BLOCK_SIZE]]) + first for first in blocks]
    return np.concatenate([np.empty(0, dtype=np.int64), *places])


def refuse_left_out(where: str, corpus: Corpus, terms: Sequence[str]) -> None:
    """Raise where a term is a stop word; warn where it may be too rare or misspelt."""
    import warnings

    named = corpus.settings.get("stop_words")
    stop = set(words.stop_words()) if isinstance(named, str) else set(named or ())
    stop = {words.normalise(word) for word in stop}
    absent = [term for term in terms if "*" not in term and term not in corpus.vocabulary]
    for term in absent:
        if term in stop:
            said = repr(named) if isinstance(named, str) else "a list of your own"
            msg = (
                f"{where}: {term!r} is a stop word that was left out of the corpus "
                f"(stop_words={said}), so it cannot be counted or found. "
                "Build the corpus without stop_words."
            )
            raise ValueError(msg)
    known = {word for part in joined_parts(corpus)[1] for word in part}
    absent = [term for term in absent if term not in known]
    least = corpus.settings.get("min_count", 1)
    for term in absent:
        near = close_match(term, corpus.vocabulary[:20_000], cutoff=0.85) if len(term) > 4 else ""
        if least > 1:
            msg = (
                f"{where}: {term!r} is not a term of the corpus; it may stand in the articles up "
                f"to {least - 1} times, for rarer terms were left out (min_count={least}). "
                "Build the corpus with min_count=1 to be sure."
            )
        elif near:
            msg = f"{where}: {term!r} does not occur in the corpus.{near}"
        else:
            continue
        warnings.warn(msg, stacklevel=4)
        break


def named_terms(
    where: str, corpus: Corpus, terms: str | Sequence[str]
) -> tuple[pd.Index[str], npt.NDArray[np.int64]]:
    """Return the terms that a caller names, each once, and their codes; -1 where absent."""
    given = [terms] if isinstance(terms, str) else list(terms)
    if not given:
        msg = f"{where}: terms is empty. Name at least one term, or pass terms=None for all."
        raise ValueError(msg)
    names = []
    for term in given:
        if not isinstance(term, str):
            msg = (
                f"{where}: terms has {term!r}, which is {type(term).__name__}, not text. "
                "Pass terms such as ['war', 'peace']."
            )
            raise TypeError(msg)
        parts = [words.normalise(part) for part in term.replace("_", " ").split()]
        name = "_".join(parts)
        if "*" in name or not name or (len(parts) > 1 and name not in corpus.vocabulary):
            msg = (
                f"{where}: terms has {term!r}, which is not one term of the corpus."
                f"{close_match(name, corpus.vocabulary[:20_000])} Count words one by one, join "
                "neighbours with build_corpus(phrases=[…]), or look for patterns with kwic()."
            )
            raise ValueError(msg)
        names.append(name)
    unique = pd.Index(list(dict.fromkeys(names)), dtype="str")
    refuse_left_out(where, corpus, list(unique))
    return unique, corpus.vocabulary.get_indexer(unique)
