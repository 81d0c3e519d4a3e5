"""A restored database knows what was told since its backup, and tells nobody anything twice."""
# ruff: noqa: ASYNC240 - the files are small and nothing else runs in the loop

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import (
    MAIN,
    MINUTE,
    NOON,
    make_entry,
    make_letter,
    make_story,
    make_update,
    save_story,
)
from tests.watchers.store.backup_desk import (
    CLOCK,
    begin,
    opened,
    path,
    restored,
    saved,
    send,
    sound,
    spoil,
    tell,
)
from watchers.store import carried
from watchers.store.backup import back_up, inspect
from watchers.store.columns import metadata
from watchers.store.rows import Channel
from watchers.store.store import StoreBusyError, open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["path", "saved"]  # fixtures


def test_every_table_is_either_taken_over_or_left_on_purpose() -> None:
    taken = {*carried.CORE, *carried.MORE}
    assert taken | carried.LEFT == {*metadata.tables, "alembic_version"}
    assert not taken & carried.LEFT
    assert taken >= {*carried.WILL}


async def test_nothing_is_restored_under_a_running_bot(path: Path, saved: Path) -> None:
    back_up(path, saved)
    async with open_store(f"sqlite:///{path}", clock=CLOCK, exclusive=True):
        with pytest.raises(StoreBusyError, match=f"process {os.getpid()}"):
            await restored(path, saved)


async def test_what_was_told_since_the_backup_is_known_after_it(path: Path, saved: Path) -> None:
    async with opened(path) as store:
        await begin(store)
        rule = await store.subscriptions.add(MAIN, name="morning", at="08:00", days="daily", timezone="UTC")
        back_up(path, saved)
        told = await tell(store, "sloop")
        wrong = await tell(store, "ghost")
        await store.retractions.add(wrong, by="slack:U1", reason="wrong", at=NOON)
        await store.digests.claim(rule.number, date(2025, 8, 19), start=NOON, end=NOON, at=NOON)
        await store.mutes.add(MAIN, kind="words", target="parade", until=None)
        waiting = await tell(store, "ketch", arrives=False)
        unannounced = await save_story(store, "yawl")
        await store.channels.save(Channel(id=MAIN, name="Renamed by mistake"))
        numbers = (told, wrong, waiting, unannounced.number)
    done = await restored(path, saved)
    assert sound(path)
    assert not done.carried.why
    assert (done.carried.stories, done.carried.messages, done.carried.retractions) == (4, 2, 1)
    async with opened(path) as store:
        main = await store.channels.get(MAIN)
        assert main is not None
        assert main.name == "Main", "what people set is the backup's"
        assert [one.key for one in await store.outbox.delivered_to(MAIN)] == [
            f"{MAIN}/t{n}/card" for n in (1, told, wrong)
        ]
        assert await store.entries.add([make_entry(name) for name in ("sloop", "ghost", "yawl")]) == ()
        assert await store.retractions.is_retracted(wrong)
        assert [mute.target for mute in await store.mutes.running(MAIN, NOON)] == ["parade"]
        assert (
            await store.digests.claim(rule.number, date(2025, 8, 19), start=NOON, end=NOON, at=NOON) is None
        )
        assert [one.update.story.number for one in await store.announcements.unannounced()] == [numbers[3]]
        assert await send(store) == [f"{MAIN}/t{waiting}/card"], "what waited is not lost"
        assert (await save_story(store, "dhow")).number > max(numbers)
        total, _ = await store.search.find("sloop")
        assert total == 1


async def test_the_database_from_before_is_kept_whole_under_the_date(path: Path, saved: Path) -> None:
    back_up(path, saved)
    async with opened(path) as store:
        await begin(store)
    first = await restored(path, saved)
    second = await restored(path, saved)
    assert first.kept is not None
    assert second.kept is not None
    assert first.kept.name == "vedette.sqlite3.2025-08-19-120000"
    assert second.kept.name == "vedette.sqlite3.2025-08-19-120000-2"
    assert dict(inspect(first.kept).counts)["stories"] == 1
    assert sorted(one.name for one in path.parent.iterdir()) == sorted(
        [path.name, f"{path.name}.lock", saved.name, first.kept.name, second.kept.name]
    )


async def test_a_crashed_bots_log_goes_with_its_database(path: Path, saved: Path, tmp_path: Path) -> None:
    back_up(path, saved)
    crashed = tmp_path / "crashed" / "vedette.sqlite3"
    crashed.parent.mkdir()
    async with opened(path) as store:
        await begin(store)
        for suffix in ("", "-wal", "-shm"):
            copied = path.with_name(path.name + suffix).read_bytes()
            crashed.with_name(crashed.name + suffix).write_bytes(copied)
    done = await restored(crashed, saved)
    assert done.carried.stories == 1
    assert done.kept is not None
    assert dict(inspect(done.kept).counts)["stories"] == 1
    assert not crashed.with_name(crashed.name + "-wal").exists()
    async with opened(crashed) as store:
        assert await store.entries.count() == 1


async def test_a_link_to_a_database_stays_one(path: Path, saved: Path, tmp_path: Path) -> None:
    link = tmp_path / "linked" / "vedette.sqlite3"
    link.parent.mkdir()
    link.symlink_to(path)
    async with opened(link) as store:
        await begin(store)
        back_up(link, saved)
        await tell(store, "sloop")
    done = await restored(link, saved)
    assert link.is_symlink()
    assert done.carried.stories == 1
    assert done.kept is not None
    assert done.kept.parent == path.parent
    async with opened(path) as store:
        assert await store.entries.count() == 2


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.write_bytes(b"\x00" * 100 + path.read_bytes()[100:]), id="header"),
        pytest.param(spoil, id="a page in the middle"),
        pytest.param(lambda path: path.write_bytes(b""), id="emptied"),
        pytest.param(lambda path: path.unlink(), id="gone"),
    ],
)
async def test_after_damage_no_number_is_given_twice_and_what_may_have_been_sent_is_looked_for(
    path: Path, saved: Path, damage: Callable[[Path], object]
) -> None:
    async with opened(path) as store:
        await begin(store)
        waits = await tell(store, "ketch", arrives=False)
        back_up(path, saved)
        await send(store)
        lost = await tell(store, "sloop")
        await store.entries.add([make_entry(f"e{n}", summary="x" * 900) for n in range(400)])
    damage(path)
    before = path.read_bytes() if path.exists() else None
    done = await restored(path, saved)
    assert done.carried.why
    assert sound(path)
    if before is not None:
        assert done.kept is not None
        assert done.kept.read_bytes() == before
    async with opened(path) as store:
        (item,) = await store.outbox.lease(10, now=NOON, until=NOON + MINUTE)
        assert (item.key, item.uncertain) == (f"{MAIN}/t{waits}/card", True)
        again = await save_story(store, "sloop")
        assert again.number > lost + 1_000
        (entry,) = await store.entries.add([make_entry("later")])
        assert entry.number > 400
        (pending,) = await store.announcements.unannounced()
        assert pending.id > carried.GAP


async def test_what_was_taken_back_stays_so_even_where_the_rest_is_damaged(path: Path, saved: Path) -> None:
    async with opened(path) as store:
        await begin(store)
        back_up(path, saved)
        await store.retractions.add(1, by="slack:U1", reason="wrong", at=NOON)
        await store.entries.add([make_entry(f"e{n}", summary="x" * 900) for n in range(400)])
    spoil(path)
    done = await restored(path, saved)
    assert "entry" in done.carried.why
    assert done.carried.retractions == 1
    async with opened(path) as store:
        assert await store.retractions.is_retracted(1)


async def test_a_database_with_other_stories_gives_nothing(path: Path, saved: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    other.write_bytes(path.read_bytes())
    async with opened(path) as store:
        await begin(store)
    async with opened(other) as store:
        await store.channels.save(Channel(id=MAIN, name="Other"))
        await store.feeds.add("https://harbour.example/feed", name="Harbour", every=MINUTE)
        await tell(store, "galleon")
    back_up(path, saved)
    done = await restored(other, saved)
    assert "stories are others" in done.carried.why
    async with opened(other) as store:
        assert (await store.stories.recent(since=NOON - timedelta(days=1)))[0].key == "brig"


async def test_what_is_about_a_channel_that_the_backup_does_not_have_is_left_out(
    path: Path, saved: Path
) -> None:
    async with opened(path) as store:
        await begin(store)
        back_up(path, saved)
        await store.channels.save(Channel(id="slack:new", name="New"))
        await store.mutes.add("slack:new", kind="words", target="parade", until=None)
        number = await store.outbox.enqueue(make_letter("slack:new/t1/card", channel="slack:new", story=1))
        assert number is not None
        await store.announcements.note_card(1, "slack:new", outbox=number)
    done = await restored(path, saved)
    assert not done.carried.why
    assert sound(path)
    async with opened(path) as store:
        assert [card.channel for card in await store.announcements.cards(1)] == [MAIN]


async def test_a_correction_since_the_backup_is_found_by_its_new_words(path: Path, saved: Path) -> None:
    async with opened(path) as store:
        await begin(store)
        back_up(path, saved)
        (entry,) = await store.entries.add([make_entry("sloop")])
        assert entry.number == 2
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE entry SET title = 'A corvette after all' WHERE number = 1")
    await restored(path, saved)
    async with opened(path) as store:
        assert (await store.search.find("corvette"))[0] == 1
        assert (await store.search.find("brig"))[0] == 0
        assert (await store.search.find("sloop"))[0] == 1


async def test_what_was_told_goes_on_although_a_channel_that_left_lost_its_messages_names(
    path: Path, saved: Path
) -> None:
    async with opened(path) as store:
        await begin(store)
        await store.outbox.enqueue(make_letter("left", channel="slack:C2"))
        await send(store)
        back_up(path, saved)
        await tell(store, "sloop")
        while await store.departures.purge("slack:C2", before=NOON, limit=20, blank="{}"):
            pass
    done = await restored(path, saved)
    assert (done.carried.why, done.carried.stories) == ("", 1)


async def test_an_update_beneath_an_old_story_gets_an_id_of_its_own_after_a_restore(
    path: Path, saved: Path
) -> None:
    async with opened(path) as store:
        await begin(store)
        back_up(path, saved)
    await restored(path, saved)
    async with opened(path) as store:
        (story,) = await store.stories.recent(since=NOON)
        (entry,) = await store.entries.add([make_entry("more")])
        report = replace(story.reports[0], entry=entry)
        update = make_update(replace(make_story(*story.reports, report), number=story.number), report)
        async with store.transaction() as tx:
            await tx.stories.save_reports([(report, "now")])
            await tx.stories.save_updates([update])
        (pending,) = await store.announcements.unannounced()
        assert (pending.update.story.number, pending.id) == (story.number, 2)
