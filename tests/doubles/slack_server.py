"""The double's web server: reads requests, lets faults happen, runs the method, and answers as Slack does."""

from __future__ import annotations

import asyncio
from email.utils import formatdate
from typing import TYPE_CHECKING

from aiohttp import web

from tests.doubles import slack_chat, slack_rooms, slack_views
from tests.doubles.slack_wire import (
    Argument,
    Call,
    Payload,
    RefusedError,
    arguments,
    read_arguments,
    read_body,
    readable,
    token_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.doubles.slack import SlackDouble
    from tests.doubles.slack_faults import Fault
    from tests.doubles.slack_state import Workspace

BIGGEST_BODY = 64 * 1024 * 1024
METHODS: dict[str, tuple[Callable[[Workspace, Payload], Payload], str]] = {
    "auth.test": (slack_chat.identity, ""),
    "chat.postMessage": (slack_chat.post_message, "chat:write"),
    "chat.postEphemeral": (slack_chat.post_ephemeral, "chat:write"),
    "chat.update": (slack_chat.update, "chat:write"),
    "chat.delete": (slack_chat.delete, "chat:write"),
    "chat.getPermalink": (slack_chat.permalink, ""),
    "conversations.info": (slack_rooms.info, "channels:read"),
    "conversations.history": (slack_rooms.history, "channels:history"),
    "conversations.replies": (slack_rooms.replies, "channels:history"),
    "conversations.open": (slack_rooms.open_talk, "im:write"),
    "users.info": (slack_rooms.user_info, "users:read"),
    "users.conversations": (slack_rooms.user_rooms, "channels:read"),
    "usergroups.users.list": (slack_rooms.group_users, "usergroups:read"),
    "files.getUploadURLExternal": (slack_rooms.announce_file, "files:write"),
    "files.completeUploadExternal": (slack_rooms.complete_files, "files:write"),
    "views.open": (slack_views.open_view, ""),
    "views.push": (slack_views.push_view, ""),
    "views.update": (slack_views.update_view, ""),
    "views.publish": (slack_views.publish_view, ""),
}
ARGUMENTS: dict[str, dict[str, Argument]] = (
    {"auth.test": arguments(""), "apps.connections.open": arguments("")}
    | slack_chat.CHAT
    | slack_rooms.ROOMS
    | slack_views.VIEWS
)


class Door:
    """The routes of one double."""

    def __init__(self, slack: SlackDouble) -> None:
        self.slack = slack
        self.closing = asyncio.Event()

    def application(self) -> web.Application:
        """Return the routes as an aiohttp application."""
        app = web.Application(client_max_size=BIGGEST_BODY)
        app.router.add_route("*", "/api/{method}", self.api)
        app.router.add_post("/response/{name}", self.response_url)
        app.router.add_post("/upload/{name}", self.upload)
        app.router.add_get("/link", self.slack.sockets.serve)
        app.on_response_prepare.append(self._dated)
        return app

    async def _dated(self, _: web.Request, response: web.StreamResponse) -> None:
        response.headers["Date"] = formatdate(self.slack.clock.now(), usegmt=True)

    async def api(self, request: web.Request) -> web.StreamResponse:
        """Answer a Web API request."""
        method = request.match_info["method"]
        try:
            fields = await read_body(request)
        except RefusedError as refusal:
            await self.slack.note(
                Call(method=method, payload={}, at=self.slack.clock.now(), outcome=refusal.error)
            )
            return web.json_response(refusal.answer())
        token = token_of(request, fields)

        def run() -> web.Response:
            body = {"ok": True, **self.run(method, fields, token)}
            return web.json_response(body, headers={"X-OAuth-Scopes": ",".join(sorted(self.slack.scopes))})

        return await self._answer(request, method, fields, run)

    async def response_url(self, request: web.Request) -> web.StreamResponse:
        """Answer what is posted to a response_url."""
        try:
            fields = await read_body(request)
        except RefusedError as refusal:
            return web.json_response(refusal.answer(), status=400)

        def run() -> web.Response:
            given = read_arguments(fields, ARGUMENTS["response_url"])
            slack_chat.reply(self.slack.space, request.match_info["name"], given)
            return web.Response(text="ok", content_type="text/html")

        return await self._answer(request, "response_url", fields, run, refused_status=404)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Take the content of a file that was announced."""
        content = await request.read()
        upload = self.slack.space.files.get(request.match_info["name"])

        def run() -> web.Response:
            if upload is None or upload.completed or len(content) != upload.length:
                raise RefusedError("upload_failed", f"{len(content)} bytes are not what was announced")
            upload.content = content
            return web.Response(text=f"OK - {len(content)}")

        fields = {"id": request.match_info["name"], "bytes": len(content)}
        return await self._answer(request, "upload", fields, run, refused_status=400)

    def run(self, method: str, fields: Payload, token: str) -> Payload:
        """Return what a method answers. Raises RefusedError."""
        slack = self.slack
        if method not in ARGUMENTS or method == "response_url":
            raise RefusedError("unknown_method", req_method=method)
        if not token:
            raise RefusedError("not_authed")
        if token not in (slack.bot_token, slack.app_token):
            raise RefusedError("invalid_auth")
        if (token == slack.app_token) != (method == "apps.connections.open"):
            raise RefusedError("not_allowed_token_type")
        asked = read_arguments(fields, ARGUMENTS[method])
        if method == "apps.connections.open":
            return {"url": f"ws://127.0.0.1:{slack.port}/link?ticket={slack.sockets.ticket()}&app_id=A1"}
        act, scope = METHODS[method]
        self._scope(scope, asked, method)
        answer = act(slack.space, asked)
        if "upload_url" in answer:
            answer["upload_url"] = f"http://127.0.0.1:{slack.port}{answer['upload_url']}"
        return answer

    def _scope(self, scope: str, asked: Payload, method: str) -> None:
        room = self.slack.space.channels.get(str(asked.get("channel", "")))
        if room is not None and scope.startswith("channels:"):
            kind = "im" if room.im_with else "groups" if room.is_private else "channels"
            scope = f"{kind}:{scope.partition(':')[2]}"
        if scope and scope not in self.slack.scopes:
            provided = ",".join(sorted(self.slack.scopes))
            raise RefusedError("missing_scope", needed=scope, provided=provided)
        outside = room is not None and not room.is_member and method.startswith("chat.post")
        if outside and "chat:write.public" not in self.slack.scopes:
            raise RefusedError("not_in_channel")

    async def _answer(
        self,
        request: web.Request,
        method: str,
        fields: Payload,
        run: Callable[[], web.Response],
        *,
        refused_status: int = 200,
    ) -> web.StreamResponse:
        call = Call(method=method, payload=readable(fields), at=self.slack.clock.now())
        await self.slack.note(call)
        fault = self.slack.faults.take(method, str(fields.get("channel", "")))
        if fault.kind is not None and fault.then is not None:
            fault.then()
        instead = await self._instead(request, fault)
        if instead is not None:
            await self.slack.settle(call, fault.label)
            return instead
        try:
            answer, outcome = run(), "ok"
        except RefusedError as refusal:
            answer, outcome = web.json_response(refusal.answer(), status=refused_status), refusal.error
        await self.slack.settle(call, f"{outcome}+{fault.after}" if fault.after else outcome)
        if fault.after is None:
            return answer
        return await self._afterwards(request, fault, answer)

    async def _afterwards(
        self, request: web.Request, fault: Fault, answer: web.StreamResponse
    ) -> web.StreamResponse:
        if fault.after == "answer":
            if fault.then is not None:
                asyncio.get_running_loop().call_later(fault.seconds, fault.then)
            return answer
        if fault.then is not None:
            fault.then()
        if fault.after == "hang":
            await self.closing.wait()
        if fault.after == "body":
            return _garbled(fault)
        if fault.after == "status":
            return web.json_response({"ok": False, "error": "internal_error"}, status=fault.status)
        return _cut(request)

    async def _instead(self, request: web.Request, fault: Fault) -> web.Response | None:
        """Return what is answered instead of carrying the request out; None if it is carried out."""
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault.kind == "hang":
            await self.closing.wait()
        if fault.kind in {"drop", "hang"}:
            return _cut(request)
        return _refusal(fault)


def _refusal(fault: Fault) -> web.Response | None:
    match fault.kind:
        case "ratelimited":
            wait = {"Retry-After": str(int(fault.seconds))}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=wait)
        case "status":
            return web.json_response({"ok": False, "error": "internal_error"}, status=fault.status)
        case "page":
            page = "<html><body><h1>Bad Gateway</h1></body></html>"
            return web.Response(text=page, status=fault.status, content_type="text/html")
        case "error":
            return web.json_response({"ok": False, "error": fault.error})
        case "body":
            return _garbled(fault)
        case _:
            return None


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _garbled(fault: Fault) -> web.Response:
    return web.Response(body=fault.body.encode(), status=fault.status, content_type="application/json")
