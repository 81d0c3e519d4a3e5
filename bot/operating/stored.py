"""Look whether the database is sound, of this release, and has nothing waiting; nothing is changed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.operating.findings import failure, warning, well
from bot.operating.health import STALE
from bot.roles.signs import apart, are_there, faults, said
from bot.understanding import FAULT
from watchers.clock import SystemClock
from watchers.errors import NewerSchemaError, StoreError
from watchers.store.looked import alive_at, look_at
from watchers.store.migrate import HEAD
from watchers.store.outbox import ON_PURPOSE

if TYPE_CHECKING:
    from pathlib import Path

    from bot.operating.findings import Finding

CHECK: Final = "database"
LATE: Final = timedelta(minutes=2)  # a message is tried within seconds, and again after a minute
TOO_LATE: Final = timedelta(hours=1)
WAIT: Final = 3.0  # seconds for a writer to make way
_RESTORE: Final = "restore a backup, or move the file away: the next start makes a new one"
_WRITE: Final = "allow this user to write to the file and its folder"


@dataclass(slots=True)
class Stored:
    """What was found, and the channels in use and feeds (name, address) that the database knows."""

    findings: list[Finding] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    feeds: list[tuple[str, str]] = field(default_factory=list)


def look_at_database(path: Path, *, now: datetime) -> Stored:
    """Return what was found; a database that is not there yet is well if it can be made."""
    stored = Stored()
    if not path.exists():
        folder = next((one for one in path.parents if one.exists()), path.parent)
        if os.access(folder, os.W_OK | os.X_OK) and folder == path.parent:
            stored.findings.append(well(CHECK, f"{path} is not there yet; the first start makes it"))
        else:
            said = f"{path} cannot be made"
            stored.findings.append(
                failure(CHECK, said, "make its folder, and allow this user to write there")
            )
        return stored
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT)
        ) as connection:
            _look(connection, path, stored, now=now)
    except sqlite3.OperationalError as error:
        cure = "allow this user to read and write the file and its folder, or stop what keeps it locked"
        stored.findings.append(failure(CHECK, f"{path} cannot be read ({error})", cure))
    except sqlite3.DatabaseError as error:
        stored.findings.append(failure(CHECK, f"{path} is damaged or no database ({error})", _RESTORE))
    return stored


async def look_at_server(url: str, *, now: datetime) -> Stored:
    """Return what was found on a database server; an empty database is well, the first start fills it."""
    stored = Stored()
    try:
        there = await look_at(url, now=now, saying=FAULT)
    except NewerSchemaError as error:
        cure = "start the newer release, or restore a backup made before it"
        stored.findings.append(failure(CHECK, str(error), cure))
        return stored
    except StoreError as error:
        stored.findings.append(
            failure(CHECK, str(error), "mend that; docs/postgresql.md says how it is set up")
        )
        return stored
    if there.revision is None:
        stored.findings.append(well(CHECK, f"{there.where} is empty; the first start makes its tables"))
        return stored
    stored.findings.append(
        _of_release(there.revision) or well(CHECK, f"{there.where} answers, revision {there.revision}")
    )
    if there.revision == HEAD:
        stored.channels, stored.feeds = list(there.channels), list(there.feeds)
        stored.findings += [
            _reading(there.said),
            _waiting(there.due, there.oldest, there.given_up, now=now),
        ]
        stored.findings += await _processes(url)
    return stored


async def _processes(url: str) -> list[Finding]:
    """Judge who shares the work, where several do, and whether the server's clock is ours."""
    alive = await alive_at(url)
    beats = alive.beats
    clocks = [warning("clocks", fault, "see docs/scaling-out.md") for fault in (apart(alive.ahead),) if fault]
    if not are_there(beats):
        return clocks
    now = SystemClock().now()  # signs of life know no other clock
    wrong = faults(beats, now=now, stale=STALE)
    if wrong:
        return clocks + [warning("processes", fault, "see docs/scaling-out.md") for fault in wrong]
    rows = said(beats, now=now, stale=STALE)
    return [*clocks, well("processes", ", ".join(f"{name.lower()}: {count}" for name, count in rows))]


def _look(connection: sqlite3.Connection, path: Path, stored: Stored, *, now: datetime) -> None:
    tables = {
        str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if not tables:
        stored.findings.append(well(CHECK, f"{path} is empty; the first start makes its tables"))
        return
    if "alembic_version" not in tables:
        cure = "name a file of its own under [database] path"
        stored.findings.append(failure(CHECK, f"{path} holds another program's tables", cure))
        return
    revision = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    stored.findings.append(_sound(connection, path, revision))
    if revision != HEAD:
        return  # its tables may have another form
    stored.channels = [
        str(row[0]) for row in connection.execute("SELECT id FROM channel WHERE NOT taken_out ORDER BY id")
    ]
    stored.feeds = [
        (str(n), str(u)) for n, u in connection.execute("SELECT name, url FROM feed ORDER BY number LIMIT 1")
    ]
    said = connection.execute("SELECT value FROM setting WHERE name = ?", (FAULT,)).fetchone()
    stored.findings += [_reading(said[0] if said else ""), _queue(connection, now=now)]


def _sound(connection: sqlite3.Connection, path: Path, revision: str) -> Finding:
    fault = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    if fault != "ok":
        return failure(CHECK, f"{path} is damaged: {fault}", _RESTORE)
    if (other := _of_release(revision)) is not None:
        return other
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return failure(CHECK, f"{path} can be read but not written", _WRITE)
    return well(CHECK, f"{path} is sound, revision {revision}")


def _of_release(revision: str) -> Finding | None:
    """Judge which release the tables are of, None if they are this one's."""
    if revision > HEAD:
        cure = "start the newer release, or restore a backup made before it"
        return failure(CHECK, f"it has revision {revision}, this release knows {HEAD}", cure)
    if revision < HEAD:
        cure = "stop all of the earlier release, then start this one, which brings it up to date"
        return warning(CHECK, f"it has revision {revision}, this release wants {HEAD}", cure)
    return None


def _reading(fault: str) -> Finding:
    """Judge whether what comes in is understood, by what the process that does it noted."""
    if not fault:
        return well("reading", "what comes in is read")
    cure = "the log has the reason (tick_failed); a restart goes on with what waits"
    return failure("reading", f"nothing that comes in is read {fault}", cure)


def _queue(connection: sqlite3.Connection, *, now: datetime) -> Finding:
    due = connection.execute(
        "SELECT count(*), min(not_before) FROM outbox WHERE state = 'queued' AND not_before <= ?",
        (now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f"),),
    )
    waiting, oldest = due.fetchone()
    marks = ", ".join("?" for _ in ON_PURPOSE)
    dead = f"SELECT count(*) FROM outbox WHERE state = 'dead' AND last_error NOT IN ({marks})"  # noqa: S608 - marks alone
    given_up = connection.execute(dead, ON_PURPOSE).fetchone()[0]
    since = datetime.fromisoformat(oldest).replace(tzinfo=UTC) if oldest else None
    return _waiting(waiting, since, given_up, now=now)


def _waiting(waiting: int, oldest: datetime | None, given_up: int, *, now: datetime) -> Finding:
    """Judge how long the oldest message that is due has been waiting."""
    check = "queue"
    more = f"; {given_up} were given up, see vedette outbox" if given_up else ""
    if oldest is None:
        return well(check, f"nothing waits to be told{more}")
    late = now - oldest
    minutes = int(late.total_seconds() // 60)
    said = f"{waiting} to be told, the oldest for {minutes} minutes{more}"
    cure = "see that it runs (vedette healthcheck); vedette outbox tells why a message waits"
    if late >= TOO_LATE:
        return failure(check, said, cure)
    return warning(check, said, cure) if late >= LATE else well(check, said)
