"""A finder of a few names, and a short way to read the values of one kind of fact."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from watchers.facts.extract import extract
from watchers.types import Mention

NAMES = {
    "Finland": "loc:FI", "Kenya": "loc:KE", "Chile": "loc:CL", "Oman": "loc:OM", "Norveç": "loc:NO",
    "ノルウェー": "loc:NO",
    "Lisbon": "loc:lisbon", "Doha": "loc:doha", "Baykar": "org:baykar", "Bayraktar TB2": "pla:bayraktar-tb2",
    "Mara Lindqvist": "per:mara-lindqvist",
}  # fmt: skip


class FewNames:
    """Finds the names of one table wherever they stand."""

    def find(self, text: str, lang: str) -> tuple[Mention, ...]:
        """Return the table's names in order; the language makes no difference."""
        del lang
        found = [
            Mention(start=place.start(), end=place.end(), mention=name, entity=entity, name=name)
            for name, entity in NAMES.items()
            for place in re.finditer(re.escape(name), text)
        ]
        return tuple(sorted(found, key=lambda mention: mention.start))


Values = Callable[[str, str, str], list[str]]


@pytest.fixture
def finder() -> FewNames:
    return FewNames()


@pytest.fixture
def values(finder: FewNames) -> Values:
    def read(kind: str, lang: str, text: str) -> list[str]:
        facts = extract(text, lang=lang, published=date(2026, 3, 11), finder=finder)  # a Wednesday
        return [str(fact.value) for fact in facts if fact.type == kind]

    return read
