"""Score verdicts over pairs of claims, and the states and due days of promises."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final

from bot.scoring.measures import Figures, Row, Tally, by_id, share, text

if TYPE_CHECKING:
    from collections.abc import Sequence

VERDICTS: Final = (
    "same",
    "consistent",
    "tighter_value",
    "different_scope",
    "superseded",
    "contradiction",
    "not_comparable",
)
STATES: Final = ("open", "kept", "slipped", "silent")


def score_claims(gold: Sequence[Row], predictions: Sequence[Row]) -> Figures:
    """Return macro-F1 over the verdicts that occur, what is wrongly called contradiction, and each verdict.

    A pair without a prediction counts as not_comparable.
    """
    said = {i: text(row, "verdict") for i, row in by_id(predictions).items()}
    pairs = [(text(row, "verdict"), said.get(text(row, "id"), "not_comparable")) for row in gold]
    others = [guess for wanted, guess in pairs if wanted != "contradiction"]
    return {
        "n": float(len(pairs)),
        "macro_f1": _macro(pairs, VERDICTS),
        "accuracy": share(sum(a == b for a, b in pairs), len(pairs)),
        "wrongly_contradiction": share(others.count("contradiction"), len(others)),
        **{f"verdict:{name}": _tally(pairs, name).figures() for name in VERDICTS},
        "confused": _confused(pairs),
    }


def score_promises(gold: Sequence[Row], predictions: Sequence[Row]) -> Figures:
    """Return how many states and due days are right, each state, and what slipped without a later date.

    A promise without a prediction counts as open, without a due day.
    """
    said = by_id(predictions)
    pairs = [(text(row, "state"), text(said.get(text(row, "id"), {}), "state") or "open") for row in gold]
    due = sum(text(said.get(text(row, "id"), {}), "due") == text(row, "due") for row in gold)
    unfounded = sum(text(row, "state") == "slipped" and not text(row, "later") for row in predictions)
    return {
        "n": float(len(pairs)),
        "state_right": share(sum(a == b for a, b in pairs), len(pairs)),
        "due_right": share(due, len(pairs)),
        "macro_f1": _macro(pairs, STATES),
        "slipped_without_a_later_date": float(unfounded),
        **{f"state:{name}": _tally(pairs, name).figures() for name in STATES},
        "confused": _confused(pairs),
    }


def _tally(pairs: Sequence[tuple[str, str]], name: str) -> Tally:
    return Tally(
        sum(a == b == name for a, b in pairs),
        sum(a != name == b for a, b in pairs),
        sum(b != name == a for a, b in pairs),
    )


def _macro(pairs: Sequence[tuple[str, str]], names: Sequence[str]) -> float:
    """Return the mean F1 of the names that stand in the gold, nan if none does."""
    there = {wanted for wanted, _ in pairs}
    f1s = [float(str(_tally(pairs, name).figures()["f1"])) for name in names if name in there]
    return share(sum(f1s), len(f1s), empty=math.nan)


def _confused(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return what was taken for what, the commonest first, as "same > consistent 2"."""
    counted = Counter((a, b) for a, b in pairs if a != b)
    return [
        f"{a} > {b} {count}" for (a, b), count in sorted(counted.items(), key=lambda item: (-item[1], item))
    ]
