"""`exemplar`: show the bot what a channel wants, and see first what that changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.announcing.alerts import decision
from bot.announcing.audiences import audiences
from bot.commands.exemplars_preview import Forecast, Moved, asked, days_of, in_force
from bot.commands.forms import FORMS
from bot.commands.parse import parse
from bot.commands.request import filled
from bot.errors import CommandError
from tests.bot.commands.command_replies import buttons, rows, said
from tests.bot.commands.exemplar_news import K2, LENS, bring, grades, typed
from tests.contracts.store.store_builders import MAIN, NOON, make_entry, make_report
from watchers.lens import judge_again
from watchers.store.rows import Channel
from watchers.types import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store
    from watchers.types import Exemplar, Relevance, Report

Dump = dict[str, list[tuple[object, ...]]]
OTHER = "slack:C9"


async def effective(store: Store, channel: str = MAIN) -> tuple[Exemplar, ...]:
    beats = {beat.key: beat.exemplars for beat in await store.exemplars.beats(LENS.exemplars)}
    return beats.get(channel, LENS.exemplars)


async def test_an_article_is_shown_first_and_counts_once_it_is_kept(ask: Ask, store: Store) -> None:
    first = await ask('exemplar add a1 note:"our kind of ship"')
    assert first.shown == "asker"
    assert "x1 “The frigate sails” would be a good exemplar here. Nothing is kept yet" in said(first)
    assert await store.exemplars.listed(MAIN) == ()
    kept = await ask(buttons(first)["Keep"])
    assert kept.shown == "channel"
    assert said(kept).startswith("Ada gave x1 “The frigate sails” as a good exemplar; our kind of ship")
    (given,) = await store.exemplars.listed(MAIN)
    assert (given.good, given.note, given.by_name, given.lang) == (True, "our kind of ship", "Ada", "en")
    undone = await ask(buttons(kept)["Undo"])
    assert undone.shown == "channel"
    assert await store.exemplars.listed(MAIN) == ()
    await ask(buttons(undone)["Undo"])
    assert await store.exemplars.listed(MAIN) == (given,)


@pytest.mark.parametrize(
    ("line", "title", "good"),
    [
        pytest.param("exemplar add a2 good", "The corvette sails", True, id="as the example has it"),
        pytest.param("exemplar add a2 bad", "The corvette sails", False, id="bad, behind it"),
        pytest.param('exemplar add "a2 bad"', "The corvette sails", False, id="as Discord hands it over"),
        pytest.param("exemplar add a2 good:no", "The corvette sails", False, id="good:no"),
        pytest.param("exemplar add a2 bad:", "The corvette sails", False, id="bad with a colon"),
        pytest.param("exemplar add bad:a2", "The corvette sails", False, id="the article behind bad:"),
        pytest.param("exemplar add a2 good:yes", "The corvette sails", True, id="good:yes"),
        pytest.param("exemplar add t1", "The frigate sails", True, id="a story's first report"),
        pytest.param("exemplar add corvette", "The corvette sails", True, id="a part of a title"),
        pytest.param("exemplar add the corvette bad", "The corvette sails", False, id="bare words"),
        pytest.param(
            "exemplar add https://harbour.example/corvette",
            "The corvette sails",
            True,
            id="a link that was read",
        ),
        pytest.param(
            "exemplar add <https://harbour.example/corvette|harbour.example>",
            "The corvette sails",
            True,
            id="a link as Slack sends it",
        ),
        pytest.param(
            'exemplar add "Norland buys drones. The ministry signed on Monday with Petrel Works." bad',
            "Norland buys drones.",
            False,
            id="pasted text",
        ),
        pytest.param(
            'exemplar add "国産無人機を初導入\n防衛省は契約を結んだと発表した。量産は来年。"',
            "国産無人機を初導入",
            True,
            id="pasted Japanese",
        ),
        pytest.param(
            'exemplar add title:"Norland buys" text:"The ministry signed on Monday with Petrel." bad:yes',
            "Norland buys",
            False,
            id="what a form sends",
        ),
    ],
)
async def test_an_exemplar_is_named_in_many_ways(
    ask: Ask, store: Store, line: str, title: str, *, good: bool
) -> None:
    reply = await ask(f"{line} keep:yes")
    assert not reply.refused, said(reply)
    (given,) = await store.exemplars.listed(MAIN)
    assert (given.title, given.good) == (title, good)
    assert given.text.startswith(title)
    assert given.lang == ("ja" if "国" in title else "en")


async def test_without_a_value_a_form_opens_that_sends_the_command(ask: Ask, store: Store) -> None:
    reply = await ask("exemplar add bad")
    assert reply.sheet is not None
    assert len(reply.sheet.questions) <= 5
    asked = {q.name: q.value for q in reply.sheet.questions}
    assert asked["bad"] == "yes"
    line = filled(
        reply.sheet,
        {
            **asked,
            "title": 'The "Petrel" deal',
            "text": "Norland's ministry signed with Petrel Works on Monday.\n\nThe drones come in May.",
            "note": "not ours",
        },
    )
    await ask(f"{line} keep:yes")
    (given,) = await store.exemplars.listed(MAIN)
    assert (given.title, given.good, given.note) == ('The "Petrel" deal', False, "not ours")
    assert "\nThe drones come in May." in given.text


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("exemplar add a99", 'no article "a99"', id="no such article"),
        pytest.param("exemplar add t99", 'no story "t99"', id="no such story"),
        pytest.param("exemplar add x99", "no exemplar x99", id="no such exemplar"),
        pytest.param(
            "exemplar add https://example.org/new", "Paste the headline", id="a link nobody brought"
        ),
        pytest.param("exemplar add drones", 'no article "drones"', id="a word in no title"),
        pytest.param("exemplar add text:short", "40 characters or more", id="too short a text"),
        pytest.param("exemplar add a1 good bad:", "good or bad, not both", id="both kinds"),
        pytest.param("exemplar add a1 days:31", "from 1 to 30", id="too many days"),
        pytest.param("exemplar add a1 keep:no", "keep: takes yes", id="keep is yes"),
        pytest.param("exemplar add shared", "count here already", id="the shared ones are in use"),
        pytest.param("exemplar remove shared", "a good one of its own first", id="nothing of its own"),
        pytest.param("exemplar remove x1", 'no exemplar "x1" here', id="nothing to remove"),
        pytest.param("exemplar remove", "needs EXEMPLAR", id="remove what"),
        pytest.param(f'exemplar add a1 note:"{"n" * 201}"', "at most 200", id="a long note"),
    ],
)
async def test_a_fault_is_told_and_nothing_counts(
    ask: Ask, dump: Callable[[], Dump], line: str, told: str
) -> None:
    before = dump()
    reply = await ask(line)
    assert reply.refused
    assert told in said(reply)
    changed = {table for table, found in dump().items() if found != before[table]}
    assert changed <= {"exemplar"}
    assert not any(row[-1] is None for row in dump()["exemplar"])


async def test_only_those_who_manage_change_exemplars_and_all_may_look(ask: Ask, store: Store) -> None:
    assert (await ask("exemplar add a1 keep:yes", manages=False)).refused
    assert (await ask("exemplar add", manages=False)).sheet is None
    assert await store.exemplars.listed(MAIN) == ()
    await ask("exemplar add a1 keep:yes")
    assert (await ask("exemplar remove x1 keep:yes", manages=False)).refused
    assert rows(await ask("exemplar list", manages=False))[0][0] == "x1"


async def test_the_same_article_is_given_once(ask: Ask, store: Store) -> None:
    first, second = await ask("exemplar add a1"), await ask("exemplar add a1 days:30")
    assert buttons(first)["Keep"] == buttons(second)["Keep"] == "exemplar add x1 keep:yes"
    await ask("exemplar add a1 keep:yes")
    again = await ask("exemplar add a1 bad")
    assert again.refused
    assert "x1 here already, a good exemplar" in said(again)
    assert (await ask("exemplar add x1")).refused
    pressed_twice = await ask(buttons(first)["Keep"])
    assert pressed_twice.refused
    assert len(await store.exemplars.listed(MAIN)) == 1


async def test_a_removed_exemplar_comes_back_as_it_was(ask: Ask, store: Store) -> None:
    await ask("exemplar add a1 bad keep:yes")
    (given,) = await store.exemplars.listed(MAIN)
    asked = await ask("exemplar remove frigate")
    assert "would no longer be a bad exemplar" in said(asked)
    assert await store.exemplars.listed(MAIN) == (given,)
    removed = await ask(buttons(asked)["Keep"])
    assert await store.exemplars.listed(MAIN) == ()
    assert "comes back as it was" in said(await ask("exemplar add x1 good"))
    await ask(buttons(removed)["Undo"])
    assert await store.exemplars.listed(MAIN) == (given,)


async def test_another_channels_exemplar_is_not_there(ask: Ask, store: Store) -> None:
    await ask("exemplar add a1 keep:yes", channel=OTHER)
    for line in ("exemplar add x1", "exemplar remove x1 keep:yes"):
        assert (await ask(line)).refused
    assert "x1" not in {row[0] for row in rows(await ask("exemplar list"))}
    assert len(await store.exemplars.listed(OTHER)) == 1


async def test_a_bound_channel_uses_the_exemplars_of_its_home(ask: Ask, store: Store) -> None:
    await ask('settings set bind "preview:main"', channel=OTHER, asker="shell:operator")
    await ask("exemplar add a1 keep:yes", channel=OTHER)
    assert len(await store.exemplars.listed(MAIN)) == 1


async def test_the_shared_ones_are_put_off_only_for_a_good_one_and_come_back(ask: Ask, store: Store) -> None:
    await ask("exemplar add a1 bad keep:yes")
    assert (await ask("exemplar remove shared")).refused
    await ask("exemplar add a2 good keep:yes")
    asked = await ask("exemplar remove shared")
    assert "own alone say what it wants" in said(asked)
    assert (await store.channels.get(MAIN) or Channel(id="", name="")).base
    off = await ask(buttons(asked)["Keep"])
    assert [e.key for e in await effective(store)] == ["x1", "x2"]
    listing = await ask("exemplar list")
    assert [row[0] for row in rows(listing)] == ["x1", "x2"]
    assert "/watch exemplar add shared" in said(listing)
    last = await ask("exemplar remove x2 keep:yes")
    assert last.refused
    assert "the only good exemplar" in said(last)
    await ask(buttons(off)["Undo"])
    assert [e.key for e in await effective(store)][-2:] == ["x1", "x2"]
    assert len(await effective(store)) == 4


async def test_the_list_tells_who_gave_what_and_why(ask: Ask) -> None:
    await ask('exemplar add a1 bad note:"parades" keep:yes')
    found = rows(await ask("exemplar list"))
    assert found[0] == ("x1", "The frigate sails", "bad", "en", "Ada, 19 Aug 12:00", "parades")
    assert [row[0] for row in found[1:]] == ["shared", "shared"]


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
