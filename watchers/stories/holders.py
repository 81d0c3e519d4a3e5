"""Say who held an office on a day by the gazetteer's terms of office, where they leave no doubt."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from watchers.facts.offices import english

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchers.types import Person

# Around a handover papers call both by the title, and a term is often known to the month alone.
HANDOVER: Final = timedelta(days=45)
# Words that make an office one of another time, or another person's: then nothing is held against it.
_ANOTHER_TIME: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:former|then|ex|late|past|previous\w*|outgoing|incoming|designate|elect|deputy|vice|acting|"
    r"interim|nominee|nominat\w+|appoint\w+|succe\w+|replac\w+|resign\w*|formerly|ago|was|were|had|served|tenure|"
    r"years?)\b|eski|dönem|önceki|yardımcı|vekil|atan|görevi|yerine|[前元](?:防衛|国防|外|首|大)|当時|就任|辞任|後任|前任|次期|副|代行|年",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Somebody's time in an office, with who says so; dates are ISO or the start of one, empty where open."""

    person: str
    name: str
    since: str
    until: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who held an office on a day, who says so, and until when our terms of office were kept."""

    name: str
    source: str
    as_of: str


@dataclass(frozen=True, slots=True)
class _Terms:
    by_office: Mapping[tuple[str, str], tuple[Term, ...]]
    as_of: str  # the last date that any term has: what came later the file cannot know


@cache
def _terms() -> _Terms:
    """Read the terms of office of the shipped gazetteer; 30 ms, once."""
    document = resources.files("watchers.gazetteer").joinpath("people.toml").read_text("utf-8")
    found: dict[tuple[str, str], list[Term]] = {}
    for key, row in tomllib.loads(document).items():
        for term in row.get("offices", ()):
            since, until = (_iso(term.get(edge, "")) for edge in ("from", "to"))
            held = Term(person=key, name=row["name"], since=since, until=until, source=term["source"])
            found.setdefault((english(term["role"]), term["of"]), []).append(held)
    last = max(edge for held in found.values() for term in held for edge in (term.since, term.until))
    return _Terms(MappingProxyType({office: tuple(held) for office, held in found.items()}), last)


def holder(person: Person, day: date, sentence: str, lang: str) -> Holder | None:
    """Return who held the office on a day instead of a known person, None where our data leave any doubt.

    None too in a language whose words for another time we do not know, and near a handover.
    """
    if not (person.entity and person.role and person.of) or lang not in {"en", "tr", "ja"}:
        return None
    terms = _terms()
    known = terms.by_office.get((person.role, person.of), ())
    if any(term.person == person.entity and _covers(term, day, HANDOVER) for term in known):
        return None
    sure = [term for term in known if term.since and _covers(term, day, -HANDOVER)]
    beyond = day.isoformat()[: len(terms.as_of)] > terms.as_of
    if len(sure) != 1 or (beyond and not sure[0].until) or _ANOTHER_TIME.search(sentence):
        return None
    return Holder(name=sure[0].name, source=sure[0].source, as_of=terms.as_of[:7])


def _covers(term: Term, day: date, margin: timedelta) -> bool:
    """Tell whether a term, longer by a margin at both ends, holds a day; a coarse date counts whole."""
    first = (day + margin).isoformat()
    last = (day - margin).isoformat()
    starts = not term.since or first[: len(term.since)] >= term.since
    return starts and (not term.until or last[: len(term.until)] <= term.until)


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
