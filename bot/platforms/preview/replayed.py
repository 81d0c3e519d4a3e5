"""Read the posts of earlier runs from the outbox, as they stand after every edit and deletion. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.messages import Message
from bot.messages_json import from_json
from bot.platforms.preview.posts import Posted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchers.store.rows import OutboxItem


def replayed(items: Iterable[OutboxItem]) -> list[Posted]:
    """Return the posts that delivered messages of one channel made, in their order."""
    posts: dict[int, Posted] = {}
    for item in items:
        at = item.delivered_at or item.created
        if item.op == "post":
            above = posts.get(item.parent or 0)
            posts[item.id] = Posted(
                at=at,
                channel=item.channel,
                message=from_json(item.payload),
                key=item.key,
                parent=above.id if above else "",
            )
        elif item.target in posts:
            was = posts[item.target]
            posts[item.target] = (
                replace(was, message=from_json(item.payload), edited=at)
                if item.op == "edit"
                else replace(was, message=_emptied(was.message), gone=True)
            )
    return list(posts.values())


def _emptied(message: Message) -> Message:
    return Message(kind=message.kind, notice="", blocks=(), thread=message.thread)
