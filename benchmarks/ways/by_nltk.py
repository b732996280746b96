"""The tasks by NLTK."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ways.way import WINDOW, WORD, Way, said_count, said_tokens, sources, texts, tokens


def _tokenise(lines: list[str]) -> Any:
    from nltk import FreqDist, NLTKWordTokenizer

    split = NLTKWordTokenizer().tokenize
    words = [split(line.lower()) for line in lines]
    return words, FreqDist(word for line in words for word in line)


def _see_tokens(made: Any) -> str:
    _, found = made
    return said_tokens(found.N(), len(found), found[WORD])


def _pairs(folder: Path) -> Any:
    return sources(folder), tokens(folder)


def _frequency(made: Any) -> Any:
    from nltk import ConditionalFreqDist

    pairs = zip(*made, strict=True)
    return ConditionalFreqDist((source, word) for source, words in pairs for word in words)


def _see_frequency(found: Any) -> str:
    source = min(found)
    return said_count(source, found[source][WORD])


def _flat(folder: Path) -> Any:
    return [word for words in tokens(folder) for word in words]


def _kwic(words: list[str]) -> Any:
    from nltk.text import Text

    return Text(words).concordance_list(WORD, width=110, lines=None)


def _see_lines(lines: Any) -> str:
    return f"{len(lines):,} lines"


def _collocates(words: list[str]) -> Any:
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

    finder = BigramCollocationFinder.from_words(words, window_size=WINDOW + 1)
    finder.apply_ngram_filter(lambda one, other: WORD not in (one, other))
    return finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)


def _see_collocates(scored: Any) -> str:
    near = {word for pair, _ in scored for word in pair}
    return f"{len(near - {WORD}):,} collocates"


def _way(task: str, name: str, make: Any, do: Any, see: Any) -> Way:
    return Way(task, name, make, do, see, "nltk")


WAYS = [
    _way("tokens", "NLTK word tokenizer, no matrix", texts, _tokenise, _see_tokens),
    _way("frequency", "NLTK ConditionalFreqDist", _pairs, _frequency, _see_frequency),
    _way("kwic", "NLTK Text.concordance", _flat, _kwic, _see_lines),
    _way("collocates", "NLTK BigramCollocationFinder", _flat, _collocates, _see_collocates),
]
