"""What people do in Slack and what is asked of the command layer, against the strict double."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.commands.request import Asker, Choice, Question, Reply, Request, Sheet
from bot.messages import Actions, Button, Message, Text
from bot.platforms.slack import manifest, render
from bot.platforms.slack.asked import SHORTCUTS
from tests.bot.platforms.slack_desk import (
    client_of,
    open_desk,
    text_of,
    words,
)
from tests.doubles.slack_faults import (
    refused,
    slow,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.bot.platforms.slack_desk import Desk

SHEET = Sheet(
    title="Set this channel up",
    command="setup",
    questions=(
        Question(name="keywords", label="Words to watch for", required=True),
        Question(name="lang", label="Language", choices=(Choice(label="English", value="en"),)),
    ),
)


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as opened:
        yield opened


async def alert(desk: Desk, *commands: str, key: str = "", thread: str = "") -> str:
    """Post a message with buttons as the adapter would; return its ts."""
    buttons = tuple(Button(label=f"Button {n}", command=command) for n, command in enumerate(commands))
    blocks = (Text(text="A frigate was ordered."), *((Actions(buttons=buttons),) if buttons else ()))
    posted = render.payload(Message(kind="alert", notice="A frigate was ordered.", blocks=blocks))
    said = await client_of(desk.slack).chat_postMessage(
        channel="C1",
        text=posted.text,
        blocks=posted.blocks,
        thread_ts=thread or None,
        metadata={"event_type": "vedette_delivery", "event_payload": {"key": key}} if key else None,
    )
    return str(said["ts"])


async def test_a_command_is_acknowledged_empty_asked_once_and_answered_to_its_writer(desk: Desk) -> None:
    delivery = await desk.slack.command("/watch why t7", user="U1", channel="C1")
    assert (delivery.acked, delivery.ack) == (True, {})
    shown = await desk.seen_by("U1")
    assert "echo why t7" in text_of(shown)
    assert shown.channel == "C1"
    assert desk.commands.requests == [
        Request(
            text="why t7",
            channel="slack:C1",
            asker=Asker(id="slack:U1", name="ada", manages=True),
            event=f"slack:typed:{delivery.trigger_id}",
            channel_name="defence-news",
            public=True,
        )
    ]
    assert desk.slack.messages("C1") == []


async def test_a_bare_command_asks_for_help(desk: Desk) -> None:
    await desk.slack.command("/watch")
    assert (await desk.commands.asked()).text == "help"


async def test_a_private_channel_is_not_public_and_its_name_stays_hidden(desk: Desk) -> None:
    await desk.slack.command("/watch status", channel="G1")
    request = await desk.commands.asked()
    assert (request.public, request.channel, request.channel_name) == (False, "slack:G1", "")


async def test_an_answer_for_the_channel_is_seen_by_all(desk: Desk) -> None:
    desk.commands.reply = lambda _: Reply(message=words("grace added a source"), shown="channel")
    await desk.slack.command("/watch source add https://example.org/feed", user="U2")
    await desk.settled()
    assert ["grace added a source" in text_of(m) for m in desk.slack.messages("C1")] == [True]
    assert desk.slack.ephemerals("U2") == []


# Seconds: what waits for any of them takes as long, what does not takes a few milliseconds.
HELD_UP = 1.5


async def test_nothing_delays_the_acknowledgement(desk: Desk) -> None:
    for method in ("users.info", "conversations.info", "response_url", "auth.test"):
        desk.slack.inject(method, slow(HELD_UP), times=None)
    desk.commands.takes = HELD_UP
    delivery = await desk.slack.command("/watch why t7")
    assert delivery.seconds is not None
    assert delivery.seconds < HELD_UP
    assert "echo" in text_of(await desk.seen_by("U1"))


async def test_what_is_delivered_three_times_is_answered_once(desk: Desk) -> None:
    ts = await alert(desk, "vote up t7", key="slack:C1/t7/card")
    deliveries = [
        await desk.slack.command("/watch source add https://example.org/feed"),
        await desk.slack.press("ask:0", ts=ts),
        await desk.slack.shortcut("more", ts=ts),
    ]
    for delivery in deliveries:
        for _ in range(2):
            assert (await desk.slack.again(delivery)).acked
    await desk.commands.repeated(6)
    await desk.settled()
    assert [r.text for r in desk.commands.requests] == [
        "source add https://example.org/feed",
        "vote up t7",
        "vote up t7",
    ]
    assert len({r.event for r in desk.commands.requests}) == 3
    assert len(desk.slack.ephemerals("U1")) == 3


async def test_a_press_asks_as_whoever_presses_and_answers_in_the_thread(desk: Desk) -> None:
    first = await alert(desk, key="slack:C1/t7/card")
    ts = await alert(desk, "why t7", "vote up t7", thread=first)
    await desk.slack.press("ask:1", ts=ts, user="U2")
    shown = await desk.seen_by("U2")
    assert (await desk.commands.asked()).text == "vote up t7"
    assert shown.thread_ts == first
    assert desk.slack.message("C1", ts).edited is False


async def test_a_button_of_an_answer_that_only_its_asker_sees_is_answered_too(desk: Desk) -> None:
    share = Actions(buttons=(Button(label="Share", command="status show:channel"),))
    desk.commands.reply = lambda r: Reply(
        message=Message(kind="reply", notice="All is well.", blocks=(Text(text=f"for {r.text}"), share)),
        shown="channel" if "show:channel" in r.text else "asker",
    )
    await desk.slack.command("/watch status", user="U2")
    shown = await desk.seen_by("U2")
    await desk.slack.press("ask:0", ts=shown.ts, user="U2")
    await desk.settled()
    assert (await desk.commands.asked(2)).channel == "slack:C1"
    assert ["for status show:channel" in text_of(m) for m in desk.slack.messages("C1")] == [True]


async def test_a_link_pressed_is_acknowledged_and_asks_nothing(desk: Desk) -> None:
    ts = await alert(desk, "why t7")
    assert (await desk.slack.press("open-story", ts=ts, forged={"url": "https://example.org"})).acked
    assert desk.commands.requests == []


@pytest.mark.parametrize(
    ("key", "commands"),
    [("slack:C1/t7/card", ()), ("", ("vote up t7", "why t7"))],
    ids=["by its delivery's key", "by its buttons"],
)
@pytest.mark.parametrize("entry", list(SHORTCUTS))
async def test_a_messages_menu_asks_about_its_story(
    desk: Desk, entry: str, key: str, commands: tuple[str, ...]
) -> None:
    ts = await alert(desk, *commands, key=key)
    await desk.slack.shortcut(entry, ts=ts, user="U2")
    assert (await desk.commands.asked()).text == SHORTCUTS[entry].format("t7")
    assert "echo" in text_of(await desk.seen_by("U2"))


async def test_a_menu_on_somebodys_message_is_answered_clearly(desk: Desk) -> None:
    ts = desk.slack.say("why t7, I wonder", user="U2")
    await desk.slack.shortcut("why", ts=ts)
    assert "cannot tell which story" in text_of(await desk.seen_by("U1"))
    assert desk.commands.requests == []


def test_every_entry_of_the_manifest_has_its_command() -> None:
    assert {name for name, *_ in manifest.SHORTCUTS} == set(SHORTCUTS)


async def test_a_form_opens_and_what_is_filled_in_becomes_the_command(desk: Desk) -> None:
    desk.commands.reply = lambda r: Reply(
        message=words(f"set: {r.text}"), sheet=SHEET if r.text == "setup" else None
    )
    await desk.slack.command("/watch setup", user="U2", channel="C2")
    await desk.settled()
    assert desk.slack.ephemerals("U2") == []
    filled = {"keywords": "frigate, \u201cdrone\u201d alert:now", "lang": "en"}
    delivery = await desk.slack.submit("U2", filled)
    assert (delivery.acked, delivery.problem) == (True, "")
    request = await desk.commands.asked(2)
    assert request.text == 'setup keywords:"frigate, \'drone\' alert:now" lang:"en"'
    assert (request.channel, request.asker.manages, request.public) == ("slack:C2", False, True)
    shown = await desk.seen_by("U2")
    assert (shown.channel, "set: setup" in text_of(shown)) == ("C2", True)
    await desk.slack.again(delivery)
    await desk.commands.repeated(1)


async def test_a_form_that_comes_too_late_is_put_in_words(desk: Desk) -> None:
    desk.commands.reply = lambda _: Reply(message=words("setup in words"), sheet=SHEET)
    desk.slack.inject("views.open", refused("expired_trigger_id"))
    await desk.slack.command("/watch setup")
    assert "setup in words" in text_of(await desk.seen_by("U1"))


async def test_the_home_tab_shows_what_is_watched_and_its_buttons_answer_directly(desk: Desk) -> None:
    desk.slack.space.channels["G1"].people = frozenset({"U1"})
    await desk.slack.home_opened("U2")
    await desk.slack.called("views.publish")
    await desk.settled()
    home = desk.slack.home_of("U2")
    assert home is not None
    assert "Watching 12 sources." in str(home["blocks"])
    (seen,) = desk.commands.homes
    assert seen is not None
    assert {"slack:C1", "slack:G1"} & set(seen) == {"slack:C1"}, "nobody let them into the private one"
    await desk.slack.press("ask:0", view="U2", user="U2", value="status", forged={})
    request = await desk.commands.asked()
    await desk.settled()
    assert (request.channel, request.public) == ("slack:DU2", False)
    assert ["echo status" in text_of(m) for m in desk.slack.messages("DU2")] == [True]


async def test_row_34_who_has_no_rights_gets_none_from_a_forged_press_or_form(desk: Desk) -> None:
    ts = await alert(desk, "why t7")
    await desk.slack.command("/watch source remove s1", user="U2", channel="C1")
    await desk.commands.asked(1)
    await desk.slack.press("ask:9", ts=ts, user="U2", forged={"value": "source remove s1"})
    await desk.commands.asked(2)
    desk.commands.reply = lambda _: Reply(message=words("setup"), sheet=SHEET)
    await desk.slack.command("/watch setup", user="U2", channel="C1")
    await desk.commands.asked(3)
    await desk.settled()
    desk.commands.reply = lambda _: Reply(message=words("refused"), refused=True)
    other = '{"channel":"slack:C2","command":"story retract t7"}'
    await desk.slack.submit("U2", {"keywords": "x"}, forged={"private_metadata": other})
    await desk.commands.asked(4)
    asked = [(r.text, r.channel, r.asker.id, r.asker.manages) for r in desk.commands.requests]
    assert asked == [
        ("source remove s1", "slack:C1", "slack:U2", False),
        ("source remove s1", "slack:C1", "slack:U2", False),
        ("setup", "slack:C1", "slack:U2", False),
        ('story retract t7 keywords:"x"', "slack:C2", "slack:U2", False),
    ]


@pytest.mark.parametrize(
    "metadata",
    [
        '{"channel":"discord:12","command":"setup"}',
        '{"channel":"slack:C1/../x","command":"setup"}',
        '{"channel":"C1","command":"setup"}',
        '{"channel":"slack:","command":"setup"}',
        '{"channel":["slack:C1"],"command":"setup"}',
        "not ours",
        "",
    ],
)
async def test_row_34_a_form_for_no_channel_of_slack_changes_nothing_and_is_logged(
    desk: Desk, caplog: pytest.LogCaptureFixture, metadata: str
) -> None:
    desk.commands.reply = lambda _: Reply(message=words("setup"), sheet=SHEET)
    await desk.slack.command("/watch setup", user="U2")
    await desk.settled()
    with caplog.at_level(logging.WARNING):
        assert (await desk.slack.submit("U2", {"keywords": "x"}, forged={"private_metadata": metadata})).acked
        await desk.settled()
    assert len(desk.commands.requests) == 1
    assert ["nothing was changed" in text_of(m) for m in desk.slack.messages("DU2")] == [True]
    assert [r for r in caplog.records if r.__dict__.get("action") == "slack_form_refused"]
