"""Tables of stories and events."""

from __future__ import annotations

from framing.schema.table import DOC_ID, Column, Table

STORIES = Table(
    "stories",
    "find_stories",
    "one article of the corpus",
    (
        DOC_ID,
        Column("story", "str", "the `doc_id` of the story's first article"),
        Column("first", "bool", "whether it is the first of its story: by date, ties by `doc_id`"),
        Column("n_articles", "int", "articles of the story; 1 for an article that nobody copied"),
        Column("n_sources", "int", "sources of the story; 0 where none is known"),
        Column("nearest", "str", "the most similar article of the story; missing where alone"),
        Column(
            "similarity",
            "float",
            "Jaccard similarity with `nearest`: n_shared / shingles of the two, 0 … 1",
        ),
        Column(
            "containment",
            "float",
            "n_shared / shingles of the shorter of the two, 0 … 1",
        ),
        Column("n_shared", "int", "shingles that it shares with `nearest`; 0 where alone"),
        Column("n_shingles", "int", "distinct shingles of the article, without boilerplate"),
        Column(
            "lowest",
            "float",
            "similarity of the two articles of the story that are least alike; missing where alone",
        ),
        Column("min_similarity", "float", "the least similarity that joined two articles"),
        Column("min_containment", "float", "the least containment that joined two articles"),
        Column("min_shared", "int", "the least number of shared shingles that joined two articles"),
        Column("n_words", "int", "words of a shingle"),
        Column("max_repeats", "int", "texts of one source beyond which a shingle is boilerplate"),
    ),
)

STORY_PAIRS = Table(
    "story_pairs",
    "story_pairs",
    "two articles of a story, one of them the most similar one to the other",
    (
        Column("story", "str", "the `doc_id` of the story's first article"),
        DOC_ID,
        Column("other", "str", "the `doc_id` of the later article"),
        Column("source", "str", "the source of `doc_id`; missing where unknown"),
        Column("other_source", "str", "the source of `other`; missing where unknown"),
        Column("date", "date", "the date of `doc_id`; missing where unknown"),
        Column("other_date", "date", "the date of `other`; missing where unknown"),
        Column("similarity", "float", "Jaccard similarity of their shingles, 0 … 1"),
        Column("containment", "float", "shared shingles / shingles of the shorter one, 0 … 1"),
        Column("n_shared", "int", "shingles that both have"),
        Column("n_passage_words", "int", "words of the longest passage that both have"),
        Column("passage", "str", "that passage as `doc_id` has it, white space as single spaces"),
        Column("n_words", "int", "words of a shingle"),
    ),
)

EVENTS = Table(
    "events",
    "find_events",
    "one article of the corpus",
    (
        DOC_ID,
        Column("event", "str", "the `doc_id` of the event's first article"),
        Column("first", "bool", "whether it is the first of its event: by date, ties by `doc_id`"),
        Column("n_articles", "int", "articles of the event; 1 for an article alone"),
        Column("n_sources", "int", "sources of the event; 0 where none is known"),
        Column("nearest", "str", "the most similar article of the event; missing where alone"),
        Column("similarity", "float", "similarity with `nearest`, 0 … 1; missing where alone"),
        Column(
            "shared_terms",
            "str",
            "the terms that made them similar, the heaviest first; missing where alone",
        ),
        Column("shared_actors", "str", "actors that both name; missing without `mentions`"),
        Column("days", "int", "days from the first to the last article of the event"),
        Column("min_similarity", "float", "the least mean similarity that joined two groups"),
        Column("max_days", "int", "the most days between two articles of an event"),
        Column("lead", "int", "first tokens of each article that were also compared by themselves"),
    ),
)
