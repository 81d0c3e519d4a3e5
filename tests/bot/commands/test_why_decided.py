"""`why`: the one stage that decided, and what would have turned it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.announcing.announce import announce_updates
from tests.bot.commands.command_replies import buttons, said
from tests.bot.commands.why_articles import judged, lines, saved, table
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, make_entry, make_report
from watchers.types import Hit, Match, View, Watch

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store


@pytest.mark.parametrize(
    ("score", "evidence", "stage", "change", "command"),
    [
        pytest.param(
            0.627, True, "Relevance", "threshold 0.62", "settings set threshold 0.62", id="a little short"
        ),
        pytest.param(
            0.2, True, "Relevance", "a rule asked for", 'rule add "ketch" alert:usual', id="far short"
        ),
        pytest.param(
            0.8,
            False,
            "Evidence",
            "had named a person, firm or system",
            'rule add "ketch" alert:usual',
            id="no name",
        ),
        pytest.param(
            0.824, True, "Relevance", "the threshold 0.83", "settings set threshold 0.83", id="it alerted"
        ),
    ],
)
async def test_the_smallest_change_is_a_line_that_runs(
    ask: Ask, store: Store, *, score: float, evidence: bool, stage: str, change: str, command: str
) -> None:
    number = await saved(store, "ketch", judged(score, evidence=evidence))
    reply = await ask(f"/watch why a{number}")
    assert f"Decided at: {stage}." in said(reply)
    assert change in said(reply)
    assert command in buttons(reply).values()
    done = await ask(command)
    assert not done.refused, said(done)


async def test_lowering_the_threshold_as_told_lets_it_alert(ask: Ask, store: Store) -> None:
    number = await saved(store, "ketch", judged(0.627))
    await ask(next(c for c in buttons(await ask(f"why a{number}")).values() if c.startswith("settings")))
    assert table(await ask(f"why a{number}"))["Decision"] == "worth an alert"


async def test_a_mute_is_what_decided_and_its_end_the_change(ask: Ask, store: Store) -> None:
    number = await saved(store, "ketch", judged(0.8))
    known = await store.find.why(number)
    assert known is not None
    await ask(f"mute add t{known.story} for:3d")
    reply = await ask(f"why a{number}")
    assert "Decided at: Mutes." in said(reply)
    assert "mute off m3" in buttons(reply).values()
    assert table(reply)["Mutes"] == "m3 holds it"


async def test_an_archive_is_what_decided_for_a_feeds_first_articles(ask: Ask, store: Store) -> None:
    number = await saved(store, "ketch", judged(0.8), archive=True)
    reply = await ask(f"why a{number}")
    assert "Decided at: First poll." in said(reply)
    assert "Nothing in the settings would have turned it." in said(reply)


async def test_a_source_of_other_channels_is_what_decided_and_is_not_named(ask: Ask, store: Store) -> None:
    number = await saved(store, "ketch", judged(0.8), feed=3)
    reply = await ask(f"why a{number}")
    assert "Decided at: Fetched." in said(reply)
    assert "Secret" not in said(reply)
    assert "s3" not in said(reply)


async def test_the_way_of_a_card_is_told_to_its_delivery(ask: Ask, store: Store, clock: SteppedClock) -> None:
    await ask("settings set quiet 11:00-15:00")
    number = await saved(store, "ketch", judged(0.8))
    await announce_updates(store, clock=clock)
    told = table(await ask(f"why a{number}"))
    assert told["Quiet hours"] == "its card was held until 19 Aug 15:00"
    assert told["Delivery"] == "its card is waiting"
    later = NOON + timedelta(hours=4)
    while items := await store.outbox.lease(20, now=later, until=later + MINUTE):
        for item in items:
            await store.outbox.delivered(item, at=later, receipt=f"m{item.id}")
    told = table(await ask(f"why a{number}"))
    assert told["Delivery"] == "its card arrived 19 Aug 16:00"
    assert told["Told"] == "here"


async def test_the_budget_is_what_decided_for_a_story_over_it(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    await announce_updates(store, clock=clock)
    await ask("settings set budget 1")
    await saved(store, "yawl", judged(0.8))
    number = await saved(store, "ketch", judged(0.8))
    await announce_updates(store, clock=clock)
    reply = await ask(f"why a{number}")
    assert "Decided at: Budget." in said(reply)
    assert "the budget of 1 alerts a day was used up" in reply.message.notice
    assert "settings set budget 2" in buttons(reply).values()
    assert "1 story over it waits in the next digest" in said(await ask("status"))


async def test_a_likeness_is_a_stage_of_its_own_and_can_be_what_is_short(ask: Ask, store: Store) -> None:
    added = await store.watches.add(
        Watch(number=0, channel=MAIN, name="like it", expression="ketch", kind="like", alert="")
    )
    (entry,) = await store.entries.add([make_entry("ketch", title="The ketch rows", seen=NOON - MINUTE)])
    hit = Hit(term="ketch", scope="title", start=4, end=9)
    report = replace(
        make_report(entry, facts=()),
        relevance=judged(0.1),
        matches=(Match(watch=added.number, channel=MAIN, hits=(hit,)),),
        mentions=(),
        views=(View(beat=f"r{added.number}", relevance=judged(0.655)),),
    )
    await store.stories.save_reports([(report, "digest")])
    reply = await ask(f"why a{entry.number}")
    assert table(reply)["Likenesses"] == f"like it (r{added.number}): 0.66 of 0.70"
    assert table(reply)["Watch rules"] == "none of 1 met"
    assert lines(reply)[0].mention == "ketch"
    assert f"rule edit r{added.number} threshold:0.65" in buttons(reply).values()
