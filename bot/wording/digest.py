"""Write a digest: the stories of a window, ranked, with their facts, and what was left out and why. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.announcing.alerts import decision
from bot.messages import Actions, Block, Button, Divider, Facts, Heading, Message, Text
from bot.wording import failing
from bot.wording.cards import byline, confirmation, headline, marks, reports_of
from bot.wording.counting import counted_in
from bot.wording.keyfacts import beside, choose, lines
from bot.wording.phrases import say
from bot.wording.repeating import Above, adding
from bot.wording.statuses import overtaking
from bot.wording.values import day, moment
from watchers.facts.summary import summary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.announcing.alerts import Audience
    from bot.announcing.budget import Advice
    from bot.wording.failing import Failing
    from watchers.types import Entry, Report, Story

MOST_STORIES: Final = 12  # that a digest tells of in full; the rest are counted
FACTS_EACH: Final = 3
MOST_LEFT_OUT: Final = 5
LONGEST_WINDOW: Final = timedelta(days=14)  # a bot that was off for a month does not tell a month
MOST_KEPT: Final = 40  # stories over the budget that are told in full even beyond MOST_STORIES


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An entry that named a watched word and was still not worth telling, and why in a few words."""

    entry: Entry
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All that a digest is written from. The window is half open: [start, end)."""

    audience: Audience
    of: date
    start: datetime
    end: datetime
    stories: tuple[Story, ...]  # every story of the window, in any order
    alerted: frozenset[int]  # numbers of the stories whose card the channel already has
    entries: int  # how many came in
    left_out: tuple[LeftOut, ...] = ()
    failing: tuple[Failing, ...] = ()  # feeds that could not be read
    muted: int = 0  # stories worth a place that a mute keeps quiet
    held: tuple[tuple[int, int], ...] = ()  # these, each as the number of its mute and its own
    late: bool = False
    without_model: bool = False  # although one is wanted
    over: Mapping[int, int] = field(default_factory=dict)  # stories kept for a digest, and the budget then
    advice: Advice | None = None  # how to have fewer of those; None: not asked for
    most: int = MOST_STORIES  # stories told in full
    glosses: Mapping[str, str] = field(default_factory=dict)  # of headlines, by the entry's key
    earlier: Mapping[int, str] = field(default_factory=dict)  # lines on the step before, by story
    worded: Mapping[int, str] = field(default_factory=dict)  # summaries by a language model, by story
    became: tuple[Block, ...] = ()  # what became of promises whose stories have no card here
    due: tuple[Block, ...] = ()  # the promises that are due this month


def ranked(digest: Digest) -> tuple[Story, ...]:
    """Return the stories worth a place, the most relevant first."""
    audience = digest.audience
    worth = (s for s in digest.stories if is_worth(s, audience))
    return tuple(
        sorted(worth, key=lambda s: (-max(audience.judged(r).score for r in heard(s, audience)), s.number))
    )


def is_worth(story: Story, audience: Audience) -> bool:
    """Tell whether a story has a place in a channel's digest."""
    return decision(story.reports, audience) != "store"


def quieted_by(story: Story, audience: Audience) -> int | None:
    """Return the number of the mute that keeps quiet all that earns a story its place; None if none does."""
    found = [audience.mute_of(story, report.entry) for report in _earning(story, audience)]
    return found[0].number if found and found[0] and all(found) else None


def heard(story: Story, audience: Audience) -> tuple[Report, ...]:
    """Return the reports that may stand for a story in a channel, as far as there are any.

    They earn it its place, through a source that the channel reads and no mute keeps quiet.
    """
    worth = _earning(story, audience)
    loud = tuple(report for report in worth if audience.mute_of(story, report.entry) is None)
    return loud or worth or story.reports


def _earning(story: Story, audience: Audience) -> tuple[Report, ...]:
    return tuple(report for report in story.reports if decision((report,), audience) != "store")


def compose(digest: Digest) -> Message:
    """Write a digest for its channel; an empty one says why it is empty."""
    audience, lang = digest.audience, digest.audience.lang
    stories = ranked(digest)
    title = say("digest_late" if digest.late else "digest", lang, day=day(digest.of, lang))
    window = say(
        "window",
        lang,
        start=moment(digest.start, audience.zone, lang),
        end=moment(digest.end, audience.zone, lang),
        entries=counted_in(lang, digest.entries, "entry"),
        stories=counted_in(lang, len(stories), "story"),
    )
    blocks: list[Block] = [Heading(text=title), Text(text=window, tone="small")]
    in_full = told(digest)
    for story in in_full:
        blocks += [Divider(), *_story(story, digest)]
    if len(stories) > len(in_full):
        blocks.append(Text(text=say("more", lang, count=len(stories) - len(in_full)), tone="small"))
    if not stories:
        phrase = "empty_filtered" if digest.entries else "empty_none"
        blocks.append(Text(text=say(phrase, lang, entries=counted_in(lang, digest.entries, "entry"))))
    blocks += (*digest.became, *digest.due)
    blocks += _left_out(digest)
    blocks += _budget(digest)
    if digest.muted:
        stories_muted = counted_in(lang, digest.muted, "story")
        blocks.append(Text(text=say("muted", lang, stories=stories_muted), tone="small"))
    if digest.failing:
        blocks.append(Text(text=failing.told(digest.failing, lang), tone="warning"))
    if digest.without_model:
        blocks.append(Text(text=say("without_model", lang), tone="small"))
    return Message(kind="digest", notice=f"{title}: {window}", blocks=tuple(blocks), lang=lang)


def _story(story: Story, digest: Digest) -> list[Block]:
    lang = digest.audience.lang
    top = shown(story, digest.audience)
    told = "" if story.number in digest.worded else summary(top.entry, top.facts)
    state = say(_state(story, digest), lang, budget=digest.over.get(story.number, 0))
    blocks: list[Block] = [
        *headline(top.entry, lang, digest.glosses.get(top.entry.key, "")),
        *marks(top, digest.audience),
        Text(text=f"{state} · {byline(top.entry, digest.audience)} · t{story.number}", tone="small"),
    ]
    worded = digest.worded.get(story.number, "")
    above = Above(headline=top.entry.title, told=worded or told, lang=top.entry.lang)
    every = ((fact, report) for report in story.reports for fact in report.facts)
    facts = choose(adding(every, above), lang)[:FACTS_EACH]
    if worded:
        blocks.append(Text(text=say("worded", lang, text=worded), tone="small"))
    elif told:
        blocks.append(Text(text=told, tone="quote"))
    if facts:
        blocks.append(Facts(lines=beside(told, facts, lines(facts, lang), top.entry)))
    blocks.append(Text(text=confirmation(story, lang), tone="small"))
    if earlier := digest.earlier.get(story.number):
        blocks.append(Text(text=earlier, tone="small"))
    return blocks + reports_of(story, lang)


def over_budget(digest: Digest) -> tuple[Story, ...]:
    """Return the stories in a digest that earned an alert for which the budget had no room."""
    return tuple(s for s in ranked(digest) if s.number in digest.over and s.number not in digest.alerted)


def told(digest: Digest) -> tuple[Story, ...]:
    """Return the stories told in full: what the budget kept for the digest always, then the first."""
    stories = ranked(digest)
    kept = [story.number for story in over_budget(digest)][:MOST_KEPT]
    others = [story.number for story in stories if story.number not in kept]
    chosen = {*kept, *others[: max(digest.most - len(kept), 0)]}
    return tuple(story for story in stories if story.number in chosen)


def _budget(digest: Digest) -> list[Block]:
    """Return how many stories the budget kept for this digest, and which threshold would keep to it."""
    kept = over_budget(digest)
    if not kept:
        return []
    lang, advice = digest.audience.lang, digest.advice
    text = say("over_budget", lang, count=len(kept), budget=digest.over[kept[-1].number])
    if advice is None or advice.threshold is None or advice.threshold <= digest.audience.threshold:
        return [Text(text=text, tone="small")]
    threshold = f"{advice.threshold:.2f}"
    advised = say("keeps_budget", lang, threshold=threshold, kept=advice.kept, days=advice.days)
    set_it = Button(
        label=say("button_threshold", lang, threshold=threshold),
        command=f"settings set threshold {threshold}",
    )
    return [Text(text=f"{text} {advised}", tone="small"), Actions(buttons=(set_it,))]


def _state(story: Story, digest: Digest) -> str:
    """Return the phrase for what a channel knows of a story: nothing, an earlier state, or its card."""
    if story.number in digest.alerted:
        return "already"
    if story.number in digest.over:
        return "kept"
    return "developed" if story.opened < digest.start else "new"


def _left_out(digest: Digest) -> list[Block]:
    if not digest.left_out:
        return []
    lang = digest.audience.lang
    shown = digest.left_out[:MOST_LEFT_OUT]
    told = [
        Text(text=f"{left.entry.title} ({left.entry.outlet}): {left.why}", tone="small") for left in shown
    ]
    rest = len(digest.left_out) - len(shown)
    tail = [Text(text=say("more", lang, count=rest), tone="small")] if rest else []
    return [Divider(), Text(text=say("left_out", lang)), *told, *tail]


def shown(story: Story, audience: Audience) -> Report:
    """Return the report whose headline stands for a story in a digest: the most relevant that is heard.

    If that tells of plans, and later reports worth telling of a decision, it is the most relevant of these.
    """
    reports = heard(story, audience)
    best = max(reports, key=lambda r: audience.judged(r).score)
    later = overtaking(best, reports)
    return max(later, key=lambda r: audience.judged(r).score, default=best)


def window_start(last: datetime | None, now: datetime) -> datetime:
    """Return where a digest's window begins: at the last delivered one, else a day ago, and not too far back.

    So Monday's covers the weekend.
    """
    oldest = now - LONGEST_WINDOW
    return max(last, oldest) if last else now - timedelta(days=1)
