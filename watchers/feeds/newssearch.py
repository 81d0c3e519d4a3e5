"""Know a news search's feed by its address, and what its provider asks of those who read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from watchers.errors import ParseError
from watchers.feeds.decode import text_of
from watchers.feeds.tags import elements
from watchers.text import plain_text

if TYPE_CHECKING:
    from urllib.parse import SplitResult

MOST_WORDS: Final = 500  # characters of a search that are shown; both providers cut longer ones
MOST_OWN_TERMS: Final = 1000  # characters of a channel's copyright text; Google's and Bing's have about 400
_HEAD: Final = 200_000  # characters of a document in which its channel's copyright text is looked for
_OWN: Final = ("copyright", "rights")  # RSS's element, Atom's and Dublin Core's


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a person is told before a news search's feed is added.

    `words` are the words looked for, empty for a feed of headlines; they leave the house with every poll, to
    `goes_to`. `says` is what the provider allows, in our words; `address` is where its terms stand.
    """

    provider: str
    words: str
    goes_to: str
    says: str
    address: str


_GOOGLE: Final = (
    "Google gives the feed for showing Google News in a reader of one's own, for personal use that earns no "
    "money, and for nothing else; whoever reads it is held to that. A bot that posts for a firm or in a "
    "public channel goes further than that."
)
_BING: Final = (
    "Microsoft gives the feed for showing Bing's results in a feed reader, for personal use that earns no "
    "money; any other use needs its written permission. A bot that posts for a firm or in a public channel "
    "goes further than that."
)


def is_search(url: str) -> bool:
    """Tell whether an address is a feed that a news search makes: Google News or Bing News."""
    return terms_of(url) is not None


def terms_of(url: str) -> Terms | None:
    """Return what to tell of a news search's feed before it is added, None if the address is no such feed."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"}:
        return None
    if _is_google(host, parts):
        return Terms(
            provider="Google News",
            words=_words(parts),
            goes_to=f"Google ({host})",
            says=_GOOGLE,
            address="https://policies.google.com/terms",
        )
    if _is_bing(host, parts):
        return Terms(
            provider="Bing News",
            words=_words(parts),
            goes_to=f"Microsoft ({host})",
            says=_BING,
            address="https://www.microsoft.com/servicesagreement",
        )
    return None


def _is_google(host: str, parts: SplitResult) -> bool:
    """Google's feeds stand under /rss; its old form was an `output` of a search."""
    place, _, ending = host.partition("news.google.")
    if place or not ending:
        return False
    folders = parts.path.strip("/").split("/")
    return "rss" in folders[:2] or _option(parts, "output") in {"rss", "atom"}


def _is_bing(host: str, parts: SplitResult) -> bool:
    if host != "bing.com" and not host.endswith(".bing.com"):
        return False
    return parts.path.lower().startswith("/news") and _option(parts, "format") == "rss"


def _option(parts: SplitResult, name: str) -> str:
    try:
        values = parse_qs(parts.query[:4000], max_num_fields=100)
    except ValueError:
        return ""
    return next(iter(values.get(name, ())), "").strip()


def _words(parts: SplitResult) -> str:
    return " ".join(plain_text(_option(parts, "q")[: 4 * MOST_WORDS]).split())[:MOST_WORDS]


def own_terms(document: bytes, content_type: str = "") -> str:
    """Return what a feed's channel says of rights in it: plain text, MOST_OWN_TERMS at most, or empty.

    What a single item says of its rights is not the feed's.
    """
    try:
        text = text_of(document, content_type)[:_HEAD]
    except ParseError:
        return ""
    for element in elements(text):
        if element.name in {"item", "entry"}:
            return ""
        if element.name in _OWN and element.text.strip():
            return " ".join(plain_text(element.text[: 4 * MOST_OWN_TERMS]).split())[:MOST_OWN_TERMS]
    return ""
