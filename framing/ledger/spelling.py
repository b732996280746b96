"""How an alias may be spelt, and the terms that it is in a corpus."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable

from framing.words import normalise, tokenise

_HAS_VARIANTS = re.compile("[-']|Saint | and ")
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae",
     "Æ": "Ae", "œ": "oe", "ð": "d", "þ": "th", "Þ": "Th", "ə": "a"}
)  # fmt: skip


def variants(alias: str) -> list[str]:
    """Return an alias and the spellings that follow from it by rule.

    The rules: accents and special letters fall away (`Erdoğan`, Erdogan); the article `al-` may
    be `el-` or missing (`Bashar al-Assad`, Bashar Assad); hyphens may be spaces (`Jong-un`, Jong
    un); apostrophes inside words fall away (`Ya'alon`, Yaalon); `Saint` may be St and `and` may
    be an ampersand, which is no word. Dots, capitals and possessives make no spelling of their
    own, because terms have none.

    Parameters
    ----------
    alias
        The alias as typed.

    Returns
    -------
    list of str
        The alias first, each spelling once.

    See Also
    --------
    load_ledger : Applies this to every alias.

    Examples
    --------
    >>> from framing.ledger import variants
    >>> variants("Moshe Ya'alon")
    ["Moshe Ya'alon", 'Moshe Yaalon']
    >>> variants("el-Sisi")
    ['el-Sisi', 'al-Sisi', 'Sisi', 'el Sisi', 'al Sisi']
    """
    if alias.isascii() and not _HAS_VARIANTS.search(alias):
        return [alias]
    forms = list(dict.fromkeys([alias, plain_letters(alias)]))
    for rule in (_articles, _hyphens, _apostrophes, _short_words):
        forms += [new for form in forms for new in rule(form)]
    return list(dict.fromkeys(forms))


def plain_letters(form: str) -> str:
    """Return the form without accents and with plain letters for special ones."""
    if form.isascii():
        return form
    split = unicodedata.normalize("NFD", form.translate(_LETTERS))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def _articles(form: str) -> list[str]:
    """Return the form with the other spelling of the Arabic article, and without it."""
    if not re.search(r"\b[ae]l-\w", form):
        return []
    other = re.sub(r"\b([ae])l-(?=\w)", lambda m: "el-" if m[1] == "a" else "al-", form)
    return [other, re.sub(r"\b[ae]l-(?=\w)", "", form)]


def _hyphens(form: str) -> list[str]:
    """Return the form with spaces for hyphens; with up to three of them, in any combination."""
    pieces = form.split("-")
    if len(pieces) > 4:
        return [" ".join(pieces)]
    joints = itertools.product("- ", repeat=len(pieces) - 1)
    return ["".join(itertools.chain(*zip(pieces, [*joint, ""], strict=True))) for joint in joints][
        1:
    ]


def _apostrophes(form: str) -> list[str]:
    """Return the form without apostrophes inside words; a possessive 's stays."""
    return [re.sub(r"(?<=\w)'(?=\w)(?!s\b)", "", form)] if "'" in form else []


def _short_words(form: str) -> list[str]:
    """Return the form with St for Saint, and without `and`."""
    found = [re.sub(r"\bSaint\b", "St", form)] if "Saint " in form else []
    return found + [x.replace(" and ", " ") for x in [form, *found] if " and " in x]


def alias_terms(aliases: Iterable[str]) -> list[tuple[str, ...]]:
    """Return each alias as the terms that the corpus has in its place.

    Parameters
    ----------
    aliases
        The aliases.

    Returns
    -------
    list of tuple of str
        For each alias its terms in order; empty where it has no word.

    See Also
    --------
    framing.words.normalise : Makes a term of a written form.

    Examples
    --------
    >>> from framing.ledger import alias_terms
    >>> alias_terms(["U.S. Secretary of State", "al-Assad"])
    [('US', 'secretary', 'of', 'state'), ('al-assad',)]
    """
    texts = list(aliases)
    if not texts:
        return []
    tokens = tokenise([texts], n_runs=1, language=None)
    terms = [normalise(form) for form in tokens.forms]
    flat = iter(tokens.codes.tolist())
    return [tuple(terms[next(flat)] for _ in range(n)) for n in tokens.lengths.tolist()]
