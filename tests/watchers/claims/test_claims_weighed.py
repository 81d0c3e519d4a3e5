"""Evidence: what is gathered from two texts, and how it is weighed against a contradiction too many."""

# Reports are told in whole sentences: a line each is easier to check than pieces.
# ruff: noqa: E501

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.claims import predict_claims
from bot.scoring import score
from bot.scoring.run import pick
from watchers.claims.evidence import evidence
from watchers.claims.weigh import ALWAYS, BAR, UNSHARED, VERDICTS, decide, likelihoods, weights

from .conftest import known, told

if TYPE_CHECKING:
    from bot.scoring.measures import Row

    from .conftest import Told

EVALS = Path(__file__).parents[2] / "evals"
# What stood when this was written, less a margin for what a change elsewhere may cost: .91 and .01. The
# weights have seen these pairs; how they hold on pairs they have not seen stands in docs/evaluation.md.
LEAST_MACRO_F1, MOST_WRONGLY = 0.85, 0.02
DAY, LATER = "2026-03-02", "2026-09-14"


def gathered(left: Told, right: Told, about: str) -> frozenset[str]:
    return evidence(told(*left), told(*right), about)


PLAIN = ("The navy has 12 minehunters.", "en", DAY, "A")
PIECES: dict[str, tuple[Told, Told, str, set[str]]] = {
    "two values at one time": (PLAIN, ("Donanmanın 19 mayın avlama gemisi var.", "tr", DAY, "B"), "number of minehunters", {"value:apart", "clean", "clean value"}),
    "a value half a year on": (PLAIN, ("The navy has 19 minehunters.", "en", LATER, "B"), "number of minehunters", {"value:apart", "apart:months"}),
    "a word that narrows": (PLAIN, ("Only 7 minehunters of the navy are fit for sea.", "en", DAY, "B"), "number of minehunters", {"apart:one narrows"}),
    "both values told": (PLAIN, ("The navy now has 19 minehunters, up from 12.", "en", LATER, "B"), "number of minehunters", {"apart:turn later"}),
    "two buyers": (("Chile ordered 30 trucks.", "en", DAY, "A"), ("Kenya 44 kamyon sipariş etti.", "tr", DAY, "B"), "order of trucks", {"lands:apart"}),
    "two names": (("The tug was built by Falkner Marine.", "en", DAY, "A"), ("The tug was built by Ostmark Yards.", "en", DAY, "B"), "builder of the tug", {"who:other name", "clean who"}),
    "one silent": (PLAIN, ("The minehunters are old.", "en", DAY, "B"), "number of minehunters", {"silent:one"}),
    "another ship than is asked about": (("The frigate Oskarsborg was launched on 4 May.", "en", "2026-05-06", "A"), ("The frigate Marstrand was launched on 9 May.", "en", "2026-05-10", "B"), "launch date of the frigate Oskarsborg", {"asked name:rival", "asked name:other thing"}),
    "a missile quoted in Hiragana": (("The Hayanami missile was tested on 4 May.", "en", "2026-05-06", "A"), ("「ゆきなみ」の発射試験は9日に行われた。", "ja", "2026-05-10", "B"), "date of the Hayanami test", {"asked name:rival"}),
    "a capital for its country": (("Denmark ordered 30 trucks.", "en", DAY, "A"), ("Copenhagen ordered 44 trucks.", "en", DAY, "B"), "trucks for Denmark", {"asked name:both", "lands:shared"}),
    "two days of what has happened": (("The handover took place on 9 March.", "en", "2026-03-11", "A"), ("The handover took place on 10 March.", "en", "2026-03-12", "B"), "date of the handover", {"apart:both past", "plain date"}),
    "one denies": (("The treaty was signed.", "en", DAY, "A"), ("The treaty was not signed.", "en", DAY, "B"), "whether the treaty was signed", {"state:contradiction", "state:one denies"}),
}  # fmt: skip


@pytest.mark.parametrize(("left", "right", "about", "wanted"), PIECES.values(), ids=PIECES.keys())
def test_the_pieces_that_decide_are_gathered_from_either_side(
    left: Told, right: Told, about: str, wanted: set[str]
) -> None:
    assert wanted <= gathered(left, right, about)
    assert wanted <= gathered(right, left, about)


def test_what_excuses_a_difference_leaves_it_unclean() -> None:
    for name in ("a word that narrows", "two buyers", "a value half a year on"):
        left, right, about, _ = PIECES[name]
        assert "clean" not in gathered(left, right, about)


def test_every_piece_has_a_weight_for_every_verdict() -> None:
    assert ALWAYS in weights()
    assert {len(row) for row in weights().values()} == {len(VERDICTS)}


@given(st.sets(st.sampled_from(sorted(weights()))))
def test_likelihoods_are_shares_whatever_is_found(pieces: set[str]) -> None:
    found = likelihoods(pieces)
    assert sum(found.values()) == pytest.approx(1.0)
    assert all(0.0 <= share <= 1.0 for share in found.values())
    assert likelihoods({*pieces, "a piece that nobody knows"}) == found


@given(st.sets(st.sampled_from(sorted(weights()))))
def test_a_contradiction_leads_by_the_bar_and_is_of_a_shared_subject(pieces: set[str]) -> None:
    found = likelihoods(pieces)
    others = max(share for verdict, share in found.items() if verdict != "contradiction")
    assert (decide(pieces) == "contradiction") == (
        UNSHARED not in pieces and found["contradiction"] - BAR > others
    )


@pytest.mark.long
@pytest.mark.parametrize(
    "name", ["claims.jsonl", "claims-untouched.jsonl", "claims-second.jsonl", "claims-third.jsonl"]
)
def test_verdicts_over_pairs_that_were_read_stay_above_their_floor(name: str) -> None:
    pairs: list[Row] = [json.loads(line) for line in (EVALS / name).read_text("utf-8").splitlines()]
    figures = score("claims", pairs, predict_claims(pairs, known()))
    assert pick(figures, "macro_f1") >= LEAST_MACRO_F1
    assert pick(figures, "wrongly_contradiction") <= MOST_WRONGLY
