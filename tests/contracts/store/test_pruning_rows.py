"""Rows of messages go when nothing leads to them any more; what a later message may need stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_letter, save_story, swept_through

if TYPE_CHECKING:
    from watchers.clock import SteppedClock
    from watchers.store.store import Store

DAY = timedelta(days=1)
OLD = NOON - 400 * DAY
CUT = NOON - 365 * DAY


async def arrived(store: Store, key: str, *, story: int | None = None, **values: object) -> int:
    """Write a message that arrives at once, and return its id."""
    await store.outbox.enqueue(replace(make_letter(key, story=story), **values))  # type: ignore[arg-type]
    now = store.outbox._access.clock.now()
    (item,) = await store.outbox.lease(1, now=now, until=now + MINUTE)
    await store.outbox.delivered(item, at=now, receipt=f"p{item.id}")
    return item.id


async def given_up(store: Store, key: str) -> int:
    """Write a message that is given up, and return its id."""
    await store.outbox.enqueue(make_letter(key))
    now = store.outbox._access.clock.now()
    (item,) = await store.outbox.lease(1, now=now, until=now + MINUTE)
    await store.outbox.dead(item, error="is_archived")
    return item.id


async def swept(store: Store, *, limit: int = 50) -> int:
    """Sweep once over all rows, and return how many went."""
    return await swept_through(partial(store.pruning.deliveries, before=CUT), limit=limit)


async def left(store: Store, *ids: int) -> list[bool]:
    """Tell of each message whether its row is there."""
    return [await store.outbox.get(one) is not None for one in ids]


async def test_old_edits_and_notices_go_and_posts_of_stories_stay(
    newsroom: Store, clock: SteppedClock
) -> None:
    clock.move_to(OLD)
    story = (await save_story(newsroom, "brig", at=OLD)).number
    card = await arrived(newsroom, "card", story=story)
    await newsroom.announcements.note_card(story, MAIN, outbox=card, facts=[])
    edit = await arrived(newsroom, "edit", story=story, op="edit", target=card)
    reply = await arrived(newsroom, "reply", story=story, parent=card)
    notice = await arrived(newsroom, "notice")
    dead = await given_up(newsroom, "dead")
    clock.move_to(NOON)
    recent = await arrived(newsroom, "recent")
    waiting = await newsroom.outbox.enqueue(make_letter("waiting"))
    assert waiting is not None
    assert await newsroom.pruning.count_deliveries(before=CUT) == 3
    assert await swept(newsroom, limit=2) == 3
    assert await left(newsroom, card, edit, reply, notice, dead, recent, waiting) == [
        *(True, False, True, False, False),
        *(True, True),
    ]
    assert [one.id for one in await newsroom.outbox.posts_of(story)] == [card, reply]
    assert await swept(newsroom) == 0
    assert await newsroom.outbox.enqueue(make_letter("recent")) is None, "its key is still known"


async def test_a_digest_goes_from_its_last_part_on_when_no_note_of_it_is_left(
    newsroom: Store, clock: SteppedClock
) -> None:
    clock.move_to(OLD)
    subscription = await newsroom.subscriptions.add(
        MAIN, name="Morning", at="08:00", days="1234567", timezone="UTC"
    )
    first = await arrived(newsroom, "d/1")
    second = await arrived(newsroom, "d/2", parent=first)
    run = await newsroom.digests.claim(subscription.number, OLD.date(), start=OLD - DAY, end=OLD, at=OLD)
    assert run is not None
    await newsroom.digests.posted(run.number, outbox=second)
    clock.move_to(NOON)
    later = await arrived(newsroom, "d/3")
    assert await swept(newsroom) == 0, "the note leads to the second part, and that to the first"
    next_one = await newsroom.digests.claim(subscription.number, NOON.date(), start=OLD, end=NOON, at=NOON)
    assert next_one is not None
    await newsroom.digests.posted(next_one.number, outbox=later)
    assert await newsroom.pruning.digests(before=CUT, limit=10) == 1
    assert [await swept(newsroom), await swept(newsroom)] == [1, 1]
    assert await left(newsroom, first, second, later) == [False, False, True]


async def test_the_last_that_arrived_in_a_channel_stays_however_old(
    newsroom: Store, clock: SteppedClock
) -> None:
    clock.move_to(OLD)
    earlier, last = await arrived(newsroom, "earlier"), await arrived(newsroom, "last")
    clock.move_to(NOON)
    assert await swept(newsroom) == 1
    assert await left(newsroom, earlier, last) == [False, True]
