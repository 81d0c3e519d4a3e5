"""Write a keyword list as an expression of the watch language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.matching.words import QUOTES, pattern_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPERATOR = re.compile(r"(?:and|or|not|near(?:/.*)?)\Z", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"[^\s()（）\"“”„「」*:/-][^\s()（）\"“”„「」*:,;，、；]*\Z")


def expression_of(keywords: Sequence[str]) -> str:
    """Return the expression of a keyword list: any of its words and phrases, in order, each once.

    A keyword of several words is a phrase. Empty keywords and those without a letter or digit are left out; a
    list with nothing left gives an empty text, which is no expression.
    """
    terms: dict[str, str] = {}
    for keyword in keywords:
        bare = " ".join(QUOTES.sub(" ", keyword).replace("*", " ").split())
        star = "*" if keyword.rstrip(' "”').endswith("*") else ""
        pattern = pattern_of(bare)
        if pattern:
            plain = _PLAIN_WORD.match(bare) and not _OPERATOR.match(bare)
            terms.setdefault(pattern + star, f"{bare}{star}" if plain else f'"{bare}{star}"')
    return " OR ".join(terms.values())
