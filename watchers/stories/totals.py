"""Tell sums that count a year's or a sector's flow of money, such as exports, from prices of a deal."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from watchers.claims.scopes import scopes
from watchers.claims.subjects import LANGUAGES, of_group, tagged

KNOWN_SENTENCES: Final = 512  # whose tags are remembered: a card is worded anew at each report
FLOWS: Final = frozenset({"exports", "imports", "revenue", "profit", "loss", "backlog"})


@lru_cache(maxsize=KNOWN_SENTENCES)
def sums(sentence: str, lang: str) -> frozenset[str]:
    """Return what kinds of sums a sentence speaks of; goods sold abroad are exports."""
    if lang not in LANGUAGES:
        return frozenset()
    tags = [tag.tag for tag in tagged(sentence, lang)]
    found = set(of_group(tags, "sum"))
    if "sale" in tags and "where:abroad" in scopes(sentence, lang):
        found.add("exports")
    return frozenset(found)


def is_flow(sentence: str, lang: str) -> bool:
    """Tell whether a sentence speaks of a flow: no two outlets count the same of one."""
    return bool(sums(sentence, lang) & FLOWS)
