"""`why` of an article whose story has a card here although nothing of it is told now, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.announcing.announce import announce_updates
from tests.bot.commands.command_replies import rows, said
from tests.contracts.store.store_builders import MINUTE, NOON, save_story

if TYPE_CHECKING:
    from bot.commands.request import Reply
    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store


def table(reply: Reply) -> dict[str, str]:
    return {row[0]: row[1] for row in rows(reply)}


@pytest.fixture
async def carded(store: Store, clock: SteppedClock) -> None:
    """Tell the main channel of t1, which a1 opened and a2 joined."""
    await announce_updates(store, clock=clock)
    while items := await store.outbox.lease(20, now=NOON, until=NOON + MINUTE):
        for item in items:
            await store.outbox.delivered(item, at=NOON, receipt=f"m{item.id}")


@pytest.mark.usefixtures("carded")
@pytest.mark.parametrize(
    ("line", "stage", "because"),
    [
        pytest.param(
            "mute add s1 for:3d", "Mutes", "its source is muted here by Ada (m3)", id="a muted source"
        ),
        pytest.param(
            "mute add t1 for:3d", "Mutes", "its story is muted here by Ada (m3)", id="a muted story"
        ),
        pytest.param(
            "mute add sails for:3d", "Mutes", "the words sails are muted here by Ada (m3)", id="muted words"
        ),
        pytest.param("source pause s1", "Fetched", "this channel does not read its source", id="paused"),
        pytest.param("source remove s1", "Fetched", "this channel does not read its source", id="taken out"),
    ],
)
async def test_what_holds_an_article_now_leaves_standing_that_its_story_was_told(
    ask: Ask, line: str, stage: str, because: str
) -> None:
    assert not (await ask(line)).refused
    reply = await ask("why a1")
    assert f"t1 has a card here; nothing of this article is told here now: {because}." in said(reply)
    assert f"Decided at: {stage}." in said(reply)
    assert "It is not told here" not in said(reply)
    assert table(reply)["Delivery"].startswith("its card arrived")


@pytest.mark.usefixtures("store")
async def test_what_was_never_told_is_said_not_to_be_told(ask: Ask) -> None:
    await ask("source pause s1")
    assert "It is not told here: this channel does not read its source." in said(await ask("why a1"))


@pytest.mark.usefixtures("carded")
async def test_a_report_that_joined_says_that_the_card_is_the_storys(ask: Ask) -> None:
    first, second = table(await ask("why a1")), table(await ask("why a2"))
    assert first["Delivery"].startswith("its card arrived")
    assert first["Told"] == "here"
    assert second["Delivery"].startswith("the card of t1 arrived")
    assert second["Told"] == "here, by the card of t1"


@pytest.mark.usefixtures("carded")
async def test_a_threshold_beyond_the_scale_is_no_change_to_propose(ask: Ask, store: Store) -> None:
    await ask("rule pause r1")
    await save_story(store, "ketch", score=0.999)
    told = said(await ask("why a3"))
    assert "its relevance 1.00 reaches" in told
    assert "with the threshold" not in told
    await save_story(store, "yawl", score=0.856)
    assert "with the threshold 0.87 it would not have alerted" in said(await ask("why a4"))
