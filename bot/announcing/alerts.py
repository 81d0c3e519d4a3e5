"""What to tell a channel about a story, and when: pure, for no platform in particular."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from bot.announcing.budget import Contender
from bot.announcing.quiet import muting
from bot.wording.keyfacts import is_news
from watchers.relevance.decide import ALERT_AT, alerts, decide, likeness, strongest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from bot.announcing.tastes import Learnt
    from watchers.relevance.decide import Decision
    from watchers.store.rows_chat import Mute
    from watchers.types import Entry, Relevance, Report, Story, StoryUpdate, Watch

# The parts of a card in their usual order; a channel may leave some out and order them anew.
LAYOUT: Final = ("headline", "byline", "reason", "facts", "quote", "origins", "sources", "buttons")

ALERTING: Final[frozenset[Decision]] = frozenset({"urgent", "now"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """A channel as far as deciding and wording need it. `feeds` are the sources it reads.

    `home` is the channel whose watches, sources and mutes it has: itself, or the one it is bound to.
    """

    channel: str
    home: str
    name: str
    lang: str
    zone: ZoneInfo
    threshold: float  # relevance that alerts, in [0, 1]
    watches: tuple[Watch, ...]
    feeds: frozenset[int]
    quiet: str = ""
    layout: tuple[str, ...] = LAYOUT
    mutes: tuple[Mute, ...] = ()
    budget: int = 0  # alerts a local day by relevance; 0: no limit
    taste: Learnt | None = None  # what its home's votes taught, None without any

    def judged(self, report: Report) -> Relevance:
        """Return how relevant a report is here: by its home's exemplars and votes."""
        relevance = report.seen_by(self.home)
        return self.taste.judged(report, relevance) if self.taste else relevance

    def reads(self, entry: Entry) -> bool:
        """Tell whether a source it reads carries an article."""
        return entry.feed in self.feeds or not self.feeds.isdisjoint(entry.also_in)

    def mute_of(self, story: Story, entry: Entry) -> Mute | None:
        """Return the mute that keeps an article of a story quiet here, None if none does.

        Of its sources the one counts through which the channel reads it: the first, if it reads that.
        """
        first = (
            entry.feed if entry.feed in self.feeds else min(self.feeds & entry.also_in, default=entry.feed)
        )
        return muting(story, first, self.mutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing to do in one channel about a story.

    A card of its own; a reply beneath the card it has; an edit of that card, so that its counts are true; or
    nothing but a note that a mute, `held_by`, kept it quiet.
    """

    audience: Audience
    update: StoryUpdate
    kind: Literal["card", "reply", "edit", "held"]
    urgent: bool = False
    held_by: int = 0


def decision(reports: Iterable[Report], audience: Audience) -> Decision:
    """Return the strongest decision that any of these reports earns in a channel."""
    return strongest(_decisions(reports, audience))


def plan(update: StoryUpdate, audiences: Sequence[Audience], *, posted: frozenset[str]) -> tuple[Alert, ...]:
    """Return what to do now, and where; `posted` names the channels that already have the story's card.

    Beneath a card only facts are told that the story did not have, and corrections. A further origin alone
    changes the card's counts: a message for it would tell people what they know.
    """
    found: list[Alert] = []
    for audience in audiences:
        has_card = audience.channel in posted
        if audience.reads(update.report.entry) and (
            update.kind != "carried" or (not has_card and _only_through(update, audience))
        ):
            found += _planned(update, audience, has_card=has_card)
    return tuple(found)


def _only_through(update: StoryUpdate, audience: Audience) -> bool:
    """Tell whether a channel reads no feed that had the article before its carrier."""
    entry = update.report.entry
    return audience.feeds & {entry.feed, *entry.also_in} == {update.carrier}


def _planned(update: StoryUpdate, audience: Audience, *, has_card: bool) -> list[Alert]:
    one = decision(update.story.reports, audience)
    corrects = update.kind == "corrected" and bool(update.was or update.new_facts)
    if not has_card and (one not in {"urgent", "now"} or corrects):
        return []  # a correction concerns those who were told; a text that came late may earn a card
    mute = audience.mute_of(update.story, update.report.entry)
    if mute is None and not has_card:
        mute = _mute_behind(update.story, audience)
    if mute is not None:
        return [Alert(audience=audience, update=update, kind="held", held_by=mute.number)]
    if not has_card:
        return [Alert(audience=audience, update=update, kind="card", urgent=one == "urgent")]
    edit = Alert(audience=audience, update=update, kind="edit", urgent=one == "urgent")
    if update.was or any(map(is_news, update.new_facts)):
        return [Alert(audience=audience, update=update, kind="reply"), edit]
    return [edit]


def _mute_behind(story: Story, audience: Audience) -> Mute | None:
    """Return the mute of all that earns a story its card, None if a report that is heard earns it."""
    earned = zip(story.reports, _decisions(story.reports, audience), strict=True)
    found = [audience.mute_of(story, report.entry) for report, one in earned if one in ALERTING]
    return found[0] if found and all(found) else None


def leading(story: Story, audience: Audience) -> Report:
    """Return the report a card leads with: the first that earned it, so that edits never swap headlines."""
    for report, one in zip(story.reports, _decisions(story.reports, audience), strict=False):
        if one in {"urgent", "now"}:
            return report
    return story.lead


def _decisions(reports: Iterable[Report], audience: Audience) -> list[Decision]:
    return [
        decide(
            audience.judged(report),
            report.matches,
            audience.watches,
            threshold=audience.threshold,
            likeness=likeness(report),
        )
        if audience.reads(report.entry)
        else "store"
        for report in reports
    ]


def pings(update: StoryUpdate, audience: Audience) -> tuple[str, ...]:
    """Return whom a card pings: those named by the watches that the story meets, in the watches' order."""
    met = _met(update.story.reports, audience)
    return tuple(dict.fromkeys(w.mention for w in audience.watches if w.mention and w.number in met))


def is_pressing(alert: Alert) -> bool:
    """Tell whether a card goes out in quiet hours and over the budget: a watch met says `alert:now`."""
    return alert.urgent and asks_now(alert.update.story.reports, alert.audience)


def asks_now(reports: Iterable[Report], audience: Audience) -> bool:
    """Tell whether reports meet a watch that says `alert:now`."""
    met = _met(reports, audience)
    return any(w.alert == "now" and w.number in met for w in audience.watches)


def contenders(found: Iterable[tuple[int, Report]], audience: Audience) -> tuple[Contender, ...]:
    """Return what may alert of a channel's stories, as (story's number, report), for the budget's sake.

    What is over no budget because a watch says `alert:now` is left out.
    """
    by_rules = replace(audience, threshold=float("inf"))
    stories: dict[int, list[Report]] = {}
    for number, report in found:
        if audience.reads(report.entry):
            stories.setdefault(number, []).append(report)
    made = []
    for reports in stories.values():
        ruled = decision(reports, by_rules) in ALERTING
        judged = [audience.judged(report) for report in reports]
        score = max((one.score for one in judged if one.evidence), default=0.0)
        if (ruled or score) and not asks_now(reports, audience):
            first = min(report.entry.seen for report in reports)
            day = first.astimezone(audience.zone).date()
            made.append(Contender(day=day, score=score, ruled=ruled))
    return tuple(made)


def _met(reports: Iterable[Report], audience: Audience) -> frozenset[int]:
    """Return the rules and keyword lists whose words reports have, and the likenesses that they are like."""
    likenesses = frozenset(watch.number for watch in audience.watches if watch.kind == "like")
    met: set[int] = set()
    for report in reports:
        met.update(match.watch for match in report.matches if match.watch not in likenesses)
        met.update(watch.number for watch, _ in alike(report, audience.watches))
    return frozenset(met)


def alike(report: Report, watches: Iterable[Watch]) -> tuple[tuple[Watch, Relevance], ...]:
    """Return the likenesses that a report is like enough to alert by, the likest first."""
    views = likeness(report)
    found = [
        (watch, views[watch.number])
        for watch in watches
        if watch.number in views
        and alerts(views[watch.number], threshold=ALERT_AT if watch.threshold is None else watch.threshold)
    ]
    return tuple(sorted(found, key=lambda pair: -pair[1].score))
