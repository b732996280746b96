"""What tables of terms add to a methods section."""

from __future__ import annotations

import pandas as pd

from framing.methods.marks import cite, column, counted, listed, named, sentence, together
from framing.methods.passage import Passage, groups_of, ints, settings_of, values, whole
from framing.schema import Table

PERIODS = {
    "D": "days",
    "W": "weeks from Monday",
    "MS": "months",
    "QS": "quarters",
    "YS": "years",
}

KEYNESS = {
    "lrc": "the conservative log ratio, the end nearer to zero of the Clopper–Pearson interval of "
    "log2((a/N1) / (b/N2)) at the level 1 − .05/m (Bonferroni, m terms); it is 0 where that "
    f"interval holds 0 {cite('evert2022')}",
    "log_ratio": "the log ratio, log2((a/N1) / (b/N2)), with ½ in place of a count of 0 "
    f"{cite('hardie2014')}",
    "g2": "the log-likelihood statistic G2 = 2 Σ O ln(O/E) over the four cells of the table of "
    f"term and side, with the sign of the difference {cite('dunning1993')}",
    "g2_2cell": "the log-likelihood statistic 2 Σ O ln(O/E) over the two cells of the term, with "
    f"the sign of the difference {cite('rayson2000')}",
    "chi2": "Pearson's chi-squared without correction, with the sign of the difference "
    f"{cite('pearson1900')}",
    "log_odds": "the z-score of the log-odds ratio with a flat Dirichlet prior, the same "
    f"pseudo-count for each term {cite('monroe2008')}",
    "log_odds_informative": "the z-score of the log-odds ratio with an informative Dirichlet prior "
    f"in the shape of both sides together {cite('monroe2008')}",
}

DISPERSION = {
    "dp": "Gries' deviation of proportions, DP = ½ Σ |v/f − s| over the parts, 0 where the term is "
    f"spread evenly {cite('gries2008')}",
    "dp_norm": "Gries' deviation of proportions divided by its maximum, ½ Σ |v/f − s| / "
    f"(1 − min s), from 0 (even) to 1 {cite('gries2008', 'lijffijt2012')}",
    "juilland_d": "Juilland's D = 1 − V / √(n − 1), with V the coefficient of variation of the "
    f"rates in n parts, 1 where the term is spread evenly {cite('juilland1964')}",
    "rosengren_s": "Rosengren's S = (Σ √(s v))² / f, 1 where the term is spread evenly "
    f"{cite('rosengren1971')}",
    "kl": "the Kullback–Leibler divergence Σ (v/f) log2((v/f) / s) in bits, 0 where the term is "
    f"spread evenly {cite('kullback1951')}",
}

COLLOCATES = {
    "log_dice": f"logDice = 14 + log2(2 O / (f + C)) {cite('rychly2008')}",
    "pmi": f"pointwise mutual information, log2(O / E) {cite('church1990')}",
    "npmi": "normalised pointwise mutual information, log2(O / E) / −log2(O / N) "
    f"{cite('bouma2009')}",
    "mi3": f"cubed mutual information, log2(O³ / E) {cite('daille1994')}",
    "t": f"the t-score, (O − E) / √O {cite('church1991')}",
    "g2": "the log-likelihood statistic G2 = 2 Σ O ln(O/E) over four cells, with the sign of "
    f"O − E {cite('dunning1993')}",
}

PHRASES = {
    "npmi": "normalised pointwise mutual information, ln(p(xy) / (p(x) p(y))) / −ln p(xy) "
    f"{cite('bouma2009')}",
}


def by_groups(data: pd.DataFrame, table: Table) -> str:
    """Return by which columns a result is divided, in words; empty where by none."""
    groups = groups_of(data, table)
    return f" by {together(map(column, groups))}" if groups else ""


def unknown(table: Table, measure: object) -> str:
    """Return what to say of a measure that is none of the toolkit's."""
    return f"{table.made_by}: the measure {named(measure)!r} is not one of the toolkit's."


def told(
    found: Passage,
    data: pd.DataFrame,
    table: Table,
    *,
    known: dict[str, str],
    name: str = "measure",
) -> list[str]:
    """Return the sayings of the measures of a result; those that are not known are left open."""
    found.left_open += [unknown(table, one) for one in values(data, name) if str(one) not in known]
    return [known[str(one)] for one in values(data, name) if str(one) in known]


def _n_articles(data: pd.DataFrame, table: Table) -> str:
    """Return over how many articles a result goes, in words, where its groups tell."""
    keys = [name for name in groups_of(data, table) if name in data.columns]
    keys += [name for name in ("period",) if name in data.columns]
    sizes = data[[*keys, "n_group_articles"]].drop_duplicates()
    n = int(sizes["n_group_articles"].astype(float).sum())
    return counted(n, "article")


def term_frequency(data: pd.DataFrame, table: Table) -> Passage:
    """Describe rates of terms."""
    found = Passage(settings=settings_of(data, table))
    found.say(
        "Term frequencies were expressed as occurrences per million tokens (occurrences / tokens × "
        f"1,000,000){by_groups(data, table)}, beside the number of articles with the term, over "
        f"{_n_articles(data, table)}."
        if len(data)
        else ""
    )
    return found


def term_trend(data: pd.DataFrame, table: Table) -> Passage:
    """Describe rates of terms over time."""
    found = Passage(settings=settings_of(data, table))
    lengths = [PERIODS.get(str(freq), named(freq)) for freq in values(data, "freq")]
    found.say(
        "Term frequencies over time were expressed as occurrences per million tokens in "
        f"{together(lengths)}{by_groups(data, table)}; a period without an article has no rate."
    )
    keys = [*groups_of(data, table), "n_undated"]
    undated = int(data[keys].drop_duplicates()["n_undated"].astype(float).sum())
    if undated:
        found.say(sentence(f"{counted(undated, 'article')} without a date counted in no period."))
    return found


def dispersion(data: pd.DataFrame, table: Table) -> Passage:
    """Describe measures of dispersion."""
    found = Passage(settings=settings_of(data, table))
    parts = [named(one) for one in values(data, "parts")]
    over = "articles" if parts == ["doc_id"] else f"the values of {together(map(column, parts))}"
    for said in told(found, data, table, known=DISPERSION):
        found.say(
            f"How evenly terms are spread over {over}{by_groups(data, table)} was measured by "
            f"{said}; v is the term's count in a part, f its count in all, and s the part's share "
            "of the tokens."
        )
    found.left_open.append("dispersion: min_count is no column.")
    return found


def sides(data: pd.DataFrame) -> str:
    """Return which targets were compared with which references, in words."""
    pairs = data[["by", "target", "reference"]].drop_duplicates()
    found = []
    for (by, reference), part in pairs.groupby(["by", "reference"], sort=False, dropna=False):
        targets = part["target"].tolist()
        rest = str(reference) == "rest"
        other = "all other articles" if rest else named(reference)
        few = len(targets) <= 4
        what = f"{listed(targets)} ({column(by)})"
        if not few:
            what = f"each of {counted(len(targets), 'value')} of {column(by)}"
        against = "each against " if few and len(targets) > 1 else "against "
        found.append(f"{what} {against}{other}")
    return together(found, most=6)


def keyness(data: pd.DataFrame, table: Table) -> Passage:
    """Describe key terms."""
    found = Passage(settings=settings_of(data, table))
    n_terms = ints(data, "n_terms")
    found.say(
        f"Key terms were found by comparing the frequencies of {_range(n_terms)} terms, "
        f"{sides(data)}."
        if len(data)
        else ""
    )
    for said in told(found, data, table, known=KEYNESS):
        found.say(
            f"Keyness was measured by {said}; a and b are the term's occurrences in target and "
            "reference, N1 and N2 their tokens, and scores above 0 mark the target."
        )
    measures = set(map(str, values(data, "measure")))
    if measures - {"log_ratio"}:
        tested = data["p_value"].notna().any()
        p = ", and their p-values were not adjusted for the number of terms" if tested else ""
        found.say(
            "Such statistics take each word as drawn on its own and therefore overstate the "
            f"evidence {cite('lijffijt2016')}; they were used to rank terms{p}."
        )
        found.programs.append("scipy")
    prior = " and prior" if measures & {"log_odds", "log_odds_informative"} else ""
    are = "are no columns" if prior else "is no column"
    found.left_open.append(f"keyness: min_count{prior} {are}.")
    return found


def _range(numbers: list[int]) -> str:
    """Return one number, or from which to which they go."""
    if len(numbers) < 2:
        return "".join(f"{number:,}" for number in numbers)
    return f"{numbers[0]:,} to {numbers[-1]:,}"


def collocates(data: pd.DataFrame, table: Table) -> Passage:
    """Describe collocates."""
    found = Passage(settings=settings_of(data, table))
    nodes = [f"“{named(node)}”" for node in values(data, "node")]
    windows = whole(data, "window")
    found.say(
        f"Collocates of {together(nodes)} were the terms within {windows} tokens to each side"
        f"{by_groups(data, table)}, across sentences but not across the ends of fields and "
        f"articles, each token counted once: surface co-occurrence {cite('evert2008')}."
        if nodes
        else ""
    )
    for said in told(found, data, table, known=COLLOCATES):
        found.say(
            f"Association was measured by {said}; O is the count of the term inside windows, C its "
            "count in all, f that of the node, R the tokens inside windows, N all tokens, both "
            "without the node's own, and E = R C / N."
        )
    if "g2" in values(data, "measure"):
        found.say(
            "G2 takes each word as drawn on its own and was used to rank terms "
            f"{cite('lijffijt2016')}."
        )
    found.left_open.append("collocates: min_count is no column.")
    return found


def kwic(data: pd.DataFrame, table: Table) -> Passage:
    """Describe a concordance."""
    found = Passage(settings=settings_of(data, table))
    patterns = [f"“{named(pattern)}”" for pattern in values(data, "pattern")]
    if patterns:
        found.say(
            f"The concordance of {together(patterns)} has {counted(len(data), 'place')} in "
            f"{counted(data['doc_id'].nunique(), 'article')}, in the original characters; matches "
            "lie inside sentences."
        )
    return found


def phrases(data: pd.DataFrame, table: Table) -> Passage:
    """Describe phrases that were found."""
    found = Passage(settings=settings_of(data, table))
    for said in told(found, data, table, known=PHRASES):
        found.say(
            "Phrases were looked for among pairs of neighbouring words of one sentence by "
            f"{said}; {len(data):,} passed."
        )
    found.left_open.append("find_phrases: min_count and threshold are no columns.")
    return found
