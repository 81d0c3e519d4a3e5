"""The store on PostgreSQL: what is told when it will not do, what its tables are, and what is kept."""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import errors, sql
from sqlalchemy.engine import make_url

from tests.contracts.store.postgres_server import PASSWORD
from tests.contracts.store.store_builders import MINUTE, make_entry
from tests.watchers.store.postgres_desk import empty, opened, url
from watchers.errors import CorruptError, NewerSchemaError, StoreError, UnstorableError
from watchers.store.columns import metadata
from watchers.store.engines import postgresql
from watchers.store.engines.postgresql_errors import Words
from watchers.store.migrate import HEAD
from watchers.store.store import StoreBusyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Connection

    from tests.contracts.store.postgres_server import Server

__all__ = ["empty", "url"]  # fixtures


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
