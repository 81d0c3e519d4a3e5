"""What to tell a channel about a story, and when: pure, for no platform in particular."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from babel import Locale

from bot.keyfacts import choose, key_facts, lines
from bot.messages import Block, Facts, Heading, Link, Links, Message, Text
from bot.phrases import say
from bot.wording import moment, plain_value
from watchers.relevance.decide import decide, strongest
from watchers.stories.claims import disagreements
from watchers.stories.origins import origins

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from watchers.relevance.decide import Decision
    from watchers.types import Entry, Report, Story, StoryUpdate, Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """A channel as far as deciding and wording need it. `feeds` are the sources it reads."""

    channel: str
    name: str
    lang: str
    zone: ZoneInfo
    threshold: float  # relevance that alerts, in [0, 1]
    watches: tuple[Watch, ...]
    feeds: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing to tell one channel: a card of its own, or what is new beneath the card it already has."""

    audience: Audience
    update: StoryUpdate
    kind: Literal["card", "reply"]
    urgent: bool


def decision(reports: Iterable[Report], audience: Audience) -> Decision:
    """Return the strongest decision that any of these reports earns in a channel."""
    return strongest(
        decide(report.relevance, report.matches, audience.watches, threshold=audience.threshold)
        for report in reports
        if report.entry.feed in audience.feeds
    )


def plan(update: StoryUpdate, audiences: Sequence[Audience], *, posted: frozenset[str]) -> tuple[Alert, ...]:
    """Return what to tell now, and where; `posted` names the channels that already have the story's card.

    A report that brings neither a new fact nor a new independent origin is told to nobody.
    """
    alerts = []
    for audience in audiences:
        if update.report.entry.feed not in audience.feeds:
            continue
        if audience.channel in posted:
            if update.new_facts or update.new_origin:
                alerts.append(Alert(audience=audience, update=update, kind="reply", urgent=False))
            continue
        one = decision(update.story.reports, audience)
        if one in {"urgent", "now"}:
            alerts.append(Alert(audience=audience, update=update, kind="card", urgent=one == "urgent"))
    return tuple(alerts)


def compose(alert: Alert) -> Message:
    """Write an alert for its channel."""
    return _card(alert) if alert.kind == "card" else _reply(alert)


def _card(alert: Alert) -> Message:
    story, audience = alert.update.story, alert.audience
    report = _best(story, audience)
    lang = audience.lang
    blocks: list[Block] = [
        Heading(text=report.entry.title, url=report.entry.link),
        Text(text=byline(report.entry, audience), tone="small"),
        Text(text=reason(report, audience), tone="small"),
    ]
    facts = lines(key_facts(story), lang)
    if facts:
        blocks.append(Facts(lines=facts))
    blocks += standing(story, lang)
    return Message(
        kind="alert",
        notice=f"{report.entry.title} ({report.entry.outlet})",
        blocks=tuple(blocks),
        lang=lang,
        thread=f"t{story.number}",
        urgent=alert.urgent,
    )


def _reply(alert: Alert) -> Message:
    update, lang = alert.update, alert.audience.lang
    entry = update.report.entry
    blocks: list[Block] = [
        Text(text=say("also", lang, outlet=entry.outlet, language=language_name(entry.lang, lang))),
        Heading(text=entry.title, url=entry.link),
        Text(text=byline(entry, alert.audience), tone="small"),
    ]
    facts = lines(choose((fact, update.report) for fact in update.new_facts), lang)
    if facts:
        blocks.append(Facts(lines=facts))
    blocks += standing(update.story, lang)
    return Message(
        kind="update",
        notice=say("update", lang, story=f"t{update.story.number}", headline=entry.title),
        blocks=tuple(blocks),
        lang=lang,
        thread=f"t{update.story.number}",
    )


def _best(story: Story, audience: Audience) -> Report:
    """Return the report a card leads with: the most relevant, in the channel's language if no worse."""
    return max(
        story.reports,
        key=lambda r: (round(r.relevance.score, 1), r.entry.lang == audience.lang, r.relevance.score),
    )


def byline(entry: Entry, audience: Audience) -> str:
    """Return "Outlet · time · language · a88"."""
    parts = [
        entry.outlet,
        moment(entry.when, audience.zone, audience.lang),
        language_name(entry.lang, audience.lang),
    ]
    return " · ".join([*parts, f"a{entry.number}"] if entry.number else parts)


def reason(report: Report, audience: Audience) -> str:
    """Return in one line why an entry is shown in a channel."""
    lang = audience.lang
    names = {watch.number: watch.name for watch in audience.watches}
    rules = [names[m.watch] for m in report.matches if m.watch in names]
    if report.relevance.score >= audience.threshold and report.relevance.evidence:
        text = say(
            "why_relevance",
            lang,
            score=f"{report.relevance.score:.2f}",
            evidence=", ".join(report.relevance.evidence[:3]),
        )
    else:
        text = say("why_rule", lang, rule=", ".join(rules))
    words = dict.fromkeys(hit.term for m in report.matches if m.watch in names for hit in m.hits)
    return f"{text} · {say('words', lang, words=', '.join(list(words)[:4]))}" if words else text


def confirmation(story: Story, lang: str) -> str:
    """Return how many independent origins report a story, and which; one alone leaves it unconfirmed."""
    independent = origins(story.reports)
    names = ", ".join(origin.name for origin in independent)
    if len(independent) == 1:
        return say("origins_one", lang, names=names)
    return say("origins", lang, count=len(independent), names=names)


def standing(story: Story, lang: str) -> list[Block]:
    """Return who reports a story and where the reports differ."""
    text = confirmation(story, lang) + " · " + say("first", lang, outlet=story.lead.entry.outlet)
    blocks: list[Block] = [Text(text=text, tone="small")]
    by_key = {report.entry.key: report.entry for report in story.reports}
    for dispute in disagreements(story.reports):
        sides = "; ".join(
            say(
                "side",
                lang,
                outlet=by_key[side.entries[0]].outlet,
                value=plain_value(side.facts[0].value, lang),
            )
            for side in dispute.sides
        )
        blocks.append(Text(text=say("disagree", lang, about=dispute.about, sides=sides), tone="warning"))
    if len(story.reports) > 1:
        links = tuple(Link(text=f"{e.outlet} ({e.lang})", url=e.link) for e in by_key.values())
        blocks.append(Links(label=say("sources", lang), links=links))
    return blocks


def language_name(code: str, lang: str) -> str:
    """Return a language's name in another language, the code itself where it has none."""
    return str(Locale.parse(lang).languages.get(code, code))
