"""`rule`: what a channel watches for in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.expressions import as_option, as_value, read, typed
from bot.commands.forms import FORMS
from bot.commands.parse import parse
from bot.commands.request import filled
from bot.errors import CommandError
from tests.bot.commands.command_replies import buttons, chart, rows, said
from tests.contracts.store.store_builders import MAIN, NOON, make_entry
from watchers.types import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from watchers.store.store import Store


async def rule(store: Store, number: int) -> Watch:
    return next(one.watch for one in await store.watches.listed(MAIN) if one.watch.number == number)


@pytest.mark.parametrize(
    ("line", "expression"),
    [
        pytest.param("frigate", "frigate", id="a word"),
        pytest.param('"sea power"', '"sea power"', id="a phrase"),
        pytest.param('"frigate AND (contract OR award) -opinion"',
                     "frigate AND (contract OR award) AND NOT opinion", id="all of it in quotes"),
        pytest.param('Baykar AND (export OR "drone procurement") -football',
                     'Baykar AND (export OR "drone procurement") AND NOT football',
                     id="a phrase before a bracket"),
        pytest.param('("sea power" OR frigate) AND Baykar', '("sea power" OR frigate) AND Baykar',
                     id="a phrase behind a bracket"),
        pytest.param("\"('sea power' OR frigate) AND Baykar\"", '("sea power" OR frigate) AND Baykar',
                     id="single quotes in double ones"),
        pytest.param('source:"Harbour Post" frigate', 'source:"Harbour Post" AND frigate', id="a scope"),
        pytest.param("Baykar'ın TB2", "Baykar'ın AND TB2", id="an apostrophe is no quote"),
        pytest.param("“sea power” OR 無人機", '"sea power" OR 無人機', id="typographic quotes and Japanese"),
    ],
)  # fmt: skip
async def test_an_expression_is_read_as_people_type_it(
    ask: Ask, store: Store, line: str, expression: str
) -> None:
    await ask(f"/watch rule add {line}")
    assert (await rule(store, 3)).expression == expression


_WORDS = st.sampled_from(
    [
        "frigate",
        "Baykar'ın",
        '"sea power"',
        "drone*",
        "title:ship",
        "cs:SAM",
        "lang:tr",
        "無人機",
        "\"the 'x' ships\"",
    ]
)
_EXPRESSIONS = st.recursive(
    _WORDS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" AND ", " OR ", " "]), inner).map(
            lambda p: f"({p[0]}{p[1]}{p[2]})"
        ),
        inner.map(lambda text: f"(NOT {text})"),
    ),
    max_leaves=6,
)


@given(_EXPRESSIONS)
def test_an_expression_written_into_a_command_is_read_back_the_same(text: str) -> None:
    expression = read(text)
    _, command = parse(f"rule add {as_value(expression)} name:x", FORMS)
    assert read(typed(command.values)) == expression
    _, command = parse(f"rule edit r1 expression:{as_option(expression)}", FORMS)
    assert read(command.options["expression"]) == expression


def test_an_expression_that_cannot_be_read_proposes_one_that_can() -> None:
    with pytest.raises(CommandError) as caught:
        read('frigate AND ("sea power" OR')
    _, command = parse(caught.value.example, FORMS)
    assert "sea power" in read(typed(command.values))


async def test_an_added_rule_has_all_its_options(ask: Ask, store: Store) -> None:
    reply = await ask(
        "rule add frigate name:Frigates alert:digest threshold:0.4 mention:<@&123> audience:internal"
    )
    assert reply.shown == "channel"
    assert "added r3 “Frigates”" in said(reply)
    assert await rule(store, 3) == Watch(
        number=3, channel=MAIN, name="Frigates", expression="frigate", kind="rule", alert="digest",
        threshold=0.4, mention="role:123", internal=True,
    )  # fmt: skip


async def test_a_new_rule_says_how_much_it_would_have_found(ask: Ask) -> None:
    reply = said(await ask("rule add corvette"))
    assert "In the last 30 days it would have brought 1 alert, about one in 30 days" in reply
    assert "from the 2 articles read here." in reply
    assert "0.80 The corvette sails (Harbour Post, a2)" in reply


@pytest.mark.parametrize("line", ["rule add submarine", "rule test submarine days:30"])
async def test_a_rule_says_what_it_would_have_missed_that_relevance_alone_finds(ask: Ask, line: str) -> None:
    reply = said(await ask(line))
    assert "It would have missed, and relevance alone finds" in reply
    assert "0.80 The frigate sails (Harbour Post, a1)" in reply
    assert "It would have missed" not in said(await ask("rule test sails days:30"))


async def test_what_other_channels_read_is_not_in_a_forecast(ask: Ask, store: Store) -> None:
    await store.entries.add([make_entry("submarine", feed=3)])
    assert "0 of 2 articles" in said(await ask("rule test submarine"))


@pytest.mark.parametrize(
    ("mention", "stored"),
    [
        pytest.param("<@&123>", "role:123", id="a role on Discord"),
        pytest.param("<@123>", "user:123", id="a person on Discord"),
        pytest.param("<@!123>", "user:123", id="a person with a nickname"),
        pytest.param("<!subteam^S1|@navy>", "role:S1", id="a group on Slack"),
        pytest.param("<@U1|ada>", "user:U1", id="a person on Slack"),
        pytest.param("off", "", id="nobody"),
    ],
)
async def test_who_is_pinged_is_read_from_what_the_platform_writes(
    ask: Ask, store: Store, mention: str, stored: str
) -> None:
    await ask("rule edit r1 mention:user:9")
    await ask(f"rule edit r1 mention:{mention}")
    assert (await rule(store, 1)).mention == stored


async def test_everyone_is_nobody_to_ping(ask: Ask, store: Store) -> None:
    assert (await ask("rule edit r1 mention:@everyone")).refused
    assert (await rule(store, 1)).mention == ""


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("rule edit r1 expression:\"'sea power' OR x\"", id="another expression"),
        pytest.param("rule edit r1 name:boats", id="another name"),
        pytest.param("rule edit r1 alert:off", id="no alerts"),
        pytest.param("rule edit r1 alert:digest threshold:0.35 mention:<@U1>", id="several at once"),
        pytest.param("rule edit r1 audience:internal", id="internal"),
        pytest.param("rule pause r1", id="a pause"),
    ],
)
async def test_undo_sets_a_rule_back_to_what_it_was(
    ask: Ask, dump: Callable[[], dict[str, list[tuple[object, ...]]]], line: str
) -> None:
    before = dump()["watch"]
    reply = await ask(line)
    assert dump()["watch"] != before
    await ask(buttons(reply)["Undo"])
    assert dump()["watch"] == before


@pytest.mark.parametrize("paused", [pytest.param(False, id="used"), pytest.param(True, id="paused")])
@pytest.mark.parametrize(
    "watch",
    [
        pytest.param(Watch(number=0, channel=MAIN, name="Big one", expression='("sea power" OR x) AND y',
                           kind="rule", alert="", threshold=0.123456789, mention="role:9", internal=True),
                     id="a rule with everything"),
        pytest.param(Watch(number=0, channel=MAIN, name="keywords",
                           expression='"sea power" OR Baykar OR drone*'),
                     id="a keyword list"),
        pytest.param(Watch(number=0, channel=MAIN, name="one", expression="frigate", kind="rule",
                           alert="digest"), id="one word"),
    ],
)  # fmt: skip
async def test_a_rule_taken_out_comes_back_whole_under_its_name(
    ask: Ask, store: Store, watch: Watch, *, paused: bool
) -> None:
    added = await store.watches.add(watch)
    await store.watches.pause(MAIN, added.number, paused=paused)
    reply = await ask(f"rule remove r{added.number}")
    await ask(buttons(reply)["Undo"])
    back = next(one for one in await store.watches.listed(MAIN) if one.watch.name == watch.name)
    assert back.watch == added
    assert back.paused is paused


@pytest.mark.parametrize(
    "public", [pytest.param(True, id="its platform says"), pytest.param(False, id="it was set")]
)
async def test_internal_is_refused_where_outsiders_read(ask: Ask, store: Store, *, public: bool) -> None:
    if not public:
        await ask("settings set visibility public")
    for line in ("rule add x audience:internal", "rule edit r1 audience:internal"):
        reply = await ask(line, public=public)
        assert reply.refused
        assert "internal cannot be bound to a public channel" in said(reply)
    assert not (await rule(store, 1)).internal


async def test_internal_is_refused_where_a_public_channel_shares_the_rules(ask: Ask) -> None:
    await ask("settings set visibility public", channel="slack:C9")
    await ask('settings set bind "preview:main"', channel="slack:C9", asker="shell:operator")
    assert (await ask("rule edit r1 audience:internal")).refused


async def test_a_name_that_is_taken_is_refused(ask: Ask) -> None:
    for line in ("rule add x name:ships", "rule edit r3 name:ships"):
        await ask("rule add x name:other")
        reply = await ask(line)
        assert reply.refused
        assert "r1" in said(reply)


async def test_a_rule_edited_without_options_opens_a_form_that_changes_nothing_when_sent_back(
    ask: Ask, store: Store
) -> None:
    await ask('rule add ("sea power" OR x) AND y threshold:0.5')
    before = await rule(store, 3)
    reply = await ask("rule edit r3")
    assert reply.sheet is not None
    answers = {question.name: question.value for question in reply.sheet.questions}
    assert answers["expression"] == '("sea power" OR x) AND y'
    assert "watches for" in said(await ask(filled(reply.sheet, answers)))
    assert await rule(store, 3) == before
    assert not (await ask(filled(reply.sheet, answers | {"threshold": "off"}))).refused
    assert await rule(store, 3) == replace(before, threshold=None)


async def test_the_list_tells_what_each_rule_does(ask: Ask) -> None:
    await ask("rule add corvette alert:off")
    await ask("rule pause r3")
    assert rows(await ask("rule list")) == [
        ("r1", "ships", "frigate OR sails", "now", "on"),
        ("r3", "corvette", "corvette", "off", "paused"),
    ]


async def test_a_rule_is_shown_with_a_month_of_matches(ask: Ask) -> None:
    reply = await ask("rule show ships")
    assert "The corvette sails (a2)" in said(reply)
    drawn = chart(reply)
    assert len(drawn.bars) == 7, "days before the first match are not drawn, but for a week"
    assert (drawn.bars[-1].label, drawn.bars[-1].value) == ("19 Aug", 2)
    assert drawn.summary == "r1 “ships” matched 2 articles in the last 30 days, most on 19 Aug (2)."


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("rule test corvette", "corvette would have matched 1 of 2 articles", id="a word"),
        pytest.param("rule test r1", "frigate OR sails would have matched 2 of 2", id="a rule by its id"),
        pytest.param(
            "rule test ships", "frigate OR sails would have matched 2 of 2", id="a rule by its name"
        ),
        pytest.param("rule test corvette days:30", "published in the last 30 days.", id="a month"),
    ],
)
async def test_an_expression_is_tried_on_what_was_read(ask: Ask, line: str, told: str) -> None:
    assert told in said(await ask(line))


async def test_a_test_looks_further_back_at_a_button(ask: Ask, store: Store) -> None:
    await store.entries.add([make_entry("old-frigate", seen=NOON - timedelta(days=20))])
    reply = await ask('rule test "sea power" OR frigate')
    assert "matched 1 of 2" in said(reply)
    assert "matched 2 of 3" in said(await ask(buttons(reply)["30 days"]))
    assert (await ask(buttons(reply)["Add this rule"])).shown == "channel"
    assert (await rule(store, 3)).expression == '"sea power" OR frigate'


async def test_a_rule_near_a_name_is_answered_with_its_name(ask: Ask) -> None:
    reply = await ask("rule show shps")
    assert reply.refused
    assert "Did you mean ships (r1)?" in said(reply)
