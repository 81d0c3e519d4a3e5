"""Hostile messages of every kind through the real clients to strict doubles: nothing refused, nobody pinged.

What is on the wire is judged once more when the run ends, by the payload checker; see `wire_records`.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages import Message, Text
from bot.platforms.discord.door import connected
from bot.platforms.discord.markdown import label
from bot.platforms.slack.adapter import Slack
from tests.bot.platforms.discord_commands import FakeCommands
from tests.bot.platforms.discord_samples import CHART
from tests.bot.platforms.wire_messages import OWN, Wire
from tests.discord_double import TOKEN, DiscordDouble
from tests.doubles.slack import SlackDouble
from tests.walks.chat_walk import words
from tests.wire_records import TOOL, judged
from watchers.clock import SteppedClock

if TYPE_CHECKING:
    from pathlib import Path

    from bot.platforms.base import Platform

AT_LEAST = 500  # payloads on each platform
MANY = 1_000_000  # calls a second: how fast posts may come is another test's business
KINDS = {"alert", "update", "digest", "reply", "notice"}


async def send_all(platform: Platform, channel: str) -> tuple[int, int]:
    """Post every message, change every third post to the next message; return how many of each."""
    posted = edited = 0
    last = ""
    kinds = set[str]()
    for n, message in enumerate(Wire(channel, platform.fits).messages()):
        kinds.add(message.kind)
        if n % 3 == 2:
            await platform.edit(channel, last, message)
            edited += 1
        else:
            last = (await platform.send(channel, message, key=f"k{n}")).id
            posted += 1
    assert kinds == KINDS
    return posted, edited


@pytest.mark.long
async def test_slack_takes_every_message_whatever_a_headline_holds() -> None:
    async with SlackDouble() as double, aiohttp.ClientSession() as session:
        client = AsyncWebClient(
            token=double.bot_token, base_url=double.api, retry_handlers=[], session=session
        )
        clock = SteppedClock(datetime.fromtimestamp(double.clock.now(), UTC))
        posted, edited = await send_all(Slack(client, clock=clock), "slack:C1")
    sent = {name: double.asked(name) for name in ("chat.postMessage", "chat.update")}
    # One call a message: none had to be offered again in a simpler form.
    assert (len(sent["chat.postMessage"]), len(sent["chat.update"])) == (posted, edited)
    assert {call.outcome for call in double.calls} == {"ok"}
    assert posted + edited >= AT_LEAST
    told = words([call.payload for calls in sent.values() for call in calls])
    assert re.findall(r"<(?!https?://)[^>\n]*>", told) == []


@pytest.mark.long
async def test_discord_takes_every_message_whatever_a_headline_holds() -> None:
    async with (
        DiscordDouble(bucket=(MANY, 1.0), rate=MANY) as double,
        connected(TOKEN, FakeCommands(), api=double.api) as discord,
    ):
        posted, edited = await send_all(discord, f"discord:{double.news.id}")
        assert (len(double.called("create_message")), len(double.called("edit_message"))) == (posted, edited)
        assert {call.status for call in double.calls} <= {200, 201}
        assert double.findings == []
        assert posted + edited >= AT_LEAST
        assert [post.pings for post in double.posts("news") if post.pings] == []


def test_the_headlines_are_of_every_hostile_sort() -> None:
    together = "\n".join(OWN)
    for sort in ("<!everyone>", "@here", "<@", "](javascript:", "\u202e", "\U000e0041", "\u0301", "&amp;lt;"):
        assert sort in together
    assert max(map(len, OWN)) >= 10_000


async def test_ids_go_to_discord_as_strings() -> None:
    async with DiscordDouble() as double, connected(TOKEN, FakeCommands(), api=double.api) as discord:
        channel = f"discord:{double.news.id}"
        first = await discord.send(channel, CHART, key="k1")
        double.deny("news", "create_public_threads")
        more = Message(kind="update", notice="more", blocks=(Text(text="more"),))
        await discord.send(channel, more, key="k2", parent=first.id)
        picture, answer = double.called("create_message")
    assert [one["id"] for one in picture.body["attachments"]] == ["0"]
    reference = answer.body["message_reference"]
    assert {name: reference[name] for name in ("message_id", "channel_id", "guild_id")} == {
        "message_id": first.id.partition("/")[2],
        "channel_id": double.news.id,
        "guild_id": double.world.guild_id,
    }


@pytest.mark.parametrize("text", ["&amp;lt;b&amp;gt;", "&amp;amp;amp;lt;", "&" + "amp;" * 40 + "lt;"])
def test_a_button_shows_no_entity_escaped_twice(text: str) -> None:
    assert "&amp;" not in label(text, 80)


@pytest.mark.shared
@pytest.mark.skipif(not TOOL.exists(), reason="the folder named by VEDETTE_SHARED has no payload checker")
def test_a_finding_names_the_test_that_sent_it(tmp_path: Path) -> None:
    def line(text: str) -> str:
        return json.dumps({"platform": "slack", "method": "chat.postMessage", "payload": {"text": text}})

    record = tmp_path / "slack.jsonl"
    good, bad = json.dumps({"test": "test_good"}), json.dumps({"test": "test_bad"})
    record.write_text(
        "\n".join((line("fine"), good, line("fine"), line("<!channel>"), bad)), encoding="utf-8"
    )
    verdict = judged([record])
    assert verdict.payloads == 3
    (finding,) = verdict.findings
    assert finding.startswith("test_bad: error slack_broadcast")
