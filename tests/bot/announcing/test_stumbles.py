"""What cannot be worded keeps nothing else waiting: one digest, one update."""

from __future__ import annotations

from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from bot.announcing import announce
from bot.announcing.announce import announce_updates
from bot.announcing.digests import announce_digests
from bot.wording import cards
from tests.contracts.store.store_builders import MAIN, NOON, save_story
from watchers.clock import SteppedClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.announcing.alerts import Alert
    from bot.messages import Message
    from watchers.store.store import Store

HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(NOON)


@pytest.fixture
async def store(tmp_path: Path, empty_database: Path, clock: SteppedClock) -> AsyncIterator[Store]:
    path = tmp_path / "vedette.sqlite3"
    copyfile(empty_database, path)
    async with open_store(f"sqlite:///{path}", clock=clock) as opened:
        yield opened


async def digests(store: Store) -> list[str]:
    return sorted(one.channel for one in await store.outbox.counts())


async def test_a_digest_over_which_we_stumble_keeps_no_other_waiting_and_is_tried_again(
    store: Store, clock: SteppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    def fits(channel: str, message: Message) -> bool:
        if channel == "preview:a" and faulty:
            raise KeyError("a fault of ours")
        return bool(message.notice)

    faulty = True
    for name in ("a", "b", "c"):
        await store.channels.save(Channel(id=f"preview:{name}", name=name))
        await store.subscriptions.add(f"preview:{name}", name="d", at="13:00", days="daily", timezone="UTC")
    await announce_digests(store, clock=clock, fits=fits)
    clock.move_to(NOON + 2 * HOUR)
    assert await announce_digests(store, clock=clock, fits=fits) == 2
    assert await digests(store) == ["preview:b", "preview:c"]
    assert "a fault of ours" in caplog.text
    faulty = False
    assert await announce_digests(store, clock=clock, fits=fits) == 0, "not at once"
    clock.move_to(NOON + 2 * HOUR + timedelta(minutes=5))
    assert await announce_digests(store, clock=clock, fits=fits) == 1
    assert await digests(store) == ["preview:a", "preview:b", "preview:c"]


async def test_a_schedule_that_was_changed_meanwhile_is_looked_at_anew(
    store: Store, clock: SteppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.channels.save(Channel(id=MAIN, name="main"))
    made = await store.subscriptions.add(MAIN, name="d", at="11:00", days="daily", timezone="UTC")
    await announce_digests(store, clock=clock, fits=lambda *_: True)
    clock.move_to(NOON + 24 * HOUR)
    stale = await store.subscriptions.due(now=clock.now())
    await store.subscriptions.pause(MAIN, made.number, paused=True)

    async def due(*, now: object) -> object:
        assert now
        return stale

    monkeypatch.setattr(store.subscriptions, "due", due)
    assert await announce_digests(store, clock=clock, fits=lambda *_: True) == 0
    assert await store.outbox.counts() == ()


async def test_an_update_over_which_we_stumble_is_set_aside_and_kept(
    store: Store, clock: SteppedClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await store.channels.save(Channel(id=MAIN, name="main"))
    feed = await store.feeds.add("https://a.example/f", name="A", every=HOUR)
    await store.channels.follow(MAIN, feed.number)
    odd, *_ = [await save_story(store, name) for name in ("brig", "sloop", "cutter")]
    usual = cards.compose

    def compose(alert: Alert, **more: object) -> Message:
        if alert.update.story.number == odd.number:
            raise KeyError("a fault of ours")
        return usual(alert, **more)  # type: ignore[arg-type]  # as given

    monkeypatch.setattr(announce, "compose", compose)
    aside: set[int] = set()
    assert await announce_updates(store, clock=clock, aside=aside) == 2
    assert len(aside) == 1
    assert "a fault of ours" in caplog.text
    assert await announce_updates(store, clock=clock, aside=aside) == 0
    monkeypatch.setattr(announce, "compose", usual)
    assert await announce_updates(store, clock=clock) == 1, "the next start tells it if it can"
