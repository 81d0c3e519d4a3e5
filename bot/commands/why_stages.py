"""The stages of an article's way in their order, what came of it at each, and which one decided. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.announcing.alerts import ALERTING, decision, leading
from bot.commands.why_rules import MOST_RULES, alike, met
from bot.wording.found import words_found
from bot.wording.turned import fired
from bot.wording.values import moment, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.commands.why_facts import Case
    from watchers.store.rows_articles import Article
    from watchers.types import Report

OWN_CARD: Final = "its card"
_DECIDED: Final = {
    "urgent": "worth an alert at once",
    "now": "worth an alert",
    "digest": "kept for the digest",
    "store": "stored and not told",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage by its name, and what came of the article there."""

    name: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of an article in a sentence, and the stage that decided it."""

    words: str
    stage: str


def stages(case: Case) -> tuple[Stage, ...]:
    """Return every stage in its order; an article that is not read yet has only the first."""
    rows = [*_arrival(case)]
    if case.report is None:
        return (*rows, Stage(name="Read", result="not yet"))
    return (*rows, *_judgement(case.report, case), *_way(case))


def verdict(case: Case) -> Verdict:  # noqa: PLR0911 - a table
    """Return what became of an article, and the stage that stopped it or let it through."""
    report = case.report
    if report is None:
        return Verdict(words="It waits to be read.", stage="Read")
    outcome = decision([report], case.audience)
    if case.retracted:
        return Verdict(words="It is not told here: its story was taken back for good.", stage="Story")
    if not case.reads:
        return _held("this channel does not read its source", case, stage="Fetched")
    if case.mute is not None:
        by = f"muted here by {case.mute.by_name or 'somebody'} (m{case.mute.number})"
        what = (
            f"the words {case.mute.target} are" if case.mute.kind == "words" else f"its {case.mute.kind} is"
        )
        return _held(f"{what} {by}", case, stage="Mutes")
    if case.card is not None and outcome not in ALERTING:
        alone = f"alone it would be {_DECIDED[outcome]}"
        return Verdict(
            words=f"It joined t{case.known.story}, whose card this channel has; {alone}.", stage="Story"
        )
    if case.card is None and case.deferral is not None and outcome in ALERTING:
        when = moment(case.deferral.at, case.audience.zone, "en")
        over = f"the budget of {case.deferral.budget} alerts a day was used up on {when}"
        return Verdict(words=f"It was worth an alert and waits for the digest: {over}.", stage="Budget")
    if case.card is None and report.entry.archive and outcome in ALERTING:
        words = "It came with its source's archive, of which only a few are announced."
        return Verdict(words=words, stage="First poll")
    because, stage = _because(report, case)
    return Verdict(words=f"It was {_DECIDED[outcome]}: {because}.", stage=stage)


def _held(why: str, case: Case, *, stage: str) -> Verdict:
    """Return that nothing is told because of something that holds now; the card may be from before it did."""
    if case.card is None:
        return Verdict(words=f"It is not told here: {why}.", stage=stage)
    words = f"t{case.known.story} has a card here; nothing of this article is told here now: {why}."
    return Verdict(words=words, stage=stage)


def _card(case: Case) -> str:
    """Return whose card it is: the article's own if it earned it, else the story's."""
    own = case.story is None or leading(case.story, case.audience).entry.number == case.known.entry.number
    return OWN_CARD if own else f"the card of t{case.known.story}"


def _arrival(case: Case) -> Iterator[Stage]:
    entry = case.known.entry
    yield Stage(
        name="Fetched", result=f"{entry.outlet}{_source(entry.feed, case)}, {_when(entry.seen, case)}"
    )
    own = [seen for seen in case.known.sightings if seen.feed in case.links]
    named = [f"{case.links[s.feed].name} (s{s.feed}), {_when(s.seen, case)}" for s in own[:MOST_RULES]]
    others = len(case.known.sightings) - len(named)
    more = [f"{others} other feed{'s' if others > 1 else ''}"] if others else []
    yield Stage(name="Seen before", result="no: it was new then")
    yield Stage(name="Also seen in", result="; ".join([*named, *more]) or "no other feed")
    if case.page is not None and (case.page.state != "wanted" or case.page.tries):
        yield Stage(name="Page", result=_page(case.page, case))
    first = "yes: of its archive only the best few of the last week are announced" if entry.archive else "no"
    yield Stage(name="First poll", result=first)


def _page(page: Article, case: Case) -> str:
    """Return what became of the article's own page; its feed gave a headline or a teaser."""
    match page.state:
        case "read":
            again = f"; looked at again {_when(page.next_at, case)}" if page.next_at else ""
            return f"read{again}"
        case "dropped":
            return "read; its text was deleted when its time was over"
        case "wanted":
            return f"not read yet: {page.why}"
        case "gone" | "withdrawn":
            return page.why
        case "closed" | "failed":
            return f"the feed's words are all there is: {page.why}"


def _judgement(report: Report, case: Case) -> Iterator[Stage]:
    audience = case.audience
    yield Stage(name="Watch rules", result=met(report, case))
    likenesses = [watch for watch in audience.watches if watch.kind == "like"]
    if likenesses:
        yield Stage(name="Likenesses", result=alike(report, likenesses, case))
    relevance = audience.judged(report)
    own = any(view.beat == audience.home for view in report.views)
    by = "this channel's exemplars" if own else "the shared exemplars"
    votes = f" and {case.votes} vote{'s' if case.votes > 1 else ''}" if case.votes else ""
    model = "without a model" if relevance.model in {"", "none"} else f"model {relevance.model}"
    needs = f"{relevance.score:.2f}; this channel alerts from {audience.threshold:.2f}"
    yield Stage(name="Relevance", result=f"{needs} (by {by}{votes}, {model})")
    evidence = ", ".join(relevance.evidence) or "it names nothing that the exemplars name"
    yield Stage(name="Evidence", result=evidence)
    if relevance.promotion:
        count = len(relevance.promotion)
        sells = f"yes, {count} sentence{'s' if count > 1 else ''}; it is ranked down for that"
        yield Stage(name="Promotional", result=sells)
    yield Stage(name="Decision", result=_DECIDED[decision([report], audience)])


def _way(case: Case) -> Iterator[Stage]:
    yield Stage(name="Story", result=_story(case))
    running = len(case.audience.mutes)
    holds = (
        f"m{case.mute.number} holds it" if case.mute else f"none of {running} holds it" if running else "none"
    )
    yield Stage(name="Mutes", result=holds)
    yield Stage(name="Budget", result=_budget(case))
    yield Stage(name="Quiet hours", result=_quiet(case))
    yield Stage(name="Delivery", result=_delivery(case))
    yield Stage(name="Told", result=_told_where(case))


def _story(case: Case) -> str:
    if case.story is None:
        return "none: too far from what this bot follows"
    places = [r.entry.number for r in case.story.reports]
    number = case.known.entry.number
    place = places.index(number) + 1 if number in places else len(places)
    if len(places) == 1:
        return f"t{case.story.number}, which it opened"
    did = "which it opened" if place == 1 else f"which it joined as report {place}"
    return f"t{case.story.number}, {did}; {len(places)} reports tell of it"


def _budget(case: Case) -> str:
    budget = case.audience.budget
    if case.deferral is not None:
        was = f"was over the {case.deferral.budget} of the day, {_when(case.deferral.at, case)}"
        return f"{was}; {_card(case)} was written since" if case.card else was
    return (
        f"{budget} a day; it found room" if budget and case.card else f"{budget} a day" if budget else "off"
    )


def _quiet(case: Case) -> str:
    card = case.card
    if card is not None and card.not_before > card.created:
        return f"{_card(case)} was held until {_when(card.not_before, case)}"
    return f"{case.audience.quiet}; they held nothing of it" if case.audience.quiet else "none"


def _delivery(case: Case) -> str:
    card = case.card
    if card is None:
        if (
            case.report is not None
            and decision([case.report], case.audience) in ALERTING
            and not case.deferral
        ):
            return "it has no card: it earned none with the settings of then, or is about to get one"
        if case.digest is None or case.report is None or decision([case.report], case.audience) == "store":
            return "nothing was to be sent"
        arrived = case.digest.delivered_at
        how = f"arrived {_when(arrived, case)}" if arrived else "on its way"
        return f"in the digest of {case.digest.local_date.isoformat()}, {how}"
    match card.state:
        case "delivered":
            return f"{_card(case)} arrived {_when(card.delivered_at or card.created, case)}"
        case "dead":
            return f"{_card(case)} was given up: {shorten(card.last_error)}"
        case "queued":
            tried = f" after {card.attempts} attempts" if card.attempts > 1 else ""
            return (
                f"{_card(case)} is waiting{tried}: {shorten(card.last_error)}"
                if card.last_error
                else f"{_card(case)} is waiting"
            )


def _told_where(case: Case) -> str:
    """Return where the story's card is, other channels counted and not named."""
    told = case.known.told
    others = len([channel for channel in told if channel != case.audience.channel])
    here = ["here"] if case.audience.channel in told else []
    there = [f"in {others} other channel{'s' if others > 1 else ''}"] if others else []
    places = " and ".join(here + there)
    return f"{places}, by {_card(case)}" if places and _card(case) != OWN_CARD else places or "nowhere"


def _because(report: Report, case: Case) -> tuple[str, str]:
    """Return why relevance and rules decided as they did, and which of the two it was."""
    audience = case.audience
    relevance = audience.judged(report)
    mine = [m for m in report.matches if m.channel == audience.home]
    words = words_found(report.entry, (hit for match in mine for hit in match.hits))
    score, threshold = relevance.score, audience.threshold
    if score >= threshold and relevance.evidence:
        return f"its relevance {score:.2f} reaches {threshold:.2f}", "Relevance"
    short = f"its relevance {score:.2f} is {threshold - score:.2f} short of {threshold:.2f}"
    lacks = f"its relevance {score:.2f} would do, but it names nothing that the exemplars name"
    about, stage = (lacks, "Evidence") if score >= threshold else (short, "Relevance")
    if decision([report], audience) in ALERTING:
        by = [f"“{watch.name}” (r{watch.number})" for watch in fired(report, audience)]
        return f"{', '.join(by[:3])} asks for it, though {about}", "Watch rules"
    return (f"{about}, and the words {', '.join(words[:3])} alone never alert" if words else about), stage


def _source(feed: int, case: Case) -> str:
    link = case.links.get(feed)
    if link is None:
        return ", a source of other channels"
    return f" (s{feed})" if link.active else f" (s{feed}, paused here)"


def _when(at: datetime, case: Case) -> str:
    return moment(at, case.audience.zone, "en")
