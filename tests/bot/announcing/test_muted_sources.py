"""A muted source's report earns no card, whoever reports the story after it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.announcing import alerts
from bot.announcing.alerts import Audience
from tests.contracts.store.store_builders import (
    MAIN,
    NOON,
    make_entry,
    make_report,
    make_story,
    make_update,
)
from watchers.store.rows_chat import Mute

HARBOUR, COAST = 1, 2


def mute(feed: int, *, number: int = 1) -> Mute:
    target = str(feed)
    return Mute(
        number=number, channel=MAIN, kind="source", target=target, until=None, by="", by_name="", at=NOON
    )


def planned(*mutes: Mute, first: float, second: float, posted: bool = False) -> list[tuple[str, int]]:
    """Return what is done when the second feed joins the first one's story, and by which mute it is held."""
    audience = Audience(
        channel=MAIN,
        home=MAIN,
        name="Desk",
        lang="en",
        zone=ZoneInfo("UTC"),
        threshold=0.7,
        watches=(),
        feeds=frozenset({HARBOUR, COAST}),
        mutes=mutes,
    )
    reports = (
        make_report(make_entry("brig", feed=HARBOUR), score=first),
        make_report(make_entry("sloop", feed=COAST), score=second),
    )
    update = make_update(make_story(*reports), reports[1])
    plan = alerts.plan(update, [audience], posted=frozenset({MAIN} if posted else ()))
    return [(alert.kind, alert.held_by) for alert in plan]


@pytest.mark.parametrize(
    ("mutes", "first", "second", "expected"),
    [
        pytest.param((), 0.8, 0.3, [("card", 0)], id="nothing is muted"),
        pytest.param((mute(HARBOUR),), 0.8, 0.3, [("held", 1)], id="what earned it is muted"),
        pytest.param((mute(HARBOUR),), 0.8, 0.8, [("card", 0)], id="the other earns it as well"),
        pytest.param((mute(COAST),), 0.8, 0.8, [("held", 1)], id="what comes now is muted"),
        pytest.param((mute(HARBOUR), mute(COAST, number=2)), 0.8, 0.8, [("held", 2)], id="both are muted"),
        pytest.param((mute(HARBOUR),), 0.3, 0.3, [], id="nothing earns it"),
    ],
)
def test_who_earns_a_story_its_card(
    mutes: tuple[Mute, ...], first: float, second: float, expected: list[tuple[str, int]]
) -> None:
    assert planned(*mutes, first=first, second=second) == expected


def test_a_story_that_was_told_goes_on_whatever_source_is_muted_since() -> None:
    kinds = [kind for kind, _ in planned(mute(HARBOUR), first=0.8, second=0.3, posted=True)]
    assert kinds == ["reply", "edit"]
