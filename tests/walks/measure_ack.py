"""Measure how fast commands are acknowledged while feeds are polled and a long queue waits.

The bot is a process of its own, started as people start it; the doubles of Slack and Discord and the feeds
are in this one. From the checkout, `python -m tests.walks.measure_ack` measures what the product promises:
200 commands in 10 seconds on each platform, with 200 feeds and 10,000 messages. It prints the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.commands.forms import FORMS
from bot.commands.parse import parse
from bot.platforms.discord.tree import slots
from tests.discord_double import DiscordDouble
from tests.doubles.slack import CHANNELS, PEOPLE, SlackDouble
from tests.doubles.slack_state import Channel, Person
from tests.feedserver import feed_server
from tests.program import running
from tests.walks.ack_load import Load, config_text, prepare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.discord_asked import Asked
    from tests.doubles.slack_socket import Delivery

PLACES: Final = 4  # channels on each platform that messages wait for
PATIENCE: Final = 10.0  # seconds for an acknowledgement; those above the limit are to be seen, not lost
ANSWERED_WITHIN: Final = 90.0  # seconds from the last command to the last answer
SECOND_ANSWER: Final = 0.5  # seconds in which a second answer would come, if any did
STARTED_WITHIN: Final = 60.0  # seconds
MANY: Final = 1_000_000  # calls a second: Discord's limits for posts would hide the queue's work
# What twenty people ask: most of it to be read, some to be changed, which also goes to the channel.
ASKED: Final = (
    "status",
    "search Norland since:30d",
    'rule add "frigate AND (contract OR award)" name:r{n}',
    "source list",
    "rule list",
    "settings set threshold 0.{n:03d}",
    "help search",
    "mute list",
    "digest list",
    "settings audit",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acks:
    """What became of the commands of one platform: seconds to each acknowledgement, answers to each."""

    seconds: tuple[float, ...]
    unacknowledged: int
    answers: tuple[int, ...]

    def at(self, share: float) -> float:
        """Return the time within which this share was acknowledged, by nearest rank."""
        ranked = sorted(self.seconds)
        return ranked[math.ceil(share * len(ranked)) - 1]

    def __str__(self) -> str:
        p50, p99, longest = (f"{1000 * self.at(share):.0f} ms" for share in (0.5, 0.99, 1.0))
        return (
            f"{len(self.seconds)} acknowledged, {self.unacknowledged} not: p50 {p50}, p99 {p99}, "
            f"max {longest}; answers to each: {min(self.answers)} to {max(self.answers)}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The outcome; `polls` and `sent` happened while commands were given, `waiting` is what was left."""

    slack: Acks
    discord: Acks
    polls: int
    sent: int
    waiting: int
    tail: float  # seconds from the last acknowledgement to the last answer
    status: int | None  # with which the bot ended when asked to


async def measure(folder: Path, load: Load) -> Measured:
    """Start everything in a folder, give the commands, and stop again."""
    people = tuple(Person(id=f"U{n}", name=f"person{n}", is_admin=True) for n in range(1, load.people + 1))
    rooms = tuple(Channel(id=f"C10{n}", name=f"queue-{n}") for n in range(PLACES))
    async with (
        feed_server() as feeds,
        SlackDouble(people=(*people, PEOPLE[-1]), channels=(*CHANNELS, *rooms)) as slack,
        DiscordDouble(bucket=(MANY, 1.0), rate=MANY) as discord,
    ):
        discord.patience = PATIENCE
        members = [discord.add_member(f"member{n}", manages=True) for n in range(load.people)]
        queues = [discord.add_channel(f"queue-{n}").id for n in range(PLACES)]
        places = [f"slack:{room.id}" for room in rooms] + [f"discord:{queue}" for queue in queues]
        config = folder / "config.toml"
        text = config_text(slack, discord, places, feeds, load)
        config.write_text(text, encoding="utf-8")
        await prepare(folder, text, places, feeds, load)
        secrets = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "DISCORD_TOKEN": discord.token,
        }
        async with running(config, secrets) as process:
            await slack.sockets.connected(within=STARTED_WITHIN)
            await discord.ready(within=STARTED_WITHIN)
            polls, sent = len(feeds.log), _sent(slack, discord)
            asked = asyncio.gather(
                _ask_slack(slack, [person.id for person in people], load),
                _ask_discord(discord, [member.name for member in members], load),
            )
            slack_asked, discord_asked = await asked
            polls, sent = len(feeds.log) - polls, _sent(slack, discord) - sent
            left = _left(folder)
            tail = await _answered(slack, slack_asked, discord_asked)
        return Measured(
            slack=_slack_acks(slack, slack_asked),
            discord=_discord_acks(discord_asked),
            polls=polls,
            sent=sent,
            waiting=left,
            tail=tail,
            status=process.returncode,
        )


async def _ask_slack(slack: SlackDouble, people: Sequence[str], load: Load) -> list[Delivery]:
    async def one(n: int) -> Delivery:
        await asyncio.sleep(n * load.seconds / load.commands)
        text = ASKED[n % len(ASKED)].format(n=n)
        return await slack.command(f"/watch {text}", user=people[n % len(people)], within=PATIENCE)

    return await asyncio.gather(*(one(n) for n in range(load.commands)))


async def _ask_discord(discord: DiscordDouble, people: Sequence[str], load: Load) -> list[Asked]:
    async def one(n: int) -> Asked:
        await asyncio.sleep((n + 0.5) * load.seconds / load.commands)
        path, options = on_discord(ASKED[n % len(ASKED)].format(n=n))
        return await discord.command("watch", path, options, user=people[n % len(people)])

    return await asyncio.gather(*(one(n) for n in range(load.commands)))


def on_discord(text: str) -> tuple[list[str], dict[str, str]]:
    """Return a typed command as Discord's form has it: the path to it, and its options by name."""
    form, command = parse(text, FORMS)
    options = dict(command.options)
    free = [slot.name for slot in slots(form) if slot.value]
    for n, name in enumerate(free):
        if taken := command.values[n : None if n == len(free) - 1 else n + 1]:
            options[name] = " ".join(taken)
    return form.name.split(), options


async def _answered(
    slack: SlackDouble, slack_asked: Sequence[Delivery], discord_asked: Sequence[Asked]
) -> float:
    """Wait until every command has its answer, and give the seconds; one that has none is counted later."""
    began = time.monotonic()
    while not (all(_uses(slack, one) for one in slack_asked) and all(one.posts for one in discord_asked)):
        if time.monotonic() - began > ANSWERED_WITHIN:
            break
        await asyncio.sleep(0.05)
    tail = time.monotonic() - began
    await asyncio.sleep(SECOND_ANSWER)
    return tail


def _uses(slack: SlackDouble, delivery: Delivery) -> int:
    return slack.space.replies[delivery.response_url.rpartition("/")[2]].uses


def _slack_acks(slack: SlackDouble, asked: Sequence[Delivery]) -> Acks:
    seconds = tuple(one.seconds for one in asked if one.seconds is not None)
    answers = tuple(_uses(slack, one) for one in asked)
    return Acks(seconds=seconds, unacknowledged=len(asked) - len(seconds), answers=answers)


def _discord_acks(asked: Sequence[Asked]) -> Acks:
    seconds = tuple(one.seconds for one in asked if one.seconds is not None)
    answers = tuple(len(one.posts) for one in asked)
    return Acks(seconds=seconds, unacknowledged=len(asked) - len(seconds), answers=answers)


def _sent(slack: SlackDouble, discord: DiscordDouble) -> int:
    return len(slack.asked("chat.postMessage")) + len(discord.called("create_message"))


def _left(folder: Path) -> int:
    with closing(sqlite3.connect(f"file:{folder / 'vedette.sqlite3'}?mode=ro", uri=True)) as database:
        (left,) = database.execute("SELECT count(*) FROM outbox WHERE state = 'queued'").fetchone()
    return int(left)


def main() -> int:
    """Measure and print; the exit status is 1 where a figure is missed."""
    usual = Load()
    options = argparse.ArgumentParser(description="Measure how fast commands are acknowledged under load.")
    options.add_argument("--commands", type=int, default=usual.commands, help="on each platform")
    options.add_argument("--seconds", type=float, default=usual.seconds, help="in which they are given")
    options.add_argument("--feeds", type=int, default=usual.feeds)
    options.add_argument("--waiting", type=int, default=usual.waiting, help="messages in the outbox")
    given = options.parse_args()
    load = Load(commands=given.commands, seconds=given.seconds, feeds=given.feeds, waiting=given.waiting)
    with tempfile.TemporaryDirectory(prefix="measure-ack-") as folder:
        done = asyncio.run(measure(Path(folder), load))
    sys.stdout.write(
        f"Slack: {done.slack}\nDiscord: {done.discord}\n"
        f"Meanwhile: {done.polls} polls of {load.feeds} feeds, {done.sent} messages sent, {done.waiting} "
        f"waiting at the end; the last answer came {done.tail:.1f} s after the last acknowledgement; "
        f"the bot ended with {done.status}\n"
    )
    both = (done.slack, done.discord)
    kept = all(a.at(0.99) <= 1.0 and not a.unacknowledged and set(a.answers) == {1} for a in both)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
