"""`like`: a whole watch from one article. It is proposed with what it would have found; a button saves it."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.commands import forecast, values
from bot.commands.exemplars_given import number_of
from bot.commands.expressions import names, read
from bot.commands.likened import EXAMPLE, Likened, article_of, kept_aside, sheet
from bot.commands.parse import shown
from bot.commands.replies import MOST_BUTTON, Change, reply
from bot.commands.rules import MEANING, alert_of
from bot.commands.rules_change import changed, refuse_taken
from bot.commands.sources_offered import SHORT as MOST_ANYWHERE
from bot.errors import CommandError
from bot.messages import Actions, Button, Heading, Table, Text
from watchers.matching.explain import explain
from watchers.matching.expression import either, longer_of
from watchers.matching.grammar import parse_expression
from watchers.matching.propose import propose
from watchers.relevance.decide import ALERT_AT
from watchers.types import Watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.desk import Desk
    from bot.commands.forecast import Archive
    from bot.commands.parse import Command
    from bot.commands.request import Reply
    from bot.messages import Block, Message
    from watchers.matching.known import Known
    from watchers.relevance.forecast import Foreseen
    from watchers.store.store import Rooms

LONGEST_OWN_NAME: Final = 60  # code points of a title that serve as a name
MOST_SOURCES: Final = 5
# Code points; a feed's headline and lead have 200. On six beats average precision is .95 by a whole article,
# .83 by a short one, and .88 with the two articles beside it that are likest to it.
SHORT: Final = 600
MOST_BESIDE: Final = 2
STEP: Final = 0.1  # by which the buttons make a likeness stricter or looser
_REF: Final = re.compile(r"[ax][0-9]{1,9}", re.IGNORECASE)
_STRICTEST: Final = 0.9
_LOOSEST: Final = 0.5  # below, it only reaches the digest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proposal:
    """A likeness that is not saved yet, with what it would have done."""

    likened: Likened
    watch: Watch
    archive: Archive
    found: Foreseen
    also: tuple[Likened, ...] = ()  # past articles that count beside one that says little


async def answer(command: Command, desk: Desk) -> Message | Reply:
    """Propose a watch for more of an article; without one, open a form."""
    words = (command.options.get("text") or " ".join(command.values)).strip()
    if not words:
        return sheet()
    likened = await article_of(words, command, desk)
    known = await names(desk)
    watch = await _watch(likened, command, desk, known)
    archive = await forecast.look_back(desk, most=forecast.JUDGED)
    found = await forecast.of_likeness(archive, watch, (likened.exemplar,), desk)
    also = await _beside(likened, found, command, desk)
    if also:
        exemplars = (likened.exemplar, *(one.exemplar for one in also))
        found = await forecast.of_likeness(archive, watch, exemplars, desk)
    kept = await kept_aside(likened, desk)
    proposal = _Proposal(likened=kept, watch=watch, archive=archive, found=found, also=also)
    return await _proposed(proposal, desk, known)


async def _beside(likened: Likened, found: Foreseen, command: Command, desk: Desk) -> tuple[Likened, ...]:
    """Return the past articles that are likest to one of a few sentences, none beside a longer one."""
    if len(likened.exemplar.text) >= SHORT:
        return ()
    others = [one for one in found.alerts if likened.story is None or one.story != likened.story]
    likest = sorted(others, key=lambda one: -one.score)
    numbers = [one.entry.number for one in likest if one.entry.key != likened.entry.key][:MOST_BESIDE]
    return tuple([await article_of(f"a{number}", command, desk) for number in numbers])


async def save(command: Command, desk: Desk) -> Change:
    """Watch for more of an article, or of the exemplars that a likeness had which was taken out."""
    refs = command.values if all(map(_REF.fullmatch, command.values)) else (" ".join(command.values),)
    given = [await article_of(ref, command, desk) for ref in refs]
    likened = given[0]
    watch = await _watch(likened, command, desk, await names(desk))
    paused = command.options.get("state") == "paused"
    async with desk.store.transaction() as rooms:
        await _refuse_again(watch, given, rooms)  # also whoever pressed the button at the same time
        await refuse_taken(watch, replace(desk, store=rooms))
        saved = await rooms.watches.add(watch, origin="chat")
        if paused:
            await rooms.watches.pause(desk.home, saved.number, paused=True)
        for one in given:
            await _attach(one, saved, rooms, desk)
    now = f"From now on what is like it {MEANING[alert_of(saved)]}. /watch rule show r{saved.number}"
    return Change(
        line=f"added r{saved.number} “{saved.name}”, which watches for more like "
        f"“{shown(likened.exemplar.title)}”" + (", paused" if paused else ""),
        undo=f"rule remove r{saved.number}",
        about=(f"r{saved.number}",),
        details=(Text(text=now, tone="small"),),
    )


async def _refuse_again(watch: Watch, given: Sequence[Likened], rooms: Rooms) -> None:
    """Raise CommandError if a likeness of the channel is the same but for its name."""
    texts = {one.exemplar.text for one in given}
    for one in await rooms.watches.listed(watch.channel):
        if replace(one.watch, number=watch.number, name=watch.name) != watch:
            continue
        own = await rooms.exemplars.listed(watch.channel, watch_number=one.watch.number)
        if {article.exemplar.text for article in own} == texts:
            ref = f"r{one.watch.number}"
            raise CommandError(
                f"{ref} “{one.watch.name}” watches for that already.", example=f"/watch rule show {ref}"
            )


async def _attach(likened: Likened, saved: Watch, rooms: Rooms, desk: Desk) -> None:
    """Make an article one of a likeness's exemplars. Raises CommandError for one that is in use."""
    aside = number_of(likened.ref)
    if aside is None:
        one = likened.exemplar
        await rooms.exemplars.add(
            desk.home,
            title=one.title,
            text=one.text,
            lang=one.lang,
            by_name=desk.asker.name,
            watch_number=saved.number,
        )
    elif not await rooms.exemplars.restore(desk.home, aside, watch_number=saved.number):
        raise CommandError(f"x{aside} is in use already.", example="/watch rule list")


async def _watch(likened: Likened, command: Command, desk: Desk, known: Known) -> Watch:
    """Return the watch that is meant, without a number. Raises CommandError."""
    if "words" in command.options:
        expression = read(command.options["words"], command="like save words:", known=known)
    else:
        proposed = await asyncio.to_thread(propose, likened.entry, known)
        if proposed is None:
            raise CommandError("There is no word in that to watch for.", example=EXAMPLE)
        expression = str(proposed)
    title = likened.exemplar.title.replace('"', "'")
    blank = Watch(
        number=0,
        channel=desk.home,
        name=await _free_name(shown(title, LONGEST_OWN_NAME), desk),
        expression=expression,
        kind="like",
    )
    return await changed(blank, command.options, desk, example=EXAMPLE)


async def _free_name(name: str, desk: Desk) -> str:
    """Return a name that no rule of the channel has: with a number behind it if it must be."""
    taken = {one.watch.name for one in await desk.store.watches.listed(desk.home)}
    tries = (name if n == 1 else f"{name} ({n})" for n in range(1, len(taken) + 2))
    return next(one for one in tries if one not in taken)


async def _proposed(proposal: _Proposal, desk: Desk, known: Known) -> Message:
    watch, likened, found = proposal.watch, proposal.likened, proposal.found
    title = f"A watch for more like “{likened.exemplar.title}”"
    threshold = ALERT_AT if watch.threshold is None else watch.threshold
    rows = (
        ("Name", watch.name),
        ("Finds", f"what is like the article{'s' if proposal.also else ''}, from {threshold:g} of 1"),
        ("Such an article", MEANING[alert_of(watch)]),
        *((("Also like", "; ".join(_titled(one) for one in proposal.also)),) if proposal.also else ()),
        ("Words that it marks", watch.expression),
        *await _sources(proposal, desk),
    )
    longer = longer_of(parse_expression(watch.expression, known))
    meant = explain(either(longer), known) if longer else ()
    buttons = _buttons(proposal, threshold)
    typed = [line for line in (buttons.buttons[0].command,) if len(line.encode()) > MOST_ANYWHERE]
    blocks: list[Block] = [
        Heading(text=title, url=likened.entry.link),
        Table(header=("What", "Proposed"), rows=rows),
        Text(text=forecast.sentence(found, watch)),
        *forecast.examples(found, without=likened.entry.key, best=True),
        *(Text(text=line, tone="small") for line in meant),
        *(Text(text=f"To save it without a button: /watch {line}", tone="small") for line in typed),
        buttons,
    ]
    return reply(title, *blocks)


def _titled(likened: Likened) -> str:
    return f"“{shown(likened.exemplar.title, LONGEST_OWN_NAME)}” ({likened.ref})"


async def _sources(proposal: _Proposal, desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return which of the channel's sources carried the article, and which carry such news most."""
    archive, likened = proposal.archive, proposal.likened
    called = {link.feed: link.name for link in await desk.store.channels.feeds(desk.home) if link.active}
    feeds = set(likened.feeds)
    if likened.story is not None:
        feeds |= {row.entry.feed for row in archive.rows if row.story == likened.story}
    carried = [f"{name} (s{feed})" for feed, name in called.items() if feed in feeds]
    often = [
        f"{called[feed]} (s{feed}) {count}"
        for feed, count in proposal.found.by_feed.items()
        if feed in called
    ]
    rows = [("Carried it", ", ".join(carried[:MOST_SOURCES]))] if carried else []
    rows.append(("Carry such news", ", ".join(often[:MOST_SOURCES]) or "none of this channel's sources yet"))
    return tuple(rows)


def _buttons(proposal: _Proposal, threshold: float) -> Actions:
    """Return a button that saves the watch, and others that propose it stricter, looser or for digests."""
    ref, watch = proposal.likened.ref, proposal.watch
    own = shown(proposal.likened.exemplar.title.replace('"', "'"), LONGEST_OWN_NAME)
    said = {} if watch.name == own else {"name": values.quoted(watch.name)}
    said |= {"alert": alert_of(watch)} if watch.alert else {}
    said |= {"threshold": f"{threshold:g}"} if watch.threshold is not None else {}
    beside = " ".join(one.ref for one in proposal.also)
    asked = [("Save", f"like save {ref} {beside}".strip(), said)]
    if beside:
        asked.append(("Save it alone", f"like save {ref}", said))
    if threshold + STEP <= _STRICTEST:
        asked.append(("Stricter", f"like {ref}", said | {"threshold": f"{threshold + STEP:.2g}"}))
    if threshold - STEP >= _LOOSEST:
        asked.append(("Looser", f"like {ref}", said | {"threshold": f"{threshold - STEP:.2g}"}))
    if watch.alert != "digest":
        asked.append(("Digest only", f"like {ref}", said | {"alert": "digest"}))
    buttons = [
        Button(
            label=label,
            command=" ".join([line, *(f"{name}:{text}" for name, text in options.items())]),
            style="primary" if label == "Save" else "normal",
        )
        for label, line, options in asked
    ]
    return Actions(buttons=tuple(one for one in buttons if len(one.command) < MOST_BUTTON))
