"""What an exemplar changes: foretold before it is kept, true of every score then, and checked afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.announcing.alerts import decision
from bot.announcing.audiences import audiences
from bot.commands.exemplars_preview import Forecast, Moved, asked, days_of, in_force, nearest_of
from bot.commands.forms import FORMS
from bot.commands.parse import parse
from bot.errors import CommandError
from bot.messages import Links
from tests.bot.commands.command_replies import buttons, rows, said
from tests.bot.commands.exemplar_news import K2, LENS, bring, effective, grades, typed
from tests.contracts.store.store_builders import MAIN, NOON, make_entry, make_report
from watchers.lens import judge_again
from watchers.store.rows import Channel
from watchers.types import View

if TYPE_CHECKING:
    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store
    from watchers.types import Relevance, Report


async def test_the_preview_names_what_would_newly_alert_and_keeping_does_just_that(
    ask: Ask, store: Store
) -> None:
    reports = await bring(store)
    reply = await ask(f"exemplar add {typed(K2)}")
    told = said(reply)
    newly = [row for row in rows(reply) if "→" in row[1]]
    assert newly
    await ask(buttons(reply)["Keep"])

    (audience,) = [one for one in await audiences(store) if one.channel == MAIN]
    judged = judge_again(LENS, await effective(store), reports)
    alerts = {
        f"a{report.entry.number}"
        for report, relevance in zip(reports, judged, strict=True)
        if decision([seen(report, relevance)], audience) in {"urgent", "now"}
    }
    before = {f"a{r.entry.number}" for r in reports if decision([r], audience) in {"urgent", "now"}}
    count = f"{len(alerts - before)} would newly alert and {len(before - alerts)} would alert no longer"
    assert f"Of the 62 articles of this channel's sources published in the last 7 days, {count}" in told
    assert {row[0].split()[0] for row in newly} <= alerts - before
    title = newly[0][0].partition(" ")[2]
    assert grades()[title] >= 2
    was, now = newly[0][1].split(" → ")
    assert float(was) < 0.7 <= float(now)


def seen(report: Report, relevance: Relevance) -> Report:
    return replace(report, views=(View(beat=MAIN, relevance=relevance),))


def test_five_of_a_kind_are_named_and_the_rest_counted() -> None:
    reports = tuple(make_report(make_entry(f"e{n}", title=f"Number {n}")) for n in range(8))
    moved = tuple(Moved(report=one, before=0.123, after=0.456 + n / 10) for n, one in enumerate(reports[:7]))
    found = Forecast(days=1, reports=reports, alerts=(0, 7), newly=moved, no_longer=())
    reply = asked("It would be so.", found, keep="exemplar add x1 keep:yes", again="exemplar add x1")
    assert rows(reply)[0] == ("a0 Number 0", "0.12 → 0.46")
    assert len(rows(reply)) == 5
    assert "and 2 more" in said(reply)
    assert "in the last day, 7 would newly alert and 0 would alert no longer" in said(reply)


def test_an_article_is_not_its_own_nearest() -> None:
    base = make_report(make_entry("tanks"))
    given, other = (
        replace(base, entry=replace(base.entry, title=title), vector=np.array(vector, dtype=np.float32))
        for title, vector in (("A tank deal", [1.0, 0.0]), ("Another", [0.6, 0.8]))
    )
    (links,) = nearest_of(given, (given, other))
    assert isinstance(links, Links)
    assert [link.text for link in links.links] == ["Another (a0, 0.60)"]
    assert nearest_of(given, (given,)) == ()


async def test_removing_restores_every_score_exactly(ask: Ask, store: Store) -> None:
    reports = await bring(store)
    before = judge_again(LENS, await effective(store), reports)
    await ask(f"exemplar add {typed(K2)} keep:yes")
    during = judge_again(LENS, await effective(store), reports)
    assert during != before
    removed = await ask("exemplar remove x1 keep:yes")
    assert judge_again(LENS, await effective(store), reports) == before
    await ask(buttons(removed)["Undo"])
    assert judge_again(LENS, await effective(store), reports) == during


async def test_a_bad_exemplar_lowers_what_is_like_it(ask: Ask, store: Store) -> None:
    reports = await bring(store)
    await ask(f"exemplar add {typed(K2)} keep:yes")
    loud = max(
        zip(judge_again(LENS, await effective(store), reports), reports, strict=True),
        key=lambda pair: pair[0].score if grades()[pair[1].entry.title] == 0 else 0.0,
    )
    await ask(f"exemplar add a{loud[1].entry.number} bad keep:yes")
    (after,) = judge_again(LENS, await effective(store), (loud[1],))
    assert after.score < loud[0].score


async def test_the_preview_looks_at_this_channels_sources_and_days_alone(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    await bring(store, feed=3)
    assert "Of the 2 articles" in said(await ask(f"exemplar add {typed(K2)}"))
    clock.move_to(NOON + timedelta(days=8))
    reply = await ask(f"exemplar add {typed(K2)}")
    assert "brought nothing in the last 7 days" in said(reply)
    assert buttons(reply)["Look back 30 days"] == "exemplar add x1 days:30"
    assert "Of the 2 articles" in said(await ask("exemplar add x1 days:30"))


async def test_check_tells_how_the_exemplars_find_each_other(ask: Ask, store: Store) -> None:
    await bring(store)
    alone = said(await ask("exemplar check"))
    assert "no exemplars of its own yet" in alone
    assert "Nobody voted here yet" in alone
    await ask(f"exemplar add {typed(K2)} keep:yes")
    reply = await ask("exemplar check days:30")
    found = {row[0]: row for row in rows(reply)}
    assert set(found) == {"x1", "shared"}
    without, together = found["x1"][3].split(" → ")
    assert float(without) < float(together)
    assert "by the shared exemplars alone and" in said(reply)
    await ask("exemplar remove shared keep:yes")
    (row,) = rows(await ask("exemplar check"))
    assert row[3].startswith("nothing else to find it by →")


async def test_check_holds_the_scores_against_the_votes(ask: Ask) -> None:
    await ask("vote up t1")
    assert "Of 1 story voted on, the scores without the votes agree with 1" in said(
        await ask("exemplar check")
    )


@pytest.mark.parametrize("base", [True, False], ids=["with the shared ones", "without them"])
@pytest.mark.parametrize("kinds", ["", "good", "bad", "good bad", "bad good good"])
async def test_what_a_preview_takes_for_in_force_is_what_the_store_measures_by(
    empty_store: Store, kinds: str, *, base: bool
) -> None:
    await empty_store.channels.save(Channel(id=MAIN, name="Main", base=base))
    for n, kind in enumerate(kinds.split()):
        await empty_store.exemplars.add(MAIN, title=f"T{n}", text=f"T{n}", lang="en", good=kind == "good")
    own = await empty_store.exemplars.listed(MAIN)
    assert in_force(own, LENS.exemplars, base=base) == await effective(empty_store)


def test_days_are_bounded() -> None:
    _, command = parse("exemplar check days:030", FORMS)
    assert days_of(command, example="") == 30
    for text in ("0", "-1", "٣", "9" * 50):
        _, command = parse(f"exemplar check days:{text}", FORMS)
        with pytest.raises(CommandError):
            days_of(command, example="")
