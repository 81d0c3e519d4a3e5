"""What the languages share in telling who says something: told words, who may be meant, how firmly."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from watchers.facts.bodies import MEDIA
from watchers.text import fold
from watchers.types import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from watchers.types import Fact

Hedge = Literal["stated", "reported", "alleged", "expected", "denied"]

# Between a speaker and where the words were said or who passed them on, innermost first.
LINK: Final = " < "
# A longer speaker is a misread clause; it would not fit a card either.
MAX_SPEAKER: Final = 90

_QUOTED: Final = re.compile(
    r"“[^“”\n]{0,1200}(?:”|\Z)|\"[^\"\n]{0,1200}(?:\"|\Z)|«[^«»\n]{0,1200}»|„[^„“”\n]{0,1200}[“”]|「[^「」\n]{0,1200}(?:」|\Z)"
)


# A state's bodies, which "the company" never means.
_STATE = re.compile(
    r"\b(?:[Aa]rmy|[Nn]avy|[Ff]orces?|[Mm]inistry|[Gg]overnment|[Pp]arliament|[Cc]oast [Gg]uard|[Pp]olice|"
    r"Department|Pentagon)\b|[Oo]rdu|[Kk]uvvet|[Bb]akanlı|[Dd]onanma|[Kk]omutanlı|[省軍庁隊]\Z|政府|議会"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A range of a text that somebody says, or that is hedged without a speaker (`by` is empty then).

    `speaker` is where the speaker is named, (0, 0) if elsewhere.
    """

    start: int
    end: int
    by: str
    hedge: Hedge
    speaker: tuple[int, int] = (0, 0)


@dataclass(slots=True, kw_only=True)
class Thread:
    """Who was named and who spoke, while a text is read from its beginning to its end."""

    people: tuple[tuple[int, str], ...] = ()  # where each is named, and the name
    firms: tuple[tuple[int, str], ...] = ()
    person: str = ""  # the last speakers, each by kind
    body: str = ""
    medium: str = ""
    last: str = ""
    heard: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    def hear(self, by: str, *, medium: bool, person: bool) -> None:
        """Remember a speaker for the pronouns that follow."""
        self.last = by
        if medium:
            self.medium = by
        elif person:
            self.person = by
        else:
            self.body = by
        self.heard.append((by, _words(by)))

    def full(self, name: str) -> str:
        """Return the full name that a surname belongs to, of speakers first; else the name itself."""
        words = _words(name)
        if not words:
            return name
        for by, known in reversed(self.heard):
            if words < known:
                return by
        return next((person for _, person in self.people if words < _words(person)), name)

    def is_person(self, name: str) -> bool:
        """Tell whether somebody named in the text is meant."""
        words = _words(name)
        return any(words & _words(person) for _, person in self.people)

    def person_before(self, at: int) -> str:
        """Return the last speaker that is a person, else who was named last before an offset."""
        return self.person or next((name for start, name in reversed(self.people) if start < at), "")

    def firm_before(self, at: int) -> str:
        """Return the last organisation named before an offset, else the last that spoke."""
        named = (name for start, name in reversed(self.firms) if start < at and not _STATE.search(name))
        return next(named, self.body)

    def body_named(self, kind: str) -> str:
        """Return the last body of a kind that spoke or was named, such as a ministry; empty if none was."""
        if kind in self.body:
            return self.body
        return next((name for _, name in reversed(self.firms) if name.endswith(kind)), "")


def thread(facts: Iterable[Fact], lang: str) -> Thread:
    """Return the thread of a text whose people and parties are known."""
    people, firms = [], []
    for fact in sorted(facts, key=lambda one: one.start):
        if fact.type == "person_role" and isinstance(fact.value, Person):
            people.append((fact.start, fact.mention if lang == "ja" else fact.value.name))
        elif fact.type == "party" and not fact.rule.endswith("-state"):
            firms.append((fact.start, fact.mention))
    return Thread(people=tuple(people), firms=tuple(firms))


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split())


def chain(*links: str) -> str:
    """Join a speaker and what passed the words on; empty links and repetitions are left out."""
    return LINK.join(dict.fromkeys(link for link in links if link))


def quotations(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the ranges of quotations, marks included; a lost closing mark closes at the end."""
    return tuple(match.span() for match in _QUOTED.finditer(text, start, end))


def is_medium(name: str, words: re.Pattern[str]) -> bool:
    """Tell whether a name is a newspaper, an agency, a broadcaster or "the media"."""
    return MEDIA.search(name) is not None or words.search(name) is not None
