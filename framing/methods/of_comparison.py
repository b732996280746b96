"""What comparisons of rates add to a methods section."""

from __future__ import annotations

import pandas as pd

from framing.measure import Measure
from framing.methods.marks import cite, column, counted, listed, named, sentence, together
from framing.methods.passage import Passage, groups_of, ints, settings_of, truths, values, whole
from framing.schema import Table

KINDS = {
    "term": ("term", "terms"),
    "actor": ("actor", "actors"),
    "country": ("country", "countries"),
    "kind": ("kind of actor", "kinds of actors"),
    "sense": ("sense", "senses"),
    "topic": ("topic", "topics"),
    "column": ("number", "numbers"),
}

UNITS = {"doc_id": ("article", "articles"), "story": ("story", "stories")}

STATISTICS = {
    "median": "the distance of the median estimate from the null (for ratios of logarithms)",
    "share": "the share of specifications whose interval lies wholly on the median's side of the "
    "null",
    "mean_z": "the size of the mean z-score of the p-values",
}

INTERVALS = {
    "cluster-robust t on the log scale": "on the log scale, with the effective number of units "
    "that have the item, less one, as degrees of freedom",
    "cluster-robust t on the logit scale": "on the logit scale, with the effective number of units "
    "that have the item, or of those that have something else, less one, as degrees of freedom",
}

SCARCE = {
    "gamma": "those of the gamma distribution",
    "nearer ends of gamma and t": "the nearer ends of that of the gamma distribution and that of t",
}
"""Intervals of items that too few units have for their variance alone to tell."""

RATES = {
    "occurrences per million tokens": (
        "occurrences per million tokens (occurrences / tokens × 1,000,000)"
    ),
    "mentions per 1,000 tokens": "mentions per 1,000 tokens (mentions / tokens × 1,000)",
    "share of articles with it": (
        "shares of articles with the item (articles that have it / articles with any token)"
    ),
    "mean share of an article": "mean shares of articles (sum of shares / articles)",
}
"""The toolkit's own measures, with their formulas."""

LEDGER_OPEN = "compare: the version of the ledger is no column; pass the Measure or the mentions."
DRAWS_OPEN = "compare: whether draws of the model were added is no column; pass the Measure."


def units(data: pd.DataFrame) -> str:
    """Return in words, many of them, what was taken whole."""
    told = [UNITS.get(str(one), ("", f"units ({column(one)})"))[1] for one in values(data, "unit")]
    return " or ".join(told)


def things(data: pd.DataFrame) -> str:
    """Return how many items of which kind a result is about."""
    known = data[["items", "item"]].drop_duplicates()
    told = []
    for kind, part in known.groupby("items", sort=False):
        size = counted(len(part), *KINDS.get(str(kind), ("item", "")))
        told.append(f"{size} ({listed(part['item'])})" if len(part) <= _MOST_ITEMS else size)
    return " and ".join(told)


def rates(data: pd.DataFrame) -> str:
    """Return what the rates are, with their formulas."""
    pairs = data[["measure", "scale"]].drop_duplicates()
    return together(
        [rate(str(name), float(scale)) for name, scale in pairs.itertuples(index=False)]
    )


def rate(name: str, scale: float) -> str:
    """Return what a rate is; each part of it is a sum over the articles of a group."""
    times = "" if scale == 1 else f" × {scale:,.0f}"
    return RATES.get(name, f"rates ({named(name)}, of sums over articles{times})")


def levels(data: pd.DataFrame) -> str:
    """Return the level of the intervals: `95 %`."""
    told = [f"{float(str(level)) * 100:g}" for level in values(data, "level")]
    return f"{' or '.join(told)}\u00a0%"


_MOST_ITEMS = 8


def seeds(data: pd.DataFrame, name: str = "seed") -> str:
    """Return the seed or seeds, in words."""
    told = [str(seed) for seed in ints(data, name)]
    return f"seed{'s' if len(told) > 1 else ''} {together(told)}"


def comparison(data: pd.DataFrame, table: Table) -> Passage:
    """Describe rates of groups with intervals and tests."""
    found = Passage(settings=settings_of(data, table), programs=["scipy"])
    if not len(data):
        return found
    groups = groups_of(data, table)
    found.say(
        sentence(f"{rates(data)} of {things(data)} were compared between groups of articles ")
        + f"({together(map(column, groups)) if groups else 'not told'}){_against(data)}.",
        *_intervals(data),
        f"Intervals of differences joined those of the two sides {cite('zou2008')}."
        if data["reference"].notna().any()
        else "",
    )
    found.say(*_tests(data))
    kinds = set(map(str, values(data, "items")))
    found.left_open += [LEDGER_OPEN] if kinds & {"actor", "country", "kind", "sense"} else []
    found.left_open += [DRAWS_OPEN] if "topic" in kinds else []
    few = truths(data, "few_units") | (
        truths(data, "few_units_reference") & data["reference"].notna()
    )
    if few.any():
        found.say(
            f"Of {len(data):,} rows, {int(few.sum()):,} (marked {column('few_units')}) rested on "
            f"too few {units(data)} with the item for their intervals to be trusted."
        )
    return found


def _intervals(data: pd.DataFrame) -> list[str]:
    """Say how intervals were made."""
    kinds = [str(one) for one in values(data, "interval")]
    usual = [INTERVALS.get(one, named(one)) for one in kinds if one not in SCARCE]
    scarce = [SCARCE[one] for one in kinds if one in SCARCE]
    ends = f", and intervals were of t {' or '.join(usual)} {cite('kish1965')}" if usual else ""
    robust = (
        f"Intervals ({levels(data)}) took {units(data)} whole: the variance of a rate was the "
        f"cluster-robust one of a ratio of sums, by Taylor linearisation{ends}."
    )
    few = (
        f"For items that too few {units(data)} had for their variance alone to tell, intervals "
        f"were {' or '.join(scarce)} {cite('fay1997')}."
    )
    return [robust, few if scarce else ""]


def _against(data: pd.DataFrame) -> str:
    """Return with what groups were contrasted."""
    references = [named(one) for one in values(data, "reference")]
    if not references:
        return ""
    if references == ["rest"]:
        return ", each with all others"
    if len(references) == 1:
        return f", with {references[0]} as the reference"
    return ", each pair" if "rest" not in references else f", with {listed(references)}"


def _tests(data: pd.DataFrame) -> list[str]:
    """Say how differences were tested, and how p-values were adjusted."""
    drawn = [number for number in ints(data, "n_resamples") if number]
    if not drawn or data["p"].isna().all():
        return ["No tests were made."]
    many = f"{drawn[0]:,} permutations"
    if len(drawn) > 1:
        many = f"{drawn[0]:,} to {drawn[-1]:,} permutations, more where p-values were low"
    tests = " or ".join(f"{number:,}" for number in ints(data, "n_tests"))
    tested = (
        "Differences were tested with two-sided permutation tests of a studentised statistic, in "
        f"which whole {units(data)} changed sides {cite('chung2013', 'phipson2010')}, with {many} "
        f"({seeds(data)}); items in fewer than five units were not tested."
    )
    adjusted = (
        "The p-values were adjusted for the false discovery rate (q) over the "
        f"family of {tests} tests {cite('benjamini1995')}."
    )
    return [tested, adjusted]


def decomposition(data: pd.DataFrame, table: Table) -> Passage:
    """Describe gaps split into selection and presentation."""
    found = Passage(settings=settings_of(data, table))
    if not len(data):
        return found
    pairs = data[["by", "target", "reference"]].drop_duplicates().itertuples(index=False)
    gaps = [
        f"{named(target)} and {'all other articles' if reference == 'rest' else named(reference)} "
        f"({column(by)})"
        for by, target, reference in pairs
    ]
    strata = together(map(column, values(data, "strata")), last="or")
    found.say(
        f"The gap in {rates(data)} of {things(data)} between {together(gaps, most=6)} was split "
        f"over strata of articles ({strata}) into selection, Σ (w_T − w_R) (r_T + r_R)/2, and "
        "presentation, Σ (w_T + w_R)/2 (r_T − r_R), with w a side's share of its denominators in "
        "a stratum and r its rate there: the symmetric decomposition of two rates "
        f"{cite('kitagawa1955')}.",
        f"Strata that only one side has are components of their own {cite('nopo2008')}.",
    )
    if any(ints(data, "n_resamples")):
        many = whole(data, "n_resamples")
        found.say(
            f"Intervals ({levels(data)}) were expanded percentiles {cite('hesterberg2015')} of "
            f"{many} resamples of whole {units(data)} within each side ({seeds(data)})."
        )
    few = truths(data, "few_units")
    if few.any():
        found.say(
            f"Of {len(data):,} rows, {int(few.sum()):,} (marked {column('few_units')}) rested on "
            f"too few {units(data)} with the item for their intervals to be trusted."
        )
    return found


def specification_curve(data: pd.DataFrame, table: Table) -> Passage:
    """Describe one claim under many choices."""
    found = Passage(settings=settings_of(data, table))
    if not len(data):
        return found
    choices = [
        f"{column(name)} ({counted(data[name].nunique(dropna=False), 'option')})"
        for name in groups_of(data, table)
    ]
    n = whole(data, "n_specifications")
    failed = int(data["error"].notna().sum())
    found.say(
        f"The analysis ({listed(values(data, 'measure'))}) was run under {n} combinations of "
        f"choices: {together(choices, most=12)} {cite('simonsohn2020', 'steegen2016')}.",
        sentence(
            f"{counted(failed, 'combination')} failed and gave no estimate." if failed else ""
        ),
        "The specifications share their data: how many intervals exclude the null is no test.",
    )
    return found


def specification_test(data: pd.DataFrame, table: Table) -> Passage:
    """Describe a test of a whole curve."""
    found = Passage(settings=settings_of(data, table))
    told = [STATISTICS.get(str(one), named(one)) for one in values(data, "statistic")]
    if not told:
        return found
    found.say(
        "The curve as a whole was tested against curves of "
        f"{whole(data, 'n_shuffles')} shuffles of "
        f"the data ({seeds(data)}) by {together(told)} {cite('simonsohn2020')}; "
        "p = (1 + shuffles with a statistic at least as high) / (1 + shuffles) "
        f"{cite('phipson2010')}."
    )
    if "mean_z" in values(data, "statistic"):
        found.programs.append("scipy")
    return found


DRAWS = {
    "posterior": "draws of the topics' shares from the posterior of the model",
    "refits": "other fits of the model, their topics matched with its own",
}


def of_measure(measure: Measure) -> Passage:
    """Describe a measure: what is counted in what, and how sure its numbers are."""
    found = Passage(
        settings=[
            ("measure", named(measure.name)),
            ("items", measure.kind),
            ("n_items", f"{len(measure.items):,}"),
            ("scale", f"{measure.scale:,.0f}"),
            *((str(name), named(value)) for name, value in measure.settings.items()),
        ]
    )
    n = int((measure.denominators > 0).sum())
    what = counted(len(measure.items), *KINDS.get(measure.kind, ("item",)))
    said = rate(measure.name, measure.scale)
    found.say(sentence(f"{said} of {what} were measured in {counted(n, 'article')}."))
    known = measure.settings.get("ledger")
    if known:
        found.say(f"Names were found with the ledger of framing (version {named(known)}).")
    if measure.draws:
        kind = DRAWS.get(str(measure.settings.get("draws")), "draws of a model's estimates")
        found.say(
            f"Estimates of a model are not certain: the variance between {len(measure.draws):,} "
            f"{kind} was added to that between units {cite('rubin1987', 'treier2008')}."
        )
    return found
