"""The ledger of actors and countries: who is meant by which words, when and on what condition.

The ledger is a folder of plain tables (`data/ledger/`, described in its README). Those with a
column `alias` hold one row per alias. Two more make aliases by rule: `offices.csv` says who held
which office from when to when, `titles.csv` how an office is written. From "foreign minister,
RUS, Sergei Lavrov, 2004-03-09" and "{adjective} foreign minister" comes the alias "Russian
foreign minister", which means Sergei Lavrov in articles from that day on. Last, `load_ledger`
adds the spellings that follow from a spelling by rule (`variants`), so that nobody types them.

How a row is to be read, by `find_mentions` and by people:

- `valid_from` counts, `valid_to` does not: on the day of a handover the successor is meant. A day
  known only to the month or year (`2014-03`) makes the time shorter, never longer: in that month
  nobody is meant.
- `case`: `any`; `capital`, where words with a capital in the alias have one in the text; `exact`,
  where each word is written as in the alias (`IS`, `WHO`).
- `not_before`, `not_after`: words that must not stand right behind or right in front of it, apart
  by `|`: "Washington" not before "Post". Those with a capital need one in the text; `#` is any
  number.
- `not_with`, `requires`: words none of which may, or one of which must, stand in the article; they
  are compared as terms.
  `@fuller` asks for a fuller form of the same actor: a row of it with alias_kind `name`.
- Of two actors with one alias, the one whose `requires` is met is meant; the other, without
  `requires`, is the default.
- kind `veto`: a name that contains another ("Washington Post") and is no actor itself.
"""

from __future__ import annotations

from framing.ledger.check import check_ledger
from framing.ledger.load import load_ledger
from framing.ledger.spelling import alias_terms, variants

__all__ = ["alias_terms", "check_ledger", "load_ledger", "variants"]
