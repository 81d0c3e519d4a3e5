"""Acts that are stages of one affair: who hears about a sale wants to hear of the delivery too."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Ideas of the gazetteer that any subject has. Those of one family follow from one another.
FAMILIES: tuple[frozenset[str], ...] = (
    frozenset(
        {
            "con:procurement",
            "con:export",
            "con:export-rules",
            "con:contract",
            "con:delivery",
            "con:joint-production",
        }
    ),
    frozenset({"con:visit", "con:talks", "con:cooperation"}),
)
# What a stage counts that the exemplars do not tell of, beside the weightiest of its family that they do.
NEXT_STAGE = 0.6


def with_families(acts: Mapping[str, float]) -> dict[str, float]:
    """Return acts with the other stages of the affairs they belong to."""
    found = dict(acts)
    for family in FAMILIES:
        top = max((acts[act] for act in family if act in acts), default=0.0)
        if top > 0:
            found |= {act: max(acts.get(act, 0.0), NEXT_STAGE * top) for act in family}
    return found
