"""The table of selection against presentation."""

from __future__ import annotations

from framing.schema.table import Column, Table

DECOMPOSITION = Table(
    "decomposition",
    "decompose",
    "one component of the gap of one item, in all its strata or in one of them",
    (
        Column("by", "str", "the column that divides the articles"),
        Column("target", "str", "the value of `by` whose rate comes first in the gap"),
        Column("reference", "str", "the value whose rate is subtracted; `rest` for all others"),
        Column("items", "str", "what the items are: `term`, `actor`, `country`, …"),
        Column("item", "str", "the term, actor, country, …"),
        Column("measure", "str", "what a rate is, with its unit"),
        Column("strata", "str", "what divides the articles into strata: a column, or `topic`"),
        Column("component", "str", "`gap`, the sum of the others; `selection`: other shares of "
               "the same strata; `presentation`: other rates within the same strata; `only target` "
               "and `only reference`: strata that only that side has"),
        Column("stratum", "str", "the stratum whose contribution this is; missing for the "
               "component as a whole"),
        Column("value", "float", "in the unit of the rate; above 0 it raises the target's rate "
               "over the reference's"),
        Column("low", "float", "lower end of the interval of `value`"),
        Column("high", "float", "upper end of the interval of `value`"),
        Column("rate_target", "float", "numerator_target / denominator_target × scale; missing "
               "where the target has none of these strata"),
        Column("rate_reference", "float", "the same of the reference"),
        Column("weight_target", "float", "share of the target's denominators that is in these "
               "strata, 0 … 1"),
        Column("weight_reference", "float", "the same of the reference"),
        Column("numerator_target", "float", "what is counted, in these strata of the target"),
        Column("denominator_target", "float", "what it is counted in, in these strata of the "
               "target"),
        Column("numerator_reference", "float", "what is counted, in these strata of the reference"),
        Column("denominator_reference", "float", "what it is counted in, in these strata of the "
               "reference"),
        Column("scale", "float", "what a ratio is multiplied by, for example 1,000"),
        Column("n_articles_target", "int", "articles of the target in these strata"),
        Column("n_articles_reference", "int", "articles of the reference in these strata"),
        Column("n_units_target", "int", "units of the target in these strata"),
        Column("n_units_reference", "int", "units of the reference in these strata"),
        Column("n_units_with_target", "int", "units of the target that have the item in these "
               "strata"),
        Column("n_units_with_reference", "int", "the same of the reference"),
        Column("few_units", "bool", "a side has fewer than 20 units with the item in these strata, "
               "or, in rows of strata that only it has, in the common ones; or more than a fifth "
               "of the weight is in strata of fewer than 20 units: do not trust `low` and `high`"),
        Column("interval", "str", "how intervals were made"),
        Column("unit", "str", "the column whose values are drawn for the interval"),
        Column("level", "float", "level of the interval"),
        Column("n_resamples", "int", "how many times units were drawn"),
        Column("seed", "int", "start of the random numbers"),
    ),
)  # fmt: skip
