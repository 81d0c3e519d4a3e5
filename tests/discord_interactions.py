"""How interactions of the Discord double are answered: once in three seconds, then for a quarter of an hour.

Figures: discord-api-docs, developers/interactions/receiving-and-responding.mdx.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from tests.discord_asked import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    DEFERRED,
    DEFERRED_UPDATE,
    FORM,
    MESSAGE,
    MODAL,
    SUGGESTIONS,
    UPDATE,
    Asked,
)
from tests.discord_check import EPHEMERAL, LOADING, check_suggestions
from tests.discord_components import check_form
from tests.discord_json import JsonObject, Problem, RefusedError
from tests.discord_payloads import UPLOAD_LIMIT, channel_json, member_json, public, user_json
from tests.discord_shapes import integer, shape
from tests.discord_world import DM, Channel, Member, Post

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.discord_faults import Call, Upload
    from tests.discord_posts import Desk
    from tests.discord_rest import Answer

ALLOWED: Final = {
    COMMAND: (MESSAGE, DEFERRED, MODAL),
    COMPONENT: (MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL),
    AUTOCOMPLETE: (SUGGESTIONS,),
    FORM: (MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE),
}
ANSWER_SECONDS: Final = 3.0  # for the callback
TOKEN_SECONDS: Final = 900.0  # for follow-ups and edits
_DEFER: Final = shape({"flags": integer()})
_CALLBACK: Final = ("type", "data")


class Interactions:
    """All interactions, and the routes that answer them."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.world = desk, desk.world
        self.all: list[Asked] = []
        self.routes: dict[str, Callable[[Call], Answer]] = {
            "interaction_callback": self.answer,
            "execute_webhook": self.follow,
            "get_original": self.read,
            "edit_original": self.edit,
            "delete_original": self.delete,
        }

    def open(
        self, kind: int, data: JsonObject, member: Member, channel: Channel, *, source: Post | None = None
    ) -> Asked:
        """Make an interaction; `deliver` sends it."""
        world = self.world
        mark, token = world.ids.new(), secrets.token_urlsafe(32)
        packet: JsonObject = {
            "id": mark,
            "application_id": world.application_id,
            "type": kind,
            "token": token,
            "version": 1,
            "data": data,
            "channel_id": channel.id,
            "channel": channel_json(world, channel, member),
            "app_permissions": str(world.permissions(world.bot, channel)),
            "locale": "en-GB",
            "entitlements": [],
            "attachment_size_limit": UPLOAD_LIMIT,
        }
        packet |= self._where(member, channel)
        if source is not None:
            packet["message"] = public(source)
        asked = Asked(
            id=mark,
            token=token,
            kind=kind,
            member=member,
            channel=channel,
            packet=packet,
            began=self.desk.clock.seconds(),
            bell=self.desk.bell,
            source=source,
        )
        self.all.append(asked)
        return asked

    def _where(self, member: Member, channel: Channel) -> JsonObject:
        """Return who asks and where, which differs between a guild and a direct conversation."""
        world = self.world
        if channel.kind == DM:
            owners = {"0": "0"}
            return {"context": 1, "user": user_json(member), "authorizing_integration_owners": owners}
        return {
            "context": 0,
            "guild_id": world.guild_id,
            "guild_locale": "en-GB",
            "guild": {"id": world.guild_id, "locale": "en-GB", "features": []},
            "member": member_json(world, member, channel),
            "authorizing_integration_owners": {"0": world.guild_id},
        }

    def deliver(self, asked: Asked) -> None:
        """Send an interaction to the bot, for the first time or again."""
        self.desk.gateway.dispatch("INTERACTION_CREATE", asked.packet)

    def answer(self, call: Call) -> Answer:
        """POST …/callback."""
        asked = self._of(call, call.args["interaction_id"])
        try:
            self._take(asked, call)
        except RefusedError as refused:
            asked.refused.append(refused.code)
            self.desk.bell.ring()
            raise
        self.desk.bell.ring()
        if call.query.get("with_response") not in {"1", "true"}:
            return 204, None
        return 200, _callback_json(asked)

    def _of(self, call: Call, mark: str = "") -> Asked:
        for asked in self.all:
            if secrets.compare_digest(asked.token, call.args["token"]) and mark in {"", asked.id}:
                return asked
        raise RefusedError(10062 if mark else 10015)

    def _take(self, asked: Asked, call: Call) -> None:
        waited = self.desk.clock.seconds() - asked.began
        if asked.answered:
            self.desk.find("interaction_callback", "a second callback")
            raise RefusedError(40060)
        if waited > ANSWER_SECONDS:
            self.desk.find("interaction_callback", f"a callback after {waited:.1f} s")
            raise RefusedError(10062)
        kind = call.body.get("type")
        unknown = [
            Problem((name,), "UNKNOWN_FIELD", "No such field.") for name in call.body if name not in _CALLBACK
        ]
        if kind not in ALLOWED[asked.kind] or (kind in (UPDATE, DEFERRED_UPDATE) and asked.source is None):
            unknown.append(
                Problem(("type",), "BASE_TYPE_CHOICES", f"Callback {kind} does not answer {asked.kind}.")
            )
        if unknown:
            raise RefusedError(50035, unknown)
        data = call.body.get("data") or {}
        self._apply(asked, int(kind or 0), data, call.files)
        asked.callback, asked.data, asked.seconds = int(kind or 0), data, waited

    def _apply(self, asked: Asked, kind: int, data: JsonObject, files: dict[str, Upload]) -> None:
        problems: list[Problem] = []
        if kind == SUGGESTIONS:
            problems = check_suggestions(data)
        elif kind == MODAL:
            check_form(data, problems)
        elif kind in (DEFERRED, DEFERRED_UPDATE):
            _DEFER(data, ("data",), problems)
        if problems:
            for problem in problems:
                self.desk.find("interaction_callback", f"{problem.place}: {problem.code} {problem.message}")
            raise RefusedError(50035, problems)
        if kind == MESSAGE:
            self.desk.judge(data, "interaction_callback", files)
            asked.original = self._post(asked, data, files)
        elif kind == DEFERRED:
            asked.original = self._post(asked, {"flags": (data.get("flags") or 0) | LOADING}, {})
        elif kind == UPDATE and asked.source is not None:
            self.desk.judge(data, "interaction_callback", files, post=asked.source, new=False)
            self.desk.edit(asked.source, data, files)

    def _post(self, asked: Asked, payload: JsonObject, files: dict[str, Upload]) -> Post:
        of = {"id": asked.id, "type": asked.kind, "user": user_json(asked.member)}
        more: JsonObject = {
            "type": 20 if asked.kind == COMMAND else 0,
            "webhook_id": self.world.application_id,
            "interaction_metadata": {**of, "authorizing_integration_owners": {"0": self.world.guild_id}},
        }
        hidden = bool((payload.get("flags") or 0) & EPHEMERAL)
        return self.desk.create(asked.channel, self.world.bot, payload, files, ephemeral=hidden, more=more)

    def _live(self, call: Call) -> Asked:
        """Return the interaction of a token that may still be used."""
        if call.args["application_id"] != self.world.application_id:
            raise RefusedError(10015)
        asked = self._of(call)
        if not asked.answered:
            self.desk.find(call.method, "before the callback")
            raise RefusedError(10015)
        if self.desk.clock.seconds() - asked.began > TOKEN_SECONDS:
            asked.refused.append(50027)
            self.desk.bell.ring()
            raise RefusedError(50027)
        return asked

    def _named(self, asked: Asked, call: Call) -> Post:
        mark = call.args["message_id"]
        original = asked.original or asked.source if asked.callback != MODAL else None
        known = [original] if mark == "@original" else [original, *asked.followups]
        for post in known:
            if post is not None and not post.deleted and mark in {"@original", post.id}:
                return post
        raise RefusedError(10008)

    def follow(self, call: Call) -> Answer:
        """POST a follow-up; the first one after deferring fills the post that loads."""
        asked = self._live(call)
        if call.query.get("wait") not in {None, "0", "1", "true", "false"}:
            raise RefusedError(50035, [Problem(("wait",), "BOOLEAN_TYPE_CONVERT", "true or false")])
        self.desk.judge(call.body, "execute_webhook", call.files)
        if asked.original is not None and asked.deferred and not asked.original.deleted:
            post = asked.original
            self._fill(post, call)
        else:
            post = self._post(asked, call.body, call.files)
            asked.followups.append(post)
        self.desk.bell.ring()
        return (200, public(post)) if call.query.get("wait") in {"1", "true"} else (204, None)

    def read(self, call: Call) -> Answer:
        """GET the answer or a follow-up."""
        return 200, public(self._named(self._live(call), call))

    def edit(self, call: Call) -> Answer:
        """PATCH the answer or a follow-up; what loads is filled."""
        asked = self._live(call)
        post = self._named(asked, call)
        self.desk.judge(call.body, "edit_original", call.files, post=post, new=False)
        self._fill(post, call)
        return 200, public(post)

    def _fill(self, post: Post, call: Call) -> None:
        ephemeral = post.data["flags"] & EPHEMERAL
        self.desk.edit(post, call.body, call.files)
        post.data["flags"] = (post.data["flags"] & ~LOADING & ~EPHEMERAL) | ephemeral
        self.desk.bell.ring()

    def delete(self, call: Call) -> Answer:
        """DELETE the answer or a follow-up."""
        self.desk.delete(self._named(self._live(call), call))
        return 204, None


def _callback_json(asked: Asked) -> JsonObject:
    post = asked.original if asked.callback in (MESSAGE, DEFERRED) else None
    post = asked.source if asked.callback in (UPDATE, DEFERRED_UPDATE) else post
    about: JsonObject = {"id": asked.id, "type": asked.kind}
    resource: JsonObject = {"type": asked.callback}
    if post is not None:
        about |= {
            "response_message_id": post.id,
            "response_message_loading": bool(post.data["flags"] & LOADING),
            "response_message_ephemeral": post.ephemeral,
        }
    if post is not None and asked.callback in (MESSAGE, UPDATE):
        resource["message"] = public(post)
    return {"interaction": about, "resource": resource}
