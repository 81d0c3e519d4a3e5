"""Which database a configuration means, and that every command works with a server; no password is shown."""

from __future__ import annotations

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.config import parse
from bot.database import where
from bot.errors import ConfigError
from bot.operating.doctor import examined
from bot.operating.health import PARTS, URL, check_health
from tests.bot.operating.program import called
from tests.contracts.store.postgres_server import PASSWORD, postgres
from tests.contracts.store.store_builders import make_letter
from watchers.clock import SystemClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.operating.findings import Finding
    from tests.contracts.store.postgres_server import Server

__all__ = ["postgres"]  # a fixture

POLL = '[poll]\ncontact = "mailto:desk@harbour.example"\n'
SERVER = f"postgresql://vedette:{PASSWORD}@db.example/news"
CLOCK = SystemClock()


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    """Make a database in which a message waits and another was given up."""
    name = postgres.migrated()
    asyncio.run(fill(postgres.address(name)))
    yield postgres.address(name)
    postgres.drop(name)


async def fill(url: str) -> None:
    async with open_store(url, clock=CLOCK) as store:
        await store.channels.save(Channel(id="preview:main", name="Main"))
        await store.outbox.enqueue(make_letter("waits"))
        await store.outbox.enqueue(make_letter("dead"))
        now = CLOCK.now()
        (item,) = await store.outbox.lease(1, now=now, until=now + timedelta(minutes=1))
        await store.outbox.dead(item, error="is_archived")


@pytest.fixture
def config(tmp_path: Path, url: str) -> Path:
    """Write a configuration that names the server."""
    path = tmp_path / "config.toml"
    path.write_text(f'{POLL}[database]\nurl = "{url}"\n', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("section", "environ", "meant"),
    [
        pytest.param("", {}, "sqlite:////desk/vedette.sqlite3", id="nothing is said"),
        pytest.param('path = "news.db"', {}, "sqlite:////desk/news.db", id="a file beside the configuration"),
        pytest.param('path = "/data/news.db"', {}, "sqlite:////data/news.db", id="a file elsewhere"),
        pytest.param(f'url = "{SERVER}"', {}, SERVER, id="a server"),
        pytest.param('url = "sqlite:///news.db"', {}, "sqlite:////desk/news.db", id="a file as an address"),
        pytest.param('url = "sqlite:///a%20b.db"', {}, "sqlite:////desk/a%20b.db", id="with a blank in it"),
        pytest.param('path = "news.db"', {URL: SERVER}, SERVER, id="the environment goes first"),
    ],
)
def test_a_database_is_named_by_the_environment_or_the_file(
    section: str, environ: dict[str, str], meant: str
) -> None:
    path = Path("/desk/config.toml")
    database = where(parse(f"{POLL}[database]\n{section}\n", path), path, environ)
    assert database.url == meant
    assert (database.file is None) == meant.startswith("postgresql")
    assert PASSWORD not in f"{database.shown}{database!r}"


async def test_a_folder_may_have_signs_in_its_name_that_mean_something_in_an_address(tmp_path: Path) -> None:
    path = tmp_path / "100%41 ? #1" / "config.toml"
    path.parent.mkdir()
    database = where(parse(POLL, path), path, {})
    async with open_store(database.url, clock=CLOCK):
        assert [file.name for file in path.parent.glob("*.sqlite3")] == ["vedette.sqlite3"]


def test_an_address_of_a_file_with_options_is_refused() -> None:
    path = Path("/desk/config.toml")
    with pytest.raises(ConfigError, match="has no options"):
        where(parse(f'{POLL}[database]\nurl = "sqlite:///v.sqlite3?timeout=30"\n', path), path, {})


def test_a_database_is_named_by_a_file_of_the_environment(tmp_path: Path) -> None:
    secret, path = tmp_path / "secret", tmp_path / "config.toml"
    config = parse(POLL, path)
    with pytest.raises(ConfigError, match=r"VEDETTE_DATABASE_URL_FILE: .* cannot be read"):
        where(config, path, {f"{URL}_FILE": str(secret)})
    secret.write_text(f"{SERVER}\n", encoding="utf-8")
    assert where(config, path, {f"{URL}_FILE": str(secret)}).url == SERVER


@pytest.mark.parametrize(
    ("section", "told"),
    [
        pytest.param(
            f'path = "a.db"\nurl = "{SERVER}"', "path, a file, or url, a server, and not both", id="both"
        ),
        pytest.param(
            f'url = "mysql://u:{PASSWORD}@h/d"', 'url to be such as "postgresql://', id="another kind"
        ),
    ],
)
def test_a_faulty_section_is_told_without_its_values(section: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(f"{POLL}[database]\n{section}\n", Path("config.toml"))
    said = "\n".join(caught.value.faults)
    assert told in said
    assert PASSWORD not in said


def test_commands_work_with_a_server_and_show_no_password(config: Path) -> None:
    checked = called("check", "--config", config)
    assert "database: postgresql://" in checked.stdout
    listed = called("outbox", "--config", config)
    assert "Waiting: 1 message" in listed.stdout
    assert "is_archived" in listed.stdout
    status = called("status", "--config", config)
    assert status.returncode == 0
    for done in (checked, listed, status):
        assert PASSWORD not in done.stdout + done.stderr


def test_backups_of_a_server_are_made_there(config: Path, tmp_path: Path) -> None:
    for command in (("backup", tmp_path / "copy"), ("restore", tmp_path / "copy")):
        done = called(*command, "--config", config)
        assert done.returncode == 78
        assert "pg_dump" in done.stderr
        assert PASSWORD not in done.stderr


def test_the_health_check_finds_a_file_whatever_its_folder_is_called(
    tmp_path: Path, empty_database: Path
) -> None:
    there = tmp_path / "a#b?c"
    there.mkdir()
    shutil.copy(empty_database, there / "vedette.sqlite3")
    given = there / "config.toml"
    given.write_text('[poll]\ncontact = "mailto:desk@example.org"\n', encoding="utf-8")
    assert check_health(given, environ={}) == "poll has not begun"
    assert [one.name for one in tmp_path.iterdir()] == [there.name], "nothing was made beside it"


def test_the_health_check_reads_a_servers_heartbeats(config: Path, url: str) -> None:
    assert check_health(config, environ={}) == "poll has not begun"

    async def beat() -> None:
        async with open_store(url, clock=CLOCK) as store:
            for part in PARTS:
                await store.pulse.beat(part, at=CLOCK.now())

    asyncio.run(beat())
    assert check_health(config, environ={}) == ""
    later = CLOCK.now() + timedelta(hours=1)
    assert "poll has been silent since" in check_health(config, environ={}, now=later)
    away = url.replace("127.0.0.1:", "127.0.0.1:1").rpartition(":1")[0] + ":1/x"
    fault = check_health(config, environ={URL: away})
    assert "cannot be reached" in fault
    assert PASSWORD not in fault


async def looked_at(config: Path, environ: dict[str, str]) -> dict[str, Finding]:
    return {one.check: one for one in await examined(config, environ, clock=CLOCK)}


async def test_the_doctor_looks_at_a_server(config: Path, url: str, postgres: Server) -> None:
    found = await looked_at(config, {})
    assert found["database"].state == "well"
    assert f"postgresql://{postgres.url.username}@" in found["database"].found
    assert "1 to be told" in found["queue"].found
    assert "1 were given up" in found["queue"].found
    assert "disk" not in found
    name = url.rpartition("/")[2]
    for revision, state in (("0001", "warning"), ("0999", "failure")):
        postgres.execute(f"UPDATE alembic_version SET version_num = '{revision}'", database=name)  # noqa: S608 - ours
        assert (await looked_at(config, {}))["database"].state == state


@pytest.mark.parametrize("wrong", ["password", "file"])
async def test_the_doctor_says_what_keeps_a_server_from_answering(
    config: Path, url: str, tmp_path: Path, wrong: str
) -> None:
    password = {URL: url.replace(PASSWORD, f"not-{PASSWORD}")}
    environ = password if wrong == "password" else {f"{URL}_FILE": str(tmp_path / "nowhere")}
    database = (await looked_at(config, environ))["database"]
    assert database.state == "failure"
    assert ("refuses the user" if wrong == "password" else "cannot be read") in database.found
    assert PASSWORD not in database.found + database.cure
