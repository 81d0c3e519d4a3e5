"""A set backlog for the benchmark of the roles: so many feeds due at once, until all is read and placed."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.bench.farm import farm
from tests.bench.roles_desk import desk, lasting_server

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.bench.farm import Farm
    from tests.bench.roles_desk import Desk
    from tests.contracts.store.postgres_server import Server

EVERY: Final = timedelta(hours=6)  # nothing is asked twice
WITHIN: Final = 900.0  # seconds that a round may take
WARM: Final = 4  # feeds that are asked before, so that all that is loaded is loaded
# Who works, by name; each is a round's run of its own. The last is the one that is on a file.
TEAMS: Final[Mapping[str, tuple[str, ...]]] = {
    "a scheduler, one worker": ("scheduler", "worker-1"),
    "a scheduler, two workers": ("scheduler", "worker-1", "worker-2"),
    "vedette run on PostgreSQL": ("run",),
    "vedette run on SQLite": ("run",),
}
ONE, TWO, SERVER, FILE = TEAMS
RATIOS: Final = ((TWO, ONE), (SERVER, FILE), (ONE, SERVER))
_LEFT: Final = "SELECT count(*) FROM entry WHERE read_at IS NULL"
_ASKED: Final = "SELECT count(*) FROM feed WHERE ok_at IS NOT NULL"
_WORKERS: Final = "SELECT count(*) FROM vedette_queue.procrastinate_workers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a backlog took: seconds on the wall, CPU seconds by process, and what it came to."""

    entries: int
    placed: int  # of the entries: what no channel wants and confirms nothing is put into no story
    stories: int
    wall: float
    cpu: Mapping[str, float]

    @property
    def a_second(self) -> float:
        """Return entries a second on the wall."""
        return self.entries / self.wall

    @property
    def a_cpu_second(self) -> float:
        """Return entries for each CPU second of all processes, the server's included."""
        return self.entries / sum(self.cpu.values())


def throughput(*, feeds: int, items: int, rounds: int, script: Path, teams: Sequence[str]) -> list[str]:
    """Let each team do the same backlog in each round, another one first each time; return Markdown."""
    found: dict[str, list[Done]] = {name: [] for name in teams}
    with farm(feeds + WARM, script=script, items=items) as opened, lasting_server() as server:
        for n in range(rounds):
            for name in [*teams[n % len(teams) :], *teams[: n % len(teams)]]:
                done = _worked(name, opened, None if name == FILE else server, items=items)
                found[name].append(done)
                told = ", ".join(f"{who} {spent:.1f}" for who, spent in done.cpu.items())
                print(f"round {n + 1}, {name}: {done.wall:.1f} s; CPU s {told}", file=sys.stderr)  # noqa: T201
    return [*_costs(found), "", *_ratios(found)]


def _worked(name: str, opened: Farm, server: Server | None, *, items: int) -> Done:
    """Start a team, let it warm up, hand it the backlog, and measure until the last entry is placed."""
    opened.epoch(0)
    team = TEAMS[name]
    with desk(server, opened.urls, every=EVERY, first=WARM) as made:
        made.start(*team)
        made.until(lambda: made.number(_ASKED) == WARM and _is_read(made, WARM * items))
        workers = sum(one.startswith("worker") for one in team)
        made.until(lambda: not workers or made.number(_WORKERS) == workers)
        opened.reset()
        before = made.spent()
        made.ask("UPDATE feed SET next_poll_at = ? WHERE ok_at IS NULL", datetime.now(UTC))
        made.until(lambda: opened.counted()["200"] > 0, glance=0.05)  # the next tick comes within 5 s
        began = time.monotonic()
        made.until(
            lambda: made.number(_ASKED) == len(opened.urls) and _is_read(made, len(opened.urls) * items),
            within=WITHIN,
        )
        wall = time.monotonic() - began
        cpu = {who: spent - before[who] for who, spent in made.spent().items()}
        stories = made.number("SELECT count(*) FROM story")
        placed = made.number("SELECT count(*) FROM story_report")
        entries = made.number("SELECT count(*) FROM entry") - WARM * items
    return Done(entries=entries, placed=placed, stories=stories, wall=wall, cpu=cpu)


def _is_read(made: Desk, least: int) -> bool:
    """Tell whether nearly so many entries are there (ill-formed feeds lose some), and none is unread."""
    return made.number("SELECT count(*) FROM entry") >= least * 0.9 and made.number(_LEFT) == 0


def _costs(found: Mapping[str, Sequence[Done]]) -> list[str]:
    head = ("", "entries a second", "entries a CPU second", "wall s", "CPU s by process", "placed")
    rows = [head, ("---",) * len(head)]
    for name, runs in found.items():
        by_process = ", ".join(f"{who} {median(one.cpu[who] for one in runs):.1f}" for who in runs[0].cpu)
        rows.append(
            (
                f"{name}: {runs[-1].entries} entries",
                spread([one.a_second for one in runs]),
                spread([one.a_cpu_second for one in runs]),
                spread([one.wall for one in runs]),
                by_process,
                f"{runs[-1].placed} in {runs[-1].stories} stories",
            )
        )
    return [f"| {' | '.join(row)} |" for row in rows]


def _ratios(found: Mapping[str, Sequence[Done]]) -> list[str]:
    rows = [("ratio, round by round", "entries a second", "entries a CPU second"), ("---",) * 3]
    for above, below in RATIOS:
        if above in found and below in found:
            pairs = list(zip(found[above], found[below], strict=True))
            wall = spread([a.a_second / b.a_second for a, b in pairs], digits=2)
            cpu = spread([a.a_cpu_second / b.a_cpu_second for a, b in pairs], digits=2)
            rows.append((f"{above} / {below}", wall, cpu))
    return [f"| {' | '.join(row)} |" for row in rows]


def spread(values: Sequence[float], *, digits: int = 1) -> str:
    """Return the median with the least and the most in brackets."""
    known = sorted(values)
    return f"{median(known):.{digits}f} ({known[0]:.{digits}f}–{known[-1]:.{digits}f})"
