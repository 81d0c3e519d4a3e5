"""Ask a site's /.well-known/tdmrep.json whether it reserves the right to mine its texts, and remember it.

The file is a list of objects with a `location` pattern and `tdm-reservation` (TDM Reservation Protocol, W3C
community group). Any object that covers a page and says 1 reserves it, whatever others say: when a publisher
contradicts himself, the page stays unread.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from watchers.pages.optouts import is_one
from watchers.pages.origins import KEEP, KEEP_FAULT, SILENT, Remembered, Silent, path_of, rules_file, site_of

if TYPE_CHECKING:
    from watchers.clock import Clock
    from watchers.feeds.guard import Client

PLACE: Final = "/.well-known/tdmrep.json"
LARGEST: Final = 256 * 1024  # bytes; those seen have some hundred
MOST_PATTERNS: Final = 1000  # of one site; matching takes a microsecond each


class Reservations:
    """Which pages of which sites are reserved."""

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._patterns: Remembered[tuple[str, ...] | Silent] = Remembered()

    async def reserves(self, url: str, *, named_by: str = "") -> bool | None:
        """Tell whether a site reserves a page; None while it cannot say: an error of its own, no answer.

        A site without the file, or with one that is none, reserves nothing. `named_by` is the feed that the
        link stands in. Raises RefusedError for what the guard refuses.
        """
        site, now = site_of(url), self._clock.now()
        patterns = self._patterns.get(site, now=now)
        if patterns is None:
            patterns = await self._fetched(site, named_by)
            keep, weight = (KEEP_FAULT, 0) if patterns is SILENT else (KEEP, sum(map(len, patterns)))
            self._patterns.put(site, patterns, now=now, keep=keep, weight=weight)
        if patterns is SILENT:
            return None
        path = path_of(url)
        return any(covers(pattern, path) for pattern in patterns)

    async def _fetched(self, site: str, named_by: str) -> tuple[str, ...] | Silent:
        answer = await rules_file(self._client, f"{site}{PLACE}", limit=LARGEST, named_by=named_by)
        if answer is None:
            return SILENT
        return reserved(answer.body) if answer.status == 200 else ()


def reserved(body: bytes) -> tuple[str, ...]:
    """Return the patterns of what a tdmrep.json reserves; a file that is none reserves nothing."""
    try:
        rules = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return ()
    if not isinstance(rules, list):
        rules = [rules]
    return tuple(
        str(rule["location"])
        for rule in rules[:MOST_PATTERNS]
        if isinstance(rule, dict) and "location" in rule and is_one(rule.get("tdm-reservation"))
    )


def covers(pattern: str, path: str) -> bool:
    """Tell whether a location pattern covers a path: "*" stands for anything, "$" for the end.

    Linear in the path for each "*": no pattern can be made slow.
    """
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not ends or len(path) == len(first)
    place = len(first)
    for piece in rest[:-1]:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    if ends:
        return len(path) - len(rest[-1]) >= place and path.endswith(rest[-1])
    return path.find(rest[-1], place) >= 0
