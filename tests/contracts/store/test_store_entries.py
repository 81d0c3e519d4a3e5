"""Every entry is stored once, whatever its feeds do."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from string import ascii_letters
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_entry, make_report
from watchers.errors import StoreError
from watchers.feeds.links import MAX_LINK, canonical

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.store.store import Store
    from watchers.types import Entry


async def test_new_entries_come_back_numbered_in_the_order_given(newsroom: Store) -> None:
    given = [make_entry("brig"), make_entry("sloop"), make_entry("cutter")]
    added = await newsroom.entries.add(given)
    assert added == tuple(replace(one, number=i) for i, one in enumerate(given, 1))
    assert await newsroom.entries.get(2) == added[1]
    assert await newsroom.entries.get(99) is None


async def test_the_same_poll_twice_adds_nothing(newsroom: Store) -> None:
    given = [make_entry(f"boat-{i}") for i in range(1200)]
    assert len(await newsroom.entries.add(given)) == 1200
    assert await newsroom.entries.add(given) == ()
    assert await newsroom.entries.count() == 1200


BRIG = make_entry("brig", summary="It left at noon.")


@pytest.mark.parametrize(
    ("second", "fresh"),
    [
        pytest.param(replace(BRIG, title="The brig sails at last"), False, id="title edited"),
        pytest.param(replace(BRIG, key="k2", guid="urn:2"), False, id="new id, same link"),
        pytest.param(
            replace(BRIG, key="k2", guid="urn:2", link="https://harbour.example/?x=2"),
            False,
            id="new id and link, same content",
        ),
        pytest.param(
            replace(BRIG, key="k2", guid="urn:2", link="https://harbour.example/2", summary="It came back."),
            True,
            id="new id, link and content",
        ),
        pytest.param(
            replace(BRIG, key="k2", feed=2, link="https://coast.example/2"),
            True,
            id="another feed with the same words under its own link",
        ),
        pytest.param(replace(BRIG, key="k2", feed=2), False, id="another feed with the same link"),
    ],
)
async def test_an_article_is_known_again(newsroom: Store, second: Entry, *, fresh: bool) -> None:
    await newsroom.entries.add([BRIG])
    assert len(await newsroom.entries.add([second])) == int(fresh)
    assert len(await newsroom.entries.add([second])) == 0


async def test_a_repeat_within_one_batch_is_stored_once(newsroom: Store) -> None:
    batch = [BRIG, BRIG, replace(BRIG, key="k2", guid="urn:2"), replace(BRIG, key="k3", feed=2)]
    (only,) = await newsroom.entries.add(batch)
    why = await newsroom.find.why(only.number)
    assert why is not None
    assert [one.feed for one in why.sightings] == [2]


@pytest.mark.parametrize(
    "link", ["https://harbour.example/", "https://harbour.example", "", "https://ministry.example/notices"]
)
async def test_a_link_that_several_articles_share_names_none_of_them(newsroom: Store, link: str) -> None:
    batch = [make_entry(name, link=link) for name in ("brig", "sloop", "cutter")]
    assert len(await newsroom.entries.add(batch, shared=frozenset({link}))) == 3


NOTICES = "https://ministry.example/notices"


@pytest.mark.parametrize("before", [("brig",), ("brig", "sloop")])
async def test_a_notice_that_comes_alone_is_none_of_those_whose_link_it_shares(
    newsroom: Store, before: tuple[str, ...]
) -> None:
    shared = frozenset({NOTICES})
    await newsroom.entries.add([make_entry(name, link=NOTICES) for name in before], shared=shared)
    assert len(await newsroom.entries.add([make_entry("cutter", link=NOTICES)], shared=shared)) == 1


async def test_a_link_that_two_stored_entries_have_names_neither(newsroom: Store) -> None:
    batch = [make_entry(name, link=NOTICES) for name in ("brig", "sloop")]
    await newsroom.entries.add(batch, shared=frozenset({NOTICES}))
    for feed, name in enumerate(("cutter", "ketch"), 1):
        assert len(await newsroom.entries.add([make_entry(name, feed=feed, link=NOTICES)])) == 1
    assert await newsroom.entries.add(batch) == ()


@pytest.mark.parametrize(("published", "fresh"), [(None, 1), (NOON, 0)], ids=["undated", "dated"])
async def test_a_bare_title_is_too_little_to_know_an_entry_by(
    newsroom: Store, published: datetime | None, fresh: int
) -> None:
    await newsroom.entries.add([make_entry("monday", title="Daily digest", published=published)])
    again = make_entry("tuesday", title="Daily digest", published=published)
    assert len(await newsroom.entries.add([again])) == fresh


async def test_another_feed_with_a_known_article_is_noted_once(newsroom: Store) -> None:
    (first,) = await newsroom.entries.add([make_entry("brig")])
    for minutes in (1, 2):
        await newsroom.entries.add([make_entry("b2", feed=2, link=first.link, seen=NOON + minutes * MINUTE)])
    why = await newsroom.find.why(first.number)
    assert why is not None
    assert [(s.feed, s.link, s.seen) for s in why.sightings] == [(2, first.link, NOON + MINUTE)]


async def test_entries_stay_unread_until_they_have_a_report_or_are_marked(newsroom: Store) -> None:
    brig, sloop, cutter = await newsroom.entries.add([make_entry(n) for n in ("brig", "sloop", "cutter")])
    assert await newsroom.entries.unread() == (brig, sloop, cutter)
    await newsroom.stories.save_reports([(make_report(brig), "store")])
    await newsroom.entries.mark_read([cutter.number])
    assert await newsroom.entries.unread() == (sloop,)
    assert await newsroom.entries.unread(limit=0) == ()


async def test_what_is_news_is_read_before_archives_and_each_of_those_in_one_piece(newsroom: Store) -> None:
    given = [
        ("old-1", 1, True),
        ("old-2", 2, True),
        ("new-2", 2, False),
        ("old-3", 1, True),
        ("new-1", 1, False),
    ]
    for name, feed, archive in given:
        await newsroom.entries.add([replace(make_entry(name, feed=feed), archive=archive)])
    expected = ["new-2", "new-1", "old-1", "old-3", "old-2"]
    assert [entry.key for entry in await newsroom.entries.unread()] == expected
    assert [entry.key for entry in await newsroom.entries.unread(limit=4)] == expected[:4]


async def test_entries_are_counted_over_a_half_open_time(newsroom: Store) -> None:
    await newsroom.entries.add([make_entry("brig"), make_entry("sloop", seen=NOON + MINUTE)])
    assert await newsroom.entries.count(start=NOON, end=NOON + MINUTE) == 1
    assert await newsroom.entries.count(start=NOON) == 2


async def test_entries_are_counted_of_the_sources_that_a_channel_reads(newsroom: Store) -> None:
    third = await newsroom.feeds.add("https://third.example/feed", name="Third", every=15 * MINUTE)
    await newsroom.entries.add([make_entry("brig"), make_entry("sloop", feed=third.number)])
    assert await newsroom.entries.count(channel_id=MAIN) == 1
    assert await newsroom.entries.count(channel_id="preview:none") == 0


async def test_a_channel_began_with_the_first_entry_of_its_sources(newsroom: Store) -> None:
    assert await newsroom.entries.began(MAIN) is None
    third = await newsroom.feeds.add("https://third.example/feed", name="Third", every=15 * MINUTE)
    await newsroom.entries.add([make_entry("brig", feed=third.number, seen=NOON - MINUTE)])
    await newsroom.entries.add([make_entry("sloop"), make_entry("yawl", seen=NOON + MINUTE)])
    assert await newsroom.entries.began(MAIN) == NOON


async def test_the_longest_link_can_be_looked_up_by(newsroom: Store) -> None:
    letters = Random(3).choices(ascii_letters, k=MAX_LINK)  # an index takes more of what can be compressed
    link = ("https://harbour.example/" + "".join(letters))[:MAX_LINK]
    assert canonical(link) == link
    assert len(await newsroom.entries.add([make_entry("brig", link=link)])) == 1
    renamed = make_entry("brig", link=link.swapcase())
    for again in (renamed, replace(renamed, key="b2", feed=2)):
        assert await newsroom.entries.add([again]) == ()


@pytest.mark.parametrize(
    ("title", "kept"),
    [("a\x00b", "ab"), ("half \ud800 pair", "half ? pair"), ("東京 İstanbul 🛩", "東京 İstanbul 🛩")],
    ids=["NUL", "lone surrogate", "any script"],
)
async def test_hostile_characters_do_not_stop_a_batch(newsroom: Store, title: str, kept: str) -> None:
    added = await newsroom.entries.add([make_entry("brig", title=title), make_entry("sloop")])
    assert [one.title for one in added] == [kept, "The sloop sails"]
    stored = await newsroom.entries.get(added[0].number)
    assert stored == added[0]


async def test_a_time_without_a_zone_is_refused_and_nothing_is_kept(newsroom: Store) -> None:
    naive = make_entry("sloop", seen=NOON.replace(tzinfo=None))
    with pytest.raises(StoreError, match="has no zone"):
        await newsroom.entries.add([make_entry("brig"), naive])
    assert await newsroom.entries.count() == 0


async def test_an_entry_of_no_feed_is_refused(newsroom: Store) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        await newsroom.entries.add([make_entry("brig", feed=77)])
