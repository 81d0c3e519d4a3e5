"""Cut a message too long for one post into several: between facts and sentences if a post holds one. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bot.messages import Actions, Chart, Divider, Facts, Heading, Links, Table, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.messages import Block, Message

_T = TypeVar("_T")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])\s*(?=\S)|\n+")
_WORD_END = re.compile(r"\s+")


def parts(message: Message, fits: Callable[[Message], bool]) -> tuple[Message, ...]:
    """Return the message as posts that each fit, in order; itself alone if it does.

    The first keeps the mentions. A cut falls before a divider or heading where it can, else between blocks,
    else inside one: between facts, rows, links, sentences or lines, and between words only of what no post
    holds. What cannot be cut any further stays whole.
    """
    if fits(message):
        return (message,)
    posts: list[tuple[Block, ...]] = []
    held: tuple[Block, ...] = ()
    for group in _groups(message.blocks):
        for piece in _small_enough(group, message, fits):
            if held and not fits(replace(message, blocks=(*held, *piece))):
                posts.append(held)
                held = ()
            held = (*held, *piece)
    posts.append(held)
    tidy = [blocks for blocks in map(_without_edges, posts) if blocks]
    return tuple(
        replace(message, blocks=blocks, mentions=message.mentions if n == 0 else ())
        for n, blocks in enumerate(tidy)
    )


def _groups(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    """Gather blocks that belong together: from one divider or heading to the next."""
    groups: list[list[Block]] = []
    for block in blocks:
        opens = isinstance(block, Divider) or (
            isinstance(block, Heading) and not (groups and isinstance(groups[-1][-1], Divider))
        )
        if opens or not groups:
            groups.append([])
        groups[-1].append(block)
    return [tuple(group) for group in groups]


def _small_enough(
    group: tuple[Block, ...], message: Message, fits: Callable[[Message], bool]
) -> list[tuple[Block, ...]]:
    def fitting(blocks: tuple[Block, ...]) -> bool:
        return fits(replace(message, blocks=blocks))

    if fitting(group):
        return [group]
    pieces: list[tuple[Block, ...]] = []
    for block in group:
        pieces += [(part,) for part in _cut(block, fitting)]
    return pieces


def _cut(block: Block, fitting: Callable[[tuple[Block, ...]], bool]) -> list[Block]:
    """Return a block in halves, and halves of halves, until each fits or cannot be cut."""
    if fitting((block,)):
        return [block]
    halves = _halves(block)
    return [part for half in halves for part in _cut(half, fitting)] if len(halves) > 1 else [block]


def _halves(block: Block) -> list[Block]:
    match block:
        case Facts(lines=items) if len(items) > 1:
            return [replace(block, lines=half) for half in _halved(items)]
        case Table(rows=items) if len(items) > 1:
            return [replace(block, rows=half) for half in _halved(items)]
        case Links(links=items) if len(items) > 1:
            return [replace(block, links=half) for half in _halved(items)]
        case Actions(buttons=items) if len(items) > 1:
            return [replace(block, buttons=half) for half in _halved(items)]
        case Text(text=text):
            return [replace(block, text=half) for half in _two(text)]
        case Facts() | Table() | Links() | Actions() | Heading() | Divider() | Chart():
            return [block]


def _two(text: str) -> list[str]:
    """Return a text in two, cut between sentences or lines, else words, nearest its middle; else whole."""
    for end in (_SENTENCE_END, _WORD_END):
        cuts = [(one.start(), one.end()) for one in end.finditer(text)]
        inner = [(to, on) for to, on in cuts if text[:to].strip() and text[on:].strip()]
        if inner:
            to, on = min(inner, key=lambda cut: abs(cut[0] - len(text) // 2))
            return [text[:to], text[on:]]
    return [text]


def _halved(items: Sequence[_T]) -> tuple[tuple[_T, ...], tuple[_T, ...]]:
    middle = len(items) // 2
    return tuple(items[:middle]), tuple(items[middle:])


def _without_edges(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Drop dividers that would stand first or last in a post."""
    kept = list(blocks)
    while kept and isinstance(kept[0], Divider):
        kept.pop(0)
    while kept and isinstance(kept[-1], Divider):
        kept.pop()
    return tuple(kept)
