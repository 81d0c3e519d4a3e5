"""Cards as the bot words them from stories of an invented newsroom, for what both looks make of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.announcing.alerts import Alert, Audience
from bot.announcing.steps import step_line
from bot.wording import cards
from tests.watchers.stories.story_builders import deadline, make_fact, make_report, money
from watchers.store.rows_stories import Step
from watchers.types import Hit, Match, Money, Named, Relevance, Story, StoryUpdate, Watch

if TYPE_CHECKING:
    from bot.messages import Message
    from watchers.types import Fact, Report

MONDAY: Final = datetime(2025, 8, 18, 9, 0, tzinfo=UTC)
DESK: Final = Audience(
    channel="preview:main",
    home="preview:main",
    name="Desk",
    lang="en",
    zone=ZoneInfo("Europe/Istanbul"),
    threshold=0.7,
    watches=(
        Watch(number=1, channel="preview:main", name="drones", expression="fact:contract>1bn", kind="rule"),
    ),
    feeds=frozenset({1}),
)
LONG: Final = "The two navies will share a yard, a dock and the crews that work there from the spring on."


def told(
    title: str,
    summary: str = "",
    *,
    outlet: str,
    facts: tuple[Fact, ...] = (),
    hours: float = 0,
    lang: str = "en",
) -> Report:
    """Make a report whose facts stand in its headline."""
    host = "".join(c for c in outlet.lower() if c.isascii() and c.isalnum()) or "hoppo"
    made = make_report(
        title,
        summary,
        key=f"{outlet} {hours}",
        outlet=outlet,
        hours=hours,
        when=MONDAY,
        lang=lang,
        facts=tuple(replace(fact, sentence=title) for fact in facts),
        link=f"https://{host}.example/1",
    )
    relevance = Relevance(score=0.91, reasons=(), evidence=("unmanned aircraft",), model="none")
    return replace(made, entry=replace(made.entry, number=41 + int(hours)), relevance=relevance)


def story_of(*reports: Report, number: int = 7) -> Story:
    """Make a story of reports."""
    first, last = reports[0].entry.when, reports[-1].entry.when
    return Story(number=number, key=reports[0].entry.key, reports=reports, opened=first, updated=last)


def card(*reports: Report, lang: str = "en", earlier: str = "") -> Message:
    """Word the card of a story in a channel's language."""
    story = story_of(*reports)
    update = StoryUpdate(
        story=story, report=reports[0], kind="opened", new_facts=(), new_origin=True, at=story.updated
    )
    audience = replace(DESK, lang=lang)
    return cards.compose(Alert(audience=audience, update=update, kind="card"), earlier=earlier)


ORDER: Final = told(
    "Ostmark orders four corvettes for €310 million",
    outlet="Inland Courier",
    facts=(money("310000000", role="deal_value"),),
)
DEARER: Final = told(
    "Four corvettes cost Ostmark €450 million, the ministry says",
    outlet="Coast Post",
    facts=(replace(money("450000000", role="deal_value"), said_by="the ministry"),),
    hours=2,
)
LATE: Final = told(
    "Corvettes reach Ostmark by 2031", outlet="Körfez Haber", facts=(deadline("2031", bound="end"),), hours=3
)
EARLY: Final = told(
    "Corvettes due in 2029, yard says",
    outlet="Yard Gazette",
    facts=(replace(deadline("2029"), said_by="the yard", hedge="reported"),),
    hours=4,
)
ROUGH: Final = told(
    "Ostmark spends more than €5.5 billion on radars",
    outlet="Inland Courier",
    facts=(money("5500000000", role="deal_value", bound="min"),),
)
EXACT: Final = told(
    "Radars for €7.154 billion", outlet="Coast Post", facts=(money("7154000000", role="deal_value"),), hours=1
)
MAKES: Final = told(
    "Visitors see Baykar's AKSUNGUR drone",
    outlet="Inland Courier",
    facts=(make_fact("platform", Named(name="Aksungur", entity="pla:aksungur"), "AKSUNGUR"),),
)
COPIES: Final = (
    told("Ministers meet", LONG + " Officials will prepare it.", outlet="TRT World"),
    told("Bakanlar Ankara'da görüştü", outlet="TRT Haber", hours=1, lang="tr"),
    told("Görüşmeden ilk kareler", outlet="Anadolu Ajansı", hours=2, lang="tr"),
    told("Talks end with a plan", "(Reuters) " + LONG, outlet="Coast Post", hours=3),
    told("両大臣が会談", outlet="北浜新聞", hours=4, lang="ja"),
)
ONE_TEXT: Final = tuple(
    told(title, outlet="TRT Global", hours=n, lang=lang)
    for n, (lang, title) in enumerate(
        (
            ("en", "Ministers meet in Ankara"),
            ("no", "Ministrene møttes i Ankara"),
            ("ja", "両大臣がアンカラで会談"),
            ("fa", "دیدار وزیران در آنکارا"),
            ("id", "Para menteri bertemu di Ankara"),
        )
    )
)


def _rate() -> Message:
    """Word the card of an amount that met a rule only after conversion."""
    title = "Norland signs a contract worth 200 billion yen for frigates"
    mention = "200 billion yen"
    yen = Money(low=Decimal(200_000_000_000), high=Decimal(200_000_000_000), currency="JPY")
    start = title.index(mention)
    fact = replace(
        make_fact("money", yen, mention, role="deal_value"),
        start=start,
        end=start + len(mention),
        sentence=title,
    )
    report = told(title, outlet="Inland Courier")
    hit = Hit(term="fact:contract>1bn", scope="title", start=start, end=start + len(mention))
    matches = (Match(watch=1, channel=DESK.channel, hits=(hit,)),)
    return card(replace(report, facts=(fact,), matches=matches))


def _corrected() -> Message:
    """Word the reply beneath a card of an outlet that changed its figure."""
    now = replace(ORDER, facts=(money("710000000", role="deal_value"),))
    update = StoryUpdate(
        story=story_of(now),
        report=now,
        kind="corrected",
        new_facts=now.facts,
        new_origin=False,
        at=MONDAY + timedelta(hours=5),
        was=ORDER.facts,
    )
    return cards.compose(Alert(audience=DESK, update=update, kind="reply"))


def _step() -> str:
    return step_line(
        Step(story=3, title="Ostmark plans four corvettes", at=MONDAY - timedelta(days=30)), DESK
    )


SAMPLES: Final[dict[str, Message]] = {
    "differing": card(ORDER, DEARER, LATE, EARLY),
    "differing-tr": card(ORDER, DEARER, LATE, EARLY, lang="tr"),
    "differing-ja": card(ORDER, DEARER, LATE, EARLY, lang="ja"),
    "exactly": card(ROUGH, EXACT),
    "exactly-tr": card(ROUGH, EXACT, lang="tr"),
    "exactly-ja": card(ROUGH, EXACT, lang="ja"),
    "reference": card(MAKES),
    "reference-tr": card(MAKES, lang="tr"),
    "reference-ja": card(MAKES, lang="ja"),
    "folded": card(*COPIES),
    "one-text": card(*ONE_TEXT),
    "merged": cards.merged("t9", story_of(ORDER, DEARER), lang="en"),
    "earlier": card(ORDER, earlier=_step()),
    "rate": _rate(),
    "corrected": _corrected(),
}
