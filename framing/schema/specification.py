"""Tables of one claim under many choices."""

from __future__ import annotations

from framing.schema.table import Column, Table

SPECIFICATION_CURVE = Table(
    "specification_curve",
    "specification_curve",
    "one combination of choices; before these columns stands one for each choice, with the label "
    "of the option",
    (
        Column("specification", "int", "1 for the lowest estimate; those that failed come last"),
        Column("measure", "str", "what the estimate is, with its unit"),
        Column("estimate", "float", "the estimate; missing where the combination failed"),
        Column("low", "float", "lower end of its interval"),
        Column("high", "float", "upper end of its interval"),
        Column("p", "float", "p-value, 0 … 1; missing where the analysis gives none"),
        Column("null", "float", "the estimate that would mean no effect: 0 for a difference, 1 for "
               "a ratio"),
        Column("interval", "str", "where the interval lies: `above` or `below` the null, `across` "
               "it; missing where the combination failed or has no interval"),
        Column("median", "float", "median of the estimates"),
        Column("n_specifications", "int", "combinations in all, also those that failed"),
        Column("error", "str", "why the combination failed; missing where it did not"),
    ),
    grouped=True,
)  # fmt: skip

SPECIFICATION_TEST = Table(
    "specification_test",
    "specification_test",
    "one summary of a specification curve, against curves of shuffled data",
    (
        Column("statistic", "str", "`median`: distance of the median estimate from the null; "
               "`share`: share of specifications whose interval lies on the side of the median; "
               "`mean_z`: size of the mean z of the p-values"),
        Column("observed", "float", "its value in the data; missing for `mean_z` without p-values"),
        Column("shuffled_median", "float", "its median over the shuffled data"),
        Column("shuffled_95", "float", "its 95th percentile over the shuffled data"),
        Column("p", "float", "(1 + shuffles at least as high) / (1 + shuffles), 0 … 1"),
        Column("measure", "str", "what the estimate is, with its unit"),
        Column("null", "float", "the estimate that would mean no effect"),
        Column("n_specifications", "int", "specifications without an error in the data and in "
               "every shuffle: those that count"),
        Column("n_shuffles", "int", "how often the data were shuffled"),
        Column("seed", "int", "the seed of the shuffles"),
    ),
)  # fmt: skip
