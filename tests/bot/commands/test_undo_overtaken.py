"""Undo takes back the change it stands beside, and never a newer one of the same thing unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import MAIN, NOON, save_story
from tests.contracts.store.test_store_promises import new

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

OTHER = "slack:C9"
Dump = dict[str, list[tuple[object, ...]]]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        pytest.param("settings set quiet 22:00-07:00", "settings set quiet 23:00-06:00", id="a setting"),
        pytest.param("setup lang:tr", "settings set language ja", id="a setting, by setup first"),
        pytest.param("settings set language tr", "setup lang:ja", id="a setting, by setup then"),
        pytest.param("settings set threshold 0.6", "settings set threshold 0.5", id="what channels share"),
        pytest.param("rule edit r1 name:boats alert:digest", "rule edit r1 alert:off", id="a rule's part"),
        pytest.param("rule add corvette", "rule edit r3 name:hulls", id="a rule that was added"),
        pytest.param("setup keywords:frigate", 'setup keywords:"frigate, corvette"', id="keywords"),
        pytest.param("setup keywords:frigate", "rule edit r3 expression:corvette", id="keywords as a rule"),
        pytest.param("source edit s1 name:Docks tag:a", "source edit s1 tag:b", id="a source's part"),
        pytest.param("source edit s1 every:2h", "source edit s1 every:3h", id="how often it is asked"),
        pytest.param("digest schedule at:06:15", "digest schedule days:mon-fri", id="a digest"),
    ],
)
async def test_it_says_who_changed_it_since_and_changes_nothing(
    ask: Ask, dump: Callable[[], Dump], older: str, newer: str
) -> None:
    first = buttons(await ask(older))["Undo"]
    second = buttons(await ask(newer, asker="slack:U2"))["Undo"]
    before = dump()
    reply = await ask(first)
    assert reply.refused
    assert "changed since, " in said(reply)
    assert "12:00: Ada " in said(reply)
    assert "(u2)" in said(reply)
    assert f"Try: /watch {second}" in said(reply)
    assert dump() == before
    assert not (await ask(second)).refused
    assert not (await ask(first)).refused


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        pytest.param("settings set quiet 22:00-07:00", "settings set lull 5m", id="two settings"),
        pytest.param("rule edit r1 name:boats", "rule edit r1 alert:off", id="two parts of a rule"),
        pytest.param("rule edit r1 name:boats", "rule add corvette", id="two rules"),
        pytest.param("source edit s1 name:Docks", "source pause s1", id="two parts of a source"),
        pytest.param("source edit s1 name:Docks", "source edit s2 name:Quays", id="two sources"),
    ],
)
async def test_what_is_of_something_else_stands_in_no_ones_way(ask: Ask, older: str, newer: str) -> None:
    first = buttons(await ask(older))["Undo"]
    await ask(newer)
    assert not (await ask(first)).refused


async def test_what_was_taken_back_and_what_took_it_back_are_in_nobodys_way(ask: Ask, store: Store) -> None:
    first = buttons(await ask("settings set quiet 22:00-07:00"))["Undo"]
    reply = await ask("settings set quiet 23:00-06:00")
    for refused in (False, True, False):  # taken back, brought back, taken back again
        reply = await ask(buttons(reply)["Undo"])
        if refused:
            assert (await ask(first)).refused
    assert not (await ask(first)).refused
    channel = await store.channels.get(MAIN)
    assert channel is not None
    assert channel.quiet == ""


async def test_a_newer_change_that_is_final_stands_in_the_way_too(ask: Ask) -> None:
    first = buttons(await ask("digest schedule at:06:15"))["Undo"]
    newer = await ask("setup at:05:00")  # the digest's own time zone went, which no line brings back
    assert "Undo" not in buttons(newer)
    reply = said(await ask(first))
    assert "Take that back first" not in reply
    assert "To set it back all the same: /watch digest schedule name:" in reply


async def test_of_a_change_in_a_channel_that_shares_nothing_it_says_what_and_when_alone(
    ask: Ask, store: Store
) -> None:
    await store.channels.follow(OTHER, 1, tags=())
    first = buttons(await ask("source edit s1 every:2h"))["Undo"]
    await ask("source edit s1 every:3h name:Informant tag:merger", channel=OTHER, asker="shell:operator")
    told = said(await ask(first))
    assert "changed since, 19 Aug 12:00: another channel changed how often s1 is asked." in told
    assert not [word for word in ("Informant", "merger", "Ada", "u2", "Elsewhere") if word in told]


async def test_nor_does_it_say_more_where_outsiders_read_along(ask: Ask) -> None:
    await ask(f'settings set bind "{MAIN}"', channel=OTHER, asker="shell:operator")
    first = buttons(await ask("rule edit r1 name:boats", channel=OTHER))["Undo"]
    await ask("rule edit r1 name:Informant")
    told = said(await ask(first, channel=OTHER, public=True))
    assert "another channel changed r1." in told
    assert "Informant" not in told


async def test_a_line_too_long_to_be_shown_whole_is_not_shown(ask: Ask) -> None:
    await ask(f'rule edit r1 expression:"{" OR ".join(f"corvette{n}" for n in range(30))}"')
    first = buttons(await ask("rule edit r1 expression:frigate"))["Undo"]
    await ask("rule edit r1 expression:destroyer")
    told = said(await ask(first))
    assert "Take that back first." in told
    assert "all the same" not in told


async def test_the_refusal_names_the_line_that_sets_it_back_all_the_same(ask: Ask, store: Store) -> None:
    first = buttons(await ask("settings set budget 5"))["Undo"]
    await ask("settings set budget 6")
    assert "To set it back all the same: /watch settings set budget 8" in said(await ask(first))
    await ask("settings set budget 8")
    channel = await store.channels.get(MAIN)
    assert channel is not None
    assert channel.budget == 8


async def test_what_was_split_off_a_story_and_went_elsewhere_since_takes_nobody_along(
    ask: Ask, store: Store
) -> None:
    await save_story(store, "sloop")
    first = buttons(await ask("story split t1 a2"))["Undo"]  # as t3
    second = buttons(await ask("story merge t2 t3", asker="slack:U2"))["Undo"]
    reply = await ask(first)
    assert f"Try: /watch {second}" in said(reply)
    story = await store.stories.get(2)
    assert story is not None
    assert {report.entry.key for report in story.reports} == {"sloop", "corvette"}
    assert not (await ask(second)).refused
    assert not (await ask(first)).refused


async def test_exemplars_that_somebody_put_off_again_stay_so(ask: Ask, store: Store) -> None:
    own = await store.exemplars.add(MAIN, title="Docks", text="Docks are built.", lang="en")
    for thing in (f"x{own.number}", "shared"):
        await store.exemplars.add(MAIN, title="Quays", text=f"Quays, not {thing}.", lang="en")
        first = buttons(await ask(f"exemplar remove {thing} keep:yes"))["Undo"]
        await ask(f"exemplar add {thing} keep:yes", asker="slack:U2")
        second = buttons(await ask(f"exemplar remove {thing} keep:yes", asker="slack:U2"))["Undo"]
        assert f"Try: /watch {second}" in said(await ask(first))


async def test_an_import_does_not_take_out_what_was_changed_of_it_since(ask: Ask, store: Store) -> None:
    text = "https://quay.example/feed https://mole.example/feed"
    plan = buttons(await ask(f'source import text:"{text}"'))["Add 2 sources"]
    first = buttons(await ask(plan))["Undo"]
    second = buttons(await ask("source edit s5 name:Moles", asker="slack:U2"))["Undo"]
    assert f"Try: /watch {second}" in said(await ask(first))
    assert {link.feed for link in await store.channels.feeds(MAIN)} == {1, 2, 4, 5}
    assert not (await ask(second)).refused
    assert not (await ask(first)).refused
    assert {link.feed for link in await store.channels.feeds(MAIN)} == {1, 2}


async def test_a_promise_that_somebody_took_out_again_stays_out(ask: Ask, store: Store) -> None:
    assert await store.promises.open(new(1), at=NOON)
    first = buttons(await ask("promise drop p1"))["Undo"]
    await ask("promise restore p1", asker="slack:U2")
    await ask("promise drop p1", channel=OTHER, asker="shell:operator")
    told = said(await ask(first))
    assert "another channel changed p1." in told
    assert "Ada" not in told
    promise = await store.promises.get(1)
    assert promise is not None
    assert promise.dropped
