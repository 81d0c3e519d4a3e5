"""One message over which anybody stumbles holds up no other, and says nothing of its channel."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.announcing.retract import retract
from bot.delivery.courier import Courier
from bot.errors import DeliveryError
from bot.messages import VERSION, Heading, Message
from bot.messages_json import to_json
from bot.platforms.base import Receipt
from tests.bot.delivery.fake_platforms import FakePlatform, write
from tests.contracts.store.store_builders import MAIN, NOON, save_story
from watchers.store.rows import Channel, Letter

if TYPE_CHECKING:
    from datetime import datetime

    import pytest

    from watchers.clock import SteppedClock
    from watchers.store.store import Store

MINUTE = timedelta(minutes=1)


def card(key: str, **more: object) -> Letter:
    message = Message(kind="alert", notice=key, blocks=(Heading(text=key, url="https://a.example/"),))
    return Letter(channel=MAIN, key=key, kind="alert", payload=to_json(message), version=VERSION, **more)  # type: ignore[arg-type]  # fields of a letter


async def test_a_refused_edit_is_given_up_and_closes_no_channel(store: Store, clock: SteppedClock) -> None:
    class Locked(FakePlatform):
        async def edit(self, channel: str, post: str, message: Message) -> None:
            raise DeliveryError(f"403 for {channel} {post} {message.notice}", closed=True)

    await store.channels.save(Channel(id=MAIN, name="main"))
    post = await store.outbox.enqueue(card("card"))
    platform = Locked()
    courier = Courier(store, {"preview": platform}, clock=clock)
    await courier.drain()
    edit = await store.outbox.enqueue(card("edit", op="edit", target=post))
    await write(store, "alert", channel=MAIN)
    await courier.drain()
    assert [key for *_, key in platform.sent] == ["card", "alert"]
    known = await store.channels.get(MAIN)
    assert known is not None
    assert known.unreachable == ""
    given_up = await store.outbox.get(edit or 0)
    assert given_up is not None
    assert (given_up.state, given_up.last_error) == ("dead", f"403 for {MAIN} post-1 edit")


async def test_a_message_over_which_we_stumble_is_given_up_after_some_attempts(
    store: Store, clock: SteppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    class Faulty(FakePlatform):
        async def send(
            self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
        ) -> Receipt:
            if key == "odd":
                raise KeyError("a fault of ours")
            return await super().send(channel, message, key=key, parent=parent, since=since)

    await write(store, "odd", "next")
    platform = Faulty()
    courier = Courier(store, {"preview": platform}, clock=clock)
    for _ in range(10):
        await courier.drain()
        clock.move_to(clock.now() + MINUTE)
    assert [key for *_, key in platform.sent] == ["next"]
    (odd,) = await store.outbox.given_up()
    assert odd.last_error == "a fault of vedette's own: KeyError"
    assert "a fault of ours" in caplog.text, "its trace is in the log"
    assert not courier.failing(), "the platform is well"


async def test_a_channel_of_which_no_row_is_kept_is_asked_once(store: Store, clock: SteppedClock) -> None:
    await write(store, "lost", channel="preview:nowhere")
    platform = FakePlatform(DeliveryError("404", closed=True))
    await Courier(store, {"preview": platform}, clock=clock).drain()
    assert platform.calls == 1
    (lost,) = await store.outbox.given_up()
    assert (lost.key, lost.last_error) == ("lost", "404")


async def test_a_post_that_may_have_arrived_is_looked_for_when_its_story_is_taken_back(
    store: Store, clock: SteppedClock
) -> None:
    story = await written_story(store, "one")
    platform = FakePlatform(DeliveryError("the answer was lost", uncertain=True))
    courier = Courier(store, {"preview": platform}, clock=clock)
    await courier.drain()
    await retract(store, story, by="u1", reason="wrong", at=clock.now())
    platform.there = {"one": Receipt(id="post-9")}
    await later(courier, clock)
    assert (platform.calls, platform.sought) == (1, ["one"])
    assert [post for post, _ in platform.edited] == ["post-9"]


async def test_what_is_not_found_of_a_story_that_was_taken_back_is_never_posted(
    store: Store, clock: SteppedClock
) -> None:
    story = await written_story(store, "one")
    platform = FakePlatform(DeliveryError("the answer was lost", uncertain=True))
    courier = Courier(store, {"preview": platform}, clock=clock)
    await courier.drain()
    await retract(store, story, by="u1", reason="wrong", at=clock.now())
    await later(courier, clock)
    assert (platform.calls, platform.sought, platform.edited) == (1, ["one"], [])
    assert await store.outbox.given_up() == (), "nobody need look after it"


async def test_a_retraction_is_the_last_word_on_the_card_of_a_story_that_was_merged(
    store: Store, clock: SteppedClock
) -> None:
    first, second = await written_story(store, "one"), await written_story(store, "two")
    platform = FakePlatform()
    courier = Courier(store, {"preview": platform}, clock=clock)
    await courier.drain()
    cards = await store.announcements.cards(second)
    await store.outbox.enqueue(card("counts", op="edit", target=cards[0].outbox, story=second))
    await store.hands.merge(first, second, by="u1", by_name="U", at=clock.now())
    await retract(store, first, by="u1", reason="wrong", at=clock.now())
    await courier.drain()
    mine = [notice for post, notice in platform.edited if post == cards[0].receipt]
    assert mine == ["counts", f"The post about t{first} was taken back."]


async def test_an_edit_of_what_never_arrived_takes_no_turn_of_its_channel(
    store: Store, clock: SteppedClock
) -> None:
    await store.channels.save(Channel(id="slack:C1", name="desk"))
    post = await store.outbox.enqueue(slack("card"))
    (leased,) = await store.outbox.lease(1, now=clock.now(), until=clock.now() + MINUTE)
    await store.outbox.dead(leased, error="refused")
    for n in range(20):
        await store.outbox.enqueue(slack(f"edit-{n}", op="edit", target=post))
    platform = FakePlatform()
    async with asyncio.timeout(10):  # a second each on Slack
        assert await Courier(store, {"slack": platform}, clock=clock).drain() == 20
    assert platform.edited == []


async def test_a_lease_that_ran_out_while_something_was_looked_up_sends_nothing(
    store: Store, clock: SteppedClock
) -> None:
    class Slow(FakePlatform):
        async def last_talk(self, channel: str) -> datetime | None:
            assert channel
            asked.set()
            await go_on.wait()
            return None

    asked, go_on = asyncio.Event(), asyncio.Event()
    await store.channels.save(Channel(id=MAIN, name="main", lull=5, lull_most=60))
    number = await store.outbox.enqueue(card("card"))
    platform = Slow()
    courier = Courier(store, {"preview": platform}, clock=clock)
    round_ = asyncio.create_task(courier.drain())
    await asked.wait()
    clock.move_to(clock.now() + 3 * MINUTE)
    taken = await store.outbox.lease(1, now=clock.now(), until=clock.now() + MINUTE)
    assert [one.id for one in taken] == [number], "another took it over"
    go_on.set()
    await round_
    assert platform.sent == []


def slack(key: str, **more: object) -> Letter:
    letter = card(key, **more)
    return Letter(
        channel="slack:C1",
        key=key,
        kind="alert",
        payload=letter.payload,
        version=VERSION,
        op=letter.op,
        target=letter.target,
    )


async def written_story(store: Store, name: str) -> int:
    """Write the card of a story to the outbox and return the story's number."""
    await store.channels.save(Channel(id=MAIN, name="main"))
    if not await store.feeds.health():
        await store.feeds.add("https://a.example/f", name="A", every=timedelta(minutes=5))
    story = (await save_story(store, name)).number
    number = await store.outbox.enqueue(card(name, story=story))
    await store.announcements.note_card(story, MAIN, outbox=number or 0)
    return story


async def later(courier: Courier, clock: SteppedClock) -> None:
    for _ in range(5):
        clock.move_to(max(clock.now(), NOON) + MINUTE)
        await courier.drain()
