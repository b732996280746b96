"""Which aliases stand where, on which condition, and which of them are mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing import words
from framing.mentions.aliases import ANY, CAPITAL, EXACT, LOST, NO_END, NO_START, Aliases
from framing.mentions.stream import HYPHEN, PLAIN, QUOTE, UNSURE, Characters, Stream, Terms

_Ints = npt.NDArray[np.int64]
_Bools = npt.NDArray[np.bool_]

UNDATED = np.iinfo(np.int64).min

_TIMES = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
     "february", "march", "april", "may", "june", "july", "august", "september", "october",
     "november", "december"]
)  # fmt: skip
"""Words with a capital that may follow an office without being its holder's name."""


@dataclass(frozen=True)
class Matches:
    """Rows of the ledger that stand somewhere: first word, word after the last, row."""

    start: _Ints
    stop: _Ints
    row: _Ints

    def __len__(self) -> int:
        return len(self.start)

    def where(self, chosen: npt.NDArray[np.bool_] | _Ints) -> Matches:
        """Return some of the matches."""
        return Matches(self.start[chosen], self.stop[chosen], self.row[chosen])


@dataclass(frozen=True)
class Run:
    """A run of articles with all that decides what is a mention in it.

    Attributes
    ----------
    sign : array of uint8
        What stands behind each word of the stream.
    days : array of int64
        The date of each article of the corpus; UNDATED where it has none.
    inside_names : bool
        Whether a country counts inside another name.
    """

    aliases: Aliases
    terms: Terms
    stream: Stream
    characters: Characters
    sign: npt.NDArray[np.uint8]
    days: _Ints
    inside_names: bool


def make_run(
    aliases: Aliases, terms: Terms, stream: Stream, characters: Characters, *,
    days: _Ints, inside_names: bool,
) -> Run:  # fmt: skip
    """Return a run: signs stand behind tokens, hyphens behind all parts but the last."""
    place = stream.place - stream.place[0] if len(stream.place) else stream.place
    last = stream.part == stream.n_parts - 1
    sign = np.where(last, characters.sign[place], HYPHEN).astype(np.uint8)
    return Run(aliases, terms, stream, characters, sign, days, inside_names)


def find_matches(run: Run) -> Matches:
    """Return the mentions of a run of articles, in order of place."""
    word = np.where(run.stream.name >= 0, run.terms.word[run.stream.name], -1)
    start, stop, sequence = run.aliases.trie.find(word, run.stream.is_start)
    owner, row = run.aliases.rows.of_each(sequence)
    every = Matches(start[owner], stop[owner], row)
    if run.inside_names:
        every = every.where(~run.aliases.is_veto[every.row])
    every = every.where(_written(run, every, run.aliases.row_need[every.row]))
    every = every.where(_lost_where_it_must(run, every))
    every = every.where(_on_the_day(run, every))
    owner, entry = run.aliases.entries.of_each(sequence)
    noted = Matches(start[owner], stop[owner], entry)
    noted = noted.where(_written(run, noted, run.aliases.entry_need[entry]))
    every = every.where(_not_beside(run, every, noted))
    every = every.where(_in_article(run, every, noted, "not_with", if_any=False))
    named = _in_article(run, every, noted, "requires", if_any=True)
    every = _without_titles(run, every, named)
    named = _in_article(run, every, noted, "requires", if_any=True)
    first = _resolve(every.where(named), _plain_rank(run, every.where(named)))
    possible = named | run.aliases.fuller[every.row]
    every = every.where(possible)
    kept, rank = _fuller(run, every, first, named[possible])
    found = _resolve(every.where(kept), rank[kept])
    return found.where(~run.aliases.is_veto[found.row])


def _written(run: Run, matches: Matches, need: npt.NDArray[np.uint8]) -> _Bools:
    """Return whether each word is written as it must be."""
    fits = np.ones(len(matches), dtype=bool)
    length = matches.stop - matches.start
    for step in range(int(length.max(initial=0))):
        long = np.flatnonzero(fits & (length > step))
        shape, wanted = run.stream.shape[matches.start[long] + step], need[long, step]
        good = (wanted == ANY) | ((wanted == CAPITAL) & (shape != words.LOWER))
        fits[long] = good | (wanted == EXACT + shape) | (shape == UNSURE)
    return fits


def _lost_where_it_must(run: Run, matches: Matches) -> _Bools:
    """Return whether signs of lost letters stand in each match as in its alias."""
    fits = np.ones(len(matches), dtype=bool)
    base = run.stream.place[0] if len(run.stream.place) else 0
    aliases, written = run.aliases.ledger["alias"].tolist(), run.characters.written
    for at in np.flatnonzero(run.aliases.n_lost[matches.row]).tolist():
        first, last = run.stream.place[[matches.start[at], matches.stop[at] - 1]] - base
        fits[at] = _pieces(written(first, last)) == _pieces(aliases[matches.row[at]])
    return fits


def _pieces(text: str) -> list[int]:
    """Return how many letters and digits stand between the letters that were lost."""
    text = re.sub(r"(?:'|’)[sS]$", "", text)
    return [sum(map(str.isalnum, piece)) for piece in re.split(f"{LOST}+", text)]


def _on_the_day(run: Run, matches: Matches) -> _Bools:
    """Return whether the alias had its meaning on the article's day.

    Where the day is not known, only an alias that has meant one actor ever counts.
    """
    begin, end = run.aliases.valid_from[matches.row], run.aliases.valid_to[matches.row]
    day = run.days[run.stream.row[matches.start]]
    always = (begin == NO_START) & (end == NO_END)
    dated = (begin <= day) & (day < end)
    unknown = (day == UNDATED) & run.aliases.one_actor[matches.row]
    fits: _Bools = always | np.where(day == UNDATED, unknown, dated)
    return fits


def _beside(run: Run, at: _Ints) -> _Bools:
    """Return whether the word before a place and the one at it are parted by no sign."""
    before = run.sign[np.maximum(at - 1, 0)]
    beside: _Bools = (at > 0) & ~run.stream.is_start[at] & ((before == PLAIN) | (before == HYPHEN))
    return beside


def _not_beside(run: Run, matches: Matches, noted: Matches) -> _Bools:
    """Return whether no word stands in front or behind that must not."""
    fits = np.ones(len(matches), dtype=bool)
    free = run.aliases.is_country if run.inside_names else None
    for name, of_noted, of_match in (
        ("not_before", noted.start, matches.stop),
        ("not_after", noted.stop, matches.start),
    ):
        bad = _has(run, name, noted.where(_beside(run, of_noted)), at=of_match, row=matches.row)
        fits &= ~bad if free is None else ~bad | free[matches.row]
    return fits


def _has(run: Run, name: str, noted: Matches, *, at: _Ints, row: _Ints) -> _Bools:
    """Return whether a word of the row's condition stands right at a place."""
    condition = run.aliases.conditions[name]
    asked = condition.of_row[row]
    asking = np.flatnonzero(asked >= 0)
    looked_at = np.zeros(len(run.stream.name) + 1, dtype=bool)
    looked_at[at[asking]] = True
    place = noted.start if name == "not_before" else noted.stop
    near = np.flatnonzero(looked_at[place])
    owner, cell = condition.cells.of_each(noted.row[near])
    there = np.sort(place[near][owner] * condition.n_cells + cell)
    found = np.zeros(len(row), dtype=bool)
    found[asking] = _among(at[asking] * condition.n_cells + asked[asking], there)
    return found


def _in_article(run: Run, matches: Matches, noted: Matches, name: str, *, if_any: bool) -> _Bools:
    """Return whether one of the words stands in the article (or none); true where none is asked.

    A fuller form is not looked for here.
    """
    condition = run.aliases.conditions[name]
    article = run.stream.row
    owner, cell = condition.cells.of_each(noted.row)
    there = np.sort(article[noted.start[owner]] * condition.n_cells + cell)
    asked = condition.of_row[matches.row]
    key = article[matches.start] * condition.n_cells + asked
    fits: _Bools = (asked < 0) | (_among(key, there) == if_any)
    return fits


def _among(keys: _Ints, ordered: _Ints) -> _Bools:
    """Return which keys are among others that are in order."""
    if not len(ordered):
        return np.zeros(len(keys), dtype=bool)
    found: _Bools = ordered[np.minimum(np.searchsorted(ordered, keys), len(ordered) - 1)] == keys
    return found


def _without_titles(run: Run, matches: Matches, named: _Bools) -> Matches:
    """Leave out an office that stands in front of a name: then the name is the mention.

    In "US President Barack Obama" the country and the person are named; in "US President Richard
    Nixon" the office is not its present holder's.
    """
    aliases, stream = run.aliases, run.stream
    office = np.flatnonzero(aliases.is_office[matches.row])
    start, stop, row = matches.start[office], matches.stop[office], matches.row[office]
    named = named | aliases.fuller[matches.row]
    named &= aliases.is_person[matches.row]
    named &= ~aliases.is_office[matches.row]
    begins = np.sort(matches.start[named])
    n_actors = int(aliases.actor.max(initial=0)) + 1
    begins_of = np.sort(matches.start[named] * n_actors + aliases.actor[matches.row[named]])
    sign, inside = run.sign[stop - 1], ~stream.is_start[stop]
    bad = (sign == PLAIN) & inside & _among(stop, begins)
    bad |= (sign != QUOTE) & inside & _among(stop * n_actors + aliases.actor[row], begins_of)
    for back in range(1, 4):  # "President Putin" begins inside "Russian President"
        bad |= (stop - back > start) & _among(stop - back, begins)
    bad |= (sign == PLAIN) & inside & _is_name(run, np.minimum(stop, len(stream.name) - 1))
    bad |= (sign == HYPHEN) | (stream.part[start] > 0)
    kept = np.ones(len(matches), dtype=bool)
    kept[office[bad]] = False
    return matches.where(kept)


def _is_name(run: Run, at: _Ints) -> _Bools:
    """Return whether a word is written like a name; in headlines, where many are, never."""
    stream = run.stream
    times = np.append(run.terms.names.isin(_TIMES), True)
    field = run.characters.field[stream.place[at] - stream.place[0]]
    in_text = field == run.characters.field.max(initial=0)
    named: _Bools = in_text & (stream.shape[at] != words.LOWER) & ~times[stream.name[at]]
    return named


def _plain_rank(run: Run, matches: Matches) -> _Ints:
    """Return 0 for a row that asks for a word in the article, 1 for one that asks for nothing."""
    return (run.aliases.conditions["requires"].of_row[matches.row] < 0).astype(np.int64)


@dataclass(frozen=True)
class _Bearers:
    """Where actors are named in articles, to tell whom a surname means.

    Attributes
    ----------
    n_actors, size : int
        To make one number of article, actor and place.
    ordered : array of int64
        Those numbers, in order.
    """

    n_actors: int
    size: int
    ordered: _Ints

    def nearest(self, owner: _Ints, place: _Ints) -> tuple[_Ints, _Ints]:
        """Return the last place of each owner up to a place, and its first one after; or -1."""
        at = np.searchsorted(self.ordered, owner * self.size + place, side="right")
        padded = np.concatenate([[-1], self.ordered, [-1]])
        before, after = padded[at], padded[at + 1]
        return (
            np.where(before // self.size == owner, before % self.size, -1),
            np.where(after // self.size == owner, after % self.size, -1),
        )


def _bearers(run: Run, matches: Matches) -> _Bearers:
    """Return where the actors of some matches are named."""
    size, n_actors = len(run.stream.name) + 1, int(run.aliases.actor.max(initial=0)) + 1
    owner = run.stream.row[matches.start] * n_actors + run.aliases.actor[matches.row]
    return _Bearers(n_actors, size, np.sort(owner * size + matches.start))


def _fuller(run: Run, matches: Matches, first: Matches, named: _Bools) -> tuple[_Bools, _Ints]:
    """Return which matches have a fuller form where they ask for one, and the rank of each.

    Of several actors with one alias come first: the one whose word stands in the article; the
    usual bearer, who asks for nothing, if the article has named him before the others; then
    whose fuller form was last before; then the usual bearer; then whose fuller form comes next.
    """
    aliases, start = run.aliases, matches.start
    full = _bearers(run, first.where(aliases.is_name[first.row]))
    every = _bearers(run, first)
    size = full.size
    owner = run.stream.row[start] * full.n_actors + aliases.actor[matches.row]
    before, after = full.nearest(owner, start)
    _, earliest = every.nearest(owner, np.zeros(len(start), np.int64) - 1)
    _, earliest_full = full.nearest(owner, np.zeros(len(start), np.int64) - 1)
    asks = aliases.fuller[matches.row]
    rival = np.full(size, size)
    np.minimum.at(
        rival, start[asks & (earliest_full >= 0)], earliest_full[asks & (earliest_full >= 0)]
    )
    usual = (before >= 0) | ((earliest >= 0) & (earliest < np.minimum(rival[start], start)))
    rank = np.where(before >= 0, 2 + start - before, 4 * size + after)
    rank = np.where(asks, rank, np.where(usual, 1, 3 * size))
    rank[named & (aliases.conditions["requires"].of_row[matches.row] >= 0)] = 0
    return named | (asks & (np.maximum(before, after) >= 0)), rank


def _resolve(matches: Matches, rank: _Ints) -> Matches:
    """Choose one row for each place, the longest at each place, and from left to right."""
    if not len(matches):
        return matches
    order = np.lexsort((matches.row, rank, -matches.stop, matches.start))
    ordered = matches.where(order)
    best = np.append(True, ordered.start[1:] != ordered.start[:-1])
    longest = ordered.where(best)
    reach = np.maximum.accumulate(longest.stop)
    clear = np.append(True, longest.start[1:] >= reach[:-1])
    kept = clear & np.append(clear[1:], True)
    free = 0
    for number in np.flatnonzero(~kept).tolist():  # those over the same words as a neighbour
        if longest.start[number] >= free:
            kept[number], free = True, longest.stop[number]
    return longest.where(kept)
