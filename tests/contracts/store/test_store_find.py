"""What people type finds what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MAIN, make_entry, make_letter, save_story
from watchers.types import Watch

if TYPE_CHECKING:
    from watchers.store.store import Store


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("s2", (2,)),
        ("S2", (2,)),
        ("2", (2,)),
        ("s9", ()),
        ("a2", ()),
        ("harb", (1,)),
        ("https://coast.example/feed", (2,)),
        ("feed", (1, 2)),
        ("coast", (2,)),
        ("", ()),
        ("  ", ()),
        ("%", ()),
        ("LIMAN", (1,)),
    ],
)
async def test_a_source_is_found(newsroom: Store, words: str, found: tuple[int, ...]) -> None:
    await newsroom.channels.relabel(MAIN, 1, name="Büyük Lıman", tags=())
    assert await newsroom.find.feeds(words) == found
    assert await newsroom.find.feeds(words, channel=MAIN) == found
    assert await newsroom.find.feeds(words, channel="preview:other") == ()


async def test_a_whole_name_comes_before_a_part(newsroom: Store) -> None:
    for name in ("ships and planes", "ships"):
        await newsroom.watches.add(Watch(number=0, channel=MAIN, name=name, expression="x"))
    assert await newsroom.find.watches(MAIN, "ships") == (2, 1)
    assert await newsroom.find.watches(MAIN, "r1") == (1,)
    assert await newsroom.find.watches("preview:other", "r1") == ()


async def test_an_entry_is_found_by_number_link_and_title_newest_first(newsroom: Store) -> None:
    batch = [make_entry("brig"), make_entry("sloop", title="İstanbul'da FIRKATEYN")]
    first, second = await newsroom.entries.add(batch)
    await newsroom.entries.add([make_entry("again", feed=2, link=first.link)])
    assert await newsroom.find.entries("a2") == (2,)
    assert await newsroom.find.entries(f" {second.link} ") == (2,)
    assert await newsroom.find.entries("istanbul'da fırkateyn") == (2,)
    assert await newsroom.find.entries("i") == (2, 1)
    assert await newsroom.find.entries("i", limit=1) == (2,)
    assert await newsroom.find.entries("https://harbour.example/never") == ()
    assert await newsroom.find.entries("9" * 9) == ()


async def test_a_story_is_found_by_any_of_its_reports(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig", "sloop")
    await save_story(newsroom, "cutter")
    assert await newsroom.find.stories("t1") == (1,)
    assert await newsroom.find.stories("the sloop") == (1,)
    assert await newsroom.find.stories(story.reports[1].entry.link) == (1,)
    assert await newsroom.find.stories("sails") == (2, 1)
    assert await newsroom.find.stories("https://harbour.example/never") == ()


async def test_why_tells_how_far_an_entry_came(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig")
    (unread,) = await newsroom.entries.add([make_entry("sloop")])
    message = await newsroom.outbox.enqueue(make_letter("k", story=story.number))
    assert message is not None
    await newsroom.announcements.note_card(story.number, MAIN, outbox=message)
    told = await newsroom.find.why(story.lead.entry.number)
    assert told is not None
    assert (told.report, told.decision, told.story, told.told) == (story.lead, "now", 1, (MAIN,))
    stopped = await newsroom.find.why(unread.number)
    assert stopped is not None
    assert (stopped.entry, stopped.report, stopped.story, stopped.told) == (unread, None, None, ())
    assert await newsroom.find.why(99) is None
