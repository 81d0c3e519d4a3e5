"""Read a web page that lists articles, by one CSS selector of their links, for sites without a feed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from watchers.errors import ParseError
from watchers.feeds.addresses import unfit, url_of
from watchers.feeds.links import canonical, host_of
from watchers.feeds.pagetext import MAX_PAGE, page_text
from watchers.feeds.raw import RawDocument, RawItem
from watchers.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from watchers.types import Fetched

MAX_SELECTOR: Final = 300  # characters; the longest that a browser copies from a deep page has about 200
_MAX_TITLE: Final = 1_000  # characters
_MAX_ADDRESS: Final = 2_000
_CONTAINER: Final = 6  # steps up from a link in which its date is looked for: cards nest four or five deep
_MOST_TIMES: Final = 5_000  # dates of a page that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A selector that a person may choose, with how many articles it finds and the first three titles."""

    selector: str
    titles: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One article of a list."""

    link: str
    title: str
    date: str


def read_list(body: bytes, fetched: Fetched) -> RawDocument:
    """Return the articles that `fetched.feed.selector` finds on a page. Raises ParseError with advice.

    Only links to the page's own host are articles, with or without `www.`: a list is read for its site's news
    and must not lead us elsewhere. The selector may choose the links or what holds one each. Pure, but slow
    on hostile input: run it in a worker.
    """
    url = fetched.url
    tree = page_tree(body, fetched.content_type, url=url)
    found = listed(tree, fetched.feed.selector, url)
    title = tree.css_first("title")
    return RawDocument(
        title=_line(title.text(deep=True)) if title is not None else host_of(url),
        lang=_language(tree),
        base=url,
        items=tuple(
            RawItem(
                link=one.link,
                title=one.title,
                title_is_text=True,
                published=(one.date,) if one.date else (),
            )
            for one in found
        ),
    )


def page_tree(body: bytes, content_type: str, *, url: str) -> LexborHTMLParser:
    """Return a page's tree, without what holds text that is no reader's. Raises ParseError for bad gzip."""
    tree = LexborHTMLParser(page_text(body[:MAX_PAGE], content_type, url=url))
    for node in tree.css("script,style,noscript,template"):
        node.decompose()
    return tree


def listed(tree: LexborHTMLParser, selector: str, url: str) -> tuple[Listed, ...]:
    """Return the articles of a list in its order, each once. Raises ParseError."""
    chosen = _chosen(tree, selector, url)
    links = [node for node in map(_link_of, chosen) if node is not None]
    base = base_of(tree, url)
    at_home: list[tuple[LexborNode, str]] = []
    for node in links:
        link = address_of(node, base)
        if link and host_of(link) == host_of(url):
            at_home.append((node, link))
    dates = _dates(tree, at_home)
    found: dict[str, Listed] = {}
    for (node, link), date in zip(at_home, dates, strict=True):
        title = title_of(node)
        if title and link not in found:
            found[link] = Listed(link=link, title=title, date=date)
    if found:
        return tuple(found.values())
    raise ParseError(
        _why_none(selector, url, chosen=len(chosen), links=len(links), home=len(at_home)), url=url
    )


def _chosen(tree: LexborHTMLParser, selector: str, url: str) -> list[LexborNode]:
    selector = selector.strip()
    fault = "is longer than any that is needed" if len(selector) > MAX_SELECTOR else ""
    if not selector.isprintable():
        fault = "is not a CSS selector"
    if not selector:
        raise ParseError(
            f"{url} is read as a list of articles, which needs a CSS selector of their links, such as h2 a.",
            url=url,
        )
    if not fault:
        try:
            return tree.css(selector)
        except SelectolaxError:
            fault = "is not a CSS selector"
    raise ParseError(f"“{selector[:80]}” {fault}; one is, for example, article h2 a.", url=url)


def _why_none(selector: str, url: str, *, chosen: int, links: int, home: int) -> str:
    shown = f"“{selector.strip()[:80]}”"
    if not chosen:
        return (
            f"{shown} finds nothing on {url}: the page may have changed, or is filled in by a script. "
            "Choose another selector."
        )
    if not links:
        return f"{shown} finds {chosen} parts of {url} but no link in them; choose the links themselves."
    if not home:
        return f"{shown} finds only links that leave {host_of(url)}; a list is read for its own site."
    return f"{shown} finds {home} links without any words; choose those that the headlines stand in."


def _link_of(node: LexborNode) -> LexborNode | None:
    """Return the link that a chosen node is or holds: the first with words, for pictures come first."""
    if node.tag == "a":
        return node
    first = node.css_first("a[href]")
    if first is None or title_of(first):
        return first
    return next((link for link in node.css("a[href]") if title_of(link)), first)


def base_of(tree: LexborHTMLParser, url: str) -> str:
    """Return what a page's links are relative to; it may say so itself."""
    node = tree.css_first("base[href]")
    written = (node.attributes.get("href") or "") if node is not None else ""
    return canonical(written[:_MAX_ADDRESS], url) or url


def address_of(node: LexborNode, base: str) -> str:
    """Return where a link leads, empty if that is no page which may be opened."""
    href = (node.attributes.get("href") or "").strip()
    if not href or href.startswith("#") or len(href) > _MAX_ADDRESS:
        return ""
    try:
        if unfit(url_of(urljoin(base, href))):
            return ""
    except ValueError:
        return ""
    return canonical(href, base)


def title_of(node: LexborNode) -> str:
    """Return a link's headline: the heading in it, else its words, else what it says of itself."""
    heading = node.css_first("h1,h2,h3,h4,h5,h6")
    for text in (
        heading.text(deep=True) if heading is not None else "",
        node.text(deep=True),
        node.attributes.get("title") or "",
        node.attributes.get("aria-label") or "",
    ):
        line = _line(text)
        if line:
            return line
    return ""


def _line(text: str) -> str:
    return " ".join(tidy(text[: 4 * _MAX_TITLE]).split())[:_MAX_TITLE]


def _language(tree: LexborHTMLParser) -> str:
    root = tree.root
    return ((root.attributes.get("lang") or "") if root is not None else "")[:20]


def _dates(tree: LexborHTMLParser, links: list[tuple[LexborNode, str]]) -> list[str]:
    """Return the date beside each link: of the nearest container that holds a time and no other article."""
    times: dict[int, str] = {}
    for node in tree.css("time[datetime]")[:_MOST_TIMES]:
        date = (node.attributes.get("datetime") or "").strip()
        if date and len(date) <= 100:
            for above in _above(node):
                times.setdefault(above.mem_id, date)
    holds: defaultdict[int, set[str]] = defaultdict(set)
    for node, link in links:
        for above in _above(node):
            holds[above.mem_id].add(link)
    return [
        next(
            (
                times[above.mem_id]
                for above in _above(node)
                if above.mem_id in times and len(holds[above.mem_id]) == 1
            ),
            "",
        )
        for node, _ in links
    ]


def _above(node: LexborNode) -> Iterator[LexborNode]:
    """Yield a node and what it stands in, up to _CONTAINER steps."""
    at: LexborNode | None = node
    for _ in range(_CONTAINER + 1):
        if at is None or at.tag in {"body", "html"}:
            return
        yield at
        at = at.parent
