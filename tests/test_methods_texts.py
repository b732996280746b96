"""The methods text of each table, word for word.

The tables are made here, so that each setting in the text is seen to come from a column. The
texts were written and read against docs/methods.md; who changes a method changes them by hand.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from framing.methods import methods
from framing.methods.write import DESCRIBERS, NO_RESULTS
from framing.schema import TABLES

OF_KIND: dict[str, Any] = {
    "str": "x",
    "int": 1,
    "float": 0.5,
    "date": pd.Timestamp("2017-02-07"),
    "bool": False,
}


def made(
    table_name: str, /, groups: dict[str, list[str]] | None = None, **given: Any
) -> pd.DataFrame:
    """Return a table with the columns of the schema, some of their values given."""
    columns: dict[str, Any] = dict(groups or {})
    for column in TABLES[table_name].columns:
        if column.name in given or not column.optional:
            columns[column.name] = given.get(column.name, OF_KIND[column.kind])
    n = max([len(value) for value in columns.values() if isinstance(value, list)] or [1])
    return pd.DataFrame(
        {name: value if isinstance(value, list) else [value] * n for name, value in columns.items()}
    )


RESULTS: dict[str, pd.DataFrame] = {
    "articles": made(
        "articles",
        doc_id=["a", "b", "c"],
        source=["TASS", "BBC", "BBC"],
        date=[pd.Timestamp("2017-02-07"), pd.Timestamp("2017-03-30"), pd.NaT],
    ),
    "problems": made(
        "problems",
        action=["left out", "left out", "kept"],
        what=["no text", "not JSON", "duplicate article"],
    ),
    "attrition": made(
        "attrition",
        step=[0, 0, 1, 1],
        name=["read", "read", "first half", "first half"],
        source=["A", "B", "A", "B"],
        n_before=[60, 62, 60, 60],
        n_left_out=[0, 2, 30, 20],
        n_after=[60, 60, 30, 40],
    ),
    "boilerplate": made(
        "boilerplate",
        groups={"source": ["A", "B", "B"]},
        what=["opening", "closing", "opening"],
        sequence=["x", "y", "z"],
    ),
    "stories": made(
        "stories",
        story=["a", "a", "c"],
        n_articles=[2, 2, 1],
        min_similarity=0.4,
        min_containment=0.8,
        min_shared=10,
        n_words=5,
        max_repeats=3,
    ),
    "story_pairs": made("story_pairs"),
    "events": made(
        "events",
        event=["a", "a", "c"],
        n_articles=[2, 2, 1],
        min_similarity=0.3,
        max_days=2,
        lead=100,
        shared_actors=["Iran", None, None],
    ),
    "phrases": made("phrases", measure="npmi", phrase=["white house", "prime minister"]),
    "ledger": made(
        "ledger",
        actor=["Iran", "Iran", "Iran Air"],
        kind=["country", "country", "veto"],
        version="2026-11-abc",
    ),
    "ledger_problems": made("ledger_problems", what=["a", "b"]),
    "mentions": made(
        "mentions", doc_id=["a", "a", "b"], actor=["Iran", "Iran", "Syria"], ledger="2026-11-abc"
    ),
    "mention_audit": made("mention_audit", count=[3, 4]),
    "salience": made(
        "salience",
        groups={"source": ["A", "A", "A"]},
        items="country",
        part=["all", "title", "lead"],
        ledger="2026-11-abc",
    ),
    "co_mentions": made(
        "co_mentions", items="actor", unit="sentence", measure="npmi", ledger="2026-11-abc"
    ),
    "term_frequency": made(
        "term_frequency", groups={"source": ["A", "B"]}, n_group_articles=[60, 40]
    ),
    "term_trend": made("term_trend", freq="W", n_undated=2),
    "dispersion": made("dispersion", measure="dp_norm", parts="doc_id"),
    "keyness": made(
        "keyness",
        by="source",
        target="TASS",
        reference="rest",
        measure="lrc",
        p_value=float("nan"),
        n_terms=1200,
    ),
    "collocates": made("collocates", node="syria", window=5, measure="log_dice"),
    "kwic": made("kwic", doc_id=["a", "b", "b"], pattern="war *"),
    "topic_choice": made(
        "topic_choice",
        n_topics=[10, 10, 20, 20],
        seed=[1, 2, 1, 2],
        measure=["held_out", "held_out", "npmi", "npmi"],
        engine="tomotopy",
        n_held_out=80,
    ),
    "topic_terms": made("topic_terms", weighting="frex", n_topics=20, engine="tomotopy", seed=1),
    "topic_share": made(
        "topic_share", groups={"source": ["A"]}, n_topics=20, engine="gensim", seed=1
    ),
    "topic_trend": made(
        "topic_trend",
        groups={"source": ["A", "B"]},
        freq="MS",
        n_topics=20,
        engine="sklearn",
        seed=1,
        n_undated=[3, 1],
    ),
    "topic_prediction": made(
        "topic_prediction", doc_id=["a", "b"], n_topics=20, engine="ctm", seed=1
    ),
    "topic_quality": made(
        "topic_quality",
        measure=["npmi", "uniqueness"],
        n_terms=10,
        n_topics=20,
        engine="keyatm",
        seed=1,
    ),
    "topic_stability": made(
        "topic_stability",
        against=["seed", "articles", "seed"],
        fit_seed=[101, 101, 102],
        n_topics=20,
        engine="nmf",
        seed=1,
    ),
    "representative_articles": made(
        "representative_articles", rank=[1, 2, 3], n_topics=20, engine="stm", seed=1
    ),
    "topic_map": made("topic_map", explained=0.213, n_topics=20, engine="gensim LdaModel", seed=-1),
    "topic_networks": made(
        "topic_networks",
        groups={"source": ["A"]},
        measure="cosine",
        unit="story",
        n_resamples=100,
        sample_seed=2,
        n_topics=20,
        engine="tomotopy",
        seed=1,
    ),
    "topic_communities": made(
        "topic_communities",
        measure="correlation",
        unit="doc_id",
        n_resamples=0,
        n_topics=20,
        engine="tomotopy",
        seed=1,
    ),
    "topic_wording": made(
        "topic_wording",
        by="source",
        topic=3,
        n_tests=432,
        unit="story",
        prior=500.0,
        level=0.95,
        n_topics=20,
        engine="tomotopy",
        seed=1,
    ),
    "topic_effects": made(
        "topic_effects",
        formula="source * date",
        unit="story",
        level=0.95,
        n_draws=25,
        draw_seed=4,
        n_tests=60,
        n_topics=20,
        engine="stm",
        seed=1,
    ),
    "topic_expected_shares": made(
        "topic_expected_shares",
        groups={"source": ["A", "B"]},
        formula="source + days",
        unit="doc_id",
        level=0.95,
        n_draws=0,
        n_topics=20,
        engine="stm",
        seed=1,
    ),
    "intrusion_key": made(
        "intrusion_key",
        task="word",
        question=[1] * 6 + [2] * 6,
        sheet_seed=1,
        n_topics=20,
        engine="tomotopy",
        seed=1,
    ),
    "intrusion_scores": made(
        "intrusion_scores",
        task="topic",
        scope=["all", "coder"],
        n_answers=[40, 40],
        level=0.95,
        n_topics=20,
        engine="tomotopy",
        seed=1,
    ),
    "comparison": made(
        "comparison",
        groups={"source": ["A", "B"]},
        items="country",
        item=["IRN", "IRN"],
        measure="mentions per 1,000 tokens",
        scale=1000.0,
        reference="rest",
        interval=["cluster-robust t on the log scale", "gamma"],
        few_units=[False, True],
        unit="story",
        n_resamples=[1000, 20000],
        seed=1,
        n_tests=2,
        level=0.95,
    ),
    "comparison_pairs": made(
        "comparison_pairs",
        groups={"source": ["A", "A", "B"]},
        items="term",
        item="war",
        measure="share of articles with it",
        scale=1.0,
        reference=["B", "C", "C"],
        interval="cluster-robust t on the logit scale",
        unit="doc_id",
        n_resamples=0,
        p=float("nan"),
        level=0.9,
    ),
    "decomposition": made(
        "decomposition",
        by="source",
        target="A",
        reference="B",
        items="actor",
        item="Iran",
        measure="mentions per 1,000 tokens",
        scale=1000.0,
        strata="event",
        unit="story",
        level=0.95,
        n_resamples=1000,
        seed=7,
    ),
    "specification_curve": made(
        "specification_curve",
        groups={"per": ["tokens", "articles"], "window": ["5", "10"]},
        measure="ratio of mentions per 1,000 tokens",
        n_specifications=4,
        error=[None, "bad"],
    ),
    "specification_test": made(
        "specification_test", statistic=["median", "share", "mean_z"], n_shuffles=500, seed=3
    ),
    "evidence": made("evidence", chosen=["typical", "random"], seed=1),
}

EXPECTED = {
    "articles": (
        "The files held three articles of two sources, published from 7 February 2017 to 30 March "
        "2017. The sources were BBC (2) and TASS (1). One article had no date."
    ),
    "problems": (
        "Reading the files gave three remarks about single files or rows. 2 of them left "
        "something out: no text (1) and not JSON (1)."
    ),
    "attrition": (
        "Of the articles, 2 of 122 at the step “read” and 50 of 120 at the step “first half” were "
        "left out, so that 70 remained."
    ),
    "boilerplate": (
        "Sequences of words that a source repeats at the same place over its articles and that "
        "others do not have were looked for: names of the source, openings, closings and whole "
        "sentences. Three such sequences were found: closing (1) and opening (2)."
    ),
    "stories": (
        "Articles that carry the same text were joined into stories by the shingles (runs of 5 "
        "neighbouring words) that they share (Broder 1997): two articles with at least 10 shared "
        "shingles and a Jaccard similarity of at least 0.4, or a containment of the shorter one "
        "of at least 0.8 and half of that similarity. Shingles that stand in more than 3 texts of "
        "one source did not count. All pairs were compared exactly (Chaudhuri et al. 2006). The 3 "
        "articles made two stories; two articles shared their story with another."
    ),
    "story_pairs": (
        "One pair of articles of one story was listed with the longest passage that both have."
    ),
    "events": (
        "Articles that report the same event were joined by average linkage (Yang et al. 1998): "
        "the similarity of two articles is the mean of two cosines of weighted terms, of their "
        "whole texts and of their first 100 words; groups were joined as long as the mean "
        "similarity over all pairs was 0.3 or more and the event spanned no more than 2 days. The "
        "3 articles made two events; 2 of them shared an event with another. Two articles that "
        "both name actors but none in common were taken to be unlike."
    ),
    "phrases": (
        "Phrases were looked for among pairs of neighbouring words of one sentence by normalised "
        "pointwise mutual information, ln(p(xy) / (p(x) p(y))) / −ln p(xy) (Bouma 2009); 2 "
        "passed."
    ),
    "ledger": (
        "Names of actors and countries come from the ledger of framing (version 2026-11-abc), "
        "with two aliases of one actor; offices and former names hold for the days on which they "
        "meant the actor."
    ),
    "ledger_problems": (
        "The ledger was checked for collisions and other mistakes; the check lists two entries."
    ),
    "mentions": (
        "Mentions of actors and countries were found with the ledger of framing (version "
        "2026-11-abc): at each place the longest alias whose conditions on spelling, neighbouring "
        "words, article and day hold, no two over the same words. What a country's name stands "
        "for (government, place, people or other) was decided by ordered rules on the "
        "neighbouring words. Pronouns and bare titles are not counted, so that all counts are "
        "lower bounds. These were three mentions of two actors in two articles."
    ),
    "mention_audit": (
        "For a check by reading, the 7 mentions were listed by string, actor and sense (two rows) "
        "with example sentences."
    ),
    "salience": (
        "Attention to each country by source was measured in whole articles, titles and leads "
        "(the first three sentences of the last field) by the share of articles that name it "
        "(articles that name it / articles that have that part) and by mentions per 1,000 tokens; "
        "names were found with the ledger of framing (version 2026-11-abc)."
    ),
    "co_mentions": (
        "How often two values of actor are named in the same sentence was measured by normalised "
        "pointwise mutual information, ln(n N / (a b)) / −ln(n / N) (Bouma 2009); n is the number "
        "of units (sentence) that name both, a and b those that name the one and the other, and N "
        "all; names were found with the ledger of framing (version 2026-11-abc)."
    ),
    "term_frequency": (
        "Term frequencies were expressed as occurrences per million tokens (occurrences / tokens "
        "× 1,000,000) by source, beside the number of articles with the term, over 100 articles."
    ),
    "term_trend": (
        "Term frequencies over time were expressed as occurrences per million tokens in weeks "
        "from Monday; a period without an article has no rate. Two articles without a date "
        "counted in no period."
    ),
    "dispersion": (
        "How evenly terms are spread over articles was measured by Gries' deviation of "
        "proportions divided by its maximum, ½ Σ |v/f − s| / (1 − min s), from 0 (even) to 1 "
        "(Gries 2008; Lijffijt & Gries 2012); v is the term's count in a part, f its count in "
        "all, and s the part's share of the tokens."
    ),
    "keyness": (
        "Key terms were found by comparing the frequencies of 1,200 terms, TASS (source) against "
        "all other articles. Keyness was measured by the conservative log ratio, the end nearer "
        "to zero of the Clopper–Pearson interval of log2((a/N1) / (b/N2)) at the level 1 − .05/m "
        "(Bonferroni, m terms); it is 0 where that interval holds 0 (Evert 2022); a and b are the "
        "term's occurrences in target and reference, N1 and N2 their tokens, and scores above 0 "
        "mark the target. Such statistics take each word as drawn on its own and therefore "
        "overstate the evidence (Lijffijt et al. 2016); they were used to rank terms."
    ),
    "collocates": (
        "Collocates of “syria” were the terms within 5 tokens to each side, across sentences but "
        "not across the ends of fields and articles, each token counted once: surface "
        "co-occurrence (Evert 2008). Association was measured by logDice = 14 + log2(2 O / (f + "
        "C)) (Rychlý 2008); O is the count of the term inside windows, C its count in all, f that "
        "of the node, R the tokens inside windows, N all tokens, both without the node's own, and "
        "E = R C / N."
    ),
    "kwic": (
        "The concordance of “war *” has three places in two articles, in the original characters; "
        "matches lie inside sentences."
    ),
    "topic_choice": (
        "Topics were found by latent Dirichlet allocation with collapsed Gibbs sampling (Blei et "
        "al. 2003; Griffiths & Steyvers 2004): 10 or 20 topics, seeds 1 and 2. Numbers of topics "
        "were compared on models that left 80 articles out, by the log-likelihood per token of "
        "one half of each held-out article given the other (Wallach et al. 2009); mean "
        "coherence as NPMI (Bouma 2009; Röder et al. 2015)."
    ),
    "topic_terms": (
        "Topics were found by latent Dirichlet allocation with collapsed Gibbs sampling (Blei et "
        "al. 2003; Griffiths & Steyvers 2004): 20 topics, seed 1. The terms of a topic were "
        "ranked by FREX, the harmonic mean of the ranks of frequency and exclusivity with equal "
        "weights (Bischof & Airoldi 2012)."
    ),
    "topic_share": (
        "Topics were found by latent Dirichlet allocation with online variational Bayes (Blei et "
        "al. 2003; Hoffman et al. 2010): 20 topics, seed 1. The share of a topic by source is the "
        "mean of P(topic given article) over the articles with a term of the model."
    ),
    "topic_trend": (
        "Topics were found by latent Dirichlet allocation with batch variational Bayes (Blei et "
        "al. 2003): 20 topics, seed 1. The share of a topic by source in months is the mean of "
        "P(topic given article) over the articles with a term of the model. Four articles without "
        "a date counted in no period."
    ),
    "topic_prediction": (
        "Topics were found by a correlated topic model with variational EM (Blei & Lafferty "
        "2007): 20 topics, seed 1. Shares of topics in two articles were estimated with the "
        "topics as they are, as expected under the model's Dirichlet prior, .1 a topic where it "
        "has none (Asuncion et al. 2009)."
    ),
    "topic_quality": (
        "Topics were found by a keyword-assisted topic model (keyATM) with Gibbs sampling (Eshima "
        "et al. 2024): 20 topics, seed 1. The quality of a topic was measured, from its 10 most "
        "probable terms where terms are looked at, by mean normalised pointwise mutual "
        "information of pairs of its first terms in windows of ten tokens (Bouma 2009; Röder et "
        "al. 2015); uniqueness, the mean of 1 / number of topics with the term among their "
        "first (Dieng et al. 2020)."
    ),
    "topic_stability": (
        "Topics were found by non-negative matrix factorisation of tf-idf weights (Lee & Seung "
        "1999): 20 topics, seed 1. Whether topics come again was seen in two fits on all articles "
        "with another seed and one fit on four fifths of the articles, drawn by chance, with "
        "another seed (seeds 101 and 102): topics of two fits were matched so that the sum of the "
        "cosines of their terms' probabilities is highest (Greene et al. 2014; Kuhn 1955)."
    ),
    "representative_articles": (
        "Topics were found by a structural topic model with variational EM (Roberts et al. 2016): "
        "20 topics, seed 1. For each topic up to three articles with its highest shares were "
        "listed."
    ),
    "topic_map": (
        "Topics come from a model that was fitted elsewhere, gensim LdaModel (Blei et al. 2003): "
        "20 topics. The map of topics is classical scaling of the roots of Jensen–Shannon "
        "divergences of their terms (Lin 1991; Torgerson 1952); the plane holds 0.21 of the "
        "squared distances."
    ),
    "topic_networks": (
        "Topics were found by latent Dirichlet allocation with collapsed Gibbs sampling (Blei et "
        "al. 2003; Griffiths & Steyvers 2004): 20 topics, seed 1. Topics were joined into "
        "networks by source (Walter & Ophir 2019): edges are the cosine of two topics' shares "
        "over the articles, and communities those of highest modularity (Clauset et al. 2004). "
        "How far they hold was seen in 100 bootstrap samples of whole stories (seed 2), by the "
        "share of samples in which two topics are in one community and by the mean adjusted Rand "
        "index (Hubert & Arabie 1985). Intervals of similarities hold 95 % of the samples."
    ),
    "topic_communities": (
        "Topics were found by latent Dirichlet allocation with collapsed Gibbs sampling (Blei et "
        "al. 2003; Griffiths & Steyvers 2004): 20 topics, seed 1. Topics were joined into "
        "networks (Walter & Ophir 2019): edges are the correlation of two topics' shares over the "
        "articles, and communities those of highest modularity (Clauset et al. 2004)."
    ),
    "topic_wording": (
        "Topics were found by latent Dirichlet allocation with collapsed Gibbs sampling (Blei et "
        "al. 2003; Griffiths & Steyvers 2004): 20 topics, seed 1. The wording of one topic was "
        "compared by source, each group with all other articles, by log-odds ratios with an "
        "informative Dirichlet prior in the shape of the topic's terms, 500 pseudo-counts in all "
        "(Monroe et al. 2008), on the occurrences that the model expects to be of the topic. "
        "Variances take stories whole and are on no side below that of independent tokens; "
        "intervals (95 %) and two-sided p-values are of t with the effective number of stories "
        "(Kish 1965). The p-values of 432 tests were adjusted for the false discovery rate (q) "
        "(Benjamini & Hochberg 1995)."
    ),
    "topic_effects": (
        "Topics were found by a structural topic model with variational EM (Roberts et al. 2016): "
        "20 topics, seed 1. Shares of topics were regressed by least squares on “source * date”, "
        "with variances that take stories whole (Cameron & Miller 2015). The regression was run "
        "for each of 25 draws of the shares or other fits (seed 4), and the variance between them "
        "was added (Rubin 1987; Treier & Jackman 2008; Roberts et al. 2014). Intervals (95 %) and "
        "two-sided p-values are of t with units less coefficients as degrees of freedom; the "
        "p-values of 60 tests were adjusted for the false discovery rate (q) (Benjamini & "
        "Hochberg 1995)."
    ),
    "topic_expected_shares": (
        "Topics were found by a structural topic model with variational EM (Roberts et al. 2016): "
        "20 topics, seed 1. Shares of topics were regressed by least squares on “source + days”, "
        "with variances that take articles whole (Cameron & Miller 2015). Shares were taken as "
        "known. Expected shares by source are those of the regression with the other columns as "
        "they are, with intervals (95\u00a0%)."
    ),
    "intrusion_key": (
        "Topics were found by latent Dirichlet allocation with collapsed Gibbs sampling (Blei et "
        "al. 2003; Griffiths & Steyvers 2004): 20 topics, seed 1. In word intrusion (Chang et al. "
        "2009) coders were asked to name the word that is not of a topic, in two questions of 6 "
        "choices (seed 1)."
    ),
    "intrusion_scores": (
        "Topics were found by latent Dirichlet allocation with collapsed Gibbs sampling (Blei et "
        "al. 2003; Griffiths & Steyvers 2004): 20 topics, seed 1. In topic intrusion (Chang et "
        "al. 2009) coders were asked to name the topic that is not of an article; there were 40 "
        "answers. Model precision is the share of answers that name the intruder, with Wilson's "
        "interval (95 %) (Wilson 1927), which takes answers to be independent."
    ),
    "comparison": (
        "Mentions per 1,000 tokens (mentions / tokens × 1,000) of one country (IRN) were compared "
        "between groups of articles (source), each with all others. Intervals (95 %) took stories "
        "whole: the variance of a rate was the cluster-robust one of a ratio of sums, by Taylor "
        "linearisation, and intervals were of t on the log scale, with the effective number of "
        "units that have the item, less one, as degrees of freedom (Kish 1965). For items that "
        "too few stories had for their variance alone to tell, intervals were those of the gamma "
        "distribution (Fay & Feuer 1997). Intervals of differences joined those of the two sides "
        "(Zou & Donner 2008). Differences were tested with two-sided permutation tests of a "
        "studentised statistic, in which whole stories changed sides (Chung & Romano 2013; "
        "Phipson & Smyth 2010), with 1,000 to 20,000 permutations, more where p-values were low "
        "(seed 1); items in fewer than five units were not tested. The p-values were adjusted for "
        "the false discovery rate (q) over the family of 2 tests (Benjamini & Hochberg 1995). "
        "Of 2 rows, 1 (marked few_units) rested on too few stories with the item for their "
        "intervals to be trusted."
    ),
    "comparison_pairs": (
        "Shares of articles with the item (articles that have it / articles with any token) of "
        "one term (war) were compared between groups of articles (source), each pair. Intervals "
        "(90 %) took articles whole: the variance of a rate was the cluster-robust one of a ratio "
        "of sums, by Taylor linearisation, and intervals were of t on the logit scale, with the "
        "effective number of units that have the item, or of those that have something else, less "
        "one, as degrees of freedom (Kish 1965). Intervals of differences joined those of the two "
        "sides (Zou & Donner 2008). No tests were made."
    ),
    "decomposition": (
        "The gap in mentions per 1,000 tokens (mentions / tokens × 1,000) of one actor (Iran) "
        "between A and B (source) was split over strata of articles (event) into selection, Σ "
        "(w_T − w_R) (r_T + r_R)/2, and presentation, Σ (w_T + w_R)/2 (r_T − r_R), with w a "
        "side's share of its denominators in a stratum and r its rate there: the symmetric "
        "decomposition of two rates (Kitagawa 1955). Strata that only one side has are components "
        "of their own (Ñopo 2008). Intervals (95 %) were expanded percentiles (Hesterberg 2015) of "
        "1,000 resamples of whole stories within each side (seed 7)."
    ),
    "specification_curve": (
        "The analysis (ratio of mentions per 1,000 tokens) was run under 4 combinations of "
        "choices: per (two options) and window (two options) (Simonsohn et al. 2020; Steegen et "
        "al. 2016). One combination failed and gave no estimate. The specifications share their "
        "data: how many intervals exclude the null is no test."
    ),
    "specification_test": (
        "The curve as a whole was tested against curves of 500 shuffles of the data (seed 3) by "
        "the distance of the median estimate from the null (for ratios of logarithms), the share "
        "of specifications whose interval lies wholly on the median's side of the null and the "
        "size of the mean z-score of the p-values (Simonsohn et al. 2020); p = (1 + shuffles with "
        "a statistic at least as high) / (1 + shuffles) (Phipson & Smyth 2010)."
    ),
    "evidence": (
        "Typical sentences are those whose words, weighted by tf-idf, are nearest to the mean of "
        "all sentences of the item (Radev et al. 2004); the item's own words did not count. "
        "Random sentences were drawn without replacement, each with the same chance (seed 1)."
    ),
}


def text_of(data: pd.DataFrame) -> str:
    """Return the text without the paragraph of programs."""
    return str(methods(data)).split("\n\n")[0]


def test_every_table_that_is_described_has_a_text() -> None:
    described = {name for part in DESCRIBERS for name, _ in part}
    assert set(EXPECTED) == set(RESULTS) == described == set(TABLES) - NO_RESULTS


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_text(name: str) -> None:
    assert text_of(RESULTS[name]) == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_rows_are_described_without_an_error(name: str) -> None:
    assert str(methods(RESULTS[name][:0])).endswith(".")


KEYNESS_SAYINGS = {
    "g2": "the log-likelihood statistic G2 = 2 Σ O ln(O/E) over the four cells of the table of "
    "term and side, with the sign of the difference (Dunning 1993)",
    "g2_2cell": "the log-likelihood statistic 2 Σ O ln(O/E) over the two cells of the term, with "
    "the sign of the difference (Rayson & Garside 2000)",
    "chi2": "Pearson's chi-squared without correction, with the sign of the difference "
    "(Pearson 1900)",
    "log_ratio": "the log ratio, log2((a/N1) / (b/N2)), with ½ in place of a count of 0 "
    "(Hardie 2014)",
    "log_odds": "the z-score of the log-odds ratio with a flat Dirichlet prior, the same "
    "pseudo-count for each term (Monroe et al. 2008)",
    "log_odds_informative": "the z-score of the log-odds ratio with an informative Dirichlet prior "
    "in the shape of both sides together (Monroe et al. 2008)",
}


@pytest.mark.parametrize("measure", sorted(KEYNESS_SAYINGS))
def test_text_of_each_keyness(measure: str) -> None:
    table = RESULTS["keyness"].assign(measure=measure, p_value=0.5)
    text = text_of(table)
    assert f"Keyness was measured by {KEYNESS_SAYINGS[measure]}; a and b are" in text
    adjusted = "and their p-values were not adjusted for the number of terms." in text
    assert adjusted == (measure != "log_ratio")


def test_text_of_several_sides() -> None:
    table = pd.concat(
        [RESULTS["keyness"].assign(target=target) for target in ("TASS", "BBC", "CNN")]
    )
    assert "TASS, BBC and CNN (source) each against all other articles." in text_of(table)
    many = pd.concat([RESULTS["keyness"].assign(target=str(n)) for n in range(12)])
    assert "each of 12 values of source against all other articles." in text_of(many)
    named = table.assign(reference="DW")
    assert "TASS, BBC and CNN (source) each against DW." in text_of(named)


def test_text_of_a_comparison_with_one_reference() -> None:
    table = RESULTS["comparison"].assign(reference=["B", None])
    assert "(source), with B as the reference. Intervals" in text_of(table)
    alone = text_of(RESULTS["comparison"].assign(reference=None, p=float("nan")))
    assert "between groups of articles (source). Intervals" in alone
    assert "Intervals of differences" not in alone
    assert "No tests were made." in alone
