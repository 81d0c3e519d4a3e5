"""Walk through the tags of an XML document without a parser: nothing is expanded, fetched or believed."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME: Final = re.compile(r"</?(?:([A-Za-z_][\w.\-]{0,60}):)?([A-Za-z_][\w.\-]{0,60})")
_ATTRIBUTE: Final = re.compile(
    r"""[\s/]{0,100}(?<![\w:.\-])([A-Za-z_][\w:.\-]{0,80})\s{0,9}=\s{0,9}(?:"([^"]{0,8000})"|'([^']{0,8000})')"""
)
_MOST_ATTRIBUTES: Final = 60  # of one tag; OPML names ten, and readers add as many of their own
_LOST: Final = 4_000  # characters searched for the next attribute after one that cannot be read
# Only whole references are read: an address often holds a bare "&copy=1". A document's own entities stay as
# they are written, so that none can grow.
_REFERENCE: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A tag and the character data between it and the next one, references decoded.

    `name` is without its prefix and in lower case, as attributes' names are; `prefix` as written.
    """

    kind: Literal["open", "close", "empty"]
    name: str
    prefix: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""


def elements(text: str) -> Iterator[Element]:
    """Yield the tags of a document in its order; what is ill-formed is passed over.

    Comments, declarations and processing instructions are left out, CDATA is character data.
    """
    current: Element | None = None
    data: list[str] = []
    at = 0
    while True:
        start = text.find("<", at)
        if start < 0:
            break
        if current is not None and start > at:
            data.append(decoded(text[at:start]))
        if text.startswith("<!", start) or text.startswith("<?", start):
            inside, at = _passed(text, start)
            data.append(inside)
            continue
        element, at = _element(text, start)
        if element is None:
            data.append("<")
            continue
        if current is not None:
            yield _with_text(current, data)
        current, data = element, []
    if current is not None:
        yield _with_text(current, [*data, decoded(text[at:])])


def decoded(text: str) -> str:
    """Return a text with XML's and HTML's own references decoded, and no others."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _with_text(element: Element, data: list[str]) -> Element:
    text = "".join(data)
    return (
        Element(
            kind=element.kind,
            name=element.name,
            prefix=element.prefix,
            attributes=element.attributes,
            text=text,
        )
        if text
        else element
    )


def _passed(text: str, start: int) -> tuple[str, int]:
    """Return the character data of what begins with `<!` or `<?` (CDATA has some), and where it ends."""
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", ">"), ("<!", ">")):
        if text.startswith(opening, start):
            end = text.find(closing, start + len(opening))
            if end < 0:
                return "", len(text)
            inside = text[start + len(opening) : end] if closing == "]]>" else ""
            return inside, end + len(closing)
    return "", start + 1


def _element(text: str, start: int) -> tuple[Element | None, int]:
    """Read the tag that begins at `start`; return it, None if there is none, and where reading goes on."""
    named = _NAME.match(text, start)
    if named is None:
        return None, start + 1
    at = named.end()
    attributes: dict[str, str] = {}
    for _ in range(_MOST_ATTRIBUTES):
        found = _ATTRIBUTE.match(text, at) or _next_attribute(text, at)
        if found is None:
            break
        value = found[2] if found[2] is not None else found[3]
        attributes.setdefault(found[1].lower(), decoded(value))
        at = found.end()
    end = text.find(">", at)
    if end < 0:
        return None, len(text)
    closes = text.startswith("</", start)
    empty = text[end - 1] == "/" and not closes
    return Element(
        kind="close" if closes else "empty" if empty else "open",
        name=named[2].lower(),
        prefix=named[1] or "",
        attributes=attributes,
    ), end + 1


def _next_attribute(text: str, at: int) -> re.Match[str] | None:
    """Find the next attribute of a tag after an unreadable one, such as a quotation in a quotation."""
    end = text.find(">", at, at + _LOST)
    return _ATTRIBUTE.search(text, at, end) if end > at else None
