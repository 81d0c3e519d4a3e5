"""Tell a later step of an affair from one more report of the same step: the contract, from its approval.

Steps share names, places, sums and subject, so nothing of that tells them apart; the day of the act and how
far the affair is do. It is asked of the story as a whole: one outlet's wording of an act proves little.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from watchers.stories.acts import COMMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from watchers.stories.similarity import Reading

# Log-odds, from the flat top of a grid that was searched once on two sets of tests/evals (stories,
# stories-third) and once on three others (stories-second, stories-stream, the shared one), with the steps of
# each affair as they are, one day and two days apart, and with a quarter of the reports moved by a day or two
# as those of slow outlets. Whichever half chose, the mean B-cubed F1 of the other rose (.955 to .965, .983 to
# .989), and of steps a day apart two fifths or more that had been merged were kept apart. Twice LONG_AFTER
# costs recall where outlets are slow.
DAY_AFTER: Final = -4.0  # it names a day on which the story was already told: no slow outlet does that
LONG_AFTER: Final = -1.0  # it names no day, and comes more than a day later
OTHER_ACT: Final = -1.5
OTHER_PHASE: Final = -3.0  # signed where the story says approved
# A day begins in Japan nine hours before it does in UTC.
AHEAD: Final = 9 / 24
# Days after the first report. The reports of four events in five lie within .6 days (.9 in the shared set),
# and the nearest steps of one affair .8 to 1.0 apart.
SAME_DAY: Final = (0.5, 1.0)
NEXT_DAY: Final = (1.0, 1.5)
_EPOCH: Final = date(1970, 1, 1).toordinal()
# One outlet has an order where another has a signature, and a go-ahead where another has an agreement. What
# lies ahead stands in the reports of every step: a contract is signed, deliveries are expected.
_PHASES: Final = {
    "agreed": "settled", "approved": "settled", "notified": "settled",
    "selected": "bound", "awarded": "bound", "signed": "bound", "firm_order": "bound",
    "under_negotiation": "negotiated", "conditional": "negotiated",
    "delivery_started": "handed over", "delivered": "handed over", "operational": "handed over",
}  # fmt: skip
_AHEAD: Final = frozenset({"considering", "planned", "expected", "requested"})


def later_step(reading: Reading, members: Sequence[Reading]) -> float:
    """Return the log-odds, 0 or less, that a report adds by telling of another step than a story's reports.

    The first of `members` is the one that opened the story.
    """
    first, second = sorted((members[0], reading), key=lambda one: one.days)
    apart = second.days - first.days
    odds = 0.0
    if second.signals.days:
        if min(second.signals.days) - _EPOCH - AHEAD > first.days:
            odds += DAY_AFTER
    else:
        odds += LONG_AFTER * _between(apart, NEXT_DAY)
    share = _between(apart, SAME_DAY)
    if share:
        odds += share * OTHER_ACT * _differ(reading, members, _acts)
        odds += share * OTHER_PHASE * _differ(reading, members, _phases)
    return odds


def _differ(reading: Reading, members: Iterable[Reading], get: Callable[[Reading], frozenset[str]]) -> bool:
    """Tell whether a report says nothing of what most of a story's reports say, and something else."""
    mine = get(reading)
    if not mine:
        return False
    told = [said for member in members if (said := get(member))]
    counts = Counter(one for said in told for one in said)
    most = {one for one, count in counts.items() if 2 * count >= len(told)}
    return bool(most) and not most & mine


def _acts(reading: Reading) -> frozenset[str]:
    return reading.signals.lead_acts - {COMMENT}


def _phases(reading: Reading) -> frozenset[str]:
    return frozenset(_PHASES.get(one, one) for one in reading.signals.statuses - _AHEAD)


def _between(apart: float, edges: tuple[float, float]) -> float:
    """Return how far a time lies between two others, in [0, 1]."""
    low, high = edges
    return max(0.0, min(1.0, (apart - low) / (high - low)))
