"""Tell people, once per incident, what keeps the bot from telling them other things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from bot import letters
from bot.messages import Message, Text
from bot.wording.phrases import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from watchers.store.rows import Channel, Letter
    from watchers.store.store import Rooms


async def tell_closed(store: Rooms, channel_id: str, why: str, *, now: datetime) -> bool:
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
    notice = letter(told, f"{told.id}/closed/{channel_id}/{day.isoformat()}", texts)
    return await store.outbox.enqueue(notice) is not None


def _neighbour(channels: tuple[Channel, ...], channel_id: str) -> Channel | None:
    """Return the channel that is told: one that shares its watches, else of its platform, else any other.

    One that people outside the team can read is told only of another such.
    """
    closed = next((one for one in channels if one.id == channel_id), None)
    others = [
        one
        for one in channels
        if one.id != channel_id
        and one.active
        and not one.unreachable
        and (not one.public or (closed is not None and closed.public))
    ]
    home = closed.bound_to or closed.id if closed else channel_id
    platform = channel_id.partition(":")[0]
    return min(
        others,
        key=lambda one: ((one.bound_to or one.id) != home, one.id.partition(":")[0] != platform, one.id),
        default=None,
    )


def letter(
    channel: Channel, key: str, texts: Iterable[str], *, tone: Literal["normal", "warning"] = "warning"
) -> Letter:
    """Return a notice of lines, the first of which says what has happened and the last what to do."""
    first, *others = texts
    message = Message(
        kind="notice",
        notice=first,
        blocks=(Text(text=first, tone=tone), *(Text(text=line, tone="small") for line in others)),
        lang=channel.lang,
    )
    return letters.letter(channel.id, key, message)
