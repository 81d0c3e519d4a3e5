"""Tell whether an entry's feed gives too little of its article, and whether its link is followed. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from watchers.feeds.identity import is_searched
from watchers.text import is_cjk

if TYPE_CHECKING:
    from watchers.types import Entry, SourceKind

# Code points from which a text counts as an article. Teasers of news feeds have 100 to 500, the shortest
# agency reports with a figure in them 700 or so; Japanese says the same in under half.
FULL: Final = 700
FULL_CJK: Final = 300
# How a feed ends a text that it cut. The last words are looked at alone.
_CUT: Final = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\]|"
    r"(?:read more|continue reading|full story|devamını oku|devamı için tıklayın|haberin devamı|"
    r"続きを読む|続きは.{0,12}|全文を読む))[\s»›→>.)\]]{0,5}\Z",
    re.IGNORECASE,
)
_TAIL: Final = 60  # code points at a text's end in which it is said that it was cut


def wants_page(entry: Entry, kind: SourceKind) -> bool:
    """Tell whether an entry's page is to be fetched: its feed gives a headline or a teaser, and a plain link.

    A news search's links are its own and opaque; they are never followed, whichever feed brings one.
    """
    if kind == "search" or not entry.link.startswith(("http://", "https://")) or is_searched(entry.link):
        return False
    return is_teaser(max(entry.body, entry.summary, key=len))


def is_teaser(text: str) -> bool:
    """Tell whether a text is too short for an article, or ends where its feed cut it."""
    full = FULL_CJK if is_cjk(text) else FULL
    return len(text) < full or _CUT.search(text[-_TAIL:]) is not None
