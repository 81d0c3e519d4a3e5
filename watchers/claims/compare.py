"""Judge what two texts say of one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchers.claims.events import first_verdict
from watchers.claims.evidence import evidence
from watchers.claims.questions import question
from watchers.claims.verdicts import verdict
from watchers.claims.weigh import decide
from watchers.claims.who import makers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.types.claims import Claim, Verdict


def compare(left: Sequence[Claim], right: Sequence[Claim], about: str) -> Verdict:
    """Judge what two texts say of one thing; `about` names it in a few English words.

    Who makes a thing does not change with the days, and to be the first is said or denied: these two are
    judged as they are told. All else is weighed.
    """
    if not left or not right:
        return "not_comparable"
    asked = question(about).asked
    if asked == "first":
        return first_verdict(left, right)
    made = makers(left, right) if asked == "party" else None
    return verdict(*made) if made else decide(evidence(left, right, about))
