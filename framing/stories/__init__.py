"""Which articles carry the same text, and which report the same event."""

from framing.stories.find import find_stories
from framing.stories.pairs import story_pairs

__all__ = ["find_stories", "story_pairs"]
