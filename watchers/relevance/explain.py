"""Say in words what a score is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchers.relevance.features import DENSE, FEATURES
from watchers.types import Reason

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORDS = {
    "typical": ("reads like the exemplars overall", "does not read like the exemplars"),
    "margin": (
        "closer to the exemplars than to general news",
        "no closer to the exemplars than to general news",
    ),
    "margin_defence": (
        "closer to the exemplars than to other defence news",
        "no closer to the exemplars than to other defence news",
    ),
    "concept": ("shares names and ideas with the exemplars", "shares no names or ideas with the exemplars"),
    "named": (
        "names people, firms or systems of the exemplars",
        "names none of the exemplars' people or systems",
    ),
    "abroad": ("a system or maker of theirs abroad", "no system or maker of theirs abroad"),
    "place": ("defence news of the exemplars' countries", "not about the exemplars' countries"),
    "sides": ("brings the exemplars' countries together", "does not bring the exemplars' countries together"),
    "who_subject": (
        "their people, firms or countries with their kind of system",
        "nobody of theirs with their kind of system",
    ),
    "whole": (
        "the exemplars' countries together in their matter",
        "not the exemplars' countries in their matter",
    ),
    "lone": ("several things of the exemplars together", "little of what the exemplars are about"),
    "elsewhere": ("keeps to the exemplars' matters", "about defence matters that the exemplars never touch"),
    "foreign": ("no other countries' kinds of system", "about a system of another country and kind"),
    "other": ("no words of other pages", "words of sport, culture, consumer or court pages"),
    "civil": ("no civil matters", "about civil matters"),
    "stuffed": ("written in sentences", "a list of watch words rather than sentences"),
    "bent": ("leans to the exemplars' kind of doings", "leans away from the exemplars' kind of doings"),
    "done": ("tells of doings like the exemplars'", "tells of no doings like the exemplars'"),
    "undone": ("no doings foreign to the exemplars", "tells of doings foreign to the exemplars alone"),
    "gate": ("names something of the exemplars itself", "names nothing of the exemplars itself"),
}
BASE = "base"


def reasons(contributions: NDArray[np.float64], base: float, *, dense: bool) -> tuple[Reason, ...]:
    """Return one reason a feature, the weightiest first, the base rate last; their sum is the log-odds."""
    found = [
        Reason(feature=name, contribution=float(part), words=_WORDS[name][0 if part >= 0 else 1])
        for name, part in zip(FEATURES, contributions, strict=True)
        if dense or name not in DENSE
    ]
    found.sort(key=lambda reason: (-abs(reason.contribution), reason.feature))
    return (
        *found,
        Reason(
            feature=BASE,
            contribution=base,
            words="most news is about other things, so each article begins below zero",
        ),
    )
