"""Gather what speaks for each verdict over two texts: how values relate, times, scopes, names and deeds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from watchers.claims import scopes, things
from watchers.claims.asked import answers, held
from watchers.claims.events import deeds_told, first_verdict, state_verdict
from watchers.claims.pairs import best_pair, heads, quoted, values
from watchers.claims.questions import ANSWERS, Asked, Question, question
from watchers.claims.subjects import of_group
from watchers.claims.verdicts import bound_of, gap, happened, of_values, ordered, related
from watchers.claims.weigh import UNSHARED
from watchers.claims.who import who
from watchers.types.claims import Claim, Extent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from watchers.claims.extents import Relation
    from watchers.claims.things import Texts

# Days between two reports that tell apart one round of news, its echo, and what became of the matter.
ROUND, ECHO, SEASON = 3, 14, 60
PART, CLOSE = 0.3, 0.7  # a value below the first share of the other is often its part; above, its rival
_TWO = re.compile(r"\band\b|^two\b|,", re.IGNORECASE)  # then no one thing is asked
_GROUPS: Mapping[Asked, str] = {
    "money": "value", "count": "value", "share": "value", "measure": "value", "date": "date", "party": "who",
    "place": "who", "state": "state", "first": "first", "purpose": "purpose", "": "any",
}  # fmt: skip
# What can explain that two texts differ, other than that one of them is wrong.
_EXCUSES = frozenset({
    "heads:apart", "pair:unasked", "apart:turn", "apart:period", "apart:opposed", "apart:narrowed",
    "apart:one narrows", "apart:both narrow", "apart:stages", "size:part", "asked:two things", "lands:apart",
    "names:apart", "platforms:apart", "machines:apart", "topics:apart", "who:one unnamed",
    "asked name:rival", "asked name:number",
})  # fmt: skip
# What shows that two texts speak of one thing; a country alone does not.
_SHARED = frozenset({
    "names:shared", "platforms:shared", "machines:meet", "topics:meet", "focus:both", "heads:meet",
    "who:shared",
})  # fmt: skip
_ANSWERS_WHO = frozenset({"lands:apart", "names:apart", "platforms:apart"})
_DIFFERENCES = frozenset({
    "plain value", "plain date", "who:contradiction", "state:contradiction", "first:contradiction",
    "else state:contradiction",
})  # fmt: skip


def evidence(left: Sequence[Claim], right: Sequence[Claim], about: str) -> frozenset[str]:
    """Return what speaks for a verdict, each piece by its name in `weights.json`."""
    asked, texts = question(about), (left, right)
    group = _GROUPS[asked.asked]
    pair = best_pair(left, right, asked)
    found = {f"asked:{group}"}
    if group == "who" and pair is not None and not _names_anybody(texts):
        group = "any"
    outcome = group
    if group in {"value", "date", "any"}:
        found.update(_of_values(pair, texts, asked, about))
        silent = pair is None
        outcome = f"{group} silent" if silent else "apart" if "apart" in _relation(pair) else "agree"
    else:
        found.update(_of_words(pair, texts, asked, about, group))
    for piece in things.subjects(texts):
        found |= {piece, f"{outcome}, {piece}"}
    for piece in held(texts, about):
        found |= {piece, f"{group}, {piece}"} if piece.endswith("rival") else {piece}
        if piece.endswith(("rival", "number")) and group != "who":  # then a name is no answer
            found |= {"asked name:other thing", f"{outcome}, asked name:other thing"}
    for piece in things.focus(texts, asked):
        found |= {piece, f"{outcome}, {piece}"}
    if _TWO.search(about):
        found.add("asked:two things")
    found.update(deeds_told(*texts, about))
    if not _SHARED & found:
        found |= {UNSHARED, f"{outcome}, {UNSHARED}"}
    if _clean(found):
        found |= {"clean", f"clean {group}"}
    return frozenset(found)


def _relation(pair: tuple[Claim, Claim] | None) -> str:
    return related(*pair) if pair else ""


def _names_anybody(texts: Texts) -> bool:
    return any(c.kind in {"party", "place"} for claims in texts for c in claims)


def _of_values(pair: tuple[Claim, Claim] | None, texts: Texts, asked: Question, about: str) -> Iterator[str]:
    """Yield what the values that were chosen tell; where none could be, what deeds and names do."""
    if pair is not None:
        yield from _of_pair(pair, texts, asked, about)
        return
    sides = [bool(values(claims, asked)) for claims in texts]
    yield "silent:none" if all(sides) else "silent:one" if any(sides) else "silent:both"
    yield from _times(texts, "silent")
    yield f"else state:{state_verdict(*texts, about)}"
    yield f"else who:{who(*texts, 'party')}"
    yield from (f"else {piece}" for piece in things.names(texts, "party"))


def _of_words(
    pair: tuple[Claim, Claim] | None, texts: Texts, asked: Question, about: str, group: str
) -> Iterator[str]:
    """Yield what names and deeds tell where they are asked for."""
    if group == "who":
        kind: Literal["party", "place"] = "place" if asked.asked == "place" else "party"
        told = answers(texts, about)
        yield f"who:{who(*told, kind)}"
        yield from things.names(told, kind)
    elif group == "first":
        yield f"first:{first_verdict(*texts)}"
    else:
        yield f"{'state' if group == 'state' else 'else state'}:{state_verdict(*texts, about)}"
    if pair is not None and pair[0].kind != "date":
        yield f"beside:{related(*pair)}"
    yield from _times(texts, group)


def _clean(found: AbstractSet[str]) -> bool:
    """Tell whether two texts differ at one time and nothing that was read excuses it."""
    if not _DIFFERENCES & found or any(piece.endswith((":weeks", ":months")) for piece in found):
        return False
    if UNSHARED in found:
        return False
    excuses = _EXCUSES & found
    return not (excuses - _ANSWERS_WHO if "asked:who" in found else excuses)


def _of_pair(pair: tuple[Claim, Claim], texts: Texts, asked: Question, about: str) -> Iterator[str]:
    """Yield what two values that were chosen tell."""
    a, b = pair
    found = related(a, b)
    sort = "date" if a.kind == "date" else "value"
    yield f"{sort}:{found}"
    yield f"ladder:{of_values(a, b)}"
    if a.kind not in ANSWERS[asked.asked]:
        yield "pair:unasked"
    words = heads(a, b)
    if words and sort == "value":
        yield f"heads:{words}"
    yield from _shapes(a, b, found)
    yield from _when(a, b, found, sort)
    if quoted(pair, *texts):
        yield f"{found}:quoted"
    if sort == "value":
        yield from _narrowed(a, b, found, about)
        if found == "apart":
            yield from _sizes(a, b)


def _shapes(a: Claim, b: Claim, found: Relation) -> Iterator[str]:
    shapes = {claim.value.shape for claim in (a, b) if isinstance(claim.value, Extent)}
    for shape in sorted(shapes - {"exact"}):
        yield f"shape:{shape}"
        if found != "apart":
            yield f"{found}:{shape}"


def _when(a: Claim, b: Claim, found: Relation, sort: str) -> Iterator[str]:
    days = gap(a, b)
    agree = "apart" if found == "apart" else "agree"
    yield f"{agree}:{_span(days)}"
    earlier, later = ordered(a, b)
    past = sort == "date" and happened(a, b)
    if past:
        yield f"{agree}:both past"
    elif later.turn or (not days and earlier.turn):
        yield f"{agree}:turn"
        if days:
            yield f"{agree}:turn later"
    elif earlier.turn:
        yield f"{agree}:turn before"
    if found == "apart" and days < ECHO and (past or not (a.turn or b.turn)):
        yield f"plain {sort}"
    if earlier.stage != later.stage and earlier.stage and later.stage:
        yield f"{agree}:stages"


def _span(days: int) -> str:
    if days <= ROUND:
        return "one round"
    if days < ECHO:
        return "echo"
    return "weeks" if days < SEASON else "months"


def _sizes(a: Claim, b: Claim) -> Iterator[str]:
    ends = sorted(abs(end) for claim in (a, b) if (end := bound_of(claim)) is not None)
    if not ends or not ends[-1]:
        return
    ratio = float(ends[0] / ends[-1])
    batches = not of_group((*a.head, *b.head), "body")  # countries and firms come in no parts
    yield "size:part" if ratio < PART and batches else "size:close" if ratio > CLOSE else "size:between"


def _narrowed(a: Claim, b: Claim, found: Relation, about: str) -> Iterator[str]:
    agree = "apart" if found == "apart" else "agree"
    if a.period and b.period and a.period != b.period:
        yield f"{agree}:period"
    if scopes.opposed(a.scope, b.scope):
        yield f"{agree}:opposed"
    if scopes.one_sided(a.scope, b.scope, asked=scopes.scopes(about, "en")):
        yield f"{agree}:narrowed"
    narrowing = [scopes.narrows(claim.sentence, claim.lang) for claim in (a, b)]
    if any(narrowing):
        yield f"{agree}:both narrow" if all(narrowing) else f"{agree}:one narrows"
    marked = [set(claim.scope) & scopes.MARKED for claim in (a, b)]
    if marked[0] and marked[0] == marked[1]:
        yield f"{agree}:narrowed alike"


def _times(texts: Texts, group: str) -> Iterator[str]:
    """Yield how far apart two reports are, and which of them tells of a change or denies something."""
    left, right = texts
    earlier, later = ordered(left[0], right[0])
    days = gap(earlier, later)
    yield f"{group}:{_span(days)}"
    turned = [any(c.turn for c in claims) for claims in texts]
    if any(turned):
        yield f"{group}:turn"
        if days and turned[0 if later is left[0] else 1]:
            yield f"{group}:turn later"
    denied = [any(c.negated for c in claims) for claims in texts]
    if denied[0] != denied[1]:
        yield f"{group}:one denies"
    elif all(denied):
        yield f"{group}:both deny"
    if any(not isinstance(c.value, Extent) and c.value.generic for claims in texts for c in claims):
        yield f"{group}:nobody named"
