"""Measure polling beside others: `python -m tests.bench.poll [--feeds 300 1000] [--rounds 4] [--reading]`.

Prints Markdown. CPU seconds and ratios paired by round are the figures to use; wall depends on the machine.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.bench.agree import FIELDS, agreement
from tests.bench.farm import SCRIPT, farm
from tests.bench.measured import STATES, Run, run
from tests.bench.peer import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Rounds = dict[str, list["Run"]]  # by peer, a run in each round
PAIRS: Final = (("ours", "bare"), ("ours", "reader"), ("ours", "naive"), ("reader", "bare"))
MEGA: Final = 1_000_000


def main(arguments: Sequence[str]) -> None:
    """Run the rounds and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, nargs="+", default=[300, 1000])
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--reading", action="store_true", help="also with matching, scoring and facts")
    parser.add_argument("--peers", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--farm", type=Path, default=SCRIPT, help="the farm's script")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    names = [*given.peers, *(["ours-reading"] if given.reading else [])]
    every: dict[int, Rounds] = {}
    for feeds in given.feeds:
        every[feeds] = rounds(names, feeds, count=given.rounds, script=given.farm, seed=given.seed)
        tell(f"\n### {feeds} feeds, {given.rounds} rounds\n")
        costs_table(every[feeds])
        ratios_table(every[feeds])
    if len(given.feeds) > 1:
        growth_table(every)
    with farm(min(given.feeds), script=given.farm, seed=given.seed) as opened:
        found = agreement(opened)
    tell(f"\nOf {found['entries']} entries {found['agree']} agree with feedparser in {', '.join(FIELDS)};")
    tell(f"{found['missing']} are missing; differing: { ({name: found[name] for name in FIELDS}) }.")


def rounds(names: Sequence[str], feeds: int, *, count: int, script: Path, seed: int) -> Rounds:
    """Run each peer once in each round, another one first each time."""
    results: Rounds = {name: [] for name in names}
    with farm(feeds, script=script, seed=seed) as opened:
        for n in range(count):
            for name in [*names[n % len(names) :], *names[: n % len(names)]]:
                results[name].append(run(name, opened))
                told = ", ".join(f"{s} {c.cpu:.3f}" for s, c in results[name][-1].costs.items())
                print(f"round {n + 1}, {feeds} feeds, {name}: CPU s {told}", file=sys.stderr)  # noqa: T201
    return results


def costs_table(results: Rounds) -> None:
    """Print what each peer cost in each state."""
    states = [f"{state} {what}" for what in ("CPU s", "wall s") for state in STATES]
    row(["peer", *states, "peak MB", "shared once", "items"])
    row(["---"] * (len(states) + 4))
    for name, runs in results.items():
        cells = [spread([one.costs[state].cpu for one in runs]) for state in STATES]
        cells += [spread([one.costs[state].wall for one in runs]) for state in STATES]
        cells += [
            f"{max(most) / MEGA:.0f}" for most in zip(*((r.peak, r.proportional) for r in runs), strict=True)
        ]
        row([name, *cells, str(runs[-1].items)])
    answers = next(iter(results.values()))[-1].costs
    tell(f"\nAnswers of the farm: {', '.join(f'{s} {dict(answers[s].answers)}' for s in STATES)}.\n")


def ratios_table(results: Rounds) -> None:
    """Print the ratios of CPU seconds, each within its round."""
    row(["ratio of CPU", *STATES])
    row(["---"] * 4)
    for above, below in PAIRS:
        if above in results and below in results:
            row([f"{above} / {below}", *(spread(paired(results, above, below, s)) for s in STATES)])


def paired(results: Rounds, above: str, below: str, state: str) -> list[float]:
    """Return one peer's CPU seconds over another's, round by round."""
    pairs = zip(results[above], results[below], strict=True)
    return [a.costs[state].cpu / b.costs[state].cpu for a, b in pairs]  # type: ignore[index]


def growth_table(every: Mapping[int, Rounds]) -> None:
    """Print how much more the largest farm costs than the smallest."""
    least, most = min(every), max(every)
    tell(f"\n### From {least} to {most} feeds\n")
    row(["ratio of CPU", *STATES])
    row(["---"] * 4)
    for name in every[least]:
        pairs = list(zip(every[most][name], every[least][name], strict=True))
        row([name, *(spread([a.costs[s].cpu / b.costs[s].cpu for a, b in pairs]) for s in STATES)])


def spread(values: Iterable[float]) -> str:
    """Return the median with the least and the most in brackets."""
    known = sorted(values)
    return f"{median(known):.3f} ({known[0]:.3f}–{known[-1]:.3f})"


def row(cells: Iterable[str]) -> None:
    """Print a line of a table."""
    tell(f"| {' | '.join(cells)} |")


tell: Callable[[str], None] = print

if __name__ == "__main__":
    main(sys.argv[1:])
