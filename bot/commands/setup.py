"""`setup`: from nothing to a watched channel with one form or one line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.commands import schedules, values
from bot.commands.parse import MAX_LENGTH, shown
from bot.commands.replies import Change, reply
from bot.commands.request import Choice, Question, Reply, Sheet
from bot.commands.settings_values import LANGUAGES
from bot.commands.setup_steps import EVERY, State, follow, mark, set_digest, stands
from bot.errors import CommandError
from bot.messages import Actions, Button, Table, Text
from watchers.matching.keywords import expression_of
from watchers.store.rows import Channel

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from watchers.store.store import Rooms

EXAMPLE: Final = '/watch setup keywords:"drone procurement, frigate" tz:Europe/Istanbul at:08:00 sources:all'
USUAL_AT: Final = "08:00"  # a new channel's digest unless it says otherwise, as in the configuration file
MOST_KEYWORD: Final = 100  # code points, as in the configuration file
MOST_CHOICES: Final = 25  # Discord's limit
_OPTIONS: Final = frozenset({"keywords", "lang", "tz", "at", "sources", "editors"})


async def answer(command: Command, desk: Desk) -> Change | Reply:
    """Set a channel up; without any option, open the form."""
    state = await stands(desk.store, desk)
    if command.values:
        raise CommandError(
            f'"{shown(command.values[0])}" needs its option\'s name in front.',
            nearest=f'keywords:"{shown(" ".join(command.values))}"',
            example=EXAMPLE,
        )
    if not command.options.keys() & _OPTIONS:
        return _asked(state)
    wanted = _wanted(command, state, desk)
    async with desk.store.transaction() as rooms:
        return await _carried_out(wanted, state, rooms, desk)


def _asked(state: State) -> Reply:
    """Return the form, and the same in words for doors without one."""
    channel = state.channel
    lang, zone = (channel.lang, channel.timezone) if channel else ("en", "UTC")
    rows = (
        ("Words to mark", state.words or "none", 'keywords:"drone procurement, frigate"'),
        ("Language", LANGUAGES.get(lang, lang), "lang:tr"),
        ("Time zone", zone, "tz:Europe/Istanbul"),
        ("Daily digest", state.at or "none", "at:08:00"),
        ("Sources", str(state.sources), "sources:all"),
    )
    begin = f"“{channel.name}” as it is set up" if channel else "This channel is not set up yet"
    known = ", ".join(state.tags) or "none"
    return Reply(
        message=reply(
            begin,
            Text(text=f"{begin}. Type what you want to set, for instance: {EXAMPLE}"),
            Table(header=("What", "Now", "To set it"), rows=rows),
            Text(text=f"Tags of the sources that the bot knows: {known}.", tone="small"),
        ),
        sheet=_sheet(state, lang, zone),
    )


def _sheet(state: State, lang: str, zone: str) -> Sheet:
    tags = ("all", "none", *state.tags)[:MOST_CHOICES]
    return Sheet(
        title="Set this channel up",
        command="setup",
        questions=(
            Question(
                name="keywords",
                label="Words to mark",
                value=state.words,
                hint="drone procurement, frigate, Baykar",
                long=True,
            ),
            Question(
                name="lang",
                label="Language of what the bot tells",
                value=lang,
                choices=tuple(Choice(label=name, value=code) for code, name in LANGUAGES.items()),
            ),
            Question(name="tz", label="Time zone", value=zone, hint="Europe/Istanbul"),
            Question(
                name="at",
                label="Daily digest at",
                value=state.at or ("off" if state.channel else USUAL_AT),
                hint="08:00, or off",
            ),
            Question(
                name="sources",
                label="Sources to read",
                value="none" if state.sources else "all",
                choices=tuple(Choice(label=_called(tag), value=tag) for tag in tags),
            ),
        ),
    )


def _called(tag: str) -> str:
    return {"all": "All that the bot knows", "none": "None more"}.get(tag, f"Those tagged {tag}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What is to be set; None where nothing was said."""

    channel: Channel
    keywords: str | None  # an expression; empty: none any more
    at: str | None  # empty: no digest any more
    sources: tuple[int, ...]
    zone_said: bool


def _wanted(command: Command, state: State, desk: Desk) -> _Wanted:
    given = command.options
    channel = state.channel or Channel(
        id=desk.channel,
        name=(desk.channel_name or desk.channel)[: values.LONGEST_NAME],
        origin="chat",
        public=desk.public,
    )
    channel = replace(
        channel,
        lang=given.get("lang", channel.lang),
        timezone=values.zone(given["tz"], example=EXAMPLE) if "tz" in given else channel.timezone,
        editors="everyone" if given.get("editors", channel.editors) == "everyone" else "managers",
        active=True,  # also one that the configuration file has no longer
    )
    at = given.get("at", "" if state.channel else USUAL_AT)
    off = at.strip().lower() in values.OFF
    return _Wanted(
        channel=channel,
        keywords=_keywords(given["keywords"]) if "keywords" in given else None,
        at=("" if off else values.at(at, example=EXAMPLE)) if at else None,
        sources=_sources(given.get("sources", "none").strip(), state),
        zone_said="tz" in given,
    )


def _keywords(text: str) -> str:
    """Return the expression of keywords with commas between, empty for "off"."""
    if text.strip().lower() in values.OFF:
        return ""
    words = [word.strip() for word in text.replace("\n", ",").replace("、", ",").split(",")]
    expression = expression_of(words)
    if not expression or any(len(word) > MOST_KEYWORD for word in words):
        raise CommandError(
            f"keywords takes words with commas between, each of at most {MOST_KEYWORD} characters, or off.",
            example=EXAMPLE,
        )
    return expression


def _sources(wanted: str, state: State) -> tuple[int, ...]:
    if wanted.lower() in values.OFF:
        return ()
    if wanted.lower() == "all":
        return EVERY
    by_fold = {tag.lower(): tag for tag in state.tags}
    if wanted.lower() not in by_fold:
        raise CommandError(
            f'No source has the tag "{shown(wanted)}"; sources takes all, none, {", ".join(state.tags)}.',
            nearest=values.nearest(wanted, ("all", "none", *state.tags)),
            example=EXAMPLE,
        )
    return state.tags[by_fold[wanted.lower()]]


async def _carried_out(wanted: _Wanted, state: State, rooms: Rooms, desk: Desk) -> Change:
    said: list[str] = []
    undo: list[str] = []
    if wanted.channel != state.channel:
        await rooms.channels.save(wanted.channel)
        for name, value, old in _differences(wanted.channel, state.channel):
            said.append(value)
            undo.append(f"{name}:{old}")
    followed = await follow(wanted.sources, rooms, desk)
    if wanted.sources:
        said.append(f"{len(followed)} more sources" if followed else "no source that was not read already")
    if wanted.keywords is not None and await mark(wanted.keywords, state, rooms, desk):
        said.append("no keywords" if not wanted.keywords else f"keywords {shown(wanted.keywords, 200)}")
        undo.append(f"keywords:{values.quoted(state.words or 'off')}" if state.retypable else "")
    zone = wanted.channel.timezone
    at = wanted.at if wanted.at is not None else (state.at if wanted.zone_said and state.at else None)
    digest = await set_digest(at, zone, state.digest, rooms, desk) if at is not None else None
    if digest is not None:
        said.append(digest)
        undo.append(_digest_back(state))
    if not said:
        raise CommandError("This channel is set up like that already.", example="/watch settings show")
    back = f"setup {' '.join(undo)}"
    takes_back = state.channel is not None and not followed and undo and all(undo) and len(back) <= MAX_LENGTH
    return Change(
        line=f"{'changed' if state.channel else 'set up'} this channel: {'; '.join(said)}",
        undo=back if takes_back else "",
        details=await _details(rooms, desk),
    )


def _digest_back(state: State) -> str:
    """Return the option that sets the digest back, empty if its zone was not the channel's."""
    own_zone = state.digest and state.channel and state.digest.timezone != state.channel.timezone
    return "" if own_zone and state.at else f"at:{state.at or 'off'}"


def _differences(new: Channel, old: Channel | None) -> list[tuple[str, str, str]]:
    """Return what is different: the option, what is said of it, and the value it had."""
    rows = (
        ("lang", f"language {LANGUAGES.get(new.lang, new.lang)}", new.lang, old.lang if old else None),
        ("tz", f"time zone {new.timezone}", new.timezone, old.timezone if old else None),
        ("editors", f"{new.editors} may change things", new.editors, old.editors if old else None),
    )
    usual = old is None and new.editors == "managers"
    return [
        (name, said, was or "")
        for name, said, now, was in rows
        if now != was and not (usual and name == "editors")
    ]


async def _details(rooms: Rooms, desk: Desk) -> tuple[Text | Actions, ...]:
    """Return when the next digest comes and what to try first."""
    state = await stands(rooms, desk)
    lines = []
    if state.digest and state.digest.active:
        runs = await schedules.upcoming(rooms, state.digest, now=desk.clock.now(), count=1)
        lines.append(f"Next digest: {schedules.said(runs, state.digest.timezone)}.")
    if not state.sources:
        lines.append(
            "No source is read here yet: /watch setup sources:all, or /watch source test URL and then "
            "/watch source add URL."
        )
    lines.append(
        'To be alerted by words: /watch rule add "frigate AND contract". To see what a rule would find: '
        "/watch rule test frigate."
    )
    buttons = (
        Button(label="Preview the digest", command="digest preview", style="primary"),
        Button(label="Sources", command="source list"),
        Button(label="Help", command="help"),
    )
    return Text(text=" ".join(lines)), Actions(buttons=buttons)
