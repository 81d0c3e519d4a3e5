"""From feeds to threads: a promise is due in the digest, moves beneath its card, and passes in silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.feedserver import feed_server
from tests.walks.chat_walk import chat_walk
from tests.walks.test_walk_chat import FIVE, NOON, RULE, one_feed, rss

if TYPE_CHECKING:
    from pathlib import Path

PROMISE = f"{FIVE} Petrel Works will hand over the first drone on 30 August 2025."
DELAY = "Petrel Works has postponed the first drone to March 2026, its director said in Norland."
DIGEST = RULE | {"digest": {"at": "08:00"}, "timezone": "UTC"}


async def test_a_promise_is_due_moves_and_is_missed_where_its_story_was_told(tmp_path: Path) -> None:
    async with feed_server() as server:
        server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", PROMISE))
        async with chat_walk(
            tmp_path, at=NOON, feeds=one_feed(server), allow=[f"{server.host}:{server.port}"], channel=DIGEST
        ) as walk:
            await walk.round()
            await walk.round(minutes=24 * 60)
            for posts in (walk.slack_posts(), walk.discord_posts()):
                assert len(posts) == 2  # the card and the digest
                assert "Due this month" in posts[1]
                assert "Petrel Works will hand over the first drone on 30 August 2025." in posts[1]
            assert walk.slack_replies() == walk.discord_replies() == []

            soon = NOON + timedelta(days=8)
            server.routes["/feed"] = rss(("b", "Petrel drones come later", DELAY), at=soon)
            walk.clock.move_to(soon)
            await walk.round()
            for replies in (walk.slack_replies(), walk.discord_replies()):
                (reply,) = replies
                assert "was due 30 Aug 2025, now 31 Mar 2026" in reply
                assert "will hand over the first drone on 30 August 2025" in reply
                assert "has postponed the first drone to March 2026" in reply
                assert "Said 19 Aug 2025" in reply
                assert "Reported 27 Aug 2025" in reply

            walk.clock.move_to(datetime(2026, 4, 4, 7, 30, tzinfo=UTC))
            await walk.round(minutes=10)
            assert len(walk.slack_replies()) == 1
            for _ in range(2):
                await walk.round(minutes=30)
            for replies in (walk.slack_replies(), walk.discord_replies()):
                assert len(replies) == 2
                assert "was due 31 Mar 2026; nothing reported since" in replies[1]
            said = [post for post in walk.slack_posts() if "Due this month" in post]
            assert len(said) == 1
            assert not walk.discord.findings


async def test_a_day_that_an_outlet_corrects_is_followed_as_corrected(tmp_path: Path) -> None:
    async with feed_server() as server:
        server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", PROMISE))
        async with chat_walk(
            tmp_path, at=NOON, feeds=one_feed(server), allow=[f"{server.host}:{server.port}"], channel=RULE
        ) as walk:
            await walk.round()
            ledger = walk.app.store.ledgers
            assert [one.promise.words for one in (await ledger.listed())[1]] == ["30 August 2025"]
            server.routes["/feed"] = rss(
                ("a", "Norland orders Petrel drones", PROMISE.replace("30 August", "28 October"))
            )
            await walk.round()
            assert [(one.number, one.promise.words) for one in (await ledger.listed())[1]] == [
                (2, "28 October 2025")
            ]
