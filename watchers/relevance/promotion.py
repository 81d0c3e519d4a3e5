"""Recognise text that sells: offers, adverts for market reports, paid pieces, firms that quote themselves.

Every sentence is judged by itself. One that sells outright labels the text; praise and urging alone label it
only where they are most of it, but beside an offer they count too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from watchers.relevance.selling import AD_SIGNS, PRAISE, SELLING, SERVICE, SPEAKER, URGING
from watchers.sentences import sentences
from watchers.text import fold
from watchers.types import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchers.types import Entry

READS: Final = 6_000  # characters; the longest article of the labelled sets has as many
MOST: Final = 6  # sentences kept to be shown
LONGEST: Final = 400  # characters of a sentence that are looked at and kept
# An outlet's own plug ("Register for our conference") is a few words below an article of some thousands.
LEAST_SHARE: Final = 0.06
# A text without an offer is labelled when so much of it has words of praise, PRAISES different ones in all.
PRAISED_SHARE: Final = 0.6
PRAISES: Final = 5
PRAISE_WORDS: Final = 2  # in one sentence of a text that sells; reporters use one of them now and then
# Log-odds taken off a text that sells in every sentence; of one that does in part, the part. Such items of
# our sets stand at up to .98 without it and below .5 with it; from 2 to 6 average precision moves by .008
# on one set and by .004 at most on the others.
WEIGHT: Final = 4.0
FEATURE: Final = "promotion"
_INNER_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÇĞİÖŞÜ])|(?<=[。！？])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """The sentences that sell, in their order, and their share of the text in [0, 1]; both empty if none."""

    sentences: tuple[str, ...] = ()
    share: float = 0.0

    @property
    def contribution(self) -> float:
        """Return what it does to the score, in log-odds, never positive."""
        return -WEIGHT * self.share


NONE: Final = Promotion()


def promotion_of(entry: Entry, *, stuffed: bool = False) -> Promotion:
    """Judge an entry by all of its text; `stuffed` says that its title and summary are a list of words."""
    parts = dict.fromkeys(part for part in (entry.title, entry.summary, entry.body) if part)
    return promotion_in("\n".join(parts), stuffed=stuffed)


def promotions(batch: Sequence[Entry], stuffed: Sequence[bool]) -> tuple[Promotion, ...]:
    """Judge entries, of each of which it is known whether it is stuffed."""
    return tuple(promotion_of(entry, stuffed=full) for entry, full in zip(batch, stuffed, strict=True))


def promotion_in(text: str, *, stuffed: bool = False) -> Promotion:
    """Return which sentences of a text sell; of one that is stuffed with watch words it is all."""
    text = text[:READS]
    if stuffed:
        return Promotion(sentences=tuple(list(_pieces(text))[:MOST]), share=1.0)
    folded = fold(text)
    if not (SELLING.search(folded) or SERVICE.search(folded) or PRAISE.search(folded)):
        return NONE
    pieces = list(dict.fromkeys(_pieces(text)))  # a summary often is the body's beginning
    firms = frozenset(fold(found["firm"]) for found in SPEAKER.finditer(text))
    read = [fold(piece) for piece in pieces]
    sold = [_sells(piece, firms) for piece in read]
    praise = [set(PRAISE.findall(piece)) for piece in read]
    gushing = not any(sold) and len(set().union(*praise)) >= PRAISES
    least = 1 if gushing else PRAISE_WORDS
    shown = [i for i, words in enumerate(praise) if sold[i] or len(words) >= least or URGING.search(read[i])]
    share = sum(len(pieces[i]) for i in shown) / max(sum(map(len, pieces)), 1)
    if share < (PRAISED_SHARE if gushing else LEAST_SHARE) or not (gushing or any(sold)):
        return NONE
    # What sells is shown before what praises; both stand in the order of the text.
    first = sorted(sorted(shown, key=lambda i: (not sold[i], i))[:MOST])
    return Promotion(sentences=tuple(pieces[i] for i in first), share=share)


def with_promotion(reasons: Sequence[Reason], promotion: Promotion) -> tuple[Reason, ...]:
    """Return reasons, the base rate last, with that of promotion in the place its weight gives it."""
    if not promotion.share:
        return tuple(reasons)
    part = f"{promotion.share:.0%} of it" if promotion.share < 1 else "all of it"
    mine = Reason(feature=FEATURE, contribution=promotion.contribution, words=f"promotional, {part}")
    *rest, base = reasons
    return (*sorted((*rest, mine), key=lambda r: (-abs(r.contribution), r.feature)), base)


def _pieces(text: str) -> Iterator[str]:
    """Yield sentences; those inside a long quotation one by one."""
    for span in sentences(text):
        for piece in _INNER_END.split(span.mention):
            if cut := piece.strip()[:LONGEST]:
                yield cut


def _sells(sentence: str, firms: frozenset[str]) -> bool:
    """Tell whether a folded sentence sells; `firms` are those whose people are quoted in the text."""
    if SELLING.search(sentence) or len(set(AD_SIGNS.findall(sentence))) >= 2:
        return True
    found = SERVICE.search(sentence)
    return found is not None and any(firm in sentence[: found.start() + 1] for firm in firms)
