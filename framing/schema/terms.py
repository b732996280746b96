"""Tables of terms."""

from __future__ import annotations

from framing.schema.table import (
    COUNT,
    DATE,
    DOC_ID,
    MEASURE,
    N_ARTICLES,
    N_TOKENS,
    PER_MILLION,
    SOURCE,
    TERM,
    Column,
    Table,
)

TERM_FREQUENCY = Table(
    "term_frequency",
    "term_frequency",
    "one term in one group of articles; absent terms of a group are rows with count 0 "
    "where `terms` names them",
    (
        TERM,
        COUNT,
        N_TOKENS,
        PER_MILLION,
        N_ARTICLES,
        Column("n_group_articles", "int", "articles in the group"),
    ),
    grouped=True,
)

TREND = Table(
    "term_trend",
    "term_trend",
    "one term in one period and one group; periods without an article are rows with n_tokens 0",
    (
        Column("period", "date", "the first day of the period"),
        Column("freq", "str", "the length of the period: `D`, `W`, `MS`, `QS` or `YS`"),
        TERM,
        COUNT,
        N_TOKENS,
        PER_MILLION,
        N_ARTICLES,
        Column("n_group_articles", "int", "articles in that period and group"),
        Column("n_undated", "int", "articles of the group without a date: they are in no period"),
    ),
    grouped=True,
)

DISPERSION = Table(
    "dispersion",
    "dispersion",
    "one term in one group of articles",
    (
        TERM,
        MEASURE,
        Column("score", "float", "0 … 1, `kl` in bits; see `dispersion` for which end is even"),
        COUNT,
        N_TOKENS,
        PER_MILLION,
        Column("range", "int", "parts with the term at least once"),
        Column("n_parts", "int", "parts with at least one token"),
        Column("parts", "str", "the column whose values are the parts"),
    ),
    grouped=True,
)

KEYNESS = Table(
    "keyness",
    "keyness",
    "one term for one target",
    (
        Column("by", "str", "the column that divides the articles"),
        Column("target", "str", "the value of `by` whose articles are the target"),
        Column("reference", "str", "the value they are compared with; `rest` for all others"),
        TERM,
        MEASURE,
        Column(
            "score",
            "float",
            "the statistic; above 0 the term marks the target, below 0 the reference",
        ),
        Column(
            "p_value", "float", "of a single token-level test, unadjusted; missing for effect sizes"
        ),
        Column("count", "int", "occurrences in the target"),
        Column("n_tokens", "int", "tokens of the target"),
        Column("per_million", "float", "count / n_tokens × 1,000,000"),
        Column("n_articles", "int", "articles of the target with the term at least once"),
        Column("count_reference", "int", "occurrences in the reference"),
        Column("n_tokens_reference", "int", "tokens of the reference"),
        Column(
            "per_million_reference", "float", "count_reference / n_tokens_reference × 1,000,000"
        ),
        Column(
            "n_articles_reference", "int", "articles of the reference with the term at least once"
        ),
        Column("n_terms", "int", "terms compared: the family of `lrc`'s correction"),
    ),
)

COLLOCATES = Table(
    "collocates",
    "collocates",
    "one term that stands near the node",
    (
        Column("node", "str", "the term looked at"),
        Column("window", "int", "tokens to each side"),
        TERM,
        MEASURE,
        Column("score", "float", "the statistic; above 0 (`log_dice`: high) means attraction"),
        Column("count", "int", "occurrences of the term inside windows around the node"),
        Column("expected", "float", "occurrences expected there if words were spread at random"),
        Column("n_node", "int", "occurrences of the node"),
        Column("n_term", "int", "occurrences of the term in all, outside the node"),
        Column("n_window", "int", "tokens inside windows, each counted once, without the node's"),
        Column("n_tokens", "int", "tokens in all, without the node's"),
        Column("n_articles", "int", "articles in which the term stands near the node"),
    ),
    grouped=True,
)

KWIC = Table(
    "kwic",
    "kwic",
    "one place where the pattern stands, in the original characters",
    (
        DOC_ID,
        SOURCE,
        DATE,
        Column("sentence", "int", "number of the sentence in the article, from 0"),
        Column("start", "int", "first token of the match, counted from the start of the article"),
        Column("stop", "int", "token after the match"),
        Column("left", "str", "the words before"),
        Column("match", "str", "the words that match"),
        Column("right", "str", "the words after"),
        Column("pattern", "str", "the pattern that was looked for"),
    ),
)

PHRASES = Table(
    "phrases",
    "find_phrases",
    "one pair of neighbouring terms that stands together more often than by chance",
    (
        Column("phrase", "str", "the two terms, with a space between them"),
        MEASURE,
        Column("score", "float", "the statistic; high means that the two belong together"),
        Column("count", "int", "occurrences of the pair"),
        Column("count_first", "int", "occurrences of the first term"),
        Column("count_second", "int", "occurrences of the second term"),
        N_TOKENS,
    ),
)
