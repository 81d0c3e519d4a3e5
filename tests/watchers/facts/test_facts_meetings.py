"""A meeting is told in one word for every language and by who is named in its sentence."""

from __future__ import annotations

# A case is one line, however long.
# ruff: noqa: E501
from datetime import date
from typing import TYPE_CHECKING

import pytest

from watchers.facts.extract import extract

if TYPE_CHECKING:
    from tests.watchers.facts.conftest import FewNames, Values

MET = {
    "talks in English": ("en", "Defence Minister Ana Kovel met Mara Lindqvist.", ["talks: Ana Kovel, Mara Lindqvist"]),
    "talks in Turkish": ("tr", "Savunma Bakanı Deniz Alkan, Mara Lindqvist ile bir araya geldi.", ["talks: Deniz Alkan, Mara Lindqvist"]),
    "talks in Japanese": ("ja", "山田防衛相は8日、ノルウェーで会談した。", ["talks: 山田"]),
    "a visit in Turkish": ("tr", "Mara Lindqvist, Baykar'ı gezdi.", ["visit: Mara Lindqvist, Baykar"]),
    "a guest in English": ("en", "General Tom Varga hosted the Defence Minister.", ["visit: Tom Varga"]),
    "a guest in Turkish": ("tr", "Deniz Alkan, bakanı kabul etti.", ["visit"]),
    "a place is nobody": ("tr", "Bakan, konuğuyla Doha'da görüştü.", ["talks"]),
    "who is named again met again": (
        "en",
        "Mara Lindqvist arrived on Monday. Mara Lindqvist visited Baykar in Lisbon.",
        ["visit: Mara Lindqvist, Baykar"],
    ),
    "who is named elsewhere did not meet": (
        "en",
        "Mara Lindqvist spoke. Defence Minister Ana Kovel met Tom Varga, the army chief.",
        ["talks: Ana Kovel, Tom Varga"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), list(MET.values()), ids=list(MET))
def test_a_meeting_is_its_kind_and_who_met(values: Values, lang: str, text: str, expected: list[str]) -> None:
    assert values("meeting", lang, text) == expected


def test_the_articles_own_words_stay_behind_it(finder: FewNames) -> None:
    text = "Savunma Bakanı Deniz Alkan, Mara Lindqvist ile bir araya geldi."
    facts = extract(text, lang="tr", published=date(2026, 3, 11), finder=finder)
    (meeting,) = [fact for fact in facts if fact.type == "meeting"]
    assert (meeting.mention, meeting.sentence) == ("bir araya geldi", text)
