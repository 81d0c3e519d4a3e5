"""Turn each block of a message into pieces: lines of mrkdwn, small or not, or one of Slack's own blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.platforms.inert import inert, one_line, quoted, safe_url, split_mention
from bot.platforms.slack import limits
from bot.platforms.slack.mrkdwn import (
    Written,
    boundary,
    chunks,
    clean,
    escaped,
    fit,
    link,
    marked,
    plain,
    words,
)
from bot.wording.values import QUOTE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.messages import Button, Chart, FactLine, Facts, Heading, Links, Table, Text
    from bot.platforms.slack.limits import JsonObject

NAME: Final = 300  # units of a label or a table's first cell; our longest labels have 14
SENTENCE: Final = 1_600  # units of a quoted sentence; with its outlet's link it fills half a section or more
OUTLET: Final = 1_300  # units of the link behind a sentence
LINKS: Final = 1_500  # units of a row of links, about twelve outlets; the rest is a number
REST: Final = 8  # units of " · +9999"
_FRAME: Final = 10  # units of the marks around words: bold, quotation, brackets
_DENY: Final = {"en": "Cancel", "tr": "Vazgeç", "ja": "キャンセル"}  # the way out of a confirmation
_OPENS: Final = frozenset(" (“\"'‘«[/")  # what may stand before bold, and after it
_CLOSES: Final = frozenset(" )”\"'’»],.;:!?/…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of the layout. Text pieces of one group become one block where they fit together.

    A piece with a `block` of Slack's own is shown as that, and its text only where there are no blocks.
    `whole` is false if something was cut off.
    """

    text: str = ""
    small: bool = False
    group: str = ""
    whole: bool = True
    block: JsonObject | None = None


def heading(block: Heading, *, first: bool) -> Iterator[Piece]:
    """Give a headline: a header of Slack's if it opens the message and leads nowhere, else bold words."""
    told = link(block.text, block.url, limits.SECTION - _FRAME)
    if not told.text:
        return
    title = plain(one_line(block.text))
    header: JsonObject = {"type": "header", "text": plain_text(title)}
    fitting = first and not safe_url(block.url) and limits.size(title) <= limits.HEADER
    yield Piece(text=f"*{told.text}*", whole=told.whole, block=header if fitting else None)


def text(block: Text) -> Iterator[Piece]:
    """Give a paragraph in its tone, in several pieces if it is long."""
    room = limits.SECTION - _FRAME
    match block.tone:
        case "normal":
            yield from (Piece(text=part, group="text") for part in chunks(block.text, room, marked))
        case "small":
            yield from (
                Piece(text=part, group="small", small=True) for part in chunks(block.text, room, marked)
            )
        case "quote":
            yield from (Piece(text=part, group="quote") for part in chunks(block.text, room, _behind_bar))
        case "warning":
            parts = chunks(block.text, room, marked)
            yield from (Piece(text=f"⚠ {part}" if n == 0 else part) for n, part in enumerate(parts))


def facts(block: Facts, shown: Mapping[int, FactLine]) -> Iterator[Piece]:
    """Give a line a fact; those in `shown`, by their place, have their sentence below."""
    for at, line in enumerate(block.lines):
        yield from _fact(shown.get(at, line), sentence=at in shown)


def _fact(line: FactLine, *, sentence: bool) -> Iterator[Piece]:
    label = words(line.label, NAME)
    value = (
        link(line.value, line.source.url, limits.SECTION - NAME - _FRAME) if one_line(line.value) else None
    )
    parts = [f"*{label.text}*" if label.text else "", value.text if value else ""]
    if any(parts):
        yield Piece(
            text=" ".join(part for part in parts if part),
            group="facts",
            whole=label.whole and (value is None or value.whole),
        )
    told = quotation(line.sentence, line.mention) if sentence else Written(text="")
    if told.text:
        outlet = link(line.source.text, line.source.url, OUTLET)
        yield Piece(
            text=f">{told.text}" + (f" – {outlet.text}" if outlet.text else ""),
            group="facts",
            whole=told.whole and outlet.whole,
        )


def excerpt(sentence: str, mention: str) -> str:
    """Return at most QUOTE_LIMIT characters of a sentence, the whole mention among them.

    An ellipsis where something was left out is not counted. Empty if the mention alone is longer.
    """
    sentence, mention = one_line(clean(sentence)), one_line(clean(mention))
    if len(sentence.strip("…")) <= QUOTE_LIMIT:
        return sentence
    start = sentence.find(mention) if mention else -1
    if start < 0:
        return _cut(sentence, 0, QUOTE_LIMIT)
    if len(mention) > QUOTE_LIMIT:
        return ""
    if start + len(mention) <= QUOTE_LIMIT // 2:
        begin = 0
    else:  # as much before the mention as after it
        begin = max(0, start - (QUOTE_LIMIT - len(mention)) // 2)
        space = sentence.find(" ", begin, start)
        begin = space + 1 if begin and space >= 0 else begin
    return _cut(sentence, begin, max(start + len(mention), begin), mention)


def _cut(sentence: str, begin: int, least: int, mention: str = "") -> str:
    """Return the part of a sentence from `begin` to a word's end; with a mention at least to `least`."""
    end = begin + QUOTE_LIMIT
    if end < len(sentence):
        end = max(begin + boundary(sentence[begin:], QUOTE_LIMIT), least if mention else 0)
    part = sentence[begin:end].rstrip()
    return ("…" if begin else "") + part + ("…" if end < len(sentence) else "")


def quotation(sentence: str, mention: str) -> Written:
    """Return a sentence in its script's quotation marks, the mention marked."""
    sentence, mention = one_line(clean(sentence)), one_line(clean(mention))
    if not sentence:
        return Written(text="")
    opening, closing = quoted(sentence)
    room = SENTENCE - _FRAME
    told = fit(sentence, room, marked)
    before, found, after = split_mention(sentence, mention)
    if not told.whole or not found:
        return Written(text=f"{opening}{told.text}{closing}", whole=told.whole)
    alone = (not before or before[-1] in _OPENS) and (not after or after[0] in _CLOSES)
    left, right = ("*", "*") if alone else ("‹", "›")  # Slack reads no bold within a word
    whole = f"{marked(before)}{left}{marked(found)}{right}{marked(after)}"
    return Written(text=f"{opening}{whole}{closing}")


def links(block: Links) -> Iterator[Piece]:
    """Give a row of links on one line: as many as fit, then how many more there are."""
    label = words(block.label, NAME)
    told = f"{label.text}: " if label.text else ""
    shown: list[str] = []
    named = [entry for entry in block.links if one_line(entry.text) or safe_url(entry.url)]
    for entry in named:
        one = link(entry.text, entry.url, LINKS - NAME - REST).text
        if shown and limits.weight(told + " · ".join([*shown, one])) > LINKS - REST:
            break
        shown.append(one)
    rest = len(named) - len(shown)
    if shown:
        row = " · ".join([*shown, f"+{rest}"] if rest else shown)
        yield Piece(text=told + row, group="small", small=True, whole=label.whole)


def table(block: Table) -> Iterator[Piece]:
    """Give a line a row: the first cell bold, the others behind it with dots between."""
    told = words(_dotted(block.header), limits.SECTION - _FRAME)
    if told.text:
        yield Piece(text=f"_{told.text}_", group="table", whole=told.whole)
    for row in block.rows:
        first = words(row[0], NAME) if row else Written(text="")
        others = words(_dotted(row[1:]), limits.SECTION - NAME - _FRAME)
        cells = [f"*{first.text}*" if first.text else "", others.text]
        if any(cells):
            yield Piece(
                text=" · ".join(cell for cell in cells if cell),
                group="table",
                whole=first.whole and others.whole,
            )


def _dotted(cells: Iterable[str]) -> str:
    return " · ".join(cell for cell in map(one_line, cells) if cell)


def chart(block: Chart, picture: str) -> Iterator[Piece]:
    """Give a picture that was uploaded, by its file's id; its title and summary in words without one."""
    title = words(block.title, NAME).text
    told = words(block.summary, limits.SECTION - NAME - _FRAME)
    lines = [line for line in (f"*{title}*" if title else "", told.text) if line]
    if picture or lines:
        image = _image(block, picture) if picture else None
        yield Piece(text="\n".join(lines), whole=told.whole, block=image)


def _image(block: Chart, picture: str) -> JsonObject:
    title = one_line(block.title)
    summary = one_line(block.summary) or title or "–"
    out: JsonObject = {
        "type": "image",
        "slack_file": {"id": picture},
        "alt_text": fit(summary, limits.IMAGE_TEXT, escaped).text,
    }
    if title:
        out["title"] = plain_text(fit(title, limits.IMAGE_TEXT, escaped).text)
    return out


def actions(buttons: Iterable[Button], *, start: int, lang: str) -> Iterator[Piece]:
    """Give a row of buttons, numbered from `start`; a command too long for one is left out."""
    fitting = [button for button in buttons if askable(button)]
    for at in range(0, len(fitting), limits.BUTTONS):
        row = enumerate(fitting[at : at + limits.BUTTONS], start=start + at)
        yield Piece(block={"type": "actions", "elements": [_button(button, n, lang) for n, button in row]})


def askable(button: Button) -> bool:
    """Tell whether Slack's buttons hold the command."""
    return 0 < limits.size(inert(button.command).strip()) <= limits.BUTTON_VALUE


def _button(button: Button, number: int, lang: str) -> JsonObject:
    label = one_line(button.label) or one_line(button.command) or "…"
    told = fit(label, limits.BUTTON_TEXT, escaped, limits.size).text
    out: JsonObject = {
        "type": "button",
        "text": plain_text(told),
        "action_id": f"ask:{number}",
        "value": inert(button.command),
    }
    if button.style != "normal":
        out["style"] = button.style
    if question := one_line(button.confirm):
        out["confirm"] = {
            "title": plain_text(fit(label, limits.CONFIRM_TITLE, escaped, limits.size).text),
            "text": plain_text(fit(question, limits.CONFIRM_TEXT, escaped, limits.size).text),
            "confirm": plain_text(fit(label, limits.CONFIRM_BUTTON, escaped, limits.size).text),
            "deny": plain_text(_DENY.get(lang, _DENY["en"])),
        }
    return out


def plain_text(escaped: str) -> JsonObject:
    """Return a text object for words that `plain` wrote; ":name:" stays as it is."""
    return {"type": "plain_text", "text": escaped, "emoji": False}


def _behind_bar(part: str) -> str:
    """Return each line behind Slack's quotation bar."""
    return "\n".join(f">{line}" for line in marked(part).split("\n"))
