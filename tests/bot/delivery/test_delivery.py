"""From the outbox to a channel: in order and once, in pauses of the talk, with nothing lost at a stop."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.delivery.courier import Courier
from bot.delivery.retry import USUAL
from bot.errors import DeliveryError
from bot.messages import REPEATED, VERSION, Heading, Message, Text
from bot.messages_json import to_json
from tests.bot.delivery.fake_platforms import FakePlatform, Places, states, write
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


async def test_messages_arrive_in_order_and_once(store: Store, clock: SteppedClock) -> None:
    await write(store, "one", "two", "three")
    await write(store, "two")
    platform = FakePlatform()
    assert await Courier(store, {"preview": platform}, clock=clock).drain() == 3
    assert await Courier(store, {"preview": platform}, clock=clock).drain() == 0
    assert [key for _, _, key in platform.sent] == ["one", "two", "three"]
    assert await states(store) == {"preview:main delivered": 3}


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
