"""Tell people, once per incident, what keeps the bot from telling them other things."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.messages import VERSION, Message, Text
from bot.messages_json import to_json
from bot.phrases import say
from bot.quiet import silent_until
from bot.wording import shorten
from watchers.store.rows import Letter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from watchers.store.rows import Channel
    from watchers.store.rows_feeds import Unwell
    from watchers.store.store import Rooms, Store

UNWELL_AFTER: Final = timedelta(days=1)  # most servers that fail are back within hours; a digest names them
SHOWN: Final = 5  # sources in one notice; a network that is down brings them all
_TOLD: Final = "notices.feeds."  # and a channel's id: which of its sources' failures it was told of


async def tell_closed(store: Store, channel_id: str, why: str, *, now: datetime) -> bool:
    """Tell another channel that one lets nothing in any more; False if there is nobody to tell.

    Once a day at most for each channel, however often the bot is let in and out.
    """
    channels = await store.channels.all()
    closed = next((one for one in channels if one.id == channel_id), None)
    told = _neighbour(channels, channel_id)
    if closed is None or told is None:
        return False
    day = now.astimezone(ZoneInfo(told.timezone)).date()
    texts = (
        say("closed", told.lang, channel=closed.name or closed.id, why=why),
        say("closed_how", told.lang),
    )
    letter = _letter(told, f"{told.id}/closed/{channel_id}/{day.isoformat()}", texts)
    return await store.outbox.enqueue(letter) is not None


def _neighbour(channels: tuple[Channel, ...], channel_id: str) -> Channel | None:
    """Return the channel that is told: one of the same platform, else any other that takes messages."""
    others = [one for one in channels if one.id != channel_id and one.active and not one.unreachable]
    platform = channel_id.partition(":")[0]
    return min(others, key=lambda one: (one.id.partition(":")[0] != platform, one.id), default=None)


async def tell_of_feeds(store: Store, *, now: datetime) -> int:
    """Tell each channel of its sources that have failed for a day or are gone; return how many notices.

    Each failure is told once, those that come together in one notice. Quiet hours are kept.
    """
    unwell = await store.feeds.unwell(since=now - UNWELL_AFTER)
    written = 0
    channels = {one.id: one for one in await store.channels.all() if one.active}
    for channel_id, group in groupby(unwell, key=lambda one: one.channel):
        if channel_id in channels:
            async with store.transaction() as rooms:
                written += await _tell_of(tuple(group), channels[channel_id], rooms, now)
    return written


async def _tell_of(unwell: tuple[Unwell, ...], channel: Channel, rooms: Rooms, now: datetime) -> int:
    incidents = {str(one.number): _incident(one) for one in unwell}
    told: dict[str, str] = json.loads(await rooms.kept.get(_TOLD + channel.id) or "{}")
    new = [one for one in unwell if told.get(str(one.number)) != incidents[str(one.number)]]
    if told != incidents:
        await rooms.kept.put(_TOLD + channel.id, json.dumps(incidents))
    if not new:
        return 0
    letter = _letter(channel, f"{channel.id}/feeds/{now.isoformat()}", _lines(new, channel.lang))
    until = silent_until(channel.quiet, ZoneInfo(channel.timezone), now=now)
    return int(await rooms.outbox.enqueue(replace(letter, not_before=until)) is not None)


def _incident(one: Unwell) -> str:
    return "gone" if one.gone or one.failing_since is None else one.failing_since.isoformat()


def _lines(new: list[Unwell], lang: str) -> Iterable[str]:
    if len(new) > 1:
        yield say("feeds_unwell", lang, count=len(new))
    for one in new[:SHOWN]:
        if one.gone:
            yield say("feed_gone", lang, name=one.name)
        else:
            yield say("feed_unwell", lang, name=one.name, why=shorten(one.last_error))
    if len(new) > SHOWN:
        yield say("more", lang, count=len(new) - SHOWN)
    yield say("feeds_how", lang)


def _letter(channel: Channel, key: str, texts: Iterable[str]) -> Letter:
    """Return a notice of lines, the first of which says what has happened and the last what to do."""
    first, *others = texts
    message = Message(
        kind="notice",
        notice=first,
        blocks=(Text(text=first, tone="warning"), *(Text(text=line, tone="small") for line in others)),
        lang=channel.lang,
    )
    payload = to_json(message)
    return Letter(channel=channel.id, key=key, kind=message.kind, payload=payload, version=VERSION)
