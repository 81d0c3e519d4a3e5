"""The door against a strict Discord on loopback, through discord.py's own client and gateway."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.commands.request import Reply
from bot.errors import ConfigError, DeliveryError
from bot.messages import Actions, Button, Heading, Message, Text
from bot.platforms.discord import asking
from bot.platforms.discord.door import connected
from tests.bot.platforms.discord_commands import FakeCommands, said
from tests.bot.platforms.discord_samples import ALERT
from tests.discord_double import TOKEN, Asked, DiscordDouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.platforms.discord.adapter import Discord


@pytest.fixture
def commands() -> FakeCommands:
    return FakeCommands()


@pytest_asyncio.fixture
async def place() -> AsyncIterator[DiscordDouble]:
    async with DiscordDouble() as double:
        yield double


@pytest_asyncio.fixture
async def platform(place: DiscordDouble, commands: FakeCommands) -> AsyncIterator[Discord]:
    async with connected(TOKEN, commands, api=place.api) as discord:
        yield discord


def channel(place: DiscordDouble) -> str:
    return f"discord:{place.news.id}"


async def test_commands_are_told_to_discord_only_when_they_changed(
    place: DiscordDouble, commands: FakeCommands
) -> None:
    told: list[str] = []

    async def synced(current: str) -> None:
        told.append(current)

    for _ in range(2):
        known = told[-1] if told else ""
        async with connected(TOKEN, commands, api=place.api, known_hash=known, synced=synced):
            assert [command["name"] for command in place.commands] == ["watch"]
    assert len(told) == 1
    assert place.findings == []


async def test_a_refused_token_is_a_fault_of_the_settings(
    place: DiscordDouble, commands: FakeCommands
) -> None:
    with pytest.raises(ConfigError, match="copy a new one"):
        async with connected("not.the.token", commands, api=place.api):
            pytest.fail("that token opens nothing")


async def test_a_discord_that_is_not_there_is_said_to_be_so(commands: FakeCommands) -> None:
    async with DiscordDouble() as gone:
        api = gone.api
    with pytest.raises(DeliveryError) as caught:
        async with connected(TOKEN, commands, api=api):
            pytest.fail("nobody is there")
    assert not caught.value.permanent


@pytest.mark.parametrize(
    ("code", "error"),
    [(4004, ConfigError), (4014, ConfigError), (4012, DeliveryError)],
    ids=["bad token", "intents refused", "bad version"],
)
async def test_a_gateway_closed_for_good_is_told(
    place: DiscordDouble, platform: Discord, code: int, error: type[Exception]
) -> None:
    await place.gateway.close(code)
    with pytest.raises(error):
        async with asyncio.timeout(60):
            await platform.ended()


async def test_a_post_after_the_gateway_closed_for_good_goes_back_to_the_outbox(
    place: DiscordDouble, platform: Discord
) -> None:
    await place.gateway.close(4004)
    with pytest.raises(ConfigError):
        await platform.ended()
    with pytest.raises(DeliveryError) as caught:
        await platform.send(channel(place), ALERT, key="k1")
    assert not caught.value.permanent


async def test_after_a_reconnect_commands_are_answered_again(
    place: DiscordDouble, platform: Discord, commands: FakeCommands
) -> None:
    place.gateway.reconnect()
    await place.ready()
    answered = await place.command("watch", ["status"])
    assert answered.ephemeral
    assert [request.text for request in commands.asked] == ["status"]
    assert platform.name == "discord"


async def test_a_slow_change_is_promised_privately_and_told_to_everybody(
    place: DiscordDouble, platform: Discord, commands: FakeCommands
) -> None:
    commands.replies["source pause"] = Reply(message=said("ada paused s1"), shown="channel")
    commands.hold = asyncio.Event()
    asyncio.get_running_loop().call_later(asking.ANSWER_WITHIN + 0.4, commands.hold.set)
    begin = time.monotonic()
    await place.command("watch", ["source", "pause"], {"source": "s1"})
    assert time.monotonic() - begin > asking.ANSWER_WITHIN
    await place.until(lambda: bool(place.posts("news")))
    assert [post.text for post in place.posts("news")] == ["ada paused s1"]
    await place.until(lambda: all(post.deleted for post in place.ephemerals))
    assert place.findings == []
    assert isinstance(platform.name, str)


async def test_an_interaction_handed_over_twice_is_answered_once(
    place: DiscordDouble, platform: Discord, commands: FakeCommands
) -> None:
    commands.replies["source pause"] = Reply(message=said("ada paused s1"), shown="channel")
    asked = await place.command("watch", ["source", "pause"], {"source": "s1"})
    place.deliver_again(asked)
    again = await place.command("watch", ["status"])
    assert [request.text for request in commands.asked] == ["source pause s1", "status"]
    assert len(place.posts("news")) == 1
    assert again.ephemeral
    assert platform.fits(ALERT)


async def test_row_33_two_hundred_commands_in_ten_seconds_are_acknowledged_in_time(
    place: DiscordDouble, platform: Discord, commands: FakeCommands
) -> None:
    people = [place.add_member(f"member{n}") for n in range(20)]

    async def ask(number: int) -> Asked:
        await asyncio.sleep(number / 30)  # in ten seconds at most: the rate is what is asked for
        return await place.command("watch", ["search"], {"words": f"x{number}"}, user=people[number % 20])

    answers = await asyncio.gather(*(ask(number) for number in range(200)))
    waits = sorted(answer.seconds if answer.seconds is not None else 99.0 for answer in answers)
    assert waits[-1] <= 3.0
    assert waits[int(len(waits) * 0.99) - 1] <= 1.0
    assert len(commands.asked) == 200
    assert platform.name == "discord"


async def test_row_34_a_forged_press_is_held_to_the_pressers_rights(
    place: DiscordDouble, platform: Discord, commands: FakeCommands
) -> None:
    button = Actions(buttons=(Button(label="Why", command="why t7"),))
    await platform.send(
        channel(place),
        Message(kind="alert", notice="n", blocks=(Heading(text="n"), Text(text="x"), button)),
        key="k1",
    )
    (post,) = place.posts("news")
    await place.press("ask:why t7", post, user="bob")
    assert [(request.text, request.asker.manages) for request in commands.asked] == [("why t7", False)]
    place.patience = 0.3
    for forged in ("ask:story retract t7", "ask:", "sure:", "other:x", "ask:" + "x" * 96):
        await place.press(forged, post, user="bob", forged=True)
    assert all(not request.asker.manages for request in commands.asked)
    assert "story retract t7" not in [request.text for request in commands.asked]
