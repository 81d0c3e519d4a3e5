"""Hold a watch against what a channel's sources brought: how many alerts a day, which, what it misses."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.announcing.alerts import ALERTING, decision
from bot.commands.replies import audience_of
from bot.messages import Link, Links, Text
from watchers.matching.expression import asks_facts
from watchers.matching.grammar import parse_expression
from watchers.matching.match import compile_watches, match
from watchers.relevance.forecast import Judged, fires, foresee, relevant
from watchers.types import Relevance

if TYPE_CHECKING:
    from datetime import datetime

    from bot.announcing.alerts import Audience
    from bot.commands.desk import Desk
    from bot.messages import Block
    from watchers.matching.known import Known
    from watchers.relevance.forecast import Foreseen
    from watchers.store.rows_chat import Past
    from watchers.types import Exemplar, Watch

LOOKED_AT: Final = 5000  # entries that words are looked for in, the newest; some seconds' work
JUDGED: Final = 3000  # entries that are held against an article: 1 ms each, and the worker has its own work
MOST_DAYS: Final = 30
EXAMPLES: Final = 5
_OFTEN: Final = 0.95  # alerts a day from which they are counted by the day, below by the days between two
_UNREAD: Final = Relevance(score=0.0, reasons=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What a channel's sources brought since `start`, newest first. `carded` are stories it has a card of."""

    rows: tuple[Past, ...]
    start: datetime
    now: datetime
    audience: Audience
    carded: frozenset[int] = frozenset()
    cut: bool = False  # there was more, from before `start`


async def look_back(
    desk: Desk, days: int = MOST_DAYS, *, most: int = LOOKED_AT, expression: str = ""
) -> Archive:
    """Return what the sources of the channel that was asked in brought; over fewer days if it is too much.

    It has the facts of every entry if the expression, which can be read, asks for facts.
    """
    audience = await audience_of(desk)
    now = desk.clock.now()
    start = now - timedelta(days=days)
    asking = bool(expression) and asks_facts(parse_expression(expression))
    rows = await desk.store.reports.past(start, feeds=audience.feeds, limit=most, with_facts=asking)
    if len(rows) == most:
        start = min(row.entry.seen for row in rows)
    carded = await desk.store.announcements.carded(audience.channel)
    return Archive(rows=rows, start=start, now=now, audience=audience, carded=carded, cut=len(rows) == most)


def unfit(archive: Archive, what: str, span: str) -> str:
    """Return why there is nothing to hold a watch against: no source, or none that brought anything."""
    if not archive.audience.feeds:
        return f"This channel reads no source, so there is nothing to hold {what} against."
    return f"No source of this channel brought anything in the last {span} to hold {what} against."


async def of_words(archive: Archive, watch: Watch, known: Known) -> Foreseen:
    """Return what a rule or keyword list would have done."""
    return await asyncio.to_thread(_of_words, archive, watch, known)


def _of_words(archive: Archive, watch: Watch, known: Known) -> Foreseen:
    watchlist = compile_watches((watch,), known)
    judged = []
    for row in archive.rows:
        matches = match(row.entry, watchlist, row.report.facts if row.report else ())
        firing = fires(watch, _relevance(row, archive.audience), matches)
        judged.append(_judged(row, archive, watch, firing, likeness=None))
    return foresee(judged, start=archive.start, now=archive.now)


async def of_likeness(
    archive: Archive, watch: Watch, exemplars: tuple[Exemplar, ...], desk: Desk
) -> Foreseen:
    """Return what a likeness to some exemplars would have done. Raises CommandError."""
    reports = [row.report for row in archive.rows if row.report is not None]
    views = await desk.judging.judge(exemplars, reports) if reports else ()
    alike = {report.entry.number: view for report, view in zip(reports, views, strict=True)}
    judged = []
    for row in archive.rows:
        view = alike.get(row.entry.number)
        firing = fires(watch, _UNREAD, (), likeness=view)
        judged.append(_judged(row, archive, watch, firing, likeness=view))
    return foresee(judged, start=archive.start, now=archive.now)


def _judged(
    row: Past,
    archive: Archive,
    watch: Watch,
    firing: bool,  # noqa: FBT001
    *,
    likeness: Relevance | None,
) -> Judged:
    audience = archive.audience
    relevance = _relevance(row, audience)
    told = row.story in archive.carded
    if told and watch.number and row.report is not None:  # its card may be this very watch's doing
        told = decision((row.report,), _without(audience, watch)) in ALERTING
    return Judged(
        entry=row.entry,
        story=row.story,
        fires=firing,
        score=(likeness or relevance).score,
        told=told,
        relevant=relevant(relevance, audience.threshold),
    )


def _without(audience: Audience, watch: Watch) -> Audience:
    return replace(audience, watches=tuple(w for w in audience.watches if w.number != watch.number))


def _relevance(row: Past, audience: Audience) -> Relevance:
    return audience.judged(row.report) if row.report is not None else _UNREAD


def sentence(found: Foreseen, watch: Watch) -> str:
    """Return in a sentence how many alerts a watch would have brought, and how often."""
    span = _days(found.days)
    if not found.alerts:
        return (
            f"In the last {span} it would have brought no alert from the {found.read:,} articles read here."
        )
    count = len(found.alerts)
    what = {"digest": "digest line", "off": "marked story"}.get(_does(watch), "alert")
    plural = what.removesuffix("y") + "ies" if what.endswith("y") else f"{what}s"
    old = count - found.anew
    anyway = f" {_how_many(old, count)} came anyway." if old else ""
    return (
        f"In the last {span} it would have brought {count} {what if count == 1 else plural}, "
        f"{often(found.a_day)}, from the {found.read:,} articles read here.{anyway}"
    )


def _how_many(some: int, of: int) -> str:
    if some < of:
        return f"{some} of them"
    return "It" if of == 1 else "All of them"


def _does(watch: Watch) -> str:
    return "off" if watch.kind == "keywords" else watch.alert


def often(a_day: float) -> str:
    """Return a rate as people say it: "about 1.4 a day", "about one in 6 days"."""
    if a_day >= _OFTEN:
        return f"about {f'{a_day:.1f}'.removesuffix('.0')} a day"
    return f"about one in {max(round(1 / a_day), 1)} days"


def _days(days: float) -> str:
    whole = max(round(days), 1)
    return "day" if whole == 1 else f"{whole} days"


def examples(found: Foreseen, *, without: str = "", best: bool = False) -> tuple[Block, ...]:
    """Return five of the alerts, the newest or the best; `without` is the key of an entry to leave out."""
    shown = [one for one in found.alerts if one.entry.key != without]
    if best:
        shown.sort(key=lambda one: -one.score)
    kept = shown[:EXAMPLES]
    which, score = ("likest", "likeness") if best else ("newest", "relevance")
    several = f"The {which} {len(kept)}, each behind its {score}"
    label = several if len(kept) > 1 else f"It is this one, behind its {score}"
    return (Links(label=label, links=tuple(map(_link, kept))),) if kept else ()


def missed(found: Foreseen) -> tuple[Block, ...]:
    """Return what relevance alone finds and a watch does not, five at most."""
    kept = found.missed[:EXAMPLES]
    if not kept:
        return ()
    more = len(found.missed) - len(kept)
    rest = f", and {more} more" if more > 0 else ""
    label = f"It would have missed, and relevance alone finds{rest}"
    return (Links(label=label, links=tuple(map(_link, kept))),)


def summary(found: Foreseen, watch: Watch) -> tuple[Block, ...]:
    """Return all of a forecast in small: for beneath the line that tells of a change."""
    lost = missed(found) if watch.kind == "rule" else ()  # a keyword list only marks what relevance finds
    return (Text(text=sentence(found, watch), tone="small"), *examples(found), *lost)


def _link(one: Judged) -> Link:
    entry = one.entry
    return Link(text=f"{one.score:.2f} {entry.title} ({entry.outlet}, a{entry.number})", url=entry.link)
