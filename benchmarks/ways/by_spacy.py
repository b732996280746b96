"""Mentions and the terms around them by spaCy's blank pipeline."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from ways.way import WIDE, Way, aliases, said_near, sources, texts


def _blank(folder: Path) -> Any:
    """Return the pipeline, the matcher, and the source of each article."""
    import spacy
    from spacy.matcher import PhraseMatcher

    pipeline = spacy.blank("en")
    pipeline.max_length = 100_000_000
    matcher = PhraseMatcher(pipeline.vocab)  # as it is written: "US" is not "us"
    for actor, names in aliases(folder).items():
        matcher.add(actor, [pipeline.make_doc(name) for name in names])
    return pipeline, matcher, sources(folder)


def _texts(folder: Path) -> Any:
    return *_blank(folder), texts(folder)


def _docs(folder: Path) -> Any:
    pipeline, matcher, source = _blank(folder)
    return pipeline, matcher, source, list(pipeline.pipe(texts(folder)))


def _from_texts(made: Any) -> Any:
    pipeline, matcher, source, lines = made
    return _count(matcher, source, pipeline.pipe(lines), pipeline.vocab)


def _from_docs(made: Any) -> Any:
    pipeline, matcher, source, docs = made
    return _count(matcher, source, docs, pipeline.vocab)


def _count(matcher: Any, source: list[str], docs: Any, vocab: Any) -> Any:
    """Count words near names by actor and source; none twice where windows overlap."""
    from spacy.attrs import IS_PUNCT, IS_SPACE, LOWER
    from spacy.util import filter_spans

    n_mentions = 0
    found: dict[tuple[str, str], Counter[int]] = {}
    for doc, name in zip(docs, source, strict=True):
        spans = filter_spans(matcher(doc, as_spans=True))  # the longest, no two overlap
        n_mentions += len(spans)
        if not spans:
            continue
        values = doc.to_array([LOWER, IS_PUNCT, IS_SPACE])
        word = values[:, 0].tolist()
        counts = (values[:, 1] + values[:, 2] == 0).tolist()
        near: dict[int, set[int]] = {}
        own: dict[int, set[int]] = {}
        for span in spans:
            window = range(max(span.start - WIDE, 0), min(span.end + WIDE, len(word)))
            near.setdefault(span.label, set()).update(window)
            own.setdefault(span.label, set()).update(range(span.start, span.end))
        for label, places in near.items():
            counter = found.setdefault((vocab.strings[label], name), Counter())
            counter.update(word[at] for at in places - own[label] if counts[at])
    return n_mentions, {
        pair: {vocab.strings[word]: count for word, count in counter.items()}
        for pair, counter in found.items()
    }


def _see(made: Any) -> str:
    return said_near(*made)


WAYS = [
    Way("mentions", "spaCy PhraseMatcher", _texts, _from_texts, _see, "spacy"),
    Way("mentions", "spaCy PhraseMatcher, from its tokens", _docs, _from_docs, _see, "spacy"),
]
