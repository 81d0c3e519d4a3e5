"""Render a message as lines for a terminal: plain words that read well without colour too."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, assert_never

from bot.messages import Actions, Button, Chart, Divider, Facts, Heading, Links, Table, Text
from bot.platforms.inert import inert, one_line, quoted, safe_url, split_mention
from bot.platforms.preview.wrap import Run, cells, pad, paint, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.messages import Bar, Block, FactLine, Message
    from bot.platforms.preview.wrap import Line

MIN_WIDTH = 24  # columns; nobody reads news in less, and the arithmetic below stays positive
BESIDE = 60  # columns; narrower, a label goes above its value, or sentences run down in five-word lines
LABEL_WIDTH = 18  # columns; the longest of our labels, "Teslim tarihi" and "Contract value", need 14
_INDENT = 2

_BOLD, _DIM, _MARK = "1", "2", "1;4"
_KINDS: Final = {
    "alert": ("ALERT", "1;34"),
    "update": ("UPDATE", "1;35"),
    "digest": ("DIGEST", "1;36"),
    "reply": ("REPLY", "1"),
    "notice": ("NOTICE", "1;33"),
}
_URGENT = ("URGENT ALERT", "1;31")


def render_text(message: Message, *, width: int, colour: bool, about: str = "") -> tuple[str, ...]:
    """Return the lines of a message, at most `width` columns each, save addresses, which stay whole.

    `about` stands beside the kind in the first line, such as a time and a channel. Without `colour` a
    mention is set in ‹angle marks›, with it in bold and underlined.
    """
    width = max(MIN_WIDTH, width)
    lines = [_banner(message, one_line(about), width)]
    blocks = message.blocks or (Text(text=message.notice),)
    for before, block in zip((None, *blocks), blocks, strict=False):
        if _needs_air(before, block):
            lines.append(())
        lines.extend(_block(block, width, colour=colour))
    return tuple(paint(line, colour=colour) for line in lines)


def render_note(word: str, notice: str, *, width: int, colour: bool, about: str) -> tuple[str, ...]:
    """Return the lines that say what happened to a post: a banner with the word, and the post's notice."""
    width = max(MIN_WIDTH, width)
    lines = [_rule(word.upper(), "1", "", one_line(about), width)]
    lines.extend(wrap([Run(one_line(notice), _DIM)], width))
    return tuple(paint(line, colour=colour) for line in lines)


def _banner(message: Message, about: str, width: int) -> Line:
    name, style = _URGENT if message.urgent else _KINDS[message.kind]
    thread = f" {one_line(message.thread)}" if message.thread else ""
    return _rule(name, style, thread, about, width)


def _rule(name: str, style: str, thread: str, about: str, width: int) -> Line:
    tail = f"{thread}  {about}" if about else thread
    rest = width - cells(name) - cells(tail) - 4
    rule = f" {'─' * rest}" if rest > 0 else ""
    return (Run("── ", _DIM), Run(name, style), Run(tail, _DIM), Run(rule, _DIM))


def _needs_air(before: Block | None, block: Block) -> bool:
    """Tell whether an empty line helps between two blocks: before a new part, not between lines of one."""
    if before is None:
        return False
    if isinstance(block, Heading):
        return not isinstance(before, Divider)
    return isinstance(block, Facts | Table | Chart | Actions) or isinstance(before, Facts | Table | Chart)


def _block(block: Block, width: int, *, colour: bool) -> Iterator[Line]:
    match block:
        case Heading():
            yield from wrap([Run(one_line(block.text), _BOLD)], width)
            if url := safe_url(block.url):
                yield (Run(url, _DIM),)
        case Text():
            yield from _text(block, width)
        case Facts():
            yield from _facts(block, width, colour=colour)
        case Links():
            yield from _links(block, width)
        case Table():
            yield from _table(block, width)
        case Divider():
            yield (Run("─" * width, _DIM),)
        case Actions():
            yield from _actions(block, width)
        case Chart():
            yield from _chart(block, width)
        case _:
            assert_never(block)


def _text(block: Text, width: int) -> Iterator[Line]:
    text = inert(block.text)
    match block.tone:
        case "normal":
            yield from wrap([Run(text)], width)
        case "small":
            yield from wrap([Run(text, _DIM)], width)
        case "quote":
            yield from _behind(Run("│ ", _DIM), [Run(text)], width)
        case "warning":
            yield from _behind(Run("! ", "1;33"), [Run(text, "33")], width)
        case _:
            assert_never(block.tone)


def _behind(lead: Run, runs: list[Run], width: int) -> Iterator[Line]:
    for line in wrap(runs, width - cells(lead.text)):
        yield (lead, *line)


def _facts(block: Facts, width: int, *, colour: bool) -> Iterator[Line]:
    labels = [one_line(fact.label) for fact in block.lines]
    column = min(max(map(cells, labels), default=0), LABEL_WIDTH) if width >= BESIDE else 0
    for fact, label in zip(block.lines, labels, strict=True):
        yield from _fact(fact, label, column, width, colour=colour)


def _fact(fact: FactLine, label: str, column: int, width: int, *, colour: bool) -> Iterator[Line]:
    """Yield the value beside its label, and below it, indented, the sentence and the outlet it came from."""
    left = _INDENT + column + 2
    name = Run(" " * _INDENT + pad(label, column) + "  ", _DIM)
    if cells(label) > column:
        for line in wrap([Run(label, _DIM)], width - _INDENT):
            yield (Run(" " * _INDENT), *line)
        name = Run(" " * left)
    for line in wrap([Run(one_line(fact.value), _BOLD)], width - left):
        yield (name, *line)
        name = Run(" " * left)
    before, mention, after = split_mention(one_line(fact.sentence), one_line(fact.mention))
    marked = Run(mention, _MARK) if colour else Run(f"‹{mention}›")
    opening, closing = quoted(before + mention)
    sentence = [Run(opening + before), *([marked] if mention else []), Run(after + closing)]
    source = one_line(fact.source.text)
    outlet = [Run(f" – {source}", _DIM)] if source else []
    for line in wrap(sentence + outlet if before + mention + after else outlet, width - left):
        yield (Run(" " * left), *line)


def _links(block: Links, width: int) -> Iterator[Line]:
    label = one_line(block.label)
    if not any(safe_url(link.url) for link in block.links):
        words = " · ".join(one_line(link.text) for link in block.links)
        yield from wrap([Run(f"{label}: " if label else "", _DIM), Run(words)], width)
        return
    if label:
        yield from wrap([Run(label, _DIM)], width)
    column = min(max((cells(one_line(link.text)) for link in block.links), default=0), width // 3)
    for link in block.links:
        url = safe_url(link.url)
        first, *more = wrap([Run(one_line(link.text))], width - _INDENT)
        beside = not more and sum(cells(run.text) for run in first) <= column
        gap = pad("", column - sum(cells(run.text) for run in first) + 2) if beside else ""
        yield (Run(" " * _INDENT), *first, *([Run(gap), Run(url, _DIM)] if beside and url else []))
        yield from ((Run(" " * _INDENT), *line) for line in more)
        if url and not beside:
            yield (Run(" " * (_INDENT + 2)), Run(url, _DIM))


def _actions(block: Actions, width: int) -> Iterator[Line]:
    """Yield what can be asked next: a terminal has no buttons, so each is the command to type."""
    offered = " · ".join(map(_offered, block.buttons))
    yield from wrap([Run("Ask  ", _BOLD), Run(offered, _DIM)], width)


def _offered(button: Button) -> str:
    label, command = one_line(button.label), one_line(button.command)
    return command if command.startswith(label.rstrip("…")) else f"{label}: {command}"


def _chart(block: Chart, width: int) -> Iterator[Line]:
    yield from wrap([Run(one_line(block.title), _BOLD)], width)
    bars = tuple(_without_runs_of_none(block.bars))
    column = min(max((cells(label) for label, _ in bars), default=0), LABEL_WIDTH)
    most = max((value for _, value in bars), default=0)
    room = width - _INDENT - column - cells(str(most)) - 4
    for label, value in bars:
        # At least one cell for what is there at all, or one in a thousand would look like none.
        size = max(1, round(room * value / most)) if value > 0 else 0
        name = Run(" " * _INDENT + pad(label, column) + "  ", _DIM)
        yield (name, Run("█" * size), Run(f" {value}" if size else f"{value}"))
    yield from wrap([Run(one_line(block.summary), _DIM)], width)


def _without_runs_of_none(bars: Iterable[Bar]) -> Iterator[tuple[str, int]]:
    """Yield the label and value of each bar, those of nothing that follow one another as one."""
    for value, group in groupby(bars, key=lambda bar: bar.value):
        labels = [one_line(bar.label) for bar in group]
        if value == 0 and len(labels) > 1:
            yield f"{labels[0]} – {labels[-1]}", 0
        else:
            yield from ((label, value) for label in labels)


def _table(block: Table, width: int) -> Iterator[Line]:
    """Yield columns where they fit side by side, else each row as a list of its named cells."""
    rows = [tuple(one_line(cell) for cell in row) for row in (block.header, *block.rows)]
    widths = [max(cells(cell) for cell in column) for column in zip(*rows, strict=True)]
    last = width - sum(widths[:-1]) - 2 * (len(widths) - 1)  # the last column may wrap, no other
    if not widths or last < min(widths[-1], MIN_WIDTH // 2):
        yield from _listed(rows, width)
        return
    for number, row in enumerate(rows):
        style = _BOLD if number == 0 else ""
        lead = "".join(f"{pad(cell, size)}  " for cell, size in zip(row[:-1], widths, strict=False))
        for line in wrap([Run(row[-1], style)], last):
            yield (Run(lead, style), *line)
            lead = " " * cells(lead)
        if number == 0:
            yield (Run("  ".join("─" * size for size in (*widths[:-1], min(last, widths[-1]))), _DIM),)


def _listed(rows: list[tuple[str, ...]], width: int) -> Iterator[Line]:
    for number, row in enumerate(rows[1:]):
        if number:
            yield ()
        for name, cell in zip(rows[0], row, strict=True):
            yield from wrap([Run(f"{name}: ", _DIM), Run(cell)], width)
