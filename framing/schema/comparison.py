"""Tables of comparisons."""

from __future__ import annotations

from dataclasses import replace

from framing.schema.table import Column, Table

COMPARISON = Table(
    "comparison",
    "compare",
    "one item in one group of articles, and its contrast with the other groups or one of them",
    (
        Column("items", "str", "what the items are: `term`, `actor`, `country`, `topic`, …"),
        Column("item", "str", "the item"),
        Column("measure", "str", "what `estimate` tells, with its unit"),
        Column("estimate", "float", "numerator / denominator × scale; missing without denominator"),
        Column("low", "float", "lower end of its interval; missing where it cannot be estimated"),
        Column("high", "float", "upper end of its interval; missing where it cannot be estimated"),
        Column("numerator", "float", "sum of numerators over the group's articles"),
        Column("denominator", "float", "sum of denominators over the group's articles"),
        Column("scale", "float", "what the ratio is multiplied by"),
        Column("n_articles", "int", "articles of the group in which anything can be counted"),
        Column("n_units", "int", "units of the group in which anything can be counted"),
        Column("n_units_with", "int", "units of the group with the item"),
        Column(
            "few_units", "bool", "too few units have the item, or lack it, to trust `low`, `high`"
        ),
        Column("reference", "str", "the other side: `rest` or a group; missing in its own row"),
        Column("estimate_reference", "float", "estimate of the reference"),
        Column("numerator_reference", "float", "numerator of the reference"),
        Column("denominator_reference", "float", "denominator of the reference"),
        Column("n_units_reference", "int", "n_units of the reference; 0 without one"),
        Column("n_units_with_reference", "int", "n_units_with of the reference; 0 without one"),
        Column("few_units_reference", "bool", "few_units of the reference; true without one"),
        Column("difference", "float", "estimate - estimate_reference; above 0: more than there"),
        Column("difference_low", "float", "lower end of its interval"),
        Column("difference_high", "float", "upper end of its interval"),
        Column("ratio", "float", "estimate / estimate_reference; infinite or missing over 0"),
        Column("ratio_low", "float", "lower end of its interval; missing where a side is 0"),
        Column("ratio_high", "float", "upper end of its interval; missing where a side is 0"),
        Column("p", "float", "two-sided p-value of the difference; missing where not tested"),
        Column("q", "float", "p after Benjamini and Hochberg, over all rows of the call with a p"),
        Column("n_tests", "int", "how many rows that are: the family of `q`"),
        Column("level", "float", "level of the intervals"),
        Column("interval", "str", "how intervals were made, and on which scale"),
        Column("unit", "str", "the column whose values are the units; each is taken whole"),
        Column("n_resamples", "int", "permutations behind `p`; 0 where there were none"),
        Column("seed", "int", "the seed of the permutations"),
    ),
    grouped=True,
)

COMPARISON_PAIRS = replace(
    COMPARISON,
    name="comparison_pairs",
    made_by="compare_pairs",
    row="one item in one pair of groups; the target's group is in the columns of `by`",
)
