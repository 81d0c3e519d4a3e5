"""Write many numbers in few characters: "4-9,12" stands for 4 to 9 and 12."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.commands.parse import shown
from bot.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPAN: Final = re.compile(r"s?([0-9]{1,9})(?:-s?([0-9]{1,9}))?")
_MOST: Final = 10_000  # numbers of one list; an import has 1 000


def spans(numbers: Iterable[int], *, letter: str = "") -> str:
    """Return numbers as spans, in order, each number with a letter in front if one is given."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(
        f"{letter}{first}" if first == last else f"{letter}{first}-{letter}{last}" for first, last in runs
    )


def unspanned(text: str) -> tuple[int, ...]:
    """Return the numbers of spans. Raises CommandError for a text that is none."""
    found: list[int] = []
    for part in text.split(","):
        run = _SPAN.fullmatch(part.strip())
        first, last = (int(run[1]), int(run[2] or run[1])) if run else (1, 0)
        if first > last or last - first + len(found) >= _MOST:
            raise CommandError(
                f'"{shown(text)}" is no list of sources such as 4-9,12.', example="/watch source list"
            )
        found += range(first, last + 1)
    return tuple(found)
