"""`exemplar check`: how well the exemplars here find each other, what they alert, and what voters think."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.exemplars_given import as_entry, kind_of
from bot.commands.exemplars_preview import days_of, forecast, in_force
from bot.commands.parse import shown
from bot.commands.replies import audience_of, reply
from bot.messages import Heading, Table, Text
from bot.wording.counting import counted

if TYPE_CHECKING:
    from bot.announcing.alerts import Audience
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Block, Message
    from watchers.types import Exemplar, Report

# Each is left out once, and the rest is fitted anew, in .3 to 1 s; an answer has 30 s.
MOST_CHECKED: Final = 8
_TITLE: Final = 80  # code points


async def check(command: Command, desk: Desk) -> Message:
    """Show of each exemplar what the others alone make of it, and what all of them together change."""
    days = days_of(command, example="/watch exemplar check days:7")
    audience = await audience_of(desk)
    own = await desk.store.exemplars.listed(desk.home)
    channel = await desk.store.channels.get(desk.home)
    shared = desk.judging.lens.exemplars
    used = in_force(own, shared, base=channel is None or channel.base)
    rows = await _left_out(used, desk)
    cut = f" The newest {MOST_CHECKED} of {len(used)} are checked." if len(used) > MOST_CHECKED else ""
    return reply(
        f"{counted(len(rows), 'exemplar')} checked",
        Heading(text="How the exemplars find each other"),
        Table(header=("Id", "Title", "Kind", "Score: others alone → with it"), rows=rows),
        Text(
            text="A good one that the others find by themselves adds little; one that they do not find "
            f"widens what alerts, or does not belong to them. A bad one should score low in the end.{cut}",
            tone="small",
        ),
        *await _changes(used, shared, audience, desk, days),
        *await _votes(audience, desk),
    )


async def _left_out(used: tuple[Exemplar, ...], desk: Desk) -> tuple[tuple[str, str, str, str], ...]:
    chosen = tuple(reversed(used))[:MOST_CHECKED]
    reports = await desk.judging.read([as_entry(one, desk) for one in chosen])
    together = await desk.judging.judge(used, reports)
    return tuple(
        [
            (
                one.key if one.key[:1] == "x" and one.key[1:].isdigit() else "shared",
                shown(one.title, _TITLE),
                kind_of(good=one.good),
                f"{await _without(one, used, report, desk)} → {all_of_them.score:.2f}",
            )
            for one, report, all_of_them in zip(chosen, reports, together, strict=True)
        ]
    )


async def _without(one: Exemplar, used: tuple[Exemplar, ...], report: Report, desk: Desk) -> str:
    """Return the score of an exemplar by the others, in words where there is no good one among them."""
    others = tuple(other for other in used if other is not one)
    if not any(other.good for other in others):
        return "nothing else to find it by"
    (alone,) = await desk.judging.judge(others, (report,))
    return f"{alone.score:.2f}"


async def _changes(
    used: tuple[Exemplar, ...], shared: tuple[Exemplar, ...], audience: Audience, desk: Desk, days: int
) -> tuple[Block, ...]:
    """Return how many articles of the last days alert by the shared exemplars alone, and as it stands."""
    found = await forecast(shared, used, audience, desk, days=days)
    span = "day" if days == 1 else f"{days} days"
    if not found.reports:
        return (
            Text(text=f"This channel's sources brought nothing in the last {span} to hold them against."),
        )
    before, after = found.alerts
    looked = f"Of {counted(len(found.reports), 'article')} published in the last {span}"
    ruled = f" {counted(found.ruled, 'other')} alert by rules in any case." if found.ruled else ""
    if used == shared:
        alone = "This channel has no exemplars of its own yet."
        return (Text(text=f"{looked} {after} alert by the shared exemplars.{ruled} {alone}"),)
    return (
        Text(
            text=f"{looked} {before} alert by the shared exemplars alone and {after} by those that count "
            f"here: {len(found.newly)} more, {len(found.no_longer)} no longer.{ruled}"
        ),
    )


async def _votes(audience: Audience, desk: Desk) -> tuple[Block, ...]:
    """Return on how many of the stories voted on the exemplars alone, without what votes teach, agree."""
    voted = [one for one in await desk.store.votes.voted(desk.home) if one.up != one.down]
    if not voted:
        return (Text(text="Nobody voted here yet, so there is nothing to hold the scores against."),)
    reach = {
        wanted: [
            one.seen_by(desk.home).score >= audience.threshold
            for one in voted
            if (one.up > one.down) == wanted
        ]
        for wanted in (True, False)
    }
    liked, disliked = reach[True], reach[False]
    agreed = sum(liked) + disliked.count(False)
    return (
        Text(
            text=f"Of {counted(len(voted), 'story')} voted on, the scores without the votes agree with "
            f"{agreed}: "
            f"{sum(liked)} of {len(liked)} liked reach {audience.threshold:.2f}, "
            f"{disliked.count(False)} of {len(disliked)} disliked do not."
        ),
    )
