"""How answers get to people in Slack, and what is said when Slack does not take them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.commands.request import File, Reply
from bot.messages import Message, Text
from tests.bot.platforms.slack_desk import (
    open_desk,
    text_of,
    words,
)
from tests.doubles.slack_faults import (
    accepted_then_dropped,
    accepted_then_error,
    rate_limited,
    refused,
    server_error,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.bot.platforms.slack_desk import Desk
    from tests.doubles.slack_faults import Fault

LONG = Message(
    kind="reply",
    notice="A long answer",
    blocks=tuple(Text(text=f"Line {n}. " + "words of an answer " * 120) for n in range(40)),
)


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as opened:
        yield opened


async def test_a_file_goes_into_a_direct_message_and_the_answer_says_so(desk: Desk) -> None:
    desk.commands.reply = lambda _: Reply(
        message=words("3 facts"), file=File(name="facts.csv", body=b"a,b\n1,2\n")
    )
    await desk.slack.command("/watch export facts", user="U2")
    shown = await desk.seen_by("U2")
    assert desk.slack.files() == {"facts.csv": b"a,b\n1,2\n"}
    assert [m.files[0]["name"] for m in desk.slack.messages("DU2")] == ["facts.csv"]
    assert "facts.csv is in your direct messages" in text_of(shown)


@pytest.mark.parametrize("method", ["conversations.open", "files.getUploadURLExternal", "upload"])
async def test_a_file_that_slack_does_not_take_is_owned_up_to(desk: Desk, method: str) -> None:
    desk.slack.inject(method, server_error())
    desk.commands.reply = lambda _: Reply(message=words("3 facts"), file=File(name="facts.csv", body=b"a"))
    await desk.slack.command("/watch export facts", user="U2")
    assert "did not take facts.csv" in text_of(await desk.seen_by("U2"))
    assert desk.slack.files() == {}


async def test_a_long_answer_comes_in_parts_five_by_the_lent_address_and_the_rest_as_posts(
    desk: Desk,
) -> None:
    desk.commands.reply = lambda _: Reply(message=LONG)
    await desk.slack.command("/watch help", user="U2")
    await desk.settled()
    shown = desk.slack.ephemerals("U2")
    assert len(desk.slack.asked("response_url")) == 5
    assert len(desk.slack.asked("chat.postEphemeral")) == len(shown) - 5 > 0
    told = "".join(map(text_of, shown))
    assert [n for n in range(40) if f"Line {n}." not in told] == []


@pytest.mark.parametrize(
    "fault",
    [refused("expired_url"), server_error(), accepted_then_error()],
    ids=["an expired address", "an error", "an error after it was taken"],
)
async def test_an_answer_that_the_lent_address_does_not_take_is_posted(desk: Desk, fault: Fault) -> None:
    desk.slack.inject("response_url", fault)
    await desk.slack.command("/watch why t7", user="U2")
    await desk.settled()
    assert len(desk.slack.asked("chat.postEphemeral")) == 1
    assert "echo why t7" in text_of(desk.slack.ephemerals("U2")[-1])


@pytest.mark.parametrize("lent", [True, False], ids=["by the lent address", "as a post"])
async def test_an_answer_shows_no_previews_of_its_links(desk: Desk, *, lent: bool) -> None:
    desk.commands.reply = lambda _: Reply(message=words("a source was added"), shown="channel")
    if not lent:
        desk.slack.inject("response_url", refused("expired_url"))
    await desk.slack.command("/watch source add https://example.org/feed", user="U2")
    await desk.settled()
    (call,) = desk.slack.asked("response_url" if lent else "chat.postMessage")
    shown = [str(call.payload[name]).lower() for name in ("unfurl_links", "unfurl_media")]
    assert set(shown) <= {"false", "0"}


async def test_an_answer_for_the_channel_is_never_there_twice(desk: Desk) -> None:
    desk.commands.reply = lambda _: Reply(message=words("a source was added"), shown="channel")
    desk.slack.inject("response_url", accepted_then_dropped())
    await desk.slack.command("/watch source add https://example.org/feed", user="U2")
    await desk.settled()
    assert len(desk.slack.messages("C1")) == 1
    assert len(desk.slack.ephemerals("U2")) == 1  # its asker cannot know, and is told again


async def test_an_expired_address_for_the_channel_leads_to_a_post(desk: Desk) -> None:
    desk.commands.reply = lambda _: Reply(message=words("a source was added"), shown="channel")
    desk.slack.inject("response_url", refused("expired_url"))
    await desk.slack.command("/watch source add https://example.org/feed", user="U2")
    await desk.settled()
    assert len(desk.slack.messages("C1")) == 1


async def test_where_the_bot_cannot_write_the_answer_comes_directly(desk: Desk) -> None:
    desk.slack.inject("response_url", refused("expired_url"))
    desk.slack.inject("chat.postEphemeral", refused("not_in_channel"))
    await desk.slack.command("/watch why t7", user="U2")
    await desk.settled()
    assert ["echo why t7" in text_of(m) for m in desk.slack.messages("DU2")] == [True]


async def test_a_rate_limit_is_waited_out_and_odd_blocks_become_words(desk: Desk) -> None:
    desk.slack.inject("response_url", refused("expired_url"))
    desk.slack.inject("chat.postEphemeral", rate_limited(1))
    desk.slack.inject("chat.postEphemeral", refused("invalid_blocks"))
    await desk.slack.command("/watch why t7", user="U2")
    shown = await desk.seen_by("U2")
    calls = desk.slack.asked("chat.postEphemeral")
    assert calls[1].when - calls[0].when >= 1.0
    assert (shown.text, shown.blocks) == ("echo why t7", [])


async def test_a_fault_of_ours_is_owned_up_to_and_logged_without_words(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.commands.raises = RuntimeError("why my-secret-word")
    with caplog.at_level(logging.DEBUG):
        await desk.slack.command("/watch why my-secret-word")
        shown = await desk.seen_by("U1")
    assert "Something went wrong on our side" in text_of(shown)
    assert "RuntimeError at slack_desk.py:" in caplog.text


async def test_no_word_token_or_address_is_logged_even_when_all_goes_wrong(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.slack.inject("*", refused("fatal_error"), times=None)
    with caplog.at_level(logging.DEBUG):
        await desk.slack.command("/watch why my-secret-word")
        await desk.slack.event({"type": "tokens_of_an_unknown_kind", "text": "my-secret-word"})
        await desk.settled()
    ours = [r.getMessage() for r in caplog.records if r.name.startswith(("bot", "slack"))]
    assert any("fatal_error" in line for line in ours)
    hidden = ("my-secret-word", "xoxb-", "xapp-", "/response/", "ticket=")
    assert [line for line in ours for word in hidden if word in line] == []
