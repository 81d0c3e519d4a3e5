"""The table of fault runs, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.faults.child import USUAL_FACTOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.faults.campaign import Ran

SHOWN: Final = 20  # findings that are listed


def table(done: Sequence[Ran], *, history: bool, seconds: float) -> str:
    """Return one line for each kind of fault, one for all, and what is to be looked at."""
    kinds = sorted({(one.row, one.plan) for one in done})
    mode = "with the history scope" if history else "without the history scope"
    minutes = f"{seconds / 60:.0f} minutes"
    explained = (
        f"Waits of the program are shortened {USUAL_FACTOR:g} times. A copy that says it may be a repeat "
        f"is counted as marked, any other second copy as doubled. The runs took {minutes}."
    )
    lines = [
        f"### {len(done)} fault runs {mode}",
        "",
        explained,
        "",
        "| row | fault | runs | deliveries | lost | doubled | marked | starts |",
        "| --: | --- | --: | --: | --: | --: | --: | --: |",
        *(_line(row, name, [one for one in done if one.plan == name]) for row, name in kinds),
        _line("", "all", done),
        "",
    ]
    odd = [one for one in done if not one.well]
    for one in odd[:SHOWN]:
        lines.append(f"- {one.plan}: lost {list(one.lost)}, doubled {list(one.doubled)}, {list(one.notes)}")
        lines.append(f"  again: `python -m tests.faults.run {one.again}`")
    return "\n".join(lines) + "\n"


def _line(row: object, name: str, some: Sequence[Ran]) -> str:
    figures = (
        len(some),
        sum(one.deliveries for one in some),
        sum(len(one.lost) for one in some),
        sum(len(one.doubled) for one in some),
        sum(one.marked for one in some),
        sum(one.restarts for one in some),
    )
    return f"| {row} | {name} | {' | '.join(str(one) for one in figures)} |"
