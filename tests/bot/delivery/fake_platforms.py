"""Platforms that take or refuse messages as told, messages for them, and what became of those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import VERSION, Message, Text
from bot.messages_json import to_json
from bot.platforms.base import Receipt
from watchers.store.rows import Letter

if TYPE_CHECKING:
    from datetime import datetime

    from bot.errors import DeliveryError
    from watchers.store.store import Store


class FakePlatform:
    """Takes messages, or refuses them as told: one outcome a call, then always the last."""

    name = "preview"

    def __init__(self, *outcomes: DeliveryError | None) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.beneath: list[str] = []
        self.since: list[datetime | None] = []
        self.edited: list[tuple[str, str]] = []
        self.deleted: list[str] = []
        self.sought: list[str] = []
        self.there: dict[str, Receipt] = {}  # what a search finds, by key
        self.calls = 0
        self.talked: datetime | None = None
        self._outcomes = outcomes or (None,)

    def fits(self, message: Message) -> bool:
        return bool(message.notice)

    async def edit(self, channel: str, post: str, message: Message) -> None:
        assert channel
        self.edited.append((post, message.notice))

    async def last_talk(self, channel: str) -> datetime | None:
        assert channel
        return self.talked

    async def delete(self, channel: str, post: str) -> None:
        assert channel
        self.deleted.append(post)

    async def find(
        self, channel: str, message: Message, *, key: str, since: datetime, parent: str = ""
    ) -> Receipt | None:
        assert channel
        assert message
        del since, parent
        self.sought.append(key)
        return self.there.get(key)

    async def send(
        self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
    ) -> Receipt:
        self.beneath.append(parent)
        self.since.append(since)
        outcome = self._outcomes[min(self.calls, len(self._outcomes) - 1)]
        self.calls += 1
        if outcome is not None:
            raise outcome
        self.sent.append((channel, message.notice, key))
        return Receipt(id=f"post-{len(self.sent)}")


class Places(FakePlatform):
    """Refuses by channel, as told at the moment; what a channel is not named for arrives."""

    name = "preview"

    def __init__(self) -> None:
        super().__init__()
        self.refusals: dict[str, DeliveryError] = {}
        self.tried: list[str] = []

    async def send(
        self, channel: str, message: Message, *, key: str, parent: str = "", since: datetime | None = None
    ) -> Receipt:
        self.tried.append(key)
        if channel in self.refusals:
            raise self.refusals[channel]
        return await super().send(channel, message, key=key, parent=parent, since=since)


async def write(store: Store, *keys: str, channel: str = "preview:main") -> None:
    for key in keys:
        message = Message(kind="notice", notice=key, blocks=(Text(text=key),))
        await store.outbox.enqueue(
            Letter(channel=channel, key=key, kind="notice", payload=to_json(message), version=VERSION)
        )


async def states(store: Store) -> dict[str, int]:
    return {f"{count.channel} {count.state}": count.items for count in await store.outbox.counts()}
