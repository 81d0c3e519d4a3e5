"""The decision table, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from watchers.relevance.decide import ALERT_AT, alerts, decide
from watchers.types import Match, Relevance, Watch

if TYPE_CHECKING:
    from watchers.relevance.decide import Decision


def relevance(score: float, *, evidence: bool = True) -> Relevance:
    return Relevance(score=score, reasons=(), evidence=("unmanned aircraft",) if evidence else ())


def watch(
    kind: Literal["keywords", "rule"],
    alert: Literal["", "now", "digest"] = "",
    threshold: float | None = None,
) -> Watch:
    return Watch(number=1, channel="c", name="w", expression="x", kind=kind, alert=alert, threshold=threshold)


MET = (Match(watch=1, channel="c", hits=()),)
TABLE: dict[str, tuple[Relevance, Watch | None, Decision]] = {
    "relevance at the threshold": (relevance(ALERT_AT), None, "now"),
    "relevance just below it": (relevance(ALERT_AT - 0.01), None, "digest"),
    "relevance very high": (relevance(0.9), None, "urgent"),
    "relevance very high without evidence": (relevance(0.99, evidence=False), None, "digest"),
    "relevance at a half": (relevance(0.5), None, "digest"),
    "relevance below a half": (relevance(0.49), None, "store"),
    "a keyword alone": (relevance(0.1), watch("keywords"), "store"),
    "a keyword that says now, alone": (relevance(0.1), watch("keywords", "now"), "store"),
    "a keyword that says now beside relevance": (relevance(0.75), watch("keywords", "now"), "urgent"),
    "a keyword for the digest": (relevance(0.1), watch("keywords", "digest"), "digest"),
    "a keyword without evidence": (relevance(0.8, evidence=False), watch("keywords"), "digest"),
    "a rule alone": (relevance(0.01, evidence=False), watch("rule"), "now"),
    "a rule that says now": (relevance(0.01), watch("rule", "now"), "urgent"),
    "a rule for the digest": (relevance(0.01), watch("rule", "digest"), "digest"),
    "a rule below its own threshold": (relevance(0.3), watch("rule", threshold=0.4), "store"),
    "a rule at its own threshold": (relevance(0.4, evidence=False), watch("rule", threshold=0.4), "now"),
}


@pytest.mark.parametrize(("found", "met", "expected"), TABLE.values(), ids=TABLE.keys())
def test_each_line_of_the_table(found: Relevance, met: Watch | None, expected: Decision) -> None:
    watches = (met,) if met else ()
    assert decide(found, MET if met else (), watches) == expected


def test_the_channel_sets_its_own_threshold() -> None:
    assert decide(relevance(0.75), (), (), threshold=0.8) == "digest"
    assert decide(relevance(0.55), (), (), threshold=0.5) == "now"


def test_a_very_high_score_below_the_channels_threshold_waits_for_the_digest() -> None:
    assert decide(relevance(0.92), (), (), threshold=0.95) == "digest"


def test_a_match_of_another_channels_watch_counts_for_nothing() -> None:
    assert decide(relevance(0.1), MET, ()) == "store"


def test_relevance_alone_alerts_only_with_evidence() -> None:
    assert alerts(relevance(ALERT_AT))
    assert not alerts(relevance(1.0, evidence=False))
