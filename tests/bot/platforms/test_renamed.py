"""Under another slash command's name, answers and posts alike say what people have to type."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from bot.commands.renamed import Renamed as Answering
from bot.commands.request import Asker, Reply, Request
from bot.config import Discord as DiscordSettings
from bot.config import Slack as SlackSettings
from bot.doors import open_doors
from bot.messages import FactLine, Facts, Heading, Link, Message, Table, Text
from bot.wording.called import called
from tests.bot.platforms.discord_commands import FakeCommands
from tests.discord_double import TOKEN, DiscordDouble
from tests.doubles.slack import SlackDouble
from watchers.clock import SystemClock
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.doors import Doors

SAYS = Message(kind="notice", notice="n", blocks=(Text(text="Which: /watch status of:feeds"),))
LATER = Message(kind="notice", notice="n", blocks=(Text(text="All: /watch source list"),))


@asynccontextmanager
async def doors(
    tmp_path: Path, empty_database: Path, slack: SlackDouble, place: DiscordDouble
) -> AsyncIterator[Doors]:
    path = tmp_path / "vedette.sqlite3"
    await asyncio.to_thread(copyfile, empty_database, path)
    clock = SystemClock()
    environ = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "DISCORD_TOKEN": TOKEN,
    }
    async with (
        open_store(f"sqlite:///{path}", clock=clock) as store,
        open_doors(
            slack=SlackSettings(api=slack.api, command="/defence"),
            discord=DiscordSettings(api=place.api, command="defence"),
            commands=FakeCommands(),
            store=store,
            clock=clock,
            environ=environ,
            call=30.0,
        ) as opened,
    ):
        yield opened


async def test_posts_and_their_edits_name_the_configured_command(
    tmp_path: Path, empty_database: Path
) -> None:
    async with (
        SlackDouble() as slack,
        DiscordDouble() as place,
        doors(tmp_path, empty_database, slack, place) as opened,
    ):

        def told() -> list[str]:
            return [str(slack.messages("C1")[-1].blocks), place.posts("news")[-1].text]

        channels = {"slack": "slack:C1", "discord": f"discord:{place.news.id}"}
        receipts = {
            name: await opened.platforms[name].send(channel, SAYS, key="k1")
            for name, channel in channels.items()
        }
        assert ["/defence status of" in text for text in told()] == [True, True]
        for name, channel in channels.items():
            await opened.platforms[name].edit(channel, receipts[name].id, LATER)
        assert ["/defence source list" in text for text in told()] == [True, True]
        assert "/watch" not in "".join(told())


async def test_answers_name_the_configured_command() -> None:
    commands = FakeCommands()
    commands.replies["status"] = Reply(message=SAYS)
    asker = Asker(id="slack:U1", name="ada", manages=True)
    reply = await Answering(commands, "defence").answer(Request(text="status", channel="c", asker=asker))
    assert reply is not None
    assert reply.message.blocks == (Text(text="Which: /defence status of:feeds"),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("Go on: /watch setup", "Go on: /defence setup", id="a line"),
        pytest.param("一覧：/watch source list", "一覧：/defence source list", id="behind a wide colon"),
        pytest.param("Try /watch.", "Try /defence.", id="the bare name"),
        pytest.param("https://video.example/watch news", None, id="an address"),
        pytest.param("the day/watch is over", None, id="two words"),
        pytest.param("/watches /watch-list /watch/x", None, id="longer ones"),
    ],
)
def test_our_own_lines_are_renamed_wherever_they_stand_and_nothing_else(text: str, told: str | None) -> None:
    source = Link(text="", url="")
    message = Message(
        kind="digest",
        notice=text,
        blocks=(
            Heading(text=text),
            Text(text=text),
            Table(header=("Type",), rows=((text,),)),
            Facts(lines=(FactLine(label="More", value=text, sentence="", mention="", source=source),)),
        ),
    )
    renamed = called(message, "/defence")
    expected = told or text
    heading, words, table, facts = renamed.blocks
    assert isinstance(heading, Heading)
    assert isinstance(words, Text)
    assert isinstance(table, Table)
    assert isinstance(facts, Facts)
    found = (renamed.notice, heading.text, words.text, table.rows[0][0], facts.lines[0].value)
    assert found == (expected,) * 5
    assert called(message, "watch") == message
