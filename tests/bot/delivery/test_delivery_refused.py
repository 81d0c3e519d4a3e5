"""What becomes of messages that a platform refuses, and of the others meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.delivery.courier import Courier
from bot.delivery.retry import ATTEMPTS, USUAL
from bot.errors import DeliveryError
from bot.messages import VERSION, Message
from tests.bot.delivery.fake_platforms import FakePlatform, Places, states, write
from tests.contracts.store.store_builders import NOON
from watchers.store.rows import Channel, Letter

if TYPE_CHECKING:
    from datetime import datetime

    from bot.platforms.base import Receipt
    from watchers.clock import SteppedClock
    from watchers.store.store import Store


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
