"""Read what Slack delivers (a command, a press, a form, a message's menu) as one thing asked. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

# Slack writes links, people and channels as <target|label>, and the characters of that markup as entities.
_MARKUP = re.compile(r"<((?:[@#!]|[a-z]{1,12}:)[^<>|\s]*)(?:\|([^<>|]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
# Where a delivery's key ("slack:C012/t7/card") or a button's command ("vote up t7") names a story.
_STORY_IN_KEY = re.compile(r"/t([0-9]{1,18})(?:/|$)")
_STORY_IN_COMMAND = re.compile(
    r"(?:vote up|vote down|why|facts|like|mute add|story [a-z]+) t([0-9]{1,18})(?![0-9a-z])"
)
# What Slack calls a channel in a command from one whose name it keeps to itself.
_UNNAMED: Final = frozenset({"directmessage", "privategroup"})

ACTION: Final = "ask:"  # how the ids of our buttons begin
SHORTCUTS: Final[Mapping[str, str]] = {
    "more": "vote up {}",
    "less": "vote down {}",
    "like": "like {}",
    "why": "why {}",
    "facts": "facts {}",
    "mute": "mute add {} for:7d",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing asked, with Slack's own ids.

    `channel` is empty when it was asked in the app's home. `event` is the same each time Slack delivers this
    very asking. `trigger` opens a form within three seconds, `response_url` takes five answers within half an
    hour; either may be empty. `thread` is the post in whose thread it was asked, empty outside of threads.
    """

    text: str
    channel: str
    user: str
    user_name: str
    event: str
    channel_name: str = ""
    trigger: str = ""
    response_url: str = ""
    thread: str = ""


def typed(body: Mapping[str, object]) -> Asked:
    """Read a slash command; one without words asks for help."""
    name, trigger = at(body, "channel_name"), at(body, "trigger_id")
    return Asked(
        text=plain(at(body, "text")).strip() or "help",
        channel=at(body, "channel_id"),
        user=at(body, "user_id"),
        user_name=at(body, "user_name"),
        event=f"slack:typed:{trigger}" if trigger else "",
        channel_name="" if name in _UNNAMED else name,
        trigger=trigger,
        response_url=at(body, "response_url"),
    )


def pressed(body: Mapping[str, object]) -> Asked | None:
    """Read a press of one of our buttons; None if there is no command in it."""
    for action in _list(body, "actions"):
        command = at(action, "value") or at(action, "selected_option", "value")
        if at(action, "action_id").startswith(ACTION) and command.strip():
            break
    else:
        return None
    where = at(body, "container", "message_ts") or at(body, "message", "ts") or at(body, "view", "id")
    # The command may be long; its hash tells two buttons of one post apart just as well.
    which = hashlib.sha256(command.encode()).hexdigest()[:16]
    return _interactive(
        body,
        text=command.strip(),
        event=f"slack:pressed:{where}:{at(body, 'user', 'id')}:{at(action, 'action_ts')}:{which}",
    )


def picked(body: Mapping[str, object]) -> Asked | None:
    """Read an entry picked from a message's menu; None if the message tells of no story, or of several."""
    command = SHORTCUTS.get(at(body, "callback_id"))
    story = story_of(body)
    return None if command is None or not story else elsewhere(body, text=command.format(story))


def elsewhere(body: Mapping[str, object], *, text: str) -> Asked:
    """Read where an entry of a message's menu was picked, and by whom; `text` is the command it means."""
    once = at(body, "action_ts") or at(body, "trigger_id")
    event = f"slack:picked:{at(body, 'callback_id')}:{at(body, 'user', 'id')}:{once}" if once else ""
    return _interactive(body, text=text, event=event)


def sent(body: Mapping[str, object], *, text: str, channel: str) -> Asked:
    """Read a form that was sent; the command and the channel come from what it carried."""
    view = f"{at(body, 'view', 'id')}:{at(body, 'view', 'hash')}"
    return Asked(
        text=text,
        channel=channel,
        user=at(body, "user", "id"),
        user_name=_user_name(body),
        event=f"slack:sent:{view}" if view != ":" else "",
        trigger=at(body, "trigger_id"),
    )


def story_of(body: Mapping[str, object]) -> str:
    """Return the story ("t7") that the message in a payload tells of; empty if none, several or not ours."""
    message = _mapping(body, "message")
    theirs, ours = at(message, "app_id"), at(body, "api_app_id")
    if theirs and ours and theirs != ours:
        return ""
    if found := _STORY_IN_KEY.search(at(message, "metadata", "event_payload", "key")):
        return f"t{found[1]}"
    named = {match[1] for value in _values(message.get("blocks")) if (match := _command_story(value))}
    return f"t{named.pop()}" if len(named) == 1 else ""


def plain(text: str) -> str:
    """Return a command as it was meant: links and people as what they point to, entities as characters.

    A person or group given to an option (`mention:<@U012|jo>`) becomes "user:U012" or "role:S012".
    """
    text = _MARKUP.sub(lambda found: _target(found, option=text[: found.start()].endswith(":")), text)
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def at(body: object, *path: str) -> str:
    """Return the string at a path of names in a payload; empty if there is none."""
    for name in path:
        body = body.get(name) if isinstance(body, Mapping) else None
    return body if isinstance(body, str) else ""


def _interactive(body: Mapping[str, object], *, text: str, event: str) -> Asked:
    name = at(body, "channel", "name")
    return Asked(
        text=text,
        channel=at(body, "channel", "id") or at(body, "container", "channel_id"),
        user=at(body, "user", "id"),
        user_name=_user_name(body),
        event=event,
        channel_name="" if name in _UNNAMED else name,
        trigger=at(body, "trigger_id"),
        response_url=at(body, "response_url"),
        thread=_thread(body),
    )


def _thread(body: Mapping[str, object]) -> str:
    """Return the thread in which something was pressed, empty for a channel.

    What a thread hangs from stands in the channel, and names itself as its thread once it has an answer.
    """
    for place, own in (("message", "ts"), ("container", "message_ts")):
        if (thread := at(body, place, "thread_ts")) and thread != at(body, place, own):
            return thread
    return ""


def _user_name(body: Mapping[str, object]) -> str:
    return at(body, "user", "username") or at(body, "user", "name")


def _mapping(body: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def _list(body: Mapping[str, object], name: str) -> list[object]:
    value = body.get(name)
    return value if isinstance(value, list) else []


def _command_story(value: str) -> re.Match[str] | None:
    return _STORY_IN_COMMAND.match(value)


def _values(part: object) -> Iterator[str]:
    """Yield the commands of all buttons in a message's blocks."""
    waiting = [part]
    while waiting:
        match waiting.pop():
            case list() as parts:
                waiting.extend(parts)
            case Mapping() as block:
                if at(block, "action_id").startswith(ACTION):
                    yield at(block, "value")
                waiting.extend(block.get(name) for name in ("elements", "accessory", "actions", "blocks"))
            case _:
                continue


def _target(found: re.Match[str], *, option: bool) -> str:
    target, label = found[1], found[2] or ""
    if target.startswith("@"):
        return f"user:{target[1:]}" if option else target
    if target.startswith("!subteam^"):
        group = target.removeprefix("!subteam^")
        return f"role:{group}" if option else f"@{group}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith(("!", "mailto:")):
        return label.lstrip("@") or target.partition(":")[2] or target[1:]
    return target
