"""A rule that was taken out and brought back is the same one, and not a new one like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import buttons, rows, said
from tests.contracts.store.store_builders import MAIN, NOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

Dump = dict[str, list[tuple[object, ...]]]


async def test_it_has_its_own_number_and_its_mutes_again(ask: Ask, store: Store) -> None:
    await ask("rule add corvette name:later")
    await ask("mute add r1 for:always")
    removed = await ask("rule remove r1")
    await ask("rule add minehunter name:after")
    back = await ask(buttons(removed)["Undo"])
    assert "brought back r1 “ships”" in said(back)
    assert [row[0] for row in rows(await ask("rule list"))] == ["r1", "r3", "r4"]
    assert "ships" in said(await ask("mute list"))
    running = await store.mutes.running(MAIN, NOON)
    assert [one.target for one in running if one.kind == "rule"] == ["1"]


async def test_it_still_knows_what_it_found(ask: Ask) -> None:
    before = said(await ask("rule show r1"))
    assert "Latest matches" in before
    removed = await ask("rule remove r1")
    await ask(buttons(removed)["Undo"])
    assert said(await ask("rule show r1")) == before


async def test_taken_out_again_by_undo_it_comes_back_again(ask: Ask, store: Store) -> None:
    before = await store.watches.listed(MAIN)
    reply = await ask("rule remove r1")
    for _ in range(3):
        reply = await ask(buttons(reply)["Undo"])
    assert [one.watch for one in await store.watches.listed(MAIN)] == [one.watch for one in before]


@pytest.mark.parametrize(
    "line", ["rule restore r2 expression:x name:y", "rule restore r9 name:y expression:x"]
)
async def test_a_number_is_not_taken_by_typing_it(ask: Ask, dump: Callable[[], Dump], line: str) -> None:
    await ask("rule remove r1")
    before = dump()
    reply = await ask(line)
    assert reply.refused
    assert "comes back by Undo" in said(reply)
    assert dump() == before


async def test_it_does_not_come_back_beside_another_of_its_name(ask: Ask, store: Store) -> None:
    removed = await ask("rule remove r1")
    await ask("rule add corvette name:ships")
    reply = await ask(buttons(removed)["Undo"])
    assert reply.refused
    assert "There is a rule “ships” here already (r3)" in said(reply)
    await ask("rule edit r3 name:corvettes")
    assert not (await ask(buttons(removed)["Undo"])).refused
    assert [one.watch.number for one in await store.watches.listed(MAIN)] == [1, 3]


async def test_a_long_expression_is_cut_in_the_lines_that_everybody_sees(ask: Ask) -> None:
    ships = " OR ".join(f"corvette{n}" for n in range(60))
    added = await ask(f"rule add {ships} name:ships60")
    removed = await ask("rule remove r3")
    for reply in (added, await ask(buttons(removed)["Undo"])):
        line = reply.message.notice
        assert line.endswith("…")
        assert len(line) < 400
    assert ships in said(await ask("rule show r3"))
    edited = await ask("rule edit r3 expression:corvette")
    assert "no longer for corvette0 OR " in said(edited)
    assert "corvette59" not in said(edited)
    await ask(buttons(edited)["Undo"])
    assert ships in said(await ask("rule show r3"))
