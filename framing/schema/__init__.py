"""The tables of the toolkit, column by column.

One `Table` for each kind of table that a public function returns. The data dictionary, the checks
at the door of functions that take a table, and the tests read these same lines.
"""

from __future__ import annotations

from framing.schema.actors import (
    CO_MENTIONS,
    LEDGER,
    LEDGER_PROBLEMS,
    MENTION_AUDIT,
    MENTIONS,
    SALIENCE,
)
from framing.schema.articles import ARTICLES, PROBLEMS
from framing.schema.boilerplate import ATTRITION, BOILERPLATE
from framing.schema.bundle import REPRODUCTION
from framing.schema.comparison import COMPARISON, COMPARISON_PAIRS
from framing.schema.decomposition import DECOMPOSITION
from framing.schema.evidence import EVIDENCE
from framing.schema.methods import METHODS_SETTINGS
from framing.schema.specification import SPECIFICATION_CURVE, SPECIFICATION_TEST
from framing.schema.stories import EVENTS, STORIES, STORY_PAIRS
from framing.schema.table import KINDS, Column, Table
from framing.schema.terms import (
    COLLOCATES,
    DISPERSION,
    KEYNESS,
    KWIC,
    PHRASES,
    TERM_FREQUENCY,
    TREND,
)
from framing.schema.topics import (
    INTRUSION_KEY,
    INTRUSION_SCORES,
    REPRESENTATIVE_ARTICLES,
    TOPIC_CHOICE,
    TOPIC_COMMUNITIES,
    TOPIC_EFFECTS,
    TOPIC_EXPECTED_SHARES,
    TOPIC_MAP,
    TOPIC_NETWORKS,
    TOPIC_PREDICTION,
    TOPIC_QUALITY,
    TOPIC_SHARE,
    TOPIC_STABILITY,
    TOPIC_TERMS,
    TOPIC_TREND,
    TOPIC_WORDING,
)

__all__ = [
    "ARTICLES",
    "ATTRITION",
    "BOILERPLATE",
    "COLLOCATES",
    "COMPARISON",
    "COMPARISON_PAIRS",
    "CO_MENTIONS",
    "DECOMPOSITION",
    "DISPERSION",
    "EVENTS",
    "EVIDENCE",
    "INTRUSION_KEY",
    "INTRUSION_SCORES",
    "KEYNESS",
    "KINDS",
    "KWIC",
    "LEDGER",
    "LEDGER_PROBLEMS",
    "MENTIONS",
    "MENTION_AUDIT",
    "METHODS_SETTINGS",
    "PHRASES",
    "PROBLEMS",
    "REPRESENTATIVE_ARTICLES",
    "REPRODUCTION",
    "SALIENCE",
    "SPECIFICATION_CURVE",
    "SPECIFICATION_TEST",
    "TABLES",
    "TERM_FREQUENCY",
    "TOPIC_CHOICE",
    "TOPIC_COMMUNITIES",
    "TOPIC_EFFECTS",
    "TOPIC_EXPECTED_SHARES",
    "TOPIC_MAP",
    "TOPIC_NETWORKS",
    "TOPIC_PREDICTION",
    "TOPIC_QUALITY",
    "TOPIC_SHARE",
    "TOPIC_STABILITY",
    "TOPIC_TERMS",
    "TOPIC_TREND",
    "TOPIC_WORDING",
    "TREND",
    "Column",
    "Table",
    "data_dictionary",
]

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ARTICLES, PROBLEMS, TERM_FREQUENCY, TREND, DISPERSION, KEYNESS, COLLOCATES, KWIC, PHRASES,
        TOPIC_TERMS, TOPIC_SHARE, TOPIC_QUALITY,
        TOPIC_STABILITY, TOPIC_CHOICE, TOPIC_PREDICTION, TOPIC_TREND, REPRESENTATIVE_ARTICLES,
        TOPIC_WORDING, TOPIC_EFFECTS, TOPIC_EXPECTED_SHARES, TOPIC_NETWORKS, TOPIC_COMMUNITIES,
        TOPIC_MAP,
        INTRUSION_KEY, INTRUSION_SCORES,
        LEDGER, LEDGER_PROBLEMS,
        MENTIONS, MENTION_AUDIT, SALIENCE, CO_MENTIONS,
        STORIES, STORY_PAIRS, EVENTS,
        COMPARISON, COMPARISON_PAIRS, DECOMPOSITION,
        EVIDENCE, SPECIFICATION_CURVE, SPECIFICATION_TEST,
        BOILERPLATE, ATTRITION, METHODS_SETTINGS, REPRODUCTION,
    )
}  # fmt: skip


def data_dictionary() -> str:
    """Return the data dictionary as Markdown, one section a table."""
    lines = [
        "# Data dictionary",
        "",
        "Every table of the toolkit, column by column. Made from `framing/schema/`;",
        "edit it there and run `make docs`. A grouped table has the columns of `by` before these.",
    ]
    for table in TABLES.values():
        lines += [
            "",
            f"## {table.name}",
            "",
            f"Returned by `{table.made_by}`. One row: {table.row}.",
        ]
        lines += ["Grouped: the columns of `by` stand first."] if table.grouped else []
        lines += ["", "| column | kind | meaning |", "|---|---|---|"]
        for column in table.columns:
            meaning = column.meaning + (" (where the files have it)" if column.optional else "")
            lines.append(f"| `{column.name}` | {column.kind} | {meaning} |")
    return "\n".join(lines) + "\n"
