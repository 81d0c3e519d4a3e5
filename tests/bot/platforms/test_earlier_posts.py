"""What may have been posted is found where it can stand, and looking for it posts nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.discord.door import connected
from bot.platforms.preview.adapter import Preview
from bot.platforms.slack.adapter import Slack
from tests.bot.platforms.discord_commands import FakeCommands
from tests.bot.platforms.discord_samples import ALERT, UPDATE
from tests.discord_double import TOKEN, DiscordDouble
from tests.doubles.slack import SCOPES, SlackDouble
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.platforms.discord.adapter import Discord

EARLIER = datetime(2020, 1, 1, tzinfo=UTC)  # before any post of these tests
ROOM = "slack:C1"
MORE_THAN_THE_NONCE = 3_600.0  # seconds


@pytest_asyncio.fixture
async def place() -> AsyncIterator[DiscordDouble]:
    async with DiscordDouble() as double:
        yield double


@pytest_asyncio.fixture
async def platform(place: DiscordDouble) -> AsyncIterator[Discord]:
    async with connected(TOKEN, FakeCommands(), api=place.api) as discord:
        yield discord


def slack(double: SlackDouble) -> Slack:
    """Return an adapter that remembers nothing, as after a restart."""
    return Slack(AsyncWebClient(token=double.bot_token, base_url=double.api), clock=SteppedClock(EARLIER))


@pytest.mark.parametrize("parent", [False, True], ids=["in the channel", "in a thread"])
async def test_slack_finds_a_post_by_its_key(*, parent: bool) -> None:
    async with SlackDouble() as double:
        above = double.say("above") if parent else ""
        posted = await slack(double).send(ROOM, ALERT, key="k1", parent=above)
        found = await slack(double).find(ROOM, ALERT, key="k1", since=EARLIER, parent=above)
        assert found == posted
        assert await slack(double).find(ROOM, ALERT, key="k2", since=EARLIER, parent=above) is None
        assert len([post for post in double.messages("C1") if post.is_ours]) == 1


async def test_slack_finds_nothing_where_it_may_not_read() -> None:
    async with SlackDouble(scopes=SCOPES.replace("channels:history", "")) as double:
        await slack(double).send(ROOM, ALERT, key="k1")
        assert await slack(double).find(ROOM, ALERT, key="k1", since=EARLIER) is None


@pytest.mark.parametrize(
    "locked", [False, True], ids=["in its thread", "in the channel, its thread is locked"]
)
async def test_discord_finds_a_post_where_it_went(
    place: DiscordDouble, platform: Discord, *, locked: bool
) -> None:
    room = f"discord:{place.news.id}"
    card = await platform.send(room, ALERT, key="k1")
    await platform.send(room, UPDATE, key="k2", parent=card.id)
    place.threads("news")[0].locked = locked
    reply = await platform.send(room, UPDATE, key="k3", parent=card.id)
    place.clock.advance(MORE_THAN_THE_NONCE)
    assert await platform.find(room, UPDATE, key="k3", since=EARLIER, parent=card.id) == reply
    assert await platform.find(room, UPDATE, key="k4", since=EARLIER, parent=card.id) is None
    assert await platform.find(room, ALERT, key="k1", since=EARLIER) == card
    again = await platform.send(room, UPDATE, key="k3", parent=card.id, since=EARLIER)
    assert again == reply, "not posted beside it"
    posts = len(place.posts("news")) + len(place.posts(place.threads("news")[0]))
    assert posts == 3


async def test_the_page_knows_what_it_showed() -> None:
    page = Preview(clock=SteppedClock(EARLIER))
    shown = await page.send("preview:main", ALERT, key="k1")
    assert await page.find("preview:main", ALERT, key="k1", since=EARLIER) == shown
    assert await page.find("preview:main", ALERT, key="k2", since=EARLIER) is None
