"""Charts: each draws a table of `framing.schema`, and computes nothing."""

from __future__ import annotations

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

__all__ = [
    "alt_text",
    "facets",
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
    "save_figure",
]
