"""Every chart on real articles: the lines that draw it, from which pictures and page are made.

Each function is one entry of the gallery: its first line is the heading, its body the code of the
page, at most six lines of it. What they need, by the names of their parameters, `set_up` makes.
`docs/figures.py` draws them.
"""

# The first lines are headings, no commands.
# ruff: noqa: D401
from __future__ import annotations

from functools import partial
from typing import Any

import framing as fr

FOUR = ["Al Jazeera", "CNN", "Deutsche Welle", "TASS"]
WORDS = ["opposition", "rebels", "fighters", "militants", "terrorists", "regime", "refugees"]


NAMES = ["terrorist", "terrorists"]
AGAINST = {"all others": None, "Al Jazeera": "Al Jazeera"}


def set_up(articles: Any) -> Any:
    """Return what the entries begin with."""
    russia = articles["text"].str.contains("Russia").map({True: "names it", False: "does not"})
    corpus = fr.build_corpus(articles.assign(russia=russia))
    corpus = fr.without(corpus, fr.boilerplate(corpus))
    corpus = corpus.join(fr.find_stories(corpus)[["doc_id", "story", "first"]])
    syria = corpus.where(corpus.articles["text"].str.count("Syria") >= 2)
    late = corpus.where(corpus.articles["date"] >= "2016-11-14")
    mentions = fr.find_mentions(corpus, fr.load_ledger())
    model = fr.fit_topics(corpus, n_topics=15, seed=1)
    return locals()


def term_frequency(syria: Any) -> Any:
    """How often terms occur in several sources."""
    table = fr.term_frequency(syria, by="source", terms=WORDS)
    return fr.plot_term_frequency(table[table["source"].isin(FOUR)])


def term_frequency_of_one(syria: Any) -> Any:
    """One term in all sources."""
    table = fr.term_frequency(syria, by="source", terms="terrorists")
    return fr.plot_term_frequency(table)


def trend(late: Any) -> Any:
    """How often a term occurs over time."""
    table = fr.term_trend(late, "aleppo", by="source", freq="W")
    return fr.plot_trend(table[table["source"].isin(FOUR)])


def dispersion(corpus: Any) -> Any:
    """How evenly terms are spread."""
    return fr.plot_dispersion(fr.dispersion(corpus, min_count=20))


def keyness(syria: Any) -> Any:
    """The terms that mark one source against all others."""
    key = fr.keyness(syria, by="source", target="TASS")
    return fr.plot_keyness(key)


def keyness_of_several(syria: Any) -> Any:
    """Small multiples: one panel for each source."""
    key = fr.keyness(syria, by="source", min_count=5)
    key = key[key["target"].isin(FOUR) & ~key["term"].isin(fr.stop_words())]
    return fr.facets(key, partial(fr.plot_keyness, n=6), by="target", columns=2)


def keyness_scatter(syria: Any) -> Any:
    """Keyness of every term against its frequency."""
    key = fr.keyness(syria, by="source", target="TASS", measure="log_odds")
    return fr.plot_keyness_scatter(key[~key["term"].isin(fr.stop_words())])


def collocates(syria: Any) -> Any:
    """The words that stand near a word."""
    near = fr.collocates(syria, "opposition", window=5, min_count=10)
    return fr.plot_collocates(near[~near["term"].isin(fr.stop_words())], n=15)


def salience_of_actors(corpus: Any, mentions: Any) -> Any:
    """Who is named, in each source."""
    people = mentions[mentions["kind"] != "country"]
    table = fr.salience(people, corpus, by="source", items="actor")
    return fr.plot_salience(table[table["source"].isin(FOUR)], n=12)


def salience_of_one(corpus: Any, mentions: Any) -> Any:
    """One country in the titles of all sources."""
    table = fr.salience(mentions, corpus, by="source", items="country")
    table = table[(table["item"] == "SYR") & (table["part"] == "title")]
    return fr.plot_salience(table, by="source")


def country_map(corpus: Any, mentions: Any) -> Any:
    """The countries that a source writes about."""
    table = fr.salience(mentions, corpus, by="source", items="country")
    return fr.plot_country_map(table[table["source"] == "Al Jazeera"])


def co_mentions(corpus: Any, mentions: Any) -> Any:
    """Who is named together with whom."""
    pairs = fr.co_mentions(mentions, corpus, items="country", measure="npmi")
    return fr.plot_co_mentions(pairs, n=12)


def comparison(corpus: Any, mentions: Any) -> Any:
    """A rate of each source, with intervals over stories."""
    rates = fr.measure_mentions(corpus, mentions[mentions["actor"] == "Syria"])
    table = fr.compare(rates, by="source", unit="story", seed=1)
    return fr.plot_comparison(table)


def comparison_of_words(syria: Any) -> Any:
    """Ratios to all other sources, one panel for each term."""
    rates = fr.measure_terms(syria, WORDS[:4])
    table = fr.compare(rates, by="source", unit="story", seed=1)
    draw = partial(fr.plot_comparison, value="ratio")
    return fr.facets(table, draw, by="item", columns=2, sharex=False)


def decomposition(syria: Any) -> Any:
    """What gaps between two sources are made of."""
    rates = fr.measure_terms(syria, WORDS[:4])
    sides = {"target": "TASS", "reference": "Al Jazeera"}
    gaps = fr.decompose(rates, by="source", strata="russia", **sides, seed=1, n_resamples=500)
    return fr.plot_decomposition(gaps)


def specification_curve(syria: Any) -> Any:
    """One claim under many choices."""
    compare = partial(fr.compare, by="source", target="TASS", seed=1, n_resamples=0)
    steps = {"rates": lambda rows, word: fr.measure_terms(rows, word)}
    steps["table"] = lambda rates, unit, against: compare(rates, unit=unit, reference=against)
    copies = {"all": syria, "one of each": syria.where(syria.articles["first"])}
    choices = {"rows": copies, "word": NAMES, "unit": ["doc_id", "story"], "against": AGAINST}
    return fr.plot_specification_curve(fr.specification_curve(steps, choices, estimate="ratio"))


def attrition(articles: Any, problems: Any, corpus: Any, syria: Any) -> Any:
    """From the files to the articles that are analysed."""
    first = corpus.where(corpus.articles["first"])
    both = syria.where(syria.articles["first"])
    steps = {"read": articles, "one copy of each": first, "names Syria twice": both}
    return fr.plot_attrition(fr.attrition(steps, problems=problems))


def topic_terms(model: Any) -> Any:
    """What topics are about."""
    return fr.plot_topic_terms(fr.topic_terms(model), n=6)


def topic_share(model: Any, corpus: Any) -> Any:
    """How much each source writes about each topic."""
    return fr.plot_topic_share(fr.topic_share(model, corpus, by="source"))


def topic_trend(model: Any, late: Any) -> Any:
    """How much is written about a topic over time."""
    table = fr.topic_trend(model, late, freq="W")
    largest = table.groupby("topic")["weight"].sum().nlargest(3).index
    return fr.plot_topic_trend(table[table["topic"].isin(largest)])


def topic_wording(model: Any, corpus: Any) -> Any:
    """The words of one source within one topic."""
    terms = fr.topic_terms(model).sort_values("rank")
    topic = terms.loc[terms["term"] == "syria", "topic"].iloc[0]
    table = fr.topic_wording(model, corpus, topic=topic)
    return fr.plot_topic_wording(table[table["target"] == "TASS"])


def topic_map(model: Any, corpus: Any) -> Any:
    """Topics that are alike in their terms."""
    return fr.plot_topic_map(fr.topic_map(model, corpus))


def topic_network(model: Any, corpus: Any) -> Any:
    """Topics that stand in the same articles."""
    table = fr.topic_networks(model, corpus, seed=1, n_resamples=100)
    return fr.plot_topic_network(table)


def topic_effects(model: Any, corpus: Any) -> Any:
    """The share of a topic that a model makes expect, with intervals."""
    terms = fr.topic_terms(model).sort_values("rank")
    topic = terms.loc[terms["term"] == "syria", "topic"].iloc[0]
    table = fr.topic_expected_shares(model, corpus, formula="source", by="source", seed=1)
    return fr.plot_topic_effects(table[table["topic"] == topic])


def topic_choice(syria: Any) -> Any:
    """What each number of topics costs and gives."""
    table = fr.choose_n_topics(syria, [5, 10, 20], seeds=[1, 2], engine="nmf")
    table = table[~table["measure"].isin(["c_v", "dead", "bound"])]
    return fr.facets(table, fr.plot_topic_choice, by="measure", columns=3, sharey=False)
