"""`source list`: what a channel reads and how each source is doing, all of it or by tag and state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands import pages, values
from bot.commands.parse import shown
from bot.commands.replies import reply
from bot.errors import CommandError
from bot.messages import Heading, Text
from bot.wording.counting import counted
from watchers.feeds.health import state_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.store.rows import ChannelFeed, FeedHealth

LIST: Final = "/watch source list"
ADD: Final = "/watch source add https://example.org/feed.xml every:15m"
# States as they are typed behind state:, and what the list says of each.
STATES: Final = {
    "fresh": "fresh",
    "quiet": "quiet: silent for three times its usual gap",
    "unchanged": "unchanged for longer than usual",
    "failing": "failing",
    "gone": "gone for good",
    "not a feed": "not a feed any more",
    "new": "not asked yet; it will be within a minute",
    "paused": "paused",
}


async def answer(command: Command, desk: Desk) -> Message:
    """List the sources read here, or those with a tag or in a state."""
    links = await desk.store.channels.feeds(desk.home)
    if not links:
        return reply(
            "This channel reads no source",
            Text(
                text=f"This channel reads no source yet. Add one: {ADD}\n"
                "Or take over all that the bot knows: /watch setup sources:all"
            ),
        )
    some = tagged(command, links)
    health = {one.number: one for one in await desk.store.feeds.health(channel_id=desk.home)}
    now = desk.clock.now()
    states = {link.feed: standing(link, health[link.feed], now=now) for link in some}
    wanted = command.options.get("state", "")
    some = [link for link in some if wanted in {"", states[link.feed]}]
    rows = [
        (f"s{link.feed}", link.name, said(link, states[link.feed]), ", ".join(link.tags), link.url)
        for link in some
    ]
    tag = command.options.get("tag", "").strip()
    if not rows:
        return _none(wanted, tag, states.values())
    again = "source list" + (f" tag:{values.quoted(tag)}" if tag else "")
    again += f" state:{values.quoted(wanted) if ' ' in wanted else wanted}" if wanted else ""
    return reply(
        f"{counted(len(rows), 'source')}",
        Heading(text="Sources" + (f" tagged {tag}" if tag else "") + (f", {wanted}" if wanted else "")),
        *pages.table(
            command, ("Id", "Name", "State", "Tags", "Address"), rows, again=again, example=f"{LIST} page:2"
        ),
    )


def _none(wanted: str, tag: str, states: Iterable[str]) -> Message:
    counts = {state: list(states).count(state) for state in sorted(set(states))}
    others = ", ".join(f"{count} {state}" for state, count in counts.items())
    where = f" tagged {tag}" if tag else ""
    return reply(
        f"No source is {wanted}", Text(text=f"No source here{where} is {wanted}; there are {others}.")
    )


def tagged(command: Command, links: Iterable[ChannelFeed]) -> list[ChannelFeed]:
    """Return the sources with the tag that was asked for, if any was. Raises CommandError if none has it."""
    tag = command.options.get("tag", "").strip()
    every = list(links)
    some = [link for link in every if not tag or tag.lower() in {t.lower() for t in link.tags}]
    if some:
        return some
    known = sorted({t for link in every for t in link.tags})
    near = values.nearest(tag, known)
    raise CommandError(
        f'No source here has the tag "{shown(tag)}"'
        + (f"; there are {', '.join(known[:12])}." if known else "; none has any tag."),
        nearest=f"tag:{near}" if near else "",
        example=f"/watch source {command.verb} tag:{near or known[0]}" if known else LIST,
        typed=tag,
    )


def standing(link: ChannelFeed, health: FeedHealth, *, now: datetime) -> str:
    """Return the state of a source in a channel, one of STATES, as it was when it last answered."""
    return "paused" if not link.active else state_of(health, now=health.ok_at or now)


def said(link: ChannelFeed, state: str) -> str:
    """Return a state in the words of a list."""
    return "no longer in the configuration file" if link.taken_out else STATES[state]
