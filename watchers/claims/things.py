"""Gather who and what two texts name: what they share, what sets them apart, whether it is what is asked."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal

from watchers.claims.labels import comparable, country_of, is_place, label_of, named
from watchers.claims.names import is_same
from watchers.claims.subjects import meet, narrowest, of_group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchers.claims.questions import Question
    from watchers.types.claims import Claim

Texts = tuple["Sequence[Claim]", "Sequence[Claim]"]
MAX_NAMES = 24  # of one text; the first of more, since pairs grow with the square


def subjects(texts: Texts) -> Iterator[str]:
    """Yield who and what both texts name, and what sets them apart."""
    sides = [{e for c in claims for e in c.entities} for claims in texts]
    lands = [{country_of(e) or e for e in side if e.startswith("loc:")} for side in sides]
    platforms = [{e for e in side if e.startswith("pla:")} for side in sides]
    for sort, (ours, theirs) in (("lands", lands), ("platforms", platforms)):
        if ours and theirs:
            yield f"{sort}:shared" if ours & theirs else f"{sort}:apart"
    people = [[c for c in bare(claims, "party") if not is_place(c)][:MAX_NAMES] for claims in texts]
    if people[0] and people[1]:
        shared = any(is_same(named(label_of(a)), named(label_of(b))) for a, b in product(*people))
        yield "names:shared" if shared else "names:apart"
    tags = [tuple(dict.fromkeys(tag for c in claims for tag in c.subject)) for claims in texts]
    machines = [narrowest(of_group(side, "machine")) for side in tags]
    if machines[0] and machines[1]:
        yield "machines:meet" if meet(*machines) else "machines:apart"
    others = [tuple(tag for tag in side if tag not in of_group(side, "machine")) for side in tags]
    if others[0] and others[1]:
        yield "topics:meet" if meet(*others) else "topics:apart"
    if len(set(tags[0]) & set(tags[1])) > 1:
        yield "tags:several"


def focus(texts: Texts, asked: Question) -> Iterator[str]:
    """Yield whether both texts speak of what is asked, as far as the table of words knows it."""
    if asked.focus:
        sides = [meet((tag for c in claims for tag in c.subject), asked.focus) for claims in texts]
        yield "focus:both" if all(sides) else "focus:one" if any(sides) else "focus:none"


def names(texts: Texts, kind: Literal["party", "place"]) -> Iterator[str]:
    """Yield how the names of two texts stand to one another."""
    generic = [any(c.kind == kind and label_of(c).generic for c in claims) for claims in texts]
    if generic[0] != generic[1]:
        yield "who:one unnamed"
    sides = [[named(label_of(c)) for c in bare(claims, kind)[:MAX_NAMES]] for claims in texts]
    if not sides[0] or not sides[1]:
        yield "who:no name on a side" if sides[0] or sides[1] else "who:no names"
        return
    alone = [[x for x in sides[i] if not any(is_same(x, y) for y in sides[1 - i])] for i in (0, 1)]
    if len(alone[0]) < len(sides[0]):
        yield "who:shared"
    if any(comparable(x, y) for x, y in product(*alone)):
        yield "who:other name"
    elif alone[0] and alone[1]:
        yield "who:other script"
    elif alone[0] or alone[1]:
        yield "who:one more name"


def bare(claims: Sequence[Claim], kind: Literal["party", "place"]) -> list[Claim]:
    """Return the claims of a kind whose label names somebody or some place."""
    return [c for c in claims if c.kind == kind and not label_of(c).generic]
