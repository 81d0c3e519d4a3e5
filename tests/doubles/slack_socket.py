"""Socket Mode from Slack's side: connections, envelopes, acknowledgements, and how a connection ends."""

from __future__ import annotations

import asyncio
import secrets
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from tests.doubles.slack_state import APP

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.doubles.slack_wire import Payload

MOST_CONNECTIONS = 10  # docs: an app holds ten connections at most
ENVELOPES = {"command": "slash_commands", "event": "events_api"}  # all else is interactive


@dataclass(slots=True, kw_only=True)
class Delivery:
    """Something a person did, on its way to the app.

    `seconds` is how long the acknowledgement took, None while there is none; `ack` is what it carried.
    `status` and `body` are set over HTTP only. `problem` says what Slack would not accept in the answer.
    """

    kind: str
    payload: Payload
    attempt: int = 0
    envelope_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    started: float = field(default_factory=time.monotonic)
    seconds: float | None = None
    ack: Payload = field(default_factory=dict)
    status: int | None = None
    body: str = ""
    problem: str = ""
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def acked(self) -> bool:
        """Tell whether the app has acknowledged it."""
        return self.seconds is not None

    @property
    def trigger_id(self) -> str:
        """Return the trigger_id that it carries."""
        return str(self.payload["trigger_id"])

    @property
    def response_url(self) -> str:
        """Return the response_url that it carries."""
        return str(self.payload["response_url"])

    def acknowledge(self, ack: Payload) -> None:
        """Note the first acknowledgement."""
        if self.seconds is None:
            self.seconds = time.monotonic() - self.started
            self.ack = ack
            self.done.set()

    async def acknowledged(self, within: float) -> bool:
        """Wait for the acknowledgement and tell whether it came in time."""
        try:
            async with asyncio.timeout(within):
                await self.done.wait()
        except TimeoutError:
            return False
        return True

    def envelope(self) -> Payload:
        """Return the Socket Mode message that carries it."""
        kind = ENVELOPES.get(self.kind, "interactive")
        whole: Payload = {"envelope_id": self.envelope_id, "type": kind, "payload": self.payload}
        whole["accepts_response_payload"] = self.kind in ("command", "submit")
        if kind == "events_api":
            whole |= {"retry_attempt": self.attempt, "retry_reason": "timeout" if self.attempt else ""}
        return whole


@dataclass(slots=True)
class Sockets:
    """The open connections and the envelopes sent over them."""

    on_ack: Callable[[Delivery], None]
    open: list[web.WebSocketResponse] = field(default_factory=list)
    tickets: set[str] = field(default_factory=set)
    sent: dict[str, Delivery] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)  # what the app sent that is no acknowledgement
    opened: int = 0  # connections ever
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _turn: int = 0

    def ticket(self) -> str:
        """Return a name that one connection may be opened with."""
        name = secrets.token_urlsafe(12)
        self.tickets.add(name)
        return name

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection from hello to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            return web.Response(status=403, text="no such ticket")
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self.open) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        await self._note(socket)
        try:
            await socket.send_json(self._hello())
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._heard(message.json())
        finally:
            await self._note(socket, gone=True)
        return socket

    def _hello(self) -> Payload:
        debug = {"host": "applink-double", "build_number": 1, "approximate_connection_time": 18_060}
        app = {"app_id": APP}
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": debug,
            "connection_info": app,
        }

    async def _note(self, socket: web.WebSocketResponse, *, gone: bool = False) -> None:
        async with self.changed:
            if not gone:
                self.open.append(socket)
                self.opened += 1
            elif socket in self.open:
                self.open.remove(socket)
            self.changed.notify_all()

    def _heard(self, message: object) -> None:
        envelope = message.get("envelope_id") if isinstance(message, dict) else None
        delivery = self.sent.get(str(envelope))
        if delivery is None or not isinstance(message, dict):
            self.strange.append(str(message))
            return
        if not delivery.acked:
            delivery.acknowledge(message.get("payload") or {})
            self.on_ack(delivery)

    async def connected(self, count: int = 1, within: float = 5.0) -> None:
        """Wait until that many connections are open. Raises TimeoutError."""
        async with asyncio.timeout(within), self.changed:
            await self.changed.wait_for(lambda: len(self.open) >= count)

    async def reopened(self, ever: int, within: float = 10.0) -> None:
        """Wait until that many connections were opened ever and one is at rest. Raises TimeoutError."""
        async with asyncio.timeout(within), self.changed:
            await self.changed.wait_for(lambda: self.opened >= ever and len(self.open) == 1)

    async def send(self, delivery: Delivery, *, connect_within: float) -> None:
        """Send an envelope over one of the connections, in turn. Raises TimeoutError if none is opened."""
        await self.connected(within=connect_within)
        self.sent[delivery.envelope_id] = delivery
        self._turn += 1
        delivery.started = time.monotonic()
        await self.open[self._turn % len(self.open)].send_json(delivery.envelope())

    async def disconnect(self, reason: str, *, close: bool) -> None:
        """Tell every connection to be renewed, as Slack does now and then; `close` also closes it at once."""
        for socket in tuple(self.open):
            await socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-double"}}
            )
            if close:
                await socket.close()

    def abort(self) -> None:
        """Break every connection off without a word."""
        for socket in tuple(self.open):
            if socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()

    async def close(self) -> None:
        """Close what is still open."""
        for socket in tuple(self.open):
            await socket.close()
