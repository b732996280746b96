"""A word in its context: every place where a pattern stands, in the original characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from string import ascii_letters, digits
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing import words
from framing._checks import check_at_least
from framing.corpus import Corpus
from framing.counts import constant
from framing.patterns import find_pattern
from framing.phrases import split_again

_Places = npt.NDArray[np.int64]
_Span = tuple[int, int, int]
"""Number of the field, first character, character after the last."""

_SPACES = frozenset(" \n\t\u00a0")

_JOINERS = frozenset("-‐‑'’")
"""Signs that join two parts of a word when letters or digits stand on both sides."""

_APART = frozenset(map(chr, range(128))) - set(ascii_letters + digits) - _JOINERS | set(
    "\u00a0“”‘„«»—–…•"
)
"""Signs that are never part of a word. Others may be, and leave a place unsure."""


def kwic(
    corpus: Corpus, pattern: str, *, window: int = 8, limit: int | None = None
) -> pd.DataFrame:
    """List every place where a pattern stands, with the words around it as they were written.

    The way from a number back to the text: read these places before you say what a difference
    in counts means.

    Parameters
    ----------
    corpus
        The corpus.
    pattern
        One word or several in a row, each a term or with `*` for any letters: `"ceasefire"`,
        `"sanction*"`, `"white house"`, `"war * terror"`. A lone `*` is any one word, also one that
        was left out. `US` is the country, `us` the pronoun; other capitals make no difference.
        Phrases that were joined are found by their words. Places may overlap; none reaches across
        sentences.
    window
        Words to each side, as spaces part them, at most; 0 or more. The context stays inside the
        field, so a title ends where the text begins.
    limit
        At most so many places, from the first article on; None lists all. For a sample of all
        places, list all and take `table.sample(20, random_state=1)`.

    Returns
    -------
    DataFrame
        One row a place, in order of article and place: `doc_id`, `source` and `date` (missing
        where the articles have none), `sentence` (number in the article, from 0), `start` and
        `stop` (tokens, counted from the start of the article with its gaps), `left`, `match`,
        `right` (original characters, any run of white space as one space; put together they are
        the passage), `pattern`. Empty where the pattern stands nowhere.

    Raises
    ------
    ValueError
        Where a word of the pattern was left out as a stop word or is not a word, `window` is
        below 0, or `limit` is below 1.
    TypeError
        Where `pattern` is not text.

    Warns
    -----
    UserWarning
        Where a word of the pattern is absent from a corpus without its rare terms.

    See Also
    --------
    framing.collocates : Which terms stand near a word, in numbers.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> texts = ["Sanctions bite.", "The U.S. said “new sanctions” would follow."]
    >>> articles = pd.DataFrame({"doc_id": ["a", "b"], "text": texts})
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> fr.kwic(corpus, "sanction*", window=2)[["doc_id", "left", "match", "right"]]
      doc_id         left      match           right
    0      a               Sanctions           bite.
    1      b  said “new   sanctions  ” would follow.
    """
    check_at_least("kwic", "window", window, 0)
    if limit is not None:
        check_at_least("kwic", "limit", limit, 1)
    start, stop = (places[:limit] for places in find_pattern("kwic", "pattern", corpus, pattern))
    row = np.searchsorted(corpus.offsets, start, side="right") - 1
    rows, number = np.unique(row, return_inverse=True)
    articles = corpus.articles
    fields = [_texts(articles[name].take(rows)) for name in corpus.settings["fields"]]
    spans = _spans(corpus, _Matches(start, stop, rows, number, fields))
    left, match, right = [], [], []
    for at, (field, first, last) in zip(number.tolist(), spans, strict=True):
        text = fields[field][at]
        left.append(_left(text, first, window))
        match.append(" ".join(text[first:last].split()))
        right.append(_right(text, last, window))
    begins, sentence = places_in_articles(corpus, start, row)
    columns = {
        "doc_id": articles["doc_id"].array.take(row),
        "source": _column(articles, "source", row, "str"),
        "date": _column(articles, "date", row, "datetime64[s]"),
        "sentence": sentence,
        "start": begins,
        "stop": begins + stop - start,
        "left": pd.array(left, dtype="str"),
        "match": pd.array(match, dtype="str"),
        "right": pd.array(right, dtype="str"),
        "pattern": constant(pattern, len(start)),
    }
    return pd.DataFrame(columns)


def places_in_articles(corpus: Corpus, places: _Places, row: _Places) -> tuple[_Places, _Places]:
    """Return for places of the corpus their places and sentences in their articles."""
    if corpus.origin is not None:
        first, sentence = corpus.origin[places].astype(np.int64).T
        return first, sentence
    sentence = np.searchsorted(corpus.sentences, places, side="right") - 1
    sentence -= np.searchsorted(corpus.sentences, corpus.offsets[row])
    return places - corpus.offsets[row], sentence


def _texts(column: pd.Series[Any]) -> list[str]:
    """Return a column as a list of texts, empty where missing."""
    texts: list[str] = column.astype(object).where(column.notna(), "").tolist()
    return texts


def _column(articles: pd.DataFrame, name: str, row: _Places, dtype: str) -> Any:
    """Return a column of the articles for some rows; missing values where there is none."""
    if name in articles.columns:
        return articles[name].array.take(row)
    return pd.Series([None] * len(row), dtype=dtype)


def _left(text: str, first: int, window: int) -> str:
    """Return the words before a place, and what is joined to it."""
    if not window or not first:
        return ""
    joined = not text[first - 1].isspace()
    most, reach = window + joined, 10 * window + 20
    pieces = text[max(first - reach, 0) : first].rsplit(None, most)
    # The first piece holds what was not split; it may begin inside a word.
    while len(pieces) <= most and reach < first:
        reach *= 4
        pieces = text[max(first - reach, 0) : first].rsplit(None, most)
    return " ".join(pieces[-most:]) + ("" if joined or not pieces else " ")


def _right(text: str, last: int, window: int) -> str:
    """Return the words after a place, and what is joined to it."""
    if not window or last == len(text):
        return ""
    joined = not text[last].isspace()
    most, reach = window + joined, 10 * window + 20
    pieces = text[last : last + reach].split(None, most)
    while len(pieces) <= most and last + reach < len(text):
        reach *= 4
        pieces = text[last : last + reach].split(None, most)
    return ("" if joined or not pieces else " ") + " ".join(pieces[:most])


@dataclass(frozen=True)
class _Matches:
    """Matches of a pattern, and the texts of the articles that have any.

    Attributes
    ----------
    start, stop : array of int64, shape (n_matches,)
        First place of each match in the corpus, and the place after its last.
    rows : array of int64, shape (n_articles,)
        The articles.
    article : array of int64, shape (n_matches,)
        For each match its article's place in `rows` and in each of the fields.
    fields : list of list of str
        Texts of the articles, field by field.
    """

    start: _Places
    stop: _Places
    rows: _Places
    article: _Places
    fields: list[list[str]]

    def texts(self, article: int) -> list[str]:
        """Return the fields of one article."""
        return [field[article] for field in self.fields]


def _spans(corpus: Corpus, matches: _Matches) -> list[_Span]:
    """Return where each match stands in its article's fields.

    First each way of writing that codes and shapes call for is searched for as it is. Where
    that finds as many sure places as there are matches, they are the matches. Elsewhere the
    article is split into tokens again, which always tells.
    """
    spans: list[_Span] = [(0, 0, 0)] * len(matches.start)
    unsure = []
    literals, way = _ways(corpus, matches)
    partial = corpus.origin is not None or "without" in corpus.settings
    order = np.lexsort((way, matches.article))
    steps = np.diff(matches.article[order]) | np.diff(way[order])
    bounds = [0, *(np.flatnonzero(steps) + 1).tolist(), len(order)] if len(order) else []
    for low, high in pairwise(bounds):
        same = order[low:high].tolist()
        # Contexts hold only some of an article's places, and boilerplate that was taken out is none
        # of them: the search would find the others too.
        forms = [] if partial else literals[way[same[0]]]
        found = _search(matches.texts(matches.article[same[0]]), forms, most=len(same))
        if len(found) == len(same):
            for match, span in zip(same, found, strict=True):
                spans[match] = span
        else:
            unsure += same
    articles = np.unique(matches.article[unsure])
    again = spans_of_places(corpus, [matches.texts(article) for article in articles])
    tokens = dict(zip(articles.tolist(), again, strict=True))
    place, _ = places_in_articles(corpus, matches.start, matches.rows[matches.article])
    for match in unsure:
        article = int(matches.article[match])
        first = tokens[article][place[match]]
        last = tokens[article][place[match] + matches.stop[match] - matches.start[match] - 1]
        spans[match] = (first[0], first[1], last[2])
    return spans


def _ways(corpus: Corpus, matches: _Matches) -> tuple[list[list[str]], _Places]:
    """Return the distinct ways in which matches are written, and for each match which it is."""
    way = np.zeros(len(matches.start), dtype=np.int64)
    widths = np.unique(matches.stop - matches.start)
    if corpus.settings.get("phrases") or len(widths) != 1:
        return [[]], way
    for step in range(widths[0]):
        places = matches.start + step
        key = corpus.codes[places].astype(np.int64) * 4 + corpus.shapes[places]
        key += way * (4 * len(corpus.vocabulary) + 8)
        _, way = np.unique(key, return_inverse=True)
    _, examples = np.unique(way, return_index=True)
    return [
        _written_together(corpus, range(matches.start[match], matches.stop[match]))
        for match in examples
    ], way


def _written_together(corpus: Corpus, places: range) -> list[str]:
    """Return the ways in which neighbouring tokens may be written; none where it is not sure."""
    options = [_written(corpus, place) for place in places]
    if len(options) == 1:
        return options[0]
    # A word twice could be found shifted by one; after a full stop a sentence could end.
    if len({corpus.codes[place] for place in places}) < len(places):
        return []
    plain = [[form for form in forms if "." not in form] for forms in options]
    several = [" ".join(forms) for forms in product(*plain)]
    return several if len(several) <= 8 else []


def _written(corpus: Corpus, place: int) -> list[str]:
    """Return the ways in which a token may be written; none where that cannot be said."""
    code, shape = corpus.codes[place], int(corpus.shapes[place])
    if code < 0 or shape == words.MIXED:
        return []
    term = str(corpus.vocabulary[code])
    if len(term) < 2 or (term in words.CASED and term != "US"):
        return []
    if shape == words.UPPER:
        dotted = ".".join(term.upper()) + "."
        forms = [term.upper(), dotted] if len(term) <= 5 else [term.upper()]
    else:
        form = term.capitalize() if shape == words.CAPITALISED else term
        forms = [form, form.replace("'", "’")] if "'" in form else [form]
    letters = term.replace("-", "").replace("'", "")
    sure = letters.isalpha() and all(
        words.normalise(form) == term and words.shape_of(form) == shape for form in forms
    )
    return forms if sure else []


def _search(texts: Sequence[str], forms: Sequence[str], *, most: int) -> list[_Span]:
    """Return the places where a form stands as a token without doubt, and none of them twice."""
    found: list[_Span] = []
    if not forms:
        return found
    for number, text in enumerate(texts):
        here: list[_Span] = []
        for form in forms:
            first = text.find(form)
            while first >= 0:
                last = _sure_end(text, first + len(form))
                if last and (not first or text[first - 1] in _SPACES or _sure_start(text, first)):
                    here.append((number, first, last))
                first = text.find(form, first + 1)
        found += sorted(here) if len(forms) > 1 else here
        if len(found) > most:
            return []
    return found


def _sure_start(text: str, first: int) -> bool:
    """Return whether a word that does not follow white space begins here without doubt."""
    space = max(text.rfind(sign, 0, first) for sign in _SPACES)
    if "://" in text[space + 1 : first]:  # a web address holds any sign but white space
        return False
    before = text[first - 1]
    return before in _APART or (before in _JOINERS and (first == 1 or text[first - 2] in _APART))


def _sure_end(text: str, last: int) -> int:
    """Return where a word ends that ends here or with a possessive; 0 where it is not sure."""
    after = text[last : last + 1]
    if not after or after in _APART:
        return last
    if after not in _JOINERS:
        return 0
    second = text[last + 1 : last + 2]
    if not second or second in _APART or second in _JOINERS:
        return last
    third = text[last + 2 : last + 3]
    return last + 2 if second == "s" and after in "'’" and (not third or third in _APART) else 0


def spans_of_places(corpus: Corpus, articles: list[list[str]]) -> list[list[_Span]]:
    """Return for each article where its tokens stand: one span for each code, gaps too."""
    language = corpus.settings["language"]
    texts = [text for fields in articles for text in fields]
    spans = [
        (number, first, last)
        for number, tokens in enumerate(words.token_spans(texts, language=language))
        for first, last in tokens
    ]
    if corpus.settings.get("phrases") and spans:
        heads = np.flatnonzero(split_again(texts, corpus.settings)[0])
        tails = np.append(heads[1:], len(spans)) - 1
        spans = [
            (*spans[head][:2], spans[tail][2])
            for head, tail in zip(heads.tolist(), tails.tolist(), strict=True)
        ]
    by_article: list[list[_Span]] = [[] for _ in articles]
    for number, first, last in spans:
        article, field = divmod(number, len(articles[0]))
        here = by_article[article]
        if here and here[-1][0] != field:
            here.append((field, first, first))
        here.append((field, first, last))
    return by_article
