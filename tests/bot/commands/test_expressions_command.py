"""Names and concepts in chat: those of one's own gazetteer, in rules, tests, forms and keyword lists."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.commands.answer import CommandLayer
from bot.commands.desk import Desk
from bot.commands.expressions import names
from bot.commands.request import Asker
from bot.judging import JudgingAlone
from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import MAIN, save_story
from watchers.lens_spec import LensSpec
from watchers.relevance.exemplars import SHIPPED, load_exemplars

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.commands.command_replies import Ask
    from tests.bot.commands.conftest import FeedsAtHand
    from watchers.clock import SteppedClock
    from watchers.store.store import Store

OWN = """
["org:kestrel-works"]
name = "Kestrel Works"
aliases = { tr = ["Kerkenez Atölyesi"], ja = ["ケストレル工房"] }
country = "NL"
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture
def layer(store: Store, clock: SteppedClock, reading: FeedsAtHand, own: Path) -> CommandLayer:
    """Return the command layer of a bot that has names of its own."""
    lens = LensSpec(exemplars=load_exemplars(SHIPPED), embedder="none", gazetteer=str(own))
    return CommandLayer(store, clock=clock, reading=reading, judging=JudgingAlone(lens))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("entity:Kestrel-Works", "entity:Kestrel-Works", id="a word"),
        pytest.param('entity:"Kerkenez Atölyesi"', 'entity:"Kerkenez Atölyesi"', id="a name of two words"),
        pytest.param("\"entity:'Kestrel Works' OR navy\"", 'entity:"Kestrel Works" OR navy', id="in quotes"),
    ],
)
async def test_a_rule_may_name_who_is_in_the_own_gazetteer(
    ask: Ask, store: Store, typed: str, kept: str
) -> None:
    assert not (await ask(f"rule add {typed} name:kestrel")).refused
    (rule,) = [one for one in await store.watches.listed(MAIN) if one.watch.name == "kestrel"]
    assert rule.watch.expression == kept
    shown = said(await ask("rule show kestrel"))
    assert "ケストレル工房" in shown
    assert "left out" not in shown


async def test_an_own_name_is_tested_and_edited_in(ask: Ask, store: Store) -> None:
    story = await save_story(store, "kestrel", "kite")
    assert story.number
    assert "would have matched 0" in said(await ask("rule test entity:Kestrel-Works"))
    reply = await ask("rule edit r1 expression:\"entity:'Kestrel Works' OR kestrel\"")
    assert not reply.refused
    assert "would have matched 1" in said(await ask("rule test r1"))


async def test_a_name_that_is_known_nowhere_is_refused_with_the_nearest_own_one(ask: Ask) -> None:
    reply = await ask('rule add entity:"Kestrel Work"')
    assert reply.refused
    assert "entity:'Kestrel Works'" in said(reply) or 'entity:"Kestrel Works"' in said(reply)


async def test_a_rule_of_a_name_no_longer_known_is_explained_and_not_tested(ask: Ask, store: Store) -> None:
    (one, *_) = await store.watches.listed(MAIN)
    await store.watches.edit(replace(one.watch, expression="entity:Gone-Works"))
    assert "left out" in said(await ask("rule show r1"))
    reply = await ask("rule test r1")
    assert reply.refused
    assert "knows nobody" in said(reply)


async def test_keywords_become_names_and_concepts_and_are_shown(ask: Ask, store: Store) -> None:
    reply = await ask(
        "setup keywords:\"Kestrel Works, Baykar, drone procurement, 'sea power', about:frigate, sloop\""
    )
    expression = (
        'entity:"Kestrel Works" OR entity:Baykar OR about:"drone procurement" OR "sea power" '
        "OR about:frigate OR sloop"
    )
    (listed,) = [one for one in await store.watches.listed(MAIN) if one.watch.name == "keywords"]
    assert listed.watch.expression == expression
    assert expression in said(reply)
    shown = said(await ask("rule show keywords"))
    assert expression in shown
    assert "バイカル" in shown
    form = await ask("setup")
    assert form.sheet is not None
    (asked,) = [question.value for question in form.sheet.questions if question.name == "keywords"]
    assert asked == "Kestrel Works, Baykar, drone procurement, sea power, about:frigate, sloop"


async def test_a_keyword_that_names_nobody_outright_is_refused(ask: Ask) -> None:
    reply = await ask('setup keywords:"frigate, entity:Baykr"')
    assert reply.refused
    assert "entity:Baykar" in said(reply)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("Baykar, 'Baykar', drone procurement", id="names, and in quotes"),
        pytest.param("entity:Nakatani, about:frigate, sail*", id="said outright"),
    ],
)
async def test_undo_brings_the_very_same_keywords_back(ask: Ask, store: Store, before: str) -> None:
    await ask(f'setup keywords:"{before}"')
    (old,) = [one.watch for one in await store.watches.listed(MAIN) if one.watch.name == "keywords"]
    reply = await ask("setup keywords:sloop")
    await ask(buttons(reply)["Undo"])
    (now,) = [one.watch for one in await store.watches.listed(MAIN) if one.watch.name == "keywords"]
    assert now.expression == old.expression


async def test_a_new_rule_says_which_word_could_find_more(ask: Ask) -> None:
    told = said(await ask("rule add Baykar"))
    assert "entity:Baykar also finds its other names, such as " in told
    assert "バイカル" in told
    assert "also finds" not in said(await ask("rule add entity:Baykar name:another"))


async def test_reading_names_leaves_the_others_their_turn(
    store: Store, clock: SteppedClock, reading: FeedsAtHand, own: Path
) -> None:
    desk = Desk(
        store=store, clock=clock, channel=MAIN, home=MAIN, reading=reading,
        asker=Asker(id="slack:U1", name="Ada", manages=True),
        judging=JudgingAlone(LensSpec(exemplars=(), gazetteer=str(own))),
    )  # fmt: skip
    asked = asyncio.create_task(names(desk))
    turns = 0
    while not asked.done():  # tenths of a second, as nobody has read this file yet
        turns += 1
        await asyncio.sleep(0)
    assert turns > 10
    assert (await asked).bearer("Kerkenez Atölyesi") is not None


async def test_quoted_words_with_a_small_and_are_refused_with_the_line_in_capitals(ask: Ask) -> None:
    reply = await ask('rule add "frigate and contract or award"')
    assert reply.refused
    assert 'Try: /watch rule add "frigate AND contract OR award"' in said(reply)
    phrase = """/watch rule add "'frigate and contract or award'" """.strip()
    assert f"For these words in a row: {phrase}" in said(reply)
    assert 'watches for "frigate and contract or award"' in said(await ask(phrase))


async def test_a_quoted_phrase_says_how_its_words_are_found_anywhere(ask: Ask) -> None:
    told = said(await ask('rule add "frigate contract"'))
    assert (
        "finds these words in a row. All of them anywhere in an article: /watch rule add frigate contract"
        in told
    )
    assert "in a row" not in said(await ask("rule add frigate contract name:loose"))
