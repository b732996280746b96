"""From text to words and sentences: the one tokeniser of the toolkit, and stop words."""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from framing._checks import not_one_of

TOKENISER_VERSION = "1"

_TAIL = r"[\p{L}\p{M}\p{N}\u00AD]*"
_JOINED = r"(?:[-\u2010\u2011'’][\p{L}\p{N}]" + _TAIL + r")*"
PATTERN = (
    r"https?://\S+"  # a web address: one token, later a gap
    r"|(?:\p{L}\.){2,}" + _JOINED +  # U.S.  U.N.-led  p.m.
    r"|\p{N}+(?:[.,:/]\p{N}+)*" + _TAIL + _JOINED +  # 1,000  3.5  9/11  24th  48-hour
    r"|\p{L}" + _TAIL + _JOINED  # word  cease-fire  don't  F-16
)  # fmt: skip
"""What a token is, in the regular expressions of Rust."""

CASED = frozenset({"AM", "ICE", "IS", "IT", "MP", "PM", "US", "WHO"})
"""Abbreviations that mean something else than the same letters in lower case."""

LOWER, CAPITALISED, UPPER, MIXED = 0, 1, 2, 3
"""The four ways a token can be written: war, War, WAR, McCain. Numbers count as lower."""

_APOSTROPHES = str.maketrans({"’": "'", "‐": "-", "‑": "-", "\u00ad": None})
_POSSESSIVE = re.compile(r"(?<=.)'s$", re.IGNORECASE)
_DOTTED = re.compile(r"^(?:[^\W\d_]\.){2,}")

STOP_WORDS_VERSION = "english-1"
_ENGLISH = """
a about above after again against all almost already also although always am among an and another
any anybody anyone anything are aren't around as at away back be because been before behind being
below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't
done down during each either else ever every everybody everyone everything few for from further
get gets getting go goes going got had hadn't has hasn't have haven't having he he'd he'll her
here hers herself him himself his how however i i'd i'll i'm i've if in inside instead into is
isn't it it'd it'll its itself just least less let many may maybe me might mine more most much
must my myself near neither never no nobody none nor not nothing now nowhere of off often on once
one only onto or other others otherwise ought our ours ourselves out over own per perhaps quite
rather same shall shan't she she'd she'll should shouldn't since so some somebody someone
something sometimes somewhere soon still such than that that'd that'll the their theirs them
themselves then there there'd there'll these they they'd they'll they're they've this those though
through throughout thus to together too toward towards under unless until up upon us very via was
wasn't we we'd we'll we're we've were weren't what whatever when whenever where wherever whether
which while who whoever whom whose why will with within without won't would wouldn't yet you you'd
you'll you're you've your yours yourself yourselves
"""


def stop_words(name: str = "english") -> tuple[str, ...]:
    """Return a named list of function words.

    The list `english` (version `english-1`) was written for this project: articles, pronouns,
    auxiliaries, prepositions, conjunctions and their contractions, in the form that the
    tokeniser gives them. `US` is not in it, `us` is.

    Parameters
    ----------
    name
        `english` is the one list there is.

    Returns
    -------
    tuple of str
        The words in alphabetical order.

    Raises
    ------
    ValueError
        Where there is no list of that name.

    See Also
    --------
    framing.build_corpus : Leaves them out with `stop_words="english"`.

    Examples
    --------
    >>> import framing as fr
    >>> "the" in fr.stop_words(), "us" in fr.stop_words(), "US" in fr.stop_words()
    (True, True, False)
    """
    if name != "english":
        msg = (
            f"{not_one_of('stop_words', 'name', name, ['english'])} For another language pass "
            "words of your own, as in build_corpus(…, stop_words=['der', 'die'])."
        )
        raise ValueError(msg)
    return tuple(sorted(_ENGLISH.split()))


def normalise(form: str) -> str:
    """Return the term that a written form counts as.

    Lower case, straight apostrophes, plain hyphens; a possessive `'s` and the dots of an
    abbreviation in capitals fall away. The abbreviations that would turn into another word keep
    their capitals: `U.S.` and `US` are the term `US`, `us` is the pronoun.

    Parameters
    ----------
    form
        One token as it is written.

    Returns
    -------
    str
        The term.

    See Also
    --------
    framing.build_corpus : Counts terms.

    Examples
    --------
    >>> [normalise(form) for form in ["Russia’s", "U.S.", "US-led", "us", "U.K.", "UK", "p.m."]]
    ['russia', 'US', 'US-led', 'us', 'uk', 'uk', 'p.m.']
    """
    if form.isalpha():
        return form if form in CASED else form.lower()
    form = _bare(form)
    dotted = _DOTTED.match(form)
    if dotted and dotted[0].isupper():
        form = dotted[0].replace(".", "") + form[dotted.end() :]
    if not form.isupper() and "-" not in form:
        return form.lower()
    return "-".join(part if part in CASED else part.lower() for part in form.split("-"))


def _bare(form: str) -> str:
    """Return a form with straight apostrophes and plain hyphens, without possessive `'s`."""
    return _POSSESSIVE.sub("", form.translate(_APOSTROPHES))


def shape_of(form: str) -> int:
    """Return how a form is written: lower, capitalised, upper or mixed.

    Parameters
    ----------
    form
        One token as it is written.

    Returns
    -------
    int
        0 for `war` and numbers, 1 for `War` and `Cease-fire`, 2 for `WAR` and `U.S.`, 3 for
        `McCain` and `al-Assad`. A possessive does not count, a single capital is 1.

    See Also
    --------
    framing.Corpus : Holds the shapes of its tokens.

    Examples
    --------
    >>> [shape_of(form) for form in ["war", "War", "WAR's", "al-Assad", "A"]]
    [0, 1, 2, 3, 1]
    """
    if form.islower():
        return LOWER
    form = form if form.isalpha() else _bare(form)
    if form.lower() == form:
        return LOWER
    if form.isupper() and sum(map(str.isalpha, form)) > 1:
        return UPPER
    return CAPITALISED if form[0].isupper() and form[1:].lower() == form[1:] else MIXED


@dataclass(frozen=True)
class Tokens:
    """Tokens of many texts: which form stands where, and where texts and sentences begin.

    Attributes
    ----------
    forms : list of str
        The distinct written forms.
    codes : array of int32, shape (n_tokens,)
        For each token its place in `forms`.
    lengths : array of int64, shape (n_texts,)
        Tokens of each text.
    sentences : array of int64
        Index of the first token of each sentence that has a token.
    """

    forms: list[str]
    codes: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.int64]
    sentences: npt.NDArray[np.int64]


def split_sentences(text: str, *, language: str) -> list[str]:
    """Return the sentences of a text; joined together they are the text again."""
    import sentencex

    pieces: list[str] = sentencex.segment(language, text)
    if sum(map(len, pieces)) < len(text):  # it drops empty lines in texts of 10,000 characters
        starts = [0]
        for piece, after in itertools.pairwise(pieces):
            starts.append(text.index(after, starts[-1] + len(piece)))
        pieces = [text[start:stop] for start, stop in itertools.pairwise([*starts, len(text)])]
    return pieces


def tokenise(runs: Iterable[Sequence[str]], *, n_runs: int, language: str | None = "en") -> Tokens:
    """Split texts into tokens and sentences.

    Parameters
    ----------
    runs
        The texts, in runs of some megabytes; no more than a few runs are held at once.
    n_runs
        The number of runs, for the progress bar.
    language
        ISO 639-1 code for the rules of sentence splitting; None takes each text as one sentence.

    Returns
    -------
    Tokens
        Forms as written, codes, lengths and sentence starts, in the order of the texts.
    """
    from tqdm.auto import tqdm

    place: dict[str, int] = {}
    codes = bytearray()  # grows in place, where a list of arrays would be copied into one
    lengths, sizes = [], []
    for run in tqdm(_in_two_threads(runs, language), "tokens", n_runs, delay=1, leave=False):
        here = [place.setdefault(form, len(place)) for form in run.forms]
        codes += np.array(here, dtype=np.int32)[run.codes].data
        lengths.append(run.lengths)
        sizes.append(run.sizes)
    all_sizes = np.concatenate(sizes)
    starts = np.cumsum(all_sizes) - all_sizes
    flat = np.frombuffer(codes, dtype=np.int32)
    return Tokens(list(place), flat, np.concatenate(lengths), starts)


def _in_two_threads(runs: Iterable[Sequence[str]], language: str | None) -> Iterator[_Run]:
    """Tokenise runs of texts two at a time, in their order, holding at most three."""
    from concurrent.futures import Future, ThreadPoolExecutor

    waiting: deque[Future[_Run]] = deque()
    with ThreadPoolExecutor(2) as pool:
        for run in runs:
            waiting.append(pool.submit(_tokenise_run, run, language))
            if len(waiting) > 2:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@dataclass(frozen=True)
class _Run:
    """Tokens of a run of texts: their forms, and the tokens of each text and sentence."""

    forms: list[str]
    codes: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]


def _tokenise_run(texts: Sequence[str], language: str | None) -> _Run:
    """Return the tokens of a run of texts, coded within it in order of appearance.

    No token holds a space, so each distinct string between two spaces is looked at once only.
    """
    import polars as pl
    import pyarrow as pa

    pieces: Sequence[str] = texts
    owner = np.arange(len(texts))
    if language is not None:
        split = [split_sentences(text, language=language) for text in texts]
        owner = np.repeat(owner, [len(sentences) for sentences in split])
        pieces = [sentence for sentences in split for sentence in sentences]
    chunks, first_chunk = cut_at_spaces(pa.array(pieces, pa.large_string()))
    coded = chunks.dictionary_encode()
    found = pl.Series(coded.dictionary).str.extract_all(PATTERN)
    n_forms = found.list.len().to_numpy().astype(np.int32)  # a run has far fewer tokens than 2³¹
    forms = found.filter(pl.Series(n_forms > 0)).explode().to_arrow()
    forms = forms.cast(pa.large_string()).dictionary_encode()
    chunk = coded.indices.to_numpy(zero_copy_only=False)
    n_tokens = n_forms[chunk]
    stops = np.zeros(len(chunk) + 1, dtype=np.int32)
    np.cumsum(n_tokens, out=stops[1:])
    # For each token the place of its form among those of the distinct chunks.
    before = np.cumsum(n_forms, dtype=np.int32) - n_forms
    place = np.repeat(before[chunk] - stops[:-1], n_tokens)
    place += np.arange(len(place), dtype=np.int32)
    codes = forms.indices.to_numpy(zero_copy_only=False)[place].astype(np.int32)
    sizes = np.diff(stops[first_chunk]).astype(np.int64)
    lengths = np.bincount(owner, weights=sizes, minlength=len(texts)).astype(np.int64)
    return _Run(forms.dictionary.to_pylist(), codes, lengths, sizes[sizes > 0])


def cut_at_spaces(pieces: Any) -> tuple[Any, npt.NDArray[np.int64]]:
    """Return texts cut behind each space, without a copy, and the first chunk of each text."""
    import pyarrow as pa

    _, bounds, data = pieces.buffers()
    bounds = np.frombuffer(bounds, dtype=np.int64)[: len(pieces) + 1]
    if data is None or not bounds[-1]:
        return pieces[:0], np.zeros(len(pieces) + 1, dtype=np.int64)
    begins = np.empty(bounds[-1] + 1, dtype=bool)
    np.equal(np.frombuffer(data, dtype=np.uint8)[: bounds[-1]], ord(" "), out=begins[1:])
    begins[bounds] = True
    starts = np.flatnonzero(begins)  # the last one is the end
    chunks = pa.LargeStringArray.from_buffers(len(starts) - 1, pa.py_buffer(starts), data)
    return chunks, np.searchsorted(starts, bounds)


def token_spans(
    texts: Sequence[str], *, language: str | None = None
) -> list[list[tuple[int, int]]]:
    """Return where each token of each text begins and ends, in characters.

    The tokens are those of `tokenise` with the same language. A search from left to right finds
    each: a token begins with a letter or digit, and the pattern takes the first one it meets.
    """
    import polars as pl

    split = [
        [text] if language is None else split_sentences(text, language=language) for text in texts
    ]
    pieces = [piece for sentences in split for piece in sentences]
    found = iter(pl.Series(pieces, dtype=pl.String).str.extract_all(PATTERN).to_list())
    every = []
    for text, sentences in zip(texts, split, strict=True):
        spans, place = [], 0
        for form in (form for _ in sentences for form in next(found)):
            start = text.index(form, place)
            place = start + len(form)
            spans.append((start, place))
        every.append(spans)
    return every
