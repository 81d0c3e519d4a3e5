"""What goes over the wire to and from the Slack double: clock, refusals, arguments as they come."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

# JSON objects of every shape pass here; what is in them is what the double's checks find out.
Payload = dict[str, Any]


@dataclass(slots=True)
class Clock:
    """The time that ts values, triggers and reply addresses go by; tests move it ahead."""

    read: Callable[[], float] = time.time
    ahead: float = 0.0

    def now(self) -> float:
        """Return the seconds since 1970."""
        return self.read() + self.ahead

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self.ahead += seconds


class RefusedError(Exception):
    """A request that Slack answers with ok false: the error's name, and the reasons it gives."""

    def __init__(self, error: str, *reasons: str, **extra: str) -> None:
        super().__init__(error, *reasons)
        self.error = error
        self.reasons = reasons
        self.extra = extra

    def answer(self) -> Payload:
        """Return the JSON body of the refusal."""
        body: Payload = {"ok": False, "error": self.error, **self.extra}
        if self.reasons:
            body["response_metadata"] = {"messages": [f"[ERROR] {reason}" for reason in self.reasons]}
        if self.reasons and self.error == "invalid_blocks":
            body["errors"] = list(self.reasons)
        return body


@dataclass(slots=True, kw_only=True)
class Call:
    """One request that arrived, kept even if a fault swallowed it; the token is taken out of `payload`.

    `at` is the double's clock, `when` a monotonic one for gaps; `outcome` is "ok", an error's name, or a
    fault's kind, with "ok" behind a plus where the request was accepted first.
    """

    method: str
    payload: Payload
    at: float
    when: float = field(default_factory=time.monotonic)
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a method: its kind is text, bool, int, list or object; the last two come as JSON."""

    kind: str
    required: bool


def arguments(words: str) -> dict[str, Argument]:
    """Read "channel! limit:int blocks:list" as the arguments of a method; text is the usual kind.

    Every method also takes team_id: Bolt's clients send it along, for installations on a whole organisation.
    """
    found = {}
    for word in ("team_id", *words.split()):
        name, _, kind = word.partition(":")
        found[name.rstrip("!")] = Argument(kind=kind or "text", required=name.endswith("!"))
    return found


def read_argument(name: str, value: object, kind: str) -> object:
    """Return the value as its kind has it. Raises RefusedError where it is none."""
    wrong = RefusedError("invalid_arguments", f"{name}: must be {kind}, is {value!r:.80}")
    if kind == "bool":
        known = {"true": True, "1": True, "false": False, "0": False}
        if str(value).lower() not in known:
            raise wrong
        return known[str(value).lower()]
    if kind == "int":
        if isinstance(value, bool) or not str(value).isdigit():
            raise wrong
        return int(str(value))
    if kind in ("list", "object"):
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except json.JSONDecodeError as fault:
                raise wrong from fault
        if not isinstance(value, list if kind == "list" else dict):
            raise wrong
        return value
    if not isinstance(value, str):
        raise wrong
    return value


def read_arguments(given: Payload, known: dict[str, Argument]) -> Payload:
    """Return the arguments by kind. Raises RefusedError for an unknown, missing, null or misshapen one."""
    strange = [f"unknown argument: {name}" for name in given if name not in known]
    strange += [f"null argument: {name}" for name, value in given.items() if value is None]
    strange += [
        f"missing required field: {name}" for name, a in known.items() if a.required and name not in given
    ]
    if strange:
        raise RefusedError("invalid_arguments", *strange)
    return {name: read_argument(name, value, known[name].kind) for name, value in given.items()}


async def read_body(request: web.Request) -> Payload:
    """Return query, form and JSON fields of a request as one. Raises RefusedError for broken JSON."""
    fields: Payload = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text())
        except ValueError as fault:
            raise RefusedError("invalid_json") from fault
        if not isinstance(body, dict):
            raise RefusedError("json_not_object")
        return fields | body
    if request.method == "POST":
        fields |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return fields


def token_of(request: web.Request, fields: Payload) -> str:
    """Take the token out of the fields, or read it from the header; empty if there is none."""
    inside = str(fields.pop("token", ""))
    return request.headers.get("Authorization", "").removeprefix("Bearer ").strip() or inside


def readable(fields: Payload) -> Payload:
    """Return the fields with JSON in strings opened, for the record."""
    opened = dict(fields)
    for name in ("blocks", "attachments", "metadata", "view", "files"):
        if isinstance(opened.get(name), str):
            try:
                opened[name] = json.loads(opened[name])
            except json.JSONDecodeError:
                continue  # the record keeps what came; the method itself refuses it
    return opened
