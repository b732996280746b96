"""Topic models: one result from several engines, and its tables."""

from __future__ import annotations

from framing.topics.adopt import adopt_topics
from framing.topics.choice import choose_n_topics
from framing.topics.effects import topic_effects
from framing.topics.expected import topic_expected_shares
from framing.topics.inference import predict_topics
from framing.topics.intrusion import score_intrusion, topic_intrusion, word_intrusion
from framing.topics.maps import topic_map
from framing.topics.model import TopicModel, fit_topics, label_topics
from framing.topics.networks import topic_communities, topic_networks
from framing.topics.quality import topic_quality
from framing.topics.reading import representative_articles
from framing.topics.saving import load_topics, save_topics
from framing.topics.seeded import fit_seeded_topics
from framing.topics.shares import measure_topics, topic_share, topic_terms
from framing.topics.stability import topic_stability
from framing.topics.structural import fit_structural_topics
from framing.topics.trend import topic_trend
from framing.topics.wording import topic_wording

__all__ = [
    "TopicModel",
    "adopt_topics",
    "choose_n_topics",
    "fit_seeded_topics",
    "fit_structural_topics",
    "fit_topics",
    "label_topics",
    "load_topics",
    "measure_topics",
    "predict_topics",
    "representative_articles",
    "save_topics",
    "score_intrusion",
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
    "word_intrusion",
]
