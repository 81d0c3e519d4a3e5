"""Rounds of the ledger: one promise a thing, told by many, kept, moved, moved again; crashes and changes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.contracts.store.store_builders import MAIN, NOON
from watchers.workers import WorkerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.watchers.ledger.ledger_desk import Desk
    from watchers.store.store import Rooms
    from watchers.types import Entry
    from watchers.types.claims import Claim

SHIP = "Halvorsen Marine will deliver the first frigate in 2027."


async def stands(desk: Desk) -> list[tuple[int, str, int | None]]:
    return [(one.promise.due.year, one.state, one.later) for one in await desk.all()]


async def test_what_several_outlets_promise_is_one_promise_with_several_sources(desk: Desk) -> None:
    story = await desk.come(SHIP, source="Harbour Post")
    await desk.come("The first frigate of Halvorsen Marine is due by 2027.", source="Coast Post", story=story)
    await desk.come(
        "Halvorsen Marine ilk fırkateyni 2027'de teslim edecek.", "tr", "2026-03-12", source="Kıyı"
    )
    await desk.come(
        "ハルヴォルセン・マリンはフリゲートの初号機を2027年に引き渡す予定だ。",
        "ja",
        "2026-03-13",
        source="港新聞",
    )
    await desk.round()
    (one,) = await desk.all()
    assert [telling.source for telling in one.tellings] == ["Harbour Post", "Coast Post", "Kıyı", "港新聞"]
    assert (one.promise.source, one.promise.due, one.state) == ("Harbour Post", date(2027, 12, 31), "open")


async def test_a_promise_that_moves_twice_is_followed_by_its_successors(desk: Desk) -> None:
    story = await desk.come(SHIP)
    await desk.round()
    await desk.come("Halvorsen Marine's first frigate will not arrive before 2029.", day="2026-12-01")
    await desk.round()
    assert await stands(desk) == [(2027, "slipped", 2), (2029, "open", None)]
    await desk.come("Halvorsen Marine has postponed its first frigate to 2031.", day="2028-02-01")
    await desk.round()
    assert await stands(desk) == [(2027, "slipped", 2), (2029, "slipped", 3), (2031, "open", None)]
    first, second, _ = await desk.all()
    assert first.ruling is not None
    assert first.ruling.sentence == "Halvorsen Marine's first frigate will not arrive before 2029."
    assert first.ruling.new_due == second.promise.due == date(2029, 12, 31)
    assert second.promise.sentence == first.ruling.sentence
    await desk.come("Halvorsen Marine handed over the first frigate.", day="2030-05-05")
    await desk.round()
    assert await stands(desk) == [(2027, "slipped", 2), (2029, "slipped", 3), (2031, "kept", None)]
    assert desk.decided == [1, 2, 3]
    assert first.story == story


LATER = {
    "kept": ("Halvorsen Marine handed over the first frigate on Monday.", "2026-12-01", "kept"),
    "moved": ("Halvorsen Marine has postponed its first frigate to 2029.", "2026-12-01", "slipped"),
    "a later date next day, not told as a delay": (
        "Halvorsen Marine will deliver the first frigate in 2028.",
        "2026-03-12",
        "open",
    ),
    "a delay next day": (
        "Halvorsen Marine has postponed its first frigate to 2029.",
        "2026-03-12",
        "slipped",
    ),
    "another yard with a like name": (
        "Redmere Marine handed over the first frigate on Monday.",
        "2026-12-01",
        "open",
    ),
    "another yard's delay": (
        "Redmere Marine has postponed its first frigate to 2029.",
        "2026-12-01",
        "open",
    ),
    "another thing of the yard": ("Halvorsen Marine handed over the first tank.", "2026-12-01", "open"),
    "another piece": ("Halvorsen Marine handed over the second frigate.", "2026-12-01", "open"),
    "a delay without a date": ("Halvorsen Marine's first frigate is delayed.", "2026-12-01", "open"),
    "nothing of it": ("Halvorsen Marine presented its results for the year.", "2026-12-01", "open"),
}


@pytest.mark.parametrize(("text", "day", "state"), LATER.values(), ids=LATER.keys())
async def test_a_report_of_another_story_decides_only_what_it_is_surely_of(
    desk: Desk, text: str, day: str, state: str
) -> None:
    await desk.come(SHIP)
    await desk.come(text, day=day, source="Coast Post")
    await desk.round()
    one = await desk.store.promises.get(1)
    assert one is not None
    assert one.state == state


async def test_dates_that_outlets_give_differently_are_waited_for_till_the_last(desk: Desk) -> None:
    story = await desk.come(SHIP)
    await desk.come("Halvorsen Marine will deliver the first frigate in 2028.", day="2026-03-12", story=story)
    await desk.round()
    (one,) = await desk.all()
    assert (one.promise.due, one.until) == (date(2027, 12, 31), date(2028, 12, 31))


async def test_what_the_report_tells_as_done_does_not_keep_what_it_promises(desk: Desk) -> None:
    both = "Halvorsen Marine delivered two frigates on Monday. It will deliver the other frigates in 2027."
    story = await desk.come(both)
    await desk.come("Halvorsen Marine has delivered two frigates.", day="2026-03-13", story=story)
    await desk.round()
    assert await stands(desk) == [(2027, "open", None)]


async def test_what_was_over_before_it_was_read_is_no_promise(desk: Desk) -> None:
    await desk.come("Nothing is said here.", day="2028-02-01")
    await desk.come(SHIP)
    await desk.round()
    assert await desk.all() == ()


async def test_only_reports_that_may_make_or_decide_a_promise_are_read(desk: Desk) -> None:
    await desk.come("Redmere Works showed a drone at the fair.")
    await desk.come("Halvorsen Marine showed a frigate at the fair.")  # its promise comes later
    await desk.come(SHIP)
    await desk.come("Halvorsen Marine showed a frigate at another fair.", day="2026-04-01")
    await desk.come("Redmere Works showed a drone at another fair.", day="2026-04-02")
    for _ in range(5):
        await desk.once()
    assert sorted(desk.read[1:]) == [
        "Halvorsen Marine showed a frigate at another fair.",
        "Halvorsen Marine showed a frigate at the fair.",
    ]
    assert desk.read[0] == SHIP
    came = await desk.once()
    assert (came.looked_at, came.read) == (0, 0)


async def test_a_report_that_nobody_would_be_told_of_waits_for_its_storys_card(desk: Desk) -> None:
    story = await desk.come(SHIP, score=0.3, told=False)
    await desk.round()
    assert desk.read == []
    async with desk.store.transaction() as rooms:
        await desk.card(rooms, story)
    await desk.round()
    assert desk.read == [SHIP]
    assert await stands(desk) == [(2027, "open", None)]
    await desk.round()
    assert desk.read == [SHIP]


async def test_a_crash_between_two_steps_loses_and_doubles_nothing(desk: Desk) -> None:
    await desk.come(SHIP)
    await desk.round()
    await desk.come("Halvorsen Marine has postponed its first frigate to 2029.", day="2026-12-01")

    class LightsOutError(Exception):
        pass

    told: list[Sequence[int]] = []

    async def dies(_rooms: Rooms, numbers: Sequence[int]) -> None:
        told.append(numbers)
        await _rooms.promises.spoken(numbers[0], at=NOON)
        raise LightsOutError

    tell, desk.tell = desk.tell, dies  # type: ignore[method-assign]
    with pytest.raises(LightsOutError):
        await desk.once()
    assert await stands(desk) == [(2027, "open", None)]
    desk.tell = tell  # type: ignore[method-assign]
    await desk.round()
    assert await stands(desk) == [(2027, "slipped", 2), (2029, "open", None)]
    assert (told, desk.decided) == ([(1,)], [1])
    await desk.store.kept.put("ledger/updates", "0")  # as if where it was had been lost
    await desk.round()
    assert await stands(desk) == [(2027, "slipped", 2), (2029, "open", None)]
    assert desk.decided == [1]


async def test_a_report_that_cannot_be_read_holds_up_no_other(desk: Desk) -> None:
    await desk.come("Redmere Works will open its plant in 2028.")
    await desk.come(SHIP)
    claims = desk.claims

    async def gives_out(entries: Sequence[Entry]) -> tuple[tuple[Claim, ...], ...]:
        if any("plant" in entry.title for entry in entries):
            raise WorkerError("it died")
        return await claims(entries)

    desk.claims = gives_out  # type: ignore[method-assign]
    await desk.round()
    assert await stands(desk) == [(2027, "open", None)]


async def test_what_was_dropped_is_not_opened_by_the_next_outlet(desk: Desk) -> None:
    story = await desk.come(SHIP)
    await desk.round()
    await desk.store.promises.drop(1, at=NOON)
    await desk.come("The first frigate of Halvorsen Marine is due by 2027.", day="2026-03-12", story=story)
    await desk.come("Halvorsen Marine handed over the first frigate.", day="2026-12-01")
    await desk.round()
    assert await desk.all() == ()
    assert desk.decided == []


async def test_a_story_taken_back_is_decided_by_nothing(desk: Desk) -> None:
    story = await desk.come(SHIP)
    await desk.round()
    await desk.store.retractions.add(story, by="u", reason="", at=NOON)
    await desk.come("Halvorsen Marine handed over the first frigate.", day="2026-12-01")
    await desk.round()
    assert desk.decided == []
    assert (await desk.store.ledgers.listed())[0] == 0
    assert await desk.store.ledgers.outcomes(MAIN, start=NOON, end=desk.clock.now(), limit=5) == ()
