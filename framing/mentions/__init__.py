"""Who is named where: mentions of actors and countries.

From the ledger to mentions in four steps, for a run of articles at a time: `aliases` codes the
ledger's words and conditions, `stream` gives the articles as words with the signs between them and
their characters, `match` tells which aliases are mentions, `senses` (by the lists in `rules`) what
a country's name stands for. `find` puts the steps together, `audit` shows what came out.
"""

from __future__ import annotations

from framing.mentions.audit import mention_audit
from framing.mentions.find import find_mentions

__all__ = ["find_mentions", "mention_audit"]
