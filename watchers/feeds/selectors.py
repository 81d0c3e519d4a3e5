"""Suggest selectors for a page that lists articles, so that a person need know no CSS."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from watchers.errors import ParseError
from watchers.feeds.links import host_of
from watchers.feeds.listpage import Suggestion, address_of, base_of, listed, page_tree, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_SUGGESTED: Final = 4
SHOWN_TITLES: Final = 3

# Links in these are the site's own menus and never its articles, unless a person's selector says so.
_FURNITURE: Final = frozenset({"nav", "footer", "form", "button"})
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHORTEST: Final = 20  # letters of a headline; menus' words have fewer
_SHORTEST_CJK: Final = 9
_FEWEST: Final = 3  # links of one kind that make a list
_MOST_LINKS: Final = 2_000  # of a page, looked at for suggestions
_LEVELS: Final = 4  # steps up from a link at which a class may name the list
_TRIED: Final = 12  # candidates that are read in full
_CLASS: Final = re.compile(r"[A-Za-z][A-Za-z_\-]{1,40}")  # digits are often made anew with each release


def suggest_selectors(body: bytes, base: str, content_type: str = "") -> tuple[Suggestion, ...]:
    """Return a few selectors that find lists of articles on a page, the likeliest first; empty if none does.

    Pure, but slow on hostile input: run it in a worker.
    """
    tree = page_tree(body, content_type, url=base)
    worth: Counter[str] = Counter()
    home = base_of(tree, base)
    for node in tree.css("a[href]")[:_MOST_LINKS]:
        title = title_of(node)
        link = address_of(node, home)
        if link and host_of(link) == host_of(base) and _is_headline(title) and urlsplit(link).path.strip("/"):
            worth.update(set(_selectors(node)))
    suggestions: list[Suggestion] = []
    for selector, count in sorted(worth.items(), key=_rank)[:_TRIED]:
        if count >= _FEWEST:
            suggestions += _tried(tree, selector, base)
    return _distinct(sorted(suggestions, key=lambda one: -one.count))


def _rank(item: tuple[str, int]) -> tuple[int, int, str]:
    """Order candidates: what finds most first, of those that find as much the more exact one."""
    selector, count = item
    return -count, -len(selector), selector


def _is_headline(title: str) -> bool:
    return len(title) >= (_SHORTEST_CJK if _CJK.search(title) else _SHORTEST)


def _selectors(node: LexborNode) -> Iterator[str]:
    """Yield selectors that would find a link: by its own class, its parent, and classes further up."""
    own = _named(node)
    if "." in own:
        yield own
    parent = node.parent
    steps = parent.tag if parent is not None and parent.tag in {"h1", "h2", "h3", "h4", "h5", "li"} else ""
    at = parent
    for _ in range(_LEVELS):
        if at is None or at.tag in {None, "body", "html"}:
            return
        if at.tag in _FURNITURE:
            return
        name = _named(at)
        if "." in name or at.tag in {"article", "h2", "h3"}:
            inner = f"{steps} a" if steps and at is not parent else "a"
            yield f"{name} {inner}"
        at = at.parent


def _named(node: LexborNode) -> str:
    """Return a node's tag, with the first of its classes that will last."""
    classes = (node.attributes.get("class") or "")[:500].split()
    lasting = next((name for name in classes if _CLASS.fullmatch(name)), "")
    return f"{node.tag}.{lasting}" if lasting else f"{node.tag}"


def _tried(tree: LexborHTMLParser, selector: str, url: str) -> list[Suggestion]:
    """Read a page by a candidate; keep it if most of what it finds are headlines."""
    try:
        found = listed(tree, selector, url)
    except ParseError:  # a page may hold names that no selector can; another candidate finds the same
        return []
    titles = [one.title for one in found]
    good = sum(map(_is_headline, titles))
    if good < _FEWEST or 2 * good < len(titles):
        return []
    return [Suggestion(selector=selector, titles=tuple(titles[:SHOWN_TITLES]), count=len(titles))]


def _distinct(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Keep one of those that begin with the same titles."""
    by_titles: dict[tuple[str, ...], Suggestion] = {}
    for suggestion in suggestions:
        by_titles.setdefault(suggestion.titles, suggestion)
    return tuple(by_titles.values())[:MOST_SUGGESTED]
