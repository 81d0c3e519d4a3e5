"""Render a message as the JSON of a Discord message made of components (version 2). Pure."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.messages import Actions, Chart, Divider, Facts, Heading, Text
from bot.platforms.discord.lines import Line, Writer
from bot.platforms.discord.markdown import fitting, label, shorten, size, words
from bot.platforms.inert import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.messages import Button, Message

Json: TypeAlias = dict[str, object]

# Discord's documentation, "Component Reference" and "Message Resource", and its OpenAPI file.
COMPONENTS_V2: Final = 1 << 15  # message flag
MAX_COMPONENTS: Final = 40  # in a message, nested ones counted
MAX_TEXT: Final = 4_000  # characters of all text displays of a message together
MAX_CONTENT: Final = 2_000  # characters of a plain message
MAX_BUTTONS: Final = 5  # in an action row
MAX_BUTTON_LABEL: Final = 80
MAX_CUSTOM_ID: Final = 100
MAX_DESCRIPTION: Final = (
    256  # characters of a picture's description; discord.py's figure, the schema has 1,024
)
MAX_MENTIONS: Final = 100  # users, and as many roles
NONCE_LENGTH: Final = 25

_CONTAINER, _TEXT, _SEPARATOR, _GALLERY, _ROW, _BUTTON = 17, 10, 14, 12, 1, 2
_STYLES: Final = {"primary": 1, "normal": 2, "danger": 4}
ASK: Final = "ask:"  # of a button's custom id, before its command
SURE: Final = "sure:"  # the same where a question comes first; it stands behind the command
SURE_WORDS: Final = " // "
ACCENTS: Final = {
    "alert": 0x2563EB,
    "update": 0x7C3AED,
    "digest": 0x0D9488,
    "reply": 0x64748B,
    "notice": 0x64748B,
    "warning": 0xD97706,
    "urgent": 0xDC2626,
}
_MENTION: Final = re.compile(r"(user|role):([0-9]{1,20})")
_NOTHING: Final = "…"  # for a message without a word, which Discord would refuse


def payload(message: Message, *, key: str = "") -> Json:
    """Return what goes over the wire: flags, components, allowed mentions. See `layout` for the key."""
    return {
        "flags": COMPONENTS_V2,
        "components": layout(message, key=key),
        "allowed_mentions": allowed_mentions(message),
    }


def layout(message: Message, *, key: str = "") -> list[Json]:
    """Return the message as one container. What does not fit is cut between lines or words, marked by "…".

    With a key the container and its first part get ids made from it, which Discord keeps with the message:
    `marks` finds them again. Without one Discord numbers them itself.
    """
    parts = tuple(_parts(message, bare=False))
    if not _holds(parts):
        parts = tuple(_parts(message, bare=True))
    if not _holds(parts):
        parts = tuple(_cut(parts))
    children = _children(parts)
    container: Json = {
        "type": _CONTAINER,
        "accent_color": ACCENTS[_accent(message)],
        "spoiler": False,
        "components": children,
    }
    if key:
        container["id"], children[0]["id"] = marks(key)
    return [container]


def fits(message: Message) -> bool:
    """Tell whether one post holds the whole message; links may lose their fragments for it."""
    return any(_holds(tuple(_parts(message, bare=bare))) for bare in (False, True))


def plain(message: Message) -> str:
    """Return the message in at most MAX_CONTENT characters of text, for when its components are refused."""
    heading = next((block for block in message.blocks if isinstance(block, Heading)), None)
    address = fitting(heading.url, bare=True) if heading else ""
    lines = [
        " ".join(shown(message)),
        words(shorten(one_line(message.notice), MAX_CONTENT // 4)),
        f"<{address}>" if address else "",
        *(
            f"{words(fact.label)}: {words(fact.value)}"
            for block in message.blocks
            if isinstance(block, Facts)
            for fact in block.lines
        ),
    ]
    told = ""
    for line in filter(None, lines):
        if size(told) + size(line) < MAX_CONTENT:
            told = f"{told}\n{line}" if told else line
    return told or _NOTHING


def allowed_mentions(message: Message) -> Json:
    """Return whom the message may ping: exactly those it names, nobody if it names none."""
    named = mentions(message)
    return {"parse": [], **{kind: list(ids) for kind, ids in named.items() if ids}}


def mentions(message: Message) -> dict[str, tuple[str, ...]]:
    """Return the ids of the users and roles that the message may ping."""
    found = [match for name in dict.fromkeys(message.mentions) if (match := _MENTION.fullmatch(name))]
    return {
        f"{kind}s": tuple(match[2] for match in found if match[1] == kind)[:MAX_MENTIONS]
        for kind in ("user", "role")
    }


def shown(message: Message) -> tuple[str, ...]:
    """Return the pings as Discord writes them."""
    named = mentions(message)
    return (*(f"<@{one}>" for one in named["users"]), *(f"<@&{one}>" for one in named["roles"]))


def charts(message: Message) -> tuple[tuple[str, Chart], ...]:
    """Return the charts whose pictures the message shows, each with the name of its file."""
    found = (block for block in message.blocks if isinstance(block, Chart))
    return tuple((f"chart{n + 1 if n else ''}.png", chart) for n, chart in enumerate(found))[:1]


def marks(key: str) -> tuple[int, int]:
    """Return two component ids, 31 bits each, made from a delivery's key."""
    digest = hashlib.sha256(key.encode()).digest()
    first, second = (int.from_bytes(digest[at : at + 4], "big") & 0x7FFF_FFFF for at in (0, 4))
    return max(first, 1), (second if second not in {0, first} else (first % 0x7FFF_FFFE) + 1)


def nonce(key: str) -> str:
    """Return the nonce of a delivery: always the same for a key, different for another."""
    return base64.b32encode(hashlib.sha256(key.encode()).digest()).decode()[:NONCE_LENGTH]


def _accent(message: Message) -> str:
    if message.urgent and message.kind in {"alert", "update"}:
        return "urgent"
    warns = any(isinstance(block, Text) and block.tone == "warning" for block in message.blocks)
    return "warning" if warns and message.kind in {"reply", "notice"} else message.kind


def _parts(message: Message, *, bare: bool) -> Iterator[Line | Json]:
    """Yield lines of text and ready components, in order."""
    writer = Writer(message, bare=bare)
    pictures = {id(chart): name for name, chart in charts(message)}
    if pings := shown(message):
        yield Line(text=" ".join(pings))
    known: set[str] = set()
    for block in message.blocks or (Text(text=message.notice),):
        if isinstance(block, Divider):
            yield {"type": _SEPARATOR, "divider": True, "spacing": 1}
        if isinstance(block, Chart) and id(block) in pictures:
            yield _gallery(block, pictures[id(block)])
        yield from (line for line in writer.lines(block) if line.text.strip())
        if isinstance(block, Actions):
            yield from _actions(block.buttons, known)


def _gallery(chart: Chart, name: str) -> Json:
    item: Json = {"media": {"url": f"attachment://{name}"}, "spoiler": False}
    if said := label(chart.summary or chart.title, MAX_DESCRIPTION):
        item["description"] = said
    return {"type": _GALLERY, "items": [item]}


def _actions(buttons: Iterable[Button], known: set[str]) -> Iterator[Line | Json]:
    """Yield rows of buttons, and a line for each whose command is too long for one.

    `known` holds the message's custom ids so far: Discord wants each once, and two of one command are one.
    """
    fitting_buttons: list[Json] = []
    for button in buttons:
        custom = custom_id(button)
        if not custom:
            yield Line(text=f"-# {words(button.label)}, as a command: {words(button.command)}")
        elif custom not in known:
            known.add(custom)
            fitting_buttons.append(_button(button, custom))
    for at in range(0, len(fitting_buttons), MAX_BUTTONS):
        yield {"type": _ROW, "components": fitting_buttons[at : at + MAX_BUTTONS]}


def custom_id(button: Button) -> str:
    """Return what Discord hands back when the button is pressed; empty if the command is too long for it."""
    command = one_line(button.command)
    if not command or size(f"{SURE}{command}") > MAX_CUSTOM_ID:
        return ""
    if not button.confirm:
        return f"{ASK}{command}"
    room = MAX_CUSTOM_ID - size(f"{SURE}{command}{SURE_WORDS}")
    question = shorten(one_line(button.confirm).replace(SURE_WORDS, " "), room) if room > 1 else ""
    return f"{SURE}{command}{SURE_WORDS if question else ''}{question}"


def _button(button: Button, custom: str) -> Json:
    said = label(button.label, MAX_BUTTON_LABEL) or _NOTHING
    style = _STYLES[button.style]
    return {"type": _BUTTON, "style": style, "disabled": False, "label": said, "custom_id": custom}


def _children(parts: Sequence[Line | Json]) -> list[Json]:
    """Put neighbouring lines into one text display."""
    children: list[Json] = []
    for part in parts:
        if not isinstance(part, Line):
            children.append(part)
        elif children and children[-1]["type"] == _TEXT:
            children[-1] = {"type": _TEXT, "content": f"{children[-1]['content']}\n{part.text}"}
        else:
            children.append({"type": _TEXT, "content": part.text})
    if not any(child["type"] != _SEPARATOR for child in children):
        return [{"type": _TEXT, "content": _NOTHING}]
    return children


def _holds(parts: Sequence[Line | Json]) -> bool:
    """Tell whether the parts keep Discord's limits together."""
    return _weight(parts) <= MAX_COMPONENTS and _length(parts) <= MAX_TEXT


def _weight(parts: Sequence[Line | Json]) -> int:
    """Count the components, the container among them."""
    return 1 + sum(1 + len(_inside(child)) for child in _children(parts))


def _inside(child: Json) -> list[object]:
    inside = child.get("components")
    return inside if isinstance(inside, list) else []


def _length(parts: Sequence[Line | Json]) -> int:
    """Count the characters of text; each line's break counts as one."""
    return sum(size(part.text) + 1 for part in parts if isinstance(part, Line))


def _cut(parts: Sequence[Line | Json]) -> Iterator[Line | Json]:
    """Yield what fits from the start: whole lines, then one cut at a word, and the buttons that still fit."""
    kept: list[Line | Json] = []
    full = False
    for part in parts:
        if isinstance(part, Line) and full:
            continue
        if isinstance(part, Line) and not _holds([*kept, part]):
            full = True
            room = MAX_TEXT - _length(kept) - 1
            part = _shortened(part, room)  # noqa: PLW2901 - the same line, shorter
        if _holds([*kept, part]):
            kept.append(part)
    yield from kept


def _shortened(line: Line, room: int) -> Line:
    """Return the line with fewer words, so that its Markdown takes at most `room`; a bare "…" if none fit."""
    limit = room
    while line.write and limit > 1:
        text = line.write(shorten(line.raw, limit))
        if size(text) <= room:
            return Line(text=text)
        limit -= max(1, min(size(text) - room, limit // 2))
    return Line(text=_NOTHING)
