"""feedparser on hostile documents, where it belongs: in a worker that can be killed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from watchers.errors import ParseError
from watchers.feeds.parse import parse
from watchers.types import Feed, Fetched, Validators
from watchers.workers import Workers, WorkTimeout

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HEAD = b"<rss version='2.0'><channel><title>Desk</title>"
OPEN = HEAD + b"<item><title>Frigate sails</title><description>"
GOOD = OPEN + b"North.</description></item></channel></rss>"
MANY = 1_000_000

HANGS = {
    "tags that never close": OPEN + b"<a " * MANY,
    "nesting without end": OPEN + b"<d>" * MANY,
    "attributes without end": HEAD + b"<item " + b" ".join(b'a%d="1"' % i for i in range(200_000)) + b">",
}
ENDS = {
    "less-than signs": OPEN + b"<" * 100_000,
    "ampersands": OPEN + b"&" * 100_000,
    "comments that never close": HEAD + b"<!--" * 100_000,
    "character data that never closes": HEAD + b"<item><title><![CDATA[" * 10_000,
    "entities that never close": b"<!DOCTYPE " + b"<!ENTITY " * 10_000 + b"<rss>",
    "items in items": HEAD + b"<item>" * 100_000,
    "digits": OPEN + b"7" * MANY,
    "name spaces": b"<rss " + b" ".join(b'xmlns:a%d="u"' % i for i in range(10_000)) + b"><channel/></rss>",
    "dashes": HEAD
    + b"<item><title>"
    + b" - a" * 10_000
    + b"</title><link>https://news.google.com/a</link></item>",
    "escaped markup": OPEN + b"&lt;div&gt;" * 100_000,
    "numbers of JSON": b'{"version":"https://jsonfeed.org/version/1","items":[{"id":'
    + b"1" * 100_000
    + b"}]}",
}


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(1, preload=["watchers.feeds.parse"]) as pool:
        yield pool


def fetched(body: bytes) -> Fetched:
    feed = Feed(number=1, url="https://desk.example/feed", name="Desk")
    return Fetched(
        feed=feed,
        url=feed.url,
        body=body,
        content_type="",
        validators=Validators(),
        at=datetime(2025, 8, 20, tzinfo=UTC),
    )


@pytest.mark.parametrize("body", HANGS.values(), ids=HANGS.keys())
async def test_a_document_that_hangs_the_parser_costs_its_own_turn_only(
    workers: Workers, body: bytes
) -> None:
    with pytest.raises(WorkTimeout):
        await workers.run(parse, fetched(body), timeout=0.5)
    (entry,) = await workers.run(parse, fetched(GOOD), timeout=60)
    assert (entry.title, entry.summary) == ("Frigate sails", "North.")


async def test_other_hostile_documents_come_to_an_end(workers: Workers) -> None:
    ends = {name: await ending(workers, body) for name, body in ENDS.items()}
    # an error has kept its fields on the way out of the worker
    assert set(ends.values()) <= {"no entry", "one entry", "https://desk.example/feed"}


async def ending(workers: Workers, body: bytes) -> str:
    try:
        found = await workers.run(parse, fetched(body), timeout=60)
    except ParseError as error:
        return error.url
    return ["no entry", "one entry"][len(found)]
