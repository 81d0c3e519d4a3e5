"""Which watches an article was never held against as they are now: those added or changed after it came."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from bot.commands.expressions import names
from watchers.matching.match import compile_watches, match
from watchers.relevance.decide import likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.announcing.alerts import Audience
    from bot.commands.desk import Desk
    from watchers.matching.known import Known
    from watchers.store.rows_chat import Audit
    from watchers.types import Report, Watch

Turned = Literal["added", "changed"]

LOOKED: Final = 500  # changes of a channel that are looked through, the newest
_WATCH: Final = re.compile(r"r(\d+)(\.[a-z]+)?")  # as a change names what it was about; all of it, or a part


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A watch that an article was not held against. `at` is when it became what it is, None if not known."""

    watch: Watch
    how: Turned
    at: datetime | None
    meets: bool  # the article, as it is kept, meets its expression


async def later_than(report: Report, audience: Audience, desk: Desk) -> tuple[Later, ...]:
    """Return the watches in use that did not count for an article as they are now.

    Those are the ones added after it came, and the rules that it meets and that are not among its matches.
    When they became what they are is looked up among the channel's changes.
    """
    counted = {match.watch for match in report.matches}
    measured = likeness(report)
    others = [
        watch
        for watch in audience.watches
        if watch.number not in (measured if watch.kind == "like" else counted)
    ]
    if not others:
        return ()
    listed = await desk.store.audits.listed(audience.channel, limit=LOOKED, home=audience.home)
    turned = turns(change for change in listed if change.at > report.entry.seen)
    met = await asyncio.to_thread(_meeting, report, others, await names(desk))
    found = []
    for watch in others:
        unknown: tuple[Turned, None] = ("changed", None)
        how, at = turned.get(watch.number, unknown)
        meets = watch.number in met
        if how == "added" or (meets and watch.kind != "like") or (watch.kind == "like" and at is not None):
            found.append(Later(watch=watch, how=how, at=at, meets=meets))
    return tuple(found)


def turns(changes: Iterable[Audit]) -> Mapping[int, tuple[Turned, datetime]]:
    """Return how and when each watch in use was last added or changed by these changes, by its number.

    The last that was about all of one added it, or brought it back: it is in use.
    """
    found: dict[int, tuple[Turned, datetime]] = {}
    for change in sorted(changes, key=lambda change: change.number):
        for watch in filter(None, map(_WATCH.fullmatch, change.about)):
            number = int(watch[1])
            if watch[2] is None:
                found[number] = ("added", change.at)
            elif number not in found or found[number][0] == "changed":
                found[number] = ("changed", change.at)
    return found


def _meeting(report: Report, watches: Sequence[Watch], known: Known) -> frozenset[int]:
    """Return the numbers of the watches whose expression an article meets."""
    watchlist = compile_watches(watches, known, unreadable=lambda _watch, _error: None)
    return frozenset(one.watch for one in match(report.entry, watchlist, report.facts))
