"""Fitting what evidence weighs: it learns what its pairs show, and the same each time."""

from __future__ import annotations

from bot.evaluation.claims_fit import Pair, fit
from watchers.claims.weigh import ALWAYS, decide

SHOWN: list[Pair] = [
    *[(frozenset({"value:equal"}), "same", 1.0)] * 12,
    *[(frozenset({"value:apart", "clean"}), "contradiction", 1.0)] * 12,
    *[(frozenset({"value:apart", "apart:months"}), "superseded", 1.0)] * 12,
    (frozenset({"seen once"}), "consistent", 1.0),
]


def test_pieces_lead_to_the_verdicts_that_they_stood_beside() -> None:
    weights = fit(SHOWN)
    assert decide({"value:equal"}, weights) == "same"
    assert decide({"value:apart", "clean"}, weights) == "contradiction"
    assert decide({"value:apart", "apart:months"}, weights) == "superseded"


def test_a_piece_seen_once_gets_no_weight_and_the_fit_is_the_same_each_time() -> None:
    weights = fit(SHOWN)
    assert "seen once" not in weights
    assert ALWAYS in weights
    assert weights == fit(SHOWN)
