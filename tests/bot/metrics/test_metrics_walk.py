"""From feeds to Slack and Discord: what the metrics say is what the doubles saw and the database holds."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.metrics.catalogue import METRICS, USUAL, named
from tests.bot.metrics.metered import AGE, NOON, metered, read, rss
from tests.doubles import slack_faults
from tests.feedserver import Answer
from watchers.workers import WorkTimeout

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.unrecorded, pytest.mark.timeout(300)]
OLD = "Norland launches a Petrel drone"
NEWS = "Norland orders twelve Petrel drones for its coast guard"
ELSE = "The harbour swimming pool is shut for repairs"


async def test_every_stage_counts_what_it_did(tmp_path: Path, empty_database: Path) -> None:
    async with metered(tmp_path, empty_database, "/a", "/gone", "/page", "/lost") as bot:
        bot.feeds.routes["/a"] = rss(OLD, ELSE)
        bot.feeds.routes["/gone"] = Answer(status=410)
        bot.feeds.routes["/page"] = Answer(body=b"<html><body>hello</body></html>")
        before = await bot.values()
        assert before["vedette_polls_total", "new"] == 0
        await bot.round()
        bot.feeds.routes["/a"] = rss(OLD, ELSE, NEWS, at=NOON + timedelta(minutes=40))
        await bot.round()
        await bot.round()
        found = await bot.values()
        store = bot.app.store

        asked = [len(bot.feeds.asked(path)) for path in ("/a", "/gone", "/page", "/lost")]
        polls = {of: found["vedette_polls_total", of] for of in ("new", "nothing_new", "unchanged", "failed")}
        assert polls == {"new": 2, "nothing_new": 0, "unchanged": 1, "failed": sum(asked[1:])}
        faults = {of: found["vedette_poll_failures_total", of] for of in ("gone", "not_a_feed", "status")}
        assert faults == dict(zip(faults, asked[1:], strict=True))
        assert found["vedette_entries_new_total",] == await store.entries.count() == 3
        states = {of: found["vedette_feeds", of] for of in ("fresh", "gone", "not_a_feed", "failing")}
        assert states == dict.fromkeys(states, 1)

        scored = {key[1]: value for key, value in found.items() if key[0] == "vedette_entries_scored_total"}
        assert sum(scored.values()) == 3
        assert scored["store"] == 1
        assert found["vedette_entries_unread",] == found["vedette_entries_unreadable_total",] == 0
        stories = await store.stories.ranked(start=NOON - timedelta(days=1), end=bot.clock.now())
        assert found["vedette_story_updates_total", "opened"] == len(stories)

        assert {count.state for count in await store.outbox.counts()} == {"delivered"}
        channels = ("slack:C1", f"discord:{bot.discord.news.id}")
        sent = [item for name in channels for item in await store.outbox.delivered_to(name, limit=100)]
        assert found["vedette_alerts_written_total",] == sum(item.kind == "alert" for item in sent) == 4
        posts = {"slack": len(bot.slack.messages("C1")), "discord": len(bot.discord.posts("news"))}
        delivered = {name: found["vedette_deliveries_total", "delivered", name] for name in posts}
        assert delivered == posts == dict.fromkeys(posts, 3), (
            "two cards, and a word about the feed that is gone"
        )


async def test_a_card_is_timed_from_its_report_and_a_new_feeds_archive_is_not(
    tmp_path: Path, empty_database: Path
) -> None:
    async with metered(tmp_path, empty_database, "/a") as bot:
        bot.feeds.routes["/a"] = rss(OLD)
        await bot.round()
        assert (await bot.values())["vedette_fetched_to_delivered_seconds_count", "slack"] == 0
        bot.feeds.routes["/a"] = rss(OLD, NEWS, at=bot.clock.now() + timedelta(minutes=20))
        fault = bot.slack.inject("chat.postMessage", slack_faults.server_error(500))
        await bot.round()
        await bot.round(minutes=2)
        assert fault.done
        found = await bot.values()
        for name, late in (("slack", 120), ("discord", 0)):
            assert found["vedette_fetched_to_delivered_seconds_count", name] == 1
            assert found["vedette_fetched_to_delivered_seconds_sum", name] == late
            assert found["vedette_published_to_delivered_seconds_sum", name] == AGE.total_seconds() + late
            assert found["vedette_delivery_seconds_count", name] == 2
            assert found["vedette_delivery_seconds_sum", name] == late
        assert found["vedette_deliveries_total", "retried", "slack"] == 1
        assert found["vedette_deliveries_total", "delivered", "slack"] == len(bot.slack.messages("C1"))
        assert (await bot.values())["vedette_fetched_to_delivered_seconds_count", "slack"] == 1


async def test_what_waits_and_why_is_told_by_platform(tmp_path: Path, empty_database: Path) -> None:
    async with metered(tmp_path, empty_database, "/a", "/b") as bot:
        bot.feeds.routes["/a"] = rss(OLD)
        bot.slack.inject("chat.postMessage", slack_faults.server_error(500), times=None)
        shut = bot.discord.fault("403", channel=bot.discord.news.id, times=9)
        await bot.round()
        written, found = bot.clock.now(), await bot.values()
        for _ in range(12):
            bot.clock.move_to(bot.clock.now() + timedelta(minutes=5))
            await bot.app.deliver()
            found = await bot.values()
            if found["vedette_platform_outage", "slack"] and found["vedette_channels", "discord", "closed"]:
                break
        assert (
            found["vedette_channels", "discord", "closed"] == found["vedette_channels", "slack", "open"] == 1
        )
        assert found["vedette_deliveries_total", "closed", "discord"] == shut.done >= 1
        assert found["vedette_deliveries_total", "retried", "slack"] >= 3
        assert found["vedette_platform_outage", "slack"] == 1
        assert found["vedette_platform_outage", "discord"] == 0
        assert found["vedette_outbox_messages", "slack"] >= 1
        assert found["vedette_outbox_messages", "discord"] >= 1
        assert found["vedette_outbox_messages", "preview"] == 0
        assert found["vedette_outbox_overdue_seconds", "discord"] == 0, "a closed channel is no slow delivery"
        oldest = found["vedette_outbox_oldest_seconds", "discord"]
        assert oldest == (bot.clock.now() - written).total_seconds()
        assert found["vedette_platform_connected", "slack"] == 1


async def test_how_late_a_digest_is_and_how_late_feeds_are_is_told(
    tmp_path: Path, empty_database: Path
) -> None:
    digest = {"digest": {"at": "13:00", "empty": "say"}}
    async with metered(tmp_path, empty_database, "/a", channel=digest) as bot:
        bot.feeds.routes["/a"] = rss(OLD)
        await bot.round()
        bot.clock.move_to(NOON + timedelta(minutes=65))
        late = await bot.values()
        assert late["vedette_digest_overdue_seconds",] == 300
        due = await bot.app.store.feeds.next_due()
        assert due is not None
        assert late["vedette_poll_lag_seconds",] == pytest.approx((bot.clock.now() - due).total_seconds())
        await bot.round(minutes=0)
        found = await bot.values()
        assert found["vedette_digest_overdue_seconds",] == found["vedette_poll_lag_seconds",] == 0
        assert found["vedette_digest_lateness_seconds_count",] == 2
        assert found["vedette_digest_lateness_seconds_sum",] == 600


async def test_a_worker_that_takes_too_long_is_counted(tmp_path: Path, empty_database: Path) -> None:
    async with metered(tmp_path, empty_database) as bot:
        before = await bot.values()
        with pytest.raises(WorkTimeout):
            await bot.app.workers["parse"].run(endless, timeout=0.2)
        found = await bot.values()
        assert before["vedette_workers_lost_total", "parse"] == 0
        assert found["vedette_workers_lost_total", "parse"] == 1
        assert found["vedette_workers_lost_total", "read"] == 0


def endless() -> None:
    while True:
        pass


async def test_the_page_holds_what_the_catalogue_names_and_nothing_else(
    tmp_path: Path, empty_database: Path
) -> None:
    async with metered(tmp_path, empty_database, "/a") as bot:
        bot.feeds.routes["/a"] = rss(OLD)
        await bot.round()
        page = await bot.page()
        helped = [line.split(" ", 3)[2:] for line in page.splitlines() if line.startswith("# HELP")]
        own = {name: says for name, says in helped if name.startswith("vedette_")}
        assert own == {metric.name: metric.says for metric in METRICS}
        assert {name for name, _ in helped} - set(own) <= set(USUAL)
        for key in read(page):
            assert not key[0].endswith("_created")
        assert named("vedette_build_info").labels.keys() == {
            *("version", "schema", "embedder", "database", "python")
        }


async def test_no_feed_channel_word_or_secret_is_on_the_page_and_more_of_them_make_no_more_series(
    tmp_path: Path, empty_database: Path
) -> None:
    paths = tuple(f"/feed{n}" for n in range(12))
    (tmp_path / "few").mkdir()
    async with metered(tmp_path / "few", empty_database, "/feed0") as few:
        few.feeds.routes["/feed0"] = rss(OLD)
        await few.round()
        series = set(await few.values())
    async with metered(tmp_path, empty_database, *paths) as bot:
        for path in paths:
            bot.feeds.routes[path] = rss(f"{OLD} from {path[1:]}", ELSE)
        await bot.round()
        await bot.round()
        assert set(await bot.values()) == series
        page = await bot.page()
        hidden: tuple[str, ...] = (
            "127.0.0.1",
            "Gazette",
            "Petrel",
            "petrel",
            "Norland",
            "C1",
            bot.slack.bot_token,
        )
        hidden += (bot.slack.app_token, bot.discord.token, str(bot.discord.news.id), str(tmp_path))
        assert [word for word in hidden if word in page] == []


async def test_two_bots_in_one_process_count_apart(tmp_path: Path, empty_database: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    async with metered(tmp_path / "one", empty_database, "/a") as one:
        one.feeds.routes["/a"] = rss(OLD)
        await one.round()
        async with metered(tmp_path / "two", empty_database, "/a") as two:
            assert (await two.values())["vedette_polls_total", "new"] == 0
            assert (await one.values())["vedette_polls_total", "new"] == 1


async def test_two_who_ask_at_once_both_get_all(tmp_path: Path, empty_database: Path) -> None:
    async with metered(tmp_path, empty_database) as bot:
        pages = await asyncio.gather(*(bot.page() for _ in range(8)))
        names = [set(read(page)) for page in pages]
        assert all(name == names[0] for name in names)


async def test_openmetrics_is_given_to_who_asks_for_it(tmp_path: Path, empty_database: Path) -> None:
    wanted = {"Accept": "application/openmetrics-text; version=1.0.0"}
    async with (
        metered(tmp_path, empty_database) as bot,
        aiohttp.ClientSession() as session,
        session.get(bot.url, headers=wanted) as answer,
    ):
        assert answer.headers["Content-Type"].startswith("application/openmetrics-text; version=1.0.0")
        assert (await answer.text()).endswith("# EOF\n")
