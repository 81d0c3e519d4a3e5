"""Ask a site's robots.txt before a page of it (RFC 9309), and remember the answer."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from protego import Protego

from watchers.pages.optouts import TOKEN
from watchers.pages.origins import KEEP, KEEP_FAULT, SILENT, Remembered, Silent, rules_file, site_of

if TYPE_CHECKING:
    from watchers.clock import Clock
    from watchers.feeds.guard import Client, Response

Verdict = Literal["yes", "no", "later"]

LARGEST: Final = 512 * 1024  # bytes; the RFC asks for 500 KiB at least to be read
_LARGE: Final = 16 * 1024  # characters from which reading the rules (15 ms) is left to a thread
_NO_RULES: Final = "User-agent: *\nDisallow:"


class Robots:
    """What sites let us read. One request a site and day; concurrent askers of one site share it."""

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._rules: Remembered[Protego | Silent] = Remembered()
        self._turns: dict[str, asyncio.Lock] = {}

    async def allows(self, url: str) -> bool:
        """Tell whether we may ask for a link now."""
        return await self.verdict(url) == "yes"

    async def verdict(self, url: str, *, named_by: str = "") -> Verdict:
        """Tell whether we may ask for a link: "later" while the site does not say.

        Without a robots.txt (any 4xx but "too many requests") everything is allowed; while the site answers
        with an error of its own, or not at all, nothing is. `named_by` is the feed that the link stands in,
        as `Client.get` takes it. Raises RefusedError for what the guard refuses.
        """
        site = site_of(url)
        known = self._rules.get(site, now=self._clock.now())
        rules = known if known is not None else await self._asked(site, named_by)
        if rules is SILENT:
            return "later"
        return "yes" if rules.can_fetch(url, TOKEN) else "no"

    def delay(self, url: str) -> timedelta:
        """Return how long a site wants us to wait between two pages, as far as it was asked; zero: none."""
        rules = self._rules.get(site_of(url), now=self._clock.now())
        seconds = rules.crawl_delay(TOKEN) if rules is not None and rules is not SILENT else None
        return timedelta(seconds=min(max(seconds or 0.0, 0.0), KEEP.total_seconds()))

    async def _asked(self, site: str, named_by: str) -> Protego | Silent:
        lock = self._turns.setdefault(site, asyncio.Lock())
        try:
            async with lock:
                known = self._rules.get(site, now=self._clock.now())
                return known if known is not None else await self._fetched(site, named_by)
        finally:
            if not lock.locked():
                self._turns.pop(site, None)

    async def _fetched(self, site: str, named_by: str) -> Protego | Silent:
        answer = await rules_file(self._client, f"{site}/robots.txt", limit=LARGEST, named_by=named_by)
        text = _text(answer)
        now = self._clock.now()
        if text is None:
            self._rules.put(site, SILENT, now=now, keep=KEEP_FAULT)
            return SILENT
        ours = _ours(text)
        rules = await asyncio.to_thread(Protego.parse, ours) if len(ours) > _LARGE else Protego.parse(ours)
        self._rules.put(site, rules, now=now, keep=KEEP, weight=len(ours))
        return rules


def _text(answer: Response | None) -> str | None:
    """Return the rules that a site gives, None while it gives none."""
    if answer is None:
        return None
    if answer.status >= 300:
        return _NO_RULES
    return answer.body.decode("utf-8", "replace").removeprefix("\ufeff")


def _ours(text: str) -> str:
    """Return the lines that can concern us: other robots' groups become one, which nobody asks for.

    Rules times robots is what reading costs: a hostile file of 500 KiB made 200 million of them.
    """
    kept: list[str] = []
    foreign = False  # whether the last line kept names a robot that we are not
    mine = True  # whether the rules now read may be ours
    naming = False
    for line in text.splitlines():
        field, _, value = line.partition("#")[0].partition(":")
        if field.strip().lower().replace("-", "").replace(" ", "") == "useragent":
            named = value.strip().lower()
            ours = named == "*" or TOKEN in named
            mine = (mine and naming) or ours
            if ours or not foreign:
                kept.append(f"User-agent: {named if ours else 'another'}")
            foreign = not ours
            naming = True
        elif value.strip() and mine:
            kept.append(line)
            foreign = naming = False
        elif value.strip():
            naming = foreign = False
    return "\n".join(kept)
