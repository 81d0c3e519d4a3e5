"""Tell whether a page's text is about what its headline says, and no consent notice. Pure."""

from __future__ import annotations

import re
from typing import Final

from watchers.text import fold, is_cjk

SHORTEST: Final = 200  # code points of a text that is worth more than a headline …
SHORTEST_CJK: Final = 80
SHARED: Final = 0.4  # the share of a headline's words that its article has; a consent notice has none
_STEM: Final = 5  # letters by which words are compared: Turkish and English inflect at the end
_LEAST: Final = 4  # letters of a word that counts
_WORD: Final = re.compile(r"[^\W_]{2,60}")


def agrees(headline: str, text: str) -> bool:
    """Tell whether a text is long enough and has enough of its headline's words to be its article."""
    if len(text) < (SHORTEST_CJK if is_cjk(headline) else SHORTEST):
        return False
    wanted = _marks(headline)
    if not wanted:
        return True
    have = _marks(text)
    return len(wanted & have) >= SHARED * len(wanted)


def _marks(text: str) -> frozenset[str]:
    """Return what a text is compared by: word stems and numbers; of Japanese, pairs of characters."""
    found: set[str] = set()
    for word in _WORD.findall(fold(text)):
        if is_cjk(word):
            found.update(word[i : i + 2] for i in range(len(word) - 1))
        elif len(word) >= _LEAST or word.isdecimal():
            found.add(word[:_STEM])
    return frozenset(found)
