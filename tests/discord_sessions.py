"""What the gateway of the Discord double keeps of a bot (a session) and the wire to it (a line)."""

from __future__ import annotations

import asyncio
import json
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web

    from tests.discord_json import JsonObject

# Opcodes.
DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE_STATE = 0, 1, 2, 3, 4
RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = 6, 7, 8, 9, 10, 11


@dataclass(slots=True)
class Session:
    """What the gateway remembers of a bot between connections."""

    id: str
    intents: int
    sent: list[JsonObject] = field(default_factory=list)
    line: Line | None = None

    def send(self, event: str, data: object) -> None:
        """Number an event, keep it for a resumption, and send it if somebody listens."""
        packet: JsonObject = {"op": DISPATCH, "t": event, "s": len(self.sent) + 1, "d": data}
        self.sent.append(packet)
        if self.line is not None:
            self.line.put(packet)


class Line:
    """One connection: packets go out in order, compressed if it was asked for."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self.transport = request.transport
        self.session: Session | None = None
        self.deaf = False  # a zombie: it takes everything and answers nothing
        self.sends: list[float] = []
        self._queue: asyncio.Queue[JsonObject] = asyncio.Queue()
        compressed = request.query.get("compress") == "zlib-stream"
        self._packer = zlib.compressobj() if compressed else None
        self._writer = asyncio.create_task(self._write())

    def put(self, packet: JsonObject) -> None:
        """Send a packet, unless this is a zombie."""
        if not self.deaf:
            self._queue.put_nowait(packet)

    def hello(self, seconds: float) -> None:
        """Say how often to beat."""
        self.put(
            {
                "op": HELLO,
                "d": {"heartbeat_interval": int(seconds * 1000), "_trace": []},
                "s": None,
                "t": None,
            }
        )

    async def _write(self) -> None:
        while True:
            words = json.dumps(await self._queue.get(), ensure_ascii=False)
            try:
                if self._packer is None:
                    await self.socket.send_str(words)
                else:
                    packed = self._packer.compress(words.encode())
                    await self.socket.send_bytes(packed + self._packer.flush(zlib.Z_SYNC_FLUSH))
            except (ConnectionError, RuntimeError):
                return  # the bot is gone; the session keeps the packet

    async def end(self) -> None:
        """Stop writing."""
        self._writer.cancel()
        await asyncio.gather(self._writer, return_exceptions=True)
