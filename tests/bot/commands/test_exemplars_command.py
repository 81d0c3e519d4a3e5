"""`exemplar`: show the bot what a channel wants, take it back, and see what counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands.request import filled
from tests.bot.commands.command_replies import buttons, rows, said
from tests.bot.commands.exemplar_news import effective
from tests.contracts.store.store_builders import MAIN
from watchers.store.rows import Channel

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store

Dump = dict[str, list[tuple[object, ...]]]
OTHER = "slack:C9"


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
