"""Faults of the ways in: connections that end, and events that come more than once."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.faults.scenes import Plan
from tests.walks.measure_ack import on_discord

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.faults.scenes import Scene

ANSWERED_WITHIN: Final = 10.0  # seconds from a fault until commands are acknowledged again
NOTICED_WITHIN: Final = 20.0  # seconds; a silence is borne for six here
TRY: Final = 2.0  # seconds for one command
REPEATS: Final = 2  # of what Slack or Discord delivers again
ASKED: Final = "help mute"
NOTED: Final = "SELECT count(*) FROM audit WHERE command LIKE ?"


async def on_gateway(scene: Scene, how: str) -> None:
    """Break Discord's gateway while messages go out; see that commands are answered again."""
    gateway = scene.world.discord.gateway
    identified, resumed = gateway.identifies, gateway.resumes
    await scene.tell()
    match how:
        case "reconnect":
            gateway.reconnect()
        case "abort":
            gateway.abort()
        case "zombie":
            gateway.zombie()
        case _:
            gateway.invalidate(resumable=how == "resumable")
    await scene.settled()
    if how == "zombie":  # nobody tells the bot: it must notice by itself
        await scene.world.until(lambda: gateway.resumes > resumed, within=NOTICED_WITHIN)
    await _answered(scene, partial(_ask_discord, scene))
    if gateway.identifies > identified + 1:
        scene.notes.append(f"{gateway.identifies - identified} IDENTIFYs after one {how}")


async def on_socket(scene: Scene, how: str) -> None:
    """End Slack's socket while messages go out; see that commands are answered again."""
    sockets = scene.world.slack.sockets
    opened = sockets.opened
    await scene.tell()
    if how == "abort":
        sockets.abort()
    else:
        await sockets.disconnect(how, close=how == "refresh_requested")
    await scene.settled()
    await scene.world.until(lambda: sockets.opened > opened, within=ANSWERED_WITHIN)
    await _answered(scene, partial(_ask_slack, scene))


async def _answered(scene: Scene, ask: Callable[[], Awaitable[bool]]) -> None:
    began = time.monotonic()
    while not await ask():
        if time.monotonic() - began > ANSWERED_WITHIN:
            scene.notes.append(f"no command was acknowledged within {ANSWERED_WITHIN:g} s")
            return


async def _ask_slack(scene: Scene) -> bool:
    try:
        return (await scene.world.slack.command(f"/watch {ASKED}", channel="C200", within=TRY)).acked
    except (TimeoutError, ConnectionError):
        return False


async def _ask_discord(scene: Scene) -> bool:
    discord = scene.world.discord
    if not discord.gateway.ready:
        await discord.ready(within=ANSWERED_WITHIN)
    asked = await discord.command("watch", *on_discord(ASKED), user="ada", channel="room-0")
    return asked.seconds is not None


async def twice_on_slack(scene: Scene) -> None:
    """Deliver one command three times among the news; it changes one thing."""
    slack = scene.world.slack
    await scene.tell()
    asked = await slack.command(f'/watch rule add "zz{scene.name}" name:{scene.name}', channel="C200")
    await slack.send(asked, within=TRY)
    await slack.again(asked)
    await scene.settled()
    await _one_change(scene)


async def twice_on_discord(scene: Scene) -> None:
    """Deliver one interaction three times among the news; it changes one thing."""
    discord = scene.world.discord
    await scene.tell()
    line = f'rule add "zz{scene.name}" name:{scene.name}'
    asked = await discord.command("watch", *on_discord(line), user="ada", channel="room-0", again=True)
    for _ in range(REPEATS - 1):
        discord.deliver_again(asked)
    await scene.settled()
    await _one_change(scene)


async def _one_change(scene: Scene) -> None:
    database, like = scene.world.database, f"%name:{scene.name}%"
    await scene.world.until(lambda: noted(database, like) > 0, within=ANSWERED_WITHIN)
    if noted(database, like) != 1:
        scene.notes.append(f"{noted(database, like)} changes by one command")


def noted(database: Path, like: str) -> int:
    """Return how many changes were noted whose command is like that."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)) as connection:
        (found,) = connection.execute(NOTED, (like,)).fetchone()
    return int(found)


LINKS: Final = (
    *(
        Plan(name=f"Discord: gateway, {words}", row=12, session="calls", act=partial(on_gateway, how=how))
        for words, how in (
            ("asked to reconnect", "reconnect"),
            ("cut off", "abort"),
            ("session invalid, resumable", "resumable"),
            ("session invalid for good", "invalid"),
            ("silent", "zombie"),
        )
    ),
    *(
        Plan(name=f"Slack: socket, {words}", row=13, session="calls", act=partial(on_socket, how=how))
        for words, how in (
            ("warned", "warning"),
            ("refreshed", "refresh_requested"),
            ("cut off", "abort"),
        )
    ),
    Plan(name="Slack: a command delivered three times", row=14, session="calls", act=twice_on_slack),
    Plan(name="Discord: an interaction delivered three times", row=14, session="calls", act=twice_on_discord),
)
