"""Who may ask for the metrics, and what the page says while the database is away."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.config import Config, Database
from bot.errors import ConfigError
from bot.metrics.meters import SILENT
from bot.metrics.opening import TOKEN, access_to, open_metrics
from bot.schedule import Ticks, scheduled
from tests.bot.metrics.metered import metered, rss

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.unrecorded, pytest.mark.timeout(300)]
GIVEN = "canary-of-the-metrics-token"
OFTEN = Ticks(poll=0.05, read=60, digest=60, deliver=60, pages=60, follow=60)


def config(http: dict[str, Any], *, mode: str = "") -> Config:
    slack = {"slack": {"mode": mode}} if mode else {}
    return Config.model_validate({"poll": {"contact": "mailto:desk@example.org"}, "http": http, **slack})


@pytest.mark.parametrize(
    ("http", "mode", "has_token", "access"),
    [
        pytest.param({}, "", False, "off", id="nothing listens"),
        pytest.param({"metrics": "open"}, "", False, "off", id="open, but nothing listens"),
        pytest.param({"enabled": True}, "", False, "open", id="beside health"),
        pytest.param({"enabled": True}, "socket", False, "open", id="beside health, Slack by socket"),
        pytest.param({"enabled": True}, "http", False, "off", id="strangers come for Slack"),
        pytest.param({"enabled": True}, "http", True, "token", id="strangers come for Slack, a token is set"),
        pytest.param({"enabled": True}, "", True, "token", id="a token is set"),
        pytest.param({"enabled": True, "metrics": "open"}, "http", True, "open", id="somebody chose open"),
        pytest.param({"enabled": True, "metrics": "off"}, "", True, "off", id="somebody chose off"),
    ],
)
def test_the_page_is_open_only_where_that_surprises_nobody(
    http: dict[str, Any], mode: str, *, has_token: bool, access: str
) -> None:
    assert access_to(config(http, mode=mode), has_token=has_token) == access


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        pytest.param({}, f"{TOKEN}: not set", id="missing"),
        pytest.param({TOKEN: "short"}, f"{TOKEN}: 16 or more", id="short enough to be guessed"),
        pytest.param({TOKEN: "ünlü-ve-yeterince-uzun"}, f"{TOKEN}: 16 or more", id="no header can hold it"),
        pytest.param(
            {f"{TOKEN}_FILE": "/nowhere"}, f"{TOKEN}_FILE: /nowhere cannot be read", id="unreadable"
        ),
    ],
)
def test_a_token_that_will_not_do_is_named_and_never_shown(
    tmp_path: Path, environ: dict[str, str], says: str
) -> None:
    wanted = config({"enabled": True, "metrics": "token"})
    with pytest.raises(ConfigError) as error:
        open_metrics(wanted, tmp_path / "config.toml", environ)
    assert str(error.value).startswith(says)
    assert environ.get(TOKEN, "never") not in str(error.value)


async def test_only_who_brings_the_token_gets_the_page(tmp_path: Path, empty_database: Path) -> None:
    async with (
        metered(tmp_path, empty_database, environ={TOKEN: GIVEN}) as bot,
        aiohttp.ClientSession() as session,
    ):
        for given in ("", "Bearer", "Bearer wrong", f"Basic {GIVEN}", GIVEN, f"Bearer {GIVEN} ", "Bearer ü"):
            headers = {"Authorization": given} if given else {}
            async with session.get(bot.url, headers=headers) as refused:
                # aiohttp takes the blank behind a header away, as HTTP says
                assert refused.status == (200 if given.endswith(" ") else 401), given
                assert refused.headers.get("WWW-Authenticate", "Bearer") == "Bearer"
                assert GIVEN not in await refused.text()
        page = await bot.page(Authorization=f"Bearer {GIVEN}")
        assert "vedette_polls_total" in page
        assert GIVEN not in page
        async with session.get(f"{bot.url}?token={GIVEN}") as refused:
            assert refused.status == 401
        assert await status_of(bot.url, b"Authorization: Bearer \xff\xfe") == 401


async def status_of(url: str, header: bytes) -> int:
    """Ask with a header that no client library would send, and return the answer's status."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    lines = (f"GET {address.path} HTTP/1.1".encode(), b"Host: localhost", header, b"", b"")
    writer.write(b"\r\n".join(lines))
    status = int((await reader.readline()).split()[1])
    writer.close()
    return status


async def test_where_they_are_off_there_is_no_page_and_nothing_is_counted(
    tmp_path: Path, empty_database: Path
) -> None:
    async with (
        metered(tmp_path, empty_database, http={"metrics": "off"}) as bot,
        aiohttp.ClientSession() as session,
        session.get(bot.url) as answer,
    ):
        assert answer.status == 404
        assert bot.app.meters is SILENT


async def test_without_the_database_the_page_still_has_what_was_counted(
    tmp_path: Path, empty_database: Path
) -> None:
    async with metered(tmp_path, empty_database, "/a") as bot:
        bot.feeds.routes["/a"] = rss("Norland launches a Petrel drone")
        await bot.round()
        assert (await bot.values())["vedette_database_up",] == 1
        with closing(sqlite3.connect(tmp_path / Database().path)) as connection:
            connection.execute("DROP TABLE heartbeat")
        found = await bot.values()
        assert found["vedette_database_up",] == 0
        assert found["vedette_polls_total", "new"] == 1
        assert found["vedette_platform_connected", "slack"] == 1
        assert found["vedette_database_errors_total", "metrics"] == 1
        assert ("vedette_outbox_messages", "slack") not in found

        bot.app._beats.clear()  # else the next sign of life, which fails, is due in 15 s
        async with scheduled(bot.app, OFTEN, within=0.5, meters=bot.app.meters), asyncio.timeout(60):
            while not found["vedette_tick_failures_total", "poll"]:
                await asyncio.sleep(0.05)
                found = await bot.values()
        found = await bot.values()
        assert found["vedette_database_errors_total", "poll"] == found["vedette_tick_failures_total", "poll"]
        assert found["vedette_tick_duration_seconds_count", "poll"] >= 1
        assert found["vedette_tick_failures_total", "follow"] == 0


async def test_a_command_that_the_database_ended_is_counted_and_a_slip_of_a_person_is_not(
    tmp_path: Path, empty_database: Path
) -> None:
    async with metered(tmp_path, empty_database) as bot:
        await bot.slack.command("/watch sttaus")
        await bot.slack.called("response_url", within=60)
        assert (await bot.values())["vedette_database_errors_total", "command"] == 0
        with closing(sqlite3.connect(tmp_path / Database().path)) as connection:
            connection.execute("DROP TABLE watch")
        await bot.slack.command("/watch rule list")
        await bot.slack.called("response_url", 2, within=60)
        assert (await bot.values())["vedette_database_errors_total", "command"] == 1
