"""What votes taught here: in `exemplar list from:feedback`, and of one article for `why`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from bot.commands.parse import shown
from bot.commands.replies import audience_of, reply
from bot.messages import Heading, Table, Text

if TYPE_CHECKING:
    from bot.announcing.alerts import Audience
    from bot.announcing.tastes import Learnt
    from bot.commands.desk import Desk
    from bot.messages import Message
    from watchers.types import Report

SHOWN: Final = 15  # voted stories in the list, those that teach most
TELLING: Final = 0.05  # log-odds; a label that pulls less moves a score by at most .0125
_TITLE: Final = 80  # code points


def lines(audience: Audience, report: Report) -> tuple[str, ...]:
    """Return in words what a channel's votes do to an article's score; nothing where nobody voted."""
    taste = audience.taste
    if taste is None:
        return ()
    relevance = report.seen_by(audience.home)
    after = taste.judged(report, relevance)
    count = len(taste.taste.labels)
    told = (
        f"Votes on {count} {'story' if count == 1 else 'stories'} here move it from {relevance.score:.2f} "
        f"to {after.score:.2f}; {_everything(taste)}."
    )
    near = [
        f"“{shown(one.title, _TITLE)}” ({_wanted(one.wanted)}, {pull:+.2f} log-odds)"
        for one, pull in taste.nearest(report, relevance)
        if abs(pull) >= TELLING
    ]
    return (told, f"Of the stories voted on these count most: {'; '.join(near)}.") if near else (told,)


async def listed(desk: Desk) -> Message:
    """Show which stories were voted on here and what their votes teach, the most telling first."""
    taste = (await audience_of(desk)).taste
    voted = {one.key: one for one in await desk.store.votes.voted(desk.home)}
    if taste is None or not voted:
        return reply(
            "Nobody voted here yet",
            Text(text="Nobody voted here yet. 👍 and 👎 beneath an alert teach what this channel wants."),
        )
    weights = {
        one.key: float(weight) for one, weight in zip(taste.taste.labels, taste.taste.weights, strict=True)
    }
    strongest = sorted(voted.values(), key=lambda one: (-abs(weights.get(one.key, 0.0)), one.story))
    rows = tuple(
        (
            f"t{one.story} {shown(one.title, _TITLE)}",
            f"👍 {one.up} · 👎 {one.down}",
            f"{one.seen_by(desk.home).score:.2f}",
            f"{weights.get(one.key, 0.0):+.2f}",
        )
        for one in strongest[:SHOWN]
    )
    up, down = (sum(side) for side in zip(*((one.up, one.down) for one in voted.values()), strict=True))
    title = f"Votes on {len(voted)} {'story' if len(voted) == 1 else 'stories'}: {up} for, {down} against"
    return reply(
        title,
        Heading(text=title),
        Text(text=f"{_sentence(_everything(taste))}."),
        Table(header=("Story", "Votes", "Score without votes", "Pulls by"), rows=rows),
        Text(
            text="Pulls by: how much log-odds an article just like it gains or loses; likeness is counted by "
            "meaning, by the signs of relevance and by the names in it. A vote taken back is forgotten.",
            tone="small",
        ),
    )


def _everything(taste: Learnt) -> str:
    """Return what the votes do to every article alike."""
    shift = taste.taste.shift
    even = 1 / (1 + math.exp(-shift))
    if abs(shift) < TELLING:
        return "scores in general stay as they are"
    return f"scores in general are {'raised' if shift > 0 else 'lowered'}, 0.50 to {even:.2f}"


def _wanted(share: float) -> str:
    if share in {0.0, 1.0}:
        return "voted for" if share else "voted against"
    return f"{share:.0%} for it"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
