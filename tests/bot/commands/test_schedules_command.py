"""`digest schedule`, `list`, `cancel` and `history`: when a channel gets its digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.commands.request import filled
from bot.commands.schedules import runs_after, said
from tests.bot.commands.command_replies import buttons, rows
from tests.bot.commands.command_replies import said as words
from tests.contracts.store.store_builders import MAIN, NOON, make_letter
from watchers.store.rows import Subscription

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store

Dump = dict[str, list[tuple[object, ...]]]
BERLIN = Subscription(
    number=1, channel=MAIN, name="digest", at="02:30", days="daily", timezone="Europe/Berlin"
)


async def mine(store: Store) -> Subscription:
    return (await store.subscriptions.listed(MAIN))[0]


async def test_a_changed_digest_names_its_next_three_runs(ask: Ask, store: Store) -> None:
    reply = await ask("/watch digest schedule at:07:30 days:mon-fri tz:Asia/Tokyo empty:skip")
    assert reply.shown == "channel"
    assert "Next: Wed 20 Aug 07:30, Thu 21 Aug 07:30, Fri 22 Aug 07:30 (Asia/Tokyo)" in words(reply)
    one = await mine(store)
    assert (one.at, one.days, one.timezone, one.empty) == ("07:30", "mon-fri", "Asia/Tokyo", "skip")
    assert one.next_run_at == datetime(2025, 8, 19, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "runs"),
    [
        pytest.param(
            datetime(2025, 3, 29, 12, tzinfo=UTC),
            "Sun 30 Mar 03:00, Mon 31 Mar 02:30, Tue 1 Apr 02:30 (Europe/Berlin)",
            id="the hour that is left out in spring",
        ),
        pytest.param(
            datetime(2025, 10, 25, 12, tzinfo=UTC),
            "Sun 26 Oct 02:30, Mon 27 Oct 02:30, Tue 28 Oct 02:30 (Europe/Berlin)",
            id="the hour that comes twice in autumn",
        ),
    ],
)
def test_the_next_runs_are_right_over_a_change_of_the_clocks(now: datetime, runs: str) -> None:
    assert said(runs_after(BERLIN, now=now), BERLIN.timezone) == runs


def test_a_day_that_had_its_digest_gets_no_second_one() -> None:
    late = replace(BERLIN, at="23:00")
    runs = runs_after(late, now=NOON, made={date(2025, 8, 19)})
    assert runs[0] == datetime(2025, 8, 20, 21, tzinfo=UTC)


async def test_a_digest_moved_later_on_its_day_is_not_promised_twice(ask: Ask, store: Store) -> None:
    await store.digests.claim(1, date(2025, 8, 19), start=NOON - timedelta(days=1), end=NOON, at=NOON)
    assert "Next: Wed 20 Aug 20:00" in words(await ask("digest schedule at:20:00"))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("digest schedule at:7:05 days:sat,sun", id="another time"),
        pytest.param("digest schedule tz:asia/tokyo empty:skip", id="another zone"),
        pytest.param("digest cancel d1", id="cancelled"),
    ],
)
async def test_undo_sets_a_digest_back(ask: Ask, store: Store, line: str) -> None:
    before = await mine(store)
    reply = await ask(line)
    assert await mine(store) != before
    await ask(buttons(reply)["Undo"])
    after = await mine(store)
    assert replace(after, next_run_at=None) == before
    assert after.next_run_at == datetime(2025, 8, 20, 6, 0, tzinfo=UTC)


async def test_a_new_name_makes_one_more_digest_and_undo_ends_it(ask: Ask, store: Store) -> None:
    reply = await ask("digest schedule name:evening at:18:00")
    assert {s.name for s in await store.subscriptions.listed(MAIN) if s.active} == {"digest", "evening"}
    several = await ask("digest schedule at:19:00")
    assert several.refused
    assert "digest (d1), evening (d3)" in words(several)
    await ask(buttons(reply)["Undo"])
    assert [s.name for s in await store.subscriptions.listed(MAIN) if s.active] == ["digest"]


async def test_a_cancelled_digest_is_scheduled_anew(ask: Ask, store: Store) -> None:
    await ask("digest cancel digest")
    assert "gets no digest" in words(await ask("digest list"))
    assert (await ask("digest cancel d1")).refused
    await ask("digest schedule at:06:00")
    one = await mine(store)
    assert (one.number, one.at, one.active) == (1, "06:00", True)


async def test_the_list_names_the_next_time_on_the_digests_own_clock(ask: Ask) -> None:
    assert rows(await ask("digest list")) == [
        ("d1", "digest", "daily at 08:00", "Wed 20 Aug 08:00 (Europe/Berlin)", "says so")
    ]


async def test_without_options_a_form_is_opened_and_sent_back_it_changes_nothing(ask: Ask) -> None:
    reply = await ask("digest schedule")
    assert reply.sheet is not None
    answers = {question.name: question.value for question in reply.sheet.questions}
    assert "is like that already" in words(await ask(filled(reply.sheet, answers)))
    assert not (await ask(filled(reply.sheet, answers | {"at": "9:15"}))).refused


async def test_the_history_tells_what_arrived(ask: Ask, store: Store, clock: SteppedClock) -> None:
    assert "got no scheduled digest yet" in words(await ask("digest history"))
    run = await store.digests.claim(1, date(2025, 8, 19), start=NOON - timedelta(days=1), end=NOON, at=NOON)
    await store.digests.claim(1, date(2025, 8, 18), start=NOON, end=NOON, at=NOON)
    number = await store.outbox.enqueue(make_letter("digest"))
    assert run is not None
    assert number is not None
    await store.digests.posted(run.number, outbox=number)
    (item,) = await store.outbox.lease(1, now=NOON, until=NOON + timedelta(minutes=1))
    await store.outbox.delivered(item, at=clock.now(), receipt="1")
    told = [(row[0], row[3]) for row in rows(await ask("digest history"))]
    assert told == [("2025-08-19", "19 Aug 12:00"), ("2025-08-18", "nothing to tell")]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("digest schedule at:25:00", "a time of day such as 08:00", id="no such hour"),
        pytest.param("digest schedule at:8", "Did you mean 08:00?", id="only the hour"),
        pytest.param("digest schedule 08:30", "Did you mean at:08:30?", id="no option's name"),
        pytest.param("digest schedule days:weekdays", "Did you mean mon-fri?", id="days in a word"),
        pytest.param("digest schedule tz:istambul", "Did you mean Europe/Istanbul?", id="a city misspelt"),
        pytest.param("digest schedule name:new", "needs its time of day", id="a new one without a time"),
        pytest.param("digest cancel d2", 'no digest "d2" here', id="another channel's"),
    ],
)
async def test_a_fault_says_what_is_taken_and_changes_nothing(
    ask: Ask, dump: Callable[[], Dump], line: str, told: str
) -> None:
    before = dump()
    reply = await ask(line)
    assert reply.refused
    assert told in words(reply)
    assert dump() == before
