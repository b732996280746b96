"""The names of a source in its own articles: `Al Jazeera`, `the BBC`, `DW`, `Huffington Post`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np

from framing.boilerplate.reading import Bools, Reading, Sequences, all_capital, find_all
from framing.words import normalise

MOST_LOWER = 0.2
"""A name that is written without capitals more often than this is also an ordinary word."""

FIRST_WITHIN, WITHIN = 0.85, 0.95
"""A word of a name stands for the source, too, where this share of its places is in whole names.

The first word is the telling one, as in ABC News; the others are often common to many outlets.
"""

_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)
_SUFFIXES = {"co", "com", "org", "net", "ac", "gov", "go"}
_MOST_WORDS = 4


class Names:
    """Finds names of sources among the terms of a corpus."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.terms: dict[str, list[int]] = {}
        for code, term in enumerate(reading.vocabulary):
            self.terms.setdefault(fold(term), []).append(code)

    def forms(self, name: str) -> tuple[set[tuple[int, ...]], set[tuple[int, ...]]]:
        """Return the forms that are the whole name, and words that begin with it."""
        key, parts = _key(name)
        whole: set[tuple[int, ...]] = set()
        for one in {fold(key), fold(key.encode("ascii", "ignore").decode())}:
            whole.update(self._split(one, _MOST_WORDS))
        if len(parts) > 1:
            whole.update(self._split("".join(fold(part)[:1] for part in parts), 1))
        camel = re.findall(r"[A-Z][a-z]{2,}", key)
        if len(parts) == 1 and len(camel) > 1:
            whole.update(self._stretched([fold(part) for part in camel]))
        longer: set[tuple[int, ...]] = set()
        short = fold(key)
        if len(short) > 2:
            starts = [form for form in self.terms if form.startswith(short)]
            longer.update((code,) for form in starts for code in self.terms[form])
        return whole, longer - whole

    def _split(self, key: str, most: int) -> Iterator[tuple[int, ...]]:
        """Yield the terms in a row that are written as the key when put together."""
        if len(key) < 2:
            return
        for code in self.terms.get(key, []):
            yield (code,)
        for cut in range(2, len(key) - 1) if most > 1 else ():
            for code in self.terms.get(key[:cut], []):
                for rest in self._split(key[cut:], most - 1):
                    yield (code, *rest)

    def _stretched(self, parts: Sequence[str]) -> set[tuple[int, ...]]:
        """Return neighbours in the corpus that begin as the parts do: HuffPost, Huffington Post."""
        codes, begins = self.reading.codes, self.reading.begins
        inside = np.ones(max(len(codes) - len(parts) + 1, 0), dtype=bool)
        for step, part in enumerate(parts):
            fits = np.zeros(self.reading.number + 2, dtype=bool)
            starts = [form for form in self.terms if form.startswith(part)]
            fits[[code for form in starts for code in self.terms[form]]] = True
            inside &= fits[codes[step : step + len(inside)]]
            if step:
                inside &= ~begins[step : step + len(inside)]
        places = np.flatnonzero(inside)
        rows = np.stack([codes[places + step] for step in range(len(parts))], axis=1)
        return {tuple(row) for row in np.unique(rows, axis=0).tolist()}


def fold(text: str) -> str:
    """Return letters and digits alone, in lower case, without accents."""
    if text.isascii() and text.isalnum():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _key(name: str) -> tuple[str, list[str]]:
    """Return a name without article or web domain, and its words."""
    if _HOST.fullmatch(name):
        labels = name.split(".")[:-1]
        while len(labels) > 1 and labels[-1].lower() in _SUFFIXES:
            labels.pop()
        return labels[-1], labels[-1:]
    parts = name.split()
    if len(parts) > 1 and parts[0].lower() == "the":
        parts = parts[1:]
    return " ".join(parts), parts


def given_forms(reading: Reading, texts: Sequence[str]) -> Sequences:
    """Return names that the caller gives, as codes."""
    coded = [reading.coded(" ".join(normalise(form) for form in text.split())) for text in texts]
    return [codes for codes in coded if codes]


def self_names(names: Names, rows: Bools, name: str, *, least: int, elsewhere: float) -> Sequences:
    """Return the forms under which a source names itself.

    The whole name is taken where its capitals say that it is a name, and where the source writes
    it in a larger share of its articles than others do. A word of the name, or one that begins
    with it, must be nearly absent elsewhere, too.
    """
    reading = names.reading
    whole, longer = names.forms(name)
    tested = _Tested(reading, rows, [*whole, *longer])
    kept = [form for form in whole if tested.holds(form, least=1, most=0.5)]
    firsts = {form[:1] for form in kept if len(form) > 1}
    parts = {(code,) for form in kept if len(form) > 1 for code in form} - set(kept)
    inside = _Tested(reading, rows, [*parts, *kept])
    alone = [
        part
        for part in parts
        if inside.holds(part, least=least, most=elsewhere)
        and sum(form.count(part[0]) * inside.n_places(form) for form in kept if len(form) > 1)
        >= (FIRST_WITHIN if part in firsts else WITHIN) * inside.n_places(part)
    ]
    kept += [form for form in longer if tested.holds(form, least=least, most=elsewhere)]
    return sorted({*kept, *alone})


class _Tested:
    """Where forms stand in the articles of a source and in others, with or without capitals."""

    def __init__(self, reading: Reading, rows: Bools, forms: Sequences) -> None:
        self.forms = {form: number for number, form in enumerate(forms)}
        spans = find_all(reading, forms)
        capital = all_capital(reading, spans)
        row, n_forms = reading.row[spans.start].astype(np.int64), len(forms)
        own = rows[row]
        self.sizes = (int(rows.sum()), int((~rows).sum()))
        self.lower = np.bincount(spans.number[own & ~capital], minlength=n_forms)
        self.upper = np.bincount(spans.number[own & capital], minlength=n_forms)
        pairs = np.unique(spans.number[capital] * len(rows) + row[capital])
        here = rows[pairs % len(rows)] if len(rows) else np.zeros(0, dtype=bool)
        self.n_own = np.bincount(pairs[here] // max(len(rows), 1), minlength=n_forms)
        self.n_other = np.bincount(pairs[~here] // max(len(rows), 1), minlength=n_forms)

    def n_places(self, form: tuple[int, ...]) -> int:
        """Return how often the source writes a form with capitals."""
        return int(self.upper[self.forms[form]])

    def holds(self, form: tuple[int, ...], *, least: int, most: float) -> bool:
        """Tell whether a form is a name in so many articles, and in few of the others."""
        at = self.forms[form]
        share = self.n_own[at] / max(self.sizes[0], 1)
        other = self.n_other[at] / max(self.sizes[1], 1)
        every = self.lower[at] + self.upper[at]
        return bool(
            self.n_own[at] >= least
            and self.lower[at] <= MOST_LOWER * every
            and other <= most * share
        )
