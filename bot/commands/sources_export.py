"""`source export`: the feeds of a channel as OPML, which every feed reader takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.replies import reply
from bot.commands.request import File, Reply
from bot.commands.sources_listed import tagged
from bot.errors import CommandError
from bot.messages import Text
from watchers.feeds.opml import Outline, write_opml

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command


async def answer(command: Command, desk: Desk) -> Reply:
    """Hand over a file of this channel's feeds, or those with a tag, to the asker alone."""
    links = await desk.store.channels.feeds(desk.home)
    if not links:
        raise CommandError(
            "This channel reads no source yet.",
            example="/watch source add https://example.org/feed.xml",
        )
    some = tagged(command, links)
    kinds = {feed.number: feed.kind for feed in await desk.store.feeds.all()}
    feeds = [link for link in some if kinds[link.feed] in {"feed", "search"}]
    if not feeds:
        raise CommandError(
            "None of these sources is a feed: pages and sitemaps have no place in an OPML file.",
            example="/watch source list",
        )
    channel = await desk.store.channels.get(desk.home)
    now = desk.clock.now()
    body = write_opml(
        (Outline(url=link.url, name=link.name, tags=link.tags) for link in feeds),
        title=channel.name if channel and channel.name else "Vedette",
        at=now,
    )
    name = f"vedette-sources-{now:%Y%m%d-%H%M}.opml"
    left = len(some) - len(feeds)
    text = f"{name}: {len(feeds)} feed{'' if len(feeds) == 1 else 's'}, tags as folders." + (
        f" Left out: {left} without a feed, which no other reader could take." if left else ""
    )
    return Reply(message=reply(text, Text(text=text)), file=File(name=name, body=body.encode()))
