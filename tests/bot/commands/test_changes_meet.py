"""Two people change one thing at once: nothing of either is lost. What cannot be written down is not done."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.commands import rules_change
from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import MAIN
from watchers.errors import StoreError
from watchers.store.audits import Audits
from watchers.store.channels import Channels

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from watchers.store.rows import Channel
    from watchers.store.store import Store
    from watchers.types import Watch

Dump = dict[str, list[tuple[object, ...]]]


async def main(store: Store) -> Channel:
    channel = await store.channels.get(MAIN)
    assert channel is not None
    return channel


async def rule(store: Store) -> Watch:
    return next(one.watch for one in await store.watches.listed(MAIN) if one.watch.number == 1)


async def test_settings_changed_at_once_are_all_kept(ask: Ask, store: Store) -> None:
    settings = ("budget 3", "quiet 22:00-07:00", "threshold 0.61", "language tr", "tz Asia/Tokyo", "lull 5m")
    replies = await asyncio.gather(*(ask(f"settings set {one}") for one in settings))
    assert not any(reply.refused for reply in replies)
    now = await main(store)
    assert (now.budget, now.quiet, now.threshold) == (3, "22:00-07:00", 0.61)
    assert (now.lang, now.timezone, now.lull) == ("tr", "Asia/Tokyo", 5)


async def test_setting_up_and_a_setting_changed_at_once_are_both_kept(ask: Ask, store: Store) -> None:
    await asyncio.gather(ask("setup lang:ja"), ask("settings set budget 4"), ask("setup tz:Asia/Tokyo"))
    now = await main(store)
    assert (now.lang, now.budget, now.timezone) == ("ja", 4, "Asia/Tokyo")


async def test_edits_of_one_rule_at_once_are_all_kept(ask: Ask, store: Store) -> None:
    edits = ("name:vessels", "alert:digest", "threshold:0.4", "expression:corvette")
    await asyncio.gather(*(ask(f"rule edit r1 {one}") for one in edits))
    now = await rule(store)
    assert (now.name, now.alert, now.threshold, now.expression) == ("vessels", "digest", 0.4, "corvette")


async def test_of_two_who_mute_one_thing_one_does_it(ask: Ask, store: Store) -> None:
    replies = await asyncio.gather(*(ask("mute add t1 for:always") for _ in range(4)))
    assert [reply.refused for reply in replies].count(False) == 1
    assert sum(one.kind == "story" for one in await store.mutes.listed(MAIN)) == 1


async def test_of_two_who_add_one_rule_the_second_is_told_which_it_is(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, together = rules_change.changed, asyncio.Barrier(3)

    async def then_all_together(*given: Any, **more: Any) -> Watch:  # noqa: ANN401
        found = await read(*given, **more)
        await together.wait()
        return found

    monkeypatch.setattr(rules_change, "changed", then_all_together)
    replies = await asyncio.gather(*(ask("rule add corvette") for _ in range(3)))
    refused = [said(reply) for reply in replies if reply.refused]
    assert len(refused) == 2
    assert all("Try: /watch rule show r3" in one for one in refused), refused


async def test_who_reads_along_is_noted_without_touching_what_was_set_meanwhile(
    ask: Ask, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Channels.get

    async def then_changed(self: Channels, channel_id: str) -> Channel | None:
        channel = await read(self, channel_id)
        assert channel is not None
        await store.channels.save(replace(channel, budget=3))
        return channel

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Channels, "get", then_changed)
        await ask("help", public=True)
    now = await main(store)
    assert (now.public, now.budget) == (True, 3)


@pytest.mark.parametrize(
    "line", ["settings set budget 3", "rule remove r1", "setup lang:tr", "rule pause r1"]
)
async def test_a_change_that_cannot_be_written_down_is_not_done(
    ask: Ask, dump: Callable[[], Dump], monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise StoreError("the database is away")

    before = dump()
    monkeypatch.setattr(Audits, "note", away)
    assert "the database is away" in said(await ask(line))
    assert dump() == before


async def test_of_many_presses_on_one_undo_one_does_it_and_the_others_are_told_so(
    ask: Ask, store: Store
) -> None:
    undo = buttons(await ask("settings set budget 3"))["Undo"]
    replies = await asyncio.gather(*(ask(undo) for _ in range(5)))
    assert [reply.refused for reply in replies].count(False) == 1
    late = [said(reply) for reply in replies if reply.refused]
    assert all(one.startswith("That was taken back already.") for one in late), late
    assert (await main(store)).budget == 8
    assert len(await store.audits.listed(MAIN)) == 2
