"""After an outage: the most pressing of what piled up goes out, the rest is told in one summary."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.errors import MessageError
from bot.letters import letter
from bot.messages import Heading, Link, Links, Message, Text
from bot.messages_json import from_json
from bot.wording.phrases import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from watchers.store.store import Rooms, Store

logger = logging.getLogger(__name__)

OLD: Final = timedelta(minutes=30)  # younger cards are no backlog, however many
OVER: Final = 20  # so many old cards a reader takes in; beyond it they are a flood
KEPT: Final = 10  # that still go out one by one: urgent ones, newest first, then the newest others
SHOWN: Final = 15  # of the others, by headline


async def fold_backlogs(store: Store, *, now: datetime, without: Collection[str] = ()) -> int:
    """Fold each channel's old cards where there are more than OVER; return how many were folded.

    Channels of the platforms in `without` are left alone: while theirs is down, more piles up every hour.
    """
    folded = 0
    for channel in await store.backlogs.crowded(OVER, before=now - OLD, now=now):
        if channel.partition(":")[0] in without:
            continue
        async with store.transaction() as rooms:
            folded += await _fold(channel, rooms, now)
    return folded


async def _fold(channel: str, rooms: Rooms, now: datetime) -> int:
    piled = await rooms.backlogs.piled(channel, before=now - OLD, now=now)
    kept, others = piled[:KEPT], piled[KEPT:]
    if not others:
        return 0
    known = await rooms.channels.get(channel)
    lang = known.lang if known else "en"
    shown = tuple(_read(await rooms.backlogs.payloads(others[:SHOWN])))
    message = summary(shown, count=len(others), lang=lang)
    await rooms.backlogs.fold(others, kept)
    key = f"{channel}/folded/{max(others)}/{len(others)}"
    await rooms.outbox.enqueue(letter(channel, key, message))
    logger.warning(
        "%s cards waited too long and were folded into one", len(others), extra={"action": "backlog_folded"}
    )
    return len(others)


def _read(payloads: Iterable[str]) -> Iterable[Message]:
    for payload in payloads:
        try:
            yield from_json(payload)
        except MessageError as error:
            logger.warning("A folded card could not be read: %s", error)


def summary(shown: tuple[Message, ...], *, count: int, lang: str) -> Message:
    """Word what stands for `count` cards that are not sent, the newest of them by their headlines."""
    title = say("backlog", lang, count=count)
    links = tuple(_headline(message) for message in shown)
    more = count - len(links)
    return Message(
        kind="notice",
        notice=title,
        blocks=(
            Text(text=title),
            *(Links(label="", links=(link,)) for link in links),
            *([Text(text=say("more", lang, count=more), tone="small")] if more else []),
            Text(text=say("backlog_how", lang), tone="small"),
        ),
        lang=lang,
    )


def _headline(message: Message) -> Link:
    heading = next((block for block in message.blocks if isinstance(block, Heading)), None)
    return Link(text=message.notice, url=heading.url if heading else "")
