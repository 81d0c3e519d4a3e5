"""Rows of the fault matrix about the database: locked, without a disk, cut off, damaged, restored."""
# ruff: noqa: ASYNC240 - the files are small

from __future__ import annotations

import asyncio
import random
import resource
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest

from tests.faults import ledger
from tests.faults.wire import fresh_items
from tests.faults.world import READING, Needs, World, world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from tests.faults.bots import Warm
    from tests.faults.ledger import Due

WITHIN: Final = 90.0  # seconds, on a busy machine
LOCKED_FOR: Final = (
    10.0  # seconds; as the matrix has it, because the time SQLite waits is not shortened either
)
MOMENTS: Final = 12  # at which power is cut
PAGE: Final = 4096  # bytes
UNAVAILABLE: Final = 69  # sysexits.h
ROOM: Final = "C201"
pytestmark = [pytest.mark.unrecorded, pytest.mark.timeout(600)]


@pytest.fixture
async def there(tmp_path: Path, empty_database: Path, forks: Warm) -> AsyncIterator[World]:
    """Open a world whose feed is polled every second, without a bot in it yet."""
    async with world(tmp_path, Needs(every="1s"), start=forks, empty=empty_database) as made:
        yield made


def counted(there: World, due: Sequence[Due]) -> ledger.Count:
    stored = ledger.stored(there.slack, there.discord)
    return ledger.count(due, stored, ledger.repeatable(there.slack, there.discord))


async def settled(there: World, due: Sequence[Due]) -> None:
    """Wait until nothing waits, and hold the bot to having lost and doubled nothing."""
    await there.until(there.settled, within=WITHIN)
    count = counted(there, due)
    assert (count.lost, count.doubled) == ((), ())


async def published(there: World, *tokens: str) -> list[Due]:
    """Publish news, leave out what was published before, and wait until every channel was told."""
    there.feeds.routes[there.news] = fresh_items(tokens, random.Random(len(tokens)))
    due = [ledger.Due(place, token=token) for token in tokens for place in there.places]
    wanted = {(one.channel, one.token) for one in due}
    await there.until(lambda: wanted <= there.told(tokens) and there.settled(), within=WITHIN, glance=READING)
    return due


def read(there: World) -> list[str]:
    """Return what a person in the room has read: what all see, and what was for them alone."""
    seen = [*there.slack.messages(ROOM), *there.slack.ephemerals("U1", ROOM)]
    return [f"{message.text} {message.blocks}" for message in seen]


async def ask(there: World, line: str, *, says: str) -> None:
    """Type a command in Slack and wait until what it says is read once more than before."""
    before = sum(says in one for one in read(there))
    await there.slack.command(f"/watch {line}", channel=ROOM)
    await there.until(lambda: sum(says in one for one in read(there)) > before, within=WITHIN)


async def vedette(there: World, *words: str | Path) -> tuple[int, str]:
    """Carry another command of the program out; return its status and what it said."""
    log = there.folder / f"{'-'.join(word for word in words if isinstance(word, str))}.log"
    log.unlink(missing_ok=True)
    program = await there.start([*map(str, words), "-c", str(there.config)], there.environ, log)
    status = await program.gone(WITHIN)
    return status, program.said()


def whole(database: Path) -> bool:
    with closing(sqlite3.connect(database, timeout=20)) as connection:
        (fault,) = connection.execute("PRAGMA integrity_check").fetchone()
        return bool(fault == "ok")


def delivered(database: Path) -> set[str]:
    with closing(sqlite3.connect(database, timeout=20)) as connection:
        return {key for (key,) in connection.execute("SELECT key FROM outbox WHERE state = 'delivered'")}


async def test_row_17_commands_work_beside_a_running_bot_but_none_takes_its_database_away(
    there: World, tmp_path: Path
) -> None:
    bot = await there.up(ready=True)
    due = await there.tell(["besidea", "besideb"])
    copy = tmp_path / "copy.sqlite3"
    for words in (("outbox",), ("backup", copy), ("restore", copy, "--check")):
        status, said = await vedette(there, *words)
        assert status == 0, said
    status, said = await vedette(there, "restore", copy)
    assert status == UNAVAILABLE
    assert f"another vedette (process {bot.pid}) runs" in said
    await settled(there, due)


@pytest.mark.long
async def test_row_18_a_command_asked_while_another_program_holds_the_lock_is_answered_after_it(
    there: World,
) -> None:
    bot = await there.up(ready=True)
    due = await there.tell(["shuta"])
    with closing(sqlite3.connect(there.database, timeout=20, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asking = asyncio.create_task(ask(there, "settings set threshold 0.5", says="0.5"))
        await asyncio.sleep(LOCKED_FOR)
        assert not asking.done()
        other.execute("ROLLBACK")
    await asking
    assert not [one for one in read(there) if "went wrong" in one or "kept the database locked" in one]
    assert "Traceback" not in bot.said()
    due += await there.tell(["shutb"])
    await settled(there, due)


async def test_row_19_without_room_on_the_disk_people_are_told_so_and_it_goes_on_by_itself(
    there: World,
) -> None:
    bot = await there.up(ready=True)
    due = await there.tell(["fulla"])
    await there.until(lambda: len(delivered(there.database)) > 1, within=WITHIN)
    usual = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    due += await there.tell(["fullb"])
    for line in ("status", "settings set threshold 0.5"):
        await ask(there, line, says="the disk refused it")
    assert bot.runs
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, usual)
    await settled(there, due)
    await ask(there, "settings set threshold 0.5", says="0.5")
    assert whole(there.database)


async def test_row_20_what_was_recorded_as_delivered_is_in_every_copy_that_a_power_cut_leaves(
    there: World, tmp_path: Path
) -> None:
    moments = random.Random(20)
    await there.up(ready=True)
    due: list[Due] = []
    left = tmp_path / "left"
    left.mkdir()
    seen = []
    for n in range(MOMENTS):
        if n % 4 == 0:
            due += await there.tell([f"cut{n}a", f"cut{n}b"])
        await asyncio.sleep(moments.uniform(0, 0.3))
        recorded = delivered(there.database)
        copy = left / f"cut{n}.sqlite3"
        # The log first: a checkpoint between the two copies would leave pages in neither.
        for end in ("-wal", ""):
            shutil.copyfile(f"{there.database}{end}", f"{copy}{end}")
        assert whole(copy)
        assert recorded <= delivered(copy)
        seen.append(len(recorded))
    assert seen[0] < seen[-1], "it went on meanwhile"
    await settled(there, due)


def middle(whole: bytes) -> bytes:
    """Spoil the pages of the second half, every other one."""
    pages = [whole[at : at + PAGE] for at in range(0, len(whole), PAGE)]
    half = len(pages) // 2
    return b"".join(b"\xa5" * PAGE if n >= half and n % 2 else page for n, page in enumerate(pages))


@pytest.mark.long
async def test_row_37_a_bot_refuses_a_file_damaged_in_the_middle_and_goes_on_from_a_backup(
    there: World, tmp_path: Path
) -> None:
    bot = await there.up(ready=True)
    due = await published(there, "heldone", "heldtwo")
    backup = tmp_path / "backup.sqlite3"
    status, said = await vedette(there, "backup", backup)
    assert status == 0, said
    since = await published(there, "heldone", "heldtwo", "sincea", "sinceb")
    bot.ask_to_stop()
    await bot.gone(WITHIN)
    for end in ("-wal", "-shm"):  # what the harness keeps open would mend it
        (tmp_path / f"{there.database.name}{end}").unlink(missing_ok=True)
    damaged = middle(there.database.read_bytes())
    there.database.unlink()
    there.database.write_bytes(damaged)

    again = await there.up()
    assert await again.gone(WITHIN) == UNAVAILABLE
    status, said = await vedette(there, "backup", tmp_path / "other.sqlite3")
    assert status == UNAVAILABLE
    for words in (again.said(), said):
        assert "damaged" in words
        assert "restore a backup" in words or words is said
        assert "Traceback" not in words
    assert there.database.read_bytes() == damaged
    assert not (tmp_path / "other.sqlite3").exists()

    status, said = await vedette(there, "restore", backup)
    assert status == 0, said
    assert "may be told once more" in said
    kept = [one for one in tmp_path.iterdir() if one.name.startswith(f"{there.database.name}.2")]
    assert [one.read_bytes() for one in kept] == [damaged]
    await there.up(ready=True)
    later = await published(there, "heldone", "heldtwo", "sincea", "sinceb", "later")
    assert not counted(there, [*due, *later]).lost
    assert not counted(there, due).doubled, "what the backup knows is not told again"
    fresh = [one for one in since if one.token.startswith("since")]
    stored = ledger.stored(there.slack, there.discord)
    copies = [sum(d.token in s.text and d.channel == s.channel and s.top for s in stored) for d in fresh]
    assert max(copies) <= 2, "and what came since at most once more"


@pytest.mark.long
async def test_row_37_a_backup_restored_over_a_sound_database_loses_and_doubles_nothing(
    there: World, tmp_path: Path
) -> None:
    bot = await there.up(ready=True)
    await published(there, "olda")
    backup = tmp_path / "backup.sqlite3"
    status, said = await vedette(there, "backup", backup)
    assert status == 0, said
    await published(there, "olda", "newa", "newb")
    bot.kill()
    await bot.gone(WITHIN)
    status, said = await vedette(there, "restore", backup)
    assert status == 0, said
    assert "2 stories, 16 messages delivered" in said
    assert "Nothing is told twice, and nothing is lost." in said
    await there.up(ready=True)
    due = await published(there, "olda", "newa", "newb", "lasta")
    await settled(there, due)
    assert whole(there.database)
