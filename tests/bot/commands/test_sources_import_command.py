"""`source import` and `source export`: feeds carried in and out as OPML."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.answer import CommandLayer
from bot.commands.request import Asker, File, Request, filled
from bot.commands.sources_spans import spans, unspanned
from tests.bot.commands.command_replies import buttons, pairs, said
from tests.bot.commands.conftest import FeedsAtHand
from tests.contracts.store.store_builders import MAIN, make_entry
from watchers.errors import FetchError
from watchers.feeds.opml import Outline, read_opml, write_opml

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.commands.request import Reply
    from bot.reading import Trial
    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store
    from watchers.types import SourceKind

OPML = "https://example.org/mine.opml"
NEWS = "https://one.example/feed"
DEAD = "https://dead.example/feed"
SLOW = "https://slow.example/feed"
KNOWN = "https://harbour.example/feed"  # s1
SEARCH = "https://news.google.com/rss/search?q=frigate"


@pytest.fixture
def outlines(reading: FeedsAtHand) -> tuple[Outline, ...]:
    found = (
        Outline(url=NEWS, name="Sea news", tags=("navy", "press")),
        Outline(url=KNOWN, name="Harbour"),
        Outline(url=DEAD, name="Dead"),
        Outline(url=SLOW, name="Slow"),
        Outline(url=SEARCH, name="Search"),
        Outline(url="ftp://example.org/feed", name="Odd", fault="it is not http or https"),
    )
    reading.files[OPML] = found
    reading.answers[NEWS] = (make_entry("echo"),)
    reading.answers[DEAD] = FetchError("it answers 404", url=DEAD, status=404)
    reading.answers[SLOW] = FetchError("it answers 503", url=SLOW, status=503)
    return found


async def urls(store: Store) -> list[str]:
    return [link.url for link in await store.channels.feeds(MAIN)]


@pytest.mark.usefixtures("outlines")
async def test_a_dry_run_says_what_is_new_known_and_dead_and_changes_nothing(
    ask: Ask, dump: Callable[[], dict[str, list[tuple[object, ...]]]], reading: FeedsAtHand
) -> None:
    before = dump()
    reply = await ask(f"source import {OPML}")
    told = pairs(reply)
    assert told["New"] == "2"
    assert told["Read here already"] == "1"
    assert told["Dead, left out"] == "2"
    assert told["News searches, left out"] == "1"
    assert f"{DEAD}: it answers 404" in said(reply)
    assert "it is not http or https" in said(reply)
    assert "1 of the new did not answer just now" in said(reply)
    assert {name: rows for name, rows in dump().items() if name != "setting"} == {
        name: rows for name, rows in before.items() if name != "setting"
    }
    assert f"feed {SEARCH}" not in reading.asked


@pytest.mark.usefixtures("outlines")
async def test_the_button_adds_what_is_new_with_its_folders_as_tags_and_undo_takes_all_of_it_out(
    ask: Ask, store: Store
) -> None:
    before = await urls(store)
    dry = await ask(f"source import {OPML}")
    added = await ask(buttons(dry)["Add 2 sources"])
    assert added.shown == "channel"
    assert "added 2 sources from a file: s4-s5" in said(added)
    links = {link.url: link for link in await store.channels.feeds(MAIN)}
    assert links.keys() - set(before) == {NEWS, SLOW}
    assert (links[NEWS].name, links[NEWS].tags) == ("Sea news", ("navy", "press"))
    taken = await ask(buttons(added)["Undo"])
    assert await urls(store) == before
    await ask(buttons(taken)["Undo"])
    assert set(await urls(store)) == {*before, NEWS, SLOW}


@pytest.mark.usefixtures("outlines")
async def test_undo_takes_out_nothing_that_was_read_before_the_import(ask: Ask, store: Store) -> None:
    await ask(f"source add {NEWS}")
    added = await ask(f"source import {OPML} confirm:yes")
    assert "added 1 source from a file: s5" in said(added)
    await ask(buttons(added)["Undo"])
    assert NEWS in await urls(store)


@pytest.mark.usefixtures("outlines")
async def test_a_button_of_an_earlier_dry_run_asks_for_the_file_again(ask: Ask) -> None:
    first = await ask(f"source import {OPML}")
    await ask(f"source import {OPML}")
    reply = await ask(buttons(first)["Add 2 sources"])
    assert reply.refused
    assert "import the file again" in said(reply)


async def test_nothing_new_is_said_and_offers_nothing(ask: Ask, reading: FeedsAtHand) -> None:
    reading.files[OPML] = (Outline(url=KNOWN, name="Harbour"),)
    reply = await ask(f"source import {OPML}")
    assert "Nothing in it is new here" in said(reply)
    assert not buttons(reply)


async def test_a_file_that_is_no_opml_is_refused_with_what_to_do(ask: Ask, reading: FeedsAtHand) -> None:
    reading.files[OPML] = FetchError("it answers 404", url=OPML, status=404)
    reply = await ask(f"source import {OPML}")
    assert reply.refused
    assert "it answers 404" in said(reply)
    pasted = await ask('source import text:"<html> <p>no feeds</p> </html>"')
    assert pasted.refused


async def test_a_file_is_pasted_into_the_form_and_so_are_addresses(ask: Ask, reading: FeedsAtHand) -> None:
    reading.answers[NEWS] = (make_entry("echo"),)
    form = await ask("source import")
    assert form.sheet is not None
    now = make_entry("echo").seen
    text = write_opml((Outline(url=NEWS, name='The "Sea"', tags=("navy",)),), title="Mine", at=now)
    reply = await ask(filled(form.sheet, {"text": text}))
    assert pairs(reply)["New"] == "1"
    assert 'The "Sea" (navy)' in said(reply)
    both = await ask(filled(form.sheet, {"text": f"{NEWS}\n{KNOWN}"}))
    assert pairs(both) == {"New": "1", "Read here already": "1", "Dead, left out": "0"}


async def test_a_pasted_file_may_be_longer_than_a_command(ask: Ask, reading: FeedsAtHand) -> None:
    now = make_entry("echo").seen
    many = [Outline(url=f"https://paper{n}.example/feed", name=f"Paper {n}") for n in range(25)]
    for one in many:
        reading.answers[one.url] = (make_entry("echo"),)
    form = await ask("source import")
    assert form.sheet is not None
    reply = await ask(filled(form.sheet, {"text": write_opml(many, title="Mine", at=now)}))
    assert pairs(reply)["New"] == "25"


class Stalled(FeedsAtHand):
    """Feeds of which one never answers; `most` is how many were asked side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.now = self.most = 0

    async def try_source(
        self, url: str, *, kind: SourceKind = "feed", selector: str = "", named_by: str = ""
    ) -> Trial:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await asyncio.sleep(3600 if url == SLOW else 0)
            return await super().try_source(url, kind=kind, selector=selector, named_by=named_by)
        finally:
            self.now -= 1


async def test_feeds_are_asked_side_by_side_within_patience_and_what_hangs_is_told_as_not_tried(
    store: Store, clock: SteppedClock, layer: CommandLayer
) -> None:
    feeds, steps = Stalled(), []
    urls = [f"https://paper{n}.example/feed" for n in range(40)]
    feeds.answers = {url: (make_entry("echo"),) for url in urls}
    feeds.files[OPML] = tuple(Outline(url=url, name="Paper") for url in (SLOW, *urls))
    patient = CommandLayer(
        store,
        clock=clock,
        reading=feeds,
        judging=layer._judging,
        patience=1.0,
        progress=lambda done, total: steps.append((done, total)),
    )
    reply = await patient.answer(_request(f"source import {OPML}"))
    assert reply is not None
    assert pairs(reply)["New"] == "41"
    assert "1 of the new were not tried for want of time" in said(reply)
    assert steps[-1] == (40, 41)
    assert 1 < feeds.most <= 12


def _request(text: str, *, file: File | None = None) -> Request:
    return Request(text=text, channel=MAIN, asker=Asker(id="shell:me", name="Ada", manages=True), file=file)


async def test_what_is_exported_is_imported_again_with_names_and_tags(
    ask: Ask, store: Store, layer: CommandLayer
) -> None:
    await store.channels.relabel(MAIN, 2, name='Küste & "Meer" <新聞>', tags=("coast", "press", "日本"))
    exported = await ask("source export")
    assert exported.file is not None
    assert exported.shown == "asker"
    assert exported.file.name.endswith(".opml")
    before = {link.url: link for link in await store.channels.feeds(MAIN)}
    for link in before.values():
        await store.channels.unfollow(MAIN, link.feed)
    reply = await layer.answer(_request("source import mine.opml confirm:yes", file=exported.file))
    assert reply is not None
    assert not reply.refused, said(reply)
    after = {link.url: link for link in await store.channels.feeds(MAIN)}
    assert after == {url: replace(link, origin="chat") for url, link in before.items()}


async def test_the_export_of_a_tag_has_its_sources_alone_and_pages_are_left_out(
    ask: Ask, reading: FeedsAtHand
) -> None:
    reading.answers["https://example.org/news h2 a"] = (make_entry("echo"),)
    await ask('source add https://example.org/news select:"h2 a" confirm:yes tag:navy')
    exported = await ask("source export tag:navy")
    assert exported.file is not None
    assert [one.url for one in read_opml(exported.file.body)] == [KNOWN]
    assert "Left out: 1 without a feed" in said(exported)
    assert (await ask("source export tag:navi")).refused


async def test_a_file_is_named_on_the_command_line_alone(ask: Ask) -> None:
    reply: Reply = await ask("source import feeds.opml")
    assert reply.refused
    assert "on the command line" in said(reply)


@given(st.sets(st.integers(1, 10**6), min_size=1, max_size=300))
def test_numbers_come_back_from_their_spans(numbers: set[int]) -> None:
    assert unspanned(spans(numbers)) == tuple(sorted(numbers))
    assert unspanned(spans(numbers, letter="s")) == tuple(sorted(numbers))
