"""The sentences in which an item stands, and its places in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import listing
from framing.attrition import Step, keys_of
from framing.boilerplate.reading import Reading, find_all, read
from framing.collocation import windows_around
from framing.corpus import Corpus, term_counts
from framing.evidence.dominance import Dominance
from framing.evidence.requests import LEFT_OUT, STORIES, Request
from framing.mentions.places import ITEMS, rows_of
from framing.patterns import find_pattern, named_terms
from framing.salience import article_parts
from framing.topics import TopicModel

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]
_Bools = npt.NDArray[np.bool_]

MARKED = 0.5
"""From this probability of belonging to a topic on a word is marked."""


@dataclass(frozen=True)
class Found:
    """The sentences of one item, in the order of the articles.

    Attributes
    ----------
    pieces : array of int64
        Places in `corpus.sentences`. In a corpus of contexts one sentence may be several pieces.
    number : array of int64
        For each piece the number of its sentence, from 0.
    start, stop : array of int64
        Where the item stands: first place in the corpus, and the place after its last.
    is_own : bool
        Whether these places are the item itself, which does not tell its sentences apart.
    weights : array of float64 or None
        For each place of the corpus how much it counts; None where all count the same.
    """

    pieces: _Ints
    number: _Ints
    start: _Ints
    stop: _Ints
    is_own: bool = True
    weights: _Floats | None = None

    @property
    def n_sentences(self) -> int:
        """How many sentences there are."""
        return int(self.number.max(initial=-1)) + 1


@dataclass(frozen=True)
class Finder:
    """Finds the sentences of items, and keeps what several items need.

    Attributes
    ----------
    corpus : Corpus
        The corpus.
    mentions : DataFrame or None
        The mentions of its actors.
    model : TopicModel or None
        A model of its topics.
    stories : DataFrame or None
        The story of each article.
    steps : mapping or None
        What remained at each step of an attrition.
    """

    corpus: Corpus
    mentions: pd.DataFrame | None
    model: TopicModel | None
    stories: pd.DataFrame | None
    steps: Mapping[str, Step] | None = None

    @cached_property
    def ends(self) -> _Ints:
        """Where each piece ends."""
        return np.append(self.corpus.sentences[1:], len(self.corpus.codes))

    @cached_property
    def rows(self) -> _Ints:
        """The row of each piece."""
        return np.searchsorted(self.corpus.offsets, self.corpus.sentences, side="right") - 1

    @cached_property
    def keys(self) -> _Ints:
        """The sentence of each piece: pieces of one sentence of one article have one key."""
        corpus = self.corpus
        if corpus.origin is None:
            return np.arange(len(corpus.sentences))
        article = pd.factorize(corpus.articles["doc_id"])[0][self.rows].astype(np.int64)
        keys: _Ints = (article << 32) + corpus.origin[corpus.sentences, 1]
        return keys

    def find(self, request: Request) -> Found:
        """Return the sentences that a request asks for."""
        if request.items in {*STORIES, LEFT_OUT}:
            return self._openings(request)
        if request.items == "topic":
            return self._topic(request)
        if request.items == "pair":
            return self._pair(request)
        if request.items == "collocate":
            return self._collocate(request)
        if request.items == "term":
            start, stop = self._term(str(request.item))
        elif request.items == "sequence":
            start, stop = self._sequence(str(request.item))
        elif request.items in ITEMS:
            start, stop = self._mentions(request.items, str(request.item), request.about)
        else:
            msg = (
                f"evidence: items={request.items!r} has no sentences in the corpus, only numbers. "
                f"There are sentences of 'term', {listing(ITEMS)}, 'topic' and {listing(STORIES)}."
            )
            raise ValueError(msg)
        return self._found(start, stop, request.inside)

    def _found(self, start: _Ints, stop: _Ints, inside: _Bools) -> Found:
        """Return the sentences in which places lie."""
        piece = np.searchsorted(self.corpus.sentences, start, side="right") - 1
        kept = inside[self.rows[piece]]
        pieces = np.unique(piece[kept])
        number = np.unique(self.keys[pieces], return_inverse=True)[1]
        order = np.lexsort((stop[kept], start[kept]))
        return Found(pieces, number, start[kept][order], stop[kept][order])

    def _term(self, term: str) -> tuple[_Ints, _Ints]:
        """Return where a term stands, or a pattern."""
        corpus = self.corpus
        if "*" in term:
            return find_pattern("evidence", "term", corpus, term)
        code = corpus.vocabulary.get_indexer(pd.Index([term], dtype="str"))
        if code[0] < 0:
            code = named_terms("evidence", corpus, term)[1]
        start = np.flatnonzero(corpus.codes == code[0]) if code[0] >= 0 else np.empty(0, np.int64)
        return start, start + 1

    def _sequence(self, sequence: str) -> tuple[_Ints, _Ints]:
        """Return where a sequence of boilerplate stands, at its place or elsewhere."""
        spans = find_all(self._reading, [self._reading.coded(sequence)])
        return spans.start, spans.stop

    @cached_property
    def _reading(self) -> Reading:
        return read(self.corpus)

    def _collocate(self, request: Request) -> Found:
        """Return the sentences in which a term stands in a window; the node is marked as well."""
        item: Any = request.item
        node, window, term = item
        nodes = find_pattern("evidence", "node", self.corpus, node)
        near, _ = windows_around(self.corpus, *nodes, window)
        start, stop = self._term(term)
        found = self._found(start[near[start]], stop[near[start]], request.inside)
        piece = np.searchsorted(self.corpus.sentences, nodes[0], side="right") - 1
        here = np.isin(piece, found.pieces)
        starts = np.concatenate([found.start, nodes[0][here]])
        stops = np.concatenate([found.stop, nodes[1][here]])
        order = np.lexsort((stops, starts))
        return replace(found, start=starts[order], stop=stops[order])

    def _mentions(self, items: str, item: str, about: dict[str, Any]) -> tuple[_Ints, _Ints]:
        """Return where an actor or country is named, in the part of the articles that counts."""
        if self.mentions is None:
            msg = (
                f"evidence: {items}={item!r} is found by its mentions. "
                "Pass mentions= with the table of find_mentions()."
            )
            raise ValueError(msg)
        mentions, row = rows_of("evidence", self.mentions, self.corpus)
        wanted = (mentions[items].astype("str") == item).to_numpy()
        start = self.corpus.offsets[row] + mentions["start"].to_numpy()
        stop = self.corpus.offsets[row] + mentions["stop"].to_numpy()
        if about.get("part", "all") != "all":
            inside = dict(article_parts(self.corpus))[str(about["part"])]
            wanted = wanted & inside[start]
        return start[wanted], stop[wanted]

    def _pair(self, request: Request) -> Found:
        """Return the sentences that name two items, or those of articles that name both."""
        items = str(request.about["items"])
        pair: Any = request.item
        places = [self._mentions(items, str(one), {}) for one in pair]
        start, stop = (np.concatenate(parts) for parts in zip(*places, strict=True))
        unit = self.rows if request.about.get("unit") == "article" else self.keys
        units = [
            unit[np.searchsorted(self.corpus.sentences, first, side="right") - 1]
            for first, _ in places
        ]
        both = np.isin(np.concatenate(units), np.intersect1d(units[0], units[1]))
        return self._found(start[both], stop[both], request.inside)

    def _openings(self, request: Request) -> Found:
        """Return the sentence with which the text begins of each article that is asked about."""
        corpus = self.corpus
        if corpus.origin is not None:
            msg = (
                "evidence: the corpus holds contexts of mentions, which do not begin where articles"
                " do. Pass the corpus of whole articles."
            )
            raise ValueError(msg)
        item = str(request.item)
        if request.items == LEFT_OUT:
            wanted = request.inside & self._left_out(item)
        else:
            wanted = request.inside & (self._stories(request.items) == item)
        lead = np.flatnonzero(self._leads)
        pieces = np.unique(np.searchsorted(corpus.sentences, lead, side="right") - 1)
        pieces = pieces[np.unique(self.rows[pieces], return_index=True)[1]]
        pieces = pieces[wanted[self.rows[pieces]]]
        none = np.empty(0, np.int64)
        return Found(pieces, np.arange(len(pieces)), none, none)

    @cached_property
    def _leads(self) -> _Bools:
        return dict(article_parts(self.corpus))["lead"]

    def _stories(self, name: str) -> npt.NDArray[np.object_]:
        """Return the story of each article as text."""
        table, keys = self.corpus.articles, self.corpus.articles["doc_id"]
        if name not in table.columns:
            if self.stories is None or name not in self.stories.columns:
                article = "an" if name == "event" else "a"
                msg = (
                    f"evidence: which articles belong to {article} {name} is not known: "
                    f"the articles have no column {name!r}. Pass stories= with the columns "
                    f"'doc_id' and {name!r}, or add it with corpus.join()."
                )
                raise ValueError(msg)
            known = self.stories.drop_duplicates("doc_id").set_index("doc_id")[name]
            return keys.map(known).astype(object).map(str).to_numpy()
        return table[name].astype(object).map(str).to_numpy()

    def _left_out(self, name: str) -> _Bools:
        """Return which articles a step of an attrition left out."""
        names = list(self.steps or {})
        if self.steps is None or name not in names:
            msg = (
                f"evidence: which articles the step {name!r} left out is not known. "
                "Pass steps= with the mapping that attrition() was given."
            )
            raise ValueError(msg)
        at = names.index(name)
        last = names[max(at - 1, 0)]
        before, after = (keys_of("evidence", step, self.steps[step]) for step in (last, name))
        lost = before.difference(after)
        keys = pd.Index(self.corpus.articles["doc_id"].astype("str"))
        absent = lost.difference(keys)
        if len(absent):
            msg = (
                f"evidence: the corpus lacks {len(absent):,} of {len(lost):,} articles that the "
                f"step {name!r} left out ({listing(absent, most=3)}). Pass a corpus of the "
                f"articles of {last!r}."
            )
            raise ValueError(msg)
        inside: _Bools = keys.isin(lost)
        return inside

    def _topic(self, request: Request) -> Found:
        """Return the sentences most of whose words come from a topic, and those words."""
        dominance = self._dominance
        topic = dominance.number_of(str(request.item))
        pieces = np.flatnonzero((dominance.best == topic) & request.inside[self.rows])
        number = np.unique(self.keys[pieces], return_inverse=True)[1]
        weights = dominance.of(topic)
        places = ranges(self.corpus.sentences[pieces], self.ends[pieces])
        start = places[weights[places] >= MARKED]
        return Found(pieces, number, start, start + 1, is_own=False, weights=weights)

    @cached_property
    def _dominance(self) -> Dominance:
        if self.model is None:
            msg = (
                "evidence: the sentences of a topic are found by its model. "
                "Pass model= with what fit_topics() returned."
            )
            raise ValueError(msg)
        return Dominance(self.corpus, self.model, self.keys)

    @cached_property
    def idf(self) -> _Floats:
        """The weight of each term: ln(articles / articles with the term)."""
        counts = term_counts(self.corpus)
        n_with = np.bincount(counts.indices, minlength=counts.shape[1])
        return np.log(max(len(self.corpus), 1) / np.maximum(n_with, 1))


def ranges(start: _Ints, stop: _Ints) -> _Ints:
    """Return all places from each start to before its stop."""
    length = stop - start
    shift = np.repeat(start - np.cumsum(length) + length, length)
    return shift + np.arange(int(length.sum()))
