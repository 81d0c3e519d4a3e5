"""`story follow`: whoever follows is called once, in the channel where they said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.announcing.audiences import audiences, pinged
from tests.bot.commands.command_replies import said
from tests.contracts.store.store_builders import MAIN, NOON, make_letter
from watchers.store.rows import Channel

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

FIRST, SECOND = "slack:C1", "slack:C2"
OTHER = "slack:C9"  # reads nothing of what the others do


@pytest.fixture
async def bound(store: Store) -> Store:
    """Bind two channels of Slack to the main one, so that all three tell the same stories."""
    for channel in (FIRST, SECOND):
        await store.channels.save(Channel(id=channel, name="Desk", bound_to=MAIN))
    return store


async def called(store: Store) -> dict[str, tuple[str, ...]]:
    """Return by channel who is pinged beneath the first story's card, those who ping nobody left out."""
    found = {one.channel: await pinged(store, 1, one) for one in await audiences(store)}
    return {channel: people for channel, people in found.items() if people}


async def tell(store: Store, *channels: str) -> None:
    """Let channels have the first story's card."""
    for channel in channels:
        number = await store.outbox.enqueue(make_letter(f"{channel}/card", channel=channel, story=1))
        assert number is not None
        await store.announcements.note_card(1, channel, outbox=number)


async def test_of_bound_channels_the_one_where_somebody_follows_calls_them(ask: Ask, bound: Store) -> None:
    await ask("story follow t1", channel=FIRST, asker="slack:U7")
    assert await called(bound) == {FIRST: ("user:U7",)}


async def test_who_follows_elsewhere_too_is_called_there_alone(ask: Ask, bound: Store) -> None:
    await ask("story follow t1", channel=FIRST, asker="slack:U7")
    await ask("story follow t1", channel=SECOND, asker="slack:U7")
    assert await called(bound) == {SECOND: ("user:U7",)}
    assert "no more" in said(await ask("story unfollow t1", channel=FIRST, asker="slack:U7"))
    assert await called(bound) == {}


async def test_a_channel_that_hears_nothing_of_a_story_takes_no_one_from_where_it_is_told(
    ask: Ask, bound: Store
) -> None:
    await ask("story follow t1", channel=FIRST, asker="slack:U7")
    reply = await ask("story follow t1", channel=OTHER, asker="slack:U7")
    assert reply.refused
    assert "This channel reads no source of t1" in said(reply)
    assert "Try: /watch story show t1" in said(reply)
    assert await called(bound) == {FIRST: ("user:U7",)}


async def test_a_channel_with_its_card_calls_also_when_it_reads_the_source_no_more(
    ask: Ask, bound: Store
) -> None:
    await tell(bound, OTHER)
    assert not (await ask("story follow t1", channel=OTHER, asker="slack:U7")).refused
    assert await called(bound) == {OTHER: ("user:U7",)}


@pytest.mark.usefixtures("bound")
async def test_a_follow_that_moves_says_where_it_ends(ask: Ask, store: Store) -> None:
    first = await ask("story follow t1", channel=MAIN, asker="slack:U7")
    assert "You are pinged here when it changes." in said(first)
    assert "and no longer in “Main”." in said(await ask("story follow t1", channel=FIRST, asker="slack:U7"))
    await store.channels.save(Channel(id=FIRST, name="Renamed", bound_to=MAIN))
    moved = await ask("story follow t1", channel=SECOND, asker="slack:U7")
    assert "and no longer in “Renamed”." in said(moved)
    assert moved.shown == "asker"
    assert "You follow already" in said(await ask("story follow t1", channel=SECOND, asker="slack:U7"))


@pytest.mark.parametrize(
    ("told", "calls"),
    [
        pytest.param((MAIN, FIRST, SECOND), FIRST, id="the first of those that can call them"),
        pytest.param((SECOND,), SECOND, id="the only one with a card"),
    ],
)
async def test_who_follows_where_they_cannot_be_called_is_called_where_its_rules_are_shared(
    bound: Store, told: tuple[str, ...], calls: str
) -> None:
    await bound.followers.follow(1, MAIN, "slack:U5")  # as an earlier release kept what was asked in FIRST
    await tell(bound, *told)
    assert await called(bound) == {calls: ("user:U5",)}


async def test_who_can_be_called_in_the_channel_they_chose_is_called_in_no_other(bound: Store) -> None:
    home = "slack:C0"
    await bound.channels.save(Channel(id=home, name="Home"))
    for channel in (FIRST, SECOND):
        await bound.channels.save(Channel(id=channel, name="Desk", bound_to=home))
    await bound.followers.follow(1, home, "slack:U5")
    await tell(bound, home, FIRST, SECOND)
    assert await called(bound) == {home: ("user:U5",)}


@pytest.mark.parametrize(
    ("closed", "calls"),
    [
        pytest.param((FIRST,), SECOND, id="the next one that is open"),
        pytest.param((SECOND,), FIRST, id="the first, which is open"),
        pytest.param((FIRST, SECOND), "", id="none is open"),
    ],
)
async def test_a_channel_that_let_the_bot_go_calls_nobody_for_another(
    bound: Store, closed: tuple[str, ...], calls: str
) -> None:
    await bound.followers.follow(1, MAIN, "slack:U5")
    await tell(bound, FIRST, SECOND)
    for channel in closed:
        await bound.channels.close(channel, why="the bot was removed", at=NOON)
    assert await called(bound) == ({calls: ("user:U5",)} if calls else {})


async def test_a_channel_tried_again_after_a_restart_calls_where_no_other_can(bound: Store) -> None:
    await bound.followers.follow(1, MAIN, "slack:U5")
    await tell(bound, FIRST)
    await bound.channels.close(FIRST, why="the bot was removed", at=NOON)
    await bound.channels.reopen()
    assert await called(bound) == {FIRST: ("user:U5",)}
    await tell(bound, SECOND)
    assert await called(bound) == {SECOND: ("user:U5",)}


async def test_who_follows_in_a_home_that_is_closed_is_called_where_its_rules_are_shared(
    bound: Store,
) -> None:
    home = "slack:C0"
    await bound.channels.save(Channel(id=home, name="Home"))
    for channel in (FIRST, SECOND):
        await bound.channels.save(Channel(id=channel, name="Desk", bound_to=home))
    await bound.followers.follow(1, home, "slack:U5")
    await tell(bound, home, FIRST, SECOND)
    await bound.channels.close(home, why="the bot was removed", at=NOON)
    assert (await called(bound))[FIRST] == ("user:U5",)
    assert SECOND not in await called(bound)
    await bound.channels.reopen()  # with the next start: it is tried again, and calls its people itself
    assert await called(bound) == {home: ("user:U5",)}
