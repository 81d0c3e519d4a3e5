"""Weigh the evidence over two texts: logistic over its pieces, with a bar before contradiction."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from watchers.types.claims import Verdict

VERDICTS: tuple[Verdict, ...] = (
    "same",
    "consistent",
    "tighter_value",
    "different_scope",
    "superseded",
    "contradiction",
    "not_comparable",
)
UNSHARED = "nothing shared"  # the piece that two texts name no one thing in common
ALWAYS = "always"  # the piece that is there for every pair
# What a contradiction must be likelier by than any other verdict: to say that two outlets contradict each
# other where they do not costs a reader's trust, to miss one costs a line. Chosen with the ridge by leaving
# out each batch of our own pairs in turn, see bot/evaluation/claims_fit.py.
BAR = 0.3
_WEIGHTS = Path(__file__).with_name("weights.json")


@cache
def weights() -> Mapping[str, tuple[float, ...]]:
    """Return each piece's weights in the order of VERDICTS, as `bot.evaluation.claims_fit` wrote them."""
    rows = cast("dict[str, list[float]]", json.loads(_WEIGHTS.read_text(encoding="utf-8")))
    return {piece: tuple(row) for piece, row in rows.items()}


def likelihoods(
    pieces: Iterable[str], by: Mapping[str, tuple[float, ...]] | None = None
) -> dict[Verdict, float]:
    """Return how likely each verdict is; pieces without weights say nothing."""
    rows = weights() if by is None else by
    known = [rows[piece] for piece in (ALWAYS, *sorted(pieces)) if piece in rows]
    sums = [math.fsum(row[i] for row in known) for i in range(len(VERDICTS))]
    top = max(sums)
    shares = [math.exp(value - top) for value in sums]
    return {verdict: share / math.fsum(shares) for verdict, share in zip(VERDICTS, shares, strict=True)}


def decide(pieces: Iterable[str], by: Mapping[str, tuple[float, ...]] | None = None) -> Verdict:
    """Return the likeliest verdict; a contradiction must be so by BAR, of texts that share a subject."""
    found = frozenset(pieces)
    likely = likelihoods(found, by)
    if UNSHARED in found:
        likely["contradiction"] = 0.0
    return max(VERDICTS, key=lambda verdict: likely[verdict] - (BAR if verdict == "contradiction" else 0.0))
