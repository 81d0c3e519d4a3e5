"""Look at everything that has to be right, without changing anything, and say how to mend what is not."""

from __future__ import annotations

import asyncio
import logging
import re
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from bot.asking import client_of
from bot.config import load
from bot.database import where
from bot.errors import ConfigError
from bot.metrics.opening import TOKEN, token_of
from bot.operating import machine, shapes
from bot.operating.findings import cleaned, failure, warning, well
from bot.operating.setup import checked
from bot.operating.stored import Stored, look_at_database, look_at_server
from bot.wording.counting import counted
from watchers.clock import SystemClock
from watchers.errors import FetchError
from watchers.feeds.fetch import ACCEPT
from watchers.feeds.sniff import is_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from bot.config import Config
    from bot.operating.findings import Diagnosis, Finding
    from watchers.clock import Clock
    from watchers.feeds.exchange import Response

_PRIVATE_PARTS = re.compile(r"(https?://)(?:[^\s/@]*@)?([^\s?#\"']*)[?#]?[^\s\"']*")


def examine(config: Path, environ: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return all that was found, in the order in which it is best mended; secrets are hidden."""
    if not logging.getLogger().handlers:
        logging.getLogger().addHandler(logging.NullHandler())  # what libraries log is in the findings
    return asyncio.run(examined(config, environ, clock=SystemClock()))


async def examined(path: Path, environ: Mapping[str, str], *, clock: Clock) -> tuple[Finding, ...]:
    """Look at everything that the configuration names, and ask nothing else; secrets are hidden."""
    faults, config = _configuration(path)
    findings = [*_machine(), *faults]
    if config is not None:
        findings += await _named(config, path, environ, clock=clock)
    return cleaned(findings, shapes.values(environ))


async def _named(config: Config, path: Path, environ: Mapping[str, str], *, clock: Clock) -> list[Finding]:
    database, stored = await _stored(config, path, environ, now=clock.now())
    told = _Told()
    return [
        *database,
        *stored.findings,
        *await _slack(config, stored, environ, told, clock=clock),
        *await _discord(config, stored, environ, told, clock=clock),
        *_metrics(config, environ),
        await _feed(config, stored, told, clock=clock),
        machine.clock(told.skew, told_by=told.by),
    ]


def _metrics(config: Config, environ: Mapping[str, str]) -> list[Finding]:
    """Say whether the token that /metrics asks for will do; nothing where it asks for none."""
    try:
        token = token_of(config, environ)
    except ConfigError as error:
        found = str(error).removeprefix(f"{TOKEN}: ")
        return [failure(TOKEN, found, f'set {TOKEN}, or open the page: metrics = "open" under [http]')]
    return [well(TOKEN, "set, and long enough")] if token else []


async def _stored(
    config: Config, path: Path, environ: Mapping[str, str], *, now: datetime
) -> tuple[list[Finding], Stored]:
    """Return what was found of the database's disk, where that is ours, and what of the database."""
    try:
        database = where(config, path, environ)
    except ConfigError as error:  # the file of its address cannot be read
        cure = "allow this user to read that file, or correct its name"
        return [failure("database", str(error), cure)], Stored()
    if database.file is None:
        return [], await look_at_server(database.url, now=now)
    return [_disk(database.file)], look_at_database(database.file, now=now)


@dataclass(slots=True)
class _Told:
    """Who first told the time, and how many seconds our clock is ahead."""

    skew: float | None = None
    by: str = ""

    def note(self, skew: float | None, by: str) -> None:
        if self.skew is None and skew is not None:
            self.skew, self.by = skew, by


@dataclass(frozen=True, slots=True)
class _Secrets:
    """What was found of some secrets; `values` has those that will do, empty ones for the others."""

    values: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def _machine() -> list[Finding]:
    with closing(sqlite3.connect(":memory:")) as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    return [
        machine.python(sys.version_info[:3]),
        machine.sqlite(sqlite3.sqlite_version, fts5="ENABLE_FTS5" in options),
        machine.zones(len(available_timezones())),
    ]


def _configuration(path: Path) -> tuple[list[Finding], Config | None]:
    """Return the configuration's faults, all of them, and the configuration if it can be read at all."""
    check = "configuration"
    if not path.exists():
        cure = f"write one: vedette init --config {path}"
        return [failure(check, f"{path} is not there", cure)], None
    try:
        checked(path)
        config = load(path)
    except ConfigError as error:
        cure = "correct that line; vedette check says whether it is right now"
        found = [failure(check, fault, cure) for fault in error.faults]
        try:
            return found, load(path)  # such as with the example's contact
        except ConfigError:
            return found, None
    counts = f"{counted(len(config.channels), 'channel')}, {counted(len(config.feeds), 'feed')}"
    return [well(check, f"{path} is sound: {counts}")], config


def _disk(database: Path) -> Finding:
    folder = next((one for one in database.parents if one.is_dir()), database.parent)
    size = database.stat().st_size if database.is_file() else 0
    return machine.disk(shutil.disk_usage(folder).free, folder=str(folder), database=size)


def _secrets(environ: Mapping[str, str], *wanted: shapes.Shape) -> _Secrets:
    found = _Secrets()
    for shape in wanted:
        value, finding = shapes.look(shape, environ)
        found.values.append(value)
        found.findings.append(finding)
    return found


async def _slack(
    config: Config, stored: Stored, environ: Mapping[str, str], told: _Told, *, clock: Clock
) -> list[Finding]:
    channels = _channels("slack", config, stored)
    if config.slack is None:
        return _unconfigured("slack", channels)
    by_http = config.slack.mode == "http"
    found = _secrets(environ, *shapes.wanted(slack=config.slack))
    from bot.platforms.slack.diagnosis import diagnose  # noqa: PLC0415 - 0.2 s only for those on Slack

    diagnosis = await diagnose(
        config.slack,
        channels,
        bot_token=found.values[0],
        app_token="" if by_http else found.values[1],
        clock=clock,
    )
    told.note(diagnosis.skew, "Slack")
    return [*found.findings, *_channels_named("slack", channels, config.slack.command), *diagnosis.findings]


async def _discord(
    config: Config, stored: Stored, environ: Mapping[str, str], told: _Told, *, clock: Clock
) -> list[Finding]:
    channels = _channels("discord", config, stored)
    if config.discord is None:
        return _unconfigured("discord", channels)
    found = _secrets(environ, *shapes.wanted(discord=config.discord))
    diagnosis: Diagnosis | None = None
    if found.values[0]:
        from bot.platforms.discord.diagnosis import diagnose  # noqa: PLC0415 - 0.5 s only for those on Discord

        diagnosis = await diagnose(config.discord, channels, token=found.values[0], clock=clock)
        told.note(diagnosis.skew, "Discord")
    return [
        *found.findings,
        *_channels_named("discord", channels, config.discord.command),
        *(diagnosis.findings if diagnosis else ()),
    ]


def _channels(platform: str, config: Config, stored: Stored) -> list[str]:
    """Return the platform's channels in the file and in the database, each once."""
    every = (*(channel.id for channel in config.channels), *stored.channels)
    return list(dict.fromkeys(one for one in every if one.startswith(f"{platform}:")))


def _unconfigured(platform: str, channels: list[str]) -> list[Finding]:
    if not channels:
        return []
    said = f"the database has {', '.join(channels)}, but there is no [{platform}] section"
    return [warning(platform, f"{said}, so nothing is told there", f"add [{platform}] to the configuration")]


def _channels_named(platform: str, channels: list[str], command: str) -> list[Finding]:
    if channels:
        return []
    typed = f"type /{command.removeprefix('/')} setup in the channel it is for"
    return [warning(platform, "no channel is set up there yet", typed)]


async def _feed(config: Config, stored: Stored, told: _Told, *, clock: Clock) -> Finding:
    """Ask one feed, as polling does."""
    check = "feed"
    name, url = next(iter([(feed.name, feed.url) for feed in config.feeds] + stored.feeds), ("", ""))
    if not url:
        return warning(check, "there is none", "type /watch source add URL, or add [[feeds]] blocks")
    try:
        async with client_of(config.poll) as client:
            answer = await client.get(url, headers={"Accept": ACCEPT})
    except FetchError as error:
        said = _PRIVATE_PARTS.sub(r"\1\2", str(error))
        cure = "see that this machine reaches the internet; then vedette status of:feeds tells of all feeds"
        return warning(check, f"{name}: {said}", cure)
    told.note(machine.ahead(answer.header("date"), now=clock.now()), name)
    return _judged(name, answer)


def _judged(name: str, answer: Response) -> Finding:
    fault = ""
    if answer.status != 200:
        fault = f"answered with status {answer.status}"
    elif not answer.body.strip():
        fault = "sent nothing"
    elif is_page(answer.body):
        fault = "sent a web page instead of a feed"
    if fault:
        return warning(
            "feed", f"{name} {fault}", "open its address in a browser; publishers move their feeds"
        )
    return well("feed", f"{name} answered with {len(answer.body)} bytes")
