"""What one channel changes of the rules and sources that it shares, the others read in their own list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import buttons, rows, said
from tests.contracts.store.store_builders import MAIN

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

OTHER, THIRD, OPERATOR = "slack:C9", "slack:C7", "shell:operator"


@pytest.fixture
async def bound(ask: Ask) -> None:
    """Let two channels share what the main one has."""
    await ask("setup tz:Asia/Tokyo", channel=THIRD)
    for channel in (OTHER, THIRD):
        await ask(f'settings set bind "{MAIN}"', channel=channel, asker=OPERATOR)


@pytest.mark.usefixtures("bound")
@pytest.mark.parametrize(
    "line",
    [
        "rule pause r1",
        "source edit s1 tag:press",
        "settings set threshold 0.5",
        "setup keywords:frigate lang:tr",
        "mute add t1 for:always",
    ],
)
async def test_a_change_of_what_is_shared_stands_in_the_list_of_each(ask: Ask, line: str) -> None:
    await ask(line, channel=OTHER)
    (here, *_) = rows(await ask("settings audit", channel=OTHER))
    for channel in (MAIN, THIRD):
        (there, *_) = rows(await ask("settings audit", channel=channel))
        assert (there[0], there[3]) == (here[0], here[3])
        assert (here[2], there[2]) == ("Ada", "Ada in “Elsewhere”")


@pytest.mark.usefixtures("bound")
async def test_a_setting_of_one_channel_alone_stands_in_its_own_list(ask: Ask) -> None:
    before = rows(await ask("settings audit", channel=THIRD))
    await ask("settings set quiet 22:00-07:00", channel=OTHER)
    await ask("digest schedule at:06:00", channel=OTHER)
    assert "Nothing was changed" in said(await ask("settings audit"))
    assert rows(await ask("settings audit", channel=THIRD)) == before


@pytest.mark.usefixtures("bound")
async def test_it_is_taken_back_from_any_of_them_once(ask: Ask, store: Store) -> None:
    undo = buttons(await ask("rule pause r1", channel=OTHER))["Undo"]
    assert (await ask(undo, manages=False)).refused
    assert not (await ask(undo)).refused
    assert (await ask(undo, channel=THIRD)).refused
    assert (await store.watches.listed(MAIN))[0].active
    (newest, *_) = rows(await ask("settings audit", channel=OTHER))
    assert newest[3].startswith("took back u")


@pytest.mark.usefixtures("bound")
async def test_what_is_a_channels_own_is_not_taken_back_from_another(ask: Ask, store: Store) -> None:
    own = buttons(await ask("settings set quiet 22:00-07:00", channel=OTHER))["Undo"]
    both = buttons(await ask("setup keywords:frigate lang:tr", channel=OTHER))["Undo"]
    assert "There is no change" in said(await ask(own))
    assert "take it back there" in said(await ask(both))
    assert not (await ask(both, channel=OTHER)).refused
    other = await store.channels.get(OTHER)
    assert other is not None
    assert (other.lang, other.quiet) == ("en", "22:00-07:00")


@pytest.mark.usefixtures("bound")
async def test_a_newer_change_from_another_channel_stands_in_the_way(ask: Ask) -> None:
    first = buttons(await ask("rule edit r1 name:boats"))["Undo"]
    await ask("rule edit r1 name:vessels", channel=OTHER)
    assert "changed since" in said(await ask(first))


@pytest.mark.usefixtures("bound")
@pytest.mark.parametrize("line", ["settings set threshold 0.5", "rule remove r1"])
async def test_what_was_shared_is_not_taken_back_on_what_a_channel_has_since(
    ask: Ask, store: Store, line: str
) -> None:
    undo = buttons(await ask(line, channel=OTHER))["Undo"]
    await ask("settings set bind off", channel=OTHER, asker=OPERATOR)
    other = await store.channels.get(OTHER)
    assert "does not share now" in said(await ask(undo, channel=OTHER))
    assert await store.channels.get(OTHER) == other
    assert [one.watch.number for one in await store.watches.listed(OTHER)] == [2]
    assert not (await ask(undo)).refused


@pytest.mark.usefixtures("bound")
async def test_where_outsiders_read_along_it_holds_what_was_changed_there_alone(
    ask: Ask, store: Store
) -> None:
    elsewhere = await ask("rule edit r1 name:Nightfall")
    await ask("settings set visibility public", channel=OTHER)
    own = await ask("rule pause r1", channel=OTHER)
    for public in (False, True):  # as its setting says, and as its platform does
        listed = rows(await ask("settings audit", channel=OTHER, public=public))
        assert [line for *_, line in listed][:2] == [
            "paused r1 “Nightfall”",
            "noted that people outside the team can read this channel",
        ]
        assert not [row for row in listed if "called" in row[3]]
    assert "There is no change" in said(await ask(buttons(elsewhere)["Undo"], channel=OTHER))
    assert not (await ask(buttons(own)["Undo"], channel=OTHER)).refused
    assert (await store.watches.listed(MAIN))[0].active


@pytest.mark.usefixtures("bound")
async def test_who_does_not_manage_reads_what_was_changed_in_their_own_channel_alone(ask: Ask) -> None:
    await ask("rule edit r1 name:Nightfall")
    await ask("rule pause r1", channel=THIRD)
    listed = rows(await ask("settings audit", channel=THIRD, manages=False))
    assert listed[0][3] == "paused r1 “Nightfall”"
    assert not [row for row in listed if "called" in row[3]]
    assert "called “Nightfall”" in rows(await ask("settings audit", channel=THIRD))[1][3]


@pytest.mark.usefixtures("bound")
async def test_what_a_manager_shares_holds_what_was_changed_in_that_channel_alone(ask: Ask) -> None:
    await ask("rule pause r1", channel=THIRD)
    await ask("rule edit r1 name:Nightfall")
    listed = await ask("settings audit", channel=THIRD)
    assert "called “Nightfall”" in rows(listed)[0][3]
    shared = await ask(buttons(listed)["Share"], channel=THIRD)
    assert shared.shown == "channel"
    assert rows(shared)[0][3].startswith("paused r1")
    assert not [row for row in rows(shared) if "called" in row[3] or "in “" in row[2]]


@pytest.mark.usefixtures("bound")
async def test_what_a_manager_shares_of_a_later_page_is_a_page_that_there_is(ask: Ask) -> None:
    await ask("rule pause r1", channel=THIRD)
    for hour in range(1, 22):
        await ask(f"source edit s1 every:{hour}h name:Docks{hour}", asker=OPERATOR)
    listed = await ask("settings audit page:2", channel=THIRD)
    assert "Page 2 of 2" in said(listed)
    shared = await ask(buttons(listed)["Share"], channel=THIRD)
    assert shared.shown == "channel"
    assert rows(shared)[0][3].startswith("paused r1")


async def test_channels_that_share_nothing_read_nothing_of_each_other(ask: Ask) -> None:
    await ask("rule pause r2", channel=OTHER)
    assert "Nothing was changed" in said(await ask("settings audit"))
    assert (await ask("undo u1")).refused
