"""Synthetic articles with planted differences: the truth that measures are tested against."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing._checks import check_at_least, check_seed
from framing.datasets import made_words as words

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIRST_DAY, N_DAYS = "2024-01-01", 182
BLOCK = 5_000  # articles made at a time: bounds the memory
TERM_RATE, TOPIC_WEIGHT, FRAME_WEIGHT = 0.006, 0.45, 0.12  # shares of the nouns
COUNTRY_RATE, PERSON_RATE, GROUP_SHARE = 0.06, 0.10, 0.12
# How even an article's words are: the sum of the Dirichlet's parameters. Low means bursts.
EVENNESS = {"N": 60.0, "V": 60.0, "A": 60.0, "R": 60.0, "T": 4.0, "C": 5.0, "P": 3.0}

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


def planted_differences(*, effect: float = 1.0) -> pd.DataFrame:
    """Return what `make_articles` plants: the ratios that a sound measure should find again.

    Parameters
    ----------
    effect
        The `effect` that the articles are made with: every ratio is raised to this power.

    Returns
    -------
    DataFrame
        One row per planted difference: `kind` (`term`, `country`, `person`, `topic`, `frame` or
        `trend`), `item`, `source` (missing for a trend, which is the same in every source),
        `ratio`. For terms, countries and persons `ratio` is the rate per token in that source
        divided by the rate in each other source; for topics and frames the same of the share of
        articles; for trends the rate on the last day divided by the rate on the first.

    See Also
    --------
    make_articles : Makes the articles.

    Examples
    --------
    >>> from framing.datasets import planted_differences
    >>> planted = planted_differences()
    >>> planted[planted["source"] == "Gazette"]
           kind            item   source  ratio
    4      term     sovereignty  Gazette    4.0
    5      term         partner  Gazette    3.0
    6      term        militant  Gazette    2.0
    7      term       stability  Gazette    1.5
    17  country          Russia  Gazette    3.0
    21   person  Vladimir Putin  Gazette    2.0
    25    topic     battlefield  Gazette    2.0
    29    frame        security  Gazette    2.0
    """
    _check_effect("planted_differences", effect)
    kinds = {
        "term": words.TERMS,
        "country": words.COUNTRY_RATIOS,
        "person": words.PERSON_RATIOS,
        "topic": words.TOPIC_RATIOS,
        "frame": words.FRAME_RATIOS,
        "trend": tuple((term, None, ratio) for term, ratio in words.TRENDS),
    }
    rows = [(kind, *row) for kind, planted in kinds.items() for row in planted]
    table = pd.DataFrame(rows, columns=["kind", "item", "source", "ratio"])
    return table.astype({"source": "str"}).assign(ratio=table["ratio"] ** effect)


def make_articles(
    n_articles: int = 400,
    *,
    seed: int,
    effect: float = 1.0,
    copies: float = 0.05,
    length: int = 200,
) -> pd.DataFrame:
    """Make synthetic articles whose sources differ in known ways.

    Four sources of four countries publish over the first half of 2024. They differ in terms,
    in the countries and persons they name, in topics and in frames, by the ratios that
    `planted_differences` lists; two terms rise and fall over time. Words come in bursts, as in
    real articles: an article's words are drawn from its own Dirichlet distribution, so tests that
    take tokens for independent find too much. The sentences are grammatical and mean nothing;
    real people are only ever said to have been somewhere.

    Parameters
    ----------
    n_articles
        Number of articles, wire copies included.
    seed
        Start of the random numbers: the same seed gives the same articles.
    effect
        Size of the differences, 0 to 2: every planted ratio is raised to this power. With 0
        nothing is planted and the sources are exchangeable.
    copies
        Share of the articles, 0 to 0.5, that are wire copies of an article of another source,
        published on the same day or the next. Half of them lack the last paragraph and have a
        title of their own. A copy has the words of its origin, so the planted ratios hold for
        the originals: the rows in which a `story` appears first.
    length
        Words per article on average; single articles differ by a factor of 2 or more.

    Returns
    -------
    DataFrame
        One row per article, by date, with the columns of `read_articles` (`country` too) and the
        truth: `topic` (the topic that most of its topical words come from), `frame` (the frame
        that its words come from, or `plain`), `story` (the same for an article and its copies).

    Raises
    ------
    TypeError
        If `seed` is not a whole number of 0 or more.
    ValueError
        If another argument lies outside its range.

    See Also
    --------
    planted_differences : The planted ratios.
    load_sample : A small invented corpus that reads like news.

    Notes
    -----
    The numbers come from numpy's default generator, whose streams numpy may change between
    versions.

    Examples
    --------
    >>> from framing.datasets import make_articles
    >>> articles = make_articles(40, seed=1)
    >>> articles.shape
    (40, 12)
    >>> articles["source"].value_counts().sort_index().to_dict()
    {'Courier': 10, 'Gazette': 11, 'Herald': 10, 'Tribune': 9}
    """
    _check_arguments(n_articles, seed, effect=effect, copies=copies, length=length)
    rng = np.random.default_rng(seed)
    n_copies = round(copies * n_articles)
    made = [
        _make_originals(rng, min(BLOCK, n_articles - n_copies - start), effect, length)
        for start in range(0, n_articles - n_copies, BLOCK)
    ]
    originals = pd.concat(made, ignore_index=True)
    originals["story"] = [f"story-{number:06d}" for number in range(len(originals))]
    articles = _with_copies(rng, originals, n_copies).sort_values("date", kind="stable")
    numbers = np.arange(1, len(articles) + 1)
    return pd.DataFrame(
        {
            "doc_id": [f"made-{seed}-{number:06d}" for number in numbers],
            "source": articles["source"].to_numpy(),
            "date": articles["date"].to_numpy(dtype="datetime64[s]"),
            "title": articles["title"].to_numpy(),
            "text": articles["text"].to_numpy(),
            "country": articles["source"].map(words.SOURCES).to_numpy(),
            "file": "make_articles",
            "line": pd.array(numbers, dtype="Int64"),
            "encoding": pd.Series(np.nan, index=range(len(articles)), dtype="str"),
            "topic": articles["topic"].to_numpy(),
            "frame": articles["frame"].to_numpy(),
            "story": articles["story"].to_numpy(),
        }
    )


def _check_effect(where: str, effect: float) -> None:
    if not 0 <= effect <= 2:
        msg = f"{where}: effect={effect!r} is not between 0 and 2. Pass 0 to plant nothing."
        raise ValueError(msg)


def _check_arguments(
    n_articles: int, seed: int, *, effect: float, copies: float, length: int
) -> None:
    where = "make_articles"
    check_seed(where, seed)
    check_at_least(where, "n_articles", n_articles, 1)
    check_at_least(where, "length", length, 40)
    _check_effect(where, effect)
    if not 0 <= copies <= 0.5:
        msg = f"{where}: copies={copies!r} is not between 0 and 0.5. Pass a share of the articles."
        raise ValueError(msg)


def _make_originals(
    rng: np.random.Generator, n_articles: int, effect: float, length: int
) -> pd.DataFrame:
    """Return articles that are nobody's copies, with their truth."""
    names = np.array(list(words.SOURCES))
    source = rng.permutation(np.arange(n_articles) % len(names))
    days = rng.integers(0, N_DAYS, n_articles)
    topics, frames = list(words.TOPICS), [*words.FRAMES, "plain"]
    topic = _draw(rng, _group_shares(topics, words.TOPIC_RATIOS, effect)[source])
    frame = _draw(rng, _group_shares(frames, words.FRAME_RATIOS, effect)[source])
    chances = {
        "N": _noun_chances(source, topic, frame, time=days / (N_DAYS - 1), effect=effect),
        "C": _name_chances(words.COUNTRIES, words.COUNTRY_RATIOS, COUNTRY_RATE, effect)[source],
        "P": _name_chances(words.PERSONS, words.PERSON_RATIOS, PERSON_RATE, effect)[source],
    }
    for slot, terms in (("V", words.VERBS), ("A", words.ADJECTIVES), ("R", words.ADVERBS),
                        ("T", words.PLACES)):  # fmt: skip
        chances[slot] = np.tile(_falling(len(terms)), (n_articles, 1))
    bursts = {slot: _burst(rng, chance, EVENNESS[slot]) for slot, chance in chances.items()}
    return pd.DataFrame(
        {
            "source": names[source],
            "date": pd.Timestamp(FIRST_DAY).as_unit("s") + pd.to_timedelta(days, unit="D"),
            "title": _titles(rng, bursts),
            "text": _texts(rng, bursts, length),
            "topic": np.array(topics)[topic],
            "frame": np.array(frames)[frame],
        }
    )


def _with_copies(rng: np.random.Generator, originals: pd.DataFrame, n_copies: int) -> pd.DataFrame:
    """Return the articles and, behind them, copies of some under other sources."""
    names = list(words.SOURCES)
    copied = originals.iloc[rng.integers(0, len(originals), n_copies)].copy()
    own = copied["source"].map(names.index).to_numpy(dtype=np.int64)
    copied["source"] = np.array(names)[(own + rng.integers(1, len(names), n_copies)) % len(names)]
    later = pd.to_timedelta(rng.integers(0, 2, n_copies), unit="D")
    last = originals["date"].max()
    copied["date"] = (copied["date"] + later).clip(upper=last)
    cut = rng.random(n_copies) < 0.5
    titles = originals["title"].to_numpy()[rng.integers(0, len(originals), n_copies)]
    copied["title"] = np.where(cut, titles, copied["title"])
    shorter = copied["text"].str.rsplit("\n\n", n=1).str[0]
    copied["text"] = np.where(cut, shorter, copied["text"])
    return pd.concat([originals, copied], ignore_index=True)


def _falling(n_terms: int) -> Floats:
    """Return chances that fall with the rank, as word frequencies do (Zipf–Mandelbrot)."""
    weights = 1.0 / np.arange(3.0, n_terms + 3.0)
    weights /= weights.sum()
    return weights


def _group_shares(
    names: list[str], ratios: tuple[tuple[str, str, float], ...], effect: float
) -> Floats:
    """Return the share of articles by source and group; groups without a ratio take the rest."""
    sources = list(words.SOURCES)
    shares = np.zeros((len(sources), len(names)))
    for name, source, ratio in ratios:
        shares[:, names.index(name)] = GROUP_SHARE
        shares[sources.index(source), names.index(name)] *= ratio**effect
    free = shares[0] == 0
    shares[:, free] = ((1 - shares.sum(axis=1)) / free.sum())[:, None]
    return shares


def _name_chances(
    names: list[str], ratios: tuple[tuple[str, str, float], ...], rate: float, effect: float
) -> Floats:
    """Return the chances of names by source; names without a ratio take what is left."""
    sources = list(words.SOURCES)
    chances = np.zeros((len(sources), len(names)))
    for name, source, ratio in ratios:
        chances[:, names.index(name)] = rate
        chances[sources.index(source), names.index(name)] *= ratio**effect
    n_left = len(names) - len(ratios)
    chances[:, len(ratios) :] = (1 - chances.sum(axis=1))[:, None] * _falling(n_left)
    return chances


def _noun_chances(source: Ints, topic: Ints, frame: Ints, *, time: Floats, effect: float) -> Floats:
    """Return the chances of the nouns, article by article; general nouns take what is left.

    That the general nouns take the rest keeps each planted ratio exact: a term that is boosted
    in one source takes nothing from another planted term.
    """
    sources = list(words.SOURCES)
    terms = np.full((len(sources), len(words.TERMS)), TERM_RATE)
    for number, (_, name, ratio) in enumerate(words.TERMS):
        terms[sources.index(name), number] *= ratio**effect
    trends = [TERM_RATE * ratio ** (effect * (time - 0.5)) for _, ratio in words.TRENDS]
    topics = 0.9 * _lexicon(words.TOPICS) + 0.1 * _lexicon(words.TOPICS).mean(axis=0)
    frames = _lexicon(words.FRAMES)
    framed = np.vstack([FRAME_WEIGHT * frames, np.zeros(frames.shape[1])])
    special = [
        terms[source],
        np.column_stack(trends),
        TOPIC_WEIGHT * topics[topic],
        framed[frame] + 0.02 * frames.mean(axis=0),
    ]
    left = 1 - sum(part.sum(axis=1) for part in special)
    return np.hstack([*special, left[:, None] * _falling(len(words.NOUNS))])


def _lexicon(lists: dict[str, list[str]]) -> Floats:
    """Return one row of chances per list, over the terms of all lists in their order."""
    table = np.zeros((len(lists), sum(map(len, lists.values()))))
    start = 0
    for row, terms in enumerate(lists.values()):
        table[row, start : start + len(terms)] = _falling(len(terms))
        start += len(terms)
    return table


def _burst(rng: np.random.Generator, chances: Floats, evenness: float) -> Floats:
    """Draw each article's own distribution around the chances; return it summed up along rows."""
    own = rng.standard_gamma(evenness * chances).cumsum(axis=1)
    own /= own[:, -1:]
    return own


def _draw(rng: np.random.Generator, chances: Floats) -> Ints:
    """Draw one column for each row."""
    summed = chances.cumsum(axis=1)
    return _pick(summed, np.arange(len(summed)), rng.random(len(summed)))


def _pick(summed: Floats, rows: Ints, at: Floats) -> Ints:
    """Return the column in which each number from 0 to 1 falls, in its row of summed chances."""
    n_rows, n_columns = summed.shape
    flat = (summed + np.arange(n_rows)[:, None]).ravel()
    found: Ints = np.searchsorted(flat, at + rows, side="right") - rows * n_columns
    return found.clip(0, n_columns - 1)


def _slot_terms() -> dict[str, list[str]]:
    """Return the terms of each slot, in the order of its chances."""
    nouns = [planted[0] for planted in words.TERMS] + [planted[0] for planted in words.TRENDS]
    for lists in (words.TOPICS, words.FRAMES):
        nouns += [term for terms in lists.values() for term in terms]
    return {
        "N": nouns + words.NOUNS,
        "V": words.VERBS,
        "A": words.ADJECTIVES,
        "R": words.ADVERBS,
        "T": words.PLACES,
        "C": words.COUNTRIES,
        "P": words.PERSONS,
    }


def _fill(
    rng: np.random.Generator, patterns: str, rows: Ints, bursts: dict[str, Floats]
) -> tuple[NDArray[np.object_], Ints]:
    """Fill a random pattern for each row (article); return the words and each one's sentence."""
    slots = _slot_terms()
    lines = [line.split() for line in patterns.splitlines()]
    fixed = sorted({word for line in lines for word in line} - slots.keys())
    vocabulary = np.array([*fixed, *itertools.chain.from_iterable(slots.values())], object)
    codes = {word: number for number, word in enumerate(fixed)}
    codes |= {slot: -1 - number for number, slot in enumerate(slots)}
    sizes = np.array([len(line) for line in lines])
    flat = np.array([codes[word] for line in lines for word in line])
    chosen = rng.integers(0, len(lines), len(rows))
    sentence = np.repeat(np.arange(len(rows)), sizes[chosen])
    starts = np.concatenate([[0], sizes[chosen].cumsum()[:-1]])
    within = np.arange(len(sentence)) - starts[sentence]
    found = flat[(sizes.cumsum() - sizes)[chosen][sentence] + within]
    first = len(fixed)
    for number, (slot, terms) in enumerate(slots.items()):
        here = np.flatnonzero(found == -1 - number)
        found[here] = first + _pick(bursts[slot], rows[sentence[here]], rng.random(len(here)))
        first += len(terms)
    return vocabulary[found], sentence


def _join(tokens: NDArray[np.object_], sentence: Ints, article: Ints, opening: Ints) -> list[str]:
    """Join words into articles: capitals where sentences start, a blank line before paragraphs.

    `article` is each sentence's article, `opening` tells whether it opens a paragraph.
    """
    starts = np.flatnonzero(np.diff(sentence, prepend=-1))
    pieces = np.where(np.isin(tokens, [",", ".", ":"]), tokens, " " + tokens)
    for start, opens in zip(starts, opening, strict=True):
        word = tokens[start]
        pieces[start] = ("\n\n" if opens else " ") + word[0].upper() + word[1:]
    ends = np.append(np.flatnonzero(np.diff(article[sentence])) + 1, len(pieces))
    begins = np.concatenate([[0], ends[:-1]])
    return ["".join(pieces[a:b]).lstrip() for a, b in zip(begins, ends, strict=True)]


def _titles(rng: np.random.Generator, bursts: dict[str, Floats]) -> list[str]:
    rows = np.arange(len(bursts["N"]))
    tokens, sentence = _fill(rng, words.TITLES, rows, bursts)
    return _join(tokens, sentence, rows, np.zeros(len(rows), dtype=np.int64))


def _texts(rng: np.random.Generator, bursts: dict[str, Floats], length: int) -> list[str]:
    n_articles = len(bursts["N"])
    mean = np.mean([len(line.split()) for line in words.PATTERNS.splitlines()]) - 1.0
    spread = 0.4
    drawn = rng.lognormal(np.log(length / mean) - spread**2 / 2, spread, n_articles)
    rows = np.repeat(np.arange(n_articles), np.maximum(np.rint(drawn), 3).astype(np.int64))
    tokens, sentence = _fill(rng, words.PATTERNS, rows, bursts)
    opening = (rng.random(len(rows)) < 0.4).astype(np.int64)
    return _join(tokens, sentence, rows, opening)
