"""What holds in every channel is for who manages them all, and for those whom the configuration names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.commands.request import Asker, Request
from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import MAIN, NOON, make_entry, make_letter, save_story
from tests.contracts.store.test_store_promises import new
from watchers.store.rows import Channel

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.commands.answer import CommandLayer
    from bot.commands.request import Reply
    from watchers.store.store import Store

    Asks = Callable[..., Awaitable[Reply]]

NEWS, FAR, SLACK = "discord:1", "discord:2", "slack:C9"
RETRACT, EVERY = "story retract t1", "source edit s1 every:2h"
MERGE, SPLIT, DROP = "story merge t2 t1", "story split t1 a2", "promise drop p1"
ADA = Asker(id="discord:7", name="Ada", manages=True)


@pytest.fixture
async def asks(layer: CommandLayer, store: Store) -> Asks:
    """Return a way to ask in a channel on Discord that reads s1, of which t1 and t2 are."""
    await save_story(store, "sloop")
    assert await store.promises.open(new(1), at=NOON)
    for channel in (NEWS, FAR):
        await store.channels.save(Channel(id=channel, name=channel))
    await store.channels.follow(NEWS, 1)
    await store.channels.unfollow(MAIN, 1)

    async def asked(line: str, *, asker: Asker = ADA, channel: str = NEWS) -> Reply:
        reply = await layer.answer(Request(text=line, channel=channel, asker=asker))
        assert reply is not None
        return reply

    return asked


@pytest.mark.parametrize("line", [RETRACT, EVERY, MERGE, SPLIT, DROP])
async def test_it_is_theirs_where_no_other_channel_is_concerned(asks: Asks, line: str) -> None:
    assert not (await asks(line)).refused


@pytest.mark.parametrize("line", [RETRACT, EVERY, MERGE, SPLIT, DROP])
async def test_the_page_of_whoever_runs_the_bot_is_in_nobodys_way(
    asks: Asks, store: Store, line: str
) -> None:
    await store.channels.follow(MAIN, 1)
    await store.outbox.enqueue(make_letter("card", channel=MAIN, story=1))
    assert not (await asks(line)).refused
    await store.channels.save(Channel(id=FAR, name="Far", bound_to=MAIN))  # which another team reads
    assert "1 channel that you do not manage" in said(await asks("source edit s1 every:3h"))


@pytest.mark.parametrize("line", [RETRACT, EVERY, MERGE, SPLIT, DROP])
async def test_it_is_refused_where_others_read_the_source(asks: Asks, store: Store, line: str) -> None:
    await store.channels.follow(FAR, 1)
    await store.channels.save(Channel(id="discord:3", name="Bound", bound_to=FAR))
    reply = await asks(line)
    assert reply.refused
    assert "2 channels that you do not manage; it is for whoever runs the bot" in said(reply)
    assert FAR not in said(reply)
    assert not await store.retractions.is_retracted(1)
    first, promise = await store.stories.get(1), await store.promises.get(1)
    assert first is not None
    assert len(first.reports) == 2
    assert promise is not None
    assert not promise.dropped
    feed = await store.feeds.get(1)
    assert feed is not None
    assert not feed.fixed


async def test_it_is_refused_where_others_were_told(asks: Asks, store: Store) -> None:
    await store.outbox.enqueue(make_letter("card", channel=FAR, story=1))
    reply = await asks(RETRACT)
    assert "1 channel that you do not manage" in said(reply)
    assert "/watch mute add t1 for:always" in said(reply)
    assert not (await asks("mute add t1 for:always")).refused


@pytest.mark.parametrize("line", [RETRACT, EVERY, MERGE, SPLIT, DROP])
@pytest.mark.parametrize(
    "asker",
    [
        pytest.param(replace(ADA, everywhere=True), id="an editor"),
        pytest.param(Asker(id="shell:operator", name="", manages=True), id="the command line"),
        pytest.param(Asker(id="page:operator", name="", manages=True), id="the page"),
    ],
)
async def test_it_is_for_editors_and_whoever_runs_the_bot(
    asks: Asks, store: Store, line: str, asker: Asker
) -> None:
    await store.channels.follow(FAR, 1)
    assert not (await asks(line, asker=asker)).refused


@pytest.mark.parametrize("line", [RETRACT, EVERY, MERGE, SPLIT, DROP])
async def test_channels_that_share_their_rules_are_managed_together(
    asks: Asks, store: Store, line: str
) -> None:
    await store.channels.save(Channel(id=FAR, name="Far", bound_to=NEWS))
    assert not (await asks(line, channel=FAR)).refused


@pytest.mark.parametrize("line", [RETRACT, EVERY, MERGE, SPLIT, DROP])
async def test_who_manages_a_slack_workspace_manages_each_of_its_channels(
    asks: Asks, store: Store, line: str
) -> None:
    await store.channels.unfollow(NEWS, 1)
    for channel in (SLACK, "slack:C8"):
        await store.channels.save(Channel(id=channel, name=channel))
        await store.channels.follow(channel, 1)
    await store.channels.follow(FAR, 1)
    admin = Asker(id="slack:U1", name="Ada", manages=True)
    assert "1 channel that you do not manage" in said(await asks(line, asker=admin, channel=SLACK))
    await store.channels.unfollow(FAR, 1)
    assert not (await asks(line, asker=admin, channel=SLACK)).refused


async def test_everyone_may_not_where_everyone_may_change_the_channel(asks: Asks, store: Store) -> None:
    await store.channels.save(Channel(id=NEWS, name="News", editors="everyone"))
    await store.channels.follow(FAR, 1)
    bob = Asker(id="discord:8", name="Bob", manages=False)
    assert (await asks(EVERY, asker=bob)).refused
    assert not (await asks("source edit s1 name:Docks", asker=bob)).refused


@pytest.mark.parametrize("line", [RETRACT, MERGE, SPLIT, DROP])
async def test_it_is_refused_where_others_read_a_source_that_carries_it_too(
    asks: Asks, store: Store, line: str
) -> None:
    await store.channels.save(Channel(id=FAR, name="Far", active=False))
    assert await store.entries.add([make_entry("frigate", feed=3)]) == ()
    assert "1 channel that you do not manage" in said(await asks(line))


@pytest.mark.parametrize("line", [EVERY, MERGE, SPLIT, DROP])
async def test_undo_reaches_no_further(asks: Asks, store: Store, line: str) -> None:
    await store.channels.follow(FAR, 1)
    undo = buttons(await asks(line, asker=replace(ADA, everywhere=True)))["Undo"]
    reply = await asks(undo)
    assert reply.refused
    assert "1 channel that you do not manage" in said(reply)
    assert not (await asks(undo, asker=replace(ADA, everywhere=True))).refused
