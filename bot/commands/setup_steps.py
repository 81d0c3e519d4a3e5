"""The steps of setting a channel up: what there is, sources to follow, keywords to mark, the digest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.commands import schedules
from bot.commands.expressions import keywords_of, names, split
from bot.commands.replies import OWN, numbers_of
from bot.messages import Actions, Button, Text
from bot.settings.seeding import KEYWORDS
from watchers.matching.keywords import expression_of
from watchers.types import Watch

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from watchers.matching.known import Known
    from watchers.store.rows import Channel, ListedWatch, Subscription
    from watchers.store.store import Rooms

EVERY: Final = (-1,)  # instead of numbers of sources: all that the bot reads anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What setting up deals with, as it stands; `channel` None: not in use yet."""

    channel: Channel | None
    keywords: ListedWatch | None
    digest: Subscription | None
    sources: int
    others: int  # sources that the bot reads for other channels only
    tags: dict[str, tuple[int, ...]]  # sources that the bot reads anywhere, by tag
    known: Known  # whom keywords may name

    @property
    def at(self) -> str:
        """Return the digest's time of day, empty without one."""
        return self.digest.at if self.digest and self.digest.active else ""

    @property
    def words(self) -> str:
        """Return the keywords with commas between."""
        return keywords_of(self.keywords.watch.expression, self.known) if self.keywords else ""

    @property
    def retypable(self) -> bool:
        """Tell whether the keywords, if there are any, can be typed again and be just as they are."""
        if self.keywords is None:
            return True
        watch = self.keywords.watch
        plain = Watch(
            number=watch.number, channel=watch.channel, name=watch.name, expression=watch.expression
        )
        same = expression_of(split(self.words), self.known) == watch.expression
        return self.keywords.active and watch == plain and same and bool(self.words)


async def stands(rooms: Rooms, desk: Desk) -> State:
    """Return how a channel is set up now."""
    links = await rooms.channels.feeds()
    tags: dict[str, list[int]] = {}
    for link in links:
        if not link.taken_out:
            for tag in link.tags:
                tags.setdefault(tag, []).append(link.feed)
    watches = await rooms.watches.listed(desk.home)
    digests = await rooms.subscriptions.listed(desk.channel)
    named = [one for one in digests if one.name == schedules.NAME]
    return State(
        channel=await rooms.channels.get(desk.channel),
        keywords=next((one for one in watches if one.watch.name == KEYWORDS), None),
        digest=next(iter(named or [one for one in digests if one.active]), None),
        sources=sum(link.channel == desk.home and link.active for link in links),
        others=len(
            {link.feed for link in links if not link.taken_out}
            - {link.feed for link in links if link.channel == desk.home}
        ),
        tags={tag: tuple(dict.fromkeys(numbers)) for tag, numbers in sorted(tags.items())},
        known=await names(desk),
    )


async def follow(wanted: tuple[int, ...], rooms: Rooms, desk: Desk) -> list[int]:
    """Read sources here and return the new ones; EVERY stands for all that the bot reads anywhere.

    News searches are left out: whoever adds one is shown its terms first.
    """
    links = [link for link in await rooms.channels.feeds() if not link.taken_out]
    searches = {feed.number for feed in await rooms.feeds.all() if feed.kind == "search"}
    numbers = dict.fromkeys(link.feed for link in links) if wanted == EVERY else dict.fromkeys(wanted)
    fresh = []
    for number in (one for one in numbers if one not in searches):
        tags = tuple(dict.fromkeys(tag for link in links if link.feed == number for tag in link.tags))
        if await rooms.channels.follow(desk.home, number, tags=tags, origin="chat"):
            fresh.append(number)
    if fresh:
        await rooms.feeds.hurry(fresh)
    return fresh


async def mark(expression: str, state: State, rooms: Rooms, desk: Desk) -> bool:
    """Make the keywords these; False if they are already. Undo brings them back under the number they had."""
    old = state.keywords
    if not expression:
        return old is not None and await rooms.watches.remove(desk.home, old.watch.number)
    if old is None:
        watch = Watch(number=0, channel=desk.home, name=KEYWORDS, expression=expression)
        own = numbers_of(desk.undoing, "r") if desk.undoing else ()
        if not own or not await rooms.watches.restore(replace(watch, number=own[0])):
            await rooms.watches.add(watch, origin="chat")
        return True
    if old.watch.expression == expression and old.active:
        return False
    await rooms.watches.edit(replace(old.watch, expression=expression))
    return await rooms.watches.pause(desk.home, old.watch.number, paused=False)


async def set_digest(at: str, zone: str, old: Subscription | None, rooms: Rooms, desk: Desk) -> str | None:
    """Set the digest, or end it for an empty time, and return what is said of it; None if nothing changes."""
    if not at:
        if old is None or not old.active:
            return None
        await rooms.subscriptions.pause(desk.channel, old.number, paused=True)
        return "no digest"
    if old is not None and old.active and (old.at, old.timezone) == (at, zone):
        return None
    if old is None:
        one = await rooms.subscriptions.add(
            desk.channel, name=schedules.NAME, at=at, days="daily", timezone=zone, origin="chat"
        )
    else:
        one = replace(old, at=at, timezone=zone)
        await rooms.subscriptions.edit(
            desk.channel, old.number, at=at, days=old.days, timezone=zone, empty=old.empty
        )
        if not old.active:
            await rooms.subscriptions.pause(desk.channel, old.number, paused=False)
    runs = await schedules.upcoming(rooms, one, now=desk.clock.now(), count=1)
    await rooms.subscriptions.schedule(one.number, next_run_at=runs[0])
    return f"a digest {one.days} at {at} {zone}"


def things(before: State, after: State, *, keywords: bool, digest: bool) -> list[str]:
    """Return what was changed of the keywords and the digest, as it is named in the list of changes."""
    old, new = before.keywords, after.keywords
    marked = [f"r{old.watch.number}" + (".expression" if new else "")] if old else []
    marked += [f"r{new.watch.number}"] if new and not old else []
    one = after.digest or before.digest
    return (marked if keywords else []) + ([f"{OWN}d{one.number}"] if digest and one else [])


async def details(state: State, rooms: Rooms, desk: Desk) -> tuple[Text | Actions, ...]:
    """Return when the next digest comes and what to try first."""
    lines = []
    if state.digest and state.digest.active:
        runs = await schedules.upcoming(rooms, state.digest, now=desk.clock.now(), count=1)
        lines.append(f"Next digest: {schedules.said(runs, state.digest.timezone)}.")
    rules = [one for one in await rooms.watches.listed(desk.home) if one.active and one.watch.kind == "rule"]
    if not rules:
        lines.append('Next, to be alerted by words: /watch rule add "frigate AND contract"')
    if not state.sources:
        lines.append(
            "No source is read here yet. Look at a feed: /watch source test https://example.org/feed.xml"
        )
        lines.append("Then read it: /watch source add https://example.org/feed.xml")
    if not state.sources and state.others:
        lines.append("Or read all that the bot knows: /watch setup sources:all")
    buttons = (
        Button(label="Preview the digest", command="digest preview", style="primary"),
        Button(label="Sources", command="source list"),
        Button(label="Help", command="help"),
    )
    return *(Text(text=line) for line in lines), Actions(buttons=buttons)
