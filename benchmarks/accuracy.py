"""Measure how well `find_mentions` works: compare it with the gold sample of `tests/gold/`.

    python benchmarks/accuracy.py                                writes docs/accuracy.md
    python benchmarks/accuracy.py --half development --errors    prints the errors, with their text

Errors of the reporting half are never printed: it would no longer measure anything.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
REPORT = ROOT / "docs" / "accuracy.md"
BY_HAND = "<!-- Written by hand from here on; `make accuracy` keeps it. -->"

HALVES = ("reporting", "development")
GROUPS = {
    "organisation": "organisation or armed group",
    "armed group": "organisation or armed group",
}
KINDS = ("country", "person", "organisation or armed group")
N_RESAMPLES = 2000
SEED = 1

OPENING = f"""# Accuracy of find_mentions

Made by `make accuracy` on {{day}} with ledger version {{ledger}}. Real news, labelled by reading;
how, and what counts as found, is in [tests/gold/README.md](../tests/gold/README.md). The
development parts were looked at while the rules were made, the reporting parts were not.
Intervals are 95 %, from {N_RESAMPLES:,} resamples of articles (percentiles, seed {SEED});
they are wide where a source has few mentions.
A value of 1 has an interval of no width and proves little.

Persons count as labelled where the ledger knows them: {{known}} of the {{persons}} named in the
sample. The others are no misses, but an actor who is found in their place is wrong.
"""
GOALS = (("country", 0.95), ("person", 0.95), ("sense", 0.85), ("worst source", 0.90))


class Mention(NamedTuple):
    """A place in a sentence where an actor is named; `optional` and `how` may be missing."""

    start: int
    stop: int
    kind: str
    actor: str
    sense: str
    optional: bool = False
    how: str = ""


class Pairs(NamedTuple):
    """What came of one sentence: found (gold, prediction), missed and wrong."""

    found: list[tuple[Mention, Mention]]
    missed: list[Mention]
    wrong: list[Mention]


def joined(mentions: Iterable[Mention], text: str) -> list[Mention]:
    """Return mentions in their order, those of one actor that stand side by side as one."""
    result: list[Mention] = []
    for mention in sorted(mentions):
        last = result[-1] if result else None
        between = text[last.stop : mention.start] if last else ""
        same = last is not None and last[2:4] == mention[2:4] and last.optional == mention.optional
        if last and same and not any(map(str.isalnum, between)) and len(between) <= 4:
            result[-1] = last._replace(stop=max(last.stop, mention.stop))
        else:
            result.append(mention)
    return result


def pair(gold: Sequence[Mention], predictions: Sequence[Mention], text: str) -> Pairs:
    """Match what was found in one sentence with its labels; both are joined first.

    A label is found by a prediction of its kind and actor that overlaps it; each finds one. What is
    left over is wrong, unless it overlaps an optional label of its kind and actor. Persons that
    the ledger does not know (labels without actor) cannot be found and are left out.
    """

    def meets(a: Mention, b: Mention) -> bool:
        return a[2:4] == b[2:4] and a.start < b.stop and b.start < a.stop

    labels = joined(gold, text)
    left = joined(predictions, text)
    found, missed = [], []
    for label in (label for label in labels if label.actor and not label.optional):
        hit = next((one for one in left if meets(label, one)), None)
        if hit is None:
            missed.append(label)
        else:
            left.remove(hit)
            found.append((label, hit))
    doubtful = [label for label in labels if label.optional]
    wrong = [one for one in left if not any(meets(label, one) for label in doubtful)]
    return Pairs(found, missed, wrong)


def tally(sentences: pd.DataFrame, pairs: dict[int, Pairs]) -> pd.DataFrame:
    """Return one row per mention that was found, missed or wrong.

    Columns: those of the sentence, `kind`, `outcome`, `sense` (of the label) and `right` (1 where
    the sense is right, else 0; missing where nothing was found).
    """
    rows: list[dict[str, Any]] = []
    for row in sentences.to_dict("records"):
        known = {
            name: row[name]
            for name in ("sentence", "doc_id", "source", "split", "stratum", "weight")
        }
        here = pairs[row["sentence"]]
        for label, hit in here.found:
            right = float(label.sense == hit.sense)
            rows.append(known | _outcome(label, "found", right))
        rows.extend(known | _outcome(label, "missed", np.nan) for label in here.missed)
        rows.extend(known | _outcome(one, "wrong", np.nan) for one in here.wrong)
    names = ["sentence", "doc_id", "source", "split", "stratum", "weight"]
    return pd.DataFrame(rows, columns=[*names, "kind", "outcome", "sense", "right"])


def _outcome(mention: Mention, outcome: str, right: float) -> dict[str, Any]:
    kind = GROUPS.get(mention.kind, mention.kind)
    return {"kind": kind, "outcome": outcome, "sense": mention.sense, "right": right}


def scores(counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return precision, recall and F1 of (…, 3) counts of found, missed and wrong."""
    found, missed, wrong = np.moveaxis(counts, -1, 0)
    with np.errstate(invalid="ignore"):
        parts = found / (found + wrong), found / (found + missed)
        return np.stack([*parts, 2 * found / (2 * found + missed + wrong)], axis=-1)


def measure(rows: pd.DataFrame, articles: Sequence[str], *, weighted: bool = False) -> pd.Series:
    """Return counts, precision, recall and F1 with 95 % intervals from resampling articles.

    `articles` are all articles of the sample, those without a mention included.
    """
    weights = rows["weight"] if weighted else pd.Series(1.0, rows.index)
    table = pd.crosstab(rows["doc_id"], rows["outcome"], weights, aggfunc="sum")
    table = table.reindex(index=articles, columns=["found", "missed", "wrong"]).fillna(0.0)
    counts = table.to_numpy(dtype=float)
    values = scores(counts.sum(axis=0))
    low, high = interval(counts, lambda sums: scores(sums))
    n = rows["outcome"].value_counts().reindex(["found", "missed", "wrong"], fill_value=0)
    result: dict[str, Any] = n.to_dict()
    for place, name in enumerate(("precision", "recall", "f1")):
        result |= {name: values[place], f"{name}_low": low[place], f"{name}_high": high[place]}
    return pd.Series(result)


def measure_sense(rows: pd.DataFrame, articles: Sequence[str]) -> pd.Series:
    """Return the share of the found countries whose sense is right, with its interval."""
    found = rows[(rows["kind"] == "country") & (rows["outcome"] == "found")]
    by_article = found.groupby("doc_id")["right"].agg(["sum", "count"])
    counts = by_article.reindex(articles).fillna(0.0).to_numpy(dtype=float)
    low, high = interval(counts, lambda sums: sums[..., :1] / sums[..., 1:])
    right, n = counts.sum(axis=0)
    share = right / n if n else np.nan
    return pd.Series(
        {"n": int(n), "right": int(right), "share": share, "low": low[0], "high": high[0]}
    )


def interval(counts: npt.NDArray[np.float64], statistic: Any) -> Any:
    """Return the 2.5 % and 97.5 % points of a statistic of sums over resampled articles."""
    rng = np.random.default_rng(SEED)
    n = len(counts)
    draws = rng.multinomial(n, np.full(n, 1 / n), size=N_RESAMPLES) @ counts
    with np.errstate(invalid="ignore", divide="ignore"):
        values = statistic(draws)
    usable = ~np.isnan(values).all(axis=0)
    result = np.full((2, values.shape[1]), np.nan)
    result[:, usable] = np.nanpercentile(values[:, usable], [2.5, 97.5], axis=0)
    return result


# What the toolkit finds, in characters --------------------------------------------------------


def read_gold() -> tuple[pd.DataFrame, dict[int, list[Mention]]]:
    """Return the sentences of the sample and their labels."""
    sentences = pd.read_csv(GOLD / "sentences.csv", dtype={"doc_id": str})
    drawn_at_random = ~sentences["stratum"].str.contains(":")
    weight = sentences["stratum_size"] / sentences["n_drawn"]
    sentences["weight"] = weight.where(drawn_at_random)
    labels: dict[int, list[Mention]] = {number: [] for number in sentences["sentence"]}
    table = pd.read_csv(GOLD / "mentions.csv", dtype={"doc_id": str}, keep_default_na=False)
    for row in table.itertuples(index=False):
        place = int(row.start), int(row.stop)
        label = Mention(*place, row.kind, row.actor, row.sense, bool(int(row.optional)))
        labels[row.sentence].append(label)
    return sentences, labels


def find(articles: pd.DataFrame, ledger: pd.DataFrame) -> dict[tuple[str, str], list[Mention]]:
    """Return what `find_mentions` finds in each field of each article, in characters."""
    from framing.corpus import build_corpus
    from framing.mentions import find_mentions
    from framing.words import token_spans

    mentions = find_mentions(build_corpus(articles), ledger)
    places: dict[str, list[tuple[str, int, int]]] = {}
    for doc_id, title, text in articles[["doc_id", "title", "text"]].itertuples(index=False):
        fields = [value if isinstance(value, str) else "" for value in (title, text)]
        spans = token_spans(fields, language="en")
        here = [("title", *span) for span in spans[0]]
        gap = [("", -1, -1)] if spans[0] and spans[1] else []
        places[doc_id] = here + gap + [("text", *span) for span in spans[1]]
    found: dict[tuple[str, str], list[Mention]] = {}
    for row in mentions.itertuples(index=False):
        field, start, _ = places[row.doc_id][row.start]
        stop = places[row.doc_id][row.stop - 1][2]
        mention = Mention(start, stop, row.kind, row.actor, row.sense, how=row.how)
        found.setdefault((row.doc_id, field), []).append(mention)
    return found


def compare(articles: pd.DataFrame, ledger: pd.DataFrame) -> tuple[pd.DataFrame, dict[int, Pairs]]:
    """Return the sentences of the sample and what came of each."""
    sentences, labels = read_gold()
    texts = articles.set_index("doc_id")
    chosen = articles[articles["doc_id"].isin(sentences["doc_id"])].reset_index(drop=True)
    found = find(chosen, ledger)
    pairs = {}
    for row in sentences.itertuples(index=False):
        everywhere = found.get((row.doc_id, row.field), [])
        here = [one for one in everywhere if row.start <= one.start < row.stop]
        pairs[row.sentence] = pair(labels[row.sentence], here, texts.loc[row.doc_id, row.field])
    return sentences, pairs


def errors(articles: pd.DataFrame, sentences: pd.DataFrame, pairs: dict[int, Pairs]) -> list[str]:
    """Return what was missed, wrong, or found with another sense, as lines."""
    texts = articles.set_index("doc_id")
    lines = []
    for row in sentences.itertuples(index=False):
        whole = texts.loc[row.doc_id, row.field]
        here = pairs[row.sentence]
        said = [("MISSED", label, "") for label in here.missed]
        said += [("WRONG", one, one.how) for one in here.wrong]
        said += [
            ("SENSE", label, f"found as {hit.sense} by {hit.how}")
            for label, hit in here.found
            if label.sense != hit.sense
        ]
        for what, one, note in sorted(said, key=lambda item: item[1].start):
            before, after = (
                whole[max(0, one.start - 50) : one.start],
                whole[one.stop : one.stop + 40],
            )
            around = " ".join(f"{before}[{whole[one.start : one.stop]}]{after}".split())
            lines.append(f"{what:7}{row.sentence:4} {one.actor} ({one.sense}) {note} | {around}")
    return sorted(lines)


def read_senses() -> pd.DataFrame:
    """Return the second samples: country mentions with their sense, doubtful ones left out."""
    table = pd.read_csv(GOLD / "senses.csv", dtype={"doc_id": str}, keep_default_na=False)
    return table[(table["optional"] == 0) & (table["sense"] != "none")].reset_index(drop=True)


def compare_senses(articles: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the second samples as `tally` returns mentions; a mention not found is wrong."""
    senses = read_senses()
    chosen = articles[articles["doc_id"].isin(senses["doc_id"])].reset_index(drop=True)
    found = find(chosen, ledger)
    right, hows = [], []
    for row in senses.itertuples(index=False):
        here = found.get((row.doc_id, row.field), [])
        hits = [
            one
            for one in here
            if one.actor == row.actor and one.start < row.stop and row.start < one.stop
        ]
        right.append(float(bool(hits) and hits[0].sense == row.sense))
        hows.append(f"{hits[0].sense} by {hits[0].how}" if hits else "not found")
    return senses.assign(kind="country", outcome="found", right=right, how=hows)


def sense_errors(articles: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    """Return the mentions of the second development sample whose sense is wrong, as lines."""
    texts, lines = articles.set_index("doc_id"), []
    for row in rows[rows["right"] == 0].itertuples(index=False):
        whole = texts.loc[row.doc_id, row.field]
        around = f"{whole[max(0, row.start - 60) : row.start]}[{whole[row.start : row.stop]}]"
        around = " ".join((around + whole[row.stop : row.stop + 50]).split())
        lines.append(f"{row.mention:4} {row.sense} found as {row.how} | {around}")
    return lines


# The report -----------------------------------------------------------------------------------


def _with_interval(row: pd.Series, name: str, low: str, high: str) -> str:
    if np.isnan(row[name]):
        return "–"
    return f"{row[name]:.3f} ({row[low]:.2f}–{row[high]:.2f})"


def _table(lines: dict[str, pd.Series]) -> list[str]:
    """Return a table of `measure`, one line a row."""
    out = ["| | labelled | found | missed | wrong | precision | recall | F1 |"]
    out.append("| --- | ---: | ---: | ---: | ---: | --- | --- | --- |")
    for name, row in lines.items():
        counts = [row["found"] + row["missed"], row["found"], row["missed"], row["wrong"]]
        parts = [
            _with_interval(row, n, f"{n}_low", f"{n}_high") for n in ("precision", "recall", "f1")
        ]
        cells = [name, *(f"{count:.0f}" for count in counts), *parts]
        out.append("| " + " | ".join(cells) + " |")
    return [*out, ""]


def _half(rows: pd.DataFrame, articles: Sequence[str]) -> list[str]:
    """Return the tables of one half."""
    by_kind = {kind: measure(rows[rows["kind"] == kind], articles) for kind in KINDS}
    out = ["### By kind", "", *_table(by_kind | {"all": measure(rows, articles)})]
    sources = sorted(rows["source"].unique())
    by_source = {name: measure(rows[rows["source"] == name], articles) for name in sources}
    out += ["### By source, all kinds", "", *_table(by_source)]
    part = rows["stratum"].str.split(":").str[0].replace(r".* names$", "random", regex=True)
    by_part = {
        "sentences drawn by source": measure(rows[part == "random"], articles),
        "the same, weighted to the corpus": measure(
            rows[part == "random"], articles, weighted=True
        ),
        "sentences with hard names": measure(rows[part == "hard"], articles),
        "further sentences": measure(rows[part == "more"], articles),
    }
    out += ["### By stratum, all kinds", "", *_table(by_part)]
    return [*out, "### Sense of the countries found", "", *_senses(rows, articles)]


def _senses(rows: pd.DataFrame, articles: Sequence[str]) -> list[str]:
    """Return the table of senses."""
    out = ["| sense labelled | countries | right | share right |", "| --- | ---: | ---: | --- |"]
    for name in ("government", "place", "people", "other", "all"):
        row = measure_sense(rows if name == "all" else rows[rows["sense"] == name], articles)
        share = _with_interval(row, "share", "low", "high")
        out.append(f"| {name} | {row['n']:.0f} | {row['right']:.0f} | {share} |")
    return [*out, ""]


def _second(senses: pd.DataFrame, name: str) -> list[str]:
    """Return what there is to say of one second sample."""
    rows = senses[senses["split"] == f"{name} 2"]
    articles = sorted(rows["doc_id"].unique())
    by_source = rows.groupby("source").agg(share=("right", "mean"), size=("pool_size", "max"))
    corpus = float(np.average(by_source["share"], weights=by_source["size"]))
    out = [f"### {name.capitalize()} 2", "", f"{len(rows)} mentions in {len(articles)} articles."]
    out += [f"Weighted to the sources' mentions in the corpus: {corpus:.3f}.", ""]
    out += _senses(rows, articles)
    out += ["| source | countries | right | share right |", "| --- | ---: | ---: | --- |"]
    for source, part in rows.groupby("source", sort=True):
        row = measure_sense(part, sorted(part["doc_id"].unique()))
        share = _with_interval(row, "share", "low", "high")
        out.append(f"| {source} | {row['n']:.0f} | {row['right']:.0f} | {share} |")
    return [*out, ""]


def _goals(rows: pd.DataFrame, articles: Sequence[str]) -> list[str]:
    """Return what was to be reached on the reporting half, and what was."""
    values = {kind: measure(rows[rows["kind"] == kind], articles)["f1"] for kind in KINDS}
    by_source = {
        name: measure(part, articles)["f1"] for name, part in rows.groupby("source", sort=True)
    }
    worst = min(by_source, key=lambda name: by_source[name])
    values |= {"sense": measure_sense(rows, articles)["share"], "worst source": by_source[worst]}
    names = {
        "country": "F1 of countries",
        "person": "F1 of persons that the ledger knows",
        "sense": "share of countries with the right sense",
        "worst source": f"F1 of the worst source ({worst})",
    }
    out = ["| | goal | reached |", "| --- | ---: | ---: |"]
    for name, goal in GOALS:
        mark = "" if values[name] >= goal else " (short of it)"
        out.append(f"| {names[name]} | {goal:.2f} | {values[name]:.3f}{mark} |")
    return [*out, ""]


def report(
    rows: pd.DataFrame, sentences: pd.DataFrame, senses: pd.DataFrame, *, ledger: str
) -> str:
    """Return the report, in Markdown."""
    day = dt.datetime.now(dt.UTC).date()
    _, labels = read_gold()
    firm = [one for many in labels.values() for one in many if not one.optional]
    persons = [one for one in firm if one.kind == "person"]
    known = sum(bool(one.actor) for one in persons)
    out = [OPENING.format(day=day, ledger=ledger, known=known, persons=len(persons))]
    for half in HALVES:
        chosen = sentences[sentences["split"] == half]
        articles = sorted(chosen["doc_id"].unique())
        part = rows[rows["split"] == half]
        size = f"{len(chosen)} sentences of {len(articles)} articles."
        out += [f"## The {half} half", "", size, ""]
        out += _goals(part, articles) if half == "reporting" else []
        out += _half(part, articles)
    out += ["## The second samples: senses of country mentions drawn at random", ""]
    for half in HALVES:
        out += _second(senses, half)
    return "\n".join(out)


def written_by_hand() -> str:
    """Return what stands below the mark in the report that is there already."""
    before = REPORT.read_text(encoding="utf-8") if REPORT.exists() else ""
    return before[before.index(BY_HAND) :] if BY_HAND in before else BY_HAND + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=HALVES, help="print this half only; writes nothing")
    parser.add_argument("--errors", action="store_true", help="print the errors, too")
    chosen = parser.parse_args(arguments)
    if chosen.errors and chosen.half != "development":
        parser.error("--errors needs --half development: the reporting half stays unseen.")

    from framing import fetch_news_articles
    from framing.ledger import load_ledger

    articles = fetch_news_articles().articles
    sentences, pairs = compare(articles, load_ledger())
    rows = tally(sentences, pairs)
    if chosen.half:
        part = sentences[sentences["split"] == chosen.half]
        names = sorted(part["doc_id"].unique())
        lines = _half(rows[rows["split"] == chosen.half], names)
        if chosen.half == "development":
            senses = compare_senses(articles, load_ledger())
            senses = senses[senses["split"] == "development 2"]
            lines += _second(senses, "development")
            lines += sense_errors(articles, senses) if chosen.errors else []
        lines += errors(articles, part, pairs) if chosen.errors else []
        sys.stdout.write("\n".join(lines) + "\n")
        return
    version = (ROOT / "data" / "ledger" / "VERSION").read_text(encoding="utf-8").strip()
    senses = compare_senses(articles, load_ledger())
    text = report(rows, sentences, senses, ledger=version)
    REPORT.write_text(text + "\n" + written_by_hand(), encoding="utf-8")
    print(f"== {REPORT.relative_to(ROOT)} is up to date")


if __name__ == "__main__":
    main()
