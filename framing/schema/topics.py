"""Tables of topic models."""

from __future__ import annotations

from framing.schema.table import TERM, Column, Table

TOPIC_TERMS = Table(
    "topic_terms",
    "topic_terms",
    "one of the most probable terms of one topic",
    (
        Column("topic", "int", "number of the topic, from 0"),
        Column("label", "str", "the topic's first three terms, or the label it was given"),
        Column("rank", "int", "1 for the most probable term of the topic"),
        TERM,
        Column("probability", "float", "P(term given topic); for NMF the weight, scaled to sum 1"),
        Column("n_topics", "int", "topics of the model"),
        Column("engine", "str", "the program that fitted the model"),
        Column("seed", "int", "the seed it was fitted with"),
    ),
)

TOPIC_SHARE = Table(
    "topic_share",
    "topic_share",
    "one topic in one group of articles",
    (
        Column("topic", "int", "number of the topic, from 0"),
        Column("label", "str", "the topic's first three terms, or the label it was given"),
        Column("share", "float", "mean P(topic given article) = weight / n_articles, 0 … 1"),
        Column("weight", "float", "sum of P(topic given article) over the articles"),
        Column("n_articles", "int", "articles of the group that have any token in the model"),
        Column("n_topics", "int", "topics of the model"),
        Column("engine", "str", "the program that fitted the model"),
        Column("seed", "int", "the seed it was fitted with"),
    ),
    grouped=True,
)

TOPIC_QUALITY = Table(
    "topic_quality",
    "topic_quality",
    "one measure of one topic",
    (
        Column("topic", "int", "number of the topic, from 0"),
        Column("label", "str", "the topic's first three terms, or the label it was given"),
        Column("measure", "str", "`npmi`, `c_v`, `semantic_coherence`, `exclusivity`, "
               "`uniqueness`, `share`, `effective_articles` or `effective_groups`"),
        Column("score", "float", "the measure's value, in its own unit"),
        Column("n_terms", "int", "most probable terms of the topic that were looked at"),
        Column("n_topics", "int", "topics of the model"),
        Column("engine", "str", "the program that fitted the model"),
        Column("seed", "int", "the seed it was fitted with"),
    ),
)  # fmt: skip
