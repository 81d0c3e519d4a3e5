"""The process that fault runs drive: `python -m bot`, with its waits shortened by one factor.

What is shortened stands in WAITS, PULSE and TICKS, by name. A clock that jumps is read from a file, so that
a test can set the clock of this process alone while it runs.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Final

FACTOR: Final = "VEDETTE_FAULTS_FACTOR"  # by how much waits are shortened
CLOCK: Final = "VEDETTE_FAULTS_CLOCK"  # a file with the seconds that this process's clock is ahead
NO_NEWS: Final = "VEDETTE_FAULTS_NO_NEWS"  # "1" where no feed changes: then its ticks come as they usually do
USUAL_FACTOR: Final = 20.0
# Waits of the program that no setting names: the module and the constant.
WAITS: Final = (
    ("bot.delivery.outage", "WAKE_EVERY"),
    ("bot.platforms.discord.faults", "PATIENCE"),
    ("bot.platforms.discord.standing", "FIRST_WAIT"),
    ("bot.platforms.discord.standing", "LONGEST_WAIT"),
)
# Less shortened: a busy machine keeps the doubles from answering for a second, and Discord takes no more than
# 120 beats a minute.
PULSE: Final = (("bot.platforms.discord.pulse", "BEAT_EVERY"), ("bot.platforms.discord.pulse", "SILENCE"))
PULSE_FACTOR: Final = 5.0
TICKS: Final = {
    "poll": 0.25,
    "read": 0.2,
    "digest": 1.5,
    "deliver": 0.1,
}  # seconds, however short the rest is

# The same for the processes of the roles, by module; "USUAL" is all of TICKS.
ROLES: Final[dict[str, dict[str, float | None]]] = {
    "bot.roles.worker": {"READ_EVERY": 0.2, "PAGES_EVERY": 1.0},
    "bot.roles.scheduler": {"PLAN_EVERY": 0.5, "RESCUE_EVERY": 1.0},
    "bot.roles.talking": {"USUAL": None, "ANNOUNCE_EVERY": 0.2},
}


def shorten(factor: float) -> None:
    """Shorten every wait of the program that no setting names by a factor."""
    waits = [(*one, factor) for one in WAITS] + [(*one, min(factor, PULSE_FACTOR)) for one in PULSE]
    for module, name, times in waits:
        loaded = import_module(module)
        setattr(loaded, name, _shorter(getattr(loaded, name), times))
    schedule = import_module("bot.schedule")
    usual = schedule.USUAL
    idle = {"poll": usual.poll, "read": usual.read} if os.environ.get(NO_NEWS) == "1" else {}
    ticks = schedule.Ticks(**TICKS | idle)
    setattr(import_module("bot.run"), "USUAL", ticks)  # noqa: B010 - by design, as below
    for module, ours in ROLES.items():
        if module in sys.modules or sys.argv[1:2] == [module.rpartition(".")[2]]:
            loaded = import_module(module)
            for name, value in ours.items():
                setattr(loaded, name, ticks if name == "USUAL" else value)


def _shorter(value: object, factor: float) -> object:
    match value:
        case timedelta():
            return value / factor
        case float() | int():
            return value / factor
        case _:
            raise TypeError(f"not a wait: {value!r}")


def set_clock_by(file: Path) -> None:
    """Let this process's clock be ahead by the seconds that a file holds, now and whenever it changes."""
    from apscheduler.schedulers import base  # noqa: PLC0415 - the environment says so late

    from watchers.clock import SystemClock  # noqa: PLC0415

    real = time.time

    def ahead() -> float:
        try:
            return float(file.read_text(encoding="ascii") or 0)
        except (OSError, ValueError):
            return 0.0

    class Shifted(datetime):
        """The time as this process has it."""

        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # APScheduler gives a zone
            """Return the time in a zone."""
            return datetime.fromtimestamp(real() + ahead(), tz or UTC)  # type: ignore[arg-type]

    def now(_: SystemClock) -> datetime:
        return datetime.fromtimestamp(real() + ahead(), UTC)

    setattr(SystemClock, "now", now)  # noqa: B010 - mypy takes no assignment to a method
    base.datetime = Shifted
    time.time = lambda: real() + ahead()  # slack_sdk looks at it to find a silent socket


def main() -> None:
    """Run the program with the arguments of this one."""
    factor = float(os.environ.get(FACTOR) or USUAL_FACTOR)
    if factor != 1:
        shorten(factor)
    if file := os.environ.get(CLOCK):
        set_clock_by(Path(file))
    sys.argv[0] = "vedette"
    from bot.cli import main as vedette  # noqa: PLC0415 - after what it would import is changed

    vedette()


if __name__ == "__main__":
    main()
