"""What people do in chat is kept, once, and can be taken back."""

from __future__ import annotations

import asyncio
import functools
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_entry, make_letter, save_story
from watchers.errors import StoreError
from watchers.store.rows import Channel
from watchers.store.rows_chat import Held, Votes
from watchers.types import Watch

if TYPE_CHECKING:
    from watchers.clock import SteppedClock
    from watchers.store.store import Store

OTHER = "preview:other"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def test_a_channel_keeps_its_settings(store: Store) -> None:
    channel = Channel(
        id=MAIN,
        name="Main",
        editors="everyone",
        quiet="22:00-07:00",
        layout="facts,sources",
        public=True,
        bound_to=OTHER,
    )
    await store.channels.save(channel)
    assert await store.channels.get(MAIN) == channel
    await store.channels.save(replace(channel, editors="managers", quiet="", public=False))
    assert await store.channels.all() == (replace(channel, editors="managers", quiet="", public=False),)


async def test_a_watch_keeps_whom_it_calls_and_that_it_is_internal(newsroom: Store) -> None:
    watch = Watch(number=0, channel=MAIN, name="ships", expression="ship", mention="role:123", internal=True)
    saved = await newsroom.watches.add(watch)
    assert await newsroom.watches.active() == (saved,)
    assert await newsroom.watches.edit(replace(saved, mention="", internal=False))
    assert await newsroom.watches.active() == (replace(saved, mention="", internal=False),)


async def test_a_mute_runs_until_its_time_and_is_listed_for_a_week_more(newsroom: Store) -> None:
    mute = await newsroom.mutes.add(
        MAIN, kind="story", target="7", until=NOON + HOUR, by="slack:U1", by_name="Ada"
    )
    assert (mute.number, mute.at, mute.ended_at) == (1, NOON, None)
    assert await newsroom.mutes.get(MAIN, 1) == mute
    assert await newsroom.mutes.get(OTHER, 1) is None
    assert await newsroom.mutes.running(MAIN, NOON) == (mute,)
    assert await newsroom.mutes.running(MAIN, NOON + HOUR) == ()
    assert await newsroom.mutes.running(OTHER, NOON) == ()
    assert await newsroom.mutes.listed(MAIN, NOON + HOUR) == (mute,)
    assert await newsroom.mutes.listed(MAIN, NOON + HOUR + 7 * DAY) == ()
    assert not await newsroom.mutes.end(MAIN, 1, NOON + HOUR), "it ended by itself"


async def test_a_mute_without_end_is_ended_once_and_by_its_channel_alone(newsroom: Store) -> None:
    mute = await newsroom.mutes.add(MAIN, kind="words", target="parade", until=None)
    assert not await newsroom.mutes.end(OTHER, mute.number, NOON)
    assert await newsroom.mutes.running(MAIN, NOON + 1000 * DAY) == (mute,)
    assert await newsroom.mutes.end(MAIN, mute.number, NOON + HOUR)
    assert not await newsroom.mutes.end(MAIN, mute.number, NOON + HOUR)
    assert await newsroom.mutes.running(MAIN, NOON + HOUR) == ()
    assert await newsroom.mutes.listed(MAIN) == (replace(mute, ended_at=NOON + HOUR),)
    assert await newsroom.mutes.listed(MAIN, NOON + HOUR + 7 * DAY) == ()


async def test_what_a_mute_held_is_noted_once(newsroom: Store) -> None:
    first, second = await save_story(newsroom, "brig"), await save_story(newsroom, "sloop")
    mute = await newsroom.mutes.add(MAIN, kind="source", target="1", until=None)
    for story, minutes in ((second, 0), (first, 1), (second, 2)):
        await newsroom.mutes.hold(mute.number, story.number, NOON + minutes * MINUTE)
    assert await newsroom.mutes.held(mute.number) == (
        Held(mute=1, story=second.number, at=NOON),
        Held(mute=1, story=first.number, at=NOON + MINUTE),
    )


async def test_a_second_press_takes_a_vote_back_and_the_other_button_turns_it(newsroom: Store) -> None:
    story = (await save_story(newsroom, "brig")).number
    assert await newsroom.votes.cast(MAIN, story, "slack:U1", 1) == 1
    assert await newsroom.votes.cast(MAIN, story, "slack:U2", -1) == -1
    assert await newsroom.votes.tally(MAIN, story) == Votes(up=1, down=1)
    assert await newsroom.votes.cast(MAIN, story, "slack:U1", -1) == -1
    assert await newsroom.votes.tally(MAIN, story) == Votes(up=0, down=2)
    assert await newsroom.votes.cast(MAIN, story, "slack:U1", -1) == 0
    assert await newsroom.votes.tally(MAIN, story) == Votes(up=0, down=1)
    assert await newsroom.votes.tally(OTHER, story) == Votes()


async def test_votes_are_listed_with_the_report_that_opened_the_story(
    newsroom: Store, clock: SteppedClock
) -> None:
    story = (await save_story(newsroom, "brig", "sloop")).number
    await newsroom.votes.cast(MAIN, story, "slack:U2", -1)
    clock.move_to(NOON + HOUR)
    await newsroom.votes.cast(MAIN, story, "slack:U1", 1)
    early, late = await newsroom.votes.all(MAIN)
    assert (early.asker, early.value, early.at) == ("slack:U2", -1, NOON)
    assert (late.title, late.link) == ("The brig sails", "https://harbour.example/brig")
    assert await newsroom.votes.all(MAIN, NOON + HOUR) == (late,)


async def test_following_twice_is_following_once(newsroom: Store) -> None:
    story = (await save_story(newsroom, "brig")).number
    assert await newsroom.followers.follow(story, MAIN, "discord:2") == ""
    assert await newsroom.followers.follow(story, MAIN, "discord:1") == ""
    assert await newsroom.followers.follow(story, MAIN, "discord:2") == MAIN
    assert await newsroom.followers.of(story, MAIN) == ("discord:1", "discord:2")
    assert await newsroom.followers.of(story, OTHER) == ()
    assert await newsroom.followers.unfollow(story, "discord:2")
    assert not await newsroom.followers.unfollow(story, "discord:2")
    assert await newsroom.followers.of(story, MAIN) == ("discord:1",)


async def test_who_follows_a_story_in_another_channel_is_called_there_alone(newsroom: Store) -> None:
    story = (await save_story(newsroom, "brig")).number
    await newsroom.channels.save(Channel(id=OTHER, name="Other"))
    assert await newsroom.followers.follow(story, MAIN, "slack:U1") == ""
    assert await newsroom.followers.follow(story, OTHER, "slack:U1") == MAIN
    assert await newsroom.followers.of(story, OTHER) == ("slack:U1",)
    assert await newsroom.followers.of(story, MAIN) == ()
    assert await newsroom.followers.unfollow(story, "slack:U1")
    assert await newsroom.followers.of(story, OTHER) == ()


async def note(store: Store, command: str, *, undo: str = "", channel: str = MAIN) -> int:
    return await store.audits.note(
        channel,
        asker="slack:U1",
        asker_name="Ada",
        command=command,
        line=f"Ada: {command}",
        undo=undo,
        at=NOON,
    )


async def test_changes_are_listed_newest_first_a_page_at_a_time(store: Store) -> None:
    numbers = [await note(store, f"rule remove r{i}") for i in range(3)]
    await note(store, "elsewhere", channel=OTHER)
    assert [one.number for one in await store.audits.listed(MAIN, 2)] == numbers[:0:-1]
    assert [one.command for one in await store.audits.listed(MAIN, 2, 2)] == ["rule remove r0"]
    change = await store.audits.get(MAIN, numbers[1])
    assert change is not None
    assert (change.asker_name, change.line, change.undo, change.undone_at) == (
        "Ada",
        "Ada: rule remove r1",
        "",
        None,
    )
    assert await store.audits.get(OTHER, numbers[1]) is None


async def test_a_change_of_what_channels_share_is_one_of_each_of_them(store: Store) -> None:
    noted = functools.partial(store.audits.note, OTHER, asker="slack:U1", asker_name="Ada", command="c")
    shared = await noted(line="l", home=MAIN, about=("r1.name", "r1.alert"))
    own = await noted(line="l", takes_back=shared)
    assert [one.number for one in await store.audits.listed(MAIN, home=MAIN)] == [shared]
    assert [one.number for one in await store.audits.listed("slack:third", home=MAIN)] == [shared]
    assert [one.number for one in await store.audits.listed(OTHER, home=MAIN)] == [own, shared]
    assert await store.audits.listed(MAIN) == ()
    (change,) = await store.audits.later(shared - 1)  # of the other one it is not known what it was about
    assert (change.home, change.about, change.takes_back) == (MAIN, ("r1.name", "r1.alert"), None)
    assert await store.audits.get(MAIN, own, home=MAIN) is None
    assert await store.audits.get(MAIN, shared, home=MAIN) == change
    assert [one.takes_back for one in await store.audits.listed(OTHER)] == [shared, None]


async def test_two_presses_of_undo_undo_once(store: Store) -> None:
    number = await note(store, "source pause s1", undo="source resume s1")
    final = await note(store, "story retract t1")
    presses = await asyncio.gather(*(store.audits.take_back(MAIN, number, NOON) for _ in range(5)))
    assert sorted(presses) == [False, False, False, False, True]
    assert not await store.audits.take_back(MAIN, final, NOON)
    assert not await store.audits.take_back(OTHER, number, NOON)


async def test_an_asking_delivered_again_is_known_until_it_is_forgotten(store: Store) -> None:
    assert sorted(await asyncio.gather(*(store.asked.first("e1", NOON) for _ in range(3)))) == [
        False,
        False,
        True,
    ]
    assert await store.asked.first("e2", NOON + HOUR)
    assert await store.asked.prune(NOON + HOUR) == 1
    assert await store.asked.first("e1", NOON + HOUR)
    assert not await store.asked.first("e2", NOON + HOUR)


async def test_a_small_thing_is_remembered_under_its_name(store: Store) -> None:
    assert await store.kept.get("tree") is None
    for value in ("abc", "def"):
        await store.kept.put("tree", value)
    assert await store.kept.get("tree") == "def"


async def test_a_story_is_taken_back_once_with_the_keys_of_its_entries(newsroom: Store) -> None:
    story = (await save_story(newsroom, "brig", "sloop")).number
    assert not await newsroom.retractions.is_retracted(story)
    assert await newsroom.retractions.add(story, by="slack:U1", reason="a hoax", at=NOON)
    assert not await newsroom.retractions.add(story, by="slack:U2", reason="again", at=NOON)
    (only,) = await newsroom.retractions.all()
    assert (only.story, only.by, only.reason, only.at) == (story, "slack:U1", "a hoax", NOON)
    assert only.keys == ("brig", "sloop")
    assert await newsroom.retractions.get(story) == only
    assert await newsroom.retractions.is_retracted(story)
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        await newsroom.retractions.add(99, by="slack:U1", reason="", at=NOON)


async def test_a_post_of_a_story_taken_back_is_given_up_and_never_replayed(newsroom: Store) -> None:
    story = (await save_story(newsroom, "brig")).number
    card = await newsroom.outbox.enqueue(make_letter("card", story=story))
    (item,) = await newsroom.outbox.lease(1, now=NOON, until=NOON + MINUTE)
    await newsroom.outbox.delivered(item, at=NOON, receipt="p1")
    reply = await newsroom.outbox.enqueue(make_letter("reply", story=story))
    removal = replace(make_letter("removal", story=story), op="delete", target=card)
    await newsroom.outbox.enqueue(removal)
    await newsroom.outbox.enqueue(make_letter("other"))
    await newsroom.retractions.add(story, by="slack:U1", reason="", at=NOON)
    order = []
    while leased := await newsroom.outbox.lease(5, now=NOON, until=NOON + MINUTE):
        order += [(one.key, one.op, one.target_receipt) for one in leased]
        await newsroom.outbox.delivered(leased[0], at=NOON, receipt="")
    assert order == [("removal", "delete", "p1"), ("other", "post", "")]
    assert reply is not None
    dead = await newsroom.outbox.get(reply)
    assert dead is not None
    assert (dead.state, dead.last_error) == ("dead", "retracted")
    assert not await newsroom.outbox.replay(reply, now=NOON)


async def test_a_message_waits_for_the_post_it_edits_or_answers(newsroom: Store) -> None:
    first = await newsroom.outbox.enqueue(replace(make_letter("first"), not_before=NOON + HOUR))
    await newsroom.outbox.enqueue(replace(make_letter("edit", urgent=True), op="edit", target=first))
    await newsroom.outbox.enqueue(replace(make_letter("more"), parent=first))
    assert await newsroom.outbox.lease(5, now=NOON, until=NOON + MINUTE) == ()
    got = []
    later = NOON + HOUR
    while leased := await newsroom.outbox.lease(5, now=later, until=later + MINUTE):
        got += [
            (one.key, one.op, one.target, one.parent, one.target_receipt, one.parent_receipt)
            for one in leased
        ]
        await newsroom.outbox.delivered(leased[0], at=later, receipt=f"p-{leased[0].key}")
    assert got == [
        ("first", "post", None, None, "", ""),
        ("edit", "edit", first, None, "p-first", ""),
        ("more", "post", None, first, "", "p-first"),
    ]


async def test_a_message_about_a_post_that_was_given_up_goes_out_without_a_receipt(newsroom: Store) -> None:
    first = await newsroom.outbox.enqueue(make_letter("first"))
    (item,) = await newsroom.outbox.lease(1, now=NOON, until=NOON + MINUTE)
    await newsroom.outbox.dead(item, error="invalid")
    await newsroom.outbox.enqueue(replace(make_letter("delete"), op="delete", target=first))
    (item,) = await newsroom.outbox.lease(1, now=NOON, until=NOON + MINUTE)
    assert (item.key, item.target_receipt) == ("delete", "")


async def test_everything_of_chat_joins_a_transaction(newsroom: Store) -> None:
    (entry,) = await newsroom.entries.add([make_entry("brig")])
    assert entry.number == 1
    async with newsroom.transaction() as rooms:
        mute = await rooms.mutes.add(MAIN, kind="words", target="x", until=None)
        await rooms.audits.note(MAIN, asker="a", asker_name="A", command="c", line="l")
        await rooms.kept.put("k", "v")
        assert await rooms.asked.first("e", NOON)
        assert await rooms.mutes.running(MAIN, NOON) == (mute,)
        assert await newsroom.mutes.running(MAIN, NOON) == ()
    assert await newsroom.mutes.running(MAIN, NOON) == (mute,)
