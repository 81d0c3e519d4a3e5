"""The scale profile's processes for the benchmark of the roles, with doubles of both platforms.

Do they come up and become healthy, ask very many feeds, tell very many channels, and what do they take.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.farm import farm
from tests.bench.machine import cpu, proportional, resident
from tests.bench.roles_desk import ROOT, allowed, asked, fill, lasting_server
from tests.bench.roles_lag import LOOKS_EVERY, Lateness, spread_out
from tests.faults.bots import start_anew
from tests.faults.roles_world import company

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.contracts.store.postgres_server import Server
    from tests.faults.roles_world import Company

ALL: Final = ("scheduler-1", "worker-1", "worker-2", "bot-1", "bot-2")
EVERY: Final = timedelta(minutes=15)  # as the configuration has it unless it says something else
GAZETTES: Final = 20  # feeds beside the farm's in which the stories come that are told
WITHIN: Final = 1500.0  # seconds for whatever is waited for
LOOKS_AGAIN: Final = 3.0  # seconds between two health checks, each of which takes a second of a processor
MEGA: Final = 1_000_000
_LEADS: Final = ("bot", "reader", "scheduler")


def profile(*, feeds: int, channels: int, items: int, minutes: float, script: Path) -> list[str]:
    """Run it and return Markdown."""
    with (
        tempfile.TemporaryDirectory(prefix="vedette-profile-") as folder,
        farm(feeds, script=script, items=items) as opened,
        lasting_server() as server,
    ):
        run = _profile(Path(folder), server, opened.urls, channels=channels, minutes=minutes)
        return asyncio.run(run)


async def _profile(
    folder: Path, server: Server, urls: tuple[str, ...], *, channels: int, minutes: float
) -> list[str]:
    url = server.address(server.new())
    async with company(folder, url, start=start_anew, channels=channels, feeds=GAZETTES, factor=1.0) as made:
        await _filled(made, urls)
        began = time.monotonic()
        await made.up(*ALL)
        up = await _since(began, made, _is_up)
        healthy = await _healthy(made, began)
        through = await _since(began, made, lambda one: one.all_asked())
        read = await _since(began, made, _is_read)
        first = [
            f"{len(urls)} feeds and {channels} channels. Seconds from the start of the processes until each",
            f"role was led and both platforms were connected: {up:.0f}; until `vedette healthcheck` said 0:",
            f"{healthy:.0f}; until each feed was asked: {through:.0f}; until all {made.entries()} entries",
            f"were read: {read:.0f}.",
        ]
        then = await _steady(made, server, channels, minutes)
        health = f"`vedette healthcheck` at the end: {await _checked(made)}."
        return [*first, "", *then, health, "", *_memory(made)]


async def _filled(made: Company, urls: tuple[str, ...]) -> None:
    """Let the configuration have the model and the farm's addresses; put its feeds into the database."""
    config = made.folder / "config.toml"
    text = await asyncio.to_thread(config.read_text, encoding="utf-8")
    text = text.replace("allow = [", f"allow = [{allowed(urls)}, ", 1)
    text = text.replace('embedder = "none"', 'embedder = "builtin"', 1)
    await asyncio.to_thread(config.write_text, text, encoding="utf-8")
    await fill(config, made.url, urls, made.places, every=EVERY, first=len(urls))


async def _steady(made: Company, server: Server, channels: int, minutes: float) -> list[str]:
    """Let feeds be due evenly, tell a story in each channel, and measure meanwhile."""
    ask = partial(asked, made.url)
    spread_out(ask, EVERY)
    before, wall = _spent(made, server), time.monotonic()
    late = Lateness(ask)
    late.begin()
    for feed in range(GAZETTES):
        made.publish(channels // GAZETTES, feed=feed)
    told: float | None = None
    while time.monotonic() < wall + minutes * 60 or (told is None and time.monotonic() < wall + WITHIN):
        late.look()
        if told is None and len(made.told()) == len(made.tokens):
            told = time.monotonic() - wall
        await asyncio.sleep(LOOKS_EVERY)
    wall = time.monotonic() - wall
    lines = late.told(before, _spent(made, server), wall)
    posts = "not all of them" if told is None else f"the last after {told:.0f} s"
    return [
        f"Then {wall / 60:.1f} minutes of feeds due evenly within {EVERY.seconds // 60} minutes. The",
        f"gazettes had a story for each channel at the beginning: {len(made.told())} of {len(made.tokens)}",
        f"were told where they should be, {posts}. From due to polled:",
        "",
        *lines,
    ]


async def _since(began: float, made: Company, true: Callable[[Company], bool]) -> float:
    await made.until(lambda: true(made), within=WITHIN)
    return time.monotonic() - began


def _is_up(made: Company) -> bool:
    led = all(made.leader(one) for one in _LEADS)
    return led and made.slack.sockets.opened > 0 and made.discord.gateway.ready > 0


def _is_read(made: Company) -> bool:
    return made.ask("SELECT count(*), 0 FROM entry WHERE read_at IS NULL") == [(0, 0)]


async def _healthy(made: Company, began: float) -> float:
    while await _checked(made) != "0":
        if time.monotonic() - began > WITHIN:
            raise SystemExit(f"not healthy: {await _checked(made)}")
        await asyncio.sleep(LOOKS_AGAIN)
    return time.monotonic() - began


async def _checked(made: Company) -> str:
    """Ask for the health as a container's engine does; return the exit status, with what is wrong."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "healthcheck", "-c", str(made.folder / "config.toml")),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=made.environ,
        cwd=ROOT,
    )
    said, _ = await process.communicate()
    return "0" if process.returncode == 0 else f"{process.returncode}, {said.decode().strip()[-400:]}"


def _spent(made: Company, server: Server) -> dict[str, float]:
    found = {name: cpu(one.pid) for name, one in made.who.items()}
    return found | ({"server": cpu(server.process.pid)} if server.process else {})


def _memory(made: Company) -> list[str]:
    """Return what each process has in memory now, with those that it started."""
    rows = ["| process | MB, shared pages once in all | MB, shared pages each time |", "| --- | --- | --- |"]
    for name, one in made.who.items():
        rows.append(f"| {name} | {proportional(one.pid) / MEGA:.0f} | {resident(one.pid) / MEGA:.0f} |")
    return rows
