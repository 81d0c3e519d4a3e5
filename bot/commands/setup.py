"""`setup`: from nothing to a watched channel with one form or one line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.commands import values
from bot.commands.expressions import keyword_list
from bot.commands.parse import MAX_LENGTH, language_code, shown
from bot.commands.replies import OWN, Change, reply
from bot.commands.request import Choice, Question, Reply, Sheet
from bot.commands.settings import for_managers
from bot.commands.settings_values import LANGUAGES, other
from bot.commands.setup_steps import EVERY, State, details, follow, mark, set_digest, stands, things
from bot.errors import CommandError
from bot.messages import Table, Text
from watchers.store.rows import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.commands.desk import Desk
    from bot.commands.parse import Command
    from watchers.store.store import Rooms

EXAMPLE: Final = '/watch setup keywords:"drone procurement, frigate" tz:Europe/Istanbul at:08:00 sources:all'
EARLIER: Final = "07:30"
USUAL_AT: Final = "08:00"  # a new channel's digest unless it says otherwise, as in the configuration file
MOST_CHOICES: Final = 25  # Discord's limit
_OPTIONS: Final = frozenset({"keywords", "lang", "tz", "at", "sources", "editors"})


async def answer(command: Command, desk: Desk) -> Change | Reply:
    """Set a channel up; without any option, open the form."""
    state = await stands(desk.store, desk)
    if command.values:
        near = _guessed(command)
        raise CommandError(
            f'"{shown(command.values[0])}" stands alone; a value needs its option\'s name in front, and '
            "quotation marks if it has spaces.",
            nearest=near,
            example=f"/watch setup {near}",
            typed=command.values[0] if len(command.values) == 1 and not near.startswith("keywords:") else "",
        )
    if not command.options.keys() & _OPTIONS:
        return _asked(state)
    wanted = _wanted(command, state, desk)
    async with desk.store.transaction() as rooms:
        return await _carried_out(wanted, state, rooms, desk)


def _guessed(command: Command) -> str:
    """Return the option that words without one were probably meant for."""
    word = command.values[0]
    if (code := language_code(word)) in LANGUAGES:
        return f"lang:{code}"
    if time := values.likely_time(word):
        return f"at:{time}"
    if city := values.likely_zone(word):
        return f"tz:{city}"
    begun = command.options.get("keywords", "").rstrip(", ")
    listed = ", ".join(word.strip(", ") for word in " ".join(command.values).split(","))
    return f"keywords:{values.quoted(', '.join(filter(None, (begun, listed))))}"


def _again(given: Mapping[str, str], wrong: str) -> str:
    """Return the line as typed but for one option, whose value is left to be filled in as `{}`."""
    kept = {name: value.replace("{", "").replace("}", "") for name, value in given.items() if name != wrong}
    parts = [f"{name}:{values.quoted(kept[name])}" for name in ("keywords", "lang") if name in kept]
    return " ".join(["/watch setup", *parts, f"{wrong}:{{}}"])


def _asked(state: State) -> Reply:
    """Return the form, and the same in words for doors without one."""
    channel = state.channel
    now = channel or Channel(id="", name="")
    lang, zone = now.lang, now.timezone
    at = f"at:{USUAL_AT if state.at != USUAL_AT else EARLIER}"
    rows = (
        ("Keywords, marked in what is told", state.words or "none", 'keywords:"drone procurement, frigate"'),
        ("Language", LANGUAGES.get(lang, lang), f"lang:{other('language', now)}"),
        ("Time zone", zone, f"tz:{other('tz', now)}"),
        ("Digest", f"{state.digest.days} at {state.at}" if state.digest and state.at else "none", at),
        ("Sources read here", str(state.sources), "sources:all" if state.others else "/watch source add URL"),
    )
    begin = f"“{channel.name}” as it is set up" if channel else "This channel is not set up yet"
    known = (
        f"Tags of the sources that the bot knows: {', '.join(state.tags)}."
        if state.tags
        else (
            "The bot knows no source yet that this channel does not read: /watch source add URL brings one."
            if not state.others
            else "None of the sources that the bot knows has a tag."
        )
    )
    return Reply(
        message=reply(
            begin,
            Text(text=f"{begin}. Type what you want to set and leave out the rest, for instance: {EXAMPLE}"),
            Table(header=("What", "Now", "To set it"), rows=rows),
            Text(text=known, tone="small"),
        ),
        sheet=_sheet(state, lang, zone),
    )


def _sheet(state: State, lang: str, zone: str) -> Sheet:
    used = state.channel is not None
    return Sheet(
        title="Set this channel up",
        command="setup",
        questions=(
            Question(
                name="keywords",
                label="Keywords to mark, with commas between",
                value=state.words,
                stands=used,
                hint="drone procurement, frigate, Baykar",
                long=True,
            ),
            Question(
                name="lang",
                label="Language of what the bot tells",
                value=lang,
                stands=used,
                choices=tuple(Choice(label=name, value=code) for code, name in LANGUAGES.items()),
            ),
            Question(name="tz", label="Time zone", value=zone, stands=used, hint="Europe/Istanbul"),
            Question(
                name="at",
                label="Digest at" if state.digest and state.digest.days != "daily" else "Daily digest at",
                value=state.at or ("off" if used else USUAL_AT),
                stands=used,
                hint="08:00, or off",
            ),
            *((_which_sources(state),) if state.others else ()),
        ),
    )


def _which_sources(state: State) -> Question:
    tags = ("all", "none", *state.tags)[:MOST_CHOICES]
    return Question(
        name="sources",
        label="Sources to read",
        value="none" if state.sources else "all",
        choices=tuple(Choice(label=_called(tag), value=tag) for tag in tags),
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
    words = given.get("keywords")
    channel = state.channel or Channel(
        id=desk.channel,
        name=(desk.channel_name or desk.channel)[: values.LONGEST_NAME],
        origin="chat",
        public=desk.public,
    )
    channel = replace(
        channel,
        lang=given.get("lang", channel.lang),
        timezone=values.zone(given["tz"], example=_again(given, "tz")) if "tz" in given else channel.timezone,
        editors="everyone" if given.get("editors", channel.editors) == "everyone" else "managers",
        active=True,  # also one that the configuration file has no longer
    )
    if state.channel and channel.editors != state.channel.editors:
        for_managers("editors", desk)
    at = given.get("at", "" if state.channel else USUAL_AT)
    off = at.strip().lower() in values.OFF
    return _Wanted(
        channel=channel,
        keywords=keyword_list(words, state.known, example=EXAMPLE) if words is not None else None,
        at=("" if off else values.at(at, example=_again(given, "at"))) if at else None,
        sources=_sources(given.get("sources", "none").strip(), state),
        zone_said="tz" in given,
    )


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
            typed=wanted,
        )
    return state.tags[by_fold[wanted.lower()]]


async def _carried_out(wanted: _Wanted, state: State, rooms: Rooms, desk: Desk) -> Change:
    said: list[str] = []
    undo: list[str] = []
    about: list[str] = []
    if wanted.channel != state.channel:
        await rooms.channels.save(wanted.channel)
        for name, value, old in _differences(wanted.channel, state.channel):
            said.append(value)
            undo.append(f"{name}:{old}")
            about.append(f"{OWN}{'language' if name == 'lang' else name}")
    followed = await follow(wanted.sources, rooms, desk)
    if wanted.sources:
        said.append(_followed(len(followed), state))
        about += [f"s{number}" for number in followed]
    marked = wanted.keywords is not None and await mark(wanted.keywords, state, rooms, desk)
    if marked:
        now = f"keywords {shown(wanted.keywords or '', 200)}" if wanted.keywords else "no keywords"
        said.append(f"{now}, no longer {shown(state.words, 200)}" if state.words else now)
        undo.append(f"keywords:{values.quoted(state.words or 'off')}" if state.retypable else "")
    zone = wanted.channel.timezone
    at = wanted.at if wanted.at is not None else (state.at if wanted.zone_said and state.at else None)
    digest = await set_digest(at, zone, state.digest, rooms, desk) if at is not None else None
    if digest is not None:
        said.append(digest)
    if digest is not None or (state.at and state.channel and state.channel.timezone != zone):
        undo.append(_digest_back(state))  # a zone that is said again is the digest's, too
    done = await stands(rooms, desk)
    about += things(state, done, keywords=marked, digest=digest is not None)
    if not said:
        raise CommandError("This channel is set up like that already.", example="/watch settings show")
    back = f"setup {' '.join(undo)}"
    takes_back = state.channel is not None and not followed and undo and all(undo) and len(back) <= MAX_LENGTH
    return Change(
        line=f"{'changed' if state.channel else 'set up'} this channel: {'; '.join(said)}",
        undo=back if takes_back else "",
        details=await details(done, rooms, desk),
        about=tuple(about),
    )


def _followed(count: int, state: State) -> str:
    if count:
        return f"{count} more source{'s' if count > 1 else ''}"
    return (
        "all sources that the bot knows were read already"
        if state.sources
        else "no sources: the bot knows none yet"
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
