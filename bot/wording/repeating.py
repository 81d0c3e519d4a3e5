"""Tell which facts only say again what the headline or summary above them says. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from watchers.stories.novelty import says_the_same
from watchers.text import fold
from watchers.types import Named, Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchers.types import Fact, Report

# Facts whose value is the article's own words, and nothing that was worked out from them.
_EVENTS: Final = frozenset({"meeting", "agreement"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """What stands above the facts of a story: a headline and words of its article, in one language."""

    headline: str
    told: str
    lang: str


def adding(facts: Iterable[tuple[Fact, Report]], above: Above) -> list[tuple[Fact, Report]]:
    """Return the facts that say more than what stands above them, in their order.

    What is left out are events in the words that stand there, then the same kind of event in other languages,
    whose words cannot be compared, and names without a part in anything that the headline has. A figure, a
    date, a state, a buyer, an office or who said it is more than the words that it was read from.
    """
    given = tuple(facts)
    known = [fact for fact, _ in given if fact.type in _EVENTS and _stands(fact, above)]
    return [
        (fact, report)
        for fact, report in given
        if not _stands(fact, above)
        and not any(
            fact.type == one.type and (report.entry.lang != above.lang or says_the_same(one, fact))
            for one in known
        )
    ]


def _stands(fact: Fact, above: Above) -> bool:
    """Tell whether what stands above says all that a fact says."""
    if fact.type in _EVENTS:
        return _within(fact.mention, above.headline, above.told)
    if fact.role or fact.said_by or not isinstance(fact.value, Named | Person):
        return False
    office = isinstance(fact.value, Person) and fact.value.role
    return not office and _within(fact.value.name, above.headline)


def _within(words: str, *texts: str) -> bool:
    sought = _flat(words)
    return any(sought in _flat(text) for text in texts)


def _flat(text: str) -> str:
    return " ".join(fold(text).split())
