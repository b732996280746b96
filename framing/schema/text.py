"""Which columns hold words of the articles, or lead to them: the only list of these.

A table that leaves the researcher's hands, as in a replication bundle, goes without them. Every
column of text in the schema is either here or in `OPEN`; a test sees to it.
"""

from __future__ import annotations

TEXT = {
    "title": "the headline",
    "text": "the text of the article or sentence",
    "headings": "headings inside the text",
    "tags": "tags under the text",
    "surface": "the original characters",
    "left": "the original characters",
    "match": "the original characters",
    "right": "the original characters",
    "passage": "a passage of the text",
    "sequence": "a passage of the text",
    "examples": "sentences of the text",
    "value": "what stood in a file",
    "shared_terms": "terms of one article, the heaviest first",
    "url": "leads to the article",
    "file": "the researcher's own file",
    "member": "the researcher's own file",
    "line": "the place in the researcher's own file",
    "start": "the place of a word in its article",
    "stop": "the place of a word in its article",
    "sentence": "the place of a word in its article",
    "marks": "the place of a word in its sentence",
}
"""Columns that are withheld, and what they hold; also under these names in tables of one's own."""

OTHER_NAMES = (
    "body", "content", "abstract", "summary", "headline", "snippet", "context", "quote", "excerpt",
    "paragraph", "sentences", "lead", "link", "path", "html", "raw", "description", "author",
    "byline", "key_sentence", "full_text", "subtitle", "caption",
)  # fmt: skip
"""Further names that tables of one's own give to columns of text, of links and of people."""

PLACES = ("line", "start", "stop", "sentence")
"""Those of `TEXT` that are withheld whatever the column holds; all others where it holds text."""

KEYS = ("doc_id", "story", "event", "nearest", "other")
"""Columns that hold keys of articles, where they hold text."""

OPEN = (
    "action", "actor", "against", "alias", "alias_kind", "better", "by", "case", "chosen",
    "coder", "component", "country", "encoding", "engine", "error", "field", "figure", "first",
    "formula", "freq", "group", "how", "interval", "item", "items", "kind", "label", "ledger",
    "made_from", "measure", "name", "node", "not_after", "not_before", "not_with", "other_label",
    "other_source", "part", "parts", "pattern", "phrase", "reference", "requires", "rules",
    "scope", "second", "sense", "setting", "shared_actors", "shown", "source", "statistic",
    "status", "strata", "stratum", "table", "target", "task", "term", "unit", "version",
    "weighting", "what",
)  # fmt: skip
"""Columns of text that hold names, settings and single terms."""


def withheld(name: str, *, holds_text: bool = True) -> str | None:
    """Return what a column holds that may not leave the researcher's hands; None for nothing.

    Examples
    --------
    >>> withheld("title")
    'the headline'
    >>> withheld("Full Text")
    'text, by its name'
    >>> withheld("value", holds_text=False) is None
    True
    """
    plain = name.strip().lower().replace(" ", "_").replace("-", "_")
    if not holds_text and plain not in PLACES:
        return None
    if plain in TEXT:
        return TEXT[plain]
    return "text, by its name" if plain in OTHER_NAMES else None
