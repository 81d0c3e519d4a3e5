"""`exemplar`, the part that changes what relevance is measured against: add, remove."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.commands.exemplars_given import (
    EXAMPLE,
    MOST_NOTE,
    Said,
    article,
    as_entry,
    kind_of,
    named,
    number_of,
    said,
)
from bot.commands.exemplars_preview import asked, days_of, forecast, in_force, nearest_of
from bot.commands.parse import shown
from bot.commands.replies import Change, audience_of, reply
from bot.commands.request import Choice, Question, Reply, Sheet
from bot.commands.suggest import pick
from bot.errors import CommandError
from bot.messages import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Block
    from watchers.store.rows import Channel
    from watchers.store.rows_chat import Given

MOST_OWN: Final = 40  # exemplars of one channel; each makes a fit by a tenth of a second longer
SHARED: Final = "shared"
_THE_SHARED: Final = "shared-exemplars"  # as a change names what it was about
LIST: Final = "/watch exemplar list"
_REMOVE: Final = "/watch exemplar remove x9"
_FROM_NOW: Final = Text(text="It counts from the next article on; what was told stays.", tone="small")
_NOT_AGAIN: Final = frozenset({"text", "title", "note"})


async def add(command: Command, desk: Desk) -> Change | Reply:
    """Give this channel an exemplar, or a removed one or the shared ones back; first show what it changes."""
    meant = said(command)
    if not meant.words and not command.options.get("text", "").strip():
        return _sheet(meant)
    if meant.words.lower() == SHARED:
        return await _with_shared(command, desk)
    number = number_of(meant.words)
    given = (
        await _put_by(meant, command, desk)
        if number is None
        else await _removed(number, meant, command, desk)
    )
    return await _added(given, command, desk)


async def remove(command: Command, desk: Desk) -> Change | Reply:
    """Take an exemplar out of use here, or all that are shared; first show what that changes."""
    words = " ".join(command.values).strip()
    if words.lower() == SHARED:
        return await _without_shared(command, desk)
    own = await desk.store.exemplars.listed(desk.home)
    given = _meant(words, own)
    kind = kind_of(good=given.good)
    left = tuple(one for one in own if one.number != given.number)
    channel = await _home(desk)
    if given.good and not channel.base and not any(one.good for one in left):
        raise CommandError(
            f"x{given.number} is the only good exemplar here, and the shared ones do not count here. Give "
            "another one first, or use the shared ones again.",
            example="/watch exemplar add shared",
        )
    if "keep" not in command.options:
        what = f"{named(given)} would no longer be a {kind} exemplar here."
        return await _asked(
            what, (own, left), channel, command, desk, again=f"exemplar remove x{given.number}"
        )
    if not await desk.store.exemplars.remove(desk.home, given.number):
        raise CommandError(f"{named(given)} was removed already.", example=LIST)
    return Change(
        line=f"took {named(given)} out of the {kind} exemplars",
        undo=f"exemplar add x{given.number} keep:yes",
        about=(f"x{given.number}",),
        details=(_FROM_NOW,),
    )


def _meant(words: str, own: Sequence[Given]) -> Given:
    """Return which of a channel's exemplars a person means, by id or a part of its title."""
    names = {one.number: one.title for one in own}
    number = number_of(words)
    like = [n for n, title in names.items() if words and words.lower() in title.lower()]
    found = pick(like if number is None else [number], names, words, what="exemplar", letter="x")
    return next(one for one in own if one.number == found)


async def _put_by(meant: Said, command: Command, desk: Desk) -> Given:
    """Keep an article where it can be taken up by its number, not in use yet; a button holds no article."""
    one = await article(meant.words, command, desk)
    note = " ".join(command.options.get("note", "").split())
    if len(note) > MOST_NOTE:
        raise CommandError(f"note takes at most {MOST_NOTE} characters.", example=EXAMPLE)
    same = await desk.store.exemplars.alike(desk.home, one.text)
    for known in same:
        if not known.removed:
            ref = f"x{known.number}"
            raise CommandError(
                f"That article is {ref} here already, a {kind_of(good=known.good)} exemplar.",
                example=f"/watch exemplar remove {ref}" if known.good != meant.good else LIST,
            )
    for known in same:
        if (known.good, known.note, known.lang) == (meant.good, note, one.lang):
            return known
    return await desk.store.exemplars.add(
        desk.home,
        title=one.title,
        text=one.text,
        lang=one.lang,
        good=meant.good,
        note=note,
        by_name=desk.asker.name,
        in_use=False,
    )


async def _removed(number: int, meant: Said, command: Command, desk: Desk) -> Given:
    """Return an exemplar of this channel that is not in use. Raises CommandError if it is, or is none."""
    given = await desk.store.exemplars.get(desk.home, number)
    if given is None:
        raise CommandError(f"There is no exemplar x{number} here.", example=LIST)
    if given.watch is not None:
        raise CommandError(
            f"x{number} belongs to the rule r{given.watch}.", example=f"/watch rule show r{given.watch}"
        )
    if not given.removed:
        raise CommandError(f"{named(given)} is an exemplar here already.", example=LIST)
    if _NOT_AGAIN & command.options.keys() or (meant.kind_said and meant.good != given.good):
        raise CommandError(
            f"x{number} comes back as it was, a {kind_of(good=given.good)} exemplar; to give it otherwise, "
            "add its article anew.",
            example=f"/watch exemplar add x{number}",
        )
    return given


async def _added(given: Given, command: Command, desk: Desk) -> Change | Reply:
    own = await desk.store.exemplars.listed(desk.home)
    if len(own) >= MOST_OWN:
        raise CommandError(f"There are {MOST_OWN} exemplars here already; remove one first.", example=_REMOVE)
    kind = kind_of(good=given.good)
    if "keep" not in command.options:
        what = f"{named(given)} would be a {kind} exemplar here."
        again = f"exemplar add x{given.number}"
        return await _asked(
            what, (own, (*own, given)), await _home(desk), command, desk, again=again, given=given
        )
    if not await desk.store.exemplars.restore(desk.home, given.number):
        raise CommandError(f"{named(given)} is an exemplar here already.", example=LIST)
    note = f"; {given.note}" if given.note else ""
    return Change(
        line=f"gave {named(given)} as a {kind} exemplar{note}",
        undo=f"exemplar remove x{given.number} keep:yes",
        about=(f"x{given.number}",),
        details=(_FROM_NOW,),
    )


async def _with_shared(command: Command, desk: Desk) -> Change | Reply:
    channel = await _home(desk)
    if channel.base:
        raise CommandError("The shared exemplars count here already.", example=LIST)
    if "keep" in command.options:
        return await _set_base(channel, desk, base=True)
    own = await desk.store.exemplars.listed(desk.home)
    what = "The shared exemplars would count here again."
    return await _asked(what, (own, own), channel, command, desk, again="exemplar add shared", base=True)


async def _without_shared(command: Command, desk: Desk) -> Change | Reply:
    channel = await _home(desk)
    if not channel.base:
        raise CommandError(
            "The shared exemplars do not count here already.", example="/watch exemplar add shared"
        )
    own = await desk.store.exemplars.listed(desk.home)
    if not any(one.good for one in own):
        raise CommandError(
            "Without the shared exemplars this channel needs a good one of its own first.", example=EXAMPLE
        )
    if "keep" in command.options:
        return await _set_base(channel, desk, base=False)
    what = "The shared exemplars would not count here; this channel's own alone say what it wants."
    return await _asked(what, (own, own), channel, command, desk, again="exemplar remove shared", base=False)


async def _set_base(channel: Channel, desk: Desk, *, base: bool) -> Change:
    async with desk.store.transaction() as rooms:
        channel = await rooms.channels.get(channel.id) or channel  # what was changed meanwhile stays
        await rooms.channels.save(replace(channel, base=base))
    line = "lets the shared exemplars count here again" if base else "put the shared exemplars off here"
    back = "remove" if base else "add"
    undo = f"exemplar {back} {SHARED} keep:yes"
    return Change(line=line, undo=undo, details=(_FROM_NOW,), about=(_THE_SHARED,))


async def _asked(
    what: str,
    own: tuple[Sequence[Given], Sequence[Given]],
    channel: Channel,
    command: Command,
    desk: Desk,
    *,
    again: str,
    base: bool | None = None,
    given: Given | None = None,
) -> Reply:
    """Return what a change would do, and the button that keeps it.

    `own` are the channel's exemplars before and after, `base` whether the shared ones count after it, None
    for as before; of `given` the nearest articles are shown.
    """
    shared = desk.judging.lens.exemplars
    before = in_force(own[0], shared, base=channel.base)
    after = in_force(own[1], shared, base=channel.base if base is None else base)
    days = days_of(command, example=f"/watch {again} days:7")
    found = await forecast(before, after, await audience_of(desk), desk, days=days)
    near: tuple[Block, ...] = ()
    if given is not None:
        (read,) = await desk.judging.read((as_entry(given.exemplar, desk),))
        near = nearest_of(read, found.reports)
    return asked(what, found, keep=f"{again} keep:yes", again=again, nearest=near)


async def _home(desk: Desk) -> Channel:
    channel = await desk.store.channels.get(desk.home)
    if channel is None:
        raise CommandError("This channel is not set up yet.", example="/watch setup")
    return channel


def _sheet(meant: Said) -> Reply:
    """Return the form to paste an article into."""
    sheet = Sheet(
        title="Give an exemplar",
        command="exemplar add",
        questions=(
            Question(name="title", label="Headline", hint="As the outlet wrote it"),
            Question(
                name="text",
                label="Text",
                hint="The first paragraphs are enough",
                required=True,
                long=True,
            ),
            Question(
                name="bad",
                label="What it shows",
                value="no" if meant.good else "yes",
                choices=(
                    Choice(label="What this channel wants", value="no"),
                    Choice(label="What this channel does not want", value="yes"),
                ),
            ),
            Question(name="note", label="Why", hint="Shown in the list of exemplars"),
        ),
    )
    words = (
        "Give an article that shows what this channel wants, or does not: by its id, its link, a story's id, "
        f"or its text in quotation marks. Such as {EXAMPLE}"
    )
    return Reply(message=reply("Give an exemplar", Text(text=shown(words, 300))), sheet=sheet)
