"""`export`: files of what was read, found, watched and voted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.commands import export_story, reach
from bot.commands.parse import shown
from bot.commands.replies import audience_of, reply
from bot.commands.request import File, Reply
from bot.commands.tabular import write
from bot.commands.times import moment_of
from bot.commands.values import nearest
from bot.errors import CommandError
from bot.messages import Text
from bot.wording.values import plain_value

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.commands.tabular import Rows

_EXAMPLE: Final = "/watch export facts as:csv since:90d"
USUAL: Final = timedelta(days=30)
MOST: Final = 20_000  # rows of a file: some 8 MB, within what both platforms take


async def answer(command: Command, desk: Desk) -> Reply:
    """Hand over a file to the asker alone."""
    what = command.values[0].lower()
    if what == "story":
        return await export_story.answer(command, desk)
    kind = command.options.get("as", "csv")
    if what not in _KINDS:
        near = nearest(what, (*_KINDS, "story"))
        raise CommandError(
            f'export takes {", ".join(_KINDS)} or story, not "{shown(what)}".',
            nearest=near,
            example=_EXAMPLE,
            typed=command.values[0],
        )
    audience = await audience_of(desk)
    now = desk.clock.now()
    since = moment_of(command, "since", audience, now=now, example=_EXAMPLE) or now - USUAL
    header, rows = await _KINDS[what](desk, since)
    if not rows:
        raise CommandError(
            f"There are no {what} since {since:%Y-%m-%d}.", example=f"/watch export {what} since:365d"
        )
    name = f"vedette-{what}-{now:%Y%m%d-%H%M}.{kind}"
    cut = f" Only the newest {MOST} are in it; ask for less with since:." if len(rows) > MOST else ""
    text = f"{name}: {min(len(rows), MOST)} {what} since {since:%Y-%m-%d}.{cut}"
    body = write(header, rows[:MOST], kind)
    return Reply(message=reply(text, Text(text=text)), file=File(name=name, body=body))


async def _items(desk: Desk, since: datetime) -> Rows:
    found = await desk.store.entries.export(since, desk.clock.now(), limit=MOST + 1)
    header = ("id", "published", "seen", "outlet", "language", "title", "link", "score", "decision", "story")
    return header, [
        (
            f"a{one.entry.number}",
            one.entry.published.isoformat() if one.entry.published else "",
            one.entry.seen.isoformat(),
            one.entry.outlet,
            one.entry.lang,
            one.entry.title,
            one.entry.link,
            f"{one.score:.3f}" if one.score is not None else "",
            one.decision or "",
            f"t{one.story}" if one.story else "",
        )
        for one in found
    ]


async def _facts(desk: Desk, since: datetime) -> Rows:
    found = await desk.store.stories.facts(since=since, limit=MOST + 1)
    header = (
        *("article", "type", "role", "value", "as_read", "bound", "approximate", "hedge", "said_by"),
        *("mention", "outlet", "title", "link"),
    )
    return header, [
        (
            f"a{one.entry}",
            one.fact.type,
            one.fact.role,
            str(one.fact.value),
            plain_value(one.fact.value, "en"),
            one.fact.bound,
            "yes" if one.fact.approx else "",
            one.fact.hedge,
            one.fact.said_by,
            one.fact.mention,
            one.outlet,
            one.title,
            one.link,
        )
        for one in found
    ]


async def _rules(desk: Desk, _since: datetime) -> Rows:
    header = ("id", "name", "kind", "expression", "alert", "threshold", "mention", "state")
    return header, [
        (
            f"r{one.watch.number}",
            one.watch.name,
            one.watch.kind,
            one.watch.expression,
            one.watch.alert,
            "" if one.watch.threshold is None else f"{one.watch.threshold:g}",
            one.watch.mention,
            "on" if one.active else "paused",
        )
        for one in await reach.rules_shown(desk)
    ]


async def _feedback(desk: Desk, since: datetime) -> Rows:
    """Return the votes; whose each was is for who manages the channel, and for whoever gave it."""
    asker = desk.asker
    votes = await desk.store.votes.all(desk.home, since)
    header = ("story", "title", "link", "who", "vote", "at")
    return header, [
        (
            f"t{v.story}",
            v.title,
            v.link,
            v.asker if asker.manages or v.asker == asker.id else "",
            "up" if v.value > 0 else "down",
            v.at.isoformat(),
        )
        for v in votes
    ]


_KINDS: Final[dict[str, Callable[[Desk, datetime], Awaitable[Rows]]]] = {
    "items": _items,
    "facts": _facts,
    "rules": _rules,
    "feedback": _feedback,
}
