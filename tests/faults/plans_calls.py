"""Faults of single calls: limits, garbled answers, time-outs and drops, before and after acceptance."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.doubles import slack_faults as faults
from tests.faults.scenes import Plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.doubles.slack_faults import Fault
    from tests.faults.scenes import Scene

POST: Final = "chat.postMessage"
NEVER: Final = 3_600.0  # seconds: longer than any session
# Bodies that no documentation promises, as an answer to a post: wrong types, no ts, not even JSON.
WRONG: Final = (
    "[]",
    '"ok"',
    "null",
    "17",
    '{"ok": true}',
    '{"ok": true, "ts": 17}',
    '{"ok": "yes"}',
    '{"ok": t',
)
PAGE: Final = "<html><body>Welcome</body></html>"
SHORT_WAIT: Final = 2  # seconds of Retry-After; Slack names whole ones
EARLY: Final = 0.05  # seconds before a named time that clocks may differ by
UNDER_WAY: Final = 1.4  # seconds in which calls arrive that left before the answer that asks to wait
EARLIER: Final = re.compile(r"called (\d+\.\d+) s before the time that a 429 named")


async def on_slack(scene: Scene, make: Callable[[Random], Fault], *, most: int = 1) -> None:
    """Let posts to Slack meet a fault, one after a few that go well, or several in a row."""
    times = scene.random.randint(1, most)
    slack = scene.world.slack
    queued = slack.inject(POST, make(scene.random), times=times, skip=scene.skip)
    scene.struck = lambda: queued.done > 0
    await scene.tell()
    await scene.settled()


async def on_discord(scene: Scene, kind: str, *, most: int = 1, seconds: float = 1.0) -> None:
    """Let posts to Discord meet a fault."""
    order = scene.world.discord.fault(
        kind, times=scene.random.randint(1, most), skip=scene.skip, seconds=seconds
    )
    scene.struck = lambda: order.done > 0
    await scene.tell()
    await scene.settled()


async def limited_channel(scene: Scene) -> None:
    """Let Slack ask one channel to wait; see that no call comes earlier, and that the others go on."""
    slack = scene.world.slack
    room = scene.random.choice(scene.world.places[:3]).partition(":")[2]
    known = len(slack.calls)
    queued = slack.inject(POST, faults.rate_limited(SHORT_WAIT), channel=room)
    scene.struck = lambda: queued.done > 0
    await scene.tell()
    await scene.settled()
    calls = [call for call in slack.calls[known:] if call.payload.get("channel") == room]
    limited = next((n for n, call in enumerate(calls) if call.outcome == "ratelimited"), None)
    if limited is not None and len(calls) > limited + 1:
        waited = calls[limited + 1].when - calls[limited].when
        if waited < SHORT_WAIT - EARLY:
            scene.notes.append(f"Slack was called {waited:.2f} s after it asked for {SHORT_WAIT} s")


async def limited_discord(scene: Scene, kind: str) -> None:
    """Let Discord ask to wait, in one of its three ways; see that no call comes earlier."""
    known = len(scene.world.discord.findings)
    await on_discord(scene, kind, seconds=SHORT_WAIT)
    early = [one for one in scene.world.discord.findings[known:] if _too_early(one.message)]
    if early:
        scene.notes.append(f"Discord was called {len(early)} times before the time it named")


def _too_early(finding: str) -> bool:
    """Tell whether a call came early and was not under way already when Discord asked to wait."""
    told = EARLIER.fullmatch(finding)
    return told is not None and EARLY < float(told[1]) < SHORT_WAIT - UNDER_WAY


def _status(random: Random) -> Fault:
    return faults.server_error(random.choice((500, 502, 503)))


def _page(random: Random) -> Fault:
    return faults.html_page(random.choice((200, 502)))


def _wrong(random: Random) -> Fault:
    return faults.garbled(random.choice(WRONG))


def _accepted_wrong(random: Random) -> Fault:
    return faults.accepted_then_garbled(random.choice(WRONG))


def _accepted_status(random: Random) -> Fault:
    return faults.accepted_then_error(random.choice((500, 502, 503)))


def _slack(name: str, row: int, make: Callable[[Random], Fault], *, most: int = 1) -> Plan:
    act = partial(on_slack, make=make, most=most)
    return Plan(name=f"Slack: {name}", row=row, session="calls", act=act)


def _discord(name: str, row: int, kind: str, *, most: int = 1, seconds: float = 1.0) -> Plan:
    act = partial(on_discord, kind=kind, most=most, seconds=seconds)
    return Plan(name=f"Discord: {name}", row=row, session="calls", act=act)


CALLS: Final = (
    Plan(name="Slack: 429 in one channel", row=5, session="calls", act=limited_channel),
    _slack("5xx several times", 6, _status, most=4),
    _slack("an HTML page instead", 6, _page, most=2),
    _slack("an empty answer, nothing accepted", 6, lambda _: faults.garbled()),
    _slack("an answer of wrong types, nothing accepted", 6, _wrong),
    _slack("a time-out before acceptance", 6, lambda _: faults.hanging()),
    _slack("a drop before acceptance", 6, lambda _: faults.dropped()),
    _slack("accepted, then a drop", 7, lambda _: faults.accepted_then_dropped()),
    _slack("accepted, then a time-out", 7, lambda _: faults.accepted_then_hanging()),
    _slack("accepted, then 5xx", 7, _accepted_status),
    _slack("accepted, then an HTML page", 7, lambda _: faults.accepted_then_garbled(PAGE)),
    _slack("accepted, then an empty answer", 7, lambda _: faults.accepted_then_garbled()),
    _slack("accepted, then wrong types", 7, _accepted_wrong),
    *(
        Plan(
            name=f"Discord: 429 {words}",
            row=10,
            session="calls",
            act=partial(limited_discord, kind=kind),
        )
        for words, kind in (
            ("in one channel", "429"),
            ("everywhere", "429_global"),
            ("of Cloudflare, without Via", "429_cloudflare"),
        )
    ),
    _discord("5xx several times", 11, "503", most=4),
    _discord("a drop before acceptance", 11, "drop"),
    _discord("a time-out before acceptance", 11, "slow", seconds=NEVER),
    _discord("an empty answer, nothing accepted", 11, "empty"),
    _discord("an answer of wrong types, nothing accepted", 11, "wrong"),
    _discord("accepted, then 502", 11, "accept_502"),
    _discord("accepted, then a drop", 11, "accept_drop"),
    _discord("accepted, then a time-out", 11, "accept_slow", seconds=NEVER),
    _discord("accepted, then an HTML page", 11, "accept_page"),
    _discord("accepted, then an empty answer", 11, "accept_empty"),
    _discord("accepted, then wrong types", 11, "accept_wrong"),
)
