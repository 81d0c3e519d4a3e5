"""Under load every command is acknowledged at once and answered once, however often it is delivered."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.platforms.discord.render import ASK
from tests.feedserver import feed_server
from tests.walks.ack_load import Load
from tests.walks.chat_walk import SLACK, ChatWalk, chat_walk
from tests.walks.measure_ack import measure, on_discord
from tests.walks.test_walk_chat import FIVE, NOON, RULE, one_feed, rss

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

P99 = 2.0  # seconds to the acknowledgement on a busy machine; both platforms give up after three
LONGEST = 2.9  # seconds, for the slowest of all
REPEATS = 3  # Slack delivers what it saw no acknowledgement of three times more; an even vote would be none
MUTE = "mute add t1 for:3d"
SCHEDULE = "digest schedule at:07:30 days:mon-fri tz:Europe/Berlin"
THRESHOLD = "settings set threshold 0.65"
VOTE = "vote up t1"


@pytest.mark.long
@pytest.mark.unrecorded  # its queue holds one message ten thousand times
async def test_row_33_commands_are_acknowledged_at_once_while_feeds_are_polled_and_a_queue_waits(
    tmp_path: Path,
) -> None:
    # Less than the command measures: fewer commands at the same rate, and no model, which takes time to load.
    done = await measure(tmp_path, Load(commands=60, seconds=3.0, model=False))
    for acks in (done.slack, done.discord):
        assert acks.unacknowledged == 0, acks
        assert acks.at(0.99) <= P99, acks
        assert acks.at(1.0) <= LONGEST, acks
        assert set(acks.answers) == {1}, acks
    assert done.polls > 0
    assert done.waiting > 9_000
    assert done.status == 0


@asynccontextmanager
async def told(folder: Path) -> AsyncIterator[ChatWalk]:
    """Open a bot whose channels have the card of one story."""
    async with feed_server() as server:
        server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", FIVE))
        async with chat_walk(
            folder, at=NOON, feeds=one_feed(server), allow=[f"{server.host}:{server.port}"], channel=RULE
        ) as walk:
            await walk.round()
            yield walk


async def effects(walk: ChatWalk, channel: str) -> dict[str, int]:
    """Count what is changed in a channel."""
    store = walk.app.store
    votes = await store.votes.tally(channel, 1)
    return {
        MUTE: len(await store.mutes.running(channel, walk.clock.now())),
        SCHEDULE: len(await store.subscriptions.listed(channel)),
        VOTE: votes.up,
        "noted": len(await store.audits.listed(channel)),
    }


ONE_OF_EACH = {MUTE: 1, SCHEDULE: 1, VOTE: 1, "noted": 3}  # a vote is nobody else's business


async def test_row_14_what_slack_delivers_four_times_has_one_effect_and_one_answer(tmp_path: Path) -> None:
    async with told(tmp_path) as walk:
        slack = walk.slack
        (card,) = slack.messages("C1")
        button = next(
            element["action_id"]
            for block in card.blocks
            for element in block.get("elements", ())
            if element.get("value") == VOTE
        )
        asked = [
            await slack.command(f"/watch {MUTE}"),
            await slack.command(f"/watch {SCHEDULE}"),
            await slack.command(f"/watch {THRESHOLD}"),
            await slack.press(button, ts=card.ts),
        ]
        for one in asked:
            await slack.send(one, within=3)  # in the same envelope
            for _ in range(REPEATS - 1):
                await slack.again(one)  # in a new one
        last = await slack.command("/watch help mute")
        await slack.called("response_url", len(asked) + 1, within=15, settled=True)
        assert await effects(walk, SLACK) == ONE_OF_EACH
        answers = [slack.space.replies[one.response_url.rpartition("/")[2]].uses for one in (*asked, last)]
        assert answers == [1, 1, 1, 1, 1]


async def test_row_14_what_discord_delivers_four_times_has_one_effect_and_one_answer(tmp_path: Path) -> None:
    async with told(tmp_path) as walk:
        discord = walk.discord
        (card,) = discord.posts("news")
        asked = [
            await discord.command("watch", *on_discord(MUTE), again=True),
            await discord.command("watch", *on_discord(SCHEDULE), again=True),
            await discord.command("watch", *on_discord(THRESHOLD), again=True),
            await discord.press(f"{ASK}{VOTE}", card, again=True),
        ]
        for one in asked:
            for _ in range(REPEATS - 1):
                discord.deliver_again(one)
        last = await discord.command("watch", *on_discord("help mute"))
        for one in (*asked, last):
            await one.until(lambda it: bool(it.posts), within=15)
        assert await effects(walk, walk.discord_channel) == ONE_OF_EACH
        assert [len(one.posts) for one in (*asked, last)] == [1, 1, 1, 1, 1]
