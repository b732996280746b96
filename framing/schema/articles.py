"""Tables of articles."""

from __future__ import annotations

from framing.schema.table import DATE, DOC_ID, SOURCE, Column, Table

ARTICLES = Table(
    "articles",
    "read_articles",
    "one article; any further column of the files is kept behind these",
    (
        DOC_ID,
        SOURCE,
        DATE,
        Column("title", "str", "the headline; missing where there is none"),
        Column("text", "str", "the body without title, headings and tags; in Unicode NFC"),
        Column("headings", "str", "section headings inside the body, one a line", optional=True),
        Column("tags", "str", "tags that stood after the last sentence, one a line", optional=True),
        Column("url", "str", "where it was published on the web", optional=True),
        Column("country", "str", "ISO 3166-1 alpha-3 code of the outlet's country", optional=True),
        Column("file", "str", "the file it was read from, and after `::` the archive member"),
        Column(
            "line",
            "int",
            "line or record number in that file, from 1; missing for a file that is one article",
        ),
        Column(
            "encoding",
            "str",
            "the encoding that the file was read in; missing for formats that carry their own",
        ),
    ),
)

PROBLEMS = Table(
    "problems",
    "read_articles",
    "one thing that was wrong with a file, a row or a field, and what was done about it",
    (
        Column("file", "str", "the file"),
        Column("member", "str", "the member of an archive, or the sheet; missing elsewhere"),
        Column(
            "line", "int", "line or record number, from 1; missing where the whole file is meant"
        ),
        Column("doc_id", "str", "the article's key; missing where no article came of it"),
        Column("field", "str", "the field: `text`, `date`, …; missing where the whole is meant"),
        Column("what", "str", "what is wrong, in a few fixed words that can be counted"),
        Column("value", "str", "the value that was found, shortened to 200 characters"),
        Column("action", "str", "what was done: `left out`, `set to missing`, `mended`, `kept`"),
    ),
)
