"""The table of sentences behind numbers."""

from __future__ import annotations

from framing.schema.table import DATE, DOC_ID, SOURCE, Column, Table

EVIDENCE = Table(
    "evidence",
    "evidence",
    "one sentence behind one row of a result",
    (
        Column("row", "int", "number of the row that was asked about, from 0"),
        Column("items", "str", "what that row is about: `term`, `collocate`, `pair`, `topic`, "
               "`story`, `event`, `sequence`, `left out`, or the column of mentions: `actor`, "
               "`country`, `kind`, `sense`"),
        Column("item", "str", "the term, actor, topic, …"),
        Column("group", "str", "the articles that the sentences come from, as `column: value`, "
               "apart by `; `; `all` for all of them"),
        Column("chosen", "str", "`typical`: near the middle of the item's sentences; `random`: "
               "drawn by chance from all of them"),
        Column("rank", "int", "1 for the most typical, or for the first that was drawn"),
        DOC_ID,
        SOURCE,
        DATE,
        Column("sentence", "int", "number of the sentence in the article, from 0"),
        Column("text", "str", "the original characters of the sentence"),
        Column("marks", "str", "where the item stands in `text`: first character and the one after "
               "the last, as `0:4 10:12`; empty where no word stands for it"),
        Column("typicality", "float", "likeness to the middle of the item's sentences, 0 … 1"),
        Column("n_sentences", "int", "sentences of the item in these articles, of which these "
               "were chosen"),
        Column("seed", "int", "the seed of the random ones"),
    ),
)  # fmt: skip
