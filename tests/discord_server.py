"""The HTTP server of the Discord double: reads requests, keeps the log, applies limits and faults."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Final

from aiohttp import web

from tests.discord_faults import VIA, Call, Fault, FaultBook, Limits, Upload, limited
from tests.discord_json import Problem, RefusedError
from tests.discord_routes import BASE, OPEN, QUERIES, ROUTES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from tests.discord_json import Bell, JsonObject, SetClock
    from tests.discord_rest import Answer

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MOST_BYTES: Final = 25 * 1024 * 1024  # of a request


class Server:
    """Everything under /api/v10 and the uploads that can be read again."""

    def __init__(
        self,
        handlers: Mapping[str, Callable[[Call], Answer]],
        *,
        bell: Bell,
        clock: SetClock,
        find: Callable[[str, str], None],
        limits: Limits,
        token: str,
        uploads: dict[str, bytes],
        log: Path | None,
    ) -> None:
        self.handlers, self.bell, self.clock, self.find = handlers, bell, clock, find
        self.limits, self.token, self.log = limits, token, log
        self.faults = FaultBook()
        self.calls: list[Call] = []
        self.uploads = uploads

    def application(self, gateway: Handler) -> web.Application:
        """Return the application, with the gateway at its own path."""
        application = web.Application(client_max_size=MOST_BYTES)
        for path in ("/gateway", "/gateway/"):
            application.router.add_get(path, gateway)
        for name, paths in ROUTES.items():
            for one in paths:
                http, path = one.split(" ")
                application.router.add_route(http, BASE + path, self._handler(name))
        application.router.add_get("/files/{id}/{name}", self._upload)
        application.router.add_route("*", "/{path:.*}", self._handler("unknown"))
        return application

    def _handler(self, name: str) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._serve(name, request)

        return handle

    async def _upload(self, request: web.Request) -> web.Response:
        body = self.uploads.get(request.match_info["id"])
        return web.Response(status=404) if body is None else web.Response(body=body)

    async def _serve(self, name: str, request: web.Request) -> web.StreamResponse:
        call = Call(
            method=name,
            http=request.method,
            path=request.path,
            args=dict(request.match_info),
            query=dict(request.query),
            at=self.clock.seconds(),
        )
        self.calls.append(call)
        try:
            return await self._answer(call, request)
        finally:
            if self.log is not None:
                with self.log.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps(call.line(), ensure_ascii=False) + "\n")
            self.bell.ring()

    async def _answer(self, call: Call, request: web.Request) -> web.StreamResponse:
        try:
            await self._read(call, request)
        except RefusedError as refused:
            return self._say(call, refused.status, refused.body(), {}, refused.code)
        early, wait = self._early(call)
        if early:
            status, body, headers = limited(early, wait)
            return self._say(call, status, body, headers)
        fault = self.faults.take(call)
        if fault is None:
            return self._accept(call)
        call.fault = fault.kind
        if fault.kind.startswith("429"):
            key = call.major if fault.kind == "429" else ""
            self.limits.block(key, fault.kind, self.clock.seconds() + fault.seconds)
        if not fault.accepts:
            return self._fail(call, request, fault)
        return await self._spoilt(call, request, fault)

    async def _spoilt(self, call: Call, request: web.Request, fault: Fault) -> web.StreamResponse:
        """Let a call have its effect, and its answer go wrong."""
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        answer = self._accept(call)
        if fault.kind == "accept_answer":
            if fault.then is not None:
                asyncio.get_running_loop().call_later(fault.seconds, fault.then)
            return answer
        if fault.kind == "accept_slow":
            await asyncio.sleep(fault.seconds)
        if fault.kind not in {"slow", "accept_slow"} and call.status < 300:
            return self._fail(call, request, fault)
        if fault.then is not None:
            fault.then()
        return answer

    def _accept(self, call: Call) -> web.StreamResponse:
        """Let a call have its effect, within the rate limits."""
        kind, wait, bucket = self.limits.take(call.major, self.clock.seconds())
        if kind:
            self.find(call.method, f"over the rate limit ({kind})")
            status, said, headers = limited(kind, wait)
            return self._say(call, status, said, headers)
        status, body, code = self._do(call)
        return self._say(call, status, body, bucket, code)

    def _early(self, call: Call) -> tuple[str, float]:
        """Return the kind of 429 that a call did not heed, and the seconds it comes too early; "" if none."""
        kind, wait = self.limits.too_early(call.major, self.clock.seconds())
        if not kind or call.method == "interaction_callback":
            return "", 0.0
        self.find(call.method, f"called {wait:.2f} s before the time that a 429 named")
        return kind, wait

    def _do(self, call: Call) -> tuple[int, object, int]:
        handler = self.handlers.get(call.method)
        if handler is None:
            self.find("unknown", f"{call.http} {call.path}")
            return 404, {"message": "404: Not Found", "code": 0}, 0
        try:
            status, body = handler(call)
        except RefusedError as refused:
            return refused.status, refused.body(), refused.code
        return status, body, 0

    def _fail(self, call: Call, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.then is not None:
            fault.then()
        if fault.kind.endswith("drop"):
            call.status = 0
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)  # which nobody reads
        status, body, headers = fault.answer()
        code = body["code"] if isinstance(body, dict) and "code" in body else 0
        return self._say(call, status, body, headers, code)

    def _say(
        self, call: Call, status: int, body: object, headers: Mapping[str, str], code: int = 0
    ) -> web.StreamResponse:
        call.status, call.code = status, code
        shown = {**(VIA if status != 429 else {}), **headers}
        if isinstance(body, str):
            return web.Response(status=status, text=body, headers=shown)
        if body is None:
            return web.Response(status=status, headers=shown)
        words = json.dumps(body, ensure_ascii=False).encode()
        # Discord names no charset, and discord.py reads nothing else as JSON.
        return web.Response(status=status, body=words, headers=shown, content_type="application/json")

    async def _read(self, call: Call, request: web.Request) -> None:
        """Read the body into the call; refuse a wrong token, unknown queries and what is not JSON."""
        if call.method not in OPEN and request.headers.get("Authorization") != f"Bot {self.token}":
            raise RefusedError(0)
        unknown = call.query.keys() - QUERIES.get(call.method, set())
        if unknown:
            problems = [Problem((name,), "UNKNOWN_FIELD", "No such query parameter.") for name in unknown]
            self.find(call.method, f"unknown query parameters {sorted(unknown)}")
            raise RefusedError(50035, problems)
        try:
            if request.content_type == "multipart/form-data":
                await self._read_parts(call, request)
            elif request.can_read_body:
                call.payload = _parsed(await request.read())
        except web.HTTPRequestEntityTooLarge:
            raise RefusedError(40005) from None

    async def _read_parts(self, call: Call, request: web.Request) -> None:
        for name, part in (await request.post()).items():
            if isinstance(part, web.FileField):
                call.files[name] = Upload(part.filename, part.file.read())
            elif name == "payload_json" and isinstance(part, str):
                call.payload = _parsed(part.encode())
        if call.method == "interaction_callback" and not isinstance(call.payload, dict):
            raise RefusedError(50109)


def _parsed(body: bytes) -> JsonObject | list[JsonObject]:
    try:
        payload = json.loads(body)
    except ValueError:
        raise RefusedError(50109) from None
    if not isinstance(payload, (dict, list)):
        raise RefusedError(50109)
    return payload
