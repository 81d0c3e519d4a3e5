"""The settings of a channel: how each is read, what is said of it, and how it is set back. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.announcing.alerts import LAYOUT
from bot.announcing.budget import MOST_BUDGET
from bot.announcing.quiet import hours
from bot.commands import values
from bot.commands.parse import shown
from bot.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from watchers.store.rows import Channel

SET: Final = "/watch settings set"
LANGUAGES: Final = {"en": "English", "tr": "Turkish", "ja": "Japanese"}
_LANGUAGE_WORDS: Final = {
    "english": "en", "turkish": "tr", "türkçe": "tr", "turkce": "tr", "japanese": "ja", "日本語": "ja",
    "jp": "ja",
}  # fmt: skip
USUAL_MOST: Final = 60  # minutes that a card waits for a pause in the talk, unless set otherwise
# Per setting a value to try, the channel's field that has it then, and what to try where it does.
_TRIED: Final = {
    "language": ("tr", "lang", "tr", "en"),
    "tz": ("Europe/Istanbul", "timezone", "Europe/Istanbul", "UTC"),
    "threshold": ("0.65", "threshold", 0.65, "0.6"),
    "budget": ("5", "budget", 5, "10"),
    "quiet": ("22:00-07:00", "quiet", "22:00-07:00", "off"),
    "lull": ("5m up to 60m", "lull", 5, "off"),
    "layout": ("headline,reason,facts,buttons", "layout", "headline,reason,facts,buttons", "usual"),
    "editors": ("everyone", "editors", "everyone", "managers"),
    "visibility": ("public", "public", True, "internal"),
    "name": ('"Harbour desk"', "name", "Harbour desk", '"News desk"'),
}
OTHER_NAMES: Final = {
    "lang": "language", "timezone": "tz", "zone": "tz", "relevance": "threshold", "alerts": "budget",
    "hours": "quiet", "talk": "lull", "pause": "lull",
    "card": "layout", "editor": "editors", "public": "visibility",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A channel with one setting changed, what is said of it, and the value it had, as typed."""

    channel: Channel
    line: str
    before: str


def other(name: str, channel: Channel) -> str:
    """Return a value, as typed, that a setting of a channel may be set to and is not set to yet."""
    first, field, kept, second = _TRIED[name]
    return second if getattr(channel, field) == kept else first


def example(name: str, channel: Channel) -> str:
    """Return a line that sets a setting of a channel to another value."""
    return f"{SET} {name} {other(name, channel)}"


def _language(channel: Channel, text: str) -> Setting:
    wanted = _LANGUAGE_WORDS.get(text.lower(), text.lower())
    if wanted not in LANGUAGES:
        raise CommandError(
            f'language takes {", ".join(LANGUAGES)}, not "{shown(text)}".',
            nearest=values.nearest(wanted, LANGUAGES),
            example=example("language", channel),
            typed=text,
        )
    line = f"set the language of what the bot tells here to {LANGUAGES[wanted]}"
    return Setting(channel=replace(channel, lang=wanted), line=line, before=channel.lang)


def _zone(channel: Channel, text: str) -> Setting:
    wanted = values.zone(text, example=f"{SET} tz {{}}")
    return Setting(
        channel=replace(channel, timezone=wanted),
        line=f"set the time zone to {wanted}; digests keep theirs",
        before=channel.timezone,
    )


def _threshold(channel: Channel, text: str) -> Setting:
    wanted = values.threshold(text, example=example("threshold", channel))
    return Setting(
        channel=replace(channel, threshold=wanted),
        line=f"set the relevance that alerts to {wanted:g}, from {channel.threshold:g}",
        before=repr(channel.threshold),
    )


def _budget(channel: Channel, text: str) -> Setting:
    wanted = 0 if text.lower() in values.OFF else values.whole(text, most=MOST_BUDGET)
    if wanted is None:
        raise CommandError(
            f'budget takes a number of alerts a day from 1 to {MOST_BUDGET}, or off, not "{shown(text)}".',
            nearest=str(MOST_BUDGET) if text.isdecimal() and text.strip("0") else "",
            example=example("budget", channel),
            typed=text,
        )
    line = (
        f"set the alert budget to {wanted} a day: what is beyond it waits for the digest"
        if wanted
        else "took the limit off alerts a day"
    )
    return Setting(
        channel=replace(channel, budget=wanted),
        line=line,
        before=str(channel.budget or "off"),
    )


def _quiet(channel: Channel, text: str) -> Setting:
    ends = None if text.lower() in values.OFF else hours(text)
    if ends is None and text.lower() not in values.OFF:
        near = _like_hours(text)
        raise CommandError(
            f'quiet takes hours such as 22:00-07:00, or off, not "{shown(text)}".',
            nearest=near,
            example=f"{SET} quiet {near}" if near else example("quiet", channel),
            typed=text,
        )
    wanted = text if ends else ""
    line = (
        f"set quiet hours to {wanted}: alerts wait until they end, unless a rule says alert:now"
        if wanted
        else "ended the quiet hours"
    )
    return Setting(channel=replace(channel, quiet=wanted), line=line, before=channel.quiet or "off")


def lull(channel: Channel) -> str:
    """Return what a channel's cards wait for, in words."""
    return f"{channel.lull} min, at most {channel.lull_most} min" if channel.lull else "no"


def _like_hours(text: str) -> str:
    """Return quiet hours in full for "22-7" or "22:00 - 7:00", empty for what is no hours at all."""
    ends = [end.strip() for end in text.replace("–", "-").split("-")]
    try:
        full = [values.at(end if ":" in end else f"{end}:00", example="") for end in ends]
    except CommandError:
        return ""
    wanted = "-".join(full)
    return wanted if hours(wanted) else ""


def _lull(channel: Channel, text: str) -> Setting:
    """Read "5m" or "5m up to 60m": minutes without talk that cards wait for, and at most how long."""
    if text.lower() in values.OFF:
        lull, most = 0, USUAL_MOST
    else:
        first, *rest = text.lower().replace(",", " ").replace("up to", " ").split() or [text]
        ends = (timedelta(minutes=1), timedelta(hours=12))
        least, longest = (
            values.span(one, "lull", low=ends[0], high=ends[1], example=example("lull", channel))
            for one in (first, *(rest or [f"{channel.lull_most}m"]))[:2]
        )
        lull, most = int(least.total_seconds() // 60), int(max(least, longest).total_seconds() // 60)
    line = (
        f"let cards that are not urgent wait until nobody has written here for {lull} min, at most {most} min"
        if lull
        else "let cards come as they are, whether people are talking or not"
    )
    before = f"{channel.lull}m up to {channel.lull_most}m" if channel.lull else "off"
    return Setting(channel=replace(channel, lull=lull, lull_most=most), line=line, before=before)


def _layout(channel: Channel, text: str) -> Setting:
    parts = [part.strip().lower() for part in text.split(",") if part.strip()]
    usual = parts == ["usual"]
    wrong = next((part for part in parts if part not in LAYOUT), None)
    if not usual and (wrong is not None or "headline" not in parts or len(set(parts)) < len(parts)):
        what = f"not “{shown(wrong)}”" if wrong else "each once, the headline among them"
        raise CommandError(
            f"layout takes parts of {','.join(LAYOUT)} with commas between, or usual; {what}.",
            nearest=values.nearest(wrong, LAYOUT) if wrong else "",
            example=example("layout", channel),
        )
    wanted = "" if usual or tuple(parts) == LAYOUT else ",".join(parts)
    return Setting(
        channel=replace(channel, layout=wanted),
        line=f"set the parts of a card to {wanted or 'the usual'}",
        before=channel.layout or "usual",
    )


def _editors(channel: Channel, text: str) -> Setting:
    if text.lower() not in {"managers", "everyone"}:
        raise CommandError(
            f'editors takes managers or everyone, not "{shown(text)}".',
            nearest=values.nearest(text, ("managers", "everyone")),
            example=example("editors", channel),
            typed=text,
        )
    everyone = text.lower() == "everyone"
    return Setting(
        channel=replace(channel, editors="everyone" if everyone else "managers"),
        line="let everyone change what is watched here"
        if everyone
        else "let only managers change what is watched here",
        before=channel.editors,
    )


def _visibility_of(channel: Channel, text: str) -> Setting:
    if text.lower() not in {"public", "internal"}:
        raise CommandError(
            f'visibility takes public or internal, not "{shown(text)}".',
            nearest=values.nearest(text, ("public", "internal")),
            example=example("visibility", channel),
            typed=text,
        )
    public = text.lower() == "public"
    return Setting(
        channel=replace(channel, public=public),
        line=f"noted that {visibility(public)} can read this channel",
        before="public" if channel.public else "internal",
    )


def visibility(public: bool) -> str:  # noqa: FBT001 - the value itself is what is worded
    """Return who can read a channel."""
    return "people outside the team" if public else "only the team"


def _named(channel: Channel, text: str) -> Setting:
    wanted = values.named(text, example=example("name", channel))
    return Setting(
        channel=replace(channel, name=wanted),
        line=f"named this channel “{wanted}”, formerly “{channel.name}”",
        before=values.quoted(channel.name),
    )


SETTERS: Final[Mapping[str, Callable[[Channel, str], Setting]]] = {
    "language": _language,
    "tz": _zone,
    "threshold": _threshold,
    "budget": _budget,
    "quiet": _quiet,
    "lull": _lull,
    "layout": _layout,
    "editors": _editors,
    "visibility": _visibility_of,
    "name": _named,
}
