"""The ledger's rooms: what is opened once, told by several, decided, silent, dropped, listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MAIN, NOON, make_letter, save_story
from watchers.store.rows_promises import Opened
from watchers.types.claims import Outcome, Promise

if TYPE_CHECKING:
    from watchers.clock import SteppedClock
    from watchers.store.rows_promises import Tracked
    from watchers.store.store import Store
    from watchers.types import Story

DUE = date(2027, 12, 31)
FRIGATE = Promise(
    who=("Halvorsen Marine",),
    what=("deed:deliver", "frigate"),
    words="in 2027",
    due=DUE,
    sentence="Halvorsen Marine will deliver the first frigate in 2027.",
    source="Harbour Post",
    day=date(2025, 8, 19),
    lang="en",
)
KEPT = Outcome(
    state="kept",
    promised=FRIGATE.sentence,
    sentence="The first frigate was handed over.",
    source="Coast Post",
    day=date(2027, 6, 1),
)
MOVED = replace(KEPT, state="slipped", sentence="It will not arrive before 2029.", due=date(2029, 12, 31))


def new(entry: int, promise: Promise = FRIGATE, *tokens: str) -> Opened:
    called = (("Halvorsen Marine", ""),)
    return Opened(promise=promise, called=called, tokens=frozenset(tokens or ("w:halvo",)), entry=entry)


def entries(story: Story) -> list[int]:
    return [report.entry.number for report in story.reports]


async def tracked(store: Store, number: int = 1) -> Tracked:
    one = await store.promises.get(number)
    assert one is not None
    return one


async def listed(store: Store, **asked: object) -> list[int]:
    count, found = await store.ledgers.listed(**asked)  # type: ignore[arg-type]  # as the test names them
    assert count == len(found)
    return [one.number for one in found]


async def test_a_promise_comes_back_as_it_was_opened(newsroom: Store) -> None:
    story = await save_story(newsroom, "alpha")
    (entry,) = entries(story)
    assert await newsroom.promises.open(new(entry), at=NOON) == 1
    one = await tracked(newsroom)
    assert one.promise == FRIGATE
    assert (one.story, one.entry, one.until, one.state, one.called) == (
        story.number,
        entry,
        DUE,
        "open",
        (("Halvorsen Marine", ""),),
    )
    assert [(t.entry, t.words, t.due) for t in one.tellings] == [(entry, "in 2027", DUE)]


async def test_an_entry_read_again_opens_and_tells_nothing_anew(newsroom: Store) -> None:
    story = await save_story(newsroom, "alpha", "bravo")
    first, second = entries(story)
    assert await newsroom.promises.open(new(first), at=NOON) == 1
    assert await newsroom.promises.open(new(first), at=NOON) is None
    assert [await newsroom.promises.tell(1, second, FRIGATE) for _ in range(2)] == [True, False]
    assert await listed(newsroom) == [1]
    assert [t.entry for t in (await tracked(newsroom)).tellings] == [first, second]


async def test_a_later_day_of_another_outlet_is_waited_for_too(newsroom: Store) -> None:
    first, second = entries(await save_story(newsroom, "alpha", "bravo"))
    await newsroom.promises.open(new(first), at=NOON)
    await newsroom.promises.tell(1, second, replace(FRIGATE, due=date(2028, 12, 31)))
    one = await tracked(newsroom)
    assert (one.promise.due, one.until) == (DUE, date(2028, 12, 31))
    await newsroom.promises.fall_silent(date(2028, 6, 1), at=NOON)
    assert (await tracked(newsroom)).state == "open"
    await newsroom.promises.fall_silent(date(2029, 1, 1), at=NOON)
    assert (await tracked(newsroom)).state == "silent"


async def test_a_promise_is_decided_once_and_even_after_silence(newsroom: Store) -> None:
    first, second = entries(await save_story(newsroom, "alpha", "bravo"))
    await newsroom.promises.open(new(first), at=NOON)
    await newsroom.promises.fall_silent(date(2028, 1, 4), at=NOON)
    assert await newsroom.promises.rule(1, KEPT, entry=second, at=NOON)
    assert not await newsroom.promises.rule(1, MOVED, entry=second, at=NOON)
    one = await tracked(newsroom)
    assert one.state == "kept"
    assert one.ruling is not None
    assert (one.ruling.entry, one.ruling.sentence, one.ruling.day) == (second, KEPT.sentence, KEPT.day)
    assert [p.number for p in await newsroom.promises.unspoken(("kept",))] == [1]
    await newsroom.promises.spoken(1, at=NOON)
    assert await newsroom.promises.unspoken(("kept",)) == ()


async def test_candidates_are_those_of_the_story_and_those_that_share_a_name(newsroom: Store) -> None:
    stories = [await save_story(newsroom, name) for name in ("alpha", "bravo", "charlie", "delta")]
    names = ("w:halvo", "w:redme", "w:sanca")
    for story, token in zip(stories, names, strict=False):
        await newsroom.promises.open(new(entries(story)[0], FRIGATE, token), at=NOON)
    found = await newsroom.promises.candidates(stories[0].number, ["w:redme", "w:nobody"])
    assert [(one.number, one.near) for one in found] == [(1, True), (2, False)]
    await newsroom.storylines.link(stories[3].number, stories[2].number, made_by="bot", at=NOON)
    found = await newsroom.promises.candidates(stories[3].number, [])
    assert [(one.number, one.near) for one in found] == [(3, True)]
    assert await newsroom.promises.known(["w:sanca", "w:nobody"]) == {"w:sanca"}


async def test_a_promise_follows_its_report_when_stories_are_merged_and_split(newsroom: Store) -> None:
    one, other = [await save_story(newsroom, name) for name in ("alpha", "bravo")]
    await newsroom.promises.open(new(entries(other)[0]), at=NOON)
    await newsroom.hands.merge(one.number, other.number, by="u", by_name="Ada", at=NOON)
    assert (await tracked(newsroom)).story == one.number
    await newsroom.hands.part(other.number, at=NOON)
    assert (await tracked(newsroom)).story == other.number


async def test_wrong_readings_and_stories_taken_back_are_in_no_list(newsroom: Store) -> None:
    one, other = [await save_story(newsroom, name) for name in ("alpha", "bravo")]
    for story in (one, other):
        await newsroom.promises.open(new(entries(story)[0]), at=NOON)
    assert await newsroom.promises.drop(1, at=NOON)
    assert not await newsroom.promises.drop(1, at=NOON)
    assert not await newsroom.promises.rule(1, KEPT, entry=entries(other)[0], at=NOON)
    assert await listed(newsroom) == [2]
    await newsroom.retractions.add(other.number, by="u", reason="", at=NOON)
    assert await listed(newsroom) == []
    assert await newsroom.promises.restore(1)
    assert await listed(newsroom) == [1]
    assert await newsroom.promises.unspoken(("open",)) != ()


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        pytest.param({}, [2, 1, 3], id="all, the first due first"),
        pytest.param({"last": date(2027, 12, 31)}, [2, 1], id="due by a day, that day included"),
        pytest.param({"first": date(2027, 12, 31)}, [1, 3], id="due from a day on"),
        pytest.param({"state": "kept"}, [3], id="of a state"),
        pytest.param({"named": [{"w:redme", "org:redmere"}]}, [2], id="of a name"),
        pytest.param({"named": [{"w:redme"}, {"w:halvo"}]}, [], id="of two names at once"),
    ],
)
async def test_promises_are_listed_by_what_is_asked(
    newsroom: Store, asked: dict[str, object], wanted: list[int]
) -> None:
    made = [(DUE, "w:halvo"), (date(2027, 6, 30), "w:redme"), (date(2028, 3, 31), "w:sanca")]
    for name, (due, token) in zip(("alpha", "bravo", "charlie"), made, strict=True):
        (entry,) = entries(await save_story(newsroom, name))
        await newsroom.promises.open(new(entry, replace(FRIGATE, due=due), token), at=NOON)
    await newsroom.promises.rule(3, KEPT, entry=1, at=NOON)
    assert await listed(newsroom, **asked) == wanted


async def test_a_digest_has_what_is_due_of_stories_the_channel_was_told_of(newsroom: Store) -> None:
    stories = [await save_story(newsroom, name) for name in ("alpha", "bravo", "charlie")]
    for story in stories:
        await newsroom.promises.open(new(entries(story)[0]), at=NOON)
    card = await newsroom.outbox.enqueue(make_letter("card", story=stories[0].number))
    assert card is not None
    await newsroom.announcements.note_card(stories[0].number, MAIN, outbox=card)
    for _ in range(2):
        await newsroom.ledgers.note_digest(MAIN, [stories[1].number], at=NOON)
    due = newsroom.ledgers.due
    count, found = await due(MAIN, first=date(2027, 12, 1), last=date(2027, 12, 31), limit=1)
    assert (count, [one.number for one in found]) == (2, [1])
    assert (await due(MAIN, first=date(2028, 1, 1), last=date(2028, 1, 31), limit=5))[0] == 0
    for number in (1, 2, 3):
        await newsroom.promises.rule(number, KEPT, entry=entries(stories[2])[0], at=NOON)
    window = {"start": NOON, "end": NOON + timedelta(hours=1), "limit": 5}
    became = await newsroom.ledgers.outcomes(MAIN, **window)  # type: ignore[arg-type]
    assert [one.number for one in became] == [2]  # the first is told beneath its card
    window = {"start": NOON - timedelta(hours=1), "end": NOON, "limit": 5}
    assert await newsroom.ledgers.outcomes(MAIN, **window) == ()  # type: ignore[arg-type]


async def test_a_day_that_an_outlet_took_back_is_told_by_the_others_or_by_nobody(newsroom: Store) -> None:
    first, second = entries(await save_story(newsroom, "alpha", "bravo"))
    await newsroom.promises.open(new(first), at=NOON)
    other = replace(FRIGATE, due=date(2027, 6, 30), source="Coast Post")
    await newsroom.promises.tell(1, second, other)
    await newsroom.promises.untell(first, [DUE], at=NOON)
    one = await tracked(newsroom)
    assert (one.entry, one.promise.due, one.until, one.promise.source) == (
        second,
        other.due,
        other.due,
        "Coast Post",
    )
    await newsroom.promises.untell(second, [other.due], at=NOON)
    assert (await tracked(newsroom)).dropped


async def test_what_a_changed_report_no_longer_decides_is_open_again(newsroom: Store) -> None:
    first, second = entries(await save_story(newsroom, "alpha", "bravo"))
    await newsroom.promises.open(new(first), at=NOON)
    await newsroom.promises.rule(1, MOVED, entry=second, at=NOON)
    later = await newsroom.promises.open(new(second, replace(FRIGATE, due=date(2029, 12, 31))), at=NOON)
    assert later is not None
    await newsroom.promises.succeed(1, later)
    assert [one.number for one in await newsroom.promises.decided_by(second)] == [1]
    await newsroom.promises.reopen(1)
    one = await tracked(newsroom)
    assert (one.state, one.ruling, one.later) == ("open", None, None)
    assert (await tracked(newsroom, later)).dropped


async def test_reports_wait_in_order_up_to_the_first_that_is_still_to_be_told(
    newsroom: Store, clock: SteppedClock
) -> None:
    told = await save_story(newsroom, "alpha")
    quiet = await save_story(newsroom, "bravo", score=0.3)
    await save_story(newsroom, "charlie")
    pending = await newsroom.announcements.unannounced()
    await newsroom.announcements.mark([one.id for one in pending[:2]], at=clock.now())
    found = await newsroom.promises.waiting(after=0, limit=10, worth=0.5)
    assert [(one.story, one.worth) for one in found] == [(told.number, True), (quiet.number, True)]
    assert [
        one.story for one in await newsroom.promises.waiting(after=found[0].update, limit=10, worth=0.5)
    ] == [quiet.number]
    await newsroom.announcements.mark([one.id for one in pending], at=clock.now())
    assert len(await newsroom.promises.waiting(after=0, limit=10, worth=0.5)) == 3
