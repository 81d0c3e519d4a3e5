"""Find the feeds of a web page: those it names, else those at the places where sites usually keep them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from watchers.errors import FetchError, ParseError
from watchers.feeds.addresses import is_literal, refusal, unfit, url_of
from watchers.feeds.pagetext import MAX_PAGE, page_text
from watchers.feeds.sniff import is_page
from watchers.text import tidy
from watchers.workers import WorkerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode
    from yarl import URL

    from watchers.feeds.guard import Client, Response
    from watchers.workers import Workers

MOST_NAMED: Final = 5  # feeds of a page that are offered; news sites name one for each of their sections
FoundKind = Literal["rss", "atom", "json", "feed"]

# Where sites keep their feed when they name none: WordPress, then what generators and publishers call it.
_PLACES: Final = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml")
MOST_ASKED: Final = 6  # of those places, on one page's behalf
_MOST_NODES: Final = 5_000  # links and anchors looked at, so that a page of nothing else costs little
_MAX_TITLE: Final = 200  # characters
_MAX_ADDRESS: Final = 2_000
_ACCEPT: Final = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
_TYPES: Final[dict[str, FoundKind]] = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
}
_FEED_FILE: Final = re.compile(
    r"(?:rss|feed|atom|rdf)s?[12]?(?:\.(?:xml|rdf|rss|atom|json|php|aspx?))?"
    r"|[^/]{0,200}\.(?:rss|atom|rdf)|[^/]{0,100}(?:rss|feed|atom)[^/]{0,100}\.xml",
    re.IGNORECASE,
)
_FEED_QUERY: Final = re.compile(
    r"(?:^|&)(?:feed|format|output|type|alt)=(?:rss2?|atom|rdf)(?:&|$)", re.IGNORECASE
)
_ROOT: Final = re.compile(
    rb"""<(?:[a-z0-9_]{1,20}:)?(?:rss|feed|rdf)[\s>:]|"version"\s{0,9}:\s{0,9}"https?:(?://|\\/\\/)jsonfeed\.org""",
    re.IGNORECASE,
)
_HEAD: Final = 4_096  # bytes in which a feed's root stands
_TIRED: Final = frozenset({0, 429, 503})  # no answer, or a site that asks for fewer visits: ask no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A feed of a page. `title` is what the page calls it, plain text, may be empty.

    `kind` is "feed" where the page does not say which format it has.
    """

    url: str
    title: str
    kind: FoundKind


def named_on(page: bytes, base: str, content_type: str = "") -> tuple[Found, ...]:
    """Return the feeds that a page names, MOST_NAMED at most: first its head's, then anchors' that look so.

    Only addresses that may be opened are named. Pure, but slow on hostile input: run it in a worker.
    """
    tree = LexborHTMLParser(page_text(page[:MAX_PAGE], content_type))
    base = _base(tree, base)
    found: dict[str, Found] = {}
    for one in (*_linked(tree, base), *_anchored(tree, base)):
        found.setdefault(one.url, one)
        if len(found) == MOST_NAMED:
            break
    return tuple(found.values())


def _base(tree: LexborHTMLParser, base: str) -> str:
    """Return what a page's links are relative to; it may say so itself."""
    node = tree.css_first("base[href]")
    return _address(_value(node, "href"), base) or base if node is not None else base


def _linked(tree: LexborHTMLParser, base: str) -> Iterator[Found]:
    for node in tree.css("link[href]")[:_MOST_NODES]:
        kind = _TYPES.get(_value(node, "type").partition(";")[0].strip().lower())
        rel = _value(node, "rel").lower().split()
        if kind is None or (rel and not {"alternate", "feed"} & set(rel)):
            continue
        url = _address(_value(node, "href"), base)
        if url:
            yield Found(url=url, title=_title(_value(node, "title")), kind=kind)


def _anchored(tree: LexborHTMLParser, base: str) -> Iterator[Found]:
    for node in tree.css("a[href]")[:_MOST_NODES]:
        href = _value(node, "href")
        kind = _TYPES.get(_value(node, "type").strip().lower())
        url = _address(href, base)
        if url and (kind is not None or href.lower().startswith("feed:") or _looks_like_feed(url)):
            title = _title(node.text(deep=True)[: 4 * _MAX_TITLE]) or _title(_value(node, "title"))
            yield Found(url=url, title=title, kind=kind or _kind_of(url))


def _looks_like_feed(url: str) -> bool:
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    return _FEED_FILE.fullmatch(last) is not None or _FEED_QUERY.search(parts.query) is not None


def _kind_of(url: str) -> FoundKind:
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2].lower()
    if last.endswith((".rss", ".rdf")) or last.startswith("rss"):
        return "rss"
    return "atom" if "atom" in last else "json" if last.endswith(".json") else "feed"


def _address(href: str, base: str) -> str:
    """Return a link of a page as an address that may be opened, empty if it is none."""
    href = href.strip()
    if href.lower().startswith("feed:"):  # the scheme that readers once registered for themselves
        href = href[len("feed:") :]
        href = f"http:{href}" if href.startswith("//") else href
    if not href or len(href) > _MAX_ADDRESS:
        return ""
    try:
        url = url_of(urljoin(base, href)).with_fragment(None)
    except ValueError:
        return ""
    return "" if unfit(url) or _leads_inside(url, base) else str(url)


def _leads_inside(url: URL, base: str) -> bool:
    """Tell whether a link plainly leads to an address that is not public; only its own host may name it."""
    host = (url.raw_host or "").strip("[]")
    if not is_literal(host) or not refusal(host):
        return False
    page = url_of(base)
    return (url.raw_host, url.port) != (page.raw_host, page.port)


def _value(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def _title(text: str) -> str:
    return " ".join(tidy(text).split())[:_MAX_TITLE]


def is_feed(body: bytes) -> bool:
    """Tell whether bytes begin as a feed does: RSS, Atom, RDF or JSON Feed."""
    head = body[:_HEAD].replace(b"\x00", b"")  # UTF-16 becomes readable enough
    return not is_page(body) and _ROOT.search(head) is not None


def places(url: str) -> tuple[str, ...]:
    """Return where to ask for the feed of a page that names none, MOST_ASKED addresses at most."""
    root = urljoin(url, "/")
    path = urlsplit(url).path
    last = path.rpartition("/")[2]
    folder = urljoin(url, "." if "." in last or not last else f"{last}/")
    names = (urljoin(place, name) for name in _PLACES for place in (folder, root))
    return tuple(dict.fromkeys(names))[:MOST_ASKED]


async def discover(client: Client, url: str, *, parsers: Workers) -> tuple[Found, ...]:
    """Return the feeds of a page. Raises FeedError if the page itself cannot be read.

    A page that names none costs MOST_ASKED requests more at most, one after another; the first feed found
    ends it. An address that is a feed itself is returned as the only one.
    """
    page = await client.get(url, headers={"Accept": _ACCEPT}, limit=client.limits.page)
    if page.status != 200:
        raise FetchError(f"{url} answered with status {page.status}.", url=url, status=page.status)
    if is_feed(page.body):
        return (Found(url=page.moved_to or url, title="", kind="feed"),)
    try:
        named = await parsers.run(
            named_on, page.body, page.url, page.header("content-type"), timeout=client.limits.parse
        )
    except WorkerError as error:
        raise ParseError(f"{url} could not be searched for feeds: {error}", url=url) from error
    return named or await _usual(client, page, url)


async def _usual(client: Client, page: Response, url: str) -> tuple[Found, ...]:
    """Ask the usual places of a page, one after another, until one is a feed or the site has had enough."""
    for place in places(page.url):
        try:
            answer = await client.get(place, named_by=url)
        except FetchError as error:
            if error.status in _TIRED:
                break
            continue
        if answer.status == 200 and is_feed(answer.body):
            return (Found(url=answer.moved_to or place, title="", kind=_kind_of(place)),)
        if answer.status in _TIRED:
            break
    return ()
