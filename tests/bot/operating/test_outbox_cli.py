"""What the command line says of the outbox, and does with it, beside a running bot or without one."""
# ruff: noqa: ASYNC240 - the files are small and nothing else runs in the loop

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.commands.answer import CommandLayer
from bot.commands.request import Asker, Request
from bot.messages import VERSION, Heading, Message, Text
from bot.messages_json import to_json
from bot.operating.stored import look_at_database
from bot.platforms.preview.render_text import render_text
from tests.bot.operating.program import called
from watchers.clock import SystemClock
from watchers.store.rows import Channel, Letter
from watchers.store.store import open_store

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from watchers.store.store import Store

CLOCK = SystemClock()
LONG_AGO = timedelta(days=3)
CONFIG = """[poll]
contact = "mailto:desk@example.org"
[slack]
[[channels]]
id = "slack:C1"
name = "Desk"
"""
HEADLINE = "Norland orders two frigates\x1b[31m from the yard at Port Sable, and names the first of them"


@pytest.fixture
def config(tmp_path: Path, empty_database: Path) -> Path:
    """Write a configuration beside a database with five messages: two given up, one folded, two waiting."""
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, encoding="utf-8")
    (tmp_path / "vedette.sqlite3").write_bytes(empty_database.read_bytes())
    asyncio.run(_fill(path))
    return path


async def _fill(config: Path) -> None:
    async with opened(config) as store:
        for name in ("C1", "C2"):
            await store.channels.save(Channel(id=f"slack:{name}", name=name))
        numbers = [await write(store, key, "slack:C1") for key in ("one", "two", "three")]
        for error in ("invalid_blocks: <b>\x1b[31m", "msg_too_long"):
            (item,) = await store.outbox.lease(1, now=CLOCK.now(), until=CLOCK.now() + LONG_AGO)
            await store.outbox.dead(item, error=error)
        await store.backlogs.fold(numbers[2:], [])
        await write(store, "four", "slack:C1")
        (item,) = await store.outbox.lease(1, now=CLOCK.now(), until=CLOCK.now() + LONG_AGO)
        later = CLOCK.now() + timedelta(minutes=30)
        await store.outbox.failed(item, error="503 from Slack", not_before=later)
        await write(store, "five", "slack:C2")
        await store.channels.close("slack:C2", why="is_archived", at=CLOCK.now())


async def write(store: Store, key: str, channel: str) -> int:
    message = Message(
        kind="alert",
        notice=HEADLINE,
        blocks=(Heading(text=HEADLINE, url="https://harbour.example/1"), Text(text=f"The message {key}.")),
    )
    number = await store.outbox.enqueue(
        Letter(channel=channel, key=key, kind="alert", payload=to_json(message), version=VERSION)
    )
    assert number is not None
    return number


def opened(config: Path) -> AbstractAsyncContextManager[Store]:
    return open_store(f"sqlite:///{config.with_name('vedette.sqlite3')}", clock=CLOCK)


def told(config: Path, *words: str) -> str:
    done = called("outbox", *words, "--config", config)
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout, "a feed's text steers no terminal"
    return done.stdout


def states(config: Path) -> dict[str, str]:
    async def read() -> dict[str, str]:
        async with opened(config) as store:
            found = [await store.outbox.get(number) for number in range(1, 6)]
            return {item.key: item.state for item in found if item is not None}

    return asyncio.run(read())


def test_the_list_says_what_waits_and_why_what_was_given_up_and_what_to_do(config: Path) -> None:
    said = told(config)
    lines = [line.strip() for line in said.splitlines()]
    assert lines[0] == "Waiting: 2 messages"
    assert any(line.startswith("slack:C1  1 message, the oldest for") for line in lines)
    assert any(line.startswith("next try in 29 min; tried once: 503 from Slack") for line in lines)
    assert "Closed: slack:C2 lets nothing in: is_archived" in lines
    assert "→ let the bot in again there, then: vedette outbox reopen slack:C2" in lines
    assert "Given up: 2 messages" in lines
    assert any(
        line.startswith("2  slack:C1  alert, ") and "Norland orders two frigates from" in line
        for line in lines
    )
    assert "invalid_blocks: <b>" in lines
    for action in ("show 2", "replay 2", "drop 2"):
        assert f"vedette outbox {action}" in said


def test_a_message_is_shown_as_plain_text_with_its_history(config: Path) -> None:
    said = told(config, "show", "1")
    assert "Message 1 for slack:C1: alert" in said
    assert "tried once" in said
    assert "given up: invalid_blocks" in said
    assert "The message one." in said
    assert "vedette outbox replay 1" in said
    assert "told in a summary" in told(config, "show", "3")


def test_one_message_is_sent_again_and_that_is_noted(config: Path) -> None:
    assert "Queued again: message 1 for slack:C1" in told(config, "replay", "1")
    assert states(config) == {
        "one": "queued",
        "two": "dead",
        "three": "dead",
        "four": "queued",
        "five": "queued",
    }
    shown = told(config, "show", "1")
    assert "waits; next try now" in shown
    assert "sent message 1 again" in shown
    audit = called("settings", "--config", config, "--channel", "slack:C1", "audit")
    assert "sent message 1 again" in audit.stdout


def test_all_that_was_given_up_is_sent_again_but_not_what_was_folded_or_dropped(config: Path) -> None:
    assert "Dropped: message 2" in told(config, "drop", "2")
    assert "Queued again: 1 message" in told(config, "replay", "all")
    assert states(config) == {
        "one": "queued",
        "two": "dead",
        "three": "dead",
        "four": "queued",
        "five": "queued",
    }
    assert "Given up: nothing" in told(config)
    assert "dropped by hand" in told(config, "show", "2")
    assert "Queued again: message 2" in told(config, "replay", "2"), "a drop can be taken back"


def test_what_is_meant_for_a_closed_channel_is_dropped_or_let_out_by_opening_it(config: Path) -> None:
    assert "Dropped: message 5" in told(config, "drop", "5")
    replayed = told(config, "replay", "5")
    assert "slack:C2 lets nothing in: is_archived" in replayed
    assert "vedette outbox reopen slack:C2" in replayed
    assert "Open again: slack:C2; 1 message for it" in told(config, "reopen", "slack:C2")
    assert "Closed" not in told(config)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["show"], "show takes a message's number", id="show nothing"),
        pytest.param(["drop"], "drop takes a message's number", id="drop nothing"),
        pytest.param(["replay"], "a message's number, or all", id="replay nothing"),
        pytest.param(["reopen"], "reopen takes a channel; closed are slack:C2", id="reopen nothing"),
        pytest.param(["show", "99"], 'no message "99"', id="no such number"),
        pytest.param(["show", "9" * 40], "no message", id="a number beyond all"),
        pytest.param(["replay", "4"], "it waits to be sent", id="what waits"),
        pytest.param(["drop", "x\x1b[2J"], 'no message "x"', id="no number"),
        pytest.param(["reopen", "slack:C1"], "closed are slack:C2", id="an open channel"),
        pytest.param(["send"], "none of list, show, replay, drop, reopen", id="no such action"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_way_on(config: Path, words: list[str], said: str) -> None:
    done = called("outbox", *words, "--config", config)
    assert done.returncode == 64
    assert said in done.stderr
    assert "Try: vedette outbox" in done.stderr
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("action", ["show", "drop", "replay", "reopen"])
def test_the_line_shown_where_the_number_lacks_is_one_that_works(config: Path, action: str) -> None:
    said = called("outbox", action, "--config", config).stderr
    line = said.partition("Try: vedette ")[2].split()
    assert line[:2] == ["outbox", action]
    told(config, *line[1:])


def test_without_a_database_it_says_what_to_start(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, encoding="utf-8")
    done = called("outbox", "--config", path)
    assert done.returncode == 78
    assert "vedette run" in done.stderr


def test_where_a_channel_has_to_be_named_the_whole_line_is_shown(config: Path) -> None:
    done = called("rule", "--config", config, "add", "frigate* AND contract")
    assert "Which channel? There are slack:C1, slack:C2" in done.stderr
    assert "Try: vedette rule add 'frigate* AND contract' --channel slack:C1\n" in done.stderr


def test_status_names_closed_channels_and_asking_on_the_command_line_does_not_open_them(config: Path) -> None:
    for _ in range(2):
        status = called("status", "--config", config, "--channel", "slack:C2")
        assert "C2 (slack:C2) lets nothing in: is_archived" in " ".join(status.stdout.split())
        assert "vedette outbox reopen slack:C2" in " ".join(status.stdout.split())
    delivery = called("status", "--config", config, "--channel", "slack:C1", "of:delivery")
    said = " ".join(delivery.stdout.split())
    assert "lets nothing in" in said
    assert "given up 2" in said, "what was folded counts for nothing"
    assert "vedette outbox" in said


async def test_who_asks_from_inside_opens_the_channel_and_hears_of_no_other(
    tmp_path: Path, empty_database: Path
) -> None:
    config = tmp_path / "config.toml"
    (tmp_path / "vedette.sqlite3").write_bytes(empty_database.read_bytes())
    async with opened(config) as store:
        for name in ("C1", "C2"):
            await store.channels.save(Channel(id=f"slack:{name}", name=name))
            await store.channels.close(f"slack:{name}", why="is_archived", at=CLOCK.now())
        layer = CommandLayer(store, clock=CLOCK, reading=None, judging=None)  # type: ignore[arg-type]  # not asked
        answered = await layer.answer(
            Request(text="status", channel="slack:C1", asker=Asker(id="slack:U1", name="A", manages=True))
        )
        assert answered is not None
        assert "lets nothing in" not in "\n".join(render_text(answered.message, width=100, colour=False))
        found = {one.id: bool(one.unreachable) for one in await store.channels.all()}
    assert found == {"slack:C1": False, "slack:C2": True}


def test_the_doctor_counts_what_was_given_up_and_nothing_else(config: Path) -> None:
    stored = look_at_database(config.with_name("vedette.sqlite3"), now=CLOCK.now())
    (queue,) = [finding for finding in stored.findings if finding.check == "queue"]
    assert "2 were given up, see vedette outbox" in queue.found
