"""Tables of topic models."""

from __future__ import annotations

from framing.schema.table import DATE, DOC_ID, SOURCE, TERM, Column, Table

_TOPIC = Column("topic", "int", "number of the topic, from 0")
_LABEL = Column("label", "str", "the topic's first three terms, or the label it was given")
_LOOKED_AT = Column("n_terms", "int", "most probable terms of the topic that were looked at")
_SETTINGS = (
    Column("n_topics", "int", "topics of the model"),
    Column("engine", "str", "the program that fitted the model"),
    Column("seed", "int", "the seed it was fitted with"),
)
"""What every table of a model ends with."""
_NETWORK = (
    Column("modularity", "float", "of the communities, -½ … 1: weight inside them above what "
           "the topics' sizes make expect"),
    Column("agreement", "float", "mean adjusted Rand index of the samples' communities with "
           "these: 1 the same, 0 as by chance; missing without samples"),
    Column("n_articles", "int", "articles of the group that have any token in the model"),
    Column("measure", "str", "what `similarity` is: `cosine` or `correlation` of the shares"),
    Column("unit", "str", "the column whose values are drawn whole"),
    Column("n_resamples", "int", "samples of the units"),
    Column("sample_seed", "int", "the seed of the samples"),
)  # fmt: skip
"""What both tables of networks say of the whole network of a group."""

TOPIC_TERMS = Table(
    "topic_terms",
    "topic_terms",
    "one of the first terms of one topic",
    (
        _TOPIC,
        _LABEL,
        Column("rank", "int", "1 for the topic's first term by `weighting`"),
        TERM,
        Column("probability", "float", "P(term given topic); for NMF the weight, scaled to sum 1"),
        Column("weighting", "str", "what the terms are ranked by: `probability`, `frex`, `lift` or "
               "`relevance`"),
        Column("score", "float", "the value of `weighting`; missing where it has none"),
        *_SETTINGS,
    ),
)  # fmt: skip

TOPIC_SHARE = Table(
    "topic_share",
    "topic_share",
    "one topic in one group of articles",
    (
        _TOPIC,
        _LABEL,
        Column("share", "float", "mean P(topic given article) = weight / n_articles, 0 … 1"),
        Column("weight", "float", "sum of P(topic given article) over the articles"),
        Column("n_articles", "int", "articles of the group that have any token in the model"),
        *_SETTINGS,
    ),
    grouped=True,
)

TOPIC_QUALITY = Table(
    "topic_quality",
    "topic_quality",
    "one measure of one topic",
    (
        _TOPIC,
        _LABEL,
        Column("measure", "str", "`npmi`, `c_v` (with `_gensim` where gensim counted), "
               "`semantic_coherence`, `exclusivity`, `uniqueness`, `share`, `effective_articles` "
               "or `effective_groups`"),
        Column("score", "float", "the measure's value, in its own unit"),
        _LOOKED_AT,
        *_SETTINGS,
    ),
)  # fmt: skip

TOPIC_STABILITY = Table(
    "topic_stability",
    "topic_stability",
    "one topic of the model in one other fit",
    (
        _TOPIC,
        _LABEL,
        Column("against", "str", "`seed`: all articles with another seed; `articles`: a sample of "
               "four fifths of them"),
        Column("fit_seed", "int", "the seed of the other fit, and of the sample"),
        Column("matched", "int", "number of the partner in that fit; -1 for none"),
        Column("cosine", "float", "cosine of the two topics' probabilities of terms, 0 … 1"),
        Column("shared_terms", "int", "terms that both have among their first `n_terms`"),
        _LOOKED_AT,
        *_SETTINGS,
    ),
)  # fmt: skip

TOPIC_CHOICE = Table(
    "topic_choice",
    "choose_n_topics",
    "one measure of the model with one number of topics and one seed",
    (
        Column("n_topics", "int", "topics of the model"),
        Column("seed", "int", "the seed it was fitted with"),
        Column("measure", "str", "`held_out`, `npmi`, `c_v`, `exclusivity`, `diversity`, "
               "`stability_seeds`, `stability_articles`, `dead` or `bound`"),
        Column("score", "float", "the measure's value, in its own unit; missing where it has none"),
        Column("better", "str", "which end is the good one: `higher` or `lower`"),
        Column("frontier", "bool", "no other number of topics is at least as good in the means of "
               "`held_out`, `npmi`, `exclusivity`, `stability_seeds` and better in one"),
        Column("n_terms", "int", "most probable terms of a topic that were looked at"),
        Column("engine", "str", "the program that fitted the models"),
        Column("n_held_out", "int", "articles that were held out"),
    ),
)  # fmt: skip

TOPIC_PREDICTION = Table(
    "topic_prediction",
    "predict_topics",
    "one topic in one article",
    (
        DOC_ID,
        _TOPIC,
        _LABEL,
        Column("share", "float", "P(topic given article), 0 … 1; missing for an article without "
               "a term of the model"),
        Column("n_tokens", "int", "tokens of the article that are terms of the model"),
        *_SETTINGS,
    ),
)  # fmt: skip

TOPIC_TREND = Table(
    "topic_trend",
    "topic_trend",
    "one topic in one period and group of articles",
    (
        Column("period", "date", "first day of the period"),
        Column("freq", "str", "its length: `D`, `W`, `MS`, `QS` or `YS`"),
        _TOPIC,
        _LABEL,
        Column("share", "float", "mean P(topic given article) = weight / n_articles, 0 … 1; "
               "missing where no article counts"),
        Column("weight", "float", "sum of P(topic given article) over the articles"),
        Column("n_articles", "int", "articles of that period and group that have any token in the "
               "model"),
        Column("n_undated", "int", "articles of the group without a date"),
        *_SETTINGS,
    ),
    grouped=True,
)  # fmt: skip

REPRESENTATIVE_ARTICLES = Table(
    "representative_articles",
    "representative_articles",
    "one article among those with the highest share of a topic",
    (
        _TOPIC,
        _LABEL,
        Column("rank", "int", "1 for the article with the highest share, in its group"),
        DOC_ID,
        SOURCE,
        DATE,
        Column("title", "str", "its title; missing where the articles have none"),
        Column("share", "float", "P(topic given article), 0 … 1"),
        Column("n_tokens", "int", "tokens of the article that are terms of the model"),
        *_SETTINGS,
    ),
    grouped=True,
)

TOPIC_MAP = Table(
    "topic_map",
    "topic_map",
    "one topic",
    (
        _TOPIC,
        _LABEL,
        Column("x", "float", "where it lies, across; in units of `distance`"),
        Column("y", "float", "where it lies, up"),
        Column("share", "float", "mean P(topic given article), 0 … 1"),
        Column(
            "n_articles", "int", "articles with a term of the model, over which `share` is the mean"
        ),
        Column("nearest", "int", "number of the topic whose terms are most alike"),
        Column("distance", "float", "to it: root of the Jensen-Shannon divergence in bits, 0 … 1"),
        Column("explained", "float", "share of the squared distances that the plane holds, 0 … 1"),
        *_SETTINGS,
    ),
)

TOPIC_WORDING = Table(
    "topic_wording",
    "topic_wording",
    "one term in one group of articles, within one topic, beside all other articles",
    (
        Column("by", "str", "the column that divides the articles"),
        Column("target", "str", "the group"),
        Column("reference", "str", "what it is compared with: `rest`, all other articles"),
        _TOPIC,
        _LABEL,
        TERM,
        Column("log_odds", "float", "natural logarithm of the ratio of odds, with the prior; above "
               "0: more in the target"),
        Column("low", "float", "lower end of its interval"),
        Column("high", "float", "upper end of its interval"),
        Column("z", "float", "log_odds / standard error, of units that are taken whole"),
        Column("p", "float", "two-sided p-value of z; missing where fewer than 5 units have the "
               "term"),
        Column("q", "float", "p after Benjamini and Hochberg, over all rows of the call with a p"),
        Column("n_tests", "int", "how many rows that are: the family of `q`"),
        Column("count", "float", "expected occurrences of the term in the topic"),
        Column("n_tokens", "float", "expected tokens of the topic"),
        Column("per_1000", "float", "count / n_tokens × 1,000; missing without tokens"),
        Column("n_articles", "int", "articles that have the term at least half a time in the "
               "topic, as expected"),
        Column("count_reference", "float", "count of the reference"),
        Column("n_tokens_reference", "float", "n_tokens of the reference"),
        Column("per_1000_reference", "float", "per_1000 of the reference"),
        Column("n_articles_reference", "int", "n_articles of the reference"),
        Column("unit", "str", "the column whose values are the units; each is taken whole"),
        Column("prior", "float", "pseudo-counts of all terms together"),
        Column("level", "float", "level of the intervals"),
        *_SETTINGS,
    ),
)  # fmt: skip

TOPIC_NETWORKS = Table(
    "topic_networks",
    "topic_networks",
    "one pair of topics in one group of articles",
    (
        _TOPIC,
        _LABEL,
        Column("other", "int", "number of the other topic, higher than `topic`"),
        Column("other_label", "str", "its label"),
        Column("similarity", "float", "how alike the two topics' shares of the articles are"),
        Column("low", "float", "lower end of 95 % of the samples; missing without samples"),
        Column("high", "float", "upper end of 95 % of the samples; missing without samples"),
        Column("together", "float", "share of the samples in which both are in one community"),
        Column("community", "int", "number of the topic's community in its group, from 0, the one "
               "with the largest share first"),
        Column("other_community", "int", "that of the other topic"),
        Column("share", "float", "mean P(topic given article) in the group, 0 … 1"),
        Column("other_share", "float", "that of the other topic"),
        Column("place", "int", "the topic's place when communities of all articles are put in a "
               "row, from 0; the same in all groups"),
        Column("other_place", "int", "that of the other topic"),
        *_NETWORK,
        *_SETTINGS,
    ),
    grouped=True,
)  # fmt: skip

TOPIC_COMMUNITIES = Table(
    "topic_communities",
    "topic_communities",
    "one topic in one group of articles",
    (
        Column("community", "int", "number of its community in the group, from 0, the one with the "
               "largest share first"),
        _TOPIC,
        _LABEL,
        Column("share", "float", "mean P(topic given article) in the group, 0 … 1"),
        Column("n_members", "int", "topics of the community"),
        Column("similarity", "float", "mean with the other members; missing for a topic alone"),
        Column("together", "float", "mean share of the samples in which it is with the other "
               "members; missing for a topic alone"),
        Column("elsewhere", "float", "the same of the other community that it is with most often; "
               "missing without another"),
        *_NETWORK,
        *_SETTINGS,
    ),
    grouped=True,
)  # fmt: skip

TOPIC_EFFECTS = Table(
    "topic_effects",
    "topic_effects",
    "one term of the formula for one topic",
    (
        _TOPIC,
        _LABEL,
        Column("term", "str", "term of the formula; `intercept` first"),
        Column("estimate", "float", "change of the mean share for one unit of the term, -1 … 1"),
        Column("std_error", "float", "its standard error, of units that are taken whole"),
        Column("low", "float", "lower end of its interval"),
        Column("high", "float", "upper end of its interval"),
        Column("t", "float", "estimate / std_error"),
        Column("p", "float", "two-sided p-value"),
        Column("q", "float", "p after Benjamini and Hochberg, over all rows but the intercepts; "
               "missing for these"),
        Column("n_tests", "int", "how many rows that are"),
        Column("model_part", "float", "share of the variance that comes from not knowing the "
               "shares for certain, 0 … 1"),
        Column("n_articles", "int", "articles with a term of the model"),
        Column("n_units", "int", "units that they are in"),
        Column("formula", "str", "the formula"),
        Column("unit", "str", "the column whose values are the units; each is taken whole"),
        Column("level", "float", "level of the intervals"),
        Column("n_draws", "int", "draws of the shares, or other fits; 0 where there were none"),
        Column("draw_seed", "int", "the seed of the draws"),
        *_SETTINGS,
    ),
)  # fmt: skip

TOPIC_EXPECTED_SHARES = Table(
    "topic_expected_shares",
    "topic_expected_shares",
    "one topic at one value of the columns of `by`, other columns of the formula as they are",
    (
        _TOPIC,
        _LABEL,
        Column("share", "float", "mean P(topic given article) that the formula makes expect; "
               "0 … 1, as far as a straight line keeps to it"),
        Column("std_error", "float", "its standard error, of units that are taken whole"),
        Column("low", "float", "lower end of its interval"),
        Column("high", "float", "upper end of its interval"),
        Column("model_part", "float", "share of the variance that comes from not knowing the "
               "shares for certain, 0 … 1"),
        Column("n_group", "int", "articles with the same text in the columns of `by`"),
        Column("n_articles", "int", "articles with a term of the model"),
        Column("n_units", "int", "units that they are in"),
        Column("formula", "str", "the formula"),
        Column("unit", "str", "the column whose values are the units; each is taken whole"),
        Column("level", "float", "level of the intervals"),
        Column("n_draws", "int", "draws of the shares; 0 where there were none"),
        Column("draw_seed", "int", "the seed of the draws"),
        *_SETTINGS,
    ),
    grouped=True,
)  # fmt: skip

INTRUSION_KEY = Table(
    "intrusion_key",
    "word_intrusion",
    "one choice of one question of a sheet of word_intrusion or topic_intrusion",
    (
        Column("task", "str", "`word`: find the word that is not of the topic; `topic`: find the "
               "topic that is not of the article"),
        Column("question", "int", "number of the question, from 1"),
        Column("choice", "int", "number of the choice, from 1"),
        Column("shown", "str", "what stands there: a term, or the first terms of a topic"),
        Column("intruder", "bool", "whether it is the one to be found"),
        Column("topic", "int", "number of the topic that is asked about, or of the choice's topic"),
        _LABEL,
        Column("probability", "float", "P(term given topic), or P(topic given article), 0 … 1"),
        Column("doc_id", "str", "the article's key; missing in questions about words"),
        Column("sheet_seed", "int", "the seed of the sheet"),
        *_SETTINGS,
    ),
)  # fmt: skip

INTRUSION_SCORES = Table(
    "intrusion_scores",
    "score_intrusion",
    "the answers to one sheet: all, those of one coder, or those about one topic",
    (
        Column("task", "str", "`word` or `topic`, as in the key"),
        Column("scope", "str", "`all`, `coder` or `topic`"),
        Column("coder", "str", "the coder; missing unless `scope` is `coder`"),
        Column("topic", "int", "number of the topic (of questions about topics the article's "
               "largest one); -1 unless `scope` is `topic`"),
        Column("label", "str", "the topic's label; missing unless `scope` is `topic`"),
        Column("n_right", "int", "answers that name the intruder"),
        Column("n_answers", "int", "answers; empty ones do not count"),
        Column("precision", "float", "n_right / n_answers, 0 … 1"),
        Column("low", "float", "lower limit of Wilson's interval of the precision"),
        Column("high", "float", "its upper limit"),
        Column("level", "float", "level of the interval"),
        Column("chance", "float", "what guessing gives: 1 / number of choices"),
        Column("log_odds", "float", "mean logarithm of the intruder's share of the article over "
               "that of the chosen topic, 0 or less as a rule; missing in questions about words"),
        *_SETTINGS,
    ),
)  # fmt: skip
