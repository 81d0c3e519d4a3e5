"""Read Discord's Markdown as Discord shows it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import groupby
from typing import Final

from markupsafe import Markup

from bot.platforms.preview.spans import Shelf, clean, emphasised, link, linked, set_bare_links_aside

_FENCE: Final = re.compile(r"```(?:[A-Za-z0-9_+-]{1,20}\n)?\n?(.*?)```", re.DOTALL)
_REST: Final = re.compile(r"^>>> ", re.MULTILINE)
_HEADING: Final = re.compile(r"(#{1,3}) +(.+)")
_ITEM: Final = re.compile(r"( *)(?:[-*]|(\d{1,9})\.) +(.+)")
# What comes first from the left counts: an escaped mark opens nothing, and code holds no links.
_TOKEN: Final = re.compile(
    r"\\(?P<escape>[^0-9A-Za-z\s])"
    r"|``(?P<double>[^\n]+?)``|`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>(?:\\[^\n]|[^\\\[\]\n]){1,2000})\]"
    r"\((?:<(?P<shy>[^<>\s]{1,4000})>|(?P<url>[^()<>\s]{1,4000}))\)"
    r"|<(?P<sign>@&|@!?|#|t:|:|a:|https?://)(?P<inside>[^<>\s]{1,4000})>"
)
_RULES: Final = re.compile(
    r"\*\*(?=\S)(?P<bold>(?:[^*\n]|\*(?!\*))++)\*\*"
    r"|__(?=\S)(?P<underline>(?:[^_\n]|_(?!_))++)__"
    r"|~~(?=\S)(?P<strike>(?:[^~\n]|~(?!~))++)~~"
    r"|\|\|(?=\S)(?P<spoiler>(?:[^|\n]|\|(?!\|))++)\|\|"
    r"|\*(?=[^\s*])(?P<star>[^*\n]++)(?<!\s)\*"
    r"|(?<!\w)_(?=[^\s_])(?P<low>[^_\n]++)_(?!\w)"
)
_TAGS: Final = {
    "bold": "b",
    "underline": "u",
    "strike": "s",
    "spoiler": 'span class="spoiler"',
    "star": "i",
    "low": "i",
}


def discord_markdown(text: str) -> Markup:
    """Return the HTML of a text display: headings, small lines, quotes, lists, code and paragraphs."""
    pieces = _FENCE.split(clean(text))  # words and code by turns
    return Markup("").join(
        Markup("<pre>{}</pre>").format(piece.strip("\n")) if index % 2 else _blocks(piece)
        for index, piece in enumerate(pieces)
        if piece.strip()
    )


def inline(text: str) -> Markup:
    """Return the HTML of one line's worth of Markdown."""
    return _inline(clean(text))


def _inline(text: str) -> Markup:
    shelf = Shelf(_as_it_is)

    def set_aside(match: re.Match[str]) -> str:
        return shelf.put(_token(match), match[0])

    text = set_bare_links_aside(_TOKEN.sub(set_aside, text), shelf, _as_it_is)
    return emphasised(text, _RULES, _TAGS, shelf)


def _token(match: re.Match[str]) -> Markup:
    if match["escape"]:
        return Markup.escape(match["escape"])
    if match["label"]:
        return linked(_inline(match["label"]), match["shy"] or match["url"])
    if match["sign"]:
        return _angle(match["sign"], match["inside"])
    return Markup("<code>{}</code>").format(match["double"] or match["code"])


def _blocks(text: str) -> Markup:
    rest = _REST.search(text)
    head, tail = (text[: rest.start()], text[rest.end() :]) if rest else (text, "")
    out = [_group(kind, list(lines)) for kind, lines in groupby(head.strip("\n").split("\n"), key=_kind)]
    if tail:
        out.append(Markup('<blockquote dir="auto">{}</blockquote>').format(_inline(tail.strip("\n"))))
    return Markup("").join(out)


def _kind(line: str) -> str:
    if _HEADING.match(line):
        return "heading"
    if line.startswith("-# "):
        return "small"
    if line.startswith("> "):
        return "quote"
    return "list" if _ITEM.match(line) else "words"


def _group(kind: str, lines: list[str]) -> Markup:
    match kind:
        case "heading":
            return Markup("").join(map(_heading, lines))
        case "small":
            small = "\n".join(line.removeprefix("-# ") for line in lines)
            return Markup('<p class="small" dir="auto">{}</p>').format(_inline(small))
        case "quote":
            quote = "\n".join(line.removeprefix("> ") for line in lines)
            return Markup('<blockquote dir="auto">{}</blockquote>').format(_inline(quote))
        case "list":
            return Markup("<ul>{}</ul>").format(Markup("").join(map(_item, lines)))
        case _:
            text = "\n".join(lines).strip("\n")
            return Markup('<p dir="auto">{}</p>').format(_inline(text)) if text.strip() else Markup("")


def _heading(line: str) -> Markup:
    match = _HEADING.match(line)
    level = len(match[1]) if match else 3
    words = match[2] if match else line
    # The page's own headings are h1 and h2, so Discord's three begin below them.
    return Markup('<h{0} class="h{1}" dir="auto">{2}</h{0}>').format(level + 2, level, _inline(words))


def _item(line: str) -> Markup:
    match = _ITEM.match(line)
    if not match:
        return Markup("")
    deep = "deep" if match[1] else ""
    number = Markup('<span class="number">{}.</span> ').format(match[2]) if match[2] else Markup("")
    kind = " ".join(filter(None, (deep, "numbered" if match[2] else "")))
    return Markup('<li class="{}" dir="auto">{}{}</li>').format(kind, number, _inline(match[3]))


def _angle(sign: str, inside: str) -> Markup:
    if sign.startswith("http"):
        return link(sign + inside, sign + inside)
    if sign == "t:":
        return _time(inside)
    if sign in {":", "a:"}:  # an emoji of the server's own
        return Markup.escape(f":{inside.partition(':')[0]}:")
    return Markup('<span class="ping">{}{}</span>').format("#" if sign == "#" else "@", inside)


def _time(inside: str) -> Markup:
    """Return a moment; each reader of Discord sees it in their own zone, here it is in UTC."""
    seconds = inside.partition(":")[0]
    try:
        at = datetime.fromtimestamp(int(seconds), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return Markup.escape(f"<t:{inside}>")
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), f"{at:%Y-%m-%d %H:%M} UTC")


def _as_it_is(text: str) -> str:
    return text
