"""Try a feed's address before anything is said of it: what it holds, or what a person can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yarl import URL

from bot.commands.parse import shown
from bot.errors import CommandError
from watchers.errors import FeedError, FetchError, ParseError, RefusedError
from watchers.feeds.addresses import is_literal, refusal
from watchers.feeds.opml import never_opened

if TYPE_CHECKING:
    from bot.commands.desk import Desk
    from watchers.feeds.discover import Found
    from watchers.types import Entry, SourceKind

EXAMPLE: Final = "/watch source test https://example.org/feed.xml"
_ANSWERED: Final = 200  # with this status a fetch fails only because what came is no feed
_LASTING: Final = frozenset(
    {_ANSWERED, 404, 410}
)  # a web page, no such page, gone: waiting mends none of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What an address answered: its entries, newest first, or why it could not be read just now.

    `title` is what it calls itself, `own_terms` what a news search's feed says of rights. `offers` are the
    feeds that it names if it is a web page.
    """

    entries: tuple[Entry, ...] = ()
    title: str = ""
    own_terms: str = ""
    error: FeedError | None = None
    offers: tuple[Found, ...] = ()

    @property
    def fault(self) -> str:
        """Return why it could not be read, empty if it was."""
        if self.offers and self.error:
            return f"{self.error.url} is a web page, not a feed."
        return f"That cannot be read now: {self.error}" if self.error else ""

    @property
    def advice(self) -> str:
        """Return what a person can do about it, empty if it was read."""
        if self.offers:
            which = "this feed" if len(self.offers) == 1 else "these feeds"
            return f"It names {which}: {', '.join(one.url for one in self.offers)}"
        return advice(self.error) if self.error else ""

    @property
    def outlet(self) -> str:
        """Return what the feed calls itself; empty if it does not say."""
        return self.title or (self.entries[0].outlet if self.entries else "")

    @property
    def is_page(self) -> bool:
        """Tell whether something answers at the address that is no feed."""
        return answers_otherwise(self.error)

    @property
    def hopeless(self) -> bool:
        """Tell whether asking again later would bring nothing either."""
        lasting = isinstance(self.error, FetchError) and self.error.status in _LASTING
        return lasting or isinstance(self.error, RefusedError | ParseError)


async def tried(
    url: str,
    desk: Desk,
    *,
    kind: SourceKind = "feed",
    selector: str = "",
    offers: bool = True,
    named_by: str = "",
) -> Tried:
    """Ask an address now and keep nothing; `offers` tells whether a web page is searched for its feeds.

    `named_by` is the page that names the address: what strangers name opens nothing of `poll.allow`.
    """
    try:
        trial = await desk.reading.try_source(url, kind=kind, selector=selector, named_by=named_by)
    except FeedError as error:
        found = await _offers(url, desk) if offers and kind == "feed" and answers_otherwise(error) else ()
        return Tried(error=error, offers=found)
    return Tried(entries=trial.entries, title=trial.title, own_terms=trial.own_terms)


async def _offers(url: str, desk: Desk) -> tuple[Found, ...]:
    """Return the feeds that an address names which is a web page itself."""
    try:
        return await desk.reading.feeds_on(url)
    except FeedError:  # it answered a moment ago; what was wrong with that answer is said in any case
        return ()


def answers_otherwise(error: FeedError | None) -> bool:
    """Tell whether something answered that is no feed."""
    return isinstance(error, ParseError) or (isinstance(error, FetchError) and error.status == _ANSWERED)


def address(text: str, *, verb: str) -> str:
    """Return an address as typed, without the brackets and label that Slack puts around it.

    Raises CommandError for one that will never be opened; a name is looked up, and an address that is not
    public held against `poll.allow`, when it is asked.
    """
    url = text[1:-1].partition("|")[0] if text.startswith("<") and text.endswith(">") else text
    if "://" not in url and looks_like_one(url):
        whole = f"/watch source {verb} https://{url}"
        raise CommandError(f'"{shown(url)}" needs https:// in front.', example=whole)
    if "://" not in url:
        raise CommandError(f'"{shown(url)}" is not an address; one begins with https://.', example=EXAMPLE)
    if fault := never_opened(url):
        raise CommandError(f'"{shown(url)}" cannot be read: {fault}.', example=EXAMPLE)
    return url


def looks_like_one(text: str) -> bool:
    """Tell whether a word without https:// in front was meant as an address."""
    host, _, path = text.partition("/")
    name, _, port = host.partition(":")
    dotted = "." in name.strip(".") and not any(c.isspace() for c in text)
    return dotted and (bool(path) or port.isdigit() or name.rpartition(".")[2].isalpha())


def is_inside(url: str) -> bool:
    """Tell whether an address is plainly one of this machine or network, which `poll.allow` must name."""
    host = (URL(url).raw_host or "").strip("[]")
    return is_literal(host) and bool(refusal(host))


def advice(error: FeedError) -> str:  # noqa: PLR0911 - one case a kind of answer
    """Return what a person can do about a feed that cannot be read."""
    if isinstance(error, RefusedError):
        return (
            "The bot opens public addresses only: take the feed's public one. Whoever runs the bot can let "
            "it open one inside, under poll.allow in the configuration file."
        )
    status = error.status if isinstance(error, FetchError) else 0
    if isinstance(error, ParseError) or status == _ANSWERED:
        return (
            "That address answers, but not with a feed. On the site, look for “RSS” or “Atom”, often at the "
            "foot of the page, and test the address behind it; many sites have theirs at /feed or /rss."
        )
    if status in {404, 410}:
        return "There is no such page any more. Look on the site for the feed's present address."
    if status in {401, 402, 403}:
        return (
            "The site does not let the bot in. Ask the publisher, or take another feed that tells the same."
        )
    if status == 429:
        return "The site asks for fewer visits. Wait an hour, then test again, and read it with every:1h."
    if status >= 500:
        return "That is the site's own trouble. Test again later; the bot goes on asking feeds it reads."
    return "Look whether the address is spelt right and opens in a browser; then test again."
