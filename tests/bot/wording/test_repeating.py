"""A digest leaves out facts that only say again what its headline or summary says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.wording.repeating import Above, adding
from tests.watchers.stories.story_builders import make_fact, make_report
from watchers.types import Count, Named, Period, Person, Words

if TYPE_CHECKING:
    from watchers.types import Fact, Report

ABOVE = Above(
    headline="Nakatani tours Baykar in Istanbul a day after the Ankara talks",
    told="Defence Minister Gen Nakatani toured the drone maker Baykar on 20 August.",
    lang="en",
)


def event(words: str, *, kind: str = "meeting") -> Fact:
    return replace(
        make_fact("meeting", Words(text=words)),
        type="agreement" if kind == "agreement" else "meeting",
        mention=words,
    )


def named(name: str, *, role: str = "", said_by: str = "") -> Fact:
    fact = make_fact("party", Named(name=name))
    return replace(fact, role=role, said_by=said_by)


def report(lang: str = "en") -> Report:
    return replace(make_report("A report", key=lang, lang=lang))


@pytest.mark.parametrize(
    "fact",
    [
        pytest.param(event("tours Baykar in Istanbul a day after the Ankara talks"), id="the headline"),
        pytest.param(event("toured the drone maker Baykar on 20 August"), id="the summary"),
        pytest.param(event("TOURED the drone  maker Baykar"), id="other capitals and blanks"),
        pytest.param(named("Baykar"), id="a name of the headline"),
        pytest.param(make_fact("location", Named(name="Istanbul")), id="a place of the headline"),
        pytest.param(
            make_fact("person_role", Person(name="Nakatani", role="", of="")), id="a person without office"
        ),
    ],
)
def test_what_stands_above_is_not_said_again(fact: Fact) -> None:
    assert adding([(fact, report())], ABOVE) == []


@pytest.mark.parametrize(
    "fact",
    [
        pytest.param(event("met the chairman for two hours"), id="another meeting"),
        pytest.param(event("agreed to consultations", kind="agreement"), id="an agreement"),
        pytest.param(named("Baykar", role="seller"), id="a seller whom the headline names"),
        pytest.param(named("Baykar", said_by="the ministry"), id="a name that somebody gave"),
        pytest.param(named("Gen Nakatani"), id="a fuller name"),
        pytest.param(
            make_fact("person_role", Person(name="Nakatani", role="defence minister", of="Japan")),
            id="an office",
        ),
        pytest.param(make_fact("quantity", Count(low=20, high=20)), id="a number that the summary has"),
        pytest.param(make_fact("date", Period(text="2025-08-20")), id="a date that the summary has"),
        pytest.param(make_fact("status", Words(text="signed")), id="a state"),
    ],
)
def test_what_says_more_stays(fact: Fact) -> None:
    assert adding([(fact, report())], ABOVE) == [(fact, report())]


def test_an_event_that_stands_above_is_not_told_again_in_another_language() -> None:
    told = event("toured the drone maker Baykar")
    turkish = (event("Baykar'ı gezdi"), report("tr"))
    assert adding([(told, report()), turkish], ABOVE) == []
    assert adding([turkish], ABOVE) == [turkish]


def test_an_event_in_nearly_the_same_words_is_not_told_again() -> None:
    told = event("toured the drone maker Baykar on 20 August")
    alike = event("toured the drone maker Baykar on Wednesday 20 August")
    other = event("sat down with the chairman of the firm")
    assert adding([(told, report()), (alike, report()), (other, report())], ABOVE) == [(other, report())]
