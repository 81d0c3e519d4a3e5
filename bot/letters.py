"""A message as the outbox takes it, whole or in parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.messages import VERSION
from bot.messages_json import to_json
from watchers.store.rows import Letter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.messages import Message
    from watchers.store.store import Rooms


def letter(channel: str, key: str, message: Message, *, story: int | None = None) -> Letter:
    """Return a post for a channel; `key` is the same however often it is written."""
    return Letter(
        channel=channel,
        key=key,
        kind=message.kind,
        payload=to_json(message),
        version=VERSION,
        story=story,
    )


async def post_parts(rooms: Rooms, channel: str, key: str, parts: Iterable[Message]) -> int | None:
    """Write a message's parts to the outbox, the others beneath the first; return the last one's number.

    None if there are none, or if they were written with this key before.
    """
    first: int | None = None
    last: int | None = None
    for place, part in enumerate(parts, 1):
        one = letter(channel, key if place == 1 else f"{key}/{place}", part)
        last = await rooms.outbox.enqueue(replace(one, parent=first))
        first = first or last
        if first is None:
            return None  # what stands there under this key is another message, perhaps with fewer parts
    return last
