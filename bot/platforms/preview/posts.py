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
    """A message that was posted, as it stands now.

    `key` is the outbox's: unique, and the same for every attempt. `parent` names the post that this one was
    sent to stand beneath, empty for none. `edited` is when it was last changed; one that is `gone` was taken
    back, and has no words any more.
    """

    at: datetime
    channel: str
    message: Message
    key: str
    parent: str = ""
    edited: datetime | None = None
    gone: bool = False

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
        """Return the newest posts, at most `limit`, oldest first; posts taken back keep their places."""
        ...

    def subscribe(self) -> AbstractAsyncContextManager[AsyncIterator[Posted]]:
        """Give every post made, edited or taken back from entering the context on.

        The iterator ends if its reader is too slow.
        """
        ...


def threads(posts: tuple[Posted, ...]) -> tuple[Thread, ...]:
    """Put posts beneath the one they name, and each story's updates beneath its newest alert in the channel.

    The first post of a thread keeps its place. A message's `thread` names the story, on the alert as on its
    updates. A post whose opener is not here stands on its own, and later ones beneath it.
    """
    order: list[Posted] = []
    replies: dict[str, list[Posted]] = {}
    opener: dict[tuple[str, str], str] = {}
    root: dict[str, str] = {}  # of every post, the one at the head of its thread
    for post in posts:
        place = (post.channel, post.message.thread)
        head = root.get(post.parent, "")
        if not head and post.message.kind == "update":
            head = opener.get(place, "")
        root[post.id] = head or post.id
        if head:
            replies[head].append(post)
            continue
        order.append(post)
        replies[post.id] = []
        if post.message.thread:
            opener[place] = post.id
    return tuple(Thread(post=post, replies=tuple(replies[post.id])) for post in order)
