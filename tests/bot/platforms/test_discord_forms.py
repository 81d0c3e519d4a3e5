"""A form on Discord can be sent whenever it was opened: before a restart, or before the gateway came back."""

from __future__ import annotations

from dataclasses import replace

import pytest
import pytest_asyncio

from bot.commands.request import Choice, Question, Reply, Sheet
from bot.platforms.discord.door import connected
from bot.platforms.discord.sheet import MAX_CUSTOM_ID, carried
from tests.bot.platforms.discord_commands import FakeCommands, said
from tests.discord_double import TOKEN, DiscordDouble

SHEET = Sheet(
    title="Set up",
    command="setup",
    questions=(
        Question(name="keywords", label="Keywords", value="frigate, corvette", stands=True, long=True),
        Question(name="at", label="Digest", value="07:00"),
        Question(
            name="lang",
            label="Language",
            value="tr",
            stands=True,
            choices=(Choice(label="English", value="en"), Choice(label="Türkçe", value="tr")),
        ),
    ),
)
LONG = replace(SHEET, command=f"source add https://example.org/{'x' * 100}.xml")


@pytest.fixture
def commands() -> FakeCommands:
    made = FakeCommands()
    made.replies["setup"] = Reply(message=said("in words"), sheet=SHEET)
    return made


@pytest_asyncio.fixture
async def place() -> DiscordDouble:
    return DiscordDouble()


async def test_a_form_opened_before_a_restart_is_answered_after_it(
    place: DiscordDouble, commands: FakeCommands
) -> None:
    async with place:
        async with connected(TOKEN, commands, api=place.api):
            opened = await place.command("watch", ["setup"])
        after = FakeCommands()
        async with connected(TOKEN, after, api=place.api):
            answer = await place.submit_modal(opened, {"keywords": 'the "Tern" class', "at": "08:00"})
            await answer.until(lambda one: bool(one.posts))
    (request,) = after.asked
    assert request.text == 'setup keywords:"the \\"Tern\\" class" at:"08:00"'  # the language stays
    assert (request.channel, request.asker.name) == (f"discord:{place.news.id}", "Ada")
    assert place.findings == []


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ({}, 'setup at:"07:00"'),
        ({"keywords": "frigate,\n  corvette "}, 'setup at:"07:00"'),
        ({"keywords": "frigate", "lang": "en"}, 'setup keywords:"frigate" at:"07:00" lang:"en"'),
        ({"keywords": "", "at": ""}, "setup"),
    ],
    ids=["as it was", "but for blanks", "changed", "emptied"],
)
async def test_what_was_left_as_it_stood_says_nothing(
    place: DiscordDouble, commands: FakeCommands, answers: dict[str, str], line: str
) -> None:
    async with place, connected(TOKEN, commands, api=place.api):
        opened = await place.command("watch", ["setup"])
        commands.replies.clear()
        await place.submit_modal(opened, answers)
    assert commands.asked[-1].text == line


async def test_a_form_is_answered_once_and_one_too_long_to_be_carried_while_we_are_connected(
    place: DiscordDouble, commands: FakeCommands
) -> None:
    commands.replies["source add"] = Reply(message=said("in words"), sheet=LONG)
    assert (carried(LONG), len(carried(SHEET)) <= MAX_CUSTOM_ID) == ("", True)
    async with place, connected(TOKEN, commands, api=place.api):
        for path, options, first in (
            (["setup"], {}, "setup"),
            (["source", "add"], {"url": "https://example.org"}, LONG.command),
        ):
            opened = await place.command("watch", path, options)
            before = len(commands.asked)
            kept, commands.replies = commands.replies, {}
            await place.submit_modal(opened, {"at": "08:00"})
            commands.replies = kept
            assert [one.text for one in commands.asked[before:]] == [f'{first} at:"08:00"']
