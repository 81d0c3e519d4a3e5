"""What channels are taught by is kept: exemplars that wait to be taken up, and how people voted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_report, save_story
from watchers.store.rows import Channel
from watchers.store.rows_chat import Standing
from watchers.types import View

if TYPE_CHECKING:
    from watchers.clock import SteppedClock
    from watchers.store.store import Store

OTHER = "preview:other"


async def test_an_exemplar_that_is_not_in_use_yet_counts_once_it_is_taken_up(newsroom: Store) -> None:
    waiting = await newsroom.exemplars.add(MAIN, title="T", text="T. Text.", lang="en", in_use=False)
    assert waiting.removed
    assert await newsroom.exemplars.listed(MAIN) == ()
    assert await newsroom.exemplars.beats(()) == ()
    assert await newsroom.exemplars.restore(MAIN, waiting.number)
    assert await newsroom.exemplars.listed(MAIN) == (replace(waiting, removed=False),)


async def test_an_exemplar_is_known_again_by_its_text_in_its_channel(newsroom: Store) -> None:
    await newsroom.channels.save(Channel(id=OTHER, name="Other"))
    one = await newsroom.exemplars.add(MAIN, title="T", text="T. Text.", lang="en", in_use=False)
    two = await newsroom.exemplars.add(MAIN, title="T", text="T. Text.", lang="en", good=False)
    await newsroom.exemplars.add(MAIN, title="T", text="T. Text", lang="en")
    await newsroom.exemplars.add(OTHER, title="T", text="T. Text.", lang="en")
    assert await newsroom.exemplars.alike(MAIN, "T. Text.") == (one, two)
    assert await newsroom.exemplars.alike(MAIN, "T.") == ()


async def test_the_standing_of_votes_is_per_channel_the_last_voted_on_first(
    newsroom: Store, clock: SteppedClock
) -> None:
    await newsroom.channels.save(Channel(id=OTHER, name="Other"))
    first, second = (
        await save_story(newsroom, "brig", "sloop"),
        await save_story(newsroom, "ketch", score=0.25),
    )
    assert await newsroom.votes.standing() == {}
    await newsroom.votes.cast(MAIN, second.number, "slack:U1", -1)
    await newsroom.votes.cast(OTHER, second.number, "slack:U1", 1)
    clock.move_to(NOON + MINUTE)
    for who in ("slack:U1", "slack:U2"):
        await newsroom.votes.cast(MAIN, first.number, who, 1)
    before = await newsroom.votes.standing()
    assert before == {
        MAIN: (
            Standing(story=first.number, key="brig", score=0.8, up=2, down=0),
            Standing(story=second.number, key="ketch", score=0.25, up=0, down=1),
        ),
        OTHER: (Standing(story=second.number, key="ketch", score=0.25, up=1, down=0),),
    }
    await newsroom.votes.cast(MAIN, first.number, "slack:U3", 1)
    assert await newsroom.votes.standing() != before
    await newsroom.votes.cast(MAIN, first.number, "slack:U3", 1)
    assert await newsroom.votes.standing() == before


async def test_what_was_voted_on_comes_as_it_was_judged(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig", "sloop")
    await newsroom.votes.cast(MAIN, story.number, "slack:U1", 1)
    (voted,) = await newsroom.votes.voted(MAIN)
    lead = make_report(story.lead.entry)
    assert (voted.story, voted.key, voted.title, voted.up, voted.down) == (
        story.number,
        "brig",
        "The brig sails",
        1,
        0,
    )
    assert voted.relevance == lead.relevance == voted.seen_by(MAIN)
    assert voted.mentions == lead.mentions
    own = replace(lead.relevance, score=0.1)
    assert replace(voted, views=(View(beat=MAIN, relevance=own),)).seen_by(MAIN) == own


async def test_the_latest_votes_are_learnt_from_when_there_are_many(
    newsroom: Store, clock: SteppedClock
) -> None:
    for n in range(5):
        story = await save_story(newsroom, f"e{n}")
        clock.move_to(NOON + n * MINUTE)
        await newsroom.votes.cast(MAIN, story.number, "slack:U1", 1)
    standing = (await newsroom.votes.standing(limit=3))[MAIN]
    assert [one.key for one in standing] == ["e4", "e3", "e2"]
    assert [one.key for one in await newsroom.votes.voted(MAIN, limit=3)] == ["e4", "e3", "e2"]
