"""Messages are kept with the decision, leased to one sender at a time, and settled once."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_letter, save_story
from watchers.errors import StoreError

if TYPE_CHECKING:
    from watchers.store.rows import OutboxItem
    from watchers.store.store import Store

LATER = NOON + 5 * MINUTE


async def lease(store: Store, *, minutes: int = 0, limit: int = 10) -> tuple[OutboxItem, ...]:
    now = NOON + minutes * MINUTE
    return await store.outbox.lease(limit, now=now, until=now + MINUTE)


async def test_a_key_is_written_once_for_ever(store: Store) -> None:
    assert await store.outbox.enqueue(make_letter("k")) == 1
    assert await store.outbox.enqueue(make_letter("k", channel="preview:other")) is None
    (item,) = await lease(store)
    await store.outbox.delivered(item, at=NOON, receipt="p1")
    assert await store.outbox.enqueue(make_letter("k")) is None


async def test_a_leased_message_is_hidden_until_the_lease_runs_out(store: Store) -> None:
    await store.outbox.enqueue(make_letter("k"))
    (first,) = await lease(store)
    assert (first.attempts, first.uncertain, first.payload) == (1, False, '{"a": 1}')
    assert await lease(store) == ()
    (second,) = await lease(store, minutes=1)
    assert (second.attempts, second.uncertain) == (2, True)


async def test_a_channel_has_one_message_out_at_a_time_in_the_order_written(store: Store) -> None:
    for key in ("a1", "a2"):
        await store.outbox.enqueue(make_letter(key, channel="preview:a"))
    await store.outbox.enqueue(make_letter("b1", channel="preview:b"))
    first = await lease(store)
    assert [item.key for item in first] == ["a1", "b1"]
    assert await lease(store) == ()
    assert await store.outbox.delivered(first[0], at=NOON, receipt="p1")
    assert [item.key for item in await lease(store)] == ["a2"]


async def test_urgent_messages_come_first_and_the_limit_holds(store: Store) -> None:
    await store.outbox.enqueue(make_letter("plain-a", channel="preview:a"))
    await store.outbox.enqueue(make_letter("plain-b", channel="preview:b"))
    await store.outbox.enqueue(make_letter("urgent-b", channel="preview:b", urgent=True))
    assert [item.key for item in await lease(store, limit=1)] == ["urgent-b"]


async def test_an_urgent_reply_takes_its_card_along(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig")
    await newsroom.outbox.enqueue(make_letter("other"))
    await newsroom.outbox.enqueue(make_letter("card", story=story.number))
    await newsroom.outbox.enqueue(make_letter("reply", story=story.number, urgent=True))
    order = []
    while leased := await lease(newsroom):
        order += [item.key for item in leased]
        await newsroom.outbox.delivered(leased[0], at=NOON, receipt="p")
    assert order == ["card", "reply", "other"]


async def test_a_reply_waits_for_a_card_that_is_held_back(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig")
    await newsroom.outbox.enqueue(replace(make_letter("card", story=story.number), not_before=LATER))
    await newsroom.outbox.enqueue(make_letter("reply", story=story.number))
    await newsroom.outbox.enqueue(make_letter("other"))
    assert [item.key for item in await lease(newsroom)] == ["other"]


async def test_a_channel_waits_while_a_message_of_it_is_to_be_tried_again(store: Store) -> None:
    await store.outbox.enqueue(make_letter("a1", channel="preview:a"))
    await store.outbox.enqueue(make_letter("a2", channel="preview:a", urgent=True))
    await store.outbox.enqueue(make_letter("b1", channel="preview:b"))
    a2, b1 = await lease(store)
    assert await store.outbox.failed(a2, error="503", not_before=LATER, uncertain=True)
    assert await store.outbox.delivered(b1, at=NOON, receipt="p")
    assert await lease(store) == ()
    (again,) = await lease(store, minutes=5)
    assert (again.key, again.attempts, again.uncertain, again.last_error) == ("a2", 2, True, "503")


async def test_a_sender_that_slept_past_its_lease_changes_nothing(store: Store) -> None:
    await store.outbox.enqueue(make_letter("k"))
    (late,) = await lease(store)
    (current,) = await lease(store, minutes=2)
    assert not await store.outbox.renew(late, until=LATER)
    assert not await store.outbox.delivered(late, at=LATER, receipt="late")
    assert not await store.outbox.failed(late, error="late", not_before=LATER)
    assert not await store.outbox.dead(late, error="late")
    assert not await store.outbox.release(late)
    assert await store.outbox.get(current.id) == current
    assert await store.outbox.renew(current, until=LATER)
    assert await lease(store, minutes=4) == ()
    assert await store.outbox.delivered(current, at=LATER, receipt="p1")
    assert not await store.outbox.delivered(current, at=LATER, receipt="p2")


async def test_a_released_message_was_never_tried(store: Store) -> None:
    await store.outbox.enqueue(make_letter("k"))
    (item,) = await lease(store)
    assert await store.outbox.release(item)
    (again,) = await lease(store)
    assert (again.attempts, again.uncertain) == (1, False)


async def test_after_a_crash_the_next_process_takes_leases_over_as_uncertain(store: Store) -> None:
    await store.outbox.enqueue(make_letter("k"))
    await store.outbox.enqueue(make_letter("l"))
    await lease(store)
    assert await store.outbox.expire_leases(now=NOON) == 1
    (again,) = await lease(store)
    assert (again.key, again.uncertain) == ("k", True)


async def test_a_message_given_up_lets_others_pass_and_can_be_replayed(store: Store) -> None:
    await store.outbox.enqueue(make_letter("k"))
    await store.outbox.enqueue(make_letter("l"))
    (item,) = await lease(store)
    await store.outbox.dead(item, error="invalid_blocks " * 100)
    assert [one.key for one in await lease(store)] == ["l"]
    (dead,) = await store.outbox.given_up()
    assert (dead.key, dead.state, len(dead.last_error)) == ("k", "dead", 500)
    assert await store.outbox.replay(dead.id, now=NOON)
    assert not await store.outbox.replay(dead.id, now=NOON)
    assert [one.key for one in await lease(store, minutes=1)] == ["k"]


async def test_what_arrived_in_a_channel_is_listed_oldest_first(store: Store) -> None:
    for i in range(4):
        await store.outbox.enqueue(make_letter(f"k{i}", channel=MAIN if i else "preview:other"))
    for i in range(3):
        for item in await lease(store):
            await store.outbox.delivered(item, at=NOON + i * MINUTE, receipt=f"p-{item.key}")
    found = await store.outbox.delivered_to(MAIN, limit=2)
    assert [(one.key, one.receipt, one.delivered_at) for one in found] == [
        ("k2", "p-k2", NOON + MINUTE),
        ("k3", "p-k3", NOON + 2 * MINUTE),
    ]


async def test_messages_are_counted_by_channel_and_state(store: Store) -> None:
    for i in range(3):
        await store.outbox.enqueue(make_letter(f"k{i}"))
    (item,) = await lease(store)
    await store.outbox.delivered(item, at=NOON, receipt="p")
    assert [(c.channel, c.state, c.items) for c in await store.outbox.counts()] == [
        (MAIN, "delivered", 1),
        (MAIN, "queued", 2),
    ]


async def test_a_decision_that_fails_leaves_no_message(newsroom: Store) -> None:
    with contextlib.suppress(ZeroDivisionError):
        async with newsroom.transaction() as tx:
            await tx.outbox.enqueue(make_letter("k"))
            raise ZeroDivisionError
    assert await newsroom.outbox.counts() == ()


async def test_a_lease_time_without_a_zone_is_refused(store: Store) -> None:
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(StoreError, match="has no zone"):
        await store.outbox.lease(1, now=naive, until=naive + timedelta(minutes=1))
