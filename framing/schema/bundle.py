"""The table of a bundle that was drawn again."""

from __future__ import annotations

from framing.schema.table import Column, Table

REPRODUCTION = Table(
    "reproduction",
    "reproduce",
    "one figure of the bundle",
    (
        Column("figure", "str", "its name"),
        Column("status", "str", "`identical`: all bytes; `same numbers`: other bytes; `differs`: "
               "other numbers; `not redrawn`: the bundle has no recipe"),
        Column("n_files", "int", "pictures that were drawn again"),
        Column("n_identical", "int", "those with the same bytes"),
        Column("n_rows", "int", "rows that the figure shows, in the bundle"),
        Column("n_rows_differ", "int", "rows that are not the same when it is drawn again"),
        Column("what", "str", "what differs, and the likely cause; missing where nothing does"),
    ),
)  # fmt: skip
