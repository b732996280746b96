"""The heads of columns in words."""

from __future__ import annotations

import re

from framing.escaping import clean

HEADS = {
    "doc_id": "Article",
    "per_million": "Per million tokens",
    "per_1000": "Per 1,000 tokens",
    "n_articles": "Articles",
    "n_term": "Occurrences of the term",
    "n_node": "Occurrences of the node",
    "n_window": "Tokens in windows",
    "n_first": "Units with the first",
    "n_second": "Units with the second",
    "count_first": "Count of the first",
    "count_second": "Count of the second",
    "rate_target": "Rate of the target",
    "rate_reference": "Rate of the reference",
    "weight_target": "Weight of the target",
    "weight_reference": "Weight of the reference",
    "other_label": "Label of the other",
    "other_share": "Share of the other",
    "other_place": "Place of the other",
    "other_community": "Community of the other",
    "other_source": "Source of the other",
    "other_date": "Date of the other",
    "n_group_articles": "Articles in all",
    "n_units": "Units",
    "n_units_with": "Units with it",
    "few_units": "Few units",
    "n_resamples": "Resamples",
    "n_tests": "Tests",
    "p_value": "p",
    "p": "p",
    "q": "q",
    "t": "t",
    "z": "z",
    "x": "x",
    "y": "y",
    "std_error": "Standard error",
    "log_odds": "Log-odds ratio",
    "valid_from": "From",
    "valid_to": "To",
    "freq": "Length of period",
    "alias_kind": "Kind of alias",
    "n_before": "Before",
    "n_left_out": "Left out",
    "n_after": "After",
    "n_parts": "Parts in all",
    "n_right": "Right answers",
    "n_undated": "Articles without a date",
    "n_held_out": "Articles held out",
    "n_shared": "Shared shingles",
    "max_days": "Most days",
    "max_repeats": "Most repeats",
    "min_similarity": "Least similarity",
    "min_containment": "Least containment",
    "min_shared": "Fewest shared shingles",
    "low": "Low",
    "high": "High",
    "url": "Address",
    "fit_seed": "Seed of the fit",
    "draw_seed": "Seed of the draws",
    "sample_seed": "Seed of the samples",
    "sheet_seed": "Seed of the sheet",
    "shuffled_95": "95th percentile of the shuffles",
    "shuffled_median": "Median of the shuffles",
    "n_topics": "Topics",
    "n_terms": "Terms",
    "n_tokens": "Tokens",
    "by": "Divided by",
    "how": "Rule",
    "what": "What",
    "made_from": "Made from",
}
"""Heads that are not their column's name in words."""

WITH_IT = {
    "term_frequency", "term_trend", "keyness", "collocates", "topic_wording", "salience",
    "co_mentions", "mention_audit", "boilerplate",
}  # fmt: skip
"""Tables in which `n_articles` counts the articles that have the row's item."""

_SIDES = ("reference", "target", "first", "second", "low", "high")
_ENDING = re.compile(rf"^(.+)_({'|'.join(_SIDES)})$")


def head(name: str, table: str = "") -> str:
    """Return the head of a column: its name in words, `n_` for a number of something."""
    if name == "n_articles" and table in WITH_IT:
        return "Articles with it"
    if name in HEADS:
        return HEADS[name]
    side = _ENDING.match(name)
    if side:
        return f"{head(side[1], table)} ({side[2]})"
    words = clean(name.removeprefix("n_").replace("_", " "))
    return words[:1].upper() + words[1:]
