"""Topic models: one result from several engines, and its tables."""

from __future__ import annotations

from framing.topics.model import TopicModel, fit_topics, label_topics
from framing.topics.quality import topic_quality
from framing.topics.shares import topic_share, topic_terms

__all__ = [
    "TopicModel",
    "fit_topics",
    "label_topics",
    "topic_quality",
    "topic_share",
    "topic_terms",
]
