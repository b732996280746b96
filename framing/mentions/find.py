"""Where actors and countries are named: `find_mentions`."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.corpus import Corpus, build_corpus, check_corpus
from framing.mentions.aliases import Aliases, code_ledger
from framing.mentions.match import UNDATED, Matches, Run, find_matches, make_run
from framing.mentions.rules import HOWS
from framing.mentions.senses import Default, defaults, find_senses, move_seats, word_bits
from framing.mentions.stream import (
    QUOTE,
    Terms,
    code_vocabulary,
    read_characters,
    read_stream,
)  # fmt: skip
from framing.phrases import join_phrases
from framing.schema import TABLES

_Ints = npt.NDArray[np.int64]

_RUN_SIZE = 300_000
"""Tokens that are looked at in one go: bounds what is held at once."""


def find_mentions(
    corpus: Corpus, ledger: pd.DataFrame, *, inside_names: bool = False
) -> pd.DataFrame:
    """Find every place where an actor or a country of the ledger is named.

    At each place the longest alias whose conditions hold, from left to right, no two over the
    same words, none across sentences. The parts of compounds count (`US-led`, `pro-Assad`). The
    rules are in docs/methods.md; read `mention_audit` before you believe any number.

    Parameters
    ----------
    corpus
        The corpus, whole or a part of it by `where`. What it leaves out (stop words, rare
        words) and what it joins (phrases) makes no difference to the mentions.
    ledger
        The table of `load_ledger`, or some rows of it. Names inside other names ("Washington
        Post") are told apart by its rows of kind `veto`, so keep those.
    inside_names
        Whether a country also counts inside another name: then vetoes do nothing, nor do the
        words that must not stand next to a country's alias.

    Returns
    -------
    DataFrame
        One row a mention, in order of article and place: `doc_id`, `field` (the column of the
        articles: title, text), `sentence` (number in the article, from 0), `start`, `stop`
        (tokens, counted from the start of the article with its gaps, as in `kwic`), `surface` (the
        original characters without possessive 's), `actor`, `kind`, `country` (missing where the
        actor belongs to none), `sense` (what it stands for: government, place, people or other
        for a country; person, organisation), `alias_kind`, `how` (the rule that decided on the
        sense or the actor), `ledger` (its version). Empty where nobody is named.

        In an article without a date an alias whose meaning changes with the date (an office)
        counts only where it has meant one actor ever.

    Raises
    ------
    ValueError
        Where the ledger lacks a column, or the corpus holds only contexts.
    TypeError
        Where the corpus is no Corpus, the ledger not a table, or the articles' dates are not dates.

    See Also
    --------
    framing.load_ledger : Who is meant by which words.
    framing.mention_audit : Which strings became whom.
    framing.contexts : The words around mentions, as a corpus.
    framing.salience : How much attention goes to whom.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> text = "In northern Syria, Russian jets hit ISIS. Moscow said so; Assad's army did not."
    >>> articles = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> mentions = fr.find_mentions(corpus, fr.load_ledger())
    >>> mentions[["surface", "actor", "sense", "how"]]
       surface             actor         sense                       how
    0    Syria             Syria         place        direction in front
    1  Russian            Russia    government  owner of a state's organ
    2     ISIS     Islamic State  organisation          as in the ledger
    3   Moscow            Russia    government         subject of a verb
    4    Assad  Bashar al-Assad        person          as in the ledger
    """
    check_corpus("find_mentions", corpus)
    TABLES["ledger"].check("find_mentions", ledger)
    if corpus.origin is not None:
        msg = (
            "find_mentions: the corpus holds contexts of mentions, not whole articles. "
            "Pass the corpus that build_corpus() returned."
        )
        raise ValueError(msg)
    whole, place = whole_corpus(corpus)
    aliases = code_ledger(ledger)
    terms = code_vocabulary(whole.vocabulary, aliases)
    task = _Task(
        whole, aliases, terms, defaults(aliases), word_bits(terms.names), _days(whole), inside_names
    )
    return _table(task, place, list(_in_two_threads(task)))


@dataclass(frozen=True)
class _Task:
    """What is the same for all runs of articles."""

    corpus: Corpus
    aliases: Aliases
    terms: Terms
    default: Default
    bits: _Ints
    days: _Ints
    inside_names: bool


@dataclass(frozen=True)
class _Found:
    """Mentions of a run of articles, column by column."""

    row: _Ints
    start: _Ints
    stop: _Ints
    field: _Ints
    surface: list[str]
    alias: _Ints
    sense: _Ints
    how: _Ints


def whole_corpus(corpus: Corpus) -> tuple[Corpus, _Ints | None]:
    """Return the corpus with all words, and for each of its places the place in the one given.

    Names may hold stop words and rare words, and phrases may hide them.
    """
    settings = corpus.settings
    phrases = settings.get("phrases") or []
    if not phrases and not settings.get("stop_words") and settings.get("min_count", 1) == 1:
        return corpus, None
    whole = build_corpus(corpus.articles, fields=settings["fields"], language=settings["language"])
    sequences = [tuple(phrase.split()) for phrase in phrases]
    _, _, kept = join_phrases(whole.codes, list(whole.vocabulary), sequences, whole.sentences)
    return whole, np.cumsum(kept) - 1


def runs_of(corpus: Corpus) -> list[tuple[int, int]]:
    """Return the first and the last row, exclusive, of runs of articles."""
    cuts = np.unique(corpus.offsets[1:] // _RUN_SIZE, return_index=True)[1].tolist()
    return list(pairwise(sorted({0, *cuts, len(corpus)})))


def _days(corpus: Corpus) -> _Ints:
    """Return the date of each article as days since 1970."""
    articles = corpus.articles
    if "date" not in articles.columns:
        return np.full(len(articles), UNDATED)
    dates = articles["date"]
    if not pd.api.types.is_datetime64_any_dtype(dates):
        msg = (
            f"find_mentions: column 'date' of the articles is {dates.dtype}, not dates. "
            "Convert it with pd.to_datetime() before build_corpus()."
        )
        raise TypeError(msg)
    days = dates.dt.tz_localize(None).to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.where(dates.isna().to_numpy(), UNDATED, days)


def _in_two_threads(task: _Task) -> Iterator[_Found]:
    """Look at runs of articles two at a time, in their order."""
    from concurrent.futures import Future, ThreadPoolExecutor

    from tqdm.auto import tqdm

    waiting: deque[Future[_Found]] = deque()
    runs = runs_of(task.corpus)
    with ThreadPoolExecutor(2) as pool:
        for first, last in tqdm(runs, "mentions", delay=1, leave=False):
            waiting.append(pool.submit(_find_in_run, task, first, last))
            if len(waiting) > 2:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _find_in_run(task: _Task, first: int, last: int) -> _Found:
    """Return the mentions of some articles."""
    stream = read_stream(task.corpus, task.terms, first, last)
    characters = read_characters(task.corpus, first, last)
    run = make_run(
        task.aliases, task.terms, stream, characters, days=task.days, inside_names=task.inside_names
    )
    matches = find_matches(run)
    surface, possessive = _surfaces(run, matches)
    sense, how = find_senses(run, matches, task.default, bits=task.bits, possessive=possessive)
    row, sense, how = move_seats(matches.row, sense, how, task.default)
    start, stop = stream.place[matches.start], stream.place[matches.stop - 1] + 1
    field = characters.field[start - task.corpus.offsets[first]]
    return _Found(stream.row[matches.start], start, stop, field, surface, row, sense, how)


def _surfaces(run: Run, matches: Matches) -> tuple[list[str], npt.NDArray[np.bool_]]:
    """Return the characters of each mention without possessive, and whether it had one."""
    stream, last = run.stream, matches.stop - 1
    base = stream.place[0] if len(stream.place) else 0
    first_place, last_place = stream.place[matches.start] - base, stream.place[last] - base
    distinct, each = run.characters.written_each(first_place, last_place)
    bare = [_bare(text) for text in distinct]
    texts = np.array([text for text, _ in bare], dtype=object)[each]
    possessive = np.array([len(owns) > 0 for _, owns in bare], dtype=bool)[each]
    cut = (stream.part[matches.start] > 0) | (stream.part[last] < stream.n_parts[last] - 1)
    for number in np.flatnonzero(cut).tolist():
        before = int(stream.part[matches.start[number]])
        after = int(stream.n_parts[last[number]] - 1 - stream.part[last[number]])
        texts[number], owns = _bare(_part(distinct[each[number]], before, after))
        possessive[number] = len(owns) > 0
    data, end = run.characters.data, run.characters.end
    for number in np.flatnonzero(run.sign[last] == QUOTE).tolist():
        at = int(end[last_place[number]])
        follows = data[at : at + 4].startswith((b"' ", "’ ".encode()))
        possessive[number] |= follows and texts[number][-1] in "sS"  # the US' economy
    return texts.tolist(), possessive


def _bare(text: str) -> tuple[str, str]:
    """Return a name without its possessive, white space as single spaces, and the possessive."""
    owns = text[-2:] if text[-2:-1] in {"'", "’"} and text[-1] in "sS" else ""
    name = text.removesuffix(owns)
    return (name if text.isprintable() else " ".join(name.split())), owns


def _part(text: str, n_before: int, n_after: int) -> str:
    """Return a text without so many parts at its ends that hyphens set apart."""
    plain = text.replace("‐", "-").replace("‑", "-")
    first, last = 0, len(text)
    for _ in range(n_before):
        first = plain.index("-", first) + 1
    for _ in range(n_after):
        last = plain.rindex("-", first, last)
    return text[first:last]


def _table(task: _Task, place: _Ints | None, parts: list[_Found]) -> pd.DataFrame:
    """Return the mentions as a table, its places those of the corpus that was given."""
    row, start, stop, field, alias, sense, how = (
        np.concatenate([np.empty(0, np.int64), *(getattr(part, name) for part in parts)])
        for name in ("row", "start", "stop", "field", "alias", "sense", "how")
    )
    corpus, ledger = task.corpus, task.aliases.ledger
    sentence = np.searchsorted(corpus.sentences, start, side="right") - 1
    sentence -= np.searchsorted(corpus.sentences, corpus.offsets[row])
    first = corpus.offsets[row]
    if place is not None:
        start, stop, first = place[start], place[stop - 1] + 1, place[first]
    return pd.DataFrame(
        {
            "doc_id": corpus.articles["doc_id"].array.take(row),
            "field": pd.array(corpus.settings["fields"], dtype="str").take(field),
            "sentence": sentence,
            "start": start - first,
            "stop": stop - first,
            "surface": pd.array([text for part in parts for text in part.surface], dtype="str"),
            **{name: ledger[name].array.take(alias) for name in ("actor", "kind", "country")},
            "sense": pd.array(task.default.names, dtype="str").take(sense),
            "alias_kind": ledger["alias_kind"].array.take(alias),
            "how": pd.array(HOWS, dtype="str").take(how),
            "ledger": ledger["version"].array.take(alias),
        }
    )
