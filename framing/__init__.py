"""Show how news sources frame the same world."""

from __future__ import annotations

from framing.articles import Articles, read_articles
from framing.attrition import attrition
from framing.boilerplate import boilerplate, without
from framing.bundle import bundle, reproduce
from framing.collocation import collocates
from framing.compare import compare, compare_pairs
from framing.concordance import kwic
from framing.contexts import contexts, sentence_contexts
from framing.corpus import Corpus, build_corpus, document_term_matrix
from framing.datasets import (
    fetch_news_articles,
    load_articles,
    load_sample,
    make_articles,
)
from framing.decomposition import decompose
from framing.dispersion import dispersion
from framing.evidence import (
    Evidence,
    IntrusionForm,
    TopicCard,
    evidence,
    intrusion_form,
    show_evidence,
    topic_card,
)
from framing.export import export_tables
from framing.frequency import term_frequency, term_trend
from framing.keyness import keyness
from framing.ledger import check_ledger, load_ledger
from framing.measure import Measure, measure_column, measure_mentions, measure_terms
from framing.mentions import find_mentions, mention_audit
from framing.methods import MethodsText, methods
from framing.phrases import find_phrases
from framing.plots.alt import alt_text
from framing.plots.attrition import plot_attrition
from framing.plots.co_mentions import plot_co_mentions
from framing.plots.collocation import plot_collocates
from framing.plots.comparison import plot_comparison
from framing.plots.country_map import plot_country_map
from framing.plots.decomposition import plot_decomposition
from framing.plots.facets import facets
from framing.plots.frequency import plot_dispersion, plot_term_frequency
from framing.plots.keyness import plot_keyness, plot_keyness_scatter
from framing.plots.salience import plot_salience
from framing.plots.save import save_figure
from framing.plots.specification import plot_specification_curve
from framing.plots.style import palette, paper
from framing.plots.topic_choice import plot_topic_choice
from framing.plots.topic_effects import plot_topic_effects
from framing.plots.topic_map import plot_topic_map
from framing.plots.topic_network import plot_topic_network
from framing.plots.topic_trend import plot_topic_trend
from framing.plots.topic_wording import plot_topic_wording
from framing.plots.topics import plot_topic_share, plot_topic_terms
from framing.plots.trend import plot_trend
from framing.salience import co_mentions, salience
from framing.saving import load_corpus, save_corpus
from framing.specification import shuffle_labels, specification_curve, specification_test
from framing.stories import find_events, find_stories, story_pairs
from framing.tables import save_table
from framing.topics import (
    TopicModel,
    adopt_topics,
    choose_n_topics,
    fit_seeded_topics,
    fit_structural_topics,
    fit_topics,
    label_topics,
    load_topics,
    measure_topics,
    predict_topics,
    representative_articles,
    save_topics,
    score_intrusion,
    topic_communities,
    topic_effects,
    topic_expected_shares,
    topic_intrusion,
    topic_map,
    topic_networks,
    topic_quality,
    topic_share,
    topic_stability,
    topic_terms,
    topic_trend,
    topic_wording,
    word_intrusion,
)
from framing.words import stop_words

__version__ = "0.1.0"

__all__ = [
    "Articles",
    "Corpus",
    "Evidence",
    "IntrusionForm",
    "Measure",
    "MethodsText",
    "TopicCard",
    "TopicModel",
    "adopt_topics",
    "alt_text",
    "attrition",
    "boilerplate",
    "build_corpus",
    "bundle",
    "check_ledger",
    "choose_n_topics",
    "co_mentions",
    "collocates",
    "compare",
    "compare_pairs",
    "contexts",
    "decompose",
    "dispersion",
    "document_term_matrix",
    "evidence",
    "export_tables",
    "facets",
    "fetch_news_articles",
    "find_events",
    "find_mentions",
    "find_phrases",
    "find_stories",
    "fit_seeded_topics",
    "fit_structural_topics",
    "fit_topics",
    "intrusion_form",
    "keyness",
    "kwic",
    "label_topics",
    "load_articles",
    "load_corpus",
    "load_ledger",
    "load_sample",
    "load_topics",
    "make_articles",
    "measure_column",
    "measure_mentions",
    "measure_terms",
    "measure_topics",
    "mention_audit",
    "methods",
    "palette",
    "paper",
    "plot_attrition",
    "plot_co_mentions",
    "plot_collocates",
    "plot_comparison",
    "plot_country_map",
    "plot_decomposition",
    "plot_dispersion",
    "plot_keyness",
    "plot_keyness_scatter",
    "plot_salience",
    "plot_specification_curve",
    "plot_term_frequency",
    "plot_topic_choice",
    "plot_topic_effects",
    "plot_topic_map",
    "plot_topic_network",
    "plot_topic_share",
    "plot_topic_terms",
    "plot_topic_trend",
    "plot_topic_wording",
    "plot_trend",
    "predict_topics",
    "read_articles",
    "representative_articles",
    "reproduce",
    "salience",
    "save_corpus",
    "save_figure",
    "save_table",
    "save_topics",
    "score_intrusion",
    "sentence_contexts",
    "show_evidence",
    "shuffle_labels",
    "specification_curve",
    "specification_test",
    "stop_words",
    "story_pairs",
    "term_frequency",
    "term_trend",
    "topic_card",
    "topic_communities",
    "topic_effects",
    "topic_expected_shares",
    "topic_intrusion",
    "topic_map",
    "topic_networks",
    "topic_quality",
    "topic_share",
    "topic_stability",
    "topic_terms",
    "topic_trend",
    "topic_wording",
    "without",
    "word_intrusion",
]
