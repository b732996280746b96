"""Tables of what is left out: furniture of the sources, and articles on the way."""

from __future__ import annotations

from framing.schema.table import Column, Table

BOILERPLATE = Table(
    "boilerplate",
    "boilerplate",
    "one sequence of words that one source repeats over its articles",
    (
        Column("sequence", "str", "the terms with a space between; `#` is any term with a digit"),
        Column("what", "str", "`self-name`, `opening`, `closing` or `passage`"),
        Column("n_words", "int", "terms of the sequence"),
        Column("n_articles", "int", "articles of the source that have it, openings and closings "
               "at that place, passages as a sentence of their own"),
        Column("n_group_articles", "int", "articles of the source"),
        Column("share", "float", "n_articles / n_group_articles"),
        Column("share_elsewhere", "float", "the share of the articles of all other sources that "
               "have it so; missing where there are no others"),
        Column("position", "float", "where it stands, 0 start … 1 end of the article; the median"),
        Column("doc_id", "str", "the first article that has it"),
    ),
    grouped=True,
)  # fmt: skip

ATTRITION = Table(
    "attrition",
    "attrition",
    "one source at one step, and at the first step also one reason for which something was left "
    "out before it had a source; n_before − n_left_out = n_after in every row, and the sum of "
    "n_after over the rows of a source is that of n_before at the next step",
    (
        Column("step", "int", "number of the step, from 0, the reading of the files"),
        Column("name", "str", "the name of the step"),
        Column("source", "str", "the source; missing where it is not known, as of unread files"),
        Column("what", "str", "why it was left out, as in `problems`; missing at later steps, "
               "whose name is the reason, and where nothing was"),
        Column("n_before", "int", "articles before the step; a file that could not be read is 1"),
        Column("n_left_out", "int", "articles that the step left out"),
        Column("n_after", "int", "articles after it"),
    ),
)  # fmt: skip
