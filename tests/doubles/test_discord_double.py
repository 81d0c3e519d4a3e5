"""The Discord double, tried with the real discord.py over its real HTTP and WebSocket."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from tests.discord_bot import NONE, Bot, Card, Vote, discord, running
from tests.discord_double import DiscordDouble, NotPossibleError, Upload
from tests.discord_interactions import ANSWER_SECONDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.discord_json import JsonObject

pytestmark = pytest.mark.unrecorded  # what the double itself is tried with is not ours to send


QUIET: JsonObject = {"allowed_mentions": {"parse": []}}


@pytest.fixture
async def double() -> AsyncIterator[DiscordDouble]:
    async with DiscordDouble() as one:
        yield one


@pytest.fixture
async def bot(double: DiscordDouble) -> AsyncIterator[Bot]:
    async with running(Bot(), double) as one:
        yield one


async def send(bot: Bot, double: DiscordDouble, payload: JsonObject, channel: str = "") -> JsonObject:
    """Post raw JSON over discord.py's own HTTP client."""
    route = discord.http.Route(
        "POST", "/channels/{channel_id}/messages", channel_id=channel or double.news.id
    )
    answer: JsonObject = await bot.http.request(route, json=payload)
    return answer


async def test_a_client_connects_and_knows_guild_channels_and_roles(bot: Bot, double: DiscordDouble) -> None:
    assert [channel.name for channel in bot.guilds[0].text_channels] == ["news", "desk"]
    assert [forum.name for forum in bot.guilds[0].forums] == ["stories"]
    assert {role.name for role in bot.guilds[0].roles} >= {"Moderator", "Desk"}
    assert bot.guilds[0].me.guild_permissions.send_messages
    assert (double.gateway.identifies, double.gateway.resumes) == (1, 0)
    assert double.findings == []


async def test_a_layout_is_posted_edited_and_deleted(bot: Bot, double: DiscordDouble) -> None:
    message = await bot.room(double).send(view=Card("A frigate was ordered."))
    post = double.posts("news")[0]
    assert (post.v2, post.text) == (True, "A frigate was ordered.")
    assert post.custom_ids == ["fb:7:up", "fb:7:down"]
    await message.edit(view=Card("Two frigates were ordered."), allowed_mentions=NONE)
    assert (post.edited, post.text) == (1, "Two frigates were ordered.")
    await message.delete()
    assert double.posts() == []
    assert double.deleted == [post]


async def test_the_same_nonce_is_one_post_for_some_minutes(bot: Bot, double: DiscordDouble) -> None:
    payload = {**QUIET, "content": "once", "nonce": "k" * 25, "enforce_nonce": True}
    first, second = await send(bot, double, payload), await send(bot, double, payload)
    assert (first["id"], first["nonce"]) == (second["id"], "k" * 25)
    assert [message.nonce async for message in bot.room(double).history()] == [None]
    assert len(double.posts("news")) == 1
    double.clock.advance(301)
    assert (await send(bot, double, payload))["id"] != first["id"]


async def test_a_nonce_that_is_not_enforced_stops_nothing(bot: Bot, double: DiscordDouble) -> None:
    payload = {**QUIET, "content": "twice", "nonce": "1"}
    assert (await send(bot, double, payload))["id"] != (await send(bot, double, payload))["id"]


async def test_a_refusal_names_the_place_in_a_tree_of_errors(bot: Bot, double: DiscordDouble) -> None:
    embed = {"title": "t", "fields": [{"name": "n", "value": "v" * 1_025}]}
    with pytest.raises(discord.HTTPException) as caught:
        await send(bot, double, {**QUIET, "content": "x" * 2_001, "embeds": [embed], "colour": 1})
    assert (caught.value.status, caught.value.code) == (400, 50035)
    for place in ("In content:", "In embeds.0.fields.0.value:", "In colour:"):
        assert place in str(caught.value)
    assert double.posts() == []


async def test_a_message_that_leaves_its_pings_open_is_refused_or_only_noted(
    bot: Bot, double: DiscordDouble
) -> None:
    with pytest.raises(discord.HTTPException):
        await send(bot, double, {"content": "hello"})
    double.desk.strict = False
    await send(bot, double, {"content": "hello @here"})
    assert double.posts("news")[0].pings == ["here"]
    assert len(double.findings) == 3


@pytest.mark.usefixtures("bot")
async def test_a_command_is_deferred_and_then_answered_to_the_asker_alone(double: DiscordDouble) -> None:
    answered = await double.command("watch", ["why"], {"article": "a1", "days": 3}, user="bob")
    assert answered.seconds is not None
    assert answered.seconds < ANSWER_SECONDS
    assert (answered.text, answered.ephemeral) == ("a1 for 3 days", True)
    assert double.posts() == []
    assert len(double.ephemerals) == 1


@pytest.mark.usefixtures("bot")
async def test_an_answer_can_be_edited_and_followed(double: DiscordDouble) -> None:
    answered = await double.command("watch", ["source", "add"], {"url": "https://a.example/"})
    await answered.until(lambda one: len(one.posts) == 2)
    assert [post.text for post in answered.posts] == ["Watching https://a.example/ now", "Its last items: …"]
    assert double.posts("news") == answered.posts


@pytest.mark.usefixtures("bot")
async def test_a_file_can_be_handed_to_a_command(double: DiscordDouble) -> None:
    answered = await double.command("watch", ["source", "import"], {"file": Upload("feeds.opml", b"<opml/>")})
    assert answered.text == "7 bytes of feeds.opml"


@pytest.mark.usefixtures("bot")
async def test_autocomplete_offers_what_the_bot_offers(double: DiscordDouble) -> None:
    offered = await double.autocomplete("watch", ["why"], "article", "x")
    assert [choice["name"] for choice in offered.choices] == ["Story x0", "Story x1", "Story x2"]


async def test_a_button_that_outlived_its_view_is_pressed(bot: Bot, double: DiscordDouble) -> None:
    view = discord.ui.View(timeout=None)
    view.add_item(Vote(12, "down"))
    await bot.room(double).send("A frigate.", view=view)
    view.stop()
    pressed = await double.press("fb:12:down", double.posts("news")[0], user="bob")
    assert (pressed.text, pressed.ephemeral) == ("down for 12", True)
    with pytest.raises(NotPossibleError):
        await double.press("fb:13:down", double.posts("news")[0])
    double.patience = 0.2
    forged = await double.press("fb:13:down", double.posts("news")[0], forged=True)
    assert not forged.answered  # discord.py looks for the button in the post


@pytest.mark.usefixtures("bot")
async def test_a_form_is_opened_filled_in_and_sent(double: DiscordDouble) -> None:
    opened = await double.command("watch", ["setup"])
    assert opened.modal is not None
    assert opened.modal["title"] == "Set up"
    with pytest.raises(NotPossibleError):
        await double.submit_modal(opened, {"purpose": "x" * 21, "language": "en"})
    sent = await double.submit_modal(opened, {"purpose": "ships", "language": "en"})
    assert (sent.text, sent.ephemeral) == ("ships in en", False)


@pytest.mark.usefixtures("bot")
async def test_a_command_of_a_messages_menu_gets_the_message(double: DiscordDouble) -> None:
    said = double.say("news", "a frigate", user="bob")
    assert (await double.menu("Why this?", said)).text == "because of a frigate"


@pytest.mark.parametrize(
    ("path", "options"),
    [
        pytest.param([], {}, id="the bare command"),
        pytest.param(["who"], {}, id="an unknown subcommand"),
        pytest.param(["why"], {}, id="a required option missing"),
        pytest.param(["why"], {"article": "a", "weeks": 1}, id="an unknown option"),
        pytest.param(["why"], {"article": "a", "days": 31}, id="a number too high"),
        pytest.param(["why"], {"article": 5}, id="a number for a text"),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_what_no_client_would_send_is_not_sent(
    double: DiscordDouble, path: list[str], options: dict[str, str | int]
) -> None:
    with pytest.raises(NotPossibleError):
        await double.command("watch", path, options)
    assert double.interactions.all == []


@pytest.mark.usefixtures("bot")
async def test_a_command_in_a_direct_conversation_has_no_guild(double: DiscordDouble) -> None:
    answered = await double.command("watch", ["why"], {"article": "a1"}, channel=double.dm("bob"), user="bob")
    assert answered.text == "a1 for 7 days"
    assert "member" not in answered.packet


async def test_an_interaction_delivered_twice_takes_one_callback(bot: Bot, double: DiscordDouble) -> None:
    answered = await double.command("watch", ["why"], {"article": "a1"}, again=True)
    await double.until(lambda: len(bot.problems) == 1)
    assert bot.ran == 2
    assert answered.refused == [40060]
    assert [post.text for post in answered.posts] == ["a1 for 7 days"]


async def test_an_interaction_is_dead_after_three_seconds(bot: Bot, double: DiscordDouble) -> None:
    asked = await double.command("watch", ["why"], {"article": "a1"}, late=4.0)
    assert (asked.answered, asked.refused) == (False, [10062])
    await double.until(lambda: len(bot.problems) == 1)


async def test_a_token_is_dead_after_a_quarter_of_an_hour(bot: Bot, double: DiscordDouble) -> None:
    asked = await double.command("watch", ["why"], {"article": "a1"})
    double.clock.advance(901)
    follow = discord.http.Route("POST", f"/webhooks/{bot.application_id}/{asked.token}")
    with pytest.raises(discord.HTTPException) as caught:
        await bot.http.request(follow, json={**QUIET, "content": "late"})
    assert (caught.value.status, caught.value.code) == (401, 50027)


async def test_a_command_that_the_bot_leaves_alone_has_no_answer(bot: Bot, double: DiscordDouble) -> None:
    double.patience = 0.2
    asked = await double.command("watch", ["silent"])
    assert (bot.ran, asked.seconds, asked.posts) == (1, None, [])


async def test_a_thread_hangs_on_its_post(bot: Bot, double: DiscordDouble) -> None:
    message = await bot.room(double).send("A story")
    thread = await message.create_thread(name="What came after", auto_archive_duration=1_440)
    await thread.send("More")
    assert thread.id == message.id
    assert [post.text for post in double.posts(double.threads("news")[0])] == ["More"]
    with pytest.raises(discord.HTTPException) as caught:
        await message.create_thread(name="again")
    assert caught.value.code == 160004


async def test_a_forum_takes_a_post_with_its_first_message(bot: Bot, double: DiscordDouble) -> None:
    forum = bot.get_channel(int(double.forum.id))
    assert isinstance(forum, discord.ForumChannel)
    opened = await forum.create_thread(name="Frigates", content="It begins.")
    assert opened.message.content == "It begins."
    assert [thread.name for thread in double.threads("stories")] == ["Frigates"]
    with pytest.raises(discord.HTTPException) as caught:
        await send(bot, double, {**QUIET, "content": "x"}, double.forum.id)
    assert caught.value.code == 50008


async def test_history_is_read_from_a_moment_on(bot: Bot, double: DiscordDouble) -> None:
    channel = bot.room(double)
    before, *others = [await channel.send(str(number)) for number in range(4)]
    read = [message.id async for message in channel.history(after=before, limit=2)]
    assert read == [message.id for message in others[:2]]
    assert [message.content async for message in channel.history(limit=2)] == ["3", "2"]


async def test_a_file_is_stored_and_read_again(bot: Bot, double: DiscordDouble) -> None:
    picture = discord.File(io.BytesIO(b"PNG"), "chart.png", description="A chart")
    message = await bot.room(double).send("A chart", file=picture)
    assert double.posts("news")[0].files == {"chart.png": b"PNG"}
    assert await message.attachments[0].read() == b"PNG"
    gallery = {"type": 12, "items": [{"media": {"url": "attachment://none.png"}}]}
    with pytest.raises(discord.HTTPException):
        await send(bot, double, {**QUIET, "flags": 1 << 15, "components": [gallery]})


async def test_text_pings_only_whom_it_may(bot: Bot, double: DiscordDouble) -> None:
    said = f"@everyone <@{double.bob.id}>"
    await bot.room(double).send(said)
    await bot.room(double).send(said, allowed_mentions=discord.AllowedMentions(users=True, everyone=False))
    assert [post.pings for post in double.posts("news")] == [[], [f"<@{double.bob.id}>"]]


async def test_the_log_has_a_line_for_every_call_and_no_token(tmp_path: Path) -> None:
    log = tmp_path / "calls.jsonl"
    async with DiscordDouble(log=log) as double, running(Bot(), double) as bot:
        await bot.room(double).send("hello")
        answered = await double.command("watch", ["why"], {"article": "a1"})
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [line["method"] for line in lines if "payload" in line] == [
        "commands",
        "create_message",
        "interaction_callback",
        "execute_webhook",
    ]
    assert answered.token not in log.read_text(encoding="utf-8")
    assert lines[-1]["payload"]["content"] == "a1 for 7 days"


async def test_two_bots_both_hear_and_one_answers(bot: Bot, double: DiscordDouble) -> None:
    async with running(Bot(), double) as other:
        await double.ready(2)
        asked = await double.command("watch", ["why"], {"article": "a1"})
        await double.until(lambda: len(bot.problems) + len(other.problems) == 1)
    assert (asked.refused, len(asked.posts)) == ([40060], 1)
