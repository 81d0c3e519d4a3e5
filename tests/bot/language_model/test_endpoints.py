"""Every host that is sent text is named at the start and in `status`; where there is none, that is said."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.language_model.endpoints import SEARCHED, endpoints, name_endpoints, searched
from bot.language_model.extraction import EXTRACTS
from bot.language_model.glosses import TRANSLATES
from bot.models import EMBEDS
from tests.contracts.store.store_builders import MAIN, NOON
from watchers.clock import SteppedClock
from watchers.store.rows import Channel
from watchers.store.store import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.store.store import Store

OTHER = "preview:other"
SEARCH = "https://news.google.com/rss/search?q=frigate"
HEADLINES = "https://news.google.com/rss"


@pytest.fixture
def address(tmp_path: Path, empty_database: Path) -> str:
    path = tmp_path / "vedette.sqlite3"
    path.write_bytes(empty_database.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
async def store(address: str) -> AsyncIterator[Store]:
    async with open_store(address, clock=SteppedClock(NOON)) as opened:
        for channel in (MAIN, OTHER):
            await opened.channels.save(Channel(id=channel, name=channel))
        yield opened


async def read(store: Store, channel: str, url: str) -> int:
    feed = await store.feeds.add(url, name="Feed", every=timedelta(minutes=15))
    await store.channels.follow(channel, feed.number)
    return feed.number


async def test_where_nothing_is_sent_that_is_said(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    await read(store, MAIN, "https://harbour.example/feed")
    with caplog.at_level(logging.INFO):
        await name_endpoints(store)
    assert await endpoints(store) == []
    assert "No text is sent to any endpoint" in caplog.text


async def test_every_host_is_named_with_what_it_gets(store: Store) -> None:
    for name, host in ((TRANSLATES, "one.example"), (EMBEDS, "two.example"), (EXTRACTS, "three.example")):
        await store.kept.put(name, host)
    assert await endpoints(store) == [
        ("Headlines are sent for translation to", "one.example"),
        ("Titles and summaries are sent for vectors to", "two.example"),
        ("Articles are sent for facts to", "three.example"),
    ]


async def test_a_search_is_named_while_somebody_reads_it_and_to_those_whom_it_concerns(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    number = await read(store, OTHER, SEARCH)
    with caplog.at_level(logging.INFO):
        await name_endpoints(store)
    assert f"{SEARCHED} Google (news.google.com)" in caplog.text
    assert "frigate" not in caplog.text
    assert await endpoints(store) == [(SEARCHED, "Google (news.google.com)")]
    assert await endpoints(store, channel=OTHER) == [(SEARCHED, "Google (news.google.com)")]
    assert await endpoints(store, channel=MAIN) == []
    await store.channels.pause_feed(OTHER, number, paused=True)
    assert await endpoints(store) == []


def test_headlines_of_a_search_engine_send_no_words() -> None:
    assert searched([HEADLINES, "https://harbour.example/feed"]) == ()
    bing = "https://www.bing.com/news/search?q=x&format=rss"
    assert searched([SEARCH, SEARCH, bing]) == ("Google (news.google.com)", "Microsoft (bing.com)")
