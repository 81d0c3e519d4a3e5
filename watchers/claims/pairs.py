"""Choose which two claims of two texts are likeliest about the one thing that is asked."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from watchers.claims.questions import ANSWERS
from watchers.claims.subjects import COUNTABLE, meet, of_group
from watchers.claims.verdicts import related, struck
from watchers.types.claims import Claim, Extent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from watchers.claims.questions import Question

# What speaks for two values being about one thing; only the order matters. Words that meet outweigh how the
# values relate, and a value that agrees is likelier meant than one that does not.
_ASKED, _OTHERWISE, _HEADS, _FOCUS, _MACHINES, _PLACE = 6.0, 3.0, 4.0, 2.0, 1.0, 0.01
_SENTENCE, MOST_ALIKE = 0.4, 4  # what the two sentences share beside the values, and what they speak of
_APART_HEADS = -1.5  # the words beside the values are known and do not meet: the table of words has gaps
_DATE_UNASKED = -3.0
_AGREEING = {"equal": 0.9, "near": 0.7, "inside": 0.6, "apart": 0.0, "unlike": -7.0}
MAX_VALUES = 24  # of one text; the first of more, since pairs grow with the square


def best_pair(left: Sequence[Claim], right: Sequence[Claim], asked: Question) -> tuple[Claim, Claim] | None:
    """Return the two values likeliest to be about what is asked, None if no two are of one kind."""
    found = [
        (_fit(a, b, asked), a, b)
        for a, b in product(values(left, asked), values(right, asked))
        if a.kind == b.kind and (related(a, b) != "unlike" or a.kind == "share")
    ]
    if not found:
        return None
    _, a, b = max(found, key=lambda pair: pair[0])
    return _news(a, b, right) if a.day < b.day else _news(b, a, left)[::-1] if b.day < a.day else (a, b)


def _news(earlier: Claim, later: Claim, rest: Sequence[Claim]) -> tuple[Claim, Claim]:
    """Return the later report's new value where it tells the old one beside it: from 4 to 6."""
    if later.turn and related(earlier, later) == "equal":
        for other in rest:
            same_kind = other.kind == later.kind and other.sentence == later.sentence
            if same_kind and related(earlier, other) == "apart" and heads(earlier, other) != "apart":
                return earlier, other
    return earlier, later


def quoted(pair: tuple[Claim, Claim], left: Sequence[Claim], right: Sequence[Claim]) -> bool:
    """Tell whether the later report gives the earlier one's value beside another: from 74 to 82 million."""
    for earlier, later, rest in ((*pair, right), (*pair[::-1], left)):
        if earlier.day < later.day:
            now = [related(earlier, c) for c in rest if c.kind == later.kind and isinstance(c.value, Extent)]
            return "equal" in now and "apart" in now
    return False


def values(claims: Iterable[Claim], asked: Question) -> list[Claim]:
    """Return the values of a text, without its dates where something else is asked that it holds too."""
    found = [claim for claim in claims if isinstance(claim.value, Extent)]
    wanted = ANSWERS[asked.asked]
    if "date" not in wanted:
        found = [claim for claim in found if claim.kind != "date"]
    return found[:MAX_VALUES]


def heads(left: Claim, right: Claim) -> str:
    """Tell whether the words beside two values meet: "meet", "apart", or "" where one has none."""
    a, b = narrow(left), narrow(right)
    if not a or not b:
        return ""
    return "meet" if meet(a, b) else "apart"


def narrow(claim: Claim) -> tuple[str, ...]:
    """Return the tags of what a value is of: only things for counts, only sums for money."""
    if claim.kind == "count":
        return of_group(claim.head, *COUNTABLE)
    return of_group(claim.head, "sum") if claim.kind == "money" else claim.head


def _fit(a: Claim, b: Claim, asked: Question) -> float:
    wanted = ANSWERS[asked.asked]
    score = {"meet": _HEADS, "apart": _APART_HEADS, "": 0.0}[heads(a, b)]
    if struck(a) != struck(b):
        score += _APART_HEADS
    if a.kind in wanted:
        score += _ASKED - wanted.index(a.kind)
    elif a.kind == "date":
        score += _DATE_UNASKED
    score += sum(_FOCUS for claim in (a, b) if meet(narrow(claim), asked.focus))
    machines = [of_group(claim.subject, "machine") for claim in (a, b)]
    score += _MACHINES if meet(*machines) else 0.0
    alike = len(set(a.subject) & set(b.subject)) + len(set(a.entities) & set(b.entities))
    score += _SENTENCE * min(alike, MOST_ALIKE)
    score += sum(_SENTENCE for claim in (a, b) if meet(claim.subject, asked.focus))
    score += _AGREEING[related(a, b)]
    return score - _PLACE * (a.start + b.start) / 100
