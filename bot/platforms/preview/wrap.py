"""Fit styled text into terminal columns, counting Japanese as two; knows no message."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WIDE = {"W", "F"}
_WIDE_RANGES = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
_NEVER_FIRST = "、。，．・：；？！）」』】〕〉》ー々〜～％…"  # Japanese lines do not begin with these
# What may stand on a line without its neighbour: a newline, spaces, a wide character with the closing
# signs behind it, or a word.
_UNITS = re.compile(f"\n| +|[{_WIDE_RANGES}][{_NEVER_FIRST}]*|[^ \n{_WIDE_RANGES}]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; `style` is a list of SGR numbers such as "1;31", empty for plain."""

    text: str
    style: str = ""


Line = tuple[Run, ...]


def cells(text: str) -> int:
    """Return how many terminal columns a text takes."""
    return len(text) if text.isascii() else sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def pad(text: str, width: int) -> str:
    """Return the text with spaces up to a width; a longer text stays as it is."""
    return text + " " * max(0, width - cells(text))


def paint(line: Iterable[Run], *, colour: bool) -> str:
    """Return a line's words, each run's style switched on and off again, or all of them bare."""
    if not colour:
        return "".join(run.text for run in line)
    return "".join(f"\x1b[{run.style}m{run.text}\x1b[0m" if run.style else run.text for run in line)


def wrap(runs: Iterable[Run], width: int) -> tuple[Line, ...]:
    """Break runs into lines of at most `width` columns (2 at least): at spaces, between Japanese characters.

    A word that is wider than a line is cut. A newline begins a new line; spaces at a break are dropped.
    """
    width = max(2, width)
    lines: list[Line] = []
    line: list[Run] = []
    used = 0
    for unit in _fitting(_units(tuple(runs)), width):
        text = "".join(run.text for run in unit)
        size = cells(text)
        if text == "\n" or (used + size > width and not text.isspace()):
            lines.append(_trimmed(line))
            line, used = [], 0
        if text == "\n" or (text.isspace() and (not line or used + size > width)):
            continue
        line.extend(unit)
        used += size
    return (*lines, _trimmed(line))


def _units(runs: tuple[Run, ...]) -> Iterator[Line]:
    """Yield what must stay together; a unit may cross styles, as a marked figure and its comma do."""
    text = "".join(run.text for run in runs)
    index, begin = 0, 0  # the run that holds the current offset, and where it begins
    for match in _UNITS.finditer(text):
        offset, unit = match.start(), []
        while offset < match.end():
            while offset >= begin + len(runs[index].text):
                begin += len(runs[index].text)
                index += 1
            stop = min(match.end(), begin + len(runs[index].text))
            unit.append(Run(text[offset:stop], runs[index].style))
            offset = stop
        yield tuple(unit)


def _fitting(units: Iterable[Line], width: int) -> Iterator[Line]:
    """Yield the units, those wider than a line in parts that are not."""
    for unit in units:
        if sum(cells(run.text) for run in unit) <= width:
            yield unit
            continue
        part: list[Run] = []
        used = 0
        for run in unit:
            for character in run.text:
                if used + _cell(character) > width:
                    yield tuple(part)
                    part, used = [], 0
                part.append(Run(character, run.style))
                used += _cell(character)
        yield tuple(part)


def _trimmed(line: list[Run]) -> Line:
    """Return a line without the space at its end, neighbours of one style joined."""
    while line and line[-1].text.isspace():
        line.pop()
    joined: list[Run] = []
    for run in line:
        if joined and joined[-1].style == run.style:
            joined[-1] = Run(joined[-1].text + run.text, run.style)
        else:
            joined.append(run)
    return tuple(joined)
