"""Tell pages that string watch words together from news, which is written in sentences.

A page made to be found names everything at once: names, places, systems and ideas in a row with nothing
between them. News lists too, but things of one sort: five countries, or six firms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.text import fold, is_cjk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.types import Mention

# Mentions in a row, of how many sorts. The longest row of three sorts in our sets, the shared one and the
# real feeds has five ("X's minister N tours Y's plant"): headlines have few small words, so nine leaves
# room. Beside an offer ("free shipping") four are enough; that number is set by hand.
ROW = 9
ROW_BESIDE_OFFER = 4
SORTS = 3
OFFER = "con:spam-offer"
# Different offers that make an advertisement of a text no longer than a headline and a summary.
OFFERS = 2
TEASER = 600
# Pieces between commas and bars (in scripts without spaces: between spaces and bars), and the share of them
# that is a word or three around a mention.
PIECES = 5
SHORT = 3
SHORT_CHARACTERS = 36
SHORT_CJK = 8
STUFFED_SHARE = 0.6
READS = 2_000
_SEPARATOR = re.compile(r"[\s,|/·•・;:!、。&+#*–—-]{1,8}")
_PIECE_END = re.compile(r"[,|;·•、\n]")
_PIECE_END_CJK = re.compile(r"[,|;·•\s]")


def is_stuffed(text: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether the first READS characters are a list of watch words rather than sentences."""
    found = [m for m in mentions if m.end <= READS]
    offers = {fold(m.mention) for m in found if m.entity == OFFER}
    if len(offers) >= OFFERS and len(text) <= TEASER:
        return True
    least = ROW_BESIDE_OFFER if offers else ROW
    return _row(text, found, least) or _list(text[:READS], found)


def _row(text: str, mentions: Sequence[Mention], least: int) -> bool:
    """Tell whether `least` mentions of SORTS sorts stand in a row; Kanji that touch are one compound."""
    row: list[str] = []
    last = -1
    for mention in mentions:
        between = text[last : mention.start] if last >= 0 else ""
        if last < 0 or "\n" in between or not (between == "" or _SEPARATOR.fullmatch(between)):
            row = []
        if between or not row:
            row.append(_sort(mention))
        if len(row) >= least and len(set(row)) >= SORTS:
            return True
        last = mention.end
    return False


def _list(text: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether most pieces are a word or three around a mention, and the mentions of SORTS sorts."""
    cjk = is_cjk(text)
    longest = SHORT_CJK if cjk else SHORT_CHARACTERS
    ends = [m.start() for m in (_PIECE_END_CJK if cjk else _PIECE_END).finditer(text)]
    if len(ends) < PIECES - 1:
        return False
    named = pieces = start = at = 0
    sorts: set[str] = set()
    for end in [*ends, len(text)]:
        inside: list[Mention] = []
        while at < len(mentions) and mentions[at].start < end:
            inside.append(mentions[at])
            at += 1
        piece = text[start:end].strip()
        if piece:
            pieces += 1
            if inside and len(piece) <= longest and len(piece.split()) <= SHORT:
                named += 1
                sorts.update(map(_sort, inside))
        start = end + 1
    return pieces >= PIECES and named >= STUFFED_SHARE * pieces and len(sorts) >= SORTS


def _sort(mention: Mention) -> str:
    return mention.entity.partition(":")[0]
