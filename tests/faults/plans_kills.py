"""Faults that end the process: `kill -9` at every stage and at any time, SIGTERM, and a digest cut in two."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.doubles import slack_faults as faults
from tests.faults import ledger
from tests.faults.plans_calls import POST
from tests.faults.scenes import SETTLES_WITHIN, Plan
from tests.faults.wire import fresh_items
from tests.faults.world import READING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.scenes import Scene

SETTLE_TAKES: Final = 0.015  # seconds: a settled message is committed well within
FLIPPED: Final = 3.0  # seconds after a feed's change in which the bot dies
ITEMS: Final = 3  # new in the feed, each a card in eight channels
STOPS_WITHIN: Final = 10.0  # seconds from SIGTERM to the end


def arm(scene: Scene, stage: str, then: Callable[[], None], *, skip: int) -> Callable[[], bool]:
    """Let one post of either platform meet what calls `then` at a stage; return whether it did."""
    wait = scene.random.uniform(0, SETTLE_TAKES)
    if scene.random.random() < 0.5:
        made = {
            "before": faults.dropped_then(then),
            "accepted": faults.accepted_then(then),
            "answered": faults.answered_then(then, seconds=wait),
        }[stage]
        queued = scene.world.slack.inject(POST, made, skip=skip)
        return lambda: queued.done > 0
    kind = {"before": "drop", "accepted": "accept_drop", "answered": "accept_answer"}[stage]
    order = scene.world.discord.fault(kind, skip=skip, then=then, seconds=wait)
    return lambda: order.done > 0


async def killed(scene: Scene, stage: str) -> None:
    """Kill the bot at a stage of a delivery; the next one finishes."""
    scene.struck = arm(scene, stage, scene.world.kill, skip=scene.skip)
    await scene.tell()
    await _died(scene)
    await scene.restarted()
    await scene.settled()


async def killed_for_long(scene: Scene) -> None:
    """Kill the bot just after Discord accepted a post, and start it when Discord has forgotten the nonce."""
    desk = scene.world.discord.desk
    usual, desk.nonce_seconds = desk.nonce_seconds, 0.0
    try:
        order = scene.world.discord.fault("accept_drop", skip=scene.skip, then=scene.world.kill)
        scene.struck = lambda: order.done > 0
        await scene.tell()
        await _died(scene)
        await scene.restarted()
        await scene.settled()
    finally:
        desk.nonce_seconds = usual


async def killed_in_a_digest(scene: Scene) -> None:
    """Kill the bot when a second part of a digest was accepted; the others follow, none comes twice."""
    world = scene.world
    first = len(world.places[1:-1]) // 2  # of each platform: the first parts go out side by side
    scene.struck = arm(scene, "accepted", world.kill, skip=first + scene.random.randint(0, first - 1))
    scene.due += await world.tell_digests(scene.name)
    await _died(scene)
    await scene.restarted()
    await scene.settled()


async def killed_at_random(scene: Scene) -> None:
    """Kill the bot somewhere between fetching news and the last mark, and start it anew."""
    world = scene.world
    tokens = [f"{scene.name}s{n}" for n in range(ITEMS)]
    world.feeds.routes[world.news] = fresh_items(tokens, scene.random)
    scene.due += [ledger.Due(place, token=token) for token in tokens for place in world.places]
    await asyncio.sleep(scene.random.uniform(0, FLIPPED))
    world.kill()
    await scene.restarted()
    wanted = {(due.channel, due.token) for due in scene.due}
    await world.until(
        lambda: world.settled() and wanted <= world.told(tokens), within=SETTLES_WITHIN, glance=READING
    )


async def asked_to_stop(scene: Scene) -> None:
    """Send SIGTERM in the middle of a batch: what is under way ends or comes back, within ten seconds."""
    world = scene.world
    began: list[float] = []

    def stop() -> None:
        began.append(time.monotonic())
        if world.bot is not None:
            world.bot.ask_to_stop()

    scene.struck = arm(scene, "answered", stop, skip=scene.skip)
    await scene.tell()
    await world.until(lambda: bool(began))
    if world.bot is not None:
        status = await world.bot.gone()
        took = time.monotonic() - began[0]
        if status != 0 or took > STOPS_WITHIN:
            scene.notes.append(f"it ended with {status} after {took:.1f} s")
    await scene.restarted()
    await scene.settled()


async def _died(scene: Scene) -> None:
    if scene.world.bot is not None:
        await scene.world.bot.gone(within=SETTLES_WITHIN)


KILLS: Final = (
    Plan(name="kill -9 before the post", row=1, session="kills", act=partial(killed, stage="before")),
    Plan(name="kill -9 just after acceptance", row=2, session="kills", act=partial(killed, stage="accepted")),
    Plan(
        name="kill -9 between answer and settling",
        row=2,
        session="kills",
        act=partial(killed, stage="answered"),
    ),
    Plan(name="kill -9 after acceptance, nonce forgotten", row=2, session="kills", act=killed_for_long),
    Plan(name="SIGTERM in a batch", row=4, session="kills", act=asked_to_stop),
    Plan(name="kill -9 at a random time after news", row=3, session="feeds", act=killed_at_random),
    Plan(name="kill -9 after a digest's second part", row=24, session="digests", act=killed_in_a_digest),
)
