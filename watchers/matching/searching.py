"""Run regular expressions over an entry, no longer than an entry may take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from watchers.matching.regexes import MAX_STEPS
from watchers.text import Folded, folded

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping, Sequence

    from watchers.matching.meets import Scope
    from watchers.matching.regexes import SafeRegex

ENTRY_SECONDS: Final = 0.05  # of CPU time for all expressions of all rules over one entry
MAX_MATCHES: Final = 300  # of one expression in one field
_WINDOW: Final = 4_000  # starting places between two looks at the time, if each is cheap


class Texts:
    """An entry's fields as expressions see them, made when first asked for; offsets are the originals'."""

    def __init__(self, originals: Mapping[Scope, str]) -> None:
        self._originals = originals
        self._folded: dict[Scope, Folded] = {}

    def of(self, scope: Scope, *, exact_case: bool) -> tuple[Folded, str]:
        """Return a field folded, and the text to search: that, or the same with its capitals kept."""
        if scope not in self._folded:
            base = folded(self._originals[scope])
            self._folded[scope] = Folded(base.text.replace("\u2010", "-"), base.offsets)
        field = self._folded[scope]
        return field, _capitals_kept(self._originals[scope], field) if exact_case else field.text


def _capitals_kept(original: str, field: Folded) -> str:
    offsets = field.offsets or range(len(field.text))
    return "".join(
        char.upper() if original[at].isupper() and len(char.upper()) == 1 else char
        for char, at in zip(field.text, offsets, strict=False)
    )


def search(
    regex: SafeRegex, text: str, *, seconds: float, meter: Callable[[], float] = time.thread_time
) -> tuple[Sequence[tuple[int, int]], bool]:
    """Return where an expression matches, in order and apart, and whether it got through the text in time.

    It is run over a few starting places at a time, so many that they cannot cost more than a few
    milliseconds; between two such runs the time is looked at.
    """
    found: list[tuple[int, int]] = []
    window = max(1, min(_WINDOW, MAX_STEPS // regex.steps))
    began = meter()
    at = 0
    while at < len(text):
        stop = min(at + window, len(text))
        match = _first(regex, text, at, stop)
        if match:
            found.append(match.span())
            if len(found) >= MAX_MATCHES:
                return found, True
        at = match.end() if match else stop
        if at < len(text) and meter() - began >= seconds:
            return found, False
    return found, True


def _first(regex: SafeRegex, text: str, at: int, stop: int) -> re.Match[str] | None:
    """Return the first match that begins between two places."""
    # One more than a match can have: where the visible text ends is then no end of the text to it.
    beyond = regex.longest + 1
    if stop - at > beyond:
        match = regex.compiled.search(text, at, min(len(text), stop + beyond))
        return match if match and match.start() < stop else None
    for start in range(at, stop):  # a search would also try the places behind the window
        match = regex.compiled.match(text, start, start + beyond)
        if match:
            return match
    return None
