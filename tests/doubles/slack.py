"""A strict double of Slack on loopback: Web API, Socket Mode, reply addresses and uploads, with faults."""

from __future__ import annotations

import asyncio
import copy
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from tests.doubles.slack_chat import answered
from tests.doubles.slack_check import check_message
from tests.doubles.slack_faults import Fault, Faults, Queued
from tests.doubles.slack_http import How, HttpPeople
from tests.doubles.slack_people import People
from tests.doubles.slack_server import Door
from tests.doubles.slack_socket import Delivery, Sockets
from tests.doubles.slack_state import BOT_USER, Channel, Message, Person, ReplyAddress, Workspace
from tests.doubles.slack_views import after_submit
from tests.doubles.slack_wire import Call, Clock, Payload, RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Self

BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-double-1", "xapp-double-1", "double-signing-secret"
RECORD_VARIABLE = "VEDETTE_SLACK_RECORD"  # a path: every request is written there as a JSON line

PEOPLE = (
    Person(id="U1", name="ada", is_admin=True),
    Person(id="U2", name="grace"),
    Person(id="U3", name="katherine", tz="America/New_York", locale="en-US"),
    Person(id=BOT_USER, name="vedette"),
)
CHANNELS = (
    Channel(id="C1", name="defence-news"),
    Channel(id="C2", name="procurement"),
    Channel(id="C3", name="elsewhere", is_member=False),
    Channel(id="C9", name="closed", is_archived=True),
    Channel(id="G1", name="desk", is_private=True),
)
SCOPES = (
    "commands chat:write chat:write.public users:read channels:read groups:read channels:history "
    "groups:history im:read im:history im:write files:write usergroups:read"
)


class SlackDouble(People):
    """The double; `async with SlackDouble() as slack` starts it on a free port of 127.0.0.1."""

    def __init__(
        self,
        *,
        people: Sequence[Person] = PEOPLE,
        channels: Sequence[Channel] = CHANNELS,
        groups: dict[str, list[str]] | None = None,
        scopes: str = SCOPES,
        clock: Clock | None = None,
        record: Path | str | None = None,
        connect_within: float = 5.0,
    ) -> None:
        self.clock = clock or Clock()
        self.space = Workspace(
            clock=self.clock,
            people={person.id: copy.copy(person) for person in people},
            channels={channel.id: copy.copy(channel) for channel in channels},
            groups=groups or {},
        )
        self.scopes = set(scopes.split())
        self.bot_token, self.app_token, self.signing_secret = BOT_TOKEN, APP_TOKEN, SIGNING_SECRET
        self.calls: list[Call] = []
        self.faults = Faults()
        self.sockets = Sockets(on_ack=self.after_ack)
        self.port = 0
        self.connect_within = connect_within
        self._record = record or os.environ.get(RECORD_VARIABLE, "")
        self._called = asyncio.Condition()
        self._door = Door(self)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self._door.application(), shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._door.closing.set()
        await self.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def api(self) -> str:
        """Return the base_url for AsyncWebClient."""
        return f"http://127.0.0.1:{self.port}/api/"

    def url_of(self, reply: str) -> str:
        """Return the whole response_url for the name of one."""
        return f"http://127.0.0.1:{self.port}/response/{reply}"

    def http(self, url: str, *, how: How = "signed") -> HttpPeople:
        """Return people whose deeds reach the app as HTTP requests to `url`, signed in the way `how`."""
        return HttpPeople(slack=self, url=url, how=how)

    def inject(
        self,
        method: str,
        fault: Fault,
        *,
        channel: str | None = None,
        times: int | None = 1,
        skip: int = 0,
    ) -> Queued:
        """Queue a fault for a method, "response_url", "upload" or "*"; `times` None keeps it for good.

        `skip` requests go well before. What is returned counts how often it happened.
        """
        return self.faults.add(method, fault, channel=channel, times=times, skip=skip)

    def messages(self, channel: str, *, deleted: bool = False) -> list[Message]:
        """Return a channel's messages as they stand, oldest first, those in threads too."""
        return [m for m in self.space.posts if m.channel == channel and (deleted or not m.deleted)]

    def message(self, channel: str, ts: str) -> Message:
        """Return one message, also a deleted or ephemeral one. Raises LookupError."""
        for message in (*self.space.posts, *self.space.ephemerals):
            if (message.channel, message.ts) == (channel, ts):
                return message
        raise LookupError(f"no message {ts} in {channel}")

    def ephemerals(self, user: str, channel: str | None = None) -> list[Message]:
        """Return what only that person sees, oldest first."""
        seen = (m for m in self.space.ephemerals if m.seen_by == user and not m.deleted)
        return [message for message in seen if channel in (None, message.channel)]

    def view_of(self, user: str) -> Payload | None:
        """Return the topmost modal that a person sees, None if there is none."""
        theirs = [view for view in self.space.views.values() if view["_user"] == user]
        return theirs[-1] if theirs else None

    def home_of(self, user: str) -> Payload | None:
        """Return a person's home tab, None if it was never published."""
        return self.space.homes.get(user)

    def files(self) -> dict[str, bytes]:
        """Return the completed files by name."""
        return {f.name: f.content for f in self.space.files.values() if f.completed and f.content is not None}

    def asked(self, method: str, channel: str | None = None) -> list[Call]:
        """Return the calls of a method, oldest first."""
        calls = (call for call in self.calls if call.method == method)
        return [call for call in calls if channel in (None, call.payload.get("channel"))]

    def say(self, text: str, *, channel: str = "C1", user: str = "U2", thread_ts: str = "") -> str:
        """Let a person write a message; return its ts."""
        message = Message(channel=channel, ts=self.space.stamp(), user=user, text=text, thread_ts=thread_ts)
        self.space.posts.append(message)
        return message.ts

    async def called(
        self, method: str, count: int = 1, within: float = 5.0, *, settled: bool = False
    ) -> list[Call]:
        """Wait until a method was asked for that often; return its calls. Raises TimeoutError.

        `settled` waits until it is also known what became of them.
        """

        def enough() -> bool:
            return sum(bool(call.outcome) or not settled for call in self.asked(method)) >= count

        async with asyncio.timeout(within), self._called:
            await self._called.wait_for(enough)
        return self.asked(method)

    async def note(self, call: Call) -> None:
        """Keep a request that arrived, in memory and, where a path is given, in the record."""
        self.calls.append(call)
        self._write(call.method, call.payload)
        async with self._called:
            self._called.notify_all()

    async def settle(self, call: Call, outcome: str) -> None:
        """Note what became of a request and wake whoever waits for it."""
        call.outcome = outcome
        async with self._called:
            self._called.notify_all()

    async def send(self, delivery: Delivery, *, within: float) -> Delivery:
        """Send over Socket Mode and wait for the acknowledgement; the delivery tells whether it came."""
        await self.sockets.send(delivery, connect_within=self.connect_within)
        await delivery.acknowledged(within)
        return delivery

    def after_ack(self, delivery: Delivery) -> None:
        """Do what an acknowledgement asks for: an answer to a command, another view after a form."""
        if delivery.ack:
            self._write("ack", delivery.ack)
        if delivery.kind == "submit":
            kept = self.space.views.get(delivery.payload["view"]["id"])
            delivery.problem = after_submit(self.space, kept, delivery.ack) if kept else ""
        elif delivery.kind == "command" and delivery.ack:
            try:
                check_message(delivery.ack, method="ack")
            except RefusedError as refusal:
                delivery.problem = f"{refusal.error}: {'; '.join(refusal.reasons)}"
                return
            channel, user = delivery.payload["channel_id"], delivery.payload["user_id"]
            answered(self.space, ReplyAddress(channel=channel, user=user, at=self.clock.now()), delivery.ack)

    def _write(self, method: str, payload: Payload) -> None:
        if self._record:
            line = json.dumps({"platform": "slack", "method": method, "payload": payload}, ensure_ascii=False)
            with Path(self._record).open("a", encoding="utf-8") as record:
                record.write(f"{line}\n")
