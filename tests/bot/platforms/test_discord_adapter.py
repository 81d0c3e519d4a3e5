"""The adapter against a strict Discord on loopback, through discord.py's own client."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest
import pytest_asyncio

from bot.errors import DeliveryError
from bot.platforms.discord import adapter, render
from bot.platforms.discord.door import connected
from tests.bot.platforms.discord_commands import FakeCommands, said
from tests.bot.platforms.discord_samples import ALERT, CHART, DIGEST, PINGED, UPDATE
from tests.discord_double import TOKEN, DiscordDouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.messages import Message
    from bot.platforms.discord.adapter import Discord


MARK = "This may be a repeat"
EARLIER = datetime(2020, 1, 1, tzinfo=UTC)  # before any post of these tests


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


async def test_a_post_arrives_as_rendered(place: DiscordDouble, platform: Discord) -> None:
    receipt = await platform.send(channel(place), ALERT, key="k1")
    (post,) = place.posts("news")
    assert receipt.id == f"{place.news.id}/{post.id}"
    assert receipt.url == f"https://discord.com/channels/{place.world.guild_id}/{place.news.id}/{post.id}"
    sent = place.called("create_message")[0].body
    assert {name: sent[name] for name in ("flags", "components", "allowed_mentions")} == render.payload(
        ALERT, key="k1"
    )
    assert (sent["nonce"], sent["enforce_nonce"]) == (render.nonce("k1"), True)
    assert place.findings == []


@pytest.mark.parametrize("message", [ALERT, UPDATE, DIGEST, CHART], ids=lambda m: m.kind)
async def test_each_kind_of_message_is_taken(
    place: DiscordDouble, platform: Discord, message: Message
) -> None:
    await platform.send(channel(place), message, key="k1")
    (post,) = place.posts("news")
    assert post.v2
    assert post.pings == []
    assert sorted(post.files) == [name for name, _ in render.charts(message)]
    assert place.findings == []


@pytest.mark.unrecorded  # whoever is pinged here has another id each time, which no judge can be told
async def test_only_who_is_named_is_pinged(place: DiscordDouble, platform: Discord) -> None:
    role = place.add_role("Watch")
    named = replace(PINGED, mentions=(f"user:{place.bob.id}", f"role:{role.id}"))
    await platform.send(channel(place), named, key="k1")
    await platform.send(channel(place), said(f"@everyone <@{place.ada.id}> <@&{role.id}>"), key="k2")
    first, second = place.posts("news")
    assert sorted(first.pings) == sorted([f"<@{place.bob.id}>", f"<@&{role.id}>"])
    assert second.pings == []


async def test_the_same_key_posts_once(place: DiscordDouble, platform: Discord) -> None:
    first = await platform.send(channel(place), ALERT, key="k1")
    second = await platform.send(channel(place), ALERT, key="k1")
    third = await platform.send(channel(place), ALERT, key="k2")
    assert first == second != third
    assert len(place.posts("news")) == 2


@pytest.mark.parametrize("kind", ["accept_502", "accept_drop", "accept_503"])
async def test_an_answer_lost_after_acceptance_posts_nothing_twice(
    place: DiscordDouble, platform: Discord, kind: str
) -> None:
    place.fault(kind)
    again = False
    try:
        receipt = await platform.send(channel(place), ALERT, key="k1")
    except DeliveryError as lost:
        again = lost.uncertain and not lost.permanent
        receipt = await platform.send(channel(place), ALERT, key="k1", since=EARLIER if again else None)
    assert again == (kind != "accept_502")  # discord.py asks again by itself after a 502, with the same nonce
    (post,) = place.posts("news")
    assert receipt.id == f"{place.news.id}/{post.id}"


async def test_an_earlier_attempt_is_found_when_its_nonce_is_long_forgotten(
    place: DiscordDouble, platform: Discord
) -> None:
    first = await platform.send(channel(place), ALERT, key="k1")
    await platform.send(channel(place), ALERT, key="k2")
    place.clock.advance(3_600)
    assert await platform.send(channel(place), ALERT, key="k1", since=EARLIER) == first
    assert len(place.posts("news")) == 2
    await platform.send(channel(place), ALERT, key="k3", since=EARLIER)
    assert len(place.posts("news")) == 3


async def test_an_earlier_attempt_is_found_though_our_clock_is_far_ahead(
    place: DiscordDouble, platform: Discord
) -> None:
    first = await platform.send(channel(place), ALERT, key="k1")
    await platform.send(channel(place), ALERT, key="k2")
    place.clock.advance(3_600)  # the nonce is forgotten
    ahead = discord.utils.utcnow() + timedelta(days=1)
    assert await platform.send(channel(place), ALERT, key="k1", since=ahead) == first


async def test_without_the_right_to_read_history_the_post_is_made_all_the_same(
    place: DiscordDouble, platform: Discord, caplog: pytest.LogCaptureFixture
) -> None:
    place.deny("news", "read_message_history")
    await place.command("watch", ["status"])  # by then the bot has heard of it
    await platform.send(channel(place), ALERT, key="k1", since=EARLIER)
    (call,) = place.called("create_message")
    assert MARK in str(call.body)
    assert "Read Message History" in caplog.text


async def test_among_too_many_posts_an_attempt_is_not_found_and_the_post_says_so(
    place: DiscordDouble, platform: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "LOOK_BACK", 3)
    for number in range(4):
        await platform.send(channel(place), ALERT, key=f"o{number}")
    await platform.send(channel(place), ALERT, key="k1", since=EARLIER)
    *others, last = place.called("create_message")
    assert MARK in str(last.body)
    assert MARK not in str([call.body for call in others])


async def test_a_reply_whose_thread_was_deleted_goes_into_the_channel(
    place: DiscordDouble, platform: Discord
) -> None:
    above = await platform.send(channel(place), ALERT, key="k1")
    await platform.send(channel(place), UPDATE, key="k2", parent=above.id)
    place.fault("10003")
    await platform.send(channel(place), UPDATE, key="k3", parent=above.id)
    assert len(place.posts("news")) == 2


async def test_a_story_goes_on_in_one_thread_named_by_its_headline(
    place: DiscordDouble, platform: Discord
) -> None:
    first = await platform.send(channel(place), ALERT, key="k1")
    second = await platform.send(channel(place), UPDATE, key="k2", parent=first.id)
    third = await platform.send(channel(place), UPDATE, key="k3", parent=first.id)
    (thread,) = place.threads("news")
    assert thread.name == "Ostmark donanması dört korvet sipariş etti"
    assert [f"{thread.id}/{post.id}" for post in place.posts(thread)] == [second.id, third.id]
    assert len(place.posts("news")) == 1


async def test_a_thread_made_before_a_restart_is_used_again(
    place: DiscordDouble, commands: FakeCommands
) -> None:
    async with connected(TOKEN, commands, api=place.api) as discord:
        first = await discord.send(channel(place), ALERT, key="k1")
        await discord.send(channel(place), UPDATE, key="k2", parent=first.id)
    (thread,) = place.threads("news")
    thread.archived = True
    async with connected(TOKEN, commands, api=place.api) as discord:
        await discord.send(channel(place), UPDATE, key="k3", parent=first.id)
    assert place.threads("news") == [thread]
    assert len(place.posts(thread)) == 2


async def test_where_no_thread_may_be_made_the_post_goes_into_the_channel(
    place: DiscordDouble, platform: Discord
) -> None:
    place.deny("news", "create_public_threads")
    first = await platform.send(channel(place), ALERT, key="k1")
    second = await platform.send(channel(place), UPDATE, key="k2", parent=first.id)
    assert place.threads("news") == []
    assert second.id == f"{place.news.id}/{place.posts('news')[1].id}"


async def test_a_locked_thread_loses_no_news(place: DiscordDouble, platform: Discord) -> None:
    first = await platform.send(channel(place), ALERT, key="k1")
    await platform.send(channel(place), UPDATE, key="k2", parent=first.id)
    place.threads("news")[0].locked = True
    third = await platform.send(channel(place), UPDATE, key="k3", parent=first.id)
    assert third.id.startswith(f"{place.news.id}/")


async def test_a_post_is_edited_and_taken_back_wherever_it_stands(
    place: DiscordDouble, platform: Discord
) -> None:
    first = await platform.send(channel(place), ALERT, key="k1")
    second = await platform.send(channel(place), UPDATE, key="k2", parent=first.id)
    thread = place.threads("news")[0]
    for receipt, room in ((first, place.news), (second, thread)):
        await platform.edit(channel(place), receipt.id, said("Taken back."))
        assert place.posts(room)[-1].text == "Taken back."
        assert place.posts(room)[-1].edited == 1
        await platform.delete(channel(place), receipt.id)
        await platform.delete(channel(place), receipt.id)
        await platform.edit(channel(place), receipt.id, said("Too late."))
        assert place.posts(room) == []


async def test_a_refused_layout_is_posted_in_plain_words(place: DiscordDouble, platform: Discord) -> None:
    place.fault("50035")
    receipt = await platform.send(channel(place), ALERT, key="k1")
    (post,) = place.posts("news")
    assert post.content == render.plain(ALERT)
    assert not post.v2
    place.clock.advance(3_600)
    assert await platform.send(channel(place), ALERT, key="k1", since=EARLIER) == receipt
    assert len(place.posts("news")) == 1
    await platform.edit(channel(place), receipt.id, UPDATE)
    assert place.posts("news")[0].v2


USUAL = ("permanent", "closed", "everywhere", "uncertain", "unfit")


@pytest.mark.parametrize(
    ("kind", "times", "expected"),
    [
        pytest.param("403", 1, {"closed": True}, id="no permission"),
        pytest.param("50001", 1, {"closed": True}, id="no access"),
        pytest.param("10003", 1, {"closed": True}, id="no channel"),
        pytest.param("50035", 2, {"permanent": True, "unfit": True}, id="plain words refused too"),
        pytest.param("503", 1, {"uncertain": True}, id="out of service"),
        pytest.param("drop", 1, {"uncertain": True}, id="a broken connection"),
        pytest.param("429_cloudflare", 1, {"retry_after": 7.0, "everywhere": True}, id="banned for a while"),
    ],
)
async def test_a_refusal_is_told_for_what_it_is(
    place: DiscordDouble, platform: Discord, kind: str, times: int, expected: dict[str, Any]
) -> None:
    place.fault(kind, times=times, seconds=7.0)
    with pytest.raises(DeliveryError) as caught:
        await platform.send(channel(place), ALERT, key="k1")
    error = caught.value
    told = {name: getattr(error, name) for name in (*USUAL, "retry_after")}
    assert told == {**dict.fromkeys(USUAL, False), "retry_after": None, **expected}
    assert error.__cause__ is not None
    assert TOKEN not in f"{error} {error.__cause__}"
    assert len(place.called("create_message")) == times
    assert place.posts("news") == []


@pytest.mark.parametrize("kind", ["429", "429_global"])
async def test_a_short_limit_is_waited_for(place: DiscordDouble, platform: Discord, kind: str) -> None:
    place.fault(kind, seconds=0.2)
    await platform.send(channel(place), ALERT, key="k1")
    assert len(place.posts("news")) == 1


async def test_a_long_limit_comes_back_to_the_outbox(place: DiscordDouble, platform: Discord) -> None:
    place.fault("429", seconds=300.0)
    with pytest.raises(DeliveryError) as caught:
        await platform.send(channel(place), ALERT, key="k1")
    assert caught.value.retry_after == pytest.approx(300.0)


@pytest.mark.parametrize("channel_id", ["discord:", "slack:C1", "discord:x", "discord:999", "forum"])
async def test_what_is_no_channel_of_ours_is_given_up(
    place: DiscordDouble, platform: Discord, channel_id: str
) -> None:
    named = f"discord:{place.forum.id}" if channel_id == "forum" else channel_id
    with pytest.raises(DeliveryError) as caught:
        await platform.send(named, ALERT, key="k1")
    assert caught.value.permanent or caught.value.closed
