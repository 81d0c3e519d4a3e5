"""Decide what becomes of an entry: alert at once, alert, digest, or store. It is all decided in this file.

| what                                                    | becomes |
| ------------------------------------------------------- | ------- |
| relevance >= 0.90, at the threshold, with evidence      | urgent  |
| relevance >= threshold, with evidence                   | now     |
| … and a matched watch says `alert:now`                  | urgent  |
| a rule that fires and says `alert:now`                  | urgent  |
| a rule that fires                                       | now     |
| a watch that fires and says `alert:digest`              | digest  |
| relevance to a likeness >= its threshold, with evidence | now     |
| … and it says `alert:now`, or `alert:digest`            | urgent, digest |
| relevance to a likeness >= 0.50                         | digest  |
| relevance >= 0.50                                       | digest  |
| anything else                                           | store   |

A rule fires when it matches and relevance reaches its own threshold, if it has one. A keyword list never
alerts by itself. A likeness is a watch with exemplars of its own. Evidence is an entity, platform or concept
of the exemplars that the text itself names. What sells something has a lower relevance (promotion.py).

What earns an alert here gets its card only while the channel's alert budget has room, and is told in the next
digest otherwise; `bot/announcing/budget.py` has the table of that.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from watchers.types import Match, Relevance, Report, Watch

Decision = Literal["urgent", "now", "digest", "store"]

# Relevance that alerts. At .70, each set left out of the fit, precision and recall are .95 and .90 over all
# of them and .94 and .83 on those by other hands. Of 177 entries of real defence feeds 14 alert there, and at
# any threshold from .65 to .75. What is missed has one sign alone or names nothing.
ALERT_AT = 0.70
URGENT_AT = 0.90
DIGEST_AT = 0.50
_ORDER: tuple[Decision, ...] = ("urgent", "now", "digest", "store")
_ALIKE: Final[Mapping[str, Decision]] = {"": "now", "now": "urgent", "digest": "digest"}
_NONE: Final[Mapping[int, Relevance]] = MappingProxyType({})


def decide(
    relevance: Relevance,
    matches: Sequence[Match],
    watches: Sequence[Watch],
    *,
    threshold: float = ALERT_AT,
    likeness: Mapping[int, Relevance] = _NONE,
) -> Decision:
    """Return the strongest line of the table that holds; `threshold` is the channel's.

    `likeness` holds the relevance to each likeness, by its number. `matches` of watches that are not in
    `watches` are ignored.
    """
    known = {watch.number: watch for watch in watches}
    met = [known[match.watch] for match in matches if match.watch in known]
    found = set(_verdicts(relevance, met, threshold))
    for watch in watches:
        if watch.number in likeness:
            found.update(_alike(likeness[watch.number], watch))
    return next(decision for decision in _ORDER if decision in found)


def strongest(decisions: Iterable[Decision]) -> Decision:
    """Return the strongest of some decisions, "store" without any."""
    return min(decisions, key=_ORDER.index, default="store")


def alerts(relevance: Relevance, *, threshold: float = ALERT_AT) -> bool:
    """Tell whether relevance alone, without any watch, alerts."""
    return relevance.score >= threshold and bool(relevance.evidence)


def likeness(report: Report) -> dict[int, Relevance]:
    """Return a report's relevance to each likeness, by the likeness's number."""
    return {
        int(view.beat[1:]): view.relevance
        for view in report.views
        if view.beat[:1] == "r" and view.beat[1:].isdigit()
    }


def _verdicts(relevance: Relevance, met: Sequence[Watch], threshold: float) -> Iterator[Decision]:
    yield "store"
    if relevance.score >= DIGEST_AT:
        yield "digest"
    if alerts(relevance, threshold=threshold):
        hurried = relevance.score >= URGENT_AT or any(watch.alert == "now" for watch in met)
        yield "urgent" if hurried else "now"
    for watch in met:
        if watch.kind == "like" or (watch.threshold is not None and relevance.score < watch.threshold):
            continue
        if watch.alert == "digest":
            yield "digest"
        elif watch.kind == "rule":
            yield "urgent" if watch.alert == "now" else "now"


def _alike(relevance: Relevance, watch: Watch) -> Iterator[Decision]:
    if relevance.score >= DIGEST_AT:
        yield "digest"
    if alerts(relevance, threshold=ALERT_AT if watch.threshold is None else watch.threshold):
        yield _ALIKE[watch.alert]
