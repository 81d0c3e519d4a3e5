"""What is read once a sentence: its deeds, words of scope, tags and names, and who says it how firmly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from watchers.claims.scopes import scopes
from watchers.claims.stages import done, turned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.claims.names import Name
    from watchers.claims.stages import Done
    from watchers.claims.subjects import Tagged
    from watchers.types import Fact, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence with what is said in it. `turn` takes the sentences beside it into account."""

    span: Span
    deeds: tuple[Done, ...]
    scope: tuple[str, ...]
    turn: bool
    tags: tuple[Tagged, ...]
    entities: tuple[str, ...]
    said_by: str
    hedge: Literal["stated", "reported", "alleged", "expected", "denied"]


def lines(
    text: str,
    lang: str,
    spans: Sequence[Span],
    *,
    tags: Sequence[Tagged],
    names: Sequence[Name],
    facts: Sequence[Fact],
) -> tuple[Line, ...]:
    """Return the sentences of a text with what is said in each, in order."""
    told = {fact.sentence_start: fact for fact in facts}
    made = []
    for i, span in enumerate(spans):
        first, last = spans[max(0, i - 1)], spans[min(len(spans) - 1, i + 1)]
        fact = told.get(span.start)
        entities = (n.entity or n.name for n in names if span.start <= n.start < span.end)
        made.append(
            Line(
                span=span,
                deeds=done(span.mention, lang),
                scope=scopes(span.mention, lang),
                turn=turned(text[first.start : last.end], lang),
                tags=tuple(tag for tag in tags if span.start <= tag.start < span.end),
                entities=tuple(dict.fromkeys(entities)),
                said_by=fact.said_by if fact else "",
                hedge=fact.hedge if fact else "stated",
            )
        )
    return tuple(made)
