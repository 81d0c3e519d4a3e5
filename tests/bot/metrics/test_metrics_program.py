"""`vedette run` in a process of its own: its metrics over HTTP agree with the doubles, and tell no secret."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import aiohttp
import pytest

from tests.bot.metrics.metered import read, rss
from tests.discord_double import DiscordDouble
from tests.doubles.slack import SlackDouble
from tests.feedserver import Answer, feed_server
from watchers.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).parents[3]
WITHIN: Final = 200.0  # seconds, on a busy machine
CANARIES: Final = {
    "SLACK_BOT_TOKEN": "xoxb-111-222-canaryBotToken",
    "SLACK_APP_TOKEN": "xapp-1-A1-canaryAppToken",
    "DISCORD_TOKEN": "MTIzNDU2Nzg5.Gcanary.canary-of-discords-bot-token-38",
    "VEDETTE_METRICS_TOKEN": "canary-of-the-metrics-token",
}
HEADLINES: Final = ("Norland orders a frigate from Port Sable", "Frigate Halcyon is laid up for repairs")
HIDDEN: Final = ("Harbour Gazette", "frigate", "Norland", "C1", "127.0.0.1", "desk@example.org")
pytestmark = [pytest.mark.unrecorded, pytest.mark.timeout(600)]


@pytest.mark.long
async def test_the_program_counts_what_the_platforms_were_sent(tmp_path: Path, unused_tcp_port: int) -> None:
    async with AsyncExitStack() as held:
        slack = await held.enter_async_context(SlackDouble())
        slack.bot_token, slack.app_token = CANARIES["SLACK_BOT_TOKEN"], CANARIES["SLACK_APP_TOKEN"]
        discord = await held.enter_async_context(DiscordDouble(token=CANARIES["DISCORD_TOKEN"]))
        feeds = await held.enter_async_context(feed_server())
        now = SystemClock().now()
        feeds.routes["/news.xml"] = rss(*HEADLINES, at=now)
        feeds.routes["/moved.xml"] = Answer(status=503)
        config = tmp_path / "config.toml"
        config.write_text(
            configuration(slack.api, discord, f"{feeds.host}:{feeds.port}", unused_tcp_port), encoding="utf-8"
        )
        log = (tmp_path / "log").open("ab")
        held.callback(log.close)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", "-c", str(config)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", **CANARIES},
            cwd=tmp_path,
        )
        try:
            url = f"http://127.0.0.1:{unused_tcp_port}/metrics"
            page = await until(
                url,
                process,
                log_of(tmp_path),
                lambda found: told(found, "slack") == told(found, "discord") == len(HEADLINES),
            )
            found = read(page)
            assert found["vedette_polls_total", "failed"] == len(feeds.asked("/moved.xml"))
            assert found["vedette_polls_total", "new"] == len(feeds.asked("/news.xml")) == 1
            assert found["vedette_entries_new_total",] == 2
            assert told(found, "slack") == len(slack.messages("C1")) == 2
            assert told(found, "discord") == len(discord.posts("news")) == 2
            assert found["vedette_deliveries_total", "retried", "slack"] == 0
            assert found["vedette_platform_connected", "slack"] == 1
            assert found["vedette_platform_connected", "discord"] == 1
            assert found["vedette_tick_duration_seconds_count", "poll"] >= 1
            assert [word for word in (*CANARIES.values(), *HIDDEN, str(tmp_path)) if word in page] == []
            async with aiohttp.ClientSession() as session, session.get(url) as refused:
                assert refused.status == 401
            process.terminate()
            assert await asyncio.wait_for(process.wait(), WITHIN) == 0
            assert [value for value in CANARIES.values() if value in log_of(tmp_path)()] == []
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


def told(found: dict[tuple[str, ...], float], platform: str) -> float:
    """Return how many messages arrived on a platform."""
    return sum(found["vedette_deliveries_total", outcome, platform] for outcome in ("delivered", "marked"))


def log_of(folder: Path) -> Callable[[], str]:
    return lambda: (folder / "log").read_text(encoding="utf-8")


async def until(
    url: str,
    process: asyncio.subprocess.Process,
    log: Callable[[], str],
    true: Callable[[dict[tuple[str, ...], float]], object],
) -> str:
    """Ask for the page until both messages of each platform arrived, and return it."""
    headers = {"Authorization": f"Bearer {CANARIES['VEDETTE_METRICS_TOKEN']}"}
    async with asyncio.timeout(WITHIN), aiohttp.ClientSession(headers=headers) as session:
        while True:
            assert process.returncode is None, log()[-3_000:]
            try:
                async with session.get(url) as answer:
                    page = await answer.text()
                    found = read(page)
                    if true(found):
                        return page
            except aiohttp.ClientConnectionError:
                pass  # it does not listen yet
            await asyncio.sleep(0.2)


def configuration(slack: str, discord: DiscordDouble, feeds: str, port: int) -> str:
    rule = '[[channels.rules]]\nname = "ships"\nexpression = "frigate"\nalert = "now"\n'
    return f"""\
[poll]
contact = "mailto:desk@example.org"
allow = ["{feeds}"]
[page]
enabled = false
[articles]
enabled = false
[http]
enabled = true
port = {port}
[relevance]
embedder = "none"
[slack]
api = "{slack}"
[discord]
api = "{discord.api}"
[[channels]]
id = "slack:C1"
name = "Desk"
{rule}[[channels]]
id = "discord:{discord.news.id}"
name = "News"
{rule}[[feeds]]
url = "http://{feeds}/news.xml"
name = "Harbour Gazette"
lang = "en"
[[feeds]]
url = "http://{feeds}/moved.xml"
name = "Harbour Gazette of old"
lang = "en"
"""
