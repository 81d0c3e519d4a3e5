"""A database file is carried over to a server whole and the same, or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.operating.moving import move_here
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_entry, make_letter, save_story
from watchers.clock import SteppedClock
from watchers.errors import StoreError
from watchers.store import moving
from watchers.store.moving import move
from watchers.store.rows import Channel
from watchers.store.store import StoreBusyError, open_store
from watchers.types import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.contracts.store.postgres_server import Server
    from watchers.store.store import Store

CLOCK = SteppedClock(NOON)
SHOWN = ("feed", "channel", "watch", "entry", "report", "fact", "story", "story_update", "outbox", "posted")


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    """Make a database without anything in it."""
    name = postgres.new()
    yield postgres.address(name)
    postgres.drop(name)


@pytest.fixture
async def filled(tmp_path: Path, empty_database: Path) -> str:
    """Fill a database file with some of everything."""
    path = tmp_path / "vedette.sqlite3"
    path.write_bytes(empty_database.read_bytes())  # noqa: ASYNC240 - the file is small
    url = f"sqlite:///{path}"
    async with open_store(url, clock=CLOCK) as store:
        await fill(store)
    return url


async def fill(store: Store) -> None:
    await store.channels.save(Channel(id=MAIN, name="Büyük Lıman", quiet="22:00-07:00"))
    for name in ("harbour", "coast"):
        feed = await store.feeds.add(f"https://{name}.example/feed", name=name.title(), every=15 * MINUTE)
        await store.channels.follow(MAIN, feed.number)
    await store.watches.add(Watch(number=0, channel=MAIN, name="ships", expression="ship OR 防衛"))
    gone = await store.watches.add(Watch(number=0, channel=MAIN, name="gone", expression="x"))
    await store.watches.remove(MAIN, gone.number)
    first = await save_story(store, "brig", "sloop")
    second = await save_story(store, "barge")
    await store.hands.merge(second.number, first.number, by="slack:U1", by_name="Ayşe", at=NOON)
    await store.entries.add([replace(make_entry("kyoto", title="防衛省が発表"), lang="ja", published=None)])
    post = await store.outbox.enqueue(make_letter("post", story=second.number))
    assert post is not None
    await store.outbox.enqueue(replace(make_letter("edit", story=second.number), op="edit", target=post))
    await store.announcements.note_card(second.number, MAIN, outbox=post, facts=("money:1",))
    (item,) = await store.outbox.lease(1, now=NOON, until=NOON + MINUTE)
    await store.outbox.delivered(item, at=NOON, receipt="p1")
    await store.votes.cast(MAIN, second.number, "slack:U1", 1)
    digest = await store.subscriptions.add(MAIN, name="d", at="08:00", days="daily", timezone="UTC")
    run = await store.digests.claim(digest.number, NOON.date(), start=NOON, end=NOON + MINUTE, at=NOON)
    assert run is not None


async def seen(url: str) -> list[object]:
    async with open_store(url, clock=CLOCK) as store:
        return [
            await store.feeds.all(),
            await store.channels.all(),
            await store.watches.active(),
            await store.stories.recent(since=NOON - timedelta(days=1)),
            await store.announcements.unannounced(),
            await store.announcements.cards(2),
            await store.hands.of(2),
            await store.outbox.delivered_to(MAIN),
            await store.queue.waiting(),
            await store.votes.all(MAIN),
            await store.search.find("防衛"),
            await store.search.find('"brig sails"'),
            await store.digests.runs(1),
        ]


def quiet(_what: str, _done: int, _total: int) -> None:
    """Say nothing."""


async def test_everything_is_there_and_numbers_go_on(filled: str, url: str) -> None:
    told: list[tuple[str, int, int]] = []
    moved = await move(filled, url, tell=lambda *how_far: told.append(how_far))
    counts = dict(moved.tables)
    assert {name for name in SHOWN if not counts[name]} == set()
    assert moved.rows == sum(counts.values())
    assert ("feed", 2, 2) in told
    assert ("outbox, compared", 2, 2) in told
    assert await seen(url) == await seen(filled)
    async with open_store(url, clock=CLOCK) as store:
        watch = await store.watches.add(Watch(number=0, channel=MAIN, name="next", expression="y"))
        assert watch.number == 3, "that of a watch that was removed is not given again"
        (entry,) = await store.entries.add([make_entry("next")])
        assert entry.number == counts["entry"] + 1
        assert (await store.outbox.enqueue(make_letter("next"))) == counts["outbox"] + 1
        assert await store.outbox.enqueue(make_letter("post")) is None, "its key was used before"
        assert (await save_story(store, "after")).number == 3


async def test_a_database_with_anything_in_it_is_refused(filled: str, url: str) -> None:
    async with open_store(url, clock=CLOCK) as store:
        await store.kept.put("mine", "x")
    with pytest.raises(StoreError, match="has rows in setting already"):
        await move(filled, url, tell=quiet)
    async with open_store(url, clock=CLOCK) as store:
        assert await store.feeds.all() == ()


async def test_what_was_interrupted_leaves_nothing_and_can_be_begun_anew(filled: str, url: str) -> None:
    class StopError(Exception):
        """Stands for whatever ends it."""

    def stop(what: str, _done: int, _total: int) -> None:
        if what == "outbox, compared":
            raise StopError

    with pytest.raises(StopError):
        await move(filled, url, tell=stop)
    async with open_store(url, clock=CLOCK) as store:
        assert await store.feeds.all() == ()
    await move(filled, url, tell=quiet)
    assert await seen(url) == await seen(filled)


async def test_a_row_that_is_not_the_same_there_is_told_and_nothing_kept(
    filled: str, url: str, postgres: Server
) -> None:
    async with open_store(url, clock=CLOCK):
        pass
    postgres.execute(
        "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.number = 2 THEN NEW.name := 'Cost'; END IF; RETURN NEW; END $$; "
        "CREATE TRIGGER spoil BEFORE INSERT ON feed FOR EACH ROW EXECUTE FUNCTION spoil()",
        database=url.rpartition("/")[2],
    )
    with pytest.raises(StoreError, match=r"a row of feed is not the same there \(number 2\)"):
        await move(filled, url, tell=quiet)
    async with open_store(url, clock=CLOCK) as store:
        assert await store.feeds.all() == ()


async def test_many_rows_are_carried_over_a_part_at_a_time(
    filled: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "ROWS", 2)
    monkeypatch.setattr(moving, "ENTRIES", 1)
    await move(filled, url, tell=quiet)
    assert await seen(url) == await seen(filled)


async def test_a_character_that_postgresql_refuses_is_left_out_and_counted(filled: str, url: str) -> None:
    with closing(sqlite3.connect(filled.removeprefix("sqlite:///"))) as raw, raw:
        raw.execute("UPDATE feed SET name = 'Har' || char(0) || 'bour' WHERE number = 1")
    moved = await move(filled, url, tell=quiet)
    assert moved.cleaned == 1
    async with open_store(url, clock=CLOCK) as store:
        assert [one.name for one in await store.feeds.all()] == ["Harbour", "Coast"]


async def test_a_value_that_an_earlier_release_kept_whole_to_look_it_up_by_is_cut(
    filled: str, url: str
) -> None:
    whole = "".join(chr(0x4E00 + 7 * n % 20_000) for n in range(1_200))  # which compresses badly
    with closing(sqlite3.connect(filled.removeprefix("sqlite:///"))) as raw, raw:
        raw.execute("UPDATE fact SET value_text = ?", (whole,))
    await move(filled, url, tell=quiet)
    assert await seen(url) == await seen(filled)


async def test_neither_side_may_be_in_use(filled: str, url: str) -> None:
    for busy in (filled, url):
        async with open_store(busy, clock=CLOCK, exclusive=True):
            with pytest.raises(StoreBusyError, match="another vedette"):
                await move(filled, url, tell=quiet)


@pytest.mark.parametrize("revision", ["0005", "0999"])
async def test_a_file_of_another_release_is_refused(filled: str, url: str, revision: str) -> None:
    with closing(sqlite3.connect(filled.removeprefix("sqlite:///"))) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    with pytest.raises(StoreError, match=revision):
        await move(filled, url, tell=quiet)


async def test_only_a_file_goes_to_a_server(filled: str, url: str) -> None:
    for source, target in ((filled, filled), (url, url), (url, filled)):
        with pytest.raises(StoreError, match="goes from sqlite:///path/to/file to postgresql://"):
            await move(source, target, tell=quiet)


def test_the_command_says_what_it_carried_over_and_no_password(
    filled: str, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[poll]\ncontact = "desk@harbour.example"\n', encoding="utf-8")
    monkeypatch.setenv("VEDETTE_DATABASE_URL", url)
    said = move_here(config)
    assert filled.removeprefix("sqlite:///") in said
    assert "each compared and the same on both sides" in said
    assert "2 rows of feed in" in capsys.readouterr().err
    assert said.endswith("\nNow start vedette run, or scheduler, worker and bot. The file is as it was.\n")
    assert "canary" not in said
