"""Promises: what makes one, when it is due, and what later reports do to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.watchers.claims.promise_years import followed
from watchers.claims.promises import promises, state

if TYPE_CHECKING:
    from .conftest import Read

SHIP = "Halvorsen Marine will deliver the first frigate in 2027."


@pytest.mark.parametrize(
    ("text", "lang", "due"),
    [
        (SHIP, "en", date(2027, 12, 31)),
        ("Deliveries of the radars start in the fourth quarter of 2028.", "en", date(2028, 12, 31)),
        ("The tanks will arrive in the first half of 2027.", "en", date(2027, 6, 30)),
        ("新型艦は2027年度末までに就役する予定だ。", "ja", date(2028, 3, 31)),
        ("İlk uçak 2028'in ikinci çeyreğinde teslim edilecek.", "tr", date(2028, 6, 30)),
        ("The yard will deliver the ferry within 18 months.", "en", date(2027, 9, 11)),
        ("Fabrika bir yıl içinde açılacak.", "tr", date(2027, 3, 11)),
        ("試験は4月に行う。", "ja", date(2026, 4, 30)),
    ],
    ids=[
        "year",
        "quarter",
        "half",
        "fiscal year",
        "turkish quarter",
        "span of time",
        "one year",
        "bare month",
    ],
)
def test_a_promise_is_due_on_the_last_day_that_its_words_allow(
    read: Read, text: str, lang: str, due: date
) -> None:
    assert [promise.due for promise in promises(read(text, lang))] == [due]


@pytest.mark.parametrize(
    "text",
    [
        "The frigate was delivered in 2024.",
        "The frigate cost 400 million euros.",
        "The plan was dropped on Monday.",
    ],
    ids=["past", "no date", "a day gone by"],
)
def test_what_names_no_day_to_come_is_no_promise(read: Read, text: str) -> None:
    assert promises(read(text)) == ()


OTHERS = {
    "kept": ("Halvorsen Marine has delivered the first frigate.", "kept"),
    "slipped": ("Halvorsen Marine's first frigate will not arrive before 2029.", "slipped"),
    "a delay without a date": ("Delivery of Halvorsen Marine's first frigate has been delayed.", "silent"),
    "another ship": ("Halvorsen Marine has delivered the second frigate.", "silent"),
    "another thing": ("Halvorsen Marine delivered three tugboats and a radar.", "silent"),
    "another yard": ("Narumi Shipbuilding delivered a frigate to Chile.", "silent"),
    "an earlier date": ("Halvorsen Marine's first frigate will arrive in March 2027.", "silent"),
    "another language": ("Halvorsen Marine ilk fırkateyni teslim etti.", "kept"),
}


@pytest.mark.parametrize(("report", "wanted"), OTHERS.values(), ids=OTHERS.keys())
def test_a_later_report_counts_only_if_it_is_of_the_same_thing(read: Read, report: str, wanted: str) -> None:
    (promise,) = promises(read(SHIP))
    lang = "tr" if "ilk" in report else "en"
    outcome = state(promise, [read(report, lang, "2026-12-01")], date(2028, 2, 1))
    assert outcome.state == wanted
    assert outcome.promised == SHIP
    assert (outcome.sentence == report) == (wanted in {"kept", "slipped"})


def test_a_promise_is_open_until_it_is_due_and_silent_from_then_on(read: Read) -> None:
    (promise,) = promises(read(SHIP))
    days = [date(2026, 4, 1), date(2027, 12, 31), date(2028, 1, 1)]
    assert [state(promise, [], day).state for day in days] == ["open", "open", "silent"]


def test_a_promise_that_slipped_may_still_be_kept(read: Read) -> None:
    (promise,) = promises(read(SHIP))
    moved = read("Halvorsen Marine's first frigate is now expected in 2028.", "en", "2027-05-02")
    done = read("Halvorsen Marine delivered the first frigate.", "en", "2028-09-02")
    assert state(promise, [done, moved], date(2028, 1, 3)).state == "slipped"
    assert state(promise, [done, moved], date(2028, 1, 3)).due == date(2028, 12, 31)
    assert state(promise, [moved, done], date(2029, 1, 3)).state == "kept"


def test_nine_in_ten_promises_of_three_years_are_followed_rightly(read: Read) -> None:
    right, unfounded = 0, []
    cases = followed(seed=7, count=200)
    for case in cases:
        made = promises(read(case.promise.text, case.promise.lang, case.promise.day.isoformat()))
        reports = [read(told.text, told.lang, told.day.isoformat()) for told in case.later]
        outcome = state(made[0], reports, case.asked) if made else None
        right += outcome is not None and outcome.state == case.state and made[0].due == case.due
        if outcome and outcome.state == "slipped" and (outcome.due is None or outcome.due <= made[0].due):
            unfounded.append(case)
    assert right >= 0.90 * len(cases)
    assert unfounded == []
