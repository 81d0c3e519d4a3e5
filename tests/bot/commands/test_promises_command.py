"""Promises asked for: which are listed, page by page, and a wrong reading taken out and put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.messages import Facts
from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import NOON
from tests.contracts.store.test_store_promises import DUE, FRIGATE, KEPT, new
from watchers.ledger.cues import found_by

if TYPE_CHECKING:
    from bot.commands.request import Reply
    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store


def labels(reply: Reply) -> list[str]:
    return [line.label for block in reply.message.blocks if isinstance(block, Facts) for line in block.lines]


@pytest.fixture
async def ledger(store: Store) -> Store:
    """Open three promises of t1: one soon, one kept, one of a firm of the gazetteer far ahead."""
    soon, far = (NOON + timedelta(days=30)).date(), date(2031, 6, 30)
    made = [
        (soon, ("Halvorsen Marine", "")),
        (DUE, ("Halvorsen Marine", "")),
        (far, ("Baykar", "org:baykar")),
    ]
    for due, name in made:
        promise = replace(FRIGATE, due=due, sentence=f"{name[0]} will deliver by {due}.", words=f"{due}")
        one = replace(new(1, promise), called=(name,), tokens=found_by([name]))
        assert await store.promises.open(one, at=NOON)
    await store.promises.rule(2, KEPT, entry=2, at=NOON)
    return store


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        pytest.param("promises", ["p1", "p3"], id="the open ones"),
        pytest.param("promises due:90d", ["p1"], id="within a time"),
        pytest.param("promises due:2031-12-31", ["p1", "p3"], id="by a date"),
        pytest.param("promises state:kept", ["p2"], id="of a state"),
        pytest.param("promises of:Halvorsen", ["p1", "p2"], id="of a name, in any state"),
        pytest.param('promises of:"Halvorsen Marine"', ["p1", "p2"], id="of a name of two words"),
        pytest.param("promises of:バイカル", ["p3"], id="of a known firm in another script"),
        pytest.param("promises of:Redmere", [], id="of nobody"),
    ],
)
async def test_promises_are_listed_the_first_due_first(ask: Ask, asked: str, wanted: list[str]) -> None:
    reply = await ask(asked)
    assert not reply.refused
    named = [label.partition(" ")[0] for label in labels(reply)]
    assert [name for name in named if name.startswith("p")] == wanted
    if not wanted:
        assert "no such promise" in said(reply)


@pytest.mark.usefixtures("ledger")
async def test_one_that_was_kept_stands_there_with_both_sentences(ask: Ask) -> None:
    text = said(await ask("promises state:kept"))
    for part in ("p2 · 31 Dec 2027 · kept", "by 2027-12-31", KEPT.sentence, "Coast Post (a2)", "t1"):
        assert part in text


async def test_a_long_list_has_pages_and_one_past_the_end_is_the_last(ask: Ask, store: Store) -> None:
    for n in range(20):
        assert await store.promises.open(new(1, replace(FRIGATE, due=DUE + timedelta(days=n))), at=NOON)
    first, last = await ask("promises"), await ask("promises page:9")
    assert len(labels(first)) == 8
    assert buttons(first)["Next"] == "promises page:2"
    assert [label.partition(" ")[0] for label in labels(last)] == ["p17", "p18", "p19", "p20"]
    assert "Page 3 of 3" in said(last)


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("promises due:soon", "due takes a time"),
        ("promises due:0d", "due takes a time"),
        ("promises due:2026-02-30", "due takes a time"),
        ("promises state:broken", "open, kept, slipped or silent"),
        ("promises page:0", "page takes a number"),
        ("promises of:of", "names too many"),
        ("promise drop p99", "no promise"),
        ("promise drop frigate", "no promise"),
        ("promise restore p1", "followed already"),
    ],
)
async def test_what_cannot_be_done_is_refused_with_a_line_that_works(ask: Ask, asked: str, part: str) -> None:
    reply = await ask(asked)
    assert reply.refused
    assert part in said(reply)
    assert "/watch promises" in said(reply)


@pytest.mark.usefixtures("ledger")
async def test_a_wrong_reading_is_taken_out_with_an_undo_that_puts_it_back(ask: Ask) -> None:
    reply = await ask("promise drop P1")
    assert reply.shown == "channel"
    assert "Ada took p1 out of the ledger: “Halvorsen Marine will deliver" in said(reply)
    assert labels(await ask("promises due:90d")) == []
    assert (await ask("promise drop p1")).refused
    back = await ask(buttons(reply)["Undo"])
    assert "follows p1 again" in said(back)
    assert len(labels(await ask("promises due:90d"))) == 1
    assert "took p1 out" in said(await ask("settings audit"))


@pytest.mark.usefixtures("ledger")
async def test_only_those_who_manage_the_channel_take_a_promise_out(ask: Ask) -> None:
    assert (await ask("promise drop p1", manages=False)).refused
    assert not (await ask("promises", manages=False)).refused
    assert len(labels(await ask("promises due:90d"))) == 1


@pytest.mark.usefixtures("ledger")
async def test_a_storys_timeline_has_its_promises(ask: Ask) -> None:
    text = said(await ask("story timeline t1"))
    assert "Promises in this story" in text
    assert "p3 · 30 Jun 2031 · open" in text


@pytest.mark.usefixtures("ledger")
async def test_one_promise_is_not_several(ask: Ask) -> None:
    assert (await ask("promises due:90d")).message.notice == "1 promise"
    assert (await ask("promises")).message.notice == "2 promises"
