"""`digest now`: in chat its answer is the post; from the command line the running bot posts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import digests
from bot.messages import Message, Text
from bot.messages_json import from_json
from tests.bot.commands.command_replies import said
from tests.bot.commands.conftest import OTHER
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON
from watchers.store.outbox_choice import Wanted

if TYPE_CHECKING:
    import pytest

    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.rows import OutboxItem
    from watchers.store.store import Store

SHELL = "shell:operator"
LINE = "digest now since:24h"


async def waiting(store: Store) -> tuple[OutboxItem, ...]:
    """Return what is to be posted next in each channel."""
    return await store.outbox.lease(9, now=NOON + MINUTE, until=NOON + 2 * MINUTE, wanted=Wanted())


async def test_asked_for_in_chat_the_answer_is_the_post(ask: Ask, store: Store) -> None:
    reply = await ask(LINE)
    assert reply.shown == "channel"
    assert "The frigate sails" in said(reply)
    assert await waiting(store) == ()


async def test_asked_for_on_the_command_line_the_running_bot_posts_it(ask: Ask, store: Store) -> None:
    reply = await ask(LINE, asker=SHELL)
    assert "The running bot posts this in the channel" in said(reply)
    (item,) = await waiting(store)
    assert (item.channel, item.kind) == (MAIN, "digest")
    posted = from_json(item.payload)
    assert "The frigate sails" in said(posted)
    assert "running bot" not in said(posted)


async def test_on_the_page_it_is_an_answer_there_and_a_post_where_the_channel_is_of_a_chat(
    ask: Ask, store: Store
) -> None:
    await ask(LINE, asker="page:operator")
    assert await waiting(store) == ()
    await ask(LINE, asker="page:operator", channel=OTHER)
    (item,) = await waiting(store)
    assert item.channel == OTHER


async def test_asked_for_twice_within_a_minute_it_is_posted_once(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    await ask(LINE, asker=SHELL)
    again = await ask(LINE, asker=SHELL)
    assert "within this minute already" in said(again)
    clock.move_to(NOON + MINUTE)
    assert "running bot posts" in said(await ask(LINE, asker=SHELL))
    (first,) = await waiting(store)
    await store.outbox.delivered(first, at=NOON + MINUTE, receipt="1")
    (second,) = await waiting(store)
    assert second.key != first.key


def fits(message: Message) -> bool:
    return sum(isinstance(block, Text) for block in message.blocks) < 3


async def test_nor_is_the_rest_of_a_longer_one(
    ask: Ask, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(LINE, asker=SHELL)
    monkeypatch.setattr(digests, "_FITS", {"preview": fits})
    assert "within this minute already" in said(await ask(LINE, asker=SHELL))
    (first,) = await waiting(store)
    await store.outbox.delivered(first, at=NOON + MINUTE, receipt="1")
    assert await waiting(store) == ()


async def test_a_long_one_goes_on_in_its_thread(
    ask: Ask, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "_FITS", {"preview": fits})
    await ask(LINE, asker=SHELL)
    (first,) = await waiting(store)
    await store.outbox.delivered(first, at=NOON + MINUTE, receipt="1")
    (second,) = await waiting(store)
    assert second.parent == first.id


async def test_the_history_says_that_it_lists_scheduled_ones_alone(ask: Ask) -> None:
    await ask(LINE, asker=SHELL)
    told = said(await ask("digest history"))
    assert "got no scheduled digest yet" in told
    assert "Those asked for with digest now are not listed" in told
