"""The store on PostgreSQL: what is told when it will not do, who runs, who waits, and what is kept."""

from __future__ import annotations

import asyncio
import re
import traceback
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import errors, sql
from sqlalchemy import select
from sqlalchemy.engine import make_url

from tests.contracts.store.postgres_server import PASSWORD
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_entry, make_letter
from watchers.clock import SteppedClock
from watchers.errors import CorruptError, NewerSchemaError, StoreError, UnstorableError
from watchers.store.columns import metadata
from watchers.store.engines import postgresql, postgresql_alone
from watchers.store.engines.postgresql_errors import Words
from watchers.store.engines.postgresql_locks import RUNS
from watchers.store.migrate import HEAD
from watchers.store.rows import Channel
from watchers.store.schema_delivery import outbox
from watchers.store.store import StoreBusyError, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy.engine import Connection

    from tests.contracts.store.postgres_server import Server
    from watchers.store.store import Store

CLOCK = SteppedClock(NOON)
PATIENCE = 120.0  # seconds; the machine may be busy


def nobody_listens(server: Server, name: str) -> str:
    return server.address(name).replace(f":{server.url.port}/", ":1/")


def in_latin(server: Server) -> str:
    made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    server.execute("DROP DATABASE IF EXISTS latin")
    server.execute(made.format(sql.Identifier("latin")))
    return server.address("latin")


def with_a_table(server: Server, name: str) -> str:
    server.execute("CREATE TABLE orders (id int)", database=name)
    return server.address(name)


def as_guest(server: Server, name: str) -> str:
    return as_role(server, name, "guest", "")


def as_one_too_many(server: Server, name: str) -> str:
    return as_role(server, name, "late", "CONNECTION LIMIT 0")


def as_role(server: Server, name: str, role: str, more: str) -> str:
    server.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
    made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} ").format(sql.Identifier(role), sql.Literal(PASSWORD))
    server.execute(made + sql.SQL("CONNECTION LIMIT 0" if more else "CONNECTION LIMIT 9"))
    return server.address(name).replace(f"{server.url.username}:", f"{role}:")


SETUPS: dict[str, tuple[Callable[[Server, str], str], str]] = {
    "a wrong password": (lambda s, n: s.address(n, password=f"not-{PASSWORD}"), "refuses the user"),
    "no such database": (lambda s, _: s.address("nowhere"), 'no database "nowhere" on the server; make it'),
    "nobody listens": (nobody_listens, "cannot be reached .*is it running"),
    "no such host": (
        lambda s, n: s.address(n).replace("127.0.0.1", "db.invalid"),
        "db.invalid:.* cannot be rea",
    ),
    "other letters": (lambda s, _: in_latin(s), "holds text as LATIN1"),
    "other tables": (with_a_table, "another program's tables"),
    "no rights": (as_guest, "may not do this"),
    "no connection left": (as_one_too_many, "no connection left"),
}


@pytest.fixture
def empty(postgres: Server) -> Iterator[str]:
    """Make a database without anything in it."""
    name = postgres.new()
    yield name
    postgres.drop(name)


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    """Make a database with the tables of this release."""
    name = postgres.migrated()
    yield postgres.address(name)
    postgres.drop(name)


def opened(url: str, *, exclusive: bool = False) -> AbstractAsyncContextManager[Store]:
    return open_store(url, clock=CLOCK, exclusive=exclusive)


@pytest.mark.parametrize("setup", SETUPS)
async def test_what_keeps_it_from_working_is_told_without_the_password(
    postgres: Server, empty: str, setup: str
) -> None:
    make, told = SETUPS[setup]
    address = make(postgres, empty)
    with pytest.raises(StoreError, match=told) as caught:
        async with opened(address):
            pass
    everything = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert PASSWORD not in everything


@pytest.mark.parametrize(
    ("code", "kind", "told"),
    [
        ("53100", StoreError, "disk is full.*nothing of this change was kept"),
        ("53300", StoreError, "raise its max_connections"),
        ("25006", StoreError, "read-only.*name the one that takes changes"),
        ("25P03", StoreError, "stood still for too long"),
        ("40001", StoreBusyError, "changed the same at once.*next attempt"),
        ("40P01", StoreBusyError, "waited for each other"),
        ("55P03", StoreBusyError, "held the database for too long"),
        ("57P01", StoreError, "went away"),
        ("57P03", StoreError, "starts or stops"),
        ("42501", StoreError, "GRANT"),
        ("XX001", CorruptError, "restore a backup"),
        ("54000", UnstorableError, "the database refused: said by the server with …$"),
        ("0A000", StoreError, "the database refused: said by the server with …$"),
    ],
)
def test_what_a_server_refuses_is_told_with_what_to_do(code: str, kind: type[StoreError], told: str) -> None:
    words = Words(make_url(f"postgresql://u:{PASSWORD}@db.example/news"))
    error = words.explained(errors.lookup(code)(f"said by the server with {PASSWORD}\nDETAIL: more"))
    assert type(error) is kind
    assert re.search(told, str(error))


def test_what_no_library_raised_is_left_as_it_is() -> None:
    assert Words(make_url("postgresql://h/d")).explained(KeyError("x")) is None


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(f"postgresql://u:{PASSWORD}@host:port/db", id="a port that is no number"),
        pytest.param(f"postgresql://u:{PASSWORD}@host", id="no database"),
        pytest.param(f"mysql://u:{PASSWORD}@host/db", id="another kind"),
        pytest.param(f"//u:{PASSWORD}@host/db", id="no kind"),
    ],
)
async def test_an_address_that_is_none_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(StoreError, match="postgresql://user:password@host/database") as caught:
        async with opened(address):
            pass
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))


async def test_an_old_server_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "OLDEST", 99)
    with pytest.raises(StoreError, match="vedette needs 99 or later"):
        async with opened(url):
            pass


async def test_where_it_is_can_be_shown(url: str, postgres: Server) -> None:
    async with opened(url) as store:
        assert store.where.startswith(f"postgresql://{postgres.url.username}@{postgres.url.host}:")
        assert PASSWORD not in store.where + repr(store._pool.engine)


@pytest.mark.parametrize("revision", ["0999", "abc"])
async def test_a_newer_database_is_refused_untouched(postgres: Server, url: str, revision: str) -> None:
    name = url.rpartition("/")[2]
    update = sql.SQL("UPDATE alembic_version SET version_num = {}").format(sql.Literal(revision))
    postgres.execute(update, database=name)
    with pytest.raises(NewerSchemaError, match=f"{revision}.*knows {HEAD}"):
        async with opened(url):
            pass
    assert postgres.execute("SELECT version_num FROM alembic_version", database=name) == [(revision,)]


async def test_several_may_make_the_tables_at_once(postgres: Server, empty: str) -> None:
    url = postgres.address(empty)
    async with AsyncExitStack() as stack:
        stores = await asyncio.gather(*(stack.enter_async_context(opened(url)) for _ in range(4)))
        await stores[0].channels.save(Channel(id=MAIN, name="Main"))
        assert await stores[3].channels.get(MAIN) == Channel(id=MAIN, name="Main")


async def test_an_old_database_is_not_upgraded_under_a_running_process(postgres: Server, url: str) -> None:
    async with opened(url, exclusive=True):
        postgres.execute("UPDATE alembic_version SET version_num = '0000'", database=url.rpartition("/")[2])
        with pytest.raises(StoreBusyError, match="earlier release; stop it"):
            async with opened(url):
                pass


async def test_the_migrations_end_in_the_tables_of_the_code(url: str) -> None:
    def differences(connection: Connection) -> object:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or name in metadata.tables},
        )
        return compare_metadata(context, metadata)

    async with opened(url) as store, store._pool.reading() as connection:
        assert await connection.run_sync(differences) == []


def test_every_text_column_is_sorted_by_letters(postgres: Server, url: str) -> None:
    query = (
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'"
    )
    otherwise = postgres.execute(query, database=url.rpartition("/")[2])
    assert otherwise == [("alembic_version", "version_num")]


async def test_one_run_at_a_time_and_the_next_when_it_ended(url: str) -> None:
    async with opened(url, exclusive=True):
        with pytest.raises(StoreBusyError, match=r"another vedette .*since .*UTC.* runs on postgresql://"):
            async with opened(url, exclusive=True):
                pass
        async with opened(url) as beside:
            await beside.pulse.beat("poll", at=NOON)
    async with opened(url, exclusive=True) as store:
        assert await store.pulse.beats() == {"poll": NOON}


ENDED = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {} AND pid <> pg_backend_pid()"
)


async def test_a_run_whose_connections_die_goes_on(
    postgres: Server, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql_alone, "LOOKS_EVERY_S", 0.1)
    monkeypatch.setattr(postgresql, "ASKED_AFTER_S", 0.0)
    async with opened(url, exclusive=True) as store:
        await store.pulse.beat("poll", at=NOON)
        before = lock_holders(postgres, url)
        postgres.execute(sql.SQL(ENDED).format(sql.Literal(url.rpartition("/")[2])))
        await store.pulse.beat("deliver", at=NOON)
        assert set(await store.pulse.beats()) == {"poll", "deliver"}
        await locked_anew(postgres, url, before)


HOLDERS = (
    "SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database WHERE locktype = 'advisory'"
    " AND datname = current_database() AND objid = {} AND objsubid = 2 AND granted"
)


def lock_holders(postgres: Server, url: str) -> list[tuple[object, ...]]:
    held = sql.SQL(HOLDERS).format(sql.Literal(RUNS))
    return postgres.execute(held, database=url.rpartition("/")[2])


async def locked_anew(postgres: Server, url: str, before: list[tuple[object, ...]]) -> None:
    """Wait until another session holds the lock, without asking for it: whoever gets it has taken over."""
    async with asyncio.timeout(PATIENCE):
        while (now := lock_holders(postgres, url)) in ([], before):  # noqa: ASYNC110 — the server's table tells nobody
            await asyncio.sleep(0.05)
    assert len(now) == 1
    with pytest.raises(StoreBusyError, match=r"another vedette .* runs on"):
        async with opened(url, exclusive=True):
            pass


async def test_a_run_that_another_took_over_from_writes_no_more(
    postgres: Server, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql_alone, "LOOKS_EVERY_S", 1.0)
    async with opened(url, exclusive=True) as store, AsyncExitStack() as stack:
        postgres.execute(sql.SQL(ENDED).format(sql.Literal(url.rpartition("/")[2])))
        await stack.enter_async_context(opened(url, exclusive=True))
        with pytest.raises(StoreBusyError, match="took over"):
            await write_until_refused(store)


async def write_until_refused(store: Store) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await store.pulse.beat("poll", at=NOON)
            except StoreBusyError:
                raise
            except StoreError:
                continue  # the connection that died
            await asyncio.sleep(0.05)


async def test_a_lock_that_a_dead_connection_of_ours_still_has_is_taken_from_it(url: str) -> None:
    async with opened(url) as store:
        keeper = postgresql_alone._Keeper(
            store._pool.engine.execution_options(isolation_level="AUTOCOMMIT"), postgresql_alone.Alone("here")
        )
        assert await keeper.take() is None
        cut_off, keeper._connection = keeper._connection, None  # the server does not know it to be gone
        async with asyncio.timeout(PATIENCE):
            while await keeper.take() is not None:
                continue  # the server ends that one, which takes it a moment
        await keeper.close()
        assert cut_off is not None
        await cut_off.invalidate()
        await cut_off.close()


async def test_what_a_queue_writes_with_the_drivers_connection_is_part_of_the_transaction(url: str) -> None:
    async def write(store: Store, *, fails: bool) -> None:
        async with store.transaction() as rooms:
            await rooms.kept.put("ours", "x")
            driver = await rooms.driver()
            assert isinstance(driver, psycopg.AsyncConnection)
            await driver.execute("INSERT INTO setting (name, value) VALUES ('theirs', 'x')")
            if fails:
                raise KeyError

    async with opened(url) as store:
        with pytest.raises(KeyError):
            await write(store, fails=True)
        assert [await store.kept.get(name) for name in ("ours", "theirs")] == [None, None]
        await write(store, fails=False)
        assert [await store.kept.get(name) for name in ("ours", "theirs")] == ["x", "x"]


async def test_a_process_that_stands_still_in_a_transaction_holds_nobody_up(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "WRITER_RESTS_S", 1)
    async with opened(url) as frozen, opened(url) as other:
        with pytest.raises(StoreError, match=r"stood still for too long|went away"):
            await stand_still(frozen, other)
        (item,) = await other.outbox.lease(5, now=NOON, until=NOON + MINUTE)
        assert item.key == "kept"
        assert await frozen.outbox.get(item.id) is not None, "it goes on"


async def stand_still(frozen: Store, other: Store) -> None:
    """Write in a transaction, wait until another process may write, and write again."""
    async with frozen.transaction() as rooms:
        await rooms.outbox.enqueue(make_letter("lost"))
        async with asyncio.timeout(PATIENCE):
            assert await other.outbox.enqueue(make_letter("kept")) is not None
        await rooms.outbox.enqueue(make_letter("lost, too"))


async def test_deciding_writers_of_two_processes_take_turns_and_others_do_not_wait(url: str) -> None:
    async with opened(url) as one, opened(url) as other:
        async with one.transaction() as rooms:
            await rooms.outbox.enqueue(make_letter("first"))
            deciding = asyncio.create_task(other.outbox.enqueue(make_letter("second")))
            await other.pulse.beat("poll", at=NOON)
            assert not deciding.done()
        async with asyncio.timeout(PATIENCE):
            second = await deciding
        found = await other.outbox.get(second or 0)
        assert found is not None
        assert found.key == "second"


async def test_two_processes_share_the_work_without_doubling_it(url: str) -> None:
    async with opened(url) as one, opened(url) as other:
        await one.channels.save(Channel(id=MAIN, name="Main"))
        await one.feeds.add("https://harbour.example/feed", name="Harbour", every=MINUTE)
        for i in range(30):
            await one.outbox.enqueue(make_letter(f"k{i}", channel=f"preview:c{i}"))
        got = await asyncio.gather(
            *(store.outbox.lease(3, now=NOON, until=NOON + MINUTE) for store in (one, other) * 5)
        )
        keys = [item.key for items in got for item in items]
        assert sorted(keys) == sorted({f"k{i}" for i in range(30)})
        batch = [make_entry(f"boat-{i}") for i in range(50)]
        added = await asyncio.gather(one.entries.add(batch), other.entries.add(batch))
        assert sorted(len(entries) for entries in added) == [0, 50]


async def test_a_message_that_somebody_writes_to_is_passed_over(url: str) -> None:
    async with opened(url) as one, opened(url) as other:
        for key in ("a", "b"):
            await one.outbox.enqueue(make_letter(key, channel=f"preview:{key}"))
        (first, _) = await one.outbox.lease(2, now=NOON, until=NOON + MINUTE)
        async with one._pool.engine.begin() as connection:
            await connection.execute(select(outbox.c.id).where(outbox.c.id == first.id).with_for_update())
            later = NOON + 2 * MINUTE
            async with asyncio.timeout(PATIENCE):
                assert [
                    item.key for item in await other.outbox.lease(2, now=later, until=later + MINUTE)
                ] == ["b"]


async def test_text_is_kept_without_the_one_character_that_postgresql_refuses(url: str) -> None:
    async with opened(url) as store:
        await store.kept.put("na\x00me", "a\x00b")
        assert await store.kept.get("name") == "ab"


@pytest.mark.parametrize("words", ["港湾都", '"harbour master"', "x" * 300, f"{'y' * 299}*"])
async def test_a_phrase_far_down_a_long_text_is_found(url: str, words: str) -> None:
    body = "港湾。" * 6000 + " harbour " * 400 + "x" * 300 + " " + "y" * 300 + " 港湾都 harbour master"
    async with opened(url) as store:
        await store.feeds.add("https://harbour.example/feed", name="Harbour", every=MINUTE)
        near = ("港湾の都 harbour or master ", "x" * 301, "y" * 298 + "z")
        await store.entries.add(
            [make_entry("long", summary=body), make_entry("other", summary=" ".join(near))]
        )
        total, found = await store.search.find(words)
    assert (total, [one.entry for one in found]) == (1, [1])
