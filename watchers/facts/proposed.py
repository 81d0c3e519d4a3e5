"""Hold a fact that somebody proposes against the article: our own parser reads its quotation again. Pure.

Whoever proposes may lie. What becomes a fact is never theirs: it is what the grammar reads, of the type and
value they said, from words that stand in the article. Figures, dates and states have to be read from the
whole sentence as well, so that no quotation loses its "not", its "per cent" or half of a number. A name is a
name in half a sentence too, unless the sentence reads something else there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from watchers.sentences import sentences
from watchers.text import fold, folded, is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watchers.types import Fact

FROM_MODEL: Final = "model"  # the rule of a fact that a language model pointed at
LONGEST_QUOTE: Final = 400  # code points; a sentence or two
LONGEST_WINDOW: Final = 1_200  # of the sentences around it, which are read again: a quotation's most
MOST_PLACES: Final = 3  # of one quotation in one article
_NAMES: Final = frozenset({"party", "platform", "person_role"})
_CLAUSES: Final = frozenset({"quote", "agreement", "meeting", "status"})  # in whose words a name may stand
_JOINING: Final = ".,'’/-–"  # between two digits they make one number or designation of both


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A fact as somebody words it: one of our types, a value in our form or the article's, a quotation."""

    type: str
    value: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a quotation stands in an article, and the sentences around it. Offsets count code points."""

    quote: str  # in the article's own words
    start: int
    window: str
    window_start: int


def places(proposal: Proposal, text: str) -> tuple[Place, ...]:
    """Return where a proposal's quotation stands in a text, MOST_PLACES at most; nowhere if not word by word.

    Width, capitals and white space make no difference; a quotation that begins or ends inside a word or a
    number stands nowhere.
    """
    if not proposal.quote.strip() or len(proposal.quote) > LONGEST_QUOTE:
        return ()
    words = fold(proposal.quote).split()
    flat = folded(text)
    spans = sentences(text)
    starts = [span.start for span in spans]
    found: list[Place] = []
    for match in re.finditer(r"\s+".join(map(re.escape, words)), flat.text) if words and spans else ():
        start, end = flat.span(*match.span())
        if _splits(text, start) or _splits(text, end):
            continue
        first = max(0, bisect_right(starts, start) - 1)
        last = max(first, bisect_right(starts, end - 1) - 1)
        window_start, window_end = spans[first].start, max(spans[last].end, end)
        if window_start <= start and window_end - window_start <= LONGEST_WINDOW:
            window = text[window_start:window_end]
            found.append(Place(quote=text[start:end], start=start, window=window, window_start=window_start))
        if len(found) == MOST_PLACES:
            break
    return tuple(found)


def confirmed(
    proposal: Proposal, place: Place, *, quote: Sequence[Fact], window: Sequence[Fact]
) -> Fact | None:
    """Return the fact that a proposal points at, at its place in the article; None if we do not read it.

    `quote` and `window` are the facts that `extract` reads from these two texts of the place alone.
    """
    shift = place.start - place.window_start
    whole = [fact for fact in window if shift <= fact.start and fact.end <= shift + len(place.quote)]
    for read in quote:
        if not _is_meant(proposal, read):
            continue
        like = next((fact for fact in whole if _is_one(fact, read, shift)), None)
        if like is not None:
            return _moved(like, place.window_start)
        doubtful = _is_cut_off(read, place, shift) or _contradicted(read, window, shift)
        if read.type in _NAMES and not doubtful:
            return _moved(_in_window(read, place, shift), place.window_start)
    return None


def is_known(fact: Fact, facts: Iterable[Fact]) -> bool:
    """Tell whether a report has a fact already: that value of that type, or another reading of the words."""
    return any(
        (fact.type, str(fact.value)) == (other.type, str(other.value))
        or (fact.type == other.type and fact.start < other.end and other.start < fact.end)
        for other in facts
    )


def _is_meant(proposal: Proposal, fact: Fact) -> bool:
    wanted = fold(proposal.value).strip()
    return proposal.type == fact.type and wanted in {fold(str(fact.value)), fold(fact.mention)}


def _is_one(fact: Fact, read: Fact, shift: int) -> bool:
    """Tell whether the sentence gives the quotation's fact, at the quotation's place."""
    same = (fact.type, fact.value) == (read.type, read.value)
    return same and fact.start < shift + read.end and shift + read.start < fact.end


def _is_cut_off(read: Fact, place: Place, shift: int) -> bool:
    """Tell whether a name ends with the quotation and may go on beyond it: Japanese has no spaces."""
    start, end = shift + read.start, shift + read.end
    left, right = place.window[max(0, start - 1) : start], place.window[end : end + 1]
    at_edges = ((read.start == 0, left), (read.end == len(place.quote), right))
    return any(touches and beyond.isalnum() for touches, beyond in at_edges)


def _contradicted(read: Fact, window: Iterable[Fact], shift: int) -> bool:
    """Tell whether the whole sentence reads something else in a name's place."""
    start, end = shift + read.start, shift + read.end
    return any(f.start < end and start < f.end for f in window if f.type not in _CLAUSES)


def _in_window(read: Fact, place: Place, shift: int) -> Fact:
    """Return a fact of a quotation as one of the sentences around it."""
    at = shift + read.start
    one = next((s for s in sentences(place.window) if s.start <= at < s.end), None)
    sentence, start = (one.mention, one.start) if one else (place.window, 0)
    return replace(read, start=at, end=shift + read.end, sentence=sentence, sentence_start=start)


def _moved(fact: Fact, by: int) -> Fact:
    """Return a fact of the window as one of the whole article, marked."""
    return replace(
        fact,
        start=fact.start + by,
        end=fact.end + by,
        sentence_start=fact.sentence_start + by,
        rule=FROM_MODEL,
    )


def _splits(text: str, at: int) -> bool:
    """Tell whether a cut falls inside a word, a number or a designation."""
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    if is_cjk(before) or is_cjk(after):  # no space ends a word; figures have to be the sentence's anyway
        return False
    if before.isalnum() and after.isalnum():
        return True
    further = (text[max(0, at - 2) : at - 1], text[at + 1 : at + 2])
    return (before in _JOINING and bool(before) and further[0].isalnum() and after.isalnum()) or (
        after in _JOINING and bool(after) and before.isalnum() and further[1].isalnum()
    )
