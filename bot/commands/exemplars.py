"""`exemplar list`: the articles that relevance is measured against here, and what votes taught."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands import learnt
from bot.commands.exemplars_given import kind_of
from bot.commands.parse import shown
from bot.commands.replies import reply
from bot.commands.rules import zone_of
from bot.messages import Actions, Button, Heading, Table, Text
from bot.wording.counting import counted
from bot.wording.values import moment

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message

_TITLE: Final = 80  # code points
_HEADER: Final = ("Id", "Title", "Kind", "Language", "Given", "Note")


async def listed(command: Command, desk: Desk) -> Message:
    """List this channel's own exemplars and the shared ones; with `from:feedback`, what votes taught."""
    if command.options.get("from") == "feedback":
        return await learnt.listed(desk)
    channel = await desk.store.channels.get(desk.home)
    base = channel is None or channel.base
    zone = await zone_of(desk)
    rows = [
        (
            f"x{one.number}",
            shown(one.title, _TITLE),
            kind_of(good=one.good),
            one.lang,
            f"{one.by_name or 'somebody'}, {moment(one.at, zone, 'en')}",
            one.note,
        )
        for one in await desk.store.exemplars.listed(desk.home)
    ]
    own = len(rows)
    if base:
        rows += [
            ("shared", shown(e.title, _TITLE), kind_of(good=e.good), e.lang, "for every channel", e.note)
            for e in desk.judging.lens.exemplars
        ]
    return reply(
        f"{counted(len(rows), 'exemplar')}",
        Heading(text="Exemplars"),
        Table(header=_HEADER, rows=tuple(rows)),
        Text(text=_standing(own, base=base), tone="small"),
        Actions(
            buttons=(
                Button(label="Check", command="exemplar check"),
                Button(label="What votes taught", command="exemplar list from:feedback"),
            )
        ),
    )


def _standing(own: int, *, base: bool) -> str:
    if not base:
        return "The shared exemplars do not count here. To use them again: /watch exemplar add shared"
    if own:
        return "To let this channel's own alone say what it wants: /watch exemplar remove shared"
    return "To give one of this channel's own: /watch exemplar add a88 good"
