"""The stages of an article's way in their order, what came of it at each, and which one decided. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.announcing.alerts import ALERTING, decision, leading
from bot.commands.why_delivery import delivery
from bot.commands.why_rules import MOST_RULES, alike, met
from bot.wording.found import words_found
from bot.wording.names import listed
from bot.wording.phrases import say
from bot.wording.turned import fired
from bot.wording.values import moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.commands.why_facts import Case
    from watchers.store.rows_articles import Article
    from watchers.types import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage by its name, in English for all languages, and what came of the article there."""

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
        return (*rows, Stage(name="Read", result=_say(case, "way_not_yet")))
    return (*rows, *_judgement(case.report, case), *_way(case))


def verdict(case: Case) -> Verdict:  # noqa: PLR0911 - a table
    """Return what became of an article, and the stage that stopped it or let it through."""
    report = case.report
    if report is None:
        return Verdict(words=_say(case, "way_waits"), stage="Read")
    outcome = decision([report], case.audience)
    if case.retracted:
        return Verdict(words=_say(case, "way_retracted"), stage="Story")
    if not case.reads:
        return _held(_say(case, "way_unread"), case, stage="Fetched")
    if case.mute is not None:
        who = case.mute.by_name or _say(case, "way_somebody")
        target = {"target": case.mute.target} if case.mute.kind == "words" else {}
        muted = _say(case, f"way_muted_{case.mute.kind}", who=who, mute=f"m{case.mute.number}", **target)
        return _held(muted, case, stage="Mutes")
    if case.card is not None and outcome not in ALERTING:
        decided = _say(case, f"way_{outcome}")
        return Verdict(
            words=_say(case, "way_joined", story=f"t{case.known.story}", decided=decided), stage="Story"
        )
    if case.card is None and case.deferral is not None and outcome in ALERTING:
        when = _when(case.deferral.at, case)
        words = _say(case, "way_over", budget=case.deferral.budget, when=when)
        return Verdict(words=words, stage="Budget")
    if case.card is None and report.entry.archive and outcome in ALERTING:
        return Verdict(words=_say(case, "way_archive"), stage="First poll")
    because, stage = _because(report, case)
    words = _say(case, "way_was", decided=_say(case, f"way_{outcome}"), because=because)
    return Verdict(words=words, stage=stage)


def _say(case: Case, phrase: str, **values: str | int) -> str:
    return say(phrase, case.audience.lang, **values)


def _held(why: str, case: Case, *, stage: str) -> Verdict:
    """Return that nothing is told because of something that holds now; the card may be from before it did."""
    if case.card is None:
        return Verdict(words=_say(case, "way_held", why=why), stage=stage)
    return Verdict(words=_say(case, "way_held_card", story=f"t{case.known.story}", why=why), stage=stage)


def _owns_card(case: Case) -> bool:
    """Tell whether the story's card is the article's own: it earned it."""
    return case.story is None or leading(case.story, case.audience).entry.number == case.known.entry.number


def _card(case: Case) -> str:
    """Return whose card it is: the article's own if it earned it, else the story's."""
    if _owns_card(case):
        return _say(case, "way_its_card")
    return _say(case, "way_card_of", story=f"t{case.known.story}")


def _arrival(case: Case) -> Iterator[Stage]:
    entry = case.known.entry
    yield Stage(name="Fetched", result=_source(case))
    own = [seen for seen in case.known.sightings if seen.feed in case.links]
    named = [f"{case.links[s.feed].name} (s{s.feed}), {_when(s.seen, case)}" for s in own[:MOST_RULES]]
    others = len(case.known.sightings) - len(named)
    more = [_say(case, "way_feed") if others == 1 else _say(case, "way_feeds", count=others)]
    seen = "; ".join([*named, *(more if others else [])]) or _say(case, "way_no_feed")
    yield Stage(name="Seen before", result=_say(case, "way_new_then"))
    yield Stage(name="Also seen in", result=seen)
    if case.page is not None and (case.page.state != "wanted" or case.page.tries):
        yield Stage(name="Page", result=_page(case.page, case))
    yield Stage(name="First poll", result=_say(case, "way_first" if entry.archive else "way_no"))


def _page(page: Article, case: Case) -> str:
    """Return what became of the article's own page; its feed gave a headline or a teaser."""
    match page.state:
        case "read" if page.next_at:
            return _say(case, "way_page_again", when=_when(page.next_at, case))
        case "read":
            return _say(case, "way_page_read")
        case "dropped":
            return _say(case, "way_page_dropped")
        case "wanted":
            return _say(case, "way_page_wanted", why=page.why)
        case "gone" | "withdrawn":
            return page.why
        case "closed" | "failed":
            return _say(case, "way_page_closed", why=page.why)


def _judgement(report: Report, case: Case) -> Iterator[Stage]:
    audience = case.audience
    yield Stage(name="Watch rules", result=met(report, case))
    likenesses = [watch for watch in audience.watches if watch.kind == "like"]
    if likenesses:
        yield Stage(name="Likenesses", result=alike(report, likenesses, case))
    relevance = audience.judged(report)
    yield Stage(name="Relevance", result=_relevance(report, case))
    evidence = listed(relevance.evidence, audience.lang) or _say(case, "way_no_evidence")
    yield Stage(name="Evidence", result=evidence)
    if relevance.promotion:
        count = len(relevance.promotion)
        sells = _say(case, "way_sells_one") if count == 1 else _say(case, "way_sells", count=count)
        yield Stage(name="Promotional", result=sells)
    yield Stage(name="Decision", result=_say(case, f"way_{decision([report], audience)}"))


def _relevance(report: Report, case: Case) -> str:
    """Return how relevant an article is and would have to be, and what it was measured with."""
    relevance = case.audience.judged(report)
    own = any(view.beat == case.audience.home for view in report.views)
    by = _say(case, "way_own" if own else "way_shared")
    if case.votes:
        votes = _say(case, "way_vote") if case.votes == 1 else _say(case, "way_votes", count=case.votes)
        by = _say(case, "way_and", one=by, other=votes)
    bare = relevance.model in {"", "none"}
    model = _say(case, "way_no_model") if bare else _say(case, "way_model", name=relevance.model)
    score, threshold = f"{relevance.score:.2f}", f"{case.audience.threshold:.2f}"
    return _say(case, "way_relevance", score=score, threshold=threshold, by=by, model=model)


def _way(case: Case) -> Iterator[Stage]:
    yield Stage(name="Story", result=_story(case))
    running = len(case.audience.mutes)
    if case.mute:
        holds = _say(case, "way_mute_holds", mute=f"m{case.mute.number}")
    else:
        holds = _say(case, "way_mutes_none", count=running) if running else _say(case, "way_none")
    yield Stage(name="Mutes", result=holds)
    yield Stage(name="Budget", result=_budget(case))
    yield Stage(name="Quiet hours", result=_quiet(case))
    yield Stage(name="Delivery", result=delivery(case, _card(case)))
    yield Stage(name="Told", result=_told_where(case))


def _story(case: Case) -> str:
    if case.story is None:
        return _say(case, "way_far")
    places = [r.entry.number for r in case.story.reports]
    number = case.known.entry.number
    place = places.index(number) + 1 if number in places else len(places)
    story, count = f"t{case.story.number}", len(places)
    if count == 1:
        return _say(case, "way_alone", story=story)
    if place == 1:
        return _say(case, "way_opened", story=story, count=count)
    return _say(case, "way_joined_as", story=story, place=place, count=count)


def _budget(case: Case) -> str:
    budget = case.audience.budget
    if case.deferral is not None:
        when = _when(case.deferral.at, case)
        was = _say(case, "way_budget_over", budget=case.deferral.budget, when=when)
        return _say(case, "way_budget_since", over=was, card=_card(case)) if case.card else was
    if not budget:
        return _say(case, "way_off")
    return _say(case, "way_budget_room" if case.card else "way_budget", budget=budget)


def _quiet(case: Case) -> str:
    card = case.card
    if card is not None and card.not_before > card.created:
        return _say(case, "way_quiet_held", card=_card(case), when=_when(card.not_before, case))
    hours = case.audience.quiet
    return _say(case, "way_quiet", hours=str(hours)) if hours else _say(case, "way_none")


def _told_where(case: Case) -> str:
    """Return where the story's card is, other channels counted and not named."""
    told = case.known.told
    others = len([channel for channel in told if channel != case.audience.channel])
    there = _say(case, "way_channel") if others == 1 else _say(case, "way_channels", count=others)
    here = _say(case, "way_here")
    if case.audience.channel in told:
        places = _say(case, "way_and", one=here, other=there) if others else here
    else:
        places = there if others else ""
    if not places:
        return _say(case, "way_nowhere")
    return places if _owns_card(case) else _say(case, "way_by_card", places=places, card=_card(case))


def _because(report: Report, case: Case) -> tuple[str, str]:
    """Return why relevance and rules decided as they did, and which of the two it was."""
    audience = case.audience
    relevance = audience.judged(report)
    mine = [m for m in report.matches if m.channel == audience.home]
    words = words_found(report.entry, (hit for match in mine for hit in match.hits))
    score, threshold = relevance.score, audience.threshold
    if score >= threshold and relevance.evidence:
        return _say(case, "way_reaches", score=f"{score:.2f}", threshold=f"{threshold:.2f}"), "Relevance"
    if score >= threshold:
        about, stage = _say(case, "way_lacks", score=f"{score:.2f}"), "Evidence"
    else:
        by = {"score": f"{score:.2f}", "short": f"{threshold - score:.2f}", "threshold": f"{threshold:.2f}"}
        about, stage = _say(case, "way_short", **by), "Relevance"
    if decision([report], audience) in ALERTING:
        rules = [f"“{watch.name}” (r{watch.number})" for watch in fired(report, audience)]
        return _say(case, "way_asked", rules=", ".join(rules[:3]), about=about), "Watch rules"
    if words:
        about = _say(case, "way_words_alone", about=about, words=", ".join(words[:3]))
    return about, stage


def _source(case: Case) -> str:
    entry = case.known.entry
    link = case.links.get(entry.feed)
    said = {"outlet": entry.outlet, "when": _when(entry.seen, case)}
    if link is None:
        return _say(case, "way_source_others", **said)
    return _say(case, "way_source" if link.active else "way_source_paused", source=f"s{entry.feed}", **said)


def _when(at: datetime, case: Case) -> str:
    return moment(at, case.audience.zone, case.audience.lang)
