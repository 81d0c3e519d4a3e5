"""`story follow`: whoever follows is called once, in the channel where they said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.announcing.audiences import audiences, pinged
from tests.bot.commands.command_replies import said
from tests.contracts.store.store_builders import MAIN
from watchers.store.rows import Channel

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

FIRST, SECOND = "slack:C1", "slack:C2"


@pytest.fixture
async def bound(store: Store) -> Store:
    """Bind two channels of Slack to the main one, so that all three tell the same stories."""
    for channel in (FIRST, SECOND):
        await store.channels.save(Channel(id=channel, name="Desk", bound_to=MAIN))
    return store


async def called(store: Store) -> dict[str, tuple[str, ...]]:
    """Return by channel who is pinged beneath the first story's card, those who ping nobody left out."""
    found = {one.channel: await pinged(store, 1, one) for one in await audiences(store)}
    return {channel: people for channel, people in found.items() if people}


async def test_of_bound_channels_the_one_where_somebody_follows_calls_them(ask: Ask, bound: Store) -> None:
    await ask("story follow t1", channel=FIRST, asker="slack:U7")
    assert await called(bound) == {FIRST: ("user:U7",)}


async def test_who_follows_elsewhere_too_is_called_there_alone(ask: Ask, bound: Store) -> None:
    await ask("story follow t1", channel=FIRST, asker="slack:U7")
    await ask("story follow t1", channel=SECOND, asker="slack:U7")
    assert await called(bound) == {SECOND: ("user:U7",)}
    assert "no more" in said(await ask("story unfollow t1", channel=FIRST, asker="slack:U7"))
    assert await called(bound) == {}
