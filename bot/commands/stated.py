"""Terms about facts in a search, such as `fact:amount>100m` beside its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.commands.expressions import mended, read, typed
from watchers.matching.grammar import parse_expression
from watchers.matching.sieving import kinds_needed, kinds_read, states
from watchers.matching.stated import PATTERN
from watchers.store.search import Sieve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from watchers.matching.expression import Expression
    from watchers.matching.known import Known
    from watchers.types import Fact

_TERM: Final = re.compile(rf"(?<!\S)-?{PATTERN}")
_QUOTED: Final = re.compile(r'"(-?fact:[^"]*)"')


def parted(values: Sequence[str]) -> tuple[str, str]:
    """Return the words of a search, and its terms about facts as an expression; either may be empty."""
    text = " ".join(map(_unquoted, values))
    if len(values) == 1:
        text = typed(values)  # perhaps all of a form's field, quoted on its way here
    terms = [found[0] for found in _TERM.finditer(text)]
    words = " ".join(_TERM.sub(" ", text).split())
    return words, " ".join(terms)


def _unquoted(value: str) -> str:
    """Return a term as an expression has it: its own quotes restored, those around all of it away."""
    quoted = _QUOTED.fullmatch(value)
    return typed((quoted[1],)) if quoted else mended(value)


def expression_of(terms: str, *, words: str = "") -> Expression:
    """Return what terms about facts ask for. Raises CommandError with the nearest thing that can be read."""
    return parse_expression(read(terms, command=f"search {words} ".replace("  ", " ")))


def sieve(expression: Expression, known: Known) -> Sieve:
    """Return what the store lets entries through by."""

    def passes(day: date, facts: Sequence[Fact]) -> bool:
        return states(expression, facts, day=day, known=known)

    return Sieve(needs=kinds_needed(expression), reads=kinds_read(expression), passes=passes)
