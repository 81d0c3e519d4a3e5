"""What the preview shows: posts in the order they were made, and the port where the page gets them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from bot.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A message that was posted. `key` is the outbox's: unique, and the same for every attempt."""

    at: datetime
    channel: str
    message: Message
    key: str

    @property
    def id(self) -> str:
        """Return a name for the post that fits an HTML id, whatever its key is made of."""
        return "p-" + hashlib.sha256(self.key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A post of its own and the posts that answer it, oldest first."""

    post: Posted
    replies: tuple[Posted, ...] = ()


class PageFeed(Protocol):
    """Where the page reads posts."""

    async def history(self, limit: int) -> tuple[Posted, ...]:
        """Return the newest posts, at most `limit`, oldest first."""
        ...

    def subscribe(self) -> AbstractAsyncContextManager[AsyncIterator[Posted]]:
        """Give every post made from entering the context on; the iterator ends if its reader is too slow."""
        ...


def threads(posts: tuple[Posted, ...]) -> tuple[Thread, ...]:
    """Put each story's updates beneath its newest alert in the same channel, which keeps its place.

    A message's `thread` names the story, on the alert as on its updates. An update without an alert here
    stands on its own, and later ones beneath it.
    """
    order: list[Posted] = []
    replies: dict[str, list[Posted]] = {}
    opener: dict[tuple[str, str], str] = {}
    for post in posts:
        place = (post.channel, post.message.thread)
        if post.message.kind == "update" and place in opener:
            replies[opener[place]].append(post)
            continue
        order.append(post)
        replies[post.id] = []
        if post.message.thread:
            opener[place] = post.id
    return tuple(Thread(post=post, replies=tuple(replies[post.id])) for post in order)
