"""Forecasts of rules and exemplars claim only what was, over one notion of time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.announcing.announce import announce_updates
from tests.bot.commands.command_replies import said
from tests.contracts.store.store_builders import NOON, make_entry, make_report

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store


async def test_an_alert_came_anyway_only_if_the_channel_has_its_card(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    line = "rule test corvette days:30"
    told = said(await ask(line))
    assert "1 alert" in told
    assert "came anyway" not in told, "nobody was told of it yet"
    await announce_updates(store, clock=clock)
    assert "It came anyway." in said(await ask(line))


async def test_what_a_rule_alone_alerted_did_not_come_anyway(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    await announce_updates(store, clock=clock)
    await ask("settings set threshold 0.9")  # so that r1 alone speaks for the story
    told = said(await ask("rule test r1 days:30"))
    assert "1 alert" in told
    assert "came anyway" not in told


async def test_a_channel_without_a_source_is_told_so(ask: Ask) -> None:
    for number in (1, 2):
        await ask(f"source remove s{number}")
    none = "This channel reads no source, so there is nothing to hold"
    assert f"{none} it against." in said(await ask("rule add corvette"))
    assert f"{none} corvette against." in said(await ask("rule test corvette"))


async def test_sources_that_brought_nothing_are_told_of_as_that(ask: Ask, clock: SteppedClock) -> None:
    clock.move_to(NOON + timedelta(days=40))
    told = said(await ask("rule add corvette"))
    assert "No source of this channel brought anything in the last 30 days to hold it against." in told


async def test_exemplars_and_rules_look_back_over_what_was_published_then(ask: Ask, store: Store) -> None:
    """A source that was just added hands over what it published long ago."""
    old = replace(make_entry("ketch", seen=NOON), published=NOON - timedelta(days=20))
    (entry,) = await store.entries.add([old])
    await store.stories.save_reports([(make_report(entry), "store")])
    rule, exemplars = said(await ask("rule test corvette days:7")), said(await ask("exemplar check days:7"))
    assert "1 of 2 articles published in the last 7 days" in rule
    assert "Of 2 articles published in the last 7 days" in exemplars


async def test_what_rules_alert_is_not_counted_as_the_exemplars_doing(ask: Ask) -> None:
    told = said(await ask("exemplar check days:7"))
    assert "0 alert by the shared exemplars. 2 others alert by rules in any case." in told


async def test_what_the_figure_before_a_headline_is_stands_there(ask: Ask) -> None:
    assert "It is this one, behind its relevance\n0.80 The corvette" in said(await ask("rule add corvette"))
    assert "It is this one, behind its relevance" in said(await ask("rule test r1 days:30"))
