"""Word sequences that one source repeats over its articles and others do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from framing._checks import not_one_of
from framing.boilerplate.edges import find_at_edge
from framing.boilerplate.groups import Groups, Row, by_sequence, candidates, count, joined
from framing.boilerplate.names import Names, given_forms, self_names
from framing.boilerplate.reading import (
    KINDS,
    Heads,
    Reading,
    Tails,
    all_capital,
    cover,
    find_all,
    hashed,
    read,
    segments,
)
from framing.corpus import Corpus, check_corpus, group_rows

LEAST_ARTICLES = 8
"""Articles of a source that must have a sequence, whatever their share."""

WHOLE = 0.7
"""Share of the articles with a passage that must have it as a sentence of its own."""


def boilerplate(
    corpus: Corpus,
    *,
    by: str = "source",
    min_share: float = 0.02,
    elsewhere: float = 0.1,
    names: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """Find the words that a source prints around its news, and its own name.

    Datelines, share buttons, subscription lines, disclaimers, credits. Read the table, drop the
    rows that are news to you, and pass the rest to `without`. It is made to err on one side: an
    expression inside sentences is never furniture, however often one source alone uses it ("the
    Islamic State of Iraq and the Levant", "a terror group outlawed in Russia"), since such
    expressions are what a study of framing is after.

    Parameters
    ----------
    corpus
        The corpus. Where it leaves words out, its articles are read again with all words.
    by
        The column that tells the sources apart. Articles without a value are compared with, and
        have no rows.
    min_share
        The least share of a source's articles that must have a sequence, above 0 … 1; in any
        case eight articles must.
    elsewhere
        The share of the other sources' articles that have it must be at most this part of the
        source's own share, above 0 … 1.
    names
        Further names of sources, such as `{"HuffPost": ["Huffington Post"]}`. Those that can be
        read from the values of `source` are found without; of other columns none are.

    Returns
    -------
    DataFrame
        One row a source and sequence, by source, kind and share: the column `by`, `sequence`
        (terms with a space between; `#` is any term with a
        digit), `what`, `n_words`, `n_articles`,
        `n_group_articles`, `share`, `share_elsewhere` (missing where there are no others),
        `position` (0 start … 1 end of the article, median), `doc_id` (the first article that has
        it). `what` is one of

        - `self-name`: the name of the source, or of its parts, written with capitals;
        - `opening`: ends the first sentence of a title or text; up to three words stand before it;
        - `closing`: the last words of articles, once what stands behind them is taken off;
        - `passage`: a sentence of its own, anywhere.

    Raises
    ------
    ValueError
        Where `by` is not a column or missing in all articles, a number is out of its range,
        or the corpus is made of contexts.
    TypeError
        Where `by` is not one name.

    See Also
    --------
    framing.without : Takes them out of a corpus.
    framing.keyness : What marks a source, to be looked at before and after.

    Notes
    -----
    Counted for openings and closings are only articles that have the sequence at that place. Half
    of the articles with the sequence must have it there; a passage must be a whole sentence in 70
    per cent of its articles. A sequence that stands inside a longer one of the table in 80 per
    cent of its articles has no row. Needs the sentences of the corpus, hence a `language`.

    Where a source printed the same article eight times, its sentences are passages: look at
    `find_stories` first. Of one source alone only the place tells furniture from news, so read
    the table with more care.

    Examples
    --------
    >>> import pandas as pd
    >>> import framing as fr
    >>> news = [f"{who} left the talks in Oslo." for who in "One Two Three Four Five".split()]
    >>> news += [f"{who} gave a speech." for who in "Six Seven Eight".split()]
    >>> rows = [("Post", f"{text} Follow us on Twitter.") for text in news]
    >>> rows += [("Herald", text) for text in news]
    >>> articles = pd.DataFrame(rows, columns=["source", "text"])
    >>> articles["doc_id"] = articles.index.astype(str)
    >>> corpus = fr.build_corpus(articles, fields=["text"])
    >>> table = fr.boilerplate(corpus)
    >>> table[["source", "sequence", "what", "n_articles", "share", "share_elsewhere"]]
      source              sequence     what  n_articles  share  share_elsewhere
    0   Post  follow us on twitter  closing           8    1.0              0.0
    """
    check_corpus("boilerplate", corpus)
    _check_share("min_share", min_share)
    _check_share("elsewhere", elsewhere)
    refuse_contexts("boilerplate", corpus)
    groups = _groups(corpus, by, min_share=min_share, elsewhere=elsewhere)
    given = _given(names, groups)
    reading = groups.reading
    own_names = _find_names(reading, groups, given, own=by == "source")
    said = joined(own_names)
    said = said.where(reading.begins[said.start] & reading.begins[said.stop])
    named, nothing = (cover(spans, len(reading.codes)) for spans in (said, joined([])))
    openings = find_at_edge(Heads, named, groups, "opening")
    closings = find_at_edge(Tails, nothing, groups, "closing")
    heads, tails = Heads(reading, named), Tails(reading, nothing)
    heads.peel(joined(openings))
    tails.peel(joined(closings))
    passages = _find_passages(reading.without(heads.removed | tails.removed), groups)
    return _table(corpus, [*own_names, *openings, *closings, *passages], groups)


def refuse_contexts(where: str, corpus: Corpus) -> None:
    """Raise ValueError where the rows of a corpus are parts of articles."""
    if corpus.origin is not None:
        msg = (
            f"{where}: the corpus is made of contexts, whose rows do not begin and end as "
            f"articles do. Call {where}() before contexts()."
        )
        raise ValueError(msg)


def _check_share(name: str, value: float) -> None:
    """Raise ValueError where a number is not a share above 0."""
    if not 0 < value <= 1:
        msg = (
            f"boilerplate: {name}={value!r} is not a share above 0 and at most 1. "
            f"Pass for example {name}=0.05."
        )
        raise ValueError(msg)


def _groups(corpus: Corpus, by: str, *, min_share: float, elsewhere: float) -> Groups:
    """Return the groups that a column makes."""
    if not isinstance(by, str):
        msg = (
            f"boilerplate: by={by!r} is not the name of one column. "
            "Pass the one that tells the sources apart, for example by='source'."
        )
        raise TypeError(msg)
    found, number = group_rows("boilerplate", corpus, by)
    values = found[by]
    if values.isna().all():
        msg = f"boilerplate: column {by!r} is missing in all articles. Choose another with by=."
        raise ValueError(msg)
    known = values.notna().to_numpy()
    group = np.where(known, np.cumsum(known) - 1, known.sum())[number]
    sizes = np.bincount(group, minlength=int(known.sum()))[: int(known.sum())]
    least = np.maximum(np.ceil(min_share * sizes - 1e-9), LEAST_ARTICLES).astype(np.int64)
    return Groups(
        read(corpus), by, values[known].reset_index(drop=True), group, sizes, least, elsewhere
    )


def _given(names: Mapping[str, Sequence[str]] | None, groups: Groups) -> dict[str, list[str]]:
    """Return the names that the caller gives, for each source as text."""
    known = groups.names.astype(str).tolist()
    given = {}
    for name, texts in (names or {}).items():
        if name not in known:
            raise ValueError(not_one_of("boilerplate", "a key of names", name, known))
        given[name] = [texts] if isinstance(texts, str) else list(texts)
    return given


def _find_names(
    reading: Reading, groups: Groups, given: dict[str, list[str]], *, own: bool
) -> list[Row]:
    """Return the names of the sources: those that can be read from the column, and those given."""
    names = Names(reading)
    found = []
    for group, name in enumerate(groups.names.astype(str)):
        rows = groups.group == group
        least = int(groups.least[group])
        forms = (
            self_names(names, rows, name, least=least, elsewhere=groups.elsewhere) if own else []
        )
        forms = sorted({*forms, *given_forms(reading, given.get(name, []))})
        spans = find_all(reading, forms)
        spans = spans.where(all_capital(reading, spans))
        for number, codes in enumerate(forms):
            one = spans.where(spans.number == number)
            row = reading.row[one.start]
            n_all = np.array([len(np.unique(row))])
            n = np.array([len(np.unique(row[rows[row]]))])
            if n[0]:
                other = groups.shares(n, n_all, np.array([group]))[1]
                own_spans = one.where(rows[row])
                found.append(
                    Row("self-name", group, codes, reading.said(codes), other[0], own_spans)
                )
    return found


def _find_passages(reading: Reading, groups: Groups) -> list[Row]:
    """Return the sentences that many articles of a source have word by word."""
    start, stop = segments(reading)
    _, example, same = np.unique(
        hashed(reading.codes, start, stop), return_index=True, return_inverse=True
    )
    table = count(same, reading.row[start].astype(np.int64), groups)
    first = example[table["same"]]
    table = table.assign(place=start[first], length=stop[first] - start[first])
    table, codes = candidates(reading, groups, table)
    sequences = sorted(set(codes))
    own = by_sequence(reading, groups, find_all(reading, sequences))
    found = []
    rows = zip(table["group"].tolist(), codes, table["share_elsewhere"], strict=True)
    for group, sequence, other in rows:
        places = own[sequences.index(sequence), group]
        whole = places.where(reading.begins[places.start] & reading.begins[places.stop])
        n_whole, n = (len(np.unique(reading.row[each.start])) for each in (whole, places))
        if n_whole >= WHOLE * n:
            text = reading.said(sequence)
            found.append(Row("passage", group, sequence, text, float(other), whole))
    return found


def _table(corpus: Corpus, rows: list[Row], groups: Groups) -> pd.DataFrame:
    """Return the table."""
    names = {(row.group, row.codes) for row in rows if row.what == "self-name"}
    rows = [row for row in rows if row.what == "self-name" or (row.group, row.codes) not in names]
    articles = [np.searchsorted(corpus.offsets, row.spans.start, side="right") - 1 for row in rows]
    group = np.array([row.group for row in rows], dtype=np.int64)
    n_articles = np.array([len(np.unique(each)) for each in articles], dtype=np.int64)
    lengths = np.maximum(np.diff(corpus.offsets), 1)
    middles = [
        np.median(((row.spans.start + row.spans.stop) / 2 - corpus.offsets[each]) / lengths[each])
        for row, each in zip(rows, articles, strict=True)
    ]
    first = np.array([each.min() for each in articles], dtype=np.int64)
    table = pd.DataFrame(
        {
            groups.by: groups.names.array.take(group),
            "sequence": pd.array([row.text for row in rows], dtype="str"),
            "what": pd.array([row.what for row in rows], dtype="str"),
            "n_words": np.array([len(row.codes) for row in rows], dtype=np.int64),
            "n_articles": n_articles,
            "n_group_articles": groups.sizes[group],
            "share": n_articles / groups.sizes[group],
            "share_elsewhere": np.array([row.share_elsewhere for row in rows], dtype=float),
            "position": np.array(middles, dtype=float),
            "doc_id": corpus.articles["doc_id"].array.take(first),
        }
    )
    order = pd.DataFrame(
        {
            "group": group,
            "what": [KINDS.index(row.what) for row in rows],
            "share": -table["share"],
            "sequence": table["sequence"],
        }
    ).sort_values(["group", "what", "share", "sequence"])
    return table.loc[order.index].reset_index(drop=True)
