"""Two people who hold one office each: "Defence ministers Gen Nakatani of Japan and Yaşar Güler of Türkiye"."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from watchers.facts import offices
from watchers.facts.passage import CAP
from watchers.facts.roles import NAME_EN
from watchers.types import Person

if TYPE_CHECKING:
    from watchers.facts.passage import Passage

_OFFICE: Final = (
    r"(?:(?:[Dd]eputy|[Ff]ormer|[Vv]ice)[\s-])?(?:[Dd]efen[cs]e|[Ff]oreign|[Pp]rime|[Ii]nterior|[Ff]inance|[Tt]rade|[Ii]ndustry)\s[Mm]inister"
    r"|[Pp]resident|[Cc]hancellor|[Pp]remier|[Mm]inister|[Ss]enator|[Aa]mbassador|[Gg]eneral|[Aa]dmiral"
)
_COUNTRY: Final = rf"{CAP}(?:\s{CAP}){{0,2}}"
_PAIR: Final = re.compile(
    rf"(?<![\w-])(?P<office>{_OFFICE})s\s(?P<first>{NAME_EN})(?:\sof\s(?:the\s)?(?P<home>{_COUNTRY}))?\sand\s(?P<second>{NAME_EN})(?:\sof\s(?:the\s)?(?P<away>{_COUNTRY}))?"
)


def read_pairs(passage: Passage) -> list[tuple[int, int, Person]]:
    """Return the people of an English text who share the word for their office, each with where they stand."""
    found: list[tuple[int, int, Person]] = []
    for match in _PAIR.finditer(passage.text):
        role = offices.english(match["office"])
        for name, of in (("first", "home"), ("second", "away")):
            known = passage.name_at(match.start(name), match.end(name))
            if known and not known.entity.startswith("per:"):
                break
            found.append(
                (
                    match.start(name),
                    match.end(name),
                    Person(
                        name=known.name if known else match[name],
                        role=role,
                        of=_of(passage, match, of),
                        entity=known.entity if known else "",
                    ),
                )
            )
    return found


def _of(passage: Passage, match: re.Match[str], group: str) -> str:
    """Return the country of an office, by its English name if known; empty if none is said."""
    if not match[group]:
        return ""
    known = passage.name_at(match.start(group), match.end(group))
    return known.name if known else match[group]
