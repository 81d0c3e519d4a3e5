"""Render a message as what chat.postMessage takes: a sentence for notifications, and blocks. Pure.

The layout uses only blocks that every client knows: sections, contexts, headers, dividers, buttons, images.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, assert_never

from bot.messages import Actions, Chart, Divider, Facts, Heading, Links, Table, Text
from bot.platforms.slack import limits, parts
from bot.platforms.slack.mrkdwn import fit, marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.messages import Block, FactLine, Message
    from bot.platforms.slack.limits import JsonObject
    from bot.platforms.slack.parts import Piece

MENTIONS: Final = 20  # people and groups a message pings at most; a section holds many more
_MENTION: Final = re.compile(r"user:([UW][A-Z0-9]{1,20})|role:(S[A-Z0-9]{1,20})")
_NO_PICTURES: Final[Mapping[Chart, str]] = {}
_NOTHING: Final = "–"  # Slack refuses an empty text


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackPayload:
    """A message in Slack's terms: `text` for notifications and screen readers, `blocks` to be seen."""

    text: str
    blocks: tuple[JsonObject, ...]


def payload(
    message: Message, *, pictures: Mapping[Chart, str] = _NO_PICTURES, note: str = ""
) -> SlackPayload:
    """Return what to post, always within Slack's limits; what goes beyond them ends in "…".

    `pictures` has the ids of uploaded charts; one without an id is told in words. `note` is a small line of
    ours at the end.
    """
    blocks, _ = _blocks(message, pictures, note, view=False)
    return SlackPayload(text=_notice(message), blocks=blocks)


def fits(message: Message) -> bool:
    """Tell whether one post holds the whole message."""
    _, whole = _blocks(message, _NO_PICTURES, "", view=False)
    return whole


def home(message: Message) -> tuple[JsonObject, ...]:
    """Return the blocks for a Home tab, which holds more of them and pings nobody."""
    blocks, _ = _blocks(message, _NO_PICTURES, "", view=True)
    return blocks


def plain(message: Message) -> str:
    """Return the message as text alone, for when Slack finds its blocks wrong; never empty."""
    out = ""
    for piece in (*_head(message), *_pieces(message, _NO_PICTURES)):
        longer = f"{out}\n{piece.text}" if out and piece.text else out or piece.text
        if limits.encoded(longer) > limits.TEXT - limits.encoded("\n…"):
            return f"{out}\n…"
        out = longer
    return out or _notice(message)


def mentions(message: Message) -> str:
    """Return who is pinged, in Slack's own form; what is no id of Slack's is left out."""
    found = [match for match in map(_MENTION.fullmatch, message.mentions) if match]
    unique = dict.fromkeys(f"<@{match[1]}>" if match[1] else f"<!subteam^{match[2]}>" for match in found)
    return " ".join(list(unique)[:MENTIONS])


def _notice(message: Message) -> str:
    pinged = mentions(message)
    room = limits.TEXT - limits.encoded(pinged) - 1
    told = fit(message.notice, room, marked, limits.encoded).text
    return " ".join(part for part in (pinged, told) if part) or _NOTHING


def _blocks(
    message: Message, pictures: Mapping[Chart, str], note: str, *, view: bool
) -> tuple[tuple[JsonObject, ...], bool]:
    """Return the blocks, and whether they hold the whole message."""
    head = () if view else tuple(_head(message))
    tail = tuple(parts.text(Text(text=note, tone="small")))
    pieces = tuple(_pieces(message, pictures))
    packed = _packed((*head, *pieces, *tail)) or [_worded(_NOTHING, small=False)]
    kept = _trimmed(packed, view=view)
    return tuple(kept), kept == packed and all(piece.whole for piece in pieces)


def _head(message: Message) -> Iterator[Piece]:
    if pinged := mentions(message):
        yield parts.Piece(text=pinged, small=True)


def _pieces(message: Message, pictures: Mapping[Chart, str]) -> Iterator[Piece]:
    blocks: Sequence[Block] = message.blocks or (Text(text=message.notice),)
    shown = _sentences(message)
    asked = 0
    for number, block in enumerate(blocks):
        match block:
            case Heading():
                yield from parts.heading(block, first=number == 0)
            case Text():
                yield from parts.text(block)
            case Facts():
                yield from parts.facts(block, {at: line for (of, at), line in shown.items() if of == number})
            case Links():
                yield from parts.links(block)
            case Table():
                yield from parts.table(block)
            case Divider():
                yield parts.Piece(block={"type": "divider"})
            case Actions():
                yield from parts.actions(block.buttons, start=asked, lang=message.lang)
                asked += sum(map(parts.askable, block.buttons))
            case Chart():
                yield from parts.chart(block, pictures.get(block, ""))
            case _:
                assert_never(block)


def _sentences(message: Message) -> dict[tuple[int, int], FactLine]:
    """Return the facts whose sentence is shown, by block and line: all of a reply's, else one, shortened."""
    every = {
        (number, row): line
        for number, block in enumerate(message.blocks)
        if isinstance(block, Facts)
        for row, line in enumerate(block.lines)
    }
    if message.kind == "reply":
        return every
    for at, line in every.items():
        if short := parts.excerpt(line.sentence, line.mention):
            return {at: replace(line, sentence=short)}
    return {}


def _packed(pieces: Sequence[Piece]) -> list[JsonObject]:
    """Return the pieces as blocks, those of a group together as far as a section holds them."""
    out: list[JsonObject] = []
    text, last = "", None
    for piece in pieces:
        joined = f"{text}\n{piece.text}"
        together = last is not None and piece.group and (piece.group, piece.small) == (last.group, last.small)
        if together and limits.weight(joined) <= limits.SECTION:
            text = joined
            continue
        if last is not None:
            out.append(_worded(text, small=last.small))
        text, last = piece.text, piece
        if piece.block is not None:
            out.append(piece.block)
            last = None
    return [*out, _worded(text, small=last.small)] if last is not None else out


def _trimmed(blocks: list[JsonObject], *, view: bool) -> list[JsonObject]:
    """Return as many blocks as Slack takes, then "…", then the last row of buttons if there was one."""
    if _within(blocks, view=view):
        return blocks
    last = blocks[-1:] if blocks[-1]["type"] == "actions" else []
    end = [_worded("…", small=True), *last]
    if not _within(end, view=view):
        end = end[:1]
    kept: list[JsonObject] = []
    for block in blocks[: len(blocks) - len(last)]:
        if not _within([*kept, block, *end], view=view):
            break
        kept.append(block)
    return [*kept, *end]


def _within(blocks: Sequence[JsonObject], *, view: bool) -> bool:
    if view:
        return limits.within(blocks, most=limits.VIEW_BLOCKS, text=limits.VIEW_JSON, as_json=limits.VIEW_JSON)
    return limits.within(blocks, most=limits.BLOCKS, text=limits.BLOCKS_TEXT, as_json=limits.BLOCKS_JSON)


def _worded(text: str, *, small: bool) -> JsonObject:
    # verbatim keeps Slack from making links and channel names of bare words
    words: JsonObject = {"type": "mrkdwn", "text": text, "verbatim": True}
    return {"type": "context", "elements": [words]} if small else {"type": "section", "text": words}
