"""Two hundred promises of three years, followed at once through the ledger's own database, day by day."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import pytest

from bot.announcing.promises import GRACE
from tests.watchers.claims.promise_years import apart

if TYPE_CHECKING:
    from datetime import date

    from tests.watchers.claims.promise_years import Followed
    from tests.watchers.ledger.ledger_desk import Desk

COUNT = 200


@pytest.mark.long
async def test_nine_in_ten_promises_are_followed_rightly_among_all_the_others(desk: Desk) -> None:
    cases = apart(seed=7, count=COUNT)
    stories: dict[int, int] = {}
    heard: dict[int, str] = {}
    unfounded, fresh = [], False
    for day, number, told in sorted(_events(cases), key=lambda event: event[:2]):
        desk.clock.move_to(max(datetime.combine(day, time(9), UTC), desk.clock.now()))
        if told is not None:
            text, lang = told
            story = await desk.come(text, lang, day)
            stories.setdefault(number, story)
            fresh = True
            continue
        if fresh:
            await desk.round()
            fresh = False
        await desk.store.promises.fall_silent(day - GRACE, at=desk.clock.now())
        _, found = await desk.store.ledgers.listed(story=stories[number])
        heard[number] = found[0].state if found and found[0].promise.due == cases[number].due else "none"
        ruling = found[0].ruling if found else None
        if heard[number] == "slipped" and (ruling is None or (ruling.new_due or day) <= found[0].promise.due):
            unfounded.append(cases[number])
    wrong = [
        (case.state, heard[n], case.promise.text, [told.text for told in case.later])
        for n, case in enumerate(cases)
        if heard[n] != _expected(case)
    ]
    assert len(wrong) <= 0.10 * COUNT, wrong
    assert unfounded == []


def _expected(case: Followed) -> str:
    """Return how the ledger should say a promise stands: it lets some days pass before it says "silent"."""
    return "open" if case.state == "silent" and case.asked - case.due <= GRACE else case.state


def _events(cases: tuple[Followed, ...]) -> list[tuple[date, int, tuple[str, str] | None]]:
    events: list[tuple[date, int, tuple[str, str] | None]] = []
    for number, case in enumerate(cases):
        events.append((case.promise.day, number, (case.promise.text, case.promise.lang)))
        events += [(told.day, number, (told.text, told.lang)) for told in case.later if told.day < case.asked]
        events.append((case.asked, number, None))
    return events
