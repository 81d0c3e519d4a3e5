"""Rows of the fault matrix that are no campaign: closed channels, second processes, wrong settings."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest

from tests.doubles import slack_faults as faults
from tests.faults import ledger
from tests.faults.plans_calls import POST
from tests.faults.world import Needs, World, world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from tests.faults.bots import Warm
    from tests.faults.ledger import Due

WITHIN: Final = 90.0  # seconds, on a busy machine
FORMS: Final = 2  # in which a message is offered: with its layout, then as plain text
MOST_CALLS: Final = 3  # to what refuses for good, in one incident
# An app that is refused is tried again after ten minutes; here after two and a half seconds.
NEEDS: Final = Needs(locked_out="2.5s")
CONFIGURATION: Final = 78  # sysexits.h
pytestmark = [pytest.mark.unrecorded, pytest.mark.timeout(600)]


@pytest.fixture
async def there(tmp_path: Path, empty_database: Path, forks: Warm) -> AsyncIterator[World]:
    """Open a world without a bot in it yet."""
    async with world(tmp_path, NEEDS, start=forks, empty=empty_database) as made:
        yield made


def counted(there: World, due: Sequence[Due]) -> ledger.Count:
    return ledger.count(
        due, ledger.stored(there.slack, there.discord), ledger.repeatable(there.slack, there.discord)
    )


async def told_elsewhere(there: World, closed: Sequence[str]) -> list[Due]:
    """Tell news while channels refuse everything; wait until all others have theirs and people were told."""
    await there.up(ready=True)
    due = [*await there.tell(["closeda", "closedb"]), *await there.tell(["closedc", "closedd"])]
    others = [one for one in due if one.channel not in closed]
    await there.until(lambda: not counted(there, others).lost, within=WITHIN)
    await there.until(lambda: all(notices(there, place) for place in closed), within=WITHIN)
    return others


def notices(there: World, channel: str) -> list[str]:
    """Return where people were told that a channel is closed."""
    with closing(sqlite3.connect(there.database, timeout=20)) as connection:
        rows = connection.execute("SELECT key FROM outbox WHERE key LIKE ?", (f"%/closed/{channel}/%",))
        return [key for (key,) in rows]


async def test_row_08_slack_channels_that_refuse_are_left_alone_and_told_of_once(there: World) -> None:
    errors = {"C201": "channel_not_found", "C202": "is_archived", "C203": "not_in_channel"}
    for room, error in errors.items():
        there.slack.inject(POST, faults.refused(error), channel=room, times=None)
    others = await told_elsewhere(there, [f"slack:{room}" for room in errors])
    assert not counted(there, others).doubled
    for room in errors:
        assert 1 <= len(there.slack.asked(POST, room)) <= MOST_CALLS
        assert len(notices(there, f"slack:{room}")) == 1


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
async def test_row_08_an_app_that_slack_refuses_asks_seldom_and_loses_nothing(
    there: World, error: str
) -> None:
    refused = there.slack.inject(POST, faults.refused(error), times=None)
    await there.up(ready=True)
    due = await there.tell(["revokeda", "revokedb"])
    on_discord = [one for one in due if one.channel.startswith("discord:")]
    await there.until(lambda: not counted(there, on_discord).lost, within=WITHIN)
    assert refused.done <= len(there.places) + MOST_CALLS
    there.slack.faults.clear()
    await there.until(there.settled, within=WITHIN * 2)
    assert not counted(there, due).lost
    assert not counted(there, due).doubled


async def test_row_09_discord_channels_that_refuse_are_left_alone_and_told_of_once(there: World) -> None:
    closed = dict(zip(there.places[-3:], ("403", "404", "50001"), strict=True))
    orders = [
        there.discord.fault(kind, channel=place.partition(":")[2], times=1_000)
        for place, kind in closed.items()
    ]
    others = await told_elsewhere(there, list(closed))
    assert not counted(there, others).doubled
    assert [order for order in orders if not 1 <= order.done <= MOST_CALLS] == []
    assert [place for place in closed if len(notices(there, place)) != 1] == []


async def test_row_17_a_second_process_on_the_same_file_refuses_to_start(there: World) -> None:
    first = await there.up(ready=True)
    second = await there.start(["run", "-c", str(there.config)], there.environ, there.folder / "second.log")
    assert await second.gone(WITHIN) == 69
    assert "another vedette" in second.said()
    due = await there.tell(["lonea", "loneb"])
    await there.until(there.settled, within=WITHIN)
    assert first.runs
    assert not counted(there, due).lost
    assert not counted(there, due).doubled


async def test_row_20_a_copy_of_the_files_as_a_power_cut_leaves_them_goes_on_and_doubles_nothing(
    there: World,
) -> None:
    due = await there.tell(["cuta", "cutb"])
    bot = await there.up()
    await there.until(lambda: len(there.slack.asked(POST)) > 2, within=WITHIN)
    left = there.folder / "left"
    left.mkdir()
    for end in ("", "-wal"):  # shared memory does not survive a power cut
        shutil.copyfile(f"{there.database}{end}", left / f"{there.database.name}{end}")
    bot.kill()
    await bot.gone(WITHIN)
    with closing(sqlite3.connect(left / there.database.name)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    text = there.config.read_text(encoding="utf-8")
    there.config.write_text(text.replace(str(there.database), str(left / there.database.name)))
    there.database = left / there.database.name
    await there.again()
    await there.until(there.settled, within=WITHIN)
    count = counted(there, due)
    assert (count.lost, count.doubled) == ((), ())


async def test_row_32_a_message_that_nobody_can_read_or_show_holds_up_no_other(there: World) -> None:
    due = await there.tell(["poisona", "poisonb"])
    spoilt, due = due[0], due[1:]
    with closing(sqlite3.connect(there.database, timeout=20)) as connection, connection:
        connection.execute("UPDATE outbox SET payload = '{\"blocks\": 7}' WHERE key = ?", (spoilt.key,))
    worded = [one for one in due if one.channel == "slack:C202"]
    there.slack.inject(POST, faults.refused("invalid_blocks"), channel="C202", times=1)
    await there.up()
    await there.until(there.settled, within=WITHIN)
    assert len(ledger.dead(there.database)) >= 1
    rest = [one for one in due if one.channel != spoilt.channel]
    assert not counted(there, rest).lost
    assert not counted(there, worded).doubled


async def test_row_32_what_is_refused_in_every_form_is_given_up_and_the_next_message_goes_out(
    there: World,
) -> None:
    fitting, *refused = there.places[-2], there.places[-1], "slack:C201"
    due = await there.tell(["poisona", "poisonb"])
    once, twice = (
        there.discord.fault("50035", channel=place.partition(":")[2], times=times)
        for place, times in ((fitting, 1), (refused[0], FORMS))
    )
    on_slack = there.slack.inject(POST, faults.refused("invalid_blocks"), channel="C201", times=FORMS)
    await there.up()
    await there.until(there.settled, within=WITHIN)
    assert (once.done, twice.done, on_slack.done) == (1, FORMS, FORMS)
    given_up = [one.partition(": ") for one in ledger.dead(there.database)]
    assert sorted(key.partition("/")[0] for key, _, _ in given_up) == sorted(refused)
    assert [why for _, _, why in given_up if "50035" in why or "invalid_blocks" in why] == [
        why for _, _, why in given_up
    ]
    dead = {key for key, _, _ in given_up}
    rest = [one for one in due if one.key not in dead and (one.key or one.channel not in refused)]
    assert not counted(there, rest).lost  # in the channels of what was given up, too
    assert not counted(there, rest).doubled
    first = [
        post.versions[0]  # an edit gives it a layout again
        for channel in there.discord.world.channels
        for post in channel.posts
        if f"discord:{channel.id}" == fitting
    ]
    assert sum("poison" in one["content"] and not one["components"] for one in first) == 1


async def test_row_37_a_corrupt_file_is_refused_and_never_replaced(there: World) -> None:
    damaged = there.folder / "damaged.sqlite3"
    damaged.write_bytes(bytes(100) + there.database.read_bytes()[100:])
    before = damaged.read_bytes()
    text = there.config.read_text(encoding="utf-8")
    there.config.write_text(text.replace(str(there.database), str(damaged)), encoding="utf-8")
    bot = await there.up()
    assert await bot.gone(WITHIN) not in {0, 1}
    assert "restore" in bot.said()
    assert "Traceback" not in bot.said()
    assert damaged.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN", id="missing"),
        pytest.param({"SLACK_APP_TOKEN": "xapp-of-nobody-17"}, "xapp-", id="refused by Slack"),
        pytest.param({"DISCORD_TOKEN": "one.nobody.has-17"}, "discord.token", id="refused by Discord"),
        pytest.param(
            {"DISCORD_TOKEN": "", "DISCORD_TOKEN_FILE": "/nowhere/token-17"},
            "DISCORD_TOKEN_FILE",
            id="no file",
        ),
    ],
)
async def test_row_38_a_secret_that_is_missing_or_wrong_is_named_and_never_shown(
    there: World, change: dict[str, str], named: str
) -> None:
    bot = await there.up(environ=change)
    assert await bot.gone(WITHIN) == CONFIGURATION
    said = bot.said()
    assert named in said
    shown = [one for name, one in {**there.environ, **change}.items() if name.endswith("_TOKEN") and one]
    assert not [one for one in shown if one in said]
    assert "Traceback" not in said
