"""From the outbox to a channel: every outcome is written down, nothing is lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.delivery.courier import Courier
from bot.delivery.retry import ATTEMPTS, USUAL
from bot.errors import DeliveryError
from bot.messages import REPEATED, VERSION, Heading, Message, Text
from bot.messages_json import to_json
from tests.bot.delivery.fake_platforms import FakePlatform, Places, write
from tests.contracts.store.store_builders import NOON
from watchers.store.rows import Channel, Letter

if TYPE_CHECKING:
    from datetime import datetime

    from bot.platforms.base import Receipt
    from watchers.clock import SteppedClock
    from watchers.store.store import Store


async def test_edits_and_deletions_reach_the_post_they_name(store: Store, clock: SteppedClock) -> None:
    def letter(key: str, **more: object) -> Letter:
        message = Message(kind="notice", notice=key, blocks=(Text(text=key),))
        base = Letter(
            channel="preview:main", key=key, kind="notice", payload=to_json(message), version=VERSION
        )
        return replace(base, **more)  # type: ignore[arg-type]  # the fields named below

    card = await store.outbox.enqueue(letter("card"))
    await store.outbox.enqueue(letter("reply", parent=card))
    await store.outbox.enqueue(letter("edit", op="edit", target=card))
    await store.outbox.enqueue(letter("delete", op="delete", target=card))
    platform = FakePlatform()
    assert await Courier(store, {"preview": platform}, clock=clock).drain() == 4
    assert [key for _, _, key in platform.sent] == ["card", "reply"]
    assert platform.beneath == ["", "post-1"]
    assert platform.edited == [("post-1", "edit")]
    assert platform.deleted == ["post-1"]


async def test_an_attempt_that_may_have_arrived_is_tried_again_as_such(
    store: Store, clock: SteppedClock
) -> None:
    await write(store, "one")
    platform = FakePlatform(DeliveryError("the connection dropped", uncertain=True), None)
    assert await Courier(store, {"preview": platform}, clock=clock).drain() == 0
    clock.move_to(clock.now() + USUAL.longest * 2)
    assert await Courier(store, {"preview": platform}, clock=clock).drain() == 1
    assert platform.since == [None, NOON]


async def states(store: Store) -> dict[str, int]:
    return {f"{count.channel} {count.state}": count.items for count in await store.outbox.counts()}


async def test_messages_arrive_in_order_and_once(store: Store, clock: SteppedClock) -> None:
    await write(store, "one", "two", "three")
    await write(store, "two")
    platform = FakePlatform()
    assert await Courier(store, {"preview": platform}, clock=clock).drain() == 3
    assert await Courier(store, {"preview": platform}, clock=clock).drain() == 0
    assert [key for _, _, key in platform.sent] == ["one", "two", "three"]
    assert await states(store) == {"preview:main delivered": 3}


async def test_a_refusal_for_now_is_tried_again_when_the_platform_said(
    store: Store, clock: SteppedClock
) -> None:
    await write(store, "one")
    platform = FakePlatform(DeliveryError("busy", retry_after=120), None)
    assert await Courier(store, {"preview": platform}, clock=clock).drain() == 0
    clock.move_to(NOON + timedelta(seconds=119))
    assert await Courier(store, {"preview": platform}, clock=clock).drain() == 0
    assert platform.calls == 1
    clock.move_to(NOON + timedelta(seconds=121))
    assert await Courier(store, {"preview": platform}, clock=clock).drain() == 1
    assert len(platform.sent) == 1


async def test_a_refusal_for_good_waits_for_a_person(store: Store, clock: SteppedClock) -> None:
    await write(store, "one", "two")
    platform = FakePlatform(DeliveryError("no such channel", permanent=True), None)
    assert (
        await Courier(store, {"preview": platform}, clock=clock).drain()
        + await Courier(store, {"preview": platform}, clock=clock).drain()
        == 1
    )
    (dead,) = await store.outbox.given_up()
    assert dead.last_error == "no such channel"
    assert await store.outbox.replay(dead.id, now=clock.now())
    assert await Courier(store, {"preview": platform}, clock=clock).drain() == 1


async def test_after_a_day_of_refusals_it_is_given_up(store: Store, clock: SteppedClock) -> None:
    await write(store, "one")
    platform = FakePlatform(DeliveryError("down"))
    for _ in range(ATTEMPTS + 5):
        await Courier(store, {"preview": platform}, clock=clock).drain()
        clock.move_to(clock.now() + 2 * USUAL.longest)
    assert platform.calls == ATTEMPTS
    assert await states(store) == {"preview:main dead": 1}


async def test_one_channel_that_fails_holds_up_no_other(store: Store, clock: SteppedClock) -> None:
    class Choosy(FakePlatform):
        async def send(
            self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
        ) -> Receipt:
            if channel.endswith("broken"):
                raise DeliveryError("broken")
            return await super().send(channel, message, key=key, parent=parent, since=since)

    await write(store, "a", "b", channel="preview:broken")
    await write(store, "c", "d", channel="preview:well")
    platform = Choosy()
    await Courier(store, {"preview": platform}, clock=clock).drain()
    assert [key for _, _, key in platform.sent] == ["c", "d"]


async def test_a_channel_without_a_platform_and_a_damaged_message_are_given_up(
    store: Store, clock: SteppedClock
) -> None:
    await write(store, "one", channel="carrier-pigeon:main")
    await store.outbox.enqueue(
        Letter(channel="preview:main", key="odd", kind="notice", payload="{", version=VERSION)
    )
    await Courier(store, {"preview": FakePlatform()}, clock=clock).drain()
    assert {item.key for item in await store.outbox.given_up()} == {"one", "odd"}


async def test_a_stop_lets_what_is_in_hand_arrive_and_begins_nothing_more(
    store: Store, clock: SteppedClock
) -> None:
    await write(store, "one", "two", "three")
    platform = FakePlatform()
    sent = await Courier(store, {"preview": platform}, clock=clock).drain(
        stopping=lambda: platform.calls == 2
    )
    assert sent == 2
    assert await states(store) == {"preview:main delivered": 2, "preview:main queued": 1}
    (left,) = await store.outbox.lease(1, now=clock.now(), until=clock.now() + USUAL.longest)
    assert (left.key, left.uncertain) == ("three", False)


async def test_a_slow_channel_keeps_no_other_waiting(store: Store, clock: SteppedClock) -> None:
    class Slow(Places):
        async def send(
            self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
        ) -> Receipt:
            if channel.endswith("slow"):
                await released.wait()
            receipt = await super().send(channel, message, key=key, parent=parent, since=since)
            if len(self.sent) == 3:
                released.set()
            return receipt

    released = asyncio.Event()
    await write(store, "s", channel="preview:slow")
    await write(store, "a", "b", "c", channel="preview:quick")
    platform = Slow()
    assert await Courier(store, {"preview": platform}, clock=clock).drain() == 4
    assert [key for _, _, key in platform.sent] == ["a", "b", "c", "s"]


async def test_a_platform_that_fails_is_tried_with_one_message_now_and_then(
    store: Store, clock: SteppedClock
) -> None:
    names = [f"preview:{number}" for number in range(12)]
    for name in names:
        await write(store, f"{name}/1", f"{name}/2", channel=name)
    platform = Places()
    platform.refusals = dict.fromkeys(names, DeliveryError("out of service", uncertain=True))
    courier = Courier(store, {"preview": platform}, clock=clock)
    await courier.drain()
    assert len(platform.tried) == len(names)  # all at once, before anybody could know
    for _ in range(60):
        clock.move_to(clock.now() + timedelta(seconds=5))
        await courier.drain()
    assert 15 <= len(platform.tried) - len(names) <= 60  # in five minutes; every 12 s at the rarest
    assert await courier.faults() == ["preview: out of service"]
    platform.refusals = {}
    back = clock.now()
    while not platform.sent:
        clock.move_to(clock.now() + timedelta(seconds=1))
        await courier.drain()
    assert clock.now() - back <= timedelta(seconds=15)
    await courier.drain()
    assert len(platform.sent) == 24  # the others did not wait for times of their own
    for name in names:
        assert [key for channel, _, key in platform.sent if channel == name] == [f"{name}/1", f"{name}/2"]
    assert await courier.faults() == []


async def test_a_wait_that_was_named_is_not_shortened_by_success_elsewhere(
    store: Store, clock: SteppedClock
) -> None:
    await write(store, "a", channel="preview:limited")
    platform = Places()
    platform.refusals = {"preview:limited": DeliveryError("too many", retry_after=300)}
    courier = Courier(store, {"preview": platform}, clock=clock)
    await courier.drain()
    platform.refusals = {}
    for minute in range(1, 5):
        await write(store, f"b{minute}", channel="preview:well")
        clock.move_to(NOON + timedelta(minutes=minute))
        await courier.drain()
    assert [key for _, _, key in platform.sent] == ["b1", "b2", "b3", "b4"]
    clock.move_to(NOON + timedelta(seconds=301))
    await courier.drain()
    assert platform.sent[-1][2] == "a"


async def test_a_refusal_of_everything_stops_all_channels_until_its_time(
    store: Store, clock: SteppedClock
) -> None:
    names = [f"preview:{number}" for number in range(5)]
    platform = Places()
    platform.refusals = dict.fromkeys(names, DeliveryError("banned", retry_after=600, everywhere=True))
    courier = Courier(store, {"preview": platform}, clock=clock)
    await write(store, "first", channel=names[0])
    await courier.drain()
    for name in names[1:]:
        await write(store, name, channel=name)
    for _ in range(9):
        clock.move_to(clock.now() + timedelta(minutes=1))
        await courier.drain()
    assert platform.tried == ["first"]
    clock.move_to(clock.now() + timedelta(minutes=2))
    await courier.drain()
    assert len(platform.tried) == 2
    platform.refusals = {}
    clock.move_to(clock.now() + timedelta(minutes=11))
    await courier.drain()
    assert len(platform.sent) == 5
    assert {item.attempts for item in await store.outbox.delivered_to(names[0])} == {1}


async def test_a_closed_channel_is_asked_once_and_told_of_once(store: Store, clock: SteppedClock) -> None:
    for name in ("preview:gone", "preview:main"):
        await store.channels.save(Channel(id=name, name=name.partition(":")[2]))
    await write(store, "a", "b", channel="preview:gone")
    platform = Places()
    platform.refusals = {"preview:gone": DeliveryError("it is archived", closed=True)}
    courier = Courier(store, {"preview": platform}, clock=clock)
    for _ in range(50):
        await courier.drain()
        clock.move_to(clock.now() + timedelta(minutes=10))
    assert platform.tried.count("a") + platform.tried.count("b") == 1
    assert [(where, said) for where, said, _ in platform.sent] == [
        ("preview:main", "I can no longer post in gone: it is archived")
    ]
    platform.refusals = {}
    assert await store.channels.reopen("preview:gone") == ("preview:gone",)
    await courier.drain()
    assert [key for where, _, key in platform.sent if where == "preview:gone"] == ["a", "b"]


async def test_a_message_that_fails_again_and_again_is_set_aside(store: Store, clock: SteppedClock) -> None:
    class Picky(Places):
        async def send(
            self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
        ) -> Receipt:
            if key == "odd":
                raise DeliveryError("fatal_error", uncertain=True)
            return await super().send(channel, message, key=key, parent=parent, since=since)

    await write(store, "odd", "next")
    platform = Picky()
    courier = Courier(store, {"preview": platform}, clock=clock)
    for _ in range(200):
        await courier.drain()
        clock.move_to(clock.now() + timedelta(seconds=5))
    assert [key for _, _, key in platform.sent] == ["next"]
    assert await states(store) == {"preview:main delivered": 1, "preview:main queued": 1}


async def cards(store: Store, count: int, *, urgent: frozenset[int] = frozenset()) -> None:
    for number in range(count):
        blocks = (Heading(text=f"Story {number}", url=f"https://news.example/{number}"),)
        message = Message(kind="alert", notice=f"Story {number}", blocks=blocks)
        payload = to_json(message)
        letter = Letter(
            channel="preview:main", key=f"c{number}", kind="alert", payload=payload, version=VERSION
        )
        await store.outbox.enqueue(replace(letter, urgent=number in urgent))


async def test_what_piled_up_goes_out_most_pressing_first_and_the_rest_in_one_summary(
    store: Store, clock: SteppedClock
) -> None:
    await cards(store, 60, urgent=frozenset({3, 7}))
    clock.move_to(NOON + timedelta(hours=2))
    platform = FakePlatform()
    await Courier(store, {"preview": platform}, clock=clock).drain()
    sent = [notice for _, notice, _ in platform.sent]
    assert sent[:3] == ["Story 7", "Story 3", "Story 59"]
    assert sent[3:10] == [f"Story {number}" for number in range(58, 51, -1)]
    assert sent[10:] == ["50 more alerts waited while this channel could not be reached"]
    assert await store.outbox.given_up() == ()


async def test_what_came_in_just_now_is_no_backlog(store: Store, clock: SteppedClock) -> None:
    await cards(store, 60)
    platform = FakePlatform()
    assert await Courier(store, {"preview": platform}, clock=clock).drain() == 60
    assert platform.sent[0][1] == "Story 0"


async def test_cards_wait_for_a_lull_but_not_for_ever(store: Store, clock: SteppedClock) -> None:
    await store.channels.save(Channel(id="preview:main", name="main", lull=5, lull_most=30))
    await cards(store, 2, urgent=frozenset({1}))
    platform = FakePlatform()
    courier = Courier(store, {"preview": platform}, clock=clock)
    told: list[tuple[float, str]] = []
    for _ in range(60):
        platform.talked = clock.now() - timedelta(minutes=1)
        before = len(platform.sent)
        await courier.drain()
        minutes = (clock.now() - NOON).total_seconds() / 60
        told += [(minutes, notice) for _, notice, _ in platform.sent[before:]]
        clock.move_to(clock.now() + timedelta(minutes=1))
    assert told == [(0, "Story 1"), (30, "Story 0")]


async def test_an_edit_keeps_the_words_that_a_post_may_be_a_repeat(store: Store, clock: SteppedClock) -> None:
    class Unsure(FakePlatform):
        async def send(
            self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
        ) -> Receipt:
            receipt = await super().send(channel, message, key=key, parent=parent, since=since)
            return replace(receipt, repeat=key == "marked")

        async def edit(self, channel: str, post: str, message: Message) -> None:
            assert channel
            self.edited.append((post, str(REPEATED in str(message.blocks))))

    message = to_json(Message(kind="alert", notice="n", blocks=(Text(text="n"),)))
    base = Letter(channel="preview:main", key="marked", kind="alert", payload=message, version=VERSION)
    for key in ("marked", "sure"):
        card = await store.outbox.enqueue(replace(base, key=key))
        await store.outbox.enqueue(replace(base, key=f"{key}/edit", op="edit", target=card))
    platform = Unsure()
    await Courier(store, {"preview": platform}, clock=clock).drain()
    assert platform.edited == [("post-1", "True"), ("post-2", "False")]
