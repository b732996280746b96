"""The ledger, coded: a tree of the words of all aliases, and the conditions of each row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing import words
from framing.mentions.rules import INSIDE_AFTER, INSIDE_BEFORE

_Ints = npt.NDArray[np.int64]
_Bools = npt.NDArray[np.bool_]

FULLER = "@fuller"
CONDITIONS = ("not_before", "not_after", "not_with", "requires")

LOST = "\ufffd"
"""The sign that stands, once or more often, where a letter could not be read."""

_INNER_LETTER = r"(?<=[A-Za-z])[^\W\d_A-Za-z](?=[A-Za-z])"
_NO_LETTER = r"[^A-Za-z]"
_LEAST_LETTERS = 3

ANY, CAPITAL, EXACT = 0, 1, 2
"""How a word must be written: anyhow, with a capital, or in the shape `need - EXACT`."""

NO_START, NO_END = np.iinfo(np.int64).min, np.iinfo(np.int64).max


@dataclass(frozen=True)
class Ragged:
    """Lists of numbers, one for each key, as one array."""

    values: _Ints
    offsets: _Ints

    @classmethod
    def of(cls, keys: _Ints, values: _Ints, *, n_keys: int) -> Ragged:
        """Return the values by key, in the order in which they stand; keys of -1 fall away."""
        values, keys = values[keys >= 0], keys[keys >= 0]
        sizes = np.bincount(keys, minlength=n_keys)
        order = np.argsort(keys, kind="stable")
        return cls(values[order], np.concatenate([[0], np.cumsum(sizes)]))

    def of_each(self, keys: npt.NDArray[np.integer]) -> tuple[_Ints, _Ints]:
        """Return all values of some keys, and for each value the place of its key."""
        sizes = self.offsets[keys + 1] - self.offsets[keys]
        owner = np.repeat(np.arange(len(keys)), sizes)
        first = np.cumsum(sizes) - sizes
        return owner, self.values[np.arange(len(owner)) - first[owner] + self.offsets[keys][owner]]


@dataclass(frozen=True)
class Phrases:
    """Texts as sequences of words, hyphens parting them.

    Attributes
    ----------
    word : array of int64, shape (n_texts, longest)
        Places in the list of words; -1 behind the last.
    need : array of uint8, shape (n_texts, longest)
        The shape of each word as it is written there.
    """

    word: _Ints
    need: npt.NDArray[np.uint8]
    names: list[str]


def read_phrases(texts: list[str]) -> Phrases:
    """Split texts into words as the corpus has them, and at hyphens too."""
    tokens = words.tokenise([texts], n_runs=1, language=None)
    place: dict[str, int] = {}
    word_of, need_of, sizes = [], [], []
    for form in tokens.forms:
        parts, written = split_term(words.normalise(form)), split_term(form)
        sizes.append(len(parts))
        word_of += [place.setdefault(part, len(place)) for part in parts]
        same = len(parts) == len(written)
        need_of += [words.shape_of(part) for part in (written if same else parts)]
    pieces = Ragged.of(
        np.repeat(np.arange(len(sizes)), sizes), np.arange(len(word_of)), n_keys=len(sizes)
    )
    owner, piece = pieces.of_each(tokens.codes)
    text = np.repeat(np.arange(len(texts)), tokens.lengths)[owner]
    length = np.bincount(text, minlength=len(texts))
    column = np.arange(len(text)) - (np.cumsum(length) - length)[text]
    word = np.full((len(texts), int(length.max(initial=0))), -1, dtype=np.int64)
    need = np.zeros(word.shape, dtype=np.uint8)
    word[text, column] = np.array(word_of, dtype=np.int64)[piece]
    need[text, column] = np.array(need_of, dtype=np.uint8)[piece]
    return Phrases(word, need, list(place))


def split_term(term: str) -> list[str]:
    """Return the parts of a word between hyphens."""
    if "-" not in term and "‐" not in term and "‑" not in term:
        return [term]
    parts = [part for part in term.replace("‐", "-").replace("‑", "-").split("-") if part]
    return parts or [term]


@dataclass(frozen=True)
class Trie:
    """Sequences of words as a tree: from node to node by a word, and which sequence ends there."""

    keys: _Ints
    targets: _Ints
    ends: _Ints
    n_words: int

    @classmethod
    def of(cls, word: _Ints, *, n_words: int) -> tuple[Trie, _Ints]:
        """Return the tree of the rows of `word`, and the node at which each row ends."""
        node = np.zeros(len(word), dtype=np.int64)
        keys, targets, n_nodes = [], [], 1
        for column in word.T:
            going = np.flatnonzero(column >= 0)
            step, inverse = np.unique(node[going] * n_words + column[going], return_inverse=True)
            keys.append(step)
            targets.append(n_nodes + np.arange(len(step)))
            node[going] = n_nodes + inverse
            n_nodes += len(step)
        flat = np.concatenate([*keys, np.empty(0, np.int64)])
        order = np.argsort(flat)
        target = np.concatenate([*targets, np.empty(0, np.int64)])[order]
        ends = np.full(n_nodes, -1, dtype=np.int64)
        distinct = np.unique(node[node > 0])
        ends[distinct] = np.arange(len(distinct))
        return cls(flat[order], target, ends, n_words), ends[node]

    def find(self, word: npt.NDArray[np.integer], is_start: _Bools) -> tuple[_Ints, _Ints, _Ints]:
        """Find every sequence at every place: first word, word after the last, sequence.

        A word of -1 is in no sequence; none reaches across a start.
        """
        root = np.zeros(self.n_words + 1, dtype=np.int64)  # the last place is no word's
        n_first = np.searchsorted(self.keys, self.n_words)
        root[self.keys[:n_first]] = self.targets[:n_first]
        goes_on = np.zeros(len(self.ends), dtype=bool)
        goes_on[self.keys // self.n_words] = True
        place = np.flatnonzero(root[word])
        node, step = root[word[place]], 1
        found: list[tuple[_Ints, _Ints, _Ints]] = [(np.empty(0, np.int64),) * 3]
        while len(place):
            ended = self.ends[node] >= 0
            found.append((place[ended], place[ended] + step, self.ends[node[ended]]))
            inside = np.flatnonzero(goes_on[node] & ~is_start[place + step])
            place, node = place[inside], node[inside]
            token = word[place + step]
            key = node * self.n_words + token
            at = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
            going = (self.keys[at] == key) & (token >= 0)
            place, node = place[going], self.targets[at[going]]
            step += 1
        start, stop, number = (np.concatenate(column) for column in zip(*found, strict=True))
        return start, stop, number


@dataclass(frozen=True)
class Condition:
    """One kind of condition: which of its distinct cells a row has, and each word's cells."""

    of_row: _Ints
    cells: Ragged
    n_cells: int


@dataclass(frozen=True)
class Aliases:
    """The ledger as `find_mentions` needs it.

    Attributes
    ----------
    names : list of str
        The words that aliases and conditions are made of.
    trie : Trie
        All sequences of words.
    rows, entries : Ragged
        For each sequence the rows of the ledger, and the words of conditions.
    row_need, entry_need : array of uint8
        How each word must be written.
    valid_from, valid_to : array of int64
        Days since 1970.
    one_actor : array of bool
        Whether the row's alias has meant one actor only, at any time.
    fuller : array of bool
        Whether a fuller form must stand in the article.
    conditions : dict
        By the column of the ledger.
    actor : array of int64
        The actor's number.
    """

    ledger: pd.DataFrame
    names: list[str]
    trie: Trie
    rows: Ragged
    entries: Ragged
    row_need: npt.NDArray[np.uint8]
    entry_need: npt.NDArray[np.uint8]
    valid_from: _Ints
    valid_to: _Ints
    one_actor: _Bools
    fuller: _Bools
    conditions: dict[str, Condition]
    actor: _Ints

    @cached_property
    def is_country(self) -> _Bools:
        """Whether the row is of a country."""
        return self._is("kind", "country")

    @cached_property
    def is_person(self) -> _Bools:
        """Whether the row is of a person."""
        return self._is("kind", "person")

    @cached_property
    def is_veto(self) -> _Bools:
        """Whether the row is a name that is no actor's."""
        return self._is("kind", "veto")

    @cached_property
    def is_office(self) -> _Bools:
        """Whether the alias is an office."""
        return self._is("alias_kind", "office")

    @cached_property
    def is_name(self) -> _Bools:
        """Whether the alias is a full name."""
        return self._is("alias_kind", "name")

    @cached_property
    def n_lost(self) -> _Ints:
        """How many letters have been lost in the row's alias."""
        counts: _Ints = np.asarray(self.ledger["alias"].str.count(LOST).fillna(0), dtype=np.int64)
        return counts

    def _is(self, column: str, value: str) -> _Bools:
        return np.asarray(self.ledger[column] == value, dtype=bool)


def code_ledger(ledger: pd.DataFrame) -> Aliases:
    """Return the ledger, coded."""
    ledger = _with_names_around(_with_damaged(ledger.reset_index(drop=True)))
    cells = {name: pd.factorize(ledger[name]) for name in CONDITIONS}
    entries = pd.Index(
        list(
            dict.fromkeys(
                entry
                for _, distinct in cells.values()
                for cell in distinct
                for entry in entries_of(cell)
            )
        ),
        dtype="str",
    )
    phrases = read_phrases([*ledger["alias"].fillna(""), *entries])
    trie, sequence = Trie.of(phrases.word, n_words=max(len(phrases.names), 1))
    n_rows, n_sequences = len(ledger), int(sequence.max(initial=-1)) + 1
    of_row, of_entry = sequence[:n_rows], sequence[n_rows:]
    actor = pd.factorize(ledger["actor"])[0].astype(np.int64)
    return Aliases(
        ledger,
        phrases.names,
        trie,
        Ragged.of(of_row, np.arange(n_rows), n_keys=n_sequences),
        Ragged.of(of_entry, np.arange(len(entries)), n_keys=n_sequences),
        _row_need(phrases.need[:n_rows], ledger["case"]),
        np.where(phrases.need[n_rows:] > words.LOWER, CAPITAL, ANY).astype(np.uint8),
        _days(ledger["valid_from"], NO_START),
        _days(ledger["valid_to"], NO_END),
        _one_actor(of_row, actor),
        _asks_for_fuller(*cells["requires"]),
        {name: _condition(*cells[name], entries) for name in CONDITIONS},
        actor,
    )


def _with_damaged(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger with each alias also as it stands where its special letters were lost."""
    aliases = ledger["alias"].to_numpy(dtype=object, na_value="").tolist()
    special = ledger[np.array([not alias.isascii() for alias in aliases], dtype=bool)]
    damaged = special["alias"].str.replace(_INNER_LETTER, LOST, regex=True)
    lost = damaged.str.contains(LOST, regex=False)
    lost &= damaged.str.replace(_NO_LETTER, "", regex=True).str.len() >= _LEAST_LETTERS
    return pd.concat([ledger, special[lost].assign(alias=damaged[lost])], ignore_index=True)


def _with_names_around(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the ledger with the words that make another name of any country's."""
    changed, country = {}, ledger["kind"] == "country"
    for column, words_around in (("not_after", INSIDE_AFTER), ("not_before", INSIDE_BEFORE)):
        both = (ledger.loc[country, column].fillna("") + "|" + words_around).str.strip("|")
        changed[column] = ledger[column].copy()
        changed[column][country] = both
    return ledger.assign(**changed)


def entries_of(cell: str) -> list[str]:
    """Return the words and phrases of a condition."""
    return [entry.strip() for entry in cell.split("|") if entry.strip() not in {"", FULLER}]


def _row_need(shape: npt.NDArray[np.uint8], case: pd.Series[str]) -> npt.NDArray[np.uint8]:
    """Return how each word of each alias must be written."""
    capital = np.where(shape > words.LOWER, CAPITAL, ANY)
    need = np.where((case == "any").to_numpy()[:, None], ANY, capital)
    need = np.where((case == "exact").to_numpy()[:, None], EXACT + shape, need)
    return need.astype(np.uint8)


def _days(dates: pd.Series[pd.Timestamp], missing: int) -> _Ints:
    """Return dates as days since 1970."""
    days = dates.dt.tz_localize(None).to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.where(dates.isna().to_numpy(), missing, days)


def _one_actor(sequence: _Ints, actor: _Ints) -> _Bools:
    """Return for each row whether all rows of its words are of one actor."""
    known = np.flatnonzero(sequence >= 0)
    some = np.zeros(int(sequence.max(initial=0)) + 1, dtype=np.int64)
    some[sequence[known]] = actor[known]
    several = np.zeros(len(some), dtype=bool)
    several[sequence[known[actor[known] != some[sequence[known]]]]] = True
    return ~several[sequence]


def _asks_for_fuller(of_row: _Ints, distinct: pd.Index[str]) -> _Bools:
    """Return for each row whether its cell asks for a fuller form."""
    asks = np.array([FULLER in cell.split("|") for cell in distinct] + [False], dtype=bool)
    return asks[of_row]  # a row without a cell is -1, the last


def _condition(of_row: _Ints, distinct: pd.Index[str], entries: pd.Index[str]) -> Condition:
    """Return a condition: rows by cell, cells by entry."""
    lists = [entries_of(cell) for cell in distinct]
    cell = np.repeat(np.arange(len(lists)), [len(entry) for entry in lists])
    entry = entries.get_indexer(pd.Index([x for names in lists for x in names], dtype="str"))
    return Condition(
        of_row.astype(np.int64), Ragged.of(entry, cell, n_keys=len(entries)), len(distinct)
    )
