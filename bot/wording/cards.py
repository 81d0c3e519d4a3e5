"""Write an alert's messages: its card, what is new beneath it, what stands where one was retracted. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.announcing.alerts import alike, leading, pings
from bot.messages import Actions, Block, Button, Facts, Heading, Link, Links, Message, Text
from bot.wording import folding
from bot.wording.differing import differences, stated
from bot.wording.folding import language_name
from bot.wording.found import words_found
from bot.wording.keyfacts import choose, key_facts, lines
from bot.wording.names import listed
from bot.wording.phrases import say
from bot.wording.rates import exchanged
from bot.wording.values import label, moment, shorten
from watchers.languages import READ_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.announcing.alerts import Alert, Audience
    from watchers.types import Entry, Fact, Report, Story

MOST_CHANGES: Final = 6  # kinds of fact told of one correction; an article may be rewritten whole


def compose(
    alert: Alert,
    *,
    followers: tuple[str, ...] = (),
    gloss: str = "",
    earlier: str = "",
    lost: tuple[str, ...] = (),
) -> Message:
    """Write an alert for its channel.

    `followers` are those to ping beneath the card, as "user:U0123"; `gloss` is a machine's translation of the
    headline of `headlined`, `earlier` a card's line on the step before, each empty for none. `lost` are a
    card's lines on articles that are gone or withdrawn.
    """
    return _reply(alert, followers, gloss) if alert.kind == "reply" else _card(alert, gloss, earlier, lost)


def headlined(alert: Alert) -> Report:
    """Return the report whose headline an alert shows."""
    return alert.update.report if alert.kind == "reply" else leading(alert.update.story, alert.audience)


def headline(entry: Entry, lang: str, gloss: str = "") -> list[Block]:
    """Return an entry's headline and, marked as such, what a machine made of it in the reader's language."""
    translated = [Text(text=say("machine", lang, gloss=gloss), tone="small")] if gloss else []
    return [Heading(text=entry.title, url=entry.link), *translated]


def promotional(report: Report, audience: Audience) -> list[Block]:
    """Return the line that labels a promotional report, with a sentence that shows it; nothing for others."""
    return [
        Text(text=say("promotional", audience.lang, sentence=shorten(sentence)), tone="small")
        for sentence in audience.judged(report).promotion[:1]
    ]


def marks(report: Report, audience: Audience) -> list[Block]:
    """Return what a reader should know of a report before its facts: that it sells, or was not read whole."""
    return [*promotional(report, audience), *names_only(report.entry, audience.lang)]


def names_only(entry: Entry, lang: str) -> list[Block]:
    """Return the line that says that no figures are read in an entry's language; nothing where they are."""
    if entry.lang in READ_LANGUAGES:
        return []
    language = language_name(entry.lang, lang)
    return [Text(text=say("names_only", lang, language=language), tone="small")]


def _card(alert: Alert, gloss: str, earlier: str, lost: tuple[str, ...]) -> Message:
    story, audience = alert.update.story, alert.audience
    report = headlined(alert)
    blocks: list[Block] = []
    for part in audience.layout:
        blocks += _part(part, report, story, audience, gloss)
        if part == "origins" and earlier:
            blocks.append(Text(text=earlier, tone="small"))
        if part == "headline" or (part == audience.layout[-1] and "headline" not in audience.layout):
            blocks += [Text(text=line, tone="small") for line in lost]
    return Message(
        kind="alert",
        notice=f"{report.entry.title} ({report.entry.outlet})",
        blocks=tuple(blocks),
        lang=audience.lang,
        thread=f"t{story.number}",
        urgent=alert.urgent,
        mentions=pings(alert.update, audience) if alert.kind == "card" else (),
    )


def _part(  # noqa: PLR0911 - a table
    name: str, report: Report, story: Story, audience: Audience, gloss: str
) -> list[Block]:
    """Return one part of a card's layout, empty where there is nothing to say or it is part of another."""
    match name:
        case "headline":
            return [*headline(report.entry, audience.lang, gloss), *marks(report, audience)]
        case "byline":
            return [Text(text=byline(report.entry, audience), tone="small")]
        case "reason":
            exchange = exchanged(report, audience.watches, audience.lang)[:1]
            return [Text(text=line, tone="small") for line in (reason(report, audience), *exchange)]
        case "facts":
            return _facts(story, audience)
        case "origins":
            return standing(story, audience.lang)
        case "sources":
            return reports_of(story, audience.lang)
        case "buttons":
            return [buttons(story, audience.lang)]
        case _:
            return []


def _facts(story: Story, audience: Audience) -> list[Block]:
    found = lines(key_facts(story, audience.lang), audience.lang)
    if "quote" not in audience.layout:
        found = tuple(replace(line, sentence="", mention="") for line in found)
    return [Facts(lines=found)] if found else []


def _reply(alert: Alert, followers: tuple[str, ...], gloss: str) -> Message:
    update, lang = alert.update, alert.audience.lang
    entry = update.report.entry
    told = _corrections(alert) if update.kind == "corrected" else None
    before = (one.entry for one in update.story.reports if one.entry.key != entry.key)
    phrase = "again" if any(one.outlet == entry.outlet for one in before) else "also"
    reports = say(phrase, lang, outlet=entry.outlet, language=language_name(entry.lang, lang))
    blocks: list[Block] = [
        Text(text=told or reports),
        *headline(entry, lang, gloss),
        *names_only(entry, lang),
        Text(text=byline(entry, alert.audience), tone="small"),
    ]
    facts = lines(choose(((fact, update.report) for fact in update.new_facts), lang), lang)
    if facts:
        blocks.append(Facts(lines=facts))
    blocks += standing(update.story, lang, of=entry.key)
    return Message(
        kind="update",
        notice=told or say("update", lang, story=f"t{update.story.number}", headline=entry.title),
        blocks=tuple(blocks),
        lang=lang,
        thread=f"t{update.story.number}",
        mentions=followers,
    )


def _corrections(alert: Alert) -> str:
    update = alert.update
    return corrections(update.report.entry, update.was, update.new_facts, alert.audience.lang)


def corrections(entry: Entry, before: Sequence[Fact], after: Sequence[Fact], lang: str) -> str:
    """Return what an outlet changed in its report: "Quantity: 5.5 → 7.1", at most MOST_CHANGES kinds.

    A value that somebody gave is told with who gave it, as everywhere.
    """
    kinds = dict.fromkeys((fact.type, fact.role) for fact in (*before, *after))
    changes = []
    for kind in kinds:
        was, now = (
            ", ".join(stated(f, lang) for f in facts if (f.type, f.role) == kind) or "–"
            for facts in (before, after)
        )
        one = next(f for f in (*after, *before) if (f.type, f.role) == kind)
        changes.append(f"{label(one, lang)}: {was} → {now}")
    rest = len(changes) - MOST_CHANGES
    told = [*changes[:MOST_CHANGES], *([say("more", lang, count=rest)] if rest > 0 else [])]
    return say("corrected", lang, outlet=entry.outlet, changes="; ".join(told))


def tombstone(story: str, *, reason: str, lang: str) -> Message:
    """Return what stands in place of a retracted story's card, "t7", for good."""
    text = say("retracted", lang, story=story)
    return Message(
        kind="notice",
        notice=text,
        blocks=(Text(text=f"{text} {reason}".strip(), tone="small"),),
        lang=lang,
        thread=story,
    )


def merged(story: str, into: Story, *, lang: str) -> Message:
    """Return what stands in place of the card of a story, "t9", that was merged into another."""
    name, lead = f"t{into.number}", into.lead.entry
    text = say("merged", lang, story=story, into=name)
    return Message(
        kind="notice",
        notice=text,
        blocks=(
            Text(text=text, tone="small"),
            Heading(text=lead.title, url=lead.link),
            Actions(buttons=(Button(label=say("button_story", lang), command=f"story show {name}"),)),
        ),
        lang=lang,
        thread=story,
    )


def buttons(story: Story, lang: str) -> Actions:
    """Return the buttons of a card; each asks a command, so that none outlives a restart wrongly."""
    name = f"t{story.number}"
    asked = (
        ("👍", f"vote up {name}"),
        ("👎", f"vote down {name}"),
        (say("button_why", lang), f"why {name}"),
        (say("button_mute", lang), f"mute add {name}"),
        (say("button_share", lang), f"story show {name} show:channel"),
    )
    return Actions(buttons=tuple(Button(label=text, command=command) for text, command in asked))


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
    likenesses = {watch.number for watch in audience.watches if watch.kind == "like"}
    rules = [names[m.watch] for m in report.matches if m.watch in names and m.watch not in likenesses]
    close = [
        say("likeness", lang, name=watch.name, score=f"{view.score:.2f}")
        for watch, view in alike(report, audience.watches)
    ]
    relevance = audience.judged(report)
    if relevance.score >= audience.threshold and relevance.evidence:
        score, evidence = f"{relevance.score:.2f}", listed(relevance.evidence[:3], lang)
        first = say("why_relevance", lang, score=score, evidence=evidence)
    elif close and not rules:
        first = say("why_like", lang, likeness=close.pop(0))
    else:
        first = say("why_rule", lang, rule=", ".join(rules))
    parts = [first, *(say("why_also", lang, likeness=one) for one in close[:1])]
    words = words_found(report.entry, (hit for m in report.matches if m.watch in names for hit in m.hits))
    parts += [say("words", lang, words=", ".join(words[:4]))] if words else []
    return " · ".join(parts)


def confirmation(story: Story, lang: str) -> str:
    """Return how many independent origins report a story, and which; one alone leaves it unconfirmed."""
    return folding.confirmation(story, lang)


def standing(story: Story, lang: str, *, whole: bool = False, of: str = "") -> list[Block]:
    """Return how many independent origins a story has, what was folded, and where its reports differ.

    `whole` tells of every difference, a card of the first ones; `of` of those of the report with this key.
    """
    told = (Text(text=line, tone="small") for line in folding.standing_lines(story, lang))
    return [*told, *differences(story, lang, whole=whole, of=of)]


def reports_of(story: Story, lang: str) -> list[Block]:
    """Return the links to a story's reports, nothing while there is one alone."""
    if len(story.reports) == 1:
        return []
    links = tuple(
        Link(text=f"{r.entry.outlet} ({language_name(r.entry.lang, lang)})", url=r.entry.link)
        for r in story.reports
    )
    return [Links(label=say("sources", lang), links=links)]
