"""An article that two feeds carry is told to the readers of each, once."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.announcing import alerts
from bot.announcing.alerts import Audience
from tests.contracts.store.store_builders import MAIN, NOON, make_entry, make_report, make_story
from watchers.store.rows_chat import Mute
from watchers.types import StoryUpdate

HARBOUR, COAST, GULF = 1, 2, 3


def desk(*feeds: int) -> Audience:
    return Audience(
        channel=MAIN,
        home=MAIN,
        name="Desk",
        lang="en",
        zone=ZoneInfo("UTC"),
        threshold=0.7,
        watches=(),
        feeds=frozenset(feeds),
    )


def carried(*also: int, by: int = 0) -> StoryUpdate:
    """Return the update of a story of the first feed's that others carry, or the one that they do since."""
    entry = replace(make_entry("brig", feed=HARBOUR), also_in=frozenset(also))
    one = make_report(entry, score=0.75)
    return StoryUpdate(
        story=make_story(one),
        report=one,
        kind="carried" if by else "opened",
        new_facts=() if by else one.facts,
        new_origin=not by,
        at=NOON,
        carrier=by,
    )


def kinds(update: StoryUpdate, audience: Audience, *, posted: bool = False) -> list[str]:
    there = frozenset({MAIN} if posted else ())
    return [alert.kind for alert in alerts.plan(update, [audience], posted=there)]


@pytest.mark.parametrize(
    ("update", "audience", "expected"),
    [
        pytest.param(carried(COAST), desk(COAST), ["card"], id="both had it before anybody was told"),
        pytest.param(carried(COAST), desk(GULF), [], id="a feed that does not have it"),
        pytest.param(carried(COAST, by=COAST), desk(COAST), ["card"], id="through the second alone"),
        pytest.param(carried(COAST, by=COAST), desk(HARBOUR, COAST), [], id="through the first, long ago"),
        pytest.param(carried(COAST, GULF, by=GULF), desk(COAST, GULF), [], id="through the second, long ago"),
        pytest.param(carried(COAST, GULF, by=GULF), desk(GULF), ["card"], id="through the third alone"),
    ],
)
def test_who_hears_of_an_article_that_several_feeds_carry(
    update: StoryUpdate, audience: Audience, expected: list[str]
) -> None:
    assert kinds(update, audience) == expected


def test_a_channel_that_has_the_card_hears_nothing_more() -> None:
    assert kinds(carried(COAST, by=COAST), desk(COAST), posted=True) == []


@pytest.mark.parametrize(
    ("muted", "audience", "expected"),
    [
        pytest.param(COAST, desk(COAST), "held", id="the one it reads"),
        pytest.param(HARBOUR, desk(COAST), "card", id="one it does not read"),
        pytest.param(HARBOUR, desk(HARBOUR, COAST), "held", id="the first of both"),
        pytest.param(COAST, desk(HARBOUR, COAST), "card", id="the second of both"),
    ],
)
def test_a_muted_source_is_the_one_through_which_an_article_is_read(
    muted: int, audience: Audience, expected: str
) -> None:
    mute = Mute(
        number=1, channel=MAIN, kind="source", target=str(muted), until=None, by="u1", by_name="U", at=NOON
    )
    assert kinds(carried(COAST), replace(audience, mutes=(mute,))) == [expected]
