"""What pieces of a regular expression can match and cost, and how that adds up.

`ways` counts in how many ways a piece can be matched at one place, `steps` how often a matcher may look
at a character, trying all of them. Both are upper bounds, for the worst text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from watchers.text import is_cjk

if TYPE_CHECKING:
    from collections.abc import Sequence

_MANY: Final = 10**12  # bounds are not counted further
_RUN = re.compile(r"[^\W_\u02bc]+")
_LEAST_SIGN = 2  # letters; one letter is in every text
_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece as it is given to `re`. Empty sets: nothing is known."""

    text: str
    least: int  # characters that it matches
    most: int
    ways: int
    steps: int
    signs: frozenset[str] = _NONE  # one of these texts occurs wherever the piece matches
    firsts: frozenset[str] = _NONE  # with one of these characters every match of it begins
    letter: str = ""  # the folded text of a piece that is nothing but a letter
    unit: str = ""  # for one character repeated: the expression of that character


def either(branches: Sequence[Part]) -> Part:
    """Return alternatives; those that begin differently exclude one another."""
    if len(branches) == 1:
        return branches[0]
    firsts = [branch.firsts for branch in branches]
    apart = all(firsts) and len(_NONE.union(*firsts)) == sum(map(len, firsts))
    ways = [branch.ways for branch in branches]
    return Part(
        "(?:" + "|".join(branch.text for branch in branches) + ")",
        min(branch.least for branch in branches),
        max(branch.most for branch in branches),
        max(ways) if apart else _cut(sum(ways)),
        _cut(sum(branch.steps for branch in branches)),
        signs=_NONE.union(*(b.signs for b in branches)) if all(b.signs for b in branches) else _NONE,
        firsts=_NONE.union(*firsts) if all(firsts) else _NONE,
    )


def sequence(parts: Sequence[Part]) -> Part:
    """Return pieces one after another."""
    ways, steps = 1, 1
    for number, part in enumerate(parts, 1):
        after = parts[number] if number < len(parts) else None
        steps = _cut(steps + ways * part.steps)
        # A run of \\w can only be followed by a blank where it ends: one way, however it was tried.
        ends = part.unit and after is not None and after.firsts and _excludes(part.unit, after.firsts)
        if ends:
            steps = _cut(steps + ways * part.ways)
        else:
            ways = _cut(ways * part.ways)
    begins = parts[0].firsts if parts and parts[0].least else _NONE
    return Part(
        "".join(part.text for part in parts),
        _cut(sum(part.least for part in parts)),
        _cut(sum(part.most for part in parts)),
        ways,
        steps,
        signs=_best_signs(parts),
        firsts=begins,
    )


def repeated(part: Part, least: int, most: int, *, lazy: bool) -> Part:
    """Return a piece that stands least to most times."""
    ways = steps = 0
    chains = 1
    for count in range(most + 1):
        ways = _cut(ways + (chains if count >= least else 0))
        steps = _cut(steps + (chains * part.steps if count < most else 0))
        chains = _cut(chains * part.ways)
    one = part.least == part.most == part.ways == 1
    inner = part.text if one and not part.letter else f"(?:{part.text})"
    return Part(
        f"{inner}{{{least},{most}}}{'?' if lazy else ''}",
        least * part.least,
        _cut(most * part.most),
        ways,
        steps,
        signs=part.signs if least else _NONE,
        firsts=part.firsts if least else _NONE,
        unit=part.text if one else "",
    )


def grouped(part: Part) -> Part:
    """Return a piece in brackets."""
    return replace(part, text=f"(?:{part.text})", letter="", unit="")


@lru_cache(maxsize=4_096)
def _excludes(unit: str, firsts: frozenset[str]) -> bool:
    """Tell whether a piece of one character matches none of these."""
    matcher = re.compile(unit)
    return not any(matcher.match(first) for first in firsts)


def _best_signs(parts: Sequence[Part]) -> frozenset[str]:
    """Return the texts of which one must occur for a sequence to match, the most telling choice."""
    choices: list[frozenset[str]] = [part.signs for part in parts if part.signs]
    letters = "".join(part.letter or "\n" for part in parts)
    choices += [frozenset((run,)) for run in _RUN.findall(letters) if len(run) >= _LEAST_SIGN or is_cjk(run)]
    return max(choices, key=lambda signs: (min(map(len, signs)), -len(signs)), default=_NONE)


def _cut(number: int) -> int:
    return min(number, _MANY)
