"""Show how news sources frame the same world."""

from __future__ import annotations

from framing.corpus import Corpus, build_corpus, document_term_matrix
from framing.dispersion import dispersion
from framing.frequency import term_frequency, term_trend
from framing.keyness import keyness
from framing.phrases import find_phrases
from framing.saving import load_corpus, save_corpus
from framing.words import stop_words

__version__ = "0.1.0"

__all__ = [
    "Corpus",
    "build_corpus",
    "dispersion",
    "document_term_matrix",
    "find_phrases",
    "keyness",
    "load_corpus",
    "save_corpus",
    "stop_words",
    "term_frequency",
    "term_trend",
]
