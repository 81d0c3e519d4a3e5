"""Row 26 of the fault matrix: feeds that change ids, links, titles and dates, and the real store behind."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.feeddocuments import rss
from watchers.clock import SteppedClock
from watchers.feeds.parse import parse_document
from watchers.store.store import open_store
from watchers.types import Entry, Fetched, Validators

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

START: Final = datetime(2026, 2, 3, 9, 0, tzinfo=UTC)
POLLS: Final = 5
ARTICLES: Final = 4
ITEM: Final = (
    "<title>{title}</title>{link}{guid}<description>{text}</description><pubDate>{date}</pubDate>{more}"
)


def item(
    number: int,
    *,
    title: str = "",
    link: str = "",
    guid: str = "",
    text: str = "",
    date: str = "",
    more: str = "",
) -> str:
    """Return an item; what is not given is the article's own. A dash leaves a link or a guid out."""
    link, guid = link or f"https://desk.example/news/{number}", guid or f"desk-{number}"
    return ITEM.format(
        title=title or f"Report {number} on the northern yard",
        link="" if link == "-" else f"<link>{link}</link>",
        guid="" if guid == "-" else f"<guid isPermaLink='false'>{guid}</guid>",
        text=text or f"The yard says so, in part {number}.",
        date=date or f"Tue, 03 Feb 2026 0{number}:00:00 GMT",
        more=more,
    )


async def stored(
    documents: Sequence[Sequence[str]],
    *,
    feeds: int = 1,
    urls: Callable[[int], str] = "https://desk.example/feed{}.xml".format,
) -> list[list[Entry]]:
    """Serve each document to each feed in turn, as polls do, and return what each poll stored as new."""
    with TemporaryDirectory() as folder:
        clock = SteppedClock(START)
        async with open_store(f"sqlite:///{folder}/v.sqlite3", clock=clock) as store:
            watched = [
                await store.feeds.add(urls(i), name=f"Desk {i}", every=timedelta(minutes=15))
                for i in range(feeds)
            ]
            known: dict[int, frozenset[int]] = {}
            news = []
            for items in documents:
                new: list[Entry] = []
                for feed in watched:
                    fetched = Fetched(
                        feed=feed,
                        url=feed.url,
                        body=rss(*items).encode(),
                        content_type="",
                        validators=Validators(),
                        at=clock.now(),
                    )
                    full = parse_document(fetched)
                    part = parse_document(replace(fetched, known=known.get(feed.number, frozenset())))
                    new += await store.entries.add(part.entries, shared=part.shared)
                    # Reading all of it again, as after a restart, may bring nothing more either.
                    assert await store.entries.add(full.entries, shared=full.shared) == ()
                    known[feed.number] = full.hashes
                news.append(new)
                clock.move_to(clock.now() + timedelta(hours=1))
            assert await store.entries.count() == sum(map(len, news))
            for entry in news[0] if feeds > 1 else ():
                why = await store.find.why(entry.number)
                assert why is not None
                assert {entry.feed, *(sighting.feed for sighting in why.sightings)} == {
                    feed.number for feed in watched
                }
    return news


def poll(make: Callable[[int, int], str]) -> list[list[str]]:
    return [[make(number, when) for number in range(ARTICLES)] for when in range(POLLS)]


CHURN: Final = {
    "another guid at every poll": lambda n, p: item(n, guid=f"{n}-{p}"),
    "another link at every poll": lambda n, p: item(n, link=f"https://desk.example/{p}/{n}"),
    "other trackers at every poll": lambda n, p: item(
        n, link=f"https://desk.example/{n}?utm_id={p}", guid="-"
    ),
    "another title at every poll": lambda n, p: item(n, title=f"Report {n}, edition {p}"),
    "another title without a guid": lambda n, p: item(n, title=f"Report {n}, edition {p}", guid="-"),
    "another title without a link": lambda n, p: item(n, title=f"Report {n}, edition {p}", link="-"),
    "another date at every poll": lambda n, p: item(n, date=f"Tue, 03 Feb 2026 0{n}:0{p}:00 GMT"),
    "another text at every poll": lambda n, p: item(n, text=f"The yard says so, for the {p}th time."),
    "a title that flips back and forth": lambda n, p: item(n, title=f"Report {n}{' (updated)' * (p % 2)}"),
    "a link that flips back and forth": lambda n, p: item(n, link=f"https://{'wm'[p % 2]}.desk.example/{n}"),
    "a guid that flips back and forth": lambda n, p: item(n, guid=f"{n}{'ab'[p % 2]}"),
    "one guid for all": lambda n, _: item(n, guid="desk"),
    "one guid for all, other titles": lambda n, p: item(n, guid="desk", title=f"Report {n}, edition {p}"),
    "one link for all": lambda n, _: item(n, link="https://desk.example/live"),
    "no ids": lambda n, _: item(n, guid="-"),
    "neither ids nor links": lambda n, _: item(n, guid="-", link="-"),
    "a guid that comes and goes": lambda n, p: item(n, guid=f"{n}" if p % 2 else "-"),
    "a link that comes and goes": lambda n, p: item(n, link="" if p % 2 else "-"),
    "http and https, www and none": lambda n, p: item(
        n, guid="-", link=f"http{'s' * (p % 2)}://{'www.' * (p // 2 % 2)}desk.example/{n}"
    ),
    "parameters in another order": lambda n, p: item(
        n, guid="-", link="https://desk.example/a?" + "&amp;".join([f"id={n}", "lang=en"][:: 1 - 2 * (p % 2)])
    ),
}  # fmt: skip


@pytest.mark.parametrize("make", CHURN.values(), ids=CHURN.keys())
async def test_row_26_a_feed_that_churns_stores_nothing_twice(make: Callable[[int, int], str]) -> None:
    first, *later = await stored(poll(make))
    assert len(first) == ARTICLES
    assert [len(news) for news in later] == [0] * (POLLS - 1)


async def test_row_26_an_article_that_vanishes_and_comes_back_is_no_news() -> None:
    documents = [[item(n) for n in range(ARTICLES) if n % 2 == 0 or p % 2 == 0] for p in range(POLLS)]
    assert [len(news) for news in await stored(documents)] == [ARTICLES, 0, 0, 0, 0]


async def test_row_26_new_articles_still_come_through_all_the_churn() -> None:
    documents = [
        [item(n, guid=f"{n}-{p}", more=f"<category>{p}</category>") for n in range(p, p + 3)]
        for p in range(POLLS)
    ]
    assert [len(news) for news in await stored(documents)] == [3, 1, 1, 1, 1]


@pytest.mark.parametrize("guid", ["", "-"], ids=["ids", "no ids"])
async def test_row_26_new_articles_come_through_where_one_link_serves_for_all(guid: str) -> None:
    link = "https://desk.example/live"
    documents = [[item(n, link=link, guid=guid) for n in range(p + 2)] for p in range(POLLS)]
    assert [len(news) for news in await stored(documents)] == [2, 1, 1, 1, 1]


async def test_row_26_a_news_search_is_known_by_outlet_and_title() -> None:
    def make(number: int, when: int) -> str:
        return item(
            number,
            title=f"Yard wins order {number} - Liman Daily",
            link=f"https://news.google.com/rss/articles/{number}-{when}?oc=5",
            guid=f"{number}-{when}",
            date=f"Tue, 03 Feb 2026 0{number}:0{when}:00 GMT",
        )

    news = await stored(poll(make))
    assert [len(new) for new in news] == [ARTICLES, 0, 0, 0, 0]
    assert {entry.outlet for entry in news[0]} == {"Liman Daily"}


async def test_row_26_the_same_article_in_two_feeds_is_one_entry() -> None:
    news = await stored(poll(lambda n, _: item(n)), feeds=2)
    assert [len(new) for new in news] == [ARTICLES, 0, 0, 0, 0]
    assert {entry.feed for entry in news[0]} == {news[0][0].feed}


Change = st.tuples(st.integers(0, ARTICLES - 1), st.sampled_from(["title", "link", "guid", "date", "text"]))


@settings(deadline=None, max_examples=25)
@given(st.lists(Change, min_size=1, max_size=POLLS))
def test_row_26_articles_stay_the_same_while_one_field_changes_at_a_time(
    changes: list[tuple[int, str]],
) -> None:
    fields: list[dict[str, str]] = [{} for _ in range(ARTICLES)]
    documents = [[item(n) for n in range(ARTICLES)]]
    for when, (number, name) in enumerate(changes):
        fields[number] = fields[number] | {name: changed(number, name, when)}
        documents.append([item(n, **fields[n]) for n in range(ARTICLES)])
    news = asyncio.run(stored(documents))
    assert [len(new) for new in news] == [ARTICLES, *(0 for _ in changes)]


def changed(number: int, name: str, when: int) -> str:
    values = {
        "title": f"Report {number}, as it reads after poll {when}",
        "link": f"https://desk.example/moved/{when}/{number}",
        "guid": f"desk-{number}-{when}",
        "date": f"Wed, 04 Feb 2026 0{number}:{10 + when}:00 GMT",
        "text": f"The yard now says otherwise, after poll {when}, in part {number}.",
    }
    return values[name]


@pytest.mark.parametrize("order", [*itertools.permutations(["guid", "link", "title", "date"])], ids="-".join)
def test_row_26_all_that_an_article_is_known_by_changes_in_turn_and_it_stays_the_same(
    order: tuple[str, ...],
) -> None:
    fields: dict[str, str] = {}
    documents = [[item(0), item(1)]]
    for when, name in enumerate(order):
        fields = fields | {name: changed(0, name, when)}
        documents.append([item(0, **fields), item(1)])
    assert [len(new) for new in asyncio.run(stored(documents))] == [2, 0, 0, 0, 0]
