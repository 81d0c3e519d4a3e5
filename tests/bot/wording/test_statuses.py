"""Of a story's reports that follow one another, what came of it stands before what led there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.messages import Facts, Heading
from bot.wording import digest
from bot.wording.keyfacts import key_facts
from tests.bot.wording.card_samples import DESK, MONDAY, story_of, told
from tests.watchers.stories.story_builders import make_fact, money
from watchers.types import Fact, Period, Relevance, Report, Words


def status(word: str, confidence: float = 0.9) -> Fact:
    return replace(make_fact("status", Words(text=word)), confidence=confidence)


def report(title: str, *statuses: str, hours: float = 0, score: float = 0.91) -> Report:
    facts = tuple(status(word) for word in statuses)
    made = told(title, outlet=f"Post {hours}", facts=facts, hours=hours)
    return replace(made, entry=replace(made.entry, key=title), relevance=replace(made.relevance, score=score))


VISIT = report("Ostmark's minister to visit a yard, frigates considered", "considering", score=0.97)
SIGNS = report("Ostmark signs for 20 frigates", "signed", hours=6)


def statuses(*reports: Report) -> list[str]:
    return [str(fact.value) for fact, _ in key_facts(story_of(*reports)) if fact.type == "status"]


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        pytest.param((VISIT, SIGNS), ["signed", "considering"], id="signed after it was considered"),
        pytest.param(
            (SIGNS, report("A second lot is considered", "considering", hours=9)),
            ["signed", "considering"],
            id="what lies ahead overtakes no decision",
        ),
        pytest.param(
            (SIGNS, report("Ostmark denies it", "denied", hours=9)), ["denied", "signed"], id="denied later"
        ),
        pytest.param(
            (VISIT, report("Ostmark plans frigates", "planned", hours=9)),
            ["planned", "considering"],
            id="a later plan",
        ),
        pytest.param(
            (VISIT, report("Ostmark signs", "signed")), ["considering", "signed"], id="reports of one moment"
        ),
        pytest.param(
            (report("Ostmark signs; first due in 2028", "planned", "signed"),),
            ["signed", "planned"],
            id="one report of a deal and what it plans",
        ),
    ],
)
def test_the_status_that_holds_now_comes_first(reports: tuple[Report, ...], expected: list[str]) -> None:
    assert statuses(*reports) == expected


def test_a_later_report_of_the_same_takes_nothing_from_the_first_ones_words() -> None:
    later = report("İmzalar atıldı", "signed", hours=9)
    (found,) = [one for fact, one in key_facts(story_of(SIGNS, later)) if fact.type == "status"]
    assert found.entry.title == SIGNS.entry.title


def test_a_card_says_signed_where_deliveries_fill_another_sentence() -> None:
    due = replace(
        make_fact("delivery_deadline", Period(text="2028-03")), sentence="Four are due by March 2028."
    )
    plans = replace(status("planned"), confidence=0.8, sentence=due.sentence)
    signs = replace(status("signed"), confidence=0.8, sentence="The ministry signed on Friday.")
    priced = replace(money("250000000", role="deal_value"), sentence=VISIT.entry.title)
    deal = replace(VISIT, facts=(priced, due, plans, signs))
    found = [str(fact.value) for fact, _ in key_facts(story_of(deal))]
    assert [word for word in found if word in {"signed", "planned"}] == ["signed"]


def headings(*reports: Report) -> tuple[list[str], list[str]]:
    message = digest.compose(
        digest.Digest(
            audience=DESK,
            of=date(2025, 8, 19),
            start=MONDAY,
            end=MONDAY + timedelta(days=1),
            stories=(story_of(*reports),),
            alerted=frozenset(),
            entries=2,
        )
    )
    lines = [line.value for block in message.blocks if isinstance(block, Facts) for line in block.lines]
    return [block.text for block in message.blocks if isinstance(block, Heading)][1:], lines


def test_a_digest_leads_with_the_report_of_the_signing() -> None:
    priced = replace(SIGNS, facts=(*SIGNS.facts, money("250000000", role="deal_value")))
    (headline,), lines = headings(VISIT, priced)
    assert headline == SIGNS.entry.title
    assert lines[:2] == ["€250M", "signed"]


@pytest.mark.parametrize("status", ["no_decision", "not_signed", "not_started"])
def test_a_digest_leads_with_the_signing_and_not_with_what_was_open_before(status: str) -> None:
    before = report("Ostmark's minister visits a yard, nothing decided", status, score=0.97)
    (headline,), _ = headings(before, SIGNS)
    assert headline == SIGNS.entry.title


def test_what_was_said_to_be_open_after_a_signing_keeps_its_place() -> None:
    after = report("Ostmark: no decision on the second lot", "no_decision", hours=9, score=0.97)
    (headline,), _ = headings(SIGNS, after)
    assert headline == after.entry.title


def test_a_later_report_that_is_not_worth_telling_leads_no_digest() -> None:
    slight = replace(SIGNS, relevance=Relevance(score=0.1, reasons=()))
    (headline,), _ = headings(VISIT, slight)
    assert headline == VISIT.entry.title


def test_a_digest_ranks_a_story_by_its_most_relevant_report() -> None:
    other = replace(story_of(report("Something else", score=0.95)), number=8)
    content = digest.Digest(
        audience=DESK,
        of=date(2025, 8, 19),
        start=MONDAY,
        end=MONDAY + timedelta(days=1),
        stories=(other, story_of(VISIT, SIGNS)),
        alerted=frozenset(),
        entries=2,
    )
    assert [story.number for story in digest.ranked(content)] == [7, 8]
