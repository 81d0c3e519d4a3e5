"""Stored entries read again: what is told, what is written, and what is not kept in memory."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.replay.progress import Progress
from bot.replay.replay import Change, Regrouping, Replayed, replay
from bot.replay.told import summary
from tests.bot.operating.program import called
from tests.bot.replay.replay_stock import A_DAY, fill, news, plain_lens
from watchers.clock import SystemClock
from watchers.facts.proposed import FROM_MODEL
from watchers.lens import closeness_of, read_batch
from watchers.store.replayed import Stood
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from watchers.types import Report

FEW = 40
CONFIG = """\
[poll]
contact = "mailto:desk@example.org"

[relevance]
embedder = "none"

[[channels]]
id = "preview:desk"
name = "desk"
"""
WRITTEN = ("report", "fact", "story", "story_report", "story_update", "outbox")


def as_it_is(report: Report) -> Report:
    return report


def hotter_and_factless(report: Report) -> Report:
    """Return what an earlier release made of every fourth: far more relevant, and without facts."""
    if report.entry.number % 4:
        return report
    relevance = replace(report.relevance, score=0.99, evidence=("org:example",))
    return replace(report, relevance=relevance, facts=())


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()  # noqa: S608 - our own
            for name in WRITTEN
        }


@pytest.fixture
def database(tmp_path: Path, empty_database: Path) -> Path:
    path = tmp_path / "vedette.sqlite3"
    shutil.copy(empty_database, path)
    return path


def replayed(
    path: Path, was: Callable[[Report], Report] | None = None, *, apply: bool = False, count: int = FEW
) -> tuple[Replayed, list[Change]]:
    """Fill the database if `was` is given, and replay it."""

    async def go() -> tuple[Replayed, list[Change]]:
        changes: list[Change] = []
        async with open_store(f"sqlite:///{path}", clock=SystemClock()) as store:
            if was is not None:
                await fill(store, news(count), was=was)
            return await replay(store, plain_lens(), apply=apply, tell=changes.append), changes

    return asyncio.run(go())


def test_what_is_read_as_it_was_changes_nothing(database: Path) -> None:
    done, changes = replayed(database, as_it_is)
    assert (done.entries, done.rescored, done.refacted, done.regrouped) == (FEW, 0, 0, 0)
    assert done.stories == done.stories_before > 0
    assert changes == []


def test_what_an_earlier_release_read_otherwise_is_told_and_not_written(database: Path) -> None:
    replayed(database, hotter_and_factless)
    before = tables(database)
    done, changes = replayed(database)
    assert done.rescored == done.refacted == sum(one.reread for one in changes) == FEW // 4
    assert sum(n for (was, _), n in done.decisions.items() if was == "urgent") == FEW // 4
    assert all(one.before.decision == "urgent" for one in changes if one.reread)
    assert done.come["money"] >= FEW // 4
    assert not done.gone
    assert tables(database) == before


def test_applied_it_relabels_reports_moves_no_story_and_tells_nobody(database: Path) -> None:
    replayed(database, hotter_and_factless)
    before = tables(database)
    done, _ = replayed(database, apply=True)
    after = tables(database)
    assert done.relabelled == FEW // 4
    assert after["report"] != before["report"]
    assert len(after["fact"]) > len(before["fact"])
    assert after["outbox"] == []
    assert all(after[name] == before[name] for name in ("story", "story_report"))
    assert len(after["story_update"]) == len(before["story_update"])
    again, changes = replayed(database)
    assert (again.rescored, again.refacted) == (0, 0)
    assert not any(one.reread for one in changes)


def test_a_fact_that_a_language_model_pointed_at_stays(database: Path) -> None:
    def pointed_at(report: Report) -> Report:
        first, *rest = report.facts
        return replace(report, facts=(*rest, replace(first, role="estimate", rule=FROM_MODEL)))

    replayed(database, pointed_at, count=4)
    replayed(database, apply=True)
    with closing(sqlite3.connect(database)) as connection:
        kept = connection.execute("SELECT count(*) FROM fact WHERE rule = ?", (FROM_MODEL,)).fetchone()[0]
    assert kept == 4


async def test_what_a_model_points_at_while_it_is_read_again_stays(database: Path) -> None:
    async with open_store(f"sqlite:///{database}", clock=SystemClock()) as store:
        await fill(store, news(4), was=as_it_is)
        (stood,) = await store.replayed.stood([1])
        fact = replace(stood.report.facts[0], rule=FROM_MODEL, start=stood.report.facts[0].start + 1)
        assert await store.proposed.add(stood.report.entry, [fact]) == 1
        assert await store.replayed.relabel([(stood.report, stood.decision)]) == 1
        (now,) = await store.replayed.stood([1])
        assert [one.rule for one in now.report.facts].count(FROM_MODEL) == 1
        assert len(now.report.facts) == len(stood.report.facts) + 1


async def test_an_entry_whose_page_is_dropped_meanwhile_stays_as_it_was_read(database: Path) -> None:
    async with open_store(f"sqlite:///{database}", clock=SystemClock()) as store:
        await fill(store, news(4), was=as_it_is)
        numbers = list(await store.replayed.order())
        with closing(sqlite3.connect(database)) as connection, connection:
            read = "INSERT INTO article (entry, state, wanted_at, read_at) VALUES (?, 'dropped', ?, ?)"
            connection.execute(read, (numbers[0], *["2026-01-01 00:00:00.000000"] * 2))
            connection.execute("UPDATE entry SET body = '' WHERE number = ?", (numbers[0],))
        assert [one.report.entry.number for one in await store.replayed.stood(numbers)] == numbers[1:]


def test_entries_come_in_the_order_of_their_own_time(database: Path) -> None:
    async def go() -> list[int]:
        async with open_store(f"sqlite:///{database}", clock=SystemClock()) as store:
            entries = news(6)
            await fill(store, entries[3:] + entries[:3])
            return list(await store.replayed.order())

    assert asyncio.run(go()) == [4, 5, 6, 1, 2, 3]


@pytest.mark.long
def test_weeks_of_news_leave_no_more_in_memory_than_days() -> None:
    days = 24
    entries = [replace(one, number=n) for n, one in enumerate(news(days * 20), 1)]
    spread = [
        replace(one, published=None, seen=entries[0].seen + (one.seen - entries[0].seen) * (A_DAY // 20))
        for one in entries
    ]
    regrouping = Regrouping(closeness_of(plain_lens())[0])
    held = []
    for n, report in enumerate(read_batch(plain_lens(), tuple(spread))):
        regrouping.place(Stood(report=report, decision="digest", story=n + 1), report, "digest")
        if n % 20 == 19:
            regrouping.forget(report.entry.when)
            held.append(regrouping.held)
    assert max(held[12:]) <= 1.2 * max(held[:8])


def test_the_command_tells_the_sum_each_change_and_how_far_it_is(database: Path) -> None:
    replayed(database, hotter_and_factless)
    config, out = database.with_name("config.toml"), database.with_name("changes.jsonl")
    config.write_text(CONFIG, encoding="utf-8")
    done = called("replay", "--config", config, "--out", out)
    assert done.returncode == 0, done.stderr
    assert f"Replayed: {FEW} entries" in done.stdout
    assert "fall below it; 10 are scored otherwise" in done.stdout
    assert "Nothing was written" in done.stdout
    assert f"{FEW} entries in" in done.stderr
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["decision"][0] for line in lines].count("urgent") == FEW // 4
    nothing = called("replay", "--config", config, "--since", "2031-01-01")
    assert nothing.stdout == "Nothing was read yet that could be replayed.\n"
    lately = called("replay", "--config", config, "--since", "3650d", "--until", "1h")
    assert f"Replayed: {FEW} entries" in lately.stdout, lately.stderr
    wrong = called("replay", "--config", config, "--since", "soon")
    assert (wrong.returncode, wrong.stderr.startswith("--since soon: takes a day")) == (78, True)


def test_without_a_database_it_says_what_to_do_first(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    done = called("replay", "--config", config)
    assert done.returncode == 78
    assert "vedette run" in done.stderr


def test_progress_says_what_is_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter((0.0, 1.0, 20.0, 40.0))
    monkeypatch.setattr("bot.replay.progress.time.monotonic", lambda: next(moments))
    progress = Progress(sys.stderr)
    for done in (50, 1_000, 2_000):
        progress.at(done, 2_000)
    assert capsys.readouterr().err == "1,000 of 2,000 entries, 50%, 20 s left\n2,000 entries in 40 s\n"


def test_an_empty_replay_has_a_sum_too() -> None:
    assert summary(Replayed()) == "Nothing was read yet that could be replayed.\n"
