"""The table of settings that the methods text rests on."""

from __future__ import annotations

from framing.schema.table import Column, Table

METHODS_SETTINGS = Table(
    "methods_settings",
    "methods",
    "one setting of one result; the programs come last",
    (
        Column("result", "int", "number of the result, from 1; 0 for the programs"),
        Column("table", "str", "what the result is: a table of this dictionary, `corpus`, "
               "`topic_model`, `measure` or `program`"),
        Column("setting", "str", "the name of the setting, mostly that of a column"),
        Column("value", "str", "its value or values as text"),
    ),
)  # fmt: skip
