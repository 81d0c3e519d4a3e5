"""Read and write OPML, the file in which people carry their feeds from one reader to another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Final

from watchers.errors import ParseError, WatchersError
from watchers.feeds.addresses import unfit, url_of
from watchers.feeds.decode import text_of
from watchers.feeds.links import MAX_LINK
from watchers.feeds.sniff import is_page
from watchers.feeds.tags import elements
from watchers.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from watchers.feeds.tags import Element

MAX_OPML: Final = 5 * 1024 * 1024  # bytes; 5 000 feeds with names, pages and tags take 1 MiB
MAX_OUTLINES: Final = 5_000
_MAX_NAME: Final = 300  # characters of a name; longer ones are no outlet's
_MAX_TAG: Final = 100
_MOST_PARTS: Final = 4 * MAX_OUTLINES  # outlines of all kinds that are looked at: feeds, folders and notes
_FIRST: Final = 20  # tags among which the file's root is looked for
_MOST_TAGS: Final = 20  # of one feed; nobody sorts deeper, and a hostile file would
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class OpmlError(WatchersError):
    """The file is no OPML, names no feed, or is more than is read at once. The message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of an OPML file. `name` is plain text, the address if the file gives none.

    `tags` are the folders it stands in, outermost first, then its categories, each once; no tag holds a comma
    or begins with a slash. `page` is its site, empty if none is named. `fault` says why `url` will never be
    opened, empty if it may be tried.
    """

    url: str
    name: str
    tags: tuple[str, ...] = ()
    page: str = ""
    fault: str = ""


def read_opml(data: bytes) -> tuple[Outline, ...]:
    """Return the feeds of an OPML 1.0 or 2.0 file in its order, each once with the tags of all its places.

    An ill-formed file is read as far as it goes. Raises OpmlError. Pure, and no parser of XML: nothing is
    expanded or fetched.
    """
    if len(data) > MAX_OPML:
        raise OpmlError(f"The file is larger than {MAX_OPML // 2**20} MiB; split it and import the parts.")
    try:
        text = text_of(data, url="The file")
    except ParseError as error:
        raise OpmlError(str(error)) from error
    found: dict[str, Outline] = {}
    for outline in _outlines(text):
        _add(found, outline)
    if not found:
        raise OpmlError(_why_empty(data, text))
    return tuple(found.values())


def _outlines(text: str) -> Iterator[Outline]:
    """Yield the feeds of a document, with the folders that are open where they stand."""
    folders: list[str] = []
    parts = 0
    for element in elements(text):
        if element.name != "outline":
            continue
        if element.kind == "close":
            if folders:
                folders.pop()
            continue
        parts += 1
        if parts > _MOST_PARTS:
            raise OpmlError(f"The file has more than {_MOST_PARTS} outlines; split it and import the parts.")
        outline = _outline(element, folders)
        if outline is not None:
            yield outline
        if element.kind == "open":
            folders.append("" if outline else _written_name(element)[: 4 * _MAX_TAG])


def _add(found: dict[str, Outline], outline: Outline) -> None:
    """Keep an outline; of a feed that stands in several folders the tags are put together."""
    known = found.get(outline.url)
    if known is None:
        if len(found) == MAX_OUTLINES:
            raise OpmlError(f"The file names more than {MAX_OUTLINES} feeds; split it and import the parts.")
        found[outline.url] = outline
        return
    found[outline.url] = Outline(
        url=known.url,
        name=known.name,
        tags=_tags((*known.tags, *outline.tags)),
        page=known.page or outline.page,
        fault=known.fault,
    )


def _why_empty(data: bytes, text: str) -> str:
    if any(element.name == "opml" for element in islice(elements(text), _FIRST)):
        return "The OPML file names no feed: none of its outlines has an xmlUrl. Export it once more."
    if is_page(data):
        return "That is a web page, not an OPML file; look on it for an export and take the file behind it."
    return "That is no OPML file; export your feeds as OPML from your reader and give that file."


def _outline(element: Element, folders: list[str]) -> Outline | None:
    """Return the feed that an outline stands for, None for a folder or a note."""
    given = element.attributes
    is_feed = given.get("type", "").lower() in {"rss", "atom", "feed"}
    written = given.get("xmlurl", "") or (given.get("url", "") if is_feed else "")
    url = _address(written)
    if not url:
        return None
    page = _address(given.get("htmlurl", ""))
    return Outline(
        url=url[:MAX_LINK],
        name=_line(_written_name(element), _MAX_NAME) or url[:_MAX_NAME],
        tags=_tags((*folders[:_MOST_TAGS], *_categories(given.get("category", "")))),
        page="" if never_opened(page) else page,
        fault=never_opened(url),
    )


def _written_name(element: Element) -> str:
    given = element.attributes
    return given.get("text", "").strip() or given.get("title", "")


def _line(text: str, most: int) -> str:
    """Return a text on one line without invisible marks, and without what XML 1.0 cannot hold."""
    return " ".join(tidy(_UNWRITABLE.sub(" ", text[: 4 * most])).split())[:most].strip()


def _categories(text: str) -> list[str]:
    """Return the categories of an outline; those with a slash in front are paths (opml.org/spec2.opml)."""
    parts = (part.strip() for part in text.split(","))
    return [
        step for part in parts for step in (part.strip("/").split("/") if part.startswith("/") else [part])
    ]


def _tags(names: Iterable[str]) -> tuple[str, ...]:
    """Return names as tags: each once, without what separates tags."""
    tags = (_line(name.replace(",", " "), _MAX_TAG).lstrip("/ ") for name in names)
    return tuple(dict.fromkeys(tag for tag in tags if tag))[:_MOST_TAGS]


def _address(text: str) -> str:
    """Return an address as it is opened: without white space, and without the readers' own scheme."""
    url = "".join(text[: 2 * MAX_LINK].split())
    if not url.lower().startswith("feed:"):
        return url
    rest = url[len("feed:") :]
    return f"http:{rest}" if rest.startswith("//") else rest


def never_opened(url: str) -> str:
    """Say why an address will never be opened, empty if it may be tried."""
    if len(url.encode("utf-8", "replace")) > MAX_LINK:
        return f"it has more than {MAX_LINK} characters"
    try:
        return unfit(url_of(url))
    except ValueError:
        return "it is not an address"


def write_opml(outlines: Iterable[Outline], *, title: str, at: datetime) -> str:
    """Return an OPML 2.0 file: a folder for each first tag, in their order, other tags as `category`.

    `at` is aware. What XML cannot hold is left out of names; reading the file gives the same feeds, sorted by
    folder.
    """
    folders: dict[str, list[str]] = {}
    for outline in outlines:
        tags = _tags(outline.tags)
        folders.setdefault(tags[0] if tags else "", []).append(_written(outline, tags[1:]))
    lines: list[str] = []
    for folder, inside in folders.items():
        if not folder:
            lines += [f"    {line}" for line in inside]
            continue
        name = _quoted(folder)
        lines += [f'    <outline text="{name}" title="{name}">', *(f"      {line}" for line in inside)]
        lines.append("    </outline>")
    made = format_datetime(at.astimezone(UTC), usegmt=True)
    head = f"    <title>{_quoted(_line(title, _MAX_NAME))}</title>\n    <dateCreated>{made}</dateCreated>"
    body = "".join(f"{line}\n" for line in lines)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"  <head>\n{head}\n  </head>\n  <body>\n{body}  </body>\n</opml>\n"
    )


def _written(outline: Outline, categories: tuple[str, ...]) -> str:
    name = _quoted(_line(outline.name, _MAX_NAME) or outline.url)
    page = f' htmlUrl="{_quoted(outline.page)}"' if outline.page else ""
    others = f' category="{_quoted(",".join(categories))}"' if categories else ""
    return f'<outline type="rss" text="{name}" title="{name}" xmlUrl="{_quoted(outline.url)}"{page}{others}/>'


def _quoted(text: str) -> str:
    """Return a text as an attribute's value; addresses too may hold what XML 1.0 cannot."""
    return escape(_UNWRITABLE.sub("", text), quote=True)
