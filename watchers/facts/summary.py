"""Choose the one or two sentences of an article that carry its facts, whole or cut between clauses. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from watchers.languages import READ_LANGUAGES
from watchers.sentences import sentences
from watchers.text import fold, is_cjk
from watchers.types import Span, fact_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watchers.types import Entry, Fact

LONGEST: Final = 300  # code points: two usual sentences; beside the facts' own quotations a small part
MOST_READ: Final = 200  # sentences looked at; what matters stands among the first of an article
CLAUSES: Final = 60  # of one sentence; more are a list or an attack
CUT: Final = "…"

# How much a sentence is worth for having a fact of that type. It follows what a card shows first: a deal's
# figures and where it stands, then what and when, then who; a date or a place alone tells nothing.
_WEIGHT: Final = {
    "money": 10, "status": 8, "quantity": 8, "delivery_deadline": 8, "agreement": 7, "meeting": 6,
    "platform": 4, "party": 3, "person_role": 3, "percentage": 4, "quote": 3, "date": 1, "location": 1,
}  # fmt: skip
LEAST: Final = 5.0  # a figure, a state, or a system with its buyer; below it a sentence carries nothing
# A second fact of a type tells less than the first: two prices are one subject.
AGAIN: Final = 0.5
# News stands at the top: the tenth sentence has to carry two thirds more than the first.
FADING: Final = 0.07
SAME_AS_HEADLINE: Final = 0.7  # of a sentence's words, which the headline has too

# No break: "Petrel Works, Inc.", "2027 – 2029", 「8、9機」.
_BREAK: Final = re.compile(
    r"[,;:](?=\s)(?!\s(?:Inc|Ltd|LLC|Co|Corp|Jr|S\.A|A\.Ş)\b)|(?<!\d)\s(?=[–—]\s)|(?<!\d)[、；]|[、；](?!\d)"
)
_DOUBTED: Final = frozenset({"denied", "alleged"})  # told with the whole sentence or not at all
_WORD: Final = re.compile(r"\w+")
_PAIRS: Final = (("“", "”"), ("「", "」"), ("『", "』"), ("«", "»"), ("(", ")"), ("（", "）"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the text that could be told, and what it is worth."""

    start: int
    end: int
    worth: float
    place: int  # the sentence's, from 0
    facts: tuple[Fact, ...]
    text: str  # with the marks of its cuts


def summary(entry: Entry, facts: Sequence[Fact]) -> str:
    """Return the one or two sentences that carry an article's facts, in its own language, LONGEST at most.

    `facts` are those of `fact_text(entry)`. What is left out between or around them is marked; a mention of
    a fact or a figure is never cut. Empty when nothing but the headline carries facts, and in a language
    whose facts are not read.
    """
    chosen = pieces(entry, facts)
    if len(chosen) < 2:
        return chosen[0].text if chosen else ""
    early, late = chosen
    return early.text + _between(early, late) + late.text


def pieces(entry: Entry, facts: Sequence[Fact]) -> tuple[Piece, ...]:
    """Return what `summary` is put together from, at most two pieces in the order of the article."""
    if entry.lang not in READ_LANGUAGES:
        return ()
    found = _candidates(fact_text(entry), entry.title, facts)
    if not found:
        return ()
    first = max(found, key=lambda piece: (piece.worth, -piece.place))
    second = _second(found, first)
    return (first,) if second is None else tuple(sorted((first, second), key=lambda piece: piece.start))


def _candidates(text: str, title: str, facts: Sequence[Fact]) -> list[Piece]:
    """Return every sentence beneath the headline that carries facts, as much of it as may be told."""
    ordered = sorted(facts, key=lambda fact: fact.start)
    starts = [fact.start for fact in ordered]
    heading = frozenset(_words(title))
    found = []
    for place, sentence in enumerate(_beneath(text, title)):
        if _repeats(sentence.mention, heading):
            continue
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        within = tuple(fact for fact in ordered[first:last] if fact.end <= sentence.end)
        piece = _told(text, sentence, within, place)
        if piece is not None and piece.worth >= LEAST / (1 + FADING * place):
            found.append(piece)
    return found


def _beneath(text: str, title: str) -> tuple[Span, ...]:
    """Return the first sentences of a text after its headline."""
    return tuple(one for one in sentences(text) if one.start >= len(title))[:MOST_READ]


def _repeats(sentence: str, heading: frozenset[str]) -> bool:
    words = frozenset(_words(sentence))
    return bool(words) and len(words & heading) >= SAME_AS_HEADLINE * len(words)


def _words(text: str) -> list[str]:
    flat = fold(text)
    return [flat[i : i + 2] for i in range(len(flat) - 1)] if is_cjk(flat) else _WORD.findall(flat)


def _told(text: str, sentence: Span, facts: tuple[Fact, ...], place: int) -> Piece | None:
    """Return a sentence if it is short enough, else its best run of clauses; None if nothing of it fits."""
    if not facts:
        return None
    if len(sentence.mention) <= LONGEST:
        return _piece(text, sentence, (sentence.start, sentence.end), facts, place)
    edges = _edges(text, sentence, facts)
    runs = (_run(text, sentence, edges[i:], facts, place) for i in range(len(edges)))
    return max(filter(None, runs), key=lambda piece: piece.worth, default=None)


def _run(
    text: str, sentence: Span, edges: Sequence[int], facts: tuple[Fact, ...], place: int
) -> Piece | None:
    """Return the shortest run of clauses from the first edge on that carries as much as the longest."""
    best: Piece | None = None
    for end in reversed(edges[1:]):
        piece = _piece(text, sentence, (edges[0], end), facts, place)
        if best is not None and piece is not None and piece.worth < best.worth:
            break
        best = piece or best
    return best


def _edges(text: str, sentence: Span, facts: tuple[Fact, ...]) -> list[int]:
    """Return where a sentence may be cut: between clauses, in no fact; its ends are among them."""
    inner = [found.end() for found in _BREAK.finditer(text, sentence.start, sentence.end)][:CLAUSES]
    free = [at for at in inner if not any(fact.start < at < fact.end for fact in facts)]
    return [sentence.start, *(at for at in free if sentence.start < at < sentence.end), sentence.end]


def _piece(
    text: str, sentence: Span, between: tuple[int, int], facts: tuple[Fact, ...], place: int
) -> Piece | None:
    """Make a piece of a stretch, None if it is too long or leaves a quotation or bracket open."""
    start, end = between
    if end - start > LONGEST + 2:  # before white space and a comma are taken off
        return None
    words = text[start:end].strip()
    if end < sentence.end:
        words = words.rstrip(" ,;:、；") + CUT
    if start > sentence.start:
        words = CUT + words
    if len(words) > LONGEST or (words != sentence.mention and not _closed(words)):
        return None
    within = tuple(fact for fact in facts if start <= fact.start and fact.end <= end)
    if words != sentence.mention and any(fact.hedge in _DOUBTED for fact in within):
        return None
    worth = _worth(within) / (1 + FADING * place)
    return Piece(start=start, end=end, worth=worth, place=place, facts=within, text=words)


def _closed(words: str) -> bool:
    return words.count('"') % 2 == 0 and all(
        words.count(left) == words.count(right) for left, right in _PAIRS
    )


def _worth(facts: Iterable[Fact], known: frozenset[tuple[str, str]] = frozenset()) -> float:
    """Return what facts are worth together, those known by type and value left out."""
    worth, seen = 0.0, dict[str, int]()
    for kind, value, weight in sorted(
        {(fact.type, str(fact.value), _WEIGHT[fact.type] * fact.confidence) for fact in facts},
        key=lambda one: -one[2],
    ):
        if (kind, value) not in known:
            worth += weight * AGAIN ** seen.get(kind, 0)
            seen[kind] = seen.get(kind, 0) + 1
    return worth


def _second(found: Sequence[Piece], first: Piece) -> Piece | None:
    """Return the sentence that adds most to the first one and fits beside it, None if none adds enough."""
    known = frozenset((fact.type, str(fact.value)) for fact in first.facts)
    best, added = None, LEAST
    for piece in found:
        early, late = sorted((first, piece), key=lambda one: one.start)
        length = len(early.text) + len(_between(early, late)) + len(late.text)
        worth = _worth(piece.facts, known) / (1 + FADING * piece.place)
        if piece is not first and length <= LONGEST and worth >= added:
            best, added = piece, worth + 1e-9  # of two alike the earlier one
    return best


def _between(early: Piece, late: Piece) -> str:
    """Return what stands between two pieces: nothing but a space where they follow each other."""
    space = "" if is_cjk(early.text) else " "
    follows = late.place == early.place + 1 or early.text.endswith(CUT) or late.text.startswith(CUT)
    return space if follows else f"{space}{CUT}{space}"
