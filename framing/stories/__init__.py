"""Stories and events: which articles carry the same text, and which report the same event.

`shingles` finds the pairs of articles that share words, `find` makes stories of them, `pairs` shows
the words that they share; `events` looks for the same event in different words. What both have in
common is in `groups`.
"""

from __future__ import annotations

from framing.stories.events import find_events
from framing.stories.find import find_stories
from framing.stories.pairs import story_pairs

__all__ = ["find_events", "find_stories", "story_pairs"]
