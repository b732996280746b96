"""The README of a bundle: what each file is, what is not in it, and why it holds no text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

HEAD = """\
# Replication bundle

Numbers and figures of a study of {n_articles:,} articles, made with media-framing {version}. The
bundle holds no text of the articles, and cannot be turned back into it: see the end.

{licence}

To check it and to draw every figure again:

    pip install media-framing=={version}
    framing reproduce {name} --out redrawn

## Files

| file | what it is |
|---|---|
"""

TAIL = """
Tables are CSV in UTF-8. A cell that a spreadsheet would take for a formula has an apostrophe in
front. The columns are explained in the data dictionary of media-framing.

## What is not in it

{left}
## Why it holds no text

- The order of words is not in it. Counts say how often a word stands in an article, not where;
  no table holds the places of words, or which words stand together in a single article.
- Counts by article leave out terms that occur in fewer than {min_articles} articles: the names,
  numbers and rare words that mark one article. {n_terms_given:,} of {n_terms:,} terms remain.
- {short}
- Titles, sentences, snippets, addresses and file names are left out by their columns. Before the
  bundle was written, every cell, label and caption was compared with the articles: none has eight
  words in a row from one of them, or a title of four words or more.
- Article ids are the first 20 hexadecimal digits of HMAC-SHA256 under a key that stays with the
  author. Without it nobody can tell from an address or a text which id it has.

What it does reveal: which words an article uses, how often, on which day and in which source. Who
holds the article can recognise it by that.
"""

SHORT = (
    "Articles of fewer than {min_tokens} tokens have no counts, since few words can be put in "
    "order by guessing: {n_articles_not_counted:,} of {n_articles:,}."
)
MONTHS = (
    "Counts are sums over a source and a month of at least {min_articles} articles; "
    "{n_articles_not_counted:,} of {n_articles:,} articles are in none of these."
)


def readme_text(about: Mapping[str, Any], name: str) -> str:
    """Return the README of a bundle from what `bundle.json` tells.

    Parameters
    ----------
    about
        The content of `bundle.json`.
    name
        The file name of the bundle.
    """
    counts = about["counts"]
    version = about["environment"]["packages"]["media-framing"]
    licence = about["licence"]
    said = (
        f"Licence: {licence}."
        if licence
        else "Licence: the author has named none. Ask before you use it for more than checking."
    )
    head = HEAD.format(
        n_articles=counts["n_articles"], version=version, licence=said, name=name
    )  # fmt: skip
    short = (SHORT if counts["unit"] == "article" else MONTHS).format(**counts)
    tail = TAIL.format(left=_left(about), short=short, **counts)
    return head + "\n".join(_rows(about)) + "\n" + tail


def _rows(about: Mapping[str, Any]) -> list[str]:
    """Return the rows of the table of files."""
    monthly = about["counts"]["unit"] == "month"
    rows = "source and month" if monthly else "article, as in articles.csv"
    found = {
        "bundle.json": "settings of the corpus, versions, what was left out",
        "SHA256SUMS": "checksums of all files; check with `sha256sum -c SHA256SUMS`",
        "articles.csv": "one row an article: keyed id, source, date, tokens, whether its words "
        "are counted",
        "counts/counts.mtx": "how often each term occurs, in the format of Matrix Market: row, "
        "column, count",
        "counts/rows.csv": f"what the rows of counts.mtx are: one line a row, {rows}",
        "counts/terms.csv": "what its columns are: one line a term",
    }
    for name in about["results"]:
        found[f"results/{name}.csv"] = "a table of results"
    for name, one in about["figures"].items():
        again = "" if one["redraws"] else f" (not redrawn byte for byte: {one['why']})"
        found[f"figures/{name}.pdf, .svg, .png"] = f"a figure{again}"
        found[f"figures/{name}.csv"] = "the rows that it shows"
        found[f"figures/{name}.json"] = "its settings, the calls that drew it, and what it shows"
        if one["recipe"]:
            found[f"figures/{name}.recipe.json"] = "how it is drawn again"
    if any(one["recipe"] for one in about["figures"].values()):
        found["figures/tables/"] = "the whole tables that the figures were drawn from"
    return [f"| `{name}` | {what} |" for name, what in found.items()]


def _left(about: Mapping[str, Any]) -> str:
    """Return the list of columns that were left out."""
    lines = [
        f"- `{one['column']}` of {one['table']}: {one['why']}" for one in about["left_out"]
    ]  # fmt: skip
    return "\n".join([*lines, ""]) if lines else "No column of a table had to be left out.\n"
