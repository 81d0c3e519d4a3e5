"""A forum takes no posts itself: its threads are channels of their own, to be set up, told and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.platforms.discord.door import connected
from tests.bot.platforms.discord_commands import FakeCommands
from tests.bot.platforms.discord_samples import ALERT
from tests.discord_double import TOKEN, Channel, DiscordDouble
from tests.discord_world import THREAD

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
def commands() -> FakeCommands:
    return FakeCommands()


@pytest_asyncio.fixture
async def place() -> AsyncIterator[DiscordDouble]:
    async with DiscordDouble() as double:
        yield double


@pytest.fixture
def harbour(place: DiscordDouble) -> Channel:
    """Let ada have begun a thread in the forum."""
    thread = Channel(
        id=place.world.ids.new(), name="harbour", kind=THREAD, parent=place.forum, owner=place.ada.id
    )
    thread.at = place.clock.now().isoformat()
    place.world.channels.append(thread)
    return thread


async def test_what_is_asked_in_a_forums_thread_is_about_that_thread_and_news_arrives_there(
    place: DiscordDouble, commands: FakeCommands, harbour: Channel
) -> None:
    channel = f"discord:{harbour.id}"
    async with connected(TOKEN, commands, api=place.api) as platform:
        await place.command("watch", ["setup"], channel=harbour)
        (request,) = commands.asked
        assert (request.channel, request.channel_name, request.public) == (channel, "harbour", True)
        card = await platform.send(request.channel, ALERT, key="k1")
        await platform.send(request.channel, ALERT, key="k2", parent=card.id)
    assert len(place.posts(harbour)) == 2
    assert place.findings == []


@pytest.mark.parametrize("change", ["edit", "delete"])
async def test_a_card_in_a_forums_sleeping_thread_is_still_edited_and_taken_back(
    place: DiscordDouble, commands: FakeCommands, harbour: Channel, change: str
) -> None:
    channel = f"discord:{harbour.id}"
    async with connected(TOKEN, commands, api=place.api) as platform:
        card = await platform.send(channel, ALERT, key="k1")
    harbour.archived = True
    async with connected(TOKEN, commands, api=place.api) as platform:
        if change == "edit":
            await platform.edit(channel, card.id, ALERT)
        else:
            await platform.delete(channel, card.id)
    (post,) = harbour.posts
    assert (post.edited, post.deleted) == ((1, False) if change == "edit" else (0, True))
    assert not harbour.archived
