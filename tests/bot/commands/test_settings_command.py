"""`settings`: what a channel is set to, and who changed what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.commands.command_replies import buttons, rows, said
from tests.contracts.store.store_builders import MAIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot.commands.command_replies import Ask
    from watchers.store.rows import Channel
    from watchers.store.store import Store

OTHER = "slack:C9"
OPERATOR = "shell:operator"
Dump = dict[str, list[tuple[object, ...]]]


async def main(store: Store) -> Channel:
    channel = await store.channels.get(MAIN)
    assert channel is not None
    return channel


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        pytest.param("language tr", "lang", "tr", id="language"),
        pytest.param("lang ja", "lang", "ja", id="language under its short name"),
        pytest.param("tz europe/istanbul", "timezone", "Europe/Istanbul", id="time zone in small letters"),
        pytest.param("threshold 0.65", "threshold", 0.65, id="threshold"),
        pytest.param("threshold 0,65", "threshold", 0.65, id="threshold with a comma, as in Turkish"),
        pytest.param("budget 5", "budget", 5, id="alert budget"),
        pytest.param("budget off", "budget", 0, id="no alert budget"),
        pytest.param("quiet 22:00-07:00", "quiet", "22:00-07:00", id="quiet hours"),
        pytest.param("lull 5m", "lull", 5, id="a pause in the talk"),
        pytest.param("lull 5m up to 2h", "lull_most", 120, id="a pause, and how long it is waited for"),
        pytest.param("layout headline,facts,buttons", "layout", "headline,facts,buttons", id="layout"),
        pytest.param('layout "facts, headline"', "layout", "facts,headline", id="layout in another order"),
        pytest.param("editors everyone", "editors", "everyone", id="editors"),
        pytest.param("visibility public", "public", True, id="visibility"),
        pytest.param('name "Harbour desk"', "name", "Harbour desk", id="name"),
    ],
)
async def test_a_setting_is_changed_and_undo_sets_it_back(
    ask: Ask, store: Store, line: str, field: str, value: object
) -> None:
    before = await main(store)
    reply = await ask(f"/watch settings set {line}")
    assert reply.shown == "channel"
    assert getattr(await main(store), field) == value
    await ask(buttons(reply)["Undo"])
    assert await main(store) == before


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("language trk", "Did you mean tr?", id="a language misspelt"),
        pytest.param("tz Istambul", "Did you mean Europe/Istanbul?", id="a city misspelt"),
        pytest.param("threshold 65", "Did you mean 0.65?", id="percent"),
        pytest.param("threshold 7", "Did you mean 0.7?", id="a point left out"),
        pytest.param("threshold high", "a number from 0 to 1", id="a word for a number"),
        pytest.param("budget many", "a number of alerts a day", id="a word for a budget"),
        pytest.param("budget 900", "Did you mean 200?", id="a budget beyond reading"),
        pytest.param("budget -3", "a number of alerts a day", id="a budget below nothing"),
        pytest.param("quiet 22-7", "Did you mean 22:00-07:00?", id="only the hours"),
        pytest.param("quiet 22:00-22:00", "hours such as 22:00-07:00", id="hours without length"),
        pytest.param("lull 5", "Did you mean 5m?", id="a length without a unit"),
        pytest.param("lull 3d", "between 1m and 12h", id="a pause of days"),
        pytest.param("layout headline,fact", "Did you mean facts?", id="a part of a card"),
        pytest.param("layout facts", "the headline among them", id="no headline"),
        pytest.param("editors all", "managers or everyone", id="editors"),
        pytest.param("treshold 0.5", "Did you mean threshold?", id="a setting's name"),
        pytest.param("name 🛰️", "a letter or digit", id="a name of an emoji"),
        pytest.param("threshold 0.7", "like that already", id="no change"),
        pytest.param('bind "slack:C9"', "whoever runs the bot", id="the operator's"),
    ],
)
async def test_a_value_that_cannot_be_is_refused_with_what_is_near(
    ask: Ask, dump: Callable[[], Dump], line: str, told: str
) -> None:
    before = dump()
    reply = await ask(f"settings set {line}")
    assert reply.refused
    assert told in said(reply)
    assert dump() == before


async def test_each_setting_is_shown_with_a_line_that_changes_it(ask: Ask) -> None:
    await ask('settings set bind "preview:main"', channel=OTHER, asker=OPERATOR)
    for name, now, line in rows(await ask("settings show", channel=OTHER)):
        assert now, name
        reply = await ask(line, channel=OTHER, asker=OPERATOR)
        assert not reply.refused, line


async def test_no_line_shown_sets_a_setting_to_what_it_is(ask: Ask) -> None:
    for _ in range(3):
        for name, _now, line in rows(await ask("settings show", channel=OTHER)):
            reply = await ask(line, channel=OTHER, asker=OPERATOR)
            assert not reply.refused, (name, said(reply))


async def test_an_example_beside_a_refusal_is_another_value_too(ask: Ask) -> None:
    await ask("settings set language tr")
    reply = await ask("settings set language klingon")
    assert "Try: /watch settings set language en" in said(reply)


async def test_everyone_may_change_what_is_watched_but_not_who_may(ask: Ask, store: Store) -> None:
    await ask("settings set editors everyone")
    assert not (await ask("settings set quiet 22:00-07:00", manages=False)).refused
    assert (await ask("settings set editors managers", manages=False)).refused
    assert (await ask("settings set visibility public", manages=False)).refused
    assert (await main(store)).editors == "everyone"


async def test_a_bound_channel_shares_rules_and_the_relevance_they_are_measured_against(
    ask: Ask, store: Store
) -> None:
    reply = await ask('settings set bind "preview:main"', channel=OTHER, asker=OPERATOR)
    assert [row[1] for row in rows(await ask("rule list", channel=OTHER))] == ["ships"]
    await ask("settings set threshold 0.55", channel=OTHER)
    assert (await main(store)).threshold == 0.55
    await ask("settings set tz Asia/Tokyo", channel=OTHER)
    assert (await main(store)).timezone == "UTC"
    await ask(buttons(reply)["Undo"], channel=OTHER, asker=OPERATOR)
    assert [row[1] for row in rows(await ask("rule list", channel=OTHER))] == ["hidden"]


@pytest.mark.parametrize(
    "target", [pytest.param("preview:main", id="itself"), pytest.param("slack:C8", id="an unknown one")]
)
async def test_a_channel_is_bound_to_another_that_is_there(ask: Ask, store: Store, target: str) -> None:
    reply = await ask(f'settings set bind "{target}"', asker=OPERATOR)
    assert reply.refused
    assert "bind takes another channel" in said(reply)
    assert ("Did you mean slack:C9?" in said(reply)) is (target == "slack:C8")
    assert (await main(store)).bound_to == ""


async def test_channels_are_not_bound_in_a_chain(ask: Ask) -> None:
    await ask('settings set bind "preview:main"', channel=OTHER, asker=OPERATOR)
    assert (await ask('settings set bind "slack:C9"', asker=OPERATOR)).refused


async def test_internal_rules_are_not_bound_to_a_public_channel(ask: Ask, store: Store) -> None:
    await ask("rule edit r1 audience:internal")
    line = 'settings set bind "preview:main"'
    for told in (True, False):
        if not told:
            await ask("settings set visibility public", channel=OTHER)
        reply = await ask(line, channel=OTHER, asker=OPERATOR, public=told)
        assert reply.refused
        assert "internal cannot be bound to a public channel" in said(reply)
    assert (await ask("settings set visibility public")).refused
    other = await store.channels.get(OTHER)
    assert other is not None
    assert other.bound_to == ""


async def test_a_channel_its_platform_calls_public_is_not_set_internal(ask: Ask) -> None:
    await ask("settings set visibility public")
    refused = await ask("settings set visibility internal", public=True)
    assert refused.refused
    assert "Let only the team see it there" in said(refused)
    for public, line in ((True, False), (False, True)):
        told = said(await ask("settings show", public=public))
        assert ("settings set visibility internal" in told) is line


async def test_the_audit_lists_who_changed_what_newest_first(ask: Ask) -> None:
    for n in range(23):
        await ask(f"settings set name desk{n}")
    await ask("undo u23")
    first = await ask("settings audit")
    assert [row[0] for row in rows(first)][:3] == ["u24", "u23", "u22"]
    assert "took back u23" in rows(first)[0][3]
    assert rows(first)[1][3].endswith("(taken back)")
    rest = await ask(buttons(first)["Next"])
    assert [row[0] for row in rows(rest)] == ["u4", "u3", "u2", "u1"]
    assert "Next" not in buttons(rest)
    assert "Nothing was changed" in said(await ask("settings audit", channel=OTHER))
