"""Discord answers commands also where the bot may not write: whoever sets such a channel up is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.commands.request import Reply
from bot.platforms.discord.door import connected
from tests.bot.platforms.discord_commands import FakeCommands, said
from tests.discord_double import TOKEN, Channel, DiscordDouble
from tests.discord_world import THREAD

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

UNABLE = "Send Messages \\(nothing can be told\\)"


@pytest.fixture
def commands() -> FakeCommands:
    return FakeCommands(replies={"setup": Reply(message=said("Ada set up this channel"), shown="channel")})


@pytest_asyncio.fixture
async def place(commands: FakeCommands) -> AsyncIterator[DiscordDouble]:
    async with DiscordDouble() as double, connected(TOKEN, commands, api=double.api):
        yield double


@pytest.mark.parametrize("command", ["setup", "status"])
async def test_where_the_bot_may_not_write_the_answer_says_what_to_allow(
    place: DiscordDouble, command: str
) -> None:
    assert "lacks" not in (await place.command("watch", [command])).text
    place.deny("news", "send_messages", "attach_files")
    told = (await place.command("watch", [command])).text
    assert UNABLE in told
    assert "Attach Files \\(posts with a chart are refused\\)" in told
    assert "View Channel" not in told
    assert "lacks" not in (await place.command("watch", ["help"])).text


async def test_a_refusal_says_what_it_said(place: DiscordDouble, commands: FakeCommands) -> None:
    commands.replies["setup"] = Reply(message=said("You may not."), refused=True)
    place.deny("news", "send_messages")
    assert (await place.command("watch", ["setup"])).text == "You may not."


async def test_in_a_forums_thread_the_right_to_write_in_threads_is_enough(place: DiscordDouble) -> None:
    thread = Channel(
        id=place.world.ids.new(), name="harbour", kind=THREAD, parent=place.forum, owner=place.ada.id
    )
    place.world.channels.append(thread)
    place.deny("stories", "send_messages")
    assert "lacks" not in (await place.command("watch", ["setup"], channel=thread)).text
    place.deny("stories", "send_messages_in_threads")
    assert "Send Messages in Threads" in (await place.command("watch", ["setup"], channel=thread)).text
