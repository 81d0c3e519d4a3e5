"""From feeds to Slack and Discord: one card a story, replies for news alone, corrections, retraction."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from bot.demo import END, config_for
from bot.newsroom.server import serve
from tests.doubles.slack_state import Person
from tests.feedserver import Answer, FeedServer, feed_server
from tests.walks.chat_walk import PREVIEW, ChatWalk, chat_walk

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2025, 8, 19, 12, 0, tzinfo=UTC)
RULE = {"rules": [{"name": "petrels", "expression": "Petrel", "alert": "now"}], "digest": None}
FIVE = "The coast guard of Norland signed a contract with Petrel Works for 12 drones worth $5.5 million."


def rss(*items: tuple[str, str, str], at: datetime = NOON) -> Answer:
    """Return a feed of (guid, title, text) items, published half an hour before a time."""
    published = format_datetime(at - timedelta(minutes=30))
    entries = "".join(
        f"<item><guid>{guid}</guid><link>https://harbour.example/{guid}</link><title>{title}</title>"
        f"<description>{text}</description><pubDate>{published}</pubDate></item>"
        for guid, title, text in items
    )
    body = f'<rss version="2.0"><channel><title>Harbour Gazette</title>{entries}</channel></rss>'
    return Answer(body=body.encode(), headers={"Content-Type": "application/rss+xml"})


def one_feed(server: FeedServer) -> list[dict[str, object]]:
    return [{"url": server.url("/feed"), "name": "Harbour Gazette", "lang": "en"}]


@pytest.mark.long
async def test_a_days_stories_are_one_card_each_on_every_platform(tmp_path: Path) -> None:
    async with serve(clock := _Still()) as newsroom:
        demo = config_for(newsroom)
        (desk,) = demo.channels
        rules = [{"name": rule.name, "expression": rule.expression} for rule in desk.rules]
        async with chat_walk(
            tmp_path,
            at=NOON,
            feeds=[{"url": f.url, "name": f.name, "lang": f.lang} for f in demo.feeds],
            allow=[newsroom.origin],
            channel={"keywords": desk.keywords, "rules": rules, "digest": None},
            model=True,
        ) as walk:
            clock.at = walk.clock
            while walk.clock.now() < END:
                await walk.round(minutes=60)
            stories = await walk.app.store.stories.ranked(start=datetime(2025, 8, 1, tzinfo=UTC), end=END)
            told = [s for s in stories if await walk.app.store.announcements.card(s.number, PREVIEW)]
            assert len(told) >= 3
            assert max(len(story.reports) for story in told) >= 4
            assert len(walk.slack_posts()) == len(walk.discord_posts()) == len(told)
            facts = sum(len(report.facts) for story in told for report in story.reports[1:])
            assert len(walk.slack_replies()) == len(walk.discord_replies()) <= facts
            assert not walk.discord.findings
            assert {call.status for call in walk.discord.calls if call.method == "create_message"} == {200}


class _Still:
    """The newsroom's clock, which follows the walk's once that is there."""

    def __init__(self) -> None:
        self.at: object = None

    def now(self) -> datetime:
        """Return the walk's time."""
        moment: datetime = self.at.now() if self.at is not None else NOON  # type: ignore[attr-defined]  # a clock
        return moment

    async def sleep(self, seconds: float) -> None:
        """Never asked for here."""
        raise AssertionError(seconds)


async def test_a_changed_figure_edits_the_card_and_gives_one_reply_and_a_comma_nothing(
    tmp_path: Path,
) -> None:
    async with feed_server() as server:
        server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", FIVE))
        async with chat_walk(
            tmp_path, at=NOON, feeds=one_feed(server), allow=[f"{server.host}:{server.port}"], channel=RULE
        ) as walk:
            await walk.round()
            assert len(walk.slack_posts()) == len(walk.discord_posts()) == 1
            assert "5.5" in walk.slack_posts()[0]

            server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", FIVE.replace("12", ",12")))
            await walk.round()
            assert walk.slack_replies() == walk.discord_replies() == []

            server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", FIVE.replace("5.5", "7.1")))
            await walk.round()
            for posts, replies in (
                (walk.slack_posts(), walk.slack_replies()),
                (walk.discord_posts(), walk.discord_replies()),
            ):
                assert len(posts) == len(replies) == 1
                assert "7.1" in posts[0]
                assert "5.5" not in posts[0]
                assert "5.5" in replies[0]
                assert "7.1" in replies[0]
            await walk.round()
            assert len(walk.slack_replies()) == len(walk.discord_replies()) == 1


async def test_a_retracted_story_is_gone_from_every_channel_within_ten_seconds_and_stays_gone(
    tmp_path: Path,
) -> None:
    async with feed_server() as server:
        server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", FIVE))
        async with chat_walk(
            tmp_path,
            at=NOON,
            feeds=one_feed(server),
            allow=[f"{server.host}:{server.port}"],
            channel=RULE,
            editors=("U02",),
        ) as walk:
            await walk.round()
            await _correct(server, walk)
            admin = await walk.discord.command("watch", ["story", "retract"], {"story": "t1"})
            await admin.until(lambda one: bool(one.posts), within=10)
            assert "1 channel that you do not manage" in admin.text
            walk.slack.space.people["U02"] = Person(id="U02", name="editor")
            began = time.monotonic()
            await walk.slack.command("/watch story retract t1 reason:wrong", user="U02")
            await walk.slack.called("response_url", within=10)
            await walk.app.deliver()
            assert time.monotonic() - began < 10
            for posts, replies in (
                (walk.slack_posts(), walk.slack_replies()),
                (walk.discord_posts(), walk.discord_replies()),
            ):
                assert any("taken back" in post for post in posts)
                assert not any("Norland" in post for post in (*posts, *replies))
            # Neither a later poll nor a further correction brings it back.
            server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", FIVE.replace("5.5", "9.9")))
            await walk.round()
            assert not any("9.9" in post for post in (*walk.slack_posts(), *walk.discord_posts()))
            assert not any("9.9" in post for post in (*walk.slack_replies(), *walk.discord_replies()))


async def _correct(server: FeedServer, walk: ChatWalk) -> None:
    server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", FIVE.replace("5.5", "7.1")))
    await walk.round()
    assert walk.slack_replies()
    assert walk.discord_replies()


@pytest.mark.parametrize(
    ("alert", "hours", "held"),
    [
        pytest.param("", "10:00-15:00", True, id="within"),
        pytest.param("", "20:00-06:00", False, id="outside"),
        pytest.param("now", "10:00-15:00", False, id="within, by a rule that may disturb"),
    ],
)
async def test_quiet_hours_hold_an_alert_and_then_deliver_it(
    tmp_path: Path, *, alert: str, hours: str, held: bool
) -> None:
    rule = {"rules": [{"name": "petrels", "expression": "Petrel", "alert": alert}], "digest": None}
    async with feed_server() as server:
        server.routes["/feed"] = rss(("a", "Norland orders Petrel drones", FIVE))
        async with chat_walk(
            tmp_path, at=NOON, feeds=one_feed(server), allow=[f"{server.host}:{server.port}"], channel=rule
        ) as walk:
            await walk.slack.command(f"/watch settings set quiet {hours}")
            await walk.slack.called("response_url")
            await walk.round()
            assert len(walk.slack_posts()) - 1 == (0 if held else 1)  # one is the line about the setting
            assert len(walk.discord_posts()) == 1
            await walk.round(minutes=180)
            assert len(walk.slack_posts()) - 1 == 1
