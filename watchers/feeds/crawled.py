"""Sources that are read as crawlers read, pages and sitemaps: their site's robots.txt is asked first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from watchers.errors import FetchError

if TYPE_CHECKING:
    from watchers.pages.robots import Robots
    from watchers.types import SourceKind

# A feed is made for programs, and a person gave its address; these are made for readers and search engines.
CRAWLED: Final[frozenset[SourceKind]] = frozenset({"page", "sitemap"})


async def permit(robots: Robots, url: str, *, kind: SourceKind) -> None:
    """Raise FetchError unless a site lets programs read a source of this kind now.

    Its status is 403 where robots.txt keeps programs out, 503 while the site does not say.
    """
    if kind not in CRAWLED:
        return
    verdict = await robots.verdict(url)
    if verdict == "no":
        why = f"{url} is not for programs: its site's robots.txt keeps them out."
        raise FetchError(why, url=url, status=403)
    if verdict == "later":
        why = f"{url} was not asked: its site does not say now whether programs may read it."
        raise FetchError(why, url=url, status=503)
