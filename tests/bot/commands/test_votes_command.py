"""`vote`: what people of a channel find useful."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.announcing.alerts import decision
from bot.announcing.audiences import audiences
from bot.announcing.tastes import learnt
from bot.commands.learnt import lines
from tests.bot.commands.command_replies import rows, said
from tests.bot.commands.exemplar_news import bring
from tests.contracts.store.store_builders import MAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store
    from watchers.types import Report

OTHER = "slack:C9"


async def judged(store: Store, channel: str, reports: Sequence[Report]) -> list[float]:
    """Return the scores that a channel gives."""
    (audience,) = [one for one in await audiences(store) if one.channel == channel]
    return [audience.judged(report).score for report in reports]


async def test_anyone_votes_in_private_and_a_second_press_takes_it_back(ask: Ask) -> None:
    reply = await ask("vote up t1", manages=False)
    assert reply.shown == "asker"
    assert "t1 has 1 for and 0 against." in said(reply)
    again = await ask("vote up t1", manages=False)
    assert "Taken back" in said(again)
    assert "t1 has 0 for and 0 against." in said(again)


async def test_a_press_on_the_other_button_changes_the_vote(ask: Ask) -> None:
    await ask("vote up t1")
    assert "t1 has 0 for and 1 against." in said(await ask("vote down t1"))


async def test_each_person_has_a_vote(ask: Ask) -> None:
    await ask("vote up t1", asker="slack:U1")
    assert "t1 has 2 for and 0 against." in said(await ask("vote up t1", asker="slack:U2"))


async def test_a_bound_channel_votes_where_the_rules_are(ask: Ask, store: Store) -> None:
    await ask('settings set bind "preview:main"', channel="slack:C9", asker="shell:operator")
    await ask("vote up t1", channel="slack:C9")
    assert (await store.votes.tally(MAIN, 1)).up == 1


async def test_a_story_that_is_not_there_gets_no_vote(ask: Ask) -> None:
    assert (await ask("vote up t99")).refused


async def test_a_vote_moves_the_score_here_and_a_second_press_brings_it_back_exactly(
    ask: Ask, store: Store
) -> None:
    reports = await bring(store)
    before = await judged(store, MAIN, reports)
    told = said(await ask("vote up t10", asker="slack:U1"))
    assert "With this its relevance here is" in told
    once = await judged(store, MAIN, reports)
    assert once != before
    await ask("vote down t20", asker="slack:U2")
    assert await judged(store, MAIN, reports) != once
    await ask("vote down t20", asker="slack:U2")
    assert await judged(store, MAIN, reports) == once
    assert "With this its relevance here is" in said(await ask("vote up t10", asker="slack:U1"))
    assert await judged(store, MAIN, reports) == before


async def test_votes_teach_their_own_channel_and_those_bound_to_it(ask: Ask, store: Store) -> None:
    reports = await bring(store)
    before = await judged(store, OTHER, reports)
    await ask("vote up t10")
    assert await judged(store, OTHER, reports) == before
    await ask('settings set bind "preview:main"', channel=OTHER, asker="shell:operator")
    assert await judged(store, OTHER, reports) == await judged(store, MAIN, reports) != before


async def test_voters_of_two_minds_pull_less_than_one(ask: Ask, store: Store) -> None:
    reports = await bring(store)
    number, score = 10, dict[str, float]()
    plain = await judged(store, MAIN, reports)
    for who, vote in (("slack:U1", "up"), ("slack:U2", "up"), ("slack:U3", "down")):
        await ask(f"vote {vote} t{number}", asker=who)
        score[who] = (await judged(store, MAIN, reports))[number - 2]
    assert score["slack:U1"] == score["slack:U2"] > score["slack:U3"] > plain[number - 2]


async def test_what_votes_taught_is_listed_with_the_strongest_first(ask: Ask, store: Store) -> None:
    await bring(store)
    assert "Nobody voted here yet" in said(await ask("exemplar list from:feedback", manages=False))
    await ask("vote up t10", asker="slack:U1")
    await ask("vote up t10", asker="slack:U2")
    await ask("vote down t20", asker="slack:U1")
    reply = await ask("exemplar list from:feedback", manages=False)
    assert "Votes on 2 stories: 2 for, 1 against" in said(reply)
    assert "Scores in general" in said(reply)
    found = {row[0].split()[0]: row for row in rows(reply)}
    assert found["t10"][1] == "👍 2 · 👎 0"
    assert float(found["t10"][3]) > 0 > float(found["t20"][3])


async def test_whose_votes_they_were_is_exported_for_who_manages_and_for_oneself(
    ask: Ask, store: Store
) -> None:
    await bring(store)
    await ask("vote up t10", asker="slack:U1")
    await ask("vote down t10", asker="slack:U2")

    async def named(*, manages: bool) -> list[str]:
        reply = await ask("export feedback as:csv", asker="slack:U2", manages=manages)
        assert reply.file is not None
        return sorted(row["who"] for row in csv.DictReader(io.StringIO(reply.file.body.decode("utf-8-sig"))))

    assert await named(manages=True) == ["slack:U1", "slack:U2"]
    assert await named(manages=False) == ["", "slack:U2"]


async def test_what_votes_did_to_an_article_is_told_in_words(ask: Ask, store: Store) -> None:
    reports = await bring(store)
    (audience,) = [one for one in await audiences(store) if one.channel == MAIN]
    assert lines(audience, reports[8]) == ()
    await ask("vote up t10")
    (audience,) = [one for one in await audiences(store) if one.channel == MAIN]
    first, second = lines(audience, reports[8])
    assert first.startswith(f"Votes on 1 story here move it from {reports[8].relevance.score:.2f} to ")
    assert f"“{reports[8].entry.title}” (voted for, +" in second
    assert lines(audience, reports[8]) == (first, second)


async def test_learning_is_done_once_for_the_same_votes(ask: Ask, store: Store) -> None:
    await bring(store)
    await ask("vote up t10")
    first, second = (await learnt(store))[MAIN], (await learnt(store))[MAIN]
    assert first is second
    await ask("vote down t20")
    assert (await learnt(store))[MAIN] is not first


async def test_votes_lift_what_is_doubtful_into_the_alerts(ask: Ask, store: Store) -> None:
    reports = await bring(store)
    doubtful = max((r for r in reports if r.relevance.evidence), key=lambda r: _below(r.relevance.score))
    (before,) = [one for one in await audiences(store) if one.channel == MAIN]
    strict = replace(before, threshold=doubtful.relevance.score + 0.01)
    assert decision([doubtful], strict) not in {"now", "urgent"}
    await ask(f"vote up t{doubtful.entry.number - 1}")
    (after,) = [one for one in await audiences(store) if one.channel == MAIN]
    assert decision([doubtful], replace(strict, taste=after.taste)) in {"now", "urgent"}


def _below(score: float) -> float:
    return score if score < 0.9 else 0.0
