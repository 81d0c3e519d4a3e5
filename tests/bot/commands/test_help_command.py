"""`help`: every line it shows works."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.commands.forms import FORMS
from bot.commands.handlers import HANDLERS
from bot.commands.help import EXPRESSIONS, NOUNS, START
from bot.commands.settings_values import SETTERS
from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON, save_story
from tests.contracts.store.test_store_promises import new
from watchers.matching.grammar import parse_expression

if TYPE_CHECKING:
    from bot.commands.parse import Form
    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store

SHOWN = [form for form in FORMS if not form.hidden]
TYPED = [form for form in FORMS if form.name != "rule restore"]  # which Undo alone asks for


@pytest.mark.parametrize("form", TYPED, ids=lambda form: form.name)
async def test_each_example_works_against_what_is_watched(
    ask: Ask, store: Store, clock: SteppedClock, form: Form
) -> None:
    if form.name == "source resume":
        await ask("source pause s1")
    if form.name == "rule resume":
        await ask("rule pause r1")
    if form.name == "exemplar remove":
        await ask("exemplar add a1 keep:yes")
    if form.name == "source save":
        long = f"{'sea power ' * 7}news"
        await ask(f'source add https://example.org/news kind:page select:"h2 a" name:"{long}"')
    if form.name == "undo":
        await ask("rule pause r1")
    if form.name == "story unfollow":
        await ask("story follow t1")
    if form.noun == "promise":
        assert await store.promises.open(new(1), at=NOON) == 1
        if form.verb == "restore":
            await ask("promise drop p1")
    if form.name == "story merge":
        await save_story(store, "sloop")
    clock.move_to(NOON + MINUTE)
    reply = await ask(form.example)
    assert not reply.refused, said(reply)
    assert await store.channels.get(MAIN)


async def test_the_first_steps_lead_a_newcomer_from_nothing_to_a_digest(
    ask: Ask, store: Store, clock: SteppedClock
) -> None:
    clock.move_to(NOON + MINUTE)
    new = "discord:42"
    replies = [await ask(line, channel=new) for _, line in START]
    assert [said(reply) for reply in replies if reply.refused] == []
    assert "The frigate sails" in said(replies[-1])
    assert {one.watch.name for one in await store.watches.listed(new)} == {"keywords", "frigates"}
    (digest,) = await store.subscriptions.listed(new)
    assert digest.next_run_at is not None
    assert digest.next_run_at - clock.now() < timedelta(days=4)


async def test_help_begins_with_how_to_start_and_names_every_noun(ask: Ask) -> None:
    reply = await ask("/watch")
    assert said(reply).startswith("Start here")
    for _, line in START:
        assert f"/watch {line}" in said(reply)
    assert set(NOUNS) == {form.noun for form in SHOWN}
    for command in buttons(reply).values():
        assert not (await ask(command)).refused


@pytest.mark.parametrize("form", SHOWN, ids=lambda form: form.name)
async def test_help_on_a_noun_has_each_command_with_every_option(ask: Ask, form: Form) -> None:
    told = said(await ask(f"help {form.noun}"))
    assert form.does in told
    assert form.example in told
    for option in form.options:
        if option.name != "show":
            assert option.about in told


async def test_help_on_one_command_has_that_alone(ask: Ask) -> None:
    told = said(await ask("help rule add"))
    assert "rule edit" not in told
    assert "audience:" in told


@pytest.mark.parametrize("words", ["rules", "expressions", "RULE"])
async def test_help_on_rules_explains_expressions(ask: Ask, words: str) -> None:
    told = said(await ask(f"help {words}"))
    for expression, meaning in EXPRESSIONS:
        assert parse_expression(expression)
        assert expression in told
        assert meaning in told


async def test_what_only_buttons_ask_is_not_shown(ask: Ask) -> None:
    told = said(await ask("help")) + "".join([said(await ask(f"help {noun}")) for noun in NOUNS])
    assert "vote" not in told.replace("feedback", "").replace("voted", "")
    assert (await ask("help vote")).refused


async def test_help_on_something_else_names_what_is_near(ask: Ask) -> None:
    reply = await ask("help sorces")
    assert reply.refused
    assert "Did you mean help source?" in said(reply)


async def test_help_is_there_before_a_channel_is_set_up(ask: Ask) -> None:
    assert not (await ask("help", channel="discord:42")).refused
    assert (await ask("status", channel="discord:42")).refused


def test_every_form_has_a_handler() -> None:
    assert {form.name for form in FORMS} - {"undo"} == set(HANDLERS)


def test_the_examples_of_settings_name_settings_that_help_names() -> None:
    form = next(form for form in FORMS if form.name == "settings set")
    for name in SETTERS:
        assert name in form.does
