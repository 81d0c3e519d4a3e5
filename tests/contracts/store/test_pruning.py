"""What has been kept long enough goes in short transactions; stories, and what they need, stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from tests.contracts.store.store_builders import (
    MAIN,
    MINUTE,
    NOON,
    make_entry,
    make_letter,
    make_report,
    make_story,
    make_update,
    save_story,
    swept_through,
)
from watchers.store.rows_articles import Taken

if TYPE_CHECKING:
    from datetime import datetime

    from watchers.clock import SteppedClock
    from watchers.store.store import Store

DAY = timedelta(days=1)
OLD = NOON - 200 * DAY
CUT = NOON - 180 * DAY
BLANK = '{"a": 0}'


async def store_unmatched(store: Store, *names: str, seen: datetime = OLD) -> list[int]:
    """Store articles that were read and are in no story."""
    entries = await store.entries.add(
        [replace(make_entry(name, summary=f"All of {name}."), seen=seen) for name in names]
    )
    await store.stories.save_reports([(make_report(one), "store") for one in entries])
    return [one.number for one in entries]


async def sweep_texts(store: Store, *, limit: int = 3) -> int:
    return await swept_through(partial(store.pruning.texts, before=CUT), limit=limit)


async def test_an_old_article_in_no_story_keeps_its_headline_alone(newsroom: Store) -> None:
    (number,) = await store_unmatched(newsroom, "barge")
    assert await newsroom.pruning.count_texts(before=CUT) == 1
    assert await sweep_texts(newsroom) == 1
    entry = await newsroom.entries.get(number)
    assert entry is not None
    assert (entry.title, entry.summary, entry.body) == ("The barge sails", "", "")
    assert await newsroom.replayed.stood([number]) == ()
    assert await newsroom.entries.unread() == ()
    total, _ = await newsroom.search.find("barge")
    assert total == 1, "its headline is still found"
    total, _ = await newsroom.search.find('"All of barge"')
    assert total == 0
    assert await sweep_texts(newsroom) == 0
    assert await newsroom.pruning.count_texts(before=CUT) == 0


async def test_a_feed_that_still_lists_a_pruned_article_brings_no_news(newsroom: Store) -> None:
    await store_unmatched(newsroom, "barge")
    await sweep_texts(newsroom)
    again = make_entry("barge", summary="All of barge.")
    changed = make_entry("barge", summary="All 17 of barge, for $5.5 million.")
    assert await newsroom.entries.add([again]) == ()
    assert await newsroom.entries.add([changed]) == ()
    assert await newsroom.entries.unread() == ()


async def test_recent_articles_and_the_facts_of_stories_stay(newsroom: Store) -> None:
    story = await save_story(newsroom, "brig", "sloop", at=OLD)
    await store_unmatched(newsroom, "barge", "punt", "scow", "raft")
    (fresh,) = await store_unmatched(newsroom, "tug", seen=NOON - 100 * DAY)
    assert await sweep_texts(newsroom) == 4, "those of the story have a headline alone"
    kept = await newsroom.stories.get(story.number)
    assert kept is not None
    assert [one.facts != () for one in kept.reports] == [True, True]
    assert len(await newsroom.replayed.stood([fresh])) == 1


async def test_an_old_article_of_a_story_loses_its_text_and_keeps_what_was_read_in_it(
    newsroom: Store,
) -> None:
    text = make_entry("brig", summary="All of brig.")
    (entry,) = await newsroom.entries.add([replace(text, body="Brig at length.", seen=OLD)])
    report = make_report(entry)
    story = make_story(report)
    async with newsroom.transaction() as rooms:
        await rooms.stories.save_reports([(report, "now")])
        await rooms.stories.save_updates([make_update(story, report, at=OLD)])
    await newsroom.articles.want([entry.number], at=OLD)
    assert await newsroom.pruning.count_texts(before=CUT) == 1
    assert await sweep_texts(newsroom) == 1
    assert await newsroom.pruning.count_texts(before=CUT) == 0
    assert await sweep_texts(newsroom) == 0
    assert await newsroom.replayed.stood([entry.number]) == (), "nor is it read again"
    bare = replace(entry, summary="", body="")
    assert (await newsroom.search.find("brig"))[0] == 1, "its headline is still found"
    assert (await newsroom.search.find('"Brig at length"'))[0] == 0
    why = await newsroom.find.why(entry.number)
    assert why is not None
    assert why.report == replace(report, entry=bare)
    assert why.story == 1
    again = [text, replace(text, summary="All 17 of brig, for $5.5 million.")]
    for one in again:
        assert await newsroom.entries.add([one]) == ()
    assert await newsroom.entries.unread() == ()
    assert await newsroom.articles.due(now=NOON, limit=9) == ()
    assert list(await newsroom.replayed.order()) == [], "read again, it would lose its facts"


async def test_an_article_whose_pages_text_was_deleted_is_not_replayed(newsroom: Store) -> None:
    (entry,) = await newsroom.entries.add([make_entry("brig", summary="A teaser.")])
    await newsroom.articles.want([entry.number], at=OLD)
    taken = Taken(entry=entry.number, text="Brig at length.", url=entry.link, text_hash="0" * 32)
    await newsroom.articles.fill(taken, at=OLD)
    (whole,) = await newsroom.entries.unread()
    await newsroom.stories.save_reports([(make_report(whole), "store")])
    assert list(await newsroom.replayed.order()) == [entry.number]
    assert await newsroom.articles.drop(before=CUT, limit=9) == 1
    assert list(await newsroom.replayed.order()) == [], "its teaser alone would lose its facts"


async def arrived(store: Store, key: str, *, story: int | None = None, **values: object) -> int:
    """Write a message that arrives at once, and return its id."""
    await store.outbox.enqueue(replace(make_letter(key, story=story), **values))  # type: ignore[arg-type]
    (item,) = await store.outbox.lease(1, now=NOON, until=NOON + MINUTE)
    await store.outbox.delivered(item, at=store.outbox._access.clock.now(), receipt=f"p{item.id}")
    return item.id


async def test_settled_messages_are_emptied_and_what_a_story_needs_stays(
    newsroom: Store, clock: SteppedClock
) -> None:
    clock.move_to(OLD)
    story = (await save_story(newsroom, "brig", at=OLD)).number
    card = await arrived(newsroom, "card", story=story)
    await newsroom.announcements.note_card(story, MAIN, outbox=card, facts=[])
    edit = await arrived(newsroom, "edit", story=story, op="edit", target=card)
    notice = await arrived(newsroom, "notice")
    waiting = await newsroom.outbox.enqueue(make_letter("waiting"))
    clock.move_to(NOON)
    recent = await arrived(newsroom, "waiting anew")
    assert recent == waiting, "the one that waited went out now"
    assert await newsroom.pruning.count_messages(before=CUT, blank=BLANK) == 2
    swept = [await newsroom.pruning.messages(before=CUT, after=0, limit=50, blank=BLANK) for _ in range(2)]
    assert [one.gone for one in swept] == [2, 0]
    found = [await newsroom.outbox.get(one) for one in (card, edit, notice, recent)]
    assert [one.payload == BLANK for one in found if one] == [False, True, True, False]
    assert [one.id for one in await newsroom.outbox.posts_of(story)] == [card]


async def test_changes_mutes_and_askings_go_by_their_age_a_few_at_a_time(
    newsroom: Store, clock: SteppedClock
) -> None:
    story = (await save_story(newsroom, "brig")).number
    clock.move_to(OLD)
    for i in range(5):
        await newsroom.audits.note(MAIN, asker="slack:U1", asker_name="Ada", command=f"c{i}", line="did")
        await newsroom.asked.first(f"e{i}", OLD)
    ended = await newsroom.mutes.add(MAIN, kind="words", target="parade", until=OLD + DAY)
    await newsroom.mutes.hold(ended.number, story, OLD)
    endless = await newsroom.mutes.add(MAIN, kind="words", target="drill", until=None)
    clock.move_to(NOON)
    await newsroom.audits.note(MAIN, asker="slack:U1", asker_name="Ada", command="new", line="did")
    counts = {
        kind: await newsroom.pruning.count(kind, before=CUT) for kind in ("changes", "mutes", "askings")
    }
    assert counts == {"changes": 5, "mutes": 1, "askings": 5}
    assert [await newsroom.pruning.changes(before=CUT, limit=3) for _ in range(3)] == [3, 2, 0]
    assert [await newsroom.pruning.askings(before=CUT, limit=3) for _ in range(3)] == [3, 2, 0]
    assert [await newsroom.pruning.mutes(before=CUT, limit=3) for _ in range(2)] == [1, 0]
    assert [one.command for one in await newsroom.audits.listed(MAIN)] == ["new"]
    assert await newsroom.mutes.running(MAIN, NOON) == (endless,)


async def test_of_exemplars_go_those_that_were_shown_once_and_never_used(
    newsroom: Store, clock: SteppedClock
) -> None:
    clock.move_to(OLD)
    given = [
        (
            await newsroom.exemplars.add(
                MAIN, title=text, text=text, lang="en", by_name="Ada", in_use=text == "kept"
            )
        ).number
        for text in ("tried", "kept", "used once")
    ]
    await newsroom.exemplars.restore(MAIN, given[2])
    clock.move_to(OLD + MINUTE)
    await newsroom.exemplars.remove(MAIN, given[2])
    clock.move_to(NOON)
    await newsroom.exemplars.add(MAIN, title="new", text="new", lang="en", in_use=False)
    assert await newsroom.pruning.count("aside", before=CUT) == 1
    assert [await newsroom.pruning.aside(before=CUT, limit=3) for _ in range(2)] == [1, 0]
    left = [await newsroom.exemplars.get(MAIN, number) for number in range(1, 5)]
    assert [one.title if one else "" for one in left] == ["", "kept", "used once", "new"]


async def test_notes_of_digests_go_but_the_last_that_arrived(newsroom: Store, clock: SteppedClock) -> None:
    one = await newsroom.subscriptions.add(MAIN, name="daily", at="08:00", days="daily", timezone="UTC")
    for day in range(4):
        at = OLD + day * DAY
        clock.move_to(at)
        run = await newsroom.digests.claim(one.number, at.date(), start=at - DAY, end=at, at=at)
        assert run is not None
        if day < 2:
            await newsroom.digests.posted(run.number, outbox=await arrived(newsroom, f"digest {day}"))
    clock.move_to(NOON)
    begins = await newsroom.digests.told_to(one.number)
    assert await newsroom.pruning.digests(before=CUT, limit=50) == 2
    left = [run.local_date for run in await newsroom.digests.runs(one.number)]
    assert left == [(OLD + 3 * DAY).date(), (OLD + DAY).date()]
    assert await newsroom.digests.told_to(one.number) == begins


async def test_translated_headlines_go_with_the_number_of_their_article(newsroom: Store) -> None:
    await store_unmatched(newsroom, "barge", "punt")
    await store_unmatched(newsroom, "tug", seen=NOON)
    for number in (1, 2, 3, 12):
        await newsroom.kept.put(f"gloss/a{number}/tr", "{}")
    oldest = await newsroom.pruning.oldest(since=CUT)
    assert oldest == 3
    assert await newsroom.pruning.noted("gloss/a", below=oldest, dry=True) == 2
    assert await newsroom.pruning.noted("gloss/a", below=oldest) == 2
    kept = [n for n in (1, 2, 3, 12) if await newsroom.kept.get(f"gloss/a{n}/tr")]
    assert kept == [3, 12]


async def test_what_a_model_worded_goes_with_the_number_of_the_last_story_that_is_silent(
    newsroom: Store,
) -> None:
    for name, at in (("barge", OLD), ("punt", OLD), ("tug", NOON)):
        await save_story(newsroom, name, at=at)
    for number in (1, 2, 3, 12):
        await newsroom.kept.put(f"extraction/t{number}", "{}")
    still = await newsroom.pruning.oldest(since=CUT, story=True)
    assert still == 3
    assert await newsroom.pruning.noted("extraction/t", below=still) == 2
    kept = [n for n in (1, 2, 3, 12) if await newsroom.kept.get(f"extraction/t{n}")]
    assert kept == [3, 12]
