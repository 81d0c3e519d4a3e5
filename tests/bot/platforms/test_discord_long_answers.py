"""Answers longer than one post of Discord's: all of them arrives, in order, for whom it is meant."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.commands.request import File, Reply
from bot.messages import Heading, Message, Table
from bot.platforms.discord import asking
from bot.platforms.discord.door import connected
from tests.bot.platforms.discord_commands import FakeCommands
from tests.discord_double import TOKEN, DiscordDouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.discord_double import Asked

ROWS = [f"s{n} The {n}th Harbour Gazette, which tells of ships, yards and slipways" for n in range(1, 151)]
LONG = Message(
    kind="reply",
    notice="150 sources",
    blocks=(Heading(text="150 sources"), Table(header=("Source",), rows=tuple((row,) for row in ROWS))),
)


@pytest.fixture
def commands() -> FakeCommands:
    return FakeCommands()


@pytest_asyncio.fixture
async def place(commands: FakeCommands) -> AsyncIterator[DiscordDouble]:
    async with DiscordDouble() as double, connected(TOKEN, commands, api=double.api):
        yield double


def rows_of(text: str) -> list[str]:
    return [line.strip("*") for line in text.splitlines() if "Gazette" in line]


async def asked(place: DiscordDouble, *words: str, **options: str) -> Asked:
    answer = await place.command("watch", list(words), options)
    return await answer.until(lambda one: "s150 The" in one.text)


async def test_a_long_answer_arrives_whole_for_the_asker_alone(
    place: DiscordDouble, commands: FakeCommands
) -> None:
    commands.replies["status"] = Reply(message=LONG)
    answer = await asked(place, "status")
    assert rows_of(answer.text) == ROWS
    assert answer.ephemeral
    assert place.posts("news") == []
    assert place.findings == []


async def test_a_long_answer_for_the_channel_arrives_whole(
    place: DiscordDouble, commands: FakeCommands
) -> None:
    commands.replies["source pause"] = Reply(message=LONG, shown="channel")
    await asked(place, "source", "pause", source="s1")
    assert rows_of("\n".join(post.text for post in place.posts("news"))) == ROWS
    assert place.ephemerals == []
    assert place.findings == []


async def test_a_long_answer_that_took_its_time_arrives_whole_in_the_channel(
    place: DiscordDouble, commands: FakeCommands
) -> None:
    commands.replies["source pause"] = Reply(message=LONG, shown="channel")
    commands.hold = asyncio.Event()
    asyncio.get_running_loop().call_later(asking.ANSWER_WITHIN + 0.4, commands.hold.set)
    answer = await asked(place, "source", "pause", source="s1")
    await answer.until(lambda _: all(post.deleted for post in place.ephemerals))
    assert rows_of("\n".join(post.text for post in place.posts("news"))) == ROWS
    assert place.findings == []


async def test_the_file_of_a_long_answer_comes_once_with_its_last_part(
    place: DiscordDouble, commands: FakeCommands
) -> None:
    commands.replies["export"] = Reply(message=LONG, file=File(name="facts.csv", body=b"a,b\n"))
    answer = await asked(place, "export", what="facts")
    assert rows_of(answer.text) == ROWS
    assert [list(post.files) for post in answer.posts][-1] == ["facts.csv"]
    assert sum(len(post.files) for post in answer.posts) == 1
