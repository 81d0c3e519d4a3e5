"""Tell each channel of sources that break, fall silent or come back: once an incident, all in one notice."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal
from zoneinfo import ZoneInfo

from bot.announcing.notices import letter
from bot.announcing.quiet import silent_until
from bot.wording.phrases import say
from bot.wording.values import moment, shorten
from watchers.feeds.health import QUIET_AFTER, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from watchers.store.rows import Channel, ChannelFeed, FeedHealth
    from watchers.store.store import Rooms, Store

UNWELL_AFTER: Final = timedelta(days=1)  # most servers that fail are back within hours; a digest names them
SHOWN: Final = 5  # sources in one notice; a network that is down brings them all
_TOLD: Final = "notices.feeds."  # and a channel's id: which of its sources' incidents it was told of
_GONE: Final = "gone"

What = Literal["gone", "unwell", "quiet", "well", "loud"]
_PHRASES: Final[Mapping[What, str]] = {
    "gone": "feed_gone",
    "unwell": "feed_unwell",
    "quiet": "feed_quiet",
    "well": "feed_well",
    "loud": "feed_loud",
}
_BROKEN: Final = frozenset({"gone", "unwell"})
_BACK: Final = frozenset({"well", "loud"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The incidents of one source that a channel was told of and that are not over; empty: none.

    `broken` is when it began to fail, or "gone"; `silent` when it last brought something new.
    """

    broken: str = ""
    silent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new about one source."""

    what: What
    name: str
    health: FeedHealth


async def tell_of_feeds(store: Store, *, now: datetime) -> int:
    """Tell each channel how its sources are doing if that changed; return how many notices were written.

    A source is told of that has failed for a day, is gone, has been silent for far longer than usual, or is
    back after it was told of. Quiet hours are kept.
    """
    every = [link for link in await store.channels.feeds() if link.active]
    health = {one.number: one for one in await store.feeds.health()}
    written = 0
    for channel in await store.channels.all():
        if channel.active:
            links = [link for link in every if link.channel == (channel.bound_to or channel.id)]
            async with store.transaction() as rooms:
                written += await _tell(channel, links, health, rooms, now)
    return written


async def _tell(
    channel: Channel, links: list[ChannelFeed], health: Mapping[int, FeedHealth], rooms: Rooms, now: datetime
) -> int:
    before = _load(await rooms.kept.get(_TOLD + channel.id) or "{}")
    after: dict[int, Told] = {}
    news: list[News] = []
    for link in links:
        told = before.get(link.feed, Told())
        after[link.feed], what = judged(told, health[link.feed], now=now)
        if what is not None:
            news.append(News(what=what, name=link.name, health=health[link.feed]))
    after = {number: told for number, told in after.items() if told != Told()}
    if after != before:
        await rooms.kept.put(
            _TOLD + channel.id, json.dumps({number: asdict(told) for number, told in after.items()})
        )
    if not news:
        return 0
    calm = all(one.what in _BACK for one in news)
    written = letter(
        channel,
        f"{channel.id}/feeds/{now.isoformat()}",
        _lines(news, channel),
        tone="normal" if calm else "warning",
    )
    until = silent_until(channel.quiet, ZoneInfo(channel.timezone), now=now)
    return int(await rooms.outbox.enqueue(replace(written, not_before=until)) is not None)


def judged(told: Told, health: FeedHealth, *, now: datetime) -> tuple[Told, What | None]:
    """Return what a channel knows of a source once it is told what is new, and that, None if nothing is."""
    if health.gone:
        return replace(told, broken=_GONE), None if told.broken == _GONE else "gone"
    if health.failing_since is not None:
        began = health.failing_since.isoformat()
        if told.broken in {_GONE, began} or now - health.failing_since < UNWELL_AFTER:
            return told, None
        return replace(told, broken=began), "unwell"
    return _judged_well(told, health)


def _judged_well(told: Told, health: FeedHealth) -> tuple[Told, What | None]:
    """Judge a source that answers, as it was when it last did: while we were off, nothing could come."""
    if health.ok_at is None:  # nothing is known of it yet
        return told, None
    if told.broken:
        return replace(told, broken=""), "well"
    if state_of(health, now=health.ok_at) != "quiet" or health.new_at is None:
        return Told(), "loud" if told.silent else None
    last = health.new_at.isoformat()
    if told.silent == last or (health.well_at and health.ok_at - health.well_at < QUIET_AFTER):
        return told, None  # what was out of order yesterday is given time to bring something
    return replace(told, silent=last), "quiet"


def _load(text: str) -> dict[int, Told]:
    """Return what was told of each source; earlier releases knew of failures alone."""
    kept: dict[str, dict[str, str] | str] = json.loads(text)
    return {
        int(number): Told(broken=told) if isinstance(told, str) else Told(**told)
        for number, told in kept.items()
    }


def _lines(news: list[News], channel: Channel) -> Iterator[str]:
    lang = channel.lang
    kinds = {one.what for one in news}
    broken, back = kinds <= _BROKEN, kinds <= _BACK
    if len(news) > 1:
        head = "unwell" if broken else "back" if back else "quiet" if kinds == {"quiet"} else "changed"
        yield say(f"feeds_{head}", lang, count=len(news))
    for one in news[:SHOWN]:
        yield _line(one, channel)
    if len(news) > SHOWN:
        yield say("more", lang, count=len(news) - SHOWN)
    if kinds & _BROKEN:
        yield say("feeds_how", lang)
    elif "quiet" in kinds:
        yield say("feeds_quiet_how", lang)


def _line(one: News, channel: Channel) -> str:
    since = one.health.new_at
    return say(
        _PHRASES[one.what],
        channel.lang,
        name=one.name,
        why=shorten(one.health.last_error),
        since=moment(since, ZoneInfo(channel.timezone), channel.lang) if since else "",
    )
