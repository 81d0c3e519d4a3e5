"""What the page's own channels were told before this process began."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.platforms.preview.replayed import replayed

if TYPE_CHECKING:
    from bot.platforms.preview.posts import Posted
    from watchers.store.store import Store

HISTORY: Final = 200  # posts of earlier runs that the page shows


async def history(store: Store) -> list[Posted]:
    """Return what the page's own channels were told before, as it stands now."""
    posts: list[Posted] = []
    for channel in await store.channels.all():
        if channel.id.startswith("preview:"):
            posts += replayed(await store.outbox.delivered_to(channel.id, limit=HISTORY))
    return sorted(posts, key=lambda post: post.at)
