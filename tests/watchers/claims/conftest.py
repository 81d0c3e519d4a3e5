"""The gazetteer's own finder, and a short way to compare what two reports say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from watchers.claims.compare import compare
from watchers.claims.read import read_claims
from watchers.gazetteer.find import Finder
from watchers.gazetteer.load import load
from watchers.types.claims import Claim, Verdict

Told = tuple[str, str, str, str]  # text, language, day, source
Judge = Callable[[Told, Told, str], Verdict]
Read = Callable[..., tuple[Claim, ...]]


@cache
def known() -> Finder:
    """Load the shipped gazetteer once."""
    return Finder(load())


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
