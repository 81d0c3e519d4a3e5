"""The doctor: what it finds of the machine, the database and the whole, and how it shows it."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.operating import machine
from bot.operating.doctor import examined
from bot.operating.findings import as_json, as_text, exit_status
from tests.bot.operating.doctor_desk import CANARIES, DISCORD, SLACK_BOT, Desk, one, opened
from tests.bot.operating.program import called
from tests.doubles.slack_faults import refused
from watchers.clock import SteppedClock, SystemClock
from watchers.store.rows import Channel, Letter
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.operating.findings import Finding

ROOT = Path(__file__).parents[3]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with opened(tmp_path) as one_desk:
        yield one_desk


async def test_a_desk_where_all_is_well_has_a_tick_on_every_line(desk: Desk) -> None:
    found = await desk.look()
    assert [finding for finding in found if finding.state != "well"] == []
    assert exit_status(found) == 0
    every = (
        "python sqlite disk database configuration SLACK_BOT_TOKEN DISCORD_TOKEN feed clock slack:C1 "
        f"discord:{desk.discord_channel}"
    )
    every_platforms = {"time zones", "slack scopes", "slack app token", "discord bot", "discord application"}
    assert {*every.split(), *every_platforms} <= {finding.check for finding in found}
    assert desk.discord.findings == []
    assert desk.discord.gateway.identifies == 0, (
        "a second gateway connection takes commands from a running bot"
    )
    assert not desk.slack.messages("C1")
    assert not desk.discord.posts()


@pytest.mark.parametrize(
    ("ahead", "state", "told"),
    [(60, "warning", "60 s ahead of Slack's"), (900, "failure", "900 s ahead of Slack's")],
    ids=["a minute", "a quarter of an hour"],
)
async def test_a_clock_that_is_ahead_is_told(desk: Desk, ahead: int, state: str, told: str) -> None:
    finding = one(await desk.look(ahead=timedelta(seconds=ahead)), "clock")
    # The platform's header has whole seconds, so the last digit may be one less or more.
    assert finding.state == state
    assert abs(int(finding.found.split()[0]) - ahead) <= 2
    assert finding.found.split()[1:] == told.split()[1:]
    assert "timedatectl" in finding.cure


@pytest.mark.parametrize(
    ("finding", "state", "cure"),
    [
        (machine.python((3, 10, 4)), "failure", "3.11"),
        (machine.python((3, 14, 0)), "failure", "3.13"),
        (machine.sqlite("3.31.1", fts5=True), "failure", "3.35"),
        (machine.sqlite("3.45.1", fts5=False), "failure", "FTS5"),
        (machine.disk(10 * 1024**2, folder="/data", database=0), "failure", "make room"),
        (machine.disk(200 * 1024**2, folder="/data", database=0), "warning", "make room"),
        (machine.disk(900 * 1024**2, folder="/data", database=1024**3), "warning", "1.0 GiB"),
        (machine.disk(900 * 1024**2, folder="/data", database=1024**2), "well", ""),
        (machine.zones(1), "failure", "tzdata"),
        (machine.clock(-40.0, told_by="Discord"), "warning", "timedatectl"),
        (machine.clock(None, told_by=""), "warning", "timedatectl"),
    ],
    ids=lambda value: getattr(value, "found", ""),
)
def test_a_machine_that_will_not_do_is_told_what_would(finding: Finding, state: str, cure: str) -> None:
    assert finding.state == state
    assert cure in finding.cure


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Sat, 21 Nov 2026 15:00:00", f"Sat, 21 Nov {9 * 10**20} 15:00:00 GMT"]
)
def test_a_header_that_tells_no_time_is_no_measure(date: str) -> None:
    assert machine.ahead(date, now=datetime.now(UTC)) is None


async def test_without_sections_no_platform_is_asked_and_nothing_of_them_is_said(desk: Desk) -> None:
    desk.sections.clear()
    found = await desk.look()
    assert not [
        finding for finding in found if "slack" in finding.check or "discord" in finding.check.lower()
    ]
    assert (desk.slack.calls, desk.discord.calls) == ([], [])
    assert one(found, "feed").state == "well"


async def test_channels_set_up_in_chat_are_looked_at_too(desk: Desk) -> None:
    await desk.stored()
    assert one(await desk.look(), "slack:C2").state == "well"
    desk.sections.discard("slack")
    finding = one(await desk.look(), "slack")
    assert (finding.state, "slack:C2" in finding.found, finding.cure) == (
        "warning",
        True,
        "add [slack] to the configuration",
    )


async def test_a_secret_of_the_wrong_shape_is_sent_to_nobody(desk: Desk) -> None:
    desk.environ |= {"SLACK_BOT_TOKEN": "my other password", "DISCORD_TOKEN": "my other password"}
    found = await desk.look()
    assert desk.slack.asked("auth.test") == []
    assert desk.discord.calls == []
    assert "my other password" not in as_text(found)


async def test_a_token_written_into_the_configuration_by_mistake_is_not_repeated(desk: Desk) -> None:
    desk.slack_more = f'command = "{SLACK_BOT}"'
    finding = one(await desk.look(), "configuration")
    assert "slack.command" in finding.found
    assert "(hidden)" in finding.found
    assert SLACK_BOT not in finding.found


async def test_every_fault_of_the_configuration_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[poll]\ncontact = "x"\nevery = 5\n', encoding="utf-8")
    found = [f for f in await examined(path, {}, clock=SystemClock()) if f.check == "configuration"]
    assert [f.state for f in found] == ["failure", "failure"]
    assert "config.toml:2" in found[0].found
    assert "config.toml:3" in found[1].found


async def test_a_feeds_key_is_not_shown(desk: Desk) -> None:
    desk.feeds.port = 1
    finding = one(await desk.look(), "feed")
    assert "127.0.0.1" in finding.found
    assert "canary-of-the-feed" not in as_json([finding])


def changed(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(statement)
    connection.close()


def torn(path: Path) -> None:
    """Write over the inner pages, as a bad disk does."""
    changed(path, "UPDATE channel SET name = name")
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


class TestDatabase:
    async def test_a_message_that_waits_for_long_is_told_with_what_to_look_at(self, desk: Desk) -> None:
        old = datetime.now(UTC) - timedelta(minutes=12)
        clock = SteppedClock(old)
        url = f"sqlite:///{desk.folder / 'vedette.sqlite3'}"
        async with open_store(url, clock=clock) as store:
            letter = Letter(channel="preview:desk", key="k1", kind="alert", payload="{}", version=1)
            await store.outbox.enqueue(letter)
        finding = one(await desk.look(), "queue")
        assert finding.state == "warning"
        assert "1 to be told, the oldest for 12 minutes" in finding.found
        assert "vedette healthcheck" in finding.cure
        assert one(await desk.look(ahead=timedelta(hours=2)), "queue").state == "failure"

    async def test_a_message_for_later_is_not_late(self, desk: Desk) -> None:
        url = f"sqlite:///{desk.folder / 'vedette.sqlite3'}"
        later = datetime.now(UTC) + timedelta(hours=8)
        async with open_store(url, clock=SteppedClock(datetime.now(UTC) - timedelta(hours=3))) as store:
            letter = Letter(
                channel="preview:desk", key="k1", kind="alert", payload="{}", version=1, not_before=later
            )
            await store.outbox.enqueue(letter)
        assert one(await desk.look(), "queue").state == "well"

    @pytest.mark.parametrize(
        ("spoil", "told", "cure"),
        [
            pytest.param(
                lambda path: path.write_bytes(b"no database at all" * 99),
                "damaged or no",
                "backup",
                id="a text",
            ),
            pytest.param(
                lambda path: changed(path, "UPDATE alembic_version SET version_num = '9999'"),
                "revision 9999",
                "newer release",
                id="of a later release",
            ),
            pytest.param(
                lambda path: changed(path, "DROP TABLE alembic_version"),
                "another program",
                "[database] path",
                id="of another program",
            ),
            pytest.param(torn, "damaged", "backup", id="torn"),
        ],
    )
    async def test_a_database_that_cannot_be_used_is_left_as_it_is(
        self, desk: Desk, spoil: Callable[[Path], None], told: str, cure: str
    ) -> None:
        await desk.stored()
        path = desk.folder / "vedette.sqlite3"
        spoil(path)
        before = path.read_bytes()
        finding = one(await desk.look(), "database")
        assert finding.state == "failure"
        assert told in finding.found
        assert cure in finding.cure
        assert path.read_bytes() == before

    async def test_an_older_database_is_not_upgraded_by_looking_at_it(self, desk: Desk) -> None:
        await desk.stored()
        path = desk.folder / "vedette.sqlite3"
        changed(path, "UPDATE alembic_version SET version_num = '0001'")
        finding = one(await desk.look(), "database")
        assert (finding.state, "stop all of the earlier release" in finding.cure) == ("warning", True)

    async def test_a_folder_that_is_not_there_is_told(self, desk: Desk) -> None:
        desk.extra = '[database]\npath = "missing/vedette.sqlite3"\n'
        finding = one(await desk.look(), "database")
        assert (finding.state, "make its folder" in finding.cure) == ("failure", True)

    async def test_it_looks_beside_a_process_that_writes(self, desk: Desk) -> None:
        url = f"sqlite:///{desk.folder / 'vedette.sqlite3'}"
        async with (
            open_store(url, clock=SystemClock(), exclusive=True) as store,
            store.transaction() as rooms,
        ):
            await rooms.channels.save(Channel(id="preview:desk", name="Desk"))
            assert one(await desk.look(), "database").state == "well"


def environ(desk: Desk) -> dict[str, str]:
    """Return what the program finds in its environment: no token but the doubles'."""
    kept = {name: value for name, value in os.environ.items() if "TOKEN" not in name} | desk.environ
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


async def program(desk: Desk, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program itself beside the doubles."""
    return await asyncio.to_thread(
        subprocess.run, [sys.executable, "-m", "bot", *arguments, "--config", str(desk.path)],
        capture_output=True, text=True, timeout=90, check=False, env=environ(desk),
    )  # fmt: skip


async def again(desk: Desk, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Call it in this process, once it is seen to start on its own."""
    return await asyncio.to_thread(called, *arguments, "--config", desk.path, environ=environ(desk))


async def test_the_program_prints_lines_or_json_and_exits_by_what_it_found(desk: Desk) -> None:
    desk.write()
    done = await program(desk, "doctor")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"✓ discord:{desk.discord_channel}: #news in The watch floor: all 7 permissions" in done.stdout
    desk.slack.scopes.discard("files:write")
    rows = json.loads((await again(desk, "doctor", "--json")).stdout)
    assert [row["state"] for row in rows if row["check"] == "slack scopes"] == ["warning"]
    assert all(set(row) == {"check", "state", "found", "cure"} for row in rows)
    assert (await again(desk, "doctor")).returncode == 1
    desk.discord.server.token = "MTIzNDU2Nzg5.another.token-that-is-newer"
    desk.slack.inject("auth.test", refused("account_inactive"), times=None)
    last = await again(desk, "doctor")
    assert (last.returncode, "    → press Reset Token" in last.stdout) == (2, True)
    assert not [canary for canary in CANARIES if canary in last.stdout + last.stderr]


async def test_discord_is_told_the_commands_when_asked_to(desk: Desk) -> None:
    desk.write()
    done = await program(desk, "discord", "sync")
    assert (done.returncode, done.stderr) == (0, "")
    assert "/watch" in done.stdout
    assert [command["name"] for command in desk.discord.commands] == ["watch"]
    assert desk.discord.gateway.identifies == 0
    desk.discord.server.token = "MTIzNDU2Nzg5.another.token-that-is-newer"
    refusal = await again(desk, "discord", "sync")
    assert refusal.returncode == 78
    assert "Discord refuses its token" in refusal.stderr
    assert DISCORD not in refusal.stdout + refusal.stderr
