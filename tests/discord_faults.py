"""What can go wrong between a bot and Discord, to order: before a request is accepted, or after."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.discord_json import CODES, JsonObject

if TYPE_CHECKING:
    from collections.abc import Callable

VIA: Final = {"Via": "1.1 google"}  # what tells Discord's own answers from those of the network before it
GARBLED: Final = {
    "empty": ("", "application/json"),
    "wrong": ('["id", 7]', "application/json"),
    "page": ("<html><body>Welcome</body></html>", "text/html"),
}
KINDS: Final = frozenset(
    {
        "429",  # this route is limited: Via, Retry-After, retry_after
        "429_global",
        "429_cloudflare",  # no Via, HTML: discord.py gives up at once
        "500",
        "502",
        "503",
        "403",
        "404",
        *(str(code) for code in CODES if code),  # Discord's own error codes
        "drop",  # the connection ends and nothing was accepted
        "slow",  # accepted after `seconds`
        "accept_drop",  # accepted, then the connection ends
        "accept_500",
        "accept_502",
        "accept_503",
        "accept_slow",  # accepted, answered after `seconds`
        "empty",  # 200 without a body
        "wrong",  # 200 and JSON of a shape that nothing promises
        "page",  # 200 and HTML
        "accept_empty",
        "accept_wrong",
        "accept_page",
        "accept_answer",  # accepted and answered; `then` is called `seconds` after
    }
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file: its name and bytes."""

    name: str
    body: bytes


@dataclass(slots=True, kw_only=True)
class Call:
    """A request that arrived. `at`: seconds since the double began; `status` 0: no answer reached anyone."""

    method: str
    http: str
    path: str
    args: dict[str, str]
    query: dict[str, str]
    payload: JsonObject | list[JsonObject] | None = None
    files: dict[str, Upload] = field(default_factory=dict)
    at: float = 0.0
    status: int = 0
    code: int = 0
    fault: str = ""

    @property
    def body(self) -> JsonObject:
        """The payload as an object, empty without one."""
        return self.payload if isinstance(self.payload, dict) else {}

    @property
    def major(self) -> str:
        """What Discord's rate limits tell apart: the method, and the channel, guild or webhook."""
        names = ("channel_id", "guild_id", "application_id", "token")
        return ":".join((self.method, *(self.args[name] for name in names if name in self.args)))

    def line(self) -> JsonObject:
        """Return the call for the log; requests without a body have no payload. Tokens are left out."""
        line: JsonObject = {
            "platform": "discord",
            "method": self.method,
            "status": self.status,
            "code": self.code,
            "at": round(self.at, 3),
            "ids": {name: value for name, value in self.args.items() if name != "token"},
        }
        if self.fault:
            line["fault"] = self.fault
        if self.files:
            line["files"] = [upload.name for upload in self.files.values()]
        if self.payload is not None:
            line["payload"] = self.payload
        return line


@dataclass(slots=True, kw_only=True)
class Fault:
    """One thing to go wrong, `times` times, after `skip` matching requests went well."""

    kind: str
    on: str
    channel: str
    times: int
    skip: int
    seconds: float
    then: Callable[[], None] | None
    done: int = 0  # how often it happened

    @property
    def accepts(self) -> bool:
        """Whether the request has its effect all the same."""
        return self.kind.startswith("accept_") or self.kind == "slow"

    def answer(self) -> tuple[int, JsonObject | str, dict[str, str]]:
        """Return status, body and headers of a failure."""
        kind = self.kind.removeprefix("accept_")
        if kind in GARBLED:
            body, content_type = GARBLED[kind]
            return 200, body, {**VIA, "Content-Type": content_type}
        if kind.startswith("429"):
            return limited(kind, self.seconds)
        if kind in {"500", "502", "503"}:
            return int(kind), "<html><body>upstream error</body></html>", {"Content-Type": "text/html"}
        code = {"403": 50013, "404": 10003}.get(kind) or int(kind)
        status, message = CODES[code]
        return status, {"code": code, "message": message}, VIA


def limited(kind: str, seconds: float) -> tuple[int, JsonObject | str, dict[str, str]]:
    """Return an answer of 429 in one of its three forms."""
    wait = {"Retry-After": str(max(1, round(seconds)))}
    if kind == "429_cloudflare":
        return 429, "error code: 1015", {**wait, "Content-Type": "text/html"}
    everywhere = kind == "429_global"
    body = {"message": "You are being rate limited.", "retry_after": seconds, "global": everywhere}
    headers = {**VIA, **wait, "X-RateLimit-Scope": "global" if everywhere else "user"}
    if everywhere:
        headers["X-RateLimit-Global"] = "true"
    return 429, body, headers


class FaultBook:
    """The faults that were ordered, oldest first."""

    def __init__(self) -> None:
        self.orders: list[Fault] = []

    def take(self, call: Call) -> Fault | None:
        """Return the fault that meets a call, and count it."""
        for fault in self.orders:
            if fault.on not in {call.method, "*"} or fault.channel not in {"", call.args.get("channel_id")}:
                continue
            if fault.skip:
                fault.skip -= 1
            elif fault.done < fault.times:
                fault.done += 1
                return fault
        return None


class Limits:
    """Discord's rate limits: a bucket for each route and channel, and so many requests a second in all."""

    def __init__(self, bucket: tuple[int, float], rate: int) -> None:
        self.bucket, self.rate = bucket, rate
        self._taken: dict[str, list[float]] = {}
        self._blocked: dict[str, tuple[str, float]] = {}

    def block(self, key: str, kind: str, until: float) -> None:
        """Refuse everything under a key ("" is everything) with this kind of 429 until a moment."""
        self._blocked[key] = (kind, until)

    def too_early(self, key: str, now: float) -> tuple[str, float]:
        """Return the kind of 429 a call should have heeded, and how many seconds more; "" if none."""
        for one in (key, ""):
            kind, until = self._blocked.get(one, ("", 0.0))
            if until > now:
                return kind, until - now
        return "", 0.0

    def take(self, key: str, now: float) -> tuple[str, float, dict[str, str]]:
        """Count a call; return the kind of 429 it meets ("" for none), the wait, and its bucket's headers."""
        size, period = self.bucket
        everywhere = not key.startswith("interaction_callback")
        window = [at for at in self._taken.get("", []) if now - at < 1.0]
        if everywhere and len(window) >= self.rate:
            return "429_global", window[0] + 1.0 - now, {}
        mine = [at for at in self._taken.get(key, []) if now - at < period]
        if len(mine) >= size:
            return "429", mine[0] + period - now, {}
        mine.append(now)
        self._taken[key] = mine
        self._taken[""] = [*window, now] if everywhere else window
        headers = {
            "X-RateLimit-Limit": str(size),
            "X-RateLimit-Remaining": str(size - len(mine)),
            "X-RateLimit-Reset-After": f"{mine[0] + period - now:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(key.partition(":")[0].encode()).hexdigest()[:32],
        }
        return "", 0.0, headers
