"""Feeds that fail together are a line a reason in the log, not a line each."""

from __future__ import annotations

import logging
from datetime import timedelta
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from tests.feedserver import Answer
from tests.watchers.polling_desk import NOW, Desk, document, open_desk
from watchers.failures import told
from watchers.store.rows_feeds import Polled
from watchers.types import Feed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def desk(tmp_path: Path, empty_database: Path) -> AsyncIterator[Desk]:
    path = tmp_path / "v.sqlite3"
    copyfile(empty_database, path)
    async with open_desk(path, parsing=True) as opened:
        yield opened


def lines(caplog: pytest.LogCaptureFixture, least: int) -> list[tuple[int, str]]:
    return [
        (one.levelno, one.getMessage())
        for one in caplog.records
        if getattr(one, "action", "") == "feed_failed" and one.levelno >= least
    ]


async def test_many_that_fail_for_two_reasons_are_two_lines_and_quiet_ones_later(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="watchers.polling")
    paths = [f"/f{n}" for n in range(6)]
    await desk.follow(*paths, "/well")
    desk.server.routes["/well"] = Answer(body=document("Alder"))
    for path in paths[:4]:
        desk.server.routes[path] = Answer(status=404)
    for path in paths[4:]:
        desk.server.routes[path] = Answer(status=503)
    assert (await desk.poller.poll_due()).failed == 6
    first = lines(caplog, logging.INFO)
    assert [level for level, _ in first] == [logging.WARNING] * 2
    assert first[0][1].startswith("4 feeds failed, answered with status 404: ")
    assert first[0][1].endswith(" and 1 more")
    assert first[1][1].startswith("2 feeds failed, answered with status 503: ")
    assert len(lines(caplog, logging.DEBUG)) == 2 + 6, "each feed's own line is there to be looked up"

    caplog.clear()
    desk.later(timedelta(days=2))
    assert (await desk.poller.poll_due()).failed == 6
    assert {level for level, _ in lines(caplog, logging.INFO)} == {logging.INFO}


def test_hosts_and_addresses_do_not_tell_reasons_apart() -> None:
    failed = [
        (
            Feed(number=n, url=f"https://h{n}.example/feed", name=f"Post\n{n}"),
            Polled(
                feed=n,
                at=NOW,
                next_poll_at=NOW,
                error=f"https://h{n}.example/feed: no host h{n}.example was found.",
                fault="unreachable",
            ),
        )
        for n in range(36)
    ]
    assert told(failed) == [("36 feeds failed, no host was found: Post 0, Post 1, Post 2 and 33 more", True)]
    assert told(failed[:1]) == [("Feed failed: https://h0.example/feed: no host h0.example was found.", True)]


def test_an_address_that_is_none_ends_nothing() -> None:
    feed = Feed(number=1, url="http://[127.0.0.1]/feed", name="Post")
    failed = Polled(feed=1, at=NOW, next_poll_at=NOW, error="http://[127.0.0.1]/feed is no address.")
    assert told([(feed, failed)] * 2) == [("2 feeds failed, is no address: Post, Post", True)]
