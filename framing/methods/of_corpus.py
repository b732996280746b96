"""What a corpus, its articles and their furniture add to a methods section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from framing.corpus import Corpus
from framing.methods.marks import cite, column, counted, day, listed, named, sentence, together
from framing.methods.passage import Passage, settings_of, values
from framing.schema import Table

_MOST_SOURCES = 12


def of_corpus(corpus: Corpus) -> Passage:
    """Describe a corpus: its articles, and how they were split into tokens."""
    about, articles = corpus.settings, corpus.articles
    found = Passage(settings=_corpus_settings(corpus))
    once = articles.drop_duplicates("doc_id")
    n_tokens = int((corpus.codes >= 0).sum())
    if "contexts" not in about:
        found.say(*_articles(once, "The corpus comprised", f" with {n_tokens:,} tokens in all"))
    found.say(*_tokens(about))
    if about.get("language"):
        found.programs.append("sentencex")
    taken_out = about.get("without", [])
    if taken_out:
        n = sum(part["n_sequences"] for part in taken_out)
        were = "was" if n == 1 else "were"
        found.say(
            f"Before counting, {counted(n, 'sequence')} of words that sources repeat around their "
            f"news (boilerplate) {were} taken out; no window or phrase reached across the gap."
        )
    if "contexts" in about:
        found.say(_contexts(corpus, len(once), n_tokens))
    return found


def _corpus_settings(corpus: Corpus) -> list[tuple[str, str]]:
    """Return the settings of a corpus as text."""
    sizes = [
        ("articles", f"{corpus.articles['doc_id'].nunique():,}"),
        ("tokens", f"{int((corpus.codes >= 0).sum()):,}"),
        ("terms", f"{len(corpus.vocabulary):,}"),
        ("fingerprint", corpus.fingerprint),
    ]
    return sizes + [(str(name), _told(value)) for name, value in corpus.settings.items()]


def _told(value: Any) -> str:
    """Return a setting as text; long lists as their length."""
    if isinstance(value, Mapping):
        return ", ".join(f"{named(name)}: {_told(one)}" for name, one in value.items())
    if isinstance(value, list | tuple | np.ndarray):
        few = len(value) <= 12 and all(not isinstance(one, Mapping) for one in value)
        return ", ".join(map(named, value)) or "none" if few else f"{len(value):,} values"
    return "none" if value is None else named(value)


def _articles(articles: pd.DataFrame, opening: str, ending: str = "") -> list[str]:
    """Say how many articles there are, of which sources and days."""
    parts = [f"{opening} {counted(len(articles), 'article')}"]
    tail = []
    if "source" in articles.columns and articles["source"].notna().any():
        sizes = articles["source"].value_counts(sort=False).sort_index()
        sizes = sizes.sort_values(ascending=False, kind="stable")
        told = [f"{named(name)} ({size:,})" for name, size in sizes.items()]
        parts.append(f" of {counted(len(sizes), 'source')}")
        if 1 < len(told) <= _MOST_SOURCES:
            tail.append(f"The sources were {together(told, most=_MOST_SOURCES)}.")
        elif len(told) == 1:
            parts.append(f", {named(sizes.index[0])}")
        tail.append(_lacking(articles, "source", "named no source"))
    if "date" in articles.columns:
        dates = pd.to_datetime(articles["date"], errors="coerce").dropna()
        if len(dates):
            first, last = dates.min(), dates.max()
            same = first.normalize() == last.normalize()
            span = f"on {day(first)}" if same else f"from {day(first)} to {day(last)}"
            parts.append(f", published {span}")
            tail.append(_lacking(articles, "date", "had no date"))
    comma = "," if ending and "published" in parts[-1] else ""
    return ["".join(parts) + f"{comma}{ending}.", *tail]


def _lacking(articles: pd.DataFrame, name: str, what: str) -> str:
    """Say how many articles lack a value, nothing where none does."""
    n = int(articles[name].isna().sum())
    return sentence(f"{counted(n, 'article')} {what}.") if n else ""


def _tokens(about: Mapping[str, Any]) -> list[str]:
    """Say how texts were split and which words were counted."""
    fields = about.get("fields") or ["text"]
    many = "s" if len(fields) > 1 else ""
    version = named(about.get("tokeniser", "unknown"))
    found = [
        (
            f"The field{many} {together(map(column, fields))} of each article "
            f"{'were' if many else 'was'} split into tokens with the tokeniser of framing "
            f"(version {version}): words with their inner hyphens and apostrophes, abbreviations "
            "with full stops, and numbers, in lower case and without the possessive 's."
        )
    ]
    language = about.get("language")
    found.append(
        f"Sentences were split with the rules of sentencex {cite('thottingal')} for the language "
        f"“{named(language)}”."
        if language
        else "Each field was taken as one sentence."
    )
    left_out = about.get("stop_words")
    if isinstance(left_out, str):
        found.append(
            f"The stop words of the list {named(left_out)} were not counted but kept their places."
        )
    elif left_out:
        were = "was" if len(left_out) == 1 else "were"
        found.append(
            f"{counted(len(left_out), 'stop word')} of a list of our own {were} not counted but "
            f"kept {'its place' if len(left_out) == 1 else 'their places'}."
        )
    else:
        found.append("All words were counted; no stop words were left out.")
    if int(about.get("min_count", 1)) > 1:
        found.append(
            f"Terms with fewer than {int(about['min_count']):,} occurrences in all were not "
            "counted but kept their places."
        )
    phrases = about.get("phrases") or []
    if len(phrases):
        were = "was" if len(phrases) == 1 else "were"
        found.append(f"{counted(len(phrases), 'phrase')} {were} joined into one token each.")
    return [sentence(text) for text in found]


def _contexts(corpus: Corpus, n_articles: int, n_tokens: int) -> str:
    """Say which windows a corpus of contexts is made of."""
    about = corpus.settings["contexts"]
    items, window = str(about["items"]), about["window"]
    where = (
        "the sentences in which it is mentioned"
        if window == "sentence"
        else f"windows of {counted(int(window), 'token')} to each side of its mentions, cut at the "
        "ends of fields; windows that overlap were merged"
    )
    own = "were" if about["own_words"] else "were not"
    n_items = corpus.articles[items].nunique() if items in corpus.articles.columns else 0
    return (
        f"For each {column(items)} only its contexts were read, {where}; the words of the mentions "
        f"themselves {own} counted. The contexts of {counted(n_items, 'value')} of "
        f"{column(items)} came from {counted(n_articles, 'article')} and had {n_tokens:,} tokens."
    )


def articles(data: pd.DataFrame, table: Table) -> Passage:
    """Describe a table of articles."""
    found = Passage(settings=settings_of(data, table))
    found.say(*_articles(data.drop_duplicates("doc_id"), "The files held"))
    return found


def problems(data: pd.DataFrame, table: Table) -> Passage:
    """Describe what was wrong with the files."""
    found = Passage(settings=settings_of(data, table))
    out = data[data["action"] == "left out"]
    found.say(f"Reading the files gave {counted(len(data), 'remark')} about single files or rows.")
    if len(out):
        reasons = out["what"].value_counts(sort=False).sort_index()
        reasons = reasons.sort_values(ascending=False, kind="stable")
        told = [f"{named(what)} ({n:,})" for what, n in reasons.items()]
        found.say(f"{len(out):,} of them left something out: {together(told)}.")
    return found


def attrition(data: pd.DataFrame, table: Table) -> Passage:
    """Describe what was left out on the way to the articles that were analysed."""
    found = Passage(settings=settings_of(data, table))
    steps = data.assign(step=data["step"].astype(int)).groupby("step", sort=True)
    sums = steps[["n_before", "n_left_out", "n_after"]].sum()
    names = steps["name"].first()
    if not len(sums):
        return found
    told = [
        f"{int(n_out):,} of {int(n):,} at the step “{named(name)}”"
        for name, n, n_out in zip(names, sums["n_before"], sums["n_left_out"], strict=True)
        if n_out
    ]
    n_left = f"{int(sums['n_after'].iloc[-1]):,}"
    found.say(
        f"Of the articles, {together(told)} were left out, so that {n_left} remained."
        if told
        else f"No article was left out; there were {n_left}."
    )
    return found


def boilerplate(data: pd.DataFrame, table: Table) -> Passage:
    """Describe the furniture of sources."""
    about = [row for row in settings_of(data, table) if row[0] != "n_words"]
    found = Passage(settings=about)
    kinds = data["what"].value_counts(sort=False).sort_index()
    told = [f"{named(what)} ({n:,})" for what, n in kinds.items()]
    found.say(
        "Sequences of words that a source repeats at the same place over its articles and that "
        "others do not have were looked for: names of the source, openings, closings and whole "
        "sentences."
    )
    were = "was" if len(data) == 1 else "were"
    found.say(
        sentence(f"{counted(len(data), 'such sequence')} {were} found: {together(told)}.")
        if told
        else "None was found."
    )
    found.left_open.append("boilerplate: min_share and the other limits are no columns.")
    return found


def _n_of(data: pd.DataFrame, name: str) -> int:
    """Return how many articles are in stories or events of two or more."""
    return int((data[name].astype(float) > 1).sum())


def stories(data: pd.DataFrame, table: Table) -> Passage:
    """Describe how copies of one text were found."""
    found = Passage(settings=settings_of(data, table))
    found.say(
        "Articles that carry the same text were joined into stories by the shingles (runs of "
        f"{listed(values(data, 'n_words'), last='or')} neighbouring words) that they share "
        f"{cite('broder1997')}: two articles with at least "
        f"{listed(values(data, 'min_shared'), last='or')} shared shingles and a Jaccard similarity "
        f"of at least {listed(values(data, 'min_similarity'), last='or')}, or a containment of the "
        f"shorter one of at least {listed(values(data, 'min_containment'), last='or')} and half of "
        "that similarity.",
        "Shingles that stand in more than "
        f"{listed(values(data, 'max_repeats'), last='or')} texts of one source did not count.",
        f"All pairs were compared exactly {cite('chaudhuri2006')}.",
    )
    n, n_copied = len(data), _n_of(data, "n_articles")
    found.say(
        f"The {n:,} articles made {counted(data['story'].nunique(), 'story', 'stories')}; "
        f"{counted(n_copied, 'article')} shared {'its' if n_copied == 1 else 'their'} story with "
        "another."
    )
    return found


def story_pairs(data: pd.DataFrame, table: Table) -> Passage:
    """Describe a list of pairs of copies."""
    found = Passage(settings=settings_of(data, table))
    were = "was" if len(data) == 1 else "were"
    found.say(
        sentence(
            f"{counted(len(data), 'pair')} of articles of one story {were} listed with the longest "
            "passage that both have."
        )
    )
    return found


def events(data: pd.DataFrame, table: Table) -> Passage:
    """Describe how articles on one event were joined."""
    found = Passage(settings=settings_of(data, table))
    found.say(
        "Articles that report the same event were joined by average linkage "
        f"{cite('yang1998')}: the similarity of two articles is the mean of two cosines of "
        f"weighted terms, of their whole texts and of their first "
        f"{listed(values(data, 'lead'), last='or')} words; groups were joined as long as the mean "
        f"similarity over all pairs was "
        f"{listed(values(data, 'min_similarity'), last='or')} or more and the event spanned no "
        f"more than {listed(values(data, 'max_days'), last='or')} days."
    )
    n_joined = _n_of(data, "n_articles")
    n_events = data["event"].nunique()
    found.say(
        f"The {len(data):,} articles made {counted(n_events, 'event')}; {n_joined:,} of them "
        "shared an event with another."
    )
    if data["shared_actors"].notna().any():
        found.say("Two articles that both name actors but none in common were taken to be unlike.")
    return found


def evidence(data: pd.DataFrame, table: Table) -> Passage:
    """Describe how sentences were chosen."""
    found = Passage(settings=settings_of(data, table))
    chosen = set(values(data, "chosen"))
    if "typical" in chosen:
        found.say(
            "Typical sentences are those whose words, weighted by tf-idf, are nearest to the mean "
            f"of all sentences of the item {cite('radev2004')}; the item's own words did not "
            "count."
        )
    if "random" in chosen:
        found.say(
            "Random sentences were drawn without replacement, each with the same chance "
            f"(seed {listed(values(data, 'seed'))})."
        )
    return found
