"""An outlet that changes its figures afterwards corrects its story, and nothing else does."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.feeddocuments import rss
from tests.feedserver import Answer, FeedServer, feed_server
from watchers.clock import SteppedClock
from watchers.feeds.guard import open_client
from watchers.lens_spec import LensSpec
from watchers.pipeline import Watcher
from watchers.polling import Poller
from watchers.store.rows import Channel
from watchers.store.store import open_store
from watchers.types import Exemplar, Watch
from watchers.workers import Workers, one_thread

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from watchers.store.store import Store
    from watchers.types import Entry, StoryUpdate

START = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
MAIN = "preview:main"
EXEMPLAR = Exemplar(
    key="frigates",
    title="Norway orders frigates",
    text="Norway orders frigates\nThe shipyard signed a contract worth 2 billion euros for four frigates.",
    lang="en",
)
FEED = "/navy.xml"


@dataclass
class Desk:
    """A poller on one served feed, and the watcher that reads it."""

    store: Store
    poller: Poller
    watcher: Watcher
    server: FeedServer
    clock: SteppedClock

    async def serve(self, text: str, *, title: str = "Norway orders frigates from Harbour Yards") -> None:
        """Let the feed's one article say this, and let a poll and a reading follow."""
        item = (
            f"<title>{title}</title><link>https://harbour.example/frigates</link><guid>urn:1</guid>"
            f"<pubDate>Tue, 03 Mar 2026 08:00:00 GMT</pubDate><description>{text}</description>"
        )
        self.server.routes[FEED] = Answer(
            body=rss(item).encode(), headers={"Content-Type": "application/rss+xml"}
        )
        self.clock.move_to(self.clock.now() + timedelta(hours=1))
        assert (await self.poller.poll_due()).failed == 0

    async def read(self, text: str) -> tuple[StoryUpdate, ...]:
        await self.serve(text)
        return await self.watcher.read_unread()


@asynccontextmanager
async def desk(folder: Path, *, at: datetime = START) -> AsyncIterator[Desk]:
    clock = SteppedClock(at)
    async with (
        feed_server() as server,
        open_store(f"sqlite:///{folder / 'v.sqlite3'}", clock=clock) as store,
        open_client(contact="mailto:d@example.org", version="1", allow=frozenset({server.pair})) as client,
        Workers(1, preload=("watchers.feeds.parse",)) as parsers,
        Workers(1, initializer=one_thread) as readers,
    ):
        await store.channels.save(Channel(id=MAIN, name="Main"))
        feed = await store.feeds.add(server.url(FEED), name="Harbour", every=timedelta(minutes=15))
        await store.channels.follow(MAIN, feed.number)
        ships = Watch(number=0, channel=MAIN, name="ships", expression="frigates")
        (watch,) = await store.watches.active() or (await store.watches.add(ships),)
        poller = Poller(store=store, client=client, parsers=parsers, clock=clock)
        watcher = Watcher(store=store, readers=readers, clock=clock)
        await watcher.look_through(LensSpec(exemplars=(EXEMPLAR,), watches=(watch,), embedder="none"))
        yield Desk(store=store, poller=poller, watcher=watcher, server=server, clock=clock)


def worth(amount: str) -> str:
    return f"The ministry signed a contract worth {amount} billion euros for four frigates on Monday."


def money(update: StoryUpdate) -> tuple[list[str], list[str]]:
    """Return the amounts that an update took back, and those it brought."""
    return (
        [str(fact.value) for fact in update.was if fact.type == "money"],
        [str(fact.value) for fact in update.new_facts if fact.type == "money"],
    )


def revised(opened: StoryUpdate) -> Entry:
    """Return a story's article as its feed gives it with another amount."""
    return replace(opened.report.entry, number=0, summary=worth("7.1"))


async def test_changed_figures_correct_the_story_and_a_changed_comma_does_not(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        (opened,) = await one.read(worth("5.5"))
        assert (opened.kind, opened.was) == ("opened", ())
        assert await one.read(worth("5.5").replace(" on Monday", ", on Monday,")) == ()
        assert await one.read(worth("5,5")) == ()

        (corrected,) = await one.read(worth("7.1"))
        assert (corrected.kind, corrected.new_origin) == ("corrected", False)
        assert money(corrected) == (["5500000000 EUR"], ["7100000000 EUR"])
        assert corrected.story.number == opened.story.number
        assert corrected.story.reports == (corrected.report,)
        assert "7.1" in corrected.report.entry.summary
        assert await one.read(worth("7.1")) == ()

        (again,) = await one.read(worth("8"))
        assert (again.kind, money(again)) == ("corrected", (["7100000000 EUR"], ["8000000000 EUR"]))

        pending = await one.store.announcements.unannounced()
        assert [p.update.kind for p in pending] == ["opened", "corrected", "corrected"]
        assert [p.update.was for p in pending] == [(), corrected.was, again.was]
        assert money(pending[2].update) == money(again)
        total, found = await one.store.search.find("frigates 8 billion")
        assert (total, found[0].story) == (1, opened.story.number)
        assert (await one.store.search.find('"5.5 billion"'))[0] == 0


async def test_the_open_story_holds_the_corrected_report(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.read(worth("5.5"))
        (corrected,) = await one.read(worth("7.1"))
        placing = one.watcher._placing
        assert placing is not None
        assert [story.reports for story in placing.index.stories] == [(corrected.report,)]


async def test_a_figure_that_is_no_fact_changes_the_report_and_tells_nobody(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        (opened,) = await one.read(worth("5.5") + " Photo 11.")
        assert await one.read(worth("5.5") + " Photo 12.") == ()
        story = await one.store.stories.get(opened.story.number)
        assert story is not None
        assert story.lead.entry.summary.endswith("Photo 12.")
        assert await one.store.entries.unread() == ()


async def test_a_story_long_closed_is_corrected_all_the_same(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        (opened,) = await one.read(worth("5.5"))
        one.clock.move_to(START + timedelta(days=30))
    async with desk(tmp_path, at=START + timedelta(days=30)) as later:
        assert later.watcher._placing is not None
        assert later.watcher._placing.index.stories == ()
        await later.store.entries.add([revised(opened)])
        (corrected,) = await later.watcher.read_unread()
        assert (corrected.kind, corrected.story.number) == ("corrected", opened.story.number)


async def test_a_revision_that_comes_while_its_entry_is_read_is_read_afterwards(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.read(worth("5.5"))
        await one.serve(worth("7.1"))
        (stale,) = await one.store.entries.unread()
        await one.serve(worth("8"))
        assert one.watcher._spec is not None
        assert one.watcher._placing is not None
        reports = await one.watcher.reread((stale,), within=60)
        (first,) = await one.watcher._record(reports, one.watcher._spec, one.watcher._placing)
        (second,) = await one.watcher.read_unread()
        assert money(first) == (["5500000000 EUR"], ["7100000000 EUR"])
        assert money(second) == (["7100000000 EUR"], ["8000000000 EUR"])
        assert len(await one.store.announcements.unannounced()) == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            worth("5.5") + " Photo 11.",
            worth("5.5").replace("The ministry signed", "The ministry, officials say, signed") + " Photo 12.",
            id="who said it",
        ),
        pytest.param(
            worth("5.5") + " Photo 11.",
            worth("5.5").replace("The ministry signed", "The ministry reportedly signed") + " Photo 12.",
            id="how firmly",
        ),
        pytest.param(worth("5.5"), worth("5.5").replace(" for four", ", for four"), id="a comma"),
        pytest.param(worth("5.5"), worth("5.5").replace("worth 5.5", "worth  5.50"), id="a nought"),
        pytest.param(worth("5.5") + " Photo 11.", worth("5.5") + " Photo 12.", id="a figure that is no fact"),
    ],
)
async def test_another_speaker_doubt_comma_or_figure_of_no_fact_corrects_nothing(
    tmp_path: Path, before: str, after: str
) -> None:
    async with desk(tmp_path) as one:
        (opened,) = await one.read(before)
        assert await one.read(after) == ()
        assert await one.store.stories.corrected(opened.story.number) == ()
        assert [p.update.kind for p in await one.store.announcements.unannounced()] == ["opened"]


async def test_a_corrected_story_keeps_what_was_given_before_and_what_is_given_now(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        (opened,) = await one.read(worth("5.5"))
        await one.read(worth("7.1"))
        (change,) = await one.store.stories.corrected(opened.story.number)
        assert [str(fact.value) for fact in change.was if fact.type == "money"] == ["5500000000 EUR"]
        assert [str(fact.value) for fact in change.now if fact.type == "money"] == ["7100000000 EUR"]
        assert change.at == one.clock.now()


async def test_a_number_told_in_words_is_corrected_too_and_its_mere_spelling_is_not(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.read(worth("5.5"))
        assert await one.read(worth("5.5").replace("four frigates", "4 frigates")) == ()
        (corrected,) = await one.read(worth("5.5").replace("four frigates", "six frigates"))
        values = [
            [str(fact.value) for fact in facts if fact.type == "quantity"]
            for facts in (corrected.was, corrected.new_facts)
        ]
        assert (corrected.kind, values) == ("corrected", [["4"], ["6"]])
