"""A meeting is told in one word for every language, and by who met whom or saw what."""

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
    "a guest in English": ("en", "General Tom Varga hosted the Defence Minister.", ["visit: Tom Varga, the Defence Minister"]),
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
    "where nobody is named": ("en", "Officers visited the Ostervik missile plant.", ["visit: the Ostervik missile plant"]),
    "a plant": ("en", "General Tom Varga visited the Ostervik missile plant.", ["visit: Tom Varga, the Ostervik missile plant"]),
    "a plant that two saw": (
        "en",
        "General Tom Varga and Mara Lindqvist visited the Ostervik plant.",
        ["visit: Tom Varga, Mara Lindqvist, the Ostervik plant"],
    ),
    "a state": ("en", "General Tom Varga visited Kenya.", ["visit: Tom Varga, Kenya"]),
    "a state in Turkish": ("tr", "Mara Lindqvist, dün Norveç'i ziyaret etti.", ["visit: Mara Lindqvist, Norveç"]),
    "a state in Japanese": ("ja", "山田防衛相は8日、ノルウェーを訪問した。", ["visit: 山田, ノルウェー"]),
    "where a visitor is from": ("ja", "ノルウェーの首相が訪問した。", ["visit"]),
    "a named firm among more words": ("en", "Officers visited Baykar in Lisbon.", ["visit: Baykar in Lisbon"]),
    "another's minister": (
        "en",
        "General Tom Varga received the Foreign Minister of Kenya.",
        ["visit: Tom Varga, the Foreign Minister of Kenya"],
    ),
    "nobody but where": ("en", "General Tom Varga held talks in Lisbon.", ["talks: Tom Varga"]),
    "a day alone": ("en", "Officers held talks on Monday.", ["talks"]),
    "a place alone": ("en", "The two-day meeting in Lisbon ended.", ["talks"]),
    "a day before whom it was with": ("en", "General Tom Varga met on Monday with the King.", ["talks: Tom Varga, the King"]),
    "a sentence behind one letter": ("en", "General Tom Varga met Plan B. The talks ended.", ["talks: Tom Varga, Plan B"]),
    "guests from a state in Turkish": ("tr", "Mara Lindqvist, Norveç'ten gelen konukları ağırladı.", ["visit: Mara Lindqvist"]),
    "a delegation in Turkish": ("tr", "Mara Lindqvist, Norveç heyetini kabul etti.", ["visit: Mara Lindqvist"]),
    "dots that end nothing": ("en", "General Tom Varga met the U.S. buyers in Lisbon.", ["talks: Tom Varga, the U.S. buyers in Lisbon"]),
    "hostages are no hosts": (
        "en",
        "General Tom Varga met the hostage families in Lisbon.",
        ["talks: Tom Varga, the hostage families in Lisbon"],
    ),
    "a name that welcomes": ("en", "General Tom Varga met Welcome Group officials.", ["talks: Tom Varga, Welcome Group"]),
    "tourism is no tour": ("en", "General Tom Varga met the tourism officials of Kenya.", ["talks: Tom Varga, the tourism officials of Kenya"]),
    "talks on a visit": (
        "en",
        "General Tom Varga met his counterpart during a visit to Kenya.",
        ["talks: Tom Varga, his counterpart during a visit to Kenya"],
    ),
    "both before it": ("en", "General Tom Varga and Mara Lindqvist met in Lisbon.", ["talks: Tom Varga, Mara Lindqvist"]),
    "both before it and a day": ("en", "General Tom Varga and Mara Lindqvist met on Monday.", ["talks: Tom Varga, Mara Lindqvist"]),
    "targets that were met": ("en", "The targets were met in Lisbon, General Tom Varga said.", []),
    "a deadline that has been met": ("en", "The deadline has been met in Lisbon, General Tom Varga said.", []),
}  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), list(MET.values()), ids=list(MET))
def test_a_meeting_is_its_kind_and_who_met(values: Values, lang: str, text: str, expected: list[str]) -> None:
    assert values("meeting", lang, text) == expected


def test_the_articles_own_words_stay_behind_it(finder: FewNames) -> None:
    text = "Savunma Bakanı Deniz Alkan, Mara Lindqvist ile bir araya geldi."
    facts = extract(text, lang="tr", published=date(2026, 3, 11), finder=finder)
    (meeting,) = [fact for fact in facts if fact.type == "meeting"]
    assert (meeting.mention, meeting.sentence) == ("bir araya geldi", text)
