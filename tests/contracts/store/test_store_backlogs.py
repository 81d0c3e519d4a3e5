"""What waits after a failure: woken, moved with the clock, folded, and asked for platform by platform."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MINUTE, NOON, make_letter, save_story
from watchers.store.outbox import FOLDED
from watchers.store.outbox_choice import SET_ASIDE, Wanted
from watchers.store.rows import Channel

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.clock import SteppedClock
    from watchers.store.rows import OutboxItem
    from watchers.store.store import Store

HOUR = timedelta(hours=1)
SLACK, DISCORD = "slack:C1", "discord:7"


async def write(store: Store, key: str, channel: str = SLACK, *, urgent: bool = False) -> int:
    number = await store.outbox.enqueue(make_letter(key, channel=channel, urgent=urgent))
    assert number is not None
    return number


async def lease(store: Store, now: datetime = NOON, **wanted: object) -> list[str]:
    items = await store.outbox.lease(10, now=now, until=now + MINUTE, wanted=Wanted(**wanted))  # type: ignore[arg-type]  # as named
    return [item.key for item in items]


async def failed(store: Store, key: str, *, channel: str = SLACK, asked: bool = False) -> OutboxItem:
    """Write a message whose first attempt failed, so that it is to be tried again in an hour."""
    await write(store, key, channel)
    (item,) = await store.outbox.lease(10, now=NOON, until=NOON + MINUTE)
    assert await store.outbox.failed(item, error="503", not_before=NOON + HOUR, asked=asked)
    found = await store.outbox.get(item.id)
    assert found is not None
    return found


async def test_a_platform_that_is_back_has_its_failed_messages_tried_at_once(store: Store) -> None:
    await failed(store, "a")
    await failed(store, "b", channel=DISCORD)
    assert await lease(store) == []
    assert await store.backlogs.wake("slack", now=NOON) == 1
    assert await lease(store) == ["a"]
    assert await store.backlogs.wake("slack", now=NOON) == 0


async def test_a_wait_that_the_platform_named_is_not_shortened(store: Store) -> None:
    await failed(store, "a", asked=True)
    assert await store.backlogs.wake("slack", now=NOON) == 0
    assert await lease(store, only="slack", trial=True) == []
    assert await lease(store, NOON + HOUR) == ["a"]


async def test_what_waits_for_an_hour_of_the_day_is_not_woken(store: Store) -> None:
    await store.outbox.enqueue(replace(make_letter("a", channel=SLACK), not_before=NOON + HOUR))
    assert await store.backlogs.wake("slack", now=NOON) == 0
    assert await lease(store) == []


@pytest.mark.parametrize("by", [HOUR, -HOUR], ids=["ahead", "back"])
async def test_waits_and_leases_move_with_a_clock_that_was_set(store: Store, by: timedelta) -> None:
    tried = await failed(store, "a")
    await write(store, "held", "slack:C2")
    (held,) = await store.outbox.lease(10, now=NOON, until=NOON + MINUTE)
    await store.outbox.enqueue(replace(make_letter("quiet", channel="slack:C3"), not_before=NOON + HOUR))
    assert await store.backlogs.shift(by) == 2
    moved = await store.outbox.get(tried.id)
    kept = await store.outbox.get(held.id)
    assert moved is not None
    assert kept is not None
    assert (moved.not_before, kept.leased_until) == (NOON + HOUR + by, NOON + MINUTE + by)
    assert kept.lease_token == held.lease_token, "its holder goes on"
    assert await lease(store, NOON + HOUR - timedelta(seconds=1), only="slack") == (
        ["a", "held"] if by < timedelta(0) else []
    ), "quiet hours end when they end"


async def test_only_old_cards_that_could_go_out_make_a_channel_crowded(
    store: Store, clock: SteppedClock
) -> None:
    await store.channels.save(Channel(id="slack:gone", name="Gone"))
    await store.channels.close("slack:gone", why="archived", at=NOON)
    for n in range(3):
        await write(store, f"card{n}")
        await write(store, f"gone{n}", "slack:gone")
        await write(store, f"few{n}", DISCORD)
    await store.outbox.enqueue(replace(make_letter("digest"), channel=DISCORD, kind="digest"))
    await store.outbox.enqueue(
        replace(make_letter("held"), channel=DISCORD, not_before=NOON + timedelta(days=1))
    )
    clock.move_to(NOON + HOUR)
    for n in range(3):
        await write(store, f"young{n}", DISCORD)
    await write(store, "fourth", SLACK)
    later = NOON + HOUR + MINUTE

    async def crowded(over: int, before: datetime) -> tuple[str, ...]:
        return await store.backlogs.crowded(over, before=before, now=later)

    assert await crowded(2, NOON + MINUTE) == (DISCORD, SLACK)
    assert await crowded(3, NOON + MINUTE) == ()
    assert await crowded(3, later) == (DISCORD, SLACK)


async def test_a_pile_is_sorted_urgent_first_then_newest_and_spares_what_may_have_arrived(
    store: Store,
) -> None:
    may_have = await failed(store, "may-have-arrived", channel="slack:C9")
    await store.backlogs.wake("slack", now=NOON)
    (again,) = await store.outbox.lease(10, now=NOON, until=NOON + MINUTE)
    await store.outbox.failed(again, error="time-out", not_before=NOON, uncertain=True)
    assert may_have.id == again.id
    plain = [await write(store, f"p{n}", "slack:C9") for n in range(2)]
    urgent = [await write(store, f"u{n}", "slack:C9", urgent=True) for n in range(2)]
    piled = await store.backlogs.piled("slack:C9", before=NOON + MINUTE, now=NOON)
    assert piled == (urgent[1], urgent[0], plain[1], plain[0])


async def test_a_card_whose_sender_died_is_spared_until_somebody_looked_for_it(store: Store) -> None:
    numbers = [await write(store, f"c{n}") for n in range(2)]
    await store.outbox.lease(1, now=NOON, until=NOON + MINUTE)
    await store.outbox.expire_leases(now=NOON + HOUR)
    assert await store.backlogs.piled(SLACK, before=NOON + HOUR, now=NOON + HOUR) == (numbers[1],)


async def test_what_quiet_hours_held_is_no_backlog_when_they_end(store: Store) -> None:
    over = NOON + 8 * HOUR
    held = replace(make_letter("held", channel=SLACK), not_before=over)
    number = await store.outbox.enqueue(held)
    assert await store.backlogs.piled(SLACK, before=over - HOUR / 2, now=over) == ()
    later = over + HOUR
    assert await store.backlogs.piled(SLACK, before=later - HOUR / 2, now=later) == (number,)


async def test_what_would_change_a_folded_card_is_settled_with_it(store: Store) -> None:
    folded, kept = await write(store, "folded"), await write(store, "kept")
    for number in (folded, kept):
        edit = replace(make_letter(f"edit{number}", channel=SLACK), op="edit", target=number)
        await store.outbox.enqueue(edit)
    await store.backlogs.fold([folded], [kept])
    order = []
    while found := await store.outbox.lease(10, now=NOON, until=NOON + MINUTE):
        order += [item.key for item in found]
        await store.outbox.delivered(found[0], at=NOON, receipt="p")
    assert order == ["kept", f"edit{kept}"]


async def test_what_a_summary_tells_is_settled_and_what_is_kept_goes_out_in_its_order(store: Store) -> None:
    numbers = [await write(store, f"k{n}") for n in range(5)]
    await store.backlogs.fold(folded=[numbers[0], numbers[1]], kept=[numbers[4], numbers[2], numbers[3]])
    order = []
    while found := await store.outbox.lease(10, now=NOON, until=NOON + MINUTE):
        order += [item.key for item in found]
        await store.outbox.delivered(found[0], at=NOON, receipt="p")
    assert order == ["k4", "k2", "k3"]
    folded = await store.outbox.get(numbers[0])
    assert folded is not None
    assert (folded.state, folded.last_error) == ("dead", FOLDED)
    assert await store.outbox.given_up() == ()
    assert [count.state for count in await store.outbox.counts()] == ["delivered"]


async def test_payloads_come_in_the_order_asked_for(store: Store) -> None:
    one = await store.outbox.enqueue(replace(make_letter("a"), payload="1"))
    two = await store.outbox.enqueue(replace(make_letter("b"), payload="2"))
    assert one is not None
    assert two is not None
    assert await store.backlogs.payloads([two, 99, one]) == ("2", "1")


async def test_a_lease_leaves_out_platforms_or_keeps_to_one(store: Store) -> None:
    for key, channel in (("s", SLACK), ("d", DISCORD), ("x", "slackish:1")):
        await write(store, key, channel)
    assert await lease(store, without=frozenset({"slack", "discord"})) == ["x"]
    assert await lease(store, only="slack") == ["s"]
    assert await lease(store) == ["d"]


async def test_a_trial_takes_the_least_tried_message_also_one_that_is_to_wait(store: Store) -> None:
    await failed(store, "tried", channel="slack:C1")
    await write(store, "fresh", "slack:C2")
    wanted = Wanted(only="slack", trial=True)
    (first,) = await store.outbox.lease(1, now=NOON, until=NOON + MINUTE, wanted=wanted)
    assert first.key == "fresh"
    (second,) = await store.outbox.lease(1, now=NOON, until=NOON + MINUTE, wanted=wanted)
    assert (second.key, second.attempts) == ("tried", 2)


async def test_a_trial_keeps_to_a_channels_order_until_its_first_message_is_set_aside(store: Store) -> None:
    for key in ("first", "second"):
        await write(store, key)
    wanted = Wanted(only="slack", trial=True)
    tried = []
    for _ in range(SET_ASIDE + 1):
        (item,) = await store.outbox.lease(1, now=NOON, until=NOON + MINUTE, wanted=wanted)
        tried.append(item.key)
        await store.outbox.failed(item, error="503", not_before=NOON + HOUR)
    assert tried == [*["first"] * SET_ASIDE, "second"]


async def test_a_message_that_fails_by_itself_is_set_aside_and_others_pass(store: Store) -> None:
    await write(store, "stubborn")
    await write(store, "other")
    for turn in range(1, SET_ASIDE + 1):
        (item,) = await store.outbox.lease(10, now=NOON, until=NOON + MINUTE)
        assert (item.key, item.attempts) == ("stubborn", turn)
        last = turn == SET_ASIDE
        await store.outbox.failed(item, error="500", not_before=NOON + HOUR if last else NOON)
    assert await lease(store) == ["other"]


async def test_nothing_goes_to_a_closed_channel_until_it_is_opened_again(store: Store) -> None:
    for channel in (SLACK, DISCORD):
        await store.channels.save(Channel(id=channel, name=channel))
        await write(store, f"for {channel}", channel)
    assert await store.channels.close(SLACK, why="not_in_channel", at=NOON)
    assert not await store.channels.close(SLACK, why="again", at=NOON), "it is told once"
    assert not await store.channels.close("slack:nowhere", why="none", at=NOON)
    closed = await store.channels.get(SLACK)
    assert closed is not None
    assert closed.unreachable == "not_in_channel"
    assert await lease(store) == [f"for {DISCORD}"]
    assert await lease(store, only="slack", trial=True) == []
    assert await store.channels.reopen(DISCORD) == ()
    assert await store.channels.reopen(SLACK) == (SLACK,)
    assert await lease(store) == [f"for {SLACK}"]
    await store.channels.close(SLACK, why="a", at=NOON)
    await store.channels.close(DISCORD, why="b", at=NOON)
    assert await store.channels.reopen() == (DISCORD, SLACK)


async def test_saving_a_channel_does_not_open_it(store: Store) -> None:
    await store.channels.save(Channel(id=SLACK, name="Desk"))
    await store.channels.close(SLACK, why="archived", at=NOON)
    await store.channels.save(Channel(id=SLACK, name="Renamed"))
    found = await store.channels.get(SLACK)
    assert found is not None
    assert (found.name, found.unreachable) == ("Renamed", "archived")


async def test_what_waits_is_told_by_channel_with_the_error_of_the_most_tried(store: Store) -> None:
    await store.channels.save(Channel(id="slack:gone", name="Gone"))
    await store.channels.close("slack:gone", why="archived", at=NOON)
    await failed(store, "a")
    await write(store, "b")
    await write(store, "c", "slack:gone")
    assert [
        (one.channel, one.items, one.attempts, one.error, one.unreachable)
        for one in await store.queue.waiting()
    ] == [(SLACK, 2, 1, "503", ""), ("slack:gone", 1, 0, "", "archived")]
    (slack, _) = await store.queue.waiting()
    assert (slack.oldest, slack.next_try) == (NOON, NOON)


async def test_everything_given_up_is_queued_anew_but_not_what_was_settled_on_purpose(
    newsroom: Store,
) -> None:
    story = await save_story(newsroom, "brig")
    numbers = {}
    for key in ("lost", "dropped", "folded", "retracted"):
        letter = make_letter(key, channel=f"slack:{key}", story=story.number if key == "retracted" else None)
        numbers[key] = await newsroom.outbox.enqueue(letter)
    for item in await newsroom.outbox.lease(10, now=NOON, until=NOON + MINUTE):
        await newsroom.outbox.dead(item, error="invalid_blocks")
    await newsroom.retractions.add(story.number, by="slack:U1", reason="wrong", at=NOON)
    assert numbers["dropped"] is not None
    assert numbers["folded"] is not None
    assert await newsroom.queue.drop(numbers["dropped"], now=NOON)
    assert not await newsroom.queue.drop(numbers["dropped"], now=NOON)
    await newsroom.outbox.replay(numbers["folded"], now=NOON)
    await newsroom.backlogs.fold([numbers["folded"]], [])
    assert await newsroom.queue.replay_all(now=NOON) == (numbers["lost"],)
    assert await lease(newsroom) == ["lost"]
    assert await newsroom.outbox.replay(numbers["dropped"], now=NOON), "a drop can be taken back"


async def test_what_arrived_or_is_on_its_way_cannot_be_dropped(store: Store) -> None:
    number = await write(store, "k")
    (item,) = await store.outbox.lease(1, now=NOON, until=NOON + MINUTE)
    assert not await store.queue.drop(number, now=NOON)
    await store.outbox.delivered(item, at=NOON, receipt="p")
    assert not await store.queue.drop(number, now=NOON + HOUR)
    assert not await store.queue.drop(99, now=NOON)
    waiting = await write(store, "waits")
    assert await store.queue.drop(waiting, now=NOON)
    assert await lease(store) == []
