"""Give the page its posts under the channels' names, as people call them, not under their ids."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from bot.platforms.preview.posts import PageFeed, Posted


class Named:
    """A page feed over another one. `names` gives channels' present names by id; others keep it."""

    def __init__(self, feed: PageFeed, names: Callable[[], Awaitable[Mapping[str, str]]]) -> None:
        self._feed = feed
        self._names = names

    async def history(self, limit: int) -> tuple[Posted, ...]:
        """Return the newest posts, at most `limit`, oldest first; posts taken back keep their places."""
        names = await self._names()
        return tuple(_named(post, names) for post in await self._feed.history(limit))

    @asynccontextmanager
    async def subscribe(self) -> AsyncIterator[AsyncIterator[Posted]]:
        """Give every post made, edited or taken back from entering the context on."""
        async with self._feed.subscribe() as posts:
            yield self._renamed(posts)

    async def _renamed(self, posts: AsyncIterator[Posted]) -> AsyncIterator[Posted]:
        async for post in posts:
            yield _named(post, await self._names())


def _named(post: Posted, names: Mapping[str, str]) -> Posted:
    return replace(post, channel=names.get(post.channel, post.channel))
