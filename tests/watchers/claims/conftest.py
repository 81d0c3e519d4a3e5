"""The gazetteer's own finder, and a short way to compare what two reports say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.known_names import shipped
from watchers.claims.compare import compare
from watchers.claims.read import read_claims
from watchers.types.claims import Claim, Verdict

if TYPE_CHECKING:
    from watchers.gazetteer.find import Finder

Told = tuple[str, str, str, str]  # text, language, day, source
Judge = Callable[[Told, Told, str], Verdict]
Read = Callable[..., tuple[Claim, ...]]


@cache
def known() -> Finder:
    """Load the shipped gazetteer once."""
    return shipped()


def told(text: str, lang: str, day: str, source: str) -> tuple[Claim, ...]:
    return read_claims(text, lang, date.fromisoformat(day), source, known())


@pytest.fixture(scope="session")
def judge() -> Judge:
    def judged(left: Told, right: Told, about: str) -> Verdict:
        return compare(told(*left), told(*right), about)

    return judged


@pytest.fixture(scope="session")
def read() -> Read:
    def claims(
        text: str, lang: str = "en", day: str = "2026-03-11", source: str = "a paper"
    ) -> tuple[Claim, ...]:
        return told(text, lang, day, source)

    return claims
