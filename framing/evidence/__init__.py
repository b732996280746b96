"""The way from a number back to the sentences behind it."""

from __future__ import annotations

from framing.evidence.card import TopicCard, topic_card
from framing.evidence.form import IntrusionForm, intrusion_form
from framing.evidence.show import Evidence, show_evidence
from framing.evidence.table import evidence

__all__ = [
    "Evidence",
    "IntrusionForm",
    "TopicCard",
    "evidence",
    "intrusion_form",
    "show_evidence",
    "topic_card",
]
