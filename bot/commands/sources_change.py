"""`source`, the part that changes what is read: add, edit, pause, resume, remove."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.commands import values
from bot.commands.replies import Change, reply
from bot.commands.request import Question, Reply, Sheet
from bot.commands.sources import ADD, LIST, source_named
from bot.commands.trying import Tried, address, advice, is_inside, tried
from bot.errors import CommandError
from bot.messages import Text

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from watchers.errors import FeedError
    from watchers.store.rows import ChannelFeed
    from watchers.types import Feed

SOONEST: Final = timedelta(minutes=1)  # nobody asks a publisher more often
LATEST: Final = timedelta(days=7)
USUAL: Final = "15m"  # the configuration's poll.every unless it says otherwise


async def add(command: Command, desk: Desk) -> Change:
    """Read one more feed here; it is asked at the next round."""
    url = address(command.values[0], verb="add")
    known = next((feed for feed in await desk.store.feeds.all() if feed.url == url), None)
    every = _interval(command.options.get("every", USUAL))
    tags = values.tags(command.options.get("tag", "off"))
    trial = await _trial(url, desk) if known is None else Tried()
    usual_name = known.name if known else trial.outlet or url.split("/")[2]
    name = values.named(command.options.get("name", "") or usual_name[: values.LONGEST_NAME], example=ADD)
    paused = command.options.get("state") == "paused"
    async with desk.store.transaction() as rooms:
        feed = await rooms.feeds.add(
            url, name=name, lang=_language(command.options.get("lang", "")), every=every, origin="chat"
        )
        fresh = await rooms.channels.follow(desk.home, feed.number, name=name, tags=tags, origin="chat")
        if not fresh:
            raise await _known_here(desk, feed)
        if paused:
            await rooms.channels.pause_feed(desk.home, feed.number, paused=True)
        await rooms.feeds.hurry([feed.number])
    return Change(
        line=f"added s{feed.number} “{name}” to what is read here" + (", paused" if paused else ""),
        undo=f"source remove s{feed.number}",
        details=(
            *((_not_yet(trial.error),) if trial.error else ()),
            Text(text=_what_now(feed, every, said="every" in command.options), tone="small"),
        ),
    )


async def _trial(url: str, desk: Desk) -> Tried:
    """Ask an address that nobody reads yet. Raises CommandError if it will never bring anything."""
    answer = await tried(url, desk)
    if answer.error and (answer.hopeless or is_inside(url)):
        example = f"/watch source test {answer.offers[0]}" if answer.offers else LIST
        raise CommandError(f"{answer.fault} {answer.advice}", example=example)
    return answer


def _not_yet(error: FeedError) -> Text:
    words = f"It could not be read just now: {error} {advice(error)} It is asked again by itself."
    return Text(text=words, tone="warning")


def _what_now(feed: Feed, every: timedelta, *, said: bool) -> str:
    told = (
        "It is asked within a minute. Of what it holds now the newest few that fit are told, the rest is "
        f"stored quietly. How it went: /watch source show s{feed.number}"
    )
    if said and feed.every != every:
        return f"Other channels read it too, every {values.brief(feed.every)}, and so it stays. {told}"
    return told


async def _known_here(desk: Desk, feed: Feed) -> CommandError:
    links = {link.feed: link for link in await desk.store.channels.feeds(desk.home)}
    link = links[feed.number]
    if not link.active:
        return CommandError(
            f"{link.name} (s{feed.number}) is here already, and paused.",
            example=f"/watch source resume s{feed.number}",
        )
    return CommandError(
        f"{link.name} (s{feed.number}) is read here already.",
        example=f"/watch source show s{feed.number}",
    )


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
    name = values.named(given["name"], example=example) if "name" in given else link.name
    tags = values.tags(given["tag"]) if "tag" in given else link.tags
    every = _interval(given["every"]) if "every" in given else feed.every
    said, undo = [], []
    if name != link.name:
        said.append(f"is called “{name}”")
        undo.append(f"name:{values.quoted(link.name)}")
    if tags != link.tags:
        said.append(f"is tagged {', '.join(tags)}" if tags else "has no tags")
        undo.append(_tagged(link.tags))
    if every != feed.every:
        said.append(f"is asked every {values.brief(every)}, for all channels that read it")
        undo.append(f"every:{values.brief(feed.every)}")
    if not said:
        raise CommandError(f"s{link.feed} “{link.name}” is like that already.", example=example)
    async with desk.store.transaction() as rooms:
        await rooms.channels.relabel(desk.home, link.feed, name=name, tags=tags)
        if every != feed.every:
            await rooms.feeds.edit(link.feed, name=feed.name, every=every)
    return Change(
        line=f"changed s{link.feed} “{link.name}”: it {' and '.join(said)}",
        undo=f"source edit s{link.feed} {' '.join(undo)}",
    )


async def pause(command: Command, desk: Desk) -> Change:
    """Stop reading a source here."""
    link = await source_named(command, desk)
    if not link.active:
        raise CommandError(
            f"s{link.feed} “{link.name}” is paused already.", example=f"/watch source resume s{link.feed}"
        )
    await desk.store.channels.pause_feed(desk.home, link.feed, paused=True)
    return Change(line=f"paused s{link.feed} “{link.name}”", undo=f"source resume s{link.feed}")


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
    return Change(line=f"resumed s{link.feed} “{link.name}”", undo=f"source pause s{link.feed}")


async def remove(command: Command, desk: Desk) -> Change:
    """Take a source out of this channel; what it brought stays in the archive."""
    link = await source_named(command, desk)
    await desk.store.channels.unfollow(desk.home, link.feed)
    back = f"source add {link.url} name:{values.quoted(link.name)} {_tagged(link.tags)}"
    return Change(
        line=f"took out s{link.feed} “{link.name}”",
        undo=back if link.active else f"{back} state:paused",
        details=(Text(text="What it brought stays in the archive.", tone="small"),),
    )


def _sheet(link: ChannelFeed, feed: Feed) -> Reply:
    sheet = Sheet(
        title=f"Edit s{link.feed}",
        command=f"source edit s{link.feed}",
        questions=(
            Question(name="name", label="Name", value=link.name, hint="What to call it here"),
            Question(name="tag", label="Tags", value=", ".join(link.tags), hint="navy, press; off for none"),
            Question(name="every", label="Asked every", value=values.brief(feed.every), hint="15m or 2h"),
        ),
    )
    words = (
        f"s{link.feed} “{link.name}” is tagged {', '.join(link.tags) or 'nothing'} and asked every "
        f"{values.brief(feed.every)}. Change its name:, tag: or every:, such as "
        f'/watch source edit s{link.feed} name:"Harbour Gazette"'
    )
    return Reply(message=reply(f"Edit s{link.feed}", Text(text=words)), sheet=sheet)


def _tagged(tags: tuple[str, ...]) -> str:
    return f"tag:{values.quoted(','.join(tags))}" if tags else "tag:off"


def _interval(text: str) -> timedelta:
    example = "/watch source add https://example.org/feed.xml every:30m"
    return values.span(text, "every", low=SOONEST, high=LATEST, example=example)


def _language(text: str) -> str:
    code = text.strip().lower()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise CommandError("lang takes two letters, such as tr.", example=f"{ADD} lang:tr")
    return code
