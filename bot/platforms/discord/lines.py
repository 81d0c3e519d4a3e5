"""Write each part of a message as lines of Discord's Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from bot.messages import Actions, Chart, Divider, Facts, Heading, Links, Table, Text
from bot.platforms.discord.markdown import escape, link, shorten, size, words
from bot.platforms.inert import inert, one_line, quoted, split_mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.messages import Block, FactLine, Message

QUOTED: Final = 200  # characters of the one sentence quoted in a card; a card shall fit a phone's screen
QUOTED_IN_REPLY: Final = 400  # of each sentence in an answer, which somebody asked to read
LINKS: Final = 800  # characters of Markdown for a row of links, a fifth of what a message holds
_PREFIX: Final = {"normal": "", "small": "-# ", "quote": "> ", "warning": "**!** "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Markdown of one or more lines. With `write`, it may be written again from fewer of its words, `raw`."""

    text: str
    raw: str = ""
    write: Callable[[str], str] | None = None


class Writer:
    """Write the parts of one message; only the first sentence is quoted unless it is a reply.

    `bare` leaves fragments out of links, which saves half of a long address.
    """

    def __init__(self, message: Message, *, bare: bool) -> None:
        self._every = message.kind == "reply"
        self._limit = QUOTED_IN_REPLY if self._every else QUOTED
        self._bare = bare
        self._quotes = True
        self._headings = 0

    def lines(self, block: Block) -> Iterator[Line]:
        """Yield the lines of a block; a divider, a chart's picture and buttons have none."""
        match block:
            case Heading():
                yield self._heading(block)
            case Text():
                yield _text(block)
            case Facts():
                for fact in block.lines:
                    yield from self._fact(fact)
            case Links():
                yield self._links(block)
            case Table():
                yield from _table(block)
            case Chart():
                title, summary = words(block.title), words(block.summary)
                yield Line(text="\n".join(filter(None, (f"**{title}**" if title else "", summary))))
            case Divider() | Actions():
                return
            case _:
                assert_never(block)

    def _heading(self, block: Heading) -> Line:
        mark = "## " if self._headings == 0 else "### "
        self._headings += 1

        def write(raw: str) -> str:
            said = link(raw, block.url, bare=self._bare)
            return f"{mark}{said}" if said else ""

        raw = one_line(block.text)
        return Line(text=write(raw), raw=raw, write=write)

    def _fact(self, fact: FactLine) -> Iterator[Line]:
        name, value = words(fact.label), link(fact.value, fact.source.url, bare=self._bare)
        told = " ".join(filter(None, (f"**{name}**" if name else "", value if one_line(fact.value) else "")))
        sentence = self._sentence(fact) if self._quotes else ""
        if sentence:
            self._quotes = self._every
            outlet = words(fact.source.text)
            told = f"{told}\n> {sentence}{f' – {outlet}' if outlet else ''}".lstrip("\n")
        yield Line(text=told)

    def _sentence(self, fact: FactLine) -> str:
        """Return the sentence in its quotation marks, the mention in bold; nothing if that is too long."""
        before, mention, after = split_mention(one_line(fact.sentence), one_line(fact.mention))
        if not before + mention + after or len(mention) > self._limit:
            return ""
        opening, closing = quoted(before + mention)
        before, after = _around(before, mention, after, self._limit)
        marked = f"**{escape(mention)}**" if mention else ""
        return f"{opening}{escape(before)}{marked}{escape(after)}{closing}"

    def _links(self, block: Links) -> Line:
        name = words(block.label)
        told = f"{name}: " if name else ""
        for number, one in enumerate(block.links):
            piece = f"{' · ' if number else ''}{link(one.text, one.url, bare=self._bare)}"
            if number and size(told) + size(piece) > LINKS:
                return Line(text=f"{told} · +{len(block.links) - number}")
            told += piece
        return Line(text=told if block.links else "")


def _around(before: str, mention: str, after: str, limit: int) -> tuple[str, str]:
    """Cut what stands around a mention so that all is at most `limit` long; both ends show the cut."""
    room = limit - size(mention)
    if size(before) + size(after) <= room:
        return before, after
    if not mention:
        return shorten(before, room), ""
    behind = min(size(after), max(room // 2, room - size(before)))
    ahead = room - behind
    if size(before) > ahead:
        before = _end(before, ahead)
    return before, shorten(after, behind)


def _end(text: str, limit: int) -> str:
    """Return the last words of a text, behind an ellipsis; the counterpart of `shorten`."""
    kept = text[-max(1, limit - 1) :]
    if " " in kept:
        kept = kept[kept.index(" ") + 1 :]
    elif kept[:1].isdigit():
        kept = kept.lstrip("0123456789.,")
    return f"…{kept}" if limit > 1 else "…"


def _text(block: Text) -> Line:
    def write(raw: str) -> str:
        prefix = _PREFIX[block.tone]
        first, *rest = escape(raw).split("\n")
        more = "" if block.tone == "warning" else prefix
        told = "\n".join((f"{prefix}{first}", *(f"{more}{line}" if line else "" for line in rest)))
        return told if raw else ""

    raw = inert(block.text).strip()
    return Line(text=write(raw), raw=raw, write=write)


def _table(block: Table) -> Iterator[Line]:
    """Yield the header small, then a line a row: the first cell in bold, the others with dots between."""
    if any(map(one_line, block.header)):
        yield Line(text=f"-# {' · '.join(filter(None, map(words, block.header)))}")
    for row in block.rows:
        cells = tuple(map(words, row))
        bold = tuple(f"**{cell}**" if cell else "" for cell in cells[:1])
        yield Line(text=" · ".join(filter(None, (*bold, *cells[1:]))))
