"""`settings`: what a channel is set to, the line that changes each, and who changed what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.announcing.alerts import LAYOUT
from bot.commands import budget, pages, reach, values
from bot.commands.parse import shown
from bot.commands.replies import OWN, Change, reply
from bot.commands.rules import zone_of
from bot.commands.settings_values import (
    LANGUAGES,
    OTHER_NAMES,
    SET,
    SETTERS,
    Setting,
    example,
    lull,
    visibility,
)
from bot.errors import CommandError
from bot.messages import Heading, Table, Text
from bot.wording.values import moment

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from bot.messages import Message
    from watchers.store.rows import Channel

SHARED: Final = frozenset({"threshold", "budget"})  # with the rules and sources
_THERE: Final = "let only the team see it on its platform"
_OPERATORS: Final = ("shell:", "page:")  # whose bot it is: the command line and the preview page


async def show(_command: Command, desk: Desk) -> Message:
    """Show every setting of this channel with the line that changes it."""
    channel = await _here(desk)
    home = await desk.store.channels.get(desk.home) or channel
    rows = [
        ("Name", channel.name, example("name", channel)),
        (
            "Language of what the bot tells",
            LANGUAGES.get(channel.lang, channel.lang),
            example("language", channel),
        ),
        ("Time zone", channel.timezone, example("tz", channel)),
        ("Relevance that alerts", f"{home.threshold:g}", example("threshold", home)),
        ("Alert budget", await budget.row(desk), example("budget", home)),
        ("Quiet hours", channel.quiet or "none", example("quiet", channel)),
        ("Waits for a pause in the talk", lull(channel), example("lull", channel)),
        ("Parts of a card", channel.layout or f"usual ({','.join(LAYOUT)})", example("layout", channel)),
        ("Who may change what is watched", channel.editors, example("editors", channel)),
        (
            "Who can read it",
            visibility(channel.public),
            _THERE if desk.public else example("visibility", channel),
        ),
    ]
    if channel.bound_to:
        rows.append(("Shares rules and sources of", home.name, f"{SET} bind off"))
    return reply(
        f"Settings of {channel.name}",
        Heading(text=f"Settings of {channel.name}"),
        Table(header=("Setting", "Now", "To change it"), rows=tuple(rows)),
        *await budget.advised(desk),
        Text(text="When the digest comes: /watch digest schedule", tone="small"),
    )


async def change(command: Command, desk: Desk) -> Change:
    """Change one setting."""
    name, *rest = command.values
    name = OTHER_NAMES.get(name.lower(), name.lower())
    text = " ".join(rest).strip()
    if name == "bind":
        done = await _bind(text, desk)
    else:
        setter = SETTERS.get(name)
        if setter is None:
            near = values.nearest(name, SETTERS)
            raise CommandError(
                f'There is no setting "{shown(command.values[0])}"; there are {", ".join(SETTERS)}.',
                nearest=near,
                example=example(near or "threshold", await _here(desk)),
                typed=command.values[0],
            )
        # A channel that shares another's rules shares its threshold and its budget.
        target = desk.home if name in SHARED else desk.channel
        channel = await desk.store.channels.get(target) or await _here(desk)
        done = setter(channel, text)
        await _guard(name, done.channel, desk)
        if done.channel == channel:
            raise CommandError(f"{name} is like that already.", example="/watch settings show")
    await desk.store.channels.save(done.channel)
    return Change(
        line=done.line,
        undo=f"settings set {name} {done.before}",
        about=(name if name in SHARED else f"{OWN}{name}",),
    )


def for_managers(name: str, desk: Desk) -> None:
    """Refuse a setting to whoever does not manage the channel, also where everyone may change things."""
    if not desk.asker.manages:
        raise CommandError(
            f"{name} is for those who manage this channel, whoever else may change things.",
            example="/watch settings show",
        )


async def _guard(name: str, new: Channel, desk: Desk) -> None:
    """Refuse what only those who manage may set, and what would show internal finds to outsiders."""
    if name in {"editors", "visibility"}:
        for_managers(name, desk)
    if name != "visibility":
        return
    if desk.public and not new.public:
        raise CommandError(
            "This channel can be read by people outside the team, as its platform says. Let only the team "
            "see it there; then this can be set.",
            example="/watch settings show",
        )
    if new.public:
        await _refuse_internal(desk.home, desk)


async def _bind(text: str, desk: Desk) -> Setting:
    """Let this channel share another's rules and sources, or have its own again."""
    channel = await _here(desk)
    if not desk.asker.id.startswith(_OPERATORS):
        raise CommandError(
            "bind is for whoever runs the bot, on the command line or the page.",
            example="/watch settings show",
        )
    before = values.quoted(channel.bound_to or "off")
    if text.lower() in values.OFF:
        if not channel.bound_to:
            raise CommandError("This channel has its own rules already.", example="/watch settings show")
        return Setting(
            channel=replace(channel, bound_to=""), line="gave this channel its own rules again", before=before
        )
    others = {c.id: c for c in await desk.store.channels.all() if c.id != channel.id}
    other = others.get(text)
    if other is None or other.bound_to or any(c.bound_to == channel.id for c in others.values()):
        raise CommandError(
            f'bind takes another channel that has rules of its own, not "{shown(text)}".',
            nearest=values.nearest(text, [c.id for c in others.values() if not c.bound_to]),
            example="/watch settings show",
        )
    if channel.public or desk.public:
        await _refuse_internal(other.id, desk)
    return Setting(
        channel=replace(channel, bound_to=other.id),
        line=f"lets this channel share the rules and sources of “{other.name}”",
        before=before,
    )


async def _refuse_internal(home: str, desk: Desk) -> None:
    internal = [one.watch for one in await desk.store.watches.listed(home) if one.watch.internal]
    if internal:
        raise CommandError(
            "internal cannot be bound to a public channel, and "
            f"r{internal[0].number} “{internal[0].name}” is internal.",
            example="/watch rule list",
        )


async def audit(command: Command, desk: Desk) -> Message:
    """List who changed what here, newest first; to managers also what others changed of what is shared."""
    # What everybody will read holds nothing that only those who manage may.
    home = "" if command.options.get("show") == "channel" else await reach.told_of(desk)
    count = await desk.store.audits.count(desk.channel, home=home)
    page = pages.chosen(command, count, example="/watch settings audit page:1")
    if not count:
        none = "Nothing was changed here in chat yet."
        return reply(none, Text(text=none))
    some = await desk.store.audits.listed(desk.channel, limit=pages.ROWS, offset=page.start, home=home)
    zone = await zone_of(desk)
    called = {channel.id: channel.name for channel in await desk.store.channels.all()}
    rows = tuple(
        (
            f"u{one.number}",
            moment(one.at, zone, "en"),
            (one.asker_name or "somebody")
            + (f" in “{called.get(one.channel, one.channel)}”" if one.channel != desk.channel else ""),
            one.line + (" (taken back)" if one.undone_at else ""),
        )
        for one in some
    )
    return reply(
        "Who changed what",
        Heading(text="Who changed what here"),
        Table(header=("Id", "When", "Who", "What"), rows=rows),
        *pages.footer(page, again="settings audit"),
    )


async def _here(desk: Desk) -> Channel:
    channel = await desk.store.channels.get(desk.channel)
    if channel is None:
        raise CommandError("This channel is not set up yet.", example="/watch setup")
    return channel
