"""A message as the outbox takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import VERSION
from bot.messages_json import to_json
from watchers.store.rows import Letter

if TYPE_CHECKING:
    from bot.messages import Message


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
