"""Hold facts against an expression of `fact:` terms alone, as a search has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchers.matching.expression import And, Not, Or, Stated, leaves
from watchers.matching.stating import kinds_of, meeting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from watchers.matching.expression import Expression
    from watchers.matching.known import Known
    from watchers.types import Fact, FactType


def states(expression: Expression, facts: Sequence[Fact], *, day: date, known: Known | None) -> bool:
    """Tell whether an entry's facts are what an expression asks for; anything but a fact in it is not met."""
    match expression:
        case Stated():
            return next(meeting(expression, facts, day=day, known=known), None) is not None
        case Not():
            return not states(expression.part, facts, day=day, known=known)
        case And():
            return all(states(part, facts, day=day, known=known) for part in expression.parts)
        case Or():
            return any(states(part, facts, day=day, known=known) for part in expression.parts)
        case _:
            return False


def kinds_needed(expression: Expression) -> tuple[tuple[FactType, ...], ...]:
    """Return types of which an entry that meets an expression has at least one fact each."""
    match expression:
        case Stated():
            return (kinds_of(expression),)
        case And():
            return tuple(kinds for part in expression.parts for kinds in kinds_needed(part))
        case Or():
            needed = [kinds_needed(part) for part in expression.parts]
            return (tuple({kind for some in needed for kind in some[0]}),) if all(needed) else ()
        case _:
            return ()


def kinds_read(expression: Expression) -> tuple[tuple[FactType, ...], ...]:
    """Return the types of all the facts that an expression looks at."""
    return tuple(kinds_of(leaf) for leaf in leaves(expression) if isinstance(leaf, Stated))
