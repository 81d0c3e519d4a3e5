"""What a restored database takes over from the one it replaces, so that nobody is told a thing twice.

A backup holds what people set and what was read and told until then. What was read and told since stands in
the database that is replaced, and goes on: its stories, the messages about them, its digests, and what people
took back or muted. What people set is the backup's.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from watchers.store.backup import faults_of, located
from watchers.store.departures import DISOWNED
from watchers.store.search_words import indexed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Without every one of these the others would contradict each other: a story told of that is not there.
CORE: Final = (
    "feed",
    "entry",
    "report",
    "story",
    "story_report",
    "story_update",
    "outbox",
    "posted",
    "digest_run",
    "retraction",
)
MORE: Final = (  # taken over where they can be read
    "sighting",
    "article",
    "fact",
    "deferred",
    "mute",
    "held",
    "asked",
    "story_hand",
    "story_line",
    "story_token",
    "promise",
    "promise_telling",
    "promise_name",
    "digest_story",
)
WILL: Final = ("retraction", "mute", "digest_run")  # taken over by themselves where the rest is damaged
LEFT: Final = frozenset(  # what people set, and what only means something to a running process
    {
        "alembic_version",
        "audit",
        "channel",
        "channel_feed",
        "exemplar",
        "follower",
        "heartbeat",
        "seed",
        "setting",
        "subscription",
        "vote",
        "watch",
    }
)
# Numbers are never given twice: people have them in old messages, and platforms know messages by keys made of
# them. Where nobody knows which were given since the backup, so many are left out: a busy bot's month.
GAP: Final = 100_000
_TEXT: Final = "title, summary, body"
_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What was taken over. `why` is empty if it was; `left` names tables that could not be read."""

    why: str = ""
    left: tuple[str, ...] = ()
    stories: int = 0  # that the backup does not have
    messages: int = 0
    retractions: int = 0


def carry_over(present: Path, restored: Path) -> Carried:
    """Take over what was read and told from the present database, in one transaction, if it can be read.

    `restored` is a copy of the backup that nobody else has open, in this release's form.
    """
    with closing(sqlite3.connect(restored, uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        try:
            with located(present, still=False) as uri, _attached(connection, uri):
                carried = _carried(connection)
        except (sqlite3.DatabaseError, OSError) as error:
            carried = Carried(why=f"it cannot be read ({error})")
        if carried.why:
            _leave_gap(connection)
        return carried


def without(restored: Path) -> Carried:
    """Make a copy of the backup ready to go on where there is no present database."""
    with closing(sqlite3.connect(restored, isolation_level=None)) as connection:
        _leave_gap(connection)
    return Carried(why="there was none")


@contextmanager
def _attached(connection: sqlite3.Connection, uri: str) -> Iterator[None]:
    """Attach the present database; what was begun and not ended is undone."""
    connection.execute("ATTACH ? AS present", (uri,))
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("DETACH present")


def _carried(connection: sqlite3.Connection) -> Carried:
    there = {str(row[0]) for row in connection.execute("SELECT name FROM present.sqlite_master")}
    if not there.issuperset(CORE):
        return Carried(why="it holds no database of vedette")
    broken: set[str] = set()
    if faults_of(connection, schema="present"):
        checked = [one for one in (*CORE, *MORE) if one in there]
        broken = {one for one in checked if faults_of(connection, schema="present", table=one)}
    why = ""
    if lost := [one for one in CORE if one in broken]:
        why = f"it is damaged where {', '.join(lost)} are kept"
    elif not _is_later(connection):
        return Carried(why="it is not what the backup became: its stories are others")
    before = _counted(connection)
    connection.execute("BEGIN")  # and not IMMEDIATE, which would lock the present one to write, too
    if why:
        for table in WILL:
            if table in there - broken:
                _add(connection, table)
        _mend_references(connection)
    else:
        stale = _changed_texts(connection)
        for table in (*CORE, *MORE):
            if table in there - broken:
                _replace(connection, table)
        _numbers_go_on(connection)
        _mend_references(connection)
        _index(connection, stale)
    connection.execute("COMMIT")
    after = _counted(connection)
    stories, messages, retractions = (max(0, new - old) for old, new in zip(before, after, strict=True))
    left = tuple(sorted(broken))
    return Carried(why=why, left=left, stories=stories, messages=messages, retractions=retractions)


def _is_later(connection: sqlite3.Connection) -> bool:
    """Tell whether the present database goes on from the backup: what both number, both call the same.

    A message whose channel left has lost its name since.
    """
    for table, number in (("story", "number"), ("entry", "number"), ("outbox", "id")):
        others = connection.execute(
            f"SELECT 1 FROM main.{table} AS old JOIN present.{table} AS new USING ({number}) "  # noqa: S608 - ours
            "WHERE old.key <> new.key AND substr(new.key, 1, ?) <> ? LIMIT 1",
            (len(DISOWNED), DISOWNED),
        ).fetchone()
        last = f"SELECT coalesce(max({number}), 0) FROM"
        (was,) = connection.execute(f"{last} main.{table}").fetchone()
        (now,) = connection.execute(f"{last} present.{table}").fetchone()
        if others or now < was:
            return False
    return True


def _replace(connection: sqlite3.Connection, table: str) -> None:
    """Put the present rows of a table in the place of the backup's."""
    connection.execute(f"DELETE FROM main.{table}")  # noqa: S608 - the names are ours
    _add(connection, table, what_is_there="ABORT")


def _add(connection: sqlite3.Connection, table: str, *, what_is_there: str = "IGNORE") -> None:
    """Add the present rows of a table, by the columns that both have."""
    columns = [
        {str(row[1]) for row in connection.execute(f"PRAGMA {schema}.table_info({table})")}
        for schema in ("main", "present")
    ]
    both = ", ".join(f'"{name}"' for name in sorted(columns[0] & columns[1]))
    rows = f"SELECT {both} FROM present.{table}"  # noqa: S608 - the names are ours
    connection.execute(f"INSERT OR {what_is_there} INTO main.{table} ({both}) {rows}")


def _numbers_go_on(connection: sqlite3.Connection) -> None:
    """Let every table count on from the highest number that was given in either database."""
    for name, last in connection.execute("SELECT name, seq FROM present.sqlite_sequence").fetchall():
        _count_from(connection, name, last)


def _count_from(connection: sqlite3.Connection, table: str, last: int) -> None:
    known = connection.execute("SELECT seq FROM main.sqlite_sequence WHERE name = ?", (table,)).fetchone()
    if known is None:
        connection.execute("INSERT INTO main.sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))
    elif known[0] < last:
        connection.execute("UPDATE main.sqlite_sequence SET seq = ? WHERE name = ?", (last, table))


def _mend_references(connection: sqlite3.Connection) -> None:
    """Take out rows about what the backup does not have, such as a channel that was set up since.

    An optional reference is emptied instead: a message outlives its story.
    """
    while missing := connection.execute("PRAGMA main.foreign_key_check").fetchall():
        for table, row, _, place in missing:
            keys = connection.execute(f"PRAGMA main.foreign_key_list({table})").fetchall()
            column = next(key[3] for key in keys if key[0] == place)
            described = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
            required = next(one[3] for one in described if one[1] == column)
            emptied = f'UPDATE main.{table} SET "{column}" = NULL'  # noqa: S608 - ours
            change = f"DELETE FROM main.{table}" if required else emptied  # noqa: S608 - ours
            connection.execute(f"{change} WHERE rowid = ?", (row,))


def _changed_texts(connection: sqlite3.Connection) -> list[int]:
    """Return the entries whose text the backup has in another form than the present database."""
    return [
        int(number)
        for (number,) in connection.execute(
            f"SELECT old.number FROM main.entry AS old JOIN present.entry AS new USING (number) "  # noqa: S608 - ours
            f"WHERE ({', '.join(f'old.{one}' for one in _TEXT.split(', '))}) "
            f"<> ({', '.join(f'new.{one}' for one in _TEXT.split(', '))})"
        )
    ]


def _index(connection: sqlite3.Connection, stale: list[int]) -> None:
    """Let search find what was taken over."""
    connection.executemany("DELETE FROM entry_fts WHERE rowid = ?", [(number,) for number in stale])
    rows = connection.execute(
        f"SELECT number, {_TEXT} FROM main.entry WHERE number NOT IN (SELECT id FROM entry_fts_docsize)"  # noqa: S608 - ours
    )
    while some := rows.fetchmany(_AT_ONCE):
        connection.executemany(
            "INSERT INTO entry_fts (rowid, title, body) VALUES (?, ?, ?)",
            [
                (number, indexed(title), indexed(f"{summary}\n{body}"))
                for number, title, summary, body in some
            ],
        )


def _leave_gap(connection: sqlite3.Connection) -> None:
    """Give no number that may have been given since the backup; look for what may have been sent since."""
    counted = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    for (table,) in counted:
        known = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        _count_from(connection, table, (known[0] if known else 0) + GAP)
    # Updates have no counter of their own: the highest of them moves up, and the next ones follow it.
    connection.execute(
        "UPDATE story_update SET id = id + ? WHERE id = (SELECT max(id) FROM story_update)", (GAP,)
    )
    connection.execute("UPDATE outbox SET uncertain = 1 WHERE state = 'queued'")
    connection.execute("COMMIT")


def _counted(connection: sqlite3.Connection) -> tuple[int, int, int]:
    stories, messages, retractions = (
        connection.execute(f"SELECT count(*) FROM main.{table}").fetchone()[0]  # noqa: S608 - ours
        for table in ("story", "outbox WHERE state = 'delivered'", "retraction")
    )
    return int(stories), int(messages), int(retractions)
