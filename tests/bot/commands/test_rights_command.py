"""Who may ask what, and what becomes of what nobody should have typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands.forms import FORMS
from bot.commands.request import Asker, Request
from tests.bot.commands.command_replies import buttons, said
from tests.contracts.store.store_builders import MAIN, MINUTE, NOON
from watchers.errors import StoreError
from watchers.store.watches import Watches

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.commands.answer import CommandLayer
    from bot.commands.parse import Form
    from tests.bot.commands.command_replies import Ask
    from watchers.clock import SteppedClock
    from watchers.store.store import Store

Dump = dict[str, list[tuple[object, ...]]]
CHANGING = [form for form in FORMS if form.right]


@pytest.mark.parametrize("form", CHANGING, ids=lambda form: form.name)
async def test_who_does_not_manage_changes_nothing(ask: Ask, dump: Callable[[], Dump], form: Form) -> None:
    before = dump()
    reply = await ask(form.example, manages=False)
    assert reply.refused
    assert reply.shown == "asker"
    assert "those who manage" in said(reply)
    assert dump() == before


@pytest.mark.parametrize(
    ("asker", "who"),
    [
        pytest.param("discord:7", "manage this channel (Manage Channels here, or a role", id="on Discord"),
        pytest.param("slack:U7", "manage this channel (admins, and editors", id="on Slack"),
    ],
)
async def test_a_refusal_names_who_manages_as_the_platform_calls_them(ask: Ask, asker: str, who: str) -> None:
    assert who in said(await ask("rule pause r1", asker=asker, manages=False))


@pytest.mark.parametrize(
    "form",
    [form for form in FORMS if not form.right and form.noun not in {"vote", "story"}],
    ids=lambda f: f.name,
)
async def test_anyone_may_ask_what_changes_nothing(
    ask: Ask, dump: Callable[[], Dump], clock: SteppedClock, form: Form
) -> None:
    clock.move_to(NOON + MINUTE)
    before = dump()
    reply = await ask(form.example, manages=False)
    assert not reply.refused
    assert reply.shown == "asker"
    assert dump() == before


async def test_a_press_on_undo_is_held_to_the_pressers_rights(ask: Ask, store: Store) -> None:
    reply = await ask("rule pause r1")
    assert (await ask(buttons(reply)["Undo"], manages=False)).refused
    assert [one.paused for one in await store.watches.listed(MAIN)] == [True]
    assert not (await ask(buttons(reply)["Undo"])).refused
    assert (await ask(buttons(reply)["Undo"])).refused  # of two presses one does it


async def test_an_asking_delivered_twice_is_carried_out_once(ask: Ask, store: Store) -> None:
    await ask("rule add corvette", event="E1")
    with pytest.raises(AssertionError):
        await ask("rule add corvette name:again", event="E1")
    assert len(await store.watches.listed(MAIN)) == 2


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("/watch sorce list", id="an unknown command"),
        pytest.param("/watch source lst", id="an unknown verb"),
        pytest.param("/watch source", id="a noun alone"),
        pytest.param("/watch 🛰️🛰️", id="emoji alone"),
        pytest.param("/watch rule add 🛰️", id="a rule of an emoji"),
        pytest.param("/watch source show 🛰️", id="a source of an emoji"),
        pytest.param('/watch rule add "frigate', id="a quotation mark left open"),
        pytest.param("/watch rule add frigate AND", id="an expression without its end"),
        pytest.param("/watch rule add (((((((frigate", id="brackets left open"),
        pytest.param("/watch rule add", id="no expression"),
        pytest.param("/watch rule add x alert:loud", id="an option's value"),
        pytest.param("/watch rule add x threshold:high", id="a word for a number"),
        pytest.param("/watch rule add x threshold:nan", id="not a number"),
        pytest.param("/watch rule add x mention:@here", id="a ping of everybody"),
        pytest.param("/watch rule test x days:0", id="no days"),
        pytest.param("/watch rule test x days:99999999999999999999", id="days without end"),
        pytest.param("/watch rule edit r2 alert:off", id="another channel's rule"),
        pytest.param("/watch rule remove r2", id="removing another channel's rule"),
        pytest.param("/watch rule show hidden", id="another channel's rule by its name"),
        pytest.param("/watch source remove s3", id="another channel's source"),
        pytest.param("/watch source pause secret", id="another channel's source by its name"),
        pytest.param("/watch digest cancel d2", id="another channel's digest"),
        pytest.param("/watch mute off m2", id="another channel's mute"),
        pytest.param("/watch mute add r2 for:1d", id="muting another channel's rule"),
        pytest.param("/watch undo u1", id="nothing to take back"),
        pytest.param("/watch settings set quiet later", id="no hours"),
        pytest.param("/watch settings set", id="a setting without anything"),
        pytest.param("/watch settings audit page:0", id="page nought"),
        pytest.param("/watch source list page:x", id="a page in letters"),
        pytest.param("/watch source add not-an-address", id="no address"),
        pytest.param("/watch source add file:///etc/passwd", id="a file"),
        pytest.param("/watch source add http://127.0.0.1/feed", id="the machine itself"),
        pytest.param("/watch source add http://10.0.0.1/feed", id="a private address"),
        pytest.param("/watch source add http://[::1]/feed", id="the machine itself in IPv6"),
        pytest.param("/watch source add http://169.254.169.254/latest", id="a cloud's credentials"),
        pytest.param("/watch source add http://0x7f.1/feed", id="an address in disguise"),
        pytest.param("/watch source add http://u:p@example.org/feed", id="a password in an address"),
        pytest.param("/watch source test http://192.168.1.1/", id="trying a private address"),
        pytest.param("/watch source add https://example.org/f every:1s", id="too often"),
        pytest.param("/watch source add https://example.org/f every:soon", id="no time"),
        pytest.param("/watch source add https://example.org/f lang:english", id="no language code"),
        pytest.param("/watch source edit s1 name:🛰️", id="a name of an emoji"),
        pytest.param(f"/watch source edit s1 name:{'x' * 81}", id="a long name"),
        pytest.param(f"/watch rule add {'x' * 10_000}", id="ten thousand characters"),
        pytest.param(f"/watch why {'🛰️' * 5_000}", id="ten thousand emoji"),
        pytest.param("/watch source list colour:red", id="an unknown option"),
    ],
)
async def test_bad_input_is_refused_in_private_with_a_line_that_works(
    ask: Ask, dump: Callable[[], Dump], line: str
) -> None:
    before = dump()
    reply = await ask(line)
    assert reply.refused
    assert reply.shown == "asker"
    assert "Something went wrong" not in said(reply)
    assert len(said(reply)) < 1000
    assert dump() == before
    tried = [text.removeprefix("Try: ") for text in said(reply).split("\n") if text.startswith("Try: ")]
    assert len(tried) == 1
    again = await ask(tried[0])
    assert not again.refused, (tried, said(again))


async def test_who_may_change_things_is_for_those_who_manage_in_setup_too(ask: Ask, store: Store) -> None:
    await ask("settings set editors everyone")
    reply = await ask("setup editors:managers", manages=False)
    assert reply.refused
    assert "for those who manage" in said(reply)
    known = await store.channels.get(MAIN)
    assert known is not None
    assert known.editors == "everyone"
    assert not (await ask("setup editors:managers")).refused


async def test_a_guess_that_outsiders_read_along_holds_for_one_answer(
    layer: CommandLayer, store: Store
) -> None:
    who = Asker(id="slack:U1", name="Ada", manages=True)
    await layer.answer(Request(text="help", channel=MAIN, asker=who, public=True, guessed=True))
    known = await store.channels.get(MAIN)
    assert known is not None
    assert not known.public
    await layer.answer(Request(text="help", channel=MAIN, asker=who, public=True))
    known = await store.channels.get(MAIN)
    assert known is not None
    assert known.public


async def test_a_channel_is_set_up_once_it_is_known_who_reads_it(layer: CommandLayer, store: Store) -> None:
    who = Asker(id="slack:U1", name="Ada", manages=True)
    fresh = Request(text="setup keywords:frigate", channel="slack:C77", asker=who, public=True, guessed=True)
    reply = await layer.answer(fresh)
    assert reply is not None
    assert reply.refused
    assert await store.channels.get("slack:C77") is None


async def test_what_could_not_be_taken_back_can_be_tried_again(
    ask: Ask, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = await ask("rule pause r1")
    undo = buttons(reply)["Undo"]

    async def away(*_: object, **__: object) -> None:
        raise StoreError("the database is away")

    with monkeypatch.context() as broken:
        broken.setattr(Watches, "pause", away)
        assert "the database is away" in said(await ask(undo))
    assert not (await ask(undo)).refused
    assert [one.paused for one in await store.watches.listed(MAIN)] == [False]
