"""Predict verdicts over pairs of texts and the states of promises, as rows to write and score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.evaluation.rows import batches, day_of
from bot.scoring.measures import rows as measured
from bot.scoring.measures import text
from watchers.claims.compare import compare
from watchers.claims.evidence import evidence
from watchers.claims.promises import promises, state
from watchers.claims.read import GRAMMARS, read_claims
from watchers.claims.subjects import meet, tagged
from watchers.languages import detect

if TYPE_CHECKING:
    from bot.scoring.measures import Json, Row
    from watchers.facts.passage import Finder
    from watchers.types.claims import Claim


def predict_claims(rows: list[Row], finder: Finder) -> list[Row]:
    """Return the verdict over each pair of texts; its label is never read."""
    return [
        {
            "id": text(row, "id"),
            "verdict": compare(
                _claims(row.get("left"), finder), _claims(row.get("right"), finder), text(row, "about")
            ),
        }
        for batch in batches(rows, "Comparing")
        for row in batch
    ]


def evidence_of(row: Row, finder: Finder) -> frozenset[str]:
    """Return what speaks for a verdict over a pair of texts; none where either gives no claims."""
    left, right = _claims(row.get("left"), finder), _claims(row.get("right"), finder)
    return evidence(left, right, text(row, "about")) if left and right else frozenset()


def _claims(side: Json, finder: Finder) -> tuple[Claim, ...]:
    if not isinstance(side, Mapping):
        return ()
    words = text(side, "text")
    published = day_of(side.get("published"))
    lang = text(side, "lang")
    read_as = lang if lang in GRAMMARS else detect(words)
    return read_claims(words, read_as, published, text(side, "source"), finder)


def predict_promises(rows: list[Row], finder: Finder) -> list[Row]:
    """Return each promise's due day and its state when asked, with the sentence that decides."""
    return [_promise(row, finder) for batch in batches(rows, "Following") for row in batch]


def _promise(row: Row, finder: Finder) -> Row:
    reports = [_claims(report, finder) for report in measured(row, "reports")]
    made = promises(reports[0]) if reports else ()
    if not made:
        return {"id": text(row, "id"), "due": None, "state": "open", "sentence": ""}
    focus = [tag.tag for tag in tagged(text(row, "about"), "en")]
    promise = max(made, key=lambda p: meet([tag for tag in p.what if ":" not in tag], focus))
    outcome = state(promise, reports[1:], day_of(row.get("asked")))
    return {
        "id": text(row, "id"),
        "due": promise.due.isoformat(),
        "state": outcome.state,
        "sentence": outcome.sentence,
        "later": outcome.due.isoformat() if outcome.due else None,
    }
