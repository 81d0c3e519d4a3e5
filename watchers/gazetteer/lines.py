"""Tell lines that are all in capitals, where "US" may be the word us and spelling says nothing."""

from __future__ import annotations

import re
from bisect import bisect_right

from watchers.text import is_cjk

_WORD = re.compile(r"[^\W\d_]{2,}")
_WORDS = 2  # one word of capitals is an acronym, two are a headline


class Lines:
    """The lines of one text. Nothing is computed before the first question, and each line once."""

    __slots__ = ("_shouted", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._shouted: list[bool] = []

    def shouted(self, place: int) -> bool:
        """Tell whether the line around a place is all in capitals. Japanese has none, so it never is."""
        if not self._starts:
            start = 0
            for line in self._text.splitlines(keepends=True):
                self._starts.append(start)
                self._shouted.append(_all_capitals(line))
                start += len(line)
        return self._shouted[bisect_right(self._starts, place) - 1]


def _all_capitals(line: str) -> bool:
    return line == line.upper() and not is_cjk(line) and len(_WORD.findall(line)) >= _WORDS
