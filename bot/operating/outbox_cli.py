"""`vedette outbox`: what waits, what was given up, and what whoever runs the bot decides about it."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.config import load
from bot.database import where
from bot.errors import CommandError, MessageError
from bot.messages_json import from_json
from bot.operating.console import OPERATOR
from bot.platforms.inert import one_line
from bot.platforms.preview.render_text import render_text
from bot.wording.values import shorten
from watchers.clock import SystemClock
from watchers.store.outbox import DROPPED, FOLDED, RETRACTED
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping
    from datetime import datetime, timedelta
    from pathlib import Path

    from watchers.store.queue import Waiting
    from watchers.store.rows import OutboxItem
    from watchers.store.store import Store

Lines: TypeAlias = "AsyncIterator[str]"
Doing: TypeAlias = "Callable[[Store, str, datetime], Lines]"

LISTED: Final = 50  # messages given up that are listed; the rest is counted
FIRST_WORDS: Final = 70  # characters of a message that say which it is
HISTORY: Final = 1_000  # changes in a channel that are looked through for those of a message
WIDTH: Final = 100  # columns
_PAST: Final = {
    DROPPED: "dropped by hand",
    FOLDED: "told in a summary of what had piled up, instead of by itself",
    RETRACTED: "not sent: its story was taken back",
}


class Action(StrEnum):
    """What can be done with the outbox."""

    LIST = "list"
    SHOW = "show"
    REPLAY = "replay"
    DROP = "drop"
    REOPEN = "reopen"


def outbox_here(config: Path, action: Action, what: str) -> str:
    """Carry an action out beside a running process or without one, and return what is to be said.

    Raises CommandError for what cannot be done, ConfigError without a database, and the store's errors.
    """
    return asyncio.run(_carried_out(config, action, what))


async def _carried_out(path: Path, action: Action, what: str) -> str:
    database = where(load(path), path).existing()
    clock = SystemClock()
    async with open_store(database, clock=clock) as store:
        lines = [line async for line in _ACTIONS[action](store, what, clock.now())]
    return "\n".join(lines) + "\n"


async def listed(store: Store, _what: str, now: datetime) -> Lines:
    """Say what waits, channel by channel, what was given up, and what can be done about either."""
    waiting = await store.queue.waiting()
    closed = {one.id: one.unreachable for one in await store.channels.all() if one.unreachable}
    dead = sum(one.items for one in await store.outbox.counts() if one.state == "dead")
    items = await store.outbox.given_up(limit=LISTED)
    yield f"Waiting: {_messages(sum(one.items for one in waiting))}"
    for one in waiting:
        for line in _waits(one, now):
            yield line
    for channel, why in closed.items():
        yield f"Closed: {channel} lets nothing in: {_said(why)}"
        yield f"    → let the bot in again there, then: vedette outbox reopen {channel}"
    yield f"Given up: {_messages(dead)}"
    for item in items:
        yield f"  {item.id}  {item.channel}  {item.kind}, {_age(now - item.created)} old: {_words(item)}"
        yield f"      {_said(item.last_error)}"
    if dead > len(items):
        yield f"  and {dead - len(items)} older ones"
    if items:
        number = items[0].id
        yield f"    → read one: vedette outbox show {number}"
        yield f"    → send it again: vedette outbox replay {number} (or all)"
        yield f"    → let it be: vedette outbox drop {number}"


def _waits(one: Waiting, now: datetime) -> Iterator[str]:
    yield f"  {one.channel}  {_messages(one.items)}, the oldest for {_age(now - one.oldest)}"
    if one.unreachable:
        yield "      goes out when the channel is open again"
        return
    when = f"in {_age(one.next_try - now)}" if one.next_try > now else "now"
    tried = f"; tried {_times(one.attempts)}: {_said(one.error)}" if one.error else ""
    yield f"      next try {when}{tried}"


async def show(store: Store, what: str, now: datetime) -> Lines:
    """Say what is known of one message: where it stands, what became of it, and the message itself."""
    if not what:
        raise await _which(store, "show takes a message's number", Action.SHOW)
    item = await _item(store, what)
    yield f"Message {item.id} for {item.channel}: {item.kind}{_about(item)}"
    yield f"  written {_at(item.created)}, {_age(now - item.created)} ago"
    if item.attempts:
        yield f"  tried {_times(item.attempts)}"
    if item.uncertain:
        yield "  an earlier attempt may have arrived; before another one it is looked for"
    yield f"  {_standing(item, now)}"
    for audit in reversed(await store.audits.listed(item.channel, limit=HISTORY)):
        if audit.command in {f"outbox {done} {item.id}" for done in (Action.REPLAY, Action.DROP)}:
            yield f"  {_at(audit.at)}: {audit.line}"
    yield ""
    try:
        for line in render_text(from_json(item.payload), width=WIDTH, colour=False):
            yield line
    except MessageError as error:
        yield f"It cannot be read: {error}"
    if item.state == "dead":
        yield ""
        yield f"    → send it again: vedette outbox replay {item.id}"


async def replay(store: Store, what: str, now: datetime) -> Lines:
    """Send again what was given up: one message, or all."""
    if not what:
        raise await _which(store, "replay takes a message's number, or all", Action.REPLAY)
    if what == "all":
        numbers = await store.queue.replay_all(now=now)
        yield f"Queued again: {_messages(len(numbers))}"
    else:
        item = await _item(store, what)
        if not await store.outbox.replay(item.id, now=now):
            raise CommandError(
                f"Message {item.id} is not sent again: {_why_not(item)}.", example="/watch outbox"
            )
        numbers = (item.id,)
        yield f"Queued again: message {item.id} for {item.channel}"
    channels = set()
    for number in numbers:
        if (queued := await store.outbox.get(number)) is not None:
            channels.add(queued.channel)
            await _note(store, queued, f"outbox replay {number}", f"sent message {number} again", now)
    for one in await store.channels.all():
        if one.id in channels and one.unreachable:
            yield f"{one.id} lets nothing in: {_said(one.unreachable)}"
            yield f"    → let the bot in again there, then: vedette outbox reopen {one.id}"


async def drop(store: Store, what: str, now: datetime) -> Lines:
    """Settle a message so that it is sent no more."""
    if not what:
        raise await _which(store, "drop takes a message's number", Action.DROP)
    item = await _item(store, what)
    if not await store.queue.drop(item.id, now=now):
        raise CommandError(f"Message {item.id} cannot be dropped: {_why_not(item)}.", example="/watch outbox")
    await _note(store, item, f"outbox drop {item.id}", f"dropped message {item.id}: {_words(item)}", now)
    yield f"Dropped: message {item.id} for {item.channel}"
    yield f"    → if that was a mistake: vedette outbox replay {item.id}"


async def reopen(store: Store, what: str, now: datetime) -> Lines:
    """Try a channel again that let nothing in."""
    closed = [one.id for one in await store.channels.all() if one.unreachable]
    if closed and not what:
        example = f"/watch outbox reopen {closed[0]}"
        raise CommandError(f"reopen takes a channel; closed are {', '.join(closed)}.", example=example)
    if what not in closed:
        there = f"closed are {', '.join(closed)}" if closed else "every channel is open"
        raise CommandError(f'"{one_line(what)}" is no closed channel; {there}.', example="/watch outbox")
    await store.channels.reopen(what)
    await store.audits.note(
        what,
        asker=OPERATOR.id,
        asker_name=OPERATOR.name,
        command=f"outbox reopen {what}",
        line="opened this channel again",
        at=now,
    )
    waits = sum(one.items for one in await store.queue.waiting() if one.channel == what)
    yield f"Open again: {what}; {_messages(waits)} for it go out as soon as `vedette run` is on"


async def _which(store: Store, takes: str, action: Action) -> CommandError:
    """Return the refusal of an action without a number, with a message given up that it can be typed for."""
    items = await store.outbox.given_up(limit=1)
    example = f"/watch outbox {action} {items[0].id}" if items else "/watch outbox"
    there = "" if items else "; none was given up"
    return CommandError(f"{takes}{there}. `vedette outbox` lists them.", example=example)


async def _item(store: Store, what: str) -> OutboxItem:
    """Return the message of a number as typed. Raises CommandError for what is none."""
    item = await store.outbox.get(int(what)) if what.isdecimal() and len(what) < len(str(2**63)) else None
    if item is None:
        raise CommandError(f'There is no message "{one_line(what)}".', example="/watch outbox")
    return item


async def _note(store: Store, item: OutboxItem, command: str, line: str, now: datetime) -> None:
    await store.audits.note(
        item.channel, asker=OPERATOR.id, asker_name=OPERATOR.name, command=command, line=line, at=now
    )


def _standing(item: OutboxItem, now: datetime) -> str:
    if item.state == "delivered" and item.delivered_at is not None:
        return f"arrived {_at(item.delivered_at)} as {item.receipt or 'a post without a mark'}"
    if item.state == "dead":
        return _PAST.get(item.last_error) or f"given up: {_said(item.last_error)}"
    if item.leased_until is not None and item.leased_until > now:
        return "on its way just now"
    when = f"in {_age(item.not_before - now)}" if item.not_before > now else "now"
    return f"waits; next try {when}" + (f"; {_said(item.last_error)}" if item.last_error else "")


def _why_not(item: OutboxItem) -> str:
    if item.state == "delivered":
        return "it arrived"
    if item.last_error == RETRACTED or item.state == "dead":
        return _PAST.get(item.last_error, "its story was taken back")
    return "it is on its way just now" if item.lease_token else "it waits to be sent"


def _about(item: OutboxItem) -> str:
    story = f" about t{item.story}" if item.story is not None else ""
    return story + ("" if item.op == "post" else f" ({item.op} of a post)")


def _words(item: OutboxItem) -> str:
    """Return a message's first words."""
    try:
        return f"“{shorten(one_line(from_json(item.payload).notice), FIRST_WORDS)}”"
    except MessageError:
        return "(it cannot be read)"


def _said(error: str) -> str:
    return shorten(one_line(error))


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _age(passed: timedelta) -> str:
    seconds = max(0, int(passed.total_seconds()))
    for size, name in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {name}"
    return f"{seconds} s"


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count} messages" if count else "nothing"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


_ACTIONS: Final[Mapping[Action, Doing]] = {
    Action.LIST: listed,
    Action.SHOW: show,
    Action.REPLAY: replay,
    Action.DROP: drop,
    Action.REOPEN: reopen,
}
