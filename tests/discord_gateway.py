"""The gateway of the Discord double: identifying, resuming, heartbeats, and everything that breaks them.

Figures: discord-api-docs, developers/events/gateway.mdx.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import TYPE_CHECKING, Final

from aiohttp import WSMsgType, web

from tests.discord_payloads import guild_json, member_json, user_json
from tests.discord_sessions import (
    ACK,
    HEARTBEAT,
    IDENTIFY,
    INVALID,
    MEMBERS,
    PRESENCE,
    RECONNECT,
    RESUME,
    VOICE_STATE,
    Line,
    Session,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.discord_json import Bell, JsonObject, SetClock
    from tests.discord_world import World

GUILDS, GUILD_MEMBERS, PRESENCES, MESSAGES, DIRECT, CONTENT = 1, 1 << 1, 1 << 8, 1 << 9, 1 << 12, 1 << 15
PRIVILEGED: Final = GUILD_MEMBERS | PRESENCES | CONTENT
EVERY_INTENT: Final = (1 << 26) - 1
MOST_SENDS, SEND_WINDOW = 120, 60.0  # messages of a connection, and in how many seconds
GLANCE: Final = 0.05  # seconds between two looks whether a bot has hung up on a zombie
MOST_BYTES = 4_096  # of one message from the bot
# Which intent an event needs, in a guild and in a direct conversation; others go to everyone.
INTENTS: Final = {
    "MESSAGE_CREATE": (MESSAGES, DIRECT),
    "MESSAGE_UPDATE": (MESSAGES, DIRECT),
    "MESSAGE_DELETE": (MESSAGES, DIRECT),
    "CHANNEL_CREATE": (GUILDS, GUILDS),
    "CHANNEL_UPDATE": (GUILDS, GUILDS),
    "CHANNEL_DELETE": (GUILDS, GUILDS),
    "THREAD_CREATE": (GUILDS, GUILDS),
    "THREAD_UPDATE": (GUILDS, GUILDS),
    "THREAD_DELETE": (GUILDS, GUILDS),
}


class Gateway:
    """All sessions and connections of the bot, what was counted, and the faults to cause."""

    def __init__(
        self, world: World, bell: Bell, clock: SetClock, find: Callable[[str, str], None], *, token: str
    ) -> None:
        self.world, self.bell, self.clock, self.find, self.token = world, bell, clock, find, token
        self.url = ""
        self.heartbeat = 41.25  # seconds between beats
        self.privileged = 0  # intents switched on in the developer portal
        self.identifies = self.resumes = self.beats = 0
        self.closed: Counter[int] = Counter()  # close codes given to bots
        self.sessions: dict[str, Session] = {}
        self.lines: list[Line] = []
        self.refusing = False

    @property
    def ready(self) -> int:
        """How many sessions are connected."""
        return sum(session.line is not None and not session.line.deaf for session in self.sessions.values())

    def info(self) -> JsonObject:
        """Return what GET /gateway/bot tells."""
        remaining = max(0, 1_000 - self.identifies)
        start = {"total": 1_000, "remaining": remaining, "reset_after": 86_400_000, "max_concurrency": 1}
        return {"url": self.url, "shards": 1, "session_start_limit": start}

    def dispatch(self, event: str, data: JsonObject) -> None:
        """Tell every session an event, if its intents ask for it; content only as far as they allow."""
        in_guild = data.get("guild_id") is not None
        needed = INTENTS.get(event, (0, 0))[not in_guild]
        for session in self.sessions.values():
            if needed and not session.intents & needed:
                continue
            hidden = event in {"MESSAGE_CREATE", "MESSAGE_UPDATE"} and in_guild
            hidden = hidden and not session.intents & CONTENT and data["author"]["id"] != self.world.bot.id
            blank = {"content": "", "embeds": [], "components": [], "attachments": []} if hidden else {}
            session.send(event, {**data, **blank})

    async def until_ready(self, sessions: int = 1, *, within: float = 5.0) -> None:
        """Wait until so many sessions are connected."""
        await self.bell.until(lambda: self.ready >= sessions, within=within)

    def reconnect(self) -> None:
        """Ask every bot to come again (op 7)."""
        self._all({"op": RECONNECT, "d": None, "s": None, "t": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell every bot that its session is invalid (op 9)."""
        if not resumable:
            for session in self.sessions.values():
                session.line = None
            self.sessions.clear()
        self._all({"op": INVALID, "d": resumable, "s": None, "t": None})

    def abort(self) -> None:
        """Cut every connection without a word; sessions stay resumable."""
        for line in list(self.lines):
            self._leave(line)
            if line.transport is not None:
                line.transport.abort()

    def zombie(self) -> None:
        """Keep every connection open, but acknowledge and tell nothing from now on."""
        for line in self.lines:
            line.deaf = True

    async def close(self, code: int = 4000) -> None:
        """Close every connection with a code."""
        for line in list(self.lines):
            await self._shut(line, code)

    def _all(self, packet: JsonObject) -> None:
        for line in self.lines:
            line.put(packet)

    async def _shut(self, line: Line, code: int) -> None:
        self.closed[code] += 1
        self._leave(line)
        await line.socket.close(code=code)

    def _leave(self, line: Line) -> None:
        if line.session is not None and line.session.line is line:
            line.session.line = None
        if line in self.lines:
            self.lines.remove(line)
        self.bell.ring()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Talk to one bot until either hangs up."""
        asked = (request.query.get("v"), request.query.get("encoding"), request.query.get("compress", ""))
        if self.refusing or asked[:2] != ("10", "json") or asked[2] not in {"", "zlib-stream"}:
            return web.Response(status=503 if self.refusing else 400, text=f"refused: {asked}")
        socket = web.WebSocketResponse(max_msg_size=0, autoclose=False)
        await socket.prepare(request)
        line = Line(socket, request)
        self.lines.append(line)
        line.hello(self.heartbeat)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._hear(line, message.data)
            while line.deaf and not (  # noqa: ASYNC110 - a transport tells nobody when it closes
                line.transport is None or line.transport.is_closing()
            ):
                await asyncio.sleep(GLANCE)  # a zombie agrees to no close
            await socket.close()
        finally:
            self._leave(line)
            await line.end()
        return socket

    async def _hear(self, line: Line, words: str) -> None:
        now = self.clock.seconds()
        line.sends = [at for at in line.sends if now - at < SEND_WINDOW] + [now]
        if len(line.sends) > MOST_SENDS:
            self.find("gateway", f"more than {MOST_SENDS} messages in {SEND_WINDOW:.0f} s")
            await self._shut(line, 4008)
            return
        try:
            packet = json.loads(words)
            op, data = packet["op"], packet.get("d")
        except (ValueError, KeyError, TypeError):
            await self._shut(line, 4002)
            return
        if len(words.encode()) > MOST_BYTES:
            self.find("gateway", f"a message of more than {MOST_BYTES} bytes")
            await self._shut(line, 4002)
        elif op == HEARTBEAT:
            self.beats += 1
            line.put({"op": ACK, "d": None, "s": None, "t": None})
        elif op == IDENTIFY:
            await self._identify(line, data)
        elif op == RESUME:
            await self._resume(line, data)
        elif line.session is None:
            await self._shut(line, 4003)
        elif op == MEMBERS:
            self._members(line.session, data)
        elif op not in {PRESENCE, VOICE_STATE}:
            await self._shut(line, 4001)
        self.bell.ring()

    async def _identify(self, line: Line, data: JsonObject) -> None:
        self.identifies += 1
        intents = data.get("intents")
        code = 0
        if line.session is not None:
            code = 4005
        elif data.get("token") != self.token:
            code = 4004
        elif not isinstance(intents, int) or intents & ~EVERY_INTENT:
            code = 4013
        elif intents & PRIVILEGED & ~self.privileged:
            code = 4014
        if code:
            self.find("gateway", f"IDENTIFY was closed with {code}")
            await self._shut(line, code)
            return
        session = Session(self.world.ids.new(), int(intents or 0), line=line)
        line.session = session
        self.sessions[session.id] = session
        world = self.world
        session.send(
            "READY",
            {
                "v": 10,
                "user": user_json(world.bot),
                "guilds": [{"id": world.guild_id, "unavailable": True}],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "session_type": "normal",
                "private_channels": [],
                "relationships": [],
                "application": {"id": world.application_id, "flags": 0},
            },
        )
        if session.intents & GUILDS:
            session.send("GUILD_CREATE", guild_json(world, everyone=bool(session.intents & GUILD_MEMBERS)))

    async def _resume(self, line: Line, data: JsonObject) -> None:
        self.resumes += 1
        if data.get("token") != self.token:
            await self._shut(line, 4004)
            return
        session = self.sessions.get(str(data.get("session_id")))
        seq = data.get("seq")
        if session is None:
            line.put({"op": INVALID, "d": False, "s": None, "t": None})
            return
        if not isinstance(seq, int) or not 0 <= seq <= len(session.sent):
            await self._shut(line, 4007)
            return
        line.session, session.line = session, line
        for packet in session.sent[seq:]:
            line.put(packet)
        session.send("RESUMED", {"_trace": []})

    def _members(self, session: Session, data: JsonObject) -> None:
        members = self.world.members if session.intents & GUILD_MEMBERS else [self.world.bot]
        wanted = data.get("user_ids")
        if wanted:
            ids = {str(mark) for mark in (wanted if isinstance(wanted, list) else [wanted])}
            members = [member for member in self.world.members if member.id in ids]
        chunk: JsonObject = {
            "guild_id": self.world.guild_id,
            "members": [member_json(self.world, member) for member in members],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [],
        }
        if data.get("nonce") is not None:
            chunk["nonce"] = data["nonce"]
        session.send("GUILD_MEMBERS_CHUNK", chunk)
