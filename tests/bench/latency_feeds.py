"""Feeds for measuring latency: they hold an entry of long ago, and from time to time a new one."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random
from typing import TYPE_CHECKING, Final

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.feedserver import FeedServer, Handler

WORDS: Final = 48  # of an entry's text: enough to be taken for the whole article
STEMS: Final = ("Ald", "Brim", "Cor", "Dun", "Esk", "Fal", "Gorm", "Hel", "Ist", "Jor", "Kel", "Lom", "Mur")
ENDS: Final = ("aven", "borg", "cliff", "dale", "efjord", "ford", "gate", "holm", "itz", "mouth", "ness")


@dataclass(slots=True)
class Sources:
    """Feeds that hold entries of long ago, and from time to time a new one."""

    servers: Sequence[FeedServer]
    count: int
    news: dict[int, list[tuple[str, str]]] = field(default_factory=dict)  # by feed: places and items
    asked: Counter[int] = field(default_factory=Counter)
    sent: dict[str, float] = field(
        default_factory=dict
    )  # when a place's entry had left, by a monotonic clock

    def serve(self) -> list[str]:
        """Make the servers answer; return the feeds' links."""
        for number in range(self.count):
            self._server(number).routes[f"/feed/{number}"] = self._answer(number)
        return [self._server(number).url(f"/feed/{number}") for number in range(self.count)]

    def publish(self, number: int, place: str, desk: int) -> None:
        """Put an entry about a place into a feed, for the readers of a desk; no two share their words."""
        at, words = format_datetime(datetime.now(UTC)), Random(place)
        told = [
            "".join(words.choice(STEMS).lower() + words.choice(ENDS) for _ in range(2)) for _ in range(WORDS)
        ]
        item = (
            f"<item><guid>{place}</guid><link>https://{place.lower()}.example/news</link><title>{place} "
            f"{told[0]} {told[1]} Petrel{desk} {told[2]}</title><description>{' '.join(told)}.</description>"
            f"<pubDate>{at}</pubDate></item>"
        )
        self.news.setdefault(number, []).append((place, item))

    def _server(self, number: int) -> FeedServer:
        return self.servers[number % len(self.servers)]

    def _answer(self, number: int) -> Handler:
        old = format_datetime(datetime.now(UTC) - timedelta(days=30))
        first = (
            f"<item><guid>old-{number}</guid><link>https://old{number}.example/</link><title>A regatta of "
            f"{number} boats</title><description>Nothing more.</description><pubDate>{old}</pubDate></item>"
        )

        async def answer(request: web.Request) -> web.StreamResponse:
            self.asked[number] += 1
            news = list(self.news.get(number, ()))
            etag = f'"{number}-{len(news)}"'
            if request.headers.get("If-None-Match") == etag:
                return web.Response(status=304, headers={"ETag": etag})
            items = "".join(item for _, item in reversed(news)) + first
            body = f'<rss version="2.0"><channel><title>Feed {number}</title>{items}</channel></rss>'
            reply = web.Response(
                text=body, content_type="application/rss+xml", headers={"ETag": etag, "X-Feed": str(number)}
            )
            await reply.prepare(request)
            await reply.write_eof()
            for place, _ in news:
                self.sent.setdefault(place, time.monotonic())
            return reply

        return answer
