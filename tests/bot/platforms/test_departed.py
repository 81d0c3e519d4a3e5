"""What platforms say of removed apps, servers and channels closes their channels at once."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.operating.departures import Departures
from bot.platforms.discord.door import connected
from bot.platforms.slack.door import build_app, socket_mode
from bot.platforms.slack.rights import Rights
from tests.bot.platforms.discord_commands import FakeCommands as DiscordCommands
from tests.bot.platforms.slack_desk import START, WITHIN, FakeCommands, client_of
from tests.discord_double import TOKEN, DiscordDouble
from tests.doubles.slack import SlackDouble
from watchers.clock import SteppedClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.store.store import Store

SLACK = ("slack:C1", "slack:C2")


@pytest.fixture
def address(tmp_path: Path, empty_database: Path) -> str:
    path = tmp_path / "vedette.sqlite3"
    path.write_bytes(empty_database.read_bytes())
    return f"sqlite:///{path}"


@asynccontextmanager
async def kept(address: str, *channels: str) -> AsyncIterator[tuple[Store, Departures]]:
    clock = SteppedClock(START)
    async with open_store(address, clock=clock) as store:
        for channel in channels:
            await store.channels.save(Channel(id=channel, name=channel))
        yield store, Departures(store, clock)


async def closed(store: Store, *channels: str) -> dict[str, str]:
    """Wait until these channels are closed, and no others; return why each is."""
    async with asyncio.timeout(WITHIN):
        while True:
            found = {one.id: one.unreachable for one in await store.channels.all() if one.unreachable}
            if set(found) >= set(channels):
                return found
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("event", "gone", "why"),
    [
        pytest.param({"type": "app_uninstalled"}, SLACK, "the app was removed from the workspace", id="app"),
        pytest.param(
            {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOT"]}},
            SLACK,
            "the app's token was revoked",
            id="token",
        ),
        pytest.param(
            {"type": "channel_deleted", "channel": "C2"}, SLACK[1:], "the channel was deleted", id="channel"
        ),
        pytest.param(
            {"type": "group_deleted", "channel": "C1"}, SLACK[:1], "the channel was deleted", id="private"
        ),
    ],
)
async def test_slack_says_that_something_is_gone(
    address: str, event: dict[str, object], gone: tuple[str, ...], why: str
) -> None:
    async with kept(address, *SLACK, "preview:main") as (store, departures), SlackDouble() as slack:
        client = client_of(slack)
        rights = Rights(client, editors=frozenset(), clock=SteppedClock(START))
        app = build_app(client, FakeCommands(), rights=rights, departures=departures)
        async with socket_mode(app, slack.app_token, ping=1.0):
            await slack.event(event, within=WITHIN)
            assert await closed(store, *gone) == dict.fromkeys(gone, why)


async def test_a_persons_own_token_is_not_the_apps(address: str) -> None:
    async with kept(address, *SLACK) as (store, departures), SlackDouble() as slack:
        client = client_of(slack)
        rights = Rights(client, editors=frozenset(), clock=SteppedClock(START))
        app = build_app(client, FakeCommands(), rights=rights, departures=departures)
        async with socket_mode(app, slack.app_token, ping=1.0):
            await slack.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}, within=WITHIN)
            await slack.event({"type": "channel_deleted", "channel": "C2"}, within=WITHIN)
            assert set(await closed(store, "slack:C2")) == {"slack:C2"}


async def test_discord_says_that_a_channel_was_deleted(address: str) -> None:
    async with DiscordDouble() as place:
        news = f"discord:{place.news.id}"
        async with (
            kept(address, news, "discord:99999") as (store, departures),
            connected(TOKEN, DiscordCommands(), api=place.api, departures=departures),
        ):
            place.remove_channel(place.news)
            assert await closed(store, news) == {news: "the channel was deleted"}


async def test_discord_says_that_a_thread_was_deleted_which_in_a_forum_is_a_channel(address: str) -> None:
    async with DiscordDouble() as place:
        thread = place.world.ids.new()
        channel = f"discord:{thread}"
        async with (
            kept(address, channel, "discord:99999") as (store, departures),
            connected(TOKEN, DiscordCommands(), api=place.api, departures=departures),
        ):
            gone = {"id": thread, "guild_id": place.world.guild_id, "parent_id": place.forum.id, "type": 11}
            place.gateway.dispatch("THREAD_DELETE", gone)
            assert await closed(store, channel) == {channel: "the thread was deleted"}


async def test_discord_says_that_the_bot_was_removed_from_a_server(address: str) -> None:
    async with DiscordDouble() as place:
        news = f"discord:{place.news.id}"
        async with (
            kept(address, news, "discord:99999") as (store, departures),
            connected(TOKEN, DiscordCommands(), api=place.api, departures=departures),
        ):
            guild = str(place.world.guild_id)
            place.gateway.dispatch("GUILD_DELETE", {"id": guild, "unavailable": True})
            place.gateway.dispatch("GUILD_DELETE", {"id": guild})
            assert await closed(store, news) == {news: "the bot was removed from the server"}
