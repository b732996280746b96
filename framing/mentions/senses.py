"""What a country's name stands for: government, place, people or other, by the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing import words
from framing.mentions.lists import LISTS
from framing.mentions.rules import (
    ALONE,
    DATELINE,
    DEFAULTS,
    ENDS,
    FULLER_FORM,
    GOVERNMENT,
    HOLDER,
    HOWS,
    LEDGER,
    LISTED,
    NO_RULE,
    NOUNS,
    OTHER,
    PEOPLE,
    PLACE,
    PLURAL,
    RULES,
    SEAT,
    SEATS,
    TOWN,
    UNKNOWN,
    WORD,
)
from framing.mentions.stream import COMMA, DASH, HYPHEN, PARENTHESIS, PLAIN, SIGN

if TYPE_CHECKING:
    from framing.mentions.aliases import Aliases
    from framing.mentions.match import Matches, Run

_Ints = npt.NDArray[np.int64]
_Bools = npt.NDArray[np.bool_]

_ENDINGS = {
    "*ed": ("ed",),
    "*ing": ("ing",),
    "*ist": ("ist", "ists"),
    "*s": ("s",),
    "*tion": ("tion", "tions", "sion", "sions", "ment", "ments", "ness"),
    "*er": ("er", "ers", "or", "ors", "eer", "eers", "woman", "women"),
}
"""Lists of words by how they end: those of five letters or more."""

_BITS = {
    name: 1 << number
    for number, name in enumerate([*LISTS, *_ENDINGS, "agent", "name", "the", "any"])
}

_LETTER = {
    "name": "N", "former name": "N", "part": "N", "acronym": "Y", "capital": "C",
    "adjective": "A", "demonym": "A", "metonym": "M",
}  # fmt: skip
_FLAG = {letter: 1 << number for number, letter in enumerate("NYCAM")}


_LONGEST_LIST = 12
"""Names in a list that one of them decides."""

_CLOSES = sum(_BITS[name] for name in (*ENDS, "adverb", "the"))
_DEGREE = _BITS["degree"]
_SOMETHING = _BITS["any"]
"""Set for every word, so that a word in no list differs from no word."""


def word_bits(names: pd.Index[str]) -> _Ints:
    """Return for each name the lists that it is in, as bits; a last value for a gap."""
    bits = np.append(np.full(len(names), _SOMETHING), 0)
    long = names.str.len() > 4
    for name, endings in _ENDINGS.items():
        bits[:-1] |= np.where(names.str.endswith(endings) & long, _BITS[name], 0)
    listed = {name: text.split() for name, text in LISTS.items()} | {"the": ["the", "a", "an"]}
    for name, forms in listed.items():
        at = names.get_indexer(pd.Index([words.normalise(form) for form in forms], dtype="str"))
        bits[at[at >= 0]] |= _BITS[name]
    agent = (_BITS["*ist"], _BITS["persons"]), (_BITS["*er"], _BITS["agent"])
    plain = bits & ~sum(_BITS[name] for name in (*_ENDINGS, "any")) == 0
    for ending, kind in agent:
        bits |= np.where(plain & (bits & ending > 0), kind | _BITS["weak"], 0)
    return bits


@dataclass
class _Senses:
    """What has been decided so far.

    Attributes
    ----------
    flag : array of int64
        The kind of each alias as a bit; 0 where it is not a country's.
    sense, how : array of int64
        Places in `names_of_senses` and HOWS.
    open : array of bool
        Whether no rule has decided yet.
    """

    flag: _Ints
    names: list[str]
    sense: _Ints
    how: _Ints
    open: _Bools

    def decide(self, fits: _Bools, aliases: str, how: str, sense: str) -> None:
        """Settle those that are open and of these aliases."""
        wanted = sum(_FLAG[letter] for letter in aliases)
        chosen = np.flatnonzero(self.open & fits & (self.flag & wanted > 0))
        self.sense[chosen], self.how[chosen] = self.names.index(sense), HOWS.index(how)
        self.open[chosen] = False

    def copy(self, at: _Ints, other: _Ints) -> None:
        """Settle some as others are settled."""
        self.sense[at], self.how[at], self.open[at] = self.sense[other], HOWS.index(LISTED), False


@dataclass(frozen=True)
class Default:
    """What the ledger says of each row: its sense, and the kind of alias as a bit.

    `seat` is the row of the power that a capital stands for in place of its country, or -1.
    """

    names: list[str]
    sense: _Ints
    how: _Ints
    flag: _Ints
    plural: _Bools
    seat: _Ints


def defaults(aliases: Aliases) -> Default:
    """Return the senses of the ledger's rows."""
    ledger = aliases.ledger
    sense, distinct = pd.factorize(ledger["sense"].fillna(OTHER))
    names = list(dict.fromkeys([*distinct, *(rule.sense for rule in RULES), PEOPLE, OTHER]))
    flag = ledger["alias_kind"].map(_LETTER).map(_FLAG).fillna(0).to_numpy(dtype=np.int64)
    plural = np.asarray(ledger["alias_kind"] == "demonym", dtype=bool)
    how = np.full(len(ledger), HOWS.index(LEDGER))
    how[ledger["requires"].notna() & ~aliases.fuller] = HOWS.index(WORD)
    how[aliases.fuller] = HOWS.index(FULLER_FORM)
    how[aliases.is_office] = HOWS.index(HOLDER)
    flag = np.where(aliases.is_country, flag, 0)
    codes = sense.astype(np.int64)
    return Default(names, codes, how, flag.astype(np.int64), plural, _seats(ledger))


def _seats(ledger: pd.DataFrame) -> _Ints:
    """Return for each row the row of the power whose seat it is, or -1."""
    seat = np.full(len(ledger), -1)
    for alias, power in SEATS.items():
        named = np.flatnonzero((ledger["actor"] == power) & (ledger["alias"] == power))
        capital = (ledger["alias"] == alias) & (ledger["alias_kind"] == "capital")
        seat[np.flatnonzero(capital)] = named[0] if len(named) else -1
    return seat


def move_seats(
    row: _Ints, sense: _Ints, how: _Ints, default: Default
) -> tuple[_Ints, _Ints, _Ints]:
    """Return rows, senses and rules with capitals as the powers that they stand for.

    Where no rule has decided on one of these capitals it is a place.
    """
    seat = default.seat[row]
    acts = (seat >= 0) & (sense == default.names.index(GOVERNMENT))
    unknown = acts & (how == HOWS.index(NO_RULE))
    moved = acts & ~unknown
    sense = np.where(unknown, default.names.index(PLACE), sense)
    sense = np.where(moved, default.sense[seat], sense)
    return np.where(moved, seat, row), sense, np.where(moved, HOWS.index(SEAT), how)


def find_senses(
    run: Run, matches: Matches, default: Default, *, bits: _Ints, possessive: _Bools
) -> tuple[_Ints, _Ints]:
    """Return for each match its sense (a place in `default.names`) and rule (one in HOWS).

    Parameters
    ----------
    run, matches, default
        The run, its mentions, and what the ledger says of its rows.
    bits
        What `word_bits` returns for the names of the vocabulary.
    possessive
        Whether the mention ends in `'s`.
    """
    flag = default.flag[matches.row]
    state = _Senses(
        flag, default.names, default.sense[matches.row], default.how[matches.row], flag > 0
    )
    if not len(matches):
        return state.sense, state.how
    plural = default.plural[matches.row]
    near = _around(run, matches, bits=bits, flag=flag, possessive=possessive, plural=plural)
    apart = ~possessive & (near["before"] & _BITS["links"] == 0)
    near["name"] = _BITS["name"] * (_before_a_name(run, matches, bits) & ~possessive)
    near["thing"] = _BITS["name"] * (_before_a_thing(run, matches, bits) & apart)
    near["governor"] = _governors(run, matches, bits)
    state.decide(_datelines(run, matches, bits), "NC", DATELINE, PLACE)
    state.decide(_after_a_town(run, matches, default, bits), "NCY", TOWN, PLACE)
    linked = _linked(run, matches, bits, flag)
    for rule in RULES:
        if rule.at == "governor":
            _list_of_places(linked, near["before"], state)
        state.decide(near[rule.at] & _BITS[rule.words] > 0, rule.aliases, rule.how, rule.sense)
    _list(linked[0], state)
    every = np.ones(len(matches), dtype=bool)
    followed = (near["next"] > 0) & (near["next"] & _CLOSES == 0)
    state.decide(plural, "A", PLURAL, PEOPLE)
    state.decide(followed, "A", UNKNOWN, OTHER)
    state.decide(every, "A", ALONE, PEOPLE)
    for aliases, sense in DEFAULTS.items():
        state.decide(every, aliases, NO_RULE, sense)
    return state.sense, state.how


def _around(
    run: Run, matches: Matches, *, bits: _Ints, flag: _Ints, possessive: _Bools, plural: _Bools
) -> dict[str, _Ints]:
    """Return the lists that the words around each match are in, by where a rule looks."""
    stream, n = run.stream, len(run.stream.name)
    joined = ((run.sign == PLAIN) | (run.sign == HYPHEN)) & ~stream.is_start[1:]
    joined[matches.stop[possessive] - 1] |= ~stream.is_start[matches.stop[possessive]]
    follow = np.append(np.where(joined, np.arange(1, n + 1), n), n)
    precede = np.append(np.where(np.append(False, joined[:-1]), np.arange(-1, n - 1), n), n)
    of = np.append(bits[stream.name], 0)
    first, last = matches.start, matches.stop - 1
    before = precede[first]
    before = np.where(of[before] & _BITS["the"] > 0, precede[before], before)
    after = np.where(possessive, n, follow[last])
    after = np.where(of[after] & (_BITS["the"] | _BITS["adverb"]) > 0, follow[after], after)
    main = np.where(of[after] & _BITS["helping"] > 0, follow[after], after)
    main = np.where(of[main] & _BITS["adverb"] > 0, follow[main], main)
    source = precede[np.where(of[before] & _BITS["from"] > 0, before, n)]
    owned = precede[np.where(of[before] & _BITS["of"] > 0, before, n)]
    near = precede[np.where(of[before] & _BITS["with"] > 0, before, n)]
    within = precede[np.where(of[before] & _BITS["in"] > 0, before, n)]
    named = np.where((of[follow[last]] > 0) & (of[follow[last]] & _CLOSES == 0), precede[first], n)
    whole_before = stream.part[first] == 0
    whole_after = stream.part[last] == stream.n_parts[last] - 1
    paired = (run.sign[last] == HYPHEN) | (stream.part[first] > 0)
    reach = np.where((flag & (_FLAG["A"] | _FLAG["Y"]) > 0) | possessive | paired, 4, 1)
    reach[plural & ~possessive] = 0
    alone = plural | ((flag & _FLAG["A"] == 0) & (before != precede[first]) & ~possessive)
    noun = _nouns(of, follow, last, reach=reach + possessive, alone=alone)
    closes = (of[follow[last]] & _CLOSES > 0) & (of[follow[last]] & _DEGREE == 0)
    unknown = possessive & (noun == 0) & ~closes
    bare = (before == precede[first]) & (of[before] & (_BITS["links"] | _BITS["said"]) == 0)
    return {
        "before": of[before],
        "after": of[after],
        "after alone": np.where(bare, of[after], 0),
        "after is": of[follow[np.where(of[after] & _BITS["is"] > 0, after, n)]],
        "main": of[main],
        "later is": _later(of, follow, np.where(of[after] & _BITS["is"] > 0, after, n)),
        "later": _later(of, follow, np.where(of[main] & _BITS["holds"] > 0, main, n)),
        "own": np.where(unknown, of[follow[last]], 0),
        "before from": of[source],
        "before of": of[owned],
        "before with": of[near],
        "before in": of[within],
        "article": of[named],
        "next": of[follow[last]],
        "next two": of[follow[last]] | of[follow[follow[last]]],
        "bare next": np.where(possessive, 0, of[follow[last]]),
        "noun": noun,
        "part": of[np.where(whole_after, n, last + 1)],
        "part before": of[np.where(whole_before, n, first - 1)],
    }


def _later(of: _Ints, follow: _Ints, here: _Ints) -> _Ints:
    """Return the lists of the four words behind a word, all together."""
    lists = np.zeros(len(here), np.int64)
    for _ in range(4):
        here = follow[here]
        lists |= of[here]
    return lists


def _nouns(of: _Ints, follow: _Ints, last: _Ints, *, reach: _Ints, alone: _Bools) -> _Ints:
    """Return the lists of the noun behind each match: the first, or else the last weak one.

    Behind those that are not `alone` it may stand behind "and": "US and foreign companies".
    """
    nouns = sum(_BITS[name] for name in (*NOUNS, "agent"))
    ends = sum(_BITS[name] for name in ENDS)
    people = _BITS["persons"] | _BITS["agent"]
    strong, weak, here, n = (
        np.zeros(len(last), np.int64),
        np.zeros(len(last), np.int64),
        last,
        len(follow) - 1,
    )
    is_weak = linked = np.zeros(len(last), dtype=bool)
    for step in range(5):
        further = (reach > step) | ((step < 3) & (here != last) & is_weak)
        here = np.where(further, follow[here], n)
        listed = np.where(linked, 0, of[here] & nouns)
        is_weak = (of[here] & _BITS["weak"] > 0) & (listed > 0)
        weak = np.where((strong == 0) & is_weak, listed, weak)
        strong = np.where((strong == 0) & ~is_weak, listed, strong)
        stops = (of[here] & ends > 0) & (of[here] & _DEGREE == 0)
        stops |= linked & (of[here] & (nouns | _BITS["the"]) > 0)
        links = (of[here] & _BITS["links"] > 0) & ~alone & (weak & people == 0)
        linked = links & (step == 0)
        here = np.where(stops & (listed == 0) & ~links, n, here)
    return np.where(strong > 0, strong, weak)


def _before_a_name(run: Run, matches: Matches, bits: _Ints) -> _Bools:
    """Return which matches stand in front of two words written like a person's name."""
    stream, n = run.stream, len(run.stream.name)
    field = run.characters.field[stream.place[matches.start] - stream.place[0]]
    found: _Bools = field == run.characters.field.max()
    listed = sum(_BITS[name] for name in (*NOUNS, *ENDS, "agent"))
    for step in range(2):
        here = np.minimum(matches.stop + step, n - 1)
        found &= (matches.stop + step < n) & ~stream.is_start[here] & (run.sign[here - 1] == PLAIN)
        found &= (stream.shape[here] == words.CAPITALISED) & (bits[stream.name[here]] & listed == 0)
    return found


def _before_a_thing(run: Run, matches: Matches, bits: _Ints) -> _Bools:
    """Return which matches stand in front of a word of no list that is hardly a verb."""
    stream, n = run.stream, len(run.stream.name)
    here = np.minimum(matches.stop, n - 1)
    field = run.characters.field[stream.place[matches.start] - stream.place[0]]
    calm = (stream.shape[here] == words.LOWER) | (field == run.characters.field.max())
    beside = (run.sign[here - 1] == PLAIN) & ~stream.is_start[here] & (matches.stop < n)
    known = ~(_SOMETHING | _BITS["*er"] | _BITS["*ist"] | _BITS["*tion"])
    found: _Bools = calm & beside & (bits[stream.name[here]] & known == 0)
    return found


def _governors(run: Run, matches: Matches, bits: _Ints) -> _Ints:
    """Return the lists of the word in front of a name and "and": "in" for `in Europe and Syria`.

    Between the two stand only words with a capital, "the" and "and".
    """
    stream = run.stream
    of = bits[stream.name]
    passes = _BITS["the"] | _BITS["links"] | _BITS["class"] | _BITS["such"] | _BITS["including"]
    ends = _BITS["in"] | _BITS["from"] | _BITS["with"] | _BITS["of"]
    closes = sum(_BITS[name] for name in ENDS)
    at, linked = matches.start.copy(), np.zeros(len(matches), dtype=bool)
    going, lists = np.ones(len(matches), dtype=bool), np.zeros(len(matches), np.int64)
    last = np.maximum(at - 2, 0)
    listing = of[np.maximum(at - 1, 0)] & _BITS["including"] > 0
    such = (of[last] & _BITS["such"] > 0) & (of[np.maximum(at - 1, 0)] & _BITS["as"] > 0)
    linked |= listing | such
    for step in range(10):
        going &= (at > 0) & ~stream.is_start[at] & (run.sign[at - 1] == PLAIN)
        at = np.where(going, at - 1, at)
        link = going & (of[at] & _BITS["links"] > 0)
        linked |= link
        if step < 2:
            going &= linked | (of[at] & _BITS["the"] > 0)
        ended = going & (of[at] & ends > 0)
        lists[ended] = of[at[ended]]
        loud = (stream.shape[at] != words.LOWER) | (of[at] & passes > 0)
        loud |= (listing | such) & ((of[at] & closes == 0) | (step < 2))
        going &= ~ended & loud
    return lists


def _datelines(run: Run, matches: Matches, bits: _Ints) -> _Bools:
    """Return which matches are the place before an article: `MOSCOW, February 7. /TASS/`."""
    stream, n = run.stream, len(run.stream.name)
    field = run.characters.field[stream.place - stream.place[0]]
    changed = (stream.row[1:] != stream.row[:-1]) | (field[1:] != field[:-1])
    starts = np.append(0, np.flatnonzero(changed) + 1)
    at = matches.start - starts[np.searchsorted(starts, matches.start, side="right") - 1]
    in_text = field[matches.start] == field.max()
    loud = stream.shape[matches.start] == words.UPPER
    calm = np.append(stream.shape, words.LOWER)[matches.stop] != words.UPPER
    sign = run.sign[matches.stop - 1]
    signed = np.isin(sign, [COMMA, DASH, PARENTHESIS, SIGN])
    of = np.append(bits[stream.name], 0)
    soon = np.zeros(len(matches), dtype=bool)
    for step in range(4):
        near = of[np.minimum(matches.stop + step, n)]
        soon |= near & (_BITS["agency"] | _BITS["months"]) > 0
    found: _Bools = in_text & (
        ((at <= 5) & loud & (calm | signed))
        | ((at <= 2) & soon & signed)
        | ((at == 0) & (sign == DASH))
    )
    return found


def _after_a_town(run: Run, matches: Matches, default: Default, bits: _Ints) -> _Bools:
    """Return which matches are in a name of a place: `Essen, Germany`, `Cairo, Egypt`."""
    stream, n = run.stream, len(run.stream.name)
    taken = np.zeros(n + 1, dtype=bool)
    length = matches.stop - matches.start
    step = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
    taken[np.repeat(matches.start, length) + step] = True
    before = np.maximum(matches.start - 1, 0)
    named = (
        (stream.shape[before] == words.CAPITALISED) & ~taken[before] & (run.sign[before] == COMMA)
    )
    inside = (matches.start > 0) & ~stream.is_start[matches.start]
    alone = (run.sign[matches.stop - 1] != PLAIN) | stream.is_start[matches.stop]
    listed = np.append(stream.is_start, True)[before] | stream.is_start[before]
    found: _Bools = named & inside & alone & ~listed
    follows = (matches.start[1:] == matches.stop[:-1]) & (run.sign[matches.start[1:] - 1] == COMMA)
    actor, flag = run.aliases.actor[matches.row], default.flag[matches.row]
    pair = follows & (actor[1:] == actor[:-1]) & (flag[:-1] == _FLAG["C"])
    town = bits[stream.name[before]] & _BITS["land"] > 0
    found |= town & (run.sign[before] == COMMA) & inside & (flag == _FLAG["C"])
    found[:-1] |= pair
    found[1:] |= pair
    return found


def _linked(run: Run, matches: Matches, bits: _Ints, flag: _Ints) -> tuple[_Bools, _Bools]:
    """Return which matches but the first stand behind the last one and a comma or "and".

    "in Moscow and Washington", "Russia, Iran and Turkey". The second array: only those with "and".
    """
    stop, n = matches.stop[:-1], len(run.stream.name)
    gap = matches.start[1:] - stop
    between = bits[run.stream.name[np.minimum(stop, n - 1)]]
    second = bits[run.stream.name[np.minimum(stop + 1, n - 1)]]
    is_comma = run.sign[stop - 1] == COMMA
    joins, article = between & _BITS["links"] > 0, between & _BITS["the"] > 0
    by_and = ((gap == 1) & joins) | ((gap == 2) & joins & (second & _BITS["the"] > 0))
    linked = by_and | ((gap == 0) & is_comma) | ((gap == 1) & is_comma & article)
    names = flag & (_FLAG["N"] | _FLAG["C"] | _FLAG["Y"] | _FLAG["A"]) > 0
    linked &= names[1:] & names[:-1] & ~run.stream.is_start[matches.start[1:]]
    return linked, by_and & linked


def _list_of_places(linked: tuple[_Bools, _Bools], before: _Ints, state: _Senses) -> None:
    """Give a list behind "in" or "from" its sense: "voters in Iran, Syria and Iraq are"."""
    every, by_and = linked
    goes_on = by_and | (every & np.append(every[1:], False))
    place = before & (_BITS["in"] | _BITS["from"]) > 0
    place &= ~state.open & (state.sense == state.names.index(PLACE))
    for _ in range(_LONGEST_LIST):
        at = np.flatnonzero(goes_on & place[:-1] & state.open[1:]) + 1
        if not len(at):
            break
        state.copy(at, at - 1)
        place[at] = True


def _list(linked: _Bools, state: _Senses) -> None:
    """Give what no rule has decided the sense of the country that it is listed with.

    "in Moscow and Washington", "Russia, Iran and Turkey agreed": from the one in front first,
    else from the one behind.
    """
    for step in (1, -1):
        for _ in range(_LONGEST_LIST):
            ahead = (
                state.open[1:] & ~state.open[:-1] if step > 0 else state.open[:-1] & ~state.open[1:]
            )
            at = np.flatnonzero(linked & ahead) + (step > 0)
            if not len(at):
                break
            state.copy(at, at - step)
