"""Marks on cards and in digests: what sells, and what the budget kept for the digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.announcing import alerts
from bot.announcing.alerts import Audience
from bot.announcing.budget import Advice
from bot.messages import Actions, Heading, Text
from bot.wording import cards, digest
from tests.contracts.store.store_builders import MAIN, NOON, make_entry, make_report, make_story, make_update
from watchers.types import Relevance, Report

DESK = Audience(
    channel=MAIN,
    home=MAIN,
    name="Desk",
    lang="en",
    zone=ZoneInfo("UTC"),
    threshold=0.7,
    watches=(),
    feeds=frozenset({1}),
    budget=8,
)
SOLD = "Order now, free shipping."


def report(name: str, score: float, *, promotion: tuple[str, ...] = ()) -> Report:
    relevance = Relevance(score=score, reasons=(), evidence=("frigate",), model="none", promotion=promotion)
    return replace(make_report(make_entry(name)), relevance=relevance)


def day(*reports: Report, over: dict[int, int] | None = None, **more: object) -> digest.Digest:
    content = digest.Digest(
        audience=DESK,
        of=date(2025, 8, 20),
        start=NOON,
        end=NOON + timedelta(days=1),
        stories=tuple(replace(make_story(one), number=n) for n, one in enumerate(reports, 1)),
        alerted=frozenset(),
        entries=len(reports),
        over=over or {},
    )
    return replace(content, **more)  # type: ignore[arg-type]  # a test's own fields


def texts(blocks: tuple[object, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Text)]


def headings(content: digest.Digest) -> list[str]:
    return [b.text for b in digest.compose(content).blocks if isinstance(b, Heading)][1:]


@pytest.mark.parametrize(
    ("lang", "label"), [("en", "Promotional: “"), ("tr", "Tanıtım metni: “"), ("ja", "宣伝文：「")]
)
def test_a_promotional_report_is_labelled_on_its_card_and_in_the_digest(lang: str, label: str) -> None:
    sold = report("sails", 0.9, promotion=(SOLD,))
    story = replace(make_story(sold), number=3)
    here = replace(DESK, lang=lang, layout=("headline", "buttons"))
    (alert,) = alerts.plan(make_update(story, sold), [here], posted=frozenset())
    assert any(text.startswith(label + SOLD) for text in texts(cards.compose(alert).blocks))
    told = digest.compose(day(sold, audience=here))
    assert any(text.startswith(label + SOLD) for text in texts(told.blocks))
    plain = digest.compose(day(report("sails", 0.9), audience=here))
    assert not any(text.startswith(label) for text in texts(plain.blocks))


def test_what_the_budget_kept_is_told_in_full_however_long_the_digest() -> None:
    strong = [report(f"strong{n}", 0.8 + n / 100) for n in range(15)]
    kept = [report(f"kept{n}", 0.71) for n in range(3)]
    content = day(*strong, *kept, over={16: 8, 17: 8, 18: 8})
    told = headings(content)
    assert len(told) == digest.MOST_STORIES
    assert [title for title in told if "kept" in title] == [f"The kept{n} sails" for n in range(3)]
    lines = texts(digest.compose(content).blocks)
    assert sum(line.startswith("kept for the digest: budget of 8 reached") for line in lines) == 3
    assert "and 6 more" in lines
    assert any(line.startswith("3 earned an alert over the budget of 8 a day") for line in lines)


def test_a_flood_over_the_budget_is_told_beyond_the_usual_length() -> None:
    flood = [report(f"n{n:03}", 0.8) for n in range(60)]
    assert len(headings(day(*flood, over=dict.fromkeys(range(1, 61), 8)))) == digest.MOST_KEPT


@pytest.mark.parametrize(
    ("advice", "button"),
    [
        pytest.param(
            Advice(threshold=0.78, kept=13, days=14, a_day=6.5),
            "settings set threshold 0.78",
            id="a higher one",
        ),
        pytest.param(Advice(threshold=0.66, kept=14, days=14, a_day=6.5), "", id="the channel's is enough"),
        pytest.param(Advice(threshold=None, kept=0, days=14, a_day=20), "", id="rules alone"),
        pytest.param(None, "", id="nothing to go by"),
    ],
)
def test_the_digest_offers_the_threshold_that_keeps_the_budget(advice: Advice | None, button: str) -> None:
    told = digest.compose(day(report("kept", 0.8), over={1: 8}, advice=advice))
    commands = [b.command for block in told.blocks if isinstance(block, Actions) for b in block.buttons]
    assert commands == ([button] if button else [])
    assert any("on 13 of 14 days" in text for text in texts(told.blocks)) is bool(button)


def test_a_story_that_got_its_card_after_all_is_not_marked_as_kept() -> None:
    lines = texts(digest.compose(day(report("kept", 0.8), over={1: 8}, alerted=frozenset({1}))).blocks)
    assert any(line.startswith("already alerted") for line in lines)
    assert not any("over the budget" in line for line in lines)
