"""One outlet's several reports: it does not report "too" nor contradict itself, and nothing is said again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.announcing.alerts import Alert
from bot.messages import Message, Text
from bot.wording import cards
from tests.bot.wording.card_samples import DESK, EXACT, ROUGH, story_of, told
from tests.watchers.stories.story_builders import money
from watchers.types import Report, StoryUpdate

FIRST = told(
    "Ostmark orders corvettes for €1.2 billion",
    outlet="Harbour Post",
    facts=(money("1200000000", role="deal_value"),),
)
LATER = told(
    "Corvettes for €1.3 billion",
    outlet="Harbour Post",
    facts=(money("1300000000", role="deal_value"),),
    hours=5,
)
OTHER = told(
    "Corvettes cost €1.5 billion",
    outlet="Coast Post",
    facts=(money("1500000000", role="deal_value"),),
    hours=6,
)


def beneath(*reports: Report, lang: str = "en") -> Message:
    """Word the reply beneath a card that the last of some reports is told in."""
    story = story_of(*reports)
    new = reports[-1]
    update = StoryUpdate(
        story=story, report=new, kind="joined", new_facts=new.facts, new_origin=False, at=story.updated
    )
    return cards.compose(Alert(audience=replace(DESK, lang=lang), update=update, kind="reply"))


def texts(message: Message) -> list[str]:
    return [block.text for block in message.blocks if isinstance(block, Text)]


@pytest.mark.parametrize(
    ("lang", "more", "now"),
    [
        (
            "en",
            "Harbour Post (English) reports more",
            "Harbour Post now reports €1.3B (deal value), before €1.2B",
        ),
        ("tr", "Harbour Post (İngilizce) yeni bilgi veriyor", "Harbour Post artık "),
        ("ja", "Harbour Post（英語）が続報", "Harbour Postは現在"),
    ],
)
def test_an_outlet_by_itself_reports_more_and_has_a_new_figure(lang: str, more: str, now: str) -> None:
    found = texts(beneath(FIRST, LATER, lang=lang))
    assert found[0] == more
    (line,) = [text for text in found if text.startswith(now)]
    assert line.index("1.3" if lang == "en" else "1") < len(line)


def test_what_came_last_is_what_an_outlet_reports_now_whatever_the_order() -> None:
    (line,) = [text for text in texts(beneath(LATER, FIRST)) if "now reports" in text]
    assert line == "Harbour Post now reports €1.3B (deal value), before €1.2B"


def test_two_figures_of_one_moment_stay_a_difference() -> None:
    at_once = replace(
        LATER, entry=replace(LATER.entry, published=FIRST.entry.published, seen=FIRST.entry.seen)
    )
    assert any(text.startswith("The reports differ on deal value") for text in texts(beneath(FIRST, at_once)))


def test_another_outlet_reports_it_too_and_differs() -> None:
    found = texts(beneath(FIRST, OTHER))
    assert found[0] == "Coast Post (English) reports it too"
    assert "The reports differ on deal value: Harbour Post reports €1.2B; Coast Post reports €1.5B" in found


def test_what_others_know_more_exactly_is_not_said_again_beneath_every_report() -> None:
    third = told("Radars will guard the coast", outlet="Yard Gazette", hours=3)
    assert any(text.startswith("Known more exactly") for text in texts(beneath(ROUGH, EXACT)))
    assert not any(text.startswith("Known more exactly") for text in texts(beneath(ROUGH, EXACT, third)))
