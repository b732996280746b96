"""Which topic each word and each sentence most likely comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing._checks import listing
from framing.corpus import Corpus, token_rows
from framing.topics import TopicModel

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Dominance:
    """Which topic each token and each sentence most likely comes from.

    P(topic given token and article) is P(topic given article) × P(term given topic), divided by
    the sum of that over the topics. A sentence belongs to the topic whose sum over its tokens is
    the highest.

    Attributes
    ----------
    corpus : Corpus
        The corpus.
    model : TopicModel
        The model.
    keys : array of int64
        The sentence of each piece of the corpus.
    """

    corpus: Corpus
    model: TopicModel
    keys: _Ints

    @cached_property
    def theta(self) -> _Floats:
        """P(topic given article) of each row of the corpus, 0 where the model saw no word."""
        keys, model = pd.Index(self.corpus.articles["doc_id"], dtype="str"), self.model
        if model.doc_ids.is_unique:
            place = model.doc_ids.get_indexer(keys)
        elif self.corpus.fingerprint == model.settings["corpus"]:
            place = np.arange(len(keys))
        else:
            place = np.full(len(keys), -1)
        if (place < 0).any():
            unknown = keys[place < 0].unique()
            msg = (
                f"evidence: the model has not seen {len(unknown):,} of the articles "
                f"({listing(unknown, most=3)}), or cannot tell them apart. "
                "Pass the corpus that the model was fitted on, or a part of it."
            )
            raise ValueError(msg)
        return np.nan_to_num(model.article_topic[place])

    def number_of(self, topic: str) -> int:
        """Return the number of a topic that is called by its number or its label."""
        labels = self.model.labels
        names = {
            name: number
            for number, label in enumerate(labels)
            for name in (str(number), label, f"{number} {label}", f"{number}: {label}")
        }
        if topic not in names:
            msg = (
                f"evidence: the model has no topic {topic!r}. It has 0 to {len(labels) - 1}: "
                f"{listing(labels)}. Pass the model that the table was made from."
            )
            raise ValueError(msg)
        return names[topic]

    @cached_property
    def _tokens(self) -> tuple[_Ints, _Ints, npt.NDArray[np.int32]]:
        """Return the places of the model's terms, their columns in the model and their rows."""
        column = self.model.vocabulary.get_indexer(self.corpus.vocabulary)
        column = np.append(column, [-1, -1])[self.corpus.codes]
        places = np.flatnonzero(column >= 0)
        return places, column[places], token_rows(self.corpus)[places]

    def _joint(self, topic: int) -> _Floats:
        """Return P(topic given article) × P(term given topic) of each token."""
        _, column, row = self._tokens
        joint: _Floats = self.theta[row, topic] * self.model.topic_term[topic, column]
        return joint

    @cached_property
    def _sums(self) -> _Floats:
        total = np.zeros(len(self._tokens[0]))
        for topic in range(self.model.n_topics):
            total += self._joint(topic)
        return np.where(total > 0, total, 1.0)

    def of(self, topic: int) -> _Floats:
        """Return for each place of the corpus the probability that it comes from a topic."""
        weights = np.zeros(len(self.corpus.codes))
        weights[self._tokens[0]] = self._joint(topic) / self._sums
        return weights

    @cached_property
    def best(self) -> _Ints:
        """The topic of each piece's sentence, -1 where it has no word of the model."""
        piece = np.searchsorted(self.corpus.sentences, self._tokens[0], side="right") - 1
        number = np.unique(self.keys, return_inverse=True)[1]
        sentence = number[piece]
        n_sentences = int(number.max(initial=-1)) + 1
        highest, best = np.zeros(n_sentences), np.full(n_sentences, -1)
        for topic in range(self.model.n_topics):
            share = self._joint(topic) / self._sums
            sums = np.bincount(sentence, weights=share, minlength=n_sentences)
            better = sums > highest
            highest[better], best[better] = sums[better], topic
        chosen: _Ints = best[number]
        return chosen
