"""What polls came to, many at once, and what is learnt of sources' habits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON
from watchers.store.rows import Polled
from watchers.types import Rhythm, Validators, Wishes

if TYPE_CHECKING:
    from watchers.store.rows import FeedHealth
    from watchers.store.store import Store

HARBOUR, COAST = 1, 2
RHYTHM = Rhythm(hours=tuple(n / 10 for n in range(24)), days=3.5)
WISHES = Wishes(least=timedelta(hours=2), skip_hours=(1, 2), skip_days=(6,))
MARKS = Validators(etag='"1"', last_modified="then", body_hash="abc")


async def health(store: Store, number: int) -> FeedHealth:
    return next(one for one in await store.feeds.health() if one.number == number)


async def test_polls_of_all_kinds_are_kept_at_once(newsroom: Store) -> None:
    quay = await newsroom.feeds.add("https://quay.example/feed", name="Quay", every=15 * MINUTE)
    await newsroom.channels.follow(MAIN, quay.number)
    again = NOON + 15 * MINUTE
    learnt = Polled(
        feed=HARBOUR,
        at=NOON,
        next_poll_at=again,
        validators=MARKS,
        new=2,
        changed=True,
        beyond=7,
        rhythm=RHYTHM,
        wishes=WISHES,
    )
    failed = Polled(feed=COAST, at=NOON, next_poll_at=again, error="it answers 503", fault="status")
    same = Polled(feed=quay.number, at=NOON, next_poll_at=again)
    assert await newsroom.feeds.record_all([learnt, failed, same]) == {}

    one, two, three = [await health(newsroom, number) for number in (HARBOUR, COAST, quay.number)]
    assert (one.new_at, one.changed_at, one.beyond, one.fault) == (NOON, NOON, 7, "")
    assert (one.rhythm, one.wishes) == (RHYTHM, WISHES)
    assert (two.fault, two.last_error, two.failures, two.ok_at) == ("status", "it answers 503", 1, None)
    assert (three.ok_at, three.new_at, three.changed_at) == (NOON, None, None)
    assert {one.next_poll_at, two.next_poll_at, three.next_poll_at} == {again}


async def test_what_a_poll_does_not_say_stays_as_it_was(newsroom: Store) -> None:
    first = Polled(
        feed=HARBOUR,
        at=NOON,
        next_poll_at=NOON,
        validators=MARKS,
        changed=True,
        beyond=7,
        rhythm=RHYTHM,
        wishes=WISHES,
    )
    await newsroom.feeds.record(first)
    later = NOON + MINUTE
    await newsroom.feeds.record(Polled(feed=HARBOUR, at=later, next_poll_at=later))
    await newsroom.feeds.record(Polled(feed=HARBOUR, at=later, next_poll_at=later, error="late"))
    await newsroom.feeds.record(Polled(feed=HARBOUR, at=later, next_poll_at=later, beyond=0))
    one = await health(newsroom, HARBOUR)
    assert (one.changed_at, one.beyond, one.rhythm, one.wishes) == (NOON, 0, RHYTHM, WISHES)
    feed = await newsroom.feeds.get(HARBOUR)
    assert feed is not None
    assert feed.validators == MARKS


async def test_only_habits_that_decide_are_asked_for(newsroom: Store) -> None:
    assert await newsroom.feeds.habits(most=5) == ()
    for number in (HARBOUR, COAST):
        await newsroom.feeds.record(Polled(feed=number, at=NOON, next_poll_at=NOON, rhythm=RHYTHM))
    assert {feed.number for feed in await newsroom.feeds.habits(most=5)} == {HARBOUR, COAST}
    assert len(await newsroom.feeds.habits(most=1)) == 1
    await newsroom.feeds.record(Polled(feed=COAST, at=NOON, next_poll_at=NOON, gone=True))
    (left,) = await newsroom.feeds.habits(most=5)
    assert (left.number, left.rhythm) == (HARBOUR, RHYTHM)
