"""`mute`: keep things quiet for a while."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.announcing.audiences import audiences
from bot.announcing.quiet import muting
from tests.bot.commands.command_replies import buttons, rows, said
from tests.contracts.store.store_builders import MAIN, NOON, save_story

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.rows_chat import Mute
    from watchers.store.store import Store

Dump = dict[str, list[tuple[object, ...]]]


async def running(store: Store, clock: SteppedClock) -> dict[int, Mute]:
    return {mute.number: mute for mute in await store.mutes.running(MAIN, clock.now())}


@pytest.mark.parametrize(
    ("line", "kind", "target", "until"),
    [
        pytest.param("mute add t1 for:24h", "story", "1", NOON + timedelta(days=1), id="a story"),
        pytest.param("mute t1 for:7d", "story", "1", NOON + timedelta(days=7), id="as people say it"),
        pytest.param("mute s2 for:always", "source", "2", None, id="a source, for good"),
        pytest.param('mute "coast post" for:1h', "source", "2", NOON + timedelta(hours=1), id="by its name"),
        pytest.param("mute r1 for:90m", "rule", "1", NOON + timedelta(minutes=90), id="a rule"),
        pytest.param('mute "air show" for:3d', "words", "air show", NOON + timedelta(days=3), id="words"),
        pytest.param("mute air show for:3d", "words", "air show", NOON + timedelta(days=3), id="bare words"),
        pytest.param("mute 航空祭 for:3d", "words", "航空祭", NOON + timedelta(days=3), id="Japanese words"),
        pytest.param(
            "mute t1 until:2025-08-25", "story", "1", datetime(2025, 8, 25, tzinfo=UTC), id="until a day"
        ),
    ],
)
async def test_a_thing_is_muted_until_its_end_and_undo_ends_it(
    ask: Ask, store: Store, clock: SteppedClock, *, line: str, kind: str, target: str, until: datetime | None
) -> None:
    reply = await ask(line)
    assert reply.shown == "channel"
    mute = (await running(store, clock))[3]
    assert (mute.kind, mute.target, mute.until, mute.by_name) == (kind, target, until, "Ada")
    await ask(buttons(reply)["Undo"])
    assert set(await running(store, clock)) == {1}


async def test_without_an_end_it_asks_for_how_long(ask: Ask, store: Store, clock: SteppedClock) -> None:
    reply = await ask('mute "air show"')
    assert not reply.refused
    assert set(await running(store, clock)) == {1}
    assert list(buttons(reply)) == ["1 day", "3 days", "7 days", "Always"]
    await ask(buttons(reply)["3 days"])
    assert (await running(store, clock))[3].until == NOON + timedelta(days=3)


async def test_ending_a_mute_tells_what_it_held_back(ask: Ask, store: Store, clock: SteppedClock) -> None:
    await store.mutes.hold(1, 1, NOON)
    before = (await running(store, clock))[1]
    reply = await ask('mute off "ships show"')
    assert "it held back 1 story" in said(reply)
    assert "t1 “The frigate sails”" in said(reply)
    assert await running(store, clock) == {}
    clock.move_to(NOON + timedelta(minutes=7, microseconds=123456))
    await ask(buttons(reply)["Undo"])
    (again,) = (await running(store, clock)).values()
    assert (again.kind, again.target, again.until) == (before.kind, before.target, before.until)


async def test_the_list_has_what_runs_until_when_and_what_it_held_back(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    await store.mutes.hold(1, 1, NOON)
    await ask("mute s2 for:always")
    assert rows(await ask("mute list")) == [
        ("m1", "the words “ships show”", "until 20 Aug 12:00", "Ada", "1 story"),
        ("m3", "s2 “Coast Post”", "for good", "Ada", "nothing"),
    ]
    clock.move_to(NOON + timedelta(days=2))
    reply = await ask("mute list")
    assert [row[0] for row in rows(reply)] == ["m3"]
    await ask(buttons(reply)["End m3"])
    assert "Nothing is muted" in said(await ask("mute list"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("mute t99 for:1d", "no story t99", id="no such story"),
        pytest.param("mute s3 for:1d", 'no source "s3" here', id="another channel's source"),
        pytest.param("mute r2 for:1d", 'no rule "r2" here', id="another channel's rule"),
        pytest.param("mute off m2", 'Nothing muted here is called "m2"', id="another channel's mute"),
        pytest.param("mute 7 for:1d", "Did you mean t7?", id="a bare number"),
        pytest.param("mute 🛰️ for:1d", "at least 2 letters", id="an emoji"),
        pytest.param("mute t1 for:5", "Did you mean 5m?", id="a number without its unit"),
        pytest.param("mute t1 for:999d", "between 1m and 365d", id="too long"),
        pytest.param("mute t1 until:2025-02-30", "a date such as", id="no such day"),
        pytest.param("mute t1 until:2025-08-01", "still to come", id="in the past"),
        pytest.param("mute t1 until:9999-12-31", "for:always has no end", id="in eight thousand years"),
        pytest.param("mute t1 until:9999-12-31T23:59:59-12:00", "a date such as", id="past all dates"),
        pytest.param('mute "Ships Show" for:1d', "is muted already, as m1", id="muted already"),
    ],
)
async def test_a_fault_is_told_and_nothing_is_muted(
    ask: Ask, dump: Callable[[], Dump], line: str, told: str
) -> None:
    before = dump()
    reply = await ask(line)
    assert reply.refused
    assert told in said(reply)
    assert dump() == before


async def test_a_mute_goes_with_a_merged_story_and_comes_back_on_undo(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    async def is_quiet(number: int) -> bool:
        story = await store.stories.get(number)
        (audience,) = [one for one in await audiences(store, now=clock.now()) if one.channel == MAIN]
        return story is not None and muting(story, 1, audience.mutes) is not None

    await save_story(store, "sloop")
    await ask("mute add t2 for:3d")
    assert (await is_quiet(1), await is_quiet(2)) == (False, True)
    merged = await ask("story merge t1 t2")
    assert "t1 is muted here" in said(merged)
    assert (await running(store, clock))[3].target == "1"
    assert "t1 “The frigate sails”" in rows(await ask("mute list"))[1][1]
    assert await is_quiet(1)
    await ask(buttons(merged)["Undo"])
    assert (await running(store, clock))[3].target == "2"
    assert (await is_quiet(1), await is_quiet(2)) == (False, True)


async def test_words_that_are_heard_again_are_several(ask: Ask) -> None:
    assert "the words “ships show” are heard again" in said(await ask("mute off m1"))


async def test_a_mute_of_both_merged_stories_is_ended_as_one(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    await save_story(store, "sloop")
    await ask("mute add t1 for:3d")
    await ask("mute add t2 for:3d")
    await ask("story merge t1 t2")
    again = await ask("mute add t2 for:1d")
    assert again.refused
    assert "muted already, as m3" in said(again)
    ended = await ask("mute off t2")
    assert "t1 “The frigate sails” is heard again" in said(ended)
    assert set(await running(store, clock)) == {1}
    await ask(buttons(ended)["Undo"])
    assert [mute.target for mute in (await running(store, clock)).values() if mute.kind == "story"] == ["1"]


async def test_the_digest_counts_what_mutes_keep_out_of_it(ask: Ask, store: Store) -> None:
    told = (await save_story(store, "ketch", "yawl")).number
    before = said(await ask("digest preview since:24h"))
    assert f"t{told}" in before
    await ask(f"mute t{told} for:24h")
    after = said(await ask("digest preview since:24h"))
    assert f"t{told}" not in after
    assert "held back by mutes" not in before
    assert "1 story held back by mutes: /watch mute list" in after


async def test_merging_where_nothing_is_muted_says_nothing_of_mutes(ask: Ask, store: Store) -> None:
    await save_story(store, "sloop")
    assert "muted" not in said(await ask("story merge t1 t2"))
