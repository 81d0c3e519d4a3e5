"""From the outbox to a channel: every outcome is written down, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from bot.delivery import drain
from bot.errors import DeliveryError
from bot.messages import VERSION, Message, Text
from bot.messages_json import to_json
from bot.platforms.base import Receipt
from bot.retry import ATTEMPTS, LONGEST
from tests.contracts.store.store_builders import NOON
from watchers.clock import SteppedClock
from watchers.store.rows import Letter
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.store.store import Store


class FakePlatform:
    """Takes messages, or refuses them as told: one outcome a call, then always the last."""

    name = "preview"

    def __init__(self, *outcomes: DeliveryError | None) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.beneath: list[str] = []
        self.again: list[bool] = []
        self.edited: list[tuple[str, str]] = []
        self.deleted: list[str] = []
        self.calls = 0
        self._outcomes = outcomes or (None,)

    def fits(self, message: Message) -> bool:
        return bool(message.notice)

    async def edit(self, channel: str, post: str, message: Message) -> None:
        assert channel
        self.edited.append((post, message.notice))

    async def delete(self, channel: str, post: str) -> None:
        assert channel
        self.deleted.append(post)

    async def send(
        self, channel: str, message: Message, *, key: str, parent: str = "", again: bool = False
    ) -> Receipt:
        self.beneath.append(parent)
        self.again.append(again)
        outcome = self._outcomes[min(self.calls, len(self._outcomes) - 1)]
        self.calls += 1
        if outcome is not None:
            raise outcome
        self.sent.append((channel, message.notice, key))
        return Receipt(id=f"post-{len(self.sent)}")


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock(NOON)


@pytest.fixture
async def store(tmp_path: Path, empty_database: Path, clock: SteppedClock) -> AsyncIterator[Store]:
    path = tmp_path / "vedette.sqlite3"
    copyfile(empty_database, path)
    async with open_store(f"sqlite:///{path}", clock=clock) as opened:
        yield opened


async def write(store: Store, *keys: str, channel: str = "preview:main") -> None:
    for key in keys:
        message = Message(kind="notice", notice=key, blocks=(Text(text=key),))
        await store.outbox.enqueue(
            Letter(channel=channel, key=key, kind="notice", payload=to_json(message), version=VERSION)
        )


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
    assert await drain(store, {"preview": platform}, clock=clock) == 4
    assert [key for _, _, key in platform.sent] == ["card", "reply"]
    assert platform.beneath == ["", "post-1"]
    assert platform.edited == [("post-1", "edit")]
    assert platform.deleted == ["post-1"]


async def test_an_attempt_that_may_have_arrived_is_tried_again_as_such(
    store: Store, clock: SteppedClock
) -> None:
    await write(store, "one")
    platform = FakePlatform(DeliveryError("the connection dropped", uncertain=True), None)
    assert await drain(store, {"preview": platform}, clock=clock) == 0
    clock.move_to(clock.now() + LONGEST * 2)
    assert await drain(store, {"preview": platform}, clock=clock) == 1
    assert platform.again == [False, True]


async def states(store: Store) -> dict[str, int]:
    return {f"{count.channel} {count.state}": count.items for count in await store.outbox.counts()}


async def test_messages_arrive_in_order_and_once(store: Store, clock: SteppedClock) -> None:
    await write(store, "one", "two", "three")
    await write(store, "two")
    platform = FakePlatform()
    assert await drain(store, {"preview": platform}, clock=clock) == 3
    assert await drain(store, {"preview": platform}, clock=clock) == 0
    assert [key for _, _, key in platform.sent] == ["one", "two", "three"]
    assert await states(store) == {"preview:main delivered": 3}


async def test_a_refusal_for_now_is_tried_again_when_the_platform_said(
    store: Store, clock: SteppedClock
) -> None:
    await write(store, "one")
    platform = FakePlatform(DeliveryError("busy", retry_after=120), None)
    assert await drain(store, {"preview": platform}, clock=clock) == 0
    clock.move_to(NOON + timedelta(seconds=119))
    assert await drain(store, {"preview": platform}, clock=clock) == 0
    assert platform.calls == 1
    clock.move_to(NOON + timedelta(seconds=121))
    assert await drain(store, {"preview": platform}, clock=clock) == 1
    assert len(platform.sent) == 1


async def test_a_refusal_for_good_waits_for_a_person(store: Store, clock: SteppedClock) -> None:
    await write(store, "one", "two")
    platform = FakePlatform(DeliveryError("no such channel", permanent=True), None)
    assert (
        await drain(store, {"preview": platform}, clock=clock)
        + await drain(store, {"preview": platform}, clock=clock)
        == 1
    )
    (dead,) = await store.outbox.given_up()
    assert dead.last_error == "no such channel"
    assert await store.outbox.replay(dead.id, now=clock.now())
    assert await drain(store, {"preview": platform}, clock=clock) == 1


async def test_after_a_day_of_refusals_it_is_given_up(store: Store, clock: SteppedClock) -> None:
    await write(store, "one")
    platform = FakePlatform(DeliveryError("down"))
    for _ in range(ATTEMPTS + 5):
        await drain(store, {"preview": platform}, clock=clock)
        clock.move_to(clock.now() + 2 * LONGEST)
    assert platform.calls == ATTEMPTS
    assert await states(store) == {"preview:main dead": 1}


async def test_one_channel_that_fails_holds_up_no_other(store: Store, clock: SteppedClock) -> None:
    class Choosy(FakePlatform):
        async def send(
            self, channel: str, message: Message, *, key: str, parent: str = "", again: bool = False
        ) -> Receipt:
            if channel.endswith("broken"):
                raise DeliveryError("broken")
            return await super().send(channel, message, key=key, parent=parent, again=again)

    await write(store, "a", "b", channel="preview:broken")
    await write(store, "c", "d", channel="preview:well")
    platform = Choosy()
    await drain(store, {"preview": platform}, clock=clock)
    assert [key for _, _, key in platform.sent] == ["c", "d"]


async def test_a_channel_without_a_platform_and_a_damaged_message_are_given_up(
    store: Store, clock: SteppedClock
) -> None:
    await write(store, "one", channel="carrier-pigeon:main")
    await store.outbox.enqueue(
        Letter(channel="preview:main", key="odd", kind="notice", payload="{", version=VERSION)
    )
    await drain(store, {"preview": FakePlatform()}, clock=clock)
    assert {item.key for item in await store.outbox.given_up()} == {"one", "odd"}


async def test_a_stop_lets_what_is_in_hand_arrive_and_begins_nothing_more(
    store: Store, clock: SteppedClock
) -> None:
    await write(store, "one", "two", "three")
    platform = FakePlatform()
    sent = await drain(store, {"preview": platform}, clock=clock, stopping=lambda: platform.calls == 2)
    assert sent == 2
    assert await states(store) == {"preview:main delivered": 2, "preview:main queued": 1}
    (left,) = await store.outbox.lease(1, now=clock.now(), until=clock.now() + LONGEST)
    assert (left.key, left.uncertain) == ("three", False)
