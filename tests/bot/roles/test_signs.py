"""Signs of life of several processes say who is stuck and what is missing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import timedelta
from shutil import copyfile
from subprocess import PIPE
from typing import TYPE_CHECKING

import pytest

from bot.app import open_app
from bot.config import load
from bot.roles.signs import are_there, as_parts, faults, said
from tests.contracts.store.store_builders import NOON
from watchers.clock import SystemClock
from watchers.store.holders import has_ended, myself
from watchers.store.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

STALE = timedelta(minutes=2)
LATE = NOON - timedelta(minutes=3)
WELL = {"worker/a:1:x-1": NOON, "bot/a:2:x-2": NOON, "scheduler/b:3:y-3": NOON}


def test_one_of_each_is_well() -> None:
    assert are_there(WELL)
    assert faults(WELL, now=NOON, stale=STALE) == []
    rows = [("Schedulers", "1 running"), ("Workers", "1 running"), ("Bots", "1 running")]
    assert said(WELL, now=NOON, stale=STALE) == rows


@pytest.mark.parametrize("role", ["worker", "bot", "scheduler"])
def test_a_role_that_nobody_has_is_missed(role: str) -> None:
    left = {name: at for name, at in WELL.items() if not name.startswith(role)}
    assert faults(left, now=NOON, stale=STALE) == [f"no {role} is running: start `vedette {role}`"]


def test_what_comes_in_is_missed_where_a_worker_is_there_that_could_read_it() -> None:
    (fault,) = faults({**WELL, "read": LATE}, now=NOON, stale=STALE)
    assert fault.startswith("nothing that comes in is read since")
    left = {name: at for name, at in WELL.items() if not name.startswith("worker")}
    assert faults({**left, "read": LATE}, now=NOON, stale=STALE) == [
        "no worker is running: start `vedette worker`"
    ], "whose log would tell why?"


def test_one_that_is_stuck_is_named_beside_one_that_is_well() -> None:
    (fault,) = faults({**WELL, "worker/c:9:z-9": LATE}, now=NOON, stale=STALE)
    assert fault.startswith("worker c:9 has been silent since")


def test_a_container_looks_at_its_own_process_alone() -> None:
    assert faults(WELL, now=NOON, stale=STALE, role="worker", host="a") == []
    (fault,) = faults(WELL, now=NOON, stale=STALE, role="worker", host="b")
    assert fault == "no worker is running on b: start `vedette worker`"
    silent = faults({"worker/b:1:x-1": LATE}, now=NOON, stale=STALE, role="worker", host="b")
    assert len(silent) == 2


def test_one_process_that_does_everything_is_no_role() -> None:
    assert not are_there({"poll": NOON, "deliver": NOON})


def test_whoever_has_certainly_ended_is_missed_by_nobody() -> None:
    place = myself().rpartition(":")[2].partition("-")[0]
    gone = f"{socket.gethostname()}:{2**22 + 1}:{place}-00"  # beyond any process id
    assert has_ended(gone)
    assert not has_ended(f"elsewhere:1:{place}-00")
    assert not has_ended(f"{socket.gethostname()}:{os.getppid()}:{place}-00")
    assert not has_ended(f"{socket.gethostname()}:{2**22 + 1}:other-00")
    assert faults({**WELL, f"worker/{gone}": LATE}, now=NOON, stale=STALE) == []


def test_a_process_that_got_the_id_of_one_that_ended_is_not_taken_for_it() -> None:
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from watchers.store.holders import myself; print(myself(), flush=True); input()",
        ],
        stdin=PIPE,
        stdout=PIPE,
        text=True,
    ) as other:
        assert other.stdout
        name = other.stdout.readline().strip()
        assert not has_ended(name), "it waits for a line"
        earlier = f"{name.rpartition('-')[0]}-1"
        assert has_ended(earlier)
        assert faults({**WELL, f"worker/{earlier}": LATE}, now=NOON, stale=STALE) == []
        other.communicate("\n")
    assert has_ended(name)


def test_whoever_ran_before_its_machine_or_container_started_anew_is_missed_by_nobody() -> None:
    before = {"worker/a:7:earlier-7": LATE, "bot/a:8:earlier-8": LATE}
    assert faults({**WELL, **before}, now=NOON, stale=STALE) == []
    assert faults({**WELL, **before}, now=NOON, stale=STALE, role="worker", host="a") == []
    assert said({**WELL, **before}, now=NOON, stale=STALE)[1] == ("Workers", "1 running")
    (fault,) = faults({**WELL, "worker/a:7:x-7": LATE}, now=NOON, stale=STALE)
    assert fault.startswith("worker a:7 has been silent since"), "of this start, and stuck"


def test_polling_is_as_well_as_the_scheduler_and_the_liveliest_worker() -> None:
    assert as_parts({**WELL, "worker/c:9:z-9": LATE}) == {"poll": NOON, "deliver": NOON}
    assert as_parts({**WELL, "scheduler/b:3:y-3": LATE})["poll"] == LATE
    assert as_parts({"worker/a:1:x-1": NOON}) == {}, "nobody hands anything out"
    assert as_parts({"poll": NOON, "deliver": LATE}) == {"poll": NOON, "deliver": LATE}


async def test_one_process_that_does_everything_forgets_the_roles_that_were_there_before(
    tmp_path: Path, empty_database: Path
) -> None:
    config, database = tmp_path / "config.toml", tmp_path / "vedette.sqlite3"
    config.write_text('[poll]\ncontact = "mailto:desk@example.org"\n', encoding="utf-8")
    copyfile(empty_database, database)
    async with open_store(f"sqlite:///{database}", clock=SystemClock()) as store:
        await store.pulse.beat("worker/a:7:earlier-7", at=NOON)
        await store.pulse.beat("poll", at=NOON)
    async with open_app(load(config), config, clock=SystemClock(), terminal=None) as app:
        assert await app.store.pulse.beats() == {"poll": NOON}
