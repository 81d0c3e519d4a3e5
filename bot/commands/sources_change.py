"""`source`, the part that changes what is read already: edit, pause, resume, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.commands import reach, values
from bot.commands.replies import EVERY, Change, reply
from bot.commands.request import Question, Reply, Sheet
from bot.commands.sources import LIST, source_named
from bot.commands.sources_every import interval, interval_of
from bot.commands.sources_wanted import tagging
from bot.errors import CommandError
from bot.messages import Text

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.commands.sources_every import Interval
    from watchers.store.rows import ChannelFeed
    from watchers.types import Feed


class _Set(NamedTuple):
    """What can be set of a source."""

    name: str
    tags: tuple[str, ...]
    every: Interval


async def edit(command: Command, desk: Desk) -> Change | Reply:
    """Change a source's name and tags here, and how often it is asked; without any, open a form."""
    link = await source_named(command, desk)
    feed = await desk.store.feeds.get(link.feed)
    if feed is None:
        raise CommandError(f"s{link.feed} is not here any more.", example=LIST)
    given = command.options
    if not given.keys() & {"name", "tag", "every"}:
        return _sheet(link, feed)
    example = f'/watch source edit s{link.feed} name:"Harbour Gazette"'
    old = _Set(name=link.name, tags=link.tags, every=interval_of(feed))
    new = _Set(
        name=values.named(given["name"], example=example) if "name" in given else old.name,
        tags=values.tags(given["tag"]) if "tag" in given else old.tags,
        every=interval(given["every"]) if "every" in given else old.every,
    )
    ref, every = f"s{link.feed}", new.every
    if new == old:
        raise CommandError(f"{ref} “{link.name}” is like that already.", example=example)
    if every != old.every:
        await _refuse_beyond(link, desk)
    async with desk.store.transaction() as rooms:
        await rooms.channels.relabel(desk.home, link.feed, name=new.name, tags=new.tags)
        if every != old.every:
            await rooms.feeds.edit(link.feed, name=feed.name, every=every.every, fixed=every.fixed)
    said, undo, about = _differences(old, new)
    return Change(
        line=f"changed {ref} “{link.name}”: it {' and '.join(said)}",
        undo=f"source edit {ref} {' '.join(undo)}",
        about=tuple(f"{ref}{part}" for part in about),
    )


def _differences(old: _Set, new: _Set) -> tuple[list[str], list[str], list[str]]:
    """Return what is different in words, the options that bring the old values back, and each one's part."""
    said, undo, about = [], [], []
    if new.name != old.name:
        said.append(f"is called “{new.name}”")
        undo.append(f"name:{values.quoted(old.name)}")
        about.append(".name")
    if new.tags != old.tags:
        said.append(f"is tagged {', '.join(new.tags)}" if new.tags else "has no tags")
        undo.append(tagging(old.tags))
        about.append(".tags")
    if new.every != old.every:
        said.append(f"is asked {new.every.said}, for all channels that read it")
        undo.append(f"every:{old.every.typed}")
        about.append(EVERY)
    return said, undo, about


async def _refuse_beyond(link: ChannelFeed, desk: Desk) -> None:
    """Raise CommandError where a source is read in channels that the asker does not manage."""
    if others := await reach.beyond({link.feed}, desk):
        raise CommandError(
            f"How often s{link.feed} “{link.name}” is asked would change in {reach.said(others)}",
            example=f"/watch source show s{link.feed}",
        )


async def pause(command: Command, desk: Desk) -> Change:
    """Stop reading a source here."""
    link = await source_named(command, desk)
    if not link.active:
        raise CommandError(
            f"s{link.feed} “{link.name}” is paused already.", example=f"/watch source resume s{link.feed}"
        )
    await desk.store.channels.pause_feed(desk.home, link.feed, paused=True)
    ref = f"s{link.feed}"
    return Change(line=f"paused {ref} “{link.name}”", undo=f"source resume {ref}", about=(f"{ref}.state",))


async def resume(command: Command, desk: Desk) -> Change:
    """Read a paused source again."""
    link = await source_named(command, desk)
    if link.active:
        raise CommandError(
            f"s{link.feed} “{link.name}” is not paused.", example=f"/watch source show s{link.feed}"
        )
    async with desk.store.transaction() as rooms:
        await rooms.channels.pause_feed(desk.home, link.feed, paused=False)
        await rooms.feeds.hurry([link.feed])
    ref = f"s{link.feed}"
    return Change(line=f"resumed {ref} “{link.name}”", undo=f"source pause {ref}", about=(f"{ref}.state",))


async def remove(command: Command, desk: Desk) -> Change:
    """Take a source out of this channel; what it brought stays in the archive."""
    link = await source_named(command, desk)
    await desk.store.channels.unfollow(desk.home, link.feed)
    feed = await desk.store.feeds.get(link.feed)
    back = f"source add {link.url} name:{values.quoted(link.name)} {tagging(link.tags)}"
    if feed is not None and feed.kind == "search":
        back += " confirm:yes"  # its terms were shown when it was added
    return Change(
        line=f"took out s{link.feed} “{link.name}”",
        undo=back if link.active else f"{back} state:paused",
        details=(Text(text="What it brought stays in the archive.", tone="small"),),
        about=(f"s{link.feed}",),
    )


def _sheet(link: ChannelFeed, feed: Feed) -> Reply:
    sheet = Sheet(
        title=f"Edit s{link.feed}",
        command=f"source edit s{link.feed}",
        questions=(
            Question(name="name", label="Name", value=link.name, stands=True, hint="What to call it here"),
            Question(
                name="tag",
                label="Tags",
                value=", ".join(link.tags),
                stands=True,
                hint="navy, press; off for none",
            ),
            Question(
                name="every",
                label="Asked every",
                value=interval_of(feed).typed.strip('"'),
                stands=True,
                hint="15m or 2h; auto follows how often it publishes",
            ),
        ),
    )
    words = (
        f"s{link.feed} “{link.name}” is tagged {', '.join(link.tags) or 'nothing'} and asked "
        f"{interval_of(feed).said}. Change its name:, tag: or every:, such as "
        f'/watch source edit s{link.feed} name:"Harbour Gazette"'
    )
    return Reply(message=reply(f"Edit s{link.feed}", Text(text=words)), sheet=sheet)
