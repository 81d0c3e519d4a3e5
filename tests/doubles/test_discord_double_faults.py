"""What goes wrong with Discord, as its double does it to the real discord.py."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.discord_bot import Bot, discord, running
from tests.discord_double import DiscordDouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

pytestmark = pytest.mark.unrecorded  # what the double itself is tried with is not ours to send


@pytest.fixture
async def double() -> AsyncIterator[DiscordDouble]:
    async with DiscordDouble() as one:
        yield one


@pytest.fixture
async def bot(double: DiscordDouble) -> AsyncIterator[Bot]:
    async with running(Bot(), double) as one:
        yield one


async def test_a_cut_connection_is_resumed_and_misses_nothing(bot: Bot, double: DiscordDouble) -> None:
    heard: list[str] = []
    bot.event(_listener(heard))
    double.gateway.abort()
    double.say("news", "while you were away")
    await double.until(lambda: len(heard) == 1)
    assert (double.gateway.identifies, double.gateway.resumes, double.gateway.ready) == (1, 1, 1)
    assert (await double.command("watch", ["why"], {"article": "a1"})).answered


def _listener(heard: list[str]) -> Callable[[discord.Message], Coroutine[None, None, None]]:
    async def on_message(message: discord.Message) -> None:
        heard.append(str(message.channel.id))

    return on_message


@pytest.mark.parametrize(
    ("resumable", "identifies", "resumes"),
    [pytest.param(True, 1, 1, id="resumable"), pytest.param(False, 2, 0, id="for good")],
)
@pytest.mark.usefixtures("bot")
async def test_an_invalid_session_is_resumed_or_begun_anew(
    double: DiscordDouble, *, resumable: bool, identifies: int, resumes: int
) -> None:
    double.gateway.invalidate(resumable=resumable)
    await double.until(lambda: double.gateway.identifies + double.gateway.resumes == 2)
    await double.ready()
    assert (double.gateway.identifies, double.gateway.resumes) == (identifies, resumes)
    assert (await double.command("watch", ["why"], {"article": "a1"})).answered


@pytest.mark.usefixtures("bot")
async def test_a_bot_that_is_asked_to_come_again_resumes(double: DiscordDouble) -> None:
    double.gateway.reconnect()
    await double.until(lambda: double.gateway.resumes == 1)
    assert (await double.command("watch", ["why"], {"article": "a1"})).answered


async def test_a_zombie_is_left_for_a_new_connection(double: DiscordDouble) -> None:
    async with running(Bot(heartbeat_timeout=0.3), double):
        double.gateway.zombie()
        await double.until(lambda: double.gateway.resumes == 1)
        assert (await double.command("watch", ["why"], {"article": "a1"})).answered


async def test_a_wrong_token_does_not_get_in(double: DiscordDouble) -> None:
    with double.pointed():
        bot = Bot()
        with pytest.raises(discord.LoginFailure):
            await bot.start("wrong")
        await bot.close()


async def test_a_privileged_intent_that_was_not_switched_on_closes_the_gateway(double: DiscordDouble) -> None:
    with double.pointed():
        bot = Bot(discord.Intents.all())
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await bot.start(double.token)
        await bot.close()
    assert double.gateway.closed[4014] == 1


async def test_content_of_others_is_hidden_without_its_intent(bot: Bot, double: DiscordDouble) -> None:
    asked = bot.wait_for("message", timeout=5)
    waiting = asyncio.ensure_future(asked)
    await asyncio.sleep(0)
    double.say("news", "for your eyes only")
    assert (await waiting).content == ""


async def test_a_502_after_acceptance_leaves_one_post(bot: Bot, double: DiscordDouble) -> None:
    fault = double.fault("accept_502")
    await bot.room(double).send("once", nonce="same")
    assert fault.done == 1
    assert [call.status for call in double.called("create_message")] == [502, 200]
    assert [post.text for post in double.posts("news")] == ["once"]


@pytest.mark.parametrize(("kind", "left"), [("drop", 0), ("accept_drop", 1)])
async def test_a_dropped_connection_leaves_what_was_accepted(
    bot: Bot, double: DiscordDouble, kind: str, left: int
) -> None:
    happened: list[int] = []
    double.fault(kind, then=lambda: happened.append(len(double.posts("news"))))
    with pytest.raises(aiohttp.ClientError):
        await bot.room(double).send("once")
    assert happened == [left]
    assert [call.status for call in double.called("create_message")] == [0]


@pytest.mark.parametrize("kind", ["429", "429_global"])
async def test_a_limit_is_waited_for(bot: Bot, double: DiscordDouble, kind: str) -> None:
    double.fault(kind, seconds=0.2)
    await bot.room(double).send("later")
    first, second = double.called("create_message")
    assert second.at - first.at >= 0.2
    assert double.findings == []


async def test_who_calls_before_the_time_is_found_out(bot: Bot, double: DiscordDouble) -> None:
    double.fault("429_cloudflare", seconds=30.0)
    for _ in range(2):
        with pytest.raises(discord.HTTPException) as caught:
            await bot.room(double).send("now")
        assert caught.value.status == 429
    double.clock.advance(31)
    await bot.room(double).send("then")
    assert [call.status for call in double.called("create_message")] == [429, 429, 200]
    assert double.invalid == 2
    assert ["before the time" in finding.message for finding in double.findings] == [True]


async def test_a_bucket_that_is_empty_refuses(double: DiscordDouble) -> None:
    double.server.limits.bucket = (2, 60.0)
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {double.token}"}) as session:
        answers = [await session.get(f"{double.api}/channels/{double.news.id}") for _ in range(3)]
        body = await answers[-1].json()
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert answers[1].headers["X-RateLimit-Remaining"] == "0"
    assert body["global"] is False
    assert 0 < body["retry_after"] <= 60
    assert [finding.method for finding in double.findings] == ["get_channel"]


@pytest.mark.parametrize(
    ("denied", "code"), [("send_messages", 50013), ("view_channel", 50001), ("embed_links", 50013)]
)
async def test_a_missing_permission_is_refused(
    bot: Bot, double: DiscordDouble, denied: str, code: int
) -> None:
    double.deny("news", denied)
    with pytest.raises(discord.Forbidden) as caught:
        await bot.room(double).send("hello", embed=discord.Embed(title="t"))
    assert caught.value.code == code
    double.deny("news")
    await bot.room(double).send("hello")


async def test_what_is_not_there_is_unknown(bot: Bot, double: DiscordDouble) -> None:
    channel = bot.room(double)
    with pytest.raises(discord.NotFound) as caught:
        await channel.fetch_message(1)
    assert caught.value.code == 10008
    double.remove_channel("news")
    with pytest.raises(discord.NotFound) as caught:
        await channel.send("hello")
    assert caught.value.code == 10003
